//! S06: nearly full scores for money that was not spent.

use gouji_model::{Level, Pointer};
use gouji_quantity::{Decimal, Fraction, Number};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::rate::{rate_inputs, total_rate};
use crate::{Meta, show};

check! {
    /// Indicators that come out full while the money lies unspent do not fit together.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额 | 172.53     | 70.43      | 40.82%
    ///
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 培训     | 60   | 60
    /// 效益指标 | 满意     | 40   | 38
    /// fires form suspicion medium
    /// ----
    /// 资金         | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额 | 33         | 0          | 0
    ///
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 升级     | 90   | 90
    /// fires form suspicion high
    /// ```
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额 | 39.5       | 33.61      | 85.09
    ///
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 租赁     | 90   | 90
    /// quiet
    /// ```
    S06 = Meta {
        code: "S06",
        name: "scores-against-rate",
        name_zh: "得分与执行率背离",
        class: "S2/S1",
        severity: Level::Medium,
        summary_zh: "资金执行率低而指标得分率高",
        summary_en: "a low execution rate and high scores of the indicators",
        definition_zh: "执行率低于80%，且（指标得分率−执行率）÷指标得分率大于5%；执行率为0的更可疑。",
        definition_en: "Rate below 80% and (share of the indicators' points scored - rate) / share above 5%; more suspicious where the rate is 0.",
        tolerance: "exact",
        authority: "P9",
        applies_when: "an execution rate, points and scores",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some(rate) = total_rate(facts) else { return outcomes.not_applicable() };
    let Some(share) = scored_share(facts) else { return outcomes.not_applicable() };
    let is_low = Fraction::new(i128::from(facts.thresholds.low_rate_percent), 100).is_some_and(|it| rate < it);
    let gap = share.minus(rate).and_then(|it| it.over(share));
    let is_wide = gap
        .zip(Fraction::new(i128::from(facts.thresholds.score_gap_percent), 100))
        .is_some_and(|(gap, allowed)| allowed < gap);
    if !is_low || !is_wide {
        return outcomes.exact();
    }
    let grade = if rate.is_zero() { Grade::S1 } else { Grade::S2 };
    let (rate_text, share_text) = (show::percent(rate), show::percent(share));
    let inputs = facts.total_line.map(|it| rate_inputs(it, facts.rate_base()));
    outcomes.raise(
        Raised::new(&S06::META, grade)
            .at([Pointer::Form])
            .inputs(inputs.into_iter().flatten())
            .stated(share_text.clone())
            .recomputed(rate_text.clone())
            .message(
                format!("资金执行率 {rate_text}，指标得分率却为 {share_text}"),
                format!("{rate_text} of the money was spent, yet the indicators score {share_text}"),
            ),
    );
}

/// Scores over points, the funds aside.
fn scored_share(facts: &Facts<'_>) -> Option<Fraction> {
    let mut sums = (Decimal::ZERO, Decimal::ZERO);
    for (_, row) in facts.counted_rows() {
        if let Some((score, weight)) = row.score.number().zip(row.weight.number()) {
            sums = (sums.0.checked_add(score.value())?, sums.1.checked_add(Number::value(weight))?);
        }
    }
    if sums.0.is_zero() {
        return None;
    }
    Fraction::from(sums.0).over(Fraction::from(sums.1))
}
