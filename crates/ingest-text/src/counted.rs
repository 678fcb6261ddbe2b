//! Tables of pipes whose rows run over several lines, told by the number of pipes in a row.
//!
//! In: the lines of a text. Out: the lines of each row.
//!
//! Programs that save a page as text print a pipe for every column of a table, and begin a new line wherever a cell holds
//! a paragraph, so that a row is cut, and a cell may stand in a line of its own:
//!
//! ```text
//! name | a school | office | of the county | ||
//! funds (10 000) |
//! budget | spent | points | rate | |
//! ```
//!
//! The lines of a row hold as many pipes as the table has columns, no more and no fewer. Where that holds for all rows of a
//! run of lines, and lines with several pipes end where rows do, the count tells the rows. Tables whose rows are a line
//! each are not touched.

use std::ops::Range;

use crate::cell::trim;
use crate::lines::{Line, Lines};
use crate::pipes;

/// A row of such a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CountedRow {
    /// Its lines, by number, half-open.
    pub(crate) lines: Range<u32>,
    /// Whether every row of the table opens with a pipe, which bounds no cell.
    pub(crate) is_led: bool,
}

/// A table has as many rows. Rows; two or three may add up by chance.
const FEWEST_ROWS: usize = 4;

/// A row has as many pipes. Pipes; tables of forms have more columns, and small numbers add up by chance.
const FEWEST_PIPES: usize = 4;

/// As many rows are cut over lines; else the lines are rows, and one of them may be short. Rows.
const FEWEST_CUT: usize = 2;

/// As many rows end with a line of several pipes: where every line holds one, any number of them adds up. Rows.
const FEWEST_TOLD: usize = 3;

/// One line in so many that go on with a row may look like a row by itself; where most do, they are rows.
const MOST_ROWLIKE: usize = 3;

/// The first row of a table runs over no more lines than this. Lines; the header of a form has about ten columns, each in
/// a line of its own.
const LONGEST_FIRST: usize = 24;

/// Characters of a line without a pipe that may begin a cell between two rows; longer ones are text between tables.
const LONGEST_BEGINNING: usize = 30;

/// The rows of all such tables, in order.
pub(crate) fn rows(lines: Lines<'_>) -> Vec<CountedRow> {
    let mut rows = Vec::new();
    let mut run: Vec<Counted<'_>> = Vec::new();
    for line in lines {
        let is_part = !line.holds_table && !trim(line.text).is_empty() && !pipes::is_alignment(line.text, false);
        if line.starts_page || !is_part {
            run_rows(&run, &mut rows);
            run.clear();
        }
        if is_part {
            run.push(Counted { line, n_pipes: pipes::count_all(line.text) });
        }
    }
    run_rows(&run, &mut rows);
    rows
}

/// A line and its pipes.
struct Counted<'a> {
    line: Line<'a>,
    n_pipes: usize,
}

impl Counted<'_> {
    fn is_led(&self) -> bool {
        self.line.text.trim_start().starts_with('|')
    }

    fn is_closed(&self) -> bool {
        self.line.text.trim_end().ends_with('|')
    }
}

/// A table, by the indexes of its lines in a run.
#[derive(Default)]
struct Table {
    rows: Vec<Range<usize>>,
    n_cut: usize,
    n_told: usize,
    /// Lines that go on with a row.
    n_below: usize,
    /// Those of them that look like rows by themselves.
    n_rowlike: usize,
}

/// The rows of the tables in a run of lines without an empty one.
fn run_rows(run: &[Counted<'_>], rows: &mut Vec<CountedRow>) {
    /// How often a line is looked at, on average, before the rest is left as it is.
    const LOOKS: usize = 16;
    let mut looks = LOOKS * run.len();
    let mut at = 0;
    while let Some(first) = run.get(at..).and_then(|it| it.iter().position(|it| it.n_pipes > 0)) {
        at += first;
        let Some(table) = table_at(run, at, &mut looks) else {
            at += 1;
            continue;
        };
        at = table.rows.last().map_or(at + 1, |it| it.end);
        let is_led = table.rows.iter().all(|it| run.get(it.start).is_some_and(Counted::is_led));
        for row in table.rows {
            let number = |idx: usize| run.get(idx).map(|it| it.line.number);
            if let (Some(start), Some(last)) = (number(row.start), row.end.checked_sub(1).and_then(number)) {
                rows.push(CountedRow { lines: start..last + 1, is_led });
            }
        }
    }
}

/// The table whose first row begins at line `at`.
fn table_at(run: &[Counted<'_>], at: usize, looks: &mut usize) -> Option<Table> {
    let mut best: Option<(usize, Table)> = None;
    let mut n_pipes = 0;
    for line in run.get(at..)?.iter().take(LONGEST_FIRST) {
        n_pipes += line.n_pipes;
        // Twice as many pipes add up, too, and reach a line further where the last row is cut off.
        let is_multiple =
            best.as_ref().is_some_and(|it| it.1.rows.len() >= FEWEST_ROWS && n_pipes.is_multiple_of(it.0));
        if n_pipes < FEWEST_PIPES || line.n_pipes == 0 || is_multiple {
            continue;
        }
        let table = rows_of(run, at, n_pipes);
        let end = |it: &Table| it.rows.last().map_or(at, |it| it.end);
        *looks = looks.checked_sub(end(&table) - at + 1)?;
        let n_lines = |it: &Table| end(it) - at;
        if best.as_ref().is_none_or(|it| 3 * n_lines(&it.1) < 2 * n_lines(&table)) {
            best = Some((n_pipes, table));
        }
    }
    let best = best.map(|it| it.1);
    best.filter(|it| {
        it.rows.len() >= FEWEST_ROWS
            && it.n_cut >= FEWEST_CUT
            && it.n_told >= FEWEST_TOLD
            && MOST_ROWLIKE * it.n_rowlike <= it.n_below
    })
}

/// The rows of `width` pipes from line `at` on, as far as the lines add up; at the end of the run the last may be cut off.
fn rows_of(run: &[Counted<'_>], at: usize, width: usize) -> Table {
    let mut table = Table::default();
    // A cell is cut before its pipe, not behind it.
    let is_behind = run.get(at).is_some_and(Counted::is_closed);
    let mut start = at;
    let mut n_pipes = 0;
    let mut n_lines = 0;
    for (idx, line) in run.iter().enumerate().skip(at) {
        if n_pipes == 0 && line.n_pipes == 0 {
            // What stands between two rows begins a cell or is no part of the table.
            let goes_on = run.get(idx + 1).is_some_and(|it| it.is_led() || is_behind);
            if idx == at || !goes_on || line.line.text.trim().chars().count() > LONGEST_BEGINNING {
                break;
            }
            continue;
        }
        n_pipes += line.n_pipes;
        n_lines += usize::from(line.n_pipes > 0);
        if n_lines > 1 {
            table.n_below += 1;
            let has_text = || line.line.text.contains(|it| it != '|' && it != ' ');
            table.n_rowlike += usize::from(line.is_led() && line.is_closed() && has_text());
        }
        if n_pipes > width {
            return table;
        }
        if n_pipes == width {
            table.rows.push(start..idx + 1);
            table.n_cut += usize::from(n_lines > 1);
            table.n_told += usize::from(line.n_pipes > 1);
            (start, n_pipes, n_lines) = (idx + 1, 0, 0);
        }
    }
    if n_pipes > 0 {
        table.rows.push(start..run.len());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(u32, u32)> {
        rows(Lines::new(text, &[])).into_iter().map(|it| (it.lines.start, it.lines.end)).collect()
    }

    #[test]
    fn rows_have_as_many_pipes_as_the_table_has_columns() {
        let text = "t | ||||\nn | a | o | b | |\nf |\nb | s | p | |\ny |\n10 | 9 | 8 | |\nx | 1 | 2 | ||\nrest";
        assert_eq!(cut(text), [(1, 2), (2, 3), (3, 5), (5, 7), (7, 8)]);
        let one_a_line = "t |\n||||\na |\n1 |\n2 |\n||\nb |\n1 |\n|\n||\nc |\n|\n|\n|\n|\nd |\n2";
        assert_eq!(cut(one_a_line), [(1, 3), (3, 7), (7, 11), (11, 16), (16, 18)]);
    }

    #[test]
    fn rows_of_a_line_each_are_left_alone() {
        assert_eq!(cut("a | b | c | d |\n1 | 2 | 3 | 4 |\n1 | 2 | 3 | 4 |\n1 | 2 | 3 | 4 |\n1 | 2 | 3 | 4 |"), []);
        // A row that is cut off at the end does not make two of one.
        assert_eq!(
            cut("a | b | c | d |\n1 | 2 | 3 | 4 |\n1 | 2 | 3 | 4 |\n1 | 2 | 3 | 4 |\n1 | 2 | 3 | 4 |\n1 | 2"),
            []
        );
        assert_eq!(cut(&"| a | b |\n| c | d | e | f |\n".repeat(8)), []);
        // One a line tells no rows.
        assert_eq!(cut(&"a |\n".repeat(40)), []);
    }
}
