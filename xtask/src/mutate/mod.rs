//! `cargo xtask mutate`: plants one fault at a time in forms that have none, and counts what the checks say of it.
//!
//! In go the bundled documents and the seeds with their truth. Forms for which the truth knows no contradiction and no
//! breach get every fault of [`faults::KINDS`] at every place that they have for it: in the rebuilt form, where only the
//! checks are tried, and in the text of the document, where the whole way is. Out comes a table.

mod faults;
mod figure;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use gouji_corpus::{Engine, Outcome};
use gouji_model::{Class, Form, FormVerdict, Format, Pointer};
use gouji_score::{Context, Scorer, Settings};
use serde_json::Value;

use crate::program;
use crate::score::set::Set;
use faults::{EQUATIONS, Fault, KINDS, LISTS};

/// What is counted of the faults of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    planted: usize,
    /// Some finding that was not there before.
    found: usize,
    /// One of the right code at the right place, or a note of it.
    right: usize,
    /// The right one is a contradiction or breach, or a note of one.
    hard: usize,
    /// The right one was lowered to a suspicion by D07.
    lowered: usize,
    /// The cell cannot be changed in the text, or is not read back as it was written.
    unreached: usize,
}

/// A document with its quiet forms.
struct Sheet {
    name: String,
    text: String,
    format: Format,
    forms: Vec<Form>,
    verdicts: Vec<FormVerdict>,
    quiet: Vec<usize>,
}

/// What came of all faults.
#[derive(Debug, Default)]
struct Measured {
    n_quiet: usize,
    /// Quiet forms with a contradiction or breach before anything is planted.
    accused: Vec<String>,
    /// Suspicions and notes on quiet forms before anything is planted.
    n_suspicions: usize,
    /// Contradictions and breaches because of equations and lists that hold.
    false_alarms: usize,
    in_form: BTreeMap<&'static str, Count>,
    in_text: BTreeMap<&'static str, Count>,
    /// Every fault that was not found or wrongly blamed.
    told: Vec<String>,
}

/// Plants all faults and prints the table; with `is_verbose`, each fault that was not found or wrongly blamed.
///
/// # Errors
/// If documents or truth cannot be read, or a quiet form raises a contradiction or breach.
pub fn run(root: &Path, is_verbose: bool) -> Result<()> {
    let Measured { n_quiet, accused, n_suspicions, false_alarms, in_form, in_text, told } = measured(&Set::all(root)?)?;
    println!("quiet forms: {n_quiet}, with a contradiction or breach before anything is planted: {}", accused.len());
    println!("suspicions and notes on them before anything is planted: {n_suspicions}");
    println!("contradictions and breaches because of equations and lists that hold: {false_alarms}");
    print_table("Planted in the rebuilt form:", &in_form);
    print_table("Planted in the text of the document:", &in_text);
    if is_verbose {
        println!();
        told.iter().for_each(|it| println!("{it}"));
    }
    ensure!(accused.is_empty(), "contradictions or breaches on quiet forms: {}", accused.join(", "));
    ensure!(false_alarms == 0, "an equation or a list that holds was accused");
    Ok(())
}

/// Plants every fault in every quiet form of the sets.
fn measured(sets: &[Set]) -> Result<Measured> {
    let engine = program::engine();
    let scorer = Scorer::new(Settings::default());
    let mut acc = Measured::default();
    for set in sets {
        for sheet in sheets(&engine, set)? {
            for idx in sheet.quiet.iter().copied() {
                measure(&engine, &scorer, &sheet, idx, &mut acc);
            }
        }
    }
    Ok(acc)
}

fn measure(engine: &Engine, scorer: &Scorer, sheet: &Sheet, idx: usize, acc: &mut Measured) {
    let Some((form, before)) = sheet.forms.get(idx).zip(sheet.verdicts.get(idx)) else { return };
    let name = format!("{}-{}", sheet.name, idx + 1);
    acc.n_quiet += 1;
    acc.n_suspicions += before.findings.len();
    acc.false_alarms += false_alarm(scorer, sheet, idx, form, before);
    if 0 < n_hard(before) {
        acc.accused.push(name.clone());
    }
    for fault in faults::faults(form) {
        let after = checked(scorer, sheet, idx, faults::planted(form, &fault));
        let in_form = after.map(|it| Judged::of(&fault, before, &it));
        let after = read_again(engine, sheet, idx, &fault);
        let in_text = after.map(|it| Judged::of(&fault, before, &it));
        for (level, judged) in [("form", &in_form), ("text", &in_text)] {
            if let Some(judged) = judged.as_ref().filter(|it| !it.is_right) {
                acc.told.push(format!("{level} {name} {}", told(&fault, judged)));
            }
        }
        acc.in_form.entry(fault.kind).or_default().add(in_form);
        acc.in_text.entry(fault.kind).or_default().add(in_text);
    }
}

/// The documents of a set, read, with their forms that the truth holds to be quiet.
fn sheets(engine: &Engine, set: &Set) -> Result<Vec<Sheet>> {
    let mut acc = Vec::new();
    for (name, bytes) in &set.docs {
        let Outcome::Forms { format, forms, verdicts, .. } = engine.document(name, bytes) else { continue };
        let text = String::from_utf8(bytes.clone()).with_context(|| format!("{name}: no UTF-8"))?;
        let mut quiet = BTreeSet::new();
        for truth in set.findings.iter().filter(|it| it.get("document").and_then(Value::as_str) == Some(name.as_str()))
        {
            let must = truth.get("must").and_then(Value::as_array).context("a truth without `must`")?;
            let ordinal = truth.get("ordinal").and_then(Value::as_u64).context("a truth without `ordinal`")?;
            if must.is_empty() {
                quiet.extend(usize::try_from(ordinal)?.checked_sub(1).filter(|it| *it < forms.len()));
            }
        }
        acc.push(Sheet { name: name.clone(), text, format, forms, verdicts, quiet: quiet.into_iter().collect() });
    }
    Ok(acc)
}

/// The verdict on the form that stands in place of another.
fn checked(scorer: &Scorer, sheet: &Sheet, idx: usize, form: Form) -> Option<FormVerdict> {
    let mut forms = sheet.forms.clone();
    *forms.get_mut(idx)? = form;
    let context = Context { format: sheet.format, digest: String::new() };
    scorer.check_document(&forms, &context).into_iter().nth(idx)
}

/// The verdict on the form after the fault was written into the document and the document read again; `None` if the
/// fault did not get through to its cells.
fn read_again(engine: &Engine, sheet: &Sheet, idx: usize, fault: &Fault) -> Option<FormVerdict> {
    let text = text::planted(&sheet.text, sheet.forms.get(idx)?, fault)?;
    let Outcome::Forms { forms, verdicts, .. } = engine.document(&sheet.name, text.as_bytes()) else { return None };
    let form = forms.get(idx)?;
    let is_there = |(pointer, text): &(Pointer, String)| match form.cell(*pointer) {
        Some(cell) => cell.text == *text,
        None => text.is_empty(),
    };
    fault.changes.iter().all(is_there).then(|| verdicts.into_iter().nth(idx)).flatten()
}

/// Findings that an equation and a list which hold bring with them.
fn false_alarm(scorer: &Scorer, sheet: &Sheet, idx: usize, form: &Form, before: &FormVerdict) -> usize {
    let Some(prose) = &form.goal.achieved else { return 0 };
    let mut acc = 0;
    for holds in [EQUATIONS[1], LISTS[1][0], LISTS[1][1]] {
        let changes = vec![(Pointer::GoalAchieved, format!("{}{holds}", prose.text))];
        let fault = Fault { kind: "", changes, codes: &[], at: Vec::new() };
        let after = checked(scorer, sheet, idx, faults::planted(form, &fault));
        acc += after.map_or(0, |it| n_hard(&it).saturating_sub(n_hard(before)));
    }
    acc
}

fn n_hard(verdict: &FormVerdict) -> usize {
    verdict.findings.iter().filter(|it| matches!(it.class, Class::Contradiction | Class::Breach)).count()
}

/// What the checks say of a fault.
#[derive(Clone, Debug)]
struct Judged {
    is_found: bool,
    is_right: bool,
    is_hard: bool,
    is_lowered: bool,
    /// What is new, for people.
    new: Vec<String>,
}

impl Judged {
    /// What stands in the verdict after that was not there before.
    fn of(fault: &Fault, before: &FormVerdict, after: &FormVerdict) -> Judged {
        let had: BTreeSet<(&str, &[Pointer])> = before
            .findings
            .iter()
            .flat_map(|it| {
                let notes = it.notes.iter().map(|it| (it.code, it.at.as_slice()));
                std::iter::once((it.code, it.at.as_slice())).chain(notes)
            })
            .collect();
        let is_blamed =
            |code: &str, at: &[Pointer]| fault.codes.contains(&code) && at.iter().any(|it| fault.at.contains(it));
        let mut judged =
            Judged { is_found: false, is_right: false, is_hard: false, is_lowered: false, new: Vec::new() };
        for finding in after.findings.iter().filter(|it| it.class != Class::Note) {
            let is_new = !had.contains(&(finding.code, finding.at.as_slice()));
            let new_notes = finding.notes.iter().filter(|it| !had.contains(&(it.code, it.at.as_slice())));
            let noted: Vec<bool> = new_notes.map(|it| is_blamed(it.code, &it.at)).collect();
            if !is_new && noted.is_empty() {
                continue;
            }
            judged.is_found = true;
            let at: Vec<String> = finding.at.iter().map(Pointer::to_string).collect();
            judged.new.push(format!("{} {} {}", finding.code, finding.class.name(), at.join(" ")));
            if (is_new && is_blamed(finding.code, &finding.at)) || noted.contains(&true) {
                judged.is_right = true;
                judged.is_hard |= finding.class != Class::Suspicion;
                judged.is_lowered |=
                    finding.class == Class::Suspicion && finding.notes.iter().any(|it| it.code == "D07");
            }
        }
        judged
    }
}

impl Count {
    /// Counts what was said of one fault; nothing: it did not get through to its cells.
    fn add(&mut self, judged: Option<Judged>) {
        let Some(judged) = judged else {
            self.unreached += 1;
            return;
        };
        self.planted += 1;
        self.found += usize::from(judged.is_found);
        self.right += usize::from(judged.is_right);
        self.hard += usize::from(judged.is_hard);
        self.lowered += usize::from(!judged.is_hard && judged.is_lowered);
    }

    fn plus(self, other: Count) -> Count {
        Count {
            planted: self.planted + other.planted,
            found: self.found + other.found,
            right: self.right + other.right,
            hard: self.hard + other.hard,
            lowered: self.lowered + other.lowered,
            unreached: self.unreached + other.unreached,
        }
    }

    fn line(self, name: &str) -> String {
        let Count { planted, found, right, hard, lowered, unreached } = self;
        let suspected = right - hard - lowered;
        let share = |it: usize| {
            (it * 1000).checked_div(planted).map_or("–".to_owned(), |it| format!("{}.{}%", it / 10, it % 10))
        };
        let (found, right) = (share(found), share(right));
        format!("| {name} | {planted} | {found} | {right} | {hard} | {lowered} | {suspected} | {unreached} |")
    }
}

fn print_table(title: &str, counts: &BTreeMap<&str, Count>) {
    println!("\n{title}\n");
    println!(
        "| fault | planted | found | right code and place | of these contradiction or breach | lowered by D07 | suspicion | not planted |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let of_kind = |kind: &str| counts.get(kind).copied().unwrap_or_default();
    for kind in KINDS {
        println!("{}", of_kind(kind).line(kind));
    }
    println!("{}", KINDS.into_iter().map(of_kind).fold(Count::default(), Count::plus).line("all"));
}

fn told(fault: &Fault, judged: &Judged) -> String {
    let what = if judged.is_found { "wrongly blamed" } else { "not found" };
    let changes: Vec<String> = fault.changes.iter().take(1).map(|(at, text)| format!("{at} := {text:?}")).collect();
    // An equation is appended to a long prose.
    let changes: String = changes.concat().chars().take(60).collect();
    format!("{}, {what}: {changes} -> {}", fault.kind, judged.new.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::set::{bundled, file_name};

    #[test]
    fn planted_faults_are_found_and_quiet_forms_stay_quiet() {
        let sets: Vec<Set> = bundled(&crate::root())
            .expect("the bundled sets are there")
            .iter()
            .map(|it| {
                let name = file_name(&it.to_string_lossy()).to_owned();
                Set::read(&name, &it.join("docs"), &it.join("truth")).expect("a set is complete")
            })
            .collect();
        let measured = measured(&sets).expect("the truth is of its shape");
        assert_eq!(measured.accused, Vec::<String>::new());
        assert_eq!(measured.false_alarms, 0);
        for kind in KINDS {
            let count = measured.in_form.get(kind).copied().unwrap_or_default();
            assert!(0 < count.planted, "{kind}: planted nowhere");
        }
        for counts in [&measured.in_form, &measured.in_text] {
            let all = counts.values().copied().fold(Count::default(), Count::plus);
            assert!(all.planted * 95 <= all.found * 100, "{all:?}\n{}", measured.told.join("\n"));
            assert!(all.planted * 90 <= all.right * 100, "{all:?}\n{}", measured.told.join("\n"));
        }
    }
}
