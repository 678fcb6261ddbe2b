//! Targets and actuals of indicators, and the share of the points that an unmet one may keep.
//!
//! In goes what an indicator measures, out come its printed target and actual and their figures.

use super::figures::{ONE, between, fixed, pick, scaled, share, trimmed, word};
use super::sheet::{Better, Measure};
use super::style::Style;
use super::words::{Topics, words};
use crate::rng::Rng;

/// What the values of an indicator are.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub name: String,
    pub operator: String,
    pub value: String,
    pub unit: String,
    pub adjusted: String,
    pub actual: String,
    pub measure: Measure,
    /// What of the points it earns, in percent of a percent; all if met.
    pub kept: Kept,
}

/// What of the points an indicator keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    All,
    /// So many parts of so many, rounded.
    Share(i64, i64),
    /// A percentage of the points, cut.
    Percent(i64),
}

/// What stands around the values: the style, the year, the funds.
pub(super) struct Around<'a> {
    pub style: &'a Style,
    pub year: i64,
    /// The budget, the executed amount, their unit and whether an indicator may be about them.
    pub money: Option<(String, String, &'static str)>,
    /// The rate of the funds as it is printed, and its figure.
    pub rate: Option<(String, i64)>,
    /// Whether targets may stand unmet.
    pub may_miss: bool,
    /// Whether adjusted targets have a column.
    pub has_adjusted: bool,
    /// One row in so many misses its target.
    pub misses: usize,
}

/// The kind of an indicator, by the words of its 二级指标.
fn topic(rng: &mut Rng, l1: &str, l2: &str) -> fn(&mut Rng, &Around<'_>, &'static Topics) -> Value {
    let is_about = |word: &str| l2.contains(word);
    match () {
        () if is_about("数量") => count,
        () if is_about("质量") => |rng, around, it| rate(rng, around, &it.rates_quality),
        () if is_about("时效") || is_about("进度") => time,
        () if is_about("社会成本") => |rng, around, it| small(rng, around, &it.social_cost),
        () if is_about("成本") || l1 == "成本指标" => cost,
        () if is_about("满意") => satisfaction,
        () if is_about("经济") => |rng, around, it| words_of(rng, around, &it.economic),
        () if is_about("社会") && rng.chance(4) => |rng, around, it| rate(rng, around, &it.rates_social),
        () if is_about("社会") => |rng, around, it| words_of(rng, around, &it.social),
        () if (is_about("生态") || is_about("环境")) && rng.chance(4) => {
            |rng, around, it| rate(rng, around, &it.rates_ecological)
        }
        () if is_about("生态") || is_about("环境") => |rng, around, it| words_of(rng, around, &it.ecological),
        () if is_about("可持续") => |rng, around, it| words_of(rng, around, &it.lasting),
        () if is_about("决策") || is_about("立项") || is_about("分配") => {
            |rng, around, it| words_of(rng, around, &it.decision)
        }
        () => |rng, around, it| words_of(rng, around, &it.management),
    }
}

/// The values of an indicator of this class.
pub(super) fn draw(rng: &mut Rng, around: &Around<'_>, l1: &str, l2: &str) -> Value {
    let topic = topic(rng, l1, l2);
    topic(rng, around, &words().topics)
}

/// Whether this row misses its target.
fn misses(rng: &mut Rng, around: &Around<'_>) -> bool {
    around.may_miss && rng.chance(around.misses)
}

/// The sign of a target, unless this one has none.
fn sign(rng: &mut Rng, around: &Around<'_>, sign: &str) -> String {
    if rng.percent(around.style.unsigned) { String::new() } else { sign.to_owned() }
}

fn count(rng: &mut Rng, around: &Around<'_>, topics: &'static Topics) -> Value {
    let (name, unit, decimals, least, most) = pick(rng, &topics.counts);
    let most = if rng.chance(2) { (*least * 10).min(*most) } else { *most };
    let mut figure = between(rng, *least, most) * ONE;
    let decimals = if 0 < *decimals && rng.chance(2) { 1 } else { 0 };
    if decimals == 1 {
        figure += between(rng, 0, 9) * ONE / 10;
    }
    let operator = if rng.chance(4) { around.style.exactly } else { around.style.at_least };
    let operator = sign(rng, around, operator);
    let value = trimmed(figure);
    let (mut adjusted, mut target) = (String::new(), figure);
    if around.has_adjusted && rng.chance(4) {
        target = share(figure, between(rng, 80, 95), decimals).max(ONE);
        adjusted = format!("{operator}{}{unit}", trimmed(target));
    }
    let missed = misses(rng, around) && 3 * ONE <= target;
    let actual = match rng.below(3) {
        _ if missed => share(target, between(rng, 50, 96), decimals).min(target - ONE).max(ONE),
        0 if adjusted.is_empty() => share(target, between(rng, 100, 116), 0).max(target),
        _ => target,
    };
    let printed_unit = if rng.percent(around.style.unit_printed) { unit.clone() } else { String::new() };
    let measure = Measure::Number {
        target,
        actual,
        decimals,
        unit: printed_unit.clone(),
        better: Better::More,
        is_count: decimals == 0,
    };
    let lead = if rng.chance(12) { "完成" } else { "" };
    Value {
        name: name.clone(),
        operator,
        value,
        unit: unit.clone(),
        adjusted,
        actual: format!("{lead}{}{printed_unit}", trimmed(actual)),
        measure,
        kept: if missed { Kept::Share(actual, target) } else { Kept::All },
    }
}

fn percentage(rng: &mut Rng, around: &Around<'_>, name: String, target: i64) -> Value {
    let operator = if target == 100 * ONE { around.style.exactly } else { around.style.at_least };
    let operator = sign(rng, around, operator);
    let missed = misses(rng, around);
    let actual = match rng.below(4) {
        _ if missed => target - between(rng, 1, 9) * ONE - if rng.chance(3) { ONE / 2 } else { 0 },
        0 => target,
        1 => (target + ONE).min(100 * ONE),
        2 if target < 98 * ONE => 98 * ONE + ONE * between(rng, 0, 9) / 10,
        _ => 100 * ONE,
    };
    let measure =
        Measure::Number { target, actual, decimals: 1, unit: "%".to_owned(), better: Better::More, is_count: false };
    Value {
        name,
        operator,
        value: trimmed(target),
        unit: "%".to_owned(),
        adjusted: String::new(),
        actual: format!("{}%", trimmed(actual)),
        measure,
        kept: if missed { Kept::Share(actual, target) } else { Kept::All },
    }
}

fn rate(rng: &mut Rng, around: &Around<'_>, names: &'static [String]) -> Value {
    let name = pick(rng, names).clone();
    let target = *pick(rng, &[80, 90, 95, 98, 100, 100]) * ONE;
    percentage(rng, around, name, target)
}

fn satisfaction(rng: &mut Rng, around: &Around<'_>, topics: &'static Topics) -> Value {
    let name = pick(rng, &topics.satisfaction).clone();
    let target = *pick(rng, &[85, 90, 92, 95, 98]) * ONE;
    percentage(rng, around, name, target)
}

fn time(rng: &mut Rng, around: &Around<'_>, topics: &'static Topics) -> Value {
    match rng.below(4) {
        0 => rate(rng, around, &topics.rates_time),
        1 => {
            let phrases = &words().phrases;
            let target = pick(rng, &phrases.timely).clone();
            let actual = if rng.chance(2) {
                target.clone()
            } else {
                (*pick(rng, &["按期完成", "及时", "已完成"])).to_owned()
            };
            plain(word(rng, &topics.words_time), target, actual, Kept::All)
        }
        _ => {
            let name = word(rng, &topics.dates);
            date(rng, around, name)
        }
    }
}

fn date(rng: &mut Rng, around: &Around<'_>, name: &str) -> Value {
    let year = around.year;
    let missed = misses(rng, around);
    let month = if missed { between(rng, 3, 9) } else { between(rng, 6, 12) };
    let day = between(rng, 10, 28);
    let (target, has_day) = match rng.below(5) {
        0 => (format!("{year}年{month}月底前"), false),
        1 => (format!("{year}年{month}月{day}日"), true),
        2 => (format!("{year}年{month}月{day}日前"), true),
        3 => (format!("{month}月底前完成"), false),
        _ => (format!("{year}年{month}月"), false),
    };
    let actual = match rng.below(4) {
        _ if missed => format!("{year}年{}月{}日", month + between(rng, 1, 12 - month), between(rng, 1, 28)),
        0 if has_day => format!("{year}年{month}月{}日", between(rng, 1, day)),
        0 | 1 => format!("{year}年{}月", between(rng, 3.min(month), month - i64::from(has_day))),
        2 => (*pick(rng, &["按时完成", "已完成", "按期完成"])).to_owned(),
        _ => target.clone(),
    };
    Value {
        name: name.to_owned(),
        operator: String::new(),
        value: target,
        unit: String::new(),
        adjusted: String::new(),
        actual,
        measure: Measure::Date { month, day: if has_day { day } else { 31 } },
        kept: if missed { Kept::Percent(between(rng, 5, 7) * 10) } else { Kept::All },
    }
}

fn cost(rng: &mut Rng, around: &Around<'_>, topics: &'static Topics) -> Value {
    if let (Some((budget, executed, unit)), true) = (&around.money, rng.chance(2)) {
        let figures = [budget, executed].map(|it| parsed(it));
        return Value {
            name: pick(rng, &topics.cost_totals).clone(),
            operator: sign(rng, around, around.style.at_most),
            value: budget.clone(),
            unit: (*unit).to_owned(),
            adjusted: String::new(),
            actual: format!("{executed}{unit}"),
            measure: Measure::Number {
                target: figures.first().copied().unwrap_or_default(),
                actual: figures.last().copied().unwrap_or_default(),
                decimals: 4,
                unit: (*unit).to_owned(),
                better: Better::Less,
                is_count: false,
            },
            kept: Kept::All,
        };
    }
    if rng.chance(5) {
        let name = pick(rng, &topics.rates_cost).clone();
        let mut value = percentage(rng, around, name, 100 * ONE);
        let actual = between(rng, 90, 100) * ONE;
        value.operator = around.style.at_most.to_owned();
        value.actual = format!("{}%", trimmed(actual));
        value.kept = Kept::All;
        value.measure = Measure::Number {
            target: 100 * ONE,
            actual,
            decimals: 1,
            unit: "%".to_owned(),
            better: Better::Less,
            is_count: false,
        };
        return value;
    }
    let (name, unit, decimals) = pick(rng, &topics.prices);
    let decimals = usize::try_from(*decimals).unwrap_or_default();
    let mut target = if rng.chance(2) { between(rng, 10, 90) } else { between(rng, 100, 9000) } * ONE;
    if 0 < decimals {
        target = share(target, between(rng, 10, 99), decimals).max(ONE);
    }
    let missed = misses(rng, around);
    let actual = match rng.below(3) {
        _ if missed => target + share(target, between(rng, 3, 40), decimals).max(ONE),
        0 => share(target, between(rng, 88, 99), decimals),
        _ => target,
    };
    Value {
        name: name.clone(),
        operator: sign(rng, around, around.style.at_most),
        value: trimmed(target),
        unit: unit.clone(),
        adjusted: String::new(),
        actual: format!("{}{unit}", trimmed(actual)),
        measure: Measure::Number {
            target,
            actual,
            decimals,
            unit: unit.clone(),
            better: Better::Less,
            is_count: false,
        },
        kept: if missed { Kept::Share(target, actual) } else { Kept::All },
    }
}

/// The figure of a text that the draughtsman printed himself.
fn parsed(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let rest = format!("{rest:0<4}");
    let figure = |text: &str| text.parse::<i64>().unwrap_or_default();
    figure(whole) * ONE + figure(rest.get(..4).unwrap_or("0"))
}

fn plain(name: &str, target: String, actual: String, kept: Kept) -> Value {
    Value {
        name: name.to_owned(),
        operator: String::new(),
        value: target,
        unit: String::new(),
        adjusted: String::new(),
        actual,
        measure: Measure::Words,
        kept,
    }
}

fn words_of(rng: &mut Rng, around: &Around<'_>, names: &'static [String]) -> Value {
    let phrases = &words().phrases;
    let name = pick(rng, names);
    let target = pick(rng, &phrases.top_words).clone();
    if misses(rng, around) {
        return plain(name, target, pick(rng, &phrases.middle_actuals).clone(), Kept::Percent(70));
    }
    let actual = match rng.below(8) {
        0..4 => target.clone(),
        4 => "100%".to_owned(),
        _ => pick(rng, &phrases.top_actuals).clone(),
    };
    plain(name, target, actual, Kept::All)
}

fn small(rng: &mut Rng, _around: &Around<'_>, names: &'static [String]) -> Value {
    let target = (*pick(rng, &["较小", "可控", "在可接受范围内"])).to_owned();
    plain(word(rng, names), target.clone(), target, Kept::All)
}

/// The row that repeats the execution of the funds.
pub(super) fn execution(around: &Around<'_>) -> Value {
    let (rate, figure) = around.rate.clone().unwrap_or(("100%".to_owned(), 100 * ONE));
    let rate = if rate.ends_with('%') { rate } else { format!("{rate}%") };
    Value {
        name: "预算执行率".to_owned(),
        operator: String::new(),
        value: "100".to_owned(),
        unit: "%".to_owned(),
        adjusted: String::new(),
        actual: rate,
        measure: Measure::Execution,
        kept: if figure < 100 * ONE { Kept::Share(figure, 100 * ONE) } else { Kept::All },
    }
}

/// What of the points is earned.
pub(super) fn earned(points: i64, kept: Kept) -> i64 {
    match kept {
        Kept::All => points,
        Kept::Share(part, whole) => scaled(points, part, whole, 2),
        Kept::Percent(percentage) => share(points, percentage, 2),
    }
}

/// The actual's text with another figure: what stands around the number stays.
pub(super) fn with_figure(actual: &str, figure: i64, decimals: usize) -> String {
    let begin = actual.find(|it: char| it.is_ascii_digit()).unwrap_or(actual.len());
    let number = |it: char| it.is_ascii_digit() || it == '.';
    let end = actual.get(begin..).map_or(begin, |it| begin + it.find(|it| !number(it)).unwrap_or(it.len()));
    let (head, tail) = (actual.get(..begin).unwrap_or_default(), actual.get(end..).unwrap_or_default());
    let text = if decimals == 0 { fixed(figure, 0) } else { trimmed(figure) };
    format!("{head}{text}{tail}")
}
