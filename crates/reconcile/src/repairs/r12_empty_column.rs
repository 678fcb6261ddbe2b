//! R12: an empty cell that a converter dropped is put back.

use super::{At, Log, RepairMeta, both};
use crate::align::Fate;
use crate::rows::Row;

pub(super) const META: RepairMeta = RepairMeta {
    code: "R12",
    name: "empty-column",
    name_zh: "空列恢复",
    summary_en: "empty cells that a converter dropped are put back",
    summary_zh: "恢复被转换程序丢掉的空单元格",
    doc: "A row without a single empty cell, shorter than its header: its cells closed up over the empty ones.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 40 | 40 |
产出指标 | 质量指标 | 保持整洁 | 长期 | 60 | 55 | 人手不足
=> /indicators/1/target = 长期
=> /indicators/1/weight = 60
=> /indicators/1/reason = 人手不足
=> R12 /indicators/1/weight
```",
};

impl Log {
    /// Reports, if so, that the row's cells closed up over empty ones.
    pub(super) fn restores_columns(&mut self, idx: usize, row: &Row<'_>) -> bool {
        let Some(reading) = row.readings.get(row.chosen) else { return false };
        let closed_up = row.tokens.windows(2).all(|it| it[1].col == it[0].col + 1)
            && row.tokens.first().is_some_and(|it| it.col == 0)
            && row.tokens.len() > 3;
        if !closed_up {
            return false;
        }
        let mut at = Vec::new();
        let mut last = 0;
        for (token, fate) in row.tokens.iter().zip(&reading.fates) {
            let Fate::Role(role) = fate else { return false };
            let Some((column, col)) = row.header.columns.get(*role) else { return false };
            // Each cell stands as far to the left as empty cells before it were dropped.
            if col - token.col < last {
                return false;
            }
            last = col - token.col;
            if last > 0 {
                at.extend(column.field().map(|it| At::Row(idx, it)));
            }
        }
        if at.is_empty() {
            return false;
        }
        let what = both(format!("补回 {last} 个空格"), format!("empty cells put back: {last}"));
        let evidence = both("该行没有空格，且短于表头", "the row has no empty cell and is shorter than its header");
        self.add("R12", at, what, evidence);
        true
    }
}
