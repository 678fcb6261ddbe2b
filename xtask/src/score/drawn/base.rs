//! The program of another revision, to be measured on the same documents.
//!
//! In goes a revision as git knows it, out comes its binary. It is built in a work tree of its own under `target/`,
//! which is gone afterwards; the binary stays there under the revision's name, so that it is built once.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::program::Binary;

/// Builds the program of a revision.
///
/// # Errors
/// If git does not know the revision, or its program does not build.
pub fn build(root: &Path, revision: &str) -> Result<Binary> {
    let commit = git(root, &["rev-parse", "--verify", &format!("{revision}^{{commit}}")])?;
    let target = root.join("target").join("base");
    let kept = target.join(format!("gouji-{commit}{}", std::env::consts::EXE_SUFFIX));
    if kept.is_file() {
        return Ok(Binary::at(kept));
    }
    let tree = WorkTree::new(root, &commit, target.join("tree"))?;
    eprintln!("score: building {revision} ({commit:.10})");
    // Its own folder: the same paths with other sources would have this revision built anew each time.
    let built = Binary::build_into(&tree.path, &target.join("build"))?;
    std::fs::copy(built.path(), &kept).with_context(|| format!("{}: cannot be written", kept.display()))?;
    Ok(Binary::at(kept))
}

/// What git prints, without the last line break.
///
/// # Errors
/// If git cannot be run or fails.
pub fn git(root: &Path, args: &[&str]) -> Result<String> {
    let output = Command::new("git").args(args).current_dir(root).output().context("git cannot be run")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git {}: {}", args.join(" "), said.trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A work tree of git, removed when its owner is gone.
struct WorkTree {
    root: PathBuf,
    path: PathBuf,
}

impl WorkTree {
    fn new(root: &Path, commit: &str, path: PathBuf) -> Result<WorkTree> {
        let tree = WorkTree { root: root.to_owned(), path };
        // One that an interrupted run left behind is in the way.
        tree.remove();
        git(root, &["worktree", "add", "--detach", "--force", &tree.path.to_string_lossy(), commit])?;
        Ok(tree)
    }

    fn remove(&self) {
        // If there is none there is nothing to remove; one that cannot be removed fails the next command, which says why.
        let _ = git(&self.root, &["worktree", "remove", "--force", &self.path.to_string_lossy()]);
    }
}

impl Drop for WorkTree {
    fn drop(&mut self) {
        self.remove();
    }
}
