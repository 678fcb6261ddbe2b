//! A sheet as every reader hands it on: cells with the text that they show, merged areas, what is hidden.

use std::collections::BTreeMap;

/// Rows of the largest sheet that there is (xlsx); larger numbers are errors.
pub(crate) const MOST_ROWS: u32 = 1 << 20;
/// Columns of the largest sheet that there is (xlsx: 16,384; LibreOffice reads as many).
pub(crate) const MOST_COLUMNS: u32 = 1 << 14;

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// The whole sheet is hidden.
    pub(crate) is_hidden: bool,
    /// Cells that show something, in any order; of two at one place the later counts.
    pub(crate) cells: Vec<SheetCell>,
    pub(crate) merged: Vec<Area>,
    pub(crate) rows: Hidden,
    pub(crate) columns: Hidden,
    /// Formulas of which no result is stored: row and column.
    pub(crate) without_result: Vec<(u32, u32)>,
}

/// A cell that shows something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetCell {
    /// From 0.
    pub(crate) row: u32,
    /// From 0.
    pub(crate) column: u32,
    /// What a person sees.
    pub(crate) text: String,
    /// The same with all decimals that are stored, where fewer are shown.
    pub(crate) stored: Option<String>,
}

/// A rectangle of cells, all ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Area {
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (u32, u32),
}

/// Which rows, or which columns, are hidden.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hidden {
    /// Those that nothing is said of.
    pub(crate) others: bool,
    /// Ends of stretches, and whether they are hidden, by their first.
    stretches: BTreeMap<u32, (u32, bool)>,
}

impl Hidden {
    /// Says of a stretch, both ends included, whether it is hidden.
    pub(crate) fn say(&mut self, first: u32, last: u32, is_hidden: bool) {
        if first <= last {
            self.stretches.insert(first, (last, is_hidden));
        }
    }

    /// The first from `first` to `last` that is not hidden.
    pub(crate) fn first_shown(&self, first: u32, last: u32) -> Option<u32> {
        let mut idx = first;
        while idx <= last {
            match self.stretches.range(..=idx).next_back() {
                Some((_, (end, is_hidden))) if idx <= *end => {
                    if !is_hidden {
                        return Some(idx);
                    }
                    idx = end.checked_add(1)?;
                }
                _ if !self.others => return Some(idx),
                _ => idx = *self.stretches.range(idx..).next()?.0,
            }
        }
        None
    }
}

/// The name of a cell: `H12`. Row and column from 0.
pub(crate) fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => break,
        }
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

/// Row and column, from 0, of a name such as `H12` or `$H$12`; `None` if no sheet has such a cell.
pub(crate) fn parse_cell(name: &str) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for byte in name.bytes().filter(|it| *it != b'$') {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                column = column.checked_mul(26)?.checked_add(u32::from(byte.to_ascii_uppercase() - b'A') + 1)?;
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            _ => return None,
        }
    }
    let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
    (row < MOST_ROWS && column < MOST_COLUMNS).then_some((row, column))
}

/// An area such as `A1:H12`.
pub(crate) fn parse_area(name: &str) -> Option<Area> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let (top, left) = parse_cell(first)?;
    let (bottom, right) = parse_cell(last)?;
    Some(Area { rows: (top.min(bottom), top.max(bottom)), columns: (left.min(right), left.max(right)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_names() {
        for (row, column, name) in [(0, 0, "A1"), (11, 7, "H12"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")] {
            assert_eq!(cell_name(row, column), name);
            assert_eq!(parse_cell(name), Some((row, column)));
        }
        for name in ["A0", "A", "1", "XFE1", "A1048577", "A1B", "", "ZZZZZZZZ1", "A99999999999"] {
            assert_eq!(parse_cell(name), None, "{name}");
        }
        let area = Area { rows: (0, 4), columns: (1, 2) };
        assert_eq!(parse_area("B1:C5"), Some(area));
        assert_eq!(parse_area("$C$5:B1"), Some(area));
    }

    #[test]
    fn stretches_are_hidden_or_shown() {
        let mut hidden = Hidden::default();
        hidden.say(2, 4, true);
        hidden.say(5, 5, true);
        let shown = (0..8).filter(|it| hidden.first_shown(*it, *it).is_some()).collect::<Vec<_>>();
        assert_eq!(shown, [0, 1, 6, 7]);
        assert_eq!((hidden.first_shown(2, 9), hidden.first_shown(2, 5)), (Some(6), None));
        let mut rest = Hidden { others: true, ..Hidden::default() };
        rest.say(7, 8, false);
        assert_eq!((rest.first_shown(0, 100), rest.first_shown(9, u32::MAX)), (Some(7), None));
    }
}
