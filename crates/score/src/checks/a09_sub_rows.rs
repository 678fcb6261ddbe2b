//! A09: the parts of a cost row against the row.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Quantity, Value};

use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, money, prose, show};

check! {
    /// The numbered parts below a cost row add up to it.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标           | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 一、干部培训       | 75.98万元  | 3    | 3
    ///          |          | 1、专题培训3期     | 51.98万元  |      |
    ///          |          | 2、战略培训2期     | 22万元     |      |
    /// fires /indicators/0/target contradiction
    /// ```
    /// Rows without points below it that are not numbered need not be all of its parts:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标           | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 一、干部培训       | 73.98万元  | 3    | 3
    ///          |          | 1、专题培训3期     | 51.98万元  |      |
    ///          |          | 2、战略培训2期     | 22万元     |      |
    ///          |          | 会议费             | 30万元     | 3    | 3
    ///          |          | 场租               | 12万元     |      |
    ///          |          | 住宿               | 9万元      |      |
    /// quiet
    /// ```
    A09 = Meta {
        code: "A09",
        name: "sub-rows",
        name_zh: "子项合计不符",
        class: "C",
        severity: Level::Medium,
        summary_zh: "成本指标的各子项之和应等于该指标",
        summary_en: "the parts of a cost row sum to it",
        definition_zh: "成本指标下不设分值、编号连续的各子项，其金额之和应等于该指标的金额（指标值、实际值各自相加）。子项没有编号或有空白的，只认相等。",
        definition_en: "The amounts of the numbered rows without points below a cost row add up to its amount, targets and actuals apart. Parts that are not numbered, or of which one is \
                        blank, can only agree.",
        tolerance: "L of the row against the sum of L of its parts",
        authority: "arithmetic",
        applies_when: "a cost row with amounts and at least two rows without points below it",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let mut row_idx = 0;
    while let Some(row) = facts.rows.get(row_idx) {
        let n_parts = n_parts(facts, row_idx + 1);
        let is_whole = !row.is_part && !row.is_lost && !row.is_idle && money::is_cost(facts, row_idx);
        if is_whole && 2 <= n_parts {
            let parts: Vec<usize> = (row_idx + 1..=row_idx + n_parts).collect();
            for field in [IndicatorField::Target, IndicatorField::Actual] {
                look(facts, outcomes, row_idx, &parts, field);
            }
        }
        row_idx += n_parts + 1;
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// How many parts stand from a row on: rows without points, and rows that print nothing but a name whose number goes on,
/// a part whose amount is missing.
fn n_parts(facts: &Facts<'_>, first: usize) -> usize {
    let is_nameless = |it: usize| {
        let name = facts.form.indicators.get(it).and_then(|row| row.name.as_ref());
        name.and_then(|it| prose::leading_number(&it.text)) != u32::try_from(it + 1 - first).ok()
    };
    let rows = facts.rows.iter().enumerate().skip(first);
    rows.take_while(|(idx, it)| !it.is_lost && (it.is_part || it.is_idle && !is_nameless(*idx))).count()
}

fn look(facts: &Facts<'_>, outcomes: &mut Outcomes, row_idx: usize, parts: &[usize], field: IndicatorField) {
    let amount_of = |row_idx: usize| -> Option<(Spread, Quantity)> {
        let values = facts.values(row_idx)?;
        let value: &Value = if field == IndicatorField::Actual { &values.actual } else { &values.target };
        let only = value.quantities().iter().filter(|it| it.is_amount()).collect::<Vec<_>>();
        let [only] = only.as_slice() else { return None };
        Some((money::spread_of(only).filter(|_| only.operator.is_none())?, **only))
    };
    let at = Pointer::Indicator(row_idx, field);
    let Some((whole, printed)) = amount_of(row_idx) else { return };
    let found: Vec<(Spread, Quantity)> = parts.iter().filter_map(|it| amount_of(*it)).collect();
    let is_printed = |it: &&usize| {
        let row = facts.form.indicators.get(**it);
        row.is_some_and(|row| !crate::facts::is_empty(row.field(field)))
    };
    if parts.iter().filter(is_printed).count() < 2 {
        // A cell that is merged over its rows is no part of them.
        return;
    }
    if found.len() != parts.len() {
        return outcomes.not_checkable([at], "有的子项没有金额", "a part prints no amount");
    }
    if found.iter().any(|it| it.0.value == whole.value && !it.1.number.is_zero()) {
        return outcomes.not_checkable(
            [at],
            "子项与该指标同值，可能是合并单元格",
            "a part prints what the row prints: a merged cell, maybe",
        );
    }
    let Some(sum) = Spread::sum(found.iter().map(|it| it.0)) else {
        return outcomes.not_checkable([at], "数字过大", "a figure is too large");
    };
    let balance = Balance::of(whole, sum);
    if balance.holds() {
        return outcomes.agrees(balance == Balance::Exact);
    }
    if !are_numbered(facts, parts) {
        return outcomes.not_checkable([at], "子项没有编号", "the parts are not numbered");
    }
    let terms: Vec<String> =
        found.iter().map(|it| it.0.value.map_or_else(String::new, |it| show::in_unit_of(it, Some(&printed)))).collect();
    let result = sum.value.map_or_else(|| sum.loose.to_string(), |it| show::in_unit_of(it, Some(&printed)));
    let equation = format!("{} = {result}", terms.join(" + "));
    let (name, said) = (show::row_name(facts.form, row_idx), printed.number.to_string());
    outcomes.raise(
        Raised::new(&A09::META, Grade::C)
            .at([at])
            .inputs(parts.iter().map(|it| Pointer::Indicator(*it, field)))
            .stated(said.clone())
            .recomputed(result)
            .equation(equation.clone())
            .message(
                format!("{name}印作 {said}，各子项相加 {equation}"),
                format!("{name} is printed as {said}, its parts add up to {equation}"),
            ),
    );
}

/// The names begin with 1, 2, 3, ….
fn are_numbered(facts: &Facts<'_>, parts: &[usize]) -> bool {
    parts.iter().zip(1..).all(|(row_idx, wanted)| {
        let name = facts.form.indicators.get(*row_idx).and_then(|it| it.name.as_ref());
        name.is_some_and(|it| prose::leading_number(&it.text) == Some(wanted))
    })
}
