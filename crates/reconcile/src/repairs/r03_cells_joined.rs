//! R03: a text that stands in two cells is joined.

use super::{At, Log, RepairMeta, both};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R03",
    name: "cells-joined",
    name_zh: "单元格合并",
    summary_en: "a text that stands in two cells is joined",
    summary_zh: "把分在两格的一段文字合并",
    doc: "Two texts beside each other where the header has room for one: they are one text, in printed order.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 含门窗 | 3间 | 3间 | 10 | 10
=> /indicators/0/name = 修缮阅览室含门窗
=> /indicators/0/target = 3间
=> R03 /indicators/0/name
```",
};

impl Log {
    pub(super) fn joined(&mut self, at: Vec<At>) {
        if !at.is_empty() {
            let what = both("一段文字分在两格", "two cells hold one text");
            self.add("R03", at, what, both("表头只有一列", "the header has one column for both"));
        }
    }
}
