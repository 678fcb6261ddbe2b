//! Where on a document something was printed.

use std::sync::Arc;

/// Where something was printed. What a format does not have is `None`.
///
/// `page`, `line` and `column` start at 1; `column` is the tab-separated or sheet column, for prose the character.
/// `bbox` is `[x0, y0, x1, y1]` in points from the top left corner of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Page of the document.
    pub page: Option<u32>,
    /// Line of the text.
    pub line: Option<u32>,
    /// Tab-separated or sheet column; for prose the character in the line.
    pub column: Option<u32>,
    /// Name of the sheet.
    pub sheet: Option<Arc<str>>,
    /// Name of the cell in its sheet, such as `H12`.
    pub cell: Option<Arc<str>>,
    /// Box on the page.
    pub bbox: Option<[f32; 4]>,
    /// Path inside a container (a member of a zip, an attachment).
    pub part: Option<Arc<str>>,
}

impl Place {
    /// A place in a text, both counted from 1.
    pub fn in_text(line: u32, column: u32) -> Place {
        Place { line: Some(line), column: Some(column), ..Place::default() }
    }
}
