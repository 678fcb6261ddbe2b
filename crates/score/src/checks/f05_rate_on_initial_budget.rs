//! F05: an execution rate that was computed on the wrong budget.

use gouji_model::{FundsField, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::rate::{RateCell, RateVerdict, printed_rate, share, weigh};
use crate::{Meta, show};

check! {
    /// A form that prints both budgets has its rate on 全年预算数, not on 年初预算数.
    ///
    /// ```form
    /// 资金             | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率
    /// 年度资金总额     | 100        | 125        | 90         | 10   | 90%
    /// fires /funds/0/rate breach
    /// ```
    /// The same amounts with the right rate:
    /// ```form
    /// 资金             | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率
    /// 年度资金总额     | 100        | 125        | 90         | 10   | 72%
    /// quiet
    /// ```
    F05 = Meta {
        code: "F05",
        name: "rate-on-initial-budget",
        name_zh: "误用年初预算",
        class: "B",
        severity: Level::Medium,
        summary_zh: "执行率用年初预算数计算，应除以全年预算数",
        summary_en: "the rate was computed on the initial budget, not on that of the year",
        definition_zh: "表中年初、全年预算数俱全，印出的执行率不合全年执行数÷全年预算数，而合全年执行数÷年初预算数。",
        definition_en: "The form prints both budgets; the rate is not spent / budget of the year but is spent / initial budget.",
        tolerance: "as F03",
        authority: "L1; P8",
        applies_when: "rate, both budgets and spent amount of the total line",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, line)) = facts.total_line() else { return outcomes.not_applicable() };
    let has_both = facts.rate_base() == FundsField::Revised && !line.budget.is_blank();
    let RateCell::Rate(rate) = printed_rate(facts, line_idx) else { return outcomes.not_applicable() };
    if !has_both {
        return outcomes.not_applicable();
    }
    let RateVerdict::Weighed(balance) = weigh(&rate, share(facts, line, FundsField::Revised)) else {
        return super::f03_execution_rate::missing_amount(outcomes, line_idx);
    };
    if balance.holds() || !super::f03_execution_rate::fits_initial_budget(facts, line, &rate) {
        return outcomes.exact();
    }
    let form_line = facts.form.funds.get(line_idx);
    let printed = show::printed(form_line.and_then(|it| it.rate.as_ref()));
    let spent = show::printed(form_line.and_then(|it| it.executed.as_ref()));
    let initial = show::printed(form_line.and_then(|it| it.budget.as_ref()));
    let budget = show::printed(form_line.and_then(|it| it.revised.as_ref()));
    let recomputed = match share(facts, line, FundsField::Revised) {
        crate::rate::Share::Ratio(spread) => spread.value.map_or_else(String::new, show::percent),
        _ => String::new(),
    };
    let at = |field| Pointer::Funds(line_idx, field);
    outcomes.raise(
        Raised::new(&F05::META, Grade::B)
            .at([at(FundsField::Rate)])
            .inputs([FundsField::Budget, FundsField::Revised, FundsField::Executed].map(at))
            .stated(printed)
            .recomputed(recomputed.clone())
            .equation(format!("{spent} / {initial} = {printed}; {spent} / {budget} = {recomputed}"))
            .message(
                format!("执行率 {printed} 是按年初预算数 {initial} 算的，按全年预算数 {budget} 应为 {recomputed}"),
                format!("the rate {printed} is on the initial budget {initial}; on the budget of the year, {budget}, it is {recomputed}"),
            ),
    );
}
