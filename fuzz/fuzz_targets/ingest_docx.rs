//! Any bytes as a Word document, or as the markup of one if they are no container: read or refused, never a crash.
#![no_main]

use std::io::{Cursor, Write};

use gouji_model::{Block, Limits, Slot, Source};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const HEAD: &[u8] = b"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><w:body>";

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 20, cell_bytes: 1 << 16, cells: 10_000, ..Limits::default() };
    let document = if bytes.starts_with(b"PK") { bytes.to_vec() } else { wrapped(bytes) };
    let Ok(reading) = gouji_ingest_docx::read(&Source { name: "fuzz", bytes: &document }, &limits) else { return };
    for block in &reading.document.blocks {
        let Block::Grid(grid) = block else { continue };
        for row in &grid.rows {
            assert_eq!(row.slots.len(), grid.n_cols);
            for slot in &row.slots {
                let Slot::Covered { row, col } = slot else { continue };
                assert!(matches!(grid.rows.get(*row).and_then(|it| it.slots.get(*col)), Some(Slot::Cell(_))));
            }
        }
    }
});

fn wrapped(body: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("word/document.xml", stored).expect("memory takes all that is written");
    for part in [HEAD, body, b"</w:body></w:document>"] {
        zip.write_all(part).expect("memory takes all that is written");
    }
    zip.finish().expect("memory takes all that is written").into_inner()
}
