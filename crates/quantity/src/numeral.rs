//! Chinese numerals: 一百二十三, 两千, 二〇二〇, 廿, 半, 十几.
//!
//! In: text that may begin with a numeral. Out: its value and length. Whether it counts anything (一条) or belongs to a
//! word (一体化) is for the caller to see from what stands around it.

use crate::number::Number;

/// What a numeral says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numeral {
    /// 一百二十三.
    Exact(Number),
    /// 十几: eleven to nineteen.
    Between(i64, i64),
}

/// The value of one digit character; 两 and 俩 are 2.
pub(crate) fn digit(it: char) -> Option<i64> {
    let value = match it {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '俩' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some(value)
}

/// The value of a character that multiplies what stands before it.
fn multiplier(it: char) -> Option<i64> {
    let value = match it {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    };
    Some(value)
}

/// Most characters of a numeral that are looked at: 九千九百九十九亿九千九百九十九万九千九百九十九 has 23.
const MAX_CHARS: usize = 24;

/// The numeral that the text begins with, and its length in bytes. 百 千 万 亿 alone are no numerals.
pub(crate) fn numeral(text: &str) -> Option<(Numeral, usize)> {
    let first = text.chars().next()?;
    if first == '半' {
        return Number::from_parts(5, 1).map(|it| (Numeral::Exact(it), first.len_utf8()));
    }
    if !(digit(first).is_some() || matches!(first, '十' | '拾' | '廿' | '卅')) {
        return None;
    }
    let is_part = |it: char| digit(it).is_some() || multiplier(it).is_some() || matches!(it, '廿' | '卅');
    let run = text.chars().take(MAX_CHARS).take_while(|it| is_part(*it));
    let (mut length, mut n_chars, mut n_digits) = (0, 0, 0);
    for it in run {
        length += it.len_utf8();
        n_chars += 1;
        n_digits += usize::from(digit(it).is_some());
    }
    let run = text.get(..length)?;
    if n_chars > 1 && n_digits == n_chars {
        return positional(run).map(|it| (it, length));
    }
    let value = by_places(run)?;
    let rest = text.get(length..)?;
    if rest.starts_with('几') && run.ends_with('十') {
        return Some((Numeral::Between(value + 1, value + 9), length + '几'.len_utf8()));
    }
    let number = Number::from_parts(i128::from(value), 0)?;
    Some((Numeral::Exact(number), length))
}

/// 二〇二〇: digit by digit. Two digits side by side without a zero (三四个) are a guess, not a number.
fn positional(run: &str) -> Option<Numeral> {
    let mut value = 0_i64;
    for it in run.chars() {
        value = value.checked_mul(10)?.checked_add(digit(it)?)?;
    }
    let has_zero = run.contains(['〇', '零', '○']);
    if run.chars().count() < 3 && !has_zero {
        return None;
    }
    Number::from_parts(i128::from(value), 0).map(Numeral::Exact)
}

/// 一百二十三, 一万二 (12000), 三十亿.
fn by_places(run: &str) -> Option<i64> {
    let (mut total, mut section, mut pending) = (0_i64, 0_i64, None);
    let mut last_multiplier = 1;
    let mut after_zero = false;
    for it in run.chars() {
        match it {
            '廿' => section = section.checked_add(20)?,
            '卅' => section = section.checked_add(30)?,
            _ => {}
        }
        if let Some(value) = digit(it) {
            if pending.is_some_and(|it| it != 0) {
                return None;
            }
            after_zero |= value == 0;
            pending = Some(value);
        } else if let Some(factor) = multiplier(it) {
            if factor >= 10_000 {
                section = section.checked_add(pending.take().unwrap_or(0))?;
                // 两亿零三万: 万 multiplies only what stands behind 亿; 三万亿: 亿 multiplies all before it.
                total = if total < factor {
                    total.checked_add(section)?.checked_mul(factor)?
                } else {
                    total.checked_add(section.checked_mul(factor)?)?
                };
                section = 0;
            } else {
                let count = match pending.take() {
                    Some(count) => count,
                    None if factor == 10 => 1,
                    None => return None,
                };
                section = section.checked_add(count.checked_mul(factor)?)?;
            }
            last_multiplier = factor;
            after_zero = false;
        }
    }
    if let Some(value) = pending {
        // 一万二 is 12000, 一万零二 is 10002.
        let place = if last_multiplier >= 100 && !after_zero { last_multiplier / 10 } else { 1 };
        section = section.checked_add(value.checked_mul(place)?)?;
    }
    total.checked_add(section)
}

#[cfg(test)]
mod tests {
    use super::{Numeral, numeral};

    fn check(text: &str, expected: &str) {
        let shown = match numeral(text) {
            Some((Numeral::Exact(number), length)) => format!("{number} [{}]", &text[length..]),
            Some((Numeral::Between(low, high), length)) => format!("{low}..{high} [{}]", &text[length..]),
            None => "none".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn numerals_are_read() {
        check("一条", "1 [条]");
        check("两部", "2 [部]");
        check("十项", "10 [项]");
        check("十二个", "12 [个]");
        check("一百二十三人", "123 [人]");
        check("一百零五", "105 []");
        check("一千零二十", "1020 []");
        check("一万二", "12000 []");
        check("一万零二", "10002 []");
        check("三十五万人", "350000 [人]");
        check("两亿零三万", "200030000 []");
        check("三万亿", "3000000000000 []");
        check("二〇二〇年", "2020 [年]");
        check("廿五", "25 []");
        check("半年", "0.5 [年]");
        check("十几人", "11..19 [人]");
        check("二十几家", "21..29 [家]");
        check("三四个", "none");
        check("百姓", "none");
        check("数十", "none");
        check("九九九九九九九九九九九九九九九九九九九九九九九九", "none");
    }
}
