//! I06: a deadline that was missed, and full marks.

use gouji_model::Level;

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{raised, rows, score_of};
use crate::met::{Attainment, Kind};
use crate::shares::judge;

check! {
    /// A deadline is missed by a later date, by nothing done, or by words that say so; then the row is not full.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值  | 实际完成值  | 分值 | 得分
    /// 产出指标 | 时效指标 | 采购     | 2023年12月  | 0           | 12.5 | 12.5
    /// 产出指标 | 时效指标 | 验收     | 2023年6月底 | 2023年9月   | 10   | 10
    /// fires /indicators/0/score breach
    /// fires /indicators/1/score breach
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值    | 实际完成值      | 分值 | 得分
    /// 产出指标 | 时效指标 | 培训     | 2023年5月13日 | 2023年5月13日完成 | 15 | 15
    /// 产出指标 | 时效指标 | 购置     | 年底前        | 已完成          | 5    | 5
    /// 产出指标 | 时效指标 | 维护     | 12月31日前    | 100%            | 5    | 5
    /// 产出指标 | 时效指标 | 验收     | 2023年6月底   | 2023年9月       | 10   | 6
    /// quiet
    /// ```
    I06 = Meta {
        code: "I06",
        name: "deadline-missed",
        name_zh: "逾期得满分",
        class: "B",
        severity: Level::Medium,
        summary_zh: "逾期或未办而时效指标得满分",
        summary_en: "a missed deadline with full marks",
        definition_zh: "指标值为期限的行：实际日期晚于期限，或实际为0、未完成、正在推进的，不得满分。实际为完成字样或百分数的不核。",
        definition_en: "A row whose target is a deadline: with a later date, 0 or words that it was not done it has no full marks. Completion words and \
                        percentages are not judged here.",
        tolerance: "exact to the day; 底 is the last day, 初 the 10th, 中旬 the 20th",
        authority: "M1",
        applies_when: "a row whose target is a date, with actual, points and score",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, row, comparison| {
        let has_deadline = || {
            let target = facts.form.indicators.get(row_idx).and_then(|it| it.target.as_ref());
            target.is_some_and(|it| !gouji_quantity::periods(&it.text).is_empty())
        };
        match comparison.kind {
            Kind::Deadline => {}
            Kind::Unknown if has_deadline() => {
                return outcomes.not_checkable([score_of(row_idx)], "实际完成时间无从比较", "the actual is no date");
            }
            _ => return outcomes.not_applicable(),
        }
        let is_full =
            row.score.number().zip(row.weight.number()).is_some_and(|(score, weight)| weight.value() <= score.value());
        if comparison.met == Attainment::Met || !is_full {
            return outcomes.exact();
        }
        let Some(judged) = judge(facts, row, comparison) else {
            return outcomes.not_checkable([score_of(row_idx)], "数字过大", "a figure is too large");
        };
        let words = ("逾期未完成", "the deadline was missed");
        outcomes.raise(raised(facts, &I06::META, Grade::B, row_idx, comparison, &judged, words));
    });
}
