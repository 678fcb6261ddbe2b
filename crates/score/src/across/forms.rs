//! The forms of a run as they are kept, and whether two of them are of one project, year and owner.
//!
//! In: digests, document by document. Out: [`Forms`]: some hundred bytes a form (1.8 KB with what maps and allocator add), names kept once.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::across::cells::Cells;
use crate::across::digest::{FormDigest, Marks, hash};
use crate::likeness;

/// A name that was kept once; 0 is none.
pub(crate) type Symbol = u32;

/// One of so many characters of a name may be misread.
const CHARACTERS_PER_EDIT: usize = 8;

/// A form of the run.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) document: u32,
    pub(crate) ordinal: u32,
    pub(crate) marks: Marks,
    pub(crate) year: u16,
    pub(crate) project: Symbol,
    pub(crate) unit: Symbol,
    pub(crate) department: Symbol,
    pub(crate) page: u32,
    pub(crate) line: u32,
    pub(crate) cells: Cells,
}

/// A row with a long name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) key: u64,
    pub(crate) form: u32,
    pub(crate) line: u32,
    pub(crate) row: u16,
    pub(crate) share: u8,
}

/// The forms of a run.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    pub(crate) all: Vec<Kept>,
    pub(crate) rows: Vec<Row>,
    /// Hash of a completion text, and the form.
    pub(crate) texts: Vec<(u64, u32)>,
    /// Hash of telling figures, and the form.
    pub(crate) figures: Vec<(u64, u32)>,
    /// Path and identity of each document.
    documents: Vec<(Box<str>, u128)>,
    by_identity: BTreeMap<u128, u32>,
    names: Names,
}

impl Forms {
    /// Opens a document; `None` if the same bytes were there before, which then go by the first of both paths.
    pub(crate) fn open(&mut self, path: &str, identity: u128) -> Option<u32> {
        let number = u32::try_from(self.documents.len()).ok()?;
        match self.by_identity.get(&identity) {
            Some(before) => {
                if let Some((kept, _)) = self.documents.get_mut(usize::try_from(*before).ok()?)
                    && path < kept.as_ref()
                {
                    *kept = path.into();
                }
                None
            }
            None => {
                self.by_identity.insert(identity, number);
                self.documents.push((path.into(), identity));
                Some(number)
            }
        }
    }

    /// Adds a form of a document.
    pub(crate) fn add(&mut self, document: u32, digest: FormDigest) {
        let Ok(form) = u32::try_from(self.all.len()) else { return };
        let mut symbol = |name: &Option<String>| name.as_ref().map_or(0, |it| self.names.symbol(it));
        let kept = Kept {
            document,
            ordinal: digest.ordinal,
            marks: digest.marks,
            year: digest.year,
            project: symbol(&digest.project),
            unit: symbol(&digest.unit),
            department: symbol(&digest.department),
            page: digest.page,
            line: digest.line,
            cells: digest.cells,
        };
        self.all.push(kept);
        let row = |it: &crate::across::digest::LongName| Row {
            key: it.key,
            form,
            line: it.line,
            row: it.row,
            share: it.share,
        };
        self.rows.extend(digest.names.iter().map(row));
        self.texts.extend(digest.text.map(|it| (it, form)));
        self.figures.extend(digest.figures.map(|it| (it, form)));
    }

    /// About how many bytes are kept: what the lists hold, and of each map entry its key and value twice, for maps are not
    /// full.
    pub(crate) fn n_bytes(&self) -> usize {
        let cells: usize = self.all.iter().map(|it| it.cells.n_bytes()).sum();
        let forms = self.all.len() * size_of::<Kept>() + self.rows.len() * size_of::<Row>();
        let hashes = (self.texts.len() + self.figures.len()) * size_of::<(u64, u32)>();
        let paths: usize = self.documents.iter().map(|it| it.0.len() + size_of::<(Box<str>, u128)>()).sum();
        let identities = 2 * self.by_identity.len() * size_of::<(u128, u32)>();
        let names = self.names.text.len() + self.names.ends.len() * size_of::<u32>();
        cells + forms + hashes + paths + identities + names + 2 * self.names.by_hash.len() * size_of::<(u64, Symbol)>()
    }

    /// The form of this number.
    pub(crate) fn get(&self, form: u32) -> Option<&Kept> {
        self.all.get(usize::try_from(form).ok()?)
    }

    /// The path of a document.
    pub(crate) fn path(&self, form: &Kept) -> &str {
        usize::try_from(form.document).ok().and_then(|it| self.documents.get(it)).map_or("", |it| &it.0)
    }

    /// The document itself, for a form that prints no name.
    pub(crate) fn identity(&self, form: &Kept) -> u128 {
        usize::try_from(form.document).ok().and_then(|it| self.documents.get(it)).map_or(0, |it| it.1)
    }

    /// The text of a name.
    pub(crate) fn name(&self, symbol: Symbol) -> &str {
        self.names.text(symbol)
    }

    /// The order of findings and their members: by path, then by ordinal.
    pub(crate) fn order(&self, left: &Kept, right: &Kept) -> Ordering {
        self.path(left).cmp(self.path(right)).then(left.ordinal.cmp(&right.ordinal))
    }

    /// The two names are printed and are not one, even if one of them is cut or has a misread character.
    pub(crate) fn are_unlike(&self, left: Symbol, right: Symbol) -> bool {
        if left == 0 || right == 0 || left == right {
            return false;
        }
        let (left, right) = (self.name(left), self.name(right));
        if left.contains(right) || right.contains(left) {
            return false;
        }
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let most = (left.len().max(right.len()) / CHARACTERS_PER_EDIT).max(1);
        likeness::distance(&left, &right, most).is_none()
    }

    /// The forms are of two projects.
    pub(crate) fn are_other_projects(&self, left: &Kept, right: &Kept) -> bool {
        self.are_unlike(left.project, right.project)
    }

    /// The forms are of two years.
    pub(crate) fn are_other_years(left: &Kept, right: &Kept) -> bool {
        left.year != 0 && right.year != 0 && left.year != right.year
    }

    /// The forms are of two units.
    pub(crate) fn are_other_units(&self, left: &Kept, right: &Kept) -> bool {
        self.are_unlike(left.unit, right.unit)
    }

    /// The forms are of one unit, or of one department where a unit is not printed twice.
    pub(crate) fn have_one_owner(&self, left: &Kept, right: &Kept) -> bool {
        match (left.unit != 0 && right.unit != 0, left.department != 0 && right.department != 0) {
            (true, _) => left.unit == right.unit && !self.are_unlike(left.department, right.department),
            (false, true) => left.department == right.department,
            (false, false) => false,
        }
    }
}

/// Texts by number, each kept once.
#[derive(Debug, Default)]
struct Names {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    by_hash: BTreeMap<u64, Symbol>,
}

impl Names {
    fn symbol(&mut self, name: &str) -> Symbol {
        let key = hash([name]);
        if let Some(symbol) = self.by_hash.get(&key) {
            return *symbol;
        }
        self.text.push_str(name);
        let (Ok(end), Ok(symbol)) = (u32::try_from(self.text.len()), Symbol::try_from(self.ends.len() + 1)) else {
            // Four thousand million bytes of names: more than forms are kept.
            return 0;
        };
        self.ends.push(end);
        self.by_hash.insert(key, symbol);
        symbol
    }

    fn text(&self, symbol: Symbol) -> &str {
        let Some(place) = usize::try_from(symbol).ok().and_then(|it| it.checked_sub(1)) else { return "" };
        let start = place.checked_sub(1).and_then(|it| self.ends.get(it)).copied().unwrap_or(0);
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}
