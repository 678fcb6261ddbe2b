//! `cargo xtask score --drawn` and `cargo xtask accuracy`: the figures on drawn documents for people, as JSON, held
//! against their floors, and written into `docs/accuracy.md`.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use gouji_generate::VERSION;
use gouji_generate::damage::{Bound, Kind};
use serde_json::json;

use super::base::{build, git};
use super::share::{json as json_of, said};
use super::{Beside, Measured, measure};
use super::{floors, rendered, report};
use crate::drawn::{Choice, Damage, Options};
use crate::score::Floors;

/// Forms of each kind of damage, if no number is given: an answer within a minute.
const N_FORMS: usize = 200;

/// Forms that are printed as files, if no number is given: two minutes, most of them in other programs.
const N_RENDERED_FORMS: usize = 40;

/// Forms of each kind of damage in the small set with floors. Two minutes at most without optimization.
const N_FLOOR_FORMS: usize = 40;

/// The marks in `docs/accuracy.md` that the figures stand between.
const MARKS: [&str; 2] = ["<!-- drawn: written by `cargo xtask accuracy` -->", "<!-- end of drawn -->"];

/// What the command is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// `development` or `test`.
    pub set: String,
    /// Forms of each kind of damage.
    pub n_forms: Option<usize>,
    /// Which documents.
    pub options: Options,
    /// Another revision to compare with.
    pub base: Option<String>,
    /// JSON instead of tables.
    pub is_json: bool,
    /// How many failing documents are written to `target/drawn/`.
    pub n_failures: usize,
    /// Kinds of files that other programs print of the drawings, instead of the renderings that need none.
    pub rendered: Vec<String>,
}

impl Wish {
    /// Whether it is done sooner than the optimized build, which takes minutes and then reads twenty times as fast.
    pub fn is_small(&self) -> bool {
        /// Forms in all; without optimization one core reads about fifty a second.
        const FEW: usize = 3_000;
        if !self.rendered.is_empty() {
            // What takes the time is done by other programs.
            return true;
        }
        let n_kinds = if self.options.damage.is_empty() { Damage::all().len() } else { self.options.damage.len() };
        self.n_forms.unwrap_or(N_FORMS) * n_kinds <= FEW
    }
}

/// Measures, and prints the figures.
///
/// # Errors
/// If the wish names what there is not, or something cannot be built, run or written.
pub fn run(root: &Path, wish: &Wish) -> Result<()> {
    let choice = wish.options.choice(&wish.set, Damage::all())?;
    ensure!(
        wish.n_failures == 0 || wish.set == "development",
        "documents of the test set are not looked at: nothing is to be tuned on them"
    );
    if !wish.rendered.is_empty() {
        return run_rendered(root, wish);
    }
    let base = wish.base.as_deref().map(|it| build(root, it)).transpose()?;
    let n_forms = wish.n_forms.unwrap_or(N_FORMS);
    let measured = measure(&choice, n_forms, Beside { base: base.as_ref(), n_failures: wish.n_failures })?;
    if wish.is_json {
        let base = base.is_some().then(|| report::json(&measured.base));
        let figures = json!({
            "set": wish.set, "seed": choice.seed, "generator": VERSION, "forms": n_forms, "digest": measured.digest,
            "figures": report::json(&measured.cases), "base": base,
        });
        println!("{}", serde_json::to_string_pretty(&figures)?);
    } else {
        println!("{}", about(&choice, &wish.set, n_forms, &measured));
        if base.is_some() {
            print!("{}", report::comparison(&measured.base, &measured.cases));
        } else {
            print!("{}", report::tables(&measured.cases));
            println!("\n{}", report::goals_table(&report::goals(&measured.cases, &is_loose)));
        }
    }
    write_failures(root, &measured)
}

/// Measures files that other programs print, and prints the figures.
fn run_rendered(root: &Path, wish: &Wish) -> Result<()> {
    ensure!(wish.base.is_none(), "--rendered and --base do not go together");
    let choice = wish.options.choice(&wish.set, vec![Damage::None])?;
    let kinds = rendered::kinds(&wish.rendered)?;
    let n_forms = wish.n_forms.unwrap_or(N_RENDERED_FORMS);
    let of_files = rendered::measure(root, &choice, n_forms, &kinds, wish.n_failures)?;
    let measured = of_files.measured;
    if wish.is_json {
        let figures = json!({
            "set": wish.set, "seed": choice.seed, "generator": VERSION, "forms": n_forms,
            "rendered": wish.rendered, "figures": report::json(&measured.cases), "same_findings": json_of(of_files.same),
        });
        println!("{}", serde_json::to_string_pretty(&figures)?);
    } else {
        println!("Drawn set {}, seed {}, generator {VERSION}, {n_forms} forms as files", wish.set, choice.seed);
        print!("{}", report::tables(&measured.cases));
        println!("\nfiles of which the same is found as of the text: {}", said(of_files.same));
    }
    write_failures(root, &measured)
}

/// Measures the small set with floors and names what falls short; nothing if it has no floors yet.
///
/// # Errors
/// If `floors.toml` cannot be read, or the set cannot be measured.
pub fn shortfalls(root: &Path) -> Result<Option<Vec<String>>> {
    let Some(floors) = Floors::read(root)?.drawn else { return Ok(None) };
    let measured = measure(&small_set()?, floors.forms, Beside::default())?;
    Ok(Some(floors.shortfalls(&measured)))
}

/// Writes the figures of the small set as its floors.
///
/// # Errors
/// If the set cannot be measured, or `floors.toml` cannot be written.
pub fn raise(root: &Path) -> Result<()> {
    let measured = measure(&small_set()?, N_FLOOR_FORMS, Beside::default())?;
    let section = floors::section(&measured, N_FLOOR_FORMS);
    print!("{section}");
    floors::write(root, &section)
}

/// Measures the test set and writes the figures into `docs/accuracy.md`.
///
/// # Errors
/// If the page has no place for them, or the set cannot be measured.
pub fn write_accuracy(root: &Path, n_forms: usize, seed: u64) -> Result<()> {
    let path = root.join("docs/accuracy.md");
    let page = std::fs::read_to_string(&path).with_context(|| format!("{}: not readable", path.display()))?;
    let [open, close] = MARKS;
    let (before, rest) = page.split_once(open).with_context(|| format!("docs/accuracy.md has no line {open}"))?;
    let (_, after) = rest.split_once(close).with_context(|| format!("docs/accuracy.md has no line {close}"))?;
    let choice = Options { seed, ..Options::default() }.choice("test", Damage::all())?;
    let measured = measure(&choice, n_forms, Beside::default())?;
    let (revision, date) =
        (git(root, &["rev-parse", "--short=10", "HEAD"])?, git(root, &["show", "-s", "--format=%cs", "HEAD"])?);
    let is_changed = !git(root, &["status", "--porcelain", "--untracked-files=no"])?.is_empty();
    let changed = if is_changed { " with changes" } else { "" };
    let text = format!(
        "\n`cargo xtask accuracy --forms {n_forms} --seed {seed}`, revision {revision}{changed} of {date}.\n{}.\n\n{}\n{}\n",
        about(&choice, "test", n_forms, &measured),
        report::goals_table(&report::goals(&measured.cases, &is_loose)),
        report::tables(&measured.cases),
    );
    std::fs::write(&path, format!("{before}{open}{text}{close}{after}"))
        .with_context(|| format!("{}: not writable", path.display()))?;
    println!("accuracy: docs/accuracy.md");
    Ok(())
}

/// The small set that the floors are about: all that can be drawn to be tuned on, by the first seed.
fn small_set() -> Result<Choice> {
    Options { seed: 1, ..Options::default() }.choice("development", Damage::all())
}

/// What was measured, in a line.
fn about(choice: &Choice, set: &str, n_forms: usize, measured: &Measured) -> String {
    let renderings: Vec<&str> = choice.renderings.iter().map(|it| it.name()).collect();
    format!(
        "Drawn set {set}, seed {}, generator {VERSION}, {n_forms} forms of each kind of damage as {}; documents {}",
        choice.seed,
        renderings.join(", "),
        measured.digest
    )
}

fn is_loose(damage: &str) -> bool {
    Kind::named(damage).is_some_and(|it| it.bound == Bound::Loose)
}

/// Writes the failing documents with their truth, and says what is wrong with each.
fn write_failures(root: &Path, measured: &Measured) -> Result<()> {
    if measured.failures.is_empty() {
        return Ok(());
    }
    let folder = root.join("target").join("drawn");
    std::fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    for (document, wrong) in &measured.failures {
        let path = folder.join(&document.name);
        std::fs::write(&path, &document.bytes).with_context(|| format!("{}: cannot be written", path.display()))?;
        let truth = folder.join(format!("{}.truth.json", document.name));
        std::fs::write(&truth, serde_json::to_vec_pretty(&document.truth)?)
            .with_context(|| format!("{}: cannot be written", truth.display()))?;
        eprintln!("\n{} ({}, {})", path.display(), document.case.layout, document.case.damage);
        for line in wrong {
            eprintln!("  {line}");
        }
    }
    Ok(())
}
