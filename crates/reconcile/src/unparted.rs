//! Tables that were run together: every cell of a page in one text, with nothing between them.
//!
//! In: all lines of a document. Out: the same lines, and in place of such a text the lines that its table had: labels
//! with their values, heads side by side, rows of indicators. Labels of the lexicon part the text: those of the head and
//! of the funds up to the header of the indicators, those of the classes below it. What stands between two labels is one
//! value, or the cells of one row or several; those of a row stay together here, and where they are cut the reader of
//! fused cells decides.
//!
//! A row ends with its points, and the next begins with a name: between a digit and words that are no unit. As many rows
//! are told as have a name and as many figures as the header has columns of points.

use std::ops::Range;

use crate::lexicon::{Column, Label, Lexicon};
use crate::run_together;
use crate::text;
use crate::token::{Line, Mended, Origin, Token};

/// Heads of indicators that stand side by side, with nothing between them, before a text is taken for a table. Heads; no
/// sentence has four.
const FEWEST_HEADS: usize = 4;

/// A longer text is none. Characters; the longest form that was seen has about a tenth.
const LONGEST_TEXT: usize = 50_000;

/// Parts every run of texts that holds a table run together.
pub(crate) fn part<'d>(lines: &mut Vec<Line<'d>>, lexicon: &'d Lexicon) {
    /// What stands where two heads of a class meet with nothing between them.
    const JOINTS: [&str; 2] = ["标二级", "标三级"];
    let is_text = |it: &Line<'_>| it.origin == Origin::Text && it.tokens.len() == 1;
    let may_be =
        |it: &Line<'_>| is_text(it) && it.tokens.iter().any(|it| JOINTS.iter().any(|joint| it.text.contains(joint)));
    if !lines.iter().any(may_be) {
        return;
    }
    let all = std::mem::take(lines);
    for run in all.chunk_by(|a, b| is_text(a) && is_text(b) && !b.break_before) {
        let parted = if run.iter().any(may_be) { parted(run, lexicon) } else { None };
        match parted {
            Some(parted) => lines.extend(parted),
            None => lines.extend(run.iter().cloned()),
        }
    }
}

/// A text without blanks, and the labels in it.
struct Text<'d> {
    lexicon: &'d Lexicon,
    /// As it is printed, without white space.
    chars: Vec<char>,
    /// The same as labels are compared.
    folded: Vec<char>,
}

/// A label that stands in the text.
#[derive(Clone, Copy)]
struct Found<'d> {
    start: usize,
    /// Behind the brackets that belong to it: `(10分)`, `(万元)`, `(A)`.
    end: usize,
    /// Characters of the word alone.
    n_chars: usize,
    labels: &'d [Label],
}

impl<'d> Text<'d> {
    fn of(run: &[Line<'d>], lexicon: &'d Lexicon) -> Option<Text<'d>> {
        let mut text = Text { lexicon, chars: Vec::new(), folded: Vec::new() };
        for (line, mark) in run.iter().zip(1_u32..) {
            let printed = line.tokens.iter().map(|it| it.text.as_ref()).collect::<String>();
            // A site counts the pages that it cuts a text into.
            let printed = printed.trim_start().strip_prefix(&format!("{mark}、")).unwrap_or(&printed);
            for c in printed.chars() {
                if let Some(folded) = text::fold_char(c) {
                    text.chars.push(c);
                    text.folded.push(folded);
                }
            }
        }
        (text.chars.len() <= LONGEST_TEXT).then_some(text)
    }

    fn key(&self, range: Range<usize>) -> String {
        self.folded.get(range).unwrap_or_default().iter().collect()
    }

    fn printed(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    /// The longest label that begins at `start` and is one of those wanted.
    fn label(&self, start: usize, wanted: fn(&Label) -> bool) -> Option<Found<'d>> {
        /// Labels of one character stand for nothing here.
        const SHORTEST: usize = 2;
        let n_left = self.folded.len() - start;
        let is_bracketed = self.folded.get(start) == Some(&'(');
        let lens = (SHORTEST..=Lexicon::MAX_LABEL.min(n_left)).rev();
        let found = lens.filter(|_| !is_bracketed).find_map(|n_chars| {
            let key = self.key(start..start + n_chars);
            // Brackets are taken with their label, and a mark behind it is no part of the word.
            if !key.ends_with(|it: char| it.is_alphabetic()) || !key.starts_with(|it: char| it.is_alphabetic()) {
                return None;
            }
            let labels = self.lexicon.look_up_exact(&text::label_text(&key))?;
            labels.iter().any(wanted).then_some((n_chars, labels))
        });
        let (n_chars, labels) = found?;
        let end = self.behind_brackets(start + n_chars);
        Some(Found { start, end, n_chars, labels })
    }

    /// The place behind brackets that stand at `at`, and behind a colon.
    fn behind_brackets(&self, mut at: usize) -> usize {
        /// `(20分*执行率)` has nine.
        const LONGEST: usize = 10;
        while self.folded.get(at) == Some(&'(') {
            let inside = self.folded.get(at..).unwrap_or_default().iter().take(LONGEST);
            let Some(len) = inside.clone().position(|it| *it == ')') else { break };
            at += len + 1;
        }
        at + usize::from(self.folded.get(at) == Some(&':'))
    }

    /// The labels from `from` on that stand one behind the other, and the place behind the last.
    fn side_by_side(&self, from: usize, wanted: fn(&Label) -> bool) -> (Vec<Found<'d>>, usize) {
        let mut found = Vec::new();
        let mut at = from;
        while let Some(label) = (at < self.folded.len()).then(|| self.label(at, wanted)).flatten() {
            at = label.end;
            found.push(label);
        }
        (found, at)
    }

    /// The header of the indicators from `from` on: its heads, and the place behind them.
    fn header(&self, from: usize) -> Option<(Vec<Found<'d>>, usize)> {
        let is_column = |it: &Label| matches!(it, Label::Column(_));
        (from..self.folded.len()).find_map(|at| {
            // 一级指标, 二级指标 or 三级指标 begins it.
            if self.folded.get(at + 1..at + 4) != Some(&['级', '指', '标']) {
                return None;
            }
            Some(self.side_by_side(at, is_column)).filter(|it| it.0.len() >= FEWEST_HEADS)
        })
    }
}

/// The lines of a run of texts that holds a table, if it does.
fn parted<'d>(run: &[Line<'d>], lexicon: &'d Lexicon) -> Option<Vec<Line<'d>>> {
    let text = Text::of(run, lexicon)?;
    let place = run.first()?.place;
    let mut table = Table { text: &text, place, lines: Vec::new() };
    let mut from = 0;
    while let Some((heads, end)) = text.header(from) {
        let start = heads.first().map_or(from, |it| it.start);
        table.above(from..start);
        table.line(heads.iter().map(|it| it.start..it.end));
        let columns: Vec<Column> = heads.iter().filter_map(|it| column(it.labels)).collect();
        from = table.rows(end, &columns);
    }
    if table.lines.is_empty() {
        return None;
    }
    table.text_line(from..text.folded.len());
    if let Some(first) = table.lines.first_mut() {
        first.break_before = run.first().is_some_and(|it| it.break_before);
    }
    Some(table.lines)
}

fn column(labels: &[Label]) -> Option<Column> {
    labels.iter().find_map(|it| if let Label::Column(column) = it { Some(*column) } else { None })
}

/// A table in the making.
struct Table<'t, 'd> {
    text: &'t Text<'d>,
    place: &'d gouji_model::Place,
    lines: Vec<Line<'d>>,
}

impl<'d> Table<'_, 'd> {
    fn push(&mut self, cells: Vec<String>, origin: Origin) {
        let tokens: Vec<Token<'d>> = cells
            .into_iter()
            .filter(|it| !it.is_empty())
            .zip(0..)
            .map(|(it, col)| Token::new(it, None, self.place, col, self.text.lexicon))
            .collect();
        if !tokens.is_empty() {
            self.lines.push(Line { tokens, origin, place: self.place, break_before: false, mended: Mended::default() });
        }
    }

    fn line(&mut self, cells: impl Iterator<Item = Range<usize>>) {
        let cells = cells.map(|it| self.text.printed(it)).collect();
        self.push(cells, Origin::Words);
    }

    fn text_line(&mut self, range: Range<usize>) {
        self.push(vec![self.text.printed(range)], Origin::Text);
    }

    /// What stands above the header: title and year, the head, the funds, the goal.
    fn above(&mut self, range: Range<usize>) {
        let of_form = |it: &Label| {
            matches!(
                it,
                Label::Head(_)
                    | Label::FundsBlock
                    | Label::Funds(_)
                    | Label::FundsLine(_)
                    | Label::FundsGroup
                    | Label::GoalBlock
                    | Label::GoalExpected
                    | Label::GoalAchieved
                    | Label::IndicatorBlock
            )
        };
        /// A shorter word stands in sentences; beside another label it is one.
        const SHORTEST_ALONE: usize = 4;
        let mut labels: Vec<Found<'d>> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let found = self.text.label(at, of_form).filter(|it| it.end <= range.end);
            let is_beside = labels.last().is_some_and(|it| it.end == at);
            match found.filter(|it| it.n_chars >= SHORTEST_ALONE || is_beside) {
                Some(found) => {
                    at = found.end;
                    labels.push(found);
                }
                None => at += 1,
            }
        }
        let first = labels.first().map_or(range.end, |it| it.start);
        self.title(range.start..first);
        // Labels side by side are heads; what stands behind the last is its value.
        let groups = labels.chunk_by(|a, b| a.end == b.start && !opens(b));
        let ends = groups.clone().skip(1).filter_map(|it| it.first()).map(|it| it.start).chain([range.end]);
        for (group, end) in groups.zip(ends) {
            let value = group.last().map_or(end, |it| it.end)..end;
            let cells = group.iter().map(|it| it.start..it.end);
            let is_goal = group.iter().any(|it| it.labels.iter().any(|it| matches!(it, Label::GoalExpected)));
            if is_goal {
                self.line(cells);
                self.line(std::iter::once(value));
            } else {
                let is_line = group.iter().any(|it| it.labels.iter().any(|it| matches!(it, Label::FundsLine(_))));
                let printed = self.text.printed(value.clone());
                let amounts = if is_line { run_together::amounts(&printed) } else { None };
                let cells = cells.map(|it| self.text.printed(it)).chain(amounts.unwrap_or_else(|| vec![printed]));
                self.push(cells.collect(), Origin::Words);
            }
        }
    }

    /// The title and the year, which end what stands above the head.
    fn title(&mut self, range: Range<usize>) {
        /// Characters of the longest title; what stands before it is a letter, or the page.
        const LONGEST: usize = 30;
        let chars = self.text.folded.get(range.clone()).unwrap_or_default();
        let Some(end) = chars.iter().rposition(|it| *it == '表').map(|it| range.start + it + 1) else { return };
        let start = end.saturating_sub(LONGEST).max(range.start);
        let title = self.text.printed(start..end);
        let title =
            title.rsplit(['。', '；', ';', '?', ':', '：', '《', '》', '日']).next().unwrap_or_default().to_owned();
        self.text_line(range.start..end - title.chars().count());
        self.push(vec![title], Origin::Text);
        let year_end = self.text.behind_brackets(end);
        if end < year_end {
            self.text_line(end..year_end);
        }
    }

    /// The rows below the header that ends at `from`; the place behind the last.
    fn rows(&mut self, from: usize, columns: &[Column]) -> usize {
        let n_chars = self.text.folded.len();
        let next_form = self.next_form(from);
        let mut labels: Vec<Range<usize>> = Vec::new();
        let mut start = from;
        let mut at = from;
        while at < next_form {
            let total = self.text.label(at, |it| *it == Label::Total).filter(|it| self.is_total(it));
            if let Some(total) = total {
                self.row(&labels, start..at, columns);
                let is_figure = |it: &char| it.is_ascii_digit() || *it == '.';
                let figures = self.text.folded.get(total.end..).unwrap_or_default();
                let end = total.end + figures.iter().take_while(|it| is_figure(it)).count();
                self.line([total.start..total.end, total.end..end].into_iter());
                return end;
            }
            let Some(class) = self.class(at) else {
                at += 1;
                continue;
            };
            if start < at {
                self.row(&labels, start..at, columns);
                labels.clear();
            }
            labels.push(class.start..class.end);
            (at, start) = (class.end, class.end);
        }
        self.row(&labels, start..next_form, columns);
        next_form.min(n_chars)
    }

    /// The label of a class of indicators at `at`.
    fn class(&self, at: usize) -> Option<Found<'d>> {
        /// A shorter word begins names.
        const SHORTEST: usize = 4;
        let found = self.text.label(at, |it| matches!(it, Label::L1(_) | Label::L2(_)))?;
        let is_whole =
            found.n_chars >= SHORTEST && self.text.folded.get(found.start + found.n_chars - 1) == Some(&'标');
        let has_points = self.text.key(found.start + found.n_chars..found.end).ends_with("分)");
        (is_whole || has_points).then_some(found)
    }

    /// Whether figures stand behind the label of a total: the word alone stands in sentences.
    fn is_total(&self, label: &Found<'_>) -> bool {
        self.text.folded.get(label.end).is_some_and(char::is_ascii_digit)
    }

    /// Where the head of the next form begins, or the text ends.
    fn next_form(&self, from: usize) -> usize {
        let is_project = |it: &Label| *it == Label::Head(crate::lexicon::HeadField::Project);
        let heads = |at: &usize| self.text.label(*at, is_project).is_some_and(|it| it.n_chars >= 4);
        (from..self.text.folded.len()).find(heads).unwrap_or(self.text.folded.len())
    }

    /// The rows that stand between two labels.
    fn row(&mut self, labels: &[Range<usize>], range: Range<usize>, columns: &[Column]) {
        let n_points = columns.iter().filter(|it| matches!(it, Column::Weight | Column::Score)).count();
        let chars = self.text.folded.get(range.clone()).unwrap_or_default();
        let chars = without_slots(chars);
        let range = range.start..range.start + chars.len();
        let mut start = range.start;
        let mut labels: Vec<Range<usize>> = labels.to_vec();
        for end in ends(chars, n_points).into_iter().map(|it| range.start + it).chain([range.end]) {
            if start < end || !labels.is_empty() {
                let own = std::mem::take(&mut labels);
                let row = self.text.folded.get(start..end).unwrap_or_default();
                let cuts = cuts(row, columns).into_iter().map(|it| start + it).chain([end]);
                let cells = cuts.scan(start, |at, end| Some(std::mem::replace(at, end)..end));
                self.line(own.into_iter().chain(cells));
            }
            start = end;
        }
    }
}

/// Whether a label begins a line of its own, whatever stands before it.
fn opens(found: &Found<'_>) -> bool {
    let is = |it: &Label| {
        matches!(
            it,
            Label::Head(_) | Label::FundsLine(_) | Label::FundsGroup | Label::FundsBlock | Label::IndicatorBlock
        )
    };
    found.labels.iter().any(is) && !found.labels.iter().any(|it| matches!(it, Label::Funds(_)))
}

/// The places inside a text of several rows where one ends and the next begins.
fn ends(chars: &[char], n_points: usize) -> Vec<usize> {
    let n_figures = n_points.max(1);
    let is_end = |at: &usize| {
        let (left, right) = (at.checked_sub(1).and_then(|it| chars.get(it)), chars.get(*at));
        let ends = left.is_some_and(|it| it.is_ascii_digit() || (n_points == 0 && *it == '%'));
        ends && right.is_some_and(|it| it.is_alphabetic() || matches!(it, '★' | '(' | '…')) && !is_unit(chars, *at)
    };
    let candidates: Vec<usize> = (1..chars.len()).filter(is_end).collect();
    let is_row = |range: Range<usize>| {
        let row = chars.get(range).unwrap_or_default();
        has_name(row) && figures(row) >= n_figures && row.last().is_some_and(|it| it.is_ascii_digit() || *it == '%')
    };
    // From left to right: a row ends as early as it is one, and what follows is one, too.
    let mut found: Vec<usize> = Vec::new();
    let mut start = 0;
    for end in candidates {
        let rest = chars.get(end..).unwrap_or_default();
        if is_row(start..end) && has_name(rest) && figures(rest) >= n_figures {
            found.push(end);
            start = end;
        }
    }
    found
}

/// The places where a row is cut for certain: around target and actual that say the same, and between points.
fn cuts(row: &[char], columns: &[Column]) -> Vec<usize> {
    let Some(twins) = twins(row) else { return Vec::new() };
    let at = |column: Column| columns.iter().position(|it| *it == column);
    let is_digit = |it: &&char| it.is_ascii_digit();
    let above = row.get(..twins.start).unwrap_or_default();
    let is_sign = |it: &&char| matches!(it, '≥' | '≤' | '>' | '<' | '=');
    let start = twins.start - above.iter().rev().take_while(is_sign).count();
    let mut cuts = Vec::new();
    // Points that stand before the target end what stands before it.
    if at(Column::Weight).is_some_and(|it| Some(it) < at(Column::Target)) {
        let n_digits = row.get(..start).unwrap_or_default().iter().rev().take_while(is_digit).count();
        cuts.extend((0 < n_digits).then(|| start - n_digits));
    }
    cuts.extend([start, twins.start + twins.len() / 2, twins.end]);
    let behind = row.get(twins.end..).unwrap_or_default();
    let n_digits = behind.iter().take_while(is_digit).count();
    let (half, again) = behind.get(..n_digits).unwrap_or_default().split_at(n_digits / 2);
    if half == again && at(Column::Target) < at(Column::Weight) && at(Column::Weight) < at(Column::Score) {
        cuts.extend((0 < n_digits).then(|| twins.end + n_digits / 2));
    }
    cuts
}

/// Target and actual of a row, if they are the same: the longest text that stands twice, with figures or nothing behind.
fn twins(row: &[char]) -> Option<Range<usize>> {
    /// 有效, 达成预期指标, ≥266平方米.
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=12;
    let stands_twice = |at: usize, n: usize| {
        let (once, again) = (row.get(at..at + n), row.get(at + n..at + 2 * n));
        let says = |it: &[char]| it.iter().any(|it| !it.is_ascii_digit() && *it != '.') && it.first() != Some(&'%');
        once == again && once.is_some_and(says) && row.get(at + 2 * n).is_none_or(char::is_ascii_digit)
    };
    LENGTHS.rev().find_map(|n| (1..row.len()).find(|at| stands_twice(*at, n)).map(|at| at..at + 2 * n))
}

/// Whether the words at `at`, behind a figure, are its unit: they are few, or stand behind another figure, too.
fn is_unit(chars: &[char], at: usize) -> bool {
    /// 万元, 人次; longer units stand in target and actual alike.
    const LONGEST: usize = 2;
    /// 平方米, 元/人·月.
    const LONGEST_TWICE: usize = 6;
    let rest = chars.get(at..).unwrap_or_default();
    let word: Vec<char> = rest.iter().take_while(|it| it.is_alphabetic() || matches!(it, '/' | '·')).copied().collect();
    let stands_elsewhere = || {
        (1..=word.len().min(LONGEST_TWICE)).any(|n| {
            let unit = word.get(..n).unwrap_or_default();
            let is_behind =
                |it: usize| it.checked_sub(1).and_then(|it| chars.get(it)).is_some_and(char::is_ascii_digit);
            let others = (1..chars.len()).filter(|it| *it != at && is_behind(*it));
            let is_same = |it: usize| {
                chars.get(it..it + n) == Some(unit) && chars.get(it + n).is_none_or(|it| !it.is_alphabetic())
            };
            others.into_iter().any(is_same)
        })
    };
    // `个指标`: a number in words goes on.
    word.len() <= LONGEST || stands_elsewhere()
}

/// Whether a text begins with words, behind the number that some templates print before a name.
fn has_name(chars: &[char]) -> bool {
    /// A name has as many characters.
    const SHORTEST: usize = 2;
    /// A name that begins with a figure has more words than a unit.
    const WITH_FIGURE: usize = 5;
    let words = || unnumbered(chars).iter().filter(|it| !matches!(it, '★' | '(' | ':'));
    let is_word = |it: &&char| it.is_alphabetic();
    words().take_while(is_word).count() >= SHORTEST || words().filter(is_word).count() >= WITH_FIGURE
}

/// How many figures a text holds.
fn figures(chars: &[char]) -> usize {
    let is_part = |it: &char| it.is_ascii_digit() || *it == '.';
    let runs = unnumbered(chars).chunk_by(|a, b| is_part(a) == is_part(b));
    let (mut n, mut n_digits) = (0, 0);
    for run in runs.filter(|it| it.first().is_some_and(is_part)) {
        n += 1;
        n_digits += run.len();
    }
    // Weight and score of a row, run together.
    n.max(n_digits / 2)
}

/// The text without the slots of a template behind it that nobody filled: `指标2:`, `……`.
fn without_slots(mut chars: &[char]) -> &[char] {
    loop {
        let dotted = chars.iter().rposition(|it| !matches!(it, '…' | '.')).map_or(0, |it| it + 1);
        let rest = chars.get(..dotted).unwrap_or_default();
        let bare = rest.strip_suffix(&[':']).unwrap_or(rest);
        let slot = bare.split_last().filter(|it| it.0.is_ascii_digit()).and_then(|it| it.1.strip_suffix(&['指', '标']));
        // 指标2 ends no sentence, but 某某指标2 may be a name and its weight.
        let next = slot.filter(|_| bare.len() < rest.len()).unwrap_or(rest);
        if next.len() == chars.len() {
            return chars;
        }
        chars = next;
    }
}

/// The text behind `指标1:`.
fn unnumbered(chars: &[char]) -> &[char] {
    let Some(rest) = chars.strip_prefix(&['指', '标']) else { return chars };
    let n_digits = rest.iter().take_while(|it| it.is_ascii_digit()).take(1).count();
    let rest = rest.get(n_digits..).unwrap_or_default();
    rest.strip_prefix(&[':']).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reconciler;
    use crate::repairs::tests::{document, read};

    const HEAD: &str = "2021年某局项目支出绩效自评表(2021年度)项目名称修缮阅览室主管部门某局实施单位某馆项目资金(万元)全年预算数全年执行数分值\
        执行率得分年度资金总额403610 90%9其中:财政拨款4036其他资金年度总体目标预期目标实际完成情况修缮了两间，书架已经添置。";

    #[test]
    fn a_table_run_together_is_parted_at_its_labels() {
        let page = format!(
            "{HEAD}绩效指标一级指标二级指标三级指标年度指标值实际完成值分值得分产出指标(50分)数量指标修缮阅览室≥3间3间3030添置书架\
             ≥12个12个2020效益指标(40分)社会效益指标读者满意情况有所提高有所提高4040总分10099"
        );
        assert_eq!(
            read(&[&page]).0,
            [
                "产出指标 数量指标 修缮阅览室 ≥3间 3间 30 30",
                "产出指标 数量指标 添置书架 ≥12个 12个 20 20",
                "效益指标 社会效益指标 读者满意情况 有所提高 有所提高 40 40",
            ]
        );
        let forms = Reconciler::new().rebuild(&document(&[&page])).forms;
        let text = |it: &Option<gouji_model::Cell>| it.as_ref().map(|it| it.text.clone()).unwrap_or_default();
        let [form] = forms.as_slice() else { panic!("one form: {}", forms.len()) };
        assert_eq!([&form.project, &form.department, &form.unit].map(text), ["修缮阅览室", "某局", "某馆"]);
        let total = &form.funds[0];
        assert_eq!(
            [&total.revised, &total.executed, &total.weight, &total.rate, &total.score].map(text),
            ["40", "36", "10", "90%", "9"]
        );
        assert_eq!([&form.total.weight, &form.total.score].map(text), ["100", "99"]);
    }

    #[test]
    fn what_says_the_same_twice_is_target_and_actual() {
        let check = |text: &str, columns: &[Column], want: &str| {
            let row: Vec<char> = text.chars().collect();
            let cuts = cuts(&row, columns);
            let cells: String = row
                .iter()
                .enumerate()
                .flat_map(|it| cuts.contains(&it.0).then_some('|').into_iter().chain([*it.1]))
                .collect();
            assert_eq!(cells, want);
        };
        let before = [Column::Name, Column::Weight, Column::Target, Column::Actual, Column::Score];
        check("工程验收合格率20100%100%20", &before, "工程验收合格率|20|100%|100%|20");
        check("项目总投资1020万元20万元10", &before, "项目总投资|10|20万元|20万元|10");
        let behind = [Column::Name, Column::Target, Column::Actual, Column::Weight, Column::Score];
        check("添置书架≥12个≥12个2020", &behind, "添置书架|≥12个|≥12个|20|20");
        check("添置书架12个11个2018", &behind, "添置书架12个11个2018");
    }

    #[test]
    fn slots_that_nobody_filled_are_left_out() {
        let check = |text: &str, want: &str| {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(without_slots(&chars).iter().collect::<String>(), want);
        };
        check("添置书架12个12个2020指标2:……", "添置书架12个12个2020");
        check("指标1:指标2:", "");
        check("添置书架12", "添置书架12");
    }

    #[test]
    fn rows_end_before_a_name() {
        let check = |text: &str, n_points: usize, want: &[&str]| {
            let chars: Vec<char> = text.chars().collect();
            let ends: Vec<usize> = ends(&chars, n_points).into_iter().chain([chars.len()]).collect();
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let rows: Vec<String> = starts.zip(&ends).map(|it| chars[it.0..*it.1].iter().collect()).collect();
            assert_eq!(rows, want);
        };
        check(
            "安装标尺杆20≥266米≥266米20添置工具箱10≥50个≥50个10",
            2,
            &["安装标尺杆20≥266米≥266米20", "添置工具箱10≥50个≥50个10"],
        );
        check("工程总投资1020万元20万元10", 2, &["工程总投资1020万元20万元10"]);
        check("条件改善状况10显著提升显著提升10", 2, &["条件改善状况10显著提升显著提升10"]);
        check("库存真实率100%100%付款及时率100%90%", 0, &["库存真实率100%100%", "付款及时率100%90%"]);
    }
}
