//! Neighboring cells with nothing between their texts. Only where a reader can tell where one ends: by a sign, a unit,
//! a rate that must fit, or because there is one way only to make two numbers of it.

use gouji_model::{FundsField, IndicatorField, Pointer};

use super::letters::{decimals, is_han, is_number, scaled};
use super::{each_form, places};
use crate::{Cell, Content, Drawing, Field, Rng, Row, RowKind};

/// Most rows of a form whose cells are fused.
const ROWS_FUSED: usize = 3;

/// Most points of a weight: those of a whole form, in ten-thousandths.
const MOST_POINTS: i128 = 100 * 10_000;

/// Decimals of points beyond which a reader would not look for the end of a number.
const POINT_DECIMALS: usize = 2;

pub(super) fn weight_score(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        fuse(drawing, rng, form, &[IndicatorField::Weight, IndicatorField::Score])
    })
}

pub(super) fn target_actual(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        fuse(drawing, rng, form, &[IndicatorField::Target, IndicatorField::Actual])
    })
}

pub(super) fn actual_weight(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        fuse(drawing, rng, form, &[IndicatorField::Actual, IndicatorField::Weight])
    })
}

pub(super) fn name_target(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        fuse(drawing, rng, form, &[IndicatorField::Name, IndicatorField::Target])
    })
}

pub(super) fn upper_lower(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| fuse(drawing, rng, form, &[IndicatorField::L1, IndicatorField::L2]))
}

pub(super) fn whole_row(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        let fields = [
            IndicatorField::Name,
            IndicatorField::Target,
            IndicatorField::Actual,
            IndicatorField::Weight,
            IndicatorField::Score,
        ];
        fuse(drawing, rng, form, &fields)
    })
}

/// Fuses the cells of these neighboring columns in a few rows; blank cells keep the others in place, or they move up.
fn fuse(drawing: &mut Drawing, rng: &mut Rng, form: usize, fields: &[IndicatorField]) -> bool {
    places::flatten(drawing, form);
    let keeps_width = rng.percent(60);
    let rows = places::indicators(drawing, form);
    let fits: Vec<usize> =
        rows.into_iter().filter(|it| drawing.row(*it).is_some_and(|it| joint(it, fields).is_some())).collect();
    let fused = rng.sample(&fits, ROWS_FUSED);
    for idx in &fused {
        let Some(row) = drawing.row_mut(*idx) else { continue };
        let Some((first, count)) = joint(row, fields) else { continue };
        join(row, first, count, keeps_width);
    }
    !fused.is_empty()
}

/// The columns of these fields, as first and count, if they stand side by side and can be told apart once fused.
fn joint(row: &Row, fields: &[IndicatorField]) -> Option<(usize, usize)> {
    let first = places::column(row, *fields.first()?)?;
    let cells = row.cells.get(first..first + fields.len())?;
    let is_whole = |pair: (&Cell, &IndicatorField)| {
        matches!(pair.0.content, Content::Value(_)) && places::is_of(pair.0, *pair.1) && !pair.0.text.is_empty()
    };
    let all_whole = cells.iter().zip(fields).all(is_whole);
    let parts = cells.windows(2).zip(fields.windows(2));
    let all_told = parts.into_iter().all(|it| match it {
        ([one, other], [field, _]) => is_seam_told(*field, &one.text, &other.text),
        _ => false,
    });
    (all_whole && all_told).then_some((first, fields.len()))
}

/// Whether a reader sees where the text of this field ends and the next one begins.
fn is_seam_told(field: IndicatorField, one: &str, other: &str) -> bool {
    let ends_in_unit = one.ends_with(|it| it == '%' || is_han(it));
    match field {
        IndicatorField::L1 => true,
        IndicatorField::Name => one.ends_with(is_han) && other.starts_with(['≥', '≤', '<', '>', '=', '≧']),
        IndicatorField::Target => {
            let begins_anew =
                other.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '≥' | '≤' | '<' | '>' | '='));
            // Dates go on with digits.
            let is_date = [one, other].iter().any(|it| it.contains(['年', '月', '日', '-', '至']));
            one.contains(|it: char| it.is_ascii_digit()) && ends_in_unit && begins_anew && !is_date
        }
        IndicatorField::Actual => one.contains(|it: char| it.is_ascii_digit()) && ends_in_unit && is_number(other),
        IndicatorField::Weight => splits(&format!("{one}{other}")) == [(one.to_owned(), other.to_owned())],
        _ => false,
    }
}

/// The ways to make a weight and a score of digits that run on: none of more points than a form has, and no score above
/// its weight.
fn splits(text: &str) -> Vec<(String, String)> {
    let halves = text.split_at_checked(text.len() / 2).filter(|it| it.0 == it.1 && is_number(it.0));
    if let Some((one, other)) = halves {
        return vec![(one.to_owned(), other.to_owned())];
    }
    let is_pair = |(one, other): &(&str, &str)| {
        let fits = |it: &str| decimals(it) <= POINT_DECIMALS;
        match (scaled(one), scaled(other)) {
            (Some(weight), Some(score)) => fits(one) && fits(other) && weight <= MOST_POINTS && score <= weight,
            _ => false,
        }
    };
    let all = (1..text.len()).filter_map(|it| text.split_at_checked(it));
    all.filter(is_pair).map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
}

/// Joins the texts of these cells in the first one.
fn join(row: &mut Row, first: usize, count: usize, keeps_width: bool) {
    let taken: Vec<Cell> = row.cells.splice(first + 1..first + count, Vec::new()).collect();
    let Some(cell) = row.cells.get_mut(first) else { return };
    let mut fields = cell.fields();
    for it in &taken {
        cell.text.push_str(&it.text);
        fields.extend(it.fields());
    }
    cell.content = Content::Fused(fields);
    let blanks = std::iter::repeat_with(places::blank).take(taken.len());
    if keeps_width {
        row.cells.splice(first + 1..first + 1, blanks);
    } else {
        row.cells.extend(blanks);
    }
}

/// Label and value of a field of the head in one cell.
pub(super) fn head(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let mut is_fused = false;
        for idx in places::rows_where(drawing, form, |it| it == RowKind::Head) {
            let sep = *rng.pick(&[":", "：", " ", ""]).unwrap_or(&"");
            let is_spared = rng.percent(30);
            let Some(row) = drawing.row_mut(idx).filter(|_| !is_spared) else { continue };
            is_fused |= fuse_pairs(row, sep);
        }
        is_fused
    })
}

/// Puts each value of a head's row behind its label.
fn fuse_pairs(row: &mut Row, sep: &str) -> bool {
    let printed: Vec<usize> =
        (0..row.cells.len()).filter(|it| row.cells.get(*it).is_some_and(|it| !it.text.is_empty())).collect();
    let mut is_fused = false;
    for pair in printed.windows(2) {
        let [label, value] = *pair else { continue };
        let is_pair = |row: &Row| {
            let label = row.cells.get(label).is_some_and(|it| it.content == Content::Label);
            label && row.cells.get(value).is_some_and(|it| matches!(it.content, Content::Value(_)))
        };
        if !is_pair(row) {
            continue;
        }
        let taken = row.cells.get_mut(value).map(|it| std::mem::replace(it, places::blank()));
        if let (Some(taken), Some(cell)) = (taken, row.cells.get_mut(label)) {
            let has_sep = cell.text.ends_with([':', '：']);
            // A label that ends in brackets needs something behind it.
            let sep = if has_sep {
                ""
            } else if sep.is_empty() && cell.text.ends_with([')', '）']) {
                ":"
            } else {
                sep
            };
            cell.text = format!("{}{sep}{}", cell.text, taken.text);
            cell.content = taken.content;
            is_fused = true;
        }
    }
    is_fused
}

/// Budget and expenditure of a funds line in one cell; the rate tells them apart, or they are the same.
pub(super) fn funds(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let rows = places::rows_where(drawing, form, |it| matches!(it, RowKind::Funds(_)));
        let mut fits: Vec<(usize, usize)> = Vec::new();
        for idx in rows {
            let Some(row) = drawing.row(idx) else { continue };
            let amount = |field| row.cells.iter().position(|it| is_amount(it, field) && !it.text.is_empty());
            let (revised, executed) = (amount(FundsField::Revised), amount(FundsField::Executed));
            let rate = amount(FundsField::Rate).and_then(|it| row.cells.get(it));
            let (Some(one), Some(other), Some(rate)) = (revised, executed, rate) else { continue };
            let text = |it: usize| row.cells.get(it).map_or("", |it| it.text.as_str());
            if other == one + 1 && are_amounts_told(text(one), text(other), &rate.text) {
                fits.push((idx, one));
            }
        }
        let keeps_width = rng.percent(60);
        for (idx, first) in &fits {
            if let Some(row) = drawing.row_mut(*idx) {
                join(row, *first, 2, keeps_width);
            }
        }
        !fits.is_empty()
    })
}

fn is_amount(cell: &Cell, field: FundsField) -> bool {
    matches!(cell.content, Content::Value(Field { leaf: Pointer::Funds(_, at), .. }) if at == field)
}

/// Whether there is one way only to make two amounts of the digits that agree with the rate.
fn are_amounts_told(budget: &str, executed: &str, rate: &str) -> bool {
    let text = format!("{budget}{executed}");
    let rate = rate.trim_end_matches('%');
    let Some(percent) = scaled(rate) else { return false };
    let ulp = 10i128.pow(4u32.saturating_sub(u32::try_from(decimals(rate)).unwrap_or(0)));
    let agrees = |(one, other): &(&str, &str)| match (scaled(one), scaled(other)) {
        // Percent in ten-thousandths, so: 100 executed / budget = percent / 10000, within one of its last digit.
        (Some(budget), Some(executed)) if 0 < budget => {
            (executed * 100 * 10_000 - percent * budget).abs() <= ulp * budget
        }
        _ => false,
    };
    let ways: Vec<(&str, &str)> = (1..text.len()).filter_map(|it| text.split_at_checked(it)).filter(agrees).collect();
    ways == [(budget, executed)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_told_apart_in_one_way_or_not_at_all() {
        let told = |one: &str, other: &str| is_seam_told(IndicatorField::Weight, one, other);
        assert!(told("10", "10"));
        assert!(told("10", "9.5"));
        assert!(told("22.5", "22.5"));
        assert!(told("5", "0"));
        // 12 and 1, or 1 and 21: a score is never above its weight. 11 and 11 against 111 and 1: no weight of 111.
        assert!(told("12", "1"));
        assert!(told("11", "11"));
        // 2.1 and 2, or 2 and no number.
        assert!(told("2.1", "2"));
        // 1.52 and 1.5, or 1.5 and 21.5, which is above; 10.52 and 8, or 10.5 and 28, which is above.
        assert!(told("10.5", "2.8") == (splits("10.52.8").len() == 1));
        assert!(!told("50", "5") || splits("505").len() == 1);
    }

    #[test]
    fn amounts_are_told_apart_by_the_rate() {
        assert!(are_amounts_told("547.98", "541.6", "98.84%"));
        assert!(are_amounts_told("20", "20", "100%"));
        assert!(!are_amounts_told("20", "10", "98%"));
    }
}
