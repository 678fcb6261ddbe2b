//! W01: the sum of all points against the printed total.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::{Decimal, Interval, Number};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure};
use crate::{Meta, show};

check! {
    /// The points of the indicators, with or without those of the funds, have to come to the printed total, or to 100.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 分值
    /// 年度资金总额 | 20         | 20         | 10
    ///
    /// 一级指标     | 三级指标 | 分值 | 得分
    /// 产出指标     | 线路     | 9.8  | 9.8
    /// 产出指标     | 覆盖     | 50   | 50
    /// 效益指标     | 开通     | 40   | 40
    /// 总分 | 100 | 99.8
    /// fires /total/weight contradiction
    /// ----
    /// 一级指标     | 三级指标 | 分值 | 得分
    /// 产出指标     | 线路     | 45   | 45
    /// 效益指标     | 开通     | 40   | 40
    /// fires form breach
    /// ```
    /// Thirds may be rounded, and the funds may be in the total or not:
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 分值
    /// 年度资金总额 | 20         | 20         | 10
    ///
    /// 一级指标     | 三级指标 | 分值 | 得分
    /// 产出指标     | 一期     | 16.67 | 16.67
    /// 产出指标     | 二期     | 16.67 | 16.67
    /// 产出指标     | 三期     | 16.67 | 16.67
    /// 效益指标     | 开通     | 40   | 40
    /// 总分 | 100 | 100
    /// quiet
    /// ```
    /// Where no funds are printed and just their points are missing, they may be printed out of sight:
    /// ```form
    /// 一级指标     | 三级指标 | 分值 | 得分
    /// 产出指标     | 线路     | 50   | 50
    /// 效益指标     | 开通     | 40   | 40
    /// quiet
    /// ```
    W01 = Meta {
        code: "W01",
        name: "weight-sum",
        name_zh: "分值合计不符",
        class: "C/B",
        severity: Level::High,
        summary_zh: "各指标分值之和（计或不计资金分值）应等于印出的总分值",
        summary_en: "the points of all indicators, with or without the funds, come to the printed total",
        definition_zh: "指标分值之和，计或不计资金分值，等于总分行的分值；总分行未印分值的应等于100。",
        definition_en: "The sum of the indicators' points, with or without those of the funds, equals the points of the total row, or 100 where \
                        none are printed.",
        tolerance: "exact; parts that are not integers enter as [w - u/2, w + u/2)",
        authority: "M2, N2; P5; Q1",
        applies_when: "points of the indicators of a self-evaluation",
        ..BLANK
    }, run
}

/// Full marks where the form prints no total (M2).
pub(super) const FULL_MARKS: Decimal = Decimal::ONE_HUNDRED;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if !facts.is_self_evaluation() || !facts.has_weights() {
        return outcomes.not_applicable();
    }
    let at = if facts.total_weight.is_blank() { Pointer::Form } else { Pointer::TotalWeight };
    let Some(sum) = readable_sum(facts, outcomes, at) else { return };
    let (wanted, grade) = match facts.total_weight {
        Figure::Number(number) => (number.value(), Grade::C),
        Figure::Blank | Figure::Words => (FULL_MARKS, Grade::B),
    };
    let with_funds = facts.funds_weight().and_then(|it| sum.plus(&Interval::point(it.value())));
    let holds = |it: &Interval| it.contains(wanted);
    if holds(&sum) || with_funds.as_ref().is_some_and(holds) {
        let is_exact = sum.only().is_some();
        if is_exact {
            outcomes.verify();
        }
        return outcomes.agrees(is_exact);
    }
    if facts.counted_rows().any(|(_, row)| row.weight.is_blank() && row.score.number().is_some_and(|it| !it.is_zero()))
    {
        return outcomes.not_checkable([at], "有得分的行缺分值", "a scored row prints no points");
    }
    let missing = wanted - facts.weights(0..facts.rows.len()).map(Number::value).sum::<Decimal>();
    if super::t01_total_score::may_lack_funds(facts, missing) {
        return outcomes.not_checkable(
            [at],
            "表中无资金，可能缺其分值",
            "no funds are printed: their points may be missing",
        );
    }
    outcomes.raise(raised(facts, grade, at, wanted));
}

fn raised(facts: &Facts<'_>, grade: Grade, at: Pointer, wanted: Decimal) -> Raised {
    let weights: Vec<Number> = facts.weights(0..facts.rows.len()).collect();
    let exact = show::total(&weights);
    let total = show::plain(exact);
    let wanted_text = show::plain(wanted);
    let funds = facts.funds_weight();
    let (both_zh, both_en) = funds.map_or_else(Default::default, |it| {
        let both = show::plain(exact + it.value());
        (format!("（计资金分值 {both}）"), format!(" ({both} with the funds)"))
    });
    let mut raised = Raised::new(&W01::META, grade)
        .at([at])
        .inputs(weight_cells(facts))
        .inputs(facts.total_line.filter(|_| funds.is_some()).map(|it| Pointer::Funds(it, FundsField::Weight)))
        .stated(wanted_text.clone())
        .recomputed(total.clone())
        .equation(show::sum(&weights))
        .message(
            format!("各指标分值相加为 {total}{both_zh}，应为 {wanted_text}"),
            format!("the points of the indicators add up to {total}{both_en}, not to {wanted_text}"),
        );
    if let Some((row_idx, meant)) = super::w06_score_in_weight_cell::meant_weight(facts) {
        let cell = Pointer::Indicator(row_idx, IndicatorField::Weight);
        raised = raised.agrees_if(show::reading(cell, Some(&show::plain(meant))));
    }
    raised
}

/// The cells of all points that take part in the sum.
pub(super) fn weight_cells(facts: &Facts<'_>) -> Vec<Pointer> {
    let printed = facts.counted_rows().filter(|(_, row)| !row.weight.is_blank());
    printed.map(|(row_idx, _)| Pointer::Indicator(row_idx, IndicatorField::Weight)).collect()
}

/// The interval of the sum of all points; what bars it is left in `outcomes`.
pub(super) fn readable_sum(facts: &Facts<'_>, outcomes: &mut Outcomes, at: Pointer) -> Option<Interval> {
    if facts.is_open() {
        outcomes.not_checkable(
            [at],
            "表头或表尾残缺，可能缺行",
            "the form is cut at its head or tail: rows may be missing",
        );
        return None;
    }
    let has_words =
        facts.counted_rows().any(|(_, row)| row.weight == Figure::Words) || facts.total_weight == Figure::Words;
    if has_words {
        outcomes.not_checkable([at], "有分值不是数字", "some points are no number");
        return None;
    }
    let sum = facts.weight_sum(0..facts.rows.len());
    if sum.is_none() {
        outcomes.not_checkable([at], "数字过大", "a figure is too large");
    }
    sum
}
