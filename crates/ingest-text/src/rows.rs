//! Text with tabs or pipes between cells: OCR output, grid dumps and Markdown.
//!
//! In: the lines of a text. Out: rows and lines of text, given to the assembler in reading order.
//!
//! A cell that holds line breaks is cut by the dumps of some converters, which print
//!
//! ```text
//! ⇥⇥first line of a label
//! second line of the label
//! ⇥⇥next cell
//! ```
//!
//! Lines of text directly below a row belong to its last cell, and the row goes on in the line after them, if that line
//! begins with a blank cell, no empty line stands between any of them, and the row ends with this cell and not with a
//! separator: then nothing but a line break inside the cell can have ended its line. The line that goes on is counted
//! from that cell's column. Where the two lines together would be wider than the rows near them, each of which is as wide
//! as the wider of the two, both lines are whole rows, and what stands between them is a line of the page or of the site
//! that holds it. A row that opens with a pipe and does not close with one goes on in the same way, up to a line
//! that closes with a pipe and does not open with one.

use gouji_model::{Block, Grid, Limits, Place, ReadError, Slot};
use memchr::{memchr, memchr_iter};

use crate::assemble::{Assembler, push_cell};
use crate::cell::{Marks, check_len, is_blank_char, read_cell, read_line, trim};
use crate::counted::{self, CountedRow};
use crate::lines::{Line, Lines};
use crate::markdown::{self, LineKind};
use crate::{markup, pipes};

/// Lines that a cell may be broken into. A cell of a form that a dump printed over several lines has a few; without a
/// bound every line of a novel below a row would be kept in waiting.
const MAX_BROKEN_LINES: usize = 64;

/// Rows above a line, and lines below it, that tell how wide the rows of its table are. A page of a form has about twice
/// as many; the rows next to a line are most like it.
const NEAR_ROWS: usize = 8;

/// A row that may still go on in the lines below it.
struct OpenRow<'a> {
    /// Up to its last cell.
    slots: Vec<Slot>,
    /// Tables that stood in its cells.
    grids: Vec<Grid>,
    place: Place,
    break_before: bool,
    /// How it may go on.
    rest: Rest,
    /// Column of the cell that goes on.
    last_col: usize,
    /// Text lines directly below it, which belong to that cell if the row goes on.
    below: Vec<Line<'a>>,
}

impl OpenRow<'_> {
    fn new(place: Place, break_before: bool) -> Self {
        OpenRow {
            slots: Vec::new(),
            grids: Vec::new(),
            place,
            break_before,
            rest: Rest::Whole,
            last_col: 0,
            below: Vec::new(),
        }
    }
}

/// How a row may go on below its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// It is whole.
    Whole,
    /// After lines of text, with a line that begins with a blank cell.
    AfterText,
    /// With a line that closes the row.
    Unclosed,
}

/// How the cells of a line are parted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Tab,
    Pipe,
}

/// How a line with cells begins and ends.
#[derive(Clone, Copy)]
struct Edges {
    /// Whether it begins with a separator.
    is_opened: bool,
    /// Whether it ends with a separator.
    is_closed: bool,
}

/// The blocks of a text. `marks` are those of text outside pipe tables, whose cells are Markdown in any case.
///
/// # Errors
/// E04 if a cell, a line or the number of cells is over its limit.
pub(crate) fn read(text: &str, marks: Marks, limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let tables = markup::tables(text);
    let mut reader = Reader {
        marks,
        limits,
        assembler: Assembler::new(limits),
        open: None,
        after_break: false,
        has_pipes: memchr(b'|', text.as_bytes()).is_some(),
        pipe_run: PipeRun::default(),
        in_cells: false,
        widths: [0; NEAR_ROWS],
        n_rows: 0,
    };
    let mut lines = Lines::new(text, &tables);
    let counted = if reader.has_pipes { counted::rows(lines.clone()) } else { Vec::new() };
    let mut counted = counted.into_iter().peekable();
    while let Some(line) = lines.next() {
        let Some(row) = counted.next_if(|it| it.lines.contains(&line.number)) else {
            reader.push_line(line, &lines)?;
            continue;
        };
        reader.push_counted_row(&row, line, &mut lines)?;
    }
    reader.close_row()?;
    Ok(reader.assembler.finish())
}

/// What came directly before a line in a pipe table.
#[derive(Default)]
struct PipeRun {
    /// Rows directly above, 0 if the line above is none.
    n_rows: usize,
    /// Whether the rows have no outer pipes, so that a line counts as a row only beside others.
    is_bare: bool,
}

struct Reader<'a, 'l> {
    marks: Marks,
    limits: &'l Limits,
    assembler: Assembler<'l>,
    open: Option<OpenRow<'a>>,
    /// Whether an empty line stands before the line that comes.
    after_break: bool,
    /// Whether the text holds a pipe at all.
    has_pipes: bool,
    pipe_run: PipeRun,
    /// Whether the line above held one cell and the pipe behind it.
    in_cells: bool,
    /// Columns of the lines with cells above, blank ones at the end counted; the last of them stands at `n_rows`.
    widths: [usize; NEAR_ROWS],
    /// How many lines with cells there were.
    n_rows: usize,
}

impl<'a> Reader<'a, '_> {
    fn push_line(&mut self, line: Line<'a>, below: &Lines<'a>) -> Result<(), ReadError> {
        self.after_break |= line.starts_page;
        let has_tab = holds(line, b'\t');
        let has_pipe = self.has_pipes && holds(line, b'|');
        if !has_tab && trim(line.text).is_empty() || self.is_break(line) {
            self.close_row()?;
            self.after_break = true;
            self.pipe_run = PipeRun::default();
            self.in_cells = false;
            return Ok(());
        }
        if let Some(cell) = self.cell_of_line(line, has_pipe, below) {
            self.in_cells = true;
            let is_blank = cell.is_empty();
            return if is_blank { Ok(()) } else { self.push_text_line(Line { text: cell, ..line }) };
        }
        self.in_cells = false;
        if has_pipe && pipes::is_alignment(line.text, self.pipe_run.n_rows == 1) && pipes::count(line.text) != 0 {
            self.pipe_run.n_rows += 1;
            return Ok(());
        }
        if has_pipe && self.is_pipe_row(line, below) {
            self.pipe_run.n_rows += 1;
            return self.push_row_line(line, Separator::Pipe, below);
        }
        self.pipe_run = PipeRun::default();
        if has_tab && self.is_tab_row(line) {
            return self.push_row_line(line, Separator::Tab, below);
        }
        self.push_text_line(line)
    }

    /// The cell of a line that holds one and the pipe behind it, where every cell stands in such a line.
    fn cell_of_line(&self, line: Line<'a>, has_pipe: bool, below: &Lines<'a>) -> Option<&'a str> {
        if !has_pipe || 0 < self.pipe_run.n_rows || self.closes_row(line.text) {
            return None;
        }
        let cell = pipes::only_cell(line.text)?;
        let next = below.clone().next().map_or("", |it| it.text);
        (self.in_cells || pipes::only_cell(next).is_some()).then_some(cell)
    }

    fn is_break(&self, line: Line<'_>) -> bool {
        self.marks == Marks::Markdown && markdown::line_kind(line.text) == LineKind::Break
    }

    /// Whether a line with a pipe is a row: by its outer pipe, because it closes the row above, because a row of dashes
    /// stands below it, or because the line above or below it is of its kind.
    fn is_pipe_row(&mut self, line: Line<'_>, below: &Lines<'_>) -> bool {
        if pipes::has_outer_pipe(line.text) {
            self.pipe_run.is_bare = false;
            return true;
        }
        if self.closes_row(line.text) {
            return true;
        }
        let n_pipes = pipes::count(line.text);
        if self.pipe_run.is_bare && 0 < self.pipe_run.n_rows && 0 < n_pipes {
            return true;
        }
        let next = below.clone().next().map_or("", |it| it.text);
        let is_head = 0 < n_pipes && pipes::is_alignment(next, true) && 0 < pipes::count(next);
        let has_like_below = 2 <= n_pipes && 2 <= pipes::count(next) && !pipes::has_outer_pipe(next);
        self.pipe_run.is_bare = is_head || has_like_below;
        self.pipe_run.is_bare
    }

    /// Whether the line closes a row that was opened with a pipe.
    fn closes_row(&self, text: &str) -> bool {
        !self.after_break
            && self.open.as_ref().is_some_and(|it| it.rest == Rest::Unclosed)
            && text.trim_end().ends_with('|')
            && !text.trim_start().starts_with('|')
    }

    /// Whether a line with a tab is a row. In Markdown a single tab before a text is indentation, unless rows stand
    /// directly above.
    fn is_tab_row(&self, line: Line<'_>) -> bool {
        let inner = line.text.strip_prefix('\t').unwrap_or(line.text);
        let is_indented = self.marks == Marks::Markdown && !inner.contains('\t') && inner.len() < line.text.len();
        !is_indented || self.open.is_some()
    }

    fn push_text_line(&mut self, line: Line<'a>) -> Result<(), ReadError> {
        if let Some(open) = &mut self.open
            && !self.after_break
            && !line.holds_table
            && open.rest != Rest::Whole
            && open.below.len() < MAX_BROKEN_LINES
            // A page number between two rows is no part of a cell.
            && line.text.chars().any(char::is_alphabetic)
            && !(line.text.trim().starts_with('第') && line.text.trim().ends_with('页'))
        {
            open.below.push(line);
            return Ok(());
        }
        self.close_row()?;
        let break_before = std::mem::take(&mut self.after_break);
        self.emit_text(line, break_before)
    }

    fn push_row_line(&mut self, line: Line<'a>, separator: Separator, below: &Lines<'a>) -> Result<(), ReadError> {
        let goes_on = self.goes_on(line, separator) && !self.is_row_of_its_own(line, separator, below);
        let break_before = std::mem::take(&mut self.after_break);
        if !goes_on {
            self.close_row()?;
        }
        let mut row = self.open.take().unwrap_or_else(|| OpenRow::new(place_of(line, 1), break_before));
        // Blank cells at the end cost nothing, however many there are.
        let filled = line.text.trim_end_matches(is_blank_char);
        let n_pieces = match separator {
            Separator::Tab => memchr_iter(b'\t', filled.as_bytes()).count() + 1,
            Separator::Pipe => pipes::n_cells_at_most(filled),
        };
        self.note_width(width(line.text, separator));
        let n_cols = if filled.is_empty() { 0 } else { row.last_col.saturating_add(n_pieces) };
        self.assembler.reserve_row(n_cols, line.number)?;
        row.slots.reserve(self.assembler.n_cols().max(n_cols).saturating_sub(row.slots.len()));
        let tables = if line.holds_table { markup::tables(filled) } else { Vec::new() };
        match separator {
            Separator::Tab if tables.is_empty() => {
                let edges = Edges { is_opened: true, is_closed: line.text.ends_with('\t') };
                self.extend(&mut row, line, separator, edges, split_at(filled, memchr_iter(b'\t', filled.as_bytes())))?;
            }
            Separator::Tab => {
                let edges = Edges { is_opened: true, is_closed: line.text.ends_with('\t') };
                let tabs = memchr_iter(b'\t', filled.as_bytes()).filter(|at| !tables.iter().any(|it| it.contains(at)));
                self.extend(&mut row, line, separator, edges, split_at(filled, tabs))?;
            }
            Separator::Pipe => {
                let pipes::PipeRow { pieces, is_opened, is_closed } = pipes::split(filled, &tables);
                self.extend(&mut row, line, separator, Edges { is_opened, is_closed }, pieces.into_iter())?;
            }
        }
        self.open = Some(row);
        Ok(())
    }

    /// Adds a row that is told by the number of its pipes, which begins at `line`; takes its other lines.
    fn push_counted_row(
        &mut self,
        counted: &CountedRow,
        line: Line<'a>,
        below: &mut Lines<'a>,
    ) -> Result<(), ReadError> {
        self.close_row()?;
        (self.pipe_run, self.in_cells) = (PipeRun::default(), false);
        let break_before = std::mem::take(&mut self.after_break);
        let mut row = OpenRow::new(place_of(line, 1), break_before);
        let mut col = 0;
        let mut next = Some(line);
        while let Some(line) = next {
            let n_pipes = pipes::count_all(line.text);
            self.assembler.reserve_row(col + n_pipes + 1, line.number)?;
            for (n_before, piece) in pipes::pieces(line.text).enumerate() {
                let text = trim(piece).replace("\\|", "|");
                // What opens every row of the table bounds no cell.
                let at = (col + n_before).saturating_sub(usize::from(counted.is_led));
                if !text.is_empty() {
                    let is_outer = counted.is_led && line.text.trim_start().starts_with('|');
                    let column = u32::try_from(n_before + 1 - usize::from(is_outer)).unwrap_or(u32::MAX);
                    self.join(&mut row, at, line, &text, column, Marks::Markdown)?;
                }
            }
            col += n_pipes;
            let is_last = line.number + 1 >= counted.lines.end;
            next = if is_last { None } else { below.next() };
        }
        self.open = Some(row);
        self.close_row()
    }

    /// Whether the line goes on with the row above.
    fn goes_on(&self, line: Line<'_>, separator: Separator) -> bool {
        let Some(open) = self.open.as_ref().filter(|_| !self.after_break) else { return false };
        match (open.rest, separator) {
            (Rest::Whole, _) => false,
            (Rest::Unclosed, _) if self.closes_row(line.text) => true,
            (_, Separator::Tab) => {
                // A line that is as wide as the grid by itself is a row of its own.
                let n_cols = open.last_col + memchr_iter(b'\t', line.text.as_bytes()).count() + 1;
                let has_room = self.assembler.n_cols() == 0 || n_cols <= self.assembler.n_cols();
                !open.below.is_empty() && line.text.starts_with('\t') && has_room
            }
            (_, Separator::Pipe) => {
                let after_pipe = line.text.trim_start().strip_prefix('|').map(str::trim_start);
                !open.below.is_empty() && after_pipe.is_some_and(|it| it.starts_with('|'))
            }
        }
    }

    /// Whether a line that might go on with the row above is a row of its own: together they would be wider than the rows
    /// near them are, and one of those is as wide as either.
    fn is_row_of_its_own(&self, line: Line<'_>, separator: Separator, below: &Lines<'_>) -> bool {
        let Some(open) = self.open.as_ref().filter(|it| it.rest == Rest::AfterText) else { return false };
        let is_blank = |it: char| is_blank_char(it) || separator == Separator::Pipe && it == '|';
        let own = width(line.text.trim_end_matches(is_blank), separator);
        let either = own.max(open.last_col + 1);
        // The last of the rows above is the one that may go on.
        let last = self.n_rows.wrapping_sub(1) % NEAR_ROWS;
        let above = self.widths.iter().enumerate().filter(|it| it.0 != last).map(|it| *it.1);
        let below = below.clone().take(NEAR_ROWS).map(|it| width(it.text, separator));
        let widest = above.chain(below).max().unwrap_or(0);
        (either..open.last_col + own).contains(&widest)
    }

    fn note_width(&mut self, n_cols: usize) {
        if let Some(width) = self.widths.get_mut(self.n_rows % NEAR_ROWS) {
            *width = n_cols;
        }
        self.n_rows = self.n_rows.wrapping_add(1);
    }

    /// Adds a line's cells to a row, which is new or goes on with this line.
    fn extend<'t>(
        &self,
        row: &mut OpenRow<'a>,
        line: Line<'_>,
        separator: Separator,
        edges: Edges,
        pieces: impl Iterator<Item = &'t str>,
    ) -> Result<(), ReadError> {
        let marks = if separator == Separator::Pipe { Marks::Markdown } else { self.marks };
        let first_col = row.last_col;
        for below in std::mem::take(&mut row.below) {
            self.join(row, first_col, below, below.text, 1, marks)?;
        }
        let mut n_pieces = 0;
        for text in pieces {
            let col = first_col + n_pieces;
            n_pieces += 1;
            let text = trim(text);
            if text.is_empty() {
                continue;
            }
            let column = u32::try_from(n_pieces).unwrap_or(u32::MAX);
            if separator == Separator::Pipe && text.contains("\\|") {
                self.join(row, col, line, &text.replace("\\|", "|"), column, marks)?;
            } else {
                self.join(row, col, line, text, column, marks)?;
            }
        }
        let last_piece = first_col + n_pieces.saturating_sub(1);
        (row.rest, row.last_col) = match (separator, row.slots.len().checked_sub(1)) {
            (Separator::Tab, Some(col)) if !edges.is_closed => (Rest::AfterText, col),
            (Separator::Pipe, _) if edges.is_opened && !edges.is_closed => (Rest::Unclosed, last_piece),
            // Rows of pipe tables are padded, so the cell that was cut need not be the last.
            (Separator::Pipe, Some(col)) => (Rest::AfterText, col),
            _ => (Rest::Whole, last_piece),
        };
        Ok(())
    }

    /// Reads a cell into a row; if there is one at this column already, this is a further line of it.
    fn join(
        &self,
        row: &mut OpenRow<'a>,
        col: usize,
        line: Line<'_>,
        text: &str,
        column: u32,
        marks: Marks,
    ) -> Result<(), ReadError> {
        let place = place_of(line, column);
        let content = read_cell(text, marks, &place, self.limits)?;
        row.grids.extend(content.grids);
        if content.text.is_empty() {
            return Ok(());
        }
        let is_further_line = col + 1 == row.slots.len();
        let Some(Slot::Cell(cell)) = row.slots.last_mut().filter(|_| is_further_line) else {
            push_cell(&mut row.slots, col, content.text, content.raw, place);
            return Ok(());
        };
        if cell.raw.is_some() || content.raw.is_some() {
            let above = cell.raw.take().unwrap_or_else(|| cell.text.clone());
            cell.raw = Some(format!("{above}\n{}", content.raw.as_deref().unwrap_or(&content.text)));
        }
        cell.text.push('\n');
        cell.text.push_str(&content.text);
        check_len(&cell.text, &place, self.limits)
    }

    fn close_row(&mut self) -> Result<(), ReadError> {
        let Some(row) = self.open.take() else { return Ok(()) };
        let mut break_before = row.break_before;
        let is_table_only = !row.grids.is_empty() && row.slots.is_empty();
        // The tables of a row stand between the rows above it and the row itself.
        for grid in row.grids {
            self.assembler.push_grid(grid, row.place.line.unwrap_or_default())?;
            break_before = false;
        }
        if !is_table_only {
            self.assembler.push_row(row.slots, row.place, break_before)?;
        }
        for line in row.below {
            self.emit_text(line, false)?;
        }
        Ok(())
    }

    fn emit_text(&mut self, line: Line<'_>, break_before: bool) -> Result<(), ReadError> {
        let place = place_of(line, 1);
        let n_marks = match self.marks {
            Marks::Markdown => match markdown::line_kind(line.text) {
                LineKind::Text(n_marks) => n_marks,
                LineKind::Break => 0,
            },
            Marks::Plain => 0,
        };
        let text = line.text.get(n_marks..).unwrap_or_default();
        let mut blocks = read_line(text, self.marks, &place, break_before, self.limits)?;
        if 0 < n_marks
            && let [Block::Text(it)] = blocks.as_mut_slice()
        {
            let is_heading = line.text.trim_start().starts_with('#');
            let text = it.text.trim();
            it.text = if is_heading { text.trim_end_matches('#').trim_end() } else { text }.to_owned();
            it.raw = Some(line.text.to_owned());
        }
        for block in blocks {
            match block {
                Block::Text(it) => self.assembler.push_text(it)?,
                Block::Grid(it) => self.assembler.push_grid(it, line.number)?,
            }
        }
        Ok(())
    }
}

/// Whether the line holds this separator, outside the tables in it.
fn holds(line: Line<'_>, separator: u8) -> bool {
    if !line.holds_table {
        return memchr(separator, line.text.as_bytes()).is_some();
    }
    let tables = markup::tables(line.text);
    line.text.bytes().enumerate().any(|(at, it)| it == separator && !tables.iter().any(|table| table.contains(&at)))
}

/// Cells of a line, blank ones at its end counted.
fn width(line: &str, separator: Separator) -> usize {
    match separator {
        Separator::Tab => memchr_iter(b'\t', line.as_bytes()).count() + 1,
        Separator::Pipe => {
            let line = line.trim_matches(' ');
            let outer = usize::from(line.starts_with('|')) + usize::from(line.ends_with('|'));
            (memchr_iter(b'|', line.as_bytes()).count() + 1).saturating_sub(outer)
        }
    }
}

/// The pieces of a line between separators of one byte that stand at `cuts`.
fn split_at(line: &str, cuts: impl Iterator<Item = usize>) -> impl Iterator<Item = &str> {
    let mut start = 0;
    cuts.chain([line.len()]).map(move |at| {
        let piece = line.get(start..at).unwrap_or_default();
        start = at + 1;
        piece
    })
}

fn place_of(line: Line<'_>, column: u32) -> Place {
    Place { page: line.page, ..Place::in_text(line.number, column) }
}
