//! The prose of a form: goals, what was achieved, boxes; every figure in it is one of the form's or holds by itself.

use super::figures::{ONE, between, grain, pick, share, trimmed, word};
use super::layout::FundsColumn;
use super::sheet::{Entry, Funds, Measure, Sheet};
use super::words::words;
use crate::rng::Rng;

/// Fills the goals and the boxes of a form.
pub(super) fn draw(rng: &mut Rng, sheet: &mut Sheet) {
    let phrases = &words().phrases;
    let project = sheet.project.rsplit('-').next().unwrap_or_default().to_owned();
    let mut expected = vec![pick(rng, &phrases.goal_open).replace("{project}", &project)];
    let mut achieved = vec![pick(rng, &phrases.done_open).clone()];
    for _ in 0..1 + rng.below(3) {
        push_new(&mut expected, word(rng, &phrases.goal_more));
        push_new(&mut achieved, word(rng, &phrases.done_more));
    }
    let mut expected = expected.join(",") + "。";
    let mut achieved = achieved.join(",") + "。";
    if rng.percent(30) {
        let quoted: Vec<&Entry> = sheet.entries.iter().filter(|it| is_count(it)).take(1 + rng.below(3)).collect();
        for entry in quoted {
            let Measure::Number { target, actual, .. } = entry.measure else { continue };
            expected.push_str(&format!("{}{}{}。", entry.name, trimmed(target), entry.unit));
            achieved.push_str(&format!("{}{}{}。", entry.name, trimmed(actual), entry.unit));
        }
    }
    if let Some(funds) = sheet.funds.as_ref() {
        money(rng, funds, &mut expected, &mut achieved);
        if funds.rate < 90 * ONE {
            achieved.push_str(word(rng, &phrases.low_rate));
        }
        if funds.budget != funds.revised {
            achieved.push_str(word(rng, &phrases.adjusted_words));
        }
    }
    if rng.percent(12) && sheet.is_evaluation() && sheet.prints_goal {
        sheet.quoted_score = "0".to_owned();
    }
    (sheet.expected, sheet.achieved) = (expected, achieved);
    if sheet.layout.r#box {
        sheet.boxed = pick(rng, &phrases.r#box).clone();
    }
}

fn is_count(entry: &Entry) -> bool {
    matches!(entry.measure, Measure::Number { is_count: true, .. }) && !entry.name.contains([':', '.', '('])
}

fn push_new(to: &mut Vec<String>, text: &str) {
    if !to.iter().any(|it| it == text) {
        to.push(text.to_owned());
    }
}

/// What the money is for: a list that adds up to the funds, or an equation that holds beside the whole sum.
fn money(rng: &mut Rng, funds: &Funds, expected: &mut String, achieved: &mut String) {
    let phrases = &words().phrases;
    let planned = if funds.has(FundsColumn::Revised) { funds.revised } else { funds.budget };
    match rng.below(10) {
        0 | 1 => {
            let count = 2 + rng.below(3);
            let names = parts(rng, count);
            let first = rng.chance(2);
            expected.push_str(&list(&names, &split(rng, planned, count, funds.decimals), funds.unit, first));
            if rng.percent(50) {
                achieved.push_str(&list(&names, &split(rng, funds.executed, count, funds.decimals), funds.unit, first));
            }
        }
        2 => {
            let (what, unit) = pick(rng, &phrases.buys);
            let (price, quantity) = (between(rng, 12, 980), between(rng, 4, 90));
            let whole = format!("年度安排资金{}{}。", trimmed(planned), funds.unit);
            expected.push_str(&format!("{whole}{what}{price}元×{quantity}{unit}={}元。", price * quantity));
        }
        3 => {
            expected.push_str(&format!("年度安排资金{}{}。", trimmed(planned), funds.unit));
            achieved.push_str(&format!("实际支出{}{}。", trimmed(funds.executed), funds.unit));
        }
        _ => {}
    }
}

fn parts(rng: &mut Rng, count: usize) -> Vec<&'static str> {
    let names = &words().phrases.parts;
    let begin = rng.below(names.len());
    (0..count).filter_map(|idx| names.get((begin + idx * 3) % names.len()).map(String::as_str)).collect()
}

/// Amounts that add up to the sum; the last takes what is left.
fn split(rng: &mut Rng, sum: i64, count: usize, decimals: usize) -> Vec<i64> {
    let mut left = sum;
    let mut amounts = Vec::new();
    for idx in 1..count {
        let rest = i64::try_from(count - idx + 1).unwrap_or(1);
        let amount = share(left, between(rng, 60, 130) / rest, decimals.max(1)).max(grain(1)).min(left);
        amounts.push(amount);
        left -= amount;
    }
    amounts.push(left);
    amounts
}

/// A numbered list with its total before or behind it.
pub(super) fn list(names: &[&str], amounts: &[i64], unit: &str, is_total_first: bool) -> String {
    let total = trimmed(amounts.iter().sum());
    let parts: Vec<String> = names
        .iter()
        .zip(amounts)
        .enumerate()
        .map(|(idx, (name, amount))| format!("{}、{name}{}{unit}", idx + 1, trimmed(*amount)))
        .collect();
    let parts = parts.join(";");
    if is_total_first {
        format!("经费共计{total}{unit}。{parts}。")
    } else {
        format!("{parts}。以上各项共计{total}{unit}。")
    }
}
