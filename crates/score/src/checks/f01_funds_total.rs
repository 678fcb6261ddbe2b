//! F01: the total line of the funds block against the sum of its source lines.

use gouji_model::{FundsField, FundsRole, Level, Pointer};
use gouji_quantity::{Decimal, Number};

use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{AMOUNTS, Facts, Figure};
use crate::{Meta, show};

check! {
    /// The line 年度资金总额 has to be the sum of the lines below it, column by column.
    ///
    /// Parts that the total leaves out contradict it:
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数
    /// 年度资金总额     | 0          | 0
    /// 其中:财政拨款    | 190        | 190
    /// 其他资金         | 0          | 0
    /// fires /funds/0/revised,/funds/0/executed contradiction
    /// ```
    /// A blank part may hold what is missing, so this is only suspicious:
    /// ```form
    /// 资金             | 全年预算数
    /// 年度资金总额     | 200
    /// 其中:财政拨款    | 128
    /// 其他资金         |
    /// fires /funds/0/revised suspicion high
    /// ```
    /// Rounded parts add up within their rounding, and a line that details another is not added twice:
    /// ```form
    /// 资金             | 年初预算数 | 全年预算数
    /// 年度资金总额     | 196.8      | 30
    /// 其中:财政拨款    | 128        | 20
    /// 中央财政资金     |            | 20
    /// 上年结转资金     | 68.81      | 10
    /// quiet
    /// ----
    /// 资金             | 全年预算数
    /// 年度资金总额     | 100
    /// 其中:财政拨款    | 90
    /// 一般公共预算     | 60
    /// 政府性基金预算   | 30
    /// 其他资金         | 10
    /// quiet
    /// ```
    F01 = Meta {
        code: "F01",
        name: "funds-total",
        name_zh: "资金总额与明细不符",
        class: "C/S1",
        severity: Level::High,
        summary_zh: "年度资金总额应等于各项资金来源之和",
        summary_en: "the total line of the funds block is the sum of its source lines",
        definition_zh: "每一金额列：总额＝各来源行之和。明细大于总额，或明细全部有数而不等：矛盾；明细小于总额且有空白：可疑；明细全空：不适用。",
        definition_en: "Each amount column: total line = sum of the source lines. Parts above the total, or all parts printed and unequal: \
                        contradiction; parts below the total with a blank part: suspicion; all parts blank: not applicable.",
        tolerance: "L(total) against the sum of L(parts)",
        authority: "N1, N2; P4",
        applies_when: "a total line with an amount and a source line with an amount in the same column",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((total_idx, total)) = facts.total_line().filter(|_| facts.is_self_evaluation()) else {
        return outcomes.not_applicable();
    };
    for field in AMOUNTS {
        let printed = total.amount(field);
        let readings = readings(facts, field);
        if printed.is_blank() || readings.iter().all(|it| it.parts.is_empty()) {
            outcomes.not_applicable();
            continue;
        }
        let at = Pointer::Funds(total_idx, field);
        let has_words = readings.iter().any(|it| it.has_words);
        let (Some(printed), false) = (printed.number(), has_words) else {
            outcomes.not_checkable([at], "金额不是数字", "an amount is no number");
            continue;
        };
        weigh(facts, outcomes, at, field, printed, &readings);
    }
}

fn weigh(
    facts: &Facts<'_>,
    outcomes: &mut Outcomes,
    at: Pointer,
    field: FundsField,
    total: Number,
    readings: &[Reading],
) {
    let decimals = facts.funds_decimals(field);
    let stated = Spread::printed(total, decimals);
    let mut best: Option<(Balance, bool, &Reading)> = None;
    for reading in readings.iter().filter(|it| !it.parts.is_empty()) {
        let Some(sum) = Spread::sum(reading.parts.iter().map(|it| Spread::printed(it.1, decimals))) else {
            return outcomes.not_checkable([at], "数字过大", "a figure is too large");
        };
        let balance = Balance::of(stated, sum);
        let may_be_short = reading.has_blank && sum.loose.is_below(&stated.loose);
        let rank = (balance as u8, !may_be_short);
        if best.is_none_or(|(other, is_short, _)| rank < (other as u8, !is_short)) {
            best = Some((balance, may_be_short, reading));
        }
    }
    let Some((balance, may_be_short, reading)) = best else { return outcomes.not_applicable() };
    if balance.holds() {
        if balance == Balance::Exact {
            outcomes.verify();
        }
        return outcomes.agrees(balance == Balance::Exact);
    }
    let grade = if may_be_short { Grade::S1 } else { Grade::C };
    let parts: Vec<Number> = reading.parts.iter().map(|it| it.1).collect();
    let sum = show::plain(show::total(&parts));
    let (column_zh, column_en) = show::column_name(field);
    let printed = show::plain(total.value());
    let terms = show::sum(&parts);
    let blank = if may_be_short { ("（有明细空白）", " (a part is blank)") } else { ("", "") };
    outcomes.raise(
        Raised::new(&F01::META, balance.grade(grade))
            .at([at])
            .inputs(reading.parts.iter().map(|(line_idx, _)| Pointer::Funds(*line_idx, field)))
            .stated(printed.clone())
            .recomputed(sum.clone())
            .equation(terms.clone())
            .message(
                format!("{column_zh}：资金总额印作 {printed}，明细相加 {terms}{}", blank.0),
                format!("{column_en}: the total line prints {printed}, its parts add up to {terms}{}", blank.1),
            )
            .joined(),
    );
}

/// One way to tell the parts of the total from the lines that only detail a part.
struct Reading {
    parts: Vec<(usize, Number)>,
    has_blank: bool,
    has_words: bool,
}

/// Forms list all sources side by side, or detail 财政拨款 by level of government or by kind of budget, with last year's
/// money in it or not.
fn readings(facts: &Facts<'_>, field: FundsField) -> Vec<Reading> {
    let is_level = |role: FundsRole| matches!(role, FundsRole::Central | FundsRole::Provincial | FundsRole::Local);
    let roles: Vec<FundsRole> = facts.form.funds.iter().map(|line| line.role).collect();
    let with = |is_wanted: &dyn Fn(FundsRole) -> bool| -> Vec<usize> {
        roles.iter().enumerate().filter(|(_, role)| is_wanted(**role)).map(|(line_idx, _)| line_idx).collect()
    };
    let mut without: Vec<Vec<usize>> = vec![Vec::new()];
    if roles.contains(&FundsRole::Fiscal) {
        without.push(with(&|it| is_level(it)));
        without.push(with(&|it| it == FundsRole::CarriedOver));
        without.push(with(&|it| is_level(it) || it == FundsRole::CarriedOver));
        without.push(details(facts, field));
    }
    without.dedup();
    without.iter().map(|left_out| reading(facts, field, left_out)).collect()
}

/// The lines right below 财政拨款 that add up to it: they detail it.
pub(super) fn details(facts: &Facts<'_>, field: FundsField) -> Vec<usize> {
    let Some(fiscal_idx) = facts.form.funds.iter().position(|line| line.role == FundsRole::Fiscal) else {
        return Vec::new();
    };
    let amount =
        |line_idx: usize| facts.lines.get(line_idx).and_then(|it| it.amount(field).number()).map(Number::value);
    let Some(fiscal) = amount(fiscal_idx).filter(|it| !it.is_zero()) else { return Vec::new() };
    let mut sum = Decimal::ZERO;
    let mut last = None;
    for line_idx in fiscal_idx + 1..facts.lines.len() {
        if facts.form.funds.get(line_idx).is_none_or(|line| line.role == FundsRole::Total) {
            break;
        }
        let Some(more) = sum.checked_add(amount(line_idx).unwrap_or(Decimal::ZERO)) else { break };
        sum = more;
        if sum == fiscal {
            last = Some(line_idx);
        }
    }
    last.map_or_else(Vec::new, |last| (fiscal_idx + 1..=last).collect())
}

fn reading(facts: &Facts<'_>, field: FundsField, left_out: &[usize]) -> Reading {
    let mut found = Reading { parts: Vec::new(), has_blank: false, has_words: false };
    for (line_idx, (line, figures)) in facts.form.funds.iter().zip(&facts.lines).enumerate() {
        if line.role == FundsRole::Total || left_out.contains(&line_idx) {
            continue;
        }
        match figures.amount(field) {
            Figure::Blank => found.has_blank = true,
            Figure::Words => found.has_words = true,
            Figure::Number(number) => found.parts.push((line_idx, number)),
        }
    }
    found
}

/// The source line that carries the money when the total line prints none: its score may stand on the total line.
pub(super) fn line_like(facts: &Facts<'_>, score: Decimal, weight: Number) -> Option<usize> {
    use crate::rate::{Share, admissible_scores, share};
    facts.lines.iter().enumerate().position(|(line_idx, line)| {
        let Share::Ratio(ratio) = share(facts, line, facts.rate_base()) else { return false };
        let is_source = facts.form.funds.get(line_idx).is_some_and(|it| it.role != FundsRole::Total);
        let printed = Number::new(score).map(|it| it.loose());
        let fits = admissible_scores(facts, weight, ratio).zip(printed);
        is_source && fits.is_some_and(|(spread, printed)| spread.loose.intersects(&printed))
    })
}
