//! R06: a lost header is taken from a sibling form or from what the cells hold.

use super::{At, Log, RepairMeta, both};
use crate::funds::FundsHeader;
use gouji_model::{Bilingual, ColumnsFrom, FundsField, Pointer};

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
        let names_zh: Vec<&str> = header.columns.iter().map(|it| name_zh(it.0)).collect();
        let what = both(
            format!("资金栏各列读作 {}", names_zh.join("、")),
            format!("columns of the funds block read as {}", names.join(", ")),
        );
        self.add("R06", at, what, evidence(from));
    }

    /// Reports columns of the indicator block that no header names.
    pub(crate) fn header(&mut self, from: ColumnsFrom, n_rows: usize) {
        let what = both(
            format!("指标 {n_rows} 行之上没有表头"),
            format!("no header stands over the rows of indicators: {n_rows}"),
        );
        self.add("R06", Vec::new(), what, evidence(from));
    }

    /// Reports columns whose head is in unknown words and whose cells told what they hold.
    pub(crate) fn heads_told(&mut self, n_columns: usize) {
        if n_columns == 0 {
            return;
        }
        let what = both(
            format!("{n_columns} 列的表头用词未识，按内容认定"),
            format!("columns with heads in unknown words, told by what they hold: {n_columns}"),
        );
        let evidence =
            both("整列单元格的类别、次序和大小关系", "the kinds, order and sizes of all cells of the column");
        self.add("R06", Vec::new(), what, evidence);
    }
}

fn evidence(from: ColumnsFrom) -> Bilingual {
    match from {
        ColumnsFrom::Siblings => both("同一文件的另一张表有此表头", "another form of the document has this header"),
        _ => both("各种常见列序中，单元格与此最合", "of the usual orders of columns the cells fit this one best"),
    }
}

/// The head of a column in Chinese.
fn name_zh(field: FundsField) -> &'static str {
    match field {
        FundsField::Label => "名称",
        FundsField::Budget => "年初预算数",
        FundsField::Revised => "全年预算数",
        FundsField::Executed => "全年执行数",
        FundsField::Weight => "分值",
        FundsField::Rate => "执行率",
        FundsField::Score => "得分",
    }
}
