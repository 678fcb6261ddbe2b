//! The indicators of a form: headers, rows, labels that span, section rows and subtotals.

use gouji_model::{IndicatorField, Pointer};

use super::{Press, some};
use crate::draw::figures::trimmed;
use crate::draw::layout::Column;
use crate::draw::sheet::{Entry, Group};
use crate::drawing::{Cell, Content, Field, Row, RowKind};
use crate::truth::TruthIndicator;

impl Press<'_> {
    pub(super) fn indicators(&mut self) {
        let sheet = self.sheet;
        for goal in 0..sheet.goals.len() {
            let begin = self.rows.len();
            self.header();
            let header = self.rows.len() - begin;
            let groups = sheet.groups.iter().enumerate().filter(|it| it.1.goal == goal);
            let groups: Vec<usize> = groups.map(|it| it.0).collect();
            for group in groups {
                self.group(group);
            }
            self.block(goal, begin, header);
        }
    }

    fn position(&self, column: Column) -> Option<usize> {
        self.sheet.layout.columns.iter().position(|it| *it == column)
    }

    /// One row of headers, or two of which the upper one spans the cells of the target.
    fn header(&mut self) {
        let sheet = self.sheet;
        let label = |column: &Column| match column {
            Column::Block => Cell::plain("", Content::Blank),
            other => Cell::label(sheet.style.labels.columns.get(other).cloned().unwrap_or_default()),
        };
        let columns = &sheet.layout.columns;
        let lower: Vec<Cell> = columns.iter().map(label).collect();
        if !sheet.layout.two_lines {
            self.push(RowKind::IndicatorHead, lower);
            return;
        }
        let is_part = |column: &Column| matches!(column, Column::Operator | Column::Value | Column::Unit);
        let parts = columns.iter().filter(|it| is_part(it)).count();
        let mut upper = Vec::new();
        for (column, cell) in columns.iter().zip(&lower) {
            let mut cell = cell.clone();
            if is_part(column) {
                let is_first = *column == Column::Operator;
                cell =
                    if is_first { Cell { columns: parts, ..Cell::label("年度指标值") } } else { Cell::covered() };
            } else {
                cell.rows = 2;
            }
            upper.push(cell);
        }
        let covered =
            columns.iter().zip(lower).map(|(column, cell)| if is_part(column) { cell } else { Cell::covered() });
        let lower = covered.collect();
        self.push(RowKind::IndicatorHead, upper);
        self.push(RowKind::IndicatorHead, lower);
    }

    fn push(&mut self, kind: RowKind, cells: Vec<Cell>) {
        self.rows.push(Row { form: self.form, kind, cells });
    }

    /// The label beside all rows of a goal; it spans the header, too, in most forms.
    fn block(&mut self, goal: usize, begin: usize, header: usize) {
        let Some(position) = self.position(Column::Block) else { return };
        let points = self.sheet.goals.get(goal).copied().flatten();
        let own = self.sheet.style.labels.columns.get(&Column::Block).cloned().unwrap_or_default();
        let gap = if self.sheet.style.has_gap { " " } else { "" };
        let label = match points {
            Some(points) => format!("年度绩效目标{}{gap}({}分)", goal + 1, trimmed(points)),
            None => own,
        };
        let begin = if points.is_none() && self.rng.percent(30) { begin + header } else { begin };
        let count = self.rows.len().saturating_sub(begin);
        for (idx, row) in self.rows.iter_mut().skip(begin).enumerate() {
            if let Some(cell) = row.cells.get_mut(position) {
                *cell = if idx == 0 { Cell { rows: count, ..Cell::label(label.as_str()) } } else { Cell::covered() };
            }
        }
    }

    fn group(&mut self, group_idx: usize) {
        let sheet = self.sheet;
        let Some(group) = sheet.groups.get(group_idx) else { return };
        let gap = if sheet.style.has_gap { " " } else { "" };
        let l1 = if group.printed.is_empty() {
            group.l1.clone()
        } else {
            format!("{}{gap}({}分)", group.l1, group.printed)
        };
        let rows: Vec<(usize, &Entry)> =
            sheet.entries.iter().enumerate().filter(|it| it.1.group == group_idx).collect();
        let Some((first, _)) = rows.first().copied() else { return };
        if sheet.layout.section_rows {
            let cell = self.value(&l1, Pointer::Indicator(first, IndicatorField::L1));
            let columns = self.columns;
            self.row(RowKind::Section, vec![cell], &[columns]);
        }
        let mut l2_points = String::new();
        for (place, (idx, entry)) in rows.iter().enumerate() {
            let is_first_of_l2 = place == 0 || rows.get(place - 1).is_none_or(|it| it.1.l2 != entry.l2);
            let same_l2 = rows.iter().skip(place).take_while(|it| it.1.l2 == entry.l2);
            if is_first_of_l2 && sheet.layout.l2_points {
                let points: i64 = same_l2.clone().map(|it| it.1.points).sum();
                l2_points = format!("{gap}({}分)", trimmed(points));
            }
            let mut cells = Vec::new();
            for column in &sheet.layout.columns {
                cells.push(match column {
                    Column::L1 if place == 0 => Cell { rows: rows.len(), ..self.entry_cell(*idx, *column, &l1) },
                    Column::L2 if is_first_of_l2 => {
                        let text = format!("{}{l2_points}", entry.l2);
                        Cell { rows: same_l2.clone().count(), ..self.entry_cell(*idx, *column, &text) }
                    }
                    Column::L1 | Column::L2 | Column::Block => Cell::covered(),
                    Column::No => Cell::plain((idx + 1).to_string(), Content::Other),
                    other => self.entry_cell(*idx, *other, &text(entry, *other)),
                });
            }
            self.push(RowKind::Indicator(*idx), cells);
            self.truth_of(entry, group, &l2_points);
        }
        if sheet.layout.subtotal {
            self.subtotal(group_idx);
        }
    }

    /// The cell of an indicator's column with this text.
    fn entry_cell(&self, idx: usize, column: Column, text: &str) -> Cell {
        let field = match column {
            Column::L1 => IndicatorField::L1,
            Column::L2 => IndicatorField::L2,
            Column::Name => IndicatorField::Name,
            Column::Target | Column::Operator | Column::Value | Column::Unit => IndicatorField::Target,
            Column::Adjusted => IndicatorField::Adjusted,
            Column::Actual => IndicatorField::Actual,
            Column::Weight => IndicatorField::Weight,
            Column::Score => IndicatorField::Score,
            Column::Method => IndicatorField::Method,
            Column::Reason => IndicatorField::Reason,
            Column::Block | Column::No | Column::Review | Column::Standard => {
                return Cell::plain(text, if text.is_empty() { Content::Blank } else { Content::Other });
            }
        };
        let leaf = Pointer::Indicator(idx, field);
        let is_part = matches!(column, Column::Operator | Column::Value | Column::Unit);
        if is_part && !text.is_empty() {
            return Cell::plain(text, Content::Part(Field { form: self.form, leaf }));
        }
        self.value(text, leaf)
    }

    fn truth_of(&mut self, entry: &Entry, group: &Group, l2_points: &str) {
        let layout = self.sheet.layout;
        let printed = |column: Column, text: &str| layout.has(column).then(|| some(text)).flatten();
        let has_l1 = layout.has(Column::L1) || layout.section_rows;
        let has_target = layout.has(Column::Target) || layout.has(Column::Value);
        let mut truth = TruthIndicator {
            l1: has_l1.then(|| some(&group.l1)).flatten(),
            l1_weight: has_l1.then(|| some(&group.printed)).flatten(),
            l2: printed(Column::L2, &entry.l2),
            name: printed(Column::Name, &entry.name),
            target: has_target.then(|| some(&entry.target())).flatten(),
            adjusted: printed(Column::Adjusted, &entry.adjusted),
            actual: printed(Column::Actual, &entry.actual),
            weight: printed(Column::Weight, &entry.weight),
            score: printed(Column::Score, &entry.score),
            reason: printed(Column::Reason, &entry.reason),
            ..TruthIndicator::default()
        };
        if !l2_points.is_empty() && truth.l2.is_some() {
            truth.accept.insert("l2", vec![Some(format!("{}{l2_points}", entry.l2))]);
        }
        // 定性 says what the value is and is no part of it.
        if entry.operator == "定性" {
            truth.accept.insert("target", vec![some(&entry.value)]);
        }
        self.truth.indicators.push(truth);
    }

    fn subtotal(&mut self, group_idx: usize) {
        let Some(group) = self.sheet.groups.get(group_idx) else { return };
        let [weight, score] = &group.subtotal;
        let word = self.label("total.sub");
        let label = if self.rng.chance(3) { format!("{}{word}", group.l1) } else { word };
        let at_name = self.rng.chance(2);
        let cells = self.sheet.layout.columns.iter().map(|column| match column {
            Column::Block => Cell::covered(),
            Column::Name if at_name => Cell::label(&*label),
            Column::L1 if !at_name => Cell::label(&*label),
            Column::Weight => Cell::plain(&**weight, Content::Other),
            Column::Score => Cell::plain(&**score, Content::Other),
            _ => Cell::plain("", Content::Blank),
        });
        let cells = cells.collect();
        self.push(RowKind::Subtotal, cells);
    }
}

fn text(entry: &Entry, column: Column) -> String {
    match column {
        Column::Block | Column::No | Column::L1 | Column::L2 => String::new(),
        Column::Name => entry.name.clone(),
        Column::Target => entry.target(),
        Column::Operator => entry.operator.clone(),
        Column::Value => entry.value.clone(),
        Column::Unit => entry.unit.clone(),
        Column::Adjusted => entry.adjusted.clone(),
        Column::Actual => entry.actual.clone(),
        Column::Weight => entry.weight.clone(),
        Column::Score => entry.score.clone(),
        Column::Review => entry.review.clone(),
        Column::Method => entry.method.clone(),
        Column::Standard => entry.standard.clone(),
        Column::Reason => entry.reason.clone(),
    }
}
