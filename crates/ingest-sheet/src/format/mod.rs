//! Number formats: a stored number and the code of its format go in, what the cell shows comes out.

mod builtin;
mod chinese;
mod date;
mod number;
mod parse;
#[cfg(test)]
mod tests;

pub(crate) use builtin::builtin;

use crate::digits::Number;
use parse::{Condition, Section, Token};

/// A format code, ready to be used.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Format {
    sections: Vec<Section>,
    is_general: bool,
}

/// What a cell shows of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The printed text.
    pub(crate) text: String,
    /// The same with every decimal that is stored, where the format shows fewer.
    pub(crate) stored: Option<String>,
}

/// Characters of the longest number in General, its point included.
const GENERAL_CHARS: usize = 11;
/// A number below ten to this power is shown with an exponent in General, if its digits do not fit otherwise.
const GENERAL_SMALL: i32 = -5;

impl Format {
    /// The format of a code; an empty code is General.
    pub(crate) fn new(code: &str) -> Format {
        let is_general = code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@";
        Format { sections: parse::sections(code), is_general }
    }

    /// What a cell shows of a number. `is_1904`: days are counted from 1904.
    pub(crate) fn show(&self, number: &Number, is_1904: bool) -> Shown {
        if self.is_general {
            return shown(general(number), number);
        }
        let Some((section, is_absolute)) = self.section(number) else {
            // No section is for this number: a program fills the cell with signs.
            return Shown { text: "#".repeat(8), stored: Some(number.plain()) };
        };
        let number = if is_absolute { number.abs() } else { number.clone() };
        if section.tokens.iter().any(|it| matches!(it, Token::Date(..) | Token::Elapsed(..) | Token::HalfDay(..))) {
            return Shown { text: date::show(section, &number, is_1904), stored: None };
        }
        number::show(section, &number)
    }

    /// What a cell shows of a text.
    pub(crate) fn show_text(&self, text: &str) -> String {
        let of_text = |it: &&Section| it.tokens.contains(&Token::Text);
        let section = match self.sections.get(3) {
            Some(fourth) => Some(fourth),
            None => self.sections.last().filter(of_text),
        };
        let Some(section) = section.filter(|_| !self.is_general) else { return text.to_owned() };
        let mut acc = String::new();
        for token in &section.tokens {
            match token {
                Token::Text | Token::General => acc.push_str(text),
                Token::Literal(it) => acc.push_str(it),
                _ => {}
            }
        }
        acc
    }

    /// The section for a number, and whether its sign is said by the section.
    fn section(&self, number: &Number) -> Option<(&Section, bool)> {
        let of_numbers = self.sections.get(..3).unwrap_or(&self.sections);
        let of_numbers = match of_numbers.split_last() {
            // The last section may be for texts.
            Some((last, before)) if !before.is_empty() && last.tokens.contains(&Token::Text) => before,
            _ => of_numbers,
        };
        let first = of_numbers.first()?;
        if of_numbers.iter().any(|it| it.condition.is_some()) {
            let holds = |it: &Condition| it.holds(number);
            let found = of_numbers.iter().enumerate().find(|(idx, it)| match &it.condition {
                Some(condition) => holds(condition),
                // The second of three without a condition is for negative numbers.
                None => idx + 1 == of_numbers.len() || *idx == 0 || number.is_negative,
            })?;
            // A section that prints a sign of its own says which numbers it is for.
            let has_sign = |it: &Token| matches!(it, Token::Literal(text) if text.contains(['-', '−', '(', '（']));
            let is_signed = found.1.tokens.iter().any(has_sign);
            return Some((found.1, number.is_negative && is_signed));
        }
        Some(match (of_numbers.get(1), of_numbers.get(2)) {
            (Some(negative), _) if number.is_negative && !number.is_zero() => (negative, true),
            (_, Some(zero)) if number.is_zero() => (zero, true),
            _ => (first, false),
        })
    }
}

fn shown(text: String, number: &Number) -> Shown {
    let stored = number.plain();
    Shown { stored: (stored != text).then_some(stored), text }
}

/// A number as a cell without a format shows it.
pub(crate) fn general(number: &Number) -> String {
    let plain = number.plain();
    let n_chars = plain.trim_start_matches('-').len();
    if n_chars <= GENERAL_CHARS || number.decimals() == 0 {
        return plain;
    }
    if number.exponent() < GENERAL_SMALL {
        return number::scientific(number, GENERAL_CHARS - 6);
    }
    let n_whole = number.before_point().len().max(1);
    number.rounded(GENERAL_CHARS.saturating_sub(n_whole + 1)).plain()
}
