//! Counts of a run: what came of documents, forms and checks.

use std::collections::BTreeMap;

use gouji_model::{Class, VerdictKind};

use crate::{Entry, Outcome};

/// How many different reasons for checks that were not made are counted apart. A reason may name figures, so that there
/// is no end of them; those that come after this many are counted together, and memory stays bounded.
const MAX_REASONS: usize = 2000;

/// Counts over the documents of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents with forms.
    pub documents: usize,
    /// Forms in them.
    pub forms: usize,
    /// Documents that could not be read.
    pub unread: usize,
    /// Documents without a form.
    pub formless: usize,
    /// Forms by verdict.
    pub by_verdict: BTreeMap<VerdictKind, usize>,
    /// Findings by code.
    pub by_code: BTreeMap<&'static str, usize>,
    /// Contradictions and breaches: the findings that make a run fail.
    pub failing: usize,
    /// Checks that held to the last digit.
    pub exact: usize,
    /// Checks that held within rounding.
    pub within_rounding: usize,
    /// Checks that ended in a finding.
    pub found: usize,
    /// Checks that apply and could not be made.
    pub not_checkable: usize,
    /// The same by code and reason (Chinese, English).
    pub reasons: BTreeMap<Reason, usize>,
    /// The same with reasons beyond the first two thousand.
    pub other_reasons: usize,
}

/// Why a check could not be made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// Code of the check.
    pub code: &'static str,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Tally {
    /// Counts one document. Reasons are counted if `has_reasons`.
    pub(crate) fn of(entry: &Entry<'_>, has_reasons: bool) -> Tally {
        let mut acc = Tally::default();
        match entry.outcome {
            Outcome::Note(_) => {}
            Outcome::Unread { .. } => acc.unread = 1,
            Outcome::Formless { .. } => acc.formless = 1,
            Outcome::Forms { forms, verdicts, .. } => {
                acc.documents = 1;
                acc.forms = forms.len();
                for verdict in verdicts {
                    let ledger = &verdict.ledger;
                    *acc.by_verdict.entry(verdict.kind).or_default() += 1;
                    acc.exact += ledger.exact;
                    acc.within_rounding += ledger.within_rounding;
                    acc.found += ledger.finding;
                    acc.not_checkable += ledger.not_checkable.len();
                    for finding in &verdict.findings {
                        *acc.by_code.entry(finding.code).or_default() += 1;
                        acc.failing += usize::from(matches!(finding.class, Class::Contradiction | Class::Breach));
                    }
                    for it in ledger.not_checkable.iter().filter(|_| has_reasons) {
                        acc.reason(Reason { code: it.code, zh: it.reason.zh.clone(), en: it.reason.en.clone() }, 1);
                    }
                }
            }
        }
        acc
    }

    /// Adds the counts of later documents.
    pub(crate) fn add(&mut self, later: Tally) {
        self.documents += later.documents;
        self.forms += later.forms;
        self.unread += later.unread;
        self.formless += later.formless;
        self.failing += later.failing;
        self.exact += later.exact;
        self.within_rounding += later.within_rounding;
        self.found += later.found;
        self.not_checkable += later.not_checkable;
        self.other_reasons += later.other_reasons;
        for (kind, count) in later.by_verdict {
            *self.by_verdict.entry(kind).or_default() += count;
        }
        for (code, count) in later.by_code {
            *self.by_code.entry(code).or_default() += count;
        }
        for (reason, count) in later.reasons {
            self.reason(reason, count);
        }
    }

    fn reason(&mut self, reason: Reason, count: usize) {
        if self.reasons.len() < MAX_REASONS || self.reasons.contains_key(&reason) {
            *self.reasons.entry(reason).or_default() += count;
        } else {
            self.other_reasons += count;
        }
    }

    /// Checks that reached a verdict.
    pub fn reached(&self) -> usize {
        self.exact + self.within_rounding + self.found
    }

    /// Checks that apply.
    pub fn applicable(&self) -> usize {
        self.reached() + self.not_checkable
    }

    /// Checks that reached a verdict in ten thousandths of those that apply, rounded down so that only all of them are
    /// 10,000; `None` if none applies.
    pub(crate) fn coverage(&self) -> Option<u16> {
        let share = (self.reached() as u128 * 10_000).checked_div(self.applicable() as u128)?;
        u16::try_from(share).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_is_whole_only_if_nothing_is_missing() {
        let tally = |exact, not_checkable| Tally { exact, not_checkable, ..Tally::default() };
        assert_eq!(tally(0, 0).coverage(), None);
        assert_eq!(tally(5, 0).coverage(), Some(10_000));
        assert_eq!(tally(999_999, 1).coverage(), Some(9_999));
        assert_eq!(tally(0, 3).coverage(), Some(0));
        assert_eq!(tally(2, 1).coverage(), Some(6_666));
    }

    #[test]
    fn reasons_without_end_are_counted_together() {
        let mut tally = Tally::default();
        for number in 0..MAX_REASONS + 5 {
            tally.reason(Reason { code: "F03", zh: String::new(), en: format!("{number:05}") }, 2);
        }
        tally.reason(Reason { code: "F03", zh: String::new(), en: "00000".to_owned() }, 1);
        assert_eq!((tally.reasons.len(), tally.other_reasons), (MAX_REASONS, 10));
        assert_eq!(tally.reasons.values().next(), Some(&3));
    }
}
