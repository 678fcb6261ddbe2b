//! I05: words that name a tier, and a score outside it.

use gouji_model::Level;
use gouji_quantity::Wording;

use super::s03_deduction_unexplained::actual_explains;
use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{raised, rows, score_of};
use crate::met::{Attainment, Kind};
use crate::shares::{Standing, judge};

check! {
    /// A qualitative row is scored in the tier that its words name: done 80-100%, partly done 50 or 60 to 80%, not done below.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 质量指标 | 建设     | 高质量完成 | 正在推进   | 12.5 | 12.5
    /// 产出指标 | 质量指标 | 验收     | 通过验收   | 部分完成   | 10   | 10
    /// fires /indicators/0/score suspicion high
    /// fires /indicators/1/score breach
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 质量指标 | 建设     | 高质量完成 | 已完成     | 12.5 | 12
    /// 产出指标 | 质量指标 | 验收     | 通过验收   | 部分完成   | 10   | 7
    /// 效益指标 | 社会效益 | 支撑     | 有所改善   | 有所改善   | 10   | 10
    /// 效益指标 | 社会效益 | 影响     | 长期       | 持续提升   | 10   | 3
    /// quiet
    /// ```
    I05 = Meta {
        code: "I05",
        name: "tier-interval",
        name_zh: "定性档位不符",
        class: "B/S1/S2",
        severity: Level::High,
        summary_zh: "定性指标得分不在其档位之内",
        summary_en: "the score of a qualitative row lies outside its tier",
        definition_zh: "定性行得分在其文字所属档位内：完成 80%（含）-100%，部分完成 60%（或50%，含）-80%，未完成以下；正在推进低于80%。低于档位而有原因的不计。",
        definition_en: "The score of a qualitative row lies in the tier of its words: done from 80% up, partly done from 60% (or 50%) to 80%, not done below; \
                        under way below 80%. Below the tier with a reason is fine.",
        tolerance: "the score, rounded or cut, against the tier; an unknown scheme admits both bounds",
        authority: "M1; N1; P1",
        applies_when: "a row whose target and actual are words, with points and score",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, row, comparison| {
        if comparison.kind != Kind::Words {
            return outcomes.not_applicable();
        }
        if comparison.met == Attainment::Unknown && comparison.wording == Some(Wording::Plain) {
            return outcomes.not_checkable([score_of(row_idx)], "文字不属任何档位", "the words name no tier");
        }
        let Some(judged) = judge(facts, row, comparison) else {
            return outcomes.not_checkable([score_of(row_idx)], "数字过大", "a figure is too large");
        };
        let is_explained = facts.has_reason(row_idx) || actual_explains(facts, row_idx);
        let grade = match judged.standing {
            Standing::Above(grade) => grade,
            Standing::Below(grade) if !is_explained => grade,
            Standing::Admitted | Standing::Below(_) => return outcomes.within_rounding(),
        };
        let grade = match comparison.wording {
            Some(Wording::InProgress) if grade == Grade::B => Grade::S1,
            _ => grade,
        };
        outcomes.raise(raised(
            facts,
            &I05::META,
            grade,
            row_idx,
            comparison,
            &judged,
            ("得分不在档位内", "outside the tier"),
        ));
    });
}
