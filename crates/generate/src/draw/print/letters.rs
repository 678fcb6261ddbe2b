//! What stands around the forms: letters, notices, a list of projects, the end of a paper.

use super::line;
use crate::draw::figures::{ONE, between, pick, trimmed};
use crate::draw::funds::amount_text;
use crate::draw::sheet::Sheet;
use crate::draw::words::words;
use crate::drawing::{Cell, Content, Item, LineRole, Row, RowKind};
use crate::rng::Rng;

/// A letter or a notice.
pub(super) fn letter(rng: &mut Rng, year: i64, items: &mut Vec<Item>) {
    for text in &pick(rng, &words().phrases.letter).lines {
        items.push(line(text.replace("{year}", &year.to_string()), LineRole::Prose, None));
    }
}

/// The last lines of a paper.
pub(super) fn end(rng: &mut Rng, year: i64, items: &mut Vec<Item>) {
    let [copy, issued] = [0, 1].map(|idx| words().phrases.ends.get(idx).cloned().unwrap_or_default());
    items.push(line(copy, LineRole::Prose, None));
    items.push(line(
        format!("{}年{}月{}日{issued}", year + 1, between(rng, 2, 5), between(rng, 1, 28)),
        LineRole::Prose,
        None,
    ));
}

/// A list of projects: the forms' own and others.
pub(super) fn list_table(rng: &mut Rng, sheets: &[Sheet], items: &mut Vec<Item>) {
    let year = sheets.first().map_or(2020, |it| it.year);
    items.push(line(format!("{year}年度项目清单"), LineRole::Prose, None));
    items.push(Item::TableStart);
    let row = |cells: Vec<Cell>| Item::Row(Row { form: 0, kind: RowKind::Other, cells });
    items.push(row(["序号", "项目名称", "预算数(万元)", "执行数(万元)", "自评得分"].map(Cell::label).to_vec()));
    let mut lines: Vec<[String; 4]> = Vec::new();
    for sheet in sheets {
        let Some(funds) = sheet.funds.as_ref() else { continue };
        let text = |amount| amount_text(&sheet.style, amount, funds.decimals);
        lines.push([sheet.project.clone(), text(funds.revised), text(funds.executed), trimmed(sheet.sums().1)]);
    }
    for project in words().phrases.projects.iter().skip(rng.below(8)).take(2 + rng.below(6)) {
        if sheets.iter().any(|it| it.project.contains(project.as_str())) {
            continue;
        }
        let budget = between(rng, 10, 900) * ONE;
        lines.push([project.clone(), trimmed(budget), trimmed(budget), between(rng, 88, 100).to_string()]);
    }
    for (idx, cells) in lines.into_iter().enumerate() {
        let cells = std::iter::once((idx + 1).to_string()).chain(cells);
        items.push(row(cells.map(|it| Cell::plain(it, Content::Other)).collect()));
    }
    items.push(Item::TableEnd);
}
