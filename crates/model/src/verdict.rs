//! What the scorer says of a form: findings, and a ledger of every check that was made or could not be.

use crate::Pointer;

/// What a finding says, apart from how bad it is. Ordered from the worst to the mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// No reading makes the printed figures agree.
    Contradiction,
    /// The figures are readable and a rule forbids them.
    Breach,
    /// Something that an auditor should look at.
    Suspicion,
    /// Printed for information.
    Note,
}

impl Class {
    /// The contract's name.
    pub fn name(self) -> &'static str {
        match self {
            Class::Contradiction => "contradiction",
            Class::Breach => "breach",
            Class::Suspicion => "suspicion",
            Class::Note => "note",
        }
    }
}

/// High, medium or low: a confidence or a severity. Ordered from high to low.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Confidence of at least 0.9 (S1).
    High,
    /// Confidence between 0.5 and 0.9 (S2).
    Medium,
    /// Confidence below 0.5 (S3).
    Low,
}

impl Level {
    /// The contract's name.
    pub fn name(self) -> &'static str {
        match self {
            Level::High => "high",
            Level::Medium => "medium",
            Level::Low => "low",
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// A text in Chinese and in English.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Bilingual {
        Bilingual { zh: zh.into(), en: en.into() }
    }
}

/// Figures that disagree, or a rule that is broken.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Code of the check, such as `F03`.
    pub code: &'static str,
    /// What it says.
    pub class: Class,
    /// How sure it is; a contradiction or breach is high.
    pub confidence: Level,
    /// How much it matters; only sorts.
    pub severity: Level,
    /// The cells accused.
    pub at: Vec<Pointer>,
    /// The cells that the recomputation used.
    pub inputs: Vec<Pointer>,
    /// The printed figure.
    pub stated: Option<String>,
    /// The recomputed figure.
    pub recomputed: Option<String>,
    /// What may be printed, such as `[98.82, 98.86)`.
    pub admissible: Option<String>,
    /// The arithmetic, such as `541.6 / 547.98 = 98.84%`.
    pub equation: Option<String>,
    /// The finding in a sentence.
    pub message: Bilingual,
    /// Hypotheses under which the figures would agree.
    pub agrees_if: Vec<String>,
    /// Consequences of the same root.
    pub notes: Vec<Note>,
    /// First 16 hex digits of the SHA-256 over what the finding is about, not where it stands.
    pub fingerprint: String,
}

/// A consequence of a finding, or something said for information.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Code of the check that would have raised it.
    pub code: &'static str,
    /// The cells concerned.
    pub at: Vec<Pointer>,
    /// The note in a sentence.
    pub message: Bilingual,
}

/// A check that applies and could not be made.
#[derive(Clone, Debug, PartialEq)]
pub struct NotCheckable {
    /// Code of the check.
    pub code: &'static str,
    /// The cells that it would have been made at.
    pub at: Vec<Pointer>,
    /// Why not.
    pub reason: Bilingual,
}

/// How every check of a form ended. The sum is the number of checks and places looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Held to the last digit.
    pub exact: usize,
    /// Held within the rounding of the printed figures.
    pub within_rounding: usize,
    /// Ended in a finding.
    pub finding: usize,
    /// The form has no such cell.
    pub not_applicable: usize,
    /// Could not be made.
    pub not_checkable: Vec<NotCheckable>,
}

impl Ledger {
    /// Checks that reached a verdict.
    pub fn reached(&self) -> usize {
        self.exact + self.within_rounding + self.finding
    }

    /// Checks that apply.
    pub fn applicable(&self) -> usize {
        self.reached() + self.not_checkable.len()
    }
}

/// The verdict on a whole form, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictKind {
    /// At least one contradiction.
    Contradiction,
    /// At least one breach and no contradiction.
    Breach,
    /// Nothing above a suspicion.
    Suspicion,
    /// No check that applies reached a verdict.
    Unchecked,
    /// At least one check reached a verdict and nothing is above a note.
    Consistent,
}

impl VerdictKind {
    /// Every verdict, worst first.
    pub const ALL: [VerdictKind; 5] = [
        VerdictKind::Contradiction,
        VerdictKind::Breach,
        VerdictKind::Suspicion,
        VerdictKind::Unchecked,
        VerdictKind::Consistent,
    ];

    /// The contract's name.
    pub fn name(self) -> &'static str {
        match self {
            VerdictKind::Contradiction => "contradiction",
            VerdictKind::Breach => "breach",
            VerdictKind::Suspicion => "suspicion",
            VerdictKind::Unchecked => "unchecked",
            VerdictKind::Consistent => "consistent",
        }
    }
}

/// What the scorer says of one form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormVerdict {
    /// The form's ordinal in its document.
    pub ordinal: usize,
    /// The form's project, if it prints one.
    pub project: Option<String>,
    /// Name of the weight scheme that was recognised.
    pub profile: String,
    /// The worst that was found.
    pub kind: VerdictKind,
    /// Codes of balances that hold exactly.
    pub verified: Vec<&'static str>,
    /// Worst first.
    pub findings: Vec<Finding>,
    /// How every check ended.
    pub ledger: Ledger,
}
