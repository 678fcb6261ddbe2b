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
    if !raised.iter().any(|it| super::is_hard(it) && it.finding.code == "W03") {
        return;
    }
    lower_bare_points(facts, raised);
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
