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

/// Two neighbouring characters that are words, not marks or figures, one in each half: these are sorted quickly.
type Pair = u64;

/// What the form says: the pairs of characters of its head and goal, and of each row's own words.
pub(crate) struct Words {
    /// In order, each once.
    head: Vec<Pair>,
    /// With the first row of the same name; in order, each once.
    rows: Vec<(Pair, usize)>,
    /// The first row of the same name, for each row.
    namesakes: Vec<usize>,
}

impl Words {
    /// The words of a form.
    pub(crate) fn of(form: &Form) -> Words {
        let cells = [&form.project, &form.goal.expected, &form.goal.achieved];
        let mut head: Vec<Pair> = cells.into_iter().flatten().flat_map(|it| pairs(&squeezed(&it.text))).collect();
        head.sort_unstable();
        head.dedup();
        let name = |row: &Indicator| row.name.as_ref().map_or_else(String::new, |it| names::bare(&it.text));
        let names: Vec<String> = form.indicators.iter().map(name).collect();
        let first = |name: &String| names.iter().position(|it| it == name).unwrap_or(0);
        let namesakes: Vec<usize> = names.iter().map(first).collect();
        let named = names.iter().zip(&namesakes).enumerate().filter(|(idx, (_, first))| idx == *first);
        let mut rows: Vec<(Pair, usize)> =
            named.flat_map(|(idx, (name, _))| pairs(name).into_iter().map(move |it| (it, idx))).collect();
        rows.sort_unstable();
        rows.dedup();
        Words { head, rows, namesakes }
    }

    /// How many of a hundred pairs of the name's characters occur in the form, the row itself and its copies apart.
    pub(crate) fn share(&self, name: &str, row_idx: usize) -> usize {
        let own = self.namesakes.get(row_idx);
        let is_in_others = |pair: &Pair| {
            let from = self.rows.partition_point(|it| it.0 < *pair);
            let with_pair = self.rows.iter().skip(from).take_while(|it| it.0 == *pair);
            with_pair.into_iter().any(|it| Some(&it.1) != own)
        };
        let pairs = pairs(name);
        let found = pairs.iter().filter(|pair| self.head.binary_search(pair).is_ok() || is_in_others(pair));
        found.count() * 100 / pairs.len().max(1)
    }
}

fn pairs(text: &str) -> Vec<Pair> {
    let mut last = None;
    let pair = |it: char| {
        // The tables of letters are asked for what is no Han character only.
        let it = Some(it).filter(|it| matches!(it, '\u{4E00}'..='\u{9FFF}') || it.is_alphabetic());
        last.replace(it).flatten().zip(it).map(|(first, second)| u64::from(first) << 32 | u64::from(second))
    };
    text.chars().filter_map(pair).collect()
}
