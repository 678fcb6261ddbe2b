//! Damage as the world does it: to each document one kind, or the mixture of several.
//!
//! In goes a [`Drawing`], out comes the damaged one with its truth in step: what a careful reader reads on the damaged
//! page. A misread figure's truth is what is printed, with the meant one in `intended`; what was cut off is not in the
//! truth; where a reader could hold two views, `accept` lists them; where nobody could know, the kind declines.

mod breaks;
mod columns;
mod consistent;
mod copies;
mod cuts;
mod furniture;
mod fused;
mod headers;
mod kinds;
mod labels;
mod ledger;
mod letters;
mod markup;
mod misread;
mod mixed;
mod order;
mod places;
mod shifts;
mod spacing;

pub use consistent::consistent;
pub use kinds::KINDS;

use crate::{Drawing, Rng};

/// A kind of damage.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in reports.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Which floor its figures are held to.
    pub bound: Bound,
    run: fn(&mut Drawing, &mut Rng) -> bool,
}

/// Which floor the figures of a kind are held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// That of a single kind.
    Single,
    /// The looser one of drawing order and fused cells.
    Loose,
    /// That of the mixture.
    Mixed,
}

impl Kind {
    /// The kind of this name.
    pub fn named(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|it| it.name == name)
    }
}

/// Damages the drawing and returns true; or leaves it alone and returns false, where it has no place for this kind or
/// where nobody could know what the damaged page means.
pub fn apply(drawing: &mut Drawing, kind: &Kind, rng: &mut Rng) -> bool {
    let mut damaged = drawing.clone();
    if !(kind.run)(&mut damaged, rng) || damaged.items == drawing.items {
        return false;
    }
    *drawing = damaged;
    true
}

/// Damages every form that has a place for it; true if one had.
fn each_form(drawing: &mut Drawing, rng: &mut Rng, run: fn(&mut Drawing, &mut Rng, usize) -> bool) -> bool {
    let mut is_damaged = false;
    for form in 0..drawing.truth.len() {
        let before = drawing.clone();
        if run(drawing, rng, form) {
            is_damaged = true;
        } else {
            *drawing = before;
        }
    }
    is_damaged
}

#[cfg(test)]
mod drawn;
#[cfg(test)]
mod tests;
