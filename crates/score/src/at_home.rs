//! Whether a row speaks of what its form is about: how many of the words of its name stand elsewhere in the form.
//!
//! In: a form and the name of one of its rows. Out: a share in hundredths. A row at home in another project's form and
//! nowhere at home in its own was probably copied (X06).

use gouji_model::{Form, Indicator};

use crate::names;
use crate::words::squeezed;

/// Shorter names fit too many projects. Characters.
pub(crate) const SHORTEST: usize = 12;

/// At most so many of a hundred pairs of the name's characters occur elsewhere in the form that a row does not belong to.
const MOST_AT_HOME: usize = 25;

/// A row with this share of known words in its own form and that one in the other was probably taken from there.
pub(crate) fn is_foreign(here: usize, there: usize) -> bool {
    here <= MOST_AT_HOME && is_at_home(there) && 2 * here <= there
}

/// A row with this share of known words belongs to its form.
pub(crate) fn is_at_home(share: usize) -> bool {
    MOST_AT_HOME < share
}

/// The printed name of a row that speaks of one project's work: long, and not of satisfaction, which any project asks for.
pub(crate) fn telling_name(row: &Indicator) -> Option<&str> {
    let labels = [&row.l1, &row.l2];
    if labels.into_iter().flatten().any(|it| it.text.contains("满意")) {
        return None;
    }
    let printed = row.name.as_ref()?.text.as_str();
    // Shorter in bytes is shorter in characters.
    (SHORTEST <= printed.len() && printed.chars().nth(SHORTEST - 1).is_some()).then_some(printed)
}

/// What the form says: its head and goal, then each row's own words.
pub(crate) struct Words {
    head: String,
    rows: Vec<String>,
}

impl Words {
    /// The words of a form.
    pub(crate) fn of(form: &Form) -> Words {
        let cells = [&form.project, &form.goal.expected, &form.goal.achieved];
        let head: Vec<&str> = cells.into_iter().flatten().map(|it| it.text.as_str()).collect();
        let name = |row: &Indicator| row.name.as_ref().map_or_else(String::new, |it| names::bare(&it.text));
        Words { head: squeezed(&head.join("\n")), rows: form.indicators.iter().map(name).collect() }
    }

    /// How many of a hundred pairs of the name's characters occur in the form, the row itself and its copies apart.
    pub(crate) fn share(&self, name: &str, row_idx: usize) -> usize {
        let own = self.rows.get(row_idx);
        let pairs = pairs(name);
        let others = || self.rows.iter().filter(|it| Some(*it) != own);
        let found = pairs.iter().filter(|pair| self.head.contains(*pair) || others().any(|it| it.contains(*pair)));
        found.count() * 100 / pairs.len().max(1)
    }
}

/// Pairs of neighbouring characters that are words, not marks or figures.
fn pairs(name: &str) -> Vec<&str> {
    let starts: Vec<(usize, char)> = name.char_indices().collect();
    let pair = |pair: &[(usize, char)]| match pair {
        [(start, first), (second, last)] if first.is_alphabetic() && last.is_alphabetic() => {
            name.get(*start..second + last.len_utf8())
        }
        _ => None,
    };
    starts.windows(2).filter_map(pair).collect()
}
