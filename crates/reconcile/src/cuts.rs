//! Cuts: where a cell may hold several, run together without a separator.
//!
//! In: a printed text, the other cells of its row, and the labels of the lexicon. Out: the places where it may be cut,
//! each with what a cut costs there and what it costs to leave the text whole.
//!
//! A place comes from the structure of the text alone: before an operator, behind a percent sign or a unit, inside a run
//! of digits, behind a label. What stands beside it makes it likelier: a part that another cell of the row prints, too,
//! or the same part twice. Whether a cut is made, the aligner decides: a row that has a cell for every column is never cut.

use crate::lexicon::{Label, Lexicon};
use crate::text;
use crate::token::Token;

/// A place where a text may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The byte that the right part begins with.
    pub(crate) at: usize,
    /// What cutting here costs, in hundredths of a move.
    pub(crate) cost: i32,
    /// What it costs that a cell goes on over this place.
    pub(crate) whole: i32,
    /// Whether nothing but its digits speaks for this place.
    pub(crate) in_digits: bool,
    /// Whether texts that are one value have such places, too: only a cell that holds several for certain is cut here.
    pub(crate) is_weak: bool,
}

/// What a kind of place costs: to cut there, to leave it whole. Hundredths of a move. The order of the kinds is what
/// counts: a percent sign ends a value for certain, a unit most of the time (`2期60人` is one target), a digit seldom.
type Cost = (i32, i32);

/// `95%|10`: nothing but a value of its own follows a percent sign with a digit.
const AFTER_PERCENT: Cost = (10, 100);
/// `户数|≥20户`: an operator begins a target.
const AT_OPERATOR: Cost = (15, 60);
/// `10| 10`: a blank between two figures.
const AT_BLANK: Cost = (10, 60);
/// `20套|20套`: the same text twice.
const TWICE: Cost = (20, 50);
/// `15套|20套`: two figures of one unit.
const SAME_UNIT: Cost = (15, 40);
/// `20套|18`: a bare figure behind a quantity ends the text.
const BARE_FIGURE: Cost = (35, 30);
/// `2期|60人`: another quantity.
const OTHER_UNIT: Cost = (140, 0);
/// `2021年|12月`.
const IN_DATE: Cost = (140, 0);
/// `达成预期指标|10`: a bare figure behind words ends the text. A little less than an empty weight.
const FIGURE_AFTER_WORDS: Cost = (75, 0);
/// `小区户数|20户`.
const QUANTITY_AFTER_WORDS: Cost = (110, 0);
/// `10|受疫情影响`: words too long for a unit.
const WORDS_AFTER_FIGURE: Cost = (70, 0);
/// `20|10`: inside a run of digits.
const IN_DIGITS: Cost = (60, 0);
/// `产出指标|数量指标`, `数量指标|改造小区`: behind a label.
const AFTER_LABEL: Cost = (15, 40);
/// `项目管理|资金到位`: behind a label whose words begin names, too.
const AFTER_WORDS_OF_LABEL: Cost = (25, 0);
/// `10|20万元20万元`: inside a run of digits, before the first of two equal quantities.
const BEFORE_TWINS: Cost = (60, 10);
/// Any place beside which a text stands that another cell of the row prints, too.
const PRINTED_BESIDE: Cost = (20, 20);

/// A place that costs no more parts two values for certain.
pub(crate) const SURE: i32 = 35;

/// A unit has no more characters: 平方米, 元/人·天.
const LONGEST_UNIT: usize = 6;
/// A longer run of digits is a number of another kind: a telephone, a code.
const LONGEST_RUN: usize = 12;
/// Texts with more places than this are cut at the likeliest alone.
const MAX_CUTS: usize = 16;
/// Longer texts are prose. Characters.
const LONGEST_TEXT: usize = 120;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    /// A point or comma between digits.
    Point,
    Percent,
    Operator,
    Other,
}

/// A character that counts.
#[derive(Clone, Copy)]
struct Atom {
    at: usize,
    c: char,
    class: Class,
    /// Whether a blank stands before it.
    blank: bool,
    /// Whether it stands inside brackets.
    inside: bool,
}

/// The places where `text` may be cut, in order; `beside` are the keys of the other cells of its row.
pub(crate) fn cuts(text: &str, beside: &[&str], lexicon: &Lexicon) -> Vec<Cut> {
    let atoms = atoms(text);
    if atoms.len() < 2 || atoms.len() > LONGEST_TEXT {
        return Vec::new();
    }
    let labels = label_ends(&atoms, lexicon);
    let mut cuts = Vec::new();
    for k in 1..atoms.len() {
        let (Some(left), Some(right)) = (atoms.get(k - 1), atoms.get(k)) else { continue };
        let in_value = left.class == Class::Operator || matches!(right.class, Class::Percent | Class::Point);
        if (right.inside && left.inside) || in_value || left.class == Class::Point {
            continue;
        }
        let label = labels.iter().find(|it| it.0 == k).map(|it| it.1);
        let mut cost = label.or_else(|| place(&atoms, k));
        if is_twice(&atoms, k) {
            cost = Some(TWICE);
        } else if is_before_twins(&atoms, k) {
            cost = Some(BEFORE_TWINS);
        } else if !is_figure(left.class) || cost.is_some() {
            // `100%` beside a score of 10 is one value, whatever its first digits are.
            let can_be_cut = cost != Some(IN_DIGITS) || ends_bare(&atoms, k);
            let printed = can_be_cut && beside.iter().any(|it| is_printed_beside(&atoms, k, it));
            if printed {
                cost = Some(cost.map_or(PRINTED_BESIDE, |it| (it.0.min(PRINTED_BESIDE.0), it.1.max(PRINTED_BESIDE.1))));
            }
        }
        if let Some((cost, whole)) = cost {
            let in_digits = place(&atoms, k) == Some(IN_DIGITS) && ![TWICE, BEFORE_TWINS].contains(&(cost, whole));
            let in_quantity = in_digits && cost == IN_DIGITS.0 && !ends_bare(&atoms, k);
            let has_words = (cost, whole) == WORDS_AFTER_FIGURE && atoms.iter().take(k).any(|it| !is_figure(it.class));
            let is_weak =
                in_quantity || has_words || [IN_DATE, OTHER_UNIT, QUANTITY_AFTER_WORDS].contains(&(cost, whole));
            cuts.push(Cut { at: right.at, cost, whole, in_digits, is_weak });
        }
    }
    if !cuts.iter().any(|it| it.cost <= SURE) {
        cuts.retain(|it| !it.is_weak);
    }
    if cuts.len() > MAX_CUTS {
        cuts.sort_by_key(|it| (it.cost, it.at));
        cuts.truncate(MAX_CUTS);
        cuts.sort_by_key(|it| it.at);
    }
    cuts
}

/// Whether a cell goes on over a place that only a value of its own can follow: an operator behind words, a figure behind
/// a percent sign.
pub(crate) fn has_joint(token: &Token<'_>) -> bool {
    let operator = |c: char| matches!(c, '≥' | '≤' | '>' | '<' | '=');
    let mut before: Option<char> = None;
    token.key.chars().any(|c| {
        let joint =
            before.is_some_and(|it| (operator(c) && !operator(it) && it != '(') || (it == '%' && c.is_ascii_digit()));
        before = Some(c);
        joint
    })
}

/// Whether a part that a cut leaves begins with a figure that nobody writes: `05`, `00`.
pub(crate) fn is_malformed(key: &str) -> bool {
    let mut bytes = key.bytes();
    let (first, second) = (bytes.next(), bytes.next());
    first == Some(b'0') && second.is_some_and(|it| it.is_ascii_digit()) || first == Some(b'.')
}

fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut blank = false;
    let mut depth = 0usize;
    for (at, printed) in text.char_indices() {
        let Some(c) = text::fold_char(printed) else {
            blank |= printed.is_whitespace();
            continue;
        };
        let class = match c {
            '0'..='9' => Class::Digit,
            '.' | ',' => Class::Point,
            '%' | '‰' => Class::Percent,
            '≥' | '≤' | '>' | '<' | '=' => Class::Operator,
            _ => Class::Other,
        };
        depth += usize::from(c == '(');
        atoms.push(Atom { at, c, class, blank, inside: depth > 0 });
        depth = depth.saturating_sub(usize::from(c == ')'));
        blank = false;
        if atoms.len() > LONGEST_TEXT {
            break;
        }
    }
    // A point is one between two digits; else it is a mark of a sentence.
    for k in 0..atoms.len() {
        let digit = |it: Option<&Atom>| it.is_some_and(|it| it.class == Class::Digit);
        let between = digit(k.checked_sub(1).and_then(|it| atoms.get(it))) && digit(atoms.get(k + 1));
        if let Some(atom) = atoms.get_mut(k)
            && atom.class == Class::Point
            && !between
        {
            atom.class = Class::Other;
        }
    }
    atoms
}

fn is_figure(class: Class) -> bool {
    matches!(class, Class::Digit | Class::Point)
}

/// Whether the atoms before and at `k` are of one figure.
fn splits_at(atoms: &[Atom], k: usize) -> bool {
    k.checked_sub(1).and_then(|it| atoms.get(it)).zip(atoms.get(k)).is_some_and(|it| splits_figure(it.0, it.1))
}

fn splits_figure(left: &Atom, right: &Atom) -> bool {
    is_figure(left.class) && is_figure(right.class)
}

/// What a cut before the atom `k` costs for what stands left and right of it.
fn place(atoms: &[Atom], k: usize) -> Option<Cost> {
    let (left, right) = (atoms.get(k - 1)?, atoms.get(k)?);
    let has_figure = atoms.get(..k)?.iter().any(|it| it.class == Class::Digit);
    match (left.class, right.class) {
        (_, Class::Operator) => Some(AT_OPERATOR),
        (Class::Digit, Class::Digit) if right.blank => Some(AT_BLANK),
        (Class::Digit, Class::Digit) => (!is_one_number(atoms, k)).then_some(IN_DIGITS),
        (Class::Percent, Class::Digit) => Some(AFTER_PERCENT),
        // `1-3`, `第2`, `A4`, `4.1e+06` go on.
        (Class::Other, Class::Digit) if matches!(left.c, '-' | '+' | '~' | '至' | '第' | '到' | '(' | '/' | ':') => {
            None
        }
        (Class::Other, Class::Digit) if left.c.is_ascii_alphabetic() && !right.blank => None,
        (Class::Other, Class::Digit) => {
            let bare = ends_bare(atoms, k);
            if !has_figure {
                return Some(if bare { FIGURE_AFTER_WORDS } else { QUANTITY_AFTER_WORDS });
            }
            if left.c != '日' && matches!(left.c, '年' | '月' | '时' | '.') {
                return Some(IN_DATE);
            }
            if bare {
                return Some(BARE_FIGURE);
            }
            Some(if has_same_unit(atoms, k) { SAME_UNIT } else { OTHER_UNIT })
        }
        (Class::Digit | Class::Percent, Class::Other) => {
            let rest = atoms.get(k..)?;
            let is_words = rest.iter().all(|it| it.class == Class::Other) && rest.len() > LONGEST_UNIT;
            (is_words && right.c.is_alphanumeric() && !matches!(right.c, '年' | '月' | '日'))
                .then_some(WORDS_AFTER_FIGURE)
        }
        _ => None,
    }
}

/// Whether the digits around a place are one number: too long to be two, or a year.
fn is_one_number(atoms: &[Atom], k: usize) -> bool {
    let run_before = atoms.get(..k).map_or(0, |it| it.iter().rev().take_while(|it| is_figure(it.class)).count());
    let run_after = atoms.get(k..).map_or(0, |it| it.iter().take_while(|it| is_figure(it.class)).count());
    let end = k + run_after;
    let unit = atoms.get(end).map(|it| it.c);
    let year = unit == Some('年') && run_before + run_after >= 4 && run_after < 4;
    let in_date = matches!(unit, Some('月' | '日')) && run_before + run_after == 2;
    // `A42`, `4.1e+06`.
    let first = k.checked_sub(run_before + 1).and_then(|it| atoms.get(it));
    let in_code = first.is_some_and(|it| it.c.is_ascii_alphabetic() || matches!(it.c, '+' | '-' | '第'));
    // A number has one point.
    let run = atoms.get(k - run_before..end).unwrap_or(&[]);
    let is_several = run.iter().filter(|it| it.c == '.').count() > 1;
    year || in_date || in_code || (run.len() > LONGEST_RUN && !is_several)
}

/// Whether from `k` on nothing but figures is printed.
fn ends_bare(atoms: &[Atom], k: usize) -> bool {
    atoms.get(k..).is_some_and(|it| it.iter().all(|it| is_figure(it.class)))
}

/// The unit that follows the figure at `k`: its characters up to the next figure, operator or the end.
fn unit_at(atoms: &[Atom], k: usize) -> String {
    let rest = atoms.get(k..).unwrap_or(&[]);
    let unit = rest.iter().skip_while(|it| is_figure(it.class));
    unit.take_while(|it| it.class == Class::Other).map(|it| it.c).collect()
}

/// Whether the figure before a place has the unit of the one behind it.
fn has_same_unit(atoms: &[Atom], k: usize) -> bool {
    let before = atoms.get(..k).unwrap_or(&[]);
    let Some(figure) = before.iter().rposition(|it| it.class == Class::Digit) else { return false };
    let left: String = before.iter().skip(figure + 1).map(|it| it.c).collect();
    left == unit_at(atoms, k)
}

/// Whether a part may end or begin between the atoms before and at `k`: not inside a figure.
fn is_edge(atoms: &[Atom], k: usize) -> bool {
    match (k.checked_sub(1).and_then(|it| atoms.get(it)), atoms.get(k)) {
        (Some(left), Some(right)) => !splits_figure(left, right) && right.class != Class::Percent,
        _ => true,
    }
}

/// Whether the same text stands before and behind a place: `20套|20套`.
fn is_twice(atoms: &[Atom], k: usize) -> bool {
    /// A single character twice is a word: 人人. Characters.
    const SHORTEST: usize = 2;
    // A figure that is cut has to end the text: `2020年` is no 20 twice.
    let in_figure = !is_edge(atoms, k);
    // Words go on without a mark: `咨询服务服务期` says nothing twice.
    let is_word = |at: Option<usize>| at.and_then(|it| atoms.get(it)).is_some_and(|it| it.class == Class::Other);
    let amid_words = is_word(Some(k)) && is_word(k.checked_sub(1));
    let first = atoms.get(k).map(|it| it.c);
    (SHORTEST..=k.min(atoms.len() - k)).any(|len| {
        atoms.get(k - len).map(|it| it.c) == first
            && is_edge(atoms, k - len)
            && is_edge(atoms, k + len)
            && (!in_figure || k + len == atoms.len())
            && !(amid_words && (is_word(Some(k + len)) || is_word((k - len).checked_sub(1))))
            && atoms.iter().skip(k - len).take(len).map(|it| it.c).eq(atoms.iter().skip(k).take(len).map(|it| it.c))
    })
}

/// Whether a quantity begins at `k`, inside a run of digits, that is printed twice: `10|20万元20万元`.
fn is_before_twins(atoms: &[Atom], k: usize) -> bool {
    let len = atoms.iter().skip(k).take_while(|it| it.class != Class::Other).count();
    let len = len + atoms.iter().skip(k + len).take_while(|it| it.class == Class::Other).count();
    let same = || atoms.iter().skip(k).take(len).map(|it| it.c).eq(atoms.iter().skip(k + len).take(len).map(|it| it.c));
    splits_at(atoms, k)
        && !is_one_number(atoms, k)
        && k + 2 * len <= atoms.len()
        && is_edge(atoms, k + 2 * len)
        && same()
}

/// Whether the text before a place ends, or the text behind it begins, with what another cell prints.
fn is_printed_beside(atoms: &[Atom], k: usize, key: &str) -> bool {
    /// A shorter text is printed beside many others by chance. Characters.
    const SHORTEST: usize = 2;
    let key = key.trim_start_matches(['≥', '≤', '>', '<', '=']);
    // An actual often does without the unit of its target.
    let figure = key.find(|c: char| !c.is_ascii_digit() && c != '.').map(|at| &key[..at]);
    let figure = figure.filter(|it| splits_at(atoms, k) && *it != key);
    if figure.is_some_and(|it| is_printed_beside(atoms, k, it)) {
        return true;
    }
    let len = key.chars().count();
    if len < SHORTEST {
        return false;
    }
    let same = |from: usize| atoms.iter().skip(from).take(len).map(|it| it.c).eq(key.chars());
    let class = |at: usize| atoms.get(at).map(|it| it.class);
    // Words go on without a mark: there a part has to be all that is left.
    let amid_words = class(k) == Some(Class::Other) && class(k - 1) == Some(Class::Other);
    let ends = |at: usize| is_edge(atoms, at) && (!amid_words || class(at) != Some(Class::Other));
    let begins = |at: usize| is_edge(atoms, at) && (!amid_words || at == 0);
    let behind = k + len <= atoms.len() && ends(k + len) && same(k);
    let before = k >= len && begins(k - len) && same(k - len);
    behind || before
}

/// Where the labels end that a text begins with: a 一级指标, a 二级指标 behind it.
fn label_ends(atoms: &[Atom], lexicon: &Lexicon) -> Vec<(usize, Cost)> {
    /// Shorter labels begin names by chance: 成本控制数. Characters.
    const SHORTEST: usize = 4;
    let is_class = |from: usize, to: usize| {
        let word: String = atoms.iter().take(to).skip(from).map(|it| it.c).collect();
        let hit = lexicon.look_up(&text::label_text(&word)).filter(|it| !it.damaged);
        hit.is_some_and(|it| it.labels.iter().any(|it| matches!(it, Label::L1(_) | Label::L2(_))))
    };
    let mut ends = Vec::new();
    let mut start = 0;
    while ends.len() < 2 {
        let longest = (atoms.len().min(start + Lexicon::MAX_LABEL)).saturating_sub(1);
        // 经济效益 and 满意度 begin names, too: a label that does not say so itself needs another behind it.
        let says_so = |end: usize| matches!(atoms.get(end - 1).map(|it| it.c), Some('标' | ')'));
        let end = (start + SHORTEST..=longest).rev().find(|end| is_class(start, *end));
        let Some(end) = end else { break };
        let is_sure = says_so(end) || is_class(end, atoms.len());
        ends.push((end, if is_sure { AFTER_LABEL } else { AFTER_WORDS_OF_LABEL }));
        start = end;
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` where it may be cut for no more than `up_to`.
    fn check(text: &str, beside: &[&str], up_to: i32, expected: &str) {
        let mut drawn = String::new();
        let cuts = cuts(text, beside, &Lexicon::embedded());
        for (at, c) in text.char_indices() {
            if cuts.iter().any(|it| it.at == at && it.cost <= up_to) {
                drawn.push('|');
            }
            drawn.push(c);
        }
        assert_eq!(drawn, expected);
    }

    #[test]
    fn values_end_at_signs_and_units() {
        check("≥90%95%", &[], 20, "≥90%|95%");
        check("95%10", &[], 20, "95%|10");
        check("修缮场馆数≥20处", &[], 20, "修缮场馆数|≥20处");
        check("20套20套", &[], 20, "20套|20套");
        check("15套20套", &[], 20, "15套|20套");
        check("2期60人", &[], 150, "2期60人");
        check("20套18", &[], 40, "20套|18");
    }

    #[test]
    fn digits_are_cut_only_at_a_price() {
        check("2010", &[], 20, "2010");
        check("2010", &[], 60, "2|0|1|0");
        check("20处2010", &[], 60, "2|0处|2|0|1|0");
        check("22.522.5", &[], 20, "22.5|22.5");
        check("12015", &["15"], 20, "120|15");
        check("2021年12月", &[], 150, "2021年12月");
        check("2020年4月底前", &[], 150, "2020年4月底前");
        check("17.55万元", &[], 150, "17.55万元");
        check("4.10855e+06", &[], 150, "4.10855e+06");
        check("120010", &["≥1200个"], 20, "1200|10");
        check("100%", &["10"], 150, "100%");
        check("1000元", &["10"], 150, "1000元");
        check("1010", &[], 20, "10|10");
        check("1969.771674.3", &[], 60, "1|9|6|9.7|7|1|6|7|4.3");
        check("咨询服务服务期达标率", &[], 150, "咨询服务服务期达标率");
        check("及时及时", &[], 20, "及时|及时");
    }

    #[test]
    fn words_beside_make_a_place() {
        check("修缮场馆数20处", &[], 150, "修缮场馆数20处");
        check("修缮场馆数20处", &["20处"], 40, "修缮场馆数|20处");
        check("环境改善明显改善", &["明显改善"], 40, "环境改善|明显改善");
        check("数量指标修缮场馆", &[], 40, "数量指标|修缮场馆");
        check("产出指标数量指标修缮场馆", &[], 40, "产出指标|数量指标|修缮场馆");
    }
}
