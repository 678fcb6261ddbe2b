//! I14: target and actual measure different things.

use gouji_model::{IndicatorField, Level};
use gouji_quantity::{Dimension, Quantity};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{glyph_reading, n_words_beside, pairs, rows, score_of, told};

check! {
    /// Households cannot be answered with money.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 受益户   | 4425户     | 12万元     | 5    | 5
    /// 产出指标 | 数量指标 | 培训     | ≥5次       | 100%       | 5    | 5
    /// 产出指标 | 数量指标 | 巡查     | 12次       | 100%       | 5    | 5
    /// fires /indicators/0/score breach
    /// fires /indicators/1/score breach
    /// fires /indicators/2/score suspicion medium
    /// ```
    /// Counts are one dimension, months and days one family, a bare number is in the target's unit, and nothing is nothing:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 手册     | 2.5万套    | 25000册    | 5    | 5
    /// 产出指标 | 数量指标 | 服务     | 1年        | 365天      | 5    | 5
    /// 产出指标 | 数量指标 | 培训     | 50人       | 47         | 5    | 4.7
    /// 产出指标 | 成本指标 | 运维     | 180000元/年 | 0项       | 5    | 5
    /// 产出指标 | 数量指标 | 维护     | 一月一次   | 100%       | 5    | 5
    /// 产出指标 | 质量指标 | 测评     | 95分       | 95%        | 5    | 5
    /// quiet
    /// ```
    I14 = Meta {
        code: "I14",
        name: "dimension-mismatch",
        name_zh: "量纲不一致",
        class: "B/S2",
        severity: Level::Medium,
        summary_zh: "指标值与实际值单位不是同一量纲",
        summary_en: "the units of target and actual measure different things",
        definition_zh: "指标值、实际值都印有单位（第一个“/”之前）而量纲不同。计数单位为同一量纲，单独的数按指标值单位，实际为0不比。单位有歧义、数在文字之中，\
                        或无符号的数答以百分数，为可疑。",
        definition_en: "Target and actual both print a unit (the part before the first /) and the dimensions differ. Counts are one dimension, a bare \
                        number is in the target's unit, an actual of 0 is not compared. A suspicion where a unit has several meanings, the figure \
                        stands in prose, or a target without operator is answered with a percentage.",
        tolerance: "exact",
        authority: "M6",
        applies_when: "a row whose target and actual print a number with a unit, with points and score",
        ..BLANK
    }, run
}

/// Words that are a unit of several dimensions, or part of a word that is none.
const AMBIGUOUS: [&str; 19] =
    ["M", "m", "K", "G", "g", "T", "t", "s", "h", "L", "度", "分", "点", "个点", "方", "里", "平方", "比例", "倍"];

/// More words than this beside a figure, and the cell is prose.
const FEW_WORDS: usize = 3;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, _, _| {
        let (Some(values), Some(row)) = (facts.values(row_idx), facts.form.indicators.get(row_idx)) else {
            return outcomes.not_applicable();
        };
        let Some(pairs) = pairs(&values.target, &values.actual) else { return outcomes.not_applicable() };
        let mut united = pairs
            .filter(|(target, actual)| target.unit.is_some() && actual.unit.is_some() && !actual.number.is_zero())
            .peekable();
        if united.peek().is_none() {
            return outcomes.not_applicable();
        }
        let Some((target, actual)) = united.find(|(target, actual)| is_apart(target, actual)) else {
            return outcomes.exact();
        };
        if glyph_reading(facts, row_idx).is_some() {
            return outcomes.not_checkable([score_of(row_idx)], "运算符疑被误读", "an operator may have been misread");
        }
        let n_words = |field: IndicatorField, value| row.field(field).map_or(0, |it| n_words_beside(&it.text, value));
        let is_prose = FEW_WORDS < n_words(values.target_field, &values.target)
            || FEW_WORDS < n_words(IndicatorField::Actual, &values.actual);
        let is_one = values.target.quantity().is_some() && values.actual.quantity().is_some();
        // A percentage may stand for the completion of whatever was wanted; an operator asks for the figure itself.
        let is_answered_by_share = actual.is_percent() && target.operator.is_none();
        let is_sure = is_one && !is_prose && !is_answered_by_share && !is_ambiguous(target) && !is_ambiguous(actual);
        let (left, right) = (unit_name(target), unit_name(actual));
        let words = (format!("{left}与{right}不是同一量纲"), format!("{left} and {right} measure different things"));
        let grade = if is_sure { Grade::B } else { Grade::S2 };
        outcomes.raise(told(facts, &I14::META, grade, row_idx, (&words.0, &words.1)));
    });
}

fn is_apart(target: &Quantity, actual: &Quantity) -> bool {
    let units = target.unit.zip(actual.unit);
    let is_money = |it: &Quantity| it.dimension() == Some(Dimension::Money);
    // Foreign money is money.
    let is_foreign = |it: &Quantity| it.dimension() == Some(Dimension::ForeignMoney);
    let is_paid = (is_money(target) || is_foreign(target)) && (is_money(actual) || is_foreign(actual));
    !is_paid && units.is_some_and(|(left, right)| left.is_contradicting(&right))
}

fn is_ambiguous(quantity: &Quantity) -> bool {
    quantity.unit.is_some_and(|it| AMBIGUOUS.contains(&it.of.name))
}

fn unit_name(quantity: &Quantity) -> &'static str {
    quantity.unit.map_or("", |it| it.of.name)
}
