//! Every check has a complete entry, stands in the file of its code, and does what its drawings say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use gouji_model::{AcrossFinding, Class, Finding, Level, Note};

use crate::drawn::{Drawing, drawings};
use crate::{Context, Scorer, Settings, registry};

#[test]
fn entries_are_complete() {
    for check in registry() {
        let meta = check.meta();
        let texts = [
            meta.name,
            meta.name_zh,
            meta.class,
            meta.summary_zh,
            meta.summary_en,
            meta.definition_zh,
            meta.definition_en,
            meta.tolerance,
            meta.authority,
            meta.since,
            meta.applies_when,
            meta.doc,
        ];
        assert!(texts.iter().all(|it| !it.trim().is_empty()), "{} has an empty field: {meta:?}", meta.code);
        let (family, number) = meta.code.split_at(1);
        assert!(family.chars().all(|it| it.is_ascii_uppercase()), "{}", meta.code);
        assert!(number.len() == 2 && number.chars().all(|it| it.is_ascii_digit()), "{}", meta.code);
        assert!(
            meta.name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-'),
            "{}",
            meta.name
        );
        assert!(
            !meta.name_zh.is_ascii() && !meta.summary_zh.is_ascii() && !meta.definition_zh.is_ascii(),
            "{}",
            meta.code
        );
        let classes = ["C", "B", "S1", "S2", "S3", "note"];
        assert!(meta.class.split('/').all(|it| classes.contains(&it)), "{}: {}", meta.code, meta.class);
    }
}

#[test]
fn codes_and_names_are_unique_and_in_order() {
    let codes: Vec<&str> = registry().iter().map(|it| it.meta().code).collect();
    let unique: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(unique.len(), codes.len());
    let names: BTreeSet<&str> = registry().iter().map(|it| it.meta().name).collect();
    assert_eq!(names.len(), codes.len());
    let family = |code: &str| "FWSTIAUXDPG".find(&code[..1]);
    let mut sorted = codes.clone();
    sorted.sort_by_key(|it| (family(it), it.to_string()));
    assert_eq!(codes, sorted);
}

#[test]
fn files_are_named_after_their_check() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks");
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("the folder of checks is there")
        .map(|it| it.expect("a readable entry").file_name().to_string_lossy().into_owned())
        .filter(|it| it != "mod.rs")
        .collect();
    files.sort();
    let mut expected: Vec<String> = registry()
        .iter()
        .map(|it| format!("{}_{}.rs", it.meta().code.to_lowercase(), it.meta().name.replace('-', "_")))
        .collect();
    expected.sort();
    assert_eq!(files, expected);
}

#[test]
fn drawings_fire_and_stay_quiet() {
    let mut wrong = Vec::new();
    for check in registry() {
        let meta = check.meta();
        let drawings = drawings(meta.doc);
        assert!(drawings.iter().any(|it| it.is_quiet), "{} has no drawing on which it is quiet", meta.code);
        assert!(drawings.iter().any(|it| !it.is_quiet), "{} has no drawing on which it fires", meta.code);
        for drawing in &drawings {
            let found = said(meta.code, drawing);
            if found != drawing.expected {
                wrong.push(format!("{}:\n{}found {found:#?}\n", meta.code, drawing.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn explanations_hold_the_doc_and_both_languages() {
    for check in registry() {
        let sections = crate::explain(check.meta());
        assert_eq!(sections.len(), 10);
        let examples = sections.iter().find(|it| it.title.en == "Examples").expect("has examples");
        assert!(examples.text.zh.contains("```form"));
        assert!(
            examples.text.zh.lines().all(|it| !it.starts_with(' ') || it.starts_with("  ")),
            "{}",
            examples.text.zh
        );
    }
}

/// What the check says of the drawn document, as finding or as note of its root.
fn said(code: &str, drawing: &Drawing) -> Vec<String> {
    let mut select = drawing.others.clone();
    select.push(code.to_owned());
    let scorer = Scorer::new(Settings { select, ignore: Vec::new(), show_low: true });
    let mut found = Vec::new();
    let mut verdicts = Vec::new();
    let mut across = scorer.across();
    for (idx, forms) in drawing.documents().into_iter().enumerate() {
        let number = (idx + 1).to_string();
        let context = Context { format: drawing.format, digest: format!("drawn {number}") };
        let (of_document, digest) = scorer.check_and_digest(forms, &context);
        verdicts.extend(of_document);
        across.add(&number, digest);
    }
    for finding in across.finish().iter().filter(|it| it.code == code) {
        found.push(across_line(finding));
        assert!(!finding.message.zh.is_empty() && !finding.message.en.is_empty());
        assert_eq!(finding.fingerprint.len(), 16);
    }
    for verdict in verdicts {
        for finding in &verdict.findings {
            if finding.code == code {
                found.push(line(finding));
                assert!(!finding.message.zh.is_empty() && !finding.message.en.is_empty());
                assert_eq!(finding.fingerprint.len(), 16);
            }
            found.extend(finding.notes.iter().filter(|it| it.code == code).map(note_line));
        }
    }
    found.sort();
    found
}

fn line(finding: &Finding) -> String {
    format!("{} {}", pointers(&finding.at), class(finding.class, finding.confidence))
}

fn class(class: Class, confidence: Level) -> String {
    match class {
        Class::Suspicion => format!("suspicion {}", confidence.name()),
        class => class.name().to_owned(),
    }
}

fn across_line(finding: &AcrossFinding) -> String {
    let members = finding.members.iter().map(|it| format!("{}:{}", it.path, pointers(&it.at)));
    let members = members.collect::<Vec<_>>().join(" ");
    format!("across {members} {}", class(finding.class, finding.confidence))
}

fn note_line(note: &Note) -> String {
    format!("{} note", pointers(&note.at))
}

fn pointers(at: &[gouji_model::Pointer]) -> String {
    let texts: Vec<String> =
        at.iter().map(|it| if it.to_string().is_empty() { "form".to_owned() } else { it.to_string() }).collect();
    texts.join(",")
}
