//! P01: a percentage that no count over the printed sample gives.

use gouji_model::{Indicator, IndicatorField, Level, Pointer};
use gouji_quantity::{Dimension, Fraction, Quantity};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::show;

check! {
    /// Of 30 people asked 28 are 93.3% and 29 are 96.7%; nothing gives 95.5%. (Granularity test of means, GRIM.)
    ///
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分 | 计算方法
    /// 满意度指标 | 满意度   | 群众满意度 | ≥90%       | 95.5%      | 10   | 10   | 回收有效问卷30份
    /// fires /indicators/0/actual suspicion medium
    /// ```
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分 | 计算方法
    /// 满意度指标 | 满意度   | 群众满意度 | ≥90%       | 96.7%      | 10   | 10   | 回收有效问卷30份
    /// 满意度指标 | 满意度   | 学员满意度 | ≥90%       | 95.5%      | 10   | 10   | 培训30人
    /// 满意度指标 | 满意度   | 用户满意度 | ≥90%       | 95.5%      | 10   | 10   | 发放问卷200份,回收有效问卷180份
    /// quiet
    /// ```
    P01 = Meta {
        code: "P01",
        name: "grim-percentage",
        name_zh: "百分比与样本不容",
        class: "S2",
        severity: Level::Low,
        summary_zh: "任何人数都得不出所印的百分比",
        summary_en: "no count over the printed sample gives the percentage",
        definition_zh: "同一行印有样本数（问卷、样本、受访）与百分比：没有整数除以样本数等于该百分比（四舍五入或截断）。有几个样本数的，须都不合。默认不核。",
        definition_en: "A row prints the size of a sample (questionnaires, people asked) and a percentage: no whole number over the size is that \
                        percentage, rounded or cut. With several sizes none of them may fit. Off unless selected.",
        tolerance: "the percentage, rounded or cut",
        authority: "GRIM, Brown and Heathers 2017 (recalled)",
        applies_when: "a row whose actual is a percentage and which prints the size of a sample",
        is_off: true,
        ..BLANK
    }, run
}

/// Words that make a count the size of a sample.
const SAMPLE: [&str; 7] = ["问卷", "样本", "受访", "调查表", "抽样", "答卷", "被调查"];

/// How far before its count such a word may stand, in bytes: eight characters.
const REACH: usize = 24;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (row_idx, _) in facts.counted_rows() {
        let Some(row) = facts.form.indicators.get(row_idx) else { continue };
        let actual = facts.values(row_idx).and_then(|it| it.actual.quantity());
        let is_plain = |it: &&Quantity| it.is_percent() && it.operator.is_none() && it.approximation.is_none();
        let Some(actual) = actual.filter(is_plain) else { continue };
        let sizes = sizes(row);
        if sizes.is_empty() {
            continue;
        }
        if sizes.iter().any(|size| is_reachable(actual, *size).unwrap_or(true)) {
            outcomes.within_rounding();
            continue;
        }
        let (stated, name) = (show::plain(actual.number.value()), show::row_name(facts.form, row_idx));
        let size = sizes.iter().map(|it| it.to_string()).collect::<Vec<_>>().join("、");
        outcomes.raise(
            Raised::new(&P01::META, Grade::S2)
                .at([Pointer::Indicator(row_idx, IndicatorField::Actual)])
                .stated(format!("{stated}%"))
                .message(
                    format!("{name}：样本 {size}，任何人数都得不出 {stated}%"),
                    format!("{name}: no count over a sample of {size} gives {stated}%"),
                ),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The sample sizes that a row prints.
fn sizes(row: &Indicator) -> Vec<Fraction> {
    let cells = [&row.name, &row.actual, &row.method, &row.reason];
    let mut found = Vec::new();
    for cell in cells.into_iter().flatten().filter(|it| SAMPLE.iter().any(|word| it.text.contains(word))) {
        for quantity in gouji_quantity::quantities(&cell.text) {
            let is_count = quantity.unit.is_none() || quantity.dimension() == Some(Dimension::Count);
            let near = near_before(&cell.text, quantity.number_span.start);
            let is_sample = is_count && quantity.number.is_integer() && !quantity.number.is_zero();
            if is_sample && SAMPLE.iter().any(|word| near.contains(word)) {
                found.extend(quantity.value());
            }
        }
    }
    found
}

/// The last characters before a place, not over the end of a clause.
fn near_before(text: &str, at: usize) -> &str {
    let from = (at.saturating_sub(REACH)..=at).find(|it| text.is_char_boundary(*it)).unwrap_or(at);
    let near = text.get(from..at).unwrap_or_default();
    near.rsplit(['，', ',', '；', ';', '。']).next().unwrap_or(near)
}

/// Some whole number over the size is the percentage.
fn is_reachable(percentage: &Quantity, size: Fraction) -> Option<bool> {
    let printed = percentage.number.loose();
    let hundredth = size.over(Fraction::from(100))?;
    let nearest = percentage.value()?.times(hundredth)?.floor_at(0)?;
    // Rounding may have gone up or down by less than one count.
    for step in -1..=1_i64 {
        let count = Fraction::from(nearest).plus(Fraction::from(step))?;
        let share = count.over(hundredth)?;
        if printed.contains(share) && !count.is_negative() {
            return Some(true);
        }
    }
    // Where a step of the print holds more than one count, one of them fits in any case.
    Some(Fraction::ONE <= percentage.number.step().times(hundredth)?)
}

#[cfg(test)]
mod tests {
    use gouji_quantity::{Fraction, Quantity};
    use proptest::prelude::*;

    use super::is_reachable;

    fn percentage(text: &str) -> Quantity {
        gouji_quantity::read_value(text).quantity().copied().expect("a percentage")
    }

    #[test]
    fn a_count_too_few_is_seen() {
        let check = |text: &str, size: i64| is_reachable(&percentage(text), Fraction::from(size));
        assert_eq!(check("95.5%", 30), Some(false));
        assert_eq!(check("93.3%", 30), Some(true));
        assert_eq!(check("96.6%", 30), Some(true));
        assert_eq!(check("95.5%", 5000), Some(true));
        assert_eq!(check("0%", 7), Some(true));
    }

    proptest! {
        #[test]
        fn what_a_count_gives_is_reachable(size in 1_i64..5000, count in 0_i64..5000, decimals in 0_u32..4, cut in any::<bool>()) {
            let share = Fraction::new(i128::from(count.min(size)) * 100, i128::from(size)).expect("small");
            let half = Fraction::new(5, 10_i128.pow(decimals + 1)).expect("small");
            let printed = if cut { share } else { share.plus(half).expect("small") }.floor_at(decimals).expect("small");
            let text = format!("{printed:.width$}%", width = decimals as usize);
            prop_assert_eq!(is_reachable(&percentage(&text), Fraction::from(size)), Some(true), "{}", text);
        }
    }
}
