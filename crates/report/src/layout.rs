//! Text on a terminal: how wide it is, cut to a width, padded, colored, and without characters that a terminal obeys.

use std::borrow::Cow;

/// Ranges of characters that take two columns: East Asian wide and fullwidth of Unicode's EastAsianWidth.txt, as far as
/// forms hold them.
const WIDE: &[(u32, u32)] = &[
    (0x1100, 0x115F),
    (0x2E80, 0x303E),
    (0x3041, 0x33FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x1F300, 0x1F64F),
    (0x1F900, 0x1F9FF),
    (0x20000, 0x3FFFD),
];

/// Ranges of characters that take no column: combining marks, zero-width characters, variation selectors.
const NARROWEST: &[(u32, u32)] = &[(0x0300, 0x036F), (0x200B, 0x200F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)];

fn is_in(ranges: &[(u32, u32)], char: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(char)))
}

fn char_width(char: char) -> usize {
    match char {
        ' '..='~' => 1,
        _ if is_in(WIDE, char) => 2,
        _ if is_in(NARROWEST, char) => 0,
        _ => 1,
    }
}

/// Columns that a text takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// The text with spaces up to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let n_spaces = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(n_spaces))
}

/// The text with spaces before it up to `columns`.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    let n_spaces = columns.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(n_spaces))
}

/// The text cut to `columns`, with `…` where something was cut off.
pub(crate) fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut left = columns.saturating_sub(1);
    let mut acc = String::new();
    for char in text.chars() {
        match left.checked_sub(char_width(char)) {
            Some(rest) => left = rest,
            None => break,
        }
        acc.push(char);
    }
    acc.push('…');
    Cow::Owned(acc)
}

/// Marks that close what stands before them and may not begin a line.
const CLOSING: &str = "，。；：、！？）」』”’》】…,.;:!?)%％";

/// The text as lines of at most `columns`, broken between Chinese characters and at spaces, never inside a number or a
/// word and never before a closing mark.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut line_width = 0;
    for piece in pieces(text) {
        let piece_width = width(piece.trim_end());
        if columns < line_width + piece_width && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            line.clear();
            line_width = 0;
        }
        line.push_str(piece);
        line_width += width(piece);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What a line may not be broken within: a wide character or a run of narrow ones, with the closing marks and spaces
/// after it.
fn pieces(text: &str) -> Vec<&str> {
    let mut acc = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, char) in text.char_indices() {
        let may_break = before.is_some_and(|before| {
            let is_glued = CLOSING.contains(char) || char == ' ';
            let is_word = char_width(before) < 2 && char_width(char) < 2 && before != ' ';
            !is_glued && !is_word
        });
        if may_break {
            acc.extend(text.get(start..at));
            start = at;
        }
        before = Some(char);
    }
    acc.extend(text.get(start..));
    acc
}

/// The text on one line, without what a terminal would obey: white space becomes a space, other control characters and
/// those that turn the direction of writing become `�`. A document must not be able to write over a verdict.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let is_unsafe = |it: char| it.is_control() || matches!(it, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let safe = |it: char| match it {
        '\t' | '\n' | '\r' => ' ',
        it if is_unsafe(it) => '\u{FFFD}',
        it => it,
    };
    Cow::Owned(text.chars().map(safe).collect())
}

/// What a stretch of text is, for its color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Contradiction,
    Breach,
    Suspicion,
    Good,
    /// Labels and other things that the eye may skip.
    Faint,
    /// Paths and titles.
    Strong,
}

/// Colors text, or leaves it alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub(crate) has_color: bool,
}

impl Paint {
    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        // Parameters of the escape sequence "select graphic rendition" of ECMA-48.
        let code = match tone {
            Tone::Contradiction => "1;31",
            Tone::Breach => "31",
            Tone::Suspicion => "33",
            Tone::Good => "32",
            Tone::Faint => "2",
            Tone::Strong => "1",
        };
        if self.has_color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        for (text, expected) in [("", 0), ("F03", 3), ("得分", 4), ("（%）", 5), ("e\u{301}", 1), ("≥𠮷", 3)] {
            assert_eq!(width(text), expected, "{text}");
        }
        assert_eq!(pad("得分", 6), "得分  ");
        assert_eq!(pad_left("得分", 6), "  得分");
        assert_eq!(pad("得分", 3), "得分");
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        for (columns, expected) in [(4, "执行"), (3, "执…"), (2, "…"), (0, "…")] {
            assert_eq!(clip("执行", columns), expected);
        }
    }

    #[test]
    fn lines_break_between_words_and_before_no_closing_mark() {
        let check = |text: &str, columns, expected: &[&str]| assert_eq!(wrap(text, columns), expected, "{text}");
        check("", 10, &[""]);
        check("执行率不符", 10, &["执行率不符"]);
        check("执行率不符合，应为98.84%。", 10, &["执行率不符", "合，应为", "98.84%。"]);
        check("the rate is 98.84%, not 100%", 12, &["the rate is", "98.84%, not", "100%"]);
        check("averylongword x", 5, &["averylongword", "x"]);
    }

    #[test]
    fn documents_cannot_steer_the_terminal() {
        assert_eq!(clean("a\tb\r\nc\x1b[2Jd\u{202E}e"), "a b  c\u{FFFD}[2Jd\u{FFFD}e");
        assert!(matches!(clean("执行率"), Cow::Borrowed(_)));
    }
}
