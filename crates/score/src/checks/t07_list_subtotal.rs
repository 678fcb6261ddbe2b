//! T07: a subtotal of a list against its members.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::Quantity;

use super::t04_score_in_prose::texts;
use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::money::{shown, spread_of};
use crate::prose::Passage;
use crate::{Meta, show};

check! {
    /// A list of projects with 小计 adds up group by group.
    ///
    /// ```form
    /// 目标: 甲类: 道路100万元、桥梁250万元，小计300万元；乙类: 水渠20万元、泵站30万元，小计50万元。
    /// fires /goal/expected contradiction
    /// ----
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 道路     | 100万元    | 5    | 5
    /// 产出指标 | 成本指标 | 桥梁     | 250万元    | 5    | 5
    /// 产出指标 | 成本指标 | 小计     | 300万元    |      |
    /// fires /indicators/2/target contradiction
    /// ```
    /// The members may stand before the subtotal or behind it; a list that is open proves nothing:
    /// ```form
    /// 目标: 一、基础设施小计350万元: 道路100万元、桥梁250万元；二、水利小计50万元: 水渠20万元、泵站等30万元。
    /// 完成: 购置桌椅2万元、电脑5万元等，小计9万元。
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 道路     | 100万元    | 5    | 5
    /// 产出指标 | 成本指标 | 桥梁     | 若干       | 5    | 5
    /// 产出指标 | 成本指标 | 小计     | 300万元    |      |
    /// quiet
    /// ```
    T07 = Meta {
        code: "T07",
        name: "list-subtotal",
        name_zh: "清单小计不符",
        class: "C/S2",
        severity: Level::Medium,
        summary_zh: "清单中印出的小计应等于其各项之和",
        summary_en: "the subtotal of a list is the sum of its members",
        definition_zh: "文字清单或指标行中印出的“小计”＝紧邻其前（或其后）同类各项之和，各项须全部可读；列举未尽（等、其中）的不作核对。",
        definition_en: "A printed 小计, in prose or as a row, equals the sum of the members of its kind right before it, or right behind it, all of them \
                        legible; a list that is open cannot be checked.",
        tolerance: "L of every figure",
        authority: "Q1",
        applies_when: "a figure behind the word 小计, and two members or more beside it",
        ..BLANK
    }, run
}

/// The word for a part of a sum.
const WORD: &str = "小计";

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let goal = facts.form.goal.expected.iter().map(|it| (Pointer::GoalExpected, it));
    for (at, cell) in goal.chain(texts(facts)) {
        if cell.text.contains(WORD)
            && let Some(passage) = facts.passage(at)
        {
            in_text(outcomes, at, &passage);
        }
    }
    in_rows(facts, outcomes);
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn in_text(outcomes: &mut Outcomes, at: Pointer, passage: &Passage<'_>) {
    let is_stated = |it: &Quantity| {
        let head = passage.before(it.number_span.start).trim_end_matches([' ', ':', '：', '为', '=']);
        head.ends_with(WORD)
    };
    let stated: Vec<usize> =
        passage.quantities.iter().enumerate().filter(|it| is_stated(it.1)).map(|it| it.0).collect();
    for (idx, quantity_idx) in stated.iter().enumerate() {
        let Some(total) = passage.quantities.get(*quantity_idx) else { continue };
        let from = idx.checked_sub(1).and_then(|it| stated.get(it)).map_or(0, |it| it + 1);
        let to = stated.get(idx + 1).copied().unwrap_or(passage.quantities.len());
        let members = |range: std::ops::Range<usize>| -> Vec<Quantity> {
            let all = passage.quantities.get(range).unwrap_or_default();
            all.iter().filter(|it| is_like(it, total)).copied().collect()
        };
        let (ahead, behind) = (members(from..*quantity_idx), members(quantity_idx + 1..to));
        let Some(printed) = spread_of(total) else { continue };
        let mut ahead: Vec<Spread> = ahead.iter().filter_map(spread_of).collect();
        ahead.reverse();
        let behind: Vec<Spread> = behind.iter().filter_map(spread_of).collect();
        if ahead.len() < 2 && behind.len() < 2 {
            continue;
        }
        let held = [&ahead, &behind].into_iter().find_map(|it| holds(printed, it));
        if let Some(balance) = held {
            outcomes.agrees(balance == Balance::Exact);
            continue;
        }
        if ["等", "其中", "约", "余"].iter().any(|it| passage.text.contains(it)) {
            outcomes.not_checkable([at], "清单列举未尽", "the list is open");
            continue;
        }
        // Without a line between groups it is not said where the members begin.
        let members = if 1 < ahead.len() { &ahead } else { &behind };
        let sentence = passage.sentence(total.number_span.start);
        let n_others = stated
            .iter()
            .filter_map(|it| passage.quantities.get(*it))
            .filter(|it| sentence.start <= it.number_span.start && it.number_span.end <= sentence.end);
        let grade = if n_others.count() == 1 { Grade::C } else { Grade::S2 };
        raise(outcomes, grade, at, Vec::new(), &shown(&printed), members);
    }
}

fn is_like(member: &Quantity, total: &Quantity) -> bool {
    match (member.unit, total.unit) {
        (Some(member), Some(total)) => {
            member.is_comparable(&total)
                && !member.is_rate()
                && (member.of.dimension == gouji_quantity::Dimension::Money || member.of.is_like(total.of))
        }
        (None, None) => member.number.power() == total.number.power(),
        _ => false,
    }
}

/// Two or more of the members nearest to the subtotal come to it.
fn holds(total: Spread, members: &[Spread]) -> Option<Balance> {
    (2..=members.len()).find_map(|n_members| {
        let sum = Spread::sum(members.get(..n_members)?.iter().copied())?;
        Some(Balance::of(total, sum)).filter(|it| *it != Balance::Apart)
    })
}

fn raise(outcomes: &mut Outcomes, grade: Grade, at: Pointer, inputs: Vec<Pointer>, printed: &str, members: &[Spread]) {
    let Some(sum) = Spread::sum(members.iter().copied()) else {
        return outcomes.not_checkable([at], "数字过大", "a figure is too large");
    };
    let sum = shown(&sum);
    outcomes.raise(
        Raised::new(&T07::META, grade)
            .at([at])
            .inputs(inputs)
            .stated(printed)
            .recomputed(sum.clone())
            .equation(format!("{printed} ≠ {sum}"))
            .message(
                format!("小计印作 {printed}，其各项相加为 {sum}"),
                format!("the subtotal is printed as {printed}, its members add up to {sum}"),
            ),
    );
}

/// Rows named 小计: the rows above, back to the subtotal before.
fn in_rows(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let is_subtotal = |row_idx: usize| {
        let name = facts.form.indicators.get(row_idx).and_then(|it| it.name.as_ref());
        name.is_some_and(|it| it.text.contains(WORD) && crate::names::bare(&it.text) == WORD)
    };
    let mut from = 0;
    for row_idx in 0..facts.rows.len() {
        if !is_subtotal(row_idx) {
            continue;
        }
        for field in [IndicatorField::Target, IndicatorField::Actual] {
            row_subtotal(facts, outcomes, from..row_idx, row_idx, field);
        }
        from = row_idx + 1;
    }
}

fn row_subtotal(
    facts: &Facts<'_>,
    outcomes: &mut Outcomes,
    above: std::ops::Range<usize>,
    row_idx: usize,
    field: IndicatorField,
) {
    let read = |idx: usize| {
        let values = facts.values(idx)?;
        let value = if field == IndicatorField::Actual { &values.actual } else { &values.target };
        value.quantity().copied()
    };
    let at = Pointer::Indicator(row_idx, field);
    let Some(total) = read(row_idx).filter(|it| it.operator.is_none()) else { return };
    if field == IndicatorField::Actual && facts.actuals_are_points() {
        return outcomes.not_checkable([at], "实际值栏填的是得分（D05）", "the actual column holds points (D05)");
    }
    let rows: Vec<usize> = above.rev().filter(|it| facts.rows.get(*it).is_some_and(|row| !row.is_idle)).collect();
    let members: Option<Vec<Spread>> =
        rows.iter().map(|it| read(*it).filter(|it| is_like(it, &total)).and_then(|it| spread_of(&it))).collect();
    let Some(printed) = spread_of(&total) else { return };
    // Rows of another kind end the list.
    let near: Vec<Spread> =
        rows.iter().map_while(|it| read(*it).filter(|it| is_like(it, &total)).and_then(|it| spread_of(&it))).collect();
    if let Some(balance) = holds(printed, &near) {
        return outcomes.agrees(balance == Balance::Exact);
    }
    match members {
        Some(members) if 1 < members.len() => {
            let inputs = rows.iter().map(|it| Pointer::Indicator(*it, field)).collect();
            let printed = show::printed(facts.form.cell(at)).to_owned();
            raise(outcomes, Grade::C, at, inputs, &printed, &members);
        }
        _ => outcomes.not_checkable([at], "清单各项不全可读", "not every member of the list can be read"),
    }
}
