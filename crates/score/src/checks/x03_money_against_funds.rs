//! X03: the money that the goal texts and the cost rows name, against the funds.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::{Fraction, Interval};

use crate::Meta;
use crate::balance::Spread;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::costing::Costing;
use crate::facts::Facts;
use crate::money::{CostRow, all_amounts, cells, cost_rows, has_count, is_cost, shown, spread_of, stated};
use crate::prose::Passage;
use crate::words::{self, WordSet};

check! {
    /// Items of money that a goal lists, and the planned costs, come to the budget; what was reached comes to what was spent.
    ///
    /// ```form
    /// 目标: 拍摄纪录片150万元，印制汇编200万元，咨询60万元。
    /// 资金         | 年初预算数 | 全年执行数
    /// 年度资金总额 | 310        | 310
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 纪录片   | 200万元    | 4          | 4    | 4
    /// 产出指标 | 成本指标 | 汇编     | 2部160万元 | 4          | 4    | 4
    /// fires /goal/expected suspicion high
    /// fires /indicators/0/target,/indicators/1/target suspicion high
    /// ----
    /// 目标: 测评28万元，会议37.5万元，运维92.6万元；设备5万元，专线7.2万元，软件两套共计20万元
    /// 资金         | 年初预算数
    /// 年度资金总额 | 190.6
    /// fires /goal/expected suspicion medium
    /// ----
    /// 完成: 购置家具30万元，装修60.5万元。
    /// 资金         | 年初预算数 | 全年执行数
    /// 年度资金总额 | 80         | 80
    /// fires /goal/achieved suspicion high
    /// ```
    /// Amounts that nearly come to the funds are no prices, although the form counts what they buy; amounts that fill the
    /// funds once each is paid as often as the form counts are prices:
    /// ```form
    /// 资金         | 年初预算数
    /// 年度资金总额 | 46
    ///
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 修建蓄水池     | 8座        | 4    | 4
    /// 产出指标 | 数量指标 | 铺设引水管道   | 3公里      | 4    | 4
    /// 产出指标 | 成本指标 | 修建蓄水池     | 30.5万元   | 4    | 4
    /// 产出指标 | 成本指标 | 铺设引水管道   | 15.2万元   | 4    | 4
    /// fires /indicators/2/target,/indicators/3/target suspicion medium
    /// ----
    /// 目标表
    /// 资金         | 年初预算数
    /// 项目总额     | 46
    ///
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值
    /// 产出指标 | 数量指标 | 修建蓄水池     | 8座
    /// 产出指标 | 数量指标 | 铺设引水管道   | 3公里
    /// 产出指标 | 成本指标 | 修建蓄水池     | 35000元
    /// 产出指标 | 成本指标 | 铺设引水管道   | 60000元
    /// quiet
    /// ```
    /// A stated amount that is the total or one of its sources, a list that is not complete, income, and a price are fine:
    /// ```form
    /// 目标: 专线7.2万元，软件20万元，设备5万元。1.租用专线7.2万元；2.采购软件共计20万元；3.设备5万元。
    /// 完成: 发放补贴12万元、支付课题费3万元等，带动群众增收260万元。
    /// 资金         | 年初预算数 | 全年执行数
    /// 年度资金总额 | 32.2       | 32.2
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 专线     | ≤7.2万元   | 4          | 4    | 4
    /// 产出指标 | 成本指标 | 软件     | ≤60万元    | 4          | 4    | 4
    /// quiet
    /// ----
    /// 目标: 用于人员经费195222.03元，其中工资168846.54元、课题23000元、利息3375.49元。
    /// 资金         | 年初预算数
    /// 年度资金总额 | 547.98
    /// 上年结转资金 | 19.52
    ///
    /// 一级指标 | 二级指标 | 三级指标    | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 服务内容11项 | 92727元   | 4          | 4    | 4
    /// quiet
    /// ```
    X03 = Meta {
        code: "X03",
        name: "money-against-funds",
        name_zh: "金额与资金不符",
        class: "S1/S2/S3",
        severity: Level::High,
        summary_zh: "目标文字、完成情况或成本指标的金额合计与预算、执行数不符",
        summary_en: "the money that the goal texts or the cost rows name does not come to the funds",
        definition_zh: "预期目标所列金额之和＝预算，完成情况所列金额之和＝执行数，各成本行指标值之和＝预算（每行都是金额，单价仅在数量为1时计入）。任一金额或连续几项之和等于总额或某一来源、列举未尽（等、其中）、\
                        数量单价相符或元万元混淆（U01）的不计。超出的为高可疑，不足的或仅在取整范围内不等的为中可疑，不足三项而不足额的为低可疑。",
        definition_en: "The items of money of the goal come to the budget, those of the completion text to what was spent, the targets of the cost rows \
                        to the budget (every row an amount; a price counts only for one piece). Quiet where an amount, or the sum of neighbouring \
                        items, is the total or a source, the list is open (等, 其中), prices times quantities fit, or U01 speaks. Above the \
                        funds S1; below, or different only within rounding, S2; fewer than three items below the funds S3.",
        tolerance: "L of every amount, converted to 元",
        authority: "M6",
        applies_when: "a goal text with two amounts or more, or cost rows that are amounts, and the funds",
        ..BLANK
    }, run
}

/// One amount of a text, in 元.
#[derive(Clone, Copy, Debug)]
struct Item {
    spread: Spread,
    value: Fraction,
    /// A word makes it the sum of others.
    is_total: bool,
    /// Which line of the text it stands in.
    line: usize,
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let planned = [FundsField::Budget, FundsField::Revised];
    in_text(facts, outcomes, Pointer::GoalExpected, &planned);
    in_text(facts, outcomes, Pointer::GoalAchieved, &[FundsField::Executed]);
    in_costs(facts, outcomes, &planned);
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The totals of these columns, and every amount in them.
struct Funds {
    totals: Vec<(Pointer, Spread)>,
    /// Every figure among them but zero, once.
    figures: Vec<(Fraction, Interval)>,
    /// The least and the most that any of them may stand for.
    reach: Option<(Fraction, Fraction)>,
}

impl Funds {
    fn of(facts: &Facts<'_>, fields: &[FundsField]) -> Funds {
        let is_of_fields = |at: Pointer| matches!(at, Pointer::Funds(_, field) if fields.contains(&field));
        let all: Vec<_> = all_amounts(facts).iter().copied().filter(|it| is_of_fields(it.0)).collect();
        let is_total = |at: Pointer| matches!(at, Pointer::Funds(line_idx, _) if Some(line_idx) == facts.total_line);
        let is_printed = |it: &Spread| it.value.is_some_and(|it| !it.is_zero());
        let mut totals: Vec<_> = all.iter().copied().filter(|it| is_total(it.0) && is_printed(&it.1)).collect();
        // The sum of the sources, where the total line prints something else or nothing.
        for it in stated(facts).iter().filter(|it| it.lines.iter().any(|it| Some(*it) != facts.total_line)) {
            let (field, sum) = match fields {
                [FundsField::Executed] => (FundsField::Executed, it.executed),
                _ => (facts.rate_base(), it.budget),
            };
            if let (Some(sum), Some(line_idx)) = (sum.filter(is_printed), it.lines.first()) {
                totals.push((Pointer::Funds(*line_idx, field), sum));
            }
        }
        let mut figures: Vec<(Fraction, Interval)> = Vec::new();
        for (_, it) in totals.iter().chain(&all) {
            let figure = it.value.filter(|it| !it.is_zero()).map(|value| (value, it.loose));
            figures.extend(figure.filter(|it| !figures.contains(it)));
        }
        let ends = |it: &(Fraction, Interval)| Some((it.0.min(it.1.low().value()?), it.0.max(it.1.high().value()?)));
        let ends: Option<Vec<(Fraction, Fraction)>> = figures.iter().map(ends).collect();
        let reach = ends.and_then(|it| it.into_iter().reduce(|acc, it| (acc.0.min(it.0), acc.1.max(it.1))));
        Funds { totals, figures, reach }
    }

    /// A sum of so many items is the total or a source, as far as its figure is printed.
    fn holds(&self, sum: Fraction, is_finer: bool) -> bool {
        if self.reach.is_some_and(|(least, most)| sum < least || most < sum) {
            return false;
        }
        self.figures.iter().any(|(value, loose)| *value == sum || is_finer && loose.contains(sum))
    }

    /// 元 for 万元: U01's matter.
    fn is_other_unit(&self, sum: Fraction) -> bool {
        let factor = Fraction::from(10_000_i64);
        [sum.times(factor), sum.over(factor)].into_iter().flatten().any(|it| self.holds(it, true))
    }
}

fn in_text(facts: &Facts<'_>, outcomes: &mut Outcomes, at: Pointer, fields: &[FundsField]) {
    let Some(passage) = facts.passage(at).filter(|it| it.text.contains(['元', '万', '亿'])) else { return };
    let items = items(&passage);
    // One amount among words may be anything.
    if items.iter().filter(|it| !it.is_total).count() < 2 {
        return;
    }
    let funds = Funds::of(facts, fields);
    if funds.totals.is_empty() {
        return;
    }
    if runs(&items).into_iter().any(|it| funds.holds(it.0, it.1) || funds.is_other_unit(it.0)) {
        return outcomes.within_rounding();
    }
    if is_open(&passage) {
        return outcomes.not_checkable(
            [at],
            "列举未尽（等、其中、约数）",
            "the list of amounts is open, or names parts of others",
        );
    }
    let Some(judged) = judge(&candidates(&items), &funds, items.len()) else {
        return outcomes.not_checkable([at], "数字过大", "a figure is too large");
    };
    outcomes
        .raise(raised(&judged, vec![at], Vec::new(), ("文字所列金额合计", "the amounts of the text come to")).joined());
}

fn in_costs(facts: &Facts<'_>, outcomes: &mut Outcomes, fields: &[FundsField]) {
    let rows = cost_rows(facts);
    let is_summable = |it: &CostRow| it.target.is_some() && !it.is_count_unknown;
    if rows.is_empty() || !rows.iter().all(is_summable) {
        return;
    }
    let funds = Funds::of(facts, fields);
    if funds.totals.is_empty() {
        return;
    }
    let own: Vec<Spread> = rows.iter().filter_map(|it| it.target).collect();
    let at = cells(rows, IndicatorField::Target);
    // Costs that were filed under another class, each amount once.
    let mut with_misfiled = own.clone();
    for it in misfiled(facts) {
        if !with_misfiled.iter().any(|other| other.value == it.value) {
            with_misfiled.push(it);
        }
    }
    let sums: Vec<Spread> =
        [&own, &with_misfiled].into_iter().filter_map(|it| Spread::sum(it.iter().copied())).collect();
    let is_rounded = 1 == own.len() || own.iter().any(|it| is_finer(&it.loose));
    if sums.iter().filter_map(|it| it.value).any(|it| funds.holds(it, is_rounded) || funds.is_other_unit(it)) {
        return outcomes.within_rounding();
    }
    let Some(judged) = judge(&sums, &funds, own.len()) else {
        return outcomes.not_checkable(at, "数字过大", "a figure is too large");
    };
    let is_above = judged.grade == Grade::S1;
    if is_above && rows.iter().any(|it| it.is_bounded) {
        // At most so much each: the budget may well be less than their sum.
        return outcomes.within_rounding();
    }
    // Prices taken for amounts come to far less than the funds, not to nearly as much.
    if !is_above && judged.is_apart && rows.iter().any(|it| has_count(facts, it.row_idx)) {
        if Costing::of(facts).balances(facts) {
            return outcomes.exact();
        }
        return outcomes.not_checkable(at, "成本行可能是单价", "the cost rows may be prices");
    }
    let inputs = judged.inputs.clone();
    outcomes.raise(raised(&judged, at, inputs, ("各成本行指标值合计", "the targets of the cost rows come to")));
}

/// Amounts that stand as targets outside the class of costs.
fn misfiled(facts: &Facts<'_>) -> Vec<Spread> {
    let rows = facts.counted_rows().filter(|(row_idx, row)| !row.is_idle && !row.is_part && !is_cost(facts, *row_idx));
    let amount = |row_idx: usize| {
        let quantity = *facts.values(row_idx)?.target.quantity().filter(|it| it.is_amount())?;
        spread_of(&quantity)
    };
    rows.filter_map(|it| amount(it.0)).collect()
}

/// A sum that is not the funds.
struct Judged {
    sum: Spread,
    total: Spread,
    inputs: Vec<Pointer>,
    grade: Grade,
    /// Not even within rounding.
    is_apart: bool,
}

/// The sum nearest to a total. Within rounding of it, or below all totals, it is a milder suspicion: a text need not
/// name everything.
fn judge(sums: &[Spread], funds: &Funds, n_items: usize) -> Option<Judged> {
    /// Fewer than this are examples rather than a list.
    const SHORT_LIST: usize = 3;
    let mut best: Option<(bool, Fraction, Judged)> = None;
    for sum in sums {
        for (at, total) in &funds.totals {
            let (value, stated) = (sum.value?, total.value?);
            let gap = value.minus(stated)?;
            let distance = if gap.is_negative() { gap.negated() } else { gap };
            let is_apart = !sum.loose.intersects(&total.loose);
            let is_above = funds.totals.iter().all(|(_, it)| sum.loose.is_above(&it.loose));
            let grade = match (is_apart, is_above) {
                (true, true) => Grade::S1,
                (true, false) if n_items < SHORT_LIST => Grade::S3,
                _ => Grade::S2,
            };
            let judged = Judged { sum: *sum, total: *total, inputs: vec![*at], grade, is_apart };
            let is_better = best.as_ref().is_none_or(|it| (is_apart, distance) < (it.0, it.1));
            if is_better {
                best = Some((is_apart, distance, judged));
            }
        }
    }
    best.map(|it| it.2)
}

fn raised(judged: &Judged, at: Vec<Pointer>, more: Vec<Pointer>, (zh, en): (&str, &str)) -> Raised {
    let (sum, total) = (shown(&judged.sum), shown(&judged.total));
    Raised::new(&X03::META, judged.grade)
        .at(at)
        .inputs(judged.inputs.iter().copied().chain(more))
        .stated(sum.clone())
        .recomputed(total.clone())
        .equation(format!("{sum} ≠ {total}"))
        .message(format!("{zh} {sum}，资金为 {total}"), format!("{en} {sum}, the funds are {total}"))
}

/// The amounts of money that a text spends.
fn items(passage: &Passage<'_>) -> Vec<Item> {
    let mut found = Vec::new();
    for quantity in &passage.quantities {
        let is_bare = quantity.unit.is_none() && quantity.number.power() == 4 && is_at_end(passage, quantity.span.end);
        if !quantity.is_amount() && !is_bare {
            continue;
        }
        let is_in_brackets = passage.before(quantity.span.start).ends_with(['(', '（']);
        let is_factor = passage.equations.iter().any(|it| {
            let is_inside = it.span.start <= quantity.number_span.start && quantity.number_span.end <= it.span.end;
            is_inside && it.steps.last().is_none_or(|it| quantity.number_span.start < it.right.start)
        });
        if is_factor || (quantity.is_aside && !is_in_brackets) || is_no_cost(passage, quantity.span.start) {
            continue;
        }
        let Some(spread) = spread_of(quantity) else { continue };
        let Some(value) = spread.value.filter(|it| !it.is_zero()) else { continue };
        let is_total = passage.total_word(quantity).is_some();
        let line = passage.before(quantity.span.start).matches('\n').count();
        found.push(Item { spread, value, is_total, line });
    }
    found
}

/// A bare 万 is money only where nothing that it could count follows.
fn is_at_end(passage: &Passage<'_>, at: usize) -> bool {
    let next = passage.after(at).trim_start().chars().next();
    next.is_none_or(|it| matches!(it, '，' | ',' | '。' | '；' | ';' | '、' | '\n' | ')' | '）'))
}

/// Words before an amount that make it no item of spending.
fn is_no_cost(passage: &Passage<'_>, at: usize) -> bool {
    static WORDS: WordSet = WordSet::new(&[
        "收入", "增收", "产值", "利润", "税", "销售", "营业", "营收", "贷款", "节约", "节省", "降低", "减少", "人均",
        "每人", "每户", "平均", "标准", "单价", "均价", "限额", "上限", "损失", "效益", "累计", "历年", "上年", "去年",
        "超过", "每年", "每月", "捐", "GDP", "退回",
    ]);
    /// How far before the figure such a word is looked for. Characters.
    const REACH: usize = 10;
    let clause_start = passage.clause_start(at);
    let tail = passage.tail(at, REACH);
    let head = passage.before(at);
    let within = head.len().saturating_sub(clause_start).min(tail.len());
    let tail = tail.get(tail.len() - within..).unwrap_or(tail);
    WORDS.is_in(tail)
}

/// The text does not list everything, or lists parts of what it lists.
fn is_open(passage: &Passage<'_>) -> bool {
    let after_amount = passage.quantities.iter().filter(|it| it.is_amount()).any(|it| {
        let after = passage.after(it.span.end).trim_start_matches([')', '）', ' ', '”']);
        after.starts_with('等') || after.starts_with("左右") || after.starts_with("以上") || it.approximation.is_some()
    });
    after_amount || (passage.text.contains('其') && words::squeezed(passage.text).contains("其中"))
}

/// The sums of neighbouring items, and whether the funds may be a rounding of them.
fn runs(items: &[Item]) -> Vec<(Fraction, bool)> {
    /// More items than any goal lists. Sums grow with its square.
    const MOST: usize = 60;
    let items = items.get(..items.len().min(MOST)).unwrap_or(items);
    let mut found = Vec::new();
    for start in 0..items.len() {
        let mut sum = Fraction::ZERO;
        let mut is_in_yuan = false;
        for (length, item) in items.iter().skip(start).enumerate() {
            let Some(more) = sum.plus(item.value) else { break };
            sum = more;
            is_in_yuan |= is_finer(&item.spread.loose);
            found.push((sum, length == 0 || is_in_yuan));
        }
    }
    // Sums without those that a word makes sums of others.
    let parts: Vec<&Item> = items.iter().filter(|it| !it.is_total).collect();
    for start in 0..parts.len() {
        let mut sum = Fraction::ZERO;
        let mut is_in_yuan = false;
        for item in parts.iter().skip(start) {
            let Some(more) = sum.plus(item.value) else { break };
            sum = more;
            is_in_yuan |= is_finer(&item.spread.loose);
            found.push((sum, is_in_yuan));
        }
    }
    found
}

/// Printed to less than ten 元, finer than the funds are.
fn is_finer(loose: &Interval) -> bool {
    let ends = (loose.low().value(), loose.high().value());
    let (Some(low), Some(high)) = ends else { return false };
    high.minus(low).is_some_and(|it| it < Fraction::from(10_i64))
}

/// The sums that a text may mean: all items once, with or without those that a word makes sums, and each line alone.
fn candidates(items: &[Item]) -> Vec<Spread> {
    let mut found = Vec::new();
    for with_totals in [false, true] {
        let counted: Vec<Item> = items.iter().copied().filter(|it| with_totals || !it.is_total).collect();
        found.extend(Spread::sum(each_once(&counted).iter().map(|it| it.spread)));
        found.extend(Spread::sum(counted.iter().map(|it| it.spread)));
        let mut lines: Vec<usize> = counted.iter().map(|it| it.line).collect();
        lines.dedup();
        for line in lines {
            let of_line: Vec<Item> = counted.iter().copied().filter(|it| it.line == line).collect();
            if 1 < of_line.len() {
                found.extend(Spread::sum(of_line.iter().map(|it| it.spread)));
            }
        }
    }
    found
}

/// Items that the text repeats are counted once.
fn each_once(items: &[Item]) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::new();
    for item in items {
        if !found.iter().any(|it| it.value == item.value) {
            found.push(*item);
        }
    }
    found
}
