//! F03: the printed execution rate of the total line against its amounts.

use gouji_model::{FundsField, Level, Pointer};
use gouji_quantity::Fraction;

use crate::balance::Balance;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Line};
use crate::rate::{PrintedRate, RateCell, RateVerdict, Share, printed_rate, rate_inputs, share, weigh};
use crate::{Meta, show};

check! {
    /// The printed rate of the total line has to be what was spent over what was budgeted.
    ///
    /// 541.6 of 547.98 is 98.84%, which rounds to 99% and never to 100%:
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 547.98     | 541.6      | 10   | 100%   | 10
    /// fires /funds/0/rate contradiction
    /// ```
    /// A rate may be rounded or cut, printed without its sign, or above 100%:
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 28.272     | 21.855     | 10   | 77%    | 7.7
    /// quiet
    /// ----
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 75.27      | 64.72      | 10   | 85.98  | 8.6
    /// quiet
    /// ----
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率  | 得分
    /// 年度资金总额     | 1718.98    | 1720.45    | 10   | 100.09% | 10
    /// quiet
    /// ```
    F03 = Meta {
        code: "F03",
        name: "execution-rate",
        name_zh: "执行率不符",
        class: "C",
        severity: Level::High,
        summary_zh: "执行率应等于全年执行数÷全年预算数",
        summary_en: "the printed execution rate is spent over budget",
        definition_zh: "总额行：印出的执行率＝全年执行数÷全年预算数，超过100%的也可按100%。没有全年预算数一栏时除以年初预算数。预算为零时可印0或100%。",
        definition_en: "Total line: printed rate = spent / budget of the year, or 100% where that is more. The initial budget divides only where \
                        the form has no column for the year. A budget of zero admits 0 and 100%.",
        tolerance: "the printed rate, rounded or cut, against the ratio of the intervals of both amounts",
        authority: "M1, N2; L1, L2; P4",
        applies_when: "rate, budget and spent amount of the total line",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, line)) = facts.total_line() else { return outcomes.not_applicable() };
    let rate = match readable_rate(facts, outcomes, line_idx) {
        Some(rate) => rate,
        None => return,
    };
    let base = facts.rate_base();
    let share = share(facts, line, base);
    match weigh(&rate, share) {
        RateVerdict::Missing => missing_amount(outcomes, line_idx),
        RateVerdict::Weighed(balance) if balance.holds() => outcomes.agrees(balance == Balance::Exact),
        RateVerdict::Weighed(_) if fits_initial_budget(facts, line, &rate) => outcomes.not_applicable(),
        RateVerdict::Weighed(balance) => {
            outcomes.raise(raised(facts, &F03::META, balance.grade(Grade::C), line_idx, base, &rate, share));
        }
    }
}

/// The rate of a line if it can be read; the other outcomes are left in `outcomes`.
pub(super) fn readable_rate(facts: &Facts<'_>, outcomes: &mut Outcomes, line_idx: usize) -> Option<PrintedRate> {
    match printed_rate(facts, line_idx) {
        RateCell::Rate(rate) => Some(rate),
        RateCell::Blank => {
            outcomes.not_applicable();
            None
        }
        RateCell::Words => {
            outcomes.not_checkable(
                [Pointer::Funds(line_idx, FundsField::Rate)],
                "执行率不是数字",
                "the rate is no number",
            );
            None
        }
    }
}

/// An amount that the rate needs is not printed: the line may have lost a cell.
pub(super) fn missing_amount(outcomes: &mut Outcomes, line_idx: usize) {
    outcomes.not_checkable(
        [Pointer::Funds(line_idx, FundsField::Rate)],
        "预算数或执行数缺失",
        "the budget or the spent amount is missing",
    );
}

/// The rate that F03 cannot follow is the one on 年初预算数, uncapped: F05 takes it.
pub(super) fn fits_initial_budget(facts: &Facts<'_>, line: &Line, rate: &PrintedRate) -> bool {
    facts.rate_base() == FundsField::Revised
        && matches!(share(facts, line, FundsField::Budget), Share::Ratio(spread) if rate.balance(spread).holds())
}

/// The finding that a rate is not what its amounts come to.
pub(super) fn raised(
    facts: &Facts<'_>,
    meta: &'static Meta,
    grade: Grade,
    line_idx: usize,
    base: FundsField,
    rate: &PrintedRate,
    share: Share,
) -> Raised {
    let line = facts.form.funds.get(line_idx);
    let printed = show::printed(line.and_then(|it| it.rate.as_ref()));
    let spent = show::printed(line.and_then(|it| it.executed.as_ref()));
    let budget = show::printed(line.and_then(|it| it.field(base)));
    let name = show::line_name(facts.form, line_idx);
    let raised = Raised::new(meta, grade)
        .at([Pointer::Funds(line_idx, FundsField::Rate)])
        .inputs(rate_inputs(line_idx, base))
        .stated(printed);
    match share {
        Share::Ratio(spread) => {
            let recomputed = spread.value.map_or_else(String::new, show::percent);
            raised
                .recomputed(recomputed.clone())
                .admissible(show::admissible_percent(&spread.loose, rate.number.decimals()))
                .equation(format!("{spent} / {budget} = {recomputed}"))
                .message(
                    format!("{name}的执行率印作 {printed}，按 {spent} ÷ {budget} 应为 {recomputed}"),
                    format!("the rate of {name} is printed as {printed}; {spent} / {budget} is {recomputed}"),
                )
        }
        Share::SpentOfNothing | Share::NothingOfNothing | Share::Missing => raised
            .recomputed(show::percent(Fraction::ZERO))
            .admissible("0 or 100%")
            .equation(format!("{spent} / {budget}"))
            .message(
                format!("{name}的预算数为 {budget}，执行率只能是 0 或 100%，印作 {printed}"),
                format!("the budget of {name} is {budget}, so its rate is 0 or 100%; {printed} is printed"),
            ),
    }
}
