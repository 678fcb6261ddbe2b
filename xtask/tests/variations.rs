//! The same documents, written differently: the program says the same of them.
//!
//! Runs on every bundled set, and on the seeds where they stand beside the project. What may be lost stands in
//! `floors.toml`: nothing.

use xtask::score::{Floors, Score, Set, command, set};
use xtask::variations::{Variation, Varied};
use xtask::{program, root};

fn sets() -> Vec<Set> {
    if set::shared(&root()).is_none() {
        println!("skipped for the seeds: ../shared is not there");
    }
    let sets = Set::all(&root()).expect("the sets are readable");
    assert!(!sets.is_empty(), "there is no set of documents under corpus/");
    sets
}

/// Every variation changes a document of every set and keeps its forms.
#[test]
fn every_variation_changes_documents_and_keeps_forms() {
    for set in sets() {
        for (variation, name) in Variation::ALL {
            let varied = Varied::new(&set, variation).unwrap_or_else(|it| panic!("{} {name}: {it:#}", set.name));
            let n_forms = |set: &Set| set.forms.values().map(Vec::len).sum::<usize>();
            assert_eq!(n_forms(&varied.set), n_forms(&set), "{} {name}", set.name);
            assert_eq!(varied.set.findings.len(), set.findings.len(), "{} {name}", set.name);
            assert_ne!(varied.set.docs, set.docs, "{} {name} changes nothing", set.name);
        }
    }
}

/// The untouched documents stand at their floors, and no variation of them loses anything.
#[test]
fn the_program_says_the_same_of_varied_documents() {
    let floors = Floors::read(&root()).expect("floors.toml is of its shape");
    let engine = program::engine();
    let mut acc = Vec::new();
    for set in sets() {
        let answer = program::answer(&engine, &set.docs).expect("the program answers");
        let untouched = Score::new(&set, &answer, &floors.select());
        acc.extend(floors.shortfalls(&untouched));
        for (variation, name) in Variation::ALL {
            let varied = Varied::new(&set, variation).expect("the other test says that it can be varied");
            let answer = program::answer(&engine, &varied.set.docs).expect("the program answers");
            let (loss, score) = varied.loss(&answer, &floors.select(), &untouched);
            if let Some(lost) = command::lost(&floors, &set.name, name, loss) {
                acc.push(format!("{lost}\n{}", score.table(true)));
            }
        }
    }
    assert!(acc.is_empty(), "{}", acc.join("\n"));
}
