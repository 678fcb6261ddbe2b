//! Every repair's drawn example is executed.

use std::collections::BTreeSet;

use gouji_model::{Block, Document, Format, Grid, GridCell, GridKind, GridRow, Place, Pointer, Slot, TextBlock};

use super::REPAIRS;
use crate::Reconciler;

/// A document drawn in lines: cells between `|`, everything else text, an empty line a break.
pub(crate) fn document(drawn: &[&str]) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut break_before = false;
    for (line, text) in (1..).zip(drawn) {
        if text.trim().is_empty() {
            break_before = true;
            continue;
        }
        let place = Place::in_text(line, 1);
        if text.contains('|') {
            let cells: Vec<&str> = text.split('|').collect();
            let slots = (1..)
                .zip(&cells)
                .map(|(col, it)| {
                    let place = Place::in_text(line, col);
                    Slot::Cell(Box::new(GridCell {
                        text: it.trim().to_owned(),
                        raw: None,
                        stored: None,
                        place,
                        n_rows: 1,
                        n_cols: 1,
                    }))
                })
                .collect();
            let row = GridRow { slots, place, break_before };
            match blocks.last_mut() {
                Some(Block::Grid(grid)) => {
                    grid.n_cols = grid.n_cols.max(cells.len());
                    grid.rows.push(row);
                }
                _ => blocks.push(Block::Grid(Grid {
                    kind: GridKind::Separated,
                    n_cols: cells.len(),
                    rows: vec![row],
                    nested_in: None,
                    is_hidden: false,
                })),
            }
        } else {
            blocks.push(Block::Text(TextBlock { text: (*text).to_owned(), raw: None, place, break_before }));
        }
        break_before = false;
    }
    for block in &mut blocks {
        if let Block::Grid(grid) = block {
            let n_cols = grid.n_cols;
            grid.rows.iter_mut().for_each(|it| it.slots.resize(n_cols, Slot::Empty));
        }
    }
    Document::new(Format::OcrText, blocks)
}

#[test]
fn examples_hold() {
    let reconciler = Reconciler::new();
    let examples = |doc: &'static str| doc.split("```drawn\n").skip(1).filter_map(|it| it.split("```").next());
    for repair in &REPAIRS {
        assert!(examples(repair.doc).next().is_some(), "{} has no drawn example", repair.code);
    }
    for (repair, drawn) in REPAIRS.iter().flat_map(|repair| examples(repair.doc).map(move |it| (repair, it))) {
        let (expected, page): (Vec<&str>, Vec<&str>) = drawn.lines().partition(|it| it.starts_with("=> "));
        assert!(!expected.is_empty(), "{}: nothing is expected", repair.code);
        let forms = reconciler.rebuild(&document(&page)).forms;
        let mut names_itself = false;
        for line in expected {
            let line = line.trim_start_matches("=> ");
            let form = forms.first().unwrap_or_else(|| panic!("{}: no form was found", repair.code));
            match line.split_once(" = ") {
                Some(("rows", n)) => assert_eq!(form.indicators.len().to_string(), n, "{}: rows", repair.code),
                Some(("forms", n)) => assert_eq!(forms.len().to_string(), n, "{}: forms", repair.code),
                Some(("renderings", n)) => assert_eq!(form.renderings.to_string(), n, "{}: renderings", repair.code),
                Some((at, value)) => {
                    let at: Pointer = at.parse().expect("examples name leaves");
                    let cell = form.cell(at).map(|it| it.text.as_str());
                    assert_eq!(cell, Some(value), "{}: {at}\n{form:#?}", repair.code);
                }
                None => {
                    let (code, at) = line.split_once(' ').unwrap_or((line, ""));
                    names_itself |= code == repair.code;
                    let made: Vec<_> = form.repairs.iter().filter(|it| it.code == code).collect();
                    assert!(!made.is_empty(), "{}: {code} was not made: {:#?}", repair.code, form.repairs);
                    let touched = made.iter().any(|it| it.at.iter().any(|it| it.to_string() == at));
                    assert!(at.is_empty() || touched, "{}: {code} did not touch {at}: {made:#?}", repair.code);
                }
            }
        }
        assert!(names_itself, "{}: the example does not expect the repair", repair.code);
    }
}

#[test]
fn repairs_are_told_apart() {
    let codes: BTreeSet<&str> = REPAIRS.iter().map(|it| it.code).collect();
    let names: BTreeSet<&str> = REPAIRS.iter().map(|it| it.name).collect();
    assert_eq!((codes.len(), names.len()), (REPAIRS.len(), REPAIRS.len()));
    for repair in &REPAIRS {
        for text in [repair.name, repair.name_zh, repair.summary_en, repair.summary_zh] {
            assert!(!text.is_empty(), "{}", repair.code);
        }
    }
}

/// The rows of a drawn page's first form as `l1 l2 name target actual weight score`, one a line, and the codes
/// of its repairs.
pub(crate) fn read(page: &[&str]) -> (Vec<String>, Vec<String>) {
    let form = Reconciler::new().rebuild(&document(page)).forms.remove(0);
    let text = |it: &Option<gouji_model::Cell>| it.as_ref().map_or("-".to_owned(), |it| it.text.clone());
    let row = |it: &gouji_model::Indicator| {
        [&it.l1, &it.l2, &it.name, &it.target, &it.actual, &it.weight, &it.score].map(text).join(" ")
    };
    (form.indicators.iter().map(row).collect(), form.repairs.iter().map(|it| it.code.to_string()).collect())
}

/// The rows of a form drawn below one header, `name target actual weight score` a line, and the codes of its repairs.
fn rows(drawn: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut page = vec![
        "项目绩效自评表",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20",
    ];
    page.extend(drawn);
    let form = Reconciler::new().rebuild(&document(&page)).forms.remove(0);
    let text = |it: &Option<gouji_model::Cell>| it.as_ref().map_or("-".to_owned(), |it| it.text.clone());
    let row =
        |it: &gouji_model::Indicator| [&it.name, &it.target, &it.actual, &it.weight, &it.score].map(text).join(" ");
    let codes = form.repairs.iter().map(|it| it.code.to_string()).collect();
    (form.indicators.iter().skip(1).map(row).collect(), codes)
}

#[test]
fn cells_are_parted_where_the_row_lacks_one() {
    let check = |drawn: &str, expected: &str| {
        let (rows, codes) = rows(&[drawn]);
        assert_eq!(rows, [expected], "{drawn}");
        assert!(codes.iter().any(|it| it == "R16"), "{drawn}: {codes:?}");
    };
    check(" |  | 添置书架 | 12组 | 12组 | 1515 |", "添置书架 12组 12组 15 15");
    check(" |  | 添置书架 | 12组 | 12组 | 22.522.5 |", "添置书架 12组 12组 22.5 22.5");
    check(" |  | 添置书架 | ≥90%95% |  | 20 | 20", "添置书架 ≥90% 95% 20 20");
    check(" |  | 添置书架 | 12组12组 |  | 20 | 20", "添置书架 12组 12组 20 20");
    check(" |  | 添置书架≥12组 |  | 12组 | 20 | 20", "添置书架 ≥12组 12组 20 20");
    check(" |  | 添置书架≥12组 | 12组 | 20 | 20", "添置书架 ≥12组 12组 20 20");
    check(" |  | 添置书架 | ≥90% | 95%20 |  | 20", "添置书架 ≥90% 95% 20 20");
    check(" |  | 添置书架≥12组12组2020 |  |  |  | ", "添置书架 ≥12组 12组 20 20");
}

#[test]
fn what_is_whole_stays_whole() {
    let check = |drawn: &str, expected: &str| {
        let (rows, codes) = rows(&[drawn]);
        assert_eq!(rows, [expected], "{drawn}");
        assert!(!codes.iter().any(|it| it == "R16"), "{drawn}: {codes:?}");
    };
    // No column is empty.
    check(" |  | 添置书架 | 1010 | 1010 | 20 | 20", "添置书架 1010 1010 20 20");
    check(" |  | 添置书架≥**组 | ≥12组 | 12组 | 20 | 20", "添置书架≥**组 ≥12组 12组 20 20");
    // The column is blank, and the cell is a value as it stands.
    check(" |  | 组织培训 | 2期60人 |  | 20 | 20", "组织培训 2期60人 - 20 20");
    check(" |  | 完工时间 | 2020年10月底前 |  | 20 | 20", "完工时间 2020年10月底前 - 20 20");
    check(" |  | 添置书架 | 100 |  | 20 | 20", "添置书架 100 - 20 20");
    check(" |  | 修缮费用 | 17.55万元 |  | 20 | 20", "修缮费用 17.55万元 - 20 20");
    check(" |  | 添置书架 | 12组 | 12组 | 40 |", "添置书架 12组 12组 40 -");
    check(" |  | 采购2批书架 |  | 20批 | 20 | 20", "采购2批书架 - 20批 20 20");
}

#[test]
fn cells_drawn_in_runs_are_rows_again() {
    let names = ["| 质量指标 | 验收合格率", "| | 返修率", "效益指标 | 社会效益指标 | 服务对象满意度"];
    let check = |runs: &[&str], expected: &[&str]| {
        let (rows, codes) = rows(&[&names, runs].concat());
        assert_eq!(rows, expected, "{runs:?}");
        assert!(codes.iter().any(|it| it == "R14"), "{codes:?}");
    };
    let whole = ["验收合格率 100% 98% 30 29.4", "返修率 5% 4% 30 30", "服务对象满意度 90% 92% 20 20"];
    check(&["100% |", "5% |", "90% |", "98% | 30 | 29.4", "4% | 30 | 30", "92% | 20 | 20"], &whole);
    check(&["100%", "5%", "90%", "98% | 30 | 29.4", "4% | 30 | 30", "92% | 20 | 20"], &whole);
    check(&["100% | 98%", "5% | 4%", "90% | 92%", "30 | 29.4", "30 | 30", "20 | 20"], &whole);
    check(&["100% | 98% | 30 | 29.4", "5% | 4% | 30 | 30", "90% | 92% | 20 | 20"], &whole);
    check(&["| | | 100% | 98% | 30 | 29.4", "| | | 5% | 4% | 30 | 30", "| | | 90% | 92% | 20 | 20"], &whole);
    // What follows stands apart.
    check(&["100% |", "5% |", "90% |", "98% | 30 | 29.4", "4% | 30 | 30", "92% | 20 | 20", "", "抄送:档案室"], &whole);
}

#[test]
fn misread_figures_stand_where_figures_do() {
    let check = |drawn: &str, expected: &str| {
        let (rows, _) = rows(&[drawn, " | | 安全检查 | 4次 | 4次 | 30 | 30"]);
        assert_eq!(rows, [expected, "安全检查 4次 4次 30 30"], "{drawn}");
    };
    check(" | | 添置书架 | 12组 | 12组 | 2O.00 | 20.00", "添置书架 12组 12组 2O.00 20.00");
    check(" | | 添置书架 | 12组 | 12组 | IO | 9.5", "添置书架 12组 12组 IO 9.5");
    check(" | | 添置书架 | 12组 | 12组 | 20 | 2O | 无", "添置书架 12组 12组 20 2O");
    check(" | | 验收合格率 | 9O$ | 95$ | l2 | 12", "验收合格率 9O$ 95$ l2 12");
    // A figure that lost its point is one figure still.
    check(" | | 添置书架 | 12组 | 12组 | 20 | 1950", "添置书架 12组 12组 20 1950");
    let page = [
        "项目绩效自评表",
        "项目资金(万元) | | 预算数 | 执行数 | 分值 | 执行率 | 得分",
        " | 年度资金总额 | 30.00 | 3O.00 | 1O | 10O$ | l0",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 90 | 9O",
        "总分 | | | | | 1O0 | 97.I5",
    ];
    let form = Reconciler::new().rebuild(&document(&page)).forms.remove(0);
    let text = |at: &str| form.cell(at.parse().expect("a leaf")).map(|it| it.text.as_str());
    let funds = ["executed", "weight", "rate", "score"].map(|it| text(&format!("/funds/0/{it}")));
    assert_eq!(funds, [Some("3O.00"), Some("1O"), Some("10O$"), Some("l0")]);
    assert_eq!([text("/total/weight"), text("/total/score")], [Some("1O0"), Some("97.I5")]);
}

#[test]
fn a_name_alone_and_values_alone_are_one_row() {
    let check = |drawn: &[&str], expected: &[&str], is_cut: bool| {
        let (rows, codes) = rows(drawn);
        assert_eq!(rows, expected, "{drawn:?}");
        assert_eq!(codes.iter().any(|it| it == "R08"), is_cut, "{drawn:?}: {codes:?}");
    };
    let row = ["添置书架 12组 12组 20 20"];
    check(&[" | | 添置书架", "- 5 -", " | | | 12组 | 12组 | 20 | 20"], &row, true);
    check(&[" | | 添置书架", " | | | 12组 | 12组 | 20 | 20"], &row, true);
    // The values have a name of their own.
    check(
        &[" | 质量指标 | 添置书架", " | | 添置桌椅 | 12组 | 12组 | 20 | 20"],
        &["添置书架 - - - -", "添置桌椅 12组 12组 20 20"],
        false,
    );
}

#[test]
fn a_text_alone_among_the_values_goes_on_where_the_row_above_stopped() {
    let check = |drawn: &[&str], expected: &[&str]| {
        let (rows, _) = rows(drawn);
        assert_eq!(rows, expected, "{drawn:?}");
    };
    check(
        &[" | | 设施完好 | 有效提升 | 达成预期 | 20 | 20", " | | | | 指标 | | "],
        &["设施完好 有效提升 达成预期指标 20 20"],
    );
    check(
        &[" | | 完工时间 | 年底 | 已完成 | 20 | 20", " | | | 前完成 | | | ", " | | 维修次数 | 3次 | 3次 | 20 | 20"],
        &["完工时间 年底前完成 已完成 20 20", "维修次数 3次 3次 20 20"],
    );
}

#[test]
fn a_subtotal_stands_over_the_rows_above_it_healed_or_not() {
    let page = [
        "项目绩效自评表",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 达成预期 | 60 | 60",
        " | | | | 指标 | | ",
        "小计 | | | | | 60 | 60",
        "效益指标 | 社会效益指标 | 读者增长 | 有效 | 有效 | 40 | 40",
        "小计 | | | | | 40 | 40",
    ];
    let form = Reconciler::new().rebuild(&document(&page)).forms.remove(0);
    let rows: Vec<_> = form.points.iter().map(|it| it.rows.clone()).collect();
    assert_eq!(rows, [0..1, 1..2]);
}

#[test]
fn runs_of_unequal_length_tell_nothing() {
    let check = |drawn: &[&str], expected: &[&str]| {
        let (rows, codes) = rows(drawn);
        assert_eq!(rows, expected, "{drawn:?}");
        assert!(!codes.iter().any(|it| it == "R14"), "{drawn:?}: {codes:?}");
    };
    let names = ["验收合格率 - - - -", "返修率 - - - -"];
    check(&["| 质量指标 | 验收合格率", "| | 返修率", "总分 | | | | | 20 | 20"], &names);
    // Rows that are whole stay so.
    let whole = ["三", "四"].map(|it| format!("{it}号楼加固 3间 3间 20 20"));
    let stays = [names[0], names[1], &whole[0], &whole[1]];
    let drawn = [
        "| 质量指标 | 验收合格率",
        "| | 返修率",
        "| | 三号楼加固 | 3间 | 3间 | 20 | 20",
        "| | 四号楼加固 | 3间 | 3间 | 20 | 20",
    ];
    check(&drawn, &stays);
}

#[test]
fn a_head_in_one_cell_opens_a_form() {
    let check = |head: &str, n_forms: usize| {
        let header = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分";
        let row = "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 100 | 100";
        let page = ["项目名称:修缮项目 | | |", header, row, head, header, row];
        assert_eq!(Reconciler::new().rebuild(&document(&page)).forms.len(), n_forms, "{head}");
    };
    check("项目名称:道路养护 | | |", 2);
    check("项目名称道路养护 | | |", 2);
    check(" | | 项目名称公示率 | 100%", 1);
}

#[test]
fn amounts_run_together_are_parted_where_the_rate_holds() {
    let check = |line: &str, expected: [Option<&str>; 4]| {
        let page = [
            "项目绩效自评表",
            "项目资金(元) | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
            line,
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
            "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 90 | 90",
        ];
        let form = Reconciler::new().rebuild(&document(&page)).forms.remove(0);
        let text =
            |field: &str| form.cell(format!("/funds/0/{field}").parse().expect("a leaf")).map(|it| it.text.as_str());
        assert_eq!(["revised", "executed", "rate", "weight"].map(text), expected, "{line}");
    };
    let ten = Some("10");
    check(" | 年度资金总额 | 2143 | 23302166 | | 10 | 92.96% | 9.3", [Some("2330"), Some("2166"), Some("92.96%"), ten]);
    check(" | 年度资金总额 | 18 | 1817 | | 10 | 94.44% | 9.4", [Some("18"), Some("17"), Some("94.44%"), ten]);
    check(
        " | 年度资金总额 | 8117567 | 75865126827860 | | 10 | 90.00% | 9",
        [Some("7586512"), Some("6827860"), Some("90.00%"), ten],
    );
    check(
        " | 年度资金总额 | 1405.1579 | 1405.15791194.3842 | | 10 | 85.00% | 8.5",
        [Some("1405.1579"), Some("1194.3842"), Some("85.00%"), ten],
    );
    // The rate holds nowhere, or no amount is lacking.
    check(" | 年度资金总额 | 2143 | 23302166 | | 10 | 50.00% | 5", [Some("23302166"), None, Some("50.00%"), ten]);
    check(
        " | 年度资金总额 | 2143 | 1817 | 1716 | 10 | 94.44% | 9.4",
        [Some("1817"), Some("1716"), Some("94.44%"), ten],
    );
}

#[test]
fn a_list_of_projects_is_no_head_of_a_form() {
    let page = [
        "序号 | 项目名称 | 预算数(万元) | 执行数(万元) | 自评得分",
        "1 | 修缮项目 | 30 | 27 | 98",
        "2 | 道路养护 | 20 | 20 | 100",
        "项目名称 | 修缮项目 | | |",
        "项目资金(万元) | | 年初预算数 | 全年预算数 | 全年执行数",
        " | 年度资金总额 | 30 | 30 | 27",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 100 | 98",
    ];
    let forms = Reconciler::new().rebuild(&document(&page)).forms;
    let project: Vec<_> = forms.iter().filter_map(|it| it.project.as_ref()).map(|it| it.text.as_str()).collect();
    assert_eq!(project, ["修缮项目"]);
    let revised = forms.first().and_then(|it| it.funds.first()?.revised.as_ref()).map(|it| it.text.as_str());
    assert_eq!(revised, Some("30"));
}
