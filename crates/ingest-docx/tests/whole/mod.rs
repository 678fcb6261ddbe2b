//! What holds for the grids of any document.

use gouji_model::{Block, Slot};

/// Panics unless every row has its grid's number of slots, and every slot is covered by the cell that it names.
pub(crate) fn check_grids(blocks: &[Block]) {
    for block in blocks {
        let Block::Grid(grid) = block else { continue };
        for (row, it) in grid.rows.iter().enumerate() {
            assert_eq!(it.slots.len(), grid.n_cols, "row {row}");
            for (col, slot) in it.slots.iter().enumerate() {
                let (above, left) = match slot {
                    Slot::Covered { row, col } => (*row, *col),
                    Slot::Cell(cell) => {
                        assert!(
                            row + cell.n_rows <= grid.rows.len() && col + cell.n_cols <= grid.n_cols,
                            "{row},{col}"
                        );
                        for (r, c) in
                            (row..row + cell.n_rows).flat_map(|r| (col..col + cell.n_cols).map(move |c| (r, c)))
                        {
                            let own = &grid.rows[r].slots[c];
                            assert!(
                                (r, c) == (row, col) || *own == Slot::Covered { row, col },
                                "{r},{c} of {row},{col}"
                            );
                        }
                        continue;
                    }
                    Slot::Empty => continue,
                };
                let Some(Slot::Cell(cell)) = grid.rows.get(above).and_then(|it| it.slots.get(left)) else {
                    panic!("{row},{col} is covered by no cell");
                };
                assert!(above <= row && row < above + cell.n_rows && left <= col && col < left + cell.n_cols);
            }
        }
    }
}
