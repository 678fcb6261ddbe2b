//! P03: odd prices that come to a round budget to the last 元.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::Fraction;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::costing::{Costing, Item, budgets, is_equal};
use crate::facts::Facts;
use crate::{Meta, money, show};

check! {
    /// Prices that were asked for come to a budget of any figure; prices that fill a round one were worked out backwards.
    ///
    /// ```form
    /// 目标表
    /// 资金         | 年初预算数
    /// 项目总额     | 15
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值
    /// 产出指标 | 数量指标 | 修补栈道   | 7处
    /// 产出指标 | 数量指标 | 更换标牌   | 40块
    /// 产出指标 | 成本指标 | 修补栈道   | 18857元/处
    /// 产出指标 | 成本指标 | 更换标牌   | 450.025元/块
    /// fires /indicators/2/target,/indicators/3/target suspicion low
    /// ```
    /// Round prices, a budget that is not round, or prices that do not come to it:
    /// ```form
    /// 目标表
    /// 资金         | 年初预算数
    /// 项目总额     | 15
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值
    /// 产出指标 | 数量指标 | 修补栈道   | 7处
    /// 产出指标 | 数量指标 | 更换标牌   | 40块
    /// 产出指标 | 成本指标 | 修补栈道   | 10000元/处
    /// 产出指标 | 成本指标 | 更换标牌   | 2000元/块
    /// quiet
    /// ----
    /// 目标表
    /// 资金         | 年初预算数
    /// 项目总额     | 14.9999
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值
    /// 产出指标 | 数量指标 | 修补栈道   | 7处
    /// 产出指标 | 数量指标 | 更换标牌   | 40块
    /// 产出指标 | 成本指标 | 修补栈道   | 18857元/处
    /// 产出指标 | 成本指标 | 更换标牌   | 450元/块
    /// quiet
    /// ```
    P03 = Meta {
        code: "P03",
        name: "prices-fitted",
        name_zh: "单价凑数",
        class: "S3",
        severity: Level::Low,
        summary_zh: "带零头的单价乘以数量恰好凑成整数预算",
        summary_en: "odd prices times their quantities come to a round budget to the last 元",
        definition_zh: "各成本行单价乘以数量之和恰为预算，预算为整千元，而有数量在二以上的单价不是十元的整数倍：单价疑由预算倒算。",
        definition_en: "Prices times quantities come to the budget to the last digit, the budget is a multiple of 1000 元, and a price that is paid more than \
                        once is no multiple of 10 元: the prices were probably worked out from the budget.",
        tolerance: "exact",
        authority: "M6",
        applies_when: "two cost rows or more whose prices times quantities are exactly the budget",
        ..BLANK
    }, run
}

/// A budget that is a multiple of this was granted as a round sum. 元; chosen: finer ones are sums of prices.
const ROUND_BUDGET: i128 = 1000;

/// A price that is no multiple of this is odd. 元; chosen: quotations end in tens.
const ROUND_PRICE: i128 = 10;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let costing = Costing::of(facts);
    if costing.items.len() < 2 {
        return outcomes.not_applicable();
    }
    let is_printed_as_price = costing.has_price();
    let sum = if is_printed_as_price { costing.sum() } else { costing.sum_as_prices() };
    let budget = sum.and_then(|sum| budgets(facts).into_iter().find(|it| is_equal(it.1, sum)));
    let Some((budget_at, budget)) = budget else { return outcomes.not_applicable() };
    let odd: Vec<&Item> = costing.items.iter().filter(|it| is_odd(it, is_printed_as_price)).collect();
    if odd.is_empty() || !budget.value.is_some_and(|it| is_multiple(it, ROUND_BUDGET)) {
        return outcomes.exact();
    }
    let terms: Vec<String> = odd.iter().filter_map(|it| Some(show::plain(it.money?.number.value()))).collect();
    let (prices, total) = (terms.join("、"), money::shown(&budget));
    outcomes.raise(
        Raised::new(&P03::META, Grade::S3)
            .at(odd.iter().map(|it| Pointer::Indicator(it.row_idx, IndicatorField::Target)))
            .inputs([budget_at])
            .stated(prices.clone())
            .message(
                format!("单价 {prices} 元带零头，乘以数量却恰为整数预算 {total}，疑由预算倒算"),
                format!(
                    "the prices {prices} are odd, yet times their quantities they come to exactly {total}: probably worked \
                     out from the budget"
                ),
            ),
    );
}

/// A price that is paid more than once and ends in no round figure.
fn is_odd(item: &Item, is_printed_as_price: bool) -> bool {
    let (Some(money), Some(count)) = (item.money, item.count) else { return false };
    let is_repeated = Fraction::ONE < count.value;
    let is_price = item.is_price() || !is_printed_as_price;
    is_repeated && is_price && money.value().is_some_and(|it| !is_multiple(it, ROUND_PRICE))
}

fn is_multiple(value: Fraction, of: i128) -> bool {
    value.denominator() == 1 && value.numerator() % of == 0
}
