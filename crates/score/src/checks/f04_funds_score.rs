//! F04: the score of the total funds line against its execution rate.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::{Fraction, Interval, Number};

use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Line};
use crate::profile::FundsPart;
use crate::rate::{PrintedRate, RateCell, Share, admissible_scores, printed_rate, rate_inputs, share};
use crate::{Meta, show};

check! {
    /// The score of the funds line has to be its points times the execution rate, at most its points.
    ///
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 24         | 18         | 10   | 75%    | 10
    /// fires /funds/0/score breach
    /// ----
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 0          | 0          | 10   | 0      | 8.54
    /// fires /funds/0/score breach
    /// ```
    /// Rounded, cut, or taken from the rounded rate are all fine, and so is a full score for a budget of zero whose rate is
    /// given as 100:
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 185.58     | 133.43     | 10   | 71.90% | 7.2
    /// quiet
    /// ----
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 0          | 0          | 10   | 100%   | 10
    /// quiet
    /// ```
    F04 = Meta {
        code: "F04",
        name: "funds-score",
        name_zh: "执行得分不符",
        class: "B",
        severity: Level::High,
        summary_zh: "资金得分应为分值×执行率，最高不超过分值",
        summary_en: "the funds score is its points times the rate, at most its points",
        definition_zh: "资金得分∈分值×min(1, 执行率)，执行率可取自金额或印出的执行率；已识别的方案有分档的按分档。预算与执行均为零时：执行率0对0分，100%对满分，\
                        空白对0分或满分。预算执行率为指标行的方案，对该行作同样核对。",
        definition_en: "The funds score is points x min(1, rate), the rate from the amounts or as printed, or what the scheme's bands give. Budget and \
                        spent both zero: rate 0 with score 0, rate 100 with full score, blank rate with either. Where the scheme makes the \
                        rate a row of the indicators, that row.",
        tolerance: "the printed score, rounded or cut, against the share from the intervals",
        authority: "M1; P3, P4; L3",
        applies_when: "points and score of the total line (or of the row 预算执行率), the points beside the block's label, too",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, line)) = facts.total_line() else { return outcomes.not_applicable() };
    if let Some(row_idx) = rate_row(facts) {
        return check_row(facts, outcomes, line_idx, line, row_idx);
    }
    let at = Pointer::Funds(line_idx, FundsField::Score);
    // The points may stand beside the label of the block or in the head of the scores.
    let beside = facts.funds_weight().filter(|_| line.weight.is_blank());
    if line.score.is_blank() || (line.weight.is_blank() && beside.is_none()) {
        return outcomes.not_applicable();
    }
    let (Some(score), Some(weight)) = (line.score.number(), line.weight.number().or(beside)) else {
        return outcomes.not_checkable([at], "分值或得分不是数字", "points or score are no number");
    };
    weigh(facts, outcomes, at, (line_idx, line), score, weight);
}

/// The row that holds the rate in a scheme that scores it among the indicators.
pub(super) fn rate_row(facts: &Facts<'_>) -> Option<usize> {
    if facts.profile.counted != FundsPart::Row {
        return None;
    }
    facts.form.indicators.iter().position(|row| {
        row.name.as_ref().is_some_and(|cell| ["预算执行率", "资金执行率"].iter().any(|it| cell.text.contains(it)))
    })
}

fn check_row(facts: &Facts<'_>, outcomes: &mut Outcomes, line_idx: usize, line: &Line, row_idx: usize) {
    let figures = facts.rows.get(row_idx).and_then(|row| row.score.number().zip(row.weight.number()));
    let Some((score, weight)) = figures else { return outcomes.not_applicable() };
    let at = Pointer::Indicator(row_idx, IndicatorField::Score);
    weigh(facts, outcomes, at, (line_idx, line), score, weight);
}

fn weigh(
    facts: &Facts<'_>,
    outcomes: &mut Outcomes,
    at: Pointer,
    (line_idx, line): (usize, &Line),
    score: Number,
    weight: Number,
) {
    let base = facts.rate_base();
    let share = share(facts, line, base);
    let rate = match printed_rate(facts, line_idx) {
        RateCell::Rate(rate) => Some(rate),
        RateCell::Blank | RateCell::Words => None,
    };
    let admitted = admitted(facts, weight, share, rate.as_ref());
    if admitted.is_empty() {
        return outcomes.not_checkable([at], "执行率无从得知", "the rate is not known");
    }
    let stated = Spread::printed(score, facts.funds_decimals(FundsField::Score));
    let balance = admitted.iter().map(|it| Balance::of(stated, *it)).reduce(Balance::or).unwrap_or(Balance::Apart);
    if balance.holds() {
        return outcomes.agrees(balance == Balance::Exact);
    }
    outcomes.raise(raised(facts, balance.grade(Grade::B), at, line_idx, score, weight, share, &admitted));
}

/// What the score may be under every way to come by the rate.
fn admitted(facts: &Facts<'_>, weight: Number, share: Share, rate: Option<&PrintedRate>) -> Vec<Spread> {
    let mut admitted = Vec::with_capacity(3);
    let full = Spread::interval(Interval::point(weight.value()));
    let nothing = Spread::interval(Interval::point(Fraction::ZERO));
    match share {
        Share::Ratio(ratio) => admitted.extend(admissible_scores(facts, weight, ratio)),
        Share::SpentOfNothing => admitted.extend([nothing, full]),
        Share::NothingOfNothing if rate.is_none() => admitted.extend([nothing, full]),
        Share::NothingOfNothing | Share::Missing => {}
    }
    for reading in rate.into_iter().flat_map(PrintedRate::readings) {
        admitted.extend(admissible_scores(facts, weight, reading));
    }
    admitted
}

fn raised(
    facts: &Facts<'_>,
    grade: Grade,
    at: Pointer,
    line_idx: usize,
    score: Number,
    weight: Number,
    share: Share,
    admitted: &[Spread],
) -> Raised {
    let line = facts.form.funds.get(line_idx);
    let printed = show::plain(score.value());
    let points = show::plain(weight.value());
    let rate = match share {
        Share::Ratio(spread) => spread.value.map_or_else(String::new, show::percent),
        _ => show::printed(line.and_then(|it| it.rate.as_ref())).to_owned(),
    };
    let recomputed = admitted.first().and_then(|it| it.value).map(|it| show::rounded(it, 2)).unwrap_or_default();
    let name = show::line_name(facts.form, line_idx);
    let twin = super::f01_funds_total::line_like(facts, score.value(), weight)
        .map(|idx| show::line_name(facts.form, idx))
        .map_or_else(Default::default, |it| {
            (format!("；与“{it}”一行的执行率相合"), format!("; it fits the rate of the line {it}"))
        });
    let may_be = admitted.iter().map(|it| show::admissible(&it.loose, score)).collect::<Vec<_>>().join(" or ");
    let base = facts.rate_base();
    Raised::new(&F04::META, grade)
        .at([at])
        .inputs(rate_inputs(line_idx, base))
        .inputs([Pointer::Funds(line_idx, FundsField::Weight), Pointer::Funds(line_idx, FundsField::Rate)])
        .stated(printed.clone())
        .recomputed(recomputed.clone())
        .admissible(may_be)
        .equation(format!("{points} * {rate} = {recomputed}"))
        .message(
            format!("{name}得分印作 {printed}，按分值 {points} × 执行率 {rate} 应为 {recomputed}{}", twin.0),
            format!("the score of {name} is printed as {printed}; {points} points x {rate} is {recomputed}{}", twin.1),
        )
}
