//! Full-width forms of half-width characters, and back.
//!
//! In goes a text, out comes the same text with its digits, letters and the signs of a figure in the other width.
//! Markup stays as it is: tags, entities, and the commands that converters leave.

use super::labels::tag_len;

/// Signs that are printed in either width.
const SIGNS: [char; 10] = ['%', '.', ',', ':', ';', '(', ')', '=', '<', '>'];

/// From an ASCII character to its full-width form (Unicode, block Halfwidth and Fullwidth Forms).
const TO_FULL: u32 = 0xFEE0;

/// Every character outside markup in full width.
pub fn full(text: &str) -> String {
    rewrite(text, |c| {
        let full = || char::from_u32(u32::from(c) + TO_FULL).unwrap_or(c);
        if c.is_ascii_alphanumeric() || SIGNS.contains(&c) { full() } else { c }
    })
}

/// Every character outside markup in half width.
pub fn half(text: &str) -> String {
    rewrite(text, |c| {
        let half = u32::from(c).checked_sub(TO_FULL).and_then(char::from_u32).filter(char::is_ascii);
        half.filter(|it| it.is_ascii_alphanumeric() || SIGNS.contains(it)).unwrap_or(c)
    })
}

fn rewrite(text: &str, write: impl Fn(char) -> char) -> String {
    let mut acc = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let n = markup_len(rest).unwrap_or(0);
        if n == 0 {
            acc.push(write(c));
            rest = &rest[c.len_utf8()..];
        } else {
            acc.push_str(&rest[..n]);
            rest = &rest[n..];
        }
    }
    acc
}

/// Length in bytes of the markup that the text begins with, if it does.
fn markup_len(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '<' => tag_len(text),
        '&' => {
            let end = text.find(';').filter(|it| (2..10).contains(it))?;
            text[1..end].chars().all(|it| it.is_ascii_alphanumeric() || it == '#').then_some(end + 1)
        }
        '\\' => Some(1 + text[1..].chars().take_while(char::is_ascii_alphabetic).count()).filter(|it| 1 < *it),
        '$' => {
            let end = text[1..].find(['$', '\n', '\t'])?;
            text[1 + end..].starts_with('$').then_some(end + 2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_change_width_and_markup_does_not() {
        let text = "<p class=\"a\">≥98.5%</p>\t(A) 5,000 <=3; &lt;2 \\geq 4 $\\times 5$ 培训\n";
        let want = "<p class=\"a\">≥９８．５％</p>\t（Ａ） ５，０００ ＜＝３； &lt;２ \\geq ４ $\\times 5$ 培训\n";
        assert_eq!(full(text), want);
        assert_eq!(half(want), text);
    }

    #[test]
    fn other_full_width_signs_stay() {
        assert_eq!(half("（１）、。“”《Ａ》～"), "(1)、。“”《A》～");
    }
}
