//! Tables that were not read safely: what is lowered, what is taken back, and what stays an accusation.

use gouji_model::{Class, FormVerdict};

use crate::drawn::draw;
use crate::{Context, Scorer, Settings};

fn checked(text: &str) -> FormVerdict {
    let drawing = draw(&format!("{text}\nquiet\n"));
    let scorer = Scorer::new(Settings::default());
    let context = Context { format: drawing.format, digest: "drawn".to_owned() };
    scorer.check_document(&drawing.forms, &context).swap_remove(0)
}

/// Codes accused for sure, and codes lowered with a note that says why.
fn accused(text: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    let verdict = checked(text);
    let of = |is_wanted: &dyn Fn(&gouji_model::Finding) -> bool| {
        verdict.findings.iter().filter(|it| is_wanted(it)).map(|it| it.code).collect::<Vec<_>>()
    };
    let is_hard = |it: &gouji_model::Finding| matches!(it.class, Class::Contradiction | Class::Breach);
    (of(&is_hard), of(&|it| it.class == Class::Suspicion && it.notes.iter().any(|note| note.code == "D07")))
}

const HEAD: &str = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因\n";

#[test]
fn points_and_scores_that_are_missing_together_are_rows_not_read() {
    let rows = format!(
        "{HEAD}产出指标 | 数量指标 | 培训人数 | 60人 | 60人 | 50 | 50\n效益指标 | 社会效益 | 增收 | 改善 | 改善 | 25 | 25\n"
    );
    assert_eq!(accused(&format!("{rows}总分 | 100 | 99")), (vec![], vec!["T01", "T05", "W01"]));
    // The points alone are wrong where the scores add up.
    assert_eq!(accused(&format!("{rows}总分 | 100 | 75")), (vec!["W01"], vec![]));
    // What funds would have had is missing, and no funds are printed.
    let rows = rows.replace("25", "40");
    assert_eq!(accused(&format!("{rows}总分 | 100 | 99")), (vec![], vec![]));
    assert_eq!(accused(&format!("{rows}总分 | 100 | 90")), (vec!["W01"], vec![]));
}

#[test]
fn labels_that_fail_all_together_stand_over_other_rows() {
    let form = |labels: [&str; 4]| {
        let rows = labels.iter().zip(["甲", "乙", "丙", "丁"]);
        let rows: Vec<String> = rows.map(|(it, name)| format!("{it} | | {name} | | | 5 | 5")).collect();
        accused(&format!("{HEAD}{}", rows.join("\n")))
    };
    let (hard, lowered) = form(["投入(8)", "过程(9)", "质效(7)", "影响(5)"]);
    assert!(!hard.contains(&"W03"));
    assert_eq!(lowered.iter().filter(|it| **it == "W03").count(), 3);
}

#[test]
fn a_sum_beyond_any_one_figure_is_no_slip() {
    let rows = |weights: [u32; 5]| {
        let rows: Vec<String> = weights
            .iter()
            .enumerate()
            .map(|(idx, it)| format!("产出指标 | 数量指标 | 第{idx}项 | | | {it} |"))
            .collect();
        format!("{HEAD}{}\n总分 | 100 | ", rows.join("\n"))
    };
    assert_eq!(accused(&rows([40, 40, 40, 40, 40])), (vec![], vec!["W01"]));
    assert_eq!(accused(&rows([40, 30, 20, 10, 10])), (vec!["W01"], vec![]));
}

#[test]
fn a_figure_for_a_name_takes_the_row_back() {
    let text = format!(
        "{HEAD}产出指标 | 数量指标 | 1726米 | | | | 20\n产出指标 | 数量指标 | 培训人数 | 60人 | 60人 | 80 | 80\n总分 | 100 | 90"
    );
    let verdict = checked(&text);
    assert!(verdict.ledger.not_checkable.iter().any(|it| it.code == "S04"), "{:?}", verdict.ledger);
    assert_eq!(accused(&text), (vec![], vec!["T01"]));
    let named = text.replace("1726米", "修路");
    assert!(accused(&named).0.contains(&"S04"));
}

#[test]
fn labels_whose_border_is_displaced_are_not_accused() {
    let rows = |first: &str| {
        format!(
            "{HEAD}产出指标({first}) | | 修路 | | | 30 |\n | | 架桥 | | | 20 |\n | | 增收 | | | 10 |\n\
             效益指标(40) | | 环境 | | | 30 |\n满意度指标(10) | | 群众 | | | 10 |\n总分 | 100 | "
        )
    };
    assert_eq!(accused(&rows("50")), (vec![], vec!["W03", "W03"]));
    // No border gives the label 55.
    assert_eq!(accused(&rows("55")).0, ["W03", "W03"]);
}

#[test]
fn letters_among_digits_are_read_in_every_format() {
    let text = format!(
        "{HEAD}产出指标 | 数量指标 | 培训人数 | 60人 | 60人 | 90 | 90\n效益指标 | 社会效益 | 增收 | 改善 | 改善 | 10 | 1O\n总分 | 100 | 100"
    );
    assert_eq!(accused(&text), (vec![], vec!["S02"]));
}

#[test]
fn one_balance_of_round_figures_is_no_lost_point() {
    let funds = "资金 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n年度资金总额 | 24 | 18 | 10 | 75% | 10\n";
    assert_eq!(accused(funds), (vec!["F04"], vec![]));
    let lost = "资金 | 全年预算数 | 全年执行数 | 分值 | 执行率\n年度资金总额 | 24.35 | 18.12 | 10 | 7441%\n";
    assert_eq!(accused(lost), (vec![], vec!["F03"]));
}

#[test]
fn points_and_score_in_one_cell_are_parted_for_a_try() {
    let rows = |weight: &str, score: &str| {
        format!(
            "{HEAD}产出指标 | 数量指标 | 培训人数 | 60人 | 60人 | {weight} | {score}\n效益指标 | 社会效益 | 增收 | 改善 | 改善 | 94 | 94\n总分 | 100 | 100"
        )
    };
    assert!(accused(&rows("66", "6")).0.is_empty());
    assert!(accused(&rows("66", "")).0.is_empty());
    assert!(accused(&rows("60", "")).0.contains(&"W01"));
}

#[test]
fn sums_of_figures_out_of_range_prove_nothing() {
    let rows = |weight: u32| {
        format!(
            "{HEAD}产出指标 | 数量指标 | 培训人数 | 60人 | 60人 | 1000 | 10\n效益指标 | 社会效益 | 增收 | 改善 | 改善 | {weight} | {weight}\n总分 | 100 | "
        )
    };
    assert_eq!(accused(&rows(90)).0, [""; 0]);
    // Another figure is wrong, too; which one, nobody can say.
    assert_eq!(accused(&rows(80)).0, [""; 0]);
}

#[test]
fn amounts_in_other_columns_are_not_held_against_the_rate() {
    let funds = |executed: &str| {
        format!("资金 | 全年预算数 | 全年执行数 | 分值 | 执行率\n年度资金总额 | 758651 | {executed} | 10 | 90%\n")
    };
    assert_eq!(accused(&funds("10")), (vec![], vec!["F03"]));
    assert_eq!(accused(&funds("0")).0, ["F03"]);
    assert_eq!(accused(&funds("700000")).0, ["F03"]);
}

#[test]
fn a_line_of_the_funds_that_was_not_read_is_missed_in_every_column() {
    let funds = |spent: &str| {
        format!("资金 | 全年预算数 | 全年执行数\n年度资金总额 | 38.97 | 35.76\n其中: 财政拨款 | 22.6 | {spent}\n")
    };
    assert_eq!(accused(&funds("20.1")), (vec![], vec!["F01"]));
    assert_eq!(accused(&funds("35.76")).0, ["F01"]);
}
