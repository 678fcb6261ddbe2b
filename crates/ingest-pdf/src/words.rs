//! Characters become lines of text.
//!
//! In go the characters of one place (a cell, or what stands outside tables), out come its lines, top to bottom, each
//! with its box. Lines are told by their baselines, never by the boxes of glyphs: a full stop and a bracket stand on the
//! same line, however high they are. Sideways text is read in its own direction.

use hayro_interpret::kurbo::{Point, Rect};

use crate::page::{Char, Text};
use crate::turn::Turn;

/// Baselines that differ by less than this share of the em are one line: superscripts are raised by a third.
const SAME_LINE: f64 = 0.45;
/// A gap wider than this share of the em is a blank between two letters or digits.
const BLANK_NARROW: f64 = 0.25;
/// The same where a Chinese character stands on either side: justified text is spaced out by up to half an em.
const BLANK_WIDE: f64 = 0.75;

/// The same where a blank is painted: less than the narrowest one, which closed-up text has.
const BLANK_PAINTED: f64 = 0.1;

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Where it stands on the page.
    pub frame: Rect,
    /// How far to the right the text reaches, in its own direction.
    pub end: f64,
    /// Where it begins, in its own direction.
    pub start: f64,
    /// How long its beginning is that cannot be parted: a word or figure, and the stop behind it.
    pub head: f64,
    /// The em of its last character.
    pub size: f64,
    /// The line's place across, in its own direction.
    pub base: f64,
}

/// The direction of most of the characters.
fn turn(chars: &[&Char]) -> Turn {
    let mut counts = Turn::ALL.map(|it| (it, 0_usize));
    for it in chars {
        let mine = Turn::of(it.advance);
        for count in counts.iter_mut().filter(|it| it.0 == mine) {
            count.1 += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|it| it.1).map_or(Turn::Right, |it| it.0)
}

/// The lines of these characters, top to bottom.
pub fn lines(chars: &[&Char]) -> Vec<Line> {
    let turn = turn(chars);
    baselines(chars, turn).iter().map(|it| line_of(it, turn)).collect()
}

/// The lines of these characters, each in pieces with a gap of so many ems between them.
pub(crate) fn pieces(chars: &[&Char], gap: f64) -> Vec<Vec<Line>> {
    let turn = turn(chars);
    let mut acc = Vec::new();
    for line in baselines(chars, turn) {
        let mut parts: Vec<Vec<(Point, &Char)>> = Vec::new();
        let mut end: Option<f64> = None;
        for it in line.into_iter().filter(|it| !it.1.text.is_blank()) {
            let is_apart = end.is_none_or(|end| gap * it.1.size < it.0.x - end);
            end = Some(turn.level(it.1.origin + it.1.advance).x);
            match parts.last_mut() {
                Some(last) if !is_apart => last.push(it),
                _ => parts.push(vec![it]),
            }
        }
        acc.push(parts.iter().map(|it| line_of(it, turn)).collect());
    }
    acc
}

/// The characters of each line, left to right, with their places; no line is blank.
fn baselines<'c>(chars: &[&'c Char], turn: Turn) -> Vec<Vec<(Point, &'c Char)>> {
    let mut placed: Vec<(Point, &Char)> = chars.iter().map(|it| (turn.level(it.origin), *it)).collect();
    placed.sort_by(|a, b| a.0.y.total_cmp(&b.0.y).then(a.0.x.total_cmp(&b.0.x)));
    let mut acc = Vec::new();
    let mut rest = placed.as_slice();
    while let Some(first) = rest.first() {
        let mut base = first.0.y;
        let mut n = 0;
        for (at, it) in rest {
            if at.y - base > SAME_LINE * it.size.max(first.1.size) {
                break;
            }
            // The base follows the line, so that a raised mark does not end it.
            base = base.max(at.y.min(base + 0.2 * it.size));
            n += 1;
        }
        let (line, others) = rest.split_at(n.max(1));
        rest = others;
        if line.iter().any(|it| !it.1.text.is_blank()) {
            let mut line = line.to_vec();
            line.sort_by(|a, b| a.0.x.total_cmp(&b.0.x));
            acc.push(line);
        }
    }
    acc
}

fn line_of(line: &[(Point, &Char)], turn: Turn) -> Line {
    let is_blank = |it: &(Point, &Char)| it.1.text.is_blank();
    let start = line.iter().find(|it| !is_blank(it)).map_or(0.0, |it| it.0.x);
    let mut res = Line { text: String::new(), frame: Rect::ZERO, end: start, start, head: 0.0, size: 0.0, base: 0.0 };
    let mut before: Option<(f64, &Char)> = None;
    let mut is_head = true;
    let mut has_blank = false;
    for (at, it) in line {
        if it.text.is_blank() {
            has_blank = true;
            continue;
        }
        if let Some((end, last)) = before {
            let gap = (at.x - end) / it.size.max(last.size).max(1.0);
            let is_wide = is_chinese(last) || is_chinese(it);
            let least = match (has_blank, is_wide) {
                (true, _) => BLANK_PAINTED,
                (false, true) => BLANK_WIDE,
                (false, false) => BLANK_NARROW,
            };
            if gap > least {
                res.text.push(' ');
            }
            is_head &= gap <= least && holds_together(last, it);
        }
        has_blank = false;
        it.text.push_to(&mut res.text);
        let end = turn.level(it.origin + it.advance).x;
        before = Some((end, it));
        res.frame = if res.frame == Rect::ZERO { it.frame() } else { res.frame.union(it.frame()) };
        res.end = res.end.max(end);
        if is_head {
            res.head = end - start;
        }
        res.size = it.size;
        res.base = res.base.max(at.y);
    }
    res
}

/// Whether no line may end between two characters: within a word or figure, and before a mark that closes.
fn holds_together(a: &Char, b: &Char) -> bool {
    let is_closing =
        |it: &Char| matches!(it.text, Text::One(it) if "，。、；：！？）》〉」』】〕”’％,.;:!?)]}%".contains(it));
    is_closing(b) || !is_chinese(a) && !is_chinese(b)
}

fn is_chinese(it: &Char) -> bool {
    let one = match &it.text {
        Text::One(it) => Some(*it),
        Text::Many(it) => it.chars().next(),
    };
    one.is_some_and(|it| it >= '\u{2E80}')
}

/// A line that has this many ems less room than its next piece needs is full: margins of cells differ.
const SLACK: f64 = 0.6;

/// Whether a line ended only because what comes next did not fit.
pub fn goes_on_as(last: &Line, next: &Line, width: f64) -> bool {
    last.end - last.start + next.head + next.size * SLACK >= width
}

/// The lines as one text: a line that ends because the place is full goes on without a break.
///
/// `width` is how long a line may be at this place, in points.
pub fn joined(lines: &[Line], width: f64) -> String {
    let mut acc = String::new();
    let mut before: Option<&Line> = None;
    for it in lines {
        if let Some(last) = before {
            let is_full = goes_on_as(last, it, width);
            match (is_full, acc.chars().next_back(), it.text.chars().next()) {
                (true, Some(a), Some(b)) if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => acc.push(' '),
                (true, ..) => {}
                (false, ..) => acc.push('\n'),
            }
        }
        acc.push_str(&it.text);
        before = Some(it);
    }
    acc
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use hayro_interpret::kurbo::Vec2;

    pub(crate) fn chars(text: &str, x: f64, y: f64) -> Vec<Char> {
        let width = |it: char| if it >= '\u{2E80}' { 10.0 } else { 5.0 };
        let mut at = x;
        let one = |it: char| {
            let res = Char {
                text: Text::One(it),
                origin: Point::new(at, y),
                advance: Vec2::new(width(it), 0.0),
                size: 10.0,
                run: 0,
                anchor: Point::new(at, y),
                is_clipped: false,
                is_invisible: false,
                n_below: 0,
            };
            at += width(it);
            res
        };
        text.chars().map(one).collect()
    }

    #[test]
    fn lines_are_told_by_their_baselines() {
        let mut all = chars("率为", 0.0, 20.0);
        all.extend(chars("90%", 20.0, 20.4));
        all.extend(chars("执行", 0.0, 8.0));
        let read: Vec<String> = lines(&all.iter().collect::<Vec<_>>()).into_iter().map(|it| it.text).collect();
        assert_eq!(read, ["执行", "率为90%"]);
    }

    #[test]
    fn a_gap_is_a_blank_and_a_full_line_goes_on() {
        let mut all = chars("12", 0.0, 8.0);
        all.extend(chars("34", 20.0, 8.0));
        let one = lines(&all.iter().collect::<Vec<_>>());
        assert_eq!(one[0].text, "12 34");
        let mut two = chars("财政拨", 0.0, 8.0);
        two.extend(chars("款", 0.0, 20.0));
        let two = lines(&two.iter().collect::<Vec<_>>());
        assert_eq!(joined(&two, 36.0), "财政拨款");
        assert_eq!(joined(&two, 80.0), "财政拨\n款");
    }

    #[test]
    fn sideways_text_is_read_in_its_own_direction() {
        let mut all = chars("产出", 0.0, 0.0);
        for (idx, it) in all.iter_mut().enumerate() {
            it.origin = Point::new(50.0, 100.0 - 10.0 * f64::from(u8::try_from(idx).expect("two")));
            it.advance = Vec2::new(0.0, -10.0);
        }
        let read = lines(&all.iter().collect::<Vec<_>>());
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].text, "产出");
    }
}
