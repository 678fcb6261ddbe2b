//! Order: cells in the order in which a program drew them, back in the order in which they are read.
//!
//! In: all lines of a document. Out: the same cells; where labels and names of many rows stand one below the other with
//! nothing beside them, and their targets and values follow in runs of as many lines, row by row, each row is one line
//! again under the columns of the header, wherever among the runs that was drawn; and rows that were drawn among the
//! lines of the funds stand behind them.
//!
//! Runs of unequal length tell nothing: they are left as they are.

use std::ops::Range;

use gouji_model::GridKind;

use crate::header::Header;
use crate::lexicon::{Column, Label, Lexicon};
use crate::segment;
use crate::token::{Kind, Line, Origin, Token};

/// Names that make a run: of one alone nobody could tell that it is one.
const MIN_NAMES: usize = 2;

/// Lines above a run or a header in which a form's funds and goal stand. Lines; the longest head of the catalogue has 30.
const MAX_HEAD: usize = 40;

/// Rows of a form: no more lines are looked at for its runs. Rows.
const MAX_ROWS: usize = 200;

/// Runs that a row may be taken apart into behind its name: target, actual value, points and the rest.
const MAX_RUNS: usize = 6;

/// A form's rows, taken apart.
struct Runs {
    /// Labels and names.
    names: Range<usize>,
    /// What stands behind them, the header left out; as many times as many lines as there are names.
    rest: Vec<usize>,
    /// The header, where it stands among the runs.
    header: Option<usize>,
    /// The line behind the last of them.
    end: usize,
}

/// Puts rows together that were drawn column by column.
pub(crate) fn restore<'d>(lines: &mut Vec<Line<'d>>, lexicon: &'d Lexicon) {
    let mut header: Option<usize> = None;
    let mut idx = 0;
    while let Some(line) = lines.get(idx) {
        if segment::is_indicator_header(line) {
            let n_lifted = lift_rows_among_funds(lines, idx, idx + 1, |lines| column_of_names(lines, idx, lexicon));
            header = Some(idx - n_lifted);
            idx += 1;
        } else if let Some(runs) = runs(lines, idx, header, lexicon) {
            idx = gather(lines, &runs, lexicon);
            header = None;
        } else {
            idx += 1;
        }
    }
}

/// The runs of a form whose names begin at `idx`; `above` is the last header above them.
fn runs(lines: &[Line<'_>], idx: usize, above: Option<usize>, lexicon: &Lexicon) -> Option<Runs> {
    let name = lines.get(idx).and_then(|it| name_column(it, None))?;
    let is_name = |it: &&Line<'_>| name_column(it, Some(name)) == Some(name);
    let n_names = lines.get(idx..)?.iter().take(MAX_ROWS).take_while(is_name).count();
    let names = idx..idx + n_names;
    if n_names < MIN_NAMES || !lines.get(names.clone())?.iter().any(has_class) {
        return None;
    }
    // What stands behind the last run, a note or the foot of the page, stands apart from it.
    let is_whole = |rest: &[usize]| !rest.is_empty() && rest.len().is_multiple_of(n_names);
    // Lines of a text may be cells; what stands outside a table of a page is none.
    let is_ruled = matches!(lines.get(idx)?.origin, Origin::Row { kind: GridKind::Ruled, .. });
    let mut header = None;
    let mut rest = Vec::new();
    let mut end = names.end;
    for (at, line) in lines.iter().enumerate().skip(names.end).take(MAX_RUNS * n_names + 1) {
        if header.is_none() && segment::is_indicator_header(line) {
            // The header stands between two runs, not inside one.
            if !rest.len().is_multiple_of(n_names) {
                return None;
            }
            header = Some(at);
        } else if (is_ruled && !line.has_columns()) || (line.break_before && is_whole(&rest)) {
            break;
        } else if is_of_run(line, lexicon) {
            rest.push(at);
        } else {
            break;
        }
        end = at + 1;
    }
    if !is_whole(&rest) {
        return None;
    }
    // Rows of texts alone look as names behind their labels do: the header tells them apart, or labels that are known.
    let told = match header.or(above) {
        Some(it) => column_of_names(lines, it, lexicon) == Some(name),
        None => {
            let is_known = |it: &Token<'_>| it.col == name || it.l1().is_some() || it.l2().is_some();
            lines.get(names.clone())?.iter().flat_map(|it| &it.tokens).all(is_known)
        }
    };
    told.then_some(Runs { names, rest, header, end })
}

/// The column of the name in a line that holds labels of classes and a name, and nothing else; `above` is that of the line
/// above.
fn name_column(line: &Line<'_>, above: Option<i32>) -> Option<i32> {
    let (name, before) = line.tokens.split_last().filter(|_| line.has_columns())?;
    let is_text = matches!(name.kind, Kind::Words | Kind::Prose | Kind::Quantity);
    let is_class = |it: &Token<'_>| it.l1().is_some() || it.l2().is_some();
    // 服务对象满意度 names a row, too.
    let names_itself = || is_class(name) && (above == Some(name.col) || before.iter().any(is_class));
    let is_name = name.labels.is_empty() || names_itself();
    let is_count = |(at, it): (usize, &Token<'_>)| at == 0 && it.is_figure();
    // Classes may be in unknown words; that one of the run is known is asked for elsewhere.
    let is_word = |it: &Token<'_>| it.labels.is_empty() && it.kind == Kind::Words;
    let is_head =
        |it: (usize, &Token<'_>)| is_class(it.1) || is_word(it.1) || it.1.is(Label::IndicatorBlock) || is_count(it);
    // The first column holds labels.
    (is_text && is_name && 0 < name.col && before.iter().enumerate().all(is_head)).then_some(name.col)
}

/// Whether a line may be one of a run of targets or values: it holds no label, and is no title, note or mark.
fn is_of_run(line: &Line<'_>, lexicon: &Lexicon) -> bool {
    let Some(first) = line.tokens.first() else { return false };
    let is_value = |it: &Token<'_>| it.labels.iter().all(|it| matches!(it, Label::Grade | Label::Text));
    let stands_alone = line.has_columns() || line.tokens.len() == 1;
    stands_alone
        && line.tokens.iter().all(is_value)
        && !lexicon.opens_notes(&first.key)
        && segment::title(line, lexicon).is_none()
        && !(segment::is_year_line(line) && first.key.contains("年度"))
}

/// Puts the rows of these runs together; returns the line behind them.
fn gather<'d>(lines: &mut Vec<Line<'d>>, runs: &Runs, lexicon: &'d Lexicon) -> usize {
    let n_names = runs.names.len();
    // The header of the form stands among the runs, or near above them.
    let above = lines.get(runs.names.start.saturating_sub(MAX_HEAD)..runs.names.start).unwrap_or(&[]);
    let above =
        above.iter().rposition(segment::is_indicator_header).map(|it| it + runs.names.start.saturating_sub(MAX_HEAD));
    let Some(name) = lines.get(runs.names.start).and_then(|it| name_column(it, None)) else { return runs.end };
    let columns = runs.header.or(above).map(|it| columns_behind(lines, it, name, lexicon)).unwrap_or_default();
    let runs_of: Vec<&[usize]> = runs.rest.chunks(n_names).collect();
    let Some(places) = places(lines, &runs_of, name, &columns) else { return runs.end };
    // Where cells that the target spans were drawn, too, its line begins later.
    let first_of = |line: &Line<'d>, places: &Places| match places.is_flush {
        true => line.tokens.first().map_or(0, |it| it.col),
        false => 0,
    };

    let mut taken: Vec<Vec<Token<'d>>> = Vec::with_capacity(n_names);
    for nth in 0..n_names {
        let mut tokens = Vec::new();
        for (run, places) in runs_of.iter().zip(&places) {
            let Some(line) = run.get(nth).and_then(|it| lines.get_mut(*it)) else { continue };
            let first = first_of(line, places);
            for mut token in std::mem::take(&mut line.tokens) {
                token.col = places.of(token.col - first);
                tokens.push(token);
            }
        }
        tokens.sort_by_key(|it| it.col);
        taken.push(tokens);
    }
    for (line, tokens) in lines.iter_mut().skip(runs.names.start).zip(taken) {
        line.tokens.extend(tokens);
        line.mended.was_gathered = true;
    }
    let start = runs.names.start;
    let mut tail: Vec<Line<'d>> = lines.drain(start..runs.end).collect();
    let header =
        runs.header.and_then(|it| it.checked_sub(start)).filter(|it| *it < tail.len()).map(|it| tail.remove(it));
    tail.truncate(n_names);
    let rows_from = start + usize::from(header.is_some());
    let end = start + header.is_some() as usize + tail.len();
    lines.splice(start..start, header.into_iter().chain(tail));
    lift_rows_among_funds(lines, start, rows_from, |_| Some(name));
    end
}

/// The columns of a header behind that of the names, left to right.
fn columns_behind(lines: &[Line<'_>], header: usize, name: i32, lexicon: &Lexicon) -> Vec<(Column, i32)> {
    let header = lines.get(header).and_then(|it| Header::read(it, lexicon));
    let columns = header.map_or_else(Vec::new, |it| it.columns);
    columns.into_iter().filter(|it| name < it.1).collect()
}

/// Where the cells of a run stand in the form.
struct Places {
    /// The column of the first cell of a line, of the second, and so on.
    columns: Vec<i32>,
    /// Whether a line is counted from its first filled cell.
    is_flush: bool,
}

impl Places {
    fn of(&self, col: i32) -> i32 {
        usize::try_from(col).ok().and_then(|it| self.columns.get(it)).copied().unwrap_or(col)
    }
}

/// The columns that the cells of each run take: the first run those of the target, where it needs no more of them, the
/// others what is left, in the order of the header. Nothing if the runs hold more than the rows lack.
fn places(lines: &[Line<'_>], runs: &[&[usize]], name: i32, columns: &[(Column, i32)]) -> Option<Vec<Places>> {
    let is_target = |it: &&(Column, i32)| matches!(it.0, Column::Operator | Column::Target | Column::Unit);
    let target: Vec<i32> = columns.iter().filter(is_target).map(|it| it.1).collect();
    let mut left: Vec<i32> = columns.iter().map(|it| it.1).collect();
    let mut places: Vec<Places> = Vec::with_capacity(runs.len());
    for (nth, run) in runs.iter().enumerate() {
        let of_run = || run.iter().filter_map(|it| lines.get(*it));
        let ends = |line: &Line<'_>| Some((line.tokens.first()?.col, line.tokens.last()?.col));
        let last = of_run().filter_map(ends).map(|it| it.1).max().unwrap_or(0);
        if of_run().filter_map(ends).all(|it| name < it.0) {
            // They kept their columns.
            left.retain(|it| last < *it);
            places.push(Places { columns: (0..=last).collect(), is_flush: false });
            continue;
        }
        let is_flush = !columns.is_empty() && i32::try_from(left.len()).unwrap_or(i32::MAX) <= last;
        let last = if is_flush { of_run().filter_map(ends).map(|it| it.1 - it.0).max().unwrap_or(0) } else { last };
        let width = usize::try_from(last).unwrap_or(0) + 1;
        let is_of_target = nth == 0 && width == target.len();
        let taken: Vec<i32> = if is_of_target { target.clone() } else { left.iter().copied().take(width).collect() };
        left.retain(|it| !taken.contains(it));
        let lacks = width - taken.len();
        // What stands at the left edge has left its column; where no header tells how much is lacking, most do.
        let is_at_edge = || 2 * of_run().filter_map(ends).filter(|it| it.0 == 0).count() >= run.len();
        let is_told = if columns.is_empty() { is_at_edge() && (0 < nth || width == 1) } else { lacks == 0 };
        if !is_told {
            return None;
        }
        // Rows that stand whole would be counted from their names.
        if is_flush && of_run().filter_map(ends).all(|it| 0 < it.0) {
            return None;
        }
        // Without a header the runs follow each other.
        let last = places.iter().flat_map(|it| &it.columns).chain(&taken).copied().max().unwrap_or(0).max(name);
        places.push(Places { columns: taken.into_iter().chain((last + 1..).take(lacks)).collect(), is_flush });
    }
    Some(places)
}

fn column_of_names(lines: &[Line<'_>], header: usize, lexicon: &Lexicon) -> Option<i32> {
    let header = lines.get(header).and_then(|it| Header::read(it, lexicon))?;
    header.columns.iter().find(|it| it.0 == Column::Name).map(|it| it.1)
}

/// Moves rows of indicators that stand before a line of the funds, above `anchor`, to `at`, which is not above
/// it; returns how many.
fn lift_rows_among_funds(
    lines: &mut [Line<'_>],
    anchor: usize,
    at: usize,
    name: impl FnOnce(&[Line<'_>]) -> Option<i32>,
) -> usize {
    let head = lines.get(..anchor).unwrap_or(&[]).iter().rev().take(MAX_HEAD);
    // Above a total stands another form.
    let is_total = |it: &Line<'_>| it.tokens.first().is_some_and(|it| it.is(Label::Total));
    let is_of_head = |it: &&Line<'_>| !it.any(|it| matches!(it, Label::Head(_))) && it.has_columns() && !is_total(it);
    let start = anchor - head.take_while(is_of_head).count();
    let above = lines.get(start..anchor).unwrap_or(&[]);
    if !above.iter().any(has_class) {
        return 0;
    }
    let Some(name) = name(lines) else { return 0 };
    let is_funds = |it: &Line<'_>| it.any(|it| matches!(it, Label::FundsLine(_))) && !is_row(it, name);
    let (Some(first), Some(last)) =
        (above.iter().position(|it| has_class(it) && is_row(it, name)), above.iter().rposition(is_funds))
    else {
        return 0;
    };
    // 预算执行率 may stand before them as a row of its own, and rows under the same labels behind.
    let before =
        above.get(..first).unwrap_or(&[]).iter().rev().take_while(|it| is_row(it, name) && !is_funds(it)).count();
    let goes_on =
        |it: &&Line<'_>| is_row(it, name) || it.tokens.first().is_some_and(|it| it.col == name && it.labels.is_empty());
    let behind = above.get(first..).unwrap_or(&[]).iter().take_while(goes_on).count();
    let n_rows = before + behind;
    if last < first + behind {
        return 0;
    }
    if let Some(stretch) = lines.get_mut(start + first - before..at) {
        stretch.iter_mut().take(n_rows).for_each(|it| it.mended.was_gathered = true);
        stretch.rotate_left(n_rows);
    }
    n_rows
}

fn has_class(line: &Line<'_>) -> bool {
    line.any(|it| matches!(it, Label::L1(_) | Label::L2(_)))
}

/// Whether a line is built as a whole row of indicators: texts up to the name, and values behind it.
fn is_row(line: &Line<'_>, name: i32) -> bool {
    let is_text = |it: &Token<'_>| matches!(it.kind, Kind::Words | Kind::Prose);
    let is_figure = |it: &Token<'_>| matches!(it.kind, Kind::Number | Kind::Percent | Kind::Quantity);
    line.has_columns()
        && line.tokens.iter().any(|it| it.col == name && is_text(it))
        && line.tokens.iter().any(|it| it.col < name)
        && line.tokens.iter().enumerate().take_while(|it| it.1.col < name).all(|it| it.0 == 0 || is_text(it.1))
        && line.tokens.iter().any(|it| name < it.col && (has_class(line) || is_figure(it)))
        && !line.any(|it| matches!(it, Label::FundsLine(_) | Label::FundsBlock | Label::GoalBlock))
}
