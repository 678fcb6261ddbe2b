//! Word documents drawn for tests, and what was read of one as lines.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use gouji_model::{Block, Limits, Place, Slot, Source};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEAD: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";
const STYLES: &str = "<w:styles><w:style w:styleId=\"ghost\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";

/// A file that a document names.
pub(crate) struct Embedding {
    id: String,
    path: String,
    bytes: Vec<u8>,
}

pub(crate) fn embedding(id: &str, path: &str, bytes: &[u8]) -> Embedding {
    Embedding { id: id.to_owned(), path: path.to_owned(), bytes: bytes.to_owned() }
}

/// A document of this body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    written("", body, &[], &[])
}

/// A document of this body with this before its markup.
pub(crate) fn docx_behind(prolog: &str, body: &str) -> Vec<u8> {
    written(prolog, body, &[], &[])
}

/// A document of this body that holds files.
pub(crate) fn docx_with(body: &str, files: &[Embedding]) -> Vec<u8> {
    written("", body, files, &[])
}

/// A document of this body that names a file that is not there.
pub(crate) fn docx_naming(body: &str, id: &str, path: &str) -> Vec<u8> {
    written("", body, &[], &[(id, path)])
}

fn written(prolog: &str, body: &str, files: &[Embedding], named: &[(&str, &str)]) -> Vec<u8> {
    let of_file = files.iter().map(|it| (it.id.as_str(), it.path.as_str()));
    let relation = |(id, path)| format!("<Relationship Id=\"{id}\" Type=\"http://x/package\" Target=\"{path}\"/>");
    let relations: String = of_file.chain(named.iter().copied()).map(relation).collect();
    let relations = format!(
        "<Relationships><Relationship Id=\"s\" Type=\"http://x/styles\" Target=\"styles.xml\"/>{relations}</Relationships>"
    );
    let main = "<Relationships><Relationship Id=\"m\" Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/>\
                </Relationships>";
    let document = format!("{prolog}{HEAD}{body}</w:body></w:document>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |path: &str, bytes: &[u8]| {
        zip.start_file(path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    };
    add("_rels/.rels", main.as_bytes());
    add("word/document.xml", document.as_bytes());
    add("word/_rels/document.xml.rels", relations.as_bytes());
    add("word/styles.xml", STYLES.as_bytes());
    for it in files {
        add(&format!("word/{}", it.path), &it.bytes);
    }
    zip.finish().unwrap().into_inner()
}

/// What is read of a document: `line:column | text` for text (`-` for a line that goes on), rows of cells with their
/// columns, `xN` and `/N` for spans, parts and what is left out; or why it is not read.
pub(crate) fn dump(bytes: &[u8], limits: &Limits) -> String {
    let reading = match gouji_ingest_docx::read(&Source { name: "a.docx", bytes }, limits) {
        Ok(it) => it,
        Err(error) => return error.to_string(),
    };
    let mut acc = String::new();
    let at = |it: &Place| format!("{}:{}", it.line.unwrap_or(0), it.column.unwrap_or(0));
    let shown = |it: &str| it.replace('\n', "\\n").replace('\t', "\\t");
    for block in &reading.document.blocks {
        match block {
            Block::Text(it) => {
                let mark = if it.break_before { '|' } else { '-' };
                writeln!(acc, "{} {mark} {}", at(&it.place), shown(&it.text)).unwrap();
            }
            Block::Grid(grid) => {
                let inside = grid.nested_in.as_ref().map(|it| format!(" in {}", at(it))).unwrap_or_default();
                writeln!(acc, "grid of {}{inside}", grid.n_cols).unwrap();
                for row in &grid.rows {
                    write!(acc, "  {}", row.place.line.unwrap_or(0)).unwrap();
                    for slot in &row.slots {
                        acc.push_str(" | ");
                        match slot {
                            Slot::Empty => acc.push('.'),
                            Slot::Covered { .. } => acc.push('^'),
                            Slot::Cell(it) => {
                                write!(acc, "{}@{}", shown(&it.text), it.place.column.unwrap_or(0)).unwrap();
                                if 1 < it.n_cols {
                                    write!(acc, " x{}", it.n_cols).unwrap();
                                }
                                if 1 < it.n_rows {
                                    write!(acc, " /{}", it.n_rows).unwrap();
                                }
                            }
                        }
                    }
                    acc.push('\n');
                }
            }
        }
    }
    for it in &reading.document.parts {
        writeln!(acc, "part {} of {} bytes behind {}", it.path, it.bytes.len(), it.blocks_before).unwrap();
    }
    if let Some(error) = reading.left_out {
        writeln!(acc, "left out {error}").unwrap();
    }
    acc
}
