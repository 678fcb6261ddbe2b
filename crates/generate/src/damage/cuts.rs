//! Documents of which the beginning or the end is missing.

use gouji_model::IndicatorField;

use super::ledger::{accept, settle_cut};
use super::{headers, places};
use crate::{Content, Drawing, Item, Rng, RowKind};

/// Fewest indicators that are left when rows are cut off.
const ROWS_LEFT: usize = 3;

/// The document begins somewhere in its first form.
pub(super) fn head(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    places::flatten(drawing, 0);
    let first_of = |is: fn(RowKind) -> bool, nth: usize| places::rows_where(drawing, 0, is).get(nth).copied();
    let starts = [
        first_of(|it| it == RowKind::Head, 1),
        first_of(|it| matches!(it, RowKind::FundsHead | RowKind::Funds(_)), 0),
        places::headers(drawing, 0).first().map(|it| it.start),
    ];
    match rng.pick(&starts).copied().flatten() {
        Some(start) => begin_at(drawing, start),
        None => false,
    }
}

/// The document begins among the indicators of its first form, now and then in the middle of a row.
pub(super) fn head_in_rows(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    places::flatten(drawing, 0);
    if !headers::is_told_without(drawing, 0) {
        return false;
    }
    let rows = places::indicators(drawing, 0);
    let inner = rows.get(1..rows.len().saturating_sub(ROWS_LEFT)).unwrap_or_default();
    let Some(start) = rng.pick(inner).copied() else { return false };
    if !begin_at(drawing, start) {
        return false;
    }
    if rng.chance(2) {
        begin_in_row(drawing);
    }
    true
}

fn begin_at(drawing: &mut Drawing, start: usize) -> bool {
    let first_row = (start..drawing.items.len()).find_map(|it| places::truth_idx(drawing, it));
    let Some(first_row) = first_row else { return false };
    let n_rows = drawing.truth.first().map_or(0, |it| it.indicators.len());
    drawing.items.splice(..start, [Item::TableStart]);
    settle_cut(drawing, 0, first_row..n_rows);
    true
}

/// Cuts off what stands before the name in the first row.
fn begin_in_row(drawing: &mut Drawing) {
    let Some(row) = drawing.row_mut(1) else { return };
    let Some(name) = places::column(row, IndicatorField::Name) else { return };
    row.cells.drain(..name);
    let n_rows = drawing.truth.first().map_or(0, |it| it.indicators.len());
    settle_cut(drawing, 0, 0..n_rows);
}

/// The document ends with a whole row of indicators of its last form.
pub(super) fn tail(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let Some((form, end, last)) = cut_at(drawing, rng) else { return false };
    end_at(drawing, form, end + 1, last + 1);
    true
}

/// The document ends in the middle of a name, or behind a target.
pub(super) fn tail_in_row(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let Some((form, end, last)) = cut_at(drawing, rng) else { return false };
    let Some(row) = drawing.row_mut(end) else { return false };
    let ends_in_name = rng.chance(2);
    let field = if ends_in_name { IndicatorField::Name } else { IndicatorField::Target };
    // A target in three cells ends with the last of them.
    let Some(column) = row.cells.iter().rposition(|it| places::is_of(it, field)) else { return false };
    let Some(name) = places::column(row, IndicatorField::Name) else { return false };
    let Some(cell) = row.cells.get_mut(column).filter(|it| !it.text.is_empty()) else { return false };
    if column < name {
        return false;
    }
    if !ends_in_name {
        row.cells.truncate(column + 1);
        end_at(drawing, form, end + 1, last + 1);
        return true;
    }
    let Some(at) = super::letters::seams(&cell.text, 2).first().copied() else { return false };
    cell.text.truncate(at);
    let rest = cell.text.clone();
    let has_labels = row.cells.iter().take(name).any(|it| !it.text.is_empty());
    // Nobody could say what the row is: it is not in the truth, and its cells are no values.
    row.cells.truncate(column + 1);
    row.cells.iter_mut().for_each(|it| it.content = Content::Other);
    row.kind = RowKind::Other;
    end_at(drawing, form, end + 1, last);
    let before = last.checked_sub(1).map(|it| places::of_indicator(form, it, IndicatorField::Name));
    if let (Some(before), false) = (before, has_labels) {
        // It might as well be the rest of the name above.
        let whole = drawing.value(before).map(|it| format!("{it}{rest}"));
        accept(drawing, before, whole.as_deref());
    }
    true
}

/// An indicator of the last form at which the document may end: the form, its place, and its place in the truth.
fn cut_at(drawing: &mut Drawing, rng: &mut Rng) -> Option<(usize, usize, usize)> {
    let form = drawing.truth.len().checked_sub(1)?;
    places::flatten(drawing, form);
    let rows = places::indicators(drawing, form);
    let end = *rng.pick(rows.get(ROWS_LEFT..).unwrap_or_default())?;
    // What stands behind the cut must be rows of this form alone: it is all that is settled.
    Some((form, end, places::truth_idx(drawing, end)?))
}

/// Cuts everything from this item on; so many rows of the truth are left.
fn end_at(drawing: &mut Drawing, form: usize, end: usize, n_rows: usize) {
    drawing.items.truncate(end);
    drawing.items.push(Item::TableEnd);
    settle_cut(drawing, form, 0..n_rows);
}
