//! The zip container of a Word document: a member's path goes in, its bytes or text come out, within the limits.

use std::io::{Cursor, Read};

use gouji_model::{Limits, ReadError, UnreadCode};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::names::attribute;

/// Members of a container. A document of a thousand pictures has a few thousand; a count beyond this is an attack.
const MAX_MEMBERS: usize = 50_000;
/// Bytes at the end of a container in which its directory is announced: the announcement and the longest comment
/// (APPNOTE.TXT 4.3.16).
const END_BYTES: usize = 22 + 0xFFFF;
/// Where the number of members stands in that announcement (same section).
const COUNT_AT: usize = 10;

/// An opened container.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    limits: &'b Limits,
    /// Bytes that may still be unpacked.
    n_left: usize,
}

/// What a member says of another one.
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of its type.
    pub(crate) kind: String,
    pub(crate) target: String,
    pub(crate) is_external: bool,
}

impl<'b> Package<'b> {
    /// Opens a container.
    ///
    /// # Errors
    /// E01 if it is none or is cut off, E04 if it has too many members or would unpack to too much.
    pub(crate) fn open(bytes: &'b [u8], limits: &'b Limits) -> Result<Package<'b>, ReadError> {
        if MAX_MEMBERS < n_members(bytes) {
            return Err(over(format!("{} members, over the limit of {MAX_MEMBERS}", n_members(bytes))));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|it| broken("the container", &it))?;
        if let Some(size) = archive.decompressed_size()
            && limits.is_bomb(bytes.len(), usize::try_from(size).unwrap_or(usize::MAX))
        {
            return Err(over(format!("{} bytes unpack to {size}, over {} times as many", bytes.len(), limits.ratio)));
        }
        Ok(Package { archive, limits, n_left: limits.unpacked_bytes })
    }

    /// The path of the main document.
    pub(crate) fn main_document(&mut self) -> String {
        // A container that does not say is read as every program writes it.
        let relations = self.relations("").unwrap_or_default();
        let of_kind = relations.into_iter().find(|it| it.kind == "officeDocument" && !it.is_external);
        of_kind.map_or_else(|| "word/document.xml".to_owned(), |it| resolved("", &it.target))
    }

    /// What a member says of others; nothing if it says nothing.
    ///
    /// # Errors
    /// E01 if that cannot be read, E04 if it is too large.
    pub(crate) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let slash = if folder.is_empty() { "" } else { "/" };
        let path = format!("{folder}{slash}_rels/{name}.rels");
        if self.archive.index_for_name(&path).is_none() {
            return Ok(Vec::new());
        }
        let text = self.text(&path)?;
        let mut reader = Reader::from_str(&text);
        let mut acc = Vec::new();
        loop {
            match reader.read_event().map_err(|it| malformed(&path, &it))? {
                Event::Start(it) | Event::Empty(it) if it.local_name().into_inner() == "Relationship" => {
                    let value = |name: &str| attribute(&it, name).unwrap_or_default();
                    acc.push(Relation {
                        id: value("Id"),
                        kind: value("Type").rsplit('/').next().unwrap_or_default().to_owned(),
                        target: value("Target"),
                        is_external: value("TargetMode") == "External",
                    });
                }
                Event::Eof => return Ok(acc),
                _ => {}
            }
        }
    }

    /// Whether there is a member of this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.archive.index_for_name(path).is_some()
    }

    /// A member as text.
    ///
    /// # Errors
    /// As [`Package::bytes`]; E01 if it is no text.
    pub(crate) fn text(&mut self, path: &str) -> Result<String, ReadError> {
        let bytes = self.bytes(path)?;
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)),
            Err(error) => error.into_bytes(),
        };
        // XML is in UTF-8 or, behind its mark, in UTF-16 (XML 1.0, 4.3.3).
        match encoding_rs::Encoding::for_bom(&bytes) {
            Some((encoding, _)) => Ok(encoding.decode(&bytes).0.into_owned()),
            None => Err(ReadError { code: UnreadCode::NotReadable, reason: format!("{path}: not in UTF-8") }),
        }
    }

    /// A member.
    ///
    /// # Errors
    /// E01 if it is missing or broken, E03 if it wants a password, E04 if it is too large.
    pub(crate) fn bytes(&mut self, path: &str) -> Result<Vec<u8>, ReadError> {
        let member = self.archive.by_name(path).map_err(|it| match it {
            ZipError::FileNotFound => {
                ReadError { code: UnreadCode::NotReadable, reason: format!("no Word document: {path} is missing") }
            }
            other => broken(path, &other),
        })?;
        let packed = usize::try_from(member.compressed_size()).unwrap_or(usize::MAX);
        let stated = usize::try_from(member.size()).unwrap_or(usize::MAX);
        if self.n_left < stated {
            return Err(over(format!("{path}: {stated} bytes, over the limit of what a document may unpack to")));
        }
        // What is stated may be a lie.
        let allowed = u64::try_from(self.n_left).unwrap_or(u64::MAX).saturating_add(1);
        let mut acc = Vec::with_capacity(stated.min(self.limits.document_bytes));
        let read = member.take(allowed).read_to_end(&mut acc);
        if self.n_left < acc.len() {
            return Err(over(format!("{path}: more than what a document may unpack to")));
        }
        if self.limits.is_bomb(packed, acc.len()) {
            let n = self.limits.ratio;
            return Err(over(format!("{path}: {packed} bytes unpack to {}, over {n} times as many", acc.len())));
        }
        self.n_left -= acc.len();
        let not_readable = |it| ReadError { code: UnreadCode::NotReadable, reason: format!("{path}: {it}") };
        read.map_err(not_readable)?;
        Ok(acc)
    }
}

/// The path of a member that another one names: below its folder, or from the top.
pub(crate) fn resolved(of: &str, target: &str) -> String {
    let base = of.rsplit_once('/').map_or("", |it| it.0);
    let (base, target) = match target.strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (base, target),
    };
    let mut acc: Vec<&str> = base.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                acc.pop();
            }
            step => acc.push(step),
        }
    }
    acc.join("/")
}

/// How many members a container says it has.
fn n_members(bytes: &[u8]) -> usize {
    let end = bytes.get(bytes.len().saturating_sub(END_BYTES)..).unwrap_or_default();
    let mark = b"PK\x05\x06";
    let Some(at) = end.windows(mark.len()).rposition(|it| it == mark) else { return 0 };
    let count =
        end.get(at + COUNT_AT..at + COUNT_AT + 2).and_then(|it| it.try_into().ok()).map_or(0, u16::from_le_bytes);
    // The largest number says that the true one stands elsewhere: no document has as many.
    usize::from(count)
}

/// E01 for markup that is none.
pub(crate) fn malformed(path: &str, error: &quick_xml::Error) -> ReadError {
    ReadError { code: UnreadCode::NotReadable, reason: format!("{path}: {error}") }
}

fn broken(what: &str, error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => {
            ReadError { code: UnreadCode::Encrypted, reason: format!("{what} wants a password") }
        }
        other => {
            let reason = format!("{what} is broken or cut off: {other}");
            ReadError { code: UnreadCode::NotReadable, reason }
        }
    }
}

pub(crate) fn over(reason: String) -> ReadError {
    ReadError { code: UnreadCode::OverLimit, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_below_their_folder_or_from_the_top() {
        assert_eq!(resolved("word/document.xml", "embeddings/a.xlsx"), "word/embeddings/a.xlsx");
        assert_eq!(resolved("word/document.xml", "/word/b.bin"), "word/b.bin");
        assert_eq!(resolved("word/document.xml", "../../../etc/./c"), "etc/c");
        assert_eq!(resolved("", "word/document.xml"), "word/document.xml");
    }
}
