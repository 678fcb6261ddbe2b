//! Workbooks of XML (xlsx, xlsm): ECMA-376 part 1, 18. In go bytes, out come sheets.

use gouji_model::{Limits, ReadError};
use quick_xml::events::{BytesStart, Event};

use crate::cells::{MOST_COLUMNS, MOST_ROWS, Sheet, SheetCell, parse_area, parse_cell};
use crate::digits::Number;
use crate::package::{Package, unreadable};
use crate::styles::{self, Styles};
use crate::xml::{Xml, attribute, is_set, number, push_text, unescaped};
use crate::{Budget, values};

/// Reads the sheets of a workbook.
///
/// # Errors
/// E01 if it is broken, E03 if it is encrypted, E04 if it is over a limit.
pub(crate) fn read(mut package: Package<'_>, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let path = relations(&mut package, "_rels/.rels", "")?
        .into_iter()
        .find(|it| it.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |it| it.target);
    let Some(text) = package.text(&path)? else {
        return Err(unreadable(format!("{path}: there is no such member")));
    };
    let book = workbook(&text, &path)?;
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let relations = relations(&mut package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let target = |kind: &str| relations.iter().find(|it| it.kind == kind).map(|it| it.target.clone());
    let mut styles = Styles::default();
    if let Some(name) = target("styles")
        && let Some(text) = package.text(&name)?
    {
        styles = styles::of_xml(&text, &name)?;
    }
    let mut strings = Vec::new();
    if let Some(name) = target("sharedStrings")
        && let Some(text) = package.text(&name)?
    {
        strings = shared_strings(&text, &name)?;
    }
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    for (nth, entry) in book.sheets.into_iter().enumerate() {
        let found = relations.iter().find(|it| it.id == entry.relation);
        let name = match found {
            Some(it) if it.kind != "worksheet" => continue,
            Some(it) => it.target.clone(),
            // A relation that is lost: sheets are numbered in every program that writes them.
            None => format!("{folder}/worksheets/sheet{}.xml", nth + 1),
        };
        let Some(text) = package.text(&name)? else {
            return Err(unreadable(format!("{name}: there is no such member, which holds the sheet {}", entry.name)));
        };
        let mut reader = SheetReader {
            xml: Xml::new(&text, &name),
            strings: &strings,
            styles: &styles,
            is_1904: book.is_1904,
            shows_zeros: true,
            budget: &mut budget,
            sheet: Sheet { name: entry.name, is_hidden: entry.is_hidden, ..Sheet::default() },
        };
        reader.read()?;
        sheets.push(reader.sheet);
    }
    Ok(sheets)
}

/// What a part points to.
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of its type.
    pub(crate) kind: String,
    /// The name of a member.
    pub(crate) target: String,
}

/// What the member of relations of this name says; its targets stand in `folder`.
///
/// # Errors
/// E01 if it is broken.
pub(crate) fn relations(package: &mut Package<'_>, name: &str, folder: &str) -> Result<Vec<Relation>, ReadError> {
    let Some(text) = package.text(name)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text, name);
    let mut acc = Vec::new();
    while let Some(event) = xml.next()? {
        let Event::Start(it) = event else { continue };
        if it.local_name().as_ref() != "Relationship" {
            continue;
        }
        let value = |name: &str| attribute(&it, name).unwrap_or_default().into_owned();
        let kind = value("Type").rsplit('/').next().unwrap_or_default().to_owned();
        acc.push(Relation { id: value("Id"), kind, target: resolved(folder, &value("Target")) });
    }
    Ok(acc)
}

/// The name of a member that a part in `folder` points to.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut acc: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for piece in target.split('/') {
        match piece {
            "" | "." => {}
            ".." => {
                acc.pop();
            }
            other => acc.push(other),
        }
    }
    acc.retain(|it| !it.is_empty());
    acc.join("/")
}

struct Workbook {
    sheets: Vec<Entry>,
    is_1904: bool,
}

struct Entry {
    name: String,
    relation: String,
    is_hidden: bool,
}

fn workbook(text: &str, name: &str) -> Result<Workbook, ReadError> {
    let mut xml = Xml::new(text, name);
    let mut book = Workbook { sheets: Vec::new(), is_1904: false };
    while let Some(event) = xml.next()? {
        let Event::Start(it) = event else { continue };
        match it.local_name().as_ref() {
            "workbookPr" => book.is_1904 = is_set(&it, "date1904"),
            "sheet" => book.sheets.push(Entry {
                name: attribute(&it, "name").unwrap_or_default().into_owned(),
                relation: attribute(&it, "id").unwrap_or_default().into_owned(),
                is_hidden: attribute(&it, "state").is_some_and(|it| it != "visible"),
            }),
            _ => {}
        }
    }
    Ok(book)
}

fn shared_strings(text: &str, name: &str) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(text, name);
    let mut acc = Vec::new();
    while let Some(event) = xml.next()? {
        if let Event::Start(it) = event
            && it.local_name().as_ref() == "si"
        {
            acc.push(rich_text(&mut xml)?);
        }
    }
    Ok(acc)
}

/// The text of the element whose start was read last: its runs, without the signs that tell how to pronounce them.
fn rich_text(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut acc = String::new();
    let (mut depth, mut in_text) = (1_usize, false);
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(it) => match it.local_name().as_ref() {
                "rPh" => xml.skip()?,
                name => {
                    in_text = name == "t";
                    depth += 1;
                }
            },
            Event::End(_) => {
                in_text = false;
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            other if in_text => push_text(other, &mut acc),
            _ => {}
        }
    }
    Ok(unescaped(acc))
}

struct SheetReader<'x, 'b, 'l> {
    xml: Xml<'x>,
    strings: &'x [String],
    styles: &'x Styles,
    is_1904: bool,
    shows_zeros: bool,
    budget: &'b mut Budget<'l>,
    sheet: Sheet,
}

impl SheetReader<'_, '_, '_> {
    fn read(&mut self) -> Result<(), ReadError> {
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut is_first_row = true;
        while let Some(event) = self.xml.next()? {
            let Event::Start(it) = event else { continue };
            match it.local_name().as_ref() {
                "sheetView" if attribute(&it, "showZeros").is_some_and(|it| matches!(it.trim(), "0" | "false")) => {
                    self.shows_zeros = false;
                }
                "sheetFormatPr" => self.sheet.rows.others = is_set(&it, "zeroHeight"),
                "col" => self.columns(&it),
                "row" => {
                    row = match number(&it, "r").and_then(|it| it.checked_sub(1)) {
                        Some(row) => row,
                        None if is_first_row => 0,
                        None => row.saturating_add(1),
                    };
                    (column, is_first_row) = (0, false);
                    if MOST_ROWS <= row {
                        return Err(unreadable(format!("sheet {}: there is no row {row}", self.sheet.name)));
                    }
                    let is_hidden = is_set(&it, "hidden") || is_zero(&it, "ht");
                    if is_hidden || self.sheet.rows.others {
                        self.sheet.rows.say(row, row, is_hidden);
                    }
                }
                "c" => {
                    let at = match attribute(&it, "r") {
                        Some(name) => parse_cell(&name)
                            .ok_or_else(|| unreadable(format!("sheet {}: there is no cell {name}", self.sheet.name)))?,
                        None => (row, column),
                    };
                    column = at.1.saturating_add(1);
                    self.cell(&it, at)?;
                }
                "mergeCell" => {
                    self.budget.span()?;
                    let area = attribute(&it, "ref").and_then(|it| parse_area(&it));
                    self.sheet.merged.extend(area);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn columns(&mut self, element: &BytesStart<'_>) {
        let (Some(first), Some(last)) = (number(element, "min"), number(element, "max")) else { return };
        let is_hidden = is_set(element, "hidden") || is_zero(element, "width");
        if is_hidden && let Some(first) = first.checked_sub(1) {
            self.sheet.columns.say(first, last.min(MOST_COLUMNS).saturating_sub(1), true);
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>, at: (u32, u32)) -> Result<(), ReadError> {
        let kind = attribute(element, "t").unwrap_or_default().into_owned();
        let style = number(element, "s").unwrap_or(0);
        let mut value: Option<String> = None;
        let mut inline: Option<String> = None;
        let mut has_formula = false;
        let mut depth = 1_usize;
        while let Some(event) = self.xml.next()? {
            match event {
                Event::Start(it) => match it.local_name().as_ref() {
                    "f" => {
                        has_formula = true;
                        self.xml.skip()?;
                    }
                    "is" => inline = Some(rich_text(&mut self.xml)?),
                    name => {
                        if name == "v" {
                            value = Some(String::new());
                        }
                        depth += 1;
                    }
                },
                Event::End(_) => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                other => {
                    if let Some(value) = value.as_mut().filter(|_| depth == 2) {
                        push_text(&other, value);
                    }
                }
            }
        }
        let value = value.filter(|it| !it.is_empty() || kind == "str");
        if has_formula && value.is_none() && inline.is_none() {
            self.sheet.without_result.push(at);
            return Ok(());
        }
        let format = self.styles.of_cell(style);
        let (text, stored) = match (kind.as_str(), value, inline) {
            ("inlineStr" | "is", _, Some(text)) | ("", None, Some(text)) => (format.show_text(&text), None),
            ("s", Some(idx), _) => {
                let found = idx.trim().parse().ok().and_then(|it: usize| self.strings.get(it));
                let text =
                    found.ok_or_else(|| unreadable(format!("sheet {}: there is no string {idx}", self.sheet.name)))?;
                (format.show_text(text), None)
            }
            ("b", Some(value), _) => (values::boolean(matches!(value.trim(), "1" | "true")), None),
            ("e", Some(value), _) => (value, None),
            ("str", Some(value), _) => (format.show_text(&unescaped(value)), None),
            ("d", Some(value), _) => values::iso_date(&value, format),
            (_, Some(value), _) => match Number::parse(&value) {
                Some(number) if number.is_zero() && !self.shows_zeros => (String::new(), None),
                Some(number) => values::number(&number, format, self.is_1904),
                None => (value, None),
            },
            (_, None, _) => return Ok(()),
        };
        self.budget.cell(&self.sheet.name, at, &text)?;
        if !text.is_empty() {
            self.sheet.cells.push(SheetCell { row: at.0, column: at.1, text, stored });
        }
        Ok(())
    }
}

/// Whether a size is nothing.
fn is_zero(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).and_then(|it| Number::parse(&it)).is_some_and(|it| it.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_their_folder() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/a", "../styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("", "xl\\workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("", "../../x"), "x");
    }
}
