//! `cargo xtask ci`: everything that must hold at every commit, in the order in which it fails fastest.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::score::command::{self, Wish};
use crate::score::drawn;
use crate::{coverage, rule_book, tidy};

/// Runs every step.
///
/// # Errors
/// With the first step that fails.
pub fn run(root: &Path) -> Result<()> {
    step("format", || cargo(root, &["fmt", "--all", "--check"]))?;
    step("tidy", || tidy::run(root))?;
    step("rules", || rule_book::check(root))?;
    step("coverage", || coverage::check(root))?;
    step("lint", || cargo(root, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    step("test", || cargo(root, &["test", "--workspace"]))?;
    let wish = Wish { holds_floors: true, ..Wish::default() };
    step("score", || command::run(root, wish))?;
    step("drawn", || hold_drawn(root))?;
    println!("ci: all of it holds");
    Ok(())
}

/// Holds the small drawn set against its floors.
///
/// # Errors
/// If a figure is below its floor.
pub fn hold_drawn(root: &Path) -> Result<()> {
    let Some(shortfalls) = drawn::command::shortfalls(root)? else {
        eprintln!(
            "score: floors.toml has no floors for drawn documents; `cargo xtask score --drawn --raise` writes them"
        );
        return Ok(());
    };
    for shortfall in &shortfalls {
        eprintln!("score: {shortfall}");
    }
    ensure!(shortfalls.is_empty(), "{} figures on drawn documents are below their floor", shortfalls.len());
    println!("score: the drawn documents are read and judged as well as before");
    Ok(())
}

fn step(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("ci: {name}");
    work().with_context(|| format!("ci: {name} failed"))
}

/// Runs cargo with its output where ours goes.
fn cargo(root: &Path, args: &[&str]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(args).current_dir(root).status().context("cargo cannot be run")?;
    ensure!(status.success(), "cargo {}", args.join(" "));
    Ok(())
}
