//! I10: words where a number was promised.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Kind as ValueKind, Quantity, Value, Wording};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{n_words_beside, rows, told};
use crate::met::Direction;

check! {
    /// A target that is counted or measured is answered with a count or a measure.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值   | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训     | ≥5次       | 效果良好明显 | 5    | 5
    /// 产出指标 | 数量指标 | 维修     | 12套       | 达成预期指标 | 5    | 5
    /// 产出指标 | 数量指标 | 巡查     | 8次        | 不涉及       | 5    | 5
    /// 产出指标 | 质量指标 | 使用率   | 95%        | 发挥作用     | 5    | 5
    /// 产出指标 | 质量指标 | 完好率   | 95%        | 受疫情影响   | 5    | 5
    /// fires /indicators/0/score suspicion medium
    /// fires /indicators/1/score suspicion medium
    /// fires /indicators/2/score suspicion medium
    /// fires /indicators/3/score breach
    /// fires /indicators/4/score suspicion medium
    /// ```
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标 | 年度指标值     | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 产出指标   | 数量指标 | 培训     | ≥5次           | 两次       | 5    | 2    |
    /// 产出指标   | 质量指标 | 安全事故 | 0起            | 未发生     | 5    | 5    |
    /// 产出指标   | 数量指标 | 巡查     | 8次            | 不涉及     | 5    | 0    | 任务取消
    /// 产出指标   | 时效指标 | 完成时间 | 2023年6月底前  | 按时完成   | 5    | 5    |
    /// 效益指标   | 社会效益 | 能力     | 显著提升       | 显著提升   | 5    | 5    |
    /// 产出指标   | 数量指标 | 苗木     | ≥4             | 株         | 5    | 5    |
    /// quiet
    /// ```
    I10 = Meta {
        code: "I10",
        name: "number-wanted",
        name_zh: "定量填文字",
        class: "B/S2",
        severity: Level::Medium,
        summary_zh: "指标值为数字而实际完成值没有数字",
        summary_en: "the target is a number and the actual holds none",
        definition_zh: "指标值为带单位或符号的数，实际值没有数字。实际为“无”“不涉及”、完成、档位、进度或原因字样，指标值为期间，或指标值只是文字中的数，为可疑；空白归I11；\
                        “无”“不涉及”“未发生”有说明的或目标是越少越好的不计。",
        definition_en: "The target is a number with a unit or an operator and the actual holds no number. A suspicion where the actual is 无 or 不涉及, a \
                        word of completion, of a tier, of progress or a reason, where the target is a length of time, or only a number in prose; blank is I11's; 无, \
                        不涉及, 未发生 with a reason, or where less is better, are fine.",
        tolerance: "exact",
        authority: "P6",
        applies_when: "a row whose target is a number with unit or operator, with an actual, points and score",
        ..BLANK
    }, run
}

/// Words that say the whole without a number.
const WHOLE: [&str; 9] = ["全部", "全覆盖", "全面", "全员", "全额", "足额", "所有", "全年", "满"];

/// More words than this beside its figures, and a target is prose that holds a number.
const FEW_WORDS: usize = 4;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, _, _| {
        let (Some(values), Some(row)) = (facts.values(row_idx), facts.form.indicators.get(row_idx)) else {
            return outcomes.not_applicable();
        };
        let wanted = wanted(&values.target);
        if wanted.is_empty() {
            return outcomes.not_applicable();
        }
        let text = |field| row.field(field).map_or("", |it| it.text.as_str());
        let actual = text(IndicatorField::Actual);
        let is_mild = is_mild(actual, &values.actual)
            || is_fused(wanted)
            || wanted.iter().any(|it| it.unit.is_some_and(|unit| unit.is_duration()))
            || FEW_WORDS < n_words_beside(text(values.target_field), &values.target);
        let grade = match values.actual.kind {
            ValueKind::Blank => return outcomes.not_applicable(),
            ValueKind::NotApplicable if facts.has_reason(row_idx) || is_less_better(facts, row_idx, wanted) => {
                return outcomes.exact();
            }
            // 无 may as well have come from the column of reasons, where most forms print it.
            ValueKind::NotApplicable => Grade::S2,
            ValueKind::Words if is_unit(actual) => {
                return outcomes.not_checkable(
                    [Pointer::Indicator(row_idx, IndicatorField::Actual)],
                    "实际值只有单位，疑为错列",
                    "the actual is only a unit: cells may have moved",
                );
            }
            ValueKind::Words if is_less_better(facts, row_idx, wanted) => Grade::S2,
            ValueKind::Words => {
                if is_mild {
                    Grade::S2
                } else {
                    Grade::B
                }
            }
            _ => return outcomes.exact(),
        };
        let words = ("指标值为数字，实际值没有数字", "the target is a number, the actual holds none");
        outcomes.raise(told(facts, &I10::META, grade, row_idx, words));
    });
}

/// The figures of a target that is a number with a unit or an operator; none for anything else.
fn wanted(target: &Value) -> &[Quantity] {
    let is_counted = |it: &Quantity| it.unit.is_some() || it.operator.is_some();
    match &target.kind {
        ValueKind::Quantity(_) | ValueKind::Range(_) | ValueKind::Compound(_) | ValueKind::Several(_)
            if target.periods.is_empty() && target.quantities().iter().all(is_counted) =>
        {
            target.quantities()
        }
        _ => &[],
    }
}

/// The words tell how far things came, or that all of them did, or why not.
fn is_mild(text: &str, actual: &Value) -> bool {
    let is_progress = matches!(actual.wording, Wording::Negated | Wording::InProgress);
    is_progress
        || crate::words::has_row_shortfall(text)
        || text.contains("影响")
        || actual.wording.is_tier()
        || WHOLE.iter().any(|it| text.contains(it))
}

/// One figure twice: the actual has run into the target.
fn is_fused(wanted: &[Quantity]) -> bool {
    wanted.windows(2).any(|pair| matches!(pair, [one, next] if one.value() == next.value() && one.unit == next.unit))
}

/// A unit without its number.
fn is_unit(text: &str) -> bool {
    let with_number = format!("1{}", text.trim());
    let read = gouji_quantity::read_value(&with_number);
    read.quantity().is_some_and(|it| it.unit.is_some() && it.span.end == with_number.len())
}

/// Nothing is what was wanted: a bound from above, a zero, or an indicator of which less is better.
fn is_less_better(facts: &Facts<'_>, row_idx: usize, wanted: &[Quantity]) -> bool {
    /// Names of what should not happen.
    const UNWANTED: [&str; 16] = [
        "事故", "投诉", "故障", "差错", "错误", "误差", "违规", "违纪", "违法", "事件", "信访", "舆情", "超支", "流失",
        "泄露", "泄密",
    ];
    let name = facts.form.indicators.get(row_idx).and_then(|it| it.name.as_ref());
    wanted.iter().any(|it| it.number.is_zero() || it.operator.is_some_and(|it| it.is_reverse()))
        || facts.comparison(row_idx).direction == Some(Direction::Reverse)
        || name.is_some_and(|it| UNWANTED.iter().any(|word| it.text.contains(word)))
}
