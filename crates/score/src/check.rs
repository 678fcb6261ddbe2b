//! What a check is: its entry in the rule book, and its logic over the facts of one form.

use gouji_model::Level;

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
    /// The doc comment of the check, with its drawn examples.
    pub doc: &'static str,
}

/// One rule: says of every place that it applies to how the figures stand.
pub trait Check: Sync {
    /// Its entry in the rule book.
    fn meta(&self) -> &'static Meta;
}
