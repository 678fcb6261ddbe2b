//! Running text of a document's body, of a cell or of a text box: characters go in, lines and grids come out.

use gouji_model::{Block, Place, TextBlock};

/// Text and grids in reading order.
#[derive(Default)]
pub(crate) struct Flow {
    pub(crate) blocks: Vec<Block>,
    /// The paragraph that is open, lines divided by `\n`.
    text: String,
    /// Where it starts.
    place: Place,
    /// What is anchored in the paragraph and printed beside it.
    beside: Vec<Block>,
    /// Whether the mark that ends the paragraph was deleted, so that the next one goes on in its line.
    pub(crate) goes_on: bool,
}

impl Flow {
    /// Begins a paragraph.
    pub(crate) fn start(&mut self, place: Place) {
        if self.text.is_empty() {
            self.place = place;
        }
        self.goes_on = false;
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds blocks that stand in the middle of a paragraph; they are read behind it.
    pub(crate) fn push_beside(&mut self, blocks: Vec<Block>) {
        self.beside.extend(blocks);
    }

    /// Adds the blocks of a table.
    pub(crate) fn push_blocks(&mut self, blocks: Vec<Block>) {
        self.blocks.extend(blocks);
    }

    /// Bytes of the paragraph that is open.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Ends the paragraph, unless its end was deleted. Says how many lines it has.
    pub(crate) fn end(&mut self) -> usize {
        if self.goes_on { 0 } else { self.flush() }
    }

    /// Ends the paragraph. Says how many lines it has.
    pub(crate) fn flush(&mut self) -> usize {
        let text = std::mem::take(&mut self.text);
        let (mut n_lines, mut column) = (0, 1_usize);
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                let of_text = self.place.column.is_none();
                let place = match u32::try_from(column) {
                    Ok(column) if of_text => Place { column: Some(column), ..self.place.clone() },
                    _ => self.place.clone(),
                };
                let text = line.to_owned();
                self.blocks.push(Block::Text(TextBlock { text, raw: None, place, break_before: n_lines == 0 }));
                n_lines += 1;
            }
            column = column.saturating_add(line.chars().count() + 1);
        }
        self.blocks.append(&mut self.beside);
        n_lines
    }
}
