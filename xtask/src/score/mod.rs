//! `cargo xtask score`: how much of what the documents say the program gets right.
//!
//! In go the bundled corpus, and the seeds beside the project if they are there; out comes a table of right and
//! total, held against the floors in `floors.toml`.

pub mod align;
pub mod command;
pub mod drawn;
pub mod extraction;
pub mod findings;
pub mod floors;
pub mod normal;
pub mod set;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde_json::{Value, json};

pub use floors::Floors;
pub use set::{Answer, Set};

/// Right ones of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// How many are right.
    pub right: usize,
    /// How many there are.
    pub total: usize,
}

impl Rate {
    /// Counts one more.
    pub fn count(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.total += 1;
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Rate) -> Rate {
        Rate { right: self.right + other.right, total: self.total + other.total }
    }

    /// The share in ten-thousandths, rounded half up; of nothing it is 0, as in the scripts beside the gold.
    pub fn ten_thousandths(self) -> usize {
        (self.right * 20_000 + self.total).checked_div(self.total * 2).unwrap_or(0)
    }
}

impl From<(usize, usize)> for Rate {
    fn from((right, total): (usize, usize)) -> Rate {
        Rate { right, total }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = self.ten_thousandths();
        let text = format!("{}/{} {}.{:04}", self.right, self.total, share / 10_000, share % 10_000);
        f.pad(&text)
    }
}

/// The figures of one set of documents.
#[derive(Clone, Debug)]
pub struct Score {
    /// Name of the set.
    pub set: String,
    /// Each document: how well its forms were rebuilt.
    pub extraction: BTreeMap<String, extraction::Figures>,
    /// How right the findings are.
    pub findings: findings::Figures,
}

impl Score {
    /// Holds an answer of the program against the truth of a set.
    pub fn new(set: &Set, answer: &Answer, select: &findings::Select) -> Score {
        let nothing = Vec::new();
        let compare = |(doc, truth): (&String, &Vec<Value>)| {
            (doc.clone(), extraction::compare(truth, answer.forms.get(doc).unwrap_or(&nothing)))
        };
        Score {
            set: set.name.clone(),
            extraction: set.forms.iter().map(compare).collect(),
            findings: findings::compare(&set.findings, &answer.documents, select),
        }
    }

    /// `numeric` and `all` of all documents together.
    pub fn totals(&self) -> (Rate, Rate) {
        let sum = |pick: fn(&extraction::Figures) -> Rate| {
            self.extraction.values().fold(Rate::default(), |acc, it| acc.plus(pick(it)))
        };
        (sum(|it| it.numeric), sum(extraction::Figures::all))
    }

    /// The figures as a table for people, with what was wrong if `verbose`.
    pub fn table(&self, verbose: bool) -> String {
        let mut acc = format!("{}\n", self.set);
        let mut line = |name: &str, numeric: Rate, all: Rate| {
            // Writing to a String cannot fail.
            let _ = writeln!(acc, "  {name:32} numeric {numeric:<18} all {all}");
        };
        for (doc, figures) in &self.extraction {
            line(doc, figures.numeric, figures.all());
        }
        let (numeric, all) = self.totals();
        line("together", numeric, all);
        let it = &self.findings;
        let rates: [(&str, String); 7] = [
            ("precision", it.precision().to_string()),
            ("recall", it.recall().to_string()),
            ("wrong cells", it.wrong_cells.to_string()),
            ("places", it.places.to_string()),
            ("forms", it.forms.to_string()),
            ("suspicions", it.suspicions.to_string()),
            ("other suspicions, sure", it.other_s1.to_string()),
        ];
        for (name, figure) in rates {
            let _ = writeln!(acc, "  {name:32} {figure}");
        }
        let details = self.extraction.iter().flat_map(|(doc, it)| it.wrong.iter().map(move |it| format!("{doc} {it}")));
        for wrong in details.chain(it.wrong.iter().cloned()).filter(|_| verbose) {
            let _ = writeln!(acc, "    {wrong}");
        }
        acc
    }

    /// The figures as JSON, keys in a fixed order.
    pub fn json(&self) -> Value {
        let rate = |it: Rate| json!([it.right, it.total]);
        let doc = |it: &extraction::Figures| {
            let groups: BTreeMap<_, _> = it.groups.iter().map(|(group, it)| (*group, rate(*it))).collect();
            json!({"groups": groups, "numeric": rate(it.numeric), "all": rate(it.all())})
        };
        let extraction: BTreeMap<_, _> = self.extraction.iter().map(|(name, it)| (name, doc(it))).collect();
        let it = &self.findings;
        json!({
            "set": self.set,
            "extraction": extraction,
            "findings": {
                "forms": rate(it.forms), "hits": it.hits, "misses": it.misses, "alarms": it.alarms,
                "suspicions": rate(it.suspicions), "places": rate(it.places),
                "wrong_cells": it.wrong_cells, "other_s1": it.other_s1,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_like_the_scripts() {
        for (right, total, want) in
            [(1, 3, "1/3 0.3333"), (2, 3, "2/3 0.6667"), (7, 7, "7/7 1.0000"), (0, 0, "0/0 0.0000")]
        {
            assert_eq!(Rate { right, total }.to_string(), want);
        }
    }
}
