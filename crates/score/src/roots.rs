//! Roots and notes: a consequence of a finding is told beside it and not as a finding of its own (rule book 7).
//!
//! In: the findings of a form. Out: the same, those that follow from another moved into its notes.

use gouji_model::{Finding, Note, Pointer};

use crate::check::Raised;

/// How far a root reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// The whole form.
    Form,
    /// The row that both accuse.
    Row,
    /// The note names a cell of the root among its inputs.
    Inputs,
}

/// Which code is a consequence of which, the farthest root first. A code may have several roots; the first that is
/// there takes it.
const ROOTS: &[(&str, &str, Reach)] = &[
    // What a correction does to the grade; it goes along where its finding becomes a note itself.
    ("T01", "G01", Reach::Inputs),
    ("F04", "G01", Reach::Inputs),
    ("S01", "G01", Reach::Inputs),
    ("I01", "G01", Reach::Inputs),
    ("I03", "G01", Reach::Inputs),
    ("I05", "G01", Reach::Inputs),
    ("I06", "G01", Reach::Inputs),
    // Computed from the false total.
    ("F01", "F04", Reach::Form),
    ("F01", "F07", Reach::Form),
    ("F01", "S06", Reach::Form),
    ("F01", "F10", Reach::Form),
    // The same fact.
    ("F04", "F07", Reach::Form),
    // The pool that explains a score above its points.
    ("S01", "S05", Reach::Inputs),
    // The group sums that the printed note demands.
    ("W04", "W03", Reach::Inputs),
    ("W04", "W02", Reach::Inputs),
    ("A02", "D03", Reach::Form),
    ("A03", "A04", Reach::Form),
    ("X08", "I12", Reach::Row),
];

/// Moves consequences into the notes of their roots.
pub(crate) fn attach(mut raised: Vec<Raised>) -> Vec<Raised> {
    for (root, note, reach) in ROOTS {
        let mut note_idx = 0;
        while let Some(it) = raised.get(note_idx) {
            let root_idx = (it.finding.code == *note)
                .then(|| {
                    raised
                        .iter()
                        .position(|other| other.finding.code == *root && reaches(*reach, &other.finding, &it.finding))
                })
                .flatten();
            let Some(root_idx) = root_idx else {
                note_idx += 1;
                continue;
            };
            let Finding { code, at, message, notes, .. } = raised.remove(note_idx).finding;
            let root_idx = if note_idx < root_idx { root_idx - 1 } else { root_idx };
            if let Some(root) = raised.get_mut(root_idx) {
                root.finding.notes.push(Note { code, at, message });
                root.finding.notes.extend(notes);
            }
        }
    }
    raised
}

fn reaches(reach: Reach, root: &Finding, note: &Finding) -> bool {
    let (at, inputs) = (&root.at, &root.inputs);
    match reach {
        Reach::Form => true,
        Reach::Row => at.iter().any(|it| note.at.iter().any(|other| row(*it).is_some() && row(*it) == row(*other))),
        Reach::Inputs => note.inputs.iter().any(|it| at.contains(it)) || note.at.iter().any(|it| inputs.contains(it)),
    }
}

fn row(pointer: Pointer) -> Option<usize> {
    match pointer {
        Pointer::Indicator(row_idx, _) | Pointer::Row(row_idx) => Some(row_idx),
        _ => None,
    }
}

/// Joins findings that share their root: those of one code and class that ask for it.
pub(crate) fn join(raised: Vec<Raised>) -> Vec<Raised> {
    let mut joined: Vec<Raised> = Vec::with_capacity(raised.len());
    for it in raised {
        let same = joined.iter_mut().find(|other| {
            let (left, right) = (&other.finding, &it.finding);
            other.is_joined
                && it.is_joined
                && left.code == right.code
                && left.class == right.class
                && left.confidence == right.confidence
                && left.agrees_if == right.agrees_if
        });
        match same {
            Some(other) => merge(&mut other.finding, it.finding),
            None => joined.push(it),
        }
    }
    joined
}

fn merge(into: &mut Finding, from: Finding) {
    let missing = |have: &[Pointer], more: Vec<Pointer>| -> Vec<Pointer> {
        more.into_iter().filter(|it| !have.contains(it)).collect()
    };
    let at = missing(&into.at, from.at);
    into.at.extend(at);
    let inputs = missing(&into.inputs, from.inputs);
    into.inputs.extend(inputs);
    let both = |into: &mut Option<String>, from: Option<String>| match (into.as_mut(), from) {
        (Some(text), Some(more)) if *text != more => {
            text.push_str("; ");
            text.push_str(&more);
        }
        (None, more) => *into = more,
        _ => {}
    };
    both(&mut into.stated, from.stated);
    both(&mut into.recomputed, from.recomputed);
    both(&mut into.admissible, from.admissible);
    both(&mut into.equation, from.equation);
    // A sentence printed in two cells is told once.
    if into.message != from.message {
        into.message.zh.push('；');
        into.message.zh.push_str(&from.message.zh);
        into.message.en.push_str("; ");
        into.message.en.push_str(&from.message.en);
    }
    into.notes.extend(from.notes);
}
