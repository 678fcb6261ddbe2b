//! No text makes the readers panic, and every span lies in the text.

use gouji_quantity::{edits, equations, fold, is_empty_mark, number, percent, periods, quantities, read_value};
use gouji_quantity::{reading_past_glyph, wording};
use proptest::prelude::*;

fn read_all(text: &str) {
    let folded = fold(text);
    assert_eq!(fold(&folded).len(), fold(&fold(&folded)).len(), "{text:?}");
    let _ = (number(text), percent(text), is_empty_mark(text), wording(text));
    let value = read_value(text);
    for quantity in value.quantities().iter().chain(&value.asides).chain(&quantities(text)) {
        for span in [quantity.span, quantity.number_span, quantity.unit_span] {
            assert!(text.get(span.start..span.end).is_some(), "{text:?} {span:?}");
        }
        let _ = (quantity.interval(), quantity.loose(), quantity.loose_at(30), quantity.value());
    }
    let _ = reading_past_glyph(text, value.quantities().first());
    for period in periods(text) {
        assert!(text.get(period.span.start..period.span.end).is_some(), "{text:?} {period:?}");
        let _ = period.days();
    }
    for equation in equations(text) {
        assert!(text.get(equation.span.start..equation.span.end).is_some(), "{text:?}");
        for step in equation.steps {
            assert!(text.get(step.left.start..step.left.end).is_some(), "{text:?}");
            assert!(text.get(step.right.start..step.right.end).is_some(), "{text:?}");
        }
    }
    let _ = (value.product(), reading_past_glyph(text, None), edits(text));
}

#[test]
fn extreme_texts_are_read() {
    let digits = "9".repeat(400);
    for text in [
        digits.as_str(),
        "99999999999999999999999999999999亿亿元*99999999999999999999999亿元=1",
        "999999999999999999999999亿元",
        "0.00000000000000000001‰",
        "9999999999999999999999*9999999999999999999999*9999999999999999999999*99999999999999=5",
        "((((((((((((((((((((((1+1",
        "2020年2月30日",
        "99999年99月99日",
        "1/0=5",
        "5/(1-1)=3",
        "每每每每年每",
        "《《《5》》》",
        "-",
        "一一一一一一一一",
        "百分之",
        "近万",
    ] {
        read_all(text);
    }
    read_all(&"1*".repeat(50_000));
    read_all(&"(".repeat(100_000));
    read_all(&"每月一次5-".repeat(5000));
    read_all(&"》5".repeat(50_000));
    read_all(&"$1\\".repeat(50_000));
    read_all(&"1,23,".repeat(50_000));
    read_all(&"(1*".repeat(50_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        read_all(&text);
    }

    /// Pieces that the scanners know, in any order.
    #[test]
    fn known_pieces_are_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        read_all(&pieces.concat());
    }
}

const PIECES: &[&str] = &[
    "5",
    "12",
    "2020",
    "0.5",
    "1,020",
    "99999999999999999999999",
    ".",
    ",",
    "，",
    "、",
    " ",
    "\u{3000}",
    "-",
    "—",
    "~",
    "至",
    "*",
    "×",
    "/",
    "÷",
    "=",
    "≥",
    "<",
    ">",
    "》",
    "《",
    "\\geq",
    "$",
    "**",
    "%",
    "‰",
    "％",
    "元",
    "万",
    "亿",
    "万元",
    "人次",
    "人",
    "天",
    "月",
    "年",
    "日",
    "底",
    "前",
    "每",
    "每月",
    "一",
    "二",
    "两",
    "十",
    "几",
    "百",
    "百分之",
    "半",
    "余",
    "多",
    "近",
    "约",
    "左右",
    "以上",
    "以内",
    "上半年",
    "季度",
    "第",
    "(",
    ")",
    "（",
    "）",
    "①",
    "：",
    "\n",
    "😀",
    "é",
    "x",
    "h",
    "小时",
    "M",
    "比例",
    "个百分点",
    "超额",
    "费",
    "共计",
];
