//! JSON in the two shapes of the contract: one object that grows document by document, and one object a line.

use gouji_model::AcrossFinding;
use gouji_model::wire::FormRecord;
use serde::Serialize;

use crate::records::{
    AcrossRecord, CountRecord, DocumentRecord, FormlessRecord, RemarkRecord, SummaryRecord, UnreadRecord, VerdictRecord,
};
use crate::writer::{Listed, Why};
use crate::{Entry, Outcome, Subject, Tally};

/// The opening of the single object.
pub(crate) fn head(subject: Subject) -> &'static str {
    match subject {
        Subject::Findings => "{\"schema\":\"gouji.findings/1\",\"documents\":[\n",
        Subject::Forms => "{\"schema\":\"gouji.forms/1\",\"forms\":[\n",
    }
}

/// What a document adds to the array of the single object: its verdicts, or its forms with commas between.
pub(crate) fn element(subject: Subject, entry: &Entry<'_>) -> Vec<u8> {
    let mut acc = Vec::new();
    match (subject, entry.outcome) {
        (Subject::Findings, Outcome::Forms { .. }) => document(None, entry, &mut acc),
        (Subject::Forms, Outcome::Forms { format, forms, .. }) => {
            for form in forms {
                if !acc.is_empty() {
                    acc.extend_from_slice(b",\n");
                }
                put(&FormRecord::new(entry.path, format, form), &mut acc);
            }
        }
        _ => {}
    }
    acc
}

/// The rest of the single object.
pub(crate) fn tail(subject: Subject, across: &[AcrossFinding], listed: &[Listed], tally: &Tally) -> Vec<u8> {
    let mut acc = b"\n],".to_vec();
    if subject == Subject::Findings {
        acc.extend_from_slice(b"\"across\":");
        put(&across.iter().map(|it| AcrossRecord::new(None, it)).collect::<Vec<_>>(), &mut acc);
        acc.push(b',');
    }
    let unread = listed.iter().filter_map(|it| match it.why {
        Why::Unread(code) => Some(UnreadRecord { kind: None, path: &it.path, code, reason: &it.reason }),
        Why::Formless(_) | Why::Note(_) => None,
    });
    acc.extend_from_slice(b"\"unread\":");
    put(&unread.collect::<Vec<_>>(), &mut acc);
    let formless = listed.iter().filter_map(|it| match it.why {
        Why::Formless(format) => Some(FormlessRecord { kind: None, path: &it.path, format, reason: &it.reason }),
        Why::Unread(_) | Why::Note(_) => None,
    });
    acc.extend_from_slice(b",\"formless\":");
    put(&formless.collect::<Vec<_>>(), &mut acc);
    let notes = listed.iter().filter_map(|it| match &it.why {
        Why::Note(remark) => Some(RemarkRecord::new(None, &it.path, remark)),
        Why::Unread(_) | Why::Formless(_) => None,
    });
    let notes: Vec<RemarkRecord<'_>> = notes.collect();
    if !notes.is_empty() {
        acc.extend_from_slice(b",\"notes\":");
        put(&notes, &mut acc);
    }
    if subject == Subject::Findings {
        acc.extend_from_slice(b",\"summary\":");
        put(&SummaryRecord::new(None, tally), &mut acc);
    }
    acc.extend_from_slice(b"}\n");
    acc
}

/// A document's line.
pub(crate) fn line(subject: Subject, entry: &Entry<'_>) -> Vec<u8> {
    let path = entry.path;
    let mut acc = Vec::new();
    match (subject, entry.outcome) {
        (Subject::Findings, Outcome::Forms { .. }) => document(Some("document"), entry, &mut acc),
        (Subject::Forms, Outcome::Forms { format, forms, .. }) => {
            #[derive(Serialize)]
            struct FormsRecord<'a> {
                kind: &'static str,
                path: &'a str,
                format: &'static str,
                forms: Vec<FormRecord>,
            }
            let forms = forms.iter().map(|it| FormRecord::new(path, format, it)).collect();
            put(&FormsRecord { kind: "document", path, format: format.name(), forms }, &mut acc);
        }
        (_, Outcome::Note(it)) => put(&RemarkRecord::new(Some("note"), path, it), &mut acc),
        (_, Outcome::Unread { code, reason }) => {
            put(&UnreadRecord { kind: Some("unread"), path, code: code.code(), reason }, &mut acc);
        }
        (_, Outcome::Formless { format, reason, .. }) => {
            put(&FormlessRecord { kind: Some("formless"), path, format: format.name(), reason }, &mut acc);
        }
    }
    acc.push(b'\n');
    acc
}

/// The lines of the findings over documents.
pub(crate) fn across_lines(across: &[AcrossFinding]) -> Vec<u8> {
    let mut acc = Vec::new();
    for finding in across {
        put(&AcrossRecord::new(Some("across"), finding), &mut acc);
        acc.push(b'\n');
    }
    acc
}

/// The line of the summary.
pub(crate) fn last_line(subject: Subject, tally: &Tally) -> Vec<u8> {
    let mut acc = Vec::new();
    let kind = "summary";
    match subject {
        Subject::Findings => put(&SummaryRecord::new(Some(kind), tally), &mut acc),
        Subject::Forms => {
            let Tally { documents, forms, unread, formless, .. } = *tally;
            put(&CountRecord { kind, documents, forms, unread, formless }, &mut acc);
        }
    }
    acc.push(b'\n');
    acc
}

fn document(kind: Option<&'static str>, entry: &Entry<'_>, acc: &mut Vec<u8>) {
    if let Outcome::Forms { format, verdicts, .. } = entry.outcome {
        let forms = verdicts.iter().map(VerdictRecord::new).collect();
        put(&DocumentRecord { kind, path: entry.path, format: format.name(), forms }, acc);
    }
}

fn put(record: &impl Serialize, acc: &mut Vec<u8>) {
    serde_json::to_writer(acc, record).expect("a vector takes all that is written, and all keys are texts");
}
