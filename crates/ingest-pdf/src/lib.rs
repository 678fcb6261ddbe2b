//! PDFs with a text layer.
//!
//! In go the bytes of a PDF, out comes a `Document`: the text outside tables in reading order, and the tables as grids,
//! every cell with its page and its box. Nothing is repaired here; text that cannot be trusted is not half read.
#![expect(clippy::float_arithmetic, reason = "geometry of pages in points; no figure of a form is computed here")]

mod document;
mod encodings;
mod growing;
pub mod lattice;
pub mod page;
mod radicals;
pub mod rulings;
pub mod words;

use gouji_model::{Document, Format, Limits, ReadError, Source, UnreadCode};
use hayro_interpret::{InterpreterCache, InterpreterSettings, RenderContent};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use page::{Page, Text};

/// Reads a PDF.
///
/// # Errors
/// If it is no PDF (E01), wants a password (E03), has more than a document may have (E04), or has no text that could be
/// trusted on any page (E01).
pub fn read(source: &Source<'_>, limits: &Limits) -> Result<Document, ReadError> {
    let pages = pages(source, limits)?;
    if pages.iter().all(|it| trust(it) != Trust::Text) {
        let reason = match pages.iter().any(|it| trust(it) == Trust::Garbled) {
            true => "its fonts do not tell which characters they print; it wants optical character recognition",
            false => "no page has text; it is pictures of paper, which want optical character recognition",
        };
        return Err(ReadError { code: UnreadCode::NotReadable, reason: reason.to_owned() });
    }
    Ok(Document { format: Format::Pdf, blocks: document::blocks(&pages) })
}

/// The pages as they are painted.
///
/// # Errors
/// As [`read`], but for the last.
pub fn pages(source: &Source<'_>, limits: &Limits) -> Result<Vec<Page>, ReadError> {
    let error = |code, reason: String| Err(ReadError { code, reason });
    if source.bytes.len() > limits.document_bytes {
        return error(
            UnreadCode::OverLimit,
            format!("{} bytes; at most {} are read", source.bytes.len(), limits.document_bytes),
        );
    }
    let pdf = match Pdf::new(source.bytes.to_vec()) {
        Ok(it) => it,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return error(UnreadCode::Encrypted, "it wants a password".to_owned());
        }
        Err(LoadPdfError::Decryption(it)) => {
            return error(UnreadCode::Encrypted, format!("it is encrypted in a way that is not understood ({it:?})"));
        }
        Err(LoadPdfError::Invalid) => {
            return error(UnreadCode::NotReadable, "it is no PDF, or broken beyond reading".to_owned());
        }
    };
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let mut acc = Vec::new();
    for it in pdf.pages().iter() {
        let page = page::read(it, &cache, &settings);
        if page.is_cut {
            return error(UnreadCode::OverLimit, format!("page {} has more marks than a page may have", acc.len() + 1));
        }
        acc.push(page);
    }
    Ok(acc)
}

/// What the text of a page is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It says what is printed.
    Text,
    /// Fonts do not tell what they print.
    Garbled,
    /// There is none.
    None,
}

/// A page is garbled if more than this share of its characters is unknown, in percent: a bullet from a symbol font is
/// one in a hundred.
const GARBLED: usize = 2;

/// What the text of a page is worth.
pub fn trust(page: &Page) -> Trust {
    let visible = page.chars.iter().filter(|it| !it.text.is_blank() && !it.is_invisible);
    let (mut n, mut n_unknown) = (0_usize, 0_usize);
    for it in visible {
        n += 1;
        n_unknown += usize::from(it.text == Text::One(char::REPLACEMENT_CHARACTER));
    }
    match n {
        0 => Trust::None,
        _ if n_unknown * 100 > n * GARBLED => Trust::Garbled,
        _ => Trust::Text,
    }
}
