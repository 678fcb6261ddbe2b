//! Weight schemes: which points a form gives to its blocks and whether the funds score belongs to the total.
//!
//! In: the facts of a form. Out: the scheme whose signs the form shows, the most specific first; a tie is none. The
//! schemes are data, in `profiles.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use gouji_model::{FundsField, IndicatorField};
use gouji_quantity::{Decimal, Number};
use serde::Deserialize;

use crate::facts::Facts;

/// Whether the funds score belongs to the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FundsPart {
    /// It is part of the total.
    Counted,
    /// It is printed and not part of the total.
    Printed,
    /// There is none.
    None,
    /// It is a row of the indicators.
    Row,
    /// Not known: both readings stand.
    Unknown,
}

/// A block of level 1, told by its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// 项目决策.
    Decision,
    /// 项目管理, 过程.
    Management,
    /// 产出指标.
    Output,
    /// 成本指标 at level 1.
    Cost,
    /// 效益指标.
    Benefit,
    /// 满意度指标.
    Satisfaction,
}

impl BlockKind {
    /// The kind of block that a level-1 label names.
    pub fn of(label: &str) -> Option<BlockKind> {
        const WORDS: [(&str, BlockKind); 7] = [
            ("满意", BlockKind::Satisfaction),
            ("产出", BlockKind::Output),
            ("效益", BlockKind::Benefit),
            ("成本", BlockKind::Cost),
            ("决策", BlockKind::Decision),
            ("管理", BlockKind::Management),
            ("过程", BlockKind::Management),
        ];
        WORDS.iter().find(|(word, _)| label.contains(word)).map(|(_, kind)| *kind)
    }
}

/// One weight scheme.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// As it stands in the findings.
    pub name: String,
    /// Ids of the rule book's documents.
    pub source: String,
    sign: u8,
    /// Whether the funds score belongs to the total.
    pub counted: FundsPart,
    /// Points of the level-1 blocks.
    #[serde(default)]
    pub groups: BTreeMap<BlockKind, u32>,
    /// Lower bounds of the upper two tiers of a qualitative row, in percent of its weight; unknown: both schemes.
    #[serde(default)]
    pub tiers: Option<[u32; 2]>,
    /// Bands of the funds score: from this rate, this percentage of the points.
    #[serde(default)]
    pub bands: Vec<[u32; 2]>,
    /// Rate in percent below which a reason has to be given, where the scheme sets one.
    #[serde(default)]
    pub low_rate: Option<u32>,
    /// A low rate without reason breaks a rule that the form prints.
    #[serde(default)]
    pub low_rate_is_breach: bool,
    /// Most points of the row that the system adds when no cost indicator was filed.
    #[serde(default)]
    pub default_cost_row: Option<u32>,
    signs: Signs,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Signs {
    note: Vec<Vec<String>>,
    text: Vec<String>,
    title: Vec<String>,
    columns: Vec<String>,
    no_funds_columns: Vec<String>,
    groups_printed: bool,
    l1: Vec<Vec<String>>,
    no_l1: Vec<String>,
    funds_weight: Option<u32>,
    indicator_sum: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    #[serde(default)]
    profile: Vec<Profile>,
}

/// Most specific sign that structure alone can show; what is above holds only where the configuration names it.
const LAST_STRUCTURAL_SIGN: u8 = 4;

/// The sign of a scheme that the configuration names: taken where no structure shows another.
const NAMED_SIGN: u8 = LAST_STRUCTURAL_SIGN + 1;

fn schemeless(name: &str, counted: FundsPart) -> Profile {
    Profile {
        name: name.to_owned(),
        source: String::new(),
        sign: u8::MAX,
        counted,
        groups: BTreeMap::new(),
        tiers: None,
        bands: Vec::new(),
        low_rate: None,
        low_rate_is_breach: false,
        default_cost_row: None,
        signs: Signs::default(),
    }
}

impl Profile {
    /// The schemes of `profiles.toml`, the most specific sign first.
    pub fn embedded() -> &'static [Profile] {
        static BOOK: LazyLock<Vec<Profile>> = LazyLock::new(|| {
            let mut book: Book =
                toml::from_str(include_str!("profiles.toml")).expect("the embedded profiles are read by a test");
            book.profile.sort_by_key(|it| it.sign);
            book.profile
        });
        &BOOK
    }

    /// The schemes of `profiles.toml` and those of `extra`, TOML of the same shape; of those that no sign shows only the
    /// `named` ones hold, after all others.
    ///
    /// # Errors
    /// If `extra` is not of the shape, or a name names no scheme.
    pub fn with(extra: &str, named: &[String]) -> Result<Vec<Profile>, String> {
        let book: Book = toml::from_str(extra).map_err(|it| it.to_string())?;
        let mut profiles = book.profile;
        profiles.extend(Profile::embedded().iter().cloned());
        if let Some(unknown) = named.iter().find(|name| profiles.iter().all(|it| it.name != **name)) {
            let names: BTreeSet<&str> = profiles.iter().map(|it| it.name.as_str()).collect();
            let names: Vec<&str> = names.into_iter().collect();
            return Err(format!("no weight scheme is called {unknown:?}; there are {}", names.join(", ")));
        }
        for profile in profiles.iter_mut().filter(|it| LAST_STRUCTURAL_SIGN < it.sign && named.contains(&it.name)) {
            profile.sign = NAMED_SIGN;
        }
        profiles.sort_by_key(|it| it.sign);
        Ok(profiles)
    }

    /// The keys that a scheme may have, those of its signs and groups dotted.
    pub fn keys() -> &'static [&'static str] {
        &[
            "name",
            "source",
            "sign",
            "counted",
            "groups.decision",
            "groups.management",
            "groups.output",
            "groups.cost",
            "groups.benefit",
            "groups.satisfaction",
            "tiers",
            "bands",
            "low_rate",
            "low_rate_is_breach",
            "default_cost_row",
            "signs.note",
            "signs.text",
            "signs.title",
            "signs.columns",
            "signs.no_funds_columns",
            "signs.groups_printed",
            "signs.l1",
            "signs.no_l1",
            "signs.funds_weight",
            "signs.indicator_sum",
        ]
    }

    /// No scheme was recognised: both readings of the funds score stand.
    pub fn unknown() -> &'static Profile {
        static UNKNOWN: LazyLock<Profile> = LazyLock::new(|| schemeless("UNKNOWN", FundsPart::Unknown));
        &UNKNOWN
    }

    /// A target form has no points.
    fn none() -> &'static Profile {
        static NONE: LazyLock<Profile> = LazyLock::new(|| schemeless("NONE", FundsPart::None));
        &NONE
    }

    /// The scheme whose signs the form shows; a tie between two is [`Profile::unknown`].
    pub fn recognize<'a>(facts: &Facts<'a>, profiles: &'a [Profile]) -> &'a Profile {
        if !facts.is_self_evaluation() {
            return Profile::none();
        }
        let mut best: Option<&Profile> = None;
        for profile in profiles.iter().take_while(|it| it.sign <= NAMED_SIGN) {
            if best.is_some_and(|it| it.sign < profile.sign) {
                break;
            }
            if !profile.signs.are_shown(facts, profile) {
                continue;
            }
            match best {
                None => best = Some(profile),
                Some(other) if other.name == profile.name => {}
                Some(_) => return Profile::unknown(),
            }
        }
        best.unwrap_or_else(|| Profile::unknown())
    }

    /// The funds score may or may not belong to the total.
    pub fn counts_funds(&self) -> bool {
        matches!(self.counted, FundsPart::Counted | FundsPart::Unknown)
    }

    /// The points that the form prints beside its level-1 labels are this scheme's, so far as it prints any.
    pub fn has_groups_of(&self, printed: &[(BlockKind, Number)]) -> bool {
        !printed.is_empty()
            && printed
                .iter()
                .all(|(kind, points)| self.groups.get(kind).is_some_and(|it| Decimal::from(*it) == points.value()))
    }
}

impl Signs {
    fn are_shown(&self, facts: &Facts<'_>, profile: &Profile) -> bool {
        let form = facts.form;
        let has_all = |lists: &[Vec<String>], holds: &dyn Fn(&str) -> bool| {
            lists.iter().all(|list| list.iter().any(|word| holds(word)))
        };
        let label_begins = |word: &str| {
            facts.blocks.iter().any(|group| {
                let row = form.indicators.get(group.rows.start);
                row.and_then(|it| it.l1.as_ref()).is_some_and(|cell| cell.text.starts_with(word))
            })
        };
        let is_number =
            |number: Option<Number>, wanted: u32| number.is_some_and(|it| it.value() == Decimal::from(wanted));
        if let Some(wanted) = self.funds_weight
            && !is_number(facts.funds_weight(), wanted)
        {
            return false;
        }
        if let Some(wanted) = self.indicator_sum {
            let sum: Decimal = facts.weights(0..facts.rows.len()).map(Number::value).sum();
            if sum != Decimal::from(wanted) {
                return false;
            }
        }
        if self.groups_printed && !profile.has_groups_of(&printed_groups(facts)) {
            return false;
        }
        if !self.columns.iter().all(|key| IndicatorField::from_key(key).is_some_and(|it| facts.has_column(it))) {
            return false;
        }
        if self
            .no_funds_columns
            .iter()
            .any(|key| FundsField::from_key(key).is_some_and(|it| facts.has_funds_column(it)))
        {
            return false;
        }
        if !has_all(&self.l1, &label_begins) || self.no_l1.iter().any(|word| label_begins(word)) {
            return false;
        }
        if !self.text.is_empty() && !form.texts.iter().any(|it| self.text.iter().any(|word| it.label.contains(word))) {
            return false;
        }
        if !self.title.is_empty() {
            let cells = form.title.iter().chain(&form.notes).chain(form.texts.iter().filter_map(|it| it.text.as_ref()));
            if !cells.into_iter().any(|cell| self.title.iter().any(|word| cell.text.contains(word))) {
                return false;
            }
        }
        self.note.is_empty()
            || form.notes.iter().any(|cell| {
                if !cell.text.contains('指') {
                    return false; // Most notes fix no points.
                }
                let note = crate::words::squeezed(&cell.text);
                has_all(&self.note, &|word| note.contains(word))
            })
    }
}

/// The points printed beside the level-1 labels that name a known block.
pub(crate) fn printed_groups(facts: &Facts<'_>) -> Vec<(BlockKind, Number)> {
    let mut found = Vec::with_capacity(facts.blocks.len());
    for group in &facts.blocks {
        let label = facts.form.indicators.get(group.rows.start).and_then(|row| row.l1.as_ref());
        if let Some((kind, points)) = label.and_then(|cell| BlockKind::of(&cell.text)).zip(group.points) {
            found.push((kind, points));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys that serde names when it meets an unknown one.
    fn expected_by_serde(toml: &str) -> BTreeSet<String> {
        let error = toml::from_str::<Book>(toml).err().expect("the key is unknown").to_string();
        let (_, names) = error.split_once("expected one of").expect("serde names what it expects");
        names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn keys_are_those_of_the_schemes() {
        let begin = "[[profile]]\nname='A'\nsource='B'\nsign=1\ncounted='none'\n";
        let own = |beginning: &str| -> BTreeSet<String> {
            let tails = Profile::keys().iter().filter_map(|it| it.strip_prefix(beginning));
            tails.map(|it| it.split('.').next().unwrap_or(it).to_owned()).collect()
        };
        assert_eq!(expected_by_serde("[[profile]]\nzzz=1"), own(""));
        assert_eq!(expected_by_serde(&format!("{begin}signs = {{ zzz = 1 }}")), own("signs."));
        assert_eq!(expected_by_serde(&format!("{begin}groups = {{ zzz = 1 }}")), own("groups."));
    }

    #[test]
    fn schemes_are_added_and_named() {
        let extra = "[[profile]]\nname='A'\nsource='B'\nsign=0\ncounted='none'\nsigns = {}\n";
        let names = |named: &[&str]| -> Result<Vec<(String, u8)>, String> {
            let named: Vec<String> = named.iter().map(|it| (*it).to_owned()).collect();
            Ok(Profile::with(extra, &named)?.into_iter().map(|it| (it.name, it.sign)).collect())
        };
        let plain = names(&[]).expect("of the shape");
        assert_eq!(plain.first(), Some(&("A".to_owned(), 0)));
        assert_eq!(plain.last(), Some(&("JX".to_owned(), 9)));
        assert_eq!(names(&["JX"]).expect("of the shape").last(), Some(&("JX".to_owned(), NAMED_SIGN)));
        assert!(
            names(&["XJ"])
                .expect_err("there is none")
                .starts_with("no weight scheme is called \"XJ\"; there are A, HB, ")
        );
    }
}
