//! Forms for people: head fields, funds and indicators as aligned columns, then what was repaired and what else could
//! be read.

use gouji_model::{Cell, Form, FormKind, FundsField, IndicatorField, Pointer};

use crate::layout::{Paint, Tone, clean, clip, pad, width};
use crate::text::{counted, writes};
use crate::{Config, Entry, Lang, Outcome, names};

/// Widest column of a table. Columns of a terminal: nine columns of a form then fit a wide window.
const CELL_COLUMNS: usize = 24;

/// Widest text of a head field or a goal. Columns of a terminal.
const TEXT_COLUMNS: usize = 88;

/// A document's forms as text; empty for one without forms, which stands in the summary.
pub(crate) fn document(config: &Config, entry: &Entry<'_>) -> Vec<u8> {
    let Outcome::Forms { format, forms, .. } = entry.outcome else { return Vec::new() };
    let page = Page { lang: config.lang, paint: Paint { has_color: config.has_color }, path: entry.path };
    let path = page.paint.paint(Tone::Strong, &clean(entry.path));
    let mut acc = match page.lang {
        Lang::Zh => format!("{path}  {}，{} 张表\n", names::format(format, page.lang), forms.len()),
        Lang::En => format!("{path}  {}, {}\n", names::format(format, page.lang), counted(forms.len(), "form")),
    };
    for form in forms {
        page.form(form, &mut acc);
    }
    acc.into_bytes()
}

struct Page<'a> {
    lang: Lang,
    paint: Paint,
    path: &'a str,
}

impl Page<'_> {
    fn form(&self, form: &Form, acc: &mut String) {
        let kind = match form.kind {
            FormKind::SelfEvaluation => self.lang.pick("自评表", "self-evaluation"),
            FormKind::Target => self.lang.pick("绩效目标表", "target form"),
        };
        let title = match self.lang {
            Lang::Zh => format!("第 {} 张  {kind}", form.ordinal),
            Lang::En => format!("form {}  {kind}", form.ordinal),
        };
        let place = names::location(self.path, names::nearest_place(form, Pointer::Form), self.lang);
        let (title, place) = (self.paint.paint(Tone::Strong, &title), self.paint.paint(Tone::Faint, &place));
        writes(acc, format_args!("\n  {title}  {place}\n"));
        let head = [
            Pointer::Title,
            Pointer::Year,
            Pointer::Project,
            Pointer::Department,
            Pointer::Unit,
            Pointer::FundsUnit,
            Pointer::GoalExpected,
            Pointer::GoalAchieved,
        ];
        self.fields(form, &head, acc);
        self.table(
            FundsField::ALL,
            form.funds.len(),
            |idx, field| form.funds.get(idx)?.field(field),
            names::funds_field,
            acc,
        );
        let fields = |row_idx: usize, field| form.indicators.get(row_idx)?.field(field);
        self.table(IndicatorField::ALL, form.indicators.len(), fields, names::indicator_field, acc);
        acc.push('\n');
        self.fields(form, &[Pointer::TotalWeight, Pointer::TotalScore, Pointer::Grade, Pointer::Deviation], acc);
        self.repairs(form, acc);
        for alternative in &form.alternatives {
            let read = alternative.at.iter().zip(&alternative.values).map(|(at, value)| {
                let value = value.as_deref().unwrap_or(self.lang.pick("（空）", "(empty)"));
                format!("{} = {}", names::leaf(form, *at, self.lang), clip(&clean(value), CELL_COLUMNS))
            });
            let read = read.collect::<Vec<_>>().join(self.lang.pick("；", "; "));
            self.line(
                self.lang.pick("另一读法", "or read"),
                &format!("{read}  {}", clean(self.lang.of(&alternative.why))),
                acc,
            );
        }
    }

    /// Repairs by what they say, each with how often and where first.
    fn repairs(&self, form: &Form, acc: &mut String) {
        let mut counted: Vec<(String, usize, Vec<Pointer>)> = Vec::new();
        for repair in &form.repairs {
            let text = format!(
                "{} {} ({})",
                repair.code,
                clean(self.lang.of(&repair.what)),
                clean(self.lang.of(&repair.evidence))
            );
            match counted.iter_mut().find(|it| it.0 == text) {
                Some((_, count, at)) => {
                    *count += 1;
                    at.extend(&repair.at);
                }
                None => counted.push((text, 1, repair.at.clone())),
            }
        }
        for (text, count, at) in counted {
            let times = if count == 1 { String::new() } else { format!(" ×{count}") };
            let place = at.first().map(|it| names::leaf(form, *it, self.lang)).unwrap_or_default();
            let more = if at.len() < 2 { "" } else { " …" };
            self.line(self.lang.pick("修复", "repair"), format!("{text}{times}  {place}{more}").trim_end(), acc);
        }
    }

    fn fields(&self, form: &Form, pointers: &[Pointer], acc: &mut String) {
        for pointer in pointers {
            if let Some(cell) = form.cell(*pointer) {
                // The goal's texts need no more than their own label here.
                let name = names::leaf(form, *pointer, self.lang);
                let name = name.rsplit_once(" · ").filter(|_| is_goal(*pointer)).map_or(name.as_str(), |it| it.1);
                self.line(name, &clip(&clean(&cell.text), TEXT_COLUMNS), acc);
            }
        }
    }

    fn line(&self, label: &str, text: &str, acc: &mut String) {
        writes(acc, format_args!("    {}  {text}\n", self.paint.paint(Tone::Faint, &pad(label, 14))));
    }

    /// Rows under the columns that at least one of them fills.
    fn table<'a, F: Copy>(
        &self,
        fields: &[F],
        n_rows: usize,
        cell: impl Fn(usize, F) -> Option<&'a Cell>,
        name: impl Fn(F, Lang) -> &'static str,
        acc: &mut String,
    ) {
        let mut columns: Vec<Vec<String>> = Vec::new();
        for field in fields {
            let shown = |row_idx| {
                let text = cell(row_idx, *field).map(|it| clip(&clean(&it.text), CELL_COLUMNS).into_owned());
                text.unwrap_or_default()
            };
            let texts: Vec<String> = (0..n_rows).map(shown).collect();
            if texts.iter().any(|it| !it.is_empty()) {
                let head = name(*field, self.lang).to_owned();
                let column: Vec<String> = std::iter::once(head).chain(texts).collect();
                let columns_wide = column.iter().map(|it| width(it)).max().unwrap_or(0);
                columns.push(column.iter().map(|it| pad(it, columns_wide)).collect());
            }
        }
        if columns.is_empty() {
            return;
        }
        acc.push('\n');
        for row_idx in 0..=n_rows {
            let row: Vec<&str> = columns.iter().filter_map(|it| it.get(row_idx)).map(String::as_str).collect();
            let row = row.join("  ");
            let row =
                if row_idx == 0 { self.paint.paint(Tone::Faint, row.trim_end()) } else { row.trim_end().to_owned() };
            writes(acc, format_args!("    {row}\n"));
        }
    }
}

fn is_goal(pointer: Pointer) -> bool {
    matches!(pointer, Pointer::GoalExpected | Pointer::GoalAchieved)
}
