//! S05: points that one row of a group took from its neighbours.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Decimal, Number};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Group, Row};
use crate::{Meta, show};

check! {
    /// Some rows of a group score too much, others nothing, and together they come out even: the points were pooled. It
    /// explains a score above its points (S01) and stands for the unexplained zeros (S03).
    ///
    /// ```form
    /// @with S01
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 专线     | 1条        | 4    | 4
    /// 产出指标 | 数量指标 | 软件     | 2套        | 4    | 8
    /// 产出指标 | 数量指标 | 维修     | 1套        | 4    | 0
    /// fires /indicators/2/score note
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 专线     | 1条        | 4    | 4
    /// 产出指标 | 数量指标 | 软件     | 2套        | 4    | 6
    /// 产出指标 | 数量指标 | 维修     | 1套        | 4    | 0
    /// quiet
    /// ```
    S05 = Meta {
        code: "S05",
        name: "pooled-scores",
        name_zh: "组内调剂得分",
        class: "note",
        severity: Level::Low,
        summary_zh: "同组有的行得分超分值、有的行为零，合计恰好等于分值合计",
        summary_en: "rows of one group score too much and nothing, and together come out even",
        definition_zh: "同一二级指标内，有的行得分大于分值，有的行得分为0而分值大于0，且得分合计等于分值合计。附注于 S01，代替零分行的 S03。",
        definition_en: "Within one level-2 group some rows score above their points, some score 0 with points, and the sums of scores and points are \
                        equal. A note of S01; it stands for the S03 of the zero rows.",
        tolerance: "exact",
        authority: "N1",
        applies_when: "a level-2 group with a score above its points",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for group in &facts.groups {
        let over = cells(facts, group, is_over);
        if over.is_empty() {
            continue;
        }
        if !is_pool(facts, group) {
            outcomes.exact();
            continue;
        }
        let rows = facts.rows.get(group.rows.clone()).unwrap_or_default();
        let sum =
            |figure: fn(&Row) -> Option<Number>| -> Decimal { rows.iter().filter_map(figure).map(Number::value).sum() };
        let scores = show::plain(sum(|it| it.score.number()));
        let weights = show::plain(sum(|it| it.weight.number()));
        outcomes.raise(
            Raised::new(&S05::META, Grade::Note)
                .at(cells(facts, group, is_zero))
                .inputs(over)
                .equation(format!("{scores} = {weights}"))
                .message(
                    format!("同组得分合计 {scores} 恰等于分值合计 {weights}：零分行的分数调剂给了其他行"),
                    format!("the scores of the group add up to {scores}, its points to {weights}: points were moved between rows"),
                ),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The row stands in a pool and has lost its points to it.
pub(super) fn is_pooled(facts: &Facts<'_>, row_idx: usize) -> bool {
    let is_lost = facts.rows.get(row_idx).is_some_and(is_zero);
    is_lost && facts.groups.iter().any(|it| it.rows.contains(&row_idx) && is_pool(facts, it))
}

/// The row stands in a pool, as giver or taker.
pub(super) fn has_pool(facts: &Facts<'_>, row_idx: usize) -> bool {
    facts.groups.iter().any(|it| it.rows.contains(&row_idx) && is_pool(facts, it))
}

fn is_pool(facts: &Facts<'_>, group: &Group) -> bool {
    let rows = facts.rows.get(group.rows.clone()).unwrap_or_default();
    let sum =
        |figure: fn(&Row) -> Option<Number>| -> Decimal { rows.iter().filter_map(figure).map(Number::value).sum() };
    rows.iter().any(is_over) && rows.iter().any(is_zero) && sum(|it| it.score.number()) == sum(|it| it.weight.number())
}

fn is_over(row: &Row) -> bool {
    row.score.number().zip(row.weight.number()).is_some_and(|(score, weight)| weight.value() < score.value())
}

fn is_zero(row: &Row) -> bool {
    row.score.is_zero() && row.weight.number().is_some_and(|it| !it.is_zero())
}

fn cells(facts: &Facts<'_>, group: &Group, is_wanted: fn(&Row) -> bool) -> Vec<Pointer> {
    let rows = group.rows.clone().filter(|it| facts.rows.get(*it).is_some_and(is_wanted));
    rows.map(|row_idx| Pointer::Indicator(row_idx, IndicatorField::Score)).collect()
}
