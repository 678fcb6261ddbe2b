//! Drawn pages and the documents that they are read as.

mod dump;
mod whole;

use expect_test::{Expect, expect};
use gouji_model::{Block, Limits, Place, ReadError, Source};

fn read(html: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    gouji_ingest_html::read(&Source { name: "drawn", bytes: html }, limits).map(|it| it.blocks)
}

fn check(html: &str, expected: Expect) {
    let blocks = read(html.as_bytes(), &Limits::default()).unwrap();
    whole::check_grids(&blocks);
    expected.assert_eq(&dump::dump(&blocks));
}

fn check_fragment(html: &str, expected: Expect) {
    let blocks = gouji_ingest_html::fragment(html, &Place::in_text(7, 3), &Limits::default()).unwrap();
    whole::check_grids(&blocks);
    expected.assert_eq(&dump::dump(&blocks));
}

#[test]
fn paragraphs_are_texts() {
    check(
        "<title>不读</title><h1>标题</h1>\n<p>一<b>段</b>\n 落  end\nof\u{A0}it<br>二<br><br>三</p><ul><li>甲<li>乙</ul>\n<div>a<div>b</div>c</div><pre>x\n  y</pre>",
        expect![[r#"
            1:? text¶ "标题"
            2:? text¶ "一段落 end of\u{a0}it"
            4:? text "二"
            4:? text¶ "三"
            4:? text¶ "甲"
            4:? text¶ "乙"
            5:? text¶ "a"
            5:? text¶ "b"
            5:? text¶ "c"
            5:? text¶ "x"
            5:? text "  y"
        "#]],
    );
}

#[test]
fn hidden_is_left_out() {
    check(
        "<style>a</style><p>甲<script>b</script></p><p style='DISPLAY : none'>c</p><!-- d --><p hidden>e</p><input type=hidden value=f><input value=乙><svg><text>g</text></svg><table><tr style='display:none'><td>h<tr><td>丙<td>丁</table>",
        expect![[r#"
            1:? text¶ "甲"
            1:? text¶ "乙"
            Ruled 1x2
            1:1 row | 丙 | 丁
        "#]],
    );
}

#[test]
fn tables_of_other_elements_are_tables() {
    let rows = |row: &str, cell: &str, end: &str| {
        ["一级|二级|分值|得分", "产出|数量|10|9", "产出|质量|10|10", "效益|社会|30|30"]
            .map(|it| {
                let cells = it.split('|').map(|it| format!("<{cell}>{it}</{end}>"));
                format!("<{row}>{}</{}>", cells.collect::<String>(), if row.starts_with("ul") { "ul" } else { "div" })
            })
            .concat()
    };
    let by_role = rows("div role=row", "div role=cell", "div");
    let by_style = rows("div style='display: table-row'", "div style='display:table-cell'", "div");
    let by_rule = rows("div class='tr x'", "span class=td", "span");
    let css = "<style>.tb{display:table}.tr{display:table-row} span.td{display:table-cell}</style>";
    let pages = [
        format!("<div role=table>{by_role}</div>"),
        format!("<div style='width:1px;display:table'>{by_style}</div>"),
        format!("{css}<div class=tb>{by_rule}</div>"),
        format!("<div>{}</div>", rows("ul", "li", "li")),
        format!("<div>{}</div>", rows("div", "div", "div")),
    ];
    let found = pages.map(|it| dump::dump(&read(it.as_bytes(), &Limits::default()).unwrap()));
    assert!(found.iter().all(|it| *it == found[0]), "{found:#?}");
    expect![[r#"
        Ruled 4x4
        1:1 row | 一级 | 二级 | 分值 | 得分
        1:1 row | 产出 | 数量 | 10 | 9
        1:1 row | 产出 | 质量 | 10 | 10
        1:1 row | 效益 | 社会 | 30 | 30
    "#]]
    .assert_eq(&found[0]);
    // Lists of different lengths, as in menus, are lists.
    let menu = "<div><ul><li>a<li>b<li>c</ul><ul><li>d<li>e</ul></div>";
    check(
        menu,
        expect![[r#"
        1:? text¶ "a"
        1:? text¶ "b"
        1:? text¶ "c"
        1:? text¶ "d"
        1:? text¶ "e"
    "#]],
    );
}

#[test]
fn documents_that_a_page_links_are_named() {
    let html = "<p><a href=/x.html>栏目</a>\n<a title=x href='/P/a.xlsx'>附件:<b>自评表</b></a>";
    // Short and long pages are read in two ways.
    for html in [html.to_owned(), format!("{html}<p>{}", "甲".repeat(1000))] {
        let document =
            gouji_ingest_html::read(&Source { name: "drawn", bytes: html.as_bytes() }, &Limits::default()).unwrap();
        let notes: Vec<String> =
            document.notes.iter().map(|it| format!("{:?} {}", it.place.line, it.message.en)).collect();
        assert_eq!(notes, ["Some(2) the page links a document, “附件:自评表” (/P/a.xlsx), which is not read"]);
    }
}

#[test]
fn spans_are_resolved() {
    check(
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr>\n<tr><td>c</td><td>d</td></tr>\n<tr><td colspan=3>e</td></tr></table>",
        expect![[r#"
            Ruled 3x3
            1:1 row | a[2x1] | b[1x2] | ^0,1
            2:1 row | ^0,0 | c | d
            3:1 row | e[1x3] | ^2,0 | ^2,0
        "#]],
    );
}

#[test]
fn overlaps_are_cut() {
    // The second row's wide cell would run into the cell that hangs down in the third column.
    check(
        "<table><tr><td>a<td>b<td rowspan=2>c<tr><td colspan=3>d</table>",
        expect![[r#"
        Ruled 2x3
        1:1 row | a | b | c[2x1]
        1:1 row | d[1x2] | ^1,0 | ^0,2
    "#]],
    );
}

#[test]
fn spans_end_with_their_group_and_table() {
    check(
        "<table><thead><tr><th rowspan=9>a<th>b</thead><tr><td rowspan=0>c<td>d<tr><td>e<tr><td colspan=0>f</tbody><tbody><tr><td rowspan=5>g<td colspan=x>h</table>",
        expect![[r#"
            Ruled 5x2
            1:1 row | a | b
            1:1 row | c[3x1] | d
            1:1 row | ^1,0 | e
            1:1 row | ^1,0 | f
            1:1 row | g | h
        "#]],
    );
}

#[test]
fn rows_of_unequal_width_are_padded() {
    check(
        "<table><tr><td>a<tr><tr><td>b<td>c<td></table>",
        expect![[r#"
        Ruled 3x3
        1:1 row | a | · | ·
        1:1 row | · | · | ·
        1:1 row | b | c | 
    "#]],
    );
}

#[test]
fn cell_text_keeps_its_lines() {
    check(
        "<table><tr><td> <p>甲 </p><p>乙</p>&nbsp;<td>5<sup>2</sup> $\\geq 3$<td><5%</table>",
        expect![[r#"
        Ruled 1x3
        1:1 row | 甲↵乙 | 5² ≥ 3{5² $\geq 3$} | <5%
    "#]],
    );
}

#[test]
fn nested_tables_stand_before_their_row() {
    check(
        "<table><caption>题</caption><tr><td>a<td>b<tr><td>c<td>d<table><tr><td>x<td>y<tr><td>z<td><table><tr><td>1<td>2</table></table>e<tr><td>f<td>g</table>",
        expect![[r#"
            1:? text "题"
            Ruled 1x2
            1:1 row | a | b
            Ruled 1x2 in 1:2
            1:1 row | x | y
            Ruled 1x2 in 1:2
            1:1 row | 1 | 2
            Ruled 1x2 in 1:2
            1:1 row | z | 
            Ruled 2x2
            1:1 row | c | d↵e
            1:1 row | f | g
        "#]],
    );
}

#[test]
fn nested_table_beside_a_span_stands_after_it() {
    check(
        "<table><tr><td rowspan=2>a<td>b<tr><td><table><tr><td>x<td>y</table><tr><td>c<td>d</table>",
        expect![[r#"
        Ruled 2x2
        1:1 row | a[2x1] | b
        1:1 row | ^0,0 | 
        Ruled 1x2 in 1:2
        1:1 row | x | y
        Ruled 1x2
        1:1 row | c | d
    "#]],
    );
}

#[test]
fn a_menu_beside_a_page_makes_no_grid() {
    check(
        "<table><tr><td><ul><li>甲<li>乙</ul><td><p>题<p>年度<table><tr><td>x<td>y</table>注</table>",
        expect![[r#"
        1:? text¶ "甲"
        1:? text¶ "乙"
        1:? text¶ "题"
        1:? text¶ "年度"
        Ruled 1x2
        1:1 row | x | y
        1:? text¶ "注"
    "#]],
    );
}

#[test]
fn layout_tables_are_no_grids() {
    check(
        "<table><tr><td>题<tr><td><table><tr><td>x<td>y</table><tr><td>注</table>",
        expect![[r#"
        1:? text "题"
        Ruled 1x2
        1:1 row | x | y
        1:? text "注"
    "#]],
    );
    check(
        "<table><tr><td><table><tr><td>x<td>y</table><td> <td><table><tr><td>z<td>w</table></table>",
        expect![[r#"
        Ruled 1x2
        1:1 row | x | y
        Ruled 1x2
        1:1 row | z | w
    "#]],
    );
    check(
        "<table><tr><td><p>一<p>二</table>",
        expect![[r#"
        1:? text¶ "一"
        1:? text¶ "二"
    "#]],
    );
}

#[test]
fn blank_tables_are_left_out() {
    check(
        "甲<table></table><table><tr></table><table><tr><td> <td></table>乙",
        expect![[r#"
        1:? text¶ "甲"
        1:? text¶ "乙"
    "#]],
    );
}

#[test]
fn fragments_have_the_place_of_their_text() {
    check_fragment(
        "甲 &lt;5%<p>乙</p>",
        expect![[r#"
        7:3 text¶ "甲 <5%"
        7:3 text¶ "乙"
    "#]],
    );
    check_fragment(
        "<table><tr>\n<td>a<td>b</table>",
        expect![[r#"
        Ruled 1x2
        7:3 row | a@8:3 | b@8:3
    "#]],
    );
    check_fragment(
        "<td>a<td>b<tr><td>c<td>d</table>",
        expect![[r#"
            Ruled 2x2
            7:3 row | a@7:3 | b@7:3
            7:3 row | c@7:3 | d@7:3
        "#]],
    );
    check_fragment("", expect![[""]]);
}

#[test]
fn encodings_are_found() {
    let html = "<meta charset='gb2312'><p>绩效自评表 98</p>";
    let (gb, _, _) = encoding_rs::GB18030.encode(html);
    let (undeclared, _, _) = encoding_rs::GB18030.encode("<p>绩效自评表 98</p>");
    let (wrong, _, _) = encoding_rs::GB18030.encode("<meta charset=iso-8859-1><p>绩效自评表 98</p>");
    let (big5, _, _) = encoding_rs::BIG5.encode("<meta http-equiv=x content='text/html; charset=big5'><p>績效 98</p>");
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(html.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let drawn = |bytes: &[u8]| dump::dump(&read(bytes, &Limits::default()).unwrap());
    let all = [html.as_bytes(), &gb, &undeclared, &wrong, &big5, &utf16, format!("\u{FEFF}{html}").as_bytes()]
        .map(drawn)
        .concat();
    expect![[r#"
        1:? text¶ "绩效自评表 98"
        1:? text¶ "绩效自评表 98"
        1:? text¶ "绩效自评表 98"
        1:? text¶ "绩效自评表 98"
        1:? text¶ "績效 98"
        1:? text¶ "绩效自评表 98"
        1:? text¶ "绩效自评表 98"
    "#]]
    .assert_eq(&all);
}

#[test]
fn over_a_limit_says_which() {
    let limits = Limits { cell_bytes: 10, cells: 12, ..Limits::default() };
    let drawn = |html: &str| match read(html.as_bytes(), &limits) {
        Ok(blocks) => dump::dump(&blocks),
        Err(err) => format!("{err}\n"),
    };
    let all = [
        "<p>a\n<p>b12345678901",
        "<table><tr><td>a<tr><td colspan=7>b",
        "<table><tr><td colspan=99999999999999999999 rowspan=99999999999999999999>a<td>b</table>",
        "<p>1<p>1<p>1<p>1<p>1<p>1<p>1<p>1<p>1<p>1<p>1<p>1<p>1",
        &"<i></i>".repeat(50),
    ]
    .map(drawn)
    .concat();
    expect![[r#"
        E04: line 2: a cell or line of 12 bytes is over the limit of 10 bytes
        E04: line 1: more than the limit of 12 cells and lines
        E04: line 1: more than the limit of 12 cells and lines
        E04: line 1: more than the limit of 24 elements and texts
        E04: line 1: more than the limit of 24 elements and texts
    "#]]
    .assert_eq(&all);
}

#[test]
fn deep_markup_does_not_overflow() {
    let limits = Limits::default();
    let deep = |n: usize| format!("{}甲{}", "<div>".repeat(n), "</div>".repeat(n));
    expect![[r#"
        1:? text¶ "甲"
    "#]]
    .assert_eq(&dump::dump(&read(deep(1_900).as_bytes(), &limits).unwrap()));
    expect!["E04: line 1: more than the limit of 2000 elements inside each other"]
        .assert_eq(&read(deep(200_000).as_bytes(), &limits).unwrap_err().to_string());
    let tables = "<table><tr><td>a<td>".repeat(400);
    assert_eq!(read(tables.as_bytes(), &limits).unwrap().len(), 400);
}

#[test]
fn tags_with_too_many_attributes_are_refused() {
    let many: String = (0..3_000).map(|it| format!(" a{it}")).collect();
    let drawn = |html: String| match read(html.as_bytes(), &Limits::default()) {
        Ok(blocks) => dump::dump(&blocks),
        Err(err) => format!("{err}\n"),
    };
    let all = [
        format!("<p>\n<p{many}>甲"),
        format!("<p{}>甲", many.replace(' ', "/")),
        format!("<p a='>'{many}>甲"),
        // Not attributes: a value, a comment, a script, and text.
        format!("<p a='{many}'>甲"),
        format!("<!-- <p a=\"{many} -->甲"),
        format!("<script>a<b{many}</script>甲"),
        format!("甲 < {many}").chars().take(30).collect(),
    ]
    .map(drawn)
    .concat();
    expect![[r#"
        E04: line 2: a tag with more than the limit of 2000 attributes
        E04: line 1: a tag with more than the limit of 2000 attributes
        E04: line 1: a tag with more than the limit of 2000 attributes
        1:? text¶ "甲"
        1:? text¶ "甲"
        1:? text¶ "甲"
        1:? text¶ "甲 < a0 a1 a2 a3 a4 a5 a6 a7 a"
    "#]]
    .assert_eq(&all);
}
