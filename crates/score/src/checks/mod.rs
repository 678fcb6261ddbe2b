//! The checks, one a file, and the list of them. A new check is a file here and a line in [`registry`].

mod f01_funds_total;
mod f02_source_overspent;
mod f03_execution_rate;
mod f04_funds_score;
mod f05_rate_on_initial_budget;
mod f06_overspent;
mod f07_zero_budget;
mod f08_source_rate;
mod f09_adjustment_unexplained;
mod f10_low_rate_unexplained;
mod f11_score_on_source_line;
mod f12_target_funds_balance;
mod f13_rate_blank;

use crate::Check;

/// Every check, in the order of the rule book.
pub fn registry() -> &'static [&'static dyn Check] {
    &[
        &f01_funds_total::F01,
        &f02_source_overspent::F02,
        &f03_execution_rate::F03,
        &f04_funds_score::F04,
        &f05_rate_on_initial_budget::F05,
        &f06_overspent::F06,
        &f07_zero_budget::F07,
        &f08_source_rate::F08,
        &f09_adjustment_unexplained::F09,
        &f10_low_rate_unexplained::F10,
        &f11_score_on_source_line::F11,
        &f12_target_funds_balance::F12,
        &f13_rate_blank::F13,
    ]
}

/// D05, asked for by other checks.
pub(crate) fn actuals_are_points(_facts: &crate::facts::Facts<'_>) -> bool {
    false
}

/// D07, whose findings the readings raise.
pub(crate) fn extraction_damage() -> &'static crate::Meta {
    &crate::check::BLANK
}
