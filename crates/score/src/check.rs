//! What a check is: its entry in the rule book, its logic over the facts of one form, and how it says what came out.

use gouji_model::{Bilingual, Class, Finding, Level, NotCheckable, Pointer};

use crate::facts::Facts;

/// A check's entry in the rule book.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meta {
    /// Family letter and two digits, such as `F03`. Never used twice.
    pub code: &'static str,
    /// What is wrong, in lower case with hyphens.
    pub name: &'static str,
    /// What is wrong, in Chinese.
    pub name_zh: &'static str,
    /// The classes that its findings may have: `C`, `B/S2`, ….
    pub class: &'static str,
    /// How much it matters.
    pub severity: Level,
    /// One line, Chinese.
    pub summary_zh: &'static str,
    /// One line, English.
    pub summary_en: &'static str,
    /// What must hold, Chinese.
    pub definition_zh: &'static str,
    /// What must hold, English.
    pub definition_en: &'static str,
    /// How far figures may lie apart.
    pub tolerance: &'static str,
    /// Documents and forms that the rule rests on.
    pub authority: &'static str,
    /// Version that introduced it.
    pub since: &'static str,
    /// The cells or labels that must be printed for the check to apply.
    pub applies_when: &'static str,
    /// Made only where it is selected by name: how often it is wrong was not measured.
    pub is_off: bool,
    /// The doc comment of the check, with its drawn examples.
    pub doc: &'static str,
}

/// One rule: says of every place that it applies to how the figures stand.
pub trait Check: Sync {
    /// Its entry in the rule book.
    fn meta(&self) -> &'static Meta;

    /// Looks at the form and leaves exactly one outcome for every place that the rule applies to, or says that it
    /// applies to none.
    fn run(&self, facts: &Facts<'_>, outcomes: &mut Outcomes);
}

/// Declares a check: its doc comment becomes [`Meta::doc`], so that `gouji rule` prints what a reader of the code sees.
macro_rules! check {
    ($(#[doc = $doc:expr])+ $name:ident = $meta:expr, $run:path) => {
        $(#[doc = $doc])+
        pub(crate) struct $name;

        impl $name {
            const META: $crate::Meta = $crate::Meta { doc: concat!($($doc, "\n"),+), ..$meta };
        }

        impl $crate::Check for $name {
            fn meta(&self) -> &'static $crate::Meta {
                const META: &$crate::Meta = &$name::META;
                META
            }

            fn run(&self, facts: &$crate::facts::Facts<'_>, outcomes: &mut $crate::check::Outcomes) {
                $run(facts, outcomes);
            }
        }
    };
}
pub(crate) use check;

/// The empty entry that declarations fill; a test over the registry sees that nothing stays empty.
pub(crate) const BLANK: Meta = Meta {
    code: "",
    name: "",
    name_zh: "",
    class: "",
    severity: Level::Medium,
    summary_zh: "",
    summary_en: "",
    definition_zh: "",
    definition_en: "",
    tolerance: "",
    authority: "",
    since: "0.1.0",
    applies_when: "",
    is_off: false,
    doc: "",
};

/// Class and confidence in one, from the worst to the mildest, as the rule book abbreviates them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Contradiction.
    C,
    /// Breach.
    B,
    /// Suspicion, at least 0.9 sure.
    S1,
    /// Suspicion, 0.5 to 0.9 sure.
    S2,
    /// Suspicion, less than 0.5 sure.
    S3,
    /// Information.
    Note,
}

impl Grade {
    /// The model's class and confidence.
    pub fn split(self) -> (Class, Level) {
        match self {
            Grade::C => (Class::Contradiction, Level::High),
            Grade::B => (Class::Breach, Level::High),
            Grade::S1 => (Class::Suspicion, Level::High),
            Grade::S2 => (Class::Suspicion, Level::Medium),
            Grade::S3 => (Class::Suspicion, Level::Low),
            Grade::Note => (Class::Note, Level::High),
        }
    }

    /// The grade of a finding.
    pub fn of(finding: &Finding) -> Grade {
        match (finding.class, finding.confidence) {
            (Class::Contradiction, _) => Grade::C,
            (Class::Breach, _) => Grade::B,
            (Class::Suspicion, Level::High) => Grade::S1,
            (Class::Suspicion, Level::Medium) => Grade::S2,
            (Class::Suspicion, Level::Low) => Grade::S3,
            (Class::Note, _) => Grade::Note,
        }
    }

    /// A contradiction or breach.
    pub fn is_hard(self) -> bool {
        self <= Grade::B
    }
}

/// A finding as a check raises it: readings, roots and the fingerprint are added by the scorer.
#[derive(Clone, Debug)]
pub struct Raised {
    /// The finding.
    pub finding: Finding,
    /// Findings of the same code and class share one root and are joined into one.
    pub is_joined: bool,
}

impl Raised {
    /// A finding of this check and grade, still without cells and words.
    pub fn new(meta: &'static Meta, grade: Grade) -> Raised {
        let (class, confidence) = grade.split();
        let finding = Finding {
            code: meta.code,
            class,
            confidence,
            severity: meta.severity,
            at: Vec::new(),
            inputs: Vec::new(),
            stated: None,
            recomputed: None,
            admissible: None,
            equation: None,
            message: Bilingual::default(),
            agrees_if: Vec::new(),
            notes: Vec::new(),
            fingerprint: String::new(),
        };
        Raised { finding, is_joined: false }
    }

    /// Accuses these cells.
    pub fn at(mut self, at: impl IntoIterator<Item = Pointer>) -> Raised {
        self.finding.at.extend(at);
        self
    }

    /// Names the cells that the recomputation used.
    pub fn inputs(mut self, inputs: impl IntoIterator<Item = Pointer>) -> Raised {
        self.finding.inputs.extend(inputs);
        self
    }

    /// What is printed.
    pub fn stated(mut self, stated: impl Into<String>) -> Raised {
        self.finding.stated = Some(stated.into());
        self
    }

    /// What it should come to.
    pub fn recomputed(mut self, recomputed: impl Into<String>) -> Raised {
        self.finding.recomputed = Some(recomputed.into());
        self
    }

    /// What may be printed.
    pub fn admissible(mut self, admissible: impl Into<String>) -> Raised {
        self.finding.admissible = Some(admissible.into());
        self
    }

    /// The arithmetic.
    pub fn equation(mut self, equation: impl Into<String>) -> Raised {
        self.finding.equation = Some(equation.into());
        self
    }

    /// A hypothesis under which the figures would agree.
    pub fn agrees_if(mut self, hypothesis: impl Into<String>) -> Raised {
        self.finding.agrees_if.push(hypothesis.into());
        self
    }

    /// The finding in a sentence of each language.
    pub fn message(mut self, zh: impl Into<String>, en: impl Into<String>) -> Raised {
        self.finding.message = Bilingual { zh: zh.into(), en: en.into() };
        self
    }

    /// Shares its root with the other findings of its code: they become one.
    pub fn joined(mut self) -> Raised {
        self.is_joined = true;
        self
    }
}

/// How the checks of a form ended so far.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    /// The check that is running.
    pub(crate) code: &'static str,
    /// Places where a rule held to the last digit.
    pub exact: usize,
    /// Places where it held within the rounding of the printed figures.
    pub within_rounding: usize,
    /// Places that ended in a finding.
    pub finding: usize,
    /// Rules, or places, that the form has no cell for.
    pub not_applicable: usize,
    /// Places where a rule applies and could not be made.
    pub not_checkable: Vec<NotCheckable>,
    /// What was found.
    pub raised: Vec<Raised>,
    /// Codes of balances that hold exactly.
    pub verified: Vec<&'static str>,
}

impl Outcomes {
    /// The rule holds exactly at one place.
    pub fn exact(&mut self) {
        self.exact += 1;
    }

    /// The rule holds at one place within the rounding of the printed figures.
    pub fn within_rounding(&mut self) {
        self.within_rounding += 1;
    }

    /// The rule holds at one place: to the last digit, or within rounding.
    pub fn agrees(&mut self, is_exact: bool) {
        if is_exact { self.exact() } else { self.within_rounding() }
    }

    /// The form has no such cell here.
    pub fn not_applicable(&mut self) {
        self.not_applicable += 1;
    }

    /// The rule applies here and could not be made.
    pub fn not_checkable(
        &mut self,
        at: impl IntoIterator<Item = Pointer>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        let reason = Bilingual { zh: zh.into(), en: en.into() };
        self.not_checkable.push(NotCheckable { code: self.code, at: at.into_iter().collect(), reason });
    }

    /// The rule does not hold at one place.
    pub fn raise(&mut self, raised: Raised) {
        self.finding += 1;
        self.raised.push(raised);
    }

    /// The balance of this check holds exactly.
    pub fn verify(&mut self) {
        if self.verified.last() != Some(&self.code) {
            self.verified.push(self.code);
        }
    }

    /// How many outcomes there are.
    pub fn total(&self) -> usize {
        self.exact + self.within_rounding + self.finding + self.not_applicable + self.not_checkable.len()
    }
}
