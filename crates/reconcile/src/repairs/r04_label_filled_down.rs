//! R04: a merged label holds for all rows that it covered.

use super::{At, Log, RepairMeta, both};
use gouji_model::IndicatorField;

pub(super) const META: RepairMeta = RepairMeta {
    code: "R04",
    name: "label-filled-down",
    name_zh: "标签下填",
    summary_en: "a label printed once holds for the rows below it",
    summary_zh: "合并单元格的标签填到其下各行",
    doc:
        "Merged cells print their label once. It holds until another is printed, or until a 一级指标 begins to which it
cannot belong.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标(50分) | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20
 |  | 添置书架 | 12组 | 12组 | 30 | 30
=> /indicators/1/l1 = 产出指标
=> /indicators/1/l1_weight = 50
=> /indicators/1/l2 = 数量指标
=> R04 /indicators/1/l2
```",
};

impl Log {
    /// Reports a row that got its 二级指标 from a row above.
    pub(crate) fn filled_down(&mut self, idx: usize) {
        self.filled_down.push(idx);
    }

    pub(super) fn labels_into_entries(&mut self) {
        let l2 = |rows: Vec<usize>| -> Vec<At> { rows.into_iter().map(|it| At::Row(it, IndicatorField::L2)).collect() };
        let filled = l2(std::mem::take(&mut self.filled_down));
        if !filled.is_empty() {
            let n_rows = filled.len();
            let what = both(
                format!("{n_rows} 行沿用其上印的类别"),
                format!("rows that take the label printed above: {n_rows}"),
            );
            self.add("R04", filled, what, both("合并单元格只印一次标签", "merged cells print their label once"));
        }
        let moved = l2(std::mem::take(&mut self.labels_moved));
        if !moved.is_empty() {
            let n_rows = moved.len();
            let what = both(
                format!("{n_rows} 行的类别印在别列或其后的行旁"),
                format!("rows whose label stands in another column or beside a later row: {n_rows}"),
            );
            let evidence = both(
                "该词在词表内；编号清单同属一类",
                "the word is a label of the lexicon; lists are numbered within one label",
            );
            self.add("R05", moved, what, evidence);
        }
    }
}
