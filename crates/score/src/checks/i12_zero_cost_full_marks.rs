//! I12: nothing was spent because nothing was done, and the cost scores in full.

use gouji_model::{Indicator, IndicatorField, Level, Pointer};
use gouji_quantity::Value;

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{rows, told};

check! {
    /// A cost of zero is a saving only if the thing was had.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标         | 年度指标值    | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 产出指标 | 数量指标 | 打印机数量       | 1台           | 0台        | 5    | 5    |
    /// 产出指标 | 数量指标 | 平台升级改造     | 1项           | 1项        | 5    | 5    |
    /// 产出指标 | 成本指标 | 购置打印机成本   | 35000元/台    | 0元/台     | 5    | 5    |
    /// 产出指标 | 成本指标 | 平台升级改造     | 350000元/项   | 0元/项     | 5    | 5    | 根据实际不再开展
    /// fires /indicators/2/score suspicion high
    /// fires /indicators/3/score suspicion high
    /// ```
    /// The thing was done for less, the zero cost lost points, or another thing is zero:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标         | 年度指标值    | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 产出指标 | 数量指标 | 打印机数量       | 1台           | 0台        | 5    | 0    |
    /// 产出指标 | 数量指标 | 家具数量         | 1套           | 1套        | 5    | 5    |
    /// 产出指标 | 成本指标 | 购置打印机成本   | 35000元/台    | 0元/台     | 5    | 2    | 不再购置
    /// 产出指标 | 成本指标 | 家具成本         | 5000元/套     | 0元/套     | 5    | 5    |
    /// 产出指标 | 成本指标 | 维修成本         | 50000元       | 41905元    | 5    | 5    |
    /// quiet
    /// ```
    I12 = Meta {
        code: "I12",
        name: "zero-cost-full-marks",
        name_zh: "零支出满分",
        class: "S1",
        severity: Level::Medium,
        summary_zh: "事项未办、支出为零而成本指标满分",
        summary_en: "a cost of zero for a thing that was not done scores in full",
        definition_zh: "成本行目标大于零、实际为0而得满分，且同一事项的产出行实际为0，或本行原因写明不再开展、不再购置。",
        definition_en: "A cost row with a target above zero and an actual of 0 scores in full, while the output row of the same thing is 0, or the row's \
                        reason says that it is not done any more.",
        tolerance: "exact; things are the same if their names are, without words of counting and paying",
        authority: "M2",
        applies_when: "a cost row with an actual of 0, points and score",
        ..BLANK
    }, run
}

/// What a reason says of a thing that was given up or put off.
const GIVEN_UP: [&str; 12] =
    ["不再", "未实施", "未开展", "未能开展", "未采购", "未购置", "取消", "暂停", "暂缓", "推迟", "延期", "未启动"];

/// Words of a name that only say that something is counted, bought or paid for. Longer ones stand before their parts.
const GENERIC: [&str; 34] = [
    "平均每个",
    "单位成本",
    "总成本",
    "购置",
    "更换",
    "采购",
    "数量",
    "成本",
    "费用",
    "经费",
    "支出",
    "金额",
    "总额",
    "资金",
    "台数",
    "个数",
    "套数",
    "人数",
    "次数",
    "完成",
    "建设",
    "项目",
    "设备",
    "指标",
    "工作",
    "服务",
    "开展",
    "购买",
    "改造",
    "及",
    "和",
    "的",
    "费",
    "与",
];

/// Shortest name, in characters, that tells one thing from another.
const SHORTEST_NAME: usize = 2;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, row, _| {
        let (Some(values), Some(indicator)) = (facts.values(row_idx), facts.form.indicators.get(row_idx)) else {
            return outcomes.not_applicable();
        };
        let is_planned = values.target.quantities().iter().any(|it| !it.number.is_zero());
        if !is_cost(indicator) || !is_planned || !values.actual.is_zero() {
            return outcomes.not_applicable();
        }
        let is_full =
            row.score.number().zip(row.weight.number()).is_some_and(|(score, weight)| weight.value() <= score.value());
        if !is_full {
            return outcomes.exact();
        }
        let is_given_up =
            indicator.reason.as_ref().is_some_and(|it| GIVEN_UP.iter().any(|word| it.text.contains(word)));
        let undone = undone_output(facts, row_idx, indicator);
        if !is_given_up && undone.is_none() {
            return outcomes.exact();
        }
        let words = (
            "事项未办、支出为零，成本指标却得满分",
            "the thing was not done and nothing was spent, yet the cost scores in full",
        );
        let from = match undone {
            Some(output_idx) => Pointer::Indicator(output_idx, IndicatorField::Actual),
            None => Pointer::Indicator(row_idx, IndicatorField::Reason),
        };
        outcomes.raise(told(facts, &I12::META, Grade::S1, row_idx, words).inputs([from]));
    });
}

fn is_cost(row: &Indicator) -> bool {
    let label = if row.l2.is_some() { row.l2.as_ref() } else { row.l1.as_ref() };
    label.is_some_and(|it| it.text.contains("成本"))
}

/// The row of the same thing under the outputs, of which nothing was had.
fn undone_output(facts: &Facts<'_>, cost_idx: usize, cost: &Indicator) -> Option<usize> {
    let name = bare_name(cost)?;
    let mut rows = facts.counted_rows().map(|(row_idx, _)| row_idx).filter(|it| *it != cost_idx);
    rows.find(|row_idx| {
        let Some(row) = facts.form.indicators.get(*row_idx) else { return false };
        let is_output = row.l2.as_ref().is_some_and(|it| it.text.contains("数量"));
        let is_same = || bare_name(row).is_some_and(|it| it == name || it.contains(&name) || name.contains(&it));
        is_output && !is_cost(row) && is_same() && facts.values(*row_idx).is_some_and(|it| had_nothing(&it.actual))
    })
}

/// A count of zero, alone or beside the length of time for which it was wanted.
fn had_nothing(actual: &Value) -> bool {
    let counted = || actual.quantities().iter().filter(|it| !it.unit.is_some_and(|unit| unit.is_duration()));
    counted().next().is_some() && counted().all(|it| it.number.is_zero() && it.approximation.is_none())
}

/// The thing that a row is about.
pub(super) fn bare_name(row: &Indicator) -> Option<String> {
    let mut name = crate::words::squeezed(&row.name.as_ref()?.text);
    for word in GENERIC {
        name = name.replace(word, "");
    }
    (SHORTEST_NAME <= name.chars().count()).then_some(name)
}
