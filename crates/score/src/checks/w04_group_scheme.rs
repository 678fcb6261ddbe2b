//! W04: the points of the groups against the form's own note and the known schemes.

use std::collections::BTreeMap;

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Decimal, Number};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::profile::{BlockKind, printed_groups};
use crate::{Meta, show};

check! {
    /// Groups that differ from what the form itself demands break its rule; groups of no known scheme are only noted.
    ///
    /// ```form
    /// 一级指标     | 二级指标   | 三级指标 | 分值 | 得分
    /// 产出指标(60) | 数量指标   | 督查     | 60   | 60
    /// 效益指标(30) | 社会效益   | 知晓     | 30   | 30
    /// 满意度指标(10) | 满意度   | 群众     | 10   | 10
    /// 总分 | 100 | 100
    /// 注: 产出指标50分、效益指标30分、满意度指标10分、预算执行率10分
    /// fires /indicators/0/l1_weight breach
    /// ----
    /// 一级指标     | 二级指标   | 三级指标 | 分值 | 得分
    /// 产出指标(70) | 数量指标   | 督查     | 70   | 70
    /// 效益指标(30) | 社会效益   | 知晓     | 30   | 30
    /// 总分 | 100 | 100
    /// fires /indicators/0/l1_weight suspicion low
    /// ```
    /// ```form
    /// 一级指标     | 二级指标   | 三级指标 | 分值 | 得分
    /// 产出指标(50) | 数量指标   | 督查     | 50   | 50
    /// 效益指标(30) | 社会效益   | 知晓     | 30   | 30
    /// 满意度指标(10) | 满意度   | 群众     | 10   | 10
    /// 总分 | 90 | 90
    /// quiet
    /// ```
    W04 = Meta {
        code: "W04",
        name: "group-scheme",
        name_zh: "分组不合规定",
        class: "B/S3",
        severity: Level::Low,
        summary_zh: "一级指标分值与表内说明或已知方案不符",
        summary_en: "the points of the groups differ from the form's own note, or from every known scheme",
        definition_zh: "一级指标旁印出的分值与本表附注规定的不同：违规；没有附注而与所有已知方案都不同：低度可疑。",
        definition_en: "Points beside level-1 labels differ from those that a note of the form fixes: breach; without a note, from every known \
                        scheme: weak suspicion.",
        tolerance: "exact",
        authority: "L2; M1",
        applies_when: "points beside a level-1 label of a self-evaluation",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let printed = printed_groups(facts);
    if printed.is_empty() || !facts.is_self_evaluation() {
        return outcomes.not_applicable();
    }
    let noted = facts.form.notes.iter().map(|cell| noted_groups(&cell.text)).find(|it| 2 <= it.len());
    if let Some(noted) = noted {
        return weigh_note(facts, outcomes, &printed, &noted);
    }
    if facts.profiles.iter().any(|it| it.has_groups_of(&printed)) {
        return outcomes.exact();
    }
    let groups = text(&printed);
    outcomes.raise(
        Raised::new(&W04::META, Grade::S3)
            .at(first_cells(facts, |_, _| true).into_iter().take(1))
            .stated(groups.clone())
            .message(
                format!("一级指标分值 {groups} 不同于任何已知方案"),
                format!("the points of the groups, {groups}, are those of no known scheme"),
            ),
    );
}

fn weigh_note(
    facts: &Facts<'_>,
    outcomes: &mut Outcomes,
    printed: &[(BlockKind, Number)],
    noted: &BTreeMap<BlockKind, Decimal>,
) {
    let differs = |kind: BlockKind, points: Number| noted.get(&kind).is_some_and(|it| *it != points.value());
    let at = first_cells(facts, differs);
    if at.is_empty() {
        return outcomes.exact();
    }
    // The group sums that hold once the note's points are put in are consequences of this.
    let vanishing: Vec<Pointer> = facts
        .blocks
        .iter()
        .filter(|block| {
            let kind = label(facts, block.rows.start).and_then(BlockKind::of);
            let wanted = kind.and_then(|it| noted.get(&it));
            let sum = facts.weight_sum(block.rows.clone());
            wanted.zip(sum).is_some_and(|(wanted, sum)| sum.contains(*wanted))
        })
        .map(|block| Pointer::Indicator(block.rows.start, IndicatorField::L1Weight))
        .collect();
    let (printed, wanted) = (text(printed), noted.values().map(|it| show::plain(*it)).collect::<Vec<_>>().join("/"));
    outcomes.raise(
        Raised::new(&W04::META, Grade::B)
            .at(at)
            .inputs(vanishing)
            .stated(printed.clone())
            .recomputed(wanted.clone())
            .message(
                format!("一级指标分值 {printed}，本表附注规定 {wanted}"),
                format!("the points of the groups are {printed}; the form's own note wants {wanted}"),
            ),
    );
}

fn label<'f>(facts: &Facts<'f>, row_idx: usize) -> Option<&'f str> {
    facts.form.indicators.get(row_idx).and_then(|row| row.l1.as_ref()).map(|cell| cell.text.as_str())
}

fn first_cells(facts: &Facts<'_>, is_wanted: impl Fn(BlockKind, Number) -> bool) -> Vec<Pointer> {
    let labeled = facts.blocks.iter().filter(|block| {
        let kind = label(facts, block.rows.start).and_then(BlockKind::of);
        kind.zip(block.points).is_some_and(|(kind, points)| is_wanted(kind, points))
    });
    labeled.map(|block| Pointer::Indicator(block.rows.start, IndicatorField::L1Weight)).collect()
}

fn text(groups: &[(BlockKind, Number)]) -> String {
    groups.iter().map(|it| show::plain(it.1.value())).collect::<Vec<_>>().join("/")
}

/// Points that a note fixes for level-1 groups: 产出指标50分, 效益指标（30分）. A range fixes nothing.
fn noted_groups(note: &str) -> BTreeMap<BlockKind, Decimal> {
    /// The label stands right before its points; more characters between them speak of something else.
    const REACH: usize = 8;
    if !note.contains('产') || !note.contains('分') {
        return BTreeMap::new();
    }
    let text = crate::words::squeezed(note);
    let words = [
        ("产出", BlockKind::Output),
        ("效益", BlockKind::Benefit),
        ("满意度", BlockKind::Satisfaction),
        ("成本", BlockKind::Cost),
        ("决策", BlockKind::Decision),
        ("过程", BlockKind::Management),
    ];
    let mut found = BTreeMap::new();
    for (word, kind) in words {
        let Some(rest) = text.find(word).and_then(|at| text.get(at + word.len()..)) else { continue };
        let Some(from) = rest.char_indices().take(REACH).find(|it| it.1.is_ascii_digit()).map(|it| it.0) else {
            continue;
        };
        let Some(digits) = rest.get(from..) else { continue };
        let end = digits.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(digits.len());
        let is_fixed = digits.get(end..).is_some_and(|it| it.starts_with('分') || it.starts_with('%'));
        let points = digits.get(..end).and_then(gouji_quantity::number).map(Number::value);
        if let Some(points) = points.filter(|_| is_fixed) {
            found.insert(kind, points);
        }
    }
    found
}
