//! What was copied from one form into another: completion texts (X20) and figures (X21).
//!
//! In: the hashes of texts and of telling figures. Out: a finding for each that stands in forms of several documents which
//! are surely of different projects, years or units.

use gouji_model::{Bilingual, IndicatorField, Pointer};

use crate::across::finding::{Found, Part, listed};
use crate::across::forms::{Forms, Kept};
use crate::check::Grade;

/// Forms of one text that are compared with each other; more of them are a template, and the first show it.
const MOST_COMPARED: usize = 64;

/// How forms of one text differ.
#[derive(Clone, Copy, Debug, Default)]
struct Difference {
    projects: bool,
    years: bool,
    units: bool,
}

impl Difference {
    fn is_any(self) -> bool {
        self.projects || self.years || self.units
    }

    /// `不同项目、不同年度`, `projects, years`.
    fn words(self) -> Bilingual {
        let all = [
            (self.projects, "不同项目", "different projects"),
            (self.units, "不同单位", "different units"),
            (self.years, "不同年度", "different years"),
        ];
        let shown = || all.iter().filter(|it| it.0);
        let zh = shown().map(|it| it.1).collect::<Vec<_>>().join("、");
        Bilingual::new(zh, shown().map(|it| it.2).collect::<Vec<_>>().join(", "))
    }
}

/// X20: one completion text in forms that are not one.
pub(crate) fn texts(forms: &mut Forms, found: &mut Vec<Found>) {
    let mut texts = std::mem::take(&mut forms.texts);
    texts.sort_unstable();
    for group in texts.chunk_by(|left, right| left.0 == right.0) {
        let Some((hash, members, difference)) = suspects(forms, group) else { continue };
        let is_only_year = !difference.projects && !difference.units;
        // Where the completion is the goal again, D03 says so in each form; a goal may well be that of last year.
        if is_only_year && members.iter().any(|it| it.marks.is_goal) {
            continue;
        }
        let has_figure = members.iter().any(|it| it.marks.has_figure);
        let (words, named) = (difference.words(), listed(forms, &members));
        let count = members.len();
        let message = Bilingual::new(
            format!("{}的 {count} 张表完成情况文字相同（年份除外）：{}", words.zh, named.zh),
            format!("{count} forms of {} have one completion text, years apart: {}", words.en, named.en),
        );
        let parts = members.into_iter().map(|it| Part::at(it, Pointer::GoalAchieved)).collect();
        let grade = if has_figure { Grade::S2 } else { Grade::S3 };
        found.push(Found::new(forms, "X20", grade, parts, format!("{hash:016x}"), message));
    }
}

/// X21: the same measured figures in forms that are not one.
pub(crate) fn figures(forms: &mut Forms, found: &mut Vec<Found>) {
    let mut figures = std::mem::take(&mut forms.figures);
    figures.sort_unstable();
    for group in figures.chunk_by(|left, right| left.0 == right.0) {
        let Some((hash, members, difference)) = suspects(forms, group) else { continue };
        let (words, named) = (difference.words(), listed(forms, &members));
        let count = members.len();
        let message = Bilingual::new(
            format!("{}的 {count} 张表实际完成的数字全部相同，且与指标值无关：{}", words.zh, named.zh),
            format!("{count} forms of {} report the same figures, none of them a target: {}", words.en, named.en),
        );
        let column = Pointer::Column(IndicatorField::Actual);
        let parts = members.into_iter().map(|it| Part::at(it, column)).collect();
        found.push(Found::new(forms, "X21", Grade::S2, parts, format!("{hash:016x}"), message));
    }
}

/// The forms of a group in their order, if two of different documents are surely not one form.
fn suspects<'f>(forms: &'f Forms, group: &[(u64, u32)]) -> Option<(u64, Vec<&'f Kept>, Difference)> {
    let hash = group.first()?.0;
    if group.len() < 2 {
        return None;
    }
    let mut members: Vec<&Kept> = group.iter().filter_map(|it| forms.get(it.1)).collect();
    members.sort_by(|left, right| forms.order(left, right));
    let mut difference = Difference::default();
    let compared = members.get(..MOST_COMPARED).unwrap_or(&members);
    for (idx, left) in compared.iter().enumerate() {
        for right in compared.iter().skip(idx + 1).filter(|it| it.document != left.document) {
            difference.projects |= forms.are_other_projects(left, right);
            difference.units |= forms.are_other_units(left, right);
            difference.years |= Forms::are_other_years(left, right);
        }
    }
    difference.is_any().then_some((hash, members, difference))
}
