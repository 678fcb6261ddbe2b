//! R08: a row cut by a page break is put together.

use super::{At, Log, RepairMeta, both};
use crate::token::Token;
use gouji_model::{Cell, IndicatorField};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R08",
    name: "row-healed",
    name_zh: "断行接合",
    summary_en: "a row cut by a page break is put together",
    summary_zh: "把被分页截断的行接上",
    doc: "Texts alone at the head of a page, with no figure, label or number of a list, go on where the row above stopped.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室和 | 3间 | 3间 | 20 | 20

 |  | 自习室的门窗 |  |  |  |
 | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30
=> /indicators/0/name = 修缮阅览室和自习室的门窗
=> rows = 2
=> R08 /indicators/0/name
```

A label that the end of a page cut inside a word is whole again.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 50 | 50
满意度指标 | 服务对象满 | 读者满意度 | 90% | 95% | 30 | 30

 | 意度指标 | 家长满意度 | 90% | 95% | 20 | 20
=> /indicators/1/l2 = 服务对象满意度指标
=> /indicators/2/l2 = 服务对象满意度指标
=> rows = 3
=> R08
```",
};

impl Log {
    /// Reports texts that were put back to the row above.
    pub(crate) fn healed(&mut self, idx: usize, rest: &[(IndicatorField, Cell)]) {
        let at = rest.iter().map(|it| At::Row(idx, it.0)).collect();
        let what = both("此行在分页之后续完", "the row goes on in the next line or on the next page");
        self.add("R08", at, what, both("续行各列下只有文字", "texts alone stand under its columns"));
    }

    /// Reports a row of which labels and name stood on one page and the figures on the next.
    pub(crate) fn row_over_page(&mut self, first: &Token<'_>) {
        let text = super::beginning(&first.text);
        let what = both(
            format!("此行前后分在两页：{text}"),
            format!("the row began on one page and went on in the next: {text}"),
        );
        let evidence = both(
            "前半只有名称，后半只有数值；合起来与邻行同列",
            "a name alone, then figures alone; together they stand as the rows near by do",
        );
        self.add("R08", Vec::new(), what, evidence);
    }

    /// Reports a label that was cut inside a word.
    pub(crate) fn label_over_page(&mut self, rest: &str) {
        let text = super::beginning(rest);
        let what =
            both(format!("标签被分页截断，其后半为：{text}"), format!("a label went on on the next page: {text}"));
        let evidence = both("两半合为一个标签", "both parts together are a label");
        self.add("R08", Vec::new(), what, evidence);
    }

    /// Reports the head of a method cell that a page break left outside the grid.
    pub(crate) fn stray_method(&mut self, token: &Token<'_>) {
        let text = super::beginning(&token.text);
        let what =
            both(format!("两行之间夹有计分方法：{text}"), format!("a method text stands between the rows: {text}"));
        let evidence = both(
            "单元格被分页截断；其文字讲如何计分",
            "a page break cut the cell; its words tell how points are given",
        );
        self.add("R08", Vec::new(), what, evidence);
    }
}
