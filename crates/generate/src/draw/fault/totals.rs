//! Faults of the total and of what is said of it, and of the head.

use gouji_model::Pointer;

use super::{Claim, Planted, Site};
use crate::draw::figures::{ONE, trimmed};

/// The total is a point or more off.
pub(super) fn total(site: &mut Site<'_>) -> Option<Planted> {
    let by = *site.rng.pick(&[-ONE, -2 * ONE, -3 * ONE, ONE])?;
    let (_, earned) = site.sheet.sums();
    if !site.sheet.is_evaluation() || 100 * ONE < earned + by {
        return None;
    }
    site.claim(&[Claim::Total])?;
    site.sheet.total_score = site.sheet.points_text(earned + by);
    Some(Planted { codes: &["T01"], at: vec![Pointer::TotalScore], also: &["T03", "T04", "T05"] })
}

/// The total is more than anyone can have.
pub(super) fn out_of_range(site: &mut Site<'_>) -> Option<Planted> {
    if !site.sheet.is_evaluation() {
        return None;
    }
    site.claim(&[Claim::Total])?;
    site.sheet.total_score = site.sheet.points_text(108 * ONE);
    Some(Planted { codes: &["T05", "T01"], at: vec![Pointer::TotalScore], also: &["T03", "T04"] })
}

/// The grade is two steps off.
pub(super) fn grade(site: &mut Site<'_>) -> Option<Planted> {
    let grade = match site.sheet.grade.as_str() {
        "优" => "中",
        "良" | "中" => "差",
        "差" => "良",
        _ => return None,
    };
    site.claim(&[Claim::Total])?;
    site.sheet.grade = grade.to_owned();
    Some(Planted { codes: &["T03"], at: vec![Pointer::Grade], also: &[] })
}

/// A 小计 is not the sum of its rows.
pub(super) fn subtotal(site: &mut Site<'_>) -> Option<Planted> {
    if !site.sheet.layout.subtotal {
        return None;
    }
    let group_idx = site.rng.below(site.sheet.groups.len());
    site.claim(&[Claim::Total])?;
    let rows = site.sheet.entries.iter().filter(|it| it.group == group_idx);
    let score = rows.map(|it| it.earned).sum::<i64>() - 2 * ONE;
    let text = site.sheet.points_text(score);
    let [_, printed] = &mut site.sheet.groups.get_mut(group_idx)?.subtotal;
    *printed = text;
    let at = (0..site.sheet.groups.len()).flat_map(|it| [Pointer::PointsScore(it), Pointer::PointsValue(it)]).collect();
    Some(Planted { codes: &["T02"], at, also: &["T01"] })
}

/// The score that the prose states is not the table's.
pub(super) fn quoted(site: &mut Site<'_>) -> Option<Planted> {
    if !site.sheet.prints_goal || !site.sheet.is_evaluation() {
        return None;
    }
    let (_, earned) = site.sheet.sums();
    site.claim(&[Claim::Total, Claim::Prose])?;
    site.sheet.quoted_score = trimmed(earned - 3 * ONE);
    let at = vec![Pointer::GoalAchieved, Pointer::TotalScore];
    Some(Planted { codes: &["T04"], at, also: &["T01"] })
}

/// The unit's label is printed, and nothing beside it.
pub(super) fn unit_lost(site: &mut Site<'_>) -> Option<Planted> {
    if site.sheet.style.labels.of("head.unit").contains("盖章") {
        return None;
    }
    site.claim(&[Claim::Head])?;
    site.sheet.unit.clear();
    Some(Planted { codes: &["D01"], at: vec![Pointer::Unit], also: &[] })
}
