//! Values as a cell shows them, where they are stored alike in several formats of files.

use crate::digits::Number;
use crate::format::Format;

/// What a cell shows of a number, and the same with all decimals.
pub(crate) fn number(number: &Number, format: &Format, is_1904: bool) -> (String, Option<String>) {
    let shown = format.show(number, is_1904);
    let trimmed = |it: &str| it.trim_matches(' ').to_owned();
    (trimmed(&shown.text), shown.stored.map(|it| trimmed(&it)))
}

/// What a cell shows of a truth value.
pub(crate) fn boolean(value: bool) -> String {
    (if value { "TRUE" } else { "FALSE" }).to_owned()
}

/// What a cell shows of a day that is stored as `2020-03-05T00:00:00`.
pub(crate) fn iso_date(value: &str, format: &Format) -> (String, Option<String>) {
    match serial(value.trim()) {
        Some(it) => number(&it, format, false),
        None => (value.to_owned(), None),
    }
}

/// The number of a day and time, counted from 1900.
fn serial(value: &str) -> Option<Number> {
    let (date, time) = value.split_once(['T', ' ']).unwrap_or((value, ""));
    let mut pieces = date.splitn(3, '-').map(|it| it.parse::<i64>().ok());
    let (year, month, day) = (pieces.next()??, pieces.next()??, pieces.next()??);
    if !(1900..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Days from 1970 (Hinnant's `days_from_civil`).
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    let days = year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let serial = days + 25_569;
    let serial = if serial <= 60 { serial - 1 } else { serial };
    let time = time.trim_end_matches('Z');
    let mut seconds = 0;
    for (piece, unit) in time.split(':').zip([3_600, 60, 1]) {
        seconds += piece.split('.').next().and_then(|it| it.parse::<i64>().ok()).unwrap_or(0) * unit;
    }
    // Twelve decimals of a day are finer than a second.
    let units = i128::from(serial) * 1_000_000_000_000 + i128::from(seconds) * 1_000_000_000_000 / 86_400;
    Number::parse(&format!("{units}E-12"))
}
