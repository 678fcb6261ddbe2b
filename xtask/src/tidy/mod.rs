//! `cargo xtask tidy`: what no compiler checks about the house.
//!
//! In go the files of the project and `tidy.toml`, out comes one line for each thing that is out of order.

pub mod house;
pub mod manifests;
pub mod prose;
pub mod rules;
pub mod sources;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

pub use rules::Rules;

use crate::golden;
use crate::score::{Floors, set};

/// The files of the project: path from the root, with `/`, and text; `None` for what is no text.
pub type Files = BTreeMap<String, Option<String>>;

/// Everything that is out of order, sorted.
///
/// # Errors
/// If the files cannot be listed or read, or `tidy.toml` is not of its shape.
pub fn problems(root: &Path) -> Result<Vec<String>> {
    let files = files(root)?;
    let rules = Rules::parse(text(&files, "xtask/tidy.toml")?)?;
    let mut acc = sources::problems(&files, &rules);
    acc.extend(manifests::problems(&files, &rules)?);
    acc.extend(house::problems(&files, &rules)?);
    acc.extend(golden::orphans(&files));
    acc.extend(sunk_floors(root, &files)?);
    match set::shared(root) {
        Some(shared) => acc.extend(prose::problems(&files, &rules, &prose::seeds(&shared)?)),
        None => println!("tidy: ../shared is not there; whether its prose was copied was not checked"),
    }
    acc.sort();
    Ok(acc)
}

/// Runs `cargo xtask tidy`.
///
/// # Errors
/// If anything is out of order; the lines are printed before.
pub fn run(root: &Path) -> Result<()> {
    let problems = problems(root)?;
    for problem in &problems {
        println!("tidy: {problem}");
    }
    ensure!(problems.is_empty(), "{} things are out of order", problems.len());
    println!("tidy: in order");
    Ok(())
}

/// Floors that are lower than in an earlier commit.
fn sunk_floors(root: &Path, files: &Files) -> Result<Vec<String>> {
    const PATH: &str = "xtask/floors.toml";
    let floors = Floors::parse(text(files, PATH)?)?;
    let mut acc = Vec::new();
    for commit in git(root, &["log", "--format=%H", "--", PATH])?.lines() {
        let Ok(earlier) = git(root, &["show", &format!("{commit}:{PATH}")]) else {
            // The commit that took the file away or has it elsewhere.
            continue;
        };
        // Commits from before the file had its shape hold no floors.
        if let Ok(earlier) = Floors::parse(&earlier) {
            acc.extend(floors.sunk_since(&earlier).into_iter().map(|it| format!("{PATH}: {it} since {commit:.10}")));
        }
    }
    Ok(acc)
}

/// The files that git knows or would take, without what is ignored.
fn files(root: &Path) -> Result<Files> {
    let listed = git(root, &["-c", "core.quotePath=off", "ls-files", "-co", "--exclude-standard"])?;
    let mut acc = BTreeMap::new();
    for path in listed.lines() {
        let full = root.join(path);
        // Listed and not there: deleted and not yet committed.
        if full.is_file() {
            let bytes = std::fs::read(&full).with_context(|| format!("{path}: not readable"))?;
            acc.insert(path.to_owned(), String::from_utf8(bytes).ok());
        }
    }
    Ok(acc)
}

/// What git prints.
fn git(root: &Path, args: &[&str]) -> Result<String> {
    let output = Command::new("git").arg("-C").arg(root).args(args).output().context("git cannot be run")?;
    if !output.status.success() {
        bail!("git {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The text of a file that must be there.
fn text<'a>(files: &'a Files, path: &str) -> Result<&'a str> {
    files.get(path).and_then(Option::as_deref).with_context(|| format!("{path} is not there"))
}
