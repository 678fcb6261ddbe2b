//! A drawing as a plain grid, for the programs that make spreadsheets, Word files and PDFs of it.
//!
//! In goes a [`Drawing`], out come its lines and tables with their spans, ready for JSON. Nothing of the truth is in it.

use serde::Serialize;

use crate::drawing::{Drawing, Item, LineRole, Row};

/// A document as lines and tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// In reading order.
    pub blocks: Vec<SheetBlock>,
}

/// A line, or a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum SheetBlock {
    /// A line of text.
    Line {
        /// What it says.
        text: String,
        /// Whether it is the title of a form.
        is_title: bool,
    },
    /// A table.
    Table {
        /// Its rows; covered cells are left out, each cell names its column.
        rows: Vec<Vec<SheetCell>>,
        /// Columns of the widest row.
        width: usize,
    },
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetCell {
    /// Column where it begins, from 0.
    pub column: usize,
    /// What it prints.
    pub text: String,
    /// Columns that it spans.
    pub columns: usize,
    /// Rows that it spans.
    pub rows: usize,
}

/// The drawing as lines and tables.
pub fn sheet(drawing: &Drawing) -> Sheet {
    let mut blocks = Vec::new();
    let mut open: Vec<Vec<SheetCell>> = Vec::new();
    for item in &drawing.items {
        match item {
            Item::Row(row) => open.push(cells(row)),
            Item::TableStart | Item::TableEnd => close(&mut blocks, &mut open),
            Item::Line(line) => {
                close(&mut blocks, &mut open);
                blocks.push(SheetBlock::Line { text: line.text.clone(), is_title: line.role == LineRole::Title });
            }
        }
    }
    close(&mut blocks, &mut open);
    Sheet { blocks }
}

/// Ends a table; a span that reaches over its end is cut there, as a page cuts it.
fn close(blocks: &mut Vec<SheetBlock>, open: &mut Vec<Vec<SheetCell>>) {
    if open.is_empty() {
        return;
    }
    let mut rows = std::mem::take(open);
    let height = rows.len();
    for (row_idx, row) in rows.iter_mut().enumerate() {
        for cell in row {
            cell.rows = cell.rows.min(height - row_idx);
        }
    }
    let width = rows.iter().flatten().map(|it| it.column + it.columns).max().unwrap_or(0);
    blocks.push(SheetBlock::Table { rows, width });
}

fn cells(row: &Row) -> Vec<SheetCell> {
    let printed = row.cells.iter().enumerate().filter(|it| !it.1.is_covered());
    let cell = |(column, it): (usize, &crate::drawing::Cell)| SheetCell {
        column,
        text: it.text.clone(),
        columns: it.columns,
        rows: it.rows,
    };
    printed.map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::{Cell, RowKind};

    #[test]
    fn a_span_is_cut_where_its_table_ends() {
        let mut tall = Cell::label("产出指标");
        tall.rows = 3;
        let row = |cells| Item::Row(Row { form: 0, kind: RowKind::Indicator(0), cells });
        let items = vec![
            Item::TableStart,
            row(vec![tall, Cell::label("数量指标")]),
            row(vec![Cell::covered(), Cell::label("质量指标")]),
            Item::TableEnd,
        ];
        let got = sheet(&Drawing { items, ..Drawing::default() });
        let [SheetBlock::Table { rows, width: 2 }] = got.blocks.as_slice() else { panic!("{got:?}") };
        assert_eq!(rows[0][0].rows, 2);
        assert_eq!(rows[1].len(), 1);
        assert_eq!(rows[1][0].column, 1);
    }
}
