//! Any bytes as a workbook or as a part of one: read or refused, never a crash, and every slot of a grid is covered by the
//! cell that it names.
#![no_main]

#[path = "../../crates/ingest-sheet/tests/wrap/mod.rs"]
mod wrap;

use gouji_model::{Block, Format, Grid, Limits, Slot, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let bytes = wrap::wrapped(bytes);
    let limits = Limits { cells: 100_000, unpacked_bytes: 1 << 24, ..Limits::default() };
    let source = Source { name: "fuzz", bytes: &bytes };
    let Ok(document) = gouji_ingest_sheet::read(&source, Format::Xlsx, &limits) else { return };
    for block in &document.blocks {
        if let Block::Grid(grid) = block {
            check(grid);
        }
    }
});

fn check(grid: &Grid) {
    for (row, it) in grid.rows.iter().enumerate() {
        assert_eq!(it.slots.len(), grid.n_cols);
        for (col, slot) in it.slots.iter().enumerate() {
            let Slot::Covered { row: above, col: left } = slot else { continue };
            let Some(Slot::Cell(cell)) = grid.rows.get(*above).and_then(|it| it.slots.get(*left)) else {
                panic!("{row},{col} is covered by no cell");
            };
            assert!(*above <= row && row < above + cell.n_rows && *left <= col && col < left + cell.n_cols);
        }
    }
}
