//! The indicators of a form: classes, points that add up, values, and points lost with a reason.

use super::figures::{ONE, between, grain, pick, scaled, share, word};
use super::funds::left_points;
use super::layout::{Column, Layout};
use super::sheet::{Entry, Funds, Group, Measure};
use super::style::Style;
use super::values::{self, Around, Kept, Value};
use super::words::{Scheme, words};
use crate::rng::Rng;

/// What was drawn.
pub(super) struct Drawn {
    pub goals: Vec<Option<i64>>,
    pub groups: Vec<Group>,
    pub entries: Vec<Entry>,
}

/// Schemes of layouts that name none.
const USUAL: [&str; 5] = ["standard", "standard", "standard", "short", "output-first"];

/// One row in so many loses points although its target is met; it says why.
const MET_YET_LOST: usize = 60;

fn scheme(rng: &mut Rng, layout: &Layout) -> &'static Scheme {
    let name = layout.scheme.as_deref().unwrap_or_else(|| *pick(rng, &USUAL));
    let found = words().topics.scheme.iter().find(|it| it.name == name);
    found.expect("a test asserts that every scheme is there")
}

/// The classes that this form has, and how many rows each.
fn classes(rng: &mut Rng, scheme: &'static Scheme, rows: usize) -> Vec<(usize, &'static str, usize)> {
    let all = scheme.groups.iter().enumerate();
    let mut kept: Vec<(usize, &'static str, usize)> =
        all.flat_map(|(idx, it)| it.iter().skip(1).map(move |l2| (idx, l2.as_str(), 1))).collect();
    let wanted = rows.min(kept.len()).max(scheme.groups.len());
    for _ in 0..40 {
        let drops = wanted < kept.len() || (scheme.groups.len() + 2 < kept.len() && rng.chance(4));
        if !drops {
            break;
        }
        let idx = rng.below(kept.len());
        let group = kept.get(idx).map(|it| it.0);
        if 1 < kept.iter().filter(|it| Some(it.0) == group).count() {
            kept.remove(idx);
        }
    }
    for _ in kept.len()..rows {
        // Quantities are many, effects few.
        let weights: Vec<usize> = kept.iter().map(|it| share_of(it.1)).collect();
        let mut drawn = rng.below(weights.iter().sum());
        for (class, weight) in kept.iter_mut().zip(weights) {
            if drawn < weight {
                class.2 += 1;
                break;
            }
            drawn -= weight;
        }
    }
    kept
}

fn share_of(l2: &str) -> usize {
    match () {
        () if l2.contains("数量") => 6,
        () if ["质量", "成本", "时效"].iter().any(|it| l2.contains(it)) => 3,
        () => 1,
    }
}

/// So many weights that add up to the points.
fn weights(rng: &mut Rng, points: i64, rows: usize) -> Vec<i64> {
    let count = i64::try_from(rows).unwrap_or(1).max(1);
    let step = match () {
        () if 2 * count * ONE <= points => ONE,
        () if count * ONE <= points => ONE / 2,
        () => grain(2) * 10,
    };
    let (base, extra) = (points / step / count, points / step % count);
    let spreads = rng.chance(2);
    let mut weights: Vec<i64> = (0..count).map(|idx| base + i64::from(spreads && idx < extra)).collect();
    if !spreads && let Some(last) = weights.last_mut() {
        *last += extra;
    }
    if rng.chance(2) {
        for _ in 0..rows / 2 {
            let (from, to) = (rng.below(rows), rng.below(rows));
            let taken = weights.get(from).is_some_and(|it| 1 < *it) && from != to;
            for (idx, by) in [(from, -1), (to, 1)] {
                if let (true, Some(weight)) = (taken, weights.get_mut(idx)) {
                    *weight += by;
                }
            }
        }
    }
    let mut weights: Vec<i64> = weights.into_iter().map(|it| it * step).collect();
    // What the step leaves over.
    let rest = points - weights.iter().sum::<i64>();
    if let Some(last) = weights.last_mut() {
        *last += rest;
    }
    weights
}

/// Points of the groups that are there, for a sum.
fn shares(rng: &mut Rng, scheme: &Scheme, groups: &[usize], sum: i64) -> Vec<i64> {
    let mut shares: Vec<i64> = groups.iter().map(|it| scheme.shares.get(*it).copied().unwrap_or(10) * ONE).collect();
    let own = scheme.shares.iter().sum::<i64>() * ONE;
    let is_whole = groups.len() == scheme.shares.len();
    if sum < 60 * ONE {
        // A goal of 40 points and its like: half for the output, the rest shared.
        let rest = groups.len().saturating_sub(1);
        let first = share(sum, 50, 0);
        return std::iter::once(first).chain(weights(rng, sum - first, rest)).take(groups.len()).collect();
    }
    let missing = sum - own;
    if !is_whole || missing != 0 {
        let given: i64 = shares.iter().sum();
        let slot = if rng.chance(3) { 1 } else { 0 };
        let slot = slot.min(shares.len().saturating_sub(1));
        if let Some(first) = shares.get_mut(slot) {
            *first += sum - given;
        }
    }
    shares
}

/// The indicators of a form.
pub(super) fn draw(
    rng: &mut Rng,
    style: &Style,
    layout: &'static Layout,
    funds: Option<&Funds>,
    around: &Around<'_>,
    most_rows: usize,
) -> Drawn {
    let scheme = scheme(rng, layout);
    let (least, most) = layout.rows;
    let rows = if rng.chance(2) { between(rng, least, most.min(least + 8)) } else { between(rng, least, most) };
    let rows = usize::try_from(rows).unwrap_or(6).min(most_rows.max(1));
    let goals: Vec<Option<i64>> =
        if layout.goals.is_empty() { vec![None] } else { layout.goals.iter().map(|it| Some(it * ONE)).collect() };
    let prints_points = around.may_miss_points(layout, rng);
    let mut drawn = Drawn { goals: goals.clone(), groups: Vec::new(), entries: Vec::new() };
    for (goal_idx, points) in goals.iter().enumerate() {
        let here = (rows / goals.len()).max(5);
        let classes = classes(rng, scheme, if goals.len() == 1 { rows } else { here });
        let mut here: Vec<usize> = classes.iter().map(|it| it.0).collect();
        here.dedup();
        let sum = points.unwrap_or_else(|| left_points(funds, layout));
        let shares = shares(rng, scheme, &here, sum);
        for (scheme_idx, points) in here.iter().zip(shares) {
            let l1 = scheme.groups.get(*scheme_idx).and_then(|it| it.first()).cloned().unwrap_or_default();
            let printed = if prints_points { super::figures::trimmed(points) } else { String::new() };
            let group_idx = drawn.groups.len();
            drawn.groups.push(Group { goal: goal_idx, l1: l1.clone(), points, printed, subtotal: Default::default() });
            let mine: Vec<_> = classes.iter().filter(|it| it.0 == *scheme_idx).collect();
            let count: usize = mine.iter().map(|it| it.2).sum();
            let mut weights = weights(rng, points, count).into_iter();
            for (_, l2, rows) in mine {
                for row_idx in 0..*rows {
                    let weight = weights.next().unwrap_or_default();
                    let is_execution =
                        scheme.name == "city" && *l2 == "资金管理" && row_idx == 0 && around.rate.is_some();
                    let value =
                        if is_execution { values::execution(around) } else { value(rng, around, &drawn, &l1, l2) };
                    let value = if layout.numbered { numbered(rng, value, row_idx) } else { value };
                    drawn.entries.push(entry(rng, style, layout, around, value, group_idx, l2, weight));
                }
            }
        }
    }
    if layout.budget_row {
        budget_row(rng, style, layout, around, &mut drawn);
    }
    if layout.marks {
        nothing(rng, &mut drawn);
    }
    drawn
}

impl Around<'_> {
    /// Whether the form prints points beside its 一级指标.
    fn may_miss_points(&self, layout: &Layout, rng: &mut Rng) -> bool {
        layout.kind == super::layout::Kind::Evaluation && rng.percent(layout.points_printed)
    }
}

/// Values of a name that the form has not yet.
fn value(rng: &mut Rng, around: &Around<'_>, drawn: &Drawn, l1: &str, l2: &str) -> Value {
    let is_new = |name: &str| !drawn.entries.iter().any(|it| it.name.ends_with(name));
    let phrases = &words().phrases;
    let mut value = values::draw(rng, around, l1, l2);
    for _ in 0..30 {
        let is_total = words().topics.cost_totals.contains(&value.name);
        let has_total = drawn.entries.iter().any(|it| words().topics.cost_totals.contains(&it.name));
        if is_new(&value.name) && !(is_total && has_total) {
            break;
        }
        value = values::draw(rng, around, l1, l2);
    }
    let is_total = words().topics.cost_totals.contains(&value.name);
    if !is_total && (rng.percent(35) || !is_new(&value.name)) {
        let place = phrases.places.iter().find(|it| is_new(&format!("{it}{}", value.name)));
        let drawn_place = pick(rng, &phrases.places);
        let place =
            if is_new(&format!("{drawn_place}{}", value.name)) { drawn_place } else { place.unwrap_or(drawn_place) };
        value.name = format!("{place}{}", value.name);
    } else if rng.percent(5) {
        value.name.push_str(word(rng, &phrases.tails));
    }
    let mut ordinal = 2;
    while !is_new(&value.name) && ordinal < 99 {
        value.name = format!("{}({ordinal})", value.name.split('(').next().unwrap_or_default());
        ordinal += 1;
    }
    value
}

fn numbered(rng: &mut Rng, mut value: Value, row_idx: usize) -> Value {
    let mark = if rng.chance(3) { format!("{}.", row_idx + 1) } else { format!("指标{}:", row_idx + 1) };
    value.name = format!("{mark}{}", value.name);
    value
}

fn entry(
    rng: &mut Rng,
    style: &Style,
    layout: &Layout,
    around: &Around<'_>,
    value: Value,
    group: usize,
    l2: &str,
    points: i64,
) -> Entry {
    let phrases = &words().phrases;
    let mut earned = values::earned(points, value.kept);
    if value.measure == Measure::Execution {
        let figure = around.rate.as_ref().map_or(100 * ONE, |it| it.1);
        earned = scaled(points, figure.min(100 * ONE), 100 * ONE, 2);
    }
    let is_word = value.measure == Measure::Words;
    if value.kept == Kept::All && value.measure != Measure::Execution && around.may_miss && rng.chance(MET_YET_LOST) {
        earned = share(points, if is_word { 85 } else { 90 }, 2);
    }
    let reason = match () {
        () if points <= earned => style.no_reason.to_owned(),
        () if value.measure == Measure::Execution => pick(rng, &phrases.low_rate).clone(),
        () if l2.contains("成本") => pick(rng, &phrases.cost_reasons).clone(),
        () => pick(rng, &phrases.reasons).clone(),
    };
    // Three cells of a target: a sign stands in its own, words have 定性 there or nothing.
    let mut operator = value.operator;
    if layout.has(Column::Operator) {
        operator = match operator.as_str() {
            "不少于" | "不低于" => "≥".to_owned(),
            "不超过" => "≤".to_owned(),
            "" if value.unit.is_empty() => (*pick(rng, &["定性", "定性", ""])).to_owned(),
            "" if matches!(&value.measure, Measure::Number { better: super::sheet::Better::Less, .. }) => {
                "≤".to_owned()
            }
            "" => "=".to_owned(),
            other => other.to_owned(),
        };
    }
    Entry {
        group,
        l2: l2.to_owned(),
        name: value.name,
        operator,
        value: value.value,
        unit: value.unit,
        adjusted: value.adjusted,
        actual: value.actual,
        weight: String::new(),
        score: String::new(),
        review: String::new(),
        method: pick(rng, &phrases.methods).clone(),
        standard: pick(rng, &phrases.standards).clone(),
        reason,
        points,
        earned,
        measure: value.measure,
    }
}

/// 预算执行率 as the first group and row.
fn budget_row(rng: &mut Rng, style: &Style, layout: &Layout, around: &Around<'_>, drawn: &mut Drawn) {
    let points = 10 * ONE;
    let value = values::execution(around);
    let mut row = entry(rng, style, layout, around, value, 0, "预算执行率", points);
    row.l2 = "预算执行率".to_owned();
    for entry in &mut drawn.entries {
        entry.group += 1;
    }
    let has_points = drawn.groups.first().is_some_and(|it| !it.printed.is_empty());
    let printed = if has_points { "10".to_owned() } else { String::new() };
    drawn.groups.insert(0, Group { goal: 0, l1: "预算执行".to_owned(), points, printed, subtotal: Default::default() });
    drawn.entries.insert(0, row);
}

/// Rows that do not apply: their class is there, with marks for values and no points.
fn nothing(rng: &mut Rng, drawn: &mut Drawn) {
    let Some(group) = drawn.groups.iter().position(|it| it.l1.contains("效益")) else { return };
    let Some(last) = drawn.entries.iter().rposition(|it| it.group == group) else { return };
    let Some(mut row) = drawn.entries.get(last).cloned() else { return };
    let has = |l2: &str| drawn.entries.iter().any(|it| it.l2.contains(l2));
    let Some((l2, name)) = [("经济效益", "经济效益"), ("生态效益", "生态效益")].into_iter().find(|it| !has(it.0))
    else {
        return;
    };
    let mark = *pick(rng, &["—", "/", "--"]);
    row.l2 = if row.l2.ends_with("指标") { format!("{l2}指标") } else { l2.to_owned() };
    row.name = name.to_owned();
    (row.operator, row.unit, row.adjusted) = Default::default();
    (row.value, row.actual) = (mark.to_owned(), mark.to_owned());
    (row.points, row.earned) = (0, 0);
    row.measure = Measure::Nothing;
    drawn.entries.insert(last + 1, row);
}
