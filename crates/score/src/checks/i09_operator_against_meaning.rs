//! I09: an operator that points away from what the indicator wants.

use gouji_model::Level;
use gouji_quantity::{Fraction, Operator, Quantity};

use super::i13_rate_above_100::is_capped;
use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, check};
use crate::facts::Facts;
use crate::indicator::{rows, told};

check! {
    /// A coverage of at most 100% is no target, a satisfaction above 100% cannot be reached, and faults should be few.
    ///
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标   | 质量指标 | 服务范围   | ≤100%      | 100%       | 5    | 5
    /// 产出指标   | 质量指标 | 验收合格率 | ≤98%       | 98%        | 5    | 5
    /// 产出指标   | 质量指标 | 设备故障率 | ≥5%        | 5%         | 5    | 5
    /// 满意度指标 | 满意度   | 群众满意度 | >100%      | 100%       | 5    | 5
    /// fires /indicators/0/score suspicion low
    /// fires /indicators/1/score suspicion low
    /// fires /indicators/2/score suspicion low
    /// fires /indicators/3/score suspicion low
    /// ```
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标       | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标   | 成本指标 | 预算控制率     | ≤100%      | 98%        | 5    | 5
    /// 产出指标   | 质量指标 | 设备故障率     | ≤5%        | 5%         | 5    | 5
    /// 产出指标   | 质量指标 | 故障处理合格率 | ≥95%       | 98%        | 5    | 5
    /// 产出指标   | 时效指标 | 完成时间       | ≤30天      | 20天       | 5    | 5
    /// 产出指标   | 质量指标 | 资金合规率,确保不发生事故 | ≥95% | 100%   | 5    | 5
    /// 满意度指标 | 满意度   | 群众满意度     | >95%       | 100%       | 5    | 5
    /// quiet
    /// ```
    I09 = Meta {
        code: "I09",
        name: "operator-against-meaning",
        name_zh: "符号与含义相反",
        class: "S3",
        severity: Level::Low,
        summary_zh: "指标值的符号与指标含义相反",
        summary_en: "the operator of the target contradicts what the indicator wants",
        definition_zh: "越高越好的比率带“≤”，越低越好的比率带“≥”，有上限的比率要求高于100%，或非成本类的比率只要求不超过100%。",
        definition_en: "A rate that should be high has <=, one that should be low has >=, one that cannot pass 100% is wanted above it, or a rate that \
                        is no cost is only wanted to be at most 100%.",
        tolerance: "exact",
        authority: "M6",
        applies_when: "a row whose target is a percentage with an operator, with actual, points and score",
        ..BLANK
    }, run
}

/// Rates of which more is better.
const WANTED: [&str; 19] = [
    "满意度",
    "满意率",
    "覆盖率",
    "合格率",
    "完成率",
    "及时率",
    "准确率",
    "达标率",
    "通过率",
    "知晓率",
    "参训率",
    "完好率",
    "到位率",
    "利用率",
    "优良率",
    "提升",
    "提高",
    "增长率",
    "就业率",
];

/// Rates of which less is better.
const UNWANTED: [&str; 14] = [
    "故障率",
    "误差率",
    "差错率",
    "错误率",
    "事故率",
    "事故发生率",
    "投诉率",
    "超支率",
    "流失率",
    "受害率",
    "成灾率",
    "死亡率",
    "返修率",
    "违规率",
];

/// Words that turn a rate round, or make it one of dealing with what is unwanted.
const TURNING: [&str; 14] =
    ["降低", "下降", "减少", "控制", "未", "无", "零", "处理", "解决", "办结", "修复", "排除", "整改", "故障"];

/// Names of spending: at most all of it is a target.
const SPENDING: [&str; 14] =
    ["成本", "费", "预算", "支出", "经费", "控制", "资金", "概算", "投资", "决算", "能耗", "负荷", "占比", "比例"];

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    rows(facts, outcomes, |outcomes, row_idx, _, _| {
        let target = facts.values(row_idx).and_then(|it| it.target.quantity());
        let Some((target, operator)) = target.and_then(|it| it.operator.filter(|_| it.is_percent()).map(|op| (it, op)))
        else {
            return outcomes.not_applicable();
        };
        match reason(facts, row_idx, target, operator) {
            Some(words) => outcomes.raise(told(facts, &I09::META, Grade::S3, row_idx, words)),
            None => outcomes.exact(),
        }
    });
}

fn reason(
    facts: &Facts<'_>,
    row_idx: usize,
    target: &Quantity,
    operator: Operator,
) -> Option<(&'static str, &'static str)> {
    let row = facts.form.indicators.get(row_idx)?;
    let name = row.name.as_ref().map_or("", |it| head(&it.text));
    let label = row.l2.as_ref().map_or("", |it| it.text.as_str());
    let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let whole = Fraction::from(100);
    let bound = target.value()?;
    if operator == Operator::MoreThan && whole <= bound && is_capped(name) {
        return Some(("该比率不可能高于100%", "this rate cannot be above 100%"));
    }
    let is_spending = holds(&SPENDING) || label.contains("成本");
    let is_turned = holds(&TURNING);
    if operator.is_reverse() && !is_spending && !is_turned && !holds(&UNWANTED) {
        if bound == whole {
            return Some(("“不超过100%”等于没有要求", "at most 100% demands nothing"));
        }
        if holds(&WANTED) {
            return Some(("该比率越高越好，目标却是上限", "more of this is better, yet the target is an upper bound"));
        }
    }
    let is_low_wanted =
        holds(&UNWANTED) && !TURNING.iter().any(|it| *it != "故障" && name.contains(it)) && !holds(&WANTED);
    (operator.is_positive() && is_low_wanted)
        .then_some(("该比率越低越好，目标却是下限", "less of this is better, yet the target is a lower bound"))
}

/// A name without what follows a comma or stands in brackets: promises in prose name other things.
fn head(name: &str) -> &str {
    name.split(['，', ',', '；', ';', '。', '（', '(']).next().unwrap_or(name)
}
