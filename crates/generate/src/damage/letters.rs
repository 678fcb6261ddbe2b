//! Texts as a careful reader takes them: without markup, rubble and inner blanks.

/// Marks of mathematics and markup with what they stand for.
const WRITTEN_AS: [(&str, &str); 12] = [
    ("$\\ge$", "≥"),
    ("$\\geq$", "≥"),
    ("\\(\\geq\\)", "≥"),
    ("$\\le$", "≤"),
    ("$\\leq$", "≤"),
    ("\\(\\leq\\)", "≤"),
    ("\\%", "%"),
    ("&nbsp;", ""),
    ("&ge;", "≥"),
    ("&le;", "≤"),
    ("**", ""),
    ("__", ""),
];

/// First code point of the full-width forms of ASCII, and how far they are from it.
const FULL_WIDTH: (u32, u32, u32) = (0xFF01, 0xFF5E, 0xFEE0);

/// The text without blanks, markup, rubble and page marks, in half-width signs.
pub(super) fn read(text: &str) -> String {
    if text.chars().all(|it| is_han(it) || it.is_ascii_digit()) {
        return text.to_owned();
    }
    let unmarked = without(text, ' ', '、', |mark| !mark.is_empty() && mark.bytes().all(|it| it.is_ascii_digit()));
    let mut plain =
        without(&unmarked, '<', '>', |tag| tag.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/'));
    for (written, meant) in WRITTEN_AS {
        plain = plain.replace(written, meant);
    }
    let plain = without(&plain, '(', ')', is_rubble);
    plain.chars().filter(|it| !it.is_whitespace()).map(half_width).collect()
}

/// The text in half-width signs.
fn half_width(it: char) -> char {
    let (first, last, away) = FULL_WIDTH;
    let code = u32::from(it);
    if first <= code && code <= last { char::from_u32(code - away).unwrap_or(it) } else { it }
}

/// The text in full-width signs where it has figures, brackets or signs.
pub(super) fn full_width(text: &str) -> String {
    let wide = |it: char| {
        let is_wide = it.is_ascii_digit() || matches!(it, '%' | '(' | ')' | '.' | ':');
        if is_wide { char::from_u32(u32::from(it) + FULL_WIDTH.2).unwrap_or(it) } else { it }
    };
    text.chars().map(wide).collect()
}

/// A syllable in brackets that a mirror put behind a character: small letters, one of them with an accent.
fn is_rubble(inside: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_lowercase() || is_accented(it);
    !inside.is_empty() && inside.chars().all(is_letter) && inside.chars().any(is_accented)
}

fn is_accented(it: char) -> bool {
    ('\u{C0}'..='\u{24F}').contains(&it)
}

/// The text without the parts between these two signs that are so.
fn without(text: &str, open: char, close: char, is: fn(&str) -> bool) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        kept.push_str(before);
        match after.split_once(close) {
            Some((inside, behind)) if is(inside) => rest = behind,
            _ => {
                kept.push(open);
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// A label and the points in brackets behind it, if it has any.
pub(super) fn points_apart(label: &str) -> (&str, &str) {
    match label.find(['(', '（']) {
        Some(at) if 0 < at => label.split_at(at),
        _ => (label, ""),
    }
}

/// Whether a character is Chinese.
pub(super) fn is_han(it: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&it)
}

/// A number as it is printed: digits, perhaps a point and more digits.
pub(super) fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

/// Digits after the point.
pub(super) fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |it| it.1.len())
}

/// A number in ten-thousandths; none where it is none, or too long.
pub(super) fn scaled(text: &str) -> Option<i128> {
    /// Digits that are kept after the point.
    const PLACES: usize = 4;
    if !is_number(text) || PLACES < decimals(text) {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<PLACES$}").parse().ok()
}

/// Places inside a text where a line may be broken so that the halves read on: between two Chinese characters, at least
/// `edge` characters from either end.
pub(super) fn seams(text: &str, edge: usize) -> Vec<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let is_seam = |pair: &&[(usize, char)]| pair.iter().all(|it| is_han(it.1));
    let inner = chars.windows(2).enumerate().filter(|(idx, _)| edge <= idx + 1 && idx + 1 + edge <= chars.len());
    inner.map(|it| it.1).filter(is_seam).filter_map(|pair| pair.last().map(|it| it.0)).collect()
}

/// The same text in the characters of Taiwan and Hong Kong.
pub(super) fn traditional(text: &str) -> String {
    text.chars().map(|it| traditional_of(it).unwrap_or(it)).collect()
}

fn traditional_of(it: char) -> Option<char> {
    /// Characters of forms that are written otherwise.
    const SIMPLE: &str = "项标产数质时经济会态续满对务总额预执实际单门业资县区农设护级财当转结补贴绩评偏";
    /// What they are there, in the same order.
    const OTHER: &str = "項標產數質時經濟會態續滿對務總額預執實際單門業資縣區農設護級財當轉結補貼績評偏";
    SIMPLE.chars().zip(OTHER.chars()).find(|pair| pair.0 == it).map(|pair| pair.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rubble_goes_and_brackets_of_the_form_stay() {
        assert_eq!(read("項(xiàng)目 資金(A)(20分)"), "項目資金(A)(20分)");
        assert_eq!(read("<p>**得&nbsp;分**</p>"), "得分");
        assert_eq!(read("$\\geq$９５\\%"), "≥95%");
        assert_eq!(read("<5 且 >3"), "<5且>3");
        assert_eq!(read("10 2、0%"), "100%");
    }

    #[test]
    fn numbers_are_printed_numbers() {
        assert_eq!(
            ["10", "0.5", "05", ".5", "5.", "1.2.3", ""].map(is_number),
            [true, true, false, false, false, false, false]
        );
        assert_eq!(scaled("22.5"), Some(225_000));
        assert_eq!(scaled("0.00001"), None);
    }

    #[test]
    fn seams_stand_between_two_characters() {
        assert_eq!(seams("购置12台设备", 1), [3, 11, 14]);
        assert_eq!(seams("购置12台设备", 2), [11]);
        assert_eq!(seams("设备", 2), [0; 0]);
    }

    #[test]
    fn every_simple_character_has_its_other() {
        assert_eq!(traditional("项目产出指标"), "項目產出指標");
        assert_eq!(traditional("偏差"), "偏差");
    }
}
