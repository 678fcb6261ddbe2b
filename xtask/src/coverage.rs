//! `cargo xtask coverage`: docs/coverage.md, how many of the checks that apply were made, and why the others were not.
//!
//! In go the bundled documents, and the seeds where they stand beside the project; out comes one page of Markdown, counted
//! from the ledgers of every check alone. `cargo xtask ci` fails if the page that is checked in says another thing of the
//! documents that are there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use gouji_corpus::Outcome;
use gouji_model::{Form, Ledger, NotCheckable, Pointer};
use gouji_score::{Context, Meta, Scorer, Settings, registry};

use crate::program;
use crate::score::set::{Set, bundled, shared};

/// Where the page stands.
const PATH: &str = "docs/coverage.md";

/// What bars every comparison of actuals in a form: their column holds points.
const POINTS: &str = "D05";

/// Checks that judge what other checks found: alone they have nothing to say.
const DERIVED: [&str; 2] = ["D07", "G01"];

/// Longest name of a document in the tables, in characters. The hashes in the names of the seeds say nothing.
const NAME_LENGTH: usize = 34;

/// Places that a check, or a form, was asked about.
#[derive(Clone, Debug, Default, PartialEq)]
struct Count {
    exact: usize,
    within_rounding: usize,
    finding: usize,
    barred: Vec<NotCheckable>,
    /// The places that are barred if a column that cannot be read counts once for each of its rows.
    n_barred_by_row: usize,
    n_forms: usize,
}

impl Count {
    fn add(&mut self, ledger: &Ledger, form: &Form) {
        let is_column = |it: &&NotCheckable| it.at.iter().any(|it| matches!(it, Pointer::Column(_)));
        let n_columns = ledger.not_checkable.iter().filter(is_column).count();
        let n_rows = form.indicators.iter().filter(|it| it.score.is_some()).count();
        self.n_barred_by_row += ledger.not_checkable.len() - n_columns + n_columns * n_rows;
        self.exact += ledger.exact;
        self.within_rounding += ledger.within_rounding;
        self.finding += ledger.finding;
        self.barred.extend(ledger.not_checkable.iter().cloned());
        self.n_forms += usize::from(0 < ledger.applicable());
    }

    fn made(&self) -> usize {
        self.exact + self.within_rounding + self.finding
    }

    fn applicable(&self) -> usize {
        self.made() + self.barred.len()
    }

    /// Made of applicable, to a tenth of a percent, cut.
    fn share(&self) -> String {
        share_of(self.made(), self.applicable())
    }

    /// The same where each row of a barred column counts.
    fn share_by_row(&self) -> String {
        share_of(self.made(), self.made() + self.n_barred_by_row)
    }

    fn plus(&self, other: &Count) -> Count {
        let mut sum = self.clone();
        sum.exact += other.exact;
        sum.within_rounding += other.within_rounding;
        sum.finding += other.finding;
        sum.barred.extend(other.barred.iter().cloned());
        sum.n_barred_by_row += other.n_barred_by_row;
        sum.n_forms += other.n_forms;
        sum
    }
}

fn share_of(made: usize, applicable: usize) -> String {
    match (made * 1000).checked_div(applicable) {
        Some(share) => format!("{}.{}%", share / 10, share % 10),
        None => "–".to_owned(),
    }
}

/// One form of a set.
struct FormCount {
    name: String,
    count: Count,
    /// The actuals are points, so that nothing can be said of them.
    has_points: bool,
}

/// What the ledgers of a set come to.
struct Measured {
    set: String,
    forms: Vec<FormCount>,
    /// By code.
    checks: BTreeMap<&'static str, Count>,
}

impl Measured {
    fn of(set: &Set) -> Measured {
        let mut acc = Measured { set: set.name.clone(), forms: Vec::new(), checks: BTreeMap::new() };
        let engine = program::engine();
        for (name, bytes) in &set.docs {
            let Outcome::Forms { format, forms, .. } = engine.document(name, bytes) else { continue };
            let context = Context { format, digest: name.clone() };
            let first = acc.forms.len();
            for form in &forms {
                let name = format!("{} {}", shortened(name), form.ordinal);
                acc.forms.push(FormCount { name, count: Count::default(), has_points: false });
            }
            let ledgers = |select: &[&str], ignore: &[&str]| -> Vec<Ledger> {
                let owned = |codes: &[&str]| codes.iter().map(|it| (*it).to_owned()).collect();
                let settings = Settings { select: owned(select), ignore: owned(ignore), show_low: true };
                let verdicts = Scorer::new(settings).check_document(&forms, &context);
                verdicts.into_iter().map(|it| it.ledger).collect()
            };
            for meta in metas() {
                let mut own = ledgers(&[meta.code], &[]);
                if DERIVED.contains(&meta.code) {
                    own = ledgers(&[], &[]);
                    own.iter_mut().zip(ledgers(&[], &[meta.code])).for_each(|(all, others)| subtract(all, &others));
                }
                for (idx, (ledger, printed)) in own.iter().zip(&forms).enumerate() {
                    acc.checks.entry(meta.code).or_default().add(ledger, printed);
                    if let Some(form) = acc.forms.get_mut(first + idx) {
                        form.count.add(ledger, printed);
                        form.has_points |= meta.code == POINTS && 0 < ledger.finding;
                    }
                }
            }
        }
        acc
    }

    fn total(&self, is_wanted: impl Fn(&FormCount) -> bool) -> Count {
        let forms = self.forms.iter().filter(|it| is_wanted(it));
        let mut sum = forms.clone().fold(Count::default(), |acc, it| acc.plus(&it.count));
        sum.n_forms = forms.count();
        sum
    }
}

/// The checks that are made unless they are asked for by name.
fn metas() -> impl Iterator<Item = &'static Meta> {
    registry().iter().map(|it| it.meta()).filter(|it| !it.is_off)
}

/// Leaves of a ledger what another does not hold.
fn subtract(from: &mut Ledger, other: &Ledger) {
    from.exact = from.exact.saturating_sub(other.exact);
    from.within_rounding = from.within_rounding.saturating_sub(other.within_rounding);
    from.finding = from.finding.saturating_sub(other.finding);
    from.not_applicable = from.not_applicable.saturating_sub(other.not_applicable);
    from.not_checkable.retain(|it| !other.not_checkable.contains(it));
}

fn shortened(name: &str) -> String {
    let stem = crate::score::set::stem(name);
    let bare = stem.split_once('_').filter(|it| it.0.bytes().all(|it| it.is_ascii_digit())).map_or(stem, |it| it.0);
    bare.chars().take(NAME_LENGTH).collect()
}

/// Writes the page. The part on the seeds stays as it is where they are not there.
///
/// # Errors
/// If a set cannot be read or the file cannot be written.
pub fn write(root: &Path) -> Result<()> {
    let (own, seeds) = parts(root)?;
    let seeds = match seeds {
        Some(seeds) => seeds,
        None => std::fs::read_to_string(root.join(PATH)).ok().and_then(|it| behind(&it)).unwrap_or_default(),
    };
    std::fs::write(root.join(PATH), own + &seeds).with_context(|| format!("{PATH}: cannot be written"))?;
    println!("coverage: {PATH}");
    Ok(())
}

/// Holds the page that is there against the documents that are there.
///
/// # Errors
/// If it is another, or not there.
pub fn check(root: &Path) -> Result<()> {
    let is = std::fs::read_to_string(root.join(PATH)).with_context(|| format!("{PATH}: not readable"))?;
    let (own, seeds) = parts(root)?;
    let holds = match seeds {
        Some(seeds) => is == own + &seeds,
        None => is.starts_with(&own),
    };
    ensure!(holds, "{PATH} is not what the ledgers say: run `cargo xtask coverage`");
    Ok(())
}

/// The heading of what is told of the seeds, which are not there everywhere.
const SEEDS: &str = "\n## seeds\n";

fn behind(page: &str) -> Option<String> {
    page.find(SEEDS).and_then(|at| page.get(at..)).map(str::to_owned)
}

/// What the page says of the bundled sets, and of the seeds.
fn parts(root: &Path) -> Result<(String, Option<String>)> {
    let mut acc = String::from(HEAD);
    for path in bundled(root)? {
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        section(&Measured::of(&Set::read(&name, &path.join("docs"), &path.join("truth"))?), &mut acc);
    }
    let Some(shared) = shared(root) else { return Ok((acc, None)) };
    let mut seeds = String::new();
    section(&Measured::of(&Set::read("seeds", &shared.join("seeds"), &shared.join("gold"))?), &mut seeds);
    Ok((acc, Some(seeds)))
}

/// What the figures mean.
const HEAD: &str = "# Coverage

<!-- Written by `cargo xtask coverage` from the ledgers of the checks: change the checks, not this page. -->

How many of the checks that apply to a form were made, and why the others were not.
A check is asked about every place that it applies to (a row, a line, a group, a text, the form) and leaves one outcome
for each: the figures hold to the last digit, they hold within rounding, there is a finding, or the check could not be
made. *Coverage* is the share of the places where it was made. Places that a check does not apply to (the form has no
such cell, the rule wants something else there) are not counted.

A form whose column of actuals holds the points once more (D05) bars the checks of the I family. In the ledger each of
these is one place, the column; *by row* counts it for every scored row of the form, more than it would apply to. These
forms are also told apart. Checks that are off unless they are selected are left out.
";

fn section(measured: &Measured, acc: &mut String) {
    put(acc, format_args!("\n## {}\n\n", measured.set));
    acc.push_str(
        "| forms | how many | apply | made | not checkable | coverage | by row |\n|---|---|---|---|---|---|---|\n",
    );
    let line = |name: &str, count: &Count, acc: &mut String| {
        let (n_forms, share, by_row) = (count.n_forms, count.share(), count.share_by_row());
        let (applicable, made, barred) = (count.applicable(), count.made(), count.barred.len());
        put(acc, format_args!("| {name} | {n_forms} | {applicable} | {made} | {barred} | {share} | {by_row} |\n"));
    };
    line("all", &measured.total(|_| true), acc);
    line("whose actuals are actuals", &measured.total(|it| !it.has_points), acc);
    line("whose actuals are points (D05)", &measured.total(|it| it.has_points), acc);
    put(acc, format_args!("\n### Why not\n\n| why | checks | places |\n|---|---|---|\n"));
    for (why, codes, n_places) in reasons(measured) {
        put(acc, format_args!("| {why} | {codes} | {n_places} |\n"));
    }
    put(acc, format_args!("\n### By form\n\n| document, form | apply | made | not checkable | coverage |\n"));
    acc.push_str("|---|---|---|---|---|\n");
    for form in &measured.forms {
        let (count, mark) = (&form.count, if form.has_points { " (D05)" } else { "" });
        let (applicable, made, barred) = (count.applicable(), count.made(), count.barred.len());
        let name = &form.name;
        put(acc, format_args!("| {name}{mark} | {applicable} | {made} | {barred} | {} |\n", count.share()));
    }
    put(
        acc,
        format_args!(
            "\n### By check\n\n| check | applies when | forms | exact | rounded | finding | not checkable |\n"
        ),
    );
    acc.push_str("|---|---|---|---|---|---|---|\n");
    for meta in metas() {
        let none = Count::default();
        let count = measured.checks.get(meta.code).unwrap_or(&none);
        let when = meta.applies_when.replace('|', "\\|");
        put(acc, format_args!("| {} {} | {when} | {} | ", meta.code, meta.name, count.n_forms));
        let (exact, rounded, finding) = (count.exact, count.within_rounding, count.finding);
        put(acc, format_args!("{exact} | {rounded} | {finding} | {} |\n", count.barred.len()));
    }
}

/// Each reason with its checks and places, the most frequent first.
fn reasons(measured: &Measured) -> Vec<(String, String, usize)> {
    let mut found: BTreeMap<(String, String), BTreeMap<&str, usize>> = BTreeMap::new();
    for it in measured.checks.values().flat_map(|it| &it.barred) {
        let codes = found.entry((it.reason.en.clone(), it.reason.zh.clone())).or_default();
        *codes.entry(it.code).or_default() += 1;
    }
    let mut rows: Vec<(String, String, usize)> = found
        .into_iter()
        .map(|((en, zh), codes)| {
            let n_places = codes.values().sum();
            let codes: Vec<&str> = codes.into_keys().collect();
            (format!("{en} {zh}"), codes.join(" "), n_places)
        })
        .collect();
    rows.sort_by(|left, right| right.2.cmp(&left.2).then_with(|| left.0.cmp(&right.0)));
    rows
}

fn put(acc: &mut String, text: std::fmt::Arguments<'_>) {
    acc.write_fmt(text).expect("a string takes all that is written");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> Vec<Set> {
        let root = crate::root();
        let paths = bundled(&root).expect("corpus/ is readable");
        let read = |it: &std::path::PathBuf| Set::read("set", &it.join("docs"), &it.join("truth")).expect("a set");
        paths.iter().map(read).collect()
    }

    /// One check at a time leaves the outcomes that all checks together leave.
    #[test]
    fn ledgers_of_single_checks_add_up_to_the_ledger_of_all() {
        for set in sets() {
            let measured = Measured::of(&set);
            let mut all = Count::default();
            for (name, bytes) in &set.docs {
                let Outcome::Forms { forms, verdicts, .. } = program::engine().document(name, bytes) else { continue };
                verdicts.iter().zip(&forms).for_each(|(it, form)| all.add(&it.ledger, form));
            }
            let sum = measured.total(|_| true);
            let figures = |it: &Count| (it.exact, it.within_rounding, it.finding, it.barred.len(), it.n_barred_by_row);
            assert_eq!(figures(&sum), figures(&all));
        }
    }

    /// What the page promises of forms whose actuals can be compared.
    #[test]
    fn nineteen_of_twenty_checks_that_apply_are_made() {
        for set in sets() {
            let count = Measured::of(&set).total(|it| !it.has_points);
            assert!(count.applicable() * 95 <= count.made() * 100, "{}: {}", set.name, count.share());
        }
    }

    #[test]
    fn a_share_is_cut_and_nothing_has_none() {
        let count = |exact, n_barred| Count {
            exact,
            barred: vec![
                NotCheckable { code: "A01", at: Vec::new(), reason: gouji_model::Bilingual::default() };
                n_barred
            ],
            ..Count::default()
        };
        assert_eq!(count(1999, 1).share(), "99.9%");
        assert_eq!(count(0, 2).share(), "0.0%");
        assert_eq!(count(0, 0).share(), "–");
    }
}
