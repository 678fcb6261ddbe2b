//! R07: a header that is printed again is no row.

use super::{Log, RepairMeta, both};
use crate::token::{Line, Token};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R07",
    name: "header-repeated",
    name_zh: "重复表头去除",
    summary_en: "a header that is printed again, on a new page, is no row",
    summary_zh: "续页重印的表头不作为数据行",
    doc: "Rows below a repeated header are read with its columns: a new page may have shifted.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20

一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
 | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30
=> rows = 2
=> R07
```",
};

impl Log {
    /// Reports a title that is printed again over the next page of the form.
    pub(crate) fn continued(&mut self, title: &Token<'_>) {
        let text = super::beginning(title.text.trim());
        let what =
            both(format!("续页重印标题：{text}"), format!("the title is printed again over the next page: {text}"));
        let evidence = both("其下接着是数据行，没有表首", "rows go on below it, and no head of a form");
        self.add("R07", Vec::new(), what, evidence);
    }
    /// Reports a header that stands over the rows from `n_rows` on, when one had been read before.
    pub(crate) fn repeated_header(&mut self, line: &Line<'_>, n_rows: usize) {
        let (at_zh, at_en) =
            line.place.line.map_or_else(Default::default, |it| (format!("第 {it} 行"), format!(" in line {it}")));
        let what = both(
            format!("{at_zh}重印表头，其前已有 {n_rows} 行"),
            format!("the header is printed again{at_en}; rows before it: {n_rows}"),
        );
        self.add("R07", Vec::new(), what, both("该行只有表头用词", "nothing in the line but words of a header"));
    }
}
