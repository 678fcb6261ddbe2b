//! X11: the completion text counts a thing as done whose row scores nothing.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::Quantity;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::prose::Passage;
use crate::{Meta, names, show, words};

check! {
    /// What the text says was done, to the planned figure, cannot be worth no point at all.
    ///
    /// ```form
    /// 完成: 绿化道路36公里；购置垃圾清运车4辆，更换路灯灯具210盏。
    /// 一级指标 | 二级指标 | 三级指标     | 年度指标值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 绿化道路     | 36公里     | 5    | 5
    /// 产出指标 | 数量指标 | 垃圾清运车   | 4辆        | 5    | 0
    /// 产出指标 | 数量指标 | 更换路灯灯具 | 210盏      | 5    | 0
    /// fires /goal/achieved suspicion medium
    /// ```
    /// A text that says it was not done or names another figure or thing, a reason, and a text that only repeats the goal,
    /// say nothing:
    /// ```form
    /// 完成: 垃圾清运车4辆未购置，更换路灯灯具80盏，修剪树木12公里，维护护栏900米。
    /// 一级指标 | 二级指标 | 三级指标     | 年度指标值 | 分值 | 得分 | 偏差原因
    /// 产出指标 | 数量指标 | 垃圾清运车   | 4辆        | 5    | 0    |
    /// 产出指标 | 数量指标 | 更换路灯灯具 | 210盏      | 5    | 0    |
    /// 产出指标 | 数量指标 | 新建公厕门前步道 | 12公里 | 5    | 0    |
    /// 产出指标 | 数量指标 | 道路维护护栏 | 900米      | 5    | 0    | 验收不合格
    /// quiet
    /// ----
    /// 目标: 购置垃圾清运车4辆。
    /// 完成: 购置垃圾清运车4辆。
    /// 一级指标 | 二级指标 | 三级指标     | 年度指标值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 垃圾清运车   | 4辆        | 5    | 0
    /// quiet
    /// ```
    X11 = Meta {
        code: "X11",
        name: "told-done-scored-zero",
        name_zh: "称已完成而得零分",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "完成情况把某事项按计划数写作已完成，而该行得零分",
        summary_en: "the completion text counts a thing as done whose row scores nothing",
        definition_zh: "有分值的行得零分且没有原因，而完成情况的文字（不是照抄目标）在写有该行名称（4字以上相同）的分句中写出与指标值相同的数量或金额，又没有“未”“取消”等字样。",
        definition_en: "A row with points scores zero without a reason, while the completion text, which is no copy of the goal, prints the target's number \
                        or amount in a clause that names the row (a run of four characters or more) and does not say that it was not done.",
        tolerance: "exact, after conversion of units",
        authority: "N1",
        applies_when: "a row that scores zero without a reason, whose target is a number with a unit, and a completion text",
        ..BLANK
    }, run
}

/// Shorter runs are no noun of its own. Characters; as X04.
const RUN: usize = 4;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let goal = &facts.form.goal;
    let is_copied = goal
        .achieved
        .as_ref()
        .zip(goal.expected.as_ref())
        .is_some_and(|(left, right)| words::is_same(&left.text, &right.text));
    let passage = if is_copied { None } else { facts.passage(Pointer::GoalAchieved) };
    if let Some(passage) = passage {
        let mut told = Vec::new();
        for (row_idx, row) in facts.counted_rows() {
            let is_lost = row.score.is_zero() && row.weight.number().is_some_and(|it| !it.is_zero()) && !row.is_idle;
            if !is_lost || facts.has_reason(row_idx) {
                continue;
            }
            let Some(target) = figure(facts, row_idx) else { continue };
            match clause_of(facts, &passage, row_idx, &target) {
                Some(clause) => told.push((row_idx, clause)),
                None => outcomes.exact(),
            }
        }
        if !told.is_empty() {
            outcomes.raise(raised(facts, &told));
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn raised(facts: &Facts<'_>, told: &[(usize, &str)]) -> Raised {
    /// More names than this are left out of the message.
    const SHOWN: usize = 3;
    let rows: Vec<String> = told.iter().take(SHOWN).map(|it| show::row_name(facts.form, it.0)).collect();
    let rows = rows.join("、");
    let clauses: Vec<String> = told.iter().take(SHOWN).map(|it| show::shortened(it.1.trim())).collect();
    let clauses = clauses.join("；");
    let fields = [IndicatorField::Target, IndicatorField::Weight, IndicatorField::Score];
    Raised::new(&X11::META, Grade::S2)
        .at([Pointer::GoalAchieved])
        .inputs(told.iter().flat_map(|it| fields.map(|field| Pointer::Indicator(it.0, field))))
        .stated(clauses.clone())
        .message(
            format!("完成情况写“{clauses}”，而{rows}等 {} 行得零分，没有原因", told.len()),
            format!(
                "the text says {clauses:?}, yet {} rows such as {rows} score nothing, and no reason is given",
                told.len()
            ),
        )
}

/// The one amount or count that a target prints.
fn figure(facts: &Facts<'_>, row_idx: usize) -> Option<Quantity> {
    let values = facts.values(row_idx)?;
    let quantity = values.target.quantity()?;
    let is_plain = quantity.unit.is_none_or(|it| !it.is_rate()) && quantity.approximation.is_none();
    let is_told = quantity.unit.is_some() && !quantity.is_percent() && !quantity.number.is_zero();
    (is_plain && is_told).then_some(*quantity)
}

/// The clause of the completion text that names the row with its figure.
fn clause_of<'p>(facts: &Facts<'_>, passage: &Passage<'p>, row_idx: usize, target: &Quantity) -> Option<&'p str> {
    let name = facts.bare_name(row_idx)?;
    let is_same = |it: &&Quantity| {
        let is_one_unit = it.unit.zip(target.unit).is_some_and(|(left, right)| {
            !left.is_rate() && (left.of.is_like(right.of) || it.is_amount() && target.is_amount())
        });
        is_one_unit && it.approximation.is_none() && it.value() == target.value()
    };
    let clauses = passage.quantities.iter().filter(is_same).map(|it| passage.clause(it.span.start).of(passage.text));
    clauses.filter(|clause| RUN <= names::shared_run(name, clause).chars().count()).find(|clause| {
        !clause.contains(['未', '拟', '将']) && !words::has_shortfall(clause) && !clause.contains("计划")
    })
}
