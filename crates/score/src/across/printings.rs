//! Forms of one project, year and owner in several documents: two printings that differ (X01), and targets that are not
//! those of the target form (X05).
//!
//! In: the forms that print project, year and unit or department. Out: one finding for each pair of printings that
//! differ, and one for each row whose target was changed. Two printings that agree are one form.

use std::collections::BTreeMap;

use gouji_model::{Bilingual, FundsField, IndicatorField};
use gouji_quantity::read_value;

use crate::across::cells::{Kept as Cell, Slot};
use crate::across::finding::{Found, Part, place};
use crate::across::forms::{Forms, Kept, Symbol};
use crate::check::Grade;
use crate::twins::{self, Standing};

/// Two forms of one project and year are printings of one form if so many of their rows have the same class and name.
const FEWEST_SHARED: usize = 3;

/// Printings and pairs of printings of one form that are compared: a form is published twice or three times, and more of
/// one name are not one form.
const MOST_PRINTINGS: usize = 8;

/// Differences that a message names.
const NAMED: usize = 3;

/// Project, year, unit or department.
type Identity = (Symbol, u16, Symbol, Symbol);

pub(crate) fn find(forms: &Forms, found: &mut Vec<Found>) {
    let mut known: Vec<(Identity, &Kept)> = forms.all.iter().filter_map(|it| Some((identity(it)?, it))).collect();
    known.sort_by_key(|it| it.0);
    for group in known.chunk_by(|left, right| left.0 == right.0) {
        if group.len() < 2 {
            continue;
        }
        let is_of_one_department =
            |it: &&Kept| !group.iter().any(|other| forms.are_unlike(it.department, other.1.department));
        let mut members: Vec<&Kept> = group.iter().map(|it| it.1).filter(is_of_one_department).collect();
        members.sort_by(|left, right| forms.order(left, right));
        let (targets, evaluations): (Vec<&Kept>, Vec<&Kept>) = members.into_iter().partition(|it| it.marks.is_target);
        let (Some(targets), Some(evaluations)) = (one_a_document(targets), one_a_document(evaluations)) else {
            continue;
        };
        for printings in [&targets, &evaluations] {
            compare_all(forms, found, printings);
        }
        compare_targets(forms, found, &targets, &evaluations);
    }
}

/// What a form is known by in another document.
fn identity(form: &Kept) -> Option<Identity> {
    if form.cells.is_empty() || form.project == 0 || form.year == 0 {
        return None;
    }
    match (form.unit, form.department) {
        (0, 0) => None,
        (0, department) => Some((form.project, form.year, 0, department)),
        (unit, _) => Some((form.project, form.year, unit, 0)),
    }
}

/// The forms, if no document holds two of them: which of those is meant would be a guess.
fn one_a_document(forms: Vec<&Kept>) -> Option<Vec<&Kept>> {
    let mut documents: Vec<u32> = forms.iter().map(|it| it.document).collect();
    documents.sort_unstable();
    let is_unique = documents.windows(2).all(|it| it.first() != it.last());
    (is_unique && forms.len() <= MOST_PRINTINGS).then_some(forms)
}

/// Every version of a form with the earlier ones; a printing that agrees with a version is none of its own.
fn compare_all(forms: &Forms, found: &mut Vec<Found>, printings: &[&Kept]) {
    let mut versions: Vec<&Kept> = Vec::new();
    for printing in printings {
        let compared: Vec<(&Kept, Comparison<'_>)> =
            versions.iter().map(|it| (*it, Comparison::of(it, printing))).collect();
        if compared.iter().any(|it| it.1.apart.is_empty()) {
            continue;
        }
        compared.into_iter().for_each(|(version, it)| differ(forms, found, version, printing, &it));
        versions.push(printing);
    }
}

/// How two printings stand to each other.
struct Comparison<'f> {
    apart: Vec<Apart<'f>>,
    n_compared: usize,
    /// Rows of both.
    n_shared: usize,
}

/// A pair of cells that print other figures.
struct Apart<'f> {
    slot: Slot,
    own: Cell<'f>,
    other: Cell<'f>,
    is_misread: bool,
}

impl<'f> Comparison<'f> {
    fn of(first: &'f Kept, other: &'f Kept) -> Comparison<'f> {
        let (own_cells, other_cells) = (first.cells.read(), other.cells.read());
        let others: BTreeMap<Slot, Cell<'f>> = other_cells.into_iter().map(|it| (it.slot, it)).collect();
        let is_ocr = first.marks.is_ocr || other.marks.is_ocr;
        let n_shared = shared_rows(&own_cells, &others);
        let (mut apart, mut n_compared) = (Vec::new(), 0);
        for own in own_cells {
            let Some(twin) = others.get(&own.slot) else { continue };
            n_compared += 1;
            if let Standing::Apart { is_misread } = twins::standing(own.text, twin.text) {
                apart.push(Apart { slot: own.slot, own, other: *twin, is_misread: is_ocr && is_misread });
            }
        }
        Comparison { apart, n_compared, n_shared }
    }
}

/// X01: two printings of one form that differ.
fn differ(forms: &Forms, found: &mut Vec<Found>, first: &Kept, other: &Kept, comparison: &Comparison<'_>) {
    let Comparison { apart, n_compared, n_shared } = comparison;
    let n_least = first.cells.n_rows().min(other.cells.n_rows());
    if *n_shared < FEWEST_SHARED || 2 * n_shared < n_least {
        return;
    }
    let is_budget = |it: &Apart<'_>| matches!(it.slot, Slot::Funds(FundsField::Budget | FundsField::Revised));
    // Another budget, or other figures all over: part payments of one project have forms of their own.
    let is_doubtful =
        apart.iter().any(is_budget) || *n_compared < 2 * apart.len() || apart.iter().all(|it| it.is_misread);
    let grade = if is_doubtful { Grade::S3 } else { Grade::S2 };
    let shown: Vec<(String, String)> = apart.iter().take(NAMED).map(|it| difference(it)).collect();
    let join = |pick: fn(&(String, String)) -> &str, by| shown.iter().map(pick).collect::<Vec<_>>().join(by);
    let count = apart.len();
    let (here, there) = (place(forms, first), place(forms, other));
    let message = Bilingual::new(
        format!(
            "同一项目同一年度的表在 {} 与 {} 中有 {count} 格数字不同：{}；其中之一可能是更正",
            here.zh,
            there.zh,
            join(|it| &it.0, "，")
        ),
        format!(
            "one form of one project and year differs in {count} figure{} between {} and {}: {}; one of them may be a correction",
            if count == 1 { "" } else { "s" },
            here.en,
            there.en,
            join(|it| &it.1, ", ")
        ),
    );
    let about = apart.iter().map(|it| called(it.slot)).collect::<Vec<_>>().join("\u{1F}");
    let parts = vec![part(first, apart.iter().map(|it| it.own)), part(other, apart.iter().map(|it| it.other))];
    found.push(Found::new(forms, "X01", grade, parts, about, message));
}

/// Rows of both forms.
fn shared_rows(own: &[Cell<'_>], others: &BTreeMap<Slot, Cell<'_>>) -> usize {
    let key = |slot: &Slot| match slot {
        Slot::Row(key, _) => Some(*key),
        _ => None,
    };
    let mut shared: Vec<u64> =
        own.iter().filter(|it| others.contains_key(&it.slot)).filter_map(|it| key(&it.slot)).collect();
    shared.sort_unstable();
    shared.dedup();
    shared.len()
}

/// A difference in words of both languages.
fn difference(apart: &Apart<'_>) -> (String, String) {
    let (zh, en) = match apart.slot {
        Slot::Funds(field) => {
            let (zh, en) = crate::show::column_name(field);
            (zh.to_owned(), en.to_owned())
        }
        Slot::Total => ("总分".to_owned(), "total score".to_owned()),
        Slot::Row(_, field) => {
            let row = match apart.own.at {
                gouji_model::Pointer::Indicator(row_idx, _) => row_idx + 1,
                _ => 0,
            };
            let (zh, en) = match field {
                IndicatorField::Target => ("指标值", "target"),
                IndicatorField::Actual => ("实际完成值", "actual"),
                _ => ("得分", "score"),
            };
            (format!("第 {row} 行{zh}"), format!("{en} of row {row}"))
        }
    };
    let (own, other) = (apart.own.text, apart.other.text);
    (format!("{zh} {own} 与 {other}"), format!("{en} {own} and {other}"))
}

/// X05: the targets of the evaluations against those of the target forms.
fn compare_targets(forms: &Forms, found: &mut Vec<Found>, targets: &[&Kept], evaluations: &[&Kept]) {
    if targets.is_empty() {
        return;
    }
    let filed: Vec<(&Kept, Vec<Cell<'_>>)> = targets.iter().map(|it| (*it, target_cells(it))).collect();
    // The rows in the order of the first evaluation that prints them.
    let mut changed: BTreeMap<Slot, (Grade, Vec<Part<'_>>)> = BTreeMap::new();
    for evaluation in evaluations.iter().filter(|it| !it.marks.is_adjusted) {
        for own in target_cells(evaluation) {
            // Within one document the check of the form says it; a target that one target form has was not changed.
            let twins: Vec<(&Kept, Cell<'_>)> =
                filed.iter().filter_map(|it| Some((it.0, *it.1.iter().find(|it| it.slot == own.slot)?))).collect();
            if twins.is_empty() || twins.iter().any(|it| it.0.document == evaluation.document) {
                continue;
            }
            let Some(grade) =
                twins.iter().map(|it| changed_grade(forms, evaluation, &own, it)).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            let grade = grade.into_iter().max().unwrap_or(Grade::S3);
            let (worst, parts) = changed
                .entry(own.slot)
                .or_insert_with(|| (grade, twins.iter().map(|it| part(it.0, std::iter::once(it.1))).collect()));
            *worst = (*worst).min(grade);
            parts.push(part(evaluation, std::iter::once(own)));
        }
    }
    for (slot, (grade, parts)) in changed {
        let shown = |is_target: bool| parts.iter().find(|it| it.form.marks.is_target == is_target);
        let (Some(planned), Some(printed)) = (shown(true), shown(false)) else { continue };
        let (at, own) = (place(forms, planned.form), place(forms, printed.form));
        let text = |it: &Part<'_>| it.stated.first().cloned().unwrap_or_default();
        let message = Bilingual::new(
            format!("{}的指标值 {}，绩效目标表（{}）为 {}，且未说明调整", own.zh, text(printed), at.zh, text(planned)),
            format!(
                "{}: the target is {}, in the target form ({}) {}, and no adjustment is told",
                own.en,
                text(printed),
                at.en,
                text(planned)
            ),
        );
        found.push(Found::new(forms, "X05", grade, parts, called(slot), message));
    }
}

fn target_cells(form: &Kept) -> Vec<Cell<'_>> {
    let is_target = |it: &Cell<'_>| matches!(it.slot, Slot::Row(_, IndicatorField::Target));
    form.cells.read().into_iter().filter(is_target).collect()
}

/// How sure it is that the target is not the filed one; `None` if it is, or if they cannot be compared.
fn changed_grade(forms: &Forms, evaluation: &Kept, own: &Cell<'_>, filed: &(&Kept, Cell<'_>)) -> Option<Grade> {
    let (form, filed) = filed;
    let is_same = twins::is_same_target(&read_value(own.text), &read_value(filed.text))?;
    if is_same || twins::standing(own.text, filed.text) == Standing::Same {
        return None;
    }
    let is_ocr = evaluation.marks.is_ocr || form.marks.is_ocr;
    if is_ocr && matches!(twins::standing(own.text, filed.text), Standing::Apart { is_misread: true }) {
        return Some(Grade::S3);
    }
    let is_one_unit = evaluation.unit != 0 && forms.have_one_owner(evaluation, form);
    Some(if is_one_unit { Grade::S1 } else { Grade::S2 })
}

/// A form with these cells.
fn part<'f>(form: &'f Kept, cells: impl Iterator<Item = Cell<'f>>) -> Part<'f> {
    let mut part = Part { form, at: Vec::new(), stated: Vec::new(), line: 0 };
    for cell in cells {
        if part.at.is_empty() {
            part.line = cell.line;
        }
        part.at.push(cell.at);
        part.stated.push(cell.text.to_owned());
    }
    part
}

/// What a cell is called in a fingerprint: the hash of class and name, and the column.
fn called(slot: Slot) -> String {
    match slot {
        Slot::Row(key, field) => format!("{key:016x}/{}", field.key()),
        other => other.key().to_owned(),
    }
}
