//! `cargo xtask generate`: a folder of drawn documents, of the shape of `corpus/<set>/`.
//!
//! In goes what is asked for; out come `docs/`, `truth/` with one array of forms a document and `findings.json` for all
//! of them, `manifest.toml`, and for programs that make other files `grids/`. The same command writes the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use gouji_generate::{Drawing, Fault, VERSION, render};
use serde_json::{Value, json};

use crate::drawn::{self, Choice, Damage, Document, Options};

/// What the command is asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// `development` or `test`.
    pub set: String,
    /// Forms, at least; a document is written whole.
    pub n_forms: usize,
    /// The folder, which must be new or empty.
    pub out: PathBuf,
    /// Which documents.
    pub options: Options,
}

/// Documents looked at for one that is written; so many in a row have no place for any damage asked for only if no
/// document has.
const MOST_DECLINED: usize = 1000;

/// Writes the folder.
///
/// # Errors
/// If the wish names what there is not, the folder is not empty, or a file cannot be written.
pub fn run(wish: &Wish) -> Result<()> {
    let choice = wish.options.choice(&wish.set, vec![Damage::None])?;
    let is_used = wish.out.read_dir().is_ok_and(|mut it| it.next().is_some());
    ensure!(!is_used, "{}: not empty", wish.out.display());
    let mut folder = Folder { out: &wish.out, findings: Vec::new(), manifest: head(&choice, wish) };
    let (mut n_forms, mut n_declined, mut idx) = (0, 0, 0);
    while n_forms < wish.n_forms {
        let damage = choice.damages.get(idx % choice.damages.len()).copied().unwrap_or(Damage::None);
        match drawn::drawing(&choice, damage, idx) {
            Some(drawing) => {
                n_forms += drawing.truth.len();
                n_declined = 0;
                folder.write(&choice, &drawing, damage, idx, wish.options.has_grid())?;
            }
            None => n_declined += 1,
        }
        ensure!(n_declined < MOST_DECLINED, "no document has a place for the damage asked for");
        idx += 1;
    }
    folder.finish()?;
    println!("generate: {n_forms} forms in {}", wish.out.display());
    Ok(())
}

/// A folder that is being written.
struct Folder<'a> {
    out: &'a Path,
    findings: Vec<Value>,
    manifest: String,
}

impl Folder<'_> {
    fn write(&mut self, choice: &Choice, drawing: &Drawing, damage: Damage, idx: usize, has_grid: bool) -> Result<()> {
        let stem = drawn::stem(choice, damage, idx);
        for rendering in &choice.renderings {
            let document = drawn::document(choice, drawing, damage, *rendering, idx);
            self.findings.extend(findings(&document));
            put(&self.out.join("docs").join(&document.name), &document.bytes)?;
            // Writing to a String cannot fail.
            let _ = writeln!(
                self.manifest,
                "\n[[document]]\ndocument = {:?}\nforms = {}\nlayout = {:?}\ndamage = {:?}\nrendering = {:?}\nwithheld = {}",
                document.name,
                document.truth.len(),
                document.case.layout,
                document.case.damage,
                document.case.rendering,
                document.case.is_withheld,
            );
        }
        put(&self.out.join("truth").join(format!("{stem}.json")), &pretty(&json!(drawing.truth))?)?;
        if has_grid {
            put(&self.out.join("grids").join(format!("{stem}.json")), &pretty(&json!(render::grid::sheet(drawing)))?)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<()> {
        put(&self.out.join("truth").join("findings.json"), &pretty(&Value::Array(self.findings))?)?;
        put(&self.out.join("manifest.toml"), self.manifest.as_bytes())
    }
}

/// The top of the manifest: how the folder is written again.
fn head(choice: &Choice, wish: &Wish) -> String {
    let names = |it: &[&str]| it.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>().join(", ");
    let damages: Vec<&str> = choice.damages.iter().map(|it| it.name()).collect();
    let renderings: Vec<&str> = choice.renderings.iter().map(|it| it.name()).collect();
    let layouts: Vec<&str> = choice.layouts.iter().map(String::as_str).collect();
    format!(
        "# Drawn documents, written by `cargo xtask generate`; no real project, office or amount is meant.\n\n\
         generator = {VERSION}\nset = {:?}\nseed = {}\nforms = {}\nlayouts = [{}]\ndamages = [{}]\nrenderings = [{}]\n",
        wish.set,
        choice.seed,
        wish.n_forms,
        names(&layouts),
        names(&damages),
        names(&renderings),
    )
}

/// What is to be found in each form, in the shape of the bundled truth. Its `must` cannot say "one of these codes": a
/// fault with several stands there with the first, the others are open. `faults` says it whole.
fn findings(document: &Document) -> Vec<Value> {
    let entry = |form: usize| {
        let of_form = |it: &&Fault| it.form == form;
        let planted: Vec<&Fault> = document.faults.iter().filter(of_form).collect();
        let must: BTreeSet<&str> = planted.iter().filter_map(|it| it.codes.first().copied()).collect();
        let doubtful = document.doubtful.iter().filter(of_form);
        let open: BTreeMap<&str, &str> = planted
            .iter()
            .flat_map(|it| it.codes.iter().chain(it.also).map(|code| (*code, "set off by a planted fault")))
            .chain(doubtful.flat_map(|it| it.codes.iter().chain(it.also).map(|code| (*code, "damage may hide it"))))
            .filter(|it| !must.contains(it.0))
            .collect();
        let mut at: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for code in &must {
            let mine: Vec<&&Fault> = planted.iter().filter(|it| it.codes.first() == Some(code)).collect();
            // A fault that may be found at one of several places has no places that all must be accused.
            if mine.iter().all(|it| it.at.len() == 1) {
                at.insert(code, mine.iter().flat_map(|it| &it.at).map(ToString::to_string).collect());
            }
        }
        let counts: BTreeMap<&str, usize> = at.iter().map(|(code, at)| (*code, at.len())).collect();
        let fault = |it: &&Fault| {
            let at: Vec<String> = it.at.iter().map(ToString::to_string).collect();
            json!({"kind": it.kind, "codes": it.codes, "at": at, "also": it.also})
        };
        json!({
            "document": document.name, "ordinal": form + 1, "must": must, "counts": counts, "should": [],
            "open": open, "at": at, "faults": planted.iter().map(fault).collect::<Vec<_>>(),
        })
    };
    (0..document.truth.len()).map(entry).collect()
}

fn pretty(value: &Value) -> Result<Vec<u8>> {
    let mut acc = serde_json::to_vec_pretty(value)?;
    acc.push(b'\n');
    Ok(acc)
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("{}: cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Set;
    use crate::tempdir::TempDir;

    #[test]
    fn a_folder_is_a_set() {
        let dir = TempDir::new("generate").expect("the temporary folder is writable");
        let out = dir.path().join("set");
        let options =
            Options { render: vec!["text".to_owned(), "html".to_owned(), "grid".to_owned()], ..Options::default() };
        let wish = Wish { set: "test".to_owned(), n_forms: 12, out: out.clone(), options };
        run(&wish).expect("the folder is writable");
        let set = Set::read("set", &out.join("docs"), &out.join("truth")).expect("a set is complete");
        assert!(24 <= set.forms.values().map(Vec::len).sum::<usize>());
        assert_eq!(set.forms.values().map(Vec::len).sum::<usize>(), set.findings.len());
        let manifest = std::fs::read_to_string(out.join("manifest.toml")).expect("it was written");
        let manifest: toml::Table = manifest.parse().expect("it is TOML");
        assert_eq!(manifest["document"].as_array().map(Vec::len), Some(set.docs.len()));
        assert_eq!(std::fs::read_dir(out.join("grids")).expect("asked for").count() * 2, set.docs.len());
        assert_eq!(run(&wish).map_err(|it| it.to_string()), Err(format!("{}: not empty", out.display())));
    }
}
