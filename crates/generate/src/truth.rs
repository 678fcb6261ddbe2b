//! What a careful reader reads on a drawn form, and which faults were planted in it.
//!
//! The keys are those of the truth of the bundled corpus, so that one scorer serves both.

use std::collections::BTreeMap;

use gouji_model::Pointer;
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
