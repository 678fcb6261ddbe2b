//! A form as it was printed: every leaf the characters of the page, with their place.

use std::borrow::Cow;

use crate::{Bilingual, FundsField, IndicatorField, Place, Pointer};

/// A printed value: the characters of the page, trimmed, and where they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The value as printed: outer white space, line breaks inside a cell, markup and page marks taken off.
    pub text: String,
    /// The characters that were read, where they differ from `text`.
    pub raw: Option<String>,
    /// Where they were read.
    pub place: Place,
}

impl Cell {
    /// A cell at no place, for drawn examples.
    pub fn drawn(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), raw: None, place: Place::default() }
    }
}

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FormKind {
    /// 自评表: says what was reached, with scores.
    #[default]
    SelfEvaluation,
    /// 绩效目标表: says what is planned, without scores.
    Target,
}

impl FormKind {
    /// The contract's name.
    pub fn name(self) -> &'static str {
        match self {
            FormKind::SelfEvaluation => "self_evaluation",
            FormKind::Target => "target",
        }
    }
}

/// One printed form, rebuilt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// 1-based, in order of appearance in the document.
    pub ordinal: usize,
    /// What the form is for.
    pub kind: FormKind,
    /// The printed title.
    pub title: Option<Cell>,
    /// Four digits.
    pub year: Option<Cell>,
    /// 项目名称.
    pub project: Option<Cell>,
    /// 主管部门.
    pub department: Option<Cell>,
    /// 实施单位.
    pub unit: Option<Cell>,
    /// Unit of the funds block: 万元, 元.
    pub funds_unit: Option<Cell>,
    /// Lines of the funds block, row by row, left to right.
    pub funds: Vec<FundsLine>,
    /// 年度总体目标.
    pub goal: Goal,
    /// Rows of the indicator block, printed rows that do not apply included.
    pub indicators: Vec<Indicator>,
    /// 总分.
    pub total: Total,
    /// 优, 良, 中, 差.
    pub grade: Option<Cell>,
    /// Points printed beside a block, and subtotals.
    pub points: Vec<Points>,
    /// 注: numbered notes, one each.
    pub notes: Vec<Cell>,
    /// Boxes of prose with a label.
    pub texts: Vec<NamedText>,
    /// One box for all reasons, after the total.
    pub deviation: Option<Cell>,
    /// How many printed copies were merged into this form, at least 1.
    pub renderings: usize,
    /// What the page prints beside values: labels, column heads, whether head and tail are there.
    pub printed: Printed,
    /// What was done to rebuild the form.
    pub repairs: Vec<Repair>,
    /// Readings of like cost that were not taken.
    pub alternatives: Vec<Alternative>,
}

impl Form {
    /// What is printed at a leaf; nothing for a whole row, column or form.
    pub fn cell(&self, at: Pointer) -> Option<&Cell> {
        match at {
            Pointer::Form | Pointer::Row(_) | Pointer::Column(_) => None,
            Pointer::Title => self.title.as_ref(),
            Pointer::Year => self.year.as_ref(),
            Pointer::Project => self.project.as_ref(),
            Pointer::Department => self.department.as_ref(),
            Pointer::Unit => self.unit.as_ref(),
            Pointer::FundsUnit => self.funds_unit.as_ref(),
            Pointer::Funds(line_idx, field) => self.funds.get(line_idx)?.field(field),
            Pointer::GoalExpected => self.goal.expected.as_ref(),
            Pointer::GoalAchieved => self.goal.achieved.as_ref(),
            Pointer::Indicator(row_idx, field) => self.indicators.get(row_idx)?.field(field),
            Pointer::TotalWeight => self.total.weight.as_ref(),
            Pointer::TotalScore => self.total.score.as_ref(),
            Pointer::Grade => self.grade.as_ref(),
            Pointer::PointsValue(idx) => self.points.get(idx)?.value.as_ref(),
            Pointer::PointsScore(idx) => self.points.get(idx)?.score.as_ref(),
            Pointer::Note(idx) => self.notes.get(idx),
            Pointer::Text(idx) => self.texts.get(idx)?.text.as_ref(),
            Pointer::Deviation => self.deviation.as_ref(),
        }
    }
}

/// 年度总体目标: what was planned and what was reached, in prose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goal {
    /// 预期目标.
    pub expected: Option<Cell>,
    /// 实际完成情况.
    pub achieved: Option<Cell>,
}

/// The row 总分.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Total {
    /// Its 分值.
    pub weight: Option<Cell>,
    /// Its 得分.
    pub score: Option<Cell>,
}

/// What kind of money a line of the funds block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FundsRole {
    /// 年度资金总额.
    Total,
    /// 财政拨款.
    Fiscal,
    /// 中央.
    Central,
    /// 省级, 自治区.
    Provincial,
    /// 市县.
    Local,
    /// 上年结转.
    CarriedOver,
    /// 单位资金.
    Own,
    /// 其他资金 and what is none of these.
    #[default]
    Other,
}

impl FundsRole {
    /// Every role, with the contract's name.
    pub const NAMES: [(FundsRole, &'static str); 8] = [
        (FundsRole::Total, "total"),
        (FundsRole::Fiscal, "fiscal"),
        (FundsRole::Central, "central"),
        (FundsRole::Provincial, "provincial"),
        (FundsRole::Local, "local"),
        (FundsRole::CarriedOver, "carried_over"),
        (FundsRole::Own, "own"),
        (FundsRole::Other, "other"),
    ];

    /// The contract's name.
    pub fn name(self) -> &'static str {
        FundsRole::NAMES.iter().find(|it| it.0 == self).map_or("other", |it| it.1)
    }

    /// The role of this name.
    pub fn from_name(name: &str) -> Option<FundsRole> {
        FundsRole::NAMES.iter().find(|it| it.1 == name).map(|it| it.0)
    }
}

/// One line of the funds block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FundsLine {
    /// The printed label without its colon.
    pub label: Option<Cell>,
    /// The label of the group that the line stands in (本级资金, 转移市县(区)资金).
    pub group: Option<Cell>,
    /// What kind of money it is.
    pub role: FundsRole,
    /// 年初预算数; amounts without a column head.
    pub budget: Option<Cell>,
    /// 全年预算数, 调整后预算数.
    pub revised: Option<Cell>,
    /// 全年执行数.
    pub executed: Option<Cell>,
    /// 分值.
    pub weight: Option<Cell>,
    /// 执行率.
    pub rate: Option<Cell>,
    /// 得分.
    pub score: Option<Cell>,
}

impl FundsLine {
    /// The value printed under `field`.
    pub fn field(&self, field: FundsField) -> Option<&Cell> {
        match field {
            FundsField::Label => self.label.as_ref(),
            FundsField::Budget => self.budget.as_ref(),
            FundsField::Revised => self.revised.as_ref(),
            FundsField::Executed => self.executed.as_ref(),
            FundsField::Weight => self.weight.as_ref(),
            FundsField::Rate => self.rate.as_ref(),
            FundsField::Score => self.score.as_ref(),
        }
    }

    /// The place where the value under `field` stands, to be written.
    pub fn field_mut(&mut self, field: FundsField) -> &mut Option<Cell> {
        match field {
            FundsField::Label => &mut self.label,
            FundsField::Budget => &mut self.budget,
            FundsField::Revised => &mut self.revised,
            FundsField::Executed => &mut self.executed,
            FundsField::Weight => &mut self.weight,
            FundsField::Rate => &mut self.rate,
            FundsField::Score => &mut self.score,
        }
    }
}

/// One row of the indicator block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Indicator {
    /// 一级指标, resolved (merged and blank cells filled down), without inner blanks and points.
    pub l1: Option<Cell>,
    /// The digits of `(..分)` beside the 一级指标.
    pub l1_weight: Option<Cell>,
    /// 二级指标, resolved like `l1`.
    pub l2: Option<Cell>,
    /// The digits of `(..分)` beside the 二级指标.
    pub l2_weight: Option<Cell>,
    /// 三级指标.
    pub name: Option<Cell>,
    /// 年度指标值.
    pub target: Option<Cell>,
    /// 调整后指标值.
    pub adjusted: Option<Cell>,
    /// 实际完成值.
    pub actual: Option<Cell>,
    /// 分值.
    pub weight: Option<Cell>,
    /// 得分.
    pub score: Option<Cell>,
    /// 得分计算方法.
    pub method: Option<Cell>,
    /// 偏差原因分析及改进措施.
    pub reason: Option<Cell>,
}

impl Indicator {
    /// The value printed under `field`.
    pub fn field(&self, field: IndicatorField) -> Option<&Cell> {
        match field {
            IndicatorField::L1 => self.l1.as_ref(),
            IndicatorField::L1Weight => self.l1_weight.as_ref(),
            IndicatorField::L2 => self.l2.as_ref(),
            IndicatorField::L2Weight => self.l2_weight.as_ref(),
            IndicatorField::Name => self.name.as_ref(),
            IndicatorField::Target => self.target.as_ref(),
            IndicatorField::Adjusted => self.adjusted.as_ref(),
            IndicatorField::Actual => self.actual.as_ref(),
            IndicatorField::Weight => self.weight.as_ref(),
            IndicatorField::Score => self.score.as_ref(),
            IndicatorField::Method => self.method.as_ref(),
            IndicatorField::Reason => self.reason.as_ref(),
        }
    }

    /// The place where the value under `field` stands, to be written.
    pub fn field_mut(&mut self, field: IndicatorField) -> &mut Option<Cell> {
        match field {
            IndicatorField::L1 => &mut self.l1,
            IndicatorField::L1Weight => &mut self.l1_weight,
            IndicatorField::L2 => &mut self.l2,
            IndicatorField::L2Weight => &mut self.l2_weight,
            IndicatorField::Name => &mut self.name,
            IndicatorField::Target => &mut self.target,
            IndicatorField::Adjusted => &mut self.adjusted,
            IndicatorField::Actual => &mut self.actual,
            IndicatorField::Weight => &mut self.weight,
            IndicatorField::Score => &mut self.score,
            IndicatorField::Method => &mut self.method,
            IndicatorField::Reason => &mut self.reason,
        }
    }
}

/// Points printed beside a block, or a subtotal.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// The block's label.
    pub label: Cell,
    /// The points of `(..分)`, or the 分值 of a subtotal.
    pub value: Option<Cell>,
    /// The 得分 of a subtotal.
    pub score: Option<Cell>,
    /// The rows of `Form::indicators` that it stands over, half-open; empty if unknown.
    pub rows: std::ops::Range<usize>,
}

/// A box of prose with a label.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedText {
    /// 项目自评结论, 主要经验做法, ….
    pub label: String,
    /// What stands in the box.
    pub text: Option<Cell>,
}

/// How the columns of a block were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ColumnsFrom {
    /// From a header row over the block.
    Header,
    /// From the header of a sibling form of the document.
    Siblings,
    /// From what the cells hold.
    Content,
    /// There is no such block.
    #[default]
    Absent,
}

impl ColumnsFrom {
    /// Every origin, with its name in the forms' JSON.
    pub const NAMES: [(ColumnsFrom, &'static str); 4] = [
        (ColumnsFrom::Header, "header"),
        (ColumnsFrom::Siblings, "siblings"),
        (ColumnsFrom::Content, "content"),
        (ColumnsFrom::Absent, "absent"),
    ];

    /// The name in the forms' JSON.
    pub fn name(self) -> &'static str {
        ColumnsFrom::NAMES.iter().find(|it| it.0 == self).map_or("absent", |it| it.1)
    }

    /// The origin of this name.
    pub fn from_name(name: &str) -> Option<ColumnsFrom> {
        ColumnsFrom::NAMES.iter().find(|it| it.1 == name).map(|it| it.0)
    }
}

/// The columns of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns<F> {
    /// The columns that the block has, left to right.
    pub fields: Vec<F>,
    /// How they were found.
    pub from: ColumnsFrom,
}

impl<F> Default for Columns<F> {
    fn default() -> Self {
        Columns { fields: Vec::new(), from: ColumnsFrom::Absent }
    }
}

/// What the page prints beside values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    /// Fields whose label is printed, whether their cell is filled or not: [`Pointer::Project`], [`Pointer::Unit`],
    /// [`Pointer::Year`] (empty brackets in the title), [`Pointer::TotalScore`] (a row 总分), [`Pointer::Deviation`], ….
    pub labels: Vec<Pointer>,
    /// Columns of the funds block.
    pub funds: Columns<FundsField>,
    /// Columns of the indicator block.
    pub indicators: Columns<IndicatorField>,
    /// No funds block precedes the indicators: the form is cut at its head.
    pub open_head: bool,
    /// No row 总分 follows the indicators, or the last cell is cut off.
    pub open_tail: bool,
}

/// One thing done to rebuild a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Code of the repair, such as `R01`.
    pub code: Cow<'static, str>,
    /// The leaves that it touched.
    pub at: Vec<Pointer>,
    /// What was done.
    pub what: Bilingual,
    /// On what evidence.
    pub evidence: Bilingual,
}

/// A reading of like cost that was not taken: what the leaves at `at` would hold under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The leaves that differ.
    pub at: Vec<Pointer>,
    /// What each would hold, in the order of `at`; `None` is nothing.
    pub values: Vec<Option<String>>,
    /// How much dearer the reading is than the one taken, in hundredths of the cost of moving one cell by one column.
    pub cost_centi: u32,
    /// What speaks for it and what against it.
    pub why: Bilingual,
}

impl Alternative {
    /// What `why` says where the form is printed more than once and another copy has another text in a cell.
    pub fn other_rendering() -> Bilingual {
        Bilingual::new("此表的另一印本如此", "the other rendering of the form has this")
    }

    /// It is what another printed copy of the form says, not another way to read this one.
    pub fn is_other_rendering(&self) -> bool {
        self.why.en.starts_with(&Alternative::other_rendering().en)
    }

    /// The same with the place of the other copy, where it is in another sheet or part than a line of the text tells.
    pub fn other_rendering_at(place: &Place) -> Bilingual {
        let Bilingual { zh, en } = Alternative::other_rendering();
        let sheet = match (&place.sheet, &place.cell) {
            (Some(sheet), Some(cell)) => Some(format!("{sheet}!{cell}")),
            _ => None,
        };
        let names: Vec<String> = place.part.as_deref().map(str::to_owned).into_iter().chain(sheet).collect();
        match names.join(" ") {
            none if none.is_empty() => Bilingual { zh, en },
            name => Bilingual { zh: format!("{zh}（{name}）"), en: format!("{en} ({name})") },
        }
    }

    /// Where the other copy has this, if it is told.
    pub fn other_place(&self) -> Option<&str> {
        let place = self.why.en.strip_prefix(&Alternative::other_rendering().en)?;
        place.strip_prefix(" (")?.strip_suffix(')')
    }
}
