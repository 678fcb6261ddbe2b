//! I08: a bound that excludes itself, reached exactly.

use gouji_model::Level;

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{pairs, rows, told};
use crate::weighing::paired;

check! {
    /// Less than 100 is not 100. Most forms mean ≤; who prints < should know.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 单位成本 | <100元     | 100元      | 5    | 5
    /// 产出指标 | 质量指标 | 修复时间 | <60分钟    | 1小时      | 5    | 5
    /// fires /indicators/0/score suspicion low
    /// fires /indicators/1/score suspicion low
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 单位成本 | <=100元    | 100元      | 5    | 5
    /// 产出指标 | 质量指标 | 修复时间 | <1小时     | 50分钟     | 5    | 5
    /// 产出指标 | 质量指标 | 修复时间 | <1小时     | <1小时     | 5    | 5
    /// quiet
    /// ```
    I08 = Meta {
        code: "I08",
        name: "strict-operator",
        name_zh: "严格符号取等",
        class: "S3",
        severity: Level::Low,
        summary_zh: "目标为“大于”或“小于”而实际恰等于界限",
        summary_en: "the target excludes its bound and the actual is the bound",
        definition_zh: "指标值带“<”或“>”（不含等号），实际值恰等于该数。",
        definition_en: "The target is printed with < or > and the actual equals its figure.",
        tolerance: "exact, after conversion of units",
        authority: "P1",
        applies_when: "a row whose target prints < or >, with a number as actual, points and score",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, _, _| {
        let values = facts.values(row_idx);
        let Some(pairs) = values.and_then(|it| pairs(&it.target, &it.actual)) else { return outcomes.not_applicable() };
        let mut strict = pairs.filter(|(target, _)| target.operator.is_some_and(|it| it.is_strict())).peekable();
        if strict.peek().is_none() {
            return outcomes.not_applicable();
        }
        let equal = strict.find(|(target, actual)| {
            let is_plain = actual.operator.is_none() && actual.approximation.is_none();
            let same = paired(target, actual).and_then(|(target, actual)| target.value().zip(actual.value()));
            is_plain && same.is_some_and(|(target, actual)| target == actual)
        });
        let Some((target, _)) = equal else { return outcomes.exact() };
        let sign = target.operator.map_or("", |it| it.sign());
        let words = (format!("“{sign}”不含等于"), format!("{sign} excludes the bound"));
        outcomes.raise(told(facts, &I08::META, Grade::S3, row_idx, (&words.0, &words.1)));
    });
}
