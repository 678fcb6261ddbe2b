//! Checks of a row's target and actual over many figures: where they fire, and how surely.

use gouji_model::{Class, Level};
use proptest::prelude::*;

use crate::drawn::draw;
use crate::{Context, Scorer, Settings};

/// What one check says of a row: class and confidence, and how many places could not be checked.
fn judged(code: &str, label: &str, name: &str, target: &str, actual: &str) -> (Option<(Class, Level)>, usize) {
    let text = format!(
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
         产出指标 | {label} | {name} | {target} | {actual} | 10 | 10\n\
         产出指标 | 质量指标 | 乙 | 良好 | 良好 | 10 | 10\nquiet\n"
    );
    let drawing = draw(&text);
    let scorer = Scorer::new(Settings { select: vec![code.to_owned()], ignore: Vec::new(), show_low: true });
    let context = Context { format: drawing.format, digest: String::new() };
    let verdict = scorer.check_document(&drawing.forms, &context).remove(0);
    let first = verdict.findings.first().map(|it| (it.class, it.confidence));
    (first, verdict.ledger.not_checkable.len())
}

fn said(code: &str, label: &str, name: &str, target: &str, actual: &str) -> Option<(Class, Level)> {
    judged(code, label, name, target, actual).0
}

const HIGH: Option<(Class, Level)> = Some((Class::Suspicion, Level::High));
const MEDIUM: Option<(Class, Level)> = Some((Class::Suspicion, Level::Medium));
const LOW: Option<(Class, Level)> = Some((Class::Suspicion, Level::Low));
const BREACH: Option<(Class, Level)> = Some((Class::Breach, Level::High));
const CONTRADICTION: Option<(Class, Level)> = Some((Class::Contradiction, Level::High));

proptest! {
    #[test]
    fn far_is_measured_against_the_target(target in 0_u64..3000, actual in 0_u64..9000, operator in "[≥]?") {
        let expected = if target <= 3 || 10 * actual < 12 * target {
            None
        } else if 10 * actual < 13 * target {
            LOW
        } else if actual < 2 * target {
            MEDIUM
        } else {
            HIGH
        };
        let (target, actual) = (format!("{operator}{target}人"), format!("{actual}人"));
        prop_assert_eq!(said("I07", "数量指标", "甲", &target, &actual), expected);
    }

    #[test]
    fn far_does_not_depend_on_the_unit(actual in 1_u64..200_000) {
        let apart = said("I07", "数量指标", "甲", "2.5万套", &format!("{actual}套"));
        let alike = said("I07", "数量指标", "甲", "25000套", &format!("{actual}套"));
        prop_assert_eq!(apart, alike);
    }

    #[test]
    fn capped_rates_end_at_the_whole(percent in 0_u32..400_000, decimals in 0_u32..4) {
        let unit = 10_u32.pow(decimals);
        let scale = usize::try_from(decimals).expect("small");
        let text = match scale {
            0 => format!("{percent}%"),
            _ => format!("{}.{:0scale$}%", percent / unit, percent % unit),
        };
        // Half a step below the least print above the whole is still above it.
        // Ten, a hundred or a thousand times what lies near the target may have lost its point.
        let has_lost_point = |tens: u32| 450 <= percent && (72 * tens..=113 * tens).contains(&percent);
        prop_assume!(scale != 0 || ![10, 100, 1_000].into_iter().any(has_lost_point));
        let expected = if 100 * unit < percent { CONTRADICTION } else { None };
        prop_assert_eq!(said("I13", "质量指标", "验收合格率", "≥90%", &text), expected, "{}", text);
    }

    #[test]
    fn a_bound_is_strict_in_any_unit(hours in 1_u64..40) {
        let bound = format!("<{hours}小时");
        prop_assert_eq!(said("I08", "质量指标", "甲", &bound, &format!("{}分钟", 60 * hours)), LOW);
        prop_assert_eq!(said("I08", "质量指标", "甲", &bound, &format!("{}分钟", 60 * hours - 1)), None);
        prop_assert_eq!(said("I08", "质量指标", "甲", &format!("≤{hours}小时"), &format!("{hours}小时")), None);
    }
}

#[test]
fn words_for_a_number() {
    for (target, actual, expected) in [
        ("≥5次", "效果较为突出", BREACH),
        ("≥5次", "已完成", MEDIUM),
        ("≥5次", "全部落实", MEDIUM),
        ("≥5次", "尚未开展", MEDIUM),
        ("≥5次", "因故未办", MEDIUM),
        ("≥5次", "无", MEDIUM),
        ("≥5次", "5", None),
        ("≥5次", "五次", None),
        ("≥5次", "", None),
        ("≤5次", "无", None),
        ("0次", "未发生", None),
        ("5", "效果较为突出", None),
        ("1年", "长期坚持", MEDIUM),
        ("按计划完成年度既定的3项任务并通过验收", "成效突出", MEDIUM),
        ("98%98%", "成效突出", MEDIUM),
        ("2023年底前", "成效突出", None),
        ("一月一次", "成效突出", None),
    ] {
        assert_eq!(said("I10", "数量指标", "甲", target, actual), expected, "{target} / {actual}");
    }
    assert_eq!(judged("I10", "数量指标", "甲", "≥4", "株"), (None, 1));
}

#[test]
fn units_that_cannot_speak_of_one_thing() {
    for (target, actual, expected) in [
        ("4425户", "12万元", BREACH),
        ("≥5次", "100%", BREACH),
        ("5次", "100%", MEDIUM),
        ("5人", "5项", None),
        ("12个月", "365天", None),
        ("95分", "95%", None),
        ("5万元", "48000元", None),
        ("5万美元", "30万元", None),
        ("180000元/年", "0项", None),
        ("100M", "100米", MEDIUM),
        ("5次", "5", None),
        ("一月一次", "100%", None),
        ("覆盖全县所有乡镇行政村共120个", "96%", MEDIUM),
    ] {
        assert_eq!(said("I14", "数量指标", "甲", target, actual), expected, "{target} / {actual}");
    }
}

#[test]
fn capped_rates_by_name() {
    for (name, actual, expected) in [
        ("验收合格率", "105%", CONTRADICTION),
        ("群众满意度", "100.5%", CONTRADICTION),
        ("群众满意度", "100%", None),
        ("任务完成率", "120%", None),
        ("满意度较上年提高幅度", "120%", None),
        ("验收合格率", "105", None),
        ("覆盖率", "提升105%", None),
    ] {
        assert_eq!(said("I13", "质量指标", name, "≥90%", actual), expected, "{name} {actual}");
    }
}

#[test]
fn blanks_that_are_scored() {
    for (target, actual, expected) in
        [("", "", BREACH), ("—", "/", BREACH), ("5次", "", HIGH), ("", "5次", None), ("5次", "无", None)]
    {
        assert_eq!(said("I11", "数量指标", "甲", target, actual), expected, "{target} / {actual}");
    }
}
