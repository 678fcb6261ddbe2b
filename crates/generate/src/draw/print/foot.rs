//! What stands below the indicators: total, grade, boxes and notes.

use gouji_model::Pointer;

use super::{Press, some, widths};
use crate::draw::figures::pick;
use crate::draw::layout::{Column, TotalPlace};
use crate::draw::words::words;
use crate::drawing::{Cell, Content, Line, LineRole, Row, RowKind};

/// Boxes of a conclusion: what they ask for.
const CONCLUSION: [&str; 3] = ["主要经验做法", "存在问题及原因分析", "下一步改进措施"];

impl Press<'_> {
    pub(super) fn foot(&mut self) {
        let sheet = self.sheet;
        let phrases = &words().phrases;
        if sheet.is_evaluation() && matches!(sheet.layout.total, TotalPlace::Row | TotalPlace::Score) {
            self.total();
        }
        if !sheet.grade.is_empty() {
            let cells = vec![Cell::label(self.label("grade")), self.value(&sheet.grade, Pointer::Grade)];
            self.spread(RowKind::Remark, cells);
        }
        if !sheet.boxed.is_empty() {
            let cells = vec![Cell::label(self.label("box")), self.value(&sheet.boxed, Pointer::Deviation)];
            self.spread(RowKind::Remark, cells);
            if self.rng.chance(2) {
                let improve = pick(self.rng, &phrases.improve).clone();
                let cells = vec![Cell::label("改进措施及结果应用方案"), Cell::plain(improve, Content::Other)];
                self.spread(RowKind::Remark, cells);
            }
        }
        if sheet.layout.conclusion {
            let begin = self.rows.len();
            let widths = widths(self.rng, self.columns, 3);
            for (idx, label) in CONCLUSION.iter().enumerate() {
                let text = match idx {
                    0 => pick(self.rng, &phrases.done_more).clone() + "。",
                    1 => "无".to_owned(),
                    _ => pick(self.rng, &phrases.improve).clone(),
                };
                let first = Cell::label(if idx == 0 { "项目自评结论" } else { "" });
                self.row(RowKind::Remark, vec![first, Cell::label(*label), Cell::plain(text, Content::Other)], &widths);
            }
            self.span_first(begin);
        }
        self.notes();
    }

    fn total(&mut self) {
        let sheet = self.sheet;
        let has_weight =
            sheet.layout.total == TotalPlace::Row && sheet.layout.has(Column::Weight) && self.rng.percent(80);
        let columns = &sheet.layout.columns;
        let is_printed = |it: &Column| *it == Column::Score || (*it == Column::Weight && has_weight);
        let label_width = columns.iter().position(is_printed).unwrap_or(columns.len());
        let mut cells = vec![Cell { columns: label_width, ..Cell::label(self.label("total.row")) }];
        cells.extend((1..label_width).map(|_| Cell::covered()));
        for column in columns.iter().skip(label_width) {
            cells.push(match column {
                Column::Weight if has_weight => {
                    self.truth.total_weight = some(&sheet.total_weight);
                    self.value(&sheet.total_weight, Pointer::TotalWeight)
                }
                Column::Score => {
                    self.truth.total_score = some(&sheet.total_score);
                    self.value(&sheet.total_score, Pointer::TotalScore)
                }
                _ => Cell::plain("", Content::Blank),
            });
        }
        self.rows.push(Row { form: self.form, kind: RowKind::Total, cells });
    }

    fn notes(&mut self) {
        let phrases = &words().phrases;
        let text = match () {
            () if self.sheet.layout.note => "注:满分100分,其中绩效指标90分,预算资金执行10分。".to_owned(),
            () if self.sheet.is_evaluation() && self.rng.percent(40) => pick(self.rng, &phrases.notes).clone(),
            () if !self.sheet.is_evaluation() && self.rng.percent(20) => pick(self.rng, &phrases.target_notes).clone(),
            () => return,
        };
        self.below.push(Line { text, role: LineRole::Part, field: None });
    }
}
