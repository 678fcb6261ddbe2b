//! Documents embedded in a Word document: what the body names goes in, parts come out.
//!
//! Programs write them as files of their own format, or wrapped in an OLE container, which is unwrapped here. What is no
//! document (a formula, a drawing) is printed as its picture and gives no part.

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use gouji_model::{Part, ReadError, UnreadCode};

use crate::body::Object;
use crate::package::{Package, Relation, over, resolved};

/// How an OLE container begins (MS-CFB 2.2).
const OLE_MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Streams by which a container is a document itself.
const OWN_STREAMS: [&str; 4] = ["Workbook", "Book", "WordDocument", "EncryptedPackage"];
/// Streams that hold a document as it is: what Office and Acrobat call it.
const INNER_STREAMS: [&str; 2] = ["Package", "CONTENTS"];
/// The stream of a file that was dropped into a document (MS-OLEDS 2.3.6).
const NATIVE_STREAM: &str = "\u{1}Ole10Native";

/// What is embedded.
pub(crate) struct Embedded {
    pub(crate) parts: Vec<Part>,
    /// Which documents are named but not here.
    pub(crate) left_out: Option<ReadError>,
}

/// The parts of a document.
///
/// # Errors
/// E04 if they are larger than what a document may unpack to.
pub(crate) fn parts(
    package: &mut Package<'_>,
    main: &str,
    relations: &[Relation],
    objects: Vec<Object>,
) -> Result<Embedded, ReadError> {
    let mut acc = Embedded { parts: Vec::new(), left_out: None };
    for Object { id, blocks_before } in objects {
        let Some(relation) = relations.iter().find(|it| it.id == id) else { continue };
        if relation.is_external {
            let reason = format!("{}: linked, not embedded", relation.target);
            acc.left_out.get_or_insert(ReadError { code: UnreadCode::NotReadable, reason });
            continue;
        }
        let path = resolved(main, &relation.target);
        match package.bytes(&path) {
            Ok(bytes) => {
                acc.parts.extend(unwrapped(path, bytes)?.map(|(path, bytes)| Part { path, bytes, blocks_before }))
            }
            Err(error) if error.code == UnreadCode::OverLimit => return Err(error),
            Err(error) => {
                acc.left_out.get_or_insert(error);
            }
        }
    }
    Ok(acc)
}

/// The document in a member, with its path; `None` if it is none.
fn unwrapped(path: String, bytes: Vec<u8>) -> Result<Option<(String, Vec<u8>)>, ReadError> {
    if !bytes.starts_with(OLE_MAGIC) {
        return Ok(Some((path, bytes)));
    }
    // A broken container is left to the reader of what it may hold, which says so.
    let Ok(mut container) = CompoundFile::open(Cursor::new(bytes.as_slice())) else { return Ok(Some((path, bytes))) };
    if OWN_STREAMS.iter().any(|it| container.is_stream(it)) {
        return Ok(Some((path, bytes)));
    }
    let longest = bytes.len();
    for name in INNER_STREAMS {
        if let Some(inner) = stream(&mut container, name, longest)? {
            return Ok(Some((format!("{path}/{name}"), inner)));
        }
    }
    let native = stream(&mut container, NATIVE_STREAM, longest)?;
    Ok(native.and_then(|it| dropped(&it)).map(|(name, inner)| (format!("{path}/{name}"), inner)))
}

/// A stream of a container; none is longer than the container.
fn stream(
    container: &mut CompoundFile<Cursor<&[u8]>>,
    name: &str,
    longest: usize,
) -> Result<Option<Vec<u8>>, ReadError> {
    if !container.is_stream(name) {
        return Ok(None);
    }
    let Ok(stream) = container.open_stream(name) else { return Ok(None) };
    let mut acc = Vec::new();
    let allowed = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    let read = stream.take(allowed).read_to_end(&mut acc);
    if longest < acc.len() {
        return Err(over(format!("{name}: longer than the container that it stands in")));
    }
    Ok(read.is_ok().then_some(acc))
}

/// Name and bytes of a file that was dropped into a document: a size, two bytes, its label, its path, eight bytes, the path
/// that it was copied to with its length, then its size and itself (MS-OLEDS 2.3.6 and what programs write into it).
fn dropped(native: &[u8]) -> Option<(String, Vec<u8>)> {
    let text = |at: &[u8]| at.iter().position(|it| *it == 0);
    let rest = native.get(6..)?;
    let label = rest.get(..text(rest)?)?;
    let rest = rest.get(label.len() + 1..)?;
    let rest = rest.get(text(rest)? + 1 + 4..)?;
    let (n, rest) = size(rest)?;
    let (n, rest) = size(rest.get(n..)?)?;
    let name = encoding_rs::GBK.decode(label).0.into_owned();
    Some((name, rest.get(..n)?.to_owned()))
}

fn size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_le_bytes(*head)).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_file_has_its_name_and_bytes() {
        let mut native = vec![0, 0, 0, 0, 2, 0];
        native.extend(b"a.xls\0C:\\a.xls\0\0\0\x03\0");
        native.extend([3, 0, 0, 0]);
        native.extend(b"C:\0");
        native.extend([2, 0, 0, 0]);
        native.extend(b"xy");
        assert_eq!(dropped(&native), Some(("a.xls".to_owned(), b"xy".to_vec())));
        assert_eq!(dropped(&native[..native.len() - 1]), None);
        assert_eq!(dropped(b""), None);
    }
}
