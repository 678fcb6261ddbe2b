//! Printing a drawing: as text, Markdown and HTML here, and as a grid from which other programs make their files.
//!
//! In goes a [`Drawing`](crate::Drawing) and a stream of numbers for the habits of whoever made the file; out comes the
//! file. The drawing's truth holds for each of them.

pub mod grid;
mod html;
mod markdown;
pub mod saved;
mod spans;
mod text;

pub use html::html;
pub use markdown::markdown;
pub use text::text;

use crate::Rng;

/// One of a list of ways to write something.
fn pick<'a>(rng: &mut Rng, among: &[&'a str]) -> &'a str {
    among.get(rng.below(among.len())).copied().unwrap_or_default()
}

/// Han characters that a cell has at least before a line is broken inside it. A cell of a printed table is seldom
/// narrower than that.
const BROKEN_FROM: usize = 10;

/// Han characters before the break.
const BROKEN_AFTER: usize = 6;

/// The two lines of a text that is broken inside its cell, if it is a long word; a figure is not broken.
fn broken(text: &str) -> Option<(&str, &str)> {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    if !text.chars().all(is_han) || text.chars().count() < BROKEN_FROM {
        return None;
    }
    let (at, _) = text.char_indices().nth(BROKEN_AFTER)?;
    text.split_at_checked(at)
}
