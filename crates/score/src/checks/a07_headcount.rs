//! A07: how many people or courses the text says, against the rows.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Fraction, Interval, Kind, Quantity, Value};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::prose::Passage;
use crate::{Meta, money, show};

check! {
    /// The people and courses of a text are those of the rows together.
    ///
    /// ```form
    /// 目标: 拟举办4期干部培训班、共培训360人
    /// 一级指标 | 二级指标 | 三级指标     | 年度指标值
    /// 产出指标 | 数量指标 | 监测培训班   | 1期、100人/天、2天
    ///          |          | 考核培训班   | 1期、70人/天、2天
    ///          |          | 能力培训班   | 2期、100人/期/天、5天
    ///          |          | 师资费       | 4期
    /// fires /goal/expected suspicion medium
    /// ----
    /// 目标: 拟举办4期干部培训班、共培训370人
    /// 一级指标 | 二级指标 | 三级指标     | 年度指标值
    /// 产出指标 | 数量指标 | 监测培训班   | 1期、100人/天、2天
    ///          |          | 考核培训班   | 1期、70人/天、2天
    ///          |          | 能力培训班   | 2期、100人/期/天、5天
    ///          |          | 师资费       | 4期
    /// quiet
    /// ```
    A07 = Meta {
        code: "A07",
        name: "headcount",
        name_zh: "人数期数不符",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "文字所写的人数、期数应等于各行之和",
        summary_en: "people and courses in the text are those of the rows together",
        definition_zh: "年度目标（完成情况）写明的培训人数、期数，应等于各数量指标的指标值（实际值）中人数、期数之和；人可能按人头去重，故为疑点。",
        definition_en: "People or courses (期) that the goal text (the completion text) states equal the sum over the targets (the actuals) of the rows. People may be counted once though \
                        they came twice, so it is a suspicion.",
        tolerance: "counts exactly; bounds as intervals",
        authority: "arithmetic",
        applies_when: "a text with one number of people or courses, and at least two rows that count them",
        ..BLANK
    }, run
}

/// Words that count people.
const PEOPLE: [&str; 5] = ["人", "人次", "名", "位", "人员"];

/// Words that count courses.
const COURSES: [&str; 3] = ["期", "班", "班次"];

/// One of the words is what the quantity counts.
fn counts(quantity: &Quantity, words: &[&str]) -> bool {
    quantity.unit.is_some_and(|it| words.contains(&it.of.name))
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (text, field) in
        [(Pointer::GoalExpected, IndicatorField::Target), (Pointer::GoalAchieved, IndicatorField::Actual)]
    {
        if field == IndicatorField::Actual && facts.actuals_are_points() {
            continue;
        }
        let Some(passage) = facts.passage(text) else { continue };
        for (words, heads) in
            [(&PEOPLE[..], &["共", "培训", "总计", "合计"][..]), (&COURSES[..], &["举办", "共", "开展"][..])]
        {
            let Some(stated) = stated(&passage, words, heads) else { continue };
            let parts = parts(facts, field, words);
            if 2 <= parts.len() {
                compare(outcomes, text, &passage, &stated, &parts);
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The one number of the text that counts these, behind one of the words that lead to a number of all.
fn stated(passage: &Passage<'_>, words: &[&str], heads: &[&str]) -> Option<Quantity> {
    /// So many characters before the number are looked at.
    const REACH: usize = 6;
    let is_plain = |it: &&Quantity| !it.is_aside && it.unit.is_some_and(|unit| !unit.is_rate()) && !it.is_range();
    let mut found = passage.quantities.iter().filter(|it| counts(it, words)).filter(is_plain);
    let only = found.next().copied().filter(|_| found.next().is_none())?;
    let head = passage.tail(only.number_span.start, REACH);
    heads.iter().any(|it| head.contains(it)).then_some(only)
}

/// What one row adds.
struct Part {
    at: Pointer,
    interval: Interval,
}

/// The rows that count both people and courses, for their people or their courses; rows of people alone join those of
/// people if their name speaks of training.
fn parts(facts: &Facts<'_>, field: IndicatorField, words: &[&str]) -> Vec<Part> {
    let mut found = Vec::new();
    for (row_idx, row) in facts.counted_rows() {
        if row.is_idle || row.is_part || money::is_cost(facts, row_idx) {
            continue;
        }
        let Some(values) = facts.values(row_idx) else { continue };
        let (value, at_field) = match field {
            IndicatorField::Actual => (&values.actual, field),
            _ => (&values.target, values.target_field),
        };
        let name = facts.form.indicators.get(row_idx).and_then(|it| it.name.as_ref());
        let is_training = name.is_some_and(|it| it.text.contains('训'));
        if let Some(interval) = part(value, words, is_training) {
            found.push(Part { at: Pointer::Indicator(row_idx, at_field), interval });
        }
    }
    found
}

fn part(value: &Value, words: &[&str], is_training: bool) -> Option<Interval> {
    let all = match &value.kind {
        Kind::Quantity(_) | Kind::Compound(_) | Kind::Several(_) => value.quantities(),
        _ => return None,
    };
    let only = |words: &[&str]| {
        let mut found = all.iter().filter(|it| counts(it, words) && it.approximation.is_none() && !it.is_range());
        found.next().filter(|_| found.next().is_none())
    };
    let (people, courses) = (only(&PEOPLE)?, only(&COURSES));
    if words.contains(&"期") {
        return bounded(courses?);
    }
    let head = bounded(people)?;
    let Some(courses) = courses else { return is_training.then_some(head) };
    let all = head.times(&bounded(courses)?)?;
    let is_each = people.unit.is_some_and(|it| it.per().any(|it| COURSES.contains(&it.name)));
    // 2期、100人: in each or in both, the form does not say.
    Some(if is_each || courses.value() == Some(Fraction::ONE) { all } else { all.hull(&head) })
}

/// As a number of its own: what it is counted for is multiplied apart.
fn bounded(quantity: &Quantity) -> Option<Interval> {
    let bare = Quantity { unit: None, ..*quantity };
    if bare.operator.is_some() { bare.interval() } else { Some(bare.number.exact()) }
}

fn compare(outcomes: &mut Outcomes, text: Pointer, passage: &Passage<'_>, stated: &Quantity, parts: &[Part]) {
    let bare = Quantity { unit: None, ..*stated };
    let said = if bare.operator.is_some() || bare.approximation.is_some() {
        bare.interval()
    } else {
        Some(bare.number.exact())
    };
    let (Some(sum), Some(said)) = (Interval::sum(parts.iter().map(|it| it.interval)), said) else {
        return outcomes.not_checkable([text], "数字过大", "a figure is too large");
    };
    if sum.intersects(&said) {
        return outcomes.agrees(sum == said);
    }
    let printed = stated.span.of(passage.text);
    let terms: Vec<String> = parts.iter().map(|it| it.interval.to_string()).collect();
    let result = sum.only().map_or_else(|| sum.to_string(), |it| show::rounded(it, 0));
    let equation = format!("{} = {result}", terms.join(" + "));
    outcomes.raise(
        Raised::new(&A07::META, Grade::S2)
            .at([text])
            .inputs(parts.iter().map(|it| it.at))
            .stated(printed)
            .recomputed(result)
            .equation(equation.clone())
            .message(
                format!("文字写作 {printed}，各行合计 {equation}"),
                format!("the text says {printed}, the rows together {equation}"),
            ),
    );
}
