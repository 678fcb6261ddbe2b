//! Whether another reading can possibly remove a finding: arithmetic on the cells that change, before the check is made
//! again. It saves most of the time that a form with many findings would take; where it cannot tell, it says yes.
//!
//! In: a finding, the printed form, and what the reading puts where. Out: no, or perhaps.

use gouji_model::{Finding, Form, IndicatorField, Pointer};
use gouji_quantity::{Decimal, Number};

/// Rounded parts may add up to so much more or less than they should.
const SLACK: Decimal = Decimal::TWO;

/// The finding may be gone once these cells hold these values.
pub(crate) fn may_vanish(finding: &Finding, form: &Form, changes: &[(Pointer, Option<&str>)]) -> bool {
    match finding.code {
        "F01" | "T01" | "T02" | "W01" | "W03" => may_balance(finding, form, changes),
        "S01" | "S03" | "I02" => may_fit(finding, form, changes),
        _ => true,
    }
}

/// A sum can only come out right if it moves by about as much as it fails.
fn may_balance(finding: &Finding, form: &Form, changes: &[(Pointer, Option<&str>)]) -> bool {
    let figure = |text: &Option<String>| text.as_deref().and_then(value);
    let (Some(stated), Some(recomputed)) = (figure(&finding.stated), figure(&finding.recomputed)) else { return true };
    let mut gap = stated - recomputed;
    for (pointer, after) in changes {
        let is_stated = finding.at.contains(pointer);
        if !is_stated && !finding.inputs.contains(pointer) {
            // A cell that was blank may enter the sum now.
            if after.is_some() && form.cell(*pointer).is_none() {
                return true;
            }
            continue;
        }
        let before = form.cell(*pointer).map(|it| it.text.as_str());
        let (Some(before), Some(after)) = (counted(before), counted(*after)) else { return true };
        gap += if is_stated { after - before } else { before - after };
    }
    // The sum may be meant with the funds or without.
    let funds = form.funds.iter().flat_map(|line| [&line.weight, &line.score]);
    let funds = funds.filter_map(|cell| cell.as_ref().and_then(|it| value(&it.text)));
    std::iter::once(Decimal::ZERO).chain(funds).any(|it| (gap - it).abs() <= SLACK || (gap + it).abs() <= SLACK)
}

/// A score too high has to come down to its points, one too low up to them, unless other cells of the row change.
fn may_fit(finding: &Finding, form: &Form, changes: &[(Pointer, Option<&str>)]) -> bool {
    let Some(Pointer::Indicator(row_idx, _)) = finding.at.first().copied() else { return true };
    let of_row = |field| Pointer::Indicator(row_idx, field);
    let figures = [of_row(IndicatorField::Score), of_row(IndicatorField::Weight)];
    if changes.iter().any(|(pointer, _)| !figures.contains(pointer)) {
        return true;
    }
    let [score, weight] = figures.map(|pointer| match changes.iter().find(|it| it.0 == pointer) {
        Some((_, after)) => after.and_then(value),
        None => form.cell(pointer).and_then(|it| value(&it.text)),
    });
    // A cell that is emptied leaves the check undone, which removes nothing.
    let (Some(score), Some(weight)) = (score, weight) else { return false };
    if finding.code == "S01" { score <= weight } else { weight <= score }
}

/// What a cell adds to a sum; nothing where it is empty.
fn counted(text: Option<&str>) -> Option<Decimal> {
    match text {
        Some(text) if !gouji_quantity::is_empty_mark(text) => value(text),
        _ => Some(Decimal::ZERO),
    }
}

fn value(text: &str) -> Option<Decimal> {
    gouji_quantity::number(text).map(Number::value)
}
