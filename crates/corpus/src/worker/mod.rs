//! Documents of formats that a hostile file may break are read in other processes: a crash, a hang, an overflow of the
//! stack or a bomb costs that document and nothing else.
//!
//! In goes a document, out comes what its reader says, or which limit it broke. A worker is this program again, started
//! with arguments that make it call [`serve`]; it reads one document after the other from its standard input, and is
//! ended and started anew when one breaks it. The same document gives the same answer in this process.

mod limits;
mod wire;

use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use gouji_model::{Format, Limits, ReadError, Reading, Source, UnreadCode};

use crate::{isolated, readers};

/// What a worker may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerLimits {
    /// Bytes of memory that it may have mapped, its program and what its allocator sets aside (1 GB) included.
    pub memory_bytes: u64,
    /// Seconds of work on one document, as the processor counts them: a busy machine takes nothing away.
    pub seconds: u64,
}

impl Default for WorkerLimits {
    fn default() -> WorkerLimits {
        // The contract's seconds. Beside what is set aside, a document of the largest size has 15 times its own.
        WorkerLimits { memory_bytes: 2 << 30, seconds: 20 }
    }
}

/// A worker that does not answer within so many times its seconds hangs without working.
const PATIENCE: u32 = 5;
/// Of what a worker says when it dies so many bytes are looked at.
const LAST_WORDS: u64 = 4096;
/// Bytes of the longest answer: all cells of the contract's limit in a few characters each are fewer.
const LONGEST_ANSWER: u64 = 2 << 30;
/// Bytes of the longest question beside the document: its name, its format and the limits.
const LONGEST_QUESTION: u64 = 1 << 20;
/// Stack of the thread that reads in a worker: what the main thread of a program has by default on Linux.
const STACK_BYTES: usize = 8 << 20;

/// Workers that wait for documents; as many as threads have asked at once.
#[derive(Debug)]
pub struct Workers {
    program: PathBuf,
    args: Vec<String>,
    limits: WorkerLimits,
    idle: Mutex<Vec<Worker>>,
}

impl Workers {
    /// Workers that are this program with these arguments; none is started before a document asks for it.
    pub fn new(program: PathBuf, args: Vec<String>, limits: WorkerLimits) -> Workers {
        Workers { program, args, limits, idle: Mutex::new(Vec::new()) }
    }

    /// Reads a document in a worker.
    ///
    /// # Errors
    /// Those of its reader; E04 if it takes too much memory, E05 if it takes too long or breaks the worker.
    pub(crate) fn read(&self, source: &Source<'_>, format: Format, limits: &Limits) -> Result<Reading, ReadError> {
        let question = wire::question(source, format, limits);
        let idle = self.idle.lock().map(|mut it| it.pop()).ok().flatten();
        let mut worker = match idle {
            Some(it) => it,
            None => self.start()?,
        };
        if worker.ask(&question, source.bytes).is_err() {
            // It died while it waited, not of this document.
            worker = self.start()?;
            // If it dies of this one, the answer says so.
            let _ = worker.ask(&question, source.bytes);
        }
        let seconds = u32::try_from(self.limits.seconds).unwrap_or(u32::MAX);
        let patience = Duration::from_secs(u64::from(seconds.saturating_mul(PATIENCE)));
        let answer = match worker.answers.recv_timeout(patience) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => return Err(worker.too_long(self.limits)),
            Err(RecvTimeoutError::Disconnected) => return Err(worker.last_words(self.limits)),
        };
        match wire::read(&answer) {
            Some(answer) => {
                if let Ok(mut idle) = self.idle.lock() {
                    idle.push(worker);
                }
                answer
            }
            None => Err(crashed("the program answered nonsense on it".to_owned())),
        }
    }

    fn start(&self) -> Result<Worker, ReadError> {
        let error = |it: io::Error| crashed(format!("no worker can be started: {it}"));
        let mut child = Command::new(&self.program)
            .args(&self.args)
            .arg(self.limits.memory_bytes.to_string())
            .arg(self.limits.seconds.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(error)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (send, answers) = channel();
        // A process that is killed closes its pipe, and the thread ends with it.
        let spawned = thread::Builder::new().name("answers".to_owned()).spawn(move || {
            let mut output = output.map(BufReader::new);
            while let Some(answer) = output.as_mut().and_then(|it| frame(it, LONGEST_ANSWER).ok().flatten()) {
                if send.send(answer).is_err() {
                    return;
                }
            }
        });
        let worker = Worker { child, input, answers };
        // On an error the worker is dropped, which ends it.
        spawned.map(|_| worker).map_err(error)
    }
}

/// A process that reads documents.
#[derive(Debug)]
struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Vec<u8>>,
}

impl Worker {
    fn ask(&mut self, question: &[u8], bytes: &[u8]) -> io::Result<()> {
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        for part in [question, bytes] {
            input.write_all(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes())?;
            input.write_all(part)?;
        }
        input.flush()
    }

    /// Why it did not answer in time; it is ended when it is dropped.
    fn too_long(self, limits: WorkerLimits) -> ReadError {
        crashed(format!("it was not done after {} s", limits.seconds))
    }

    /// Why it died.
    fn last_words(mut self, limits: WorkerLimits) -> ReadError {
        drop(self.input.take());
        let mut words = Vec::new();
        if let Some(it) = self.child.stderr.take() {
            // What cannot be read is not said.
            let _ = it.take(LAST_WORDS).read_to_end(&mut words);
        }
        let words = String::from_utf8_lossy(&words);
        let status = self.child.wait();
        if words.contains("memory allocation") || words.contains("allocate") {
            let reason = format!("it takes more than {} MB of memory", limits.memory_bytes >> 20);
            return ReadError { code: UnreadCode::OverLimit, reason };
        }
        if words.contains("overflowed its stack") {
            return crashed("it is nested too deep for the program".to_owned());
        }
        match status {
            Ok(status) if limits::is_out_of_time(status) => self.too_long(limits),
            status => crashed(format!("the program crashed on it{}", said(status.ok()))),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may be dead already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn said(status: Option<ExitStatus>) -> String {
    status.map_or_else(String::new, |it| format!(" ({it})"))
}

fn crashed(reason: String) -> ReadError {
    ReadError { code: UnreadCode::Crashed, reason }
}

/// Bytes behind their number; `None` at the end.
fn frame(input: &mut impl Read, longest: u64) -> io::Result<Option<Vec<u8>>> {
    let Some(n) = number(input)? else { return Ok(None) };
    if longest < n {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut acc = Vec::new();
    let n_read = input.take(n).read_to_end(&mut acc)?;
    if u64::try_from(n_read).is_ok_and(|it| it == n) { Ok(Some(acc)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// A number; `None` at the end.
fn number(input: &mut impl Read) -> io::Result<Option<u64>> {
    let mut bytes = [0; 8];
    match input.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(u64::from_le_bytes(bytes))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// The work of a worker: reads documents from `input` and writes what its reader says of each to `output`, until there
/// are no more.
///
/// # Errors
/// If the other end is gone, or limits cannot be set.
pub fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    limits: WorkerLimits,
) -> io::Result<()> {
    limits::memory(limits.memory_bytes)?;
    let work = move || answer_all(input, output, limits);
    let thread = thread::Builder::new().name("reader".to_owned()).stack_size(STACK_BYTES).spawn(work)?;
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the reader panicked")))
}

fn answer_all(mut input: impl Read, mut output: impl Write, limits: WorkerLimits) -> io::Result<()> {
    loop {
        let Some(question) = frame(&mut input, LONGEST_QUESTION)? else { return Ok(()) };
        let Some(wire::Question { name, format, limits: of_document }) = wire::asked(&question) else { return Ok(()) };
        // A part may be longer than a document, as it comes out of one.
        let longest = of_document.document_bytes.max(of_document.unpacked_bytes);
        let longest = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
        let Some(bytes) = frame(&mut input, longest)? else { return Ok(()) };
        limits::seconds(limits.seconds)?;
        let source = Source { name: &name, bytes: &bytes };
        let answer = wire::written(&isolated(|| readers::read(format, &source, &of_document)));
        output.write_all(&u64::try_from(answer.len()).unwrap_or(u64::MAX).to_le_bytes())?;
        output.write_all(&answer)?;
        output.flush()?;
    }
}
