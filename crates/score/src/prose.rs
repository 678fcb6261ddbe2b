//! Prose as the checks read it: the quantities, dates, equations and lists of a text, each found once.
//!
//! In: the cell of a form that a pointer names: a goal text, a name, a reason. Out: a [`Passage`], the text with its
//! [`Prose`]; spans are bytes of the printed text. [`crate::facts::Facts::passage`] keeps what was read for all checks.

use std::ops::Deref;
use std::rc::Rc;

use gouji_model::{Form, IndicatorField, Pointer};
use gouji_quantity::{Equation, Period, Quantity, Span};

/// What a text holds.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// Quantities in printed order, asides included.
    pub quantities: Vec<Quantity>,
    /// Dates and spans of days, in printed order.
    pub periods: Vec<Period>,
    /// Equations, in printed order.
    pub equations: Vec<Equation>,
    /// Numbered lists, by where they begin.
    pub lists: Vec<List>,
}

impl Prose {
    /// Reads a text.
    pub(crate) fn read(text: &str) -> Prose {
        let (quantities, periods) = gouji_quantity::figures(text);
        let equations = gouji_quantity::equations(text);
        Prose { quantities, periods, equations, lists: lists(text) }
    }

    /// The quantities that lie in a piece of the text.
    pub(crate) fn quantities_in(&self, span: Span) -> impl Iterator<Item = &Quantity> {
        self.quantities.iter().filter(move |it| span.start <= it.span.start && it.span.end <= span.end)
    }
}

/// A text and what it holds.
#[derive(Clone, Debug)]
pub(crate) struct Passage<'a> {
    /// As printed.
    pub text: &'a str,
    /// What was found in it.
    pub prose: Rc<Prose>,
}

impl Deref for Passage<'_> {
    type Target = Prose;

    fn deref(&self) -> &Prose {
        &self.prose
    }
}

impl<'a> Passage<'a> {
    /// The text before a byte.
    pub(crate) fn before(&self, at: usize) -> &'a str {
        self.text.get(..at).unwrap_or_default()
    }

    /// The text from a byte on.
    pub(crate) fn after(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The last characters before a byte.
    pub(crate) fn tail(&self, at: usize, n_chars: usize) -> &'a str {
        let head = self.before(at);
        let from = head.char_indices().rev().nth(n_chars.saturating_sub(1)).map_or(0, |it| it.0);
        head.get(from..).unwrap_or_default()
    }

    /// The sentence around a byte: from one full stop, semicolon or line break to the next.
    pub(crate) fn sentence(&self, at: usize) -> Span {
        self.around(at, is_end_of_sentence)
    }

    /// Where the sentence around a byte begins.
    pub(crate) fn sentence_start(&self, at: usize) -> usize {
        self.start_of(at, is_end_of_sentence)
    }

    /// Where the clause around a byte begins.
    pub(crate) fn clause_start(&self, at: usize) -> usize {
        self.start_of(at, |it| is_end_of_sentence(it) || matches!(it, '，' | ','))
    }

    /// The clause around a byte: a sentence cut at its commas.
    pub(crate) fn clause(&self, at: usize) -> Span {
        self.around(at, |it| is_end_of_sentence(it) || matches!(it, '，' | ','))
    }

    fn around(&self, at: usize, is_end: impl Fn(char) -> bool) -> Span {
        let start = self.start_of(at, &is_end);
        let end = self.after(at).find(is_end).map_or(self.text.len(), |it| at + it);
        Span { start, end }
    }

    fn start_of(&self, at: usize, is_end: impl Fn(char) -> bool) -> usize {
        let end = self.before(at).char_indices().rev().find(|(_, it)| is_end(*it));
        end.map_or(0, |(idx, it)| idx + it.len_utf8())
    }

    /// Where the sentence, or the list item, begins that a byte stands in.
    pub(crate) fn around_items(&self, at: usize) -> usize {
        let items = self.lists.iter().flat_map(|it| &it.items).map(|it| it.span.start).filter(|it| *it <= at);
        items.fold(self.start_of(at, |it| matches!(it, '。' | '\n')), usize::max)
    }

    /// Where the word begins that makes this quantity the sum of others: 共计:208.2万元, 以上三项合计 5万元.
    pub(crate) fn total_word(&self, quantity: &Quantity) -> Option<usize> {
        /// Words for a sum. 共 alone says how many there are of one thing.
        const WORDS: [&str; 5] = ["共计", "合计", "总计", "总共", "累计共"];
        /// What may stand between the word and its figure.
        const BETWEEN: [&str; 8] = ["为", "需", "约", "人民币", "金额", "资金", "费用", "经费"];
        let mut head = self.before(quantity.number_span.start);
        loop {
            head = head.trim_end_matches([' ', '\u{3000}', ':', '：', '=', '¥', '￥']);
            if let Some(word) = WORDS.iter().find(|it| head.ends_with(**it)) {
                return Some(head.len() - word.len());
            }
            head = BETWEEN.iter().find_map(|it| head.strip_suffix(it))?;
        }
    }
}

fn is_end_of_sentence(it: char) -> bool {
    matches!(it, '。' | '；' | ';' | '\n' | '！' | '？')
}

/// How the items of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// `1、` `1.`
    Digits,
    /// `1)` `(1)`
    BracketedDigits,
    /// `①`
    Circled,
    /// `一、`
    Han,
    /// `(一)`
    BracketedHan,
    /// `一是`
    Ordinal,
}

/// A numbered list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    /// How its items are numbered.
    pub numbering: Numbering,
    /// Its items: their numbers follow one another.
    pub items: Vec<ListPart>,
}

impl List {
    /// It begins with 1, so that none of its first items is missing.
    pub(crate) fn begins_with_one(&self) -> bool {
        self.items.first().is_some_and(|it| it.number == 1)
    }
}

/// One part of a numbered list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListPart {
    /// Its number.
    pub number: u32,
    /// The first byte of its mark.
    pub mark_start: usize,
    /// Its words, from behind the mark to the next mark of the same list, of an outer list, or to the end.
    pub span: Span,
}

/// A mark of a list: its numbering, number, first byte and the byte behind it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    numbering: Numbering,
    number: u32,
    start: usize,
    end: usize,
}

/// The numbered lists of a text.
fn lists(text: &str) -> Vec<List> {
    let marks = marks(text);
    let mut found: Vec<List> = Vec::new();
    // Lists that may go on, the innermost last; each by its index in `found`.
    let mut open: Vec<usize> = Vec::new();
    for mark in marks {
        let goes_on = open.iter().rposition(|list_idx| {
            found.get(*list_idx).is_some_and(|list| {
                let last = list.items.last().map_or(0, |it| it.number);
                list.numbering == mark.numbering && last + 1 == mark.number
            })
        });
        let item =
            ListPart { number: mark.number, mark_start: mark.start, span: Span { start: mark.end, end: text.len() } };
        let is_restart =
            open.iter().rposition(|list_idx| found.get(*list_idx).is_some_and(|list| list.numbering == mark.numbering));
        // What lies inside the list that goes on, or is numbered like the one that begins anew, ends here.
        let depth = goes_on.map_or_else(|| is_restart.unwrap_or(open.len()), |it| it + 1);
        for list_idx in open.drain(depth..) {
            close(&mut found, list_idx, mark.start);
        }
        match goes_on.and_then(|_| open.last().copied()) {
            Some(list_idx) => {
                close(&mut found, list_idx, mark.start);
                if let Some(list) = found.get_mut(list_idx) {
                    list.items.push(item);
                }
            }
            None => {
                open.push(found.len());
                found.push(List { numbering: mark.numbering, items: vec![item] });
            }
        }
    }
    found.retain(|it| it.items.len() >= 2);
    found
}

/// The last item of a list ends at this byte.
fn close(found: &mut [List], list_idx: usize, end: usize) {
    if let Some(item) = found.get_mut(list_idx).and_then(|it| it.items.last_mut()) {
        item.span.end = end.max(item.span.start);
    }
}

fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut skip_to = 0;
    for (start, it) in text.char_indices() {
        if start < skip_to || !may_begin_mark(it) {
            continue;
        }
        let Some((numbering, number, length)) = mark_at(text.get(start..).unwrap_or_default()) else { continue };
        let before = text.get(..start).unwrap_or_default();
        let last = before.chars().rev().find(|it| !it.is_whitespace() || *it == '\n');
        let is_boundary = last.is_none_or(|it| {
            matches!(
                it,
                '。' | '；' | ';' | '：' | ':' | '，' | ',' | '、' | '.' | '\n' | '！' | '？' | ')' | '）' | '”' | '》'
            )
        });
        // 服务一年 2、…: a digit behind a word, with the mark of a list behind it.
        let is_behind_word =
            numbering == Numbering::Digits && last.is_some_and(|it| ('\u{4E00}'..='\u{9FFF}').contains(&it));
        if is_boundary || is_behind_word || numbering == Numbering::Circled {
            found.push(Mark { numbering, number, start, end: start + length });
            skip_to = start + length;
        }
    }
    found
}

fn may_begin_mark(it: char) -> bool {
    it.is_ascii_digit()
        || ('０'..='９').contains(&it)
        || ('①'..='⑳').contains(&it)
        || matches!(it, '(' | '（')
        || han_digit(it).is_some()
        || it == '十'
}

fn mark_at(rest: &str) -> Option<(Numbering, u32, usize)> {
    let first = rest.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some((Numbering::Circled, u32::from(first) - u32::from('①') + 1, first.len_utf8()));
    }
    let bracket = if matches!(first, '(' | '（') { first.len_utf8() } else { 0 };
    let inner = rest.get(bracket..)?;
    let (number, length, is_han) = small_number(inner)?;
    let behind = inner.get(length..)?;
    let sign = behind.chars().next()?;
    let end = bracket + length + sign.len_utf8();
    if bracket > 0 {
        let numbering = if is_han { Numbering::BracketedHan } else { Numbering::BracketedDigits };
        return matches!(sign, ')' | '）').then_some((numbering, number, end));
    }
    match (is_han, sign) {
        (true, '、') => Some((Numbering::Han, number, end)),
        (true, '是') => Some((Numbering::Ordinal, number, end)),
        (false, '、') => Some((Numbering::Digits, number, end)),
        (false, '.' | '．') => {
            // 3.5天 is a number, and 1.2. the mark of a section.
            let next = rest.get(end..)?.chars().next()?;
            let is_year =
                rest.get(end..)?.starts_with("20") && rest.get(end + 4..).is_some_and(|it| it.starts_with('年'));
            (!next.is_ascii_digit() && !('０'..='９').contains(&next) || is_year).then_some((
                Numbering::Digits,
                number,
                end,
            ))
        }
        (false, ')' | '）') => Some((Numbering::BracketedDigits, number, end)),
        _ => None,
    }
}

/// The number that a name begins with as an item of a list: 2 of `2、租车` and `（二）租车`.
pub(crate) fn leading_number(text: &str) -> Option<u32> {
    mark_at(text.trim_start()).map(|(_, number, _)| number)
}

/// A number of at most two digits, or of Han numerals up to 九十九: its value, its bytes, and whether it is Han.
fn small_number(text: &str) -> Option<(u32, usize, bool)> {
    let (mut value, mut length, mut n_digits) = (0_u32, 0, 0);
    for it in text.chars() {
        let digit = match it {
            '０'..='９' => u32::from(it) - u32::from('０'),
            _ => match it.to_digit(10) {
                Some(digit) => digit,
                None => break,
            },
        };
        n_digits += 1;
        if n_digits > 2 {
            return None;
        }
        value = value * 10 + digit;
        length += it.len_utf8();
    }
    if n_digits > 0 {
        return (value > 0).then_some((value, length, false));
    }
    let (mut tens, mut ones) = (0, 0);
    for it in text.chars() {
        match han_digit(it) {
            Some(digit) if ones == 0 => ones = digit,
            Some(_) => return None,
            None if it == '十' && tens == 0 => {
                tens = ones.max(1);
                ones = 0;
            }
            None => break,
        }
        length += it.len_utf8();
    }
    let value = tens * 10 + ones;
    (value > 0).then_some((value, length, true))
}

fn han_digit(it: char) -> Option<u32> {
    Some(match it {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The cells of a form that may hold words and figures, in printed order.
pub(crate) fn cells(form: &Form) -> impl Iterator<Item = Pointer> {
    use IndicatorField::{Actual, Adjusted, Name, Reason, Target};
    let rows = (0..form.indicators.len())
        .flat_map(|row_idx| [Name, Target, Adjusted, Actual, Reason].map(|field| Pointer::Indicator(row_idx, field)));
    let texts = (0..form.texts.len()).map(Pointer::Text);
    [Pointer::GoalExpected, Pointer::GoalAchieved].into_iter().chain(rows).chain(texts).chain([Pointer::Deviation])
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{Passage, Prose};

    fn check(text: &str, expected: &str) {
        let prose = Prose::read(text);
        let shown: Vec<String> = prose
            .lists
            .iter()
            .map(|list| {
                let items: Vec<String> =
                    list.items.iter().map(|it| format!("{} {}", it.number, it.span.of(text).trim())).collect();
                items.join(" | ")
            })
            .collect();
        assert_eq!(shown.join(" || "), expected, "{text}");
    }

    #[test]
    fn lists_are_found_with_their_items() {
        check("合计9万元。1、甲4万元。 2、乙5万元", "1 甲4万元。 | 2 乙5万元");
        check("1.甲3.5天;2.乙", "1 甲3.5天; | 2 乙");
        check("一、甲：(1)子；(2)女。二、乙", "1 甲：(1)子；(2)女。 | 2 乙 || 1 子； | 2 女。");
        check("一是甲；二是乙", "1 甲； | 2 乙");
        check("①甲②乙", "1 甲 | 2 乙");
        check("服务一年 2、乙 3、丙", "2 乙 | 3 丙");
        check("1.2024年甲;2.2024年乙", "1 2024年甲; | 2 2024年乙");
        check("1、甲 2、乙 二、其他 1、丙 2、丁", "1 甲 | 2 乙 二、其他 || 1 丙 | 2 丁");
        check("每期3.5天、每期110人, 2期", "");
        check("3、甲 5、乙", "");
    }

    #[test]
    fn totals_are_known_by_their_word() {
        let total = |text: &str| {
            let prose = Rc::new(Prose::read(text));
            let last = *prose.quantities.last().expect("has a quantity");
            Passage { text, prose }.total_word(&last).map(|it| text.get(..it).expect("a boundary").to_owned())
        };
        assert_eq!(total("工作。共计:208.2万元").as_deref(), Some("工作。"));
        assert_eq!(total("以上三项合计为 5万元").as_deref(), Some("以上三项"));
        assert_eq!(total("甲5万元"), None);
    }
}
