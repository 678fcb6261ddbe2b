//! Leaves of a form as people call them: a pointer and the form go in, its name, its cell and its place come out.

use gouji_model::{Cell, Class, Form, Format, FundsField, IndicatorField, Level, Place, Pointer, VerdictKind};

use crate::Lang;
use crate::layout::{Tone, clean, clip};

/// Widest name of a row in the name of a leaf. Columns of a terminal: a dozen characters tell rows apart.
const ROW_NAME_COLUMNS: usize = 28;

/// Whether the pointer names one cell, printed or not, and not a row, a column or the form.
pub(crate) fn has_text(pointer: Pointer) -> bool {
    !matches!(pointer, Pointer::Form | Pointer::Row(_) | Pointer::Column(_))
}

/// Where the cell stands; for one that is not printed a cell of its row, column or block, else where the form begins.
pub(crate) fn nearest_place(form: &Form, pointer: Pointer) -> Option<&Place> {
    if let Some(cell) = form.cell(pointer) {
        return Some(&cell.place);
    }
    let in_funds = |line_idx| FundsField::ALL.iter().find_map(|it| form.cell(Pointer::Funds(line_idx, *it)));
    let in_row = |row_idx| {
        let first = [IndicatorField::Name, IndicatorField::Target];
        first.iter().chain(IndicatorField::ALL).find_map(|it| form.cell(Pointer::Indicator(row_idx, *it)))
    };
    let near = match pointer {
        Pointer::Funds(line_idx, _) => in_funds(line_idx),
        Pointer::Indicator(row_idx, _) | Pointer::Row(row_idx) => in_row(row_idx),
        Pointer::Column(field) => form.indicators.iter().find_map(|it| it.field(field)),
        Pointer::GoalExpected => form.goal.achieved.as_ref(),
        Pointer::GoalAchieved => form.goal.expected.as_ref(),
        Pointer::TotalWeight | Pointer::TotalScore | Pointer::Grade => {
            form.total.weight.as_ref().or(form.total.score.as_ref())
        }
        Pointer::PointsValue(idx) | Pointer::PointsScore(idx) => form.points.get(idx).map(|it| &it.label),
        _ => None,
    };
    near.or_else(|| {
        let head = [Pointer::Title, Pointer::Year, Pointer::Project, Pointer::Department, Pointer::Unit];
        head.iter().find_map(|it| form.cell(*it)).or_else(|| in_funds(0)).or_else(|| in_row(0))
    })
    .map(|it| &it.place)
}

/// Whether both name cells of one row of a block.
pub(crate) fn is_same_row(a: Pointer, b: Pointer) -> bool {
    match (a, b) {
        (Pointer::Funds(a, _), Pointer::Funds(b, _)) | (Pointer::Indicator(a, _), Pointer::Indicator(b, _)) => a == b,
        _ => false,
    }
}

/// What people call the leaf when its row has just been named: `同行 · 执行率`.
pub(crate) fn leaf_of_same_row(form: &Form, pointer: Pointer, lang: Lang) -> String {
    let same = lang.pick("同行", "same row");
    match pointer {
        Pointer::Funds(_, field) => format!("{same} · {}", funds_field(field, lang)),
        Pointer::Indicator(_, field) => format!("{same} · {}", indicator_field(field, lang)),
        other => leaf(form, other, lang),
    }
}

/// A text with the pointers in it by name, and the contract's words of hypotheses in the language of text.
pub(crate) fn with_names(form: &Form, text: &str, lang: Lang) -> String {
    let is_pointer = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '/' | '_' | '-');
    let mut acc = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.find('/').and_then(|at| rest.split_at_checked(at)) {
        let (word, after) = from.split_at(from.find(|it| !is_pointer(it)).unwrap_or(from.len()));
        acc.push_str(before);
        match word.parse() {
            Ok(pointer) => acc.push_str(&leaf(form, pointer, lang)),
            Err(_) => acc.push_str(word),
        }
        rest = after;
    }
    acc.push_str(rest);
    match lang {
        Lang::Zh => acc.replace(" read as empty", " 读作空").replace(" read as ", " 读作 "),
        Lang::En => acc,
    }
}

/// A hypothesis of the contract's words in the language of text.
pub(crate) fn hypothesis(form: &Form, text: &str, lang: Lang) -> String {
    match (lang, text.strip_prefix("unit is ")) {
        (Lang::Zh, _) if text == "truncated" => "按截尾而非四舍五入".to_owned(),
        (Lang::Zh, Some(unit)) => format!("单位为 {}", clean(unit)),
        _ => with_names(form, &clean(text), lang),
    }
}

/// What people call the leaf: `年度资金总额 · 执行率`. Rows count from 1.
pub(crate) fn leaf(form: &Form, pointer: Pointer, lang: Lang) -> String {
    let row = |text: Option<&Cell>| text.map(|it| clip(&clean(&it.text), ROW_NAME_COLUMNS).into_owned());
    let numbered = |zh: &str, en: &str, idx: usize| match lang {
        Lang::Zh => format!("{zh}第 {} 行", idx + 1),
        Lang::En => format!("{en} row {}", idx + 1),
    };
    let indicator = |row_idx: usize| {
        let number = numbered("指标", "indicator", row_idx);
        match form.indicators.get(row_idx).and_then(|it| row(it.name.as_ref())) {
            Some(name) => format!("{number} {name}"),
            None => number,
        }
    };
    let named = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match pointer {
        Pointer::Form => named("整张表", "the whole form"),
        Pointer::Title => named("标题", "title"),
        Pointer::Year => named("年度", "year"),
        Pointer::Project => named("项目名称", "project"),
        Pointer::Department => named("主管部门", "department"),
        Pointer::Unit => named("实施单位", "unit"),
        Pointer::FundsUnit => named("资金单位", "unit of the funds"),
        Pointer::Funds(line_idx, field) => {
            let label = form.funds.get(line_idx).and_then(|it| row(it.label.as_ref()));
            let label = label.unwrap_or_else(|| numbered("资金", "funds", line_idx));
            format!("{label} · {}", funds_field(field, lang))
        }
        Pointer::GoalExpected => named("年度总体目标 · 预期目标", "goal · expected"),
        Pointer::GoalAchieved => named("年度总体目标 · 实际完成情况", "goal · achieved"),
        Pointer::Indicator(row_idx, field) => format!("{} · {}", indicator(row_idx), indicator_field(field, lang)),
        Pointer::Row(row_idx) => indicator(row_idx),
        Pointer::Column(field) => match lang {
            Lang::Zh => format!("{}整列", indicator_field(field, lang)),
            Lang::En => format!("the whole column {}", indicator_field(field, lang)),
        },
        Pointer::TotalWeight => named("总分 · 分值", "total · weight"),
        Pointer::TotalScore => named("总分 · 得分", "total · score"),
        Pointer::Grade => named("等级", "grade"),
        Pointer::PointsValue(idx) | Pointer::PointsScore(idx) => {
            let label = form.points.get(idx).and_then(|it| row(Some(&it.label)));
            let label = label.unwrap_or_else(|| numbered("小计", "subtotal", idx));
            let is_value = matches!(pointer, Pointer::PointsValue(_));
            format!("{label} · {}", if is_value { lang.pick("分值", "points") } else { lang.pick("得分", "score") })
        }
        Pointer::Note(idx) => match lang {
            Lang::Zh => format!("注 {}", idx + 1),
            Lang::En => format!("note {}", idx + 1),
        },
        Pointer::Text(idx) => match form.texts.get(idx) {
            Some(text) => clip(&clean(&text.label), ROW_NAME_COLUMNS).into_owned(),
            None => numbered("文字", "text", idx),
        },
        Pointer::Deviation => named("偏差原因", "reasons for deviations"),
    }
}

pub(crate) fn funds_field(field: FundsField, lang: Lang) -> &'static str {
    match field {
        FundsField::Label => lang.pick("名称", "label"),
        FundsField::Budget => lang.pick("年初预算数", "initial budget"),
        FundsField::Revised => lang.pick("全年预算数", "budget of the year"),
        FundsField::Executed => lang.pick("全年执行数", "spent"),
        FundsField::Weight => lang.pick("分值", "weight"),
        FundsField::Rate => lang.pick("执行率", "rate"),
        FundsField::Score => lang.pick("得分", "score"),
    }
}

pub(crate) fn indicator_field(field: IndicatorField, lang: Lang) -> &'static str {
    match field {
        IndicatorField::L1 => lang.pick("一级指标", "level 1"),
        IndicatorField::L1Weight => lang.pick("一级指标分值", "points of level 1"),
        IndicatorField::L2 => lang.pick("二级指标", "level 2"),
        IndicatorField::L2Weight => lang.pick("二级指标分值", "points of level 2"),
        IndicatorField::Name => lang.pick("三级指标", "name"),
        IndicatorField::Target => lang.pick("年度指标值", "target"),
        IndicatorField::Adjusted => lang.pick("调整后指标值", "adjusted target"),
        IndicatorField::Actual => lang.pick("实际完成值", "actual"),
        IndicatorField::Weight => lang.pick("分值", "weight"),
        IndicatorField::Score => lang.pick("得分", "score"),
        IndicatorField::Method => lang.pick("计算方法", "method"),
        IndicatorField::Reason => lang.pick("偏差原因", "reason"),
    }
}

pub(crate) fn verdict(kind: VerdictKind, lang: Lang) -> (&'static str, Tone) {
    match kind {
        VerdictKind::Contradiction => (lang.pick("矛盾", "contradiction"), Tone::Contradiction),
        VerdictKind::Breach => (lang.pick("违规", "breach"), Tone::Breach),
        VerdictKind::Suspicion => (lang.pick("疑点", "suspicion"), Tone::Suspicion),
        VerdictKind::Unchecked => (lang.pick("未能核对", "unchecked"), Tone::Faint),
        VerdictKind::Consistent => (lang.pick("一致", "consistent"), Tone::Good),
    }
}

pub(crate) fn class(class: Class, confidence: Level, lang: Lang) -> (String, Tone) {
    match class {
        Class::Contradiction => (lang.pick("矛盾", "contradiction").to_owned(), Tone::Contradiction),
        Class::Breach => (lang.pick("违规", "breach").to_owned(), Tone::Breach),
        Class::Suspicion => {
            let text = format!("{}{}", lang.pick("疑点·", "suspicion, "), level(confidence, lang));
            (text, Tone::Suspicion)
        }
        Class::Note => (lang.pick("提示", "note").to_owned(), Tone::Faint),
    }
}

pub(crate) fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::High => lang.pick("高", "high"),
        Level::Medium => lang.pick("中", "medium"),
        Level::Low => lang.pick("低", "low"),
    }
}

pub(crate) fn format(format: Format, lang: Lang) -> &'static str {
    match format {
        Format::OcrText => lang.pick("OCR 文本", "OCR text"),
        Format::Markdown => "Markdown",
        Format::Html => "HTML",
        Format::Csv => "CSV",
        Format::Xlsx => "Excel",
        Format::Xls => lang.pick("旧版 Excel", "old Excel"),
        Format::Ods => "ODS",
        Format::Docx => "Word",
        Format::Pdf => "PDF",
    }
}

/// The name of a check, or its code if it is not in the rule book.
pub(crate) fn rule(code: &str, lang: Lang) -> &str {
    let meta = gouji_score::registry().iter().map(|it| it.meta()).find(|it| it.code == code);
    meta.map_or("", |it| lang.pick(it.name_zh, it.name))
}

/// `path:line:column`, as terminals and editors open it, with what else the format has: page, sheet and cell, part.
pub(crate) fn location(path: &str, place: Option<&Place>, lang: Lang) -> String {
    let mut acc = clean(path).into_owned();
    let Some(place) = place else { return acc };
    if let Some(part) = &place.part {
        acc = format!("{acc}/{}", clean(part));
    }
    for number in [place.line, place.column].into_iter().flatten() {
        acc = format!("{acc}:{number}");
    }
    if let Some(page) = place.page {
        acc = match lang {
            Lang::Zh => format!("{acc} 第 {page} 页"),
            Lang::En => format!("{acc} page {page}"),
        };
    }
    match (&place.sheet, &place.cell) {
        (Some(sheet), Some(cell)) => format!("{acc} {}!{}", clean(sheet), clean(cell)),
        (Some(name), None) | (None, Some(name)) => format!("{acc} {}", clean(name)),
        (None, None) => acc,
    }
}
