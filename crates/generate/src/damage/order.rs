//! Cells in the order in which a program drew them, not in reading order.

use std::collections::BTreeSet;

use gouji_model::IndicatorField;

use super::{each_form, places};
use crate::{Drawing, Item, Rng, Row, RowKind};

/// Rows that may be drawn before the funds.
const DRAWN_EARLY: usize = 2;

/// Names, then targets, then the values, each in a run of its own in the order of the rows; the header stands between
/// them, and the first rows stand among the funds.
pub(super) fn drawing_order(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        // Runs of unequal length would tell nothing.
        let fields = [
            IndicatorField::Name,
            IndicatorField::Target,
            IndicatorField::Actual,
            IndicatorField::Weight,
            IndicatorField::Score,
        ];
        let headers = places::headers(drawing, form);
        let [header] = headers.as_slice() else { return false };
        if !places::all_print(drawing, form, &fields) || has_rows_between(drawing, form) {
            return false;
        }
        let header = header.clone();
        let rows = places::indicators(drawing, form);
        let early = rng.below(DRAWN_EARLY + 1).min(rows.len().saturating_sub(2));
        let (early, late) = rows.split_at(early);
        let Some(runs) = runs(drawing, late) else { return false };
        let early: Vec<Item> = early.iter().filter_map(|it| drawing.items.get(*it).cloned()).collect();
        let head: Vec<Item> = drawing.items.get(header.clone()).map_or_else(Vec::new, <[Item]>::to_vec);
        let Some(end) = rows.last().map(|it| it + 1) else { return false };
        let funds = places::rows_where(drawing, form, |it| matches!(it, RowKind::Funds(_)));
        let [names, targets, values] = runs;
        let drawn = match rng.below(3) {
            0 => [names, head, targets, values].concat(),
            1 => [names, targets, head, values].concat(),
            _ => [head, names, targets, values].concat(),
        };
        let before = funds.last().filter(|it| **it < header.start).copied();
        let (inside, ahead) = if before.is_some() { (drawn, early) } else { ([early, drawn].concat(), Vec::new()) };
        drawing.items.splice(header.start..end, inside);
        if let Some(at) = before {
            drawing.items.splice(at..at, ahead);
        }
        true
    })
}

/// Whether something stands between the indicators that would be drawn away: sections, subtotals, the rest of a row.
fn has_rows_between(drawing: &Drawing, form: usize) -> bool {
    let is_between = |it| matches!(it, RowKind::Section | RowKind::Subtotal | RowKind::Continuation);
    let rows = places::indicators(drawing, form);
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return true };
    let is_whole: BTreeSet<usize> = (*first..=*last).collect();
    !places::rows_where(drawing, form, is_between).is_empty() || is_whole.len() != rows.len()
}

/// The rows taken apart: labels and names, targets, and what follows.
fn runs(drawing: &Drawing, rows: &[usize]) -> Option<[Vec<Item>; 3]> {
    let mut runs: [Vec<Item>; 3] = Default::default();
    for row in rows.iter().filter_map(|it| drawing.row(*it)) {
        let name = places::column(row, IndicatorField::Name)?;
        let first = places::column(row, IndicatorField::Target)?;
        let last = row.cells.iter().rposition(|it| places::is_of(it, IndicatorField::Target))?;
        let part = |cells: Vec<crate::Cell>| Item::Row(Row { form: row.form, kind: row.kind, cells });
        let cells = |idxs: &dyn Fn(usize) -> bool| {
            let kept = row.cells.iter().enumerate().filter(|it| idxs(it.0));
            kept.map(|it| it.1.clone()).collect::<Vec<_>>()
        };
        let [names, targets, values] = &mut runs;
        names.push(part(cells(&|idx| idx <= name)));
        targets.push(part(cells(&|idx| first <= idx && idx <= last)));
        values.push(part(cells(&|idx| name < idx && !(first <= idx && idx <= last))));
    }
    Some(runs)
}
