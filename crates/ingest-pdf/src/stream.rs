//! Tables without rulings: columns from the gaps that many lines share.
//!
//! In go the characters of a page, out come its stretches of lines: tables, with each piece of text in its columns, and
//! other lines. Every line is a row; what belongs to one row of print is for the reconciler to say, as in a text.

use hayro_interpret::kurbo::Rect;

use crate::page::Char;
use crate::words::{Line, lines, pieces};

/// A gap of this many ems parts two columns; between words there is a third of an em, in spaced titles one.
const GAP: f64 = 1.2;
/// A row of a table has so many pieces at least.
const FEWEST_PIECES: usize = 3;
/// A table has so many such rows at least: fewer are signatures, menus, heads of letters.
const FEWEST_ROWS: usize = 3;
/// So many other lines between two such rows are text of cells that has several lines, or labels between rows.
const MOST_BETWEEN: usize = 4;
/// Lines of a table stand within this many ems of each other, baseline to baseline.
const PITCH: f64 = 4.0;
/// Of ten rows so many may print something where others leave a gap: a head over two columns, text that is too long.
const CROSSING_OF_TEN: usize = 2;
/// The widest page that is looked at, points: the largest that PDF 1.7 allows.
const WIDEST: f64 = 14_400.0;

/// A stretch of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stretch {
    /// Lines that are no table.
    Lines(Vec<Line>),
    /// A table.
    Table(Stream),
}

/// A table without rulings.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stream {
    /// How many columns.
    pub n_cols: usize,
    /// Pieces of each row, left to right: first column, columns, text.
    pub rows: Vec<Vec<(usize, usize, Line)>>,
}

impl Stream {
    /// The whole of it.
    pub(crate) fn frame(&self) -> Rect {
        let mut frames = self.rows.iter().flatten().map(|it| it.2.frame);
        let first = frames.next().unwrap_or(Rect::ZERO);
        frames.fold(first, |acc, it| acc.union(it))
    }
}

/// The stretches of a page, from its top.
pub(crate) fn stretches(chars: &[&Char]) -> Vec<Stretch> {
    let rows = pieces(chars, GAP);
    let is_row = |it: &Vec<Line>| FEWEST_PIECES <= it.len();
    let mut acc = Vec::new();
    let mut outside = 0;
    let mut at = 0;
    while at < rows.len() {
        let end = rows.get(at).filter(|it| is_row(it)).map_or(at, |_| end_of(&rows, at));
        let table = rows.get(at..end).and_then(table);
        let Some(table) = table else {
            at = end.max(at + 1);
            continue;
        };
        acc.extend(others(chars, &rows[outside..at]));
        acc.push(Stretch::Table(table));
        (at, outside) = (end, end);
    }
    acc.extend(others(chars, &rows[outside..]));
    acc
}

/// Where the table that begins at a row ends, if it is one.
fn end_of(rows: &[Vec<Line>], start: usize) -> usize {
    let mut end = start + 1;
    for (idx, pair) in rows.windows(2).enumerate().skip(start) {
        let [above, below] = pair else { continue };
        let (Some(a), Some(b)) = (above.first(), below.first()) else { break };
        if PITCH * a.size.max(b.size) < b.base - a.base || end + MOST_BETWEEN < idx + 2 {
            break;
        }
        if FEWEST_PIECES <= below.len() {
            end = idx + 2;
        }
    }
    end
}

/// Rows as a table, if they share columns.
fn table(rows: &[Vec<Line>]) -> Option<Stream> {
    let full: Vec<&Vec<Line>> = rows.iter().filter(|it| FEWEST_PIECES <= it.len()).collect();
    if full.len() < FEWEST_ROWS {
        return None;
    }
    let end = full.iter().copied().flatten().map(|it| it.end).fold(0.0, f64::max).clamp(0.0, WIDEST);
    let start = full.iter().copied().flatten().map(|it| it.start).fold(end, f64::min);
    // How many rows print something at each point of the width.
    let mut covered = vec![0_usize; point(end - start) + 1];
    for it in full.iter().copied().flatten() {
        for n in covered.iter_mut().take(point(it.end - start)).skip(point(it.start - start)) {
            *n += 1;
        }
    }
    let most = full.len() * CROSSING_OF_TEN / 10;
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (at, n) in covered.iter().enumerate().filter(|it| most < *it.1) {
        match columns.last_mut() {
            Some(it) if at <= it.1 => it.1 = at + 1,
            _ => columns.push((at, at + 1)),
        }
        debug_assert!(most < *n, "only points that are covered");
    }
    if columns.len() < FEWEST_PIECES {
        return None;
    }
    let place = |it: &Line| {
        let (from, to) = (point(it.start - start), point(it.end - start).max(point(it.start - start) + 1));
        // The columns that it overlaps, else the nearest.
        let overlaps = |idx: &usize| columns.get(*idx).is_some_and(|column| from < column.1 && column.0 < to);
        let off = |idx: &usize| columns.get(*idx).map_or(usize::MAX, |it| it.0.abs_diff(from).min(it.1.abs_diff(to)));
        let first = (0..columns.len()).find(overlaps).or_else(|| (0..columns.len()).min_by_key(off)).unwrap_or(0);
        let last = (0..columns.len()).rev().find(overlaps).unwrap_or(first);
        (first, last + 1 - first)
    };
    let mut acc = Stream { n_cols: columns.len(), rows: Vec::new() };
    for row in rows {
        let mut cells: Vec<(usize, usize, Line)> = Vec::new();
        for it in row {
            let (col, n_cols) = place(it);
            match cells.last_mut() {
                // Two pieces in one column are one text with a gap.
                Some(last) if col < last.0 + last.1 => {
                    last.1 = (col + n_cols).max(last.0 + last.1) - last.0;
                    last.2.text = format!("{} {}", last.2.text, it.text);
                    last.2.frame = last.2.frame.union(it.frame);
                }
                _ => cells.push((col, n_cols, it.clone())),
            }
        }
        acc.rows.push(cells);
    }
    Some(acc)
}

/// A way along a line in whole points.
fn point(it: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the widest page")]
    let res = it.clamp(0.0, WIDEST).round() as usize;
    res
}

/// Rows that are no table, as lines.
fn others(chars: &[&Char], rows: &[Vec<Line>]) -> Option<Stretch> {
    let mut bases = rows.iter().flatten().map(|it| (it.base, it.size));
    let first = bases.next()?;
    let last = bases.next_back().unwrap_or(first);
    let inside: Vec<&Char> = chars
        .iter()
        .copied()
        .filter(|it| (first.0 - first.1 / 2.0..=last.0 + last.1 / 2.0).contains(&it.origin.y))
        .collect();
    Some(Stretch::Lines(lines(&inside)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tests::chars;

    fn check(rows: &[&[(f64, &str)]], want: &[&str]) {
        let mut all = Vec::new();
        for (idx, row) in rows.iter().enumerate() {
            let y = 20.0 * (f64::from(u32::try_from(idx).expect("few")) + 1.0);
            all.extend(row.iter().flat_map(|(x, text)| chars(text, *x, y)));
        }
        let said = |it: &Stretch| match it {
            Stretch::Lines(it) => it.iter().map(|it| it.text.clone()).collect::<Vec<_>>(),
            Stretch::Table(it) => {
                let cell = |it: &(usize, usize, Line)| format!("{}+{}:{}", it.0, it.1, it.2.text);
                it.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
            }
        };
        let got: Vec<String> = stretches(&all.iter().collect::<Vec<_>>()).iter().flat_map(said).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn gaps_that_lines_share_part_columns() {
        check(
            &[
                &[(100.0, "项目自评表")],
                &[(0.0, "产出"), (60.0, "数量"), (120.0, "10"), (150.0, "9.5")],
                &[(60.0, "质量"), (120.0, "20"), (150.0, "20")],
                &[(0.0, "效益"), (60.0, "经济效益"), (120.0, "30"), (150.0, "30")],
                &[(0.0, "总分"), (150.0, "59.5")],
                &[(0.0, "产出共十分"), (120.0, "10"), (150.0, "9")],
            ],
            &[
                "项目自评表",
                "0+1:产出 1+1:数量 2+1:10 3+1:9.5",
                "1+1:质量 2+1:20 3+1:20",
                "0+1:效益 1+1:经济效益 2+1:30 3+1:30",
                "0+1:总分 3+1:59.5",
                "0+1:产出共十分 2+1:10 3+1:9",
            ],
        );
    }

    #[test]
    fn prose_and_signatures_are_no_tables() {
        check(
            &[&[(0.0, "一、基本情况")], &[(0.0, "填表人"), (80.0, "张三"), (160.0, "电话")], &[(0.0, "二、自评情况")]],
            &["一、基本情况", "填表人 张三 电话", "二、自评情况"],
        );
    }
}
