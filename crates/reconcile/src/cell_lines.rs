//! Tables whose cells were printed one a line, or all in one line: what is left of a page when its table is saved as text.
//!
//! In: the lines of a document or of a region without a grid. Out: the lines that the table had: labels with their
//! values, heads side by side, rows of indicators. Empty cells leave nothing behind, so that the rows have an order but
//! no columns.
//!
//! A row ends with its points. A text behind them is its remark if the cells up to the next points are more than a row
//! has; else it is the name of the next row.

use crate::lexicon::{Column, Label, Lexicon};
use crate::segment;
use crate::token::{self, Kind, Line, Mended, Origin, Token};

/// Heads of an indicator block that stand below each other, before a page is taken for cells in lines of their own.
/// Heads; running text has one or two.
const FEWEST_HEADS: usize = 5;

/// A label is broken into no more lines than this. Lines.
const MAX_BROKEN: usize = 3;

/// Parts lines of text that hold a whole table into its cells, which stand between blanks.
pub(crate) fn part_whole_tables<'d>(lines: &mut Vec<Line<'d>>, lexicon: &'d Lexicon) {
    /// The heads alone are longer. Bytes.
    const SHORTEST_TABLE: usize = 200;
    let may_be = |it: &Line<'_>| {
        it.origin == Origin::Text
            && matches!(it.tokens.as_slice(), [only] if SHORTEST_TABLE <= only.text.len() && only.text.contains("级指标"))
    };
    if !lines.iter().any(may_be) {
        return;
    }
    let all = std::mem::take(lines);
    for line in all {
        let words = if may_be(&line) { whole_labels(&[token::words(&line, lexicon)], lexicon) } else { Vec::new() };
        let heads = words.chunk_by(|a, b| is_column(a) && is_column(b)).find(|it| it.len() >= FEWEST_HEADS);
        // Rows of the table stand in the same line.
        let has_rows = heads.is_some() && words.iter().any(|it| it.l2().is_some()) && words.iter().any(is_class);
        if !has_rows {
            lines.push(line);
            continue;
        }
        let (place, break_before) = (line.place, line.break_before);
        lines.extend(words.into_iter().enumerate().map(|(idx, mut word)| {
            word.col = 0;
            let break_before = break_before && idx == 0;
            Line { tokens: vec![word], origin: Origin::Text, place, break_before, mended: Mended::default() }
        }));
    }
}

/// The lines of a region put together; nothing if its cells do not stand in lines of their own.
pub(crate) fn put_together<'d>(lines: &[Line<'d>], lexicon: &'d Lexicon) -> Option<Vec<Line<'d>>> {
    if !lines.iter().any(|it| heads_column(it)) {
        return None;
    }
    let cells = whole_labels(lines, lexicon);
    cells.chunk_by(|a, b| is_column(a) && is_column(b)).find(|it| it.len() >= FEWEST_HEADS)?;
    let mut table =
        Table { lines: Vec::new(), row: Vec::new(), part: Part::Head, columns: Vec::new(), has_remark: false };
    let mut rest = cells.as_slice();
    while let Some((cell, after)) = rest.split_first() {
        table.cell(cell, after, lexicon);
        rest = after;
    }
    table.close();
    Some(table.lines)
}

/// Whether the line is the head of a column and nothing else.
fn heads_column(line: &Line<'_>) -> bool {
    matches!(line.tokens.as_slice(), [only] if is_column(only))
}

fn is_column(cell: &Token<'_>) -> bool {
    cell.kind != Kind::Prose && cell.labels.iter().any(|it| matches!(it, Label::Column(_)))
}

/// Whether the cell names a class of indicators.
fn is_class(cell: &Token<'_>) -> bool {
    cell.kind != Kind::Prose && (cell.l1().is_some() || cell.l2().is_some())
}

/// The cells, in order: labels that are broken over lines put together.
fn whole_labels<'d>(lines: &[Line<'d>], lexicon: &'d Lexicon) -> Vec<Token<'d>> {
    let pieces: Vec<&Token<'d>> = lines.iter().flat_map(|it| &it.tokens).collect();
    let mut cells = Vec::with_capacity(pieces.len());
    let mut rest = pieces.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let broken = |n: &usize| {
            let parts = rest.get(..*n)?;
            // Two labels are two; 年度 and 指标值 are one, and so are 满意度 and 指标.
            let is_piece = |it: &&Token<'d>| it.kind == Kind::Words && it.number.is_none();
            let are_labels = parts.iter().all(|it| !it.labels.is_empty());
            if !parts.iter().all(is_piece) || are_labels && parts.last().is_some_and(|it| is_class(it)) {
                return None;
            }
            let joined: String = parts.iter().map(|it| it.text.trim()).collect();
            let whole = Token::new(joined, None, first.place, 0, lexicon);
            let is_label = !whole.labels.is_empty() && !whole.damaged && whole.kind != Kind::Prose;
            (is_label && (!are_labels || is_class(&whole))).then_some((*n, whole))
        };
        let found = (2..=MAX_BROKEN).rev().find_map(|it| broken(&it));
        let (n, cell) = found.unwrap_or_else(|| (1, (*first).clone()));
        cells.push(cell);
        rest = after.get(n - 1..).unwrap_or(&[]);
    }
    cells
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Head,
    Funds,
    Goal,
    Rows,
}

/// A table in the making.
struct Table<'d> {
    lines: Vec<Line<'d>>,
    /// The line in the making.
    row: Vec<Token<'d>>,
    part: Part,
    /// The columns of the indicators.
    columns: Vec<Column>,
    /// Whether a remark stands behind the points of the row in the making.
    has_remark: bool,
}

impl<'d> Table<'d> {
    fn cell(&mut self, cell: &Token<'d>, after: &[Token<'d>], lexicon: &'d Lexicon) {
        let alone = Line {
            tokens: vec![cell.clone()],
            origin: Origin::Text,
            place: cell.place,
            break_before: false,
            mended: Mended::default(),
        };
        if segment::title(&alone, lexicon).is_some() || segment::is_year_line(&alone) {
            self.close();
            self.lines.push(alone);
            return;
        }
        if is_column(cell) && self.begins_header(after) {
            if self.row.iter().all(is_column) {
                self.row.push(cell.clone());
            } else {
                self.close();
                self.row.push(cell.clone());
            }
            self.part = Part::Rows;
            self.columns = columns(&self.row);
            return;
        }
        match self.part {
            Part::Rows => self.of_rows(cell, after),
            _ => self.before_rows(cell),
        }
    }

    /// Whether a head belongs to the header of the indicators: heads stand around it, or it goes on with one.
    fn begins_header(&self, after: &[Token<'d>]) -> bool {
        let before = self.row.iter().rev().take_while(|it| is_column(it)).count();
        let behind = after.iter().take_while(|it| is_column(it)).count();
        let is_funds = self.row.iter().filter(|it| it.labels.iter().any(|it| matches!(it, Label::Funds(_)))).count();
        before + behind + 1 >= FEWEST_HEADS && (is_funds <= 2 || self.part == Part::Rows)
    }

    fn before_rows(&mut self, cell: &Token<'d>) {
        let is = |it: &Token<'d>, wanted: fn(&Label) -> bool| it.kind != Kind::Prose && it.labels.iter().any(wanted);
        let of_goal =
            |it: &Token<'d>| is(it, |it| matches!(it, Label::GoalBlock | Label::GoalExpected | Label::GoalAchieved));
        let of_funds = |it: &Token<'d>| is(it, |it| matches!(it, Label::Funds(_) | Label::FundsBlock));
        let of_line = |it: &Token<'d>| is(it, |it| matches!(it, Label::FundsLine(_) | Label::FundsGroup));
        let of_head = |it: &Token<'d>| is(it, |it| matches!(it, Label::Head(_)));
        let ends = if of_goal(cell) {
            self.part = Part::Goal;
            // What stands before the heads of the goal names the block.
            !self.row.iter().all(|it| of_goal(it) || it.labels.is_empty())
        } else if of_funds(cell) {
            self.part = Part::Funds;
            !self.row.iter().all(of_funds) || is(cell, |it| *it == Label::FundsBlock)
        } else if of_head(cell) || of_line(cell) || is(cell, |it| *it == Label::IndicatorBlock) {
            self.part = if of_line(cell) { Part::Funds } else { self.part };
            true
        } else {
            match self.part {
                // A label of the head has one value; the goal has two boxes, and their heads stand before them.
                Part::Head => self.row.first().is_some_and(of_head) && self.row.len() > 1,
                Part::Goal => self.row.iter().any(of_goal) || self.row.len() == 2,
                Part::Funds => self.row.iter().all(of_funds),
                Part::Rows => false,
            }
        };
        if ends {
            self.close();
        }
        self.row.push(cell.clone());
    }

    fn of_rows(&mut self, cell: &Token<'d>, after: &[Token<'d>]) {
        if self.row.iter().all(is_column) {
            self.close();
        }
        let opens = is_class(cell) || cell.is(Label::Total) || cell.is(Label::IndicatorBlock);
        let has_values = self.row.iter().any(|it| !is_class(it) && !it.is(Label::IndicatorBlock));
        if opens {
            if has_values {
                self.close();
            }
        } else if is_empty_slot(cell) && after.first().is_none_or(|it| !it.is_figure()) {
            return;
        } else if !cell.is_figure() && (self.has_remark || self.is_full() && !self.is_remark(after)) {
            self.close();
        } else if !cell.is_figure() && self.is_full() {
            self.has_remark = true;
        } else if self.row.first().is_some_and(|it| it.is(Label::Total)) && cell.number.is_none() {
            self.close();
        }
        self.row.push(cell.clone());
    }

    /// How many cells close a row: its points.
    fn n_points(&self) -> usize {
        self.columns.iter().filter(|it| matches!(it, Column::Weight | Column::Score)).count()
    }

    /// Whether the row in the making has its points.
    fn is_full(&self) -> bool {
        let n_points = self.n_points();
        let n_figures = self.row.iter().rev().take_while(|it| it.is_figure()).count();
        if n_points == 0 { self.row.len() > self.n_values() } else { n_figures >= n_points }
    }

    /// How many cells of a row are its own: all but labels and remarks.
    fn n_values(&self) -> usize {
        let is_own = |it: &&Column| {
            !matches!(it, Column::Block | Column::L1 | Column::L2 | Column::Reason | Column::Method | Column::Other)
        };
        self.columns.iter().filter(is_own).count()
    }

    /// Whether a text behind the points of a row is its remark: with it, the cells up to the next points are more than
    /// those of a row, or no points follow before the next label.
    fn is_remark(&self, after: &[Token<'d>]) -> bool {
        if !self.columns.iter().any(|it| matches!(it, Column::Reason | Column::Method)) {
            return false;
        }
        let opens = |it: &&Token<'d>| !is_class(it) && !it.is(Label::Total);
        let n_points = self.n_points().max(1);
        let mut n_cells = 1;
        let mut n_figures = 0;
        for cell in after.iter().take_while(opens).filter(|it| !is_empty_slot(it)) {
            if !cell.is_figure() && n_figures >= n_points {
                break;
            }
            n_cells += 1;
            n_figures = if cell.is_figure() { n_figures + 1 } else { 0 };
        }
        n_figures < n_points || n_cells > self.n_values()
    }

    /// Ends the line in the making.
    fn close(&mut self) {
        self.has_remark = false;
        let mut tokens = std::mem::take(&mut self.row);
        let Some(place) = tokens.first().map(|it| it.place) else { return };
        // A text alone is a line of running text, as it was.
        let is_text = tokens.len() == 1 && tokens.iter().all(|it| it.labels.is_empty());
        let origin = if is_text { Origin::Text } else { Origin::Words };
        for (token, col) in tokens.iter_mut().zip(0..) {
            token.col = col;
        }
        self.lines.push(Line { tokens, origin, place, break_before: false, mended: Mended::default() });
    }
}

/// The columns that heads stand for.
fn columns(heads: &[Token<'_>]) -> Vec<Column> {
    let column = |it: &Token<'_>| it.find(|it| if let Label::Column(column) = it { Some(column) } else { None });
    heads.iter().filter_map(column).collect()
}

/// Whether a cell is a slot of a template that nobody filled: `指标2`, `……`.
fn is_empty_slot(cell: &Token<'_>) -> bool {
    let is_dots = !cell.key.is_empty() && cell.key.chars().all(|it| matches!(it, '.' | '…' | '·'));
    let numbered = cell.key.strip_prefix("指标").is_some_and(|rest| {
        let digits = rest.trim_end_matches([':', '：']);
        !digits.is_empty() && digits.chars().all(|it| it.is_ascii_digit())
    });
    is_dots || numbered
}

#[cfg(test)]
mod tests {
    use gouji_model::{Cell, Form};

    use crate::Reconciler;
    use crate::repairs::tests::document;

    fn forms(cells: &str) -> Vec<Form> {
        let lines: Vec<&str> = cells.split('/').map(str::trim).collect();
        Reconciler::new().rebuild(&document(&lines)).forms
    }

    fn drawn(form: &Form) -> Vec<String> {
        let text = |cell: &Option<Cell>| cell.as_ref().map_or("-", |it| it.text.as_str()).to_owned();
        let row = |it: &gouji_model::Indicator| {
            [&it.l1, &it.l2, &it.name, &it.target, &it.actual, &it.weight, &it.score, &it.reason].map(text).join(" ")
        };
        form.indicators.iter().map(row).collect()
    }

    const HEAD: &str = "项目支出绩效自评表 / (2021年度) / 项目名称 / 修缮 / 主管部门 / 某局 / 实施单位 / 某馆 / 项目资金 / (万元) /
        年初预算数 / 全年预算数 / 全年 / 执行数 / 分值 / 执行率 / 得分 / 年度资金总额 / 40 / 40 / 36 / 10 / 90% / 9 /
        其中:当年财政拨款 / 40 / 40 / 36 / 上年结转资金 / 其他资金 / 年度总体目标 / 预期目标 / 实际完成情况 /
        修缮阅览室三间，添置书架。 / 修缮了两间，书架已经添置。 / 一级指标 / 二级指标 / 三级指标 / 年度 / 指标值 / 实际 /
        完成值 / 分值 / 得分 / 偏差原因分析及改进措施";

    #[test]
    fn a_row_ends_with_its_points() {
        let page = format!(
            "{HEAD} / 产出指标 / 数量指标 / 修缮阅览室 / 3间 / 2间 / 40 / 26 / 工期顺延 / 添置书架 / 12 / 12 / 10 / 10 /
             指标3 / …… / 时效指标 / 完工及时率 / 100% / 90% / 20 / 18 / 效益指标 / 社会效益 / 指标 / 读者人次 / 有所增加 /
             有所增加 / 10 / 10 / 满意度 / 指标 / 服务对象满意度指标 / 读者满意度 / ≥90% / 95% / 10 / 10 / 总分 / 100 / 83"
        );
        let forms = forms(&page);
        let [form] = forms.as_slice() else { panic!("one form: {}", forms.len()) };
        assert_eq!(
            drawn(form),
            [
                "产出指标 数量指标 修缮阅览室 3间 2间 40 26 工期顺延",
                "产出指标 数量指标 添置书架 12 12 10 10 -",
                "产出指标 时效指标 完工及时率 100% 90% 20 18 -",
                "效益指标 社会效益指标 读者人次 有所增加 有所增加 10 10 -",
                "满意度指标 服务对象满意度指标 读者满意度 ≥90% 95% 10 10 -",
            ]
        );
        let text = |cell: &Option<Cell>| cell.as_ref().map(|it| it.text.clone()).unwrap_or_default();
        let total = &form.funds[0];
        assert_eq!(
            [&total.budget, &total.revised, &total.executed, &total.weight, &total.rate, &total.score].map(text),
            ["40", "40", "36", "10", "90%", "9"]
        );
        assert_eq!(form.funds.len(), 4);
        assert_eq!([&form.project, &form.department, &form.unit].map(text), ["修缮", "某局", "某馆"]);
        assert_eq!(text(&form.goal.expected), "修缮阅览室三间，添置书架。");
        assert_eq!(text(&form.goal.achieved), "修缮了两间，书架已经添置。");
        assert_eq!([&form.total.weight, &form.total.score].map(text), ["100", "83"]);
    }

    #[test]
    fn a_table_in_one_line_is_parted_at_its_blanks() {
        let page = format!(
            "{HEAD} / 产出指标(50分) / 数量指标 / 添置书架 / ≥12个 / 12 / 50 / 50 / 效益指标(40分) / 社会效益指标 / 读者人次 /
             有所增加 / 达成预期指标 / 40 / 40 / 总分 / 100 / 99"
        );
        let line: Vec<&str> = page.split('/').map(str::trim).collect();
        let document = document(&[&format!("附件: {}", line.join(" "))]);
        let forms = Reconciler::new().rebuild(&document).forms;
        let [form] = forms.as_slice() else { panic!("one form: {}", forms.len()) };
        assert_eq!(
            drawn(form),
            [
                "产出指标 数量指标 添置书架 ≥12个 12 50 50 -",
                "效益指标 社会效益指标 读者人次 有所增加 达成预期指标 40 40 -",
            ]
        );
        assert_eq!(form.funds.len(), 4);
    }

    #[test]
    fn an_operator_and_a_unit_in_cells_of_their_own_belong_to_the_target() {
        let page = "部门预算项目支出绩效自评表 / 项目名称 / 修缮 / 绩效指标(90分) / 一级指标 / 二级指标 / 三级指标 / 指标性质 / 指标值 /
            度量单位 / 完成值 / 权重 / 得分 / 产出指标 / 数量指标 / 覆盖率 / = / 100 / % / 60 / 效益指标 / 社会效益指标 / 足额率 /
            ≥ / 95 / % / 30 / 合计 / 100";
        let forms = forms(page);
        let [form] = forms.as_slice() else { panic!("one form: {}", forms.len()) };
        assert_eq!(
            drawn(form),
            ["产出指标 数量指标 覆盖率 =100% - 60 - -", "效益指标 社会效益指标 足额率 ≥95% - 30 - -"]
        );
        assert_eq!(form.total.weight.as_ref().map(|it| it.text.as_str()), Some("100"));
    }

    #[test]
    fn a_remark_behind_the_funds_is_told_as_left_out() {
        let page = "项目绩效自评表 / 项目名称 / 修缮 / 项目资金 / 年初预算数 / 全年预算数 / 全年执行数 / 分值 / 执行率 / 得分 / 原因 /
            年度资金总额 / 40 / 40 / 36 / 10 / 90% / 9 / 尾款留待验收之后支付，已列入下年计划。 / 一级指标 / 二级指标 / 三级指标 /
            年度指标值 / 实际完成值 / 分值 / 得分 / 产出指标 / 数量指标 / 修缮阅览室 / 3间 / 3间 / 90 / 90 / 总分 / 100 / 99";
        let forms = forms(page);
        let [form] = forms.as_slice() else { panic!("one form: {}", forms.len()) };
        let told: Vec<&str> = form.repairs.iter().filter(|it| it.code == "R10").map(|it| it.what.en.as_str()).collect();
        assert_eq!(told, ["a cell fits no column and was left out: 尾款留待验收之后支付，已列入下年计划。"]);
    }

    #[test]
    fn prose_about_forms_is_no_table() {
        let page = "项目支出绩效自评表 / 填报说明 / 一级指标 / 二级指标 / 三级指标按下表填报。 / 得分 / 由单位自评。";
        assert!(forms(page).is_empty());
    }
}
