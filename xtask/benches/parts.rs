//! The stages by themselves, over all bundled documents at once: `cargo bench -p xtask`.
//!
//! With divan and not criterion: it counts allocations beside time, keeps nothing between runs, and brings few
//! dependencies. Whole-process figures come from `cargo xtask bench`.

use divan::{AllocProfiler, Bencher, black_box};
use gouji_model::{Document, Form, Format, Limits, Source};
use gouji_reconcile::Reconciler;
use gouji_report::{Shape, Subject};
use gouji_score::{Context, Scorer, Settings};
use xtask::bench::bundled_documents;
use xtask::program::{entry, report};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn read(bytes: &[u8]) -> Document {
    let source = Source { name: "bundled.txt", bytes };
    gouji_ingest_text::read(&source, Format::OcrText, &Limits::default()).expect("a bundled document is readable")
}

fn documents() -> Vec<Document> {
    bundled_documents().iter().map(|it| read(it)).collect()
}

fn forms() -> Vec<Vec<Form>> {
    let reconciler = Reconciler::new();
    documents().iter().map(|it| reconciler.rebuild(it).forms).collect()
}

fn scorer() -> Scorer {
    Scorer::new(Settings { select: Vec::new(), ignore: Vec::new(), show_low: false })
}

fn context() -> Context {
    Context { format: Format::OcrText, digest: String::new() }
}

/// Bytes to text and grids.
#[divan::bench]
fn decode_and_read(bencher: Bencher) {
    let documents = bundled_documents();
    bencher.bench(|| documents.iter().map(|it| black_box(read(it)).blocks.len()).sum::<usize>());
}

/// Text and grids to forms.
#[divan::bench]
fn reconcile(bencher: Bencher) {
    let (documents, reconciler) = (documents(), Reconciler::new());
    bencher.bench(|| documents.iter().map(|it| black_box(reconciler.rebuild(it)).forms.len()).sum::<usize>());
}

/// Forms to verdicts.
#[divan::bench]
fn score(bencher: Bencher) {
    let (forms, scorer, context) = (forms(), scorer(), context());
    bencher.bench(|| forms.iter().map(|it| black_box(scorer.check_document(it, &context)).len()).sum::<usize>());
}

/// Verdicts to lines of JSON.
#[divan::bench]
fn write(bencher: Bencher) {
    let (scorer, context) = (scorer(), context());
    let outcome = |forms: Vec<Form>| {
        let verdicts = scorer.check_document(&forms, &context);
        gouji_corpus::Outcome::Forms {
            format: Format::OcrText,
            forms,
            verdicts,
            digest: None,
            left_out: None,
            notes: Vec::new(),
        }
    };
    let outcomes: Vec<_> = forms().into_iter().map(outcome).collect();
    let report = report(Subject::Findings, Shape::JsonLines);
    let render = |it| report.render(&entry("bundled.txt", it, Subject::Findings));
    bencher.bench(|| outcomes.iter().map(|it| black_box(render(it)).weight()).sum::<usize>());
}
