//! Any bytes as a text of each format: read or refused, never a crash, and every row of a grid is whole.
#![no_main]

use gouji_model::{Block, Format, Limits, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::OcrText, Format::Markdown, Format::Csv] {
        let Ok(document) = gouji_ingest_text::read(&Source { name: "fuzz", bytes }, format, &Limits::default()) else {
            continue;
        };
        for block in &document.blocks {
            if let Block::Grid(grid) = block {
                assert!(grid.rows.iter().all(|it| it.slots.len() == grid.n_cols));
            }
        }
    }
});
