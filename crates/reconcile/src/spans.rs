//! Spans: texts that a converter prints in every cell that they covered.
//!
//! In: all lines of a document. Out: the same lines, in which a title, a field of the head and a text of the goal stand in
//! one cell again. In rows of figures two cells beside each other may say the same by right; there the columns decide.

use crate::lexicon::Label;
use crate::token::{Kind, Line, Token};

/// Takes the copies out of titles, heads and goals.
pub(crate) fn drop_copies(lines: &mut [Line<'_>]) {
    // Where the boxes of a goal begin: what is planned and what was reached may be told in the same words.
    let mut boxes: Vec<i32> = Vec::new();
    for line in lines {
        if !line.has_columns() || !has_copies(line) {
            continue;
        }
        let is_goal = line.any(|it| matches!(it, Label::GoalBlock | Label::GoalExpected | Label::GoalAchieved));
        let is_head = line.any(|it| matches!(it, Label::Head(_))) && !is_of_figures(line);
        if !is_goal && !is_head && !is_one_text(line) {
            continue;
        }
        let n_cells = line.tokens.len();
        let mut last: Option<String> = None;
        line.tokens.retain(|token| {
            // 自评得分合计 heads the points of a total and its score, which may be alike.
            let is_copy = last.as_ref() == Some(&token.key) && is_text(token) && !boxes.contains(&token.col);
            if !is_copy {
                last = Some(token.key.clone());
            }
            !is_copy
        });
        line.mended.n_copies += n_cells - line.tokens.len();
        let heads_boxes = line.count(|it| matches!(it, Label::GoalExpected | Label::GoalAchieved)) > 1;
        boxes = if heads_boxes { line.tokens.iter().map(|it| it.col).collect() } else { Vec::new() };
    }
}

/// Whether two cells beside each other say the same.
fn has_copies(line: &Line<'_>) -> bool {
    line.tokens.windows(2).any(|it| matches!(it, [a, b] if a.col + 1 == b.col && a.key == b.key))
}

/// Whether a line is of the funds or of the indicators, or heads them.
fn is_of_figures(line: &Line<'_>) -> bool {
    /// Heads of columns that a line of the head may hold by chance: 自评得分, 预算单位.
    const BY_CHANCE: usize = 2;
    let of_block = |it: Label| {
        matches!(it, Label::FundsLine(_) | Label::FundsBlock | Label::L1(_) | Label::L2(_) | Label::IndicatorBlock)
    };
    let mut heads: Vec<&str> = Vec::new();
    for token in &line.tokens {
        let is_head = token.labels.iter().any(|it| matches!(it, Label::Column(_) | Label::Funds(_)));
        if is_head && !heads.contains(&token.key.as_str()) {
            heads.push(&token.key);
        }
    }
    line.any(of_block) || BY_CHANCE < heads.len()
}

fn is_text(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Words | Kind::Prose)
}

/// Whether all cells of a line hold the same text, and no figure.
fn is_one_text(line: &Line<'_>) -> bool {
    let first = line.tokens.first();
    first.is_some_and(is_text) && line.tokens.iter().all(|it| first.is_some_and(|first| first.key == it.key))
}

#[cfg(test)]
mod tests {
    use crate::Reconciler;
    use crate::repairs::tests::document;

    #[test]
    fn texts_of_spans_are_read_once() {
        let page = [
            "某某项目绩效自评表 | 某某项目绩效自评表 | 某某项目绩效自评表 | 某某项目绩效自评表 | 某某项目绩效自评表 | 某某项目绩效自评表 | 某某项目绩效自评表 | 某某项目绩效自评表 | 某某项目绩效自评表",
            "项目名称 | 修缮项目 | 修缮项目 | 修缮项目 | 自评得分 | 自评得分 | 100 | 100 | 100",
            "主管部门 | 主管部门 | 文化局 | 文化局 | 实施单位 | 实施单位 | 图书馆 | 图书馆 | 图书馆",
            "年度总体目标 | 预期目标 | 预期目标 | 预期目标 | 预期目标 | 实际完成情况 | 实际完成情况 | 实际完成情况 | 实际完成情况",
            "年度总体目标 | 修缮阅览室 | 修缮阅览室 | 修缮阅览室 | 修缮阅览室 | 修缮阅览室 | 修缮阅览室 | 修缮阅览室 | 修缮阅览室",
            "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
            "绩效指标 | 产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 50 | 50 | ",
            "绩效指标 | 产出指标 | 数量指标 | 添置书架 | 12组 | 12组 | 50 | 50 | ",
            "自评得分合计 | 自评得分合计 | 自评得分合计 | 自评得分合计 | 自评得分合计 | 自评得分合计 | 100 | 100 | ",
        ];
        let twice: Vec<String> = page.iter().map(|it| it.replace("修缮", "绿化")).collect();
        let page: Vec<&str> = page.iter().copied().chain(twice.iter().map(String::as_str)).collect();
        let forms = Reconciler::new().rebuild(&document(&page)).forms;
        let told: Vec<String> = forms
            .iter()
            .map(|it| {
                let cells = [&it.title, &it.project, &it.department, &it.unit, &it.total.weight, &it.total.score]
                    .into_iter()
                    .chain([&it.goal.expected, &it.goal.achieved]);
                let texts: Vec<&str> = cells.map(|it| it.as_ref().map_or("-", |it| it.text.as_str())).collect();
                format!("{} {}", texts.join(" "), it.indicators.len())
            })
            .collect();
        assert_eq!(
            told,
            [
                "某某项目绩效自评表 修缮项目 文化局 图书馆 100 100 修缮阅览室 修缮阅览室 2",
                "某某项目绩效自评表 绿化项目 文化局 图书馆 100 100 绿化阅览室 绿化阅览室 2",
            ]
        );
    }
}
