//! P02: a score finer than the form scores.

use gouji_model::Level;
use gouji_quantity::{Decimal, Number};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::indicator::{rows, score_of};
use crate::met::{Attainment, Kind};
use crate::{Meta, show};

check! {
    /// Where nine rows are scored in whole and half points, 9.37 for a row that nothing computes asks where it comes from.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训     | 5期        | 5期        | 10   | 10
    /// 产出指标 | 数量指标 | 调研     | 5次        | 5次        | 10   | 10
    /// 产出指标 | 质量指标 | 质量     | 良好       | 良好       | 10   | 9
    /// 产出指标 | 时效指标 | 及时     | 及时       | 及时       | 10   | 10
    /// 效益指标 | 社会效益 | 影响     | 提升       | 提升       | 10   | 9.37
    /// fires /indicators/4/score suspicion medium
    /// ```
    /// A share of an unmet target is as fine as it comes out:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训     | 5期        | 5期        | 10   | 10
    /// 产出指标 | 数量指标 | 线路     | 76条       | 74条       | 10   | 9.74
    /// 产出指标 | 质量指标 | 质量     | 良好       | 良好       | 10   | 9
    /// 产出指标 | 时效指标 | 及时     | 及时       | 及时       | 10   | 10
    /// 效益指标 | 社会效益 | 影响     | 提升       | 提升       | 12.5 | 12.5
    /// quiet
    /// ```
    P02 = Meta {
        code: "P02",
        name: "score-grain",
        name_zh: "得分精度异常",
        class: "S2",
        severity: Level::Low,
        summary_zh: "得分比本表的惯常精度更细",
        summary_en: "a score finer than the form's own grain",
        definition_zh: "至少五行得分中八成以上的小数位数为本表精度；小数更多、又不是满分、也不由未完成比例算出的得分可疑。默认不核。",
        definition_en: "Of at least five scores four fifths have at most so many decimals; a score with more, that is not the full weight and no share of \
                        an unmet target, is a suspicion. Off unless selected.",
        tolerance: "exact, trailing zeros aside",
        authority: "M2",
        applies_when: "five rows with target, actual, points and score",
        is_off: true,
        ..BLANK
    }, run
}

/// Fewer scores have no grain.
const FEWEST_SCORES: usize = 5;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some(grain) = grain(facts) else { return outcomes.not_applicable() };
    rows(facts, outcomes, |outcomes, row_idx, row, comparison| {
        let Some((score, weight)) = row.score.number().zip(row.weight.number()) else {
            return outcomes.not_applicable();
        };
        let is_computed =
            comparison.ratio.is_some() || (comparison.met != Attainment::Met && comparison.kind != Kind::Words);
        if scale(score) <= grain || score.value() == weight.value() || is_computed {
            return outcomes.exact();
        }
        let (stated, name) = (show::plain(score.value()), show::row_name(facts.form, row_idx));
        outcomes.raise(Raised::new(&P02::META, Grade::S2).at([score_of(row_idx)]).stated(stated.clone()).message(
            format!("{name}得分 {stated}，本表其他得分至多 {grain} 位小数"),
            format!("{name} scores {stated}; the other scores of the form have {grain} decimals at most"),
        ));
    });
}

/// The decimals within which four fifths of the scores lie.
fn grain(facts: &Facts<'_>) -> Option<u32> {
    let mut scales: Vec<u32> = facts.counted_rows().filter_map(|(_, row)| row.score.number().map(scale)).collect();
    scales.sort_unstable();
    // Rounded up: of five scores the fourth.
    let place = (4 * scales.len()).div_ceil(5);
    if scales.len() < FEWEST_SCORES { None } else { scales.get(place - 1).copied() }
}

fn scale(score: Number) -> u32 {
    Decimal::normalize(&score.value()).scale()
}
