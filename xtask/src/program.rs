//! The program on documents in memory: inside this process, or as the release binary.
//!
//! In go documents by name, out comes an [`Answer`] for the scorers or the text for the goldens. Tests use the first
//! way; `cargo xtask score` uses the second, so that what is scored is what users run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use gouji_corpus::{Engine, Outcome, Task};
use gouji_model::Limits;
use gouji_report::{Entry, Lang, Report, Shape, Subject};
use serde_json::Value;

use crate::golden::{self, Texts};
use crate::score::Answer;
use crate::score::set::file_name;
use crate::tempdir::TempDir;

/// The engine as `gouji check` has it without options.
pub fn engine() -> Engine {
    let task = Task::Check { select: Vec::new(), ignore: Vec::new(), show_low: false };
    Engine::new(gouji_corpus::Config { task, format: None, limits: Limits::default() })
}

/// What the program says of the documents, inside this process.
///
/// # Errors
/// If what it prints is not of the contract's shape.
pub fn answer(engine: &Engine, docs: &BTreeMap<String, Vec<u8>>) -> Result<Answer> {
    let outcomes: Vec<(&str, Outcome)> =
        docs.iter().map(|(name, bytes)| (name.as_str(), engine.document(name, bytes))).collect();
    let json = |subject| serde_json::from_str::<Value>(&printed(&outcomes, subject, Shape::Json)?).context("no JSON");
    Answer::new(&json(Subject::Forms)?, &json(Subject::Findings)?)
}

/// The goldens of every bundled document.
///
/// # Errors
/// If the documents cannot be read.
pub fn goldens(root: &Path) -> Result<Texts> {
    let engine = engine();
    let mut acc = Texts::new();
    for (set, doc, bytes) in documents(root)? {
        let outcome = [(doc.as_str(), engine.document(&doc, &bytes))];
        for (file, subject) in golden::FILES.into_iter().zip([Subject::Findings, Subject::Forms]) {
            let text = golden::shortened(&printed(&outcome, subject, Shape::Text)?);
            acc.insert(format!("{}/{file}", golden::folder(&set, &doc)), text);
        }
    }
    Ok(acc)
}

/// Every bundled document: its set, its name, its bytes.
fn documents(root: &Path) -> Result<Vec<(String, String, Vec<u8>)>> {
    let mut acc = Vec::new();
    for set in std::fs::read_dir(root.join("corpus")).context("corpus/ is not readable")? {
        let set = set?.path();
        let Ok(docs) = std::fs::read_dir(set.join("docs")) else {
            // A page about the corpus, or a set that is still without documents.
            continue;
        };
        for doc in docs {
            let path = doc?.path();
            let bytes = std::fs::read(&path).with_context(|| format!("{}: not readable", path.display()))?;
            let name = |it: &Path| file_name(&it.to_string_lossy()).to_owned();
            acc.push((name(&set), name(&path), bytes));
        }
    }
    acc.sort();
    Ok(acc)
}

/// What `gouji` writes about these documents.
fn printed(outcomes: &[(&str, Outcome)], subject: Subject, shape: Shape) -> Result<String> {
    let report = report(subject, shape);
    let mut acc = Vec::new();
    let mut writer = report.writer(&mut acc)?;
    for (path, outcome) in outcomes {
        writer.push(report.render(&entry(path, outcome, subject)))?;
    }
    writer.finish(&[])?;
    String::from_utf8(acc).context("the program wrote no UTF-8")
}

/// A report in Chinese, without color.
pub fn report(subject: Subject, shape: Shape) -> Report {
    Report::new(gouji_report::Config { subject, shape, lang: Lang::Zh, has_color: false, is_quiet: false })
}

/// An outcome as the report takes it.
pub fn entry<'a>(path: &'a str, outcome: &'a Outcome, subject: Subject) -> Entry<'a> {
    let outcome = match outcome {
        Outcome::Forms { format, forms, verdicts, left_out, .. } => gouji_report::Outcome::Forms {
            format: *format,
            forms,
            verdicts: if subject == Subject::Forms { &[] } else { verdicts },
            left_out: left_out.as_ref(),
        },
        Outcome::Formless { format, reason, left_out, .. } => {
            gouji_report::Outcome::Formless { format: *format, reason, left_out: left_out.as_ref() }
        }
        Outcome::Unread(error) => gouji_report::Outcome::Unread { code: error.code, reason: &error.reason },
    };
    Entry { path, sha256: None, outcome }
}

/// The release binary, built.
#[derive(Clone, Debug)]
pub struct Binary(PathBuf);

impl Binary {
    /// Builds the program as users run it.
    ///
    /// # Errors
    /// If it does not build.
    pub fn build(root: &Path) -> Result<Binary> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Binary::build_into(root, &target)
    }

    /// The same of a project elsewhere, into this folder.
    ///
    /// # Errors
    /// If it does not build.
    pub fn build_into(root: &Path, target: &Path) -> Result<Binary> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args(["build", "--quiet", "--release", "--package", "gouji-cli", "--bin", "gouji"])
            .current_dir(root)
            .env("CARGO_TARGET_DIR", target)
            .status()
            .context("cargo cannot be run")?;
        ensure!(status.success(), "the program does not build");
        Ok(Binary(target.join("release").join(format!("gouji{}", std::env::consts::EXE_SUFFIX))))
    }

    /// One that was built before.
    pub fn at(path: PathBuf) -> Binary {
        Binary(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A command of the program, to be completed.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(args);
        command
    }

    /// What the program prints as JSON.
    ///
    /// # Errors
    /// If it could not run, or prints no JSON.
    pub fn json(&self, args: &[&str], path: &Path) -> Result<Value> {
        let output = self.command(args).args(["--format", "json"]).arg(path).output().context("gouji cannot be run")?;
        // 1 is findings and 3 is unread input: both are answers.
        let has_answered = matches!(output.status.code(), Some(0 | 1 | 3));
        ensure!(has_answered, "gouji {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim());
        serde_json::from_slice(&output.stdout).with_context(|| format!("gouji {} printed no JSON", args.join(" ")))
    }

    /// What the program says of the documents.
    ///
    /// # Errors
    /// If it could not run, or what it prints is not of the contract's shape.
    pub fn answer(&self, docs: &BTreeMap<String, Vec<u8>>) -> Result<Answer> {
        let dir = TempDir::new("score")?;
        for (name, bytes) in docs {
            std::fs::write(dir.path().join(name), bytes).with_context(|| format!("{name}: cannot be written"))?;
        }
        Answer::new(&self.json(&["extract"], dir.path())?, &self.json(&["check"], dir.path())?)
    }
}
