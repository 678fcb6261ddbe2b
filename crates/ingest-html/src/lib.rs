//! HTML into grids and text: whole pages, and markup that stands inside a text.
//!
//! In: bytes or a piece of markup. Out: a [`Document`] or blocks, raw, in reading order. Tables keep their spans;
//! a table inside a cell is a grid of its own that names the cell; documents that a page links are named; LaTeX that a converter left is written out as the
//! characters that it stands for.

mod decode;
mod display;
mod flow;
mod links;
mod math;
mod mime;
mod slim;
mod table;
mod tags;
mod tree;
mod walk;

use encoding_rs::Encoding;
use gouji_model::{Block, Document, Format, Limits, Place, ReadError, Source};

pub use decode::decode;
pub use math::plain as plain_math;
use walk::Origin;

/// Bytes at the start of a page in which its encoding is looked for.
/// The HTML standard says 1,024; pages of government sites put long comments and scripts before it.
const META_BYTES: usize = 4_096;

/// Reads a whole page, or one that a browser saved as one file with all that it shows. Places hold the line of the element; columns are those of its table.
///
/// # Errors
/// E02 if the bytes are not text; E04 if the document, a cell, the number of cells or the depth of the markup is over its
/// limit.
pub fn read(source: &Source<'_>, limits: &Limits) -> Result<Document, ReadError> {
    let saved = mime::page(source.bytes);
    let (source, of_file) = match &saved {
        Some(page) => (&Source { bytes: &page.bytes, ..*source }, page.encoding),
        None => (source, None),
    };
    let text = decode(source, limits, of_file.or_else(|| declared_encoding(source.bytes)))?;
    let tree = tree::parse_page(&slim::slim(&text), limits)?;
    let blocks = walk::blocks(&tree, Origin::Page, limits)?;
    Ok(Document { notes: links::remarks(&tree), ..Document::new(Format::Html, blocks) })
}

/// Reads markup that stands in a text, as a browser would show it. `place` is where it begins; blocks have this place,
/// with the line of their element.
///
/// Rows or cells without their table, as when a table is cut, are read as a table.
///
/// # Errors
/// E04 as [`read`].
pub fn fragment(html: &str, place: &Place, limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let has_tag = |name: &str| {
        html.match_indices('<').any(|(at, _)| {
            let from = html.as_bytes().get(at + 1..).unwrap_or_default();
            from.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
        })
    };
    let is_cut_table = !has_tag("table") && (has_tag("td") || has_tag("tr") || has_tag("th>") || has_tag("th "));
    let tree = if is_cut_table {
        tree::parse_fragment(&format!("<table>{html}"), limits)?
    } else {
        tree::parse_fragment(html, limits)?
    };
    walk::blocks(&tree, Origin::Text(place), limits)
}

/// The encoding that the page's own markup names. One byte a character cannot hold Chinese: who says so is wrong.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..META_BYTES.min(bytes.len()))?;
    let key = b"charset";
    let at = start.windows(key.len()).position(|it| it.eq_ignore_ascii_case(key))?;
    let after = start.get(at + key.len()..)?;
    let skipped = after.iter().take_while(|it| matches!(it, b' ' | b'=' | b'"' | b'\'' | b'\t')).count();
    let label = after.get(skipped..)?;
    let len = label.iter().take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_')).count();
    Encoding::for_label(label.get(..len)?).filter(|it| !it.is_single_byte())
}
