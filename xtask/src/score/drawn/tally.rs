//! Counts over drawn documents: how well forms were rebuilt, which accusations were true, which faults were found.

use std::collections::BTreeMap;

use gouji_generate::Fault;

use super::answer::{Answer, Verdict};
use super::judge::{Judged, Sight, judge};
use crate::drawn::Document;
use crate::score::Rate;
use crate::score::extraction::{FormFigures, compare_each};

/// Counts of planted faults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// How many were planted.
    pub planted: usize,
    /// Found as contradictions or breaches.
    pub hard: usize,
    /// Found as suspicions by their nature.
    pub suspected: usize,
    /// Found as suspicions, because another reading of like cost removes them.
    pub lowered: usize,
}

impl Faults {
    /// Those that were found, in whatever way.
    pub fn found(self) -> Rate {
        Rate { right: self.hard + self.suspected + self.lowered, total: self.planted }
    }

    fn count(&mut self, sight: Sight) {
        self.planted += 1;
        match sight {
            Sight::Hard => self.hard += 1,
            Sight::Suspected => self.suspected += 1,
            Sight::Lowered => self.lowered += 1,
            Sight::Missed => {}
        }
    }

    fn plus(self, other: Faults) -> Faults {
        Faults {
            planted: self.planted + other.planted,
            hard: self.hard + other.hard,
            suspected: self.suspected + other.suspected,
            lowered: self.lowered + other.lowered,
        }
    }
}

/// Counts over some documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many documents.
    pub documents: usize,
    /// Forms of which every scored field is right; a form that is not in the truth is one that is not.
    pub exact: Rate,
    /// Fields that are figures.
    pub numeric: Rate,
    /// Fields by group.
    pub groups: BTreeMap<&'static str, Rate>,
    /// Contradictions and breaches that are true, of those raised.
    pub raised: Rate,
    /// False ones by code.
    pub falses: BTreeMap<String, usize>,
    /// Planted faults by kind.
    pub faults: BTreeMap<&'static str, Faults>,
    /// Checks that reached a verdict, of those that apply.
    pub coverage: Rate,
}

impl Tally {
    /// Adds other counts.
    pub fn add(&mut self, other: &Tally) {
        self.documents += other.documents;
        for (mine, theirs) in [
            (&mut self.exact, other.exact),
            (&mut self.numeric, other.numeric),
            (&mut self.raised, other.raised),
            (&mut self.coverage, other.coverage),
        ] {
            *mine = mine.plus(theirs);
        }
        for (group, rate) in &other.groups {
            let sum = self.groups.entry(group).or_default();
            *sum = sum.plus(*rate);
        }
        for (code, n) in &other.falses {
            *self.falses.entry(code.clone()).or_default() += n;
        }
        for (kind, faults) in &other.faults {
            let sum = self.faults.entry(kind).or_default();
            *sum = sum.plus(*faults);
        }
    }

    /// All fields.
    pub fn all(&self) -> Rate {
        self.groups.values().fold(Rate::default(), |acc, it| acc.plus(*it))
    }

    /// Planted faults of all kinds.
    pub fn all_faults(&self) -> Faults {
        self.faults.values().fold(Faults::default(), |acc, it| acc.plus(*it))
    }

    fn count(&mut self, form: &FormFigures, judged: &Judged) {
        self.exact.count(form.figures.wrong.is_empty());
        self.numeric = self.numeric.plus(form.figures.numeric);
        for (group, rate) in &form.figures.groups {
            let sum = self.groups.entry(group).or_default();
            *sum = sum.plus(*rate);
        }
        self.raised = self.raised.plus(Rate { right: judged.n_true, total: judged.n_true + judged.falses.len() });
        for (code, _) in &judged.falses {
            *self.falses.entry(code.clone()).or_default() += 1;
        }
        for (kind, sight) in &judged.faults {
            self.faults.entry(kind).or_default().count(*sight);
        }
    }
}

/// The score of one document.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// Its counts.
    pub tally: Tally,
    /// What is wrong, for people: fields, false accusations, faults that were not found.
    pub wrong: Vec<String>,
}

/// Holds what was said of a document against its truth.
pub fn scored(document: &Document, answer: &Answer) -> Scored {
    let mut acc = Scored::default();
    acc.tally.documents = 1;
    for form in compare_each(&document.truth, &answer.forms) {
        let of_form = |it: &&Fault| Some(it.form) == form.form.0;
        let faults: Vec<&Fault> = document.faults.iter().filter(of_form).collect();
        let doubtful: Vec<&Fault> = document.doubtful.iter().filter(of_form).collect();
        let verdict = form.form.1.and_then(|it| answer.verdicts.get(it));
        let judged = judge(&faults, &doubtful, verdict.unwrap_or(&Verdict::default()), &form);
        if let Some(it) = verdict {
            acc.tally.coverage = acc.tally.coverage.plus(Rate { right: it.n_reached, total: it.n_applicable });
        }
        acc.tally.count(&form, &judged);
        acc.wrong.extend(form.figures.wrong.iter().cloned());
        let ordinal = form.form.0.or(form.form.1).map_or(0, |it| it + 1);
        let falses = judged.falses.iter();
        acc.wrong.extend(falses.map(|(code, it)| format!("form {ordinal}: false accusation: {code} {it}")));
        for (fault, (kind, _)) in faults.iter().zip(&judged.faults).filter(|it| it.1.1 == Sight::Missed) {
            let at: Vec<String> = fault.at.iter().map(ToString::to_string).collect();
            let (codes, at) = (fault.codes.join(" or "), at.join(" or "));
            acc.wrong.push(format!("form {ordinal}: fault not found: {kind}: {codes} at {at}"));
        }
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_form_is_exact_if_nothing_of_it_is_wrong() {
        let form = |name: &str, score: &str| json!({"project": name, "total": {"score": score}});
        let truth = |name: &str| json!({"ordinal": 1, "project": name, "total_score": "9"});
        let document = Document { truth: vec![truth("农村道路"), truth("饮水安全")], ..Document::default() };
        let answer = |forms| Answer { forms, verdicts: Vec::new() };
        let check = |forms, want: (usize, usize), numeric: (usize, usize)| {
            let got = scored(&document, &answer(forms)).tally;
            assert_eq!((got.exact, got.numeric), (Rate::from(want), Rate::from(numeric)));
        };
        check(vec![form("农村道路", "9"), form("饮水安全", "9")], (2, 2), (2, 2));
        check(vec![form("农村道路", "9"), form("饮水安全", "8")], (1, 2), (1, 2));
        check(vec![form("饮水安全", "9")], (1, 2), (1, 2));
        check(vec![form("农村道路", "9"), form("饮水安全", "9"), form("另一项目", "1")], (2, 3), (2, 2));
    }
}
