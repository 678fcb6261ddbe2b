//! `cargo xtask score --drawn --rendered KINDS`: drawn forms as the files that other programs print of them.
//!
//! In go which documents are drawn and which kinds of files are wanted; out come the counts of [`Measured`], and what
//! is said of a file otherwise than of the same drawing as text. `tools/render.py` prints the files, by LibreOffice,
//! Chromium, WeasyPrint and reportlab; they stay under `target/rendered/`, since printing takes a hundred times as long as reading.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use gouji_generate::{VERSION, render};
use sha2::{Digest, Sha256};

use super::answer::{Answer, of_engine};
use super::tally::{Scored, scored};
use super::{MOST_LOOKED_AT, Measured, hex};
use crate::drawn::{self, Case, Choice, Document, Rendering};
use crate::program::engine;

/// A kind of files that `tools/render.py` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// What it is called here and there.
    pub name: &'static str,
    /// What its files have behind the name of the drawing.
    ending: &'static str,
}

/// The kinds that the program reads, and in which all that is drawn stands.
pub const KINDS: [Kind; 16] = [
    Kind { name: "xlsx", ending: "sheet.xlsx" },
    Kind { name: "xlsx-office", ending: "office.xlsx" },
    Kind { name: "xls", ending: "sheet.xls" },
    Kind { name: "ods", ending: "sheet.ods" },
    Kind { name: "pdf-sheet", ending: "sheet.pdf" },
    Kind { name: "pdf-word", ending: "word.pdf" },
    Kind { name: "pdf-web", ending: "web.pdf" },
    Kind { name: "pdf-webfont", ending: "webfont.pdf" },
    Kind { name: "pdf-weasy", ending: "weasy.pdf" },
    Kind { name: "pdf-report", ending: "report.pdf" },
    Kind { name: "pdf-odd", ending: "odd.pdf" },
    Kind { name: "docx", ending: "word.docx" },
    Kind { name: "docx-office", ending: "office.docx" },
    Kind { name: "html-sheet", ending: "sheet.html" },
    Kind { name: "html-word", ending: "word.html" },
    Kind { name: "html-web", ending: "web.html" },
];

/// Exit status of `tools/render.py` if a program is missing.
const MISSING: i32 = 3;

/// Counts of a run over files.
#[derive(Debug, Default)]
pub struct OfFiles {
    /// As of other drawn documents.
    pub measured: Measured,
    /// Of how many files the same is found as of the text, and of how many not.
    pub same: crate::score::Rate,
}

/// The kinds of these names.
///
/// # Errors
/// If there is no such kind.
pub fn kinds(names: &[String]) -> Result<Vec<Kind>> {
    if names == ["all"] {
        return Ok(KINDS.to_vec());
    }
    let named = |name: &String| match KINDS.into_iter().find(|it| it.name == name) {
        Some(it) => Ok(it),
        None => bail!("--rendered is all or of {}, not {name}", KINDS.map(|it| it.name).join(", ")),
    };
    names.iter().map(named).collect()
}

/// Prints and reads files of `n_forms` forms of each kind of damage, each in every kind.
///
/// # Errors
/// If files cannot be printed, or a program that prints them is missing.
pub fn measure(root: &Path, choice: &Choice, n_forms: usize, kinds: &[Kind], n_failures: usize) -> Result<OfFiles> {
    let drawings = drawings(choice, n_forms)?;
    let folder = printed(root, &drawings, kinds)?;
    let engine = engine();
    let mut acc = OfFiles::default();
    let mut digest = Sha256::new();
    for Printed { name, text, .. } in &drawings {
        let as_text = said(&of_engine(&engine, text));
        for kind in kinds {
            let file = format!("{name}.{}", kind.ending);
            let path = folder.join("docs").join(&file);
            let bytes = std::fs::read(&path).with_context(|| format!("{}: was not printed", path.display()))?;
            digest.update(&bytes);
            let case = Case { rendering: kind.name, ..text.case.clone() };
            let document = Document { name: file, bytes, case, ..text.clone() };
            let answer = of_engine(&engine, &document);
            let Scored { tally, mut wrong } = scored(&document, &answer);
            let as_file = said(&answer);
            acc.same.count(as_file == as_text);
            wrong.extend(as_text.difference(&as_file).map(|it| format!("of the text only: {it}")));
            wrong.extend(as_file.difference(&as_text).map(|it| format!("of the file only: {it}")));
            acc.measured.cases.entry(document.case.clone()).or_default().add(&tally);
            if !wrong.is_empty() && acc.measured.failures.len() < n_failures {
                acc.measured.failures.push((document, wrong));
            }
        }
    }
    acc.measured.digest = hex(digest);
    Ok(acc)
}

/// Findings of a document by form, code and place.
fn said(answer: &Answer) -> BTreeSet<String> {
    let of_form = |(idx, verdict): (usize, &super::answer::Verdict)| {
        let line = |it: &super::answer::Found| {
            let at: Vec<String> = it.at.iter().map(ToString::to_string).collect();
            format!("form {}: {} {} at {}: {}", idx + 1, it.class.name(), it.code, at.join(" "), it.message)
        };
        verdict.findings.iter().map(line).collect::<Vec<_>>()
    };
    answer.verdicts.iter().enumerate().flat_map(of_form).collect()
}

/// A drawing with what other programs print it from.
struct Printed {
    name: String,
    text: Document,
    page: Vec<u8>,
    grid: Vec<u8>,
}

/// Drawings of so many forms of each kind of damage.
fn drawings(choice: &Choice, n_forms: usize) -> Result<Vec<Printed>> {
    let mut acc = Vec::new();
    for damage in &choice.damages {
        let (mut n_done, mut idx) = (0, 0);
        while n_done < n_forms {
            ensure!(idx < MOST_LOOKED_AT * n_forms, "too few documents have a place for the damage {}", damage.name());
            if let Some(drawing) = drawn::drawing(choice, *damage, idx) {
                let of = |rendering| drawn::document(choice, &drawing, *damage, rendering, idx);
                n_done += drawing.truth.len();
                acc.push(Printed {
                    name: drawn::stem(choice, *damage, idx),
                    text: of(Rendering::Text),
                    page: of(Rendering::Html).bytes,
                    grid: serde_json::to_vec_pretty(&render::grid::sheet(&drawing))?,
                });
            }
            idx += 1;
        }
    }
    Ok(acc)
}

/// The folder that holds the drawings as files, printed if it does not yet.
fn printed(root: &Path, drawings: &[Printed], kinds: &[Kind]) -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let script = root.join("tools").join("render.py");
    let mut digest = Sha256::new();
    digest.update(std::fs::read(&script).with_context(|| format!("{}: not readable", script.display()))?);
    for it in drawings {
        for part in [it.name.as_bytes(), &it.page, &it.grid] {
            digest.update(part);
        }
    }
    let names: Vec<&str> = kinds.iter().map(|it| it.name).collect();
    digest.update(names.join(","));
    let folder = target.join("rendered").join(format!("{VERSION}-{}", hex(digest)));
    let mark = folder.join("complete");
    if mark.exists() {
        return Ok(folder);
    }
    for it in drawings {
        put(&folder.join(format!("docs/{}.html", it.name)), &it.page)?;
        put(&folder.join(format!("grids/{}.json", it.name)), &it.grid)?;
    }
    let of_tools = target.join("renderers").join("bin").join("python");
    let python = if of_tools.exists() { of_tools } else { PathBuf::from("python3") };
    let status = Command::new(&python)
        .arg(&script)
        .arg(&folder)
        .args(&names)
        .status()
        .with_context(|| format!("{} cannot be run; tools/install-renderers installs it", python.display()))?;
    // The script has said which program it is.
    ensure!(status.code() != Some(MISSING), "a program that prints files is missing");
    ensure!(status.success(), "tools/render.py ended with {status}");
    put(&mark, b"")?;
    Ok(folder)
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

    #[test]
    fn kinds_are_named() {
        let check = |names: &[&str], want: &str| {
            let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
            let got = match kinds(&names) {
                Ok(it) => it.iter().map(|it| it.name).collect::<Vec<_>>().join(" "),
                Err(error) => error.to_string(),
            };
            assert_eq!(got, want);
        };
        check(
            &["all"],
            "xlsx xlsx-office xls ods pdf-sheet pdf-word pdf-web pdf-webfont pdf-weasy pdf-report pdf-odd docx docx-office html-sheet html-word html-web",
        );
        check(&["pdf-web"], "pdf-web");
        let known = KINDS.map(|it| it.name).join(", ");
        check(&["rtf"], &format!("--rendered is all or of {known}, not rtf"));
    }
}
