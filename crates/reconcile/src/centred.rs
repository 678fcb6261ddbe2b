//! Centred labels: a merged label that is printed in the middle of its block holds for the rows above it, too.
//!
//! In: the rows beside which the labels of a level are printed. Out: where each of their blocks begins.
//!
//! A label read by its height on the page stands in the middle row of its block; one read out of a merged cell stands in
//! the first. Blocks follow each other without a gap, so that the first block, whose first row is known, says how high it
//! is, and where the next one begins. Only a chain that ends with the last row says that the labels are centred.

/// The first row of each block, if the labels beside the rows `at` stand in the middle of blocks that fill `n_rows` and
/// begin only where `may_begin` says. Of several ways the one with the most blocks of an odd number of rows, which have a
/// middle; nothing if two are alike.
pub(crate) fn starts(at: &[usize], n_rows: usize, may_begin: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
    // For each row at which the next block may begin: how many blocks before it are even, in how many ways, and the
    // beginning of the last of them.
    let mut ways: Vec<Vec<Option<Way>>> = vec![vec![None; n_rows + 1]];
    if let Some(first) = ways.first_mut().and_then(|it| it.first_mut()) {
        *first = Some(Way { n_even: 0, is_unique: true, before: 0 });
    }
    for &label in at {
        let mut next: Vec<Option<Way>> = vec![None; n_rows + 1];
        for (start, way) in ways.last()?.iter().enumerate().take(label + 1) {
            let Some(way) = way else { continue };
            let above = label - start;
            // The middle of an even number of rows is the one above it or the one below.
            for height in [2 * above + 1, 2 * above, 2 * above + 2] {
                let end = start + height;
                let Some(slot) = next.get_mut(end).filter(|_| height > 0) else { continue };
                if end < n_rows && !may_begin(end) {
                    continue;
                }
                let n_even = way.n_even + usize::from(height % 2 == 0);
                match slot {
                    Some(known) if known.n_even < n_even => {}
                    Some(known) if known.n_even == n_even => known.is_unique = false,
                    _ => *slot = Some(Way { n_even, is_unique: way.is_unique, before: start }),
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
    n_even: usize,
    is_unique: bool,
    before: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(at: &[usize], n_rows: usize, expected: Option<&[usize]>) {
        assert_eq!(starts(at, n_rows, |_| true).as_deref(), expected, "{at:?} of {n_rows}");
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
        assert_eq!(starts(&[1, 4], 6, |it| it == 3), Some(vec![0, 3]));
        assert_eq!(starts(&[1, 4], 6, |it| it == 2), Some(vec![0, 2]));
    }
}
