//! T03: the grade word against the printed total.

use gouji_model::{Level, Pointer};
use gouji_quantity::Decimal;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, is_empty};
use crate::{Meta, show};

check! {
    /// From 90 the grade is 优, from 80 良, from 60 中, below it 差. An older scale has 优 from 80 and 良 from 70.
    ///
    /// ```form
    /// 总分 | 100 | 72
    /// 等级: 优
    /// fires /grade contradiction
    /// ----
    /// 总分 | 100 | 85
    /// 等级: 优秀
    /// fires /grade breach
    /// ```
    /// ```form
    /// 总分 | 100 | 90
    /// 等级: 良
    /// quiet
    /// ----
    /// 总分 | 100 | 97.5
    /// 等级: 优
    /// quiet
    /// ```
    T03 = Meta {
        code: "T03",
        name: "grade",
        name_zh: "等级与得分不符",
        class: "C/B",
        severity: Level::High,
        summary_zh: "等级应与总分相符",
        summary_en: "the grade fits the printed total",
        definition_zh: "90分以上优，80以上良，60以上中，其余差；恰为90时优、良均可。只合旧标准（80优、70良、60中）为违规，都不合为矛盾。",
        definition_en: "90 and above 优, 80 良, 60 中, else 差; exactly 90 admits 优 and 良. A grade that fits only the older scale (80 优, 70 良, 60 中) is a \
                        breach, one that fits neither a contradiction.",
        tolerance: "exact",
        authority: "M1; P2, P3, P8; Q1",
        applies_when: "a printed grade and a printed total score",
        ..BLANK
    }, run
}

/// The grades, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Excellent,
    Good,
    Fair,
    Poor,
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let cell = facts.form.grade.as_ref();
    if is_empty(cell) || facts.total_score.is_blank() {
        return outcomes.not_applicable();
    }
    let printed = show::printed(cell).trim();
    let (Some(total), Some(word)) = (facts.total_score.number(), word(printed)) else {
        return outcomes.not_checkable([Pointer::Grade], "等级或总分不可辨认", "the grade or the total cannot be read");
    };
    let score = total.value();
    let fits = score == Decimal::from(90) && word == Word::Good || by_scale(score, [90, 80, 60]) == word;
    if fits {
        return outcomes.exact();
    }
    let grade = if by_scale(score, [80, 70, 60]) == word { Grade::B } else { Grade::C };
    let wanted = match by_scale(score, [90, 80, 60]) {
        Word::Excellent => "优",
        Word::Good => "良",
        Word::Fair => "中",
        Word::Poor => "差",
    };
    let score = show::plain(score);
    outcomes.raise(
        Raised::new(&T03::META, grade)
            .at([Pointer::Grade])
            .inputs([Pointer::TotalScore])
            .stated(printed)
            .recomputed(wanted)
            .message(
                format!("总分 {score} 的等级应为“{wanted}”，印作“{printed}”"),
                format!("a total of {score} is graded {wanted}; {printed} is printed"),
            ),
    );
}

/// The grade of a score on a scale of lower bounds.
fn by_scale(score: Decimal, [excellent, good, fair]: [u32; 3]) -> Word {
    if Decimal::from(excellent) <= score {
        Word::Excellent
    } else if Decimal::from(good) <= score {
        Word::Good
    } else if Decimal::from(fair) <= score {
        Word::Fair
    } else {
        Word::Poor
    }
}

/// The grade that a cell prints; several words (the boxes of a template) are none.
fn word(printed: &str) -> Option<Word> {
    let bare: String = printed
        .chars()
        .filter(|it| !it.is_whitespace() && !matches!(*it, '(' | ')' | '（' | '）' | '"' | '“' | '”' | '。'))
        .collect();
    Some(match bare.as_str() {
        "优" | "优秀" | "优等" => Word::Excellent,
        "良" | "良好" => Word::Good,
        "中" | "中等" | "一般" | "合格" => Word::Fair,
        "差" | "较差" | "不合格" => Word::Poor,
        _ => return None,
    })
}
