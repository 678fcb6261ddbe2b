//! The end of a run for people: what came of documents, forms and checks, and which documents were left out and why.

use std::cmp::Reverse;

use gouji_model::VerdictKind;

use crate::layout::{Paint, Tone, clean, pad, pad_left, width};
use crate::text::{counted, writes};
use crate::writer::{Listed, Why};
use crate::{Config, Lang, Subject, Tally, names};

/// Reasons for checks that could not be made that the summary lists: the rest rarely tells more.
const MAX_REASONS: usize = 8;

/// The summary; with `is_quiet` only the documents that were not read.
pub(crate) fn summary(config: &Config, listed: &[Listed], tally: &Tally, has_parts: bool) -> Vec<u8> {
    let mut acc = String::new();
    let block = Block { lang: config.lang, paint: Paint { has_color: config.has_color } };
    if !config.is_quiet {
        let title = block.lang.pick("合计", "summary");
        writes(&mut acc, format_args!("{}\n", block.paint.paint(Tone::Strong, title)));
        block.documents(tally, &mut acc);
        if config.subject == Subject::Findings && 0 < tally.forms {
            block.verdicts(tally, &mut acc);
            block.codes(tally, &mut acc);
            block.checks(tally, &mut acc);
        }
    }
    block.listed(listed, config.is_quiet, &mut acc);
    if has_parts && !acc.is_empty() {
        acc.insert(0, '\n');
    }
    acc.into_bytes()
}

struct Block {
    lang: Lang,
    paint: Paint,
}

impl Block {
    fn line(&self, zh: &str, en: &str, text: &str, acc: &mut String) {
        let label = match self.lang {
            Lang::Zh => pad(zh, 8),
            Lang::En => pad(en, 13),
        };
        writes(acc, format_args!("  {}  {text}\n", self.paint.paint(Tone::Faint, &label)));
    }

    fn documents(&self, tally: &Tally, acc: &mut String) {
        let Tally { documents, forms, unread, formless, .. } = *tally;
        let text = match self.lang {
            Lang::Zh => format!("{documents} 份有表，共 {forms} 张；{formless} 份无表；{unread} 份未读"),
            Lang::En => {
                let forms = counted(forms, "form");
                format!("{documents} with {forms}, {formless} without a form, {unread} unread")
            }
        };
        self.line("文档", "documents", &text, acc);
    }

    fn verdicts(&self, tally: &Tally, acc: &mut String) {
        let shown = VerdictKind::ALL.iter().filter_map(|kind| {
            let count = tally.by_verdict.get(kind)?;
            let (word, tone) = names::verdict(*kind, self.lang);
            Some(format!("{} {count}", self.paint.paint(tone, word)))
        });
        self.line("结论", "verdicts", &shown.collect::<Vec<_>>().join(self.lang.pick("，", ", ")), acc);
    }

    fn codes(&self, tally: &Tally, acc: &mut String) {
        let mut codes: Vec<_> = tally.by_code.iter().collect();
        codes.sort_by_key(|it| Reverse(it.1));
        let columns = codes.first().map_or(0, |it| width(&it.1.to_string()));
        for (idx, (code, count)) in codes.into_iter().enumerate() {
            let (zh, en) = if idx == 0 { ("发现", "findings") } else { ("", "") };
            let count = pad_left(&count.to_string(), columns);
            self.line(zh, en, format!("{count}  {code} {}", names::rule(code, self.lang)).trim_end(), acc);
        }
    }

    fn checks(&self, tally: &Tally, acc: &mut String) {
        let Some(coverage) = tally.coverage() else { return };
        let (percent, tenths) = (coverage / 100, coverage / 10 % 10);
        let (reached, applicable) = (tally.reached(), tally.applicable());
        let Tally { exact, within_rounding, found, .. } = *tally;
        let text = match self.lang {
            Lang::Zh => format!(
                "{percent}.{tenths}%：应核 {applicable} 项，已核 {reached} 项（恰好相符 {exact}，舍入内相符 {within_rounding}，不符 {found}）"
            ),
            Lang::En => format!(
                "{percent}.{tenths}%: {reached} of {applicable} checks that apply were made ({exact} exact, {within_rounding} within rounding, {found} in findings)"
            ),
        };
        self.line("覆盖率", "coverage", &text, acc);
        let mut reasons: Vec<_> = tally.reasons.iter().collect();
        reasons.sort_by_key(|it| Reverse(it.1));
        let columns = reasons.first().map_or(0, |it| width(&it.1.to_string()));
        let n_more = reasons.iter().skip(MAX_REASONS).map(|it| *it.1).sum::<usize>() + tally.other_reasons;
        for (idx, (reason, count)) in reasons.into_iter().take(MAX_REASONS).enumerate() {
            let (zh, en) = if idx == 0 { ("不能核对", "not checkable") } else { ("", "") };
            let text = clean(self.lang.pick(&reason.zh, &reason.en)).into_owned();
            self.line(zh, en, &format!("{}  {} {text}", pad_left(&count.to_string(), columns), reason.code), acc);
        }
        if 0 < n_more {
            let count = pad_left(&n_more.to_string(), columns);
            self.line("", "", &format!("{count}  {}", self.lang.pick("其他原因", "for other reasons")), acc);
        }
    }

    fn listed(&self, listed: &[Listed], is_quiet: bool, acc: &mut String) {
        let unread = listed.iter().filter(|it| matches!(it.why, Why::Unread(_)));
        for (idx, it) in unread.enumerate() {
            let (zh, en) = if idx == 0 { ("未读", "unread") } else { ("", "") };
            let Why::Unread(code) = it.why else { continue };
            let code = self.paint.paint(Tone::Breach, code);
            self.line(zh, en, &format!("{code} {}  {}", clean(&it.path), self.reason(&it.reason)), acc);
        }
        if is_quiet {
            return;
        }
        let notes = listed.iter().filter_map(|it| match &it.why {
            Why::Note(remark) => Some((it, remark)),
            Why::Unread(_) | Why::Formless(_) => None,
        });
        for (idx, (it, remark)) in notes.enumerate() {
            let (zh, en) = if idx == 0 { ("附注", "notes") } else { ("", "") };
            let place = names::location(&it.path, Some(&remark.place), self.lang);
            let text = clean(self.lang.pick(&remark.message.zh, &remark.message.en)).into_owned();
            self.line(zh, en, &format!("{}  {text}", clean(&place)), acc);
        }
        let formless = listed.iter().filter(|it| matches!(it.why, Why::Formless(_)));
        for (idx, it) in formless.enumerate() {
            let (zh, en) = if idx == 0 { ("无表", "without form") } else { ("", "") };
            self.line(zh, en, &format!("{}  {}", clean(&it.path), self.reason(&it.reason)), acc);
        }
    }

    /// The reason in the language wanted, as far as the contract fixes its words.
    fn reason(&self, reason: &str) -> String {
        let zh = match reason {
            "no title or label of the lexicon" => "没有词典中的标题或标签",
            "labels but no indicator row" => "有标签而无指标行",
            other => other,
        };
        clean(self.lang.pick(zh, reason)).into_owned()
    }
}
