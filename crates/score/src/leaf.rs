//! Writing a leaf of a form by its pointer: what other readings are tried with.

use gouji_model::{Cell, Form, Indicator, Pointer};

/// Puts another reading into the leaf at `pointer`; a whole row that is read as nothing is emptied in its place.
pub(crate) fn put(form: &mut Form, pointer: Pointer, value: Option<&str>) {
    let cell = value.filter(|text| !text.trim().is_empty()).map(Cell::drawn);
    let slot = match pointer {
        Pointer::Form | Pointer::Column(_) => None,
        Pointer::Row(row_idx) => {
            if let (Some(row), None) = (form.indicators.get_mut(row_idx), &cell) {
                *row = Indicator { l1: row.l1.take(), l2: row.l2.take(), ..Indicator::default() };
            }
            None
        }
        Pointer::Title => Some(&mut form.title),
        Pointer::Year => Some(&mut form.year),
        Pointer::Project => Some(&mut form.project),
        Pointer::Department => Some(&mut form.department),
        Pointer::Unit => Some(&mut form.unit),
        Pointer::FundsUnit => Some(&mut form.funds_unit),
        Pointer::Funds(line_idx, field) => form.funds.get_mut(line_idx).map(|it| it.field_mut(field)),
        Pointer::GoalExpected => Some(&mut form.goal.expected),
        Pointer::GoalAchieved => Some(&mut form.goal.achieved),
        Pointer::Indicator(row_idx, field) => form.indicators.get_mut(row_idx).map(|it| it.field_mut(field)),
        Pointer::TotalWeight => Some(&mut form.total.weight),
        Pointer::TotalScore => Some(&mut form.total.score),
        Pointer::Grade => Some(&mut form.grade),
        Pointer::PointsValue(idx) => form.points.get_mut(idx).map(|it| &mut it.value),
        Pointer::PointsScore(idx) => form.points.get_mut(idx).map(|it| &mut it.score),
        Pointer::Note(idx) => {
            if let Some((note, cell)) = form.notes.get_mut(idx).zip(cell.clone()) {
                *note = cell;
            }
            None
        }
        Pointer::Text(idx) => form.texts.get_mut(idx).map(|it| &mut it.text),
        Pointer::Deviation => Some(&mut form.deviation),
    };
    if let Some(slot) = slot {
        *slot = cell;
    }
}
