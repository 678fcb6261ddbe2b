//! R13: marks of the page and of the program that wrote it are no part of the form.

use super::{Log, RepairMeta, beginning, both};
use crate::token::{Line, Token};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R13",
    name: "mark-removed",
    name_zh: "标记清除",
    summary_en: "page numbers, names of sheets and pictures are no part of the form",
    summary_zh: "页码、工作表名、图片名等标记不计入表",
    doc: "A line that holds nothing but a page number, the name of a sheet or of a picture, or the number of an annex.

```drawn
项目绩效自评表
Sheet2
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20
- 5 -
 | 质量指标 | 验收合格率 | 100% | 100% | 80 | 80
=> rows = 2
=> R13
```",
};

impl Log {
    /// Reports a line that is a mark of the page.
    pub(crate) fn page_mark(&mut self, token: &Token<'_>) {
        let text = beginning(token.text.trim());
        let what = both(format!("去除页面标记：{text}"), format!("a mark of the page was taken off: {text}"));
        self.add("R13", Vec::new(), what, both("该行别无他物", "nothing else in its line"));
    }

    /// Reports a text that stands alone in a row of the grid, beside the names.
    pub(crate) fn stray_line(&mut self, token: &Token<'_>) {
        let text = beginning(token.text.trim());
        let what = both(format!("表内夹有一行文字：{text}"), format!("a line of text stands between the rows: {text}"));
        let evidence = both(
            "该行别无他物，且不在指标名称一列",
            "nothing else in its row, and no name of an indicator stands there",
        );
        self.add("R13", Vec::new(), what, evidence);
    }

    /// Reports what was done to a line before it was read.
    pub(crate) fn mended(&mut self, line: &Line<'_>) {
        let Some(first) = line.tokens.first() else { return };
        if let Some(mark) = &line.mended.site_mark {
            let what = both(
                format!("去除行内的网站页次标记：{mark}"),
                format!("a mark that a site counts pages with was taken out of a row: {mark}"),
            );
            self.add("R13", Vec::new(), what, both("各处标记依次递增", "such marks count up through the document"));
        }
        if line.mended.was_cut {
            self.row_over_page(first);
        }
        if let Some(rest) = &line.mended.cut_label {
            self.label_over_page(rest);
        }
        if line.mended.was_gathered {
            self.n_gathered += 1;
        }
    }
}
