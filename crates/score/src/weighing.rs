//! Two quantities weighed against each other: whether the one reaches the other, and which share of the points that earns.
//!
//! In: a target and an actual in whatever units they print, and the direction of the row. Out: a [`Comparison`] whose
//! shares are exact intervals (rule book 2 and 3, K1 to K5).

use gouji_quantity::{Dimension, End, Fraction, Interval, Operator, Quantity};

use crate::met::{Attainment, Comparison, Direction, Kind};

/// Both in comparable units, a bare number in the other's; `None` where they cannot be compared.
pub(crate) fn paired(target: &Quantity, actual: &Quantity) -> Option<(Quantity, Quantity)> {
    let is_bare = actual.unit.is_none() && target.unit.is_some();
    let target = target.in_unit_of(actual);
    let mut actual = actual.in_unit_of(&target);
    match (target.unit, actual.unit) {
        (Some(left), Some(right)) => {
            if !left.is_comparable(&right) {
                return None;
            }
            if !actual.number.is_zero() && left.is_rate() && right.is_rate() && !left.has_same_per(&right) {
                return None;
            }
        }
        (None, None) => {}
        _ => return None,
    }
    if is_bare && !actual.number.is_zero() {
        actual = bare_actual(&target, actual)?;
    }
    Some((target, actual))
}

/// A bare actual is in the target's unit, 万 included; `None` where another unit is as likely: 元 for 万元, 1 for 100%.
fn bare_actual(target: &Quantity, actual: Quantity) -> Option<Quantity> {
    /// A number so many times above or below its target is hardly in the same unit.
    const OTHER_UNIT: i64 = 90;
    if target.is_percent() {
        let one = Fraction::ONE;
        let is_fraction = actual.value()? <= one && one < target.value()?;
        return (!is_fraction).then_some(actual);
    }
    if target.number.power() == 0 && target.dimension() != Some(Dimension::Money) {
        return Some(actual);
    }
    let scaled = if actual.number.power() == 0 { actual.with_power(target.number.power())? } else { actual };
    let ratio = scaled.value()?.over(target.value()?)?;
    let far = Fraction::from(OTHER_UNIT);
    let is_near = ratio < far && Fraction::ONE < ratio.times(far)?;
    is_near.then_some(scaled)
}

/// The lowest and the highest number that a quantity may mean, as it is compared: a plain one is itself.
pub(crate) fn ends(quantity: &Quantity) -> Option<(Fraction, Option<Fraction>)> {
    let is_plain = quantity.approximation.is_none()
        && quantity.up_to.is_none()
        && matches!(quantity.operator, None | Some(Operator::Equal));
    if is_plain {
        let value = quantity.value()?;
        return Some((value, Some(value)));
    }
    let interval = quantity.interval()?;
    Some((interval.low().value()?, interval.high().value()))
}

/// The bound that a target sets: its figure, or for an approximate one both ends.
fn bounds(target: &Quantity) -> Option<(Fraction, Fraction)> {
    if target.approximation.is_none() {
        let value = target.value()?;
        return Some((value, value));
    }
    let interval = Quantity { operator: None, ..*target }.interval()?;
    Some((interval.low().value()?, interval.high().value()?))
}

pub(crate) fn weigh(
    target: &Quantity,
    actual: &Quantity,
    direction: Direction,
    prints_inverse: bool,
) -> Option<Comparison> {
    let (least, most) = ends(actual)?;
    let (from, to) = bounds(target)?;
    let is_reached = if to <= least {
        Some(true)
    } else if most.is_some_and(|it| it < from) {
        Some(false)
    } else {
        None
    };
    let is_kept = match most {
        Some(most) if most <= from => Some(true),
        _ if to < least => Some(false),
        _ => None,
    };
    let is_above = to < least;
    let positive = || side(is_reached, positive_share(target, actual, from));
    let reverse = || side(is_kept, reverse_share(target, actual, from, prints_inverse));
    let (met, shares, ratio) = match direction {
        Direction::Positive | Direction::Equal => {
            let (met, share, ratio) = positive()?;
            (met, vec![share], ratio)
        }
        Direction::Reverse => {
            let (met, share, ratio) = reverse()?;
            (met, vec![share], ratio)
        }
        Direction::Cost if is_above => {
            let (met, share, ratio) = reverse()?;
            (met, vec![share], ratio)
        }
        Direction::Either | Direction::Cost => {
            let (one, share, ratio) = positive()?;
            let (other, second, inverse) = reverse()?;
            let met = if one == other {
                one
            } else if one == Attainment::Unknown || other == Attainment::Unknown {
                Attainment::Unknown
            } else {
                Attainment::Either
            };
            (met, vec![share, second], ratio.or(inverse))
        }
    };
    // A target of exactly zero that is passed is failed whole (K3).
    let shares = if direction == Direction::Equal && from.is_zero() && is_above {
        vec![Interval::point(Fraction::ZERO)]
    } else {
        shares
    };
    Some(Comparison {
        kind: Kind::Number,
        met,
        direction: Some(direction),
        is_above,
        shares,
        ratio,
        wording: None,
        glyph: None,
    })
}

type Side = (Attainment, Interval, Option<Fraction>);

fn side(holds: Option<bool>, unmet: Option<(Interval, Option<Fraction>)>) -> Option<Side> {
    Some(match holds {
        Some(true) => (Attainment::Met, full(), None),
        Some(false) => {
            let (share, ratio) = unmet?;
            (Attainment::Unmet, share, ratio)
        }
        None => (Attainment::Unknown, whole_range(), None),
    })
}

/// K1: B/A, a negative actual counting as nothing.
fn positive_share(target: &Quantity, actual: &Quantity, bound: Fraction) -> Option<(Interval, Option<Fraction>)> {
    if bound.is_zero() {
        return Some((whole_range(), None));
    }
    let share = spread(actual)?.floored(Fraction::ZERO).over(&spread_target(target)?)?;
    let ratio = actual.value().and_then(|it| it.over(bound)).filter(|_| actual.approximation.is_none());
    Some((share.capped(Fraction::ONE), ratio.map(|it| it.max(Fraction::ZERO))))
}

/// K2: from max(0, 2 − B/A) to A/B; a formula that the form prints is used alone.
fn reverse_share(
    target: &Quantity,
    actual: &Quantity,
    bound: Fraction,
    prints_inverse: bool,
) -> Option<(Interval, Option<Fraction>)> {
    let allowed = spread_target(target)?;
    let spent = spread(actual)?;
    if bound.is_zero() {
        return Some((Interval::point(Fraction::ZERO), Some(Fraction::ZERO)));
    }
    let inverse = allowed.floored(Fraction::ZERO).over(&spent)?.capped(Fraction::ONE);
    let ratio = actual.value().and_then(|it| bound.over(it)).filter(|_| actual.approximation.is_none());
    if prints_inverse {
        return Some((inverse, ratio));
    }
    let linear = Interval::point(2).minus(&spent.over(&allowed)?)?.floored(Fraction::ZERO);
    Some((inverse.hull(&linear.capped(Fraction::ONE)), ratio))
}

/// What an actual may stand for in a ratio.
fn spread(actual: &Quantity) -> Option<Interval> {
    if actual.approximation.is_some() || actual.up_to.is_some() { actual.interval() } else { actual.loose() }
}

/// What a target may stand for in a ratio: its figure without the bound.
fn spread_target(target: &Quantity) -> Option<Interval> {
    let bare = Quantity { operator: None, ..*target };
    if bare.approximation.is_some() || bare.up_to.is_some() { bare.interval() } else { bare.loose() }
}

/// K5.
pub(crate) fn within(range: &Quantity, actual: &Quantity) -> Comparison {
    let compared = || -> Option<Comparison> {
        let (range, actual) = paired(range, actual)?;
        let wanted = range.interval()?;
        let (from, to) = (wanted.low().value()?, wanted.high().value()?);
        let (least, most) = ends(&actual)?;
        let most = most?;
        if from <= least && most <= to {
            return Some(Comparison::met(Kind::Range, None));
        }
        let unmet = |share: Interval, is_above| Comparison {
            kind: Kind::Range,
            met: Attainment::Unmet,
            is_above,
            shares: vec![share],
            ..Comparison::NONE
        };
        if most < from {
            let share = spread(&actual)?.floored(Fraction::ZERO).over(&wanted)?;
            return Some(unmet(share.capped(Fraction::ONE), false));
        }
        (to < least).then(|| unmet(whole_range(), true))
    };
    compared().unwrap_or_else(|| Comparison::unknown(Kind::Unknown))
}

pub(crate) fn full() -> Interval {
    Interval::point(Fraction::ONE)
}

pub(crate) fn whole_range() -> Interval {
    Interval::closed(Fraction::ZERO, Fraction::ONE)
}

/// `[low/denominator, 1]`, or with two arguments of the same scale `[low/high, 1]`.
pub(crate) fn closed(low: i64, denominator: i64, high: i64) -> Option<Interval> {
    let low = Fraction::new(i128::from(low), i128::from(denominator))?;
    Some(Interval::closed(low, Fraction::from(high)))
}

/// `[low/denominator, high/denominator)`.
pub(crate) fn half_open(low: i64, high: i64, denominator: i64) -> Option<Interval> {
    let low = Fraction::new(i128::from(low), i128::from(denominator))?;
    Interval::half_open(low, Fraction::new(i128::from(high), i128::from(denominator))?)
}

/// `[0, numerator/denominator)`.
pub(crate) fn below(numerator: i64, denominator: i64) -> Option<Interval> {
    Interval::new(
        End::Closed(Fraction::ZERO),
        End::Open(Fraction::new(i128::from(numerator), i128::from(denominator))?),
    )
}
