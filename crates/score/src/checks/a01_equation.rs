//! A01: an equation that is printed, recomputed.

use gouji_model::{Level, Pointer};
use gouji_quantity::{Dimension, Fraction, Quantity, Step};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::prose::Passage;
use crate::words::WordSet;
use crate::{Meta, prose, show};

check! {
    /// What is worked out on paper has to come out as it says, step by step in a chain.
    ///
    /// ```form
    /// 目标: 线路租用3720元*76条=29.272万元
    /// fires /goal/expected contradiction
    /// ----
    /// 目标: 会议每月6人*12月=72人次*4000元/人=38.8万元
    /// fires /goal/expected contradiction
    /// ----
    /// 一级指标 | 二级指标 | 三级指标                 | 年度指标值
    /// 产出指标 | 成本指标 | 差旅费(5人*3天*430元)=6540元 | 6540元
    /// fires /indicators/0/name contradiction
    /// ```
    /// Results may be rounded or cut, and stand in another unit than their factors:
    /// ```form
    /// 目标: 差旅费11天*16人/月*12月*430元/人=90.8万元；报告12*22=264份；线路3720元*76条=28.272万元；完成率47÷50×100=94%；1-12月=12个月
    /// quiet
    /// ```
    /// A factor that is rounded itself leaves doubt:
    /// ```form
    /// 目标: 培训11.3元*431人=4890元
    /// fires /goal/expected suspicion medium
    /// ```
    A01 = Meta {
        code: "A01",
        name: "equation",
        name_zh: "算式不成立",
        class: "C/S2",
        severity: Level::High,
        summary_zh: "印出的算式应当成立",
        summary_en: "a printed equation holds",
        definition_zh: "印出的算式或连等式，各步按印出的数字计算，应落在所印结果的取值区间内（结果可四舍五入或截断）；连等式中左边的结果是右边的第一个因数。\
                        因数本身带小数、可能经过舍入而能解释差异的，只作疑点。",
        definition_en: "Every step of a printed equation or chain, computed from the figures as printed, lies in the interval of its printed result, which may be rounded or cut; in a \
                        chain the result on the left is the first factor on the right. A difference that the rounding of a factor explains is a suspicion.",
        tolerance: "L of each result; factors as printed",
        authority: "arithmetic",
        applies_when: "an equation of figures in a cell",
        ..BLANK
    }, run
}

/// Signs of an equation.
static SIGNS: WordSet = WordSet::new(&["=", "＝", "﹦", "═", "≈"]);

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for pointer in prose::cells(facts.form) {
        if !facts.form.cell(pointer).is_some_and(|it| may_compute(&it.text)) {
            continue;
        }
        let Some(passage) = facts.passage(pointer) else { continue };
        for step in passage.equations.iter().flat_map(|it| &it.steps) {
            look(&passage, pointer, step, outcomes);
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// A sign of equality, and one of computing: =6人 has the first alone.
fn may_compute(text: &str) -> bool {
    const OPERATORS: [char; 17] =
        ['+', '-', '*', '/', 'x', 'X', '＋', '－', '−', '＊', '／', '×', '✕', '÷', '·', '∗', '\\'];
    SIGNS.is_in(text) && text.contains(OPERATORS)
}

fn look(passage: &Passage<'_>, pointer: Pointer, step: &Step, outcomes: &mut Outcomes) {
    let right = gouji_quantity::quantities(step.right.of(passage.text)).into_iter().next();
    let (Some(holds), Some(computed)) = (step.holds, step.computed) else {
        return outcomes.not_checkable([pointer], "数字过大", "a figure is too large");
    };
    if holds {
        return outcomes.agrees(right.and_then(|it| it.value()) == Some(computed));
    }
    if is_meant_otherwise(step, computed, right.as_ref()) {
        return outcomes.within_rounding();
    }
    // 1-12月=12个月: a span and no difference.
    if computed.is_negative() {
        return outcomes.not_checkable(
            [pointer],
            "差为负数，可能是起止",
            "the difference is below zero: a span, maybe",
        );
    }
    let factors = gouji_quantity::quantities(step.left.of(passage.text));
    if mixes_units(&factors) {
        return outcomes.not_checkable(
            [pointer],
            "算式混用不同的时间或度量单位",
            "the factors are in different units of one kind",
        );
    }
    let grade = if may_be_rounded(step, computed, &factors) { Grade::S2 } else { Grade::C };
    let (left, stated) = (step.left.of(passage.text).trim(), step.right.of(passage.text).trim());
    let result = show::in_unit_of(computed, right.as_ref());
    let raised = Raised::new(&A01::META, grade)
        .at([pointer])
        .stated(stated)
        .recomputed(result.clone())
        .equation(format!("{left} = {result}"))
        .message(
            format!("算式“{left}”应得 {result}，印作 {stated}"),
            format!("“{left}” comes to {result}, printed is {stated}"),
        );
    // A sentence printed in both goal texts is one root.
    let is_goal = matches!(pointer, Pointer::GoalExpected | Pointer::GoalAchieved);
    outcomes.raise(if is_goal { raised.joined() } else { raised });
}

/// The result is a percentage written without its hundred, or a difference written without its sign.
fn is_meant_otherwise(step: &Step, computed: Fraction, right: Option<&Quantity>) -> bool {
    let hundred = Fraction::from(100);
    let is_percent = right.is_some_and(Quantity::is_percent);
    let scaled = [computed.over(hundred), computed.times(hundred)].into_iter().flatten();
    (is_percent && scaled.into_iter().any(|it| step.stated.contains(it)))
        || (computed.is_negative() && step.stated.contains(computed.negated()))
}

/// 每小时50元*3天: the factors measure one kind of thing in units that differ.
fn mixes_units(factors: &[Quantity]) -> bool {
    let is_free = |it: Dimension| matches!(it, Dimension::Count | Dimension::Money | Dimension::Percent);
    let mut measures = Vec::new();
    for unit in factors.iter().filter_map(|it| it.unit) {
        measures.push(unit.of);
        measures.extend(unit.per());
    }
    measures.retain(|it| !is_free(it.dimension));
    let kind = |it: Dimension| match it {
        Dimension::Months | Dimension::WorkDays => Dimension::Time,
        other => other,
    };
    measures.iter().enumerate().any(|(idx, it)| {
        measures.iter().skip(idx + 1).any(|that| kind(it.dimension) == kind(that.dimension) && !it.is_like(that))
    })
}

/// Some factor has decimals, and what they may stand for explains the difference.
fn may_be_rounded(step: &Step, computed: Fraction, factors: &[Quantity]) -> bool {
    let mut low = Fraction::ONE;
    let mut high = Fraction::ONE;
    for it in factors.iter().filter(|it| it.number.decimals() > 0 && !it.number.is_zero()) {
        let loose = it.number.loose();
        let share = |end: Option<Fraction>| end?.over(it.number.value().into());
        let (Some(least), Some(most)) = (share(loose.low().value()), share(loose.high().value())) else { return true };
        match (low.times(least), high.times(most)) {
            (Some(least), Some(most)) => (low, high) = (least, most),
            _ => return true,
        }
    }
    match (computed.times(low), computed.times(high)) {
        (Some(low), Some(high)) => step.stated.intersects(&gouji_quantity::Interval::closed(low, high)),
        _ => true,
    }
}
