//! X02: what the cost rows say was spent, against the money that was spent.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};

use crate::Meta;
use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::money::{CostRow, Stated, cells, cost_rows, shown, stated};

check! {
    /// Where the planned costs are the whole budget, the costs that came out are the whole of what was spent.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 39.5       | 33.61
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 租赁     | =36万元    | 36万元     | 8    | 8
    /// 产出指标 | 成本指标 | 维护     | =3.50万元  | 3.5万元    | 8    | 8
    /// fires /indicators/0/actual,/indicators/1/actual suspicion high
    /// ```
    /// A total line that prints nothing leaves its sources:
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 0          | 0
    /// 市县资金     | 118.82     | 101.48
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 机房     | 118.82万元 | 118.82万元 | 10   | 10
    /// fires /indicators/0/actual suspicion high
    /// ```
    /// Costs that are not the whole budget prove nothing, and 元 round to 万元:
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 75.27      | 64.72
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 机要室   | 752712元   | 647242元   | 8    | 8
    /// quiet
    /// ----
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 80         | 64
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 印刷     | 20万元     | 20万元     | 8    | 8
    /// quiet
    /// ```
    X02 = Meta {
        code: "X02",
        name: "cost-against-executed",
        name_zh: "成本与执行数不符",
        class: "S1/S2",
        severity: Level::Medium,
        summary_zh: "成本指标值合计等于预算，而实际成本合计不等于执行数",
        summary_en: "the planned costs are the budget, but the costs that came out are not what was spent",
        definition_zh: "各成本行指标值之和＝全年预算数时，各成本行实际值之和应＝全年执行数（总额行；总额行与明细不符时取明细之和）。可能有未付款项，故为可疑；成本行有原因说明的降一级。",
        definition_en: "Where the targets of the cost rows add up to the budget, their actuals add up to what was spent (the total line, or the sum of \
                        its sources where these differ). Bills may be unpaid: a suspicion, milder where a cost row gives a reason.",
        tolerance: "L of every amount, converted to 元",
        authority: "N2",
        applies_when: "cost rows whose targets are amounts that add up to the budget, their actuals, and an executed amount",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if !facts.is_self_evaluation() {
        return outcomes.not_applicable();
    }
    let rows = cost_rows(facts);
    let Some(planned) = sum(rows, |it| it.target) else { return outcomes.not_applicable() };
    let is_budget = |it: &Stated| it.budget.is_some_and(|it| Balance::of(it, planned).holds());
    let Some(money) = stated(facts).iter().find(|it| is_budget(it)) else { return outcomes.not_applicable() };
    let Some(executed) = money.executed else { return outcomes.not_applicable() };
    let at = cells(rows, IndicatorField::Actual);
    if facts.actuals_are_points() {
        return outcomes.not_checkable(at, "实际值栏填的是得分（D05）", "the actual column holds points (D05)");
    }
    let Some(spent) = sum(rows, |it| it.actual) else {
        return outcomes.not_checkable(at, "有成本行的实际值不是金额", "the actual of a cost row is no amount");
    };
    let balance = Balance::of(executed, spent);
    if balance.holds() {
        if balance == Balance::Exact {
            outcomes.verify();
        }
        return outcomes.agrees(balance == Balance::Exact);
    }
    let is_explained = rows.iter().any(|it| facts.has_reason(it.row_idx));
    let grade = balance.grade(if is_explained { Grade::S2 } else { Grade::S1 });
    let (spent, executed, planned) = (shown(&spent), shown(&executed), shown(&planned));
    let lines = money
        .lines
        .iter()
        .flat_map(|it| [Pointer::Funds(*it, facts.rate_base()), Pointer::Funds(*it, FundsField::Executed)]);
    outcomes.raise(
        Raised::new(&X02::META, grade)
            .at(at)
            .inputs(cells(rows, IndicatorField::Target).into_iter().chain(lines))
            .stated(spent.clone())
            .recomputed(executed.clone())
            .equation(format!("{spent} ≠ {executed}"))
            .message(
                format!("成本指标值合计 {planned} 等于预算，实际成本合计 {spent}，而全年执行数为 {executed}"),
                format!(
                    "the planned costs, {planned}, are the budget; the costs came to {spent}, yet {executed} was spent"
                ),
            ),
    );
}

/// The sum over the rows; `None` if there is none, or one has no amount.
pub(super) fn sum(rows: &[CostRow], amount: impl Fn(&CostRow) -> Option<Spread>) -> Option<Spread> {
    if rows.is_empty() {
        return None;
    }
    let parts: Vec<Spread> = rows.iter().map(amount).collect::<Option<_>>()?;
    Spread::sum(parts)
}
