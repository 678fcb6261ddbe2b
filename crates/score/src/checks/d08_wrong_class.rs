//! D08: an indicator that stands in a class of another kind.

use gouji_model::{Indicator, IndicatorField, Level, Pointer};
use gouji_quantity::{Dimension, Kind as ValueKind};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// Money is no quality, and satisfaction has a class of its own.
    ///
    /// ```form
    /// 一级指标   | 二级指标       | 三级指标         | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标   | 质量指标       | 租车费           | 96万元     | 96万元     | 5    | 5
    /// 效益指标   | 社会效益       | 公众满意度       | ≥95%       | 96%        | 5    | 5
    /// 满意度指标 | 服务对象满意度 | 管理制度健全性   | 健全       | 健全       | 5    | 5
    /// fires /indicators/0/l2,/indicators/1/l2,/indicators/2/l2 suspicion low
    /// ```
    /// ```form
    /// 一级指标   | 二级指标       | 三级指标         | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标   | 成本指标       | 租车费           | 96万元     | 96万元     | 5    | 5
    /// 产出指标   | 质量指标       | 验收合格率       | ≥95%       | 96%        | 5    | 5
    /// 效益指标   | 经济效益       | 带动增收         | 5万元      | 5万元      | 5    | 5
    /// 满意度指标 | 服务对象满意度 | 群众认可度       | 高         | 高         | 5    | 5
    /// 满意度指标 | 服务对象满意度 | 学员             | ≥95%       | 96%        | 5    | 5
    /// quiet
    /// ```
    D08 = Meta {
        code: "D08",
        name: "wrong-class",
        name_zh: "指标归类错误",
        class: "S3",
        severity: Level::Low,
        summary_zh: "指标所在类别与其内容不符",
        summary_en: "an indicator stands in a class of another kind",
        definition_zh: "质量、时效类下是金额，满意度列在满意度类之外，或满意度类下的定性指标与满意无关。",
        definition_en: "Money under quality or time, satisfaction outside its class, or a qualitative row in the class of satisfaction that is not about \
                        it.",
        tolerance: "exact",
        authority: "M1",
        applies_when: "a row with a label of level 2 and a name",
        ..BLANK
    }, run
}

/// Words of what people think of a thing.
const OPINION: [&str; 14] = [
    "满意",
    "认可",
    "好评",
    "评价",
    "口碑",
    "支持",
    "投诉",
    "表扬",
    "获得感",
    "幸福",
    "信任",
    "反映",
    "意见",
    "安全感",
];

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        let Some(indicator) = facts.form.indicators.get(row_idx).filter(|it| it.l2.is_some() && it.name.is_some())
        else {
            continue;
        };
        if row.is_idle {
            continue;
        }
        let Some((zh, en)) = fault(facts, row_idx, indicator) else {
            outcomes.exact();
            continue;
        };
        let name = show::row_name(facts.form, row_idx);
        let label = show::printed(indicator.l2.as_ref());
        outcomes.raise(
            Raised::new(&D08::META, Grade::S3)
                .at([Pointer::Indicator(row_idx, IndicatorField::L2)])
                .inputs([Pointer::Indicator(row_idx, IndicatorField::Name)])
                .stated(label)
                .message(format!("{name}列在“{label}”：{zh}"), format!("{name} stands under {label}: {en}"))
                .joined(),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn fault(facts: &Facts<'_>, row_idx: usize, row: &Indicator) -> Option<(&'static str, &'static str)> {
    let text = |field| row.field(field).map_or("", |it| it.text.as_str());
    let (block, label, name) = (text(IndicatorField::L1), text(IndicatorField::L2), text(IndicatorField::Name));
    let target = &facts.values(row_idx)?.target;
    let is_money = || target.quantity().is_some_and(|it| it.dimension() == Some(Dimension::Money));
    let is_of_satisfaction = block.contains("满意") || label.contains("满意");
    if (label.contains("质量") || label.contains("时效")) && is_money() {
        return Some(("指标值是金额", "the target is an amount of money"));
    }
    // A name that only mentions satisfaction among other effects may stand with them.
    let bare = name.trim_end_matches(['（', '）', '(', ')', '%', '％']);
    let is_rate = ["满意度", "满意率"].iter().any(|it| bare.ends_with(it));
    if is_rate && !is_of_satisfaction {
        return Some(("应属满意度指标", "it belongs to satisfaction"));
    }
    let is_named = name.chars().any(|it| ('\u{4E00}'..='\u{9FFF}').contains(&it));
    let is_qualitative = target.kind == ValueKind::Words && is_named;
    (is_of_satisfaction && is_qualitative && !OPINION.iter().any(|it| name.contains(it) || target_holds(row, it)))
        .then_some(("与满意度无关", "it is not about satisfaction"))
}

fn target_holds(row: &Indicator, word: &str) -> bool {
    row.target.as_ref().is_some_and(|it| it.text.contains(word))
}
