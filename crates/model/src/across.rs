//! What a run says over its documents: findings that no document shows alone.

use crate::{Bilingual, Class, Level, Place, Pointer};

/// Forms of several documents that do not fit together. It is no part of any form's verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct AcrossFinding {
    /// Code of the check, such as `X05`.
    pub code: &'static str,
    /// The forms concerned, in the order of their paths and ordinals; at least two, of at least two documents.
    pub members: Vec<Member>,
    /// What it says.
    pub class: Class,
    /// How sure it is.
    pub confidence: Level,
    /// How much it matters; only sorts.
    pub severity: Level,
    /// The finding in a sentence.
    pub message: Bilingual,
    /// First 16 hex digits of the SHA-256 over what the finding is about, not where it stands.
    pub fingerprint: String,
}

/// A form that takes part in a finding over documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Path of the document, as given.
    pub path: String,
    /// The form's ordinal in its document.
    pub ordinal: usize,
    /// The form's project, without white space and its number in a list.
    pub project: Option<String>,
    /// The cells concerned.
    pub at: Vec<Pointer>,
    /// What they print, cell by cell; empty where the finding is not about single cells.
    pub stated: Vec<String>,
    /// Page and line of the first of these cells, else of the form.
    pub place: Place,
}
