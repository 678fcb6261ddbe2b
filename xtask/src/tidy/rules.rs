//! The rules of the house, as `tidy.toml` states them.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Everything in `tidy.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Longest file of Rust. Lines.
    pub longest_file: usize,
    /// From a crate to the crates of the workspace that it may depend on.
    pub sees: BTreeMap<String, Vec<String>>,
    /// The same for what only its tests may depend on.
    pub tests_see: BTreeMap<String, Vec<String>>,
    /// Every dependency that is not of the workspace.
    pub third_party: BTreeMap<String, ThirdParty>,
    /// What may not stand in the files.
    pub forbidden: Vec<Forbidden>,
    /// What forms of these kinds print anyway: no prose of the seeds.
    pub printed_everywhere: Vec<String>,
}

/// A dependency that is not of the workspace.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThirdParty {
    /// What it is needed for.
    pub why: String,
    /// The crates that may depend on it.
    #[serde(default)]
    pub crates: Vec<String>,
    /// Whether the tests of every crate may.
    #[serde(default)]
    pub tests: bool,
}

/// A text that may not stand in files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forbidden {
    /// The text.
    pub pattern: String,
    /// What is wrong with it and what to write instead.
    pub why: String,
    /// Where it may not stand.
    pub place: Place,
    /// Beginnings of the paths that it is looked for in; all if empty.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Beginnings of the paths that may have it, each with its reason.
    #[serde(default)]
    pub except: BTreeMap<String, String>,
}

/// What part of the files a forbidden text is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// Rust without comments and without tests.
    Code,
    /// Rust without comments.
    Rust,
    /// Every file.
    Text,
}

impl Rules {
    /// The rules that `text` states.
    ///
    /// # Errors
    /// If it is not of this shape.
    pub fn parse(text: &str) -> Result<Rules> {
        toml::from_str(text).context("tidy.toml is not of the shape that xtask/src/tidy/rules.rs says")
    }
}
