//! Numbers under a section of digits: decimals, thousands, percentages, exponents, fractions.

use super::parse::{Section, Token, Zero};
use super::{Shown, chinese, general};
use crate::digits::Number;

/// Digits between two commas.
const THOUSANDS: usize = 3;
/// Decimals of a fraction that count; two denominators of three digits differ by more.
const FRACTION_DECIMALS: usize = 15;
/// Largest denominator that is looked for: that of the longest fraction of the built-in formats has two digits.
const LARGEST_DENOMINATOR: i128 = 9_999;

/// What a section shows of a number.
pub(super) fn show(section: &Section, number: &Number) -> Shown {
    let shape = Shape::of(section);
    let number = number.shifted(shape.places);
    if section.tokens.contains(&Token::Slash) && shape.exponent.is_none() {
        return Shown { text: fraction(section, &number), stored: Some(number.plain()) };
    }
    if shape.exponent.is_some() {
        return Shown { text: with_exponent(section, &shape, &number), stored: Some(number.plain()) };
    }
    if !shape.has_digits {
        return Shown { text: without_digits(section, &number), stored: Some(number.plain()) };
    }
    let text = with_digits(section, &shape, &number, shape.n_decimals);
    let stored = (shape.n_decimals < number.decimals())
        .then(|| with_digits(section, &shape, &number, number.decimals()))
        .filter(|it| *it != text);
    Shown { text, stored }
}

/// A number with an exponent and so many decimals: `1.2E-06`.
pub(super) fn scientific(number: &Number, decimals: usize) -> String {
    let (mantissa, exponent) = mantissa(number, 1, decimals);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}E{sign}{:02}", mantissa.plain(), exponent.unsigned_abs())
}

/// What the pieces of a section say together.
struct Shape {
    has_digits: bool,
    /// Powers of ten that the number is multiplied by: two for each `%`, minus three for each comma behind the digits.
    places: i32,
    has_thousands: bool,
    /// Index of the point among the pieces.
    point: Option<usize>,
    /// Places for digits before and behind the point, without those of the exponent.
    n_whole: usize,
    n_decimals: usize,
    /// Index of the `E+`.
    exponent: Option<usize>,
}

impl Shape {
    fn of(section: &Section) -> Shape {
        let tokens = &section.tokens;
        let is_digit = |it: &Token| matches!(it, Token::Digit(_));
        let exponent = tokens.iter().position(|it| matches!(it, Token::Exponent { .. }));
        let end = exponent.unwrap_or(tokens.len());
        let of_number = tokens.get(..end).unwrap_or(tokens);
        let point = of_number.iter().position(|it| *it == Token::Point);
        let (whole, decimals) = of_number.split_at(point.unwrap_or(of_number.len()));
        let n_percent = tokens.iter().filter(|it| **it == Token::Percent).count();
        let last_digit = whole.iter().rposition(is_digit);
        let n_scaling = match last_digit {
            Some(last) => whole.iter().skip(last + 1).take_while(|it| **it == Token::Comma).count(),
            None => 0,
        };
        // Behind the decimals they scale as well.
        let n_behind = match decimals.iter().rposition(is_digit) {
            Some(last) => decimals.iter().skip(last + 1).take_while(|it| **it == Token::Comma).count(),
            None => 0,
        };
        let first_digit = whole.iter().position(is_digit);
        let has_thousands = match (first_digit, last_digit) {
            (Some(first), Some(last)) => whole.iter().take(last).skip(first).any(|it| *it == Token::Comma),
            _ => false,
        };
        let signed = |it: usize| i32::try_from(it).unwrap_or(0);
        Shape {
            has_digits: of_number.iter().any(is_digit),
            places: 2 * signed(n_percent) - 3 * signed(n_scaling + n_behind),
            has_thousands,
            point,
            n_whole: whole.iter().filter(|it| is_digit(it)).count(),
            n_decimals: decimals.iter().filter(|it| is_digit(it)).count(),
            exponent,
        }
    }
}

/// A section with places for digits. With more decimals than it has places, all of them are shown.
fn with_digits(section: &Section, shape: &Shape, number: &Number, n_decimals: usize) -> String {
    let rounded = number.rounded(n_decimals);
    let mut acc = String::new();
    if rounded.is_negative && !rounded.is_zero() {
        acc.push('-');
    }
    let end = shape.exponent.unwrap_or(section.tokens.len());
    let point = shape.point.unwrap_or(end);
    acc.push_str(&whole_part(section.tokens.get(..point).unwrap_or(&[]), &rounded.before_point(), shape));
    let behind = section.tokens.get(point..end).unwrap_or(&[]);
    let is_longer = shape.n_decimals < n_decimals;
    if shape.point.is_none() && is_longer {
        // Behind the last digit, before what stands behind it.
        let at = last_digit_end(&acc);
        acc.insert_str(at, &format!(".{}", rounded.behind_point(n_decimals)));
    } else {
        let digits = rounded.behind_point(n_decimals.max(shape.n_decimals));
        acc.push_str(&decimals(behind, &digits, shape.n_decimals, is_longer));
    }
    match section.chinese {
        Some(style) => chinese::digits(&acc, style),
        None => acc,
    }
}

fn last_digit_end(text: &str) -> usize {
    text.rfind(|it: char| it.is_ascii_digit()).map_or(text.len(), |it| it + 1)
}

/// The pieces before the point, digits put into their places from the right.
fn whole_part(tokens: &[Token], digits: &str, shape: &Shape) -> String {
    let mut left: Vec<char> = digits.chars().collect();
    let mut n_places = shape.n_whole;
    let mut n_shown = 0;
    // From the right to the left.
    let mut acc: Vec<char> = Vec::new();
    let put = |acc: &mut Vec<char>, c: char, n_shown: &mut usize| {
        if shape.has_thousands && 0 < *n_shown && n_shown.is_multiple_of(THOUSANDS) {
            acc.push(',');
        }
        acc.push(c);
        *n_shown += 1;
    };
    for token in tokens.iter().rev() {
        match token {
            Token::Digit(zero) => {
                n_places -= 1;
                match (left.pop(), zero) {
                    (Some(digit), _) => put(&mut acc, digit, &mut n_shown),
                    (None, Zero::Shown) => put(&mut acc, '0', &mut n_shown),
                    (None, Zero::Blank) => acc.push(' '),
                    (None, Zero::Left) => {}
                }
                if n_places == 0 {
                    // The leftmost place takes all digits that are left.
                    while let Some(digit) = left.pop() {
                        put(&mut acc, digit, &mut n_shown);
                    }
                }
            }
            Token::Literal(it) => acc.extend(it.chars().rev()),
            Token::Percent => acc.push('%'),
            Token::General | Token::Text => acc.extend(digits.chars().rev()),
            _ => {}
        }
    }
    // A format without a place before the point shows a whole part that is there.
    acc.extend(left.iter().rev());
    acc.iter().rev().collect()
}

/// The pieces from the point on.
fn decimals(tokens: &[Token], digits: &str, n_places: usize, is_longer: bool) -> String {
    let mut acc = String::new();
    let mut chars = digits.chars();
    let mut n_left = digits.chars().count();
    // Zeros at the end, which some places do not show.
    let mut n_kept = digits.trim_end_matches('0').chars().count();
    let mut n_places = n_places;
    for token in tokens {
        match token {
            Token::Point => acc.push('.'),
            Token::Digit(zero) => {
                let Some(digit) = chars.next() else { continue };
                n_left -= 1;
                n_places = n_places.saturating_sub(1);
                match (zero, n_kept) {
                    (Zero::Shown, _) | (_, 1..) => acc.push(digit),
                    (Zero::Blank, 0) => acc.push(' '),
                    (Zero::Left, 0) => {}
                }
                n_kept = n_kept.saturating_sub(1);
                if is_longer && n_places == 0 && 0 < n_left {
                    acc.extend(chars.by_ref());
                    n_left = 0;
                }
            }
            Token::Literal(it) => acc.push_str(it),
            Token::Percent => acc.push('%'),
            _ => {}
        }
    }
    if is_longer && 0 < n_left {
        // A point without places behind it.
        let at = acc.find('.').map_or(0, |it| it + 1);
        acc.insert_str(at, &chars.collect::<String>());
    }
    acc
}

/// A section that shows no digits of its own: literals, General, the text of the cell.
fn without_digits(section: &Section, number: &Number) -> String {
    let mut acc = String::new();
    let has_number = section.tokens.iter().any(|it| matches!(it, Token::General | Token::Text));
    if has_number && number.is_negative {
        acc.push('-');
    }
    for token in &section.tokens {
        match token {
            Token::Literal(it) => acc.push_str(it),
            Token::Percent => acc.push('%'),
            Token::Point => acc.push('.'),
            Token::General | Token::Text => match section.chinese {
                Some(style) => acc.push_str(&chinese::number(&number.abs(), style)),
                None => acc.push_str(&general(&number.abs())),
            },
            _ => {}
        }
    }
    acc
}

/// The number between one and ten to the power of `n_whole`, rounded to so many decimals, and the power of ten beside it.
fn mantissa(number: &Number, n_whole: usize, decimals: usize) -> (Number, i32) {
    let step = i32::try_from(n_whole.max(1)).unwrap_or(1);
    let exponent = number.exponent().div_euclid(step).saturating_mul(step);
    let rounded = number.shifted(-exponent).rounded(decimals);
    if step <= rounded.exponent() { (rounded.shifted(-step), exponent + step) } else { (rounded, exponent) }
}

fn with_exponent(section: &Section, shape: &Shape, number: &Number) -> String {
    let (mantissa, exponent) = mantissa(number, shape.n_whole, shape.n_decimals);
    let mut acc = with_digits(section, shape, &mantissa, shape.n_decimals);
    let at = shape.exponent.unwrap_or(section.tokens.len());
    let behind = section.tokens.get(at..).unwrap_or(&[]);
    let n_places = behind.iter().filter(|it| matches!(it, Token::Digit(_))).count();
    let mut is_shown = false;
    for token in behind {
        match token {
            Token::Exponent { has_plus } => {
                acc.push('E');
                match (exponent < 0, has_plus) {
                    (true, _) => acc.push('-'),
                    (false, true) => acc.push('+'),
                    (false, false) => {}
                }
            }
            Token::Digit(_) if !is_shown => {
                acc.push_str(&format!("{:0n_places$}", exponent.unsigned_abs()));
                is_shown = true;
            }
            Token::Literal(it) => acc.push_str(it),
            Token::Percent => acc.push('%'),
            _ => {}
        }
    }
    acc
}

/// A number as a fraction: `# ?/?`.
fn fraction(section: &Section, number: &Number) -> String {
    let slash = section.tokens.iter().position(|it| *it == Token::Slash).unwrap_or(0);
    let (before, behind) = section.tokens.split_at(slash);
    let is_place = |it: &&Token| matches!(it, Token::Digit(_));
    // Groups of digits before the slash: with two, the first is the whole part.
    let mut n_groups = 0;
    let mut was_digit = false;
    for token in before {
        let is_digit = matches!(token, Token::Digit(_));
        n_groups += usize::from(is_digit && !was_digit);
        was_digit = is_digit;
    }
    let fixed: String = behind
        .iter()
        .skip(1)
        .map_while(|it| match it {
            Token::Literal(it) if it.bytes().all(|it| it.is_ascii_digit()) => Some(it.clone()),
            Token::Digit(Zero::Shown) => Some("0".to_owned()),
            _ => None,
        })
        .collect();
    let n_places = behind.iter().skip(1).take_while(|it| is_place(it)).count().max(1);
    let unit = 10_i128.pow(u32::try_from(FRACTION_DECIMALS).unwrap_or(0));
    let Some(value) = number.abs().units(FRACTION_DECIMALS) else { return number.plain() };
    let has_whole = 1 < n_groups;
    let (mut whole, part) = if has_whole { (value / unit, value % unit) } else { (0, value) };
    let most = (10_i128.pow(u32::try_from(n_places.min(4)).unwrap_or(4)) - 1).min(LARGEST_DENOMINATOR);
    let (mut top, bottom) = match fixed.parse::<i128>() {
        Ok(bottom) if 0 < bottom && bottom <= LARGEST_DENOMINATOR => ((2 * part * bottom + unit) / (2 * unit), bottom),
        _ => nearest(part, unit, most),
    };
    if has_whole && top == bottom {
        (whole, top) = (whole + 1, 0);
    }
    let sign = if number.is_negative && 0 < whole + top { "-" } else { "" };
    match (has_whole, top) {
        (true, 0) => format!("{sign}{whole}"),
        (true, _) if whole == 0 => format!("{sign}{top}/{bottom}"),
        (true, _) => format!("{sign}{whole} {top}/{bottom}"),
        (false, _) => format!("{sign}{top}/{bottom}"),
    }
}

/// The fraction with a denominator up to `most` that is nearest to `part / unit`.
fn nearest(part: i128, unit: i128, most: i128) -> (i128, i128) {
    let mut best = (0, 1, part);
    for bottom in 1..=most {
        let top = (2 * part * bottom + unit) / (2 * unit);
        let off = (part * bottom - top * unit).abs();
        // `off / bottom` is compared.
        if off * best.1 < best.2 * bottom {
            best = (top, bottom, off);
        }
    }
    (best.0, best.1)
}
