//! Leftover: markup of another format that a converter left as characters.
//!
//! In: the text of a cell. Out: its text without tags that only shape (`<p>`, `<strong>`), with entities written out and
//! without emphasis around the whole, or nothing if there is none of it. The characters that were read stay in `raw`.

/// Elements that say how a text looks and nothing else; a `<` before any other name is a character. Sorted.
const SHAPES: &[&str] =
    &["b", "big", "center", "div", "em", "font", "i", "o:p", "p", "small", "span", "strong", "sub", "sup", "u"];

/// Entities of signs that forms print, and what they stand for.
const ENTITIES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&ensp;", " "),
    ("&emsp;", " "),
    ("&ge;", "≥"),
    ("&le;", "≤"),
    ("&gt;", ">"),
    ("&lt;", "<"),
    ("&times;", "×"),
    ("&quot;", "\""),
    ("&amp;", "&"),
];

/// Marks of emphasis; a single star or line is more likely a sign of the text.
const EMPHASES: &[&str] = &["***", "___", "**", "__"];

/// Bytes in which a tag must end: without a bound every `<p` that is no tag would search the rest of the text.
const MAX_TAG_BYTES: usize = 400;

/// The text without leftover markup, or `None` if it has none.
pub(crate) fn plain(text: &str) -> Option<String> {
    if !text.bytes().any(|it| matches!(it, b'<' | b'&' | b'*' | b'_')) {
        return None;
    }
    let mut acc = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        acc.push_str(before);
        let entity = ENTITIES.iter().find(|it| from.starts_with(it.0));
        let (sign, used) = match (entity, tag(from)) {
            (Some((name, sign)), _) => (*sign, name.len()),
            (None, Some(tag)) => (if tag.is_break { "\n" } else { "" }, tag.len),
            (None, None) => (from.get(..1).unwrap_or_default(), 1),
        };
        acc.push_str(sign);
        rest = from.get(used..).unwrap_or_default();
    }
    acc.push_str(rest);
    let plain = without_emphasis(&acc).to_owned();
    (plain != text).then_some(plain)
}

struct Tag {
    len: usize,
    is_break: bool,
}

/// The tag at the start of `from`, which is `<`.
fn tag(from: &str) -> Option<Tag> {
    let inner = from.strip_prefix("</").or_else(|| from.strip_prefix('<'))?;
    let name_len = inner.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b':').count();
    let (name, after) = inner.split_at(name_len);
    let is_break = name.eq_ignore_ascii_case("br");
    let is_shape = SHAPES.binary_search(&name.to_ascii_lowercase().as_str()).is_ok();
    let window = after.get(..after.floor_char_boundary(MAX_TAG_BYTES))?;
    let attributes_len = window.find(['<', '>']).filter(|at| window.as_bytes().get(*at) == Some(&b'>'))?;
    let attributes = window.get(..attributes_len)?.trim().trim_end_matches('/');
    // `a <b 且 c> d` is no tag.
    let is_tag = attributes.is_empty() || (attributes.contains('=') && after.starts_with(char::is_whitespace));
    let len = from.len() - after.len() + attributes_len + 1;
    ((is_break || is_shape) && is_tag).then_some(Tag { len, is_break })
}

/// The text without marks around the whole of it. Stars that stand for a figure (`**`, `≥**`) or for a hidden name
/// (`王**`) have no partner at the other end.
fn without_emphasis(text: &str) -> &str {
    let bare = text.trim();
    for mark in EMPHASES {
        let inner = bare.strip_prefix(mark).and_then(|it| it.strip_suffix(mark));
        if let Some(inner) = inner
            && inner.chars().any(|it| !matches!(it, '*' | '_') && !it.is_whitespace())
            && !inner.contains(mark)
            && !inner.starts_with(['*', '_'])
            && !inner.ends_with(['*', '_'])
        {
            return inner;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_come_off_and_signs_stay() {
        let check = |text: &str, want: Option<&str>| assert_eq!(plain(text).as_deref(), want, "{text}");
        check("<p>修缮阅览室</p>", Some("修缮阅览室"));
        check("<span style=\"font-size:12px\">74人</span>", Some("74人"));
        check("修缮<br/>阅览室", Some("修缮\n阅览室"));
        check("&ge;95%", Some("≥95%"));
        check("修缮&nbsp;阅览室", Some("修缮 阅览室"));
        check("**74人**", Some("74人"));
        check("__数量指标__", Some("数量指标"));
        check("**—**", Some("—"));
        for text in
            ["<5%", "a <b 且 c> d", "≥**", "**", "****", "王**", "**镇和**村修路", "72人*4000元*2", "A&B", "<**"]
        {
            check(text, None);
        }
    }

    #[test]
    fn names_are_sorted() {
        assert!(SHAPES.is_sorted());
    }
}
