//! F10: a low execution rate without a reason.

use gouji_model::{FundsField, Level, Pointer};
use gouji_quantity::Fraction;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::rate::{rate_inputs, total_rate};
use crate::{Meta, show};

check! {
    /// Who leaves a fifth of the money unspent should say why.
    ///
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额     | 24         | 18         | 75%
    /// fires /funds/0/rate suspicion medium
    /// ```
    /// A reason anywhere in the form, or a rate of 80% and more, is fine:
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额     | 24         | 18         | 75%
    /// 偏差: 受疫情影响，两期培训改在下一年举办
    /// quiet
    /// ----
    /// 资金             | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额     | 39.5       | 33.61      | 85.09
    /// quiet
    /// ```
    F10 = Meta {
        code: "F10",
        name: "low-rate-unexplained",
        name_zh: "执行率低未说明",
        class: "S2/B",
        severity: Level::Medium,
        summary_zh: "执行率偏低而全表没有原因",
        summary_en: "a low execution rate and no reason anywhere in the form",
        definition_zh: "总额行执行率低于80%（表上印明低于90%须说明的方案为90%，属违规），且偏差原因栏与文字中均无原因。",
        definition_en: "Total line: rate below 80% (below 90% and a breach where the scheme's form asks for it), and neither a reason cell nor the \
                        prose gives a reason.",
        tolerance: "exact",
        authority: "P9; L1",
        applies_when: "an execution rate of the total line, printed or from its amounts",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, _)) = facts.total_line() else { return outcomes.not_applicable() };
    let Some(rate) = total_rate(facts) else { return outcomes.not_applicable() };
    let low_rate = facts.profile.low_rate.unwrap_or(facts.thresholds.low_rate_percent);
    let least = Fraction::new(i128::from(low_rate), 100);
    if least.is_none_or(|it| it <= rate) || facts.has_reason_anywhere() {
        return outcomes.exact();
    }
    if facts.is_open_tail() {
        return outcomes.not_checkable(
            [Pointer::Funds(line_idx, FundsField::Rate)],
            "表尾残缺，原因说明可能在缺失部分",
            "the form is cut at its tail, where the reasons may stand",
        );
    }
    let grade = if facts.profile.low_rate_is_breach { Grade::B } else { Grade::S2 };
    let shown = show::percent(rate);
    outcomes.raise(
        Raised::new(&F10::META, grade)
            .at([Pointer::Funds(line_idx, FundsField::Rate)])
            .inputs(rate_inputs(line_idx, facts.rate_base()))
            .stated(shown.clone())
            .admissible(format!("≥ {low_rate}%"))
            .message(
                format!("执行率 {shown} 低于 {low_rate}%，全表未说明原因"),
                format!("the rate {shown} is below {low_rate}% and the form gives no reason"),
            ),
    );
}
