//! The cells of a form that another document may print otherwise, packed into a few hundred bytes.
//!
//! In: cells as they are found. Out: bytes that are kept for the whole run, and the cells again when two forms are compared.

use gouji_model::{FundsField, IndicatorField, Pointer};

/// Longer texts are words that cannot be compared. Bytes: twelve Chinese characters, a deadline with its verb.
const LONGEST: usize = 36;

/// Rows beyond this are left out, so that a form keeps a bounded number of bytes. The longest form seen has 60.
const MOST_ROWS: usize = 64;

/// A cell of the head of a form or of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    /// An amount of the total line.
    Funds(FundsField),
    /// The total score.
    Total,
    /// A cell of the row with this key.
    Row(u64, IndicatorField),
}

impl Slot {
    /// The column, as in the contract.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Slot::Funds(field) => field.key(),
            Slot::Total => "total",
            Slot::Row(_, field) => field.key(),
        }
    }
}

/// A cell that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept<'a> {
    pub(crate) slot: Slot,
    pub(crate) at: Pointer,
    /// Line of the text; 0 if there is none.
    pub(crate) line: u32,
    pub(crate) text: &'a str,
}

/// The cells of one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells(Box<[u8]>);

/// Collects cells.
#[derive(Debug, Default)]
pub(crate) struct Packer {
    bytes: Vec<u8>,
    n_rows: usize,
}

/// What a byte of the packed cells opens. Fields follow as their place in their list.
const FUNDS: u8 = 0;
const TOTAL: u8 = 1;
const ROW: u8 = 2;
const CELL: u8 = 3;

impl Packer {
    /// Adds an amount of the total line.
    pub(crate) fn funds(&mut self, line_idx: usize, field: FundsField, line: Option<u32>, text: &str) {
        let place = FundsField::ALL.iter().position(|it| *it == field);
        let (Some(place), Ok(line_idx)) = (place.and_then(|it| u8::try_from(it).ok()), u16::try_from(line_idx)) else {
            return;
        };
        if let Some(length) = length(text) {
            self.bytes.extend([FUNDS, place]);
            self.bytes.extend(line_idx.to_le_bytes());
            self.text(line, length, text);
        }
    }

    /// Adds the total score.
    pub(crate) fn total(&mut self, line: Option<u32>, text: &str) {
        if let Some(length) = length(text) {
            self.bytes.push(TOTAL);
            self.text(line, length, text);
        }
    }

    /// Adds the cells of a row.
    pub(crate) fn row<'t>(
        &mut self,
        key: u64,
        row_idx: usize,
        line: Option<u32>,
        cells: impl Iterator<Item = (IndicatorField, &'t str)>,
    ) {
        let Ok(row_idx) = u16::try_from(row_idx) else { return };
        if MOST_ROWS <= self.n_rows {
            return;
        }
        self.n_rows += 1;
        self.bytes.push(ROW);
        self.bytes.extend(key.to_le_bytes());
        self.bytes.extend(row_idx.to_le_bytes());
        self.bytes.extend(line.unwrap_or(0).to_le_bytes());
        for (field, text) in cells {
            let place = IndicatorField::ALL.iter().position(|it| *it == field).and_then(|it| u8::try_from(it).ok());
            if let Some((place, length)) = place.zip(length(text)) {
                self.bytes.extend([CELL, place, length]);
                self.bytes.extend(text.as_bytes());
            }
        }
    }

    fn text(&mut self, line: Option<u32>, length: u8, text: &str) {
        self.bytes.extend(line.unwrap_or(0).to_le_bytes());
        self.bytes.push(length);
        self.bytes.extend(text.as_bytes());
    }

    /// The bytes that are kept.
    pub(crate) fn finish(self) -> Cells {
        Cells(self.bytes.into_boxed_slice())
    }
}

/// The length of a text that is kept: short, with a digit.
fn length(text: &str) -> Option<u8> {
    let length = u8::try_from(text.len()).ok().filter(|it| usize::from(*it) <= LONGEST)?;
    text.contains(|it: char| it.is_ascii_digit()).then_some(length)
}

impl Cells {
    /// How many bytes they take.
    pub(crate) fn n_bytes(&self) -> usize {
        self.0.len()
    }

    /// Nothing was kept.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cells, in printed order.
    pub(crate) fn read(&self) -> Vec<Kept<'_>> {
        let mut reader = Reader { rest: &self.0 };
        let mut found = Vec::new();
        let mut row = (0, 0, 0);
        // What was packed reads back; what does not ends the list.
        while let Some(kept) = reader.next(&mut row) {
            found.extend(kept);
        }
        found
    }

    /// The keys of the rows, in printed order.
    pub(crate) fn n_rows(&self) -> usize {
        let mut reader = Reader { rest: &self.0 };
        let (mut row, mut n_rows, mut before) = ((0, 0, 0), 0, None);
        while reader.next(&mut row).is_some() {
            if before != Some(row) && row != (0, 0, 0) {
                n_rows += 1;
                before = Some(row);
            }
        }
        n_rows
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// The next cell, or nothing for the head of a row; `None` at the end.
    fn next(&mut self, row: &mut (u64, u16, u32)) -> Option<Option<Kept<'a>>> {
        match self.byte()? {
            FUNDS => {
                let field = *FundsField::ALL.get(usize::from(self.byte()?))?;
                let line_idx = u16::from_le_bytes(self.array()?);
                let line = u32::from_le_bytes(self.array()?);
                let at = Pointer::Funds(usize::from(line_idx), field);
                Some(Some(Kept { slot: Slot::Funds(field), at, line, text: self.text()? }))
            }
            TOTAL => {
                let line = u32::from_le_bytes(self.array()?);
                Some(Some(Kept { slot: Slot::Total, at: Pointer::TotalScore, line, text: self.text()? }))
            }
            ROW => {
                let key = u64::from_le_bytes(self.array()?);
                *row = (key, u16::from_le_bytes(self.array()?), u32::from_le_bytes(self.array()?));
                Some(None)
            }
            _ => {
                let field = *IndicatorField::ALL.get(usize::from(self.byte()?))?;
                let (key, row_idx, line) = *row;
                let at = Pointer::Indicator(usize::from(row_idx), field);
                Some(Some(Kept { slot: Slot::Row(key, field), at, line, text: self.text()? }))
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*head)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::from(self.byte()?);
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_reads_back() {
        let mut packer = Packer::default();
        packer.funds(0, FundsField::Executed, Some(7), "541.6");
        packer.total(None, "97.5");
        packer.row(
            9,
            3,
            Some(12),
            [(IndicatorField::Target, "≥12次"), (IndicatorField::Actual, "按计划完成"), (IndicatorField::Score, "5")]
                .into_iter(),
        );
        packer.row(10, 4, Some(13), std::iter::empty());
        let cells = packer.finish();
        let kept = cells.read();
        let shown: Vec<String> = kept.iter().map(|it| format!("{} {} {}", it.at, it.line, it.text)).collect();
        // Words are not kept: they cannot be compared.
        let expected = [
            "/funds/0/executed 7 541.6",
            "/total/score 0 97.5",
            "/indicators/3/target 12 ≥12次",
            "/indicators/3/score 12 5",
        ];
        assert_eq!(shown, expected);
        assert_eq!(cells.n_rows(), 2);
    }

    #[test]
    fn a_form_keeps_a_bounded_number_of_bytes() {
        let mut packer = Packer::default();
        let text = "1".repeat(LONGEST);
        for row_idx in 0..10_000 {
            let fields = [IndicatorField::Target, IndicatorField::Actual, IndicatorField::Score];
            packer.row(7, row_idx, Some(1), fields.into_iter().map(|it| (it, text.as_str())));
        }
        assert!(packer.finish().n_bytes() <= MOST_ROWS * (15 + 3 * (3 + LONGEST)));
    }
}
