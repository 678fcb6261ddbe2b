//! S02: a score that is negative, or no number.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::Edit;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Figure};
use crate::{Meta, show};

check! {
    /// A score is a number from zero up.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 数量指标 | 软件     | 4    | -2
    /// 产出指标 | 质量指标 | 专线     | 6    | 达标
    /// fires /indicators/0/score contradiction
    /// fires /indicators/1/score contradiction
    /// ```
    /// A dash is no score, and a letter that an engine may have read for a digit proves nothing:
    /// ```form
    /// @ocr
    /// 一级指标 | 二级指标 | 三级指标 | 分值 | 得分
    /// 产出指标 | 数量指标 | 软件     | 4    | 4分
    /// 产出指标 | 质量指标 | 专线     | 10   | 1O
    /// 效益指标 | 经济效益 | 0        | —    | —
    /// quiet
    /// ```
    S02 = Meta {
        code: "S02",
        name: "score-not-number",
        name_zh: "得分非法",
        class: "C",
        severity: Level::High,
        summary_zh: "得分应为不小于零的数字",
        summary_en: "a score is negative or no number",
        definition_zh: "每一印出的得分都是数字且不小于零。识别文本中含易混字母的不判。",
        definition_en: "Every printed score is a number and not negative. Text from character recognition with a confusable letter is not judged.",
        tolerance: "exact",
        authority: "P6",
        applies_when: "a printed score of a row",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (row_idx, row) in facts.counted_rows() {
        let at = Pointer::Indicator(row_idx, IndicatorField::Score);
        let cell = facts.form.indicators.get(row_idx).and_then(|it| it.score.as_ref());
        let printed = show::printed(cell);
        let is_wrong = match row.score {
            Figure::Blank => continue,
            Figure::Number(number) => number.is_negative(),
            Figure::Words if may_be_misread(facts, printed) => {
                outcomes.not_checkable(
                    [at],
                    "得分疑为识别有误，或印作百分数",
                    "the score is probably misread, or printed as a percentage",
                );
                continue;
            }
            Figure::Words => true,
        };
        if !is_wrong {
            outcomes.exact();
            continue;
        }
        let name = show::row_name(facts.form, row_idx);
        outcomes.raise(Raised::new(&S02::META, Grade::C).at([at]).stated(printed).message(
            format!("{name}的得分印作“{printed}”，不是有效的分数"),
            format!("the score of {name} is printed as {printed:?}, which is no score"),
        ));
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// What one edit of a misread cell would make a number, and a percentage, are not judged.
fn may_be_misread(facts: &Facts<'_>, printed: &str) -> bool {
    let is_number = |it: &str| gouji_quantity::number(it).is_some();
    let is_share = gouji_quantity::percent(printed).is_some();
    is_share
        || facts.is_ocr
            && gouji_quantity::edits(printed).iter().any(|(edit, made)| *edit == Edit::Substitute || is_number(made))
}
