//! How the characters of a run are printed, and whether they are: properties go in, text comes out.

use crate::symbols::{self, Shapes};

/// Properties of a run, or of the runs of a paragraph.
#[derive(Clone, Copy, Default)]
pub(crate) struct Run {
    pub(crate) is_hidden: bool,
    pub(crate) is_raised: bool,
    pub(crate) shapes: Option<Shapes>,
}

impl Run {
    /// What is printed of a text: shapes as what they show, raised digits as characters, no soft hyphens.
    pub(crate) fn printed(self, text: &str) -> String {
        let is_plain = |it: char| it != '\u{AD}' && !symbols::is_private(it);
        let text: String = if text.chars().all(is_plain) {
            text.to_owned()
        } else {
            let shown = |it: char| match it {
                // Printed at the end of a line only.
                '\u{AD}' => None,
                it if symbols::is_private(it) => {
                    // A font that the run only inherits is most often Symbol, which has the signs of comparison.
                    let shapes = self.shapes.unwrap_or(Shapes::Symbol);
                    Some(symbols::printed(Some(shapes), u32::from(it)))
                }
                it => Some(it),
            };
            text.chars().filter_map(shown).collect()
        };
        match if self.is_raised { symbols::raised(&text) } else { None } {
            Some(raised) => raised,
            None => text,
        }
    }
}

/// A field that is open: what it was computed from is not printed, its result is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Code,
    Result,
}

/// A control in which one of several texts is chosen, or a box is ticked.
#[derive(Default)]
pub(crate) struct Control {
    entries: Vec<String>,
    chosen: Option<usize>,
    is_box: bool,
    is_ticked: Option<bool>,
    is_ticked_at_first: bool,
}

impl Control {
    /// Takes down what a part of the control says.
    pub(crate) fn note(&mut self, name: &str, value: Option<String>, is_on: bool) {
        match name {
            "listEntry" => self.entries.extend(value),
            "result" => self.chosen = value.and_then(|it| it.trim().parse().ok()),
            "checkBox" => self.is_box = true,
            "checked" => self.is_ticked = Some(is_on),
            "default" if self.is_box => self.is_ticked_at_first = is_on,
            _ => {}
        }
    }

    /// What it prints.
    pub(crate) fn printed(&self) -> Option<&str> {
        if self.is_box {
            return Some(if self.is_ticked.unwrap_or(self.is_ticked_at_first) { "☑" } else { "□" });
        }
        self.entries.get(self.chosen.unwrap_or(0)).map(String::as_str)
    }
}
