//! X10: items that were left undone here are the whole of another form.

use gouji_model::{Form, FundsRole, IndicatorField, Level};
use gouji_quantity::Fraction;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure, block_power};
use crate::money::{CostRow, cells, cost_rows, shown};
use crate::{Meta, names, show};

check! {
    /// Items that score nothing in one project and are, amount by amount, the whole budget of another were planned twice.
    ///
    /// ```form
    /// 项目名称: 校园综合保障
    /// 资金         | 年初预算数
    /// 年度资金总额 | 61.3
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 食堂修缮   | 44万元     | 5    | 5
    /// 产出指标 | 成本指标 | 围墙加固   | 11.8万元   | 5    | 0
    /// 产出指标 | 成本指标 | 消防检测   | 5.5万元    | 5    | 0
    /// 同一文件的下一表
    /// 项目名称: 校园安全
    /// 资金         | 年初预算数
    /// 年度资金总额 | 17.3
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 校园围墙   | 11.8万元   | 5    | 5
    /// 产出指标 | 成本指标 | 消防检测   | 55000元    | 5    | 5
    /// fires /indicators/1/target,/indicators/2/target suspicion medium
    /// ```
    /// Items that were done, one item alone, or amounts that the other form does not name are none:
    /// ```form
    /// 项目名称: 校园综合保障
    /// 资金         | 年初预算数
    /// 年度资金总额 | 61.3
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 食堂修缮   | 44万元     | 5    | 0
    /// 产出指标 | 成本指标 | 围墙加固   | 11.8万元   | 5    | 5
    /// 产出指标 | 成本指标 | 消防检测   | 5.5万元    | 5    | 5
    /// 同一文件的下一表
    /// 项目名称: 校园安全
    /// 资金         | 年初预算数
    /// 年度资金总额 | 17.3
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 校园围墙   | 11.8万元   | 5    | 5
    /// 产出指标 | 成本指标 | 消防检测   | 5.5万元    | 5    | 5
    /// quiet
    /// ----
    /// 项目名称: 校园综合保障
    /// 资金         | 年初预算数
    /// 年度资金总额 | 61.3
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 食堂修缮   | 44万元     | 5    | 5
    /// 产出指标 | 成本指标 | 围墙加固   | 11.8万元   | 5    | 0
    /// 产出指标 | 成本指标 | 消防检测   | 5.5万元    | 5    | 0
    /// 同一文件的下一表
    /// 项目名称: 校园绿化
    /// 资金         | 年初预算数
    /// 年度资金总额 | 17.3
    ///
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 苗木       | 17.3万元   | 5    | 5
    /// quiet
    /// ```
    X10 = Meta {
        code: "X10",
        name: "counted-in-two-forms",
        name_zh: "两表重复列支",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "本表得零分的各项成本恰为另一张表的全部预算",
        summary_en: "the costs that score nothing here are the whole budget of another form",
        definition_zh: "本表中得零分（或实际为零）的两个以上成本行，其金额逐一见于同一文件另一项目的成本行，合计恰等于该项目的预算：疑同一事项在两个项目中重复申报。",
        definition_en: "Two cost rows or more that score zero, or spent nothing, are printed amount by amount among the cost rows of another project of the \
                        document, and add up to exactly its budget: the same things were probably planned in both.",
        tolerance: "exact, converted to 元",
        authority: "M6",
        applies_when: "two cost rows or more with amounts and no score, and another project in the document",
        ..BLANK
    }, run
}

/// One amount may be another form's by accident.
const LEAST_ROWS: usize = 2;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let mut idle: Vec<CostRow> = if facts.document.len() < 2 { Vec::new() } else { cost_rows(facts).to_vec() };
    idle.retain(|it| is_undone(facts, it));
    let amounts: Option<Vec<Fraction>> = idle.iter().map(|it| it.target?.value.filter(|it| !it.is_zero())).collect();
    let Some(amounts) = amounts.filter(|it| LEAST_ROWS <= it.len()) else { return outcomes.not_applicable() };
    let Some(sum) = amounts.iter().copied().try_fold(Fraction::ZERO, Fraction::plus) else {
        return outcomes.not_checkable(cells(&idle, IndicatorField::Target), "数字过大", "a figure is too large");
    };
    let others = facts.document.iter().enumerate().filter(|it| it.0 != facts.sibling_idx).map(|it| it.1);
    let others: Vec<&Form> = others.filter(|it| is_other_project(facts.form, it)).collect();
    if others.is_empty() {
        return outcomes.not_applicable();
    }
    let twin = others.into_iter().find(|it| {
        budgets(it).contains(&sum) && {
            let named = amounts_of_costs(it);
            amounts.iter().all(|amount| named.contains(amount))
        }
    });
    let Some(other) = twin else { return outcomes.exact() };
    let project = show::shortened(other.project.as_ref().map_or("", |it| it.text.trim()));
    let parts: Vec<String> = idle.iter().filter_map(|it| Some(shown(&it.target?))).collect();
    let spreads = idle.iter().filter_map(|it| it.target);
    let total = crate::balance::Spread::sum(spreads).map_or_else(String::new, |it| shown(&it));
    let equation = format!("{} = {total}", parts.join(" + "));
    let ordinal = other.ordinal;
    outcomes.raise(
        Raised::new(&X10::META, Grade::S2)
            .at(cells(&idle, IndicatorField::Target))
            .inputs(cells(&idle, IndicatorField::Score))
            .stated(total)
            .equation(equation.clone())
            .message(
                format!("这几项在本表没有得分，金额 {equation} 恰为第 {ordinal} 表“{project}”的全部预算，疑在两个项目中重复申报"),
                format!(
                    "these items score nothing here, and {equation} is the whole budget of form {ordinal} ({project}), which \
                     names each of them: probably planned in both"
                ),
            ),
    );
}

/// Nothing was scored, or nothing spent, for a row that has points.
fn is_undone(facts: &Facts<'_>, cost: &CostRow) -> bool {
    let Some(row) = facts.rows.get(cost.row_idx) else { return false };
    let is_unspent =
        || !facts.actuals_are_points() && cost.actual.is_some_and(|it| it.value.is_some_and(|value| value.is_zero()));
    row.weight.number().is_some_and(|it| !it.is_zero()) && (row.score.is_zero() || is_unspent())
}

fn is_other_project(form: &Form, other: &Form) -> bool {
    let project = |form: &Form| form.project.as_ref().map(|it| names::bare(&it.text));
    project(form).zip(project(other)).is_some_and(|(own, other)| own != other)
}

/// The budgets that another form prints in its total and source lines, in 元.
fn budgets(form: &Form) -> Vec<Fraction> {
    let power = block_power(form);
    let lines = form.funds.iter().filter(|it| matches!(it.role, FundsRole::Total | FundsRole::Fiscal));
    let cells = lines.flat_map(|it| [&it.budget, &it.revised]);
    let figures = cells.map(|it| Figure::amount(it.as_ref(), power));
    figures.filter_map(|it| Some(Fraction::from(it.number()?.shifted(power)?.value()))).collect()
}

/// The amounts that another form prints as targets of its cost rows, in 元.
fn amounts_of_costs(form: &Form) -> Vec<Fraction> {
    let is_cost = |label: &Option<gouji_model::Cell>| label.as_ref().is_some_and(|it| it.text.contains("成本"));
    let rows = form.indicators.iter().filter(|it| is_cost(&it.l1) || is_cost(&it.l2));
    let targets = rows.filter_map(|it| it.target.as_ref()).map(|it| gouji_quantity::read_value(&it.text));
    targets.filter_map(|it| it.quantity().filter(|it| it.is_amount())?.value()).collect()
}
