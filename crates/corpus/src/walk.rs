//! Which documents there are: paths as given go in, inputs come out one by one, folders in the order of their bytes.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use gouji_model::{Limits, ReadError, UnreadCode};

use crate::archive::{Archive, Member, is_archive};

/// A document that is to be read.
#[derive(Debug)]
pub struct Input {
    /// The path as given, or below the folder as given.
    pub name: String,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    File(PathBuf),
    StandardInput,
    Member(Member),
    Memory(Vec<u8>),
    /// Something under the paths that cannot be walked or is no document.
    Refused(ReadError),
}

impl Input {
    /// The whole document.
    ///
    /// # Errors
    /// E01 if it is not readable; E04 if it is over `limits.document_bytes`: then not more than that is read.
    pub fn read(self, limits: &Limits) -> Result<Vec<u8>, ReadError> {
        let limit = limits.document_bytes;
        match self.origin {
            Origin::Refused(error) => Err(error),
            Origin::Member(member) => member.read(limits),
            Origin::Memory(bytes) => Ok(bytes),
            Origin::StandardInput => read_bounded(io::stdin().lock(), 0, limit),
            Origin::File(path) => {
                let file = File::open(&path).map_err(|it| not_readable(&it))?;
                let metadata = file.metadata().map_err(|it| not_readable(&it))?;
                let n_bytes = if metadata.is_file() { metadata.len() } else { 0 };
                match usize::try_from(n_bytes) {
                    Ok(n_bytes) if n_bytes <= limit => read_bounded(file, n_bytes, limit),
                    _ => Err(over_limit(&format!("{n_bytes} bytes"), limit)),
                }
            }
        }
    }
}

/// E01 with the cause.
fn not_readable(error: &io::Error) -> ReadError {
    ReadError { code: UnreadCode::NotReadable, reason: format!("cannot be read: {error}") }
}

/// E04 with both sizes.
pub(crate) fn over_limit(size: &str, limit: usize) -> ReadError {
    let reason = format!("{size}, over the limit of {limit} bytes a document");
    ReadError { code: UnreadCode::OverLimit, reason }
}

fn read_bounded(reader: impl Read, n_expected: usize, limit: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::with_capacity(n_expected + 1);
    // One more than allowed, to tell a document of just the limit from a longer one.
    let allowed = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(allowed).read_to_end(&mut bytes).map_err(|it| not_readable(&it))?;
    if limit < bytes.len() {
        return Err(over_limit(&format!("more than {limit} bytes"), limit));
    }
    Ok(bytes)
}

/// Walks paths lazily: of a folder it holds the names, of its subfolders nothing until their turn.
///
/// Zip archives are walked like folders, and those in them up to the limit of depth.
///
/// Inputs come path by path as given; below a folder in the order of the bytes of their paths. Hidden files and folders
/// are skipped below a given folder. Links are followed; one that leads back into itself is an unread input.
#[derive(Debug)]
pub struct Walk {
    given: std::vec::IntoIter<PathBuf>,
    stdin_name: String,
    limits: Limits,
    /// Innermost last.
    levels: Vec<Level>,
}

/// What is being walked through.
#[derive(Debug)]
enum Level {
    Folder(Folder),
    Archive(Archive),
}

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// Absolute and without links, to notice a loop.
    identity: PathBuf,
    names: Names,
    entries: std::vec::IntoIter<Entry>,
}

/// The names of a folder in one piece of memory: a folder may hold a hundred thousand, and memory is to stay flat.
#[derive(Debug, Default)]
struct Names {
    text: String,
    /// Names that are no Unicode, or do not fit the numbers of an [`Entry`].
    odd: Vec<OsString>,
}

/// A name in a folder.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Where the name starts in the text; with [`ODD`] which of the odd names it is.
    start: u32,
    n_bytes: u16,
    kind: Kind,
}

/// Length of a name that stands among the odd ones. No file system has names of 65,535 bytes.
const ODD: u16 = u16::MAX;

impl Names {
    fn add(&mut self, name: OsString, kind: Kind) -> Entry {
        let start = u32::try_from(self.text.len());
        let n_bytes = u16::try_from(name.len()).ok().filter(|it| *it < ODD);
        if let (Some(text), Ok(start), Some(n_bytes)) = (name.to_str(), start, n_bytes) {
            self.text.push_str(text);
            return Entry { start, n_bytes, kind };
        }
        let start = u32::try_from(self.odd.len()).expect("memory ends before four billion names");
        self.odd.push(name);
        Entry { start, n_bytes: ODD, kind }
    }

    fn name(&self, entry: Entry) -> &OsStr {
        let start = entry.start as usize;
        let name = match entry.n_bytes {
            ODD => self.odd.get(start).map(OsString::as_os_str),
            n_bytes => self.text.get(start..start + usize::from(n_bytes)).map(OsStr::new),
        };
        name.expect("an entry names what was added")
    }

    /// The bytes that an entry adds to the paths below it: a folder sorts with its slash, so that whole paths come out
    /// in the order of their bytes (`a.txt` before `a/b.txt`).
    fn sort_key(&self, entry: Entry) -> impl Iterator<Item = &u8> {
        let slash: &[u8] = if entry.kind == Kind::Folder { b"/" } else { b"" };
        self.name(entry).as_encoded_bytes().iter().chain(slash)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// A pipe, a socket or a device: reading it might never end.
    Special,
}

impl Walk {
    /// Walks these paths; `-` is standard input, which goes by `stdin_name`. Archives are walked within `limits`.
    pub fn new(paths: Vec<PathBuf>, stdin_name: &str, limits: Limits) -> Walk {
        Walk { given: paths.into_iter(), stdin_name: stdin_name.to_owned(), limits, levels: Vec::new() }
    }

    fn given(&mut self, path: PathBuf) -> Option<Input> {
        if path.as_os_str() == "-" {
            let name = self.stdin_name.clone();
            if !is_archive(&name) {
                return Some(Input { name, origin: Origin::StandardInput });
            }
            let bytes = read_bounded(io::stdin().lock(), 0, self.limits.document_bytes);
            return self.unpack(name, 1, bytes);
        }
        if path.is_dir() { self.enter(path) } else { self.file(path) }
    }

    /// Opens a folder; says why if that does not work.
    fn enter(&mut self, path: PathBuf) -> Option<Input> {
        match list(&path) {
            Err(error) => Some(refused(&path, not_readable(&error))),
            Ok(folder) if self.is_inside(&folder) => {
                let reason = "not entered: a link leads back to a folder that holds it".to_owned();
                Some(refused(&path, ReadError { code: UnreadCode::NotReadable, reason }))
            }
            Ok(folder) => {
                self.levels.push(Level::Folder(folder));
                None
            }
        }
    }

    fn is_inside(&self, folder: &Folder) -> bool {
        self.levels.iter().any(|it| matches!(it, Level::Folder(it) if it.identity == folder.identity))
    }

    /// A file, or what it holds if it is an archive.
    fn file(&mut self, path: PathBuf) -> Option<Input> {
        let name = path.display().to_string();
        if !is_archive(&name) || !path.is_file() {
            return Some(Input { name, origin: Origin::File(path) });
        }
        match Archive::file(&path, 1, &self.limits) {
            Ok(Some(archive)) => {
                self.levels.push(Level::Archive(archive));
                None
            }
            Ok(None) => Some(Input { name, origin: Origin::File(path) }),
            Err(error) => Some(Input { name, origin: Origin::Refused(error) }),
        }
    }

    /// A member of an archive, or what it holds if it is one itself.
    fn member(&mut self, archive: &str, depth: usize, member: Member) -> Option<Input> {
        let name = format!("{archive}/{}", member.path);
        if is_archive(&name) {
            let bytes = member.read(&self.limits);
            return self.unpack(name, depth + 1, bytes);
        }
        Some(Input { name, origin: Origin::Member(member) })
    }

    /// Walks through an archive in memory.
    fn unpack(&mut self, name: String, depth: usize, bytes: Result<Vec<u8>, ReadError>) -> Option<Input> {
        let archive = bytes.and_then(|it| match Archive::memory(it.clone(), name.clone(), depth, &self.limits)? {
            Some(archive) => Ok(Ok(archive)),
            None => Ok(Err(it)),
        });
        match archive {
            Ok(Ok(archive)) => {
                self.levels.push(Level::Archive(archive));
                None
            }
            Ok(Err(document)) => Some(Input { name, origin: Origin::Memory(document) }),
            Err(error) => Some(Input { name, origin: Origin::Refused(error) }),
        }
    }
}

impl Iterator for Walk {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            let found = match self.levels.last_mut() {
                None => {
                    let path = self.given.next()?;
                    self.given(path)
                }
                Some(Level::Archive(archive)) => match archive.next() {
                    None => {
                        self.levels.pop();
                        None
                    }
                    Some(member) => {
                        let (name, depth) = (archive.name.clone(), archive.depth);
                        self.member(&name, depth, member)
                    }
                },
                Some(Level::Folder(folder)) => match folder.entries.next() {
                    None => {
                        self.levels.pop();
                        None
                    }
                    Some(entry) => {
                        let path = folder.path.join(folder.names.name(entry));
                        match entry.kind {
                            Kind::File => self.file(path),
                            Kind::Folder => self.enter(path),
                            Kind::Special => {
                                let reason = "not a regular file".to_owned();
                                Some(refused(&path, ReadError { code: UnreadCode::NotReadable, reason }))
                            }
                        }
                    }
                },
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

fn refused(path: &Path, error: ReadError) -> Input {
    Input { name: path.display().to_string(), origin: Origin::Refused(error) }
}

/// A folder with its names in order.
fn list(path: &Path) -> io::Result<Folder> {
    let identity = fs::canonicalize(path)?;
    let mut names = Names::default();
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            entries.push(names.add(name, kind(&entry)?));
        }
    }
    entries.sort_unstable_by(|a, b| names.sort_key(*a).cmp(names.sort_key(*b)));
    Ok(Folder { path: path.to_owned(), identity, names, entries: entries.into_iter() })
}

fn kind(entry: &fs::DirEntry) -> io::Result<Kind> {
    let mut file_type = entry.file_type()?;
    if file_type.is_symlink() {
        match fs::metadata(entry.path()) {
            Ok(metadata) => file_type = metadata.file_type(),
            // A link to nowhere: reading it as a file says so.
            Err(_) => return Ok(Kind::File),
        }
    }
    Ok(match (file_type.is_dir(), file_type.is_file()) {
        (true, _) => Kind::Folder,
        (_, true) => Kind::File,
        _ => Kind::Special,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for a test, removed at the end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str, files: &[&str]) -> Scratch {
            let root = std::env::temp_dir().join(format!("gouji-walk-{}-{name}", std::process::id()));
            fs::create_dir_all(&root).unwrap();
            for file in files {
                let path = root.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, file).unwrap();
            }
            Scratch(root)
        }

        fn walked(&self) -> Vec<String> {
            let root = self.0.display().to_string();
            let inputs = Walk::new(vec![self.0.clone()], "-", Limits::default());
            inputs
                .map(|it| {
                    let name = it.name.strip_prefix(&root).unwrap().to_owned();
                    match it.read(&Limits::default()) {
                        Ok(_) => name,
                        Err(error) => format!("{name} {}", error.code.code()),
                    }
                })
                .collect()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn paths_come_in_the_order_of_their_bytes() {
        let scratch = Scratch::new("order", &["b.txt", "a/z.txt", "a.txt", "a/b/c.txt", "a-1.txt", "B.txt", "表.txt"]);
        assert_eq!(scratch.walked(), ["/B.txt", "/a-1.txt", "/a.txt", "/a/b/c.txt", "/a/z.txt", "/b.txt", "/表.txt"]);
    }

    #[test]
    fn hidden_entries_are_skipped() {
        let scratch = Scratch::new("hidden", &[".git/x.txt", "a/.b.txt", "a/c.txt"]);
        assert_eq!(scratch.walked(), ["/a/c.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_unicode_are_walked_in_their_place() {
        use std::os::unix::ffi::OsStrExt as _;
        let scratch = Scratch::new("odd", &["a.txt", "z.txt"]);
        fs::write(scratch.0.join(OsStr::from_bytes(b"m\xFF.txt")), "x").unwrap();
        assert_eq!(scratch.walked(), ["/a.txt", "/m\u{FFFD}.txt", "/z.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_not_in_circles() {
        let scratch = Scratch::new("links", &["a/x.txt"]);
        std::os::unix::fs::symlink(&scratch.0, scratch.0.join("a/loop")).unwrap();
        std::os::unix::fs::symlink(scratch.0.join("nowhere"), scratch.0.join("dangling")).unwrap();
        std::os::unix::fs::symlink(scratch.0.join("a/x.txt"), scratch.0.join("z")).unwrap();
        assert_eq!(scratch.walked(), ["/a/loop E01", "/a/x.txt", "/dangling E01", "/z"]);
    }

    #[test]
    fn archives_are_walked_like_folders() {
        use std::io::Write as _;
        let packed = |members: &[(&str, &[u8])]| {
            let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
            for (path, bytes) in members {
                zip.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
                zip.write_all(bytes).unwrap();
            }
            zip.finish().unwrap().into_inner()
        };
        let one = packed(&[("x.txt", b"x")]);
        let two = packed(&[("one.zip", &one), ("y.txt", b"y")]);
        let three = packed(&[("a/two.ZIP", &two), ("broken.zip", b"PK"), ("z.txt", b"z")]);
        let scratch = Scratch::new("archives", &["b.txt"]);
        fs::write(scratch.0.join("three.zip"), &three).unwrap();
        fs::write(scratch.0.join("four.zip"), packed(&[("three.zip", &three)])).unwrap();
        let walked = scratch.walked();
        let of_three = ["/a/two.ZIP/one.zip/x.txt", "/a/two.ZIP/y.txt", "/broken.zip E01", "/z.txt"];
        let of_four = ["/a/two.ZIP/one.zip E04", "/a/two.ZIP/y.txt", "/broken.zip E01", "/z.txt"];
        let below = |of: &str, all: [&str; 4]| Vec::from_iter(all.map(|it| format!("{of}{it}")));
        let want = [vec!["/b.txt".to_owned()], below("/four.zip/three.zip", of_four), below("/three.zip", of_three)];
        assert_eq!(walked, want.concat());
    }

    #[test]
    fn a_path_that_is_not_there_is_unread() {
        let mut walk = Walk::new(vec![PathBuf::from("/nowhere/x.txt")], "-", Limits::default());
        let error = walk.next().unwrap().read(&Limits::default()).unwrap_err();
        assert_eq!(error.code, UnreadCode::NotReadable);
        assert!(walk.next().is_none());
    }

    #[test]
    fn a_document_over_the_limit_is_not_read() {
        let scratch = Scratch::new("limit", &["abc"]);
        let read = |limit| {
            let limits = Limits { document_bytes: limit, ..Limits::default() };
            Walk::new(vec![scratch.0.clone()], "-", limits.clone()).next().unwrap().read(&limits)
        };
        assert_eq!(read(3).unwrap(), b"abc");
        assert_eq!(read(2).unwrap_err().to_string(), "E04: 3 bytes, over the limit of 2 bytes a document");
    }

    #[test]
    fn a_stream_is_read_up_to_the_limit() {
        assert_eq!(read_bounded(&b"abc"[..], 0, 3).unwrap(), b"abc");
        let error = read_bounded(&b"abcd"[..], 0, 3).unwrap_err();
        assert_eq!(error.to_string(), "E04: more than 3 bytes, over the limit of 3 bytes a document");
    }
}
