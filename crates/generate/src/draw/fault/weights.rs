//! Faults of the weights.

use gouji_model::{IndicatorField, Pointer};

use super::{Claim, Planted, Site};
use crate::draw::figures::{ONE, trimmed};
use crate::draw::layout::Column;
use crate::draw::sheet::Sheet;

/// The first row of a group: its label, and the points beside it, stand there.
fn first_row(sheet: &Sheet, group: usize) -> usize {
    sheet.entries.iter().position(|it| it.group == group).unwrap_or_default()
}

/// Where a sum of weights may be accused for this row.
fn places(sheet: &Sheet, idx: usize) -> Vec<Pointer> {
    let group = sheet.entries.get(idx).map_or(0, |it| it.group);
    let first = first_row(sheet, group);
    let l2 = sheet.entries.get(idx).map(|it| it.l2.clone());
    let first_of_l2 =
        sheet.entries.iter().position(|it| it.group == group && Some(&it.l2) == l2.as_ref()).unwrap_or(first);
    vec![
        Pointer::TotalWeight,
        Pointer::Form,
        Pointer::Indicator(first, IndicatorField::L1Weight),
        Pointer::Indicator(first_of_l2, IndicatorField::L2Weight),
        Pointer::Indicator(idx, IndicatorField::Weight),
        Pointer::Indicator(idx, IndicatorField::Score),
    ]
}

/// A weight is two or three points more than the sum bears.
pub(super) fn weight(site: &mut Site<'_>) -> Option<Planted> {
    if !site.sheet.is_evaluation() || !site.sheet.layout.has(Column::Weight) {
        return None;
    }
    let by = *site.rng.pick(&[2, 3])? * ONE;
    let idx = site.row(|_, it| 0 < it.points)?;
    site.claim(&[Claim::Weights, Claim::Row(idx)])?;
    let at = places(site.sheet, idx);
    let text = site.sheet.points_text(site.sheet.entries.get(idx)?.points + by);
    site.sheet.entries.get_mut(idx)?.weight = text;
    // The row's score is now less than its weight, and nobody says why.
    let also: &[&str] = &["S03", "I02", "I04", "I05", "T02", "W04", "F04"];
    Some(Planted { codes: &["W01", "W02", "W03"], at, also })
}

/// A weight is missing beside a score.
pub(super) fn lost(site: &mut Site<'_>) -> Option<Planted> {
    if !site.sheet.is_evaluation() || !site.sheet.layout.has(Column::Weight) {
        return None;
    }
    let idx = site.row(|_, it| ONE < it.points && 0 < it.earned)?;
    site.claim(&[Claim::Weights, Claim::Row(idx)])?;
    let at = places(site.sheet, idx);
    site.sheet.entries.get_mut(idx)?.weight.clear();
    Some(Planted { codes: &["S04", "W05", "W01", "W02", "W03"], at, also: &["T02", "W04", "I11", "T05"] })
}

/// The points printed beside a group are not those of its rows.
pub(super) fn points(site: &mut Site<'_>) -> Option<Planted> {
    if !site.sheet.layout.has(Column::Weight) {
        return None;
    }
    let groups = site.sheet.groups.iter().enumerate().filter(|it| !it.1.printed.is_empty());
    let groups: Vec<usize> = groups.map(|it| it.0).collect();
    let group_idx = *site.rng.pick(&groups)?;
    site.claim(&[Claim::Weights])?;
    let group = site.sheet.groups.get_mut(group_idx)?;
    group.printed = trimmed(group.points + 5 * ONE);
    let first = first_row(site.sheet, group_idx);
    let at = vec![Pointer::Indicator(first, IndicatorField::L1Weight)];
    Some(Planted { codes: &["W03", "W04"], at, also: &["W01", "W02"] })
}
