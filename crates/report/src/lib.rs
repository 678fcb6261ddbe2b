//! Verdicts and forms for people and programs: text in Chinese and English, JSON, JSON lines and tables of
//! comma-separated values.
//!
//! In goes one [`Entry`] a document; out come bytes on any [`std::io::Write`]. [`Report::render`] works on one document
//! and may run on any thread; a [`Writer`] puts the parts behind each other, counts them and closes the output. Only
//! what the summary needs is kept: counts, and the list of documents that were not read or hold no form.
//!
//! Architecture invariants: identical entries in the same order give identical bytes; nothing here reads a clock, the
//! environment or a file.

mod across;
mod explain;
mod json;
mod layout;
mod listing;
mod names;
mod records;
mod summary;
mod tables;
mod tally;
mod text;
mod writer;

use gouji_model::{AcrossFinding, Bilingual, Form, FormVerdict, Format, ReadError, Remark, UnreadCode};

pub use explain::{RepairEntry, repair, repairs, rule, rules};
pub use tables::{Column, Kind, Row, TABLES, Table, Value};
pub use tally::Tally;
pub use writer::{Part, Writer};

/// A language of the texts for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The text of this language.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The text of this language.
    pub(crate) fn of(self, text: &Bilingual) -> &str {
        self.pick(&text.zh, &text.en)
    }
}

/// What the output is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Findings: `gouji check`.
    Findings,
    /// Forms: `gouji extract`.
    Forms,
}

/// The shape of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// A table: findings, or indicators.
    Csv,
}

impl Shape {
    /// Every shape, with the contract's name.
    pub const NAMES: [(Shape, &'static str); 4] =
        [(Shape::Text, "text"), (Shape::Json, "json"), (Shape::JsonLines, "jsonl"), (Shape::Csv, "csv")];
}

/// What is to be written, and how.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// What it is about.
    pub subject: Subject,
    /// Its shape.
    pub shape: Shape,
    /// The language of text.
    pub lang: Lang,
    /// Whether text is colored.
    pub has_color: bool,
    /// Whether text leaves out consistent forms and the summary.
    pub is_quiet: bool,
}

/// One document of a run.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The path as given.
    pub path: &'a str,
    /// SHA-256 of its bytes in hex, if they were read.
    pub sha256: Option<&'a str>,
    /// What became of it.
    pub outcome: Outcome<'a>,
}

/// What became of a document.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'a> {
    /// It was read and holds forms.
    Forms {
        /// How it was read.
        format: Format,
        /// In order of appearance.
        forms: &'a [Form],
        /// One a form, in the same order; none when the subject is forms.
        verdicts: &'a [FormVerdict],
        /// Why a part of it was left out, if one was.
        left_out: Option<&'a ReadError>,
    },
    /// It was read and holds no form.
    Formless {
        /// How it was read.
        format: Format,
        /// What is missing.
        reason: &'a str,
        /// Why a part of it was left out, if one was.
        left_out: Option<&'a ReadError>,
    },
    /// It was read, and this stands in none of its cells.
    Note(&'a Remark),
    /// It could not be read.
    Unread {
        /// The contract's code.
        code: UnreadCode,
        /// What, where and with which value.
        reason: &'a str,
    },
}

/// The findings over documents as lines of JSON.
pub fn across_lines(across: &[AcrossFinding]) -> Vec<u8> {
    json::across_lines(across)
}

/// The findings over documents as rows of the table of findings, as comma-separated values.
pub fn across_rows(across: &[AcrossFinding]) -> Vec<u8> {
    tables::FINDINGS.csv(&tables::across_members(across))
}

/// Turns documents into parts of the output.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    config: Config,
}

impl Report {
    /// A report as configured.
    pub fn new(config: Config) -> Report {
        Report { config }
    }
}
