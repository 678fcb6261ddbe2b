//! Solve: one reading of the whole form.
//!
//! In: rows with their readings of like cost, and the sums that the form prints. Out: which reading of each row stands.
//! Layout decides first; printed sums decide only between readings of like cost, and only if they hold under one of
//! them and not under the cheapest.

use std::collections::BTreeMap;

use crate::lexicon::Column;
use crate::rows::Row;

/// A sum that the form prints: the values under which it holds, in millionths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    /// Total of all scores, with and without the score of the funds.
    pub(crate) scores: Vec<i64>,
    /// Total of all weights, with and without the weight of the funds.
    pub(crate) weights: Vec<i64>,
    /// Points of each 一级指标.
    pub(crate) groups: BTreeMap<u8, i64>,
}

/// What may be done with one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The reading, or `None`: the row is a repeat and is dropped.
    pub(crate) reading: Option<usize>,
    /// What that costs beyond the cheapest, in hundredths of a move.
    pub(crate) cost: i32,
}

/// The outcome: a choice for each row, and what the sums were before.
#[derive(Clone, Debug)]
pub(crate) struct Solution {
    /// One choice a row.
    pub(crate) choices: Vec<Choice>,
    /// Rows whose choice is not the one that layout alone makes.
    pub(crate) changed: Vec<usize>,
    /// Σ weights and Σ scores under layout alone, in millionths.
    pub(crate) before: (i64, i64),
    /// The same under the choices made.
    pub(crate) after: (i64, i64),
}

/// Sums of one partial choice: of the scores, and of the weights of each class; rows of no class stand last.
type State = (i64, [i64; N_CLASSES + 1]);

/// The cheapest way to a state. The order of the fields is that in which ways are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    state: State,
    cost: i32,
    /// The state before it, and the choice that led from there.
    before: usize,
    choice: usize,
    /// Its last choice, in the arena.
    end: usize,
}

/// Classes of 一级指标 whose sums are told apart; the lexicon has fewer.
const N_CLASSES: usize = 8;

/// States beyond this number are not followed: the cheapest are kept.
const MAX_STATES: usize = 4_000;

/// Chooses a reading for every row. `droppable` names rows that may be repeats, with the cost of dropping each.
pub(crate) fn solve(rows: &[Row<'_>], sums: &Sums, droppable: &BTreeMap<usize, i32>) -> Solution {
    let choices: Vec<Vec<Choice>> = rows
        .iter()
        .enumerate()
        .map(|(idx, row)| {
            let cheapest = row.readings.first().map_or(0, |it| it.cost);
            let mut choices: Vec<Choice> = row
                .readings
                .iter()
                .enumerate()
                .map(|(reading, it)| Choice { reading: Some(reading), cost: it.cost - cheapest })
                .collect();
            choices.extend(droppable.get(&idx).map(|cost| Choice { reading: None, cost: *cost }));
            // What evidence alone decides comes first: it is what layout reads.
            choices.sort_by_key(|it| it.cost);
            choices
        })
        .collect();
    let layout: Vec<Choice> =
        choices.iter().map(|it| it.first().copied().unwrap_or(Choice { reading: None, cost: 0 })).collect();
    let before = totals(rows, &layout);
    let unchanged = Solution { choices: layout.clone(), changed: Vec::new(), before, after: before };
    if choices.iter().all(|it| it.len() <= 1) {
        return unchanged;
    }
    let held = |state: &State| {
        let weights: i64 = state.1.iter().sum();
        let group = |class: u8| state.1.get(usize::from(class)).copied();
        usize::from(sums.scores.contains(&state.0))
            + usize::from(sums.weights.contains(&weights))
            + sums.groups.iter().filter(|it| group(*it.0) == Some(*it.1)).count()
    };
    let n_sums = usize::from(!sums.scores.is_empty()) + usize::from(!sums.weights.is_empty()) + sums.groups.len();
    let held_by_layout = held(&state_of(rows, &layout));
    // No other choice can hold more than all of them.
    if held_by_layout == n_sums {
        return unchanged;
    }

    // For each state the cheapest way to it; the ways share their beginnings through an arena. Rows with one choice only
    // shift every state alike.
    let mut arena: Vec<(Choice, usize)> = vec![(Choice { reading: None, cost: 0 }, 0)];
    let mut states = vec![Way { state: State::default(), cost: 0, before: 0, choice: 0, end: 0 }];
    let mut shift = State::default();
    for (row, choices) in rows.iter().zip(&choices) {
        if let [only] = choices.as_slice() {
            add(&mut shift, row, *only);
            continue;
        }
        let brings: Vec<(Choice, State)> = choices
            .iter()
            .map(|choice| {
                let mut brings = State::default();
                add(&mut brings, row, *choice);
                (*choice, brings)
            })
            .collect();
        // Each choice shifts the sorted states alike, so that this is a merge of sorted runs.
        let mut next: Vec<Way> = Vec::with_capacity(states.len() * brings.len());
        for (nth, (choice, brings)) in brings.iter().enumerate() {
            let shifted = states.iter().zip(0..).map(|(way, before)| Way {
                state: plus(&way.state, brings),
                cost: way.cost + choice.cost,
                before,
                choice: nth,
                end: way.end,
            });
            next.extend(shifted);
        }
        next.sort();
        next.dedup_by(|later, first| later.state == first.state);
        if next.len() > MAX_STATES {
            next.sort_by_key(|it| it.cost);
            next.truncate(MAX_STATES);
            next.sort();
        }
        for way in &mut next {
            if let Some((choice, _)) = brings.get(way.choice) {
                arena.push((*choice, way.end));
                way.end = arena.len() - 1;
            }
        }
        states = next;
    }
    let best = states.iter().min_by_key(|it| (std::cmp::Reverse(held(&plus(&it.state, &shift))), it.cost));
    let Some(best) = best else { return unchanged };
    if held(&plus(&best.state, &shift)) <= held_by_layout {
        return unchanged;
    }
    let mut decided = Vec::new();
    let mut way = best.end;
    while way != 0 {
        let Some((choice, before)) = arena.get(way) else { break };
        decided.push(*choice);
        way = *before;
    }
    let mut decided = decided.into_iter().rev();
    let chosen: Vec<Choice> = choices
        .iter()
        .zip(&layout)
        .map(|(choices, layout)| if choices.len() == 1 { *layout } else { decided.next().unwrap_or(*layout) })
        .collect();
    let changed =
        chosen.iter().zip(&layout).enumerate().filter(|(_, (a, b))| a.reading != b.reading).map(|it| it.0).collect();
    let after = totals(rows, &chosen);
    Solution { choices: chosen, changed, before, after }
}

fn plus(a: &State, b: &State) -> State {
    let mut sum = *a;
    sum.0 += b.0;
    sum.1.iter_mut().zip(&b.1).for_each(|(a, b)| *a += b);
    sum
}

/// Adds what a choice for a row brings to the sums.
fn add(state: &mut State, row: &Row<'_>, choice: Choice) {
    let Some(reading) = choice.reading else { return };
    state.0 += row.number(reading, Column::Score).unwrap_or(0);
    let class = row.l1_class.map_or(N_CLASSES, usize::from).min(N_CLASSES);
    if let (Some(weight), Some(sum)) = (row.number(reading, Column::Weight), state.1.get_mut(class)) {
        *sum += weight;
    }
}

fn state_of(rows: &[Row<'_>], choices: &[Choice]) -> State {
    let mut state = State::default();
    for (row, choice) in rows.iter().zip(choices) {
        add(&mut state, row, *choice);
    }
    state
}

fn totals(rows: &[Row<'_>], choices: &[Choice]) -> (i64, i64) {
    let state = state_of(rows, choices);
    (state.1.iter().sum(), state.0)
}
