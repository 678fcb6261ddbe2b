//! F02: a source line that spent more than it was given.

use gouji_model::{FundsField, FundsRole, Level, Pointer};

use crate::balance::Spread;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Line};
use crate::{Meta, show};

check! {
    /// A single source of money cannot pay out more than it holds.
    ///
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数
    /// 年度资金总额     | 150        | 150
    /// 其中:财政拨款    | 100        | 120
    /// 其他资金         | 50         | 30
    /// fires /funds/1/executed suspicion high
    /// ```
    /// Equal amounts, or amounts that may be equal before rounding, are fine:
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数
    /// 年度资金总额     | 150        | 150
    /// 其中:财政拨款    | 100        | 100
    /// 其他资金         | 50         | 50
    /// quiet
    /// ```
    F02 = Meta {
        code: "F02",
        name: "source-overspent",
        name_zh: "分项执行超预算",
        class: "S1",
        severity: Level::Medium,
        summary_zh: "某项资金来源的执行数大于预算数",
        summary_en: "a source line spent more than its budget",
        definition_zh: "来源行：全年执行数不大于全年预算数（没有全年预算数一栏时比年初预算数）。",
        definition_en: "A source line: spent is not above the budget of the year (the initial budget where the form has no other).",
        tolerance: "L of both amounts; one step lower if only the column's decimals tell them apart",
        authority: "P4",
        applies_when: "a source line with budget and spent amounts",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let base = facts.rate_base();
    let mut is_applied = false;
    for (line_idx, (line, figures)) in facts.form.funds.iter().zip(&facts.lines).enumerate() {
        if line.role == FundsRole::Total || !crate::rate::has_both_amounts(figures, base) {
            continue;
        }
        is_applied = true;
        match overspending(facts, figures, base) {
            Overspending::None => outcomes.exact(),
            Overspending::Unreadable => {
                outcomes.not_checkable([executed(line_idx)], "金额不是数字", "an amount is no number");
            }
            Overspending::Some { is_doubtful } => {
                let grade = if is_doubtful { Grade::S2 } else { Grade::S1 };
                outcomes.raise(raised(facts, &F02::META, grade, line_idx, base));
            }
        }
    }
    if !is_applied {
        outcomes.not_applicable();
    }
}

fn executed(line_idx: usize) -> Pointer {
    Pointer::Funds(line_idx, FundsField::Executed)
}

/// Whether a line spent more than its budget.
pub(super) enum Overspending {
    /// It did not.
    None,
    /// It did; doubtful if rounding could hide that it did not.
    Some {
        /// Only the decimals that the column prints elsewhere tell the amounts apart.
        is_doubtful: bool,
    },
    /// One of the amounts is no number.
    Unreadable,
}

/// Compares what a line spent with its budget.
pub(super) fn overspending(facts: &Facts<'_>, line: &Line, base: FundsField) -> Overspending {
    let (Some(budget), Some(spent)) = (line.amount(base).number(), line.executed.number()) else {
        return Overspending::Unreadable;
    };
    let budget = Spread::printed(budget, facts.funds_decimals(base));
    let spent = Spread::printed(spent, facts.funds_decimals(FundsField::Executed));
    if spent.loose.is_above(&budget.loose) {
        Overspending::Some { is_doubtful: false }
    } else if spent.tight.is_above(&budget.tight) {
        Overspending::Some { is_doubtful: true }
    } else {
        Overspending::None
    }
}

/// The finding that a line spent more than its budget.
pub(super) fn raised(
    facts: &Facts<'_>,
    meta: &'static Meta,
    grade: Grade,
    line_idx: usize,
    base: FundsField,
) -> Raised {
    let line = facts.form.funds.get(line_idx);
    let spent = show::printed(line.and_then(|it| it.executed.as_ref()));
    let budget = show::printed(line.and_then(|it| it.field(base)));
    let name = show::line_name(facts.form, line_idx);
    Raised::new(meta, grade)
        .at([executed(line_idx)])
        .inputs([Pointer::Funds(line_idx, base)])
        .stated(spent)
        .admissible(format!("≤ {budget}"))
        .equation(format!("{spent} > {budget}"))
        .message(
            format!("{name}：执行数 {spent} 大于{} {budget}", show::column_name(base).0),
            format!("{name}: {spent} spent is above the {} of {budget}", show::column_name(base).1),
        )
}
