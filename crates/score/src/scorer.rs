//! Runs the checks over the forms of a document and makes one verdict of what they say.

use gouji_model::{Form, FormVerdict, Format, Ledger, VerdictKind};

use crate::check::{Check, Grade, Raised};
use crate::facts::Sibling;
use crate::fingerprint::fingerprint;
use crate::profile::Profile;
use crate::readings::{self, Runner};
use crate::{checks, roots};

/// Which findings are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Code prefixes that are made; empty: all.
    pub select: Vec<String>,
    /// Code prefixes that are left out.
    pub ignore: Vec<String>,
    /// Whether suspicions of low confidence are in the output.
    pub show_low: bool,
}

impl Settings {
    fn wants(&self, code: &str) -> bool {
        let has = |prefixes: &[String]| prefixes.iter().any(|it| code.starts_with(it.as_str()));
        (self.select.is_empty() || has(&self.select)) && !has(&self.ignore)
    }
}

/// What the scorer has to know of the document that the forms come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// How the bytes were read.
    pub format: Format,
    /// SHA-256 of the document's bytes, in hex.
    pub digest: String,
}

/// Checks forms under one configuration.
#[derive(Clone)]
pub struct Scorer {
    settings: Settings,
    checks: Vec<&'static dyn Check>,
}

impl Scorer {
    /// A scorer with these settings.
    pub fn new(settings: Settings) -> Scorer {
        let checks = checks::registry().iter().copied().filter(|it| settings.wants(it.meta().code)).collect();
        Scorer { settings, checks }
    }

    /// The verdicts on the forms of one document, in their order.
    pub fn check_document(&self, forms: &[Form], context: &Context) -> Vec<FormVerdict> {
        let siblings: Vec<Sibling> = forms.iter().map(Sibling::of).collect();
        let is_ocr = context.format.is_ocr();
        let checked = forms.iter().enumerate().map(|(sibling_idx, form)| {
            let runner = Runner {
                checks: &self.checks,
                is_ocr,
                profiles: Profile::embedded(),
                siblings: &siblings,
                sibling_idx,
            };
            self.check_form(&runner, form, &context.digest)
        });
        checked.collect()
    }

    fn check_form(&self, runner: &Runner<'_>, form: &Form, digest: &str) -> FormVerdict {
        let facts = runner.facts(form);
        let mut outcomes = runner.run(&facts);
        let mut raised = std::mem::take(&mut outcomes.raised);
        readings::lower(runner, &facts, &mut raised, &outcomes);
        if self.settings.wants(checks::extraction_damage().code) {
            raised.extend(readings::ruled_out(runner, form, &raised));
        }
        let raised = roots::attach(roots::join(raised));
        let mut findings: Vec<_> = raised.into_iter().map(|it: Raised| it.finding).collect();
        findings.retain(|it| self.settings.show_low || Grade::of(it) != Grade::S3);
        for finding in &mut findings {
            finding.fingerprint = fingerprint(form, digest, finding);
        }
        findings.sort_by(|left, right| {
            let key = |it: &gouji_model::Finding| (it.class, it.confidence, it.severity, it.code);
            key(left).cmp(&key(right)).then_with(|| left.at.cmp(&right.at))
        });
        let ledger = Ledger {
            exact: outcomes.exact,
            within_rounding: outcomes.within_rounding,
            finding: outcomes.finding,
            not_applicable: outcomes.not_applicable,
            not_checkable: outcomes.not_checkable,
        };
        FormVerdict {
            ordinal: form.ordinal,
            project: form.project.as_ref().map(|cell| cell.text.clone()),
            profile: facts.profile.name.clone(),
            kind: kind(&findings, &ledger),
            verified: outcomes.verified,
            findings,
            ledger,
        }
    }
}

fn kind(findings: &[gouji_model::Finding], ledger: &Ledger) -> VerdictKind {
    match findings.iter().map(Grade::of).min() {
        Some(Grade::C) => VerdictKind::Contradiction,
        Some(Grade::B) => VerdictKind::Breach,
        Some(Grade::S1 | Grade::S2 | Grade::S3) => VerdictKind::Suspicion,
        Some(Grade::Note) | None if ledger.reached() == 0 => VerdictKind::Unchecked,
        Some(Grade::Note) | None => VerdictKind::Consistent,
    }
}

impl std::fmt::Debug for Scorer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let codes: Vec<&str> = self.checks.iter().map(|it| it.meta().code).collect();
        f.debug_struct("Scorer").field("settings", &self.settings).field("checks", &codes).finish()
    }
}
