//! What cells show under formats that public bodies use; the figures are those of LibreOffice 7.4 and Excel.

use super::*;

/// `code | stored number | shown text`, and the same with all decimals behind another bar.
fn check(drawn: &str) {
    for line in drawn.lines().filter(|it| !it.trim().is_empty()) {
        let cells: Vec<&str> = line.split(" |").map(str::trim).collect();
        let [code, value, want, ..] = cells.as_slice() else { panic!("{line}") };
        let shown = Format::new(code).show(&Number::parse(value).unwrap(), false);
        assert_eq!(shown.text.trim(), *want, "{line}");
        if let Some(stored) = cells.get(3) {
            assert_eq!(shown.stored.as_deref().map(str::trim).unwrap_or("-"), *stored, "{line}");
        }
    }
}

#[test]
fn decimals_are_rounded_as_they_are_written() {
    check(
        r#"
        0 | 7.1898 | 7 | 7.1898
        0.00 | 7.1898 | 7.19 | 7.1898
        0.00 | 1.005 | 1.01
        0.00 | 0.71899999999999997 | 0.72
        0.00 | 541.6 | 541.60 | -
        0.00 | -0.004 | 0.00
        0.00_  | 98.84 | 98.84
        0.00_);[Red]\(0.00\) | -7.1898 | (7.19) | (7.1898)
        #,##0 | 1234567.891 | 1,234,568
        #,##0.00 | -1234.567 | -1,234.57 | -1,234.567
        #,##0.00;[Red]#,##0.00 | -1 | 1.00
        0.# | 12.3456 | 12.3
        00000 | 7 | 00007
        #,##0, | 1234567.891 | 1,235
        0\.0,"万" | 12345 | 1.2万
        000-0000 | 5551234 | 555-1234
        "#,
    );
}

#[test]
fn percentages_are_hundredfold() {
    check(
        r#"
        0% | 0.719 | 72% | 71.9%
        0.00% | 0.719 | 71.90% | -
        0.00% | 0.718976 | 71.90% | 71.8976%
        0.00% | 0.9884 | 98.84%
        [Blue]0% | 1 | 100%
        0.0"%" | 98.84 | 98.8% | 98.84%
        ≥0% | 0.9 | ≥90%
        [<1]0.00%;0.00 | 0.5 | 50.00%
        [<1]0.00%;0.00 | 12 | 12.00
        "#,
    );
}

#[test]
fn words_and_currencies_stand_beside_the_figure() {
    check(
        r#"
        [$¥-804]#,##0.00 | 1234.5 | ¥1,234.50
        _ "¥"* #,##0.00_ ;_ "¥"* \-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_  | -1 | ¥-1.00
        _ "¥"* #,##0.00_ ;_ "¥"* \-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_  | 0 | ¥-
        #,##0.00"万元" | 541.6 | 541.60万元 | -
        0"人次" | 735 | 735人次
        General"元" | 12.5 | 12.5元
        G/通用格式 | 0.719 | 0.719
        0.00;-0.00;"无" | 0 | 无
        0.00;-0.00; | 0 |
        ;;; | 7 |
        [>=100]0;[<0]-0.0;0.000 | -7.1898 | -7.2
        [>=100]0;[<0]-0.0;0.000 | 7.1898 | 7.190
        "#,
    );
}

#[test]
fn days_and_times_are_written_out() {
    check(
        r#"
        yyyy"年"m"月"d"日" | 43895 | 2020年3月5日
        yyyy/m/d;@ | 43895.75 | 2020/3/5
        yyyy\-mm\-dd\ hh:mm:ss | 43895.75 | 2020-03-05 18:00:00
        [$-804]yyyy"年"m"月"d"日"\ dddd | 43895 | 2020年3月5日 星期四
        [DBNum1][$-804]yyyy"年"m"月"d"日" | 43895 | 二〇二〇年三月五日
        [$-F800]dddd\,\ mmmm\ dd\,\ yyyy | 43895 | 2020年3月5日
        h:mm AM/PM | 0.75 | 6:00 PM
        上午/下午h"时"mm"分" | 0.25 | 上午6时00分
        [h]:mm:ss | 1.5 | 36:00:00
        mm:ss.0 | 0.719 | 15:21.6
        d-mmm-yy | 61 | 1-Mar-00
        yyyy/m/d | 1 | 1900/1/1
        yyyy/m/d | -1 | ########
        "#,
    );
    let since_1904 = Format::new("yyyy/m/d").show(&Number::parse("42433").unwrap(), true);
    assert_eq!(since_1904.text, "2020/3/5");
}

#[test]
fn exponents_fractions_and_chinese_digits() {
    check(
        r#"
        0.00E+00 | 0.719 | 7.19E-01
        ##0.0E+0 | 12345 | 12.3E+3
        # ?/? | 7.1898 | 7 1/5
        # ?/8 | 0.719 | 6/8
        # ??/?? | 0.719 | 64/89
        [DBNum1][$-804]General | 1205 | 一千二百〇五
        [DBNum2][$-804]General | 120 | 壹佰贰拾
        [DBNum2][$-804]0.00 | 7.5 | 柒.伍零
        "#,
    );
}

#[test]
fn general_shows_eleven_characters() {
    check(
        r"
        General | 0.333333333333333 | 0.333333333 | 0.333333333333333
        General | 0.719 | 0.719 | -
        General | 123456.789012345 | 123456.789 | 123456.789012345
        General | 320102199003076310 | 320102199003076000
        @ | 7.1898 | 7.1898
        ",
    );
}

#[test]
fn texts_have_formats_too() {
    let check = |code: &str, want: &str| assert_eq!(Format::new(code).show_text("良"), want, "{code}");
    check("General", "良");
    check("0.00", "良");
    check("@\"级\"", "良级");
    check("0.00;-0.00;0;\"(\"@\")\"", "(良)");
    check(";;;", "");
}

#[test]
fn built_in_formats_are_those_of_the_mainland() {
    let check = |id: u32, value: &str, want: &str| {
        let shown = Format::new(builtin(id)).show(&Number::parse(value).unwrap(), false);
        assert_eq!(shown.text.trim(), want, "{id}");
    };
    check(0, "7.1898", "7.1898");
    check(2, "7.1898", "7.19");
    check(4, "1234.5", "1,234.50");
    check(9, "0.719", "72%");
    check(10, "0.719", "71.90%");
    check(14, "43895", "2020/3/5");
    check(31, "43895", "2020年3月5日");
    check(57, "43895", "2020年3月");
    check(58, "43895", "3月5日");
    check(32, "0.75", "18时00分");
    check(43, "-1234.5", "-1,234.50");
    check(44, "1234.5", "¥1,234.50");
    check(49, "7.10", "7.1");
    check(99, "7.1", "7.1");
}

#[test]
fn no_code_breaks_the_reader() {
    for code in [
        "[", "\"", "\\", "*", "_", "[>", "[$", "0.0.0.0", "%%%%%%%%", "E+", "0E+", "/", "0/0/0", ",,,,", "?", "[h",
        "@@@@@",
    ] {
        for value in ["0", "-1", "1e300", "1e-300", "0.5"] {
            let _ = Format::new(code).show(&Number::parse(value).unwrap(), false);
        }
    }
}
