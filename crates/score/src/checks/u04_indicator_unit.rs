//! U04: a price that does not say for what, or for another thing in the actual than in the target.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Dimension, Quantity};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::costing::Costing;
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// A price is for each of something, and for the same in target and actual.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值  | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 驻场费用 | 180000元/年 | 0元/项     | 10   | 10
    /// fires /indicators/0/actual suspicion low
    /// ----
    /// 目标表
    /// 资金     | 年初预算数
    /// 项目总额 | 18.5
    /// 一级指标 | 二级指标 | 三级指标             | 年度指标值
    /// 产出指标 | 成本指标 | 提供分析报告（13份） | 5000元
    ///          |          | 新建模型（30个）     | 4000元
    /// fires /indicators/0/target,/indicators/1/target suspicion low
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值  | 实际完成值  | 分值 | 得分
    /// 产出指标 | 成本指标 | 驻场费用 | 450元/人/天 | 430元/天/人 | 10   | 10
    ///          |          | 场租     | 5000元      | 4000元      | 10   | 10
    /// quiet
    /// ```
    U04 = Meta {
        code: "U04",
        name: "indicator-unit",
        name_zh: "单位缺失",
        class: "S3",
        severity: Level::Low,
        summary_zh: "单价缺“/项”，或指标值与实际值的计价单位不同",
        summary_en: "a price lacks its denominator, or has another one in the actual",
        definition_zh: "成本指标印作金额，乘以本表所印数量才恰等于预算的，是缺“/项”的单价；指标值与实际值都是单价而计价单位（“/”后）不同，或其一没有的。",
        definition_en: "Amounts that come to the budget to the last digit only if each is multiplied with the count that the form prints are prices without /项; target and actual of one \
                        row are prices for different things, or only one of them is a price.",
        tolerance: "none",
        authority: "M6",
        applies_when: "a cost row with an amount and a count, or a row whose target or actual is a price",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let costing = Costing::of(facts);
    if costing.lacks_denominators(facts) {
        let cells = costing.items.iter().map(|it| Pointer::Indicator(it.row_idx, IndicatorField::Target));
        outcomes.raise(Raised::new(&U04::META, Grade::S3).at(cells).message(
            "成本指标印作金额，乘以数量才等于预算：缺计价单位",
            "the costs are printed as amounts, and come to the budget only times their counts: the denominator is missing",
        ));
    }
    if facts.has_column(IndicatorField::Actual) && !facts.actuals_are_points() {
        for (row_idx, row) in facts.counted_rows() {
            if row.is_idle {
                continue;
            }
            let Some(values) = facts.values(row_idx) else { continue };
            if let Some((target, actual)) = values.target.quantity().zip(values.actual.quantity()) {
                look(facts, outcomes, row_idx, target, actual);
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn look(facts: &Facts<'_>, outcomes: &mut Outcomes, row_idx: usize, target: &Quantity, actual: &Quantity) {
    let is_money = |it: &Quantity| it.dimension() == Some(Dimension::Money);
    if !is_money(target) || !is_money(actual) || (!target.is_price() && !actual.is_price()) {
        return;
    }
    let row = facts.form.indicators.get(row_idx);
    let printed = |field| show::printed(row.and_then(|it| it.field(field)));
    let (wanted, reached) = (printed(IndicatorField::Target), printed(IndicatorField::Actual));
    let (Some(left), Some(right)) = (target.unit, actual.unit) else { return };
    // An average says of what in words.
    if left.has_same_per(&right) || wanted.contains('均') || reached.contains('均') {
        return outcomes.exact();
    }
    let name = show::row_name(facts.form, row_idx);
    outcomes.raise(
        Raised::new(&U04::META, Grade::S3)
            .at([Pointer::Indicator(row_idx, IndicatorField::Actual)])
            .inputs([Pointer::Indicator(row_idx, IndicatorField::Target)])
            .stated(reached)
            .message(
                format!("{name}指标值 {wanted}，实际 {reached}：计价单位不同"),
                format!("{name}: target {wanted}, actual {reached}: prices for different things"),
            ),
    );
}
