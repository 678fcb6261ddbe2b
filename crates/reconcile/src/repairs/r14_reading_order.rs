//! R14: rows read out of running text are put together in reading order.

use super::{Log, RepairMeta, both};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R14",
    name: "reading-order",
    name_zh: "阅读顺序恢复",
    summary_en: "rows read out of running text are put together in reading order",
    summary_zh: "把按绘制顺序读出的文字恢复成行",
    doc: "Text read out of a picture has no cells: words stand where the program that drew the page wrote them, labels apart
from their rows, names broken over lines. A line that ends in figures closes a row; what stands before it since the last
row is its label and its name.

```drawn
项目绩效自评表
项目名称 修缮项目
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标
总分 100 98
数量指标
修缮阅览室和
自习室
3间 3间 40 40
质量指标 验收合格率 100% 98% 60 58
=> rows = 2
=> /indicators/0/name = 修缮阅览室和自习室
=> /indicators/0/l1 = 产出指标
=> /indicators/1/score = 58
=> /total/score = 98
=> R14
```",
};

impl Log {
    /// Reports that the form's rows were put together from lines of text.
    pub(crate) fn put_together(&mut self, n_lines: usize) {
        let what = both(
            format!("由 {n_lines} 行文字拼成各行"),
            format!("lines of running text put together to rows: {n_lines}"),
        );
        self.add("R14", Vec::new(), what, both("此处没有表格", "the region holds no grid"));
    }
}
