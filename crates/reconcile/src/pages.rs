//! Pages: what the end of a page and the marks of a site do to the lines of a table.
//!
//! In: all lines of a document. Out: the same lines, in which a row of which labels and name stand on one page and the
//! figures on the next is one row again, and numbers that a site counts its pages with (`2、`) stand in no row.

use std::borrow::Cow;

use crate::lexicon::Lexicon;
use crate::segment;
use crate::text;
use crate::token::{Kind, Line, Origin, Token};

/// Lines between the two pages of a row: a page mark, a line of the site.
const MAX_BETWEEN: usize = 3;

/// Rows above in which is looked for how a whole row stands: labels take turns within a few rows.
const LOOKED_BACK: usize = 12;

/// Puts rows together that the end of a page cut between two columns.
pub(crate) fn join_cut_rows(lines: &mut Vec<Line<'_>>) {
    let mut idx = 1;
    while idx + 1 < lines.len() {
        let Some(below) = cut_row(lines, idx) else {
            idx += 1;
            continue;
        };
        let rest = lines.remove(below);
        if let Some(line) = lines.get_mut(idx) {
            line.tokens.extend(rest.tokens);
            line.mended.was_cut = true;
        }
        idx += 1;
    }
}

/// Puts labels together of which the end of a page cut the cell inside a word, with lines drawn around both parts:
/// 服务对象满 and, at the head of the next page, 意度指标.
pub(crate) fn join_cut_labels<'d>(lines: &mut Vec<Line<'d>>, lexicon: &'d Lexicon) {
    for idx in 1..lines.len() {
        let Some(line) = lines.get(idx).filter(|it| it.break_before && it.has_columns()) else { continue };
        let origin = line.origin;
        let is_exact = |key: &str| lexicon.look_up_exact(&text::label_text(key)).is_some();
        let rests: Vec<(usize, Token<'d>)> = line.tokens.iter().cloned().enumerate().collect();
        // From the last, so that those before it keep their index.
        for (at, rest) in rests.into_iter().rev().filter(|it| it.1.kind == Kind::Words && !is_exact(&it.1.key)) {
            let above = lines.get_mut(..idx).unwrap_or_default().iter_mut().rev().take(LOOKED_BACK);
            let cell = above
                .take_while(|it| it.origin == origin)
                .find_map(|it| it.tokens.iter_mut().find(|it| it.col == rest.col));
            let Some(begun) = cell.filter(|it| it.kind == Kind::Words) else { continue };
            let whole = format!("{}{}", begun.text, rest.text);
            let token = Token::new(whole, begun.raw, begun.place, begun.col, lexicon);
            if token.damaged || token.labels.is_empty() || !is_exact(&token.key) {
                continue;
            }
            *begun = token;
            if let Some(line) = lines.get_mut(idx) {
                line.mended.cut_label = Some(rest.key);
                line.tokens.remove(at);
            }
        }
    }
    lines.retain(|it| !it.tokens.is_empty());
}

/// The line that holds the rest of the row at `idx`, if a page ended in it. No mark of the page need stand between: a name
/// with nothing behind it above values with no name before them is one row, where rows near by have both.
fn cut_row(lines: &[Line<'_>], idx: usize) -> Option<usize> {
    let line = lines.get(idx)?;
    let (name, labels) = line.tokens.split_last().filter(|_| line.has_columns())?;
    // The rows of some forms are counted in front.
    let is_label = |(at, it): (usize, &Token<'_>)| at == 0 || !it.is_figure();
    let is_head = is_name(name) && labels.len() < MOST_HEADS && labels.iter().enumerate().all(is_label);
    if !is_head {
        return None;
    }
    let between = lines.get(idx + 1..)?.iter().take(MAX_BETWEEN).take_while(|it| is_page_mark(it)).count();
    let below = idx + 1 + between;
    let rest = lines.get(below).filter(|it| it.has_columns())?;
    let goes_on = rest.tokens.first().is_some_and(|it| name.col < it.col)
        && 1 < rest.tokens.len()
        && rest.tokens.iter().all(|it| it.l1().is_none() && it.l2().is_none());
    (goes_on && stands_as_others(lines, idx, below, name, rest)).then_some(below)
}

/// Most cells of a row up to its name: number, block, 一级指标, 二级指标, name.
const MOST_HEADS: usize = 5;

/// Whether a row near by has a text where the name stands, and cells of the same kind where the rest has its cells: what
/// is put together is a row as the others are. Of some rows the reason alone is filled, and of others it is not.
fn stands_as_others(lines: &[Line<'_>], idx: usize, below: usize, name: &Token<'_>, rest: &Line<'_>) -> bool {
    let above = lines.get(..idx).unwrap_or(&[]).iter().rev().filter(|it| it.has_columns()).take(LOOKED_BACK);
    let behind = lines.iter().skip(below + 1).filter(|it| it.has_columns()).take(LOOKED_BACK);
    let is_figure = |it: &Token<'_>| matches!(it.kind, Kind::Number | Kind::Percent | Kind::Quantity);
    above.chain(behind).any(|row| {
        let has_name = row.tokens.iter().any(|it| it.col == name.col && is_name(it));
        let fits =
            |it: &&Token<'_>| row.tokens.iter().any(|other| other.col == it.col && is_figure(other) == is_figure(it));
        let fitting = rest.tokens.iter().filter(fits).count();
        has_name && (1 < fitting || rest.tokens.len() == fitting) && rest.tokens.len() <= fitting + MOST_OTHERS
    })
}

/// Cells of a row that may be filled otherwise than those of a row near by: 已完成 beside 100%, a reason.
const MOST_OTHERS: usize = 2;

fn is_name(token: &Token<'_>) -> bool {
    token.labels.is_empty() && !token.is_figure() && 2 <= token.key.chars().count()
}

fn is_page_mark(line: &Line<'_>) -> bool {
    line.origin == Origin::Text && line.tokens.len() == 1 && line.tokens.iter().all(|it| segment::is_page_mark(&it.key))
}

/// The number of a mark that a site counts its pages with, if the text is nothing else: `2、`.
fn site_mark(key: &str) -> Option<u32> {
    let digits = key.strip_suffix('、')?;
    let is_number = !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|it| it.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// Takes off the marks of a site that stand in cells of rows and inside figures: each counts one up from the last, so that
/// two of them tell what they are.
pub(crate) fn drop_site_marks<'d>(lines: &mut Vec<Line<'d>>, lexicon: &'d Lexicon) {
    let mark_of = |it: &Token<'_>| site_mark(&it.key).or_else(|| mark_inside(&it.text).map(|it| it.number));
    let marks: Vec<u32> = lines.iter().flat_map(|it| &it.tokens).filter_map(mark_of).collect();
    // Another document may begin again at 2.
    let counts_up = |pair: &[u32]| matches!(pair, [a, b] if *b == a + 1);
    if !marks.windows(2).any(counts_up) {
        return;
    }
    for idx in 0..lines.len() {
        let Some(line) = lines.get_mut(idx) else { break };
        for token in &mut line.tokens {
            if let Some(mark) = mark_inside(&token.text) {
                let read = if let Cow::Borrowed(text) = token.text { Some(text) } else { None };
                let raw = token.raw.or(read);
                line.mended.site_mark = Some(mark.text);
                *token = Token::new(mark.without, raw, token.place, token.col, lexicon);
            }
        }
        if !line.has_columns() {
            continue;
        }
        let Some(at) = line.tokens.iter().position(|it| site_mark(&it.key).is_some()) else { continue };
        let mark = line.tokens.remove(at);
        line.mended.site_mark = Some(mark.text.into_owned());
        if is_pushed(lines, idx, mark.col)
            && let Some(line) = lines.get_mut(idx)
        {
            line.tokens.iter_mut().filter(|it| mark.col < it.col).for_each(|it| it.col -= 1);
        }
    }
    lines.retain(|it| !it.tokens.is_empty());
}

/// Whether the cells behind a column stand one column to the right of where rows near by have cells of their kind.
fn is_pushed(lines: &[Line<'_>], idx: usize, col: i32) -> bool {
    let Some(line) = lines.get(idx) else { return false };
    let first = idx.saturating_sub(LOOKED_BACK);
    let near = || {
        let window = lines.iter().enumerate().skip(first).take(2 * LOOKED_BACK);
        window.filter(|it| it.0 != idx && it.1.has_columns()).flat_map(|it| &it.1.tokens)
    };
    let fits = |by: i32| -> usize {
        let behind = line.tokens.iter().filter(|it| col < it.col);
        behind.map(|it| near().filter(|other| other.col == it.col - by && other.kind == it.kind).count()).sum()
    };
    fits(0) < fits(1)
}

/// A mark inside a figure.
struct Inside {
    number: u32,
    text: String,
    without: String,
}

/// The mark of a site inside a figure: `10 2、0%`.
fn mark_inside(text: &str) -> Option<Inside> {
    let (before, after) = text.split_once('、')?;
    let head = before.trim_end_matches(|it: char| it.is_ascii_digit());
    let mark = before.get(head.len()..)?;
    let figure = head.trim_end();
    let is_inside = figure.len() < head.len()
        && figure.ends_with(|it: char| it.is_ascii_digit())
        && after.starts_with(|it: char| it.is_ascii_digit());
    let number = site_mark(&format!("{mark}、")).filter(|_| is_inside)?;
    Some(Inside { number, text: format!("{mark}、"), without: format!("{figure}{after}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_inside_figures() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(mark_inside(text).map(|it| it.without).as_deref(), want, "{text}");
        };
        check("10 2、0%", Some("100%"));
        check("12、13", None);
        check("2、修缮", None);
        check("第1 2、项", None);
    }

    #[test]
    fn marks_alone() {
        let check = |key: &str, want: Option<u32>| assert_eq!(site_mark(key), want, "{key}");
        check("2、", Some(2));
        check("123、", None);
        check("、", None);
        check("2、修缮", None);
    }
}
