//! What a reader makes of a file: text and grids in reading order, raw, each with its place.

use std::fmt;

use crate::{Bilingual, Place};

/// How the bytes of a document were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text as OCR engines and converters leave it; tabs between cells. An unknown `.txt` counts as this.
    OcrText,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// Comma-separated or tab-separated values.
    Csv,
    /// Workbook of XML or of binary records in a zip file: xlsx, xlsm, xlsb.
    Xlsx,
    /// Workbook of Excel 5 to 2003.
    Xls,
    /// OpenDocument workbook.
    Ods,
    /// Word document, or what LibreOffice makes one of.
    Docx,
    /// PDF whose pages have text.
    Pdf,
}

impl Format {
    /// Every format there is, in the order of the contract.
    pub const ALL: [Format; 9] = [
        Format::OcrText,
        Format::Markdown,
        Format::Html,
        Format::Csv,
        Format::Xlsx,
        Format::Xls,
        Format::Ods,
        Format::Docx,
        Format::Pdf,
    ];

    /// The contract's name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Format::OcrText => "ocr_text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Docx => "docx",
            Format::Pdf => "pdf",
        }
    }

    /// The format of this name, if it is one of the contract's.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether cells came through optical character recognition, so that a digit may have been misread.
    pub fn is_ocr(self) -> bool {
        matches!(self, Format::OcrText)
    }
}

/// A document as a reader found it: nothing repaired, nothing left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// How the bytes were read.
    pub format: Format,
    /// Text and grids in reading order.
    pub blocks: Vec<Block>,
    /// Documents of other formats that it holds. Whoever has all readers puts their blocks among its own.
    pub parts: Vec<Part>,
    /// What whoever looks at the page would want to know of it, though no cell says it.
    pub notes: Vec<Remark>,
}

/// Something about a document that stands in none of its cells: what is hidden, a formula without a result, a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Where, as far as it has a place.
    pub place: Place,
    /// What.
    pub message: Bilingual,
}

/// A document inside a document: a workbook in a text, an attachment, a member of an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The path inside the document that holds it; its ending helps to tell the format.
    pub path: String,
    /// The whole part, unpacked.
    pub bytes: Vec<u8>,
    /// How many blocks of the document that holds it stand before it.
    pub blocks_before: usize,
}

/// What was read of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What can be trusted.
    pub document: Document,
    /// What was left out, if anything, and why.
    pub left_out: Option<ReadError>,
}

impl Document {
    /// A document that holds no other.
    pub fn new(format: Format, blocks: Vec<Block>) -> Document {
        Document { format, blocks, parts: Vec::new(), notes: Vec::new() }
    }
}

impl From<Document> for Reading {
    /// A document of which nothing was left out.
    fn from(document: Document) -> Reading {
        Reading { document, left_out: None }
    }
}

/// A stretch of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A line or paragraph outside any grid.
    Text(TextBlock),
    /// Rows of cells.
    Grid(Grid),
}

/// A line or paragraph outside any grid.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBlock {
    /// The text without markup, outer white space kept.
    pub text: String,
    /// The characters that were read, where they differ from `text`.
    pub raw: Option<String>,
    /// Where it starts.
    pub place: Place,
    /// Whether an empty line (or a paragraph's end) stands before it.
    pub break_before: bool,
}

/// What a cell's column in a grid is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridKind {
    /// Columns were counted by separators in a text: cells may stand a few columns off.
    Separated,
    /// Columns come from markup that states them, spans included.
    Ruled,
}

/// Rows of cells. Every row holds `n_cols` slots: cells cover the grid without overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// What the columns are worth.
    pub kind: GridKind,
    /// Slots of each row.
    pub n_cols: usize,
    /// Top to bottom.
    pub rows: Vec<GridRow>,
    /// The place of the cell that this grid was printed in, if it stood inside a cell of another grid.
    pub nested_in: Option<Place>,
    /// Nobody sees it on the page: hidden rows or columns, a hidden sheet. No form is read out of it.
    pub is_hidden: bool,
}

/// One row of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// Left to right, exactly `n_cols` of the grid.
    pub slots: Vec<Slot>,
    /// Where the row starts.
    pub place: Place,
    /// Whether an empty line stands before it inside the grid: a page break, in most texts.
    pub break_before: bool,
}

/// One entry of a grid.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// A cell whose top left slot is here. Boxed: two thirds of the slots of a spreadsheet's text are empty.
    Cell(Box<GridCell>),
    /// Covered by the cell anchored at this row and column of the same grid (both from 0).
    Covered {
        /// Row of the anchor.
        row: usize,
        /// Column of the anchor.
        col: usize,
    },
    /// No cell was printed here.
    Empty,
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct GridCell {
    /// The text without markup; line breaks inside the cell are `\n`. May be empty.
    pub text: String,
    /// The characters that were read, where they differ from `text`.
    pub raw: Option<String>,
    /// The same text with every decimal that the file holds, where fewer are printed: `7.1898` of `7.19`.
    pub stored: Option<String>,
    /// Where it was printed.
    pub place: Place,
    /// How many rows it covers, at least 1.
    pub n_rows: usize,
    /// How many columns it covers, at least 1.
    pub n_cols: usize,
}

/// Why a document could not be read, by the contract's codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnreadCode {
    /// E01: not readable.
    NotReadable,
    /// E02: unknown format.
    UnknownFormat,
    /// E03: encrypted.
    Encrypted,
    /// E04: over a limit.
    OverLimit,
    /// E05: crashed or timed out.
    Crashed,
    /// E06: it needs a program that is missing.
    MissingProgram,
    /// E07: its text cannot be trusted, and nothing reads pictures of text.
    Untrusted,
}

impl UnreadCode {
    /// The contract's code, such as `E04`.
    pub fn code(self) -> &'static str {
        match self {
            UnreadCode::NotReadable => "E01",
            UnreadCode::UnknownFormat => "E02",
            UnreadCode::Encrypted => "E03",
            UnreadCode::OverLimit => "E04",
            UnreadCode::Crashed => "E05",
            UnreadCode::MissingProgram => "E06",
            UnreadCode::Untrusted => "E07",
        }
    }
}

/// Why a reader gave up on a document.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    /// The contract's code.
    pub code: UnreadCode,
    /// What, where and with which value; lower case, no final dot.
    pub reason: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.code(), self.reason)
    }
}

impl std::error::Error for ReadError {}
