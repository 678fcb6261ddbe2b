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
}

impl Thresholds {
    /// The names of the bounds, in the order of the fields.
    pub const NAMES: [&'static str; 3] = ["adjustment_percent", "low_rate_percent", "score_gap_percent"];

    /// A change by more than a fifth wants a word (L1 asks for one in any case); a rate below 80% and a gap above 5% of the
    /// share scored are what the bureaus' system alerts to (P9).
    pub const DEFAULT: Thresholds = Thresholds { adjustment_percent: 20, low_rate_percent: 80, score_gap_percent: 5 };

    /// The bound of this name.
    pub fn by_name_mut(&mut self, name: &str) -> Option<&mut u32> {
        match name {
            "adjustment_percent" => Some(&mut self.adjustment_percent),
            "low_rate_percent" => Some(&mut self.low_rate_percent),
            "score_gap_percent" => Some(&mut self.score_gap_percent),
            _ => None,
        }
    }
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds::DEFAULT
    }
}
