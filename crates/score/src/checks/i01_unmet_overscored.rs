//! I01: a target that was not reached, and more points than its share.

use gouji_model::Level;

use crate::Meta;
use crate::check::{BLANK, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{raised, rows, score_of};
use crate::met::{Attainment, Comparison, Direction, Kind};
use crate::shares::{Standing, judge};

check! {
    /// What falls short of a positive target earns its share of the points, not all of them.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值     | 实际完成值     | 分值 | 得分
    /// 产出指标 | 数量指标 | 线路     | 76条           | 74条           | 9.8  | 9.8
    /// 产出指标 | 数量指标 | 培训     | 5期、410人次   | 2期、234人次   | 3    | 3
    /// 产出指标 | 数量指标 | 采购     | 1台            | 0台            | 12.5 | 12.5
    /// 产出指标 | 数量指标 | 人数     | 50人           | 47人           | 5    | 5
    /// fires /indicators/0/score breach
    /// fires /indicators/1/score breach
    /// fires /indicators/2/score breach
    /// fires /indicators/3/score suspicion medium
    /// ```
    /// Shares that are met, rounded or cut; words that are given as a percentage; a part that was reached:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 线路     | 76条       | 74条       | 10   | 9.7
    /// 产出指标 | 时效指标 | 及时性   | 及时       | 99%        | 10   | 9.9
    /// 产出指标 | 数量指标 | 驻场     | 1人、1年   | 0人、1年   | 5    | 5
    /// 产出指标 | 数量指标 | 调研     | ≥24次      | 30余次     | 5    | 5
    /// 满意度指标 | 满意度 | 群众     | 95%        | 95%以上    | 10   | 10
    /// quiet
    /// ```
    I01 = Meta {
        code: "I01",
        name: "unmet-overscored",
        name_zh: "未完成多计分",
        class: "B/S2",
        severity: Level::High,
        summary_zh: "正向指标未完成而得分高于完成比例",
        summary_en: "a positive target that was not reached scores more than its share",
        definition_zh: "正向指标未完成：得分不高于分值×实际/目标；多个数的在最低与最高比例之间。整数得分恰为比例四舍五入的为可疑。",
        definition_en: "A positive row that is not met scores at most points x actual / target; one of several figures between its lowest and highest \
                        share. An integer that is the rounded share is a suspicion.",
        tolerance: "the score, rounded or cut, against the share from the intervals",
        authority: "M1, M2; N1; P1",
        applies_when: "target, actual, points and score of a row",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, row, comparison| {
        if !matches!(comparison.kind, Kind::Number | Kind::Compound) || !is_positive(comparison) {
            return outcomes.not_applicable();
        }
        match comparison.met {
            Attainment::Met | Attainment::Either => outcomes.exact(),
            Attainment::Unknown => {
                outcomes.not_checkable([score_of(row_idx)], "完成与否无从比较", "target and actual cannot be compared");
            }
            Attainment::Unmet => match judge(facts, row, comparison) {
                Some(judged) => match judged.standing {
                    Standing::Above(grade) => {
                        let words = ("未完成", "not reached");
                        outcomes.raise(raised(facts, &I01::META, grade, row_idx, comparison, &judged, words));
                    }
                    Standing::Admitted | Standing::Below(_) => outcomes.within_rounding(),
                },
                None => outcomes.not_checkable([score_of(row_idx)], "数字过大", "a figure is too large"),
            },
        }
    });
}

/// More is better, or the row says nothing else.
fn is_positive(comparison: &Comparison) -> bool {
    let is_cost_above = comparison.direction == Some(Direction::Cost) && comparison.is_above;
    !matches!(comparison.direction, Some(Direction::Reverse)) && !is_cost_above
}
