//! Properties of the reconciler over arbitrary documents: it never panics, it is deterministic, and it never prints a
//! figure that the document does not hold.

use gouji_model::{
    Block, Cell, Document, Form, Format, FundsField, Grid, GridCell, GridKind, GridRow, IndicatorField, Place, Pointer,
    Slot, TextBlock,
};
use gouji_reconcile::Reconciler;
use proptest::prelude::*;

/// Cells that forms hold, those that make trouble among them.
fn cell() -> impl Strategy<Value = String> {
    let words = [
        "",
        "",
        "",
        "",
        "项目名称",
        "主管部门",
        "实施单位",
        "项目资金 (万元)",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
        "年度资金总额:",
        "其中:财政拨款",
        "其他资金",
        "年度总体目标",
        "预期目标",
        "实际完成情况",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "偏差原因分析及改进措施",
        "绩效 指标 (90分)",
        "产出指标 (50分)",
        "效益指标",
        "满意度指标 (10分)",
        "(50分)",
        "数量指标",
        "质量指标",
        "成本 指标",
        "社会效益",
        "服务对象满意度指标",
        "总 分 98",
        "总分",
        "小计",
        "优",
        "—",
        "≥95%",
        "100",
        "12.5",
        "0",
        "10",
        "3.7万元",
        "2024年6月底前",
        "1.修缮阅览室",
        "2、添置书架",
        "完成值达到指标值, 记满分",
        "人手不足，未能完成",
        "99999999999999999999",
        "-5",
        "1,234.5",
        "項(xiàng)目",
        "((((",
        "。",
        "\u{feff}",
    ];
    prop_oneof![
        8 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

fn document() -> impl Strategy<Value = Document> {
    let text = prop_oneof![
        Just("项目支出绩效自评表".to_owned()),
        Just("(2023年度)".to_owned()),
        Just("注:1.得分不得超过分值".to_owned()),
        Just("数量指标 修缮阅览室 3间 3间 10 10".to_owned()),
        cell(),
    ];
    let line = prop_oneof![
        1 => text.prop_map(Err),
        5 => prop::collection::vec(cell(), 1..12).prop_map(Ok),
    ];
    prop::collection::vec((line, any::<bool>()), 0..40).prop_map(|lines| {
        let mut blocks: Vec<Block> = Vec::new();
        for ((line, break_before), number) in lines.into_iter().zip(1..) {
            match line {
                Err(text) => {
                    let place = Place::in_text(number, 1);
                    blocks.push(Block::Text(TextBlock { text, raw: None, place, break_before }));
                }
                Ok(cells) => {
                    let n_cols = 12;
                    let mut slots: Vec<Slot> = cells
                        .into_iter()
                        .zip(1..)
                        .map(|(text, col)| {
                            let place = Place::in_text(number, col);
                            Slot::Cell(Box::new(GridCell {
                                text,
                                raw: None,
                                stored: None,
                                place,
                                n_rows: 1,
                                n_cols: 1,
                            }))
                        })
                        .collect();
                    slots.resize(n_cols, Slot::Empty);
                    let row = GridRow { slots, place: Place::in_text(number, 1), break_before };
                    match blocks.last_mut() {
                        Some(Block::Grid(grid)) => grid.rows.push(row),
                        _ => blocks.push(Block::Grid(Grid {
                            kind: GridKind::Separated,
                            n_cols,
                            rows: vec![row],
                            nested_in: None,
                            is_hidden: false,
                        })),
                    }
                }
            }
        }
        Document::new(Format::OcrText, blocks)
    })
}

/// Every text of a document without blanks, in order.
fn printed(document: &Document) -> String {
    let mut printed = String::new();
    let mut push = |text: &str| printed.extend(text.chars().filter(|it| !it.is_whitespace() && *it != '\u{feff}'));
    for block in &document.blocks {
        match block {
            Block::Text(block) => push(&block.text),
            Block::Grid(grid) => {
                for slot in grid.rows.iter().flat_map(|it| &it.slots) {
                    if let Slot::Cell(cell) = slot {
                        push(&cell.text);
                    }
                }
            }
        }
    }
    printed
}

/// The leaves whose value is what a cell prints, not a label that was resolved.
fn values(form: &Form) -> Vec<(Pointer, &Cell)> {
    let mut at = vec![Pointer::TotalWeight, Pointer::TotalScore, Pointer::Project, Pointer::Unit, Pointer::Department];
    for idx in 0..form.funds.len() {
        let fields = FundsField::ALL.iter().filter(|it| **it != FundsField::Label);
        at.extend(fields.map(|it| Pointer::Funds(idx, *it)));
    }
    for idx in 0..form.indicators.len() {
        let fields = [IndicatorField::Weight, IndicatorField::Score, IndicatorField::Target, IndicatorField::Actual];
        at.extend(fields.map(|it| Pointer::Indicator(idx, it)));
    }
    at.into_iter().filter_map(|it| Some((it, form.cell(it)?))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_figure_is_made_up(document in document()) {
        let reconciler = Reconciler::new();
        let rebuilt = reconciler.rebuild(&document);
        prop_assert_eq!(&rebuilt, &reconciler.rebuild(&document));
        prop_assert_eq!(rebuilt.forms.is_empty(), rebuilt.formless.is_some());
        let printed = printed(&document);
        for form in &rebuilt.forms {
            for (at, cell) in values(form) {
                prop_assert!(!cell.text.trim().is_empty(), "{} is empty", at);
                for figure in cell.text.split(|it: char| !it.is_ascii_digit() && it != '.') {
                    prop_assert!(printed.contains(figure), "{}: {:?} is not printed", at, cell.text);
                }
            }
            for repair in &form.repairs {
                for at in &repair.at {
                    prop_assert!(names_a_place(form, *at), "{} names {}", repair.code, at);
                }
            }
            for other in &form.alternatives {
                prop_assert_eq!(other.at.len(), other.values.len());
                prop_assert!(other.at.iter().all(|it| names_a_place(form, *it)));
            }
        }
    }
}

/// Whether a pointer names a leaf of the form or the place where it would stand.
fn names_a_place(form: &Form, at: Pointer) -> bool {
    match at {
        Pointer::Funds(idx, _) => idx < form.funds.len(),
        Pointer::Indicator(idx, _) | Pointer::Row(idx) => idx < form.indicators.len(),
        Pointer::PointsValue(idx) | Pointer::PointsScore(idx) => idx < form.points.len(),
        Pointer::Note(idx) => idx < form.notes.len(),
        Pointer::Text(idx) => idx < form.texts.len(),
        _ => true,
    }
}
