//! R11: a form that is printed twice, as it stands or once as a grid and once as running text, is one form.

use super::RepairMeta;
use gouji_model::{Bilingual, Pointer, Repair};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R11",
    name: "renderings-merged",
    name_zh: "两版合并",
    summary_en: "two renderings of one form are one form",
    summary_zh: "同一张表的两种印法合为一张",
    doc: "A document may hold the same form as a spreadsheet and as text read out of a picture of it. The grid's text stands;
where the other differs, its text is kept as an alternative. A page may also hold the same form twice as it stands: the same
head, the same rows in the same order, the same figures.

```drawn
项目绩效自评表
项目名称 | 修缮项目
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 100 | 100
总分 |  |  |  |  | 100 | 100
修缮项目项目绩效自评表
项目名称 修缮项目
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
数量指标 修缮阅览室 3间 3间 100 100
总分 100 100
=> forms = 1
=> renderings = 2
=> R11
```",
};

/// The repair of a form that another rendering was merged into.
pub(crate) fn merged(n_differing: usize) -> Repair {
    let what = match n_differing {
        0 => Bilingual::new("另一印本与此相同", "a second rendering says the same"),
        n => {
            Bilingual::new(format!("另一印本有 {n} 格不同"), format!("cells in which a second rendering differs: {n}"))
        }
    };
    let evidence = Bilingual::new("项目与年度相同，另有标题", "the same project and year under a title of its own");
    Repair { code: META.code.into(), at: vec![Pointer::Form], what, evidence }
}
