//! Characters of fonts that have shapes of their own in place of letters: a font and a code go in, what is printed comes
//! out.

/// Where such fonts have their shapes in Unicode's private area (ISO/IEC 29500-1, 17.3.3.30).
const PRIVATE: u32 = 0xF000;

/// Shapes of Symbol that figures and texts of forms hold. From the font's published table.
const SYMBOL: &[(u8, char)] = &[
    (0x2D, '−'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAE, '→'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '·'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBA, '≡'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xD5, '∏'),
    (0xD6, '√'),
    (0xE5, '∑'),
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x67, 'γ'),
    (0x64, 'δ'),
    (0x6C, 'λ'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0x57, 'Ω'),
    (0x25, '%'),
    (0x3C, '<'),
    (0x3D, '='),
    (0x3E, '>'),
    (0x2B, '+'),
    (0x28, '('),
    (0x29, ')'),
    (0x2F, '/'),
];

/// Boxes and marks of Wingdings.
const WINGDINGS: &[(u8, char)] = &[
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x75, '◆'),
    (0xA1, '○'),
    (0xA8, '□'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// Boxes and marks of Wingdings 2.
const WINGDINGS_2: &[(u8, char)] =
    &[(0x4F, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0xA3, '□'), (0x2A, '□')];

/// A font of shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shapes {
    Symbol,
    Wingdings,
    Wingdings2,
}

impl Shapes {
    /// The font of this name, if it is one of shapes.
    pub(crate) fn of_font(name: &str) -> Option<Shapes> {
        match name.trim().to_ascii_lowercase().as_str() {
            "symbol" => Some(Shapes::Symbol),
            "wingdings" => Some(Shapes::Wingdings),
            "wingdings 2" => Some(Shapes::Wingdings2),
            _ => None,
        }
    }

    fn table(self) -> &'static [(u8, char)] {
        match self {
            Shapes::Symbol => SYMBOL,
            Shapes::Wingdings => WINGDINGS,
            Shapes::Wingdings2 => WINGDINGS_2,
        }
    }
}

/// What a symbol prints; the sign for what is not known if this does not either.
pub(crate) fn printed(shapes: Option<Shapes>, code: u32) -> char {
    let own = u8::try_from(code.checked_sub(PRIVATE).unwrap_or(code)).ok();
    let of_table = shapes.zip(own).and_then(|(it, own)| it.table().iter().find(|it| it.0 == own).map(|it| it.1));
    match of_table {
        Some(it) => it,
        // A font of letters prints the letter.
        None if shapes.is_none() && code < PRIVATE => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
        None => char::REPLACEMENT_CHARACTER,
    }
}

/// Whether a character in a text stands for a shape.
pub(crate) fn is_private(it: char) -> bool {
    (PRIVATE..=PRIVATE + 0xFF).contains(&u32::from(it))
}

/// Digits and signs that are printed raised, as characters of their own; `None` if one has no such character.
pub(crate) fn raised(text: &str) -> Option<String> {
    let one = |it: char| {
        Some(match it {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            '9' => '⁹',
            '+' => '⁺',
            '-' | '−' => '⁻',
            'n' => 'ⁿ',
            _ => return None,
        })
    };
    text.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_what_their_fonts_print() {
        let check = |font: &str, code, want| assert_eq!(printed(Shapes::of_font(font), code), want, "{font} {code:x}");
        check("Symbol", 0xF0B3, '≥');
        check("Symbol", 0xA3, '≤');
        check("Wingdings", 0xF0FE, '☑');
        check("WINGDINGS 2", 0xF052, '☑');
        check("宋体", 0x2265, '≥');
        check("宋体", 0xF052, char::REPLACEMENT_CHARACTER);
        check("Wingdings", 0xF001, char::REPLACEMENT_CHARACTER);
        check("Symbol", u32::MAX, char::REPLACEMENT_CHARACTER);
    }

    #[test]
    fn raised_digits_are_their_own_characters() {
        assert_eq!(raised("2").as_deref(), Some("²"));
        assert_eq!(raised("-3").as_deref(), Some("⁻³"));
        assert_eq!(raised("注1"), None);
    }
}
