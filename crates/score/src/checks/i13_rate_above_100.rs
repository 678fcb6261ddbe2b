//! I13: a share of a whole, above the whole.

use gouji_model::{IndicatorField, Level};
use gouji_quantity::{Fraction, Quantity};

use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{glyph_reading, rows, score_of, told};
use crate::{Meta, show};

check! {
    /// No more than all can be satisfied, covered, passed or in time. More than planned may be completed.
    ///
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标   | 质量指标 | 验收合格率 | ≥95%       | 105%       | 5    | 5
    /// 满意度指标 | 满意度   | 群众满意度 | ≥90%       | 98%        | 5    | 5
    /// fires /indicators/0/score contradiction
    /// ```
    /// In text from character recognition the first digit may be an operator:
    /// ```form
    /// @ocr
    /// 一级指标   | 二级指标 | 三级指标       | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标   | 质量指标 | 验收合格率     | ≥85%       | 285%       | 5    | 5
    /// 产出指标   | 质量指标 | 任务完成率     | 100%       | 191.12%    | 5    | 5
    /// 产出指标   | 质量指标 | 合格率提升幅度 | ≥100%      | 120%       | 5    | 5
    /// quiet
    /// ```
    I13 = Meta {
        code: "I13",
        name: "rate-above-100",
        name_zh: "比率超百分百",
        class: "C",
        severity: Level::Medium,
        summary_zh: "有上限的比率实际值高于100%",
        summary_en: "a rate that cannot pass 100% is printed above it",
        definition_zh: "合格率、满意度、覆盖率、准确率、及时率等实际值不得高于100%；完成率可以。符号疑被识别为数字的不核。",
        definition_en: "The actual of a rate of passing, satisfaction, coverage, accuracy or punctuality is at most 100%; a rate of completion may pass \
                        it. Not checkable where an operator may have been read as a digit.",
        tolerance: "exact",
        authority: "M2",
        applies_when: "a row named as such a rate whose actual prints a percentage, with target, points and score",
        ..BLANK
    }, run
}

/// Shares of a whole that is counted by nature.
const CAPPED: [&str; 15] = [
    "合格率",
    "满意度",
    "满意率",
    "覆盖率",
    "准确率",
    "及时率",
    "通过率",
    "知晓率",
    "完好率",
    "优良率",
    "正确率",
    "合规率",
    "优秀率",
    "足额率",
    "按时率",
];

/// A change of a rate, or one rate over another, has no upper end.
const CHANGES: [&str; 14] = [
    "提升",
    "提高",
    "增长",
    "增加",
    "增幅",
    "幅度",
    "较上年",
    "比上年",
    "同比",
    "环比",
    "改善",
    "下降",
    "降低",
    "变化",
];

/// The name is that of a share that cannot pass the whole.
pub(super) fn is_capped(name: &str) -> bool {
    CAPPED.iter().any(|it| name.contains(it)) && !CHANGES.iter().any(|it| name.contains(it))
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, _, _| {
        let name = facts.form.indicators.get(row_idx).and_then(|it| it.field(IndicatorField::Name));
        let actual = facts.values(row_idx).and_then(|it| it.actual.quantity()).filter(|it| it.is_percent());
        let (Some(actual), true) = (actual, name.is_some_and(|it| is_capped(&it.text))) else {
            return outcomes.not_applicable();
        };
        let printed = facts.form.indicators.get(row_idx).and_then(|it| it.actual.as_ref());
        let is_change = printed.is_some_and(|it| CHANGES.iter().any(|word| it.text.contains(word)));
        if is_change || !is_above_whole(actual) {
            return outcomes.exact();
        }
        if facts.comparison(row_idx).glyph.is_some() || glyph_reading(facts, row_idx).is_some() {
            return outcomes.not_checkable([score_of(row_idx)], "运算符疑被误读", "an operator may have been misread");
        }
        let stated = show::plain(actual.number.value());
        outcomes.raise(
            told(facts, &I13::META, Grade::C, row_idx, ("该比率不可能高于100%", "this rate cannot be above 100%"))
                .admissible("[0, 100]")
                .equation(format!("{stated} > 100")),
        );
    });
}

/// Everything that the figure may stand for is above 100: half a step below the least print above it still is.
fn is_above_whole(actual: &Quantity) -> bool {
    let is_share = !actual.is_aside && actual.unit.is_some_and(|it| it.of.name == "%" && !it.is_rate());
    let is_plain = actual.approximation.is_none() && !actual.operator.is_some_and(|it| it.is_reverse());
    is_share && is_plain && actual.value().is_some_and(|it| Fraction::from(100) < it)
}
