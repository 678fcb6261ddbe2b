//! A form as the checks see it: every number parsed once, the lines and rows that count, and what cannot be relied on.
//!
//! In: a form and what is known of its document. Out: [`Facts`], computed once a form and shared by all checks; the
//! reading of targets and actuals is put off until a check asks for it.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use gouji_model::{Cell, Form, FormKind, FundsField, FundsLine, FundsRole, Indicator, IndicatorField, Pointer, Points};
use gouji_quantity::{Decimal, Interval, Number, Percent, is_empty_mark};

use crate::groups::runs;
use crate::met::{Comparison, Values};
use crate::money::Sums;
use crate::names;
use crate::profile::Profile;
use crate::prose::{Passage, Prose};
use crate::siblings::Sibling;
use crate::thresholds::Thresholds;

/// What a cell that should hold a figure holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Figure {
    /// Nothing, or a mark that stands for nothing.
    #[default]
    Blank,
    /// A number.
    Number(Number),
    /// Something that is no number.
    Words,
}

impl Figure {
    /// Reads a cell of points: `10`, `9.5`, `10分`.
    pub fn points(cell: Option<&Cell>) -> Figure {
        Figure::read(cell, |text| {
            let text = text.trim();
            gouji_quantity::number(text).or_else(|| gouji_quantity::number(text.strip_suffix('分')?))
        })
    }

    /// Reads an amount in the unit of its block, which is 10^`block_power` 元. A unit printed in the cell overrides it.
    pub fn amount(cell: Option<&Cell>, block_power: i32) -> Figure {
        Figure::read(cell, |text| match gouji_quantity::number(text) {
            Some(bare) => Some(bare),
            None => gouji_quantity::amount(text, block_power)?.shifted(-block_power),
        })
    }

    fn read(cell: Option<&Cell>, read: impl Fn(&str) -> Option<Number>) -> Figure {
        match cell {
            None => Figure::Blank,
            Some(cell) => match read(&cell.text) {
                Some(number) => Figure::Number(number),
                None if is_empty_mark(&cell.text) => Figure::Blank,
                None => Figure::Words,
            },
        }
    }

    /// The number, if it is one.
    pub fn number(self) -> Option<Number> {
        match self {
            Figure::Number(number) => Some(number),
            Figure::Blank | Figure::Words => None,
        }
    }

    /// Nothing is printed.
    pub fn is_blank(self) -> bool {
        self == Figure::Blank
    }

    /// The number zero.
    pub fn is_zero(self) -> bool {
        self.number().is_some_and(Number::is_zero)
    }
}

/// The figures of one line of the funds block.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line {
    /// 年初预算数.
    pub budget: Figure,
    /// 全年预算数.
    pub revised: Figure,
    /// 全年执行数.
    pub executed: Figure,
    /// 分值.
    pub weight: Figure,
    /// 得分.
    pub score: Figure,
    /// 执行率, if it is one.
    pub rate: Option<Percent>,
}

impl Line {
    fn read(line: &FundsLine, block_power: i32) -> Line {
        Line {
            budget: Figure::amount(line.budget.as_ref(), block_power),
            revised: Figure::amount(line.revised.as_ref(), block_power),
            executed: Figure::amount(line.executed.as_ref(), block_power),
            weight: Figure::points(line.weight.as_ref()),
            score: Figure::points(line.score.as_ref()),
            rate: line.rate.as_ref().and_then(|it| gouji_quantity::percent(&it.text)),
        }
    }

    /// The amount printed under `field`; blank for what is no amount.
    pub fn amount(&self, field: FundsField) -> Figure {
        match field {
            FundsField::Budget => self.budget,
            FundsField::Revised => self.revised,
            FundsField::Executed => self.executed,
            FundsField::Label | FundsField::Weight | FundsField::Rate | FundsField::Score => Figure::Blank,
        }
    }
}

/// The columns of the funds block that hold money, left to right.
pub(crate) const AMOUNTS: [FundsField; 3] = [FundsField::Budget, FundsField::Revised, FundsField::Executed];

/// The figures of one row of the indicator block.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// 分值.
    pub weight: Figure,
    /// 得分.
    pub score: Figure,
    /// The row is printed and does not apply: weight or score 0 (or both blank) with target 0 or blank.
    pub is_idle: bool,
    /// The row is cut off by the end of the text: no input of any check.
    pub is_lost: bool,
    /// A row without weight and score below a weighted row of the same l2: a part of that row.
    pub is_part: bool,
    values: OnceCell<Rc<Values>>,
    comparison: OnceCell<Comparison>,
    bare_name: OnceCell<Option<Rc<str>>>,
}

impl Row {
    fn read(row: &Indicator) -> Row {
        let weight = Figure::points(row.weight.as_ref());
        let score = Figure::points(row.score.as_ref());
        let target = row.target.as_ref();
        let has_no_target = is_empty(target) || target.is_some_and(|cell| is_zero(&cell.text));
        let is_unscored = weight.is_zero() || score.is_zero() || (weight.is_blank() && score.is_blank());
        Row { weight, score, is_idle: has_no_target && is_unscored, ..Row::default() }
    }
}

/// Power of ten of the unit of the funds block in 元; 万元 where none is printed.
pub(crate) fn block_power(form: &Form) -> i32 {
    form.funds_unit.as_ref().and_then(|cell| gouji_quantity::money_power(&cell.text)).unwrap_or(4)
}

fn most_decimals(rows: &[Row], total: Figure) -> u32 {
    let scores = rows.iter().map(|row| row.score).chain([total]);
    scores.filter_map(|it| it.number().map(Number::decimals)).max().unwrap_or(0)
}

/// A run of rows that share a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The rows, half-open.
    pub rows: Range<usize>,
    /// The points printed beside the label.
    pub points: Option<Number>,
}

/// What the checks of one form read.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The form.
    pub form: &'a Form,
    /// Cells came through optical character recognition.
    pub is_ocr: bool,
    /// The weight scheme.
    pub profile: &'a Profile,
    /// Every known scheme.
    pub profiles: &'a [Profile],
    /// Bounds of suspicions.
    pub thresholds: Thresholds,
    /// The forms of the document, this one included.
    pub siblings: &'a [Sibling],
    /// Which of the siblings this form is.
    pub sibling_idx: usize,
    /// The same forms as they are printed; empty where only one is looked at.
    pub document: &'a [Form],
    /// One for each line of `form.funds`.
    pub lines: Vec<Line>,
    /// The line 年度资金总额.
    pub total_line: Option<usize>,
    /// One for each row of `form.indicators`.
    pub rows: Vec<Row>,
    /// Total 分值.
    pub total_weight: Figure,
    /// Total 得分.
    pub total_score: Figure,
    /// Runs of rows of one l1.
    pub blocks: Vec<Group>,
    /// Runs of rows of one l1 and l2.
    pub groups: Vec<Group>,
    /// Most decimals that a score of the indicator block or of its total prints.
    pub score_decimals: u32,
    prints_inverse: OnceCell<bool>,
    comparison_is_barred: OnceCell<bool>,
    prose: RefCell<BTreeMap<Pointer, Rc<Prose>>>,
    /// Computed for the first check that asks.
    pub(crate) sums: Sums,
}

/// What [`Facts`] own: handed on from one reading of a form to the next, of which one cell differs.
#[derive(Debug)]
pub(crate) struct Owned {
    lines: Vec<Line>,
    total_line: Option<usize>,
    rows: Vec<Row>,
    total_weight: Figure,
    total_score: Figure,
    blocks: Vec<Group>,
    groups: Vec<Group>,
    score_decimals: u32,
}

impl<'a> Facts<'a> {
    /// Reads the form.
    pub fn new(
        form: &'a Form,
        is_ocr: bool,
        profiles: &'a [Profile],
        siblings: &'a [Sibling],
        sibling_idx: usize,
    ) -> Facts<'a> {
        let power = block_power(form);
        let lines: Vec<Line> = form.funds.iter().map(|line| Line::read(line, power)).collect();
        let rows = read_rows(form);
        let total_weight = Figure::points(form.total.weight.as_ref());
        let total_score = Figure::points(form.total.score.as_ref());
        let score_decimals = most_decimals(&rows, total_score);
        let blocks = runs(form, |row| (row.l1.as_ref(), None), |row| row.l1_weight.as_ref());
        let groups = runs(form, |row| (row.l1.as_ref(), row.l2.as_ref()), |row| row.l2_weight.as_ref());
        let total_line = form.funds.iter().position(|line| line.role == FundsRole::Total);
        let mut facts = Facts {
            form,
            is_ocr,
            profile: Profile::unknown(),
            profiles,
            thresholds: Thresholds::DEFAULT,
            siblings,
            sibling_idx,
            document: &[],
            lines,
            total_line,
            rows,
            total_weight,
            total_score,
            blocks,
            groups,
            score_decimals,
            prints_inverse: OnceCell::new(),
            comparison_is_barred: OnceCell::new(),
            prose: RefCell::default(),
            sums: Sums::default(),
        };
        facts.profile = Profile::recognize(&facts, profiles);
        facts
    }

    /// A copy of what it owns, comparisons that were made included.
    pub(crate) fn copy_owned(&self) -> Owned {
        Owned {
            lines: self.lines.clone(),
            total_line: self.total_line,
            rows: self.rows.clone(),
            total_weight: self.total_weight,
            total_score: self.total_score,
            blocks: self.blocks.clone(),
            groups: self.groups.clone(),
            score_decimals: self.score_decimals,
        }
    }

    /// Gives up what it owns, for the next reading of the form.
    pub(crate) fn into_owned(self) -> Owned {
        Owned {
            lines: self.lines,
            total_line: self.total_line,
            rows: self.rows,
            total_weight: self.total_weight,
            total_score: self.total_score,
            blocks: self.blocks,
            groups: self.groups,
            score_decimals: self.score_decimals,
        }
    }

    /// These facts for a form that differs from theirs in the cells at `pointers`: labels and the scheme stay.
    pub(crate) fn reread<'b>(&self, form: &'b Form, owned: Owned, pointers: impl Iterator<Item = Pointer>) -> Facts<'b>
    where
        'a: 'b,
    {
        let Owned { lines, total_line, rows, total_weight, total_score, blocks, groups, score_decimals } = owned;
        let mut facts = Facts {
            form,
            is_ocr: self.is_ocr,
            profile: self.profile,
            profiles: self.profiles,
            thresholds: self.thresholds,
            siblings: self.siblings,
            sibling_idx: self.sibling_idx,
            document: self.document,
            lines,
            total_line,
            rows,
            total_weight,
            total_score,
            blocks,
            groups,
            score_decimals,
            prints_inverse: self.prints_inverse.clone(),
            comparison_is_barred: OnceCell::new(),
            prose: self.prose.clone(),
            sums: Sums::default(),
        };
        for pointer in pointers {
            facts.prose.get_mut().remove(&pointer);
            facts.reread_cell(pointer);
        }
        facts.score_decimals = most_decimals(&facts.rows, facts.total_score);
        facts
    }

    fn reread_cell(&mut self, pointer: Pointer) {
        let form = self.form;
        let reread_row = |row: &mut Row, indicator: &Indicator| {
            *row = Row { is_lost: row.is_lost, is_part: row.is_part, ..Row::read(indicator) };
        };
        match pointer {
            Pointer::Funds(line_idx, _) => {
                if let Some((figures, line)) = self.lines.get_mut(line_idx).zip(form.funds.get(line_idx)) {
                    *figures = Line::read(line, block_power(form));
                }
            }
            Pointer::Indicator(row_idx, _) | Pointer::Row(row_idx) => {
                if let Some((row, indicator)) = self.rows.get_mut(row_idx).zip(form.indicators.get(row_idx)) {
                    reread_row(row, indicator);
                }
            }
            Pointer::TotalWeight => self.total_weight = Figure::points(form.total.weight.as_ref()),
            Pointer::TotalScore => self.total_score = Figure::points(form.total.score.as_ref()),
            _ => {}
        }
    }

    /// The form is a self-evaluation.
    pub fn is_self_evaluation(&self) -> bool {
        self.form.kind == FormKind::SelfEvaluation
    }

    /// The figures of the total line and where it stands.
    pub fn total_line(&self) -> Option<(usize, &Line)> {
        let line_idx = self.total_line?;
        Some((line_idx, self.lines.get(line_idx)?))
    }

    /// Points of the funds: those of the total line, else those printed beside a block such as 预算执行情况(20分).
    pub fn funds_weight(&self) -> Option<Number> {
        let own = self.total_line().and_then(|(_, line)| line.weight.number());
        own.or_else(|| Figure::points(self.funds_block()?.value.as_ref()).number())
    }

    /// Score of the funds and its points.
    pub fn funds_score(&self) -> Option<(Number, Option<Number>)> {
        let own = self.total_line().and_then(|(_, line)| line.score.number());
        let score = own.or_else(|| Figure::points(self.funds_block()?.score.as_ref()).number())?;
        Some((score, self.funds_weight()))
    }

    /// The block of points that stands for the funds; one over rows of indicators is none.
    fn funds_block(&self) -> Option<&'a Points> {
        self.form.points.iter().find(|it| {
            it.rows.is_empty() && ["预算执行", "资金执行", "执行率"].iter().any(|word| it.label.text.contains(word))
        })
    }

    /// The budget column that rates are computed on: 全年预算数, or 年初预算数 where the form has no 全年 column.
    pub fn rate_base(&self) -> FundsField {
        if self.has_funds_column(FundsField::Revised) { FundsField::Revised } else { FundsField::Budget }
    }

    /// The funds block prints this column, or a cell of it is filled.
    pub fn has_funds_column(&self, field: FundsField) -> bool {
        self.form.printed.funds.fields.contains(&field) || self.form.funds.iter().any(|it| it.field(field).is_some())
    }

    /// The indicator block prints this column, or a cell of it is filled.
    pub fn has_column(&self, field: IndicatorField) -> bool {
        self.form.printed.indicators.fields.contains(&field)
            || self.form.indicators.iter().any(|it| it.field(field).is_some())
    }

    /// The label of this field is printed.
    pub fn has_label(&self, pointer: Pointer) -> bool {
        self.form.printed.labels.contains(&pointer)
    }

    /// Most decimals printed in a column of the funds block.
    pub fn funds_decimals(&self, field: FundsField) -> u32 {
        let figure = |line: &Line| match field {
            FundsField::Weight => line.weight,
            FundsField::Score => line.score,
            _ => line.amount(field),
        };
        self.lines.iter().filter_map(|it| figure(it).number().map(Number::decimals)).max().unwrap_or(0)
    }

    /// Rows that take part in sums, with their place.
    pub fn counted_rows(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().filter(|(_, row)| !row.is_lost)
    }

    /// Rows are missing at the head or the tail, so that sums over all rows cannot be made.
    pub fn is_open(&self) -> bool {
        self.form.printed.open_head || self.is_open_tail()
    }

    /// Rows may follow that the text has lost.
    pub fn is_open_tail(&self) -> bool {
        self.form.printed.open_tail && self.is_self_evaluation()
    }

    /// Some row prints a weight.
    pub fn has_weights(&self) -> bool {
        self.rows.iter().any(|row| !row.weight.is_blank())
    }

    /// Some row prints a score.
    pub fn has_scores(&self) -> bool {
        self.rows.iter().any(|row| !row.score.is_blank())
    }

    /// The row's own reason, or the form's one box for reasons.
    pub fn has_reason(&self, row_idx: usize) -> bool {
        let own = self.form.indicators.get(row_idx).and_then(|row| row.reason.as_ref());
        says_something(own) || says_something(self.form.deviation.as_ref())
    }

    /// A reason stands somewhere in the form: in a reason cell, the form's box, or as a word of its prose.
    pub fn has_reason_anywhere(&self) -> bool {
        let form = self.form;
        says_something(form.deviation.as_ref())
            || form.indicators.iter().any(|row| says_something(row.reason.as_ref()))
            || form
                .goal
                .achieved
                .iter()
                .chain(form.texts.iter().filter_map(|it| it.text.as_ref()))
                .any(|cell| crate::words::has_shortfall(&cell.text))
    }

    /// How the row's actual stands to its target.
    pub fn comparison(&self, row_idx: usize) -> &Comparison {
        static NONE: Comparison = Comparison::NONE;
        let Some((row, indicator)) = self.rows.get(row_idx).zip(self.form.indicators.get(row_idx)) else {
            return &NONE;
        };
        row.comparison.get_or_init(|| {
            let values = row.values.get_or_init(|| Rc::new(Values::of(indicator)));
            Comparison::of(indicator, values, self.profile, self.prints_inverse(), self.is_ocr)
        })
    }

    /// What the row's target and actual say, read once for all checks.
    pub fn values(&self, row_idx: usize) -> Option<&Values> {
        let (row, indicator) = self.rows.get(row_idx).zip(self.form.indicators.get(row_idx))?;
        Some(row.values.get_or_init(|| Rc::new(Values::of(indicator))))
    }

    /// The name of a row as names are compared: without white space and its number in a list.
    pub(crate) fn bare_name(&self, row_idx: usize) -> Option<&str> {
        let (row, indicator) = self.rows.get(row_idx).zip(self.form.indicators.get(row_idx))?;
        let name = || indicator.name.as_ref().map(|it| Rc::from(names::bare(&it.text)));
        row.bare_name.get_or_init(name).as_deref()
    }

    /// The text that a pointer names, with the quantities, dates, equations and lists in it; read once. `None` where
    /// nothing is printed.
    pub(crate) fn passage(&self, pointer: Pointer) -> Option<Passage<'a>> {
        let text = self.form.cell(pointer)?.text.as_str();
        if let Some(prose) = self.prose.borrow().get(&pointer) {
            return Some(Passage { text, prose: Rc::clone(prose) });
        }
        // What was done is often what was planned, word for word.
        let twin = match pointer {
            Pointer::GoalAchieved if self.form.goal.expected.as_ref().is_some_and(|it| it.text == text) => {
                self.passage(Pointer::GoalExpected).map(|it| it.prose)
            }
            _ => None,
        };
        let prose = twin.unwrap_or_else(|| Rc::new(Prose::read(text)));
        self.prose.borrow_mut().insert(pointer, Rc::clone(&prose));
        Some(Passage { text, prose })
    }

    /// The form prints how a reverse row is scored: target over actual.
    pub fn prints_inverse(&self) -> bool {
        *self.prints_inverse.get_or_init(|| {
            let cells = self.form.notes.iter().chain(self.form.indicators.iter().filter_map(|it| it.method.as_ref()));
            cells.into_iter().any(|cell| {
                // The formula itself, or the sentence that gives it for reverse indicators.
                cell.text.contains("A/B")
                    || cell.text.contains("A／B")
                    || cell.text.contains("反向") && {
                        let text = crate::words::squeezed(&cell.text);
                        text.contains("(A)/") && text.contains("(B)/")
                    }
            })
        })
    }

    /// The column of actuals holds points (D05): no actual can be compared with its target.
    pub fn actuals_are_points(&self) -> bool {
        *self.comparison_is_barred.get_or_init(|| crate::checks::actuals_are_points(self))
    }

    /// The interval of a weight sum over these rows, and whether every part is a whole number.
    pub fn weight_sum(&self, rows: Range<usize>) -> Option<Interval> {
        Interval::sum(self.weights(rows).map(Number::as_weight_part))
    }

    /// The weights printed in these rows.
    pub fn weights(&self, rows: Range<usize>) -> impl Iterator<Item = Number> {
        self.rows.get(rows).unwrap_or_default().iter().filter(|row| !row.is_lost).filter_map(|row| row.weight.number())
    }
}

/// The cell holds more than an empty mark or a word for nothing.
pub(crate) fn says_something(cell: Option<&Cell>) -> bool {
    /// What is printed in a box for reasons when there is none to give.
    const NOTHING: [&str; 8] = ["无", "无。", "无偏差", "无偏差。", "没有", "不涉及", "暂无", "None"];
    cell.is_some_and(|cell| {
        let text = cell.text.trim();
        !is_empty_mark(text) && !NOTHING.contains(&text) && !is_zero(text)
    })
}

/// The number zero and nothing else.
fn is_zero(text: &str) -> bool {
    // Most texts are long and none.
    text.len() <= 12 && gouji_quantity::number(text).is_some_and(Number::is_zero)
}

/// The cell is not there, holds an empty mark, or nothing.
pub(crate) fn is_empty(cell: Option<&Cell>) -> bool {
    cell.is_none_or(|cell| is_empty_mark(&cell.text))
}

fn read_rows(form: &Form) -> Vec<Row> {
    let is_cut = form.printed.open_tail && form.kind == FormKind::SelfEvaluation;
    let mut rows: Vec<Row> = form.indicators.iter().map(Row::read).collect();
    if let Some(last) = rows.last_mut().filter(|_| is_cut) {
        last.is_lost = true;
    }
    if holds_shares(&rows) {
        // Points of 0.1 are shares of the whole: no score can be compared with them.
        rows.iter_mut().filter(|row| !row.weight.is_blank()).for_each(|row| row.weight = Figure::Words);
    }
    let mut weighted_l2: Option<&str> = None;
    for (row, indicator) in rows.iter_mut().zip(&form.indicators) {
        let l2 = indicator.l2.as_ref().map(|cell| cell.text.as_str());
        if row.weight.is_blank() && row.score.is_blank() {
            row.is_part = weighted_l2.is_some() && weighted_l2 == l2 && !row.is_idle;
        } else {
            weighted_l2 = l2;
        }
    }
    rows
}

/// The points are printed as shares of one while the scores are not.
fn holds_shares(rows: &[Row]) -> bool {
    let mut sum = Decimal::ZERO;
    let mut is_scored_above = false;
    for row in rows {
        let Some(weight) = row.weight.number().map(Number::value) else { continue };
        if Decimal::ONE < weight {
            return false;
        }
        sum += weight;
        is_scored_above |= row.score.number().is_some_and(|it| Decimal::ONE < it.value());
    }
    // The funds may have the tenth that is missing.
    is_scored_above && (sum == Decimal::ONE || sum == Decimal::new(9, 1))
}
