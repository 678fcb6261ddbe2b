//! What a stage of reading makes of a document, to look at.
//!
//! In go a document and a stage, out comes text for people; nothing of it is meant for programs. Words and rulings are
//! those of PDFs; grids are what any reader hands to the reconciler.

use std::fmt::Write as _;

use gouji_ingest_pdf::{dump, pages};
use gouji_model::{Block, Document, Format, Grid, ReadError, Slot, Source, UnreadCode};

use crate::engine::{Engine, isolated};
use crate::sniff::sniff;
use crate::walk::Input;

/// A stage of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Lines of text with their boxes.
    Words,
    /// Lines that divide pages, and the tables between them.
    Rulings,
    /// The blocks of the document.
    Grids,
}

impl Engine {
    /// What a stage makes of an input.
    ///
    /// # Errors
    /// If it cannot be read; E02 if words or rulings are asked for of what has no pages.
    pub fn dump(&self, input: Input, stage: Stage) -> Result<String, ReadError> {
        let name = input.name.clone();
        let bytes = input.read(self.limits())?;
        isolated(|| self.stage(&Source { name: &name, bytes: &bytes }, stage))
    }

    fn stage(&self, source: &Source<'_>, stage: Stage) -> Result<String, ReadError> {
        if stage == Stage::Grids {
            let reading = self.read(source)?;
            let mut acc = blocks(&reading.document);
            if let Some(error) = reading.left_out {
                writeln!(acc, "left out: {error}").expect("a string takes all that is written");
            }
            return Ok(acc);
        }
        let format = match self.format() {
            Some(it) => it,
            None => sniff(source.name, source.bytes)?,
        };
        match (stage, format) {
            // Here, not in a worker: what a worker hands back are documents.
            (Stage::Words, Format::Pdf) => Ok(dump::words(&pages(source, self.limits())?)),
            (Stage::Rulings, Format::Pdf) => Ok(dump::rulings(&pages(source, self.limits())?)),
            (Stage::Words | Stage::Rulings | Stage::Grids, _) => Err(ReadError {
                code: UnreadCode::UnknownFormat,
                reason: "words and rulings are those of a PDF; `--dump grids` shows any document".to_owned(),
            }),
        }
    }
}

/// Lines as they are; rows with the column of each cell, and how many rows and columns it covers if more than one.
fn blocks(document: &Document) -> String {
    let mut acc = String::new();
    for block in &document.blocks {
        match block {
            Block::Text(it) => match it.place.page {
                Some(page) => push(&mut acc, format_args!("page {page}: {}\n", it.text)),
                None => push(&mut acc, format_args!("{}\n", it.text)),
            },
            Block::Grid(it) => grid(it, &mut acc),
        }
    }
    acc
}

fn grid(grid: &Grid, acc: &mut String) {
    push(acc, format_args!("table of {} rows, {} columns, {:?}", grid.rows.len(), grid.n_cols, grid.kind));
    if let Some(page) = grid.rows.first().and_then(|it| it.place.page) {
        push(acc, format_args!(", on page {page}"));
    }
    acc.push('\n');
    for (number, row) in grid.rows.iter().enumerate() {
        push(acc, format_args!("  {number}{}", if row.break_before { "--" } else { "" }));
        for (col, slot) in row.slots.iter().enumerate() {
            match slot {
                Slot::Cell(it) if it.n_rows * it.n_cols == 1 => push(acc, format_args!(" [{col}: {:?}]", it.text)),
                Slot::Cell(it) => push(acc, format_args!(" [{col}, {}x{}: {:?}]", it.n_rows, it.n_cols, it.text)),
                Slot::Covered { .. } => {}
                Slot::Empty => push(acc, format_args!(" [{col}: nothing]")),
            }
        }
        acc.push('\n');
    }
}

fn push(acc: &mut String, it: std::fmt::Arguments<'_>) {
    acc.write_fmt(it).expect("a string takes all that is written");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Config, Task};
    use gouji_model::Limits;

    fn check(name: &str, bytes: &[u8], stage: Stage, want: &str) {
        let engine = Engine::new(Config { task: Task::Extract, format: None, limits: Limits::default() });
        let said = engine.stage(&Source { name, bytes }, stage).unwrap_or_else(|it| it.to_string());
        assert!(said.contains(want), "{said}");
    }

    #[test]
    fn every_stage_says_what_it_found() {
        let pdf = include_bytes!("../../ingest-pdf/tests/odd/gbk-euc-h.pdf");
        check("a.pdf", pdf, Stage::Words, "分值 得分");
        check("a.pdf", pdf, Stage::Rulings, "columns at [60.0, 140.0, 300.0, 380.0, 460.0]");
        check("a.pdf", pdf, Stage::Grids, "[0, 2x1: \"产出指标\"]");
        check("a.csv", b"a,b\n1,2\n", Stage::Grids, "[0: \"1\"] [1: \"2\"]");
        check("a.csv", b"a,b\n1,2\n", Stage::Words, "E02: words and rulings are those of a PDF");
    }
}
