//! Blanks, empty lines, the width of signs, and other characters for the same words.

use gouji_model::{FundsField, IndicatorField, Pointer};

use super::ledger::{accept, rewrite};
use super::letters::{full_width, is_han, traditional};
use super::{each_form, places};
use crate::{Cell, Content, Drawing, Field, Item, Line, LineRole, Rng};

/// Longest label that is spread over its cell with blanks, in characters.
const SPREAD_LABEL: usize = 6;

/// One row in so many has an empty line before it.
const ROWS_PER_LINE: usize = 4;

pub(super) fn blank_lines(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let rows = places::rows_where(drawing, form, |_| true);
        let at = rng.sample(rows.get(1..).unwrap_or_default(), (rows.len() / ROWS_PER_LINE).max(1));
        for idx in at.iter().rev() {
            drawing.items.insert(*idx, Item::Line(Line::new("", LineRole::Prose)));
        }
        !at.is_empty()
    })
}

/// Two forms with nothing between them: no empty line, no end of a table, mostly no title.
pub(super) fn no_gap(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    if drawing.truth.len() < 2 {
        return false;
    }
    let keeps_titles = rng.chance(3);
    let Some(first) = drawing.items.iter().position(|it| matches!(it, Item::Row(_))) else { return false };
    let Some(last) = drawing.items.iter().rposition(|it| matches!(it, Item::Row(_))) else { return false };
    let mut idx = 0;
    drawing.items.retain(|it| {
        let is_inside = first < idx && idx < last;
        idx += 1;
        match it {
            _ if !is_inside => true,
            Item::Row(_) => true,
            Item::Line(line) => keeps_titles && line.role == LineRole::Title && !line.text.is_empty(),
            Item::TableStart | Item::TableEnd => false,
        }
    });
    let printed = super::ledger::printed(drawing);
    for form in 0..drawing.truth.len() {
        for leaf in [
            Pointer::Year,
            Pointer::FundsUnit,
            Pointer::TotalScore,
            Pointer::Project,
            Pointer::Department,
            Pointer::Unit,
        ] {
            let field = Field { form, leaf };
            if !printed.contains(&field) {
                super::ledger::forget(drawing, field);
            }
        }
    }
    true
}

/// Labels spread over their cells.
pub(super) fn inner_blanks(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let mut is_spread = false;
    for item in &mut drawing.items {
        let Item::Row(row) = item else { continue };
        for cell in row.cells.iter_mut().filter(|it| is_label(it)) {
            let chars: Vec<char> = cell.text.chars().take_while(|it| is_han(*it)).collect();
            if chars.len() < 2 || SPREAD_LABEL < chars.len() || rng.chance(3) {
                continue;
            }
            let spread: Vec<String> = chars.iter().map(char::to_string).collect();
            let rest: String = cell.text.chars().skip(chars.len()).collect();
            let blank = if rng.chance(6) { "　" } else { " " };
            cell.text = format!("{}{rest}", spread.join(blank));
            is_spread = true;
        }
    }
    is_spread
}

fn is_label(cell: &Cell) -> bool {
    match &cell.content {
        Content::Label => true,
        Content::Value(field) => matches!(
            field.leaf,
            Pointer::Funds(_, FundsField::Label) | Pointer::Indicator(_, IndicatorField::L1 | IndicatorField::L2)
        ),
        Content::Blank | Content::Part(_) | Content::Fused(_) | Content::Other => false,
    }
}

/// Figures, brackets and signs in full width.
pub(super) fn wide(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let mut is_wide = false;
    for item in &mut drawing.items {
        let Item::Row(row) = item else { continue };
        if rng.percent(30) {
            continue;
        }
        for cell in &mut row.cells {
            let text = full_width(&cell.text);
            is_wide |= text != cell.text;
            cell.text = text;
        }
    }
    is_wide
}

/// The whole document in traditional characters.
pub(super) fn other_characters(drawing: &mut Drawing, _: &mut Rng) -> bool {
    convert(drawing, traditional, traditional)
}

/// A mirror in traditional characters that put the sound behind some of them, in the bytes of another encoding.
pub(super) fn rubble(drawing: &mut Drawing, _: &mut Rng) -> bool {
    convert(drawing, with_sounds, |text| text.chars().map(|it| sound_of(it).map_or(it, |sound| sound.0)).collect())
}

/// Writes the document otherwise; the truth says what is read of it, and labels may be read as they were.
fn convert(drawing: &mut Drawing, print: fn(&str) -> String, read: fn(&str) -> String) -> bool {
    let mut is_changed = false;
    for item in &mut drawing.items {
        match item {
            Item::Line(line) => line.text = print(&line.text),
            Item::Row(row) => {
                for cell in &mut row.cells {
                    let text = print(&cell.text);
                    is_changed |= text != cell.text;
                    cell.text = text;
                }
            }
            Item::TableStart | Item::TableEnd => (),
        }
    }
    for form in 0..drawing.truth.len() {
        let leaves = drawing.truth.get(form).map(crate::Truth::leaves).unwrap_or_default();
        for leaf in leaves {
            let field = Field { form, leaf };
            let before = drawing.value(field).map(str::to_owned);
            rewrite(drawing, field, read);
            let is_label =
                matches!(leaf, Pointer::Indicator(_, IndicatorField::L1 | IndicatorField::L2) | Pointer::FundsUnit);
            if is_label && before.as_deref() != drawing.value(field) {
                accept(drawing, field, before.as_deref());
            }
        }
    }
    is_changed
}

/// Characters with what they are in traditional script and how they sound.
const SOUNDS: [(char, char, &str); 24] = [
    ('项', '項', "xiàng"),
    ('产', '產', "chǎn"),
    ('标', '標', "biāo"),
    ('数', '數', "shù"),
    ('质', '質', "zhì"),
    ('时', '時', "shí"),
    ('经', '經', "jīng"),
    ('济', '濟', "jì"),
    ('会', '會', "huì"),
    ('态', '態', "tài"),
    ('续', '續', "xù"),
    ('满', '滿', "mǎn"),
    ('对', '對', "duì"),
    ('务', '務', "wù"),
    ('总', '總', "zǒng"),
    ('额', '額', "é"),
    ('预', '預', "yù"),
    ('执', '執', "zhí"),
    ('实', '實', "shí"),
    ('际', '際', "jì"),
    ('单', '單', "dān"),
    ('门', '門', "mén"),
    ('资', '資', "zī"),
    ('财', '財', "cái"),
];

fn sound_of(it: char) -> Option<(char, &'static str)> {
    SOUNDS.iter().find(|sound| sound.0 == it).map(|sound| (sound.1, sound.2))
}

fn with_sounds(text: &str) -> String {
    let mut printed = String::new();
    for it in text.chars() {
        match sound_of(it) {
            Some((other, sound)) => {
                printed.push(other);
                printed.push_str(&format!("({sound})"));
            }
            None => printed.push(it),
        }
    }
    printed
}
