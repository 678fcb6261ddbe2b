//! Workbooks of OpenDocument (ods): the text that each cell shows stands in the file. In goes a package, out come sheets.

use std::collections::BTreeSet;

use gouji_model::{Limits, ReadError, UnreadCode};
use quick_xml::events::{BytesStart, Event};

use crate::cells::{Area, MOST_COLUMNS, MOST_ROWS, Sheet, SheetCell};
use crate::digits::Number;
use crate::format::general;
use crate::package::{Package, unreadable};
use crate::xml::{Xml, attribute, push_text};
use crate::{Budget, values};

/// Where all sheets stand.
const CONTENT: &str = "content.xml";

/// Reads the sheets of a workbook.
///
/// # Errors
/// E01 if it is broken, E03 if it is encrypted, E04 if it is over a limit.
pub(crate) fn read(mut package: Package<'_>, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    if package.text("META-INF/manifest.xml")?.is_some_and(|it| it.contains("encryption-data")) {
        return Err(ReadError { code: UnreadCode::Encrypted, reason: "it wants a password".to_owned() });
    }
    let Some(text) = package.text(CONTENT)? else {
        return Err(unreadable(format!("{CONTENT}: there is no such member")));
    };
    let mut budget = Budget::new(limits);
    let mut reader = Reader {
        xml: Xml::new(&text, CONTENT),
        hidden_styles: BTreeSet::new(),
        style: String::new(),
        budget: &mut budget,
        sheets: Vec::new(),
    };
    reader.read()?;
    Ok(reader.sheets)
}

struct Reader<'x, 'b, 'l> {
    xml: Xml<'x>,
    /// Styles of sheets that are not shown.
    hidden_styles: BTreeSet<String>,
    /// The style that is being read.
    style: String,
    budget: &'b mut Budget<'l>,
    sheets: Vec<Sheet>,
}

impl Reader<'_, '_, '_> {
    fn read(&mut self) -> Result<(), ReadError> {
        while let Some(event) = self.xml.next()? {
            let Event::Start(it) = event else { continue };
            match it.local_name().as_ref() {
                "style" => self.style = text_of(&it, "name"),
                "table-properties" if text_of(&it, "display") == "false" => {
                    self.hidden_styles.insert(self.style.clone());
                }
                "table" => {
                    let sheet = Sheet {
                        name: text_of(&it, "name"),
                        is_hidden: self.hidden_styles.contains(&text_of(&it, "style-name")),
                        ..Sheet::default()
                    };
                    let sheet = self.sheet(sheet)?;
                    self.sheets.push(sheet);
                }
                // Earlier versions of the sheets.
                "tracked-changes" => self.xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn sheet(&mut self, mut sheet: Sheet) -> Result<Sheet, ReadError> {
        let (mut row, mut column) = (0_u32, 0_u32);
        while let Some(event) = self.xml.next()? {
            match event {
                Event::Start(it) => match it.local_name().as_ref() {
                    "table-column" => {
                        let n = repeated(&it, "number-columns-repeated");
                        let last = column.saturating_add(n);
                        if is_hidden(&it) {
                            sheet.columns.say(column, last - 1, true);
                        }
                        column = last;
                    }
                    "table-row" => {
                        let n = repeated(&it, "number-rows-repeated");
                        let last = row.saturating_add(n);
                        if is_hidden(&it) {
                            sheet.rows.say(row, last - 1, true);
                        }
                        self.row(&mut sheet, row, last)?;
                        row = last;
                    }
                    // Pictures and forms over the sheet, and names of ranges.
                    "shapes" | "forms" | "named-expressions" | "conditional-formats" => self.xml.skip()?,
                    _ => {}
                },
                Event::End(it) if it.local_name().as_ref() == "table" => break,
                _ => {}
            }
        }
        Ok(sheet)
    }

    /// The cells of a row, which stands in the sheet from `row` to `end`.
    fn row(&mut self, sheet: &mut Sheet, row: u32, end: u32) -> Result<(), ReadError> {
        let mut column = 0_u32;
        while let Some(event) = self.xml.next()? {
            match event {
                Event::Start(it) => match it.local_name().as_ref() {
                    "table-cell" | "covered-table-cell" => {
                        let n = repeated(&it, "number-columns-repeated");
                        let last = column.saturating_add(n);
                        self.cell(sheet, &it, (row, end), (column, last))?;
                        column = last;
                    }
                    _ => self.xml.skip()?,
                },
                Event::End(it) if it.local_name().as_ref() == "table-row" => break,
                _ => {}
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        sheet: &mut Sheet,
        element: &BytesStart<'_>,
        rows: (u32, u32),
        columns: (u32, u32),
    ) -> Result<(), ReadError> {
        let kind = of_office(element, "value-type");
        let value = of_office(element, "value").and_then(|it| Number::parse(&it));
        let has_formula = attribute(element, "formula").is_some();
        let spans = (repeated(element, "number-rows-spanned"), repeated(element, "number-columns-spanned"));
        let printed = self.paragraphs()?;
        if has_formula && kind.is_none() && printed.is_none() {
            sheet.without_result.push((rows.0, columns.0));
        }
        let (text, stored) = match (printed, value) {
            (Some(text), Some(value)) => {
                let is_percent = kind.as_deref() == Some("percentage");
                let stored = with_all_decimals(&text, &if is_percent { value.shifted(2) } else { value });
                (text, stored)
            }
            (Some(text), None) => (text, None),
            // Programs that write no text leave it to be shown as General.
            (None, Some(value)) if kind.as_deref() == Some("percentage") => {
                (format!("{}%", general(&value.shifted(2))), None)
            }
            (None, Some(value)) => (general(&value), None),
            (None, None) => {
                match (kind.as_deref(), of_office(element, "boolean-value"), of_office(element, "date-value")) {
                    (Some("boolean"), Some(it), _) => (values::boolean(it == "true"), None),
                    (Some("date"), _, Some(it)) => (it, None),
                    (Some("string"), ..) => (of_office(element, "string-value").unwrap_or_default(), None),
                    _ => return Ok(()),
                }
            }
        };
        if text.is_empty() {
            return Ok(());
        }
        // Before memory is taken for them.
        let n_cells = u64::from(rows.1.saturating_sub(rows.0)) * u64::from(columns.1.saturating_sub(columns.0));
        self.budget.room_for(&sheet.name, usize::try_from(n_cells).unwrap_or(usize::MAX))?;
        for row in rows.0..rows.1 {
            for column in columns.0..columns.1 {
                if MOST_ROWS <= row || MOST_COLUMNS <= column {
                    return Err(unreadable(format!("sheet {}: there is no row {row} and column {column}", sheet.name)));
                }
                self.budget.cell(&sheet.name, (row, column), &text)?;
                if 1 < spans.0 || 1 < spans.1 {
                    self.budget.span()?;
                    let last = |first: u32, n: u32| first.saturating_add(n - 1);
                    let area = Area { rows: (row, last(row, spans.0)), columns: (column, last(column, spans.1)) };
                    sheet.merged.push(area);
                }
                sheet.cells.push(SheetCell { row, column, text: text.clone(), stored: stored.clone() });
            }
        }
        Ok(())
    }

    /// The paragraphs of the cell whose start was read last, a line each; `None` if there are none.
    fn paragraphs(&mut self) -> Result<Option<String>, ReadError> {
        let mut acc: Option<String> = None;
        // Elements inside the cell, and inside a paragraph.
        let (mut depth, mut in_paragraph) = (1_usize, 0_usize);
        while let Some(event) = self.xml.next()? {
            match &event {
                Event::Start(it) => {
                    let name = it.local_name();
                    match name.as_ref() {
                        // Remarks, pictures, sheets inside the cell, signs that tell how to pronounce a text.
                        "annotation" | "frame" | "custom-shape" | "table" | "ruby-text" | "control" => {
                            self.xml.skip()?;
                            continue;
                        }
                        "p" | "h" if in_paragraph == 0 => {
                            match acc.as_mut() {
                                Some(text) => text.push('\n'),
                                None => acc = Some(String::new()),
                            }
                            in_paragraph = 1;
                        }
                        other if 0 < in_paragraph => {
                            let text = acc.get_or_insert_default();
                            match other {
                                "s" => {
                                    let n = usize::try_from(repeated(it, "c")).unwrap_or(1);
                                    text.extend(std::iter::repeat_n(' ', n.min(MOST_BLANKS)));
                                }
                                "tab" => text.push('\t'),
                                "line-break" => text.push('\n'),
                                _ => {}
                            }
                            in_paragraph += 1;
                        }
                        _ => {}
                    }
                    depth += 1;
                }
                Event::End(_) => {
                    in_paragraph = in_paragraph.saturating_sub(1);
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                other if 0 < in_paragraph => push_text(other, acc.get_or_insert_default()),
                _ => {}
            }
        }
        Ok(acc)
    }
}

/// Blanks side by side that are kept: more are layout, and a file may claim any number.
const MOST_BLANKS: usize = 256;

fn text_of(element: &BytesStart<'_>, name: &str) -> String {
    attribute(element, name).unwrap_or_default().into_owned()
}

/// An attribute of the standard: programs write others of the same name beside it.
fn of_office(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut found = attributes.with_checks(false).flatten().filter(|it| it.key.local_name().as_ref() == name);
    let of_standard = found.find(|it| it.key.prefix().is_some_and(|it| it.as_ref() == "office"))?;
    Some(
        of_standard
            .normalized_value(quick_xml::XmlVersion::default())
            .map_or_else(|_| of_standard.value.to_string(), |it| it.into_owned()),
    )
}

/// How often an element counts, at least once.
fn repeated(element: &BytesStart<'_>, name: &str) -> u32 {
    crate::xml::number(element, name).unwrap_or(1).max(1)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "visibility").is_some_and(|it| matches!(it.as_ref(), "collapse" | "filter"))
}

/// The printed text with all decimals of the stored number, if that is what was rounded to it.
fn with_all_decimals(text: &str, value: &Number) -> Option<String> {
    let start = text.find(|it: char| it.is_ascii_digit())?;
    let n = text
        .get(start..)?
        .find(|it: char| !(it.is_ascii_digit() || matches!(it, '.' | ',')))
        .unwrap_or(text.len() - start);
    let (before, rest) = text.split_at(start);
    let (printed, behind) = rest.split_at(n);
    let decimals = printed.split_once('.').map_or(0, |it| it.1.len());
    let value = value.abs();
    let is_rounded = Number::parse(&printed.replace(',', "")).is_some_and(|it| it == value.rounded(decimals));
    (is_rounded && decimals < value.decimals()).then(|| {
        let whole = printed.split_once('.').map_or(printed, |it| it.0);
        let exact = value.plain();
        let (exact_whole, fraction) = exact.split_once('.').unwrap_or((&exact, ""));
        // The whole part keeps its commas unless rounding changed it.
        let whole = if whole.replace(',', "") == exact_whole { whole } else { exact_whole };
        format!("{before}{whole}.{fraction}{behind}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_that_are_not_shown_are_kept() {
        let check = |text: &str, value: &str, want: Option<&str>| {
            assert_eq!(with_all_decimals(text, &Number::parse(value).unwrap()).as_deref(), want);
        };
        check("7.19", "7.1898", Some("7.1898"));
        check("¥1,234.50", "1234.4999", Some("¥1,234.4999"));
        check("71.9%", "71.8976", Some("71.8976%"));
        check("8", "7.6", Some("7.6"));
        check("7.19", "7.19", None);
        check("2020年3月5日", "43895", None);
        check("-7.19", "-7.1898", Some("-7.1898"));
    }
}
