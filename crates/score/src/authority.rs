//! The documents that checks rest on, and how well each is known.
//!
//! In: the ids of a check's [`Meta::authority`]. Out: titles and evidence, from `authorities.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::Meta;

/// How well the wording of a document is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// It was read.
    Read,
    /// Title, number and date were read; the clause is from memory.
    Title,
    /// Nothing was read.
    Recalled,
}

impl Evidence {
    /// The evidence in words, Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Evidence::Read => "已读原文",
            Evidence::Title => "仅读到标题、文号与日期，条文凭记忆，不作引文",
            Evidence::Recalled => "凭记忆，未读到，不作引文",
        }
    }

    /// The evidence in words, English.
    pub fn en(self) -> &'static str {
        match self {
            Evidence::Read => "wording read",
            Evidence::Title => "title, number and date read; the clause is from memory and not quoted",
            Evidence::Recalled => "recalled, nothing read, not quoted",
        }
    }
}

/// A document or form that a check rests on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The id that [`Meta::authority`] uses; `P` for every `P1`, `P2`, …: one system.
    pub id: String,
    /// What it is, Chinese.
    pub title_zh: String,
    /// What it is, English.
    pub title_en: String,
    /// How well its wording is known.
    pub evidence: Evidence,
    /// What the evidence does not cover, Chinese; may be empty.
    #[serde(default)]
    pub only_zh: String,
    /// What the evidence does not cover, English; may be empty.
    #[serde(default)]
    pub only_en: String,
}

impl Authority {
    /// Title, evidence, and what it does not cover, Chinese.
    pub fn line_zh(&self) -> String {
        let only = if self.only_zh.is_empty() { String::new() } else { format!("；{}", self.only_zh) };
        format!("{}（{}{only}）", self.title_zh, self.evidence.zh())
    }

    /// Title, evidence, and what it does not cover, English.
    pub fn line_en(&self) -> String {
        let only = if self.only_en.is_empty() { String::new() } else { format!("; {}", self.only_en) };
        format!("{} ({}{only})", self.title_en, self.evidence.en())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    authority: Vec<Authority>,
}

/// Every document, in the order of the file.
pub fn authorities() -> &'static [Authority] {
    static BOOK: LazyLock<Vec<Authority>> = LazyLock::new(|| {
        let book: Book =
            toml::from_str(include_str!("authorities.toml")).expect("the embedded authorities are read by a test");
        book.authority
    });
    &BOOK
}

/// The documents that a check names, in its order, each once.
pub fn authorities_of(meta: &Meta) -> Vec<&'static Authority> {
    let mut acc: Vec<&Authority> = Vec::new();
    for id in ids(meta.authority) {
        if let Some(found) = find(id)
            && !acc.contains(&found)
        {
            acc.push(found);
        }
    }
    acc
}

/// Ids in the text: a capital and a number without leading zero; `F03` is a check.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| {
        let (head, tail) = it.split_at(it.len().min(1));
        let is_number = !tail.is_empty() && tail.bytes().all(|byte| byte.is_ascii_digit()) && !tail.starts_with('0');
        head.bytes().all(|byte| byte.is_ascii_uppercase()) && is_number
    })
}

fn find(id: &str) -> Option<&'static Authority> {
    let id = if id.starts_with('P') { "P" } else { id };
    authorities().iter().find(|it| it.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_that_a_check_names_is_known() {
        for check in crate::registry() {
            let meta = check.meta();
            let unknown: Vec<&str> = ids(meta.authority).filter(|it| find(it).is_none()).collect();
            assert!(unknown.is_empty(), "{}: {unknown:?}", meta.code);
        }
    }

    #[test]
    fn ids_are_told_from_codes_and_words() {
        let found: Vec<&str> = ids("M1, N2 note 4; P5, P10 (1.2); F03; the 30% line; Q").collect();
        assert_eq!(found, ["M1", "N2", "P5", "P10"]);
    }

    #[test]
    fn what_was_not_read_says_so() {
        let recalled = find("M5").expect("is in the file");
        assert_eq!(recalled.line_en(), "Caiyu [2018] No. 167 (recalled, nothing read, not quoted)");
        let read = find("M7").expect("is in the file");
        assert_eq!(read.line_zh(), "《中华人民共和国预算法》（已读原文；条号凭记忆）");
    }
}
