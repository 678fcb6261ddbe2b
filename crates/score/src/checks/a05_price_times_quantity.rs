//! A05: quantities times prices against the budget.

use gouji_model::{IndicatorField, Level, Pointer};

use crate::balance::Balance;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::costing::{Costing, Item, budgets, is_equal};
use crate::facts::Facts;
use crate::{Meta, money, show};

check! {
    /// Where every cost is a price, the prices times what the form counts come to the budget.
    ///
    /// ```form
    /// 资金         | 年初预算数 | 全年预算数
    /// 年度资金总额 | 114        | 75.27
    /// 一级指标 | 二级指标 | 三级指标             | 年度指标值
    /// 产出指标 | 数量指标 | 建设讲解系统         | 1项
    ///          |          | 展厅展柜添置       | 1项
    ///          | 成本指标 | 建设讲解系统         | 1197555元/项
    ///          |          | 展厅修缮及展柜添置 | 130200元/项
    /// fires /funds/0/revised suspicion medium
    /// ```
    /// Bounds are intervals, counts may stand in the name of the cost, and a price may lack its denominator:
    /// ```form
    /// 目标表
    /// 资金     | 年初预算数
    /// 项目总额 | 20
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值
    /// 产出指标 | 数量指标 | 1.入户调研 | 5次, 5天/次, 5人/次
    ///          |          | 2.租车     | 不少于16次
    ///          | 成本指标 | 1.入户调研 | 430元/天/人
    ///          |          | 2.租车     | 9140.625元/次
    /// quiet
    /// ----
    /// 目标表
    /// 资金     | 年初预算数
    /// 项目总额 | 18.5
    /// 一级指标 | 二级指标 | 三级指标               | 年度指标值
    /// 产出指标 | 数量指标 | 1.提供报告             | 13份
    ///          | 成本指标 | 1.提供分析报告（13份） | 5000元
    ///          |          | 2.新建模型（30个）     | 4000元
    /// quiet
    /// ----
    /// 资金         | 全年预算数
    /// 年度资金总额 | 20
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值
    /// 产出指标 | 数量指标 | 志书编印 | 600本
    ///          | 成本指标 | 志书编印 | 234300元/项
    /// quiet
    /// ```
    A05 = Meta {
        code: "A05",
        name: "price-times-quantity",
        name_zh: "量价与预算不符",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "各成本指标的单价乘以数量之和应等于预算",
        summary_en: "prices times quantities add up to the budget",
        definition_zh: "每个成本指标都是单价且本表印有其数量（同名指标，或名称中）的：Σ 数量×单价应等于预算（年初或全年）；“不少于”等界限按区间计。恰好相等的标为已核实。",
        definition_en: "If every cost row is a price whose quantity the form prints (in a row of the same thing or in its name), Σ quantity x price equals the initial or the year's budget; \
                        bounds are intervals. A form on which it holds to the last digit is marked verified.",
        tolerance: "L of the budget against the sum of the intervals",
        authority: "M6",
        applies_when: "cost rows with prices, or with amounts of things that the form counts, and a budget",
        ..BLANK
    }, run
}

/// Why a price cannot be multiplied.
const UNCOUNTED: (&str, &str) = ("本表没有印出该单价的数量", "the form does not print how many are paid at this price");

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let budgets = budgets(facts);
    let costing = Costing::of(facts);
    if costing.items.is_empty() || budgets.is_empty() {
        return outcomes.not_applicable();
    }
    if !costing.has_price() {
        return amounts(facts, costing, outcomes);
    }
    let lacking = costing.items.iter().find(|it| it.money.is_none() || (it.is_price() && it.count.is_none()));
    if let Some(item) = lacking {
        let at = [Pointer::Indicator(item.row_idx, IndicatorField::Target)];
        let (zh, en) = match item.money {
            Some(_) => UNCOUNTED,
            None => ("成本指标不是一个金额", "a cost row is no amount"),
        };
        return outcomes.not_checkable(at, zh, en);
    }
    let Some(sum) = costing.sum() else {
        return outcomes.not_checkable(budgets.iter().map(|it| it.0), "数字过大", "a figure is too large");
    };
    if budgets.iter().any(|it| is_equal(it.1, sum)) {
        outcomes.verify();
        return outcomes.exact();
    }
    if budgets.iter().any(|it| Balance::of(it.1, sum).holds()) {
        return outcomes.within_rounding();
    }
    if let Some(item) = costing.items.iter().find(|it| !it.is_price()) {
        let at = [Pointer::Indicator(item.row_idx, IndicatorField::Target)];
        // An amount beside prices may be the sum of them.
        return outcomes.not_checkable(at, "成本指标既有单价又有金额", "the costs are prices and amounts");
    }
    let guess = costing.items.iter().find(|it| it.is_price() && it.count.is_some_and(|it| it.is_guess));
    if let Some(item) = guess {
        let at = [Pointer::Indicator(item.row_idx, IndicatorField::Target)];
        return outcomes.not_checkable(at, UNCOUNTED.0, UNCOUNTED.1);
    }
    let Some((at, budget)) = budgets.first().copied() else { return outcomes.not_applicable() };
    let terms: Vec<String> = costing.items.iter().map(term).collect();
    let (result, stated) = (money::shown(&sum), money::shown(&budget));
    let equation = format!("{} = {result}", terms.join(" + "));
    let cells = costing.items.iter().flat_map(|it| {
        let target = Pointer::Indicator(it.row_idx, IndicatorField::Target);
        std::iter::once(target).chain(it.count.map(|it| it.at))
    });
    outcomes.raise(
        Raised::new(&A05::META, Grade::S2)
            .at([at])
            .inputs(cells.chain(budgets.iter().skip(1).map(|it| it.0)))
            .stated(stated.clone())
            .recomputed(result.clone())
            .equation(equation.clone())
            .message(
                format!("各成本指标单价乘以数量 {equation}，预算印作 {stated}"),
                format!("prices times quantities come to {equation}, the budget is printed as {stated}"),
            ),
    );
}

/// Amounts alone: a price may lack its denominator. Whether they add up to the budget is asked by X03.
fn amounts(facts: &Facts<'_>, costing: &Costing, outcomes: &mut Outcomes) {
    let is_sum_of_target_form = !facts.is_self_evaluation()
        && costing.sum_as_amounts().is_some_and(|sum| budgets(facts).iter().any(|it| is_equal(it.1, sum)));
    if costing.balances(facts) || is_sum_of_target_form {
        outcomes.verify();
        return outcomes.exact();
    }
    outcomes.not_applicable();
}

/// `350000 * 1`, or an amount alone.
fn term(item: &Item) -> String {
    let price = item.money.map_or_else(String::new, |it| show::plain(it.number.value()));
    match item.count.filter(|_| item.is_price()) {
        Some(count) => format!("{price} * {}", count.value),
        None => price,
    }
}
