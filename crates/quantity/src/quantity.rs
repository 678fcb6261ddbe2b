//! A number with what stands around it: operator, approximate word, unit, range.
//!
//! In: what the scanner found. Out: the intervals that a check compares, in the base unit of the dimension.

use crate::fraction::Fraction;
use crate::interval::{End, Interval};
use crate::number::Number;
use crate::unit::{Dimension, Unit};

/// A piece of the printed text: bytes, half open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
}

impl Span {
    /// The piece itself.
    pub fn of(self, printed: &str) -> &str {
        printed.get(self.start..self.end).unwrap_or_default()
    }
}

/// What is wanted of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// ≥, 不少于, 不低于, 至少, 以上, 达到.
    AtLeast,
    /// >, 超过, 高于.
    MoreThan,
    /// ≤, 不超过, 不高于, 以内, 以下, 控制在.
    AtMost,
    /// <, 低于, 少于.
    LessThan,
    /// =.
    Equal,
}

impl Operator {
    /// More is better. OCR reads ≥ as >, so `>` is scored as `≥` (rulebook section 3).
    pub fn is_positive(self) -> bool {
        matches!(self, Operator::AtLeast | Operator::MoreThan)
    }

    /// Less is better; `<` as `≤`.
    pub fn is_reverse(self) -> bool {
        matches!(self, Operator::AtMost | Operator::LessThan)
    }

    /// The bound itself is excluded (I08).
    pub fn is_strict(self) -> bool {
        matches!(self, Operator::MoreThan | Operator::LessThan)
    }

    /// The sign, for messages.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::AtLeast => "≥",
            Operator::MoreThan => ">",
            Operator::AtMost => "≤",
            Operator::LessThan => "<",
            Operator::Equal => "=",
        }
    }
}

/// A word that makes a number approximate (K11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Approximation {
    /// 30余, 10多: more, but not the next round number: [31, 39], [11, 19].
    Over,
    /// 近百: [90, 99].
    Nearly,
    /// 约n, n左右: within a tenth.
    About,
    /// 十几: the number is the lower end, so far above it the upper one lies.
    Spread(u8),
}

/// A quantity as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// What is wanted of it, or in an actual what is claimed.
    pub operator: Option<Operator>,
    /// The word that makes it approximate.
    pub approximation: Option<Approximation>,
    /// The figure, with 万 and 亿 as its power: `2.5万套` has the value 25000.
    pub number: Number,
    /// The second figure of a range `15-20万字`, as printed: it may be the lower one (`100-80%`).
    pub up_to: Option<Number>,
    /// `None`: no unit is printed, or none that is known.
    pub unit: Option<Unit>,
    /// What it adds to another number, not a number of its own: 超额完成691人次, 节约5万元, or in brackets.
    pub is_aside: bool,
    /// From the operator to the end of the unit.
    pub span: Span,
    /// The digits.
    pub number_span: Span,
    /// The unit with 万 and 亿; empty if there is none.
    pub unit_span: Span,
}

impl Quantity {
    /// A number and nothing else.
    pub(crate) fn bare(number: Number, span: Span) -> Quantity {
        Quantity {
            operator: None,
            approximation: None,
            number,
            up_to: None,
            unit: None,
            is_aside: false,
            span,
            number_span: span,
            unit_span: Span { start: span.end, end: span.end },
        }
    }

    /// What it counts or measures, if a unit is printed.
    pub fn dimension(&self) -> Option<Dimension> {
        self.unit.map(|it| it.of.dimension)
    }

    /// Printed with `%` or one of its words.
    pub fn is_percent(&self) -> bool {
        self.dimension() == Some(Dimension::Percent)
    }

    /// Money that is not a price: `5万元`, but not `5元/台`.
    pub fn is_amount(&self) -> bool {
        self.dimension() == Some(Dimension::Money) && self.unit.is_some_and(|it| !it.is_rate())
    }

    /// Money for each of something.
    pub fn is_price(&self) -> bool {
        self.unit.is_some_and(|it| it.is_price())
    }

    /// Whole things printed as an integer: exact, E(p) (rulebook section 2).
    pub fn is_whole_count(&self) -> bool {
        self.dimension() == Some(Dimension::Count) && self.number.is_integer()
    }

    /// Two figures are printed.
    pub fn is_range(&self) -> bool {
        self.up_to.is_some()
    }

    /// A bare number takes the unit of another: the actual `47` of the target `50人`. 万 belongs to the figure and stays.
    pub fn in_unit_of(self, other: &Quantity) -> Quantity {
        if self.unit.is_none() { Quantity { unit: other.unit, ..self } } else { self }
    }

    /// The printed figure in the base unit of its dimension (元, 秒, 平方米, %).
    pub fn value(&self) -> Option<Fraction> {
        Fraction::from(self.number.value()).times(self.factor())
    }

    /// E(p) in the base unit.
    pub fn exact(&self) -> Option<Interval> {
        self.number.exact().scaled(self.factor())
    }

    /// L(p) in the base unit; E(p) for whole things.
    pub fn loose(&self) -> Option<Interval> {
        let printed = if self.is_whole_count() { self.number.exact() } else { self.number.loose() };
        printed.scaled(self.factor())
    }

    /// Lt(p) in the base unit, with the most decimals of the column; E(p) for whole things.
    pub fn loose_at(&self, decimals: u32) -> Option<Interval> {
        let printed = if self.is_whole_count() { self.number.exact() } else { self.number.loose_at(decimals) };
        printed.scaled(self.factor())
    }

    /// All values that the text allows, in the base unit: L(p), the interval of an approximate word, of a range, or of a
    /// bound. `≥97%` is [97, 100], `≤5%` is [0, 5], `30余次` is [31, 39].
    pub fn interval(&self) -> Option<Interval> {
        let printed = self.without_bound()?;
        let bounded = match self.operator {
            None | Some(Operator::Equal) => printed,
            Some(Operator::AtLeast | Operator::MoreThan) => {
                let low = self.bound(&printed).low();
                let whole = Fraction::from(100);
                let is_share = self.is_percent() && low.value().is_some_and(|it| it <= whole);
                Interval::new(low, if is_share { End::Closed(whole) } else { End::Unbounded })?
            }
            Some(Operator::AtMost | Operator::LessThan) => {
                let high = self.bound(&printed).high();
                let is_positive = high.value().is_some_and(|it| !it.is_negative());
                Interval::new(if is_positive { End::Closed(Fraction::ZERO) } else { End::Unbounded }, high)?
            }
        };
        bounded.scaled(self.factor())
    }

    /// The same with another reading of a number without a unit's power, for hypotheses such as "unit is 元".
    pub fn with_power(self, power: i32) -> Option<Quantity> {
        self.number.shifted(power).map(|number| Quantity { number, ..self })
    }

    fn factor(&self) -> Fraction {
        self.unit.map_or(Fraction::ONE, |it| it.of.factor())
    }

    /// The interval in the printed unit, operator aside.
    fn without_bound(&self) -> Option<Interval> {
        if let Some(up_to) = self.up_to {
            return Some(Interval::closed(self.number.value(), up_to.value()));
        }
        if let Some(approximation) = self.approximation {
            return approximate(self.number, approximation);
        }
        Some(if self.is_whole_count() { self.number.exact() } else { self.number.loose() })
    }

    /// A bound is meant as printed: ≥97% begins at 97, not at 96.5.
    fn bound(&self, printed: &Interval) -> Interval {
        if self.approximation.is_none() && self.up_to.is_none() { self.number.exact() } else { *printed }
    }
}

/// The interval of an approximate number, in its own unit.
fn approximate(number: Number, approximation: Approximation) -> Option<Interval> {
    let value = Fraction::from(number.value());
    let tenth = value.times(Fraction::new(1, 10)?)?;
    match approximation {
        Approximation::About => Some(Interval::closed(value.minus(tenth)?, value.plus(tenth)?)),
        Approximation::Spread(width) => Some(Interval::closed(value, value.plus(Fraction::from(i64::from(width)))?)),
        Approximation::Nearly if number.is_integer() => {
            Some(Interval::closed(value.minus(tenth)?, value.minus(Fraction::ONE)?.max(value.minus(tenth)?)))
        }
        Approximation::Nearly => Interval::half_open(value.minus(tenth)?, value),
        Approximation::Over => {
            let next = value.plus(round_step(number)?)?;
            if number.is_integer() && next > value.plus(Fraction::ONE)? {
                return Some(Interval::closed(value.plus(Fraction::ONE)?, next.minus(Fraction::ONE)?));
            }
            Interval::half_open(value, next)
        }
    }
}

/// One in the last place that is not zero: 10 for 30, 100 for 200, 0.1 for 2.5.
fn round_step(number: Number) -> Option<Fraction> {
    let mut step = number.step();
    let ten = Fraction::from(10);
    if number.is_zero() {
        return Some(step);
    }
    let mut quotient = Fraction::from(number.value()).over(step)?;
    loop {
        let next = quotient.over(ten)?;
        if next.to_decimal().is_none_or(|it| !it.fract().is_zero()) {
            return Some(step);
        }
        quotient = next;
        step = step.times(ten)?;
    }
}
