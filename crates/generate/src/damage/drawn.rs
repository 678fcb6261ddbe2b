//! Small forms for the tests of damage, drawn by hand: their rows and labels vary with the seed, their spans are real.

use gouji_model::{FundsField, IndicatorField, Pointer};

use crate::{
    Cell, Content, Drawing, Fault, Field, Item, Line, LineRole, Rng, Row, RowKind, Truth, TruthFunds, TruthIndicator,
};

const CLASSES: [(&str, &str, &[&str]); 3] = [
    ("产出指标", "50", &["数量指标", "质量指标", "时效指标"]),
    ("效益指标", "30", &["社会效益指标", "可持续影响指标"]),
    ("满意度指标", "10", &["服务对象满意度指标"]),
];

const VALUES: [(&str, &str, &str); 6] = [
    ("购置办公设备数量", "≥12台", "12台"),
    ("工程验收合格率达到要求", "≥95%", "98.5%"),
    ("项目按期完成及时程度", "2021年12月底前", "2021年12月底前完成"),
    ("改善群众生产生活条件", "效果明显", "效果明显"),
    ("受益群众满意程度", "≥90%", "100%"),
    ("开展监督检查次数", "10次", "10次"),
];

/// Columns: block, 一级指标, 二级指标, name, target, actual, weight, score, reason.
const WIDTH: usize = 9;

const INDICATOR_HEAD: [&str; WIDTH] =
    ["", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"];

/// A document of so many forms.
pub(super) fn drawing(seed: u64, forms: usize) -> Drawing {
    let mut rng = Rng::new(seed);
    let mut drawn = Drawing { layout: "A1".to_owned(), ..Drawing::default() };
    for form in 0..forms {
        draw_form(&mut drawn, &mut rng, form);
    }
    drawn.faults.push(Fault {
        kind: "the total is not the sum",
        form: forms - 1,
        codes: &["A01"],
        at: vec![Pointer::TotalScore],
        also: &[],
    });
    drawn.faults.push(Fault {
        kind: "more than the weight",
        form: 0,
        codes: &["W01"],
        at: vec![Pointer::Indicator(2, IndicatorField::Score)],
        also: &[],
    });
    drawn
}

fn draw_form(drawn: &mut Drawing, rng: &mut Rng, form: usize) {
    let mut truth = Truth {
        kind: "self_evaluation".to_owned(),
        ordinal: form + 1,
        year: Some("2021".to_owned()),
        project: Some(format!("农村公路养护补助资金{}", ["", "二期", "三期"][form])),
        department: Some("云岭县交通运输局".to_owned()),
        unit: Some("云岭县公路养护中心".to_owned()),
        funds_unit: Some("万元".to_owned()),
        total_weight: Some("100".to_owned()),
        total_score: Some("97.5".to_owned()),
        ..Truth::default()
    };
    let line = |text: &str, role, leaf: Option<Pointer>| {
        Item::Line(Line { text: text.to_owned(), role, field: leaf.map(|leaf| Field { form, leaf }) })
    };
    drawn.items.push(line("项目支出绩效自评表", LineRole::Title, None));
    drawn.items.push(line("(2021年度)", LineRole::Part, Some(Pointer::Year)));
    drawn.items.push(Item::TableStart);
    let mut push = |kind, cells: Vec<Cell>| drawn.items.push(Item::Row(Row { form, kind, cells }));
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let value = |it: &Option<String>, leaf| Cell::value(text(it), form, leaf);
    push(RowKind::Head, spread(vec![(Cell::label("项目名称"), 2), (value(&truth.project, Pointer::Project), 7)]));
    push(
        RowKind::Head,
        spread(vec![
            (Cell::label("主管部门"), 2),
            (value(&truth.department, Pointer::Department), 3),
            (Cell::label("实施单位"), 2),
            (value(&truth.unit, Pointer::Unit), 2),
        ]),
    );
    draw_funds(&mut truth, form, &mut push);
    draw_indicators(&mut truth, rng, form, &mut push);
    let mut total = spread(vec![(Cell::label("总分"), 6)]);
    total.push(value(&truth.total_weight, Pointer::TotalWeight));
    total.push(value(&truth.total_score, Pointer::TotalScore));
    total.push(Cell::default());
    total[8] = Cell::plain("", Content::Blank);
    push(RowKind::Total, total);
    drawn.items.push(Item::TableEnd);
    drawn.truth.push(truth);
}

/// Cells with the columns that they span, and the covered ones behind them.
fn spread(cells: Vec<(Cell, usize)>) -> Vec<Cell> {
    let mut row = Vec::new();
    for (mut cell, columns) in cells {
        cell.columns = columns;
        row.push(cell);
        row.extend(std::iter::repeat_n(Cell::covered(), columns - 1));
    }
    row
}

fn draw_funds(truth: &mut Truth, form: usize, push: &mut impl FnMut(RowKind, Vec<Cell>)) {
    let lines = [
        ("年度资金总额", "547.98", "541.6", "10", "98.84%", "9.88"),
        ("其中:财政拨款", "547.98", "541.6", "—", "98.84%", "—"),
        ("其他资金", "", "", "", "", ""),
    ];
    let label = |it: &str| Cell::label(it);
    let unit = Cell::value("项目资金(万元)", form, Pointer::FundsUnit);
    let mut head = spread(vec![(unit, 2)]);
    head[0].rows = lines.len() + 1;
    head.extend(["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"].map(label));
    push(RowKind::FundsHead, head);
    let some = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
    for (idx, (name, amount, spent, weight, rate, score)) in lines.into_iter().enumerate() {
        truth.funds.push(TruthFunds {
            label: some(name),
            budget: some(amount),
            revised: some(amount),
            executed: some(spent),
            weight: some(weight),
            rate: some(rate),
            score: some(score),
            ..TruthFunds::default()
        });
        let mut cells = vec![Cell::covered(), Cell::covered()];
        let texts = [name, amount, amount, spent, weight, rate, score];
        cells.extend(FundsField::ALL.iter().zip(texts).map(|(field, text)| {
            let leaf = Pointer::Funds(idx, *field);
            if text.is_empty() { Cell::plain("", Content::Blank) } else { Cell::value(text, form, leaf) }
        }));
        push(RowKind::Funds(idx), cells);
    }
}

fn draw_indicators(truth: &mut Truth, rng: &mut Rng, form: usize, push: &mut impl FnMut(RowKind, Vec<Cell>)) {
    let counts: Vec<Vec<usize>> =
        CLASSES.iter().map(|it| it.2.iter().map(|_| [1, 1, 2, 3][rng.below(4)]).collect()).collect();
    let n_rows: usize = counts.iter().flatten().sum();
    let mut head: Vec<Cell> = INDICATOR_HEAD.iter().map(|it| Cell::label(*it)).collect();
    head[0] = Cell { rows: n_rows + 1, ..Cell::label("绩效指标") };
    push(RowKind::IndicatorHead, head);
    let has_points = rng.chance(2);
    for ((upper, points, lowers), counts) in CLASSES.iter().zip(&counts) {
        for (lower_idx, (lower, count)) in lowers.iter().zip(counts).enumerate() {
            for nth in 0..*count {
                let idx = truth.indicators.len();
                let (name, target, actual) = VALUES[rng.below(VALUES.len())];
                let name = format!("{}{name}", ["东山村", "石桥镇", "南湖街道", "白水镇"][(idx + form) % 4]);
                let (weight, score) = [("10", "10"), ("5", "4.5"), ("22.5", "22.5"), ("7", "6")][rng.below(4)];
                let reason = if rng.chance(4) { "受疫情影响部分工作推迟" } else { "" };
                let some = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
                truth.indicators.push(TruthIndicator {
                    l1: some(upper),
                    l1_weight: some(points).filter(|_| has_points),
                    l2: some(lower),
                    name: some(&name),
                    target: some(target),
                    actual: some(actual),
                    weight: some(weight),
                    score: some(score),
                    reason: some(reason),
                    ..TruthIndicator::default()
                });
                let value = |text: &str, field| Cell::value(text, form, Pointer::Indicator(idx, field));
                let label = if has_points { format!("{upper}({points}分)") } else { (*upper).to_owned() };
                let is_first = lower_idx == 0 && nth == 0;
                let tall = |text: &str, field, rows| Cell { rows, ..value(text, field) };
                let l1 = if is_first { tall(&label, IndicatorField::L1, counts.iter().sum()) } else { Cell::covered() };
                let l2 = if nth == 0 { tall(lower, IndicatorField::L2, *count) } else { Cell::covered() };
                let reason = if reason.is_empty() {
                    Cell::plain("", Content::Blank)
                } else {
                    value(reason, IndicatorField::Reason)
                };
                let cells = vec![
                    Cell::covered(),
                    l1,
                    l2,
                    value(&name, IndicatorField::Name),
                    value(target, IndicatorField::Target),
                    value(actual, IndicatorField::Actual),
                    value(weight, IndicatorField::Weight),
                    value(score, IndicatorField::Score),
                    reason,
                ];
                push(RowKind::Indicator(idx), cells);
            }
        }
    }
}

/// The drawing as text: cells between tabs, lines as they are, `--` for the ends of tables.
pub(super) fn text(drawing: &Drawing) -> String {
    let mut out = String::new();
    for item in &drawing.items {
        match item {
            Item::TableStart | Item::TableEnd => out.push_str("--"),
            Item::Line(line) => out.push_str(&line.text),
            Item::Row(row) => {
                let texts: Vec<&str> = row.cells.iter().map(|it| it.text.as_str()).collect();
                out.push_str(texts.join("|").trim_end_matches('|'));
            }
        }
        out.push('\n');
    }
    out
}
