//! What the checks of one form have to know of the other forms of its document.
//!
//! In: a form. Out: a [`Sibling`], computed once a document and shared by the checks of all its forms.

use gouji_model::{Cell, Form, FormKind};
use gouji_quantity::Number;

use crate::facts::Figure;
use crate::words::WordSet;

/// Words of a text that speaks of how people were asked.
static SURVEY: WordSet = WordSet::new(&["调查", "问卷", "样本", "抽样"]);

/// What the checks of one form have to know of its siblings.
#[derive(Clone, Debug, Default)]
pub struct Sibling {
    /// Every scored indicator got its full weight; `None` if none is scored.
    pub is_full: Option<bool>,
    /// The printed total score.
    pub total_score: Option<Number>,
    /// Some text of it speaks of a survey.
    pub names_survey: bool,
    /// Rows whose target is a bound (100% and 0 apart) and whose actual is a number.
    pub n_bounded: usize,
    /// Those of them whose actual is the bound.
    pub n_on_bound: usize,
}

impl Sibling {
    /// What the other forms of the document have to know of this one.
    pub fn of(form: &Form) -> Sibling {
        let mut is_full = None;
        for row in &form.indicators {
            let weight = Figure::points(row.weight.as_ref()).number();
            let score = Figure::points(row.score.as_ref()).number();
            if let Some((weight, score)) = weight.zip(score) {
                is_full = Some(is_full.unwrap_or(true) && weight.value() <= score.value());
            }
        }
        let (n_bounded, n_on_bound) = bounds(form);
        Sibling {
            n_bounded,
            n_on_bound,
            is_full: is_full.filter(|_| form.kind == FormKind::SelfEvaluation),
            total_score: Figure::points(form.total.score.as_ref()).number(),
            names_survey: texts(form).any(|it| SURVEY.is_in(&it.text)),
        }
    }
}

/// How many rows of a self-evaluation have a bound as target and a number as actual, and how many of these are equal.
fn bounds(form: &Form) -> (usize, usize) {
    let (mut n_bounded, mut n_equal) = (0, 0);
    let rows = form.indicators.iter().filter(|it| it.adjusted.is_none());
    for (target, actual) in rows.filter_map(|it| it.target.as_ref().zip(it.actual.as_ref())) {
        // Only what holds one of these signs or words can be a bound.
        if form.kind != FormKind::SelfEvaluation || !target.text.contains(BOUNDS) {
            continue;
        }
        let (target, actual) = (gouji_quantity::read_value(&target.text), gouji_quantity::read_value(&actual.text));
        let Some((target, actual)) = target.quantity().zip(actual.quantity()) else { continue };
        let is_bound = target.operator.is_some_and(|it| it.is_positive() || it.is_reverse());
        let is_whole = target.number.is_zero() || (target.is_percent() && target.number.value() == 100.into());
        if !is_bound || is_whole || actual.operator.is_some() || actual.approximation.is_some() {
            continue;
        }
        n_bounded += 1;
        n_equal += usize::from(target.number.value() == actual.number.value());
    }
    (n_bounded, n_equal)
}

/// A character of every sign and word that makes a target a bound.
const BOUNDS: [char; 18] =
    ['≥', '≤', '>', '<', '＞', '＜', '≧', '≦', '⩾', '⩽', '不', '少', '至', '以', '超', '内', '上', '下'];

/// The cells of a form that may hold prose.
fn texts(form: &Form) -> impl Iterator<Item = &Cell> {
    let rows = form.indicators.iter().flat_map(|it| [&it.name, &it.target, &it.actual, &it.method, &it.reason]);
    let boxes = form.texts.iter().map(|it| &it.text);
    let own = [&form.project, &form.goal.expected, &form.goal.achieved, &form.deviation];
    own.into_iter().chain(rows).chain(boxes).flatten().chain(&form.notes)
}
