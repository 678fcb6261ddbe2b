//! Pages saved as one file with all that they show (`.mht`, `.mhtml`): the file goes in, its page comes out.
//!
//! Source: RFC 2557 for what such a file is, RFC 2045 and 2046 for its parts and how they are written.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// Bytes at the start of a file that its head stands in.
const HEAD_BYTES: usize = 4_096;
/// Parts that are looked at for the page; it is the first that is one, behind at most a few pictures.
const MOST_PARTS: usize = 1_000;

/// The page in a saved file, and the encoding that the file names for it.
pub(crate) struct Page<'b> {
    pub(crate) bytes: Cow<'b, [u8]>,
    pub(crate) encoding: Option<&'static Encoding>,
}

/// The page of a file that holds several parts; `None` if it is no such file.
pub(crate) fn page(bytes: &[u8]) -> Option<Page<'_>> {
    let (head, body) = split_head(bytes, HEAD_BYTES)?;
    let kind = field(&head, "content-type")?;
    if !kind.to_ascii_lowercase().starts_with("multipart/related") {
        return None;
    }
    let boundary = format!("--{}", parameter(&kind, "boundary")?);
    let mut rest = behind(body, boundary.as_bytes())?;
    for _ in 0..MOST_PARTS {
        let end = find(rest, boundary.as_bytes()).unwrap_or(rest.len());
        let part = rest.get(..end)?;
        if let Some((head, content)) = split_head(part.trim_ascii_start(), HEAD_BYTES)
            && let Some(kind) = field(&head, "content-type")
            && kind.to_ascii_lowercase().starts_with("text/html")
        {
            let bytes =
                match field(&head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
                    "quoted-printable" => Cow::Owned(unquoted(content)),
                    "base64" => Cow::Owned(from_base64(content)),
                    _ => Cow::Borrowed(content),
                };
            let encoding = parameter(&kind, "charset").and_then(|it| Encoding::for_label(it.as_bytes()));
            return Some(Page { bytes, encoding: encoding.filter(|it| !it.is_single_byte()) });
        }
        rest = behind(rest, boundary.as_bytes())?;
    }
    None
}

/// The head, its lines joined where they go on, and what stands behind the blank line after it.
fn split_head(bytes: &[u8], longest: usize) -> Option<(String, &[u8])> {
    let start = bytes.get(..longest.min(bytes.len()))?;
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let (at, len) = ends.iter().filter_map(|it| Some((find(start, it)?, it.len()))).min()?;
    let head = String::from_utf8_lossy(start.get(..at)?).replace("\r\n", "\n");
    Some((head.replace("\n ", " ").replace("\n\t", " "), bytes.get(at + len..)?))
}

fn field(head: &str, name: &str) -> Option<String> {
    let named = |it: &str| {
        let (key, value) = it.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    };
    head.lines().find_map(named)
}

fn parameter(value: &str, name: &str) -> Option<String> {
    let named = |it: &str| {
        let (key, value) = it.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    };
    value.split(';').skip(1).find_map(named).filter(|it| !it.is_empty())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|it| it == what)
}

fn behind<'b>(bytes: &'b [u8], what: &[u8]) -> Option<&'b [u8]> {
    bytes.get(find(bytes, what)? + what.len()..)
}

/// Text in which bytes are written as `=XX` and a `=` at the end of a line joins it with the next (RFC 2045, 6.7).
fn unquoted(text: &[u8]) -> Vec<u8> {
    let mut acc = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'=' {
            acc.push(*first);
        } else if let Some(after) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) {
            rest = after;
        } else if let Some((digits, after)) = after.split_first_chunk::<2>()
            && let Some(byte) = std::str::from_utf8(digits).ok().and_then(|it| u8::from_str_radix(it, 16).ok())
        {
            acc.push(byte);
            rest = after;
        } else {
            acc.push(b'=');
        }
    }
    acc
}

fn from_base64(text: &[u8]) -> Vec<u8> {
    let value = |it: u8| {
        Some(u32::from(match it {
            b'A'..=b'Z' => it - b'A',
            b'a'..=b'z' => it - b'a' + 26,
            b'0'..=b'9' => it - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }))
    };
    let (mut acc, mut bits, mut n_bits) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for it in text.iter().filter_map(|it| value(*it)) {
        bits = (bits << 6 | it) & 0xFF_FFFF;
        n_bits += 6;
        if 8 <= n_bits {
            n_bits -= 8;
            acc.extend((bits >> n_bits).to_le_bytes().first());
        }
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_saved_file_is_found() {
        let file = |written: &str, content: &str| {
            format!(
                "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\t\
                 boundary=\"--x--\"\r\n\r\n\r\n----x--\r\nContent-Type: image/png\r\n\r\nPNG\r\n----x--\r\n\
                 Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: {written}\r\n\r\n{content}\r\n\
                 ----x----\r\n"
            )
        };
        let check = |written: &str, content: &str, want: &str| {
            let file = file(written, content);
            let page = page(file.as_bytes()).expect("there is a page");
            assert_eq!(page.encoding.map(Encoding::name), Some("GBK"));
            assert_eq!(String::from_utf8_lossy(&page.bytes).trim_end(), want);
        };
        check("quoted-printable", "<p>=E8=A1=\r\n=A8 a=3Db=zz", "<p>表 a=b=zz");
        check("base64", "PHA+6KGo\r\nPC9wPg==", "<p>表</p>");
        check("8bit", "<p>表", "<p>表");
        assert!(page(b"<html><p>Content-Type: multipart/related</html>").is_none());
        assert!(page(b"Content-Type: multipart/related; boundary=x\n\n--x\nno head").is_none());
    }
}
