//! A drawing as what is left of a page when it is saved as text: cells in lines of their own, rows of padded pipes, or a
//! whole table in one line.
//!
//! A page prints no cell that another covers, and these programs print none either: the rows of a block begin where its
//! label ends. What is blank at the end of a padded row says how many columns the row lacks, not which.

use crate::{Drawing, Item, Rng, Row};

use super::pick;

/// Every cell that prints something in a line of its own, with an empty line, or a pipe, behind it.
pub fn cells(drawing: &Drawing, rng: &mut Rng) -> String {
    let end = pick(rng, &["\n\n", "\n\n", " |\n"]);
    let has_pipe = end.contains('|');
    let mut acc = String::new();
    for item in &drawing.items {
        match item {
            Item::TableStart | Item::TableEnd => {}
            Item::Line(line) => acc.extend([line.text.as_str(), "\n\n"]),
            Item::Row(row) => {
                // An empty cell is a pipe alone; between empty lines it leaves nothing.
                let cells = uncovered(row).filter(|it| has_pipe || !it.is_empty());
                cells.for_each(|it| acc.extend([it, end]));
            }
        }
    }
    acc
}

/// Rows of cells with a pipe behind each, as many pipes in each row as the table has columns; a paragraph inside a cell
/// begins a line.
pub fn padded(drawing: &Drawing, rng: &mut Rng) -> String {
    let is_led = rng.chance(3);
    // A table's cells hold paragraphs, or some of its labels do.
    let paragraphs = *[100, 30, 15].get(rng.below(3)).unwrap_or(&30);
    let mut acc = String::new();
    for item in &drawing.items {
        match item {
            Item::TableStart | Item::TableEnd => blank_line(&mut acc),
            Item::Line(line) => acc.extend([line.text.as_str(), "\n"]),
            Item::Row(row) => {
                let n_pipes = row.cells.len();
                acc.push_str(if is_led { "| " } else { "" });
                let mut n_cells = 0;
                for text in uncovered(row) {
                    n_cells += 1;
                    let is_paragraph = rng.percent(paragraphs);
                    let is_begun = acc.ends_with('\n') || acc.ends_with("\n| ");
                    if is_paragraph && n_cells > 1 && !is_begun {
                        acc.truncate(acc.trim_end_matches(' ').len());
                        acc.push('\n');
                    }
                    acc.push_str(text);
                    acc.push_str(if text.is_empty() { "| " } else { " | " });
                    if is_paragraph && n_cells < n_pipes {
                        acc.truncate(acc.trim_end_matches(' ').len());
                        acc.push('\n');
                    }
                }
                acc.push_str(&"|".repeat(n_pipes - n_cells));
                acc.truncate(acc.trim_end().len());
                acc.push('\n');
            }
        }
    }
    acc
}

/// A whole table in one line, with blanks between its cells.
pub fn one_line(drawing: &Drawing) -> String {
    in_one_line(drawing, " ")
}

/// A whole table in one line, with nothing between its cells.
pub fn run_together(drawing: &Drawing) -> String {
    in_one_line(drawing, "")
}

fn in_one_line(drawing: &Drawing, between: &str) -> String {
    let mut acc = String::new();
    for item in &drawing.items {
        match item {
            Item::TableStart => {}
            Item::TableEnd => acc.push('\n'),
            Item::Line(line) => acc.extend([line.text.as_str(), between]),
            Item::Row(row) => {
                let cells = uncovered(row).filter(|it| !it.is_empty());
                cells.for_each(|it| acc.extend([it, between]));
            }
        }
    }
    acc
}

/// The texts of a row's cells that no other cell covers.
fn uncovered(row: &Row) -> impl Iterator<Item = &str> {
    row.cells.iter().filter(|it| !it.is_covered()).map(|it| it.text.as_str())
}

fn blank_line(acc: &mut String) {
    if !acc.is_empty() && !acc.ends_with("\n\n") {
        acc.push('\n');
    }
}
