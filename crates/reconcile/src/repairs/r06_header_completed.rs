//! R06: a lost header is taken from a sibling form or from what the cells hold.

use super::{At, Log, RepairMeta};
use crate::funds::FundsHeader;
use gouji_model::{ColumnsFrom, FundsField, Pointer};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R06",
    name: "header-completed",
    name_zh: "表头补全",
    summary_en: "a lost header is taken from a sibling form or from what the cells hold",
    summary_zh: "缺失的表头取自同文件的其他表或单元格内容",
    doc:
        "A document's forms share their layout: a form that lost a header row takes the columns of its sibling. With no
sibling, the usual orders of columns are tried, and the one stands under which the cells fit best.

```drawn
项目绩效自评表
项目资金(万元) | 年度资金总额 | 20 | 25 | 20 | 10 | 80% | 8
 | 其中:财政拨款 | 20 | 25 | 20 | — | 80% | —
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 90 | 90
=> /funds/0/revised = 25
=> /funds/0/rate = 80%
=> R06 /funds/0/label
```",
};

impl Log {
    /// Reports columns of the funds block that no header names.
    pub(crate) fn funds_header(&mut self, from: ColumnsFrom, n_lines: usize, header: &FundsHeader) {
        let at = (0..n_lines).map(|it| At::Leaf(Pointer::Funds(it, FundsField::Label))).collect();
        let names: Vec<&str> = header.columns.iter().map(|it| it.0.key()).collect();
        let what = format!("columns of the funds block read as {}", names.join(", "));
        self.add("R06", at, what, evidence(from));
    }

    /// Reports columns of the indicator block that no header names.
    pub(crate) fn header(&mut self, from: ColumnsFrom, n_rows: usize) {
        let what = format!("no header stands over the {n_rows} rows of indicators");
        self.add("R06", Vec::new(), what, evidence(from));
    }
}

fn evidence(from: ColumnsFrom) -> &'static str {
    match from {
        ColumnsFrom::Siblings => "another form of the document has this header",
        _ => "of the usual orders of columns the cells fit this one best",
    }
}
