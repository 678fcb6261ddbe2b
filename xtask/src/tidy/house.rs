//! Who sees whom: the manifests, the table in `tidy.toml` and the diagram in ARCHITECTURE.md say the same.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::manifests::{Member, members};
use super::{Files, Rules, text};

/// The comment before the diagram in ARCHITECTURE.md.
const MARK: &str = "<!-- checked by `cargo xtask tidy` -->";

/// What is out of order between the crates, one line each.
///
/// # Errors
/// If a manifest or ARCHITECTURE.md is not there.
pub fn problems(files: &Files, rules: &Rules) -> Result<Vec<String>> {
    let members = members(files)?;
    let mut acc = edges(&members, rules);
    acc.extend(diagram(text(files, "ARCHITECTURE.md")?, rules));
    Ok(acc)
}

/// Edges that the table does not have, and lines of the table that no crate has.
fn edges(members: &BTreeMap<String, Member>, rules: &Rules) -> Vec<String> {
    let mut acc = Vec::new();
    for (name, member) in members {
        let Some(sees) = rules.sees.get(name) else {
            acc.push(format!("{}: {name} is not in the table `sees` of xtask/tidy.toml", member.path));
            continue;
        };
        let nothing = Vec::new();
        let tests_see = rules.tests_see.get(name).unwrap_or(&nothing);
        let of_house =
            |needs: &BTreeSet<String>| needs.iter().filter(|it| members.contains_key(*it)).cloned().collect();
        let (needs, tests_need): (Vec<String>, Vec<String>) = (of_house(&member.needs), of_house(&member.tests_need));
        let odd = needs.iter().filter(|it| !sees.contains(it));
        acc.extend(odd.map(|it| format!("{}: {name} may not see {it}", member.path)));
        let odd = tests_need.iter().filter(|it| !sees.contains(it) && !tests_see.contains(it));
        acc.extend(odd.map(|it| format!("{}: tests of {name} may not see {it}", member.path)));
        let unused = sees.iter().filter(|it| !needs.contains(it)).map(|it| format!("{name} does not see {it}"));
        acc.extend(unused.map(|it| format!("xtask/tidy.toml: {it}, though it may")));
        let unused = tests_see.iter().filter(|it| !tests_need.contains(it));
        acc.extend(unused.map(|it| format!("xtask/tidy.toml: tests of {name} do not see {it}, though they may")));
    }
    let gone = rules.sees.keys().chain(rules.tests_see.keys()).filter(|it| !members.contains_key(*it));
    acc.extend(gone.map(|it| format!("xtask/tidy.toml: {it} is no crate of the workspace")));
    acc
}

/// Lines of the diagram that differ from the table.
fn diagram(architecture: &str, rules: &Rules) -> Vec<String> {
    let say = |it: String| format!("ARCHITECTURE.md: {it}");
    let Some((_, after)) = architecture.split_once(MARK) else {
        return vec![say(format!("no diagram after {MARK}"))];
    };
    let block = after.split("```").nth(1).unwrap_or("");
    let mut drawn: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut acc = Vec::new();
    for line in block.lines().skip(1).filter(|it| !it.trim().is_empty()) {
        let Some((name, sees)) = line.split_whitespace().next().zip(line.split_once("sees:").map(|it| it.1)) else {
            acc.push(say(format!("a line of the diagram does not say what the crate sees: {}", line.trim())));
            continue;
        };
        drawn.insert(name, sees.split(',').map(str::trim).filter(|it| *it != "nothing").collect());
    }
    for (name, sees) in &rules.sees {
        let sees: BTreeSet<&str> = sees.iter().map(String::as_str).collect();
        match drawn.remove(name.as_str()) {
            None => acc.push(say(format!("{name} is not in the diagram"))),
            Some(it) if it != sees => {
                acc.push(say(format!("the diagram draws {name} with {it:?}, the table has {sees:?}")));
            }
            Some(_) => {}
        }
    }
    acc.extend(drawn.keys().map(|it| say(format!("the diagram draws {it}, which is no crate"))));
    acc
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let text = "longest_file = 1\nforbidden = []\nprinted_everywhere = []\nthird_party = {}\n\
                    [sees]\na = []\nb = ['a']\n[tests_see]\na = ['b']\n";
        Rules::parse(text).expect("of the shape")
    }

    fn member(needs: &[&str], tests_need: &[&str]) -> Member {
        let own = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
        Member { path: "p".to_owned(), needs: own(needs), tests_need: own(tests_need) }
    }

    #[test]
    fn the_table_is_the_house() {
        let members = BTreeMap::from([("a".to_owned(), member(&[], &["b"])), ("b".to_owned(), member(&["a"], &[]))]);
        assert_eq!(edges(&members, &rules()), Vec::<String>::new());
    }

    #[test]
    fn another_edge_fails() {
        // `b` is no member here, so that an edge to it is a foreign one and no matter of this table.
        let members = BTreeMap::from([("a".to_owned(), member(&["b"], &["b"])), ("c".to_owned(), member(&[], &[]))]);
        let want = [
            "xtask/tidy.toml: tests of a do not see b, though they may",
            "p: c is not in the table `sees` of xtask/tidy.toml",
            "xtask/tidy.toml: b is no crate of the workspace",
        ];
        assert_eq!(edges(&members, &rules()), want);
        let members = BTreeMap::from([("a".to_owned(), member(&["b"], &["b"])), ("b".to_owned(), member(&[], &["b"]))]);
        let want =
            ["p: a may not see b", "xtask/tidy.toml: b does not see a, though it may", "p: tests of b may not see b"];
        let mut got = edges(&members, &rules());
        got.sort();
        let mut want = want.map(str::to_owned).to_vec();
        want.sort();
        assert_eq!(got, want);
    }

    #[test]
    fn the_diagram_is_the_table() {
        let draw = |body: &str| format!("# A\n{MARK}\n\n```text\n{body}```\n");
        assert_eq!(diagram(&draw("a   first    sees: nothing\nb  second  sees: a\n"), &rules()), Vec::<String>::new());
        let want = [
            "ARCHITECTURE.md: the diagram draws a with {\"b\"}, the table has {}",
            "ARCHITECTURE.md: b is not in the diagram",
            "ARCHITECTURE.md: the diagram draws c, which is no crate",
        ];
        assert_eq!(diagram(&draw("a sees: b\nc sees: nothing\n"), &rules()), want);
    }
}
