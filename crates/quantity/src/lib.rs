//! What a checker needs to read printed values: numbers as intervals, units, operators, dates, counts and equations.
//!
//! In: the text of a cell or a sentence. Out: exact decimals, [`Fraction`]s and [`Interval`]s; no rounding takes place
//! anywhere, and what does not fit gives `None`. Sections 2, 3 and 5 of the rule book are the specification.
//!
//! Architecture invariant: this crate sees no other crate of the project, does no input or output, and never panics on
//! any text.

mod date;
mod equation;
mod fold;
mod fraction;
mod interval;
mod lexicon;
mod number;
mod numeral;
mod ocr;
mod quantity;
mod scan;
mod unit;
mod value;
mod words;

pub use date::{Date, Period};
pub use equation::{Equation, Step, equations};
pub use fold::fold;
pub use fraction::Fraction;
pub use interval::{End, Interval};
pub use number::{Number, Percent, is_empty_mark, number, percent};
pub use ocr::{Edit, edits, edits_of, reading_past_glyph};
pub use quantity::{Approximation, Operator, Quantity, Span};
pub use rust_decimal::Decimal;
pub use unit::{Dimension, Measure, Unit};
pub use value::{Kind, Value, amount, figures, money_power, periods, quantities, read_value};
pub use words::{Wording, is_not_applicable, wording};
