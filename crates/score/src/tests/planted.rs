//! Forms whose arithmetic is planted: what is exact, rounded or cut raises nothing, what is moved beyond its interval is
//! found, and a blank is never a zero.

use gouji_model::{Class, FormVerdict};
use proptest::prelude::*;

use crate::drawn::draw;
use crate::{Context, Scorer, Settings};

/// The verdict on the first drawn form.
fn checked(text: &str, select: &[&str]) -> FormVerdict {
    let drawing = draw(&format!("{text}\nquiet\n"));
    let select = select.iter().map(|it| (*it).to_owned()).collect();
    let scorer = Scorer::new(Settings { select, ignore: Vec::new(), show_low: true });
    let context = Context { format: drawing.format, digest: "planted".to_owned() };
    scorer.check_document(&drawing.forms, &context).swap_remove(0)
}

fn has_hard(verdict: &FormVerdict) -> bool {
    verdict.findings.iter().any(|it| matches!(it.class, Class::Contradiction | Class::Breach))
}

/// An integer as a decimal with so many decimals.
fn decimal(mantissa: u64, decimals: usize) -> String {
    let digits = format!("{mantissa:0>width$}", width = decimals + 1);
    let (whole, rest) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { whole.to_owned() } else { format!("{whole}.{rest}") }
}

/// `numerator / denominator` in units of the last decimal, rounded half up or cut.
fn quotient(numerator: u64, denominator: u64, decimals: u32, is_cut: bool) -> u64 {
    let scaled = u128::from(numerator) * 10_u128.pow(decimals);
    let denominator = u128::from(denominator);
    let rounding = if is_cut { 0 } else { denominator / 2 };
    u64::try_from((scaled + rounding) / denominator).expect("small")
}

fn rate_form(budget: u64, spent: u64, rate: &str, score: &str) -> String {
    format!(
        "资金 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n年度资金总额 | {} | {} | 10 | {rate} | {score}",
        decimal(budget, 2),
        decimal(spent, 2)
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn planted_rates_are_quiet_and_moved_ones_are_found(
        budget in 1_000_u64..10_000_000,
        share in 1_u64..1_000,
        decimals in 0_usize..=2,
        is_cut: bool,
    ) {
        let spent = budget * share / 1_000;
        let places = u32::try_from(decimals).expect("small");
        let rate = quotient(spent * 100, budget, places, is_cut);
        let score = quotient(spent * 10, budget, 2, is_cut);
        let printed = format!("{}%", decimal(rate, decimals));
        let verdict = checked(&rate_form(budget, spent, &printed, &decimal(score, 2)), &["F03", "F04", "F05"]);
        prop_assert_eq!(&verdict.findings, &Vec::new());
        // Three steps are more than rounding, cutting and the amounts' own intervals together allow.
        let slack = 3 + 10_u64.pow(places) * 300 / budget;
        let moved = format!("{}%", decimal(rate + slack, decimals));
        let verdict = checked(&rate_form(budget, spent, &moved, &decimal(score, 2)), &["F03"]);
        prop_assert_eq!(verdict.findings.len(), 1);
        prop_assert_eq!(verdict.findings[0].class, Class::Contradiction);
        prop_assert_eq!(verdict.ledger.finding, 1);
    }

    #[test]
    fn planted_scores_add_up_and_moved_totals_are_found(
        scores in prop::collection::vec(0_u64..2_000, 2..12),
        is_cut: bool,
        moved in 1_u64..50,
    ) {
        let rows: String = scores.iter().map(|it| format!("产出指标 | 甲 | 20 | {}\n", decimal(*it, 2))).collect();
        let sum: u64 = scores.iter().sum();
        let points = 20 * scores.len();
        let form = |total: String| format!("一级指标 | 三级指标 | 分值 | 得分\n{rows}总分 | {points} | {total}");
        let exact = checked(&form(decimal(sum, 2)), &["T01"]);
        prop_assert_eq!(&exact.findings, &Vec::new());
        let rounded = (sum + if is_cut { 0 } else { 5 }) / 10;
        prop_assert!(!has_hard(&checked(&form(decimal(rounded, 1)), &["T01"])));
        // Every part and the total may be off by one step.
        let beyond = sum + scores.len() as u64 + 1 + moved;
        prop_assert!(has_hard(&checked(&form(decimal(beyond, 2)), &["T01"])));
    }

    #[test]
    fn planted_sums_of_money_balance(
        parts in prop::collection::vec(0_u64..1_000_000, 1..5),
        moved in 1_u64..1_000,
    ) {
        let lines: String = parts.iter().map(|it| format!("其他资金 | {}\n", decimal(*it, 2))).collect();
        let sum: u64 = parts.iter().sum();
        let form = |total: u64| format!("资金 | 全年预算数\n年度资金总额 | {}\n{lines}", decimal(total, 2));
        prop_assert_eq!(&checked(&form(sum), &["F01"]).verified, &vec!["F01"]);
        let beyond = sum + parts.len() as u64 + 1 + moved;
        prop_assert!(has_hard(&checked(&form(beyond), &["F01"])));
        // With a blank line the same gap may stand in it.
        let with_blank = format!("{}其他资金 |\n", form(beyond));
        prop_assert!(!has_hard(&checked(&with_blank, &["F01"])));
    }

    #[test]
    fn integer_weights_balance_exactly(weights in prop::collection::vec(1_u64..30, 2..9), moved in 1_u64..5) {
        let rows: String = weights.iter().map(|it| format!("产出指标({}) | 甲 | {it} | {it}\n", weights.iter().sum::<u64>())).collect();
        let sum: u64 = weights.iter().sum();
        let form = |total: u64| format!("一级指标 | 三级指标 | 分值 | 得分\n{rows}总分 | {total} | {sum}");
        prop_assert_eq!(&checked(&form(sum), &["W01", "W03"]).findings, &Vec::new());
        prop_assert!(has_hard(&checked(&form(sum + moved), &["W01"])));
    }

    /// Any text in the cells: no panic, and every check leaves at least one outcome.
    #[test]
    fn any_cells_are_survived(cells in prop::collection::vec("[0-9.,%—≥a-zA-Z未完成万元年月日|]{0,8}|[0-9]{1,40}|[0-9.]{1,30}(亿元|%)?|-[0-9]{1,5}", 21)) {
        let clean: Vec<String> = cells.iter().map(|it| it.replace('|', "/")).collect();
        let row = |at: usize| clean.get(at..at + 7).map_or_else(String::new, |it| it.join(" | "));
        let text = format!(
            "@ocr\n资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n年度资金总额 | {}\n\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n甲{}\n甲{}\n总分 | 100 | {}",
            clean[0..6].join(" | "), row(7), row(14), clean[6],
        );
        let verdict = checked(&text, &[]);
        let ledger = &verdict.ledger;
        let n_outcomes = ledger.reached() + ledger.not_applicable + ledger.not_checkable.len();
        prop_assert!(crate::registry().len() <= n_outcomes);
    }
}

#[test]
fn a_blank_is_never_a_zero() {
    // A blank score is missing, not 0: the total is not judged.
    let text = "一级指标 | 三级指标 | 分值 | 得分\n产出指标 | 甲 | 50 | 50\n产出指标 | 乙 | 50 |\n总分 | 100 | 50";
    let verdict = checked(text, &["T01"]);
    assert_eq!(verdict.findings, Vec::new());
    assert_eq!(verdict.ledger.not_checkable.len(), 1);
    // A blank amount is no budget of zero.
    let text = "资金 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n年度资金总额 | | 12 | 10 | 100% | 10";
    let verdict = checked(text, &["F03", "F07"]);
    assert_eq!(verdict.findings, Vec::new());
    assert_eq!(verdict.ledger.not_checkable.len(), 1);
    // A blank weight does not make the others too few.
    let text = "一级指标 | 三级指标 | 分值 | 得分\n产出指标 | 甲 | 50 | 50\n产出指标 | 乙 | | 50\n总分 | 100 | 100";
    assert_eq!(checked(text, &["W01"]).findings, Vec::new());
}

/// A printed total that no missing row can explain is still found; one that a missing row may explain is not.
#[test]
fn missing_rows_leave_bounds() {
    let form = |total: &str| {
        format!(
            "一级指标 | 三级指标 | 分值 | 得分\n产出指标(60) | 甲 | 40 | 40\n | 丙 | 20 |\n效益指标(40) | 乙 | 40 | 38\n总分 | 100 | {total}"
        )
    };
    assert!(has_hard(&checked(&form("99"), &["T01"])));
    assert!(!has_hard(&checked(&form("97"), &["T01"])));
    assert!(has_hard(&checked(&form("70"), &["T01"])));
}

#[test]
fn fingerprints_do_not_depend_on_order_or_figures() {
    let form =
        |rows: &str| format!("项目名称: 甲\n一级指标 | 二级指标 | 三级指标 | 分值 | 得分\n{rows}\n总分 | 100 | 100");
    let first = checked(&form("产出指标 | 数量 | 乙 | 4 | 8\n产出指标 | 数量 | 丙 | 96 | 92"), &["S01"]);
    let second = checked(&form("产出指标 | 数量 | 丙 | 96 | 91\n产出指标 | 数量 | 乙 | 4 | 9"), &["S01"]);
    assert_eq!(first.findings[0].fingerprint, second.findings[0].fingerprint);
    assert_ne!(first.findings[0].at, second.findings[0].at);
}

#[test]
fn settings_choose_codes_by_prefix() {
    let drawing = draw("一级指标 | 三级指标 | 分值 | 得分\n产出指标 | 甲 | 4 | 8\n总分 | 100 | 8\nquiet\n");
    let context = Context { format: drawing.format, digest: String::new() };
    let codes = |select: &[&str], ignore: &[&str]| -> Vec<&'static str> {
        let own = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
        let scorer = Scorer::new(Settings { select: own(select), ignore: own(ignore), show_low: false });
        scorer.check_document(&drawing.forms, &context).remove(0).findings.iter().map(|it| it.code).collect()
    };
    assert_eq!(codes(&["S"], &[]), ["S01"]);
    assert_eq!(codes(&["S", "T", "W"], &["S01"]), ["T05", "W01"]);
    assert_eq!(codes(&["X"], &[]), Vec::<&str>::new());
}
