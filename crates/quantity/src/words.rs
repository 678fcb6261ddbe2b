//! What a qualitative target or actual says: done, top, middle, bottom, under way, not done.
//!
//! In: the text of a cell. Out: a [`Wording`] for K6, K7 and K12 of rulebook section 3. Only words whose meaning does
//! not depend on the indicator are known; everything else is [`Wording::Plain`].

/// The class of a text without numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wording {
    /// 完成, 已完成, 按时, 及时, 是, 达成预期指标.
    Completed,
    /// 优, 有效, 显著.
    Top,
    /// 良, 基本完成: top or middle, the scales differ.
    TopOrMiddle,
    /// 中, 部分完成.
    Middle,
    /// 差, 低, 未达成.
    Bottom,
    /// 正在推进.
    InProgress,
    /// 未完成, 尚未, 不再开展. Not 未发生 or 没有出现, which may be what was wanted.
    Negated,
    /// None of these.
    Plain,
}

impl Wording {
    /// The target is not reached: a deadline with such an actual is missed (K6).
    pub fn is_unmet(self) -> bool {
        matches!(self, Wording::Negated | Wording::InProgress | Wording::Bottom)
    }

    /// One of the words of a tier or of completion (I05, I10), as against prose.
    pub fn is_tier(self) -> bool {
        matches!(self, Wording::Completed | Wording::Top | Wording::TopOrMiddle | Wording::Middle | Wording::Bottom)
    }
}

/// Words that are a tier only as the whole text.
const ALONE: &[(&str, Wording)] = &[
    ("优", Wording::Top),
    ("优秀", Wording::Top),
    ("好", Wording::Top),
    ("高", Wording::Top),
    ("是", Wording::Completed),
    ("达标", Wording::Completed),
    ("合格", Wording::Completed),
    ("优良", Wording::TopOrMiddle),
    ("良", Wording::TopOrMiddle),
    ("良好", Wording::TopOrMiddle),
    ("较好", Wording::TopOrMiddle),
    ("中", Wording::Middle),
    ("中等", Wording::Middle),
    ("一般", Wording::Middle),
    ("低", Wording::Bottom),
    ("差", Wording::Bottom),
    ("较差", Wording::Bottom),
    ("较低", Wording::Bottom),
    ("否", Wording::Negated),
];

/// Words that classify wherever they stand; the first group that has one in the text decides.
const INSIDE: &[(Wording, &[&str])] = &[
    (Wording::Bottom, &["未达成", "未达到", "未达标", "未实现预期", "效果较差", "效果差"]),
    (
        Wording::Negated,
        &[
            "尚未",
            "暂未",
            "未能",
            "没有完成",
            "没有开展",
            "没有实施",
            "不再开展",
            "不再购置",
            "不再实施",
            "不再采购",
            "不再执行",
            "不再进行",
            "不再安排",
            "未完成",
            "未开展",
            "未实施",
            "未按",
            "未及时",
            "未支付",
            "未支出",
            "未执行",
            "未启动",
            "未采购",
            "未购",
            "未验收",
            "未建",
            "未实现",
            "未落实",
            "未到位",
            "未举办",
            "未召开",
            "未使用",
            "未发放",
            "未拨付",
            "未进行",
            "未形成",
            "未产生",
            "未投入",
            "未施工",
            "未开工",
            "未竣工",
            "未交付",
            "未组织",
            "未安排",
            "未签订",
            "未做",
            "未全部",
            "不及时",
            "不到位",
            "不达标",
            "暂缓",
            "暂停",
            "停止实施",
        ],
    ),
    (Wording::InProgress, &["正在", "推进中", "进行中", "实施中", "建设中", "办理中", "采购中", "筹备中", "在建"]),
    (Wording::Middle, &["部分达成", "部分完成", "部分实现", "部分达到", "完成部分"]),
    (
        Wording::TopOrMiddle,
        &[
            "基本达成",
            "基本完成",
            "基本达到",
            "基本实现",
            "基本到位",
            "基本符合",
            "基本满意",
            "基本按",
            "基本落实",
            "基本及时",
        ],
    ),
    (
        Wording::Completed,
        &[
            "达成",
            "完成",
            "按时",
            "按期",
            "及时",
            "如期",
            "准时",
            "已实现",
            "已达",
            "达到预期",
            "已到位",
            "已开展",
            "已实施",
            "已支付",
            "已发放",
            "已验收",
            "全部实现",
        ],
    ),
    (Wording::Top, &["有效", "显著", "明显", "优秀", "高效", "大幅"]),
];

/// Words that say that a row does not apply, as the whole text.
const NOT_APPLICABLE: &[&str] = &[
    "无",
    "不涉及",
    "未涉及",
    "未发生",
    "不适用",
    "无此项",
    "无此项内容",
    "不考核",
    "暂不涉及",
    "未涉及该项",
    "N/A",
    "n/a",
];

/// Classifies a text. Numbers in it are not looked at.
pub fn wording(text: &str) -> Wording {
    let trimmed = bare(text);
    if let Some((_, wording)) = ALONE.iter().find(|(word, _)| *word == trimmed) {
        return *wording;
    }
    let mut best = INSIDE.len();
    for (at, it) in trimmed.char_indices() {
        if !FIRST.contains(it) {
            continue;
        }
        let rest = trimmed.get(at..).unwrap_or_default();
        let groups = INSIDE.iter().take(best);
        best =
            groups.into_iter().position(|(_, words)| words.iter().any(|word| rest.starts_with(word))).unwrap_or(best);
    }
    INSIDE.get(best).map_or(Wording::Plain, |(wording, _)| *wording)
}

/// First characters of the words of [`INSIDE`]: where none stands, none of them begins.
const FIRST: &str = "未效尚暂不没停正推进实建办采筹在部完基达按及如准已全有显明优高大";

/// 无, 不涉及, 未发生 and the like, alone (K12).
pub fn is_not_applicable(text: &str) -> bool {
    NOT_APPLICABLE.contains(&bare(text))
}

/// The text without blanks and punctuation around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|it: char| {
        it.is_whitespace()
            || matches!(
                it,
                '。' | '.'
                    | ','
                    | '，'
                    | ';'
                    | '；'
                    | '、'
                    | '!'
                    | '！'
                    | '('
                    | ')'
                    | '（'
                    | '）'
                    | '“'
                    | '”'
                    | '"'
                    | '\''
            )
    })
}

#[cfg(test)]
mod tests {
    use super::{ALONE, FIRST, INSIDE, wording};

    #[test]
    fn every_word_is_found() {
        for (wanted, words) in INSIDE {
            for word in *words {
                assert!(word.chars().next().is_some_and(|it| FIRST.contains(it)), "{word}");
                assert_eq!(wording(&format!("工作{word}了")), *wanted, "{word}");
            }
        }
        for (word, wanted) in ALONE {
            assert_eq!(wording(word), *wanted, "{word}");
        }
    }
}
