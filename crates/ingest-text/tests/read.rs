//! Drawn texts and the documents that they are read as.

#[path = "../../ingest-html/tests/dump/mod.rs"]
mod dump;
#[path = "../../ingest-html/tests/whole/mod.rs"]
mod whole;

use expect_test::{Expect, expect};
use gouji_model::{Document, Format, Limits, ReadError, Source};

fn read(text: &[u8], format: Format, limits: &Limits) -> Result<Document, ReadError> {
    gouji_ingest_text::read(&Source { name: "drawn", bytes: text }, format, limits)
}

/// `⇥` is a tab.
fn check_as(format: Format, text: &str, expected: Expect) {
    let document = read(text.replace('⇥', "\t").as_bytes(), format, &Limits::default()).unwrap();
    whole::check_grids(&document.blocks);
    expected.assert_eq(&dump::dump(&document.blocks));
}

fn check(text: &str, expected: Expect) {
    check_as(Format::OcrText, text, expected);
}

fn check_error(text: &[u8], format: Format, limits: &Limits, expected: Expect) {
    expected.assert_eq(&read(text, format, limits).unwrap_err().to_string());
}

#[test]
fn empty_text_has_no_blocks() {
    check("", expect![[""]]);
    check(" \n⇥⇥\n\n⇥", expect![[""]]);
}

#[test]
fn rows_over_an_empty_line_are_one_grid() {
    check(
        "标题\n\n甲⇥⇥乙⇥\n⇥丙\n\n⇥⇥丁⇥ ⇥\n注\n",
        expect![[r#"
        1:1 text "标题"
        Separated 3x3
        3:1 row¶ | 甲 | · | 乙
        4:1 row | · | 丙 | ·
        6:1 row¶ | · | · | 丁
        7:1 text "注"
    "#]],
    );
}

#[test]
fn outer_blanks_go_and_inner_ones_stay() {
    check(
        "\u{3000}总 分\u{A0}⇥\u{200B}98\u{FEFF}⇥\u{3000}\n",
        expect![[r#"
        Separated 1x2
        1:1 row | 总 分 | 98
    "#]],
    );
}

#[test]
fn cell_with_a_line_break_goes_on() {
    check(
        "⇥⇥标签的第一行\n第二行\n第三行\n⇥⇥值\n续\n⇥末\n\n⇥别的",
        expect![[r#"
        Separated 2x6
        1:1 row | · | · | 标签的第一行↵第二行↵第三行 | · | 值↵续@4:3 | 末@6:2
        8:1 row¶ | · | 别的 | · | · | · | ·
    "#]],
    );
}

#[test]
fn text_between_rows_is_no_cell() {
    // An empty line, a row that ends with a blank cell, and a row that begins with a filled cell each end the row.
    check(
        "甲⇥乙\n注\n\n⇥丙\n甲⇥\n注\n⇥丙\n甲⇥乙\n注\n丙⇥丁\n甲⇥乙\n注",
        expect![[r#"
        Separated 1x2
        1:1 row | 甲 | 乙
        2:1 text "注"
        Separated 2x2
        4:1 row¶ | · | 丙
        5:1 row | 甲 | ·
        6:1 text "注"
        Separated 2x2
        7:1 row | · | 丙
        8:1 row | 甲 | 乙
        9:1 text "注"
        Separated 2x2
        10:1 row | 丙 | 丁
        11:1 row | 甲 | 乙
        12:1 text "注"
    "#]],
    );
}

#[test]
fn line_between_two_whole_rows_is_no_cell() {
    // Together they would have seven columns, where the rows near them have four.
    check(
        "一⇥二⇥三⇥四\n⇥甲⇥乙⇥丙\n在线阅读\n⇥⇥丁⇥戊\n⇥己⇥庚\n下一行\n⇥辛",
        expect![[r#"
            Separated 2x4
            1:1 row | 一 | 二 | 三 | 四
            2:1 row | · | 甲 | 乙 | 丙
            3:1 text "在线阅读"
            Separated 2x4
            4:1 row | · | · | 丁 | 戊
            5:1 row | · | 己 | 庚↵下一行 | 辛@7:2
        "#]],
    );
    check(
        "| 一 | 二 | 三 | 四 |\n| | 甲 | 乙 | 丙 |\n在线阅读\n| | | 丁 | 戊 |\n| | 己 | 庚 | |\n下一行\n| | 辛 | | |",
        expect![[r#"
            Separated 2x4
            1:1 row | 一 | 二 | 三 | 四
            2:1 row | · | 甲 | 乙 | 丙
            3:1 text "在线阅读"
            Separated 2x4
            4:1 row | · | · | 丁 | 戊
            5:1 row | · | 己 | 庚↵下一行 | 辛@7:2
        "#]],
    );
}

#[test]
fn operators_are_no_tags() {
    check(
        "<5%⇥<=100%⇥<100点⇥<**⇥a<b 5>4⇥<A类>⇥R&D⇥< p>\n",
        expect![[r#"
        Separated 1x8
        1:1 row | <5% | <=100% | <100点 | <** | a<b 5>4 | <A类> | R&D | < p>
    "#]],
    );
}

#[test]
fn paragraphs_of_a_cell_are_lines() {
    check(
        "目标⇥<p>第一段 <5%</p> <p>第二<b>段</b><br>三</p>⇥10<sup>4</sup>㎡⇥&lt;5%&nbsp;⇥<P CLASS=x></P>\n",
        expect![[r#"
        Separated 1x4
        1:1 row | 目标 | 第一段 <5%↵第二段↵三{<p>第一段 <5%</p> <p>第二<b>段</b><br>三</p>} | 10⁴㎡{10<sup>4</sup>㎡} | <5%{&lt;5%&nbsp;}
    "#]],
    );
}

#[test]
fn latex_is_written_out() {
    check(
        "为 \\geq **），$\\leq **$；A \\times B⇥$\\geq 90\\%$⇥$95$⇥$5、$6⇥\\frac⇥$\\mathrm{m}^{2}$⇥$\\frac{1}{2}$⇥$\\alpha$⇥25$^{\\circ}$C\n值 \\geq 5\n",
        expect![[r#"
            Separated 1x9
            1:1 row | 为 ≥ **），≤ **；A × B{为 \geq **），$\leq **$；A \times B} | ≥ 90%{$\geq 90\%$} | 95{$95$} | $5、$6 | \frac | m²{$\mathrm{m}^{2}$} | 1/2{$\frac{1}{2}$} | $\alpha$ | 25°C{25$^{\circ}$C}
            2:1 text "值 ≥ 5" {值 \geq 5}
        "#]],
    );
}

#[test]
fn table_in_a_cell_is_a_grid_before_its_row() {
    check(
        "甲⇥乙\n丙⇥<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>\\geq 5</td></tr></table>⇥丁\n戊⇥己\n⇥<table><tr><td>c<td>d</table>\n庚⇥辛",
        expect![[r#"
            Separated 1x2
            1:1 row | 甲 | 乙
            Ruled 2x2 in 2:2
            2:2 row | a[2x1]@2:2 | b
            2:2 row | ^0,0 | ≥ 5{\geq 5}
            Separated 2x3
            2:1 row | 丙 | · | 丁
            3:1 row | 戊 | 己 | ·
            Ruled 1x2 in 4:2
            4:2 row | c@4:2 | d
            Separated 1x2
            5:1 row | 庚 | 辛
        "#]],
    );
}

#[test]
fn table_over_lines_is_not_cut() {
    check(
        "前⇥<table><tr><td>1⇥|2</table>\n\n前<table>\n<tr>\n⇥<td>a</td>\n\n⇥<td>b|c</td>\n</tr></table>后\n甲⇥乙",
        expect![[r#"
            Separated 1x2
            1:1 row | 前 | 1 |2{<table><tr><td>1	|2</table>}
            3:1 text¶ "前"
            Ruled 1x2
            4:1 row | a@5:1 | b|c@7:2
            7:1 text¶ "后"
            Separated 1x2
            9:1 row | 甲 | 乙
        "#]],
    );
    check(
        "甲⇥<table><tr>\n<td>a⇥b</td><td>c</td></tr>\n</table>⇥乙\n丙⇥丁",
        expect![[r#"
        Ruled 1x2 in 1:2
        1:2 row | a b@2:2 | c@2:2
        Separated 2x3
        1:1 row | 甲 | · | 乙
        4:1 row | 丙 | 丁 | ·
    "#]],
    );
    // A table that never ends goes to the next empty line.
    check(
        "<table><tr><td>a</td>\n<td>b</td>\n\n甲⇥乙",
        expect![[r#"
            Ruled 1x2
            1:1 row | a | b@2:2
            Separated 1x2
            4:1 row¶ | 甲 | 乙
        "#]],
    );
    // Rows whose table's start is on another page.
    check(
        "<tr><td>a</td><td>b</td></tr></table>",
        expect![[r#"
            Ruled 1x2
            1:1 row | a | b
        "#]],
    );
}

#[test]
fn marks_of_pages_sheets_and_pictures_stay() {
    check(
        " Sheet2\n\n- 3 -\nimage8.emf\n\x0C第二页⇥甲\n",
        expect![[r#"
        p1/1:1 text " Sheet2"
        p1/3:1 text¶ "- 3 -"
        p1/4:1 text "image8.emf"
        Separated 1x2
        p2/5:1 row¶ | 第二页 | 甲
    "#]],
    );
}

#[test]
fn pipe_rows_are_rows() {
    check(
        "| 甲 | 乙 |\n|---|:-:|\n| 1 | a\\|b | 多 |\n\n| | <br>x<br>y |\n文\n\n| 仅 | 头 |\n|---|---|\n\n无|外|框\n1|2|3\n\n头|二\n-|-\n3|4\n五|**六**\n\n散文 a|b\n",
        expect![[r#"
            Separated 3x3
            1:1 row | 甲 | 乙 | ·
            3:1 row | 1 | a|b | 多
            5:1 row¶ | · | x↵y{<br>x<br>y} | ·
            6:1 text "文"
            Separated 6x3
            8:1 row¶ | 仅 | 头 | ·
            11:1 row¶ | 无 | 外 | 框
            12:1 row | 1 | 2 | 3
            14:1 row¶ | 头 | 二 | ·
            16:1 row | 3 | 4 | ·
            17:1 row | 五 | 六{**六**} | ·
            19:1 text¶ "散文 a|b"
        "#]],
    );
}

#[test]
fn cells_in_lines_of_their_own_are_text() {
    check(
        "编号:7 |\n|\n|\n项目名称 |\n修缮 |\n | |\n得分 |\n\n散文 |\n散文\n",
        expect![[r#"
            1:1 text "编号:7"
            4:1 text "项目名称"
            5:1 text "修缮"
            7:1 text "得分"
            9:1 text¶ "散文 |"
            10:1 text "散文"
        "#]],
    );
}

#[test]
fn pipe_rows_go_on_over_line_breaks() {
    check(
        "| 甲 | 上\n下 | 乙 |\n| 丙 | 丁 |\n",
        expect![[r#"
        Separated 2x3
        1:1 row | 甲 | 上↵下 | 乙@2:2
        3:1 row | 丙 | 丁 | ·
    "#]],
    );
    check(
        "| | 标签 | |\n|---|---|---|\n续\n| | 值 | |\n",
        expect![[r#"
        Separated 1x3
        1:1 row | · | 标签↵续 | 值@4:2
    "#]],
    );
}

#[test]
fn empty_marks_are_no_alignment() {
    check(
        "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| -- | - |\n",
        expect![[r#"
        Separated 3x2
        1:1 row | 甲 | 乙
        3:1 row | 1 | 2
        4:1 row | -- | -
    "#]],
    );
}

#[test]
fn markdown_marks_go() {
    check_as(
        Format::Markdown,
        "# 标题 #\n\n- **要** 点\n1. 一\n> 引\n> 95%\n---\n![](images/a1.jpg) [文](http://x)\n```\n| **总分** | 3*4*5 | ≥** | \\*注 | `x` |\n```\n⇥缩进\n甲⇥乙\n指标值为 > **)，为 < **)\n",
        expect![[r#"
            1:1 text "标题" {# 标题 #}
            3:1 text¶ "要 点" {- **要** 点}
            4:1 text "1. 一"
            5:1 text "引" {> 引}
            6:1 text "> 95%"
            8:1 text¶ "a1.jpg 文" {![](images/a1.jpg) [文](http://x)}
            Separated 1x5
            10:1 row¶ | 总分{**总分**} | 3*4*5 | ≥** | *注{\*注} | x{`x`}
            12:1 text¶ "\t缩进"
            Separated 1x2
            13:1 row | 甲 | 乙
            14:1 text "指标值为 > **)，为 < **)"
        "#]],
    );
}

#[test]
fn markdown_reads_tables_of_all_kinds() {
    check_as(
        Format::Markdown,
        "<table>\n<tr><td>a</td><td>b</td></tr>\n</table>\n\n| x | <table><tr><td>c<td>d</table> |\n甲⇥乙\n",
        expect![[r#"
            Ruled 1x2
            2:1 row | a | b
            Ruled 1x2 in 5:2
            5:2 row | c@5:2 | d
            Separated 2x2
            5:1 row | x | ·
            6:1 row | 甲 | 乙
        "#]],
    );
}

#[test]
fn csv_is_one_grid() {
    check_as(
        Format::Csv,
        "自评表,,\n\n项目,\"两行\n的 \"\"名\"\"\",<5%\n\n\n总分, ,98\n单\n末,1",
        expect![[r#"
            Separated 5x3
            1:1 row | 自评表 | · | ·
            3:1 row¶ | 项目 | 两行↵的 "名" | <5%
            7:1 row¶ | 总分 | · | 98
            8:1 row | 单 | · | ·
            9:1 row | 末 | 1 | ·
        "#]],
    );
    check_as(
        Format::Csv,
        "甲, 乙⇥丙\n1⇥2, 3, 4\n",
        expect![[r#"
        Separated 2x2
        1:1 row | 甲, 乙 | 丙
        2:1 row | 1 | 2, 3, 4
    "#]],
    );
    check_as(
        Format::Csv,
        "甲;乙\n1;2,5\n",
        expect![[r#"
        Separated 2x2
        1:1 row | 甲 | 乙
        2:1 row | 1 | 2,5
    "#]],
    );
    check_as(Format::Csv, "", expect![[""]]);
}

#[test]
fn bad_bytes_say_where() {
    let limits = Limits::default();
    check_error(
        b"ab\ncd\0",
        Format::OcrText,
        &limits,
        expect!["E02: line 2, byte 5: not text, as it holds a NUL byte"],
    );
    check_error(
        b"\x89PNG\x01\x02\x03\x04\x05",
        Format::OcrText,
        &limits,
        expect!["E02: line 1, byte 5: not text, as 5 of 8 characters cannot be printed"],
    );
    check_error(
        b"a\x01\x02\x03\x04b",
        Format::OcrText,
        &limits,
        expect!["E02: line 1, byte 1: not text, as 4 of 6 characters cannot be printed"],
    );
    check_error(
        b"ab\xFF\xFFab",
        Format::Csv,
        &limits,
        expect!["E02: byte 2: not text, as it is neither UTF-8 nor GB18030"],
    );
}

#[test]
fn separated_values_are_read_whatever_parts_and_encodes_them() {
    let rows = ["全年预算数;全年执行数;执行率", "1,547.98;1,541.6;99,6%", "注：甲,乙;;"];
    let expected = expect![[r#"
        Separated 3x3
        1:1 row | 全年预算数 | 全年执行数 | 执行率
        2:1 row | 1,547.98 | 1,541.6 | 99,6%
        3:1 row | 注：甲,乙 | · | ·
    "#]];
    let text = rows.join("\r\n");
    let tabs = text.replace(';', "\t");
    let wide =
        |mark: [u8; 2], of: fn(u16) -> [u8; 2]| mark.into_iter().chain(tabs.encode_utf16().flat_map(of)).collect();
    let forms: [Vec<u8>; 5] = [
        text.as_bytes().to_vec(),
        ["\u{FEFF}".as_bytes(), text.as_bytes()].concat(),
        encoding_rs::GBK.encode(&text).0.into_owned(),
        wide([0xFF, 0xFE], u16::to_le_bytes),
        wide([0xFE, 0xFF], u16::to_be_bytes),
    ];
    for bytes in forms {
        let document = read(&bytes, Format::Csv, &Limits::default()).unwrap();
        expected.assert_eq(&dump::dump(&document.blocks));
    }
    check_as(
        Format::Csv,
        "sep=|\n甲|乙,丙\n丁|戊,己\n",
        expect![[r#"
        Separated 2x2
        2:1 row | 甲 | 乙,丙
        3:1 row | 丁 | 戊,己
    "#]],
    );
}

#[test]
fn over_a_limit_says_which() {
    let limits = Limits { document_bytes: 40, cell_bytes: 10, cells: 6, ..Limits::default() };
    let check =
        |text: &str, expected| check_error(text.replace('⇥', "\t").as_bytes(), Format::OcrText, &limits, expected);
    check(
        "12345678901234567890123456789012345678901",
        expect!["E04: document of 41 bytes is over the limit of 40 bytes"],
    );
    check("a\nb12345678901", expect!["E04: line 2: a cell or line of 12 bytes is over the limit of 10 bytes"]);
    check("a⇥b\na⇥b12345678901", expect!["E04: line 2: a cell or line of 12 bytes is over the limit of 10 bytes"]);
    check("a⇥b⇥c\na⇥b\nc⇥d", expect!["E04: line 3: more than the limit of 6 cells and lines"]);
    check("a\nb\nc\nd\ne\nf\ng", expect!["E04: line 7: more than the limit of 6 cells and lines"]);
    check("⇥\n⇥\n⇥\n⇥\n⇥\n⇥\n⇥", expect!["E04: line 7: more than the limit of 6 cells and lines"]);
    check("⇥a\n<p>b12345678901</p>", expect!["E04: line 2: a cell or line of 12 bytes is over the limit of 10 bytes"]);
    check_error(
        b"a,b,c,d,e,f,g,h",
        Format::Csv,
        &limits,
        expect!["E04: line 1: more than the limit of 6 cells and lines"],
    );
    check_error(
        b"a,b,c\nd,e,f\ng,h,i",
        Format::Csv,
        &limits,
        expect!["E04: line 3: more than the limit of 6 cells and lines"],
    );
}

#[test]
fn a_form_cut_in_a_character_is_read() {
    let cut = |bytes: &[u8]| dump::dump(&read(bytes, Format::OcrText, &Limits::default()).unwrap().blocks);
    let text = "项目名称\t甲乙\t98";
    let utf8 = "项目名称\t甲乙".as_bytes();
    expect![[r#"
        Separated 1x2
        1:1 row | 项目名称 | 甲�
    "#]]
    .assert_eq(&cut(&utf8[..utf8.len() - 1]));
    let (gb, _, _) = encoding_rs::GB18030.encode("项目名称\t甲乙");
    expect![[r#"
        Separated 1x2
        1:1 row | 项目名称 | 甲�
    "#]]
    .assert_eq(&cut(&gb[..gb.len() - 1]));
    // Two pieces glued by bytes.
    let glued = [&text.repeat(10).into_bytes()[..], &utf8[1..]].concat();
    expect!["Separated 1x22"].assert_eq(&cut(&glued).lines().next().unwrap_or_default().replace("项目名称", "…"));
}

#[test]
fn rows_of_pipes_are_told_by_their_number() {
    check(
        "表 | ||||\n名称 | 某馆 | 单位 | 某局 | |\n资金 |\n预算 | 执行 | 分值 | |\n总额 |\n10 | 9 | 8 | |\n其他 | 1 | 2 | ||\n注",
        expect![[r#"
            Separated 5x4
            1:1 row | 表 | · | · | ·
            2:1 row | 名称 | 某馆 | 单位 | 某局
            3:1 row | 资金 | 预算@4:1 | 执行@4:2 | 分值@4:3
            5:1 row | 总额 | 10@6:1 | 9@6:2 | 8@6:3
            7:1 row | 其他 | 1 | 2 | ·
            8:1 text "注"
        "#]],
    );
    check(
        "| 表 | ||||\n| 名称 |\n某馆\n二楼 |\n|||\n|\n资金 |\n预算 | 执行 | 分值 | |\n| 总额 | 9 | 8 | 7 | |\n| 其他 | 1 | | | |",
        expect![[r#"
            Separated 5x4
            1:1 row | 表 | · | · | ·
            2:1 row | 名称 | 某馆↵二楼@3:1 | · | ·
            6:1 row | 资金@7:1 | 预算@8:1 | 执行@8:2 | 分值@8:3
            9:1 row | 总额 | 9 | 8 | 7
            10:1 row | 其他 | 1 | · | ·
        "#]],
    );
}
