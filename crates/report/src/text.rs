//! Findings for an auditor: form by form, the worst of a document first, each finding with its sentence, the printed
//! figure beside the recomputed one, the arithmetic, and every cell with its place.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gouji_model::{Bilingual, Finding, Form, FormVerdict, Ledger, Pointer, VerdictKind};

use crate::layout::{Paint, Tone, clean, clip, pad, wrap};
use crate::{Config, Entry, Lang, Outcome, names};

/// Widest text of a cell beside its place. Columns of a terminal: what a figure or a short phrase needs.
const CELL_COLUMNS: usize = 44;

/// Widest line of a sentence. Columns of a terminal: with its indent it fits a window of 110.
const SENTENCE_COLUMNS: usize = 96;

/// Cells that a recomputation used and that are listed one by one; more are summed up by the lines that they stand on.
const MAX_INPUTS: usize = 6;

/// Cells of one hypothesis that are named; a reading that moves a whole column has dozens.
const MAX_HYPOTHESES: usize = 3;

/// Reasons for checks that could not be made that are listed under a form.
const MAX_REASONS: usize = 3;

/// A document as text; empty for one without forms, which stands in the summary.
pub(crate) fn document(config: &Config, entry: &Entry<'_>) -> Vec<u8> {
    let Outcome::Forms { format, forms, verdicts, .. } = entry.outcome else { return Vec::new() };
    let page = Page { lang: config.lang, paint: Paint { has_color: config.has_color }, path: entry.path };
    let mut pairs: Vec<(&Form, &FormVerdict)> = forms.iter().zip(verdicts).collect();
    if config.is_quiet {
        pairs.retain(|it| it.1.kind != VerdictKind::Consistent);
    }
    if pairs.is_empty() {
        return Vec::new();
    }
    pairs.sort_by_key(|(_, verdict)| (verdict.kind, verdict.ordinal));
    let path = page.paint.paint(Tone::Strong, &clean(entry.path));
    let mut acc = match page.lang {
        Lang::Zh => format!("{path}  {}，{} 张表\n", names::format(format, page.lang), forms.len()),
        Lang::En => format!("{path}  {}, {}\n", names::format(format, page.lang), counted(forms.len(), "form")),
    };
    let mut was_long = true;
    for (form, verdict) in pairs {
        // Forms that need one line stand close; a form with findings has room around it.
        let is_long = verdict.kind != VerdictKind::Consistent || !verdict.findings.is_empty();
        if is_long || was_long {
            acc.push('\n');
        }
        page.form(form, verdict, is_long, &mut acc);
        was_long = is_long;
    }
    acc.into_bytes()
}

/// `1 form`, `2 forms`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

struct Page<'a> {
    lang: Lang,
    paint: Paint,
    path: &'a str,
}

impl Page<'_> {
    fn form(&self, form: &Form, verdict: &FormVerdict, is_long: bool, acc: &mut String) {
        let (word, tone) = names::verdict(verdict.kind, self.lang);
        let word = self.paint.paint(tone, word);
        let project = verdict.project.as_deref().or(form.title.as_ref().map(|it| it.text.as_str()));
        let project = project.unwrap_or(self.lang.pick("（无项目名称）", "(no project name)"));
        let project = self.paint.paint(Tone::Strong, &clip(&clean(project), 2 * CELL_COLUMNS));
        let head = match self.lang {
            Lang::Zh => format!("第 {} 张  {project}  {word}", verdict.ordinal),
            Lang::En => format!("form {}  {project}  {word}", verdict.ordinal),
        };
        let ledger = self.paint.paint(Tone::Faint, &self.ledger(verdict));
        if !is_long {
            writes(acc, format_args!("  {head}  {ledger}\n"));
            return;
        }
        let place = names::nearest_place(form, Pointer::Form);
        let place = self.paint.paint(Tone::Faint, &names::location(self.path, place, self.lang));
        let profile = format!("{} {}", self.lang.pick("分值方案", "weights"), clean(&verdict.profile));
        let profile = self.paint.paint(Tone::Faint, &profile);
        writes(acc, format_args!("  {head}\n  {place}  {profile}  {ledger}\n"));
        let alike = |a: &Finding, b: &Finding| (a.code, a.class, a.confidence) == (b.code, b.class, b.confidence);
        for findings in verdict.findings.chunk_by(alike) {
            self.findings(form, findings, acc);
        }
        self.not_checkable(&verdict.ledger, acc);
    }

    fn ledger(&self, verdict: &FormVerdict) -> String {
        let ledger = &verdict.ledger;
        // What the ledger counts and nothing shows are suspicions of low confidence.
        let (found, hidden) = match verdict.findings.is_empty() {
            true => (0, ledger.finding),
            false => (ledger.finding, 0),
        };
        let counts = [
            (ledger.exact, "恰好相符", "exact", ""),
            (ledger.within_rounding, "舍入内相符", "within rounding", ""),
            (found, "不符", "in findings", ""),
            (hidden, "低把握疑点", "of low confidence", " (--level low)"),
            (ledger.not_checkable.len(), "不能核对", "not checkable", ""),
        ];
        let shown = counts.iter().filter(|it| 0 < it.0).map(|(count, zh, en, more)| match self.lang {
            Lang::Zh => format!("{zh} {count}{more}"),
            Lang::En => format!("{count} {en}{more}"),
        });
        let mut shown: Vec<String> = shown.collect();
        if shown.is_empty() {
            shown.push(self.lang.pick("没有可核对之处", "no check applies").to_owned());
        }
        if !verdict.verified.is_empty() {
            shown.push(format!("{} {}", self.lang.pick("已验证", "verified"), verdict.verified.join(" ")));
        }
        shown.join(self.lang.pick("，", ", "))
    }

    /// Findings of one check, under one title.
    fn findings(&self, form: &Form, findings: &[Finding], acc: &mut String) {
        let Some(first) = findings.first() else { return };
        let (class, tone) = names::class(first.class, first.confidence, self.lang);
        let title = format!("{class} {} {}", first.code, names::rule(first.code, self.lang));
        let title = self.paint.paint(tone, title.trim_end());
        if findings.len() == 1 {
            writes(acc, format_args!("\n    {title}\n"));
            self.finding(form, first, "", acc);
            return;
        }
        writes(acc, format_args!("\n    {title} ×{}\n", findings.len()));
        for (idx, finding) in findings.iter().enumerate() {
            self.finding(form, finding, &format!("({}) ", idx + 1), acc);
        }
    }

    fn finding(&self, form: &Form, finding: &Finding, number: &str, acc: &mut String) {
        let message = self.message(form, &finding.message);
        for line in wrap(&format!("{number}{message}"), SENTENCE_COLUMNS) {
            writes(acc, format_args!("      {line}\n"));
        }
        if let Some(equation) = &finding.equation {
            self.sentence("算式", "sum", "", &clean(equation), acc);
        }
        self.figures(form, finding, acc);
        self.places(form, ("位置", "at"), &finding.at, None, acc);
        self.inputs(form, finding, acc);
        for hypothesis in &finding.agrees_if {
            self.hypothesis(form, hypothesis, acc);
        }
        for (idx, note) in finding.notes.iter().enumerate() {
            // Two checks may come to the same consequence.
            if finding.notes.iter().take(idx).any(|it| it == note) {
                continue;
            }
            let title = format!("{} {}", note.code, names::rule(note.code, self.lang));
            let message = self.message(form, &note.message);
            self.sentence("附注", "note", &format!("{}  ", title.trim_end()), &message, acc);
            // A note at the cells of its root says nothing new of the place.
            for pointer in note.at.iter().filter(|it| !finding.at.contains(it)) {
                self.line("", "", &format!("  {}", self.place(form, *pointer, None)), acc);
            }
        }
    }

    /// A sentence in the language wanted, with the pointers in it by name.
    fn message(&self, form: &Form, message: &Bilingual) -> String {
        names::with_names(form, &clean(self.lang.pick(&message.zh, &message.en)), self.lang)
    }

    /// A hypothesis with the pointers in it by name; of one over many cells the first few.
    fn hypothesis(&self, form: &Form, hypothesis: &str, acc: &mut String) {
        let parts: Vec<&str> = hypothesis.split("; ").collect();
        let shown = parts.iter().take(MAX_HYPOTHESES).map(|it| names::hypothesis(form, it, self.lang));
        let mut shown = shown.collect::<Vec<_>>().join(self.lang.pick("；", "; "));
        if MAX_HYPOTHESES < parts.len() {
            shown.push_str(&match self.lang {
                Lang::Zh => format!("；…共 {} 格", parts.len()),
                Lang::En => format!("; … {} cells in all", parts.len()),
            });
        }
        self.sentence("若则相符", "agrees if", "", &shown, acc);
    }

    /// The printed figure beside the recomputed one.
    fn figures(&self, form: &Form, finding: &Finding, acc: &mut String) {
        let mut parts = Vec::new();
        if let Some(recomputed) = &finding.recomputed {
            parts.push(format!("{} {}", self.lang.pick("复算", "recomputed"), clean(recomputed)));
        }
        if let Some(admissible) = &finding.admissible {
            parts.push(format!("{} {}", self.lang.pick("可填", "admissible"), clean(admissible)));
        }
        // A finding over several cells has no one figure: each stands with its place.
        let only = match finding.at.as_slice() {
            [only] if names::has_text(*only) => Some(form.cell(*only).map(|it| it.text.as_str())),
            _ => None,
        };
        let stated = match (&finding.stated, only) {
            (Some(stated), _) => clip(&clean(stated), 2 * CELL_COLUMNS).into_owned(),
            (None, Some(Some(text))) if !parts.is_empty() => clip(&clean(text), 2 * CELL_COLUMNS).into_owned(),
            (None, Some(None)) if !parts.is_empty() => self.lang.pick("（空）", "(empty)").to_owned(),
            _ => String::new(),
        };
        if !stated.is_empty() {
            parts.insert(0, stated);
            self.line("填报", "printed", &parts.join("    "), acc);
        } else if !parts.is_empty() {
            self.line("", "", &parts.join("    "), acc);
        }
    }

    fn inputs(&self, form: &Form, finding: &Finding, acc: &mut String) {
        let inputs: Vec<Pointer> = finding.inputs.iter().copied().filter(|it| !finding.at.contains(it)).collect();
        if MAX_INPUTS < inputs.len() {
            let lines = inputs.iter().filter_map(|it| form.cell(*it)?.place.line);
            let (first, last) = (lines.clone().min(), lines.max());
            let count = inputs.len();
            let summed = match (self.lang, first.zip(last)) {
                (Lang::Zh, Some((first, last))) => format!("{count} 格，第 {first}–{last} 行"),
                (Lang::Zh, None) => format!("{count} 格"),
                (Lang::En, Some((first, last))) => format!("{count} cells on lines {first}–{last}"),
                (Lang::En, None) => format!("{count} cells"),
            };
            self.line("依据", "from", &summed, acc);
            return;
        }
        self.places(form, ("依据", "from"), &inputs, finding.at.last().copied(), acc);
    }

    /// Cells, a line each; `before` is the one that was named last.
    fn places(&self, form: &Form, label: (&str, &str), at: &[Pointer], before: Option<Pointer>, acc: &mut String) {
        let mut before = before;
        for (idx, pointer) in at.iter().enumerate() {
            let (zh, en) = if idx == 0 { label } else { ("", "") };
            self.line(zh, en, &self.place(form, *pointer, before), acc);
            before = Some(*pointer);
        }
    }

    /// A cell: where it stands, what it is called, what it prints.
    fn place(&self, form: &Form, pointer: Pointer, before: Option<Pointer>) -> String {
        let location = names::location(self.path, names::nearest_place(form, pointer), self.lang);
        let name = match before {
            Some(before) if names::is_same_row(before, pointer) => names::leaf_of_same_row(form, pointer, self.lang),
            _ => names::leaf(form, pointer, self.lang),
        };
        let text = match form.cell(pointer) {
            Some(cell) => {
                let text = clean(&cell.text);
                let text = clip(&text, CELL_COLUMNS);
                match self.lang {
                    Lang::Zh => format!("「{text}」"),
                    Lang::En => format!(" \"{text}\""),
                }
            }
            None if names::has_text(pointer) => self.lang.pick("（空）", " (empty)").to_owned(),
            None => String::new(),
        };
        format!("{}  {name}{text}", self.paint.paint(Tone::Faint, &location))
    }

    /// Checks that apply and could not be made, by reason.
    fn not_checkable(&self, ledger: &Ledger, acc: &mut String) {
        let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for it in &ledger.not_checkable {
            let codes = by_reason.entry(self.lang.pick(&it.reason.zh, &it.reason.en)).or_default();
            if !codes.contains(&it.code) {
                codes.push(it.code);
            }
        }
        if by_reason.is_empty() {
            return;
        }
        acc.push('\n');
        let n_more = by_reason.len().saturating_sub(MAX_REASONS);
        // The reason that stops most checks first; the map's order decides between equals.
        let mut reasons: Vec<_> = by_reason.into_iter().collect();
        reasons.sort_by_key(|it| std::cmp::Reverse(it.1.len()));
        for (reason, codes) in reasons.into_iter().take(MAX_REASONS) {
            let title = format!("{} {}", self.lang.pick("不能核对", "not checkable"), codes.join(" "));
            let title = self.paint.paint(Tone::Faint, &title);
            writes(acc, format_args!("    {title}  {}\n", clean(reason)));
        }
        if 0 < n_more {
            let more = match self.lang {
                Lang::Zh => format!("另有 {n_more} 种原因，见 --format json 的 ledger"),
                Lang::En => format!("{n_more} more reasons, see ledger in --format json"),
            };
            writes(acc, format_args!("    {}\n", self.paint.paint(Tone::Faint, &more)));
        }
    }

    /// A sentence after a title, on as many lines as it takes.
    fn sentence(&self, zh: &str, en: &str, title: &str, text: &str, acc: &mut String) {
        for (idx, line) in wrap(&format!("{title}{text}"), SENTENCE_COLUMNS).iter().enumerate() {
            match idx {
                0 => self.line(zh, en, line, acc),
                _ => self.line("", "", &format!("  {line}"), acc),
            }
        }
    }

    /// A line with its label in a column of its own.
    fn line(&self, zh: &str, en: &str, text: &str, acc: &mut String) {
        let label = match self.lang {
            Lang::Zh => pad(zh, 8),
            Lang::En => pad(en, 9),
        };
        writes(acc, format_args!("      {}  {text}\n", self.paint.paint(Tone::Faint, &label)));
    }
}

pub(crate) fn writes(acc: &mut String, text: std::fmt::Arguments<'_>) {
    acc.write_fmt(text).expect("a string takes all that is written");
}
