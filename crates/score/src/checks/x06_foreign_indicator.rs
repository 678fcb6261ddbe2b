//! X06: a row that was copied into the form of another project.

use gouji_model::{Form, Indicator, IndicatorField, Level, Pointer};

use crate::at_home::{self, Words};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, names, show};

check! {
    /// A long name that speaks of what another project of the document does, and of nothing that its own does.
    ///
    /// ```form
    /// 年度: 2022
    /// 项目名称: 机关运行费
    /// 一级指标 | 二级指标 | 三级指标                                  | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督促检查次数                              | ≥12次      | 23次       | 5    | 5
    /// 产出指标 | 数量指标 | 信息调研次数                              | ≥12次      | 23次       | 5    | 5
    /// 产出指标 | 质量指标 | 督促检查、信息调研、公文流转高质高效       | 100%       | 100%       | 5    | 5
    /// 同一文件的下一表
    /// 年度: 2022
    /// 项目名称: 专用线路租赁
    /// 一级指标 | 二级指标 | 三级指标                                  | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 租赁条数                                  | 74条       | 74条       | 5    | 5
    /// 产出指标 | 质量指标 | 督促检查、信息调研、公文流转高质高效       | 100%       | 100%       | 5    | 5
    /// fires /indicators/1/name suspicion medium
    /// ```
    /// What any project asks for, and names that fit both, are no copies:
    /// ```form
    /// 年度: 2022
    /// 项目名称: 机关运行费
    /// 一级指标 | 二级指标 | 三级指标                     | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 信息调研次数                 | ≥12次      | 23次       | 5    | 5
    /// 满意度指标 | 满意度 | 服务对象和办事群众的满意程度 | ≥95%       | 96%        | 5    | 5
    /// 同一文件的下一表
    /// 年度: 2022
    /// 项目名称: 专用线路租赁
    /// 一级指标 | 二级指标 | 三级指标                     | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 租赁条数                     | 74条       | 74条       | 5    | 5
    /// 满意度指标 | 满意度 | 服务对象和办事群众的满意程度 | ≥95%       | 96%        | 5    | 5
    /// quiet
    /// ```
    /// Between the documents of a run, where no third project prints the row:
    /// ```form
    /// 年度: 2022
    /// 项目名称: 机关运行费
    /// 实施单位: 某县政府办
    /// 一级指标 | 二级指标 | 三级指标                                  | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 督促检查次数                              | ≥12次      | 23次       | 5    | 5
    /// 产出指标 | 数量指标 | 信息调研次数                              | ≥12次      | 23次       | 5    | 5
    /// 产出指标 | 质量指标 | 督促检查、信息调研、公文流转高质高效       | 100%       | 100%       | 5    | 5
    /// 另一文件
    /// 年度: 2022
    /// 项目名称: 专用线路租赁
    /// 实施单位: 某县政府办
    /// 一级指标 | 二级指标 | 三级指标                                  | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 租赁条数                                  | 74条       | 74条       | 5    | 5
    /// 产出指标 | 质量指标 | 督促检查、信息调研、公文流转高质高效       | 100%       | 100%       | 5    | 5
    /// fires across 1:/indicators/2/name 2:/indicators/1/name suspicion medium
    /// ```
    X06 = Meta {
        code: "X06",
        name: "foreign-indicator",
        name_zh: "指标张冠李戴",
        class: "S2/S3",
        severity: Level::Medium,
        summary_zh: "另一项目的指标被抄入本表",
        summary_en: "a row copied into the form of another project",
        definition_zh: "同一文件中不同项目的两张表有名称（12字以上）、二级指标、指标值都相同的行，且名称的用语在一表内别处多有出现、在本表内几乎不见：疑从该表抄入。满意度类不计。一次运行的各文件之间，仅有一个项目用得上该行的，也如此；单位不同的把握较低。",
        definition_en: "Two forms of different projects hold a row of the same name (12 characters or more), class and target, and the words of the name \
                        are those of the other form and hardly occur in this one. Rows of satisfaction are left out. The same between the documents of a run, \
                        where only one project accounts for the row; of low confidence if the units are not one.",
        tolerance: "pairs of neighbouring characters: at most a quarter of the name's found elsewhere in this form, at least twice as many in the other",
        authority: "auditors' practice",
        applies_when: "another form of the document, of another project, with a row of the same name",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    let others = facts.document.iter().enumerate().filter(|it| it.0 != facts.sibling_idx).map(|it| it.1);
    let others: Vec<&Form> = others.filter(|it| is_other_project(facts.form, it)).collect();
    if others.is_empty() {
        return outcomes.not_applicable();
    }
    let names_of_others = others.iter().flat_map(|it| &it.indicators).filter_map(|it| it.name.as_ref());
    let endings: Vec<[char; LAST]> = names_of_others.map(|it| ending(&it.text)).collect();
    let mut own_words = None;
    for (row_idx, row) in facts.counted_rows() {
        if row.is_idle {
            continue;
        }
        let Some(indicator) = facts.form.indicators.get(row_idx) else { continue };
        let Some(printed) = at_home::telling_name(indicator) else { continue };
        if !endings.contains(&ending(printed)) {
            continue;
        }
        let name = names::bare(printed);
        if name.chars().count() < at_home::SHORTEST {
            continue;
        }
        let twin = others.iter().find_map(|other| {
            let idx = other.indicators.iter().position(|it| is_twin(indicator, &name, it))?;
            Some((*other, idx))
        });
        let Some((other, other_idx)) = twin else { continue };
        let own_words = own_words.get_or_insert_with(|| Words::of(facts.form));
        let (here, there) = (own_words.share(&name, row_idx), Words::of(other).share(&name, other_idx));
        if !at_home::is_foreign(here, there) {
            outcomes.exact();
            continue;
        }
        let shown = show::row_name(facts.form, row_idx);
        let project = other.project.as_ref().map_or("", |it| it.text.as_str());
        let project = show::shortened(project);
        outcomes.raise(
            Raised::new(&X06::META, Grade::S2)
                .at([Pointer::Indicator(row_idx, IndicatorField::Name)])
                .inputs([Pointer::Project])
                .stated(show::printed(indicator.name.as_ref()))
                .message(
                    format!("{shown}与本项目无关，与第 {} 表“{project}”第 {} 行相同，疑由该表抄入", other.ordinal, other_idx + 1),
                    format!(
                        "{shown} has nothing to do with this project and equals row {} of form {} ({project}): probably copied",
                        other_idx + 1,
                        other.ordinal
                    ),
                ),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn is_twin(row: &Indicator, name: &str, other: &Indicator) -> bool {
    let text = |cell: &Option<gouji_model::Cell>| cell.as_ref().map(|it| crate::words::squeezed(&it.text));
    let Some(printed) = &other.name else { return false };
    ending(&printed.text) == ending(name)
        && names::bare(&printed.text) == name
        && text(&row.l2) == text(&other.l2)
        && text(&row.target) == text(&other.target)
}

/// So many characters tell most names apart.
const LAST: usize = 4;

/// The last characters of a name: most names differ in them, and nothing else of those has to be read.
fn ending(name: &str) -> [char; LAST] {
    let mut found = ['\0'; LAST];
    let words = name.chars().rev().filter(|it| matches!(it, 'a'..='z' | 'A'..='Z' | '\u{4E00}'..='\u{9FFF}'));
    found.iter_mut().zip(words).for_each(|(to, it)| *to = it);
    found
}

fn is_other_project(form: &Form, other: &Form) -> bool {
    let project = |form: &Form| form.project.as_ref().map(|it| names::bare(&it.text));
    match (project(form), project(other)) {
        (Some(own), Some(other)) => own != other,
        _ => false,
    }
}
