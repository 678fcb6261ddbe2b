//! F14: a project of carried-over money whose funds block shows none.

use gouji_model::{FundsField, FundsRole, Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure};

check! {
    /// A project that is named after carried-over money prints it in the line for carried-over money.
    ///
    /// ```form
    /// 项目名称: 图书馆改造2021年结转项目
    /// 资金         | 年初预算数 | 全年预算数 | 全年执行数
    /// 年度资金总额 | 36         | 36         | 30
    /// 县级资金     | 36         | 36         | 30
    /// 上年结转资金 | 0          | 0          | 0
    /// fires /funds/2/revised suspicion medium
    /// ----
    /// 目标表
    /// 项目名称: 灌溉设施维修结余资金
    /// 资金         | 年初预算数
    /// 项目总额     | 8.5
    /// 财政拨款     | 8.5
    /// 结余结转资金 |
    /// fires /funds/2/budget suspicion medium
    /// ```
    /// The line is filled, the form has none, or there is no money at all:
    /// ```form
    /// 项目名称: 图书馆改造2021年结转项目
    /// 资金         | 年初预算数 | 全年预算数 | 全年执行数
    /// 年度资金总额 | 12         | 36         | 30
    /// 县级资金     |            | 24         | 20
    /// 上年结转资金 | 12         | 12         | 10
    /// quiet
    /// ----
    /// 项目名称: 图书馆改造2021年结转项目
    /// 资金         | 年初预算数
    /// 年度资金总额 | 36
    /// 财政拨款     | 36
    /// quiet
    /// ----
    /// 项目名称: 图书馆改造项目
    /// 资金         | 年初预算数
    /// 年度资金总额 | 36
    /// 财政拨款     | 36
    /// 上年结转资金 |
    /// quiet
    /// ```
    F14 = Meta {
        code: "F14",
        name: "carry-over-unlisted",
        name_zh: "结转资金未列",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "项目名称为结转、结余资金，而资金栏的结转一行为空或为零",
        summary_en: "a project named after carried-over money shows none in the line for it",
        definition_zh: "项目名称含“结转”或“结余”，总额有数，而印出的上年结转（结余结转）资金一行各列金额均为空白或零。结余收回后重新安排的除外，故为可疑。",
        definition_en: "The project's name speaks of money carried over, the total line has an amount, and every amount of the line for carried-over \
                        money is blank or zero. Money that was taken back and granted anew is no carry-over, so this is a suspicion.",
        tolerance: "exact",
        authority: "N2",
        applies_when: "a project named after carried-over money, a total with an amount, and a line for carried-over money",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let form = facts.form;
    let project = form.project.as_ref().filter(|it| ["结转", "结余"].iter().any(|word| it.text.contains(word)));
    let base = facts.rate_base();
    let total = facts.total_line().filter(|it| it.1.amount(base).number().is_some_and(|it| !it.is_zero()));
    let mut carried = form.funds.iter().enumerate().filter(|it| it.1.role == FundsRole::CarriedOver).peekable();
    let (Some(project), Some((total_idx, _)), Some((first_idx, _))) = (project, total, carried.peek().copied()) else {
        return outcomes.not_applicable();
    };
    let fields = [FundsField::Budget, FundsField::Revised, FundsField::Executed];
    let is_none = |figure: Figure| figure.is_blank() || figure.is_zero();
    let mut figures = carried.filter_map(|it| facts.lines.get(it.0));
    if !figures.all(|line| fields.iter().all(|field| is_none(line.amount(*field)))) {
        return outcomes.exact();
    }
    outcomes.raise(
        Raised::new(&F14::META, Grade::S2)
            .at([Pointer::Funds(first_idx, base)])
            .inputs([Pointer::Project, Pointer::Funds(total_idx, base)])
            .stated(project.text.trim())
            .message(
                "项目名称为结转（结余）资金，资金栏的结转一行却没有金额",
                "the project is named after carried-over money, yet the line for carried-over money shows none",
            ),
    );
}
