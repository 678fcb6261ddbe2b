//! Runs the checks over the forms of a document and makes one verdict of what they say.

use std::borrow::Cow;
use std::collections::BTreeMap;

use gouji_model::{Form, FormVerdict, Format, Ledger, Level, VerdictKind};

use crate::across::{self, Across, DocumentDigest, Wanted};
use crate::check::{Check, Grade, Raised};
use crate::facts::Facts;
use crate::fingerprint;
use crate::misread::{self, Said};
use crate::profile::Profile;
use crate::readings::{self, Desk, Runner};
use crate::siblings::Sibling;
use crate::thresholds::Thresholds;
use crate::{Meta, checks, doubts, roots};

/// Which findings are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Code prefixes that are made; empty: all but those that are off unless they are selected.
    pub select: Vec<String>,
    /// Code prefixes that are left out.
    pub ignore: Vec<String>,
    /// Whether suspicions of low confidence are in the output.
    pub show_low: bool,
}

impl Settings {
    fn wants(&self, meta: &Meta) -> bool {
        let has = |prefixes: &[String]| prefixes.iter().any(|it| meta.code.starts_with(it.as_str()));
        let is_selected = if self.select.is_empty() { !meta.is_off } else { has(&self.select) };
        is_selected && !has(&self.ignore)
    }
}

/// How a configuration makes the scorer judge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tuning {
    /// Severity of findings, by code.
    pub severity: BTreeMap<String, Level>,
    /// Bounds of suspicions.
    pub thresholds: Thresholds,
    /// More weight schemes: TOML in the shape of `profiles.toml`.
    pub profiles: String,
    /// Schemes that no sign on a form shows, by name: they hold where no other is recognised.
    pub named_profiles: Vec<String>,
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
    severity: BTreeMap<String, Level>,
    thresholds: Thresholds,
    profiles: Cow<'static, [Profile]>,
    checks: Vec<&'static dyn Check>,
}

impl Scorer {
    /// A scorer with these settings.
    pub fn new(settings: Settings) -> Scorer {
        let checks = checks::registry().iter().copied().filter(|it| settings.wants(it.meta())).collect();
        let profiles = Cow::Borrowed(Profile::embedded());
        Scorer { settings, severity: BTreeMap::new(), thresholds: Thresholds::DEFAULT, profiles, checks }
    }

    /// A scorer with these settings that judges as a configuration says.
    ///
    /// # Errors
    /// If the weight schemes are not of their shape, or one is named that is not there.
    pub fn tuned(settings: Settings, tuning: Tuning) -> Result<Scorer, String> {
        let profiles = Cow::Owned(Profile::with(&tuning.profiles, &tuning.named_profiles)?);
        let Tuning { severity, thresholds, .. } = tuning;
        Ok(Scorer { severity, thresholds, profiles, ..Scorer::new(settings) })
    }

    /// The settings that it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The verdicts on the forms of one document, in their order.
    pub fn check_document(&self, forms: &[Form], context: &Context) -> Vec<FormVerdict> {
        self.check(forms, context, Wanted::default()).0
    }

    /// The same, and what the document leaves for findings over the documents of a run.
    pub fn check_and_digest(&self, forms: &[Form], context: &Context) -> (Vec<FormVerdict>, DocumentDigest) {
        let has = |code: &str| self.checks.iter().any(|it| it.meta().code == code);
        let wanted =
            Wanted { cells: has("X01") || has("X05"), names: has("X06"), text: has("X20"), figures: has("X21") };
        self.check(forms, context, wanted)
    }

    /// Takes the digests of a run's documents, and says what they show together.
    pub fn across(&self) -> Across {
        let codes = self.checks.iter().map(|it| it.meta().code).filter(|it| across::CODES.contains(it)).collect();
        Across::new(codes, self.settings.show_low, self.severity.clone())
    }

    fn check(&self, forms: &[Form], context: &Context, wanted: Wanted) -> (Vec<FormVerdict>, DocumentDigest) {
        let siblings: Vec<Sibling> = forms.iter().map(Sibling::of).collect();
        let is_ocr = context.format.is_ocr();
        let mut digest = DocumentDigest::new(&context.digest);
        let checked = forms.iter().enumerate().map(|(sibling_idx, form)| {
            let runner = Runner {
                checks: &self.checks,
                is_ocr,
                profiles: &self.profiles,
                thresholds: self.thresholds,
                siblings: &siblings,
                sibling_idx,
                document: forms,
            };
            let facts = runner.facts(form);
            if wanted.is_any() {
                digest.forms.push(across::digest(&facts, wanted));
            }
            self.check_form(&runner, &facts, &context.digest)
        });
        (checked.collect(), digest)
    }

    fn check_form(&self, runner: &Runner<'_>, facts: &Facts<'_>, digest: &str) -> FormVerdict {
        let form = facts.form;
        let mut outcomes = runner.run(facts);
        let mut raised = std::mem::take(&mut outcomes.raised);
        // What nobody contradicts needs no other reading.
        let is_hard = |it: &Raised| Grade::of(&it.finding).is_hard();
        let as_printed = raised.iter().any(is_hard).then(|| Said::of_print(runner, &outcomes, &raised));
        readings::lower(runner, facts, &mut raised, &outcomes);
        if let Some(as_printed) = &as_printed {
            misread::lower(&mut Desk::new(*runner, facts), &mut raised, as_printed);
        }
        doubts::lower(runner, facts, &mut raised, &mut outcomes);
        if self.settings.wants(checks::extraction_damage()) {
            raised.extend(readings::ruled_out(runner, form, &raised));
        }
        let raised = roots::attach(roots::join(raised));
        let mut findings: Vec<_> = raised.into_iter().map(|it: Raised| it.finding).collect();
        findings.retain(|it| self.settings.show_low || Grade::of(it) != Grade::S3);
        let owner = if findings.is_empty() { String::new() } else { fingerprint::owner(form, digest) };
        for finding in &mut findings {
            finding.fingerprint = fingerprint::fingerprint(form, &owner, finding);
            finding.severity = self.severity.get(finding.code).copied().unwrap_or(finding.severity);
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

/// What these findings and this ledger come to.
pub fn kind(findings: &[gouji_model::Finding], ledger: &Ledger) -> VerdictKind {
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
