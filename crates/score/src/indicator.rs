//! What the checks of the indicators' logic share: the rows they run over, and the words of their findings.

use gouji_model::{IndicatorField, Pointer};
use gouji_quantity::{Kind as ValueKind, Quantity, Value};

use crate::Meta;
use crate::check::{Grade, Outcomes, Raised};
use crate::facts::{Facts, Row};
use crate::met::Comparison;
use crate::shares::Judged;
use crate::show;

/// Runs over the rows whose target, actual, points and score are printed. On a form whose actuals are points (D05)
/// nothing can be checked.
pub(crate) fn rows(
    facts: &Facts<'_>,
    outcomes: &mut Outcomes,
    mut look: impl FnMut(&mut Outcomes, usize, &Row, &Comparison),
) {
    if !facts.has_column(IndicatorField::Actual) || !facts.has_scores() {
        return outcomes.not_applicable();
    }
    if facts.actuals_are_points() {
        return outcomes.not_checkable(
            [Pointer::Column(IndicatorField::Actual)],
            "实际值栏填的是得分（D05）",
            "the actual column holds points (D05)",
        );
    }
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        let is_scored = row.score.number().is_some() && row.weight.number().is_some_and(|it| !it.is_zero());
        if is_scored && !row.is_idle {
            look(outcomes, row_idx, row, facts.comparison(row_idx));
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The place that a check of a row accuses.
pub(crate) fn score_of(row_idx: usize) -> Pointer {
    Pointer::Indicator(row_idx, IndicatorField::Score)
}

/// A finding about a row's score against what its figures admit, with the figures in its words.
pub(crate) fn raised(
    facts: &Facts<'_>,
    meta: &'static Meta,
    grade: Grade,
    row_idx: usize,
    comparison: &Comparison,
    judged: &Judged,
    (zh, en): (&str, &str),
) -> Raised {
    let row = facts.form.indicators.get(row_idx);
    let printed = |field| show::printed(row.and_then(|it| it.field(field)));
    // An adjusted target is the one that counts.
    let target_field = facts.values(row_idx).map_or(IndicatorField::Target, |it| it.target_field);
    let (target, actual) = (printed(target_field), printed(IndicatorField::Actual));
    let (score, weight) = (show::plain(judged.score.value()), show::plain(judged.weight.value()));
    let may_be = show::admissible(&judged.admitted, judged.score);
    let name = show::row_name(facts.form, row_idx);
    let used = [target_field, IndicatorField::Actual, IndicatorField::Weight];
    let mut finding = Raised::new(meta, grade);
    if let Some(ratio) = comparison.ratio {
        let share = ratio.times(judged.weight.value().into()).map_or_else(String::new, |it| show::rounded(it, 2));
        let is_inverse = comparison.is_above;
        let (over, under) = if is_inverse { (target, actual) } else { (actual, target) };
        finding = finding.recomputed(share.clone()).equation(format!("{over} / {under} * {weight} = {share}"));
    }
    finding
        .at([score_of(row_idx)])
        .inputs(used.map(|field| Pointer::Indicator(row_idx, field)))
        .stated(score.clone())
        .admissible(may_be.clone())
        .message(
            format!("{name}指标值 {target}，实际 {actual}，{zh}：分值 {weight}，得分 {score}，可得 {may_be}"),
            format!(
                "{name}: target {target}, actual {actual}, {en}: {score} of {weight} points, {may_be} may be scored"
            ),
        )
}

/// A finding about a row's target and actual, with both in its words; what is said of them stands behind.
pub(crate) fn told(
    facts: &Facts<'_>,
    meta: &'static Meta,
    grade: Grade,
    row_idx: usize,
    (zh, en): (&str, &str),
) -> Raised {
    let row = facts.form.indicators.get(row_idx);
    let target_field = facts.values(row_idx).map_or(IndicatorField::Target, |it| it.target_field);
    let printed = |field| show::shortened(show::printed(row.and_then(|it| it.field(field))).trim());
    let (target, actual) = (printed(target_field), printed(IndicatorField::Actual));
    let name = show::row_name(facts.form, row_idx);
    Raised::new(meta, grade)
        .at([score_of(row_idx)])
        .inputs([target_field, IndicatorField::Actual].map(|field| Pointer::Indicator(row_idx, field)))
        .stated(actual.clone())
        .message(
            format!("{name}指标值 {target}，实际 {actual}：{zh}"),
            format!("{name}: target {target}, actual {actual}: {en}"),
        )
}

/// The quantities of target and actual, one by one; `None` where they are none, or not as many.
pub(crate) fn pairs<'v>(
    target: &'v Value,
    actual: &'v Value,
) -> Option<impl Iterator<Item = (&'v Quantity, &'v Quantity)>> {
    let is_list = |it: &Value| matches!(it.kind, ValueKind::Compound(_) | ValueKind::Several(_));
    let is_one = |it: &Value| matches!(it.kind, ValueKind::Quantity(_));
    let (left, right) = (target.quantities(), actual.quantities());
    let is_alike =
        (is_list(target) && is_list(actual) && left.len() == right.len()) || (is_one(target) && is_one(actual));
    is_alike.then(|| left.iter().zip(right))
}

/// The cell of a row whose first sign may be an operator that was read as a glyph, and its other reading (rule book 4.4).
pub(crate) fn glyph_reading(facts: &Facts<'_>, row_idx: usize) -> Option<(IndicatorField, String)> {
    let values = facts.values(row_idx).filter(|_| facts.is_ocr)?;
    let row = facts.form.indicators.get(row_idx)?;
    let read = |field: IndicatorField, twin: &Value| {
        let text = row.field(field)?.text.trim();
        let quantity = gouji_quantity::reading_past_glyph(text, twin.quantity())?;
        Some((field, format!("≥{}", text.get(quantity.number_span.start..)?)))
    };
    read(values.target_field, &values.actual).or_else(|| read(IndicatorField::Actual, &values.target))
}

/// How many Han characters stand beside the quantities of a cell: few where the cell is a figure, many where it is prose.
pub(crate) fn n_words_beside(text: &str, value: &Value) -> usize {
    let text = text.trim();
    let is_beside = |at: usize| !value.quantities().iter().any(|it| (it.span.start..it.span.end).contains(&at));
    text.char_indices().filter(|(at, it)| ('\u{4E00}'..='\u{9FFF}').contains(it) && is_beside(*at)).count()
}
