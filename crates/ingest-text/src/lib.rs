//! OCR text, tab-separated dumps, CSV and Markdown into documents.
//!
//! In: the bytes of a document and the format that they are in. Out: a [`Document`] of text and grids in reading order,
//! raw, each cell with its line and column. Nothing is repaired here: a cell stands in the column in which it was printed.
//! Pieces of HTML inside a text go through `gouji-ingest-html`.

mod assemble;
mod cell;
mod counted;
mod lines;
mod markdown;
mod markup;
mod pipes;
mod rows;
mod separated;

use cell::Marks;
use gouji_model::{Document, Format, Limits, ReadError, Source};

/// Reads a text.
///
/// Rows of tabs and rows of pipes are understood in [`Format::OcrText`] and in [`Format::Markdown`]; these differ in the
/// marks of their prose only. A line of text counts as one cell towards the limit of cells.
///
/// # Errors
/// E02 if the bytes are not text; E04 if the document, a cell, a line or the number of cells is over its limit, with the
/// line.
pub fn read(source: &Source<'_>, format: Format, limits: &Limits) -> Result<Document, ReadError> {
    let text = gouji_ingest_html::decode(source, limits, None)?;
    let text = lines::with_unix_line_ends(text);
    let blocks = match format {
        Format::Csv => separated::read(&text, limits)?,
        Format::Markdown => rows::read(&text, Marks::Markdown, limits)?,
        _ => rows::read(&text, Marks::Plain, limits)?,
    };
    Ok(Document::new(format, blocks))
}
