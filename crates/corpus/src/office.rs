//! Formats that no reader takes, by way of LibreOffice: an old Word document goes in, a `docx` comes out, a workbook written
//! as one file of XML becomes an `xlsx`.
//!
//! LibreOffice is started without a window, on a profile of its own in which macros and links do not work, and ended with
//! all that it started when it takes too long. It is not needed for anything else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use gouji_model::{Format, Limits, ReadError, UnreadCode};

use crate::container::{OLE_MAGIC, ZIP_MAGIC, has_stream};

/// How LibreOffice is called: on the search path, then where its installers put it.
const PROGRAMS: [&str; 5] = [
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
    "/opt/libreoffice/program/soffice",
];
/// How it is installed, for whoever has none.
const INSTALL: &str =
    "`apt install libreoffice-writer-nogui libreoffice-calc-nogui` installs it, or https://www.libreoffice.org";

/// What a profile says: no macros, no active content, no links that are followed.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"#;

/// Seconds for one document: a start on a cold machine takes ten, and a form a second.
const SECONDS: u64 = 60;

/// A format that LibreOffice turns into one that a reader takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// What people call it.
    what: &'static str,
    /// How its files end.
    ending: &'static str,
    /// What it becomes.
    pub(crate) becomes: Format,
}

/// Bytes at the start of a file of XML in which it says what it is.
const XML_HEAD_BYTES: usize = 2_048;

/// The foreign format of these bytes, if they are of one.
pub(crate) fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let text = |what, ending| Some(Foreign { what, ending, becomes: Format::Docx });
    if starts(b"{\\rtf") {
        return text("an RTF document", "rtf");
    }
    if starts(OLE_MAGIC) && has_stream(bytes, "WordDocument") && !has_stream(bytes, "EncryptedPackage") {
        // WPS writes its own texts in the same container.
        return text("a Word document of before 2007 or a WPS text", "doc");
    }
    let of_text = b"mimetypeapplication/vnd.oasis.opendocument.text";
    let head = bytes.get(..256).unwrap_or(bytes);
    let is_odt = starts(ZIP_MAGIC) && head.windows(of_text.len()).any(|it| it == of_text);
    if is_odt {
        return text("an OpenDocument text", "odt");
    }
    // Systems write documents as one file of XML and call it `.doc` or `.xls`.
    let head = bytes.get(..XML_HEAD_BYTES).unwrap_or(bytes);
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let says = |what: &str| head.starts_with(b"<?xml") && head.windows(what.len()).any(|it| it == what.as_bytes());
    if says("http://schemas.microsoft.com/office/word/2003/wordml") {
        return text("a Word document of 2003 in XML", "xml");
    }
    let what = "a workbook of 2003 in XML";
    says("urn:schemas-microsoft-com:office:spreadsheet").then_some(Foreign {
        what,
        ending: "xml",
        becomes: Format::Xlsx,
    })
}

/// Folders made so far by this process.
static N_FOLDERS: AtomicU64 = AtomicU64::new(0);

/// LibreOffice, if there is one, and folders that it may write into.
#[derive(Debug)]
pub struct Office {
    programs: Vec<PathBuf>,
    scratch: PathBuf,
    seconds: u64,
    /// Folders with a profile that nobody uses.
    idle: Mutex<Vec<PathBuf>>,
}

impl Office {
    /// LibreOffice as it is installed; it writes into folders of its own below `scratch`.
    pub fn new(scratch: PathBuf) -> Office {
        Office::of(PROGRAMS.iter().map(PathBuf::from).collect(), scratch, SECONDS)
    }

    fn of(programs: Vec<PathBuf>, scratch: PathBuf, seconds: u64) -> Office {
        Office { programs, scratch, seconds, idle: Mutex::new(Vec::new()) }
    }

    /// No LibreOffice: what needs it is told.
    pub(crate) fn none() -> Office {
        Office::of(Vec::new(), PathBuf::new(), SECONDS)
    }

    /// A document as one of the format that it becomes.
    ///
    /// # Errors
    /// E03 if it wants a password, E06 if there is no LibreOffice, E05 if it takes too long, E01 if it does not read the document, E04 if what it
    /// makes of it is over a limit.
    pub(crate) fn convert(&self, foreign: Foreign, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
        if is_locked(bytes) {
            return Err(ReadError { code: UnreadCode::Encrypted, reason: "it wants a password".to_owned() });
        }
        if self.programs.is_empty() {
            return Err(missing(foreign));
        }
        let folder = self.folder().map_err(|it| failed(&it))?;
        let res = self.converted(&folder, foreign, bytes, limits);
        // What is left of a document is removed with the next one, or at the end.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
        res
    }

    fn folder(&self) -> io::Result<PathBuf> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(it) = idle {
            return Ok(it);
        }
        let number = N_FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = self.scratch.join(format!("gouji-office-{}-{number}", std::process::id()));
        // A folder that is there already is somebody else's.
        fs::create_dir_all(&self.scratch)?;
        fs::create_dir(&folder)?;
        let user = folder.join("profile").join("user");
        fs::create_dir_all(&user)?;
        fs::write(user.join("registrymodifications.xcu"), SETTINGS)?;
        Ok(folder)
    }

    fn converted(&self, folder: &Path, foreign: Foreign, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
        let work = folder.join("work");
        // There is none before the first document.
        let _ = fs::remove_dir_all(&work);
        let out = work.join("out");
        fs::create_dir_all(&out).map_err(|it| failed(&it))?;
        let input = work.join(format!("document.{}", foreign.ending));
        fs::write(&input, bytes).map_err(|it| failed(&it))?;
        self.run(folder, &input, &out, foreign)?;
        let output = out.join(format!("document.{}", foreign.becomes.name()));
        let unreadable = |reason: String| ReadError { code: UnreadCode::NotReadable, reason };
        let Ok(metadata) = fs::metadata(&output) else {
            return Err(unreadable(format!("{}, which LibreOffice does not read", foreign.what)));
        };
        let limit = limits.unpacked_bytes;
        if usize::try_from(metadata.len()).map_or(true, |it| limit < it) {
            let reason = format!("LibreOffice makes {} bytes of it, over the limit of {limit}", metadata.len());
            return Err(ReadError { code: UnreadCode::OverLimit, reason });
        }
        let res = fs::read(&output).map_err(|it| failed(&it));
        // The next document removes it too.
        let _ = fs::remove_dir_all(&work);
        res
    }

    fn run(&self, folder: &Path, input: &Path, out: &Path, foreign: Foreign) -> Result<(), ReadError> {
        let profile = folder.join("profile").display().to_string().replace('\\', "/");
        let profile = format!("-env:UserInstallation=file:///{}", profile.trim_start_matches('/'));
        for program in &self.programs {
            let mut command = Command::new(program);
            command.arg(&profile).args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]);
            command.args(["--convert-to", foreign.becomes.name(), "--outdir"]).arg(out).arg(input).current_dir(folder);
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
            own_group(&mut command);
            match command.spawn() {
                Ok(child) => return self.wait(child),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(failed(&error)),
            }
        }
        Err(missing(foreign))
    }

    /// Waits until the program is done, but not longer than it may take.
    fn wait(&self, mut child: Child) -> Result<(), ReadError> {
        let output = child.stdout.take();
        let (send, done) = channel();
        // Its output ends when it and all that it started are gone.
        let reader = thread::Builder::new().name("office".to_owned()).spawn(move || {
            // What it says does not matter, only that it ends.
            let _ = output.map(|mut it| io::copy(&mut it, &mut io::sink()));
            // Nobody waits any more if it took too long.
            let _ = send.send(());
        });
        let is_done = reader.is_ok() && done.recv_timeout(Duration::from_secs(self.seconds)).is_ok();
        if !is_done {
            end(&mut child);
        }
        // It has ended, one way or the other; whether it made something is seen in its folder.
        let _ = child.wait();
        if is_done {
            return Ok(());
        }
        let reason = format!("LibreOffice was not done with it after {} s", self.seconds);
        Err(ReadError { code: UnreadCode::Crashed, reason })
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        for it in self.idle.get_mut().unwrap_or_else(PoisonError::into_inner) {
            // What cannot be removed now is left to the system, which clears such folders.
            let _ = fs::remove_dir_all(it);
        }
    }
}

/// Whether a Word document of before 2007 wants a password: a bit at the start of its text (MS-DOC 2.5.2), which stands
/// behind the header of the container.
fn is_locked(bytes: &[u8]) -> bool {
    let number = |at: usize| bytes.get(at..)?.first_chunk().map(|it| u16::from_le_bytes(*it));
    bytes.starts_with(OLE_MAGIC) && number(512) == Some(0xA5EC) && number(512 + 10).is_some_and(|it| it & 0x0100 != 0)
}

/// Starts a program at the head of a group, so that it can be ended with what it starts.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Ends a program and what it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        // They may be gone already.
        let _ = id.map(|it| kill_process_group(it, Signal::KILL));
    }
    // As above.
    let _ = child.kill();
}

fn missing(foreign: Foreign) -> ReadError {
    let reason = format!("{}, which needs LibreOffice, and there is none: {INSTALL}", foreign.what);
    ReadError { code: UnreadCode::MissingProgram, reason }
}

fn failed(error: &io::Error) -> ReadError {
    ReadError { code: UnreadCode::NotReadable, reason: format!("LibreOffice cannot be used: {error}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(name: &str, program: &str, seconds: u64) -> Office {
        let scratch = std::env::temp_dir().join(format!("gouji-office-test-{}-{name}", std::process::id()));
        Office::of(vec![PathBuf::from(program)], scratch, seconds)
    }

    fn converted(office: &Office, bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
        office.convert(foreign(bytes).expect("it is foreign"), bytes, &Limits::default())
    }

    #[test]
    fn foreign_formats_are_told_by_their_bytes() {
        let ending = |bytes: &[u8]| foreign(bytes).map(|it| it.ending);
        assert_eq!(ending(b"{\\rtf1"), Some("rtf"));
        assert_eq!(ending(b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text"), Some("odt"));
        assert_eq!(ending(b"PK\x03\x04"), None);
        let becomes = |text: &str| foreign(text.as_bytes()).map(|it| (it.ending, it.becomes.name()));
        let of_word = "<?xml version=\"1.0\"?>\n<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">";
        assert_eq!(becomes(of_word), Some(("xml", "docx")));
        let of_excel =
            "\u{FEFF}<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
        assert_eq!(becomes(of_excel), Some(("xml", "xlsx")));
        assert_eq!(becomes("<p>urn:schemas-microsoft-com:office:spreadsheet"), None);
        assert_eq!(ending("项目名称".as_bytes()), None);
    }

    #[test]
    fn without_the_program_it_is_said_how_to_get_it() {
        let office = office("missing", "no such program", 1);
        let told = converted(&office, b"{\\rtf1}").unwrap_err().to_string();
        let scratch = office.scratch.clone();
        drop(office);
        fs::remove_dir_all(scratch).unwrap();
        let want = "E06: an RTF document, which needs LibreOffice, and there is none: `apt install ";
        assert!(told.starts_with(want), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended_with_what_it_started() {
        use std::os::unix::fs::PermissionsExt as _;
        let program = std::env::temp_dir().join(format!("gouji-office-hangs-{}", std::process::id()));
        fs::write(&program, "#!/bin/sh\nsleep 100 &\nsleep 100\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let office = office("hangs", &program.display().to_string(), 1);
        // The program was just written: a process that another test starts may still hold it open for a moment.
        let told = loop {
            let told = converted(&office, b"{\\rtf1}").unwrap_err().to_string();
            if !told.contains("busy") {
                break told;
            }
        };
        assert_eq!(told, "E05: LibreOffice was not done with it after 1 s");
        let scratch = office.scratch.clone();
        drop(office);
        fs::remove_dir_all(scratch).unwrap();
        fs::remove_file(program).unwrap();
    }

    #[test]
    fn a_program_that_makes_nothing_did_not_read_it() {
        let office = office("nothing", "true", 10);
        let told = converted(&office, b"{\\rtf1}").unwrap_err().to_string();
        let missing = "E06: an RTF document";
        let unread = "E01: an RTF document, which LibreOffice does not read";
        assert!(told == unread || !cfg!(unix) && told.starts_with(missing), "{told}");
        let scratch = office.scratch.clone();
        drop(office);
        fs::remove_dir_all(scratch).unwrap();
    }

    #[test]
    fn libreoffice_makes_a_docx_of_rtf() {
        let office = Office::new(std::env::temp_dir());
        match converted(&office, b"{\\rtf1\\ansi\\trowd\\cellx1000\\cellx2000 a\\cell 98.5\\cell\\row\\pard b\\par}") {
            Err(error) if error.code == UnreadCode::MissingProgram => eprintln!("skipped: no LibreOffice"),
            bytes => {
                let bytes = bytes.expect("it is read");
                let source = gouji_model::Source { name: "", bytes: &bytes };
                let reading = gouji_ingest_docx::read(&source, &Limits::default()).expect("it is a docx");
                assert_eq!(reading.document.blocks.len(), 2, "{:?}", reading.document.blocks);
            }
        }
    }
}
