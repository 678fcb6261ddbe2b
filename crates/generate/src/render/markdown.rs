//! A drawn document as Markdown: pipe tables, in which a covered cell is blank.

use crate::{Drawing, Item, LineRole, Rng};

use super::{broken, pick};

/// Signs that Markdown would take for marks, and that a writer of Markdown escapes.
const ESCAPED: [char; 5] = ['\\', '|', '*', '_', '`'];

/// What whoever wrote the file does the same way throughout.
struct Habits {
    /// What stands before a title.
    title: &'static str,
    /// Whether long words are broken inside their cells.
    has_breaks: bool,
    /// The mark of a column below the first row.
    rule: &'static str,
}

/// The document.
pub fn markdown(drawing: &Drawing, rng: &mut Rng) -> String {
    let habits = Habits {
        title: pick(rng, &["## ", "# ", "**", ""]),
        has_breaks: rng.chance(5),
        rule: pick(rng, &["---", "---", ":---:", " --- "]),
    };
    let mut acc = String::new();
    let mut is_first = true;
    for item in &drawing.items {
        match item {
            Item::TableStart | Item::TableEnd => {
                part(&mut acc);
                is_first = true;
            }
            // An empty line among rows is only that.
            Item::Line(line) if line.text.is_empty() => acc.push('\n'),
            Item::Line(line) => {
                part(&mut acc);
                let mark = if line.role == LineRole::Title { habits.title } else { "" };
                acc.push_str(mark);
                acc.push_str(&escaped_line(&line.text, !mark.is_empty()));
                acc.push_str(if mark == "**" { "**" } else { "" });
                acc.push('\n');
                part(&mut acc);
                is_first = true;
            }
            Item::Row(row) => {
                let cells = row.cells.iter().map(|it| if it.is_covered() { "" } else { it.text.as_str() });
                let cells: Vec<String> = cells.map(|it| cell(it, habits.has_breaks)).collect();
                acc.push_str(&format!("| {} |\n", cells.join(" | ")));
                if is_first {
                    acc.push_str(&format!("|{}\n", format!("{}|", habits.rule).repeat(cells.len())));
                    is_first = false;
                }
            }
        }
    }
    acc
}

/// Ends a part with one empty line.
fn part(acc: &mut String) {
    if !acc.is_empty() && !acc.ends_with("\n\n") {
        acc.push('\n');
    }
}

fn cell(text: &str, has_breaks: bool) -> String {
    match broken(text).filter(|_| has_breaks) {
        Some((first, second)) => format!("{first}<br>{second}"),
        None => escaped(text).replace('\n', "<br>"),
    }
}

fn escaped(text: &str) -> String {
    let mut acc = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // `<5%` is a figure, `<b` would be a tag.
        let is_tag = c == '<' && rest.peek().is_some_and(|it| it.is_ascii_alphabetic() || matches!(it, '/' | '!'));
        if ESCAPED.contains(&c) || is_tag {
            acc.push('\\');
        }
        acc.push(c);
    }
    acc
}

/// A line of text; one that would begin as a list, a title or a quotation begins with an escape.
fn escaped_line(text: &str, is_marked: bool) -> String {
    let text = escaped(text.trim()).replace('\n', "  \n");
    let is_mark = !is_marked && ["#", "> ", "- ", "+ ", "---", "==="].iter().any(|it| text.starts_with(it));
    if is_mark { format!("\\{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Line, Row, RowKind};

    fn line(text: &str, role: LineRole) -> Item {
        Item::Line(Line { text: text.to_owned(), role, field: None })
    }

    fn row(cells: Vec<Cell>) -> Item {
        Item::Row(Row { form: 0, kind: RowKind::Other, cells })
    }

    /// The drawing as the first seed whose habits are the plain ones writes it.
    fn check(items: Vec<Item>, want: &str) {
        let drawing = Drawing { items, ..Drawing::default() };
        let got: Vec<String> = (0..200).map(|it| markdown(&drawing, &mut Rng::new(it))).collect();
        assert!(got.iter().any(|it| it == want), "{}", got[0]);
    }

    #[test]
    fn rows_are_pipe_tables() {
        let wide = Cell { columns: 2, ..Cell::label("合计") };
        check(
            vec![
                line("自评表", LineRole::Title),
                Item::TableStart,
                row(vec![Cell::label("指标"), Cell::label("分值|得分")]),
                row(vec![wide, Cell::covered()]),
                line("第1页", LineRole::PageMark),
                row(vec![Cell::label("5*2"), Cell::label("≥3\n<b")]),
                Item::TableEnd,
                line("- 注", LineRole::Prose),
            ],
            "## 自评表\n\n| 指标 | 分值\\|得分 |\n|---|---|\n| 合计 |  |\n\n第1页\n\n\
             | 5\\*2 | ≥3<br>\\<b |\n|---|---|\n\n\\- 注\n\n",
        );
    }

    #[test]
    fn some_break_long_words() {
        let items = vec![row(vec![Cell::label("服务对象满意度指标一")])];
        check(items.clone(), "| 服务对象满意<br>度指标一 |\n|---|\n");
        check(items, "| 服务对象满意度指标一 |\n|---|\n");
    }
}
