//! F11: points on a source line.

use gouji_model::{FundsField, FundsRole, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// Points and score belong to the total line; source lines print a dash.
    ///
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 得分
    /// 年度资金总额     | 20         | 20         | 10   | 10
    /// 其中:财政拨款    | 20         | 20         | 10   | 10
    /// fires /funds/1/score suspicion low
    /// ```
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 得分
    /// 年度资金总额     | 20         | 20         | 10   | 10
    /// 其中:财政拨款    | 20         | 20         | —    | --
    /// quiet
    /// ```
    F11 = Meta {
        code: "F11",
        name: "score-on-source-line",
        name_zh: "分项计分",
        class: "S3",
        severity: Level::Low,
        summary_zh: "资金来源行不计分",
        summary_en: "a source line of the funds block prints a score",
        definition_zh: "分值和得分只属于总额行，来源行应为“—”或空白。",
        definition_en: "Points and score belong to the total line only; a source line prints a dash or nothing.",
        tolerance: "exact",
        authority: "N1, N2",
        applies_when: "a column of scores and a source line",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if !facts.has_funds_column(FundsField::Score) || facts.total_line.is_none() {
        return outcomes.not_applicable();
    }
    let mut is_applied = false;
    for (line_idx, (line, figures)) in facts.form.funds.iter().zip(&facts.lines).enumerate() {
        if line.role == FundsRole::Total {
            continue;
        }
        is_applied = true;
        let Some(score) = figures.score.number() else {
            outcomes.exact();
            continue;
        };
        let printed = show::plain(score.value());
        let name = show::line_name(facts.form, line_idx);
        outcomes.raise(
            Raised::new(&F11::META, Grade::S3)
                .at([Pointer::Funds(line_idx, FundsField::Score)])
                .stated(printed.clone())
                .message(
                    format!("来源行“{name}”印有得分 {printed}，得分只属于总额行"),
                    format!("the source line {name} prints a score of {printed}; only the total line is scored"),
                ),
        );
    }
    if !is_applied {
        outcomes.not_applicable();
    }
}
