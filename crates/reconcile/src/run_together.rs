//! Amounts that are printed with nothing between them.
//!
//! In: the figures of a line of funds. Out: its cells, where nothing but these can be meant.

use crate::text;

/// The cells of a line of funds, if its figures leave no doubt: amounts that are alike, or of which the printed rate is
/// the share, points of ten or twenty, the rate, the score.
pub(crate) fn amounts(text: &str) -> Option<Vec<String>> {
    /// What schemes give the funds; none are printed in most lines.
    const POINTS: [&str; 3] = ["10", "20", ""];
    let is_figure = |it: &str| {
        let (whole, decimals) = it.split_once('.').unwrap_or((it, "0"));
        let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        is_digits(whole) && is_digits(decimals) && (whole == "0" || !whole.starts_with('0'))
    };
    if !text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'%')) {
        return None;
    }
    let alike = |text: &str, n: usize| {
        let part = text.get(..text.len() / n).filter(|it| text.len().is_multiple_of(n) && is_figure(it))?;
        (part.repeat(n) == text).then(|| vec![part.to_owned(); n])
    };
    let Some((left, score)) = text.split_once('%') else { return alike(text, 3).or_else(|| alike(text, 2)) };
    let millionths = |it: &str| text::millionths(it).map(i128::from);
    let of_rate = |amounts: &str, rate: i128| {
        /// A printed rate is off by half its last decimal. Millionths of a percent.
        const OFF: i128 = 6_000;
        (1..amounts.len()).find_map(|at| {
            let (budget, spent) = amounts.split_at_checked(at).filter(|it| is_figure(it.0) && is_figure(it.1))?;
            let (whole, part) = (millionths(budget)?, millionths(spent)?);
            let is_share = (100_000_000 * part - rate * whole).abs() <= OFF * whole;
            is_share.then(|| vec![budget.to_owned(), spent.to_owned()])
        })
    };
    for at in 1..left.len() {
        let Some((rest, rate)) = left.split_at_checked(at).filter(|it| is_figure(it.1)) else { continue };
        let Some(share) = millionths(rate) else { continue };
        for points in POINTS {
            let Some(amounts) = rest.strip_suffix(points) else { continue };
            let is_whole = share == 100_000_000;
            let found =
                if is_whole { alike(amounts, 3).or_else(|| alike(amounts, 2)) } else { of_rate(amounts, share) };
            if let Some(mut cells) = found {
                cells.extend([points.to_owned(), format!("{rate}%"), score.to_owned()]);
                return Some(cells);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_cut_where_the_rate_leaves_no_doubt() {
        let check = |text: &str, want: &[&str]| {
            let cells = amounts(text).unwrap_or_default();
            assert_eq!(
                cells.iter().map(String::as_str).filter(|it| !it.is_empty()).collect::<Vec<_>>(),
                want,
                "{text}"
            );
        };
        check("202010100.00%10", &["20", "20", "10", "100.00%", "10"]);
        check("194.9194.9100%", &["194.9", "194.9", "100%"]);
        check("303030100%", &["30", "30", "30", "100%"]);
        check("403690%9", &["40", "36", "90%", "9"]);
        check("2020", &["20", "20"]);
        check("4036", &[]);
        check("40万元", &[]);
    }
}
