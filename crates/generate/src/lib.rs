//! Forms whose truth is known: drawn, with or without planted faults, damaged as the world damages them, and rendered
//! as text, Markdown and HTML.
//!
//! In goes a seed; out come documents and what a careful reader reads on them. Nothing here knows how Gouji reads: no
//! word of the lexicon, no line of the reconciler. A generator that shared them would grade its own homework.

pub mod damage;
pub mod draw;
pub mod drawing;
pub mod render;
pub mod rng;
pub mod truth;

pub use draw::{Ask, Faults, Set, draw, fault_kinds, layouts, withheld_labels};
pub use drawing::{Cell, Content, Drawing, Field, Item, Line, LineRole, Row, RowKind};
pub use rng::Rng;
pub use truth::{Fault, Truth, TruthFunds, TruthIndicator};

/// Version of the generator: higher whenever the same seed draws, damages or prints another document.
pub const VERSION: u32 = 1;
