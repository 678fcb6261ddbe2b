//! Text with tabs between cells: OCR output and grid dumps.
//!
//! In: the lines of a text. Out: rows and lines of text, given to the assembler in reading order.

use gouji_model::{Block, Limits, Place, ReadError, TextBlock, UnreadCode};

use crate::assemble::{Assembler, PlacedCell};
use crate::cell::trim;
use crate::lines::{Line, Lines};

/// Lines that a cell may be broken into. A cell of a form that a spreadsheet dump printed over several lines has a few;
/// without a bound every line of a novel after a tab would be kept in waiting.
const MAX_BROKEN_LINES: usize = 64;

/// A row that may still go on in the lines below it.
struct OpenRow<'a> {
    cells: Vec<PlacedCell>,
    place: Place,
    break_before: bool,
    /// Whether its last cell is filled and ends the line: only such a cell can go on in the next line.
    ends_filled: bool,
    /// Text lines directly below it, which belong to its last cell if a line that begins with a tab follows.
    below: Vec<Line<'a>>,
}

/// The blocks of a text.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let mut reader = Reader { limits, assembler: Assembler::new(limits), open: None, after_break: false };
    for line in Lines::new(text, &[]) {
        reader.push_line(line)?;
    }
    reader.close_row()?;
    Ok(reader.assembler.finish())
}

struct Reader<'a, 'l> {
    limits: &'l Limits,
    assembler: Assembler<'l>,
    open: Option<OpenRow<'a>>,
    /// Whether an empty line stands before the line that comes.
    after_break: bool,
}

impl<'a> Reader<'a, '_> {
    fn push_line(&mut self, line: Line<'a>) -> Result<(), ReadError> {
        if line.starts_page {
            self.after_break = true;
        }
        let has_tab = line.text.as_bytes().contains(&b'\t');
        if !has_tab && trim(line.text).is_empty() {
            self.close_row()?;
            self.after_break = true;
            return Ok(());
        }
        if !has_tab {
            return self.push_text_line(line);
        }
        self.push_row_line(line)
    }

    fn push_text_line(&mut self, line: Line<'a>) -> Result<(), ReadError> {
        if let Some(open) = &mut self.open
            && !self.after_break
            && open.ends_filled
            && open.below.len() < MAX_BROKEN_LINES
        {
            open.below.push(line);
            return Ok(());
        }
        self.close_row()?;
        let break_before = std::mem::take(&mut self.after_break);
        self.emit_text(line, break_before)
    }

    fn push_row_line(&mut self, line: Line<'a>) -> Result<(), ReadError> {
        let break_before = std::mem::take(&mut self.after_break);
        let begins_with_tab = line.text.starts_with('\t');
        let goes_on = !break_before && begins_with_tab && self.open.as_ref().is_some_and(|it| !it.below.is_empty());
        if !goes_on {
            self.close_row()?;
            let cells = self.split(line, 0)?;
            let place = Place { page: line.page, ..Place::in_text(line.number, 1) };
            let ends_filled = !line.text.ends_with('\t') && !cells.is_empty();
            self.open = Some(OpenRow { cells, place, break_before, ends_filled, below: Vec::new() });
            return Ok(());
        }
        let Some(mut open) = self.open.take() else { return Ok(()) };
        let mut first_col = 0;
        if let Some(cell) = open.cells.last_mut() {
            for below in open.below.drain(..) {
                cell.text.push('\n');
                cell.text.push_str(trim(below.text));
            }
            check_cell_len(&cell.text, line.number, self.limits)?;
            first_col = cell.col;
        }
        open.cells.extend(self.split(line, first_col)?);
        open.ends_filled = !line.text.ends_with('\t');
        self.open = Some(open);
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), ReadError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        self.assembler.push_row(open.cells, open.place, open.break_before)?;
        for line in open.below {
            self.emit_text(line, false)?;
        }
        Ok(())
    }

    fn emit_text(&mut self, line: Line<'_>, break_before: bool) -> Result<(), ReadError> {
        check_cell_len(line.text, line.number, self.limits)?;
        let place = Place { page: line.page, ..Place::in_text(line.number, 1) };
        self.assembler.push_text(TextBlock { text: line.text.to_owned(), raw: None, place, break_before })
    }

    /// The cells of a line, counted from column `first_col`.
    fn split(&self, line: Line<'_>, first_col: usize) -> Result<Vec<PlacedCell>, ReadError> {
        // Blank cells at the end cost nothing, however many there are.
        let filled = line.text.trim_end_matches(crate::cell::is_blank_char);
        let n_tabs = filled.bytes().filter(|it| *it == b'\t').count();
        let n_cols = if filled.is_empty() { 0 } else { first_col + n_tabs + 1 };
        self.assembler.reserve_row(n_cols, line.number)?;
        let mut cells = Vec::with_capacity(n_cols.min(32));
        for (i, raw) in filled.split('\t').enumerate() {
            let text = trim(raw);
            if text.is_empty() {
                continue;
            }
            check_cell_len(text, line.number, self.limits)?;
            let column = u32::try_from(i + 1).unwrap_or(u32::MAX);
            let place = Place { page: line.page, ..Place::in_text(line.number, column) };
            cells.push(PlacedCell { col: first_col + i, text: text.to_owned(), raw: None, place });
        }
        Ok(cells)
    }
}

fn check_cell_len(text: &str, line: u32, limits: &Limits) -> Result<(), ReadError> {
    if limits.cell_bytes < text.len() {
        let reason = format!(
            "line {line}: a cell or line of {} bytes is over the limit of {} bytes",
            text.len(),
            limits.cell_bytes
        );
        return Err(ReadError { code: UnreadCode::OverLimit, reason });
    }
    Ok(())
}
