//! The tables of a run: what each column means, and the rows that a document adds to each table.
//!
//! In: one [`Entry`] a document. Out: rows of typed values, and these as lines of JSON or comma-separated values. The
//! columns are data: docs/data.md and whatever else describes or stores the tables is made from them.

use std::fmt::Write as _;

use crate::Entry;

mod columns;
mod rows;

pub(crate) use rows::across_members;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text as printed, or a name of the contract.
    Text,
    /// A whole number.
    Integer,
    /// Pointers into the form; joined by blanks where a cell holds one text.
    Pointers,
    /// Several texts; joined by `; ` where a cell holds one text.
    Texts,
}

impl Kind {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Pointers => "list of pointers",
            Kind::Texts => "list of texts",
        }
    }

    fn separator(self) -> &'static str {
        match self {
            Kind::Pointers => " ",
            Kind::Text | Kind::Integer | Kind::Texts => "; ",
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// What it means and in which unit, Chinese.
    pub zh: &'static str,
    /// What it means and in which unit, English.
    pub en: &'static str,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing is printed, or there is no such thing: never a zero.
    Missing,
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Several texts.
    Texts(Vec<String>),
}

/// A row: one value a column.
pub type Row = Vec<Value>;

/// A table of a run.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, and that of its file.
    pub name: &'static str,
    /// What one row is, Chinese.
    pub zh: &'static str,
    /// What one row is, English.
    pub en: &'static str,
    /// Left to right.
    pub columns: &'static [&'static [Column]],
    rows: fn(&Entry<'_>) -> Vec<Row>,
}

/// Every table that documents add rows to.
pub const TABLES: [Table; 7] = [
    columns::DOCUMENTS,
    columns::FORMS,
    columns::INDICATORS,
    columns::FUNDS,
    columns::FINDINGS,
    columns::LEDGER,
    columns::REPAIRS,
];

/// The findings of a document, those over documents too.
pub(crate) const FINDINGS: Table = columns::FINDINGS;

/// The indicators of a document.
pub(crate) const INDICATORS: Table = columns::INDICATORS;

impl Table {
    /// Its columns, left to right.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().flat_map(|it| it.iter())
    }

    /// The rows that a document adds.
    pub fn rows(&self, entry: &Entry<'_>) -> Vec<Row> {
        (self.rows)(entry)
    }

    /// Rows as lines of JSON: an object a row, every column in its order, `null` for what is missing.
    pub fn json_lines(&self, rows: &[Row]) -> Vec<u8> {
        let mut acc = String::new();
        for row in rows {
            let mut separator = '{';
            for (column, value) in self.columns().zip(row) {
                acc.push(separator);
                separator = ',';
                write!(acc, "\"{}\":{}", column.name, json(value)).expect("a string takes all that is written");
            }
            acc.push_str("}\n");
        }
        acc.into_bytes()
    }

    /// The names of the columns as comma-separated values.
    pub fn csv_head(&self) -> Vec<u8> {
        csv([self.columns().map(|it| it.name.to_owned()).collect()])
    }

    /// Rows as comma-separated values: an empty cell for what is missing.
    pub fn csv(&self, rows: &[Row]) -> Vec<u8> {
        csv(rows.iter().map(|row| {
            let cell = |(column, value): (&Column, &Value)| match value {
                Value::Missing => String::new(),
                Value::Text(text) => text.clone(),
                Value::Integer(number) => number.to_string(),
                Value::Texts(texts) => texts.join(column.kind.separator()),
            };
            self.columns().zip(row).map(cell).collect()
        }))
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Missing => serde_json::Value::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Texts(texts) => texts.as_slice().into(),
    }
}

fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("a vector takes all that is written, and rows are of one length");
    }
    writer.into_inner().expect("a vector takes all that is written")
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Value {
        text.map_or(Value::Missing, Value::from)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        i64::try_from(number).map_or(Value::Missing, Value::Integer)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{TABLES, Value};
    use crate::Outcome;

    #[test]
    fn columns_are_named_once_and_told_in_both_languages() {
        for table in TABLES {
            let names: BTreeSet<&str> = table.columns().map(|it| it.name).collect();
            assert_eq!(names.len(), table.columns().count(), "{}", table.name);
            assert!(table.columns().all(|it| !it.zh.is_empty() && !it.en.is_empty()), "{}", table.name);
        }
    }

    #[test]
    fn a_document_that_was_not_read_has_one_row_in_all() {
        let outcome = Outcome::Unread { code: gouji_model::UnreadCode::Encrypted, reason: "a password" };
        let entry = crate::Entry { path: "a, b.pdf", sha256: Some("00ff"), outcome };
        let found: Vec<String> = TABLES
            .iter()
            .filter(|it| !it.rows(&entry).is_empty())
            .map(|it| {
                let rows = it.rows(&entry);
                let text = [it.json_lines(&rows), it.csv(&rows)].concat();
                format!("{} {}", it.name, String::from_utf8(text).unwrap())
            })
            .collect();
        let line = "documents {\"document\":\"a, b.pdf\",\"sha256\":\"00ff\",\"status\":\"unread\",\"format\":null,\
                    \"code\":\"E03\",\"reason\":\"a password\",\"forms\":0}\n\
                    \"a, b.pdf\",00ff,unread,,E03,a password,0\n";
        assert_eq!(found, [line]);
    }

    #[test]
    fn rows_have_a_value_for_each_column() {
        let form = gouji_model::Form {
            funds: vec![gouji_model::FundsLine::default()],
            indicators: vec![gouji_model::Indicator::default()],
            ..gouji_model::Form::default()
        };
        let forms = [form];
        let outcome =
            Outcome::Forms { format: gouji_model::Format::OcrText, forms: &forms, verdicts: &[], left_out: None };
        let entry = crate::Entry { path: "a.txt", sha256: None, outcome };
        for table in TABLES {
            let rows = table.rows(&entry);
            assert!(rows.iter().all(|it| it.len() == table.columns().count()), "{}", table.name);
        }
        let missing = TABLES[1].rows(&entry).concat().iter().filter(|it| **it == Value::Missing).count();
        assert!(missing > 10, "what is not printed is missing, not empty");
    }
}
