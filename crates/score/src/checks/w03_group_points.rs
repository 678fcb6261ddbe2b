//! W03: the points of a group against those printed beside its label.

use std::ops::Range;

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Interval, Number};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure};
use crate::{Meta, show};

check! {
    /// The points printed beside a label have to be the sum of the rows below it.
    ///
    /// ```form
    /// 一级指标     | 二级指标     | 三级指标 | 分值 | 得分
    /// 产出指标(40) | 数量指标     | 督查     | 30   | 30
    ///              | 质量指标     | 及时     | 30   | 30
    /// 效益指标(40) | 社会效益     | 知晓     | 20   | 20
    /// 满意度指标(20) | 满意度     | 群众     | 20   | 20
    /// 总分 | 100 | 100
    /// fires /indicators/0/l1_weight contradiction
    /// fires /indicators/2/l1_weight contradiction
    /// ----
    /// 一级指标     | 二级指标     | 三级指标 | 分值 | 得分
    /// 产出指标     | 数量指标(20) | 督查     | 15   | 15
    ///              | 质量指标     | 及时     | 85   | 85
    /// 总分 | 100 | 100
    /// fires /indicators/0/l2_weight contradiction
    /// ```
    /// A label without points may share those of the one above:
    /// ```form
    /// 一级指标     | 二级指标     | 三级指标 | 分值 | 得分
    /// 产出指标(60) | 数量指标     | 督查     | 60   | 60
    /// 效益指标(40) | 社会效益     | 知晓     | 30   | 30
    /// 满意度指标   | 满意度       | 群众     | 10   | 10
    /// 总分 | 100 | 100
    /// quiet
    /// ```
    W03 = Meta {
        code: "W03",
        name: "group-points",
        name_zh: "分组分值与表头不符",
        class: "C",
        severity: Level::High,
        summary_zh: "一级、二级指标旁印出的分值应等于其下各行分值之和",
        summary_en: "the points printed beside a label are the sum of the rows below it",
        definition_zh: "每一印有分值的一级、二级指标或分块：其下各行分值之和＝印出的分值；后一无分值的一级指标可与前一指标合计。",
        definition_en: "Each level-1 label, level-2 label or block with points: the sum of the points of its rows equals them; a level-1 label \
                        without points may be counted with the one above.",
        tolerance: "exact; parts that are not integers enter as [w - u/2, w + u/2)",
        authority: "the printed header",
        applies_when: "points beside a label, and points of its rows",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    if facts.is_self_evaluation() && facts.has_weights() {
        for (idx, block) in facts.blocks.iter().enumerate() {
            let Some(points) = block.points else { continue };
            // Labels without points that follow may belong to this block.
            let followers = facts.blocks.iter().skip(idx + 1).take_while(|it| it.points.is_none());
            let ends: Vec<usize> = std::iter::once(block.rows.end).chain(followers.map(|it| it.rows.end)).collect();
            weigh(facts, outcomes, &block.rows, &ends, points, IndicatorField::L1Weight);
        }
        for group in &facts.groups {
            if let Some(points) = group.points {
                weigh(facts, outcomes, &group.rows, &[group.rows.end], points, IndicatorField::L2Weight);
            }
        }
        run_points(facts, outcomes);
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn weigh(
    facts: &Facts<'_>,
    outcomes: &mut Outcomes,
    rows: &Range<usize>,
    ends: &[usize],
    points: Number,
    field: IndicatorField,
) {
    let at = Pointer::Indicator(rows.start, field);
    if let Some((zh, en)) = barred(facts, rows) {
        return outcomes.not_checkable([at], zh, en);
    }
    let sums = ends.iter().filter_map(|end| facts.weight_sum(rows.start..*end));
    let mut holds = sums.filter(|it| it.contains(points.value()));
    if let Some(sum) = holds.next() {
        return outcomes.agrees(sum.only().is_some());
    }
    let name = facts.form.indicators.get(rows.start).and_then(|row| match field {
        IndicatorField::L2Weight => row.l2.as_ref(),
        _ => row.l1.as_ref(),
    });
    let name = name.map_or_else(String::new, |it| show::shortened(&it.text));
    outcomes.raise(raised(facts, at, rows, points, &name));
}

/// What keeps the sum of a group from being made.
fn barred(facts: &Facts<'_>, rows: &Range<usize>) -> Option<(&'static str, &'static str)> {
    if facts.is_open_tail() && rows.end == facts.rows.len() {
        return Some(("表尾残缺，本组可能缺行", "the form is cut at its tail: rows of this group may be missing"));
    }
    if facts.form.printed.open_head && rows.start == 0 {
        return Some(("表头残缺，本组可能缺行", "the form is cut at its head: rows of this group may be missing"));
    }
    let figures = facts.rows.get(rows.clone()).unwrap_or_default();
    if figures.iter().any(|row| row.weight == Figure::Words) {
        return Some(("有分值不是数字", "some points are no number"));
    }
    if figures.iter().all(|row| row.weight.is_blank()) {
        return Some(("本组各行未印分值", "no row of the group prints points"));
    }
    let is_short =
        |row: &crate::facts::Row| row.weight.is_blank() && row.score.number().is_some_and(|it| !it.is_zero());
    figures.iter().any(is_short).then_some(("有得分的行缺分值", "a scored row prints no points"))
}

fn raised(facts: &Facts<'_>, at: Pointer, rows: &Range<usize>, points: Number, name: &str) -> Raised {
    let weights: Vec<Number> = facts.weights(rows.clone()).collect();
    let sum = show::plain(show::total(&weights));
    let printed = show::plain(points.value());
    let cells = rows.clone().filter(|it| facts.rows.get(*it).is_some_and(|row| !row.weight.is_blank()));
    Raised::new(&W03::META, Grade::C)
        .at([at])
        .inputs(cells.map(|row_idx| Pointer::Indicator(row_idx, IndicatorField::Weight)))
        .stated(printed.clone())
        .recomputed(sum.clone())
        .equation(show::sum(&weights))
        .message(
            format!("“{name}”旁印 {printed} 分，其下各行分值相加为 {sum}"),
            format!("{name:?} prints {printed} points, its rows add up to {sum}"),
        )
}

/// Points that stand beside a block and not beside the level-1 label of its rows, such as 绩效指标(90分).
fn run_points(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    for (idx, block) in facts.form.points.iter().enumerate() {
        let Some(points) = Figure::points(block.value.as_ref()).number() else { continue };
        let rows = block.rows.clone();
        let is_level_one =
            facts.blocks.iter().any(|it| it.rows.start == rows.start && it.points.is_some_and(|it| it == points));
        if rows.is_empty() || facts.rows.len() < rows.end || is_level_one {
            continue;
        }
        let at = Pointer::PointsValue(idx);
        if let Some((zh, en)) = barred(facts, &rows) {
            outcomes.not_checkable([at], zh, en);
            continue;
        }
        let sum = facts.weight_sum(rows.clone());
        // A block over all indicators may count the funds among its points.
        let is_whole = rows == (0..facts.rows.len());
        let funds = facts.funds_weight().filter(|_| is_whole).map(|it| Interval::point(it.value()));
        let with_funds = sum.zip(funds).and_then(|(sum, funds)| sum.plus(&funds));
        match [sum, with_funds].into_iter().flatten().find(|it| it.contains(points.value())) {
            Some(sum) => outcomes.agrees(sum.only().is_some()),
            None => outcomes.raise(raised(facts, at, &rows, points, &show::shortened(&block.label.text))),
        }
    }
}
