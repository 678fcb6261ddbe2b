//! T04: a score quoted in a text against the table's.

use gouji_model::{Cell, Level, Pointer};
use gouji_quantity::{Fraction, Number};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// A text that names the total score has to name that of its own table.
    ///
    /// ```form
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 一期     | 100  | 96
    /// 总分 | 100 | 96
    /// 项目自评结论: 经自评，本项目自评得分为98分，等级为优。
    /// fires /texts/0/text contradiction
    /// ```
    /// A rounded figure, the full marks and the score of a part are no other totals:
    /// ```form
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 一期     | 100  | 96.4
    /// 总分 | 100 | 96.4
    /// 项目自评结论: 自评总得分96分（满分100分），其中产出指标得分50分。
    /// quiet
    /// ```
    T04 = Meta {
        code: "T04",
        name: "score-in-prose",
        name_zh: "文字得分不符",
        class: "C",
        severity: Level::High,
        summary_zh: "文字中引用的自评得分应与表中总分一致",
        summary_en: "a score quoted in prose is that of the table",
        definition_zh: "文字中的自评得分（自评得分、综合得分、总得分、评价得分）等于表中印出的总分，容许四舍五入或截尾。",
        definition_en: "A score quoted in prose (自评得分, 综合得分, 总得分, 评价得分) equals the printed total, rounding and cutting allowed.",
        tolerance: "L of both figures",
        authority: "Q1",
        applies_when: "a text that quotes a total score, and a printed total score",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some(total) = facts.total_score.number() else { return outcomes.not_applicable() };
    let before = outcomes.total();
    for (at, cell) in texts(facts) {
        for quoted in quoted_scores(&cell.text) {
            if quoted.loose().intersects(&total.loose()) {
                outcomes.agrees(Fraction::from(quoted.value()) == Fraction::from(total.value()));
                continue;
            }
            let (said, printed) = (show::plain(quoted.value()), show::plain(total.value()));
            outcomes.raise(
                Raised::new(&T04::META, Grade::C)
                    .at([at])
                    .inputs([Pointer::TotalScore])
                    .stated(said.clone())
                    .recomputed(printed.clone())
                    .message(
                        format!("文字称自评得分 {said}，表中总分为 {printed}"),
                        format!("the text quotes a score of {said}, the table prints {printed}"),
                    ),
            );
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The prose of a form, each with its place.
pub(super) fn texts<'f>(facts: &Facts<'f>) -> Vec<(Pointer, &'f Cell)> {
    let form = facts.form;
    let boxes = form.texts.iter().enumerate().filter_map(|(idx, it)| Some((Pointer::Text(idx), it.text.as_ref()?)));
    let goal = form.goal.achieved.iter().map(|it| (Pointer::GoalAchieved, it));
    boxes.chain(goal).chain(form.deviation.iter().map(|it| (Pointer::Deviation, it))).collect()
}

/// Scores that a text calls the total. A score of a part, an average or the full marks is none.
fn quoted_scores(text: &str) -> Vec<Number> {
    /// What a text calls the total score. Longer words stand before their endings.
    const WORDS: [&str; 9] = [
        "自评总得分",
        "自评总分",
        "自评得分",
        "自评分数",
        "综合得分",
        "总得分",
        "评价得分",
        "最终得分",
        "自评综合得分",
    ];
    /// One of these is in each of the words, and in few texts.
    const CORES: [&str; 3] = ["得分", "总分", "分数"];
    if !CORES.iter().any(|it| text.contains(it)) {
        return Vec::new();
    }
    let folded = gouji_quantity::fold(text);
    let mut found = Vec::new();
    let mut rest: &str = &folded;
    while let Some((at, word)) = WORDS.iter().filter_map(|it| Some((rest.find(it)?, *it))).min_by_key(|it| it.0) {
        let before = rest.get(..at).unwrap_or_default();
        let after = rest.get(at + word.len()..).unwrap_or_default();
        let is_average = before.ends_with("平均") || before.ends_with("均") || before.ends_with("各项目");
        if let Some(number) = following_score(after).filter(|_| !is_average) {
            found.push(number);
        }
        rest = after;
    }
    found
}

/// `为98.5分`: the number right behind the word, with nothing but a link between them, and 分 behind it.
pub(super) fn following_score(after: &str) -> Option<Number> {
    /// What may stand between the word and its number.
    const LINKS: [&str; 6] = ["为", "是", "共", "合计", "得分", ":"];
    let mut rest = after.trim_start();
    while let Some(shorter) = LINKS.iter().find_map(|it| rest.strip_prefix(it)) {
        rest = shorter.trim_start();
    }
    let end = rest.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    unit.trim_start().starts_with('分').then(|| gouji_quantity::number(digits)).flatten()
}
