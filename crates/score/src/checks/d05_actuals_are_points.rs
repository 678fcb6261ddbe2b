//! D05: a column of actuals that holds the scores once more.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Decimal, Number};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, is_empty};

check! {
    /// Actuals that repeat the scores and have nothing to do with the targets are points: what was reached is not known, and
    /// no check of the indicators' logic can be made.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 专线     | 1条        | 4          | 4    | 4
    /// 产出指标 | 数量指标 | 抽样     | 4425户     | 4          | 4    | 4
    /// 产出指标 | 质量指标 | 软件     | 安装到位   | 8          | 8    | 8
    /// fires /indicators/-/actual breach
    /// ```
    /// Targets that equal their scores by chance are not enough:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 课程     | 5个        | 5          | 5    | 5
    /// 产出指标 | 数量指标 | 天数     | 10天       | 10         | 10   | 10
    /// 产出指标 | 质量指标 | 班次     | 4期        | 4          | 4    | 4
    /// quiet
    /// ```
    D05 = Meta {
        code: "D05",
        name: "actuals-are-points",
        name_zh: "实际值栏填得分",
        class: "B",
        severity: Level::High,
        summary_zh: "实际完成值一栏填的是得分",
        summary_en: "the column of actuals holds the scores",
        definition_zh: "同时印有实际值和得分的行中，至少三行且至少80%实际值等于得分，其中至少一半实际值与指标值的第一个数不同或指标值没有数。实际完成情况无从得知，\
                        各 I 类核对均不可做。",
        definition_en: "Of the rows that print both actual and score at least three and at least 80% have actual = score, and in at least half of these \
                        the actual differs from the target's first number, or the target holds none. The actuals are unknown: no I check can be made.",
        tolerance: "exact",
        authority: "M2",
        applies_when: "three rows that print actual and score",
        ..BLANK
    }, run
}

/// Fewest rows that prove it.
const FEWEST_ROWS: usize = 3;

/// What the rows say of the column.
struct Count {
    both: usize,
    same: usize,
    unlike_target: usize,
}

fn count(facts: &Facts<'_>) -> Count {
    let mut found = Count { both: 0, same: 0, unlike_target: 0 };
    for (row_idx, row) in facts.counted_rows() {
        let Some(indicator) = facts.form.indicators.get(row_idx) else { continue };
        let Some(score) = row.score.number() else { continue };
        let Some(actual) = indicator.actual.as_ref().filter(|it| !is_empty(Some(it))) else { continue };
        found.both += 1;
        let Some(number) = gouji_quantity::number(&actual.text).filter(|it| it.value() == score.value()) else {
            continue;
        };
        found.same += 1;
        let first = indicator.target.as_ref().and_then(|it| first_number(&it.text));
        if first.is_none_or(|it| it != Number::value(number)) {
            found.unlike_target += 1;
        }
    }
    found
}

/// The first number printed in a text, whatever it belongs to.
fn first_number(text: &str) -> Option<Decimal> {
    if let Some(number) = plain_first_number(text) {
        return gouji_quantity::number(number.trim_end_matches('.')).map(Number::value);
    }
    let folded = gouji_quantity::fold(text);
    let start = folded.find(|it: char| it.is_ascii_digit())?;
    let rest = folded.get(start..)?;
    let end = rest.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(rest.len());
    gouji_quantity::number(rest.get(..end)?.trim_end_matches('.')).map(Number::value)
}

/// The first number of a text, where it is of ASCII digits and what stands behind it does not change when it is folded.
fn plain_first_number(text: &str) -> Option<&str> {
    let start = text.find(|it: char| it.is_ascii_digit() || ('０'..='９').contains(&it))?;
    let rest = text.get(start..)?;
    let end = rest.bytes().position(|it| !it.is_ascii_digit() && it != b'.').unwrap_or(rest.len());
    let is_plain = rest
        .as_bytes()
        .get(end)
        .is_none_or(|it| it.is_ascii_alphanumeric() || (0xE4..=0xE9).contains(it) || *it == b'%');
    rest.get(..end).filter(|it| is_plain && !it.is_empty())
}

/// The column of actuals holds points.
pub(crate) fn holds_points(facts: &Facts<'_>) -> bool {
    let Count { both, same, unlike_target } = count(facts);
    // A form that is cut off after a row or two shows too little to be accused of it, and its actuals are as doubtful.
    let is_cut_short = facts.is_open_tail() && (1..FEWEST_ROWS).contains(&both) && same == both;
    (FEWEST_ROWS <= same || is_cut_short) && 4 * both <= 5 * same && same <= 2 * unlike_target
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Count { both, same, unlike_target } = count(facts);
    if both < FEWEST_ROWS {
        return outcomes.not_applicable();
    }
    if !facts.actuals_are_points() {
        return outcomes.exact();
    }
    outcomes.raise(
        Raised::new(&D05::META, Grade::B)
            .at([Pointer::Column(IndicatorField::Actual)])
            .inputs([Pointer::Column(IndicatorField::Score), Pointer::Column(IndicatorField::Target)])
            .stated(format!("{same} / {both}"))
            .message(
                format!("{both} 行中有 {same} 行的实际值就是得分，其中 {unlike_target} 行与指标值无关：实际完成情况无从得知"),
                format!("in {same} of {both} rows the actual is the score, in {unlike_target} unlike the target: what was reached is unknown"),
            ),
    );
}
