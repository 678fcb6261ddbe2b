//! S03: points were deducted and nobody says why.

use gouji_model::{ColumnsFrom, IndicatorField, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Row};
use crate::{Meta, show};

check! {
    /// Who scores less than full has to give a reason. Rows that met their target are I02's.
    ///
    /// ```form
    /// 一级指标   | 二级指标     | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 产出指标   | 成本指标     | 租用费     | 28.272万元 | 21.855万元 | 10   | 7.7  |
    /// 满意度指标 | 服务对象满意度 | 群众满意度 | 95%        | 90%        | 20   | 18   |
    /// fires /indicators/0/score breach
    /// fires /indicators/1/score breach
    /// ```
    /// A reason in the row, in the form's box, or in the actual itself is enough; so is a pool, where one row of the group
    /// took the points of another:
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值       | 分值 | 得分 | 偏差原因
    /// 产出指标   | 数量指标 | 档案室     | 1项        | 0项              | 3    | 2    | 受到场地限制
    /// 产出指标   | 时效指标 | 完成购置   | 2023年底   | 尚未完成         | 6    | 5    |
    /// 产出指标   | 质量指标 | 软件       | 到位       | 到位             | 4    | 8    |
    /// 产出指标   | 质量指标 | 维修       | 到位       | 未用             | 4    | 0    |
    /// 满意度指标 | 满意度   | 群众满意度 | 95%        | 95%以上          | 20   | 18   |
    /// quiet
    /// ```
    S03 = Meta {
        code: "S03",
        name: "deduction-unexplained",
        name_zh: "扣分未说明",
        class: "B",
        severity: Level::Medium,
        summary_zh: "得分低于分值而没有说明原因",
        summary_en: "a row scores less than its points and gives no reason",
        definition_zh: "得分低于分值的行，本行或全表的原因栏应有说明，或本行实际值写明未完成。已达目标而扣分的归 I02；组内调剂的行（S05）除外。\
                        原因栏表头不可辨认或表头表尾残缺时不核。",
        definition_en: "A row that scores below its points has a reason in its cell, in the form's one box, or an actual that says what was not done. \
                        Rows that met their target are I02's; rows of a pool (S05) excepted. Not checkable where the header of the reasons is \
                        not legible or the form is cut.",
        tolerance: "exact",
        authority: "N1 note 4; P5, P10",
        applies_when: "points and score of a row",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let rate_row = super::f04_funds_score::rate_row(facts);
    for (row_idx, row) in facts.counted_rows() {
        let Some((score, weight)) = row.score.number().zip(row.weight.number()) else { continue };
        let at = Pointer::Indicator(row_idx, IndicatorField::Score);
        if weight.value() <= score.value() || score.is_negative() || row.is_idle {
            outcomes.exact();
        } else if rate_row == Some(row_idx)
            || super::s05_pooled_scores::is_pooled(facts, row_idx)
            || is_taken(facts, row_idx)
        {
            outcomes.not_applicable();
        } else if facts.has_reason(row_idx) || actual_explains(facts, row_idx) {
            outcomes.exact();
        } else if !can_see_reasons(facts) {
            outcomes.not_checkable(
                [at],
                "原因栏表头不可辨认，或表头表尾残缺",
                "the header of the reasons is not legible, or the form is cut at its head or tail",
            );
        } else {
            outcomes.raise(raised(facts, row_idx, row));
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The row met its target: its deduction is I02's.
pub(super) fn is_taken(facts: &Facts<'_>, row_idx: usize) -> bool {
    !facts.actuals_are_points() && facts.comparison(row_idx).is_met()
}

/// The actual itself says that something was not done, or why.
pub(super) fn actual_explains(facts: &Facts<'_>, row_idx: usize) -> bool {
    let row = facts.form.indicators.get(row_idx);
    row.and_then(|it| it.actual.as_ref()).is_some_and(|cell| crate::words::has_row_shortfall(&cell.text))
}

/// The columns are known, so that a reason would have been seen, and no box for reasons can have been cut off.
pub(super) fn can_see_reasons(facts: &Facts<'_>) -> bool {
    let from = facts.form.printed.indicators.from;
    let is_legible = matches!(from, ColumnsFrom::Header | ColumnsFrom::Siblings);
    is_legible && !facts.form.printed.open_head && !facts.form.printed.open_tail
}

fn raised(facts: &Facts<'_>, row_idx: usize, row: &Row) -> Raised {
    let figure = |it: crate::facts::Figure| it.number().map_or_else(String::new, |it| show::plain(it.value()));
    let (score, weight) = (figure(row.score), figure(row.weight));
    let name = show::row_name(facts.form, row_idx);
    Raised::new(&S03::META, Grade::B)
        .at([Pointer::Indicator(row_idx, IndicatorField::Score)])
        .inputs([
            Pointer::Indicator(row_idx, IndicatorField::Weight),
            Pointer::Indicator(row_idx, IndicatorField::Reason),
        ])
        .stated(score.clone())
        .recomputed(weight.clone())
        .equation(format!("{score} < {weight}"))
        .message(
            format!("{name}得分 {score} 低于分值 {weight}，未说明扣分原因"),
            format!("{name} scores {score} of {weight} points and no reason is given"),
        )
}
