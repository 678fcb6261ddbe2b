//! A document taken apart into its forms: at every title line, two renderings of one form kept together.
//!
//! In goes a text, out comes what stands before the first form and the text of each form.

use super::labels::{squeezed, title_lines};

/// A document in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pieces {
    /// What stands before the first title; may be empty.
    pub head: String,
    /// From one title to the next, in order.
    pub forms: Vec<String>,
}

/// Takes a text apart.
pub fn take_apart(text: &str) -> Pieces {
    let lines: Vec<&str> = text.lines().collect();
    let mut starts: Vec<usize> = Vec::new();
    let mut title: Option<usize> = None;
    for line_idx in title_lines(text) {
        if !title.is_some_and(|it| is_second_rendering(lines[it], lines[line_idx])) {
            starts.push(line_idx);
        }
        title = Some(line_idx);
    }
    let join = |from: usize, to: usize| lines[from..to].iter().map(|it| format!("{it}\n")).collect::<String>();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    Pieces {
        head: join(0, starts.first().copied().unwrap_or(lines.len())),
        forms: starts.iter().zip(ends).map(|(from, to)| join(*from, to)).collect(),
    }
}

/// Whether the second title is the first again as running text: the cells of a sheet, then what a picture of the sheet
/// shows. A long title may have lost its first line in the picture.
fn is_second_rendering(first: &str, second: &str) -> bool {
    first.contains('\t') && !second.contains('\t') && squeezed(first).ends_with(&squeezed(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_falls_into_its_forms() {
        let text = "公开说明\n某绩效自评表\n甲\t1\n\n某绩效自评表\n乙\t2\n";
        let want = Pieces {
            head: "公开说明\n".to_owned(),
            forms: vec!["某绩效自评表\n甲\t1\n\n".to_owned(), "某绩效自评表\n乙\t2\n".to_owned()],
        };
        assert_eq!(take_apart(text), want);
    }

    #[test]
    fn two_renderings_stay_together() {
        let text = "\t甲\t\t绩效自评表\n1\t2\n甲绩效自评表\n1 2\n\t乙\t绩效自评表\n3\t4\n";
        let pieces = take_apart(text);
        assert_eq!(pieces.forms.len(), 2);
        assert_eq!(pieces.forms[0], "\t甲\t\t绩效自评表\n1\t2\n甲绩效自评表\n1 2\n");
    }

    #[test]
    fn a_text_without_title_is_all_head() {
        assert_eq!(take_apart("只有文字\n"), Pieces { head: "只有文字\n".to_owned(), forms: Vec::new() });
    }
}
