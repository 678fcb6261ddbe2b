//! Figures of a form: exact decimals, and how they are printed.
//!
//! A figure is a whole number of ten-thousandths: 元 are exact in 万元, and no sum is rounded.

use crate::rng::Rng;

/// One, in ten-thousandths.
pub(super) const ONE: i64 = 10_000;

/// Decimals that a figure can have.
const DECIMALS: usize = 4;

/// One unit of the last printed decimal.
pub(super) fn grain(decimals: usize) -> i64 {
    ONE / 10_i64.pow(u32::try_from(decimals.min(DECIMALS)).expect("at most four"))
}

/// The figure with so many decimals; what is finer is cut.
pub(super) fn fixed(figure: i64, decimals: usize) -> String {
    let sign = if figure < 0 { "-" } else { "" };
    let (whole, rest) = (figure.abs() / ONE, figure.abs() % ONE / grain(decimals));
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0decimals$}") }
}

/// The figure with the decimals that it needs.
pub(super) fn trimmed(figure: i64) -> String {
    let text = fixed(figure, DECIMALS);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `a * b / c`, to the nearest so many decimals, half up; none of them negative.
pub(super) fn scaled(a: i64, b: i64, c: i64, decimals: usize) -> i64 {
    let grain = i128::from(grain(decimals));
    let (over, under) = (i128::from(a) * i128::from(b), i128::from(c.max(1)));
    let units = (2 * over + under * grain) / (2 * under * grain);
    i64::try_from(units * grain).unwrap_or(i64::MAX)
}

/// `figure * percent / 100`, cut to so many decimals.
pub(super) fn share(figure: i64, percent: i64, decimals: usize) -> i64 {
    figure * percent / 100 / grain(decimals) * grain(decimals)
}

/// One of them.
pub(super) fn pick<'a, T>(rng: &mut Rng, of: &'a [T]) -> &'a T {
    of.get(rng.below(of.len())).expect("there is something to pick from")
}

/// One of these texts.
pub(super) fn one(rng: &mut Rng, of: &[&'static str]) -> &'static str {
    rng.pick(of).copied().unwrap_or_default()
}

/// One of these words.
pub(super) fn word<'a>(rng: &mut Rng, of: &'a [String]) -> &'a str {
    pick::<String>(rng, of)
}

/// A number from the least to the most, both among them.
pub(super) fn between(rng: &mut Rng, least: i64, most: i64) -> i64 {
    let span = usize::try_from(most - least + 1).unwrap_or(1);
    least + i64::try_from(rng.below(span)).expect("below a span of i64")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_print_their_decimals() {
        let got =
            [fixed(123_456, 2), fixed(100_000, 0), trimmed(123_400), trimmed(0), trimmed(-5_000), fixed(-5_000, 2)];
        assert_eq!(got, ["12.34", "10", "12.34", "0", "-0.5", "-0.50"]);
    }

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(scaled(10 * ONE, 2 * ONE, 3 * ONE, 2), 66_700);
        assert_eq!(scaled(ONE, 1, 8, 2), 1_300);
    }
}
