//! Titles, headlines and signatures of a sheet: rows with one cell over the whole width are lines above, between and
//! below tables, not rows of one. In goes the grid of a sheet, out come its lines and tables.

use gouji_model::{Block, Grid, GridCell, GridRow, Slot, TextBlock};

/// Characters of the longest title of a table.
const LONGEST_TITLE: usize = 60;

/// The lines and tables of a grid, in reading order.
pub(crate) fn parted(grid: Grid) -> Vec<Block> {
    let is_line = lines(&grid);
    let Grid { kind, n_cols, rows, .. } = grid;
    let mut acc = Vec::new();
    // The table that is open, and the index of its first row in the grid.
    let mut open: Vec<GridRow> = Vec::new();
    let mut first = 0;
    let close = |open: &mut Vec<GridRow>, acc: &mut Vec<Block>, first: usize| {
        let mut rows = std::mem::take(open);
        for slot in rows.iter_mut().flat_map(|it| &mut it.slots) {
            if let Slot::Covered { row, .. } = slot {
                *row = row.saturating_sub(first);
            }
        }
        if !rows.is_empty() {
            acc.push(Block::Grid(Grid { kind, n_cols, rows, nested_in: None, is_hidden: false }));
        }
    };
    for (idx, (row, is_line)) in rows.into_iter().zip(is_line).enumerate() {
        if !is_line {
            if open.is_empty() {
                first = idx;
            }
            open.push(row);
            continue;
        }
        close(&mut open, &mut acc, first);
        let Some(cell) = lone(&row) else { continue };
        for (nth, line) in cell.text.split('\n').enumerate() {
            acc.push(Block::Text(TextBlock {
                text: line.to_owned(),
                raw: None,
                place: cell.place.clone(),
                break_before: nth == 0 && row.break_before,
            }));
        }
    }
    close(&mut open, &mut acc, first);
    acc
}

/// Which rows are lines. A run of rows with one cell over the whole width is, if it stands above or below all tables, if
/// an empty row parts it from one, or if it holds a title; else it may head a part of a table.
fn lines(grid: &Grid) -> Vec<bool> {
    let rows = &grid.rows;
    let is_wide: Vec<bool> = rows.iter().map(|it| lone(it).is_some_and(|it| it.n_cols == grid.n_cols)).collect();
    // Above the first table a title is often typed into the first cell and not merged.
    let n_head = rows.iter().take_while(|it| lone(it).is_some()).count();
    let mut acc = vec![false; rows.len()];
    let mut idx = 0;
    while idx < rows.len() {
        let is_open = |it: usize| it < n_head || is_wide.get(it).copied().unwrap_or(false);
        let end = (idx..rows.len()).find(|it| !is_open(*it)).unwrap_or(rows.len());
        let run = rows.get(idx..end).unwrap_or(&[]);
        let has_gap = run.iter().chain(rows.get(end)).any(|it| it.break_before);
        let has_title = || run.iter().filter_map(lone).any(|it| is_title(&it.text));
        if idx == 0 || end == rows.len() || has_gap || has_title() {
            acc.iter_mut().take(end).skip(idx).for_each(|it| *it = true);
        }
        idx = end + 1;
    }
    acc
}

/// The only cell of a row, if nothing reaches into the row from above and it reaches into none below.
fn lone(row: &GridRow) -> Option<&GridCell> {
    let mut found = None;
    for (col, slot) in row.slots.iter().enumerate() {
        match slot {
            Slot::Cell(cell) if found.is_none() && cell.n_rows == 1 => found = Some((col, cell)),
            Slot::Cell(_) => return None,
            Slot::Covered { col: anchor, .. } if found.is_some_and(|it| it.0 == *anchor) => {}
            Slot::Covered { .. } => return None,
            Slot::Empty => {}
        }
    }
    found.map(|it| &**it.1)
}

/// Whether a text is what stands over a table: it ends in the word for one, maybe with a year in brackets behind it.
fn is_title(text: &str) -> bool {
    let bare = text.trim().trim_end_matches([')', '）', '】', ']']);
    let bare = match bare.len() < text.trim().len() {
        true => bare.rsplit_once(['(', '（', '【', '[']).map_or(bare, |it| it.0),
        false => bare,
    };
    text.chars().count() <= LONGEST_TITLE && bare.trim_end().ends_with(['表', '錶'])
}

#[cfg(test)]
mod tests {
    use gouji_model::{GridKind, Place};

    use super::*;

    /// One row a line; `*` before a text merges it over the whole width, an empty line is an empty row.
    fn check(drawn: &str, expected: &str) {
        let mut rows = Vec::new();
        let mut break_before = false;
        for line in drawn.lines().map(str::trim) {
            if line.is_empty() {
                break_before = !rows.is_empty();
                continue;
            }
            let cell = |text: &str, n_cols: usize| {
                let text = text.to_owned();
                Slot::Cell(Box::new(GridCell {
                    text,
                    raw: None,
                    stored: None,
                    place: Place::default(),
                    n_rows: 1,
                    n_cols,
                }))
            };
            let slots = match line.strip_prefix('*') {
                Some(text) => {
                    let covered = Slot::Covered { row: rows.len(), col: 0 };
                    vec![cell(text, 3), covered.clone(), covered]
                }
                None => {
                    let of_text = |it: &str| if it.is_empty() { Slot::Empty } else { cell(it, 1) };
                    line.split('|').map(|it| of_text(it.trim())).collect()
                }
            };
            rows.push(GridRow { slots, place: Place::default(), break_before });
            break_before = false;
        }
        let grid = Grid { kind: GridKind::Ruled, n_cols: 3, rows, nested_in: None, is_hidden: false };
        let said = |it: &Block| match it {
            Block::Text(it) => format!("line {}", it.text),
            Block::Grid(it) => format!("table {}", it.rows.len()),
        };
        assert_eq!(parted(grid).iter().map(said).collect::<Vec<_>>().join(", "), expected, "{drawn}");
    }

    #[test]
    fn lines_stand_around_tables() {
        check(
            "*自评表\n*(2020年度)\na | b | c\nd | e | f\n*填表人:某",
            "line 自评表, line (2020年度), table 2, line 填表人:某",
        );
        check("自评表 | |\na | b | c", "line 自评表, table 1");
        check("a | b | c\n*一、产出\nd | e | f", "table 3");
        check("a | b | c\n\n*抄送\nd | e | f", "table 1, line 抄送, table 1");
        check("a | b | c\n*抄送\n*自评表（二）\nd | e | f", "table 1, line 抄送, line 自评表（二）, table 1");
        check("a | b | c\nd | | \ne | f | g", "table 3");
    }
}
