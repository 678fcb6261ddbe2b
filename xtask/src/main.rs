//! `cargo xtask …`: the project's own chores.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::score::command::{self, Wish};
use xtask::{bench, ci, golden, mutate, new_rule, program, root, rule_book, tidy};

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
    },
    /// Write docs/rules.md: the rule book, from the registry of checks
    Rules,
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
        Chore::Score { json, min, verbose, variations } => {
            let wish = Wish { is_json: json, holds_floors: min, is_verbose: verbose, with_variations: variations };
            command::run(&root, wish)
        }
        Chore::Mutate { verbose } => mutate::run(&root, verbose),
        Chore::Rules => rule_book::write(&root),
        Chore::NewRule { code, name } => new_rule::run(&root, &code, &name),
        Chore::Bench { forms, documents, seed } => {
            bench::run(&root, bench::Wish { n_forms: forms, n_documents: documents, seed })
        }
    }
}
