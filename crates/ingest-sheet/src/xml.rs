//! What the readers of XML share: attributes, texts, numbers of rows and columns.

use std::borrow::Cow;

use gouji_model::ReadError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::package::unreadable;

/// Elements inside each other that are read; workbooks have below twenty.
const DEEPEST: usize = 256;

/// A reader of a member of a package, which names it in its errors.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    name: &'x str,
    depth: usize,
}

impl<'x> Xml<'x> {
    pub(crate) fn new(text: &'x str, name: &'x str) -> Xml<'x> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        Xml { reader, name, depth: 0 }
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// E01 if the XML is broken or nested too deep.
    pub(crate) fn next(&mut self) -> Result<Option<Event<'x>>, ReadError> {
        match self.reader.read_event() {
            Ok(Event::Eof) if 0 < self.depth => Err(unreadable(format!("{}: it is cut off", self.name))),
            Ok(Event::Eof) => Ok(None),
            Ok(event) => {
                match &event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if DEEPEST < self.depth {
                    return Err(crate::package::over(format!(
                        "{}: over the limit of {DEEPEST} elements inside each other",
                        self.name
                    )));
                }
                Ok(Some(event))
            }
            Err(error) => Err(unreadable(format!("{}: {error} at byte {}", self.name, self.reader.error_position()))),
        }
    }

    /// Skips the rest of the element whose start was read last.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        let depth = self.depth;
        while depth <= self.depth && self.next()?.is_some() {}
        Ok(())
    }
}

/// The value of an attribute, whatever its prefix.
pub(crate) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    match found.normalized_value(XmlVersion::default()) {
        Ok(it) => Some(Cow::Owned(it.into_owned())),
        // An entity that nobody knows stays as it is written.
        Err(_) => Some(Cow::Owned(found.value.into_owned())),
    }
}

/// A whole number in an attribute.
pub(crate) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub(crate) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|it| matches!(it.trim(), "1" | "true" | "on"))
}

/// Adds the text that an event holds.
pub(crate) fn push_text(event: &Event<'_>, acc: &mut String) {
    match event {
        Event::Text(it) => acc.push_str(&it.xml10_content()),
        Event::CData(it) => acc.push_str(&it.xml10_content()),
        Event::GeneralRef(it) => push_reference(it, acc),
        _ => {}
    }
}

/// What `&amp;` and `&#x4E00;` stand for. Other entities would be declared in the file: they stand for themselves, so
/// that no file can unfold.
fn push_reference(reference: &BytesRef<'_>, acc: &mut String) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        acc.push(c);
        return;
    }
    match resolve_predefined_entity(reference) {
        Some(it) => acc.push_str(it),
        None => {
            acc.push('&');
            acc.push_str(reference);
            acc.push(';');
        }
    }
}

/// A text without `_x000D_`, which stands for characters that XML cannot hold.
pub(crate) fn unescaped(text: String) -> String {
    /// `_x`, four digits, `_`.
    const LENGTH: usize = 7;
    if !text.contains("_x") {
        return text;
    }
    let mut acc = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        acc.push_str(before);
        let code = from.get(2..LENGTH).and_then(|it| it.strip_suffix('_')).filter(|it| it.len() == 4);
        match code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                if c != '\r' {
                    acc.push(c);
                }
                rest = from.get(LENGTH..).unwrap_or("");
            }
            None => {
                acc.push_str("_x");
                rest = from.get(2..).unwrap_or("");
            }
        }
    }
    acc.push_str(rest);
    acc
}
