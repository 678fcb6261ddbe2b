//! W06: the score of an unmet row written into its points as well.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Decimal, Number};

use super::w01_weight_sum::FULL_MARKS;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Row};
use crate::met::Attainment;
use crate::{Meta, show};

check! {
    /// Whole points everywhere, an odd figure in both cells of an unmet row, and a sum that fails by just this much: the
    /// score stands where the points belong.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 线路     | 76条       | 74条       | 9.8  | 9.8
    /// 产出指标 | 质量指标 | 及时率   | 100%       | 100%       | 50   | 50
    /// 效益指标 | 社会效益 | 知晓率   | 100%       | 100%       | 40   | 40
    /// 总分 | 100 | 99.8
    /// fires /indicators/0/weight suspicion high
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 线路     | 76条       | 76条       | 12.5 | 12.5
    /// 产出指标 | 质量指标 | 及时率   | 100%       | 100%       | 47.5 | 47.5
    /// 效益指标 | 社会效益 | 知晓率   | 100%       | 100%       | 40   | 40
    /// 总分 | 100 | 100
    /// quiet
    /// ```
    W06 = Meta {
        code: "W06",
        name: "score-in-weight-cell",
        name_zh: "得分误作分值",
        class: "S1",
        severity: Level::Medium,
        summary_zh: "未完成行的分值栏疑填成了得分",
        summary_en: "the score of an unmet row seems to stand in its points as well",
        definition_zh: "未完成的行分值等于得分且不是整数，其余分值均为整数，分值合计因此差一个小数。",
        definition_en: "An unmet row's points equal its score and are no integer, all other points are, and the sum fails by just this row.",
        tolerance: "exact",
        authority: "P5",
        applies_when: "an unmet row whose points equal its score and are no integer",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some(row_idx) = odd_row(facts) else { return outcomes.not_applicable() };
    let at = Pointer::Indicator(row_idx, IndicatorField::Weight);
    if facts.is_open() {
        return outcomes.not_checkable([at], "表头或表尾残缺", "the form is cut at its head or tail");
    }
    let Some((_, meant)) = meant_weight(facts) else { return outcomes.exact() };
    let name = show::row_name(facts.form, row_idx);
    let printed = facts.rows.get(row_idx).and_then(|row| row.weight.number()).map_or(Decimal::ZERO, Number::value);
    let (printed, meant) = (show::plain(printed), show::plain(meant));
    outcomes.raise(
        Raised::new(&W06::META, Grade::S1)
            .at([at])
            .inputs([Pointer::Indicator(row_idx, IndicatorField::Score)])
            .stated(printed.clone())
            .recomputed(meant.clone())
            .agrees_if(show::reading(at, Some(&meant)))
            .message(
                format!("{name}的分值 {printed} 与得分相同，疑应为 {meant}，分值合计即相符"),
                format!("the points of {name}, {printed}, repeat its score; with {meant} the points add up"),
            ),
    );
}

/// The one row whose points are no integer, equal its score, and whose target is not met.
fn odd_row(facts: &Facts<'_>) -> Option<usize> {
    let is_odd = |row: &Row| row.weight.number().is_some_and(|it| !it.value().fract().is_zero());
    let mut odd = facts.counted_rows().filter(|(_, row)| is_odd(row));
    let (row_idx, row) = odd.next()?;
    let is_same =
        row.score.number().zip(row.weight.number()).is_some_and(|(score, weight)| score.value() == weight.value());
    if odd.next().is_some() || !is_same || facts.actuals_are_points() {
        return None;
    }
    (facts.comparison(row_idx).met == Attainment::Unmet).then_some(row_idx)
}

/// The odd row, and the whole number of points that would make the sum hold.
pub(super) fn meant_weight(facts: &Facts<'_>) -> Option<(usize, Decimal)> {
    let row_idx = odd_row(facts)?;
    let odd = facts.rows.get(row_idx)?.weight.number()?.value();
    let sum: Decimal = facts.weights(0..facts.rows.len()).map(Number::value).sum();
    let wanted = facts.total_weight.number().map_or(FULL_MARKS, Number::value);
    let funds = facts.funds_weight().map_or(Decimal::ZERO, Number::value);
    let meant = |counted: Decimal| wanted - (sum - odd) - counted;
    // The score of an unmet row lies below its points, and hardly below half of them: else it is another row that fails.
    let is_likely = |it: &Decimal| it.fract().is_zero() && odd < *it && *it <= odd + odd;
    [meant(Decimal::ZERO), meant(funds)].into_iter().find(is_likely).map(|it| (row_idx, it))
}
