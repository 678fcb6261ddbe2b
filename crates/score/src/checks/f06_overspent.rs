//! F06: more was spent than the budget of the year.

use gouji_model::{FundsField, Level, Pointer};

use super::f02_source_overspent::{Overspending, overspending, raised};
use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;

check! {
    /// Spending above the whole budget is real now and then, so it is only pointed out.
    ///
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数
    /// 年度资金总额     | 1718.98    | 1720.45
    /// fires /funds/0/executed suspicion medium
    /// ```
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数
    /// 年度资金总额     | 1720.45    | 1720.45
    /// quiet
    /// ```
    F06 = Meta {
        code: "F06",
        name: "overspent",
        name_zh: "执行超全年预算",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "全年执行数大于全年预算数",
        summary_en: "the total line spent more than the budget of the year",
        definition_zh: "总额行：全年执行数不大于全年预算数。",
        definition_en: "Total line: spent is not above the budget of the year.",
        tolerance: "L of both amounts; one step lower if only the column's decimals tell them apart",
        authority: "L7; P4",
        applies_when: "budget and spent amount of the total line",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let base = facts.rate_base();
    let Some((line_idx, line)) = facts.total_line() else { return outcomes.not_applicable() };
    if !crate::rate::has_both_amounts(line, base) {
        return outcomes.not_applicable();
    }
    match overspending(facts, line, base) {
        Overspending::None => outcomes.exact(),
        Overspending::Unreadable => outcomes.not_checkable(
            [Pointer::Funds(line_idx, FundsField::Executed)],
            "金额不是数字",
            "an amount is no number",
        ),
        Overspending::Some { is_doubtful } => {
            let grade = if is_doubtful { Grade::S3 } else { Grade::S2 };
            outcomes.raise(raised(facts, &F06::META, grade, line_idx, base));
        }
    }
}
