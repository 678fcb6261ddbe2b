//! OCR text, tab-separated dumps, CSV and Markdown into documents.
//!
//! In: the bytes of a document and the format that they are in. Out: a [`Document`] of text and grids in reading order,
//! raw, each cell with its line and column. Nothing is repaired here: a cell stands in the column in which it was printed.

mod assemble;
mod cell;
mod lines;
mod rows;

use gouji_model::{Document, Format, Limits, ReadError, Source};

/// Reads a text.
///
/// # Errors
/// E02 if the bytes are not text; E04 if the document, a cell or the number of cells is over its limit, with the line.
pub fn read(source: &Source<'_>, format: Format, limits: &Limits) -> Result<Document, ReadError> {
    let text = gouji_ingest_html::decode(source, limits, None)?;
    let text = lines::with_unix_line_ends(text);
    let blocks = rows::read(&text, limits)?;
    Ok(Document { format, blocks })
}
