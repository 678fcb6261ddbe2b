//! Weight schemes are recognised by structure alone, the most specific sign first.

use crate::drawn::draw;
use crate::{Context, Scorer, Settings};

fn profile(text: &str) -> String {
    let drawing = draw(&format!("{text}\nquiet\n"));
    let context = Context { format: drawing.format, digest: String::new() };
    Scorer::new(Settings::default()).check_document(&drawing.forms, &context).swap_remove(0).profile
}

const HEADS: &str = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分";

fn groups(points: [u32; 3]) -> String {
    let [output, benefit, satisfaction] = points;
    format!(
        "{HEADS}\n产出指标({output}) | 数量指标 | 甲 | 1 | 1 | {output} | {output}\n\
         效益指标({benefit}) | 社会效益 | 乙 | 1 | 1 | {benefit} | {benefit}\n\
         满意度指标({satisfaction}) | 满意度 | 丙 | 1 | 1 | {satisfaction} | {satisfaction}"
    )
}

const TEN: &str = "资金 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n年度资金总额 | 5 | 5 | 10 | 100% | 10\n\n";

#[test]
fn schemes_are_told_by_their_signs() {
    let two_columns = "资金 | 年初预算数 | 全年执行数\n年度资金总额 | 5 | 5\n\n";
    assert_eq!(profile(&format!("{two_columns}{}", groups([40, 40, 20]))), "NX-2020");
    assert_eq!(profile(&format!("{TEN}{}", groups([40, 40, 20]))), "NX-2022");
    assert_eq!(profile(&format!("{TEN}{}", groups([50, 30, 10]))), "MOF-50");
    let twenty = TEN.replace("| 10 |", "| 20 |");
    assert_eq!(profile(&format!("{twenty}{}", groups([30, 40, 10]))), "HB");
    assert_eq!(profile(&groups([60, 30, 10])), "UNKNOWN");
    assert_eq!(profile("目标表\n资金 | 年初预算数\n项目总额 | 5"), "NONE");
    let decision = format!(
        "{HEADS}\n项目决策 | 立项 | 甲 | 1 | 1 | 10 | 10\n项目管理 | 资金 | 乙 | 1 | 1 | 25 | 25\n\
         项目产出 | 数量 | 丙 | 1 | 1 | 30 | 30\n项目效益 | 社会 | 丁 | 1 | 1 | 35 | 35"
    );
    assert_eq!(profile(&decision), "YC");
    let cost = format!("{HEADS}\n成本指标 | 经济成本 | 甲 | 1 | 1 | 20 | 20\n产出指标 | 数量 | 乙 | 1 | 1 | 70 | 70");
    assert_eq!(profile(&cost), "MOF-COST");
}

#[test]
fn a_printed_note_outweighs_groups_and_columns() {
    let note = "注: 总分100分＝绩效指标90分＋资金执行情况10分";
    assert_eq!(profile(&format!("{TEN}{}\n{note}", groups([50, 30, 10]))), "NX-2023");
    assert_eq!(profile(&format!("{TEN}{}\n{note}", groups([40, 40, 20]))), "NX-2023");
}
