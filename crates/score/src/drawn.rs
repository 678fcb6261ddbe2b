//! Drawn forms: small forms as they look on paper, with what a check has to say of them, for doc comments and tests.
//!
//! In: the blocks fenced with `form` in a check's doc comment. Out: forms and expected findings.
//!
//! ```text
//! 资金         | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分     heads of the funds block
//! 年度资金总额 | 24         | 18         | 10   | 75%    | 7.5      a line of it
//!
//! 一级指标     | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
//! 产出指标(50) | 数量指标 | 培训人数 | 50人       | 47人       | 10   | 9.4
//!              |          | 培训班数 | 2期        | 2期        | 40   | 40      a blank label is filled down
//! 总分 | 100 | 97.2
//! 实施单位:                          a printed label with an empty cell
//! @ocr                               the cells came through character recognition
//! @alternative /total/score = 97     another reading of like cost
//! @rendered /total/score = 97        the form is printed twice, and the other copy has this
//! fires /funds/0/rate contradiction  what the check says, one line a finding
//! 另一文件                           the next form stands in another document of the run
//! fires across 1:/total/score 2:/total/score suspicion medium
//!                                    what is said over the documents: their numbers and cells
//! quiet                              or nothing
//! ----                               another document
//! ```

use gouji_model::{
    Alternative, Bilingual, Cell, ColumnsFrom, Form, FormKind, Format, FundsField, FundsLine, FundsRole, Indicator,
    IndicatorField, NamedText, Pointer, Points, Repair,
};

/// A drawn document, or a run of several, and what a check has to say of it.
#[derive(Debug)]
pub(crate) struct Drawing {
    /// The forms of all its documents.
    pub(crate) forms: Vec<Form>,
    /// Where a document begins, the first apart.
    breaks: Vec<usize>,
    pub(crate) format: Format,
    /// Codes that take part besides the check that is drawn.
    pub(crate) others: Vec<String>,
    /// `POINTER[,POINTER] class`, sorted.
    pub(crate) expected: Vec<String>,
    pub(crate) is_quiet: bool,
    pub(crate) text: String,
}

/// The drawings of a doc comment.
pub(crate) fn drawings(doc: &str) -> Vec<Drawing> {
    let mut found = Vec::new();
    let mut block: Option<String> = None;
    for line in doc.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (&mut block, line.trim()) {
            (None, "```form") => block = Some(String::new()),
            (Some(text), "```" | "----") => {
                found.push(draw(text));
                block = (line.trim() == "----").then(String::new);
            }
            (Some(text), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, _) => {}
        }
    }
    assert!(block.is_none(), "a drawing is not closed:\n{doc}");
    found
}

impl Drawing {
    /// The forms, document by document.
    pub(crate) fn documents(&self) -> Vec<&[Form]> {
        let starts = std::iter::once(0).chain(self.breaks.iter().copied());
        let ends = self.breaks.iter().copied().chain([self.forms.len()]);
        starts.zip(ends).map(|(start, end)| &self.forms[start..end]).collect()
    }
}

enum Block {
    None,
    Funds(Vec<FundsField>),
    Rows(Vec<IndicatorField>),
}

/// One document.
pub(crate) fn draw(text: &str) -> Drawing {
    let mut drawing = Drawing {
        forms: vec![Form { ordinal: 1, renderings: 1, ..Form::default() }],
        breaks: Vec::new(),
        format: Format::Html,
        others: Vec::new(),
        expected: Vec::new(),
        is_quiet: false,
        text: text.to_owned(),
    };
    let mut block = Block::None;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if line == "同一文件的下一表" {
            let ordinal = drawing.forms.len() - drawing.breaks.last().copied().unwrap_or(0) + 1;
            drawing.forms.push(Form { ordinal, renderings: 1, ..Form::default() });
            block = Block::None;
            continue;
        }
        if line == "另一文件" {
            drawing.breaks.push(drawing.forms.len());
            drawing.forms.push(Form { ordinal: 1, renderings: 1, ..Form::default() });
            block = Block::None;
            continue;
        }
        if is_expectation(&mut drawing, line) {
            continue;
        }
        let form = drawing.forms.last_mut().expect("a drawing begins with a form");
        if let Some(directive) = line.strip_prefix('@') {
            direct(form, &mut drawing.format, &mut drawing.others, directive);
            continue;
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match cells[0] {
            "目标表" => form.kind = FormKind::Target,
            "资金" => {
                let fields: Vec<FundsField> = cells[1..].iter().map(|it| funds_head(it)).collect();
                form.printed.funds.fields = [&[FundsField::Label], fields.as_slice()].concat();
                form.printed.funds.from = ColumnsFrom::Header;
                block = Block::Funds(fields);
            }
            "一级指标" => {
                let fields: Vec<IndicatorField> = cells.iter().map(|it| row_head(it)).collect();
                form.printed.indicators.fields = fields.clone();
                form.printed.indicators.from = ColumnsFrom::Header;
                block = Block::Rows(fields);
            }
            "总分" => {
                form.printed.labels.push(Pointer::TotalScore);
                form.total.weight = cell(cells.get(1).copied());
                form.total.score = cell(cells.get(2).copied());
                block = Block::None;
            }
            _ if cells.len() == 1 && line.contains([':', '：']) && !line.starts_with("其中") => label(form, line),
            "小计" => {
                let range: Vec<usize> = cells[4].split("..").map(|it| it.parse().expect("rows a..b")).collect();
                form.points.push(Points {
                    label: Cell::drawn(cells[1]),
                    value: cell(Some(cells[2])),
                    score: cell(Some(cells[3])),
                    rows: range[0]..range[1],
                });
            }
            _ => match &block {
                Block::Funds(fields) => form.funds.push(funds_line(&cells, fields)),
                Block::Rows(fields) => {
                    let row = indicator(&cells, fields, form.indicators.last());
                    form.indicators.push(row);
                }
                Block::None => panic!("not understood: {line}\n{text}"),
            },
        }
    }
    drawing.expected.sort();
    assert!(drawing.is_quiet == drawing.expected.is_empty(), "says nothing, or both:\n{text}");
    drawing
}

fn is_expectation(drawing: &mut Drawing, line: &str) -> bool {
    if line == "quiet" {
        drawing.is_quiet = true;
        return true;
    }
    match line.strip_prefix("fires ") {
        Some(rest) => {
            drawing.expected.push(rest.trim().to_owned());
            true
        }
        None => false,
    }
}

fn direct(form: &mut Form, format: &mut Format, others: &mut Vec<String>, directive: &str) {
    let (name, rest) = directive.split_once(' ').unwrap_or((directive, ""));
    let pointers =
        |text: &str| -> Vec<Pointer> { text.split(',').map(|it| it.trim().parse().expect("a pointer")).collect() };
    match name {
        "ocr" => *format = Format::OcrText,
        "open-head" => form.printed.open_head = true,
        "open-tail" => form.printed.open_tail = true,
        "no-header" => form.printed.indicators.from = ColumnsFrom::Content,
        "with" => others.extend(rest.split(',').map(|it| it.trim().to_owned())),
        "alternative" => {
            let (at, values) = rest.split_once('=').expect("/pointer = value");
            let values = values.split(',').map(str::trim);
            form.alternatives.push(Alternative {
                at: pointers(at),
                values: values.map(|it| (!it.is_empty()).then(|| it.to_owned())).collect(),
                cost_centi: 40,
                why: Bilingual::new("画", "drawn"),
            });
        }
        "rendered" => {
            let (at, value) = rest.split_once('=').expect("/pointer = value");
            form.renderings = 2;
            form.alternatives.push(Alternative {
                at: pointers(at),
                values: vec![Some(value.trim().to_owned())],
                cost_centi: 40,
                why: Alternative::other_rendering(),
            });
        }
        "repair" => {
            let (code, at) = rest.split_once(' ').expect("CODE /pointer,…");
            form.repairs.push(Repair {
                code: code.to_owned().into(),
                at: pointers(at),
                what: Bilingual::new("画", "drawn"),
                evidence: Bilingual::new("画", "drawn"),
            });
        }
        _ => panic!("no directive @{name}"),
    }
}

fn label(form: &mut Form, line: &str) {
    let (name, value) = line.split_once([':', '：']).expect("has a colon");
    let value = cell(Some(value.trim()));
    let mut printed = |pointer| form.printed.labels.push(pointer);
    match name.trim() {
        "项目名称" => {
            printed(Pointer::Project);
            form.project = value;
        }
        "实施单位" => {
            printed(Pointer::Unit);
            form.unit = value;
        }
        "主管部门" => {
            printed(Pointer::Department);
            form.department = value;
        }
        "年度" => {
            printed(Pointer::Year);
            form.year = value;
        }
        "单位" => form.funds_unit = value,
        "标题" => form.title = value,
        "目标" => form.goal.expected = value,
        "完成" => form.goal.achieved = value,
        "等级" => form.grade = value,
        "偏差" => {
            printed(Pointer::Deviation);
            form.deviation = value;
        }
        "注" => form.notes.extend(value),
        other => form.texts.push(NamedText { label: other.to_owned(), text: value }),
    }
}

fn cell(text: Option<&str>) -> Option<Cell> {
    text.map(str::trim).filter(|it| !it.is_empty()).map(Cell::drawn)
}

fn funds_head(head: &str) -> FundsField {
    match head {
        "年初预算数" => FundsField::Budget,
        "全年预算数" => FundsField::Revised,
        "全年执行数" => FundsField::Executed,
        "分值" => FundsField::Weight,
        "执行率" => FundsField::Rate,
        "得分" => FundsField::Score,
        _ => panic!("no column of the funds block: {head}"),
    }
}

fn row_head(head: &str) -> IndicatorField {
    match head {
        "一级指标" => IndicatorField::L1,
        "二级指标" => IndicatorField::L2,
        "三级指标" => IndicatorField::Name,
        "年度指标值" => IndicatorField::Target,
        "调整后指标值" => IndicatorField::Adjusted,
        "实际完成值" => IndicatorField::Actual,
        "分值" => IndicatorField::Weight,
        "得分" => IndicatorField::Score,
        "计算方法" => IndicatorField::Method,
        "偏差原因" => IndicatorField::Reason,
        _ => panic!("no column of the indicators: {head}"),
    }
}

fn funds_line(cells: &[&str], fields: &[FundsField]) -> FundsLine {
    let label = cells[0];
    let role = [
        ("总额", FundsRole::Total),
        ("总投资", FundsRole::Total),
        ("财政拨款", FundsRole::Fiscal),
        ("中央", FundsRole::Central),
        ("省", FundsRole::Provincial),
        ("自治区", FundsRole::Provincial),
        ("市", FundsRole::Local),
        ("结转", FundsRole::CarriedOver),
        ("单位资金", FundsRole::Own),
    ];
    let role = role.iter().find(|(word, _)| label.contains(word)).map_or(FundsRole::Other, |it| it.1);
    let mut line = FundsLine { label: cell(Some(label)), role, ..FundsLine::default() };
    for (field, text) in fields.iter().zip(&cells[1..]) {
        *line.field_mut(*field) = cell(Some(text));
    }
    line
}

fn indicator(cells: &[&str], fields: &[IndicatorField], above: Option<&Indicator>) -> Indicator {
    let mut row = Indicator::default();
    for (field, text) in fields.iter().zip(cells) {
        *row.field_mut(*field) = cell(Some(text));
    }
    let points = |label: &mut Option<Cell>| -> Option<Cell> {
        let text = label.as_ref()?.text.clone();
        let (name, rest) = text.split_once(['(', '（'])?;
        *label = cell(Some(name));
        cell(Some(rest.trim_end_matches([')', '）', '分'])))
    };
    row.l1_weight = points(&mut row.l1);
    row.l2_weight = points(&mut row.l2);
    if let Some(above) = above
        && row.l1.is_none()
    {
        row.l1 = above.l1.clone();
        row.l1_weight = above.l1_weight.clone();
        if row.l2.is_none() {
            row.l2 = above.l2.clone();
            row.l2_weight = above.l2_weight.clone();
        }
    }
    row
}
