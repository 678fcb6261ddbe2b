//! The same documents, written differently: the program must say the same of them.
//!
//! In goes a set of documents with its truth, out comes a set in which every document is varied and the truth follows
//! it. A program that was fitted to the files instead of to what is printed fails here.

pub mod labels;
pub mod pieces;
pub mod pipes;
pub mod width;
pub mod words;

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::score::align::align;
use crate::score::floors::Loss;
use crate::score::normal::{field, normal};
use crate::score::set::stem;
use crate::score::{Answer, Score, Set, findings::Select};
use gouji_generate::Rng;

/// What other words are drawn from. Any number would do.
const WORDS_SEED: u64 = 1;

/// One way to write the same documents differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variation {
    /// Labels without inner blanks.
    BlanksRemoved,
    /// A blank between any two characters of a label.
    BlanksAdded,
    /// Full-width digits, letters and signs outside markup.
    FullWidth,
    /// Half-width digits, letters and signs outside markup.
    HalfWidth,
    /// Each run of tab lines as a pipe table, in a Markdown file.
    PipeTables,
    /// The same between the lines of a text file as they come.
    PipeTablesTight,
    /// The forms of a document in the opposite order.
    Reversed,
    /// The second form first, the first one last.
    Rotated,
    /// Each form a document of its own.
    CutAtTitles,
    /// Other characters wherever they mean nothing to a form.
    OtherWords,
}

impl Variation {
    /// Every variation, with its name in `floors.toml`.
    pub const ALL: [(Variation, &'static str); 10] = [
        (Variation::BlanksRemoved, "blanks_removed"),
        (Variation::BlanksAdded, "blanks_added"),
        (Variation::FullWidth, "full_width"),
        (Variation::HalfWidth, "half_width"),
        (Variation::PipeTables, "pipe_tables"),
        (Variation::PipeTablesTight, "pipe_tables_tight"),
        (Variation::Reversed, "reversed"),
        (Variation::Rotated, "rotated"),
        (Variation::CutAtTitles, "cut_at_titles"),
        (Variation::OtherWords, "other_words"),
    ];
}

/// A set of varied documents.
#[derive(Clone, Debug)]
pub struct Varied {
    /// The varied documents and the truth that follows them.
    pub set: Set,
    /// From the name of a varied document to the name of the one that it was made of.
    pub origins: BTreeMap<String, String>,
    /// Whether the funds of a form may stay unread, because it lost the siblings whose header it shares.
    pub is_cut: bool,
}

impl Varied {
    /// Varies every document of `set`.
    ///
    /// # Errors
    /// If a document is no UTF-8, or its title lines are not as many as its forms.
    pub fn new(set: &Set, variation: Variation) -> Result<Varied> {
        let empty = Set { docs: BTreeMap::new(), forms: BTreeMap::new(), findings: Vec::new(), ..set.clone() };
        let is_cut = variation == Variation::CutAtTitles;
        let mut varied = Varied { set: empty, origins: BTreeMap::new(), is_cut };
        for (doc, bytes) in &set.docs {
            let text = std::str::from_utf8(bytes).with_context(|| format!("{doc}: not UTF-8"))?;
            let truth = Truth::of(set, doc);
            let markdown = format!("{}.md", stem(doc));
            match variation {
                Variation::BlanksRemoved => varied.add(doc, doc, labels::without_blanks(text), truth),
                Variation::BlanksAdded => varied.add(doc, doc, labels::with_blanks(text), truth),
                Variation::FullWidth => varied.add(doc, doc, width::full(text), truth),
                Variation::HalfWidth => varied.add(doc, doc, width::half(text), truth),
                Variation::PipeTables => {
                    varied.add(doc, &markdown, pipes::tables(text, pipes::Setting::Apart), truth);
                }
                Variation::PipeTablesTight => varied.add(doc, doc, pipes::tables(text, pipes::Setting::Tight), truth),
                Variation::Reversed => varied.reorder(doc, text, &truth, |n| (0..n).rev().collect())?,
                Variation::Rotated => varied.reorder(doc, text, &truth, |n| (0..n).map(|it| (it + 1) % n).collect())?,
                Variation::CutAtTitles => varied.cut(doc, text, &truth)?,
                Variation::OtherWords => {
                    let substitution = words::substitution(text, &mut Rng::new(WORDS_SEED));
                    let forms = truth.forms.iter().map(|it| words::substituted_truth(it, &substitution)).collect();
                    varied.add(doc, doc, words::substituted(text, &substitution), Truth { forms, ..truth });
                }
            }
        }
        Ok(varied)
    }

    fn add(&mut self, origin: &str, name: &str, text: String, truth: Truth) {
        self.set.docs.insert(name.to_owned(), text.into_bytes());
        self.set.forms.insert(name.to_owned(), truth.forms);
        self.set.findings.extend(truth.findings.into_iter().map(|it| with(it, "document", json!(name))));
        self.origins.insert(name.to_owned(), origin.to_owned());
    }

    fn reorder(&mut self, doc: &str, text: &str, truth: &Truth, order: impl Fn(usize) -> Vec<usize>) -> Result<()> {
        let pieces = apart(doc, text, truth)?;
        let order = order(pieces.forms.len());
        let text = order.iter().fold(pieces.head, |acc, it| acc + &pieces.forms[*it]);
        self.add(doc, doc, text, truth.picked(&order));
        Ok(())
    }

    fn cut(&mut self, doc: &str, text: &str, truth: &Truth) -> Result<()> {
        let pieces = apart(doc, text, truth)?;
        for (form_idx, form) in pieces.forms.into_iter().enumerate() {
            let name = format!("{}-{:02}.txt", stem(doc), form_idx + 1);
            self.add(doc, &name, form, truth.picked(&[form_idx]));
        }
        if !pieces.head.trim().is_empty() {
            self.add(doc, &format!("{}-00.txt", stem(doc)), pieces.head, truth.picked(&[]));
        }
        Ok(())
    }

    /// What the answer for the varied documents loses against the score of the untouched ones, and where.
    pub fn loss(&self, answer: &Answer, select: &Select, untouched: &Score) -> (Loss, Score) {
        let mut set = self.set.clone();
        if self.is_cut {
            pardon_unread_funds(&mut set, answer);
        }
        let score = Score::new(&set, answer, select);
        let mut loss = Loss::default();
        for (doc, before) in &untouched.extraction {
            let pieces = || score.extraction.iter().filter(|it| self.origins.get(it.0) == Some(doc)).map(|it| it.1);
            let (all, numeric) = (before.all(), before.numeric);
            let wrong: usize = pieces().map(|it| it.all().total - it.all().right).sum();
            loss.fields += wrong.saturating_sub(all.total - all.right);
            let wrong: usize = pieces().map(|it| it.numeric.total - it.numeric.right).sum();
            loss.numeric += wrong.saturating_sub(numeric.total - numeric.right);
        }
        let wrong = |it: &Score| it.findings.misses + it.findings.alarms + it.findings.wrong_cells;
        loss.findings = wrong(&score).saturating_sub(wrong(untouched));
        (loss, score)
    }
}

/// What is right of one document.
struct Truth {
    forms: Vec<Value>,
    findings: Vec<Value>,
}

impl Truth {
    fn of(set: &Set, doc: &str) -> Truth {
        let forms = set.forms.get(doc).cloned().unwrap_or_default();
        let is_of_doc = |it: &&Value| field(it, "document").as_str() == Some(doc);
        Truth { forms, findings: set.findings.iter().filter(is_of_doc).cloned().collect() }
    }

    /// The forms at these indexes, numbered anew.
    fn picked(&self, order: &[usize]) -> Truth {
        let mut acc = Truth { forms: Vec::new(), findings: Vec::new() };
        for (new, old) in order.iter().enumerate() {
            let pick = |list: &[Value]| list.iter().find(|it| field(it, "ordinal") == &json!(old + 1)).cloned();
            acc.forms.extend(pick(&self.forms).map(|it| with(it, "ordinal", json!(new + 1))));
            acc.findings.extend(pick(&self.findings).map(|it| with(it, "ordinal", json!(new + 1))));
        }
        acc
    }
}

fn apart(doc: &str, text: &str, truth: &Truth) -> Result<pieces::Pieces> {
    let pieces = pieces::take_apart(text);
    let (n_titles, n_forms) = (pieces.forms.len(), truth.forms.len());
    ensure!(n_titles == n_forms, "{doc}: {n_titles} title lines for {n_forms} forms");
    Ok(pieces)
}

fn with(mut item: Value, key: &str, value: Value) -> Value {
    if let Some(map) = item.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
    item
}

/// Takes out of the truth the funds that the answer did not read, and what rests on them.
///
/// A form that is cut from its siblings may have lost the header of its funds block: then its amounts have no column,
/// and leaving them unread is right. So may the empty marks of a line stand under another column than their own: they
/// say nothing there either. A wrong amount stays wrong.
fn pardon_unread_funds(set: &mut Set, answer: &Answer) {
    for (doc, forms) in &mut set.forms {
        let got = answer.forms.get(doc).map_or(&[][..], Vec::as_slice);
        for (form_idx, form) in forms.iter_mut().enumerate() {
            let mine = got.get(form_idx).map_or(&Value::Null, |it| field(it, "funds"));
            let was_pardoned = pardon_funds(form, mine.as_array().map_or(&[], Vec::as_slice));
            let is_of_form = |it: &&mut Value| {
                field(it, "document").as_str() == Some(doc) && field(it, "ordinal") == &json!(form_idx + 1)
            };
            for entry in set.findings.iter_mut().filter(is_of_form).filter(|_| was_pardoned) {
                pardon_findings(entry);
            }
        }
    }
}

/// What is printed for nothing (contract, Values), after [`normal`].
const EMPTY_MARKS: [&str; 3] = ["-", "--", "/"];

/// Empties the amounts of the truth that were not read; whether there were any.
fn pardon_funds(form: &mut Value, got: &[Value]) -> bool {
    let Some(lines) = form.get_mut("funds").and_then(Value::as_array_mut) else { return false };
    let mut was_pardoned = false;
    for (i, j) in align(lines, got, "label") {
        let mine = j.map_or(&Value::Null, |it| &got[it]);
        let Some(line) = i.and_then(|it| lines.get_mut(it)).and_then(Value::as_object_mut) else { continue };
        let mut has_lost_mark = false;
        let is_mark = |it: &Value| normal(it).is_some_and(|it| EMPTY_MARKS.contains(&it.as_str()));
        for key in ["label", "budget", "revised", "executed", "weight", "rate", "score"] {
            let is_unread = normal(field(mine, key)).is_none() && (key != "label" || j.is_none());
            if is_unread && line.get(key).is_some_and(|it| !it.is_null()) {
                let lost = line.insert(key.to_owned(), Value::Null);
                has_lost_mark |= lost.is_some_and(|it| is_mark(&it));
                was_pardoned = true;
            }
        }
        for key in ["weight", "rate", "score"] {
            if has_lost_mark && line.get(key).is_some_and(Value::is_null) && is_mark(field(mine, key)) {
                line.insert(key.to_owned(), field(mine, key).clone());
            }
        }
    }
    was_pardoned
}

/// Lets a form whose funds are unread go without the codes that need them.
fn pardon_findings(entry: &mut Value) {
    let rests_on_funds = |entry: &Value, code: &str| {
        let cells = field(field(entry, "at"), code).as_array().into_iter().flatten().filter_map(Value::as_str);
        code.starts_with('F') || cells.into_iter().any(|it| it.starts_with("/funds"))
    };
    let must: Vec<String> =
        field(entry, "must").as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let (pardoned, kept): (Vec<String>, Vec<String>) = must.into_iter().partition(|it| rests_on_funds(entry, it));
    let mut open = field(entry, "open").as_object().cloned().unwrap_or_default();
    for code in &pardoned {
        open.insert(code.clone(), json!("the funds are unread"));
        for key in ["at", "counts"] {
            if let Some(map) = entry.get_mut(key).and_then(Value::as_object_mut) {
                map.remove(code);
            }
        }
    }
    if let Some(map) = entry.as_object_mut() {
        map.insert("must".to_owned(), json!(kept));
        map.insert("open".to_owned(), Value::Object(open));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set() -> Set {
        let text = "说明\n某绩效自评表\n项目名称\t甲\n某绩效自评表\n项目名称\t乙\n";
        let form = |ordinal: usize, project: &str| {
            json!({"ordinal": ordinal, "project": project, "total_score": "9",
                   "funds": [{"label": "总额", "revised": "5"}], "indicators": []})
        };
        let finding = |ordinal: usize, code: &str| json!({"document": "d.txt", "ordinal": ordinal, "must": [code], "should": [], "at": {code: ["/funds/0/rate"]}});
        Set {
            name: "s".to_owned(),
            docs: [("d.txt".to_owned(), text.as_bytes().to_vec())].into(),
            forms: [("d.txt".to_owned(), vec![form(1, "甲"), form(2, "乙")])].into(),
            findings: vec![finding(1, "F03"), finding(2, "W02")],
        }
    }

    fn varied(variation: Variation) -> Varied {
        Varied::new(&set(), variation).expect("the drawn set has two titles and two forms")
    }

    fn text(varied: &Varied, doc: &str) -> String {
        String::from_utf8(varied.set.docs[doc].clone()).expect("made of text")
    }

    #[test]
    fn the_truth_follows_the_order() {
        let varied = varied(Variation::Reversed);
        assert_eq!(text(&varied, "d.txt"), "说明\n某绩效自评表\n项目名称\t乙\n某绩效自评表\n项目名称\t甲\n");
        let forms = &varied.set.forms["d.txt"];
        assert_eq!((&forms[0]["project"], &forms[0]["ordinal"]), (&json!("乙"), &json!(1)));
        assert_eq!((&varied.set.findings[1]["must"], &varied.set.findings[1]["ordinal"]), (&json!(["F03"]), &json!(2)));
    }

    #[test]
    fn the_truth_follows_the_cut() {
        let varied = varied(Variation::CutAtTitles);
        assert_eq!(varied.set.docs.keys().collect::<Vec<_>>(), ["d-00.txt", "d-01.txt", "d-02.txt"]);
        assert_eq!(varied.set.forms["d-00.txt"], Vec::<Value>::new());
        assert_eq!(varied.set.forms["d-02.txt"][0]["ordinal"], json!(1));
        assert_eq!(varied.set.findings[1]["document"], json!("d-02.txt"));
    }

    /// Loss of an answer that reads both cut forms, with these funds in the first.
    fn check_cut(funds: Value, findings: Value, want: Loss) {
        let varied = varied(Variation::CutAtTitles);
        let form = |doc: &str, project: &str, funds: &Value| json!({"document": doc, "ordinal": 1, "project": project, "total": {"score": "9"}, "funds": funds, "indicators": []});
        let read = json!([{"label": "总额", "revised": "5"}]);
        let forms = [form("d-01.txt", "甲", &funds), form("d-02.txt", "乙", &read)];
        let found = |doc: &str, findings: &Value| json!({"path": doc, "forms": [{"ordinal": 1, "findings": findings}]});
        let second = json!([{"code": "W02", "class": "breach", "at": ["/funds/0/rate"]}]);
        let answer = Answer::new(
            &json!({"forms": forms}),
            &json!({"documents": [found("d-01.txt", &findings), found("d-02.txt", &second)]}),
        )
        .expect("of the contract's shape");
        let perfect = Score {
            set: "s".to_owned(),
            extraction: [("d.txt".to_owned(), Default::default())].into(),
            findings: Default::default(),
        };
        assert_eq!(varied.loss(&answer, &Select::default(), &perfect).0, want);
    }

    #[test]
    fn unread_funds_of_a_cut_form_are_no_loss() {
        check_cut(json!([]), json!([]), Loss::default());
        check_cut(json!([{"label": "总额"}]), json!([]), Loss::default());
    }

    /// Whether these funds are right for a line whose truth has a mark under 分值 and nothing under 执行率.
    fn check_mark(got: Value, want: Value) {
        let mut form = json!({"funds": [{"label": "其他资金", "weight": "—", "rate": null}]});
        pardon_funds(&mut form, &[got]);
        assert_eq!(form["funds"][0], want);
    }

    #[test]
    fn a_mark_of_a_cut_form_says_nothing_under_another_column_either() {
        let right = json!({"label": "其他资金", "weight": "—", "rate": null});
        check_mark(right.clone(), right.clone());
        let moved = json!({"label": "其他资金", "weight": null, "rate": "—"});
        check_mark(moved.clone(), moved);
        let empty = json!({"label": "其他资金", "weight": null, "rate": null});
        check_mark(json!({"label": "其他资金", "weight": null, "rate": "5"}), empty.clone());
        check_mark(json!({"label": "其他资金", "weight": "—", "rate": "—"}), right);
    }

    #[test]
    fn wrong_funds_of_a_cut_form_are_a_loss() {
        let right = json!([{"code": "F03", "class": "contradiction", "at": ["/funds/0/rate"]}]);
        check_cut(json!([{"label": "总额", "revised": "6"}]), right, Loss { fields: 1, numeric: 1, findings: 0 });
        let read = json!([{"label": "总额", "revised": "5"}]);
        check_cut(read, json!([]), Loss { fields: 0, numeric: 0, findings: 2 });
    }
}
