//! Which pages are read: what their text is worth.
//!
//! In go pages, out comes for each whether its text says what is printed. A page that is a picture of paper, or whose
//! fonts do not tell what they print, is not half read: it is left out, and so are the pages that a form on it may go on
//! to or come from, since half a form agrees with nothing.

use gouji_model::{ReadError, UnreadCode};

use hayro_interpret::kurbo::Point;

use crate::page::{Page, Text};

/// What the text of a page is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It says what is printed.
    Text,
    /// Nothing is printed.
    Blank,
    /// Fonts do not tell what they print.
    Garbled,
    /// A font is broken, or of a kind that is not known.
    Lossy,
    /// A picture of paper; a layer of text behind it is what an engine took it for.
    Picture,
    /// Text that was turned into outlines.
    Outlines,
}

/// A page is garbled if more than this share of its characters is unknown, in percent: a bullet from a symbol font is
/// one in a hundred.
const GARBLED: usize = 2;
/// Characters that are printed on a scan: a page number, the name of the program that made it.
const PRINTED_ON_SCAN: usize = 15;
/// A scan covers so much of its page, in percent: in strips, or with a white margin.
const SCAN: f64 = 50.0;
/// A page with so many fills bounded by curves and without text is text turned into outlines: a seal or an emblem has
/// fewer.
const OUTLINES: usize = 200;

/// What the text of a page is worth.
pub fn trust(page: &Page) -> Trust {
    let visible = page.chars.iter().filter(|it| !it.text.is_blank() && !it.is_invisible);
    let (mut n, mut n_unknown) = (0_usize, 0_usize);
    for it in visible {
        n += 1;
        n_unknown += usize::from(it.text == Text::One(char::REPLACEMENT_CHARACTER));
    }
    let covered: f64 = page.pictures.iter().map(|it| it.area()).sum();
    // What an engine recognised in a picture stands where the picture stands.
    let is_over = |at: Point| page.pictures.iter().any(|it| it.contains(at));
    let of_engine = page.chars.iter().filter(|it| it.is_invisible && !it.text.is_blank() && is_over(it.middle()));
    let n_of_engine = of_engine.count();
    let is_picture = SCAN / 100.0 * page.width * page.height <= covered;
    match n {
        _ if page.is_lossy => Trust::Lossy,
        _ if n_unknown * 100 > n * GARBLED => Trust::Garbled,
        _ if n < n_of_engine => Trust::Picture,
        0..=PRINTED_ON_SCAN if is_picture => Trust::Picture,
        0..=PRINTED_ON_SCAN if OUTLINES <= page.n_outlines => Trust::Outlines,
        0 => Trust::Blank,
        _ => Trust::Text,
    }
}

/// What a form may go on over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// What the text is worth.
    pub trust: Trust,
    /// Whether there is a table on the page.
    pub has_table: bool,
    /// Whether a table is the first thing on it: it may be the rest of one on the page before.
    pub is_rest: bool,
}

impl Shape {
    fn is_read(self) -> bool {
        matches!(self.trust, Trust::Text | Trust::Blank)
    }
}

/// Which pages are left out, and why; `None` if none is.
pub(crate) fn left_out(pages: &[Shape]) -> Option<(Vec<bool>, ReadError)> {
    let mut is_out: Vec<bool> = pages.iter().map(|it| !it.is_read()).collect();
    if !is_out.contains(&true) {
        return None;
    }
    for (at, it) in pages.iter().enumerate().filter(|it| !it.1.is_read()) {
        debug_assert!(!it.is_read(), "filtered");
        for (idx, page) in pages.iter().enumerate().skip(at + 1).filter(|it| it.1.trust != Trust::Blank) {
            if !page.is_rest {
                break;
            }
            is_out[idx] = true;
        }
        for (idx, page) in pages.iter().enumerate().take(at).rev().filter(|it| it.1.trust != Trust::Blank) {
            if !page.has_table {
                break;
            }
            is_out[idx] = true;
            if !page.is_rest {
                break;
            }
        }
    }
    let mut reasons = Vec::new();
    for (trust, what) in [
        (Trust::Picture, "a picture of paper"),
        (Trust::Lossy, "in a font that cannot be read"),
        (Trust::Garbled, "in fonts that do not tell which characters they print"),
        (Trust::Outlines, "text turned into outlines"),
    ] {
        let mine = pages.iter().map(|it| it.trust == trust);
        if let Some(said) = said(mine) {
            reasons.push(format!("{said} {what}"));
        }
    }
    let mut reason = format!("{}; that wants optical character recognition", reasons.join(", "));
    let neighbors = pages.iter().zip(&is_out).map(|(page, is_out)| *is_out && page.is_read());
    if let Some(said) = said(neighbors) {
        reason.push_str(&format!("; {said} left out as well, since a form may go on there"));
    }
    Some((is_out, ReadError { code: UnreadCode::Untrusted, reason }))
}

/// `page 2 is` or `pages 2, 4-6 are`.
fn said(pages: impl Iterator<Item = bool>) -> Option<String> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in pages.zip(1..).filter(|it| it.0).map(|it| it.1) {
        match ranges.last_mut() {
            Some(it) if it.1 + 1 == number => it.1 = number,
            _ => ranges.push((number, number)),
        }
    }
    let names: Vec<String> =
        ranges.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") }).collect();
    match ranges.as_slice() {
        [] => None,
        [(a, b)] if a == b => Some(format!("page {a} is")),
        _ => Some(format!("pages {} are", names.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `P` a picture, `-` blank, `t` a page that begins with a line and has a table, `r` one that begins with a table,
    /// `l` lines only; left out are those in `want` with `x`.
    fn check(pages: &str, want: &str, reason: &str) {
        let shape = |it: char| {
            let trust = match it {
                'P' => Trust::Picture,
                '-' => Trust::Blank,
                _ => Trust::Text,
            };
            Shape { trust, has_table: matches!(it, 't' | 'r'), is_rest: it == 'r' }
        };
        let (is_out, error) = left_out(&pages.chars().map(shape).collect::<Vec<_>>()).expect("one is a picture");
        let got: String = is_out.iter().map(|it| if *it { 'x' } else { '.' }).collect();
        assert_eq!(got, want, "{pages}");
        assert!(error.reason.contains(reason), "{}", error.reason);
    }

    #[test]
    fn what_a_form_may_go_on_over_is_left_out() {
        check("Plt", "x..", "page 1 is a picture of paper; that wants optical character recognition");
        check("trPrrtr", "xxxxx..", "pages 1-2, 4-5 are left out as well");
        check("t-P-r", "x.x.x", "pages 1, 5 are left out as well");
        check("tlP", "..x", "page 3 is a picture");
        check("ttP", ".xx", "page 2 is left out as well");
    }

    #[test]
    fn nothing_is_said_of_pages_that_are_read() {
        let page = Shape { trust: Trust::Text, has_table: true, is_rest: true };
        assert_eq!(left_out(&[page, page]), None);
    }
}
