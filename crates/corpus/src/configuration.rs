//! `gouji.toml`: what a user wants otherwise than the program has it.
//!
//! In goes its text or its path; out comes a [`Configuration`], or what is wrong with it. A key that nobody knows is an
//! error that names the nearest known one, so that a slip of the pen never passes for a setting.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gouji_model::Level;
use gouji_reconcile::Reconciler;
use gouji_score::{Scorer, Settings, Thresholds, Tuning};
use toml::{Table, Value};

use crate::rule_codes;
use crate::selectors::{distance, known_code, selectors};

/// What `gouji.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration {
    /// Beginnings of the codes of checks that are made; empty: all.
    pub select: Vec<String>,
    /// Beginnings of the codes of checks that are left out.
    pub ignore: Vec<String>,
    /// How the scorer judges.
    pub tuning: Tuning,
    /// More labels: TOML in the shape of the reconciler's `lexicon.toml`; empty: none.
    pub labels: String,
}

impl Configuration {
    /// The name that the file has where none is given.
    pub const FILE_NAME: &'static str = "gouji.toml";

    /// The nearest file of that name, in `folder` or a folder above it.
    pub fn nearest(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|it| it.join(Configuration::FILE_NAME)).find(|it| it.is_file())
    }

    /// What the file says.
    ///
    /// # Errors
    /// If it cannot be read or is wrong; the text begins with the path.
    pub fn read(path: &Path) -> Result<Configuration, String> {
        let named = |error: String| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|it| named(it.to_string()))?;
        Configuration::parse(&text).map_err(named)
    }

    /// What the text says.
    ///
    /// # Errors
    /// If it is no TOML, has an unknown key, code or name, or a value that its key does not take.
    pub fn parse(text: &str) -> Result<Configuration, String> {
        let mut table: Table = text.parse().map_err(|it: toml::de::Error| it.to_string())?;
        check_keys(&table, "", &known_keys())?;
        let codes = rule_codes();
        let select = codes_of(&mut table, "select", &codes)?;
        let ignore = codes_of(&mut table, "ignore", &codes)?;
        let mut tuning = Tuning { named_profiles: texts(&mut table, "named_profiles")?, ..Tuning::default() };
        for (code, value) in inner(&table, "severity") {
            let code = known_code(code, &codes).map_err(|it| format!("severity: {it}"))?;
            tuning.severity.insert(code.to_owned(), level(value).ok_or(format!("severity.{code}: {LEVELS}"))?);
        }
        for (name, value) in inner(&table, "thresholds") {
            let number = value.as_integer().and_then(|it| u32::try_from(it).ok());
            let number = number.ok_or(format!("thresholds.{name}: wants a whole number"))?;
            if let Some(threshold) = tuning.thresholds.by_name_mut(name) {
                *threshold = number;
            }
        }
        if let Some(profiles) = table.remove("profile") {
            tuning.profiles = written(Table::from_iter([("profile".to_owned(), profiles)]))?;
        }
        let labels = match table.remove("labels") {
            Some(Value::Table(labels)) => written(labels)?,
            _ => String::new(),
        };
        // What is wrong in them is to be said with the name of this file.
        Scorer::tuned(Settings::default(), tuning.clone()).map_err(|it| format!("profile: {it}"))?;
        if !labels.is_empty() {
            Reconciler::with_labels(&labels).map_err(|it| format!("labels: {it}"))?;
        }
        Ok(Configuration { select, ignore, tuning, labels })
    }
}

/// What a severity may be.
const LEVELS: &str = "wants \"high\", \"medium\" or \"low\"";

fn level(value: &Value) -> Option<Level> {
    [Level::High, Level::Medium, Level::Low].into_iter().find(|it| value.as_str() == Some(it.name()))
}

fn inner<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    table.get(key).and_then(Value::as_table).into_iter().flatten().map(|it| (it.0.as_str(), it.1))
}

fn texts(table: &mut Table, key: &str) -> Result<Vec<String>, String> {
    let Some(value) = table.remove(key) else { return Ok(Vec::new()) };
    value.try_into().map_err(|_| format!("{key}: wants a list of texts"))
}

fn codes_of(table: &mut Table, key: &str, known: &[&str]) -> Result<Vec<String>, String> {
    selectors(&texts(table, key)?, known).map_err(|it| format!("{key}: {it}"))
}

fn written(table: Table) -> Result<String, String> {
    toml::to_string(&table).map_err(|it| it.to_string())
}

/// Every key, dotted; `*` stands for a key of the user's.
fn known_keys() -> Vec<String> {
    let mut acc: Vec<String> = ["select", "ignore", "named_profiles"].map(str::to_owned).to_vec();
    acc.extend(rule_codes().iter().map(|it| format!("severity.{it}")));
    acc.extend(Thresholds::NAMES.iter().map(|it| format!("thresholds.{it}")));
    acc.extend(gouji_reconcile::label_keys().iter().map(|it| format!("labels.{it}")));
    acc.extend(gouji_score::profile_keys().iter().map(|it| format!("profile.{it}")));
    acc
}

/// The first key that is not known.
fn check_keys(table: &Table, path: &str, known: &[String]) -> Result<(), String> {
    // What may stand in this table, each with whether it is a table itself.
    let here: BTreeSet<(&str, bool)> = known
        .iter()
        .filter_map(|it| if path.is_empty() { Some(it.as_str()) } else { it.strip_prefix(path)?.strip_prefix('.') })
        .map(|it| it.split_once('.').map_or((it, false), |(key, _)| (key, true)))
        .collect();
    for (key, value) in table {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let Some((_, is_table)) = here.iter().find(|it| it.0 == key || it.0 == "*") else {
            let nearest = here.iter().min_by_key(|it| distance(key, it.0)).map_or("", |it| it.0);
            let nearest = format!("{}{nearest}", path.strip_suffix(key.as_str()).unwrap_or(""));
            return Err(format!("unknown key {path:?}; the nearest known key is {nearest:?}"));
        };
        match value {
            _ if !is_table => {}
            Value::Table(inner) => check_keys(inner, &path, known)?,
            Value::Array(list) if list.iter().all(Value::is_table) => {
                for inner in list.iter().filter_map(Value::as_table) {
                    check_keys(inner, &path, known)?;
                }
            }
            _ => return Err(format!("{path}: wants a table")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_error(text: &str, expected: &str) {
        assert_eq!(Configuration::parse(text).expect_err(text), expected);
    }

    #[test]
    fn nothing_said_is_nothing_changed() {
        assert_eq!(Configuration::parse(""), Ok(Configuration::default()));
    }

    #[test]
    fn what_is_said_is_taken() {
        let text = "select = ['f', 'T01']\nignore = ['F11']\nnamed_profiles = ['JX']\n\
                    [severity]\nF09 = 'high'\n[thresholds]\nlow_rate_percent = 70\n\
                    [labels.indicators]\nactual = ['年末值']\n\
                    [[profile]]\nname = 'A'\nsource = 'B'\nsign = 1\ncounted = 'none'\nsigns = { funds_weight = 15 }\n";
        let configuration = Configuration::parse(text).expect("of the shape");
        assert_eq!(configuration.select, ["F", "T01"]);
        assert_eq!(configuration.ignore, ["F11"]);
        assert_eq!(configuration.tuning.named_profiles, ["JX"]);
        assert_eq!(configuration.tuning.severity.get("F09"), Some(&Level::High));
        assert_eq!(configuration.tuning.thresholds, Thresholds { low_rate_percent: 70, ..Thresholds::DEFAULT });
        assert_eq!(configuration.labels, "[indicators]\nactual = [\"年末值\"]\n");
        assert!(configuration.tuning.profiles.starts_with("[[profile]]\n"));
    }

    #[test]
    fn unknown_keys_name_the_nearest() {
        let unknown = |key: &str, nearest: &str| format!("unknown key {key:?}; the nearest known key is {nearest:?}");
        check_error("selct = []", &unknown("selct", "select"));
        check_error("[severty]\nF01 = 'low'", &unknown("severty", "severity"));
        check_error("[severity]\nF0 = 'low'", &unknown("severity.F0", "severity.F01"));
        let nearest = "thresholds.low_rate_percent";
        check_error("[thresholds]\nlow_rate = 1", &unknown("thresholds.low_rate", nearest));
        check_error("[labels.funds.line]\ntotl = []", &unknown("labels.funds.line.totl", "labels.funds.line.total"));
        check_error("[[labels.l2]]\nclas = 'a'", &unknown("labels.l2.clas", "labels.l2.class"));
        check_error("[[profile]]\ntier = []", &unknown("profile.tier", "profile.tiers"));
        check_error("[[profile]]\nsigns = { notes = [] }", &unknown("profile.signs.notes", "profile.signs.note"));
    }

    #[test]
    fn wrong_values_are_errors() {
        check_error("select = 'F'", "select: wants a list of texts");
        check_error("select = ['Q9']", "select: no code is or begins with \"Q9\": did you mean F09?");
        check_error("[severity]\nF01 = 'worst'", "severity.F01: wants \"high\", \"medium\" or \"low\"");
        check_error("[thresholds]\nscore_gap_percent = -1", "thresholds.score_gap_percent: wants a whole number");
        check_error("severity = 'low'", "severity: wants a table");
        check_error(
            "[labels.indicators]\nactual = 'a'",
            "labels: indicators.actual: not of the shape of the lexicon's own",
        );
        assert!(Configuration::parse("named_profiles = ['XY']").expect_err("unknown").contains("JX"));
        assert!(Configuration::parse("[[profile]]\nname = 'A'").expect_err("no source").contains("missing field"));
        assert!(Configuration::parse("a = ").is_err());
    }
}
