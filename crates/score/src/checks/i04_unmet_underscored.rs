//! I04: a target that was not reached, and fewer points than its share.

use gouji_model::Level;

use super::s03_deduction_unexplained::actual_explains;
use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{raised, rows, score_of};
use crate::met::{Attainment, Kind};
use crate::shares::{Standing, judge};

check! {
    /// What falls short earns its share, unless a reason says why it earns less.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 人数     | 50人       | 45人       | 10   | 7.5
    /// fires /indicators/0/score suspicion medium
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 产出指标 | 数量指标 | 人数     | 50人       | 45人       | 10   | 9    |
    /// 产出指标 | 数量指标 | 天数     | 50天       | 45天       | 10   | 5    | 质量不高，另行扣分
    /// 产出指标 | 成本指标 | 租用费   | 28.272万元 | 21.855万元 | 10   | 7.7  |
    /// quiet
    /// ```
    I04 = Meta {
        code: "I04",
        name: "unmet-underscored",
        name_zh: "未完成少计分",
        class: "S2",
        severity: Level::Low,
        summary_zh: "未完成的行得分低于完成比例而没有原因",
        summary_en: "a row that was not reached scores below its share without a reason",
        definition_zh: "未完成的行，得分低于分值×完成比例，且没有原因说明；整数得分须低一分以上。",
        definition_en: "A row that is not met scores below points x share and no reason is given; an integer score by a whole point or more.",
        tolerance: "the score, rounded or cut, against the share from the intervals",
        authority: "M1",
        applies_when: "target, actual, points and score of an unmet row",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, row, comparison| {
        let is_number = matches!(comparison.kind, Kind::Number | Kind::Range | Kind::Compound);
        if !is_number || !matches!(comparison.met, Attainment::Unmet | Attainment::Either) {
            return outcomes.not_applicable();
        }
        let Some(judged) = judge(facts, row, comparison) else {
            return outcomes.not_checkable([score_of(row_idx)], "数字过大", "a figure is too large");
        };
        let is_explained = facts.has_reason(row_idx) || actual_explains(facts, row_idx);
        match judged.standing {
            Standing::Below(grade) if !is_explained => {
                let grade = if grade == Grade::B { Grade::S2 } else { Grade::S3 };
                outcomes.raise(raised(
                    facts,
                    &I04::META,
                    grade,
                    row_idx,
                    comparison,
                    &judged,
                    ("未完成", "not reached"),
                ));
            }
            _ => outcomes.within_rounding(),
        }
    });
}
