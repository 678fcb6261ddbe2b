//! What a target or actual cell holds.
//!
//! In: the text of the cell. Out: a [`Value`] whose [`Kind`] leads to one of K1 to K12 of rulebook section 3.

use crate::date::Period;
use crate::fraction::Fraction;
use crate::interval::Interval;
use crate::number::{Number, is_empty_mark, number};
use crate::quantity::{Operator, Quantity, Span};
use crate::scan::{Token, scan};
use crate::words::{Wording, is_not_applicable, wording};

/// A read cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What the cell mainly is.
    pub kind: Kind,
    /// What its words say, whatever its kind: `100%完成` is a quantity and completed.
    pub wording: Wording,
    /// Quantities that only add to another: 超额完成691人次, and those in brackets.
    pub asides: Vec<Quantity>,
    /// Dates that stand in it, whatever its kind.
    pub periods: Vec<Period>,
}

/// What a cell mainly is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is printed, or an empty mark.
    Blank,
    /// 无, 不涉及, 未发生.
    NotApplicable,
    /// One number with what belongs to it (K1 to K4, K9, K11). The result, if the cell prints an equation.
    Quantity(Quantity),
    /// Two figures that bound what is wanted (K5); [`Quantity::interval`] is from the lower to the upper.
    Range(Quantity),
    /// A deadline or a span (K6).
    Period(Period),
    /// 一月一次, 每季度: how often; the number with its denominator, if one is printed.
    Frequency(Option<Quantity>),
    /// Nothing but quantities, to be multiplied or compared one by one (K10): `5次,5天/次,5人/次`.
    Compound(Vec<Quantity>),
    /// Several quantities with words between them: `区内510元/人天,区外530元/人天`.
    Several(Vec<Quantity>),
    /// Words without a quantity (K7).
    Words,
    /// Signs that are no words and could not be read as a number: `#DIV/0!`, `98. 5%`, several bare numbers.
    Unknown,
}

impl Value {
    /// The quantities that make up the value.
    pub fn quantities(&self) -> &[Quantity] {
        match &self.kind {
            Kind::Quantity(it) | Kind::Range(it) | Kind::Frequency(Some(it)) => std::slice::from_ref(it),
            Kind::Compound(all) | Kind::Several(all) => all,
            _ => &[],
        }
    }

    /// The quantity, if there is exactly one that is no range.
    pub fn quantity(&self) -> Option<&Quantity> {
        match &self.kind {
            Kind::Quantity(it) => Some(it),
            _ => None,
        }
    }

    /// Nothing is printed, or an empty mark.
    pub fn is_blank(&self) -> bool {
        self.kind == Kind::Blank
    }

    /// The one number printed is zero.
    pub fn is_zero(&self) -> bool {
        self.quantity().is_some_and(|it| it.number.is_zero() && it.approximation.is_none())
    }

    /// The product of the parts of a compound count: 5次,5天/次,5人/次 is 125. Each part in the base unit; `None` for
    /// anything but quantities that can be multiplied.
    pub fn product(&self) -> Option<Interval> {
        let parts = match &self.kind {
            Kind::Quantity(it) => std::slice::from_ref(it),
            Kind::Compound(parts) => parts,
            _ => return None,
        };
        let mut product = Interval::point(Fraction::ONE);
        for part in parts {
            // A duration counts in its printed unit: 5天 is 5, not its seconds.
            let counted = Quantity { unit: None, ..*part };
            let factor = if part.is_amount() || part.is_price() { part.interval()? } else { counted.number.exact() };
            product = product.times(&factor)?;
        }
        Some(product)
    }
}

/// Reads a target or actual cell.
///
/// ```text
/// ≥735人次 Quantity   15-20万字 Range   2020年11月底前 Period   一月一次 Frequency   有效提升 Words
/// ```
pub fn read_value(text: &str) -> Value {
    if is_empty_mark(text) {
        return Value { kind: Kind::Blank, wording: Wording::Plain, asides: Vec::new(), periods: Vec::new() };
    }
    // Most cells hold a number and nothing else.
    if let Some(number) = number(text) {
        let start = text.len() - text.trim_start().len();
        let kind = Kind::Quantity(Quantity::bare(number, Span { start, end: start + text.trim().len() }));
        return Value { kind, wording: Wording::Plain, asides: Vec::new(), periods: Vec::new() };
    }
    let (mut main, mut asides, mut periods, mut n_each) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for token in scan(text) {
        match token {
            Token::Quantity(it) if it.is_aside => asides.push(it),
            Token::Quantity(it) => main.push(it),
            Token::Period(it) => periods.push(it),
            Token::Each(_) => n_each += 1,
        }
    }
    // A number in brackets, or 增长5%, is the value where there is no other.
    if main.is_empty() && periods.is_empty() {
        main = std::mem::take(&mut asides);
    }
    if let Some(result) = equation_result(text, &main) {
        main = vec![result];
    }
    let wording = if text.is_ascii() { Wording::Plain } else { wording(text) };
    let kind = match (main.as_slice(), periods.last()) {
        ([only], _) if only.is_range() => Kind::Range(*only),
        ([only], _) if is_frequency(only, text) => Kind::Frequency(Some(*only)),
        ([only], _) => Kind::Quantity(*only),
        ([], Some(period)) => Kind::Period(*period),
        ([], None) if n_each > 0 => Kind::Frequency(None),
        ([], None) if is_not_applicable(text) => Kind::NotApplicable,
        ([], None) if text.chars().any(crate::unit::is_han) => Kind::Words,
        ([], None) => Kind::Unknown,
        // 3 0 and 1:1 are no counts of anything.
        (all, _) if all.iter().all(|it| it.unit.is_none() && it.number.power() == 0) => Kind::Unknown,
        (all, _) if is_bare_list(text, all) => Kind::Compound(main),
        _ => Kind::Several(main),
    };
    Value { kind, wording, asides, periods }
}

/// All quantities of a text, asides included, in printed order.
pub fn quantities(text: &str) -> Vec<Quantity> {
    let found = |token| match token {
        Token::Quantity(it) => Some(it),
        Token::Period(_) | Token::Each(_) => None,
    };
    scan(text).into_iter().filter_map(found).collect()
}

/// All quantities of a text and all its dates, each in printed order: [`quantities`] and [`periods`] in one pass.
pub fn figures(text: &str) -> (Vec<Quantity>, Vec<Period>) {
    let (mut quantities, mut periods) = (Vec::new(), Vec::new());
    for token in scan(text) {
        match token {
            Token::Quantity(it) => quantities.push(it),
            Token::Period(it) => periods.push(it),
            Token::Each(_) => {}
        }
    }
    (quantities, periods)
}

/// All dates and deadlines of a text, in printed order.
pub fn periods(text: &str) -> Vec<Period> {
    let found = |token| match token {
        Token::Period(it) => Some(it),
        Token::Quantity(_) | Token::Each(_) => None,
    };
    scan(text).into_iter().filter_map(found).collect()
}

/// The power of ten of the money unit that a label names: 4 for `项目资金(万元)` and `单位：万元`, 0 for `金额（元）`.
pub fn money_power(label: &str) -> Option<i32> {
    const UNITS: [(&str, i32); 6] = [("百万元", 6), ("千万元", 7), ("亿元", 8), ("万元", 4), ("万兀", 4), ("千元", 3)];
    let named = UNITS.iter().find(|(word, _)| label.contains(word));
    named.map(|(_, power)| *power).or_else(|| label.contains('元').then_some(0))
}

/// Reads an amount of money in 元: a bare number counts in the unit of its block (`power` 4 for 万元), a unit printed in
/// the cell overrides it. Precision stays that of the print.
pub fn amount(text: &str, power: i32) -> Option<Number> {
    if let Some(bare) = number(text) {
        return bare.shifted(power);
    }
    let trimmed = text.trim();
    let only = match read_value(trimmed).kind {
        Kind::Quantity(it) if it.approximation.is_none() && it.operator.is_none() => it,
        _ => return None,
    };
    let is_whole_cell = only.span == Span { start: 0, end: trimmed.len() };
    let is_money = only.unit.map_or(only.number.power() > 0, |it| it.of.name == "元" || it.of.name == "兀");
    (is_whole_cell && is_money && !only.is_price()).then_some(only.number)
}

/// The right side of `3720元*76条=28.272万元`.
fn equation_result(text: &str, all: &[Quantity]) -> Option<Quantity> {
    let (last, others) = all.split_last()?;
    let before = others.last()?;
    let between = text.get(before.span.end..last.number_span.start)?;
    let is_result = last.operator == Some(Operator::Equal)
        && between.trim().chars().all(|it| matches!(it, '=' | '＝' | '﹦' | '═'));
    is_result.then_some(Quantity { operator: None, ..*last })
}

/// 每月20次: the denominator stands before the number.
fn is_frequency(quantity: &Quantity, text: &str) -> bool {
    let before = text.get(..quantity.number_span.start).unwrap_or_default();
    let is_timed = quantity
        .unit
        .is_some_and(|it| it.per().any(|it| matches!(it.dimension, crate::Dimension::Time | crate::Dimension::Months)));
    is_timed && quantity.dimension() == Some(crate::Dimension::Count) && before.contains(['每', '一'])
}

/// Nothing but marks of a list or a product stands between the quantities and around them.
fn is_bare_list(text: &str, all: &[Quantity]) -> bool {
    let is_mark = |it: char| {
        it.is_whitespace()
            || matches!(it, '、' | ',' | '，' | ';' | '；' | '。' | '.' | '*' | '×' | 'x' | 'X' | '和' | '及' | '+')
    };
    let mut from = 0;
    for Quantity { span: Span { start, end }, .. } in all {
        if !text.get(from..*start).is_some_and(|it| it.chars().all(is_mark)) {
            return false;
        }
        from = *end;
    }
    text.get(from..).is_some_and(|it| it.chars().all(is_mark))
}
