//! The zip file that a workbook of XML is: its members by name, unpacked within limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use gouji_model::{Limits, ReadError, UnreadCode};
use zip::ZipArchive;
use zip::result::ZipError;

/// How an entry of a zip file's table begins.
const ENTRY_MAGIC: &[u8] = b"PK\x01\x02";
/// Entries of a zip file: more than any workbook has sheets, pictures and comments. Each takes memory before it is read.
const MOST_ENTRIES: usize = 20_000;

/// A zip file in memory.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Indexes by name, in lower case and without a slash at the front: some programs do not care.
    names: BTreeMap<String, usize>,
    limits: &'b Limits,
    /// Bytes that may still be unpacked.
    left: usize,
}

impl<'b> Package<'b> {
    /// Opens a zip file.
    ///
    /// # Errors
    /// E01 if it is broken, E04 if it has too many members.
    pub(crate) fn open(bytes: &'b [u8], limits: &'b Limits) -> Result<Package<'b>, ReadError> {
        let n_entries = bytes.windows(ENTRY_MAGIC.len()).filter(|it| *it == ENTRY_MAGIC).count();
        if MOST_ENTRIES < n_entries {
            return Err(over(format!("{n_entries} members, over the limit of {MOST_ENTRIES} members of a zip file")));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|it| error("the zip file", &it))?;
        let name = |idx: usize| archive.name_for_index(idx).and_then(Result::ok).map(|it| (key(&it), idx));
        let names = (0..archive.len()).filter_map(name).collect();
        Ok(Package { names, limits, left: limits.unpacked_bytes, archive })
    }

    /// Whether there is a member of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&key(name))
    }

    /// A member, unpacked; `None` if there is none of this name.
    ///
    /// # Errors
    /// E01 if it is broken, E03 if it is encrypted, E04 if it unpacks to more than it may.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(idx) = self.names.get(&key(name)).copied() else { return Ok(None) };
        let left = self.left;
        let file = self.archive.by_index(idx).map_err(|it| error(name, &it))?;
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let over_ratio = || {
            let most = self.limits.ratio;
            Err(over(format!("{name}: over the limit of {most} times its packed size of {packed} bytes")))
        };
        let over_size = || {
            let most = self.limits.unpacked_bytes;
            Err(over(format!("{name}: over the limit of {most} bytes that a document may unpack to")))
        };
        // A file that says it is too large is believed at once; one that says less than it holds is found out below.
        let said = usize::try_from(file.size()).unwrap_or(usize::MAX);
        if self.limits.is_bomb(packed, said) {
            return over_ratio();
        }
        if left < said {
            return over_size();
        }
        let most = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        // No packed byte becomes more than so many (RFC 1951: 258 bytes in two bits), whatever the file says.
        const MOST_PER_BYTE: usize = 1032;
        let mut acc = Vec::with_capacity(said.min(packed.saturating_mul(MOST_PER_BYTE)));
        let mut reader = file.take(most);
        let mut chunk = [0; CHUNK_BYTES];
        loop {
            let n = reader.read(&mut chunk).map_err(|it| unreadable(format!("{name}: {it}")))?;
            if n == 0 {
                break;
            }
            acc.extend_from_slice(chunk.get(..n).unwrap_or(&chunk));
            if self.limits.is_bomb(packed, acc.len()) {
                return over_ratio();
            }
        }
        match left.checked_sub(acc.len()) {
            Some(rest) => self.left = rest,
            None => return over_size(),
        }
        Ok(Some(acc))
    }

    /// A member as text; `None` if there is none of this name.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        decoded(bytes).map(Some).map_err(|it| unreadable(format!("{name}: {it}")))
    }
}

/// Bytes that are unpacked at once; the ratio is looked at after each.
const CHUNK_BYTES: usize = 1 << 15;

/// The text of an XML file: UTF-8, or UTF-16 with its mark.
fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().skip(1).map(|it| of(*it)).collect();
        String::from_utf16(&units).map_err(|_| "no UTF-16".to_owned())
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8(bytes).map_err(|it| format!("no UTF-8 at byte {}", it.utf8_error().valid_up_to())),
    }
}

fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

fn error(name: &str, error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError { code: UnreadCode::Encrypted, reason: "it wants a password".to_owned() }
        }
        other => unreadable(format!("{name}: {other}")),
    }
}

pub(crate) fn unreadable(reason: String) -> ReadError {
    ReadError { code: UnreadCode::NotReadable, reason }
}

pub(crate) fn over(reason: String) -> ReadError {
    ReadError { code: UnreadCode::OverLimit, reason }
}
