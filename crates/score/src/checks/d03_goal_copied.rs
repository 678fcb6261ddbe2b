//! D03: what was reached, in the words of what was planned.

use gouji_model::{Level, Pointer};
use gouji_quantity::Decimal;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, is_empty};
use crate::likeness::{bag_distance, distance, prefix_distance};
use crate::{Meta, show};

check! {
    /// A report that repeats the plan reports nothing.
    ///
    /// ```form
    /// 目标: 完成全区养护项目调研、检查、督导、验收、宣传报道、资金督查审计和绩效考核测评工作,确保监督举报平台正常运行,提高群众满意度,守护湿地养护成果,推进湖区治理有序接续。
    /// 完成: 完成全区养护项目调研、检查、督导、验收、宣传报道、资金督查审计和绩效考核测评工作,确保监督举报平台正常运行,提高群众满意度,守护湿地养护成果,推进湖区治理有序接续。
    /// fires /goal/achieved suspicion medium
    /// ----
    /// 目标: 完成全区养护项目调研、检查、督导、验收、宣传报道、资金督查审计和绩效考核测评工作,确保监督举报平台正常运行,提高群众满意度,守护湿地养护成果,推进湖区治理有序接续。
    /// 完成: 已完成全区养护项目调研、检查、督导、验收、宣传报道、资金督查审计和绩效考核测评工作,确保监督举报平台正常运行,提高群众满意度,守护湿地
    /// fires /goal/achieved suspicion medium
    /// ```
    /// Short texts are alike by nature; a report has words of its own:
    /// ```form
    /// 目标: 维持站点每天照常开放
    /// 完成: 维持站点每天照常开放
    /// quiet
    /// ----
    /// 目标: 完成全区养护项目调研、检查、督导、验收、宣传报道、资金督查审计和绩效考核测评工作,确保监督举报平台正常运行,提高群众满意度,守护湿地养护成果,推进湖区治理有序接续。
    /// 完成: 全年赴9个县区调研12次,验收项目36个,审计资金4.2亿元,举报平台受理并办结56件,群众满意度为96.4%,全部脱贫成果经国家考核认定,乡村振兴各项任务按计划推进。
    /// quiet
    /// ```
    D03 = Meta {
        code: "D03",
        name: "goal-copied",
        name_zh: "完成情况照抄目标",
        class: "S2",
        severity: Level::Low,
        summary_zh: "目标完成情况与预期目标文字几乎相同",
        summary_en: "the text of what was reached repeats the goal",
        definition_zh: "预期目标与完成情况（去空白、标签和栏名，各60字以上）的相似度不低于0.95，相似度＝1－编辑距离÷较长者字数；末尾截断的文字与另一段的开头相比。",
        definition_en: "Goal and completion text (white space, tags and column heads apart, more than 60 characters each) are alike by at least 0.95, \
                        which is 1 - edit distance / length of the longer; a text that is cut at its end is compared with the beginning of the other.",
        tolerance: "one edit in twenty characters",
        authority: "M2",
        applies_when: "a goal and a completion text of more than 60 characters each",
        ..BLANK
    }, run
}

/// Texts up to this many characters are alike by nature (rule book, D03).
const SHORT: usize = 60;

/// Texts above this many characters are not compared: the time grows with the square of the length.
const LONG: usize = 6000;

/// One edit in so many characters is a copy: 1 - 1/20 = 0.95.
const CHARACTERS_PER_EDIT: usize = 20;

/// Heads of the two columns, where they came along with the text. Longer ones stand before their parts.
const HEADS: [&str; 12] = [
    "全年实际完成情况",
    "年度总体目标完成情况",
    "实际完成情况",
    "目标完成情况",
    "年度总体目标",
    "年初设定目标",
    "年初预期目标",
    "预期总体目标",
    "年度绩效目标",
    "总体目标",
    "预期目标",
    "完成情况",
];

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let goal = &facts.form.goal;
    let (Some(expected), Some(achieved)) = (goal.expected.as_ref(), goal.achieved.as_ref()) else {
        return outcomes.not_applicable();
    };
    // Three bytes a character at most of what counts; shorter texts need no reading.
    if is_empty(Some(achieved)) || expected.text.len().min(achieved.text.len()) <= SHORT {
        return outcomes.not_applicable();
    }
    let (expected, achieved) = (bare(&expected.text), bare(&achieved.text));
    let (shorter, longer) =
        if achieved.len() <= expected.len() { (&achieved, &expected) } else { (&expected, &achieved) };
    if shorter.len() <= SHORT {
        return outcomes.not_applicable();
    }
    if LONG < longer.len() {
        return outcomes.not_checkable([Pointer::GoalAchieved], "文字过长", "the texts are too long to compare");
    }
    let found = whole_copy(shorter, longer).or_else(|| cut_copy(shorter, longer));
    let Some((edits, length)) = found else { return outcomes.exact() };
    let likeness = u32::try_from(edits).ok().zip(u32::try_from(length).ok()).map(|(edits, length)| {
        let share = gouji_quantity::Fraction::new(i128::from(length - edits.min(length)), i128::from(length));
        share.map_or_else(String::new, show::percent)
    });
    let likeness = likeness.unwrap_or_else(|| Decimal::ONE.to_string());
    outcomes.raise(
        Raised::new(&D03::META, Grade::S2)
            .at([Pointer::GoalAchieved])
            .inputs([Pointer::GoalExpected])
            .stated(likeness.clone())
            .equation(format!("1 - {edits} / {length} = {likeness}"))
            .message(
                format!("完成情况与预期目标的文字相似度为 {likeness}，似为照抄"),
                format!("the completion text is the goal again: alike by {likeness}"),
            ),
    );
}

/// Both texts from beginning to end: edits and the length that they are a share of.
fn whole_copy(shorter: &[char], longer: &[char]) -> Option<(usize, usize)> {
    let most = longer.len() / CHARACTERS_PER_EDIT;
    if most < longer.len() - shorter.len() || most < bag_distance(shorter, longer) {
        return None;
    }
    distance(shorter, longer, most).map(|edits| (edits, longer.len()))
}

/// A text that ends in the middle of a sentence, against the beginning of the other.
fn cut_copy(shorter: &[char], longer: &[char]) -> Option<(usize, usize)> {
    let is_cut = shorter
        .last()
        .is_some_and(|it| !matches!(*it, '。' | '.' | '！' | '!' | '；' | ';' | '？' | '?' | '）' | ')' | '”' | '"'));
    if !is_cut || shorter.len() == longer.len() {
        return None;
    }
    let (edits, length) = prefix_distance(shorter, longer, shorter.len() / CHARACTERS_PER_EDIT)?;
    let compared = length.max(shorter.len());
    (edits * CHARACTERS_PER_EDIT <= compared).then_some((edits, compared))
}

/// The characters that count: half-width, without white space, tags and heads of columns.
fn bare(text: &str) -> Vec<char> {
    let mut text = crate::words::squeezed(text);
    while let Some((start, length)) = tag(&text) {
        text.replace_range(start..start + length, "");
    }
    for head in HEADS {
        if let Some(rest) = text.strip_prefix(head) {
            text = rest.trim_start_matches([':', '：']).to_owned();
            break;
        }
    }
    text.chars().collect()
}

/// The first tag of markup: `<p>`, `</td>`, `<br/>`.
fn tag(text: &str) -> Option<(usize, usize)> {
    /// Longest tag without attributes, in bytes.
    const LONGEST: usize = 12;
    text.match_indices('<').find_map(|(start, _)| {
        let rest = text.get(start + 1..)?;
        let end = rest.find('>').filter(|it| *it <= LONGEST)?;
        let name = rest.get(..end)?.trim_matches('/');
        let is_tag = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric());
        is_tag.then_some((start, end + 2))
    })
}
