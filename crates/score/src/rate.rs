//! Execution rates: what a line spent over what it was given, and what a printed rate or funds score may be.

use gouji_model::{FundsField, Pointer};
use gouji_quantity::{Fraction, Interval, Number};

use crate::balance::{Balance, Spread};
use crate::facts::{Facts, Figure, Line, is_empty};

/// What the amounts of a line say of its rate.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a few a form, on the stack; a box would cost an allocation each")]
pub(crate) enum Share {
    /// Spent over budget, as a fraction of one.
    Ratio(Spread),
    /// Budget zero, something spent.
    SpentOfNothing,
    /// Budget zero, nothing spent.
    NothingOfNothing,
    /// One of the two amounts is not printed, or is no number.
    Missing,
}

/// The rate of a line on the amounts of one budget column.
pub(crate) fn share(facts: &Facts<'_>, line: &Line, base: FundsField) -> Share {
    let (Some(budget), Some(spent)) = (line.amount(base).number(), line.executed.number()) else {
        return Share::Missing;
    };
    if budget.is_zero() {
        return if spent.is_zero() { Share::NothingOfNothing } else { Share::SpentOfNothing };
    }
    let divisor = Spread::printed(budget, facts.funds_decimals(base));
    let spent = if spent.is_zero() {
        Spread::exact(spent)
    } else {
        Spread::printed(spent, facts.funds_decimals(FundsField::Executed))
    };
    match spent.over(divisor) {
        Some(spread) => Share::Ratio(spread),
        None => Share::Missing,
    }
}

/// A printed rate and the fractions of one that it may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PrintedRate {
    /// The figure as printed, on the scale where the whole is 100.
    pub number: Number,
    /// Read as a percentage.
    pub percentage: Spread,
    /// Read as a fraction of one, where it prints no sign and is small enough.
    pub fraction: Option<Spread>,
}

impl PrintedRate {
    /// How the printed rate stands to a computed one under its best reading.
    pub(crate) fn balance(&self, computed: Spread) -> Balance {
        let balance = Balance::of(self.percentage, computed);
        match self.fraction {
            Some(fraction) => balance.or(Balance::of(fraction, computed)),
            None => balance,
        }
    }

    /// The printed rate is this exact share under one of its readings.
    pub(crate) fn is(&self, share: Fraction) -> bool {
        self.percentage.value == Some(share) || self.fraction.is_some_and(|it| it.value == Some(share))
    }

    /// What it most likely means: as a percentage, or as a fraction where that alone is plausible.
    pub(crate) fn readings(&self) -> impl Iterator<Item = Spread> {
        [Some(self.percentage), self.fraction].into_iter().flatten()
    }
}

/// What a rate cell prints.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a few a form, on the stack; a box would cost an allocation each")]
pub(crate) enum RateCell {
    /// Nothing.
    Blank,
    /// A rate.
    Rate(PrintedRate),
    /// Something that is no rate.
    Words,
}

/// Reads the rate of a line; `line_idx` counts the lines of the funds block.
pub(crate) fn printed_rate(facts: &Facts<'_>, line_idx: usize) -> RateCell {
    /// A rate without sign above this is a percentage for sure: no line spends three times its budget.
    const LARGEST_FRACTION: i64 = 2;
    let cell = facts.form.funds.get(line_idx).and_then(|line| line.rate.as_ref());
    if is_empty(cell) {
        return RateCell::Blank;
    }
    let Some(percent) = facts.lines.get(line_idx).and_then(|it| it.rate) else { return RateCell::Words };
    let number = percent.number;
    let hundredth = Fraction::new(1, 100).unwrap_or(Fraction::ONE);
    let spread = Spread::printed(number, rate_decimals(facts));
    let Some(percentage) = spread.scaled(hundredth) else { return RateCell::Words };
    let is_small = Fraction::from(number.value()) <= Fraction::from(LARGEST_FRACTION) && !number.is_zero();
    let fraction = (!percent.is_signed && is_small).then_some(spread);
    RateCell::Rate(PrintedRate { number, percentage, fraction })
}

/// Most decimals printed in the column of rates.
fn rate_decimals(facts: &Facts<'_>) -> u32 {
    facts.lines.iter().filter_map(|it| it.rate).map(|it| it.number.decimals()).max().unwrap_or(0)
}

/// How a printed rate stands to the amounts of its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RateVerdict {
    /// It agrees, or does not.
    Weighed(Balance),
    /// There is nothing to compare it with.
    Missing,
}

/// Weighs a printed rate against B/A and min(B/A, 100%); a budget of zero admits 0 and 100.
pub(crate) fn weigh(rate: &PrintedRate, share: Share) -> RateVerdict {
    RateVerdict::Weighed(match share {
        Share::Ratio(spread) => rate.balance(spread).or(rate.balance(spread.capped(Fraction::ONE))),
        Share::SpentOfNothing | Share::NothingOfNothing => {
            if rate.is(Fraction::ZERO) || rate.is(Fraction::ONE) {
                Balance::Exact
            } else {
                Balance::Apart
            }
        }
        Share::Missing => return RateVerdict::Missing,
    })
}

/// The rate of the total line that later rules go by: from the amounts, else as printed.
pub(crate) fn total_rate(facts: &Facts<'_>) -> Option<Fraction> {
    let (line_idx, line) = facts.total_line()?;
    match share(facts, line, facts.rate_base()) {
        Share::Ratio(spread) => spread.value,
        Share::SpentOfNothing => None,
        Share::NothingOfNothing | Share::Missing => match printed_rate(facts, line_idx) {
            RateCell::Rate(rate) => rate.percentage.value,
            RateCell::Blank | RateCell::Words => None,
        },
    }
}

/// The scores that a rate admits for a line of `weight` points: its share of the points, or what the bands of the
/// scheme give it.
pub(crate) fn admissible_scores(facts: &Facts<'_>, weight: Number, share: Spread) -> Option<Spread> {
    let points = Fraction::from(weight.value());
    let capped = share.capped(Fraction::ONE).floored();
    if facts.profile.bands.is_empty() {
        return capped.scaled(points);
    }
    // The bands are written from the highest down; the first whose lower end the rate reaches gives the points.
    let reached = |end: Fraction| {
        let band =
            facts.profile.bands.iter().find(|band| Fraction::new(i128::from(band[0]), 100).is_some_and(|it| it <= end));
        band.and_then(|band| Fraction::new(i128::from(band[1]), 100)).and_then(|it| it.times(points))
    };
    let low = reached(capped.loose.low().value()?)?;
    let high = reached(capped.loose.high().value()?)?;
    Some(Spread::interval(Interval::closed(low, high)))
}

/// The cells that the rate of a line is computed from.
pub(crate) fn rate_inputs(line_idx: usize, base: FundsField) -> [Pointer; 2] {
    [Pointer::Funds(line_idx, base), Pointer::Funds(line_idx, FundsField::Executed)]
}

/// Both amounts of a line are printed.
pub(crate) fn has_both_amounts(line: &Line, base: FundsField) -> bool {
    !matches!(line.amount(base), Figure::Blank) && !matches!(line.executed, Figure::Blank)
}
