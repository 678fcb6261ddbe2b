//! Drawn forms that LibreOffice and Chromium printed: every cell of every table against the grid that was printed.
//!
//! `tests/printed` has the shape of what `cargo xtask generate` writes, so that `cargo xtask score --set` reads it. The
//! files went through pikepdf once, which packs them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gouji_model::{Block, Grid, Limits, Slot, Source};
use serde_json::Value;

/// A cell: row, column, rows, columns, text without blanks.
type Cell = (usize, usize, usize, usize, String);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("printed")
}

/// Edges at which no cell begins or ends are no edges: two columns that are merged in every row are one.
fn canonical(cells: Vec<Cell>) -> Vec<Cell> {
    let edges = |of: fn(&Cell) -> [usize; 2]| cells.iter().flat_map(of).collect::<BTreeSet<usize>>();
    let rows = edges(|it| [it.0, it.0 + it.2]);
    let columns = edges(|it| [it.1, it.1 + it.3]);
    let at = |edges: &BTreeSet<usize>, it: usize| edges.range(..it).count();
    let cell = |it: &Cell| {
        let (row, col) = (at(&rows, it.0), at(&columns, it.1));
        (row, col, at(&rows, it.0 + it.2) - row, at(&columns, it.1 + it.3) - col, it.4.clone())
    };
    let mut acc: Vec<Cell> = cells.iter().map(cell).collect();
    acc.sort();
    acc
}

fn bare(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

fn of_grid(grid: &Grid) -> Vec<Cell> {
    let mut acc = Vec::new();
    for (row, it) in grid.rows.iter().enumerate() {
        for (col, slot) in it.slots.iter().enumerate() {
            if let Slot::Cell(cell) = slot {
                acc.push((row, col, cell.n_rows, cell.n_cols, bare(&cell.text)));
            }
        }
    }
    canonical(acc)
}

fn of_truth(table: &Value) -> Vec<Cell> {
    let number = |it: &Value, key: &str| usize::try_from(it[key].as_u64().expect("a number")).expect("it is small");
    let mut acc = Vec::new();
    for (row, cells) in table["rows"].as_array().expect("rows").iter().enumerate() {
        for it in cells.as_array().expect("cells") {
            let text = bare(it["text"].as_str().expect("a text"));
            acc.push((row, number(it, "column"), number(it, "rows"), number(it, "columns"), text));
        }
    }
    canonical(acc)
}

fn check(name: &str) {
    let bytes = std::fs::read(folder().join("docs").join(name)).expect("the file is there");
    let reading = gouji_ingest_pdf::read(&Source { name, bytes: &bytes }, &Limits::default()).expect("it is read");
    assert_eq!(reading.left_out, None, "{name}");
    let document = reading.document;
    let stem = name.split('.').next().unwrap_or(name);
    let grid = std::fs::read(folder().join("grids").join(format!("{stem}.json"))).expect("the grid is there");
    let truth: Value = serde_json::from_slice(&grid).expect("it is JSON");
    let blocks = truth["blocks"].as_array().expect("blocks");
    let want: Vec<Vec<Cell>> = blocks.iter().filter(|it| it["kind"] == "table").map(of_truth).collect();
    let grids = document.blocks.iter().filter_map(|it| match it {
        Block::Grid(it) => Some(of_grid(it)),
        Block::Text(_) => None,
    });
    let got: Vec<Vec<Cell>> = grids.collect();
    assert_eq!(got, want, "{name}");
    let is_title = |it: &&Value| it["kind"] == "line" && it["is_title"] == true;
    let title = blocks.iter().find(is_title).map(|it| bare(it["text"].as_str().expect("a text")));
    let mut lines = document.blocks.iter().filter_map(|it| match it {
        Block::Text(it) => Some(bare(&it.text)),
        Block::Grid(_) => None,
    });
    assert_eq!(lines.find(|it| Some(it) == title.as_ref()), title, "{name}");
}

#[test]
fn sheets_printed_by_libreoffice_are_read_cell_by_cell() {
    // In both a merged label is cut by the page; in the second one goes over three pages.
    check("development-1-000004-none.sheet.pdf");
    check("development-1-000016-none.sheet.pdf");
}

#[test]
fn word_files_printed_by_libreoffice_are_read_cell_by_cell() {
    check("development-1-000008-none.word.pdf");
    check("development-1-000009-none.word.pdf");
    // Seven pages; one row stands on four of them, another on three.
    check("seven-pages.word.pdf");
}

#[test]
fn pages_printed_by_chromium_are_read_cell_by_cell() {
    check("development-1-000014-none.web.pdf");
}
