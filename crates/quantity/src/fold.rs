//! Characters as a scanner wants them: full-width forms, the many spellings of an operator, and what converters left.
//!
//! In: text as printed. Out: the same text with one spelling for one sign (rulebook 5.1), borrowed when nothing had to
//! change, and for every byte of it the byte of the printed text that it came from.
//!
//! This is not NFKC: `①` stays a list mark and does not become `1`, `㎡` and `²` stay as they are.

use std::borrow::Cow;

/// LaTeX commands that converters leave in values, and what they mean. Longer names stand before their beginnings.
const COMMANDS: [(&str, char); 13] = [
    ("\\geqslant", '≥'),
    ("\\leqslant", '≤'),
    ("\\approx", '≈'),
    ("\\times", '*'),
    ("\\cdot", '*'),
    ("\\geq", '≥'),
    ("\\leq", '≤'),
    ("\\sim", '~'),
    ("\\ge", '≥'),
    ("\\le", '≤'),
    ("\\%", '%'),
    ("&ge;", '≥'),
    ("&le;", '≤'),
];

/// Angle brackets that an escape of HTML stands for.
const ESCAPES: [(&str, char); 2] = [("&gt;", '>'), ("&lt;", '<')];

/// Normalises the characters of a value. Rulebook 5.1.
///
/// ```text
/// ＞＝９５％   ≥95%          \geq 95\%   ≥ 95%        2020年　12月   2020年 12月
/// 80－100      80-100        》95%       >95%         《2020年计划》 unchanged
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    let mut folded: Option<String> = None;
    let mut steps = Steps::new(text);
    loop {
        let from = steps.at;
        steps.skip_kept();
        let at = steps.at;
        if let Some(out) = &mut folded {
            out.push_str(text.get(from..at).unwrap_or_default());
        }
        let Some(step) = steps.next() else { break };
        match (step, &mut folded) {
            (Step::Keep(_), None) => {}
            (Step::Keep(it) | Step::Put(it), Some(out)) => out.push(it),
            (Step::Drop, Some(_)) => {}
            (changed, None) => {
                let mut out = String::with_capacity(text.len());
                out.push_str(text.get(..at).unwrap_or_default());
                if let Step::Put(it) = changed {
                    out.push(it);
                }
                folded = Some(out);
            }
        }
    }
    folded.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Folded text that remembers where it came from.
pub(crate) struct Folded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// For every byte of a changed text, and its end, the byte of the printed text; empty when nothing changed.
    origins: Vec<usize>,
}

impl<'a> Folded<'a> {
    pub(crate) fn new(printed: &'a str) -> Folded<'a> {
        let text = fold(printed);
        if let Cow::Borrowed(_) = text {
            return Folded { text, origins: Vec::new() };
        }
        let mut origins = Vec::with_capacity(text.len() + 1);
        let mut steps = Steps::new(printed);
        loop {
            let mut at = steps.at;
            steps.skip_kept();
            let bytes = printed.as_bytes().get(at..steps.at).unwrap_or_default();
            for (idx, byte) in (at..).zip(bytes) {
                if is_first_byte(*byte) {
                    at = idx;
                }
                origins.push(at);
            }
            let at = steps.at;
            match steps.next() {
                Some(Step::Keep(it) | Step::Put(it)) => origins.extend(std::iter::repeat_n(at, it.len_utf8())),
                Some(Step::Drop) => {}
                None => break,
            }
        }
        origins.push(printed.len());
        Folded { text, origins }
    }

    pub(crate) fn is_changed(&self) -> bool {
        !self.origins.is_empty()
    }

    /// The byte of the printed text that a byte of the folded text came from.
    pub(crate) fn origin(&self, at: usize) -> usize {
        if self.origins.is_empty() { at } else { self.origins.get(at).copied().unwrap_or(at) }
    }
}

/// What becomes of the next characters.
#[derive(Clone, Copy)]
enum Step {
    Keep(char),
    Put(char),
    Drop,
}

/// Walks over a text, one step for each character or pair of them.
struct Steps<'a> {
    text: &'a str,
    at: usize,
    /// The character written last.
    last: Option<char>,
    /// What is asked of the whole text is asked once: [`Steps::is_markup_dollar`].
    markup_dollar: Option<bool>,
    /// Byte of the first 《 and of the last 》, once asked for.
    title_marks: Option<(Option<usize>, Option<usize>)>,
}

impl<'a> Steps<'a> {
    fn new(text: &'a str) -> Steps<'a> {
        Steps { text, at: 0, last: None, markup_dollar: None, title_marks: None }
    }

    /// Moves over characters that stay what they are whatever stands around them.
    fn skip_kept(&mut self) {
        let bytes = self.text.as_bytes();
        let from = self.at;
        while let Some(byte) = bytes.get(self.at) {
            self.at += match byte {
                b'\\' | b'&' | b'$' | b'*' | b'<' | b'>' | b'=' => break,
                // Han characters between U+4000 and U+9FFF.
                0xE4..=0xE9 => 3,
                0..=0x7F => 1,
                _ => break,
            };
        }
        if from < self.at {
            self.last = self.text.get(from..self.at).and_then(|it| it.chars().next_back());
        }
    }

    fn next(&mut self) -> Option<Step> {
        let (step, length) = self.step()?;
        if let Step::Keep(it) | Step::Put(it) = step {
            self.last = Some(it);
        }
        self.at += length;
        Some(step)
    }

    /// The step here, and how many bytes of the text it takes.
    fn step(&mut self) -> Option<(Step, usize)> {
        let rest = self.text.get(self.at..)?;
        let first = *rest.as_bytes().first()?;
        if first.is_ascii_alphanumeric() {
            return Some((Step::Keep(char::from(first)), 1));
        }
        let here = rest.chars().next()?;
        let length = here.len_utf8();
        // Han characters between U+4000 and U+9FFF never change.
        if (0xE4..=0xE9).contains(&first) {
            return Some((Step::Keep(here), length));
        }
        let after = rest.get(length..).unwrap_or_default();
        let step = match here {
            '\\' | '&' => return Some(command(rest, here)),
            '$' if self.is_markup_dollar() => (Step::Drop, length),
            '*' if after.starts_with('*') => (Step::Drop, 2),
            '<' | '>' | '=' | '《' | '》' | '＜' | '＞' | '＝' | '﹤' | '﹥' | '﹦' | '═' => {
                return Some(self.comparison(here));
            }
            _ => match simple(here) {
                Some('-') if here != '－' && !is_between_numbers(self.last, after) => (Step::Keep(here), length),
                Some('\0') => (Step::Drop, length),
                Some(put) => (Step::Put(put), length),
                None => (Step::Keep(here), length),
            },
        };
        Some(step)
    }

    /// A dollar sign is markup when a command stands in the text or when the signs come in pairs.
    fn is_markup_dollar(&mut self) -> bool {
        let text = self.text;
        *self
            .markup_dollar
            .get_or_insert_with(|| text.contains('\\') || text.bytes().filter(|it| *it == b'$').nth(1).is_some())
    }

    /// The operator that begins here: one or two signs of `< > =`.
    fn comparison(&mut self, here: char) -> (Step, usize) {
        let length = here.len_utf8();
        let Some(first) = self.comparison_sign(self.at, here) else { return (Step::Keep(here), length) };
        let second = self.text.get(self.at + length..).and_then(|it| it.chars().next());
        let sign = second.and_then(|it| self.comparison_sign(self.at + length, it));
        let both = match (first, sign) {
            ('>', Some('=')) | ('=', Some('>')) => Some('≥'),
            ('<', Some('=')) | ('=', Some('<')) => Some('≤'),
            ('=', Some('=')) => Some('='),
            _ => None,
        };
        match (both, second) {
            (Some(put), Some(second)) => (Step::Put(put), length + second.len_utf8()),
            _ if first == here => (Step::Keep(here), length),
            _ => (Step::Put(first), length),
        }
    }

    /// Which of `< > =` a character stands for. Title marks stand for angle brackets only before a number and unpaired.
    fn comparison_sign(&mut self, at: usize, here: char) -> Option<char> {
        match here {
            '<' | '＜' | '﹤' => Some('<'),
            '>' | '＞' | '﹥' => Some('>'),
            '=' | '＝' | '﹦' | '═' => Some('='),
            '《' | '》' => {
                let text = self.text;
                let marks = self.title_marks.get_or_insert_with(|| (text.find('《'), text.rfind('》')));
                let is_paired = match here {
                    '《' => marks.1.is_some_and(|it| it > at),
                    _ => marks.0.is_some_and(|it| it < at),
                };
                let sign = if here == '《' { '<' } else { '>' };
                (!is_paired && is_before_number(text, at, here)).then_some(sign)
            }
            _ => None,
        }
    }
}

/// The first byte of a character.
fn is_first_byte(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// One character for another; `\0` deletes it.
fn simple(here: char) -> Option<char> {
    let put = match here {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(here as u32 - 0xFEE0)?,
        '\u{3000}' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => '\0',
        '≧' | '⩾' | '≽' => '≥',
        '≦' | '⩽' | '≼' => '≤',
        '−' | '–' | '—' | '―' | '‐' | '‑' | '‒' | '─' => '-',
        '〜' | '∼' => '~',
        '×' | '✕' | '✖' | '╳' | '⨯' | '∗' | '﹡' => '*',
        '﹪' => '%',
        '﹢' => '+',
        '﹣' => '-',
        '﹐' => ',',
        '﹒' => '.',
        '﹕' => ':',
        '﹔' => ';',
        '﹙' => '(',
        '﹚' => ')',
        '￥' => '¥',
        '∕' | '⁄' => '/',
        _ => return None,
    };
    Some(put)
}

/// A dash is folded only between numbers (`80—100`, `100%—80%`): elsewhere it is an empty mark or punctuation.
fn is_between_numbers(last: Option<char>, after: &str) -> bool {
    let next = after.chars().next().map(|it| simple(it).unwrap_or(it));
    last.is_some_and(|it| it.is_ascii_digit() || it == '%') && next.is_some_and(|it| it.is_ascii_digit())
}

fn command(rest: &str, here: char) -> (Step, usize) {
    for (name, put) in COMMANDS.iter().chain(&ESCAPES) {
        if rest.starts_with(name) {
            return (Step::Put(*put), name.len());
        }
    }
    (Step::Keep(here), here.len_utf8())
}

fn is_before_number(text: &str, at: usize, here: char) -> bool {
    let after = text.get(at + here.len_utf8()..).unwrap_or_default();
    let next = after.chars().map(|it| simple(it).unwrap_or(it)).find(|it| !matches!(it, ' ' | '=' | '\0'));
    next.is_some_and(|it| it.is_ascii_digit())
}
