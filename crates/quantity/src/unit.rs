//! Units: what a number counts, how units convert, and which of them can be compared.
//!
//! In: the text behind a number, `万元/台`, `人次`, `元/人·天`. Out: the power of ten of 万 and 亿, and a [`Unit`]: a
//! measure with its denominators. Conversion is exact; what has no fixed factor (天 and 月) is not converted.

use std::sync::LazyLock;

use crate::fraction::Fraction;

/// What kind of thing a measure measures. Two measures of one dimension convert into each other, counts without change:
/// 个 人 项 次 件 台 套 are one dimension (rulebook I14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Whole things: 个, 人次, 台, 项. Base: one.
    Count,
    /// Base: 元.
    Money,
    /// Foreign money; each is its own.
    ForeignMoney,
    /// A share. Base: one hundredth.
    Percent,
    /// Points of a score or an exam. Base: 分.
    Points,
    /// Base: second.
    Time,
    /// Base: month.
    Months,
    /// Base: working day.
    WorkDays,
    /// Base: one person for one day.
    PersonDays,
    /// Base: meter.
    Length,
    /// Base: square meter.
    Area,
    /// Base: cubic meter.
    Volume,
    /// Base: kilogram.
    Mass,
    /// Base: M (megabyte, or megabit a second).
    Data,
    /// Base: kilowatt hour.
    Energy,
    /// Base: kilowatt.
    Power,
    /// Base: degree Celsius.
    Temperature,
    /// Base: decibel.
    Sound,
}

impl Dimension {
    /// Dimensions that a form may use for one thing although they do not convert: 1年 and 365天, 95分 and 95%.
    fn family(self) -> Dimension {
        match self {
            Dimension::Months | Dimension::WorkDays => Dimension::Time,
            Dimension::PersonDays => Dimension::Count,
            Dimension::Points => Dimension::Percent,
            other => other,
        }
    }
}

/// One word of a unit.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure {
    /// The word, `人次`.
    pub name: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// How many of the dimension's base it is, as numerator and denominator.
    factor: (i64, i64),
}

impl Measure {
    /// How many of the dimension's base unit one of it is: 3600 for 小时.
    pub fn factor(&self) -> Fraction {
        Fraction::new(i128::from(self.factor.0), i128::from(self.factor.1)).unwrap_or(Fraction::ONE)
    }

    /// The same measure, maybe under another name: 年 and 年度, but not 人 and 项.
    pub fn is_like(&self, other: &Measure) -> bool {
        let counts = matches!(self.dimension, Dimension::Count | Dimension::ForeignMoney);
        self.name == other.name || (!counts && self.dimension == other.dimension && self.factor == other.factor)
    }
}

/// Most denominators of a rate: `元/人/天` has two, `元/期·人·天` three.
const MAX_PER: usize = 3;

/// A measure and what it is counted for: 元 per 天 and 人.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The part before the first `/`.
    pub of: &'static Measure,
    per: [Option<&'static Measure>; MAX_PER],
    /// A denominator is printed that is no known measure (`元/学位`), or more of them than are kept.
    pub has_unknown_per: bool,
}

impl Unit {
    pub(crate) fn plain(of: &'static Measure) -> Unit {
        Unit { of, per: [None; MAX_PER], has_unknown_per: false }
    }

    /// The denominators, in printed order.
    pub fn per(&self) -> impl Iterator<Item = &'static Measure> {
        self.per.iter().copied().flatten()
    }

    /// A price, a daily number, anything for each of something.
    pub fn is_rate(&self) -> bool {
        self.has_unknown_per || self.per.iter().any(Option::is_some)
    }

    /// An amount of money that is paid for each of something: `元/台`.
    pub fn is_price(&self) -> bool {
        self.of.dimension == Dimension::Money && self.is_rate()
    }

    /// A length of time: 天, 小时, 工作日, 个月.
    pub fn is_duration(&self) -> bool {
        self.of.dimension.family() == Dimension::Time && !self.is_rate()
    }

    /// Values in the two units can be compared after conversion: one dimension before the `/`. Denominators are not
    /// looked at (rulebook I14).
    pub fn is_comparable(&self, other: &Unit) -> bool {
        self.of.dimension == other.of.dimension
            && (self.of.dimension != Dimension::ForeignMoney || self.of.name == other.of.name)
    }

    /// The two units cannot speak of one thing: 户 and 元. Unlike `!is_comparable`, 年 and 天, 分 and % may.
    pub fn is_contradicting(&self, other: &Unit) -> bool {
        self.of.dimension.family() != other.of.dimension.family()
    }

    /// The same denominators, in any order.
    pub fn has_same_per(&self, other: &Unit) -> bool {
        let all_in = |left: &Unit, right: &Unit| left.per().all(|it| right.per().any(|that| that.is_like(it)));
        self.has_unknown_per == other.has_unknown_per && all_in(self, other) && all_in(other, self)
    }

    pub(crate) fn add_per(&mut self, measure: &'static Measure) {
        match self.per.iter_mut().find(|it| it.is_none()) {
            Some(free) => *free = Some(measure),
            None => self.has_unknown_per = true,
        }
    }
}

/// Classifiers of Chinese that count whole things, and nouns that serve as one.
const COUNTS: &str = "个 人 人次 人员 名 位 户 户次 条 条次 项 项次 次 件 件次 台 台次 台套 台件 套 套次 份 份次 本 册 \
    期 期次 家 家次 场 场次 批 批次 辆 辆次 座 处 处次 所 间 间次 栋 幢 部 篇 张 块 只 头 匹 羽 株 棵 根 支 盏 把 组 队 村 乡 \
    镇 县 市 校 班 班次 届 课 门 门次 例 例次 起 宗 笔 单 集 幅 面 枚 粒 颗 袋 箱 瓶 桶 盒 车 车次 架 架次 艘 艇 路 节 站 \
    点位 频次 轮 轮次 款 种 类 版 稿 字 页 床 床位 床日 针 剂 人份 眼 口 孔 机组 标段 宗地 封 通 网 店 栏 档 卷 盘 扇 具 副 \
    顶 床次 樘 套件 户数 人数 个数 席 席位 岗 岗位 工位 座次 课题 班组 台班 尾 头只 头份 羽份 讲 堂 堂课 样品 道 排 段 片 \
    片区 层 对 双 团次 餐 餐次 井 人头 门店 节点 课时 学时 台时 学期 工日";

/// Measures that are no counts: name, dimension, factor to the dimension's base.
const OTHERS: &[(&str, Dimension, i64, i64)] = &[
    ("元", Dimension::Money, 1, 1),
    ("元整", Dimension::Money, 1, 1),
    ("圆", Dimension::Money, 1, 1),
    // What OCR makes of 元.
    ("兀", Dimension::Money, 1, 1),
    ("块钱", Dimension::Money, 1, 1),
    ("角", Dimension::Money, 1, 10),
    ("美元", Dimension::ForeignMoney, 1, 1),
    ("欧元", Dimension::ForeignMoney, 1, 1),
    ("港元", Dimension::ForeignMoney, 1, 1),
    ("日元", Dimension::ForeignMoney, 1, 1),
    ("%", Dimension::Percent, 1, 1),
    ("‰", Dimension::Percent, 1, 10),
    ("百分点", Dimension::Percent, 1, 1),
    ("个百分点", Dimension::Percent, 1, 1),
    ("千分点", Dimension::Percent, 1, 10),
    ("个千分点", Dimension::Percent, 1, 10),
    ("百分比", Dimension::Percent, 1, 1),
    ("比例", Dimension::Percent, 1, 1),
    ("点", Dimension::Percent, 1, 1),
    ("个点", Dimension::Percent, 1, 1),
    ("倍", Dimension::Percent, 100, 1),
    ("分", Dimension::Points, 1, 1),
    ("毫秒", Dimension::Time, 1, 1000),
    ("ms", Dimension::Time, 1, 1000),
    ("秒", Dimension::Time, 1, 1),
    ("秒钟", Dimension::Time, 1, 1),
    ("s", Dimension::Time, 1, 1),
    ("分钟", Dimension::Time, 60, 1),
    ("min", Dimension::Time, 60, 1),
    ("小时", Dimension::Time, 3600, 1),
    ("个小时", Dimension::Time, 3600, 1),
    ("h", Dimension::Time, 3600, 1),
    ("天", Dimension::Time, 86_400, 1),
    ("日", Dimension::Time, 86_400, 1),
    ("自然日", Dimension::Time, 86_400, 1),
    ("日历天", Dimension::Time, 86_400, 1),
    ("周", Dimension::Time, 604_800, 1),
    ("星期", Dimension::Time, 604_800, 1),
    ("个星期", Dimension::Time, 604_800, 1),
    ("工作日", Dimension::WorkDays, 1, 1),
    ("个工作日", Dimension::WorkDays, 1, 1),
    ("月", Dimension::Months, 1, 1),
    ("个月", Dimension::Months, 1, 1),
    ("季", Dimension::Months, 3, 1),
    ("季度", Dimension::Months, 3, 1),
    ("个季度", Dimension::Months, 3, 1),
    ("年", Dimension::Months, 12, 1),
    ("年度", Dimension::Months, 12, 1),
    ("周年", Dimension::Months, 12, 1),
    ("学年", Dimension::Months, 12, 1),
    ("人天", Dimension::PersonDays, 1, 1),
    ("人日", Dimension::PersonDays, 1, 1),
    ("毫米", Dimension::Length, 1, 1000),
    ("mm", Dimension::Length, 1, 1000),
    ("厘米", Dimension::Length, 1, 100),
    ("cm", Dimension::Length, 1, 100),
    ("米", Dimension::Length, 1, 1),
    ("m", Dimension::Length, 1, 1),
    ("延米", Dimension::Length, 1, 1),
    ("延长米", Dimension::Length, 1, 1),
    ("里", Dimension::Length, 500, 1),
    ("公里", Dimension::Length, 1000, 1),
    ("千米", Dimension::Length, 1000, 1),
    ("km", Dimension::Length, 1000, 1),
    ("皮长公里", Dimension::Length, 1000, 1),
    ("海里", Dimension::Length, 1852, 1),
    ("平方厘米", Dimension::Area, 1, 10_000),
    ("平方米", Dimension::Area, 1, 1),
    ("平米", Dimension::Area, 1, 1),
    ("平方", Dimension::Area, 1, 1),
    ("㎡", Dimension::Area, 1, 1),
    ("m2", Dimension::Area, 1, 1),
    ("m²", Dimension::Area, 1, 1),
    ("亩", Dimension::Area, 2000, 3),
    ("亩次", Dimension::Area, 2000, 3),
    ("公顷", Dimension::Area, 10_000, 1),
    ("顷", Dimension::Area, 200_000, 3),
    ("平方公里", Dimension::Area, 1_000_000, 1),
    ("平方千米", Dimension::Area, 1_000_000, 1),
    ("km2", Dimension::Area, 1_000_000, 1),
    ("km²", Dimension::Area, 1_000_000, 1),
    ("毫升", Dimension::Volume, 1, 1_000_000),
    ("ml", Dimension::Volume, 1, 1_000_000),
    ("升", Dimension::Volume, 1, 1000),
    ("L", Dimension::Volume, 1, 1000),
    ("方", Dimension::Volume, 1, 1),
    ("土石方", Dimension::Volume, 1, 1),
    ("立方", Dimension::Volume, 1, 1),
    ("立方米", Dimension::Volume, 1, 1),
    ("m3", Dimension::Volume, 1, 1),
    ("m³", Dimension::Volume, 1, 1),
    ("毫克", Dimension::Mass, 1, 1_000_000),
    ("mg", Dimension::Mass, 1, 1_000_000),
    ("克", Dimension::Mass, 1, 1000),
    ("g", Dimension::Mass, 1, 1000),
    ("斤", Dimension::Mass, 1, 2),
    ("公斤", Dimension::Mass, 1, 1),
    ("千克", Dimension::Mass, 1, 1),
    ("kg", Dimension::Mass, 1, 1),
    ("吨", Dimension::Mass, 1000, 1),
    ("t", Dimension::Mass, 1000, 1),
    ("吨标准煤", Dimension::Mass, 1000, 1),
    ("KB", Dimension::Data, 1, 1024),
    ("K", Dimension::Data, 1, 1024),
    ("M", Dimension::Data, 1, 1),
    ("MB", Dimension::Data, 1, 1),
    ("Mbps", Dimension::Data, 1, 1),
    ("兆", Dimension::Data, 1, 1),
    ("G", Dimension::Data, 1024, 1),
    ("GB", Dimension::Data, 1024, 1),
    ("Gbps", Dimension::Data, 1024, 1),
    ("T", Dimension::Data, 1_048_576, 1),
    ("TB", Dimension::Data, 1_048_576, 1),
    ("PB", Dimension::Data, 1_073_741_824, 1),
    ("度", Dimension::Energy, 1, 1),
    ("千瓦时", Dimension::Energy, 1, 1),
    ("kWh", Dimension::Energy, 1, 1),
    ("瓦", Dimension::Power, 1, 1000),
    ("千瓦", Dimension::Power, 1, 1),
    ("kW", Dimension::Power, 1, 1),
    ("兆瓦", Dimension::Power, 1000, 1),
    ("℃", Dimension::Temperature, 1, 1),
    ("摄氏度", Dimension::Temperature, 1, 1),
    ("分贝", Dimension::Sound, 1, 1),
    ("dB", Dimension::Sound, 1, 1),
];

/// Words that multiply: 2.5万套 is 25000套. Longer ones stand before their beginnings.
const POWERS: [(&str, i32); 9] =
    [("百万", 6), ("千万", 7), ("万亿", 12), ("十万", 5), ("万", 4), ("亿", 8), ("千", 3), ("百", 2), ("十", 1)];

/// All measures, sorted by name for the search.
static TABLE: LazyLock<Vec<Measure>> = LazyLock::new(|| {
    let counts = COUNTS.split_whitespace().map(|name| Measure { name, dimension: Dimension::Count, factor: (1, 1) });
    let others = OTHERS.iter().map(|(name, dimension, numerator, denominator)| Measure {
        name,
        dimension: *dimension,
        factor: (*numerator, *denominator),
    });
    let mut table: Vec<Measure> = counts.chain(others).collect();
    table.sort_unstable_by_key(|it| it.name);
    table
});

/// Where the measures of one first character stand in [`TABLE`], sorted by the character.
static FIRST: LazyLock<Vec<(char, std::ops::Range<usize>)>> = LazyLock::new(|| {
    let mut index: Vec<(char, std::ops::Range<usize>)> = Vec::new();
    for (at, measure) in TABLE.iter().enumerate() {
        let Some(first) = measure.name.chars().next() else { continue };
        match index.last_mut() {
            Some((it, range)) if *it == first => range.end = at + 1,
            _ => index.push((first, at..at + 1)),
        }
    }
    index
});

/// The longest measure that the text begins with, and its length in bytes. A measure of Latin letters must not run on.
pub(crate) fn measure(text: &str) -> Option<(&'static Measure, usize)> {
    let first = text.chars().next()?;
    let found = FIRST.binary_search_by_key(&first, |(it, _)| *it).ok()?;
    let (_, range) = FIRST.get(found)?;
    // Behind a name stand those that it begins: backwards, the longest comes first.
    TABLE.get(range.clone())?.iter().rev().find_map(|it| {
        let rest = text.strip_prefix(it.name)?;
        let runs_on = it.name.ends_with(|it: char| it.is_ascii_alphabetic())
            && rest.starts_with(|next: char| next.is_ascii_alphanumeric());
        (!runs_on).then_some((it, it.name.len()))
    })
}

/// What stands behind a number.
pub(crate) struct Tail {
    /// Power of ten of 万, 亿.
    pub(crate) power: i32,
    pub(crate) unit: Option<Unit>,
    /// Bytes of the text that it takes.
    pub(crate) length: usize,
}

/// Reads `万元/人·天` at the beginning of the text. A tail of no length means that nothing of the kind stands there.
pub(crate) fn tail(text: &str) -> Tail {
    let mut power = 0;
    let mut at = 0;
    let mut found = measure(text);
    let may_multiply = found.is_none() && text.starts_with(['万', '亿', '百', '千', '十']);
    let word = if may_multiply { POWERS.iter().find(|(word, _)| text.starts_with(word)) } else { None };
    if let Some((word, exponent)) = word {
        power = *exponent;
        at = word.len();
        let rest = text.get(at..).unwrap_or_default();
        // 2万/月: what is paid by the month in 万 is money.
        found = if rest.starts_with('/') { measure("元").map(|(it, _)| (it, 0)) } else { measure(rest) };
    }
    let Some((of, length)) = found else {
        return Tail { power, unit: None, length: at };
    };
    at += length;
    let mut unit = Unit::plain(of);
    let rest = text.get(at..).unwrap_or_default();
    at += denominators(rest, &mut unit);
    Tail { power, unit: Some(unit), length: at }
}

/// Reads `/人/天`, `/人天`, `/人·天`, `/人*月`, `每人每天` and returns the bytes taken.
fn denominators(text: &str, unit: &mut Unit) -> usize {
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let separator = match rest.chars().next() {
            Some('/') => '/',
            Some('每') => '每',
            Some(it @ ('·' | '*' | '.' | '、' | '-')) if at > 0 && it != '、' => it,
            // 人天 after a slash: one denominator directly behind another.
            Some(_) if at > 0 => ' ',
            _ => return at,
        };
        let skip = if separator == ' ' { 0 } else { separator.len_utf8() };
        let after = rest.get(skip..).unwrap_or_default();
        let blank = after.len() - after.trim_start_matches(' ').len();
        let after = after.get(blank..).unwrap_or_default();
        match measure(after) {
            Some((found, length)) if found.dimension == Dimension::PersonDays => {
                // 人天 is written for 人·天.
                for part in ["人", "天"] {
                    if let Some((it, _)) = measure(part) {
                        unit.add_per(it);
                    }
                }
                at += skip + blank + length;
            }
            Some((found, length)) if separator != ' ' || is_person_or_time(found) => {
                unit.add_per(found);
                at += skip + blank + length;
            }
            _ if separator == '/' && after.starts_with(|it: char| is_han(it)) => {
                unit.has_unknown_per = true;
                let length: usize = after.chars().take_while(|it| is_han(*it)).map(char::len_utf8).sum();
                return at + skip + blank + length;
            }
            _ => return at,
        }
    }
}

fn is_person_or_time(measure: &Measure) -> bool {
    matches!(measure.dimension, Dimension::Time | Dimension::Months) || measure.name == "人"
}

/// A Han character of the basic block.
pub(crate) fn is_han(it: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&it)
}

#[cfg(test)]
mod tests {
    use super::{TABLE, tail};

    #[test]
    fn table_is_sorted_without_repeats() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} {}", pair[0].name, pair[1].name);
        }
        assert!(TABLE.iter().all(|it| super::measure(it.name).is_some_and(|(found, _)| found == it)));
    }

    fn check(text: &str, expected: &str) {
        let tail = tail(text);
        let mut shown = format!("{}", tail.power);
        if let Some(unit) = tail.unit {
            shown.push(' ');
            shown.push_str(unit.of.name);
            for per in unit.per() {
                shown.push('/');
                shown.push_str(per.name);
            }
            if unit.has_unknown_per {
                shown.push_str("/?");
            }
        }
        shown.push_str(&format!(" [{}]", &text[tail.length..]));
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn tails_are_read_to_their_end() {
        check("元", "0 元 []");
        check("万元", "4 元 []");
        check("万", "4 []");
        check("百万元", "6 元 []");
        check("亿元", "8 元 []");
        check("万套", "4 套 []");
        check("万平方米", "4 平方米 []");
        check("个百分点", "0 个百分点 []");
        check("元/台", "0 元/台 []");
        check("元/天/人", "0 元/天/人 []");
        check("元/人天,区外", "0 元/人/天 [,区外]");
        check("元/人*月", "0 元/人/月 []");
        check("元/人·天", "0 元/人/天 []");
        check("人/期/天、5天", "0 人/期/天 [、5天]");
        check("元/学位", "0 元/? []");
        check("元每人每天", "0 元/人/天 []");
        check("次/月", "0 次/月 []");
        check("万/月", "4 元/月 []");
        check("M且稳定", "0 M [且稳定]");
        check("MBA", "0 [MBA]");
        check("小时", "0 小时 []");
        check("千米", "0 千米 []");
        check("扶贫日", "0 [扶贫日]");
        check("个子系统", "0 个 [子系统]");
    }
}
