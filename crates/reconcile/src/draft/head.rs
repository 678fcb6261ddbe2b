//! The head of a form: fields beside their labels, or in one cell with them.
//!
//! In: a line of the head. Out: project, department, unit and total score, and which labels are printed.

use gouji_model::{Cell, Pointer};

use super::{Part, Walk};
use crate::lexicon::{HeadField, Label};
use crate::text;
use crate::token::{Kind, Line, Token};

/// A label that is glued to its value has at least this many characters.
const SHORTEST_LABEL: usize = 4;

/// Longer cells are prose. Characters; a name of a project seldom has more than 40.
const LONGEST_FUSED: usize = 60;

impl<'d> Walk<'d, '_> {
    pub(super) fn head_fields(&mut self, line: &Line<'d>) {
        let mut field = None;
        let mut found: Vec<(HeadField, Cell)> = Vec::new();
        for token in &line.tokens {
            let label = token.find(|it| if let Label::Head(field) = it { Some(field) } else { None });
            // A converter prints a label that spans columns in each of them.
            let again = label.is_some() && label == field && !found.iter().any(|it| Some(it.0) == field);
            if again {
                continue;
            }
            if let Some(label) = label.filter(|it| field != Some(*it)) {
                field = Some(label);
                if let Some(pointer) = head_pointer(label)
                    && !self.draft.labels.contains(&pointer)
                {
                    self.draft.labels.push(pointer);
                }
                continue;
            }
            if let Some((label, value)) = self.fused_head(token) {
                field = Some(label);
                if let Some(pointer) = head_pointer(label)
                    && !self.draft.labels.contains(&pointer)
                {
                    self.draft.labels.push(pointer);
                }
                let value = without_seal(&value);
                if !value.is_empty() {
                    self.draft.log.split(token, head_pointer(label));
                    found.push((label, token.cell_with(value.to_owned())));
                }
                continue;
            }
            let Some(field) = field else { continue };
            if token.kind == Kind::Dash {
                continue;
            }
            match found.last_mut() {
                // A converter prints a cell that spans columns in each of them.
                Some((last, cell)) if *last == field && text::key(&cell.text) == token.key => {}
                Some((last, cell)) if *last == field => text::append(&mut cell.text, &text::value(&token.text)),
                _ => {
                    let value = text::value(&token.text);
                    let value = without_seal(&value);
                    if !value.is_empty() {
                        found.push((field, token.cell_with(value.to_owned())));
                    }
                }
            }
        }
        for (field, cell) in found {
            match field {
                HeadField::Project => self.draft.project.get_or_insert(cell),
                HeadField::Department => self.draft.department.get_or_insert(cell),
                HeadField::Unit => self.draft.unit.get_or_insert(cell),
                HeadField::Total => self.draft.head_total.get_or_insert(cell),
                HeadField::Other => continue,
            };
        }
    }

    /// Label and value of a head field in one cell: `项目名称:某某项目`, `项目总得分99分`.
    pub(super) fn fused_head(&self, token: &Token<'_>) -> Option<(HeadField, String)> {
        let field = |label: &str| {
            let key = text::key(label);
            let labels = self.lexicon.look_up_exact(&text::label_text(&key))?;
            labels.iter().find_map(|it| if let Label::Head(field) = it { Some(*field) } else { None })
        };
        if let Some((label, value)) = token.text.split_once([':', '：'])
            && let Some(field) = field(label)
        {
            return Some((field, text::value(value)));
        }
        if !token.labels.is_empty() {
            return None;
        }
        if let Some((label, value)) = token.text.trim().split_once(char::is_whitespace)
            && let Some(field) = field(label)
        {
            return Some((field, text::value(value)));
        }
        // Nothing between them: the longest label that the cell begins with.
        if self.part == Part::Head && token.text.chars().count() <= LONGEST_FUSED {
            let ends: Vec<usize> = token.text.char_indices().map(|it| it.0).skip(SHORTEST_LABEL).take(6).collect();
            let longest = ends.into_iter().rev().find_map(|at| {
                let (label, value) = token.text.split_at(at);
                field(label).filter(|it| *it != HeadField::Total).map(|it| (it, text::value(value)))
            });
            if longest.is_some() {
                return longest;
            }
        }
        let start = token.text.find(|c: char| c.is_ascii_digit()).filter(|it| *it > 0 && token.text.len() < 60)?;
        let (label, figure) = token.text.split_at(start);
        let figure = figure.trim().trim_end_matches('分');
        let is_total = text::is_plain_number(figure) && field(label)? == HeadField::Total;
        is_total.then(|| (HeadField::Total, figure.to_owned()))
    }
}

/// A head value without the word for the seal: `(盖章)某某局`.
pub(super) fn without_seal(value: &str) -> &str {
    let bare = value.trim_start_matches([':', '：', ' ']);
    let bare = bare.strip_prefix("(盖章)").or_else(|| bare.strip_prefix("（盖章）")).unwrap_or(bare);
    bare.trim_start_matches([':', '：', ' '])
}

/// The leaf that a head field fills.
pub(super) fn head_pointer(field: HeadField) -> Option<Pointer> {
    match field {
        HeadField::Project => Some(Pointer::Project),
        HeadField::Department => Some(Pointer::Department),
        HeadField::Unit => Some(Pointer::Unit),
        HeadField::Total => Some(Pointer::TotalScore),
        HeadField::Other => None,
    }
}
