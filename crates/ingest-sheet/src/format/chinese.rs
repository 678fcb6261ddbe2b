//! Digits in Chinese: `[DBNum1]` 一百二十三, `[DBNum2]` 壹佰贰拾叁, `[DBNum3]` １百２十３.

use crate::digits::Number;

/// The digits of each style.
const DIGITS: [[char; 10]; 3] = [
    ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
];
/// Tens, hundreds and thousands of each style.
const TENS: [[&str; 4]; 3] = [["", "十", "百", "千"], ["", "拾", "佰", "仟"], ["", "十", "百", "千"]];
/// Powers of ten thousand.
const GROUPS: [&str; 4] = ["", "万", "亿", "兆"];

fn of_style<T: Copy>(all: [T; 3], style: u8) -> T {
    let [first, second, third] = all;
    match style {
        1 => first,
        2 => second,
        _ => third,
    }
}

/// A text with every digit in Chinese.
pub(super) fn digits(text: &str, style: u8) -> String {
    let table = of_style(DIGITS, style);
    let written = |it: char| it.to_digit(10).and_then(|digit| table.get(usize::try_from(digit).ok()?).copied());
    text.chars().map(|it| written(it).unwrap_or(it)).collect()
}

/// A small number of a date: 十二.
pub(super) fn small(text: &str, style: u8) -> String {
    match Number::parse(text) {
        Some(it) => number(&it, style),
        None => text.to_owned(),
    }
}

/// A number in words.
pub(super) fn number(number: &Number, style: u8) -> String {
    let whole = number.before_point();
    let mut acc = words(&whole, style);
    if acc.is_empty() {
        acc = digits("0", style);
    }
    if 0 < number.decimals() {
        acc.push('.');
        acc.push_str(&digits(&number.behind_point(number.decimals()), style));
    }
    acc
}

fn words(whole: &str, style: u8) -> String {
    let (table, tens) = (of_style(DIGITS, style), of_style(TENS, style));
    let n_digits = whole.len();
    if 4 * GROUPS.len() < n_digits {
        return digits(whole, style);
    }
    let mut acc = String::new();
    let (mut has_zero, mut in_group) = (false, false);
    for (digit, left) in whole.bytes().zip((0..n_digits).rev()) {
        let (group, place) = (left / 4, left % 4);
        if digit == b'0' {
            has_zero = true;
        } else {
            if has_zero && !acc.is_empty() {
                acc.push(table.first().copied().unwrap_or('零'));
            }
            has_zero = false;
            in_group = true;
            // 十二, not 一十二, where nothing stands before it.
            let is_bare_ten = style == 1 && digit == b'1' && place == 1 && acc.is_empty();
            if !is_bare_ten {
                acc.push(table.get(usize::from(digit - b'0')).copied().unwrap_or('?'));
            }
            acc.push_str(tens.get(place).copied().unwrap_or_default());
        }
        if place == 0 {
            if in_group {
                acc.push_str(GROUPS.get(group).copied().unwrap_or_default());
            }
            in_group = false;
        }
    }
    acc
}
