//! The figure inside a printed text, and the text with another figure in its place.

use std::ops::Range;

/// A number of plain digits inside a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    at: Range<usize>,
    /// The number in units of its last decimal.
    units: i128,
    decimals: u32,
}

impl Figure {
    /// The first number of the text.
    pub(super) fn first(text: &str) -> Option<Figure> {
        let is_part = |it: char| it.is_ascii_digit() || it == '.';
        let begin = text.find(|it: char| it.is_ascii_digit())?;
        let rest = &text[begin..];
        let digits = rest[..rest.find(|it| !is_part(it)).unwrap_or(rest.len())].trim_end_matches('.');
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let units = format!("{whole}{part}").parse().ok()?;
        Some(Figure { at: begin..begin + digits.len(), units, decimals: u32::try_from(part.len()).ok()? })
    }

    /// The number of a text that holds no other.
    pub(super) fn only(text: &str) -> Option<Figure> {
        let figure = Figure::first(text)?;
        (!text[figure.at.end..].contains(|it: char| it.is_ascii_digit())).then_some(figure)
    }

    /// Whether it is at least this whole number.
    pub(super) fn is_at_least(&self, number: i128) -> bool {
        number * self.one() <= self.units
    }

    /// Whether two figures are the same number.
    pub(super) fn equals(&self, other: &Figure) -> bool {
        self.units * other.one() == other.units * self.one()
    }

    /// The text with the number raised by a whole number.
    pub(super) fn raised(&self, text: &str, by: i128) -> String {
        self.written(text, self.units + by * self.one(), self.decimals)
    }

    /// The text with half of another figure, one decimal more, in place of the number.
    pub(super) fn with_half_of(&self, text: &str, other: &Figure) -> String {
        self.written(text, other.units * 5, other.decimals + 1)
    }

    /// The text with another text in place of the number.
    pub(super) fn with(&self, text: &str, figure: &str) -> String {
        format!("{}{figure}{}", &text[..self.at.start], &text[self.at.end..])
    }

    fn one(&self) -> i128 {
        10_i128.pow(self.decimals)
    }

    fn written(&self, text: &str, units: i128, decimals: u32) -> String {
        let one = 10_i128.pow(decimals);
        let (sign, units) = if units < 0 { ("-", -units) } else { ("", units) };
        let width = usize::try_from(decimals).unwrap_or(0);
        let figure = match decimals {
            0 => format!("{sign}{units}"),
            _ => format!("{sign}{}.{:0width$}", units / one, units % one),
        };
        // A half of an even number needs no decimal.
        let figure = figure.strip_suffix(".0").unwrap_or(&figure);
        self.with(text, figure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_change_and_the_rest_of_the_text_stays() {
        let raised = |text: &str, by| Figure::first(text).map(|it| it.raised(text, by));
        assert_eq!(raised("98.84%", -7).as_deref(), Some("91.84%"));
        assert_eq!(raised("10", 2).as_deref(), Some("12"));
        assert_eq!(raised("≥ 0.50次", 1).as_deref(), Some("≥ 1.50次"));
        assert_eq!(raised("无", 1), None);
        let (target, actual) = ("≥75人次", "80人次");
        let half = Figure::only(actual).zip(Figure::only(target)).map(|(it, other)| it.with_half_of(actual, &other));
        assert_eq!(half.as_deref(), Some("37.5人次"));
        assert_eq!(Figure::only("5月7日"), None);
        assert!(Figure::first("9.50").zip(Figure::first("9.5")).is_some_and(|(a, b)| a.equals(&b)));
    }
}
