//! Drawn forms that other programs printed as PDFs, Word documents and pages, through all stages: the forms and the findings
//! against the truth.

use xtask::drawn::Document;
use xtask::program::engine;
use xtask::score::Set;
use xtask::score::drawn::answer::of_engine;
use xtask::score::extraction::compare;

#[test]
fn forms_on_printed_pdfs_are_those_that_were_drawn() {
    check("crates/ingest-pdf/tests/printed");
}

/// By python-docx, LibreOffice and Chromium; one is a workbook in a Word document.
#[test]
fn forms_in_word_documents_and_saved_pages_are_those_that_were_drawn() {
    check("crates/ingest-docx/tests/printed");
}

#[test]
fn places_in_an_embedded_workbook_name_it() {
    let name = "development-1-000007-none.embedded.docx";
    let path = xtask::root().join("crates/ingest-docx/tests/printed/docs").join(name);
    let bytes = std::fs::read(path).expect("the document is there");
    let gouji_corpus::Outcome::Forms { format, forms, left_out, .. } = engine().document(name, &bytes) else {
        panic!("{name} holds a form");
    };
    assert_eq!((format.name(), left_out), ("docx", None));
    let place = forms[0].indicators[0].name.as_ref().map(|it| &it.place);
    let part = place.and_then(|it| it.part.clone());
    assert_eq!(part.as_deref(), Some("word/embeddings/Microsoft_Excel_Sheet1.xlsx"));
    assert!(place.is_some_and(|it| it.cell.is_some()), "{place:?}");
}

fn check(folder: &str) {
    let folder = xtask::root().join(folder);
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
