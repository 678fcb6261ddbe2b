//! The words of drawn documents: labels, topics, phrases and layouts, read from the data files of this crate.
//!
//! In go the TOML files under `words/`, out come tables that the draughtsman picks from. Which labels only the test set
//! prints is decided here, by a hash of their text.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::layout::{FundsLayout, Layout};

/// One label in so many is withheld from the development set; the share that the measurement asks for.
const WITHHELD_SHARE: u64 = 10;

/// The variants of one label.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variants {
    /// Known from published forms.
    pub listed: Vec<String>,
    /// Invented beside them.
    pub further: Vec<String>,
}

/// Labels by `role.name`.
#[derive(Debug)]
pub(super) struct Labels(BTreeMap<String, Variants>);

/// What indicators measure, and the schemes that they are weighed by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topics {
    pub counts: Vec<(String, String, u32, i64, i64)>,
    pub rates_quality: Vec<String>,
    pub rates_time: Vec<String>,
    pub dates: Vec<String>,
    pub words_time: Vec<String>,
    pub prices: Vec<(String, String, u32)>,
    pub cost_totals: Vec<String>,
    pub rates_cost: Vec<String>,
    pub social_cost: Vec<String>,
    pub economic: Vec<String>,
    pub social: Vec<String>,
    pub rates_social: Vec<String>,
    pub ecological: Vec<String>,
    pub rates_ecological: Vec<String>,
    pub lasting: Vec<String>,
    pub satisfaction: Vec<String>,
    pub decision: Vec<String>,
    pub management: Vec<String>,
    pub scheme: Vec<Scheme>,
}

/// Classes of indicators and their points.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scheme {
    pub name: String,
    /// The first word of a group is its 一级指标, the others its 二级指标.
    pub groups: Vec<Vec<String>>,
    /// Points of the groups.
    pub shares: Vec<i64>,
}

/// Names and phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    pub places: Vec<String>,
    pub cities: Vec<String>,
    pub offices: Vec<String>,
    pub units: Vec<String>,
    pub projects: Vec<String>,
    pub suffixes: Vec<String>,
    pub titles: Vec<String>,
    pub persons: Vec<String>,
    pub tails: Vec<String>,
    pub top_words: Vec<String>,
    pub top_actuals: Vec<String>,
    pub middle_actuals: Vec<String>,
    pub timely: Vec<String>,
    pub methods: Vec<String>,
    pub standards: Vec<String>,
    pub reasons: Vec<String>,
    pub cost_reasons: Vec<String>,
    pub low_rate: Vec<String>,
    pub adjusted_words: Vec<String>,
    pub goal_open: Vec<String>,
    pub goal_more: Vec<String>,
    pub done_open: Vec<String>,
    pub done_more: Vec<String>,
    pub parts: Vec<String>,
    pub buys: Vec<(String, String)>,
    pub r#box: Vec<String>,
    pub improve: Vec<String>,
    pub notes: Vec<String>,
    pub target_notes: Vec<String>,
    pub ends: Vec<String>,
    pub letter: Vec<Letter>,
}

/// Lines of prose around the forms.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Letter {
    pub lines: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layouts {
    layout: Vec<Layout>,
    funds: Vec<FundsLayout>,
}

/// All of it.
#[derive(Debug)]
pub(super) struct Words {
    pub labels: Labels,
    pub topics: Topics,
    pub phrases: Phrases,
    pub layouts: Vec<Layout>,
    pub funds: Vec<FundsLayout>,
}

/// The words, read once.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let labels = labels(include_str!("../../words/labels.toml"));
        let topics =
            toml::from_str(include_str!("../../words/topics.toml")).expect("the data file is part of the crate");
        let phrases =
            toml::from_str(include_str!("../../words/phrases.toml")).expect("the data file is part of the crate");
        let layouts: Layouts =
            toml::from_str(include_str!("../../words/layouts.toml")).expect("the data file is part of the crate");
        Words { labels, topics, phrases, layouts: layouts.layout, funds: layouts.funds }
    })
}

/// Roles stand one or two levels deep: `[grade]`, `[head.project]`.
fn labels(text: &str) -> Labels {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Level {
        Role(Variants),
        Roles(BTreeMap<String, Variants>),
    }
    let levels: BTreeMap<String, Level> = toml::from_str(text).expect("the data file is part of the crate");
    let mut roles = BTreeMap::new();
    for (name, level) in levels {
        match level {
            Level::Role(variants) => {
                roles.insert(name, variants);
            }
            Level::Roles(inner) => {
                roles.extend(inner.into_iter().map(|(role, variants)| (format!("{name}.{role}"), variants)));
            }
        }
    }
    Labels(roles)
}

impl Labels {
    /// The variants of a role.
    pub(super) fn of(&self, role: &str) -> &Variants {
        self.0.get(role).expect("every role that the draughtsman names stands in labels.toml")
    }

    /// Whether only the test set prints the label: it is known under no role, and its hash says so.
    pub(super) fn is_withheld(&self, label: &str) -> bool {
        has_withheld_hash(label) && !self.0.values().any(|it| it.listed.iter().any(|it| it == label))
    }

    /// Every withheld label, sorted, once.
    pub(super) fn withheld(&self) -> Vec<&str> {
        let further = self.0.values().flat_map(|it| it.further.iter().map(String::as_str));
        let mut found: Vec<&str> = further.filter(|it| self.is_withheld(it)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether the label belongs to the withheld tenth: FNV-1a, 64 bits, of its UTF-8 bytes, is a multiple of ten.
fn has_withheld_hash(label: &str) -> bool {
    /// Offset basis of FNV-1a (draft-eastlake-fnv).
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    /// Prime of FNV-1a (draft-eastlake-fnv).
    const PRIME: u64 = 0x0100_0000_01b3;
    let hash = label.bytes().fold(BASIS, |acc, byte| (acc ^ u64::from(byte)).wrapping_mul(PRIME));
    hash.is_multiple_of(WITHHELD_SHARE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_the_further_labels_is_withheld() {
        let all: usize = words().labels.0.values().map(|it| it.further.len()).sum();
        let withheld = words().labels.withheld().len();
        assert!(all / 20 < withheld && withheld < all / 6, "{withheld} of {all}");
    }

    #[test]
    fn every_role_has_a_label_for_both_sets() {
        let labels = &words().labels;
        let free = |it: &Variants| it.listed.iter().chain(&it.further).any(|it| !labels.is_withheld(it));
        assert!(labels.0.values().all(free));
    }

    #[test]
    fn every_layout_names_funds_and_a_scheme_that_exist() {
        for layout in &words().layouts {
            let funds = layout.funds.iter().all(|it| words().funds.iter().any(|funds| funds.name == *it));
            let scheme = layout.scheme.iter().all(|it| words().topics.scheme.iter().any(|scheme| scheme.name == *it));
            assert!(funds && scheme, "{}", layout.name);
        }
    }
}
