//! The scorer of this workspace and the scripts beside the gold give the same figures.
//!
//! The answers that both score are the gold itself, damaged in a seeded way: rows lost, doubled and swapped, values
//! cut, codes taken away and added. Skipped, with a word, where ../shared or python3 is missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use gouji_generate::rng::Rng;
use serde_json::{Value, json};
use xtask::drawn::{Document, Options};
use xtask::generate::{self, Wish};
use xtask::program;
use xtask::score::drawn::answer::of_engine;
use xtask::score::{Rate, Set, extraction, findings, set};

/// Seeds of the damage: enough that every branch of the scripts is reached.
const SEEDS: std::ops::Range<u64> = 0..6;

fn shared() -> Option<PathBuf> {
    let has_python = Command::new("python3").arg("--version").output().is_ok_and(|it| it.status.success());
    let found = set::shared(&xtask::root()).filter(|_| has_python);
    if found.is_none() {
        println!("skipped: ../shared or python3 is not there");
    }
    found
}

/// What a script of `shared/eval` says of `answer`.
fn script(shared: &Path, name: &str, gold: &Path, answer: &Value, args: &[&str]) -> Value {
    let dir = xtask::tempdir::TempDir::new("scripts").expect("the temporary folder is writable");
    let path = dir.path().join("answer.json");
    std::fs::write(&path, answer.to_string()).expect("the temporary folder is writable");
    let script = shared.join("eval").join(name);
    let output = Command::new("python3").arg(script).arg(gold).arg(&path).arg("--json").args(args).output();
    let output = output.expect("python3 was there a moment ago");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("--json prints JSON")
}

/// A form of the gold in the shape of the output, damaged.
fn damaged_form(form: &Value, rng: &mut Rng) -> Value {
    let mut form = form.clone();
    form["total"] = json!({"weight": form["total_weight"], "score": form["total_score"]});
    for key in ["funds", "indicators"] {
        let Some(items) = form[key].as_array_mut() else { continue };
        for item in items.iter_mut() {
            damage_values(item, rng);
        }
        if rng.chance(3) && !items.is_empty() {
            let at = rng.below(items.len());
            match rng.below(3) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                _ => items.swap(at, 0),
            }
        }
    }
    if rng.chance(3) {
        damage_values(&mut form, rng);
    }
    form
}

/// Cuts, empties or replaces some texts of an object.
fn damage_values(item: &mut Value, rng: &mut Rng) {
    for (_, value) in item.as_object_mut().into_iter().flatten() {
        let Some(text) = value.as_str().filter(|_| rng.chance(8)) else { continue };
        *value = match rng.below(4) {
            0 => Value::Null,
            1 => json!(text.chars().skip(1).collect::<String>()),
            2 => json!(format!(" {text} ：")),
            _ => json!({"raw": text}),
        };
    }
}

#[test]
fn extraction_is_scored_as_by_the_script() {
    let Some(shared) = shared() else { return };
    let seeds = Set::read("seeds", &shared.join("seeds"), &shared.join("gold")).expect("the gold is readable");
    for seed in SEEDS {
        let mut rng = Rng::new(seed);
        for (doc, gold) in &seeds.forms {
            let mut got: Vec<Value> = gold.iter().map(|it| damaged_form(it, &mut rng)).collect();
            if rng.chance(4) {
                got.remove(rng.below(got.len()));
            }
            let path = shared.join("gold").join(format!("{}.json", set::stem(doc)));
            check_extraction(&shared, &path, gold, &got, &format!("{doc}, seed {seed}"));
        }
    }
}

/// Asserts that the script and the scorer give the same figures.
fn check_extraction(shared: &Path, path: &Path, gold: &[Value], got: &[Value], what: &str) {
    let mine = extraction::compare(gold, got);
    let theirs = script(shared, "score_extraction.py", path, &json!({"forms": got}), &[]);
    let rate = |it: Rate| json!([it.right, it.total]);
    let first_two = |it: &Value| json!([it[0], it[1]]);
    assert_eq!(rate(mine.numeric), first_two(&theirs["numeric"]), "{what}");
    assert_eq!(rate(mine.all()), first_two(&theirs["all"]), "{what}");
    for (group, figures) in &mine.groups {
        assert_eq!(rate(*figures), first_two(&theirs[group]), "{what}, {group}");
    }
}

/// What `score --drawn` counts is what the script counts on the folder that `generate` writes.
#[test]
fn drawn_forms_are_scored_as_by_the_script() {
    let Some(shared) = shared() else { return };
    let dir = xtask::tempdir::TempDir::new("drawn-set").expect("the temporary folder is writable");
    let out = dir.path().join("set");
    let words = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect();
    let damage = words(&["none", "mixed", "fused-row", "drawing-order", "form-twice", "emphasis-left"]);
    let options = Options { damage, render: words(&["text", "html"]), seed: 5, ..Options::default() };
    let wish = Wish { set: "development".to_owned(), n_forms: 20, out: out.clone(), options };
    generate::run(&wish).expect("the folder is writable");
    let set = Set::read("drawn", &out.join("docs"), &out.join("truth")).expect("a set is complete");
    let engine = program::engine();
    for (doc, bytes) in &set.docs {
        let document = Document { name: doc.clone(), bytes: bytes.clone(), ..Document::default() };
        let got = of_engine(&engine, &document).forms;
        let path = out.join("truth").join(format!("{}.json", set::stem(doc)));
        check_extraction(&shared, &path, &set.forms[doc], &got, doc);
    }
}

/// Findings as the gold wants them, damaged.
fn damaged_findings(entry: &Value, rng: &mut Rng) -> Vec<Value> {
    const CODES: [&str; 8] = ["F01", "F03", "F04", "S01", "S03", "W02", "D05", "X04"];
    let mut acc: Vec<Value> = Vec::new();
    for code in entry["must"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let mut at = entry["at"][code].as_array().cloned().unwrap_or_default();
        if rng.chance(4) {
            at.pop();
        }
        let finding = json!({"code": code, "class": "breach", "confidence": "high", "at": at, "notes": []});
        match acc.last_mut() {
            Some(root) if rng.chance(4) => root["notes"] = json!([{"code": code, "at": at}]),
            _ if rng.chance(6) => {}
            _ => acc.push(finding),
        }
    }
    while rng.chance(2) {
        let class = ["contradiction", "breach", "suspicion", "note"][rng.below(4)];
        let confidence = ["high", "medium"][rng.below(2)];
        let notes = if rng.chance(2) { json!([{"code": CODES[rng.below(8)], "at": ["/unit"]}]) } else { json!([]) };
        let code = CODES[rng.below(8)];
        acc.push(
            json!({"code": code, "class": class, "confidence": confidence, "at": ["/total/score"], "notes": notes}),
        );
    }
    acc
}

#[test]
fn findings_are_scored_as_by_the_script() {
    let Some(shared) = shared() else { return };
    let seeds = Set::read("seeds", &shared.join("seeds"), &shared.join("gold")).expect("the gold is readable");
    for seed in SEEDS {
        for select in ["", "F,W,S,T,D01,D05"] {
            let mut rng = Rng::new(seed);
            let document = |entry: &Value, rng: &mut Rng| {
                let form = json!({"ordinal": entry["ordinal"], "findings": damaged_findings(entry, rng)});
                json!({"path": format!("some/{}", entry["document"].as_str().unwrap_or("")), "forms": [form]})
            };
            let documents: Vec<Value> = seeds.findings.iter().map(|it| document(it, &mut rng)).collect();
            let it = findings::compare(&seeds.findings, &documents, &findings::Select::new(select));
            let path = shared.join("gold/findings.json");
            let theirs =
                script(&shared, "score_findings.py", &path, &json!({"documents": documents}), &["--select", select]);
            let mine = json!({
                "forms": [it.forms.right, it.forms.total], "hits": it.hits, "misses": it.misses, "alarms": it.alarms,
                "suspicions": [it.suspicions.right, it.suspicions.total], "places": [it.places.right, it.places.total],
                "wrong_cells": it.wrong_cells, "other_s1": it.other_s1,
            });
            for (key, figure) in mine.as_object().into_iter().flatten() {
                assert_eq!(figure, &theirs[key], "seed {seed}, select {select:?}, {key}");
            }
        }
    }
}
