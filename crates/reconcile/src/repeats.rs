//! Repeats: rows that a page prints twice.
//!
//! In: rows in printed order. Out: which of them repeat an earlier block, and groups of single rows that may be repeats.
//! Two rows that say the same are no repeat for that alone: there has to be damage beside them (a page break, a block
//! printed twice, a label between the copies). Whether a single row is dropped, the printed sums decide.

use std::collections::BTreeMap;

use crate::lexicon::{Column, Label};
use crate::rows::Row;
use crate::token::{Kind, Token};

/// A run of rows this long that is printed again is a block printed twice, even with no break between.
const BLOCK: usize = 3;

/// What a row says, and the label that it stands under, as far as its page prints it.
struct Said {
    values: String,
    section: Option<String>,
}

impl Said {
    /// The same items stand under 质量 and again under 成本 on some forms: those are other rows. The first rows of a page
    /// may have their label on the page before.
    fn same(&self, other: &Said) -> bool {
        let sections = self.section.as_ref().zip(other.section.as_ref());
        self.values == other.values && sections.is_none_or(|it| it.0 == it.1)
    }
}

/// Rows that repeat an earlier run of rows, in order.
pub(crate) fn repeated_blocks(rows: &[Row<'_>]) -> Vec<usize> {
    let mut section: Option<String> = None;
    let mut stretch = None;
    let said: Vec<Said> = rows
        .iter()
        .map(|row| {
            if stretch.replace(row.stretch).is_some_and(|it| it != row.stretch) {
                section = None;
            }
            let class = row.tokens.iter().take(3).find_map(Token::l2);
            let label = class.map(|it| it.to_string()).or_else(|| row.token(Column::L2).map(|it| it.key.clone()));
            section = label.or(section.take());
            Said { values: row.signature(), section: section.clone() }
        })
        .collect();
    let mut first: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut dropped = Vec::new();
    let mut idx = 0;
    while idx < rows.len() {
        let values = said[idx].values.as_str();
        let longest = first
            .get(values)
            .into_iter()
            .flatten()
            .map(|&earlier| (common_run(&said, earlier, idx), earlier))
            .max_by_key(|it| it.0);
        let repeated = longest.filter(|(run, earlier)| {
            let disturbed = rows[*earlier].stretch != rows[idx].stretch || rows[*earlier].origin != rows[idx].origin;
            // The last rows of a page are printed again at the head of the next.
            let over_break = earlier + run == idx && rows[idx - 1].stretch != rows[idx].stretch;
            *run >= BLOCK || (*run >= 2 && disturbed) || (*run > 0 && over_break)
        });
        if let Some((run, _)) = repeated {
            dropped.extend(idx..idx + run);
            idx += run;
            continue;
        }
        // A row without a name says too little to be known again.
        if !values.starts_with('|') {
            first.entry(values).or_default().push(idx);
        }
        idx += 1;
    }
    dropped
}

/// How many rows from `later` on say the same as those from `earlier` on.
fn common_run(said: &[Said], earlier: usize, later: usize) -> usize {
    let n = (later - earlier).min(said.len() - later);
    (0..n).take_while(|it| said[earlier + it].same(&said[later + it])).count()
}

/// Groups of rows that say the same, with damage beside at least one of the copies.
pub(crate) fn repeated_rows(rows: &[Row<'_>]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, row) in rows.iter().enumerate() {
        let signature = row.signature();
        if !signature.starts_with('|') {
            groups.entry(signature).or_default().push(idx);
        }
    }
    let mut repeated: Vec<Vec<usize>> = groups
        .into_values()
        .filter(|group| group.len() > 1 && group.windows(2).any(|it| is_disturbed(rows, it[0], it[1])))
        .collect();
    repeated.sort();
    repeated
}

/// Whether the row is the last of a page printed again as the first of the next: no sum is needed to see it.
pub(crate) fn repeats_over_break(rows: &[Row<'_>], idx: usize) -> bool {
    let Some((before, row)) = idx.checked_sub(1).and_then(|it| rows.get(it)).zip(rows.get(idx)) else { return false };
    before.stretch != row.stretch && before.signature() == row.signature()
}

/// Whether a page break or a label stands between two rows that follow each other closely: a row cut by a break is
/// printed on both pages, and a merged label is printed beside the wrong one of them.
fn is_disturbed(rows: &[Row<'_>], earlier: usize, later: usize) -> bool {
    /// Copies farther apart than this are two rows of the form. Rows; a block of one 二级指标 seldom has more.
    const NEAR: usize = 8;
    let between = rows.get(earlier + 1..=later).unwrap_or(&[]);
    let label = between
        .iter()
        .any(|it| [Column::Block, Column::L1, Column::L2].into_iter().any(|column| it.token(column).is_some()));
    let broken = rows[earlier].stretch != rows[later].stretch;
    later - earlier <= NEAR && (label || broken)
}

/// Whether a line is a whole table run together: the words of a header and many cells after them.
pub(crate) fn is_flattened(tokens: &[Token<'_>], n_columns: usize) -> bool {
    let heads = tokens.iter().filter(|it| it.labels.iter().any(|label| matches!(label, Label::Column(_)))).count();
    heads >= crate::segment::MIN_HEADER_LABELS && tokens.len() > 2 * n_columns.max(6)
}

/// Whether every telling cell of a line stands in one of the rows, too.
pub(crate) fn is_contained(tokens: &[Token<'_>], rows: &[Row<'_>]) -> bool {
    let telling = |it: &&Token<'_>| {
        matches!(it.kind, Kind::Words | Kind::Prose | Kind::Method | Kind::Quantity) && it.labels.is_empty()
    };
    let keys: std::collections::BTreeSet<&str> =
        rows.iter().flat_map(|it| it.tokens.iter()).map(|it| it.key.as_str()).collect();
    let mut telling = tokens.iter().filter(telling).peekable();
    telling.peek().is_some() && telling.all(|it| keys.contains(it.key.as_str()))
}

/// Whether the row stands among rows of its own kind: the neighbours of its 二级指标 hold targets that look like its own.
pub(crate) fn fits_its_section(rows: &[Row<'_>], idx: usize) -> bool {
    let Some(row) = rows.get(idx) else { return false };
    let look = |row: &Row<'_>| row.token(Column::Target).map(|it| (it.kind, it.key.chars().next_back()));
    let mine = look(row);
    rows.iter()
        .enumerate()
        .filter(|(other, it)| *other != idx && it.l2_class == row.l2_class && it.signature() != row.signature())
        .any(|(_, it)| look(it) == mine)
}
