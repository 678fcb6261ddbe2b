//! The program `gouji`: arguments go in, results come out on standard output, messages and progress on standard error,
//! and the exit code says how it went (see `docs/contract.md`).

mod args;
mod baseline;
mod explain;
mod folder;
mod progress;
mod run;
mod surroundings;

use std::io::Write as _;
use std::panic;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

use crate::args::{Args, Command};

/// The command could not run: arguments, configuration, output not writable, internal error.
const COULD_NOT_RUN: u8 = 2;

/// A form is some thousand small texts that live as long as its document: the C library's allocator took a fifth of a run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A panic over one document is its result, not a message; one elsewhere is reported below.
    panic::set_hook(Box::new(|_| {}));
    let args = Args::parse();
    let res = panic::catch_unwind(|| command(args)).unwrap_or_else(|payload| {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Err(anyhow::anyhow!("internal error: {}", text.unwrap_or("no message")))
    });
    match res {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // Nobody is left to tell if standard error is closed.
            writeln!(std::io::stderr(), "gouji: {error:#}").ok();
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn command(args: Args) -> Result<u8> {
    match args.command {
        Command::Check(check) => run::check(check),
        Command::Extract(extract) => run::extract(extract),
        Command::Rules(explain) => explain::rules(&explain),
        Command::Rule(explain) => explain::rule(&explain),
        Command::Repairs(explain) => explain::repairs(&explain),
        Command::Repair(explain) => explain::repair(&explain),
        Command::Baseline(baseline) => baseline::baseline(&baseline),
        Command::Worker(worker) => run::worker(&worker),
    }
}
