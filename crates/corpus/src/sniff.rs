//! The format of a document: its bytes and its name go in, the reader to take or the reason why there is none comes out.

use gouji_model::{Format, ReadError, UnreadCode};

use crate::container::{OLE_MAGIC, ZIP_MAGIC, of_ole, of_zip};

/// What the first bytes of a binary format are, and what people call it. From the formats' specifications.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PK\x05\x06", "an empty zip container"),
    (b"\x89PNG\r\n\x1A\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1F\x8B", "a gzip file"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7FELF", "a program"),
];

/// How a PDF begins; readers look for it in the first kilobyte, because mail gateways put lines in front.
const PDF_MAGIC: &[u8] = b"%PDF-";
/// Bytes in which it is looked for (ISO 32000-1, annex H, note 13).
const PDF_HEAD_BYTES: usize = 1024;

/// How a page of HTML begins, in lower case. A fragment (`<table`, `<p`) inside a text is the text reader's.
const PAGE_STARTS: &[&[u8]] = &[b"<!doctype html", b"<html", b"<head", b"<body"];

/// Bytes at the start of a document in which a page has to begin, after white space and an XML declaration.
const SAMPLE_BYTES: usize = 8192;

/// The format of these bytes: first by what they begin with, then by the extension of the name, else OCR text.
///
/// # Errors
/// E02 for a binary format that no reader takes, with its name. Whether other bytes are text at all is for the reader,
/// which knows encodings.
pub fn sniff(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        let reason = format!("{what}, which this version does not read");
        return Err(ReadError { code: UnreadCode::UnknownFormat, reason });
    }
    if bytes.starts_with(ZIP_MAGIC) {
        return of_zip(bytes).or_else(|| named(name)).ok_or_else(|| ReadError {
            code: UnreadCode::UnknownFormat,
            reason: "a zip container, which this version does not read".to_owned(),
        });
    }
    if bytes.starts_with(OLE_MAGIC) {
        return of_ole(bytes);
    }
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let extension = extension(name);
    let head = bytes.get(..PDF_HEAD_BYTES).unwrap_or(bytes);
    let is_named_pdf = extension.is_some_and(|it| it.eq_ignore_ascii_case("pdf"));
    if bytes.starts_with(PDF_MAGIC) || is_named_pdf && head.windows(PDF_MAGIC.len()).any(|it| it == PDF_MAGIC) {
        return Ok(Format::Pdf);
    }
    Ok(match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" | "mht" | "mhtml" => Format::Html,
        "csv" | "tsv" => Format::Csv,
        _ if is_page(sample) || is_saved_page(sample) => Format::Html,
        _ => Format::OcrText,
    })
}

/// The ending of a name.
fn extension(name: &str) -> Option<&str> {
    name.rsplit(['/', '\\']).next().and_then(|it| it.rsplit_once('.')).map(|it| it.1)
}

/// The format that the name of a zip file promises: what is broken says so when it is read.
fn named(name: &str) -> Option<Format> {
    match extension(name)?.to_ascii_lowercase().as_str() {
        "xlsx" | "xlsm" | "xlsb" => Some(Format::Xlsx),
        "ods" => Some(Format::Ods),
        "docx" => Some(Format::Docx),
        _ => None,
    }
}

/// Whether a page was saved as one file with all that it shows: Word does so under the name `.doc`.
fn is_saved_page(sample: &[u8]) -> bool {
    let is_head = [&b"MIME-Version:"[..], b"From: <Saved by"].iter().any(|it| sample.starts_with(it));
    let kind = b"multipart/related";
    is_head && sample.windows(kind.len()).any(|it| it.eq_ignore_ascii_case(kind))
}

fn is_page(sample: &[u8]) -> bool {
    let text = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample).trim_ascii_start();
    // An XML declaration may stand before the page.
    let text = match text.strip_prefix(b"<?xml") {
        Some(rest) => rest.splitn(2, |it| *it == b'>').nth(1).unwrap_or_default().trim_ascii_start(),
        None => text,
    };
    PAGE_STARTS.iter().any(|it| text.get(..it.len()).is_some_and(|head| head.eq_ignore_ascii_case(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8], expected: &str) {
        let found = match sniff(name, bytes) {
            Ok(format) => format.name().to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn names_tell_texts_apart() {
        check("a/b.txt", "项目名称\t道路".as_bytes(), "ocr_text");
        check("b.MD", b"| a | b |", "markdown");
        check("b.markdown", b"", "markdown");
        check("b.htm", b"<p>x", "html");
        check("b.mht", b"From: x", "html");
        check("b.tsv", b"a\tb", "csv");
        check("b.CSV", b"a,b", "csv");
        check("b.xyz", b"a", "ocr_text");
        check("v1.2/readme", b"a", "ocr_text");
        check("-", b"", "ocr_text");
    }

    #[test]
    fn a_page_is_html_under_any_name() {
        check("b.txt", b"\xEF\xBB\xBF\n <!DOCTYPE HTML><html>", "html");
        check("b.txt", b"<?xml version=\"1.0\"?>\n<html xmlns=\"x\">", "html");
        check("b.pdf", b"<html><title>404</title>", "html");
        check("b.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "html");
        check("b.txt", b"<table><tr><td>1</table>", "ocr_text");
        check("b.txt", b"<?xml", "ocr_text");
    }

    #[test]
    fn binary_formats_are_named() {
        check("b.txt", b"%PDF-1.7", "pdf");
        check("b.pdf", b"X-Gateway: 1\r\n\r\n%PDF-1.7", "pdf");
        check("b.txt", "附件是 %PDF- 文件".as_bytes(), "ocr_text");
        check("b", b"PK\x03\x04...", "E02: a zip container, which this version does not read");
        check("b.xlsx", b"PK\x03\x04...", "xlsx");
        check("b", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods");
        let ole = |name: &str| {
            let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 120], &name].concat()
        };
        check("b.doc", &ole("WordDocument"), "E02: an OLE container (doc), which this version does not read");
        check("b.doc", &ole("Workbook"), "xls");
        check("b.xlsx", &ole("EncryptedPackage"), "E03: it wants a password");
    }

    #[test]
    fn zip_files_are_told_by_their_members() {
        let zip = |name: &str| {
            let mut bytes = b"PK\x03\x04".to_vec();
            let entry =
                [b"PK\x01\x02".as_slice(), &[0; 24], &[name.len() as u8, 0], &[0; 16], name.as_bytes()].concat();
            bytes.extend(entry);
            bytes.extend([b"PK\x05\x06".as_slice(), &[0; 12], &[4, 0, 0, 0], &[0; 2]].concat());
            bytes
        };
        check("b", &zip("xl/workbook.xml"), "xlsx");
        check("b", &zip("xl/workbook.bin"), "xlsx");
        check("b.zip", &zip("word/document.xml"), "docx");
        check("b.zip", &zip("表.xlsx"), "E02: a zip container, which this version does not read");
        check("b.txt", b"\x89PNG\r\n\x1A\n", "E02: a PNG picture, which this version does not read");
        check("b.txt", b"\xFF\xD8\xFF\xE0", "E02: a JPEG picture, which this version does not read");
    }
}
