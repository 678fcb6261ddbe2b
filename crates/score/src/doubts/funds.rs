//! Funds whose amounts stand in other columns, or of which a line was not read.
//!
//! In: how the sums and rates of the funds came out. Out: F01 lowered where every amount of the total lacks what one further
//! line would hold, and rates lowered that are off by an order of magnitude.

use gouji_model::{FundsField, Pointer};
use gouji_quantity::{Decimal, Number};

use super::{Doubt, lower_where};
use crate::check::Raised;
use crate::facts::Facts;
use crate::show;

/// A rate so many times the other is no slip: its amounts are not those that belong to it.
const OTHER_ORDER: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// Fewest points of a hundred between the rates. Below, a small rate that is a little off is many times off, too.
const FEWEST_POINTS: Decimal = Decimal::TEN;

/// Points that most schemes give to the funds (rule book 1.2).
const FUNDS_POINTS: Decimal = Decimal::TEN;

/// The checks that divide one amount by another.
const RATES: [&str; 3] = ["F03", "F05", "F08"];

/// Lowers what a line or a column that was not read explains.
pub(super) fn lower(facts: &Facts<'_>, raised: &mut [Raised]) {
    lower_rates(facts, raised);
    if let Some(doubt) = line_not_read(facts, raised) {
        lower_where(raised, &doubt, |it| it.finding.code == "F01");
    }
}

fn lower_rates(facts: &Facts<'_>, raised: &mut [Raised]) {
    let figure = |text: &Option<String>| {
        let text = text.as_deref()?.trim_end_matches('%');
        gouji_quantity::number(text).map(Number::value)
    };
    let is_off = |it: &Raised| {
        let (Some(stated), Some(recomputed)) = (figure(&it.finding.stated), figure(&it.finding.recomputed)) else {
            return false;
        };
        let is_far = |one: Decimal, other: Decimal| one.saturating_mul(OTHER_ORDER) <= other && !other.is_zero();
        // Nothing spent is nothing, whatever rate is printed.
        let is_nothing = it.finding.inputs.iter().any(|at| {
            facts.form.cell(*at).and_then(|it| gouji_quantity::number(&it.text)).is_some_and(Number::is_zero)
        });
        // A rate without its sign in a line without points is the points.
        let is_points = it.finding.at.first().is_some_and(|at| {
            let Pointer::Funds(line_idx, _) = at else { return false };
            let has_points = facts.form.funds.get(*line_idx).is_some_and(|it| it.weight.is_some());
            !has_points
                && facts
                    .form
                    .cell(*at)
                    .and_then(|it| gouji_quantity::number(&it.text))
                    .is_some_and(|it| it.value() == FUNDS_POINTS)
        });
        RATES.contains(&it.finding.code) && is_points
            || RATES.contains(&it.finding.code)
                && !is_nothing
                && stated <= Decimal::ONE_HUNDRED
                && FEWEST_POINTS <= stated.saturating_sub(recomputed).abs()
                && (is_far(stated, recomputed) || is_far(recomputed, stated))
    };
    for it in raised.iter_mut() {
        let doubt = Doubt::new(
            "the amounts in other columns",
            it.finding.inputs.clone(),
            "按此两数所得之率与所印相差二十倍以上：金额不在其栏，或有两格相连",
            "the amounts give a rate more than twenty times off: they stand in other columns, or two ran together",
        );
        if is_off(it) {
            lower_where(std::slice::from_mut(it), &doubt, |_| true);
        }
    }
}

/// Every amount of the total is more than its parts, and what is missing could be one line.
fn line_not_read(facts: &Facts<'_>, raised: &[Raised]) -> Option<Doubt> {
    /// One column alone may be wrong.
    const FEWEST: usize = 2;
    let figure = |text: &Option<String>| text.as_deref().and_then(gouji_quantity::number).map(Number::value);
    let mut missing: Vec<(FundsField, Decimal)> = Vec::new();
    for it in raised.iter().filter(|it| super::is_hard(it) && it.finding.code == "F01") {
        let gap = figure(&it.finding.stated)? - figure(&it.finding.recomputed)?;
        let Some(Pointer::Funds(_, field)) = it.finding.at.first() else { return None };
        if gap <= Decimal::ZERO {
            return None;
        }
        missing.push((*field, gap));
    }
    let (_, total) = facts.total_line()?;
    let amounts = crate::facts::AMOUNTS.iter().filter(|it| total.amount(**it).number().is_some_and(|it| !it.is_zero()));
    let has_all = amounts.clone().all(|it| missing.iter().any(|(field, _)| field == it));
    if missing.len() < FEWEST || !has_all {
        return None;
    }
    let said: Vec<String> = missing.iter().map(|it| show::plain(it.1)).collect();
    let said = said.join(", ");
    Some(Doubt::new(
        format!("a further line of the funds with {said}"),
        missing.iter().map(|it| Pointer::Funds(facts.total_line.unwrap_or(0), it.0)).collect(),
        format!("若尚有一行资金（{said}）未读到，各栏合计均相符"),
        format!("if a line of the funds with {said} was not read, every column adds up"),
    ))
}
