//! U03: a rate without the sign that its siblings have.

use gouji_model::{Form, FundsField, FundsRole, Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;

check! {
    /// Among rates with `%`, one without it was forgotten.
    ///
    /// ```form
    /// 资金           | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额   | 80         | 60         | 75
    /// 其中: 财政拨款 | 80         | 60         | 75%
    /// fires /funds/0/rate suspicion low
    /// ----
    /// 资金           | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额   | 80         | 60         | 75
    /// 同一文件的下一表
    /// 资金           | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额   | 80         | 60         | 75%
    /// fires /funds/0/rate suspicion low
    /// ```
    /// ```form
    /// 资金           | 全年预算数 | 全年执行数 | 执行率
    /// 年度资金总额   | 80         | 60         | 75
    /// 其中: 财政拨款 | 80         | 60         | 75
    /// quiet
    /// ```
    U03 = Meta {
        code: "U03",
        name: "percent-sign",
        name_zh: "百分号缺失",
        class: "S3",
        severity: Level::Low,
        summary_zh: "同栏或同一文件其他表的执行率带百分号，此处没有",
        summary_en: "a rate without % where its siblings have it",
        definition_zh: "执行率不带百分号，而同一栏的其他执行率，或同一文件其他表的同一单元格带百分号。",
        definition_en: "A rate without % where the rates of the same column, or of the same cell in the document's other forms, have it.",
        tolerance: "none",
        authority: "N2",
        applies_when: "a rate of execution and another one in its column or in another form of the document",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let rates: Vec<(usize, bool)> = rates(facts.form).collect();
    let siblings: Vec<bool> = facts
        .document
        .iter()
        .enumerate()
        .filter(|(idx, _)| *idx != facts.sibling_idx)
        .filter_map(|(_, form)| total_rate(form))
        .collect();
    if rates.is_empty() || rates.len() + siblings.len() < 2 {
        return outcomes.not_applicable();
    }
    let signed = rates.iter().map(|it| it.1).chain(siblings).filter(|it| *it).count();
    let unsigned: Vec<usize> = rates.iter().filter(|it| !it.1).map(|it| it.0).collect();
    if signed == 0 || unsigned.is_empty() {
        return outcomes.exact();
    }
    outcomes.raise(
        Raised::new(&U03::META, Grade::S3)
            .at(unsigned.into_iter().map(|it| Pointer::Funds(it, FundsField::Rate)))
            .message(
                "执行率没有百分号，而同栏或其他表的执行率有",
                "the rate has no %, which other rates of its column or document have",
            ),
    );
}

/// The lines that print a rate other than zero, and whether it is signed.
fn rates(form: &Form) -> impl Iterator<Item = (usize, bool)> {
    form.funds.iter().enumerate().filter_map(|(line_idx, line)| {
        let percent = gouji_quantity::percent(&line.rate.as_ref()?.text)?;
        (!percent.number.is_zero()).then_some((line_idx, percent.is_signed))
    })
}

/// Whether the rate of the total line is signed.
fn total_rate(form: &Form) -> Option<bool> {
    let total = form.funds.iter().position(|it| it.role == FundsRole::Total)?;
    rates(form).find(|it| it.0 == total).map(|it| it.1)
}
