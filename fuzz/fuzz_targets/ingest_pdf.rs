//! Any bytes as a PDF: read or refused, never a crash, every row of a grid is whole, and every slot is covered by the cell
//! that it names.
#![no_main]

use gouji_model::{Block, Grid, Limits, Slot, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 20, cells: 100_000, ..Limits::default() };
    let Ok(reading) = gouji_ingest_pdf::read(&Source { name: "fuzz", bytes }, &limits) else { return };
    for block in &reading.document.blocks {
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
            assert!(*above <= row && *left <= col, "{row},{col} is covered from {above},{left}");
            let cell = grid.rows.get(*above).and_then(|it| it.slots.get(*left));
            assert!(matches!(cell, Some(Slot::Cell(_))), "{row},{col} is covered by no cell");
        }
    }
}
