//! A table that grows page by page into one grid.
//!
//! In go the parts of a table that stand on pages one after the other, out comes a `Grid`: its columns are those of all
//! parts, a cell that is open at a page's foot and at the next one's head is one cell, and a row that the break cut
//! is one row again.

use gouji_model::{Grid, GridCell, GridKind, GridRow, Place, Slot};
use hayro_interpret::kurbo::Rect;

use crate::document::Leaf;
use crate::lattice::Table;
use crate::page::Char;
use crate::words::{Line, goes_on_as, joined, lines};

/// Columns of a table that goes on lie within this of where they lay, points.
const SAME_EDGE: f64 = 4.0;
/// Inner margin of a cell on both sides together, points: what word processors leave by default.
const PADDING: f64 = 8.0;

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
    /// What the page shows of its text.
    text: String,
    /// Its text with what is cut off: by the cell, or by the page.
    whole: String,
    /// Whether something of its text is cut off.
    is_cut: bool,
    place: Place,
    /// Its first and last line, as far as the page shows them.
    ends: Option<(Line, Line)>,
    /// How long a line may be.
    width: f64,
    /// Whether no line is drawn at its foot, which is the page's.
    is_open: bool,
}

impl Placed {
    fn is_same_column(&self, it: &Placed) -> bool {
        (self.x0 - it.x0).abs() <= SAME_EDGE && (self.x1 - it.x1).abs() <= SAME_EDGE
    }

    /// Whether its last line leaves no room for what another begins with.
    fn is_full_for(&self, it: &Placed) -> bool {
        match (&self.ends, &it.ends) {
            (Some((_, last)), Some((first, _))) => goes_on_as(last, first, self.width),
            _ => false,
        }
    }

    /// Takes in what goes on on the next page.
    fn take(&mut self, it: Placed) {
        let is_full = self.is_full_for(&it);
        self.is_open = it.is_open;
        // Sheets paint the whole text on every page, and cut it there.
        if (self.is_cut || it.is_cut) && self.whole == it.whole {
            if self.text.is_empty() {
                self.text = it.text;
                self.place = it.place;
            }
            return;
        }
        if self.text.is_empty() {
            self.place = it.place;
        } else if !it.text.is_empty() && !is_full {
            self.text.push('\n');
        }
        self.text.push_str(&it.text);
        self.ends = match (self.ends.take(), it.ends) {
            (Some((first, _)), Some((_, last))) => Some((first, last)),
            (mine, theirs) => mine.or(theirs),
        };
        self.whole.clone_from(&self.text);
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
        // Below the first row another table of the same width may begin.
        let first_row = next.regions.iter().filter(|it| it.row == 0).map(|it| next.frame_of(*it));
        let begins = first_row.into_iter().all(|it| is_in(&it.x0, &self.xs) && is_in(&it.x1, &self.xs));
        outer && (fits || begins)
    }

    /// Takes the part of a page.
    pub(crate) fn add(&mut self, leaf: Leaf<'_>, table: &Table, cells: &[Vec<&Char>]) {
        self.drop_empty_strip();
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
            let columns = region.col..region.col + region.n_cols;
            let all = |it: &[bool]| it.get(columns.clone()).is_some_and(|it| it.iter().all(|it| *it));
            let shown: Vec<&Char> = chars.iter().copied().filter(|it| !it.is_clipped).collect();
            let is_cut = shown.len() < chars.len() || chars.iter().any(|it| !is_within(it.frame(), frame));
            let lines_shown = lines(&shown);
            let text = joined(&lines_shown, width);
            let one = Placed {
                row: region.row,
                n_rows: region.n_rows,
                x0: frame.x0,
                x1: frame.x1,
                whole: if shown.len() < chars.len() { joined(&lines(chars), width) } else { text.clone() },
                text,
                is_cut,
                place: leaf.place(frame),
                ends: lines_shown.first().cloned().zip(lines_shown.last().cloned()),
                width,
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
            self.rows.push(GridRow { slots: Vec::new(), place: leaf.place(at), break_before });
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
        let is_last = |it: &&Placed| it.row + it.n_rows == last_row + 1 && !it.text.is_empty();
        let row: Vec<&Placed> = self.cells.iter().filter(is_last).collect();
        let first: Vec<&Placed> = next.iter().map(|it| &it.0).filter(|it| it.row == 0 && !it.text.is_empty()).collect();
        let n_begun = row.iter().filter(|it| it.row == last_row).count();
        // In a narrow column every figure is as long as the line; figures are not broken.
        let goes_on = |it: &&Placed| {
            let is_broken = |one: &Placed| one.is_full_for(it) && !(is_figure(&one.text) && is_figure(&it.text));
            row.iter().any(|one| one.is_same_column(it) && is_broken(one))
        };
        !first.is_empty() && first.len() < n_begun && first.iter().all(goes_on)
    }

    /// Takes off a last row that the page cut off before anything was printed in it.
    fn drop_empty_strip(&mut self) {
        let Some(last) = self.rows.len().checked_sub(1).filter(|it| 0 < *it) else { return };
        let begins = |it: &&Placed| it.row == last;
        let is_strip = |it: &Placed| it.is_open && it.whole.is_empty();
        if self.cells.iter().any(|it| begins(&it)) && self.cells.iter().filter(begins).all(is_strip) {
            self.cells.retain(|it| it.row < last);
            for it in self.cells.iter_mut().filter(|it| last < it.row + it.n_rows) {
                it.n_rows = last - it.row;
            }
            self.rows.pop();
        }
    }

    /// Takes out rows that are none: cells that browsers draw too short at the end of a page leave a gap below them,
    /// beside which the cells of the row go on.
    fn drop_slivers(&mut self) {
        let width = self.xs.last().zip(self.xs.first()).map_or(0.0, |(end, start)| end - start);
        for row in (1..self.rows.len()).rev() {
            let begins = |it: &Placed| it.row == row;
            let goes_on = |it: &Placed| it.row < row && row < it.row + it.n_rows && !it.whole.is_empty();
            let blank: f64 = self.cells.iter().filter(|it| begins(it)).map(|it| it.x1 - it.x0).sum();
            let is_blank = self.cells.iter().filter(|it| begins(it)).all(|it| it.whole.is_empty() && it.n_rows == 1);
            if !(is_blank && 0.0 < blank && blank < width / 2.0 && self.cells.iter().any(goes_on)) {
                continue;
            }
            self.cells.retain(|it| !begins(it));
            for it in &mut self.cells {
                if row < it.row {
                    it.row -= 1;
                } else if row < it.row + it.n_rows {
                    it.n_rows -= 1;
                }
            }
            let gone = self.rows.remove(row);
            if let Some(next) = self.rows.get_mut(row) {
                next.break_before |= gone.break_before;
            }
        }
    }

    /// All parts as one grid.
    pub(crate) fn grid(mut self) -> Grid {
        self.drop_slivers();
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
            let cell = GridCell { text: it.whole, raw: None, stored: None, place: it.place, n_rows: it.n_rows, n_cols };
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
        Grid { kind: GridKind::Ruled, n_cols, rows: self.rows, nested_in: None, is_hidden: false }
    }
}

/// Whether a text has no word in it.
fn is_figure(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic)
}

/// Whether a box stands between the head and the foot of another, but for the rounding of either.
fn is_within(it: Rect, frame: Rect) -> bool {
    frame.y0 - 1.0 <= it.y0 && it.y1 <= frame.y1 + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lattice::{Open, Region};
    use crate::page::Page;
    use crate::words::tests::chars;

    /// A row on each of two pages, in columns of 68, 28 and 48 points; the texts of its cells, `|` between them.
    fn check(first: &str, second: &str, want: &[&str]) {
        let (page, xs) = (Page::default(), vec![0.0, 68.0, 96.0, 144.0]);
        let mut growing = Growing::default();
        for (text, number) in [first, second].into_iter().zip(1..) {
            let all: Vec<Vec<Char>> = text.split('|').zip(&xs).map(|(text, x)| chars(text, x + 4.0, 14.0)).collect();
            let cells: Vec<Vec<&Char>> = all.iter().map(|it| it.iter().collect()).collect();
            let regions = (0..3).map(|col| Region { row: 0, col, n_rows: 1, n_cols: 1 }).collect();
            let open = Open { above: vec![false; 3], below: vec![false; 3] };
            growing.add(
                Leaf { page: &page, number },
                &Table { xs: xs.clone(), ys: vec![0.0, 20.0], regions, open },
                &cells,
            );
        }
        let said = |row: &GridRow| {
            let cells = row.slots.iter().filter_map(|it| match it {
                Slot::Cell(it) => Some(it.text.clone()),
                Slot::Covered { .. } | Slot::Empty => None,
            });
            cells.collect::<Vec<_>>().join("|")
        };
        let rows: Vec<String> = growing.grid().rows.iter().map(said).collect();
        assert_eq!(rows, want);
    }

    #[test]
    fn a_row_that_the_page_cut_is_one() {
        check("农村饮水安全|10|已完成", "巩固提升||", &["农村饮水安全巩固提升|10|已完成"]);
    }

    #[test]
    fn rows_with_figures_of_their_own_are_two() {
        // In a column of two figures every figure is as long as the line.
        check("手册印刷单价|100|增加", "提高收入|7|", &["手册印刷单价|100|增加", "提高收入|7|"]);
        check("手册印刷|10|增加", "单价||", &["手册印刷|10|增加", "单价||"]);
    }
}
