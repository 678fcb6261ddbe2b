//! The rows that a document adds to each table.

use gouji_model::{
    AcrossFinding, Cell, Class, Finding, Form, FormVerdict, FundsField, Indicator, IndicatorField, Note, Place, Pointer,
};

use super::{Row, Value};
use crate::names::nearest_place;
use crate::{Entry, Outcome};

pub(super) fn documents(entry: &Entry<'_>) -> Vec<Row> {
    let (status, format, left_out, n_forms) = match entry.outcome {
        Outcome::Forms { format, forms, left_out, .. } => ("forms", Some(format), left_out, forms.len()),
        Outcome::Formless { format, left_out, .. } => ("formless", Some(format), left_out, 0),
        Outcome::Unread { .. } => ("unread", None, None, 0),
        // It stands beside the document that it is said of.
        Outcome::Note(_) => return Vec::new(),
    };
    let status = if left_out.is_some() { "partly" } else { status };
    let (code, reason) = match entry.outcome {
        Outcome::Unread { code, reason } => (Some(code.code()), Some(reason)),
        Outcome::Formless { reason, .. } if left_out.is_none() => (None, Some(reason)),
        _ => (left_out.map(|it| it.code.code()), left_out.map(|it| it.reason.as_str())),
    };
    let format = format.map(gouji_model::Format::name);
    let texts = [Some(entry.path), entry.sha256, Some(status), format, code, reason];
    vec![texts.into_iter().map(Value::from).chain([n_forms.into()]).collect()]
}

/// The forms of a document, each with its verdict if there is one.
fn judged<'a>(entry: &Entry<'a>) -> impl Iterator<Item = (&'a Form, Option<&'a FormVerdict>)> + use<'a> {
    let (forms, verdicts) = match entry.outcome {
        Outcome::Forms { forms, verdicts, .. } => (forms, verdicts),
        _ => (&[][..], &[][..]),
    };
    forms.iter().enumerate().map(|(idx, form)| (form, verdicts.get(idx)))
}

/// Which form a row belongs to.
fn of_form(entry: &Entry<'_>, form: &Form) -> Row {
    let format = match entry.outcome {
        Outcome::Forms { format, .. } | Outcome::Formless { format, .. } => Value::from(format.name()),
        Outcome::Unread { .. } | Outcome::Note(_) => Value::Missing,
    };
    let heads = [Pointer::Year, Pointer::Project, Pointer::Department, Pointer::Unit];
    let head = [Value::from(entry.path), format, form.ordinal.into(), form.kind.name().into()];
    head.into_iter().chain(heads.map(|it| shown(form.cell(it)))).collect()
}

fn shown(cell: Option<&Cell>) -> Value {
    cell.map(|it| it.text.as_str()).into()
}

fn place(place: Option<&Place>) -> [Value; 3] {
    let number = |it: Option<u32>| it.map_or(Value::Missing, |it| Value::Integer(i64::from(it)));
    [place.and_then(|it| it.page), place.and_then(|it| it.line), place.and_then(|it| it.column)].map(number)
}

fn first_place(form: &Form, at: &[Pointer]) -> [Value; 3] {
    place(at.first().and_then(|it| nearest_place(form, *it)))
}

fn pointers(pointers: &[Pointer]) -> Value {
    Value::Texts(pointers.iter().map(Pointer::to_string).collect())
}

pub(super) fn forms(entry: &Entry<'_>) -> Vec<Row> {
    let row = |(form, verdict): (&Form, Option<&FormVerdict>)| {
        let mut row = of_form(entry, form);
        let cells = [
            &form.title,
            &form.funds_unit,
            &form.goal.expected,
            &form.goal.achieved,
            &form.total.weight,
            &form.total.score,
            &form.grade,
            &form.deviation,
        ];
        row.extend(cells.map(|it| shown(it.as_ref())));
        row.push(form.renderings.into());
        row.push(verdict.map(|it| it.profile.as_str()).into());
        row.push(verdict.map(|it| it.kind.name()).into());
        let count = |of: &dyn Fn(&FormVerdict) -> usize| verdict.map_or(Value::Missing, |it| of(it).into());
        for class in [Class::Contradiction, Class::Breach, Class::Suspicion] {
            row.push(count(&|it| it.findings.iter().filter(|it| it.class == class).count()));
        }
        row.push(count(&|it| it.ledger.exact));
        row.push(count(&|it| it.ledger.within_rounding));
        row.push(count(&|it| it.ledger.not_applicable));
        row.push(count(&|it| it.ledger.not_checkable.len()));
        let verified = verdict.map(|it| it.verified.iter().map(|it| (*it).to_owned()).collect());
        row.push(verified.map_or(Value::Missing, Value::Texts));
        row.extend(first_place(form, &[Pointer::Project]));
        row
    };
    judged(entry).map(row).collect()
}

pub(super) fn indicators(entry: &Entry<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (form, _) in judged(entry) {
        for (row_idx, indicator) in form.indicators.iter().enumerate() {
            let mut row = of_form(entry, form);
            row.push(row_idx.into());
            row.extend(IndicatorField::ALL.iter().map(|it| shown(indicator.field(*it))));
            row.extend(place(row_place(indicator)));
            rows.push(row);
        }
    }
    rows
}

fn row_place(indicator: &Indicator) -> Option<&Place> {
    let own = [IndicatorField::Name, IndicatorField::Target, IndicatorField::Weight, IndicatorField::Score];
    own.iter().find_map(|it| indicator.field(*it)).map(|it| &it.place)
}

pub(super) fn funds(entry: &Entry<'_>) -> Vec<Row> {
    use FundsField::{Budget, Executed, Rate, Revised, Score, Weight};
    let mut rows = Vec::new();
    for (form, _) in judged(entry) {
        for (line_idx, line) in form.funds.iter().enumerate() {
            let mut row = of_form(entry, form);
            row.push(line_idx.into());
            row.extend([shown(line.label.as_ref()), shown(line.group.as_ref()), line.role.name().into()]);
            row.push(shown(form.funds_unit.as_ref()));
            row.extend([Budget, Revised, Executed, Weight, Rate, Score].map(|it| shown(line.field(it))));
            row.extend(first_place(form, &[Pointer::Funds(line_idx, FundsField::Label)]));
            rows.push(row);
        }
    }
    rows
}

/// The findings of a document: `root` holds the code of the finding that a note belongs to.
pub(super) fn findings(entry: &Entry<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (form, verdict) in judged(entry) {
        let Some(verdict) = verdict else { continue };
        for finding in &verdict.findings {
            rows.push(finding_row(entry.path, form, verdict, finding));
            rows.extend(finding.notes.iter().map(|it| note_row(entry.path, form, verdict, finding, it)));
        }
    }
    rows
}

fn of_verdict(path: &str, verdict: &FormVerdict) -> Row {
    let project = verdict.project.as_deref().into();
    vec![path.into(), verdict.ordinal.into(), project, verdict.profile.as_str().into(), verdict.kind.name().into()]
}

fn finding_row(path: &str, form: &Form, verdict: &FormVerdict, finding: &Finding) -> Row {
    let mut row = of_verdict(path, verdict);
    row.extend(
        [finding.code, finding.class.name(), finding.confidence.name(), finding.severity.name()].map(Value::from),
    );
    row.extend([Value::Missing, pointers(&finding.at)]);
    row.extend(first_place(form, &finding.at));
    row.push(pointers(&finding.inputs));
    let figures = [&finding.stated, &finding.recomputed, &finding.admissible, &finding.equation];
    row.extend(figures.map(|it| Value::from(it.as_deref())));
    row.extend([finding.message.zh.as_str().into(), finding.message.en.as_str().into()]);
    row.extend([Value::Texts(finding.agrees_if.clone()), finding.fingerprint.as_str().into()]);
    row
}

fn note_row(path: &str, form: &Form, verdict: &FormVerdict, finding: &Finding, note: &Note) -> Row {
    let mut row = of_verdict(path, verdict);
    row.extend([note.code.into(), "note".into(), Value::Missing, Value::Missing, finding.code.into()]);
    row.push(pointers(&note.at));
    row.extend(first_place(form, &note.at));
    row.extend([const { Value::Missing }; 5]);
    row.extend([note.message.zh.as_str().into(), note.message.en.as_str().into()]);
    row.extend([Value::Missing, finding.fingerprint.as_str().into()]);
    row
}

/// The findings over documents: a row for each member. What belongs to the verdict on a form is missing.
pub(crate) fn across_members(findings: &[AcrossFinding]) -> Vec<Row> {
    let mut rows = Vec::new();
    for finding in findings {
        for member in &finding.members {
            let mut row: Row =
                vec![member.path.as_str().into(), member.ordinal.into(), member.project.as_deref().into()];
            row.extend([Value::Missing, Value::Missing]);
            row.extend([finding.code, finding.class.name(), finding.confidence.name()].map(Value::from));
            row.extend([finding.severity.name().into(), Value::Missing, pointers(&member.at)]);
            row.extend(place(Some(&member.place)));
            let stated = (!member.stated.is_empty()).then(|| member.stated.join("; "));
            row.extend([Value::Missing, stated.as_deref().into()]);
            row.extend([const { Value::Missing }; 3]);
            row.extend([finding.message.zh.as_str().into(), finding.message.en.as_str().into()]);
            row.extend([Value::Missing, finding.fingerprint.as_str().into()]);
            rows.push(row);
        }
    }
    rows
}

pub(super) fn ledger(entry: &Entry<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for verdict in judged(entry).filter_map(|it| it.1) {
        for it in &verdict.ledger.not_checkable {
            let head = [entry.path.into(), verdict.ordinal.into(), it.code.into(), pointers(&it.at)];
            rows.push(head.into_iter().chain([it.reason.zh.as_str().into(), it.reason.en.as_str().into()]).collect());
        }
    }
    rows
}

pub(super) fn repairs(entry: &Entry<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (form, _) in judged(entry) {
        for it in &form.repairs {
            let head = [entry.path.into(), form.ordinal.into(), it.code.as_ref().into(), pointers(&it.at)];
            let texts = [&it.what.zh, &it.what.en, &it.evidence.zh, &it.evidence.en];
            rows.push(head.into_iter().chain(texts.map(|it| it.as_str().into())).collect());
        }
    }
    rows
}
