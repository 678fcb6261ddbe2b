//! Every kind on small drawings: it changes what it says, and the truth stays in step.

use std::collections::BTreeMap;

use super::drawn::{drawing, text};
use super::*;
use crate::{Ask, Faults, Set, draw};

/// Drawings that every kind is tried on.
const SEEDS: u64 = 60;

#[test]
fn the_hand_drawn_forms_are_consistent() {
    for seed in 0..SEEDS {
        for forms in 1..3 {
            assert_eq!(consistent(&drawing(seed, forms)), Ok(()), "seed {seed}");
        }
    }
}

#[test]
fn every_kind_keeps_the_truth_in_step() {
    let mut done: BTreeMap<&str, usize> = KINDS.iter().map(|it| (it.name, 0)).collect();
    for seed in 0..SEEDS {
        for kind in KINDS {
            let before = drawing(seed, 1 + usize::from(seed % 3 == 0));
            let mut after = before.clone();
            let is_damaged = apply(&mut after, kind, &mut Rng::new(seed));
            if is_damaged {
                *done.entry(kind.name).or_default() += 1;
                assert_ne!(after.items, before.items, "{} of seed {seed} changed nothing", kind.name);
            } else {
                assert_eq!(after.items, before.items, "{} of seed {seed} declined, yet changed it", kind.name);
                assert_eq!(after.truth, before.truth, "{} of seed {seed} declined, yet changed it", kind.name);
            }
            assert_eq!(consistent(&after), Ok(()), "{} of seed {seed}\n{}", kind.name, text(&after));
        }
    }
    let never: Vec<&str> = done.iter().filter(|it| *it.1 == 0).map(|it| *it.0).collect();
    assert!(never.is_empty(), "kinds that found no place on any drawing: {never:?}");
}

/// Documents of the draughtsman that every kind is tried on.
const DOCUMENTS: u64 = 25;

#[test]
fn the_draughtsmans_forms_are_consistent() {
    for seed in 0..DOCUMENTS {
        let drawn = draw(seed, Set::Development, &Ask { faults: Faults::Some, ..Ask::default() });
        assert_eq!(consistent(&drawn), Ok(()), "{} of seed {seed}\n{}", drawn.layout, text(&drawn));
    }
}

#[test]
fn every_kind_keeps_the_truth_of_drawn_documents_in_step() {
    for seed in 0..DOCUMENTS {
        let drawn = draw(seed, Set::Development, &Ask { faults: Faults::Some, ..Ask::default() });
        for kind in KINDS {
            let mut after = drawn.clone();
            if apply(&mut after, kind, &mut Rng::new(seed)) {
                let (name, layout) = (kind.name, &drawn.layout);
                assert_eq!(consistent(&after), Ok(()), "{name} of seed {seed}, {layout}\n{}", text(&after));
            }
        }
    }
}
