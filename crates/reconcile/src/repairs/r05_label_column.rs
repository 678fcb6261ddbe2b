//! R05: a label that stands in the wrong column or beside the wrong row is put where it belongs.

use super::{Log, RepairMeta};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R05",
    name: "label-column",
    name_zh: "标签归列",
    summary_en: "a label in the wrong column or beside a later row is put where it belongs",
    summary_zh: "把错列或错行的指标类别归位",
    doc: "The word says whether it is a 一级指标 or a 二级指标, whichever column it stands in. A numbered list has one
二级指标, printed beside any of its items.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20
社会效益 |  | 1.读者增加 | 提高 | 提高 | 10 | 10
 |  | 2.借阅增加 | 提高 | 提高 | 10 | 10
 |  | 1.少用纸张 | 提高 | 提高 | 10 | 10
 | 生态效益 | 2.少用水电 | 提高 | 提高 | 10 | 10
=> /indicators/1/l2 = 社会效益
=> /indicators/1/l1 = 效益指标
=> /indicators/3/l2 = 生态效益
=> R05 /indicators/1/l2
=> R05 /indicators/3/l2
```",
};

impl Log {
    /// Reports a row whose label stood elsewhere.
    pub(crate) fn label_moved(&mut self, idx: usize) {
        self.labels_moved.push(idx);
    }
}
