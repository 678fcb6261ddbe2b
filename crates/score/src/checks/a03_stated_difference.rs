//! A03: by how much a target was exceeded or saved, as the row says, against its own figures.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Fraction, Interval, Quantity, Value};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// What is said to be above the target, or saved, is the difference of actual and target.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值               | 实际完成值                                        | 分值 | 得分
    /// 产出指标 | 数量指标 | 干部培训 | 举办3期培训班、培训330人次 | 举办7期培训班、完成培训790人次(超额完成190人次)       | 5    | 5
    ///          | 成本指标 | 会议费   | 30.5万元                 | 26.2万元,节约6.1万元                              | 5    | 5
    /// fires /indicators/0/actual contradiction
    /// fires /indicators/1/actual contradiction
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值               | 实际完成值                                         | 分值 | 得分
    /// 产出指标 | 数量指标 | 干部培训 | 举办3期培训班、培训330人次 | 举办4期培训班、完成培训1021人次(超额完成691人次)       | 5    | 5
    ///          |          | 种植面积 | ≥100亩                   | 120亩,超额20亩                                     | 5    | 5
    ///          |          | 走访     | 50户                     | 60户,较上年增加25户                                | 5    | 5
    ///          |          | 宣传     | 50场                     | 60场,超额完成20%                                   | 5    | 5
    /// quiet
    /// ```
    A03 = Meta {
        code: "A03",
        name: "stated-difference",
        name_zh: "增减数不符",
        class: "C/S2",
        severity: Level::High,
        summary_zh: "所写超额、节约的数应等于实际值与指标值之差",
        summary_en: "a stated surplus or saving is the difference of actual and target",
        definition_zh: "实际值栏写明超额（超出、多完成）或节约（节省、结余）若干的，应等于本行实际值与指标值之差；写作百分比的，按差额占指标值的比例计。",
        definition_en: "A surplus (超额, 超出, 多完成) or saving (节约, 节省, 结余) that the actual states equals actual less target of the row; a percentage is taken of the target.",
        tolerance: "L of the stated difference against the interval of the difference; counts exactly",
        authority: "arithmetic",
        applies_when: "an actual that states a surplus or a saving beside its own figure",
        ..BLANK
    }, run
}

/// Words that state what lies above the target. Not 增长 or 增加, which compare with the year before.
const ABOVE: [&str; 7] = ["超额完成", "超额", "超出", "多完成", "超过目标", "超过计划", "超目标"];

/// Words that state what lies below it.
const BELOW: [&str; 4] = ["节约", "节省", "结余", "少支出"];

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    if facts.has_column(IndicatorField::Actual) && !facts.actuals_are_points() {
        for (row_idx, row) in facts.counted_rows() {
            let actual = facts.form.indicators.get(row_idx).and_then(|it| it.actual.as_ref());
            // Few cells state a difference at all.
            let says_so = |text: &str| ABOVE.iter().chain(&BELOW).any(|it| text.contains(it));
            if row.is_idle || !actual.is_some_and(|it| says_so(&it.text)) {
                continue;
            }
            if let (Some(values), Some(actual)) = (facts.values(row_idx), actual) {
                look(row_idx, &actual.text, &values.target, &values.actual, outcomes);
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The row states a difference that its own figures contradict.
pub(super) fn is_contradicted(facts: &Facts<'_>, row_idx: usize) -> bool {
    let actual = facts.form.indicators.get(row_idx).and_then(|it| it.actual.as_ref());
    let Some((values, actual)) = facts.values(row_idx).zip(actual) else { return false };
    let mut outcomes = Outcomes::default();
    look(row_idx, &actual.text, &values.target, &values.actual, &mut outcomes);
    !outcomes.raised.is_empty()
}

fn look(row_idx: usize, text: &str, target: &Value, actual: &Value, outcomes: &mut Outcomes) {
    let at = Pointer::Indicator(row_idx, IndicatorField::Actual);
    for stated in &actual.asides {
        let head = text.get(..stated.span.start).unwrap_or_default();
        let head = head.trim_end_matches(['了', ' ', ':', '：']);
        let ends = |words: &[&str]| words.iter().any(|it| head.ends_with(it));
        let is_above = ends(&ABOVE);
        if !is_above && !ends(&BELOW) {
            continue;
        }
        let pair = if stated.is_percent() { only_pair(target, actual) } else { pair_like(stated, target, actual) };
        let Some((wanted, reached)) = pair else {
            outcomes.not_checkable([at], "没有可以比较的一对数字", "no pair of figures to compare it with");
            continue;
        };
        compare(at, text, stated, &wanted, &reached, is_above, outcomes);
    }
}

/// The figures of target and actual that count what the difference counts; a bare difference counts what they do.
fn pair_like(stated: &Quantity, target: &Value, actual: &Value) -> Option<(Quantity, Quantity)> {
    let Some(unit) = stated.unit else { return only_pair(target, actual) };
    let like = |value: &Value| {
        let mut found = value.quantities().iter().filter(|it| {
            it.unit.is_some_and(|other| {
                other.of.is_like(unit.of)
                    || other.of.dimension == unit.of.dimension && unit.is_comparable(&other) && !stated.is_whole_count()
            })
        });
        found.next().copied().filter(|_| found.next().is_none())
    };
    let (wanted, reached) = (like(target), like(actual));
    // A target without unit is in that of the actual.
    let bare = target.quantity().filter(|it| it.unit.is_none()).copied();
    Some((wanted.or(bare)?, reached?))
}

fn only_pair(target: &Value, actual: &Value) -> Option<(Quantity, Quantity)> {
    let (wanted, reached) = (*target.quantity()?, *actual.quantity()?);
    let (wanted, reached) = (wanted.in_unit_of(&reached), reached.in_unit_of(&wanted));
    let same = wanted.dimension() == reached.dimension();
    (same && !wanted.is_percent()).then_some((wanted, reached))
}

fn compare(
    at: Pointer,
    text: &str,
    stated: &Quantity,
    wanted: &Quantity,
    reached: &Quantity,
    is_above: bool,
    outcomes: &mut Outcomes,
) {
    let is_vague = |it: &Quantity| it.approximation.is_some() || it.is_range();
    if is_vague(stated) || is_vague(wanted) || is_vague(reached) || reached.operator.is_some() {
        return outcomes.not_checkable([at], "数字只是约数或界限", "a figure is approximate or a bound");
    }
    let sides = if is_above { (reached, wanted) } else { (wanted, reached) };
    let figures = || {
        let difference = sides.0.value()?.minus(sides.1.value()?)?;
        Some((difference, sides.0.loose()?.minus(&sides.1.loose()?)?, stated.value()?, stated.loose()?))
    };
    let Some((difference, interval, value, loose)) = figures() else {
        return outcomes.not_checkable([at], "数字过大", "a figure is too large");
    };
    if stated.is_percent() {
        return match shares(reached, wanted, is_above) {
            Some(shares) if shares.iter().any(|it| it.intersects(&loose)) => outcomes.within_rounding(),
            Some(_) => raise(at, text, stated, sides, difference, Grade::S2, outcomes),
            None => outcomes.not_checkable([at], "指标值为零", "the target is zero"),
        };
    }
    if interval.intersects(&loose) {
        return outcomes.agrees(difference == value);
    }
    raise(at, text, stated, sides, difference, Grade::C, outcomes);
}

/// The percentages that a surplus may be stated as: of the target, or actual over target.
fn shares(reached: &Quantity, wanted: &Quantity, is_above: bool) -> Option<[Interval; 2]> {
    let ratio = reached.loose()?.over(&wanted.loose()?)?.scaled(100)?;
    let whole = Interval::point(Fraction::from(100));
    let difference = if is_above { ratio.minus(&whole)? } else { whole.minus(&ratio)? };
    Some([difference, ratio])
}

fn raise(
    at: Pointer,
    text: &str,
    stated: &Quantity,
    (from, less): (&Quantity, &Quantity),
    difference: Fraction,
    grade: Grade,
    outcomes: &mut Outcomes,
) {
    let row_idx = match at {
        Pointer::Indicator(row_idx, _) => row_idx,
        _ => return,
    };
    let printed = stated.number.to_string();
    let words = stated.span.of(text);
    let scaled = |it: Fraction| show::in_unit_of(it, Some(from));
    let result = scaled(difference);
    let equation = format!("{} - {} = {result}", from.number, show::plain(less.number.value()));
    outcomes.raise(
        Raised::new(&A03::META, grade)
            .at([at])
            .inputs([Pointer::Indicator(row_idx, IndicatorField::Target), at])
            .stated(printed)
            .recomputed(result)
            .equation(equation.clone())
            .message(
                format!("写明的差额 {words} 与本行数字不符：{equation}"),
                format!("the stated difference {words} does not agree with the row: {equation}"),
            ),
    );
}
