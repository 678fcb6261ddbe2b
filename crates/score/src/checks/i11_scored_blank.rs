//! I11: points for a row that says nothing.

use gouji_model::{IndicatorField, Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::{Facts, is_empty};
use crate::indicator::{rows, told};

check! {
    /// Points are given for what was reached; where neither target nor actual is printed, for nothing.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标         | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查             | ≥12次      | 23次       | 5    | 5
    /// 效益指标 | 社会效益 | 提供了决策信息   |            |            | 10   | 10
    /// 效益指标 | 可持续   | 保障任务完成     | 有效保障   |            | 10   | 10
    /// fires /indicators/1/score breach
    /// fires /indicators/2/score suspicion high
    /// ```
    /// Nothing scored, a row that does not apply, a row whose parts carry the values, and a column that is empty throughout:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | ≥12次      | 23次       | 5    | 5
    /// 产出指标 | 数量指标 | 维修     |            |            | 5    | 0
    /// 产出指标 | 成本指标 | 培训费   |            |            | 5    | 5
    /// 产出指标 | 成本指标 | 一班     | 5万元      | 4万元      |      |
    /// 效益指标 | 经济效益 | 0        | 0          |            | 0    | 0
    /// quiet
    /// ----
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | ≥12次      |            | 5    | 5
    /// 产出指标 | 数量指标 | 巡查     | ≥6次       |            | 5    | 5
    /// quiet
    /// ```
    I11 = Meta {
        code: "I11",
        name: "scored-blank",
        name_zh: "空指标得分",
        class: "B/S1",
        severity: Level::Medium,
        summary_zh: "指标值、实际值空白而有得分",
        summary_en: "a row without target or actual is scored",
        definition_zh: "有得分的行：指标值和实际值都空白为违规；有指标值而实际值空白、该栏别行有值为可疑。不适用的行和由子项填值的行除外；名称里写有目标的仍算空白。",
        definition_en: "A row with a score: target and actual both blank is a breach; a printed target with a blank actual, in a column that other rows \
                        fill, is a suspicion. Rows that do not apply and rows whose parts carry the values excepted; a target inside the name does not \
                        fill its cell.",
        tolerance: "exact",
        authority: "P5",
        applies_when: "points and a score above zero of a row, on a form whose targets and actuals are filled",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let is_filled = |field: IndicatorField| facts.form.indicators.iter().any(|it| !is_empty(it.field(field)));
    let has_targets = is_filled(IndicatorField::Target) || is_filled(IndicatorField::Adjusted);
    let has_actuals = is_filled(IndicatorField::Actual);
    rows(facts, outcomes, |outcomes, row_idx, row, _| {
        let Some(indicator) = facts.form.indicators.get(row_idx).filter(|_| !row.score.is_zero()) else {
            return outcomes.not_applicable();
        };
        let has_target =
            [IndicatorField::Target, IndicatorField::Adjusted].iter().any(|it| !is_empty(indicator.field(*it)));
        if !is_empty(indicator.actual.as_ref()) {
            return outcomes.exact();
        }
        if has_parts(facts, row_idx) {
            return outcomes.not_applicable();
        }
        if !has_actuals || (!has_target && !has_targets) {
            return outcomes.not_checkable(
                [Pointer::Indicator(row_idx, IndicatorField::Actual)],
                "该栏各行均空白，或未能辨认",
                "the column is blank in every row, or could not be read",
            );
        }
        let (grade, words) = if has_target {
            (Grade::S1, ("实际完成值空白而有得分", "the actual is blank, yet points are given"))
        } else {
            (Grade::B, ("指标值和实际值都空白而有得分", "target and actual are blank, yet points are given"))
        };
        outcomes.raise(told(facts, &I11::META, grade, row_idx, words));
    });
}

/// Rows without points of their own follow and hold the values.
fn has_parts(facts: &Facts<'_>, row_idx: usize) -> bool {
    let next = facts.rows.get(row_idx + 1).zip(facts.form.indicators.get(row_idx + 1));
    next.is_some_and(|(row, indicator)| {
        row.is_part && !(is_empty(indicator.target.as_ref()) && is_empty(indicator.actual.as_ref()))
    })
}
