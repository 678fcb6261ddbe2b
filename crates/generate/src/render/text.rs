//! A drawing as plain text: rows with tabs between cells, lines of prose with a blank line behind them.

use crate::drawing::{Drawing, Item, LineRole};

/// The text of a drawing. A covered cell and an empty one are both an empty field between two tabs.
pub fn text(drawing: &Drawing) -> String {
    let mut out = String::new();
    for item in &drawing.items {
        match item {
            Item::TableStart | Item::TableEnd => blank_line(&mut out),
            Item::Line(line) => {
                out.push_str(&line.text);
                out.push('\n');
                if line.role != LineRole::PageMark {
                    blank_line(&mut out);
                }
            }
            Item::Row(row) => {
                for (idx, cell) in row.cells.iter().enumerate() {
                    if 0 < idx {
                        out.push('\t');
                    }
                    if !cell.is_covered() {
                        out.push_str(&cell.text);
                    }
                }
                out.push('\n');
            }
        }
    }
    out
}

/// One blank line, never two.
fn blank_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}
