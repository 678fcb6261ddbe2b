//! The values that flow through Gouji: a [`Document`] that a reader made, the [`Form`]s that the reconciler rebuilt
//! from it, and the [`FormVerdict`]s that the scorer reached.
//!
//! Architecture invariant: this crate does no input or output, never fails, and knows no label, rule or repair.

mod across;
mod document;
mod form;
mod nested;
mod place;
mod pointer;
mod source;
mod verdict;
pub mod wire;

pub use across::{AcrossFinding, Member};
pub use document::{
    Block, Document, Format, Grid, GridCell, GridKind, GridRow, Part, ReadError, Reading, Remark, Slot, TextBlock,
    UnreadCode,
};
pub use form::{
    Alternative, Cell, Columns, ColumnsFrom, Form, FormKind, FundsLine, FundsRole, Goal, Indicator, NamedText, Points,
    Printed, Repair, Total,
};
pub use nested::{Nested, is_layout, ruled_blocks};
pub use place::Place;
pub use pointer::{FundsField, IndicatorField, Pointer};
pub use source::{Limits, Source};
pub use verdict::{Bilingual, Class, Finding, FormVerdict, Ledger, Level, NotCheckable, Note, VerdictKind};
