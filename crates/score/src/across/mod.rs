//! Findings over the documents of one run: what no document shows alone.
//!
//! In: a digest a document, in any order. Out: suspicions that name forms of at least two documents: two printings of a
//! form that differ (X01), a target that is not the filed one (X05), a row of another project (X06), a completion text or
//! figures that stand in the forms of several projects, years or units (X20, X21).
//!
//! Invariants: never more than a suspicion, for another document may be a later version; the same bytes twice are one
//! document; the same findings in whatever order documents come; a bounded number of bytes a form.

mod cells;
mod copies;
mod digest;
mod finding;
mod forms;
mod printings;
mod rows;

use std::collections::BTreeMap;

use gouji_model::{AcrossFinding, Level};

pub use digest::DocumentDigest;
pub(crate) use digest::{Wanted, digest};

use crate::across::finding::Found;
use crate::across::forms::Forms;
use crate::check::Grade;

/// Forms that are kept; those that come later are not compared. Below half a gigabyte at 1.8 KB a form (docs/speed.md).
const MOST_FORMS: usize = 250_000;

/// The codes of the checks over documents.
pub(crate) const CODES: [&str; 5] = ["X01", "X05", "X06", "X20", "X21"];

/// Collects the documents of a run.
#[derive(Debug)]
pub struct Across {
    codes: Vec<&'static str>,
    show_low: bool,
    severity: BTreeMap<String, Level>,
    forms: Forms,
    is_full: bool,
}

impl Across {
    /// Makes these checks.
    pub(crate) fn new(codes: Vec<&'static str>, show_low: bool, severity: BTreeMap<String, Level>) -> Across {
        Across { codes, show_low, severity, forms: Forms::default(), is_full: false }
    }

    /// Adds a document. One whose bytes were there before adds nothing.
    pub fn add(&mut self, path: &str, document: DocumentDigest) {
        if MOST_FORMS < self.forms.all.len() + document.forms.len() {
            self.is_full = true;
        }
        if self.is_full || document.forms.is_empty() {
            return;
        }
        if let Some(number) = self.forms.open(path, document.identity) {
            document.forms.into_iter().for_each(|it| self.forms.add(number, it));
        }
    }

    /// About how many bytes are kept of the documents so far.
    pub fn n_bytes(&self) -> usize {
        self.forms.n_bytes()
    }

    /// Documents came that are not compared, for there were too many before them.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// What the documents show together, by first member.
    pub fn finish(self) -> Vec<AcrossFinding> {
        let Across { codes, show_low, severity, mut forms, .. } = self;
        let wants = |code: &str| codes.contains(&code);
        let mut found: Vec<Found> = Vec::new();
        if wants("X01") || wants("X05") {
            printings::find(&forms, &mut found);
        }
        if wants("X06") {
            rows::find(&mut forms, &mut found);
        }
        if wants("X20") {
            copies::texts(&mut forms, &mut found);
        }
        if wants("X21") {
            copies::figures(&mut forms, &mut found);
        }
        found.retain(|it| wants(it.code) && (show_low || it.grade != Grade::S3));
        let mut findings: Vec<AcrossFinding> = found.into_iter().map(|it| it.finish(&severity)).collect();
        findings.sort_by(|left, right| {
            let members = left.members.iter().map(key).cmp(right.members.iter().map(key));
            members.then_with(|| left.code.cmp(right.code)).then_with(|| left.fingerprint.cmp(&right.fingerprint))
        });
        findings
    }
}

/// What findings are sorted by.
fn key(member: &gouji_model::Member) -> (&str, usize, &[gouji_model::Pointer]) {
    (&member.path, member.ordinal, &member.at)
}
