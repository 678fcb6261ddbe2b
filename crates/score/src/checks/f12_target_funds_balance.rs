//! F12: the totals of a target form against each other and against their parts.

use gouji_model::{FundsField, FundsRole, Level, Pointer};
use gouji_quantity::Number;

use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure};
use crate::{Meta, show};

check! {
    /// A target form states its money several times, and all of them have to be the same.
    ///
    /// ```form
    /// 目标表
    /// 资金               | 年初预算数
    /// 项目总额           | 160
    /// 其中: 年度资金总额 | 200
    /// fires /funds/0/budget,/funds/1/budget contradiction
    /// ----
    /// 目标表
    /// 资金               | 年初预算数
    /// 年度资金总额       | 72
    /// 资金总额           | 70
    /// fires /funds/0/budget,/funds/1/budget contradiction
    /// ----
    /// 目标表
    /// 资金               | 年初预算数
    /// 项目总额           | 20
    /// 其中: 财政拨款     | 25
    /// 其他资金           |
    /// fires /funds/0/budget contradiction
    /// ```
    /// A project may take years, so that one year has less than the whole; only the form that says so is left alone:
    /// ```form
    /// 目标表
    /// 资金               | 年初预算数
    /// 项目总额           | 200
    /// 其中: 年度资金总额 | 160
    /// 财政拨款           | 160
    /// fires /funds/0/budget,/funds/1/budget suspicion medium
    /// ----
    /// 目标表
    /// 目标: 分三年建成灌区监测站，本年度完成一期。
    /// 资金               | 年初预算数
    /// 中期资金总额       | 200
    /// 其中: 年度资金总额 | 160
    /// 财政拨款           | 160
    /// quiet
    /// ```
    /// Money of the center beside money of the own level is no detail of it:
    /// ```form
    /// 目标表
    /// 资金               | 年初预算数
    /// 年度资金总额       | 16.5
    /// 其中: 中央补助     | 11
    /// 财政资金           | 5.5
    /// quiet
    /// ```
    /// Blank parts prove nothing as long as they do not add up to more:
    /// ```form
    /// 目标表
    /// 资金               | 年初预算数
    /// 项目总额           | 20
    /// 其中: 年度资金总额 | 20
    /// 资金总额           | 20
    /// 资金总额           |
    /// 其中: 财政拨款     | 15
    /// 其他资金           |
    /// quiet
    /// ```
    F12 = Meta {
        code: "F12",
        name: "target-funds-balance",
        name_zh: "目标表资金不平",
        class: "C/S2",
        severity: Level::High,
        summary_zh: "目标表的各项资金总额应相等，并等于各部分之和",
        summary_en: "the totals of a target form are equal, and equal the sum of their parts",
        definition_zh: "目标表中印出的项目总额、年度资金总额、资金总额（本级与转移都印出时相加）彼此相等；各部分（财政拨款、其他资金、结转）标签都有金额时等于其和，\
                        部分之和大于总额的一律不符。项目（中期）总额大于年度资金总额的可能是跨年项目，为可疑；文字写明跨年、分期的不计。",
        definition_en: "Target form: those printed of 项目总额, 年度资金总额 and 资金总额 (own level plus transfers where both are printed) are equal, and equal \
                        the sum of the parts if every part has an amount; parts above the total never agree. A whole project above its year may take several years: a \
                        suspicion, and nothing where the form says so.",
        tolerance: "L of every amount",
        authority: "M6",
        applies_when: "a target form with two amounts to compare",
        ..BLANK
    }, run
}

/// A stated total: the lines that make it up and their sum.
struct Stated {
    lines: Vec<(usize, Number)>,
    /// Of the whole project, which may take years.
    is_whole: bool,
}

impl Stated {
    fn spread(&self, decimals: u32) -> Option<Spread> {
        Spread::sum(self.lines.iter().map(|it| Spread::printed(it.1, decimals)))
    }

    fn text(&self) -> String {
        let numbers: Vec<Number> = self.lines.iter().map(|it| it.1).collect();
        show::addends(&numbers)
    }
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if facts.is_self_evaluation() {
        return outcomes.not_applicable();
    }
    let totals = totals(facts);
    let decimals = facts.funds_decimals(FundsField::Budget);
    let mut is_applied = false;
    for pair in totals.windows(2) {
        let [first, second] = pair else { continue };
        is_applied = true;
        compare(facts, outcomes, first, second, decimals);
    }
    let parts = parts(facts);
    // The parts are those of the year where it is printed beside the whole project.
    let total = totals.iter().find(|it| !it.is_whole).or(totals.first());
    if let (Some(total), false) = (total, parts.lines.is_empty()) {
        is_applied = true;
        compare_parts(outcomes, total, &parts, decimals);
    }
    if !is_applied {
        outcomes.not_applicable();
    }
}

fn compare(facts: &Facts<'_>, outcomes: &mut Outcomes, first: &Stated, second: &Stated, decimals: u32) {
    let at = [first, second].into_iter().flat_map(|it| &it.lines).map(|it| Pointer::Funds(it.0, FundsField::Budget));
    let (Some(left), Some(right)) = (first.spread(decimals), second.spread(decimals)) else {
        return outcomes.not_checkable(at, "数字过大", "a figure is too large");
    };
    let balance = Balance::of(left, right);
    if balance.holds() {
        return outcomes.agrees(balance == Balance::Exact);
    }
    // A part of the whole cannot be more than it is; it may be less.
    let may_take_years = first.is_whole && !second.is_whole && right.loose.is_below(&left.loose);
    if may_take_years && takes_years(facts) {
        return outcomes.exact();
    }
    let apart = if may_take_years { Grade::S2 } else { Grade::C };
    let name = |stated: &Stated| stated.lines.first().map_or_else(String::new, |it| show::line_name(facts.form, it.0));
    let (left, right) = (first.text(), second.text());
    outcomes.raise(
        Raised::new(&F12::META, balance.grade(apart))
            .at(at)
            .stated(left.clone())
            .recomputed(right.clone())
            .equation(format!("{left} ≠ {right}"))
            .message(
                format!("{}印作 {left}，{}印作 {right}", name(first), name(second)),
                format!("{} is printed as {left}, {} as {right}", name(first), name(second)),
            )
            .joined(),
    );
}

fn compare_parts(outcomes: &mut Outcomes, total: &Stated, parts: &Parts, decimals: u32) {
    let at = total.lines.iter().map(|it| Pointer::Funds(it.0, FundsField::Budget));
    let sum = Spread::sum(parts.lines.iter().map(|it| Spread::printed(it.1, decimals)));
    let (Some(stated), Some(sum)) = (total.spread(decimals), sum) else {
        return outcomes.not_checkable(at, "数字过大", "a figure is too large");
    };
    let balance = Balance::of(stated, sum);
    let is_short = parts.has_blank && sum.loose.is_below(&stated.loose);
    if balance.holds() {
        return outcomes.agrees(balance == Balance::Exact);
    }
    // 中央补助 beside 本级财政资金 is no detail of it: what adds up with all lines is no contradiction.
    let all = parts.lines.iter().chain(&parts.details);
    if let Some(sum) = Spread::sum(all.map(|it| Spread::printed(it.1, decimals)))
        && Balance::of(stated, sum).holds()
    {
        return outcomes.agrees(Balance::of(stated, sum) == Balance::Exact);
    }
    if is_short {
        return outcomes.not_checkable(at, "部分金额空白", "a part is blank");
    }
    let numbers: Vec<Number> = parts.lines.iter().map(|it| it.1).collect();
    let (printed, terms, sum) = (total.text(), show::sum(&numbers), show::plain(show::total(&numbers)));
    outcomes.raise(
        Raised::new(&F12::META, balance.grade(Grade::C))
            .at(at)
            .inputs(parts.lines.iter().map(|it| Pointer::Funds(it.0, FundsField::Budget)))
            .stated(printed.clone())
            .recomputed(sum.clone())
            .equation(terms.clone())
            .message(
                format!("总额印作 {printed}，各部分相加 {terms}"),
                format!("the total is printed as {printed}, its parts add up to {terms}"),
            )
            .joined(),
    );
}

/// The stated totals, each once: the whole project, the year, and own level plus transfers.
fn totals(facts: &Facts<'_>) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    let mut own: Vec<(usize, Number)> = Vec::new();
    for (line_idx, (line, figures)) in facts.form.funds.iter().zip(&facts.lines).enumerate() {
        let Some(number) = figures.budget.number().filter(|_| line.role == FundsRole::Total) else { continue };
        if is_level_total(facts, line_idx) {
            own.push((line_idx, number));
        } else {
            found.push(Stated { lines: vec![(line_idx, number)], is_whole: is_whole_project(facts, line_idx) });
        }
    }
    if !own.is_empty() {
        found.push(Stated { lines: own, is_whole: false });
    }
    found
}

/// 项目总额, 总投资, 中期资金总额: the money of the whole project, of which a year is a part.
fn is_whole_project(facts: &Facts<'_>, line_idx: usize) -> bool {
    const WORDS: [&str; 4] = ["项目", "总投资", "中期", "实施期"];
    facts.form.funds.get(line_idx).and_then(|line| line.label.as_ref()).is_some_and(|cell| {
        let label = crate::words::squeezed(&cell.text);
        WORDS.iter().any(|it| label.contains(it)) && !label.contains("年度")
    })
}

/// The goal or the project's name says that the work takes more than one year, or names two.
fn takes_years(facts: &Facts<'_>) -> bool {
    const WORDS: [&str; 11] =
        ["跨年", "分年", "分期", "两年", "二年", "三年", "四年", "五年", "中期", "实施期", "建设周期"];
    let form = facts.form;
    [&form.project, &form.goal.expected].into_iter().flatten().any(|cell| {
        let text = crate::words::squeezed(&cell.text);
        let years = text.match_indices("20").filter_map(|(at, _)| text.get(at..at + 4)?.parse::<u16>().ok());
        let years: std::collections::BTreeSet<u16> = years.collect();
        WORDS.iter().any(|it| text.contains(it)) || 1 < years.len()
    })
}

/// 资金总额 of one level of government, not of the year or the whole project.
fn is_level_total(facts: &Facts<'_>, line_idx: usize) -> bool {
    facts.form.funds.get(line_idx).and_then(|line| line.label.as_ref()).is_some_and(|cell| {
        let label = crate::words::squeezed(&cell.text);
        label.ends_with("资金总额") && !label.contains("年度") && !is_whole_project(facts, line_idx)
    })
}

/// What a total is made of.
struct Parts {
    lines: Vec<(usize, Number)>,
    /// Lines that may detail one of these.
    details: Vec<(usize, Number)>,
    has_blank: bool,
}

/// 财政拨款, 其他资金 and 结转; 中央 and 地方 only where no 财政拨款 is printed, for they detail it.
fn parts(facts: &Facts<'_>) -> Parts {
    let has_fiscal = facts.form.funds.iter().any(|line| line.role == FundsRole::Fiscal);
    let is_detail =
        |role: FundsRole| matches!(role, FundsRole::Central | FundsRole::Provincial | FundsRole::Local) && has_fiscal;
    let details = super::f01_funds_total::details(facts, FundsField::Budget);
    let mut found = Parts { lines: Vec::new(), details: Vec::new(), has_blank: false };
    for (line_idx, (line, figures)) in facts.form.funds.iter().zip(&facts.lines).enumerate() {
        // The total of transfers is a part of the whole where its level prints no parts of its own.
        let is_transfer = line.role == FundsRole::Total
            && line.group.as_ref().is_some_and(|cell| cell.text.contains("转移"))
            && !facts.form.funds.iter().any(|other| {
                other.role != FundsRole::Total
                    && other.group.as_ref().map(|it| &it.text) == line.group.as_ref().map(|it| &it.text)
            });
        if (line.role == FundsRole::Total && !is_transfer) || details.contains(&line_idx) {
            continue;
        }
        if is_detail(line.role) {
            found.details.extend(figures.budget.number().map(|it| (line_idx, it)));
            continue;
        }
        match figures.budget {
            Figure::Number(number) => found.lines.push((line_idx, number)),
            Figure::Blank | Figure::Words => found.has_blank = true,
        }
    }
    found
}
