//! T05: a total above what can be reached.

use gouji_model::{Level, Pointer};
use gouji_quantity::{Decimal, Number};

use super::w01_weight_sum::{FULL_MARKS, weight_cells};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure};
use crate::{Meta, show};

check! {
    /// No total can be above 100, or above all the points there are.
    ///
    /// ```form
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 一期     | 100  | 100
    /// 总分 | 100 | 105.2
    /// fires /total/score contradiction
    /// ----
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 一期     | 90   | 90
    /// 总分 | 90 | 95
    /// fires /total/score contradiction
    /// ```
    /// ```form
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 一期     | 100  | 100
    /// 总分 | 100 | 100
    /// quiet
    /// ```
    T05 = Meta {
        code: "T05",
        name: "total-out-of-range",
        name_zh: "总分超限",
        class: "C",
        severity: Level::High,
        summary_zh: "总分不得大于100，也不得大于分值之和",
        summary_en: "a total above 100 or above all points",
        definition_zh: "印出的总分不大于100，也不大于指标分值与资金分值之和。",
        definition_en: "The printed total is not above 100 and not above the points of the indicators and the funds together.",
        tolerance: "exact",
        authority: "M2",
        applies_when: "a printed total score",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let at = Pointer::TotalScore;
    if facts.total_score.is_blank() {
        return outcomes.not_applicable();
    }
    let Some(total) = facts.total_score.number() else {
        return outcomes.not_checkable([at], "总分不是数字", "the total is no number");
    };
    if facts.is_open_tail() {
        return outcomes.not_checkable([at], "表尾残缺", "the form is cut at its tail");
    }
    let score = total.value();
    let weights: Decimal = facts.weights(0..facts.rows.len()).map(Number::value).sum();
    let all = weights + facts.funds_weight().map_or(Decimal::ZERO, Number::value);
    // Rows without points, or a cut form, leave the sum of the points unknown.
    let has_unweighted_funds =
        facts.total_line().is_some_and(|(_, line)| line.weight.is_blank() && !line.score.is_blank());
    let is_known = facts.has_weights()
        && !facts.is_open()
        && !has_unweighted_funds
        && !super::t01_total_score::may_lack_funds(facts, score - all)
        && facts.counted_rows().all(|(_, row)| row.weight != Figure::Words)
        && facts.counted_rows().all(|(_, row)| !row.weight.is_blank() || row.score.is_blank());
    // Weights such as 3.33 come to a hair less than the whole that they stand for.
    let slack = facts.weight_sum(0..facts.rows.len()).and_then(|it| it.high().value());
    let is_above_all = is_known
        && all < score
        && slack.is_none_or(|high| {
            let funds = facts.funds_weight().map_or(Decimal::ZERO, Number::value);
            high.plus(funds.into()).is_none_or(|it| it < score.into())
        });
    if score <= FULL_MARKS && !is_above_all {
        return outcomes.exact();
    }
    let most = if is_above_all { all.min(FULL_MARKS) } else { FULL_MARKS };
    let (printed, most) = (show::plain(score), show::plain(most));
    outcomes.raise(
        Raised::new(&T05::META, Grade::C)
            .at([at])
            .inputs(if is_above_all { weight_cells(facts) } else { Vec::new() })
            .stated(printed.clone())
            .admissible(format!("[0, {most}]"))
            .equation(format!("{printed} > {most}"))
            .message(
                format!("总分 {printed} 超过可得的最高分 {most}"),
                format!("the total {printed} is above the {most} points that can be reached"),
            ),
    );
}
