//! How well the forms were rebuilt: each field of the output against the truth.
//!
//! In go the truth (an array of forms) and what `gouji extract` printed; out come right and total of each group, of
//! all, and of the numeric fields. Definitions as in `score_extraction.py` beside the gold.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Rate;
use super::align::{Pair, align};
use super::normal::{accepted, field, is_same, normal};

const HEADER: [&str; 6] = ["kind", "year", "project", "department", "unit", "funds_unit"];
const FUNDS: [&str; 7] = ["label", "budget", "revised", "executed", "weight", "rate", "score"];
const INDICATOR: [&str; 10] =
    ["l1", "l1_weight", "l2", "name", "target", "adjusted", "actual", "weight", "score", "reason"];
const NUMERIC: [&str; 7] = ["budget", "revised", "executed", "weight", "rate", "score", "l1_weight"];

/// Right and total of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Each group: header, total, funds, rows, forms and every field of a row.
    pub groups: BTreeMap<&'static str, Rate>,
    /// Weights, scores, rates and amounts; a figure invented counts as a wrong one.
    pub numeric: Rate,
    /// What was wrong: place, truth and output.
    pub wrong: Vec<String>,
}

impl Figures {
    /// All groups together.
    pub fn all(&self) -> Rate {
        self.groups.values().fold(Rate::default(), |acc, it| acc.plus(*it))
    }

    fn add(&mut self, group: &'static str, is_right: bool, is_numeric: bool, say: impl FnOnce() -> String) {
        self.groups.entry(group).or_default().count(is_right);
        if is_numeric {
            self.numeric.count(is_right);
        }
        if !is_right {
            self.wrong.push(say());
        }
    }

    /// Counts one field; a field that is empty on both sides says nothing.
    fn field(&mut self, group: &'static str, place: impl FnOnce() -> String, it: Compared<'_>, is_numeric: bool) {
        let Compared { truth, got, accept } = it;
        if normal(got).is_some() || normal(truth).is_some() {
            let say = || format!("{}: truth {truth}, got {got}", place());
            self.add(group, is_same(truth, got, accept), is_numeric, say);
        }
    }

    /// Every figure of a row or line that the page does not have is a wrong figure.
    fn invented(&mut self, item: &Value, keys: &[&str]) {
        let figures = keys.iter().filter(|it| NUMERIC.contains(it) && normal(field(item, it)).is_some());
        self.numeric.total += figures.count();
    }
}

/// A field of the truth and of the output.
struct Compared<'a> {
    truth: &'a Value,
    got: &'a Value,
    accept: &'a [Value],
}

impl<'a> Compared<'a> {
    fn new(truth: &'a Value, got: &'a Value, key: &str) -> Compared<'a> {
        Compared { truth: field(truth, key), got: field(got, key), accept: accepted(truth, key) }
    }
}

/// How one form of the truth, or one that is not in it, was rebuilt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormFigures {
    /// The form's place in the truth and in the output.
    pub form: Pair,
    /// Places of its funds lines in both.
    pub funds: Vec<Pair>,
    /// Places of its indicators in both.
    pub rows: Vec<Pair>,
    /// What is right and wrong.
    pub figures: Figures,
}

/// Compares the forms of one document.
pub fn compare(truth: &[Value], got: &[Value]) -> Figures {
    let mut acc = Figures::default();
    for it in compare_each(truth, got) {
        for (group, rate) in it.figures.groups {
            let sum = acc.groups.entry(group).or_default();
            *sum = sum.plus(rate);
        }
        acc.numeric = acc.numeric.plus(it.figures.numeric);
        acc.wrong.extend(it.figures.wrong);
    }
    acc
}

/// Compares the forms of one document, one by one.
pub fn compare_each(truth: &[Value], got: &[Value]) -> Vec<FormFigures> {
    let compare = |form: Pair| {
        let mut acc = FormFigures { form, ..FormFigures::default() };
        let (want, mine) = (form.0.and_then(|it| truth.get(it)), form.1.and_then(|it| got.get(it)));
        let project = |it: Option<&Value>| it.map_or(Value::Null, |it| field(it, "project").clone());
        let say = || format!("document: truth {}, got {}", project(want), project(mine));
        acc.figures.add("forms", want.is_some() && mine.is_some(), false, say);
        if let Some(want) = want {
            compare_form(&mut acc, want, mine.unwrap_or(&Value::Null));
        }
        acc
    };
    align(truth, got, "project").into_iter().map(compare).collect()
}

fn compare_form(acc: &mut FormFigures, truth: &Value, got: &Value) {
    let place = format!("form {}", field(truth, "ordinal"));
    for key in HEADER {
        acc.figures.field("header", || format!("{place} {key}"), Compared::new(truth, got, key), false);
    }
    for key in ["weight", "score"] {
        let name = format!("total_{key}");
        let it = Compared { got: field(field(got, "total"), key), ..Compared::new(truth, &Value::Null, &name) };
        acc.figures.field("total", || format!("{place} {name}"), it, true);
    }
    acc.funds = compare_funds(&mut acc.figures, &place, items(truth, "funds"), items(got, "funds"));
    // A row with neither name nor weight is a printed line that does not apply: it may be kept or dropped.
    let is_row = |it: &Value| normal(field(it, "name")).is_some() || normal(field(it, "weight")).is_some();
    let (kept, rows): (Vec<usize>, Vec<Value>) = items(got, "indicators")
        .iter()
        .enumerate()
        .filter(|it| is_row(it.1))
        .map(|(idx, it)| (idx, it.clone()))
        .unzip();
    let pairs = compare_rows(&mut acc.figures, &place, items(truth, "indicators"), &rows);
    acc.rows = pairs.into_iter().map(|(i, j)| (i, j.and_then(|it| kept.get(it)).copied())).collect();
}

fn compare_funds(figures: &mut Figures, place: &str, truth: &[Value], got: &[Value]) -> Vec<Pair> {
    let pairs = align(truth, got, "label");
    for (i, j) in &pairs {
        let mine = j.map_or(&Value::Null, |it| &got[it]);
        let Some(i) = *i else {
            figures.add("funds", false, false, || format!("{place} funds: invented {}", field(mine, "label")));
            figures.invented(mine, &FUNDS);
            continue;
        };
        let line = &truth[i];
        for key in FUNDS {
            let place = || format!("{place} funds {} {key}", field(line, "label"));
            figures.field("funds", place, Compared::new(line, mine, key), NUMERIC.contains(&key));
        }
    }
    pairs
}

fn compare_rows(figures: &mut Figures, place: &str, truth: &[Value], got: &[Value]) -> Vec<Pair> {
    let pairs = align(truth, got, "name");
    for pair in &pairs {
        match *pair {
            (Some(i), Some(j)) => {
                figures.add("rows", true, false, String::new);
                let (row, mine) = (&truth[i], &got[j]);
                for key in INDICATOR {
                    let place = || format!("{place} row {} ({}) {key}", i + 1, field(row, "name"));
                    figures.field(key, place, Compared::new(row, mine, key), NUMERIC.contains(&key));
                }
            }
            (Some(i), None) => {
                let row = &truth[i];
                figures.add("rows", false, false, || format!("{place} row {}: missed {}", i + 1, field(row, "name")));
                for key in INDICATOR.into_iter().filter(|it| !field(row, it).is_null()) {
                    let say = || format!("{place} row {} {key}: missed", i + 1);
                    figures.add(key, false, NUMERIC.contains(&key), say);
                }
            }
            (None, j) => {
                let mine = j.map_or(&Value::Null, |it| &got[it]);
                figures.add("rows", false, false, || format!("{place} row: invented {}", field(mine, "name")));
                figures.invented(mine, &INDICATOR);
            }
        }
    }
    pairs
}

fn items<'a>(form: &'a Value, key: &str) -> &'a [Value] {
    form.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn truth() -> Value {
        json!([{"ordinal": 1, "kind": "self_evaluation", "project": "甲项目", "total_weight": "100", "total_score": "98",
                "funds": [{"label": "年度资金总额", "budget": "5", "accept": {"budget": ["6"]}}],
                "indicators": [{"name": "培训人数", "target": "5人", "weight": "10", "score": "8"},
                               {"name": "设备台数", "target": "1台", "weight": "10", "score": "10"}]}])
    }

    /// What `got` prints, as (numeric, all).
    fn check(got: Value, numeric: (usize, usize), all: (usize, usize)) {
        let list = |it: &Value| it.as_array().cloned().unwrap_or_default();
        let figures = compare(&list(&truth()), &list(&got));
        assert_eq!((figures.numeric, figures.all()), (Rate::from(numeric), Rate::from(all)), "{:#?}", figures.wrong);
    }

    fn printed() -> Value {
        json!([{"kind": "self_evaluation", "project": "甲项目", "total": {"weight": "100", "score": "98"},
                "funds": [{"label": "年度资金总额:", "budget": "6"}],
                "indicators": [{"name": "培训人数", "target": "5 人", "weight": "10", "score": "8"},
                               {"name": "设备台数", "target": "1台", "weight": "10", "score": "10"}]}])
    }

    #[test]
    fn what_is_right_counts_as_right() {
        check(printed(), (7, 7), (17, 17));
    }

    #[test]
    fn a_lost_row_loses_its_fields() {
        let mut got = printed();
        got[0]["indicators"].as_array_mut().expect("an array").pop();
        check(got, (5, 7), (12, 17));
    }

    #[test]
    fn an_invented_row_is_wrong_figures() {
        let mut got = printed();
        let row = json!({"name": "另一行", "weight": "3", "score": "3"});
        got[0]["indicators"].as_array_mut().expect("an array").push(row);
        check(got, (7, 9), (17, 18));
    }

    #[test]
    fn a_lost_form_is_lost_whole() {
        check(json!([]), (0, 7), (0, 17));
    }
}
