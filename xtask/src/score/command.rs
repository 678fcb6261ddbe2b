//! `cargo xtask score`: the release binary against every set, as a table or as JSON, held against the floors.

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::json;

use super::floors::Loss;
use super::{Floors, Score, Set, drawn};
use crate::program::Binary;
use crate::variations::{Variation, Varied};

/// What the command is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Name of the only set, or a folder with `docs/` and `truth/`.
    pub set: Option<String>,
    /// Another revision whose figures are told, too.
    pub base: Option<String>,
    /// JSON instead of a table.
    pub is_json: bool,
    /// Whether to fail below the floors.
    pub holds_floors: bool,
    /// Whether to say what is wrong, field by field.
    pub is_verbose: bool,
    /// Whether to score the varied documents too.
    pub with_variations: bool,
}

/// Scores the program.
///
/// # Errors
/// If a set cannot be read, the program cannot be run, or a figure is below its floor and `holds_floors` is wished.
pub fn run(root: &Path, wish: Wish) -> Result<()> {
    let floors = Floors::read(root)?;
    let program = Binary::build(root)?;
    let base = wish.base.as_deref().map(|it| drawn::base::build(root, it)).transpose()?;
    let sets = Set::wanted(root, wish.set.as_deref())?;
    if super::set::shared(root).is_none() {
        eprintln!("score: ../shared is not there; the seeds were skipped");
    }
    let (mut shortfalls, mut figures) = (Vec::new(), Vec::new());
    for set in &sets {
        let score = Score::new(set, &program.answer(&set.docs)?, &floors.select());
        shortfalls.extend(floors.shortfalls(&score));
        if !wish.is_json {
            print!("{}", score.table(wish.is_verbose));
        }
        let mut figure = score.json();
        if let (Some(base), Some(revision)) = (&base, &wish.base) {
            let before = Score::new(set, &base.answer(&set.docs)?, &floors.select());
            if !wish.is_json {
                print!("at {revision}: {}", before.table(wish.is_verbose));
            }
            figure["base"] = before.json();
        }
        if wish.with_variations {
            for (variation, name) in Variation::ALL {
                let varied = Varied::new(set, variation)?;
                let (loss, varied_score) = varied.loss(&program.answer(&varied.set.docs)?, &floors.select(), &score);
                shortfalls.extend(lost(&floors, &set.name, name, loss));
                if !wish.is_json {
                    println!("  varied, {name:24} {}", said(loss));
                    if wish.is_verbose && loss != Loss::default() {
                        print!("{}", varied_score.table(true));
                    }
                }
                figure["variations"][name] =
                    json!({"fields": loss.fields, "numeric": loss.numeric, "findings": loss.findings});
            }
        }
        figures.push(figure);
    }
    if wish.is_json {
        println!("{}", serde_json::to_string_pretty(&figures)?);
    }
    for shortfall in &shortfalls {
        eprintln!("score: {shortfall}");
    }
    ensure!(!wish.holds_floors || shortfalls.is_empty(), "{} figures are below their floor", shortfalls.len());
    Ok(())
}

/// What a variation lost beyond what it may, one line or none.
pub fn lost(floors: &Floors, set: &str, variation: &str, loss: Loss) -> Option<String> {
    let may = floors.variations.get(variation).copied().unwrap_or_default();
    let is_within = loss.fields <= may.fields && loss.numeric <= may.numeric && loss.findings <= may.findings;
    (!is_within).then(|| format!("{set}, varied by {variation}: {}; allowed: {}", said(loss), said(may)))
}

fn said(loss: Loss) -> String {
    let Loss { fields, numeric, findings } = loss;
    format!("lost {fields} fields, {numeric} of them numeric, and {findings} codes or cells")
}
