//! A table's rows into a grid: columns are counted, cells that go on from above are joined.
//!
//! In: the cells of each row with what their properties say. Out: grids and texts in reading order.
//! Source: ISO/IEC 29500-1, 17.4.

use std::collections::BTreeMap;

use gouji_model::{Block, GridCell, GridRow, Limits, Nested, Place, ReadError, Slot, is_layout, ruled_blocks};

use crate::package::over;

/// Columns that a row may have. Word draws 63 and keeps more; a document that says more was made to break its reader.
const MAX_COLUMNS: usize = 1_000;

/// How a cell hangs together with the one above or before it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Merge {
    #[default]
    Alone,
    /// It begins a cell that may go on.
    Begins,
    /// It is part of the cell that has begun; what stands in it is not printed.
    GoesOn,
}

/// A cell while its table is walked through.
pub(crate) struct TableCell {
    pub(crate) content: Vec<Block>,
    pub(crate) place: Place,
    /// Columns that it says to span.
    pub(crate) n_cols: usize,
    /// Downwards.
    pub(crate) down: Merge,
    /// To the right, as old programs write it.
    pub(crate) right: Merge,
    /// Whether a tracked change deleted it.
    pub(crate) is_gone: bool,
}

/// A row while its table is walked through.
pub(crate) struct TableRow {
    pub(crate) cells: Vec<TableCell>,
    pub(crate) place: Place,
    /// Columns left free at its start.
    pub(crate) n_before: usize,
    /// Columns left free at its end.
    pub(crate) n_after: usize,
    /// Whether it is hidden, or a tracked change deleted it.
    pub(crate) is_gone: bool,
}

/// A table while it is walked through.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) rows: Vec<TableRow>,
}

/// A cell of the grid, and where it begins.
struct Anchor {
    col: usize,
    n_rows: usize,
    n_cols: usize,
    cell: TableCell,
}

impl Table {
    /// The table as blocks. `n_left` is how many slots the document may still use.
    ///
    /// A table that only lays out others is no grid, and a grid inside a cell parts its table: see [`is_layout`] and
    /// [`ruled_blocks`].
    ///
    /// # Errors
    /// E04 if the grid would have more than `n_left` slots, or a row more columns than there may be.
    pub(crate) fn into_blocks(mut self, n_left: usize, limits: &Limits) -> Result<Vec<Block>, ReadError> {
        self.rows.retain(|it| !it.is_gone);
        for row in &mut self.rows {
            row.cells.retain(|it| !it.is_gone);
            join_right(&mut row.cells);
        }
        if is_layout(&contents(&self.rows)) {
            return Ok(self.rows.into_iter().flat_map(|it| it.cells).flat_map(|it| it.content).collect());
        }
        let n_cols = self.rows.iter().map(n_columns).max().unwrap_or(0);
        if MAX_COLUMNS < n_cols {
            return Err(over(format!("a table of {n_cols} columns, over the limit of {MAX_COLUMNS}")));
        }
        if n_left < self.rows.len().saturating_mul(n_cols) {
            return Err(over(format!("more than the limit of {} cells and lines", limits.cells)));
        }
        let places: Vec<Place> = self.rows.iter().map(|it| it.place.clone()).collect();
        let (rows, nested) = slots(anchors(self.rows), places, n_cols);
        Ok(ruled_blocks(rows, n_cols, nested))
    }
}

/// Cells that go on from the one before them widen it.
fn join_right(cells: &mut Vec<TableCell>) {
    let mut acc: Vec<TableCell> = Vec::with_capacity(cells.len());
    for cell in cells.drain(..) {
        match acc.last_mut() {
            Some(before) if cell.right == Merge::GoesOn && before.right != Merge::Alone => {
                before.n_cols = before.n_cols.saturating_add(cell.n_cols);
            }
            _ => acc.push(cell),
        }
    }
    *cells = acc;
}

fn n_columns(row: &TableRow) -> usize {
    let own = row.cells.iter().fold(0, |acc: usize, it| acc.saturating_add(it.n_cols));
    own.saturating_add(row.n_before).saturating_add(row.n_after)
}

/// The cells of each row with their columns, those that go on from above joined with them.
fn anchors(rows: Vec<TableRow>) -> Vec<Vec<Anchor>> {
    let mut acc: Vec<Vec<Anchor>> = Vec::with_capacity(rows.len());
    // By the column where they begin: row and index of the cells that may go on.
    let mut open: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (row_idx, row) in rows.into_iter().enumerate() {
        let mut anchors = Vec::with_capacity(row.cells.len());
        let mut still_open = BTreeMap::new();
        let mut col = row.n_before;
        for cell in row.cells {
            let n_cols = cell.n_cols;
            let above = open.get(&col).copied().filter(|_| cell.down == Merge::GoesOn);
            let above = above.and_then(|it| Some((it, acc.get_mut(it.0)?.get_mut(it.1)?)));
            match above {
                Some((at, anchor)) if anchor.n_cols == n_cols => {
                    anchor.n_rows += 1;
                    still_open.insert(col, at);
                }
                _ => {
                    if cell.down != Merge::Alone {
                        still_open.insert(col, (row_idx, anchors.len()));
                    }
                    anchors.push(Anchor { col, n_rows: 1, n_cols, cell });
                }
            }
            col += n_cols;
        }
        open = still_open;
        acc.push(anchors);
    }
    acc
}

fn slots(anchors: Vec<Vec<Anchor>>, places: Vec<Place>, n_cols: usize) -> (Vec<GridRow>, Vec<Nested>) {
    let mut nested = Vec::new();
    let mut rows: Vec<GridRow> = places
        .into_iter()
        .map(|place| GridRow { slots: vec![Slot::Empty; n_cols], place, break_before: false })
        .collect();
    for (row, anchors) in anchors.into_iter().enumerate() {
        for Anchor { col, n_rows, n_cols, mut cell } in anchors {
            cell.place.column = u32::try_from(col + 1).ok();
            for it in rows.iter_mut().skip(row).take(n_rows) {
                it.slots.iter_mut().skip(col).take(n_cols).for_each(|it| *it = Slot::Covered { row, col });
            }
            let own = grid_cell(cell, n_rows, n_cols, row, &mut nested);
            if let Some(slot) = rows.get_mut(row).and_then(|it| it.slots.get_mut(col)) {
                *slot = Slot::Cell(Box::new(own));
            }
        }
    }
    (rows, nested)
}

/// What each cell of each row holds.
fn contents(rows: &[TableRow]) -> Vec<Vec<&[Block]>> {
    rows.iter().map(|it| it.cells.iter().map(|it| it.content.as_slice()).collect()).collect()
}

fn grid_cell(cell: TableCell, n_rows: usize, n_cols: usize, row: usize, nested: &mut Vec<Nested>) -> GridCell {
    let mut text = String::new();
    for block in cell.content {
        match block {
            Block::Text(it) => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&it.text);
            }
            Block::Grid(mut grid) => {
                grid.nested_in.get_or_insert_with(|| cell.place.clone());
                nested.push(Nested { before_row: row, grid });
            }
        }
    }
    let text = text.trim().to_owned();
    GridCell { text, raw: None, stored: None, place: cell.place, n_rows, n_cols }
}
