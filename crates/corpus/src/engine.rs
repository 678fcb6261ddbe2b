//! One document from bytes to verdicts: reads it, rebuilds its forms, checks them; a panic stays inside.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gouji_model::{Form, FormVerdict, Format, Limits, ReadError, Reading, Remark, Source, UnreadCode};
use gouji_reconcile::Reconciler;
use gouji_score::{Context, DocumentDigest, Scorer, Settings};
use sha2::{Digest, Sha256};

use crate::walk::over_limit;
use crate::{Baseline, Configuration, Input, Office, Run, Workers, office, parts, readers, sniff};

/// What is to be done with the forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Hand them on.
    Extract,
    /// Check them as well.
    Check {
        /// Beginnings of the codes of checks that are made; empty: all. See [`crate::selectors`].
        select: Vec<String>,
        /// Beginnings of the codes of checks that are left out.
        ignore: Vec<String>,
        /// Whether suspicions of low confidence are handed on.
        show_low: bool,
    },
}

/// How documents are read and what is done with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What is to be done.
    pub task: Task,
    /// The format of every document, whatever its bytes and name say.
    pub format: Option<Format>,
    /// How much a document may take.
    pub limits: Limits,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was read and holds forms.
    Forms {
        /// How it was read.
        format: Format,
        /// In order of appearance, at least one.
        forms: Vec<Form>,
        /// One a form, in the same order; none if the task was to extract.
        verdicts: Vec<FormVerdict>,
        /// What it leaves for findings over the documents of a run; see [`crate::Run`]. None if the task was to extract.
        digest: Option<DocumentDigest>,
        /// Why a part of it was left out, if one was.
        left_out: Option<ReadError>,
        /// What no cell of it says.
        notes: Vec<Remark>,
    },
    /// It was read and holds no form.
    Formless {
        /// How it was read.
        format: Format,
        /// What is missing.
        reason: &'static str,
        /// Why a part of it was left out, if one was.
        left_out: Option<ReadError>,
        /// What no cell of it says.
        notes: Vec<Remark>,
    },
    /// It could not be read.
    Unread(ReadError),
}

/// Takes documents one by one; the same for all threads, and holds nothing of a document after it.
pub struct Engine {
    format: Option<Format>,
    limits: Limits,
    reconciler: Reconciler,
    scorer: Option<Scorer>,
    baseline: Option<Arc<Baseline>>,
    workers: Option<Workers>,
    office: Office,
}

impl Outcome {
    /// Why the document, or a part of it, was not read.
    pub fn unread(&self) -> Option<&ReadError> {
        match self {
            Outcome::Forms { left_out, .. } | Outcome::Formless { left_out, .. } => left_out.as_ref(),
            Outcome::Unread(error) => Some(error),
        }
    }

    /// What no cell of the document says.
    pub fn notes(&self) -> &[Remark] {
        match self {
            Outcome::Forms { notes, .. } | Outcome::Formless { notes, .. } => notes,
            Outcome::Unread(_) => &[],
        }
    }
}

impl Engine {
    /// An engine that works as configured.
    pub fn new(config: Config) -> Engine {
        let scorer = match config.task {
            Task::Extract => None,
            Task::Check { select, ignore, show_low } => Some(Scorer::new(Settings { select, ignore, show_low })),
        };
        Engine {
            format: config.format,
            limits: config.limits,
            reconciler: Reconciler::new(),
            scorer,
            baseline: None,
            workers: None,
            office: Office::none(),
        }
    }

    /// An engine that works as configured, by a user's configuration too.
    ///
    /// # Errors
    /// If labels or weight schemes of the configuration are not of their shape.
    pub fn configured(config: Config, configuration: &Configuration) -> Result<Engine, String> {
        let mut engine = Engine::new(config);
        if !configuration.labels.is_empty() {
            engine.reconciler = Reconciler::with_labels(&configuration.labels)?;
        }
        engine.scorer = match engine.scorer {
            Some(scorer) => Some(Scorer::tuned(scorer.settings().clone(), configuration.tuning.clone())?),
            None => None,
        };
        Ok(engine)
    }

    /// The same engine, which leaves out the findings that the baseline knows.
    pub fn with_baseline(self, baseline: Arc<Baseline>) -> Engine {
        Engine { baseline: Some(baseline), ..self }
    }

    /// The same engine, which reads documents of formats that a hostile file may break in workers.
    pub fn with_workers(self, workers: Workers) -> Engine {
        Engine { workers: Some(workers), ..self }
    }

    /// The same engine, which has documents that no reader takes turned into others by LibreOffice.
    pub fn with_office(self, office: Office) -> Engine {
        Engine { office, ..self }
    }

    /// A run of this engine over many documents.
    pub fn run(&self) -> Run {
        Run::new(self.scorer.as_ref().map(Scorer::across), self.baseline.clone())
    }

    /// What becomes of an input, reading it included.
    pub fn input(&self, input: Input) -> Outcome {
        self.told_apart(input, |_| ()).1
    }

    /// What becomes of an input, and the SHA-256 of its bytes in hex, if they could be read.
    pub fn hashed(&self, input: Input) -> (Option<String>, Outcome) {
        self.told_apart(input, digest)
    }

    fn told_apart<T>(&self, input: Input, tell: impl FnOnce(&[u8]) -> T) -> (Option<T>, Outcome) {
        let name = input.name.clone();
        match input.read(&self.limits) {
            Ok(bytes) => (Some(tell(&bytes)), self.document(&name, &bytes)),
            Err(error) => (None, Outcome::Unread(error)),
        }
    }

    /// What becomes of a document in memory. `name` helps to tell the format.
    pub fn document(&self, name: &str, bytes: &[u8]) -> Outcome {
        isolated(|| self.stages(name, bytes)).unwrap_or_else(Outcome::Unread)
    }

    /// What a document may have.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The format that every document is read as, if one is given.
    pub(crate) fn format(&self) -> Option<Format> {
        self.format
    }

    /// A document with all that it holds.
    pub(crate) fn read(&self, source: &Source<'_>) -> Result<Reading, ReadError> {
        parts::read(source, self.format, &self.limits, &|source, format, limits| {
            let foreign = if format.is_none() { office::foreign(source.bytes) } else { None };
            match (format, foreign) {
                (Some(format), _) => self.one(source, format, limits),
                (None, None) => self.one(source, sniff(source.name, source.bytes)?, limits),
                (None, Some(foreign)) => {
                    let bytes = self.office.convert(foreign, source.bytes, limits)?;
                    // What LibreOffice writes may be longer than what it was made of.
                    let limits = Limits { document_bytes: limits.document_bytes.max(bytes.len()), ..limits.clone() };
                    self.one(&Source { bytes: &bytes, ..*source }, foreign.becomes, &limits)
                }
            }
        })
    }

    /// A document without what it holds.
    fn one(&self, source: &Source<'_>, format: Format, limits: &Limits) -> Result<Reading, ReadError> {
        match &self.workers {
            Some(workers) if readers::is_risky(format) => workers.read(source, format, limits),
            _ => readers::read(format, source, limits),
        }
    }

    fn stages(&self, name: &str, bytes: &[u8]) -> Result<Outcome, ReadError> {
        if self.limits.document_bytes < bytes.len() {
            return Err(over_limit(&format!("{} bytes", bytes.len()), self.limits.document_bytes));
        }
        let Reading { document, left_out } = self.read(&Source { name, bytes })?;
        let format = document.format;
        let rebuilt = self.reconciler.rebuild(&document);
        let notes = document.notes;
        drop(document.blocks);
        let forms = rebuilt.forms;
        if forms.is_empty() {
            let reason = rebuilt.formless.unwrap_or("no form was found");
            return Ok(Outcome::Formless { format, reason, left_out, notes });
        }
        let (mut verdicts, digest) = match &self.scorer {
            Some(scorer) => {
                let (verdicts, digest) = scorer.check_and_digest(&forms, &Context { format, digest: digest(bytes) });
                (verdicts, Some(digest))
            }
            None => (Vec::new(), None),
        };
        if let Some(baseline) = &self.baseline {
            verdicts.iter_mut().for_each(|it| baseline.hide(it));
        }
        Ok(Outcome::Forms { format, forms, verdicts, digest, left_out, notes })
    }
}

/// SHA-256 in lower-case hex.
fn digest(bytes: &[u8]) -> String {
    let mut acc = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(acc, "{byte:02x}").expect("a string takes all that is written");
    }
    acc
}

/// What `work` returns; a panic in it becomes E05 with the panic's message.
///
/// # Errors
/// Those of `work`, and E05 if it panics.
pub fn isolated<T>(work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    // Sound to go on after a panic: stages keep no state between documents.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let message = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
            (Some(text), _) => text,
            (_, Some(text)) => text.as_str(),
            _ => "without a message",
        };
        Err(ReadError { code: UnreadCode::Crashed, reason: format!("the program crashed on it: {message}") })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engine() -> Engine {
        let task = Task::Check { select: Vec::new(), ignore: Vec::new(), show_low: false };
        let limits = Limits { document_bytes: 1000, ..Limits::default() };
        Engine::new(Config { task, format: None, limits })
    }

    fn error(outcome: Outcome) -> String {
        match outcome {
            Outcome::Unread(error) => error.to_string(),
            other => panic!("{other:?} was read"),
        }
    }

    #[test]
    fn a_panic_costs_only_its_document() {
        let index = std::hint::black_box(3);
        let crashed = isolated(|| -> Result<(), ReadError> { panic!("index {index} is too large") });
        let reason = "the program crashed on it: index 3 is too large".to_owned();
        assert_eq!(crashed, Err(ReadError { code: UnreadCode::Crashed, reason }));
        let crashed = isolated(|| -> Result<(), ReadError> { panic!("no form") });
        assert_eq!(crashed.unwrap_err().reason, "the program crashed on it: no form");
        assert_eq!(isolated(|| Ok(1)), Ok(1));
    }

    #[test]
    fn digests_are_hex() {
        assert_eq!(digest(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn a_document_over_the_limit_is_unread() {
        let outcome = engine().document("a.txt", &[b'a'; 1001]);
        assert_eq!(error(outcome), "E04: 1001 bytes, over the limit of 1000 bytes a document");
    }

    #[test]
    fn bytes_that_are_no_text_are_unread() {
        let bytes: Vec<u8> = (0..=255).cycle().take(900).collect();
        let outcome = engine().document("a.txt", &bytes);
        assert!(error(outcome).starts_with("E02: "));
    }

    #[test]
    fn a_known_binary_format_is_unread_unless_another_is_forced() {
        let magic = b"{\\rtf text";
        let outcome = engine().document("a.txt", magic);
        assert_eq!(error(outcome).split(" and ").next(), Some("E06: an RTF document, which needs LibreOffice,"));
        let forced = Engine { format: Some(Format::OcrText), ..engine() };
        assert!(matches!(forced.document("a.txt", magic), Outcome::Formless { format: Format::OcrText, .. }));
    }
}
