//! D07: what a finding, or its absence, owes to a damaged page.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Decimal, Number};

use super::d01_label_empty::is_filled_elsewhere;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{AMOUNTS, Facts, Figure, is_empty};
use crate::{Meta, readings, show};

check! {
    /// A reading that was chosen by a printed sum, a row that was dropped as a repeat, a cell of letters and digits: the
    /// finding of the other reading stands here with both figures, and what another reading removes is only suspicious.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 时效指标 | 一期     | 4月底前    |            | 60   | 60
    /// 效益指标 | 社会效益 | 满意     | 100        |            | 40   | 37
    /// 总分 | 100 | 97
    /// @repair R15 /indicators/0/score
    /// @alternative /indicators/0/actual,/indicators/0/score = 60,
    /// @with T01,S04
    /// fires /total/score note
    /// ----
    /// @with T01
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标 | 时效指标 | 一期     | 4月底前    | 60   | 58
    /// 效益指标 | 社会效益 | 满意     | 100        | 40   | 37
    /// 总分 | 100 | 97
    /// @alternative /indicators/0/score = 60
    /// fires /indicators/0/score note
    /// ----
    /// @with S01,T01
    /// @ocr
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标 | 时效指标 | 一期     | 4月底前    | 2    | 16
    /// 效益指标 | 社会效益 | 满意     | 100        | 98   | 98
    /// 总分 | 100 | 99.6
    /// fires /indicators/0/score note
    /// fires /indicators/0/score note
    /// ----
    /// @ocr
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标 | 时效指标 | 一期     | 4月底前    | 60   | 6O
    /// fires /indicators/0/score note
    /// ```
    /// An operator that was read as a digit decides whether the target was met:
    /// ```form
    /// @ocr
    /// @with I01
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 质量指标 | 合格率   | 285%       | 95%        | 60   | 60
    /// fires /indicators/0/target note
    /// ```
    /// A point that was lost agrees with checks of two kinds; one alone proves nothing:
    /// ```form
    /// @with T01,S01
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分
    /// 产出指标 | 时效指标 | 一期     | 4月底前    | 4    | 16
    /// 效益指标 | 社会效益 | 满意     | 100        | 96   | 96
    /// 总分 | 100 | 112
    /// quiet
    /// ```
    D07 = Meta {
        code: "D07",
        name: "extraction-damage",
        name_zh: "识别或版面损坏",
        class: "note",
        severity: Level::Low,
        summary_zh: "结论受识别错误或版面损坏影响之处",
        summary_en: "what a finding, or its absence, owes to a shift, a split, a repeat or a misread digit",
        definition_zh: "按合计选定读法的（R15）、去除重复行的（R10）、另一读法可填的空格、字母数字混杂的格：注明两种读法的数字。另一读法或少数几格各一处识别更正（更正后相关核对须均成立）可消除的矛盾、违规降为可疑并附此注。",
        definition_en: "A reading chosen by a sum (R15), a row dropped as a repeat (R10), an empty cell that another reading fills, a cell of letters and \
                        digits: both figures are told. A contradiction or breach that another reading removes, or one edit each of a few \
                        cells after which the checks of these hold, becomes a suspicion with this note.",
        tolerance: "exact",
        authority: "rule book 4",
        applies_when: "a repair or reading that bears on a figure",
        ..BLANK
    }, run
}

/// The entry, for notes that the readings add.
pub(crate) fn meta() -> &'static Meta {
    &D07::META
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    dropped_rows(facts, outcomes);
    filled_lines(facts, outcomes);
    if facts.is_ocr {
        mixed_cells(facts, outcomes);
        glyphs(facts, outcomes);
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// What the points would come to with the rows that were dropped as repeats.
fn dropped_rows(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let mut dropped: Vec<usize> = Vec::new();
    for repair in facts.form.repairs.iter().filter(|it| it.code == "R10") {
        dropped.extend(repair.at.iter().filter_map(|it| match it {
            Pointer::Row(row_idx) => Some(*row_idx),
            _ => None,
        }));
    }
    let extra: Decimal = dropped.iter().filter_map(|it| facts.rows.get(*it)?.weight.number()).map(Number::value).sum();
    if extra.is_zero() {
        return;
    }
    let sum: Decimal = facts.weights(0..facts.rows.len()).map(Number::value).sum();
    let (alone, with) = (show::plain(sum), show::plain(sum + extra));
    dropped.sort_unstable();
    dropped.dedup();
    outcomes.raise(
        Raised::new(&D07::META, Grade::Note)
            .at(dropped.iter().map(|it| Pointer::Indicator(*it, IndicatorField::Name)))
            .stated(alone.clone())
            .recomputed(with.clone())
            .message(
                format!("版面断开处重复印出的行只计一次：分值合计 {alone}，若重复计入则为 {with}"),
                format!("rows printed again at a break are counted once: the points come to {alone}, with the repeats to {with}"),
            ),
    );
}

/// An empty total line that another reading fills (rule book 4.3).
fn filled_lines(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let Some(line_idx) = facts.total_line else { return };
    let places = AMOUNTS.map(|field| Pointer::Funds(line_idx, field));
    let line = facts.form.funds.get(line_idx);
    let is_blank = line.is_some_and(|line| AMOUNTS.iter().all(|field| is_empty(line.field(*field))));
    if is_blank && is_filled_elsewhere(facts, &places) {
        let name = show::line_name(facts.form, line_idx);
        let filled = places.into_iter().filter(|it| is_filled_elsewhere(facts, &[*it]));
        outcomes.raise(Raised::new(&D07::META, Grade::Note).at(filled).message(
            format!("“{name}”一行空白，另一种读法有金额，不作漏填"),
            format!("{name} is empty in this reading and filled in another: not held to be left out"),
        ));
    }
}

/// Letters and digits in one cell of points: what the letters were misread from would make it a number.
fn mixed_cells(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    for (row_idx, row) in facts.counted_rows() {
        let Some(indicator) = facts.form.indicators.get(row_idx) else { continue };
        let cells = [
            (IndicatorField::Weight, row.weight, &indicator.weight),
            (IndicatorField::Score, row.score, &indicator.score),
        ];
        for (field, figure, cell) in cells {
            let Some(cell) = cell.as_ref().filter(|_| figure == Figure::Words) else { continue };
            let Some(read) = readings::substituted(&cell.text).filter(|it| gouji_quantity::number(it).is_some()) else {
                continue;
            };
            let printed = &cell.text;
            outcomes.raise(
                Raised::new(&D07::META, Grade::Note)
                    .at([Pointer::Indicator(row_idx, field)])
                    .stated(printed.clone())
                    .agrees_if(show::reading(Pointer::Indicator(row_idx, field), Some(&read)))
                    .message(
                        format!("“{printed}”疑为“{read}”的误读，未作核对"),
                        format!("{printed:?} is probably misread from {read:?} and was not checked"),
                    ),
            );
        }
    }
}

/// An operator that may have been read as a glyph, where it decides whether the target was met (rule book 4.4).
fn glyphs(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    for (row_idx, row) in facts.counted_rows() {
        if row.score.is_blank() || row.is_idle || facts.actuals_are_points() {
            continue;
        }
        let Some((field, reading)) = &facts.comparison(row_idx).glyph else { continue };
        let at = Pointer::Indicator(row_idx, *field);
        let cell = facts.form.indicators.get(row_idx).and_then(|it| it.field(*field));
        let printed = show::printed(cell);
        outcomes.raise(
            Raised::new(&D07::META, Grade::Note)
                .at([at])
                .stated(printed)
                .agrees_if(show::reading(at, Some(reading)))
                .message(
                    format!("“{printed}”疑为“{reading}”的误读，完成与否两可，未作核对"),
                    format!(
                        "{printed:?} is probably misread from {reading:?}; whether the target was met depends on it"
                    ),
                ),
        );
    }
}
