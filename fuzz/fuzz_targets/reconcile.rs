//! Any text through the text reader and the reconciler: no panic, and every pointer names a place of its form.
#![no_main]

use std::sync::LazyLock;

use gouji_model::{Format, Limits, Pointer, Source};
use gouji_reconcile::Reconciler;
use libfuzzer_sys::fuzz_target;

static RECONCILER: LazyLock<Reconciler> = LazyLock::new(Reconciler::new);

fuzz_target!(|bytes: &[u8]| {
    let source = Source { name: "fuzz.txt", bytes };
    let limits = Limits { document_bytes: 1 << 20, cell_bytes: 1 << 18, cells: 100_000, ..Limits::default() };
    let Ok(document) = gouji_ingest_text::read(&source, Format::OcrText, &limits) else { return };
    for form in RECONCILER.rebuild(&document).forms {
        for at in form.repairs.iter().flat_map(|it| &it.at).chain(form.alternatives.iter().flat_map(|it| &it.at)) {
            match *at {
                Pointer::Indicator(idx, _) => assert!(idx < form.indicators.len()),
                Pointer::Funds(idx, _) => assert!(idx < form.funds.len()),
                _ => {}
            }
        }
    }
});
