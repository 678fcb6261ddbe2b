//! The funds of a form: amounts that add up, a rate that follows from them, and the score that follows from the rate.

use super::figures::{ONE, between, fixed, grain, pick, scaled, share, trimmed};
use super::layout::{FundsColumn, FundsLayout, Kind, Layout, TotalPlace};
use super::sheet::{Funds, FundsLine};
use super::style::Style;
use super::words::words;
use crate::rng::Rng;

/// Columns beside the funds' own: the block's label and the lines' labels.
const LABEL_COLUMNS: usize = 2;

/// Points of the execution where the layout says nothing (national form).
const POINTS: i64 = 10;

/// The columns that the table has room for.
fn columns(layout: &Layout, funds: &FundsLayout) -> Vec<FundsColumn> {
    let mut columns = funds.columns.clone();
    for dropped in [FundsColumn::Cause, FundsColumn::Budget, FundsColumn::Weight] {
        if layout.columns.len() < columns.len() + LABEL_COLUMNS {
            columns.retain(|it| *it != dropped);
        }
    }
    columns
}

/// The funds of a form of this layout.
pub(super) fn draw(rng: &mut Rng, style: &Style, layout: &Layout, funds: &FundsLayout) -> Funds {
    let columns = columns(layout, funds);
    let scores = columns.contains(&FundsColumn::Score);
    let head = style.labels.of("funds.head").to_owned();
    let unit = if layout.yuan { "元" } else { "万元" };
    let points = if scores && layout.kind == Kind::Evaluation { funds.points.unwrap_or(POINTS) * ONE } else { 0 };
    let decimals = if layout.yuan { *pick(rng, &[0, 0, 2]) } else { *pick(rng, &[0, 0, 1, 2, 2, 2, 4]) };
    let revised = amount(rng, layout.yuan, decimals);
    // One form in ten of those that spent less spent far less.
    let least = if rng.chance(5) { 62 } else { 81 };
    let executed =
        if rng.percent(45) { revised } else { share(revised, between(rng, least, 99), decimals).max(grain(decimals)) };
    let budget = match rng.below(4) {
        _ if !columns.contains(&FundsColumn::Revised) => revised,
        0 => share(revised, between(rng, 85, 118), decimals).max(grain(decimals)),
        _ => revised,
    };
    let rate = scaled(executed, 100 * ONE, revised, style.rate_decimals);
    let earned = if executed == revised { points } else { scaled(points, executed, revised, *pick(rng, &[2, 2, 1])) };
    let mut funds =
        Funds { columns, head, unit, points, earned, budget, revised, executed, rate, decimals, lines: Vec::new() };
    funds.lines = lines(rng, style, layout, &funds);
    funds
}

fn amount(rng: &mut Rng, is_yuan: bool, decimals: usize) -> i64 {
    let whole = match rng.below(3) {
        _ if is_yuan => between(rng, 10_000, 9_000_000),
        0 => between(rng, 2, 60),
        _ => between(rng, 60, 3000),
    };
    let rest = if decimals == 0 { 0 } else { between(rng, 0, ONE / grain(decimals) - 1) * grain(decimals) };
    whole * ONE + rest
}

fn lines(rng: &mut Rng, style: &Style, layout: &Layout, funds: &Funds) -> Vec<FundsLine> {
    let labels = &style.labels.lines;
    let sources = labels.len().saturating_sub(1);
    let mut parts = vec![None; sources];
    let whole = [funds.budget, funds.revised, funds.executed];
    if 0 < sources {
        let first = rng.below(sources.min(2));
        let second = (first + 1) % sources;
        // Two sources in a quarter of the forms, if there is enough to share.
        if second != first && rng.percent(25) && 100 * grain(funds.decimals) < funds.executed {
            let percentage = between(rng, 20, 80);
            let taken = whole.map(|it| share(it, percentage, funds.decimals));
            // Cutting may leave the rest with more executed than it has: the first then takes one unit more.
            let rest = [0, 1, 2].map(|idx| at(&whole, idx) - at(&taken, idx));
            let over = (at(&rest, 2) - at(&rest, 1)).max(0);
            let taken = [at(&taken, 0), at(&taken, 1), at(&taken, 2) + over];
            let rest = [at(&rest, 0), at(&rest, 1), at(&rest, 2) - over];
            set(&mut parts, first, taken);
            set(&mut parts, second, rest);
        } else {
            set(&mut parts, first, whole);
        }
    }
    let mut lines = vec![line(rng, style, layout, funds, labels.first().map_or("", String::as_str), Some(whole), true)];
    for (label, amounts) in labels.iter().skip(1).zip(parts) {
        lines.push(line(rng, style, layout, funds, label, amounts, false));
    }
    lines
}

fn at(amounts: &[i64; 3], idx: usize) -> i64 {
    amounts.get(idx).copied().unwrap_or_default()
}

fn set(parts: &mut [Option<[i64; 3]>], idx: usize, amounts: [i64; 3]) {
    if let Some(slot) = parts.get_mut(idx) {
        *slot = Some(amounts);
    }
}

/// A rate as this document prints rates.
pub(super) fn rate_text(style: &Style, rate: i64) -> String {
    let text = if style.is_fixed_rate { fixed(rate, style.rate_decimals) } else { trimmed(rate) };
    format!("{text}{}", style.rate_sign)
}

/// An amount as this form prints amounts.
pub(super) fn amount_text(style: &Style, amount: i64, decimals: usize) -> String {
    if style.is_fixed_amounts { fixed(amount, decimals) } else { trimmed(amount) }
}

fn line(
    rng: &mut Rng,
    style: &Style,
    layout: &Layout,
    funds: &Funds,
    label: &str,
    amounts: Option<[i64; 3]>,
    is_total: bool,
) -> FundsLine {
    let text = |idx: usize| match amounts {
        Some(it) => amount_text(style, at(&it, idx), funds.decimals),
        None => style.zero.to_owned(),
    };
    let rate = match amounts {
        Some([_, revised, executed]) if 0 < revised => {
            rate_text(style, scaled(executed, 100 * ONE, revised, style.rate_decimals))
        }
        _ if style.zero.is_empty() => String::new(),
        _ => (*pick(rng, &["", "0"])).to_owned(),
    };
    let is_low = is_total && funds.rate < 90 * ONE;
    let has_points = is_total && 0 < funds.points;
    let points = |figure: i64| match style.points_decimals {
        Some(decimals) => fixed(figure, decimals),
        None => trimmed(figure),
    };
    let dash = if is_total { String::new() } else { style.dash.to_owned() };
    FundsLine {
        label: label.to_owned(),
        has_colon: style.has_colon && (is_total || label.contains("其中") || rng.chance(3)),
        budget: text(0),
        revised: text(1),
        executed: text(2),
        weight: if has_points { points(funds.points) } else { dash.clone() },
        rate,
        score: if has_points { points(funds.earned) } else { dash },
        cause: if is_low { pick(rng, &words().phrases.low_rate).clone() } else { String::new() },
        amounts: if layout.kind == Kind::Target { amounts.map(|it| [at(&it, 0); 3]) } else { amounts },
    }
}

/// Points of the indicators: what the funds leave of 100.
pub(super) fn left_points(funds: Option<&Funds>, layout: &Layout) -> i64 {
    let own = funds.map_or(0, |it| it.points);
    let row = if layout.budget_row { POINTS * ONE } else { 0 };
    debug_assert!(layout.total != TotalPlace::Head || own == 0, "points in the head are those of the indicators");
    100 * ONE - own - row
}
