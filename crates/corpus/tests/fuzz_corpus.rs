//! Replays the corpus of the fuzz target `reconcile` on the stable compiler: no document may crash on its way from text
//! to verdict.

use std::fs;
use std::path::Path;

use gouji_corpus::{Config, Engine, Outcome, Task};
use gouji_model::Limits;

#[test]
fn no_document_of_the_fuzz_corpus_crashes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/reconcile");
    let task = Task::Check { select: Vec::new(), ignore: Vec::new(), show_low: true };
    let engine = Engine::new(Config { task, format: None, limits: Limits::default() });
    let mut n_documents = 0;
    for entry in fs::read_dir(&folder).expect("the corpus of the target is there") {
        let path = entry.expect("the folder can be listed").path();
        let bytes = fs::read(&path).expect("the file can be read");
        let outcome = engine.document("fuzz.txt", &bytes);
        assert!(!matches!(outcome, Outcome::Unread(_)), "{}", path.display());
        n_documents += 1;
    }
    assert!(n_documents > 0, "{} is empty", folder.display());
}
