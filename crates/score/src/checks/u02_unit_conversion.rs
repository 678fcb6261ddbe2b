//! U02: one quantity printed in two units.

use gouji_model::{Level, Pointer};
use gouji_quantity::{Dimension, Quantity};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::prose::Passage;
use crate::{Meta, prose, show};

check! {
    /// A figure and its conversion beside it are the same quantity.
    ///
    /// ```form
    /// 目标: 账户余额100151.19元（1.0015万元）结转使用
    /// fires /goal/expected contradiction
    /// ----
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值
    /// 产出指标 | 成本指标 | 租赁费   | 28.2万元，即282000元
    ///          | 数量指标 | 道路     | 3.5公里(350米)
    /// fires /indicators/1/target contradiction
    /// ```
    /// Figures may be rounded or cut, and what stands in brackets may be another thing:
    /// ```form
    /// 目标: 差旅费534253.73元（53.42万元）；总投资100万元（80万元已支付）；单价1.2万元（600元/次）
    /// quiet
    /// ```
    U02 = Meta {
        code: "U02",
        name: "unit-conversion",
        name_zh: "换算不一致",
        class: "C",
        severity: Level::High,
        summary_zh: "同一数量用两种单位写出，换算后应一致",
        summary_en: "a quantity in two units is the same after conversion",
        definition_zh: "同一处用两种单位写出的同一数量（括号内、“即”、“合”或等号后单独的一个数），换算后取值区间应相交。",
        definition_en: "A quantity that is printed again in another unit directly beside it (alone in brackets, behind 即, 合 or =) is the same after conversion.",
        tolerance: "L of both in the base unit",
        authority: "arithmetic",
        applies_when: "an amount, a mass or a length printed in two units side by side",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for pointer in prose::cells(facts.form) {
        if !facts.form.cell(pointer).is_some_and(|it| may_convert(&it.text)) {
            continue;
        }
        let Some(passage) = facts.passage(pointer) else { continue };
        for pair in passage.quantities.windows(2) {
            let [first, second] = pair else { continue };
            if is_conversion(&passage, first, second) {
                compare(outcomes, &passage, pointer, first, second);
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// Most cells do not name two units, and a sign that leads from one to the other.
fn may_convert(text: &str) -> bool {
    /// The last characters of the units that convert.
    const UNITS: [char; 9] = ['元', '兀', '圆', '吨', '斤', '克', '米', '里', 'g'];
    text.contains(['(', '（', '即', '合', '=', '＝', '等'])
        && text.chars().filter(|it| UNITS.contains(it) || *it == 'm').nth(1).is_some()
}

/// The second figure says the first one in another unit.
fn is_conversion(passage: &Passage<'_>, first: &Quantity, second: &Quantity) -> bool {
    /// Lengths of time do not convert for what they are said of: a day may have eight hours.
    const CONVERTED: [Dimension; 3] = [Dimension::Money, Dimension::Mass, Dimension::Length];
    /// Words that lead to a conversion.
    const WORDS: [&str; 10] = ["", "即", "合", "折合", "约合", "合计", "共计", "约", "也即", "等于"];
    let (Some(left), Some(right)) = (first.unit, second.unit) else { return false };
    let is_plain = |it: &Quantity| !it.is_range() && it.unit.is_some_and(|it| !it.is_rate());
    let is_other_unit = left.of.name != right.of.name || first.number.power() != second.number.power();
    if !is_plain(first) || !is_plain(second) || !left.is_comparable(&right) || !is_other_unit {
        return false;
    }
    if !CONVERTED.contains(&left.of.dimension) {
        return false;
    }
    let Some(between) = passage.text.get(first.span.end..second.number_span.start) else { return false };
    let between = between.trim();
    let bare = between.trim_start_matches(['(', '（', '=', '＝', ',', '，', ' ']).trim();
    if !WORDS.contains(&bare) {
        return false;
    }
    let is_bracketed = between.starts_with(['(', '（']);
    let is_closed = passage.after(second.span.end).trim_start().starts_with([')', '）']);
    let is_equal = between.starts_with(['=', '＝']) || bare.contains('即') || bare.ends_with('合') || bare == "等于";
    // 3*2万元=60000元 is an equation.
    let is_factor =
        passage.equations.iter().any(|it| it.span.start <= first.span.start && first.span.end <= it.span.end);
    !is_factor && if is_bracketed { is_closed } else { is_equal }
}

fn compare(outcomes: &mut Outcomes, passage: &Passage<'_>, pointer: Pointer, first: &Quantity, second: &Quantity) {
    let spread = |it: &Quantity| {
        let plain = Quantity { operator: None, ..*it };
        if plain.approximation.is_some() { plain.interval() } else { plain.loose() }
    };
    let (Some(left), Some(right)) = (spread(first), spread(second)) else {
        return outcomes.not_checkable([pointer], "数字过大", "a figure is too large");
    };
    if left.intersects(&right) {
        return outcomes.agrees(first.value() == second.value());
    }
    let printed = |it: &Quantity| {
        gouji_quantity::Span { start: it.number_span.start, end: it.unit_span.end }.of(passage.text).trim().to_owned()
    };
    let (from, stated) = (printed(first), printed(second));
    let result = first.value().map_or_else(|| left.to_string(), |it| show::in_unit_of(it, Some(second)));
    let raised = Raised::new(&U02::META, Grade::C)
        .at([pointer])
        .stated(stated.clone())
        .recomputed(result.clone())
        .equation(format!("{from} = {result}"))
        .message(
            format!("{from} 换算为 {result}，印作 {stated}"),
            format!("{from} converts to {result}, printed is {stated}"),
        );
    // A sentence printed in both goal texts is one root.
    let is_goal = matches!(pointer, Pointer::GoalExpected | Pointer::GoalAchieved);
    outcomes.raise(if is_goal { raised.joined() } else { raised });
}
