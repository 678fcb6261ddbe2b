//! A drawn form that LibreOffice printed on seven pages, one row of it over four of them: every leaf as it was drawn.

use std::path::Path;

use gouji_corpus::{Config, Engine, Outcome, Task};
use gouji_model::Limits;
use gouji_model::wire::FormRecord;
use serde_json::Value;

/// Where a value is not what is right, of the leaves that are known; blanks aside.
fn differences(right: &Value, got: &Value, at: &str, acc: &mut Vec<String>) {
    match (right, got) {
        (Value::Object(right), Value::Object(got)) => {
            for (key, value) in right {
                differences(value, got.get(key).unwrap_or(&Value::Null), &format!("{at}/{key}"), acc);
            }
        }
        (Value::Array(right), Value::Array(got)) if right.len() == got.len() => {
            for (idx, (right, got)) in right.iter().zip(got).enumerate() {
                differences(right, got, &format!("{at}/{idx}"), acc);
            }
        }
        (Value::String(right), Value::String(got)) => {
            let bare = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
            if bare(right) != bare(got) {
                acc.push(format!("{at}: {got}, not {right}"));
            }
        }
        (right, got) if right == got => {}
        (right, got) => acc.push(format!("{at}: {got}, not {right}")),
    }
}

#[test]
fn a_form_over_seven_pages_is_read_leaf_by_leaf() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ingest-pdf/tests/printed");
    let bytes = std::fs::read(folder.join("docs/seven-pages.word.pdf")).expect("the file is there");
    let truth = std::fs::read(folder.join("truth/seven-pages.json")).expect("the truth is there");
    let truth: Value = serde_json::from_slice(&truth).expect("it is JSON");
    let engine = Engine::new(Config { task: Task::Extract, format: None, limits: Limits::default() });
    let Outcome::Forms { format, forms, left_out: None, .. } = engine.document("a.pdf", &bytes) else {
        panic!("it is not read")
    };
    let got: Vec<Value> = forms
        .iter()
        .map(|it| serde_json::to_value(FormRecord::new("a.pdf", format, it)).expect("it is JSON"))
        .collect();
    let mut acc = Vec::new();
    for (right, got) in truth.as_array().expect("forms").iter().zip(&got) {
        let mut right = right.clone();
        let leaves = right.as_object_mut().expect("a form");
        // Not of the form, but of how it is compared.
        leaves.remove("accept");
        for (key, leaf) in [("total_score", "score"), ("total_weight", "weight")] {
            if let Some(right) = leaves.remove(key) {
                differences(&right, &got["total"][leaf], key, &mut acc);
            }
        }
        differences(&right, got, "", &mut acc);
    }
    assert_eq!((forms.len(), acc), (1, Vec::new()));
}
