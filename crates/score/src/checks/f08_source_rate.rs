//! F08: the printed execution rate of a source line against its amounts.

use gouji_model::{FundsRole, Level};

use super::f03_execution_rate::{missing_amount, raised};
use crate::Meta;
use crate::balance::Balance;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::rate::{RateCell, RateVerdict, printed_rate, share, weigh};

check! {
    /// A rate printed on a source line has to be that line's own.
    ///
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额     | 200        | 150        | 75%
    /// 其中:财政拨款    | 120        | 90         | 85%
    /// 其他资金         | 80         | 60         | 75%
    /// fires /funds/1/rate contradiction
    /// ```
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额     | 185.58     | 133.43     | 71.90%
    /// 其中:财政拨款    | 116.77     | 87.18      | 74.66%
    /// 上年结转资金     | 68.81      | 46.25      | 67.21%
    /// 其他资金         | 0          | 0          | 0
    /// quiet
    /// ```
    F08 = Meta {
        code: "F08",
        name: "source-rate",
        name_zh: "分项执行率不符",
        class: "C",
        severity: Level::Medium,
        summary_zh: "来源行的执行率应等于该行执行数÷预算数",
        summary_en: "the rate of a source line is its own spent over budget",
        definition_zh: "来源行：印出的执行率＝该行全年执行数÷全年预算数，取舍同 F03。",
        definition_en: "A source line: printed rate = its spent / its budget of the year, as F03.",
        tolerance: "as F03",
        authority: "N1; P4",
        applies_when: "rate, budget and spent amount of a source line",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let base = facts.rate_base();
    let mut is_applied = false;
    for (line_idx, (line, figures)) in facts.form.funds.iter().zip(&facts.lines).enumerate() {
        let RateCell::Rate(rate) = printed_rate(facts, line_idx) else { continue };
        if line.role == FundsRole::Total {
            continue;
        }
        is_applied = true;
        let share = share(facts, figures, base);
        match weigh(&rate, share) {
            RateVerdict::Missing => missing_amount(outcomes, line_idx),
            RateVerdict::Weighed(balance) if balance.holds() => outcomes.agrees(balance == Balance::Exact),
            RateVerdict::Weighed(balance) => {
                outcomes.raise(raised(facts, &F08::META, balance.grade(Grade::C), line_idx, base, &rate, share));
            }
        }
    }
    if !is_applied {
        outcomes.not_applicable();
    }
}
