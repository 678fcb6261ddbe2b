//! Centred labels: a merged label that is printed in the middle of its block holds for the rows above it, too.
//!
//! In: the lines of a table, and beside which of them the labels of a level are printed. Out: the line with which each of
//! their blocks begins.
//!
//! A label read by its height on the page stands in the middle row of its block, or in a line of its own between the two;
//! one read out of a merged cell stands in the first. Blocks follow each other without a gap, so that the first block,
//! whose first row is known, says how high it is, and where the next one begins. Only a chain that ends with the last row
//! says that the labels are centred.

/// The lines of a table: those that hold more than labels, and how high each stands among them.
pub(crate) struct Lines {
    /// Lines that hold more than labels.
    full: Vec<usize>,
    /// In half rows: beside the full row 2 is 5, in a line of its own above it is 4.
    heights: Vec<usize>,
}

impl Lines {
    /// The lines of a table, of each of which it is said whether it holds labels alone.
    pub(crate) fn of(are_labels: impl Iterator<Item = bool>) -> Lines {
        let mut lines = Lines { full: Vec::new(), heights: Vec::new() };
        for (idx, is_label) in are_labels.enumerate() {
            lines.heights.push(2 * lines.full.len() + usize::from(!is_label));
            if !is_label {
                lines.full.push(idx);
            }
        }
        lines
    }

    /// Whether labels have lines of their own.
    pub(crate) fn have_own(&self) -> bool {
        self.full.len() < self.heights.len()
    }

    /// Whether one of these labels has.
    pub(crate) fn has_own(&self, at: &[usize]) -> bool {
        at.iter().any(|it| self.full.binary_search(it).is_err())
    }

    /// Whether rows stand above the first of these labels.
    pub(crate) fn begin_late(&self, at: &[usize]) -> bool {
        at.first().zip(self.full.first()).is_some_and(|(at, first)| first < at)
    }

    /// The first line of each block, if the labels printed beside the lines `at` are centred.
    pub(crate) fn starts(&self, at: &[usize], may_begin: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
        let heights: Vec<usize> = at.iter().filter_map(|it| self.heights.get(*it).copied()).collect();
        let between = if self.have_own() { Between::OwnLine } else { Between::BesideEither };
        let line = |row: &usize| self.full.get(*row).copied();
        if at.is_empty() {
            return Some(Vec::new());
        }
        let starts = starts(&heights, self.full.len(), between, |it| line(&it).is_some_and(&may_begin))?;
        Some(starts.iter().filter_map(line).collect())
    }
}

/// Where the label of a block of an even number of rows is printed, which has no middle row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// Beside the row above its middle, or the one below.
    BesideEither,
    /// In a line of its own.
    OwnLine,
}

/// The first row of each block, if the labels at these heights stand in the middle of blocks that fill `n_rows` and begin only
/// where `may_begin` says. Of several ways the one with the most labels at half the height of their block; nothing if two
/// are alike.
fn starts(at: &[usize], n_rows: usize, between: Between, may_begin: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
    // For each row at which the next block may begin: how many labels before it are off the middle, in how many ways, and
    // the beginning of the last block.
    let mut ways: Vec<Vec<Option<Way>>> = vec![vec![None; n_rows + 1]];
    if let Some(first) = ways.first_mut().and_then(|it| it.first_mut()) {
        *first = Some(Way { n_off: 0, is_unique: true, before: 0 });
    }
    for &label in at {
        let mut next: Vec<Option<Way>> = vec![None; n_rows + 1];
        for (start, way) in ways.last()?.iter().enumerate() {
            let (Some(way), Some(middle)) = (way, label.checked_sub(start)) else { continue };
            let ends = match between {
                Between::BesideEither => [Some(middle), middle.checked_sub(1), Some(middle + 1)],
                Between::OwnLine => [Some(middle), None, None],
            };
            for end in ends.into_iter().flatten().filter(|it| start < *it) {
                let Some(slot) = next.get_mut(end) else { continue };
                if end < n_rows && !may_begin(end) {
                    continue;
                }
                let n_off = way.n_off + usize::from(end != middle);
                match slot {
                    Some(known) if known.n_off < n_off => {}
                    Some(known) if known.n_off == n_off => known.is_unique = false,
                    _ => *slot = Some(Way { n_off, is_unique: way.is_unique, before: start }),
                }
            }
        }
        ways.push(next);
    }
    let last = ways.last()?.last()?.filter(|it| it.is_unique)?;
    let mut start = last.before;
    let mut starts = Vec::with_capacity(at.len());
    for way in ways.iter().rev().skip(1) {
        starts.push(start);
        start = way.get(start).copied().flatten()?.before;
    }
    starts.reverse();
    Some(starts)
}

#[derive(Clone, Copy)]
struct Way {
    n_off: usize,
    is_unique: bool,
    before: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Labels beside these rows.
    fn check(at: &[usize], n_rows: usize, expected: Option<&[usize]>) {
        let at: Vec<usize> = at.iter().map(|it| 2 * it + 1).collect();
        let got = starts(&at, n_rows, Between::BesideEither, |_| true);
        assert_eq!(got.as_deref(), expected, "{at:?} of {n_rows}");
    }

    #[test]
    fn blocks_fill_the_rows() {
        check(&[1], 3, Some(&[0]));
        check(&[0, 2], 4, Some(&[0, 1]));
        check(&[1, 3, 5], 7, Some(&[0, 3, 4]));
        check(&[0, 1, 2], 3, Some(&[0, 1, 2]));
        // Blocks of one row each, and rows left over.
        check(&[0, 1], 9, None);
    }

    #[test]
    fn a_block_of_two_rows_is_read_where_nothing_else_fits() {
        check(&[0, 2], 3, None);
        check(&[0], 2, Some(&[0]));
        check(&[1, 2], 3, Some(&[0, 2]));
    }

    #[test]
    fn blocks_begin_where_they_may() {
        let at = |begin: usize| starts(&[3, 9], 6, Between::BesideEither, |it| it == begin);
        assert_eq!(at(3), Some(vec![0, 3]));
        assert_eq!(at(2), Some(vec![0, 2]));
    }

    #[test]
    fn a_line_of_its_own_is_the_middle() {
        let check = |at: &[usize], n_rows: usize, expected: Option<&[usize]>| {
            assert_eq!(starts(at, n_rows, Between::OwnLine, |_| true).as_deref(), expected, "{at:?} of {n_rows}");
        };
        // Two rows, three, two.
        check(&[2, 7, 12], 7, Some(&[0, 2, 5]));
        // Above the first row nothing can be half.
        check(&[0, 4], 4, None);
        check(&[2, 7], 6, None);
    }
}
