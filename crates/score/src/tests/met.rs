//! Whether a row met its target, and what may be scored for it, kind by kind (rule book 3).

use gouji_model::{Cell, Indicator};
use gouji_quantity::Interval;

use crate::met::{Attainment, Comparison, Values};
use crate::profile::Profile;

fn compare(l2: &str, name: &str, target: &str, actual: &str) -> Comparison {
    let cell = |text: &str| (!text.is_empty()).then(|| Cell::drawn(text));
    let row = Indicator {
        l1: cell("产出指标"),
        l2: cell(l2),
        name: cell(name),
        target: cell(target),
        actual: cell(actual),
        ..Indicator::default()
    };
    Comparison::of(&row, &Values::of(&row), Profile::unknown(), false, false)
}

fn met(l2: &str, name: &str, target: &str, actual: &str) -> Attainment {
    compare(l2, name, target, actual).met
}

/// The scores that ten points admit, lowest to highest.
fn of_ten(l2: &str, target: &str, actual: &str) -> String {
    let shares = compare(l2, "甲", target, actual).shares;
    let hull = shares.into_iter().reduce(|acc, it| acc.hull(&it)).expect("has shares");
    hull.scaled(10).as_ref().map(|it: &Interval| it.shown_at(2)).expect("small")
}

use Attainment::{Either, Met, Unknown, Unmet};

#[test]
fn positive_rows() {
    for (target, actual, expected) in [
        ("76条", "74条", Unmet),
        ("76条", "76条", Met),
        ("≥24次", "30余次", Met),
        ("≥12次", "23", Met),
        ("95%", "95%以上", Met),
        ("≥98%", "100%", Met),
        (">100户", "100户", Met),
        ("1项", "0项", Unmet),
        ("2.5万套", "25000套", Met),
        ("100%", "1", Unknown),
        ("50%", "0.6", Unknown),
        ("4425户", "12万元", Unknown),
        ("", "5", Unknown),
        ("15-20万字", "18万字", Met),
        ("15-20万字", "12万字", Unmet),
    ] {
        assert_eq!(met("数量指标", "甲", target, actual), expected, "{target} / {actual}");
    }
    assert_eq!(of_ten("数量指标", "76条", "74条"), "[9.73, 9.74)");
    assert_eq!(of_ten("数量指标", "1项", "0项"), "0.00");
    assert_eq!(of_ten("数量指标", "15-20万字", "10万字"), "[4.75, 7.34)");
}

#[test]
fn reverse_and_cost_rows() {
    for (l2, name, target, actual, expected) in [
        ("质量指标", "故障率", "5%", "8%", Unmet),
        ("质量指标", "故障率", "≤5%", "≤5%", Met),
        ("质量指标", "处理时间", "<1小时", "1小时", Met),
        ("成本指标", "采购", "≤190万元", "190万元", Met),
        ("成本指标", "采购", "28.272万元", "21.855", Either),
        ("成本指标", "采购", "461100元/项", "534253.73元/项", Unmet),
        ("成本指标", "采购", "180000元/年", "0元/项", Either),
        ("数量指标", "差旅", "510元/人天", "300元/人天", Either),
    ] {
        assert_eq!(met(l2, name, target, actual), expected, "{name} {target} / {actual}");
    }
    assert_eq!(of_ten("成本指标", "461100元/项", "534253.73元/项"), "[8.41, 8.64)");
}

#[test]
fn rows_without_a_class_go_by_their_name() {
    assert_eq!(met("", "完成会议室购置", "1项", "0项"), Unmet);
    assert_eq!(met("", "甲", "1项", "0项"), Either);
    assert_eq!(met("", "甲", "≥1项", "0项"), Unmet);
    assert_eq!(met("", "总投资控制额（含新建部分）", "53万元", "48万元"), Either);
}

#[test]
fn deadlines_and_words() {
    for (target, actual, expected) in [
        ("2023年12月", "0", Unmet),
        ("2023年6月底", "2023年9月", Unmet),
        ("年底前", "年底前", Met),
        ("2023年12月31日前", "2023年11月", Met),
        ("12月底前", "已完成", Met),
        ("12月底前", "100%", Met),
        ("12月底前", "正在推进", Unmet),
        ("及时", "99%", Unmet),
        ("及时", "100%", Met),
        ("一月一次", "100%", Met),
        ("高质量完成", "正在推进", Unmet),
        ("有所改善", "有所改善", Met),
        ("长期", "持续提升", Unknown),
    ] {
        assert_eq!(met("时效指标", "甲", target, actual), expected, "{target} / {actual}");
    }
    assert_eq!(of_ten("时效指标", "及时", "99%"), "[8.00, 10.00]");
    assert_eq!(of_ten("时效指标", "验收", "部分完成"), "[5.00, 8.00)");
}

#[test]
fn compound_rows_go_part_by_part() {
    assert_eq!(met("数量指标", "甲", "5期、410人次", "2期、234人次"), Unmet);
    assert_eq!(of_ten("数量指标", "5期、410人次", "2期、234人次"), "[4.00, 5.71)");
    assert_eq!(of_ten("数量指标", "1人、1年", "0人、1年"), "[0.00, 10.00]");
    assert_eq!(met("数量指标", "甲", "5期、410人次", "2期"), Unknown);
}
