//! Rows that are none: a figure or a line of the funds where a name should stand, a value where points should.
//!
//! In: the rows of a form. Out: findings on such a row are taken back, since there is no such row on the page; sums and
//! columns that it takes part in are lowered.

use gouji_model::{Bilingual, IndicatorField, NotCheckable, Pointer};
use gouji_quantity::Kind;

use super::{Doubt, lower_where};
use crate::check::{Outcomes, Raised};
use crate::facts::{Facts, Figure};
use crate::words::squeezed;

/// What lines of the funds are called, without the words that lead to them.
const FUNDS_LABELS: [&str; 9] =
    ["资金总额", "财政拨款", "财政资金", "结转资金", "上年结转", "上年结转资金", "其他资金", "单位资金", "自有资金"];

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Oddity {
    /// Its name is a figure, a day or nothing but marks.
    FigureForName,
    /// Its name is that of a line of the funds.
    FundsLine,
    /// Its name is what another row prints as its target or its actual.
    ValueForName,
    /// A figure with letters among its digits stands behind its name.
    StrayFigure,
    /// Its points or its score are a value with a unit, a bound or a percentage.
    ValueForPoints(IndicatorField),
}

/// Takes back what accuses such a row, and lowers what counts it.
pub(super) fn lower(facts: &Facts<'_>, raised: &mut Vec<Raised>, outcomes: &mut Outcomes) {
    let odd: Vec<(usize, Oddity)> =
        facts.counted_rows().filter_map(|(row_idx, _)| Some((row_idx, oddity(facts, row_idx)?))).collect();
    let Some((first, _)) = odd.first() else { return };
    let is_row = |it: &(usize, Oddity)| !matches!(it.1, Oddity::ValueForPoints(_) | Oddity::StrayFigure);
    let (mut kept, mut n_taken) = (Vec::with_capacity(raised.len()), 0);
    for it in raised.drain(..) {
        let accuses = |(row_idx, _): &(usize, Oddity)| {
            !it.finding.at.is_empty() && it.finding.at.iter().all(|at| is_of_row(*at, *row_idx))
        };
        if !super::is_hard(&it)
            || !it.finding.code.starts_with(['I', 'S', 'W'])
            || !odd.iter().filter(|it| is_row(it)).any(accuses)
        {
            kept.push(it);
            continue;
        }
        n_taken += 1;
        outcomes.not_checkable.push(NotCheckable {
            code: it.finding.code,
            at: it.finding.at,
            reason: Bilingual::new(
                "此行名称处是数字或资金科目，行列未能读准",
                "a figure or a line of the funds stands where the row's name should: the table was not read safely",
            ),
        });
    }
    *raised = kept;
    outcomes.finding -= n_taken;
    let cells: Vec<Pointer> = odd.iter().map(|it| place(*it)).collect();
    let doubt = Doubt::new(
        "the table read with its rows and columns in place",
        cells,
        format!("表中有 {} 行不成其为行（自第{}行起），行列未能读准", odd.len(), first + 1),
        format!("rows that are none: {} (from row {}): the table was not read safely", odd.len(), first + 1),
    );
    let has_funds_line = odd.iter().any(|it| it.1 == Oddity::FundsLine);
    let is_odd = |at: &Pointer| odd.iter().any(|it| is_of_row(*at, it.0));
    // Several such rows, and the columns of all others are as doubtful.
    let is_table_lost = 1 < odd.iter().filter(|it| is_row(it)).count();
    // A column that holds values of another one in several rows is another column.
    let is_column_lost = 1 < odd.iter().filter(|it| !is_row(it)).count();
    lower_where(raised, &doubt, |it| {
        let code = it.finding.code;
        let counts_rows = matches!(code, "T01" | "T02" | "T05" | "D05" | "S05") || code.starts_with('W');
        counts_rows
            || is_table_lost && code.starts_with(['S', 'I', 'F'])
            || it.finding.at.iter().any(is_odd)
            || is_column_lost && code.starts_with(['S', 'I'])
            || has_funds_line && code.starts_with('F')
    });
}

fn is_of_row(at: Pointer, row_idx: usize) -> bool {
    matches!(at, Pointer::Indicator(idx, _) | Pointer::Row(idx) if idx == row_idx)
}

fn place((row_idx, oddity): (usize, Oddity)) -> Pointer {
    let field = match oddity {
        Oddity::ValueForPoints(field) => field,
        Oddity::FigureForName | Oddity::FundsLine | Oddity::ValueForName | Oddity::StrayFigure => IndicatorField::Name,
    };
    Pointer::Indicator(row_idx, field)
}

fn oddity(facts: &Facts<'_>, row_idx: usize) -> Option<Oddity> {
    let (row, figures) = facts.form.indicators.get(row_idx).zip(facts.rows.get(row_idx))?;
    if figures.is_idle {
        return None;
    }
    if let Some(name) = &row.name {
        if is_funds_label(&name.text) {
            return Some(Oddity::FundsLine);
        }
        if is_figure(&name.text) {
            return Some(Oddity::FigureForName);
        }
        if is_value_elsewhere(facts, row_idx, &name.text) {
            return Some(Oddity::ValueForName);
        }
        if ends_in_misread_figure(&name.text) {
            return Some(Oddity::StrayFigure);
        }
    }
    let is_value = |field: IndicatorField, figure: Figure| {
        figure == Figure::Words && row.field(field).is_some_and(|it| is_value(&it.text))
    };
    if is_value(IndicatorField::Weight, figures.weight) {
        return Some(Oddity::ValueForPoints(IndicatorField::Weight));
    }
    is_value(IndicatorField::Score, figures.score).then_some(Oddity::ValueForPoints(IndicatorField::Score))
}

/// Another row, or two, print this text as what was wanted or reached.
fn is_value_elsewhere(facts: &Facts<'_>, row_idx: usize, text: &str) -> bool {
    /// Characters of the longest value in words; 基本达成预期指标 is shorter.
    const LONGEST: usize = 8;
    let text = text.trim();
    if text.is_empty() || LONGEST < text.chars().count() {
        return false;
    }
    let others = facts.form.indicators.iter().enumerate().filter(|it| it.0 != row_idx).map(|it| it.1);
    let values = others.flat_map(|it| [it.target.as_ref(), it.actual.as_ref()]).flatten();
    1 < values.filter(|it| it.text.trim() == text).count()
}

/// The name ends in a number with letters among its digits: `修路IO.00`.
fn ends_in_misread_figure(name: &str) -> bool {
    let is_letter = |it: char| matches!(it, 'O' | 'o' | 'l' | 'I');
    let rest = name.trim().trim_end_matches(|it: char| it.is_ascii_digit() || it == '.' || is_letter(it));
    let tail = name.trim().get(rest.len()..).unwrap_or_default();
    !rest.is_empty() && tail.contains(is_letter) && tail.contains(|it: char| it.is_ascii_digit())
}

/// The text is the label of a line of the funds, perhaps behind 其中: or a mark.
fn is_funds_label(text: &str) -> bool {
    let text = squeezed(text);
    let label = text.trim_start_matches("其中").trim_matches([':', '：', '-', '—', '、']);
    let label = label.trim_start_matches("当年").trim_start_matches("年度").trim_start_matches("本年");
    FUNDS_LABELS.contains(&label)
}

/// The whole text is a figure with its unit, a range or a day.
fn is_figure(text: &str) -> bool {
    /// Characters of the longest unit that a figure alone carries, 万元/公里; a name has more, or no digit at its head.
    const MOST_WORDS: usize = 5;
    let text = squeezed(text);
    let head = text.trim_start_matches(['≥', '≤', '=', '>', '<', '≧', '≦', '﹦', '约']);
    let n_words = text.chars().filter(|it| it.is_alphabetic()).count();
    if !head.starts_with(|it: char| it.is_ascii_digit()) || MOST_WORDS < n_words {
        return false;
    }
    let value = gouji_quantity::read_value(&text);
    let is_whole = |it: &gouji_quantity::Quantity| it.span.start == 0 && it.span.end == text.len();
    gouji_quantity::number(&text).is_some_and(|it| !it.is_zero())
        || value.quantity().is_some_and(is_whole)
        || matches!(value.kind, Kind::Period(_)) && text.ends_with(['日', '前', '底', '月', '年'])
}

/// The text is a value such as a target holds: a bound, a percentage, a quantity with its unit.
fn is_value(text: &str) -> bool {
    if text.trim() == "%" {
        return true;
    }
    let value = gouji_quantity::read_value(text);
    value.quantity().is_some_and(|it| it.unit.is_some() || it.operator.is_some())
        || matches!(value.kind, Kind::Range(_) | Kind::Period(_))
}
