//! What optical character recognition makes of figures, signs and labels.

use std::collections::BTreeMap;

use gouji_model::{FundsField, IndicatorField, Pointer};

use super::ledger::{accept, misread, misread_or};
use super::letters::{points_apart, read};
use super::{each_form, places};
use crate::{Cell, Content, Drawing, Field, Item, Rng, RowKind};

/// One cell in so many is misread, of those that a kind can misread.
const ONE_CELL_IN: usize = 10;

/// Most labels of a form that are misread.
const LABELS_MISREAD: usize = 3;

/// A way to misread a text: what is printed, and whether a reader still sees what was meant.
type Way = fn(&str, &mut Rng) -> Option<(String, Sight)>;

/// What a careful reader makes of a misread text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// It is a text like any other: nobody sees that anything is wrong.
    Misled,
    /// It is no text of its kind: a reader copies it, or writes what was meant.
    Doubtful,
}

pub(super) fn lost_point(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    misread_cells(drawing, rng, |text, _| {
        let (whole, fraction) = text.split_once('.')?;
        let is_number =
            whole.ends_with(|it: char| it.is_ascii_digit()) && fraction.starts_with(|it: char| it.is_ascii_digit());
        // Two points make a date.
        (is_number && !fraction.contains('.')).then(|| (format!("{whole}{fraction}"), Sight::Misled))
    })
}

pub(super) fn sign(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    misread_cells(drawing, rng, |text, rng| {
        let mut chars = text.chars();
        let first = chars.next()?;
        let rest = chars.as_str();
        if !rest.starts_with(|it: char| it.is_ascii_digit()) {
            return None;
        }
        let (printed, sight) = match first {
            '≥' | '≧' => *rng.pick(&[
                ("2", Sight::Misled),
                ("工", Sight::Doubtful),
                ("^", Sight::Doubtful),
                ("5=", Sight::Doubtful),
            ])?,
            '=' => ("二", Sight::Doubtful),
            '≤' => ("S", Sight::Doubtful),
            _ => return None,
        };
        Some((format!("{printed}{rest}"), sight))
    })
}

pub(super) fn percent(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    misread_cells(drawing, rng, |text, rng| {
        let figure = text.strip_suffix('%')?;
        Some(if rng.chance(2) { (format!("{figure}$"), Sight::Doubtful) } else { (figure.to_owned(), Sight::Misled) })
    })
}

pub(super) fn letters_for_digits(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    misread_cells(drawing, rng, |text, rng| {
        // 14.8 as M.8.
        if let Some(rest) = text.strip_prefix("14").filter(|it| it.starts_with('.')) {
            return Some((format!("M{rest}"), Sight::Doubtful));
        }
        let digits: Vec<(usize, char)> = text.char_indices().filter(|it| matches!(it.1, '0' | '1')).collect();
        let (at, digit) = *rng.pick(&digits)?;
        let letter = if digit == '0' { rng.pick(&["O", "o"]) } else { rng.pick(&["l", "I"]) }?;
        let mut printed = text.to_owned();
        printed.replace_range(at..at + 1, letter);
        Some((printed, Sight::Doubtful))
    })
}

pub(super) fn ten_as_letters(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    misread_cells(drawing, rng, |text, rng| {
        let rest = text.strip_prefix("10").filter(|it| !it.starts_with(|it: char| it.is_ascii_digit()))?;
        Some((format!("{}{rest}", rng.pick(&["IO", "1O", "lO"])?), Sight::Doubtful))
    })
}

/// Misreads some cells of every form.
fn misread_cells(drawing: &mut Drawing, rng: &mut Rng, way: Way) -> bool {
    let mut is_misread = false;
    for form in 0..drawing.truth.len() {
        let mut places: Vec<(usize, usize, String, Sight)> = Vec::new();
        for (idx, column) in figures(drawing, form) {
            let text =
                drawing.row(idx).and_then(|it| it.cells.get(column)).map(|it| it.text.clone()).unwrap_or_default();
            if let Some((printed, sight)) = way(&text, rng).filter(|it| it.0 != text) {
                places.push((idx, column, printed, sight));
            }
        }
        for (idx, column, printed, sight) in rng.sample(&places, (places.len() / ONE_CELL_IN).max(1)) {
            let Some(cell) = drawing.row_mut(idx).and_then(|it| it.cells.get_mut(column)) else { continue };
            let Some(field) = cell.field() else { continue };
            cell.text.clone_from(&printed);
            match sight {
                Sight::Misled => misread(drawing, field, &printed),
                Sight::Doubtful => misread_or(drawing, field, &printed),
            }
            is_misread = true;
        }
    }
    is_misread
}

/// The cells that print a figure or a value as it is true, and print it alone: a second place would tell.
fn figures(drawing: &Drawing, form: usize) -> Vec<(usize, usize)> {
    let mut printed: BTreeMap<Field, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (idx, item) in drawing.items.iter().enumerate() {
        let fields = match item {
            Item::Row(row) => row.cells.iter().flat_map(Cell::fields).collect(),
            Item::Line(line) => line.field.into_iter().collect(),
            Item::TableStart | Item::TableEnd => Vec::new(),
        };
        fields.into_iter().for_each(|it| *printed.entry(it).or_default() += 1);
        let Item::Row(row) = item else { continue };
        for (column, cell) in row.cells.iter().enumerate() {
            let Content::Value(field) = cell.content else { continue };
            if field.form == form && is_figure(field.leaf) && drawing.value(field) == Some(cell.text.as_str()) {
                found.push((idx, column, field));
            }
        }
    }
    found.retain(|it| printed.get(&it.2) == Some(&1));
    found.into_iter().map(|it| (it.0, it.1)).collect()
}

fn is_figure(leaf: Pointer) -> bool {
    match leaf {
        Pointer::TotalWeight | Pointer::TotalScore => true,
        Pointer::Funds(_, field) => field != FundsField::Label,
        Pointer::Indicator(_, field) => matches!(
            field,
            IndicatorField::Target | IndicatorField::Actual | IndicatorField::Weight | IndicatorField::Score
        ),
        _ => false,
    }
}

/// Characters of labels, each followed by one of similar shape.
const ALIKE: &str = "项顼目曰指栺标际值直分公得碍实买完宪成咸产严出岀效敖益盆数敉量童质贡位泣单車部郜门冂主王管菅\
                     度庋总忌资贷金全预顶算箅执抉行仃率卒满蒲意薏三彡级圾施旆名各称祢际标元兀";

/// A label with one wrong character of similar shape.
pub(super) fn label(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let labels = labels(drawing, form);
        let mut is_misread = false;
        for (idx, column) in rng.sample(&labels, LABELS_MISREAD) {
            let Some(cell) = drawing.row(idx).and_then(|it| it.cells.get(column)).cloned() else { continue };
            let Some(printed) = alike(&cell.text, rng) else { continue };
            if let Some(field) = cell.field() {
                accept_label(drawing, field, &printed);
            }
            if let Some(place) = drawing.row_mut(idx).and_then(|it| it.cells.get_mut(column)) {
                place.text = printed;
                is_misread = true;
            }
        }
        is_misread
    })
}

/// The cells of a form that print a label of it.
fn labels(drawing: &Drawing, form: usize) -> Vec<(usize, usize)> {
    let rows = places::rows_where(drawing, form, |it| it != RowKind::Other);
    let is_label = |cell: &Cell| match &cell.content {
        Content::Label => true,
        Content::Value(field) => matches!(
            field.leaf,
            Pointer::FundsUnit
                | Pointer::Funds(_, FundsField::Label)
                | Pointer::Indicator(_, IndicatorField::L1 | IndicatorField::L2)
        ),
        Content::Blank | Content::Part(_) | Content::Fused(_) | Content::Other => false,
    };
    let mut found = Vec::new();
    for idx in rows {
        let cells = drawing.row(idx).map_or(&[][..], |it| &it.cells);
        let here = cells.iter().enumerate().filter(|it| is_label(it.1) && 1 < it.1.text.chars().count());
        found.extend(here.map(|it| (idx, it.0)));
    }
    found
}

/// The text with one character of similar shape, if it has one that can be mistaken.
fn alike(text: &str, rng: &mut Rng) -> Option<String> {
    let pairs: Vec<char> = ALIKE.chars().filter(|it| !it.is_whitespace()).collect();
    let other = |it: char| pairs.chunks(2).find(|pair| pair.first() == Some(&it)).and_then(|pair| pair.last().copied());
    // Points stay: 分 in 50分 is what makes them points.
    let label = points_apart(text).0;
    let mistaken: Vec<(usize, char, char)> =
        label.char_indices().filter_map(|(at, it)| other(it).map(|other| (at, it, other))).collect();
    let (at, it, other) = *rng.pick(&mistaken)?;
    let mut printed = text.to_owned();
    printed.replace_range(at..at + it.len_utf8(), &other.to_string());
    Some(printed)
}

/// A label that was misread may be copied as it stands.
fn accept_label(drawing: &mut Drawing, field: Field, printed: &str) {
    let printed = read(printed);
    let bare = points_apart(&printed).0;
    match field.leaf {
        Pointer::Funds(..) => accept(drawing, field, Some(printed.trim_end_matches(':'))),
        Pointer::Indicator(first, level) => {
            let meant = drawing.value(field).map(str::to_owned);
            let n_rows = drawing.truth.get(field.form).map_or(0, |it| it.indicators.len());
            for row_idx in first..n_rows {
                let at = places::of_indicator(field.form, row_idx, level);
                if drawing.value(at).map(str::to_owned) != meant {
                    break;
                }
                accept(drawing, at, Some(bare));
            }
        }
        _ => (),
    }
}
