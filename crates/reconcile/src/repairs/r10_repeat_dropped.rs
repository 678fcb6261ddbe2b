//! R10: what a page prints twice counts once.

use super::{At, Log, RepairMeta, beginning, both};
use crate::rows::Row;
use crate::token::Token;
use gouji_model::{FundsField, IndicatorField, Pointer};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R10",
    name: "repeat-dropped",
    name_zh: "重复块去除",
    summary_en: "a block, row or cell that the page prints twice counts once",
    summary_zh: "重复印出的块、行、单元格只计一次",
    doc: "Two rows that say the same are no repeat for that alone. There has to be damage beside them: the block is printed
again after a break, or a page break or a label stands between the copies. A single row is dropped only if a sum that
the form prints holds without it and not with it (R15), never for the sum alone.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标(50分) | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20
 | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30

一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标(50分) | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20
 | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30
效益指标(50分) | 社会效益 | 读者增加 | 提高 | 提高 | 50 | 50
=> rows = 3
=> R10
```",
};

impl Log {
    /// Reports rows that repeat an earlier block.
    pub(crate) fn repeated_rows(&mut self, rows: &[Row<'_>], dropped: &[usize]) {
        let first = dropped.first().and_then(|it| rows.get(*it)).and_then(|it| it.tokens.first());
        let line = first.and_then(|it| it.place.line);
        let (at_zh, at_en) =
            line.map_or_else(Default::default, |it| (format!("自第 {it} 行起"), format!(" from line {it} on")));
        let n_rows = dropped.len();
        let what = both(format!("{at_zh}有 {n_rows} 行为重印"), format!("rows printed again{at_en}: {n_rows}"));
        let evidence = both("断开之后各行次序与前相同", "the rows of a block in the same order, after a break");
        self.add("R10", Vec::new(), what, evidence);
    }

    /// Reports a line that holds a whole table run together, printed elsewhere as rows.
    pub(crate) fn flattened_repeat(&mut self, tokens: &[Token<'_>]) {
        let line = tokens.first().and_then(|it| it.place.line);
        let (at_zh, at_en) = line.map_or_else(Default::default, |it| (format!("第 {it} 行"), format!(" in line {it}")));
        let n_cells = tokens.len();
        let what = both(
            format!("{at_zh}以 {n_cells} 格把整张表又印在一行里"),
            format!("cells that repeat the table in one line{at_en}: {n_cells}"),
        );
        let evidence = both("该行每段文字各数据行里都有", "every text of the line stands in the rows, too");
        self.add("R10", Vec::new(), what, evidence);
    }

    /// Reports texts that stood in every cell that they spanned.
    pub(crate) fn span_copies(&mut self, n_copies: usize) {
        if n_copies > 0 {
            let what = both(
                format!("标题、表头各栏或目标的文字并排重印了 {n_copies} 格"),
                format!("cells that print a title, a field of the head or a goal again: {n_copies}"),
            );
            let evidence = both("跨列单元格的文字印在所跨各列", "the text of a span stands in every column of it");
            self.add("R10", Vec::new(), what, evidence);
        }
    }

    /// Reports an amount that is printed twice side by side.
    pub(crate) fn funds_repeat(&mut self, line_idx: usize, repeat: &str) {
        let at = At::Leaf(Pointer::Funds(line_idx, FundsField::Label));
        let what = both(format!("{repeat} 并排印了两次"), format!("{repeat} is printed twice side by side"));
        self.add("R10", vec![at], what, both("表头只有一列", "the header has one column for both"));
    }

    /// Reports a cell of a funds line that no column took: what a column of remarks says, mostly.
    pub(crate) fn funds_left_out(&mut self, line_idx: usize, text: &str) {
        let at = At::Leaf(Pointer::Funds(line_idx, FundsField::Label));
        self.left_out(at, text);
    }

    pub(super) fn repeated_cell(&mut self, idx: usize, token: &Token<'_>) {
        self.left_out(At::Row(idx, IndicatorField::Name), &token.text);
    }

    fn left_out(&mut self, at: At, text: &str) {
        let text = beginning(text);
        let what = both(
            format!("有一格不合任何一列，未采用：{text}"),
            format!("a cell fits no column and was left out: {text}"),
        );
        self.add("R10", vec![at], what, both("表头没有它的列", "the header has no column for it"));
    }
}
