//! A06: an average and how many it is of, against the total that the text states.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Quantity, Span};

use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::costing::Costing;
use crate::facts::Facts;
use crate::{Meta, money, names, show};

check! {
    /// What each cost on average, times how many there were, is what all cost together.
    ///
    /// ```form
    /// 目标: 调研差旅费46.11万元;计划举办业务培训班等5个,金额26.96万元;租车8万元
    /// 完成: 举办统计培训班等,发生培训费用33.95万元;租车8万元
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值              | 实际完成值    | 分值 | 得分
    /// 产出指标 | 数量指标 | 举办培训班     | 5个                     | 5个           | 4    | 4
    ///          | 成本指标 | 举办培训班费用 | 平均每个培训班53600元   | 平均95894.6元 | 4    | 4
    /// fires /indicators/1/target suspicion medium
    /// fires /indicators/1/actual suspicion medium
    /// ----
    /// 目标: 计划举办业务培训班等5个,金额26.8万元;租车8万元
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值              | 实际完成值    | 分值 | 得分
    /// 产出指标 | 数量指标 | 举办培训班     | 5个                     | 5个           | 4    | 4
    ///          | 成本指标 | 举办培训班费用 | 平均每个培训班53600元   | 平均95894.6元 | 4    | 4
    /// quiet
    /// ```
    A06 = Meta {
        code: "A06",
        name: "average-times-count",
        name_zh: "均值与总额不符",
        class: "S2",
        severity: Level::Low,
        summary_zh: "平均数乘以数量应等于文字所写的总额",
        summary_en: "an average times its count is the total that the text states",
        definition_zh: "成本指标写平均数、同一事项的数量另有一行的：平均数×数量应等于年度目标（实际值对完成情况）中该事项的金额。",
        definition_en: "Where a cost row prints an average and another row counts the same thing, average x count equals the amount that the goal text (for actuals: the completion text) \
                        states for it.",
        tolerance: "L of the average times the count against L of the total",
        authority: "arithmetic",
        applies_when: "a cost row with an average, a row that counts the same thing, and its amount in the text",
        ..BLANK
    }, run
}

/// Words that make an amount an average.
const AVERAGE: [&str; 2] = ["平均", "人均"];

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let says_so = |text: &str| AVERAGE.iter().any(|it| text.contains(it));
    let is_any = facts
        .form
        .indicators
        .iter()
        .any(|row| [&row.target, &row.adjusted, &row.actual].into_iter().flatten().any(|cell| says_so(&cell.text)));
    if is_any {
        for item in &Costing::of(facts).items {
            let Some(values) = facts.values(item.row_idx) else { continue };
            let Some(Pointer::Indicator(count_idx, _)) = item.count.map(|it| it.at) else { continue };
            let Some(counts) = facts.values(count_idx) else { continue };
            let sides = [
                (values.target_field, &values.target, &counts.target, Pointer::GoalExpected),
                (IndicatorField::Actual, &values.actual, &counts.actual, Pointer::GoalAchieved),
            ];
            for (field, average, count, text) in sides {
                let at = Pointer::Indicator(item.row_idx, field);
                let printed = facts.form.indicators.get(item.row_idx).and_then(|it| it.field(field));
                let is_barred = field == IndicatorField::Actual && facts.actuals_are_points();
                if is_barred || !printed.is_some_and(|it| says_so(&it.text)) {
                    continue;
                }
                if let Some((average, count)) = average.quantity().zip(count.quantity()) {
                    look(facts, outcomes, at, count_idx, average, count, text);
                }
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn look(
    facts: &Facts<'_>,
    outcomes: &mut Outcomes,
    at: Pointer,
    count_idx: usize,
    average: &Quantity,
    count: &Quantity,
    text: Pointer,
) {
    let Pointer::Indicator(row_idx, field) = at else { return };
    let Some(stated) = said_of(facts, row_idx, text) else {
        return outcomes.not_checkable([at], "文字中没有该事项的总额", "the text states no total for it");
    };
    let product = || {
        let loose = average.loose()?.times(&count.number.exact())?;
        let value = average.value().and_then(|it| it.times(count.number.value().into()));
        Some(Spread { value, loose, tight: loose })
    };
    let (Some(product), Some(total)) = (product(), money::spread_of(&stated)) else {
        return outcomes.not_checkable([at], "数字过大", "a figure is too large");
    };
    let balance = Balance::of(total, product);
    if balance.holds() {
        return outcomes.agrees(balance == Balance::Exact);
    }
    let (result, said) = (money::shown(&product), money::shown(&total));
    let equation =
        format!("{} * {} = {result}", show::plain(average.number.value()), show::plain(count.number.value()));
    outcomes.raise(
        Raised::new(&A06::META, Grade::S2)
            .at([at])
            .inputs([Pointer::Indicator(count_idx, field), text])
            .stated(said.clone())
            .recomputed(result)
            .equation(equation.clone())
            .message(
                format!("平均数乘以数量 {equation}，文字写作 {said}"),
                format!("the average times the count is {equation}, the text states {said}"),
            ),
    );
}

/// The one amount of the one sentence that speaks of the row's thing.
fn said_of(facts: &Facts<'_>, row_idx: usize, text: Pointer) -> Option<Quantity> {
    /// A run of so many characters names the thing.
    const SHORTEST: usize = 3;
    let passage = facts.passage(text)?;
    let name = facts.bare_name(row_idx)?;
    let mut sentences: Vec<Span> = Vec::new();
    for it in passage.quantities.iter().filter(|it| it.is_amount()) {
        let sentence = passage.sentence(it.number_span.start);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences.retain(|it| SHORTEST <= names::shared_run(it.of(passage.text), name).chars().count());
    let [only] = sentences.as_slice() else { return None };
    let mut amounts = passage.quantities_in(*only).filter(|it| it.is_amount());
    amounts.next().copied().filter(|_| amounts.next().is_none())
}
