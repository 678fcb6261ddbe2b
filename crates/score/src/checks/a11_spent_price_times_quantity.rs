//! A11: the prices and quantities that came out, against the money that was spent.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::Quantity;

use crate::Meta;
use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::costing::{Costing, Item, budgets, is_equal, reached_count};
use crate::facts::Facts;
use crate::money::{shown, stated};

check! {
    /// Where prices times quantities are the budget by plan, those that came out are what was spent.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 18         | 18
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值  | 实际完成值  | 分值 | 得分
    /// 产出指标 | 数量指标 | 参训人数   | 60人        | 52人        | 5    | 5
    /// 产出指标 | 数量指标 | 培训天数   | 5天         | 5天         | 5    | 5
    /// 产出指标 | 成本指标 | 培训成本   | 600元/人/天 | 590元/人/天 | 5    | 5
    /// fires /indicators/2/actual suspicion medium
    /// ----
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 9.2        | 8.8
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 采购显微镜 | 20台       | 18台       | 5    | 4.5
    /// 产出指标 | 数量指标 | 采购解剖台 | 4套        | 4套        | 5    | 5
    /// 产出指标 | 成本指标 | 采购显微镜 | 4000元/台  | 3800元/台  | 5    | 5
    /// 产出指标 | 成本指标 | 采购解剖台 | 3000元/套  | 3000元/套  | 5    | 5
    /// fires /indicators/2/actual,/indicators/3/actual suspicion medium
    /// ```
    /// What was spent follows from them, the plan does not balance, or a price is bounded:
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 9.2        | 8.04
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 采购显微镜 | 20台       | 18台       | 5    | 4.5
    /// 产出指标 | 数量指标 | 采购解剖台 | 4套        | 4套        | 5    | 5
    /// 产出指标 | 成本指标 | 采购显微镜 | 4000元/台  | 3800元/台  | 5    | 5
    /// 产出指标 | 成本指标 | 采购解剖台 | 3000元/套  | 3000元/套  | 5    | 5
    /// quiet
    /// ----
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 30         | 18
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值  | 实际完成值  | 分值 | 得分
    /// 产出指标 | 数量指标 | 参训人数   | 60人        | 52人        | 5    | 5
    /// 产出指标 | 数量指标 | 培训天数   | 5天         | 5天         | 5    | 5
    /// 产出指标 | 成本指标 | 培训成本   | 600元/人/天 | 590元/人/天 | 5    | 5
    /// quiet
    /// ----
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 18         | 15.2
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值   | 实际完成值   | 分值 | 得分
    /// 产出指标 | 数量指标 | 参训人数   | 60人         | 52人         | 5    | 5
    /// 产出指标 | 数量指标 | 培训天数   | 5天          | 5天          | 5    | 5
    /// 产出指标 | 成本指标 | 培训成本   | ≤600元/人/天 | ≤600元/人/天 | 5    | 5
    /// quiet
    /// ```
    A11 = Meta {
        code: "A11",
        name: "spent-price-times-quantity",
        name_zh: "量价与执行不符",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "计划的单价乘以数量等于预算，而实际的单价乘以数量不等于执行数",
        summary_en: "prices times quantities are the budget, but those that came out are not what was spent",
        definition_zh: "各成本行计划单价×计划数量之和恰为预算时，实际单价×实际数量之和应等于全年执行数（总额行；与明细不符时取明细之和）；界限按区间计。",
        definition_en: "Where planned prices times planned quantities are exactly the budget, the prices that came out times the quantities that were reached \
                        are what was spent (the total line, or the sum of its sources where these differ); bounds are intervals.",
        tolerance: "L of the executed amount against the sum of the intervals",
        authority: "M6",
        applies_when: "cost rows whose planned prices times planned quantities are exactly the budget, and an executed amount",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if !facts.is_self_evaluation() {
        return outcomes.not_applicable();
    }
    let costing = Costing::of(facts);
    let is_planned_so =
        costing.has_price() && costing.sum().is_some_and(|sum| budgets(facts).iter().any(|it| is_equal(it.1, sum)));
    let executed = stated(facts).iter().filter_map(|it| Some((it.lines.first().copied()?, it.executed?)));
    let executed: Vec<(usize, Spread)> = executed.collect();
    if !is_planned_so || executed.is_empty() {
        return outcomes.not_applicable();
    }
    let at: Vec<Pointer> =
        costing.items.iter().map(|it| Pointer::Indicator(it.row_idx, IndicatorField::Actual)).collect();
    if facts.actuals_are_points() {
        return outcomes.not_checkable(at, "实际值栏填的是得分（D05）", "the actual column holds points (D05)");
    }
    let parts: Option<Vec<Part>> = costing.items.iter().map(|it| part(facts, it)).collect();
    let Some(parts) = parts else {
        return outcomes.not_checkable(
            at,
            "有成本行没有印出实际单价或实际数量",
            "a cost row prints no price or no quantity that came out",
        );
    };
    let Some(sum) = Spread::sum(parts.iter().map(|it| it.spread)) else {
        return outcomes.not_checkable(at, "数字过大", "a figure is too large");
    };
    let best = executed.iter().map(|it| Balance::of(it.1, sum)).reduce(Balance::or);
    if let Some(balance) = best.filter(|it| it.holds()) {
        return outcomes.agrees(balance == Balance::Exact);
    }
    let Some((line_idx, spent)) = executed.first().copied() else { return outcomes.not_applicable() };
    let terms: Vec<String> = parts.iter().map(|it| it.term.clone()).collect();
    let (result, spent) = (shown(&sum), shown(&spent));
    let equation = format!("{} = {result}", terms.join(" + "));
    let counts = costing.items.iter().flat_map(|it| it.count.into_iter().flat_map(|it| it.rows()).collect::<Vec<_>>());
    let inputs = counts.map(|it| Pointer::Indicator(it, IndicatorField::Actual));
    outcomes.raise(
        Raised::new(&A11::META, best.map_or(Grade::S2, |it| it.grade(Grade::S2)))
            .at(at)
            .inputs(inputs.chain([Pointer::Funds(line_idx, FundsField::Executed)]))
            .stated(result.clone())
            .recomputed(spent.clone())
            .equation(equation.clone())
            .message(
                format!("计划单价乘以数量恰为预算，实际单价乘以实际数量 {equation}，而全年执行数为 {spent}"),
                format!("the planned prices times quantities are the budget; those that came out make {equation}, yet {spent} was spent"),
            ),
    );
}

/// What one cost row came to.
struct Part {
    spread: Spread,
    term: String,
}

fn part(facts: &Facts<'_>, item: &Item) -> Option<Part> {
    let values = facts.values(item.row_idx)?;
    let planned = item.money?;
    let mut found = values.actual.quantities().iter().filter(|it| it.is_amount() || it.is_price());
    let only = found.next().filter(|_| found.next().is_none());
    // A bare number is in the unit of the target.
    let paid = match (only, values.actual.quantity()) {
        (Some(it), _) => *it,
        (None, Some(bare)) if bare.unit.is_none() => bare.in_unit_of(&planned),
        _ => return None,
    };
    let is_like = paid.unit.zip(planned.unit).is_some_and(|(paid, planned)| paid.has_same_per(&planned));
    if paid.is_range() || paid.approximation.is_some() || !(is_like || paid.number.is_zero()) {
        return None;
    }
    if paid.number.is_zero() {
        // Nothing is nothing, whatever it is paid for.
        return Some(Part { spread: Spread::exact(paid.number), term: "0".to_owned() });
    }
    let price = |it: &Quantity| if it.operator.is_some() { it.interval() } else { it.loose() };
    let loose = price(&paid)?;
    let shown = crate::show::plain(paid.number.value());
    if !item.is_price() {
        return Some(Part { spread: Spread { value: paid.value(), loose, tight: loose }, term: shown });
    }
    let count = reached_count(facts, item)?;
    let loose = loose.times(&count.interval)?;
    let value = paid.value()?.times(count.value);
    Some(Part { spread: Spread { value, loose, tight: loose }, term: format!("{shown} * {}", count.value) })
}
