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
    let mut at = 0;
    let mut last = None;
    while let Some((step, length)) = next_step(text, at, last) {
        match (step, &mut folded) {
            (Step::Keep(_), None) => {}
            (Step::Keep(kept) | Step::Put(kept), Some(out)) => out.push(kept),
            (Step::Drop, Some(_)) => {}
            (changed, None) => {
                let mut out = String::with_capacity(text.len());
                out.push_str(text.get(..at).unwrap_or_default());
                if let Step::Put(put) = changed {
                    out.push(put);
                }
                folded = Some(out);
            }
        }
        if let Step::Keep(it) | Step::Put(it) = step {
            last = Some(it);
        }
        at += length;
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
        let (mut at, mut last) = (0, None);
        while let Some((step, length)) = next_step(printed, at, last) {
            if let Step::Keep(it) | Step::Put(it) = step {
                origins.extend(std::iter::repeat_n(at, it.len_utf8()));
                last = Some(it);
            }
            at += length;
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

/// The step at byte `at` and how many bytes it takes; `last` is the character written before.
fn next_step(text: &str, at: usize, last: Option<char>) -> Option<(Step, usize)> {
    let rest = text.get(at..)?;
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
        '$' if is_markup_dollar(text) => (Step::Drop, length),
        '*' if after.starts_with('*') => (Step::Drop, 2),
        '<' | '>' | '=' | '《' | '》' | '＜' | '＞' | '＝' | '﹤' | '﹥' | '﹦' | '═' => {
            return Some(comparison(text, at, here));
        }
        _ => match simple(here) {
            Some('-') if here != '－' && !is_between_numbers(last, after) => (Step::Keep(here), length),
            Some('\0') => (Step::Drop, length),
            Some(put) => (Step::Put(put), length),
            None => (Step::Keep(here), length),
        },
    };
    Some(step)
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

/// A dollar sign is markup when a command stands in the text or when the signs come in pairs.
fn is_markup_dollar(text: &str) -> bool {
    text.contains('\\') || text.bytes().filter(|it| *it == b'$').count() >= 2
}

/// The operator that begins at `at`: one or two signs of `< > =`.
fn comparison(text: &str, at: usize, here: char) -> (Step, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let length = here.len_utf8();
    let Some(first) = comparison_sign(text, at, here) else { return (Step::Keep(here), length) };
    let after = rest.get(length..).unwrap_or_default();
    let second = after.chars().next();
    let sign = second.and_then(|it| comparison_sign(text, at + length, it));
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
fn comparison_sign(text: &str, at: usize, here: char) -> Option<char> {
    match here {
        '<' | '＜' | '﹤' => Some('<'),
        '>' | '＞' | '﹥' => Some('>'),
        '=' | '＝' | '﹦' | '═' => Some('='),
        '《' if is_before_number(text, at, here) && !text.get(at..)?.contains('》') => Some('<'),
        '》' if is_before_number(text, at, here) && !text.get(..at)?.contains('《') => Some('>'),
        _ => None,
    }
}

fn is_before_number(text: &str, at: usize, here: char) -> bool {
    let after = text.get(at + here.len_utf8()..).unwrap_or_default();
    let next = after.chars().map(|it| simple(it).unwrap_or(it)).find(|it| !matches!(it, ' ' | '=' | '\0'));
    next.is_some_and(|it| it.is_ascii_digit())
}
