//! Arithmetic in texts whose result is an interval (A04, A06 to A09): what is exact, rounded or cut is quiet, what lies
//! beyond the interval of the printed figures is found, and a blank is never a zero.

use gouji_model::{Class, FormVerdict, Level};
use proptest::prelude::*;

use crate::drawn::draw;
use crate::{Context, Scorer, Settings};

/// The verdict of one check on a drawn form.
fn checked(text: &str, code: &str) -> FormVerdict {
    let drawing = draw(&format!("{text}\nquiet\n"));
    let scorer = Scorer::new(Settings { select: vec![code.to_owned()], ignore: Vec::new(), show_low: true });
    let context = Context { format: drawing.format, digest: "planted".to_owned() };
    scorer.check_document(&drawing.forms, &context).swap_remove(0)
}

/// Class and confidence of each finding, and how many checks held.
fn said(text: &str, code: &str) -> (Vec<(Class, Level)>, usize) {
    let verdict = checked(text, code);
    let found = verdict.findings.iter().map(|it| (it.class, it.confidence)).collect();
    (found, verdict.ledger.exact + verdict.ledger.within_rounding)
}

/// The check held at so many places.
fn quiet(n_held: usize) -> (Vec<(Class, Level)>, usize) {
    (Vec::new(), n_held)
}

/// The check did not hold at its one place.
fn suspicion() -> (Vec<(Class, Level)>, usize) {
    (vec![(Class::Suspicion, Level::Medium)], 0)
}

/// `numerator / denominator` in units of the last of so many decimals, rounded half up or cut.
fn quotient(numerator: u64, denominator: u64, is_cut: bool) -> u64 {
    let half = if is_cut { 0 } else { denominator / 2 };
    (numerator + half) / denominator
}

/// An integer of the last decimal as a decimal number.
fn decimal(mantissa: u64, decimals: u32) -> String {
    let places = decimals as usize;
    let digits = format!("{mantissa:0>width$}", width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    if places == 0 { whole.to_owned() } else { format!("{whole}.{rest}") }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rate_of_completion_is_actual_over_target(
        target in 2_u64..3_000,
        actual in 1_u64..3_000,
        decimals in 0_u32..=3,
        is_cut: bool,
        is_bound: bool,
    ) {
        let bound = if is_bound { "≥" } else { "" };
        let form = |rate: &str, actual: &str| format!(
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 数量指标 | 修缮房屋 | {bound}{target}户 | {actual} | 10 | 10\n\
              | 质量指标 | 修缮房屋完成率 | 100% | {rate} | 10 | 10"
        );
        let printed = format!("{actual}户");
        let power = 10_u64.pow(decimals);
        let rate = quotient(actual * 100 * power, target, is_cut);
        prop_assert_eq!(said(&form(&format!("{}%", decimal(rate, decimals)), &printed), "A04"), quiet(1));
        if target <= actual {
            // A rate may be capped.
            prop_assert_eq!(said(&form("100%", &printed), "A04"), quiet(1));
        }
        // Each count is a printed number with its own rounding: the largest share that it allows, and two steps more.
        let beyond = (actual + 1) * 200 * power / (2 * target - 1) + 3;
        prop_assert_eq!(said(&form(&format!("{}%", decimal(beyond, decimals)), &printed), "A04"), suspicion());
        // Nothing to compute from: neither held nor found.
        let blank = checked(&form("50%", ""), "A04");
        prop_assert_eq!((blank.findings.len(), blank.ledger.reached(), blank.ledger.not_checkable.len()), (0, 0, 1));
    }

    #[test]
    fn a_rate_of_nothing_is_not_checkable(rate in 1_u64..200, actual in 0_u64..50) {
        let form = format!(
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 数量指标 | 修缮房屋 | 0户 | {actual}户 | 10 | 10\n\
              | 质量指标 | 修缮房屋完成率 | 100% | {rate}% | 10 | 10"
        );
        prop_assert_eq!(said(&form, "A04").0, Vec::new());
    }

    #[test]
    fn an_average_times_its_count_is_the_total(
        average in 10_000_u64..90_000,
        count in 2_u64..60,
        decimals in 1_u32..=4,
        is_cut: bool,
    ) {
        let form = |total: &str, average: &str| format!(
            "目标: 计划举办业务培训班等{count}个,金额{total}万元;租用车辆\n\
             一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 数量指标 | 举办培训班 | {count}个 | | 4 | 4\n\
              | 成本指标 | 举办培训班费用 | {average} | | 4 | 4"
        );
        let unit = 10_u64.pow(4 - decimals);
        let total = quotient(average * count, unit, is_cut);
        let each = format!("平均每个培训班{average}元");
        prop_assert_eq!(said(&form(&decimal(total, decimals), &each), "A06"), quiet(1));
        // The average may be cut by a yuan, the total by a step; two steps more are beyond both.
        let beyond = quotient((average + 1) * count, unit, true) + 3;
        prop_assert_eq!(said(&form(&decimal(beyond, decimals), &each), "A06"), suspicion());
        let below = quotient((average - 1) * count, unit, true).saturating_sub(3);
        prop_assert_eq!(said(&form(&decimal(below, decimals), &each), "A06"), suspicion());
        // A price is no average, and a blank is none.
        prop_assert_eq!(said(&form(&decimal(beyond, decimals), ""), "A06"), quiet(0));
    }

    #[test]
    fn people_and_courses_of_a_text_are_those_of_its_rows(
        rows in prop::collection::vec((1_u64..9, 10_u64..300), 2..6),
        off in 1_u64..200,
    ) {
        let lines: String = rows
            .iter()
            .enumerate()
            .map(|(idx, (courses, people))| format!("产出指标 | 数量指标 | 干部培训第{idx}类 | {courses}期、{people}人/期/天、5天\n"))
            .collect();
        let form = |courses: u64, people: &str| format!(
            "目标: 拟举办{courses}期干部培训班、共培训{people}人\n一级指标 | 二级指标 | 三级指标 | 年度指标值\n{lines}\
             产出指标 | 数量指标 | 干部培训其他类 | \n"
        );
        let (courses, people) = rows.iter().fold((0, 0), |acc, it| (acc.0 + it.0, acc.1 + it.0 * it.1));
        prop_assert_eq!(said(&form(courses, &people.to_string()), "A07"), quiet(2));
        let suspected = |n_held: usize| (suspicion().0, n_held);
        prop_assert_eq!(said(&form(courses, &(people + off).to_string()), "A07"), suspected(1));
        prop_assert_eq!(said(&form(courses + off, &people.to_string()), "A07"), suspected(1));
        // A bound holds for all that is above it.
        prop_assert_eq!(said(&form(courses, &format!("不少于{}", people - off.min(people))), "A07"), quiet(2));
        prop_assert_eq!(said(&form(courses, &format!("不少于{}", people + off)), "A07"), suspected(1));
    }

    #[test]
    fn days_are_those_of_their_span(first in 1_i64..15, length in 3_i64..12, off in 1_i64..20) {
        let form = |days: i64| format!("目标: 5月{first}日至{}日,为期{days}天的培训", first + length - 1);
        prop_assert_eq!(said(&form(length), "A08"), quiet(1));
        // The day of arrival need not count.
        prop_assert_eq!(said(&form(length - 1), "A08"), quiet(1));
        prop_assert_eq!(said(&form(length + off), "A08"), suspicion());
        if off < length - 2 {
            prop_assert_eq!(said(&form(length - 1 - off), "A08"), suspicion());
        }
    }

    #[test]
    fn a_share_of_a_total_is_the_part(share in 5_u64..90, total in 500_u64..90_000, is_cut: bool, is_in_yuan: bool) {
        // Totals in hundredths of 万元.
        let shown = |hundredths: u64| {
            if is_in_yuan { format!("{}元", hundredths * 100) } else { format!("{}万元", decimal(hundredths, 2)) }
        };
        let form = |part: u64| format!(
            "目标: 项目预算{},用来支付研修班食宿费的{share}%\n完成: 研修班已举办,研修班食宿费{}万元",
            shown(part), decimal(total, 2)
        );
        let part = quotient(share * total, 100, is_cut);
        prop_assert_eq!(said(&form(part), "A08"), quiet(1));
        // A share without decimals may have been cut by a whole percent, the total and the part by their last digit.
        let beyond = quotient((share + 1) * (total + 1), 100, true) + 3;
        prop_assert!(beyond == total || said(&form(beyond), "A08") == suspicion());
        let below = (2 * share - 1) * (total - 1) / 200;
        prop_assert_eq!(said(&form(below.saturating_sub(3).max(1)), "A08").0.len(), usize::from(4 <= below));
    }

    #[test]
    fn parts_of_a_cost_row_add_up(
        parts in prop::collection::vec(100_u64..9_000_000, 2..7),
        decimals in 0_u32..=4,
        is_cut: bool,
        is_in_yuan: bool,
        blank: prop::sample::Index,
    ) {
        // Parts in 元, or to the last 元 in 万元.
        let shown = |yuan: u64| if is_in_yuan { format!("{yuan}元") } else { format!("{}万元", decimal(yuan, 4)) };
        let form = |whole: &str, parts: &[String]| {
            let parts = parts.iter().enumerate().map(|(idx, it)| format!(" | | {}、分项培训 | {it} | | \n", idx + 1));
            format!(
                "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分\n\
                 产出指标 | 成本指标 | 干部培训 | {whole} | 3 | 3\n{}",
                parts.collect::<String>()
            )
        };
        let unit = 10_u64.pow(4 - decimals);
        let sum: u64 = parts.iter().sum();
        let whole = |mantissa: u64| format!("{}万元", decimal(mantissa, decimals));
        let printed: Vec<String> = parts.iter().map(|it| shown(*it)).collect();
        let total = quotient(sum, unit, is_cut);
        // A total that prints as one of its parts may be a merged cell.
        let is_like_a_part = |mantissa: u64| parts.iter().any(|it| *it == mantissa * unit);
        prop_assume!(!is_like_a_part(total));
        prop_assert_eq!(said(&form(&whole(total), &printed), "A09"), quiet(1));
        // Each part may be cut by a yuan, the whole by a step.
        let beyond = quotient(sum + parts.len() as u64, unit, true) + 2;
        prop_assume!(!is_like_a_part(beyond));
        let contradiction = (vec![(Class::Contradiction, Level::High)], 0);
        prop_assert_eq!(said(&form(&whole(beyond), &printed), "A09"), contradiction);
        // A zero is a part, a blank is not known to be one.
        let mut with_zero = printed.clone();
        with_zero.push(shown(0));
        prop_assert_eq!(said(&form(&whole(total), &with_zero), "A09"), quiet(1));
        let mut with_blank = printed;
        *blank.get_mut(&mut with_blank) = String::new();
        prop_assert_eq!(said(&form(&whole(beyond), &with_blank), "A09"), quiet(0));
    }
}
