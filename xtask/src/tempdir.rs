//! A folder for a moment: made empty, gone when its owner is.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};

/// So that two folders of one process have two names.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// An empty folder that is removed with all it holds when this value is dropped.
#[derive(Debug)]
pub struct TempDir(PathBuf);

impl TempDir {
    /// A new folder whose name begins with `what`.
    ///
    /// # Errors
    /// If the machine's temporary folder cannot be written.
    pub fn new(what: &str) -> Result<TempDir> {
        let name = format!("gouji-{what}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).with_context(|| format!("{}: cannot be made", path.display()))?;
        Ok(TempDir(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        // A folder that cannot be removed is left to the machine's own cleaning; nothing rests on it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
