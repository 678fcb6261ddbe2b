//! The counts of a run as tables of Markdown, for the terminal and for `docs/accuracy.md`, and as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::share::{difference, json as json_of, said};
use super::tally::{Faults, Tally};
use crate::drawn::{Case, Class};
use crate::score::Rate;

/// Counts by what figures are told apart by.
type Cases = BTreeMap<Case, Tally>;

/// One of the figures of some documents.
type Figure = fn(&Tally) -> Rate;

/// A table: rows of counts under one heading.
struct Table {
    title: &'static str,
    rows: Vec<(String, Tally)>,
}

/// What a run must show: a share of something, and how much it must be at least, in hundredths of a percent.
pub struct Goal {
    /// What it is.
    pub name: String,
    /// How much was reached.
    pub rate: Rate,
    /// How much must be.
    pub at_least: usize,
}

impl Goal {
    /// Whether it is reached; of nothing, nothing is.
    pub fn is_reached(&self) -> bool {
        0 < self.rate.total && self.at_least * self.rate.total <= self.rate.right * 10_000
    }
}

/// The tables.
pub fn tables(cases: &Cases) -> String {
    let mut acc = String::new();
    for table in all_tables(cases).iter().filter(|it| !it.rows.is_empty()) {
        write_table(&mut acc, table);
    }
    write_fields(&mut acc, cases);
    write_faults(&mut acc, cases);
    write_falses(&mut acc, cases);
    acc
}

/// The same as JSON.
pub fn json(cases: &Cases) -> Value {
    let table = |it: &Table| {
        let rows: BTreeMap<&str, Value> =
            it.rows.iter().map(|(name, tally)| (name.as_str(), json_row(tally))).collect();
        (it.title, json!(rows))
    };
    let all: BTreeMap<&str, Value> = all_tables(cases).iter().map(table).collect();
    json!(all)
}

/// What the measurement must show, of documents without a withheld label.
pub fn goals(cases: &Cases, is_loose: &dyn Fn(&str) -> bool) -> Vec<Goal> {
    let mut acc = Vec::new();
    let mut goal = |name: String, rate: Rate, at_least: usize| acc.push(Goal { name, rate, at_least });
    let open = |it: &Case| !it.is_withheld;
    let class = |class: Class| sum(cases, |it| open(it) && it.class == class);
    let undamaged = class(Class::Undamaged);
    goal("undamaged: whole form exact".to_owned(), undamaged.exact, 9_950);
    goal("undamaged: figures".to_owned(), undamaged.numeric, 9_990);
    for damage in names(cases, |it| it.damage.to_owned()) {
        let of = sum(cases, |it| open(it) && it.damage == damage && it.class == Class::One);
        if 0 < of.documents {
            goal(format!("{damage}: whole form exact"), of.exact, if is_loose(&damage) { 8_500 } else { 9_500 });
            goal(format!("{damage}: figures"), of.numeric, 9_900);
        }
    }
    goal("mixed: figures".to_owned(), class(Class::Mixed).numeric, 9_700);
    let damaged = sum(cases, |it| open(it) && it.class != Class::Undamaged);
    goal("damaged: contradictions and breaches that are true".to_owned(), damaged.raised, 9_900);
    goal("undamaged: planted faults found".to_owned(), undamaged.all_faults().found(), 9_700);
    goal("damaged: planted faults found".to_owned(), damaged.all_faults().found(), 9_000);
    acc
}

/// The goals as a table.
pub fn goals_table(goals: &[Goal]) -> String {
    let mut acc = "| what | reached | wanted | |\n|---|---|---|---|\n".to_owned();
    for goal in goals {
        let wanted = format!("{}.{}%", goal.at_least / 100, goal.at_least % 100 / 10);
        let word = if goal.is_reached() { "reached" } else { "**not reached**" };
        // Writing to a String cannot fail.
        let _ = writeln!(acc, "| {} | {} | {wanted} | {word} |", goal.name, said(goal.rate));
    }
    acc
}

/// Both programs side by side on the same documents, where they differ.
pub fn comparison(base: &Cases, cases: &Cases) -> String {
    let mut acc = String::new();
    let figures: [(&str, Figure); 4] = [
        ("whole form exact", |it| it.exact),
        ("figures", |it| it.numeric),
        ("contradictions and breaches true", |it| it.raised),
        ("planted faults found", |it| it.all_faults().found()),
    ];
    for (name, pick) in figures {
        let _ = writeln!(acc, "\n{name}\n\n| | base | now | difference |\n|---|---|---|---|");
        for (before, after) in all_tables(base).into_iter().zip(all_tables(cases)) {
            for ((row, before), (_, after)) in before.rows.iter().zip(&after.rows) {
                let (before, after) = (pick(before), pick(after));
                if before == after {
                    continue;
                }
                let _ = writeln!(acc, "| {row} | {} | {} | {} |", said(before), said(after), difference(before, after));
            }
        }
    }
    acc
}

fn all_tables(cases: &Cases) -> Vec<Table> {
    let open = |it: &Case| !it.is_withheld;
    let by = |title, of: fn(&Case) -> String, is_in: &dyn Fn(&Case) -> bool| {
        let rows = names(cases, |it| if is_in(it) { of(it) } else { String::new() });
        let rows = rows.into_iter().filter(|it| !it.is_empty());
        let row = |name: String| {
            let tally = sum(cases, |it| is_in(it) && of(it) == name);
            (name, tally)
        };
        Table { title, rows: rows.map(row).collect() }
    };
    vec![
        by("by class of damage", |it| it.class.name().to_owned(), &open),
        by("by damage", |it| it.damage.to_owned(), &open),
        by("by rendering", |it| format!("{}, {}", it.rendering, it.class.name()), &open),
        by("by layout", |it| format!("{}, {}", it.layout, it.class.name()), &open),
        by("documents with a withheld label", |it| it.class.name().to_owned(), &|it| it.is_withheld),
    ]
}

fn names(cases: &Cases, name: impl Fn(&Case) -> String) -> BTreeSet<String> {
    cases.keys().map(name).collect()
}

fn sum(cases: &Cases, is_in: impl Fn(&Case) -> bool) -> Tally {
    let mut acc = Tally::default();
    for (_, tally) in cases.iter().filter(|it| is_in(it.0)) {
        acc.add(tally);
    }
    acc
}

fn write_table(acc: &mut String, table: &Table) {
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        acc,
        "\n{}\n\n| | documents | whole form exact | figures | all fields | contradictions and breaches true | planted faults found | of these hard, suspected, lowered by D07 | coverage |\n|---|---|---|---|---|---|---|---|---|",
        table.title
    );
    for (name, it) in &table.rows {
        let Faults { hard, suspected, lowered, .. } = it.all_faults();
        let _ = writeln!(
            acc,
            "| {name} | {} | {} | {} | {} | {} | {} | {hard}, {suspected}, {lowered} | {} |",
            it.documents,
            said(it.exact),
            said(it.numeric),
            said(it.all()),
            said(it.raised),
            said(it.all_faults().found()),
            said(it.coverage),
        );
    }
}

/// Fields by group and class.
fn write_fields(acc: &mut String, cases: &Cases) {
    let tallies = Class::ALL.map(|class| sum(cases, |it| !it.is_withheld && it.class == class));
    let groups: BTreeSet<&str> = tallies.iter().flat_map(|it| it.groups.keys().copied()).collect();
    let _ = writeln!(acc, "\nfields\n\n| | undamaged | one kind | mixed |\n|---|---|---|---|");
    for group in groups {
        let rates = tallies.each_ref().map(|it| said(it.groups.get(group).copied().unwrap_or_default()));
        let _ = writeln!(acc, "| {group} | {} |", rates.join(" | "));
    }
}

/// Planted faults by kind and class.
fn write_faults(acc: &mut String, cases: &Cases) {
    let tallies = Class::ALL.map(|class| sum(cases, |it| !it.is_withheld && it.class == class));
    let kinds: BTreeSet<&str> = tallies.iter().flat_map(|it| it.faults.keys().copied()).collect();
    if kinds.is_empty() {
        return;
    }
    let _ = writeln!(
        acc,
        "\nplanted faults found; in brackets those lowered by D07\n\n| | undamaged | one kind | mixed |\n|---|---|---|---|"
    );
    for kind in kinds {
        let cell = |it: &Tally| {
            let faults = it.faults.get(kind).copied().unwrap_or_default();
            if faults.planted == 0 {
                "–".to_owned()
            } else {
                format!("{} ({})", said(faults.found()), faults.lowered)
            }
        };
        let _ = writeln!(acc, "| {kind} | {} |", tallies.each_ref().map(cell).join(" | "));
    }
}

/// False contradictions and breaches by code and damage.
fn write_falses(acc: &mut String, cases: &Cases) {
    let mut codes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (case, tally) in cases.iter().filter(|it| !it.0.is_withheld) {
        for (code, n) in &tally.falses {
            *codes.entry(code).or_default().entry(case.damage).or_default() += n;
        }
    }
    if codes.is_empty() {
        return;
    }
    let _ = writeln!(acc, "\nfalse contradictions and breaches\n\n| code | together | by damage |\n|---|---|---|");
    for (code, damages) in codes {
        let list: Vec<String> = damages.iter().map(|(damage, n)| format!("{damage} {n}")).collect();
        let _ = writeln!(acc, "| {code} | {} | {} |", damages.values().sum::<usize>(), list.join(", "));
    }
}

fn json_row(tally: &Tally) -> Value {
    let groups: BTreeMap<&str, Value> = tally.groups.iter().map(|(group, it)| (*group, json_of(*it))).collect();
    let faults: BTreeMap<&str, Value> = tally
        .faults
        .iter()
        .map(|(kind, it)| {
            let Faults { planted, hard, suspected, lowered } = *it;
            (*kind, json!({"planted": planted, "hard": hard, "suspected": suspected, "lowered": lowered}))
        })
        .collect();
    json!({
        "documents": tally.documents,
        "exact": json_of(tally.exact),
        "numeric": json_of(tally.numeric),
        "all": json_of(tally.all()),
        "groups": groups,
        "raised": json_of(tally.raised),
        "falses": tally.falses,
        "found": json_of(tally.all_faults().found()),
        "faults": faults,
        "coverage": json_of(tally.coverage),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases() -> Cases {
        let case = |class, damage, is_withheld| Case {
            class,
            damage,
            rendering: "text",
            layout: "A1".to_owned(),
            is_withheld,
        };
        let tally = |right, total| Tally {
            documents: total,
            exact: Rate { right, total },
            numeric: Rate { right: 10 * total, total: 10 * total },
            ..Tally::default()
        };
        [
            (case(Class::Undamaged, "none", false), tally(199, 200)),
            (case(Class::One, "rows shifted", false), tally(94, 100)),
            (case(Class::One, "rows shifted", true), tally(0, 7)),
        ]
        .into()
    }

    #[test]
    fn what_is_withheld_is_told_apart() {
        let json = json(&cases());
        assert_eq!(json["by damage"]["rows shifted"]["exact"]["total"], 100);
        assert_eq!(json["documents with a withheld label"]["one kind"]["exact"]["total"], 7);
        assert_eq!(json["by layout"]["A1, undamaged"]["documents"], 200);
    }

    #[test]
    fn goals_say_whether_they_are_reached() {
        let reached = |is_loose: bool| -> Vec<(String, bool)> {
            let goals = goals(&cases(), &|_| is_loose);
            goals.iter().filter(|it| it.name.contains("exact")).map(|it| (it.name.clone(), it.is_reached())).collect()
        };
        let want = |is_reached| {
            [
                ("undamaged: whole form exact".to_owned(), true),
                ("rows shifted: whole form exact".to_owned(), is_reached),
            ]
        };
        assert_eq!(reached(false), want(false));
        assert_eq!(reached(true), want(true));
    }
}
