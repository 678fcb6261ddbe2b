//! Page numbers and lines of sites between the rows and inside them.

use gouji_model::{IndicatorField, Pointer};

use super::breaks::page_mark;
use super::{each_form, places};
use crate::{Cell, Content, Drawing, Item, Line, LineRole, Rng};

/// Lines that sharing sites put on every page of a document.
const SITE_LINES: [&str; 8] = [
    "文档由用户上传,仅供学习参考",
    "点击下载全文",
    "在线阅读 免费下载",
    "内容来自网络,版权归原作者所有",
    "更多资料请访问本站文库",
    "www.wenku-example.cn",
    "扫码关注公众号获取更多资料",
    "阅读全文需登录",
];

/// Most marks of a form.
const MARKS: usize = 3;

pub(super) fn page_marks(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| between_rows(drawing, rng, form, |rng| vec![page_mark(rng)]))
}

pub(super) fn page_marks_apart(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let blank = || Item::Line(Line::new("", LineRole::PageMark));
        between_rows(drawing, rng, form, |rng| vec![blank(), page_mark(rng), blank()])
    })
}

pub(super) fn site_lines(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let text = *rng.pick(&SITE_LINES).unwrap_or(&"");
        between_rows(drawing, rng, form, |_| vec![Item::Line(Line::new(text, LineRole::PageMark))])
    })
}

/// Puts lines between indicator rows, at a few places.
fn between_rows(drawing: &mut Drawing, rng: &mut Rng, form: usize, lines: impl Fn(&mut Rng) -> Vec<Item>) -> bool {
    let rows = places::indicators(drawing, form);
    let count = rng.between(1, MARKS);
    let at = rng.sample(rows.get(1..).unwrap_or_default(), count);
    for idx in at.iter().rev() {
        let lines = lines(rng);
        drawing.items.splice(*idx..*idx, lines);
    }
    !at.is_empty()
}

/// The page marks of a sharing site, `2、` and the next ones, each in a cell of its own inside a row.
pub(super) fn marks_in_rows(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let rows = places::indicators(drawing, form);
        let count = rng.between(2, MARKS);
        let at = rng.sample(rows.get(1..).unwrap_or_default(), count);
        for (nth, idx) in at.iter().enumerate() {
            let Some(row) = drawing.row_mut(*idx) else { continue };
            // Before the name or behind the last cell: between the values it would pass for one.
            let name = places::column(row, IndicatorField::Name).unwrap_or(0);
            let column = if rng.chance(2) { name } else { row.cells.len() };
            row.cells.insert(column, Cell::plain(format!("{}、", nth + 2), Content::Other));
        }
        1 < at.len()
    })
}

/// A site's page mark inside a figure, as in `10 2、0%`, and the next ones between later rows, which tell what it is.
pub(super) fn mark_in_number(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let mut rows = places::indicators(drawing, form);
        rows.pop();
        let place = |idx: &usize| {
            let cells = &drawing.row(*idx)?.cells;
            let is_hundred = |it: &Cell| {
                let is_value = matches!(it.content, Content::Value(field) if is_value(field.leaf));
                is_value && it.text.starts_with("100") && it.text.ends_with('%')
            };
            cells.iter().position(is_hundred).map(|column| (*idx, column))
        };
        let hundreds: Vec<(usize, usize)> = rows.iter().filter_map(place).collect();
        let Some((idx, column)) = rng.pick(&hundreds).copied() else { return false };
        let later: Vec<usize> = places::indicators(drawing, form).into_iter().filter(|it| idx < *it).collect();
        let count = rng.between(1, MARKS);
        for (nth, at) in rng.sample(&later, count).iter().enumerate().rev() {
            drawing.items.insert(*at, Item::Line(Line::new(format!("{}、", nth + 3), LineRole::PageMark)));
        }
        let Some(cell) = drawing.row_mut(idx).and_then(|it| it.cells.get_mut(column)) else { return false };
        cell.text.insert_str("10".len(), " 2、");
        true
    })
}

fn is_value(leaf: Pointer) -> bool {
    matches!(leaf, Pointer::Indicator(_, IndicatorField::Actual | IndicatorField::Target))
}
