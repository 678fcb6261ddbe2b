//! Workbooks around a part of one, so that a change of a byte is not a broken checksum.

use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A zip file with these members, not packed.
pub(crate) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in members {
        writer.start_file(*name, options).expect("memory takes it");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

/// The workbook that these bytes are a part of: a sheet or styles of xlsx, the content of ods, a sheet of xlsb, or all.
pub(crate) fn wrapped(bytes: &[u8]) -> Vec<u8> {
    const RELATIONS: &[u8] = b"<Relationships>\
        <Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1\"/>\
        <Relationship Id=\"r2\" Type=\"x/styles\" Target=\"styles\"/>\
        <Relationship Id=\"r3\" Type=\"x/sharedStrings\" Target=\"strings\"/></Relationships>";
    const BOOK: &[u8] = b"<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>";
    const STRINGS: &[u8] =
        "<sst><si><t>产出指标</t></si><si><r><t>一</t></r><rPh><t>yi</t></rPh></si></sst>".as_bytes();
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xD0\xCF") {
        return bytes.to_vec();
    }
    let has = |what: &[u8]| bytes.windows(what.len()).any(|it| it == what);
    if bytes.starts_with(b"<") && has(b"office:") {
        return zipped(&[("content.xml", bytes)]);
    }
    if bytes.starts_with(b"<") {
        // Styles and a sheet in one: each reader takes what it knows.
        return zipped(&[
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/worksheets/sheet1", bytes),
            ("xl/styles", bytes),
            ("xl/strings", STRINGS),
        ]);
    }
    // A sheet called S, behind its state and number.
    const BINARY_BOOK: &[u8] = b"\x9C\x01\x16\0\0\0\0\x01\0\0\0\x02\0\0\0r\x001\0\x01\0\0\0S\0";
    zipped(&[
        ("xl/workbook.bin", BINARY_BOOK),
        ("xl/_rels/workbook.bin.rels", RELATIONS),
        ("xl/worksheets/sheet1", bytes),
        ("xl/styles", bytes),
        ("xl/strings", b"\x13\x07\0\x01\0\0\0a\0"),
    ])
}
