//! The head of a form: fields beside their labels, or in one cell with them.
//!
//! In: a line of the head. Out: project, department, unit and total score, and which labels are printed.

use gouji_model::{Cell, Pointer};

use super::{Part, Walk};
use crate::cores::HeadCore;
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
        let mut n_unknown = 0;
        for (idx, token) in line.tokens.iter().enumerate() {
            let label = token.find(|it| if let Label::Head(field) = it { Some(field) } else { None });
            // Where a label stands: before all values, or behind the value of another.
            let at_label = field.is_none_or(|field| found.iter().any(|it| it.0 == field));
            let label = label.or_else(|| {
                let core = self.head_core(line, idx).filter(|_| at_label)?;
                n_unknown += 1;
                Some(HeadField::Unknown(core, n_unknown))
            });
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
                HeadField::Unknown(core, _) => {
                    self.draft.unknown_heads.push((core, cell));
                    continue;
                }
                HeadField::Other => continue,
            };
        }
    }

    /// What a cell says that can only be a label of the head, though its words are unknown.
    fn head_core(&self, line: &Line<'_>, idx: usize) -> Option<HeadCore> {
        let token = line.tokens.get(idx)?;
        let has_value = line.tokens.get(idx + 1).is_some_and(|it| it.labels.is_empty());
        let may_be = self.part == Part::Head && line.has_columns() && has_value;
        let key = text::label_text(&token.key);
        let is_label = may_be && token.labels.is_empty() && token.kind == Kind::Words && key.points.is_none();
        is_label.then(|| self.lexicon.cores.head(key.word)).flatten()
    }

    /// Whether a line of the head begins with a label in unknown words.
    pub(super) fn opens_with_core(&self, line: &Line<'_>) -> bool {
        self.head_core(line, 0).is_some()
    }

    /// Gives fields whose labels are in unknown words to the roles that are missing.
    pub(super) fn settle_heads(&mut self) {
        let unknown = std::mem::take(&mut self.draft.unknown_heads);
        let mut bodies = unknown.iter().filter(|it| it.0 != HeadCore::Project).peekable();
        let n_bodies = unknown.iter().filter(|it| it.0 == HeadCore::Body).count();
        let mut taken = Vec::new();
        if self.draft.project.is_none()
            && let Some((_, cell)) = unknown.iter().find(|it| it.0 == HeadCore::Project)
        {
            self.draft.project = Some(cell.clone());
            taken.push(Pointer::Project);
        }
        // A department stands before its unit; a body alone is the unit, unless that is known.
        let is_department = |core: HeadCore, unit: bool| core == HeadCore::Department || unit || n_bodies > 1;
        if self.draft.department.is_none()
            && let Some((_, cell)) = bodies.next_if(|it| is_department(it.0, self.draft.unit.is_some()))
        {
            self.draft.department = Some(cell.clone());
            taken.push(Pointer::Department);
        }
        if self.draft.unit.is_none()
            && let Some((_, cell)) = bodies.find(|it| it.0 == HeadCore::Body)
        {
            self.draft.unit = Some(cell.clone());
            taken.push(Pointer::Unit);
        }
        self.draft.labels.extend(taken);
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
        HeadField::Unknown(..) | HeadField::Other => None,
    }
}
