//! X09: a row that states how much of the money was paid, against the execution rate.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::{Fraction, Quantity};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::rate::total_rate;
use crate::{Meta, names, show};

check! {
    /// 资金支付率 is the execution rate under another name.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额 | 24         | 18         | 75%
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 时效指标 | 资金支付率 | 100%       | 100%       | 10   | 10
    /// fires /indicators/0/actual suspicion high
    /// ```
    /// Within five points it may be rounded or of another day; how correct or punctual payments were is another matter:
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额 | 24         | 18         | 75%
    ///
    /// 一级指标 | 二级指标 | 三级指标         | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 时效指标 | 预算执行率       | 100%       | 77%        | 10   | 8
    /// 产出指标 | 质量指标 | 资金支付准确率   | 100%       | 100%       | 10   | 10
    /// 产出指标 | 质量指标 | 资金支付及时率   | 100%       | 100%       | 10   | 10
    /// 产出指标 | 质量指标 | 政策执行率       | 100%       | 100%       | 10   | 10
    /// quiet
    /// ```
    X09 = Meta {
        code: "X09",
        name: "payment-rate",
        name_zh: "支付率与执行率不符",
        class: "S1",
        severity: Level::Medium,
        summary_zh: "资金支付（支出、执行）率的实际值与执行率相差超过5个百分点",
        summary_en: "a row that states the share paid differs from the execution rate by more than five points",
        definition_zh: "名为资金（预算）支付、支出、执行、使用率或完成支付的行，实际值与总额行执行率相差不超过5个百分点；准确率、合规率、及时率等不计。",
        definition_en: "The actual of a row named as the share of the money paid, spent or used lies within five points of the total line's execution \
                        rate; how correct, regular or punctual payments were is not meant.",
        tolerance: "five points (of the rule book; no document gives a bound)",
        authority: "M2",
        applies_when: "a row named 资金支付率 or the like with a percentage, and an execution rate",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        if row.is_idle || !is_payment_rate(facts, row_idx) {
            continue;
        }
        let at = Pointer::Indicator(row_idx, IndicatorField::Actual);
        if facts.actuals_are_points() {
            outcomes.not_checkable([at], "实际值栏填的是得分（D05）", "the actual column holds points (D05)");
            continue;
        }
        let Some(actual) = facts.values(row_idx).and_then(|it| it.actual.quantity().copied()) else { continue };
        if let Some(rate) = total_rate(facts) {
            compare(facts, outcomes, row_idx, &actual, rate);
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn compare(facts: &Facts<'_>, outcomes: &mut Outcomes, row_idx: usize, actual: &Quantity, rate: Fraction) {
    let at = Pointer::Indicator(row_idx, IndicatorField::Actual);
    let is_percentage = actual.is_percent() || actual.unit.is_none();
    let (Some(paid), Some(rate), true) = (actual.interval(), rate.times(Fraction::from(100_i64)), is_percentage) else {
        return outcomes.not_checkable([at], "实际值不是百分比", "the actual is no percentage");
    };
    let farthest = Fraction::from(i64::from(facts.thresholds.payment_gap_points));
    let reach =
        gouji_quantity::Interval::closed(rate.minus(farthest).unwrap_or(rate), rate.plus(farthest).unwrap_or(rate));
    if paid.intersects(&reach) {
        return outcomes.within_rounding();
    }
    let printed = show::printed(facts.form.indicators.get(row_idx).and_then(|it| it.actual.as_ref()));
    let (name, rate) = (show::row_name(facts.form, row_idx), format!("{}%", show::rounded(rate, 2)));
    let lines = facts.total_line.into_iter().map(|it| Pointer::Funds(it, FundsField::Rate));
    outcomes.raise(
        Raised::new(&X09::META, Grade::S1).at([at]).inputs(lines).stated(printed).recomputed(rate.clone()).message(
            format!("{name}实际值 {printed}，而资金执行率为 {rate}"),
            format!("{name} states {printed}, the execution rate is {rate}"),
        ),
    );
}

/// The name says what share of the money was paid.
fn is_payment_rate(facts: &Facts<'_>, row_idx: usize) -> bool {
    /// What the money is called. 政策执行率 and 计划执行率 speak of no money.
    const MONEY: [&str; 6] = ["资金", "预算", "经费", "支付", "支出", "款项"];
    const VERBS: [&str; 4] = ["支付", "支出", "执行", "使用"];
    /// What else a rate of payments may be about.
    const OTHERS: [&str; 18] = [
        "准确", "合规", "及时", "正确", "规范", "合法", "合理", "安全", "节约", "有效", "到位", "拨付", "效率", "效益",
        "偏差", "控制", "增长", "下降",
    ];
    let Some(cell) = facts.form.indicators.get(row_idx).and_then(|it| it.name.as_ref()) else { return false };
    let has = |words: &[&str]| words.iter().any(|word| cell.text.contains(word));
    if !has(&VERBS) || !has(&MONEY) || has(&OTHERS) {
        return false;
    }
    let name = names::bare(&cell.text);
    let name = name.split('(').next().unwrap_or_default();
    [
        "支付率",
        "支出率",
        "执行率",
        "使用率",
        "支付完成率",
        "支出完成率",
        "执行完成率",
        "完成支付",
        "支付进度",
        "支出进度",
        "执行进度",
    ]
    .iter()
    .any(|word| name.ends_with(word))
}
