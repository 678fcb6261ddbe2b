//! R02: a cell that holds a label and its value is split.

use super::{At, Log, RepairMeta, beginning, both};
use crate::token::{Line, Token};
use gouji_model::Pointer;

pub(super) const META: RepairMeta = RepairMeta {
    code: "R02",
    name: "cell-split",
    name_zh: "单元格拆分",
    summary_en: "a cell that holds a label and its value is split",
    summary_zh: "把标签与数值同在一格的拆开",
    doc: "`总 分 98` is the label of the total and its figure; `项目名称:某项目` a field of the head and its value. `分值得分`
is two heads of the indicators in one cell.

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

    /// Reports heads that stood in one cell, and heads that were broken over two lines.
    pub(crate) fn heads_mended(&mut self, line: &Line<'_>) {
        if line.mended.joined_heads {
            let what = both("表头用词分在上下两行", "heads of columns were broken over two lines");
            let evidence = both("上下相接即为词表中的表头", "put together they are heads of the lexicon");
            self.add("R03", Vec::new(), what, evidence);
        }
        if line.mended.parted_heads {
            let what = both("相邻各列的表头同在一格", "heads of neighboring columns stood in one cell");
            let evidence =
                both("其字由表头各词相接而成，或其下分列", "the cell holds one head of the lexicon behind the other");
            self.add("R02", Vec::new(), what, evidence);
        }
    }
}
