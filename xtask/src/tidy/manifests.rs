//! What the manifests say: versions in one place, pinned; shared lints; dependencies only where they have a reason.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::{Files, Rules, text};

/// A crate of the workspace as its manifest states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// Path of the manifest.
    pub path: String,
    /// Names of what it depends on: crates of the workspace by their short name (`model`), others by their package.
    pub needs: BTreeSet<String>,
    /// The same for its tests alone.
    pub tests_need: BTreeSet<String>,
}

/// Packages of the workspace begin so; the rest is the short name.
const PREFIX: &str = "gouji-";

/// The members of the workspace by short name.
///
/// # Errors
/// If a manifest is no TOML.
pub fn members(files: &Files) -> Result<BTreeMap<String, Member>> {
    let mut acc = BTreeMap::new();
    for path in files.keys().filter(|it| is_member(it)) {
        let manifest = parse(files, path)?;
        let package = manifest.get("package").and_then(|it| it.get("name")).and_then(Value::as_str);
        let package = package.with_context(|| format!("{path}: no package name"))?;
        let names = |table: &str| {
            entries(&manifest, table)
                .map(|(name, it)| it.get("package").and_then(Value::as_str).unwrap_or(name))
                .map(short)
                .collect()
        };
        let mut needs: BTreeSet<String> = names("dependencies");
        needs.extend(names("build-dependencies"));
        let member = Member { path: path.clone(), needs, tests_need: names("dev-dependencies") };
        acc.insert(short(package), member);
    }
    Ok(acc)
}

/// The entries of a table of dependencies, for every system and for some.
fn entries<'m>(manifest: &'m Table, table: &str) -> impl Iterator<Item = (&'m String, &'m Value)> {
    let of_some = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let of_some = of_some.map(|it| it.1.get(table));
    let all = std::iter::once(manifest.get(table)).chain(of_some).collect::<Vec<_>>();
    all.into_iter().flatten().filter_map(Value::as_table).flatten()
}

/// What is out of order in the manifests, one line each.
///
/// # Errors
/// If a manifest is not there or no TOML.
pub fn problems(files: &Files, rules: &Rules) -> Result<Vec<String>> {
    let mut acc = root_problems(&parse(files, "Cargo.toml")?);
    for path in files.keys().filter(|it| is_member(it)) {
        acc.extend(member_problems(path, &parse(files, path)?));
    }
    let members = members(files)?;
    acc.extend(third_party_problems(&members, rules));
    Ok(acc)
}

/// Versions that are not pinned.
fn root_problems(manifest: &Table) -> Vec<String> {
    let dependencies = manifest.get("workspace").and_then(|it| it.get("dependencies")).and_then(Value::as_table);
    let mut acc = Vec::new();
    for (name, entry) in dependencies.into_iter().flatten() {
        let version = entry.as_str().or_else(|| entry.get("version").and_then(Value::as_str));
        let is_path = entry.get("path").is_some();
        if !is_path && !version.is_some_and(|it| it.starts_with('=')) {
            acc.push(format!("Cargo.toml: the version of {name} is not pinned with ="));
        }
    }
    acc
}

fn member_problems(path: &str, manifest: &Table) -> Vec<String> {
    let is_shared =
        |entry: Option<&Value>| entry.and_then(|it| it.get("workspace")).and_then(Value::as_bool) == Some(true);
    let mut acc = Vec::new();
    if !is_shared(manifest.get("lints")) {
        acc.push(format!("{path}: does not take the lints of the workspace"));
    }
    for key in ["version", "edition", "rust-version", "license"] {
        if !is_shared(manifest.get("package").and_then(|it| it.get(key))) {
            acc.push(format!("{path}: does not take {key} from the workspace"));
        }
    }
    for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
        for (name, entry) in entries(manifest, table) {
            if !is_shared(Some(entry)) {
                acc.push(format!("{path}: does not take {name} from the workspace"));
            }
        }
    }
    acc
}

fn third_party_problems(members: &BTreeMap<String, Member>, rules: &Rules) -> Vec<String> {
    let mut acc = Vec::new();
    for (name, member) in members {
        for need in member.needs.iter().filter(|it| !members.contains_key(*it)) {
            match rules.third_party.get(need) {
                None => acc.push(format!("{}: {need} has no reason in xtask/tidy.toml", member.path)),
                Some(it) if !it.crates.contains(name) => {
                    acc.push(format!("{}: {need} is not for {name} ({})", member.path, it.why));
                }
                Some(_) => {}
            }
        }
        for need in member.tests_need.iter().filter(|it| !members.contains_key(*it)) {
            let is_allowed = |it: &super::rules::ThirdParty| it.tests || it.crates.contains(name);
            if !rules.third_party.get(need).is_some_and(is_allowed) {
                acc.push(format!("{}: {need} is not for tests of {name}", member.path));
            }
        }
    }
    for (dependency, rule) in &rules.third_party {
        let is_used = |name: &String| {
            members.get(name).is_some_and(|it| it.needs.contains(dependency) || it.tests_need.contains(dependency))
        };
        let stale = rule.crates.iter().filter(|it| !is_used(it));
        acc.extend(stale.map(|it| format!("xtask/tidy.toml: {it} does not use {dependency}")));
    }
    acc
}

fn is_member(path: &str) -> bool {
    path == "xtask/Cargo.toml" || (path.starts_with("crates/") && path.ends_with("/Cargo.toml"))
}

fn short(package: &str) -> String {
    package.strip_prefix(PREFIX).unwrap_or(package).to_owned()
}

fn parse(files: &Files, path: &str) -> Result<Table> {
    text(files, path)?.parse().with_context(|| format!("{path} is no TOML"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_pinned() {
        let manifest = "[workspace.dependencies]\na = '=1.0.0'\nb = '1'\nc = { path = 'c' }\nd = { version = '2' }\n";
        let manifest: Table = manifest.parse().expect("TOML");
        let want =
            ["Cargo.toml: the version of b is not pinned with =", "Cargo.toml: the version of d is not pinned with ="];
        assert_eq!(root_problems(&manifest), want);
    }

    #[test]
    fn a_member_takes_all_from_the_workspace() {
        let manifest = "[package]\nname = 'gouji-x'\nversion.workspace = true\nedition.workspace = true\n\
                        rust-version.workspace = true\nlicense = 'MIT'\n[dependencies]\na.workspace = true\nb = '=1'\n";
        let manifest: Table = manifest.parse().expect("TOML");
        let want = [
            "x: does not take the lints of the workspace",
            "x: does not take license from the workspace",
            "x: does not take b from the workspace",
        ];
        assert_eq!(member_problems("x", &manifest), want);
    }

    #[test]
    fn a_dependency_has_a_reason_and_its_crates() {
        let rules = "longest_file = 1\nforbidden = []\nprinted_everywhere = []\nsees = {}\ntests_see = {}\n\
                     third_party.a = { why = 'w', crates = ['x', 'y'] }\nthird_party.t = { why = 'w', tests = true }\n";
        let rules = Rules::parse(rules).expect("of the shape");
        let member = |needs: &[&str], tests_need: &[&str]| Member {
            path: "p".to_owned(),
            needs: needs.iter().map(|it| (*it).to_owned()).collect(),
            tests_need: tests_need.iter().map(|it| (*it).to_owned()).collect(),
        };
        let members = BTreeMap::from([
            ("x".to_owned(), member(&["a", "y"], &["t"])),
            ("y".to_owned(), member(&["b", "t"], &[])),
            ("z".to_owned(), member(&["a"], &["b"])),
        ]);
        let want = [
            "p: b has no reason in xtask/tidy.toml",
            "p: t is not for y (w)",
            "p: a is not for z (w)",
            "p: b is not for tests of z",
            "xtask/tidy.toml: y does not use a",
        ];
        assert_eq!(third_party_problems(&members, &rules), want);
    }
}
