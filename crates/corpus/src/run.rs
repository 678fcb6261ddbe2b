//! What a run says over its documents, beside what it says of each.
//!
//! In: the digests of the documents, in any order; the same bytes twice are one document. Out: findings over documents,
//! without those that a baseline knows. About 1.8 KB a form are kept until then, measured as resident memory.

use std::sync::Arc;

use gouji_model::AcrossFinding;
use gouji_score::{Across, DocumentDigest};

use crate::Baseline;

/// The documents of a run so far.
#[derive(Debug)]
pub struct Run {
    across: Option<Across>,
    baseline: Option<Arc<Baseline>>,
}

impl Run {
    pub(crate) fn new(across: Option<Across>, baseline: Option<Arc<Baseline>>) -> Run {
        Run { across, baseline }
    }

    /// Adds a document by what it left.
    pub fn add(&mut self, path: &str, digest: Option<DocumentDigest>) {
        if let Some((across, digest)) = self.across.as_mut().zip(digest) {
            across.add(path, digest);
        }
    }

    /// About how many bytes are kept of the documents so far.
    pub fn n_bytes(&self) -> usize {
        self.across.as_ref().map_or(0, Across::n_bytes)
    }

    /// Documents came that are not compared, for there were too many before them.
    pub fn is_full(&self) -> bool {
        self.across.as_ref().is_some_and(Across::is_full)
    }

    /// What the documents show together, by first member.
    pub fn finish(self) -> Vec<AcrossFinding> {
        let mut findings = self.across.map(Across::finish).unwrap_or_default();
        if let Some(baseline) = &self.baseline {
            findings.retain(|it| !baseline.hides(it.code, &it.fingerprint));
        }
        findings
    }
}
