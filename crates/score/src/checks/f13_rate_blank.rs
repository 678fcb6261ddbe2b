//! F13: a form with a column for the rate, and none printed.

use gouji_model::{FundsField, Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::rate::{RateCell, Share, has_both_amounts, printed_rate, rate_inputs, share};
use crate::show;

check! {
    /// A rate that the form asks for, and that its own amounts give, should not be left out.
    ///
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 20         | 18         | 10   |        | 9
    /// fires /funds/0/rate suspicion low
    /// ```
    /// A form without such a column is not asked for a rate:
    /// ```form
    /// 资金             | 年初预算数 | 全年执行数
    /// 年度资金总额     | 20         | 18
    /// quiet
    /// ```
    F13 = Meta {
        code: "F13",
        name: "rate-blank",
        name_zh: "执行率漏填",
        class: "S3",
        severity: Level::Low,
        summary_zh: "有执行率一栏，金额俱全而执行率空白",
        summary_en: "the form has a column for the rate, both amounts, and no rate",
        definition_zh: "表有执行率一栏，总额行预算数、执行数都有，执行率应填。",
        definition_en: "Where the form has a column for the rate and the total line both amounts, the rate is printed.",
        tolerance: "exact",
        authority: "N1, N2",
        applies_when: "a column of rates and both amounts of the total line",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, line)) = facts.total_line() else { return outcomes.not_applicable() };
    let base = facts.rate_base();
    if !facts.has_funds_column(FundsField::Rate) || !has_both_amounts(line, base) {
        return outcomes.not_applicable();
    }
    if printed_rate(facts, line_idx) != RateCell::Blank {
        return outcomes.exact();
    }
    let should_be = match share(facts, line, base) {
        Share::Ratio(spread) => spread.value.map_or_else(String::new, show::percent),
        _ => "0".to_owned(),
    };
    outcomes.raise(
        Raised::new(&F13::META, Grade::S3)
            .at([Pointer::Funds(line_idx, FundsField::Rate)])
            .inputs(rate_inputs(line_idx, base))
            .recomputed(should_be.clone())
            .message(
                format!("执行率一栏空白，按金额应为 {should_be}"),
                format!("the rate is blank; by the amounts it is {should_be}"),
            ),
    );
}
