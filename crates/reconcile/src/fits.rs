//! Fits: how badly the look of a cell fits a column.
//!
//! In: a token and a column. Out: a cost in hundredths of a move, which the aligner adds to what moves cost.

use crate::align::NEVER;
use crate::lexicon::{Column, Label};
use crate::token::{Kind, Token};

/// A unit of measure has no more characters than this.
pub(crate) const SHORT_UNIT: usize = 5;

/// No form weighs a row higher. Millionths.
pub(crate) const HUNDRED: i64 = 100_000_000;

/// How badly a cell's look fits a column, in hundredths of a move.
///
/// 0 is a perfect fit; what costs less than a move is borne where the cell stands; [`NEVER`] is impossible.
/// The entries order the kinds; `cargo xtask score` shows what a change of one of them does.
pub(crate) fn misfit(token: &Token<'_>, column: Column) -> i32 {
    let (l1, l2) = (token.l1().is_some(), token.l2().is_some());
    let block = token.is(Label::IndicatorBlock);
    let only_points = token.points.is_some() && token.key.starts_with('(');
    let forgiven = if token.damaged { 15 } else { 0 };
    match column {
        Column::Block if block => forgiven,
        Column::Block if l1 => 60,
        Column::Block if only_points => 30,
        Column::Block => {
            if token.kind == Kind::Words {
                200
            } else {
                NEVER
            }
        }
        Column::L1 if l1 => forgiven,
        Column::L1 if only_points => 20,
        Column::L1 if block => 40,
        Column::L1 if l2 => 80 + forgiven,
        Column::L1 => {
            if token.kind == Kind::Words {
                150
            } else {
                NEVER
            }
        }
        Column::L2 if l2 => forgiven,
        Column::L2 if l1 => 100,
        Column::L2 if block => 150,
        Column::L2 => match token.kind {
            Kind::Words => 120,
            Kind::Dash => 100,
            Kind::Prose => 250,
            _ => NEVER,
        },
        // 公众满意度 is a name on some forms and a label on most.
        Column::Name if l1 || l2 => 250,
        Column::Name => match token.kind {
            Kind::Number if token.number == Some(0) => 40,
            Kind::Words | Kind::Prose => 0,
            Kind::Quantity | Kind::Dash => 60,
            Kind::Number => 100,
            Kind::Percent => 150,
            Kind::Method => 200,
        },
        Column::Operator => {
            if is_operator(Some(token)) {
                0
            } else {
                NEVER
            }
        }
        // A percent sign alone is no percentage.
        Column::Unit if is_percent_sign(token) => 0,
        Column::Unit => match token.kind {
            Kind::Words if token.key.chars().count() <= SHORT_UNIT => 0,
            Kind::Dash => 10,
            _ => 200,
        },
        Column::Target | Column::Adjusted | Column::Actual if l1 || l2 => 150,
        // An operator waits for its number, a unit stands behind one.
        Column::Target | Column::Adjusted | Column::Actual if is_operator(Some(token)) => 40,
        Column::Target | Column::Adjusted | Column::Actual if is_percent_sign(token) => 100,
        Column::Target | Column::Adjusted | Column::Actual => match token.kind {
            Kind::Quantity | Kind::Percent | Kind::Words => 0,
            Kind::Number | Kind::Dash => 10,
            Kind::Prose => 20,
            Kind::Method => 250,
        },
        Column::Weight | Column::Score => points_misfit(token, column),
        Column::Method => match token.kind {
            Kind::Method => 0,
            Kind::Dash => 40,
            Kind::Prose => 15,
            Kind::Words => 30,
            _ => 200,
        },
        Column::Reason => match token.kind {
            Kind::Prose => 0,
            Kind::Words | Kind::Dash => 10,
            Kind::Number if token.number == Some(0) => 60,
            Kind::Quantity | Kind::Method => 150,
            Kind::Number | Kind::Percent => 250,
        },
        Column::Other => match token.kind {
            Kind::Words | Kind::Prose | Kind::Dash => 20,
            Kind::Method | Kind::Quantity => 60,
            Kind::Number | Kind::Percent => 120,
        },
    }
}

/// A misread figure fits a column of points nearly as well as one that is not: where it stands is no doubt.
const MISREAD: i32 = 10;

/// Whether a cell is the unit of a percentage that stands in the cell before.
pub(crate) fn is_percent_sign(token: &Token<'_>) -> bool {
    matches!(token.key.as_str(), "%" | "‰")
}

/// Whether a cell may be points with letters read for its digits.
pub(crate) fn is_short_run(token: &Token<'_>) -> bool {
    token.key.len() <= 3 && token.key.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'.')
}

/// How badly a cell fits a column of points.
fn points_misfit(token: &Token<'_>, column: Column) -> i32 {
    match (token.kind, token.number) {
        (_, Some(0)) if column == Column::Weight => 20,
        (_, Some(0..=HUNDRED)) => 0,
        (_, Some(it)) if it < 0 => 100,
        (Kind::Number, None) => MISREAD,
        (Kind::Number, _) => 200,
        (Kind::Dash, _) => 20,
        (Kind::Quantity, _) if token.key.ends_with('分') => 10,
        (Kind::Percent, _) => 150,
        // What recognition leaves of a figure may be anything.
        (Kind::Words | Kind::Quantity, _) if is_short_run(token) => 60,
        (Kind::Quantity, _) => 250,
        _ => NEVER,
    }
}

/// Whether the cell before is an operator that waits for its number.
pub(crate) fn is_operator(token: Option<&Token<'_>>) -> bool {
    token.is_some_and(|it| matches!(it.key.as_str(), "≥" | "≤" | ">" | "<" | "=" | ">=" | "<=" | "定性"))
}
