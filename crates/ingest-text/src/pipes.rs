//! Rows of Markdown's pipe tables.
//!
//! In: a line. Out: whether it is a row, and its cells.
//! Split by hand: a Markdown parser cuts and pads each row to the width of the header and wants a row of dashes below it,
//! so that cells of damaged tables, of tables with rows of unequal width, and of tables without the dashes would be lost.

use std::ops::Range;

/// A row of a pipe table.
#[derive(Debug)]
pub(crate) struct PipeRow<'a> {
    /// What stands between the pipes; the outer pipes bound no cells.
    pub(crate) pieces: Vec<&'a str>,
    /// Whether it begins with a pipe.
    pub(crate) is_opened: bool,
    /// Whether it ends with a pipe.
    pub(crate) is_closed: bool,
}

/// Pipes of a line that are not escaped and not inside a table's markup.
fn pipes<'a>(line: &'a str, tables: &'a [Range<usize>]) -> impl Iterator<Item = usize> + 'a {
    line.match_indices('|').map(|it| it.0).filter(move |at| {
        let before = line.get(..*at).unwrap_or_default();
        let n_escapes = before.len() - before.trim_end_matches('\\').len();
        n_escapes % 2 == 0 && !tables.iter().any(|it| it.contains(at))
    })
}

/// How many pipes a line has, but no more than three: that is all that decides.
pub(crate) fn count(line: &str) -> usize {
    pipes(line, &[]).take(3).count()
}

/// How many pipes a line has.
pub(crate) fn count_all(line: &str) -> usize {
    pipes(line, &[]).count()
}

/// The pieces of a line between its pipes, those before the first and behind the last among them.
pub(crate) fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    pipes(line, &[]).chain([line.len()]).map(move |at| {
        let piece = line.get(start..at).unwrap_or_default();
        start = at + 1;
        piece
    })
}

/// Whether a line begins with a pipe and holds another one.
pub(crate) fn has_outer_pipe(line: &str) -> bool {
    line.trim_start().starts_with('|') && 2 <= count(line)
}

/// What stands before the pipe of a line whose pipes end it.
pub(crate) fn only_cell(line: &str) -> Option<&str> {
    let cell = line.trim_end().strip_suffix('|')?.trim_end_matches(|it: char| it == '|' || it.is_whitespace());
    (!cell.ends_with('\\') && !cell.contains('|')).then(|| cell.trim_start())
}

/// How many cells a row has at most.
pub(crate) fn n_cells_at_most(line: &str) -> usize {
    line.bytes().filter(|it| *it == b'|').count() + 1
}

/// Splits a row. `tables` are the tables in the line, which are not cut.
pub(crate) fn split<'a>(line: &'a str, tables: &[Range<usize>]) -> PipeRow<'a> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in pipes(line, tables) {
        pieces.push(line.get(start..at).unwrap_or_default());
        start = at + 1;
    }
    let last = line.get(start..).unwrap_or_default();
    let is_closed = !pieces.is_empty() && last.trim().is_empty();
    if !is_closed {
        pieces.push(last);
    }
    let is_opened = 1 < pieces.len() + usize::from(is_closed) && pieces.first().is_some_and(|it| it.trim().is_empty());
    if is_opened {
        pieces.remove(0);
    }
    PipeRow { pieces, is_opened, is_closed }
}

/// Whether a row only sets the alignment of columns. With fewer than three dashes a cell may be an empty mark, so
/// `is_second` says whether the row is the second of its table, where Markdown wants the alignment.
pub(crate) fn is_alignment(line: &str, is_second: bool) -> bool {
    let is_plausible = |it: u8| matches!(it, b'|' | b'-' | b':' | b' ' | b'\t');
    if !line.bytes().all(is_plausible) || !line.contains('-') {
        return false;
    }
    let row = split(line, &[]);
    row.pieces.iter().all(|it| {
        let dashes = it.trim().trim_start_matches(':').trim_end_matches(':');
        let n_dashes = dashes.len();
        dashes.bytes().all(|it| it == b'-') && (3 <= n_dashes || (is_second && 1 <= n_dashes))
    })
}
