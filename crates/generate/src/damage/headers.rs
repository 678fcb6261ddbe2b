//! Headers that are lost, come again, run into each other or over two lines.

use gouji_model::{IndicatorField, Pointer};

use super::letters::{read, scaled, seams};
use super::{breaks, each_form, places};
use crate::{Cell, Content, Drawing, Item, Line, LineRole, Rng, Row, RowKind};

/// Fewest indicators of a form that goes over a page.
const ROWS_OF_TWO_PAGES: usize = 4;

pub(super) fn lost(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, _, form| {
        places::flatten(drawing, form);
        let headers = places::headers(drawing, form);
        if headers.is_empty() || !is_told_without(drawing, form) {
            return false;
        }
        for range in headers.into_iter().rev() {
            drawing.items.drain(range);
        }
        true
    })
}

/// Whether a reader could tell the columns apart by what they hold.
pub(super) fn is_told_without(drawing: &Drawing, form: usize) -> bool {
    // A column that holds what belongs in another is found by its label.
    let is_of_column = |it: &Pointer| matches!(it, Pointer::Column(_));
    if drawing.faults.iter().any(|it| it.form == form && it.at.iter().any(is_of_column)) {
        return false;
    }
    let known: Vec<IndicatorField> = places::columns(drawing, form).into_iter().flatten().collect();
    let has = |field| known.contains(&field);
    let is_split = known.iter().filter(|it| **it == IndicatorField::Target).count() != 1;
    if is_split || !has(IndicatorField::Name) || has(IndicatorField::Adjusted) || has_other_column(drawing, form) {
        return false;
    }
    match (has(IndicatorField::Actual), has(IndicatorField::Weight), has(IndicatorField::Score)) {
        (false, false, false) => true,
        (true, true, true) => targets_tell(drawing, form) && points_tell(drawing, form),
        _ => false,
    }
}

/// Whether a row has a cell that is none of the fields: a number of its own, a method, a second score.
fn has_other_column(drawing: &Drawing, form: usize) -> bool {
    let rows = places::indicators(drawing, form);
    let is_other = |cell: &Cell| {
        let is_method = cell.field().is_some_and(|it| {
            matches!(it.leaf, Pointer::Indicator(_, IndicatorField::Method | IndicatorField::L2Weight))
        });
        cell.content == Content::Other && !cell.text.is_empty() || is_method
    };
    rows.iter().filter_map(|it| drawing.row(*it)).any(|row| row.cells.iter().any(is_other))
}

/// Whether target and actual differ in kind in some row: only targets are bounds.
fn targets_tell(drawing: &Drawing, form: usize) -> bool {
    let is_bound =
        |it: &Option<String>| it.as_deref().is_some_and(|it| read(it).starts_with(['≥', '≤', '<', '>', '≧', '=']));
    let Some(truth) = drawing.truth.get(form) else { return false };
    truth.indicators.iter().any(|it| is_bound(&it.target) && !is_bound(&it.actual))
        && !truth.indicators.iter().any(|it| is_bound(&it.actual) && !is_bound(&it.target))
}

/// Whether no score is above its weight, so that the two columns tell which is which, or print the same throughout.
fn points_tell(drawing: &Drawing, form: usize) -> bool {
    let Some(truth) = drawing.truth.get(form) else { return false };
    truth.indicators.iter().all(|it| {
        let figure = |it: &Option<String>| it.as_deref().and_then(scaled);
        matches!((figure(&it.score), figure(&it.weight)), (Some(score), Some(weight)) if score <= weight)
    })
}

/// After a page break the header is printed again.
pub(super) fn repeated(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let between = breaks::page_break(rng);
        print_again(drawing, rng, form, between)
    })
}

/// After a page break the title is printed again, as the rest of a table, and the header.
pub(super) fn title_again(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let Some(title) = title(drawing, form) else { return false };
        let text = match rng.below(4) {
            0 => format!("{title}(续)"),
            1 => format!("{title}（续表）"),
            2 => format!("续表:{title}"),
            _ => "续表".to_owned(),
        };
        let line = Item::Line(Line::new(text, LineRole::Title));
        let between = if rng.chance(2) { vec![line] } else { vec![Item::TableEnd, line, Item::TableStart] };
        print_again(drawing, rng, form, between)
    })
}

/// The first line of a form's title.
fn title(drawing: &Drawing, form: usize) -> Option<String> {
    let range = places::extent(drawing, form)?;
    drawing.items.get(range)?.iter().find_map(|it| match it {
        Item::Line(line) if line.role == LineRole::Title => Some(line.text.clone()),
        Item::Line(_) | Item::TableStart | Item::TableEnd | Item::Row(_) => None,
    })
}

fn print_again(drawing: &mut Drawing, rng: &mut Rng, form: usize, mut between: Vec<Item>) -> bool {
    places::flatten(drawing, form);
    let rows = places::indicators(drawing, form);
    if rows.len() < ROWS_OF_TWO_PAGES {
        return false;
    }
    let Some(idx) = rng.pick(rows.get(1..).unwrap_or_default()).copied() else { return false };
    let header = places::header_above(drawing, form, idx);
    if header.is_empty() {
        return false;
    }
    between.extend(header);
    drawing.items.splice(idx..idx, between);
    true
}

/// Words of the header over two lines: 年度 and, in the row below, 指标值.
pub(super) fn two_lines(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let headers = places::headers(drawing, form);
        if headers.iter().any(|it| it.len() != 1) {
            return false;
        }
        for range in headers.iter().rev() {
            let Some(row) = drawing.row_mut(range.start) else { return false };
            let mut below = Row { form, kind: RowKind::IndicatorHead, cells: vec![places::blank(); row.cells.len()] };
            for (cell, rest) in row.cells.iter_mut().zip(&mut below.cells) {
                let seams = seams(&cell.text, 2);
                if let (Some(at), Content::Label, true) = (rng.pick(&seams), &cell.content, rng.percent(80)) {
                    *rest = Cell::label(cell.text.split_off(*at));
                }
            }
            if below.cells.iter().all(|it| it.text.is_empty()) {
                return false;
            }
            drawing.items.insert(range.end, Item::Row(below));
        }
        !headers.is_empty()
    })
}

/// Two neighboring labels of the header in one cell.
pub(super) fn merged(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, merge)
}

pub(super) fn merge(drawing: &mut Drawing, rng: &mut Rng, form: usize) -> bool {
    places::flatten(drawing, form);
    let headers = places::headers(drawing, form);
    let is_single = |it: &&std::ops::Range<usize>| it.len() == 1;
    let Some(row) = headers.iter().find(is_single).and_then(|it| drawing.row_mut(it.start)) else { return false };
    let is_label = |it: &Cell| it.content == Content::Label && !it.text.is_empty();
    let pairs: Vec<usize> = (1..row.cells.len()).filter(|it| row.cells[it - 1..=*it].iter().all(is_label)).collect();
    let Some(second) = rng.pick(&pairs).copied() else { return false };
    let Some(text) = row.cells.get_mut(second).map(|it| std::mem::replace(it, places::blank()).text) else {
        return false;
    };
    if let Some(first) = row.cells.get_mut(second - 1) {
        first.text.push_str(&text);
    }
    true
}
