//! Which characters of a text are markup, and which are signs that only look like it.
//!
//! In: a text in which `<` may be an operator (`<5%`, `<=2人`, `<**`) or begin a tag. Out: the ranges of whole tables, and
//! texts in which only real tags and entities are left for the HTML reader.

use std::ops::Range;

/// Bytes in which a tag must end. Tags that word processors write carry long styles; without a bound every `<p` that is
/// no tag would make the reader search the rest of the text.
const MAX_TAG_BYTES: usize = 4_096;

/// Longest name of an entity with its semicolon (`&CounterClockwiseContourIntegral;`, HTML Living Standard 13.5).
const MAX_ENTITY_BYTES: usize = 33;

/// Names of elements that converters and office programs leave in texts; sorted, for binary search.
/// A `<` before any other name is a character.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "input",
    "ins",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nobr",
    "o:p",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "wbr",
];

/// The text with every `<` and `&` that is no markup written as an entity, or `None` if nothing in it is markup.
pub(crate) fn escape_signs(text: &str) -> Option<String> {
    let mut acc = String::new();
    let mut has_markup = false;
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        acc.push_str(before);
        let (len, escaped) = if from.starts_with('<') { (tag_len(from), "&lt;") } else { (entity_len(from), "&amp;") };
        let (sign, after) = from.split_at(len.unwrap_or(1));
        has_markup |= len.is_some();
        // `\<b>` is a tag that a writer of Markdown found left over in a text.
        if len.is_some() && from.starts_with('<') && acc.ends_with('\\') {
            acc.pop();
        }
        acc.push_str(if len.is_some() { sign } else { escaped });
        rest = after;
    }
    acc.push_str(rest);
    has_markup.then_some(acc)
}

/// The length of the tag or comment at the start of `from`, which is `<`.
fn tag_len(from: &str) -> Option<usize> {
    let window = from.get(..from.floor_char_boundary(MAX_TAG_BYTES))?;
    if window.starts_with("<!--") {
        return window.find("-->").map(|at| at + 3);
    }
    let (name, after) = tag_name(window)?;
    let attributes_len = attributes_len(after)?;
    let attributes = after.get(..attributes_len)?;
    let is_closing = window.starts_with("</");
    if !attributes.trim_end_matches('/').trim().is_empty() && (is_closing || !are_attributes(name, attributes)) {
        return None;
    }
    Some(window.len() - after.len() + attributes_len + 1)
}

/// The name of the tag at the start of `from`, if it is an element's, and what comes after it.
fn tag_name(from: &str) -> Option<(&str, &str)> {
    let inner = from.strip_prefix("</").or_else(|| from.strip_prefix('<'))?;
    let len = inner.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b':').count();
    let (name, after) = inner.split_at(len);
    let is_ended = after.starts_with(['>', '/', ' ', '\n', '\t']);
    let is_known = ELEMENTS.binary_search_by(|it| compare_ignoring_case(it, name)).is_ok();
    (is_ended && is_known).then_some((name, after))
}

fn compare_ignoring_case(element: &str, name: &str) -> std::cmp::Ordering {
    element.bytes().cmp(name.bytes().map(|it| it.to_ascii_lowercase()))
}

/// Bytes up to the `>` that ends a tag; one inside quotes does not.
fn attributes_len(after: &str) -> Option<usize> {
    let mut quote = None;
    for (at, it) in after.bytes().enumerate() {
        match (quote, it) {
            (Some(open), _) if open == it => quote = None,
            (None, b'"' | b'\'') => quote = Some(it),
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            _ => {}
        }
    }
    // A quote that never ends belongs to no attribute.
    after.find(['<', '>']).filter(|at| after.as_bytes().get(*at) == Some(&b'>'))
}

/// Whether what stands between a tag's name and its end reads as attributes: `a <b 而且 c> d` is no tag.
fn are_attributes(name: &str, attributes: &str) -> bool {
    let attributes = attributes.trim();
    let has_value = attributes.contains('=');
    attributes.starts_with(|it: char| it.is_ascii_alphabetic())
        && (has_value || (1 < name.len() && attributes.is_ascii()))
}

/// The length of the entity at the start of `from`, which is `&`.
fn entity_len(from: &str) -> Option<usize> {
    let window = from.get(1..from.floor_char_boundary(MAX_ENTITY_BYTES))?;
    let len = window.find(';')?;
    let name = window.get(..len)?;
    let is_number = name.strip_prefix('#').is_some_and(|it| {
        let digits = it.strip_prefix(['x', 'X']).unwrap_or(it);
        !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_hexdigit())
    });
    let is_name = 1 < len && name.bytes().all(|it| it.is_ascii_alphanumeric());
    (is_number || is_name).then_some(len + 2)
}

/// The outermost tables of a text, in order. One that never ends goes to the next empty line, as in Markdown.
pub(crate) fn tables(text: &str) -> Vec<Range<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let from = text.get(at..).unwrap_or_default();
        let is_table = |prefix: &str| {
            let name_end = prefix.len();
            from.as_bytes().get(..name_end).is_some_and(|it| it.eq_ignore_ascii_case(prefix.as_bytes()))
                && matches!(from.as_bytes().get(name_end), Some(b'>' | b' ' | b'\n' | b'\t'))
        };
        if is_table("<table") {
            open.push(at);
        } else if is_table("</table")
            && let Some(start) = open.pop()
        {
            found.push(start..at + from.find('>').map_or(from.len(), |it| it + 1));
        }
    }
    let mut end = 0;
    for start in open {
        if end <= start {
            let from = text.get(start..).unwrap_or_default();
            end = start + from.find("\n\n").unwrap_or(from.len());
        }
        found.push(start..end);
    }
    found.sort_by_key(|it| (it.start, usize::MAX - it.end));
    let mut outermost: Vec<Range<usize>> = Vec::new();
    for it in found {
        match outermost.last_mut() {
            Some(last) if it.start < last.end => last.end = last.end.max(it.end),
            _ => outermost.push(it),
        }
    }
    outermost
}
