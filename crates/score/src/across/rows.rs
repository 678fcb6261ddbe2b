//! X06 over documents: a row whose words are at home in another project's form and not in its own.
//!
//! In: the long names of the run's rows. Out: a finding for each row that only one project's forms account for. A name that
//! several projects print is a phrase of the trade, and no copy.

use gouji_model::{Bilingual, IndicatorField, Pointer};

use crate::across::finding::{Found, Part, place, project};
use crate::across::forms::{Forms, Kept, Row};
use crate::at_home;
use crate::check::Grade;

/// Forms that print one name; more of them have it from a template.
const MOST_FORMS: usize = 8;

pub(crate) fn find(forms: &mut Forms, found: &mut Vec<Found>) {
    let mut rows = std::mem::take(&mut forms.rows);
    rows.sort_unstable_by_key(|it| (it.key, it.form, it.row));
    for group in rows.chunk_by(|left, right| left.key == right.key) {
        if group.len() < 2 || MOST_FORMS < group.len() {
            continue;
        }
        let mut members: Vec<(&Kept, &Row)> = group.iter().filter_map(|it| Some((forms.get(it.form)?, it))).collect();
        members.sort_by(|left, right| forms.order(left.0, right.0));
        let (homes, strangers): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|it| at_home::is_at_home(usize::from(it.1.share)));
        let Some(home) = homes.first() else { continue };
        if homes.iter().any(|it| forms.are_other_projects(home.0, it.0)) {
            continue;
        }
        for stranger in &strangers {
            compare(forms, found, home, stranger, &homes);
        }
    }
}

fn compare(
    forms: &Forms,
    found: &mut Vec<Found>,
    home: &(&Kept, &Row),
    stranger: &(&Kept, &Row),
    homes: &[(&Kept, &Row)],
) {
    let ((from, source), (into, row)) = (*home, *stranger);
    let is_told = homes.iter().any(|it| it.0.document == into.document);
    let is_foreign = at_home::is_foreign(usize::from(row.share), usize::from(source.share));
    // Within one document the check of the form says it.
    if is_told || !is_foreign || !forms.are_other_projects(from, into) {
        return;
    }
    let (own, other) = (project(forms, into), project(forms, from));
    let (here, there) = (place(forms, into), place(forms, from));
    let (row_number, source_number) = (row.row + 1, source.row + 1);
    let message = Bilingual::new(
        format!(
            "{}第 {row_number} 行指标与项目{}无关，与{}（{}）第 {source_number} 行相同，疑由该表抄入",
            here.zh, own.zh, other.zh, there.zh
        ),
        format!(
            "row {row_number} of {} has nothing to do with its project {} and equals row {source_number} of {} ({}): probably copied",
            here.en, own.en, other.en, there.en
        ),
    );
    let name = |row: &Row| Pointer::Indicator(usize::from(row.row), IndicatorField::Name);
    let part = |form, row: &Row| Part { line: row.line, ..Part::at(form, name(row)) };
    let grade = if forms.have_one_owner(from, into) { Grade::S2 } else { Grade::S3 };
    let about = format!("{:016x}", row.key);
    found.push(Found::new(forms, "X06", grade, vec![part(from, source), part(into, row)], about, message));
}
