//! No prose of the seeds in the project: the documents beside it are real, those inside it are invented.
//!
//! In go the seeds and the files of the project, out comes every stretch of Chinese characters that both have and that
//! is longer than a form label.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Files, Rules};
use crate::variations::labels::is_han;

/// A stretch of this many Chinese characters is prose. Characters; the longest label of a form has 18.
const STRETCH: usize = 20;

/// The texts of the seeds.
///
/// # Errors
/// If one cannot be read.
pub fn seeds(shared: &Path) -> Result<Vec<String>> {
    let mut acc = Vec::new();
    for entry in std::fs::read_dir(shared.join("seeds")).context("the seeds are not readable")? {
        let bytes = std::fs::read(entry?.path()).context("a seed is not readable")?;
        acc.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(acc)
}

/// Files that hold prose of the seeds, one line for each place.
pub fn problems(files: &Files, rules: &Rules, seeds: &[String]) -> Vec<String> {
    let windows = |text: &str| stretches(text).iter().flat_map(|it| windows(it)).collect::<Vec<_>>();
    let mut prose: BTreeSet<Vec<char>> = seeds.iter().flat_map(|it| windows(it)).collect();
    for text in &rules.printed_everywhere {
        for window in windows(text) {
            prose.remove(&window);
        }
    }
    let mut acc = Vec::new();
    for (path, text) in files.iter().filter(|it| *it.0 != "xtask/tidy.toml") {
        for (line_idx, line) in text.iter().flat_map(|it| it.lines().enumerate()) {
            let found = windows(line).into_iter().find(|it| prose.contains(it));
            if let Some(window) = found {
                let words: String = window.iter().collect();
                acc.push(format!("{path}:{}: prose of a seed: {words}", line_idx + 1));
            }
        }
    }
    acc
}

/// Chinese characters that stand together, white space between them left out.
fn stretches(text: &str) -> Vec<Vec<char>> {
    let mut acc = vec![Vec::new()];
    for c in text.chars().filter(|it| !it.is_whitespace() || *it == '\n' || *it == '\t') {
        match acc.last_mut() {
            Some(open) if is_han(c) => open.push(c),
            Some(open) if !open.is_empty() => acc.push(Vec::new()),
            _ => {}
        }
    }
    acc
}

fn windows(stretch: &[char]) -> Vec<Vec<char>> {
    stretch.windows(STRETCH).map(<[char]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const PROSE: &str = "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少";

    fn check(text: &str, everywhere: &str, want: usize) {
        let rules = format!(
            "longest_file = 1\nforbidden = []\nprinted_everywhere = ['{everywhere}']\nthird_party = {{}}\nsees = {{}}\ntests_see = {{}}\n"
        );
        let rules = Rules::parse(&rules).expect("of the shape");
        let files: Files = BTreeMap::from([("corpus/d.txt".to_owned(), Some(text.to_owned()))]);
        assert_eq!(problems(&files, &rules, &[format!("1,{PROSE}。")]).len(), want);
    }

    #[test]
    fn prose_is_found_whatever_stands_around_it() {
        check(&format!("甲{PROSE}乙"), "", 1);
        check("春眠不觉晓 处处闻啼鸟 夜来风雨声 花落知多少", "", 1);
    }

    #[test]
    fn a_short_stretch_is_no_prose() {
        check("春眠不觉晓处处闻啼鸟夜来风雨声花落知", "", 0);
        check("春眠不觉晓，处处闻啼鸟，夜来风雨声，花落知多少", "", 0);
    }

    #[test]
    fn what_every_form_prints_is_no_prose() {
        check(PROSE, PROSE, 0);
    }
}
