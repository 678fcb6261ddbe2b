//! D09: a bound that is given as what was reached.

use gouji_model::{IndicatorField, Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::indicator::pairs;
use crate::show;
use crate::weighing::paired;

check! {
    /// What was wanted is at least 95%; what was reached is one figure.
    ///
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 满意度指标 | 满意度   | 群众满意度 | ≥95%       | ≥95%       | 5    | 5
    /// 满意度指标 | 满意度   | 学员满意度 | 95%        | 95%以上    | 5    | 5
    /// 产出指标   | 质量指标 | 故障率     | ≤5%        | ≤5%        | 5    | 5
    /// fires /indicators/0/actual,/indicators/1/actual,/indicators/2/actual suspicion medium
    /// ```
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 满意度指标 | 满意度   | 群众满意度 | ≥95%       | 95%        | 5    | 5
    /// 满意度指标 | 满意度   | 学员满意度 | ≥96%       | ≥97%       | 5    | 5
    /// 产出指标   | 数量指标 | 调研       | ≥24次      | 30余次     | 5    | 5
    /// quiet
    /// ```
    D09 = Meta {
        code: "D09",
        name: "bound-copied",
        name_zh: "实际值照抄界限",
        class: "S2",
        severity: Level::Low,
        summary_zh: "实际完成值是界限而不是实测数",
        summary_en: "the actual is printed as the bound of the target",
        definition_zh: "实际值带有不低于、不高于之类的符号或文字，其数与指标值的数相同；指标值有无符号都算。",
        definition_en: "The actual is printed as a bound whose number equals the target's, with or without an operator in the target.",
        tolerance: "exact, after conversion of units",
        authority: "M2",
        applies_when: "a row with numbers as target and actual",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        let Some(values) = facts.values(row_idx).filter(|_| !row.is_idle) else { continue };
        let Some(mut pairs) = pairs(&values.target, &values.actual) else { continue };
        let copied = pairs.any(|(target, actual)| {
            let is_bound = actual.operator.is_some_and(|it| it.is_positive() || it.is_reverse());
            let same = || paired(target, actual).and_then(|(target, actual)| target.value().zip(actual.value()));
            is_bound && same().is_some_and(|(target, actual)| target == actual)
        });
        if !copied {
            outcomes.exact();
            continue;
        }
        let name = show::row_name(facts.form, row_idx);
        let indicator = facts.form.indicators.get(row_idx);
        let stated = show::printed(indicator.and_then(|it| it.actual.as_ref()));
        outcomes.raise(
            Raised::new(&D09::META, Grade::S2)
                .at([Pointer::Indicator(row_idx, IndicatorField::Actual)])
                .inputs([Pointer::Indicator(row_idx, values.target_field)])
                .stated(stated)
                .message(
                    format!("{name}实际值“{stated}”是目标的界限，不是实测数"),
                    format!("{name}: the actual {stated} is the bound of the target and no measured figure"),
                )
                .joined(),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}
