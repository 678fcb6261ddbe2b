//! T06: averages and counts that a text states over the forms of its document.

use gouji_model::{Level, Pointer};
use gouji_quantity::{Decimal, Fraction, Number};

use super::t04_score_in_prose::{following_score, texts};
use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// An average over several forms has to be that of their totals.
    ///
    /// ```form
    /// 总分 | 100 | 90
    /// 同一文件的下一表
    /// 总分 | 100 | 96
    /// 总体结论: 2个项目平均得分95分，总体较好。
    /// fires /texts/0/text contradiction
    /// ```
    /// A text that counts more projects than the document holds cannot be checked:
    /// ```form
    /// 总分 | 100 | 90
    /// 同一文件的下一表
    /// 总分 | 100 | 96
    /// 总体结论: 2个项目平均得分93分。
    /// quiet
    /// ----
    /// 总分 | 100 | 90
    /// 总体结论: 12个项目平均得分95分。
    /// quiet
    /// ```
    T06 = Meta {
        code: "T06",
        name: "report-statistics",
        name_zh: "汇总统计不符",
        class: "C",
        severity: Level::Medium,
        summary_zh: "文字所述各项目平均分应与各表总分相符",
        summary_en: "the average that a text states over its forms recomputes",
        definition_zh: "文字称“N个项目平均得分X分”，而本文件恰有N张印有总分的自评表：X等于各总分的平均数。",
        definition_en: "A text says that N projects score X on average, and the document holds N self-evaluations with a total: X is their average.",
        tolerance: "the printed average, rounded or cut",
        authority: "Q1",
        applies_when: "a text that states an average score over several projects",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (at, cell) in texts(facts) {
        let folded = gouji_quantity::fold(&cell.text);
        if let Some((average, counted)) = stated_average(&folded) {
            weigh(facts, outcomes, at, average, counted);
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

fn weigh(facts: &Facts<'_>, outcomes: &mut Outcomes, at: Pointer, average: Number, counted: Option<usize>) {
    let totals: Vec<Number> = facts.siblings.iter().filter_map(|it| it.total_score).collect();
    if counted.is_none_or(|it| it != totals.len()) || totals.len() < 2 {
        return outcomes.not_checkable(
            [at],
            "所统计的项目与本文件各表对不上",
            "the projects that are averaged are not the forms of this document",
        );
    }
    let n_forms = Fraction::from(i64::try_from(totals.len()).unwrap_or(i64::MAX));
    let share = Fraction::ONE.over(n_forms);
    let mean =
        Spread::sum(totals.iter().map(|it| Spread::exact(*it))).zip(share).and_then(|(sum, share)| sum.scaled(share));
    let Some(mean) = mean else { return outcomes.not_checkable([at], "数字过大", "a figure is too large") };
    let balance = Balance::of(Spread::printed(average, average.decimals()), mean);
    if balance.holds() {
        return outcomes.agrees(balance == Balance::Exact);
    }
    let said = show::plain(average.value());
    let computed = mean.value.map_or_else(String::new, |it| show::rounded(it, average.decimals() + 2));
    let sum = show::plain(totals.iter().map(|it| it.value()).sum::<Decimal>());
    outcomes.raise(
        Raised::new(&T06::META, Grade::C)
            .at([at])
            .stated(said.clone())
            .recomputed(computed.clone())
            .equation(format!("{sum} / {} = {computed}", totals.len()))
            .message(
                format!("文字称平均得分 {said}，本文件 {} 张表的总分平均为 {computed}", totals.len()),
                format!(
                    "the text states an average of {said}; the totals of the {} forms average {computed}",
                    totals.len()
                ),
            ),
    );
}

/// The average score that a text states, and over how many projects.
fn stated_average(text: &str) -> Option<(Number, Option<usize>)> {
    /// What a text calls an average.
    const WORDS: [&str; 4] = ["平均得分", "平均自评得分", "平均分", "均分"];
    let (at, word) = WORDS.iter().filter_map(|it| Some((text.find(it)?, *it))).min_by_key(|it| it.0)?;
    let average = following_score(text.get(at + word.len()..)?)?;
    let before = text.get(..at)?;
    let counter = before.rfind("个项目").or_else(|| before.rfind("个自评项目"))?;
    let digits = before.get(..counter)?;
    let start = digits
        .rfind(|it: char| !it.is_ascii_digit())
        .map_or(0, |it| it + digits.get(it..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    Some((average, digits.get(start..).and_then(|it| it.parse().ok())))
}
