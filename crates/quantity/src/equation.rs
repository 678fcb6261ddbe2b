//! Equations printed in a text, and whether they hold: `3720元*76条=28.272万元`, and chains.
//!
//! In: prose or a cell. Out: each [`Equation`] with its [`Step`]s. Factors count exactly as printed, a result stands for
//! L(p) (rulebook A01). In a chain the result on the left is the first factor on the right:
//! `6人*12月=72人次*4000元/人=28.8万元` says 6·12 = 72 and 72·4000 = 28.8万.

use crate::fold::Folded;
use crate::fraction::{Fraction, ten_to};
use crate::interval::Interval;
use crate::number::{Number, scan_number};
use crate::quantity::Span;
use crate::unit::{Dimension, Unit, is_han, tail};

/// Two or more sides with `=` between them, at least one of them to be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// The whole of it in the printed text.
    pub span: Span,
    /// One for every `=`.
    pub steps: Vec<Step>,
}

/// One `=`: what its left side comes to, and what is printed on its right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The side that was computed.
    pub left: Span,
    /// The figure with its unit that states the result.
    pub right: Span,
    /// What the left side comes to, money in 元, percentages as fractions; `None` if that does not fit.
    pub computed: Option<Fraction>,
    /// What the stated figure stands for, L(p), in the same unit.
    pub stated: Interval,
    /// The computed value lies in it, if units that are not printed may be supplied (元 for 万元). `None`: not checkable.
    pub holds: Option<bool>,
}

impl Equation {
    /// Every step holds; `None` if none fails and some could not be computed.
    pub fn holds(&self) -> Option<bool> {
        if self.steps.iter().any(|it| it.holds == Some(false)) {
            return Some(false);
        }
        self.steps.iter().all(|it| it.holds == Some(true)).then_some(true)
    }
}

/// All equations of a text, in printed order.
pub fn equations(printed: &str) -> Vec<Equation> {
    if !printed.contains(['=', '＝', '﹦', '═', '≈']) {
        return Vec::new();
    }
    let folded = Folded::new(printed);
    let text: &str = &folded.text;
    let mapped = |span: Span| Span { start: folded.origin(span.start), end: folded.origin(span.end) };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(|it: char| it.is_ascii_digit() || it == '(')) {
        at += next;
        let mut parser = Parser { text, at, depth: 0 };
        let sides = parser.chain();
        if sides.len() >= 2 && sides.iter().any(|it| it.n_operands >= 2) {
            let mut steps = steps(&sides);
            for step in &mut steps {
                step.left = mapped(step.left);
                step.right = mapped(step.right);
            }
            let end = sides.last().map_or(at, |it| it.span.end);
            found.push(Equation { span: mapped(Span { start: at, end }), steps });
            at = end.max(at + 1);
        } else {
            // No side that begins inside this one ends elsewhere, so the search goes on behind it.
            at = sides.last().map_or(at, |it| it.span.end).max(at + 1);
        }
    }
    found
}

/// What is between two `=`.
#[derive(Clone, Copy)]
struct Side {
    value: Option<Fraction>,
    first: Operand,
    n_operands: usize,
    /// Some operand is money: then the value is in 元.
    is_money: bool,
    has_division: bool,
    span: Span,
}

#[derive(Clone, Copy)]
struct Operand {
    number: Number,
    unit: Option<Unit>,
    /// 约 stands before it.
    is_about: bool,
    span: Span,
}

impl Operand {
    fn is_money(&self) -> bool {
        self.unit.is_some_and(|it| it.of.dimension == Dimension::Money)
    }

    /// Times and counts enter as printed, money in 元, percentages as fractions.
    fn factor(&self) -> Option<Fraction> {
        match self.unit {
            Some(unit) if unit.of.dimension == Dimension::Money => Some(unit.of.factor()),
            Some(unit) if unit.of.dimension == Dimension::Percent => unit.of.factor().over(Fraction::from(100)),
            _ => Some(Fraction::ONE),
        }
    }

    fn value(&self) -> Option<Fraction> {
        Fraction::from(self.number.value()).times(self.factor()?)
    }

    /// L(p), or within a tenth after 约.
    fn stated(&self) -> Option<Interval> {
        let loose = self.number.loose();
        let printed = if self.is_about {
            let tenth = self.number.exact().scaled(Fraction::new(1, 10)?)?;
            loose.hull(&self.number.exact().plus(&tenth)?).hull(&self.number.exact().minus(&tenth)?)
        } else {
            loose
        };
        printed.scaled(self.factor()?)
    }
}

fn steps(sides: &[Side]) -> Vec<Step> {
    let mut steps = Vec::new();
    for pair in sides.windows(2) {
        let [mut left, mut right] = *pair else { continue };
        // 73.98=51.98+22 states the sum first.
        if left.n_operands == 1 && right.n_operands >= 2 {
            (left, right) = (right, left);
        }
        let Some(stated) = right.first.stated() else { continue };
        let mut holds = left.value.map(|value| fits(&left, value, &right.first, &stated));
        // 2*3=1*6: the whole right side may be meant instead of its first factor.
        if holds == Some(false) && right.n_operands >= 2 {
            holds = match (left.value, right.value) {
                (Some(a), Some(b)) => Some(a == b),
                _ => None,
            };
        }
        let end = if right.n_operands >= 2 { right.first.span.end } else { right.span.end };
        let right_span = Span { start: right.first.span.start, end };
        steps.push(Step { left: left.span, right: right_span, computed: left.value, stated, holds });
    }
    steps
}

/// The value lies in the stated interval, in the printed units or with those supplied that are not printed.
fn fits(left: &Side, value: Fraction, right: &Operand, stated: &Interval) -> bool {
    if stated.contains(value) {
        return true;
    }
    let is_free = !(left.is_money && right.is_money());
    // 11*16*12*430=90.816 leaves out 元 on the left and 万元 on the right.
    let powers: &[i32] = match (is_free, right.unit) {
        (true, None) if left.has_division => &[-4, 4, 2],
        (true, _) => &[-4, 4],
        (false, _) => &[],
    };
    powers.iter().any(|power| {
        let factor = ten_to(power.unsigned_abs()).and_then(|it| Fraction::new(it, 1));
        let shifted = factor.and_then(|it| if *power < 0 { value.over(it) } else { value.times(it) });
        shifted.is_some_and(|it| stated.contains(it))
    })
}

/// Deepest nesting of brackets that is followed.
const MAX_DEPTH: usize = 8;

/// Most characters of a noun between a unit and the next sign: 76条线路×.
const MAX_NOUN: usize = 6;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().bytes().take_while(|it| *it == b' ').count();
    }

    /// Takes one of the signs if it stands here, behind blanks.
    fn take(&mut self, signs: &[char]) -> Option<char> {
        let start = self.at;
        self.skip_blanks();
        match self.rest().chars().next().filter(|it| signs.contains(it)) {
            Some(sign) => {
                self.at += sign.len_utf8();
                Some(sign)
            }
            None => {
                self.at = start;
                None
            }
        }
    }

    /// `side = side = side`; one side alone if no `=` follows.
    fn chain(&mut self) -> Vec<Side> {
        let mut sides = Vec::new();
        let mut is_about = false;
        loop {
            let start = self.at;
            let Some(mut side) = self.side() else {
                self.at = start;
                return sides;
            };
            side.first.is_about |= is_about;
            sides.push(side);
            let noun_end = self.past_noun(&['=', '≈']);
            self.at = noun_end.unwrap_or(self.at);
            match self.take(&['=', '≈']) {
                Some(sign) => is_about = sign == '≈',
                None => return sides,
            }
            self.skip_blanks();
            for word in ["大约", "约", "共计", "合计", "共"] {
                if self.rest().starts_with(word) {
                    is_about |= word.ends_with('约');
                    self.at += word.len();
                    break;
                }
            }
        }
    }

    fn side(&mut self) -> Option<Side> {
        let mut side = self.term()?;
        loop {
            let start = self.at;
            let Some(sign) = self.take(&['+', '-', '−']) else { return Some(side) };
            let Some(term) = self.term() else {
                self.at = start;
                return Some(side);
            };
            side = joined(side, term, |a, b| if sign == '+' { a.plus(b) } else { a.minus(b) });
        }
    }

    fn term(&mut self) -> Option<Side> {
        let mut side = self.factor()?;
        loop {
            let start = self.at;
            let Some(sign) = self.take(&['*', 'x', 'X', '÷', '/', '·']) else { return Some(side) };
            self.skip_blanks();
            let Some(factor) = self.factor() else {
                self.at = start;
                return Some(side);
            };
            let is_division = matches!(sign, '÷' | '/');
            side = joined(side, factor, |a, b| if is_division { a.over(b) } else { a.times(b) });
            side.has_division |= is_division;
        }
    }

    fn factor(&mut self) -> Option<Side> {
        let start = self.at;
        self.skip_blanks();
        if self.rest().starts_with('(') {
            if self.depth >= MAX_DEPTH {
                return None;
            }
            self.depth += 1;
            self.at += 1;
            let side = self.side();
            self.depth -= 1;
            let side = side.filter(|_| self.take(&[')']).is_some());
            if side.is_none() {
                self.at = start;
            }
            return side.map(|it| Side { span: Span { start, end: self.at }, ..it });
        }
        let (number, length) = scan_number(self.rest().as_bytes())?;
        let begin = self.at;
        self.at += length;
        let found = tail(self.rest());
        self.at += found.length;
        let span = Span { start: begin, end: self.at };
        let number = number.shifted(found.power)?;
        let operand = Operand { number, unit: found.unit, is_about: false, span };
        self.at = self.past_noun(&['*', 'x', 'X', '÷', '+']).unwrap_or(self.at);
        Some(Side {
            value: operand.value(),
            first: operand,
            n_operands: 1,
            is_money: operand.is_money(),
            has_division: false,
            span,
        })
    }

    /// Where the noun of a few characters ends that stands before one of the signs.
    fn past_noun(&self, signs: &[char]) -> Option<usize> {
        let rest = self.rest();
        let length: usize = rest.chars().take(MAX_NOUN).take_while(|it| is_han(*it)).map(char::len_utf8).sum();
        let after = rest.get(length..)?.trim_start_matches(' ');
        (length > 0 && after.starts_with(signs)).then_some(self.at + length)
    }
}

fn joined(left: Side, right: Side, apply: impl Fn(Fraction, Fraction) -> Option<Fraction>) -> Side {
    let value = match (left.value, right.value) {
        (Some(a), Some(b)) => apply(a, b),
        _ => None,
    };
    Side {
        value,
        n_operands: left.n_operands + right.n_operands,
        is_money: left.is_money || right.is_money,
        has_division: left.has_division || right.has_division,
        span: Span { start: left.span.start, end: right.span.end },
        ..left
    }
}
