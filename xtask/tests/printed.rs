//! Drawn forms that other programs printed as PDFs, through all stages: the forms and the findings against the truth.

use xtask::drawn::Document;
use xtask::program::engine;
use xtask::score::Set;
use xtask::score::drawn::answer::of_engine;
use xtask::score::extraction::compare;

#[test]
fn forms_on_printed_pdfs_are_those_that_were_drawn() {
    let folder = xtask::root().join("crates/ingest-pdf/tests/printed");
    let set = Set::read("printed", &folder.join("docs"), &folder.join("truth")).expect("the set is complete");
    assert!(!set.docs.is_empty());
    for (name, bytes) in &set.docs {
        let document = Document { name: name.clone(), bytes: bytes.clone(), ..Document::default() };
        let answer = of_engine(&engine(), &document);
        assert_eq!(compare(&set.forms[name], &answer.forms).wrong, Vec::<String>::new(), "{name}");
        let of_document = set.findings.iter().filter(|it| it["document"] == name.as_str());
        for (truth, verdict) in of_document.zip(&answer.verdicts) {
            let hard: Vec<&str> =
                verdict.findings.iter().filter(|it| it.is_hard()).map(|it| it.code.as_str()).collect();
            let may = |code: &&str| truth["must"].as_array().is_some_and(|it| it.iter().any(|it| it == code));
            let is_open = |code: &&str| truth["open"].get(code).is_some();
            assert!(hard.iter().all(|it| may(it) || is_open(it)), "{name}: {hard:?}");
        }
    }
}
