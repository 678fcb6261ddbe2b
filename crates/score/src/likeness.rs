//! How many edits lie between two texts: insertions, deletions and replacements of one character.
//!
//! In: characters and the most edits that matter. Out: the distance, or nothing where it is larger; the time grows with
//! length times that bound, not with the product of the lengths.

/// Edits that make one text of the other; `None` for more than `most`.
pub(crate) fn distance(left: &[char], right: &[char], most: usize) -> Option<usize> {
    let n_head = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    let (left, right) = (left.get(n_head..)?, right.get(n_head..)?);
    let n_tail = left.iter().rev().zip(right.iter().rev()).take_while(|(left, right)| left == right).count();
    let (left, right) = (left.get(..left.len() - n_tail)?, right.get(..right.len() - n_tail)?);
    let last = last_row(left, right, most)?;
    last.get(right.len()).copied().filter(|it| *it <= most)
}

/// The fewest edits that make the shorter text of a beginning of the longer, and the length of that beginning; `None` for
/// more than `most`.
pub(crate) fn prefix_distance(shorter: &[char], longer: &[char], most: usize) -> Option<(usize, usize)> {
    let n_head = shorter.iter().zip(longer).take_while(|(left, right)| left == right).count();
    let (left, right) = (shorter.get(n_head..)?, longer.get(n_head..)?);
    let right = right.get(..right.len().min(left.len() + most))?;
    let last = last_row(left, right, most)?;
    let (length, edits) = last.into_iter().enumerate().min_by_key(|it| it.1)?;
    (edits <= most).then_some((edits, n_head + length))
}

/// No fewer edits than this lie between the texts: how far their characters differ in number.
pub(crate) fn bag_distance(left: &[char], right: &[char]) -> usize {
    let sorted = |text: &[char]| {
        let mut text = text.to_vec();
        text.sort_unstable();
        text
    };
    let (left, right) = (sorted(left), sorted(right));
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let (mut only_left, mut only_right) = (0, 0);
    loop {
        match (left.peek(), right.peek()) {
            (Some(one), Some(other)) if one == other => {
                left.next();
                right.next();
            }
            (Some(one), Some(other)) if one < other => {
                only_left += 1;
                left.next();
            }
            (_, Some(_)) => {
                only_right += 1;
                right.next();
            }
            (Some(_), None) => {
                only_left += 1;
                left.next();
            }
            (None, None) => return only_left.max(only_right),
        }
    }
}

/// Edits from the whole of `left` to each beginning of `right`; above `most` anything larger. `None` once every one is.
fn last_row(left: &[char], right: &[char], most: usize) -> Option<Vec<usize>> {
    let far = most + 1;
    let mut row: Vec<usize> = (0..=right.len()).map(|it| it.min(far)).collect();
    for (row_idx, own) in left.iter().enumerate() {
        // Only cells so near the diagonal can still be within the bound.
        let from = (row_idx + 1).saturating_sub(most);
        let to = (row_idx + 1 + most).min(right.len());
        if right.len() < from {
            return None;
        }
        let mut diagonal = if from == 0 { row_idx.min(far) } else { row.get(from - 1).copied().unwrap_or(far) };
        let mut before = far;
        let mut least = far;
        for column in from..=to {
            let above = row.get(column).copied().unwrap_or(far);
            let value = if column == 0 {
                row_idx + 1
            } else {
                let replaced = diagonal + usize::from(right.get(column - 1) != Some(own));
                replaced.min(above + 1).min(before + 1)
            };
            let value = value.min(far);
            if let Some(cell) = row.get_mut(column) {
                *cell = value;
            }
            diagonal = above;
            before = value;
            least = least.min(value);
        }
        if let Some(cell) = from.checked_sub(1).and_then(|it| row.get_mut(it)) {
            *cell = far;
        }
        if most < least {
            return None;
        }
    }
    Some(row)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{bag_distance, distance, prefix_distance};

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The textbook table, whole.
    fn plain(left: &[char], right: &[char]) -> Vec<usize> {
        let mut row: Vec<usize> = (0..=right.len()).collect();
        for (row_idx, own) in left.iter().enumerate() {
            let mut next = vec![row_idx + 1];
            for (column, other) in right.iter().enumerate() {
                next.push((row[column] + usize::from(own != other)).min(row[column + 1] + 1).min(next[column] + 1));
            }
            row = next;
        }
        row
    }

    #[test]
    fn copies_are_near() {
        assert_eq!(distance(&chars("完成调研"), &chars("完成调研"), 0), Some(0));
        assert_eq!(distance(&chars("完成调研"), &chars("已完成调研"), 1), Some(1));
        assert_eq!(distance(&chars("完成调研"), &chars("全面检查"), 3), None);
        assert_eq!(prefix_distance(&chars("已完成调"), &chars("完成调研检查验收"), 1), Some((1, 3)));
    }

    proptest! {
        #[test]
        fn bounded_distance_is_the_distance(left in "[ab甲]{0,12}", right in "[ab甲]{0,12}", most in 0_usize..8) {
            let (left, right) = (chars(&left), chars(&right));
            let whole = plain(&left, &right);
            let expected = whole[right.len()];
            prop_assert_eq!(distance(&left, &right, most), (expected <= most).then_some(expected));
            prop_assert!(bag_distance(&left, &right) <= expected);
            let least = *whole.iter().min().expect("never empty");
            let found = prefix_distance(&left, &right, most);
            prop_assert_eq!(found.map(|it| it.0), (least <= most).then_some(least));
            if let Some((edits, length)) = found {
                prop_assert_eq!(whole[length], edits);
            }
        }
    }
}
