//! I02: a target that was reached, and points deducted all the same.

use gouji_model::{IndicatorField, Level, Pointer};

use super::s03_deduction_unexplained::{actual_explains, can_see_reasons};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::indicator::{rows, score_of};
use crate::{Meta, show};

check! {
    /// Who reaches the target has full marks, or a reason why not.
    ///
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 满意度指标 | 满意度   | 群众满意度 | 95%        | 95%以上    | 20   | 18   |
    /// fires /indicators/0/score breach
    /// ```
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 满意度指标 | 满意度   | 群众满意度 | 95%        | 95%以上    | 20   | 18   | 样本偏少，酌情扣分
    /// 产出指标   | 数量指标 | 人数       | 50人       | 47人       | 5    | 4.7  |
    /// quiet
    /// ```
    I02 = Meta {
        code: "I02",
        name: "met-underscored",
        name_zh: "完成扣分未说明",
        class: "B",
        severity: Level::Medium,
        summary_zh: "已达目标而扣分，没有说明原因",
        summary_en: "the target was reached, points were deducted and no reason is given",
        definition_zh: "指标值与实际值可比、已达目标而得分低于分值的行，应有原因说明。未达目标的归 S03，两者不并报。",
        definition_en: "A row whose target and actual can be compared, that met its target and scores below its points, has a reason. Rows that did not \
                        meet it are S03's: never both.",
        tolerance: "exact",
        authority: "M1; P1",
        applies_when: "target, actual, points and score of a row",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, row, comparison| {
        let Some((score, weight)) = row.score.number().zip(row.weight.number()) else {
            return outcomes.not_applicable();
        };
        if !comparison.is_met() {
            return outcomes.not_applicable();
        }
        if weight.value() <= score.value() || facts.has_reason(row_idx) || actual_explains(facts, row_idx) {
            return outcomes.exact();
        }
        let is_pooled = super::s05_pooled_scores::is_pooled(facts, row_idx);
        if is_pooled || score.is_negative() {
            return outcomes.not_applicable();
        }
        if !can_see_reasons(facts) {
            return outcomes.not_checkable(
                [score_of(row_idx)],
                "原因栏表头不可辨认，或表头表尾残缺",
                "the header of the reasons is not legible, or the form is cut at its head or tail",
            );
        }
        let indicator = facts.form.indicators.get(row_idx);
        let printed = |field| show::printed(indicator.and_then(|it| it.field(field)));
        let target_field = facts.values(row_idx).map_or(IndicatorField::Target, |it| it.target_field);
        let (target, actual) = (printed(target_field), printed(IndicatorField::Actual));
        let (score, weight) = (show::plain(score.value()), show::plain(weight.value()));
        let name = show::row_name(facts.form, row_idx);
        let used = [target_field, IndicatorField::Actual, IndicatorField::Weight, IndicatorField::Reason];
        outcomes.raise(
            Raised::new(&I02::META, Grade::B)
                .at([score_of(row_idx)])
                .inputs(used.map(|field| Pointer::Indicator(row_idx, field)))
                .stated(score.clone())
                .recomputed(weight.clone())
                .equation(format!("{score} < {weight}"))
                .message(
                    format!("{name}指标值 {target}，实际 {actual}，已完成，得分 {score} 低于分值 {weight}，未说明原因"),
                    format!("{name}: target {target}, actual {actual}, reached, yet {score} of {weight} points and no reason"),
                ),
        );
    });
}
