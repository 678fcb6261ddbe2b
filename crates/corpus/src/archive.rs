//! Zip archives, walked like folders: an archive goes in, its members come out one by one, in the order of their paths.
//!
//! Nothing is ever written, so that a path that leads out of the archive is only a name. What is too many, too large or
//! packed too well is refused before it is unpacked, and again while it is, as what an archive says of itself may be a lie.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::GB18030;
use gouji_model::{Limits, ReadError, UnreadCode};
use zip::ZipArchive;
use zip::result::ZipError;

/// How the name of an archive ends.
const ENDING: &str = ".zip";
/// Bytes of the announcement at an archive's end, without its remark, and of the longest remark (APPNOTE.TXT 4.3.16).
const END_BYTES: u64 = 22;
const LONGEST_REMARK: u64 = 0xFFFF;
/// Bytes of what stands before it in a large archive, and says where the large announcement is (4.3.15).
const LOCATOR_BYTES: usize = 20;
/// Bytes of the table of members. A hundred thousand members with long paths need 20 MB.
const MAX_TABLE_BYTES: u64 = 64 << 20;
/// What systems put into archives beside the documents.
const JUNK: [&str; 4] = ["__MACOSX", "Thumbs.db", "desktop.ini", "ehthumbs.db"];
/// Members by which a zip file is a document of its own: of Office and of OpenDocument.
const OF_DOCUMENTS: [&[u8]; 2] = [b"[Content_Types].xml", b"mimetype"];

/// Whether something of this name is walked as an archive.
pub(crate) fn is_archive(name: &str) -> bool {
    let at = name.len().saturating_sub(ENDING.len());
    name.get(at..).is_some_and(|it| it.eq_ignore_ascii_case(ENDING))
}

trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

type Zip = ZipArchive<Box<dyn Bytes>>;

/// An archive with its members in order.
#[derive(Debug)]
pub(crate) struct Archive {
    /// Its path, as outputs name it.
    pub(crate) name: String,
    /// Archives that it stands in, itself included.
    pub(crate) depth: usize,
    zip: Arc<Mutex<Opened>>,
    members: std::vec::IntoIter<Entry>,
}

/// A member of an archive that is to be read.
#[derive(Debug)]
pub(crate) struct Member {
    /// Its path inside the archive.
    pub(crate) path: String,
    idx: usize,
    zip: Arc<Mutex<Opened>>,
}

#[derive(Debug)]
struct Entry {
    path: String,
    idx: usize,
}

/// An archive that members are read from, one at a time.
struct Opened {
    zip: Zip,
    /// Bytes that may still be unpacked.
    n_left: u64,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "an archive of {} members", self.zip.len())
    }
}

impl Archive {
    /// The archive in a file; `None` if the zip file is a document of its own.
    ///
    /// # Errors
    /// E01 if it is none or is broken, E04 if it is over a limit.
    pub(crate) fn file(path: &Path, depth: usize, limits: &Limits) -> Result<Option<Archive>, ReadError> {
        let file = File::open(path).map_err(|it| not_readable(&it))?;
        Archive::open(Box::new(file), path.display().to_string(), depth, limits)
    }

    /// The archive in memory; `None` as above.
    ///
    /// # Errors
    /// As above.
    pub(crate) fn memory(
        bytes: Vec<u8>,
        name: String,
        depth: usize,
        limits: &Limits,
    ) -> Result<Option<Archive>, ReadError> {
        Archive::open(Box::new(Cursor::new(bytes)), name, depth, limits)
    }

    fn open(
        mut bytes: Box<dyn Bytes>,
        name: String,
        depth: usize,
        limits: &Limits,
    ) -> Result<Option<Archive>, ReadError> {
        if limits.depth < depth {
            return Err(over(format!("more than the limit of {} archives inside each other", limits.depth)));
        }
        let n_packed = check_table(bytes.as_mut(), limits)?;
        let zip = ZipArchive::new(bytes).map_err(|it| broken(&it))?;
        if zip.file_names_raw().any(|it| OF_DOCUMENTS.contains(&it)) {
            return Ok(None);
        }
        let n_unpacked = zip.decompressed_size().unwrap_or(0);
        let size = |it: u128| usize::try_from(it).unwrap_or(usize::MAX);
        if u128::from(limits.archive_bytes) < n_unpacked {
            return Err(over(format!("{n_unpacked} bytes unpacked, over the limit of {}", limits.archive_bytes)));
        }
        if limits.is_bomb(size(n_packed.into()), size(n_unpacked)) {
            let ratio = limits.ratio;
            return Err(over(format!("{n_packed} bytes unpack to {n_unpacked}, over {ratio} times as many")));
        }
        let named = zip.file_names_raw().enumerate().filter_map(|(idx, raw)| Some(Entry { path: shown(raw)?, idx }));
        let mut members: Vec<Entry> = named.collect();
        members.sort_by(|a, b| a.path.cmp(&b.path));
        let zip = Arc::new(Mutex::new(Opened { zip, n_left: limits.archive_bytes }));
        Ok(Some(Archive { name, depth, zip, members: members.into_iter() }))
    }
}

impl Iterator for Archive {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let Entry { path, idx } = self.members.next()?;
        Some(Member { path, idx, zip: Arc::clone(&self.zip) })
    }
}

impl Member {
    /// The member, unpacked.
    ///
    /// # Errors
    /// E01 if it is broken, E03 if it wants a password, E04 if it is over a limit.
    pub(crate) fn read(self, limits: &Limits) -> Result<Vec<u8>, ReadError> {
        // A thread that panicked while it read a member left the archive as it was.
        let mut opened = self.zip.lock().unwrap_or_else(PoisonError::into_inner);
        let Opened { zip, n_left } = &mut *opened;
        let member = zip.by_index(self.idx).map_err(|it| broken(&it))?;
        if member.is_symlink() {
            let reason = "a link inside an archive".to_owned();
            return Err(ReadError { code: UnreadCode::NotReadable, reason });
        }
        let packed = usize::try_from(member.compressed_size()).unwrap_or(usize::MAX);
        let limit = u64::try_from(limits.document_bytes).unwrap_or(u64::MAX);
        if limit < member.size() {
            return Err(crate::walk::over_limit(&format!("{} bytes", member.size()), limits.document_bytes));
        }
        let allowed = limit.min(*n_left);
        let mut acc = Vec::new();
        let read = member.take(allowed.saturating_add(1)).read_to_end(&mut acc);
        let n_read = u64::try_from(acc.len()).unwrap_or(u64::MAX);
        *n_left = n_left.saturating_sub(n_read);
        if limit < n_read {
            return Err(crate::walk::over_limit(&format!("more than {limit} bytes"), limits.document_bytes));
        }
        if allowed < n_read {
            return Err(over(format!("its archive unpacks to more than the limit of {}", limits.archive_bytes)));
        }
        if limits.is_bomb(packed, acc.len()) {
            let (size, ratio) = (acc.len(), limits.ratio);
            return Err(over(format!("{packed} bytes unpack to {size}, over {ratio} times as many")));
        }
        read.map_err(|it| not_readable(&it))?;
        Ok(acc)
    }
}

/// Refuses an archive whose table of members is too long to be held. Says how long the archive is.
fn check_table(bytes: &mut dyn Bytes, limits: &Limits) -> Result<u64, ReadError> {
    let mut look = || -> io::Result<(u64, Option<(u64, u64)>)> {
        let n_bytes = bytes.seek(SeekFrom::End(0))?;
        let start = n_bytes.saturating_sub(END_BYTES + LONGEST_REMARK + LOCATOR_BYTES as u64);
        bytes.seek(SeekFrom::Start(start))?;
        let mut tail = Vec::new();
        bytes.read_to_end(&mut tail)?;
        let Some(at) = tail.windows(4).rposition(|it| it == b"PK\x05\x06") else { return Ok((n_bytes, None)) };
        let of_end = u16_at(&tail, at + 10).zip(u32_at(&tail, at + 12));
        // A large archive says so by the largest numbers, and where the true ones stand.
        let locator = at.checked_sub(LOCATOR_BYTES).filter(|it| tail.get(*it..*it + 4) == Some(b"PK\x06\x07"));
        let large = match locator.and_then(|it| u64_at(&tail, it + 8)) {
            Some(offset) => {
                bytes.seek(SeekFrom::Start(offset))?;
                let mut record = Vec::new();
                bytes.take(56).read_to_end(&mut record)?;
                u64_at(&record, 32).zip(u64_at(&record, 40))
            }
            None => None,
        };
        Ok((n_bytes, large.or(of_end.map(|it| (it.0.into(), it.1.into())))))
    };
    let (n_bytes, table) = look().map_err(|it| not_readable(&it))?;
    bytes.rewind().map_err(|it| not_readable(&it))?;
    match table {
        Some((n_members, _)) if u64::try_from(limits.members).is_ok_and(|it| it < n_members) => {
            Err(over(format!("{n_members} members, over the limit of {}", limits.members)))
        }
        Some((_, n_table)) if MAX_TABLE_BYTES < n_table && n_table < n_bytes => {
            Err(over(format!("a table of members of {n_table} bytes, over the limit of {MAX_TABLE_BYTES}")))
        }
        _ => Ok(n_bytes),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|it| u16::from_le_bytes(*it))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|it| u32::from_le_bytes(*it))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|it| u64::from_le_bytes(*it))
}

/// A member's path as it is shown; `None` for a folder, and for what is hidden or junk.
fn shown(raw: &[u8]) -> Option<String> {
    // Windows writes names in the encoding of its language and says nothing; most often in GBK here.
    let name = match std::str::from_utf8(raw) {
        Ok(it) => it.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    if name.ends_with(['/', '\\']) {
        return None;
    }
    let steps: Vec<&str> = name.split(['/', '\\']).filter(|it| !matches!(*it, "" | "." | "..")).collect();
    let is_junk = |it: &&str| it.starts_with('.') || JUNK.iter().any(|junk| junk.eq_ignore_ascii_case(it));
    if steps.is_empty() || steps.iter().any(is_junk) { None } else { Some(steps.join("/")) }
}

fn broken(error: &ZipError) -> ReadError {
    let (code, reason) = match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => {
            (UnreadCode::Encrypted, "it wants a password".to_owned())
        }
        ZipError::CompressionMethodNotSupported(method) => {
            (UnreadCode::UnknownFormat, format!("packed by method {method}, which this version does not unpack"))
        }
        other => (UnreadCode::NotReadable, format!("the archive is broken or cut off: {other}")),
    };
    ReadError { code, reason }
}

fn not_readable(error: &io::Error) -> ReadError {
    ReadError { code: UnreadCode::NotReadable, reason: format!("cannot be read: {error}") }
}

fn over(reason: String) -> ReadError {
    ReadError { code: UnreadCode::OverLimit, reason }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in members {
            zip.start_file(*path, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn read(bytes: Vec<u8>, limits: &Limits) -> Vec<String> {
        match Archive::memory(bytes, "a.zip".to_owned(), 1, limits) {
            Ok(Some(archive)) => archive
                .map(|it| {
                    let path = it.path.clone();
                    match it.read(limits) {
                        Ok(bytes) => format!("{path} {}", bytes.len()),
                        Err(error) => format!("{path} {error}"),
                    }
                })
                .collect(),
            Ok(None) => vec!["a document".to_owned()],
            Err(error) => vec![error.to_string()],
        }
    }

    #[test]
    fn members_come_in_the_order_of_their_paths_without_junk() {
        let bytes = packed(&[
            ("b.txt", b"1"),
            ("__MACOSX/._b.txt", b"1"),
            ("a/c.txt", b"12"),
            ("a/.DS_Store", b"1"),
            ("a/Thumbs.db", b"1"),
            ("../../etc/passwd", b"123"),
        ]);
        assert_eq!(read(bytes, &Limits::default()), ["a/c.txt 2", "b.txt 1", "etc/passwd 3"]);
        assert_eq!(read(packed(&[("[Content_Types].xml", b"")]), &Limits::default()), ["a document"]);
    }

    #[test]
    fn names_are_read_as_their_writer_meant_them() {
        let gbk = encoding_rs::GBK.encode("自评表/道路.txt").0;
        assert_eq!(shown(&gbk).as_deref(), Some("自评表/道路.txt"));
        assert_eq!(shown("自评表\\道路.txt".as_bytes()).as_deref(), Some("自评表/道路.txt"));
        assert_eq!(shown(b"C:/../x"), Some("C:/x".to_owned()));
        assert_eq!(shown(b"a/"), None);
        assert_eq!(shown(b"a/.b/c.txt"), None);
    }

    #[test]
    fn archives_have_limits() {
        let bytes = packed(&[("a.txt", b"12345"), ("b.txt", b"12345")]);
        let limits = Limits { members: 1, ..Limits::default() };
        assert_eq!(read(bytes.clone(), &limits), ["E04: 2 members, over the limit of 1"]);
        let limits = Limits { archive_bytes: 9, ..Limits::default() };
        assert_eq!(read(bytes.clone(), &limits), ["E04: 10 bytes unpacked, over the limit of 9"]);
        let limits = Limits { document_bytes: 4, ..Limits::default() };
        let told = "E04: 5 bytes, over the limit of 4 bytes a document";
        assert_eq!(read(bytes.clone(), &limits), [format!("a.txt {told}"), format!("b.txt {told}")]);
        let limits = Limits { depth: 0, ..Limits::default() };
        assert_eq!(read(bytes, &limits), ["E04: more than the limit of 0 archives inside each other"]);
        let bomb = packed(&[("a.txt", &vec![b' '; 9 << 20])]);
        let told = read(bomb, &Limits::default()).concat();
        assert!(told.starts_with("E04: ") && told.ends_with("over 200 times as many"), "{told}");
    }

    #[test]
    fn what_an_archive_says_of_itself_is_not_believed() {
        let mut bytes = packed(&[("a.txt", &vec![b' '; 9 << 20])]);
        // The size in the table and before the member: a lie of one byte.
        let size = (9_u32 << 20).to_le_bytes();
        let places: Vec<usize> = bytes.windows(4).enumerate().filter(|it| it.1 == size).map(|it| it.0).collect();
        for at in places {
            bytes[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
        let told = read(bytes, &Limits::default()).concat();
        assert!(told.starts_with("a.txt E0"), "{told}");
    }

    #[test]
    fn broken_archives_are_told() {
        let bytes = packed(&[("a.txt", b"12345")]);
        let cut = read(bytes[..bytes.len() - 10].to_vec(), &Limits::default()).concat();
        assert!(cut.starts_with("E01: the archive is broken or cut off"), "{cut}");
        assert!(read(b"no zip".to_vec(), &Limits::default()).concat().starts_with("E01: "));
        let mut locked = bytes;
        // The flag of a password, before the member and in the table (APPNOTE.TXT 4.4.4).
        let table = locked.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
        locked[6] |= 1;
        locked[table + 8] |= 1;
        assert_eq!(read(locked, &Limits::default()), ["a.txt E03: it wants a password"]);
    }
}
