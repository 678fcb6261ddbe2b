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
    /// Documents inside each other: a workbook in a text in an archive is three deep.
    pub depth: usize,
    /// Documents inside one document, all levels counted together.
    pub parts: usize,
    /// Bytes that a document may have when it is unpacked, its parts included.
    pub unpacked_bytes: usize,
    /// Members of one archive, which is walked like a folder.
    pub members: usize,
    /// Bytes that the members of one archive may have when they are unpacked, one after the other.
    pub archive_bytes: u64,
    /// How many times its packed size something may have when it is unpacked; see [`Limits::is_bomb`].
    pub ratio: usize,
}

/// What may be unpacked whatever the ratio: a sheet of blanks packs a thousandfold and is no attack. Bytes.
const HARMLESS_BYTES: usize = 8 << 20;

impl Limits {
    /// Whether something is so much larger than what it was packed in that it was made to be.
    pub fn is_bomb(&self, packed: usize, unpacked: usize) -> bool {
        HARMLESS_BYTES < unpacked && packed.saturating_mul(self.ratio) < unpacked
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            document_bytes: 64 << 20,
            cell_bytes: 4 << 20,
            cells: 2_000_000,
            depth: 3,
            parts: 1_000,
            // Twice the size of a document: pages of markup pack to a tenth, figures and pictures less.
            unpacked_bytes: 128 << 20,
            members: 100_000,
            // What a province publishes in a year has a tenth of it.
            archive_bytes: 16 << 30,
            // Markup of tables packs to a fortieth, to a hundredth where most cells are blank.
            ratio: 200,
        }
    }
}
