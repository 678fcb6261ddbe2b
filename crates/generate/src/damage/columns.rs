//! Columns and empty cells that vanish, and columns that changed places.

use gouji_model::{FundsField, IndicatorField, Pointer};

use super::{each_form, places};
use crate::{Cell, Content, Drawing, Item, Rng, Row, RowKind};

/// Columns without which what is left in a row could stand anywhere.
const TELLING: [IndicatorField; 6] = [
    IndicatorField::Name,
    IndicatorField::Target,
    IndicatorField::Adjusted,
    IndicatorField::Actual,
    IndicatorField::Weight,
    IndicatorField::Score,
];

/// Every empty cell vanishes, and what follows it moves up.
pub(super) fn empty_cells(drawing: &mut Drawing, _: &mut Rng) -> bool {
    for form in 0..drawing.truth.len() {
        places::flatten(drawing, form);
        if !is_told_by_order(drawing, form) {
            return false;
        }
    }
    for item in &mut drawing.items {
        let Item::Row(row) = item else { continue };
        row.cells.retain(|it| !it.text.trim().is_empty());
        if row.cells.is_empty() {
            row.cells.push(places::blank());
        }
    }
    true
}

/// Whether the cells that are left tell by their order where they stood.
fn is_told_by_order(drawing: &Drawing, form: usize) -> bool {
    let columns = places::columns(drawing, form);
    let is_telling = |it: &Option<IndicatorField>| it.is_some_and(|it| TELLING.contains(&it));
    let inner = columns.iter().position(is_telling).zip(columns.iter().rposition(is_telling));
    let Some((first, last)) = inner else { return false };
    // A column that is blank throughout, between others: its label would stand over the wrong cells.
    let has_gap = columns.get(first..last).unwrap_or_default().contains(&None);
    let sums_tell = places::rows_where(drawing, form, |it| matches!(it, RowKind::Subtotal | RowKind::Total))
        .into_iter()
        .filter_map(|it| drawing.row(it))
        .all(|row| prints_both_points(row, columns.contains(&Some(IndicatorField::Weight))));
    !has_gap && places::all_print(drawing, form, &TELLING) && sums_tell && funds_tell(drawing, form)
}

/// Whether a sum's row prints weight and score: one figure alone might be either.
fn prints_both_points(row: &Row, has_weight: bool) -> bool {
    let figures = row.cells.iter().filter(|it| !it.text.is_empty() && it.text.contains(|it: char| it.is_ascii_digit()));
    !has_weight || 2 <= figures.count()
}

/// Whether every line of the funds prints all of its amounts or none.
fn funds_tell(drawing: &Drawing, form: usize) -> bool {
    let rows = places::rows_where(drawing, form, |it| matches!(it, RowKind::Funds(_)));
    let heads = places::rows_where(drawing, form, |it| it == RowKind::FundsHead);
    let head = heads.first().and_then(|it| drawing.row(*it));
    rows.into_iter().filter_map(|it| drawing.row(it)).all(|row| {
        let label = row
            .cells
            .iter()
            .rposition(|it| it.field().is_some_and(|it| matches!(it.leaf, Pointer::Funds(_, FundsField::Label))));
        let after = label.map_or(0, |it| it + 1);
        let has_head = |column: usize| match head {
            Some(head) => head.cells.get(column).is_some_and(|it| !it.text.is_empty()),
            None => row.cells.get(column).is_some_and(|it| !it.text.is_empty()),
        };
        let printed: Vec<bool> = (after..row.cells.len())
            .filter(|it| has_head(*it))
            .filter_map(|it| row.cells.get(it))
            .map(|it| !it.text.trim().is_empty())
            .collect();
        printed.iter().all(|it| *it) || printed.iter().all(|it| !*it)
    })
}

/// Columns that are blank in every row below the header vanish from these rows; the header's labels stay.
pub(super) fn empty_columns(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, _, form| {
        places::flatten(drawing, form);
        let columns = places::columns(drawing, form);
        let is_telling = |it: &Option<IndicatorField>| it.is_some_and(|it| TELLING.contains(&it));
        let (Some(first), Some(last)) = (columns.iter().position(is_telling), columns.iter().rposition(is_telling))
        else {
            return false;
        };
        let rows = places::rows_where(drawing, form, |it| {
            matches!(it, RowKind::Indicator(_) | RowKind::Subtotal | RowKind::Continuation)
        });
        let is_blank = |column: &usize| {
            let cells = rows.iter().filter_map(|it| drawing.row(*it)?.cells.get(*column));
            cells.into_iter().all(|it| it.text.trim().is_empty())
        };
        let blank: Vec<usize> = (0..columns.len()).filter(is_blank).collect();
        // A blank column among the figures has a label that would then stand over its neighbor.
        if blank.is_empty() || blank.iter().any(|it| first < *it && *it < last) {
            return false;
        }
        for idx in rows {
            let Some(row) = drawing.row_mut(idx) else { continue };
            for column in blank.iter().rev().filter(|it| **it < row.cells.len()).copied().collect::<Vec<_>>() {
                row.cells.remove(column);
            }
        }
        true
    })
}

/// Two columns change places, with their labels and in every row.
pub(super) fn swapped(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let known = places::columns(drawing, form);
        let single = |field: &IndicatorField| known.iter().filter(|it| **it == Some(*field)).count() == 1;
        let movable = |it: &usize| {
            let field = known.get(*it).copied().flatten();
            field.is_some_and(|it| (TELLING.contains(&it) || it == IndicatorField::Reason) && single(&it))
        };
        let columns: Vec<usize> = (0..known.len()).filter(movable).filter(|it| has_label(drawing, form, *it)).collect();
        let [one, other] = rng.sample(&columns, 2)[..] else { return false };
        for idx in places::rows_where(drawing, form, places::is_of_indicators) {
            let Some(row) = drawing.row_mut(idx) else { continue };
            let is_wide_label =
                |cell: Option<&Cell>| cell.is_some_and(|it| it.content == Content::Label && !it.text.is_empty());
            // 合计 may stand over any of them; it stays where it is.
            let keeps = matches!(row.kind, RowKind::Total | RowKind::Subtotal | RowKind::Section)
                && (is_wide_label(row.cells.get(one)) || is_wide_label(row.cells.get(other)));
            if other < row.cells.len() && !keeps {
                row.cells.swap(one, other);
            }
        }
        true
    })
}

/// Whether the header has a label of its own over a column.
fn has_label(drawing: &Drawing, form: usize, column: usize) -> bool {
    let headers = places::rows_where(drawing, form, |it| it == RowKind::IndicatorHead);
    let label = |idx: &usize| drawing.row(*idx)?.cells.get(column).filter(|it| !it.text.is_empty());
    headers.iter().filter_map(label).count() == 1
}
