//! What the program says of a drawn document, as far as it is scored: inside this process, or as another revision's
//! binary printed it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use gouji_corpus::{Engine, Outcome};
use gouji_model::{Class, Finding, Form, FormVerdict, FundsField, IndicatorField, Pointer};
use serde_json::{Map, Value, json};

use crate::drawn::Document;
use crate::program::Binary;
use crate::score::normal::field;
use crate::score::set::file_name;
use crate::tempdir::TempDir;

/// What was said of a document; nothing of one that was not read or holds no form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The forms, with the fields that are scored.
    pub forms: Vec<Value>,
    /// One a form.
    pub verdicts: Vec<Verdict>,
}

/// What was said of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The findings.
    pub findings: Vec<Found>,
    /// Checks that reached a verdict.
    pub n_reached: usize,
    /// Checks that apply.
    pub n_applicable: usize,
}

/// A finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Code of the check.
    pub code: String,
    /// What it says.
    pub class: Class,
    /// The cells accused. A cell that this revision does not know is left out: no fault is planted there.
    pub at: Vec<Pointer>,
    /// Codes and cells of its consequences.
    pub notes: Vec<(String, Vec<Pointer>)>,
    /// The finding in a sentence, for people.
    pub message: String,
}

impl Found {
    /// Whether it is a contradiction or a breach.
    pub fn is_hard(&self) -> bool {
        matches!(self.class, Class::Contradiction | Class::Breach)
    }

    /// Whether it would be one if no other reading of like cost, and no other copy of the form, removed it.
    pub fn is_lowered(&self) -> bool {
        self.class == Class::Suspicion && self.notes.iter().any(|it| it.0 == "D07")
    }
}

/// What the engine says.
pub fn of_engine(engine: &Engine, document: &Document) -> Answer {
    match engine.document(&document.name, &document.bytes) {
        Outcome::Forms { forms, verdicts, .. } => {
            Answer { forms: forms.iter().map(scored).collect(), verdicts: verdicts.iter().map(Verdict::from).collect() }
        }
        Outcome::Formless { .. } | Outcome::Unread(_) => Answer::default(),
    }
}

/// What a binary says of the documents, in their order.
///
/// # Errors
/// If it cannot be run, or what it prints is not of the contract's shape.
pub fn of_binary(binary: &Binary, documents: &[Document]) -> Result<Vec<Answer>> {
    let dir = TempDir::new("drawn")?;
    for document in documents {
        std::fs::write(dir.path().join(&document.name), &document.bytes)
            .with_context(|| format!("{}: cannot be written", document.name))?;
    }
    let (mut forms, mut verdicts) = (lines(binary, "extract", dir.path())?, lines(binary, "check", dir.path())?);
    let mut take = |document: &Document| {
        let verdicts = verdicts.remove(&document.name).unwrap_or_default();
        let verdicts = verdicts.iter().map(Verdict::parse).collect::<Result<Vec<_>>>()?;
        Ok(Answer { forms: forms.remove(&document.name).unwrap_or_default(), verdicts })
    };
    documents.iter().map(&mut take).collect()
}

/// The array `forms` of each document that a command prints.
fn lines(binary: &Binary, task: &str, dir: &Path) -> Result<BTreeMap<String, Vec<Value>>> {
    let output = binary.command(&[task, "--format", "jsonl"]).arg(dir).output().context("gouji cannot be run")?;
    ensure!(
        matches!(output.status.code(), Some(0 | 1 | 3)),
        "gouji {task}: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    let mut acc = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Value = serde_json::from_str(line).with_context(|| format!("gouji {task} printed no JSON"))?;
        if field(&line, "kind") == "document" {
            let name = file_name(field(&line, "path").as_str().context("a document without a path")?).to_owned();
            acc.insert(name, field(&line, "forms").as_array().cloned().unwrap_or_default());
        }
    }
    Ok(acc)
}

/// The fields of a form that are scored, under the keys of `gouji extract`.
fn scored(form: &Form) -> Value {
    let text = |at: Pointer| form.cell(at).map_or(Value::Null, |it| Value::String(it.text.clone()));
    let object = |fields: &mut dyn Iterator<Item = (&'static str, Pointer)>| {
        Value::Object(fields.map(|(key, at)| (key.to_owned(), text(at))).collect::<Map<_, _>>())
    };
    let funds = |idx| object(&mut FundsField::ALL.iter().map(|it| (it.key(), Pointer::Funds(idx, *it))));
    let row = |idx| object(&mut IndicatorField::ALL.iter().map(|it| (it.key(), Pointer::Indicator(idx, *it))));
    json!({
        "kind": form.kind.name(),
        "year": text(Pointer::Year),
        "project": text(Pointer::Project),
        "department": text(Pointer::Department),
        "unit": text(Pointer::Unit),
        "funds_unit": text(Pointer::FundsUnit),
        "total": {"weight": text(Pointer::TotalWeight), "score": text(Pointer::TotalScore)},
        "funds": (0..form.funds.len()).map(funds).collect::<Vec<_>>(),
        "indicators": (0..form.indicators.len()).map(row).collect::<Vec<_>>(),
    })
}

impl From<&FormVerdict> for Verdict {
    fn from(verdict: &FormVerdict) -> Verdict {
        Verdict {
            findings: verdict.findings.iter().map(Found::from).collect(),
            n_reached: verdict.ledger.reached(),
            n_applicable: verdict.ledger.applicable(),
        }
    }
}

impl From<&Finding> for Found {
    fn from(finding: &Finding) -> Found {
        Found {
            code: finding.code.to_owned(),
            class: finding.class,
            at: finding.at.clone(),
            notes: finding.notes.iter().map(|it| (it.code.to_owned(), it.at.clone())).collect(),
            message: finding.message.en.clone(),
        }
    }
}

impl Verdict {
    /// From the JSON of `gouji check`.
    fn parse(form: &Value) -> Result<Verdict> {
        let ledger = field(form, "ledger");
        let count = |key: &str| field(ledger, key).as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or(0);
        let n_reached = ["exact", "within_rounding", "finding"].into_iter().map(count).sum();
        let n_unmade = field(ledger, "not_checkable").as_array().map_or(0, Vec::len);
        let findings = field(form, "findings").as_array().context("a form without findings")?;
        Ok(Verdict {
            findings: findings.iter().map(Found::parse).collect::<Result<_>>()?,
            n_reached,
            n_applicable: n_reached + n_unmade,
        })
    }
}

impl Found {
    fn parse(finding: &Value) -> Result<Found> {
        let code = |it: &Value| -> Result<String> {
            Ok(field(it, "code").as_str().context("a finding without a code")?.to_owned())
        };
        let at = |it: &Value| {
            let pointers = field(it, "at").as_array().into_iter().flatten().filter_map(Value::as_str);
            pointers.filter_map(|it| it.parse().ok()).collect::<Vec<Pointer>>()
        };
        let class = match field(finding, "class").as_str() {
            Some("contradiction") => Class::Contradiction,
            Some("breach") => Class::Breach,
            Some("suspicion") => Class::Suspicion,
            _ => Class::Note,
        };
        let notes = field(finding, "notes").as_array().into_iter().flatten();
        let notes = notes.map(|it| Ok((code(it)?, at(it)))).collect::<Result<Vec<_>>>()?;
        let message = field(finding, "message_en").as_str().unwrap_or_default().to_owned();
        Ok(Found { code: code(finding)?, class, at: at(finding), notes, message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{engine, entry, report};
    use crate::score::Set;
    use gouji_report::{Shape, Subject};

    /// The engine's answer is that of the JSON which the program prints, read back.
    #[test]
    fn both_ways_to_an_answer_agree() {
        let (engine, root) = (engine(), crate::root());
        let set = Set::read("facsimile", &root.join("corpus/facsimile/docs"), &root.join("corpus/facsimile/truth"))
            .expect("the bundled set is complete");
        for (name, bytes) in &set.docs {
            let document = Document { name: name.clone(), bytes: bytes.clone(), ..Document::default() };
            let outcome = engine.document(name, bytes);
            let part = report(Subject::Findings, Shape::JsonLines).render(&entry(name, &outcome, Subject::Findings));
            let mut written = Vec::new();
            let shape = report(Subject::Findings, Shape::JsonLines);
            let mut writer = shape.writer(&mut written).expect("a vector takes all that is written");
            writer.push(part).expect("a vector takes all that is written");
            writer.finish(&[]).expect("a vector takes all that is written");
            let written = String::from_utf8(written).expect("JSON is UTF-8");
            let line: Value = serde_json::from_str(written.lines().next().unwrap_or_default()).expect("JSON");
            let forms = field(&line, "forms").as_array().expect("forms").clone();
            let read: Vec<Verdict> = forms.iter().map(|it| Verdict::parse(it).expect("of the contract")).collect();
            assert_eq!(of_engine(&engine, &document).verdicts, read, "{name}");
        }
    }
}
