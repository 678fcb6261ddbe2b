//! X01: two printed copies of one form that do not say the same.

use gouji_model::{Alternative, Level, Pointer};
use gouji_quantity::{Kind, Value};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show, words};

check! {
    /// A form that is printed twice has to print the same figure twice.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训     | 50人       | 47人       | 60   | 56
    /// 总分 | 100 | 96
    /// @rendered /indicators/0/actual = 50人
    /// fires /indicators/0/actual contradiction
    /// ----
    /// @ocr
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训     | 50人       | 4.7人      | 60   | 56
    /// @rendered /indicators/0/actual = 47人
    /// fires /indicators/0/actual suspicion medium
    /// ```
    /// A copy that is cut off says nothing else, and words are read too badly to be held against a form:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值   | 分值 | 得分
    /// 产出指标 | 时效指标 | 租用     | 12月底     | 1月1日—12月底 | 60   | 56
    /// @rendered /indicators/0/actual = 1月1日—12月
    /// fires /indicators/0/actual note
    /// ```
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 维护     | 3.50万元   | 3.5万元    | 60   | 56
    /// @rendered /indicators/0/target = 3.5万元
    /// quiet
    /// ```
    X01 = Meta {
        code: "X01",
        name: "renderings-differ",
        name_zh: "两版不一致",
        class: "C/S2/note",
        severity: Level::Medium,
        summary_zh: "同一张表的两个版本在同一格印有不同内容",
        summary_en: "the same cell differs between two printed copies of a form",
        definition_zh: "同一文件中同一张表的两个版本，同一格应相同：数字不同为矛盾（经识别的格，一处误读可解释的为可疑），一个是另一个的开头为注，文字不同为可疑。",
        definition_en: "Two printed copies of one form agree in every cell: another figure is a contradiction (a suspicion where the cells came through \
                        character recognition and one edit makes them equal), a text that is the beginning of the other a note, other words a \
                        suspicion.",
        tolerance: "white space and width of characters; figures that round to each other agree",
        authority: "one form, one text",
        applies_when: "a form that is printed more than once",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if facts.form.renderings < 2 {
        return outcomes.not_applicable();
    }
    let before = outcomes.total();
    for alternative in facts.form.alternatives.iter().filter(|it| it.is_other_rendering()) {
        for (at, other) in pairs(alternative) {
            let Some(own) = facts.form.cell(at) else { continue };
            compare(facts, outcomes, at, &own.text, other);
        }
    }
    if outcomes.total() == before {
        outcomes.exact();
    }
}

fn pairs(alternative: &Alternative) -> impl Iterator<Item = (Pointer, &str)> {
    let values = alternative.values.iter().map(Option::as_deref);
    alternative.at.iter().copied().zip(values).filter_map(|(at, value)| Some((at, value?)))
}

fn compare(facts: &Facts<'_>, outcomes: &mut Outcomes, at: Pointer, own: &str, other: &str) {
    let (left, right) = (words::squeezed(own), words::squeezed(other));
    if left == right {
        return outcomes.exact();
    }
    let is_cut = |short: &str, long: &str| !short.is_empty() && long.starts_with(short) && !ends_in_figure(short, long);
    let mut raised = if is_cut(&left, &right) || is_cut(&right, &left) {
        Raised::new(&X01::META, Grade::Note)
    } else {
        match figures(&left, &right) {
            Figures::Equal => return outcomes.within_rounding(),
            Figures::Apart if facts.is_ocr && is_misread(&left, &right) => {
                Raised::new(&X01::META, Grade::S2).agrees_if(show::reading(at, Some(other)))
            }
            Figures::Apart => Raised::new(&X01::META, Grade::C),
            Figures::None => Raised::new(&X01::META, if facts.is_ocr { Grade::S3 } else { Grade::S2 }),
        }
    };
    raised = raised.at([at]).stated(own).recomputed(other).message(
        format!("两个版本不一致：一版印作“{own}”，另一版印作“{other}”"),
        format!("the two copies differ: one prints {own:?}, the other {other:?}"),
    );
    outcomes.raise(raised);
}

/// The longer text goes on with digits: 12 and 120 are two figures, not one that was cut.
fn ends_in_figure(short: &str, long: &str) -> bool {
    let is_figure = |it: char| it.is_ascii_digit() || matches!(it, '.' | ',' | '%' | '万' | '亿');
    let ends = short.chars().next_back().is_some_and(|it| it.is_ascii_digit() || it == '.');
    ends && long.get(short.len()..).and_then(|it| it.chars().next()).is_some_and(is_figure)
}

/// How the figures of two texts stand to each other.
enum Figures {
    Equal,
    Apart,
    None,
}

fn figures(left: &str, right: &str) -> Figures {
    let (left, right) = (gouji_quantity::read_value(left), gouji_quantity::read_value(right));
    if matches!((&left.kind, &right.kind), (Kind::Period(left), Kind::Period(right)) if left.by == right.by && left.from == right.from)
    {
        return Figures::Equal;
    }
    let (Some(own), Some(other)) = (only_figures(&left), only_figures(&right)) else { return Figures::None };
    if own.len() != other.len() || own.is_empty() {
        return Figures::None;
    }
    let is_equal = own.iter().zip(&other).all(|(left, right)| left.intersects(right));
    if is_equal { Figures::Equal } else { Figures::Apart }
}

/// The values of a cell that is nothing but figures.
fn only_figures(value: &Value) -> Option<Vec<gouji_quantity::Interval>> {
    match &value.kind {
        Kind::Quantity(_) | Kind::Range(_) | Kind::Compound(_) => {
            value.quantities().iter().map(gouji_quantity::Quantity::loose).collect()
        }
        _ => None,
    }
}

/// One edit makes one text the other (rule book 4.5).
fn is_misread(left: &str, right: &str) -> bool {
    let makes = |from: &str, to: &str| gouji_quantity::edits(from).iter().any(|(_, made)| made == to);
    makes(left, right) || makes(right, left)
}
