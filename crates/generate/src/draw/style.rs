//! How a document writes: brackets, colons, operators, marks, and the labels that it prints.
//!
//! In go a seed and a layout, out come the habits that all forms of one document share.

use std::collections::BTreeMap;

use super::Set;
use super::figures::{one, pick};
use super::layout::{Column, FundsColumn, FundsLayout, Kind, Layout};
use super::words::words;
use crate::rng::Rng;

/// Habits of a document.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub labels: LabelsInUse,
    /// Brackets, colons and commas are full-width.
    pub is_wide: bool,
    /// A colon behind labels of funds lines.
    pub has_colon: bool,
    /// Decimals of scores and weights; as many as needed where none.
    pub points_decimals: Option<usize>,
    /// Amounts print all their decimals.
    pub is_fixed_amounts: bool,
    /// What an empty amount prints.
    pub zero: &'static str,
    /// What a score that does not exist prints in the funds.
    pub dash: &'static str,
    /// What a row without a reason prints.
    pub no_reason: &'static str,
    pub rate_decimals: usize,
    /// Rates keep their last zeros.
    pub is_fixed_rate: bool,
    pub rate_sign: &'static str,
    /// Signs of targets: at least, at most, exactly.
    pub at_least: &'static str,
    pub at_most: &'static str,
    pub exactly: &'static str,
    /// Targets print no sign this often in a hundred.
    pub unsigned: usize,
    /// Actuals print their unit this often in a hundred.
    pub unit_printed: usize,
    /// A blank before points in brackets.
    pub has_gap: bool,
    pub grade_printed: bool,
}

/// The labels that a document prints.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelsInUse {
    pub columns: BTreeMap<Column, String>,
    pub funds: BTreeMap<FundsColumn, String>,
    pub others: BTreeMap<&'static str, String>,
    /// Labels of the funds' lines, the total first.
    pub lines: Vec<String>,
    /// The withheld labels among them, with what they stand for.
    pub withheld: Vec<String>,
}

impl LabelsInUse {
    /// The label of a role that is no column.
    pub(super) fn of(&self, role: &'static str) -> &str {
        self.others.get(role).map_or("", String::as_str)
    }
}

/// Picks labels and remembers the withheld ones.
struct Labeler<'a> {
    rng: &'a mut Rng,
    set: Set,
    withheld: Vec<String>,
}

/// Once in so many labels a form that has its own prints another: layouts borrow from each other.
const BORROWED: usize = 14;

/// Documents of the test set in a hundred that print withheld labels: enough to be counted apart.
const WITHHELD_DOCUMENTS: usize = 25;

impl Labeler<'_> {
    /// Any label of the role.
    fn any(&mut self, role: &str) -> String {
        let variants = words().labels.of(role);
        let listed = variants.listed.iter();
        let further = variants.further.iter().filter(|it| !words().labels.is_withheld(it));
        let all: Vec<&String> = listed.chain(further).collect();
        (*pick(self.rng, &all)).clone()
    }

    /// The standard label, or the layout's own, or any.
    fn label(&mut self, role: &'static str, own: Option<&Vec<String>>, is_free: bool) -> String {
        let borrows = self.rng.chance(BORROWED);
        if is_free || borrows {
            return self.any(role);
        }
        if let Some(own) = own {
            return pick(self.rng, own).clone();
        }
        let variants = words().labels.of(role);
        let mut all = variants.listed.iter().chain(&variants.further);
        let first = all.find(|it| !words().labels.is_withheld(it));
        first.expect("a test asserts that every role has a label that is not withheld").clone()
    }

    /// A withheld label of the role in place of this one, if there is one.
    fn withheld(&mut self, role: &str, label: &mut String) -> bool {
        let variants = words().labels.of(role);
        let found: Vec<&String> = variants.further.iter().filter(|it| words().labels.is_withheld(it)).collect();
        if self.set == Set::Development || found.is_empty() {
            return false;
        }
        label.clone_from(*pick(self.rng, &found));
        self.withheld.push(label.clone());
        true
    }
}

/// Roles that are no column.
const OTHERS: [&str; 14] = [
    "head.project",
    "head.department",
    "head.unit",
    "head.total",
    "funds.head",
    "goal.block",
    "goal.expected",
    "goal.achieved",
    "total.row",
    "total.sub",
    "grade",
    "box",
    "funds.total",
    "funds.kind",
];

fn labels(rng: &mut Rng, set: Set, layout: &Layout, funds: Option<&FundsLayout>) -> LabelsInUse {
    let mut labeler = Labeler { rng, set, withheld: Vec::new() };
    let mut used = LabelsInUse::default();
    for column in &layout.columns {
        let label = labeler.label(column.role(), layout.labels.get(column), layout.free);
        used.columns.insert(*column, label);
    }
    let free_funds = funds.is_some_and(|it| it.free);
    for column in funds.map_or(&[][..], |it| &it.columns) {
        let own = funds.and_then(|it| it.labels.get(column));
        let label = match column.role() {
            Some(role) => labeler.label(role, own, free_funds),
            None if *column == FundsColumn::Cause => "原因".to_owned(),
            None => String::new(),
        };
        used.funds.insert(*column, label);
    }
    for role in OTHERS {
        let own = funds.filter(|it| role == "funds.head" && !it.head.is_empty()).map(|it| &it.head);
        let label = labeler.label(role, own, layout.free);
        used.others.insert(role, label);
    }
    distinct(&mut labeler, layout, &mut used);
    used.lines = lines(&mut labeler, funds);
    if set == Set::Test && labeler.rng.percent(WITHHELD_DOCUMENTS) {
        withhold(&mut labeler, &mut used, layout.kind == Kind::Target);
    }
    used.withheld = labeler.withheld;
    used
}

/// Puts one to three withheld labels into the document, where they are printed for sure.
fn withhold(labeler: &mut Labeler<'_>, used: &mut LabelsInUse, is_target: bool) {
    let wanted = 1 + labeler.rng.below(3);
    for _ in 0..40 {
        if labeler.withheld.len() == wanted {
            return;
        }
        let columns: Vec<Column> = used.columns.keys().copied().collect();
        let funds: Vec<FundsColumn> = used.funds.keys().copied().collect();
        match labeler.rng.below(3) {
            0 => {
                let column = *pick(labeler.rng, &columns);
                let others: Vec<String> =
                    used.columns.iter().filter(|it| *it.0 != column).map(|it| it.1.clone()).collect();
                if let Some(label) = used.columns.get_mut(&column) {
                    let before = label.clone();
                    if labeler.withheld(column.role(), label) && others.contains(label) {
                        *label = before;
                        labeler.withheld.pop();
                    }
                }
            }
            1 if !funds.is_empty() && !is_target => {
                let column = *pick(labeler.rng, &funds);
                if let (Some(role), Some(label)) = (column.role(), used.funds.get_mut(&column)) {
                    labeler.withheld(role, label);
                }
            }
            _ => {
                let role = *pick(labeler.rng, &["head.project", "head.department", "head.unit"]);
                if let Some(label) = used.others.get_mut(role) {
                    labeler.withheld(role, label);
                }
            }
        }
    }
}

/// No two columns of one header have the same label.
fn distinct(labeler: &mut Labeler<'_>, layout: &Layout, used: &mut LabelsInUse) {
    for (idx, column) in layout.columns.iter().enumerate() {
        let before: Vec<String> =
            layout.columns.iter().take(idx).filter_map(|it| used.columns.get(it).cloned()).collect();
        for _ in 0..20 {
            let label = used.columns.get(column).cloned().unwrap_or_default();
            if !before.contains(&label) {
                break;
            }
            let other = labeler.any(column.role());
            used.columns.insert(*column, other);
        }
    }
}

/// Labels of the funds' lines, the total's first.
fn lines(labeler: &mut Labeler<'_>, funds: Option<&FundsLayout>) -> Vec<String> {
    let Some(funds) = funds else { return Vec::new() };
    if !funds.free && !labeler.rng.chance(BORROWED) {
        let kept = funds.sources.len().saturating_sub(labeler.rng.below(3)).max(funds.sources.len().min(1));
        let total = pick(labeler.rng, &funds.total).clone();
        return std::iter::once(total).chain(funds.sources.iter().take(kept).cloned()).collect();
    }
    let mut lines = vec![labeler.any("funds.total")];
    let first = if labeler.rng.chance(2) { "funds.level" } else { "funds.kind" };
    let count = 1 + labeler.rng.below(2);
    let others = labeler.rng.below(3);
    for role in [first].repeat(count).into_iter().chain(["funds.own"].repeat(others)) {
        let label = labeler.any(role);
        if !lines.iter().any(|it| it.trim_start_matches("其中:") == label) {
            lines.push(if lines.len() == 1 { format!("其中:{label}") } else { label });
        }
    }
    lines
}

impl Style {
    /// The habits of a document.
    pub(super) fn draw(rng: &mut Rng, set: Set, layout: &Layout, funds: Option<&FundsLayout>) -> Style {
        let mut labels = labels(rng, set, layout, funds);
        let has_unit_line = layout.unit_line;
        if let Some(head) = labels.others.get_mut("funds.head") {
            if layout.yuan {
                *head = head.replace("万元", "元");
            }
            if has_unit_line {
                *head = head.replace("(万元)", "").replace("(单位:万元)", "").replace(' ', "");
            }
        }
        Style {
            labels,
            is_wide: rng.chance(2),
            has_colon: rng.chance(2),
            points_decimals: if rng.chance(8) { Some(2) } else { None },
            is_fixed_amounts: rng.chance(3),
            zero: one(rng, &["", "0", "0", "0.00"]),
            dash: one(rng, &["—", "—", "--", "/", "-", ""]),
            no_reason: if layout.marks {
                one(rng, &["", "无", "—", "/"])
            } else {
                one(rng, &["", "", "", "", "", "无"])
            },
            rate_decimals: *pick(rng, &[2, 2, 2, 1, 0]),
            is_fixed_rate: rng.chance(3),
            rate_sign: if rng.chance(9) { "" } else { "%" },
            at_least: one(rng, &["≥", "≥", "≥", ">=", "≧", "不少于", "不低于"]),
            at_most: one(rng, &["≤", "≤", "≤", "<=", "不超过", "≦"]),
            exactly: one(rng, &["=", "=", "﹦", "═"]),
            unsigned: *pick(rng, &[10, 30, 60, 100]),
            unit_printed: *pick(rng, &[100, 100, 90, 60]),
            has_gap: rng.chance(4),
            grade_printed: layout.grade || rng.chance(12),
        }
    }
}
