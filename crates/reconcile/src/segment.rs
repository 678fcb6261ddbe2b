//! Segment: the lines of a document into regions, one a printed form.
//!
//! In: all lines. Out: for each region its lines and the kind of form that its title names. A region opens at a title
//! (or, where a title is lost, at a second 项目名称 after indicators) and goes on to the next.

use std::ops::Range;

use gouji_model::FormKind;

use crate::funds::AMOUNTS;
use crate::lexicon::{Column, HeadField, Label, Lexicon};
use crate::text;
use crate::token::{Kind, Line, Origin, Token};

/// The lines of one printed form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// Lines of the document, half-open; the title is among them.
    pub(crate) lines: Range<usize>,
    /// The line of the title, and what it names.
    pub(crate) title: Option<(usize, FormKind)>,
    /// Whether it begins among the rows of its indicators: all that stands above them is cut off.
    pub(crate) begins_in_rows: bool,
}

/// A heading of more cells than this is a row of a table. Cells; a title cut in pieces by a spreadsheet has two or three.
const MAX_TITLE_CELLS: usize = 4;

/// A line with more cells than this is no line of a head. Cells; two labels and their values, each printed twice.
const MAX_HEAD_CELLS: usize = 8;

/// Labels of an indicator header that make a line one: fewer stand in prose by chance.
pub(crate) const MIN_HEADER_LABELS: usize = 3;

/// Whether a line is the header of an indicator block.
pub(crate) fn is_indicator_header(line: &Line<'_>) -> bool {
    // A head that spans columns may be printed in each of them.
    let before = std::iter::once(None).chain(line.tokens.iter().map(|it| Some(it.key.as_str())));
    let once = || line.tokens.iter().zip(before.clone()).filter(|it| it.1 != Some(it.0.key.as_str())).map(|it| it.0);
    let count = |pick: fn(&Label) -> bool| once().filter(|it| it.labels.iter().any(pick)).count();
    let columns = count(|it| matches!(it, Label::Column(_)));
    let own = count(|it| {
        matches!(it, Label::Column(Column::L1 | Column::L2 | Column::Name | Column::Target | Column::Actual))
    });
    columns >= MIN_HEADER_LABELS && own >= 2 && !line.tokens.iter().any(Token::is_figure)
}

/// What kind of form the line's title names, if it is a title.
pub(crate) fn title(line: &Line<'_>, lexicon: &Lexicon) -> Option<FormKind> {
    // Every title word ends in 表.
    if line.tokens.len() > MAX_TITLE_CELLS || !line.holds('表') || line.any(|it| matches!(it, Label::Head(_))) {
        return None;
    }
    lexicon.title(&line.joined_key())
}

/// Whether a line says that the table above goes on: `绩效自评表(续)`, `续表`.
pub(crate) fn is_continuation(line: &Line<'_>, lexicon: &Lexicon) -> bool {
    if line.tokens.len() > MAX_TITLE_CELLS || !line.holds('续') {
        return false;
    }
    let key = line.joined_key();
    let bare = key.replace("(续表)", "").replace("(续)", "").replace("续表", "");
    let bare = bare.trim_end_matches('续').trim_end_matches(|c: char| c.is_ascii_digit());
    bare.len() < key.len() && (bare.is_empty() || lexicon.title(bare).is_some())
}

/// Whether a title that is printed again at `idx` stands over the next page of the form above: the form above has its
/// indicators and no total yet, and nothing of a head follows the title before the next one.
fn goes_on(lines: &[Line<'_>], above: &Region, idx: usize, lexicon: &Lexicon) -> bool {
    let before = lines.get(above.lines.start..idx).unwrap_or(&[]);
    let same = above.title.and_then(|it| lines.get(it.0)).zip(lines.get(idx));
    let same = same.is_some_and(|(above, again)| above.joined_key() == again.joined_key());
    let has_total = before.iter().any(|it| it.tokens.first().is_some_and(|it| it.is(Label::Total)));
    let page = lines.get(idx + 1..).unwrap_or(&[]);
    let page = page.iter().take_while(|it| title(it, lexicon).is_none());
    let of_head =
        |it: Label| matches!(it, Label::Head(_) | Label::FundsBlock | Label::Funds(gouji_model::FundsField::Executed));
    let (mut has_rows, mut has_head) = (false, false);
    for line in page {
        has_head |= line.any(of_head);
        has_rows |= is_indicator_header(line) || line.any(|it| matches!(it, Label::L2(_)));
    }
    same && !has_total && has_rows && !has_head
}

/// The regions of a document, in order; lines before the first are in none.
pub(crate) fn regions(lines: &[Line<'_>], lexicon: &Lexicon) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    // Whether the region has shown its indicators, so that another 项目名称 must belong to the next form.
    let mut seen_indicators = false;
    let mut seen_content = false;
    // Whether the region is a list of projects, so that the next 项目名称 belongs to a form.
    let mut in_list = false;
    // Whether the region has shown the head of its funds, and below its indicators a total.
    let (mut seen_funds, mut seen_total) = (false, false);
    for (idx, line) in lines.iter().enumerate() {
        if !regions.is_empty() && is_continuation(line, lexicon) {
            continue;
        }
        if let Some(kind) = title(line, lexicon) {
            if regions.last().is_some_and(|it| seen_indicators && goes_on(lines, it, idx, lexicon)) {
                continue;
            }
            let start = if idx > 0 && lines.get(idx - 1).is_some_and(is_year_line) { idx - 1 } else { idx };
            // A title over two lines, or one that is printed again before anything else, opens one form, not two.
            match regions.last_mut() {
                Some(last) if !seen_content && idx <= last.lines.start + 1 => last.title = Some((idx, kind)),
                _ => {
                    if let Some(last) = regions.last_mut() {
                        last.lines.end = start.max(last.lines.start);
                    }
                    regions.push(Region { lines: start..lines.len(), title: Some((idx, kind)), begins_in_rows: false });
                }
            }
            seen_indicators = false;
            (seen_funds, seen_total) = (false, false);
            seen_content = false;
            in_list = false;
            continue;
        }
        let opens_head = line.tokens.len() <= MAX_HEAD_CELLS
            && (line.any(|it| it == Label::Head(HeadField::Project)) || opens_with_project(line, lexicon));
        // The head of the next form is lost, and its funds stand below the total of the form above.
        let heads_funds = line.count(|it| matches!(it, Label::Funds(it) if AMOUNTS.contains(&it))) > 1;
        let opens_funds = heads_funds && seen_funds && seen_total;
        seen_funds |= heads_funds;
        seen_total |= seen_indicators && line.tokens.first().is_some_and(|it| it.is(Label::Total));
        if opens_funds || (opens_head && (seen_indicators || regions.is_empty() || in_list)) {
            let start = if idx > 0 && lines.get(idx - 1).is_some_and(is_year_line) { idx - 1 } else { idx };
            if let Some(last) = regions.last_mut() {
                last.lines.end = start.max(last.lines.start);
            }
            regions.push(Region { lines: start..lines.len(), title: None, begins_in_rows: false });
            seen_indicators = false;
            (seen_funds, seen_total) = (heads_funds, false);
            in_list = heads_list(line);
        }
        seen_content |= line.any(|it| !matches!(it, Label::Text | Label::Grade));
        seen_indicators |= is_indicator_header(line) || line.any(|it| matches!(it, Label::L2(_)));
        let of_form = |it: Label| matches!(it, Label::FundsLine(_) | Label::FundsBlock | Label::Head(_));
        if regions.is_empty() && (seen_indicators || (line.tokens.len() > 1 && line.any(of_form))) {
            // The head of the form is cut off, and with it the label of its first rows, maybe.
            let above = lines.get(..idx).unwrap_or(&[]);
            let opens_grid =
                |it: usize| it.checked_sub(1).and_then(|it| lines.get(it)).is_none_or(|it| it.origin != line.origin);
            let is_row = |it: &(usize, &Line<'_>)| {
                it.1.origin == line.origin
                    && line.has_columns()
                    && (is_cut_row(it.1) || stands_below_none(it.1, line, opens_grid(it.0)))
            };
            let n_rows = above.iter().enumerate().rev().take_while(is_row).count();
            let begins_in_rows = !line.any(of_form) && is_of_classes(lines.get(idx..).unwrap_or(&[]));
            regions.push(Region { lines: idx - n_rows..lines.len(), title: None, begins_in_rows });
        }
    }
    regions
}

/// Whether a line heads a list of projects, not one of them: behind 项目名称 other heads stand, and no name.
fn heads_list(line: &Line<'_>) -> bool {
    let mut behind = line.tokens.iter().skip_while(|it| !it.is(Label::Head(HeadField::Project))).skip(1);
    let is_head = |it: &Token<'_>| !it.labels.is_empty() && !it.is_figure();
    line.has_columns() && behind.clone().count() > 1 && behind.all(is_head)
}

/// Whether a row of a grid begins with the label of the project and its name in one cell: `项目名称:某某`, `项目名称某某`.
fn opens_with_project(line: &Line<'_>, lexicon: &Lexicon) -> bool {
    /// Bytes of the shortest and of the longest label that is told without a sign behind it: 项目名称, 预算项目名称.
    const TOLD: std::ops::RangeInclusive<usize> = 12..=18;
    let Some(first) = line.tokens.first().filter(|it| line.has_columns() && it.col == 0 && it.labels.is_empty()) else {
        return false;
    };
    // Every label of a project has one of these in it.
    if !first.key.contains(['项', '名']) {
        return false;
    }
    let is_label = |word: &str| {
        let labels = lexicon.look_up_exact(&text::label_text(word));
        labels.is_some_and(|it| it.contains(&Label::Head(HeadField::Project)))
    };
    match first.key.split_once(':') {
        Some((label, _)) => is_label(label),
        None => TOLD.step_by('项'.len_utf8()).filter_map(|it| first.key.get(..it)).any(is_label),
    }
}

/// Whether a line without any label may be a row of indicators whose head is cut off: figures beside texts.
pub(crate) fn is_cut_row(line: &Line<'_>) -> bool {
    let figures = line.tokens.iter().filter(|it| it.is_figure()).count();
    let texts = line.tokens.iter().filter(|it| matches!(it.kind, Kind::Words | Kind::Prose)).count();
    line.has_columns() && line.tokens.len() >= 4 && figures >= 2 && texts >= 1
}

/// Whether a grid goes on with rows of indicators, from its first line on: labels of two classes stand left in them. 数量
/// alone heads a column of many tables.
fn is_of_classes(lines: &[Line<'_>]) -> bool {
    let Some(first) = lines.first().filter(|it| it.has_columns()) else { return false };
    let class = |line: &Line<'_>| line.tokens.iter().take(3).find_map(|it| it.l2());
    let of_grid = || lines.iter().take_while(|it| it.origin == first.origin);
    class(first).is_some_and(|own| of_grid().filter_map(class).any(|it| it != own))
}

/// Whether a line without any label has its cells where the first row with a label has its values: a row of which the
/// label is cut off, with the head. Of the first row of a grid the cells before the name may be cut off, too.
fn stands_below_none(line: &Line<'_>, labelled: &Line<'_>, is_first: bool) -> bool {
    let values = || labelled.tokens.iter().filter(|it| it.labels.is_empty()).map(|it| it.col);
    let names = line.tokens.first().is_some_and(|it| matches!(it.kind, Kind::Words | Kind::Prose));
    let is_in_place = line.tokens.iter().all(|it| values().any(|col| col == it.col));
    1 < line.tokens.len()
        && names
        && line.tokens.iter().all(|it| it.labels.is_empty())
        && (is_in_place || (is_first && line.tokens.len() <= values().count()))
}

/// A line that holds nothing but a year: `(2020年度)`.
pub(crate) fn is_year_line(line: &Line<'_>) -> bool {
    /// `(2020年度)` has eight. Characters.
    const LONGEST: usize = 10;
    // A character has four bytes at most.
    if 4 * LONGEST < line.key_bytes() || !line.holds('年') {
        return false;
    }
    let key = line.joined_key();
    key.chars().count() <= LONGEST && year(&key).is_some()
}

/// The four digits of a year in a key: the first that stand before 年, between 1990 and 2099.
pub(crate) fn year(key: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(found) = key.get(from..)?.find('年') {
        let end = from + found;
        let digits = key.get(end.checked_sub(4).unwrap_or(end)..end).unwrap_or("");
        if matches!(digits.parse::<u16>(), Ok(1990..=2099)) {
            return Some(digits);
        }
        from = end + '年'.len_utf8();
    }
    None
}

/// Whether a region holds no grid, so that its rows have to be read out of running text.
pub(crate) fn is_running_text(lines: &[Line<'_>]) -> bool {
    !lines.iter().any(|it| matches!(it.origin, Origin::Row { .. }) && it.tokens.len() > 1)
}

/// Whether a text line is a mark of the page or of the program that wrote it, no part of any form.
pub(crate) fn is_page_mark(key: &str) -> bool {
    let is_told = |c: &char| !matches!(c, '-' | '—' | '(' | ')' | '.' | '/' | '·' | '、');
    // A number, 第, sheet, image, 附件.
    if !key.chars().find(is_told).is_some_and(|it| it.is_ascii_digit() || matches!(it, '第' | 's' | 'i' | '附')) {
        return false;
    }
    let bare: String = key.chars().filter(is_told).collect();
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let n_chars = bare.chars().count();
    (digits(&bare) && n_chars <= 4)
        || (bare.starts_with('第') && bare.contains('页') && n_chars <= 12)
        || (bare.starts_with("sheet") && digits(&bare[5..]))
        || (bare.starts_with("image") && (bare.ends_with("emf") || bare.ends_with("png") || bare.ends_with("wmf")))
        || (bare.starts_with("附件") && (n_chars == 2 || digits(&text::key(&bare[6..]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn funds_below_a_total_open_a_form_that_lost_its_head() {
        const FORM: [&str; 6] = [
            "项目资金（万元） | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | ",
            "年度资金总额 | 40 | 36 | 10 | 90% | 9 | ",
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
            "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 50 | 50",
            "满意度指标 | 服务对象满意度指标 | 读者满意度 | 90% | 95% | 40 | 40",
            "总分 |  |  |  |  | 100 | 99",
        ];
        let check = |page: &[&str], n_rows: &[usize]| {
            let forms = crate::Reconciler::new().rebuild(&crate::repairs::tests::document(page)).forms;
            assert_eq!(forms.iter().map(|it| it.indicators.len()).collect::<Vec<_>>(), n_rows);
        };
        let (funds, rows) = FORM.split_at(2);
        check(&[funds, rows, &["评价结论 | 优"], funds, rows].concat(), &[2, 2]);
        // Without a total between the two it is the same form, printed again.
        check(&[funds, funds, rows].concat(), &[2]);
    }

    #[test]
    fn years_stand_before_their_sign() {
        assert_eq!(year("(2020年度)"), Some("2020"));
        assert_eq!(year("2024年自治区"), Some("2024"));
        assert_eq!(year("100年"), None);
        assert_eq!(year("年2021年"), Some("2021"));
        assert_eq!(year(""), None);
    }

    #[test]
    fn page_marks_are_short() {
        for mark in ["-5-", "第3页共7页", "sheet2", "image8.emf", "附件2", "12", "3、"] {
            assert!(is_page_mark(mark), "{mark}");
        }
        for text in ["项目", "2020年度", "附件2:名单", "sheet", "12345"] {
            assert!(!is_page_mark(text), "{text}");
        }
    }
}
