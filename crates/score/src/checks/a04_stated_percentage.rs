//! A04: a percentage of completion against the rows that it is taken from.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Fraction, Interval, Quantity};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// A rate of completion named after another row is that row's actual over its target.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训人数       | 50人       | 47人       | 10   | 9.4
    ///          | 质量指标 | 培训人数完成率 | 100%       | 98.5%      | 10   | 9.85
    /// fires /indicators/1/actual suspicion medium
    /// ```
    /// A percentage of all rows together cannot hold beside a surplus that takes another target (a note of A03):
    /// ```form
    /// @with A03
    /// 一级指标 | 二级指标 | 三级指标     | 年度指标值     | 实际完成值                      | 分值 | 得分
    /// 产出指标 | 数量指标 | 干部培训     | 培训300人次   | 培训330人次                     | 5    | 5
    ///          |          | 乡镇培训     | 培训330人次   | 培训790人次(超额完成190人次)     | 5    | 5
    ///          | 质量指标 | 完成培训任务 | 100%          | 177.78%                         | 10   | 10
    /// fires /indicators/2/actual note
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训人数       | 50人       | 47人       | 10   | 9.4
    ///          | 质量指标 | 培训人数完成率 | 100%       | 94%        | 10   | 9.4
    ///          |          | 合格率         | 95%        | 98.5%      | 10   | 10
    /// quiet
    /// ```
    A04 = Meta {
        code: "A04",
        name: "stated-percentage",
        name_zh: "百分比不符",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "完成率应与本表所据各行的数字一致",
        summary_en: "a rate of completion agrees with the rows that it is taken from",
        definition_zh: "名称为某一指标“完成率”的，应等于该指标实际值/指标值（可按100%封顶）；按各行合计得出的完成百分比，与其中一行写明的超额数不能同时成立的，为 A03 的附注。",
        definition_en: "A rate of completion named after another row is that row's actual over its target, maybe capped at 100%. A percentage of all rows together that cannot hold beside \
                        the surplus that one of them states is a note of A03.",
        tolerance: "L of the percentage against the interval of the ratio",
        authority: "M3",
        applies_when: "a percentage of completion and the rows that it is taken from",
        ..BLANK
    }, run
}

/// What ends the name of a rate of completion.
const RATES: [&str; 5] = ["完成率", "实际完成率", "任务完成率", "目标完成率", "计划完成率"];

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    if facts.has_column(IndicatorField::Actual) && !facts.actuals_are_points() {
        for (row_idx, row) in facts.counted_rows() {
            if row.is_idle {
                continue;
            }
            let Some(stated) = percentage(facts, row_idx) else { continue };
            match named_row(facts, row_idx) {
                Some(other_idx) => of_row(facts, outcomes, row_idx, &stated, other_idx),
                None => of_all(facts, outcomes, row_idx, &stated),
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The percentage that a row states as its actual.
fn percentage(facts: &Facts<'_>, row_idx: usize) -> Option<Quantity> {
    let stated = *facts.values(row_idx)?.actual.quantity()?;
    let is_plain = stated.is_percent() && stated.operator.is_none() && stated.approximation.is_none();
    is_plain.then_some(stated)
}

/// The row whose completion the name speaks of.
fn named_row(facts: &Facts<'_>, row_idx: usize) -> Option<usize> {
    let name = facts.bare_name(row_idx)?;
    let of =
        RATES.iter().filter_map(|it| name.strip_suffix(it)).min_by_key(|it| it.len()).filter(|it| !it.is_empty())?;
    let is_named = |other: &usize| *other != row_idx && facts.bare_name(*other) == Some(of);
    let mut found = facts.counted_rows().map(|it| it.0).filter(is_named);
    found.next().filter(|_| found.next().is_none())
}

/// Target and actual of a row in one unit that is no percentage.
fn pair(facts: &Facts<'_>, row_idx: usize) -> Option<(Quantity, Quantity)> {
    let values = facts.values(row_idx)?;
    let (target, actual) = (*values.target.quantity()?, *values.actual.quantity()?);
    let (target, actual) = (target.in_unit_of(&actual), actual.in_unit_of(&target));
    let is_plain = |it: &Quantity| it.approximation.is_none() && !it.is_percent();
    let fits = target.dimension() == actual.dimension() && is_plain(&target) && is_plain(&actual);
    (fits && actual.operator.is_none()).then_some((target, actual))
}

fn ratio(target: &Interval, actual: &Interval) -> Option<Interval> {
    actual.over(target)?.scaled(100)
}

fn of_row(facts: &Facts<'_>, outcomes: &mut Outcomes, row_idx: usize, stated: &Quantity, other_idx: usize) {
    let at = Pointer::Indicator(row_idx, IndicatorField::Actual);
    let Some((target, actual)) = pair(facts, other_idx) else {
        return outcomes.not_checkable([at], "所据的一行无从计算", "the row that it is taken from cannot be computed");
    };
    let loose = target.loose().zip(actual.loose());
    let Some((share, printed)) = loose.and_then(|it| ratio(&it.0, &it.1)).zip(stated.loose()) else {
        return outcomes.not_checkable([at], "指标值为零", "the target is zero");
    };
    let whole = Fraction::from(100);
    if printed.intersects(&share) || printed.intersects(&share.capped(whole)) {
        return outcomes.within_rounding();
    }
    let exact = actual.value().zip(target.value()).and_then(|(actual, target)| actual.over(target));
    let result = exact.map_or_else(|| share.to_string(), show::percent);
    let equation = format!("{} / {} = {result}", actual.number, target.number);
    let (name, said) = (show::row_name(facts.form, other_idx), format!("{}%", stated.number));
    outcomes.raise(
        Raised::new(&A04::META, Grade::S2)
            .at([at])
            .inputs([IndicatorField::Target, IndicatorField::Actual].map(|it| Pointer::Indicator(other_idx, it)))
            .stated(said.clone())
            .recomputed(result)
            .admissible(show::admissible(&share, stated.number))
            .equation(equation.clone())
            .message(
                format!("完成率写作 {said}，按{name}计算 {equation}"),
                format!("the rate of completion is stated as {said}, by {name} it is {equation}"),
            ),
    );
}

/// A percentage that all rows of one unit together give, beside a surplus that one of them states otherwise.
fn of_all(facts: &Facts<'_>, outcomes: &mut Outcomes, row_idx: usize, stated: &Quantity) {
    let row = facts.form.indicators.get(row_idx);
    let speaks = [IndicatorField::Name, IndicatorField::Actual]
        .iter()
        .any(|field| row.and_then(|it| it.field(*field)).is_some_and(|it| it.text.contains("完成")));
    // 100% and 98% are what everybody writes.
    if !speaks || stated.number.decimals() == 0 {
        return;
    }
    let Some(printed) = stated.loose() else { return };
    for (rows, share) in totals(facts) {
        if !share.intersects(&printed) {
            continue;
        }
        let Some(odd) = rows.iter().copied().find(|it| super::a03_stated_difference::is_contradicted(facts, *it))
        else {
            return outcomes.within_rounding();
        };
        let at = Pointer::Indicator(row_idx, IndicatorField::Actual);
        let said = format!("{}%", stated.number);
        let name = show::row_name(facts.form, odd);
        return outcomes.raise(
            Raised::new(&A04::META, Grade::S2)
                .at([at])
                .inputs(rows.iter().map(|it| Pointer::Indicator(*it, IndicatorField::Actual)))
                .stated(said.clone())
                .message(
                    format!("{said} 由各行的指标值与实际值合计得出，与{name}写明的差额不能同时成立"),
                    format!("{said} is what all rows together give, and cannot hold beside the difference that {name} states"),
                ),
        );
    }
}

/// For every unit in which at least two rows print target and actual: the rows, and the share of all actuals in all targets.
fn totals(facts: &Facts<'_>) -> Vec<(Vec<usize>, Interval)> {
    let mut found: Vec<(&'static str, Vec<usize>, Interval, Interval)> = Vec::new();
    for (row_idx, row) in facts.counted_rows() {
        let Some(values) = facts.values(row_idx).filter(|_| !row.is_idle && !row.is_part) else { continue };
        for target in values.target.quantities() {
            let Some(unit) = target.unit.filter(|_| target.is_whole_count()) else { continue };
            let like = |it: &&Quantity| it.unit.is_some_and(|it| it.of.is_like(unit.of));
            let mut actuals = values.actual.quantities().iter().filter(like);
            let Some(actual) = actuals.next().filter(|_| actuals.next().is_none()) else { continue };
            let Some((wanted, reached)) = target.exact().zip(actual.exact()) else { continue };
            match found.iter_mut().find(|it| it.0 == unit.of.name) {
                Some(sum) => {
                    if let Some((wanted, reached)) = sum.2.plus(&wanted).zip(sum.3.plus(&reached)) {
                        sum.1.push(row_idx);
                        (sum.2, sum.3) = (wanted, reached);
                    }
                }
                None => found.push((unit.of.name, vec![row_idx], wanted, reached)),
            }
        }
    }
    let many = found.into_iter().filter(|it| 2 <= it.1.len());
    many.filter_map(|(_, rows, wanted, reached)| Some((rows, ratio(&wanted, &reached)?))).collect()
}
