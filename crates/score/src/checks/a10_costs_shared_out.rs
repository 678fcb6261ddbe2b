//! A10: costs that are the money spent, shared out by a count.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::{Fraction, Interval, Quantity};

use crate::Meta;
use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::money::{CostRow, cells, cost_rows, is_cost, shown, stated};

check! {
    /// Costs that were booked differ from thing to thing; costs that were worked out backwards are all the same a head.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 90         | 47.25
    ///
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 护士进修       | 60人次     | 55人次     | 5    | 4.6
    /// 产出指标 | 数量指标 | 乡村医生轮训   | 200人次    | 212人次    | 5    | 5
    /// 产出指标 | 数量指标 | 急救知识普及   | 300人次    | 108人次    | 5    | 2
    /// 产出指标 | 成本指标 | 护士进修费     | 40万元     | 6.93万元   | 5    | 5
    /// 产出指标 | 成本指标 | 乡村医生轮训费 | 35万元     | 26.71万元  | 5    | 5
    /// 产出指标 | 成本指标 | 急救知识普及费 | 15万元     | 13.61万元  | 5    | 5
    /// fires /indicators/3/actual,/indicators/4/actual,/indicators/5/actual suspicion medium
    /// ```
    /// One price was planned for all, the costs differ a head, or two rows say too little:
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 84         | 56.25
    ///
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 护士进修       | 60人次     | 55人次     | 5    | 4.6
    /// 产出指标 | 数量指标 | 乡村医生轮训   | 200人次    | 212人次    | 5    | 5
    /// 产出指标 | 数量指标 | 急救知识普及   | 300人次    | 108人次    | 5    | 2
    /// 产出指标 | 成本指标 | 护士进修费     | 9万元      | 8.25万元   | 5    | 5
    /// 产出指标 | 成本指标 | 乡村医生轮训费 | 30万元     | 31.8万元   | 5    | 5
    /// 产出指标 | 成本指标 | 急救知识普及费 | 45万元     | 16.2万元   | 5    | 5
    /// quiet
    /// ----
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 90         | 47.25
    ///
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 护士进修       | 60人次     | 55人次     | 5    | 4.6
    /// 产出指标 | 数量指标 | 乡村医生轮训   | 200人次    | 212人次    | 5    | 5
    /// 产出指标 | 数量指标 | 急救知识普及   | 300人次    | 108人次    | 5    | 2
    /// 产出指标 | 成本指标 | 护士进修费     | 40万元     | 11.04万元  | 5    | 5
    /// 产出指标 | 成本指标 | 乡村医生轮训费 | 35万元     | 28.4万元   | 5    | 5
    /// 产出指标 | 成本指标 | 急救知识普及费 | 15万元     | 7.81万元   | 5    | 5
    /// quiet
    /// ----
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 75         | 33.64
    ///
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 护士进修       | 60人次     | 55人次     | 5    | 4.6
    /// 产出指标 | 数量指标 | 乡村医生轮训   | 200人次    | 212人次    | 5    | 5
    /// 产出指标 | 成本指标 | 护士进修费     | 40万元     | 6.93万元   | 5    | 5
    /// 产出指标 | 成本指标 | 乡村医生轮训费 | 35万元     | 26.71万元  | 5    | 5
    /// quiet
    /// ```
    A10 = Meta {
        code: "A10",
        name: "costs-shared-out",
        name_zh: "成本按人头分摊",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "各项实际成本恰为执行数按数量比例分摊的结果",
        summary_en: "the costs are exactly the money spent, shared out by a count",
        definition_zh: "三个以上成本行的实际值合计等于全年执行数，每一行都恰为执行数按同序数量行的实际数量（人次、场次…）比例分摊所得，而计划成本并不成此比例：\
                        成本不像是据实核算的。",
        definition_en: "The actuals of three cost rows or more add up to what was spent, each of them is that sum shared out by the counts that as many \
                        quantity rows reached, in the same order, and the planned costs do not follow the planned counts: such costs were not booked.",
        tolerance: "L of every amount; each actual printed to one in a hundred or finer",
        authority: "M6",
        applies_when: "three cost rows or more with amounts as targets and actuals, as many quantity rows that count in one unit, and an executed amount",
        ..BLANK
    }, run
}

/// Two equations hold by accident once in ten thousand times, if each figure is as fine as this; one does too often.
const LEAST_ROWS: usize = 3;

/// An amount says little if its rounding is more than one part in so many of it.
const LEAST_FINENESS: i64 = 100;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if !facts.is_self_evaluation() || facts.actuals_are_points() {
        return outcomes.not_applicable();
    }
    let rows = cost_rows(facts);
    let (Some(planned), Some(spent)) = (spreads(rows, |it| it.target), spreads(rows, |it| it.actual)) else {
        return outcomes.not_applicable();
    };
    let counted = counted(facts, rows.len());
    let executed = stated(facts).iter().filter_map(|it| Some((it.lines.first().copied()?, it.executed?))).next();
    let (Some((line_idx, executed)), false) = (executed, counted.is_empty()) else { return outcomes.not_applicable() };
    let is_all_spent = Spread::sum(spent.iter().copied()).is_some_and(|it| Balance::of(executed, it).holds());
    if !is_all_spent || !spent.iter().all(is_fine) {
        return outcomes.exact();
    }
    let total = Spread::sum(planned.iter().copied());
    let shared = counted.iter().find(|it| {
        let is_planned_so = total.is_some_and(|total| is_shared(&planned, total, &it.planned));
        is_shared(&spent, executed, &it.reached) && !is_planned_so
    });
    let Some(shared) = shared else { return outcomes.exact() };
    let reached = shared.reached.iter().copied().try_fold(Fraction::ZERO, Fraction::plus);
    let each = executed.value.zip(reached).and_then(|(sum, count)| sum.over(count));
    let each = each.map_or_else(String::new, |it| crate::show::rounded(it, 2));
    let sum = shown(&executed);
    let unit = shared.unit;
    let inputs = shared.rows.iter().map(|it| Pointer::Indicator(*it, IndicatorField::Actual));
    outcomes.raise(
        Raised::new(&A10::META, Grade::S2)
            .at(cells(rows, IndicatorField::Actual))
            .inputs(inputs.chain([Pointer::Funds(line_idx, FundsField::Executed)]))
            .equation(format!("{sum} / {} = {each}", reached.map_or_else(String::new, |it| it.to_string())))
            .message(
                format!("各项实际成本恰为执行数 {sum} 按{unit}分摊，每{unit}都是 {each} 元，而计划单价各不相同，疑非据实核算"),
                format!(
                    "the costs are exactly the {sum} spent, shared out: {each} 元 for each {unit}, although the plan had \
                     different prices; they were probably not booked"
                ),
            ),
    );
}

/// The amounts of all rows; `None` if there are too few, or one has none.
fn spreads(rows: &[CostRow], of: impl Fn(&CostRow) -> Option<Spread>) -> Option<Vec<Spread>> {
    if rows.len() < LEAST_ROWS {
        return None;
    }
    rows.iter().map(|it| of(it).filter(|it| it.value.is_some_and(|it| !it.is_zero()))).collect()
}

/// Counts of one unit, one for each cost row.
struct Counted {
    unit: &'static str,
    rows: Vec<usize>,
    planned: Vec<Fraction>,
    reached: Vec<Fraction>,
}

/// The units in which exactly so many quantity rows count, once each, in target and actual.
fn counted(facts: &Facts<'_>, n_rows: usize) -> Vec<Counted> {
    let mut found: Vec<Counted> = Vec::new();
    for (row_idx, row) in facts.counted_rows() {
        let l2 = facts.form.indicators.get(row_idx).and_then(|it| it.l2.as_ref());
        let is_quantity = l2.is_some_and(|it| it.text.contains("数量")) && !is_cost(facts, row_idx);
        let Some(values) = facts.values(row_idx).filter(|_| is_quantity && !row.is_idle && !row.is_part) else {
            continue;
        };
        for actual in values.actual.quantities() {
            let Some(unit) = actual.unit.filter(|_| actual.is_whole_count() && actual.approximation.is_none()) else {
                continue;
            };
            let same = |it: &&Quantity| it.unit.is_some_and(|it| it.of.is_like(unit.of) && !it.is_rate());
            let mut planned = values.target.quantities().iter().filter(same);
            let is_once = values.actual.quantities().iter().filter(same).count() == 1;
            let (Some(target), None, true) = (planned.next(), planned.next(), is_once) else { continue };
            let (Some(target), Some(reached)) = (target.value(), actual.value()) else { continue };
            let name = unit.of.name;
            let idx = found.iter().position(|it| it.unit == name).unwrap_or_else(|| {
                found.push(Counted { unit: name, rows: Vec::new(), planned: Vec::new(), reached: Vec::new() });
                found.len() - 1
            });
            if let Some(of_unit) = found.get_mut(idx) {
                of_unit.rows.push(row_idx);
                of_unit.planned.push(target);
                of_unit.reached.push(reached);
            }
        }
    }
    found.retain(|it| it.rows.len() == n_rows);
    found
}

/// Each amount is the total times its share of the counts.
fn is_shared(amounts: &[Spread], total: Spread, counts: &[Fraction]) -> bool {
    let Some(sum) = counts.iter().copied().try_fold(Fraction::ZERO, Fraction::plus).filter(|it| !it.is_zero()) else {
        return false;
    };
    amounts.iter().zip(counts).all(|(amount, count)| {
        let share = count.over(sum).and_then(|it| total.loose.scaled(it));
        share.is_some_and(|it| it.intersects(&amount.loose))
    })
}

fn is_fine(amount: &Spread) -> bool {
    let width = |it: &Interval| it.high().value()?.minus(it.low().value()?);
    let least = width(&amount.loose).and_then(|it| it.times(Fraction::from(LEAST_FINENESS)));
    amount.value.zip(least).is_some_and(|(value, least)| least <= value)
}
