//! The bounds of suspicions that a user may set. No contradiction or breach depends on one.

/// Bounds of suspicions, in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// F09: a change of the budget by more than this wants a reason. Percent of the amount before.
    pub adjustment_percent: u32,
    /// F10, where the scheme sets no other, and S06: an execution rate below this is low. Percent.
    pub low_rate_percent: u32,
    /// S06: the scores lie above a low rate by more than this. Percent of the points.
    pub score_gap_percent: u32,
    /// I07: an actual from this share of its target on is far above it. Percent.
    pub far_above_percent: u32,
    /// X09: rates that lie farther apart are not of the same money. Percentage points.
    pub payment_gap_points: u32,
}

impl Thresholds {
    /// The names of the bounds, in the order of the fields.
    pub const NAMES: [&'static str; 5] =
        ["adjustment_percent", "low_rate_percent", "score_gap_percent", "far_above_percent", "payment_gap_points"];

    /// A change by more than a fifth wants a word (L1 asks for one in any case); a rate below 80% and a gap above 5% of the
    /// share scored are what the bureaus' system alerts to (P9); 1.2 times the target is P5's bound; five points are the
    /// rule book's for X09.
    pub const DEFAULT: Thresholds = Thresholds {
        adjustment_percent: 20,
        low_rate_percent: 80,
        score_gap_percent: 5,
        far_above_percent: 120,
        payment_gap_points: 5,
    };

    /// The bound of this name.
    pub fn by_name_mut(&mut self, name: &str) -> Option<&mut u32> {
        match name {
            "adjustment_percent" => Some(&mut self.adjustment_percent),
            "low_rate_percent" => Some(&mut self.low_rate_percent),
            "score_gap_percent" => Some(&mut self.score_gap_percent),
            "far_above_percent" => Some(&mut self.far_above_percent),
            "payment_gap_points" => Some(&mut self.payment_gap_points),
            _ => None,
        }
    }
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_own_bound() {
        let mut thresholds = Thresholds::DEFAULT;
        for (name, value) in Thresholds::NAMES.into_iter().zip(1000..) {
            *thresholds.by_name_mut(name).expect("the name is known") = value;
        }
        let Thresholds {
            adjustment_percent,
            low_rate_percent,
            score_gap_percent,
            far_above_percent,
            payment_gap_points,
        } = thresholds;
        let values = [adjustment_percent, low_rate_percent, score_gap_percent, far_above_percent, payment_gap_points];
        assert_eq!(values, [1000, 1001, 1002, 1003, 1004]);
        assert_eq!(thresholds.by_name_mut("other"), None);
    }
}
