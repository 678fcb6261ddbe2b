//! One small table in every way in which PDFs are odd; `tools/odd_pdfs.py` wrote the files. `long-row.pdf` is a table of
//! python-docx, printed by LibreOffice.

use std::fmt::Write as _;
use std::path::Path;

use expect_test::{Expect, expect};
use gouji_ingest_pdf::read;
use gouji_model::{Block, Limits, Part, Slot, Source};
use proptest::prelude::*;

fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("odd").join(format!("{name}.pdf"));
    std::fs::read(&path).expect("the file is there")
}

/// A document as text: lines as they are, rows with `|` between cells, a cell over rows or columns with how many.
fn dump(bytes: &[u8]) -> String {
    let reading = match read(&Source { name: "a.pdf", bytes }, &Limits::default()) {
        Ok(it) => it,
        Err(error) => return error.to_string(),
    };
    let mut acc = String::new();
    for block in &reading.document.blocks {
        match block {
            // Writing to a String cannot fail, here and below.
            Block::Text(it) => drop(writeln!(acc, "{}: {}", it.place.page.unwrap_or(0), it.text)),
            Block::Grid(grid) => {
                for row in &grid.rows {
                    let cells = row.slots.iter().filter_map(|it| match it {
                        Slot::Cell(it) if it.n_rows * it.n_cols == 1 => Some(it.text.clone()),
                        Slot::Cell(it) => Some(format!("{} ({}x{})", it.text, it.n_rows, it.n_cols)),
                        Slot::Covered { .. } => None,
                        Slot::Empty => Some("-".to_owned()),
                    });
                    let _ = writeln!(acc, "{}", cells.collect::<Vec<_>>().join(" | "));
                }
            }
        }
    }
    if let Some(error) = reading.left_out {
        let _ = writeln!(acc, "left out: {error}");
    }
    acc
}

const TABLE: &str = "\
1: 项目支出绩效自评表
一级指标 | 三级指标 | 分值 | 得分
产出指标 (2x1) | 新建道路里程 | 10 | 9.5
革命遗址目录 | 20 | 20
总分 (1x2) | 100 | 98.6
";

fn check(name: &str, want: Expect) {
    want.assert_eq(&dump(&bytes(name)));
}

#[test]
fn every_predefined_encoding_of_simplified_chinese_is_read() {
    for name in ["gb-euc-h", "gbk-euc-h", "gbkp-euc-h", "gbk2k-h", "unigb-ucs2-h", "unigb-utf16-h", "reportlab"] {
        assert_eq!(dump(&bytes(name)), TABLE, "{name}");
    }
}

#[test]
fn an_embedded_font_of_a_predefined_encoding_needs_no_table_to_unicode() {
    for name in ["embedded-gbk", "embedded-ucs2"] {
        assert_eq!(dump(&bytes(name)), TABLE, "{name}");
    }
}

#[test]
fn bold_that_is_painted_twice_is_read_once() {
    for name in ["bold", "printed-twice"] {
        assert_eq!(dump(&bytes(name)), TABLE, "{name}");
    }
}

#[test]
fn lines_may_be_thin_rectangles() {
    assert_eq!(dump(&bytes("thin-fills")), TABLE);
}

#[test]
fn sideways_pages_are_turned_by_their_text() {
    for name in ["rotate-90", "rotate-270", "sideways", "cropped"] {
        assert_eq!(dump(&bytes(name)), TABLE, "{name}");
    }
}

#[test]
fn a_place_on_a_turned_page_is_where_it_is_seen() {
    // Printed up the page, the head of the table is at the left, and its first column at the foot.
    let bytes = bytes("sideways");
    let reading = read(&Source { name: "a.pdf", bytes: &bytes }, &Limits::default()).expect("it is read");
    let Some(Block::Grid(grid)) = reading.document.blocks.last() else { panic!("no table") };
    let Some(Slot::Cell(first)) = grid.rows[0].slots.first() else { panic!("no cell") };
    assert_eq!(first.text, "一级指标");
    let [x0, y0, x1, y1] = first.place.bbox.expect("it has a box").map(f32::round);
    assert_eq!([x0, y0, x1, y1], [100.0, 662.0, 124.0, 742.0]);
}

#[test]
fn packed_and_locked_files_are_read_if_they_want_no_password() {
    for name in ["object-streams", "no-password", "rc4"] {
        assert_eq!(dump(&bytes(name)), TABLE, "{name}");
    }
    check("password", expect!["E03: it wants a password"]);
}

#[test]
fn pages_without_text_to_trust_are_not_half_read() {
    check(
        "untold",
        expect![
            "E07: page 1 is in fonts that do not tell which characters they print; that wants optical character recognition"
        ],
    );
    check("scan", expect!["E07: page 1 is a picture of paper; that wants optical character recognition"]);
    check("searchable-scan", expect!["E07: page 1 is a picture of paper; that wants optical character recognition"]);
    check("stamped-scan", expect!["E07: page 1 is a picture of paper; that wants optical character recognition"]);
    check("outlined", expect!["E07: page 1 is text turned into outlines; that wants optical character recognition"]);
    check(
        "scan-behind",
        expect![
            "E07: page 2 is a picture of paper; that wants optical character recognition; page 1 is left out as well, since a form may go on there"
        ],
    );
    check(
        "cover",
        expect![[r#"
        2: 目录
        3: 项目支出绩效自评表
        一级指标 | 三级指标 | 分值 | 得分
        产出指标 (2x1) | 新建道路里程 | 10 | 9.5
        革命遗址目录 | 20 | 20
        总分 (1x2) | 100 | 98.6
        left out: E07: page 1 is a picture of paper; that wants optical character recognition
    "#]],
    );
}

#[test]
fn text_that_an_engine_recognised_is_not_taken_for_print() {
    let scan = "E07: page 1 is a picture of paper; that wants optical character recognition";
    for name in ["searchable-scan", "text-below-scan", "stamped-searchable"] {
        assert_eq!(dump(&bytes(name)), scan, "{name}");
    }
    assert_eq!(dump(&bytes("background")), TABLE);
}

#[test]
fn what_is_painted_over_or_white_on_white_is_not_read() {
    assert_eq!(dump(&bytes("hidden")), format!("1: 附件二\n{}", TABLE.replace("9.5", "8.5")));
}

#[test]
fn what_is_filled_in_is_read() {
    assert_eq!(dump(&bytes("filled-in")), TABLE);
}

#[test]
fn tables_and_texts_that_are_attached_are_parts() {
    let bytes = bytes("attached");
    let reading = read(&Source { name: "a.pdf", bytes: &bytes }, &Limits::default()).expect("it is read");
    let said = |it: &Part| format!("{} behind {}: {}", it.path, it.blocks_before, String::from_utf8_lossy(&it.bytes));
    let parts: Vec<String> = reading.document.parts.iter().map(said).collect();
    assert_eq!(parts, ["自评表.xlsx behind 2: PK\u{3}\u{4} of a workbook", "附表.csv behind 2: 指标,分值\n新建,10\n"]);
}

#[test]
fn a_font_that_cannot_be_read_does_not_pass_in_silence() {
    check(
        "broken-font",
        expect!["E07: page 1 is in a font that cannot be read; that wants optical character recognition"],
    );
}

#[test]
fn bytes_of_an_unknown_code_are_not_taken_for_digits() {
    // The second and fourth byte of the character behind 9.5 are those of 7 and 5.
    check(
        "unknown-code",
        expect![
            "E07: page 1 is in fonts that do not tell which characters they print; that wants optical character recognition"
        ],
    );
}

#[test]
fn running_heads_and_page_numbers_stay_out() {
    assert_eq!(dump(&bytes("running-heads")), [1, 2, 3].map(|n| TABLE.replace("1: ", &format!("{n}: "))).concat());
}

#[test]
fn a_row_over_fifteen_pages_is_one() {
    let bytes = bytes("long-row");
    let reading = read(&Source { name: "a.pdf", bytes: &bytes }, &Limits::default()).expect("it is read");
    let [Block::Grid(grid)] = reading.document.blocks.as_slice() else { panic!("not one table") };
    assert_eq!((grid.rows.len(), grid.n_cols), (15, 5));
    let text = |row: usize, col: usize| match &grid.rows[row].slots[col] {
        Slot::Cell(it) => it.text.clone(),
        other => panic!("{other:?}"),
    };
    for row in 1..15 {
        assert_eq!(text(row, 1), format!("指标{row}：建设道路里程"));
        assert_eq!((text(row, 2), text(row, 3)), ((row + 2).to_string(), format!("{}.5", row + 1)));
        // Every instalment in its turn, none lost or doubled at a break, and no break inside the text.
        let parts = text(row, 4);
        let n = parts.matches("批支出").count();
        assert_eq!(n, [(7, 95), (10, 25)].iter().find(|it| it.0 == row).map_or(0, |it| it.1));
        let heads: Vec<String> =
            parts.split("万元。").map(|it| it.split("批支出").next().unwrap_or("").to_owned()).collect();
        let want = |k: usize| {
            let said = "完成情况良好资金支付及时项目进展顺利群众满意度较高按计划推进各项工作,其中第";
            if k < n { format!("{said}{k}") } else { String::new() }
        };
        assert_eq!(heads, (0..=n).map(want).collect::<Vec<_>>());
    }
}

#[test]
fn a_table_without_lines_has_columns() {
    check(
        "unruled",
        expect![[r#"
        1: 项目支出绩效自评表
        一级指标 | 三级指标 | 分值 | 得分
        - | 新建道路里程 | 10 | 9.5
        产出指标 | - | - | -
        - | 革命遗址目录 | 20 | 20
        总分 | - | 100 | 98.6
    "#]],
    );
}

#[test]
fn what_is_no_pdf_says_so() {
    expect!["E01: it is no PDF, or broken beyond reading"].assert_eq(&dump(b"%PDF-1.7 and no more"));
    expect!["E01: it is no PDF, or broken beyond reading"].assert_eq(&dump("项目支出绩效自评表".as_bytes()));
    expect!["E01: it is no PDF, or broken beyond reading"].assert_eq(&dump(b""));
    let mut whole = bytes("gbk-euc-h");
    whole.truncate(whole.len() / 3);
    expect!["E01: it is cut off: the end of the file is missing"].assert_eq(&dump(&whole));
}

/// What holds for any bytes: they are read or refused, rows are whole, and what is covered is covered by a cell.
fn hold(bytes: &[u8], name: &str) {
    let limits = Limits { document_bytes: 1 << 20, cells: 100_000, ..Limits::default() };
    let Ok(reading) = read(&Source { name, bytes }, &limits) else { return };
    for block in &reading.document.blocks {
        let Block::Grid(grid) = block else { continue };
        for row in &grid.rows {
            assert_eq!(row.slots.len(), grid.n_cols, "{name}");
            for slot in &row.slots {
                let Slot::Covered { row, col } = slot else { continue };
                let cell = grid.rows.get(*row).and_then(|it| it.slots.get(*col));
                assert!(matches!(cell, Some(Slot::Cell(_))), "{name}: {row},{col} is no cell");
            }
        }
    }
}

#[test]
fn the_fuzz_corpus_is_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/ingest_pdf");
    let mut n_files = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it is listed").path();
        hold(&std::fs::read(&path).expect("the file is there"), &path.to_string_lossy());
        n_files += 1;
    }
    assert!(20 <= n_files, "{n_files} files");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done to a file, it is read or refused: no panic, no hang.
    #[test]
    fn damaged_files_are_read_or_refused(
        which in 0..6_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        digits in prop::collection::vec((any::<prop::sample::Index>(), b'0'..=b'9'), 0..10),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let names = ["gbk-euc-h", "object-streams", "no-password", "embedded-gbk", "running-heads", "unruled"];
        let mut it = bytes(names[which]);
        for (at, byte) in changes {
            let at = at.index(it.len());
            it[at] = byte;
        }
        let numbers: Vec<usize> = (0..it.len()).filter(|at| it[*at].is_ascii_digit()).collect();
        for (at, digit) in digits.iter().filter(|_| !numbers.is_empty()) {
            it[numbers[at.index(numbers.len())]] = *digit;
        }
        if let Some(cut) = cut {
            it.truncate(cut.index(it.len()));
        }
        let first = dump(&it);
        prop_assert_eq!(first, dump(&it));
    }
}
