//! R17: a table of which a page saved as text kept no columns is told by its labels.

use super::{Log, RepairMeta, both};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R17",
    name: "table-told",
    name_zh: "无列表格还原",
    summary_en: "a table of which the text kept no columns is told by its labels",
    summary_zh: "把失去列的表格按标签还原成行",
    doc: "Pages that are saved as text may print a table with a cell in each line, in one line with blanks between its cells,
or with nothing between them; its blank cells are lost. Labels tell what is left: those of the head and of the funds above
the header of the indicators, those of the classes below it; a row ends between its points and the next name. What stands
with nothing between is cut where it says the same twice, and else as fused cells are. Nobody can be sure of such a reading:
what is found in it is suspected, never held against the form.

```drawn
项目绩效自评表项目名称修缮项目一级指标二级指标三级指标年度指标值实际完成值分值得分产出指标数量指标修缮阅览室3间3间6060添置书架12个12个4040总分100100
=> rows = 2
=> /project = 修缮项目
=> /indicators/0/name = 修缮阅览室
=> /indicators/0/actual = 3间
=> /indicators/1/score = 40
=> /total/score = 100
=> R17
```",
};

impl Log {
    /// Reports that the form's table was told by its labels, in so many lines.
    pub(crate) fn table_told(&mut self, n_lines: usize) {
        let what = both(format!("按标签还原成 {n_lines} 行"), format!("told by its labels, in lines: {n_lines}"));
        self.add("R17", Vec::new(), what, both("文字中没有列", "the text keeps no columns"));
    }
}
