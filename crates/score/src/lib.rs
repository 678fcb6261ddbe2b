//! Recomputes what a form states and says where the figures disagree.
//!
//! In goes a rebuilt [`gouji_model::Form`], out comes a [`gouji_model::FormVerdict`]: findings, each with its
//! arithmetic, and a ledger that says of every check that applies how it ended.
//!
//! Architecture invariants: nothing here fails, reads a file or prints; a value is never changed; figures disagree only
//! if the intervals that their decimals allow do not meet; no floating point takes part in a verdict.

mod across;
mod at_home;
mod authority;
mod balance;
mod check;
mod checks;
mod costing;
mod doubts;
mod explain;
mod facts;
mod fingerprint;
mod groups;
mod indicator;
mod leaf;
mod likeness;
mod met;
mod misread;
mod money;
mod names;
mod profile;
mod prose;
mod rate;
mod readings;
mod roots;
mod scorer;
mod shares;
mod show;
mod siblings;
mod thresholds;
mod twins;
mod vanish;
mod weighing;
mod words;

#[cfg(test)]
mod drawn;
#[cfg(test)]
mod tests;

pub use across::{Across, DocumentDigest};
pub use authority::{Authority, Evidence, authorities, authorities_of};
pub use check::{Check, Meta};
pub use checks::registry;
pub use explain::{Section, explain};
pub use scorer::{Context, Scorer, Settings, Tuning, kind};
pub use thresholds::Thresholds;

/// The keys that a weight scheme of a configuration may have, dotted.
pub fn profile_keys() -> &'static [&'static str] {
    profile::Profile::keys()
}
