//! Faults of the funds.

use gouji_model::{FundsField, IndicatorField, Pointer};

use super::{Claim, Planted, Site};
use crate::draw::figures::{ONE, fixed, trimmed};
use crate::draw::funds::{amount_text, rate_text};
use crate::draw::layout::{Column, FundsColumn};
use crate::draw::sheet::{Funds, Sheet};

/// Amounts below this are too coarse for a rate some points off to be unmistakable: a point of the rate is then less
/// than a unit of the last place of the amount.
const CLEAR_AMOUNT: i64 = 60 * ONE;

fn total(field: FundsField) -> Pointer {
    Pointer::Funds(0, field)
}

fn scored(sheet: &Sheet) -> Option<&Funds> {
    sheet.funds.as_ref().filter(|_| sheet.is_evaluation())
}

/// The printed rate is some points below what the amounts give.
pub(super) fn rate(site: &mut Site<'_>) -> Option<Planted> {
    let by = *site.rng.pick(&[7, 12, 30])? * ONE;
    let funds = scored(site.sheet)?;
    let rate = funds.rate - by;
    if !funds.has(FundsColumn::Rate) || rate < 3 * ONE || funds.revised < CLEAR_AMOUNT {
        return None;
    }
    // Unless it is the rate on the initial budget, which is a fault of its own.
    if funds.budget != funds.revised {
        return None;
    }
    site.claim(&[Claim::Funds])?;
    let text = rate_text(&site.sheet.style, rate);
    site.sheet.funds.as_mut()?.lines.first_mut()?.rate = text;
    let also: &[&str] = &["F10", "S06", "X09", "F04", "F05"];
    Some(Planted { codes: &["F03"], at: vec![total(FundsField::Rate)], also })
}

/// The total line's executed amount is halved.
pub(super) fn executed(site: &mut Site<'_>) -> Option<Planted> {
    let funds = scored(site.sheet)?;
    if !funds.has(FundsColumn::Rate) || !funds.has(FundsColumn::Executed) || funds.executed < CLEAR_AMOUNT {
        return None;
    }
    let text = amount_text(&site.sheet.style, funds.executed / 2, funds.decimals);
    site.claim(&[Claim::Funds])?;
    site.sheet.funds.as_mut()?.lines.first_mut()?.executed = text;
    let at = [FundsField::Executed, FundsField::Rate, FundsField::Score].map(total).to_vec();
    Some(Planted { codes: &["F01", "F03", "F04"], at, also: &["F08", "F10", "S06", "X02", "X03", "X04", "F05"] })
}

/// A source with amounts; its place.
fn source(site: &mut Site<'_>) -> Option<usize> {
    let lines = &scored(site.sheet)?.lines;
    let sources = lines.iter().enumerate().skip(1);
    let sources: Vec<usize> =
        sources.filter(|it| it.1.amounts.is_some_and(|it| 2 * ONE < it[2])).map(|it| it.0).collect();
    site.rng.pick(&sources).copied()
}

/// A source's executed amount is halved.
pub(super) fn source_executed(site: &mut Site<'_>) -> Option<Planted> {
    let idx = source(site)?;
    let funds = scored(site.sheet)?;
    if !funds.has(FundsColumn::Executed) {
        return None;
    }
    let [_, _, executed] = funds.lines.get(idx)?.amounts?;
    let text = amount_text(&site.sheet.style, executed / 2, funds.decimals);
    site.claim(&[Claim::Funds])?;
    site.sheet.funds.as_mut()?.lines.get_mut(idx)?.executed = text;
    let leaf = |field| Pointer::Funds(idx, field);
    let at = vec![leaf(FundsField::Executed), total(FundsField::Executed), leaf(FundsField::Rate)];
    Some(Planted { codes: &["F01", "F08"], at, also: &["X03"] })
}

/// A source's budget is raised by half.
pub(super) fn source_budget(site: &mut Site<'_>) -> Option<Planted> {
    let idx = source(site)?;
    let funds = scored(site.sheet)?;
    if !funds.has(FundsColumn::Revised) {
        return None;
    }
    let [_, revised, _] = funds.lines.get(idx)?.amounts?;
    let text = amount_text(&site.sheet.style, revised + revised / 2, funds.decimals);
    site.claim(&[Claim::Funds])?;
    site.sheet.funds.as_mut()?.lines.get_mut(idx)?.revised = text;
    let leaf = |field| Pointer::Funds(idx, field);
    let at = vec![leaf(FundsField::Revised), total(FundsField::Revised), leaf(FundsField::Rate)];
    Some(Planted { codes: &["F01", "F08"], at, also: &["X03", "F09"] })
}

/// A source's rate is some points off.
pub(super) fn source_rate(site: &mut Site<'_>) -> Option<Planted> {
    let idx = source(site)?;
    let funds = scored(site.sheet)?;
    let [_, revised, _] = funds.lines.get(idx)?.amounts?;
    let rate = funds.rate - 15 * ONE;
    if !funds.has(FundsColumn::Rate) || !funds.has(FundsColumn::Revised) || revised < CLEAR_AMOUNT || rate < 3 * ONE {
        return None;
    }
    site.claim(&[Claim::Funds])?;
    let text = rate_text(&site.sheet.style, rate);
    site.sheet.funds.as_mut()?.lines.get_mut(idx)?.rate = text;
    let leaf = |field| Pointer::Funds(idx, field);
    Some(Planted { codes: &["F08"], at: vec![leaf(FundsField::Rate)], also: &[] })
}

/// 万元 for 元 or the reverse, in a form whose cost indicator prints the whole amount with its unit.
pub(super) fn unit(site: &mut Site<'_>) -> Option<Planted> {
    let funds = scored(site.sheet)?;
    let unit = funds.unit;
    let amount = amount_text(&site.sheet.style, funds.revised, funds.decimals);
    let costs = || site.sheet.entries.iter().filter(|it| it.l2.contains("成本"));
    let is_told = costs().count() == 1 && costs().all(|it| it.value == amount && it.unit == unit);
    if !is_told || !funds.head.contains('元') {
        return None;
    }
    site.claim(&[Claim::Funds, Claim::Prose])?;
    let other = if unit == "元" { "万元" } else { "元" };
    let funds = site.sheet.funds.as_mut()?;
    funds.head = funds.head.replace(unit, other);
    funds.unit = other;
    let mut at = [FundsField::Budget, FundsField::Revised, FundsField::Executed].map(total).to_vec();
    at.push(Pointer::FundsUnit);
    Some(Planted { codes: &["U01", "A05"], at, also: &["X02", "X03", "X04"] })
}

/// The score of the execution is one or two points below what the rate gives.
pub(super) fn score(site: &mut Site<'_>) -> Option<Planted> {
    let by = *site.rng.pick(&[2, 3])? * ONE;
    let funds = scored(site.sheet)?;
    if funds.points == 0 || funds.earned < by + ONE || !funds.has(FundsColumn::Score) {
        return None;
    }
    let text = site.sheet.points_text(funds.earned - by);
    site.claim_breaking_sum(&[Claim::Funds])?;
    site.sheet.funds.as_mut()?.lines.first_mut()?.score = text;
    Some(Planted { codes: &["F04"], at: vec![total(FundsField::Score)], also: &["T01", "T04"] })
}

/// The total of a target form is not its parts.
pub(super) fn target_amount(site: &mut Site<'_>) -> Option<Planted> {
    let funds = site.sheet.funds.as_ref().filter(|_| !site.sheet.is_evaluation())?;
    if !funds.lines.iter().skip(1).any(|it| it.amounts.is_some()) {
        return None;
    }
    let raised = funds.budget + (funds.budget / 4).max(2 * ONE);
    let text = if site.sheet.style.is_fixed_amounts { fixed(raised, funds.decimals) } else { trimmed(raised) };
    let lines = funds.lines.len();
    site.claim(&[Claim::Funds])?;
    site.sheet.funds.as_mut()?.lines.first_mut()?.budget = text;
    let at = (0..lines).map(|idx| Pointer::Funds(idx, FundsField::Budget)).collect();
    Some(Planted { codes: &["F12", "F01"], at, also: &["X03", "A05"] })
}

/// The indicators have 100 points, and the execution has its own on top.
pub(super) fn on_top(site: &mut Site<'_>) -> Option<Planted> {
    let points = scored(site.sheet)?.points;
    let has = |column| site.sheet.layout.has(column);
    if points == 0
        || !has(Column::Weight)
        || !scored(site.sheet)?.has(FundsColumn::Weight)
        || site.sheet.layout.l2_points
    {
        return None;
    }
    let idx = site.row(|_, it| it.is_full() && 0 < it.points)?;
    site.claim(&[Claim::Weights, Claim::Total, Claim::Row(idx), Claim::Funds])?;
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.points += points;
    entry.earned += points;
    let (group, texts) = (entry.group, (entry.points, entry.earned));
    let texts = [texts.0, texts.1].map(|it| site.sheet.points_text(it));
    let entry = site.sheet.entries.get_mut(idx)?;
    [entry.weight, entry.score] = texts;
    entry.review.clone_from(&entry.score);
    let group_points: i64 = site.sheet.entries.iter().filter(|it| it.group == group).map(|it| it.points).sum();
    if let Some(group) = site.sheet.groups.get_mut(group).filter(|it| !it.printed.is_empty()) {
        group.printed = trimmed(group_points);
    }
    site.sheet.settle_sums();
    // The total leaves the funds out: 100 at most.
    let (weight, score) = site.sheet.sums();
    let (own, earned) = site.sheet.funds.as_ref().map_or((0, 0), |it| (it.points, it.earned));
    let [weight, score] = [weight - own, score - earned].map(|it| (it, site.sheet.points_text(it)));
    (site.sheet.total_weight, site.sheet.total_score) = (weight.1, score.1.clone());
    if !site.sheet.grade.is_empty() {
        site.sheet.grade = crate::draw::sheet::grade(score.0).to_owned();
    }
    if !site.sheet.quoted_score.is_empty() {
        site.sheet.quoted_score = trimmed(score.0);
    }
    let at = vec![
        total(FundsField::Weight),
        Pointer::TotalWeight,
        Pointer::Form,
        Pointer::Indicator(idx, IndicatorField::Weight),
    ];
    Some(Planted { codes: &["W02", "W01"], at, also: &["W03", "W04", "T05"] })
}
