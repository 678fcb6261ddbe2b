//! What the cells of a drawn table really span, so that a rendering with spans stays a table after damage.
//!
//! In go the rows that stand together, out comes the span of every cell that is written. A cell says what it spanned
//! when it was drawn; a row above or below it may be gone or moved since. A covered cell that no other reaches any more
//! is written as a blank one, so that every row keeps its columns.

use crate::{Cell, Row};

/// How a cell is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Not at all: another cell covers it.
    Covered,
    /// Over so many columns and rows.
    Cell {
        /// Columns, itself among them.
        columns: usize,
        /// Rows, itself among them.
        rows: usize,
    },
}

/// How each cell of the rows is written; one list a row, one entry a cell.
pub(super) fn written(rows: &[&Row]) -> Vec<Vec<Written>> {
    let mut acc: Vec<Vec<Option<Written>>> = rows.iter().map(|it| vec![None; it.cells.len()]).collect();
    for (row_idx, row) in rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            if acc.get(row_idx).and_then(|it| it.get(column)).copied().flatten().is_some() {
                continue;
            }
            if cell.is_covered() {
                put(&mut acc, row_idx, column, Written::Cell { columns: 1, rows: 1 });
                continue;
            }
            let is_open = |acc: &[Vec<Option<Written>>], row: usize, column: usize| {
                let is_free = acc.get(row).and_then(|it| it.get(column)).is_some_and(Option::is_none);
                is_free && rows.get(row).and_then(|it| it.cells.get(column)).is_some_and(Cell::is_covered)
            };
            let columns = 1 + (1..cell.columns).take_while(|it| is_open(&acc, row_idx, column + it)).count();
            let is_row_open = |row: usize| (column..column + columns).all(|it| is_open(&acc, row, it));
            let n_rows = 1 + (1..cell.rows).take_while(|it| is_row_open(row_idx + it)).count();
            for row in row_idx..row_idx + n_rows {
                for column in column..column + columns {
                    put(&mut acc, row, column, Written::Covered);
                }
            }
            put(&mut acc, row_idx, column, Written::Cell { columns, rows: n_rows });
        }
    }
    let blank = Written::Cell { columns: 1, rows: 1 };
    acc.into_iter().map(|row| row.into_iter().map(|it| it.unwrap_or(blank)).collect()).collect()
}

fn put(acc: &mut [Vec<Option<Written>>], row: usize, column: usize, it: Written) {
    if let Some(slot) = acc.get_mut(row).and_then(|it| it.get_mut(column)) {
        *slot = Some(it);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RowKind;

    /// Rows of digits, columns then rows spanned (`13`); `--` is covered.
    fn check(drawn: &[&str], want: &[&str]) {
        let cell = |text: &str| {
            let mut digits = text.chars().map(|it| it.to_digit(10).unwrap_or(0) as usize);
            Cell { columns: digits.next().unwrap_or(0), rows: digits.next().unwrap_or(0), ..Cell::default() }
        };
        let row = |text: &&str| Row { form: 0, kind: RowKind::Other, cells: text.split(' ').map(cell).collect() };
        let rows: Vec<Row> = drawn.iter().map(row).collect();
        let said = |it: &Written| match it {
            Written::Covered => "--".to_owned(),
            Written::Cell { columns, rows } => format!("{columns}{rows}"),
        };
        let got: Vec<String> = written(&rows.iter().collect::<Vec<_>>())
            .iter()
            .map(|it| it.iter().map(said).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn spans_are_written_as_drawn() {
        check(&["13 21 --", "-- 11 11", "-- 22 --", "11 -- --"], &["13 21 --", "-- 11 11", "-- 22 --", "11 -- --"]);
    }

    #[test]
    fn a_span_ends_where_its_rows_end() {
        check(&["15 11", "-- 11"], &["12 11", "-- 11"]);
        check(&["15 11", "-- 11", "11 11", "-- 11"], &["12 11", "-- 11", "11 11", "11 11"]);
    }

    #[test]
    fn a_cell_whose_cover_is_gone_is_blank() {
        check(&["-- 11", "-- 11"], &["11 11", "11 11"]);
        check(&["11 --", "21"], &["11 11", "11"]);
    }
}
