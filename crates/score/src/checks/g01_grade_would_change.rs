//! G01: an error that decides over the grade.

use gouji_model::{Finding, Level, Pointer};
use gouji_quantity::{Fraction, Number};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::shares::judge;
use crate::{Meta, show};

check! {
    /// Four points too many are one thing at 99 and another at 92.
    ///
    /// ```form
    /// @with S01
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 专线     | 1条        | 1条        | 4    | 8
    /// 产出指标 | 数量指标 | 培训     | 5期        | 5期        | 96   | 84
    /// 总分 | 100 | 92
    /// fires /grade note
    /// ----
    /// @with I01
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 采购     | 1台        | 0台        | 6    | 6
    /// 产出指标 | 数量指标 | 维修     | 1台        | 0台        | 5    | 5
    /// 产出指标 | 数量指标 | 培训     | 5期        | 5期        | 89   | 89
    /// 总分 | 100 | 100
    /// fires /grade note
    /// ```
    /// ```form
    /// @with S01,T01
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 专线     | 1条        | 1条        | 4    | 8
    /// 产出指标 | 数量指标 | 培训     | 5期        | 5期        | 96   | 91
    /// 总分 | 100 | 99
    /// quiet
    /// ```
    G01 = Meta {
        code: "G01",
        name: "grade-would-change",
        name_zh: "更正后等级变化",
        class: "note",
        severity: Level::High,
        summary_zh: "更正后总分落入另一等级",
        summary_en: "the corrected total falls in another grade",
        definition_zh: "有矛盾或违规的得分改为可得的最高分（总分不符的改为各项之和），总分所在等级（90、80、60）随之改变：附注于引起变化的发现；单项不足以改变而\
                        各项合计足以改变的，附注于影响最大的一项。",
        definition_en: "A score that contradicts or breaks a rule is put at the most that may be scored, a wrong total at its sum; if the total then \
                        falls in another grade (90, 80, 60) the finding has this note. Where only all of them together change the grade, the one with \
                        the largest effect has it.",
        tolerance: "exact, with the most that may be scored",
        authority: "M1; Q1",
        applies_when: "a printed total score",
        ..BLANK
    }, run
}

/// Findings that say what a score may be at most, or what the total comes to.
const CAUSES: [&str; 7] = ["T01", "F04", "S01", "I01", "I03", "I05", "I06"];

/// A finding and by how much the total is too high for it.
struct Cause {
    code: &'static str,
    at: Vec<Pointer>,
    excess: Fraction,
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if facts.total_score.is_blank() {
        return outcomes.not_applicable();
    }
    let Some(total) = facts.total_score.number() else {
        return outcomes.not_checkable([Pointer::TotalScore], "总分不是数字", "the total is no number");
    };
    let causes = causes(facts, outcomes, total);
    let printed = Fraction::from(total.value());
    let changed = |excess: Fraction| printed.minus(excess).filter(|it| band(*it) != band(printed));
    let mut raised: Vec<Raised> =
        causes.iter().filter_map(|cause| Some(raised(&[cause], total, changed(cause.excess)?))).collect();
    if raised.is_empty() && 1 < causes.len() {
        let all = causes.iter().try_fold(Fraction::ZERO, |acc, it| acc.plus(it.excess));
        let corrected = all.and_then(changed);
        // The first of the largest leads: its finding has the note.
        let mut sorted: Vec<&Cause> = causes.iter().collect();
        sorted.sort_by_key(|it| std::cmp::Reverse(it.excess));
        raised.extend(corrected.map(|it| self::raised(&sorted, total, it)));
    }
    if raised.is_empty() {
        return outcomes.exact();
    }
    raised.into_iter().for_each(|it| outcomes.raise(it));
}

/// What the contradictions and breaches found so far take from the total, each accused cell once.
fn causes(facts: &Facts<'_>, outcomes: &Outcomes, total: Number) -> Vec<Cause> {
    let mut found: Vec<Cause> = Vec::new();
    let hard = outcomes.raised.iter().map(|it| &it.finding).filter(|it| Grade::of(it).is_hard());
    for finding in hard.filter(|it| CAUSES.contains(&it.code)) {
        let excess = excess(facts, finding, total).filter(|it| !it.is_zero());
        let Some(excess) = excess else { continue };
        match found.iter_mut().find(|it| it.at == finding.at) {
            Some(other) if other.excess < excess => {
                *other = Cause { code: finding.code, at: finding.at.clone(), excess }
            }
            Some(_) => {}
            None => found.push(Cause { code: finding.code, at: finding.at.clone(), excess }),
        }
    }
    found
}

/// By how much the total is too high at least.
fn excess(facts: &Facts<'_>, finding: &Finding, total: Number) -> Option<Fraction> {
    let figure = |text: &Option<String>| Some(Fraction::from(gouji_quantity::number(text.as_deref()?)?.value()));
    match finding.at.first()? {
        Pointer::TotalScore => Fraction::from(total.value()).minus(figure(&finding.recomputed)?),
        Pointer::Funds(..) if counts_funds(facts, total) => {
            figure(&finding.stated)?.minus(figure(&finding.recomputed)?)
        }
        Pointer::Indicator(row_idx, _) => {
            // Points that only moved between the rows of a pool stay in the total.
            if super::s05_pooled_scores::has_pool(facts, *row_idx) {
                return None;
            }
            let row = facts.rows.get(*row_idx)?;
            let (score, weight) = row.score.number().zip(row.weight.number())?;
            let most = match finding.code {
                "S01" => Fraction::from(weight.value()),
                "F04" => figure(&finding.recomputed)?,
                _ => judge(facts, row, facts.comparison(*row_idx))?.admitted.high().value()?,
            };
            Fraction::from(score.value()).minus(most).filter(|it| Fraction::ZERO < *it)
        }
        _ => None,
    }
}

/// The printed total lies nearer to the sum with the funds score than to the sum without it.
fn counts_funds(facts: &Facts<'_>, total: Number) -> bool {
    let Some((funds, _)) = facts.funds_score() else { return false };
    let scores: Vec<Number> = facts.counted_rows().filter_map(|(_, row)| row.score.number()).collect();
    let without = show::total(&scores);
    let distance = |sum: Option<gouji_quantity::Decimal>| Some((total.value().checked_sub(sum?)?).abs());
    let with = distance(without.checked_add(funds.value()));
    with.zip(distance(Some(without))).is_some_and(|(with, without)| with < without)
}

/// The grade of a total (M1).
fn band(total: Fraction) -> &'static str {
    /// Lower bounds, the best grade first.
    const GRADES: [(i64, &str); 3] = [(90, "优"), (80, "良"), (60, "中")];
    GRADES.iter().find(|(least, _)| Fraction::from(*least) <= total).map_or("差", |it| it.1)
}

/// The note that the finding behind the first of `causes` gets.
fn raised(causes: &[&Cause], total: Number, corrected: Fraction) -> Raised {
    let printed = show::plain(total.value());
    let (before, after) = (band(total.value().into()), band(corrected));
    let corrected = show::rounded(corrected, 2);
    let mut codes: Vec<&str> = causes.iter().map(|it| it.code).collect();
    codes.dedup();
    let (all_zh, all_en) = if causes.len() < 2 {
        (String::new(), String::new())
    } else {
        (format!("（{}各项合计）", codes.join("、")), format!(" (all of {})", codes.join(", ")))
    };
    Raised::new(&G01::META, Grade::Note)
        .at([Pointer::Grade])
        .inputs(causes.iter().take(1).flat_map(|it| it.at.iter().copied()))
        .stated(printed.clone())
        .recomputed(corrected.clone())
        .message(
            format!("更正后{all_zh}总分由 {printed} 变为至多 {corrected}，等级由“{before}”变为“{after}”"),
            format!("corrected{all_en}, the total of {printed} comes to {corrected} at most: the grade changes from {before} to {after}"),
        )
}
