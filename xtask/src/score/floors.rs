//! The floors: figures that the program reached once and must not fall below again.
//!
//! In goes `floors.toml`, out comes what a score falls short of. Floors only rise; `cargo xtask tidy` compares them
//! with every earlier commit.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::drawn::floors::DrawnFloors;
use super::{Score, findings};

/// Every floor. Shares are in ten-thousandths, so that they compare as whole numbers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floors {
    /// Prefixes of the codes that the findings are scored by.
    pub select: String,
    /// Floors of each set of documents.
    pub sets: BTreeMap<String, SetFloors>,
    /// How many fields and codes each variation may lose against the untouched documents.
    pub variations: BTreeMap<String, Loss>,
    /// Floors of the small drawn set.
    pub drawn: Option<DrawnFloors>,
}

/// Floors of one set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetFloors {
    /// Of every document: right numeric fields, in ten-thousandths.
    pub numeric: usize,
    /// Of every document: right fields, in ten-thousandths.
    pub all: usize,
    /// Of the set: right contradictions and breaches among those raised, in ten-thousandths.
    pub precision: usize,
    /// Of the set: contradictions and breaches raised of those to be raised, in ten-thousandths.
    pub recall: usize,
    /// Of the set: cells accused wrongly, at most.
    pub wrong_cells: usize,
    /// Of single documents: right fields, in ten-thousandths, where more than `all` was reached.
    #[serde(default)]
    pub documents: BTreeMap<String, usize>,
}

/// What a variation of the documents may cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// Fields right before and wrong after, summed over a set.
    pub fields: usize,
    /// Numeric fields among them.
    pub numeric: usize,
    /// Codes missed or raised wrongly, and cells accused wrongly.
    pub findings: usize,
}

impl Floors {
    /// The floors of the project at `root`.
    ///
    /// # Errors
    /// If `xtask/floors.toml` cannot be read or is not of this shape.
    pub fn read(root: &Path) -> Result<Floors> {
        let path = root.join("xtask/floors.toml");
        let text = std::fs::read_to_string(&path).with_context(|| format!("{}: not readable", path.display()))?;
        Floors::parse(&text)
    }

    /// The floors that `text` states.
    ///
    /// # Errors
    /// If it is not of this shape.
    pub fn parse(text: &str) -> Result<Floors> {
        toml::from_str(text).context("floors.toml is not of the shape that xtask/src/score/floors.rs says")
    }

    /// The codes that are scored.
    pub fn select(&self) -> findings::Select {
        findings::Select::new(&self.select)
    }

    /// What `score` falls short of, one line each.
    pub fn shortfalls(&self, score: &Score) -> Vec<String> {
        let Some(floors) = self.sets.get(&score.set) else {
            return vec![format!("{}: floors.toml has no floors for this set", score.set)];
        };
        let mut acc = Vec::new();
        let mut hold = |what: String, got: usize, floor: usize| {
            if got < floor {
                acc.push(format!("{}: {what} is {got}, floor {floor} (ten-thousandths)", score.set));
            }
        };
        for (doc, figures) in &score.extraction {
            let all = floors.documents.get(doc).copied().unwrap_or(0).max(floors.all);
            hold(format!("{doc} numeric"), figures.numeric.ten_thousandths(), floors.numeric);
            hold(format!("{doc} all"), figures.all().ten_thousandths(), all);
        }
        hold("precision".to_owned(), score.findings.precision().ten_thousandths(), floors.precision);
        hold("recall".to_owned(), score.findings.recall().ten_thousandths(), floors.recall);
        if floors.wrong_cells < score.findings.wrong_cells {
            let (got, most) = (score.findings.wrong_cells, floors.wrong_cells);
            acc.push(format!("{}: {got} cells accused wrongly, {most} allowed", score.set));
        }
        for doc in floors.documents.keys().filter(|it| !score.extraction.contains_key(*it)) {
            acc.push(format!("{}: floors.toml names {doc}, which is not there", score.set));
        }
        acc
    }

    /// Floors of `self` that are lower than those of an earlier version, one line each.
    pub fn sunk_since(&self, earlier: &Floors) -> Vec<String> {
        let mut acc = Vec::new();
        for (name, old) in &earlier.sets {
            let Some(new) = self.sets.get(name) else {
                acc.push(format!("floors of the set {name} are gone"));
                continue;
            };
            let pairs = [
                ("numeric", new.numeric, old.numeric),
                ("all", new.all, old.all),
                ("precision", new.precision, old.precision),
                ("recall", new.recall, old.recall),
                ("wrong_cells", old.wrong_cells, new.wrong_cells),
            ];
            let sunk = pairs.into_iter().filter(|it| it.1 < it.2).map(|it| format!("floor {name}.{} sank", it.0));
            acc.extend(sunk);
            for (doc, floor) in &old.documents {
                if new.documents.get(doc).copied().unwrap_or(0).max(new.all) < *floor {
                    acc.push(format!("floor {name}.{doc} sank"));
                }
            }
        }
        for (name, old) in &earlier.variations {
            match self.variations.get(name) {
                None => acc.push(format!("the variation {name} is gone")),
                Some(new) if old.fields < new.fields || old.numeric < new.numeric || old.findings < new.findings => {
                    acc.push(format!("the variation {name} may lose more than before"));
                }
                Some(_) => {}
            }
        }
        match (&self.drawn, &earlier.drawn) {
            (Some(new), Some(old)) => acc.extend(new.sunk_since(old)),
            (None, Some(_)) => acc.push("floors of the drawn set are gone".to_owned()),
            (_, None) => {}
        }
        acc
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::{Rate, extraction};

    fn floors(all: usize, wrong_cells: usize) -> Floors {
        let text = format!(
            "select = 'F'\n[sets.s]\nnumeric = 10000\nall = {all}\nprecision = 10000\nrecall = 10000\nwrong_cells = {wrong_cells}\n\
             [variations]\nblanks = {{ fields = 0, numeric = 0, findings = 0 }}\n"
        );
        Floors::parse(&text).expect("the text above is of the shape")
    }

    fn score(right: usize, wrong_cells: usize) -> Score {
        let figures = extraction::Figures {
            groups: [("rows", Rate { right, total: 1000 })].into(),
            numeric: Rate { right: 5, total: 5 },
            wrong: Vec::new(),
        };
        let findings = findings::Figures { hits: 3, wrong_cells, ..findings::Figures::default() };
        Score { set: "s".to_owned(), extraction: [("d.txt".to_owned(), figures)].into(), findings }
    }

    #[test]
    fn a_score_at_its_floor_passes() {
        assert_eq!(floors(9850, 0).shortfalls(&score(985, 0)), Vec::<String>::new());
    }

    #[test]
    fn a_score_below_its_floor_is_named() {
        assert_eq!(
            floors(9850, 0).shortfalls(&score(984, 2)),
            ["s: d.txt all is 9840, floor 9850 (ten-thousandths)", "s: 2 cells accused wrongly, 0 allowed"]
        );
    }

    #[test]
    fn floors_only_rise() {
        assert_eq!(floors(9900, 0).sunk_since(&floors(9850, 1)), Vec::<String>::new());
        assert_eq!(floors(9800, 1).sunk_since(&floors(9850, 0)), ["floor s.all sank", "floor s.wrong_cells sank"]);
    }
}
