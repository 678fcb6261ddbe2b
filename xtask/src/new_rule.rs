//! `cargo xtask new-rule`: starts a check where it belongs, so that adding one is one file and one line.
//!
//! In go a code and a name, out come `crates/score/src/checks/<code>_<name>.rs` and two lines in the registry. The
//! file compiles and its tests fail until the check is written.

use std::path::Path;

use anyhow::{Context, Result, ensure};

/// Where the checks are.
const CHECKS: &str = "crates/score/src/checks";

/// Code and name of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    code: String,
    name: String,
}

impl Rule {
    /// A rule of this code and name.
    ///
    /// # Errors
    /// If the code is not a letter and two digits, or the name is not lower case with hyphens.
    pub fn new(code: &str, name: &str) -> Result<Rule> {
        let is_code = matches!(code.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']);
        ensure!(is_code, "{code}: a code is a capital letter and two digits");
        let is_name = !name.is_empty()
            && name
                .split('-')
                .all(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        ensure!(is_name, "{name}: a name is lower case with hyphens");
        let verbs = ["check", "fix", "validate", "verify", "ensure", "no"];
        let says_what_to_do = name.split('-').next().is_some_and(|it| verbs.contains(&it));
        ensure!(!says_what_to_do, "{name}: a name says what is wrong, not what to do");
        Ok(Rule { code: code.to_owned(), name: name.to_owned() })
    }

    /// Name of the module and of its file without extension.
    pub fn module(&self) -> String {
        format!("{}_{}", self.code.to_lowercase(), self.name.replace('-', "_"))
    }

    /// The file of the check.
    pub fn source(&self) -> String {
        SCAFFOLD.replace("{code}", &self.code).replace("{name}", &self.name)
    }

    /// The registry with this check in it.
    ///
    /// # Errors
    /// If the code is taken, or the registry is not of the shape that this knows.
    pub fn registered(&self, registry: &str) -> Result<String> {
        let (module, code) = (self.module(), &self.code);
        let prefix = format!("mod {}_", code.to_lowercase());
        ensure!(!registry.lines().any(|it| it.starts_with(&prefix)), "{code} is taken; codes are never used twice");
        let with_module =
            inserted(registry, &format!("mod {module};"), |it| it.strip_prefix("mod ").map(str::to_owned))?;
        inserted(&with_module, &format!("        &{module}::{code},"), |it| {
            let module = it.strip_prefix("        &")?;
            let family = module.chars().next()?.to_ascii_uppercase();
            Some(format!("{:02}{module}", FAMILIES.find(family).unwrap_or(FAMILIES.len())))
        })
    }
}

/// The families in the order of the rule book, which is the order of the registry.
const FAMILIES: &str = "FWSTIAUXDPG";

/// The file of a check that is still to be written.
const SCAFFOLD: &str = r#"//! {code}: say here what is wrong with a form on which it fires.

use gouji_model::Level;

use crate::Meta;
use crate::check::{BLANK, Outcomes, check};
use crate::facts::Facts;

check! {
    /// Say what must hold, and why.
    ///
    /// A form on which it fires, with the place and the class:
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 100        | 50         | 10   | 50%    | 5
    /// fires /funds/0/score contradiction
    /// ```
    /// And one, as like it as can be, on which it stays quiet:
    /// ```form
    /// 资金             | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    /// 年度资金总额     | 100        | 50         | 10   | 50%    | 5
    /// quiet
    /// ```
    {code} = Meta {
        code: "{code}",
        name: "{name}",
        name_zh: "",
        class: "",
        severity: Level::Medium,
        summary_zh: "",
        summary_en: "",
        definition_zh: "",
        definition_en: "",
        tolerance: "",
        authority: "",
        applies_when: "",
        ..BLANK
    }, run
}

fn run(_facts: &Facts<'_>, outcomes: &mut Outcomes) {
    // One outcome for every place that the check applies to: exact, within rounding, a finding, not applicable, or not
    // checkable with the reason.
    outcomes.not_applicable();
}
"#;

/// The text with a line put among its kin: those that have a key, in the order of the keys.
fn inserted(text: &str, line: &str, key: impl Fn(&str) -> Option<String>) -> Result<String> {
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.iter().rposition(|it| key(it).is_some()).context("the registry has no line of this kind")?;
    let own = key(line);
    let at = lines.iter().position(|it| key(it).is_some_and(|it| own.as_ref() < Some(&it))).unwrap_or(last + 1);
    let (before, after) = lines.split_at(at);
    Ok([before, &[line], after].concat().join("\n") + "\n")
}

/// Writes the file and its lines in the registry.
///
/// # Errors
/// If the code or name is not one, the code is taken, or a file cannot be written.
pub fn run(root: &Path, code: &str, name: &str) -> Result<()> {
    let rule = Rule::new(code, name)?;
    let registry = root.join(CHECKS).join("mod.rs");
    let text = std::fs::read_to_string(&registry).with_context(|| format!("{}: not readable", registry.display()))?;
    let registered = rule.registered(&text)?;
    let file = root.join(CHECKS).join(format!("{}.rs", rule.module()));
    ensure!(!file.exists(), "{}: is there already", file.display());
    std::fs::write(&file, rule.source()).with_context(|| format!("{}: cannot be written", file.display()))?;
    std::fs::write(&registry, registered).with_context(|| format!("{}: cannot be written", registry.display()))?;
    println!("new-rule: {CHECKS}/{}.rs; CONTRIBUTING.md says what comes next", rule.module());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_have_a_shape() {
        assert!(Rule::new("F14", "rate-without-amount").is_ok());
        for (code, name) in
            [("f14", "a"), ("F1", "a"), ("F144", "a"), ("F14", "A"), ("F14", ""), ("F14", "a--b"), ("F14", "check-a")]
        {
            assert!(Rule::new(code, name).is_err(), "{code} {name}");
        }
    }

    #[test]
    fn a_check_is_registered_in_the_order_of_the_rule_book() {
        let registry =
            "mod a01_x;\nmod f02_y;\n\nfn registry() {\n    &[\n        &f02_y::F02,\n        &a01_x::A01,\n    ]\n}\n";
        let rule = Rule::new("S01", "some-thing").expect("a code and a name");
        let want = "mod a01_x;\nmod f02_y;\nmod s01_some_thing;\n\nfn registry() {\n    &[\n        &f02_y::F02,\n        \
                    &s01_some_thing::S01,\n        &a01_x::A01,\n    ]\n}\n";
        assert_eq!(rule.registered(registry).expect("of the shape"), want);
        assert!(Rule::new("F02", "other").expect("a code and a name").registered(registry).is_err());
    }

    /// The scaffold fills every field of an entry that is not filled by itself, and the registry takes it.
    #[test]
    fn the_scaffold_fits_the_scorer() {
        let read = |path: &str| std::fs::read_to_string(crate::root().join(path)).expect("the scorer is there");
        let scorer = read("crates/score/src/check.rs");
        let entry = scorer.split_once("pub struct Meta {").and_then(|it| it.1.split_once("\n}")).expect("an entry").0;
        let rule = Rule::new("Z99", "some-thing").expect("a code and a name");
        let source = rule.source();
        for line in entry.lines().filter_map(|it| it.trim().strip_prefix("pub ")) {
            let field = line.split(':').next().unwrap_or("");
            let is_filled =
                ["doc", "since", "is_off"].contains(&field) || source.contains(&format!("        {field}: "));
            assert!(is_filled, "the scaffold does not fill {field}");
        }
        let registered = rule.registered(&read(&format!("{CHECKS}/mod.rs"))).expect("of the shape that is there");
        assert!(
            registered.contains("\nmod z99_some_thing;\n") && registered.contains("        &z99_some_thing::Z99,\n")
        );
    }
}
