//! What holds for every file of the fuzz target's corpus, and for any bytes made of its pieces.

mod wrap;

use std::path::Path;

use gouji_model::{Block, Format, Limits, Slot, Source};
use proptest::prelude::*;

fn check(bytes: &[u8]) {
    let bytes = wrap::wrapped(bytes);
    for limits in [Limits::default(), Limits { cells: 30, cell_bytes: 20, ..Limits::default() }] {
        let source = Source { name: "any", bytes: &bytes };
        let Ok(document) = gouji_ingest_sheet::read(&source, Format::Xlsx, &limits) else { continue };
        for block in &document.blocks {
            let Block::Grid(grid) = block else { continue };
            for (row, it) in grid.rows.iter().enumerate() {
                assert_eq!(it.slots.len(), grid.n_cols);
                for (col, slot) in it.slots.iter().enumerate() {
                    let Slot::Covered { row: above, col: left } = slot else { continue };
                    let anchor = grid.rows.get(*above).and_then(|it| it.slots.get(*left));
                    let Some(Slot::Cell(cell)) = anchor else { panic!("{row},{col} is covered by no cell") };
                    assert!(*above <= row && row < above + cell.n_rows && *left <= col && col < left + cell.n_cols);
                }
            }
        }
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/ingest_sheet");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|it| std::fs::read(it).unwrap()).collect()
}

#[test]
fn the_fuzz_corpus_is_read() {
    let corpus = corpus();
    assert!(4 < corpus.len());
    corpus.iter().for_each(|it| check(it));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn changed_parts_are_read_or_refused(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30),
    ) {
        let mut corpus = corpus();
        let n = corpus.len();
        let bytes = &mut corpus[file.index(n)];
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check(bytes);
    }

    #[test]
    fn merged_areas_of_any_kind_cover_no_slot_twice(
        cells in prop::collection::vec((0_u8..6, 1_u8..7), 1..20),
        areas in prop::collection::vec((0_u8..6, 1_u8..7, 0_u8..6, 1_u8..7), 0..8),
        hidden in prop::collection::vec(1_u8..7, 0..3),
    ) {
        let name = |column: u8, row: u8| format!("{}{row}", char::from(b'A' + column));
        let mut sheet = "<worksheet><cols>".to_owned();
        for column in &hidden {
            sheet.push_str(&format!("<col min=\"{column}\" max=\"{column}\" hidden=\"1\"/>"));
        }
        sheet.push_str("</cols><sheetData>");
        for (column, row) in &cells {
            let hide = if hidden.contains(row) { " hidden=\"1\"" } else { "" };
            let at = name(*column, *row);
            sheet.push_str(&format!("<row r=\"{row}\"{hide}><c r=\"{at}\" t=\"str\"><v>{at}</v></c></row>"));
        }
        sheet.push_str("</sheetData><mergeCells>");
        for (a, b, c, d) in &areas {
            sheet.push_str(&format!("<mergeCell ref=\"{}:{}\"/>", name(*a, *b), name(*c, *d)));
        }
        sheet.push_str("</mergeCells></worksheet>");
        check(sheet.as_bytes());
    }
}

/// No free program writes xlsb; the sheet was put together after the specification, record by record.
#[test]
fn binary_sheets_have_formats_spans_and_hidden_rows() {
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/ingest_sheet/sheet.bin");
    let bytes = wrap::wrapped(&std::fs::read(sheet).unwrap());
    let source = Source { name: "any", bytes: &bytes };
    let document = gouji_ingest_sheet::read(&source, Format::Xlsx, &Limits::default()).unwrap();
    let mut said = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Text(it) => said.push(format!("line {}", it.text)),
            Block::Grid(it) => {
                for slot in it.rows.iter().flat_map(|it| &it.slots) {
                    let Slot::Cell(cell) = slot else { continue };
                    let stored = cell.stored.as_ref().map_or_else(String::new, |it| format!(" ={it}"));
                    let mark = if it.is_hidden { " hidden" } else { "" };
                    said.push(format!("{} {}{stored}{mark}", cell.place.cell.as_deref().unwrap(), cell.text));
                }
            }
        }
    }
    let want = ["line 得分", "A2 735", "B2 71.90% =71.8976%", "C2 TRUE", "D2 #DIV/0!", "A4 50.00%"];
    let hidden = ["B1 a hidden", "A3 旧 hidden", "G4 x hidden"];
    assert_eq!(said, want.into_iter().chain(hidden).collect::<Vec<_>>());
}
