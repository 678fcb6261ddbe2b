//! `cargo xtask bench`: how many forms a second from text to verdict, how much memory, and where the time goes.
//!
//! In go the bundled documents and, where they are, the seeds; thousands of distinct documents are made of them. Out
//! comes a table of medians and ratios. The parts by themselves are timed by `cargo bench -p xtask` (divan).
#![expect(clippy::float_arithmetic, reason = "times and ratios for people; no verdict rests on them")]

pub mod make;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use gouji_corpus::Outcome;
use gouji_model::{Format, Limits, Source};
use gouji_report::{Shape, Subject};

use crate::program::{Binary, entry, report};
use crate::score::{Set, set};
use crate::tempdir::TempDir;
use crate::variations::pieces::take_apart;
use gouji_generate::Rng;

/// Runs of one measurement; the median counts.
const N_RUNS: usize = 5;

/// How often the memory of a running program is read.
const SAMPLE_EVERY: Duration = Duration::from_millis(5);

/// What the command is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Distinct forms that are timed.
    pub n_forms: usize,
    /// Documents of the larger run that memory is measured on; the smaller one has a hundredth.
    pub n_documents: usize,
    /// What the documents are drawn from.
    pub seed: u64,
}

/// Measures the program.
///
/// # Errors
/// If documents cannot be made, or the program does not build or run.
pub fn run(root: &Path, wish: Wish) -> Result<()> {
    if cfg!(debug_assertions) {
        return run_optimized(root, wish);
    }
    let program = Binary::build(root)?;
    let originals = originals(root)?;
    let dir = TempDir::new("bench")?;
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);

    let made = make_documents(&originals, wish, &dir.path().join("forms"))?;
    // Divided by the seconds that the process had a core, the figure does not depend on who else is at work.
    println!("{} distinct documents with {} forms, {:.1} KB a form", made.n_documents, made.n_forms, made.kb_a_form());
    println!("\ntext to verdict, whole process (medians of {N_RUNS}, one run before them not counted)");
    let mut alone = 0.0;
    for jobs in [1, n_threads] {
        let [seconds, core_seconds] = medians(|| time_check(&program, &dir.path().join("forms"), jobs))?;
        let rate = made.n_forms as f64 / seconds;
        if jobs == 1 {
            alone = rate;
        }
        let speedup = rate / alone;
        let rate_a_core = made.n_forms as f64 / core_seconds;
        println!(
            "  {jobs:2} threads {rate:9.0} forms/s, {speedup:.2} of one thread; {rate_a_core:7.0} forms a second of a core"
        );
    }

    println!("\nwhere the time goes (one thread, in this process, without reading files)");
    println!("  documents with other figures, so that most sums fail:");
    print_shares(&made.sample);
    println!("  documents as they are:");
    print_shares(&as_they_are(&originals, made.sample.len()));

    println!("\npeak memory of the whole process (documents of one form each)");
    for n_documents in [wish.n_documents / 100, wish.n_documents] {
        let folder = dir.path().join(format!("memory-{n_documents}"));
        spread(&made.sample, n_documents, &folder)?;
        match peak_memory(&program, &folder, n_threads)? {
            Some(kb) => println!("  {n_documents:7} documents {:7.1} MB", kb as f64 / 1024.0),
            None => println!("  {n_documents:7} documents: this system does not say"),
        }
    }
    Ok(())
}

/// The same command of an optimized build: the stages are timed inside this process.
fn run_optimized(root: &Path, wish: Wish) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let Wish { n_forms, n_documents, seed } = wish;
    let numbers = ["--forms".to_owned(), n_forms.to_string(), "--documents".to_owned(), n_documents.to_string()];
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--package", "xtask", "--", "bench", "--seed", &seed.to_string()])
        .args(numbers)
        .current_dir(root)
        .status()
        .context("cargo cannot be run")?;
    ensure!(status.success(), "the optimized build ended with {status}");
    Ok(())
}

/// Every document that there is with its forms, as text.
fn originals(root: &Path) -> Result<Vec<(String, usize)>> {
    let mut acc = Vec::new();
    for set in Set::all(root)? {
        for (doc, bytes) in &set.docs {
            let text = String::from_utf8(bytes.clone()).with_context(|| format!("{doc}: not UTF-8"))?;
            acc.push((text, set.forms.get(doc).map_or(0, Vec::len)));
        }
    }
    ensure!(acc.iter().any(|it| 0 < it.1), "there are no documents to make others of");
    Ok(acc)
}

/// Documents that were made.
struct Made {
    n_documents: usize,
    n_forms: usize,
    n_bytes: usize,
    /// Documents of one form each, for what does not need all of them.
    sample: Vec<String>,
}

impl Made {
    fn kb_a_form(&self) -> f64 {
        self.n_bytes as f64 / 1024.0 / self.n_forms as f64
    }
}

/// Makes documents until they hold `wish.n_forms` forms.
fn make_documents(originals: &[(String, usize)], wish: Wish, folder: &Path) -> Result<Made> {
    /// Documents of one form that are kept in memory.
    const SAMPLE: usize = 1000;
    std::fs::create_dir_all(folder)?;
    let mut rng = Rng::new(wish.seed);
    let mut made = Made { n_documents: 0, n_forms: 0, n_bytes: 0, sample: Vec::new() };
    for (original, n_forms) in originals.iter().cycle() {
        if wish.n_forms <= made.n_forms {
            break;
        }
        let text = make::varied(original, &mut rng);
        std::fs::write(folder.join(format!("{:06}.txt", made.n_documents)), &text)?;
        if made.sample.len() < SAMPLE {
            made.sample.extend(take_apart(&text).forms);
        }
        made.n_documents += 1;
        made.n_forms += n_forms;
        made.n_bytes += text.len();
    }
    Ok(made)
}

/// The forms of the documents that there are, over and over until there are `n_forms`.
fn as_they_are(originals: &[(String, usize)], n_forms: usize) -> Vec<String> {
    let forms: Vec<String> = originals.iter().flat_map(|it| take_apart(&it.0).forms).collect();
    forms.iter().cycle().take(n_forms).cloned().collect()
}

/// Writes the sample `n_documents` times over, a thousand documents a folder.
fn spread(sample: &[String], n_documents: usize, folder: &Path) -> Result<()> {
    let mut rng = Rng::new(0);
    for (doc_idx, text) in (0..n_documents).zip(sample.iter().cycle()) {
        let below = folder.join(format!("{:04}", doc_idx / 1000));
        if doc_idx.is_multiple_of(1000) {
            std::fs::create_dir_all(&below)?;
        }
        std::fs::write(below.join(format!("{doc_idx:06}.txt")), make::varied(text, &mut rng))?;
    }
    Ok(())
}

/// Seconds, and seconds of cores, of one `gouji check`.
fn time_check(program: &Binary, folder: &Path, jobs: usize) -> Result<[f64; 2]> {
    let (start, cores_before) = (Instant::now(), core_seconds_of_children());
    let mut child = start_check(program, folder, jobs)?;
    let status = child.wait()?;
    ensure!(matches!(status.code(), Some(0 | 1)), "gouji check ended with {status}");
    Ok([start.elapsed().as_secs_f64(), core_seconds_of_children() - cores_before])
}

/// Seconds that processes started here, and ended, had a core: what they take whoever else is at work on the machine.
/// Not a number where the system does not say.
fn core_seconds_of_children() -> f64 {
    /// The kernel's clock for processes (`USER_HZ`): 100 on every Linux that Rust runs on.
    const TICKS_A_SECOND: f64 = 100.0;
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Fields 16 and 17, counted from 1; the name in field 2 may hold blanks and ends with the last bracket.
    let fields = text.rsplit_once(')').map_or("", |it| it.1);
    let ticks: Vec<f64> = fields.split_whitespace().skip(13).take(2).filter_map(|it| it.parse().ok()).collect();
    match ticks[..] {
        [user, system] => (user + system) / TICKS_A_SECOND,
        _ => f64::NAN,
    }
}

fn start_check(program: &Binary, folder: &Path, jobs: usize) -> Result<Child> {
    let jobs = jobs.to_string();
    let mut command = program.command(&["check", "--format", "jsonl", "--jobs", &jobs]);
    command.arg(folder).stdout(Stdio::null()).spawn().context("gouji cannot be run")
}

/// Most memory that the program held, in KB; `None` where the system does not say.
fn peak_memory(program: &Binary, folder: &Path, jobs: usize) -> Result<Option<u64>> {
    let mut child = start_check(program, folder, jobs)?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait()?.is_none() {
        // The kernel keeps the peak itself; it is gone with the process, so that the last look counts.
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let kb = text.lines().find_map(|it| it.strip_prefix("VmHWM:")).and_then(|it| it.split_whitespace().next());
        peak = kb.and_then(|it| it.parse().ok()).or(peak);
        std::thread::sleep(SAMPLE_EVERY);
    }
    Ok(peak)
}

/// Prints what part of the time each stage takes.
fn print_shares(sample: &[String]) {
    let mut times: BTreeMap<&str, Duration> = BTreeMap::new();
    let reconciler = gouji_reconcile::Reconciler::new();
    let settings = gouji_score::Settings { select: Vec::new(), ignore: Vec::new(), show_low: false };
    let scorer = gouji_score::Scorer::new(settings);
    let report = report(Subject::Findings, Shape::JsonLines);
    let limits = Limits::default();
    let mut n_forms = 0;
    for text in sample {
        let source = Source { name: "made.txt", bytes: text.as_bytes() };
        let format = timed(&mut times, "0 tell the format", || gouji_corpus::sniff(source.name, source.bytes));
        let Ok(format) = format else { continue };
        let read = timed(&mut times, "1 read", || gouji_ingest_text::read(&source, format, &limits));
        let Ok(document) = read else { continue };
        let rebuilt = timed(&mut times, "2 rebuild", || reconciler.rebuild(&document));
        n_forms += rebuilt.forms.len();
        let context = gouji_score::Context { format: Format::OcrText, digest: String::new() };
        let (verdicts, digest) =
            timed(&mut times, "3 recompute and compare", || scorer.check_and_digest(&rebuilt.forms, &context));
        let outcome = Outcome::Forms {
            format,
            forms: rebuilt.forms,
            verdicts,
            digest: Some(digest),
            left_out: None,
            notes: Vec::new(),
        };
        timed(&mut times, "4 write", || report.render(&entry(source.name, &outcome, Subject::Findings)));
    }
    let total: Duration = times.values().sum();
    for (stage, time) in &times {
        let share = 100.0 * time.as_secs_f64() / total.as_secs_f64();
        let each = 1e6 * time.as_secs_f64() / n_forms as f64;
        println!("    {stage:26} {share:5.1} % {each:8.1} µs a form");
    }
}

fn timed<'a, T>(times: &mut BTreeMap<&'a str, Duration>, stage: &'a str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let res = work();
    *times.entry(stage).or_default() += start.elapsed();
    res
}

/// The medians of both figures of [`N_RUNS`] runs, after one that does not count.
fn medians(mut work: impl FnMut() -> Result<[f64; 2]>) -> Result<[f64; 2]> {
    work()?;
    let runs = (0..N_RUNS).map(|_| work()).collect::<Result<Vec<_>>>()?;
    Ok([0, 1].map(|figure| {
        let mut values: Vec<f64> = runs.iter().map(|it| it[figure]).collect();
        values.sort_by(f64::total_cmp);
        values[N_RUNS / 2]
    }))
}

/// Documents for the benchmarks of the parts: every bundled one.
///
/// # Panics
/// If the bundled corpus cannot be read: then there is nothing to time.
pub fn bundled_documents() -> Vec<Vec<u8>> {
    let sets = set::bundled(&crate::root()).expect("corpus/ is in the project");
    let read = |it: &std::path::PathBuf| Set::read("", &it.join("docs"), &it.join("truth")).expect("a set is complete");
    sets.iter().flat_map(|it| read(it).docs.into_values()).collect()
}
