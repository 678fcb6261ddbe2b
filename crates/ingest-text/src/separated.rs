//! Comma-separated and tab-separated values, as spreadsheets save them.
//!
//! In: a text whose cells are parted by commas, tabs or semicolons and may be quoted. Out: one grid.

use csv::{ReaderBuilder, StringRecord};
use gouji_model::{Block, Limits, Place, ReadError, UnreadCode};

use crate::assemble::{Assembler, push_cell};
use crate::cell::{Marks, read_cell, trim};

/// What may part cells; where two fit alike the first is taken.
const DELIMITERS: [u8; 3] = [b'\t', b',', b';'];

/// Records looked at to find the delimiter: more than the head of any form.
const SAMPLE_RECORDS: usize = 100;

/// Bytes looked at to find the delimiter.
const SAMPLE_BYTES: usize = 64 << 10;

/// The grid of the text, or nothing if it is blank.
///
/// # Errors
/// E04 if a cell or the number of cells is over its limit.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let delimiter = find_delimiter(text);
    check_widths(text, delimiter, limits)?;
    let mut assembler = Assembler::new(limits);
    let mut reader = builder(delimiter).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    // The line after the last record: more lines than one before the next are empty.
    let mut next_line = 1;
    while read_record(&mut reader, &mut record)? {
        let n_breaks = u32::try_from(record.iter().flat_map(str::bytes).filter(|it| *it == b'\n').count());
        let end = u32::try_from(reader.position().line()).unwrap_or(u32::MAX);
        let has_line_end = text.as_bytes().get(..byte_offset(&reader)).is_some_and(|it| it.ends_with(b"\n"));
        let first = end.saturating_sub(n_breaks.unwrap_or(u32::MAX)).saturating_sub(u32::from(has_line_end)).max(1);
        if first != 1 || hint(text).is_none() {
            push_record(&mut assembler, &record, first, next_line < first, limits)?;
        }
        next_line = end;
    }
    Ok(assembler.finish())
}

fn push_record(
    assembler: &mut Assembler<'_>,
    record: &StringRecord,
    line: u32,
    break_before: bool,
    limits: &Limits,
) -> Result<(), ReadError> {
    assembler.reserve_row(record.len(), line)?;
    let mut slots = Vec::with_capacity(assembler.n_cols());
    for (col, raw) in record.iter().enumerate() {
        if trim(raw).is_empty() {
            continue;
        }
        let place = Place::in_text(line, u32::try_from(col + 1).unwrap_or(u32::MAX));
        let content = read_cell(raw, Marks::Plain, &place, limits)?;
        for grid in content.grids {
            assembler.push_grid(grid, line)?;
        }
        if !content.text.is_empty() {
            push_cell(&mut slots, col, content.text, content.raw, place);
        }
    }
    assembler.push_row(slots, Place::in_text(line, 1), break_before)
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).flexible(true).has_headers(false);
    builder
}

fn byte_offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

fn read_record(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord) -> Result<bool, ReadError> {
    reader.read_record(record).map_err(|err| {
        // Neither unequal lengths nor encoding can be wrong here; the crate may still grow other errors.
        ReadError { code: UnreadCode::NotReadable, reason: format!("line {}: {err}", reader.position().line()) }
    })
}

/// Makes sure that no line holds more cells than there may be in all, before the parser takes memory for each.
fn check_widths(text: &str, delimiter: u8, limits: &Limits) -> Result<(), ReadError> {
    for (i, line) in text.lines().enumerate() {
        if limits.cells < line.len() && limits.cells < line.bytes().filter(|it| *it == delimiter).count() {
            let reason = format!("line {}: more than the limit of {} cells and lines", i + 1, limits.cells);
            return Err(ReadError { code: UnreadCode::OverLimit, reason });
        }
    }
    Ok(())
}

/// The delimiter that the first line names: `sep=;`, which spreadsheet programs understand and do not show.
fn hint(text: &str) -> Option<u8> {
    match text.lines().next()?.trim_matches('"').as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => Some(*delimiter).filter(u8::is_ascii_punctuation),
        _ => None,
    }
}

/// The delimiter under which most records have the same number of cells, then the most cells: commas stand in the prose
/// of any form, but not equally many in each record.
fn find_delimiter(text: &str) -> u8 {
    if let Some(delimiter) = hint(text) {
        return delimiter;
    }
    let sample = text.get(..text.floor_char_boundary(SAMPLE_BYTES)).unwrap_or(text);
    let mut best = (0, 0, b',');
    for delimiter in DELIMITERS {
        let mut widths: Vec<usize> = Vec::new();
        let mut reader = builder(delimiter).from_reader(sample.as_bytes());
        let mut record = StringRecord::new();
        while widths.len() < SAMPLE_RECORDS && reader.read_record(&mut record).unwrap_or(false) {
            widths.push(record.len());
        }
        widths.retain(|it| 1 < *it);
        widths.sort_unstable();
        for same in widths.chunk_by(|a, b| a == b) {
            let width = same.first().copied().unwrap_or_default();
            if (best.0, best.1) < (same.len(), width) {
                best = (same.len(), width, delimiter);
            }
        }
    }
    best.2
}
