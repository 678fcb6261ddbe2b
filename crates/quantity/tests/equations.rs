//! Equations as forms print them, and whether they hold.

use gouji_quantity::{amount, equations, money_power};

fn check(text: &str, expected: &str) {
    let mut shown = Vec::new();
    for equation in equations(text) {
        for step in &equation.steps {
            let computed = step.computed.map_or("?".to_owned(), |it| it.to_string());
            let verdict = match step.holds {
                Some(true) => "holds",
                Some(false) => "fails",
                None => "?",
            };
            shown.push(format!("{} = {computed} {verdict} {}", step.left.of(text), step.right.of(text)));
        }
    }
    assert_eq!(shown.join("; "), expected, "{text}");
}

#[test]
fn equations_hold_as_printed() {
    check("线路租金, 3720元*76条=28.272万元", "3720元*76条 = 282720 holds 28.272万元");
    check("3720元×76条=28.3万元", "3720元×76条 = 282720 holds 28.3万元");
    check("3720元×76条=28.4万元", "3720元×76条 = 282720 fails 28.4万元");
    check("共12*22=264份", "12*22 = 264 holds 264份");
    check("12×22＝265份", "12×22 = 264 fails 265份");
    check("3、租车8万元/月*12月=96万元。", "8万元/月*12月 = 960000 holds 96万元");
    check("住宿11天*16人/月*12月*430元/人=90.8万元", "11天*16人/月*12月*430元/人 = 908160 holds 90.8万元");
    check("11*16*12*430=90.816", "11*16*12*430 = 908160 holds 90.816");
    check("(3+2)*4=20", "(3+2)*4 = 20 holds 20");
    check("73.98=51.98+22", "51.98+22 = 73.98 holds 73.98");
    check("73.98=51.98+21", "51.98+21 = 72.98 fails 73.98");
    check("18÷24=75%", "18÷24 = 0.75 holds 75%");
    check("74/76=97.4%", "74/76 = 37/38 holds 97.4%");
    check("74/76=99%", "74/76 = 37/38 fails 99%");
    check("76条线路×3720元=28.272万元", "76条线路×3720元 = 282720 holds 28.272万元");
    check("3.5万元×3=约10万元", "3.5万元×3 = 105000 holds 10万元");
}

#[test]
fn chains_carry_the_result_on() {
    check(
        "每月6人*12月=72人次*4000元/人=28.8万元。",
        "6人*12月 = 72 holds 72人次; 72人次*4000元/人 = 288000 holds 28.8万元",
    );
    check("6人*12月=70人次*4000元/人=28.8万元", "6人*12月 = 72 fails 70人次; 70人次*4000元/人 = 280000 fails 28.8万元");
}

#[test]
fn glyphs_and_bounds_are_no_equations() {
    for text in ["=6人", "5=95%", "%=99", ">=12%", "总分=100", "2020-12-31", "A=B/C", "1=1"] {
        check(text, "");
    }
}

#[test]
fn amounts_count_in_their_own_unit_first() {
    let shown = |text: &str| amount(text, 4).map(|it| format!("{} u {}", it.value(), it.step()));
    assert_eq!(shown("541.6"), Some("5416000 u 1000".to_owned()));
    assert_eq!(shown("300万元"), Some("3000000 u 10000".to_owned()));
    assert_eq!(shown("12058元"), Some("12058 u 1".to_owned()));
    assert_eq!(shown("23万"), Some("230000 u 10000".to_owned()));
    assert_eq!(shown("1,020.50"), Some("10205000 u 100".to_owned()));
    for text in ["—", "", "5元/台", "≥5万元", "约5万元", "5套", "2部40万元", "共5万元"] {
        assert_eq!(shown(text), None, "{text}");
    }
    assert_eq!(money_power("项目资金(万元)"), Some(4));
    assert_eq!(money_power("项目资金 (元)"), Some(0));
    assert_eq!(money_power("资金"), None);
}
