//! Floors of a small drawn set that never changes: counts, so that one form lost is seen.
//!
//! In go the floors of `floors.toml` and the counts of a run; out comes what fell short. Another generator draws other
//! documents, whose counts say nothing about these: the digest of the documents tells, and the floors are then raised
//! anew by `cargo xtask score --drawn --raise`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Measured;
use super::tally::Tally;

/// The line that the section begins with; it is the last of the file.
const SECTION: &str = "[drawn]\n";

/// Floors of the small drawn set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnFloors {
    /// Digest of the documents that the floors are about.
    pub digest: String,
    /// Forms of each kind of damage, at least.
    pub forms: usize,
    /// By kind of damage.
    pub damages: BTreeMap<String, DrawnFloor>,
}

/// Floors of one kind of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnFloor {
    /// Forms of which every field is right, at least.
    pub exact: usize,
    /// Figures wrong, at most.
    pub wrong_figures: usize,
    /// Contradictions and breaches that are false, at most.
    pub false_accusations: usize,
    /// Planted faults found, at least.
    pub found: usize,
}

impl DrawnFloor {
    fn of(tally: &Tally) -> DrawnFloor {
        DrawnFloor {
            exact: tally.exact.right,
            wrong_figures: tally.numeric.total - tally.numeric.right,
            false_accusations: tally.raised.total - tally.raised.right,
            found: tally.all_faults().found().right,
        }
    }

    /// What is worse than the floor, one line each.
    fn shortfalls(self, floor: DrawnFloor, name: &str) -> Vec<String> {
        [
            ("forms are exact", self.exact, floor.exact, self.exact < floor.exact),
            ("figures are wrong", self.wrong_figures, floor.wrong_figures, floor.wrong_figures < self.wrong_figures),
            (
                "accusations are false",
                self.false_accusations,
                floor.false_accusations,
                floor.false_accusations < self.false_accusations,
            ),
            ("planted faults are found", self.found, floor.found, self.found < floor.found),
        ]
        .into_iter()
        .filter(|it| it.3)
        .map(|(what, got, floor, _)| format!("drawn, {name}: {got} {what}, floor {floor}"))
        .collect()
    }
}

impl DrawnFloors {
    /// What a run falls short of, one line each.
    pub fn shortfalls(&self, measured: &Measured) -> Vec<String> {
        if self.digest != measured.digest {
            let (mine, theirs) = (&self.digest, &measured.digest);
            return vec![format!(
                "drawn: the documents are others ({theirs}) than those of the floors ({mine}); if the generator was \
                 changed, look at the figures, then `cargo xtask score --drawn --raise`"
            )];
        }
        let got = by_damage(measured);
        let nothing = Tally::default();
        let of = |(name, floor): (&String, &DrawnFloor)| {
            DrawnFloor::of(got.get(name).unwrap_or(&nothing)).shortfalls(*floor, name)
        };
        self.damages.iter().flat_map(of).collect()
    }

    /// Floors that are lower than those of an earlier version about the same documents, one line each.
    pub fn sunk_since(&self, earlier: &DrawnFloors) -> Vec<String> {
        if self.digest != earlier.digest {
            return Vec::new();
        }
        let mut acc = Vec::new();
        for (name, old) in &earlier.damages {
            match self.damages.get(name) {
                None => acc.push(format!("drawn floors of {name} are gone")),
                Some(new) if new.shortfalls(*old, name).is_empty() => {}
                Some(_) => acc.push(format!("drawn floors of {name} sank")),
            }
        }
        acc
    }
}

/// The section of `floors.toml` that a run reaches.
pub fn section(measured: &Measured, n_forms: usize) -> String {
    let mut acc = format!("{SECTION}digest = {:?}\nforms = {n_forms}\n\n[drawn.damages]\n", measured.digest);
    for (name, tally) in by_damage(measured) {
        let DrawnFloor { exact, wrong_figures, false_accusations, found } = DrawnFloor::of(&tally);
        // Writing to a String cannot fail.
        let _ = writeln!(
            acc,
            "{name:?} = {{ exact = {exact}, wrong_figures = {wrong_figures}, false_accusations = {false_accusations}, found = {found} }}"
        );
    }
    acc
}

/// Writes the section in place of the one that is there.
///
/// # Errors
/// If `floors.toml` cannot be read or written.
pub fn write(root: &Path, section: &str) -> Result<()> {
    let path = root.join("xtask/floors.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("{}: not readable", path.display()))?;
    let before = text.split_once(SECTION).map_or(text.as_str(), |it| it.0).trim_end();
    std::fs::write(&path, format!("{before}\n\n{section}")).with_context(|| format!("{}: not writable", path.display()))
}

fn by_damage(measured: &Measured) -> BTreeMap<String, Tally> {
    let mut acc: BTreeMap<String, Tally> = BTreeMap::new();
    for (case, tally) in &measured.cases {
        acc.entry(case.damage.to_owned()).or_default().add(tally);
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::Case;
    use crate::score::Rate;

    fn measured(exact: usize, digest: &str) -> Measured {
        let tally = Tally {
            exact: Rate { right: exact, total: 10 },
            numeric: Rate { right: 98, total: 100 },
            raised: Rate { right: 3, total: 4 },
            ..Tally::default()
        };
        let case = Case { damage: "rows shifted", ..Case::default() };
        Measured { cases: [(case, tally)].into(), digest: digest.to_owned(), ..Measured::default() }
    }

    fn floors(measured: &Measured) -> DrawnFloors {
        #[derive(Deserialize)]
        struct File {
            drawn: DrawnFloors,
        }
        let file: File = toml::from_str(&section(measured, 10)).expect("the section is TOML");
        file.drawn
    }

    #[test]
    fn what_is_reached_is_a_floor() {
        let floors = floors(&measured(9, "d"));
        assert_eq!(floors.shortfalls(&measured(9, "d")), Vec::<String>::new());
        assert_eq!(floors.shortfalls(&measured(10, "d")), Vec::<String>::new());
        assert_eq!(floors.shortfalls(&measured(8, "d")), ["drawn, rows shifted: 8 forms are exact, floor 9"]);
        assert!(floors.shortfalls(&measured(9, "e"))[0].starts_with("drawn: the documents are others (e)"));
    }

    #[test]
    fn floors_only_rise() {
        let (low, high) = (floors(&measured(8, "d")), floors(&measured(9, "d")));
        assert_eq!(high.sunk_since(&low), Vec::<String>::new());
        assert_eq!(low.sunk_since(&high), ["drawn floors of rows shifted sank"]);
        assert_eq!(floors(&measured(8, "e")).sunk_since(&high), Vec::<String>::new());
    }
}
