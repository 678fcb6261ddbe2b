//! What a sheet holds and does not show, in words: hidden cells and formulas without a result go in, remarks come out.

use std::collections::BTreeSet;
use std::sync::Arc;

use gouji_model::{Bilingual, Place, Remark};

use crate::cells::{Sheet, SheetCell, cell_name};

/// Cells or stretches that a remark names; more are counted.
const NAMED: usize = 5;

/// The remarks on a sheet, of which `hidden` are the cells that nobody sees.
pub(crate) fn of_sheet(sheet: &Sheet, name: &Arc<str>, hidden: &[&SheetCell]) -> Vec<Remark> {
    let place = Place { sheet: Some(Arc::clone(name)), ..Place::default() };
    let mut acc = Vec::new();
    let count = hidden.len();
    let cells = if count == 1 { "cell is" } else { "cells are" };
    if sheet.is_hidden {
        if 0 < count {
            let message = Bilingual::new(
                format!("工作表“{name}”是隐藏的，其中 {count} 个单元格有内容，不作为表读取"),
                format!("the sheet {name} is hidden: {count} {cells} filled and not read as a form"),
            );
            acc.push(Remark { place: place.clone(), message });
        }
    } else if let Some(first) = hidden.first() {
        let is_shown = |of: &crate::cells::Hidden, idx: u32| of.first_shown(idx, idx).is_some();
        let rows: BTreeSet<u32> = hidden.iter().map(|it| it.row).filter(|it| !is_shown(&sheet.rows, *it)).collect();
        let columns: BTreeSet<u32> =
            hidden.iter().map(|it| it.column).filter(|it| !is_shown(&sheet.columns, *it)).collect();
        let names = |all: &BTreeSet<u32>, name: fn(u32) -> String| listed(all.iter().map(|it| name(*it)));
        let mut where_zh = Vec::new();
        let mut where_en = Vec::new();
        if !rows.is_empty() {
            let rows = names(&rows, |it| (u64::from(it) + 1).to_string());
            where_zh.push(format!("行 {rows}"));
            where_en.push(format!("row {rows}"));
        }
        if !columns.is_empty() {
            let columns = names(&columns, |it| cell_name(0, it).trim_end_matches('1').to_owned());
            where_zh.push(format!("列 {columns}"));
            where_en.push(format!("column {columns}"));
        }
        if where_zh.is_empty() {
            where_zh.push("合并单元格之下".to_owned());
            where_en.push("below merged cells".to_owned());
        }
        let message = Bilingual::new(
            format!("工作表“{name}”有 {count} 个有内容的单元格看不见（{}），不计入表中", where_zh.join("、")),
            format!("sheet {name}: {count} filled {cells} not seen ({}) and not read into a form", where_en.join(", ")),
        );
        let cell = Some(cell_name(first.row, first.column).into());
        acc.push(Remark { place: Place { cell, ..place.clone() }, message });
    }
    if let Some(first) = sheet.without_result.first() {
        let names = listed(sheet.without_result.iter().map(|it| cell_name(it.0, it.1)));
        let message = Bilingual::new(
            format!("公式没有存下结果，单元格按缺失处理，不是零：{names}"),
            format!("formulas without a stored result, so that the cell is missing, not zero: {names}"),
        );
        acc.push(Remark { place: Place { cell: Some(cell_name(first.0, first.1).into()), ..place }, message });
    }
    acc
}

fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} (+{more})"),
    }
}
