//! U01: the funds block in another unit than it says.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::Fraction;

use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{AMOUNTS, Facts};
use crate::{Meta, money};

check! {
    /// A total that is exactly ten thousand times the costs was written in 元 below a head that says 万元.
    ///
    /// ```form
    /// 资金         | 年初预算数 | 全年预算数 | 全年执行数
    /// 年度资金总额 | 50000      | 50000      | 50000
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 劳务费   | ≤4.83万元  | 4.83万元   | 10   | 10
    ///          |          | 其他支出 | ≤0.17万元  | 0.17万元   | 10   | 10
    /// fires /funds/0/budget,/funds/0/revised,/funds/0/executed suspicion high
    /// ----
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 140000     | 140000
    /// 目标: 举办培训班,项目预算14万元
    /// fires /funds/0/revised suspicion high
    /// ```
    /// ```form
    /// 资金         | 全年预算数
    /// 年度资金总额 | 10.015119
    /// 目标: 账户余额资金100151.19元
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值
    /// 产出指标 | 成本指标 | 社保费   | 100151.19元
    /// quiet
    /// ----
    /// 资金         | 全年预算数
    /// 年度资金总额 | 50
    /// 目标: 项目预算50万元,每人补助资金50元
    /// quiet
    /// ```
    U01 = Meta {
        code: "U01",
        name: "funds-unit",
        name_zh: "元万元混淆",
        class: "S1",
        severity: Level::High,
        summary_zh: "资金总额恰为成本合计的一万倍或万分之一",
        summary_en: "the funds are exactly 10^4 or 10^-4 times the costs",
        definition_zh: "资金总额（换算后）与成本指标金额合计，或与目标中写明的预算金额相比，恰为 10^4 或 10^-4 倍：元、万元混淆。",
        definition_en: "The total of the funds block, in the unit that it prints, is exactly 10^4 or 10^-4 times the sum of the money targets, or the budget that the goal text states.",
        tolerance: "exact",
        authority: "arithmetic",
        applies_when: "a total of funds, and money targets or an amount of budget in the goal text",
        ..BLANK
    }, run
}

/// What makes an amount one for each of something.
const EACH: [&str; 5] = ["每", "人均", "标准", "单价", "平均"];

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some(line_idx) = facts.total_line else { return outcomes.not_applicable() };
    let rows = money::cost_rows(facts);
    // 补助标准20元 is paid to each of many, though no denominator is printed.
    let is_each = |row_idx: usize| {
        let name = facts.form.indicators.get(row_idx).and_then(|it| it.name.as_ref());
        name.is_some_and(|it| EACH.iter().any(|word| it.text.contains(word)))
    };
    let is_whole = !rows.iter().any(|it| is_each(it.row_idx));
    let targets = sum(rows.iter().map(|it| it.target.filter(|_| is_whole)));
    let is_barred = facts.actuals_are_points();
    let actuals = sum(rows.iter().map(|it| it.actual.filter(|_| is_whole && !is_barred)));
    let mut is_compared = false;
    let mut confused: Vec<(Pointer, Spread, Spread)> = Vec::new();
    for field in AMOUNTS {
        let Some(stated) = money::funds_spread(facts, line_idx, field).filter(is_above_zero) else { continue };
        let at = Pointer::Funds(line_idx, field);
        let costs = if field == FundsField::Executed { actuals } else { targets };
        let text = match field {
            FundsField::Executed => Pointer::GoalAchieved,
            _ => Pointer::GoalExpected,
        };
        match costs.filter(is_above_zero) {
            Some(costs) => {
                is_compared = true;
                if is_off_by_unit(stated, costs) {
                    confused.push((at, stated, costs));
                }
            }
            None => {
                let said = budgets_said(facts, text);
                is_compared |= !said.is_empty();
                let agrees = said.iter().any(|it| Balance::of(stated, *it).holds());
                if let Some(it) = said.iter().find(|it| is_off_by_unit(stated, **it)).filter(|_| !agrees) {
                    confused.push((at, stated, *it));
                }
            }
        }
    }
    let Some((_, stated, costs)) = confused.first().copied() else {
        return if is_compared { outcomes.exact() } else { outcomes.not_applicable() };
    };
    let (printed, compared) = (money::shown(&stated), money::shown(&costs));
    let cells = rows.iter().map(|it| Pointer::Indicator(it.row_idx, IndicatorField::Target));
    outcomes.raise(
        Raised::new(&U01::META, Grade::S1)
            .at(confused.iter().map(|it| it.0))
            .inputs(cells)
            .stated(printed.clone())
            .recomputed(compared.clone())
            .equation(format!(
                "{printed} / {compared} = {}",
                if is_larger(stated, costs) { "10000" } else { "1/10000" }
            ))
            .agrees_if(if is_larger(stated, costs) { "funds unit is 元" } else { "funds unit is 万元" })
            .message(
                format!("资金总额 {printed} 与金额 {compared} 恰差一万倍：元与万元混淆"),
                format!("the funds of {printed} and the amount of {compared} are exactly 10^4 apart: 元 for 万元"),
            ),
    );
}

/// All amounts together; `None` where one is no amount, or there is none.
fn sum(parts: impl Iterator<Item = Option<Spread>>) -> Option<Spread> {
    let parts: Vec<Spread> = parts.collect::<Option<_>>()?;
    if parts.is_empty() { None } else { Spread::sum(parts) }
}

fn is_above_zero(spread: &Spread) -> bool {
    spread.value.is_some_and(|it| !it.is_zero() && !it.is_negative())
}

/// How many 元 are a 万元.
fn unit() -> Fraction {
    Fraction::from(10_000)
}

fn is_off_by_unit(stated: Spread, other: Spread) -> bool {
    let (Some(stated), Some(other)) = (stated.value, other.value) else { return false };
    other.times(unit()) == Some(stated) || stated.times(unit()) == Some(other)
}

fn is_larger(stated: Spread, other: Spread) -> bool {
    stated.value.zip(other.value).is_some_and(|(stated, other)| other < stated)
}

/// Amounts that a goal text calls the budget: not for each of something.
fn budgets_said(facts: &Facts<'_>, text: Pointer) -> Vec<Spread> {
    /// What stands before the amount that the whole project has.
    const WORDS: [&str; 8] = ["预算", "资金", "经费", "总额", "共计", "合计", "总计", "总投资"];
    /// So many characters before the amount are looked at.
    const REACH: usize = 8;
    let Some(passage) = facts.passage(text) else { return Vec::new() };
    let amounts = passage.quantities.iter().filter(|it| it.is_amount() && !it.is_aside);
    amounts
        .filter(|it| {
            let head = passage.tail(it.number_span.start, REACH);
            WORDS.iter().any(|word| head.contains(word)) && !EACH.iter().any(|word| head.contains(word))
        })
        .filter_map(money::spread_of)
        .collect()
}
