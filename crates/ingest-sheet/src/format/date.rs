//! Days and times under a section of letters: `yyyy"年"m"月"d"日"`.

use super::chinese;
use super::parse::{Section, Token};
use crate::digits::Number;

/// Milliseconds of a day.
const DAY_MS: i128 = 86_400_000;
/// Decimals of a day that are looked at: finer than a millisecond.
const DAY_DECIMALS: usize = 12;
/// Days from the first of January 1970 back to that of 1904, from which some programs count.
const FROM_1904: i64 = -24_107;
/// Days from the first of January 1970 back to the day before 1900, from which the others count.
const FROM_1900: i64 = -25_568;
/// The day that those others count and that never was: 29 February 1900.
const NEVER_WAS: i64 = 60;
/// Serial numbers of days up to the end of the year 9999.
const LAST_DAY: i64 = 2_958_465;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const CHINESE_DAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

/// A moment in the pieces that formats show.
struct Moment {
    year: i64,
    month: usize,
    day: i64,
    /// From Sunday on, from 0.
    weekday: usize,
    ms: i128,
    /// All of it, for hours that do not end at 24.
    total_ms: i128,
}

/// What a section shows of a day; signs fill the cell where there is no such day.
pub(super) fn show(section: &Section, number: &Number, is_1904: bool) -> String {
    let Some(moment) = moment(section, number, is_1904) else { return "#".repeat(8) };
    let has_halves = section.tokens.iter().any(|it| matches!(it, Token::HalfDay(..)));
    let mut acc = String::new();
    let (hour, minute, second) = (moment.ms / 3_600_000, moment.ms / 60_000 % 60, moment.ms / 1_000 % 60);
    for token in &section.tokens {
        let digits = |it: i128, n: usize| format!("{it:0width$}", width = n.min(2));
        let text = match token {
            Token::Literal(it) => it.clone(),
            Token::Date('y', 1 | 2) => format!("{:02}", moment.year % 100),
            Token::Date('y' | 'e', _) => moment.year.to_string(),
            Token::Date('m', n @ (1 | 2)) => digits(i128::try_from(moment.month).unwrap_or(0), *n),
            Token::Date('m', 3..) if section.is_chinese => {
                format!("{}月", chinese::small(&moment.month.to_string(), 1))
            }
            Token::Date('m', n) => named(MONTHS.get(moment.month.saturating_sub(1)), *n),
            Token::Date('d', n @ (1 | 2)) => digits(i128::from(moment.day), *n),
            Token::Date('d', n) if section.is_chinese => {
                format!("{}{}", if *n == 3 { "周" } else { "星期" }, chinese_day(&moment))
            }
            Token::Date('d', n) => named(DAYS.get(moment.weekday), *n),
            Token::Date('a', 3) => chinese_day(&moment).to_owned(),
            Token::Date('a', _) => format!("星期{}", chinese_day(&moment)),
            Token::Date('h', n) if has_halves => digits(if hour % 12 == 0 { 12 } else { hour % 12 }, *n),
            Token::Date('h', n) => digits(hour, *n),
            Token::Date('i', n) => digits(minute, *n),
            Token::Date('s', n) => digits(second, *n),
            Token::Elapsed('h', n) => format!("{:0n$}", moment.total_ms / 3_600_000),
            Token::Elapsed('m', n) => format!("{:0n$}", moment.total_ms / 60_000),
            Token::Elapsed(_, n) => format!("{:0n$}", moment.total_ms / 1_000),
            Token::Fraction(n) => fraction(moment.ms % 1_000, *n),
            Token::HalfDay(am, pm) => (if hour < 12 { *am } else { *pm }).to_owned(),
            _ => String::new(),
        };
        match section.chinese {
            Some(style) if matches!(token, Token::Date('y' | 'e', _)) => acc.push_str(&chinese::digits(&text, style)),
            Some(style) if matches!(token, Token::Date(..)) => acc.push_str(&chinese::small(&text, style)),
            _ => acc.push_str(&text),
        }
    }
    acc
}

fn chinese_day(moment: &Moment) -> &'static str {
    CHINESE_DAYS.get(moment.weekday).copied().unwrap_or_default()
}

/// Three letters, the whole name, or its first letter.
fn named(name: Option<&&'static str>, n: usize) -> String {
    let name = name.copied().unwrap_or_default();
    name.get(
        ..match n {
            3 => 3,
            5 => 1,
            _ => name.len(),
        },
    )
    .unwrap_or(name)
    .to_owned()
}

fn fraction(ms: i128, n: usize) -> String {
    let digits = format!("{ms:03}");
    let shown: String = digits.chars().chain(std::iter::repeat('0')).take(n).collect();
    if n == 0 { String::new() } else { format!(".{shown}") }
}

fn moment(section: &Section, number: &Number, is_1904: bool) -> Option<Moment> {
    let units = number.units(DAY_DECIMALS)?;
    let per_day = 10_i128.pow(u32::try_from(DAY_DECIMALS).ok()?);
    // The last unit that is shown is rounded, as spreadsheets do: seconds, or parts of them.
    let n_decimals =
        section.tokens.iter().map(|it| if let Token::Fraction(n) = it { *n } else { 0 }).max().unwrap_or(0);
    let step = [1_000, 100, 10, 1].get(n_decimals).copied().unwrap_or(1);
    let total_ms = (2 * units * DAY_MS + per_day * step).div_euclid(2 * per_day * step) * step;
    let has_elapsed = section.tokens.iter().any(|it| matches!(it, Token::Elapsed(..)));
    let days = i64::try_from(total_ms.div_euclid(DAY_MS)).ok()?;
    if total_ms < 0 || (!has_elapsed && LAST_DAY < days) {
        return None;
    }
    let ms = total_ms.rem_euclid(DAY_MS);
    let (epoch, is_fake) = match (is_1904, days) {
        (true, _) => (days + FROM_1904, false),
        (false, ..NEVER_WAS) => (days + FROM_1900, false),
        (false, NEVER_WAS) => (days + FROM_1900 - 1, true),
        (false, _) => (days + FROM_1900 - 1, false),
    };
    let (year, month, day) = civil(epoch);
    let weekday = usize::try_from((epoch + 4).rem_euclid(7)).unwrap_or(0);
    let day = if is_fake { 29 } else { day };
    Some(Moment { year, month, day, weekday, ms, total_ms })
}

/// Year, month and day of a day counted from 1970, in the calendar of all times (Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, usize, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), day)
}
