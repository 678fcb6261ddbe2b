//! A drawn document before it is rendered: lines of text and rows of cells with their spans, every cell with the field
//! that it prints.
//!
//! The draughtsman makes a [`Drawing`], damage changes it (and its truth with it), a rendering prints it.

use gouji_model::Pointer;

use crate::truth::{Fault, Truth};

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Which layout its forms have.
    pub layout: String,
    /// Whether it prints a label of the withheld tenth.
    pub withheld: bool,
    /// What is printed, in reading order.
    pub items: Vec<Item>,
    /// What its forms say, in order.
    pub truth: Vec<Truth>,
    /// The faults that were planted.
    pub faults: Vec<Fault>,
    /// Planted faults that damage may have hidden: a finding of one is right, and so is silence.
    pub doubtful: Vec<Fault>,
}

/// One thing on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A table begins: the rows up to [`Item::TableEnd`] are ruled together.
    TableStart,
    /// The table ends.
    TableEnd,
    /// A line of text; inside a table it interrupts the rows.
    Line(Line),
    /// A row of a table.
    Row(Row),
}

/// A line of text outside the rows; an empty text is an empty line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// What it is.
    pub role: LineRole,
    /// The field whose value it holds, if any.
    pub field: Option<Field>,
}

/// What a line of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineRole {
    /// The title of a form.
    Title,
    /// Part of a form, outside its table: a year, a unit of measurement, a total, a note.
    Part,
    /// A page number, a running head, site furniture.
    PageMark,
    /// Prose around the forms.
    Prose,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which form of the document it belongs to.
    pub form: usize,
    /// What it is.
    pub kind: RowKind,
    /// Its cells, one for each column of the grid; a covered one is there and prints nothing.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Project, department, unit and their like.
    Head,
    /// The header of the funds.
    FundsHead,
    /// A line of the funds; the line's place in the truth.
    Funds(usize),
    /// The goals.
    Goal,
    /// The header of the indicators; a header of two lines is two rows.
    IndicatorHead,
    /// A row that prints a section's label alone.
    Section,
    /// An indicator; its place in the truth.
    Indicator(usize),
    /// More of the row before: the rest of what did not fit or was cut by a page.
    Continuation,
    /// 小计 of a section.
    Subtotal,
    /// The total.
    Total,
    /// One box for the whole form: reasons, remarks, signatures.
    Remark,
    /// Of another table, which is no form.
    Other,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it prints; the true text, with its brackets and signs as this document writes them.
    pub text: String,
    /// What that is.
    pub content: Content,
    /// Columns of the grid that it spans, itself among them; 0 if another cell covers it.
    pub columns: usize,
    /// Rows that it spans, itself among them; 0 if another cell covers it.
    pub rows: usize,
}

/// What a cell prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing, or a mark that stands for nothing.
    #[default]
    Blank,
    /// A label of the form.
    Label,
    /// The value of a field. The label of a 一级指标 or 二级指标 is the value of that leaf of the first row that it
    /// stands for, with or without its points: `产出指标(50分)`. So is a funds line's label, with or without a colon,
    /// and a label that names the unit of the amounts: `项目资金(万元)`.
    Value(Field),
    /// A part of the value of a field: 指标性质, 指标值 and 度量单位 make one target, and so do the halves of a text
    /// that was cut by a page.
    Part(Field),
    /// The values of several fields with nothing between them.
    Fused(Vec<Field>),
    /// Anything else.
    Other,
}

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// The form's place in the document.
    pub form: usize,
    /// The leaf.
    pub leaf: Pointer,
}

impl Drawing {
    /// What a field says.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.truth.get(field.form)?.leaf(field.leaf)
    }

    /// The row that stands at this place, if one does.
    pub fn row(&self, item_idx: usize) -> Option<&Row> {
        match self.items.get(item_idx)? {
            Item::Row(row) => Some(row),
            Item::TableStart | Item::TableEnd | Item::Line(_) => None,
        }
    }

    /// The row that stands at this place, to change it.
    pub fn row_mut(&mut self, item_idx: usize) -> Option<&mut Row> {
        match self.items.get_mut(item_idx)? {
            Item::Row(row) => Some(row),
            Item::TableStart | Item::TableEnd | Item::Line(_) => None,
        }
    }
}

impl Line {
    /// A line that holds no field.
    pub fn new(text: impl Into<String>, role: LineRole) -> Line {
        Line { text: text.into(), role, field: None }
    }
}

impl Cell {
    /// A cell of one column and one row.
    pub fn plain(text: impl Into<String>, content: Content) -> Cell {
        Cell { text: text.into(), content, columns: 1, rows: 1 }
    }

    /// A label.
    pub fn label(text: impl Into<String>) -> Cell {
        Cell::plain(text, Content::Label)
    }

    /// The value of a field.
    pub fn value(text: impl Into<String>, form: usize, leaf: Pointer) -> Cell {
        Cell::plain(text, Content::Value(Field { form, leaf }))
    }

    /// A cell that another one covers.
    pub fn covered() -> Cell {
        Cell::default()
    }

    /// Whether another cell covers this one.
    pub fn is_covered(&self) -> bool {
        self.columns == 0 || self.rows == 0
    }

    /// The field that it prints, whole or in part; none if it prints several.
    pub fn field(&self) -> Option<Field> {
        match self.content {
            Content::Value(it) | Content::Part(it) => Some(it),
            Content::Blank | Content::Label | Content::Fused(_) | Content::Other => None,
        }
    }

    /// The fields that it prints, whole or in part.
    pub fn fields(&self) -> Vec<Field> {
        match &self.content {
            Content::Value(it) | Content::Part(it) => vec![*it],
            Content::Fused(them) => them.clone(),
            Content::Blank | Content::Label | Content::Other => Vec::new(),
        }
    }
}
