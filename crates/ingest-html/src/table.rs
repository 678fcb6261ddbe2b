//! A table's rows into a grid, by the table model of HTML: spans are resolved, overlaps cut.
//!
//! In: the cells of each row with their spans and contents. Out: grids and texts in reading order.
//! Source: HTML Living Standard, section 4.9.12.1 "Forming a table".

use gouji_model::{
    Block, GridCell, GridRow, Limits, Nested, Place, ReadError, Slot, UnreadCode, is_layout, ruled_blocks,
};

/// Widest column span that HTML allows (same section, step 8 of the algorithm for processing rows).
const MAX_COL_SPAN: usize = 1_000;

/// A table while it is walked through.
#[derive(Default)]
pub(crate) struct Table {
    /// Text of a caption, or that stands between rows.
    pub(crate) caption: Vec<Block>,
    pub(crate) rows: Vec<TableRow>,
    /// Index after the last row of each row group that has ended.
    group_ends: Vec<usize>,
}

/// A row while its table is walked through.
pub(crate) struct TableRow {
    pub(crate) cells: Vec<TableCell>,
    pub(crate) place: Place,
}

/// A cell while its table is walked through.
pub(crate) struct TableCell {
    pub(crate) content: Vec<Block>,
    pub(crate) place: Place,
    /// Rows that it says to span; 0 means to the end of the row group.
    pub(crate) row_span: usize,
    /// Columns that it says to span.
    pub(crate) col_span: usize,
}

/// A cell above that reaches down into the rows below it.
#[derive(Clone, Copy)]
struct Hanging {
    row: usize,
    col: usize,
    end_row: usize,
}

impl Table {
    /// Ends the row group: spans do not go over its end.
    pub(crate) fn end_group(&mut self) {
        if self.group_ends.last() != Some(&self.rows.len()) {
            self.group_ends.push(self.rows.len());
        }
    }

    /// The table as blocks. `n_left` is how many slots the document may still use.
    ///
    /// A table that only lays out others is no grid, and a grid inside a cell parts its table: see [`is_layout`] and
    /// [`ruled_blocks`].
    ///
    /// # Errors
    /// E04 if the grid would have more than `n_left` slots.
    pub(crate) fn into_blocks(mut self, n_left: usize, limits: &Limits) -> Result<Vec<Block>, ReadError> {
        self.end_group();
        let mut blocks = std::mem::take(&mut self.caption);
        if is_layout(&contents(&self.rows)) {
            blocks.extend(self.rows.into_iter().flat_map(|it| it.cells).flat_map(|it| it.content));
            return Ok(blocks);
        }
        let (rows, n_cols, nested) = self.resolve(n_left, limits)?;
        blocks.extend(ruled_blocks(rows, n_cols, nested));
        Ok(blocks)
    }

    /// Rows of slots, their number of columns, and the grids inside cells.
    fn resolve(self, n_left: usize, limits: &Limits) -> Result<(Vec<GridRow>, usize, Vec<Nested>), ReadError> {
        let n_rows = self.rows.len();
        let mut group_ends = self.group_ends.into_iter().peekable();
        let mut hanging: Vec<Option<Hanging>> = Vec::new();
        let mut nested = Vec::new();
        let mut rows = Vec::with_capacity(n_rows);
        for (row, TableRow { cells, mut place }) in self.rows.into_iter().enumerate() {
            place.column.get_or_insert(1);
            while group_ends.next_if(|end| *end <= row).is_some() {}
            let group_end = group_ends.peek().copied().unwrap_or(n_rows);
            let mut slots: Vec<Slot> = hanging
                .iter()
                .map(|it| match it {
                    Some(above) if row < above.end_row => Slot::Covered { row: above.row, col: above.col },
                    _ => Slot::Empty,
                })
                .collect();
            let mut col = 0;
            for mut cell in cells {
                while slots.get(col).is_some_and(|it| *it != Slot::Empty) {
                    col += 1;
                }
                // What stands in no text has the column of its table.
                cell.place.column.get_or_insert_with(|| u32::try_from(col + 1).unwrap_or(u32::MAX));
                let wanted = cell.col_span.clamp(1, MAX_COL_SPAN);
                let n_free = slots.iter().skip(col).take_while(|it| **it == Slot::Empty).count();
                let is_open_end = col + n_free == slots.len();
                let n_cols = if is_open_end { wanted } else { wanted.min(n_free) };
                let end_col = col + n_cols;
                if n_left < n_rows.saturating_mul(end_col.max(slots.len())) {
                    let line = cell.place.line.unwrap_or_default();
                    let reason = format!("line {line}: more than the limit of {} cells and lines", limits.cells);
                    return Err(ReadError { code: UnreadCode::OverLimit, reason });
                }
                if slots.len() < end_col {
                    slots.resize(end_col, Slot::Empty);
                    hanging.resize(end_col, None);
                }
                let left_rows = group_end.saturating_sub(row).max(1);
                let n_span = if cell.row_span == 0 { left_rows } else { cell.row_span.min(left_rows) };
                let covered = Slot::Covered { row, col };
                for slot in slots.iter_mut().take(end_col).skip(col) {
                    *slot = covered.clone();
                }
                for it in hanging.iter_mut().take(end_col).skip(col) {
                    *it = (1 < n_span).then_some(Hanging { row, col, end_row: row + n_span });
                }
                let own = grid_cell(cell, n_span, n_cols, row, &mut nested);
                if let Some(slot) = slots.get_mut(col) {
                    *slot = Slot::Cell(Box::new(own));
                }
                col = end_col;
            }
            rows.push(GridRow { slots, place, break_before: false });
        }
        let n_cols = hanging.len();
        for row in &mut rows {
            row.slots.resize(n_cols, Slot::Empty);
        }
        Ok((rows, n_cols, nested))
    }
}

/// What each cell of each row holds.
fn contents(rows: &[TableRow]) -> Vec<Vec<&[Block]>> {
    rows.iter().map(|it| it.cells.iter().map(|it| it.content.as_slice()).collect()).collect()
}

fn grid_cell(cell: TableCell, n_rows: usize, n_cols: usize, row: usize, nested: &mut Vec<Nested>) -> GridCell {
    let mut text = String::new();
    let mut raw = String::new();
    let mut has_raw = false;
    for block in cell.content {
        match block {
            Block::Text(it) => {
                if !text.is_empty() {
                    text.push('\n');
                    raw.push('\n');
                }
                has_raw |= it.raw.is_some();
                raw.push_str(it.raw.as_deref().unwrap_or(&it.text));
                text.push_str(&it.text);
            }
            Block::Grid(mut grid) => {
                grid.nested_in.get_or_insert_with(|| cell.place.clone());
                nested.push(Nested { before_row: row, grid });
            }
        }
    }
    let text = text.trim_matches(crate::flow::is_blank_char).to_owned();
    GridCell { text, raw: has_raw.then_some(raw), stored: None, place: cell.place, n_rows, n_cols }
}
