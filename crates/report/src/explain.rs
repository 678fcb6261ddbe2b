//! The rule book and the list of repairs for people: a table of all, or one entry with everything that is known of it.

use gouji_score::{Meta, authorities_of};

use crate::layout::{pad, width};
use crate::text::writes;
use crate::{Lang, names};

/// One repair of the reconciler.
#[derive(Clone, Copy, Debug)]
pub struct RepairEntry<'a> {
    /// Its code.
    pub code: &'a str,
    /// What is damaged, in lower case with hyphens.
    pub name: &'a str,
    /// What is damaged, in Chinese.
    pub name_zh: &'a str,
    /// One line, Chinese.
    pub summary_zh: &'a str,
    /// One line, English.
    pub summary_en: &'a str,
    /// Its doc comment, with drawn examples.
    pub doc: &'a str,
}

/// The table of all checks.
pub fn rules(lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["代码", "级别", "程度", "名称", "说明"],
        Lang::En => ["code", "class", "severity", "name", "what it says"],
    };
    let rows = gouji_score::registry().iter().map(|it| it.meta()).map(|it| {
        let (name, summary) = (lang.pick(it.name_zh, it.name), lang.pick(it.summary_zh, it.summary_en));
        [it.code, it.class, names::level(it.severity, lang), name, summary]
    });
    table(std::iter::once(head).chain(rows).collect())
}

/// The table of all repairs.
pub fn repairs(entries: &[RepairEntry<'_>], lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["代码", "名称", "说明"],
        Lang::En => ["code", "name", "what it does"],
    };
    let rows =
        entries.iter().map(|it| [it.code, lang.pick(it.name_zh, it.name), lang.pick(it.summary_zh, it.summary_en)]);
    table(std::iter::once(head).chain(rows).collect())
}

/// Everything that is known of the check with this code, in both languages; `None` if there is none.
pub fn rule(code: &str, lang: Lang) -> Option<String> {
    let meta: &Meta = gouji_score::registry().iter().map(|it| it.meta()).find(|it| it.code == code)?;
    let mut acc = format!("{} {} {}\n\n", meta.code, meta.name_zh, meta.name);
    let zh = [("说明", meta.summary_zh), ("应满足", meta.definition_zh)];
    let en = [("says", meta.summary_en), ("must hold", meta.definition_en)];
    let severity = names::level(meta.severity, lang);
    let authorities: Vec<(&str, String)> = authorities_of(meta)
        .into_iter()
        .map(|it| (it.id.as_str(), lang.pick(&it.line_zh(), &it.line_en()).to_owned()))
        .collect();
    let mut facts = vec![
        (lang.pick("级别", "class"), meta.class),
        (lang.pick("程度", "severity"), severity),
        (lang.pick("适用于", "applies when"), meta.applies_when),
        (lang.pick("容差", "tolerance"), meta.tolerance),
        (lang.pick("依据", "authority"), meta.authority),
    ];
    facts.extend(authorities.iter().map(|it| (it.0, it.1.as_str())));
    facts.push((lang.pick("始于版本", "since"), meta.since));
    let (first, second) = match lang {
        Lang::Zh => (zh, en),
        Lang::En => (en, zh),
    };
    fields(&first, &mut acc);
    acc.push('\n');
    fields(&second, &mut acc);
    acc.push('\n');
    fields(&facts, &mut acc);
    doc(meta.doc, &mut acc);
    Some(acc)
}

/// Everything that is known of a repair, in both languages.
pub fn repair(entry: &RepairEntry<'_>, lang: Lang) -> String {
    let mut acc = format!("{} {} {}\n\n", entry.code, entry.name_zh, entry.name);
    let (zh, en) = (("说明", entry.summary_zh), ("does", entry.summary_en));
    match lang {
        Lang::Zh => fields(&[zh, en], &mut acc),
        Lang::En => fields(&[en, zh], &mut acc),
    }
    doc(entry.doc, &mut acc);
    acc
}

fn fields(fields: &[(&str, &str)], acc: &mut String) {
    for (label, text) in fields.iter().filter(|it| !it.1.is_empty()) {
        writes(acc, format_args!("  {}  {text}\n", pad(label, 12)));
    }
}

/// A doc comment, each line indented like the fields above it.
fn doc(doc: &str, acc: &mut String) {
    if doc.trim().is_empty() {
        return;
    }
    acc.push('\n');
    for line in doc.trim_end().lines() {
        // Doc comments begin each line with the space after `///`.
        let line = line.strip_prefix(' ').unwrap_or(line);
        writes(acc, format_args!("{}\n", format!("  {line}").trim_end()));
    }
}

fn table<const N: usize>(rows: Vec<[&str; N]>) -> String {
    let columns: [usize; N] =
        std::array::from_fn(|col| rows.iter().filter_map(|it| it.get(col)).map(|it| width(it)).max().unwrap_or(0));
    let mut acc = String::new();
    for row in rows {
        let padded: Vec<String> = row.iter().zip(columns).map(|(text, columns)| pad(text, columns)).collect();
        writes(&mut acc, format_args!("{}\n", padded.join("  ").trim_end()));
    }
    acc
}
