//! Tables inside the cells of tables: which tables only lay out what they hold, and where a nested grid is read.
//!
//! In: rows whose spans are resolved, and the grids that stood in their cells. Out: blocks in reading order, no span cut.

use crate::{Block, Grid, GridKind, GridRow, Slot};

/// A grid that stood in a cell, and before which row of the outer grid it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Nested {
    /// The row, from 0; the one that its cell begins in.
    pub before_row: usize,
    /// The grid itself.
    pub grid: Grid,
}

/// Whether a table only lays out other tables or text, by what each cell of each row holds: a single column that holds
/// tables, a single cell, no cell with text beside the tables, or a single row with a cell that is a page of its own (text
/// and tables). Such a table is no grid: its contents stand in its place.
pub fn is_layout(rows: &[Vec<&[Block]>]) -> bool {
    let cells = || rows.iter().flatten();
    let holds_grid = |cell: &&[Block]| cell.iter().any(|it| matches!(it, Block::Grid(_)));
    let is_column = rows.iter().all(|it| it.len() <= 1);
    let is_page = |cell: &&[Block]| holds_grid(cell) && cell.iter().any(|it| !matches!(it, Block::Grid(_)));
    if cells().count() == 1 || (rows.len() == 1 && cells().any(is_page)) {
        return true;
    }
    cells().any(holds_grid) && (is_column || cells().all(|it| it.is_empty() || holds_grid(it)))
}

/// The rows of a table as one grid, parted where a nested grid is read: before the row that it stands in, or, where a cell
/// reaches over that row's upper edge, before the next row without one, so that no span is cut.
pub fn ruled_blocks(rows: Vec<GridRow>, n_cols: usize, mut nested: Vec<Nested>) -> Vec<Block> {
    let is_crossed: Vec<bool> = rows.iter().enumerate().map(|(row, it)| is_crossed(row, it)).collect();
    for it in &mut nested {
        while is_crossed.get(it.before_row).copied().unwrap_or(false) {
            it.before_row += 1;
        }
    }
    nested.sort_by_key(|it| it.before_row);
    let (mut blocks, mut rows, mut start) = (Vec::new(), rows.into_iter(), 0);
    for it in nested {
        push_grid(&mut blocks, rows.by_ref().take(it.before_row - start).collect(), start, n_cols);
        start = it.before_row;
        blocks.push(Block::Grid(it.grid));
    }
    push_grid(&mut blocks, rows.collect(), start, n_cols);
    blocks
}

/// Whether a cell reaches over the upper edge of a row.
fn is_crossed(row: usize, it: &GridRow) -> bool {
    it.slots.iter().any(|slot| matches!(slot, Slot::Covered { row: above, .. } if *above < row))
}

/// Adds rows that stood from row `start` on in their table, unless nothing is printed in them.
fn push_grid(blocks: &mut Vec<Block>, mut rows: Vec<GridRow>, start: usize, n_cols: usize) {
    let is_printed = |it: &Slot| matches!(it, Slot::Cell(cell) if !cell.text.is_empty());
    if !rows.iter().flat_map(|it| &it.slots).any(is_printed) {
        return;
    }
    for slot in rows.iter_mut().flat_map(|it| &mut it.slots) {
        if let Slot::Covered { row, .. } = slot {
            // No span is cut, so every anchor is at `start` or below it.
            *row -= start;
        }
    }
    blocks.push(Block::Grid(Grid { kind: GridKind::Ruled, n_cols, rows, nested_in: None, is_hidden: false }));
}
