//! Every kind on small drawings: it changes what it says, and the truth stays in step.

use std::collections::{BTreeMap, BTreeSet};

use expect_test::{Expect, expect};
use gouji_model::{IndicatorField, Pointer};

use super::drawn::{drawing, text};
use super::*;
use crate::{Ask, Fault, Faults, Set, draw};

/// Drawings that every kind is tried on.
const SEEDS: u64 = 60;

#[test]
fn the_hand_drawn_forms_are_consistent() {
    for seed in 0..SEEDS {
        for forms in 1..3 {
            assert_eq!(consistent(&drawing(seed, forms)), Ok(()), "seed {seed}");
        }
    }
}

#[test]
fn every_kind_keeps_the_truth_in_step() {
    let mut done: BTreeMap<&str, usize> = KINDS.iter().map(|it| (it.name, 0)).collect();
    for seed in 0..SEEDS {
        for kind in KINDS {
            let before = drawing(seed, 1 + usize::from(seed % 3 == 0));
            let mut after = before.clone();
            let is_damaged = apply(&mut after, kind, &mut Rng::new(seed));
            if is_damaged {
                *done.entry(kind.name).or_default() += 1;
                assert_ne!(after.items, before.items, "{} of seed {seed} changed nothing", kind.name);
            } else {
                assert_eq!(after.items, before.items, "{} of seed {seed} declined, yet changed it", kind.name);
                assert_eq!(after.truth, before.truth, "{} of seed {seed} declined, yet changed it", kind.name);
            }
            assert_eq!(consistent(&after), Ok(()), "{} of seed {seed}\n{}", kind.name, text(&after));
        }
    }
    let never: Vec<&str> = done.iter().filter(|it| *it.1 == 0).map(|it| *it.0).collect();
    assert!(never.is_empty(), "kinds that found no place on any drawing: {never:?}");
}

/// Documents of the draughtsman that every kind is tried on.
const DOCUMENTS: u64 = 25;

#[test]
fn the_draughtsmans_forms_are_consistent() {
    for seed in 0..DOCUMENTS {
        let drawn = draw(seed, Set::Development, &Ask { faults: Faults::Some, ..Ask::default() });
        assert_eq!(consistent(&drawn), Ok(()), "{} of seed {seed}\n{}", drawn.layout, text(&drawn));
    }
}

#[test]
fn every_kind_keeps_the_truth_of_drawn_documents_in_step() {
    for seed in 0..DOCUMENTS {
        let drawn = draw(seed, Set::Development, &Ask { faults: Faults::Some, ..Ask::default() });
        for kind in KINDS {
            let mut after = drawn.clone();
            if apply(&mut after, kind, &mut Rng::new(seed)) {
                let (name, layout) = (kind.name, &drawn.layout);
                assert_eq!(consistent(&after), Ok(()), "{name} of seed {seed}, {layout}\n{}", text(&after));
            }
        }
    }
}

/// What a kind changes on a small form: lines that go and lines that come, then what changed in the truth; of rows that
/// were cut off or moved up, the names.
fn check(name: &str, seed: u64, expected: Expect) {
    let before = drawing(1, 1);
    let mut after = before.clone();
    let kind = Kind::named(name).unwrap();
    assert!(apply(&mut after, kind, &mut Rng::new(seed)), "{name} has no place");
    let (old, new) = (text(&before), text(&after));
    let mut shown = String::new();
    for (sign, lines, others) in [('-', &old, &new), ('+', &new, &old)] {
        let others: Vec<&str> = others.lines().collect();
        let changed = lines.lines().filter(|it| !others.contains(it));
        changed.for_each(|it| shown.push_str(&format!("{sign} {it}\n")));
    }
    shown.push_str(&truth_changes(&before, &after));
    expected.assert_eq(&shown);
}

fn truth_changes(before: &Drawing, after: &Drawing) -> String {
    let mut shown = String::new();
    let (old, new) = (&before.truth[0], &after.truth[0]);
    let leaves: BTreeSet<Pointer> = old.leaves().into_iter().chain(new.leaves()).collect();
    let is_cut = old.indicators.len() != new.indicators.len();
    let is_name = |it: &Pointer| !matches!(it, Pointer::Indicator(_, field) if *field != IndicatorField::Name);
    for leaf in leaves.into_iter().filter(|it| !is_cut || is_name(it)) {
        if old.leaf(leaf) != new.leaf(leaf) {
            shown.push_str(&format!("{leaf}: {:?} -> {:?}\n", old.leaf(leaf), new.leaf(leaf)));
        }
        if old.accepted(leaf) != new.accepted(leaf) {
            shown.push_str(&format!("{leaf}: accepts {:?}\n", new.accepted(leaf)));
        }
    }
    shown
}

#[test]
fn a_row_moves_right_and_its_truth_stays() {
    check(
        "row-right",
        3,
        expect![[r#"
        - ||可持续影响指标|石桥镇改善群众生产生活条件|效果明显|效果明显|10|10
        + ||||可持续影响指标|石桥镇改善群众生产生活条件|效果明显|效果明显|10|10
    "#]],
    );
}

#[test]
fn a_lost_label_is_told_by_others() {
    check(
        "upper-label-lost",
        5,
        expect![[r#"
        - |产出指标|数量指标|东山村改善群众生产生活条件|效果明显|效果明显|10|10
        - |效益指标|社会效益指标|南湖街道工程验收合格率达到要求|≥95%|98.5%|5|4.5
        - |满意度指标|服务对象满意度指标|南湖街道改善群众生产生活条件|效果明显|效果明显|10|10|受疫情影响部分工作推迟
        + ||数量指标|东山村改善群众生产生活条件|效果明显|效果明显|10|10
        + ||社会效益指标|南湖街道工程验收合格率达到要求|≥95%|98.5%|5|4.5
        + ||服务对象满意度指标|南湖街道改善群众生产生活条件|效果明显|效果明显|10|10|受疫情影响部分工作推迟
        /indicators/0/l1: accepts [None]
        /indicators/1/l1: accepts [None]
        /indicators/2/l1: accepts [None]
        /indicators/3/l1: accepts [None]
        /indicators/4/l1: accepts [None]
        /indicators/5/l1: accepts [None]
        /indicators/6/l1: accepts [None]
        /indicators/7/l1: accepts [None]
        /indicators/8/l1: accepts [None]
        /indicators/9/l1: accepts [None]
        /indicators/10/l1: accepts [None]
    "#]],
    );
}

#[test]
fn a_name_goes_on_behind_the_page() {
    check(
        "name-over-page",
        2,
        expect![[r#"
        - |效益指标|社会效益指标|南湖街道工程验收合格率达到要求|≥95%|98.5%|5|4.5
        + |效益指标|社会效益指标|南湖街道工程验收合格率达|≥95%|98.5%|5|4.5
        + 第 27 页
        + |||到要求
    "#]],
    );
}

#[test]
fn a_lost_point_is_read_as_printed() {
    check(
        "point-lost",
        4,
        expect![[r#"
        - ||年度资金总额|547.98|547.98|541.6|10|98.84%|9.88
        - ||时效指标|东山村购置办公设备数量|≥12台|12台|22.5|22.5|受疫情影响部分工作推迟
        + ||年度资金总额|547.98|547.98|541.6|10|9884%|9.88
        + ||时效指标|东山村购置办公设备数量|≥12台|12台|22.5|225|受疫情影响部分工作推迟
        /funds/0/rate: Some("98.84%") -> Some("9884%")
        /indicators/4/score: Some("22.5") -> Some("225")
    "#]],
    );
}

#[test]
fn fused_points_can_be_told_apart() {
    check(
        "fused-weight-score",
        4,
        expect![[r#"
        - |||南湖街道受益群众满意程度|≥90%|100%|10|10
        - |||白水镇改善群众生产生活条件|效果明显|效果明显|5|4.5
        - |||石桥镇改善群众生产生活条件|效果明显|效果明显|10|10
        + |||南湖街道受益群众满意程度|≥90%|100%|1010
        + |||白水镇改善群众生产生活条件|效果明显|效果明显|54.5
        + |||石桥镇改善群众生产生活条件|效果明显|效果明显|1010
    "#]],
    );
}

#[test]
fn names_targets_and_values_stand_in_runs() {
    check(
        "drawing-order",
        4,
        expect![[r#"
        - ||质量指标|石桥镇改善群众生产生活条件|效果明显|效果明显|22.5|22.5|受疫情影响部分工作推迟
        - |||南湖街道受益群众满意程度|≥90%|100%|10|10
        - |||白水镇改善群众生产生活条件|效果明显|效果明显|5|4.5
        - ||时效指标|东山村购置办公设备数量|≥12台|12台|22.5|22.5|受疫情影响部分工作推迟
        - |||石桥镇改善群众生产生活条件|效果明显|效果明显|10|10
        - |效益指标|社会效益指标|南湖街道工程验收合格率达到要求|≥95%|98.5%|5|4.5
        - |||白水镇工程验收合格率达到要求|≥95%|98.5%|22.5|22.5|受疫情影响部分工作推迟
        - |||东山村购置办公设备数量|≥12台|12台|5|4.5|受疫情影响部分工作推迟
        - ||可持续影响指标|石桥镇改善群众生产生活条件|效果明显|效果明显|10|10
        - |满意度指标|服务对象满意度指标|南湖街道改善群众生产生活条件|效果明显|效果明显|10|10|受疫情影响部分工作推迟
        + ||质量指标|石桥镇改善群众生产生活条件
        + |||南湖街道受益群众满意程度
        + |||白水镇改善群众生产生活条件
        + ||时效指标|东山村购置办公设备数量
        + |||石桥镇改善群众生产生活条件
        + |效益指标|社会效益指标|南湖街道工程验收合格率达到要求
        + |||白水镇工程验收合格率达到要求
        + |||东山村购置办公设备数量
        + ||可持续影响指标|石桥镇改善群众生产生活条件
        + |满意度指标|服务对象满意度指标|南湖街道改善群众生产生活条件
        + 效果明显
        + ≥90%
        + 效果明显
        + ≥12台
        + 效果明显
        + ≥95%
        + ≥95%
        + ≥12台
        + 效果明显
        + 效果明显
        + 效果明显|22.5|22.5|受疫情影响部分工作推迟
        + 100%|10|10
        + 效果明显|5|4.5
        + 12台|22.5|22.5|受疫情影响部分工作推迟
        + 效果明显|10|10
        + 98.5%|5|4.5
        + 98.5%|22.5|22.5|受疫情影响部分工作推迟
        + 12台|5|4.5|受疫情影响部分工作推迟
        + 效果明显|10|10
        + 效果明显|10|10|受疫情影响部分工作推迟
    "#]],
    );
}

#[test]
fn what_is_cut_off_is_not_true() {
    check(
        "head-cut-in-rows",
        3,
        expect![[r#"
        - 项目支出绩效自评表
        - (2021年度)
        - 项目名称||农村公路养护补助资金
        - 主管部门||云岭县交通运输局|||实施单位||云岭县公路养护中心
        - 项目资金(万元)|||年初预算数|全年预算数|全年执行数|分值|执行率|得分
        - ||年度资金总额|547.98|547.98|541.6|10|98.84%|9.88
        - ||其中:财政拨款|547.98|547.98|541.6|—|98.84%|—
        - ||其他资金
        - 绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
        - |产出指标|数量指标|东山村改善群众生产生活条件|效果明显|效果明显|10|10
        - ||质量指标|石桥镇改善群众生产生活条件|效果明显|效果明显|22.5|22.5|受疫情影响部分工作推迟
        - |||南湖街道受益群众满意程度|≥90%|100%|10|10
        /year: Some("2021") -> None
        /project: Some("农村公路养护补助资金") -> None
        /department: Some("云岭县交通运输局") -> None
        /unit: Some("云岭县公路养护中心") -> None
        /funds_unit: Some("万元") -> None
        /funds/0/label: Some("年度资金总额") -> None
        /funds/0/budget: Some("547.98") -> None
        /funds/0/revised: Some("547.98") -> None
        /funds/0/executed: Some("541.6") -> None
        /funds/0/weight: Some("10") -> None
        /funds/0/rate: Some("98.84%") -> None
        /funds/0/score: Some("9.88") -> None
        /funds/1/label: Some("其中:财政拨款") -> None
        /funds/1/budget: Some("547.98") -> None
        /funds/1/revised: Some("547.98") -> None
        /funds/1/executed: Some("541.6") -> None
        /funds/1/weight: Some("—") -> None
        /funds/1/rate: Some("98.84%") -> None
        /funds/1/score: Some("—") -> None
        /funds/2/label: Some("其他资金") -> None
        /indicators/0/name: Some("东山村改善群众生产生活条件") -> Some("白水镇改善群众生产生活条件")
        /indicators/1/name: Some("石桥镇改善群众生产生活条件") -> Some("东山村购置办公设备数量")
        /indicators/2/name: Some("南湖街道受益群众满意程度") -> Some("石桥镇改善群众生产生活条件")
        /indicators/3/name: Some("白水镇改善群众生产生活条件") -> Some("南湖街道工程验收合格率达到要求")
        /indicators/4/name: Some("东山村购置办公设备数量") -> Some("白水镇工程验收合格率达到要求")
        /indicators/5/name: Some("石桥镇改善群众生产生活条件") -> Some("东山村购置办公设备数量")
        /indicators/6/name: Some("南湖街道工程验收合格率达到要求") -> Some("石桥镇改善群众生产生活条件")
        /indicators/7/name: Some("白水镇工程验收合格率达到要求") -> Some("南湖街道改善群众生产生活条件")
        /indicators/8/name: Some("东山村购置办公设备数量") -> None
        /indicators/9/name: Some("石桥镇改善群众生产生活条件") -> None
        /indicators/10/name: Some("南湖街道改善群众生产生活条件") -> None
    "#]],
    );
    check(
        "tail-cut-in-row",
        1,
        expect![[r#"
        - ||时效指标|东山村购置办公设备数量|≥12台|12台|22.5|22.5|受疫情影响部分工作推迟
        - |||石桥镇改善群众生产生活条件|效果明显|效果明显|10|10
        - |效益指标|社会效益指标|南湖街道工程验收合格率达到要求|≥95%|98.5%|5|4.5
        - |||白水镇工程验收合格率达到要求|≥95%|98.5%|22.5|22.5|受疫情影响部分工作推迟
        - |||东山村购置办公设备数量|≥12台|12台|5|4.5|受疫情影响部分工作推迟
        - ||可持续影响指标|石桥镇改善群众生产生活条件|效果明显|效果明显|10|10
        - |满意度指标|服务对象满意度指标|南湖街道改善群众生产生活条件|效果明显|效果明显|10|10|受疫情影响部分工作推迟
        - 总分||||||100|97.5
        + ||时效指标|东山村购置办公设备数量|≥12台
        /indicators/5/name: Some("石桥镇改善群众生产生活条件") -> None
        /indicators/6/name: Some("南湖街道工程验收合格率达到要求") -> None
        /indicators/7/name: Some("白水镇工程验收合格率达到要求") -> None
        /indicators/8/name: Some("东山村购置办公设备数量") -> None
        /indicators/9/name: Some("石桥镇改善群众生产生活条件") -> None
        /indicators/10/name: Some("南湖街道改善群众生产生活条件") -> None
        /total/weight: Some("100") -> None
        /total/score: Some("97.5") -> None
    "#]],
    );
}

#[test]
fn labels_stand_at_half_the_height() {
    check(
        "labels-centered",
        1,
        expect![[r#"
        - |产出指标|数量指标|东山村改善群众生产生活条件|效果明显|效果明显|10|10
        - ||质量指标|石桥镇改善群众生产生活条件|效果明显|效果明显|22.5|22.5|受疫情影响部分工作推迟
        - |||南湖街道受益群众满意程度|≥90%|100%|10|10
        - ||时效指标|东山村购置办公设备数量|≥12台|12台|22.5|22.5|受疫情影响部分工作推迟
        - |效益指标|社会效益指标|南湖街道工程验收合格率达到要求|≥95%|98.5%|5|4.5
        - |||白水镇工程验收合格率达到要求|≥95%|98.5%|22.5|22.5|受疫情影响部分工作推迟
        + ||数量指标|东山村改善群众生产生活条件|效果明显|效果明显|10|10
        + |||石桥镇改善群众生产生活条件|效果明显|效果明显|22.5|22.5|受疫情影响部分工作推迟
        + ||质量指标|南湖街道受益群众满意程度|≥90%|100%|10|10
        + |产出指标
        + |||东山村购置办公设备数量|≥12台|12台|22.5|22.5|受疫情影响部分工作推迟
        + ||时效指标
        + |||南湖街道工程验收合格率达到要求|≥95%|98.5%|5|4.5
        + ||社会效益指标|白水镇工程验收合格率达到要求|≥95%|98.5%|22.5|22.5|受疫情影响部分工作推迟
        + |效益指标
    "#]],
    );
}

#[test]
fn a_mark_stands_inside_a_figure() {
    check(
        "mark-in-number",
        1,
        expect![[r#"
        - |||南湖街道受益群众满意程度|≥90%|100%|10|10
        + |||南湖街道受益群众满意程度|≥90%|10 2、0%|10|10
        + 3、
        + 4、
    "#]],
    );
}

/// The rows of faults move with the rows that are cut off; what can no longer be seen need not be found.
#[test]
fn faults_follow_the_rows() {
    let mut drawn = drawing(1, 1);
    let at_row = |row_idx| vec![Pointer::Indicator(row_idx, IndicatorField::Score)];
    let n_rows = drawn.truth[0].indicators.len();
    drawn.faults[1].at = at_row(n_rows - 1);
    drawn.faults.push(Fault { at: at_row(0), ..drawn.faults[1].clone() });
    let name = drawn.truth[0].indicators[n_rows - 1].name.clone();
    assert!(apply(&mut drawn, Kind::named("head-cut-in-rows").unwrap(), &mut Rng::new(3)));
    let left = drawn.truth[0].indicators.len();
    assert_eq!(drawn.truth[0].indicators[left - 1].name, name);
    assert!(left < n_rows);
    let kinds: Vec<(&str, &[Pointer])> = drawn.faults.iter().map(|it| (it.kind, it.at.as_slice())).collect();
    assert_eq!(kinds, [("more than the weight", at_row(left - 1).as_slice())]);
    let doubtful: Vec<&str> = drawn.doubtful.iter().map(|it| it.kind).collect();
    assert_eq!(doubtful, ["the total is not the sum"]);
}

#[test]
fn names_and_descriptions_are_single() {
    let names: BTreeSet<&str> = KINDS.iter().map(|it| it.name).collect();
    let abouts: BTreeSet<&str> = KINDS.iter().map(|it| it.about).collect();
    assert_eq!((names.len(), abouts.len()), (KINDS.len(), KINDS.len()));
}

#[test]
fn the_same_seed_makes_the_same_damage() {
    for kind in KINDS {
        let damaged = || {
            let mut drawn = drawing(7, 2);
            apply(&mut drawn, kind, &mut Rng::new(7));
            text(&drawn)
        };
        assert_eq!(damaged(), damaged(), "{}", kind.name);
    }
}
