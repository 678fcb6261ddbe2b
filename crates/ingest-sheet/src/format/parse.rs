//! A format code in pieces: `#,##0.00_);[Red]\(#,##0.00\)` goes in, its sections come out.
//!
//! The grammar is that of ECMA-376 part 1, 18.8.31, with what Chinese programs write beside it: `G/通用格式`, `[$-804]`,
//! `[DBNum1]`, `上午/下午`, `aaaa`.

use std::cmp::Ordering;

use crate::digits::Number;

/// What one section of a format code shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Section {
    pub(super) tokens: Vec<Token>,
    /// `[>=100]`: the numbers that it is for.
    pub(super) condition: Option<Condition>,
    /// `[DBNum1]` to `[DBNum3]`: how digits are written.
    pub(super) chinese: Option<u8>,
    /// `[$-804]`: names of days and months are Chinese.
    pub(super) is_chinese: bool,
}

/// The numbers that a section is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    pub(super) operator: Operator,
    pub(super) than: Number,
}

/// How a number stands to that of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    GreaterOrEqual,
    Greater,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Shown as it is.
    Literal(String),
    /// A digit; which zeros are shown differs.
    Digit(Zero),
    Point,
    Comma,
    Percent,
    /// `E+` or `E-`; whether a plus is shown.
    Exponent {
        has_plus: bool,
    },
    /// `/` between digits.
    Slash,
    /// The text of the cell.
    Text,
    General,
    /// A letter of a date, so many times: y m d h s, a (day of the week), e (year).
    Date(char, usize),
    /// `[h]`: hours that do not end at 24.
    Elapsed(char, usize),
    /// Halves of a day, in the words of the format.
    HalfDay(&'static str, &'static str),
    /// `.00` behind seconds.
    Fraction(usize),
}

/// Which zeros a place for a digit shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zero {
    /// `0`: every one.
    Shown,
    /// `#`: none that stands outside the number.
    Left,
    /// `?`: a blank instead.
    Blank,
}

impl Condition {
    pub(super) fn holds(&self, number: &Number) -> bool {
        let ordering = number.compare(&self.than);
        match self.operator {
            Operator::Less => ordering == Ordering::Less,
            Operator::LessOrEqual => ordering != Ordering::Greater,
            Operator::Equal => ordering == Ordering::Equal,
            Operator::Unequal => ordering != Ordering::Equal,
            Operator::GreaterOrEqual => ordering != Ordering::Less,
            Operator::Greater => ordering == Ordering::Greater,
        }
    }
}

/// Halves of a day as format codes write them.
const HALF_DAYS: [(&str, &str, &str); 4] =
    [("上午/下午", "上午", "下午"), ("AM/PM", "AM", "PM"), ("am/pm", "AM", "PM"), ("A/P", "A", "P")];
/// What General is called: in files, and by programs in Chinese.
const GENERAL: [&str; 3] = ["General", "GENERAL", "G/通用格式"];
/// Ends of the locales of Chinese: the mainland, Taiwan, Hong Kong, Singapore, Macau.
const CHINESE: [&str; 5] = ["804", "404", "C04", "1004", "1404"];
/// What Windows calls its long date and its time, which depend on the machine, and how the mainland writes them.
const SYSTEM: [(&str, &str); 2] = [("[$-F800]", "yyyy\"年\"m\"月\"d\"日\""), ("[$-F400]", "h:mm:ss")];
/// Sections of a format code: positive, negative, zero, text.
const MOST_SECTIONS: usize = 4;

/// The sections of a format code, at least one.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let system = SYSTEM.iter().find(|it| code.get(..it.0.len()).is_some_and(|head| head.eq_ignore_ascii_case(it.0)));
    let code = system.map_or(code, |it| it.1);
    let mut parser = Parser { rest: code, section: Section::default(), sections: Vec::new() };
    while parser.piece() {}
    parser.sections.push(parser.section);
    parser.sections.truncate(MOST_SECTIONS);
    parser.sections.iter_mut().for_each(settle);
    parser.sections
}

struct Parser<'c> {
    rest: &'c str,
    section: Section,
    sections: Vec<Section>,
}

impl Parser<'_> {
    /// Takes the next piece; false at the end.
    fn piece(&mut self) -> bool {
        if let Some(it) = GENERAL.iter().find(|it| self.rest.starts_with(**it)) {
            self.skip(it.len());
            self.push(Token::General);
            return true;
        }
        if let Some((code, am, pm)) = HALF_DAYS.iter().find(|it| self.rest.starts_with(it.0)) {
            self.skip(code.len());
            self.push(Token::HalfDay(am, pm));
            return true;
        }
        let mut chars = self.rest.chars();
        let Some(c) = chars.next() else { return false };
        let n_same = 1 + self.rest.chars().skip(1).take_while(|it| it.eq_ignore_ascii_case(&c)).count();
        let after = chars.as_str();
        self.rest = after;
        match c {
            ';' => {
                let section = std::mem::take(&mut self.section);
                self.sections.push(section);
            }
            '"' => {
                let (quoted, rest) = after.split_once('"').unwrap_or((after, ""));
                self.literal(quoted);
                self.rest = rest;
            }
            '\\' | '!' => self.escaped(),
            // The width of a character, and a character that fills the cell: neither is print.
            '_' => {
                self.skip_char();
                self.literal(" ");
            }
            '*' => self.skip_char(),
            '[' => match after.split_once(']') {
                Some((inside, rest)) => {
                    self.rest = rest;
                    self.bracket(inside);
                }
                None => self.literal("["),
            },
            '0' => self.push(Token::Digit(Zero::Shown)),
            '#' => self.push(Token::Digit(Zero::Left)),
            '?' => self.push(Token::Digit(Zero::Blank)),
            '.' => self.push(Token::Point),
            ',' => self.push(Token::Comma),
            '%' => self.push(Token::Percent),
            '/' => self.push(Token::Slash),
            '@' => self.push(Token::Text),
            'E' | 'e' if after.starts_with(['+', '-']) => {
                self.push(Token::Exponent { has_plus: after.starts_with('+') });
                self.skip(1);
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'b' | 'B' => {
                self.skip(n_same - 1);
                self.push(Token::Date(c.to_ascii_lowercase(), n_same));
            }
            'a' | 'A' if 3 <= n_same => {
                self.skip(n_same - 1);
                self.push(Token::Date('a', n_same));
            }
            // The era, which is always ours.
            'g' | 'G' => self.skip(n_same - 1),
            other => self.literal(other.encode_utf8(&mut [0; 4])),
        }
        true
    }

    fn escaped(&mut self) {
        let mut chars = self.rest.chars();
        if let Some(c) = chars.next() {
            self.rest = chars.as_str();
            self.literal(c.encode_utf8(&mut [0; 4]));
        }
    }

    /// `[Red]`, `[>=100]`, `[$¥-804]`, `[DBNum1]`, `[h]`.
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let (symbol, locale) = currency.rsplit_once('-').unwrap_or((currency, ""));
            self.section.is_chinese |= CHINESE.iter().any(|it| locale.to_ascii_uppercase().ends_with(it));
            self.literal(symbol);
            return;
        }
        let lower = inside.to_ascii_lowercase();
        if let Some(digit) = lower.strip_prefix("dbnum") {
            self.section.chinese = digit.parse().ok().filter(|it| (1..=3).contains(it));
            return;
        }
        if let Some(condition) = condition(inside) {
            self.section.condition = Some(condition);
            return;
        }
        if let Some(first) = lower.chars().next()
            && matches!(first, 'h' | 'm' | 's')
            && lower.chars().all(|it| it == first)
        {
            self.push(Token::Elapsed(first, lower.len()));
        }
        // What is left is a color or the name of a calendar.
    }

    fn literal(&mut self, text: &str) {
        if let Some(Token::Literal(last)) = self.section.tokens.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.push(Token::Literal(text.to_owned()));
        }
    }

    fn push(&mut self, token: Token) {
        self.section.tokens.push(token);
    }

    fn skip(&mut self, n_bytes: usize) {
        self.rest = self.rest.get(n_bytes..).unwrap_or("");
    }

    fn skip_char(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }
}

fn condition(inside: &str) -> Option<Condition> {
    const OPERATORS: [(&str, Operator); 6] = [
        ("<=", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("<>", Operator::Unequal),
        ("<", Operator::Less),
        (">", Operator::Greater),
        ("=", Operator::Equal),
    ];
    let (sign, operator) = OPERATORS.iter().find(|it| inside.starts_with(it.0))?;
    Some(Condition { operator: *operator, than: Number::parse(inside.get(sign.len()..)?)? })
}

/// Settles what a piece means by its neighbours: minutes and months, points of seconds, slashes and commas of dates.
fn settle(section: &mut Section) {
    let is_date = section.tokens.iter().any(|it| matches!(it, Token::Date(..) | Token::Elapsed(..)));
    if !is_date {
        let has_digit = section.tokens.iter().any(|it| matches!(it, Token::Digit(_)));
        for token in &mut section.tokens {
            match token {
                // A half of a day in a number is text.
                Token::HalfDay(..) => *token = Token::Literal(String::new()),
                Token::Slash if !has_digit => *token = Token::Literal("/".to_owned()),
                _ => {}
            }
        }
        return;
    }
    let mut settled: Vec<Token> = Vec::with_capacity(section.tokens.len());
    let mut after_seconds = false;
    for token in std::mem::take(&mut section.tokens) {
        match token {
            Token::Point if after_seconds => settled.push(Token::Fraction(0)),
            Token::Digit(_) => match settled.last_mut() {
                Some(Token::Fraction(n)) => *n += 1,
                _ => settled.push(Token::Literal("0".to_owned())),
            },
            Token::Point => settled.push(Token::Literal(".".to_owned())),
            Token::Comma => settled.push(Token::Literal(",".to_owned())),
            Token::Slash => settled.push(Token::Literal("/".to_owned())),
            Token::Percent => settled.push(Token::Literal("%".to_owned())),
            other => {
                after_seconds = matches!(other, Token::Date('s', _) | Token::Elapsed('s', _));
                settled.push(other);
            }
        }
    }
    // `m` is minutes behind hours and before seconds.
    let clock = |it: &Token| match it {
        Token::Date(c, _) | Token::Elapsed(c, _) => Some(*c),
        _ => None,
    };
    let letters: Vec<(usize, char)> = settled.iter().enumerate().filter_map(|it| Some((it.0, clock(it.1)?))).collect();
    for (nth, (idx, letter)) in letters.iter().enumerate() {
        let before = nth.checked_sub(1).and_then(|it| letters.get(it)).map(|it| it.1);
        let after = letters.get(nth + 1).map(|it| it.1);
        if *letter == 'm'
            && (before == Some('h') || after == Some('s'))
            && let Some(Token::Date(c, n)) = settled.get_mut(*idx)
            && *n <= 2
        {
            *c = 'i';
        }
    }
    section.tokens = settled;
}
