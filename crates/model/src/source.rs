//! What a reader is given: bytes, a name, and how much it may take.

/// The bytes of a document and the name they came under.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The path as given, for messages.
    pub name: &'a str,
    /// The whole document.
    pub bytes: &'a [u8],
}

/// How much one document may take; the defaults are the contract's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document.
    pub document_bytes: usize,
    /// Bytes of a cell or of a line of text.
    pub cell_bytes: usize,
    /// Slots of all grids of a document.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { document_bytes: 64 << 20, cell_bytes: 4 << 20, cells: 2_000_000 }
    }
}
