//! Verdicts in the shape of `gouji.findings/1`: what serde writes, key by key in the order of the contract.

use gouji_model::{
    AcrossFinding, Finding, FormVerdict, Ledger, Member, NotCheckable, Note, Pointer, Remark, VerdictKind,
};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::Tally;

#[derive(Serialize)]
pub(crate) struct DocumentRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<&'static str>,
    pub(crate) path: &'a str,
    pub(crate) format: &'static str,
    pub(crate) forms: Vec<VerdictRecord<'a>>,
}

#[derive(Serialize)]
pub(crate) struct VerdictRecord<'a> {
    ordinal: usize,
    project: Option<&'a str>,
    profile: &'a str,
    verdict: &'static str,
    verified: &'a [&'static str],
    findings: Vec<FindingRecord<'a>>,
    ledger: LedgerRecord<'a>,
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    code: &'static str,
    class: &'static str,
    confidence: &'static str,
    severity: &'static str,
    at: Pointers<'a>,
    inputs: Pointers<'a>,
    stated: Option<&'a str>,
    recomputed: Option<&'a str>,
    admissible: Option<&'a str>,
    equation: Option<&'a str>,
    message_zh: &'a str,
    message_en: &'a str,
    agrees_if: &'a [String],
    notes: Vec<NoteRecord<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct NoteRecord<'a> {
    code: &'static str,
    at: Pointers<'a>,
    message_zh: &'a str,
    message_en: &'a str,
}

#[derive(Serialize)]
struct LedgerRecord<'a> {
    exact: usize,
    within_rounding: usize,
    finding: usize,
    not_applicable: usize,
    not_checkable: Vec<NotCheckableRecord<'a>>,
}

#[derive(Serialize)]
struct NotCheckableRecord<'a> {
    code: &'static str,
    at: Pointers<'a>,
    reason: &'a str,
    reason_zh: &'a str,
}

#[derive(Serialize)]
pub(crate) struct AcrossRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    code: &'static str,
    members: Vec<MemberRecord<'a>>,
    class: &'static str,
    confidence: &'static str,
    severity: &'static str,
    message_zh: &'a str,
    message_en: &'a str,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct MemberRecord<'a> {
    path: &'a str,
    ordinal: usize,
    project: Option<&'a str>,
    at: Pointers<'a>,
    stated: &'a [String],
}

#[derive(Serialize)]
pub(crate) struct UnreadRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<&'static str>,
    pub(crate) path: &'a str,
    pub(crate) code: &'static str,
    pub(crate) reason: &'a str,
}

#[derive(Serialize)]
pub(crate) struct FormlessRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<&'static str>,
    pub(crate) path: &'a str,
    pub(crate) format: &'static str,
    pub(crate) reason: &'a str,
}

/// Something about a document that stands in none of its cells.
#[derive(Serialize)]
pub(crate) struct RemarkRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    message_zh: &'a str,
    message_en: &'a str,
}

impl<'a> RemarkRecord<'a> {
    pub(crate) fn new(kind: Option<&'static str>, path: &'a str, remark: &'a Remark) -> RemarkRecord<'a> {
        let Remark { place, message } = remark;
        RemarkRecord {
            kind,
            path,
            part: place.part.as_deref(),
            sheet: place.sheet.as_deref(),
            cell: place.cell.as_deref(),
            message_zh: &message.zh,
            message_en: &message.en,
        }
    }
}

/// The summary of a check: the keys of the contract, then the two counts that the lists hold in the single object.
#[derive(Serialize)]
pub(crate) struct SummaryRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<&'static str>,
    documents: usize,
    forms: usize,
    by_verdict: Verdicts<'a>,
    by_code: &'a std::collections::BTreeMap<&'static str, usize>,
    coverage: Option<Share>,
    unread: usize,
    formless: usize,
}

/// The summary of an extraction.
#[derive(Serialize)]
pub(crate) struct CountRecord {
    pub(crate) kind: &'static str,
    pub(crate) documents: usize,
    pub(crate) forms: usize,
    pub(crate) unread: usize,
    pub(crate) formless: usize,
}

impl<'a> VerdictRecord<'a> {
    pub(crate) fn new(verdict: &'a FormVerdict) -> VerdictRecord<'a> {
        VerdictRecord {
            ordinal: verdict.ordinal,
            project: verdict.project.as_deref(),
            profile: &verdict.profile,
            verdict: verdict.kind.name(),
            verified: &verdict.verified,
            findings: verdict.findings.iter().map(FindingRecord::new).collect(),
            ledger: LedgerRecord::new(&verdict.ledger),
        }
    }
}

impl<'a> FindingRecord<'a> {
    fn new(finding: &'a Finding) -> FindingRecord<'a> {
        FindingRecord {
            code: finding.code,
            class: finding.class.name(),
            confidence: finding.confidence.name(),
            severity: finding.severity.name(),
            at: Pointers(&finding.at),
            inputs: Pointers(&finding.inputs),
            stated: finding.stated.as_deref(),
            recomputed: finding.recomputed.as_deref(),
            admissible: finding.admissible.as_deref(),
            equation: finding.equation.as_deref(),
            message_zh: &finding.message.zh,
            message_en: &finding.message.en,
            agrees_if: &finding.agrees_if,
            notes: finding.notes.iter().map(NoteRecord::new).collect(),
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'a> AcrossRecord<'a> {
    pub(crate) fn new(kind: Option<&'static str>, finding: &'a AcrossFinding) -> AcrossRecord<'a> {
        let member = |it: &'a Member| MemberRecord {
            path: &it.path,
            ordinal: it.ordinal,
            project: it.project.as_deref(),
            at: Pointers(&it.at),
            stated: &it.stated,
        };
        AcrossRecord {
            kind,
            code: finding.code,
            members: finding.members.iter().map(member).collect(),
            class: finding.class.name(),
            confidence: finding.confidence.name(),
            severity: finding.severity.name(),
            message_zh: &finding.message.zh,
            message_en: &finding.message.en,
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'a> NoteRecord<'a> {
    fn new(note: &'a Note) -> NoteRecord<'a> {
        NoteRecord {
            code: note.code,
            at: Pointers(&note.at),
            message_zh: &note.message.zh,
            message_en: &note.message.en,
        }
    }
}

impl<'a> LedgerRecord<'a> {
    fn new(ledger: &'a Ledger) -> LedgerRecord<'a> {
        let not_checkable = ledger.not_checkable.iter().map(|it: &NotCheckable| NotCheckableRecord {
            code: it.code,
            at: Pointers(&it.at),
            reason: &it.reason.en,
            reason_zh: &it.reason.zh,
        });
        LedgerRecord {
            exact: ledger.exact,
            within_rounding: ledger.within_rounding,
            finding: ledger.finding,
            not_applicable: ledger.not_applicable,
            not_checkable: not_checkable.collect(),
        }
    }
}

impl<'a> SummaryRecord<'a> {
    pub(crate) fn new(kind: Option<&'static str>, tally: &'a Tally) -> SummaryRecord<'a> {
        SummaryRecord {
            kind,
            documents: tally.documents,
            forms: tally.forms,
            by_verdict: Verdicts(tally),
            by_code: &tally.by_code,
            coverage: tally.coverage().map(Share),
            unread: tally.unread,
            formless: tally.formless,
        }
    }
}

/// Pointers, written as their texts.
struct Pointers<'a>(&'a [Pointer]);

impl Serialize for Pointers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Shown(Pointer);

        impl Serialize for Shown {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        serializer.collect_seq(self.0.iter().copied().map(Shown))
    }
}

/// Forms by verdict: every verdict, worst first, also where there is none.
struct Verdicts<'a>(&'a Tally);

impl Serialize for Verdicts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(VerdictKind::ALL.len()))?;
        for kind in VerdictKind::ALL {
            map.serialize_entry(kind.name(), &self.0.by_verdict.get(&kind).copied().unwrap_or(0))?;
        }
        map.end()
    }
}

/// Ten thousandths, written as a decimal number: 9700 is `0.97`.
struct Share(u16);

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Through text, so that the nearest number is written and no arithmetic rounds.
        let text = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        serializer.serialize_f64(text.parse().map_err(serde::ser::Error::custom)?)
    }
}
