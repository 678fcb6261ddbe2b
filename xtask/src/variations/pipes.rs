//! Tab-separated rows as Markdown pipe tables.
//!
//! In goes a text, out comes the same text in which each run of lines with tabs is one pipe table, its rows padded
//! with empty cells to the widest of the run.

/// How a table stands in the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// With empty lines around it, as Markdown asks.
    Apart,
    /// Between the lines of text as they come.
    Tight,
}

/// The text with pipe tables for its runs of tab lines.
pub fn tables(text: &str, setting: Setting) -> String {
    let mut acc: Vec<String> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.contains('\t') {
            run.push(line);
            continue;
        }
        let was_table = close(&mut acc, &mut run, setting);
        if was_table && setting == Setting::Apart && !line.trim().is_empty() {
            acc.push(String::new());
        }
        acc.push(line.to_owned());
    }
    close(&mut acc, &mut run, setting);
    acc.join("\n") + "\n"
}

/// Writes the open run as a table; whether there was one.
fn close(acc: &mut Vec<String>, run: &mut Vec<&str>, setting: Setting) -> bool {
    let n_cols = run.iter().map(|it| it.split('\t').count()).max().unwrap_or(0);
    if run.is_empty() {
        return false;
    }
    if setting == Setting::Apart && acc.last().is_some_and(|it| !it.trim().is_empty()) {
        acc.push(String::new());
    }
    for (row_idx, line) in run.drain(..).enumerate() {
        let mut cells: Vec<String> = line.split('\t').map(|it| it.trim().replace('|', "\\|")).collect();
        cells.resize(n_cols, String::new());
        acc.push(format!("| {} |", cells.join(" | ")));
        if row_idx == 0 {
            acc.push(format!("|{}", " --- |".repeat(n_cols)));
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_one_table_padded_to_its_widest_row() {
        let text = "标题\n甲\t乙|丙\n丁\t\t戊\n文\n\n己\t庚\n";
        let tight =
            "标题\n| 甲 | 乙\\|丙 |  |\n| --- | --- | --- |\n| 丁 |  | 戊 |\n文\n\n| 己 | 庚 |\n| --- | --- |\n";
        assert_eq!(tables(text, Setting::Tight), tight);
        let apart =
            "标题\n\n| 甲 | 乙\\|丙 |  |\n| --- | --- | --- |\n| 丁 |  | 戊 |\n\n文\n\n| 己 | 庚 |\n| --- | --- |\n";
        assert_eq!(tables(text, Setting::Apart), apart);
    }
}
