//! I03: a cost, or another figure that should be small, above its target, and too many points.

use gouji_model::Level;

use crate::Meta;
use crate::check::{BLANK, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{raised, rows, score_of};
use crate::met::{Attainment, Direction, Kind};
use crate::shares::{Standing, judge};

check! {
    /// A cost above its target earns at most target over actual of its points.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值  | 实际完成值     | 分值 | 得分
    /// 产出指标 | 成本指标 | 调研费   | 461100元/项 | 534253.73元/项 | 4    | 4
    /// 产出指标 | 质量指标 | 故障率   | ≤5%         | 8%             | 10   | 10
    /// fires /indicators/0/score breach
    /// fires /indicators/1/score breach
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 改造费   | 50900元/项 | 41905元/项 | 4    | 4
    /// 产出指标 | 成本指标 | 租赁费   | =3.50万元  | 3.5万元    | 8    | 8
    /// 产出指标 | 成本指标 | 培训费   | ≤10万元    | 12.5万元   | 10   | 8
    /// quiet
    /// ```
    I03 = Meta {
        code: "I03",
        name: "exceeded-cost-overscored",
        name_zh: "超成本多计分",
        class: "B/S2",
        severity: Level::High,
        summary_zh: "反向或成本指标超过目标而得分偏高",
        summary_en: "a reverse or cost row above its target scores too much",
        definition_zh: "反向指标、成本指标实际值大于指标值：得分不高于分值×指标值/实际值。",
        definition_en: "A reverse or cost row whose actual is above its target scores at most points x target / actual.",
        tolerance: "the score, rounded or cut, against the share from the intervals",
        authority: "N1; P1",
        applies_when: "target, actual, points and score of a reverse or cost row",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, row, comparison| {
        let is_reverse = matches!(comparison.direction, Some(Direction::Reverse | Direction::Cost));
        if !matches!(comparison.kind, Kind::Number | Kind::Compound) || !is_reverse {
            return outcomes.not_applicable();
        }
        match comparison.met {
            Attainment::Unknown => {
                outcomes.not_checkable([score_of(row_idx)], "超过与否无从比较", "target and actual cannot be compared");
            }
            Attainment::Unmet if comparison.is_above => match judge(facts, row, comparison) {
                Some(judged) => match judged.standing {
                    Standing::Above(grade) => {
                        let words = ("超过目标", "above its target");
                        outcomes.raise(raised(facts, &I03::META, grade, row_idx, comparison, &judged, words));
                    }
                    Standing::Admitted | Standing::Below(_) => outcomes.within_rounding(),
                },
                None => outcomes.not_checkable([score_of(row_idx)], "数字过大", "a figure is too large"),
            },
            Attainment::Met | Attainment::Either | Attainment::Unmet => outcomes.exact(),
        }
    });
}
