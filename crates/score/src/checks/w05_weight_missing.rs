//! W05: a scored row without points of its own.

use gouji_model::{IndicatorField, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, is_empty};
use crate::{Meta, show};

check! {
    /// A row that has a target and a score has to say how many points it is worth.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | 12次       | 12次       | 20   | 20
    /// 产出指标 | 质量指标 | 及时率   | 100%       | 100%       |      | 30
    /// fires /indicators/1/weight suspicion medium
    /// ```
    /// Parts of a weighted row, and rows that do not apply, need none:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 培训两期   | 40万元     | 38万元     | 20   | 20
    /// 产出指标 | 成本指标 | 一期       | 22万元     | 20万元     |      |
    /// 效益指标 | 经济效益 | 0          | 0          | 0          | 0    | 0
    /// quiet
    /// ```
    W05 = Meta {
        code: "W05",
        name: "weight-missing",
        name_zh: "指标分值缺失",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "有指标值和得分的行没有分值",
        summary_en: "a row with target and score prints no points, or zero",
        definition_zh: "有指标值、有得分的行，分值不为空也不为0。其上有分值的行的分项、不适用的行除外。",
        definition_en: "A row with a target and a score has points above zero. Parts of a weighted row and rows that do not apply excepted.",
        tolerance: "exact",
        authority: "P5",
        applies_when: "a row with a target and a score",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if !facts.has_weights() {
        return outcomes.not_applicable();
    }
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        let Some(indicator) = facts.form.indicators.get(row_idx) else { continue };
        if row.score.is_blank() || is_empty(indicator.target.as_ref()) || row.is_idle || row.is_part {
            continue;
        }
        if !row.weight.is_blank() && !row.weight.is_zero() {
            outcomes.exact();
            continue;
        }
        let name = show::row_name(facts.form, row_idx);
        let score = show::printed(indicator.score.as_ref());
        let weight = show::printed(indicator.weight.as_ref());
        outcomes.raise(
            Raised::new(&W05::META, Grade::S2)
                .at([Pointer::Indicator(row_idx, IndicatorField::Weight)])
                .inputs([Pointer::Indicator(row_idx, IndicatorField::Score)])
                .stated(weight)
                .message(
                    format!("{name}得 {score} 分而分值印作 {weight}"),
                    format!("{name} scores {score} and its points are printed as {weight}"),
                ),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}
