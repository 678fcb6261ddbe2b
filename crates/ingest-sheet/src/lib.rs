//! Workbooks (xlsx, xlsm, xlsb, xls, ods) as documents: every sheet a grid, every cell the text that a person sees in it.
//!
//! In go bytes and limits; out comes a [`Document`] whose cells name their sheet and cell. What the number format shows is
//! the text (`0.719` under `0.00%` is `71.90%`); where it hides decimals, the same with all of them is kept beside it.
//!
//! Architecture invariant: readers repair nothing and calculate nothing. A formula without a stored result is a missing
//! cell, and told.

mod binary;
mod cells;
mod digits;
mod format;
mod grid;
mod lines;
mod notes;
mod ods;
mod package;
mod styles;
mod values;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use gouji_model::{Document, Format, Limits, ReadError, Source};

use cells::cell_name;
use package::{Package, over, unreadable};

/// How a zip file begins.
const ZIP_MAGIC: &[u8] = b"PK";
/// How an OLE container begins.
const OLE_MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads a workbook.
///
/// # Errors
/// If it is broken (E01), no workbook (E02), encrypted (E03), or over a limit (E04).
pub fn read(source: &Source<'_>, format: Format, limits: &Limits) -> Result<Document, ReadError> {
    let bytes = source.bytes;
    if limits.document_bytes < bytes.len() {
        return Err(over(format!("{} bytes, over the limit of {} bytes", bytes.len(), limits.document_bytes)));
    }
    let sheets = if bytes.starts_with(ZIP_MAGIC) {
        let package = Package::open(bytes, limits)?;
        if package.has("content.xml") {
            ods::read(package, limits)?
        } else if package.has(xlsb::WORKBOOK) {
            xlsb::read(package, limits)?
        } else {
            xlsx::read(package, limits)?
        }
    } else if bytes.starts_with(OLE_MAGIC) {
        xls::read(bytes, limits)?
    } else {
        return Err(unreadable("it is no workbook".to_owned()));
    };
    grid::document(format, &sheets, limits)
}

/// How much of the limits is left while a workbook is read.
struct Budget<'l> {
    limits: &'l Limits,
    n_cells: usize,
    n_spans: usize,
}

impl<'l> Budget<'l> {
    fn new(limits: &'l Limits) -> Budget<'l> {
        Budget { limits, n_cells: 0, n_spans: 0 }
    }

    /// Whether so many cells more may be taken.
    fn room_for(&self, sheet: &str, n: usize) -> Result<(), ReadError> {
        let most = self.limits.cells;
        if most < self.n_cells.saturating_add(n) {
            return Err(over(format!("sheet {sheet}: over the limit of {most} cells a document")));
        }
        Ok(())
    }

    /// Takes a cell.
    fn cell(&mut self, sheet: &str, at: (u32, u32), text: &str) -> Result<(), ReadError> {
        self.room_for(sheet, 1)?;
        self.n_cells += 1;
        if self.limits.cell_bytes < text.len() {
            let (name, most) = (cell_name(at.0, at.1), self.limits.cell_bytes);
            return Err(over(format!(
                "sheet {sheet}, cell {name}: {} bytes, over the limit of {most} bytes a cell",
                text.len()
            )));
        }
        Ok(())
    }

    /// Takes a merged area: each needs a cell, so there are no more of them than cells.
    fn span(&mut self) -> Result<(), ReadError> {
        self.n_spans += 1;
        if self.limits.cells < self.n_spans {
            return Err(over(format!("over the limit of {} merged areas", self.limits.cells)));
        }
        Ok(())
    }
}
