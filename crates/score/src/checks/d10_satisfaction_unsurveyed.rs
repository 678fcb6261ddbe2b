//! D10: satisfaction that nobody was asked about.

use gouji_model::{IndicatorField, Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::indicator::score_of;

check! {
    /// A satisfaction is the result of a survey; a document that names none leaves it in the air.
    ///
    /// ```form
    /// 一级指标   | 二级指标       | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 满意度指标 | 服务对象满意度 | 群众满意度 | ≥95%       | 96%        | 10   | 10
    /// fires form suspicion low
    /// ```
    /// A survey may be named anywhere in the document; without a score nothing is claimed:
    /// ```form
    /// 一级指标   | 二级指标       | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 满意度指标 | 服务对象满意度 | 群众满意度 | ≥95%       | 96%        | 10   | 10
    /// 同一文件的下一表
    /// 完成: 发放问卷200份
    /// quiet
    /// ----
    /// 一级指标   | 二级指标       | 三级指标   | 年度指标值 | 分值
    /// 满意度指标 | 服务对象满意度 | 群众满意度 | ≥95%       | 10
    /// quiet
    /// ```
    D10 = Meta {
        code: "D10",
        name: "satisfaction-unsurveyed",
        name_zh: "满意度无调查",
        class: "S3",
        severity: Level::Low,
        summary_zh: "满意度得分而全文没有调查、问卷或样本",
        summary_en: "satisfaction is scored and the document names no survey",
        definition_zh: "满意度指标有得分，文件各表的文字中没有“调查”“问卷”“样本”“抽样”。",
        definition_en: "A row of satisfaction is scored and no text of the document's forms names a survey, a questionnaire or a sample.",
        tolerance: "exact",
        authority: "recalled practice of audits; no source was read",
        applies_when: "a row of satisfaction with a score above zero",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let is_of_satisfaction = |row_idx: usize| {
        let row = facts.form.indicators.get(row_idx);
        let labels = [IndicatorField::L1, IndicatorField::L2].map(|it| row.and_then(|row| row.field(it)));
        labels.into_iter().flatten().any(|it| it.text.contains("满意"))
    };
    let scored = facts.counted_rows().find(|(row_idx, row)| {
        row.score.number().is_some_and(|it| !it.is_zero()) && !row.is_idle && is_of_satisfaction(*row_idx)
    });
    let Some((row_idx, _)) = scored else { return outcomes.not_applicable() };
    if facts.siblings.iter().any(|it| it.names_survey) {
        return outcomes.exact();
    }
    outcomes.raise(Raised::new(&D10::META, Grade::S3).at([Pointer::Form]).inputs([score_of(row_idx)]).message(
        "满意度有得分，全文未提调查、问卷或样本",
        "satisfaction is scored, and no survey, questionnaire or sample is named anywhere",
    ));
}
