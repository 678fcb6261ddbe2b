//! How a form is laid out: columns, switches, and the labels that a layout has of its own.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A column of the indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Column {
    /// 绩效指标, a label beside all rows.
    Block,
    /// 序号.
    No,
    L1,
    L2,
    Name,
    /// The target in one cell.
    Target,
    /// 指标性质, the first of three cells of a target.
    Operator,
    /// 指标值, the second.
    Value,
    /// 度量单位, the third.
    Unit,
    Adjusted,
    Actual,
    Weight,
    Score,
    /// 复核分, a second score.
    Review,
    /// How the score is found.
    Method,
    /// 绩效标准 of a target form.
    Standard,
    Reason,
}

impl Column {
    /// The role of its labels.
    pub(super) fn role(self) -> &'static str {
        match self {
            Column::Block => "column.block",
            Column::No => "column.no",
            Column::L1 => "column.l1",
            Column::L2 => "column.l2",
            Column::Name => "column.name",
            Column::Target => "column.target",
            Column::Operator => "column.operator",
            Column::Value => "column.value",
            Column::Unit => "column.unit",
            Column::Adjusted => "column.adjusted",
            Column::Actual => "column.actual",
            Column::Weight => "column.weight",
            Column::Score => "column.score",
            Column::Review => "column.review",
            Column::Method => "column.method",
            Column::Standard => "column.standard",
            Column::Reason => "column.reason",
        }
    }
}

/// A column of the funds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FundsColumn {
    Budget,
    Revised,
    Executed,
    Weight,
    Rate,
    Score,
    /// Why the rate is low.
    Cause,
    /// The only amount of a target form, without a header.
    Amount,
}

impl FundsColumn {
    /// The role of its labels; none for a column without one.
    pub(super) fn role(self) -> Option<&'static str> {
        match self {
            FundsColumn::Budget => Some("funds.budget"),
            FundsColumn::Revised => Some("funds.revised"),
            FundsColumn::Executed => Some("funds.executed"),
            FundsColumn::Weight => Some("funds.weight"),
            FundsColumn::Rate => Some("funds.rate"),
            FundsColumn::Score => Some("funds.score"),
            FundsColumn::Cause | FundsColumn::Amount => None,
        }
    }
}

/// What a form is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    #[default]
    Evaluation,
    Target,
}

/// Where the total stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TotalPlace {
    /// In a row at the foot, with the weights' sum.
    #[default]
    Row,
    /// In a row at the foot, the score alone.
    Score,
    /// Somewhere in the head.
    Head,
    HeadRow,
    HeadPair,
    HeadLine,
}

/// The funds of a form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FundsLayout {
    pub name: String,
    pub columns: Vec<FundsColumn>,
    #[serde(default)]
    pub labels: BTreeMap<FundsColumn, Vec<String>>,
    /// Labels of the sources, in order; some at the end may be left out.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Labels of the total line.
    #[serde(default)]
    pub total: Vec<String>,
    /// Labels of the block.
    #[serde(default)]
    pub head: Vec<String>,
    /// Points that the execution has; 10 unless told.
    pub points: Option<i64>,
    /// All labels are drawn from the pools.
    #[serde(default)]
    pub free: bool,
}

/// A layout.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layout {
    pub name: String,
    #[serde(default)]
    pub kind: Kind,
    /// Titles; any of the pool if there are none.
    #[serde(default)]
    pub titles: Vec<String>,
    pub columns: Vec<Column>,
    #[serde(default)]
    pub labels: BTreeMap<Column, Vec<String>>,
    pub funds: Option<String>,
    pub scheme: Option<String>,
    /// Lines before the title.
    #[serde(default)]
    pub before: Vec<String>,
    #[serde(default)]
    pub total: TotalPlace,
    /// Points of blocks that are a goal each; the header is repeated.
    #[serde(default)]
    pub goals: Vec<i64>,
    /// Fewest and most rows.
    #[serde(default = "rows")]
    pub rows: (i64, i64),
    /// Fewest and most forms of a document.
    #[serde(default = "forms")]
    pub forms: (i64, i64),
    /// Percentage of forms that print points beside the 一级指标.
    #[serde(default = "points_printed")]
    pub points_printed: usize,
    /// Percentage of documents with letters around the forms.
    #[serde(default = "letters")]
    pub letters: usize,
    /// Further fields in the head.
    #[serde(default)]
    pub head_fields: usize,
    /// A header of two lines, the upper one spans the cells of the target.
    #[serde(default)]
    pub two_lines: bool,
    /// Codes before project and department.
    #[serde(default)]
    pub code: bool,
    /// One box for reasons below the total.
    #[serde(default)]
    pub r#box: bool,
    #[serde(default)]
    pub subtotal: bool,
    /// Rows that do not apply, and marks for nothing.
    #[serde(default)]
    pub marks: bool,
    /// Amounts in 元.
    #[serde(default)]
    pub yuan: bool,
    #[serde(default)]
    pub numbered: bool,
    #[serde(default)]
    pub list_table: bool,
    /// The head is lines, not rows.
    #[serde(default)]
    pub head_lines: bool,
    /// The unit of the funds stands in a line before the table.
    #[serde(default)]
    pub unit_line: bool,
    /// 一级指标 stand in rows of their own.
    #[serde(default)]
    pub section_rows: bool,
    /// The execution is the first indicator.
    #[serde(default)]
    pub budget_row: bool,
    #[serde(default)]
    pub no_title: bool,
    /// Points beside the 二级指标, too.
    #[serde(default)]
    pub l2_points: bool,
    #[serde(default)]
    pub grade: bool,
    /// Boxes of prose below the total.
    #[serde(default)]
    pub conclusion: bool,
    /// A note says how the points are shared.
    #[serde(default)]
    pub note: bool,
    /// All labels are drawn from the pools.
    #[serde(default)]
    pub free: bool,
}

fn rows() -> (i64, i64) {
    (6, 24)
}

fn forms() -> (i64, i64) {
    (1, 2)
}

fn points_printed() -> usize {
    40
}

fn letters() -> usize {
    15
}

impl Layout {
    /// Whether the column is there.
    pub(super) fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }
}
