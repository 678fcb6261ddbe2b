//! T01: the printed total against the sum of the scores.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::{Decimal, Interval, Number};

use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure};
use crate::{Meta, show};

check! {
    /// The printed total has to be the sum of the scores, with the funds score or without it.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 分值 | 得分
    /// 年度资金总额 | 10         | 10         | 10   | 10
    ///
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 培训     | 60   | 58
    /// 效益指标 | 满意     | 30   | 30
    /// 总分 | 100 | 99
    /// fires /total/score contradiction
    /// ```
    /// The funds score may be left out, and a total may be rounded:
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 分值 | 得分
    /// 年度资金总额 | 28.272     | 21.855     | 10   | 7.7
    ///
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 线路     | 59.8 | 57.5
    /// 效益指标 | 开通     | 40   | 40
    /// 总分 | 100 | 97.5
    /// quiet
    /// ----
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 一期     | 33.3 | 33.3
    /// 产出指标 | 二期     | 33.3 | 31.25
    /// 产出指标 | 三期     | 33.3 | 33.3
    /// 总分 | 100 | 97.85
    /// quiet
    /// ```
    /// A form that has lost rows is not judged:
    /// ```form
    /// @open-head
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 效益指标 | 满意     | 30   | 30
    /// 总分 | 100 | 99
    /// quiet
    /// ```
    T01 = Meta {
        code: "T01",
        name: "total-score",
        name_zh: "总分不符",
        class: "C",
        severity: Level::High,
        summary_zh: "印出的总分应等于各项得分之和",
        summary_en: "the printed total is the sum of the scores",
        definition_zh: "印出的总分等于各指标得分之和，计或不计资金得分；两者都不合才不符。",
        definition_en: "The printed total equals the sum of the indicators' scores, with the funds score or without; it fails if it meets neither.",
        tolerance: "integers and full scores exactly, other parts rounded or cut; the total exactly if every part is",
        authority: "Q1; N2",
        applies_when: "a printed total score and scores of the rows",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if facts.total_score.is_blank() || !facts.has_scores() {
        return outcomes.not_applicable();
    }
    let at = Pointer::TotalScore;
    let Some(total) = facts.total_score.number() else {
        return outcomes.not_checkable([at], "总分不是数字", "the total is no number");
    };
    let funds = facts.funds_score();
    if let Some((zh, en)) = barred(facts) {
        return bounded(facts, outcomes, total, funds, (zh, en));
    }
    let parts: Vec<Part> = facts.counted_rows().filter_map(|(_, row)| Part::of(row.score, row.weight)).collect();
    let without = weigh(total, &parts, facts.score_decimals);
    let with = funds.map(|(score, weight)| {
        let mut parts = parts.clone();
        parts.push(Part { score, weight, decimals: facts.funds_decimals(FundsField::Score) });
        weigh(total, &parts, facts.score_decimals)
    });
    let Some(balance) = [without, with.flatten()].into_iter().flatten().reduce(Balance::or) else {
        return outcomes.not_checkable([at], "数字过大", "a figure is too large");
    };
    if balance.holds() {
        if balance == Balance::Exact {
            outcomes.verify();
        }
        return outcomes.agrees(balance == Balance::Exact);
    }
    let sum: Decimal = parts.iter().map(|it| it.score.value()).sum();
    if may_lack_funds(facts, total.value() - sum) {
        return outcomes.not_checkable(
            [at],
            "表中无资金，可能缺其得分",
            "no funds are printed: their score may be missing",
        );
    }
    outcomes.raise(raised(facts, balance.grade(Grade::C), total, &parts, funds.map(|it| it.0)));
}

/// Whether what is missing may be the points, or the score, of funds that the form prints nowhere: it has none, its own
/// points lack what funds have, and its scores do not come to the total.
pub(super) fn may_lack_funds(facts: &Facts<'_>, missing: Decimal) -> bool {
    /// What schemes give the funds.
    const OF_FUNDS: [u32; 2] = [10, 20];
    let whole = facts.total_weight.number().map_or(Decimal::ONE_HUNDRED, Number::value);
    let known: Decimal = facts.weights(0..facts.rows.len()).map(Number::value).sum();
    let scores: Decimal = facts.counted_rows().filter_map(|(_, row)| row.score.number()).map(Number::value).sum();
    let adds_up = facts.total_score.number().is_some_and(|it| it.value() == scores);
    let has_funds = !facts.form.funds.is_empty() || facts.funds_weight().is_some();
    let lacks = |points: &Decimal| known + points == whole && Decimal::ZERO < missing && missing <= *points;
    !has_funds && !adds_up && OF_FUNDS.map(Decimal::from).iter().any(lacks)
}

/// A score as it enters a sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The score.
    pub score: Number,
    /// Its points.
    pub weight: Option<Number>,
    /// Most decimals of its column.
    pub decimals: u32,
}

impl Part {
    /// The part of a row; nothing printed is no part.
    pub(super) fn of(score: Figure, weight: Figure) -> Option<Part> {
        let score = score.number()?;
        Some(Part { score, weight: weight.number(), decimals: score.decimals() })
    }

    fn is_exact(&self) -> bool {
        self.score.is_integer() || self.weight.is_some_and(|it| it.value() == self.score.value())
    }
}

/// How a printed sum of scores stands to its parts, by the tolerance of scores (rule book 2).
pub(super) fn weigh(total: Number, parts: &[Part], decimals: u32) -> Option<Balance> {
    let spread = |part: &Part| {
        if part.is_exact() {
            return Spread::exact(part.score);
        }
        Spread::printed(part.score, part.decimals.max(decimals))
    };
    let sum = Spread::sum(parts.iter().map(spread))?;
    let finest = parts.iter().map(|it| it.score.decimals()).max().unwrap_or(0);
    let is_exact = parts.iter().all(Part::is_exact) && finest <= total.decimals();
    let stated = if is_exact { Spread::exact(total) } else { Spread::printed(total, decimals) };
    Some(Balance::of(stated, sum))
}

/// What keeps the sum of the scores from being made.
pub(super) fn barred(facts: &Facts<'_>) -> Option<(&'static str, &'static str)> {
    if facts.is_open() {
        return Some(("表头或表尾残缺，可能缺行", "the form is cut at its head or tail: rows may be missing"));
    }
    if facts.counted_rows().any(|(_, row)| row.score == Figure::Words) {
        return Some(("有得分不是数字", "some scores are no number"));
    }
    let is_missing =
        |row: &crate::facts::Row| row.score.is_blank() && row.weight.number().is_some_and(|it| !it.is_zero());
    facts
        .counted_rows()
        .any(|(_, row)| is_missing(row))
        .then_some(("有分值的行缺得分", "a row with points prints no score"))
}

/// Where rows are missing but their points are known, the total still has bounds (rule book 4.2).
fn bounded(
    facts: &Facts<'_>,
    outcomes: &mut Outcomes,
    total: Number,
    funds: Option<(Number, Option<Number>)>,
    (zh, en): (&'static str, &'static str),
) {
    let at = Pointer::TotalScore;
    let missing: Option<Decimal> = facts.blocks.iter().try_fold(Decimal::ZERO, |acc, block| {
        let known: Decimal = facts.weights(block.rows.clone()).map(Number::value).sum();
        acc.checked_add((block.points?.value() - known).max(Decimal::ZERO))
    });
    let unscored: Decimal = facts
        .counted_rows()
        .filter(|(_, row)| row.score.number().is_none())
        .filter_map(|(_, row)| row.weight.number().map(Number::value))
        .sum();
    // The points of all blocks are known only if those of the form come to the whole.
    let headed: Option<Decimal> =
        facts.blocks.iter().try_fold(Decimal::ZERO, |acc, it| acc.checked_add(it.points?.value()));
    let whole = facts.total_weight.number().map_or(Decimal::ONE_HUNDRED, Number::value);
    let funds_weight = facts.funds_weight().map_or(Decimal::ZERO, Number::value);
    let is_whole = headed.is_some_and(|it| it == whole || it + funds_weight == whole);
    let (Some(missing), true, false) = (missing, is_whole, facts.form.printed.open_head) else {
        return outcomes.not_checkable([at], zh, en);
    };
    let scores: Vec<Part> = facts.counted_rows().filter_map(|(_, row)| Part::of(row.score, row.weight)).collect();
    let Some(sum) = Interval::sum(scores.iter().map(|it| it.score.as_score_part(it.weight))) else {
        return outcomes.not_checkable([at], zh, en);
    };
    let most = sum
        .plus(&Interval::point(missing + unscored))
        .and_then(|it| it.plus(&Interval::point(funds.map_or(Decimal::ZERO, |it| it.0.value()))));
    let printed = total.loose();
    let is_above = most.is_some_and(|it| printed.is_above(&it));
    if !is_above && !printed.is_below(&sum) {
        return outcomes.not_checkable([at], zh, en);
    }
    outcomes.raise(raised(facts, Grade::C, total, &scores, funds.map(|it| it.0)));
}

fn raised(facts: &Facts<'_>, grade: Grade, total: Number, parts: &[Part], funds: Option<Number>) -> Raised {
    let printed = show::plain(total.value());
    let scores: Vec<Number> = parts.iter().map(|it| it.score).collect();
    let alone = show::total(&scores);
    let terms = block_terms(facts, &scores);
    let without = show::plain(alone);
    let with = funds.map(|it| show::plain(alone + it.value()));
    let (both_zh, both_en) = with.as_ref().map_or_else(Default::default, |it| {
        (format!("（计资金得分为 {it}）"), format!(" ({it} with the funds score)"))
    });
    let recomputed = match (&with, facts.profile.counts_funds()) {
        (Some(with), true) => with.clone(),
        _ => without.clone(),
    };
    let printed_rows = facts.counted_rows().filter(|(_, row)| !row.score.is_blank());
    Raised::new(&T01::META, grade)
        .at([Pointer::TotalScore])
        .inputs(printed_rows.map(|(row_idx, _)| Pointer::Indicator(row_idx, IndicatorField::Score)))
        .inputs(facts.total_line.filter(|_| funds.is_some()).map(|it| Pointer::Funds(it, FundsField::Score)))
        .stated(printed.clone())
        .recomputed(recomputed)
        .equation(format!("{terms} = {without}"))
        .message(
            format!("总分印作 {printed}，各指标得分相加为 {without}{both_zh}"),
            format!("the total is printed as {printed}, the scores of the indicators add up to {without}{both_en}"),
        )
}

/// The scores block by block where there are several blocks, else one by one.
fn block_terms(facts: &Facts<'_>, scores: &[Number]) -> String {
    if facts.blocks.len() < 2 {
        return show::addends(scores);
    }
    let sums = facts.blocks.iter().map(|block| {
        let rows = facts.rows.get(block.rows.clone()).unwrap_or_default();
        let sum: Decimal =
            rows.iter().filter(|it| !it.is_lost).filter_map(|it| it.score.number()).map(Number::value).sum();
        format!("{} {}", show::block_name(facts.form, block.rows.start), show::plain(sum))
    });
    sums.collect::<Vec<_>>().join(" + ")
}
