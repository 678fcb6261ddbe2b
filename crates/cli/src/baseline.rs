//! `gouji baseline`, and what `gouji check --baseline` says of its entries on standard error.

use std::fs;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Error, Result};
use gouji_corpus::{Baseline, Input, Known, Outcome, in_order};

use crate::args::BaselineArgs;
use crate::run::{CLEAN, UNREAD, engine, inputs, task};
use crate::surroundings;

/// About how many bytes an entry takes, so that few of them wait for their turn.
const ENTRY_BYTES: usize = 256;

/// Writes the findings of today as a baseline to standard output.
pub(crate) fn baseline(args: &BaselineArgs) -> Result<u8> {
    let configuration = surroundings::configuration(args.input.config.as_deref())?;
    let mut engine = engine(&args.input, task(&args.which, &configuration)?, &configuration)?;
    let earlier = read(args.which.baseline.as_deref())?;
    if let Some(earlier) = &earlier {
        engine = engine.with_baseline(Arc::clone(earlier));
    }
    let (walk, jobs) = inputs(&args.input)?;
    let work = |input: Input| {
        let path = input.name.clone();
        (path, engine.input(input))
    };
    let weight = |it: &(String, Outcome)| match &it.1 {
        Outcome::Forms { verdicts, .. } => ENTRY_BYTES * verdicts.iter().map(|it| it.findings.len()).sum::<usize>(),
        _ => 0,
    };
    let mut known: Vec<Known> = Vec::new();
    let mut run = engine.run();
    let mut code = CLEAN;
    let take = |(path, outcome): (String, Outcome)| -> ControlFlow<()> {
        if let Some(error) = outcome.unread() {
            code = UNREAD;
            say(&format!("{path}: {error}"));
        }
        match outcome {
            Outcome::Forms { verdicts, digest, .. } => {
                run.add(&path, digest);
                for verdict in &verdicts {
                    known.extend(Baseline::entries(verdict, &args.who, &args.why, args.until));
                }
            }
            Outcome::Formless { .. } | Outcome::Unread(_) => {}
        }
        ControlFlow::Continue(())
    };
    // Nothing breaks off this run.
    let _ = in_order(jobs, walk, work, weight, take).context("threads cannot be started")?;
    let across = run.finish();
    known.extend(across.iter().map(|it| Baseline::entry_across(it, &args.who, &args.why, args.until)));
    known.extend(earlier.iter().flat_map(|it| it.met()).cloned());
    let text = Baseline::written(known).map_err(Error::msg)?;
    io::stdout().lock().write_all(text.as_bytes()).context("standard output cannot be written to")?;
    Ok(code)
}

/// The baseline of this file, as it holds today.
pub(crate) fn read(path: Option<&Path>) -> Result<Option<Arc<Baseline>>> {
    let Some(path) = path else { return Ok(None) };
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let baseline = Baseline::parse(&text, surroundings::today()).map_err(Error::msg);
    Ok(Some(Arc::new(baseline.with_context(|| path.display().to_string())?)))
}

/// Says on standard error what the baseline did and which entries do nothing any more.
pub(crate) fn report(baseline: &Baseline, path: &Path) {
    let path = path.display();
    say(&format!("{path}: {} known findings are not shown", baseline.n_hidden()));
    baseline.expired().iter().for_each(|it| say(&format!("{path}: expired: {it}")));
    baseline.stale().iter().for_each(|it| say(&format!("{path}: stale: {it}")));
}

fn say(message: &str) {
    // Nobody is left to tell if standard error is closed.
    writeln!(io::stderr(), "gouji: {message}").ok();
}
