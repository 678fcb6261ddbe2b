//! Files that are attached to a PDF.
//!
//! In goes a file, out come its attachments that may hold a form: workbooks, Word files, archives of them, PDFs. They
//! stand in the name tree of the catalog or hang on a page as an annotation; what else is attached (pictures, data for
//! machines) is none of ours.

use std::collections::BTreeSet;

use encoding_rs::GB18030;
use gouji_model::{Limits, Part, ReadError, UnreadCode};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as PdfString};

/// How deep the tree of names may be: one of a thousand files has two levels.
const DEEP: usize = 16;
/// How many nodes of the tree and annotations are looked at: a file may refer to itself.
const MOST_NODES: usize = 20_000;
/// How files begin that may hold a form: packed ones (of Office, of WPS, archives), those of Office before 2007, PDFs.
const BEGINNINGS: [&[u8]; 3] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"%PDF-"];

/// The attachments in the order of their names, then of the pages that they hang on, and why some were left out.
pub(crate) fn attachments(pdf: &Pdf, limits: &Limits, blocks_before: usize) -> (Vec<Part>, Option<ReadError>) {
    let mut found = Found { left: MOST_NODES, specs: Vec::new() };
    let xref = pdf.xref();
    let catalog = xref.get::<Dict<'_>>(xref.root_id());
    if let Some(tree) = catalog.and_then(|it| it.get::<Dict<'_>>("Names")?.get::<Dict<'_>>("EmbeddedFiles")) {
        found.tree(&tree, DEEP);
    }
    for page in pdf.pages().iter() {
        if let Some(annotations) = page.raw().get::<Array<'_>>("Annots") {
            found.annotations(&annotations);
        }
    }
    let mut seen: BTreeSet<ObjectIdentifier> = BTreeSet::new();
    let (mut parts, mut left_out): (Vec<Part>, Vec<String>) = (Vec::new(), Vec::new());
    for spec in &found.specs {
        let Some(stream) = stream(spec).filter(|it| seen.insert(it.obj_id())) else { continue };
        let path = name(spec).unwrap_or_else(|| format!("attachment {}", parts.len() + 1));
        if limits.parts <= parts.len() {
            left_out.push(format!("{path}: more attachments than {}", limits.parts));
            break;
        }
        // What cannot be unpacked cannot be told from a picture; a name tells.
        let Ok(bytes) = stream.decoded() else {
            if is_document(&path) {
                left_out.push(format!("{path}: it cannot be unpacked"));
            }
            continue;
        };
        if !BEGINNINGS.iter().any(|it| bytes.starts_with(it)) && !is_document(&path) {
            continue;
        }
        if limits.is_bomb(stream.raw_data().len(), bytes.len()) || limits.unpacked_bytes < bytes.len() {
            left_out.push(format!("{path}: {} bytes unpacked", bytes.len()));
            continue;
        }
        parts.push(Part { path, bytes: bytes.into_owned(), blocks_before });
    }
    let error = |it: &[String]| ReadError { code: UnreadCode::OverLimit, reason: it.join("; ") };
    let left_out = (!left_out.is_empty()).then(|| error(&left_out));
    (parts, left_out)
}

/// File specifications as they are found.
struct Found<'a> {
    left: usize,
    specs: Vec<Dict<'a>>,
}

impl<'a> Found<'a> {
    fn tree(&mut self, node: &Dict<'a>, deep: usize) {
        if let Some(names) = node.get::<Array<'a>>("Names") {
            // A name and what it names, in turn.
            for it in names.iter::<Object<'a>>().take(self.left) {
                self.left -= 1;
                if let Object::Dict(it) = it {
                    self.specs.push(it);
                }
            }
        }
        let Some(kids) = node.get::<Array<'a>>("Kids").filter(|_| 0 < deep) else { return };
        for it in kids.iter::<Dict<'a>>() {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            self.tree(&it, deep - 1);
        }
    }

    fn annotations(&mut self, all: &Array<'a>) {
        for it in all.iter::<Dict<'a>>().take(self.left) {
            self.left -= 1;
            if it.get::<Name<'a>>("Subtype").is_some_and(|it| it.as_str() == "FileAttachment") {
                self.specs.extend(it.get::<Dict<'a>>("FS"));
            }
        }
    }
}

/// The file that is embedded under any of its names.
fn stream<'a>(spec: &Dict<'a>) -> Option<Stream<'a>> {
    let files = spec.get::<Dict<'a>>("EF")?;
    ["UF", "F"].into_iter().find_map(|key| files.get::<Stream<'a>>(key))
}

/// The name of the file, without folders.
fn name(spec: &Dict<'_>) -> Option<String> {
    let name = ["UF", "F"].into_iter().find_map(|key| spec.get::<PdfString<'_>>(key))?;
    let text = text(name.as_bytes());
    let last = text.rsplit(['/', '\\']).next().unwrap_or(&text).trim();
    (!last.is_empty()).then(|| last.to_owned())
}

/// A text string: UTF-16 or UTF-8 by its mark; programs of China write GBK where the standard wants the page of Latin.
fn text(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        let units: Vec<u16> = rest.chunks_exact(2).map(|it| u16::from_be_bytes([it[0], it[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(rest) {
        Ok(it) => it.to_owned(),
        Err(_) => GB18030.decode(rest).0.into_owned(),
    }
}

/// Whether a name says that the file is a table or a text of ours.
fn is_document(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    ["xlsx", "xlsm", "xls", "et", "ods", "docx", "doc", "wps", "csv", "pdf", "ofd"].contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_every_encoding() {
        assert_eq!(text(b"\xFE\xFF\x96\x44\x4E\xF6\0.\0x"), "附件.x");
        assert_eq!(text("附件.xlsx".as_bytes()), "附件.xlsx");
        assert_eq!(text(b"\xB8\xBD\xBC\xFE.xls"), "附件.xls");
    }

    #[test]
    fn tables_and_texts_are_told_from_pictures() {
        assert!(is_document("自评表.XLSX"));
        assert!(!is_document("公章.png"));
        assert!(!is_document("factur-x.xml"));
    }
}
