//! The printer: sheets as lines and rows of cells, every cell with the field that it prints.
//!
//! In go the forms of a document and its style, out comes the drawing with the truth of each form.

mod foot;
mod funds;
mod head;
mod indicators;
mod letters;

use gouji_model::Pointer;

use super::figures::between;
use super::layout::{Kind, Layout};
use super::sheet::Sheet;
use super::style::Style;
use crate::drawing::{Cell, Content, Drawing, Field, Item, Line, LineRole, Row, RowKind};
use crate::rng::Rng;
use crate::truth::{Truth, TruthFunds, TruthIndicator};

/// Prints one form.
struct Press<'a> {
    rng: &'a mut Rng,
    sheet: &'a Sheet,
    form: usize,
    /// Columns of its grid.
    columns: usize,
    truth: Truth,
    /// Lines before the table.
    above: Vec<Line>,
    rows: Vec<Row>,
    below: Vec<Line>,
}

/// A document of these forms.
pub(super) fn document(rng: &mut Rng, style: &Style, layout: &Layout, sheets: &[Sheet]) -> Drawing {
    let mut items = Vec::new();
    let mut truth = Vec::new();
    let year = sheets.first().map_or(2020, |it| it.year);
    let has_letters = rng.percent(layout.letters);
    if has_letters {
        letters::letter(rng, year, &mut items);
    }
    if layout.list_table {
        letters::list_table(rng, sheets, &mut items);
    }
    for (form, sheet) in sheets.iter().enumerate() {
        if 1 < sheets.len() && rng.chance(5) {
            items.push(line(format!("附件{}", form + 1), LineRole::Prose, None));
        }
        let press = Press {
            rng,
            sheet,
            form,
            columns: layout.columns.len(),
            truth: blank_truth(sheet, form),
            above: Vec::new(),
            rows: Vec::new(),
            below: Vec::new(),
        };
        let (printed, form_truth) = press.print();
        items.extend(printed);
        truth.push(form_truth);
        if has_letters && 1 < sheets.len() && rng.chance(3) {
            letters::letter(rng, year, &mut items);
        }
    }
    if rng.chance(10) {
        letters::end(rng, year, &mut items);
    }
    let mut drawing = Drawing {
        layout: layout.name.clone(),
        withheld: !style.labels.withheld.is_empty(),
        items,
        truth,
        faults: Vec::new(),
        doubtful: Default::default(),
    };
    if style.is_wide {
        widen(&mut drawing);
    }
    drawing
}

/// What is true of the form wherever it stands.
fn blank_truth(sheet: &Sheet, form: usize) -> Truth {
    let kind = if sheet.layout.kind == Kind::Target { "target" } else { "self_evaluation" };
    Truth {
        kind: kind.to_owned(),
        ordinal: form + 1,
        project: some(&sheet.project),
        department: some(&sheet.department),
        unit: some(&sheet.unit),
        ..Truth::default()
    }
}

/// The text, if it is any.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn line(text: String, role: LineRole, field: Option<Field>) -> Item {
    Item::Line(Line { text, role, field })
}

/// So many widths that add up to the columns; the first one, a label, stays narrow.
fn widths(rng: &mut Rng, columns: usize, cells: usize) -> Vec<usize> {
    let mut widths = vec![1; cells];
    for _ in cells..columns {
        let idx = if 1 < cells { 1 + rng.below(cells - 1) } else { 0 };
        if let Some(width) = widths.get_mut(idx) {
            *width += 1;
        }
    }
    widths
}

impl Press<'_> {
    fn print(mut self) -> (Vec<Item>, Truth) {
        self.title();
        self.head();
        self.funds();
        self.goals();
        self.indicators();
        self.foot();
        let lines = |lines: Vec<Line>| lines.into_iter().map(Item::Line);
        let mut items: Vec<Item> = lines(self.above).collect();
        items.push(Item::TableStart);
        items.extend(self.rows.into_iter().map(Item::Row));
        items.push(Item::TableEnd);
        items.extend(lines(self.below));
        (items, self.truth)
    }

    /// A cell with the value of a field; without text it is blank.
    fn value(&self, text: &str, leaf: Pointer) -> Cell {
        if text.is_empty() { Cell::plain("", Content::Blank) } else { Cell::value(text, self.form, leaf) }
    }

    fn field(&self, leaf: Pointer) -> Option<Field> {
        Some(Field { form: self.form, leaf })
    }

    /// Adds a row of cells of these widths.
    fn row(&mut self, kind: RowKind, cells: Vec<Cell>, widths: &[usize]) {
        let mut row = Vec::new();
        for (mut cell, width) in cells.into_iter().zip(widths) {
            if !cell.is_covered() {
                cell.columns = *width;
            }
            row.push(cell);
            row.extend((1..*width).map(|_| Cell::covered()));
        }
        self.rows.push(Row { form: self.form, kind, cells: row });
    }

    /// Adds a row whose cells are spread over the grid.
    fn spread(&mut self, kind: RowKind, cells: Vec<Cell>) {
        let widths = widths(self.rng, self.columns, cells.len());
        self.row(kind, cells, &widths);
    }

    /// Lets the first cell of the rows from `begin` on span them all.
    fn span_first(&mut self, begin: usize) {
        let count = self.rows.len().saturating_sub(begin);
        let Some(first) = self.rows.get_mut(begin).and_then(|it| it.cells.first_mut()) else { return };
        first.rows = count;
        let width = first.columns;
        for row in self.rows.iter_mut().skip(begin + 1) {
            for cell in row.cells.iter_mut().take(width) {
                *cell = Cell::covered();
            }
        }
    }

    fn label(&self, role: &'static str) -> String {
        self.sheet.style.labels.of(role).to_owned()
    }

    fn day(&mut self) -> String {
        format!("{}月{}日", between(self.rng, 1, 4), between(self.rng, 1, 28))
    }
}

/// Prints brackets, colons, commas and semicolons full-width, everywhere.
fn widen(drawing: &mut Drawing) {
    for item in &mut drawing.items {
        match item {
            Item::TableStart | Item::TableEnd => {}
            Item::Line(line) => wide(&mut line.text),
            Item::Row(row) => row.cells.iter_mut().for_each(|it| wide(&mut it.text)),
        }
    }
    for form in &mut drawing.truth {
        let Truth { year, project, department, unit, funds_unit, total_weight, total_score, .. } = form;
        [year, project, department, unit, funds_unit, total_weight, total_score].into_iter().flatten().for_each(wide);
        form.accept.values_mut().flatten().flatten().for_each(wide);
        for funds in &mut form.funds {
            let TruthFunds { label, budget, revised, executed, weight, rate, score, .. } = funds;
            [label, budget, revised, executed, weight, rate, score].into_iter().flatten().for_each(wide);
        }
        for row in &mut form.indicators {
            row.accept.values_mut().flatten().flatten().for_each(wide);
            let TruthIndicator { l1, l1_weight, l2, name, target, adjusted, actual, weight, score, reason, .. } = row;
            let fields = [l1, l1_weight, l2, name, target, adjusted, actual, weight, score, reason];
            fields.into_iter().flatten().for_each(wide);
        }
    }
}

fn wide(text: &mut String) {
    let wide = |it: char| match it {
        '(' => '（',
        ')' => '）',
        ':' => '：',
        ',' => '，',
        ';' => '；',
        other => other,
    };
    *text = text.chars().map(wide).collect();
}
