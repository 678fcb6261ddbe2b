//! Which number format a cell has: the styles of a workbook of XML go in, formats by the number of a cell's style come out.

use std::collections::BTreeMap;

use gouji_model::ReadError;
use quick_xml::events::Event;

use crate::format::{Format, builtin};
use crate::xml::{Xml, attribute, number};

/// The formats of cells.
#[derive(Debug)]
pub(crate) struct Styles {
    /// By the number of a cell's style: an index into `formats`.
    of_style: Vec<usize>,
    formats: Vec<Format>,
    general: Format,
}

impl Default for Styles {
    fn default() -> Styles {
        Styles::new(&[], &BTreeMap::new())
    }
}

impl Styles {
    /// Styles that name formats by number, the codes of which are in `codes` or built in.
    pub(crate) fn new(ids: &[u32], codes: &BTreeMap<u32, String>) -> Styles {
        let mut known: BTreeMap<u32, usize> = BTreeMap::new();
        let mut formats = Vec::new();
        let of_style = ids.iter().map(|id| {
            *known.entry(*id).or_insert_with(|| {
                formats.push(Format::new(codes.get(id).map_or_else(|| builtin(*id), String::as_str)));
                formats.len() - 1
            })
        });
        Styles { of_style: of_style.collect(), formats, general: Format::new("") }
    }

    /// The format of cells of this style; General if there is no such style.
    pub(crate) fn of_cell(&self, style: u32) -> &Format {
        let idx = usize::try_from(style).ok().and_then(|it| self.of_style.get(it));
        idx.and_then(|it| self.formats.get(*it)).unwrap_or(&self.general)
    }
}

/// The styles of `xl/styles.xml`.
///
/// # Errors
/// E01 if the XML is broken.
pub(crate) fn of_xml(text: &str, name: &str) -> Result<Styles, ReadError> {
    let mut xml = Xml::new(text, name);
    let mut codes = BTreeMap::new();
    let mut ids = Vec::new();
    let mut of_cells = false;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(it) => match it.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (number(&it, "numFmtId"), attribute(&it, "formatCode")) {
                        codes.insert(id, code.into_owned());
                    }
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => ids.push(number(&it, "numFmtId").unwrap_or(0)),
                // Differential styles have formats of their own, which no cell names.
                "dxfs" => xml.skip()?,
                _ => {}
            },
            Event::End(it) if it.local_name().as_ref() == "cellXfs" => of_cells = false,
            _ => {}
        }
    }
    Ok(Styles::new(&ids, &codes))
}
