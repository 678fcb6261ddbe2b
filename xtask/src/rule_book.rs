//! `cargo xtask rules`: docs/rules.md, the rule book for people, from the registry of checks.
//!
//! In go the entries of the checks and of the documents that they rest on; out comes one page of Markdown in English and
//! Chinese. `cargo xtask ci` fails if the page that is checked in is another.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use gouji_score::{Evidence, Meta, authorities, explain, registry};

/// Where the page stands.
const PATH: &str = "docs/rules.md";

/// The families in the order of the registry: letter, English, Chinese.
const FAMILIES: [(&str, &str, &str); 12] = [
    ("F", "Funds", "资金"),
    ("W", "Weights", "分值"),
    ("S", "Scores", "得分"),
    ("T", "Totals", "合计"),
    ("I", "Indicators", "指标"),
    ("A", "Arithmetic in text", "文字中的算式"),
    ("U", "Units", "单位"),
    ("X", "Across cells, forms and documents", "跨格、跨表"),
    ("D", "Documents and their damage", "表格与提取"),
    ("P", "Plausibility", "数据合理性"),
    ("G", "Grade bands", "等级"),
    ("", "Others", "其他"),
];

/// Writes the page.
///
/// # Errors
/// If the file cannot be written.
pub fn write(root: &Path) -> Result<()> {
    std::fs::write(root.join(PATH), page()).with_context(|| format!("{PATH}: cannot be written"))?;
    println!("rules: {PATH} holds {} checks", registry().len());
    Ok(())
}

/// Holds the page that is there against the registry.
///
/// # Errors
/// If it is another, or not there.
pub fn check(root: &Path) -> Result<()> {
    let is = std::fs::read_to_string(root.join(PATH)).with_context(|| format!("{PATH}: not readable"))?;
    ensure!(is == page(), "{PATH} is not what the registry says: run `cargo xtask rules`");
    Ok(())
}

/// The page.
pub fn page() -> String {
    let metas: Vec<&Meta> = registry().iter().map(|it| it.meta()).collect();
    let mut acc = String::from(
        "# The rule book\n\n<!-- Written by `cargo xtask rules` from the registry of checks: change the checks, not this page. -->\n\n\
         What `gouji check` recomputes, in English and Chinese. `gouji rule CODE` prints one entry.\n\
         Every drawn form below is run as a test: the check fires where the drawing says so and stays quiet elsewhere.\n\n\
         Classes: C contradiction, B breach, S1 S2 S3 suspicion of high, medium and low confidence (low ones are shown with\n\
         `--level low` only), note. Severity only sorts.\n\n\
         | code | class | severity | name | what it says |\n|---|---|---|---|---|\n",
    );
    for meta in &metas {
        let anchor = anchor(meta);
        put(&mut acc, format_args!("| [{}](#{anchor}) | {} | ", meta.code, meta.class));
        put(&mut acc, format_args!("{} | {} {} | ", meta.severity.name(), meta.name_zh, meta.name));
        put(&mut acc, format_args!("{} {} |\n", in_cell(meta.summary_en), in_cell(meta.summary_zh)));
    }
    let known = |meta: &Meta| FAMILIES.iter().any(|it| !it.0.is_empty() && meta.code.starts_with(it.0));
    for (letter, en, zh) in FAMILIES {
        let of_family = |it: &&&Meta| if letter.is_empty() { !known(it) } else { it.code.starts_with(letter) };
        for (idx, meta) in metas.iter().filter(of_family).enumerate() {
            if idx == 0 {
                put(&mut acc, format_args!("\n## {letter} {en} {zh}\n"));
            }
            entry(meta, &mut acc);
        }
    }
    documents(&mut acc);
    acc
}

fn entry(meta: &Meta, acc: &mut String) {
    put(acc, format_args!("\n### {} {} {}\n\n", meta.code, meta.name_zh, meta.name));
    if meta.is_off {
        acc.push_str("- Off unless it is selected 默认关闭，选定后才核对\n");
    }
    for section in explain(meta) {
        let (title, text) = (&section.title, &section.text);
        match title.en.as_str() {
            // The heading says it.
            "Rule" => {}
            "Examples" => put(acc, format_args!("\n{}\n", text.en)),
            "Since" => put(acc, format_args!("\nSince {}.\n", text.en)),
            "Authority" => {
                let line = |text: &str| text.replace("\n- ", "\n  - ");
                put(acc, format_args!("- **{} {}**: {}\n", title.en, title.zh, line(&text.en)));
            }
            _ if text.en == text.zh => put(acc, format_args!("- **{} {}**: {}\n", title.en, title.zh, text.en)),
            _ => put(acc, format_args!("- **{} {}**: {}<br>{}\n", title.en, title.zh, text.en, text.zh)),
        }
    }
}

fn documents(acc: &mut String) {
    acc.push_str("\n## Documents 依据文件\n\n");
    acc.push_str("How well each is known. What was not read is told in our words and never quoted.\n\n");
    acc.push_str("| id | document | evidence |\n|---|---|---|\n");
    for it in authorities() {
        let id = if it.id == "P" { "P1, P2, …" } else { it.id.as_str() };
        let only = if it.only_en.is_empty() { String::new() } else { format!("; {}", it.only_en) };
        let grade = match it.evidence {
            Evidence::Read => "V",
            Evidence::Title => "T",
            Evidence::Recalled => "R",
        };
        let title = format!("{}<br>{}", it.title_en, it.title_zh);
        put(acc, format_args!("| {id} | {title} | {grade}: {}{only} |\n", it.evidence.en()));
    }
}

/// The anchor that a heading gets: lower case, blanks as hyphens, no punctuation.
fn anchor(meta: &Meta) -> String {
    let heading = format!("{} {} {}", meta.code, meta.name_zh, meta.name).to_lowercase().replace(' ', "-");
    heading.chars().filter(|it| it.is_alphanumeric() || *it == '-').collect()
}

/// A text as it may stand in a cell of a table.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn put(acc: &mut String, text: std::fmt::Arguments<'_>) {
    acc.write_fmt(text).expect("a string takes all that is written");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_its_entry_once() {
        let page = page();
        for meta in registry().iter().map(|it| it.meta()) {
            let heading = format!("\n### {} ", meta.code);
            assert_eq!(page.matches(&heading).count(), 1, "{}", meta.code);
            assert!(page.contains(meta.definition_zh) && page.contains(meta.definition_en), "{}", meta.code);
            assert!(page.contains(meta.authority), "{}", meta.code);
        }
        assert!(!page.contains(" Others "), "a family has no name");
    }

    #[test]
    fn a_page_that_is_another_fails() {
        let dir = crate::tempdir::TempDir::new("rules").expect("a folder");
        std::fs::create_dir(dir.path().join("docs")).expect("a folder");
        assert!(check(dir.path()).is_err());
        write(dir.path()).expect("written");
        assert!(check(dir.path()).is_ok());
        std::fs::write(dir.path().join(PATH), "old").expect("written");
        assert!(check(dir.path()).is_err());
    }
}
