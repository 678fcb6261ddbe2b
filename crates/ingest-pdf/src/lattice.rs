//! Rulings become tables: which lines belong together, where cells are, which of them are merged.
//!
//! In go the rulings of a page, out come [`Table`]s: columns and rows by their edges, and regions, each a rectangle of
//! elementary cells between which no line is drawn. Sides that are not drawn are taken from where the lines end: a
//! table that goes on over the page has no line at the break.

use std::collections::BTreeMap;

use hayro_interpret::kurbo::{Point, Rect};

use crate::rulings::{Ruling, Rulings};

/// Lines that miss each other by less than this still meet, points.
const MEET: f64 = 3.0;
/// Rows and columns narrower than this are none: the two lines of a double rule, points.
const NARROW: f64 = 2.5;
/// How much of an edge must be drawn.
const DRAWN: f64 = 0.6;
/// Lines that reach farther than this over the last line across them end at a side that is not drawn, points.
const OPEN: f64 = 5.0;
/// Crossings that are looked for on a page; a drawing with more is not a table.
const MOST_CROSSINGS: usize = 20_000_000;

/// A table on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Edges of the columns, one more than columns.
    pub xs: Vec<f64>,
    /// Edges of the rows, one more than rows.
    pub ys: Vec<f64>,
    /// Where its cells are, row by row.
    pub regions: Vec<Region>,
    /// Columns at whose head no line is drawn, and columns at whose foot none is.
    pub open: Open,
}

/// Columns that are not closed at the head or foot of a table: a cell may go on over the page there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Open {
    /// Of each column, whether its head is open.
    pub above: Vec<bool>,
    /// Of each column, whether its foot is open.
    pub below: Vec<bool>,
}

/// A cell, which may cover several rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Its first row.
    pub row: usize,
    /// Its first column.
    pub col: usize,
    /// How many rows it covers.
    pub n_rows: usize,
    /// How many columns it covers.
    pub n_cols: usize,
}

impl Table {
    /// The whole of it.
    pub fn frame(&self) -> Rect {
        let end = |it: &[f64]| (it.first().copied().unwrap_or(0.0), it.last().copied().unwrap_or(0.0));
        let ((x0, x1), (y0, y1)) = (end(&self.xs), end(&self.ys));
        Rect::new(x0, y0, x1, y1)
    }

    /// Some of its rows as a table of their own, with what belongs to their cells; `None` if there are none.
    pub fn rows<T: Clone>(&self, from: usize, to: usize, cells: &[T]) -> Option<(Table, Vec<T>)> {
        if from >= to || to >= self.ys.len() {
            return None;
        }
        let inside = |it: &Region| (from..to).contains(&it.row);
        let (regions, cells) = self
            .regions
            .iter()
            .zip(cells)
            .filter(|it| inside(it.0))
            .map(|(it, cell)| (Region { row: it.row - from, ..*it }, cell.clone()))
            .unzip();
        let closed = vec![false; self.xs.len() - 1];
        let open = Open {
            above: if from == 0 { self.open.above.clone() } else { closed.clone() },
            below: if to + 1 == self.ys.len() { self.open.below.clone() } else { closed },
        };
        Some((Table { xs: self.xs.clone(), ys: self.ys[from..=to].to_vec(), regions, open }, cells))
    }

    /// The box of a region.
    pub fn frame_of(&self, it: Region) -> Rect {
        let edge = |edges: &[f64], idx: usize| edges.get(idx).copied().unwrap_or(0.0);
        Rect::new(
            edge(&self.xs, it.col),
            edge(&self.ys, it.row),
            edge(&self.xs, it.col + it.n_cols),
            edge(&self.ys, it.row + it.n_rows),
        )
    }

    /// The region at a point.
    pub fn region_at(&self, at: Point) -> Option<usize> {
        let band = |edges: &[f64], it: f64| edges.partition_point(|edge| *edge <= it).checked_sub(1);
        let (row, col) = (band(&self.ys, at.y)?, band(&self.xs, at.x)?);
        let holds =
            |it: &Region| (it.row..it.row + it.n_rows).contains(&row) && (it.col..it.col + it.n_cols).contains(&col);
        self.regions.iter().position(holds)
    }
}

/// The tables of a page, from the top.
pub fn tables(rulings: &Rulings) -> Vec<Table> {
    let (level, upright) = (&rulings.horizontal, &rulings.vertical);
    if level.len().saturating_mul(upright.len()) > MOST_CROSSINGS {
        return Vec::new();
    }
    let n = level.len();
    let mut sets = Sets::new(n + upright.len());
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate() {
            if reaches(h, v.at) && reaches(v, h.at) {
                sets.join(i, n + j);
            }
        }
    }
    let mut parts = Parts::new();
    for (i, h) in level.iter().enumerate() {
        parts.entry(sets.root(i)).or_default().0.push(*h);
    }
    for (j, v) in upright.iter().enumerate() {
        parts.entry(sets.root(n + j)).or_default().1.push(*v);
    }
    attach_lone(&mut parts);
    let mut acc: Vec<Table> = parts.into_values().filter_map(|(level, upright)| table(&level, &upright)).collect();
    // A box around tables is drawn apart from them; the inner ones hold the cells.
    acc.sort_by(|a, b| a.frame().y0.total_cmp(&b.frame().y0).then(a.frame().x0.total_cmp(&b.frame().x0)));
    acc
}

/// Level and upright lines that belong together, by the first of them.
type Parts = BTreeMap<usize, (Vec<Ruling>, Vec<Ruling>)>;

/// Gives lone upright lines to the table that they are as high as: the outer line of a column whose one cell comes from
/// the page before and goes on over the next meets no other line.
fn attach_lone(parts: &mut Parts) {
    let lone: Vec<Ruling> = parts
        .values()
        .filter_map(|(level, upright)| match (level.as_slice(), upright.as_slice()) {
            ([], [it]) => Some(*it),
            _ => None,
        })
        .collect();
    for (level, upright) in parts.values_mut().filter(|it| !it.0.is_empty() && !it.1.is_empty()) {
        let start = upright.iter().map(|it| it.from).fold(f64::INFINITY, f64::min);
        let end = upright.iter().map(|it| it.to).fold(f64::NEG_INFINITY, f64::max);
        // As wide a gap as a column of names may have, at most the width of the table itself.
        let left = level.iter().map(|it| it.from).fold(f64::INFINITY, f64::min);
        let right = level.iter().map(|it| it.to).fold(f64::NEG_INFINITY, f64::max);
        let width = right - left;
        let is_beside = |it: &&Ruling| (left - width..left).contains(&it.at) || (right..right + width).contains(&it.at);
        let is_as_high = |it: &&Ruling| (it.from - start).abs() <= MEET && (it.to - end).abs() <= MEET;
        upright.extend(lone.iter().filter(is_beside).filter(is_as_high));
    }
}

fn reaches(it: &Ruling, at: f64) -> bool {
    it.from - MEET <= at && at <= it.to + MEET
}

fn table(level: &[Ruling], upright: &[Ruling]) -> Option<Table> {
    let ys = edges(level, upright);
    let xs = edges(upright, level);
    let (n_rows, n_cols) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
    // One box alone frames a page or a picture; it divides nothing.
    if n_rows * n_cols < 2 {
        return None;
    }
    let drawn = |lines: &[Ruling], at: f64, from: f64, to: f64| {
        let near = lines.iter().filter(|it| (it.at - at).abs() <= NARROW);
        let covered: f64 = near.map(|it| (it.to.min(to) - it.from.max(from)).max(0.0)).sum();
        covered >= DRAWN * (to - from)
    };
    let mut sets = Sets::new(n_rows * n_cols);
    for row in 0..n_rows {
        for col in 0..n_cols {
            let here = row * n_cols + col;
            if col + 1 < n_cols && !drawn(upright, xs[col + 1], ys[row], ys[row + 1]) {
                sets.join(here, here + 1);
            }
            if row + 1 < n_rows && !drawn(level, ys[row + 1], xs[col], xs[col + 1]) {
                sets.join(here, here + n_cols);
            }
        }
    }
    let regions = regions(&mut sets, n_rows, n_cols);
    let is_open = |y: f64| xs.windows(2).map(|it| !drawn(level, y, it[0], it[1])).collect();
    let open = Open { above: is_open(ys[0]), below: is_open(ys[n_rows]) };
    Some(Table { xs, ys, regions, open })
}

/// Where lines lie, with the ends of the lines across them where a side is not drawn.
fn edges(lines: &[Ruling], across: &[Ruling]) -> Vec<f64> {
    let mut acc: Vec<f64> = lines.iter().map(|it| it.at).collect();
    acc.sort_by(f64::total_cmp);
    acc.dedup_by(|b, a| *b - *a <= NARROW);
    let (Some(first), Some(last)) = (acc.first().copied(), acc.last().copied()) else { return acc };
    // Two lines must agree on where the open side is.
    let mut starts: Vec<f64> = across.iter().map(|it| it.from).filter(|it| *it < first - OPEN).collect();
    let mut ends: Vec<f64> = across.iter().map(|it| it.to).filter(|it| *it > last + OPEN).collect();
    starts.sort_by(f64::total_cmp);
    ends.sort_by(|a, b| b.total_cmp(a));
    if let [a, b, ..] = starts[..]
        && b - a <= MEET
    {
        acc.insert(0, a);
    }
    if let [a, b, ..] = ends[..]
        && a - b <= MEET
    {
        acc.push(a);
    }
    acc
}

/// Sets of elementary cells as rectangles. One that is no rectangle is cut into rows, and equal rows are joined again.
fn regions(sets: &mut Sets, n_rows: usize, n_cols: usize) -> Vec<Region> {
    let mut bounds: BTreeMap<usize, (Region, usize)> = BTreeMap::new();
    for row in 0..n_rows {
        for col in 0..n_cols {
            let root = sets.root(row * n_cols + col);
            let (it, n) = bounds.entry(root).or_insert((Region { row, col, n_rows: 1, n_cols: 1 }, 0));
            let first_col = it.col.min(col);
            it.n_cols = (it.col + it.n_cols).max(col + 1) - first_col;
            it.col = first_col;
            it.n_rows = row + 1 - it.row;
            *n += 1;
        }
    }
    let mut acc = Vec::new();
    for (root, (it, n)) in bounds {
        if it.n_rows * it.n_cols == n {
            acc.push(it);
            continue;
        }
        let mut open: Vec<Region> = Vec::new();
        for row in it.row..it.row + it.n_rows {
            let mut runs: Vec<Region> = Vec::new();
            for col in it.col..it.col + it.n_cols {
                if sets.root(row * n_cols + col) != root {
                    continue;
                }
                match runs.last_mut() {
                    Some(run) if run.col + run.n_cols == col => run.n_cols += 1,
                    _ => runs.push(Region { row, col, n_rows: 1, n_cols: 1 }),
                }
            }
            for run in &mut runs {
                if let Some(at) = open.iter().position(|it| (it.col, it.n_cols) == (run.col, run.n_cols)) {
                    let above = open.swap_remove(at);
                    *run = Region { row: above.row, n_rows: above.n_rows + 1, ..*run };
                }
            }
            acc.append(&mut open);
            open = runs;
        }
        acc.append(&mut open);
    }
    acc.sort();
    acc
}

/// Disjoint sets.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Sets {
        Sets((0..n).collect())
    }

    fn root(&mut self, mut it: usize) -> usize {
        while self.0[it] != it {
            self.0[it] = self.0[self.0[it]];
            it = self.0[it];
        }
        it
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: f64, from: f64, to: f64) -> Ruling {
        Ruling { at, from, to }
    }

    #[test]
    fn a_missing_edge_merges_cells() {
        // Two columns and three rows; the left column is one cell.
        let it = Rulings {
            horizontal: vec![
                line(0.0, 0.0, 100.0),
                line(20.0, 50.0, 100.0),
                line(40.0, 50.0, 100.0),
                line(60.0, 0.0, 100.0),
            ],
            vertical: vec![line(0.0, 0.0, 60.0), line(50.0, 0.0, 60.0), line(100.0, 0.0, 60.0)],
        };
        let got = tables(&it);
        assert_eq!(got.len(), 1);
        let regions: Vec<_> = got[0].regions.iter().map(|it| (it.row, it.col, it.n_rows, it.n_cols)).collect();
        assert_eq!(regions, [(0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1)]);
        assert_eq!(got[0].region_at(Point::new(10.0, 50.0)), Some(0));
        assert_eq!(got[0].region_at(Point::new(60.0, 30.0)), Some(2));
        assert_eq!(got[0].region_at(Point::new(-1.0, 30.0)), None);
    }

    #[test]
    fn a_side_that_is_not_drawn_is_where_the_lines_end() {
        let it = Rulings {
            horizontal: vec![line(0.0, 0.0, 100.0), line(20.0, 0.0, 100.0)],
            vertical: vec![line(0.0, 0.0, 45.0), line(50.0, 0.0, 45.0), line(100.0, 0.0, 45.0)],
        };
        let got = tables(&it);
        assert_eq!(got[0].ys, [0.0, 20.0, 45.0]);
        assert_eq!(got[0].open, Open { above: vec![false; 2], below: vec![true; 2] });
        assert_eq!(got[0].regions.len(), 4);
    }

    #[test]
    fn the_outer_line_of_a_column_open_on_both_sides_belongs_to_the_table() {
        let it = Rulings {
            horizontal: vec![line(0.0, 50.0, 100.0), line(20.0, 50.0, 100.0), line(40.0, 50.0, 100.0)],
            vertical: vec![line(10.0, 0.0, 40.0), line(50.0, 0.0, 40.0), line(100.0, 0.0, 40.0)],
        };
        let got = tables(&it);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].xs, [10.0, 50.0, 100.0]);
        assert_eq!(got[0].regions[0], Region { row: 0, col: 0, n_rows: 2, n_cols: 1 });
        let other = Rulings { vertical: vec![line(10.0, 0.0, 70.0), it.vertical[1], it.vertical[2]], ..it };
        assert_eq!(tables(&other)[0].xs, [50.0, 100.0]);
    }

    #[test]
    fn two_tables_stay_apart_and_a_lone_box_is_none() {
        let cross = |y: f64| {
            (
                vec![line(y, 0.0, 100.0), line(y + 20.0, 0.0, 100.0)],
                vec![line(0.0, y, y + 20.0), line(50.0, y, y + 20.0), line(100.0, y, y + 20.0)],
            )
        };
        let (mut horizontal, mut vertical) = cross(0.0);
        let second = cross(100.0);
        horizontal.extend(second.0);
        vertical.extend(second.1);
        horizontal.extend([line(300.0, 0.0, 50.0), line(320.0, 0.0, 50.0)]);
        vertical.extend([line(0.0, 300.0, 320.0), line(50.0, 300.0, 320.0)]);
        assert_eq!(tables(&Rulings { horizontal, vertical }).len(), 2);
    }

    #[test]
    fn a_region_that_is_no_rectangle_is_cut_into_rows() {
        let mut sets = Sets::new(4);
        sets.join(0, 1);
        sets.join(0, 2);
        let got = regions(&mut sets, 2, 2);
        assert_eq!(got.len(), 3);
        assert_eq!(got[0], Region { row: 0, col: 0, n_rows: 1, n_cols: 2 });
    }
}
