//! D12: in the whole document every measured actual is exactly its bound.

use gouji_model::{Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;

check! {
    /// What was measured lands on the bound of its target now and then, but not every time.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 巡查次数   | ≥24次      | 24次       | 10   | 10
    /// 产出指标 | 数量指标 | 清运垃圾   | ≥300吨     | 300吨      | 10   | 10
    /// 产出指标 | 质量指标 | 水质达标率 | ≥92%       | 92%        | 10   | 10
    /// 产出指标 | 时效指标 | 响应时间   | ≤45分钟    | 45分钟     | 10   | 10
    /// 产出指标 | 成本指标 | 管护费     | ≤38.5万元  | 38.5万元   | 10   | 10
    /// 效益指标 | 社会效益 | 投诉下降率 | ≥15%       | 15%        | 10   | 10
    /// fires form suspicion medium
    /// ```
    /// One of them differs, the bounds are all or nothing, or they are too few:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 巡查次数   | ≥24次      | 26次       | 10   | 10
    /// 产出指标 | 数量指标 | 清运垃圾   | ≥300吨     | 300吨      | 10   | 10
    /// 产出指标 | 质量指标 | 水质达标率 | ≥92%       | 92%        | 10   | 10
    /// 产出指标 | 时效指标 | 响应时间   | ≤45分钟    | 45分钟     | 10   | 10
    /// 产出指标 | 成本指标 | 管护费     | ≤38.5万元  | 38.5万元   | 10   | 10
    /// 效益指标 | 社会效益 | 投诉下降率 | ≥15%       | 15%        | 10   | 10
    /// quiet
    /// ----
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 巡查次数   | ≥24次      | 24次       | 10   | 10
    /// 产出指标 | 质量指标 | 完好率     | ≥100%      | 100%       | 10   | 10
    /// 产出指标 | 质量指标 | 合格率     | ≥100%      | 100%       | 10   | 10
    /// 产出指标 | 质量指标 | 及时率     | ≥100%      | 100%       | 10   | 10
    /// 产出指标 | 质量指标 | 事故       | ≤0起       | 0起        | 10   | 10
    /// 产出指标 | 数量指标 | 车辆       | 6辆        | 6辆        | 10   | 10
    /// quiet
    /// ```
    D12 = Meta {
        code: "D12",
        name: "actuals-are-bounds",
        name_zh: "实际值全等于界限",
        class: "S2",
        severity: Level::Low,
        summary_zh: "全文凡指标值是界限的，实际值都恰为该界限",
        summary_en: "wherever a target is a bound, the actual is exactly that bound, throughout the document",
        definition_zh: "文件各自评表中指标值为界限（≥、≤、不少于、以内等，100%与0除外）的行不少于六行，而其实际值无一例外恰等于界限的数：实际值疑按指标值照填。",
        definition_en: "The self-evaluations of the document have six rows or more whose target is a bound (≥, ≤, 不少于, 以内, …; 100% and 0 apart), and every \
                        one of their actuals is the number of the bound: they were probably copied.",
        tolerance: "exact",
        authority: "M2",
        applies_when: "six rows or more of the document's self-evaluations with a bound as target and a number as actual, at the first form that has one",
        ..BLANK
    }, run
}

/// Fewer may all land on their bounds by accident or by custom. Rows.
const LEAST_ROWS: usize = 6;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let (mut n_rows, mut n_equal) = (0, 0);
    for it in facts.siblings {
        n_rows += it.n_bounded;
        n_equal += it.n_on_bound;
    }
    let first = facts.siblings.iter().position(|it| 0 < it.n_bounded);
    if n_rows < LEAST_ROWS || first != Some(facts.sibling_idx) {
        return outcomes.not_applicable();
    }
    if n_equal < n_rows {
        return outcomes.exact();
    }
    let n_forms = facts.siblings.iter().filter(|it| 0 < it.n_bounded).count();
    outcomes.raise(Raised::new(&D12::META, Grade::S2).at([Pointer::Form]).message(
        format!("本文件 {n_forms} 张自评表中 {n_rows} 个界限型指标（≥、≤等）的实际值全部恰等于界限，疑照填指标值"),
        format!(
            "in the document's {n_forms} self-evaluations all {n_rows} actuals whose target is a bound are exactly that \
             bound: they were probably copied"
        ),
    ));
}
