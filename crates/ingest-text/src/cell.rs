//! The characters between two separators into the text of a cell.

/// Whether a character is white space, or rubble that prints as nothing, at the outer edge of a cell.
pub(crate) fn is_blank_char(it: char) -> bool {
    it.is_whitespace()
        || it.is_control()
        || matches!(it, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{180E}')
}

/// The text without outer white space.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank_char)
}
