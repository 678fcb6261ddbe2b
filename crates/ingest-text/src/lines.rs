//! The lines of a text, each with its number and page.
//!
//! In: a text whose line ends are `\n`. Out: its lines; markup of a whole table that runs over several lines is one
//! line, so that nobody cuts it at a line end or at a tab inside it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// The line without its end and without form feeds before it. Holds `\n` only inside the markup of a table.
    pub(crate) text: &'a str,
    /// From 1.
    pub(crate) number: u32,
    /// From 1, where the text has form feeds.
    pub(crate) page: Option<u32>,
    /// Whether a form feed stands before it.
    pub(crate) starts_page: bool,
    /// Whether it holds the markup of a whole table.
    pub(crate) holds_table: bool,
}

/// Iterator over the lines of a text.
#[derive(Clone)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    offset: usize,
    number: u32,
    page: Option<u32>,
    /// Outermost tables of the text in order, as byte ranges.
    tables: &'a [Range<usize>],
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str, tables: &'a [Range<usize>]) -> Lines<'a> {
        let page = memchr(b'\x0C', text.as_bytes()).is_some().then_some(1);
        Lines { text, offset: 0, number: 1, page, tables }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.text.get(self.offset..).filter(|it| !it.is_empty())?;
        let mut end = self.offset + memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let mut holds_table = false;
        while let Some(table) = self.tables.first().filter(|it| it.start < end) {
            holds_table = true;
            if end < table.end {
                let after = self.text.get(table.end..).unwrap_or_default();
                end = table.end + memchr(b'\n', after.as_bytes()).unwrap_or(after.len());
            }
            self.tables = self.tables.get(1..).unwrap_or_default();
        }
        let whole = self.text.get(self.offset..end).unwrap_or_default();
        let text = whole.trim_start_matches('\x0C');
        let n_feeds = u32::try_from(whole.len() - text.len()).unwrap_or(u32::MAX);
        self.page = self.page.map(|it| it.saturating_add(n_feeds));
        let line = Line { text, number: self.number, page: self.page, starts_page: 0 < n_feeds, holds_table };
        let n_inner = if holds_table { text.bytes().filter(|it| *it == b'\n').count() } else { 0 };
        self.number = self.number.saturating_add(1).saturating_add(u32::try_from(n_inner).unwrap_or(u32::MAX));
        self.offset = end + 1;
        Some(line)
    }
}

/// The text with `\n` for every line end.
pub(crate) fn with_unix_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut res = String::with_capacity(text.len());
    let mut parts = text.split('\r');
    res.push_str(parts.next().unwrap_or_default());
    for part in parts {
        res.push('\n');
        res.push_str(part.strip_prefix('\n').unwrap_or(part));
    }
    Cow::Owned(res)
}
