//! The entry of a check in the rule book as text, for `gouji rule CODE`.
//!
//! In: a check's [`Meta`]. Out: its sections in both languages, in the order they are printed.

use gouji_model::{Bilingual, Level};

use crate::{Authority, Meta, authorities_of};

/// One part of a rule's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the part is about.
    pub title: Bilingual,
    /// The part, in Markdown where it has examples.
    pub text: Bilingual,
}

/// The whole entry of a check, the same in code, in `gouji rule` and in the printed rule book.
pub fn explain(meta: &Meta) -> Vec<Section> {
    let section = |title_zh: &str, title_en: &str, zh: String, en: String| Section {
        title: Bilingual { zh: title_zh.to_owned(), en: title_en.to_owned() },
        text: Bilingual { zh, en },
    };
    let both =
        |title_zh: &str, title_en: &str, text: &str| section(title_zh, title_en, text.to_owned(), text.to_owned());
    let (severity_zh, severity_en) = severity(meta.severity);
    vec![
        section(
            "规则",
            "Rule",
            format!("{} {}（{}）", meta.code, meta.name_zh, meta.name),
            format!("{} {} ({})", meta.code, meta.name, meta.name_zh),
        ),
        section("摘要", "Summary", meta.summary_zh.to_owned(), meta.summary_en.to_owned()),
        section("定义", "Definition", meta.definition_zh.to_owned(), meta.definition_en.to_owned()),
        section("级别", "Class", class_zh(meta.class), class_en(meta.class)),
        section("轻重", "Severity", severity_zh.to_owned(), severity_en.to_owned()),
        both("容差", "Tolerance", meta.tolerance),
        both("适用", "Applies when", meta.applies_when),
        authority(meta),
        both("示例", "Examples", &doc_text(meta)),
        both("自版本", "Since", meta.since),
    ]
}

/// What the check rests on, and how well that is known.
fn authority(meta: &Meta) -> Section {
    let lines = |line: fn(&Authority) -> String| {
        let lines = authorities_of(meta).into_iter().map(|it| format!("\n- {}: {}", it.id, line(it)));
        format!("{}{}", meta.authority, lines.collect::<String>())
    };
    Section {
        title: Bilingual { zh: "依据".to_owned(), en: "Authority".to_owned() },
        text: Bilingual { zh: lines(Authority::line_zh), en: lines(Authority::line_en) },
    }
}

/// The doc comment as it reads, without the blank that every line of a comment begins with.
pub(crate) fn doc_text(meta: &Meta) -> String {
    let lines: Vec<&str> = meta.doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n").trim().to_owned()
}

fn severity(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::High => ("高", "high"),
        Level::Medium => ("中", "medium"),
        Level::Low => ("低", "low"),
    }
}

fn class_zh(class: &str) -> String {
    let words = class.split('/').map(|it| match it {
        "C" => "矛盾",
        "B" => "违规",
        "S1" => "可疑（高）",
        "S2" => "可疑（中）",
        "S3" => "可疑（低，默认不显示）",
        _ => "提示",
    });
    words.collect::<Vec<_>>().join("、")
}

fn class_en(class: &str) -> String {
    let words = class.split('/').map(|it| match it {
        "C" => "contradiction",
        "B" => "breach",
        "S1" => "suspicion of high confidence",
        "S2" => "suspicion of medium confidence",
        "S3" => "suspicion of low confidence, shown on demand",
        _ => "note",
    });
    words.collect::<Vec<_>>().join(", ")
}
