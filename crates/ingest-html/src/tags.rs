//! Tags with so many attributes that the parser would not end in time.
//!
//! In: markup. Out: an error that says where, before the markup is parsed: the parser compares each attribute of a tag
//! with all attributes before it, so that its time grows with the square of their number.

use gouji_model::{ReadError, UnreadCode};

/// Attributes of one tag. Pages have a few dozen at most; this many take the parser a few milliseconds.
const MAX_ATTRIBUTES: usize = 2_000;

/// Elements whose content is no markup: a `<` in them starts no tag.
const RAW_ELEMENTS: [&str; 4] = ["script", "style", "textarea", "title"];

/// Makes sure that no tag has more than [`MAX_ATTRIBUTES`] attributes.
///
/// # Errors
/// E04 with the line of the tag.
pub(crate) fn check(text: &str) -> Result<(), ReadError> {
    // Most markup is far too short to need more than this.
    if text.len() < MAX_ATTRIBUTES * 2 {
        return Ok(());
    }
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let from = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = from.strip_prefix("!--") {
            rest = comment.find("-->").and_then(|at| comment.get(at + 3..)).unwrap_or_default();
            continue;
        }
        if !from.trim_start_matches('/').starts_with(|it: char| it.is_ascii_alphabetic()) {
            rest = from;
            continue;
        }
        let (len, n_attributes) = tag(from.as_bytes());
        if MAX_ATTRIBUTES < n_attributes {
            let before = text.get(..text.len() - from.len()).unwrap_or_default();
            let line = before.bytes().filter(|it| *it == b'\n').count() + 1;
            let reason = format!("line {line}: a tag with more than the limit of {MAX_ATTRIBUTES} attributes");
            return Err(ReadError { code: UnreadCode::OverLimit, reason });
        }
        rest = from.get(len..).unwrap_or_default();
        if let Some(name) = RAW_ELEMENTS.iter().find(|it| has_name(from, it)) {
            rest = after_raw(rest, name);
        }
    }
    Ok(())
}

/// Bytes of a tag after its `<`, and how many attributes it may have: pieces between blanks, slashes and quotes.
fn tag(from: &[u8]) -> (usize, usize) {
    let mut quote = None;
    let mut is_value = false;
    let mut is_between = false;
    let mut n_attributes = 0;
    for (at, it) in from.iter().copied().enumerate() {
        match (quote, it) {
            (Some(open), _) => {
                if open == it {
                    quote = None;
                    is_between = true;
                }
            }
            (None, b'>') => return (at, n_attributes),
            (None, b'"' | b'\'') if is_value => {
                quote = Some(it);
                is_value = false;
            }
            (None, b'=') => is_value = true,
            (None, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' | b'/') => is_between = true,
            (None, _) => {
                n_attributes += usize::from(is_between && !is_value);
                is_between = false;
                is_value = false;
            }
        }
    }
    (from.len(), n_attributes)
}

fn has_name(from: &str, name: &str) -> bool {
    let bytes = from.as_bytes();
    bytes.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(name.len()).is_some_and(|it| !it.is_ascii_alphanumeric())
}

/// What comes after the content of a raw element; nothing if it never ends.
fn after_raw<'a>(rest: &'a str, name: &str) -> &'a str {
    let end = rest.match_indices("</").find(|it| has_name(rest.get(it.0 + 2..).unwrap_or_default(), name));
    end.and_then(|it| rest.get(it.0..)).unwrap_or_default()
}
