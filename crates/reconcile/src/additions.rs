//! Labels that a user adds to the lexicon.
//!
//! In: a table in the shape of `lexicon.toml`, with additions only. Out: the two in one, lists one behind the other; or
//! what in the additions the lexicon has no place for.

use toml::{Table, Value};

use crate::lexicon;

/// Tables whose keys are the user's to choose: classes of 一级指标.
const OPEN_TABLES: [&str; 1] = ["l1"];

/// The lexicon that ships with the program, as a table.
pub(crate) fn embedded() -> Table {
    lexicon::EMBEDDED.parse().expect("a unit test reads the embedded lexicon")
}

/// Every key of the lexicon, dotted: `funds.line.total`. `*` stands for a key of the user's.
pub(crate) fn keys() -> Vec<String> {
    let mut acc = Vec::new();
    push_keys(&embedded(), "", &mut acc);
    acc.sort();
    acc.dedup();
    acc
}

fn push_keys(table: &Table, path: &str, acc: &mut Vec<String>) {
    if OPEN_TABLES.contains(&path) {
        return acc.push(dotted(path, "*"));
    }
    for (key, value) in table {
        let path = dotted(path, key);
        match value {
            Value::Table(inner) => push_keys(inner, &path, acc),
            Value::Array(entries) if entries.iter().any(Value::is_table) => {
                entries.iter().filter_map(Value::as_table).for_each(|it| push_keys(it, &path, acc));
            }
            _ => acc.push(path),
        }
    }
}

fn dotted(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Puts the additions behind what `to` has.
///
/// # Errors
/// For a key that the lexicon does not have, and a value of another kind than the lexicon's.
pub(crate) fn add(to: &mut Table, extra: Table) -> Result<(), String> {
    add_table(to, extra, "")
}

fn add_table(to: &mut Table, extra: Table, path: &str) -> Result<(), String> {
    for (key, value) in extra {
        let path_of_key = dotted(path, &key);
        match (to.get_mut(&key), value) {
            (Some(Value::Table(to)), Value::Table(extra)) => add_table(to, extra, &path_of_key)?,
            (Some(Value::Array(to)), Value::Array(extra)) => add_list(to, extra, &path_of_key)?,
            // Pairs of characters, one text.
            (Some(Value::String(to)), Value::String(extra)) if extra.chars().count() % 2 == 0 => to.push_str(&extra),
            (Some(_), _) => return Err(format!("{path_of_key}: not of the shape of the lexicon's own")),
            (None, value) if OPEN_TABLES.contains(&path) => drop(to.insert(key, value)),
            (None, _) => return Err(format!("{path_of_key}: the lexicon has no such key")),
        }
    }
    Ok(())
}

fn add_list(to: &mut Vec<Value>, extra: Vec<Value>, path: &str) -> Result<(), String> {
    let is_table = to.iter().any(Value::is_table);
    for value in extra {
        if value.is_table() != is_table {
            return Err(format!("{path}: not of the shape of the lexicon's own"));
        }
        let class = |it: &Value| it.get("class").cloned();
        let has = to.contains(&value);
        let own = to.iter_mut().find(|it| is_table && class(it).is_some() && class(it) == class(&value));
        match (own.and_then(Value::as_table_mut), value) {
            // More names and parents of a class that is there.
            (Some(own), Value::Table(mut extra)) => {
                extra.remove("class");
                add_table(own, extra, path)?;
            }
            (_, value) if !has => to.push(value),
            (_, _) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::Reconciler;

    use super::*;

    fn check_error(extra: &str, expected: &str) {
        assert_eq!(Reconciler::with_labels(extra).unwrap_err(), expected);
    }

    #[test]
    fn lists_grow_and_keep_what_they_had() {
        let mut table = embedded();
        let extra = "[indicators]\nactual = ['年末值', '完成值']\n[l1]\noutput = ['产出类']\nown = ['特色指标']\n\
                     [[l2]]\nclass = 'quantity'\nparents = ['own']\nnames = ['规模']\n\
                     [[l2]]\nclass = 'own'\nparents = ['own']\nnames = ['特色']\n";
        add(&mut table, extra.parse().unwrap()).unwrap();
        let mut actual = embedded()["indicators"]["actual"].as_array().unwrap().clone();
        actual.push("年末值".into());
        assert_eq!(table["indicators"]["actual"].as_array(), Some(&actual));
        assert_eq!(table["l1"]["own"][0].as_str(), Some("特色指标"));
        let classes = table["l2"].as_array().unwrap();
        let quantity = classes.iter().find(|it| it["class"].as_str() == Some("quantity")).unwrap();
        assert_eq!(quantity["parents"].as_array().unwrap().len(), 2);
        assert_eq!(classes.last().unwrap()["class"].as_str(), Some("own"));
        assert!(Reconciler::with_labels(extra).is_ok());
    }

    #[test]
    fn what_the_lexicon_has_no_place_for_is_an_error() {
        check_error("[indicators]\nactul = ['a']", "indicators.actul: the lexicon has no such key");
        check_error("[funds.line]\ntotl = ['a']", "funds.line.totl: the lexicon has no such key");
        check_error("[indicators]\nactual = 'a'", "indicators.actual: not of the shape of the lexicon's own");
        check_error("[indicators.actual]\na = 1", "indicators.actual: not of the shape of the lexicon's own");
        check_error("l2 = ['a']", "l2: not of the shape of the lexicon's own");
        check_error("[[l2]]\nclass = 'x'\nparents = ['nobody']\nnames = []", "l2 x: unknown parent");
        assert!(Reconciler::with_labels("[indicators]\nactual = [1]").is_err());
        assert!(Reconciler::with_labels("[[l2]]\nclass = 'x'").is_err());
        assert!(Reconciler::with_labels("= 1").is_err());
    }

    #[test]
    fn keys_are_those_of_the_lexicon() {
        let keys = keys();
        for key in ["head.project", "funds.line.total", "indicators.actual", "l1.*", "l2.parents", "traditional.pairs"]
        {
            assert!(keys.iter().any(|it| it == key), "{key}");
        }
        assert!(keys.iter().all(|it| !it.starts_with("l1.output")));
    }
}
