//! Whether a row's actual meets its target, and which scores its figures admit (rule book 3).
//!
//! In: a row, its scheme and whether the form prints a formula for reverse rows. Out: a [`Comparison`]: met, unmet or not
//! to be told, under every direction that the row admits, and the shares of the weight that may be scored.

use std::cmp::Ordering;

use gouji_model::{Cell, Indicator, IndicatorField};
use gouji_quantity::{Dimension, Fraction, Interval, Kind as ValueKind, Operator, Period, Quantity, Value, Wording};

use crate::profile::Profile;
use crate::weighing::{below, closed, full, half_open, paired, weigh, whole_range, within};
use crate::words::squeezed;

/// Whether the target was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attainment {
    /// Under every direction that the row admits.
    Met,
    /// Under none.
    Unmet,
    /// Under some but not all: a cost that came out lower, a price.
    Either,
    /// The figures do not say.
    #[default]
    Unknown,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More.
    Positive,
    /// Less.
    Reverse,
    /// As printed, more is not worse (K3).
    Equal,
    /// The row does not say.
    Either,
    /// A cost: more is worse, less may be scored in full or by its share.
    Cost,
}

/// The kinds of rule book 3 that a comparison may be of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// K1 to K4: one number against another.
    Number,
    /// K5: a number against a range.
    Range,
    /// K6: a date against a deadline.
    Deadline,
    /// K7: words against words.
    Words,
    /// K8: words where a number is wanted.
    NumberWanted,
    /// K9: a percentage where words, a date or a frequency are wanted.
    WordWanted,
    /// K10: several numbers, one by one.
    Compound,
    /// K12: target or actual is blank, or says that the row does not apply.
    Nothing,
    /// None of these.
    #[default]
    Unknown,
}

/// How a row's actual stands to its target.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Of which kind the row is.
    pub kind: Kind,
    /// Whether the target was reached.
    pub met: Attainment,
    /// Which way is better, for numbers.
    pub direction: Option<Direction>,
    /// The actual is above the target.
    pub is_above: bool,
    /// Shares of the weight that the figures admit, each a part of a union; empty: not to be told.
    pub shares: Vec<Interval>,
    /// The single share of an unmet number, for rounded integer scores.
    pub ratio: Option<Fraction>,
    /// What the words of the actual say.
    pub wording: Option<Wording>,
    /// The cell whose operator may have been read as a glyph, and its other reading, where that decides.
    pub glyph: Option<(IndicatorField, String)>,
}

/// What the target and the actual of a row say; an adjusted target takes the place of the first.
#[derive(Clone, Debug)]
pub struct Values {
    /// The target that counts.
    pub target: Value,
    /// The actual.
    pub actual: Value,
    /// The cell that prints the target that counts.
    pub target_field: IndicatorField,
    /// Both cells print the same.
    pub is_same: bool,
}

impl Values {
    /// Reads the two cells of a row.
    pub fn of(row: &Indicator) -> Values {
        let is_adjusted = !gouji_quantity::is_empty_mark(trimmed(row.adjusted.as_ref()));
        let target_field = if is_adjusted { IndicatorField::Adjusted } else { IndicatorField::Target };
        let (target_text, actual_text) = (trimmed(row.field(target_field)), trimmed(row.actual.as_ref()));
        let target = read(target_text);
        let is_same = target_text == actual_text;
        let actual = if is_same { target.clone() } else { read(actual_text) };
        Values { target, actual, target_field, is_same }
    }
}

/// Reads a value; one that a blank parts, such as `17公 里` and `不 超过5万元`, is read without it.
fn read(text: &str) -> Value {
    let value = gouji_quantity::read_value(text);
    // 超过 is a bound, too, and the opposite of 不超过.
    let may_be_parted = matches!(value.kind, ValueKind::Words | ValueKind::Quantity(_));
    if may_be_parted && text.contains(char::is_whitespace) {
        let joined = gouji_quantity::read_value(&squeezed(text));
        if matches!(&joined.kind, ValueKind::Quantity(it) if value.kind == ValueKind::Words || it.operator.is_some()) {
            return joined;
        }
    }
    value
}

impl Comparison {
    /// Nothing to compare.
    pub const NONE: Comparison = Comparison {
        kind: Kind::Nothing,
        met: Attainment::Unknown,
        direction: None,
        is_above: false,
        shares: Vec::new(),
        ratio: None,
        wording: None,
        glyph: None,
    };

    /// Compares the actual of a row with its target. In text from character recognition an operator may have been read as a
    /// glyph: what stands under one reading only is unknown.
    pub fn of(row: &Indicator, values: &Values, profile: &Profile, prints_inverse: bool, is_ocr: bool) -> Comparison {
        let Values { target, actual, target_field, is_same } = values;
        let (target_field, is_same) = (*target_field, *is_same);
        let (target_text, actual_text) = (trimmed(row.field(target_field)), trimmed(row.actual.as_ref()));
        let reading = Reading { row, profile, prints_inverse, target, actual, is_same };
        let mut comparison = reading.compare();
        comparison.wording = Some(actual.wording);
        if !is_ocr || is_same {
            return comparison;
        }
        let past = |text: &str, twin: &Value| {
            let quantity = gouji_quantity::reading_past_glyph(text, twin.quantity())?;
            let rest = text.get(quantity.number_span.start..)?;
            // No number is printed as 0000: the glyph belongs to it.
            let is_torn = rest.starts_with('0') && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
            (!is_torn).then(|| (format!("≥{rest}"), quantity))
        };
        let second = |quantity: Quantity| Value { kind: ValueKind::Quantity(quantity), ..actual.clone() };
        let (field, text, other) = if let Some((text, quantity)) = past(target_text, actual) {
            let value = second(quantity);
            (target_field, text, Reading { target: &value, ..reading }.compare())
        } else if let Some((text, quantity)) = past(actual_text, target) {
            let value = second(quantity);
            (IndicatorField::Actual, text, Reading { actual: &value, ..reading }.compare())
        } else {
            return comparison;
        };
        if other.met == comparison.met {
            return comparison;
        }
        let shares = comparison.shares.into_iter().chain(other.shares).collect();
        Comparison { met: Attainment::Unknown, shares, glyph: Some((field, text)), ..comparison }
    }

    /// Target and actual can be compared: K1 to K6, K9 and K10. Rows of words are judged by their tier alone.
    pub fn is_comparable(&self) -> bool {
        let is_kind =
            matches!(self.kind, Kind::Number | Kind::Range | Kind::Deadline | Kind::WordWanted | Kind::Compound);
        is_kind && self.met != Attainment::Unknown
    }

    /// Target and actual can be compared and the target is met under every direction: a deduction is I02's.
    pub fn is_met(&self) -> bool {
        self.is_comparable() && self.met == Attainment::Met
    }

    pub(crate) fn unknown(kind: Kind) -> Comparison {
        Comparison { kind, shares: vec![whole_range()], ..Comparison::NONE }
    }

    pub(crate) fn met(kind: Kind, direction: Option<Direction>) -> Comparison {
        Comparison { kind, met: Attainment::Met, direction, shares: vec![full()], ..Comparison::NONE }
    }
}

fn trimmed(cell: Option<&Cell>) -> &str {
    cell.map_or("", |it| it.text.trim())
}

/// A row's values while they are compared.
#[derive(Clone, Copy)]
struct Reading<'a> {
    row: &'a Indicator,
    profile: &'a Profile,
    prints_inverse: bool,
    target: &'a Value,
    actual: &'a Value,
    is_same: bool,
}

impl Reading<'_> {
    fn compare(&self) -> Comparison {
        let (target, actual) = (&self.target.kind, &self.actual.kind);
        match (target, actual) {
            (ValueKind::Blank | ValueKind::NotApplicable, _) | (_, ValueKind::Blank | ValueKind::NotApplicable) => {
                Comparison::NONE
            }
            (ValueKind::Period(by), _) => self.deadline(by),
            (ValueKind::Range(range), ValueKind::Quantity(actual)) => within(range, actual),
            (ValueKind::Quantity(target), ValueKind::Quantity(actual)) => self.numbers(target, actual),
            (ValueKind::Words | ValueKind::Frequency(_), ValueKind::Quantity(actual)) if actual.is_percent() => {
                self.percentage(actual)
            }
            (ValueKind::Frequency(_) | ValueKind::Range(_), _) if self.is_same => Comparison::met(Kind::Number, None),
            (ValueKind::Frequency(Some(target)), ValueKind::Frequency(Some(actual))) => self.numbers(target, actual),
            (
                ValueKind::Compound(target) | ValueKind::Several(target),
                ValueKind::Compound(actual) | ValueKind::Several(actual),
            ) => self.compound(target, actual),
            (ValueKind::Quantity(_) | ValueKind::Compound(_) | ValueKind::Several(_), ValueKind::Words) => {
                Comparison::unknown(Kind::NumberWanted)
            }
            (ValueKind::Words, ValueKind::Words) => self.words(),
            _ => Comparison::unknown(Kind::Unknown),
        }
    }

    /// K1 to K4.
    fn numbers(&self, target: &Quantity, actual: &Quantity) -> Comparison {
        let direction = self.direction(target);
        let Some((target, actual)) = paired(target, actual) else { return Comparison::unknown(Kind::Unknown) };
        let weighed = weigh(&target, &actual, direction, self.prints_inverse);
        weighed.unwrap_or_else(|| Comparison::unknown(Kind::Unknown))
    }

    fn direction(&self, target: &Quantity) -> Direction {
        /// Names of what should be small, whatever its operator says or leaves out.
        const REVERSE: [&str; 14] = [
            "故障率",
            "误差率",
            "发生率",
            "受害率",
            "成灾率",
            "流失率",
            "事故",
            "投诉",
            "超支",
            "能耗",
            "响应时间",
            "处理时间",
            "差错率",
            "错误率",
        ];
        /// Names of rates that should be large, and words that turn a reverse one round.
        const LARGE: [&str; 18] = [
            "满意",
            "合格",
            "达标",
            "准确率",
            "及时率",
            "通过率",
            "知晓率",
            "完成率",
            "覆盖率",
            "处理率",
            "办结率",
            "修复率",
            "降低率",
            "下降率",
            "不发生",
            "未发生",
            "避免",
            "防止",
        ];
        /// Names of what is done, bought or reached: more of it is better. Asked where no level-2 label tells.
        const POSITIVE: [&str; 26] = [
            "完成",
            "建设",
            "购置",
            "采购",
            "新建",
            "改造",
            "举办",
            "开展",
            "安装",
            "覆盖",
            "满意",
            "合格",
            "达标",
            "准确率",
            "及时率",
            "通过率",
            "知晓率",
            "参训率",
            "培训",
            "数量",
            "人数",
            "次数",
            "场次",
            "编撰",
            "维护",
            "发放",
        ];
        /// Names of money: what is built or bought with it does not make more of it better.
        const SPENT: [&str; 6] = ["成本", "费用", "投资", "支出", "控制数", "控制额"];
        match target.operator {
            Some(operator) if operator.is_positive() => return Direction::Positive,
            Some(operator) if operator.is_reverse() => return Direction::Reverse,
            _ => {}
        }
        let holds = |cell: Option<&Cell>, words: &[&str]| {
            cell.is_some_and(|it| words.iter().any(|word| it.text.contains(word)))
        };
        let (l1, l2, name) = (self.row.l1.as_ref(), self.row.l2.as_ref(), self.row.name.as_ref());
        let is_cost = holds(l2, &["成本"]) || (l2.is_none() && holds(l1, &["成本"]));
        if is_cost {
            return Direction::Cost;
        }
        if target.operator == Some(Operator::Equal) {
            return Direction::Equal;
        }
        if holds(name, &REVERSE) {
            // 投诉处理满意率, 及时率（确保不发生事故）: the name holds a word for what should be large, too.
            let large = holds(name, &LARGE);
            return if large { Direction::Either } else { Direction::Reverse };
        }
        if target.is_price() {
            return Direction::Either;
        }
        if l2.is_none() {
            let is_wanted = holds(name, &POSITIVE) || holds(l1, &["满意"]);
            return if is_wanted && !holds(name, &SPENT) { Direction::Positive } else { Direction::Either };
        }
        // Money is spent under 成本指标, whose label may be lost: its row then seems to stand under the one above.
        let is_money = target.dimension() == Some(Dimension::Money);
        if is_money && holds(name, &SPENT) && holds(l2, &["数量", "质量", "时效"]) {
            return Direction::Either;
        }
        if holds(l2, &["数量", "质量", "时效", "效益", "满意", "影响", "发展"]) {
            return Direction::Positive;
        }
        Direction::Either
    }

    /// K6.
    fn deadline(&self, by: &Period) -> Comparison {
        if self.is_same {
            return Comparison::met(Kind::Deadline, None);
        }
        let missed = || Comparison {
            kind: Kind::Deadline,
            met: Attainment::Unmet,
            shares: below(4, 5).into_iter().collect(),
            ..Comparison::NONE
        };
        match &self.actual.kind {
            _ if self.actual.wording.is_unmet() => missed(),
            // `2020年7月` against `2020年7月30日`: the day that would be too late is not printed.
            ValueKind::Period(actual) if self.is_within_month_of(actual, by) => Comparison::unknown(Kind::Unknown),
            ValueKind::Period(actual) => match actual.by.compare(by.by) {
                Ordering::Greater => missed(),
                Ordering::Less | Ordering::Equal => Comparison::met(Kind::Deadline, None),
            },
            ValueKind::Quantity(actual) if actual.is_percent() && !actual.number.is_zero() => self.percentage(actual),
            ValueKind::Quantity(actual) if actual.number.is_zero() => missed(),
            ValueKind::Words if self.actual.wording == Wording::Completed => self.words(),
            _ => Comparison::unknown(Kind::Unknown),
        }
    }

    /// Whether the actual names the month of the deadline and no day of it.
    fn is_within_month_of(&self, actual: &Period, by: &Period) -> bool {
        let text = self.row.actual.as_ref().map_or("", |it| it.text.as_str());
        let figures = text.split(|c: char| !c.is_numeric()).filter(|it| !it.is_empty()).count();
        let names_day = text.contains(['日', '号']) || figures > 2;
        let same_year = actual.by.year == by.by.year || actual.by.year.is_none() || by.by.year.is_none();
        !names_day && same_year && actual.by.month == by.by.month && by.by.day < actual.by.day
    }

    /// K9.
    fn percentage(&self, actual: &Quantity) -> Comparison {
        let hundredth = Fraction::new(1, 100).unwrap_or(Fraction::ONE);
        let whole = Interval::point(100);
        let is_whole = actual.interval().is_some_and(|it| it.only().is_none_or(|value| Fraction::from(100) <= value))
            && actual.value().is_some_and(|it| Fraction::from(100) <= it);
        if is_whole {
            let shares = closed(4, 5, 1).into_iter().collect();
            return Comparison { kind: Kind::WordWanted, met: Attainment::Met, shares, ..Comparison::NONE };
        }
        let Some(share) =
            actual.loose().and_then(|it| it.intersection(&Interval::at_most(100)).unwrap_or(whole).scaled(hundredth))
        else {
            return Comparison::unknown(Kind::Unknown);
        };
        let mut shares = vec![share.floored(Fraction::ZERO)];
        let tops = self.profile.tiers.map_or(vec![80, 60, 50], |it| vec![it[0], it[1]]);
        let value = actual.value().unwrap_or(Fraction::ZERO);
        // The tier that the percentage lies in.
        let low = tops.iter().find(|it| Fraction::from(i64::from(**it)) <= value).copied().unwrap_or(0);
        let high = tops.iter().rev().find(|it| value < Fraction::from(i64::from(**it))).copied();
        shares.extend(match high {
            None => closed(i64::from(low), 100, 1),
            Some(high) => half_open(i64::from(low), i64::from(high), 100),
        });
        Comparison { kind: Kind::WordWanted, met: Attainment::Unmet, shares, ..Comparison::NONE }
    }

    /// K7.
    fn words(&self) -> Comparison {
        let middle = self.profile.tiers.map_or(50, |it| i64::from(it[1]));
        let (met, share) = match self.actual.wording {
            _ if self.is_same => (Attainment::Met, closed(4, 5, 1)),
            Wording::Completed | Wording::Top => (Attainment::Met, closed(4, 5, 1)),
            Wording::TopOrMiddle => (Attainment::Unknown, closed(middle, 100, 1)),
            Wording::Middle => (Attainment::Unmet, half_open(middle, 80, 100)),
            Wording::Bottom => (Attainment::Unmet, half_open(0, 60.max(middle), 100)),
            Wording::Negated | Wording::InProgress => (Attainment::Unmet, half_open(0, 80, 100)),
            Wording::Plain => (Attainment::Unknown, Some(whole_range())),
        };
        Comparison { kind: Kind::Words, met, shares: share.into_iter().collect(), ..Comparison::NONE }
    }

    /// K10: part by part, in printed order.
    fn compound(&self, target: &[Quantity], actual: &[Quantity]) -> Comparison {
        if target.len() != actual.len() || target.is_empty() {
            return Comparison::unknown(Kind::Unknown);
        }
        let mut parts = Vec::with_capacity(target.len());
        for (target, actual) in target.iter().zip(actual) {
            let direction = self.direction(target);
            let part = paired(target, actual)
                .and_then(|(target, actual)| weigh(&target, &actual, direction, self.prints_inverse));
            match part {
                Some(part) => parts.push(part),
                None => return Comparison::unknown(Kind::Unknown),
            }
        }
        let all = |met: Attainment| parts.iter().all(|it| it.met == met);
        let met = if all(Attainment::Met) {
            Attainment::Met
        } else if parts.iter().any(|it| it.met == Attainment::Unmet) {
            Attainment::Unmet
        } else {
            Attainment::Either
        };
        // From the worst part's share to the best part's.
        let shares = parts.iter().flat_map(|it| it.shares.iter().copied()).reduce(|acc, it| acc.hull(&it));
        Comparison {
            kind: Kind::Compound,
            met,
            direction: parts.first().and_then(|it| it.direction),
            is_above: parts.iter().any(|it| it.is_above),
            shares: shares.into_iter().collect(),
            ..Comparison::NONE
        }
    }
}
