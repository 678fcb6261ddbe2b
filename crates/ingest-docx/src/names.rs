//! Names of markup: an element goes in, the vocabulary that it is of and its attributes come out.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

/// Vocabularies that tell what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    /// Text and tables.
    Word,
    /// Two ways to say the same.
    Compatibility,
    /// Embedded objects.
    Office,
    /// Drawings and where they stand.
    Drawing,
    /// Formulas.
    Math,
    /// The rest.
    Other,
}

/// How the address of a vocabulary ends; the strict and the transitional ones differ in how they begin
/// (ISO/IEC 29500-1 and -4, annex A).
const ENDINGS: [(&str, Vocabulary); 6] = [
    ("/wordprocessingml/main", Vocabulary::Word),
    ("/wordprocessingml/2006/main", Vocabulary::Word),
    ("/markup-compatibility/2006", Vocabulary::Compatibility),
    ("microsoft-com:office:office", Vocabulary::Office),
    ("/officeDocument/2006/math", Vocabulary::Math),
    ("/officeDocument/math", Vocabulary::Math),
];
/// What stands in the address of a vocabulary of drawings.
const DRAWING: &str = "drawingml";

/// The prefixes that a document has declared so far.
#[derive(Default)]
pub(crate) struct Names {
    known: Vec<(String, Vocabulary)>,
}

impl Names {
    /// The vocabulary and local name of an element; its own declarations count from it on.
    pub(crate) fn of<'e>(&mut self, element: &'e BytesStart<'_>) -> (Vocabulary, &'e str) {
        if element.attributes_raw().contains("xmlns") {
            self.declare(element);
        }
        let (local, prefix) = element.name().decompose();
        let prefix = prefix.map_or("", |it| it.into_inner());
        let known = self.known.iter().rev().find(|it| it.0 == prefix);
        (known.map_or(Vocabulary::Other, |it| it.1), local.into_inner())
    }

    /// Prefixes hold to the end of the document: no program gives one another meaning in the middle.
    fn declare(&mut self, element: &BytesStart<'_>) {
        for it in element.attributes().with_checks(false).flatten() {
            let key = it.key.into_inner();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => rest.trim_start_matches(':'),
                _ => continue,
            };
            let ending = ENDINGS.iter().find(|(ending, _)| it.value.ends_with(ending)).map(|it| it.1);
            let drawing = it.value.contains(DRAWING).then_some(Vocabulary::Drawing);
            let vocabulary = ending.or(drawing).unwrap_or(Vocabulary::Other);
            match self.known.iter_mut().find(|it| it.0 == prefix) {
                Some(known) => known.1 = vocabulary,
                // Nobody asks for a prefix that was never declared, and a list of others would only take time.
                None if vocabulary == Vocabulary::Other => {}
                None => self.known.push((prefix.to_owned(), vocabulary)),
            }
        }
    }
}

/// The value of the attribute of this local name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes();
    let value = all.with_checks(false).flatten().find(|it| it.key.local_name().into_inner() == name)?;
    // A reference that is not understood stays as it is written.
    Some(value.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| value.value.to_string(), Into::into))
}

/// The number in the attribute `val`, which most properties have.
pub(crate) fn number(element: &BytesStart<'_>) -> Option<usize> {
    attribute(element, "val")?.trim().parse().ok()
}

/// Whether a switch is on: it is unless its `val` says otherwise (ISO/IEC 29500-1, 17.17.4).
pub(crate) fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}
