//! The goal of a form: what was planned and what was reached.
//!
//! In: a line of the goal block. Out: its texts, each in its box, without the labels that begin them.

use super::Walk;
use crate::lexicon::Label;
use crate::text;
use crate::token::{Kind, Line, Token};

impl<'d> Walk<'d, '_> {
    /// Whether the cell heads the block below the goal, where blocks are numbered.
    pub(super) fn is_next_block(&self, first: &Token<'d>) -> bool {
        let number = text::list_number(&first.text);
        number.is_some() && number == self.goal_number.map(|it| it + 1)
    }

    pub(super) fn goal(&mut self, line: &'d Line<'d>) {
        // Where both boxes are headed side by side, what stands left of their heads names the block, in whatever words.
        let heads = |label: Label| line.tokens.iter().position(|it| it.is(label) && it.kind != Kind::Prose);
        let n_names = match (heads(Label::GoalExpected), heads(Label::GoalAchieved)) {
            (Some(expected), Some(achieved)) if expected + 1 == achieved => expected,
            _ => 0,
        };
        for name in line.tokens.iter().take(n_names) {
            self.goal_number = text::list_number(&name.text).or(self.goal_number);
        }
        let start = |it: &Token<'d>| self.lexicon.goal_prefix(&it.key).filter(|_| it.kind == Kind::Prose);
        let mut texts: Vec<(usize, &Token<'d>, Option<Label>)> = Vec::new();
        for (idx, token) in line.tokens.iter().enumerate().skip(n_names) {
            let side = if token.is(Label::GoalExpected) {
                Some(0)
            } else if token.is(Label::GoalAchieved) {
                Some(1)
            } else {
                None
            };
            if let (Some(side), true) = (side, token.kind != Kind::Prose) {
                if let Some(column) = self.goal_columns.get_mut(side) {
                    *column = Some(token.col);
                }
                continue;
            }
            if token.is(Label::GoalBlock) || token.is(Label::IndicatorBlock) {
                continue;
            }
            texts.push((idx, token, start(token).map(|it| it.0)));
        }
        let n_texts = texts.len();
        for (nth, (_, token, prefix)) in texts.into_iter().enumerate() {
            let achieved = match prefix {
                Some(Label::GoalAchieved) => true,
                Some(_) => false,
                None if n_texts > 1 => nth > 0,
                None => match self.goal_columns {
                    [Some(expected), Some(achieved)] if line.has_columns() => {
                        (token.col - achieved).abs() < (token.col - expected).abs()
                    }
                    _ => self.draft.expected.is_some() && self.draft.achieved.is_none() && !line.has_columns(),
                },
            };
            let prose = text::prose(&token.text);
            let bare = match start(token) {
                Some((_, len)) => after_key(&prose, len).trim_start_matches([':', '：', ' ', '　']).to_owned(),
                None => prose,
            };
            let slot = if achieved { &mut self.draft.achieved } else { &mut self.draft.expected };
            match slot {
                Some(cell) => {
                    cell.text.push('\n');
                    cell.text.push_str(&bare);
                }
                None => *slot = Some(token.cell_with(bare)),
            }
        }
    }
}

/// What follows the first characters of a text that make up `len` bytes of its key.
pub(super) fn after_key(text: &str, len: usize) -> &str {
    let mut seen = 0;
    for (idx, c) in text.char_indices() {
        if seen >= len {
            return &text[idx..];
        }
        seen += text::fold_char(c).map_or(0, char::len_utf8);
    }
    ""
}
