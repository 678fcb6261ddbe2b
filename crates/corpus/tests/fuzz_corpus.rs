//! Replays the corpus of the fuzz target `reconcile` on the stable compiler: no document may crash on its way from text
//! to verdict.

use std::fs;
use std::path::Path;

use expect_test::expect;
use gouji_corpus::{Config, Engine, Outcome, Task, Walk};
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

#[test]
fn every_archive_of_the_fuzz_corpus_is_walked_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/archive");
    let limits = Limits { document_bytes: 1 << 16, members: 100, archive_bytes: 1 << 20, ..Limits::default() };
    let mut acc: Vec<String> = Vec::new();
    for input in Walk::new(vec![folder], "-", limits.clone()) {
        let name = input.name.rsplit_once("/corpus/archive/").map_or("", |it| it.1).to_owned();
        acc.push(match input.read(&limits) {
            Ok(bytes) => format!("{name}: {} bytes", bytes.len()),
            Err(error) => format!("{name}: {}", error.code.code()),
        });
    }
    expect![[r#"
        bomb.zip/a.txt: 60000 bytes
        bomb.zip/b.txt: E04
        cut.zip: E01
        deep.zip/deeper.zip/deeper.zip/deeper.zip: E04
        gbk.zip/自评表.txt___: 28 bytes
        junk.zip/a.txt: 28 bytes
        locked.zip/a/c.txt: 28 bytes
        locked.zip/b.txt: E03
        many.zip: E04
        outside.zip/C:/c.txt: 28 bytes
        outside.zip/a.txt: 28 bytes
        outside.zip/etc/b.txt: 28 bytes
        plain.zip/a/c.txt: 28 bytes
        plain.zip/b.txt: 28 bytes
        stored.zip/a.txt: 28 bytes
    "#]]
    .assert_eq(&(acc.join("\n") + "\n"));
}
