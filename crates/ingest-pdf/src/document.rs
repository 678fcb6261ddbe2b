//! Pages become a document: tables as grids, what stands outside them as lines, in reading order.
//!
//! In go pages, out come blocks, and which pages were left out. A table that goes on over the next page is one grid: its columns lie where they lay,
//! and nothing but page numbers and running heads stands between.

use std::collections::BTreeMap;

use gouji_model::{Block, Grid, GridCell, GridKind, GridRow, Place, ReadError, Slot, TextBlock};
use hayro_interpret::kurbo::Rect;

use crate::growing::Growing;
use crate::lattice::{Region, Table, tables};
use crate::page::{Char, Page};
use crate::stream::{Stream, Stretch, stretches};
use crate::trust::{Shape, Trust, left_out, trust};
use crate::words::{Line, lines};

/// Lines of a running head stand within this of each other, points.
const SAME_EDGE: f64 = 4.0;
/// A row over the whole width with this many lines is prose that a box was drawn around.
const PROSE_LINES: usize = 4;
/// What follows a table in the same paragraph's place is a new one if the gap is wider than this many ems.
const PARAGRAPH: f64 = 1.2;

/// A page with its number: what a place on it is said by.
#[derive(Clone, Copy)]
pub(crate) struct Leaf<'p> {
    pub(crate) page: &'p Page,
    pub(crate) number: u32,
}

impl Leaf<'_> {
    /// The place of a box.
    pub(crate) fn place(self, frame: Rect) -> Place {
        let it = self.page.seen(frame);
        #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
        let bbox = [it.x0 as f32, it.y0 as f32, it.x1 as f32, it.y1 as f32];
        Place { page: Some(self.number), bbox: Some(bbox), ..Place::default() }
    }
}

/// A page taken apart: its tables with the characters of each cell, tables without rulings, and the lines outside.
struct Parted<'p> {
    leaf: Leaf<'p>,
    tables: Vec<(Table, Vec<Vec<&'p Char>>)>,
    streams: Vec<Stream>,
    lines: Vec<Line>,
}

impl Parted<'_> {
    fn shape(&self) -> Shape {
        let ruled = self.tables.iter().map(|it| it.0.frame().y0);
        let first_table = ruled.chain(self.streams.iter().map(|it| it.frame().y0)).fold(f64::INFINITY, f64::min);
        let first_line = self.lines.iter().map(|it| it.frame.y0).fold(f64::INFINITY, f64::min);
        let has_table = first_table.is_finite();
        Shape { trust: trust(self.leaf.page), has_table, is_rest: has_table && first_table < first_line }
    }
}

/// The blocks of a document, and which pages were left out.
pub(crate) fn blocks(pages: &[Page]) -> (Vec<Block>, Option<ReadError>) {
    let mut parted: Vec<Parted<'_>> = Vec::new();
    for (page, number) in pages.iter().zip(1..) {
        parted.push(part(Leaf { page, number }));
    }
    drop_running_heads(&mut parted);
    let shapes: Vec<Shape> = parted.iter().map(Parted::shape).collect();
    let (is_out, error) = match left_out(&shapes) {
        Some((is_out, error)) => (is_out, Some(error)),
        None => (Vec::new(), None),
    };
    let mut acc = Vec::new();
    let mut open: Option<Growing> = None;
    for (idx, page) in parted.into_iter().enumerate() {
        if is_out.get(idx).copied().unwrap_or(false) {
            acc.extend(open.take().map(|it| Block::Grid(it.grid())));
        } else {
            lay_out(page, &mut acc, &mut open);
        }
    }
    acc.extend(open.map(|it| Block::Grid(it.grid())));
    (acc, error)
}

fn part(leaf: Leaf<'_>) -> Parted<'_> {
    let page = leaf.page;
    let found = tables(&page.rulings);
    let mut cells: Vec<Vec<Vec<&Char>>> = found.iter().map(|it| vec![Vec::new(); it.regions.len()]).collect();
    let mut outside = Vec::new();
    for it in page.chars.iter().filter(|it| !it.is_invisible) {
        let at = it.anchor;
        // The smallest table that holds it: a box around a table is a table, too, if it has two parts.
        let mut holders: Vec<(usize, usize)> = found
            .iter()
            .enumerate()
            .filter_map(|(idx, table)| table.region_at(at).map(|region| (idx, region)))
            .collect();
        holders.sort_by(|a, b| found[a.0].frame().area().total_cmp(&found[b.0].frame().area()));
        match holders.first() {
            Some((table, region)) => cells[*table][*region].push(it),
            None if !it.is_clipped => outside.push(it),
            None => {}
        }
    }
    let has_text = |it: &(Table, Vec<Vec<&Char>>)| it.1.iter().any(|it| !it.is_empty());
    let tables: Vec<_> = found.into_iter().zip(cells).filter(has_text).collect();
    let (mut streams, mut rest) = (Vec::new(), Vec::new());
    if tables.is_empty() && trust(page) == Trust::Text {
        for it in stretches(&outside) {
            match it {
                Stretch::Lines(it) => rest.extend(it),
                Stretch::Table(it) => streams.push(it),
            }
        }
    } else {
        // Beside a table with rulings, pieces in columns are menus and signatures.
        rest = lines(&outside);
    }
    Parted { leaf, tables, streams, lines: rest }
}

/// Whether a line is a page number and nothing else.
fn is_page_number(text: &str) -> bool {
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    (1..=6).contains(&n_digits)
        && text.chars().all(|it| it.is_ascii_digit() || it.is_whitespace() || "-—–－·.第页共/／ ".contains(it))
}

/// Takes out page numbers at the head and foot of pages, and lines that stand at the same place of many pages.
fn drop_running_heads(pages: &mut [Parted<'_>]) {
    let key = |it: &Line| {
        let text: String = it.text.chars().filter(|it| !it.is_ascii_digit()).collect();
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates; a key for grouping")]
        let at = (it.frame.y0 / SAME_EDGE).round() as i64;
        (text, at)
    };
    let mut counts: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for it in pages.iter().flat_map(|it| &it.lines) {
        *counts.entry(key(it)).or_default() += 1;
    }
    let n_pages = pages.len();
    for page in pages {
        let (top, bottom) = (page.leaf.page.height * 0.1, page.leaf.page.height * 0.9);
        page.lines.retain(|it| {
            let is_outer = it.frame.y1 < top || it.frame.y0 > bottom;
            let is_running = n_pages >= 3 && counts.get(&key(it)).is_some_and(|n| *n * 2 > n_pages);
            !(is_outer && (is_running || is_page_number(&it.text)))
        });
    }
}

/// What stands on a page, from its top.
enum Part<'p> {
    Table(Table, Vec<Vec<&'p Char>>),
    Stream(Stream),
    Line(Line),
}

/// Puts a page's tables and lines in order behind what is there.
fn lay_out(page: Parted<'_>, acc: &mut Vec<Block>, open: &mut Option<Growing>) {
    let mut parts: Vec<(f64, Part<'_>)> = page.lines.into_iter().map(|it| (it.frame.y0, Part::Line(it))).collect();
    let leaf = page.leaf;
    parts.extend(page.streams.into_iter().map(|it| (it.frame().y0, Part::Stream(it))));
    for (table, cells) in page.tables {
        unboxed(table, cells, &mut parts);
    }
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above: Option<f64> = None;
    let mut is_first = true;
    for (_, part) in parts {
        match part {
            Part::Line(it) => {
                acc.extend(open.take().map(|it| Block::Grid(it.grid())));
                let break_before = above.is_none_or(|end| it.frame.y0 - end > PARAGRAPH * it.size);
                above = Some(it.frame.y1);
                let place = leaf.place(it.frame);
                acc.push(Block::Text(TextBlock { text: it.text, raw: None, place, break_before }));
            }
            Part::Table(table, cells) => {
                if !(is_first && open.as_ref().is_some_and(|it| it.goes_on_as(&table))) {
                    acc.extend(open.take().map(|it| Block::Grid(it.grid())));
                }
                open.get_or_insert_with(Growing::default).add(leaf, &table, &cells);
                above = None;
            }
            Part::Stream(it) => {
                acc.extend(open.take().map(|it| Block::Grid(it.grid())));
                acc.push(Block::Grid(grid(leaf, it)));
                above = None;
            }
        }
        is_first = false;
    }
}

/// A table without the boxes that were drawn around prose: rows over the whole width at its head, and such rows with
/// many lines anywhere, are lines of text; what is left between them are tables.
fn unboxed<'p>(table: Table, cells: Vec<Vec<&'p Char>>, parts: &mut Vec<(f64, Part<'p>)>) {
    let n_cols = table.xs.len() - 1;
    let is_wide = |it: &Region| it.n_cols == n_cols && n_cols > 1;
    let mut is_head = true;
    let mut boxes: Vec<usize> = Vec::new();
    for (idx, (region, chars)) in table.regions.iter().zip(&cells).enumerate() {
        is_head &= is_wide(region);
        if is_wide(region) && (is_head || lines(chars).len() >= PROSE_LINES) {
            boxes.push(idx);
        }
    }
    if boxes.is_empty() {
        parts.push((table.frame().y0, Part::Table(table, cells)));
        return;
    }
    let mut first_row = 0;
    let n_rows = table.ys.len() - 1;
    for it in boxes.iter().map(|idx| Some(*idx)).chain([None]) {
        let end_row = it.map_or(n_rows, |idx| table.regions[idx].row);
        if let Some((part, chars)) = table.rows(first_row, end_row, &cells) {
            parts.push((part.frame().y0, Part::Table(part, chars)));
        }
        if let Some(idx) = it {
            parts.extend(lines(&cells[idx]).into_iter().map(|it| (it.frame.y0, Part::Line(it))));
            first_row = end_row + table.regions[idx].n_rows;
        }
    }
}

/// A table without rulings as a grid: its columns were told by gaps, so that cells may stand a few columns off.
fn grid(leaf: Leaf<'_>, table: Stream) -> Grid {
    let n_cols = table.n_cols;
    let mut rows = Vec::new();
    for (row, cells) in table.rows.into_iter().enumerate() {
        let frame = cells.iter().map(|it| it.2.frame).reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO);
        let mut slots = vec![Slot::Empty; n_cols];
        for (col, n_cols, line) in cells {
            for slot in slots.iter_mut().skip(col).take(n_cols) {
                *slot = Slot::Covered { row, col };
            }
            let place = leaf.place(line.frame);
            if let Some(slot) = slots.get_mut(col) {
                *slot = Slot::Cell(Box::new(GridCell {
                    text: line.text,
                    raw: None,
                    stored: None,
                    place,
                    n_rows: 1,
                    n_cols,
                }));
            }
        }
        rows.push(GridRow { slots, place: leaf.place(frame), break_before: false });
    }
    Grid { kind: GridKind::Separated, n_cols, rows, nested_in: None, is_hidden: false }
}
