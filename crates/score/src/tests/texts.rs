//! Texts whose arithmetic is planted: what is exact, rounded or cut is quiet, what is moved beyond its interval is found.

use gouji_model::{Class, FormVerdict};
use proptest::prelude::*;

use crate::drawn::draw;
use crate::prose::Prose;
use crate::{Context, Scorer, Settings};

/// The verdict of one check on a drawn form.
fn checked(text: &str, code: &str) -> FormVerdict {
    let drawing = draw(&format!("{text}\nquiet\n"));
    let scorer = Scorer::new(Settings { select: vec![code.to_owned()], ignore: Vec::new(), show_low: true });
    let context = Context { format: drawing.format, digest: "planted".to_owned() };
    scorer.check_document(&drawing.forms, &context).swap_remove(0)
}

/// An integer as a decimal with so many decimals.
fn decimal(mantissa: u64, decimals: usize) -> String {
    let digits = format!("{mantissa:0>width$}", width = decimals + 1);
    let (whole, rest) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { whole.to_owned() } else { format!("{whole}.{rest}") }
}

/// 元 in 万元 with so many decimals, as an integer of the last one, rounded half up or cut.
fn in_ten_thousands(yuan_cents: u64, decimals: u32, is_cut: bool) -> u64 {
    let unit = 10_u64.pow(6 - decimals);
    (yuan_cents + if is_cut { 0 } else { unit / 2 }) / unit
}

fn classes(verdict: &FormVerdict) -> Vec<Class> {
    verdict.findings.iter().map(|it| it.class).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn equations_hold_rounded_or_cut(price in 100_u64..5_000, count in 2_u64..500, decimals in 1_u32..=4, is_cut: bool) {
        let result = in_ten_thousands(price * count * 100, decimals, is_cut);
        let places = usize::try_from(decimals).expect("small");
        let text = |result: u64| format!("目标: 线路租用{price}元/条*{count}条={}万元", decimal(result, places));
        let quiet = checked(&text(result), "A01");
        prop_assert_eq!(&quiet.findings, &Vec::new());
        prop_assert_eq!(quiet.ledger.reached(), 1);
        prop_assert_eq!(classes(&checked(&text(result + 2), "A01")), vec![Class::Contradiction]);
    }

    #[test]
    fn lists_add_up_in_every_printed_order(parts in prop::collection::vec(101_u64..99_999, 2..7), is_behind: bool) {
        let items: Vec<String> =
            parts.iter().enumerate().map(|(idx, it)| format!("{}、事项{}万元", idx + 1, decimal(*it, 2))).collect();
        let sum: u64 = parts.iter().sum();
        let text = |total: u64| {
            let (list, total) = (items.join(";"), decimal(total, 2));
            if is_behind { format!("目标: {list};以上各项共计{total}万元") } else { format!("目标: 共计{total}万元。{list}。") }
        };
        let quiet = checked(&text(sum), "A02");
        prop_assert_eq!(&quiet.findings, &Vec::new());
        prop_assert_eq!(quiet.ledger.exact, 1);
        let slack = u64::try_from(parts.len()).expect("small") + 2;
        prop_assert_eq!(classes(&checked(&text(sum + slack), "A02")), vec![Class::Contradiction]);
    }

    #[test]
    fn differences_are_exact_for_counts(target in 1_u64..1_000, above in 1_u64..500, off in 1_u64..100) {
        let text = |stated: u64| format!(
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 数量指标 | 培训 | 培训{target}人次 | 培训{}人次(超额完成{stated}人次) | 5 | 5",
            target + above
        );
        prop_assert_eq!(checked(&text(above), "A03").ledger.exact, 1);
        prop_assert_eq!(classes(&checked(&text(above + off), "A03")), vec![Class::Contradiction]);
    }

    #[test]
    fn prices_times_counts_verify_a_budget(rows in prop::collection::vec((200_u64..9_000, 1_u64..60), 1..6), tenths in 1_u64..5) {
        let mut text = String::new();
        let counts = rows.iter().enumerate().map(|(idx, it)| format!("产出指标 | 数量指标 | 购置设备类别{idx} | {}台\n", it.1));
        text.extend(counts);
        let prices = rows.iter().enumerate().map(|(idx, it)| format!("产出指标 | 成本指标 | 购置设备类别{idx} | {}元/台\n", it.0));
        text.extend(prices);
        let sum: u64 = rows.iter().map(|it| it.0 * it.1).sum();
        let form = |budget: u64| format!(
            "目标表\n资金 | 年初预算数\n项目总额 | {}\n一级指标 | 二级指标 | 三级指标 | 年度指标值\n{text}",
            decimal(budget, 4)
        );
        let verdict = checked(&form(sum), "A05");
        prop_assert_eq!(&verdict.findings, &Vec::new());
        prop_assert_eq!(verdict.verified, vec!["A05"]);
        let verdict = checked(&form(sum + sum * tenths / 10), "A05");
        prop_assert_eq!(classes(&verdict), vec![Class::Suspicion]);
        prop_assert!(verdict.verified.is_empty());
    }

    #[test]
    fn funds_ten_thousand_times_the_costs_are_in_the_wrong_unit(parts in prop::collection::vec(1_u64..99_999, 1..5)) {
        let rows: String = parts.iter().map(|it| format!("产出指标 | 成本指标 | 费用 | {}万元\n", decimal(*it, 2))).collect();
        let sum: u64 = parts.iter().sum();
        let form = |budget: String| format!(
            "资金 | 全年预算数\n年度资金总额 | {budget}\n一级指标 | 二级指标 | 三级指标 | 年度指标值\n{rows}"
        );
        prop_assert_eq!(checked(&form(decimal(sum, 2)), "U01").ledger.exact, 1);
        prop_assert_eq!(classes(&checked(&form((sum * 100).to_string()), "U01")), vec![Class::Suspicion]);
    }

    #[test]
    fn conversions_hold_rounded_or_cut(cents in 1_000_000_u64..9_999_999_999, decimals in 1_u32..=4, is_cut: bool) {
        let result = in_ten_thousands(cents, decimals, is_cut);
        let places = usize::try_from(decimals).expect("small");
        let text = |result: u64| format!("目标: 账户余额{}元（{}万元）", decimal(cents, 2), decimal(result, places));
        prop_assert_eq!(&checked(&text(result), "U02").findings, &Vec::new());
        prop_assert_eq!(classes(&checked(&text(result + 2), "U02")), vec![Class::Contradiction]);
    }

    /// Whatever a text says, it is read, its spans are pieces of it, and every check of texts ends.
    #[test]
    fn any_text_is_read(words in prop::collection::vec(0_usize..WORDS.len(), 0..30)) {
        let text: String = words.iter().map(|it| WORDS[*it]).collect();
        let prose = Prose::read(&text);
        for item in prose.lists.iter().flat_map(|it| &it.items) {
            prop_assert!(text.get(item.span.start..item.span.end).is_some());
        }
        let form = format!(
            "资金 | 全年预算数\n年度资金总额 | 5\n目标: 甲{text}\n完成: 乙{text}\n\
             一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 成本指标 | 丙{text} | {text} | {text} | 5 | 5"
        );
        for code in ["A", "U"] {
            checked(&form, code);
        }
    }
}

/// What texts are made of.
const WORDS: [&str; 40] = [
    "1、",
    "2、",
    "3.",
    "①",
    "②",
    "一、",
    "（二）",
    "(1)",
    "一是",
    "共计",
    "合计:",
    "以上",
    "等",
    "其中:",
    "5万元",
    "12.5元",
    "10%",
    "3人",
    "2期",
    "4天",
    "元/天/人",
    "*",
    "=",
    "÷",
    "-",
    "（",
    "）",
    "(",
    ")",
    "。",
    ";",
    ",",
    "培训",
    "5月7日至13日",
    "为期",
    "的",
    "节约",
    "超额完成",
    "平均",
    "０",
];
