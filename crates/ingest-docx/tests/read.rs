//! Drawn documents and what is read of them.

mod drawn;

use drawn::{docx, dump, embedding};
use expect_test::{Expect, expect};
use gouji_model::{Limits, Source};

fn check(body: &str, expected: Expect) {
    expected.assert_eq(&dump(&docx(body), &Limits::default()));
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn paragraphs_and_tables_come_in_reading_order() {
    let table = format!(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        tc("", "项目名称"),
        tc("", "道路"),
        tc("", "分值"),
        tc("", "10")
    );
    check(
        &format!("{}{table}{}", p("自评表"), p("注")),
        expect![[r#"
        1:1 | 自评表
        grid of 2
          2 | 项目名称@1 | 道路@2
          3 | 分值@1 | 10@2
        4:1 | 注
    "#]],
    );
}

#[test]
fn cells_span_columns_and_rows() {
    let restart = r#"<w:vMerge w:val="restart"/>"#;
    let rows = [
        format!("<w:tr>{}{}</w:tr>", tc(r#"<w:gridSpan w:val="2"/>"#, "项目资金"), tc(restart, "得分")),
        format!("<w:tr>{}{}{}</w:tr>", tc("", "预算"), tc("", "执行"), tc("<w:vMerge/>", "不印")),
        format!(r#"<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>{}</w:tr>"#, tc("", "5")),
        format!(
            "<w:tr>{}{}{}</w:tr>",
            tc(r#"<w:hMerge w:val="restart"/>"#, "a"),
            tc(r#"<w:hMerge w:val="continue"/>"#, ""),
            tc("<w:vMerge/>", "b")
        ),
    ];
    check(
        &format!("<w:tbl>{}</w:tbl>", rows.concat()),
        expect![[r#"
        grid of 3
          1 | 项目资金@1 x2 | ^ | 得分@3 /2
          2 | 预算@1 | 执行@2 | ^
          3 | . | 5@2 | .
          4 | a@1 x2 | ^ | b@3
    "#]],
    );
}

#[test]
fn breaks_tabs_and_paragraphs_inside_cells() {
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>数量</w:t><w:br/><w:t>指标</w:t></w:r></w:p>{}</w:tc>\
         <w:tc><w:p><w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>年</w:t><w:tab/><w:t>月</w:t><w:cr/>\
         <w:t>下</w:t></w:r></w:p>",
        p("三")
    );
    check(
        &body,
        expect![[r#"
        grid of 2
          1 | 数量\n指标\n三@1 | 1 2@2
        2:1 | 年\t月
        2:5 - 下
    "#]],
    );
}

#[test]
fn tables_inside_cells_are_grids_of_their_own() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "x"), tc("", "y"));
    let first = format!("<w:tr>{}{}</w:tr>", tc("", "a"), tc("", "b"));
    let body = format!("<w:tbl>{first}<w:tr><w:tc>{}{inner}<w:p/></w:tc>{}</w:tr></w:tbl>", p("c"), tc("", "d"));
    check(
        &body,
        expect![[r#"
        grid of 2
          1 | a@1 | b@2
        grid of 2 in 2:1
          3 | x@1 | y@2
        grid of 2
          2 | c@1 | d@2
    "#]],
    );
    let layout = format!("<w:tbl><w:tr><w:tc>{}<w:tbl>{first}</w:tbl><w:p/></w:tc></w:tr></w:tbl>", p("标题"));
    check(
        &layout,
        expect![[r#"
        1:1 | 标题
        grid of 2
          2 | a@1 | b@2
    "#]],
    );
}

#[test]
fn a_text_box_is_read_once() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", p("框内"));
    let body = format!(
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>\
         {inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict>\
         </mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>"
    );
    check(
        &body,
        expect![[r#"
        1:1 | 前后
        2:1 | 框内
    "#]],
    );
    check(
        &format!("<w:tbl><w:tr><w:tc>{body}</w:tc>{}</w:tr></w:tbl>", tc("", "b")),
        expect![[r#"
        grid of 2
          1 | 前后\n框内@1 | b@2
    "#]],
    );
}

#[test]
fn fields_print_their_results() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let simple = "<w:fldSimple w:instr=\"DATE\"><w:r><w:t>年</w:t></w:r></w:fldSimple>";
    check(
        &format!("<w:p>{}{simple}</w:p>", field("=SUM(ABOVE)", "100")),
        expect![[r#"
        1:1 | 100年
    "#]],
    );
    let endless = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>不印</w:t></w:r></w:p>";
    check(
        &format!("{endless}{}", p("印")),
        expect![[r#"
        2:1 | 印
    "#]],
    );
    let list = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/>\
         <w:listEntry w:val=\"优\"/><w:listEntry w:val=\"良\"/></w:ddList></w:ffData></w:fldChar></w:r>\
         <w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>\
         </w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    check(
        list,
        expect![[r#"
        1:1 | 良☑
    "#]],
    );
}

#[test]
fn changes_are_read_in_their_final_view() {
    let r = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom>\
         <w:moveTo>{}</w:moveTo><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>\
         <w:t>留</w:t></w:r></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>\
         <w:tbl><w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr><w:tr><w:trPr><w:ins/></w:trPr>{}{}{}</w:tr></w:tbl>",
        r("新"),
        r("移自"),
        r("移到"),
        r("一"),
        r("二"),
        tc("", "删"),
        tc("", "删"),
        tc("", "x"),
        tc("<w:cellDel/>", "删"),
        tc("", "y"),
    );
    check(
        &body,
        expect![[r#"
        1:1 | 新移到留
        2:1 | 一二
        grid of 2
          5 | x@1 | y@2
    "#]],
    );
}

#[test]
fn what_is_hidden_or_only_asks_is_not_read() {
    let body = format!(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr>\
         <w:t>显</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"ghost\"/></w:rPr><w:t>藏</w:t></w:r>\
         <w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>\
         <w:p><w:pPr><w:pStyle w:val=\"ghost\"/></w:pPr><w:r><w:t>藏</w:t></w:r></w:p>\
         <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent>\
         </w:sdt>{}</w:tr></w:sdtContent></w:sdt><w:tr><w:trPr><w:hidden/></w:trPr>{}</w:tr></w:tbl>",
        p("请输入"),
        p("已填"),
        tc("", "请输入"),
        tc("", "b"),
        tc("", "藏")
    );
    check(
        &body,
        expect![[r#"
        1:1 | 显
        4:1 | 已填
        grid of 2
          5 | @1 | b@2
    "#]],
    );
}

#[test]
fn characters_are_read_as_they_are_printed() {
    let body = "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t xml:space=\"preserve\"> 是 </w:t></w:r>\
         <w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr><w:t>&#xF0B3;</w:t></w:r><w:r><w:t> 90&#37; </w:t></w:r>\
         <w:r><w:t>绩&#xAD;效&amp;</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>5</w:t></w:r>\
         <w:r><w:t>m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r>\
         <m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>\
         <w:p><w:r><w:ruby><w:rt><w:r><w:t>jì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>绩</w:t></w:r></w:rubyBase>\
         </w:ruby></w:r></w:p>";
    check(
        body,
        expect![[r#"
        1:1 | ☑ 是 ≥90%绩效&-5m²1/2
        2:1 | 绩
    "#]],
    );
}

#[test]
fn embedded_documents_are_parts_where_they_stand() {
    let object = |id: &str| format!("<w:p><w:r><w:object><o:OLEObject r:id=\"{id}\"/></w:object></w:r></w:p>");
    let body = format!("{}{}{}<w:altChunk r:id=\"chunk\"/>", p("前"), object("book"), p("后"));
    let files = [
        embedding("book", "embeddings/book.xlsx", b"PK\x03\x04"),
        embedding("chunk", "afchunk.htm", b"<html>"),
        embedding("nobody", "embeddings/chart.xlsx", b"PK"),
    ];
    let bytes = drawn::docx_with(&body, &files);
    expect![[r#"
        1:1 | 前
        3:1 | 后
        part word/embeddings/book.xlsx of 4 bytes behind 1
        part word/afchunk.htm of 6 bytes behind 2
    "#]]
    .assert_eq(&dump(&bytes, &Limits::default()));
    let missing = drawn::docx_naming(&body, "book", "embeddings/book.xlsx");
    expect![[r#"
        1:1 | 前
        3:1 | 后
        left out E01: no Word document: word/embeddings/book.xlsx is missing
    "#]]
    .assert_eq(&dump(&missing, &Limits::default()));
}

#[test]
fn a_picture_as_large_as_a_page_is_told() {
    let picture = |side: u32| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"{side}\" cy=\"{side}\"/><a:graphic><a:blip/></a:graphic>\
             </wp:inline></w:drawing></w:r></w:p>"
        )
    };
    check(
        &format!("{}{}", p("表"), picture(100_000)),
        expect![[r#"
        1:1 | 表
    "#]],
    );
    check(
        &format!("{}{}", p("表"), picture(6_000_000)),
        expect![[r#"
        1:1 | 表
        left out E07: a picture as large as a page is not read
    "#]],
    );
    check(&picture(6_000_000), expect!["E07: a picture as large as a page is not read"]);
}

#[test]
fn hostile_documents_end_in_a_named_error() {
    let limits = Limits::default();
    let broken = |bytes: &[u8]| dump(bytes, &limits);
    let wide = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("<w:gridSpan w:val=\"1000000000\"/>", "a"), tc("", "b"));
    check(&wide, expect!["E04: a table of 1000000001 columns, over the limit of 1000"]);
    let deep = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    check(&deep, expect!["E04: more than the limit of 2000 elements inside each other"]);
    let bytes = docx(&p("表"));
    let cut = broken(&bytes[..bytes.len() - 30]);
    assert!(cut.starts_with("E01: the container is broken or cut off"), "{cut}");
    assert!(broken(b"PK\x03\x04").starts_with("E01: "));
    let unclosed = broken(&docx("<w:p><w:r></w:p>"));
    assert!(unclosed.starts_with("E01: the main document: "), "{unclosed}");
    let few = Limits { cells: 3, cell_bytes: 10, ..Limits::default() };
    assert_eq!(
        dump(&docx(&p("一二三四")), &few),
        "E04: line 1: a cell or line of 12 bytes is over the limit of 10 bytes"
    );
    let rows = format!("<w:tbl><w:tr>{0}{0}</w:tr><w:tr>{0}{0}</w:tr></w:tbl>", tc("", "a"));
    assert_eq!(dump(&docx(&rows), &few), "E04: more than the limit of 3 cells and lines");
    let source = Source { name: "a.docx", bytes: &bytes };
    let small = Limits { document_bytes: 10, ..Limits::default() };
    assert!(gouji_ingest_docx::read(&source, &small).unwrap_err().to_string().starts_with("E04: "));
}

#[test]
fn bombs_are_not_unpacked() {
    let told = dump(&docx(&" ".repeat(40 << 20)), &Limits::default());
    assert!(told.starts_with("E04: ") && told.contains("over 200 times as many"), "{told}");
    // Nothing is expanded.
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
    let bytes = drawn::docx_behind(laughs, "<w:p><w:r><w:t>x&b;y</w:t></w:r></w:p>");
    let told = dump(&bytes, &Limits::default());
    assert_eq!(told, "E01: the main document defines entities of its own, which no Word document may");
    assert_eq!(dump(&docx("<w:p><w:r><w:t>x&b;y</w:t></w:r></w:p>"), &Limits::default()), "1:1 | x\u{FFFD}y\n");
}
