//! Documents inside documents: a workbook in a text, an attachment of a PDF.
//!
//! In goes a document and a way to read one; out comes the document with the blocks of all its parts among its own, their
//! places naming the part. A part that cannot be read costs only itself, and is told.

use std::mem;
use std::sync::Arc;

use gouji_model::{Block, Document, Format, Limits, Part, Place, ReadError, Reading, Slot, Source, UnreadCode};

use crate::archive::Archive;
use crate::container::ZIP_MAGIC;
use crate::{isolated, sniff};

/// Parts that are named when several cannot be read.
const MAX_NAMED: usize = 5;

/// Reads one document, without its parts; of a part it is not said which format it has.
pub(crate) type Read<'r> = dyn Fn(&Source<'_>, Option<Format>, &Limits) -> Result<Reading, ReadError> + 'r;

/// Reads a document with all that it holds.
///
/// # Errors
/// Those of the document itself; those of its parts if nothing else was read.
pub(crate) fn read(
    source: &Source<'_>,
    format: Option<Format>,
    limits: &Limits,
    one: &Read<'_>,
) -> Result<Reading, ReadError> {
    let mut whole = Whole { one, left: limits.clone() };
    whole.level(source, format, 0)
}

/// A document that is being read, and how much of its limits is left for what it holds.
struct Whole<'r> {
    one: &'r Read<'r>,
    left: Limits,
}

impl Whole<'_> {
    fn level(&mut self, source: &Source<'_>, format: Option<Format>, depth: usize) -> Result<Reading, ReadError> {
        let reading = (self.one)(source, format, &self.left)?;
        self.spliced(reading, depth)
    }

    /// A document with the blocks of its parts among its own.
    fn spliced(&mut self, reading: Reading, depth: usize) -> Result<Reading, ReadError> {
        let Reading { document, left_out } = reading;
        let Document { format, blocks, mut parts, mut notes } = document;
        self.left.cells = self.left.cells.saturating_sub(n_cells(&blocks));
        if parts.is_empty() {
            return Ok(Reading { document: Document { notes, ..Document::new(format, blocks) }, left_out });
        }
        parts.sort_by_key(|it| it.blocks_before);
        let mut left_out = Vec::from_iter(left_out);
        let mut acc = Vec::new();
        let (mut own, mut n_own) = (blocks.into_iter(), 0);
        for part in parts {
            acc.extend(own.by_ref().take(part.blocks_before.saturating_sub(n_own)));
            n_own = n_own.max(part.blocks_before);
            match self.part(&part, depth + 1) {
                Ok(inner) => {
                    acc.extend(inner.document.blocks);
                    notes.extend(inner.document.notes);
                    left_out.extend(inner.left_out);
                }
                Err(error) => left_out.push(error),
            }
        }
        acc.extend(own);
        match joined(left_out) {
            Some(error) if acc.is_empty() => Err(error),
            left_out => Ok(Reading { document: Document { notes, ..Document::new(format, acc) }, left_out }),
        }
    }

    /// What a part holds, its places and errors named after it.
    fn part(&mut self, part: &Part, depth: usize) -> Result<Reading, ReadError> {
        // A crash of a part's reader costs that part.
        let mut reading = isolated(|| self.admitted(part, depth)).map_err(|it| named(&part.path, it))?;
        let path: Arc<str> = part.path.as_str().into();
        let blocks = &mut reading.document.blocks;
        blocks.iter_mut().flat_map(places).for_each(|it| it.part = Some(below(&path, it.part.take())));
        let notes = &mut reading.document.notes;
        notes.iter_mut().for_each(|it| it.place.part = Some(below(&path, it.place.part.take())));
        if let Some(Block::Text(it)) = blocks.first_mut() {
            it.break_before = true;
        }
        reading.left_out = reading.left_out.map(|it| named(&part.path, it));
        Ok(reading)
    }

    fn admitted(&mut self, part: &Part, depth: usize) -> Result<Reading, ReadError> {
        let over = |reason: String| Err(ReadError { code: UnreadCode::OverLimit, reason });
        if self.left.depth < depth {
            return over(format!("more than the limit of {} documents inside each other", self.left.depth));
        }
        let Some(n_parts) = self.left.parts.checked_sub(1) else {
            return over("over the limit of documents inside a document".to_owned());
        };
        let Some(n_bytes) = self.left.unpacked_bytes.checked_sub(part.bytes.len()) else {
            return over(format!("{} bytes, over the limit of what a document may unpack to", part.bytes.len()));
        };
        (self.left.parts, self.left.unpacked_bytes) = (n_parts, n_bytes);
        if part.bytes.starts_with(ZIP_MAGIC) && sniff(&part.path, &part.bytes).is_err() {
            return self.archive(part, depth);
        }
        self.level(&Source { name: &part.path, bytes: &part.bytes }, None, depth)
    }

    /// What the members of an archive hold, one after the other.
    fn archive(&mut self, part: &Part, depth: usize) -> Result<Reading, ReadError> {
        let archive = Archive::memory(part.bytes.clone(), part.path.clone(), depth, &self.left)?;
        let mut parts = Vec::new();
        let mut left_out = Vec::new();
        for member in archive.into_iter().flatten() {
            let path = member.path.clone();
            match member.read(&self.left) {
                Ok(bytes) => parts.push(Part { path, bytes, blocks_before: 0 }),
                Err(error) => left_out.push(named(&path, error)),
            }
            if self.left.parts < parts.len() {
                break;
            }
        }
        // An archive has no blocks of its own: its format is that of any text.
        let document = Document { parts, ..Document::new(Format::OcrText, Vec::new()) };
        self.spliced(Reading { document, left_out: joined(left_out) }, depth)
    }
}

fn n_cells(blocks: &[Block]) -> usize {
    let of_block = |it: &Block| match it {
        Block::Text(_) => 1,
        Block::Grid(it) => it.rows.len().saturating_mul(it.n_cols),
    };
    blocks.iter().map(of_block).fold(0, usize::saturating_add)
}

/// The path of a part that stands in the part of this path.
fn below(path: &Arc<str>, inner: Option<Arc<str>>) -> Arc<str> {
    inner.map_or_else(|| Arc::clone(path), |it| format!("{path}/{it}").into())
}

fn named(path: &str, error: ReadError) -> ReadError {
    ReadError { reason: format!("{path}: {}", error.reason), ..error }
}

/// Every place in a block.
fn places(block: &mut Block) -> Vec<&mut Place> {
    match block {
        Block::Text(it) => vec![&mut it.place],
        Block::Grid(it) => {
            let mut acc = Vec::from_iter(it.nested_in.as_mut());
            for row in &mut it.rows {
                acc.push(&mut row.place);
                acc.extend(row.slots.iter_mut().filter_map(|it| match it {
                    Slot::Cell(cell) => Some(&mut cell.place),
                    Slot::Covered { .. } | Slot::Empty => None,
                }));
            }
            acc
        }
    }
}

/// One error that names them all, with the code of the first.
fn joined(errors: Vec<ReadError>) -> Option<ReadError> {
    let n_more = errors.len().saturating_sub(MAX_NAMED);
    let mut errors = errors.into_iter();
    let mut acc = errors.next()?;
    for it in errors.take(MAX_NAMED - 1) {
        let code = if it.code == acc.code { String::new() } else { format!("{}: ", it.code.code()) };
        acc.reason = format!("{}; {code}{}", mem::take(&mut acc.reason), it.reason);
    }
    if 0 < n_more {
        acc.reason = format!("{}; and {n_more} more", acc.reason);
    }
    Some(acc)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A format of lines for tests: `+PATH` begins a part, which holds the lines below it without their first blank.
    fn one(source: &Source<'_>, format: Option<Format>, limits: &Limits) -> Result<Reading, ReadError> {
        let format = match format {
            Some(it) => it,
            None => sniff(source.name, source.bytes)?,
        };
        let text = std::str::from_utf8(source.bytes).unwrap();
        let mut document = Document::new(format, Vec::new());
        for (line, number) in text.lines().zip(1..) {
            if let Some(path) = line.strip_prefix('+') {
                let blocks_before = document.blocks.len();
                document.parts.push(Part { path: path.to_owned(), bytes: Vec::new(), blocks_before });
            } else if let Some(rest) = line.strip_prefix(' ') {
                let bytes = &mut document.parts.last_mut().unwrap().bytes;
                bytes.extend(rest.bytes().chain(*b"\n"));
            } else if line == "!" {
                panic!("a reader broke");
            } else if limits.cells <= document.blocks.len() {
                return Err(ReadError { code: UnreadCode::OverLimit, reason: "cells".to_owned() });
            } else {
                document.blocks.push(Block::Text(gouji_model::TextBlock {
                    text: line.to_owned(),
                    raw: None,
                    place: Place::in_text(number, 1),
                    break_before: false,
                }));
            }
        }
        Ok(document.into())
    }

    fn check(drawn: &str, limits: &Limits, expected: &str) {
        let source = Source { name: "a.txt", bytes: drawn.as_bytes() };
        let found = match read(&source, Some(Format::OcrText), limits, &one) {
            Ok(Reading { document, left_out }) => {
                let line = |it: &Block| match it {
                    Block::Text(it) => format!("{}@{} ", it.text, it.place.part.as_deref().unwrap_or("-")),
                    Block::Grid(_) => "grid ".to_owned(),
                };
                let blocks: String = document.blocks.iter().map(line).collect();
                format!("{blocks}| {}", left_out.map_or_else(String::new, |it| it.to_string()))
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{drawn}");
    }

    #[test]
    fn blocks_of_parts_stand_where_the_parts_stand() {
        let limits = Limits::default();
        check("a\n+b.txt\n x\n y\nc", &limits, "a@- x@b.txt y@b.txt c@- | ");
        check("+b.txt\n x\n +c.txt\n  z\n y\n+d.txt\n w", &limits, "x@b.txt z@b.txt/c.txt y@b.txt w@d.txt | ");
    }

    #[test]
    fn a_part_that_cannot_be_read_costs_only_itself() {
        let limits = Limits::default();
        check("a\n+b.txt\n \u{89}PNG\nc", &limits, "a@- \u{89}PNG@b.txt c@- | ");
        check(
            "a\n+b.rtf\n {\\rtf\nc",
            &limits,
            "a@- c@- | E02: b.rtf: an RTF document, which this version does not read",
        );
        check("a\n+b.txt\n !\nc", &limits, "a@- c@- | E05: b.txt: the program crashed on it: a reader broke");
        check("+b.txt\n !", &limits, "E05: b.txt: the program crashed on it: a reader broke");
    }

    #[test]
    fn parts_have_limits() {
        let nested = "a\n+b.txt\n b\n +c.txt\n  c\n  +d.txt\n   d\n   +e.txt\n    e";
        let limits = Limits::default();
        let deep = "a@- b@b.txt c@b.txt/c.txt d@b.txt/c.txt/d.txt | \
                    E04: b.txt: c.txt: d.txt: e.txt: more than the limit of 3 documents inside each other";
        check(nested, &limits, deep);
        let few = Limits { parts: 1, ..Limits::default() };
        check("+b.txt\n x\n+c.txt\n y", &few, "x@b.txt | E04: c.txt: over the limit of documents inside a document");
        let small = Limits { unpacked_bytes: 3, ..Limits::default() };
        let told = "E04: c.txt: 2 bytes, over the limit of what a document may unpack to";
        check("+b.txt\n x\n+c.txt\n y", &small, &format!("x@b.txt | {told}"));
        let cells = Limits { cells: 2, ..Limits::default() };
        check("a\n+b.txt\n x\n y", &cells, "a@- | E04: b.txt: cells");
    }

    #[test]
    fn what_is_left_out_is_told_once() {
        let drawn: String = "+b.txt\n !\n".repeat(7) + "a";
        let one = "b.txt: the program crashed on it: a reader broke";
        check(&drawn, &Limits::default(), &format!("a@- | E05: {}; and 2 more", [one; 5].join("; ")));
    }
}
