//! R01: cells of a row that stand beside their columns are put under them.

use super::{At, Log, RepairMeta, both};
use crate::align::Fate;
use crate::rows::Row;
use crate::token::Origin;
use gouji_model::{FundsField, Pointer};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R01",
    name: "row-moved",
    name_zh: "行错位归正",
    summary_en: "cells that stand beside their columns are put under them",
    summary_zh: "把偏离表头的单元格归回本列",
    doc:
        "A row's cells keep their order; each is put under the column whose kind it fits, at the lowest cost of moving.
A row that is shifted as a whole is one move, and so is a column that slips in for all rows below. What else could be read at like cost is kept as an alternative.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 10 | 10
 |  |  | 质量指标 | 验收合格率 | 100% | 100% | 20 | 18
=> /indicators/1/weight = 20
=> /indicators/1/score = 18
=> /indicators/1/l2 = 质量指标
=> R01 /indicators/1/score
```",
};

impl Log {
    /// Reports what the chosen reading of a row did to its cells.
    pub(crate) fn row(&mut self, idx: usize, row: &Row<'_>) {
        self.joined_to_last(idx, row);
        let parts = row.readings.get(row.chosen).map_or(&[][..], |it| it.parts.as_slice());
        let mut moved: Vec<At> = Vec::new();
        let mut joined: Vec<At> = Vec::new();
        let mut by = 0;
        let has_columns = row.header.has_columns && matches!(row.origin, Origin::Row { .. });
        let restores = has_columns && self.restores_columns(idx, row);
        self.cut(idx, row);
        for (at, (token, fate)) in row.placed(row.chosen).enumerate() {
            let (Fate::Role(role) | Fate::Joined(role) | Fate::OutOfOrder(role)) = fate else {
                self.repeated_cell(idx, token);
                continue;
            };
            let Some((column, col)) = row.header.columns.get(*role) else { continue };
            let Some(field) = column.field() else { continue };
            match fate {
                Fate::Joined(_) => joined.push(At::Row(idx, field)),
                // The part of a cell that was cut has no column of its own.
                _ if parts.get(at).is_some_and(|it| row.parts.iter().any(|cut| cut.part == *it)) => {}
                _ if has_columns && token.col != *col && !restores => {
                    by = token.col - col;
                    moved.push(At::Row(idx, field));
                }
                _ => {}
            }
        }
        if !moved.is_empty() {
            let side = if by < 0 { "left" } else { "right" };
            let (n_cells, n_columns) = (moved.len(), by.abs());
            let side_zh = if by < 0 { "左" } else { "右" };
            let what = both(
                format!("{n_cells} 格偏在表头{side_zh}侧，至多 {n_columns} 列"),
                format!("cells moved under their heads: {n_cells}, from up to {n_columns} to the {side}"),
            );
            let evidence = match row.n_alike {
                0 | 1 => both("按单元格的类别和次序", "the kinds of the cells in their order"),
                n_rows => both(
                    format!("按单元格的类别和次序；相邻 {n_rows} 行同样错位"),
                    format!("the kinds of the cells in their order; rows beside each other that stand alike: {n_rows}"),
                ),
            };
            self.add("R01", moved, what, evidence);
        }
        self.joined(joined);
    }

    /// Reports a line of the funds block that was moved under its heads.
    pub(crate) fn funds_line_moved(&mut self, line_idx: usize) {
        let at = At::Leaf(Pointer::Funds(line_idx, FundsField::Label));
        let what = both("此行金额偏离表头", "the line's amounts stood beside their heads");
        self.add("R01", vec![at], what, both("按单元格的类别和次序", "the kinds of the cells in their order"));
    }
}
