//! Which item of the output is which item of the truth: an alignment in order that maximises the likeness of one key.
//!
//! In go two lists of JSON objects, out come pairs of indexes. Likeness is the Ratcliff-Obershelp ratio, as in
//! Python's `difflib` with `autojunk` off, down to the order in which ties are broken: a pairing that differs would
//! give other figures than the script beside the gold.
#![expect(
    clippy::float_arithmetic,
    reason = "likeness of texts, for figures about the program; no verdict rests on it"
)]

use std::collections::BTreeMap;

use serde_json::Value;

use super::normal::{accepted, field, normal};

/// Two items less alike than this are never a pair. From the script beside the gold.
const LEAST_LIKENESS: f64 = 0.5;

/// What an equal target and an equal l2 add, so that rows of one name fall on the right one. From the script.
const BONUS: f64 = 0.05;

/// An index of the truth and one of the output; `None` where the other list has no such item.
pub type Pair = (Option<usize>, Option<usize>);

/// Pairs that maximise the summed likeness of `key`, in order.
pub fn align(truth: &[Value], got: &[Value], key: &str) -> Vec<Pair> {
    let truth: Vec<Keyed> = truth.iter().map(|it| Keyed::new(it, key)).collect();
    let got: Vec<Keyed> = got.iter().map(|it| Keyed::new(it, key)).collect();
    // Where every item is wholly like the one in its place, no other pairing sums up to as much.
    if truth.len() == got.len() && truth.iter().zip(&got).all(|(it, other)| it.is_twin(other)) {
        return (0..truth.len()).map(|it| (Some(it), Some(it))).collect();
    }
    let likeness: Vec<Vec<f64>> =
        truth.iter().map(|it| got.iter().map(|other| likeness_of(it, other)).collect()).collect();
    let best = best_sums(&likeness, truth.len(), got.len());
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < truth.len() && j < got.len() {
        if LEAST_LIKENESS <= likeness[i][j] && best[i][j] == best[i + 1][j + 1] + likeness[i][j] {
            pairs.push((Some(i), Some(j)));
            i += 1;
            j += 1;
        } else if best[i][j] == best[i + 1][j] {
            pairs.push((Some(i), None));
            i += 1;
        } else {
            pairs.push((None, Some(j)));
            j += 1;
        }
    }
    pairs.extend((i..truth.len()).map(|it| (Some(it), None)));
    pairs.extend((j..got.len()).map(|it| (None, Some(it))));
    pairs
}

/// What an item is told by, normalized once and not for every pair.
struct Keyed {
    /// The key as printed, then its other admissible readings.
    readings: Vec<Option<String>>,
    /// The characters of each reading, sorted: whether two texts can be alike is seen without comparing them.
    sorted: Vec<Vec<char>>,
    target: Option<String>,
    l2: Option<String>,
}

impl Keyed {
    fn new(item: &Value, key: &str) -> Keyed {
        let readings: Vec<Option<String>> =
            std::iter::once(field(item, key)).chain(accepted(item, key)).map(normal).collect();
        let sorted = |it: &Option<String>| {
            let mut chars: Vec<char> = it.iter().flat_map(|it| it.chars()).collect();
            chars.sort_unstable();
            chars
        };
        let sorted = readings.iter().map(sorted).collect();
        Keyed { readings, sorted, target: normal(field(item, "target")), l2: normal(field(item, "l2")) }
    }

    /// What the output says.
    fn first(&self) -> Option<&str> {
        self.readings.first().and_then(Option::as_deref)
    }

    /// Whether both are as like as two items can be.
    fn is_twin(&self, got: &Keyed) -> bool {
        self.first().is_some() && self.first() == got.first() && self.target == got.target && self.l2 == got.l2
    }
}

/// The best sum that the tails from `i` of the truth and from `j` of the output can reach.
fn best_sums(likeness: &[Vec<f64>], n_truth: usize, n_got: usize) -> Vec<Vec<f64>> {
    let mut best = vec![vec![0.0_f64; n_got + 1]; n_truth + 1];
    for i in (0..n_truth).rev() {
        for j in (0..n_got).rev() {
            let gain = if LEAST_LIKENESS <= likeness[i][j] { likeness[i][j] } else { -1.0 };
            best[i][j] = best[i + 1][j].max(best[i][j + 1]).max(best[i + 1][j + 1] + gain);
        }
    }
    best
}

fn likeness_of(truth: &Keyed, got: &Keyed) -> f64 {
    let bonus = |is_same: bool| if is_same { BONUS } else { 0.0 };
    alike(truth, got) + bonus(truth.target == got.target) + bonus(truth.l2 == got.l2)
}

/// Likeness by the key, of the truth or of any accepted reading; nothing printed on either side is a weak match.
fn alike(truth: &Keyed, got: &Keyed) -> f64 {
    let Some(text) = got.first() else {
        return if truth.readings.iter().any(Option::is_none) { LEAST_LIKENESS } else { 0.0 };
    };
    let got_sorted = got.sorted.first().map_or(&[][..], Vec::as_slice);
    let of = |(reading, sorted): (&Option<String>, &Vec<char>)| match reading {
        None => 0.0,
        Some(it) if it == text => 1.0,
        // Even with both bonuses these are no pair, so that it does not matter how unlike they are.
        Some(_) if ratio_at_most(sorted, got_sorted) + 2.0 * BONUS < LEAST_LIKENESS => 0.0,
        Some(it) => ratio(it, text),
    };
    truth.readings.iter().zip(&truth.sorted).map(of).fold(0.0, f64::max)
}

/// What [`ratio`] cannot exceed: as if all characters that both have were matches. Both are sorted.
fn ratio_at_most(a: &[char], b: &[char]) -> f64 {
    let (mut i, mut j, mut n) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        n += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    2.0 * n as f64 / (a.len() + b.len()).max(1) as f64
}

/// Twice the matching characters over all characters, the matches found by Ratcliff and Obershelp's recursion.
pub fn ratio(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let mut places: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (j, c) in b.iter().enumerate() {
        places.entry(*c).or_default().push(j);
    }
    let (mut matches, mut open) = (0, vec![(0, a.len(), 0, b.len())]);
    while let Some((a_from, a_to, b_from, b_to)) = open.pop() {
        let (i, j, n) = longest_match(&a, &places, (a_from, a_to), (b_from, b_to));
        if 0 < n {
            matches += n;
            open.push((a_from, i, b_from, j));
            open.push((i + n, a_to, j + n, b_to));
        }
    }
    2.0 * matches as f64 / (a.len() + b.len()) as f64
}

/// The longest common stretch, the first in `a` and then in `b` of those equally long.
fn longest_match(
    a: &[char],
    places: &BTreeMap<char, Vec<usize>>,
    (a_from, a_to): (usize, usize),
    (b_from, b_to): (usize, usize),
) -> (usize, usize, usize) {
    let mut best = (a_from, b_from, 0);
    // Length of the stretch that ends at the row above and at this place of `b`.
    let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, c) in a.iter().enumerate().take(a_to).skip(a_from) {
        let mut here = BTreeMap::new();
        for j in places.get(c).into_iter().flatten().copied().filter(|it| (b_from..b_to).contains(it)) {
            let n = 1 + j.checked_sub(1).and_then(|it| ends.get(&it)).copied().unwrap_or(0);
            here.insert(j, n);
            if best.2 < n {
                best = (i + 1 - n, j + 1 - n, n);
            }
        }
        ends = here;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Figures of `difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()`.
    #[test]
    fn ratio_is_that_of_difflib() {
        for (a, b, want) in [
            ("abcd", "bcde", 0.75),
            ("培训人数", "培训人次", 0.75),
            ("abxcd", "cdab", 4.0 / 9.0),
            ("", "", 1.0),
            ("a", "", 0.0),
            ("private Thread currentThread;", "private volatile Thread currentThread;", 58.0 / 67.0),
        ] {
            assert_eq!(ratio(a, b), want, "{a:?} and {b:?}");
        }
    }

    #[test]
    fn a_missed_row_costs_only_itself() {
        let rows = |names: &[&str]| names.iter().map(|it| json!({"name": it})).collect::<Vec<_>>();
        let pairs = align(&rows(&["甲甲", "乙乙", "丙丙"]), &rows(&["甲甲", "丙丙", "丁丁"]), "name");
        assert_eq!(pairs, [(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1)), (None, Some(2))]);
    }

    #[test]
    fn rows_of_one_name_fall_on_their_target() {
        let row = |target: &str| json!({"name": "设备", "target": target});
        let pairs = align(&[row("1台"), row("2台")], &[row("2台")], "name");
        assert_eq!(pairs, [(Some(0), None), (Some(1), Some(0))]);
    }
}
