//! A set of documents with what is right, and what the program answers for it.
//!
//! In goes a folder of documents and a folder of truth: one JSON array of forms a document under the document's stem,
//! and `findings*.json` for all of them. The seeds' gold and `corpus/<set>/truth` are of one shape.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::normal::field;

/// Documents and their truth.
#[derive(Clone, Debug)]
pub struct Set {
    /// Name of the set: its folder under `corpus/`, or `seeds`.
    pub name: String,
    /// Bytes of each document, by file name.
    pub docs: BTreeMap<String, Vec<u8>>,
    /// Right forms of each document, by file name.
    pub forms: BTreeMap<String, Vec<Value>>,
    /// Right findings of every form.
    pub findings: Vec<Value>,
}

/// What the program says of a set.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Forms of each document, by file name, as `gouji extract --format json` prints them.
    pub forms: BTreeMap<String, Vec<Value>>,
    /// The array `documents` of `gouji check --format json`.
    pub documents: Vec<Value>,
}

impl Answer {
    /// From what the program printed for both commands.
    ///
    /// # Errors
    /// If either is no object of the contract's shape.
    pub fn new(extract: &Value, check: &Value) -> Result<Answer> {
        let mut forms: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for form in field(extract, "forms").as_array().context("extract printed no array of forms")? {
            let path = field(form, "document").as_str().context("a form names no document")?;
            forms.entry(file_name(path).to_owned()).or_default().push(form.clone());
        }
        let documents = field(check, "documents").as_array().context("check printed no array of documents")?;
        Ok(Answer { forms, documents: documents.clone() })
    }
}

impl Set {
    /// Reads a set.
    ///
    /// # Errors
    /// If a file cannot be read, a document has no truth, or a truth has no document.
    pub fn read(name: &str, docs: &Path, truth: &Path) -> Result<Set> {
        let mut set = Set { name: name.to_owned(), docs: files(docs)?, forms: BTreeMap::new(), findings: Vec::new() };
        let mut truths = files(truth)?;
        truths.retain(|name, _| name.ends_with(".json"));
        let (findings, truths): (BTreeMap<_, _>, _) = truths.into_iter().partition(|it| it.0.starts_with("findings"));
        ensure!(!findings.is_empty(), "{name}: no truth of the findings");
        for (file, bytes) in &findings {
            set.findings.extend(array(bytes).with_context(|| format!("{name}: {file}"))?);
        }
        let mut used = BTreeSet::new();
        for doc in set.docs.keys() {
            // Renderings of one document (`a.txt`, `a.html`, `a.ocr.txt`) share its truth.
            let stems = [stem(doc), doc.split('.').next().unwrap_or(doc)];
            let (file, truth) = stems
                .iter()
                .find_map(|it| truths.get_key_value(&format!("{it}.json")))
                .with_context(|| format!("{name}: no truth of {doc}"))?;
            set.forms.insert(doc.clone(), array(truth).with_context(|| format!("{name}: truth of {doc}"))?);
            used.insert(file.clone());
        }
        if let Some(orphan) = truths.keys().find(|it| !used.contains(*it)) {
            bail!("{name}: no document for the truth {orphan}");
        }
        Ok(set)
    }

    /// Every bundled set, and the seeds if they stand beside the project.
    ///
    /// # Errors
    /// If a set cannot be read.
    pub fn all(root: &Path) -> Result<Vec<Set>> {
        let mut acc = bundled(root)?
            .iter()
            .map(|it| Set::read(&file_name_of(it), &it.join("docs"), &it.join("truth")))
            .collect::<Result<Vec<_>>>()?;
        if let Some(shared) = shared(root) {
            acc.push(Set::read("seeds", &shared.join("seeds"), &shared.join("gold"))?);
        }
        Ok(acc)
    }

    /// The sets of [`Set::all`], or only the one of this name or in this folder.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn wanted(root: &Path, name: Option<&str>) -> Result<Vec<Set>> {
        let Some(name) = name else {
            let sets = Set::all(root)?;
            ensure!(!sets.is_empty(), "there is no set of documents under corpus/");
            return Ok(sets);
        };
        let folder = Path::new(name);
        if folder.join("docs").is_dir() {
            return Ok(vec![Set::read(&file_name_of(folder), &folder.join("docs"), &folder.join("truth"))?]);
        }
        let mut sets = Set::all(root)?;
        sets.retain(|it| it.name == name);
        ensure!(!sets.is_empty(), "no set is called {name}, and no folder of that name holds docs/");
        Ok(sets)
    }
}

/// Folders of the bundled sets that have both documents and truth, sorted.
///
/// # Errors
/// If `corpus/` cannot be read.
pub fn bundled(root: &Path) -> Result<Vec<PathBuf>> {
    let mut acc = Vec::new();
    for entry in std::fs::read_dir(root.join("corpus")).context("corpus/ is not readable")? {
        let path = entry?.path();
        if path.join("docs").is_dir() && path.join("truth").is_dir() {
            acc.push(path);
        }
    }
    acc.sort();
    Ok(acc)
}

/// The folder with the seeds, their gold and its scripts, if it stands beside the project.
pub fn shared(root: &Path) -> Option<PathBuf> {
    let path = root.parent()?.join("shared");
    (path.join("seeds").is_dir() && path.join("gold").is_dir()).then_some(path)
}

/// Name of the file at the end of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A file name without its extension.
pub fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |it| it.0)
}

fn file_name_of(path: &Path) -> String {
    path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files of a folder, by name.
fn files(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut acc = BTreeMap::new();
    for entry in std::fs::read_dir(dir).with_context(|| format!("{}: not readable", dir.display()))? {
        let path = entry?.path();
        let name = file_name_of(&path);
        if path.is_file() && !name.starts_with('.') {
            acc.insert(name, std::fs::read(&path).with_context(|| format!("{}: not readable", path.display()))?);
        }
    }
    Ok(acc)
}

fn array(bytes: &[u8]) -> Result<Vec<Value>> {
    Ok(serde_json::from_slice(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tempdir::TempDir;
    use serde_json::json;

    /// A set of these files, or why it is none.
    fn check(files: &[(&str, &str)], want: Result<(usize, usize), &str>) {
        let dir = TempDir::new("set").expect("the temporary folder is writable");
        for (path, text) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("writable");
            std::fs::write(path, text).expect("writable");
        }
        let read = Set::read("s", &dir.path().join("docs"), &dir.path().join("truth"));
        let got = read.map(|it| (it.forms.values().map(Vec::len).sum(), it.findings.len()));
        assert_eq!(got.map_err(|it| it.to_string()), want.map_err(str::to_owned));
    }

    #[test]
    fn documents_and_truth_belong_together() {
        let doc = ("docs/a.txt", "x");
        let truth = ("truth/a.json", "[{}, {}]");
        let findings = ("truth/findings.json", "[{}]");
        check(&[doc, ("docs/a.ocr.md", "x"), truth, findings], Ok((4, 1)));
        check(&[doc, truth, findings, ("truth/findings-2.json", "[{}]"), ("truth/notes.md", "-")], Ok((2, 2)));
        check(&[doc, truth], Err("s: no truth of the findings"));
        check(&[doc, findings], Err("s: no truth of a.txt"));
        check(&[doc, truth, findings, ("truth/b.json", "[]")], Err("s: no document for the truth b.json"));
        check(&[doc, ("truth/a.json", "{}"), findings], Err("s: truth of a.txt"));
    }

    #[test]
    fn an_answer_is_sorted_by_document() {
        let forms =
            json!({"forms": [{"document": "x/a.txt", "ordinal": 1}, {"document": "b.txt"}, {"document": "x/a.txt"}]});
        let answer = Answer::new(&forms, &json!({"documents": []})).expect("of the contract's shape");
        let counts: Vec<(&str, usize)> = answer.forms.iter().map(|it| (it.0.as_str(), it.1.len())).collect();
        assert_eq!(counts, [("a.txt", 2), ("b.txt", 1)]);
        assert!(Answer::new(&json!({}), &json!({"documents": []})).is_err());
    }
}
