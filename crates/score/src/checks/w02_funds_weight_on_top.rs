//! W02: funds points on top of indicators that already make up the whole.

use gouji_model::{FundsField, Level, Pointer};
use gouji_quantity::{Decimal, Number};

use super::w01_weight_sum::{FULL_MARKS, readable_sum, weight_cells};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// Where the indicators alone come to the total, points beside the funds are too many.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 分值 | 得分
    /// 年度资金总额 | 23         | 23         | 10   | 10
    ///
    /// 一级指标     | 三级指标 | 分值 | 得分
    /// 产出指标     | 督查     | 40   | 40
    /// 效益指标     | 满意     | 60   | 60
    /// 总分 | 100 |
    /// fires /funds/0/weight breach
    /// ```
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 分值 | 得分
    /// 年度资金总额 | 23         | 23         | 10   | 10
    ///
    /// 一级指标     | 三级指标 | 分值 | 得分
    /// 产出指标     | 督查     | 50   | 50
    /// 效益指标     | 满意     | 40   | 40
    /// 总分 | 100 | 100
    /// quiet
    /// ```
    W02 = Meta {
        code: "W02",
        name: "funds-weight-on-top",
        name_zh: "资金分值另加",
        class: "B",
        severity: Level::Medium,
        summary_zh: "指标分值已满总分，资金分值另加其上",
        summary_en: "points beside the funds on top of indicators that already make up the whole",
        definition_zh: "印有资金分值 f，而指标分值之和比加上 f 更接近总分值（未印的为100）。",
        definition_en: "Points f are printed beside the funds, and the indicators alone lie nearer to the total (100 where none is printed) than \
                        with f.",
        tolerance: "exact",
        authority: "M2, N2",
        applies_when: "points of the total funds line and of the indicators",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, funds)) = facts.total_line.zip(facts.funds_weight()).filter(|it| !it.1.is_zero()) else {
        return outcomes.not_applicable();
    };
    if !facts.is_self_evaluation() || !facts.has_weights() {
        return outcomes.not_applicable();
    }
    let at = Pointer::Funds(line_idx, FundsField::Weight);
    if readable_sum(facts, outcomes, at).is_none() {
        return;
    }
    let weights: Vec<Number> = facts.weights(0..facts.rows.len()).collect();
    let alone = show::total(&weights);
    let both = alone + funds.value();
    let wanted = facts.total_weight.number().map_or(FULL_MARKS, Number::value);
    let distance = |sum: Decimal| (sum - wanted).abs();
    if distance(both) <= distance(alone) {
        return outcomes.exact();
    }
    let (alone, both, points, wanted) =
        (show::plain(alone), show::plain(both), show::plain(funds.value()), show::plain(wanted));
    outcomes.raise(
        Raised::new(&W02::META, Grade::B)
            .at([at])
            .inputs(weight_cells(facts))
            .inputs((!facts.total_weight.is_blank()).then_some(Pointer::TotalWeight))
            .stated(points.clone())
            .recomputed(both.clone())
            .equation(format!("{alone} + {points} = {both}"))
            .message(
                format!("指标分值已合计 {alone}，再加资金分值 {points} 为 {both}，总分值为 {wanted}"),
                format!(
                    "the indicators alone have {alone} points; with {points} for the funds it is {both} of {wanted}"
                ),
            ),
    );
}
