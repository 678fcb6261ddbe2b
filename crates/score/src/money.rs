//! Money outside the funds block: what the cost rows were to cost and did cost, in 元, to be weighed against the funds.
//!
//! In: the facts of a form. Out: its cost rows with their amounts, and amounts of the funds block in the same unit.

use std::cell::OnceCell;

use gouji_model::{FundsField, FundsRole, IndicatorField, Pointer};
use gouji_quantity::{Kind, Number, Quantity, Value};

use crate::balance::{Balance, Spread};
use crate::costing::Costing;
use crate::facts::{AMOUNTS, Facts, Figure, block_power};
use crate::names;

/// What several checks compute of the whole form; each once, for the first that asks.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    pub(crate) cost_rows: OnceCell<Vec<CostRow>>,
    pub(crate) costing: OnceCell<Costing>,
    pub(crate) stated: OnceCell<Vec<Stated>>,
    pub(crate) amounts: OnceCell<Vec<(Pointer, Spread)>>,
}

/// A row of the class 成本 that counts in sums.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CostRow {
    /// Where it stands.
    pub row_idx: usize,
    /// What was planned; `None`: no amount that can be added.
    pub target: Option<Spread>,
    /// What was spent.
    pub actual: Option<Spread>,
    /// The form does not print how many are paid at the price.
    pub is_count_unknown: bool,
    /// The target is a bound: at most so much.
    pub is_bounded: bool,
}

/// The cost rows that count: parts of a row, rows that do not apply and rows that are cut off are left out.
pub(crate) fn cost_rows<'f>(facts: &'f Facts<'_>) -> &'f [CostRow] {
    facts.sums.cost_rows.get_or_init(|| {
        let counted =
            facts.counted_rows().filter(|(row_idx, row)| !row.is_idle && !row.is_part && is_cost(facts, *row_idx));
        counted.filter_map(|(row_idx, _)| cost_row(facts, row_idx)).collect()
    })
}

/// The row stands under a label of costs.
pub(crate) fn is_cost(facts: &Facts<'_>, row_idx: usize) -> bool {
    facts
        .form
        .indicators
        .get(row_idx)
        .is_some_and(|row| [&row.l1, &row.l2].into_iter().flatten().any(|label| label.text.contains("成本")))
}

fn cost_row(facts: &Facts<'_>, row_idx: usize) -> Option<CostRow> {
    let values = facts.values(row_idx)?;
    let name_power = unit_of_name(facts, row_idx);
    let target = money_of(&values.target);
    let price = target.filter(Quantity::is_price);
    let count = price.map(|price| count_at(facts, row_idx, &price));
    let is_countable = !matches!(count, Some(Count::Other));
    let spread = |value: &Value| {
        let money = money_of(value);
        match money {
            Some(it) if !it.is_price() || is_countable => spread_of(&it),
            Some(_) => None,
            None => bare(value, name_power),
        }
    };
    Some(CostRow {
        row_idx,
        target: spread(&values.target),
        actual: spread(&values.actual),
        is_count_unknown: matches!(count, Some(Count::Unknown)),
        is_bounded: target.is_some_and(|it| it.operator.is_some_and(gouji_quantity::Operator::is_reverse)),
    })
}

/// A figure without a unit: zero in any unit, or an amount in the unit that the name prints in brackets.
fn bare(value: &Value, name_power: Option<i32>) -> Option<Spread> {
    let Kind::Quantity(quantity) = &value.kind else { return None };
    if quantity.unit.is_some() || quantity.approximation.is_some() {
        return None;
    }
    if quantity.number.is_zero() {
        return Some(Spread::exact(quantity.number));
    }
    // 23万 says 万元 where money is meant.
    let power = if quantity.number.power() == 4 { 0 } else { name_power? };
    let number = quantity.number.shifted(power)?;
    Some(Spread::printed(number, number.decimals()))
}

/// 运维费用（万元）: the power of ten of the unit in the name's brackets.
fn unit_of_name(facts: &Facts<'_>, row_idx: usize) -> Option<i32> {
    let name = facts.form.indicators.get(row_idx)?.name.as_ref()?.text.as_str();
    let inner = name.trim_end().strip_suffix([')', '）'])?;
    let start = inner.rfind(['(', '（'])?;
    gouji_quantity::money_power(inner.get(start..)?)
}

/// The one amount or price that a cell holds, other quantities aside: `2部40万元`.
fn money_of(value: &Value) -> Option<Quantity> {
    let mut found = None;
    for it in value.quantities() {
        if it.is_amount() || it.is_price() {
            if found.is_some() || it.is_range() || it.approximation.is_some() {
                return None;
            }
            found = Some(*it);
        }
    }
    found
}

/// An amount in 元.
pub(crate) fn spread_of(quantity: &Quantity) -> Option<Spread> {
    if quantity.is_range() || quantity.approximation.is_some() {
        return None;
    }
    let loose = quantity.loose()?;
    Some(Spread { value: quantity.value(), loose, tight: loose })
}

/// How many are paid at a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Count {
    One,
    Other,
    Unknown,
}

/// The row's name, or a row of the same name in another class, prints a count above one: its amount may be a price.
pub(crate) fn has_count(facts: &Facts<'_>, row_idx: usize) -> bool {
    let is_many = |it: &Quantity| {
        it.dimension() == Some(gouji_quantity::Dimension::Count) && it.value() > Some(gouji_quantity::Fraction::ONE)
    };
    if facts
        .passage(Pointer::Indicator(row_idx, IndicatorField::Name))
        .is_some_and(|it| it.quantities.iter().any(is_many))
    {
        return true;
    }
    let Some(name) = facts.bare_name(row_idx) else { return false };
    let others = facts.counted_rows().map(|it| it.0).filter(|it| !is_cost(facts, *it));
    others.into_iter().any(|it| {
        let is_twin = facts.bare_name(it).is_some_and(|other| {
            3 < other.chars().count() && (names::is_within(other, name) || names::is_within(name, other))
        });
        is_twin && facts.values(it).is_some_and(|it| it.target.quantities().iter().any(is_many))
    })
}

/// The count that a row of the same thing prints in the unit that the price is for.
fn count_at(facts: &Facts<'_>, row_idx: usize, price: &Quantity) -> Count {
    let per: Vec<_> = price.unit.iter().flat_map(|it| it.per().collect::<Vec<_>>()).collect();
    let ([only], false) = (per.as_slice(), price.unit.is_some_and(|it| it.has_unknown_per)) else {
        return Count::Other;
    };
    /// Shorter names are found in any other.
    const SHORTEST: usize = 4;
    let Some(name) = facts.bare_name(row_idx) else { return Count::Other };
    let mut found = Count::Unknown;
    for (other_idx, row) in facts.counted_rows() {
        if row.is_idle || is_cost(facts, other_idx) {
            continue;
        }
        let Some(other) = facts.bare_name(other_idx).filter(|it| SHORTEST <= it.chars().count()) else { continue };
        if !names::is_within(other, name) && !names::is_within(name, other) {
            continue;
        }
        let Some(values) = facts.values(other_idx) else { continue };
        let Some(counted) = values.target.quantities().iter().find(|it| it.unit.is_some_and(|it| it.of.is_like(only)))
        else {
            continue;
        };
        if counted.value() != Some(only.factor()) {
            return Count::Other;
        }
        found = Count::One;
    }
    // For the whole task or the whole year there is but one, unless the form says otherwise; of 人 or 台 there are many.
    match found {
        Count::Unknown if !matches!(only.name, "项" | "年" | "年度" | "项目") => Count::Other,
        found => found,
    }
}

/// An amount of the funds block in 元, with the decimals of its column.
pub(crate) fn funds_spread(facts: &Facts<'_>, line_idx: usize, field: FundsField) -> Option<Spread> {
    in_yuan(facts, facts.lines.get(line_idx)?.amount(field).number()?, field)
}

fn in_yuan(facts: &Facts<'_>, number: Number, field: FundsField) -> Option<Spread> {
    let power = block_power(facts.form);
    let column = i64::from(facts.funds_decimals(field)) - i64::from(power);
    let number = number.shifted(power)?;
    Some(Spread::printed(number, u32::try_from(column).unwrap_or(0).max(number.decimals())))
}

/// Money that the funds block states for the whole form.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    /// The lines that make it up.
    pub lines: Vec<usize>,
    /// The budget of the year.
    pub budget: Option<Spread>,
    /// What was spent.
    pub executed: Option<Spread>,
}

/// The total line, and the source lines together where they do not come to the same.
pub(crate) fn stated<'f>(facts: &'f Facts<'_>) -> &'f [Stated] {
    facts.sums.stated.get_or_init(|| all_stated(facts))
}

fn all_stated(facts: &Facts<'_>) -> Vec<Stated> {
    let base = facts.rate_base();
    let mut found = Vec::new();
    if let Some(line_idx) = facts.total_line {
        found.push(Stated {
            lines: vec![line_idx],
            budget: funds_spread(facts, line_idx, base),
            executed: funds_spread(facts, line_idx, FundsField::Executed),
        });
    }
    let details = crate::checks::funds_details(facts, base);
    let sources: Vec<usize> = (0..facts.lines.len())
        .filter(|it| {
            facts.form.funds.get(*it).is_some_and(|line| line.role != FundsRole::Total) && !details.contains(it)
        })
        .collect();
    let sum = |field: FundsField| -> Option<Spread> {
        let mut parts = Vec::new();
        for line_idx in &sources {
            match facts.lines.get(*line_idx)?.amount(field) {
                Figure::Blank => {}
                Figure::Words => return None,
                Figure::Number(number) => parts.push(in_yuan(facts, number, field)?),
            }
        }
        if parts.is_empty() { None } else { Spread::sum(parts) }
    };
    let (budget, executed) = (sum(base), sum(FundsField::Executed));
    let differs = |field: fn(&Stated) -> Option<Spread>, sum: Option<Spread>| {
        sum.is_some()
            && !found.iter().any(|it| field(it).zip(sum).is_some_and(|(it, sum)| Balance::of(it, sum).holds()))
    };
    if differs(|it| it.budget, budget) || differs(|it| it.executed, executed) {
        found.push(Stated { lines: sources, budget, executed });
    }
    found
}

/// Every amount of the funds block, of the total and of each source, in 元.
pub(crate) fn all_amounts<'f>(facts: &'f Facts<'_>) -> &'f [(Pointer, Spread)] {
    facts.sums.amounts.get_or_init(|| {
        let cells = (0..facts.lines.len()).flat_map(|line_idx| AMOUNTS.map(|field| (line_idx, field)));
        let spreads = cells.filter_map(|(line_idx, field)| {
            Some((Pointer::Funds(line_idx, field), funds_spread(facts, line_idx, field)?))
        });
        spreads.collect()
    })
}

/// A sum of 元 as it is read: in 万元 where it is large.
pub(crate) fn shown(spread: &Spread) -> String {
    let Some(value) = spread.value else { return spread.loose.to_string() };
    let ten_thousand = gouji_quantity::Fraction::from(10_000_i64);
    match value.over(ten_thousand) {
        Some(large) if ten_thousand <= value => format!("{}万元", crate::show::rounded(large, 6)),
        _ => format!("{}元", crate::show::rounded(value, 2)),
    }
}

/// The cells of one column of these rows.
pub(crate) fn cells(rows: &[CostRow], field: IndicatorField) -> Vec<Pointer> {
    rows.iter().map(|it| Pointer::Indicator(it.row_idx, field)).collect()
}
