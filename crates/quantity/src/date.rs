//! Dates and deadlines: 2020年11月底前, 12月31日前, 5月7-13日, 2022年/全年, 上半年.
//!
//! In: folded text. Out: the last day that is meant, as (year?, month, day), and the first day where a span is printed.
//! 底 is the last day, 初 the 10th, 中旬 the 20th, 上半年 6-30, 年底前 and 年内 12-31 (rulebook K6).

use std::cmp::Ordering;

use crate::numeral::{Numeral, numeral};
use crate::quantity::Span;

/// Years that a form may speak of. Anything else before 年 is a duration or a misreading.
const YEARS: std::ops::RangeInclusive<u16> = 1949..=2099;

/// A day; the year may be left out as in 12月31日前.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// Four digits.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// Earlier or later; where one has no year, both are taken to be of one year.
    pub fn compare(self, other: Date) -> Ordering {
        let years = match (self.year, other.year) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => Ordering::Equal,
        };
        years.then(self.month.cmp(&other.month)).then(self.day.cmp(&other.day))
    }

    /// Days since some fixed day, in the year given for a date without one.
    fn ordinal(self, fallback: u16) -> i64 {
        let year = i64::from(self.year.unwrap_or(fallback));
        let before = |y: i64| 365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400);
        let months =
            (1..self.month).map(|it| i64::from(days_of_month(Some(year.unsigned_abs() as u16), it))).sum::<i64>();
        before(year - 1) + months + i64::from(self.day)
    }
}

/// A deadline, or a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day, if a span is printed.
    pub from: Option<Date>,
    /// The last day.
    pub by: Date,
    /// Where it stands in the printed text.
    pub span: Span,
}

impl Period {
    /// Days of a printed span, both ends counted: 5月7-13日 are seven. `None` without a first day, or where a year is
    /// missing and would decide.
    pub fn days(&self) -> Option<i64> {
        let from = self.from?;
        let days = |fallback: u16| self.by.ordinal(fallback) - from.ordinal(fallback) + 1;
        // A leap year and a common one.
        (days(2023) == days(2024) && days(2023) > 0).then(|| days(2023))
    }
}

/// What is printed of one date.
#[derive(Clone, Copy, Default)]
struct Parts {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    /// First month, where the words name several: 一季度, 上半年.
    first_month: Option<u8>,
}

impl Parts {
    fn last(self) -> Option<Date> {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or(days_of_month(self.year, month));
        is_day(self.year, month, day).then_some(Date { year: self.year, month, day })
    }

    fn first(self) -> Option<Date> {
        let month = self.first_month.or(self.month).unwrap_or(1);
        let day = self.day.unwrap_or(1);
        is_day(self.year, month, day).then_some(Date { year: self.year, month, day })
    }
}

/// The period that the folded text begins with, and its length; `before` is the character that stands before it.
pub(crate) fn period(text: &str, before: Option<char>) -> Option<(Option<Date>, Date, usize)> {
    let first = text.chars().next()?;
    let may_begin = first.is_ascii_digit() || "年上下全当本今第一二三四五六七八九十".contains(first);
    let is_inner =
        before.is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, '每' | '.' | '·' | '〔' | '[' | '第'));
    if !may_begin || is_inner || !is_followed(text, first) {
        return None;
    }
    if let Some(found) = years(text).or_else(|| months(text)) {
        return Some(found);
    }
    let (parts, mut at) = date(text, before, Parts::default())?;
    let rest = text.get(at..)?;
    if let Some(length) = connector(rest) {
        let after = rest.get(length..)?;
        let inherited = Parts { year: parts.year, month: parts.month, ..Parts::default() };
        if let Some((last, more)) = date(after, None, inherited).or_else(|| year_and_month(after)) {
            let from = parts.first()?;
            let by = Parts { year: last.year.or(parts.year), ..last }.last()?;
            if from.compare(by) != Ordering::Greater {
                at += length + more;
                return Some((Some(from), by, at + closing(text.get(at..)?)));
            }
        }
    }
    let by = parts.last()?;
    Some((None, by, at + closing(text.get(at..)?)))
}

/// Digits begin a date only before a sign of one; a quick look that spares most numbers the rest.
fn is_followed(text: &str, first: char) -> bool {
    if !first.is_ascii_digit() {
        return true;
    }
    let n_digits = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let next = text.get(n_digits..).and_then(|it| it.chars().next());
    n_digits <= 4
        && next
            .is_some_and(|it| matches!(it, '年' | '月' | '季' | '-' | '.' | '/' | ' ' | '~' | '—' | '–' | '至' | '到'))
}

/// 2019-2020年.
fn years(text: &str) -> Option<(Option<Date>, Date, usize)> {
    let first = four_digits(text)?;
    let length = connector(text.get(4..)?)?;
    let last = four_digits(text.get(4 + length..)?)?;
    let end = 8 + length;
    let rest = text.get(end..)?;
    let word = ["年度", "学年", "年"].iter().find(|it| rest.starts_with(**it))?;
    let from = Parts { year: Some(first), ..Parts::default() }.first()?;
    let by = Parts { year: Some(last), ..Parts::default() }.last()?;
    (first <= last).then_some((Some(from), by, end + word.len()))
}

/// 2021年1-12月, 1-6月.
fn months(text: &str) -> Option<(Option<Date>, Date, usize)> {
    let (year, start) = year(text).map_or((None, 0), |(year, length)| (Some(year), length));
    let (first, length) = small(text.get(start..)?)?;
    let mut at = start + length;
    at += connector(text.get(at..)?)?;
    let (last, length) = small(text.get(at..)?)?;
    at += length;
    let rest = text.get(at..)?.strip_prefix('月')?;
    at += '月'.len_utf8() + if rest.starts_with('份') { '份'.len_utf8() } else { 0 };
    let from = Parts { year, month: Some(first), ..Parts::default() }.first()?;
    let by = Parts { year, month: Some(last), ..Parts::default() }.last()?;
    (first < last).then(|| (Some(from), by, at + closing(text.get(at..).unwrap_or_default())))
}

fn date(text: &str, before: Option<char>, inherited: Parts) -> Option<(Parts, usize)> {
    iso(text).or_else(|| in_words(text, before)).or_else(|| day_only(text, inherited))
}

/// 2023-12-31, 2023.12.31, 2023/12/31, and 2023.07 beside a connector or 前 底 月.
fn iso(text: &str) -> Option<(Parts, usize)> {
    let year = four_digits(text)?;
    let rest = text.get(4..)?;
    let separator = rest.chars().next().filter(|it| matches!(it, '-' | '.' | '/'))?;
    let (month, length) = small(rest.get(1..)?)?;
    let at = 5 + length;
    let after = text.get(at..)?;
    if let Some(rest) = after.strip_prefix(separator)
        && let Some((day, length)) = small(rest)
    {
        let ends = !rest.get(length..)?.starts_with(|it: char| it.is_ascii_digit());
        if ends && is_day(Some(year), month, day) {
            let parts = Parts { year: Some(year), month: Some(month), day: Some(day), ..Parts::default() };
            return Some((parts, at + 1 + length));
        }
    }
    let joined = connector(after).is_some_and(|it| after.get(it..).is_some_and(|it| four_digits(it).is_some()));
    let named = ["底", "前", "末"].iter().any(|it| after.starts_with(it));
    if length == 2 && separator == '.' && (1..=12).contains(&month) && (joined || named) {
        return Some((Parts { year: Some(year), month: Some(month), ..Parts::default() }, at));
    }
    None
}

/// 2024.01, the second date of 2023.07-2024.01.
fn year_and_month(text: &str) -> Option<(Parts, usize)> {
    let year = four_digits(text)?;
    let (month, length) = small(text.get(4..)?.strip_prefix('.')?)?;
    (length == 2 && (1..=12).contains(&month))
        .then_some((Parts { year: Some(year), month: Some(month), ..Parts::default() }, 7))
}

fn in_words(text: &str, before: Option<char>) -> Option<(Parts, usize)> {
    let mut parts = Parts::default();
    let mut at = 0;
    if let Some((year, length)) = year(text) {
        parts.year = Some(year);
        at = length;
        // 2022年/全年, and a blank between year and month.
        let rest = text.get(at..)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '/']).len();
        if blank <= 2 && (month(rest.get(blank..)?).is_some() || part_of_year(rest.get(blank..)?).is_some()) {
            at += blank;
        }
    }
    let rest = text.get(at..)?;
    if let Some((found, length)) = month(rest) {
        parts.month = Some(found);
        at += length;
        let rest = text.get(at..)?;
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        let rest = rest.get(blank..)?;
        if let Some((day, length)) = day(rest, parts.year, found) {
            parts.day = Some(day);
            at += blank + length;
        }
        return Some((parts, at));
    }
    if let Some(((from, to, day), length)) = part_of_year(rest) {
        // 三年内 is a duration, 十四五 年内 none.
        let counted = before.is_some_and(|it| {
            it.is_ascii_digit() || crate::numeral::digit(it).is_some() || matches!(it, '几' | '数' | '半' | '多')
        });
        // 为当年主要工作: in the middle of a sentence it says nothing of a date.
        let is_generic = ["当年", "本年", "今年", "全年"].iter().any(|it| rest.starts_with(it));
        let is_inside = is_generic && before.is_some_and(crate::unit::is_han);
        if at == 0 && (counted || is_inside) {
            return None;
        }
        return Some((Parts { month: Some(to), first_month: Some(from), day, ..parts }, at + length));
    }
    parts.year.map(|_| (parts, at))
}

/// 7 or 13日 after 5月: the second half of 5月7-13日.
fn day_only(text: &str, inherited: Parts) -> Option<(Parts, usize)> {
    inherited.month?;
    let (day, length) = small(text)?;
    let rest = text.get(length..)?;
    rest.starts_with(['日', '号']).then_some((Parts { day: Some(day), ..inherited }, length + 3))
}

/// 2020年, 二〇二〇年, 本年.
fn year(text: &str) -> Option<(u16, usize)> {
    if let Some(year) = four_digits(text) {
        let rest = text.get(4..)?;
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        let rest = rest.get(blank..)?;
        return rest.strip_prefix('年').map(|rest| (year, 4 + blank + 3 + if rest.starts_with('度') { 3 } else { 0 }));
    }
    let (Numeral::Exact(number), length) = numeral(text)? else { return None };
    let year = u16::try_from(number.value().mantissa()).ok().filter(|it| YEARS.contains(it))?;
    (length == 12 && text.get(length..)?.starts_with('年')).then_some((year, length + 3))
}

/// 12月, 十二月, 12月份.
fn month(text: &str) -> Option<(u8, usize)> {
    let (month, length) = small(text).or_else(|| {
        let (Numeral::Exact(number), length) = numeral(text)? else { return None };
        Some((u8::try_from(number.value().mantissa()).ok()?, length))
    })?;
    let rest = text.get(length..)?;
    let rest = rest.strip_prefix('月')?;
    // 一月一次 is a frequency.
    if rest.starts_with('一') || !(1..=12).contains(&month) {
        return None;
    }
    Some((month, length + 3 + if rest.starts_with('份') { 3 } else { 0 }))
}

/// What stands behind a month: a day, a third of a month, its beginning or end.
fn day(text: &str, year: Option<u16>, month: u8) -> Option<(u8, usize)> {
    let last = days_of_month(year, month);
    for (word, day) in [("上旬", 10), ("中旬", 20), ("下旬", last), ("月底", last), ("底", last), ("末", last)]
    {
        if text.starts_with(word) {
            return Some((day, word.len()));
        }
    }
    if let Some(rest) = text.strip_prefix('初') {
        return (!rest.starts_with(['步', '级', '次', '期', '中', '始', '审'])).then_some((10, 3));
    }
    let (day, length) = small(text)?;
    let rest = text.get(length..)?;
    if rest.starts_with(['日', '号']) {
        return is_day(year, month, day).then_some((day, length + 3));
    }
    // 5月7-13日: the word stands behind the second day only.
    let dash = connector(rest)?;
    let (second, more) = small(rest.get(dash..)?)?;
    let closes = rest.get(dash + more..)?.starts_with(['日', '号']);
    (closes && day < second && is_day(year, month, day)).then_some((day, length))
}

/// First month, last month, last day.
type PartOfYear = (u8, u8, Option<u8>);

/// 年底, 全年, 上半年, 第三季度.
fn part_of_year(text: &str) -> Option<(PartOfYear, usize)> {
    const WORDS: [(&str, PartOfYear); 19] = [
        ("上半年", (1, 6, None)),
        ("下半年", (7, 12, None)),
        ("年度内", (1, 12, None)),
        ("本年度", (1, 12, None)),
        ("当年度", (1, 12, None)),
        ("全年度", (1, 12, None)),
        ("年底", (12, 12, None)),
        ("年末", (12, 12, None)),
        ("年终", (12, 12, None)),
        ("年内", (1, 12, None)),
        ("年初", (1, 1, Some(10))),
        ("全年", (1, 12, None)),
        ("当年", (1, 12, None)),
        ("本年", (1, 12, None)),
        ("今年", (1, 12, None)),
        ("底", (12, 12, None)),
        ("末", (12, 12, None)),
        ("内", (1, 12, None)),
        ("初", (1, 1, Some(10))),
    ];
    let first = text.chars().next()?;
    let words = if "上下年本当全今底末内初".contains(first) { WORDS.as_slice() } else { &[] };
    for (word, part) in words.iter().copied() {
        if let Some(rest) = text.strip_prefix(word) {
            let runs_on = word.ends_with('初') && rest.starts_with(['步', '级', '次', '期', '中', '始', '审', '预'])
                || word == "内" && rest.starts_with(|it: char| crate::unit::is_han(it) && it != '完')
                || word == "年初" && rest.starts_with('预');
            return (!runs_on).then_some((part, word.len()));
        }
    }
    let (prefix, rest) = match text.strip_prefix('第') {
        Some(rest) => (3, rest),
        None => (0, text),
    };
    let first = rest.chars().next()?;
    let quarter = first.to_digit(10).map(i64::from).or_else(|| crate::numeral::digit(first))?;
    let quarter = u8::try_from(quarter).ok().filter(|it| (1..=4).contains(it))?;
    let length = first.len_utf8();
    let word =
        ["季度末", "季度底", "季度"].iter().find(|it| rest.get(length..).is_some_and(|rest| rest.starts_with(**it)))?;
    Some(((quarter * 3 - 2, quarter * 3, None), prefix + length + word.len()))
}

/// 前, 之前, 以前, 内 behind a date.
fn closing(text: &str) -> usize {
    ["之前", "以前", "前", "以内", "之内"].iter().find(|it| text.starts_with(**it)).map_or(0, |it| it.len())
}

/// `-`, `—`, `~`, 至, 到 between two dates, maybe doubled or with blanks.
fn connector(text: &str) -> Option<usize> {
    let is_part = |it: char| matches!(it, '-' | '−' | '–' | '—' | '―' | '~' | '至' | '到' | ' ');
    let length: usize = text.chars().take(4).take_while(|it| is_part(*it)).map(char::len_utf8).sum();
    text.get(..length)?.contains(|it| it != ' ').then_some(length)
}

fn four_digits(text: &str) -> Option<u16> {
    let digits = text.get(..4)?;
    let ends = !text.get(4..)?.starts_with(|it: char| it.is_ascii_digit());
    let year: u16 = digits.parse().ok().filter(|it| YEARS.contains(it))?;
    (ends && digits.bytes().all(|it| it.is_ascii_digit())).then_some(year)
}

/// A number of one or two digits.
fn small(text: &str) -> Option<(u8, usize)> {
    let length = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&length) {
        return None;
    }
    Some((text.get(..length)?.parse().ok()?, length))
}

fn is_day(year: Option<u16>, month: u8, day: u8) -> bool {
    (1..=12).contains(&month) && (1..=days_of_month(year, month)).contains(&day)
}

/// February has 29 days in a leap year; without a year the end of February is the 28th, but the 29th is a day.
fn days_of_month(year: Option<u16>, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_some_and(|it| it % 4 == 0 && (it % 100 != 0 || it % 400 == 0)) => 29,
        2 => 28,
        _ => 31,
    }
}
