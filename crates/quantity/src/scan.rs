//! Finds the quantities and dates in a text.
//!
//! In: a cell or prose. Out: its [`Token`]s in printed order. A number that is glued to a name (1017扶贫日, 12317平台,
//! 第3期, 〔2018〕25号, 7x24小时) is no quantity; a Chinese numeral is one only before a measure word.

use crate::date::{Period, period};
use crate::fold::Folded;
use crate::lexicon::{
    NO_NUMERAL_AFTER, approximation_before, clock_length, is_difference_before, is_idiom, operator_before,
    operator_behind, percent_words, round_word, speaks_of_money, suits_numeral,
};
use crate::number::{Number, scan_number};
use crate::numeral::{Numeral, digit, numeral};
use crate::quantity::{Approximation, Operator, Quantity, Span};
use crate::unit::{Dimension, Measure, Unit, is_han, measure, tail};

/// Something that was found; spans are those of the folded text until [`scan`] maps them back.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Token {
    Quantity(Quantity),
    Period(Period),
    /// 每月, 每季度末: how often, without a number.
    Each(Span),
}

/// How far before 万 a money word may stand, in bytes: 12 Han characters.
const MONEY_REACH: usize = 36;

/// How far 每月 may stand before its number, in bytes: 4 Han characters.
const EACH_REACH: usize = 12;

/// All tokens of a text, spans in the printed text.
pub(crate) fn scan(printed: &str) -> Vec<Token> {
    if !printed.bytes().any(|it| it.is_ascii_digit() || it >= 0x80) {
        return Vec::new();
    }
    let folded = Folded::new(printed);
    let mut tokens = Scanner::new(&folded.text).run();
    if folded.is_changed() {
        let mapped = |span: Span| Span { start: folded.origin(span.start), end: folded.origin(span.end) };
        for token in &mut tokens {
            match token {
                Token::Quantity(it) => {
                    it.span = mapped(it.span);
                    it.number_span = mapped(it.number_span);
                    it.unit_span = mapped(it.unit_span);
                }
                Token::Period(it) => it.span = mapped(it.span),
                Token::Each(span) => *span = mapped(*span),
            }
        }
    }
    tokens
}

/// A denominator that stands before the number: 每月20次, 每人每天430元.
#[derive(Clone, Copy)]
struct Each {
    start: usize,
    end: usize,
    measures: [Option<&'static Measure>; 2],
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Brackets that are open.
    depth: usize,
    each: Option<Each>,
    tokens: Vec<Token>,
}

/// A figure and what follows it, before operators are looked for.
struct Figure {
    number: Number,
    approximation: Option<Approximation>,
    unit: Option<Unit>,
    /// End of the digits.
    digits_end: usize,
    /// End of the unit.
    end: usize,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0, depth: 0, each: None, tokens: Vec::new() }
    }

    fn run(mut self) -> Vec<Token> {
        while let Some(it) = self.rest().chars().next() {
            let start = self.at;
            if it.is_ascii_digit() || it == '.' {
                self.digits();
            } else if is_lead(it) {
                self.word();
            } else if matches!(it, '(' | '[') {
                self.depth += 1;
            } else if matches!(it, ')' | ']') {
                self.depth = self.depth.saturating_sub(1);
            }
            if self.at == start {
                self.at += it.len_utf8();
            }
        }
        self.close_each();
        self.tokens
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn before(&self, at: usize) -> &'a str {
        self.text.get(..at).unwrap_or_default()
    }

    /// At an ASCII digit or point.
    fn digits(&mut self) {
        let head = self.before(self.at);
        let last = head.chars().next_back();
        if self.period(last) {
            return;
        }
        let rest = self.rest();
        if let Some(length) = list_mark_before_year(rest) {
            self.at += length;
            self.period(None);
            return;
        }
        if let Some(length) = torn_number(rest) {
            self.at += length;
            return;
        }
        let skip = rest.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'.').count().max(1);
        let is_glued = last.is_some_and(|it| {
            it.is_ascii_alphanumeric()
                || matches!(it, '_' | '第' | '〔' | '【' | '#')
                || (matches!(it, '-' | '/') && is_code(head))
                || (it == '[' && rest.get(4..).is_some_and(|it| it.starts_with(']')))
        });
        let Some((number, length)) = scan_number(rest.as_bytes()) else {
            self.at += skip;
            return;
        };
        let after = rest.get(length..).unwrap_or_default();
        // 1.2.3 is no number; neither is a number of a list.
        let is_version = after.starts_with('.') && after.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        let clock = clock_length(rest, length);
        if is_glued || is_version || clock > 0 || self.is_list_mark(head, number, after) {
            self.at += if clock > 0 { clock } else { skip };
            return;
        }
        let digits_end = self.at + length;
        let figure = self.figure(number, digits_end, None);
        if is_generation(number, &figure, after) {
            self.at += skip;
            return;
        }
        if figure.unit.is_none() && figure.end == digits_end {
            let next = after.chars().next();
            if next.is_some_and(|it| is_han(it) && !self.follows_bare(after) || it.is_ascii_alphabetic() || it == '_') {
                self.at += skip;
                return;
            }
        }
        let negative = is_negative(head);
        self.quantity(self.at, figure, negative);
    }

    /// Han characters that may follow a number without a unit: words of a bound, of a range, or of completion.
    fn follows_bare(&self, after: &str) -> bool {
        ["以上", "以下", "以内", "及以上", "及以下", "左右", "至", "到", "且", "和", "或"]
            .iter()
            .any(|it| after.starts_with(it))
    }

    /// At a character that a date, a numeral or 每 may begin with.
    fn word(&mut self) {
        let head = self.before(self.at);
        let last = head.chars().next_back();
        let rest = self.rest();
        if rest.starts_with('每') {
            self.each_word();
            return;
        }
        if self.once_each(last) || self.period(last) {
            return;
        }
        if let Some(length) = percent_words(rest) {
            self.percent(length);
            return;
        }
        if last == Some('近')
            && let Some((number, length)) = round_word(rest)
        {
            let digits_end = self.at + length;
            let figure = self.figure(number, digits_end, None);
            if figure.unit.is_some() {
                self.quantity(self.at, figure, false);
                return;
            }
        }
        let Some((found, length)) = numeral(rest) else { return };
        let is_inner = last.is_some_and(|it| {
            NO_NUMERAL_AFTER.contains(it)
                || digit(it).is_some()
                || matches!(it, '十' | '百' | '千' | '上' | '下' | '过' | '大' | '多')
                || it.is_ascii_digit()
        });
        if is_inner || is_idiom(rest, length) {
            self.at += length;
            return;
        }
        let (number, approximation) = match found {
            Numeral::Exact(number) => (Some(number), None),
            Numeral::Between(low, high) => (
                Number::from_parts(i128::from(low), 0),
                Some(Approximation::Spread(u8::try_from(high - low).unwrap_or(u8::MAX))),
            ),
        };
        let digits_end = self.at + length;
        let figure = number.map(|it| self.figure(it, digits_end, approximation));
        match figure {
            Some(figure) if figure.unit.is_some_and(|it| suits_numeral(rest, &it)) => {
                self.quantity(self.at, figure, false)
            }
            _ => self.at += length,
        }
    }

    fn period(&mut self, last: Option<char>) -> bool {
        let Some((from, by, length)) = period(self.rest(), last) else { return false };
        let span = Span { start: self.at, end: self.at + length };
        self.tokens.push(Token::Period(Period { from, by, span }));
        self.at += length;
        true
    }

    /// 每月, 每人每天, 每季度末.
    fn each_word(&mut self) {
        let start = self.at;
        let after = self.rest().get('每'.len_utf8()..).unwrap_or_default();
        let Some((found, length)) = measure(after) else { return };
        self.at += '每'.len_utf8() + length;
        match &mut self.each {
            Some(each) if each.end == start => {
                if let Some(free) = each.measures.iter_mut().find(|it| it.is_none()) {
                    *free = Some(found);
                }
                each.end = self.at;
            }
            _ => {
                self.close_each();
                self.each = Some(Each { start, end: self.at, measures: [Some(found), None] });
            }
        }
    }

    /// 一月一次: a measure of time behind 一 and a count behind that.
    fn once_each(&mut self, last: Option<char>) -> bool {
        let Some(after) = self.rest().strip_prefix('一') else { return false };
        if last.is_some_and(|it| NO_NUMERAL_AFTER.contains(it) || digit(it).is_some() || it == '十') {
            return false;
        }
        let Some((found, length)) = measure(after) else { return false };
        if !matches!(found.dimension, Dimension::Time | Dimension::Months) {
            return false;
        }
        let rest = after.get(length..).unwrap_or_default();
        let counts = match numeral(rest) {
            Some((_, more)) => measure(rest.get(more..).unwrap_or_default()),
            None => None,
        };
        if counts.is_none_or(|(it, _)| it.dimension != Dimension::Count) {
            return false;
        }
        self.close_each();
        let end = self.at + '一'.len_utf8() + length;
        self.each = Some(Each { start: self.at, end, measures: [Some(found), None] });
        self.at = end;
        true
    }

    /// A 每月 that no number followed is a frequency of its own.
    fn close_each(&mut self) {
        if let Some(each) = self.each.take() {
            let is_time = each.measures.iter().flatten().any(|it| is_time(it));
            if is_time {
                self.tokens.push(Token::Each(Span { start: each.start, end: each.end }));
            }
        }
    }

    /// 百分之九十五, 百分百.
    fn percent(&mut self, length: usize) {
        let rest = self.rest().get(length..).unwrap_or_default();
        let found = scan_number(rest.as_bytes()).or_else(|| match numeral(rest) {
            Some((Numeral::Exact(number), length)) => Some((number, length)),
            _ => None,
        });
        let whole = ["百"].iter().find(|it| rest.starts_with(**it));
        let (number, more) = match (found, whole) {
            (Some(found), _) => found,
            (None, Some(word)) => match Number::from_parts(100, 0) {
                Some(number) => (number, word.len()),
                None => return,
            },
            (None, None) => return,
        };
        let Some((of, _)) = measure("%") else { return };
        let end = self.at + length + more;
        let figure = Figure { number, approximation: None, unit: Some(Unit::plain(of)), digits_end: end, end };
        self.quantity(self.at, figure, false);
    }

    /// Reads 余, 万 and the unit behind a number.
    fn figure(&self, number: Number, digits_end: usize, approximation: Option<Approximation>) -> Figure {
        let mut approximation = approximation;
        let text_from = |at: usize| self.text.get(at..).unwrap_or_default();
        let mut at = digits_end;
        let blank = |at: usize| text_from(at).bytes().take_while(|it| *it == b' ').count();
        let over = |at: usize| ['余', '多'].iter().find(|it| text_from(at).starts_with(**it)).map(|it| it.len_utf8());
        if let Some(length) = over(at) {
            approximation = Some(Approximation::Over);
            at += length;
        }
        let skipped = blank(at);
        let found = tail(text_from(at + skipped));
        let mut unit = found.unit;
        let mut end = if found.length == 0 { at } else { at + skipped + found.length };
        if unit.is_none()
            && found.power > 0
            && let Some(length) = over(end)
        {
            approximation = Some(Approximation::Over);
            let more = tail(text_from(end + length));
            if more.power == 0 {
                unit = more.unit;
                end += length + more.length;
            }
        }
        let mut number = number.shifted(found.power).unwrap_or(number);
        if let Some((half, of, length)) = half_more(number, unit, text_from(end)) {
            number = half;
            unit = Some(Unit::plain(of));
            end += length;
        }
        if let Some(it) = &mut unit {
            // 0.97比例 is 97 %.
            if it.of.name == "比例" && number.value() <= crate::Decimal::ONE {
                number = number.shifted(2).unwrap_or(number);
            }
        }
        if unit.is_none() && found.power == 4 && self.is_about_money(digits_end) {
            unit = measure("元").map(|(of, _)| Unit::plain(of));
        }
        Figure { number, approximation, unit, digits_end, end }
    }

    fn is_about_money(&self, at: usize) -> bool {
        let head = self.before(at);
        let from = (head.len().saturating_sub(MONEY_REACH)..head.len()).find(|it| head.is_char_boundary(*it));
        let near = from.and_then(|it| head.get(it..)).unwrap_or_default();
        speaks_of_money(near)
    }

    /// Adds the quantity whose digits begin at `start`, and moves behind it.
    fn quantity(&mut self, start: usize, figure: Figure, negative: bool) {
        let Figure { number, mut approximation, mut unit, digits_end, mut end } = figure;
        let mut number = if negative { number.negated().unwrap_or(number) } else { number };
        let mut unit_start = digits_end;
        let mut up_to = None;
        if let Some(second) = self.range_end(end) {
            let fits = unit.is_none_or(|it| second.unit.is_none_or(|that| that.of.is_like(it.of)));
            if fits && second.approximation.is_none() {
                if number.power() == 0 && unit.is_none() {
                    number = number.shifted(second.number.power()).unwrap_or(number);
                }
                up_to = Some(second.number);
                unit = second.unit.or(unit);
                unit_start = second.digits_end;
                end = second.end;
            }
        }
        let mut head_end = start - usize::from(negative);
        let mut operator = None;
        let trimmed = self.before(head_end).trim_end_matches(' ');
        if let Some((length, found)) = operator_before(trimmed) {
            operator = Some(found);
            head_end = trimmed.len() - length;
        } else if let Some((length, found)) = approximation_before(trimmed) {
            approximation = approximation.or(Some(found));
            head_end = trimmed.len() - length;
        }
        let unit_span = if end > unit_start { Span { start: unit_start, end } } else { Span { start: end, end } };
        let rest = self.text.get(end..).unwrap_or_default();
        let behind = operator_behind(rest).or_else(|| {
            // 24小时内.
            let is_timed = unit.is_some_and(|it| it.is_duration()) && rest.starts_with('内');
            is_timed.then_some(('内'.len_utf8(), Operator::AtMost))
        });
        if let Some((length, found)) = behind {
            operator = match operator {
                None | Some(Operator::Equal) => Some(found),
                before => before,
            };
            end += length;
        } else if rest.starts_with("左右") {
            approximation = approximation.or(Some(Approximation::About));
            end += "左右".len();
        }
        let trimmed = self.before(head_end).trim_end_matches([' ', '了']);
        let is_aside = self.depth > 0 || is_difference_before(trimmed);
        self.attach_each(head_end, &mut unit);
        let quantity = Quantity {
            operator,
            approximation,
            number,
            up_to,
            unit,
            is_aside,
            span: Span { start: head_end, end },
            number_span: Span { start: start - usize::from(negative), end: digits_end },
            unit_span,
        };
        self.tokens.push(Token::Quantity(quantity));
        self.at = end;
    }

    /// 每月 shortly before the number becomes its denominator.
    fn attach_each(&mut self, start: usize, unit: &mut Option<Unit>) {
        let Some(each) = self.each else { return };
        let between = self.text.get(each.end..start).unwrap_or_default();
        let is_near =
            start >= each.end && between.len() <= EACH_REACH && between.chars().all(|it| is_han(it) || it == ' ');
        if let (true, Some(unit)) = (is_near, unit) {
            for measure in each.measures.into_iter().flatten() {
                unit.add_per(measure);
            }
            self.each = None;
        } else {
            self.close_each();
        }
    }

    /// The second figure of a range whose first one ends here.
    fn range_end(&self, at: usize) -> Option<Figure> {
        let rest = self.text.get(at..)?;
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        let mut chars = rest.get(blank..)?.chars();
        let dash = chars.next().filter(|it| matches!(it, '-' | '~' | '—' | '–' | '至' | '到'))?;
        let after = chars.as_str();
        // -- and —— are one dash.
        let after = if matches!(dash, '-' | '—') { after.strip_prefix(dash).unwrap_or(after) } else { after };
        let after = after.trim_start_matches(' ');
        let (number, length) = scan_number(after.as_bytes())?;
        let start = self.text.len() - after.len();
        let figure = self.figure(number, start + length, None);
        let glued = figure.unit.is_none()
            && figure.end == start + length
            && self.text.get(figure.end..)?.starts_with(|it: char| it.is_ascii_alphabetic() || it == '-');
        (!glued).then_some(figure)
    }

    /// 1. 1、 (1) 指标1: at the beginning of an item.
    fn is_list_mark(&self, head: &str, number: Number, after: &str) -> bool {
        if !number.is_integer() || number.value() > crate::Decimal::ONE_HUNDRED {
            return false;
        }
        let last = head.trim_end_matches(' ').chars().next_back();
        let begins = head.ends_with([' ', '\n', '\t'])
            || last.is_none_or(|it| matches!(it, '。' | ';' | '；' | '(' | '\n' | '\t' | '>'));
        let mut following = after.chars();
        match following.next() {
            Some('、') if !begins => following.next().is_some_and(is_han) && last.is_some_and(is_han),
            Some('.' | '、' | '．') => begins && following.next().is_some_and(|it| !it.is_ascii_digit()),
            Some(')') => last == Some('('),
            Some(':') => last.is_some_and(is_han),
            _ => false,
        }
    }
}

/// 98. 5: a blank tore the number, and neither part is it.
fn torn_number(text: &str) -> Option<usize> {
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(whole..)?.strip_prefix('.')?;
    let blanks = rest.bytes().take_while(|it| *it == b' ').count();
    let decimals = rest.get(blanks..)?.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest.get(blanks + decimals..)?;
    // 1. 2024年 and 1. 5台 are numbers of a list.
    let is_listed = rest.starts_with(is_han) || decimals == 0;
    (whole > 0 && blanks > 0 && !is_listed).then_some(whole + 1 + blanks + decimals)
}

/// 2个半月, 一年半: half of the measure of time more, that measure, and the bytes that say so.
fn half_more(number: Number, unit: Option<Unit>, rest: &str) -> Option<(Number, &'static Measure, usize)> {
    let after = rest.strip_prefix('半')?;
    let unit = unit.filter(|it| !it.is_rate() && number.is_integer())?;
    let half = Number::from_parts(number.value().mantissa().checked_mul(10)?.checked_add(5)?, 1)?;
    match measure(after) {
        Some((of, length)) if unit.of.name == "个" && is_time(of) => Some((half, of, '半'.len_utf8() + length)),
        None if is_time(unit.of) && !after.starts_with(is_han) => Some((half, unit.of, '半'.len_utf8())),
        _ => None,
    }
}

/// 5G网络, 4G基站: the name of a technique.
fn is_generation(number: Number, figure: &Figure, after: &str) -> bool {
    let follows = after.strip_prefix('G').is_some_and(|it| it.starts_with(is_han));
    follows
        && number.is_integer()
        && number.value() <= crate::Decimal::TEN
        && figure.unit.is_some_and(|it| !it.is_rate())
}

/// 1.2024年…: the number of a list, then a year.
fn list_mark_before_year(text: &str) -> Option<usize> {
    let n_digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let rest = text.get(n_digits..)?.strip_prefix('.')?;
    let is_year = rest.get(..4)?.bytes().all(|it| it.is_ascii_digit()) && rest.get(4..)?.starts_with('年');
    ((1..=2).contains(&n_digits) && is_year).then_some(n_digits + 1)
}

/// Characters that [`Scanner::word`] looks at.
fn is_lead(it: char) -> bool {
    matches!(
        it,
        '每' | '百'
            | '千'
            | '万'
            | '半'
            | '十'
            | '廿'
            | '卅'
            | '年'
            | '上'
            | '下'
            | '全'
            | '当'
            | '本'
            | '今'
            | '第'
    ) || digit(it).is_some()
}

fn is_time(measure: &Measure) -> bool {
    matches!(measure.dimension, Dimension::Time | Dimension::Months)
}

/// `-5` is negative at the beginning of the text and behind an operator or bracket.
fn is_negative(head: &str) -> bool {
    let Some(rest) = head.strip_suffix('-') else { return false };
    rest.trim_end_matches(' ')
        .chars()
        .next_back()
        .is_none_or(|it| matches!(it, '≥' | '≤' | '<' | '>' | '=' | '(' | ':' | ',' | ';'))
}

/// `A-12` and `DIV/0`: a letter stands before the sign.
fn is_code(head: &str) -> bool {
    head.trim_end_matches(['-', '/']).ends_with(|it: char| it.is_ascii_alphabetic())
}
