//! Repairs: what was done to rebuild a form, one file a repair.
//!
//! In: what the stages report while they work. Out: the repairs of the form, each with the leaves it touched, what was
//! done and on what evidence. A repair moves, joins, splits, fills down or drops; it never changes a value.

mod r01_row_moved;
mod r02_cell_split;
mod r03_cells_joined;
mod r04_label_filled_down;
mod r05_label_column;
mod r06_header_completed;
mod r07_header_repeated;
mod r08_row_healed;
mod r09_grids_joined;
mod r10_repeat_dropped;
mod r11_renderings_merged;
mod r12_empty_column;
mod r13_mark_removed;
mod r14_reading_order;
mod r15_chosen_by_sum;
mod r16_values_parted;
mod r17_table_parted;

use std::borrow::Cow;
use std::collections::BTreeMap;

use gouji_model::{Bilingual, IndicatorField, Pointer, Repair};

pub(crate) use r11_renderings_merged::merged;

/// What a repair is, for people.
#[derive(Clone, Copy, Debug)]
pub struct RepairMeta {
    /// Code, such as `R01`; never reused.
    pub code: &'static str,
    /// What it does, in English words joined by hyphens.
    pub name: &'static str,
    /// The same in Chinese.
    pub name_zh: &'static str,
    /// One line in English.
    pub summary_en: &'static str,
    /// One line in Chinese.
    pub summary_zh: &'static str,
    /// When it is made, on what evidence, and a drawn example that a test executes.
    pub doc: &'static str,
}

/// Every repair, by code.
pub(crate) static REPAIRS: [RepairMeta; 17] = [
    r01_row_moved::META,
    r02_cell_split::META,
    r03_cells_joined::META,
    r04_label_filled_down::META,
    r05_label_column::META,
    r06_header_completed::META,
    r07_header_repeated::META,
    r08_row_healed::META,
    r09_grids_joined::META,
    r10_repeat_dropped::META,
    r11_renderings_merged::META,
    r12_empty_column::META,
    r13_mark_removed::META,
    r14_reading_order::META,
    r15_chosen_by_sum::META,
    r16_values_parted::META,
    r17_table_parted::META,
];

/// A leaf touched by a repair, before the rows of the form have their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
enum At {
    Leaf(Pointer),
    Row(usize, IndicatorField),
}

#[derive(Clone, Debug)]
struct Entry {
    code: &'static str,
    at: Vec<At>,
    what: Bilingual,
    evidence: Bilingual,
}

/// The repairs of a form in the making.
#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: Vec<Entry>,
    /// Rows whose labels were filled down, and rows whose label stood elsewhere: one repair each for the whole form.
    filled_down: Vec<usize>,
    labels_moved: Vec<usize>,
    /// Rows whose cells were drawn apart: one repair for the whole form.
    n_gathered: usize,
    /// Stretch and grid of the last row, to see where grids were joined.
    last_row: Option<(usize, crate::token::Origin)>,
}

impl Log {
    fn add(&mut self, code: &'static str, at: Vec<At>, what: Bilingual, evidence: Bilingual) {
        self.entries.push(Entry { code, at, what, evidence });
    }

    /// The repairs, by code, with the numbers that the rows have in the form; rows that are not in it are left out.
    pub(crate) fn repairs(mut self, rows: &BTreeMap<usize, usize>) -> Vec<Repair> {
        self.labels_into_entries();
        self.gathered_into_entry();
        self.entries.sort_by_key(|it| it.code);
        let pointer = |at: &At| match at {
            At::Leaf(pointer) => Some(*pointer),
            At::Row(idx, field) => rows.get(idx).map(|it| Pointer::Indicator(*it, *field)),
        };
        self.entries
            .into_iter()
            .filter_map(|entry| {
                let at: Vec<Pointer> = entry.at.iter().filter_map(pointer).collect();
                (!at.is_empty() || entry.at.is_empty()).then_some(Repair {
                    code: Cow::Borrowed(entry.code),
                    at,
                    what: entry.what,
                    evidence: entry.evidence,
                })
            })
            .collect()
    }
}

/// A text in Chinese and in English.
fn both(zh: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual::new(zh, en)
}

/// The beginning of a text, to name it by.
fn beginning(text: &str) -> String {
    /// Enough to find the cell by. Characters.
    const SHOWN: usize = 20;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
pub(crate) mod tests;
