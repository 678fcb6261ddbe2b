//! W07: too many points for the cost row that a system adds by itself.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::Decimal;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, is_empty};
use crate::{Meta, show};

check! {
    /// Where no cost indicator was filed, the system adds a row of its own, worth five points at most.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 调整后指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | 12次       |              | 12次       | 80   | 80
    /// 产出指标 | 成本指标 | 成本指标 |            |              |            | 10   | 10
    /// 项目自评结论: 已完成
    /// 总分 | 90 | 90
    /// fires /indicators/1/weight breach
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 调整后指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | 12次       |              | 12次       | 80   | 80
    /// 产出指标 | 成本指标 | 建设成本 | ≤190万元   |              | 190万元    | 10   | 10
    /// 项目自评结论: 已完成
    /// 总分 | 90 | 90
    /// quiet
    /// ```
    W07 = Meta {
        code: "W07",
        name: "cost-weight-cap",
        name_zh: "成本分值超限",
        class: "B",
        severity: Level::Low,
        summary_zh: "系统默认的成本行分值不得超过5分",
        summary_en: "the default cost row is worth five points at most",
        definition_zh: "带“调整后指标值”栏和自评结论的方案：未申报成本指标时系统默认的成本行（无名称、无指标值），分值不超过5。",
        definition_en: "In the scheme with a column of adjusted targets and a box of conclusions: the cost row that the system adds when none was \
                        filed (no name of its own, no target) has at most 5 points.",
        tolerance: "exact",
        authority: "P5",
        applies_when: "a default cost row in a scheme that caps it",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some(cap) = facts.profile.default_cost_row else { return outcomes.not_applicable() };
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        let Some(indicator) = facts.form.indicators.get(row_idx) else { continue };
        let is_cost = indicator.l2.as_ref().is_some_and(|it| it.text.contains("成本"));
        let own = indicator.name.as_ref().map(|it| it.text.trim());
        let is_default =
            is_empty(indicator.target.as_ref()) && matches!(own, None | Some("" | "成本" | "成本指标" | "项目成本"));
        let Some(weight) = row.weight.number().filter(|_| is_cost && is_default) else { continue };
        if weight.value() <= Decimal::from(cap) {
            outcomes.exact();
            continue;
        }
        let printed = show::plain(weight.value());
        outcomes.raise(
            Raised::new(&W07::META, Grade::B)
                .at([Pointer::Indicator(row_idx, IndicatorField::Weight)])
                .stated(printed.clone())
                .admissible(format!("≤ {cap}"))
                .message(
                    format!("默认成本行分值 {printed}，不得超过 {cap}"),
                    format!("the default cost row has {printed} points, {cap} at most are allowed"),
                ),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}
