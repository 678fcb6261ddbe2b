//! Documents that are read in other processes: the same answer as in this one, and a document that breaks its process
//! costs only itself.

use std::path::{Path, PathBuf};

use gouji_corpus::{Config, Engine, Outcome, Task, WorkerLimits, Workers};
use gouji_model::Limits;

fn engine() -> Engine {
    let task = Task::Check { select: Vec::new(), ignore: Vec::new(), show_low: false };
    Engine::new(Config { task, format: None, limits: Limits::default() })
}

fn with_workers(limits: WorkerLimits) -> Engine {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_gouji"));
    engine().with_workers(Workers::new(program, vec!["worker".to_owned()], limits))
}

/// PDFs with their names.
fn pdfs(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ingest-pdf/tests").join(folder);
    let files = std::fs::read_dir(&folder).expect("the folder is there");
    let mut acc: Vec<(String, Vec<u8>)> = files
        .map(|it| it.expect("a file").path())
        .map(|it| (it.display().to_string(), std::fs::read(&it).expect("it is readable")))
        .collect();
    acc.sort();
    acc
}

fn unread(outcome: &Outcome) -> String {
    outcome.unread().map_or_else(|| "read".to_owned(), ToString::to_string)
}

#[test]
fn a_worker_answers_as_this_process_does() {
    let (here, there) = (engine(), with_workers(WorkerLimits::default()));
    let is_harmless = |it: &(String, Vec<u8>)| !it.0.ends_with("bomb.pdf") && !it.0.ends_with("maze.pdf");
    let all = pdfs("printed/docs").into_iter().chain(pdfs("odd").into_iter().filter(is_harmless));
    for (name, bytes) in all {
        assert_eq!(there.document(&name, &bytes), here.document(&name, &bytes), "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_breaks_its_worker_costs_only_itself() {
    // A slow machine needs some seconds to fill the memory.
    let small = with_workers(WorkerLimits { memory_bytes: 1536 << 20, seconds: 60 });
    let short = with_workers(WorkerLimits { memory_bytes: 1536 << 20, seconds: 2 });
    let odd = pdfs("odd");
    let check = |engine: &Engine, name: &str, want: &str| {
        let bytes = odd.iter().find(|it| it.0.ends_with(name)).map(|it| it.1.as_slice()).expect("it is there");
        assert_eq!(unread(&engine.document(name, bytes)), want, "{name}");
    };
    check(&small, "gbk-euc-h.pdf", "read");
    check(&small, "bomb.pdf", "E04: it takes more than 1536 MB of memory");
    check(&small, "gbk-euc-h.pdf", "read");
    check(&small, "/password.pdf", "E03: it wants a password");
    check(&small, "gbk-euc-h.pdf", "read");
    check(&short, "maze.pdf", "E05: it was not done after 2 s");
    check(&short, "gbk-euc-h.pdf", "read");
}

#[cfg(unix)]
#[test]
fn a_worker_that_dies_is_a_crash() {
    let dead = |program: &str| {
        let workers = Workers::new(PathBuf::from(program), Vec::new(), WorkerLimits::default());
        unread(&engine().with_workers(workers).document("a.pdf", b"%PDF-1.7"))
    };
    assert_eq!(dead("false"), "E05: the program crashed on it (exit status: 1)");
    let missing = dead("no such program");
    assert!(missing.starts_with("E05: no worker can be started: "), "{missing}");
}
