//! Faults of the arithmetic in the prose.

use gouji_model::Pointer;

use super::{Claim, Planted, Site};
use crate::draw::figures::{ONE, between, trimmed};
use crate::draw::prose::list as listed;
use crate::draw::sheet::Sheet;
use crate::draw::words::words;

/// Puts a sentence behind a goal text, and says behind which.
fn appended(site: &mut Site<'_>, sentence: &str) -> Option<Pointer> {
    let is_achieved = site.sheet.is_evaluation() && site.rng.chance(2);
    let Sheet { expected, achieved, .. } = &mut *site.sheet;
    let (text, pointer) =
        if is_achieved { (achieved, Pointer::GoalAchieved) } else { (expected, Pointer::GoalExpected) };
    text.push_str(sentence);
    Some(pointer)
}

/// A product that is not what it says.
pub(super) fn equation(site: &mut Site<'_>) -> Option<Planted> {
    if !site.sheet.prints_goal {
        return None;
    }
    let (what, unit) = site.rng.pick(&words().phrases.buys)?.clone();
    let (price, quantity) = (between(site.rng, 12, 980), between(site.rng, 11, 90));
    let wrong = price * quantity + 100 * between(site.rng, 1, 9);
    let sign = *site.rng.pick(&["×", "*"])?;
    site.claim(&[Claim::Prose])?;
    let at = appended(site, &format!("{what}{price}元{sign}{quantity}{unit}={wrong}元。"))?;
    Some(Planted { codes: &["A01"], at: vec![at], also: &["X03", "X04"] })
}

/// A list whose total is not the sum of its parts.
pub(super) fn list(site: &mut Site<'_>) -> Option<Planted> {
    let has_list = [&site.sheet.expected, &site.sheet.achieved].iter().any(|it| it.contains("共计"));
    if !site.sheet.prints_goal || has_list {
        return None;
    }
    let parts: Vec<&str> = words().phrases.parts.iter().map(String::as_str).collect();
    let names = site.rng.sample(&parts, 3);
    // No whole amounts: 6 could be 6.4 rounded, and the list could hold.
    let mut amount = || (10 * between(site.rng, 1, 8) + between(site.rng, 1, 9)) * ONE / 10;
    let amounts: Vec<i64> = names.iter().map(|_| amount()).collect();
    let is_total_first = site.rng.chance(2);
    let right = listed(&names, &amounts, "万元", is_total_first);
    let sum = amounts.iter().sum::<i64>();
    let wrong =
        right.replace(&format!("共计{}万元", trimmed(sum)), &format!("共计{}万元", trimmed(sum + 13 * ONE / 10)));
    site.claim(&[Claim::Prose])?;
    let at = appended(site, &wrong)?;
    Some(Planted { codes: &["A02"], at: vec![at], also: &["X03", "X04", "A01"] })
}
