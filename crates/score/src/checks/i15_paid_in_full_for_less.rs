//! I15: less was delivered, and all of its money was spent.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Fraction, Quantity};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, says_something};
use crate::met::{Attainment, Kind};
use crate::{Meta, money, show};

check! {
    /// Where a thing fell short of its number, its cost should have, too: the price of one has risen and nobody says why.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标     | 年度指标值  | 实际完成值  | 分值 | 得分
    /// 产出指标 | 数量指标 | 河道清淤     | 40公里      | 31公里      | 5    | 3.9
    /// 产出指标 | 数量指标 | 印发宣传手册 | 2000册      | 1500册      | 5    | 3.75
    /// 产出指标 | 成本指标 | 河道清淤费用 | 60万元      | 60万元      | 5    | 5
    /// 产出指标 | 成本指标 | 印发宣传手册 | 9000元/项   | 9500元/项   | 5    | 5
    /// fires /indicators/2/actual suspicion medium
    /// fires /indicators/3/actual suspicion medium
    /// ```
    /// The cost fell with the number, the price is for one piece, a reason is given, all but a little was delivered, or
    /// the thing is another:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标     | 年度指标值  | 实际完成值  | 分值 | 得分 | 偏差原因
    /// 产出指标 | 数量指标 | 河道清淤     | 40公里      | 31公里      | 5    | 3.9  |
    /// 产出指标 | 数量指标 | 印发宣传手册 | 2000册      | 1500册      | 5    | 3.75 |
    /// 产出指标 | 数量指标 | 租用车辆     | 100台次     | 97台次      | 5    | 4.85 |
    /// 产出指标 | 数量指标 | 聘用护林员   | 30人        | 20人        | 5    | 3.3  | 部分岗位全年未招满，人均补助提高
    /// 产出指标 | 数量指标 | 购置帐篷     | 50顶        | 40顶        | 5    | 4    |
    /// 产出指标 | 成本指标 | 河道清淤费用 | 60万元      | 46.5万元    | 5    | 5    |
    /// 产出指标 | 成本指标 | 印发宣传手册 | 4.5元/册    | 4.5元/册    | 5    | 5    |
    /// 产出指标 | 成本指标 | 租用车辆     | 5万元       | 5万元       | 5    | 5    |
    /// 产出指标 | 成本指标 | 聘用护林员   | 36万元      | 36万元      | 5    | 5    |
    /// 产出指标 | 成本指标 | 帐篷运输费   | 1万元       | 1万元       | 5    | 5    |
    /// quiet
    /// ```
    I15 = Meta {
        code: "I15",
        name: "paid-in-full-for-less",
        name_zh: "少做仍付足",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "数量未完成，而同一事项的成本全部用完",
        summary_en: "a quantity fell short while the cost of the same thing was spent in full",
        definition_zh: "数量行实际值低于指标值的95%，同一事项的成本行（一笔总额，不是单价）实际值不低于指标值，两行都没有说明原因：实际单价高于计划单价。",
        definition_en: "A quantity reached less than 95% of its target, and the cost row of the same thing (a sum, not the price of one) spent its target \
                        or more, without a reason in either row: what one of it cost has risen.",
        tolerance: "5% of the quantity; things are the same if their names are, without words of counting and paying",
        authority: "N1",
        applies_when: "a quantity below its target and a cost row of the same thing, both with numbers",
        ..BLANK
    }, run
}

/// A shortfall of up to a twentieth is told by its score alone. Percent of the target that was reached.
const NEARLY_ALL_PERCENT: i64 = 95;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    if facts.is_self_evaluation() && !facts.actuals_are_points() {
        let short: Vec<usize> = facts.counted_rows().map(|it| it.0).filter(|it| is_short(facts, *it)).collect();
        if !short.is_empty() {
            let costs = facts.counted_rows().filter(|it| !it.1.is_idle && !it.1.is_part).map(|it| it.0);
            for cost_idx in costs.filter(|it| money::is_cost(facts, *it)) {
                look(facts, outcomes, cost_idx, &short);
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn look(facts: &Facts<'_>, outcomes: &mut Outcomes, cost_idx: usize, short: &[usize]) {
    let Some(row) = facts.form.indicators.get(cost_idx) else { return };
    let Some(name) = super::thing(row) else { return };
    let mut same = short
        .iter()
        .copied()
        .filter(|it| facts.form.indicators.get(*it).is_some_and(|it| super::thing(it).as_ref() == Some(&name)));
    let (Some(short_idx), None) = (same.next(), same.next()) else { return };
    let Some((planned, spent)) = sums(facts, cost_idx) else { return };
    let (Some(from), Some(to)) = (planned.value(), spent.value()) else { return };
    let is_explained = [cost_idx, short_idx]
        .iter()
        .any(|it| facts.form.indicators.get(*it).is_some_and(|it| says_something(it.reason.as_ref())))
        || says_something(facts.form.deviation.as_ref());
    if to < from || from.is_zero() || is_explained {
        return outcomes.exact();
    }
    let Some((target, actual)) = counts(facts, short_idx) else { return };
    let share = actual.value().zip(target.value()).and_then(|(actual, target)| actual.over(target));
    let percent = share.map_or_else(String::new, show::percent);
    let printed =
        |row_idx: usize, field| show::printed(facts.form.indicators.get(row_idx).and_then(|it| it.field(field)));
    let (wanted, had) = (printed(short_idx, IndicatorField::Target), printed(short_idx, IndicatorField::Actual));
    let (budget, cost) = (printed(cost_idx, IndicatorField::Target), printed(cost_idx, IndicatorField::Actual));
    let thing = show::row_name(facts.form, short_idx);
    outcomes.raise(
        Raised::new(&I15::META, Grade::S2)
            .at([Pointer::Indicator(cost_idx, IndicatorField::Actual)])
            .inputs([
                Pointer::Indicator(cost_idx, IndicatorField::Target),
                Pointer::Indicator(short_idx, IndicatorField::Target),
                Pointer::Indicator(short_idx, IndicatorField::Actual),
            ])
            .stated(cost)
            .equation(format!("{had} / {wanted} = {percent}"))
            .message(
                format!("{thing}只完成 {percent}（{had}，指标值 {wanted}），成本却全部用完：{cost}，指标值 {budget}"),
                format!(
                    "{thing} reached {percent} ({had} of {wanted}), yet its cost was spent in full: {cost} of {budget}"
                ),
            ),
    );
}

/// A quantity, counted or measured, that fell short by more than a little.
fn is_short(facts: &Facts<'_>, row_idx: usize) -> bool {
    let row = facts.rows.get(row_idx).zip(facts.form.indicators.get(row_idx));
    let is_quantity = row.is_some_and(|(row, it)| {
        !row.is_idle && it.l2.as_ref().is_some_and(|it| it.text.contains("数量")) && !money::is_cost(facts, row_idx)
    });
    let comparison = || facts.comparison(row_idx);
    if !is_quantity || comparison().kind != Kind::Number || comparison().met != Attainment::Unmet {
        return false;
    }
    let Some((target, actual)) = counts(facts, row_idx) else { return false };
    let (Some(target), Some(actual)) = (target.value(), actual.value()) else { return false };
    let hundred = Fraction::from(100);
    let scaled = target.times(Fraction::from(NEARLY_ALL_PERCENT)).zip(actual.times(hundred));
    scaled.is_some_and(|(least, had)| had < least)
}

/// Target and actual of a row that counts.
fn counts(facts: &Facts<'_>, row_idx: usize) -> Option<(Quantity, Quantity)> {
    let values = facts.values(row_idx)?;
    let (target, actual) = (values.target.quantity()?, values.actual.quantity()?);
    let actual = actual.in_unit_of(target);
    let is_count = |it: &Quantity| {
        !it.is_percent() && !it.is_amount() && !it.is_price() && it.approximation.is_none() && it.unit.is_some()
    };
    let is_one_unit = target.unit.zip(actual.unit).is_some_and(|(left, right)| left.of.is_like(right.of));
    (is_count(target) && is_count(&actual) && is_one_unit && !target.operator.is_some_and(|it| it.is_reverse()))
        .then_some((*target, actual))
}

/// What the whole of a thing was to cost and did cost: amounts, or prices of the one task.
fn sums(facts: &Facts<'_>, row_idx: usize) -> Option<(Quantity, Quantity)> {
    let values = facts.values(row_idx)?;
    let (target, actual) = (values.target.quantity()?, values.actual.quantity()?);
    let actual = actual.in_unit_of(target);
    let is_sum = |it: &Quantity| {
        let is_of_one = || it.unit.is_some_and(|unit| !unit.has_unknown_per && unit.per().all(|it| it.name == "项"));
        (it.is_amount() || it.is_price() && is_of_one()) && it.approximation.is_none() && !it.is_range()
    };
    (is_sum(target) && is_sum(&actual)).then_some((*target, actual))
}
