//! X07: a year that is not the form's.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Kind, Period, Value};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// A deadline or a span of another year was probably copied from another form.
    ///
    /// ```form
    /// 年度: 2021
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值            | 实际完成值          | 分值 | 得分
    /// 产出指标 | 时效指标 | 租用     | 2020年1月1日—12月底   | 2020年1月1日—12月底 | 6    | 6
    /// 产出指标 | 时效指标 | 2020年12月31日前完成率 | 100%    | 100%                | 6    | 6
    /// fires /indicators/0/target,/indicators/0/actual suspicion medium
    /// fires /indicators/1/name suspicion medium
    /// ```
    /// A span that holds the form's year, the year of a name, and work that came late are none:
    /// ```form
    /// 年度: 2021
    /// 一级指标 | 二级指标 | 三级指标           | 年度指标值      | 实际完成值    | 分值 | 得分
    /// 产出指标 | 时效指标 | 建设               | 2020-2022年     | 2020-2022年   | 6    | 6
    /// 产出指标 | 数量指标 | 2019年运维项目尾款 | 1项             | 1项           | 6    | 6
    /// 产出指标 | 时效指标 | 完成时间           | 2021年12月      | 2022年3月     | 6    | 2
    /// 产出指标 | 质量指标 | 依据               | 按2018年标准    | 按2018年标准  | 6    | 6
    /// quiet
    /// ```
    X07 = Meta {
        code: "X07",
        name: "year-mismatch",
        name_zh: "年度不符",
        class: "S2",
        severity: Level::Low,
        summary_zh: "指标值、实际值或名称中期限的年份与表的年度不同",
        summary_en: "the year of a target, an actual or a deadline in a name is not the form's",
        definition_zh: "时间类指标值、实际值或名称内期限的年份应为本表年度；时段含本年度、年份属于名称、或实际晚于本年度（由I06核对）的不计。",
        definition_en: "The year of a date that is a target or an actual, or of a deadline inside a name, is the form's; quiet if the span holds the \
                        form's year, if the year belongs to a name, or if the actual is only later (I06).",
        tolerance: "exact",
        authority: "M2",
        applies_when: "the form's year, and a date with a year in a row",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let year = facts.form.year.as_ref().and_then(|it| it.text.trim().parse::<u16>().ok());
    let Some(year) = year else { return outcomes.not_applicable() };
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        if !row.is_idle {
            look(facts, outcomes, row_idx, year);
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn look(facts: &Facts<'_>, outcomes: &mut Outcomes, row_idx: usize, year: u16) {
    let Some((values, row)) = facts.values(row_idx).zip(facts.form.indicators.get(row_idx)) else { return };
    let target = dated(&values.target);
    let actual = dated(&values.actual);
    let is_due_now = target.is_some_and(|it| holds(it, year));
    let name_text = row.name.as_ref().map_or("", |it| it.text.as_str());
    let name = deadline_of_name(name_text);
    let target_at = values.target_field;
    let cells = [
        (target_at, target),
        (IndicatorField::Actual, actual.filter(|it| !(is_due_now && is_later(it, year)))),
        (IndicatorField::Name, name.as_ref()),
    ];
    if cells.iter().all(|it| it.1.is_none()) {
        return;
    }
    let strange: Vec<(IndicatorField, &Period)> =
        cells.into_iter().filter_map(|(field, period)| Some((field, period.filter(|it| !holds(it, year))?))).collect();
    let Some((first, period)) = strange.first() else { return outcomes.exact() };
    let printed = row.field(*first).map_or("", |cell| period.span.of(&cell.text));
    let row_name = show::row_name(facts.form, row_idx);
    outcomes.raise(
        Raised::new(&X07::META, Grade::S2)
            .at(strange.iter().map(|it| Pointer::Indicator(row_idx, it.0)))
            .inputs([Pointer::Year])
            .stated(printed)
            .admissible(year.to_string())
            .message(
                format!("{row_name}印有“{printed}”，本表年度为 {year} 年"),
                format!("{row_name} prints {printed:?}, the form is of {year}"),
            ),
    );
}

/// The date that a value is, not one that words around it name.
fn dated(value: &Value) -> Option<&Period> {
    match &value.kind {
        Kind::Period(period) => Some(period).filter(|it| it.by.year.is_some() && is_main(value)),
        _ => None,
    }
}

/// 按2018年标准 prints a date, too, but it is no value.
fn is_main(value: &Value) -> bool {
    value.periods.len() == 1 && (value.wording != gouji_quantity::Wording::Plain || value_is_short(value))
}

fn value_is_short(value: &Value) -> bool {
    value.periods.iter().all(|it| it.span.start == 0)
}

/// A deadline in a name: a month or day of a year, with a word that makes it one. A year alone belongs to the name.
fn deadline_of_name(name: &str) -> Option<Period> {
    if !name.contains('年') || !name.contains(['前', '底', '内']) {
        return None;
    }
    gouji_quantity::periods(name).into_iter().find(|it| {
        let printed = it.span.of(name);
        let after = name.get(it.span.end..).unwrap_or_default();
        it.by.year.is_some()
            && printed.contains('月')
            && (printed.ends_with(['前', '底', '内']) || after.starts_with(['前', '底', '内']))
    })
}

/// The span holds a day of the year.
fn holds(period: &Period, year: u16) -> bool {
    let Some(last) = period.by.year else { return true };
    let first = period.from.and_then(|it| it.year).unwrap_or(last);
    (first..=last).contains(&year)
}

fn is_later(period: &Period, year: u16) -> bool {
    period.by.year.is_some_and(|it| year < it)
}
