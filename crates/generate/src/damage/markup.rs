//! Markup of other formats that a converter left in the cells.

use super::letters::seams;
use crate::{Cell, Drawing, Item, Rng};

/// One cell in so many has markup left in it, of those that can.
const ONE_CELL_IN: usize = 3;

pub(super) fn line_breaks(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let tag = *rng.pick(&["<br>", "<br/>", "<br />"]).unwrap_or(&"<br>");
    mark_cells(drawing, rng, |cell, rng| {
        let at = *rng.pick(&seams(&cell.text, 1))?;
        let (before, after) = cell.text.split_at(at);
        Some(format!("{before}{tag}{after}"))
    })
}

pub(super) fn emphasis(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let mark = *rng.pick(&["**", "**", "__"]).unwrap_or(&"**");
    mark_cells(drawing, rng, |cell, _| (!cell.text.is_empty()).then(|| format!("{mark}{}{mark}", cell.text)))
}

pub(super) fn fixed_blanks(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    mark_cells(drawing, rng, |cell, rng| {
        if cell.text.is_empty() {
            return Some("&nbsp;".to_owned());
        }
        let at = *rng.pick(&seams(&cell.text, 1))?;
        let (before, after) = cell.text.split_at(at);
        Some(format!("{before}&nbsp;{after}"))
    })
}

pub(super) fn formulas(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let (at_least, at_most) = *rng
        .pick(&[("$\\ge$", "$\\le$"), ("$\\geq$", "$\\leq$"), ("\\(\\geq\\)", "\\(\\leq\\)"), ("&ge;", "&le;")])
        .unwrap_or(&("", ""));
    let escapes_percent = rng.chance(2);
    mark_cells(drawing, rng, |cell, _| {
        let text = cell.text.replace('≥', at_least).replace('≤', at_most);
        Some(if escapes_percent && text != cell.text { text.replace('%', "\\%") } else { text })
    })
}

pub(super) fn tags(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    let around = [
        ("<p>", "</p>"),
        ("<span style=\"font-size:12px\">", "</span>"),
        ("<strong>", "</strong>"),
        ("<font face=\"宋体\">", "</font>"),
        ("<div align=\"center\">", "</div>"),
    ];
    let (open, close) = *rng.pick(&around).unwrap_or(&("", ""));
    mark_cells(drawing, rng, |cell, _| (!cell.text.is_empty()).then(|| format!("{open}{}{close}", cell.text)))
}

/// Changes the text of some cells; what they mean stays.
fn mark_cells(drawing: &mut Drawing, rng: &mut Rng, mark: impl Fn(&Cell, &mut Rng) -> Option<String>) -> bool {
    let mut is_marked = false;
    for item in &mut drawing.items {
        let Item::Row(row) = item else { continue };
        for cell in row.cells.iter_mut().filter(|it| !it.is_covered()) {
            let text = mark(cell, rng).filter(|it| *it != cell.text);
            if let (Some(text), true) = (text, rng.chance(ONE_CELL_IN)) {
                cell.text = text;
                is_marked = true;
            }
        }
    }
    is_marked
}
