//! Cells that moved sideways: of a row, of a page, from some row on.

use gouji_model::IndicatorField;

use super::places::{self, blank};
use super::{breaks, each_form};
use crate::{Drawing, Item, Rng, Row, RowKind};

/// One indicator row in so many is shifted where single rows are.
const ONE_ROW_IN: usize = 6;

/// A funds line with fewer amounts than this does not tell where they belong once they moved.
const TELLING_AMOUNTS: usize = 3;

/// Moves the cells right; what is pushed out at the end stays if it prints something.
pub(super) fn right(row: &mut Row, by: usize) {
    for _ in 0..by {
        row.cells.insert(0, blank());
        if row.cells.last().is_some_and(|it| it.text.is_empty()) {
            row.cells.pop();
        }
    }
}

/// Moves the cells left, as far as they are blank; false if the first one is not.
pub(super) fn left(row: &mut Row, by: usize) -> bool {
    let mut is_moved = false;
    for _ in 0..by {
        if row.cells.first().is_some_and(|it| it.text.is_empty()) {
            row.cells.remove(0);
            row.cells.push(blank());
            is_moved = true;
        }
    }
    is_moved
}

pub(super) fn rows_right(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let rows = places::indicators(drawing, form);
        let shifted = rng.sample(&rows, (rows.len() / ONE_ROW_IN).max(1));
        for idx in &shifted {
            let by = if rng.chance(3) { 2 } else { 1 };
            if let Some(row) = drawing.row_mut(*idx) {
                right(row, by);
            }
        }
        !shifted.is_empty()
    })
}

pub(super) fn rows_left(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let mut rows = places::indicators(drawing, form);
        rows.retain(|it| drawing.row(*it).is_some_and(|it| it.cells.first().is_some_and(|it| it.text.is_empty())));
        let shifted = rng.sample(&rows, (rows.len() / ONE_ROW_IN).max(1));
        for idx in &shifted {
            let by = if rng.chance(3) { 2 } else { 1 };
            if let Some(row) = drawing.row_mut(*idx) {
                left(row, by);
            }
        }
        !shifted.is_empty()
    })
}

/// A line that prints every amount moves as a whole: its amounts tell where they belong.
pub(super) fn funds_row(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        if places::rows_where(drawing, form, |it| it == RowKind::FundsHead).is_empty() {
            return false;
        }
        places::flatten(drawing, form);
        let mut rows = places::rows_where(drawing, form, |it| matches!(it, RowKind::Funds(_)));
        rows.retain(|it| drawing.row(*it).is_some_and(is_full_line));
        let Some(idx) = rng.pick(&rows).copied() else { return false };
        let goes_left = rng.chance(3);
        let Some(row) = drawing.row_mut(idx) else { return false };
        if goes_left && left(row, 1) {
            return true;
        }
        right(row, 1);
        true
    })
}

/// Whether every amount of a funds line is printed, and enough of them to be told apart.
fn is_full_line(row: &Row) -> bool {
    let amounts = row.cells.iter().filter(|it| it.field().is_some_and(|it| is_amount(it.leaf)));
    let printed: Vec<bool> = amounts.map(|it| !it.text.trim().is_empty()).collect();
    TELLING_AMOUNTS <= printed.len() && printed.iter().all(|it| *it)
}

fn is_amount(leaf: gouji_model::Pointer) -> bool {
    matches!(leaf, gouji_model::Pointer::Funds(_, field) if field != gouji_model::FundsField::Label)
}

/// A page on which the table begins one or two columns further in, or out.
pub(super) fn page(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let rows = places::indicators(drawing, form);
        let inner = rows.get(2..rows.len().saturating_sub(1)).unwrap_or_default();
        let Some(first) = rng.pick(inner).copied() else { return false };
        let (by, goes_left) = (if rng.chance(3) { 2 } else { 1 }, rng.chance(4));
        let mut is_moved = false;
        for item in drawing.items.iter_mut().skip(first) {
            let Item::Row(row) = item else { continue };
            if row.form != form || !places::is_of_indicators(row.kind) {
                continue;
            }
            if goes_left {
                is_moved |= left(row, by);
            } else {
                right(row, by);
                is_moved = true;
            }
        }
        let mark = breaks::page_mark(rng);
        drawing.items.insert(first, mark);
        is_moved
    })
}

/// From some row on, a blank column stands before the actual values.
pub(super) fn slipped_column(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let columns = places::columns(drawing, form);
        let actual = columns.iter().position(|it| *it == Some(IndicatorField::Actual));
        let next = actual.and_then(|it| columns.get(it + 1).copied().flatten());
        // Figures behind the actual value tell that it moved; a text might be a reason.
        let is_told = matches!(next, Some(IndicatorField::Weight | IndicatorField::Score));
        if !is_told || !places::all_print(drawing, form, &[IndicatorField::Target, IndicatorField::Actual]) {
            return false;
        }
        let rows = places::indicators(drawing, form);
        let inner = rows.get(1..rows.len().saturating_sub(2)).unwrap_or_default();
        let Some(first) = rng.pick(inner).copied() else { return false };
        let mut is_moved = false;
        for idx in rows.into_iter().filter(|it| first <= *it) {
            let Some(row) = drawing.row_mut(idx) else { continue };
            let Some(column) = places::column(row, IndicatorField::Actual) else { continue };
            row.cells.insert(column, blank());
            is_moved = true;
        }
        is_moved
    })
}
