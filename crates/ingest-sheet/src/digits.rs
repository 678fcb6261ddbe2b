//! A stored number as decimal digits, as a spreadsheet shows it: at most fifteen of them count.
//!
//! In goes what a file holds, a text or a binary number; out come digits that are rounded, shifted and shown exactly.

use std::cmp::Ordering;

/// Digits that a spreadsheet program shows of a number; what stands behind them is noise of binary arithmetic.
const SIGNIFICANT: usize = 15;
/// Places that an exponent may move the point. The largest binary number has 309 digits before it.
const FARTHEST: i32 = 400;

/// A decimal number: the sign, its digits without a zero at either end, and how many of them stand before the point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) is_negative: bool,
    /// Values 0 to 9; none for zero.
    digits: Vec<u8>,
    /// Negative if zeros stand between the point and the first digit.
    point: i32,
}

impl Number {
    /// The number of a text such as `-1.5E-3`; `None` if it is none.
    pub(crate) fn parse(text: &str) -> Option<Number> {
        let text = text.trim();
        let (is_negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if (whole.is_empty() && fraction.is_empty()) || !(-FARTHEST..=FARTHEST).contains(&exponent) {
            return None;
        }
        let mut digits = Vec::with_capacity(whole.len() + fraction.len());
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
        let mut number = Number { is_negative, digits, point };
        number.trim();
        number.keep(SIGNIFICANT);
        Some(number)
    }

    /// The number that a file holds in binary; `None` for what is none.
    pub(crate) fn from_f64(value: f64) -> Option<Number> {
        if value.is_finite() { Number::parse(&format!("{value:e}")) } else { None }
    }

    /// A whole number.
    pub(crate) fn whole(value: i64) -> Number {
        Number::parse(&value.to_string()).unwrap_or(Number { is_negative: false, digits: Vec::new(), point: 0 })
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The same number without its sign.
    pub(crate) fn abs(&self) -> Number {
        Number { is_negative: false, ..self.clone() }
    }

    /// The number times ten to the power of `places`.
    pub(crate) fn shifted(&self, places: i32) -> Number {
        let point = if self.is_zero() { 0 } else { self.point.saturating_add(places) };
        Number { point, ..self.clone() }
    }

    /// The number with so many decimals, halves rounded away from zero.
    pub(crate) fn rounded(&self, decimals: usize) -> Number {
        let mut acc = self.clone();
        let kept = self.point.saturating_add(i32::try_from(decimals).unwrap_or(i32::MAX));
        match usize::try_from(kept) {
            Ok(kept) => acc.keep(kept),
            Err(_) => acc = Number::whole(0),
        }
        acc
    }

    /// How many decimals it has.
    pub(crate) fn decimals(&self) -> usize {
        let n_digits = i32::try_from(self.digits.len()).unwrap_or(i32::MAX);
        usize::try_from(n_digits.saturating_sub(self.point)).unwrap_or(0)
    }

    /// Digits before the point; none for a number below one.
    pub(crate) fn before_point(&self) -> String {
        let n = usize::try_from(self.point).unwrap_or(0);
        if self.is_zero() { String::new() } else { (0..n).map(|idx| self.digit(idx)).collect() }
    }

    /// So many digits behind the point.
    pub(crate) fn behind_point(&self, n: usize) -> String {
        let zeros = usize::try_from(self.point.saturating_neg()).unwrap_or(0);
        let from = usize::try_from(self.point).unwrap_or(0);
        (0..n).map(|idx| if idx < zeros { '0' } else { self.digit(from + idx - zeros) }).collect()
    }

    /// The power of ten of its first digit: 0 for 7, 2 for 700, -1 for 0.7.
    pub(crate) fn exponent(&self) -> i32 {
        if self.is_zero() { 0 } else { self.point - 1 }
    }

    /// The number in units of ten to the power of minus `decimals`, cut off behind them; `None` if it has too many digits.
    pub(crate) fn units(&self, decimals: usize) -> Option<i128> {
        let digits = format!("{}{}", self.before_point(), self.behind_point(decimals));
        let value = if digits.is_empty() { 0 } else { digits.parse::<i128>().ok()? };
        Some(if self.is_negative { -value } else { value })
    }

    /// All its digits: `-0.719`.
    pub(crate) fn plain(&self) -> String {
        let whole = self.before_point();
        let whole = if whole.is_empty() { "0" } else { &whole };
        let sign = if self.is_negative && !self.is_zero() { "-" } else { "" };
        match self.decimals() {
            0 => format!("{sign}{whole}"),
            n => format!("{sign}{whole}.{}", self.behind_point(n)),
        }
    }

    /// Which of two numbers is larger.
    pub(crate) fn compare(&self, other: &Number) -> Ordering {
        let sign = |it: &Number| match (it.is_zero(), it.is_negative) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => -1,
        };
        let by_size = |a: &Number, b: &Number| a.point.cmp(&b.point).then_with(|| a.digits.cmp(&b.digits));
        match sign(self).cmp(&sign(other)) {
            Ordering::Equal if sign(self) < 0 => by_size(other, self),
            Ordering::Equal => by_size(self, other),
            unlike => unlike,
        }
    }

    fn digit(&self, idx: usize) -> char {
        char::from(b'0' + self.digits.get(idx).copied().unwrap_or(0))
    }

    /// Rounds to the first `n` digits.
    fn keep(&mut self, n: usize) {
        let rounds_up = self.digits.get(n).is_some_and(|it| 5 <= *it);
        self.digits.truncate(n);
        if rounds_up {
            match self.digits.iter().rposition(|it| *it < 9) {
                Some(idx) => {
                    self.digits.truncate(idx + 1);
                    if let Some(it) = self.digits.last_mut() {
                        *it += 1;
                    }
                }
                None => {
                    self.digits = vec![1];
                    self.point += 1;
                }
            }
        }
        self.trim();
    }

    fn trim(&mut self) {
        let n_zeros = self.digits.iter().take_while(|it| **it == 0).count();
        self.digits.drain(..n_zeros);
        self.point = self.point.saturating_sub(i32::try_from(n_zeros).unwrap_or(i32::MAX));
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_count() {
        let check = |text: &str, want: &str| assert_eq!(Number::parse(text).unwrap().plain(), want, "{text}");
        check("0.71899999999999997", "0.719");
        check("-7.1898", "-7.1898");
        check("1.5E-3", "0.0015");
        check("2.5e+03", "2500");
        check("000.0", "0");
        check("-0", "0");
        check("99999999999999999", "100000000000000000");
        check(".5", "0.5");
        check("12.", "12");
        assert_eq!(Number::parse("."), None);
        assert_eq!(Number::parse("1e9999"), None);
        assert_eq!(Number::parse("１"), None);
    }

    #[test]
    fn binary_numbers_are_what_people_typed() {
        let check = |value: f64, want: &str| assert_eq!(Number::from_f64(value).unwrap().plain(), want);
        check(0.1 + 0.2, "0.3");
        check(1.005, "1.005");
        check(541.6, "541.6");
        assert_eq!(Number::from_f64(f64::NAN), None);
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let check = |text: &str, decimals: usize, want: &str| {
            assert_eq!(Number::parse(text).unwrap().rounded(decimals).plain(), want, "{text}");
        };
        check("1.005", 2, "1.01");
        check("2.675", 2, "2.68");
        check("-2.5", 0, "-3");
        check("9.995", 2, "10");
        check("0.004", 2, "0");
        check("0.005", 2, "0.01");
        check("0.0005", 2, "0");
        check("1234", 2, "1234");
    }

    #[test]
    fn numbers_are_ordered() {
        let numbers = ["-10", "-9.5", "-0.1", "0", "0.09", "0.1", "9.5", "10"].map(|it| Number::parse(it).unwrap());
        assert!(numbers.windows(2).all(|it| it[0].compare(&it[1]) == Ordering::Less));
        assert_eq!(numbers[3].compare(&Number::parse("-0.0").unwrap()), Ordering::Equal);
    }
}
