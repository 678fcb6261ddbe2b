//! T02: a printed subtotal against its rows.

use gouji_model::{ColumnsFrom, IndicatorField, Level, Pointer};
use gouji_quantity::Number;

use super::t01_total_score::{Part, weigh};
use crate::balance::Balance;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure};
use crate::{Meta, show};

check! {
    /// A subtotal that is printed beside a block has to be what its rows come to.
    ///
    /// ```form
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 一期     | 30   | 28
    /// 产出指标 | 二期     | 30   | 30
    /// 效益指标 | 满意     | 40   | 40
    /// 小计 | 产出指标 | 60 | 59 | 0..2
    /// 总分 | 100 | 98
    /// fires /points/0/score contradiction
    /// ```
    /// ```form
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 一期     | 30   | 28
    /// 产出指标 | 二期     | 30   | 30
    /// 效益指标 | 满意     | 40   | 40
    /// 小计 | 产出指标 | 60 | 58 | 0..2
    /// 总分 | 100 | 98
    /// quiet
    /// ```
    T02 = Meta {
        code: "T02",
        name: "subtotal",
        name_zh: "小计不符",
        class: "C",
        severity: Level::High,
        summary_zh: "印出的小计或分块得分应等于其下各行得分之和",
        summary_en: "a printed subtotal is the sum of its rows",
        definition_zh: "每一印出的小计、分块得分＝所辖各行得分之和。",
        definition_en: "Each printed subtotal or block score equals the sum of the scores of its rows.",
        tolerance: "as T01",
        authority: "Q1",
        applies_when: "a printed subtotal whose rows are known",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (idx, block) in facts.form.points.iter().enumerate() {
        let at = Pointer::PointsScore(idx);
        let total = match Figure::points(block.score.as_ref()) {
            Figure::Blank => continue,
            Figure::Number(total) => total,
            Figure::Words => {
                outcomes.not_checkable([at], "小计不是数字", "the subtotal is no number");
                continue;
            }
        };
        let rows = facts.rows.get(block.rows.clone()).unwrap_or_default();
        if rows.is_empty() || facts.form.printed.indicators.from == ColumnsFrom::Absent {
            outcomes.not_checkable([at], "小计所辖的行不明", "the rows of the subtotal are not known");
            continue;
        }
        let is_cut = facts.is_open_tail() && block.rows.end == facts.rows.len()
            || facts.form.printed.open_head && block.rows.start == 0;
        let is_unreadable = rows
            .iter()
            .any(|it| it.score == Figure::Words || it.score.is_blank() && !it.weight.is_blank() && !it.is_idle);
        if is_cut || is_unreadable {
            outcomes.not_checkable([at], "所辖的行残缺或缺得分", "rows of the subtotal are cut off or print no score");
            continue;
        }
        let parts: Vec<Part> = rows.iter().filter_map(|it| Part::of(it.score, it.weight)).collect();
        match weigh(total, &parts, facts.score_decimals) {
            None => outcomes.not_checkable([at], "数字过大", "a figure is too large"),
            Some(balance) if balance.holds() => outcomes.agrees(balance == Balance::Exact),
            Some(balance) => {
                let scores: Vec<Number> = parts.iter().map(|it| it.score).collect();
                let (printed, sum) = (show::plain(total.value()), show::plain(show::total(&scores)));
                let name = show::shortened(&block.label.text);
                let cells = block.rows.clone().map(|it| Pointer::Indicator(it, IndicatorField::Score));
                outcomes.raise(
                    Raised::new(&T02::META, balance.grade(Grade::C))
                        .at([at])
                        .inputs(cells)
                        .stated(printed.clone())
                        .recomputed(sum.clone())
                        .equation(show::sum(&scores))
                        .message(
                            format!("“{name}”小计印作 {printed}，各行得分相加为 {sum}"),
                            format!("the subtotal of {name:?} is printed as {printed}, its rows add up to {sum}"),
                        ),
                );
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}
