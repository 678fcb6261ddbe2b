//! How right the findings are: codes and accused cells of each form against the truth.
//!
//! In go the truth (an array of forms with `must`, `should`, `open`, `at`, `counts`) and the documents that
//! `gouji check` printed; out come hits, misses, false alarms and cells accused wrongly. Definitions as in
//! `score_findings.py` beside the gold.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Rate;
use super::normal::field;

/// Which codes may stand as notes of which root (rule book, section 7).
const CONSEQUENCES: [(&str, &[&str]); 7] = [
    ("F01", &["F04", "F07", "F10", "S06"]),
    ("A03", &["A04"]),
    ("S01", &["S03", "S05"]),
    ("W04", &["W02", "W03"]),
    ("A02", &["D03"]),
    ("F04", &["F07"]),
    ("X08", &["I12"]),
];

/// What was found and what was not, over all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Forms of the truth that the output has.
    pub forms: Rate,
    /// Contradictions and breaches raised rightly.
    pub hits: usize,
    /// Contradictions and breaches not raised.
    pub misses: usize,
    /// Contradictions and breaches raised wrongly.
    pub alarms: usize,
    /// Suspicions raised of those that a good checker raises.
    pub suspicions: Rate,
    /// Cells accused of those that the truth counts.
    pub places: Rate,
    /// Cells accused wrongly or not accused.
    pub wrong_cells: usize,
    /// Suspicions of high confidence that the truth does not list.
    pub other_s1: usize,
    /// What was wrong: document, form, codes.
    pub wrong: Vec<String>,
}

impl Figures {
    /// Hits among what was raised.
    pub fn precision(&self) -> Rate {
        Rate { right: self.hits, total: self.hits + self.alarms }
    }

    /// Hits among what should have been raised.
    pub fn recall(&self) -> Rate {
        Rate { right: self.hits, total: self.hits + self.misses }
    }
}

/// Codes that begin with one of these prefixes; all codes if there is none.
#[derive(Clone, Debug, Default)]
pub struct Select(Vec<String>);

impl Select {
    /// From prefixes joined by commas, such as `F,W,D01`.
    pub fn new(prefixes: &str) -> Select {
        Select(prefixes.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect())
    }

    fn has(&self, code: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|it| code.starts_with(it))
    }
}

/// Compares the findings of a run; `documents` is the array of that name in the output.
pub fn compare(truth: &[Value], documents: &[Value], select: &Select) -> Figures {
    let mut found: BTreeMap<(String, u64), &[Value]> = BTreeMap::new();
    for doc in documents {
        let path = text(doc, "path");
        let name = path.rsplit('/').next().unwrap_or(path);
        for form in list(doc, "forms") {
            found.insert((name.to_owned(), ordinal(form)), list(form, "findings"));
        }
    }
    let mut figures = Figures::default();
    for entry in truth {
        let mine = found.get(&(text(entry, "document").to_owned(), ordinal(entry))).copied();
        figures.forms.count(mine.is_some());
        compare_form(&mut figures, entry, mine.unwrap_or(&[]), select);
    }
    figures
}

fn compare_form(figures: &mut Figures, entry: &Value, mine: &[Value], select: &Select) {
    let keys = |key: &str| field(entry, key).as_object().into_iter().flat_map(|it| it.keys().map(String::as_str));
    let must: BTreeSet<&str> = codes(entry, "must").filter(|it| select.has(it)).collect();
    let known: BTreeSet<&str> = codes(entry, "must").chain(codes(entry, "should")).chain(keys("open")).collect();
    let open: BTreeSet<&str> = keys("open").collect();

    let hard: BTreeSet<&str> =
        mine.iter().filter(|it| is_hard(it)).map(|it| text(it, "code")).filter(|it| select.has(it)).collect();
    let mut noted = BTreeSet::new();
    // A note may repeat what the truth holds anywhere or what the rule book allows; any other is a false alarm.
    let mut loose = BTreeSet::new();
    for finding in mine.iter().filter(|it| is_hard(it)) {
        for code in list(finding, "notes").iter().map(|it| text(it, "code")).filter(|it| select.has(it)) {
            noted.insert(code);
            if !known.contains(code) && code != "G01" && !may_follow(code, text(finding, "code")) {
                loose.insert(code);
            }
        }
    }
    let misses: Vec<&str> = must.iter().copied().filter(|it| !hard.contains(it) && !noted.contains(it)).collect();
    let alarms: Vec<&str> = hard.union(&loose).copied().filter(|it| !must.contains(it) && !open.contains(it)).collect();
    if !misses.is_empty() || !alarms.is_empty() {
        let (document, ordinal) = (text(entry, "document"), ordinal(entry));
        figures.wrong.push(format!("{document} form {ordinal}: missed {misses:?}, false alarms {alarms:?}"));
    }
    figures.hits += must.len() - misses.len();
    figures.misses += misses.len();
    figures.alarms += alarms.len();

    let every: BTreeSet<&str> =
        hard.iter().chain(&noted).copied().chain(mine.iter().map(|it| text(it, "code"))).collect();
    let should: BTreeSet<&str> = codes(entry, "should").collect();
    figures.suspicions = figures
        .suspicions
        .plus(Rate { right: should.intersection(&every).count(), total: codes(entry, "should").count() });
    let is_sure = |it: &&Value| text(it, "class") == "suspicion" && text(it, "confidence") == "high";
    let sure: BTreeSet<&str> = mine.iter().filter(is_sure).map(|it| text(it, "code")).collect();
    figures.other_s1 += sure.difference(&known).count();
    compare_places(figures, entry, mine, select);
}

fn compare_places(figures: &mut Figures, entry: &Value, mine: &[Value], select: &Select) {
    let raised: Vec<&Value> = mine.iter().flat_map(|it| std::iter::once(it).chain(list(it, "notes"))).collect();
    let of = |code: &str| raised.iter().copied().filter(|it| text(it, "code") == code).collect::<Vec<_>>();
    for (code, want) in field(entry, "at").as_object().into_iter().flatten().filter(|it| select.has(it.0)) {
        let strings = |it: &Value| {
            it.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
        };
        let want: BTreeSet<String> = strings(want).into_iter().collect();
        let got: BTreeSet<String> = of(code).into_iter().flat_map(|it| strings(field(it, "at"))).collect();
        let wrong: Vec<&String> = got.symmetric_difference(&want).collect();
        figures.wrong_cells += wrong.len();
        if !wrong.is_empty() {
            let (document, ordinal) = (text(entry, "document"), ordinal(entry));
            figures.wrong.push(format!("{document} form {ordinal}: {code} differs at {wrong:?}"));
        }
    }
    for (code, count) in field(entry, "counts").as_object().into_iter().flatten().filter(|it| select.has(it.0)) {
        let count = count.as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or(0);
        let got: usize = of(code).into_iter().map(|it| list(it, "at").len().max(1)).sum();
        figures.places.right += count.saturating_sub(got.abs_diff(count));
        figures.places.total += count;
    }
}

fn is_hard(finding: &Value) -> bool {
    matches!(text(finding, "class"), "contradiction" | "breach")
}

fn may_follow(code: &str, root: &str) -> bool {
    CONSEQUENCES.iter().any(|it| it.0 == root && it.1.contains(&code))
}

fn text<'a>(item: &'a Value, key: &str) -> &'a str {
    field(item, key).as_str().unwrap_or("")
}

fn list<'a>(item: &'a Value, key: &str) -> &'a [Value] {
    field(item, key).as_array().map_or(&[], Vec::as_slice)
}

fn codes<'a>(entry: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    list(entry, key).iter().filter_map(Value::as_str)
}

fn ordinal(item: &Value) -> u64 {
    field(item, "ordinal").as_u64().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// (hits, misses, alarms, wrong cells) of one form whose truth is F03 at the rate, I02 open and X04 wanted.
    fn check(findings: Value, want: (usize, usize, usize, usize)) {
        let truth = json!([{"document": "d.txt", "ordinal": 1, "must": ["F03"], "should": ["X04"], "open": {"I02": "…"},
                            "at": {"F03": ["/funds/0/rate"]}, "counts": {"F03": 1}}]);
        let documents = json!([{"path": "docs/d.txt", "forms": [{"ordinal": 1, "findings": findings}]}]);
        let figures = compare(list_of(&truth), list_of(&documents), &Select::default());
        assert_eq!((figures.hits, figures.misses, figures.alarms, figures.wrong_cells), want, "{:?}", figures.wrong);
    }

    fn list_of(value: &Value) -> &[Value] {
        value.as_array().map_or(&[], Vec::as_slice)
    }

    fn found(code: &str, class: &str, at: &str) -> Value {
        json!({"code": code, "class": class, "confidence": "high", "at": [at], "notes": []})
    }

    #[test]
    fn what_must_be_raised_is_a_hit() {
        check(json!([found("F03", "contradiction", "/funds/0/rate")]), (1, 0, 0, 0));
        check(json!([found("F03", "contradiction", "/funds/1/rate")]), (1, 0, 0, 2));
        check(json!([]), (0, 1, 0, 1));
    }

    #[test]
    fn a_suspicion_is_neither_hit_nor_alarm() {
        check(json!([found("F03", "suspicion", "/funds/0/rate"), found("W02", "suspicion", "/unit")]), (0, 1, 0, 0));
    }

    #[test]
    fn what_is_open_is_no_alarm() {
        let right = found("F03", "contradiction", "/funds/0/rate");
        check(json!([right, found("I02", "breach", "/indicators/0/score")]), (1, 0, 0, 0));
        check(json!([right, found("I01", "breach", "/indicators/0/score")]), (1, 0, 1, 0));
    }

    #[test]
    fn a_note_counts_as_raised_and_a_loose_one_as_an_alarm() {
        let mut root = found("A01", "contradiction", "");
        root["notes"] = json!([{"code": "F03", "at": ["/funds/0/rate"]}]);
        check(json!([root]), (1, 0, 1, 0));
        let mut root = found("F03", "contradiction", "/funds/0/rate");
        root["notes"] = json!([{"code": "W02", "at": []}]);
        check(json!([root]), (1, 0, 1, 0));
    }

    #[test]
    fn only_selected_codes_count() {
        let select = Select::new("F,D01");
        assert_eq!(["F03", "D01", "D05", "W02"].map(|it| select.has(it)), [true, true, false, false]);
    }
}
