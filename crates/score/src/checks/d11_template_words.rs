//! D11: words of the blank form that nobody took out.

use gouji_model::{Cell, Form, IndicatorField, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::words::WordSet;
use crate::{Meta, show};

check! {
    /// What the template says to the writer is no content.
    ///
    /// ```form
    /// 完成: 全面完成年度任务（100字以内）
    ///
    /// 一级指标 | 二级指标 | 三级指标    | 年度指标值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 指标1：培训 | 5期        | 10   | 10
    /// 产出指标 | 数量指标 | 指标2：     |            |      |
    /// 产出指标 | 数量指标 | ……          |            |      |
    /// fires /goal/achieved,/indicators/1/name,/indicators/2/name suspicion low
    /// ```
    /// ```form
    /// 目标: 撰写每篇2000字以内的信息简报……
    ///
    /// 一级指标 | 二级指标 | 三级指标    | 年度指标值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 指标1：培训 | 5期        | 10   | 10
    /// 产出指标 | 数量指标 | 指标2：调研 | 2次        | 10   | 10
    /// quiet
    /// ```
    D11 = Meta {
        code: "D11",
        name: "template-words",
        name_zh: "模板文字残留",
        class: "S3",
        severity: Level::Low,
        summary_zh: "表内残留模板的提示文字",
        summary_en: "words of the blank template are left in the form",
        definition_zh: "单元格只有“指标2：”“……”，或残留“（100字以内）”“请填写”之类提示。",
        definition_en: "A cell holds only 指标2： or ……, or a hint of the template such as （100字以内） or 请填写 is left.",
        tolerance: "exact",
        authority: "M2",
        applies_when: "names of indicators, or texts of the goal",
        ..BLANK
    }, run
}

/// Hints to the writer.
static HINTS: WordSet =
    WordSet::new(&["请填写", "请输入", "此处填写", "请在此", "请选择", "点击输入", "单击此处", "（简要说明）"]);

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let found: Vec<Pointer> = cells(facts.form).filter(|(_, cell)| is_of_template(&cell.text)).map(|it| it.0).collect();
    if cells(facts.form).next().is_none() {
        return outcomes.not_applicable();
    }
    let Some(first) = found.first().and_then(|it| facts.form.cell(*it)) else { return outcomes.exact() };
    let stated = show::shortened(first.text.trim());
    outcomes.raise(Raised::new(&D11::META, Grade::S3).at(found.iter().copied()).stated(stated.clone()).message(
        format!("残留模板文字 {} 处，如“{stated}”", found.len()),
        format!("words of the template are left in {} cells, such as {stated}", found.len()),
    ));
}

/// The cells that a template fills with hints.
fn cells(form: &Form) -> impl Iterator<Item = (Pointer, &Cell)> {
    let goal = [(Pointer::GoalExpected, &form.goal.expected), (Pointer::GoalAchieved, &form.goal.achieved)];
    let rows = form.indicators.iter().enumerate().flat_map(|(row_idx, row)| {
        [IndicatorField::Name, IndicatorField::Target, IndicatorField::Actual, IndicatorField::Reason]
            .map(|field| (Pointer::Indicator(row_idx, field), row.field(field)))
    });
    let texts = form.texts.iter().enumerate().map(|(idx, it)| (Pointer::Text(idx), it.text.as_ref()));
    let own = goal.into_iter().map(|(pointer, cell)| (pointer, cell.as_ref()));
    own.chain(rows).chain(texts).filter_map(|(pointer, cell)| Some((pointer, cell?)))
}

fn is_of_template(text: &str) -> bool {
    let text = text.trim();
    let is_dots = text.chars().all(|it| it == '…' || it == '.') && text.chars().nth(1).is_some() || text == "…";
    is_dots || is_bare_number(text) || HINTS.is_in(text) || has_length_hint(text)
}

/// `指标2：` and nothing behind it.
fn is_bare_number(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("指标") else { return false };
    let rest = rest.trim_end_matches([':', '：', '…', '.', ' ']);
    let is_number = |it: char| {
        it.is_ascii_digit() || matches!(it, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    };
    !rest.is_empty() && rest.chars().all(is_number)
}

/// `（100字以内）`: brackets around a limit of length and nothing else.
fn has_length_hint(text: &str) -> bool {
    static WITHIN: WordSet = WordSet::new(&["字以内"]);
    if !WITHIN.is_in(text) {
        return false;
    }
    text.match_indices("字以内").any(|(at, found)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + found.len()..).unwrap_or_default());
        let before = before.trim_end_matches(|it: char| it.is_ascii_digit());
        let before = ["不超过", "限", "控制在"].iter().find_map(|it| before.strip_suffix(it)).unwrap_or(before);
        before.ends_with(['(', '（']) && after.starts_with([')', '）', '，', ',', '。'])
    })
}
