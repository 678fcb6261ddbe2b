//! Renderings: forms that are printed as running text, and forms that are printed twice.
//!
//! In: the lines of a region without a grid. Out: lines of words as a grid would have given them: labels, name, values.
//! And: two forms of one project and year into one, the grid's text first.

use gouji_model::{Alternative, Cell, Form, FundsField, Pointer};

use crate::lexicon::{Column, Label, Lexicon};
use crate::repairs;
use crate::rows;
use crate::segment;
use crate::text;
use crate::token::{self, Line, Mended, Origin, Token};

/// Lines of running text in the making.
struct Assembly<'d> {
    lexicon: &'d Lexicon,
    lines: Vec<Line<'d>>,
    /// Rows 总分: they are printed before the rows that they add up.
    totals: Vec<Line<'d>>,
    /// Labels and pieces of a name that wait for the figures of their row.
    labels: Vec<Token<'d>>,
    name: Vec<Token<'d>>,
    /// Characters printed one below the other.
    vertical: Vec<Token<'d>>,
    goal: Vec<Line<'d>>,
    part: Part,
    /// How many figures close a row.
    figures: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Head,
    Goal,
    Rows,
}

/// The lines of a region that holds no grid, put together in reading order.
pub(crate) fn put_together<'d>(lines: &[Line<'d>], lexicon: &'d Lexicon) -> Vec<Line<'d>> {
    let mut assembly = Assembly {
        lexicon,
        lines: Vec::new(),
        totals: Vec::new(),
        labels: Vec::new(),
        name: Vec::new(),
        vertical: Vec::new(),
        goal: Vec::new(),
        part: Part::Head,
        figures: 2,
    };
    for line in lines {
        assembly.line(line);
    }
    assembly.end_of_vertical();
    assembly.end_of_goal();
    assembly.flush_name();
    let Assembly { mut lines, totals, .. } = assembly;
    lines.extend(totals);
    lines
}

impl<'d> Assembly<'d> {
    fn line(&mut self, line: &Line<'d>) {
        let Some(first) = line.tokens.first() else { return };
        if first.key.chars().count() == 1 && line.tokens.len() == 1 {
            self.vertical.push(first.clone());
            return;
        }
        self.end_of_vertical();
        if segment::title(line, self.lexicon).is_some() || segment::is_year_line(line) {
            self.lines.push(line.clone());
            return;
        }
        let cut = token::words(line, self.lexicon);
        if segment::is_indicator_header(&cut) {
            self.end_of_goal();
            let has = |column: Column| cut.any(|it| it == Label::Column(column));
            self.figures = usize::from(has(Column::Weight)) + usize::from(has(Column::Score));
            self.part = Part::Rows;
            self.lines.push(cut);
            return;
        }
        match self.part {
            Part::Head => self.head(line, cut),
            Part::Goal => self.goal.push(line.clone()),
            Part::Rows => self.row(line, cut),
        }
    }

    fn head(&mut self, line: &Line<'d>, cut: Line<'d>) {
        let heads_goal = cut.tokens.iter().all(|it| {
            it.labels.iter().any(|it| matches!(it, Label::GoalExpected | Label::GoalAchieved | Label::GoalBlock))
        });
        if heads_goal {
            self.part = Part::Goal;
            self.lines.push(cut);
            return;
        }
        let of_form =
            |it: Label| matches!(it, Label::Head(_) | Label::FundsBlock | Label::Funds(_) | Label::FundsLine(_));
        let opens = cut.tokens.first().is_some_and(|it| it.labels.iter().any(|it| of_form(*it)));
        self.lines.push(if opens { cut } else { line.clone() });
    }

    fn row(&mut self, line: &Line<'d>, cut: Line<'d>) {
        let Some(first) = cut.tokens.first() else { return };
        if first.is(Label::Total) {
            self.flush_name();
            self.totals.push(cut);
            return;
        }
        let figures = cut.tokens.iter().filter(|it| it.is_figure()).count();
        let closes = if self.figures == 0 { cut.tokens.len() > 1 } else { figures >= self.figures };
        if closes {
            let place = cut.place;
            let labels = std::mem::take(&mut self.labels);
            let name = join(std::mem::take(&mut self.name), self.lexicon);
            let mut tokens: Vec<Token<'d>> = labels.into_iter().chain(name).chain(cut.tokens).collect();
            for (token, col) in tokens.iter_mut().zip(0..) {
                token.col = col;
            }
            self.lines.push(Line {
                tokens,
                origin: Origin::Words,
                place,
                break_before: false,
                mended: Mended::default(),
            });
            return;
        }
        let Some(piece) = line.tokens.first() else { return };
        if is_class(piece) {
            self.flush_name();
            self.label(piece.clone());
            return;
        }
        // A label broken over two lines.
        let whole = self.name.last().and_then(|last| join(vec![last.clone(), piece.clone()], self.lexicon));
        if let Some(label) = whole.filter(is_class) {
            self.name.pop();
            self.flush_name();
            self.label(label);
            return;
        }
        self.name.push(piece.clone());
    }

    fn label(&mut self, label: Token<'d>) {
        if label.l2().is_some() {
            self.labels = vec![label];
        } else {
            let place = label.place;
            self.lines.push(Line {
                tokens: vec![label],
                origin: Origin::Words,
                place,
                break_before: false,
                mended: Mended::default(),
            });
        }
    }

    /// Pieces that no row took: texts that the program drew apart from their row.
    fn flush_name(&mut self) {
        if let Some(token) = join(std::mem::take(&mut self.name), self.lexicon) {
            let place = token.place;
            self.lines.push(Line {
                tokens: vec![token],
                origin: Origin::Text,
                place,
                break_before: false,
                mended: Mended::default(),
            });
        }
    }

    fn end_of_vertical(&mut self) {
        let Some(token) = join(std::mem::take(&mut self.vertical), self.lexicon) else { return };
        let place = token.place;
        let line =
            Line { tokens: vec![token], origin: Origin::Words, place, break_before: false, mended: Mended::default() };
        match self.part {
            // Labels of whole blocks; those of the goal say nothing that its own heads do not.
            _ if !line.any(|_| true) => self.lines.push(Line { origin: Origin::Text, ..line }),
            Part::Rows => {}
            _ => {}
        }
    }

    /// The goal's two boxes: what stands last is what was reached.
    fn end_of_goal(&mut self) {
        let goal = std::mem::take(&mut self.goal);
        let Some((last, before)) = goal.split_last() else { return };
        let mut words = token::words(last, self.lexicon).tokens;
        let mut tokens: Vec<Token<'d>> = before.iter().flat_map(|it| it.tokens.iter().cloned()).collect();
        let achieved = if words.len() > 1 || !tokens.is_empty() { words.pop() } else { None };
        tokens.append(&mut words);
        let place = last.place;
        let mut boxes: Vec<Token<'d>> = join(tokens, self.lexicon).into_iter().chain(achieved).collect();
        for (token, col) in boxes.iter_mut().zip(0..) {
            token.col = col;
        }
        self.lines.push(Line {
            tokens: boxes,
            origin: Origin::Words,
            place,
            break_before: false,
            mended: Mended::default(),
        });
    }
}

fn is_class(token: &Token<'_>) -> bool {
    (token.l1().is_some() || token.l2().is_some()) && !token.damaged
}

/// Pieces of one text, without blanks between.
fn join<'d>(pieces: Vec<Token<'d>>, lexicon: &'d Lexicon) -> Option<Token<'d>> {
    let first = pieces.first()?;
    let place = first.place;
    let text: String = pieces.iter().map(|it| it.text.trim()).collect();
    Some(Token::new(text, None, place, 0, lexicon))
}

/// Whether two forms of a document are two renderings of one: the same project and year, one of them running text.
pub(crate) fn is_rendering_of(form: &Form, is_text: bool, other: &Form, other_is_text: bool) -> bool {
    let project = |form: &Form| form.project.as_ref().map(|it| text::key(&it.text));
    let year = |form: &Form| form.year.as_ref().map(|it| it.text.clone());
    is_text != other_is_text && project(form).is_some() && project(form) == project(other) && year(form) == year(other)
}

/// Whether a form is another one printed again: one project, year and unit, the same rows in the same order, and hardly a
/// value that differs. Forms of one project that have other figures are two.
pub(crate) fn is_copy_of(form: &Form, other: &Form) -> bool {
    /// Of so many values one may differ: what a recognition misreads in one of two copies.
    const ONE_OF: usize = 20;
    let same = |a: Option<&Cell>, b: Option<&Cell>| match (a, b) {
        // Most pairs of forms differ in the first characters of their project.
        (Some(a), Some(b)) => a.text.chars().filter_map(text::fold_char).eq(b.text.chars().filter_map(text::fold_char)),
        (a, b) => a.is_none() && b.is_none(),
    };
    let same_at = |at: Pointer| same(form.cell(at), other.cell(at));
    if form.project.is_none()
        || form.kind != other.kind
        || form.indicators.len() != other.indicators.len()
        || form.funds.len() != other.funds.len()
        || !same_at(Pointer::Project)
        || ![Pointer::Year, Pointer::Department, Pointer::Unit].into_iter().all(same_at)
    {
        return false;
    }
    let rows = || form.indicators.iter().zip(&other.indicators);
    let have_names = rows().all(|(a, b)| same(a.name.as_ref(), b.name.as_ref()));
    let (mut n_values, mut n_differing) = (0, 0);
    let mut count = |a: Option<&Cell>, b: Option<&Cell>| {
        n_values += usize::from(a.is_some() || b.is_some());
        n_differing += usize::from(!same(a, b));
    };
    for (a, b) in rows() {
        rows::VALUES.into_iter().for_each(|it| count(a.field(it), b.field(it)));
    }
    for (a, b) in form.funds.iter().zip(&other.funds) {
        FundsField::ALL.iter().for_each(|it| count(a.field(*it), b.field(*it)));
    }
    have_names && n_differing * ONE_OF <= n_values
}

/// Merges another rendering into a form: the form's text stands, what differs becomes an alternative.
pub(crate) fn merge(form: &mut Form, other: Form) {
    let mut n_differing = 0;
    let mut note = |form: &mut Form, at: Pointer, theirs: Option<&Cell>| {
        let (Some(mine), Some(theirs)) = (form.cell(at), theirs) else { return };
        if text::key(&mine.text) != text::key(&theirs.text) {
            n_differing += 1;
            form.alternatives.push(Alternative {
                at: vec![at],
                values: vec![Some(theirs.text.clone())],
                cost_centi: crate::align::MOVE as u32 / 2,
                why: Alternative::other_rendering_at(&theirs.place),
            });
        }
    };
    for at in [Pointer::Department, Pointer::Unit, Pointer::TotalWeight, Pointer::TotalScore] {
        note(form, at, other.cell(at));
    }
    for (idx, line) in other.funds.iter().enumerate() {
        let label = line.label.as_ref().map(|it| text::key(&it.text));
        let same = |it: &&gouji_model::FundsLine| it.label.as_ref().map(|it| text::key(&it.text)) == label;
        if form.funds.get(idx).filter(same).is_none() {
            continue;
        }
        for field in FundsField::ALL.iter().copied().filter(|it| *it != FundsField::Label) {
            note(form, Pointer::Funds(idx, field), line.field(field));
        }
    }
    let name = |row: &gouji_model::Indicator| row.name.as_ref().map(|it| text::key(&it.text));
    let mut from = 0;
    for row in &other.indicators {
        let Some(idx) =
            (from..form.indicators.len()).find(|it| form.indicators.get(*it).is_some_and(|it| name(it) == name(row)))
        else {
            continue;
        };
        from = idx + 1;
        for field in rows::VALUES {
            note(form, Pointer::Indicator(idx, field), row.field(field));
        }
    }
    form.renderings += other.renderings;
    form.repairs.push(repairs::merged(n_differing));
    form.repairs.sort_by(|a, b| a.code.cmp(&b.code));
}

#[cfg(test)]
mod tests {
    use crate::Reconciler;
    use crate::repairs::tests::document;

    #[test]
    fn a_form_printed_again_is_one_form_and_other_figures_are_another() {
        const FORM: [&str; 6] = [
            "项目绩效自评表",
            "项目名称 | 修缮项目 |  |  |  |  | ",
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
            "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 50 | 50",
            " | 质量指标 | 验收合格率 | 100% | 100% | 50 | 48",
            "总分 |  |  |  |  | 100 | 98",
        ];
        let check = |from: &str, to: &str, want: &[usize]| {
            let again: Vec<String> = FORM.iter().map(|it| it.replace(from, to)).collect();
            let page: Vec<&str> = FORM.iter().copied().chain(again.iter().map(String::as_str)).collect();
            let forms = Reconciler::new().rebuild(&document(&page)).forms;
            let renderings: Vec<usize> = forms.iter().map(|it| it.renderings).collect();
            assert_eq!(renderings, want, "{from} {to}");
        };
        check("", "", &[2]);
        check("修缮项目", "绿化项目", &[1, 1]);
        check("3间", "5间", &[1, 1]);
        check("合格率", "优良率", &[1, 1]);
    }

    #[test]
    fn the_other_copy_is_named_where_it_stands_in_another_sheet() {
        let rows: [&str; 9] = [
            "项目绩效自评表",
            "项目名称 | 修缮项目 |  |  |  |  | ",
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
            "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20",
            " | 质量指标 | 验收合格率 | 100% | 100% | 20 | 20",
            " | 时效指标 | 按期完工 | 12月 | 12月 | 20 | 20",
            "效益指标 | 社会效益指标 | 服务读者 | 1000人次 | 1200人次 | 30 | 30",
            "满意度指标 | 服务对象满意度指标 | 读者满意度 | 90% | 95% | 10 | 10",
            "总分 |  |  |  |  | 100 | 100",
        ];
        let again: Vec<String> = rows.iter().map(|it| it.replace("1200", "1300")).collect();
        let page: Vec<&str> = rows.iter().copied().chain(again.iter().map(String::as_str)).collect();
        let mut document = document(&page);
        for block in &mut document.blocks {
            let gouji_model::Block::Grid(grid) = block else { continue };
            for slot in grid.rows.iter_mut().flat_map(|it| &mut it.slots) {
                if let gouji_model::Slot::Cell(cell) = slot {
                    cell.place.sheet = Some("附件".into());
                    cell.place.cell = Some(format!("E{}", cell.place.line.unwrap_or(0)).into());
                }
            }
        }
        let forms = Reconciler::new().rebuild(&document).forms;
        let said: Vec<_> = forms.iter().flat_map(|it| &it.alternatives).map(|it| it.other_place()).collect();
        assert_eq!((forms.len(), said), (1, vec![Some("附件!E16")]));
    }
}
