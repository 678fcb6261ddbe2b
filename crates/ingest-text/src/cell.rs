//! The characters between two separators, or of a line, into text.
//!
//! In: what was read. Out: its text without markup and with LaTeX and Markdown written out, and the grids of tables that
//! stood in it.

use gouji_ingest_html::{fragment, plain_math};
use gouji_model::{Block, Grid, Limits, Place, ReadError, TextBlock, UnreadCode};

use crate::markdown;
use crate::markup::escape_signs;

/// Which marks of a text are markup besides tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    /// None: a star is a star.
    Plain,
    /// Those of Markdown.
    Markdown,
}

/// What stood in a cell.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// Its text; empty if nothing was printed but the grids.
    pub(crate) text: String,
    /// The characters that were read, where they differ by more than outer white space.
    pub(crate) raw: Option<String>,
    /// Tables that stood in it, and tables in these.
    pub(crate) grids: Vec<Grid>,
}

/// The text of a cell; `raw` is what stands between its separators.
///
/// # Errors
/// E04 if the cell or the tables in it are over a limit.
pub(crate) fn read_cell(raw: &str, marks: Marks, place: &Place, limits: &Limits) -> Result<Content, ReadError> {
    let raw = trim(raw);
    if !may_hold_marks(raw, marks) {
        check_len(raw, place, limits)?;
        return Ok(Content { text: raw.to_owned(), raw: None, grids: Vec::new() });
    }
    let mut content = Content::default();
    for block in blocks(raw, marks, place, limits)? {
        match block {
            Block::Text(it) => {
                if !content.text.is_empty() {
                    content.text.push('\n');
                }
                content.text.push_str(trim(&it.text));
            }
            Block::Grid(mut grid) => {
                grid.nested_in.get_or_insert_with(|| place.clone());
                content.grids.push(grid);
            }
        }
    }
    check_len(&content.text, place, limits)?;
    if !content.text.is_empty() && content.text != raw {
        content.raw = Some(raw.to_owned());
    }
    Ok(content)
}

/// The blocks of a line outside any grid; outer white space stays.
///
/// # Errors
/// As [`read_cell`].
pub(crate) fn read_line(
    raw: &str,
    marks: Marks,
    place: &Place,
    break_before: bool,
    limits: &Limits,
) -> Result<Vec<Block>, ReadError> {
    if !may_hold_marks(raw, marks) {
        check_len(raw, place, limits)?;
        let text = TextBlock { text: raw.to_owned(), raw: None, place: place.clone(), break_before };
        return Ok(vec![Block::Text(text)]);
    }
    // Tables of a line have their own columns.
    let start = Place { column: None, ..place.clone() };
    let mut blocks = blocks(raw, marks, &start, limits)?;
    let is_single = blocks.len() == 1;
    for (i, block) in blocks.iter_mut().enumerate() {
        if let Block::Text(it) = block {
            it.place.column = place.column;
            it.break_before = if i == 0 { break_before } else { it.break_before };
            if is_single && it.text != raw {
                it.raw = Some(raw.to_owned());
            }
        }
    }
    Ok(blocks)
}

fn blocks(raw: &str, marks: Marks, place: &Place, limits: &Limits) -> Result<Vec<Block>, ReadError> {
    // A writer of Markdown escapes the backslash of the LaTeX that it finds in a text.
    let unescaped = (marks == Marks::Markdown && raw.contains("\\\\")).then(|| raw.replace("\\\\", "\\"));
    let raw = unescaped.as_deref().unwrap_or(raw);
    let mut blocks = match escape_signs(raw) {
        Some(html) => fragment(&html, place, limits)?,
        None => {
            check_len(raw, place, limits)?;
            let text = plain_math(raw).unwrap_or_else(|| raw.to_owned());
            vec![Block::Text(TextBlock { text, raw: None, place: place.clone(), break_before: false })]
        }
    };
    if marks == Marks::Markdown {
        for block in &mut blocks {
            if let Block::Text(it) = block
                && let Some(plain) = markdown::plain(&it.text)
            {
                it.text = plain;
            }
        }
        blocks.retain(|it| !matches!(it, Block::Text(it) if trim(&it.text).is_empty()));
    }
    Ok(blocks)
}

fn may_hold_marks(text: &str, marks: Marks) -> bool {
    // No early end: a loop without branches runs over the text many bytes at a time.
    let is_mark = |it: u8| it == b'<' || it == b'&' || it == b'\\' || it == b'$';
    let is_markdown = |it: u8| it == b'*' || it == b'_' || it == b'`' || it == b'~' || it == b'[';
    match marks {
        Marks::Plain => text.bytes().fold(false, |acc, it| acc | is_mark(it)),
        Marks::Markdown => text.bytes().fold(false, |acc, it| acc | is_mark(it) | is_markdown(it)),
    }
}

/// # Errors
/// E04 if the text is over the limit of a cell.
pub(crate) fn check_len(text: &str, place: &Place, limits: &Limits) -> Result<(), ReadError> {
    let (len, limit) = (text.len(), limits.cell_bytes);
    if limit < len {
        let line = place.line.unwrap_or_default();
        let reason = format!("line {line}: a cell or line of {len} bytes is over the limit of {limit} bytes");
        return Err(ReadError { code: UnreadCode::OverLimit, reason });
    }
    Ok(())
}

/// Whether a character is white space, or rubble that prints as nothing, at the outer edge of a cell.
pub(crate) fn is_blank_char(it: char) -> bool {
    it.is_whitespace()
        || it.is_control()
        || matches!(it, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{180E}')
}

/// The text without outer white space.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank_char)
}
