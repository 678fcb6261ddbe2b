//! What a zip file or an OLE container holds, told from the names inside it: bytes go in, a format or a reason comes out.

use gouji_model::{Format, ReadError, UnreadCode};

/// How a zip file begins.
pub(crate) const ZIP_MAGIC: &[u8] = b"PK\x03\x04";
/// How an OLE container begins (MS-CFB 2.2).
pub(crate) const OLE_MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// How the end of a zip file's table begins, its length without a remark, and the longest remark (APPNOTE 4.3.16).
const TABLE_END: &[u8] = b"PK\x05\x06";
const TABLE_END_BYTES: usize = 22;
const LONGEST_REMARK: usize = 0xFFFF;
/// How an entry of the table begins, and its length without names (APPNOTE 4.3.12).
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: usize = 46;
/// Entries of the table that are looked at: the main parts of a document stand among the first.
const MOST_ENTRIES: usize = 4096;
/// Length of an entry of an OLE container's directory, which all stand at multiples of it.
const DIRECTORY_BYTES: usize = 128;
/// What an OpenDocument workbook says of itself in its first member, which is not packed.
const ODS_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
/// Bytes at the start of a zip file that hold its first member's name and text.
const FIRST_MEMBER_BYTES: usize = 256;

/// The format of a document in a zip file; `None` if it is an archive or broken.
pub(crate) fn of_zip(bytes: &[u8]) -> Option<Format> {
    let head = bytes.get(..FIRST_MEMBER_BYTES).unwrap_or(bytes);
    if head.windows(ODS_TYPE.len()).any(|it| it == ODS_TYPE) {
        return Some(Format::Ods);
    }
    let names = names(bytes).unwrap_or_default();
    let has = |start: &str| {
        names.iter().any(|it| it.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start.as_bytes())))
    };
    if has("xl/workbook.") || has("xl\\workbook.") {
        Some(Format::Xlsx)
    } else if has("word/document.") || has("word\\document.") {
        Some(Format::Docx)
    } else {
        None
    }
}

/// Whether an OLE container has a stream of this name.
pub(crate) fn has_stream(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    bytes.chunks(DIRECTORY_BYTES).any(|it| it.starts_with(&wide))
}

/// The format of a document in an OLE container.
///
/// # Errors
/// E03 if it is an encrypted document of a newer kind, E02 if it is of a kind that no reader takes.
pub(crate) fn of_ole(bytes: &[u8]) -> Result<Format, ReadError> {
    let has = |name: &str| has_stream(bytes, name);
    if has("EncryptedPackage") {
        return Err(ReadError { code: UnreadCode::Encrypted, reason: "it wants a password".to_owned() });
    }
    // A text that holds a workbook has a stream of either name; its own comes first.
    if has("WordDocument") || !(has("Workbook") || has("Book")) {
        let reason = "an OLE container (doc), which this version does not read".to_owned();
        return Err(ReadError { code: UnreadCode::UnknownFormat, reason });
    }
    Ok(Format::Xls)
}

/// The names of a zip file's members; `None` if its table is not to be found.
fn names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let from = bytes.len().saturating_sub(TABLE_END_BYTES + LONGEST_REMARK);
    let tail = bytes.get(from..)?;
    let at = tail.windows(TABLE_END.len()).rposition(|it| it == TABLE_END)?;
    let start = usize::try_from(u32::from_le_bytes(tail.get(at + 16..at + 20)?.try_into().ok()?)).ok()?;
    let mut rest = bytes.get(start..)?;
    let mut acc = Vec::new();
    while rest.starts_with(ENTRY) && acc.len() < MOST_ENTRIES {
        let size = |at: usize| Some(usize::from(u16::from_le_bytes(rest.get(at..at + 2)?.try_into().ok()?)));
        let (n_name, n_extra, n_remark) = (size(28)?, size(30)?, size(32)?);
        acc.push(rest.get(ENTRY_BYTES..ENTRY_BYTES + n_name)?);
        rest = rest.get(ENTRY_BYTES + n_name + n_extra + n_remark..)?;
    }
    Some(acc)
}
