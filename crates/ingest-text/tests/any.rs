//! What holds for any input, and for every file of the fuzz target's corpus.

#[path = "../../ingest-html/tests/whole/mod.rs"]
mod whole;

use gouji_model::{Block, Document, Format, Limits, Source};
use proptest::prelude::*;

const FORMATS: [Format; 3] = [Format::OcrText, Format::Markdown, Format::Csv];

fn check(bytes: &[u8]) {
    // Small limits too: they are reached in other places.
    for limits in
        [Limits::default(), Limits { document_bytes: 1 << 20, cell_bytes: 100, cells: 40, ..Limits::default() }]
    {
        for format in FORMATS {
            if let Ok(document) = gouji_ingest_text::read(&Source { name: "any", bytes }, format, &limits) {
                whole::check_grids(&document.blocks);
            }
        }
    }
}

fn read(bytes: &[u8], format: Format) -> Document {
    gouji_ingest_text::read(&Source { name: "any", bytes }, format, &Limits::default()).unwrap()
}

/// Text that is often rows and often broken.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "\t",
        "\t",
        "\t",
        "\n",
        "\n",
        "\n\n",
        "|",
        "|",
        "| ",
        " |\n",
        "|---|---|\n",
        "甲",
        "乙\n",
        "98",
        "<5%",
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "<td rowspan=2>",
        "</table>",
        "$\\geq **$",
        "\\times ",
        "$",
        "\\|",
        "**",
        "*",
        "_",
        "`",
        "[",
        "](",
        ")",
        "# ",
        "- ",
        "> ",
        "```\n",
        "\"",
        ",",
        ";",
        "\x0C",
        "\u{3000}",
        "&amp;",
        "&",
        "<!--",
        "-->",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|it| it.concat())
}

/// Cells without a character that means anything but itself.
fn plain_rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof![Just(String::new()), "[甲乙丙丁0-9]{1,3}"];
    prop::collection::vec(prop::collection::vec(cell, 2..7), 1..8)
}

fn tab_text(rows: &[Vec<String>]) -> String {
    rows.iter().map(|it| it.join("\t") + "\n").collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn any_text_makes_whole_grids(text in text()) {
        check(text.as_bytes());
    }

    #[test]
    fn rows_and_columns_are_those_of_a_naive_split(rows in plain_rows()) {
        let filled = |row: &Vec<String>| row.iter().rposition(|it| !it.is_empty()).map_or(0, |it| it + 1);
        let n_cols = rows.iter().map(filled).max().unwrap_or_default();
        let shapes: Vec<_> = read(tab_text(&rows).as_bytes(), Format::OcrText).blocks.iter().map(|it| match it {
            Block::Grid(it) => Some((it.rows.len(), it.n_cols)),
            Block::Text(_) => None,
        }).collect();
        let expected = if n_cols == 0 { Vec::new() } else { vec![Some((rows.len(), n_cols))] };
        prop_assert_eq!(shapes, expected);
    }

    #[test]
    fn pipes_and_quoted_values_give_the_cells_of_tabs(rows in plain_rows()) {
        // The first row is filled, so that every spelling has the same columns.
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut rows = rows;
        rows.insert(0, vec!["头".to_owned(); width]);
        let texts = |document: &Document| -> Vec<Vec<String>> {
            let Some(Block::Grid(grid)) = document.blocks.first() else { return Vec::new() };
            let text = |slot: &gouji_model::Slot| match slot {
                gouji_model::Slot::Cell(it) => it.text.clone(),
                _ => String::new(),
            };
            grid.rows.iter().map(|it| it.slots.iter().map(text).collect()).collect()
        };
        let tabs = texts(&read(tab_text(&rows).as_bytes(), Format::OcrText));
        let pipes: String = rows.iter().map(|it| format!("| {} |\n", it.join(" | "))).collect();
        prop_assert_eq!(&tabs, &texts(&read(pipes.as_bytes(), Format::Markdown)));
        let quoted: String = rows.iter().map(|it| it.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(",") + "\n").collect();
        prop_assert_eq!(&tabs, &texts(&read(quoted.as_bytes(), Format::Csv)));
    }

    #[test]
    fn line_ends_and_byte_order_marks_change_nothing(text in text()) {
        for format in FORMATS {
            let expected = read(text.as_bytes(), format);
            prop_assert_eq!(&expected, &read(text.replace('\n', "\r\n").as_bytes(), format));
            prop_assert_eq!(&expected, &read(text.replace('\n', "\r").as_bytes(), format));
            prop_assert_eq!(&expected, &read(format!("\u{FEFF}{text}").as_bytes(), format));
        }
    }

    #[test]
    fn encodings_change_nothing(text in text()) {
        // Without this a short text could be UTF-8 by chance.
        let text = format!("项目名称\n{text}");
        let (gb, _, _) = encoding_rs::GB18030.encode(&text);
        let wide = |to: fn(u16) -> [u8; 2]| -> Vec<u8> { std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(to).collect() };
        let expected = read(text.as_bytes(), Format::OcrText);
        for bytes in [gb.into_owned(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
            prop_assert_eq!(&expected, &read(&bytes, Format::OcrText));
        }
    }
}

#[test]
fn the_fuzz_corpus_is_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/ingest_text");
    let mut n_files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        check(&std::fs::read(file.unwrap().path()).unwrap());
        n_files += 1;
    }
    assert!(4 < n_files);
}
