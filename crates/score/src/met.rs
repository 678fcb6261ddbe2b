//! Whether a row's actual meets its target.

use gouji_model::Indicator;

use crate::profile::Profile;

/// How a row's actual stands to its target.
#[derive(Clone, Debug, Default)]
pub struct Comparison {}

impl Comparison {
    /// Nothing to compare.
    pub const NONE: Comparison = Comparison {};

    /// Compares the actual of a row with its target.
    pub fn of(_row: &Indicator, _profile: &Profile) -> Comparison {
        Comparison {}
    }
}
