//! X12: a goal text that sets out in another year.

use gouji_model::{Level, Pointer};

use crate::Meta;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;

check! {
    /// A goal that begins with the work of another year and never names its own was copied from that year's form.
    ///
    /// ```form
    /// 年度: 2022
    /// 目标: 完成2021年全县中小学体检，及时反馈结果。
    /// 完成: 完成2021年全县中小学体检，及时反馈结果，覆盖学生4200人。
    /// fires /goal/expected,/goal/achieved suspicion medium
    /// ----
    /// 年度: 2023
    /// 目标: 1、2022年开展农技培训12期、田间验收3次；2、建立示范田。
    /// fires /goal/expected suspicion medium
    /// ```
    /// What is paid for an earlier year, a basis, a name, a span, or a text that names its own year, too, is fine:
    /// ```form
    /// 年度: 2022
    /// 目标: 支付2021年全县中小学体检尾款。
    /// 完成: 根据2021年体检结果，完成2022年复查。
    /// quiet
    /// ----
    /// 年度: 2022
    /// 项目名称: 2021年高标准农田
    /// 目标: 完成2021年高标准农田建设。
    /// 完成: 2021年至2023年分期实施。
    /// quiet
    /// ----
    /// 年度: 2022
    /// 目标: 完成“2021年百校工程”验收，2021年度资金兑付到位。
    /// quiet
    /// ```
    X12 = Meta {
        code: "X12",
        name: "goal-of-another-year",
        name_zh: "目标年度不符",
        class: "S2",
        severity: Level::Low,
        summary_zh: "目标或完成情况的文字写的是另一年度的工作",
        summary_en: "a goal text sets out with the work of another year",
        definition_zh: "预期目标、完成情况以另一年份（或“完成、保障、开展…某年”）开头，全文未提本表年度，该年份不在项目名称中，文字也不是结转、尾款、兑付等往年事项。",
        definition_en: "The goal or the completion text begins with another year (or with a word of doing and that year), never names the form's year, \
                        the project's name does not hold that year, and the text is of nothing that is carried over or paid for that year.",
        tolerance: "exact",
        authority: "M2",
        applies_when: "the form's year, and a goal text that begins with a year",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let year = facts.form.year.as_ref().and_then(|it| it.text.trim().parse::<u16>().ok());
    let Some(year) = year else { return outcomes.not_applicable() };
    let before = outcomes.total();
    for at in [Pointer::GoalExpected, Pointer::GoalAchieved] {
        let Some(text) = facts.form.cell(at).map(|it| crate::words::squeezed(&it.text)) else { continue };
        let Some(named) = year_at_head(&text) else { continue };
        let is_of_project = facts.form.project.as_ref().is_some_and(|it| it.text.contains(&named.to_string()));
        if named == year || is_of_project || text.contains(&year.to_string()) || is_of_the_past(&text) {
            outcomes.exact();
            continue;
        }
        outcomes.raise(
            Raised::new(&X12::META, Grade::S2)
                .at([at])
                .inputs([Pointer::Year])
                .stated(format!("{named}年"))
                .admissible(year.to_string())
                .message(
                    format!("文字以 {named} 年的工作开头，本表年度为 {year} 年，全文未提本年度"),
                    format!("the text sets out with the work of {named} and never names {year}, the year of the form"),
                )
                .joined(),
        );
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The year that the text begins with, behind the mark of a list and a word of doing: `1、完成2021年…`.
fn year_at_head(text: &str) -> Option<u16> {
    /// Words that say of a year's work that it is done; 支付 and 根据 say something else.
    const DOING: [&str; 20] = [
        "保障",
        "完成",
        "开展",
        "做好",
        "确保",
        "组织",
        "实施",
        "推进",
        "保证",
        "落实",
        "支持",
        "支撑",
        "举办",
        "维持",
        "加强",
        "推动",
        "进行",
        "巩固",
        "组织开展",
        "全面完成",
    ];
    let head = crate::names::bare(text);
    let rest = DOING.iter().filter_map(|word| head.strip_prefix(word)).min_by_key(|it| it.len()).unwrap_or(&head);
    let (digits, after) = rest.split_at_checked(4)?;
    let is_year = digits.starts_with("20") && digits.bytes().all(|it| it.is_ascii_digit()) && after.starts_with('年');
    // 2021年至2023年 and 2021年-2023年 are spans.
    let next = after.chars().nth(1)?;
    let is_span = matches!(next, '至' | '到' | '-' | '—' | '–' | '~' | '、' | '和' | '及');
    if is_year && !is_span { digits.parse().ok() } else { None }
}

/// What is left to do or to pay of an earlier year may well be this year's work: the first thing that the text names.
fn is_of_the_past(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "尾款",
        "余款",
        "结转",
        "结余",
        "欠款",
        "欠付",
        "拖欠",
        "兑付",
        "清算",
        "决算",
        "结算",
        "补发",
        "补助资金",
        "质保金",
        "上年",
        "往年",
        "以前年度",
        "审计",
        "验收",
        "年报",
        "后续",
        "续建",
    ];
    let first = text.split(['、', '，', ',', '。', '；', ';']).find(|it| it.contains('年')).unwrap_or(text);
    WORDS.iter().any(|word| first.contains(word))
}
