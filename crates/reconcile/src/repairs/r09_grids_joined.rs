//! R09: grids that go on over a break are one block.

use super::{At, Log, RepairMeta, both};
use crate::rows::Row;
use crate::token::Origin;
use gouji_model::IndicatorField;

pub(super) const META: RepairMeta = RepairMeta {
    code: "R09",
    name: "grids-joined",
    name_zh: "跨页表接合",
    summary_en: "a block that goes on after a page break is one block",
    summary_zh: "把跨页续表接成一张",
    doc:
        "Rows go on after an empty line, another grid or a repeated header, with no title and no head of a form between.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20

 | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30
=> rows = 2
=> R09 /indicators/1/name
```",
};

impl Log {
    pub(super) fn joined_to_last(&mut self, idx: usize, row: &Row<'_>) {
        let grid = |origin: Origin| if let Origin::Row { grid, .. } = origin { Some(grid) } else { None };
        if let Some((stretch, origin)) = self.last_row
            && (stretch != row.stretch || grid(origin) != grid(row.origin))
        {
            let at = vec![At::Row(idx, IndicatorField::Name)];
            let what = both("表在断开之后接续", "the block goes on after a break");
            let evidence = both("其间没有标题或表首", "no title or head of a form stands between");
            self.add("R09", at, what, evidence);
        }
        self.last_row = Some((row.stretch, row.origin));
    }
}
