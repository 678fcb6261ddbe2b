//! Rows that a page cuts in two, and names that go on in the next line.

use gouji_model::IndicatorField;

use super::letters::seams;
use super::{each_form, places};
use crate::{Cell, Content, Drawing, Item, Line, LineRole, Rng, Row, RowKind};

/// Characters on either side of a cut through a name: less would not be told from a name of its own.
const NAME_EDGE: usize = 3;

/// Characters on either side of a cut through a value.
const VALUE_EDGE: usize = 2;

/// A page number, as word processors and scanners print it.
pub(super) fn page_mark(rng: &mut Rng) -> Item {
    let page = rng.between(2, 30);
    let text = match rng.below(6) {
        0 => format!("- {page} -"),
        1 => format!("—{page}—"),
        2 => format!("第{page}页 共{}页", page + rng.between(1, 9)),
        3 => format!("第 {page} 页"),
        4 => format!("{page}/{}", page + rng.between(1, 9)),
        _ => page.to_string(),
    };
    Item::Line(Line::new(text, LineRole::PageMark))
}

/// The end of a page inside a table, in one of the ways that converters print it.
pub(super) fn page_break(rng: &mut Rng) -> Vec<Item> {
    match rng.below(4) {
        0 => vec![page_mark(rng)],
        1 => vec![Item::TableEnd, Item::TableStart],
        2 => vec![Item::TableEnd, page_mark(rng), Item::TableStart],
        _ => vec![Item::Line(Line::new("", LineRole::PageMark))],
    }
}

pub(super) fn name_over_page(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let between = page_break(rng);
        cut_text(drawing, rng, form, IndicatorField::Name, NAME_EDGE, between)
    })
}

/// The target, the actual value or the reason goes on behind the page break.
pub(super) fn value_over_page(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let fields = [IndicatorField::Reason, IndicatorField::Actual, IndicatorField::Target];
        let first = rng.below(fields.len());
        let between = page_break(rng);
        let order = fields.iter().cycle().skip(first).take(fields.len());
        order.copied().any(|field| cut_text(drawing, rng, form, field, VALUE_EDGE, between.clone()))
    })
}

pub(super) fn name_wrapped(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let first = cut_text(drawing, rng, form, IndicatorField::Name, NAME_EDGE, Vec::new());
        if first && rng.chance(2) {
            cut_text(drawing, rng, form, IndicatorField::Name, NAME_EDGE, Vec::new());
        }
        first
    })
}

/// Cuts the text of one row in this column; the rest stands alone in a row behind `between`.
fn cut_text(
    drawing: &mut Drawing,
    rng: &mut Rng,
    form: usize,
    field: IndicatorField,
    edge: usize,
    between: Vec<Item>,
) -> bool {
    places::flatten(drawing, form);
    let mut rows = places::indicators(drawing, form);
    // Behind the last row stand the total and the notes.
    rows.pop();
    let whole = |row: &Row| {
        let column =
            row.cells.iter().position(|it| matches!(it.content, Content::Value(_)) && places::is_of(it, field))?;
        let seams = seams(&row.cells.get(column)?.text, edge);
        (!seams.is_empty()).then_some((column, seams))
    };
    rows.retain(|it| drawing.row(*it).is_some_and(|row| whole(row).is_some()));
    let Some(idx) = rng.pick(&rows).copied() else { return false };
    let Some(row) = drawing.row_mut(idx) else { return false };
    let Some((column, seams)) = whole(row) else { return false };
    let mut rest = Row { form, kind: RowKind::Continuation, cells: vec![places::blank(); row.cells.len()] };
    let (Some(at), Some(from), Some(to)) = (rng.pick(&seams), row.cells.get_mut(column), rest.cells.get_mut(column))
    else {
        return false;
    };
    let Some(printed) = from.field() else { return false };
    *to = Cell::plain(from.text.split_off(*at), Content::Part(printed));
    from.content = Content::Part(printed);
    let rows = between.into_iter().chain([Item::Row(rest)]);
    drawing.items.splice(idx + 1..idx + 1, rows);
    true
}

/// A row of which labels and name stand on one page, and the rest in the same columns of the next.
pub(super) fn row_over_page(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let fields = [IndicatorField::Name, IndicatorField::Target, IndicatorField::Actual];
        if !places::all_print(drawing, form, &fields) {
            return false;
        }
        let mut rows = places::indicators(drawing, form);
        rows.pop();
        let Some(idx) = rng.pick(&rows).copied() else { return false };
        let between = page_break(rng);
        let Some(row) = drawing.row_mut(idx) else { return false };
        let Some(name) = places::column(row, IndicatorField::Name) else { return false };
        let mut rest = Row { form, kind: RowKind::Continuation, cells: vec![places::blank(); row.cells.len()] };
        for (from, to) in row.cells.iter_mut().zip(&mut rest.cells).skip(name + 1) {
            std::mem::swap(from, to);
        }
        if rest.cells.iter().filter(|it| !it.text.is_empty()).count() < 2 {
            return false;
        }
        drawing.items.splice(idx + 1..idx + 1, between.into_iter().chain([Item::Row(rest)]));
        true
    })
}
