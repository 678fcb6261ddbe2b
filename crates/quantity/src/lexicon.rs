//! The words and signs that make something of a number: operators, approximate words, idioms.
//!
//! In: the text before or behind a number. Out: what it says and how many bytes it takes. The lists are those of rulebook
//! sections 3 and 5; a look at one character keeps most of them from being searched.

use crate::number::Number;
use crate::quantity::{Approximation, Operator};
use crate::unit::{Dimension, Unit, is_han, measure};

/// Operators in words and signs that stand before a number. Longer ones stand before their endings.
const BEFORE: &[(&str, Operator)] = &[
    ("不少于", Operator::AtLeast),
    ("不低于", Operator::AtLeast),
    ("不小于", Operator::AtLeast),
    ("不得少于", Operator::AtLeast),
    ("不得低于", Operator::AtLeast),
    ("大于等于", Operator::AtLeast),
    ("大于或等于", Operator::AtLeast),
    ("至少", Operator::AtLeast),
    ("最少", Operator::AtLeast),
    ("达到", Operator::AtLeast),
    ("达", Operator::AtLeast),
    ("≥", Operator::AtLeast),
    ("不高于", Operator::AtMost),
    ("不超过", Operator::AtMost),
    ("不大于", Operator::AtMost),
    ("不多于", Operator::AtMost),
    ("不得超过", Operator::AtMost),
    ("不得高于", Operator::AtMost),
    ("小于等于", Operator::AtMost),
    ("小于或等于", Operator::AtMost),
    ("控制在", Operator::AtMost),
    ("不超", Operator::AtMost),
    ("至多", Operator::AtMost),
    ("最多", Operator::AtMost),
    ("≤", Operator::AtMost),
    ("超过", Operator::MoreThan),
    ("大于", Operator::MoreThan),
    ("高于", Operator::MoreThan),
    ("多于", Operator::MoreThan),
    (">", Operator::MoreThan),
    ("低于", Operator::LessThan),
    ("小于", Operator::LessThan),
    ("少于", Operator::LessThan),
    ("<", Operator::LessThan),
    ("=", Operator::Equal),
];

/// Operators that stand behind the unit.
const BEHIND: &[(&str, Operator)] = &[
    ("及以上", Operator::AtLeast),
    ("或以上", Operator::AtLeast),
    ("以上", Operator::AtLeast),
    ("及以下", Operator::AtMost),
    ("或以下", Operator::AtMost),
    ("以下", Operator::AtMost),
    ("以内", Operator::AtMost),
    ("之内", Operator::AtMost),
];

/// Words before a number that make it approximate.
const ABOUT: &[(&str, Approximation)] = &[
    ("大约", Approximation::About),
    ("约为", Approximation::About),
    ("约", Approximation::About),
    ("≈", Approximation::About),
    ("将近", Approximation::Nearly),
    ("接近", Approximation::Nearly),
    ("近", Approximation::Nearly),
];

/// Words that only end like one of [`ABOUT`]: 节约5万元 is five.
const NO_ABOUT: [&str; 5] = ["节约", "签约", "预约", "集约", "附近"];

/// Words before a number that make it the difference to another one (A03).
const DIFFERENCE: &[&str] =
    &["超额完成", "超额", "超出", "多完成", "节约", "节省", "结余", "增长", "增加", "减少", "下降", "其中", "其中:"];

/// Words that say that a bare 万 is money.
const MONEY: &[&str] =
    &["费", "元", "款", "资金", "预算", "支出", "成本", "投资", "投入", "经费", "金额", "补助", "租金", "采购"];

/// Characters before 一 that make it part of a word: 统一, 唯一, 同一个, 进一步.
pub(crate) const NO_NUMERAL_AFTER: &str = "第统唯之同某任逐单专进每星期周万";

/// The operator that a text ends with, and its length.
pub(crate) fn operator_before(text: &str) -> Option<(usize, Operator)> {
    let last = text.chars().next_back()?;
    if last.is_alphanumeric() && !"于少到达等在超多过".contains(last) {
        return None;
    }
    BEFORE.iter().find(|(word, _)| text.ends_with(word)).map(|(word, found)| (word.len(), *found))
}

/// The approximate word that a text ends with, and its length.
pub(crate) fn approximation_before(text: &str) -> Option<(usize, Approximation)> {
    let last = text.chars().next_back()?;
    if !"约为≈近".contains(last) || NO_ABOUT.iter().any(|it| text.ends_with(it)) {
        return None;
    }
    ABOUT.iter().find(|(word, _)| text.ends_with(word)).map(|(word, found)| (word.len(), *found))
}

/// The operator that a text begins with, behind a unit.
pub(crate) fn operator_behind(text: &str) -> Option<(usize, Operator)> {
    // 95%(含)以上: the bound belongs to it in any case.
    if let Some(rest) = text.strip_prefix("(含)") {
        return operator_behind(rest).map(|(length, found)| (length + "(含)".len(), found));
    }
    let first = text.chars().next()?;
    if !"及或以之".contains(first) {
        return None;
    }
    BEHIND.iter().find(|(word, _)| text.starts_with(word)).map(|(word, found)| (word.len(), *found))
}

/// The text ends with a word that makes the next number a difference.
pub(crate) fn is_difference_before(text: &str) -> bool {
    text.chars().next_back().is_some_and(|it| {
        matches!(it, '成' | '额' | '出' | '约' | '省' | '余' | '长' | '加' | '少' | '降' | '中' | ':')
    }) && DIFFERENCE.iter().any(|it| text.ends_with(it))
}

/// A word in the text speaks of money.
pub(crate) fn speaks_of_money(text: &str) -> bool {
    MONEY.iter().any(|it| text.contains(it))
}

/// 百分之 and 百分 of 百分百.
pub(crate) fn percent_words(text: &str) -> Option<usize> {
    if text.starts_with("百分之") {
        return Some("百分之".len());
    }
    text.starts_with("百分百").then_some("百分".len())
}

/// 百, 千, 万 of 近百人.
pub(crate) fn round_word(text: &str) -> Option<(Number, usize)> {
    let first = text.chars().next()?;
    let value = match first {
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        _ => return None,
    };
    Number::from_parts(value, 0).map(|it| (it, first.len_utf8()))
}

/// How long 7x24小时 or 7*8小时 is, which says when and not how much; 0 for anything else.
pub(crate) fn clock_length(rest: &str, length: usize) -> usize {
    let Some(after) = rest.get(length..) else { return 0 };
    let Some(after) = after.strip_prefix(['x', 'X', '*']) else { return 0 };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let Some(unit) = after.get(digits..) else { return 0 };
    let word = ["小时", "h", "H"].iter().find(|it| unit.starts_with(**it));
    match word {
        Some(word) if (1..=2).contains(&digits) => length + 1 + digits + word.len(),
        _ => 0,
    }
}

/// A numeral before a word that only looks like a measure: 一次性, 一条龙, 二次测评, 两个维护, 一户一策.
pub(crate) fn is_idiom(text: &str, length: usize) -> bool {
    const WORDS: &[&str] = &[
        "一次性",
        "一条龙",
        "一站式",
        "一年级",
        "一张网",
        "一网通",
        "一卡通",
        "一本通",
        "一口清",
        "一门式",
        "一张图",
        "一张表",
        "一盘棋",
        "一件事",
        "一对一",
        "一体",
        "一带一路",
        "一村一",
        "一户一",
        "一人一",
        "一事一",
        "一县一",
        "一校一",
        "一乡一",
        "一项一",
        "一企一",
        "二次",
        "两个维护",
        "两个确立",
        "两个责任",
        "三个代表",
        "四个意识",
        "四个自信",
        "四个全面",
        "三会一课",
        "两学一做",
        "五个一",
        "三重一大",
        "三下乡",
        "两会",
        "一类",
        "二类",
        "三类",
        "一等",
        "二等",
        "三等",
        "一把手",
        "一次函",
        "四个不摘",
    ];
    // Most differ in the last byte of their second character already.
    let mark = |text: &str| text.as_bytes().get(5).copied();
    let is_word = WORDS.iter().any(|it| mark(text) == mark(it) && text.starts_with(it));
    // 一人一 and its like are an idiom unless a measure follows (一条一年 is two quantities).
    let second = text.get(length..).and_then(measure).and_then(|(_, more)| text.get(length + more..));
    let doubled = second.and_then(|it| it.strip_prefix('一'));
    let is_counted = doubled.is_some_and(|it| measure(it).is_some_and(|(it, _)| it.name != "档"));
    let is_pair = doubled.is_some_and(|it| it.starts_with(is_han)) && !is_counted;
    (is_word && !is_counted) || is_pair
}

/// 半 measures time; other numerals go with every Han measure but 分 点 度, which end many words.
pub(crate) fn suits_numeral(text: &str, unit: &Unit) -> bool {
    if text.starts_with('半') {
        return matches!(unit.of.dimension, Dimension::Time | Dimension::Months);
    }
    !matches!(unit.of.name, "分" | "点" | "度" | "方" | "里" | "道" | "面" | "网" | "层" | "通" | "路")
}

#[cfg(test)]
mod tests {
    use super::{ABOUT, BEFORE, BEHIND, DIFFERENCE};
    use super::{approximation_before, is_difference_before, operator_before, operator_behind};

    /// The look at one character must not hide a word of the lists.
    #[test]
    fn every_word_is_found() {
        for (word, operator) in BEFORE {
            assert_eq!(operator_before(word), Some((word.len(), *operator)));
        }
        for (word, operator) in BEHIND {
            assert_eq!(operator_behind(word), Some((word.len(), *operator)));
        }
        for (word, approximation) in ABOUT {
            assert_eq!(approximation_before(word), Some((word.len(), *approximation)));
        }
        assert!(DIFFERENCE.iter().all(|it| is_difference_before(it)));
    }
}
