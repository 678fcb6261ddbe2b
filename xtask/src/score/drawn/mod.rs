//! `cargo xtask score --drawn`: how well drawn forms are rebuilt and judged, by damage, rendering and layout.
//!
//! In go which documents are drawn and how many forms of each kind of damage; out come counts with their intervals.
//! Documents are drawn, read and judged in this process, a block at a time, so that memory does not grow with their
//! number; the counts do not depend on the number of threads.

pub mod answer;
pub mod base;
pub mod command;
pub mod floors;
pub mod judge;
pub mod rendered;
pub mod report;
pub mod share;
pub mod tally;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use gouji_corpus::Engine;
use sha2::{Digest, Sha256};

use crate::drawn::{self, Case, Choice, Damage, Document};
use crate::program::{Binary, engine};
use tally::{Scored, Tally, scored};

/// Documents drawn at a time: enough for every thread, few enough to be held.
const BLOCKS: std::ops::RangeInclusive<usize> = 16..=256;

/// Documents looked at for each form that is wanted, before a kind of damage counts as one that nothing has a place for.
const MOST_LOOKED_AT: usize = 100;

/// Counts of a run.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// By what figures are told apart by.
    pub cases: BTreeMap<Case, Tally>,
    /// The same of another program.
    pub base: BTreeMap<Case, Tally>,
    /// The first documents with something wrong, and what.
    pub failures: Vec<(Document, Vec<String>)>,
    /// First 16 hex digits of the SHA-256 over all documents and their truth: the same digest, the same documents.
    pub digest: String,
}

/// What is measured beside the figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// Another program, on the same documents.
    pub base: Option<&'a Binary>,
    /// How many failing documents are kept.
    pub n_failures: usize,
}

/// Measures on `n_forms` forms of each kind of damage, the rest of the last document, and what documents with a withheld
/// label lie between.
///
/// # Errors
/// If a kind of damage has no place in the documents, or the other program cannot be run.
pub fn measure(choice: &Choice, n_forms: usize, beside: Beside<'_>) -> Result<Measured> {
    let engine = engine();
    let mut acc = Measured::default();
    let mut digest = Sha256::new();
    for damage in &choice.damages {
        let (mut n_done, mut start) = (0, 0);
        while n_done < n_forms {
            ensure!(
                start < MOST_LOOKED_AT * (n_forms + BLOCKS.end()),
                "too few documents have a place for the damage {}",
                damage.name()
            );
            // Most documents hold one form or two, so that not many of the last block are drawn in vain.
            let size = (n_forms - n_done).clamp(*BLOCKS.start(), *BLOCKS.end());
            let block = block(choice, *damage, start..start + size, &engine);
            start += size;
            let documents = block.into_iter().take_while(|it| {
                let is_wanted = n_done < n_forms;
                // Documents with a withheld label come on top: they are told apart.
                n_done += if it.0.case.is_withheld { 0 } else { it.0.truth.len() };
                is_wanted
            });
            acc.take(documents.collect(), &mut digest, beside)?;
        }
    }
    acc.digest = hex(digest);
    Ok(acc)
}

/// The first 16 hex digits.
fn hex(digest: Sha256) -> String {
    digest.finalize().iter().take(8).fold(String::new(), |mut acc, it| {
        // Writing to a String cannot fail.
        let _ = write!(acc, "{it:02x}");
        acc
    })
}

impl Measured {
    /// Counts scored documents.
    fn take(&mut self, block: Vec<(Document, Scored)>, digest: &mut Sha256, beside: Beside<'_>) -> Result<()> {
        let (documents, scores): (Vec<Document>, Vec<Scored>) = block.into_iter().unzip();
        if let Some(binary) = beside.base {
            for (document, answer) in documents.iter().zip(answer::of_binary(binary, &documents)?) {
                self.base.entry(document.case.clone()).or_default().add(&scored(document, &answer).tally);
            }
        }
        for (document, score) in documents.into_iter().zip(scores) {
            digest.update(&document.bytes);
            for truth in &document.truth {
                digest.update(truth.to_string());
            }
            self.cases.entry(document.case.clone()).or_default().add(&score.tally);
            if !score.wrong.is_empty() && self.failures.len() < beside.n_failures {
                self.failures.push((document, score.wrong));
            }
        }
        Ok(())
    }
}

/// The documents of these numbers that have a place for the damage, in order, with their scores.
fn block(choice: &Choice, damage: Damage, numbers: std::ops::Range<usize>, engine: &Engine) -> Vec<(Document, Scored)> {
    let (next, done) = (AtomicUsize::new(numbers.start), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let idx = next.fetch_add(1, Ordering::Relaxed);
            if numbers.end <= idx {
                return;
            }
            let Some(drawing) = drawn::drawing(choice, damage, idx) else { continue };
            // One rendering each, in turn: a drawing that is printed three times is still one form.
            let Some(rendering) = choice.renderings.get(idx % choice.renderings.len().max(1)) else { continue };
            let document = drawn::document(choice, &drawing, damage, *rendering, idx);
            let score = scored(&document, &answer::of_engine(engine, &document));
            done.lock().expect("no thread panics while it holds the lock").insert(idx, (document, score));
        }
    };
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(work);
        }
    });
    done.into_inner().expect("no thread panicked while it held the lock").into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::{Options, Planted};

    #[test]
    fn the_same_choice_gives_the_same_counts() {
        let mut choice = Options::default().choice("development", vec![Damage::None]).expect("all that there is");
        choice.planted = Planted::Varied;
        let first = measure(&choice, 20, Beside::default()).expect("nothing is in the way");
        let second = measure(&choice, 20, Beside::default()).expect("nothing is in the way");
        assert_eq!((first.cases, first.digest), (second.cases, second.digest));
    }

    #[test]
    fn failing_documents_are_kept_with_what_is_wrong() {
        let choice = Options::default().choice("development", vec![Damage::None]).expect("all that there is");
        let beside = Beside { n_failures: usize::MAX, ..Beside::default() };
        let measured = measure(&choice, 60, beside).expect("nothing is in the way");
        let n_inexact: usize = measured.cases.values().map(|it| it.exact.total - it.exact.right).sum();
        assert!(measured.failures.iter().all(|it| !it.1.is_empty()));
        let is_of_findings = |it: &String| it.contains("false accusation") || it.contains("fault not found");
        assert_eq!(n_inexact == 0, measured.failures.iter().all(|it| it.1.iter().all(is_of_findings)));
    }
}
