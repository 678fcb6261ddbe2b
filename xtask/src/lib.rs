//! The project's own chores, as a library so that tests can run them.
//!
//! Nothing of this reaches a user of Gouji: it holds the house in order, compares the program with the truth, and
//! measures it.

pub mod bench;
pub mod ci;
pub mod coverage;
pub mod drawn;
pub mod generate;
pub mod golden;
pub mod mutate;
pub mod new_rule;
pub mod pdf;
pub mod program;
pub mod rule_book;
pub mod score;
pub mod tempdir;
pub mod tidy;
pub mod variations;

use std::path::PathBuf;

/// The folder that the workspace stands in.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.clone(), PathBuf::from)
}
