//! What a worker is asked and what it answers, as bytes: a reading or the reason why there is none goes in, and comes out
//! the same.
//!
//! Both ends are one build of one program, so that the bytes need no version. Bytes that are not of this shape are
//! refused, not guessed at: a worker that was overrun may write anything.

use std::sync::Arc;

use gouji_model::{
    Bilingual, Block, Document, Format, Grid, GridCell, GridKind, GridRow, Limits, Part, Place, ReadError, Reading,
    Remark, Slot, Source, TextBlock, UnreadCode,
};

/// Codes of errors by their number on the wire.
const CODES: [UnreadCode; 7] = [
    UnreadCode::NotReadable,
    UnreadCode::UnknownFormat,
    UnreadCode::Encrypted,
    UnreadCode::OverLimit,
    UnreadCode::Crashed,
    UnreadCode::MissingProgram,
    UnreadCode::Untrusted,
];

/// What a worker is asked about a document, beside its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) name: String,
    pub(super) format: Format,
    pub(super) limits: Limits,
}

/// A question as bytes.
pub(super) fn question(source: &Source<'_>, format: Format, limits: &Limits) -> Vec<u8> {
    let mut acc = Out(Vec::new());
    acc.format(format);
    let Limits { document_bytes, cell_bytes, cells, depth, parts, unpacked_bytes, members, archive_bytes, ratio } =
        *limits;
    for it in [document_bytes, cell_bytes, cells, depth, parts, unpacked_bytes, members, ratio] {
        acc.number(it);
    }
    acc.0.extend(archive_bytes.to_le_bytes());
    acc.text(source.name);
    acc.0
}

/// The question of these bytes; `None` if they are none.
pub(super) fn asked(bytes: &[u8]) -> Option<Question> {
    let mut rest = In(bytes);
    let format = *Format::ALL.get(rest.number()?)?;
    let limits = Limits {
        document_bytes: rest.number()?,
        cell_bytes: rest.number()?,
        cells: rest.number()?,
        depth: rest.number()?,
        parts: rest.number()?,
        unpacked_bytes: rest.number()?,
        members: rest.number()?,
        ratio: rest.number()?,
        archive_bytes: u64::from_le_bytes(rest.array()?),
    };
    let name = rest.text()?;
    rest.0.is_empty().then_some(Question { name, format, limits })
}

/// The answer as bytes.
pub(super) fn written(answer: &Result<Reading, ReadError>) -> Vec<u8> {
    let mut acc = Out(Vec::new());
    match answer {
        Ok(it) => {
            acc.byte(0);
            acc.format(it.document.format);
            acc.each(&it.document.blocks, Out::block);
            acc.each(&it.document.parts, Out::part);
            acc.each(&it.document.notes, Out::remark);
            acc.option(it.left_out.as_ref(), Out::error);
        }
        Err(error) => {
            acc.byte(1);
            acc.error(error);
        }
    }
    acc.0
}

/// The answer of these bytes; `None` if they are none.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    let mut rest = In(bytes);
    let answer = match rest.byte()? {
        0 => {
            let format = *Format::ALL.get(rest.number()?)?;
            let (blocks, parts, notes) = (rest.each(In::block)?, rest.each(In::part)?, rest.each(In::remark)?);
            Ok(Reading { document: Document { format, blocks, parts, notes }, left_out: rest.option(In::error)? })
        }
        1 => Err(rest.error()?),
        _ => return None,
    };
    rest.0.is_empty().then_some(answer)
}

/// Bytes that are written.
struct Out(Vec<u8>);

impl Out {
    fn byte(&mut self, it: u8) {
        self.0.push(it);
    }

    fn number(&mut self, it: usize) {
        self.0.extend(u64::try_from(it).unwrap_or(u64::MAX).to_le_bytes());
    }

    fn text(&mut self, it: &str) {
        self.number(it.len());
        self.0.extend(it.as_bytes());
    }

    fn option<T>(&mut self, it: Option<&T>, write: impl Fn(&mut Out, &T)) {
        self.byte(u8::from(it.is_some()));
        if let Some(it) = it {
            write(self, it);
        }
    }

    fn each<T>(&mut self, all: &[T], write: impl Fn(&mut Out, &T)) {
        self.number(all.len());
        all.iter().for_each(|it| write(self, it));
    }

    fn format(&mut self, it: Format) {
        self.number(Format::ALL.iter().position(|format| *format == it).unwrap_or(0));
    }

    fn error(&mut self, it: &ReadError) {
        self.number(CODES.iter().position(|code| *code == it.code).unwrap_or(0));
        self.text(&it.reason);
    }

    fn place(&mut self, it: &Place) {
        for number in [it.page, it.line, it.column] {
            self.option(number.as_ref(), |out, it| out.0.extend(it.to_le_bytes()));
        }
        for text in [&it.sheet, &it.cell, &it.part] {
            self.option(text.as_ref(), |out, it| out.text(it));
        }
        self.option(it.bbox.as_ref(), |out, it| it.iter().for_each(|it| out.0.extend(it.to_le_bytes())));
    }

    fn block(&mut self, it: &Block) {
        match it {
            Block::Text(it) => {
                self.byte(0);
                self.text(&it.text);
                self.option(it.raw.as_ref(), |out, it| out.text(it));
                self.place(&it.place);
                self.byte(u8::from(it.break_before));
            }
            Block::Grid(it) => {
                self.byte(1);
                self.byte(u8::from(it.kind == GridKind::Ruled));
                self.number(it.n_cols);
                self.each(&it.rows, Out::row);
                self.option(it.nested_in.as_ref(), Out::place);
                self.byte(u8::from(it.is_hidden));
            }
        }
    }

    fn part(&mut self, it: &Part) {
        self.text(&it.path);
        self.number(it.bytes.len());
        self.0.extend(&it.bytes);
        self.number(it.blocks_before);
    }

    fn remark(&mut self, it: &Remark) {
        self.place(&it.place);
        self.text(&it.message.zh);
        self.text(&it.message.en);
    }

    fn row(&mut self, it: &GridRow) {
        self.each(&it.slots, Out::slot);
        self.place(&it.place);
        self.byte(u8::from(it.break_before));
    }

    fn slot(&mut self, it: &Slot) {
        match it {
            Slot::Empty => self.byte(0),
            Slot::Covered { row, col } => {
                self.byte(1);
                self.number(*row);
                self.number(*col);
            }
            Slot::Cell(it) => {
                self.byte(2);
                self.text(&it.text);
                self.option(it.raw.as_ref(), |out, it| out.text(it));
                self.option(it.stored.as_ref(), |out, it| out.text(it));
                self.place(&it.place);
                self.number(it.n_rows);
                self.number(it.n_cols);
            }
        }
    }
}

/// Bytes that are left to be read.
struct In<'b>(&'b [u8]);

impl<'b> In<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[it]| it)
    }

    fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn number(&mut self) -> Option<usize> {
        usize::try_from(u64::from_le_bytes(self.array()?)).ok()
    }

    fn text(&mut self) -> Option<String> {
        let n = self.number()?;
        Some(str::from_utf8(self.take(n)?).ok()?.to_owned())
    }

    fn option<T>(&mut self, read: impl Fn(&mut In<'b>) -> Option<T>) -> Option<Option<T>> {
        Some(if self.flag()? { Some(read(self)?) } else { None })
    }

    fn each<T>(&mut self, read: impl Fn(&mut In<'b>) -> Option<T>) -> Option<Vec<T>> {
        // Not allocated ahead: the number may be wrong, the bytes that are there are not.
        (0..self.number()?).map(|_| read(self)).collect()
    }

    fn error(&mut self) -> Option<ReadError> {
        Some(ReadError { code: *CODES.get(self.number()?)?, reason: self.text()? })
    }

    fn place(&mut self) -> Option<Place> {
        let number = |rest: &mut In<'b>| rest.array().map(u32::from_le_bytes);
        let text = |rest: &mut In<'b>| rest.text().map(Arc::<str>::from);
        let (page, line, column) = (self.option(number)?, self.option(number)?, self.option(number)?);
        let (sheet, cell, part) = (self.option(text)?, self.option(text)?, self.option(text)?);
        let side = |rest: &mut In<'b>| rest.array().map(f32::from_le_bytes);
        let bbox = self.option(|rest| Some([side(rest)?, side(rest)?, side(rest)?, side(rest)?]))?;
        Some(Place { page, line, column, sheet, cell, bbox, part })
    }

    fn block(&mut self) -> Option<Block> {
        Some(match self.byte()? {
            0 => Block::Text(TextBlock {
                text: self.text()?,
                raw: self.option(In::text)?,
                place: self.place()?,
                break_before: self.flag()?,
            }),
            1 => Block::Grid(Grid {
                kind: if self.flag()? { GridKind::Ruled } else { GridKind::Separated },
                n_cols: self.number()?,
                rows: self.each(In::row)?,
                nested_in: self.option(In::place)?,
                is_hidden: self.flag()?,
            }),
            _ => return None,
        })
    }

    fn part(&mut self) -> Option<Part> {
        let (path, n_bytes) = (self.text()?, self.number()?);
        Some(Part { path, bytes: self.take(n_bytes)?.to_owned(), blocks_before: self.number()? })
    }

    fn remark(&mut self) -> Option<Remark> {
        Some(Remark { place: self.place()?, message: Bilingual { zh: self.text()?, en: self.text()? } })
    }

    fn row(&mut self) -> Option<GridRow> {
        Some(GridRow { slots: self.each(In::slot)?, place: self.place()?, break_before: self.flag()? })
    }

    fn slot(&mut self) -> Option<Slot> {
        Some(match self.byte()? {
            0 => Slot::Empty,
            1 => Slot::Covered { row: self.number()?, col: self.number()? },
            2 => Slot::Cell(Box::new(GridCell {
                text: self.text()?,
                raw: self.option(In::text)?,
                stored: self.option(In::text)?,
                place: self.place()?,
                n_rows: self.number()?,
                n_cols: self.number()?,
            })),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Result<Reading, ReadError> {
        let place = Place {
            page: Some(2),
            line: Some(3),
            column: None,
            sheet: Some("表".into()),
            cell: None,
            bbox: Some([0.1, 1.5, f32::MAX, -0.0]),
            part: Some("a/b".into()),
        };
        let place_of_note = place.clone();
        let cell = GridCell {
            text: "产出\n指标".to_owned(),
            raw: Some("产出".to_owned()),
            stored: Some("7.1898".to_owned()),
            place: place.clone(),
            n_rows: 2,
            n_cols: 1,
        };
        let slots = vec![Slot::Cell(Box::new(cell)), Slot::Empty, Slot::Covered { row: 0, col: 0 }];
        let rows = vec![GridRow { slots, place: place.clone(), break_before: true }];
        let grid =
            Grid { kind: GridKind::Separated, n_cols: 3, rows, nested_in: Some(Place::default()), is_hidden: true };
        let text = TextBlock { text: "标题".to_owned(), raw: None, place, break_before: false };
        let parts = vec![Part { path: "附件.xlsx".to_owned(), bytes: b"PK\x03\x04\xFF".to_vec(), blocks_before: 1 }];
        let notes = vec![Remark { place: place_of_note, message: Bilingual::new("隐藏", "hidden") }];
        let document =
            Document { format: Format::Pdf, blocks: vec![Block::Text(text), Block::Grid(grid)], parts, notes };
        let left_out = Some(ReadError { code: UnreadCode::Untrusted, reason: "page 1".to_owned() });
        Ok(Reading { document, left_out })
    }

    #[test]
    fn what_is_written_is_read_back() {
        let error = Err(ReadError { code: UnreadCode::Encrypted, reason: "它要密码".to_owned() });
        for it in [answer(), error] {
            assert_eq!(read(&written(&it)), Some(it));
        }
    }

    #[test]
    fn a_question_is_read_back() {
        let limits = Limits { cells: 3, ..Limits::default() };
        let bytes = question(&Source { name: "附件.docx", bytes: b"" }, Format::Docx, &limits);
        assert_eq!(asked(&bytes), Some(Question { name: "附件.docx".to_owned(), format: Format::Docx, limits }));
        assert_eq!(asked(&bytes[1..]), None);
    }

    #[test]
    fn other_bytes_are_no_answer() {
        let whole = written(&answer());
        for n in 0..whole.len() {
            assert_eq!(read(&whole[..n]), None, "cut at {n}");
        }
        let longer = [whole.as_slice(), &[0]].concat();
        assert_eq!(read(&longer), None);
    }
}
