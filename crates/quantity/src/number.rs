//! A printed number: its digits, how many of them are decimals, and the intervals that it stands for.
//!
//! In: a cell such as `541.6`, `1,020.50`, `９８．８％`. Out: a [`Number`] that gives L(p), Lt(p) and E(p) of rulebook
//! section 2. Nothing is rounded: a number of more digits than fit is no number here.

use std::fmt;

use rust_decimal::Decimal;

use crate::fold::fold;
use crate::fraction::{Fraction, ten_to};
use crate::interval::{End, Interval};

/// Most digits of a printed number. Twice its value in units of 10^-20 of 亿 still fits a fraction; forms print 17 at
/// most (what a spreadsheet shows of a binary number).
const MAX_DIGITS: u32 = 24;

/// Most decimals of a printed number. Spreadsheet dumps print up to 17.
const MAX_DECIMALS: u32 = 20;

/// A number as printed, in some unit: `1.20` is 120 with two decimals, `2.5万` is 25 with one decimal and power 4.
///
/// Its value is `mantissa · 10^(power - decimals)`, its step u (one in the last printed place) `10^(power - decimals)`.
/// Two numbers are equal if they print alike: 1.2 and 1.20 differ. Compare values with [`Number::value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    mantissa: i128,
    decimals: u8,
    /// Power of ten of the printed unit in the unit asked for: 4 for 万元 in 元, -4 for 元 in 万元.
    power: i8,
}

impl Number {
    /// A number printed like this decimal, in its own unit.
    pub fn new(value: Decimal) -> Option<Number> {
        Number::from_parts(value.mantissa(), value.scale())
    }

    pub(crate) fn from_parts(mantissa: i128, decimals: u32) -> Option<Number> {
        if mantissa.unsigned_abs() >= ten_to(MAX_DIGITS)?.unsigned_abs() || decimals > MAX_DECIMALS {
            return None;
        }
        Some(Number { mantissa, decimals: u8::try_from(decimals).ok()?, power: 0 })
    }

    /// The value, exactly.
    pub fn value(self) -> Decimal {
        self.checked_value().expect("a number is made only if its value fits a decimal")
    }

    /// How many decimals are printed.
    pub fn decimals(self) -> u32 {
        u32::from(self.decimals)
    }

    /// Power of ten that the printed figure is multiplied with to be in the unit asked for: 4 for `2.5万`.
    pub fn power(self) -> i32 {
        i32::from(self.power)
    }

    /// u: one in the last printed place.
    pub fn step(self) -> Fraction {
        power_of_ten(1, self.exponent())
    }

    /// No decimals are printed and no 万 or 亿: `5`, but not `5.0` or `2万`.
    pub fn is_integer(self) -> bool {
        self.decimals == 0 && self.power == 0
    }

    /// Exactly zero.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Below zero.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The same printed figure in a unit that is 10^`power` times smaller: 23.43万元 in 元 with 4, 12058元 in 万元
    /// with -4. The precision stays: 12058元 = 1.2058万元 with u = 0.0001万元. `None` if the value does not fit.
    pub fn shifted(self, power: i32) -> Option<Number> {
        let power = i8::try_from(i32::from(self.power).checked_add(power)?).ok()?;
        let shifted = Number { power, ..self };
        shifted.checked_value().map(|_| shifted)
    }

    /// E(p): the number itself.
    pub fn exact(self) -> Interval {
        Interval::point(power_of_ten(self.mantissa, self.exponent()))
    }

    /// L(p): what rounds or truncates to the printed number, `[p − u/2, p + u)`, mirrored for negative ones.
    pub fn loose(self) -> Interval {
        spread(self.mantissa, self.exponent()).unwrap_or_else(|| self.exact())
    }

    /// Lt(p): L with the most decimals that the column prints, for a number whose trailing zeros a spreadsheet dropped.
    /// Never wider than L(p). Where so many decimals do not fit it is L(p), which accuses less.
    pub fn loose_at(self, decimals: u32) -> Interval {
        let more = decimals.saturating_sub(u32::from(self.decimals));
        let finer = ten_to(more).and_then(|it| self.mantissa.checked_mul(it));
        let exponent = self.exponent() - i32::try_from(more).unwrap_or(i32::MAX / 2);
        finer.and_then(|it| spread(it, exponent)).unwrap_or_else(|| self.loose())
    }

    /// A score as a part of a sum, rulebook section 2: exact if it is printed as an integer or equals its weight, else
    /// L(p).
    pub fn as_score_part(self, weight: Option<Number>) -> Interval {
        let is_weight = weight.is_some_and(|it| it.value() == self.value());
        if self.is_integer() || is_weight { self.exact() } else { self.loose() }
    }

    /// A weight as a part of a sum: exact if it is a whole number, else `[w − u/2, w + u/2)`.
    pub fn as_weight_part(self) -> Interval {
        if self.value().fract().is_zero() {
            return self.exact();
        }
        let middle = power_of_ten(self.mantissa, self.exponent());
        let half = half_step(self.exponent());
        match (half.and_then(|it| middle.minus(it)), half.and_then(|it| middle.plus(it))) {
            (Some(low), Some(high)) => Interval::half_open(low, high).unwrap_or_else(|| self.exact()),
            _ => self.exact(),
        }
    }

    fn checked_value(self) -> Option<Decimal> {
        let exponent = self.exponent();
        if exponent <= 0 {
            return Decimal::try_from_i128_with_scale(self.mantissa, exponent.unsigned_abs()).ok();
        }
        let factor = ten_to(exponent.unsigned_abs())?;
        Decimal::try_from_i128_with_scale(self.mantissa.checked_mul(factor)?, 0).ok()
    }

    fn exponent(self) -> i32 {
        i32::from(self.power) - i32::from(self.decimals)
    }
}

/// The printed digits, without the unit's power: `2.50` for 2.50万.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Decimal::try_from_i128_with_scale(self.mantissa, u32::from(self.decimals)) {
            Ok(printed) => write!(f, "{printed}"),
            Err(_) => write!(f, "{}e-{}", self.mantissa, self.decimals),
        }
    }
}

/// `[p − u/2, p + u)` for `p = mantissa·u`, `u = 10^exponent`.
fn spread(mantissa: i128, exponent: i32) -> Option<Interval> {
    /// Below this ten times the mantissa fits a fraction, and half a step can be taken off it before it is scaled.
    const SMALL: u128 = 1_000_000_000_000_000_000_000_000_000_000;
    if mantissa.unsigned_abs() < SMALL {
        let tenths = 10 * mantissa;
        return if mantissa < 0 {
            let (low, high) = (Fraction::power_of_ten(mantissa - 1, exponent)?, half_steps(tenths + 5, exponent)?);
            Interval::new(End::Open(low), End::Closed(high))
        } else {
            let (low, high) = (half_steps(tenths - 5, exponent)?, Fraction::power_of_ten(mantissa + 1, exponent)?);
            Interval::new(End::Closed(low), End::Open(high))
        };
    }
    let middle = Fraction::power_of_ten(mantissa, exponent)?;
    let step = Fraction::power_of_ten(1, exponent)?;
    let half = half_step(exponent)?;
    if mantissa < 0 {
        Interval::new(End::Open(middle.minus(step)?), End::Closed(middle.plus(half)?))
    } else {
        Interval::new(End::Closed(middle.minus(half)?), End::Open(middle.plus(step)?))
    }
}

/// So many tenths of a step.
fn half_steps(tenths: i128, exponent: i32) -> Option<Fraction> {
    Fraction::power_of_ten(tenths, exponent - 1)
}

fn half_step(exponent: i32) -> Option<Fraction> {
    Fraction::power_of_ten(5, exponent - 1)
}

/// As [`Fraction::power_of_ten`], for the range that a [`Number`] keeps to.
fn power_of_ten(mantissa: i128, exponent: i32) -> Fraction {
    Fraction::power_of_ten(mantissa, exponent).unwrap_or(Fraction::ZERO)
}

/// A percentage as printed, on the scale where the whole is 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent {
    /// The figure: 77 for `77%`, 0.3 for `3‰`.
    pub number: Number,
    /// A sign `%` or `‰`, or 百分之, is printed.
    pub is_signed: bool,
}

/// Reads a cell that holds a number and nothing else: `541.6`, `1,020`, `-3`, `９８．８`. Units are for
/// [`crate::read_value`].
pub fn number(text: &str) -> Option<Number> {
    let trimmed = text.trim();
    if trimmed.is_ascii() {
        return signed(trimmed.as_bytes());
    }
    if !trimmed.contains(|it: char| it.is_ascii_digit() || ('０'..='９').contains(&it)) {
        return None;
    }
    let folded = fold(trimmed);
    let folded = folded.trim();
    match folded.strip_prefix('−') {
        Some(rest) => rest.bytes().next()?.is_ascii_digit().then(|| signed(rest.as_bytes()))??.negated(),
        None => signed(folded.as_bytes()),
    }
}

/// Reads a rate cell: `77%`, `71.90％`, `3‰`, and without sign `85.98`.
pub fn percent(text: &str) -> Option<Percent> {
    let folded = fold(text);
    let trimmed = folded.trim();
    if let Some(digits) = trimmed.strip_suffix('%') {
        return number(digits).map(|number| Percent { number, is_signed: true });
    }
    if let Some(digits) = trimmed.strip_suffix('‰') {
        return number(digits)?.shifted(-1).map(|number| Percent { number, is_signed: true });
    }
    if let Some(digits) = trimmed.strip_prefix("百分之") {
        return number(digits).map(|number| Percent { number, is_signed: true });
    }
    number(trimmed).map(|number| Percent { number, is_signed: false })
}

/// Nothing is printed, or one of the marks that stand for nothing: `一 - — -- / *` alone. `0` is a number and 无 a word.
pub fn is_empty_mark(text: &str) -> bool {
    let is_blank = |it: char| it.is_whitespace() || matches!(it, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    let is_mark = |it: char| {
        matches!(
            it,
            '一' | '-'
                | '−'
                | '–'
                | '—'
                | '―'
                | '‐'
                | '‑'
                | '‒'
                | '─'
                | '－'
                | '﹣'
                | '/'
                | '／'
                | '*'
                | '＊'
        )
    };
    text.chars().all(|it| is_blank(it) || is_mark(it))
}

impl Number {
    pub(crate) fn negated(self) -> Option<Number> {
        Some(Number { mantissa: self.mantissa.checked_neg()?, ..self })
    }
}

fn signed(bytes: &[u8]) -> Option<Number> {
    let (rest, is_negative) = match bytes.split_first()? {
        (b'-', rest) => (rest, true),
        (b'+', rest) => (rest, false),
        _ => (bytes, false),
    };
    // `- 5` is a mark and a number.
    rest.first().filter(|it| it.is_ascii_digit() || **it == b'.')?;
    let (number, length) = scan_number(rest)?;
    if length != rest.len() {
        return None;
    }
    if is_negative { number.negated() } else { Some(number) }
}

/// The unsigned number that the bytes begin with, and its length. A comma belongs to it only as a thousands mark,
/// `\d{1,3}(,\d{3})+`; a point only between digits or before them.
pub(crate) fn scan_number(bytes: &[u8]) -> Option<(Number, usize)> {
    let digit = |at: usize| bytes.get(at).filter(|it| it.is_ascii_digit());
    let mut at = thousands(bytes).unwrap_or_else(|| bytes.iter().take_while(|it| it.is_ascii_digit()).count());
    let mut mantissa = Mantissa::default();
    for byte in bytes.get(..at)?.iter().filter(|it| it.is_ascii_digit()) {
        mantissa.push(byte - b'0')?;
    }
    let mut decimals = 0;
    if bytes.get(at) == Some(&b'.') && digit(at + 1).is_some() {
        at += 1;
        while let Some(byte) = digit(at) {
            mantissa.push(byte - b'0')?;
            decimals += 1;
            at += 1;
        }
    }
    if at == 0 {
        return None;
    }
    Some((Number::from_parts(mantissa.value(), decimals)?, at))
}

/// The digits of a number, counted in 64 bits as long as they fit.
#[derive(Default)]
struct Mantissa {
    /// The whole, once it may not fit 64 bits; zero before.
    high: i128,
    /// The first [`Mantissa::MOST`] digits.
    low: u64,
    n_low: u32,
}

impl Mantissa {
    /// So many digits fit 64 bits whatever they are.
    const MOST: u32 = 18;

    fn push(&mut self, digit: u8) -> Option<()> {
        if self.n_low < Mantissa::MOST {
            self.low = 10 * self.low + u64::from(digit);
            self.n_low += 1;
        } else {
            // From here on one by one: no number that counts has so many.
            self.high = self.value();
            self.high = self.high.checked_mul(10)?.checked_add(i128::from(digit))?;
            self.low = 0;
        }
        Some(())
    }

    fn value(&self) -> i128 {
        if self.high == 0 { i128::from(self.low) } else { self.high }
    }
}

/// Length of the whole part with thousands marks, if it has any and all of them stand where they should.
fn thousands(bytes: &[u8]) -> Option<usize> {
    let mut at = bytes.iter().take(4).take_while(|it| it.is_ascii_digit()).count();
    if !(1..=3).contains(&at) || bytes.get(at) != Some(&b',') {
        return None;
    }
    while bytes.get(at) == Some(&b',') {
        let group = bytes.get(at + 1..)?.iter().take(4).take_while(|it| it.is_ascii_digit()).count();
        if group != 3 {
            return None;
        }
        at += 4;
    }
    Some(at)
}
