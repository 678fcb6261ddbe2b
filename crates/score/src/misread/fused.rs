//! Points and scores that stand in one cell: 66 for 6 and 6, 43.6 for 4 and 3.6, an actual with its points behind it.
//!
//! In: a cell that a finding uses. Out: the readings that part it, each with every cell that changes. They are tried like
//! any other edit; nothing is parted for good.

use gouji_model::{Form, IndicatorField, Pointer};
use gouji_quantity::{Decimal, Number};

/// The readings under which the cell holds what belongs into two.
pub(super) fn parted(form: &Form, pointer: Pointer, text: &str) -> Vec<Vec<(Pointer, String)>> {
    let Pointer::Indicator(row_idx, field) = pointer else { return Vec::new() };
    match field {
        IndicatorField::Weight => {
            let mut found = points_and_score(form, row_idx, text);
            found.extend(behind_actual(form, row_idx));
            found
        }
        IndicatorField::Score => behind_actual(form, row_idx).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The points with the score behind them; the score's own cell is empty or prints it again.
fn points_and_score(form: &Form, row_idx: usize, text: &str) -> Vec<Vec<(Pointer, String)>> {
    let at = |field| Pointer::Indicator(row_idx, field);
    let own = form.cell(at(IndicatorField::Score)).map(|it| it.text.trim());
    let own = own.filter(|it| !gouji_quantity::is_empty_mark(it));
    let ends = text.char_indices().map(|it| it.0).skip(1);
    let parts = ends.filter_map(|end| Some((number(text.get(..end)?)?, number(text.get(end..)?)?, end)));
    let fitting = parts.filter(|(points, score, end)| {
        let is_own = own.is_none_or(|it| Some(it) == text.get(*end..));
        // 30 is thirty points, and not three of which none was reached.
        is_own && score <= points && *points <= *score + *score && *points <= Decimal::ONE_HUNDRED
    });
    let made = fitting.filter_map(|(_, _, end)| {
        let points = (at(IndicatorField::Weight), text.get(..end)?.to_owned());
        let score = (at(IndicatorField::Score), text.get(end..)?.to_owned());
        Some(vec![points, score])
    });
    made.collect()
}

/// The points stand behind the actual; what was read as points is the score, unless there is one.
fn behind_actual(form: &Form, row_idx: usize) -> Option<Vec<(Pointer, String)>> {
    let at = |field| Pointer::Indicator(row_idx, field);
    let printed = |field| form.cell(at(field)).map(|it| it.text.trim()).filter(|it| !gouji_quantity::is_empty_mark(it));
    let actual = printed(IndicatorField::Actual)?;
    let (weight, score) = (printed(IndicatorField::Weight), printed(IndicatorField::Score));
    let score = match (weight, score) {
        (None, Some(score)) => score,
        (Some(weight), None) => weight,
        _ => return None,
    };
    let value = actual.trim_end_matches(|it: char| it.is_ascii_digit() || it == '.');
    let points = actual.get(value.len()..).filter(|_| !value.is_empty())?;
    (number(score)? <= number(points)?).then(|| {
        vec![
            (at(IndicatorField::Actual), value.to_owned()),
            (at(IndicatorField::Weight), points.to_owned()),
            (at(IndicatorField::Score), score.to_owned()),
        ]
    })
}

/// A number as people write one: no point at an end, no nought before it.
fn number(text: &str) -> Option<Decimal> {
    let is_written = !text.starts_with('.')
        && !text.ends_with('.')
        && (!text.starts_with('0') || text == "0" || text.starts_with("0."));
    gouji_quantity::number(text).filter(|_| is_written).map(Number::value)
}
