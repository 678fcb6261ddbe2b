//! Names a finding by what it is about, so that it is known again in another run or another copy of the form.
//!
//! In: the form, the document's digest and a finding. Out: the first 16 hex digits of SHA-256 over year, project and unit
//! (or the document's hash and the ordinal if the form prints none of them), the code, and per accused cell its l1, l2,
//! name and field: never its index, path or value.

use std::fmt::Write;

use gouji_model::{Cell, Finding, Form, IndicatorField, Pointer};
use sha2::{Digest, Sha256};

/// Separates the parts that are hashed; it stands in no printed text.
const SEPARATOR: char = '\u{1F}';

/// What the fingerprints of a form's findings begin with: whose form it is.
pub(crate) fn owner(form: &Form, digest: &str) -> String {
    let mut text = String::with_capacity(256);
    let owners = [&form.year, &form.project, &form.unit];
    if owners.iter().all(|cell| cell.is_none()) {
        text.push_str(digest);
        text.push(SEPARATOR);
        let _ = write!(text, "{}", form.ordinal); // A String takes whatever is written to it.
    } else {
        for cell in owners {
            push(&mut text, cell.as_ref());
        }
    }
    text.push(SEPARATOR);
    text
}

/// The fingerprint of a finding; `owner` is that of its form.
pub(crate) fn fingerprint(form: &Form, owner: &str, finding: &Finding) -> String {
    /// Digits of the numbers from 0 to 15.
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let mut text = String::with_capacity(owner.len() + 256);
    text.push_str(owner);
    text.push_str(finding.code);
    for pointer in &finding.at {
        push_pointer(&mut text, form, *pointer);
    }
    let hash = Sha256::digest(text.as_bytes());
    let digits = hash.iter().take(8).flat_map(|byte| [byte >> 4, byte & 0x0F]);
    digits.filter_map(|it| DIGITS.get(usize::from(it))).collect()
}

fn push(text: &mut String, cell: Option<&Cell>) {
    text.push(SEPARATOR);
    if let Some(cell) = cell {
        text.push_str(&crate::words::squeezed(&cell.text));
    }
}

fn push_pointer(text: &mut String, form: &Form, pointer: Pointer) {
    let labels: [Option<&Cell>; 3] = match pointer {
        Pointer::Indicator(row_idx, _) | Pointer::Row(row_idx) => {
            let row = form.indicators.get(row_idx);
            [
                row.and_then(|it| it.field(IndicatorField::L1)),
                row.and_then(|it| it.field(IndicatorField::L2)),
                row.and_then(|it| it.field(IndicatorField::Name)),
            ]
        }
        Pointer::Funds(line_idx, _) => {
            let line = form.funds.get(line_idx);
            [line.and_then(|it| it.group.as_ref()), None, line.and_then(|it| it.label.as_ref())]
        }
        Pointer::PointsValue(idx) | Pointer::PointsScore(idx) => [None, None, form.points.get(idx).map(|it| &it.label)],
        _ => [None; 3],
    };
    for label in labels {
        push(text, label);
    }
    text.push(SEPARATOR);
    let path = pointer.to_string();
    text.push_str(match pointer {
        // The field alone: the index would change with a row above.
        Pointer::Indicator(..) | Pointer::Funds(..) | Pointer::PointsValue(_) | Pointer::PointsScore(_) => {
            path.rsplit('/').next().unwrap_or_default()
        }
        Pointer::Row(_) => "row",
        Pointer::Note(_) => "note",
        Pointer::Text(_) => "text",
        _ => &path,
    });
}
