//! F09: a budget that changed much during the year without a word about it.

use gouji_model::{Cell, FundsField, Level, Pointer};
use gouji_quantity::Fraction;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// A budget that was changed by more than a fifth is a fact that the form should mention.
    ///
    /// ```form
    /// 资金             | 年初预算数 | 全年预算数 | 全年执行数
    /// 年度资金总额     | 83.4       | 126.75     | 120.3
    /// fires /funds/0/revised suspicion low
    /// ```
    /// Ten times as much, or a tenth, is rather a slip of the pen or a sum of other money:
    /// ```form
    /// 资金             | 年初预算数 | 全年预算数 | 全年执行数
    /// 年度资金总额     | 19.52      | 547.98     | 541.6
    /// fires /funds/0/revised suspicion medium
    /// ```
    /// ```form
    /// 资金             | 年初预算数 | 全年预算数 | 全年执行数
    /// 年度资金总额     | 114        | 75.27      | 64.72
    /// 完成: 其余资金已交回
    /// quiet
    /// ```
    F09 = Meta {
        code: "F09",
        name: "adjustment-unexplained",
        name_zh: "预算调整未说明",
        class: "S2/S3",
        severity: Level::Low,
        summary_zh: "全年预算数与年初预算数相差超过20%而全表未提调整",
        summary_en: "the budget changed by more than 20% and the form does not mention it",
        definition_zh: "总额行全年预算数与年初预算数之差大于年初预算数的20%，且表头以外全表没有“调整、追加、调减、交回”等字样。相差十倍以上的为中可疑。",
        definition_en: "Total line: budget of the year and initial budget differ by more than 20% of the latter, and nothing in the form apart from \
                        column heads speaks of an adjustment. Ten times as much, or a tenth or less: S2.",
        tolerance: "more than 20% by the printed figures",
        authority: "L1",
        applies_when: "both budgets of the total line",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, line)) = facts.total_line() else { return outcomes.not_applicable() };
    let (Some(initial), Some(revised)) = (line.budget.number(), line.revised.number()) else {
        return outcomes.not_applicable();
    };
    let (from, to) = (Fraction::from(initial.value()), Fraction::from(revised.value()));
    let Some(change) = to.minus(from) else { return outcomes.not_applicable() };
    let change = if change.is_negative() { change.negated() } else { change };
    let allowed = Fraction::new(i128::from(facts.thresholds.adjustment_percent), 100).and_then(|it| from.times(it));
    let is_large = allowed.is_some_and(|it| it < change);
    if !is_large || mentions_adjustment(facts) {
        return outcomes.exact();
    }
    let grade = if is_multiple(from, to) { Grade::S2 } else { Grade::S3 };
    let (from, to) = (show::plain(initial.value()), show::plain(revised.value()));
    outcomes.raise(
        Raised::new(&F09::META, grade)
            .at([Pointer::Funds(line_idx, FundsField::Revised)])
            .inputs([Pointer::Funds(line_idx, FundsField::Budget)])
            .stated(to.clone())
            .equation(format!("{from} -> {to}"))
            .message(
                format!("预算由年初 {from} 变为全年 {to}，全表未见调整说明"),
                format!("the budget went from {from} to {to} and nothing in the form mentions an adjustment"),
            ),
    );
}

/// So many times as much is no adjustment. Chosen: the power of ten that a slipped point or a wrong unit makes.
const MULTIPLE: i64 = 10;

fn is_multiple(from: Fraction, to: Fraction) -> bool {
    let is_times = |small: Fraction, large: Fraction| {
        !small.is_zero() && small.times(Fraction::from(MULTIPLE)).is_some_and(|it| it <= large)
    };
    is_times(from, to) || is_times(to, from)
}

fn mentions_adjustment(facts: &Facts<'_>) -> bool {
    /// What a text says of a budget that was changed.
    const WORDS: [&str; 6] = ["调整", "追加", "调减", "调增", "交回", "收回"];
    let form = facts.form;
    let says = |cell: Option<&Cell>| cell.is_some_and(|it| WORDS.iter().any(|word| it.text.contains(word)));
    says(form.goal.expected.as_ref())
        || says(form.goal.achieved.as_ref())
        || says(form.deviation.as_ref())
        || form.texts.iter().any(|it| says(it.text.as_ref()))
        || form.notes.iter().any(|it| says(Some(it)))
        || form
            .indicators
            .iter()
            .any(|row| [&row.name, &row.target, &row.actual, &row.reason].into_iter().any(|cell| says(cell.as_ref())))
}
