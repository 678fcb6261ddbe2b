//! Any bytes as a zip archive: walked or refused, never a crash, and no member larger than a document may be.
#![no_main]

use gouji_corpus::Walk;
use gouji_model::Limits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 16, members: 100, archive_bytes: 1 << 20, ..Limits::default() };
    let path = std::env::temp_dir().join(format!("gouji-fuzz-{}.zip", std::process::id()));
    std::fs::write(&path, bytes).expect("the folder for scratch files can be written to");
    for input in Walk::new(vec![path], "-", limits.clone()) {
        if let Ok(bytes) = input.read(&limits) {
            assert!(bytes.len() <= limits.document_bytes);
        }
    }
});
