//! Names of indicators and projects as they are compared between rows and forms.
//!
//! In: a printed name. Out: the same without white space, the width of its characters and its number in a list.

use crate::words::squeezed;

/// The name without white space and its number in a list: `1.`, `2、`, `指标1:`, `（三）`, `目标2：`.
pub(crate) fn bare(name: &str) -> String {
    let mut text = squeezed(name);
    let mut rest = text.as_str();
    if let Some(after) = rest.strip_prefix("指标").or_else(|| rest.strip_prefix("目标"))
        && let Some(numbered) = past_number(after)
    {
        rest = numbered.trim_start_matches([':', '.', '、', ',', ';']);
    } else if let Some(bracketed) = rest.strip_prefix('(').and_then(past_number).and_then(|it| it.strip_prefix(')')) {
        rest = bracketed;
    } else if let Some(after) = past_number(rest).and_then(|it| it.strip_prefix(['.', '、', ')'])) {
        // 2.5万套 is no item of a list.
        if !after.starts_with(|it: char| it.is_ascii_digit()) || starts_with_year(after) {
            rest = after;
        }
    }
    let n_before = text.len() - rest.len();
    if n_before < text.len() {
        text.drain(..n_before);
    }
    text
}

/// What follows a number of one or two digits, Arabic or Chinese.
fn past_number(text: &str) -> Option<&str> {
    let digits: usize = text
        .chars()
        .take(2)
        .take_while(|it| {
            it.is_ascii_digit() || matches!(*it, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
        })
        .map(char::len_utf8)
        .sum();
    (digits > 0).then(|| text.get(digits..)).flatten()
}

fn starts_with_year(text: &str) -> bool {
    text.get(..4).is_some_and(|it| it.starts_with("20") && it.bytes().all(|it| it.is_ascii_digit()))
        && text.get(4..).is_some_and(|it| it.starts_with('年'))
}

/// One name is the other with characters put in: 展厅展柜添置 and 展厅修缮及展柜添置.
pub(crate) fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|it| rest.any(|other| other == it))
}

/// The longest run of characters that two texts share, in characters, as a piece of the first.
pub(crate) fn shared_run<'t>(left: &'t str, right: &str) -> &'t str {
    let right: Vec<char> = right.chars().collect();
    let mut lengths = vec![0_usize; right.len() + 1];
    let (mut best, mut end) = (0, 0);
    for (idx, it) in left.char_indices() {
        let mut diagonal = 0;
        for (length, other) in lengths.iter_mut().skip(1).zip(&right) {
            let above = *length;
            *length = if *other == it { diagonal + 1 } else { 0 };
            if best < *length {
                best = *length;
                end = idx + it.len_utf8();
            }
            diagonal = above;
        }
    }
    let head = left.get(..end).unwrap_or_default();
    let start = head.char_indices().rev().nth(best.saturating_sub(1)).map_or(end, |it| it.0);
    if best == 0 { "" } else { head.get(start..).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::{bare, is_within, shared_run};

    #[test]
    fn numbers_of_a_list_are_taken_off() {
        let cases = [
            ("1. 租车费", "租车费"),
            ("10.师资费", "师资费"),
            ("指标2：督查", "督查"),
            ("（三）督查", "督查"),
            ("2.5万套汇编", "2.5万套汇编"),
            ("1.2024年运维", "2024年运维"),
            ("12个子系统", "12个子系统"),
            ("一体化平台", "一体化平台"),
        ];
        for (name, expected) in cases {
            assert_eq!(bare(name), expected);
        }
    }

    #[test]
    fn a_name_is_found_in_a_longer_one() {
        assert!(is_within("展厅展柜添置", "展厅修缮及展柜添置"));
        assert!(!is_within("展厅展柜添置", "机要室设备购置"));
    }

    #[test]
    fn runs_are_pieces_of_the_first() {
        assert_eq!(shared_run("采购杀毒软件2套", "杀毒软件4套、风险评估"), "杀毒软件");
        assert_eq!(shared_run("甲乙", "丙丁"), "");
    }
}
