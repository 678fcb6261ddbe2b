//! Tables of comma-separated values: findings, a row each with its notes below it, and indicators, a row each.

use gouji_model::{AcrossFinding, Cell, Finding, Form, FormVerdict, Indicator, IndicatorField, Note, Place, Pointer};

use crate::names::nearest_place;
use crate::{Entry, Outcome};

const FINDINGS: &[&str] = &[
    "document",
    "ordinal",
    "project",
    "profile",
    "verdict",
    "code",
    "class",
    "confidence",
    "severity",
    "root",
    "at",
    "page",
    "line",
    "column",
    "inputs",
    "stated",
    "recomputed",
    "admissible",
    "equation",
    "message_zh",
    "message_en",
    "agrees_if",
    "fingerprint",
];

/// Columns of the indicators table before those of the row itself.
const INDICATORS_LEFT: &[&str] =
    &["document", "format", "ordinal", "kind", "year", "project", "department", "unit", "row"];

/// Columns of the indicators table after those of the row itself.
const INDICATORS_RIGHT: &[&str] = &["page", "line", "column"];

/// The header of the findings table.
pub(crate) fn findings_head() -> Vec<u8> {
    to_bytes([FINDINGS.iter().map(|it| (*it).to_owned()).collect()])
}

/// The findings of a document: `root` holds the code of the finding that a note belongs to.
pub(crate) fn findings(entry: &Entry<'_>) -> Vec<u8> {
    let Outcome::Forms { forms, verdicts, .. } = entry.outcome else { return Vec::new() };
    let mut rows = Vec::new();
    for (form, verdict) in forms.iter().zip(verdicts) {
        for finding in &verdict.findings {
            rows.push(finding_row(entry.path, form, verdict, finding));
            rows.extend(finding.notes.iter().map(|it| note_row(entry.path, form, verdict, finding, it)));
        }
    }
    to_bytes(rows)
}

fn finding_row(path: &str, form: &Form, verdict: &FormVerdict, finding: &Finding) -> Vec<String> {
    let shown = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut row = head(path, verdict);
    row.extend(
        [finding.code, finding.class.name(), finding.confidence.name(), finding.severity.name(), ""].map(str::to_owned),
    );
    row.push(pointers(&finding.at));
    row.extend(first_place(form, &finding.at));
    row.push(pointers(&finding.inputs));
    row.extend([&finding.stated, &finding.recomputed, &finding.admissible, &finding.equation].map(shown));
    row.extend([finding.message.zh.clone(), finding.message.en.clone()]);
    row.extend([finding.agrees_if.join("; "), finding.fingerprint.clone()]);
    row
}

fn note_row(path: &str, form: &Form, verdict: &FormVerdict, finding: &Finding, note: &Note) -> Vec<String> {
    let mut row = head(path, verdict);
    row.extend([note.code, "note", "", "", finding.code].map(str::to_owned));
    row.push(pointers(&note.at));
    row.extend(first_place(form, &note.at));
    row.extend([const { String::new() }; 5]);
    row.extend([note.message.zh.clone(), note.message.en.clone()]);
    row.extend([String::new(), finding.fingerprint.clone()]);
    row
}

/// The findings over documents: a row for each member. What belongs to the verdict on a form is empty.
pub(crate) fn across(findings: &[AcrossFinding]) -> Vec<u8> {
    let mut rows = Vec::new();
    for finding in findings {
        for member in &finding.members {
            let mut row = vec![member.path.clone(), member.ordinal.to_string()];
            row.push(member.project.clone().unwrap_or_default());
            row.extend(["", "", finding.code, finding.class.name(), finding.confidence.name()].map(str::to_owned));
            row.extend([finding.severity.name().to_owned(), String::new(), pointers(&member.at)]);
            row.extend(place(Some(&member.place)));
            row.extend([String::new(), member.stated.join("; ")]);
            row.extend([const { String::new() }; 3]);
            row.extend([finding.message.zh.clone(), finding.message.en.clone()]);
            row.extend([String::new(), finding.fingerprint.clone()]);
            rows.push(row);
        }
    }
    to_bytes(rows)
}

fn head(path: &str, verdict: &FormVerdict) -> Vec<String> {
    let project = verdict.project.clone().unwrap_or_default();
    vec![path.to_owned(), verdict.ordinal.to_string(), project, verdict.profile.clone(), verdict.kind.name().to_owned()]
}

fn pointers(pointers: &[Pointer]) -> String {
    pointers.iter().map(Pointer::to_string).collect::<Vec<_>>().join(" ")
}

fn first_place(form: &Form, at: &[Pointer]) -> [String; 3] {
    place(at.first().and_then(|it| nearest_place(form, *it)))
}

fn place(place: Option<&Place>) -> [String; 3] {
    let shown = |number: Option<u32>| number.map(|it| it.to_string()).unwrap_or_default();
    place.map_or([const { String::new() }; 3], |it| [shown(it.page), shown(it.line), shown(it.column)])
}

/// The header of the indicators table.
pub(crate) fn indicators_head() -> Vec<u8> {
    let fields = IndicatorField::ALL.iter().map(|it| it.key());
    let row = INDICATORS_LEFT.iter().copied().chain(fields).chain(INDICATORS_RIGHT.iter().copied());
    to_bytes([row.map(str::to_owned).collect()])
}

/// The indicators of a document; `row` counts from 0, as pointers do.
pub(crate) fn indicators(entry: &Entry<'_>) -> Vec<u8> {
    let Outcome::Forms { format, forms, .. } = entry.outcome else { return Vec::new() };
    let shown = |cell: Option<&Cell>| cell.map(|it| it.text.clone()).unwrap_or_default();
    let mut rows = Vec::new();
    for form in forms {
        let heads = [Pointer::Year, Pointer::Project, Pointer::Department, Pointer::Unit];
        for (row_idx, indicator) in form.indicators.iter().enumerate() {
            let mut row = vec![entry.path.to_owned(), format.name().to_owned(), form.ordinal.to_string()];
            row.push(form.kind.name().to_owned());
            row.extend(heads.iter().map(|it| shown(form.cell(*it))));
            row.push(row_idx.to_string());
            row.extend(IndicatorField::ALL.iter().map(|it| shown(indicator.field(*it))));
            row.extend(place(row_place(indicator)));
            rows.push(row);
        }
    }
    to_bytes(rows)
}

fn row_place(indicator: &Indicator) -> Option<&Place> {
    let own = [IndicatorField::Name, IndicatorField::Target, IndicatorField::Weight, IndicatorField::Score];
    own.iter().find_map(|it| indicator.field(*it)).map(|it| &it.place)
}

fn to_bytes(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("a vector takes all that is written, and rows are of one length");
    }
    writer.into_inner().expect("a vector takes all that is written")
}
