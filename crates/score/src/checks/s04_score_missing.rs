//! S04: points without a score, or a score without points.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, is_empty};
use crate::{Meta, show};

check! {
    /// In a form that is scored, every row with points has a score and every row with a score has points.
    ///
    /// ```form
    /// 资金         | 全年预算数 | 全年执行数 | 分值 | 得分
    /// 年度资金总额 | 23         | 23         | 10   |
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | 12次       | 12次       | 30   |
    /// 产出指标 | 质量指标 | 及时率   | 100%       | 100%       |      | 30
    /// 效益指标 | 社会效益 | 知晓率   | 100%       | 100%       | 30   | 30
    /// fires /indicators/0/score breach
    /// fires /indicators/1/weight breach
    /// fires /funds/0/score suspicion medium
    /// ----
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | 12次       | 12次       | 60   |
    /// 效益指标 | 社会效益 | 知晓率   | 100%       | 100%       | 40   |
    /// fires form breach
    /// ```
    /// Rows that do not apply and parts of a row need neither; a form that is not filled in yet says nothing:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | 12次       | 12次       | 60   | 60
    /// 效益指标 | 经济效益 | 0        | 0          | 0          |      | 0
    /// 效益指标 | 生态效益 | 0        | 0          |            | 0    |
    /// quiet
    /// ----
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督查     | 12次       |            | 60   |
    /// quiet
    /// ```
    S04 = Meta {
        code: "S04",
        name: "score-missing",
        name_zh: "得分或分值漏填",
        class: "B/S2",
        severity: Level::Medium,
        summary_zh: "有分值无得分，或有得分无分值",
        summary_en: "points without a score, or a score without points",
        definition_zh: "表中有得分时：有分值的行须有得分，有得分的行须有分值；不适用的行除外。全表无得分而有实际完成值：全表一项。资金总额行金额、分值俱全而无得分：可疑。",
        definition_en: "Where a form is scored, a row with points has a score and the reverse; rows that do not apply excepted. No score anywhere but \
                        actuals: one for the form. The total funds line with amounts and points but no score: suspicion.",
        tolerance: "exact",
        authority: "P5",
        applies_when: "points or scores of the rows of a self-evaluation",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if !facts.is_self_evaluation() || !facts.has_weights() && !facts.has_scores() {
        return outcomes.not_applicable();
    }
    if !facts.has_scores() {
        return unscored(facts, outcomes);
    }
    for (row_idx, row) in facts.counted_rows() {
        let missing = match (row.weight.is_blank(), row.score.is_blank()) {
            (false, true) => IndicatorField::Score,
            // A form without points on any row (they stand beside its labels, or nowhere) lacks none on this one.
            (true, false) if !facts.has_weights() => {
                outcomes.not_applicable();
                continue;
            }
            (true, false) => IndicatorField::Weight,
            (false, false) => {
                outcomes.exact();
                continue;
            }
            (true, true) => continue,
        };
        if row.is_idle {
            outcomes.not_applicable();
            continue;
        }
        outcomes.raise(raised(facts, row_idx, missing));
    }
    check_funds(facts, outcomes);
}

fn raised(facts: &Facts<'_>, row_idx: usize, missing: IndicatorField) -> Raised {
    let name = show::row_name(facts.form, row_idx);
    let other = if missing == IndicatorField::Score { IndicatorField::Weight } else { IndicatorField::Score };
    let there = show::printed(facts.form.indicators.get(row_idx).and_then(|it| it.field(other)));
    let (zh, en) = if missing == IndicatorField::Score {
        (format!("{name}有分值 {there} 而没有得分"), format!("{name} has {there} points and no score"))
    } else {
        (format!("{name}得 {there} 分而没有分值"), format!("{name} scores {there} and has no points"))
    };
    Raised::new(&S04::META, Grade::B)
        .at([Pointer::Indicator(row_idx, missing)])
        .inputs([Pointer::Indicator(row_idx, other)])
        .message(zh, en)
}

fn unscored(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let has_actuals = facts.form.indicators.iter().any(|row| !is_empty(row.actual.as_ref()));
    if !has_actuals {
        return outcomes.not_checkable(
            [Pointer::Form],
            "表中没有得分和实际完成值",
            "the form has neither scores nor actuals",
        );
    }
    if !facts.form.printed.indicators.fields.contains(&IndicatorField::Score) {
        return outcomes.not_checkable([Pointer::Form], "没有认出得分栏", "no column of scores was recognised");
    }
    if facts.is_open() {
        return outcomes.not_checkable([Pointer::Form], "表头或表尾残缺", "the form is cut at its head or tail");
    }
    outcomes.raise(
        Raised::new(&S04::META, Grade::B)
            .at([Pointer::Form])
            .message("填有实际完成值和分值，全表没有得分", "actuals and points are filled in, and no row has a score"),
    );
}

fn check_funds(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some((line_idx, line)) = facts.total_line() else { return };
    let is_filled = crate::rate::has_both_amounts(line, facts.rate_base());
    if !is_filled || line.weight.number().is_none() {
        return;
    }
    if !line.score.is_blank() {
        return outcomes.exact();
    }
    let weight = show::printed(facts.form.funds.get(line_idx).and_then(|it| it.weight.as_ref()));
    let name = show::line_name(facts.form, line_idx);
    outcomes.raise(
        Raised::new(&S04::META, Grade::S2)
            .at([Pointer::Funds(line_idx, FundsField::Score)])
            .inputs([Pointer::Funds(line_idx, FundsField::Weight)])
            .message(
                format!("{name}金额、分值 {weight} 俱全而没有得分"),
                format!("{name} has amounts and {weight} points and no score"),
            ),
    );
}
