//! Files that were made to break a reader: each ends in an error that names what is wrong, soon and in little memory.

use std::io::{Cursor, Write as _};
use std::path::Path;

use gouji_model::{Format, Limits, Source};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

fn read(bytes: &[u8]) -> Result<gouji_model::Document, String> {
    gouji_ingest_sheet::read(&Source { name: "any", bytes }, Format::Xlsx, &Limits::default())
        .map_err(|it| it.to_string())
}

fn check(bytes: &[u8], expected: &str) {
    let found = match read(bytes) {
        Ok(it) => format!("{} blocks", it.blocks.len()),
        Err(error) => error,
    };
    assert_eq!(found, expected);
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with one sheet.
fn book(sheet: &str, strings: &[u8]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let relations = format!(
        "<Relationships>{}{}</Relationships>",
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml")
    );
    zipped(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet>{sheet}</worksheet>").as_bytes()),
        ("xl/sharedStrings.xml", strings),
    ])
}

#[test]
fn a_bomb_is_named() {
    let blanks = vec![b' '; 32 << 20];
    let bytes = book("", &[b"<sst><si><t>".as_slice(), &blanks, b"</t></si></sst>"].concat());
    let error = read(&bytes).unwrap_err();
    assert!(error.starts_with("E04: xl/sharedStrings.xml: over the limit of 200 times its packed size"), "{error}");
}

#[test]
fn entities_do_not_unfold() {
    let strings =
        "<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    let bytes = book("<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>", strings.as_bytes());
    let document = read(&bytes).unwrap();
    let gouji_model::Block::Text(line) = &document.blocks[0] else { panic!("no line") };
    assert_eq!(line.text, "&b;");
}

#[test]
fn far_corners_and_wide_spans_take_no_room() {
    let corner =
        "<c r=\"A1\" t=\"str\"><v>a</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\" t=\"str\"><v>b</v></c></row>";
    let spans = "<mergeCell ref=\"A1:XFD1048575\"/>".repeat(1000);
    let sheet = format!("<sheetData><row r=\"1\">{corner}</sheetData><mergeCells>{spans}</mergeCells>");
    check(&book(&sheet, b"<sst/>"), "2 blocks");
    check(&book("<sheetData><row r=\"1048577\"/></sheetData>", b"<sst/>"), "E01: sheet S: there is no row 1048576");
    let cell = "<sheetData><row><c r=\"XFE1\"><v>1</v></c></row></sheetData>";
    check(&book(cell, b"<sst/>"), "E01: sheet S: there is no cell XFE1");
}

#[test]
fn a_diagonal_is_over_the_limit_of_cells() {
    let rows: String = (1..=2000)
        .map(|it| {
            let column = match it {
                0..=26 => char::from(b'@' + u8::try_from(it).unwrap()).to_string(),
                _ => {
                    let (a, b, c) = ((it - 1) / 676, (it - 1) / 26 % 26, (it - 1) % 26);
                    [a, b, c].map(|it| char::from(b'A' + u8::try_from(it).unwrap())).iter().collect()
                }
            };
            format!("<row r=\"{it}\"><c r=\"{column}{it}\"><v>1</v></c></row>")
        })
        .collect();
    let error = read(&book(&format!("<sheetData>{rows}</sheetData>"), b"<sst/>")).unwrap_err();
    assert_eq!(error, "E04: sheet S: over the limit of cells a document, blank ones included");
}

#[test]
fn deep_nesting_is_named() {
    let sheet = "<a>".repeat(100_000);
    check(&book(&sheet, b"<sst/>"), "E04: xl/worksheets/sheet1.xml: over the limit of 256 elements inside each other");
}

#[test]
fn repeated_cells_of_ods_are_counted() {
    let cell = "<table:table-cell table:number-columns-repeated=\"16000\"><text:p>x</text:p></table:table-cell>";
    let content = format!(
        "<office:document-content><table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"1000000\">{cell}\
         </table:table-row></table:table></office:document-content>"
    );
    let bytes = zipped(&[("content.xml", content.as_bytes())]);
    check(&bytes, "E04: sheet S: over the limit of 2000000 cells a document");
    let empty = content.replace("<text:p>x</text:p>", "");
    check(&zipped(&[("content.xml", empty.as_bytes())]), "0 blocks");
}

#[test]
fn what_wants_a_password_says_so() {
    let manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>";
    let bytes = zipped(&[("META-INF/manifest.xml", manifest.as_slice()), ("content.xml", b"\x00")]);
    check(&bytes, "E03: it wants a password");
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("/EncryptedPackage").unwrap().write_all(b"x").unwrap();
    check(&container.into_inner().into_inner(), "E03: it wants a password");
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let records = [0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x2F, 0, 6, 0, 1, 0, 0, 0, 0, 0];
    container.create_stream("/Workbook").unwrap().write_all(&records).unwrap();
    check(&container.into_inner().into_inner(), "E03: it wants a password");
}

fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("odd");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|it| std::fs::read(it).unwrap()).collect()
}

#[test]
fn files_that_are_cut_off_are_refused_or_read() {
    for bytes in fixtures() {
        for n in (0..bytes.len()).step_by(bytes.len() / 24 + 1) {
            // What matters is that it comes back.
            let _ = read(&bytes[..n]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_break_nothing(file in 0_usize..8, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut fixtures = fixtures();
        let n = fixtures.len();
        let bytes = &mut fixtures[file % n];
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(bytes);
    }

    #[test]
    fn any_xml_of_a_sheet_is_read_or_refused(sheet in "(<(row|c|v|f|is|t|col|mergeCell)( (r|t|s|min|max|ref|hidden)=\"[A-C0-9:s]{1,4}\"){0,2}/?>|</(row|c|v|is)>|[0-9a]{1,3}){0,30}") {
        let _ = read(&book(&format!("<sheetData>{sheet}"), b"<sst><si><t>a</t></si></sst>"));
    }
}
