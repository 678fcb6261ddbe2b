//! Shares with the interval in which the true share lies.
#![expect(clippy::float_arithmetic, reason = "shares and intervals for people; no verdict rests on them")]

use serde_json::{Value, json};

use crate::score::Rate;

/// Quantile of the normal distribution for 95 % between both ends.
const Z: f64 = 1.959_964;

/// The interval of 95 % after Wilson, "Probable inference, the law of succession, and statistical inference" (1927), as
/// shares. It holds for shares near 0 and 1 and for few cases; of nothing it is everything.
pub fn interval(rate: Rate) -> (f64, f64) {
    if rate.total == 0 {
        return (0.0, 1.0);
    }
    let (n, share) = (rate.total as f64, of(rate));
    let middle = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0))
}

/// The share; of nothing it is 0.
pub fn of(rate: Rate) -> f64 {
    rate.right as f64 / rate.total.max(1) as f64
}

/// Counts, share and interval for a table, such as `98/100 98.00% [93.00, 99.45]`.
pub fn said(rate: Rate) -> String {
    if rate.total == 0 {
        return "–".to_owned();
    }
    let (low, high) = interval(rate);
    let percent = |it: f64| it * 100.0;
    format!("{}/{} {:.2}% [{:.2}, {:.2}]", rate.right, rate.total, percent(of(rate)), percent(low), percent(high))
}

/// Counts, share and interval for JSON.
pub fn json(rate: Rate) -> Value {
    let (low, high) = interval(rate);
    let rounded = |it: f64| (it * 1_000_000.0).round() / 1_000_000.0;
    json!({"right": rate.right, "total": rate.total, "share": rounded(of(rate)), "low": rounded(low), "high": rounded(high)})
}

/// How much more the second share is, in hundredths, such as `+0.25`.
pub fn difference(before: Rate, after: Rate) -> String {
    if before.total == 0 || after.total == 0 {
        return "–".to_owned();
    }
    format!("{:+.2}", (of(after) - of(before)) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bounds of `statsmodels.stats.proportion.proportion_confint(right, total, method="wilson")`.
    #[test]
    fn intervals_are_those_of_wilson() {
        for (right, total, low, high) in [
            (98, 100, 0.930_0, 0.994_5),
            (0, 10, 0.0, 0.277_5),
            (10, 10, 0.722_5, 1.0),
            (4_979, 5_003, 0.992_9, 0.996_8),
        ] {
            let got = interval(Rate { right, total });
            assert!((got.0 - low).abs() < 5e-5 && (got.1 - high).abs() < 5e-5, "{right}/{total}: {got:?}");
        }
    }

    #[test]
    fn shares_are_told_with_their_counts() {
        assert_eq!(said(Rate { right: 98, total: 100 }), "98/100 98.00% [93.00, 99.45]");
        assert_eq!(said(Rate::default()), "–");
        assert_eq!(difference(Rate { right: 1, total: 2 }, Rate { right: 3, total: 4 }), "+25.00");
    }
}
