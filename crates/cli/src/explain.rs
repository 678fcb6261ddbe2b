//! `gouji rules`, `rule`, `repairs` and `repair`: the rule book and the repairs, listed and explained.

use std::io::{self, Write as _};

use anyhow::{Context as _, Result, bail};
use gouji_corpus::{known_code, rule_codes};
use gouji_report::{self as report, RepairEntry};

use crate::args::{CodeArgs, ListArgs};
use crate::surroundings;

pub(crate) fn rules(args: &ListArgs) -> Result<u8> {
    print(&report::rules(surroundings::lang(args.lang)))
}

pub(crate) fn rule(args: &CodeArgs) -> Result<u8> {
    let code = known_code(&args.code, &rule_codes())?;
    match report::rule(code, surroundings::lang(args.lang)) {
        Some(text) => print(&text),
        None => bail!("{code} has no entry in the rule book"),
    }
}

pub(crate) fn repairs(args: &ListArgs) -> Result<u8> {
    print(&report::repairs(&repair_entries(), surroundings::lang(args.lang)))
}

pub(crate) fn repair(args: &CodeArgs) -> Result<u8> {
    let entries = repair_entries();
    let codes: Vec<&str> = entries.iter().map(|it| it.code).collect();
    let code = known_code(&args.code, &codes)?;
    match entries.iter().find(|it| it.code == code) {
        Some(entry) => print(&report::repair(entry, surroundings::lang(args.lang))),
        None => bail!("{code} has no entry in the list of repairs"),
    }
}

fn repair_entries() -> Vec<RepairEntry<'static>> {
    let entries = gouji_corpus::repairs().iter().map(|it| RepairEntry {
        code: it.code,
        name: it.name,
        name_zh: it.name_zh,
        summary_zh: it.summary_zh,
        summary_en: it.summary_en,
        doc: it.doc,
    });
    entries.collect()
}

/// Writes to standard output; that nobody reads on is no error.
fn print(text: &str) -> Result<u8> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written to")
        }
        _ => Ok(0),
    }
}
