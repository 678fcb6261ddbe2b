//! How well the forms were rebuilt: each field of the output against the truth.
//!
//! In go the truth (an array of forms) and what `gouji extract` printed; out come right and total of each group, of
//! all, and of the numeric fields. Definitions as in `score_extraction.py` beside the gold.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Rate;
use super::align::align;
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
    fn field(&mut self, group: &'static str, place: &str, truth: &Value, got: &Value, accept: &[Value], numeric: bool) {
        if normal(truth).is_some() || normal(got).is_some() {
            let say = || format!("{place}: truth {truth}, got {got}");
            self.add(group, is_same(truth, got, accept), numeric, say);
        }
    }

    /// Every figure of a row or line that the page does not have is a wrong figure.
    fn invented(&mut self, item: &Value, keys: &[&str]) {
        let figures = keys.iter().filter(|it| NUMERIC.contains(it) && normal(field(item, it)).is_some());
        self.numeric.total += figures.count();
    }
}

/// Compares the forms of one document.
pub fn compare(truth: &[Value], got: &[Value]) -> Figures {
    let mut figures = Figures::default();
    for (i, j) in align(truth, got, "project") {
        let project =
            |forms: &[Value], idx: Option<usize>| idx.map_or(Value::Null, |it| field(&forms[it], "project").clone());
        let say = || format!("document: truth {}, got {}", project(truth, i), project(got, j));
        figures.add("forms", i.is_some() && j.is_some(), false, say);
        if let Some(i) = i {
            compare_form(&mut figures, &truth[i], j.map_or(&Value::Null, |it| &got[it]));
        }
    }
    figures
}

fn compare_form(figures: &mut Figures, truth: &Value, got: &Value) {
    let place = format!("form {}", field(truth, "ordinal"));
    for key in HEADER {
        let (want, mine) = (field(truth, key), field(got, key));
        figures.field("header", &format!("{place} {key}"), want, mine, accepted(truth, key), false);
    }
    for key in ["weight", "score"] {
        let name = format!("total_{key}");
        let (want, mine) = (field(truth, &name), field(field(got, "total"), key));
        figures.field("total", &format!("{place} {name}"), want, mine, accepted(truth, &name), true);
    }
    compare_funds(figures, &place, items(truth, "funds"), items(got, "funds"));
    // A row with neither name nor weight is a printed line that does not apply: it may be kept or dropped.
    let is_row = |it: &&Value| normal(field(it, "name")).is_some() || normal(field(it, "weight")).is_some();
    let rows: Vec<Value> = items(got, "indicators").iter().filter(is_row).cloned().collect();
    compare_rows(figures, &place, items(truth, "indicators"), &rows);
}

fn compare_funds(figures: &mut Figures, place: &str, truth: &[Value], got: &[Value]) {
    for (i, j) in align(truth, got, "label") {
        let mine = j.map_or(&Value::Null, |it| &got[it]);
        let Some(i) = i else {
            figures.add("funds", false, false, || format!("{place} funds: invented {}", field(mine, "label")));
            figures.invented(mine, &FUNDS);
            continue;
        };
        let line = &truth[i];
        for key in FUNDS {
            let place = format!("{place} funds {} {key}", field(line, "label"));
            let is_numeric = NUMERIC.contains(&key);
            figures.field("funds", &place, field(line, key), field(mine, key), accepted(line, key), is_numeric);
        }
    }
}

fn compare_rows(figures: &mut Figures, place: &str, truth: &[Value], got: &[Value]) {
    for pair in align(truth, got, "name") {
        match pair {
            (Some(i), Some(j)) => {
                figures.add("rows", true, false, String::new);
                let (row, mine) = (&truth[i], &got[j]);
                for key in INDICATOR {
                    let place = format!("{place} row {} ({}) {key}", i + 1, field(row, "name"));
                    let is_numeric = NUMERIC.contains(&key);
                    figures.field(key, &place, field(row, key), field(mine, key), accepted(row, key), is_numeric);
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
