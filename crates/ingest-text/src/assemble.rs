//! Rows and lines into the blocks of a document, within its limits.
//!
//! In: rows of cells and lines of text in reading order. Out: blocks; rows that follow each other are one grid, and all
//! rows of a grid have the same number of slots.

use gouji_model::{Block, Grid, GridCell, GridKind, GridRow, Limits, Place, ReadError, Slot, TextBlock, UnreadCode};

/// Collects the blocks of a document.
pub(crate) struct Assembler<'a> {
    limits: &'a Limits,
    blocks: Vec<Block>,
    rows: Vec<GridRow>,
    /// Columns of the widest row of `rows`.
    n_cols: usize,
    /// Slots and lines that `blocks` hold.
    n_used: usize,
}

impl<'a> Assembler<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Assembler<'a> {
        Assembler { limits, blocks: Vec::new(), rows: Vec::new(), n_cols: 0, n_used: 0 }
    }

    /// Makes sure that a row of this width still fits, before anything is allocated for it.
    ///
    /// # Errors
    /// E04 if the grid would go over the limit of cells. A row counts as one cell at least, a line of text as one:
    /// they take memory too.
    pub(crate) fn reserve_row(&self, n_cols: usize, line: u32) -> Result<(), ReadError> {
        let n_slots = (self.rows.len() + 1).saturating_mul(self.n_cols.max(n_cols).max(1));
        self.check_cells(n_slots, line)
    }

    /// Columns of the grid so far: room for as many spares most rows a second allocation, as rows of a grid are alike.
    pub(crate) fn n_cols(&self) -> usize {
        self.n_cols
    }

    /// Adds a row; it ends with its last cell, and is filled up to the width of its grid when the grid ends.
    ///
    /// # Errors
    /// As [`Assembler::reserve_row`].
    pub(crate) fn push_row(&mut self, slots: Vec<Slot>, place: Place, break_before: bool) -> Result<(), ReadError> {
        self.reserve_row(slots.len(), place.line.unwrap_or_default())?;
        self.n_cols = self.n_cols.max(slots.len());
        self.rows.push(GridRow { slots, place, break_before });
        Ok(())
    }

    /// Adds a line of text; it ends the grid before it.
    pub(crate) fn push_text(&mut self, text: TextBlock) -> Result<(), ReadError> {
        self.end_grid();
        self.check_cells(1, text.place.line.unwrap_or_default())?;
        self.n_used += 1;
        self.blocks.push(Block::Text(text));
        Ok(())
    }

    /// Adds a grid that markup states; it ends the grid before it.
    pub(crate) fn push_grid(&mut self, grid: Grid, line: u32) -> Result<(), ReadError> {
        self.end_grid();
        let n_slots = grid.rows.len().saturating_mul(grid.n_cols.max(1));
        self.check_cells(n_slots, line)?;
        self.n_used += n_slots;
        self.blocks.push(Block::Grid(grid));
        Ok(())
    }

    /// The blocks in reading order.
    pub(crate) fn finish(mut self) -> Vec<Block> {
        self.end_grid();
        self.blocks
    }

    fn end_grid(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        let n_cols = std::mem::take(&mut self.n_cols);
        // Rows without a cell hold nothing that was printed; a grid of such rows is no grid.
        if n_cols == 0 {
            return;
        }
        for row in &mut rows {
            row.slots.resize_with(n_cols, || Slot::Empty);
        }
        self.n_used += rows.len().saturating_mul(n_cols);
        self.blocks.push(Block::Grid(Grid {
            kind: GridKind::Separated,
            n_cols,
            rows,
            nested_in: None,
            is_hidden: false,
        }));
    }

    fn check_cells(&self, n_slots: usize, line: u32) -> Result<(), ReadError> {
        if self.limits.cells < self.n_used.saturating_add(n_slots) {
            let reason = format!("line {line}: more than the limit of {} cells and lines", self.limits.cells);
            return Err(ReadError { code: UnreadCode::OverLimit, reason });
        }
        Ok(())
    }
}

/// Adds a cell to a row, at column `col` from 0, which is to the right of the cells in it.
pub(crate) fn push_cell(slots: &mut Vec<Slot>, col: usize, text: String, raw: Option<String>, place: Place) {
    slots.resize_with(col, || Slot::Empty);
    slots.push(Slot::Cell(Box::new(GridCell { text, raw, stored: None, place, n_rows: 1, n_cols: 1 })));
}
