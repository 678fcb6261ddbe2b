//! A document as a drawing: one line a text or row, `·` for an empty slot, `^` for a covered one.
//!
//! `¶` stands for a break before, `↵` for a line break inside a cell, `[2x3]` for a cell of two rows and three columns,
//! `{..}` for the raw characters where they differ, `@line:column` for a place that the cell's position does not tell.

use std::fmt::Write;

use gouji_model::{Block, Grid, GridCell, Place, Slot, TextBlock};

/// Draws the blocks of a document.
pub(crate) fn dump(blocks: &[Block]) -> String {
    let mut acc = String::new();
    for block in blocks {
        match block {
            Block::Text(it) => dump_text(&mut acc, it),
            Block::Grid(it) => dump_grid(&mut acc, it),
        }
    }
    acc
}

fn dump_text(acc: &mut String, it: &TextBlock) {
    let raw = it.raw.as_ref().map(|raw| format!(" {{{}}}", raw.replace('\n', "↵"))).unwrap_or_default();
    writeln!(acc, "{} text{} {:?}{raw}", place(&it.place), mark(it.break_before), it.text).unwrap();
}

fn dump_grid(acc: &mut String, it: &Grid) {
    let nested = it.nested_in.as_ref().map(|it| format!(" in {}", place(it))).unwrap_or_default();
    writeln!(acc, "{:?} {}x{}{nested}", it.kind, it.rows.len(), it.n_cols).unwrap();
    for row in &it.rows {
        write!(acc, "{} row{}", place(&row.place), mark(row.break_before)).unwrap();
        for (col, slot) in row.slots.iter().enumerate() {
            match slot {
                Slot::Cell(it) => dump_cell(acc, it, &row.place, col),
                Slot::Covered { row, col } => write!(acc, " | ^{row},{col}").unwrap(),
                Slot::Empty => acc.push_str(" | ·"),
            }
        }
        acc.push('\n');
    }
}

fn dump_cell(acc: &mut String, it: &GridCell, row: &Place, col: usize) {
    write!(acc, " | {}", it.text.replace('\n', "↵")).unwrap();
    if (it.n_rows, it.n_cols) != (1, 1) {
        write!(acc, "[{}x{}]", it.n_rows, it.n_cols).unwrap();
    }
    if let Some(raw) = &it.raw {
        write!(acc, "{{{}}}", raw.replace('\n', "↵")).unwrap();
    }
    if it.place.line != row.line || it.place.column != Some(col as u32 + 1) {
        write!(acc, "@{}", place(&it.place)).unwrap();
    }
}

fn place(it: &Place) -> String {
    let number = |it: Option<u32>| it.map_or("?".to_owned(), |it| it.to_string());
    let page = it.page.map(|it| format!("p{it}/")).unwrap_or_default();
    format!("{page}{}:{}", number(it.line), number(it.column))
}

fn mark(break_before: bool) -> &'static str {
    if break_before { "¶" } else { "" }
}
