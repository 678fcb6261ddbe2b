//! Exact quotients: what intervals end in, so that a ratio of two printed numbers is never rounded.
//!
//! In: decimals and whole numbers. Out: sums, products, quotients and comparisons without any rounding; an operation
//! whose exact result would not fit gives `None`, and the check that needed it becomes not checkable.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use rust_decimal::Decimal;

/// Largest numerator or denominator. A remainder times ten then still fits 128 bits, so printing cannot overflow.
const LARGEST: i128 = 1 << 120;

/// An exact rational number. Two fractions are equal if their values are, however they are written.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    numerator: i128,
    /// Always positive.
    denominator: i128,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Fraction = Fraction { numerator: 0, denominator: 1 };
    /// The whole.
    pub const ONE: Fraction = Fraction { numerator: 1, denominator: 1 };

    /// `numerator / denominator`; `None` for a zero denominator or a value that does not fit.
    pub fn new(numerator: i128, denominator: i128) -> Option<Fraction> {
        if denominator == 0 {
            return None;
        }
        let (numerator, denominator) = if denominator < 0 {
            (numerator.checked_neg()?, denominator.checked_neg()?)
        } else {
            (numerator, denominator)
        };
        let raw = Fraction { numerator, denominator };
        if raw.fits() { Some(raw) } else { Some(raw.reduced()).filter(Fraction::fits) }
    }

    /// The numerator as written; not in lowest terms.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator as written, positive; not in lowest terms.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// `mantissa · 10^exponent`.
    pub(crate) fn power_of_ten(mantissa: i128, exponent: i32) -> Option<Fraction> {
        let power = ten_to(exponent.unsigned_abs())?;
        if exponent < 0 { Fraction::new(mantissa, power) } else { Fraction::new(mantissa.checked_mul(power)?, 1) }
    }

    /// Less than zero.
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Exactly zero.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The sum.
    pub fn plus(self, other: Fraction) -> Option<Fraction> {
        self.plus_as_written(other).or_else(|| self.reduced().plus_as_written(other.reduced()))
    }

    /// The difference.
    pub fn minus(self, other: Fraction) -> Option<Fraction> {
        self.plus(other.negated())
    }

    /// The product.
    pub fn times(self, other: Fraction) -> Option<Fraction> {
        self.times_as_written(other).or_else(|| {
            // Numerators reduce against the other's denominator before the products are formed.
            let left = Fraction { numerator: self.numerator, denominator: other.denominator }.reduced();
            let right = Fraction { numerator: other.numerator, denominator: self.denominator }.reduced();
            left.times_as_written(right)
        })
    }

    /// The quotient; `None` when `other` is zero.
    pub fn over(self, other: Fraction) -> Option<Fraction> {
        self.times(Fraction::new(other.denominator, other.numerator)?)
    }

    /// The value with the other sign.
    pub fn negated(self) -> Fraction {
        Fraction { numerator: -self.numerator, denominator: self.denominator }
    }

    /// The largest decimal with so many decimals that is not above the value.
    pub fn floor_at(self, decimals: u32) -> Option<Decimal> {
        let scaled = self.times(Fraction::new(ten_to(decimals)?, 1)?)?;
        Decimal::try_from_i128_with_scale(scaled.numerator.div_euclid(scaled.denominator), decimals).ok()
    }

    /// The smallest decimal with so many decimals that is not below the value.
    pub fn ceil_at(self, decimals: u32) -> Option<Decimal> {
        self.negated().floor_at(decimals).map(|it| if it.is_zero() { it } else { -it })
    }

    /// The value as a decimal if it is one (its digits end).
    pub fn to_decimal(self) -> Option<Decimal> {
        let lowest = self.reduced();
        let (mut rest, mut decimals) = (lowest.denominator, 0_u32);
        let (mut twos, mut fives) = (0, 0);
        while rest % 2 == 0 {
            rest /= 2;
            twos += 1;
        }
        while rest % 5 == 0 {
            rest /= 5;
            fives += 1;
        }
        if rest != 1 {
            return None;
        }
        decimals = decimals.max(twos).max(fives);
        let factor = ten_to(decimals)? / lowest.denominator;
        Decimal::try_from_i128_with_scale(lowest.numerator.checked_mul(factor)?, decimals).ok()
    }

    fn fits(&self) -> bool {
        self.numerator.unsigned_abs() <= LARGEST.unsigned_abs() && self.denominator <= LARGEST
    }

    /// Numerator and denominator, where both are small: then no product of two of them overflows 128 bits.
    fn small(self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.numerator).ok()?, i64::try_from(self.denominator).ok()?))
    }

    fn plus_as_written(self, other: Fraction) -> Option<Fraction> {
        if self.denominator == other.denominator {
            return Fraction::new(self.numerator.checked_add(other.numerator)?, self.denominator);
        }
        // Denominators of printed numbers are mostly powers of ten: one divides the other.
        if let (Some((left, below_left)), Some((right, below_right))) = (self.small(), other.small()) {
            let [wide_left, wide_right] = [left, right].map(i128::from);
            return if below_right % below_left == 0 {
                Fraction::new(wide_left * i128::from(below_right / below_left) + wide_right, other.denominator)
            } else if below_left % below_right == 0 {
                Fraction::new(wide_right * i128::from(below_left / below_right) + wide_left, self.denominator)
            } else {
                let sum = wide_left * other.denominator + wide_right * self.denominator;
                Fraction::new(sum, self.denominator * other.denominator)
            };
        }
        if other.denominator % self.denominator == 0 {
            let factor = other.denominator / self.denominator;
            let left = self.numerator.checked_mul(factor)?;
            return Fraction::new(left.checked_add(other.numerator)?, other.denominator);
        }
        if self.denominator % other.denominator == 0 {
            return other.plus_as_written(self);
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Fraction::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    fn times_as_written(self, other: Fraction) -> Option<Fraction> {
        if let (Some((left, below_left)), Some((right, below_right))) = (self.small(), other.small()) {
            let product = |left: i64, right: i64| i128::from(left) * i128::from(right);
            return Fraction::new(product(left, right), product(below_left, below_right));
        }
        Fraction::new(self.numerator.checked_mul(other.numerator)?, self.denominator.checked_mul(other.denominator)?)
    }

    fn reduced(self) -> Fraction {
        let divisor = greatest_common_divisor(self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).unwrap_or(1);
        Fraction { numerator: self.numerator / divisor, denominator: self.denominator / divisor }
    }
}

/// `10^exponent` if it fits.
pub(crate) fn ten_to(exponent: u32) -> Option<i128> {
    /// The powers of ten below 2^127.
    const POWERS: [i128; 39] = {
        let mut powers = [1; 39];
        let mut exponent = 1;
        while exponent < powers.len() {
            powers[exponent] = 10 * powers[exponent - 1];
            exponent += 1;
        }
        powers
    };
    POWERS.get(usize::try_from(exponent).ok()?).copied()
}

fn greatest_common_divisor(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

impl From<Decimal> for Fraction {
    fn from(value: Decimal) -> Fraction {
        // A decimal has 96 bits and at most 28 decimals, both within the bounds.
        let denominator = ten_to(value.scale()).unwrap_or(1);
        Fraction { numerator: value.mantissa(), denominator }
    }
}

impl From<i64> for Fraction {
    fn from(value: i64) -> Fraction {
        Fraction { numerator: i128::from(value), denominator: 1 }
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        if let (Some((left, below_left)), Some((right, below_right))) = (self.small(), other.small()) {
            let product = |left: i64, right: i64| i128::from(left) * i128::from(right);
            return product(left, below_right).cmp(&product(right, below_left));
        }
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        if let (Some(left), Some(right)) = (left, right) {
            return left.cmp(&right);
        }
        // Too large to cross-multiply: compare whole parts, then the reciprocals of what remains (which swaps sides).
        let (mut a, mut b, mut swapped) = (*self, *other, false);
        loop {
            let (whole_a, whole_b) = (a.numerator.div_euclid(a.denominator), b.numerator.div_euclid(b.denominator));
            let rest_a = a.numerator.rem_euclid(a.denominator);
            let rest_b = b.numerator.rem_euclid(b.denominator);
            let order = match whole_a.cmp(&whole_b) {
                Ordering::Equal => match (rest_a == 0, rest_b == 0) {
                    (true, true) => Ordering::Equal,
                    (true, false) => Ordering::Less,
                    (false, true) => Ordering::Greater,
                    (false, false) => {
                        a = Fraction { numerator: a.denominator, denominator: rest_a };
                        b = Fraction { numerator: b.denominator, denominator: rest_b };
                        swapped = !swapped;
                        continue;
                    }
                },
                unequal => unequal,
            };
            return if swapped { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Fraction) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl Hash for Fraction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let lowest = self.reduced();
        lowest.numerator.hash(state);
        lowest.denominator.hash(state);
    }
}

/// The decimal if the digits end, else `numerator/denominator` in lowest terms.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(decimal) => write!(f, "{}", decimal.normalize()),
            None => {
                let lowest = self.reduced();
                write!(f, "{}/{}", lowest.numerator, lowest.denominator)
            }
        }
    }
}
