//! A fault planted in the text of a document: the printed cell is changed where it was read.

use gouji_model::{Cell, Form, Place};

use super::faults::Fault;

/// The document with the fault in it; `None` if a cell does not stand in one place of one line.
pub(super) fn planted(text: &str, form: &Form, fault: &Fault) -> Option<String> {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut done: Vec<&Place> = Vec::new();
    for (pointer, new) in &fault.changes {
        let cell = form.cell(*pointer)?;
        // Points beside a label are those of every row of the block and are printed once.
        if done.contains(&&cell.place) {
            continue;
        }
        let line_idx = usize::try_from(cell.place.line?).ok()?.checked_sub(1)?;
        let line = lines.get_mut(line_idx)?;
        *line = changed(line, cell, new)?;
        done.push(&cell.place);
    }
    Some(lines.join("\n"))
}

/// The line with another text in the cell.
fn changed(line: &str, cell: &Cell, new: &str) -> Option<String> {
    let raw = cell.raw.as_deref().unwrap_or(&cell.text);
    let column_idx = usize::try_from(cell.place.column?).ok()?.checked_sub(1)?;
    let fields: Vec<&str> = line.split('\t').collect();
    let begin: usize = fields.iter().take(column_idx).map(|it| it.len() + 1).sum();
    let (begin, end) = match fields.get(column_idx) {
        Some(field) if field.contains(raw) => (begin, begin + field.len()),
        // Prose: columns are characters.
        _ => (0, line.len()),
    };
    let raw_at = begin + line.get(begin..end)?.find(raw)?;
    // The value is the last of its cell: a label may stand before it.
    let at = raw_at + raw.rfind(&cell.text)?;
    Some(format!("{}{new}{}", &line[..at], &line[at + cell.text.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, text: &str, raw: Option<&str>, column: u32, expected: Option<&str>) {
        let cell = Cell { text: text.to_owned(), raw: raw.map(str::to_owned), place: Place::in_text(1, column) };
        assert_eq!(changed(line, &cell, "NEW").as_deref(), expected);
    }

    #[test]
    fn only_the_cell_changes() {
        check("10\t10\t10", "10", None, 2, Some("10\tNEW\t10"));
        check("总分 98\t98", "98", Some("总分 98"), 1, Some("总分 NEW\t98"));
        check("a\tb", "c", None, 2, None);
        check("已完成20公里", "20公里", None, 4, Some("已完成NEW"));
    }
}
