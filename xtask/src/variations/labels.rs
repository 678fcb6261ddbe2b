//! Which pieces of a text are printed labels of a form, and how their inner blanks are taken out or put in.
//!
//! In goes a text, out comes the same text with other blanks in its labels and nothing else changed. The list of
//! labels is this module's own and not the program's lexicon: a test that asked the lexicon what a label is would
//! not see what the lexicon lacks.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// One label a line, without blanks, colons and bracketed points.
static LABELS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| include_str!("labels.txt").lines().collect());

/// Last words of a form's title.
const TITLE_ENDS: [&str; 3] = ["自评表", "目标表", "申报表"];

/// A title is shorter than this: a sentence that ends in the name of a form is none. Characters.
const LONGEST_TITLE: usize = 60;

/// Takes every blank out of every label.
pub fn without_blanks(text: &str) -> String {
    rewrite(text, squeezed)
}

/// Puts a blank between any two Chinese characters of every label.
pub fn with_blanks(text: &str) -> String {
    rewrite(text, |label| {
        let mut acc = String::new();
        let mut last: Option<char> = None;
        for c in label.chars() {
            if is_han(c) && last.is_some_and(is_han) {
                acc.push(' ');
            }
            acc.push(c);
            last = Some(c);
        }
        acc
    })
}

/// Numbers of the lines that hold the title of a form, from 0.
pub fn title_lines(text: &str) -> Vec<usize> {
    text.lines().enumerate().filter(|it| is_title_line(it.1)).map(|it| it.0).collect()
}

/// Whether a line is the title of a form: alone on it, or the last cell of a row that holds no label of a field.
fn is_title_line(line: &str) -> bool {
    let first = line.split('\t').find(|it| !it.trim().is_empty()).unwrap_or("");
    !is_label(first) && is_title(&squeezed(line))
}

fn is_title(squeezed: &str) -> bool {
    let core = core(squeezed);
    TITLE_ENDS.iter().any(|it| core.ends_with(it))
        && core.chars().count() < LONGEST_TITLE
        && !core.contains([',', ';', ':', '，', '。', '；', '：', '<', '|'])
}

/// Rewrites every label of the text: whole cells, whole lines, and whole texts between two tags.
fn rewrite(text: &str, write: impl Fn(&str) -> String) -> String {
    let mut acc = String::with_capacity(text.len() * 2);
    for (piece, delimiter) in pieces(text) {
        let label = piece.trim();
        if is_label(label) {
            let start = piece.len() - piece.trim_start().len();
            acc.push_str(&piece[..start]);
            acc.push_str(&write(label));
            acc.push_str(&piece[start + label.len()..]);
        } else if is_title(&squeezed(label)) {
            acc.push_str(&rewrite_title(piece, &write));
        } else {
            acc.push_str(piece);
        }
        acc.push_str(delimiter);
    }
    acc
}

/// Only the last word of a title is a label; before it stands the name of a place or of a project.
fn rewrite_title(piece: &str, write: impl Fn(&str) -> String) -> String {
    for end in TITLE_ENDS {
        if let Some(start) = piece.rfind(end) {
            return format!("{}{}{}", &piece[..start], write(end), &piece[start + end.len()..]);
        }
    }
    piece.to_owned()
}

/// The text cut at tabs, line ends, pipes and tags; each piece with the delimiter that follows it.
fn pieces(text: &str) -> Vec<(&str, &str)> {
    let mut acc = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let found = rest.char_indices().find_map(|(at, c)| match c {
            '\t' | '\n' | '\r' | '|' => Some((at, 1)),
            '<' => tag_len(&rest[at..]).map(|it| (at, it)),
            _ => None,
        });
        let (at, n) = found.unwrap_or((rest.len(), 0));
        acc.push((&rest[..at], &rest[at..at + n]));
        rest = &rest[at + n..];
    }
    acc
}

/// Length in bytes of the tag that the text begins with, if it does; `<=5` and `< 5` are no tags.
pub fn tag_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
        return None;
    }
    let end = inside.find(['<', '>', '\n', '\t'])?;
    inside[end..].starts_with('>').then_some(end + 2)
}

/// Whether a cell holds nothing but a label, with its points, letters or unit in brackets.
fn is_label(cell: &str) -> bool {
    let squeezed = squeezed(cell);
    let core = core(&squeezed);
    LABELS.contains(core) || LABELS.contains(squeezed.trim_end_matches([':', '：']))
}

/// A label without `其中:` before it and without colon and brackets after it.
fn core(squeezed: &str) -> &str {
    let mut core = squeezed;
    for prefix in ["其中:", "其中："] {
        core = core.strip_prefix(prefix).unwrap_or(core);
    }
    loop {
        let shorter = core.trim_end_matches([':', '：']);
        let shorter = match (shorter.ends_with([')', '）']), shorter.rfind(['(', '（'])) {
            (true, Some(open)) if 0 < open => &shorter[..open],
            _ => shorter,
        };
        if shorter.len() == core.len() {
            return core;
        }
        core = shorter;
    }
}

/// A text without white space.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_get_blanks_and_values_do_not() {
        let text = "项目名称\t设备购置\t其中:财政拨款\t5\n产出指标 (40分)\t<p>数量指标</p>\t数量指标和别的\n";
        let want =
            "项 目 名 称\t设备购置\t其 中:财 政 拨 款\t5\n产 出 指 标 (40分)\t<p>数 量 指 标</p>\t数量指标和别的\n";
        assert_eq!(with_blanks(text), want);
    }

    #[test]
    fn labels_lose_blanks_and_values_do_not() {
        let text = "  年度 总体 目标\t设 备 购 置\n项目资金 (万元)\t\n";
        assert_eq!(without_blanks(text), "  年度总体目标\t设 备 购 置\n项目资金(万元)\t\n");
    }

    #[test]
    fn blanks_put_in_are_taken_out_again() {
        let text = "某市项目支出绩效自评表\n项目名称\t设备\n产出指标(40分)\t数量指标\n总分\t100\n";
        assert_ne!(with_blanks(text), text);
        assert_eq!(without_blanks(&with_blanks(text)).replace("自 评 表", "自评表"), text);
    }

    #[test]
    fn a_title_stands_alone_or_ends_a_row() {
        let text = "附件：某目标表\n某市绩效自评表\n\t设备购置\t\t绩效自评表\n项目名称\t某自评表\n见自评表。\n某目标 表(打捆项目)\n";
        assert_eq!(title_lines(text), [1, 2, 5]);
    }

    #[test]
    fn a_comparison_is_no_tag() {
        for (text, want) in [("<=5>", None), ("<p>x", Some(3)), ("</td>", Some(5)), ("<p", None), ("<3>", None)] {
            assert_eq!(tag_len(text), want, "{text}");
        }
    }
}
