//! The truth kept in step: every change of what a reader reads goes through here, so that faults and row numbers follow.

use std::collections::BTreeSet;
use std::ops::Range;

use gouji_model::{IndicatorField, Pointer};

use crate::{Content, Drawing, Fault, Field, Item, RowKind};

/// Another reading of a field that is right, too; `None`: nothing is right, too.
pub(super) fn accept(drawing: &mut Drawing, field: Field, reading: Option<&str>) {
    let Some((key, accept, _)) = drawing.truth.get_mut(field.form).and_then(|it| it.beside_mut(field.leaf)) else {
        return;
    };
    let readings = accept.entry(key).or_default();
    let reading = reading.map(str::to_owned);
    if !readings.contains(&reading) {
        readings.push(reading);
    }
}

/// What is printed is no longer what was meant.
pub(super) fn misread(drawing: &mut Drawing, field: Field, printed: &str) {
    let Some(truth) = drawing.truth.get_mut(field.form) else { return };
    let Some(meant) = truth.leaf_mut(field.leaf).and_then(|it| it.replace(printed.to_owned())) else { return };
    if let Some((key, _, intended)) = truth.beside_mut(field.leaf) {
        intended.entry(key).or_insert(meant);
    }
    doubt(drawing, field);
}

/// The field is no longer printed.
pub(super) fn forget(drawing: &mut Drawing, field: Field) {
    let Some(truth) = drawing.truth.get_mut(field.form) else { return };
    if truth.leaf_mut(field.leaf).and_then(Option::take).is_none() {
        return;
    }
    if let Some((key, accept, intended)) = truth.beside_mut(field.leaf) {
        accept.remove(key);
        intended.remove(key);
    }
    doubt(drawing, field);
}

/// Faults that may rest on this field need not be found any longer.
fn doubt(drawing: &mut Drawing, field: Field) {
    doubt_where(drawing, |it| it.form == field.form && it.at.iter().any(|it| rests_on(*it, field.leaf)));
}

/// These faults need not be found any longer.
fn doubt_where(drawing: &mut Drawing, is_doubtful: impl Fn(&Fault) -> bool) {
    let (doubtful, sure): (Vec<Fault>, Vec<Fault>) =
        std::mem::take(&mut drawing.faults).into_iter().partition(|it| is_doubtful(it));
    drawing.faults = sure;
    drawing.doubtful.extend(doubtful);
}

/// Whether what is wrong at one leaf may be seen by another one only.
fn rests_on(at: Pointer, leaf: Pointer) -> bool {
    let is_points = matches!(at, Pointer::TotalWeight | Pointer::TotalScore | Pointer::Grade);
    let is_block = matches!(at, Pointer::Indicator(_, IndicatorField::L1Weight | IndicatorField::L2Weight));
    let is_value = matches!(at, Pointer::Indicator(_, IndicatorField::Target | IndicatorField::Actual));
    let is_apart = match leaf {
        // Dates are compared with the year of the form.
        Pointer::Year if is_value => return true,
        Pointer::Year | Pointer::Project | Pointer::Department | Pointer::Unit => at != Pointer::Form,
        // Points beside a label are compared with the rows of their block.
        Pointer::Indicator(_, IndicatorField::L1Weight) => !is_block,
        // Weights and scores add up; targets and actual values do not.
        Pointer::Indicator(_, field) if !matches!(field, IndicatorField::Weight | IndicatorField::Score) => {
            is_points || is_block
        }
        _ => false,
    };
    shares_line(at, leaf) || is_sum(at) && !is_apart
}

/// Whether a leaf is compared with many others.
fn is_sum(leaf: Pointer) -> bool {
    match leaf {
        Pointer::Indicator(_, field) => matches!(field, IndicatorField::L1Weight | IndicatorField::L2Weight),
        Pointer::Funds(..) | Pointer::Row(_) => false,
        _ => true,
    }
}

/// Whether two leaves stand in one row, or both in the funds.
fn shares_line(one: Pointer, other: Pointer) -> bool {
    match (one, other) {
        (Pointer::Indicator(one, _) | Pointer::Row(one), Pointer::Indicator(other, _) | Pointer::Row(other)) => {
            one == other
        }
        (Pointer::Funds(..), Pointer::Funds(..)) => true,
        _ => one == other,
    }
}

/// Every field of which something is printed.
pub(super) fn printed(drawing: &Drawing) -> BTreeSet<Field> {
    let mut fields = BTreeSet::new();
    for item in &drawing.items {
        match item {
            Item::Line(line) => {
                fields.extend(line.field.into_iter().flat_map(|it| fields_of_line(drawing, &line.text, it)))
            }
            Item::Row(row) => {
                for cell in row.cells.iter().filter(|it| !it.text.is_empty()) {
                    fields.extend(cell.fields());
                }
            }
            Item::TableStart | Item::TableEnd => (),
        }
    }
    fields
}

/// A line that holds a field of the head may hold others of the same head: `主管部门:… 实施单位:…`.
fn fields_of_line(drawing: &Drawing, text: &str, field: Field) -> Vec<Field> {
    let head = [Pointer::Project, Pointer::Department, Pointer::Unit];
    let mut fields = vec![field];
    if head.contains(&field.leaf) {
        let others = head.iter().map(|leaf| Field { form: field.form, leaf: *leaf });
        fields.extend(others.filter(|it| drawing.value(*it).is_some_and(|it| text.contains(it))));
    }
    fields
}

/// Brings a form's truth in line with what is left of its printing after rows at an end were cut off: the indicators in
/// `kept` (places in the truth) are there still; of the rest, what is printed nowhere is not in the truth.
pub(super) fn settle_cut(drawing: &mut Drawing, form: usize, kept: Range<usize>) {
    let had_funds = drawing.truth.get(form).is_some_and(|it| !it.funds.is_empty());
    let is_funds =
        |it: &Item| matches!(it, Item::Row(row) if row.form == form && matches!(row.kind, RowKind::Funds(_)));
    let has_funds = drawing.items.iter().any(is_funds);
    // What is compared with many others may have lost one of them.
    doubt_where(drawing, |it| it.form == form && it.at.iter().any(|at| is_sum(*at)));
    keep_rows(drawing, form, &kept);
    if had_funds && !has_funds {
        drop_funds(drawing, form);
    }
    forget_labels_above(drawing, form);
    let printed = printed(drawing);
    let leaves = drawing.truth.get(form).map(crate::Truth::leaves).unwrap_or_default();
    for leaf in leaves {
        let field = Field { form, leaf };
        let is_label =
            matches!(leaf, Pointer::Indicator(_, IndicatorField::L1 | IndicatorField::L2 | IndicatorField::L1Weight));
        if !is_label && !printed.contains(&field) {
            forget(drawing, field);
        }
    }
}

/// Keeps these rows of the truth and renumbers everything that names one.
fn keep_rows(drawing: &mut Drawing, form: usize, kept: &Range<usize>) {
    let Some(truth) = drawing.truth.get_mut(form) else { return };
    if *kept == (0..truth.indicators.len()) {
        return;
    }
    truth.indicators.truncate(kept.end);
    truth.indicators.drain(..kept.start.min(kept.end));
    let moved = |row_idx: usize| kept.contains(&row_idx).then(|| row_idx - kept.start);
    for item in &mut drawing.items {
        let Item::Row(row) = item else { continue };
        if row.form != form {
            continue;
        }
        if let RowKind::Indicator(idx) = &mut row.kind {
            *idx = moved(*idx).unwrap_or(0);
        }
        for cell in &mut row.cells {
            match &mut cell.content {
                Content::Value(field) | Content::Part(field) => {
                    if let Pointer::Indicator(idx, leaf) = field.leaf {
                        // The label of a block whose first rows were cut off belongs to the first one that is left.
                        field.leaf = Pointer::Indicator(moved(idx).unwrap_or(0), leaf);
                    }
                }
                Content::Fused(_) | Content::Blank | Content::Label | Content::Other => (),
            }
        }
    }
    let is_cut = |at: &Pointer| match at {
        Pointer::Indicator(idx, _) | Pointer::Row(idx) => moved(*idx).is_none(),
        _ => false,
    };
    doubt_where(drawing, |it| it.form == form && it.at.iter().any(is_cut));
    drawing.faults.retain_mut(|it| it.form != form || renumber(it, &moved));
    drawing.doubtful.retain_mut(|it| it.form != form || renumber(it, &moved));
}

/// Moves a fault with its rows; false if every cell of it is gone: then nothing is left to find.
fn renumber(fault: &mut Fault, moved: &impl Fn(usize) -> Option<usize>) -> bool {
    let before = fault.at.len();
    fault.at.retain_mut(|at| match at {
        Pointer::Indicator(idx, _) | Pointer::Row(idx) => match moved(*idx) {
            Some(it) => {
                *idx = it;
                true
            }
            None => false,
        },
        _ => true,
    });
    before == 0 || !fault.at.is_empty()
}

/// The funds were cut off.
fn drop_funds(drawing: &mut Drawing, form: usize) {
    let Some(truth) = drawing.truth.get_mut(form) else { return };
    truth.funds.clear();
    let is_of_funds = |it: &Fault| it.form == form && it.at.iter().all(|at| matches!(at, Pointer::Funds(..)));
    drawing.faults.retain(|it| !is_of_funds(it));
    drawing.doubtful.retain(|it| !is_of_funds(it));
    doubt_where(drawing, |it| it.form == form && it.at.iter().any(|at| matches!(at, Pointer::Funds(..))));
}

/// Rows above the first label that is left may be told by others, or by none.
fn forget_labels_above(drawing: &mut Drawing, form: usize) {
    let printed = printed(drawing);
    let n_rows = drawing.truth.get(form).map_or(0, |it| it.indicators.len());
    for level in [IndicatorField::L1, IndicatorField::L2] {
        for row_idx in 0..n_rows {
            let at = |level| Field { form, leaf: Pointer::Indicator(row_idx, level) };
            if printed.contains(&at(level)) {
                break;
            }
            accept(drawing, at(level), None);
            match level {
                // Without its own label and that of its block, a row's 一级指标 is a guess.
                IndicatorField::L2 => accept(drawing, at(IndicatorField::L1), None),
                _ => forget(drawing, at(IndicatorField::L1Weight)),
            }
        }
    }
}

/// What is printed is no longer what was meant, and a reader may see what was.
pub(super) fn misread_or(drawing: &mut Drawing, field: Field, printed: &str) {
    let meant = drawing.value(field).map(str::to_owned);
    misread(drawing, field, printed);
    if let Some(meant) = meant {
        accept(drawing, field, Some(&meant));
    }
}

/// What a field says is written otherwise.
pub(super) fn rewrite(drawing: &mut Drawing, field: Field, write: fn(&str) -> String) {
    let Some(truth) = drawing.truth.get_mut(field.form) else { return };
    if let Some(text) = truth.leaf_mut(field.leaf).and_then(Option::as_mut) {
        *text = write(text);
    }
    if let Some((key, accept, _)) = truth.beside_mut(field.leaf) {
        for reading in accept.get_mut(key).into_iter().flatten().flatten() {
            *reading = write(reading);
        }
    }
}
