//! D02: a class of outputs that no indicator stands in.

use gouji_model::{Cell, Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;

check! {
    /// Outputs are counted, judged, timed and priced; a form that leaves one of these out says nothing about it.
    ///
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标   | 数量指标 | 培训     | 5期        | 30   | 30
    /// 产出指标   | 质量指标 | 合格率   | 95%        | 30   | 30
    /// 产出指标   | 成本指标 | 培训费   | 5万元      | 30   | 30
    /// fires form suspicion low
    /// ```
    /// Costs may be a class of level 1; a form without these classes has a scheme of its own; a cut form may have lost them:
    /// ```form
    /// 一级指标   | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 成本指标   | 经济成本 | 培训费   | 5万元      | 20   | 20
    /// 产出指标   | 数量指标 | 培训     | 5期        | 30   | 30
    /// 产出指标   | 质量指标 | 合格率   | 95%        | 30   | 30
    /// 产出指标   | 时效指标 | 完成时间 | 年底前     | 20   | 20
    /// quiet
    /// ----
    /// 一级指标   | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 项目决策   | 立项     | 依据     | 充分       | 50   | 50
    /// 项目管理   | 制度     | 健全性   | 健全       | 50   | 50
    /// quiet
    /// ----
    /// @open-tail
    /// 一级指标   | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标   | 数量指标 | 培训     | 5期        | 30   | 30
    /// 产出指标   | 质量指标 | 合格率   | 95%        | 30   | 30
    /// quiet
    /// ```
    D02 = Meta {
        code: "D02",
        name: "class-absent",
        name_zh: "指标类别缺失",
        class: "S3",
        severity: Level::Low,
        summary_zh: "产出指标缺少数量、质量、时效或成本一类",
        summary_en: "no indicator of quantity, quality, time or cost",
        definition_zh: "按数量、质量、时效、成本分类的表缺少其中一类；成本可以是一级指标。表头或表尾残缺的不核。",
        definition_en: "A form that is divided into quantity, quality, time and cost lacks one of them; cost may be a class of level 1. Not checkable \
                        where the form is cut.",
        tolerance: "exact",
        authority: "M1",
        applies_when: "labels of level 2, at least two of 数量, 质量, 时效, 成本 among them",
        ..BLANK
    }, run
}

/// The classes of the outputs.
const CLASSES: [&str; 4] = ["数量", "质量", "时效", "成本"];

/// A form with fewer of them is divided otherwise.
const FEWEST_CLASSES: usize = 2;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let has = |class: &str| {
        let names = |label: Option<&Cell>| label.is_some_and(|it| it.text.contains(class));
        facts.form.indicators.iter().any(|row| names(row.l2.as_ref()) || names(row.l1.as_ref()))
    };
    let absent: Vec<&str> = CLASSES.into_iter().filter(|it| !has(it)).collect();
    if CLASSES.len() < absent.len() + FEWEST_CLASSES {
        return outcomes.not_applicable();
    }
    if absent.is_empty() {
        return outcomes.exact();
    }
    let is_unlabeled = |row_idx: usize| facts.form.indicators.get(row_idx).is_some_and(|it| it.l2.is_none());
    if facts.counted_rows().any(|(row_idx, row)| !row.is_idle && is_unlabeled(row_idx)) {
        return outcomes.not_checkable([Pointer::Form], "有指标没有二级指标", "some rows print no label of level 2");
    }
    if facts.is_open() {
        return outcomes.not_checkable(
            [Pointer::Form],
            "表头或表尾残缺，可能缺行",
            "the form is cut at its head or tail: rows may be missing",
        );
    }
    let names = absent.join("、");
    outcomes.raise(
        Raised::new(&D02::META, Grade::S3)
            .at([Pointer::Form])
            .stated(names.clone())
            .message(format!("没有{names}指标"), format!("no indicator of the class {names}")),
    );
}
