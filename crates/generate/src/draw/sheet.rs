//! A form before it is printed: its figures and words, and what follows from them.
//!
//! The draughtsman fills a [`Sheet`], faults change it, [`Sheet::settle`] draws the sums, and the printer prints what
//! stands there and nothing else.

use super::figures::{ONE, fixed, trimmed};
use super::layout::{FundsColumn, Kind, Layout};
use super::style::Style;

/// A form.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub layout: &'static Layout,
    pub style: Style,
    pub title: String,
    pub year: i64,
    pub project: String,
    pub department: String,
    pub unit: String,
    pub funds: Option<Funds>,
    /// Whether the goals are printed at all.
    pub prints_goal: bool,
    pub expected: String,
    pub achieved: String,
    /// Points of the goals; one block without points where the layout has no such goals.
    pub goals: Vec<Option<i64>>,
    pub groups: Vec<Group>,
    pub entries: Vec<Entry>,
    /// What the total row prints; set by [`Sheet::settle`].
    pub total_weight: String,
    pub total_score: String,
    /// Empty where none is printed.
    pub grade: String,
    /// A score that the prose states; empty where none is.
    pub quoted_score: String,
    /// Reasons for the whole form; empty where there is no box.
    pub boxed: String,
}

/// The funds.
#[derive(Clone, Debug)]
pub(super) struct Funds {
    pub columns: Vec<FundsColumn>,
    pub head: String,
    /// 万元 or 元, where the document says so.
    pub unit: &'static str,
    /// The total line first.
    pub lines: Vec<FundsLine>,
    /// Points that count in the total.
    pub points: i64,
    /// Of them earned.
    pub earned: i64,
    pub budget: i64,
    pub revised: i64,
    pub executed: i64,
    /// Percent, as printed.
    pub rate: i64,
    /// Decimals of amounts.
    pub decimals: usize,
}

/// A line of the funds, as printed.
#[derive(Clone, Debug, Default)]
pub(super) struct FundsLine {
    pub label: String,
    pub has_colon: bool,
    pub budget: String,
    pub revised: String,
    pub executed: String,
    pub weight: String,
    pub rate: String,
    pub score: String,
    pub cause: String,
    /// The amounts, if it has any: budget, revised, executed.
    pub amounts: Option<[i64; 3]>,
}

impl FundsLine {
    /// What it prints in this column.
    pub(super) fn text(&self, column: FundsColumn) -> &str {
        match column {
            FundsColumn::Budget | FundsColumn::Amount => &self.budget,
            FundsColumn::Revised => &self.revised,
            FundsColumn::Executed => &self.executed,
            FundsColumn::Weight => &self.weight,
            FundsColumn::Rate => &self.rate,
            FundsColumn::Score => &self.score,
            FundsColumn::Cause => &self.cause,
        }
    }
}

impl Funds {
    /// Whether the column is there.
    pub(super) fn has(&self, column: FundsColumn) -> bool {
        self.columns.contains(&column)
    }
}

/// A 一级指标.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The goal that it belongs to.
    pub goal: usize,
    pub l1: String,
    /// Points of its rows.
    pub points: i64,
    /// Points that its label prints; empty for none.
    pub printed: String,
    /// Weight and score of its 小计, where the layout has one.
    pub subtotal: [String; 2],
}

/// An indicator.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub group: usize,
    pub l2: String,
    pub name: String,
    pub operator: String,
    pub value: String,
    pub unit: String,
    pub adjusted: String,
    pub actual: String,
    pub weight: String,
    pub score: String,
    pub review: String,
    pub method: String,
    pub standard: String,
    pub reason: String,
    /// What the weight and the score are.
    pub points: i64,
    pub earned: i64,
    pub measure: Measure,
}

impl Entry {
    /// The target in one text.
    pub(super) fn target(&self) -> String {
        format!("{}{}{}", self.operator, self.value, self.unit)
    }

    /// Whether it earned all its points.
    pub(super) fn is_full(&self) -> bool {
        self.points <= self.earned
    }
}

/// What an indicator is measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// A number against a number.
    Number {
        /// The target that counts, the adjusted one if there is one.
        target: i64,
        actual: i64,
        decimals: usize,
        /// The unit that the actual prints; may be empty.
        unit: String,
        better: Better,
        /// Its unit counts whole things.
        is_count: bool,
    },
    /// A deadline: month and day of the target; the target's text up to its year, if it prints one.
    Date { month: i64, day: i64 },
    /// Words.
    Words,
    /// The row does not apply.
    Nothing,
    /// The execution rate of the funds.
    Execution,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Better {
    More,
    Less,
}

impl Sheet {
    /// Whether it is a self-evaluation.
    pub(super) fn is_evaluation(&self) -> bool {
        self.layout.kind == Kind::Evaluation
    }

    /// Scores and weights as this form prints them.
    pub(super) fn points_text(&self, figure: i64) -> String {
        match self.style.points_decimals {
            Some(decimals) => fixed(figure, decimals),
            None => trimmed(figure),
        }
    }

    /// Prints the scores and draws the sums from the figures.
    pub(super) fn settle(&mut self) {
        for idx in 0..self.entries.len() {
            let Some(entry) = self.entries.get(idx) else { break };
            let (weight, score) = (self.points_text(entry.points), self.points_text(entry.earned));
            if let Some(entry) = self.entries.get_mut(idx) {
                (entry.weight, entry.score) = (weight, score.clone());
                entry.review = score;
            }
        }
        self.settle_sums();
    }

    /// Draws the sums from the figures; the printed scores stay.
    pub(super) fn settle_sums(&mut self) {
        for idx in 0..self.groups.len() {
            let rows = || self.entries.iter().filter(|it| it.group == idx);
            let subtotal =
                [rows().map(|it| it.points).sum(), rows().map(|it| it.earned).sum()].map(|it| self.points_text(it));
            if let Some(group) = self.groups.get_mut(idx) {
                group.subtotal = subtotal;
            }
        }
        let (points, earned) = self.sums();
        self.total_weight = self.points_text(points);
        self.total_score = self.points_text(earned);
        if !self.grade.is_empty() {
            self.grade = grade(earned).to_owned();
        }
        if !self.quoted_score.is_empty() {
            self.quoted_score = trimmed(earned);
        }
    }

    /// All points, and all that were earned; the funds' among them.
    pub(super) fn sums(&self) -> (i64, i64) {
        let funds = self.funds.as_ref().map_or((0, 0), |it| (it.points, it.earned));
        let points = self.entries.iter().map(|it| it.points).sum::<i64>();
        let earned = self.entries.iter().map(|it| it.earned).sum::<i64>();
        (points + funds.0, earned + funds.1)
    }
}

/// The grade of a total.
pub(super) fn grade(total: i64) -> &'static str {
    /// Least totals of the national grades.
    const GRADES: [(i64, &str); 3] = [(90 * ONE, "优"), (80 * ONE, "良"), (60 * ONE, "中")];
    GRADES.iter().find(|it| it.0 <= total).map_or("差", |it| it.1)
}
