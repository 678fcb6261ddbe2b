//! `cargo xtask …`: the project's own chores.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};
use xtask::drawn::Options;
use xtask::score::command::{self, Wish};
use xtask::score::drawn;
use xtask::{bench, ci, coverage, generate, golden, mutate, new_rule, pdf, program, root, rule_book, tidy};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own chores")]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Everything that must hold at every commit: format, tidy, lints, tests, floors
    Ci,
    /// What no compiler checks: edges between crates, manifests, forbidden texts, goldens, links, copied prose
    Tidy,
    /// Compare what the program prints for the bundled documents with golden/
    Golden,
    /// Write what the program prints for the bundled documents to golden/
    Bless,
    /// How much of the truth the program gets right, on the bundled documents and on ../shared/seeds
    Score {
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Fail below the floors of xtask/floors.toml
        #[arg(long)]
        min: bool,
        /// Name every field and code that is wrong
        #[arg(long)]
        verbose: bool,
        /// Score the same documents written differently, too
        #[arg(long)]
        variations: bool,
        /// The only set: one under corpus/, seeds, or a folder with docs/ and truth/; with --drawn: development or test
        #[arg(long)]
        set: Option<String>,
        /// Another revision, to be built and compared with
        #[arg(long, value_name = "REV")]
        base: Option<String>,
        /// Score drawn documents instead of bundled ones; with --min the small set that has floors
        #[arg(long)]
        drawn: bool,
        /// Drawn forms of each kind of damage
        #[arg(long, requires = "drawn")]
        forms: Option<usize>,
        /// Write so many drawn documents with something wrong to target/drawn/, and say what
        #[arg(long, requires = "drawn", default_value_t = 0)]
        failures: usize,
        /// Score the drawn forms as files of these kinds, separated by commas: pdf-word, docx, html-web and so on (an
        /// unknown one names them), or all
        #[arg(long, requires = "drawn", value_delimiter = ',', value_name = "KINDS")]
        rendered: Vec<String>,
        /// Write what the small drawn set reaches as its floors
        #[arg(long, requires = "drawn")]
        raise: bool,
        #[command(flatten)]
        options: Options,
    },
    /// Write drawn documents with their truth to a folder of the shape of corpus/<set>/
    Generate {
        /// Forms, at least; a document is written whole
        #[arg(long, default_value_t = 100)]
        forms: usize,
        /// The folder, new or empty
        #[arg(long)]
        out: PathBuf,
        /// development, or test: it alone prints the labels that are withheld from tuning
        #[arg(long, default_value = "development")]
        set: String,
        #[command(flatten)]
        options: Options,
    },
    /// Measure the drawn test set, and write the figures into docs/accuracy.md
    Accuracy {
        /// Forms of each kind of damage
        #[arg(long, default_value_t = 5_000)]
        forms: usize,
        /// What the documents are drawn from
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Write docs/rules.md: the rule book, from the registry of checks
    Rules,
    /// Write docs/coverage.md: how many of the checks that apply were made, and why the others were not
    Coverage,
    /// Plant faults in forms that have none, and count what the checks say of them
    Mutate {
        /// Name every fault that is not found or wrongly blamed
        #[arg(long)]
        verbose: bool,
    },
    /// Start a check: its file, and its line in the registry
    NewRule {
        /// Family letter and two digits, such as F13; never used before
        code: String,
        /// What is wrong, in lower case with hyphens
        name: String,
    },
    /// Draw a page of a PDF with what was found on it
    Pdf {
        /// The PDF
        file: PathBuf,
        /// Which page, from 1
        #[arg(long, default_value_t = 1)]
        page: usize,
        /// The picture, PNG
        #[arg(long)]
        out: PathBuf,
    },
    /// Forms per second, peak memory, and where the time goes
    Bench {
        /// Distinct forms that are timed
        #[arg(long, default_value_t = 10_000)]
        forms: usize,
        /// Documents that memory is measured on, and a hundredth of them
        #[arg(long, default_value_t = 100_000)]
        documents: usize,
        /// What the documents are drawn from
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

fn main() -> ExitCode {
    match run(Args::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<()> {
    let root = root();
    match chore {
        Chore::Ci => ci::run(&root),
        Chore::Tidy => tidy::run(&root),
        Chore::Golden => golden::check(&root, &program::goldens(&root)?),
        Chore::Bless => {
            for path in golden::write(&root, &program::goldens(&root)?)? {
                println!("bless: {path}");
            }
            Ok(())
        }
        Chore::Score { drawn: true, min: true, .. } => ci::hold_drawn(&root),
        Chore::Score { drawn: true, raise: true, .. } => drawn::command::raise(&root),
        Chore::Score { drawn: true, json, set, base, forms, failures, rendered, options, .. } => {
            let set = set.unwrap_or_else(|| "development".to_owned());
            let wish = drawn::command::Wish {
                set,
                n_forms: forms,
                options,
                base,
                is_json: json,
                n_failures: failures,
                rendered,
            };
            if wish.is_small() {
                return drawn::command::run(&root, &wish);
            }
            optimized(&root, || drawn::command::run(&root, &wish))
        }
        Chore::Score { json, min, verbose, variations, set, base, .. } => {
            let wish =
                Wish { set, base, is_json: json, holds_floors: min, is_verbose: verbose, with_variations: variations };
            command::run(&root, wish)
        }
        Chore::Generate { forms, out, set, options } => {
            generate::run(&generate::Wish { set, n_forms: forms, out, options })
        }
        Chore::Accuracy { forms, seed } => optimized(&root, || drawn::command::write_accuracy(&root, forms, seed)),
        Chore::Mutate { verbose } => mutate::run(&root, verbose),
        Chore::Rules => rule_book::write(&root),
        Chore::Coverage => coverage::write(&root),
        Chore::NewRule { code, name } => new_rule::run(&root, &code, &name),
        Chore::Pdf { file, page, out } => pdf::run(&file, page, &out),
        Chore::Bench { forms, documents, seed } => {
            bench::run(&root, bench::Wish { n_forms: forms, n_documents: documents, seed })
        }
    }
}

/// Does the work in an optimized build: in this process if it is one, else by running the same command again.
fn optimized(root: &Path, work: impl FnOnce() -> Result<()>) -> Result<()> {
    if !cfg!(debug_assertions) {
        return work();
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--package", "xtask", "--"])
        .args(std::env::args_os().skip(1))
        .current_dir(root)
        .status()
        .context("cargo cannot be run")?;
    ensure!(status.success(), "the optimized build ended with {status}");
    Ok(())
}
