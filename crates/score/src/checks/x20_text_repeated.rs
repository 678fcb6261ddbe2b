//! X20: a completion text that stands in the forms of several projects, units or years.

use gouji_model::Level;

use crate::Meta;
use crate::check::{BLANK, Outcomes, check};
use crate::facts::Facts;

check! {
    /// What was done in one year, by one unit, for one project, is not told in the very words of another. This is looked
    /// for between the documents of a run.
    ///
    /// ```form
    /// 年度: 2021
    /// 项目名称: 村级图书室建设
    /// 实施单位: 某镇文化站
    /// 完成: 2021年新建村级图书室14个，配置书架212组、图书16350册，开展阅读活动37场，参加群众4280人次，图书室全部按期开放，群众反映良好，较好完成年度任务。
    /// 另一文件
    /// 年度: 2022
    /// 项目名称: 村级图书室建设
    /// 实施单位: 某镇文化站
    /// 完成: 2022年新建村级图书室14个，配置书架212组、图书16350册；开展阅读活动37场，参加群众4280人次，图书室全部按期开放，群众反映良好，较好完成年度任务。
    /// fires across 1:/goal/achieved 2:/goal/achieved suspicion medium
    /// ----
    /// 年度: 2021
    /// 项目名称: 村级图书室建设
    /// 完成: 严格按照资金管理办法使用资金，按照时间节点推进各项工作，全面完成年初设定的各项绩效目标，取得了良好的社会效益和经济效益，服务对象满意程度较高。
    /// 另一文件
    /// 年度: 2021
    /// 项目名称: 河道清淤
    /// 完成: 严格按照资金管理办法使用资金，按照时间节点推进各项工作，全面完成年初设定的各项绩效目标，取得了良好的社会效益和经济效益，服务对象满意程度较高。
    /// fires across 1:/goal/achieved 2:/goal/achieved suspicion low
    /// ```
    /// A form that is published twice is one form, a short text is anybody's, and a goal may be that of last year:
    /// ```form
    /// 年度: 2021
    /// 项目名称: 村级图书室建设
    /// 完成: 2021年新建村级图书室14个，配置书架212组、图书16350册，开展阅读活动37场，参加群众4280人次，图书室全部按期开放，群众反映良好，较好完成年度任务。
    /// 另一文件
    /// 年度: 2021
    /// 项目名称: 村级图书室建没
    /// 完成: 2021年新建村级图书室14个，配置书架212组、图书16350册，开展阅读活动37场，参加群众4280人次，图书室全部按期开放，群众反映良好，较好完成年度任务。
    /// quiet
    /// ----
    /// 项目名称: 村级图书室建设
    /// 完成: 已全部完成14项任务。
    /// 另一文件
    /// 项目名称: 河道清淤
    /// 完成: 已全部完成14项任务。
    /// quiet
    /// ----
    /// 年度: 2021
    /// 项目名称: 村级图书室建设
    /// 目标: 新建村级图书室14个，配置书架212组、图书16350册，开展阅读活动37场，参加群众4280人次，图书室全部按期开放，服务群众，满足农村群众阅读需求。
    /// 完成: 新建村级图书室14个，配置书架212组、图书16350册，开展阅读活动37场，参加群众4280人次，图书室全部按期开放，服务群众，满足农村群众阅读需求。
    /// 另一文件
    /// 年度: 2022
    /// 项目名称: 村级图书室建设
    /// 目标: 新建村级图书室14个，配置书架212组、图书16350册，开展阅读活动37场，参加群众4280人次，图书室全部按期开放，服务群众，满足农村群众阅读需求。
    /// 完成: 新建村级图书室14个，配置书架212组、图书16350册，开展阅读活动37场，参加群众4280人次，图书室全部按期开放，服务群众，满足农村群众阅读需求。
    /// quiet
    /// ```
    X20 = Meta {
        code: "X20",
        name: "text-repeated",
        name_zh: "完成情况雷同",
        class: "S2/S3",
        severity: Level::Medium,
        summary_zh: "不同项目、单位或年度的表在不同文件中有相同的完成情况",
        summary_en: "forms of several projects, units or years, in several documents, have one completion text",
        definition_zh: "一次运行的各文件之间：不同项目、不同单位或不同年度的表，完成情况去掉标点和年份后 60 字以上完全相同。文中无数字的把握较低。项目名称或单位仅一两字不同的视为同一；仅年度不同且完成情况就是预期目标的，由 D03 提出。",
        definition_en: "Between the documents of a run: forms of different projects, units or years whose completion texts, marks and years apart, are \
                        the same 60 characters or more. A text without a figure is a suspicion of low confidence. Names that a misread character \
                        or a cut tells apart are one; where only the year differs and the completion is the goal again, D03 says so.",
        tolerance: "marks, white space and years",
        authority: "auditors' practice",
        applies_when: "two documents of a run with such a text",
        ..BLANK
    }, run
}

/// No form shows it alone: `across` compares the documents of a run.
fn run(_: &Facts<'_>, outcomes: &mut Outcomes) {
    outcomes.not_applicable();
}
