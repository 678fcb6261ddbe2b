//! The body of a document into blocks in reading order.
//!
//! In: the markup of the main document. Out: its texts and grids, and where embedded documents stand among them. The walk
//! keeps its own stack, as a hostile document nests deeper than the program's stack reaches.

use std::collections::BTreeSet;
use std::mem;

use gouji_model::{Block, Limits, Place, ReadError, UnreadCode};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::flow::Flow;
use crate::names::{Names, Vocabulary, attribute, is_on, number};
use crate::package::{malformed, over};
use crate::run::{Control, Field, Run};
use crate::symbols::{self, Shapes};
use crate::table::{Merge, Table, TableCell, TableRow};

/// Elements that may stand inside each other. Drawings in nested tables stay below a hundred.
const MAX_DEPTH: usize = 2_000;

/// Width and height from which on a picture is a page, in English metric units (360,000 a centimetre): two thirds of the
/// sides of an A4 page in either direction, which photographs and seals in a form do not reach.
const PAGE_PICTURE: (usize, usize) = (14 * 360_000, 14 * 360_000);

/// What was read of a body.
pub(crate) struct Body {
    pub(crate) blocks: Vec<Block>,
    pub(crate) objects: Vec<Object>,
    /// Pictures as large as a page.
    pub(crate) n_page_pictures: usize,
}

/// A document that is embedded in the body.
pub(crate) struct Object {
    /// The relation that names it.
    pub(crate) id: String,
    /// Blocks of the body that stand before it.
    pub(crate) blocks_before: usize,
}

/// An element that is open, and what its end does.
enum Open {
    Other,
    /// Holds the properties of the paragraph around it.
    Paragraph(Run),
    ParagraphProperties,
    /// Properties of the mark that ends a paragraph.
    MarkProperties,
    /// Holds the properties of the run around it.
    Run(Run),
    RunProperties,
    Text,
    FieldMark,
    Table,
    RowProperties,
    Cell,
    CellProperties,
    TextBox,
    ControlProperties,
    Placeholder,
    Raised,
    /// Several ways to say the same; whether one was read.
    Alternatives(bool),
}

/// An element that collects what stands in it.
enum Level {
    Flow(Flow),
    Cell(Flow, TableCell),
    Table(Table),
}

struct Walk<'a> {
    styles: &'a BTreeSet<String>,
    limits: &'a Limits,
    names: Names,
    open: Vec<Open>,
    /// Elements that are open in the subtree that is being left out.
    n_skipped: usize,
    /// The body itself, below all levels.
    page: Flow,
    levels: Vec<Level>,
    run: Run,
    /// What runs of the paragraph begin with.
    of_paragraph: Run,
    fields: Vec<Field>,
    control: Option<Control>,
    /// Whether characters are text, and if so whether blanks at its ends are.
    text: Option<bool>,
    /// Whether the content that comes next only asks for content.
    is_placeholder: bool,
    n_placeholders: usize,
    n_raised: usize,
    /// Paragraphs and rows so far.
    line: u32,
    /// Slots and lines so far.
    n_used: usize,
    objects: Vec<Object>,
    /// How many of the objects have their place.
    n_placed: usize,
    extent: (usize, usize),
    n_page_pictures: usize,
}

/// The blocks of a body.
///
/// # Errors
/// E01 if it is no markup; E04 if it is nested too deep, or a cell, a line or the number of cells is over its limit.
pub(crate) fn read(text: &str, styles: &BTreeSet<String>, limits: &Limits) -> Result<Body, ReadError> {
    let mut walk = Walk {
        styles,
        limits,
        names: Names::default(),
        open: Vec::new(),
        n_skipped: 0,
        page: Flow::default(),
        levels: Vec::new(),
        run: Run::default(),
        of_paragraph: Run::default(),
        fields: Vec::new(),
        control: None,
        text: None,
        is_placeholder: false,
        n_placeholders: 0,
        n_raised: 0,
        line: 0,
        n_used: 0,
        objects: Vec::new(),
        n_placed: 0,
        extent: (0, 0),
        n_page_pictures: 0,
    };
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|it| malformed("the main document", &it))? {
            Event::Start(it) => walk.start(&it)?,
            Event::End(_) => walk.end()?,
            Event::Text(it) if walk.text.is_some() => walk.characters(&it.xml10_content())?,
            Event::CData(it) if walk.text.is_some() => walk.characters(&it.xml10_content())?,
            Event::GeneralRef(it) if walk.text.is_some() => walk.reference(&it)?,
            // Packages must not hold one (ISO/IEC 29500-2, 8.1.4), and no program writes one: only attacks do.
            Event::DocType(_) => {
                let reason = "the main document defines entities of its own, which no Word document may".to_owned();
                return Err(ReadError { code: UnreadCode::NotReadable, reason });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let n_lines = walk.page.flush();
    walk.count(n_lines)?;
    walk.place_objects();
    Ok(Body { blocks: walk.page.blocks, objects: walk.objects, n_page_pictures: walk.n_page_pictures })
}

impl Walk<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        if 0 < self.n_skipped {
            self.n_skipped += 1;
            return Ok(());
        }
        if MAX_DEPTH <= self.open.len() {
            return Err(over(format!("more than the limit of {MAX_DEPTH} elements inside each other")));
        }
        let (vocabulary, name) = self.names.of(element);
        let opened = match vocabulary {
            Vocabulary::Word => self.start_word(name, element)?,
            Vocabulary::Compatibility => self.start_alternative(name),
            Vocabulary::Math => self.start_math(name)?,
            Vocabulary::Drawing => self.start_drawing(name, element),
            Vocabulary::Office if name == "OLEObject" => self.start_object(element),
            Vocabulary::Office | Vocabulary::Other => Some(Open::Other),
        };
        match opened {
            Some(it) => self.open.push(it),
            None => self.n_skipped = 1,
        }
        Ok(())
    }

    /// What opens; `None` if nothing of it is read.
    fn start_word(&mut self, name: &str, element: &BytesStart<'_>) -> Result<Option<Open>, ReadError> {
        if let Some(control) = &mut self.control {
            control.note(name, attribute(element, "val"), is_on(element));
        }
        Ok(Some(match (name, self.open.last()) {
            (_, Some(Open::ControlProperties)) => {
                self.is_placeholder |= name == "showingPlcHdr" && is_on(element);
                return Ok(None);
            }
            ("p", _) => {
                let place = self.place();
                self.flow().start(place);
                Open::Paragraph(mem::take(&mut self.of_paragraph))
            }
            ("pPr", _) => Open::ParagraphProperties,
            ("pStyle", Some(Open::ParagraphProperties)) => {
                self.of_paragraph.is_hidden = self.is_hiding(element);
                Open::Other
            }
            ("rPr", Some(Open::ParagraphProperties)) => Open::MarkProperties,
            ("rPr", Some(Open::Run(_))) => Open::RunProperties,
            ("r", _) => Open::Run(mem::replace(&mut self.run, self.of_paragraph)),
            (_, Some(Open::RunProperties)) => {
                self.note_of_run(name, element);
                return Ok(None);
            }
            ("del" | "moveFrom", Some(Open::MarkProperties)) => {
                self.flow().goes_on = true;
                Open::Other
            }
            ("del" | "moveFrom", Some(Open::RowProperties)) => {
                self.with_row(|it| it.is_gone = true);
                Open::Other
            }
            (
                "del" | "moveFrom" | "rPr" | "instrText" | "delText" | "delInstrText" | "sectPr" | "sdtEndPr" | "tblPr"
                | "tblGrid" | "tblPrEx" | "rt" | "pPrChange" | "trPrChange" | "tcPrChange" | "tblGridChange",
                _,
            ) => return Ok(None),
            ("t", _) => {
                self.text = Some(attribute(element, "space").as_deref() == Some("preserve"));
                Open::Text
            }
            ("tab" | "ptab", Some(Open::Run(_))) => {
                let blank = if self.is_in_cell() { " " } else { "\t" };
                self.print(blank)?;
                Open::Other
            }
            ("br" | "cr", Some(Open::Run(_))) => {
                self.print("\n")?;
                Open::Other
            }
            ("noBreakHyphen", _) => {
                self.print("-")?;
                Open::Other
            }
            ("sym", _) => {
                let code = attribute(element, "char").and_then(|it| u32::from_str_radix(&it, 16).ok());
                let shapes = attribute(element, "font").and_then(|it| Shapes::of_font(&it));
                let printed = code.map_or(char::REPLACEMENT_CHARACTER, |it| symbols::printed(shapes, it));
                self.print(printed.encode_utf8(&mut [0; 4]))?;
                Open::Other
            }
            ("fldChar", _) => {
                self.start_field(attribute(element, "fldCharType").as_deref());
                Open::FieldMark
            }
            ("sdtPr", _) => {
                self.is_placeholder = false;
                Open::ControlProperties
            }
            ("sdtContent", _) if mem::take(&mut self.is_placeholder) => {
                self.n_placeholders += 1;
                Open::Placeholder
            }
            ("txbxContent", _) => {
                self.levels.push(Level::Flow(Flow::default()));
                Open::TextBox
            }
            ("altChunk", _) => return Ok(self.start_object(element)),
            _ => return Ok(Some(self.start_table(name, element))),
        }))
    }

    fn start_table(&mut self, name: &str, element: &BytesStart<'_>) -> Open {
        match (name, self.open.last()) {
            ("tbl", _) => {
                self.levels.push(Level::Table(Table::default()));
                return Open::Table;
            }
            ("tr", _) => {
                self.line = self.line.saturating_add(1);
                let place = Place::in_text(self.line, 1);
                self.with_table(|it| {
                    it.rows.push(TableRow { cells: Vec::new(), place, n_before: 0, n_after: 0, is_gone: false });
                });
            }
            ("tc", _) if matches!(self.levels.last(), Some(Level::Table(it)) if !it.rows.is_empty()) => {
                let place = Place { line: Some(self.line), ..Place::default() };
                let (down, right) = (Merge::Alone, Merge::Alone);
                let cell = TableCell { content: Vec::new(), place, n_cols: 1, down, right, is_gone: false };
                self.levels.push(Level::Cell(Flow::default(), cell));
                return Open::Cell;
            }
            ("trPr", _) => return Open::RowProperties,
            ("gridBefore", Some(Open::RowProperties)) => self.with_row(|it| it.n_before = number(element).unwrap_or(0)),
            ("gridAfter", Some(Open::RowProperties)) => self.with_row(|it| it.n_after = number(element).unwrap_or(0)),
            ("hidden", Some(Open::RowProperties)) => self.with_row(|it| it.is_gone |= is_on(element)),
            ("tcPr", _) => return Open::CellProperties,
            ("gridSpan", Some(Open::CellProperties)) => {
                self.with_cell(|it| it.n_cols = number(element).unwrap_or(1).max(1));
            }
            ("vMerge", Some(Open::CellProperties)) => self.with_cell(|it| it.down = merge(element)),
            ("hMerge", Some(Open::CellProperties)) => self.with_cell(|it| it.right = merge(element)),
            ("cellDel", Some(Open::CellProperties)) => self.with_cell(|it| it.is_gone = true),
            _ => {}
        }
        Open::Other
    }

    fn start_alternative(&mut self, name: &str) -> Option<Open> {
        match (name, self.open.last_mut()) {
            ("AlternateContent", _) => Some(Open::Alternatives(false)),
            ("Choice" | "Fallback", Some(Open::Alternatives(is_read))) => {
                if mem::replace(is_read, true) {
                    None
                } else {
                    Some(Open::Other)
                }
            }
            _ => Some(Open::Other),
        }
    }

    fn start_math(&mut self, name: &str) -> Result<Option<Open>, ReadError> {
        Ok(Some(match name {
            "t" => {
                self.text = Some(true);
                Open::Text
            }
            "den" => {
                self.print("/")?;
                Open::Other
            }
            "sup" => {
                self.n_raised += 1;
                Open::Raised
            }
            _ => Open::Other,
        }))
    }

    fn start_drawing(&mut self, name: &str, element: &BytesStart<'_>) -> Option<Open> {
        match name {
            "extent" => {
                let side = |name| attribute(element, name).and_then(|it| it.parse().ok()).unwrap_or(0);
                self.extent = (side("cx"), side("cy"));
            }
            "blip" => {
                let is_page = PAGE_PICTURE.0 <= self.extent.0 && PAGE_PICTURE.1 <= self.extent.1;
                self.n_page_pictures += usize::from(is_page);
            }
            _ => {}
        }
        Some(Open::Other)
    }

    fn start_object(&mut self, element: &BytesStart<'_>) -> Option<Open> {
        if let Some(id) = attribute(element, "id") {
            self.objects.push(Object { id, blocks_before: 0 });
        }
        Some(Open::Other)
    }

    fn start_field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => {
                self.fields.push(Field::Code);
                self.control = Some(Control::default());
            }
            Some("separate") => {
                if let Some(it) = self.fields.last_mut() {
                    *it = Field::Result;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn note_of_run(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "vanish" | "specVanish" => self.run.is_hidden = is_on(element),
            "rStyle" => self.run.is_hidden |= self.is_hiding(element),
            "vertAlign" => self.run.is_raised = attribute(element, "val").as_deref() == Some("superscript"),
            "rFonts" => {
                let font = attribute(element, "ascii").or_else(|| attribute(element, "hAnsi"));
                self.run.shapes = font.and_then(|it| Shapes::of_font(&it));
            }
            _ => {}
        }
    }

    fn is_hiding(&self, element: &BytesStart<'_>) -> bool {
        attribute(element, "val").is_some_and(|it| self.styles.contains(&it))
    }

    fn end(&mut self) -> Result<(), ReadError> {
        if 0 < self.n_skipped {
            self.n_skipped -= 1;
            return Ok(());
        }
        match self.open.pop() {
            Some(Open::Paragraph(around)) => {
                self.of_paragraph = around;
                // A field without an end would hide the rest of the document.
                let n_results = self.fields.iter().take_while(|it| **it == Field::Result).count();
                self.fields.truncate(n_results);
                let n_lines = self.flow().end();
                self.count(n_lines)?;
                self.place_objects();
            }
            Some(Open::Run(around)) => self.run = around,
            Some(Open::Text) => self.text = None,
            Some(Open::FieldMark) => self.end_control()?,
            Some(Open::Placeholder) => self.n_placeholders = self.n_placeholders.saturating_sub(1),
            Some(Open::Raised) => self.n_raised = self.n_raised.saturating_sub(1),
            Some(Open::Table | Open::Cell | Open::TextBox) => self.end_level()?,
            _ => {}
        }
        Ok(())
    }

    fn end_level(&mut self) -> Result<(), ReadError> {
        if !matches!(self.levels.last(), Some(Level::Table(_))) {
            let n_lines = self.flow().flush();
            self.count(n_lines)?;
        }
        match self.levels.pop() {
            Some(Level::Cell(flow, mut cell)) => {
                cell.content = flow.blocks;
                let lens = cell.content.iter().map(|it| if let Block::Text(it) = it { it.text.len() } else { 0 });
                self.check_bytes(lens.sum())?;
                self.with_row(|it| it.cells.push(cell));
            }
            Some(Level::Flow(flow)) => self.flow().push_beside(flow.blocks),
            Some(Level::Table(table)) => {
                let n_left = self.limits.cells.saturating_sub(self.n_used);
                let blocks = table.into_blocks(n_left, self.limits)?;
                // Grids of inner tables were counted when they ended.
                let is_own = |it: &&Block| matches!(it, Block::Grid(it) if it.nested_in.is_none());
                let n_slots = |it: &Block| if let Block::Grid(it) = it { it.rows.len() * it.n_cols } else { 0 };
                self.count(blocks.iter().filter(is_own).map(n_slots).sum())?;
                self.flow().push_blocks(blocks);
                self.place_objects();
            }
            None => {}
        }
        Ok(())
    }

    fn end_control(&mut self) -> Result<(), ReadError> {
        let Some(control) = self.control.take() else { return Ok(()) };
        let Some(printed) = control.printed() else { return Ok(()) };
        // The field that the control stands in is its own code, and does not hide it.
        let own = self.fields.pop();
        let res = self.print(printed);
        self.fields.extend(own);
        res
    }

    /// Objects stand behind the paragraph or table of the body that holds them.
    fn place_objects(&mut self) {
        if self.levels.is_empty() {
            let n_blocks = self.page.blocks.len();
            self.objects.iter_mut().skip(self.n_placed).for_each(|it| it.blocks_before = n_blocks);
            self.n_placed = self.objects.len();
        }
    }

    fn characters(&mut self, text: &str) -> Result<(), ReadError> {
        let is_kept = self.text.unwrap_or(true);
        let printed = self.run.printed(if is_kept { text } else { text.trim_matches([' ', '\t', '\n', '\r']) });
        let raised = if 0 < self.n_raised { symbols::raised(&printed) } else { None };
        self.print(raised.as_deref().unwrap_or(&printed))
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), ReadError> {
        let it = match &**reference {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            // What a document defines by itself is not expanded.
            _ => reference.resolve_char_ref().ok().flatten().unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        let printed = self.run.printed(it.encode_utf8(&mut [0; 4]));
        self.print(&printed)
    }

    /// Prints text, unless it is hidden.
    fn print(&mut self, text: &str) -> Result<(), ReadError> {
        if self.run.is_hidden || 0 < self.n_placeholders || self.fields.contains(&Field::Code) {
            return Ok(());
        }
        let flow = self.flow();
        flow.push(text);
        let len = flow.len();
        self.check_bytes(len)
    }

    /// Where the next paragraph stands.
    fn place(&mut self) -> Place {
        let of_cell = self.levels.iter().rev().find_map(|it| match it {
            Level::Cell(_, cell) => Some(cell.place.clone()),
            Level::Flow(_) | Level::Table(_) => None,
        });
        of_cell.unwrap_or_else(|| {
            self.line = self.line.saturating_add(1);
            Place { line: Some(self.line), ..Place::default() }
        })
    }

    fn is_in_cell(&self) -> bool {
        self.levels.iter().any(|it| matches!(it, Level::Cell(..)))
    }

    /// Where text goes: the innermost cell or text box, else the body.
    fn flow(&mut self) -> &mut Flow {
        let innermost = self.levels.iter_mut().rev().find_map(|it| match it {
            Level::Flow(flow) | Level::Cell(flow, _) => Some(flow),
            Level::Table(_) => None,
        });
        innermost.unwrap_or(&mut self.page)
    }

    fn with_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(Level::Table(table)) = self.levels.last_mut() {
            change(table);
        }
    }

    fn with_row(&mut self, change: impl FnOnce(&mut TableRow)) {
        self.with_table(|it| {
            if let Some(row) = it.rows.last_mut() {
                change(row);
            }
        });
    }

    fn with_cell(&mut self, change: impl FnOnce(&mut TableCell)) {
        if let Some(Level::Cell(_, cell)) = self.levels.last_mut() {
            change(cell);
        }
    }

    fn count(&mut self, n: usize) -> Result<(), ReadError> {
        self.n_used = self.n_used.saturating_add(n);
        if self.limits.cells < self.n_used {
            return Err(over(format!("more than the limit of {} cells and lines", self.limits.cells)));
        }
        Ok(())
    }

    fn check_bytes(&self, n_bytes: usize) -> Result<(), ReadError> {
        let limit = self.limits.cell_bytes;
        if limit < n_bytes {
            let line = self.line;
            return Err(over(format!(
                "line {line}: a cell or line of {n_bytes} bytes is over the limit of {limit} bytes"
            )));
        }
        Ok(())
    }
}

fn merge(element: &BytesStart<'_>) -> Merge {
    // A merge that does not say that it begins goes on (17.18.57).
    if attribute(element, "val").as_deref() == Some("restart") { Merge::Begins } else { Merge::GoesOn }
}
