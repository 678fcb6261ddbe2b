//! Labels with points whose rows are not certain: W03 where another border between the labels makes every group hold.
//!
//! In: the points beside the labels and those of the rows. Out: findings of W03 lowered where the rows, taken in order,
//! can be divided so that each label has its points, and no row's own class speaks against it. A label that was printed
//! in the middle of its rows, early, late or not at all misleads the rows beside it and nothing else.

use gouji_model::{IndicatorField, Pointer};
use gouji_quantity::{Decimal, Number};

use super::{Doubt, lower_where};
use crate::check::Raised;
use crate::facts::{Facts, Group};
use crate::profile::BlockKind;
use crate::show;

/// Words of labels that lead to the sum itself and name no group of rows.
const FUNDS_WORDS: [&str; 3] = ["预算执行", "资金执行", "执行率"];

/// Lowers W03 where the border of the groups explains it.
pub(super) fn lower(facts: &Facts<'_>, raised: &mut [Raised]) {
    if !raised.iter().any(|it| super::is_hard(it) && matches!(it.finding.code, "W03" | "T02")) {
        return;
    }
    lower_bare_points(facts, raised);
    lower_lost_labels(facts, raised);
    lower_displaced_blocks(facts, raised);
    lower_most(facts, raised);
    let labels: Vec<Label> = facts.blocks.iter().filter_map(|it| Label::of(facts, it)).collect();
    let weights: Vec<Decimal> =
        facts.rows.iter().map(|it| it.weight.number().map_or(Decimal::ZERO, Number::value)).collect();
    let Some(cuts) = division(facts, &labels, &weights) else { return lower_exchanged(raised, &labels, &weights) };
    let moved: Vec<&Label> =
        labels.iter().zip(&cuts).filter(|(label, cut)| label.rows != **cut).map(|it| it.0).collect();
    let cells = moved.iter().map(|it| Pointer::Indicator(it.rows.start, IndicatorField::L1)).collect();
    let said = |join: &str, row: fn(&str, usize, usize) -> String| {
        let each = labels.iter().zip(&cuts).filter(|(label, cut)| label.rows != **cut);
        each.map(|(label, cut)| row(&label.name, cut.start + 1, cut.end)).collect::<Vec<_>>().join(join)
    };
    let doubt = Doubt::new(
        said("; ", |name, from, to| format!("{name} over rows {from} to {to}")),
        cells,
        said("；", |name, from, to| format!("“{name}”若辖第{from}至{to}行，各组分值均与所印相符")),
        said("; ", |name, from, to| format!("with rows {from} to {to} under {name:?} the points of every group hold")),
    );
    let is_level_one = |it: &Raised| {
        it.finding.code == "W03"
            && it.finding.at.iter().any(|at| matches!(at, Pointer::Indicator(_, IndicatorField::L1Weight)))
    };
    lower_where(raised, &doubt, is_level_one);
}

/// Labels most of which have not the points of their rows: those rows are not theirs. A fault breaks one group, or one of
/// each level.
fn lower_most(facts: &Facts<'_>, raised: &mut [Raised]) {
    let fails = |it: &Group| {
        let sum: Decimal = facts.weights(it.rows.clone()).map(Number::value).sum();
        it.points.map(|points| points.value() != sum)
    };
    let groups: Vec<bool> = facts.blocks.iter().chain(&facts.groups).filter_map(fails).collect();
    let n_failing = groups.iter().filter(|it| **it).count();
    if n_failing < 3 || 2 * n_failing <= groups.len() {
        return;
    }
    let doubt = Doubt::new(
        "the rows under other labels",
        Vec::new(),
        "印有分值的各组大多不符：各行所属的组疑未读对",
        "most of the labels with points do not have those of their rows: rows stand under the wrong label",
    );
    lower_where(raised, &doubt, |it| it.finding.code == "W03");
}

/// Labels of which one has just the points that others lack, and by more than any of their rows has: rows stand under
/// the wrong label, even if no one border puts them right.
fn lower_exchanged(raised: &mut [Raised], labels: &[Label], weights: &[Decimal]) {
    let sum = |label: &Label| -> Decimal { weights.get(label.rows.clone()).unwrap_or_default().iter().copied().sum() };
    let gaps: Vec<Decimal> = labels.iter().map(|it| sum(it) - it.points).filter(|it| !it.is_zero()).collect();
    let most = weights.iter().copied().max().unwrap_or(Decimal::ZERO);
    let is_exchanged = 1 < gaps.len() && gaps.iter().copied().sum::<Decimal>().is_zero();
    if !is_exchanged || gaps.iter().all(|it| *it <= most) {
        return;
    }
    let doubt = Doubt::new(
        "the rows under other labels",
        labels.iter().map(|it| Pointer::Indicator(it.rows.start, IndicatorField::L1)).collect(),
        "各组分值之差相互抵消且大于任何一行的分值：有行归错了组",
        "what one group has too much the others lack, and more than any row has: rows stand under the wrong label",
    );
    lower_where(raised, &doubt, |it| it.finding.code == "W03");
}

/// Labels that most forms print at each level; where one is missing its rows seem to stand under the label above.
const USUAL: [(IndicatorField, &[&str], &[&str]); 3] = [
    (IndicatorField::L1, &["产出", "效益", "满意"], &[]),
    (IndicatorField::L2, &["数量", "质量", "时效", "成本"], &["产出"]),
    (IndicatorField::L2, &["经济", "社会", "生态", "可持续", "满意"], &["效益", "满意"]),
];

/// A group with more points than its label, of which a run of rows from either end has just those, in a form that lacks
/// a label or its head.
fn lower_lost_labels(facts: &Facts<'_>, raised: &mut [Raised]) {
    let levels = [
        (IndicatorField::L1, IndicatorField::L1Weight, &facts.blocks),
        (IndicatorField::L2, IndicatorField::L2Weight, &facts.groups),
    ];
    for (level, field, groups) in levels {
        for group in groups {
            let Some(points) = group.points.map(Number::value) else { continue };
            let Some(label) = facts.form.indicators.get(group.rows.start).and_then(|it| it.field(level)) else {
                continue;
            };
            let is_lost = facts.form.printed.open_head || lacks_label(facts, level, group.rows.start);
            let Some(rows) = run_of(facts, &group.rows, points).filter(|_| is_lost) else { continue };
            let at = Pointer::Indicator(group.rows.start, field);
            let name = show::shortened(&label.text);
            let doubt = Doubt::new(
                format!("{name} over rows {} to {}", rows.start + 1, rows.end),
                vec![Pointer::Indicator(group.rows.start, level)],
                format!("“{name}”若只辖第{}至{}行，分值相符；其余各行的标签疑未读到", rows.start + 1, rows.end),
                format!(
                    "over rows {} to {} the points of {name:?} hold; the label of the others was probably not read",
                    rows.start + 1,
                    rows.end
                ),
            );
            lower_where(raised, &doubt, |it| it.finding.code == "W03" && it.finding.at.contains(&at));
        }
    }
}

/// A label that usually stands beside this one is nowhere in the form.
fn lacks_label(facts: &Facts<'_>, level: IndicatorField, row_idx: usize) -> bool {
    let text = |row_idx: usize, level| {
        facts.form.indicators.get(row_idx).and_then(|it| it.field(level)).map_or("", |it| it.text.as_str())
    };
    let own = text(row_idx, IndicatorField::L1);
    let is_there = |word: &str| (0..facts.form.indicators.len()).any(|it| text(it, level).contains(word));
    let usual = USUAL
        .iter()
        .filter(|(of, _, above)| *of == level && (above.is_empty() || above.iter().any(|it| own.contains(it))));
    usual.flat_map(|it| it.1).any(|word| !is_there(word))
}

/// The rows from either end of a group that have just these points; not all of them.
fn run_of(facts: &Facts<'_>, rows: &std::ops::Range<usize>, points: Decimal) -> Option<std::ops::Range<usize>> {
    let sum = |rows: std::ops::Range<usize>| -> Decimal { facts.weights(rows).map(Number::value).sum() };
    let from_above = (rows.start + 1..rows.end).map(|end| rows.start..end);
    let from_below = (rows.start + 1..rows.end).map(|start| start..rows.end);
    from_above.chain(from_below).find(|it| sum(it.clone()) == points)
}

/// Blocks and subtotals whose points and score both hold over rows beside those that they were read over.
fn lower_displaced_blocks(facts: &Facts<'_>, raised: &mut [Raised]) {
    for (idx, block) in facts.form.points.iter().enumerate() {
        let figure = |cell: Option<&gouji_model::Cell>| crate::facts::Figure::points(cell).number().map(Number::value);
        let (Some(points), Some(score)) = (figure(block.value.as_ref()), figure(block.score.as_ref())) else {
            continue;
        };
        let Some(rows) = rows_of_both(facts, &block.rows, points, score) else { continue };
        let label = block.label.text.trim();
        let doubt = Doubt::new(
            format!("{label} over rows {} to {}", rows.start + 1, rows.end),
            vec![Pointer::PointsValue(idx), Pointer::PointsScore(idx)],
            format!("“{label}”若辖第{}至{}行，分值、得分均相符", rows.start + 1, rows.end),
            format!("over rows {} to {} both points and score of {label:?} hold", rows.start + 1, rows.end),
        );
        let at = [Pointer::PointsValue(idx), Pointer::PointsScore(idx)];
        lower_where(raised, &doubt, |it| {
            matches!(it.finding.code, "W03" | "T02") && it.finding.at.iter().any(|it| at.contains(it))
        });
    }
}

/// Other rows that overlap these or adjoin them, and whose points and scores come to this.
fn rows_of_both(
    facts: &Facts<'_>,
    rows: &std::ops::Range<usize>,
    points: Decimal,
    score: Decimal,
) -> Option<std::ops::Range<usize>> {
    let n_rows = facts.rows.len();
    let figures = |row_idx: usize| {
        let row = facts.rows.get(row_idx);
        let value =
            |it: Option<crate::facts::Figure>| it.and_then(|it| it.number()).map_or(Decimal::ZERO, Number::value);
        (value(row.map(|it| it.weight)), value(row.map(|it| it.score)))
    };
    for start in 0..n_rows.min(rows.end + 1) {
        let mut sum = (Decimal::ZERO, Decimal::ZERO);
        for end in start..n_rows {
            let (weight, scored) = figures(end);
            sum = (sum.0 + weight, sum.1 + scored);
            let is_beside = rows.start <= end + 1;
            if is_beside && sum == (points, score) && (start..end + 1) != *rows {
                return Some(start..end + 1);
            }
        }
    }
    None
}

/// A block whose label is nothing but points, or that of the funds, does not say which rows it stands over.
fn lower_bare_points(facts: &Facts<'_>, raised: &mut [Raised]) {
    for (idx, block) in facts.form.points.iter().enumerate() {
        let label = crate::words::squeezed(&block.label.text);
        let name = label.split('(').next().unwrap_or_default();
        let is_bare = name.is_empty() || FUNDS_WORDS.iter().any(|it| name.contains(it));
        if !is_bare {
            continue;
        }
        let at = Pointer::PointsValue(idx);
        let doubt = Doubt::new(
            format!("{at} over other rows"),
            vec![at],
            format!("“{}”所辖的行不明", block.label.text.trim()),
            format!("which rows {:?} stands over is not told", block.label.text.trim()),
        );
        lower_where(raised, &doubt, |it| it.finding.code == "W03" && it.finding.at.contains(&at));
    }
}

/// A level-1 label with its points.
#[derive(Clone, Debug)]
struct Label {
    name: String,
    kind: Option<BlockKind>,
    points: Decimal,
    rows: std::ops::Range<usize>,
}

impl Label {
    fn of(facts: &Facts<'_>, block: &Group) -> Option<Label> {
        let l1 = facts.form.indicators.get(block.rows.start)?.l1.as_ref();
        Some(Label {
            name: l1.map_or_else(String::new, |it| show::shortened(&it.text)),
            kind: l1.and_then(|it| BlockKind::of(&it.text)),
            points: block.points?.value(),
            rows: block.rows.clone(),
        })
    }
}

/// The one way to cut the rows, in order, into a run for each label that has its points. Rows before, between or behind
/// may belong to a label that was lost. `None` if there is no way, or the labels hold as they stand.
fn division(facts: &Facts<'_>, labels: &[Label], weights: &[Decimal]) -> Option<Vec<std::ops::Range<usize>>> {
    let mut cuts: Vec<std::ops::Range<usize>> = Vec::new();
    let found = cut(facts, labels, weights, 0, &mut cuts);
    (found && labels.iter().zip(&cuts).any(|(label, cut)| label.rows != *cut)).then_some(cuts)
}

fn cut(
    facts: &Facts<'_>,
    labels: &[Label],
    weights: &[Decimal],
    from: usize,
    cuts: &mut Vec<std::ops::Range<usize>>,
) -> bool {
    let Some((label, rest)) = labels.split_first() else {
        return strays_are_fine(facts, from..weights.len());
    };
    // A label stands over some of the rows that it was read over, or right beside them: nearest first.
    let mut starts: Vec<usize> = (from..weights.len()).collect();
    starts.sort_by_key(|it| it.abs_diff(label.rows.start.max(from)));
    for start in starts {
        if !strays_are_fine(facts, from..start) {
            continue;
        }
        let mut sum = Decimal::ZERO;
        for (row_idx, weight) in weights.iter().enumerate().skip(start) {
            if !may_hold(facts, label, row_idx) {
                break;
            }
            sum += *weight;
            if label.points < sum {
                break;
            }
            if sum == label.points && !weight.is_zero() {
                cuts.push(start..row_idx + 1);
                if cut(facts, rest, weights, row_idx + 1, cuts) {
                    return true;
                }
                cuts.pop();
            }
        }
    }
    false
}

/// Rows under no label that prints points: their own class names another group, whose label was lost, or they print no
/// points.
fn strays_are_fine(facts: &Facts<'_>, rows: std::ops::Range<usize>) -> bool {
    rows.into_iter().all(|row_idx| {
        let is_unweighted = facts.rows.get(row_idx).is_none_or(|it| it.weight.number().is_none_or(|it| it.is_zero()));
        let unpointed = facts.blocks.iter().any(|it| it.rows.contains(&row_idx) && it.points.is_none());
        is_unweighted || unpointed || lost_class(facts, row_idx)
    })
}

/// The row's own class is not that of the label it was read under.
fn lost_class(facts: &Facts<'_>, row_idx: usize) -> bool {
    let Some(row) = facts.form.indicators.get(row_idx) else { return false };
    let under = row.l1.as_ref().and_then(|it| BlockKind::of(&it.text));
    matches!((class(facts, row_idx), under), (Some(own), Some(under)) if own != under)
}

/// No class of its own, printed beside the row itself, speaks against the label.
fn may_hold(facts: &Facts<'_>, label: &Label, row_idx: usize) -> bool {
    let is_beside = !facts.form.repairs.iter().any(|it| {
        matches!(it.code.as_ref(), "R04" | "R05") && it.at.contains(&Pointer::Indicator(row_idx, IndicatorField::L2))
    });
    match (class(facts, row_idx), label.kind) {
        (Some(own), Some(kind)) => own == kind || !is_beside,
        _ => true,
    }
}

/// The group that a row's 二级指标 belongs to.
fn class(facts: &Facts<'_>, row_idx: usize) -> Option<BlockKind> {
    let l2 = facts.form.indicators.get(row_idx)?.l2.as_ref()?;
    let text = l2.text.as_str();
    let has = |words: &[&str]| words.iter().any(|it| text.contains(it));
    if has(&["满意"]) {
        Some(BlockKind::Satisfaction)
    } else if has(&["效益", "影响", "可持续"]) {
        Some(BlockKind::Benefit)
    } else if has(&["数量", "质量", "时效"]) {
        Some(BlockKind::Output)
    } else {
        // 成本指标 stands under 产出指标 or for itself.
        None
    }
}
