//! X01: two printed copies of one form that do not say the same.

use gouji_model::{Alternative, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::twins::{self, Standing};
use crate::{Meta, show};

check! {
    /// A form that is printed twice has to print the same figure twice.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训     | 50人       | 47人       | 60   | 56
    /// 总分 | 100 | 96
    /// @rendered /indicators/0/actual = 50人
    /// fires /indicators/0/actual contradiction
    /// ----
    /// @ocr
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训     | 50人       | 4.7人      | 60   | 56
    /// @rendered /indicators/0/actual = 47人
    /// fires /indicators/0/actual suspicion medium
    /// ```
    /// A copy that is cut off says nothing else, and words are read too badly to be held against a form:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值   | 分值 | 得分
    /// 产出指标 | 时效指标 | 租用     | 12月底     | 1月1日—12月底 | 60   | 56
    /// @rendered /indicators/0/actual = 1月1日—12月
    /// fires /indicators/0/actual note
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 维护     | 3.50万元   | 3.5万元    | 60   | 56
    /// @rendered /indicators/0/target = 3.5万元
    /// quiet
    /// ```
    /// Two documents of a run may print one form in two versions, of which one is a correction; versions that agree are one form:
    /// ```form
    /// 年度: 2021
    /// 项目名称: 路灯维护
    /// 实施单位: 某区城管局
    /// 资金 | 全年预算数 | 全年执行数
    /// 年度资金总额 | 24 | 18.5
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 更换灯具 | ≥300盏     | 312盏      | 30   | 30
    /// 产出指标 | 数量指标 | 巡查     | ≥50次      | 52次       | 30   | 30
    /// 产出指标 | 质量指标 | 亮灯率   | ≥98%       | 98.5%      | 30   | 30
    /// 总分 | 100 | 97.7
    /// 另一文件
    /// 年度: 2021
    /// 项目名称: 路灯维护
    /// 实施单位: 某区城管局
    /// 单位: 元
    /// 资金 | 全年预算数 | 全年执行数
    /// 年度资金总额 | 240000 | 185000
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 更换灯具 | ≥300盏     | 274盏      | 30   | 30
    /// 产出指标 | 数量指标 | 巡查     | ≥50次      | 52次       | 30   | 30
    /// 产出指标 | 质量指标 | 亮灯率   | ≥98%       | 98.50%     | 30   | 30
    /// 总分 | 100 | 95.1
    /// fires across 1:/total/score,/indicators/0/actual 2:/total/score,/indicators/0/actual suspicion medium
    /// ```
    X01 = Meta {
        code: "X01",
        name: "renderings-differ",
        name_zh: "两版不一致",
        class: "C/S2/S3/note",
        severity: Level::Medium,
        summary_zh: "同一张表的两个版本在同一格印有不同内容",
        summary_en: "the same cell differs between two printed copies of a form",
        definition_zh: "同一文件中同一张表的两个版本，同一格应相同：数字不同为矛盾（经识别的格，一处误读可解释的为可疑），一个是另一个的开头为注，文字不同为可疑。一次运行的各文件之间，同一项目、年度、单位的表有三行以上相同而数字不同的为可疑，预算数或多数数字不同的把握较低。",
        definition_en: "Two printed copies of one form agree in every cell: another figure is a contradiction (a suspicion where the cells came through \
                        character recognition and one edit makes them equal), a text that is the beginning of the other a note, other words a \
                        suspicion. Between the documents of a run, forms of one project, year and unit that share three rows and print \
                        other figures are a suspicion, of low confidence if the budget or most figures differ.",
        tolerance: "white space and width of characters; figures that round to each other agree",
        authority: "one form, one text",
        applies_when: "a form that is printed more than once",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if facts.form.renderings < 2 {
        return outcomes.not_applicable();
    }
    let before = outcomes.total();
    for alternative in facts.form.alternatives.iter().filter(|it| it.is_other_rendering()) {
        for (at, other) in pairs(alternative) {
            let Some(own) = facts.form.cell(at) else { continue };
            compare(facts, outcomes, at, &own.text, Other { text: other, place: alternative.other_place() });
        }
    }
    if outcomes.total() == before {
        outcomes.exact();
    }
}

fn pairs(alternative: &Alternative) -> impl Iterator<Item = (Pointer, &str)> {
    let values = alternative.values.iter().map(Option::as_deref);
    alternative.at.iter().copied().zip(values).filter_map(|(at, value)| Some((at, value?)))
}

/// What the other copy has in a cell, and where, if it is told.
struct Other<'a> {
    text: &'a str,
    place: Option<&'a str>,
}

fn compare(facts: &Facts<'_>, outcomes: &mut Outcomes, at: Pointer, own: &str, other: Other<'_>) {
    let Other { text: other, place } = other;
    let (there_zh, there_en) = match place {
        Some(it) => (format!("（{it}）"), format!(" ({it})")),
        None => (String::new(), String::new()),
    };
    let mut raised = match twins::standing(own, other) {
        Standing::Same => return outcomes.exact(),
        Standing::Equal => return outcomes.within_rounding(),
        Standing::Cut => Raised::new(&X01::META, Grade::Note),
        Standing::Apart { is_misread } if facts.is_ocr && is_misread => {
            Raised::new(&X01::META, Grade::S2).agrees_if(show::reading(at, Some(other)))
        }
        Standing::Apart { .. } => Raised::new(&X01::META, Grade::C),
        Standing::Words => Raised::new(&X01::META, if facts.is_ocr { Grade::S3 } else { Grade::S2 }),
    };
    raised = raised.at([at]).stated(own).recomputed(other).message(
        format!("两个版本不一致：一版印作“{own}”，另一版{there_zh}印作“{other}”"),
        format!("the two copies differ: one prints {own:?}, the other{there_en} {other:?}"),
    );
    outcomes.raise(raised);
}
