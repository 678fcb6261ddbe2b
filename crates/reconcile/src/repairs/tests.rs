//! Every repair's drawn example is executed.

use std::collections::BTreeSet;

use gouji_model::{Block, Document, Format, Grid, GridCell, GridKind, GridRow, Place, Pointer, Slot, TextBlock};

use super::REPAIRS;
use crate::Reconciler;

/// A document drawn in lines: cells between `|`, everything else text, an empty line a break.
fn document(drawn: &[&str]) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut break_before = false;
    for (line, text) in (1..).zip(drawn) {
        if text.trim().is_empty() {
            break_before = true;
            continue;
        }
        let place = Place::in_text(line, 1);
        if text.contains('|') {
            let cells: Vec<&str> = text.split('|').collect();
            let slots = (1..)
                .zip(&cells)
                .map(|(col, it)| {
                    let place = Place::in_text(line, col);
                    Slot::Cell(Box::new(GridCell {
                        text: it.trim().to_owned(),
                        raw: None,
                        place,
                        n_rows: 1,
                        n_cols: 1,
                    }))
                })
                .collect();
            let row = GridRow { slots, place, break_before };
            match blocks.last_mut() {
                Some(Block::Grid(grid)) => {
                    grid.n_cols = grid.n_cols.max(cells.len());
                    grid.rows.push(row);
                }
                _ => blocks.push(Block::Grid(Grid {
                    kind: GridKind::Separated,
                    n_cols: cells.len(),
                    rows: vec![row],
                    nested_in: None,
                })),
            }
        } else {
            blocks.push(Block::Text(TextBlock { text: (*text).to_owned(), raw: None, place, break_before }));
        }
        break_before = false;
    }
    for block in &mut blocks {
        if let Block::Grid(grid) = block {
            let n_cols = grid.n_cols;
            grid.rows.iter_mut().for_each(|it| it.slots.resize(n_cols, Slot::Empty));
        }
    }
    Document { format: Format::OcrText, blocks }
}

#[test]
fn examples_hold() {
    let reconciler = Reconciler::new();
    for repair in &REPAIRS {
        let drawn = repair.doc.split("```drawn\n").nth(1).and_then(|it| it.split("```").next());
        let drawn = drawn.unwrap_or_else(|| panic!("{} has no drawn example", repair.code));
        let (expected, page): (Vec<&str>, Vec<&str>) = drawn.lines().partition(|it| it.starts_with("=> "));
        assert!(!expected.is_empty(), "{}: nothing is expected", repair.code);
        let forms = reconciler.rebuild(&document(&page)).forms;
        let mut names_itself = false;
        for line in expected {
            let line = line.trim_start_matches("=> ");
            let form = forms.first().unwrap_or_else(|| panic!("{}: no form was found", repair.code));
            match line.split_once(" = ") {
                Some(("rows", n)) => assert_eq!(form.indicators.len().to_string(), n, "{}: rows", repair.code),
                Some(("forms", n)) => assert_eq!(forms.len().to_string(), n, "{}: forms", repair.code),
                Some(("renderings", n)) => assert_eq!(form.renderings.to_string(), n, "{}: renderings", repair.code),
                Some((at, value)) => {
                    let at: Pointer = at.parse().expect("examples name leaves");
                    let cell = form.cell(at).map(|it| it.text.as_str());
                    assert_eq!(cell, Some(value), "{}: {at}\n{form:#?}", repair.code);
                }
                None => {
                    let (code, at) = line.split_once(' ').unwrap_or((line, ""));
                    names_itself |= code == repair.code;
                    let made: Vec<_> = form.repairs.iter().filter(|it| it.code == code).collect();
                    assert!(!made.is_empty(), "{}: {code} was not made: {:#?}", repair.code, form.repairs);
                    let touched = made.iter().any(|it| it.at.iter().any(|it| it.to_string() == at));
                    assert!(at.is_empty() || touched, "{}: {code} did not touch {at}: {made:#?}", repair.code);
                }
            }
        }
        assert!(names_itself, "{}: the example does not expect the repair", repair.code);
    }
}

#[test]
fn repairs_are_told_apart() {
    let codes: BTreeSet<&str> = REPAIRS.iter().map(|it| it.code).collect();
    let names: BTreeSet<&str> = REPAIRS.iter().map(|it| it.name).collect();
    assert_eq!((codes.len(), names.len()), (REPAIRS.len(), REPAIRS.len()));
    for repair in &REPAIRS {
        for text in [repair.name, repair.name_zh, repair.summary_en, repair.summary_zh] {
            assert!(!text.is_empty(), "{}", repair.code);
        }
    }
}
