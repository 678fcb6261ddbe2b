//! Sheets as grids: cells with their spans go in, blocks of a document come out, what is hidden apart from what is seen.

use std::collections::BTreeMap;
use std::sync::Arc;

use gouji_model::{Block, Document, Format, Grid, GridCell, GridKind, GridRow, Limits, Place, ReadError, Slot};

use crate::cells::{Area, Sheet, SheetCell, cell_name};
use crate::package::over;
use crate::{lines, notes};

/// Slots that are looked at for spans, for each slot there is: spans that overlap cost no more than that.
const LOOKS: usize = 4;

/// The document of a workbook's sheets, in their order: what is seen of each, then what is hidden.
///
/// # Errors
/// E04 if the grids have too many slots.
pub(crate) fn document(format: Format, sheets: &[Sheet], limits: &Limits) -> Result<Document, ReadError> {
    let mut acc = Document::new(format, Vec::new());
    let mut left = limits.cells;
    for sheet in sheets {
        let Parts { seen, hidden } = parted(sheet);
        let name: Arc<str> = sheet.name.as_str().into();
        acc.notes.extend(notes::of_sheet(sheet, &name, &hidden.iter().map(|it| &it.cell).collect::<Vec<_>>()));
        for (cells, is_hidden) in [(seen, false), (hidden, true)] {
            if let Some(grid) = Layout::new(sheet, cells, &name).grid(&mut left)? {
                let from = acc.blocks.len();
                if is_hidden {
                    acc.blocks.push(Block::Grid(Grid { is_hidden, ..grid }));
                } else {
                    acc.blocks.extend(lines::parted(grid));
                }
                // A sheet begins like a page.
                match acc.blocks.get_mut(from) {
                    Some(Block::Text(it)) => it.break_before = 0 < from,
                    Some(Block::Grid(it)) => it.rows.iter_mut().take(1).for_each(|it| it.break_before = 0 < from),
                    None => {}
                }
            }
        }
    }
    Ok(acc)
}

/// A cell with the area that it covers.
struct Anchored {
    cell: SheetCell,
    area: Area,
}

/// Cells that a person sees, and those that nobody does.
struct Parts {
    seen: Vec<Anchored>,
    hidden: Vec<Anchored>,
}

fn parted(sheet: &Sheet) -> Parts {
    let merged: BTreeMap<(u32, u32), Area> = sheet.merged.iter().map(|it| ((it.rows.0, it.columns.0), *it)).collect();
    let last: BTreeMap<(u32, u32), &SheetCell> = sheet.cells.iter().map(|it| ((it.row, it.column), it)).collect();
    let (mut seen, mut hidden) = (Vec::new(), Vec::new());
    let mut covered = Covered::default();
    for (at, cell) in last {
        let single = Area { rows: (at.0, at.0), columns: (at.1, at.1) };
        if covered.holds(at) {
            hidden.push(Anchored { cell: cell.clone(), area: single });
            continue;
        }
        let area = merged.get(&at).copied().unwrap_or(single);
        covered.add(area);
        // A merged cell shows its text where it begins to be seen.
        let row = sheet.rows.first_shown(area.rows.0, area.rows.1);
        let column = sheet.columns.first_shown(area.columns.0, area.columns.1);
        match (row, column) {
            (Some(row), Some(column)) if !sheet.is_hidden => {
                let area = Area { rows: (row, area.rows.1), columns: (column, area.columns.1) };
                seen.push(Anchored { cell: cell.clone(), area });
            }
            _ => hidden.push(Anchored { cell: cell.clone(), area }),
        }
    }
    seen.sort_by_key(|it| (it.area.rows.0, it.area.columns.0));
    Parts { seen, hidden }
}

/// Merged cells that begin in so many columns to the left are looked at: forms have below thirty columns.
const MOST_LOOKED_AT: usize = 64;

/// Areas of the merged cells above and left of a cell, by their columns: whatever stands in them is not seen.
#[derive(Default)]
struct Covered {
    /// By their first column; of two that begin in one column the later, below the other.
    areas: BTreeMap<u32, Area>,
}

impl Covered {
    fn add(&mut self, area: Area) {
        if area.rows.0 < area.rows.1 || area.columns.0 < area.columns.1 {
            self.areas.insert(area.columns.0, area);
        }
    }

    /// Whether a merged cell that does not begin here covers the place.
    fn holds(&self, (row, column): (u32, u32)) -> bool {
        let covers = |it: &Area| it.rows.0 <= row && row <= it.rows.1 && column <= it.columns.1;
        self.areas.range(..=column).rev().take(MOST_LOOKED_AT).any(|it| covers(it.1))
    }
}

/// The rows and columns of a sheet that hold something.
struct Layout<'s> {
    sheet: &'s Sheet,
    name: &'s Arc<str>,
    cells: Vec<Anchored>,
    rows: Vec<u32>,
    columns: Vec<u32>,
}

impl<'s> Layout<'s> {
    fn new(sheet: &'s Sheet, cells: Vec<Anchored>, name: &'s Arc<str>) -> Layout<'s> {
        let sorted = |of: fn(&Anchored) -> u32| {
            let mut acc: Vec<u32> = cells.iter().map(of).collect();
            acc.sort_unstable();
            acc.dedup();
            acc
        };
        let (rows, columns) = (sorted(|it| it.area.rows.0), sorted(|it| it.area.columns.0));
        Layout { sheet, name, cells, rows, columns }
    }

    fn place(&self, row: u32, column: u32) -> Place {
        Place {
            line: row.checked_add(1),
            column: column.checked_add(1),
            sheet: Some(Arc::clone(self.name)),
            cell: Some(cell_name(row, column).into()),
            ..Place::default()
        }
    }

    /// The grid, if there is a cell.
    fn grid(self, left: &mut usize) -> Result<Option<Grid>, ReadError> {
        let (n_rows, n_cols) = (self.rows.len(), self.columns.len());
        let n_slots = n_rows.saturating_mul(n_cols);
        match left.checked_sub(n_slots) {
            Some(rest) => *left = rest,
            None => {
                return Err(over(format!(
                    "sheet {}: over the limit of cells a document, blank ones included",
                    self.name
                )));
            }
        }
        if n_slots == 0 {
            return Ok(None);
        }
        let mut slots = vec![vec![Slot::Empty; n_cols]; n_rows];
        let mut looks = n_slots.saturating_mul(LOOKS);
        for it in &self.cells {
            let (Ok(row), Ok(col)) =
                (self.rows.binary_search(&it.area.rows.0), self.columns.binary_search(&it.area.columns.0))
            else {
                continue;
            };
            if slots.get(row).and_then(|it| it.get(col)).is_none_or(|it| *it != Slot::Empty) {
                // Nobody sees what stands below a merged cell.
                continue;
            }
            let end = |all: &[u32], last: u32| all.partition_point(|it| *it <= last);
            let mut n_rows = end(&self.rows, it.area.rows.1).saturating_sub(row).max(1);
            let mut n_cols = end(&self.columns, it.area.columns.1).saturating_sub(col).max(1);
            if !is_free(&slots, row..row + n_rows, col..col + n_cols, &mut looks) {
                (n_rows, n_cols) = (1, 1);
            }
            for slots in slots.iter_mut().skip(row).take(n_rows) {
                slots.iter_mut().skip(col).take(n_cols).for_each(|slot| *slot = Slot::Covered { row, col });
            }
            let place = self.place(it.cell.row, it.cell.column);
            let cell = GridCell {
                text: it.cell.text.clone(),
                raw: None,
                stored: it.cell.stored.clone(),
                place,
                n_rows,
                n_cols,
            };
            if let Some(slot) = slots.get_mut(row).and_then(|it| it.get_mut(col)) {
                *slot = Slot::Cell(Box::new(cell));
            }
        }
        let mut above: Option<u32> = None;
        let rows = slots.into_iter().zip(&self.rows).map(|(slots, row)| {
            let gap = above.is_some_and(|it| self.sheet.rows.first_shown(it + 1, *row).is_some_and(|it| it < *row));
            above = Some(*row);
            let place = self.place(*row, self.columns.first().copied().unwrap_or(0));
            GridRow { slots, place: Place { cell: None, ..place }, break_before: gap }
        });
        let rows = rows.collect();
        Ok(Some(Grid { kind: GridKind::Ruled, n_cols, rows, nested_in: None, is_hidden: false }))
    }
}

/// Whether no other cell has taken a slot of the rectangle; `looks` are used up by each slot.
fn is_free(slots: &[Vec<Slot>], rows: std::ops::Range<usize>, cols: std::ops::Range<usize>, looks: &mut usize) -> bool {
    for row in rows {
        for col in cols.clone() {
            let Some(rest) = looks.checked_sub(1) else { return false };
            *looks = rest;
            if slots.get(row).and_then(|it| it.get(col)).is_none_or(|it| *it != Slot::Empty) {
                return false;
            }
        }
    }
    true
}
