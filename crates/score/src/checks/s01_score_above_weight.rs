//! S01: a score above its points.

use gouji_model::{IndicatorField, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// No row can score more than its points. Where the form's own note says so, it contradicts itself.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 数量指标 | 软件     | 4    | 8
    /// 注: 得分最高不能超过该指标的分值上限
    /// fires /indicators/0/score contradiction
    /// ----
    /// 一级指标 | 二级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 数量指标 | 软件     | 1.5  | 6
    /// fires /indicators/0/score breach
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 数量指标 | 软件     | 4    | 4.0
    /// 产出指标 | 数量指标 | 专线     | 4    | 0
    /// quiet
    /// ```
    S01 = Meta {
        code: "S01",
        name: "score-above-weight",
        name_zh: "得分大于分值",
        class: "C/B",
        severity: Level::High,
        summary_zh: "指标得分不得大于分值",
        summary_en: "a row scores more than its points",
        definition_zh: "每一指标行：得分不大于分值。本表附注写明此条的为矛盾，否则为违规。",
        definition_en: "Each row: score is not above points. A contradiction where the form's own note says so, else a breach.",
        tolerance: "exact",
        authority: "N1; P5, P6",
        applies_when: "points and score of a row",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        let Some((score, weight)) = row.score.number().zip(row.weight.number()) else { continue };
        if score.value() <= weight.value() {
            outcomes.exact();
            continue;
        }
        let grade = if prints_cap(facts) { Grade::C } else { Grade::B };
        let (score, weight) = (show::plain(score.value()), show::plain(weight.value()));
        let name = show::row_name(facts.form, row_idx);
        let note =
            if grade == Grade::C { ("，违反本表附注", ", against the form's own note") } else { ("", "") };
        outcomes.raise(
            Raised::new(&S01::META, grade)
                .at([Pointer::Indicator(row_idx, IndicatorField::Score)])
                .inputs([Pointer::Indicator(row_idx, IndicatorField::Weight)])
                .stated(score.clone())
                .admissible(format!("[0, {weight}]"))
                .equation(format!("{score} > {weight}"))
                .message(
                    format!("{name}得分 {score} 大于分值 {weight}{}", note.0),
                    format!("{name} scores {score} of {weight} points{}", note.1),
                ),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The form's notes say that no score may exceed its points.
pub(super) fn prints_cap(facts: &Facts<'_>) -> bool {
    facts.form.notes.iter().any(|cell| {
        let text = cell.text.as_str();
        let has = |words: &[&str]| words.iter().any(|it| text.contains(it));
        text.contains("得分")
            && has(&["超过", "高于", "大于", "超出"])
            && has(&["分值", "满分", "权重"])
            && has(&["不", "勿"])
    })
}
