//! Sets of numbers between two ends, each of which belongs to the set or does not.
//!
//! In: the intervals of printed numbers. Out: their sums, products and ratios, and whether two of them meet. All ends are
//! exact [`Fraction`]s; what would not fit gives `None`.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use crate::fraction::Fraction;

/// Decimals that [`Interval`]'s plain `Display` rounds an endless quotient to, outward. Enough to tell percentages and
/// amounts in 万元 apart; a report asks [`Interval::shown_at`] for what it needs.
const SHOWN_DECIMALS: u32 = 6;

/// Where an interval ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The end belongs to the interval.
    Closed(Fraction),
    /// The end does not belong to it.
    Open(Fraction),
    /// It goes on for ever on this side.
    Unbounded,
}

impl End {
    /// The number at the end, if there is one.
    pub fn value(self) -> Option<Fraction> {
        match self {
            End::Closed(value) | End::Open(value) => Some(value),
            End::Unbounded => None,
        }
    }

    /// The end is a number that belongs to the interval.
    pub fn is_closed(self) -> bool {
        matches!(self, End::Closed(_))
    }

    fn with(self, value: Fraction) -> End {
        if self.is_closed() { End::Closed(value) } else { End::Open(value) }
    }

    fn mapped(self, map: impl Fn(Fraction) -> Option<Fraction>) -> Option<End> {
        match self.value() {
            Some(value) => map(value).map(|it| self.with(it)),
            None => Some(End::Unbounded),
        }
    }
}

/// All numbers between two ends; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    low: End,
    high: End,
}

impl Interval {
    /// The interval with these ends; `None` if no number lies in it.
    pub fn new(low: End, high: End) -> Option<Interval> {
        if let (Some(from), Some(to)) = (low.value(), high.value()) {
            match from.cmp(&to) {
                Ordering::Less => {}
                Ordering::Equal if low.is_closed() && high.is_closed() => {}
                Ordering::Equal | Ordering::Greater => return None,
            }
        }
        Some(Interval { low, high })
    }

    /// One number alone: `[value, value]`.
    pub fn point(value: impl Into<Fraction>) -> Interval {
        let value = value.into();
        Interval { low: End::Closed(value), high: End::Closed(value) }
    }

    /// `[low, high]`, the ends put in order.
    pub fn closed(low: impl Into<Fraction>, high: impl Into<Fraction>) -> Interval {
        let (low, high) = (low.into(), high.into());
        Interval { low: End::Closed(low.min(high)), high: End::Closed(low.max(high)) }
    }

    /// `[low, high)`; `None` if `high` is not above `low`.
    pub fn half_open(low: impl Into<Fraction>, high: impl Into<Fraction>) -> Option<Interval> {
        Interval::new(End::Closed(low.into()), End::Open(high.into()))
    }

    /// `[low, ∞)`.
    pub fn at_least(low: impl Into<Fraction>) -> Interval {
        Interval { low: End::Closed(low.into()), high: End::Unbounded }
    }

    /// `(-∞, high]`.
    pub fn at_most(high: impl Into<Fraction>) -> Interval {
        Interval { low: End::Unbounded, high: End::Closed(high.into()) }
    }

    /// Where it begins.
    pub fn low(&self) -> End {
        self.low
    }

    /// Where it stops.
    pub fn high(&self) -> End {
        self.high
    }

    /// The number if the interval holds exactly one.
    pub fn only(&self) -> Option<Fraction> {
        match (self.low, self.high) {
            (End::Closed(low), End::Closed(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// `value` lies in the interval.
    pub fn contains(&self, value: impl Into<Fraction>) -> bool {
        self.intersects(&Interval::point(value))
    }

    /// Some number lies in both.
    pub fn intersects(&self, other: &Interval) -> bool {
        !self.is_below(other) && !other.is_below(self)
    }

    /// Every number of `self` is smaller than every number of `other`.
    pub fn is_below(&self, other: &Interval) -> bool {
        match (self.high.value(), other.low.value()) {
            (Some(high), Some(low)) => match high.cmp(&low) {
                Ordering::Less => true,
                Ordering::Equal => !(self.high.is_closed() && other.low.is_closed()),
                Ordering::Greater => false,
            },
            _ => false,
        }
    }

    /// Every number of `self` is greater than every number of `other`.
    pub fn is_above(&self, other: &Interval) -> bool {
        other.is_below(self)
    }

    /// The numbers that lie in both.
    pub fn intersection(&self, other: &Interval) -> Option<Interval> {
        let low = if begins_before(self.low, other.low) { other.low } else { self.low };
        let high = if ends_before(self.high, other.high) { self.high } else { other.high };
        Interval::new(low, high)
    }

    /// The smallest interval that holds both.
    pub fn hull(&self, other: &Interval) -> Interval {
        let low = if begins_before(self.low, other.low) { self.low } else { other.low };
        let high = if ends_before(self.high, other.high) { other.high } else { self.high };
        Interval { low, high }
    }

    /// All sums of a number of the one and a number of the other.
    pub fn plus(&self, other: &Interval) -> Option<Interval> {
        Some(Interval { low: sum_of_ends(self.low, other.low)?, high: sum_of_ends(self.high, other.high)? })
    }

    /// All differences of a number of `self` and a number of `other`.
    pub fn minus(&self, other: &Interval) -> Option<Interval> {
        self.plus(&other.negated())
    }

    /// The mirror image at zero.
    pub fn negated(&self) -> Interval {
        let mirrored = |end: End| match end {
            End::Closed(value) => End::Closed(value.negated()),
            End::Open(value) => End::Open(value.negated()),
            End::Unbounded => End::Unbounded,
        };
        Interval { low: mirrored(self.high), high: mirrored(self.low) }
    }

    /// Each number times `factor`.
    pub fn scaled(&self, factor: impl Into<Fraction>) -> Option<Interval> {
        let factor = factor.into();
        if factor.is_zero() {
            return Some(Interval::point(Fraction::ZERO));
        }
        let low = self.low.mapped(|it| it.times(factor))?;
        let high = self.high.mapped(|it| it.times(factor))?;
        Some(if factor.is_negative() { Interval { low: high, high: low } } else { Interval { low, high } })
    }

    /// All products. `None` also for a product of something endless with something negative: no check needs it.
    pub fn times(&self, other: &Interval) -> Option<Interval> {
        if self.low.value().is_some_and(|it| !it.is_negative()) && other.low.value().is_some_and(|it| !it.is_negative())
        {
            return Some(Interval {
                low: product_of_ends(self.low, other.low)?,
                high: product_of_ends(self.high, other.high)?,
            });
        }
        let mut corners = Vec::with_capacity(4);
        for left in [self.low, self.high] {
            for right in [other.low, other.high] {
                left.value()?;
                right.value()?;
                corners.push(product_of_ends(left, right)?);
            }
        }
        let low = corners.iter().copied().reduce(|acc, it| if begins_before(it, acc) { it } else { acc })?;
        let high = corners.iter().copied().reduce(|acc, it| if ends_before(it, acc) { acc } else { it })?;
        Some(Interval { low, high })
    }

    /// All quotients: `[min/max, max/min]`. `None` unless every number of `divisor` is above zero.
    pub fn over(&self, divisor: &Interval) -> Option<Interval> {
        let inverse = |end: End| match end {
            End::Closed(value) => Fraction::ONE.over(value).map(End::Closed),
            End::Open(value) if value.is_zero() => Some(End::Unbounded),
            End::Open(value) => Fraction::ONE.over(value).map(End::Open),
            End::Unbounded => Some(End::Open(Fraction::ZERO)),
        };
        let smallest = divisor.low.value()?;
        if smallest.is_negative() || (smallest.is_zero() && divisor.low.is_closed()) {
            return None;
        }
        self.times(&Interval { low: inverse(divisor.high)?, high: inverse(divisor.low)? })
    }

    /// Each number, but no more than `cap`: min(x, cap).
    pub fn capped(&self, cap: impl Into<Fraction>) -> Interval {
        let cap = End::Closed(cap.into());
        let low = if begins_before(cap, self.low) { cap } else { self.low };
        let high = if ends_before(self.high, cap) { self.high } else { cap };
        Interval { low, high }
    }

    /// Each number, but no less than `floor`: max(x, floor).
    pub fn floored(&self, floor: impl Into<Fraction>) -> Interval {
        self.negated().capped(floor.into().negated()).negated()
    }

    /// The sum of all; zero for none.
    pub fn sum(parts: impl IntoIterator<Item = Interval>) -> Option<Interval> {
        parts.into_iter().try_fold(Interval::point(Fraction::ZERO), |acc, it| acc.plus(&it))
    }

    /// The product of all; one for none.
    pub fn product(factors: impl IntoIterator<Item = Interval>) -> Option<Interval> {
        factors.into_iter().try_fold(Interval::point(Fraction::ONE), |acc, it| acc.times(&it))
    }

    /// As text, the ends rounded outward to so many decimals: `[98.82, 98.86)`. An end that rounding moved is written in
    /// the usual way, closed below and open above.
    pub fn shown_at(&self, decimals: u32) -> String {
        self.shown(decimals, |it| it)
    }

    fn shown(&self, decimals: u32, style: impl Fn(Decimal) -> Decimal) -> String {
        let shown = |value: Fraction, rounded: Option<Decimal>| match rounded {
            Some(rounded) => (style(rounded).to_string(), Fraction::from(rounded) == value),
            None => (value.to_string(), true),
        };
        if let Some(value) = self.only() {
            let (text, is_exact) = shown(value, value.floor_at(decimals));
            if is_exact {
                return text;
            }
        }
        let low = match self.low.value().map(|it| shown(it, it.floor_at(decimals))) {
            None => "(-∞".to_owned(),
            Some((text, true)) if !self.low.is_closed() => format!("({text}"),
            Some((text, _)) => format!("[{text}"),
        };
        let high = match self.high.value().map(|it| shown(it, it.ceil_at(decimals))) {
            None => "∞)".to_owned(),
            Some((text, true)) if self.high.is_closed() => format!("{text}]"),
            Some((text, _)) => format!("{text})"),
        };
        format!("{low}, {high}")
    }
}

/// The ends without trailing zeros, endless quotients rounded outward; one number alone without brackets.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown(SHOWN_DECIMALS, |it| it.normalize()))
    }
}

/// A lower end lies before another: it is smaller, or equal and closed.
fn begins_before(left: End, right: End) -> bool {
    match (left.value(), right.value()) {
        (None, _) => true,
        (_, None) => false,
        (Some(a), Some(b)) => a < b || (a == b && left.is_closed()),
    }
}

/// An upper end lies before another: it is smaller, or equal and open.
fn ends_before(left: End, right: End) -> bool {
    match (left.value(), right.value()) {
        (None, _) => false,
        (_, None) => true,
        (Some(a), Some(b)) => a < b || (a == b && !left.is_closed()),
    }
}

fn sum_of_ends(left: End, right: End) -> Option<End> {
    let (Some(a), Some(b)) = (left.value(), right.value()) else { return Some(End::Unbounded) };
    let sum = a.plus(b)?;
    Some(if left.is_closed() && right.is_closed() { End::Closed(sum) } else { End::Open(sum) })
}

fn product_of_ends(left: End, right: End) -> Option<End> {
    // A closed zero is reached whatever the other factor is.
    let zero = |end: End| matches!(end, End::Closed(value) if value.is_zero());
    if zero(left) || zero(right) {
        return Some(End::Closed(Fraction::ZERO));
    }
    let (Some(a), Some(b)) = (left.value(), right.value()) else { return Some(End::Unbounded) };
    let product = a.times(b)?;
    Some(if left.is_closed() && right.is_closed() { End::Closed(product) } else { End::Open(product) })
}
