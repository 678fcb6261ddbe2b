//! S07: a document in which nothing ever falls short.

use gouji_model::{Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;

check! {
    /// Full marks for every indicator of every form are rarely earned. Said once, at the first form.
    ///
    /// ```form
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 培训     | 60   | 60
    /// 效益指标 | 满意     | 40   | 40
    /// fires form suspicion low
    /// ```
    /// ```form
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 培训     | 100  | 100
    /// 同一文件的下一表
    /// 一级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 电路     | 100  | 99.9
    /// quiet
    /// ```
    S07 = Meta {
        code: "S07",
        name: "all-full",
        name_zh: "全部满分",
        class: "S3",
        severity: Level::Low,
        summary_zh: "文件中各表各指标全部满分",
        summary_en: "every indicator of every form of the document has full marks",
        definition_zh: "同一文件所有自评表的所有计分指标得分都等于分值。",
        definition_en: "In all self-evaluations of the document every scored indicator has its full points.",
        tolerance: "exact",
        authority: "M2",
        applies_when: "scored indicators, at the first form of the document that has them",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let is_first = facts.siblings.iter().position(|it| it.is_full.is_some()) == Some(facts.sibling_idx);
    if !is_first {
        return outcomes.not_applicable();
    }
    if facts.siblings.iter().any(|it| it.is_full == Some(false)) {
        return outcomes.exact();
    }
    let n_forms = facts.siblings.iter().filter(|it| it.is_full.is_some()).count();
    outcomes.raise(Raised::new(&S07::META, Grade::S3).at([Pointer::Form]).message(
        format!("本文件 {n_forms} 张自评表的指标全部满分"),
        format!("all indicators of the document's {n_forms} self-evaluations have full marks"),
    ));
}
