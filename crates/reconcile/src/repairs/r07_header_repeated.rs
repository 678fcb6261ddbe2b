//! R07: a header that is printed again is no row.

use super::{Log, RepairMeta};
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
        let what = format!("the title is printed again over the next page: {}", super::beginning(title.text.trim()));
        self.add("R07", Vec::new(), what, "rows go on below it, and no head of a form");
    }
    /// Reports a header that stands over the rows from `n_rows` on, when one had been read before.
    pub(crate) fn repeated_header(&mut self, line: &Line<'_>, n_rows: usize) {
        let at_line = line.place.line.map_or(String::new(), |it| format!(" in line {it}"));
        let what = format!("the header is printed again{at_line}, after {n_rows} rows");
        self.add("R07", Vec::new(), what, "nothing in the line but words of a header");
    }
}
