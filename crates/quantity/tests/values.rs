//! What each printed cell is read as, one line a case.

use gouji_quantity::{Approximation, Date, Kind, Period, Quantity, Value, read_value};

fn show_date(date: Date) -> String {
    match date.year {
        Some(year) => format!("{year}-{}-{}", date.month, date.day),
        None => format!("{}-{}", date.month, date.day),
    }
}

fn show_period(period: &Period) -> String {
    match period.from {
        Some(from) => format!("{}..{}", show_date(from), show_date(period.by)),
        None => show_date(period.by),
    }
}

/// Operator, approximation, value in base units of the power, unit with denominators.
fn show_quantity(quantity: &Quantity) -> String {
    let mut shown = String::new();
    if let Some(operator) = quantity.operator {
        shown.push_str(operator.sign());
    }
    match quantity.approximation {
        Some(Approximation::Over) => shown.push('+'),
        Some(Approximation::Nearly) => shown.push('-'),
        Some(Approximation::About) => shown.push('~'),
        Some(Approximation::Spread(_)) => shown.push('?'),
        None => {}
    }
    shown.push_str(&quantity.number.value().to_string());
    if let Some(up_to) = quantity.up_to {
        shown.push_str(&format!("..{}", up_to.value()));
    }
    if let Some(unit) = quantity.unit {
        shown.push_str(unit.of.name);
        for per in unit.per() {
            shown.push_str(&format!("/{}", per.name));
        }
        if unit.has_unknown_per {
            shown.push_str("/?");
        }
    }
    shown
}

fn show(value: &Value) -> String {
    let list = |all: &[Quantity]| all.iter().map(show_quantity).collect::<Vec<_>>().join(" ");
    let mut shown = match &value.kind {
        Kind::Blank => "blank".to_owned(),
        Kind::NotApplicable => "not applicable".to_owned(),
        Kind::Quantity(it) => show_quantity(it),
        Kind::Range(it) => format!("range {}", show_quantity(it)),
        Kind::Period(it) => format!("by {}", show_period(it)),
        Kind::Frequency(Some(it)) => format!("each {}", show_quantity(it)),
        Kind::Frequency(None) => "each".to_owned(),
        Kind::Compound(all) => format!("compound {}", list(all)),
        Kind::Several(all) => format!("several {}", list(all)),
        Kind::Words => format!("words {:?}", value.wording),
        Kind::Unknown => "unknown".to_owned(),
    };
    if !value.asides.is_empty() {
        shown.push_str(&format!(" aside {}", list(&value.asides)));
    }
    shown
}

fn check(text: &str, expected: &str) {
    let value = read_value(text);
    assert_eq!(show(&value), expected, "{text:?}");
    let all = value.quantities().iter().chain(&value.asides);
    for quantity in all {
        let digits = quantity.number_span.of(text);
        assert!(!digits.is_empty() && quantity.span.of(text).contains(digits), "{text:?} {quantity:?}");
    }
}

#[test]
fn empty_marks_are_blank_and_zero_is_a_number() {
    for text in ["", " ", "\u{a0}", "\u{3000}", "—", "-", "--", "——", "/", "*", "一", " － "] {
        check(text, "blank");
    }
    check("0", "0");
    check("无", "not applicable");
    check("不涉及。", "not applicable");
    check("未发生", "not applicable");
}

#[test]
fn numbers_take_their_unit() {
    check("74条", "74条");
    check("1020", "1020");
    check("1,020.50", "1020.50");
    check("２５００ 户", "2500户");
    check("28.272万元", "282720元");
    check("12058元", "12058元");
    check("2.5万套", "25000套");
    check("3亿元", "300000000元");
    check("1百万元", "1000000元");
    check("37.5万", "375000");
    check("租金150万", "1500000元");
    check("5集纪录片", "5集");
    check("4个子系统", "4个");
    check("32000公里", "32000公里");
    check("2.6万平方米", "26000平方米");
    check("100㎡", "100㎡");
    check("200m2", "200m2");
    check("平均每个班53600元", "53600元/个");
    check("平均95894.6元", "95894.6元");
    check("-3.5", "-3.5");
    check("①2套", "2套");
    check("半年", "0.5年");
    check("2个半月", "2.5月");
    check("一年半", "1.5年");
    check("1. 5台", "5台");
}

#[test]
fn percentages_have_many_spellings() {
    check("95%", "95%");
    check("９８．８％", "98.8%");
    check("100%完成任务。", "100%");
    check("191.12%完成", "191.12%");
    check("百分之九十五", "95%");
    check("百分之95", "95%");
    check("百分百", "100%");
    check("2个百分点", "2个百分点");
    check("3‰", "3‰");
    check("≥0.97比例", "≥97比例");
    check("≥97百分比", "≥97百分比");
}

#[test]
fn operators_have_many_spellings() {
    for text in
        ["≥95%", "≧95%", "⩾95％", ">=95%", "=>95%", "＞＝９５％", "\\geq 95\\%", "$\\geq$ 95%", "&ge;95%", "》=95%"]
    {
        check(text, "≥95%");
    }
    for text in ["≤5%", "≦5%", "⩽5%", "<=5%", "=<5%", "\\leq 5%", "$\\leq 5$%"] {
        check(text, "≤5%");
    }
    for text in [">95%", "》95%", "＞95%", "超过95%", "&gt;95%", "﹥95%"] {
        check(text, ">95%");
    }
    for text in ["<5%", "《5%", "低于5%", "＜ 5%"] {
        check(text, "<5%");
    }
    for text in ["=6人", "═6人", "﹦6人", "＝6人"] {
        check(text, "=6人");
    }
    for text in ["不少于10次", "不低于10次", "至少10次", "10次以上", "10次及以上", "达到10次"] {
        check(text, "≥10次");
    }
    for text in ["不超过10次", "不高于10次", "10次以内", "10次以下", "控制在10次以内", "控制在10次"]
    {
        check(text, "≤10次");
    }
    check("带宽不低于100M且全年可用", "≥100M");
    check("不少于十二次", "≥12次");
    check("《2020年计划》编制1项", "1项");
    check("2小时内响应", "≤2小时");
    check("3个工作日内", "≤3个工作日");
    check("95%（含）以上", "≥95%");
}

#[test]
fn approximate_words_are_kept() {
    check("30余次", "+30次");
    check("10多个", "+10个");
    check("2000余人", "+2000人");
    check("30余万元", "+300000元");
    check("30万余元", "+300000元");
    check("近百人", "-100人");
    check("近90%", "-90%");
    check("巡护约400次", "~400次");
    check("400次左右", "~400次");
    check("十几家", "?11家");
}

#[test]
fn ranges_bound_what_is_wanted() {
    check("15-20万字", "range 150000..200000字");
    check("15~20人", "range 15..20人");
    check("15至20人", "range 15..20人");
    check("80%-90%", "range 80..90%");
    check("80%—90%", "range 80..90%");
    check("100-80%(含)", "range 100..80%");
    check("100%-80%（含）", "range 100..80%");
    check("5次--10次", "range 5..10次");
    check("5000-6000元/人", "range 5000..6000元/人");
}

#[test]
fn dates_are_read_to_their_last_day() {
    check("2020年11月底前", "by 2020-11-30");
    check("2020年11月底前完成", "by 2020-11-30");
    check("12月31日前", "by 12-31");
    check("2023年5月13日完", "by 2023-5-13");
    check("2020年9月初完成", "by 2020-9-10");
    check("2020年5月前完成", "by 2020-5-31");
    check("2020年6月中旬", "by 2020-6-20");
    check("2020年6月下旬", "by 2020-6-30");
    check("2024年2月底", "by 2024-2-29");
    check("2023年12月", "by 2023-12-31");
    check("12月底之前完成", "by 12-31");
    check("年底前完工", "by 12-31");
    check("2023年底", "by 2023-12-31");
    check("2023年年底", "by 2023-12-31");
    check("年内完成", "by 12-31");
    check("上半年", "by 6-30");
    check("2020年上半年完成", "by 2020-6-30");
    check("2022年/全年", "by 2022-12-31");
    check("全年", "by 12-31");
    check("第三季度", "by 9-30");
    check("2020年第四季度末", "by 2020-12-31");
    check("2021-12-31", "by 2021-12-31");
    check("2021.6.30", "by 2021-6-30");
    check("2021/6/30", "by 2021-6-30");
    check("二〇二〇年十二月", "by 2020-12-31");
    check("2020年1月1日—12月底", "by 2020-1-1..2020-12-31");
    check("2020年1月--2020年11月", "by 2020-1-1..2020-11-30");
    check("2023.07-2024.01", "by 2023-7-1..2024-1-31");
    check("5月7-13日", "by 5-7..5-13");
    check("5月7日至13日", "by 5-7..5-13");
    check("2021年1-12月", "by 2021-1-1..2021-12-31");
    check("1-6月", "by 1-1..6-30");
    check("2019-2020年", "by 2019-1-1..2020-12-31");
    check("2022年按时完成", "by 2022-12-31");
}

#[test]
fn frequencies_are_no_deadlines() {
    check("一月一次", "each 1次/月");
    check("每月20次", "each 20次/月");
    check("出车每月20次", "each 20次/月");
    check("每年不少于2次", "each ≥2次/年");
    check("每季度", "each");
    check("每季度末", "each");
    check("20次/月", "20次/月");
}

#[test]
fn rates_keep_their_denominators() {
    check("12058元/台", "12058元/台");
    check("430元/天/人", "430元/天/人");
    check("元/人*月", "words Plain");
    check("400元/人*月", "400元/人/月");
    check("每人每天430元", "430元/人/天");
    check("区内510元/人天,区外530元/人天", "several 510元/人/天 530元/人/天");
    check("0元/项", "0元/项");
    check("2万/月", "20000元/月");
    check("300元/学位", "300元/?");
}

#[test]
fn compounds_are_several_counts() {
    check("5次,5天/次,5人/次", "compound 5次 5天/次 5人/次");
    check("5次, 5天/次, 4人/次", "compound 5次 5天/次 4人/次");
    check("2期、100人/期/天、5天", "compound 2期 100人/期/天 5天");
    check("1期、100人/天、2天", "compound 1期 100人/天 2天");
    check("1人、1年", "compound 1人 1年");
    check("2部40万元", "compound 2部 400000元");
    check("一条一年", "compound 1条 1年");
    check("11项 × 92727元", "compound 11项 92727元");
    check("计划办班5期、参训410人次。", "several 5期 410人次");
    check("办了4期、参训了1021人次。(超额完成691人次)", "several 4期 1021人次 aside 691人次");
    check("购软件2套, 另做评估一次和服务一年", "several 2套 1次 1年");
    check("3720元*76条=28.272万元", "282720元");
}

#[test]
fn products_of_compounds_are_exact() {
    let product = |text: &str| read_value(text).product().map(|it| it.to_string());
    assert_eq!(product("5次,5天/次,5人/次"), Some("125".to_owned()));
    assert_eq!(product("2期、100人/期/天、5天"), Some("1000".to_owned()));
    assert_eq!(product("1期、230人、1天"), Some("230".to_owned()));
    assert_eq!(product("11项"), Some("11".to_owned()));
    assert_eq!(product("有利于"), None);
}

#[test]
fn tokens_glued_to_a_name_are_no_quantities() {
    for text in [
        "1017扶贫日",
        "12317平台",
        "〔2018〕25号",
        "等保三级",
        "7x24小时响应",
        "7x8小时值守, 7x24小时值班",
        "一级指标",
        "一体化",
        "第一",
        "三保障",
        "十四五",
        "两不愁",
        "一次性",
        "第3期",
        "进一步促进",
        "二次测评",
        "一户一策",
        "统一个人",
        "1.有效",
    ] {
        check(text, "words Plain".replace("Plain", if text == "1.有效" { "Top" } else { "Plain" }).as_str());
    }
    check("1、采购2套", "2套");
    check("外语班1、初级班3期", "3期");
    check("1.2024年设备检修11项", "11项");
    check("某办发[2017]65号", "words Plain");
    check("5G网络覆盖", "words Plain");
    check("为当年重点事项提供答疑（不少于10次）", "≥10次");
    check("指标1:3项", "3项");
}

#[test]
fn words_are_classified() {
    for (text, expected) in [
        ("达成预期指标", "Completed"),
        ("完成", "Completed"),
        ("已完成", "Completed"),
        ("按时完成", "Completed"),
        ("及时", "Completed"),
        ("是", "Completed"),
        ("高质量完成", "Completed"),
        ("优", "Top"),
        ("有效提升", "Top"),
        ("显著提升", "Top"),
        ("良", "TopOrMiddle"),
        ("基本达到", "TopOrMiddle"),
        ("中", "Middle"),
        ("部分达成预期指标", "Middle"),
        ("未达成预期指标", "Bottom"),
        ("差", "Bottom"),
        ("正在推进", "InProgress"),
        ("尚未完成", "Negated"),
        ("未完成", "Negated"),
        ("不再开展", "Negated"),
        ("长期", "Plain"),
        ("不断优化", "Plain"),
        ("着力破解", "Plain"),
        ("未来可期", "Plain"),
        ("有利于", "Plain"),
        ("达到有关要求", "Plain"),
        ("全县各村", "Plain"),
    ] {
        check(text, &format!("words {expected}"));
    }
}

#[test]
fn unreadable_signs_are_unknown() {
    check("#DIV/0!", "unknown");
    check("14.8M.8", "14.8M");
    check("1.2.3", "unknown");
    check("1O0", "unknown");
    check("98. 5%", "unknown");
    check("1 000", "unknown");
    check("1:1", "unknown");
}
