//! Faults of the scores.

use gouji_model::{IndicatorField, Pointer};

use super::{Claim, Planted, Site};
use crate::draw::figures::{ONE, share};
use crate::draw::layout::Column;
use crate::draw::sheet::{Entry, Measure, Sheet};

/// Findings that a false total sets off beside the score's own.
const OF_TOTAL: [&str; 4] = ["T01", "T02", "T04", "T05"];

fn is_scored(sheet: &Sheet, entry: &Entry) -> bool {
    let columns = [Column::Weight, Column::Score, Column::Actual];
    let is_plain = !matches!(entry.measure, Measure::Execution | Measure::Nothing);
    sheet.is_evaluation() && columns.iter().all(|it| sheet.layout.has(*it)) && is_plain && ONE <= entry.points
}

fn score(idx: usize) -> Vec<Pointer> {
    vec![Pointer::Indicator(idx, IndicatorField::Score)]
}

/// A row scores two points more than its weight.
pub(super) fn above(site: &mut Site<'_>) -> Option<Planted> {
    let idx = site.row(|sheet, it| is_scored(sheet, it) && it.is_full())?;
    site.claim_breaking_sum(&[Claim::Row(idx), Claim::Weights])?;
    let text = site.sheet.points_text(site.sheet.entries.get(idx)?.points + 2 * ONE);
    site.sheet.entries.get_mut(idx)?.score = text;
    let also: &[&str] = &["T01", "T02", "T04", "T05", "I01", "I03", "I05", "W06"];
    Some(Planted { codes: &["S01"], at: score(idx), also })
}

/// A row prints a weight and no score.
pub(super) fn lost(site: &mut Site<'_>) -> Option<Planted> {
    let idx = site.row(|sheet, it| is_scored(sheet, it) && 0 < it.earned)?;
    site.claim_breaking_sum(&[Claim::Row(idx)])?;
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.score.clear();
    entry.review.clear();
    Some(Planted { codes: &["S04"], at: score(idx), also: &OF_TOTAL })
}

/// A row has a score below zero.
pub(super) fn negative(site: &mut Site<'_>) -> Option<Planted> {
    let idx = site.row(|sheet, it| is_scored(sheet, it) && it.is_full())?;
    site.claim_breaking_sum(&[Claim::Row(idx)])?;
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.score = format!("-{}", entry.score);
    let also: &[&str] = &["T01", "T02", "T04", "S03", "I02", "I04", "I05", "S05"];
    Some(Planted { codes: &["S02"], at: score(idx), also })
}

/// Points are taken and nobody says why; everything adds up.
fn unexplained(site: &mut Site<'_>, is_wanted: impl Fn(&Entry) -> bool) -> Option<Planted> {
    let has_reasons = site.sheet.layout.has(Column::Reason) && !site.sheet.layout.r#box;
    let is_kind =
        |sheet: &Sheet, it: &Entry| is_scored(sheet, it) && it.is_full() && 2 * ONE <= it.points && is_wanted(it);
    if !has_reasons {
        return None;
    }
    let idx = site.row(is_kind)?;
    site.claim(&[Claim::Row(idx), Claim::Total])?;
    let points = site.sheet.entries.get(idx)?.points;
    let earned = share(points, 90, 2);
    let text = site.sheet.points_text(earned);
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.earned = earned;
    (entry.score, entry.review) = (text.clone(), text);
    site.sheet.settle_sums();
    Some(Planted { codes: &["S03", "I02"], at: score(idx), also: &[] })
}

/// As above, on a row of words.
pub(super) fn unexplained_words(site: &mut Site<'_>) -> Option<Planted> {
    unexplained(site, |it| it.measure == Measure::Words)
}

/// As above, on a row whose number was met.
pub(super) fn unexplained_number(site: &mut Site<'_>) -> Option<Planted> {
    unexplained(site, |it| matches!(it.measure, Measure::Number { is_count: true, .. }))
}
