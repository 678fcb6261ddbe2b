//! Where things stand in a drawing: the rows of a form, the columns of its fields, the blocks under its labels.

use std::ops::Range;

use gouji_model::{IndicatorField, Pointer};

use crate::{Cell, Content, Drawing, Field, Item, Row, RowKind};

/// The rows under one printed label of a 一级指标 or 二级指标.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Places of its indicator rows; the first one prints the label.
    pub(super) rows: Vec<usize>,
    /// Places of these rows in the truth.
    pub(super) truth: Vec<usize>,
}

/// The places of the rows of a form that are of these kinds.
pub(super) fn rows_where(drawing: &Drawing, form: usize, is: fn(RowKind) -> bool) -> Vec<usize> {
    let of_form = |idx: &usize| drawing.row(*idx).is_some_and(|it| it.form == form && is(it.kind));
    (0..drawing.items.len()).filter(of_form).collect()
}

/// The places of a form's indicator rows.
pub(super) fn indicators(drawing: &Drawing, form: usize) -> Vec<usize> {
    rows_where(drawing, form, |it| matches!(it, RowKind::Indicator(_)))
}

/// The place in the truth of the indicator that stands here.
pub(super) fn truth_idx(drawing: &Drawing, item_idx: usize) -> Option<usize> {
    match drawing.row(item_idx)?.kind {
        RowKind::Indicator(it) => Some(it),
        _ => None,
    }
}

/// Whether a row belongs to the table of indicators: from its header to its total.
pub(super) fn is_of_indicators(kind: RowKind) -> bool {
    match kind {
        RowKind::IndicatorHead
        | RowKind::Section
        | RowKind::Indicator(_)
        | RowKind::Continuation
        | RowKind::Subtotal
        | RowKind::Total => true,
        RowKind::Head | RowKind::FundsHead | RowKind::Funds(_) | RowKind::Goal | RowKind::Remark | RowKind::Other => {
            false
        }
    }
}

/// The headers of a form's indicators, each the range of its rows.
pub(super) fn headers(drawing: &Drawing, form: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for idx in rows_where(drawing, form, |it| it == RowKind::IndicatorHead) {
        match found.last_mut() {
            Some(last) if last.end == idx => last.end = idx + 1,
            _ => found.push(idx..idx + 1),
        }
    }
    found
}

/// The rows of the header that stands nearest above a place.
pub(super) fn header_above(drawing: &Drawing, form: usize, item_idx: usize) -> Vec<Item> {
    let headers = headers(drawing, form);
    let range = headers.iter().rev().find(|it| it.end <= item_idx).cloned().unwrap_or(0..0);
    drawing.items.get(range).map_or_else(Vec::new, <[Item]>::to_vec)
}

/// The column of a row in which a field is printed.
pub(super) fn column(row: &Row, field: IndicatorField) -> Option<usize> {
    row.cells.iter().position(|it| is_of(it, field))
}

/// Whether a cell prints this column of an indicator.
pub(super) fn is_of(cell: &Cell, field: IndicatorField) -> bool {
    cell.field().is_some_and(|it| matches!(it.leaf, Pointer::Indicator(_, at) if at == field))
}

/// What each column of a form's indicators holds, as its cells tell; nothing where every cell of it is blank.
pub(super) fn columns(drawing: &Drawing, form: usize) -> Vec<Option<IndicatorField>> {
    let mut held: Vec<Option<IndicatorField>> = Vec::new();
    for row in indicators(drawing, form).into_iter().filter_map(|it| drawing.row(it)) {
        for (idx, cell) in row.cells.iter().enumerate() {
            if held.len() <= idx {
                held.push(None);
            }
            if let (Some(place), Some(Pointer::Indicator(_, field))) =
                (held.get_mut(idx), cell.field().map(|it| it.leaf))
            {
                place.get_or_insert(field);
            }
        }
    }
    held
}

/// The column in which a form prints the labels of this level, beside the rows that they stand for.
pub(super) fn label_column(drawing: &Drawing, form: usize, level: IndicatorField) -> Option<usize> {
    columns(drawing, form).iter().position(|it| *it == Some(level))
}

/// The blocks under the labels of this level, in order; rows above the first label are in none.
pub(super) fn blocks(drawing: &Drawing, form: usize, level: IndicatorField) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    for idx in indicators(drawing, form) {
        let (Some(row), Some(truth)) = (drawing.row(idx), truth_idx(drawing, idx)) else { continue };
        let is_label = row.cells.iter().any(|it| is_of(it, level) && !it.text.is_empty());
        match found.last_mut() {
            Some(block) if !is_label => {
                block.rows.push(idx);
                block.truth.push(truth);
            }
            None if !is_label => (),
            _ => found.push(Block { rows: vec![idx], truth: vec![truth] }),
        }
    }
    found
}

/// Takes the spans off a form's rows: what another cell covered is blank from now on.
pub(super) fn flatten(drawing: &mut Drawing, form: usize) {
    for item in &mut drawing.items {
        let Item::Row(row) = item else { continue };
        if row.form == form {
            row.cells.iter_mut().for_each(flatten_cell);
        }
    }
}

fn flatten_cell(cell: &mut Cell) {
    if cell.is_covered() {
        *cell = blank();
    }
    (cell.columns, cell.rows) = (1, 1);
}

/// A blank cell.
pub(super) fn blank() -> Cell {
    Cell::plain("", Content::Blank)
}

/// Whether every one of these indicator rows prints each of these columns that the form has.
pub(super) fn all_print(drawing: &Drawing, form: usize, fields: &[IndicatorField]) -> bool {
    let has: Vec<IndicatorField> = columns(drawing, form).into_iter().flatten().collect();
    indicators(drawing, form).into_iter().filter_map(|it| drawing.row(it)).all(|row| {
        let prints = |field| row.cells.iter().any(|it| is_of(it, field) && !it.text.trim().is_empty());
        fields.iter().filter(|it| has.contains(it)).all(|it| prints(*it))
    })
}

/// The field of an indicator.
pub(super) fn of_indicator(form: usize, row_idx: usize, field: IndicatorField) -> Field {
    Field { form, leaf: Pointer::Indicator(row_idx, field) }
}

/// The items of a form, from its title to the end of its table.
pub(super) fn extent(drawing: &Drawing, form: usize) -> Option<Range<usize>> {
    let last_of = |form: usize| drawing.items.iter().rposition(|it| matches!(it, Item::Row(row) if row.form == form));
    let before = form.checked_sub(1).and_then(last_of).map_or(0, |it| it + 1);
    let first = drawing.items.iter().position(|it| matches!(it, Item::Row(row) if row.form == form))?;
    let is_start = |it: &Item| match it {
        Item::TableStart => true,
        Item::Line(line) => line.role == crate::LineRole::Title,
        Item::TableEnd | Item::Row(_) => false,
    };
    let start = (before..first).find(|it| drawing.items.get(*it).is_some_and(is_start)).unwrap_or(first);
    let last = last_of(form)?;
    let end = if drawing.items.get(last + 1) == Some(&Item::TableEnd) { last + 2 } else { last + 1 };
    Some(start..end)
}
