//! The funds and the goals of a form.

use gouji_model::{FundsField, Pointer};

use super::{Press, some, widths};
use crate::draw::layout::FundsColumn;
use crate::drawing::{Cell, Content, RowKind};
use crate::truth::TruthFunds;

fn field(column: FundsColumn) -> Option<FundsField> {
    match column {
        FundsColumn::Budget | FundsColumn::Amount => Some(FundsField::Budget),
        FundsColumn::Revised => Some(FundsField::Revised),
        FundsColumn::Executed => Some(FundsField::Executed),
        FundsColumn::Weight => Some(FundsField::Weight),
        FundsColumn::Rate => Some(FundsField::Rate),
        FundsColumn::Score => Some(FundsField::Score),
        FundsColumn::Cause => None,
    }
}

impl Press<'_> {
    pub(super) fn funds(&mut self) {
        let Some(funds) = self.sheet.funds.as_ref() else { return };
        let widths = widths(self.rng, self.columns, funds.columns.len() + 2);
        let begin = self.rows.len();
        let unit_in_head = funds.head.contains('元');
        if unit_in_head {
            self.truth.funds_unit = some(funds.unit);
        }
        let head = if unit_in_head { self.value(&funds.head, Pointer::FundsUnit) } else { Cell::label(&*funds.head) };
        if self.sheet.is_evaluation() {
            let labels =
                funds.columns.iter().map(|it| self.sheet.style.labels.funds.get(it).cloned().unwrap_or_default());
            let blank = Cell::plain("", Content::Blank);
            let cells = [head.clone(), blank].into_iter().chain(labels.map(Cell::label)).collect();
            self.row(RowKind::FundsHead, cells, &widths);
        }
        for (idx, line) in funds.lines.iter().enumerate() {
            let colon = if line.has_colon { ":" } else { "" };
            let leaf = |field| Pointer::Funds(idx, field);
            let label = self.value(&format!("{}{colon}", line.label), leaf(FundsField::Label));
            let first = if self.rows.len() == begin { head.clone() } else { Cell::plain("", Content::Blank) };
            let mut cells = vec![first, label];
            let mut truth = TruthFunds { label: some(&line.label), ..TruthFunds::default() };
            for column in &funds.columns {
                let text = line.text(*column);
                let Some(field) = field(*column) else {
                    cells.push(Cell::plain(text, if text.is_empty() { Content::Blank } else { Content::Other }));
                    continue;
                };
                cells.push(self.value(text, leaf(field)));
                if let Some(slot) = slot(&mut truth, field) {
                    *slot = some(text);
                }
            }
            self.readings(&mut truth);
            self.truth.funds.push(truth);
            self.row(RowKind::Funds(idx), cells, &widths);
        }
        self.span_first(begin);
    }

    /// What else a careful reader may read in a line.
    fn readings(&self, truth: &mut TruthFunds) {
        let Some(funds) = self.sheet.funds.as_ref() else { return };
        let label = |column| self.sheet.style.labels.funds.get(&column).map_or("", String::as_str);
        let has_points = funds.head.contains("分)") || label(FundsColumn::Score).contains('分');
        if !funds.has(FundsColumn::Weight) && has_points {
            // The points stand in the block's label or in the score's header.
            let points = if funds.head.contains("(10分)") { "10" } else { "20" };
            truth.accept.insert("weight", vec![Some(points.to_owned())]);
        }
        let unclear = ["本年预算数", "年度预算数", "预算安排数"];
        if unclear.contains(&label(FundsColumn::Revised)) && !funds.has(FundsColumn::Budget) && truth.revised.is_some()
        {
            truth.accept.insert("budget", vec![truth.revised.clone()]);
            truth.accept.insert("revised", vec![None]);
        }
    }

    pub(super) fn goals(&mut self) {
        let sheet = self.sheet;
        if !sheet.prints_goal {
            return;
        }
        let label = Cell::label(self.label("goal.block"));
        let expected = self.value(&sheet.expected, Pointer::GoalExpected);
        if !sheet.is_evaluation() {
            self.spread(RowKind::Goal, vec![label, expected]);
            return;
        }
        let mut achieved = sheet.achieved.clone();
        if !sheet.quoted_score.is_empty() {
            achieved.push_str(&format!("自评得分{}分。", sheet.quoted_score));
        }
        let achieved = self.value(&achieved, Pointer::GoalAchieved);
        let widths = widths(self.rng, self.columns, 3);
        let begin = self.rows.len();
        let heads = vec![label, Cell::label(self.label("goal.expected")), Cell::label(self.label("goal.achieved"))];
        self.row(RowKind::Goal, heads, &widths);
        self.row(RowKind::Goal, vec![Cell::plain("", Content::Blank), expected, achieved], &widths);
        self.span_first(begin);
    }
}

fn slot(truth: &mut TruthFunds, field: FundsField) -> Option<&mut Option<String>> {
    match field {
        FundsField::Label => None,
        FundsField::Budget => Some(&mut truth.budget),
        FundsField::Revised => Some(&mut truth.revised),
        FundsField::Executed => Some(&mut truth.executed),
        FundsField::Weight => Some(&mut truth.weight),
        FundsField::Rate => Some(&mut truth.rate),
        FundsField::Score => Some(&mut truth.score),
    }
}
