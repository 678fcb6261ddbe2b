//! What holds for any input, and for every file of the fuzz target's corpus.

mod whole;

use gouji_model::{Limits, Place, Source};
use proptest::prelude::*;

fn check(bytes: &[u8]) {
    // Small limits too: they are reached in other places.
    for limits in
        [Limits::default(), Limits { document_bytes: 1 << 20, cell_bytes: 100, cells: 40, ..Limits::default() }]
    {
        if let Ok(document) = gouji_ingest_html::read(&Source { name: "any", bytes }, &limits) {
            whole::check_grids(&document.blocks);
        }
        if let Ok(text) = std::str::from_utf8(bytes)
            && let Ok(blocks) = gouji_ingest_html::fragment(text, &Place::in_text(1, 1), &limits)
        {
            whole::check_grids(&blocks);
        }
    }
}

/// Markup that is often a table and often broken.
fn markup() -> impl Strategy<Value = String> {
    let pieces = [
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<th>",
        "<thead>",
        "<tbody>",
        "</tbody>",
        "<tfoot>",
        "<td rowspan=2>",
        "<td rowspan=0>",
        "<td colspan=3>",
        "<td rowspan=3 colspan=2>",
        "<td colspan=0>",
        "<caption>",
        "</caption>",
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</b>",
        "<a>",
        "<sup>",
        "</sup>",
        "<pre>",
        "<div>",
        "</div>",
        "<li>",
        "<script>",
        "</script>",
        "<form>",
        "<select>",
        "<template>",
        "<svg>",
        "<!--",
        "-->",
        "甲",
        " ",
        "\n",
        "5",
        "<",
        "&lt;",
        "$\\geq 5$",
        "<tr style=display:none>",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn any_markup_makes_whole_grids(html in markup()) {
        check(html.as_bytes());
    }

    #[test]
    fn a_plain_table_has_a_slot_for_each_cell(widths in prop::collection::vec(0_usize..6, 2..8)) {
        let rows = widths.iter().map(|n| format!("<tr>{}</tr>", "<td>1</td>".repeat(*n)));
        let html = format!("<table>{}</table>", rows.collect::<String>());
        let blocks = gouji_ingest_html::fragment(&html, &Place::default(), &Limits::default()).unwrap();
        let shape = blocks.iter().find_map(|it| match it {
            gouji_model::Block::Grid(it) => Some((it.rows.len(), it.n_cols)),
            gouji_model::Block::Text(_) => None,
        });
        let widest = widths.iter().max().copied().unwrap_or_default();
        if 1 < widths.iter().sum::<usize>() {
            prop_assert_eq!(shape, Some((widths.len(), widest)));
        }
    }
}

#[test]
fn the_fuzz_corpus_is_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/ingest_html");
    let mut n_files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        check(&std::fs::read(file.unwrap().path()).unwrap());
        n_files += 1;
    }
    assert!(4 < n_files);
}
