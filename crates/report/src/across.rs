//! Findings over the documents of a run, for people: a title, a sentence, and the forms with their cells.

use gouji_model::{AcrossFinding, Form, Member};

use crate::layout::{Paint, Tone, clean, clip, pad, wrap};
use crate::text::{counted, writes};
use crate::{Config, Lang, names};

/// Widest line of a sentence, widest project and widest text of a cell, as in the text of a document. Columns.
const SENTENCE_COLUMNS: usize = 96;
const NAME_COLUMNS: usize = 44;
const CELL_COLUMNS: usize = 36;

/// Forms of one finding that are shown; the shapes for programs hold all.
const MAX_MEMBERS: usize = 8;

/// Cells of one form that are shown.
const MAX_CELLS: usize = 6;

/// The findings as text; empty if there are none.
pub(crate) fn text(config: &Config, findings: &[AcrossFinding]) -> Vec<u8> {
    if findings.is_empty() {
        return Vec::new();
    }
    let page = Page { lang: config.lang, paint: Paint { has_color: config.has_color } };
    let title = page.paint.paint(Tone::Strong, page.lang.pick("文件之间", "between documents"));
    let mut acc = match page.lang {
        Lang::Zh => format!("{title}  {} 条\n", findings.len()),
        Lang::En => format!("{title}  {}\n", counted(findings.len(), "finding")),
    };
    findings.iter().for_each(|it| page.finding(it, &mut acc));
    acc.into_bytes()
}

struct Page {
    lang: Lang,
    paint: Paint,
}

impl Page {
    fn finding(&self, finding: &AcrossFinding, acc: &mut String) {
        let (class, tone) = names::class(finding.class, finding.confidence, self.lang);
        let title = format!("{class} {} {}", finding.code, names::rule(finding.code, self.lang));
        writes(acc, format_args!("\n    {}\n", self.paint.paint(tone, title.trim_end())));
        let message = clean(self.lang.of(&finding.message)).into_owned();
        for line in wrap(&message, SENTENCE_COLUMNS) {
            writes(acc, format_args!("      {line}\n"));
        }
        for (idx, member) in finding.members.iter().take(MAX_MEMBERS).enumerate() {
            self.line(if idx == 0 { ("位置", "at") } else { ("", "") }, &self.form(member), acc);
            self.cells(member, acc);
        }
        let n_more = finding.members.len().saturating_sub(MAX_MEMBERS);
        if 0 < n_more {
            let more = match self.lang {
                Lang::Zh => format!("另有 {n_more} 张表"),
                Lang::En => format!("{n_more} more form{}", if n_more == 1 { "" } else { "s" }),
            };
            self.line(("", ""), &more, acc);
        }
    }

    /// Where a form stands and what it is about.
    fn form(&self, member: &Member) -> String {
        let place = self.paint.paint(Tone::Faint, &names::location(&member.path, Some(&member.place), self.lang));
        let project = member.project.as_deref().unwrap_or(self.lang.pick("（无项目名称）", "(no project name)"));
        let project = clip(&clean(project), NAME_COLUMNS).into_owned();
        match self.lang {
            Lang::Zh => format!("{place}  第 {} 张  {project}", member.ordinal),
            Lang::En => format!("{place}  form {}  {project}", member.ordinal),
        }
    }

    /// The cells of a form whose texts are known.
    fn cells(&self, member: &Member, acc: &mut String) {
        // Rows go by their number: of the form itself nothing is left at the end of a run.
        let blank = Form::default();
        for (pointer, text) in member.at.iter().zip(&member.stated).take(MAX_CELLS) {
            let text = clean(text);
            let text = clip(&text, CELL_COLUMNS);
            let name = names::leaf(&blank, *pointer, self.lang);
            let shown = match self.lang {
                Lang::Zh => format!("  {name}「{text}」"),
                Lang::En => format!("  {name} \"{text}\""),
            };
            self.line(("", ""), &shown, acc);
        }
    }

    /// A line with its label in a column of its own.
    fn line(&self, (zh, en): (&str, &str), text: &str, acc: &mut String) {
        let label = match self.lang {
            Lang::Zh => pad(zh, 8),
            Lang::En => pad(en, 9),
        };
        writes(acc, format_args!("      {}  {text}\n", self.paint.paint(Tone::Faint, &label)));
    }
}
