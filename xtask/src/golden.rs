//! Goldens: what the program prints today for every bundled document, as text.
//!
//! In go the documents under `corpus/<set>/docs`, out comes or is compared `golden/<set>/<document>/extract.txt` and
//! `check.txt`. A golden says what *is*, the truth beside the documents says what is *right*: a golden that changes is
//! read line by line and explained in its commit.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::tidy::Files;

/// The files of each document, after the commands that print them.
pub const FILES: [&str; 2] = ["check.txt", "extract.txt"];

/// Longest golden; of a longer text the head is kept and all of it is hashed. Bytes, as in typst's test suite.
pub const LONGEST: usize = 20 << 10;

/// Texts by path from the root.
pub type Texts = BTreeMap<String, String>;

/// The text as a golden keeps it.
pub fn shortened(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let mut acc = String::new();
    for line in text.split_inclusive('\n') {
        if LONGEST < acc.len() + line.len() {
            break;
        }
        acc.push_str(line);
    }
    let mut hash = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    let _ = writeln!(acc, "(cut here; SHA-256 of all {} bytes: {hash})", text.len());
    acc
}

/// The folder of a document's goldens.
pub fn folder(set: &str, doc: &str) -> String {
    format!("golden/{set}/{doc}")
}

/// How the goldens differ from what the program prints, one line each.
pub fn differences(kept: &Texts, printed: &Texts) -> Vec<String> {
    let paths: BTreeSet<&String> = kept.keys().chain(printed.keys()).collect();
    let mut acc = Vec::new();
    for path in paths {
        match (kept.get(path), printed.get(path)) {
            (Some(_), None) => acc.push(format!("{path}: orphaned, no document prints it")),
            (None, _) => acc.push(format!("{path}: missing")),
            (Some(kept), Some(printed)) => {
                let pairs = kept.lines().map(Some).chain([None]).zip(printed.lines().map(Some).chain([None]));
                if let Some((line_idx, (old, new))) = pairs.enumerate().find(|it| it.1.0 != it.1.1) {
                    let show = |it: Option<&str>| it.map_or("(end)".to_owned(), |it| format!("{it:?}"));
                    acc.push(format!("{path}:{}: golden {}, printed {}", line_idx + 1, show(old), show(new)));
                }
            }
        }
    }
    acc
}

/// The goldens of the project at `root`.
///
/// # Errors
/// If `golden/` cannot be read.
pub fn read(root: &Path) -> Result<Texts> {
    let mut acc = BTreeMap::new();
    let mut open = vec![root.join("golden")];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).with_context(|| format!("{}: not readable", dir.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str).filter(|it| !is_note(it)) {
                acc.insert(
                    name.to_owned(),
                    std::fs::read_to_string(&path).with_context(|| format!("{name}: no text"))?,
                );
            }
        }
    }
    Ok(acc)
}

/// Writes what the program prints over the goldens; the paths that changed.
///
/// # Errors
/// If a file cannot be written or removed.
pub fn write(root: &Path, printed: &Texts) -> Result<Vec<String>> {
    let kept = read(root)?;
    let mut changed = Vec::new();
    for path in kept.keys().filter(|it| !printed.contains_key(*it)) {
        std::fs::remove_file(root.join(path)).with_context(|| format!("{path}: cannot be removed"))?;
        changed.push(path.clone());
    }
    for (path, text) in printed.iter().filter(|it| kept.get(it.0) != Some(it.1)) {
        let full = root.join(path);
        let folder = full.parent().context("a golden stands in a folder")?;
        std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
        std::fs::write(&full, text).with_context(|| format!("{path}: cannot be written"))?;
        changed.push(path.clone());
    }
    Ok(changed)
}

/// Compares the goldens with what the program prints.
///
/// # Errors
/// If they differ; the differences are printed before.
pub fn check(root: &Path, printed: &Texts) -> Result<()> {
    let differences = differences(&read(root)?, printed);
    for difference in &differences {
        println!("golden: {difference}");
    }
    ensure!(differences.is_empty(), "{} goldens differ; `cargo xtask bless` writes them anew", differences.len());
    println!("golden: {} files as printed", printed.len());
    Ok(())
}

/// Goldens without a document and documents without a golden, one line each.
pub fn orphans(files: &Files) -> Vec<String> {
    let mut wanted = BTreeSet::new();
    for path in files.keys() {
        if let ["corpus", set, "docs", doc] = path.split('/').collect::<Vec<_>>()[..] {
            wanted.extend(FILES.map(|it| format!("{}/{it}", folder(set, doc))));
        }
    }
    let kept: BTreeSet<String> = files.keys().filter(|it| it.starts_with("golden/") && !is_note(it)).cloned().collect();
    let missing = wanted.difference(&kept).map(|it| format!("{it}: missing; `cargo xtask bless` writes it"));
    missing.chain(kept.difference(&wanted).map(|it| format!("{it}: belongs to no document"))).collect()
}

/// A page about the goldens, which is none itself.
fn is_note(path: &str) -> bool {
    path == "golden/README.md"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(entries: &[(&str, &str)]) -> Texts {
        entries.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    }

    #[test]
    fn what_differs_is_named_with_its_line() {
        let kept = texts(&[("a", "1\n2\n"), ("b", "x\n"), ("c", "s\n"), ("e", "1\n")]);
        let printed = texts(&[("a", "1\n3\n"), ("c", "s\n"), ("d", "y\n"), ("e", "1\n2\n")]);
        let want = [
            "a:2: golden \"2\", printed \"3\"",
            "b: orphaned, no document prints it",
            "d: missing",
            "e:2: golden (end), printed \"2\"",
        ];
        assert_eq!(differences(&kept, &printed), want);
    }

    #[test]
    fn a_long_text_is_cut_and_hashed() {
        let short = "行\n".repeat(10);
        assert_eq!(shortened(&short), short);
        let long = "行\n".repeat(LONGEST);
        let other = format!("{long}行");
        assert!(shortened(&long).len() < LONGEST + 200);
        assert_ne!(shortened(&long), shortened(&other), "a change behind the cut is seen");
    }

    #[test]
    fn goldens_and_documents_belong_together() {
        let paths =
            ["corpus/s/docs/a.txt", "corpus/s/manifest.toml", "golden/s/a.txt/check.txt", "golden/s/b.txt/check.txt"];
        let files: Files = paths.iter().map(|it| ((*it).to_owned(), None)).collect();
        let want = [
            "golden/s/a.txt/extract.txt: missing; `cargo xtask bless` writes it",
            "golden/s/b.txt/check.txt: belongs to no document",
        ];
        assert_eq!(orphans(&files), want);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let root = crate::tempdir::TempDir::new("golden").expect("the temporary folder is writable");
        let path = root.path();
        std::fs::create_dir_all(path.join("golden/s/old")).expect("writable");
        std::fs::write(path.join("golden/s/old/check.txt"), "x").expect("writable");
        let printed = texts(&[("golden/s/a/check.txt", "1\n")]);
        assert_eq!(write(path, &printed).expect("writable"), ["golden/s/old/check.txt", "golden/s/a/check.txt"]);
        assert_eq!(read(path).expect("readable"), printed);
        assert_eq!(write(path, &printed).expect("writable"), Vec::<String>::new());
    }
}
