//! Placements: where the columns of a block really stand, row by row.
//!
//! In: rows, each read against its header alone. Out: the same rows, read together. A blank column that slips into a page
//! moves every cell behind it down to the page's end: that is one event with one cost, not one a row, and a cell that
//! fits two columns is read as the rows beside it are. What the header says and every way in which rows stand off it
//! are the placements; the cheapest way through all rows is taken, and every reading of a row through
//! which a way of like cost leads stays a reading of that row.

use std::rc::Rc;

use crate::align::{Fate, MOVE, Reading};
use crate::header::Header;
use crate::lexicon::Column;
use crate::rows::{Reader, Row};
use crate::token::Origin;

/// What it costs that the columns stand elsewhere from one row to the next: as much as one cell that is moved.
const SWITCH: i32 = MOVE;

/// The same where a page ends, or below the header; and what it costs that they stand as the header says again.
const SWITCH_BACK: i32 = MOVE / 2;

/// Fewer rows have no neighbours to be judged by.
const FEWEST_ROWS: usize = 3;

/// Placements that are followed, beside the header's own: those of most rows. Pages have one or two.
const MAX_PLACEMENTS: usize = 6;

/// How far each column of the header is off its place.
type Offsets = Vec<i32>;

/// The same as a row shows it: it leaves columns empty.
type Printed = Vec<Option<i32>>;

/// Reads rows that stand under one header together.
pub(crate) fn settle(rows: &mut [Row<'_>], reader: &mut Reader<'_, '_>) {
    let mut rest = rows;
    while let Some(first) = rest.first() {
        let header = first.header.clone();
        let n_rows = rest.iter().take_while(|it| Rc::ptr_eq(&it.header, &header)).count();
        let (block, after) = rest.split_at_mut(n_rows);
        if header.has_columns && n_rows >= FEWEST_ROWS {
            settle_block(block, &header, reader);
        }
        rest = after;
    }
}

fn settle_block(rows: &mut [Row<'_>], header: &Rc<Header>, reader: &mut Reader<'_, '_>) {
    let placements: Vec<Rc<Header>> = placements(rows, header);
    if placements.is_empty() {
        return;
    }
    let unused = seldom_filled(rows, header);
    let most_unused: i32 = unused.iter().sum();
    // For each row, for the header and for each placement: the readings, and what they cost beside those of others.
    let readings: Vec<Vec<Vec<Reading>>> = rows
        .iter()
        .map(|row| {
            // A placement from which the header's own is left and come back to for less leads nowhere for this row.
            let cheapest = row.readings.iter().map(|it| cost(row, it, &unused)).min().unwrap_or(NO_WAY);
            let most = cheapest.saturating_add(SWITCH + SWITCH_BACK + 2 * MOVE + most_unused);
            let own = std::iter::once(row.readings.clone());
            own.chain(placements.iter().map(|it| reader.readings_at(row, it, most))).collect()
        })
        .collect();
    let costs: Vec<Vec<Vec<i32>>> = rows
        .iter()
        .zip(&readings)
        .map(|(row, of_row)| of_row.iter().map(|it| it.iter().map(|it| cost(row, it, &unused)).collect()).collect())
        .collect();
    let ways = Ways::of(rows, &costs);
    let mut states = Vec::with_capacity(rows.len());
    for (idx, ((row, of_row), costs)) in rows.iter_mut().zip(&readings).zip(&costs).enumerate() {
        let mut kept: Vec<(i32, i32, usize, Reading)> = Vec::new();
        for (state, (of_state, costs)) in of_row.iter().zip(costs).enumerate() {
            let cheapest = costs.iter().copied().min().unwrap_or(0);
            let alone = of_state.iter().map(|it| it.cost).min().unwrap_or(0);
            for (reading, cost) in of_state.iter().zip(costs) {
                // What is of like cost for the row alone stays so: a column that is seldom filled may be so here.
                let beyond = (cost - cheapest).min(reading.cost - alone);
                let beyond_all = ways.through(idx, state) + cheapest + beyond;
                if beyond_all < MOVE {
                    kept.push((beyond_all, *cost, state, Reading { cost: beyond_all, ..reading.clone() }));
                }
            }
        }
        kept.sort_by_key(|it| (it.0, it.2, it.1));
        let Some(state) = kept.first().map(|it| it.2) else {
            states.push(0);
            continue;
        };
        states.push(state);
        if state > 0 {
            row.take_readings(kept.into_iter().map(|it| it.3).collect());
            continue;
        }
        // Where the header's own place is the cheapest, the row keeps its readings and gets those of other places.
        let others: Vec<Reading> = kept.into_iter().filter(|it| it.2 > 0).map(|it| it.3).collect();
        if !others.is_empty() {
            let cheapest = row.readings.first().map_or(0, |it| it.cost);
            let mut readings = row.readings.clone();
            readings.extend(others.into_iter().map(|it| Reading { cost: it.cost + cheapest, ..it }));
            readings.sort_by_key(|it| it.cost);
            row.take_readings(readings);
        }
    }
    let mut from = 0;
    for run in states.chunk_by(|a, b| a == b) {
        if run.first().is_some_and(|it| *it > 0) {
            rows.iter_mut().skip(from).take(run.len()).for_each(|it| it.n_alike = run.len());
        }
        from += run.len();
    }
}

/// The cheapest ways through all rows: for each row and placement what the cheapest way there costs beyond the cheapest
/// of all, the row's own reading left out.
struct Ways {
    beyond: Vec<Vec<i32>>,
}

/// Dearer than any way.
const NO_WAY: i32 = i32::MAX / 8;

impl Ways {
    fn of(rows: &[Row<'_>], costs: &[Vec<Vec<i32>>]) -> Ways {
        let own = |idx: usize| -> Vec<i32> {
            let of_row = costs.get(idx).map_or(&[][..], Vec::as_slice);
            of_row.iter().map(|it| it.iter().copied().min().unwrap_or(NO_WAY)).collect()
        };
        let n_states = costs.first().map_or(0, Vec::len);
        let step = |from: usize, to: usize, idx: usize| match idx.checked_sub(1).and_then(|it| rows.get(it)) {
            _ if from == to => 0,
            Some(before) if to > 0 && rows.get(idx).is_some_and(|it| it.stretch == before.stretch) => SWITCH,
            _ => SWITCH_BACK,
        };
        let cheapest = |costs: &[i32], step: &dyn Fn(usize) -> i32| -> i32 {
            costs.iter().enumerate().map(|(state, cost)| cost + step(state)).min().unwrap_or(NO_WAY)
        };
        // The way to each row, its own reading left out, from above and from below.
        let mut above: Vec<Vec<i32>> = Vec::with_capacity(rows.len());
        let mut costs: Vec<i32> = Vec::new();
        for idx in 0..rows.len() {
            let to: Vec<i32> = (0..n_states)
                .map(|to| if idx == 0 { step(0, to, 0) } else { cheapest(&costs, &|from| step(from, to, idx)) })
                .collect();
            costs = to.iter().zip(own(idx)).map(|(way, own)| (way + own).min(NO_WAY)).collect();
            above.push(to);
        }
        let best = costs.iter().copied().min().unwrap_or(0);
        let mut beyond = above;
        let mut below = vec![0; n_states];
        for (idx, to) in beyond.iter_mut().enumerate().rev() {
            to.iter_mut().zip(&below).for_each(|(way, below)| *way += below - best);
            let costs: Vec<i32> = below.iter().zip(own(idx)).map(|(way, own)| (way + own).min(NO_WAY)).collect();
            below = (0..n_states).map(|from| cheapest(&costs, &|to| step(from, to, idx))).collect();
        }
        Ways { beyond }
    }

    fn through(&self, idx: usize, state: usize) -> i32 {
        self.beyond.get(idx).and_then(|it| it.get(state)).copied().unwrap_or(NO_WAY)
    }
}

/// Every way in which rows stand off the header alike, those of most rows first, as the header would have to stand.
fn placements(rows: &[Row<'_>], header: &Header) -> Vec<Rc<Header>> {
    // What a row alone might be is no way to stand until another row might be so, too.
    let likely: Vec<Printed> = rows.iter().filter_map(|row| row.readings.first().map(|it| offsets(row, it))).collect();
    let printed: Vec<Vec<Printed>> = rows
        .iter()
        .map(|row| row.readings.iter().map(|it| offsets(row, it)).filter(|it| it.iter().any(is_off)).collect())
        .collect();
    let mut found: Vec<(usize, Offsets)> = Vec::new();
    for offsets in printed.iter().flatten() {
        let whole = whole(offsets);
        if found.iter().any(|it| it.1 == whole) {
            continue;
        }
        let stands_so = |it: &Printed| it.iter().zip(&whole).all(|(a, b)| a.is_none_or(|it| it == *b));
        let n_alike = printed.iter().filter(|of_row| of_row.iter().any(stands_so)).count();
        if n_alike > 1 || likely.contains(offsets) {
            found.push((n_alike, whole));
        }
    }
    found.sort_by_key(|it| std::cmp::Reverse(it.0));
    found.truncate(MAX_PLACEMENTS);
    let moved = |offsets: Offsets| {
        let columns = header.columns.iter().zip(offsets).map(|((column, col), by)| (*column, col + by)).collect();
        Rc::new(Header { columns, ..header.clone() })
    };
    found.into_iter().map(|it| moved(it.1)).collect()
}

fn is_off(offset: &Option<i32>) -> bool {
    offset.is_some_and(|it| it != 0)
}

/// How far the cells of a reading stand off the header, column by column.
fn offsets(row: &Row<'_>, reading: &Reading) -> Printed {
    let mut offsets = vec![None; row.header.columns.len()];
    // Parts of a cell that was cut have no place of their own.
    if !matches!(row.origin, Origin::Row { .. }) || !reading.parts.is_empty() {
        return offsets;
    }
    for (token, fate) in row.tokens.iter().zip(&reading.fates) {
        if let Fate::Role(role) = fate
            && let (Some(offset), Some(column)) = (offsets.get_mut(*role), row.header.columns.get(*role))
        {
            *offset = Some(token.col - column.1);
        }
    }
    offsets
}

/// Columns that a row leaves empty stand off as the one before them does.
fn whole(offsets: &[Option<i32>]) -> Offsets {
    let mut last = offsets.iter().flatten().next().copied().unwrap_or(0);
    offsets
        .iter()
        .map(|it| {
            last = it.unwrap_or(last);
            last
        })
        .collect()
}

/// What leaving each column empty costs, for those that most rows leave empty: a column without values is one event, too.
fn seldom_filled(rows: &[Row<'_>], header: &Header) -> Vec<i32> {
    let fills = |row: &Row<'_>, role: usize| {
        let fates = row.readings.first().map_or(&[][..], |it| it.fates.as_slice());
        fates.iter().any(|it| matches!(it, Fate::Role(it) | Fate::OutOfOrder(it) if *it == role))
    };
    header
        .slots()
        .iter()
        .zip(&header.columns)
        .enumerate()
        .map(|(role, (slot, (column, _)))| {
            let n_filled = rows.iter().filter(|it| fills(it, role)).count();
            if *column != Column::Name && 2 * n_filled < rows.len() { slot.empty } else { 0 }
        })
        .collect()
}

/// What a reading costs beside those of other placements: columns that hardly a row fills cost nothing.
fn cost(row: &Row<'_>, reading: &Reading, unused: &[i32]) -> i32 {
    let takes =
        |role: usize| reading.fates.iter().any(|it| matches!(it, Fate::Role(it) | Fate::OutOfOrder(it) if *it == role));
    let free: i32 = unused.iter().enumerate().filter(|(role, _)| !takes(*role)).map(|it| it.1).sum();
    // A row that was found in its place was not priced.
    let cost = if reading.cost == 0 { row.cost_in_place(reading) } else { reading.cost };
    (cost - free).max(0)
}
