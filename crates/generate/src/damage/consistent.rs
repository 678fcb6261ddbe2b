//! Whether a drawing and its truth agree: every cell prints what the truth says of its field, and everything that the
//! truth says is printed.

use gouji_model::{FundsField, IndicatorField, Pointer};

use super::ledger::printed;
use super::letters::read;
use crate::{Content, Drawing, Field, Item, Row, RowKind};

/// Checks that what is printed and what is true agree.
///
/// # Errors
/// What does not agree, and where.
pub fn consistent(drawing: &Drawing) -> Result<(), String> {
    for (idx, item) in drawing.items.iter().enumerate() {
        let said = match item {
            Item::TableStart | Item::TableEnd => Ok(()),
            Item::Line(line) => line.field.map_or(Ok(()), |field| prints(drawing, &line.text, field)),
            Item::Row(row) => check_row(drawing, row),
        };
        said.map_err(|why| format!("item {idx}: {why}"))?;
    }
    check_leaves(drawing)?;
    for fault in drawing.faults.iter().chain(&drawing.doubtful) {
        if fault.at.iter().any(|leaf| !is_place(drawing, Field { form: fault.form, leaf: *leaf })) {
            return Err(format!("fault {:?} names a row that is not there: {:?}", fault.kind, fault.at));
        }
    }
    Ok(())
}

fn check_row(drawing: &Drawing, row: &Row) -> Result<(), String> {
    let truth = drawing.truth.get(row.form).ok_or_else(|| format!("no form {}", row.form))?;
    let is_there = match row.kind {
        RowKind::Indicator(idx) => idx < truth.indicators.len(),
        RowKind::Funds(idx) => idx < truth.funds.len(),
        _ => true,
    };
    if !is_there {
        return Err(format!("the truth has no {:?}", row.kind));
    }
    for cell in row.cells.iter().filter(|it| !it.is_covered()) {
        match &cell.content {
            Content::Blank | Content::Label | Content::Other => (),
            Content::Value(field) if read(&cell.text).is_empty() => is_place(drawing, *field)
                .then_some(())
                .ok_or_else(|| format!("a blank cell of {}, which is no place", field.leaf))?,
            Content::Value(field) => prints(drawing, &cell.text, *field)?,
            Content::Part(field) => contains(drawing, *field, &cell.text)?,
            Content::Fused(fields) => fields.iter().try_for_each(|field| prints_part(drawing, &cell.text, *field))?,
        }
    }
    Ok(())
}

/// Whether the truth has a row or line for this field; a field that it does not tell has its place, too.
fn is_place(drawing: &Drawing, field: Field) -> bool {
    let Some(truth) = drawing.truth.get(field.form) else { return false };
    match field.leaf {
        Pointer::Funds(idx, _) => idx < truth.funds.len(),
        Pointer::Indicator(idx, _) | Pointer::Row(idx) => idx < truth.indicators.len(),
        _ => true,
    }
}

/// Whether the truth tells a leaf at all.
fn is_told(leaf: Pointer) -> bool {
    match leaf {
        Pointer::Year
        | Pointer::Project
        | Pointer::Department
        | Pointer::Unit
        | Pointer::FundsUnit
        | Pointer::TotalWeight
        | Pointer::TotalScore
        | Pointer::Funds(..) => true,
        Pointer::Indicator(_, field) => !matches!(field, IndicatorField::L2Weight | IndicatorField::Method),
        _ => false,
    }
}

/// Whether a text that claims to be the value of a field is: figures and texts of rows are printed as they are, what
/// stands in the head and in labels may have more around it.
fn prints(drawing: &Drawing, text: &str, field: Field) -> Result<(), String> {
    let is_alone = match field.leaf {
        Pointer::Indicator(_, leaf) => {
            !matches!(leaf, IndicatorField::L1 | IndicatorField::L2 | IndicatorField::L1Weight)
        }
        Pointer::Funds(_, leaf) => leaf != FundsField::Label,
        _ => false,
    };
    if !is_alone {
        return prints_part(drawing, text, field);
    }
    agree(drawing, text, field, |printed, said| printed == said)
}

fn prints_part(drawing: &Drawing, text: &str, field: Field) -> Result<(), String> {
    agree(drawing, text, field, |printed, said| printed.contains(said) || is_nearly(printed, said))
}

fn contains(drawing: &Drawing, field: Field, text: &str) -> Result<(), String> {
    agree(drawing, text, field, |printed, said| said.contains(printed))
}

/// Whether the truth, or another reading that is right, agrees with the text.
fn agree(drawing: &Drawing, text: &str, field: Field, agree: fn(&str, &str) -> bool) -> Result<(), String> {
    if !is_told(field.leaf) {
        return Ok(());
    }
    let truth = drawing.truth.get(field.form).ok_or_else(|| format!("no form {}", field.form))?;
    if !is_place(drawing, field) {
        return Err(format!("{text:?} stands for {}, which is no place", field.leaf));
    }
    let said = truth.leaf(field.leaf);
    let others = truth.accepted(field.leaf).iter().flatten().map(String::as_str);
    let printed = read(text);
    if said.into_iter().chain(others).any(|it| agree(&printed, &read(it))) {
        return Ok(());
    }
    Err(format!("{text:?} stands for {}, which is {said:?}", field.leaf))
}

/// Whether a label is printed but for one character: that is how labels are misread.
fn is_nearly(printed: &str, said: &str) -> bool {
    let printed: Vec<char> = printed.chars().collect();
    let said: Vec<char> = said.chars().collect();
    1 < said.len()
        && printed.windows(said.len()).any(|it| it.iter().zip(&said).filter(|pair| pair.0 != pair.1).count() < 2)
}

/// Every leaf of the truth is printed, or is one of those where nothing is right, too.
fn check_leaves(drawing: &Drawing) -> Result<(), String> {
    let printed = printed(drawing);
    for (form, truth) in drawing.truth.iter().enumerate() {
        let texts = texts(drawing, form);
        for leaf in truth.leaves() {
            let field = Field { form, leaf };
            let is_printed = match leaf {
                // A label stands for all rows of its block.
                Pointer::Indicator(row_idx, level @ (IndicatorField::L1 | IndicatorField::L2)) => {
                    (0..truth.indicators.len()).any(|idx| {
                        let other = Pointer::Indicator(idx, level);
                        truth.leaf(other) == truth.leaf(Pointer::Indicator(row_idx, level))
                            && printed.contains(&Field { form, leaf: other })
                    })
                }
                // Points stand in a label.
                Pointer::Indicator(_, IndicatorField::L1Weight) => {
                    truth.leaf(leaf).is_none_or(|points| texts.iter().any(|it| it.contains(points)))
                }
                _ => printed.contains(&field),
            };
            if !is_printed && !truth.accepted(leaf).contains(&None) {
                return Err(format!("form {form}: {leaf} is {:?} and printed nowhere", truth.leaf(leaf)));
            }
        }
    }
    Ok(())
}

/// What a form's rows and the lines around them print.
fn texts(drawing: &Drawing, form: usize) -> Vec<String> {
    let mut texts = Vec::new();
    for item in &drawing.items {
        match item {
            Item::Row(row) if row.form == form => texts.extend(row.cells.iter().map(|it| read(&it.text))),
            Item::Line(line) => texts.push(read(&line.text)),
            Item::Row(_) | Item::TableStart | Item::TableEnd => (),
        }
    }
    texts
}
