//! One small form by every program that public bodies use, and what is read of it. `tools/odd_sheets.py` writes the files.

use std::path::Path;

use expect_test::{Expect, expect};
use gouji_model::{Block, Document, Format, Grid, Limits, Slot, Source};

fn document(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("odd").join(name);
    let bytes = std::fs::read(path).unwrap();
    gouji_ingest_sheet::read(&Source { name, bytes: &bytes }, Format::Xlsx, &Limits::default()).unwrap()
}

/// `text`, `=stored`, `rows x columns`, one row a line; a row behind an empty one has a line before it.
fn drawn(grid: &Grid) -> String {
    let slot = |it: &Slot| match it {
        Slot::Cell(it) => {
            let stored = it.stored.as_ref().map_or_else(String::new, |it| format!(" ={it}"));
            let span = if it.n_rows + it.n_cols == 2 { String::new() } else { format!(" {}x{}", it.n_rows, it.n_cols) };
            let text: String = it.text.chars().take(12).collect();
            format!("{}{stored}{span}", text.replace('\n', "⏎"))
        }
        Slot::Covered { .. } => "^".to_owned(),
        Slot::Empty => String::new(),
    };
    let row = |it: &gouji_model::GridRow| {
        let cells: Vec<String> = it.slots.iter().map(slot).collect();
        format!("{}{}\n", if it.break_before { "\n" } else { "" }, cells.join(" | ").trim_end())
    };
    let first = grid.rows.iter().flat_map(|it| &it.slots).find_map(|it| match it {
        Slot::Cell(it) => Some(format!("{}!{}", it.place.sheet.as_deref()?, it.place.cell.as_deref()?)),
        _ => None,
    });
    let mark = if grid.is_hidden { " hidden" } else { "" };
    format!("--- {}{mark}\n{}", first.unwrap_or_default(), grid.rows.iter().map(row).collect::<String>())
}

fn check(name: &str, expected: &Expect) {
    expected.assert_eq(&said(name));
}

/// All that is read of a file.
fn said(name: &str) -> String {
    let document = document(name);
    let mut acc = String::new();
    for block in &document.blocks {
        match block {
            Block::Grid(it) => acc.push_str(&drawn(it)),
            Block::Text(it) => acc.push_str(&format!("text {}\n", it.text)),
        }
    }
    for note in &document.notes {
        acc.push_str(&format!("* {}\n", note.message.en));
    }
    acc
}

#[test]
fn one_sheet_is_read_alike_whoever_wrote_it() {
    let first = said("openpyxl.xlsx");
    expect![[r#"
        text 项目绩效自评表
        --- 自评表!A2
        项目名称 | 阅览室修缮 |  | 实施单位 | 某市图书馆
        一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
        产出指标 3x1 | 修缮面积 | ≥735平方米 | 735平方米 | 29.19 =29.1898
        ^ | 验收合格率 | 100% | 97.00% | 30
        ^ | 完工 | 2020年12月1日 | 2020/11/28 | 10
        总分 |  |  |  | 69.19

         | 备注⏎两行 | TRUE | 一二 | #DIV/0!
        --- 自评表!G4 hidden

         |  |  |  | 50%
        旧数 | 90% | 90% | 1 |
        --- 去年!A1 hidden

        项目绩效自评表 |
        项目名称 | 别的项目
        text 单位:万元
        * sheet 自评表: 5 filled cells are not seen (row 5, column G) and not read into a form
        * the sheet 去年 is hidden: 3 cells are filled and not read as a form
    "#]]
    .assert_eq(&first);
    for name in ["openpyxl-office.xlsx", "openpyxl-office.xls", "openpyxl-office.ods"] {
        assert_eq!(said(name), first, "{name}");
    }
}

#[test]
fn a_formula_without_a_result_is_a_missing_cell_and_told() {
    let with = document("openpyxl.xlsx");
    let without = document("formula.xlsx");
    let texts = |it: &Document| {
        let grid = it.blocks.iter().find_map(|it| if let Block::Grid(it) = it { Some(it) } else { None });
        grid.map(drawn).unwrap_or_default()
    };
    assert_eq!(texts(&with).replace(" 69.19", ""), texts(&without));
    let told: Vec<&str> =
        without.notes.iter().map(|it| it.message.en.as_str()).filter(|it| it.contains("formula")).collect();
    assert_eq!(told, ["formulas without a stored result, so that the cell is missing, not zero: E8"]);
}

#[test]
fn results_runs_days_since_1904_and_texts_of_digits() {
    check(
        "xlsxwriter.xlsx",
        &expect![[r#"
        --- 表1!A1
        全年预算数 | 全年执行数 | 执行率 |  |
        547.98 | 541.60 | 98.84% =98.8357239315304% | 已执行 | #DIV/0!
        优良中 | 2020-03-05 | 007 |  |
    "#]],
    );
}

#[test]
fn what_notebooks_write() {
    check(
        "pandas.xlsx",
        &expect![[r#"
        --- Sheet1!A1
        一级指标 | 三级指标 | 实际完成值 | 完成率
        产出指标 | 修缮面积 | 735 | 0.97
        效益指标 | 读者满意度 |  | 1
    "#]],
    );
}

#[test]
fn what_scripts_write_for_old_programs() {
    check(
        "xlwt.xls",
        &expect![[r#"
            text 预算执行情况
            --- 表1!A2
            全年预算数 | 全年执行数 | 执行率
            547.98 | 541.6 | 98.84% =98.8357239315304%
            xxxxxxxxxxxx |  |
            --- 表1!A4 hidden

            旧数
            * sheet 表1: 1 filled cell is not seen (row 4) and not read into a form
        "#]],
    );
}

/// calamine is another reader of the same formats: what it finds in a cell is what we print there, unless a format says
/// otherwise.
#[test]
fn another_reader_finds_the_same_cells() {
    use calamine::Reader as _;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("odd");
    for name in [
        "openpyxl.xlsx",
        "openpyxl-office.xlsx",
        "openpyxl-office.xls",
        "openpyxl-office.ods",
        "xlsxwriter.xlsx",
        "pandas.xlsx",
        "xlwt.xls",
    ] {
        let mut other = calamine::open_workbook_auto(folder.join(name)).unwrap();
        let mut theirs = 0;
        for sheet in other.sheet_names() {
            theirs +=
                other.worksheet_range(&sheet).unwrap().used_cells().filter(|it| !it.2.to_string().is_empty()).count();
        }
        let filled = |it: &Block| match it {
            Block::Text(_) => 1,
            Block::Grid(it) => it.rows.iter().flat_map(|it| &it.slots).filter(|it| matches!(it, Slot::Cell(_))).count(),
        };
        let ours: usize = document(name).blocks.iter().map(filled).sum();
        assert_eq!(ours, theirs, "{name}");
    }
}
