//! Many documents: finds them, tells their format, reads each, rebuilds its forms and checks them, on as many threads
//! as wanted, and hands the results on in the order of the inputs.
//!
//! In go paths, or bytes with a name; out comes one [`Outcome`] a document. A bad document costs only itself: what
//! cannot be read, what is over a limit and what makes a stage panic ends as [`Outcome::Unread`] with its reason. A [`Run`]
//! collects what the documents show together.
//!
//! Architecture invariants: this is the only crate that wires stages; it keeps no results, and of a form some hundred
//! bytes for a [`Run`], up to 250,000 forms; nothing depends on the number of threads but the time.

mod archive;
mod baseline;
mod configuration;
mod container;
mod dump;
mod engine;
mod office;
mod parts;
mod readers;
mod run;
mod selectors;
mod sniff;
mod walk;
mod window;
mod worker;

pub use baseline::{Baseline, Date, Known};
pub use configuration::Configuration;
pub use dump::Stage;
pub use engine::{Config, Engine, Outcome, Task, isolated};
pub use gouji_score::DocumentDigest;
pub use office::Office;
pub use run::Run;
pub use selectors::{UnknownCode, known_code, selectors};
pub use sniff::sniff;
pub use walk::{Input, Walk};
pub use window::{Jobs, in_order};
pub use worker::{WorkerLimits, Workers, serve};

/// Every repair of the reconciler, in the order of their codes.
pub fn repairs() -> &'static [gouji_reconcile::RepairMeta] {
    gouji_reconcile::repairs()
}

/// The codes of all checks.
pub fn rule_codes() -> Vec<&'static str> {
    gouji_score::registry().iter().map(|it| it.meta().code).collect()
}
