//! Workbooks of Excel 5 to 2003 (xls): the records of MS-XLS in an OLE container. In go bytes, out come sheets.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};
use gouji_model::{Limits, ReadError, UnreadCode};

use crate::binary::{Bytes, error_value};
use crate::cells::{Area, Sheet, SheetCell};
use crate::digits::Number;
use crate::package::{over, unreadable};
use crate::styles::Styles;
use crate::{Budget, values};

/// Numbers of records that are read (MS-XLS 2.3).
mod record {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const COL_INFO: u16 = 0x007D;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const R_STRING: u16 = 0x00D6;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const MERGED_CELLS: u16 = 0x00E5;
    pub(super) const SST: u16 = 0x00FC;
    pub(super) const LABEL_SST: u16 = 0x00FD;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const DEFAULT_ROW_HEIGHT: u16 = 0x0225;
    pub(super) const WINDOW2: u16 = 0x023E;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BOF: u16 = 0x0809;
}

/// The version that a stream of Excel 97 and later says it has.
const BIFF8: u16 = 0x0600;
/// That of Excel 5 and 95.
const BIFF5: u16 = 0x0500;

/// Reads the sheets of a workbook.
///
/// # Errors
/// E01 if it is broken, E02 if the container holds something else, E03 if it is encrypted, E04 if it is over a limit.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let stream = stream(bytes, limits)?;
    let globals = Globals::read(&stream)?;
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    for bound in &globals.sheets {
        let Some(own) = usize::try_from(bound.at).ok().and_then(|it| stream.get(it..)) else {
            return Err(unreadable(format!("sheet {}: it begins behind the end of the file", bound.name)));
        };
        let mut reader = SheetReader {
            globals: &globals,
            budget: &mut budget,
            shows_zeros: true,
            waiting: None,
            sheet: Sheet { name: bound.name.clone(), is_hidden: bound.is_hidden, ..Sheet::default() },
        };
        reader.read(own)?;
        sheets.push(reader.sheet);
    }
    Ok(sheets)
}

/// The stream of the workbook in its container.
fn stream(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let broken = |it: std::io::Error| unreadable(format!("the OLE container: {it}"));
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(broken)?;
    let has = |name: &str| container.is_stream(name);
    if has("/EncryptedPackage") {
        return Err(ReadError { code: UnreadCode::Encrypted, reason: "it wants a password".to_owned() });
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|it| has(it)) else {
        let reason = "an OLE container without a workbook, which this version does not read".to_owned();
        return Err(ReadError { code: UnreadCode::UnknownFormat, reason });
    };
    let most = u64::try_from(limits.unpacked_bytes).unwrap_or(u64::MAX);
    let stream = container.open_stream(name).map_err(broken)?;
    if most < stream.len() {
        return Err(over(format!("over the limit of {most} bytes that a document may unpack to")));
    }
    let mut acc = Vec::new();
    stream.take(most).read_to_end(&mut acc).map_err(broken)?;
    Ok(acc)
}

/// The records of a stream.
struct Records<'b>(Bytes<'b>);

impl<'b> Iterator for Records<'b> {
    type Item = Result<(u16, &'b [u8]), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.0.is_empty() {
            return None;
        }
        let mut rest = self.0;
        let record = rest.u16().zip(rest.u16()).and_then(|it| Some((it.0, rest.take(usize::from(it.1))?)));
        match record {
            Some(record) => {
                self.0 = rest;
                Some(Ok(record))
            }
            None => {
                self.0 = Bytes(&[]);
                Some(Err(unreadable("it is cut off: a record goes on behind the end of the file".to_owned())))
            }
        }
    }
}

/// A sheet by its place in the stream.
struct Bound {
    at: u32,
    name: String,
    is_hidden: bool,
}

/// What holds for all sheets.
struct Globals {
    is_biff8: bool,
    encoding: &'static Encoding,
    is_1904: bool,
    sheets: Vec<Bound>,
    strings: Vec<String>,
    styles: Styles,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Globals, ReadError> {
        let mut globals = Globals {
            is_biff8: true,
            encoding: GBK,
            is_1904: false,
            sheets: Vec::new(),
            strings: Vec::new(),
            styles: Styles::default(),
        };
        let (mut codes, mut ids) = (BTreeMap::new(), Vec::new());
        let mut records = Records(Bytes(stream)).peekable();
        let mut is_first = true;
        while let Some(next) = records.next() {
            let (kind, data) = next?;
            let mut bytes = Bytes(data);
            if is_first && kind != record::BOF {
                return Err(unreadable("it is a workbook of Excel 4 or older, or none".to_owned()));
            }
            match kind {
                record::BOF if is_first => {
                    globals.is_biff8 = match bytes.u16() {
                        Some(BIFF8) => true,
                        Some(BIFF5) => false,
                        _ => return Err(unreadable("it is a workbook of an unknown version".to_owned())),
                    };
                }
                record::FILE_PASS if bytes.u16() != Some(0) || 2 < data.len() => {
                    return Err(ReadError { code: UnreadCode::Encrypted, reason: "it wants a password".to_owned() });
                }
                record::CODE_PAGE => globals.encoding = bytes.u16().map_or(GBK, encoding),
                record::DATE_MODE => globals.is_1904 = bytes.u16() == Some(1),
                record::FORMAT => {
                    if let Some(id) = bytes.u16()
                        && let Some(code) = globals.string(&mut bytes, true)
                    {
                        codes.insert(u32::from(id), code);
                    }
                }
                record::XF => ids.push(bytes.u16().and_then(|_| bytes.u16()).map_or(0, u32::from)),
                record::BOUND_SHEET => globals.sheets.extend(globals.bound(bytes)),
                record::SST => {
                    let mut pieces = vec![data];
                    while let Some(Ok((_, more))) = records.next_if(|it| matches!(it, Ok((record::CONTINUE, _)))) {
                        pieces.push(more);
                    }
                    globals.strings = shared_strings(&pieces)
                        .ok_or_else(|| unreadable("its table of strings is cut off".to_owned()))?;
                }
                record::EOF => break,
                _ => {}
            }
            is_first = false;
        }
        globals.styles = Styles::new(&ids, &codes);
        Ok(globals)
    }

    /// A sheet with cells; charts and macros have none.
    fn bound(&self, mut bytes: Bytes<'_>) -> Option<Bound> {
        const STATE: u8 = 3;
        let (at, state, kind) = (bytes.u32()?, bytes.u8()?, bytes.u8()?);
        let name = self.string(&mut bytes, false)?.replace('\0', "");
        (kind == 0).then_some(Bound { at, name, is_hidden: state & STATE != 0 })
    }

    /// A string that stands in one record, behind the number of its characters.
    fn string(&self, bytes: &mut Bytes<'_>, has_long_count: bool) -> Option<String> {
        const WIDE: u8 = 1;
        let n = if has_long_count && self.is_biff8 { usize::from(bytes.u16()?) } else { usize::from(bytes.u8()?) };
        if !self.is_biff8 {
            return Some(self.encoding.decode_without_bom_handling(bytes.take(n)?).0.into_owned());
        }
        if bytes.u8()? & WIDE == 0 {
            Some(bytes.take(n)?.iter().map(|it| char::from(*it)).collect())
        } else {
            bytes.wide(n)
        }
    }

    /// The text of a label or of a formula's result, which may be longer than a name.
    fn label(&self, bytes: &mut Bytes<'_>) -> Option<String> {
        if self.is_biff8 {
            return self.string(bytes, true);
        }
        let n = usize::from(bytes.u16()?);
        Some(self.encoding.decode_without_bom_handling(bytes.take(n)?).0.into_owned())
    }
}

/// The encoding of a code page; of an unknown one that of Chinese Windows.
fn encoding(code_page: u16) -> &'static Encoding {
    match code_page {
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        1252 | 0x8001 => WINDOWS_1252,
        65001 => UTF_8,
        _ => GBK,
    }
}

/// The strings of a table that goes on over records (MS-XLS 2.4.265, 2.5.293).
fn shared_strings(pieces: &[&[u8]]) -> Option<Vec<String>> {
    let mut reader = Pieces { pieces, at: 0, rest: Bytes(pieces.first()?) };
    reader.bytes(4)?;
    let n = u32::from_le_bytes(reader.bytes(4)?.try_into().ok()?);
    let mut acc = Vec::new();
    for _ in 0..n {
        if reader.is_done() {
            // Some programs count strings that they do not write.
            break;
        }
        acc.push(reader.string()?);
    }
    Some(acc)
}

/// Bytes of several records, read one behind the other.
struct Pieces<'p, 'b> {
    pieces: &'p [&'b [u8]],
    at: usize,
    rest: Bytes<'b>,
}

impl Pieces<'_, '_> {
    fn is_done(&self) -> bool {
        self.rest.0.is_empty() && self.pieces.len() <= self.at + 1
    }

    fn next_piece(&mut self) -> Option<()> {
        self.at += 1;
        self.rest = Bytes(self.pieces.get(self.at)?);
        Some(())
    }

    fn bytes(&mut self, n: usize) -> Option<Vec<u8>> {
        let mut acc = Vec::new();
        while acc.len() < n {
            if self.rest.0.is_empty() {
                self.next_piece()?;
            }
            let n_here = self.rest.0.len().min(n - acc.len());
            acc.extend(self.rest.take(n_here)?);
        }
        Some(acc)
    }

    fn skip(&mut self, n: usize) -> Option<()> {
        let mut left = n;
        while 0 < left {
            if self.rest.0.is_empty() {
                self.next_piece()?;
            }
            let n_here = self.rest.0.len().min(left);
            self.rest.take(n_here)?;
            left -= n_here;
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        const WIDE: u8 = 1;
        const PHONETIC: u8 = 4;
        const RICH: u8 = 8;
        let n_chars = u16::from_le_bytes(self.bytes(2)?.try_into().ok()?);
        let flags = self.bytes(1)?.first().copied()?;
        let n_runs = if flags & RICH == 0 { 0 } else { u16::from_le_bytes(self.bytes(2)?.try_into().ok()?) };
        let n_phonetic = if flags & PHONETIC == 0 { 0 } else { u32::from_le_bytes(self.bytes(4)?.try_into().ok()?) };
        let mut is_wide = flags & WIDE != 0;
        let mut units: Vec<u16> = Vec::new();
        let mut left = usize::from(n_chars);
        while 0 < left {
            if self.rest.0.is_empty() {
                // A string that goes on in the next record says again how wide its characters are.
                self.next_piece()?;
                is_wide = self.rest.u8()? & WIDE != 0;
            }
            if is_wide {
                let n_here = (self.rest.0.len() / 2).min(left);
                if n_here == 0 {
                    return None;
                }
                units.extend(self.rest.take(2 * n_here)?.as_chunks::<2>().0.iter().map(|it| u16::from_le_bytes(*it)));
                left -= n_here;
            } else {
                let n_here = self.rest.0.len().min(left);
                units.extend(self.rest.take(n_here)?.iter().map(|it| u16::from(*it)));
                left -= n_here;
            }
        }
        self.skip(4 * usize::from(n_runs))?;
        self.skip(usize::try_from(n_phonetic).ok()?)?;
        Some(String::from_utf16_lossy(&units))
    }
}

struct SheetReader<'g, 'b, 'l> {
    globals: &'g Globals,
    budget: &'b mut Budget<'l>,
    shows_zeros: bool,
    /// A formula whose result is the string of the next record: its place and style.
    waiting: Option<((u32, u32), u32)>,
    sheet: Sheet,
}

/// Row, column and style: what every cell begins with.
type Head = ((u32, u32), u32);

impl SheetReader<'_, '_, '_> {
    fn read(&mut self, stream: &[u8]) -> Result<(), ReadError> {
        let mut depth = 0_usize;
        for next in Records(Bytes(stream)) {
            let (kind, data) = next?;
            match kind {
                record::BOF => depth += 1,
                record::EOF if depth <= 1 => return Ok(()),
                record::EOF => depth -= 1,
                // A chart in the sheet has cells of its own.
                _ if 1 < depth => {}
                _ => {
                    if self.record(kind, Bytes(data))?.is_none() {
                        return Err(unreadable(format!("sheet {}: a record {kind:#06x} is cut off", self.sheet.name)));
                    }
                }
            }
        }
        Ok(())
    }

    /// Takes a record; `None` if it is too short.
    fn record(&mut self, kind: u16, mut bytes: Bytes<'_>) -> Result<Option<()>, ReadError> {
        Ok(match kind {
            record::ROW => self.row(bytes),
            record::COL_INFO => self.columns(bytes),
            record::DEFAULT_ROW_HEIGHT => {
                const ZERO: u16 = 2;
                self.sheet.rows.others = bytes.u16().is_some_and(|it| it & ZERO != 0);
                Some(())
            }
            record::WINDOW2 => {
                const ZEROS: u16 = 0x10;
                self.shows_zeros = bytes.u16().is_none_or(|it| it & ZEROS != 0);
                Some(())
            }
            record::MERGED_CELLS => self.merged(bytes)?,
            record::NUMBER => match (head(&mut bytes), bytes.number()) {
                (Some(head), Some(number)) => Some(self.number(head, &number)?),
                (Some(_), None) if bytes.0.is_empty() => Some(()),
                _ => None,
            },
            record::RK => match (head(&mut bytes), bytes.rk()) {
                (Some(head), Some(number)) => Some(self.number(head, &number)?),
                _ => None,
            },
            record::MUL_RK => self.numbers(bytes)?,
            record::LABEL_SST => match (head(&mut bytes), bytes.u32()) {
                (Some(head), Some(idx)) => {
                    let found = usize::try_from(idx).ok().and_then(|it| self.globals.strings.get(it));
                    let Some(text) = found else {
                        return Err(unreadable(format!("sheet {}: there is no string {idx}", self.sheet.name)));
                    };
                    Some(self.text(head, text)?)
                }
                _ => None,
            },
            record::LABEL | record::R_STRING => match (head(&mut bytes), self.globals.label(&mut bytes)) {
                (Some(head), Some(text)) => Some(self.text(head, &text)?),
                _ => None,
            },
            record::BOOL_ERR => match (head(&mut bytes), bytes.u8(), bytes.u8()) {
                (Some((at, _)), Some(value), Some(0)) => Some(self.put(at, values::boolean(value != 0), None)?),
                (Some((at, _)), Some(value), Some(_)) => Some(self.put(at, error_value(value).to_owned(), None)?),
                _ => None,
            },
            record::FORMULA => self.formula(bytes)?,
            record::STRING => match (self.waiting.take(), self.globals.label(&mut bytes)) {
                (Some(head), Some(text)) => Some(self.text(head, &text)?),
                (None, _) => Some(()),
                _ => None,
            },
            _ => Some(()),
        })
    }

    fn row(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        const ZERO: u16 = 0x20;
        let row = u32::from(bytes.u16()?);
        bytes.take(10)?;
        let is_hidden = bytes.u16()? & ZERO != 0;
        if is_hidden || self.sheet.rows.others {
            self.sheet.rows.say(row, row, is_hidden);
        }
        Some(())
    }

    fn columns(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        const HIDDEN: u16 = 1;
        let (first, last, width) = (bytes.u16()?, bytes.u16()?, bytes.u16()?);
        bytes.u16()?;
        if bytes.u16()? & HIDDEN != 0 || width == 0 {
            self.sheet.columns.say(u32::from(first), u32::from(last), true);
        }
        Some(())
    }

    fn merged(&mut self, mut bytes: Bytes<'_>) -> Result<Option<()>, ReadError> {
        let Some(n) = bytes.u16() else { return Ok(None) };
        for _ in 0..n {
            self.budget.span()?;
            let mut next = || bytes.u16().map(u32::from);
            let (Some(top), Some(bottom), Some(left), Some(right)) = (next(), next(), next(), next()) else {
                return Ok(None);
            };
            self.sheet.merged.push(Area { rows: (top, bottom.max(top)), columns: (left, right.max(left)) });
        }
        Ok(Some(()))
    }

    /// Numbers that stand side by side.
    fn numbers(&mut self, mut bytes: Bytes<'_>) -> Result<Option<()>, ReadError> {
        let (Some(row), Some(first)) = (bytes.u16(), bytes.u16()) else { return Ok(None) };
        let mut column = u32::from(first);
        // The last two bytes are the last column.
        while 6 <= bytes.0.len() {
            let (Some(style), Some(number)) = (bytes.u16(), bytes.rk()) else { return Ok(None) };
            self.number(((u32::from(row), column), u32::from(style)), &number)?;
            column += 1;
        }
        Ok(Some(()))
    }

    fn formula(&mut self, mut bytes: Bytes<'_>) -> Result<Option<()>, ReadError> {
        const ON_LOAD: u16 = 2;
        let (Some(head), Some(result), Some(flags)) = (head(&mut bytes), bytes.take(8), bytes.u16()) else {
            return Ok(None);
        };
        self.waiting = None;
        if let [kind, _, value, _, _, _, 0xFF, 0xFF] = result {
            match kind {
                0 => self.waiting = Some(head),
                1 => self.put(head.0, values::boolean(*value != 0), None)?,
                2 => self.put(head.0, error_value(*value).to_owned(), None)?,
                _ => {}
            }
            return Ok(Some(()));
        }
        let Some(number) = Bytes(result).number() else { return Ok(Some(())) };
        if number.is_zero() && flags & ON_LOAD != 0 {
            // Programs that cannot calculate leave a zero, and ask whoever opens the file to do it.
            self.sheet.without_result.push(head.0);
            return Ok(Some(()));
        }
        self.number(head, &number)?;
        Ok(Some(()))
    }

    fn number(&mut self, (at, style): Head, number: &Number) -> Result<(), ReadError> {
        if number.is_zero() && !self.shows_zeros {
            return Ok(());
        }
        let (text, stored) = values::number(number, self.globals.styles.of_cell(style), self.globals.is_1904);
        self.put(at, text, stored)
    }

    fn text(&mut self, (at, style): Head, text: &str) -> Result<(), ReadError> {
        let text = self.globals.styles.of_cell(style).show_text(text);
        self.put(at, text, None)
    }

    fn put(&mut self, at: (u32, u32), text: String, stored: Option<String>) -> Result<(), ReadError> {
        self.budget.cell(&self.sheet.name, at, &text)?;
        if !text.is_empty() {
            self.sheet.cells.push(SheetCell { row: at.0, column: at.1, text, stored });
        }
        Ok(())
    }
}

fn head(bytes: &mut Bytes<'_>) -> Option<Head> {
    let (row, column, style) = (bytes.u16()?, bytes.u16()?, bytes.u16()?);
    Some(((u32::from(row), u32::from(column)), u32::from(style)))
}
