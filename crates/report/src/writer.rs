//! Puts the rendered documents of a run behind each other: opens the output, separates the parts, and closes it with
//! what only the end of the run knows.

use std::io::{self, Write};

use gouji_model::{AcrossFinding, Remark};

use crate::{Config, Entry, Outcome, Report, Shape, Subject, Tally, across, json, listing, summary, tables, text};

/// One document, rendered.
#[derive(Debug)]
pub struct Part {
    body: Vec<u8>,
    tally: Tally,
    listed: Option<Listed>,
}

impl Part {
    /// About how many bytes it holds.
    pub fn weight(&self) -> usize {
        self.body.len()
    }

    /// The part without what it prints: its counts, and what the end of the output lists.
    pub fn without_body(self) -> Part {
        Part { body: Vec::new(), ..self }
    }

    /// The counts of this document.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}

/// A document that was not read or holds no form, or something about one that no cell says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    pub(crate) path: String,
    pub(crate) why: Why,
    pub(crate) reason: String,
}

/// Why a document is listed: the contract's code, the format that it was read as, or what no cell of it says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Why {
    Unread(&'static str),
    Formless(&'static str),
    Note(Remark),
}

impl Report {
    /// Renders one document. May run on any thread; what comes out depends on the entry alone.
    pub fn render(&self, entry: &Entry<'_>) -> Part {
        let Config { subject, shape, .. } = self.config;
        let body = match (shape, subject) {
            (Shape::Text, Subject::Findings) => text::document(&self.config, entry),
            (Shape::Text, Subject::Forms) => listing::document(&self.config, entry),
            (Shape::Json, _) => json::element(subject, entry),
            (Shape::JsonLines, _) => json::line(subject, entry),
            (Shape::Csv, Subject::Findings) => tables::FINDINGS.csv(&tables::FINDINGS.rows(entry)),
            (Shape::Csv, Subject::Forms) => tables::INDICATORS.csv(&tables::INDICATORS.rows(entry)),
        };
        let listed = match (shape, entry.outcome) {
            // Lines and tables have no list at their end.
            (Shape::JsonLines | Shape::Csv, _) | (_, Outcome::Forms { .. }) => None,
            (_, Outcome::Note(it)) => Some((Why::Note(it.clone()), it.message.en.as_str())),
            (_, Outcome::Unread { code, reason }) => Some((Why::Unread(code.code()), reason)),
            (_, Outcome::Formless { format, reason, .. }) => Some((Why::Formless(format.name()), reason)),
        };
        let listed = listed.map(|(why, reason)| Listed { path: entry.path.to_owned(), why, reason: reason.to_owned() });
        Part { body, tally: Tally::of(entry, shape == Shape::Text), listed }
    }

    /// Opens the output.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn writer<W: Write>(&self, mut out: W) -> io::Result<Writer<W>> {
        match (self.config.shape, self.config.subject) {
            (Shape::Json, subject) => out.write_all(json::head(subject).as_bytes())?,
            (Shape::Csv, Subject::Findings) => out.write_all(&tables::FINDINGS.csv_head())?,
            (Shape::Csv, Subject::Forms) => out.write_all(&tables::INDICATORS.csv_head())?,
            (Shape::Text | Shape::JsonLines, _) => {}
        }
        Ok(Writer { config: self.config, out, tally: Tally::default(), listed: Vec::new(), has_parts: false })
    }
}

/// The output of a run.
#[derive(Debug)]
pub struct Writer<W> {
    config: Config,
    out: W,
    tally: Tally,
    listed: Vec<Listed>,
    has_parts: bool,
}

impl<W: Write> Writer<W> {
    /// Adds the next document.
    ///
    /// # Errors
    /// If the output cannot be written to.
    pub fn push(&mut self, part: Part) -> io::Result<()> {
        if !part.body.is_empty() {
            let separator = match (self.config.shape, self.has_parts) {
                (Shape::Json, true) => ",\n",
                (Shape::Text, true) => "\n",
                _ => "",
            };
            self.out.write_all(separator.as_bytes())?;
            self.out.write_all(&part.body)?;
            self.has_parts = true;
        }
        self.tally.add(part.tally);
        self.listed.extend(part.listed);
        Ok(())
    }

    /// Closes the output with what the documents show together and what the whole run came to, and hands back its counts.
    ///
    /// # Errors
    /// If the output cannot be written to.
    pub fn finish(mut self, across: &[AcrossFinding]) -> io::Result<Tally> {
        let across = if self.config.subject == Subject::Findings { across } else { &[] };
        match self.config.shape {
            Shape::Json => {
                self.out.write_all(&json::tail(self.config.subject, across, &self.listed, &self.tally))?;
            }
            Shape::JsonLines => {
                self.out.write_all(&json::across_lines(across))?;
                self.out.write_all(&json::last_line(self.config.subject, &self.tally))?;
            }
            Shape::Csv => self.out.write_all(&tables::FINDINGS.csv(&tables::across_members(across)))?,
            Shape::Text => {
                let body = across::text(&self.config, across);
                if !body.is_empty() && self.has_parts {
                    self.out.write_all(b"\n")?;
                }
                self.out.write_all(&body)?;
                let has_parts = self.has_parts || !body.is_empty();
                self.out.write_all(&summary::summary(&self.config, &self.listed, &self.tally, has_parts))?;
            }
        }
        self.out.flush()?;
        Ok(self.tally)
    }

    /// The counts so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}
