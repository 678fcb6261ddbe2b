//! Markup without what no table is made of: a page goes in, the same page without scripts, comments and attributes that
//! tell nothing comes out, so that the parser has half as much to do on a page of links.
//!
//! Every line stays where it is. What is not plain enough to be sure of stays as it is, to the end of the page: the same
//! blocks are read of both, which a test holds.

use std::borrow::Cow;

use crate::links::names_document;

/// A page shorter than this is parsed at once. Bytes.
const WORTH_BYTES: usize = 2_048;

/// Attributes that tell of tables, of what is hidden, or of what a field shows.
const TELLING: [&str; 9] = ["rowspan", "colspan", "style", "class", "role", "hidden", "type", "value", "charset"];

/// Attributes of a tag that is looked at; one with more is left to the check of their number.
const MOST_ATTRIBUTES: usize = 100;

/// Elements whose content is text to the parser and is kept; their end is looked for.
const TEXTS: [&str; 3] = ["style", "textarea", "title"];

/// Elements within or behind which a `<` means something else than elsewhere.
const ODD: [&str; 10] =
    ["svg", "math", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext", "frameset", "annotation-xml"];

/// The page without what tells nothing.
pub(crate) fn slim(text: &str) -> Cow<'_, str> {
    if text.len() < WORTH_BYTES { Cow::Borrowed(text) } else { Cow::Owned(slimmed(text)) }
}

fn slimmed(text: &str) -> String {
    let mut acc = String::with_capacity(text.len());
    let mut in_select = false;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        acc.push_str(before);
        rest = from;
        let n_kept = acc.len();
        let len = match from.as_bytes().get(1) {
            Some(b'!') if from.starts_with("<!--") => comment(from, &mut acc),
            Some(b'!' | b'?') => verbatim(from, &mut acc),
            Some(b'/') if !from.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => verbatim(from, &mut acc),
            Some(b'/') => element(from, &mut acc, &mut in_select),
            Some(it) if it.is_ascii_alphabetic() => element(from, &mut acc, &mut in_select),
            _ => {
                acc.push('<');
                Some(1)
            }
        };
        let Some(len) = len else {
            acc.truncate(n_kept);
            break;
        };
        rest = from.get(len..).unwrap_or_default();
        if rest.is_empty() {
            return acc;
        }
    }
    acc.push_str(rest);
    acc
}

/// Bytes up to the next `>`, which are kept.
fn verbatim(from: &str, acc: &mut String) -> Option<usize> {
    let len = from.find('>')? + 1;
    acc.push_str(from.get(..len)?);
    Some(len)
}

/// Bytes of a comment, of which the line ends are kept. One that ends in another way is left to the parser.
fn comment(from: &str, acc: &mut String) -> Option<usize> {
    let inside = from.get(4..)?;
    if inside.starts_with('>') || inside.starts_with("->") {
        return None;
    }
    let inside = inside.get(..inside.find("-->")?)?;
    if inside.contains("--!>") || inside.ends_with("<!-") || inside.contains("<!--") {
        return None;
    }
    acc.push_str("<!--");
    push_lines(inside, acc);
    acc.push_str("-->");
    Some(4 + inside.len() + 3)
}

/// Bytes of a tag and, if it opens text, of that.
fn element(from: &str, acc: &mut String, in_select: &mut bool) -> Option<usize> {
    let Tag { name, len, is_telling } = tag(from)?;
    let is = |it: &str| name.eq_ignore_ascii_case(it);
    let is_end = name.starts_with('/');
    if ODD.iter().any(|it| is(it)) || *in_select && TEXTS.iter().any(|it| is(it)) {
        return None;
    }
    if is("select") || is("/select") {
        *in_select = !is_end;
    }
    let whole = from.get(..len)?;
    // What a font tag says decides whether it ends a drawing.
    if is_telling || is("font") {
        acc.push_str(whole);
    } else {
        acc.push('<');
        acc.push_str(name);
        push_lines(whole, acc);
        acc.push_str(if whole.ends_with("/>") { "/>" } else { ">" });
    }
    let content = from.get(len..)?;
    if is("script") {
        let content = content.get(..end_of(content, "script")?)?;
        if content.contains("<!--") {
            return None;
        }
        push_lines(content, acc);
        return Some(len + content.len());
    }
    if let Some(name) = TEXTS.iter().find(|it| is(it)) {
        let content = content.get(..end_of(content, name)?)?;
        acc.push_str(content);
        return Some(len + content.len());
    }
    Some(len)
}

fn push_lines(text: &str, acc: &mut String) {
    acc.extend(text.bytes().filter(|it| *it == b'\n').map(char::from));
}

/// Where the end tag of this name begins.
fn end_of(content: &str, name: &str) -> Option<usize> {
    let is_end = |at: usize| {
        let from = content.as_bytes().get(at + 2..).unwrap_or_default();
        let is_named = from.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
        is_named && from.get(name.len()).is_some_and(|it| matches!(it, b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'>'))
    };
    content.match_indices("</").map(|it| it.0).find(|it| is_end(*it))
}

struct Tag<'t> {
    /// With the slash of an end tag.
    name: &'t str,
    len: usize,
    /// Whether an attribute has to stay.
    is_telling: bool,
}

/// A tag that is written as the standard wants it; `None` for any other.
fn tag(from: &str) -> Option<Tag<'_>> {
    let bytes = from.as_bytes();
    let skip = |at: usize, is: fn(u8) -> bool| {
        at + bytes.get(at..).unwrap_or_default().iter().take_while(|it| is(**it)).count()
    };
    let is_blank = |it: u8| matches!(it, b' ' | b'\t' | b'\n' | b'\r');
    let is_name = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b':' | b'.');
    let is_bare = |it: u8| {
        !matches!(it, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' | b'"' | b'\'' | b'=' | b'<' | b'>' | b'`' | b'/')
    };
    let start = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    let mut at = skip(start, is_name);
    let name = from.get(1..at)?;
    let mut is_telling = false;
    for _ in 0..=MOST_ATTRIBUTES {
        let after_blanks = skip(at, is_blank);
        match bytes.get(after_blanks)? {
            b'>' => return Some(Tag { name, len: after_blanks + 1, is_telling }),
            b'/' if bytes.get(after_blanks + 1) == Some(&b'>') => {
                return Some(Tag { name, len: after_blanks + 2, is_telling });
            }
            _ if after_blanks == at => return None,
            _ => {}
        }
        let end = skip(after_blanks, is_name);
        let attribute = from.get(after_blanks..end).filter(|it| !it.is_empty())?;
        is_telling |= TELLING.iter().any(|it| attribute.eq_ignore_ascii_case(it));
        at = end;
        let equals = skip(at, is_blank);
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let value = skip(equals + 1, is_blank);
        at = match bytes.get(value)? {
            quote @ (b'"' | b'\'') => {
                let inside = bytes.get(value + 1..)?;
                value + 1 + inside.iter().position(|it| it == quote)? + 1
            }
            _ => skip(value, is_bare),
        };
        if at == value {
            return None;
        }
        let is_link = attribute.eq_ignore_ascii_case("href");
        is_telling |= is_link && names_document(from.get(value..at)?.trim_matches(['"', '\'']));
    }
    None
}

#[cfg(test)]
mod tests {
    use gouji_model::{Block, Limits};
    use proptest::prelude::*;

    use super::*;
    use crate::walk::{Origin, blocks};
    use crate::{mime, tree};

    fn read(html: &str) -> Vec<Block> {
        let limits = Limits::default();
        let tree = tree::parse_page(html, &limits).expect("it is within the limits");
        blocks(&tree, Origin::Page, &limits).expect("it is within the limits")
    }

    #[test]
    fn what_tells_nothing_goes_and_lines_stay() {
        let check = |html: &str, want: &str| assert_eq!(slimmed(html), want);
        check("<a href=\"/x\"\ntitle='a>b'>甲</a>", "<a\n>甲</a>");
        check("<a href='a.pdf' x=1>b", "<a href='a.pdf' x=1>b");
        check("<td colspan=2 width=\"5\">1<br/>2", "<td colspan=2 width=\"5\">1<br/>2");
        check("<script src=x>if (a<b) {\n}</script >a<!-- b\nc -->d", "<script>\n</script>a<!--\n-->d");
        check("<p x y=1>a < b<p", "<p>a < b<p");
        // Whatever is odd stays, and all behind it.
        check("<b x=1><svg><a y=1></svg><a z=1>", "<b><svg><a y=1></svg><a z=1>");
        check(
            "<b x=1><script><!-- <script></script>--></script><a z=1>",
            "<b><script><!-- <script></script>--></script><a z=1>",
        );
        check("<!--><a x=1>--><b y=1>", "<!--><a x=1>--><b y=1>");
        check("<p ='x>'><a y=1>", "<p ='x>'><a y=1>");
        assert!(mime::page(b"").is_none());
    }

    fn markup() -> impl Strategy<Value = String> {
        let pieces = [
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "</td>",
            "<td rowspan=2 width=5>",
            "<td align=\"a>b\">",
            "<a href='x'>",
            "<a title=\"<b>\">",
            "</a>",
            "<b id=1>",
            "</b>",
            "<font color=red>",
            "<div class=x id=y>",
            "</div>",
            "<p align=x>",
            "<script>",
            "<script src=\"x\">",
            "</script>",
            "</script",
            "<!--",
            "-->",
            "--!>",
            "->",
            ">",
            "<!-",
            "<style>",
            "</style>",
            "<textarea rows=2>",
            "</textarea>",
            "<title x=1>",
            "</title>",
            "<select name=x>",
            "</select>",
            "<option value=1>",
            "<svg width=1>",
            "</svg>",
            "<math>",
            "</math>",
            "<noscript>",
            "</noscript>",
            "<iframe src=x>",
            "</iframe>",
            "<br/>",
            "<br x=1 />",
            "<li x=1>",
            "<ul id=2>",
            "</ul>",
            "<input value=3 name=y>",
            "<?php x ?>",
            "<!doctype html>",
            "</>",
            "</ x>",
            "<p =a>",
            "<p a='",
            "<p a=\"",
            "'",
            "\"",
            "甲",
            " ",
            "\n",
            "5",
            "<",
            "< a",
            "&lt;",
            "<a\nhref=x\n>",
            "<template>",
            "</template>",
            "<form action=x>",
            "<caption>",
            "<a x=y/z>",
            "<a x= >",
            "<p a=b'c>",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..50).prop_map(|it| it.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_same_is_read_of_the_slim_page(html in markup()) {
            prop_assert_eq!(read(&slimmed(&html)), read(&html));
        }
    }
}
