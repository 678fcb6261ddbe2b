//! Running text of a page or a cell into lines, white space set as a browser sets it.

use gouji_model::{Block, Place, TextBlock};

use crate::math;

/// White space that HTML collapses; other blanks, such as U+3000, are characters.
const HTML_BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\x0C'];

/// Text and grids of a page's body or of one cell, in reading order.
#[derive(Default)]
pub(crate) struct Flow {
    pub(crate) blocks: Vec<Block>,
    line: String,
    /// Where `line` starts.
    place: Place,
    /// White space seen since the last character of `line`.
    gap: Gap,
    /// Whether a paragraph ended since the last block.
    after_break: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    /// White space that holds a line end of the source.
    Wrap,
    /// White space within a line of the source.
    Space,
}

impl Flow {
    /// Adds text of the source; white space is collapsed unless `is_preformatted`.
    pub(crate) fn push_text(&mut self, text: &str, is_preformatted: bool, place: Place) {
        if self.line.is_empty() {
            self.place = place;
        }
        if is_preformatted {
            let mut lines = text.split('\n');
            self.line.push_str(lines.next().unwrap_or_default());
            for line in lines {
                self.end_line();
                self.line.push_str(line);
            }
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let (word, after) = rest.split_at(rest.find(HTML_BLANKS).unwrap_or(rest.len()));
            if !word.is_empty() {
                self.push_word(word);
            }
            let (blanks, after) = after.split_at(after.find(|it| !HTML_BLANKS.contains(&it)).unwrap_or(after.len()));
            if !blanks.is_empty() {
                self.widen(if blanks.contains('\n') { Gap::Wrap } else { Gap::Space });
            }
            rest = after;
        }
    }

    fn widen(&mut self, gap: Gap) {
        // A line end of the source with indentation around it is one line end.
        self.gap = if self.gap == Gap::Wrap { Gap::Wrap } else { gap };
    }

    fn push_word(&mut self, word: &str) {
        let gap = std::mem::take(&mut self.gap);
        let is_wide_seam =
            self.line.chars().next_back().is_some_and(is_wide) && word.chars().next().is_some_and(is_wide);
        // A line end between two Chinese characters is no space: it is where the source was wrapped.
        let is_space = gap == Gap::Space || (gap == Gap::Wrap && !is_wide_seam);
        if is_space && !self.line.is_empty() {
            self.line.push(' ');
        }
        self.line.push_str(word);
    }

    /// Ends the line, as `<br>` does; an empty one is a break.
    /// Says whether there was one that is not.
    pub(crate) fn end_line(&mut self) -> bool {
        let is_filled = self.flush();
        self.after_break |= !is_filled;
        is_filled
    }

    /// Ends the paragraph, as the start or end of a block does.
    /// Says whether there was a line in it that is not empty.
    pub(crate) fn end_paragraph(&mut self) -> bool {
        let is_filled = self.flush();
        self.after_break = true;
        is_filled
    }

    /// Adds blocks that a table made.
    pub(crate) fn push_blocks(&mut self, blocks: Vec<Block>) {
        self.blocks.extend(blocks);
        self.after_break = true;
    }

    /// Bytes of the line that is being built.
    pub(crate) fn line_len(&self) -> usize {
        self.line.len()
    }

    fn flush(&mut self) -> bool {
        self.gap = Gap::None;
        let line = std::mem::take(&mut self.line);
        if line.trim_matches(is_blank_char).is_empty() {
            return false;
        }
        let (text, raw) = match math::plain(&line) {
            Some(plain) => (plain, Some(line)),
            None => (line, None),
        };
        let break_before = std::mem::take(&mut self.after_break);
        self.blocks.push(Block::Text(TextBlock { text, raw, place: self.place.clone(), break_before }));
        true
    }
}

/// Characters that are set without spaces between them: Chinese characters and full-width punctuation.
fn is_wide(it: char) -> bool {
    matches!(it, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// White space, and rubble that prints as nothing.
pub(crate) fn is_blank_char(it: char) -> bool {
    it.is_whitespace()
        || it.is_control()
        || matches!(it, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{180E}')
}
