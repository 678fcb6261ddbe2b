//! Stored decimals: a sheet prints `7.19` where it holds `7.1898`.
//!
//! In: a document and a form that was rebuilt from it. Out: the form with one reading more, in which every figure has the
//! decimals that the file holds. What is printed stands; the scorer says where the stored figures agree.

use std::collections::BTreeMap;

use gouji_model::{Alternative, Bilingual, Block, Document, Form, FundsField, IndicatorField, Place, Pointer, Slot};

use crate::text;

/// Cells that hold more than they print, by their place: the printed text, and the same with all decimals.
#[derive(Default)]
pub(crate) struct Stored<'d>(BTreeMap<Key<'d>, (&'d str, &'d str)>);

/// Part, sheet and cell.
type Key<'d> = (Option<&'d str>, &'d str, &'d str);

impl<'d> Stored<'d> {
    pub(crate) fn of(document: &'d Document) -> Stored<'d> {
        let mut acc = BTreeMap::new();
        let grids = document.blocks.iter().filter_map(|it| match it {
            Block::Grid(it) if !it.is_hidden => Some(it),
            _ => None,
        });
        for slot in grids.flat_map(|it| &it.rows).flat_map(|it| &it.slots) {
            if let Slot::Cell(cell) = slot
                && let Some(stored) = &cell.stored
                && let Some(key) = key(&cell.place)
            {
                acc.insert(key, (cell.text.as_str(), stored.as_str()));
            }
        }
        Stored(acc)
    }

    /// Adds the reading of all stored figures, if the form prints one of them with fewer decimals.
    pub(crate) fn add_to(&self, form: &mut Form) {
        if self.0.is_empty() {
            return;
        }
        let (mut at, mut values) = (Vec::new(), Vec::new());
        for pointer in figures(form) {
            let Some(cell) = form.cell(pointer) else { continue };
            // A figure that was put together from several cells is none of them.
            if let Some((printed, stored)) = key(&cell.place).and_then(|it| self.0.get(&it))
                && text::value(printed) == cell.text
            {
                at.push(pointer);
                values.push(Some((*stored).to_owned()));
            }
        }
        if !at.is_empty() {
            let why = Bilingual::new(
                "单元格中存的数如此，表上少显示了小数",
                "the cells hold these figures, of which fewer decimals are printed",
            );
            form.alternatives.push(Alternative { at, values, cost_centi: crate::align::MOVE as u32 / 2, why });
        }
    }
}

fn key(place: &Place) -> Option<Key<'_>> {
    Some((place.part.as_deref(), place.sheet.as_deref()?, place.cell.as_deref()?))
}

/// The leaves that may hold a figure.
fn figures(form: &Form) -> Vec<Pointer> {
    let funds = (0..form.funds.len()).flat_map(|idx| FundsField::ALL.iter().map(move |it| Pointer::Funds(idx, *it)));
    let rows = (0..form.indicators.len())
        .flat_map(|idx| IndicatorField::ALL.iter().map(move |it| Pointer::Indicator(idx, *it)));
    let points = (0..form.points.len()).flat_map(|it| [Pointer::PointsValue(it), Pointer::PointsScore(it)]);
    funds.chain(rows).chain([Pointer::TotalWeight, Pointer::TotalScore]).chain(points).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reconciler;
    use crate::repairs::tests::document;

    #[test]
    fn stored_decimals_are_another_reading() {
        let mut document = document(&[
            "项目绩效自评表",
            "项目名称 | 修缮项目 |  |  |  |  | ",
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
            "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 50 | 49.58",
            " | 质量指标 | 验收合格率 | 100% | 97% | 50 | 48",
            "总分 |  |  |  |  | 100 | 97.6",
        ]);
        let slots = document.blocks.iter_mut().filter_map(|it| match it {
            Block::Grid(it) => Some(it),
            Block::Text(_) => None,
        });
        for slot in slots.flat_map(|it| &mut it.rows).flat_map(|it| &mut it.slots) {
            if let Slot::Cell(cell) = slot {
                cell.place.sheet = Some("表".into());
                cell.place.cell = Some(format!("{:?} {:?}", cell.place.line, cell.place.column).into());
                cell.stored = match cell.text.as_str() {
                    "49.58" => Some("49.5833".to_owned()),
                    "97%" => Some("97.04%".to_owned()),
                    _ => None,
                };
            }
        }
        let forms = Reconciler::new().rebuild(&document).forms;
        let found: Vec<String> = forms
            .iter()
            .flat_map(|it| &it.alternatives)
            .flat_map(|it| {
                it.at.iter().zip(&it.values).map(|it| format!("{} {}", it.0, it.1.as_deref().unwrap_or("-")))
            })
            .collect();
        assert_eq!(found, ["/indicators/0/score 49.5833", "/indicators/1/actual 97.04%"]);
    }
}
