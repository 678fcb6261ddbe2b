//! Workbooks of binary records in a zip file (xlsb): MS-XLSB. In goes a package, out come sheets.

use std::collections::BTreeMap;

use gouji_model::{Limits, ReadError};

use crate::binary::{Bytes, error_value};
use crate::cells::{Area, MOST_COLUMNS, MOST_ROWS, Sheet, SheetCell};
use crate::digits::Number;
use crate::package::{Package, unreadable};
use crate::styles::Styles;
use crate::xlsx::relations;
use crate::{Budget, values};

/// Numbers of records that are read (MS-XLSB 2.3).
mod record {
    pub(super) const ROW: u32 = 0;
    pub(super) const LAST_CELL: u32 = 11;
    pub(super) const FIRST_SHORT_CELL: u32 = 12;
    pub(super) const LAST_SHORT_CELL: u32 = 18;
    pub(super) const STRING: u32 = 19;
    pub(super) const FORMAT: u32 = 44;
    pub(super) const XF: u32 = 47;
    pub(super) const COLUMNS: u32 = 60;
    pub(super) const RICH_CELL: u32 = 62;
    pub(super) const VIEW: u32 = 137;
    pub(super) const BOOK_PROPERTIES: u32 = 153;
    pub(super) const SHEET: u32 = 156;
    pub(super) const MERGED: u32 = 176;
    pub(super) const SHEET_FORMAT: u32 = 485;
    pub(super) const BEGIN_CELL_XFS: u32 = 617;
    pub(super) const END_CELL_XFS: u32 = 618;
}

/// Where programs put the workbook.
pub(crate) const WORKBOOK: &str = "xl/workbook.bin";

/// Reads the sheets of a workbook.
///
/// # Errors
/// E01 if it is broken, E03 if it is encrypted, E04 if it is over a limit.
pub(crate) fn read(mut package: Package<'_>, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let relations = relations(&mut package, "xl/_rels/workbook.bin.rels", "xl")?;
    let (bound, is_1904) = workbook(&part(&mut package, WORKBOOK)?)?;
    let target = |kind: &str| relations.iter().find(|it| it.kind == kind).map(|it| it.target.clone());
    let styles = match target("styles") {
        Some(name) => styles(&part(&mut package, &name)?)?,
        None => Styles::default(),
    };
    let mut strings = Vec::new();
    if let Some(name) = target("sharedStrings") {
        for next in Records(Bytes(&part(&mut package, &name)?)) {
            if let (record::STRING, mut bytes) = next? {
                // Flags of what stands behind the text.
                strings.push(bytes.u8().and_then(|_| bytes.wide_string()).unwrap_or_default());
            }
        }
    }
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    for it in bound {
        let Some(found) = relations.iter().find(|relation| relation.id == it.relation) else {
            return Err(unreadable(format!("sheet {}: there is no such member", it.name)));
        };
        if found.kind != "worksheet" {
            continue;
        }
        let bytes = part(&mut package, &found.target)?;
        let mut reader = SheetReader {
            strings: &strings,
            styles: &styles,
            is_1904,
            shows_zeros: true,
            row: 0,
            column: 0,
            budget: &mut budget,
            sheet: Sheet { name: it.name, is_hidden: it.is_hidden, ..Sheet::default() },
        };
        for next in Records(Bytes(&bytes)) {
            let (kind, bytes) = next?;
            if reader.record(kind, bytes)?.is_none() {
                return Err(unreadable(format!("sheet {}: a record {kind} is cut off", reader.sheet.name)));
            }
        }
        sheets.push(reader.sheet);
    }
    Ok(sheets)
}

fn part(package: &mut Package<'_>, name: &str) -> Result<Vec<u8>, ReadError> {
    package.part(name)?.ok_or_else(|| unreadable(format!("{name}: there is no such member")))
}

/// Records behind their number and length, in seven bits a byte (MS-XLSB 2.1.4).
struct Records<'b>(Bytes<'b>);

impl<'b> Records<'b> {
    fn one(&mut self) -> Option<(u32, Bytes<'b>)> {
        const MORE: u8 = 0x80;
        let mut bits = |most: u32| {
            let mut acc = 0;
            for nth in 0..most {
                let byte = self.0.u8()?;
                acc |= u32::from(byte & !MORE) << (7 * nth);
                if byte & MORE == 0 {
                    break;
                }
            }
            Some(acc)
        };
        let (kind, n) = (bits(2)?, bits(4)?);
        Some((kind, Bytes(self.0.take(usize::try_from(n).ok()?)?)))
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Result<(u32, Bytes<'b>), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.0.is_empty() {
            return None;
        }
        Some(self.one().ok_or_else(|| {
            self.0 = Bytes(&[]);
            unreadable("a record goes on behind the end of its member".to_owned())
        }))
    }
}

struct Bound {
    name: String,
    relation: String,
    is_hidden: bool,
}

fn workbook(bytes: &[u8]) -> Result<(Vec<Bound>, bool), ReadError> {
    const SINCE_1904: u32 = 1;
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    for next in Records(Bytes(bytes)) {
        let (kind, mut bytes) = next?;
        match kind {
            record::BOOK_PROPERTIES => is_1904 = bytes.u32().is_some_and(|it| it & SINCE_1904 != 0),
            record::SHEET => {
                let state = bytes.u32().unwrap_or(0);
                bytes.u32();
                let (relation, name) = (bytes.wide_string(), bytes.wide_string());
                sheets.push(Bound {
                    name: name.unwrap_or_default(),
                    relation: relation.unwrap_or_default(),
                    is_hidden: state != 0,
                });
            }
            _ => {}
        }
    }
    Ok((sheets, is_1904))
}

fn styles(bytes: &[u8]) -> Result<Styles, ReadError> {
    let (mut codes, mut ids) = (BTreeMap::new(), Vec::new());
    let mut of_cells = false;
    for next in Records(Bytes(bytes)) {
        let (kind, mut bytes) = next?;
        match kind {
            record::FORMAT => {
                if let (Some(id), Some(code)) = (bytes.u16(), bytes.wide_string()) {
                    codes.insert(u32::from(id), code);
                }
            }
            record::BEGIN_CELL_XFS => of_cells = true,
            record::END_CELL_XFS => of_cells = false,
            record::XF if of_cells => ids.push(bytes.u16().and_then(|_| bytes.u16()).map_or(0, u32::from)),
            _ => {}
        }
    }
    Ok(Styles::new(&ids, &codes))
}

struct SheetReader<'s, 'b, 'l> {
    strings: &'s [String],
    styles: &'s Styles,
    is_1904: bool,
    shows_zeros: bool,
    row: u32,
    column: u32,
    budget: &'b mut Budget<'l>,
    sheet: Sheet,
}

impl SheetReader<'_, '_, '_> {
    /// Takes a record; `None` if it is too short.
    fn record(&mut self, kind: u32, mut bytes: Bytes<'_>) -> Result<Option<()>, ReadError> {
        Ok(match kind {
            record::ROW => self.row(bytes),
            record::COLUMNS => self.columns(bytes),
            record::VIEW => {
                const ZEROS: u16 = 0x10;
                self.shows_zeros = bytes.u16().is_none_or(|it| it & ZEROS != 0);
                Some(())
            }
            record::SHEET_FORMAT => {
                const ZERO: u16 = 2;
                bytes.take(8);
                self.sheet.rows.others = bytes.u16().is_some_and(|it| it & ZERO != 0);
                Some(())
            }
            record::MERGED => {
                self.budget.span()?;
                let mut next = || bytes.u32();
                match (next(), next(), next(), next()) {
                    (Some(top), Some(bottom), Some(left), Some(right)) => {
                        let area = Area { rows: (top, bottom.max(top)), columns: (left, right.max(left)) };
                        self.sheet.merged.push(area);
                        Some(())
                    }
                    _ => None,
                }
            }
            1..=record::LAST_CELL | record::RICH_CELL => match bytes.u32() {
                Some(column) => {
                    self.column = column;
                    self.cell(kind, bytes)?
                }
                None => None,
            },
            record::FIRST_SHORT_CELL..=record::LAST_SHORT_CELL => {
                // The cell behind the one before it; otherwise as the long ones.
                self.column = self.column.saturating_add(1);
                self.cell(kind - record::FIRST_SHORT_CELL + 1, bytes)?
            }
            _ => Some(()),
        })
    }

    fn row(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        const ZERO: u8 = 0x10;
        self.row = bytes.u32()?;
        self.column = u32::MAX;
        bytes.take(7)?;
        let is_hidden = bytes.u8()? & ZERO != 0;
        if is_hidden || self.sheet.rows.others {
            self.sheet.rows.say(self.row, self.row, is_hidden);
        }
        Some(())
    }

    fn columns(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        const HIDDEN: u16 = 1;
        let (first, last, width) = (bytes.u32()?, bytes.u32()?, bytes.u32()?);
        bytes.u32()?;
        if bytes.u16()? & HIDDEN != 0 || width == 0 {
            self.sheet.columns.say(first, last, true);
        }
        Some(())
    }

    fn cell(&mut self, kind: u32, mut bytes: Bytes<'_>) -> Result<Option<()>, ReadError> {
        const STYLE: u32 = 0x00FF_FFFF;
        let at = (self.row, self.column);
        if MOST_ROWS <= at.0 || MOST_COLUMNS <= at.1 {
            return Err(unreadable(format!("sheet {}: there is no row {} and column {}", self.sheet.name, at.0, at.1)));
        }
        let Some(style) = bytes.u32().map(|it| it & STYLE) else { return Ok(None) };
        let format = self.styles.of_cell(style);
        let (text, stored) = match kind {
            2 | 5 | 9 => {
                let number = if kind == 2 { bytes.rk() } else { bytes.number() };
                match number {
                    Some(it) if it.is_zero() && !self.shows_zeros => return Ok(Some(())),
                    Some(it) => self.shown(&it, style),
                    None => return Ok(None),
                }
            }
            3 | 11 => match bytes.u8() {
                Some(it) => (error_value(it).to_owned(), None),
                None => return Ok(None),
            },
            4 | 10 => match bytes.u8() {
                Some(it) => (values::boolean(it != 0), None),
                None => return Ok(None),
            },
            6 | 8 => match bytes.wide_string() {
                Some(it) => (format.show_text(&it), None),
                None => return Ok(None),
            },
            record::RICH_CELL => match bytes.u8().and_then(|_| bytes.wide_string()) {
                Some(it) => (format.show_text(&it), None),
                None => return Ok(None),
            },
            7 => {
                let found = bytes.u32().and_then(|it| self.strings.get(usize::try_from(it).ok()?));
                match found {
                    Some(it) => (format.show_text(it), None),
                    None => return Ok(None),
                }
            }
            // Blank.
            _ => return Ok(Some(())),
        };
        self.budget.cell(&self.sheet.name, at, &text)?;
        if !text.is_empty() {
            self.sheet.cells.push(SheetCell { row: at.0, column: at.1, text, stored });
        }
        Ok(Some(()))
    }

    fn shown(&self, number: &Number, style: u32) -> (String, Option<String>) {
        values::number(number, self.styles.of_cell(style), self.is_1904)
    }
}
