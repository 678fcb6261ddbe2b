//! The lexicon and the generator share no withheld label: what the test set prints with them is read unseen.

use std::collections::BTreeSet;

/// The label as the lexicon matches it: without trailing brackets.
fn bare(label: &str) -> &str {
    label.split('(').next().filter(|it| !it.is_empty()).unwrap_or(label)
}

/// Every text of the lexicon.
fn texts(value: &toml::Value, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => {
            found.insert(bare(text).to_owned());
        }
        toml::Value::Array(values) => values.iter().for_each(|it| texts(it, found)),
        toml::Value::Table(table) => table.values().for_each(|it| texts(it, found)),
        _ => {}
    }
}

#[test]
fn the_lexicon_holds_no_withheld_label() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/reconcile/src/lexicon.toml");
    let lexicon = std::fs::read_to_string(path).expect("the lexicon is part of the workspace");
    let lexicon: toml::Value = toml::from_str(&lexicon).expect("the lexicon is TOML");
    let mut known = BTreeSet::new();
    texts(&lexicon, &mut known);
    assert!(known.contains("项目名称"), "the lexicon was read");
    let withheld = gouji_generate::withheld_labels();
    let shared: Vec<&str> = withheld.into_iter().filter(|it| known.contains(bare(it))).collect();
    assert!(shared.is_empty(), "take these out of the lexicon, or out of the generator's words: {shared:?}");
}
