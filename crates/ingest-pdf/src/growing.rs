//! A table that grows page by page into one grid.
//!
//! In go the parts of a table that stand on pages one after the other, out comes a `Grid`: its columns are those of all
//! parts, a cell that is open at a page's foot and at the next one's head is one cell, and a row that the break cut
//! is one row again.

use gouji_model::{Grid, GridCell, GridKind, GridRow, Place, Slot};
use hayro_interpret::kurbo::Rect;

use crate::document::place;
use crate::lattice::Table;
use crate::page::Char;
use crate::words::{Line, joined, lines};

/// Columns of a table that goes on lie within this of where they lay, points.
const SAME_EDGE: f64 = 4.0;
/// Inner margin of a cell on both sides together, points: what word processors leave by default.
const PADDING: f64 = 8.0;
/// A line that leaves less than this many ems to the side of its cell is full.
const FULL: f64 = 1.6;

/// The parts of a table so far.
#[derive(Default)]
pub(crate) struct Growing {
    xs: Vec<f64>,
    rows: Vec<GridRow>,
    cells: Vec<Placed>,
}

/// A cell by its edges: the columns are known when all parts are.
struct Placed {
    row: usize,
    n_rows: usize,
    x0: f64,
    x1: f64,
    text: String,
    place: Place,
    /// Whether its last line leaves no room.
    is_full: bool,
    /// Whether no line is drawn at its foot, which is the page's.
    is_open: bool,
}

impl Placed {
    fn is_same_column(&self, it: &Placed) -> bool {
        (self.x0 - it.x0).abs() <= SAME_EDGE && (self.x1 - it.x1).abs() <= SAME_EDGE
    }

    /// Takes in what goes on on the next page.
    fn take(&mut self, it: Placed) {
        if self.text.is_empty() {
            self.place = it.place;
        } else if !it.text.is_empty() && !self.is_full {
            self.text.push('\n');
        }
        self.text.push_str(&it.text);
        self.is_full = it.is_full;
        self.is_open = it.is_open;
    }
}

impl Growing {
    /// Whether a table at the top of the next page is the rest of this one: the outer edges lie where they lay, and
    /// the inner ones do, or refine them.
    pub(crate) fn goes_on_as(&self, next: &Table) -> bool {
        let same =
            |a: Option<&f64>, b: Option<&f64>| matches!((a, b), (Some(a), Some(b)) if (a - b).abs() <= SAME_EDGE);
        let is_in = |it: &f64, all: &[f64]| all.iter().any(|one| (one - it).abs() <= SAME_EDGE);
        let outer = same(self.xs.first(), next.xs.first()) && same(self.xs.last(), next.xs.last());
        let fits = next.xs.iter().all(|it| is_in(it, &self.xs)) || self.xs.iter().all(|it| is_in(it, &next.xs));
        outer && fits
    }

    /// Takes the part of a page.
    pub(crate) fn add(&mut self, page: u32, table: &Table, cells: &[Vec<&Char>]) {
        for it in &table.xs {
            if !self.xs.iter().any(|one| (one - it).abs() <= SAME_EDGE) {
                self.xs.push(*it);
            }
        }
        self.xs.sort_by(f64::total_cmp);
        let n_rows = table.ys.len() - 1;
        let mut placed: Vec<(Placed, bool)> = Vec::new();
        for (region, chars) in table.regions.iter().zip(cells) {
            let frame = table.frame_of(*region);
            let width = frame.width() - PADDING;
            let lines = lines(chars);
            let columns = region.col..region.col + region.n_cols;
            let all = |it: &[bool]| it.get(columns.clone()).is_some_and(|it| it.iter().all(|it| *it));
            let one = Placed {
                row: region.row,
                n_rows: region.n_rows,
                x0: frame.x0,
                x1: frame.x1,
                text: joined(&lines, width),
                place: place(page, frame),
                is_full: lines.last().is_some_and(|it| leaves_no_room(it, width)),
                is_open: region.row + region.n_rows == n_rows && all(&table.open.below),
            };
            placed.push((one, region.row == 0 && all(&table.open.above)));
        }
        let is_cut = self.cuts(&placed);
        // A row that was cut goes on in the last row that is there.
        let first = self.rows.len() - usize::from(is_cut);
        let frame = table.frame();
        for (row, edges) in table.ys.windows(2).enumerate().skip(usize::from(is_cut)) {
            let at = Rect::new(frame.x0, edges[0], frame.x1, edges[1]);
            let break_before = row == 0 && first > 0;
            self.rows.push(GridRow { slots: Vec::new(), place: place(page, at), break_before });
        }
        let n_before = self.cells.len();
        for (mut it, is_open_above) in placed {
            let reaches_end = |one: &Placed| one.row + one.n_rows == first + usize::from(is_cut);
            let is_joined = it.row == 0 && (is_cut || is_open_above);
            it.row += first;
            let above = self.cells.get_mut(..n_before).and_then(|cells| {
                cells
                    .iter_mut()
                    .find(|one| is_joined && (is_cut || one.is_open) && reaches_end(one) && one.is_same_column(&it))
            });
            match above {
                Some(above) => {
                    above.n_rows += it.n_rows - usize::from(is_cut);
                    above.take(it);
                }
                None => self.cells.push(it),
            }
        }
    }

    /// Whether the page broke the last row that is there: what the first row of the next page prints goes on from
    /// lines that had no room left, and prints nothing beside the figures of the row, which are complete.
    fn cuts(&self, next: &[(Placed, bool)]) -> bool {
        let Some(last_row) = self.rows.len().checked_sub(1) else { return false };
        let row: Vec<&Placed> = self.cells.iter().filter(|it| it.row == last_row && !it.text.is_empty()).collect();
        let first: Vec<&Placed> = next.iter().map(|it| &it.0).filter(|it| it.row == 0 && !it.text.is_empty()).collect();
        let goes_on = |it: &&Placed| row.iter().any(|one| one.is_same_column(it) && one.is_full);
        !first.is_empty() && first.len() < row.len() && first.iter().all(goes_on)
    }

    /// All parts as one grid.
    pub(crate) fn grid(mut self) -> Grid {
        let n_cols = self.xs.len().saturating_sub(1);
        for row in &mut self.rows {
            row.slots = vec![Slot::Empty; n_cols];
        }
        let edge = |x: f64| {
            let off = |it: &f64| (it - x).abs();
            (0..self.xs.len()).min_by(|a, b| off(&self.xs[*a]).total_cmp(&off(&self.xs[*b]))).unwrap_or(0)
        };
        for it in self.cells {
            let (col, end) = (edge(it.x0), edge(it.x1));
            let n_cols = end.saturating_sub(col).max(1);
            let cell = GridCell { text: it.text, raw: None, place: it.place, n_rows: it.n_rows, n_cols };
            for row in it.row..it.row + it.n_rows {
                for at in col..col + n_cols {
                    if let Some(slot) = self.rows.get_mut(row).and_then(|it| it.slots.get_mut(at)) {
                        *slot = Slot::Covered { row: it.row, col };
                    }
                }
            }
            if let Some(slot) = self.rows.get_mut(it.row).and_then(|row| row.slots.get_mut(col)) {
                *slot = Slot::Cell(Box::new(cell));
            }
        }
        Grid { kind: GridKind::Ruled, n_cols, rows: self.rows, nested_in: None }
    }
}

fn leaves_no_room(it: &Line, width: f64) -> bool {
    it.end - it.start + it.size * FULL >= width
}
