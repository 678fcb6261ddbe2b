//! F07: points for a budget of zero.

use gouji_model::{FundsField, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::rate::{Share, rate_inputs, share};
use crate::{Meta, show};

check! {
    /// Where nothing was budgeted, nothing can have been spent, and only no points or all points make sense.
    ///
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 0          | 12         | 10   | 100%   | 10
    /// fires /funds/0/score suspicion high
    /// ----
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 0          | 0          | 10   | 0      | 8.54
    /// fires /funds/0/score breach
    /// ```
    /// ```form
    /// 资金             | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 0          | 14         | 14         | 10   | 100%   | 10
    /// quiet
    /// ```
    F07 = Meta {
        code: "F07",
        name: "zero-budget",
        name_zh: "零预算得分",
        class: "S1/B",
        severity: Level::Medium,
        summary_zh: "预算为零而有执行，或执行为零而得部分分",
        summary_en: "a budget of zero with spending, or with some of the points",
        definition_zh: "总额行预算为零：执行大于零为可疑；执行也为零时得分只能是0或满分。",
        definition_en: "Total line with budget zero: spending is suspicious; with spending zero the score is zero or full.",
        tolerance: "exact",
        authority: "P4",
        applies_when: "a total line whose budget is zero and whose spent amount is printed",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, line)) = facts.total_line() else { return outcomes.not_applicable() };
    let base = facts.rate_base();
    let at = Pointer::Funds(line_idx, FundsField::Score);
    let form_line = facts.form.funds.get(line_idx);
    let spent = show::printed(form_line.and_then(|it| it.executed.as_ref()));
    let score = show::printed(form_line.and_then(|it| it.score.as_ref()));
    match share(facts, line, base) {
        Share::Ratio(_) | Share::Missing => outcomes.not_applicable(),
        Share::SpentOfNothing => outcomes.raise(
            Raised::new(&F07::META, Grade::S1)
                .at([at])
                .inputs(rate_inputs(line_idx, base))
                .stated(spent)
                .recomputed("0")
                .equation(format!("{spent} > 0"))
                .message(format!("预算数为 0 而执行数为 {spent}"), format!("{spent} was spent of a budget of 0")),
        ),
        Share::NothingOfNothing => {
            let Some((number, weight)) = line.score.number().zip(line.weight.number()) else {
                return outcomes.not_applicable();
            };
            if number.is_zero() || number.value() == weight.value() {
                return outcomes.exact();
            }
            let points = show::plain(weight.value());
            outcomes.raise(
                Raised::new(&F07::META, Grade::B)
                    .at([at])
                    .inputs(rate_inputs(line_idx, base))
                    .stated(score)
                    .admissible(format!("0 or {points}"))
                    .message(
                        format!("预算数、执行数均为 0，得分只能是 0 或 {points}，印作 {score}"),
                        format!("budget and spent are both 0, so the score is 0 or {points}; {score} is printed"),
                    ),
            );
        }
    }
}
