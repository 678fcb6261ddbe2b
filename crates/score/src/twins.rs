//! Rows and cells that stand for the same thing in two places: two printings of a form, or a target form and its
//! self-evaluation.
//!
//! In: rows, or the texts of two cells. Out: what a row is known by, and how the cells stand to each other.

use gouji_model::{Form, Indicator};
use gouji_quantity::{Dimension, Interval, Kind, Quantity, Value, edits, read_value};

use crate::names;
use crate::words::squeezed;

/// What a row is known by: its class and its name. `None` for a name too short to tell rows apart.
pub(crate) fn class_and_name(row: &Indicator) -> Option<(Option<String>, String)> {
    let name = names::bare(&row.name.as_ref()?.text);
    let class = row.l2.as_ref().map(|it| squeezed(&it.text).trim_end_matches("指标").to_owned());
    (1 < name.chars().count()).then_some((class, name))
}

/// The form says that targets were adjusted.
pub(crate) fn tells_of_adjustment(form: &Form) -> bool {
    let boxes = form.texts.iter().filter_map(|it| it.text.as_ref()).chain(&form.deviation).chain(&form.goal.achieved);
    let reasons = form.indicators.iter().filter_map(|it| it.reason.as_ref());
    boxes.chain(reasons).any(|cell| cell.text.contains("调整") || cell.text.contains("变更"))
}

/// The same number or day; `None` if they are neither.
pub(crate) fn is_same_target(own: &Value, filed: &Value) -> Option<bool> {
    match (&own.kind, &filed.kind) {
        (Kind::Period(own), Kind::Period(filed)) => {
            own.by.year.is_some().eq(&filed.by.year.is_some()).then_some(own.by == filed.by)
        }
        (Kind::Quantity(own), Kind::Quantity(filed)) => {
            let is_plain = own.approximation.is_none() && filed.approximation.is_none();
            let is_comparable = match (own.unit, filed.unit) {
                (Some(own), Some(filed)) => own.is_comparable(&filed) && own.has_same_per(&filed),
                (None, None) => own.number.power() == filed.number.power(),
                // 30 may be 30万元, and 0.95 may be 95%: only of whole things a bare number is as good as one with its unit.
                (Some(unit), None) | (None, Some(unit)) => {
                    unit.of.dimension == Dimension::Count && own.number.power() == filed.number.power()
                }
            };
            let (own, filed) = (own.in_unit_of(filed), filed.in_unit_of(own));
            let meets = own.loose().zip(filed.loose()).map(|(own, filed)| own.intersects(&filed));
            meets.filter(|_| is_plain && is_comparable)
        }
        _ => None,
    }
}

/// How two printings of one cell stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The same characters, but for white space and their width.
    Same,
    /// Figures that round to each other.
    Equal,
    /// One is the beginning of the other.
    Cut,
    /// Other figures.
    Apart {
        /// One edit of the table of misread characters makes them the same.
        is_misread: bool,
    },
    /// Other words.
    Words,
}

/// How two printings of one cell stand to each other.
pub(crate) fn standing(own: &str, other: &str) -> Standing {
    let (left, right) = (squeezed(own), squeezed(other));
    if left == right {
        return Standing::Same;
    }
    let is_cut = |short: &str, long: &str| !short.is_empty() && long.starts_with(short) && !ends_in_figure(short, long);
    if is_cut(&left, &right) || is_cut(&right, &left) {
        return Standing::Cut;
    }
    match has_same_figures(&left, &right) {
        Some(true) => Standing::Equal,
        Some(false) => Standing::Apart { is_misread: is_misread(&left, &right) },
        None => Standing::Words,
    }
}

/// One edit makes one text the other (rule book 4.5).
pub(crate) fn is_misread(left: &str, right: &str) -> bool {
    let makes = |from: &str, to: &str| edits(from).iter().any(|(_, made)| made == to);
    makes(left, right) || makes(right, left)
}

/// The longer text goes on with digits: 12 and 120 are two figures, not one that was cut.
fn ends_in_figure(short: &str, long: &str) -> bool {
    let is_figure = |it: char| it.is_ascii_digit() || matches!(it, '.' | ',' | '%' | '万' | '亿');
    let ends = short.chars().next_back().is_some_and(|it| it.is_ascii_digit() || it == '.');
    ends && long.get(short.len()..).and_then(|it| it.chars().next()).is_some_and(is_figure)
}

/// Whether the figures of two texts round to each other; `None` if one of them is not figures alone.
fn has_same_figures(left: &str, right: &str) -> Option<bool> {
    let (left, right) = (read_value(left), read_value(right));
    if matches!((&left.kind, &right.kind), (Kind::Period(left), Kind::Period(right)) if left.by == right.by && left.from == right.from)
    {
        return Some(true);
    }
    let (own, other) = (only_figures(&left)?, only_figures(&right)?);
    let is_comparable = own.len() == other.len() && !own.is_empty();
    is_comparable.then(|| own.iter().zip(&other).all(|(left, right)| left.intersects(right)))
}

/// The values of a cell that is nothing but figures.
fn only_figures(value: &Value) -> Option<Vec<Interval>> {
    match &value.kind {
        Kind::Quantity(_) | Kind::Range(_) | Kind::Compound(_) => {
            value.quantities().iter().map(Quantity::loose).collect()
        }
        _ => None,
    }
}
