//! Characters of embedded fonts that do not tell them: from the name of the font's encoding.
//!
//! Chinese word processors embed fonts with a predefined encoding and no table to Unicode. The codes of those encodings
//! are GBK, GB 18030 or UTF-16 themselves, so that the code that selected a glyph says which character it is. In goes
//! a page's fonts and a glyph, out comes its character.

use std::collections::BTreeMap;

use encoding_rs::GB18030;
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_syntax::page::{Page, Resources};

/// How deep forms within forms are looked into for fonts.
const DEEP: usize = 4;
/// How many fonts are looked at in all: a file may refer to itself.
const MOST_FONTS: usize = 2_000;

/// What the codes of an encoding are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Codes {
    /// One or two bytes of GBK or its forerunners; four of GB 18030.
    Gb18030,
    /// Two bytes, or a pair of twice two.
    Utf16,
}

/// The encodings of a page's fonts by their names.
pub(crate) struct Encodings<'a> {
    page: Option<Resources<'a>>,
    by_font: std::cell::OnceCell<BTreeMap<String, Option<Codes>>>,
}

impl<'a> Encodings<'a> {
    /// Of the fonts that a page has; they are looked up when a glyph asks first.
    pub(crate) fn of(page: &Page<'a>) -> Encodings<'a> {
        Encodings { page: Some(page.resources().clone()), by_font: std::cell::OnceCell::new() }
    }

    /// The character of a glyph whose font has no table for it.
    pub(crate) fn read(&self, glyph: &Glyph<'_>) -> Option<BfString> {
        let Glyph::Outline(outline) = glyph else { return None };
        let name = outline.font_data()?.postscript_name?;
        let codes = (*self.fonts().get(&name)?)?;
        decoded(codes, outline.char_code()).map(BfString::Char)
    }

    /// Whether a font of the page has a predefined encoding.
    pub(crate) fn has_predefined(&self) -> bool {
        self.fonts().values().any(Option::is_some)
    }

    fn fonts(&self) -> &BTreeMap<String, Option<Codes>> {
        self.by_font.get_or_init(|| {
            let mut acc = BTreeMap::new();
            if let Some(it) = &self.page {
                let mut left = MOST_FONTS;
                collect(&it.fonts, &it.x_objects, &mut acc, DEEP, &mut left);
            }
            acc
        })
    }
}

/// Characters of a run behind a code that its encoding does not know.
///
/// Such a code is told as 0 and passes over one byte, whatever its length: what follows may be the rest of it. Two such
/// codes are the two bytes of one character; behind a single one, a code of one byte is a byte of four, and one of more
/// bytes is out of step with all that is left of the run.
#[derive(Debug, Default)]
pub(crate) struct Doubt {
    n_unknown: usize,
    is_lost: bool,
}

impl Doubt {
    /// Whether a character cannot be told; `is_unknown` if its code is not known.
    pub(crate) fn takes(&mut self, is_unknown: bool, code: u32) -> bool {
        if is_unknown {
            self.n_unknown += 1;
            return true;
        }
        let is_odd = self.n_unknown % 2 == 1;
        self.n_unknown = 0;
        self.is_lost |= is_odd && 0xFF < code;
        self.is_lost || is_odd
    }
}

fn collect(
    fonts: &Dict<'_>,
    forms: &Dict<'_>,
    acc: &mut BTreeMap<String, Option<Codes>>,
    deep: usize,
    left: &mut usize,
) {
    for name in fonts.keys() {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let Some(font) = fonts.get::<Dict<'_>>(&name) else { continue };
        let Some(base) = font.get::<Name<'_>>("BaseFont") else { continue };
        let codes = font.get::<Name<'_>>("Encoding").and_then(|it| codes_of(it.as_str()));
        let is_composite = font.get::<Array<'_>>("DescendantFonts").is_some();
        let codes = codes.filter(|_| is_composite);
        let base = base.as_str();
        let base = base.split_once('+').filter(|it| it.0.len() == 6).map_or(base, |it| it.1);
        // Two fonts of one name and of different encodings tell nothing.
        acc.entry(base.to_owned()).and_modify(|it| *it = it.filter(|it| Some(*it) == codes)).or_insert(codes);
    }
    if deep == 0 {
        return;
    }
    for name in forms.keys() {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let Some(form) = forms.get::<Stream<'_>>(&name) else { continue };
        if let Some(it) = form.dict().get::<Dict<'_>>("Resources") {
            let inner = |key: &str| it.get::<Dict<'_>>(key).unwrap_or_else(Dict::empty);
            collect(&inner("Font"), &inner("XObject"), acc, deep - 1, left);
        }
    }
}

/// The predefined encodings of simplified Chinese that ISO 32000-1, table 118, lists.
fn codes_of(encoding: &str) -> Option<Codes> {
    let writing = encoding.strip_suffix("-H").or_else(|| encoding.strip_suffix("-V"))?;
    match writing {
        "GB-EUC" | "GBK-EUC" | "GBKp-EUC" | "GBK2K" => Some(Codes::Gb18030),
        "UniGB-UCS2" | "UniGB-UTF16" => Some(Codes::Utf16),
        _ => None,
    }
}

fn decoded(codes: Codes, code: u32) -> Option<char> {
    let res = match codes {
        Codes::Gb18030 => {
            let bytes = code.to_be_bytes();
            let n_zeros = bytes.iter().take(3).take_while(|it| **it == 0).count();
            let (text, _, is_wrong) = GB18030.decode(bytes.get(n_zeros..)?);
            let mut chars = text.chars();
            chars.next().filter(|_| !is_wrong && chars.next().is_none())
        }
        Codes::Utf16 => {
            let [high, low] = [code >> 16, code & 0xFFFF].map(|it| u16::try_from(it).unwrap_or(0));
            let units = if high == 0 { vec![low] } else { vec![high, low] };
            let mut chars = char::decode_utf16(units);
            chars.next()?.ok().filter(|_| chars.next().is_none())
        }
    };
    res.filter(|it| !it.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_the_encoding_says() {
        assert_eq!(decoded(Codes::Gb18030, 0xD6D0), Some('中'));
        assert_eq!(decoded(Codes::Gb18030, 0x35), Some('5'));
        assert_eq!(decoded(Codes::Gb18030, 0xFFFF), None);
        assert_eq!(decoded(Codes::Utf16, 0x4E2D), Some('中'));
        assert_eq!(decoded(Codes::Utf16, 0xD840_DC00), Some('𠀀'));
        assert_eq!(decoded(Codes::Utf16, 0xD840), None);
    }

    #[test]
    fn what_follows_an_unknown_code_is_not_taken_for_text() {
        let check = |codes: &[u32], want: &str| {
            let mut doubt = Doubt::default();
            let got: String = codes.iter().map(|it| if doubt.takes(*it == 0, *it) { '?' } else { '.' }).collect();
            assert_eq!(got, want, "{codes:X?}");
        };
        check(&[0xD6D0, 0x35, 0x36], "...");
        // Four bytes, of which two are digits.
        check(&[0xD6D0, 0, 0x37, 0, 0x31, 0x35], ".????.");
        // Two bytes, neither of which begins a code.
        check(&[0x4E2D, 0, 0, 0x4E2D], ".??.");
        // The second byte and the first of the next character are another character, and so on.
        check(&[0, 0xA1B0, 0xA1B0, 0x35], "????");
    }

    #[test]
    fn identity_tells_nothing() {
        assert_eq!(codes_of("Identity-H"), None);
        assert_eq!(codes_of("GBK-EUC-H"), Some(Codes::Gb18030));
    }
}
