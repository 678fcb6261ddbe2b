//! Word documents (`docx`, `docm`): text and tables in reading order, as they are printed.
//!
//! In go the bytes of a document, out come its blocks, raw, and the workbooks and other documents embedded in it as parts.
//! Tracked changes are read in their final view; hidden text, comments, notes, headers and footers are left out. A place has
//! as `line` how many paragraphs and table rows there are up to it, as `column` the column of its table or the character.

mod body;
mod embedded;
mod flow;
mod names;
mod package;
mod run;
mod styles;
mod symbols;
mod table;

use gouji_model::{Document, Format, Limits, ReadError, Reading, Source, UnreadCode};

use package::Package;

/// Reads a document.
///
/// # Errors
/// E01 if it is no Word document or is broken, E03 if it wants a password, E04 if it unpacks to more than its limits.
pub fn read(source: &Source<'_>, limits: &Limits) -> Result<Reading, ReadError> {
    if limits.document_bytes < source.bytes.len() {
        let reason = format!("{} bytes; at most {} are read", source.bytes.len(), limits.document_bytes);
        return Err(ReadError { code: UnreadCode::OverLimit, reason });
    }
    let mut package = Package::open(source.bytes, limits)?;
    let main = package.main_document();
    let styles = styles::read(&mut package, &main)?;
    let relations = package.relations(&main)?;
    let text = package.text(&main)?;
    let body = body::read(&text, &styles, limits)?;
    drop(text);
    let embedded = embedded::parts(&mut package, &main, &relations, body.objects)?;
    let left_out = joined(embedded.left_out, body.n_page_pictures);
    match left_out {
        Some(error) if body.blocks.is_empty() && embedded.parts.is_empty() => Err(error),
        left_out => {
            let document = Document { parts: embedded.parts, ..Document::new(Format::Docx, body.blocks) };
            Ok(Reading { document, left_out })
        }
    }
}

/// What is told of embedded documents that are not here, and of pages that are pictures.
fn joined(left_out: Option<ReadError>, n_page_pictures: usize) -> Option<ReadError> {
    if n_page_pictures == 0 {
        return left_out;
    }
    let reason = match n_page_pictures {
        1 => "a picture as large as a page is not read".to_owned(),
        n => format!("{n} pictures as large as a page are not read"),
    };
    Some(match left_out {
        Some(it) => ReadError { reason: format!("{}; {reason}", it.reason), ..it },
        None => ReadError { code: UnreadCode::Untrusted, reason },
    })
}
