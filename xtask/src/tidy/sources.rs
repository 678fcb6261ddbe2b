//! What every file must have and may not have.

use std::collections::BTreeSet;

use super::rules::{Forbidden, Place};
use super::{Files, Rules};

/// A reason shorter than this says nothing. Characters.
const SHORTEST_REASON: usize = 10;

/// What is out of order in the files, one line each.
pub fn problems(files: &Files, rules: &Rules) -> Vec<String> {
    let mut acc = Vec::new();
    for (path, text) in files {
        let Some(text) = text else { continue };
        if path.ends_with(".rs") {
            acc.extend(rust(path, text, rules.longest_file));
        }
        let is_document = path.starts_with("corpus/") || path.starts_with("fuzz/corpus/");
        if path.ends_with(".md") && !is_document {
            acc.extend(links(path, text, files));
            acc.extend(excerpts(path, text, files));
        }
        // The rules themselves spell out what is forbidden.
        if path != "xtask/tidy.toml" {
            acc.extend(rules.forbidden.iter().flat_map(|it| forbidden(path, text, it)));
        }
    }
    let known = |prefix: &String| files.keys().any(|it| it.starts_with(prefix));
    let excepted: BTreeSet<&String> = rules.forbidden.iter().flat_map(|it| it.except.keys()).collect();
    let stale = excepted.into_iter().filter(|it| !known(it));
    acc.extend(stale.map(|it| format!("xtask/tidy.toml: excepts {it}, which is not there")));
    acc
}

fn rust(path: &str, text: &str, longest: usize) -> Vec<String> {
    let mut acc = Vec::new();
    if !text.starts_with("//!") {
        acc.push(format!("{path}:1: does not start with //! and what the file is for"));
    }
    let n_lines = text.lines().count();
    if longest < n_lines {
        acc.push(format!("{path}: {n_lines} lines, {longest} allowed"));
    }
    for (line_idx, line) in text.lines().enumerate() {
        if let Some((_, rest)) = comment(line).split_once(concat!("FIX", "ME"))
            && rest.trim_start_matches([':', ' ']).chars().count() < SHORTEST_REASON
        {
            acc.push(format!("{path}:{}: a FIXME without a reason", line_idx + 1));
        }
    }
    acc
}

/// Where a forbidden text stands in a file.
fn forbidden(path: &str, text: &str, rule: &Forbidden) -> Vec<String> {
    let is_within = |it: &String| path.starts_with(it.as_str());
    let is_rust = path.ends_with(".rs");
    if (rule.place != Place::Text && !is_rust)
        || !(rule.paths.is_empty() || rule.paths.iter().any(is_within))
        || rule.except.keys().any(is_within)
    {
        return Vec::new();
    }
    let is_test_file = path.contains("/tests/") || path.contains("/benches/") || path.ends_with("/tests.rs");
    if rule.place == Place::Code && is_test_file {
        return Vec::new();
    }
    let mut acc = Vec::new();
    for (line_idx, line) in text.lines().enumerate() {
        if rule.place == Place::Code && line.starts_with("#[cfg(test)]") {
            break;
        }
        let looked_at = if rule.place == Place::Text { line } else { code(line) };
        if has_word(looked_at, &rule.pattern) {
            acc.push(format!("{path}:{}: {} ({})", line_idx + 1, rule.pattern, rule.why));
        }
    }
    acc
}

/// Whether the pattern stands in the line, not as the end of a longer name.
fn has_word(line: &str, pattern: &str) -> bool {
    let is_name = |it: char| it.is_alphanumeric() || it == '_';
    line.match_indices(pattern).any(|(at, _)| !(pattern.starts_with(is_name) && line[..at].ends_with(is_name)))
}

/// A line of Rust without its comment. A `//` inside a text counts as a comment too if a blank stands before it.
fn code(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.find(" //").map_or(line, |at| &line[..at])
}

/// The comment of a line of Rust.
fn comment(line: &str) -> &str {
    &line[code(line).len()..]
}

/// Links of a Markdown file to files that are not there.
fn links(path: &str, text: &str, files: &Files) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |it| it.0);
    let mut acc = Vec::new();
    for (line_idx, line) in text.lines().enumerate() {
        for (at, _) in line.match_indices("](") {
            let target = line[at + 2..].split([')', '#', ' ']).next().unwrap_or("");
            if target.is_empty() || target.contains(':') {
                continue;
            }
            let full = resolved(folder, target);
            let is_there = files.contains_key(&full) || files.keys().any(|it| it.starts_with(&format!("{full}/")));
            if !is_there {
                acc.push(format!("{path}:{}: links to {target}, which is not there", line_idx + 1));
            }
        }
    }
    acc
}

/// Blocks of a Markdown file that call themselves an excerpt of a file and are none.
fn excerpts(path: &str, text: &str, files: &Files) -> Vec<String> {
    let mut acc = Vec::new();
    for after in text.split("<!-- an excerpt of ").skip(1) {
        let Some((source, after)) = after.split_once(" -->") else { continue };
        let block = after.split("```").nth(1).and_then(|it| it.split_once('\n')).map_or("", |it| it.1);
        let whole = files.get(source).and_then(Option::as_deref).unwrap_or("");
        if block.trim().is_empty() || !whole.contains(block) {
            acc.push(format!("{path}: the block after \"an excerpt of {source}\" does not stand there"));
        }
    }
    acc
}

/// A relative link as a path from the root.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn check_rule(rule: &str, path: &str, text: &str, want: &[usize]) {
        let rule: Forbidden = toml::from_str(rule).expect("of the shape");
        let got = forbidden(path, text, &rule);
        let lines: Vec<usize> =
            got.iter().filter_map(|it| it.split(':').nth(1)).filter_map(|it| it.parse().ok()).collect();
        assert_eq!(lines, want, "{got:?}");
    }

    #[test]
    fn code_is_neither_comment_nor_test() {
        let rule = "pattern = 'say('\nwhy = 'quiet'\nplace = 'code'\npaths = ['crates/']\nexcept = { 'crates/cli/' = 'speaks' }";
        let text = "//! say(\nsay(1); // say(\n// say(\nessay(2);\n#[cfg(test)]\nsay(3);\n";
        check_rule(rule, "crates/a/src/lib.rs", text, &[2]);
        check_rule(rule, "crates/a/tests/lib.rs", text, &[]);
        check_rule(rule, "crates/cli/src/main.rs", text, &[]);
        check_rule(rule, "xtask/src/main.rs", text, &[]);
    }

    #[test]
    fn rust_is_tests_too_and_text_is_all() {
        let text = "say(1);\n// say(2)\n#[cfg(test)]\nsay(3);\n";
        check_rule("pattern = 'say('\nwhy = 'q'\nplace = 'rust'", "a.rs", text, &[1, 4]);
        check_rule("pattern = 'say('\nwhy = 'q'\nplace = 'text'", "a.md", text, &[1, 2, 4]);
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        assert_eq!(rust("a.rs", "//! For this.\n", 2), Vec::<String>::new());
        assert_eq!(rust("a.rs", "use x;\n", 2), ["a.rs:1: does not start with //! and what the file is for"]);
        assert_eq!(rust("a.rs", "//! a\n\n\n", 2), ["a.rs: 3 lines, 2 allowed"]);
    }

    #[test]
    fn an_open_end_says_why() {
        let bare = concat!("//! a\n// FIX", "ME\n");
        let reasoned = concat!("//! a\n// FIX", "ME: the header of page two is lost\n");
        assert_eq!(rust("a.rs", bare, 9), ["a.rs:2: a FIXME without a reason"]);
        assert_eq!(rust("a.rs", reasoned, 9), Vec::<String>::new());
    }

    #[test]
    fn an_excerpt_stands_in_its_source() {
        let files: Files = BTreeMap::from([("g/a.txt".to_owned(), Some("1\n2\n3\n".to_owned()))]);
        let check = |block: &str, want: usize| {
            let text = format!("So:\n<!-- an excerpt of g/a.txt -->\n\n```text\n{block}```\n");
            assert_eq!(excerpts("README.md", &text, &files).len(), want, "{block:?}");
        };
        check("2\n3\n", 0);
        check("2\n4\n", 1);
        check("", 1);
    }

    #[test]
    fn links_lead_somewhere() {
        let files: Files = BTreeMap::from([("docs/a.md".to_owned(), None), ("README.md".to_owned(), None)]);
        let text = "[a](a.md) [r](../README.md#x) [w](https://example.org) [d](../docs) [n](b.md)\n";
        assert_eq!(links("docs/a.md", text, &files), ["docs/a.md:1: links to b.md, which is not there"]);
    }
}
