//! What a careful reader reads on a drawn form, and which faults were planted in it.
//!
//! The keys are those of the truth of the bundled corpus, so that one scorer serves both.

use std::collections::BTreeMap;

use gouji_model::{FundsField, IndicatorField, Pointer};
use serde::Serialize;

/// Other readings of fields that are right, too; `None`: nothing is right, too.
pub type Accept = BTreeMap<&'static str, Vec<Option<String>>>;

/// What the fields were before digits were misread.
pub type Intended = BTreeMap<&'static str, String>;

/// One form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// `self_evaluation` or `target`.
    pub kind: String,
    /// Its place in the document, from 1.
    pub ordinal: usize,
    /// 年度.
    pub year: Option<String>,
    /// 项目名称.
    pub project: Option<String>,
    /// 主管部门.
    pub department: Option<String>,
    /// 实施单位.
    pub unit: Option<String>,
    /// 万元 or 元.
    pub funds_unit: Option<String>,
    /// The lines of the funds.
    pub funds: Vec<TruthFunds>,
    /// The indicators.
    pub indicators: Vec<TruthIndicator>,
    /// Weight of the total row.
    pub total_weight: Option<String>,
    /// Score of the total.
    pub total_score: Option<String>,
    /// Other readings that are right, too.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub accept: Accept,
    /// What was meant where a digit was misread.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub intended: Intended,
}

/// A line of the funds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TruthFunds {
    /// Its label, as printed.
    pub label: Option<String>,
    /// 年初预算数.
    pub budget: Option<String>,
    /// 全年预算数.
    pub revised: Option<String>,
    /// 全年执行数.
    pub executed: Option<String>,
    /// 分值.
    pub weight: Option<String>,
    /// 执行率.
    pub rate: Option<String>,
    /// 得分.
    pub score: Option<String>,
    /// Other readings that are right, too.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub accept: Accept,
    /// What was meant where a digit was misread.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub intended: Intended,
}

/// An indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TruthIndicator {
    /// 一级指标.
    pub l1: Option<String>,
    /// Points printed beside the 一级指标.
    pub l1_weight: Option<String>,
    /// 二级指标.
    pub l2: Option<String>,
    /// 三级指标.
    pub name: Option<String>,
    /// 年度指标值; 指标性质, 指标值 and 度量单位 joined where they are apart.
    pub target: Option<String>,
    /// 调整后指标值.
    pub adjusted: Option<String>,
    /// 实际完成值.
    pub actual: Option<String>,
    /// 分值.
    pub weight: Option<String>,
    /// 得分.
    pub score: Option<String>,
    /// 偏差原因.
    pub reason: Option<String>,
    /// Other readings that are right, too.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub accept: Accept,
    /// What was meant where a digit was misread.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub intended: Intended,
}

impl Truth {
    /// What a leaf says; nothing where nothing is printed, or for a leaf that the truth does not tell.
    pub fn leaf(&self, leaf: Pointer) -> Option<&str> {
        match leaf {
            Pointer::Year => self.year.as_deref(),
            Pointer::Project => self.project.as_deref(),
            Pointer::Department => self.department.as_deref(),
            Pointer::Unit => self.unit.as_deref(),
            Pointer::FundsUnit => self.funds_unit.as_deref(),
            Pointer::TotalWeight => self.total_weight.as_deref(),
            Pointer::TotalScore => self.total_score.as_deref(),
            Pointer::Funds(line_idx, field) => self.funds.get(line_idx)?.leaf(field),
            Pointer::Indicator(row_idx, field) => self.indicators.get(row_idx)?.leaf(field),
            _ => None,
        }
    }

    /// The place of a leaf; none if the truth does not tell it.
    pub fn leaf_mut(&mut self, leaf: Pointer) -> Option<&mut Option<String>> {
        match leaf {
            Pointer::Year => Some(&mut self.year),
            Pointer::Project => Some(&mut self.project),
            Pointer::Department => Some(&mut self.department),
            Pointer::Unit => Some(&mut self.unit),
            Pointer::FundsUnit => Some(&mut self.funds_unit),
            Pointer::TotalWeight => Some(&mut self.total_weight),
            Pointer::TotalScore => Some(&mut self.total_score),
            Pointer::Funds(line_idx, field) => Some(self.funds.get_mut(line_idx)?.leaf_mut(field)),
            Pointer::Indicator(row_idx, field) => self.indicators.get_mut(row_idx)?.leaf_mut(field),
            _ => None,
        }
    }

    /// The key of a leaf with the other readings and the meant texts that stand beside it.
    pub fn beside_mut(&mut self, leaf: Pointer) -> Option<(&'static str, &mut Accept, &mut Intended)> {
        match leaf {
            Pointer::Year => Some(("year", &mut self.accept, &mut self.intended)),
            Pointer::Project => Some(("project", &mut self.accept, &mut self.intended)),
            Pointer::Department => Some(("department", &mut self.accept, &mut self.intended)),
            Pointer::Unit => Some(("unit", &mut self.accept, &mut self.intended)),
            Pointer::FundsUnit => Some(("funds_unit", &mut self.accept, &mut self.intended)),
            Pointer::TotalWeight => Some(("total_weight", &mut self.accept, &mut self.intended)),
            Pointer::TotalScore => Some(("total_score", &mut self.accept, &mut self.intended)),
            Pointer::Funds(line_idx, field) => {
                let line = self.funds.get_mut(line_idx)?;
                Some((field.key(), &mut line.accept, &mut line.intended))
            }
            Pointer::Indicator(row_idx, field) => {
                let row = self.indicators.get_mut(row_idx)?;
                Some((field.key(), &mut row.accept, &mut row.intended))
            }
            _ => None,
        }
    }

    /// The other readings of a leaf that are right, too.
    pub fn accepted(&self, leaf: Pointer) -> &[Option<String>] {
        let (accept, key) = match leaf {
            Pointer::Funds(line_idx, field) => (self.funds.get(line_idx).map(|it| &it.accept), field.key()),
            Pointer::Indicator(row_idx, field) => (self.indicators.get(row_idx).map(|it| &it.accept), field.key()),
            Pointer::Year => (Some(&self.accept), "year"),
            Pointer::Project => (Some(&self.accept), "project"),
            Pointer::Department => (Some(&self.accept), "department"),
            Pointer::Unit => (Some(&self.accept), "unit"),
            Pointer::FundsUnit => (Some(&self.accept), "funds_unit"),
            Pointer::TotalWeight => (Some(&self.accept), "total_weight"),
            Pointer::TotalScore => (Some(&self.accept), "total_score"),
            _ => (None, ""),
        };
        accept.and_then(|it| it.get(key)).map_or(&[], Vec::as_slice)
    }

    /// Every leaf that says something.
    pub fn leaves(&self) -> Vec<Pointer> {
        let mut all = vec![
            Pointer::Year,
            Pointer::Project,
            Pointer::Department,
            Pointer::Unit,
            Pointer::FundsUnit,
            Pointer::TotalWeight,
            Pointer::TotalScore,
        ];
        for line_idx in 0..self.funds.len() {
            all.extend(FundsField::ALL.iter().map(|it| Pointer::Funds(line_idx, *it)));
        }
        for row_idx in 0..self.indicators.len() {
            all.extend(IndicatorField::ALL.iter().map(|it| Pointer::Indicator(row_idx, *it)));
        }
        all.retain(|it| self.leaf(*it).is_some());
        all
    }
}

impl TruthFunds {
    /// What a column says.
    pub fn leaf(&self, field: FundsField) -> Option<&str> {
        match field {
            FundsField::Label => self.label.as_deref(),
            FundsField::Budget => self.budget.as_deref(),
            FundsField::Revised => self.revised.as_deref(),
            FundsField::Executed => self.executed.as_deref(),
            FundsField::Weight => self.weight.as_deref(),
            FundsField::Rate => self.rate.as_deref(),
            FundsField::Score => self.score.as_deref(),
        }
    }

    /// The place of a column.
    pub fn leaf_mut(&mut self, field: FundsField) -> &mut Option<String> {
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

impl TruthIndicator {
    /// What a column says; the truth does not tell 得分计算方法 and the points of a 二级指标.
    pub fn leaf(&self, field: IndicatorField) -> Option<&str> {
        match field {
            IndicatorField::L1 => self.l1.as_deref(),
            IndicatorField::L1Weight => self.l1_weight.as_deref(),
            IndicatorField::L2 => self.l2.as_deref(),
            IndicatorField::Name => self.name.as_deref(),
            IndicatorField::Target => self.target.as_deref(),
            IndicatorField::Adjusted => self.adjusted.as_deref(),
            IndicatorField::Actual => self.actual.as_deref(),
            IndicatorField::Weight => self.weight.as_deref(),
            IndicatorField::Score => self.score.as_deref(),
            IndicatorField::Reason => self.reason.as_deref(),
            IndicatorField::L2Weight | IndicatorField::Method => None,
        }
    }

    /// The place of a column, if the truth tells it.
    pub fn leaf_mut(&mut self, field: IndicatorField) -> Option<&mut Option<String>> {
        match field {
            IndicatorField::L1 => Some(&mut self.l1),
            IndicatorField::L1Weight => Some(&mut self.l1_weight),
            IndicatorField::L2 => Some(&mut self.l2),
            IndicatorField::Name => Some(&mut self.name),
            IndicatorField::Target => Some(&mut self.target),
            IndicatorField::Adjusted => Some(&mut self.adjusted),
            IndicatorField::Actual => Some(&mut self.actual),
            IndicatorField::Weight => Some(&mut self.weight),
            IndicatorField::Score => Some(&mut self.score),
            IndicatorField::Reason => Some(&mut self.reason),
            IndicatorField::L2Weight | IndicatorField::Method => None,
        }
    }
}

/// A planted fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in a few words.
    pub kind: &'static str,
    /// The form's place in the document, from 0.
    pub form: usize,
    /// Checks one of which should find it.
    pub codes: &'static [&'static str],
    /// Cells one of which should be accused.
    pub at: Vec<Pointer>,
    /// Further checks that it rightly sets off, at whatever place.
    pub also: &'static [&'static str],
}
