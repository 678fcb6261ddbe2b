//! Bytes into text: which encoding they are in, and whether they are text at all.
//!
//! In: the bytes of a document. Out: its text without a byte order mark, or why it is none.
//! The text reader uses this too: published forms come in the same encodings whatever their markup.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use gouji_model::{Limits, ReadError, Source, UnreadCode};

/// Characters in a thousand that may be control characters or undecodable before a file counts as binary.
/// Text that a converter damaged holds a few (white space and form feeds aside); pictures and programs that decode by
/// chance hold more than one in ten.
const MAX_RUBBLE_PER_MILLE: usize = 50;

/// Valid multi-byte characters that must stand against each invalid sequence for damaged UTF-8 to count as UTF-8.
/// Chinese text in GB18030 read as UTF-8 has more invalid sequences than valid characters; a text that was cut or
/// glued by bytes has one at each seam.
const MIN_VALID_PER_INVALID: usize = 20;

/// The text of a document: by its byte order mark, else by `declared` (what its markup says), else UTF-8, else GB18030.
///
/// A character that is cut off at the end, and the seams of a text that was glued together by bytes, become U+FFFD.
///
/// # Errors
/// E04 if the document is larger than `limits.document_bytes`; E02 if it is not text, with the place that shows it.
pub fn decode<'a>(
    source: &Source<'a>,
    limits: &Limits,
    declared: Option<&'static Encoding>,
) -> Result<Cow<'a, str>, ReadError> {
    let bytes = source.bytes;
    if limits.document_bytes < bytes.len() {
        let reason = format!("document of {} bytes is over the limit of {} bytes", bytes.len(), limits.document_bytes);
        return Err(ReadError { code: UnreadCode::OverLimit, reason });
    }
    let (encoding, mark_len) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let body = bytes.get(mark_len..).unwrap_or_default();
    let text = if encoding == UTF_16LE || encoding == UTF_16BE {
        encoding.decode_without_bom_handling(body).0
    } else if let Ok(text) = std::str::from_utf8(body) {
        Cow::Borrowed(text)
    } else {
        decode_unmarked(body, declared)?
    };
    // Valid UTF-8 holds what its writer meant; only what was decoded by other ways can show that it is no text.
    let n_lost = match &text {
        Cow::Borrowed(_) => 0,
        Cow::Owned(text) => text.chars().filter(|it| *it == char::REPLACEMENT_CHARACTER).count(),
    };
    check_is_text(&text, n_lost)?;
    Ok(text)
}

fn decode_unmarked<'a>(body: &'a [u8], declared: Option<&'static Encoding>) -> Result<Cow<'a, str>, ReadError> {
    let declared = declared.filter(|it| *it != UTF_8 && *it != UTF_16LE && *it != UTF_16BE);
    if let Some(encoding) = declared
        && let Some(text) = decode_whole(encoding, body)
    {
        return Ok(Cow::Owned(text));
    }
    if is_damaged_utf8(body) {
        return Ok(String::from_utf8_lossy(body));
    }
    match decode_whole(GB18030, body) {
        Some(text) => Ok(Cow::Owned(text)),
        None => {
            let offset = std::str::from_utf8(body).map_or_else(|err| err.valid_up_to(), str::len);
            let reason = format!("byte {offset}: not text, as it is neither UTF-8 nor GB18030");
            Err(ReadError { code: UnreadCode::UnknownFormat, reason })
        }
    }
}

/// The text if every byte decodes; a last character that is cut off does no harm.
fn decode_whole(encoding: &'static Encoding, body: &[u8]) -> Option<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(body.len())?;
    let mut text = String::with_capacity(room);
    // `last` is false so that a cut character at the end stays in the decoder instead of being an error.
    match decoder.decode_to_string_without_replacement(body, &mut text, false) {
        (DecoderResult::InputEmpty, _) => {}
        (DecoderResult::Malformed(..) | DecoderResult::OutputFull, _) => return None,
    }
    let mut rest = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(0)?.max(8));
    if let (DecoderResult::Malformed(..), _) = decoder.decode_to_string_without_replacement(b"", &mut rest, true) {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    let mark = '\u{FEFF}';
    Some(text.strip_prefix(mark).map(str::to_owned).unwrap_or(text))
}

fn is_damaged_utf8(body: &[u8]) -> bool {
    // A text that was only cut off inside a character.
    if std::str::from_utf8(body).is_err_and(|err| err.error_len().is_none()) {
        return true;
    }
    let (mut n_valid, mut n_invalid) = (0_usize, 0_usize);
    for part in body.utf8_chunks() {
        n_valid += part.valid().chars().filter(|it| !it.is_ascii()).count();
        n_invalid += usize::from(!part.invalid().is_empty());
    }
    n_invalid.saturating_mul(MIN_VALID_PER_INVALID) <= n_valid
}

fn check_is_text(text: &str, n_lost: usize) -> Result<(), ReadError> {
    let is_control = |it: u8| it < b'\t' || (b'\r' < it && it < b' ') || it == 0x7F;
    // No early end: a loop without branches runs over the whole document many bytes at a time.
    let has_control = text.bytes().fold(false, |acc, it| acc | is_control(it));
    let n_control = if has_control { text.bytes().filter(|it| is_control(*it)).count() } else { 0 };
    let place = |offset: usize| {
        let line = text.get(..offset).unwrap_or_default().bytes().filter(|it| *it == b'\n').count() + 1;
        format!("line {line}, byte {offset}")
    };
    if 0 < n_control
        && let Some(offset) = text.bytes().position(|it| it == 0)
    {
        let reason = format!("{}: not text, as it holds a NUL byte", place(offset));
        return Err(ReadError { code: UnreadCode::UnknownFormat, reason });
    }
    let n_rubble = n_control + n_lost;
    if n_rubble == 0 {
        return Ok(());
    }
    let n_chars = text.chars().count();
    // One or two are no measure in a short text.
    if 2 < n_rubble && n_chars.saturating_mul(MAX_RUBBLE_PER_MILLE) < n_rubble.saturating_mul(1000) {
        let is_rubble = |it: char| it.is_control() && !matches!(it, '\t'..='\r') || it == char::REPLACEMENT_CHARACTER;
        let offset = text.find(is_rubble).unwrap_or_default();
        let reason = format!("{}: not text, as {n_rubble} of {n_chars} characters cannot be printed", place(offset));
        return Err(ReadError { code: UnreadCode::UnknownFormat, reason });
    }
    Ok(())
}
