//! X05: the target of a self-evaluation against the target form of its project.

use gouji_model::{Form, FormKind, Indicator, IndicatorField, Level, Pointer};
use gouji_quantity::read_value;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, is_empty};
use crate::words::squeezed;
use crate::{Meta, names, show, twins};

check! {
    /// What was promised in the target form is what is judged at the end of the year.
    ///
    /// ```form
    /// 目标表
    /// 年度: 2024
    /// 项目名称: 干部培训
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值
    /// 产出指标 | 数量指标 | 1.培训人数 | ≥300人
    /// 产出指标 | 时效指标 | 2.完成时间 | 2024年10月底前
    /// 产出指标 | 数量指标 | 3.培训期数 | 3期
    /// 同一文件的下一表
    /// 年度: 2024
    /// 项目名称: 干部培训
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值     | 实际完成值     | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训人数 | ≥200人         | 210人          | 10   | 10
    /// 产出指标 | 时效指标 | 完成时间 | 2024年12月底前 | 2024年12月底前 | 10   | 10
    /// 产出指标 | 数量指标 | 培训期数 | ≥3期           | 3期            | 10   | 10
    /// fires /indicators/0/target breach
    /// fires /indicators/1/target breach
    /// ```
    /// An adjusted target is another column, another year another project, and a bare number may have any unit:
    /// ```form
    /// 目标表
    /// 年度: 2024
    /// 项目名称: 干部培训
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值
    /// 产出指标 | 数量指标 | 培训人数 | ≥300人
    /// 产出指标 | 成本指标 | 培训成本 | 30
    /// 产出指标 | 质量指标 | 合格率   | 0.95
    /// 同一文件的下一表
    /// 年度: 2024
    /// 项目名称: 干部培训
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 调整后指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训人数 | ≥200人     | ≥250人       | 250人      | 10   | 10
    /// 产出指标 | 成本指标 | 培训成本 | 30万元     |              | 30万元     | 10   | 10
    /// 产出指标 | 质量指标 | 合格率   | 95%        |              | 95%        | 10   | 10
    /// 同一文件的下一表
    /// 年度: 2023
    /// 项目名称: 干部培训
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训人数 | ≥200人     | 210人      | 10   | 10
    /// quiet
    /// ```
    /// Between the documents of a run, where the unit is the same too, it is a suspicion:
    /// ```form
    /// 目标表
    /// 年度: 2024
    /// 项目名称: 干部培训
    /// 主管部门: 某市委组织部
    /// 实施单位: 某市委党校
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值
    /// 产出指标 | 数量指标 | 1.培训人数 | ≥300人
    /// 产出指标 | 数量指标 | 2.培训期数 | 3期
    /// 另一文件
    /// 年度: 2024
    /// 项目名称: 2024年干部培训
    /// 实施单位: 某市委党校
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训人数 | ≥200人     | 210人      | 10   | 10
    /// 产出指标 | 数量指标 | 培训期数 | ≥3期       | 3期        | 10   | 10
    /// fires across 1:/indicators/0/target 2:/indicators/0/target suspicion high
    /// ----
    /// 目标表
    /// 年度: 2024
    /// 项目名称: 干部培训
    /// 实施单位: 某市委党校
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值
    /// 产出指标 | 数量指标 | 1.培训人数 | ≥300人
    /// 另一文件
    /// 年度: 2024
    /// 项目名称: 干部培训
    /// 实施单位: 某县委党校
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训人数 | ≥200人     | 210人      | 10   | 10
    /// quiet
    /// ```
    X05 = Meta {
        code: "X05",
        name: "target-changed",
        name_zh: "与申报目标不一致",
        class: "B/S1/S2/S3",
        severity: Level::High,
        summary_zh: "自评表的指标值与同一项目同一年度的绩效目标表不同",
        summary_en: "a target differs from that of the target form of the same project and year",
        definition_zh: "同一文件中同一项目、同一年度的绩效目标表与自评表，二级指标和名称相同的行，指标值的数或期限应相同；印有调整后指标值或说明调整的不计。经识别的格，一处误读可解释的为可疑。一次运行的各文件之间，项目、年度、单位都相同的，为可疑。",
        definition_en: "In the target form and the self-evaluation of one project and year, rows of the same class and name have the same number or \
                        deadline as target, unless an adjusted target is printed or an adjustment is told. Where the cells came through character \
                        recognition and one edit makes them equal, a suspicion. Between the documents of a run, for forms of one project, \
                        year and unit, always a suspicion.",
        tolerance: "L of both numbers; operators are not compared",
        authority: "M2",
        applies_when: "a target form of the same project and year in the document, with a row of the same name",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let planned = || facts.document.iter().find(|it| it.kind == FormKind::Target && is_same_project(facts.form, it));
    let Some(planned) = facts.is_self_evaluation().then(planned).flatten() else { return outcomes.not_applicable() };
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        if !row.is_idle
            && let Some(indicator) = facts.form.indicators.get(row_idx)
        {
            compare(facts, outcomes, row_idx, indicator, planned);
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn is_same_project(form: &Form, other: &Form) -> bool {
    let text = |cell: &Option<gouji_model::Cell>| cell.as_ref().map(|it| squeezed(&it.text));
    let project = |form: &Form| form.project.as_ref().map(|it| names::bare(&it.text));
    project(form).is_some_and(|it| !it.is_empty())
        && project(form) == project(other)
        && form.year.is_some()
        && text(&form.year) == text(&other.year)
}

fn compare(facts: &Facts<'_>, outcomes: &mut Outcomes, row_idx: usize, row: &Indicator, planned: &Form) {
    let Some(twin) = only_twin(row, planned) else { return };
    // Two rows of one name cannot be told apart.
    if only_twin(row, facts.form).is_none() {
        return;
    }
    let (Some(own), Some(filed)) = (&row.target, &twin.target) else { return };
    if is_empty(Some(own)) || is_empty(Some(filed)) {
        return;
    }
    let at = Pointer::Indicator(row_idx, IndicatorField::Target);
    if !is_empty(row.adjusted.as_ref()) || twins::tells_of_adjustment(facts.form) {
        return outcomes.not_checkable([at], "目标有调整", "the target was adjusted");
    }
    let (left, right) = (squeezed(&own.text), squeezed(&filed.text));
    if left == right {
        return outcomes.exact();
    }
    let is_equal = match twins::is_same_target(&read_value(&own.text), &read_value(&filed.text)) {
        None => return outcomes.not_checkable([at], "文字指标值无法比较", "targets in words cannot be compared"),
        Some(is_equal) => is_equal,
    };
    if is_equal {
        return outcomes.within_rounding();
    }
    let is_misread = facts.is_ocr && twins::is_misread(&left, &right);
    let mut raised = Raised::new(&X05::META, if is_misread { Grade::S2 } else { Grade::B });
    if is_misread {
        raised = raised.agrees_if(show::reading(at, Some(&filed.text)));
    }
    let (name, own, filed) = (show::row_name(facts.form, row_idx), &own.text, &filed.text);
    outcomes.raise(raised.at([at]).stated(own.clone()).recomputed(filed.clone()).message(
        format!("{name}指标值 {own}，绩效目标表（第 {} 表）为 {filed}，且未说明调整", planned.ordinal),
        format!(
            "{name}: the target is {own}, in the target form (form {}) {filed}, and no adjustment is told",
            planned.ordinal
        ),
    ));
}

/// The one row of the same class and name.
fn only_twin<'f>(row: &Indicator, form: &'f Form) -> Option<&'f Indicator> {
    let wanted = twins::class_and_name(row)?;
    let mut twins = form.indicators.iter().filter(|it| twins::class_and_name(it).is_some_and(|it| it == wanted));
    twins.next().filter(|_| twins.next().is_none())
}
