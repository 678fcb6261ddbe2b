//! What the checks of one form have to know of the other forms of its document.
//!
//! In: a form. Out: a [`Sibling`], computed once a document and shared by the checks of all its forms.

use gouji_model::{Cell, Form, FormKind};
use gouji_quantity::Number;

use crate::facts::Figure;

/// Words of a text that speaks of how people were asked.
const SURVEY: [&str; 4] = ["调查", "问卷", "样本", "抽样"];

/// What the checks of one form have to know of its siblings.
#[derive(Clone, Debug, Default)]
pub struct Sibling {
    /// Every scored indicator got its full weight; `None` if none is scored.
    pub is_full: Option<bool>,
    /// The printed total score.
    pub total_score: Option<Number>,
    /// Some text of it speaks of a survey.
    pub names_survey: bool,
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
        Sibling {
            is_full: is_full.filter(|_| form.kind == FormKind::SelfEvaluation),
            total_score: Figure::points(form.total.score.as_ref()).number(),
            names_survey: texts(form).any(|it| SURVEY.iter().any(|word| it.text.contains(word))),
        }
    }
}

/// The cells of a form that may hold prose.
fn texts(form: &Form) -> impl Iterator<Item = &Cell> {
    let rows = form.indicators.iter().flat_map(|it| [&it.name, &it.target, &it.actual, &it.method, &it.reason]);
    let boxes = form.texts.iter().map(|it| &it.text);
    let own = [&form.project, &form.goal.expected, &form.goal.achieved, &form.deviation];
    own.into_iter().chain(rows).chain(boxes).flatten().chain(&form.notes)
}
