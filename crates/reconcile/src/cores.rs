//! Cores: the syllables that carry the sense of a label in unknown words.
//!
//! In: a label that the lexicon does not hold, found at a place where a label must stand. Out: what it most likely heads.
//! 某某项目名称 is the name of a project whatever stands before it. Prose is full of these syllables, so nobody asks for
//! them but where the form's structure says that a label stands.

use gouji_model::FundsField;
use serde::Deserialize;

use crate::lexicon::{self, Column};

/// A label of more characters than this is prose. Characters; the longest heads of published forms have 16.
const LONGEST: usize = 16;

/// What a head field in unknown words holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum HeadCore {
    Project,
    Department,
    /// A department or a unit: the one that is missing.
    Body,
}

/// The entries of the lexicon: the first text of each is the role, the others are its syllables. The first that fits counts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cores {
    /// Ends of labels in the head.
    head: Vec<Vec<String>>,
    /// Parts of heads of the indicator block.
    columns: Vec<Vec<String>>,
    /// Parts of heads of the funds block.
    funds: Vec<Vec<String>>,
    /// Ends of the label of the row 总分.
    total: Vec<String>,
}

fn find(entries: &[Vec<String>], fits: impl Fn(&str) -> bool) -> Option<&str> {
    let entry = entries.iter().find(|it| it.iter().skip(1).any(|it| fits(it)))?;
    entry.first().map(String::as_str)
}

impl Cores {
    /// Whether every role that the lexicon names exists.
    pub(crate) fn check(&self) -> Result<(), String> {
        let bad = |entries: &[Vec<String>], known: &dyn Fn(&str) -> bool| {
            entries.iter().filter_map(|it| it.first()).find(|it| !known(it)).cloned()
        };
        let bad = bad(&self.head, &|it| head(it).is_some())
            .or_else(|| bad(&self.columns, &|it| lexicon::column(it).is_some()))
            .or_else(|| bad(&self.funds, &|it| FundsField::from_key(it).is_some()));
        bad.map_or(Ok(()), |it| Err(format!("cores: unknown role {it}")))
    }

    /// What the label of a head field says by its end.
    pub(crate) fn head(&self, word: &str) -> Option<HeadCore> {
        short(word).and_then(|word| find(&self.head, |it| word.ends_with(it))).and_then(head)
    }

    /// What the head of an indicator column says.
    pub(crate) fn column(&self, word: &str) -> Option<Column> {
        short(word).and_then(|word| find(&self.columns, |it| word.contains(it))).and_then(lexicon::column)
    }

    /// What the head of a funds column says.
    pub(crate) fn funds(&self, word: &str) -> Option<FundsField> {
        short(word).and_then(|word| find(&self.funds, |it| word.contains(it))).and_then(FundsField::from_key)
    }

    /// Whether the label is that of a row 总分.
    pub(crate) fn is_total(&self, word: &str) -> bool {
        /// Longer texts are names. Characters; the longest label of the lexicon has six.
        const LONGEST_TOTAL: usize = 8;
        word.chars().count() <= LONGEST_TOTAL && self.total.iter().any(|it| word.ends_with(it.as_str()))
    }
}

fn short(word: &str) -> Option<&str> {
    (word.chars().count() <= LONGEST).then_some(word)
}

fn head(name: &str) -> Option<HeadCore> {
    Some(match name {
        "project" => HeadCore::Project,
        "department" => HeadCore::Department,
        "body" => HeadCore::Body,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn the_end_of_a_head_label_tells() {
        let cores = &Lexicon::embedded().cores;
        assert_eq!(cores.head("乡镇申请项目名称"), Some(HeadCore::Project));
        assert_eq!(cores.head("行业监管部门"), Some(HeadCore::Department));
        assert_eq!(cores.head("牵头单位"), Some(HeadCore::Body));
        assert_eq!(cores.head("联系方式"), None);
    }

    #[test]
    fn parts_of_a_head_tell_its_column() {
        let cores = &Lexicon::embedded().cores;
        assert_eq!(cores.column("未按期完成原因"), Some(Column::Reason));
        assert_eq!(cores.column("自评打分值"), Some(Column::Score));
        assert_eq!(cores.column("评分细则"), Some(Column::Method));
        assert_eq!(cores.funds("累计已支出"), Some(FundsField::Executed));
        assert_eq!(cores.funds("支出完成率"), Some(FundsField::Rate));
    }
}
