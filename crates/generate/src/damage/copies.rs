//! Rows, blocks and whole forms that are printed more than once.

use super::{breaks, each_form, places};
use crate::{Drawing, Item, Rng};
use gouji_model::IndicatorField;

/// Fewest rows of a block whose copy a reader tells from rows of its own.
const ROWS_OF_A_COPY: usize = 3;

/// Most rows of a page's end that the next page prints again.
const ROWS_AGAIN: usize = 3;

/// The last rows of a page are printed again at the top of the next, mostly under the header.
pub(super) fn rows_again(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let rows = places::indicators(drawing, form);
        let count = rng.between(1, ROWS_AGAIN);
        if rows.len() < count + 3 {
            return false;
        }
        let next = rng.between(count + 1, rows.len() - 2);
        let (Some(at), Some(again)) = (rows.get(next).copied(), rows.get(next - count..next)) else { return false };
        let mut printed = breaks::page_break(rng);
        if rng.percent(60) {
            printed.extend(places::header_above(drawing, form, at));
        }
        printed.extend(again.iter().filter_map(|it| drawing.items.get(*it).cloned()));
        drawing.items.splice(at..at, printed);
        true
    })
}

pub(super) fn block_twice(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| print_block(drawing, rng, form, 1))
}

pub(super) fn block_thrice(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| print_block(drawing, rng, form, 2))
}

/// Prints the rows of a 一级指标, or the header and all rows, so many times more behind themselves.
pub(super) fn print_block(drawing: &mut Drawing, rng: &mut Rng, form: usize, more: usize) -> bool {
    places::flatten(drawing, form);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for block in places::blocks(drawing, form, IndicatorField::L1) {
        if let (Some(first), Some(last), true) =
            (block.rows.first(), block.rows.last(), ROWS_OF_A_COPY <= block.rows.len())
        {
            runs.push((*first, last + 1));
        }
    }
    let rows = places::indicators(drawing, form);
    // With its header only where one header stands above all rows.
    if let ([header], Some(last), true) = (&*places::headers(drawing, form), rows.last(), ROWS_OF_A_COPY <= rows.len())
    {
        runs.push((header.start, last + 1));
    }
    let Some((first, end)) = rng.pick(&runs).copied() else { return false };
    let Some(block) = drawing.items.get(first..end).map(<[Item]>::to_vec) else { return false };
    for _ in 0..more {
        let between = if rng.chance(2) { breaks::page_break(rng) } else { Vec::new() };
        drawing.items.splice(end..end, between.into_iter().chain(block.iter().cloned()));
    }
    true
}

/// A form, with its title, is printed a second time behind itself.
pub(super) fn form_twice(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let forms: Vec<usize> = (0..drawing.truth.len()).collect();
    let Some(range) = rng.pick(&forms).and_then(|it| places::extent(drawing, *it)) else { return false };
    let Some(again) = drawing.items.get(range.clone()).map(<[Item]>::to_vec) else { return false };
    drawing.items.splice(range.end..range.end, again);
    true
}
