//! PDFs with a text layer.
//!
//! In go the bytes of a PDF, out comes a `Document`: the text outside tables in reading order, and the tables as grids,
//! every cell with its page and its box. Nothing is repaired here; text that cannot be trusted is not half read.
#![expect(clippy::float_arithmetic, reason = "geometry of pages in points; no figure of a form is computed here")]

mod attachments;
mod document;
pub mod dump;
mod encodings;
mod growing;
pub mod lattice;
pub mod page;
mod radicals;
pub mod rulings;
mod stream;
mod trust;
pub mod turn;
mod visible;
pub mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gouji_model::{Document, Format, Limits, ReadError, Reading, Source, UnreadCode};
use hayro_interpret::{InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use page::Page;
pub use trust::{Trust, trust};

/// Reads a PDF; pages that cannot be trusted are left out, and what is attached is handed back as parts.
///
/// # Errors
/// If it is no PDF (E01), wants a password (E03), has more than a document may have (E04), or has no page left whose text
/// can be trusted (E07).
pub fn read(source: &Source<'_>, limits: &Limits) -> Result<Reading, ReadError> {
    let pdf = open(source, limits)?;
    let (blocks, of_pages) = document::blocks(&pages_of(&pdf)?);
    let (parts, of_parts) = attachments::attachments(&pdf, limits, blocks.len());
    let left_out = match (of_pages, of_parts) {
        (Some(pages), Some(parts)) => {
            Some(ReadError { reason: format!("{}; {}", pages.reason, parts.reason), ..pages })
        }
        (pages, parts) => pages.or(parts),
    };
    match left_out {
        Some(error) if blocks.is_empty() && parts.is_empty() => Err(error),
        left_out => Ok(Reading { document: Document { parts, ..Document::new(Format::Pdf, blocks) }, left_out }),
    }
}

/// The pages as they are painted.
///
/// # Errors
/// As [`read`], but for E07.
pub fn pages(source: &Source<'_>, limits: &Limits) -> Result<Vec<Page>, ReadError> {
    pages_of(&open(source, limits)?)
}

fn refused<T>(code: UnreadCode, reason: String) -> Result<T, ReadError> {
    Err(ReadError { code, reason })
}

fn open(source: &Source<'_>, limits: &Limits) -> Result<Pdf, ReadError> {
    if source.bytes.len() > limits.document_bytes {
        return refused(
            UnreadCode::OverLimit,
            format!("{} bytes; at most {} are read", source.bytes.len(), limits.document_bytes),
        );
    }
    let pdf = match Pdf::new(source.bytes.to_vec()) {
        Ok(it) => it,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return refused(UnreadCode::Encrypted, "it wants a password".to_owned());
        }
        Err(LoadPdfError::Decryption(it)) => {
            return refused(UnreadCode::Encrypted, format!("it is encrypted in a way that is not understood ({it:?})"));
        }
        Err(LoadPdfError::Invalid) => {
            return refused(UnreadCode::NotReadable, "it is no PDF, or broken beyond reading".to_owned());
        }
    };
    if is_cut_off(source.bytes) {
        return refused(UnreadCode::NotReadable, "it is cut off: the end of the file is missing".to_owned());
    }
    Ok(pdf)
}

fn pages_of(pdf: &Pdf) -> Result<Vec<Page>, ReadError> {
    let is_lossy = Arc::new(AtomicBool::new(false));
    let sink = Arc::clone(&is_lossy);
    let mut settings = InterpreterSettings {
        // Pictures are not decoded here; and a box that is not ticked has no appearance by the standard.
        warning_sink: Arc::new(move |it| {
            if matches!(it, InterpreterWarning::UnsupportedFont) {
                sink.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut acc = Vec::new();
    for it in pdf.pages().iter() {
        settings.render_content = if page::is_filled_in(it) { RenderContent::all() } else { RenderContent::PAGE };
        is_lossy.store(false, Ordering::Relaxed);
        let mut page = page::read(it, &cache, &settings);
        page.is_lossy = is_lossy.load(Ordering::Relaxed);
        if page.is_cut {
            return refused(
                UnreadCode::OverLimit,
                format!("page {} has more marks than a page may have", acc.len() + 1),
            );
        }
        acc.push(page);
    }
    if acc.is_empty() {
        return refused(UnreadCode::NotReadable, "it is a PDF without a page".to_owned());
    }
    Ok(acc)
}

/// Whether the end of a file is missing: behind the last object there is always a word on where the table of objects
/// starts. Pages may be found in the rest, but not all of them.
fn is_cut_off(bytes: &[u8]) -> bool {
    let last = |what: &[u8]| bytes.windows(what.len()).rposition(|it| it == what);
    last(b"endobj").is_some_and(|object| last(b"startxref").is_none_or(|table| table < object))
}
