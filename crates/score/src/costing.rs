//! Prices times quantities: what the cost rows of a form come to when each price is paid as often as the form says.
//!
//! In: the facts of a form. Out: a [`Costing`], one count for each cost row, from the row of the same thing, from its own
//! name, or from the only row that counts in the unit of the price; and the sums to weigh against the budget.

use gouji_model::{FundsField, IndicatorField, Pointer};
use gouji_quantity::{Fraction, Interval, Kind, Measure, Quantity};

use crate::balance::Spread;
use crate::facts::Facts;
use crate::{money, names};

/// One cost row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Where it stands.
    pub row_idx: usize,
    /// What its target prints, if that is one amount or price.
    pub money: Option<Quantity>,
    /// How many are paid, if the form says so.
    pub count: Option<Count>,
}

/// How many are paid, and where that stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    /// As printed; a bound at its end.
    pub value: Fraction,
    /// What the print allows.
    pub interval: Interval,
    /// The cell that prints it.
    pub at: Pointer,
    /// Nothing but the unit says that it is a count of the same thing: it may confirm a sum, not refute one.
    pub is_guess: bool,
    /// The rows whose targets it is the product of; none where the name prints it.
    rows: [Option<usize>; MOST_ROWS],
}

/// A price is paid for at most so many things: 元/人/天, 元/期·人·天.
const MOST_ROWS: usize = 3;

impl Count {
    /// The rows whose targets it is the product of; none where the name of the cost row prints it.
    pub(crate) fn rows(self) -> impl Iterator<Item = usize> {
        self.rows.into_iter().flatten()
    }
}

impl Item {
    /// The target is printed as a price.
    pub(crate) fn is_price(&self) -> bool {
        self.money.is_some_and(|it| it.is_price())
    }

    /// Price times count.
    pub(crate) fn priced(&self) -> Option<Spread> {
        let (money, count) = (self.money?, self.count?);
        // 不超过430元/天 is any price up to that.
        let allowed = if money.operator.is_some() { money.interval()? } else { money.loose()? };
        let loose = allowed.times(&count.interval)?;
        Some(Spread { value: money.value()?.times(count.value), loose, tight: loose })
    }

    /// The amount as it stands, for once.
    pub(crate) fn once(&self) -> Option<Spread> {
        let money = self.money?;
        let loose = money.loose()?;
        Some(Spread { value: money.value(), loose, tight: loose })
    }
}

/// The cost rows of a form.
#[derive(Clone, Debug)]
pub(crate) struct Costing {
    /// One for each cost row that counts.
    pub items: Vec<Item>,
}

impl Costing {
    /// The cost rows and their counts, looked for once.
    pub(crate) fn of<'f>(facts: &'f Facts<'_>) -> &'f Costing {
        facts.sums.costing.get_or_init(|| Costing::find(facts))
    }

    fn find(facts: &Facts<'_>) -> Costing {
        let counted = facts.counted_rows().filter(|(_, row)| !row.is_idle && !row.is_part);
        let counted: Vec<usize> = counted.map(|it| it.0).collect();
        let mut rows: Vec<usize> = counted.iter().copied().filter(|it| money::is_cost(facts, *it)).collect();
        if rows.is_empty() {
            // The label of the class was lost, or the price of one was filed under another.
            rows = counted.into_iter().filter(|it| is_price_of_one(facts, *it)).collect();
        }
        let mut items: Vec<Item> = rows
            .into_iter()
            .map(|row_idx| Item { row_idx, money: price_or_amount(facts, row_idx), count: None })
            .collect();
        let n_prices = items.iter().filter(|it| it.is_price()).count();
        let costing = Costing { items: items.clone() };
        // Counts are looked for only where they can matter: amounts that reach the budget are no prices.
        let is_short = |sum: Spread| budgets(facts).iter().any(|(_, budget)| sum.value < budget.value);
        let has_average = costing.items.iter().any(|it| is_average(facts, it.row_idx));
        if n_prices == 0 && !has_average && !costing.sum_as_amounts().is_some_and(is_short) {
            return costing;
        }
        let counted = counted_names(facts);
        for item in &mut items {
            if let Some(money) = item.money {
                item.count = count(facts, &counted, item.row_idx, &money, n_prices == 1);
            }
        }
        Costing { items }
    }

    /// Some row prints a price.
    pub(crate) fn has_price(&self) -> bool {
        self.items.iter().any(Item::is_price)
    }

    /// Prices times their counts, amounts for once.
    pub(crate) fn sum(&self) -> Option<Spread> {
        let parts: Option<Vec<Spread>> =
            self.items.iter().map(|it| if it.is_price() { it.priced() } else { it.once() }).collect();
        Spread::sum(parts?)
    }

    /// Every amount taken as the price of what the form counts of it.
    pub(crate) fn sum_as_prices(&self) -> Option<Spread> {
        let parts: Option<Vec<Spread>> = self.items.iter().map(Item::priced).collect();
        Spread::sum(parts?)
    }

    /// Every amount for once.
    pub(crate) fn sum_as_amounts(&self) -> Option<Spread> {
        let parts: Option<Vec<Spread>> = self.items.iter().map(Item::once).collect();
        Spread::sum(parts?)
    }

    /// No price is printed, but the amounts come to the budget to the last digit if each is paid as often as the form
    /// counts, and not if it is paid once.
    pub(crate) fn lacks_denominators(&self, facts: &Facts<'_>) -> bool {
        let is_any =
            |sum: Option<Spread>| sum.is_some_and(|it| budgets(facts).iter().any(|(_, other)| is_equal(it, *other)));
        !self.items.is_empty() && !self.has_price() && is_any(self.sum_as_prices()) && !is_any(self.sum_as_amounts())
    }

    /// Quantity times price comes to the budget to the last digit, under a reading that the form allows.
    pub(crate) fn balances(&self, facts: &Facts<'_>) -> bool {
        let sums = [if self.has_price() { self.sum() } else { None }, self.sum_as_prices()];
        !self.items.is_empty()
            && sums.into_iter().flatten().any(|it| budgets(facts).iter().any(|(_, other)| is_equal(it, *other)))
    }
}

/// Both are figures, and the same.
pub(crate) fn is_equal(left: Spread, right: Spread) -> bool {
    left.value.is_some() && left.value == right.value
}

/// The budgets that the total line prints, in 元.
pub(crate) fn budgets(facts: &Facts<'_>) -> Vec<(Pointer, Spread)> {
    let Some(line_idx) = facts.total_line else { return Vec::new() };
    let spread = |field| Some((Pointer::Funds(line_idx, field), money::funds_spread(facts, line_idx, field)?));
    [FundsField::Revised, FundsField::Budget].into_iter().filter_map(spread).collect()
}

/// The one amount or price of a target, other quantities aside.
fn price_or_amount(facts: &Facts<'_>, row_idx: usize) -> Option<Quantity> {
    let values = facts.values(row_idx)?;
    let mut found = values.target.quantities().iter().filter(|it| it.is_amount() || it.is_price());
    let only = found.next().filter(|_| found.next().is_none())?;
    (!only.is_range() && only.approximation.is_none()).then_some(*only)
}

/// How many are paid at this price.
fn count(
    facts: &Facts<'_>,
    counted: &[(usize, &str)],
    row_idx: usize,
    money: &Quantity,
    is_only_price: bool,
) -> Option<Count> {
    let per: Vec<&'static Measure> = money.unit.iter().flat_map(|it| it.per().collect::<Vec<_>>()).collect();
    if money.unit.is_some_and(|it| it.has_unknown_per) {
        return None;
    }
    row_of_the_same(facts, counted, row_idx, &per)
        .or_else(|| in_its_name(facts, row_idx, &per))
        .or_else(|| if is_only_price { only_counted(facts, row_idx, &per) } else { None })
}

/// A row outside the class of costs that is one all the same: its name says so, and its target is a price.
fn is_price_of_one(facts: &Facts<'_>, row_idx: usize) -> bool {
    let name = facts.form.indicators.get(row_idx).and_then(|it| it.name.as_ref());
    name.is_some_and(|it| it.text.contains("成本") || it.text.contains("单价"))
        && facts.values(row_idx).is_some_and(|it| it.target.quantity().is_some_and(Quantity::is_price))
}

/// A cell of the row says that it is an average.
fn is_average(facts: &Facts<'_>, row_idx: usize) -> bool {
    let row = facts.form.indicators.get(row_idx);
    let cells = row.into_iter().flat_map(|it| [&it.target, &it.adjusted, &it.actual]);
    cells.flatten().any(|it| it.text.contains('均'))
}

/// The rows that are no costs, with their names.
fn counted_names<'f>(facts: &'f Facts<'_>) -> Vec<(usize, &'f str)> {
    let rows = facts.counted_rows().filter(|(row_idx, row)| !row.is_idle && !money::is_cost(facts, *row_idx));
    rows.filter_map(|(row_idx, _)| Some((row_idx, facts.bare_name(row_idx)?))).collect()
}

/// The count of the row of the same name; of one whose name lies within the other, if there is no such row.
fn row_of_the_same(
    facts: &Facts<'_>,
    counted: &[(usize, &str)],
    row_idx: usize,
    per: &[&'static Measure],
) -> Option<Count> {
    /// Shorter names lie within any other.
    const SHORTEST: usize = 4;
    let name = facts.bare_name(row_idx)?;
    let mut within = Vec::new();
    for (other_idx, other) in counted {
        let long_enough = SHORTEST <= other.chars().count().min(name.chars().count());
        let is_same = *other == name;
        if !is_same && !(long_enough && (names::is_within(other, name) || names::is_within(name, other))) {
            continue;
        }
        let Some(count) = target_count(facts, *other_idx, per) else { continue };
        if is_same {
            return Some(count);
        }
        within.push(count);
    }
    let first = within.first().copied()?;
    within.iter().all(|it| it.value == first.value).then_some(first)
}

/// The count that the target of a row prints.
fn target_count(facts: &Facts<'_>, row_idx: usize, per: &[&'static Measure]) -> Option<Count> {
    let values = facts.values(row_idx)?;
    let parts = match &values.target.kind {
        Kind::Quantity(_) | Kind::Compound(_) => values.target.quantities(),
        _ => return None,
    };
    counted(parts, per, Pointer::Indicator(row_idx, values.target_field))
}

/// `数据分析模型（30个）`: the only quantity of the row's own name.
fn in_its_name(facts: &Facts<'_>, row_idx: usize, per: &[&'static Measure]) -> Option<Count> {
    let at = Pointer::Indicator(row_idx, IndicatorField::Name);
    let passage = facts.passage(at)?;
    let mut found = passage
        .quantities
        .iter()
        .filter(|it| it.unit.is_some() && !it.is_percent() && !it.is_amount() && !it.is_price());
    let only = found.next().filter(|_| found.next().is_none())?;
    counted(std::slice::from_ref(only), per, at)
}

/// The only row of the form that counts in the unit of the only price; of a price for several, 元/人/天, one row each.
fn only_counted(facts: &Facts<'_>, cost_idx: usize, per: &[&'static Measure]) -> Option<Count> {
    let rows = facts.counted_rows().filter(|it| !it.1.is_idle && it.0 != cost_idx && !money::is_cost(facts, it.0));
    let rows: Vec<usize> = rows.map(|it| it.0).collect();
    let only = |per: &[&'static Measure]| -> Option<Count> {
        let mut found = rows.iter().filter_map(|row_idx| target_count(facts, *row_idx, per));
        found.next().filter(|_| found.next().is_none())
    };
    let (first, others) = per.split_first()?;
    if let Some(count) = only(per) {
        return Some(Count { is_guess: true, ..count });
    }
    let mut product = only(std::slice::from_ref(first)).filter(|_| !others.is_empty())?;
    for (slot, measure) in (1..MOST_ROWS).zip(others) {
        let more = only(std::slice::from_ref(measure))?;
        if product.rows().any(|it| more.rows().any(|other| it == other)) {
            return None;
        }
        product.value = product.value.times(more.value)?;
        product.interval = product.interval.times(&more.interval)?;
        if let Some(free) = product.rows.get_mut(slot) {
            *free = more.rows().next();
        }
    }
    Some(Count { is_guess: true, ..product })
}

/// How many were had of what a price is paid for: the actuals of the rows that the plan was counted by.
pub(crate) fn reached_count(facts: &Facts<'_>, item: &Item) -> Option<Count> {
    let planned = item.count?;
    let per: Vec<&'static Measure> = item.money?.unit.iter().flat_map(|it| it.per().collect::<Vec<_>>()).collect();
    let n_rows = planned.rows().count();
    let mut product: Option<Count> = None;
    for row_idx in planned.rows() {
        let values = facts.values(row_idx)?;
        let planned_parts = values.target.quantities();
        let parts: Vec<Quantity> = match &values.actual.kind {
            // 47 of 50人 are people, too.
            Kind::Quantity(it) => planned_parts.first().map(|planned| it.in_unit_of(planned)).into_iter().collect(),
            Kind::Compound(parts) => parts.clone(),
            _ => return None,
        };
        let covered: Vec<&'static Measure> = if n_rows == 1 {
            per.clone()
        } else {
            let is_of_row = |of: &&Measure| parts.iter().any(|it| it.unit.is_some_and(|unit| counts_like(unit.of, of)));
            per.iter().copied().filter(|it| is_of_row(it)).collect()
        };
        if covered.is_empty() && !per.is_empty() {
            return None;
        }
        let more = counted(&parts, &covered, Pointer::Indicator(row_idx, IndicatorField::Actual))?;
        product = Some(match product {
            None => more,
            Some(it) => {
                Count { value: it.value.times(more.value)?, interval: it.interval.times(&more.interval)?, ..it }
            }
        });
    }
    product.or(Some(planned))
}

/// The product of quantities that count in every unit that the price is paid for.
fn counted(parts: &[Quantity], per: &[&'static Measure], at: Pointer) -> Option<Count> {
    let is_count = |it: &Quantity| {
        !it.is_percent() && !it.is_amount() && !it.is_price() && it.approximation.is_none() && !it.is_range()
    };
    let covers = |of: &Measure| parts.iter().any(|it| it.unit.is_some_and(|unit| counts_like(unit.of, of)));
    if parts.is_empty() || !parts.iter().all(is_count) || !per.iter().all(|it| covers(it)) {
        return None;
    }
    let (mut value, mut interval) = (Fraction::ONE, Interval::point(Fraction::ONE));
    for part in parts {
        // A duration counts in its printed unit: 5天 is five.
        let bare = Quantity { unit: None, ..*part };
        value = value.times(bare.value()?)?;
        let allowed = if part.operator.is_some() { bare.interval()? } else { bare.number.exact() };
        interval = interval.times(&allowed)?;
    }
    let row = match at {
        Pointer::Indicator(row_idx, field) if field != IndicatorField::Name => Some(row_idx),
        _ => None,
    };
    Some(Count { value, interval, at, is_guess: false, rows: [row, None, None] })
}

/// One word for a thing or another: a computer is counted in 台 and in 套.
fn counts_like(left: &Measure, right: &Measure) -> bool {
    /// Words that count devices.
    const DEVICES: [&str; 8] = ["台", "套", "台套", "件", "台件", "部", "套件", "个"];
    /// Words for a person.
    const PERSONS: [&str; 6] = ["人", "人次", "名", "位", "人数", "人员"];
    let both = |words: &[&str]| words.contains(&left.name) && words.contains(&right.name);
    left.is_like(right) || both(&DEVICES) || both(&PERSONS)
}
