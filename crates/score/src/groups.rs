//! Runs of rows that share a label.
//!
//! In: a form and which of its labels count. Out: the groups in printed order, with the points printed beside their label.

use gouji_model::{Cell, Form, Indicator};

use crate::facts::{Figure, Group};

type Labels<'f> = (Option<&'f Cell>, Option<&'f Cell>);

/// The runs of rows that share what `labels` says of them, with the first points that `points` reads.
pub(crate) fn runs<'f>(
    form: &'f Form,
    labels: impl Fn(&'f Indicator) -> Labels<'f>,
    points: impl Fn(&'f Indicator) -> Option<&'f Cell>,
) -> Vec<Group> {
    let same = |left: Labels<'_>, right: Labels<'_>| {
        left.0.map(|it| &it.text) == right.0.map(|it| &it.text)
            && left.1.map(|it| &it.text) == right.1.map(|it| &it.text)
    };
    let mut found: Vec<Group> = Vec::new();
    let mut last = None;
    for (row_idx, row) in form.indicators.iter().enumerate() {
        let here = labels(row);
        let own = Figure::points(points(row)).number();
        match (found.last_mut(), last) {
            (Some(group), Some(before)) if same(before, here) => {
                group.rows.end = row_idx + 1;
                group.points = group.points.or(own);
            }
            _ => found.push(Group { rows: row_idx..row_idx + 1, points: own }),
        }
        last = Some(here);
    }
    found
}
