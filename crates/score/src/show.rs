//! How figures, lines and rows are named in messages.

use gouji_model::{Cell, Form, FundsField, Pointer};
use gouji_quantity::{Decimal, Fraction, Interval, Number, Quantity};

/// Longest name of a row or line in a message, in characters; the pointer says the rest.
const NAME_LENGTH: usize = 24;

/// A decimal without trailing zeros.
pub(crate) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A fraction to so many decimals, rounded half up, without trailing zeros.
pub(crate) fn rounded(value: Fraction, decimals: u32) -> String {
    let half = Fraction::new(1, 2).and_then(|it| it.over(power(decimals)?));
    let shifted = half.and_then(|it| value.plus(it)).and_then(|it| it.floor_at(decimals));
    shifted.map_or_else(|| value.to_string(), |it| it.normalize().to_string())
}

/// A share as a percentage with two decimals: `98.84%`.
pub(crate) fn percent(share: Fraction) -> String {
    let hundredfold = share.times(Fraction::from(100)).unwrap_or(share);
    format!("{}%", rounded(hundredfold, 2))
}

fn power(decimals: u32) -> Option<Fraction> {
    Fraction::new(10_i128.checked_pow(decimals)?, 1)
}

/// What may be printed, two digits finer than what is.
pub(crate) fn admissible(interval: &Interval, stated: Number) -> String {
    interval.shown_at(stated.decimals() + 2)
}

/// A percentage that may be printed.
pub(crate) fn admissible_percent(share: &Interval, stated_decimals: u32) -> String {
    match share.scaled(100) {
        Some(interval) => interval.shown_at(stated_decimals + 2),
        None => share.to_string(),
    }
}

/// The sum of printed figures as it would be written by hand: `128 + 68.81`.
pub(crate) fn addends(parts: &[Number]) -> String {
    /// Longer sums are written with their middle left out.
    const LONGEST: usize = 9;
    // Zeros add nothing, to the sum or to its reader.
    let has_others = parts.iter().any(|it| !it.is_zero());
    let parts: Vec<&Number> = parts.iter().filter(|it| !has_others || !it.is_zero()).collect();
    let mut text = String::new();
    for (idx, part) in parts.iter().enumerate() {
        if parts.len() > LONGEST && idx == LONGEST - 2 {
            text.push_str(" + …");
            continue;
        }
        if parts.len() > LONGEST && LONGEST - 2 < idx && idx + 1 < parts.len() {
            continue;
        }
        if idx > 0 {
            text.push_str(" + ");
        }
        text.push_str(&plain(part.value()));
    }
    text
}

/// The sum with its result: `128 + 68.81 = 196.81`, or one figure alone.
pub(crate) fn sum(parts: &[Number]) -> String {
    let (terms, total) = (addends(parts), plain(total(parts)));
    if terms == total { total } else { format!("{terms} = {total}") }
}

/// The exact sum of printed figures.
pub(crate) fn total(parts: &[Number]) -> Decimal {
    parts.iter().fold(Decimal::ZERO, |acc, it| acc.checked_add(it.value()).unwrap_or(acc))
}

/// What a cell prints, or a dash.
pub(crate) fn printed(cell: Option<&Cell>) -> &str {
    cell.map_or("—", |it| it.text.as_str())
}

/// The label of a funds line, without the words that only lead to it.
pub(crate) fn line_name(form: &Form, line_idx: usize) -> String {
    let label = form.funds.get(line_idx).and_then(|line| line.label.as_ref()).map(|cell| cell.text.trim());
    match label {
        Some(label) if !label.is_empty() => {
            let bare = label.strip_prefix("其中").map_or(label, |it| it.trim_start_matches([':', '：', ' ']));
            shortened(if bare.is_empty() { label } else { bare })
        }
        _ => format!("第{}行资金", line_idx + 1),
    }
}

/// The name of an indicator row.
pub(crate) fn row_name(form: &Form, row_idx: usize) -> String {
    let row = form.indicators.get(row_idx);
    let name = row.and_then(|it| it.name.as_ref().or(it.l2.as_ref())).map(|cell| cell.text.trim());
    match name {
        Some(name) if !name.is_empty() => format!("“{}”", shortened(name)),
        _ => format!("第{}行", row_idx + 1),
    }
}

/// The label of level 1 that a row stands under.
pub(crate) fn block_name(form: &Form, row_idx: usize) -> String {
    let label = form.indicators.get(row_idx).and_then(|row| row.l1.as_ref());
    label.map_or_else(|| format!("第{}行起", row_idx + 1), |cell| shortened(&cell.text))
}

/// A text cut to what fits a message.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(NAME_LENGTH) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// The name of an amount column in both languages.
pub(crate) fn column_name(field: FundsField) -> (&'static str, &'static str) {
    match field {
        FundsField::Label => ("项目", "label"),
        FundsField::Budget => ("年初预算数", "initial budget"),
        FundsField::Revised => ("全年预算数", "budget of the year"),
        FundsField::Executed => ("全年执行数", "spent"),
        FundsField::Weight => ("分值", "points"),
        FundsField::Rate => ("执行率", "rate"),
        FundsField::Score => ("得分", "score"),
    }
}

/// A reading of one cell, as it stands in `agrees_if`.
pub(crate) fn reading(pointer: Pointer, value: Option<&str>) -> String {
    match value {
        Some(value) if !value.trim().is_empty() => format!("{pointer} read as {value}"),
        _ => format!("{pointer} read as empty"),
    }
}

/// How many base units the printed unit of a result holds, and the decimals it is printed with.
fn printed_unit(printed: Option<&Quantity>) -> (Option<Fraction>, u32) {
    let digits = printed.and_then(|it| gouji_quantity::number(&it.number.to_string()));
    let scale = printed.zip(digits).and_then(|(it, digits)| it.value()?.over(digits.value().into()));
    (scale, digits.map_or(0, |it| it.decimals()))
}

/// A value in the printed unit of a result: 282720 元 beside 28.272万元 is 28.272万元.
pub(crate) fn in_unit_of(value: Fraction, printed: Option<&Quantity>) -> String {
    let (scale, decimals) = printed_unit(printed);
    rounded(scale.and_then(|it| value.over(it)).unwrap_or(value), decimals + 2)
}

/// What may be printed, in the unit of what is printed.
pub(crate) fn admissible_in_unit_of(interval: &Interval, printed: &Quantity) -> String {
    let (scale, decimals) = printed_unit(Some(printed));
    let scaled = scale.and_then(|it| Fraction::ONE.over(it)).and_then(|it| interval.scaled(it));
    scaled.unwrap_or(*interval).shown_at(decimals + 2)
}
