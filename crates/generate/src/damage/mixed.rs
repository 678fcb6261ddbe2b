//! Several kinds of damage in one document, as bad scans of long forms have them.

use super::{breaks, copies, each_form, headers, labels, places, shifts};
use crate::{Drawing, Rng};

/// Rows that are shifted, percent.
const SHIFTED: usize = 30;

/// Each row shifted three times in ten, one label in three lost, a merged header, a block printed twice, a page break.
pub(super) fn mixed(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        labels::one_in_three_lost(drawing, rng, form);
        headers::merge(drawing, rng, form);
        for idx in places::indicators(drawing, form) {
            if !rng.percent(SHIFTED) {
                continue;
            }
            let (by, goes_left) = (if rng.chance(3) { 2 } else { 1 }, rng.chance(3));
            let Some(row) = drawing.row_mut(idx) else { continue };
            if !(goes_left && shifts::left(row, by)) {
                shifts::right(row, by);
            }
        }
        copies::print_block(drawing, rng, form, 1);
        let rows = places::indicators(drawing, form);
        if let Some(at) = rng.pick(rows.get(1..).unwrap_or_default()) {
            let between = breaks::page_break(rng);
            drawing.items.splice(*at..*at, between);
        }
        !rows.is_empty()
    })
}
