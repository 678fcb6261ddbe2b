//! D01: a printed label with nothing in its cells.

use gouji_model::{ColumnsFrom, FundsField, FundsRole, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{AMOUNTS, Facts, is_empty};
use crate::rate::{RateCell, printed_rate};
use crate::{Meta, show};

check! {
    /// What a form asks for by a printed label has to be filled in: project, unit, year, the total funds line, the total.
    ///
    /// ```form
    /// 项目名称: 评估经费
    /// 实施单位:
    /// fires /unit breach
    /// ----
    /// 年度:
    /// 资金         | 年初预算数 | 全年执行数
    /// 年度资金总额 |            |
    /// 其中:财政拨款 | 32.2      | 32.2
    /// 总分 | |
    /// fires /year breach
    /// fires /funds/0/budget breach
    /// fires /total/score breach
    /// ```
    /// A total row with one number is filled in, the department is not asked for, and what another reading of like cost
    /// fills is a matter of damage (D07):
    /// ```form
    /// 项目名称: 评估经费
    /// 主管部门:
    /// 总分 | 100 |
    /// quiet
    /// ----
    /// 资金         | 年初预算数 | 全年执行数
    /// 年度资金总额 |            |
    /// 其中:财政拨款 | 32.2      | 32.2
    /// @alternative /funds/0/budget,/funds/0/executed = 32.2,32.2
    /// quiet
    /// ```
    D01 = Meta {
        code: "D01",
        name: "label-empty",
        name_zh: "必填项空白",
        class: "B",
        severity: Level::Medium,
        summary_zh: "印有标签而其栏目空白",
        summary_en: "a printed label whose cells are all empty",
        definition_zh: "项目名称、实施单位（项目单位）、标题括号内的年度、资金总额行、总分行：印有标签的不得全空。主管部门不计；另一种读法可填的归 D07。",
        definition_en: "Project, unit, the year in the title's brackets, the total funds line, the total row: none whose label is printed is empty. Not \
                        the department; what another reading of like cost fills is D07.",
        tolerance: "exact",
        authority: "M2",
        applies_when: "a printed label of project, unit, year, total funds line or total",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let form = facts.form;
    let leaves = [
        (Pointer::Project, &form.project, ("项目名称", "project name")),
        (Pointer::Unit, &form.unit, ("实施单位", "implementing unit")),
        (Pointer::Year, &form.year, ("年度", "year")),
    ];
    for (at, cell, name) in leaves {
        if facts.has_label(at) {
            judge(facts, outcomes, &[at], is_empty(cell.as_ref()), name);
        }
    }
    check_funds(facts, outcomes);
    if facts.has_label(Pointer::TotalScore) {
        let is_empty = is_empty(form.total.score.as_ref()) && is_empty(form.total.weight.as_ref());
        if facts.is_open_tail() && is_empty {
            outcomes.not_checkable([Pointer::TotalScore], "表尾残缺", "the form is cut at its tail");
        } else {
            judge(facts, outcomes, &[Pointer::TotalScore, Pointer::TotalWeight], is_empty, ("总分", "total"));
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The total line; of a target form, which has several, the first stands for all that are empty.
fn check_funds(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some(line_idx) = facts.total_line else { return };
    let fields: Vec<FundsField> = AMOUNTS.into_iter().filter(|it| facts.has_funds_column(*it)).collect();
    let totals = facts.form.funds.iter().filter(|it| it.role == FundsRole::Total);
    let is_all_empty = totals.into_iter().all(|line| AMOUNTS.iter().all(|field| is_empty(line.field(*field))));
    let own_is_empty =
        facts.form.funds.get(line_idx).is_some_and(|line| AMOUNTS.iter().all(|field| is_empty(line.field(*field))));
    let is_empty = if facts.is_self_evaluation() { own_is_empty } else { is_all_empty };
    let at: Vec<Pointer> = match fields.as_slice() {
        [] => vec![Pointer::Funds(line_idx, FundsField::Budget)],
        fields => fields.iter().map(|field| Pointer::Funds(line_idx, *field)).collect(),
    };
    // Where no head of amounts was read and no other line, what stands below the label may be its amounts.
    let has_head = facts.form.printed.funds.from == ColumnsFrom::Header;
    if is_empty && !has_head && facts.form.funds.len() == 1 && !facts.form.texts.is_empty() {
        return outcomes.not_checkable(
            at.into_iter().take(1),
            "资金表头未能辨认",
            "the head of the funds was not read",
        );
    }
    // Something stands in the line: amounts and rate in one cell, maybe.
    if is_empty && matches!(printed_rate(facts, line_idx), RateCell::Words) {
        return outcomes.not_checkable(
            at.into_iter().take(1),
            "执行率一栏不是数字",
            "the cell of the rate is no number",
        );
    }
    let name = show::line_name(facts.form, line_idx);
    judge(facts, outcomes, &at, is_empty, (&name, "total funds line"));
}

/// `places`: the first is accused, any of them may be filled by another reading.
fn judge(facts: &Facts<'_>, outcomes: &mut Outcomes, places: &[Pointer], is_empty: bool, name: (&str, &str)) {
    let Some(at) = places.first().copied() else { return };
    if !is_empty {
        return outcomes.exact();
    }
    if facts.form.printed.open_head {
        return outcomes.not_checkable([at], "表头残缺", "the form is cut at its head");
    }
    if is_filled_elsewhere(facts, places) {
        return outcomes.not_checkable([at], "另一种读法有值", "another reading fills it");
    }
    outcomes.raise(Raised::new(&D01::META, Grade::B).at([at]).message(
        format!("印有“{}”而未填写", name.0),
        format!("the label of the {} is printed and nothing is filled in", name.1),
    ));
}

/// Another reading of like cost has a value for one of these places.
pub(super) fn is_filled_elsewhere(facts: &Facts<'_>, places: &[Pointer]) -> bool {
    facts.form.alternatives.iter().any(|alternative| {
        let filled = alternative.at.iter().zip(&alternative.values).filter(|(_, value)| value.is_some());
        filled.into_iter().any(|(at, _)| places.contains(at))
    })
}
