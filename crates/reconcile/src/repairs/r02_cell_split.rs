//! R02: a cell that holds a label and its value is split.

use super::{At, Log, RepairMeta, beginning, both};
use crate::token::Token;
use gouji_model::Pointer;

pub(super) const META: RepairMeta = RepairMeta {
    code: "R02",
    name: "cell-split",
    name_zh: "单元格拆分",
    summary_en: "a cell that holds a label and its value is split",
    summary_zh: "把标签与数值同在一格的拆开",
    doc: "`总 分 98` is the label of the total and its figure; `项目名称:某项目` a field of the head and its value.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 100 | 3间 | 3间 | 98
总 分 98 |  |  |  |  |  |
=> /total/score = 98
=> R02 /total/score
```",
};

impl Log {
    /// Reports a cell that held a label and, behind it, the value of a leaf.
    pub(crate) fn split(&mut self, token: &Token<'_>, leaf: Option<Pointer>) {
        let at = leaf.map(At::Leaf).into_iter().collect();
        let text = beginning(&token.text);
        let what = both(format!("标签与数值同在一格：{text}"), format!("label and value stood in one cell: {text}"));
        let evidence = both("标签在词表内，其后有值", "the label is of the lexicon and a value follows it");
        self.add("R02", at, what, evidence);
    }
}
