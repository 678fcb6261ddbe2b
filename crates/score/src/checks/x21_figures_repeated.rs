//! X21: measured figures that stand, all of them, in the forms of several projects, units or years.

use gouji_model::Level;

use crate::Meta;
use crate::check::{BLANK, Outcomes, check};
use crate::facts::Facts;

check! {
    /// What was measured in one year, by one unit, for one project, is not measured again to the last digit. This is
    /// looked for between the documents of a run.
    ///
    /// ```form
    /// 年度: 2021
    /// 项目名称: 公交线路补贴
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 运送乘客   | ≥4500人次  | 4738人次   | 10   | 10
    /// 产出指标 | 数量指标 | 行驶里程   | ≥9000公里  | 9126公里   | 10   | 10
    /// 产出指标 | 质量指标 | 正点率     | ≥95%       | 97.36%     | 10   | 10
    /// 另一文件
    /// 年度: 2022
    /// 项目名称: 公交线路补贴
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 运送乘客   | ≥4600人次  | 4738人次   | 10   | 10
    /// 产出指标 | 数量指标 | 行驶里程   | ≥9000公里  | 9126公里   | 10   | 10
    /// 产出指标 | 质量指标 | 正点率     | ≥96%       | 97.36%     | 10   | 10
    /// fires across 1:/indicators/-/actual 2:/indicators/-/actual suspicion medium
    /// ```
    /// Actuals that are their targets, round figures and few figures are alike by chance, and a form that is published
    /// twice is one form:
    /// ```form
    /// 年度: 2021
    /// 项目名称: 公交线路补贴
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 运送乘客   | 4738人次   | 4738人次   | 10   | 10
    /// 产出指标 | 数量指标 | 行驶里程   | 9126公里   | 9126公里   | 10   | 10
    /// 产出指标 | 数量指标 | 线路       | ≥2条       | 3条        | 10   | 10
    /// 产出指标 | 质量指标 | 正点率     | ≥95%       | 97.36%     | 10   | 10
    /// 另一文件
    /// 年度: 2022
    /// 项目名称: 公交线路补贴
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 运送乘客   | 4738人次   | 4738人次   | 10   | 10
    /// 产出指标 | 数量指标 | 行驶里程   | 9126公里   | 9126公里   | 10   | 10
    /// 产出指标 | 数量指标 | 线路       | ≥2条       | 3条        | 10   | 10
    /// 产出指标 | 质量指标 | 正点率     | ≥95%       | 97.36%     | 10   | 10
    /// quiet
    /// ----
    /// 年度: 2021
    /// 项目名称: 公交线路补贴
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 运送乘客   | ≥4500人次  | 4738人次   | 10   | 10
    /// 产出指标 | 数量指标 | 行驶里程   | ≥9000公里  | 9126公里   | 10   | 10
    /// 产出指标 | 质量指标 | 正点率     | ≥95%       | 97.36%     | 10   | 10
    /// 另一文件
    /// 年度: 2021
    /// 项目名称: 公交线路补贴
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 运送乘客   | ≥4500人次  | 4738人次   | 10   | 10
    /// 产出指标 | 数量指标 | 行驶里程   | ≥9000公里  | 9126公里   | 10   | 10
    /// 产出指标 | 质量指标 | 正点率     | ≥95%       | 97.36%     | 10   | 10
    /// quiet
    /// ```
    X21 = Meta {
        code: "X21",
        name: "figures-repeated",
        name_zh: "完成数字雷同",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "不同项目、单位或年度的表在不同文件中有完全相同的完成数字",
        summary_en: "forms of several projects, units or years, in several documents, report the same figures",
        definition_zh: "一次运行的各文件之间：不同项目、不同单位或不同年度的自评表，全部有辨识力的数字按顺序相同。有辨识力的数字：至少三位有效数字，实际完成值不同于本行指标值，执行数不同于预算数；合计至少 12 位。实际值栏为得分的表不计。",
        definition_en: "Between the documents of a run: self-evaluations of different projects, units or years whose telling figures are all the same, in \
                        the same order. Telling are figures of at least three digits: actuals that are not their target, an amount spent that is not \
                        the budget; together at least twelve digits. Forms with points in the place of actuals are left out.",
        tolerance: "exact",
        authority: "auditors' practice",
        applies_when: "two documents of a run with such figures",
        ..BLANK
    }, run
}

/// No form shows it alone: `across` compares the documents of a run.
fn run(_: &Facts<'_>, outcomes: &mut Outcomes) {
    outcomes.not_applicable();
}
