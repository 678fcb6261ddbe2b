//! What stands in several places of a form or document: figures that agree raise nothing, figures that are moved beyond
//! their rounding are found, and a blank is never a zero.

use proptest::prelude::*;

use crate::drawn::draw;
use crate::{Context, Scorer, Settings};

/// What a check says of the last drawn form, as `code grade`.
fn said(text: &str, code: &str) -> Vec<String> {
    let drawing = draw(&format!("{text}\nquiet\n"));
    let scorer = Scorer::new(Settings { select: vec![code.to_owned()], show_low: true, ..Settings::default() });
    let context = Context { format: drawing.format, digest: "drawn".to_owned() };
    let verdict = scorer.check_document(&drawing.forms, &context).pop().expect("a form is drawn");
    verdict.findings.iter().map(|it| format!("{} {}", it.code, it.confidence.name())).collect()
}

/// Yuan as 万元, rounded half up or cut to so many decimals.
fn in_ten_thousands(yuan: u64, decimals: u32, is_cut: bool) -> String {
    let unit = 10_u64.pow(4 - decimals);
    let scaled = if is_cut { yuan / unit } else { (yuan + unit / 2) / unit };
    let power = 10_u64.pow(decimals);
    let width = decimals as usize;
    if decimals == 0 { scaled.to_string() } else { format!("{}.{:0width$}", scaled / power, scaled % power) }
}

fn cost_form(budget: &str, executed: &str, rows: &[(u64, u64)]) -> String {
    let mut text = format!(
        "资金 | 全年预算数 | 全年执行数\n年度资金总额 | {budget} | {executed}\n\
         一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n"
    );
    for (idx, (target, actual)) in rows.iter().enumerate() {
        text.push_str(&format!("产出指标 | 成本指标 | 第{idx}项费用 | {target}元 | {actual}元 | 5 | 5\n"));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn costs_that_add_up_are_quiet_and_moved_ones_are_found(
        rows in prop::collection::vec((20_000_u64..900_000, 20_000_u64..900_000), 1..6),
        decimals in 0_u32..=4,
        is_cut: bool,
        moved in 3_u64..50,
    ) {
        let planned: u64 = rows.iter().map(|it| it.0).sum();
        let spent: u64 = rows.iter().map(|it| it.1).sum();
        let budget = in_ten_thousands(planned, decimals, is_cut);
        let executed = in_ten_thousands(spent, decimals, is_cut);
        let form = cost_form(&budget, &executed, &rows);
        prop_assert_eq!(said(&form, "X02"), Vec::<String>::new());
        prop_assert_eq!(said(&form, "X03"), Vec::<String>::new());
        // Each part may be rounded by one yuan: the move is beyond all of them.
        let step = 10_u64.pow(4 - decimals) + rows.len() as u64;
        let executed = in_ten_thousands(spent + moved * step, decimals, is_cut);
        prop_assert_eq!(said(&cost_form(&budget, &executed, &rows), "X02"), ["X02 high"]);
    }

    #[test]
    fn listed_money_is_weighed_against_the_budget(
        items in prop::collection::vec(100_u64..90_000, 2..8),
        moved in 1_u64..1_000,
    ) {
        let sum: u64 = items.iter().sum();
        let shown = |hundredths: u64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let listed: Vec<String> = items.iter().map(|it| format!("购置设备{}万元", shown(*it))).collect();
        let form = |budget: &str| {
            format!("目标: {}。\n资金 | 全年预算数\n年度资金总额 | {budget}", listed.join("，"))
        };
        prop_assert_eq!(said(&form(&shown(sum)), "X03"), Vec::<String>::new());
        // Nothing to weigh it against: a blank is no zero.
        prop_assert_eq!(said(&form(""), "X03"), Vec::<String>::new());
        // Above what the text lists by more than it can be rounded.
        let budget = shown(sum + moved + 2 * items.len() as u64 + 2);
        let found = said(&form(&budget), "X03");
        let expected = if items.len() < 3 { "X03 low" } else { "X03 medium" };
        prop_assert!(found == [expected], "{budget}: {found:?}");
    }

    #[test]
    fn payment_rates_within_five_points_are_quiet(spent in 1_u64..=1_000, paid in 0_u64..=100) {
        let form = format!(
            "资金 | 全年预算数 | 全年执行数\n年度资金总额 | 1000 | {spent}\n\
             一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 时效指标 | 资金支付率 | 100% | {paid}% | 5 | 5\n"
        );
        let gap = (paid * 10).abs_diff(spent);
        let found = said(&form, "X09");
        // Within half a point of the bound the printed figures decide.
        if gap <= 50 {
            prop_assert_eq!(found, Vec::<String>::new());
        } else if 60 < gap {
            prop_assert_eq!(found, ["X09 high"]);
        }
    }

    #[test]
    fn deadlines_are_of_the_forms_year(year in 2015_u16..2030, other in 2015_u16..2030, month in 1_u8..=12) {
        let form = format!(
            "年度: {year}\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 时效指标 | 完成时间 | {other}年{month}月底前 | 按时完成 | 5 | 5\n"
        );
        prop_assert_eq!(said(&form, "X07").is_empty(), year == other);
        let span = format!("{}-{}年", other.min(year), other.max(year));
        prop_assert_eq!(said(&form.replace(&format!("{other}年{month}月底前"), &span), "X07"), Vec::<String>::new());
    }

    #[test]
    fn subtotals_of_a_list_are_recomputed(
        members in prop::collection::vec(1_u64..5_000, 2..9),
        moved in 1_u64..500,
    ) {
        let sum: u64 = members.iter().sum();
        let rows = |total: u64| -> String {
            let rows: Vec<String> =
                members.iter().enumerate().map(|(idx, it)| format!("产出指标 | 成本指标 | 甲{idx} | {it}.0万元 | 5 | 5")).collect();
            format!(
                "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分\n{}\n产出指标 | 成本指标 | 小计 | {total}.0万元 | |\n",
                rows.join("\n")
            )
        };
        prop_assert_eq!(said(&rows(sum), "T07"), Vec::<String>::new());
        let total = sum + moved + members.len() as u64;
        prop_assert_eq!(said(&rows(total), "T07"), ["T07 high"]);
    }
}

#[test]
fn an_unpaid_rest_is_not_held_against_the_work() {
    let form = |reason: &str| {
        format!(
            "年度: 2023\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因\n\
             产出指标 | 数量指标 | 设备 | 1台 | 1台 | 5 | 5 | {reason}\n"
        )
    };
    for reason in ["尾款将于2024年支付", "质保金延期至下一年度结算", "将于2023年12月验收", "未发生安全事故", "无"]
    {
        assert_eq!(said(&form(reason), "X08"), Vec::<String>::new(), "{reason}");
    }
    for reason in ["将于2024年购置", "推迟至下一年度采购", "因场地原因未能实施", "不再购置"]
    {
        assert_eq!(said(&form(reason), "X08"), ["X08 high"], "{reason}");
    }
    for reason in ["线下培训未能开展，改为线上", "项目暂未支出"] {
        assert_eq!(said(&form(reason), "X08"), ["X08 medium"], "{reason}");
    }
}

#[test]
fn another_rendering_never_lowers_that_the_two_differ() {
    let form = "一级指标 | 三级指标 | 分值 | 得分\n产出指标 | 培训 | 60 | 58\n效益指标 | 满意 | 40 | 40\n\
                总分 | 100 | 95\n@rendered /total/score = 98";
    // The total is wrong in one copy only: that the copies differ is certain, which of them is wrong is not.
    assert_eq!(said(form, "X01"), ["X01 high"]);
    assert_eq!(said(form, "T01"), ["T01 medium"]);
}

/// Texts as other units write them: none of them contradicts the form.
#[test]
fn ordinary_texts_raise_nothing() {
    let form = |goal: &str, achieved: &str| {
        format!(
            "年度: 2023\n目标: {goal}\n完成: {achieved}\n\
             资金 | 年初预算数 | 全年预算数 | 全年执行数\n年度资金总额 | 120 | 100 | 98.5\n\
             一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 数量指标 | 改造农村公路里程 | ≥20公里 | 21公里 | 10 | 10\n\
             产出指标 | 数量指标 | 举办技能培训班 | 4期 | 4期 | 10 | 10\n\
             产出指标 | 时效指标 | 完成时间 | 2023年12月底前 | 按时完成 | 10 | 10\n\
             产出指标 | 成本指标 | 改造成本 | ≤80万元 | 79万元 | 10 | 10\n"
        )
    };
    let texts = [
        ("改造农村公路20公里，举办技能培训班4期，每期50人。", "改造农村公路21公里，举办技能培训班4期。"),
        ("项目预算100万元，其中公路改造80万元，培训20万元。", "支付公路改造78.5万元、培训20万元。"),
        ("带动农户增收260万元，户均增收0.8万元。", "带动农户增收300万元，户均增收0.9万元。"),
        ("分三年投入300万元，今年投入100万元。", "今年投入98.5万元，2022年投入90万元。"),
        ("上半年举办技能培训班1期、下半年举办技能培训班3期。", "上半年举办技能培训班2期、下半年举办技能培训班2期。"),
        ("东片改造农村公路12公里；西片改造农村公路8公里。", "东片改造农村公路12公里；西片改造农村公路9公里。"),
    ];
    for (goal, achieved) in texts {
        for code in ["X03", "X04", "X07", "X08"] {
            let found = said(&form(goal, achieved), code);
            assert!(found.iter().all(|it| it.ends_with("low")), "{goal} {achieved}: {found:?}");
        }
    }
}
