//! Second readings of a cell that came through OCR: an operator read as a glyph, and single misread characters.
//!
//! In: the text of a cell. Out: what it may have been (rulebook 4.4 and 4.5). Nothing here changes a value: a reading is
//! a hypothesis that a check names.

use crate::interval::Interval;
use crate::quantity::{Operator, Quantity};
use crate::value::read_value;

/// What OCR makes of `≥`. Longer ones stand before their beginnings.
const GLYPHS: [&str; 9] = ["5=", "%=", "2", "二", "工", "^", "》", "Z", "z"];

/// Reads past a glyph that may be an operator: `285%` as ≥85%, `工95%` as ≥95%. `None` unless the number that remains is
/// at most 100 for a percentage, printed above 100 if the glyph is a digit, or is the number of the twin cell.
pub fn reading_past_glyph(text: &str, twin: Option<&Quantity>) -> Option<Quantity> {
    let trimmed = text.trim();
    let lead = text.len() - text.trim_start().len();
    let glyph = GLYPHS.iter().find(|it| trimmed.starts_with(**it))?;
    let rest = trimmed.get(glyph.len()..)?;
    let blank = rest.len() - rest.trim_start().len();
    let rest = rest.get(blank..)?;
    if !rest.starts_with(|it: char| it.is_ascii_digit() || ('０'..='９').contains(&it)) {
        return None;
    }
    let quantity = *read_value(rest).quantity()?;
    let whole = Interval::closed(0, 100);
    let is_share = quantity.is_percent() && quantity.exact()?.intersects(&whole);
    let printed_above = || match read_value(trimmed).quantity() {
        Some(printed) => printed.is_percent() && printed.exact().is_some_and(|it| it.is_above(&whole)),
        None => true,
    };
    let is_twin = twin.is_some_and(|twin| {
        quantity.in_unit_of(twin).value() == twin.value() && quantity.number.value() == twin.number.value()
    });
    if !(is_twin || (is_share && (*glyph != "2" || printed_above()))) {
        return None;
    }
    let shift = lead + glyph.len() + blank;
    let moved = |span: crate::Span| crate::Span { start: span.start + shift, end: span.end + shift };
    Some(Quantity {
        operator: Some(Operator::AtLeast),
        span: crate::Span { start: lead, end: quantity.span.end + shift },
        number_span: moved(quantity.number_span),
        unit_span: moved(quantity.unit_span),
        ..quantity
    })
}

/// One change that would undo a misreading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// A decimal point was lost: 16 for 1.6.
    InsertPoint,
    /// A point is too many.
    RemovePoint,
    /// A comma for a point, or a point for a comma.
    SwapSeparator,
    /// `%` is too many.
    DropPercent,
    /// `%` was lost.
    AddPercent,
    /// The last digit was lost: 18.3 for 18.37.
    AddLastDigit,
    /// Letters for digits: all of the confusion table together.
    Substitute,
}

/// Characters that OCR takes for another. 一 and — go both ways.
const CONFUSIONS: [(char, char); 12] = [
    ('O', '0'),
    ('o', '0'),
    ('〇', '0'),
    ('I', '1'),
    ('l', '1'),
    ('|', '1'),
    ('Z', '2'),
    ('S', '5'),
    ('B', '8'),
    ('兀', '元'),
    ('一', '—'),
    ('—', '一'),
];

/// Longest text that edits are made of, in characters: a number with its unit. Prose has too many readings to mean any.
const MAX_EDITED: usize = 24;

impl Edit {
    /// Every kind of edit, the likeliest first.
    pub const ALL: [Edit; 7] = [
        Edit::InsertPoint,
        Edit::RemovePoint,
        Edit::SwapSeparator,
        Edit::DropPercent,
        Edit::AddPercent,
        Edit::AddLastDigit,
        Edit::Substitute,
    ];
}

/// Every text that one edit makes of a cell of digits, in a fixed order, without repeats.
pub fn edits(text: &str) -> Vec<(Edit, String)> {
    edits_of(&Edit::ALL, text)
}

/// The same, of these kinds alone.
pub fn edits_of(kinds: &[Edit], text: &str) -> Vec<(Edit, String)> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_EDITED {
        return Vec::new();
    }
    let mut found: Vec<(Edit, String)> = Vec::new();
    for edit in kinds {
        for made in made_by(*edit, text) {
            if made != text && !found.iter().any(|(_, it)| *it == made) {
                found.push((*edit, made));
            }
        }
    }
    found
}

fn made_by(edit: Edit, text: &str) -> Vec<String> {
    let replaced = |from: usize, length: usize, with: &str| {
        let head = text.get(..from).unwrap_or_default();
        let tail = text.get(from + length..).unwrap_or_default();
        format!("{head}{with}{tail}")
    };
    let digit_ends = || text.char_indices().filter(|(_, it)| it.is_ascii_digit()).map(|(at, _)| at + 1);
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    match edit {
        Edit::InsertPoint if text.contains('.') => Vec::new(),
        Edit::InsertPoint => digit_ends().filter(|end| is_digit(*end)).map(|end| replaced(end, 0, ".")).collect(),
        Edit::RemovePoint => text.match_indices('.').map(|(at, _)| replaced(at, 1, "")).collect(),
        Edit::SwapSeparator => {
            let points = text.match_indices('.').map(|(at, _)| replaced(at, 1, ","));
            points.chain(text.match_indices(',').map(|(at, _)| replaced(at, 1, "."))).collect()
        }
        Edit::DropPercent => text.find('%').map(|at| replaced(at, 1, "")).into_iter().collect(),
        Edit::AddPercent if text.contains('%') => Vec::new(),
        Edit::AddPercent => digit_ends().next_back().map(|end| replaced(end, 0, "%")).into_iter().collect(),
        Edit::AddLastDigit => {
            let last = digit_ends().next_back();
            last.map_or_else(Vec::new, |end| {
                ('0'..='9').map(|digit| replaced(end, 0, digit.encode_utf8(&mut [0; 4]))).collect()
            })
        }
        Edit::Substitute => {
            let substituted = |it: char| CONFUSIONS.iter().find(|(from, _)| *from == it).map_or(it, |(_, to)| *to);
            vec![text.chars().map(substituted).collect()]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Edit, edits, reading_past_glyph};
    use crate::value::read_value;

    #[test]
    fn glyphs_may_be_operators() {
        let check = |text: &str, twin: &str, expected: Option<&str>| {
            let twin = read_value(twin);
            let reading = reading_past_glyph(text, twin.quantity());
            let shown = reading.map(|it| format!("≥{}", it.number.value()));
            assert_eq!(shown.as_deref(), expected, "{text}");
        };
        check("285%", "", Some("≥85"));
        check("290%", "", Some("≥90"));
        check("工5%", "", Some("≥5"));
        check("^80%", "", Some("≥80"));
        check("5=50%", "", Some("≥50"));
        check("%=99%", "", Some("≥99"));
        check("Z95%", "", Some("≥95"));
        check("》95%", "", Some("≥95"));
        check("26人", "6人", Some("≥6"));
        check("26人", "8人", None);
        check("25%", "", None);
        check("2", "", None);
        check("2180%", "", None);
        check("95%", "", None);
    }

    #[test]
    fn edits_are_those_of_the_table() {
        let made: Vec<String> = edits("16").into_iter().map(|(_, it)| it).collect();
        assert_eq!(made, ["1.6", "16%", "160", "161", "162", "163", "164", "165", "166", "167", "168", "169"]);
        assert!(edits("2,88").contains(&(Edit::SwapSeparator, "2.88".to_owned())));
        assert!(edits("1O.S").contains(&(Edit::Substitute, "10.5".to_owned())));
        assert!(edits("20万兀").contains(&(Edit::Substitute, "20万元".to_owned())));
        assert!(edits("742%").contains(&(Edit::DropPercent, "742".to_owned())));
        assert_eq!(edits(""), []);
    }
}
