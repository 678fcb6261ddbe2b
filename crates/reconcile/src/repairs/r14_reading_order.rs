//! R14: rows read in the order in which they were drawn are put together in reading order.

use super::{Log, RepairMeta, both};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R14",
    name: "reading-order",
    name_zh: "阅读顺序恢复",
    summary_en: "rows read in the order in which they were drawn are put together in reading order",
    summary_zh: "把按绘制顺序读出的文字恢复成行",
    doc: "Text read out of a picture has no cells: words stand where the program that drew the page wrote them, labels apart
from their rows, names broken over lines. A line that ends in figures closes a row; what stands before it since the last
row is its label and its name.

In a grid a program may have drawn the names of all rows first, then their targets, then what stands behind these, and
the first rows among the funds. Runs of as many lines as there are names are put beside these, in the order of the
header; runs of another length are left alone.

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
```

```drawn
项目绩效自评表
项目名称 | 修缮项目
项目资金(万元) | 年度资金总额 | 30 | 27
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 40 | 40
 | 其中:财政拨款 | 30 | 27
 | 质量指标 | 验收合格率
效益指标 | 社会效益指标 | 读者增长率
100% |
5% |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
98% | 30 | 29.4
6% | 20 | 20
总分 |  |  |  |  | 100 | 98.4
=> rows = 3
=> /indicators/0/name = 修缮阅览室
=> /indicators/1/target = 100%
=> /indicators/1/score = 29.4
=> /indicators/2/actual = 6%
=> /funds/1/budget = 30
=> R14
```",
};

impl Log {
    /// Reports rows whose cells were drawn apart, all of a form at once.
    pub(super) fn gathered_into_entry(&mut self) {
        if self.n_gathered == 0 {
            return;
        }
        let n_rows = std::mem::take(&mut self.n_gathered);
        let what = both(
            format!("{n_rows} 行按绘制顺序读出，恢复成行"),
            format!("rows put together from cells in the order in which they were drawn: {n_rows}"),
        );
        let evidence = both(
            "名称、指标值、完成值各成一段，行数相同；或各行夹在资金各行之间",
            "names and values stand in runs of as many lines, or rows stand between lines of the funds",
        );
        self.add("R14", Vec::new(), what, evidence);
    }

    /// Reports that the form's rows were put together from lines of text.
    pub(crate) fn put_together(&mut self, n_lines: usize) {
        let what = both(
            format!("由 {n_lines} 行文字拼成各行"),
            format!("lines of running text put together to rows: {n_lines}"),
        );
        self.add("R14", Vec::new(), what, both("此处没有表格", "the region holds no grid"));
    }
}
