//! Styles that hide text: the styles of a document go in, the names of those whose text is not printed come out.

use std::collections::{BTreeMap, BTreeSet};

use gouji_model::ReadError;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::names::{attribute, is_on};
use crate::package::{Package, malformed, resolved};

/// Styles that may rest on each other; Word allows ten or so.
const MAX_BASES: usize = 50;

/// What a style says of hidden text.
#[derive(Default)]
struct Style {
    base: Option<String>,
    is_hidden: Option<bool>,
}

/// The names of the styles that hide.
///
/// # Errors
/// E01 if the styles are broken, E04 if they are too large.
pub(crate) fn read(package: &mut Package<'_>, main: &str) -> Result<BTreeSet<String>, ReadError> {
    let relations = package.relations(main)?;
    let Some(path) = relations.iter().find(|it| it.kind == "styles").map(|it| resolved(main, &it.target)) else {
        return Ok(BTreeSet::new());
    };
    if !package.has(&path) {
        return Ok(BTreeSet::new());
    }
    let text = package.text(&path)?;
    hiding(&text).map_err(|it| malformed(&path, &it))
}

fn hiding(text: &str) -> Result<BTreeSet<String>, quick_xml::Error> {
    let mut reader = Reader::from_str(text);
    let mut styles: BTreeMap<String, Style> = BTreeMap::new();
    // The style that is open, and whether its text properties are.
    let (mut open, mut in_text) = (None::<(String, Style)>, false);
    loop {
        match reader.read_event()? {
            Event::Start(it) | Event::Empty(it) => match (it.local_name().into_inner(), &mut open) {
                ("style", _) => open = attribute(&it, "styleId").map(|id| (id, Style::default())),
                ("basedOn", Some((_, style))) => style.base = attribute(&it, "val"),
                ("rPr", _) => in_text = true,
                ("vanish", Some((_, style))) if in_text => style.is_hidden = Some(is_on(&it)),
                _ => {}
            },
            Event::End(it) => match it.local_name().into_inner() {
                "style" => styles.extend(open.take()),
                "rPr" => in_text = false,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let is_hidden = |id: &str| {
        let mut at = styles.get(id);
        for _ in 0..MAX_BASES {
            match at {
                Some(Style { is_hidden: Some(it), .. }) => return *it,
                Some(Style { base: Some(base), .. }) => at = styles.get(base),
                Some(Style { base: None, .. }) | None => return false,
            }
        }
        false
    };
    Ok(styles.keys().filter(|it| is_hidden(it)).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_hides_as_its_base_does() {
        let text = r#"<w:styles><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>
            <w:style w:styleId="c"><w:basedOn w:val="b"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
            <w:style w:styleId="d"><w:basedOn w:val="d"/></w:style><w:style w:styleId="e"/></w:styles>"#;
        assert_eq!(Vec::from_iter(hiding(text).unwrap()), ["a", "b"]);
    }
}
