//! `gouji check` and `gouji extract`: documents go through the engine and the report, in order, to standard output.

use std::env;
use std::io::{self, BufWriter, StdoutLock, Write as _};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;

use anyhow::{Context as _, Error, Result, bail};
use gouji_corpus::{
    Config, Configuration, DocumentDigest, Engine, Input, Jobs, Office, Outcome, Stage, Task, Walk, WorkerLimits,
    Workers, in_order, isolated, rule_codes, selectors, serve,
};
use gouji_model::{Format, ReadError};
use gouji_report::{self as report, Entry, Part, Report, Shape, Subject, Tally};
use serde_json::{Value, json};

use crate::args::{CheckArgs, ExtractArgs, InputArgs, LevelArg, RunArgs, StageArg, WhichArgs, WorkerArgs};
use crate::baseline;
use crate::folder::{Folder, Rows};
use crate::progress::Progress;
use crate::surroundings;

/// Every input was read and nothing fails.
pub(crate) const CLEAN: u8 = 0;
/// Every input was read, and there are contradictions or breaches.
const FOUND: u8 = 1;
/// Some input could not be read.
pub(crate) const UNREAD: u8 = 3;

/// The command that makes this program a worker.
const WORKER: &str = "worker";

/// Bytes that are gathered before they are written: of a terminal or a pipe a page or more at a time.
const OUT_BYTES: usize = 1 << 16;

pub(crate) fn check(args: CheckArgs) -> Result<u8> {
    let configuration = surroundings::configuration(args.run.input.config.as_deref())?;
    let task = task(&args.which, &configuration)?;
    let baseline = baseline::read(args.which.baseline.as_deref())?;
    let mut engine = engine(&args.run.input, task.clone(), &configuration)?;
    if let Some(baseline) = &baseline {
        engine = engine.with_baseline(Arc::clone(baseline));
    }
    let tally = run(&args.run, &task, &engine, Subject::Findings)?;
    if let (Some(_), Some(baseline), Some(path)) = (&tally, &baseline, &args.which.baseline) {
        baseline::report(baseline, path);
    }
    Ok(match tally {
        Some(tally) if is_unread(&args.run, &tally) => UNREAD,
        Some(tally) if 0 < tally.failing && !args.exit_zero => FOUND,
        _ => CLEAN,
    })
}

pub(crate) fn extract(args: ExtractArgs) -> Result<u8> {
    let configuration = surroundings::configuration(args.run.input.config.as_deref())?;
    let engine = engine(&args.run.input, Task::Extract, &configuration)?;
    if let Some(stage) = args.dump {
        return dump(&args.run.input, &engine, stage);
    }
    let tally = run(&args.run, &Task::Extract, &engine, Subject::Forms)?;
    Ok(match tally {
        Some(tally) if is_unread(&args.run, &tally) => UNREAD,
        _ => CLEAN,
    })
}

/// Prints what a stage of reading makes of each input.
fn dump(args: &InputArgs, engine: &Engine, stage: StageArg) -> Result<u8> {
    let stage = match stage {
        StageArg::Words => Stage::Words,
        StageArg::Rulings => Stage::Rulings,
        StageArg::Grids => Stage::Grids,
    };
    let (walk, _) = inputs(args)?;
    let mut code = CLEAN;
    let mut out = io::stdout().lock();
    for input in walk {
        let name = input.name.clone();
        let text = engine.dump(input, stage).unwrap_or_else(|error| {
            code = UNREAD;
            format!("unread: {error}\n")
        });
        match write!(out, "== {name}\n{text}") {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            done => done.context("standard output cannot be written to")?,
        }
    }
    Ok(code)
}

fn is_unread(args: &RunArgs, tally: &Tally) -> bool {
    0 < tally.unread || (args.require_form && 0 < tally.formless)
}

/// The checks that are wanted: the command line comes before the configuration.
pub(crate) fn task(args: &WhichArgs, configuration: &Configuration) -> Result<Task> {
    let known = rule_codes();
    let select = match selectors(&args.select, &known).context("--select")? {
        none if none.is_empty() => configuration.select.clone(),
        select => select,
    };
    let mut ignore = selectors(&args.ignore, &known).context("--ignore")?;
    ignore.extend(configuration.ignore.iter().cloned());
    Ok(Task::Check { select, ignore, show_low: args.level == Some(LevelArg::Low) })
}

pub(crate) fn engine(args: &InputArgs, task: Task, configuration: &Configuration) -> Result<Engine> {
    let format = args.format_in.as_deref().and_then(Format::from_name);
    let config = Config { task, format, limits: args.limits() };
    let engine = Engine::configured(config, configuration).map_err(Error::msg)?;
    let engine = engine.with_office(Office::new(env::temp_dir()));
    // A program that does not know where it is reads in its own process.
    let Ok(program) = env::current_exe() else { return Ok(engine) };
    Ok(engine.with_workers(Workers::new(program, vec![WORKER.to_owned()], WorkerLimits::default())))
}

/// The work of a worker.
pub(crate) fn worker(args: &WorkerArgs) -> Result<u8> {
    let limits = WorkerLimits { memory_bytes: args.memory_bytes, seconds: args.seconds };
    serve(io::stdin(), io::stdout(), limits).context("a worker")?;
    Ok(CLEAN)
}

/// The inputs, and the threads that read them.
pub(crate) fn inputs(args: &InputArgs) -> Result<(Walk, Jobs)> {
    if 1 < args.paths.iter().filter(|it| it.as_os_str() == "-").count() {
        bail!("standard input (`-`) can be read only once");
    }
    let jobs = Jobs(args.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN));
    Ok((Walk::new(args.paths.clone(), &args.stdin_name, args.limits()), jobs))
}

/// Counts of the run; `None` if the reader of the output went away before its end.
fn run(args: &RunArgs, task: &Task, engine: &Engine, subject: Subject) -> Result<Option<Tally>> {
    let (walk, jobs) = inputs(&args.input)?;
    let is_quiet = args.input.quiet;
    let shape = args.shape();
    let report = Report::new(report::Config {
        subject,
        shape,
        lang: surroundings::lang(args.look.lang),
        has_color: shape == Shape::Text && surroundings::has_color(args.look.color),
        is_quiet,
    });
    let has_values = args.format() == Shape::Csv;
    let folder = args.out.as_deref().map(|dir| Folder::create(dir, has_values, &about(args, task)));
    match documents(args, walk, jobs, engine, &report, folder.transpose()?)? {
        Ok(tally) => {
            if tally.documents + tally.unread + tally.formless == 0 && !is_quiet {
                // The exit code stays: an empty folder was read.
                writeln!(io::stderr(), "gouji: no document under the given paths").ok();
            }
            Ok(Some(tally))
        }
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(None),
        Err(error) => Err(error).context("standard output cannot be written to"),
    }
}

/// What a folder says of its run: whatever the results depend on beside the documents.
fn about(args: &RunArgs, task: &Task) -> Value {
    let limits = args.input.limits();
    let limits = json!({
        "document_bytes": limits.document_bytes,
        "cell_bytes": limits.cell_bytes,
        "cells": limits.cells,
    });
    let mut about = json!({
        "program": concat!("gouji ", env!("CARGO_PKG_VERSION")),
        "format_in": args.input.format_in,
        "limits": limits,
    });
    let Task::Check { select, ignore, show_low } = task else { return about };
    about["checks"] = json!({"select": select, "ignore": ignore, "low": show_low});
    about
}

fn documents(
    args: &RunArgs,
    walk: Walk,
    jobs: Jobs,
    engine: &Engine,
    report: &Report,
    mut folder: Option<Folder>,
) -> Result<Result<Tally, io::Error>> {
    let out: BufWriter<StdoutLock<'_>> = BufWriter::with_capacity(OUT_BYTES, io::stdout().lock());
    let mut writer = match report.writer(out) {
        Ok(writer) => writer,
        Err(error) => return Ok(Err(error)),
    };
    let mut progress = Progress::new(args.input.quiet);
    let to = To { report, is_table: args.format() == Shape::Csv, has_folder: folder.is_some() };
    let mut run = engine.run();
    let mut unwritten: Result<()> = Ok(());
    let work = |input: Input| document(engine, to, input);
    let flow = in_order(
        jobs,
        walk,
        work,
        |it| it.parts.iter().map(Part::weight).sum::<usize>() + it.rows.as_ref().map_or(0, Rows::weight),
        |done: Done| {
            if let Some(message) = done.message {
                // A table has no place for what was not read.
                writeln!(io::stderr(), "gouji: {message}").ok();
            }
            run.add(&done.path, done.digest);
            if let Some((folder, rows)) = folder.as_mut().zip(done.rows) {
                unwritten = folder.push(&rows);
                if unwritten.is_err() {
                    return ControlFlow::Break(io::Error::other("the folder"));
                }
            }
            for part in done.parts {
                if let Err(error) = writer.push(part) {
                    return ControlFlow::Break(error);
                }
            }
            progress.update(writer.tally());
            ControlFlow::Continue(())
        },
    );
    drop(progress);
    unwritten?;
    Ok(match flow.context("threads cannot be started")? {
        ControlFlow::Break(error) => Err(error),
        ControlFlow::Continue(()) => {
            if run.is_full() {
                writeln!(io::stderr(), "gouji: too many forms to compare all of them between documents").ok();
            }
            let across = run.finish();
            if let Some(folder) = folder {
                folder.finish(&across)?;
            }
            writer.finish(&across)
        }
    })
}

/// A document that went through all stages.
struct Done {
    path: String,
    /// What is said of it, and of what was left out of it.
    parts: Vec<Part>,
    digest: Option<DocumentDigest>,
    message: Option<String>,
    rows: Option<Rows>,
}

/// Where documents go.
#[derive(Clone, Copy)]
struct To<'a> {
    report: &'a Report,
    is_table: bool,
    has_folder: bool,
}

fn document(engine: &Engine, to: To<'_>, input: Input) -> Done {
    let To { report, is_table, has_folder } = to;
    let path = input.name.clone();
    let (sha256, mut outcome) = if has_folder { engine.hashed(input) } else { (None, engine.input(input)) };
    let digest = match &mut outcome {
        Outcome::Forms { digest, .. } => digest.take(),
        Outcome::Formless { .. } | Outcome::Unread(_) => None,
    };
    let rendered = isolated(|| Ok(report.render(&entry(&path, None, &outcome))));
    let rows = |outcome: &Outcome| Rows::of(&entry(&path, sha256.as_deref(), outcome), is_table);
    let rows = has_folder.then(|| match isolated(|| Ok(rows(&outcome))) {
        Ok(made) => made,
        Err(error) => rows(&Outcome::Unread(error)),
    });
    let not_read = |error: &ReadError| report.render(&Entry { path: &path, sha256: None, outcome: unread(error) });
    let (parts, digest, error) = match (rendered, outcome) {
        (Ok(part), Outcome::Unread(error)) => (vec![part], None, Some(error)),
        (Ok(part), outcome) => {
            let left_out = outcome.unread().cloned();
            let notes = outcome
                .notes()
                .iter()
                .map(|it| report.render(&Entry { path: &path, sha256: None, outcome: report::Outcome::Note(it) }));
            (std::iter::once(part).chain(notes).chain(left_out.iter().map(not_read)).collect(), digest, left_out)
        }
        (Err(error), _) => (vec![not_read(&error)], None, Some(error)),
    };
    let message = error.filter(|_| is_table).map(|error| format!("{path}: {error}"));
    // What the folder holds is not printed as well.
    let parts = if has_folder { parts.into_iter().map(Part::without_body).collect() } else { parts };
    Done { path, parts, digest, message, rows }
}

/// What the report is told of a document.
fn entry<'a>(path: &'a str, sha256: Option<&'a str>, outcome: &'a Outcome) -> Entry<'a> {
    let outcome = match outcome {
        Outcome::Forms { format, forms, verdicts, left_out, .. } => {
            report::Outcome::Forms { format: *format, forms, verdicts, left_out: left_out.as_ref() }
        }
        Outcome::Formless { format, reason, left_out, .. } => {
            report::Outcome::Formless { format: *format, reason, left_out: left_out.as_ref() }
        }
        Outcome::Unread(error) => unread(error),
    };
    Entry { path, sha256, outcome }
}

fn unread(error: &ReadError) -> report::Outcome<'_> {
    report::Outcome::Unread { code: error.code, reason: &error.reason }
}
