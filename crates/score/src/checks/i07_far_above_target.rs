//! I07: a count far above its target, and nobody says why.

use gouji_model::{IndicatorField, Level};
use gouji_quantity::{Decimal, Fraction, Quantity};

use super::s03_deduction_unexplained::actual_explains;
use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{glyph_reading, pairs, rows, score_of, told};
use crate::met::Direction;
use crate::show;
use crate::weighing::{ends, paired};

check! {
    /// Who does far more than planned has planned too little, and should say why.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值     | 实际完成值      | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训     | 3期、330人次   | 4期、1021人次   | 5    | 5
    /// 产出指标 | 数量指标 | 督查     | ≥12次          | 23次            | 5    | 5
    /// 产出指标 | 数量指标 | 调研     | ≥24次          | 30余次          | 5    | 5
    /// 产出指标 | 数量指标 | 走访     | =20户          | 60户            | 5    | 5
    /// fires /indicators/0/score suspicion high
    /// fires /indicators/1/score suspicion medium
    /// fires /indicators/2/score suspicion low
    /// fires /indicators/3/score suspicion low
    /// ```
    /// Small numbers, prices, standards, other classes, and what is explained are left alone:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 产出指标 | 数量指标 | 督查     | ≥1次       | 2次        | 5    | 5    |
    /// 产出指标 | 数量指标 | 补助标准 | 100元      | 300元      | 5    | 5    |
    /// 产出指标 | 数量指标 | 差旅     | 300元/人   | 510元/人   | 5    | 5    |
    /// 产出指标 | 质量指标 | 完成率   | 100%       | 191.12%    | 5    | 5    |
    /// 产出指标 | 数量指标 | 走访     | 20户       | 60户       | 5    | 5    | 年中增加任务
    /// 产出指标 | 数量指标 | 慰问     | 50人       | 59人       | 5    | 5    |
    /// quiet
    /// ```
    I07 = Meta {
        code: "I07",
        name: "far-above-target",
        name_zh: "远超目标未说明",
        class: "S3/S2/S1",
        severity: Level::Medium,
        summary_zh: "数量指标实际远超目标而未说明",
        summary_en: "a count far above its target without a reason",
        definition_zh: "正向数量指标（标准、单价除外）目标大于3，实际达目标1.2倍为低疑，1.3倍为中疑，2倍为高疑；有说明的不计。目标带“=”的只为低疑。",
        definition_en: "A positive row of the quantity class (standards and prices excepted) with a target above 3: actual from 1.2 times the target \
                        low, from 1.3 times medium, from twice high suspicion, unless a reason is given. A target with = is a low one at most.",
        tolerance: "the lowest figure that the actual may mean",
        authority: "M1; P5 (1.2); the 30% line is recalled only",
        applies_when: "a quantity row with numbers as target and actual, points and score",
        ..BLANK
    }, run
}

/// From these shares of the target, in hundredths, the surest first.
const STEPS: [(i128, Grade); 2] = [(200, Grade::S1), (130, Grade::S2)];

/// Targets up to this are passed by one more of the same.
const SMALL_TARGET: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, _, comparison| {
        let Some(values) = facts.values(row_idx).filter(|_| is_count(facts, row_idx)) else {
            return outcomes.not_applicable();
        };
        let Some(pairs) = pairs(&values.target, &values.actual) else { return outcomes.not_applicable() };
        if comparison.direction == Some(Direction::Reverse) {
            return outcomes.not_applicable();
        }
        let mut farthest: Option<(Fraction, &Quantity, &Quantity)> = None;
        for (target, actual) in pairs {
            if target.is_price() || target.operator.is_some_and(|it| it.is_reverse()) {
                return outcomes.not_applicable();
            }
            let Some(share) = share(target, actual) else {
                return outcomes.not_checkable(
                    [score_of(row_idx)],
                    "目标与实际无从比较",
                    "target and actual cannot be compared",
                );
            };
            if SMALL_TARGET < target.number.value() && farthest.is_none_or(|it| it.0 < share) {
                farthest = Some((share, target, actual));
            }
        }
        let step = farthest.and_then(|it| {
            let reached = |percent: i128| Fraction::new(percent, 100).is_some_and(|least| least <= it.0);
            let step = STEPS.iter().find(|(percent, _)| reached(*percent)).map_or(Grade::S3, |it| it.1);
            reached(i128::from(facts.thresholds.far_above_percent)).then_some((step, it))
        });
        let Some((grade, (share, target, actual))) = step else { return outcomes.exact() };
        if facts.has_reason(row_idx) || actual_explains(facts, row_idx) {
            return outcomes.exact();
        }
        if glyph_reading(facts, row_idx).is_some() {
            return outcomes.not_checkable([score_of(row_idx)], "运算符疑被误读", "an operator may have been misread");
        }
        let grade = if comparison.direction == Some(Direction::Equal) { Grade::S3 } else { grade };
        let percent = show::percent(share);
        let words =
            (format!("为目标的 {percent}，未说明原因"), format!("{percent} of the target, and no reason is given"));
        let (over, under) = (show::plain(actual.number.value()), show::plain(target.number.value()));
        outcomes.raise(
            told(facts, &I07::META, grade, row_idx, (&words.0, &words.1))
                .recomputed(percent.clone())
                .equation(format!("{over} / {under} = {percent}")),
        );
    });
}

/// The row counts what was done, and is no standard or price.
fn is_count(facts: &Facts<'_>, row_idx: usize) -> bool {
    let row = facts.form.indicators.get(row_idx);
    let holds = |field: IndicatorField, words: &[&str]| {
        row.and_then(|it| it.field(field)).is_some_and(|it| words.iter().any(|word| it.text.contains(word)))
    };
    holds(IndicatorField::L2, &["数量"]) && !holds(IndicatorField::Name, &["标准", "单价", "元/"])
}

/// The least that the actual may be over its target; a target of zero has no share, and passing it says nothing.
fn share(target: &Quantity, actual: &Quantity) -> Option<Fraction> {
    let (target, actual) = paired(target, actual)?;
    let wanted = target.value()?;
    if wanted.is_zero() {
        return Some(Fraction::ZERO);
    }
    ends(&actual)?.0.over(wanted)
}
