//! Dates against a calendar that is counted day by day.

use std::cmp::Ordering;

use gouji_quantity::{Date, Kind, periods, read_value};
use proptest::prelude::*;

fn days_of(year: u16, month: u8) -> u8 {
    let is_leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][usize::from(month) - 1]
}

/// The day after.
fn next(date: (u16, u8, u8)) -> (u16, u8, u8) {
    match date {
        (year, 12, 31) => (year + 1, 1, 1),
        (year, month, day) if day == days_of(year, month) => (year, month + 1, 1),
        (year, month, day) => (year, month, day + 1),
    }
}

fn date(year: u16, month: u8, day: u8) -> Date {
    Date { year: Some(year), month, day }
}

fn by(text: &str) -> Option<Date> {
    match read_value(text).kind {
        Kind::Period(period) => Some(period.by),
        _ => None,
    }
}

#[test]
fn dates_compare_without_a_year() {
    let target = by("2023年12月").expect("a date");
    assert_eq!(by("年底前").expect("a date").compare(target), Ordering::Equal);
    assert_eq!(by("12月15日").expect("a date").compare(target), Ordering::Less);
    assert_eq!(by("2024年1月").expect("a date").compare(target), Ordering::Greater);
}

#[test]
fn what_is_no_day_is_no_date() {
    for text in ["2023年2月30日", "2023年13月", "2023-13-01", "99999年", "2023年4月31日"] {
        let found = by(text);
        assert!(found.is_none_or(|it| it.day <= days_of(it.year.unwrap_or(2023), it.month)), "{text} {found:?}");
    }
}

proptest! {
    #[test]
    fn spellings_of_a_day_are_one_day(year in 1990_u16..2090, month in 1_u8..13, day in 1_u8..32) {
        prop_assume!(day <= days_of(year, month));
        for text in [
            format!("{year}年{month}月{day}日"),
            format!("{year}年{month}月{day}日前完成"),
            format!("于{year} 年 {month}月{day}号之前"),
            format!("{year}-{month}-{day}"),
            format!("{year}.{month:02}.{day:02}"),
            format!("{year}/{month}/{day}"),
        ] {
            let found: Vec<Date> = periods(&text).iter().map(|it| it.by).collect();
            prop_assert_eq!(found, vec![date(year, month, day)], "{}", text);
        }
        let last = date(year, month, days_of(year, month));
        prop_assert_eq!(by(&format!("{year}年{month}月底前")), Some(last));
        prop_assert_eq!(by(&format!("{year}年{month}月")), Some(last));
    }

    #[test]
    fn spans_are_counted_day_by_day(year in 1990_u16..2090, month in 1_u8..13, day in 1_u8..29, length in 0_u16..800) {
        let mut end = (year, month, day);
        for _ in 0..length {
            end = next(end);
        }
        let text = format!("{year}年{month}月{day}日至{}年{}月{}日", end.0, end.1, end.2);
        let found = periods(&text);
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(found[0].from, Some(date(year, month, day)));
        prop_assert_eq!(found[0].by, date(end.0, end.1, end.2));
        prop_assert_eq!(found[0].days(), Some(i64::from(length) + 1));
        let order = found[0].from.map(|it| it.compare(found[0].by));
        prop_assert_eq!(order, Some(if length == 0 { Ordering::Equal } else { Ordering::Less }));
    }
}
