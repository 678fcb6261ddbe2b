//! The checks, one a file, and the list of them. A new check is a file here and a line in [`registry`].

mod a01_equation;
mod a02_listed_sum;
mod a03_stated_difference;
mod a04_stated_percentage;
mod a05_price_times_quantity;
mod a06_average_times_count;
mod a07_headcount;
mod a08_span_and_share;
mod a09_sub_rows;
mod a10_costs_shared_out;
mod a11_spent_price_times_quantity;
mod d01_label_empty;
mod d02_class_absent;
mod d03_goal_copied;
mod d05_actuals_are_points;
mod d06_repeated_indicator;
mod d07_extraction_damage;
mod d08_wrong_class;
mod d09_bound_copied;
mod d10_satisfaction_unsurveyed;
mod d11_template_words;
mod d12_actuals_are_bounds;
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
mod f14_carry_over_unlisted;
mod g01_grade_would_change;
mod i01_unmet_overscored;
mod i02_met_underscored;
mod i03_exceeded_cost_overscored;
mod i04_unmet_underscored;
mod i05_tier_interval;
mod i06_deadline_missed;
mod i07_far_above_target;
mod i08_strict_operator;
mod i09_operator_against_meaning;
mod i10_number_wanted;
mod i11_scored_blank;
mod i12_zero_cost_full_marks;
mod i13_rate_above_100;
mod i14_dimension_mismatch;
mod i15_paid_in_full_for_less;
mod p01_grim_percentage;
mod p02_score_grain;
mod p03_prices_fitted;
mod s01_score_above_weight;
mod s02_score_not_number;
mod s03_deduction_unexplained;
mod s04_score_missing;
mod s05_pooled_scores;
mod s06_scores_against_rate;
mod s07_all_full;
mod t01_total_score;
mod t02_subtotal;
mod t03_grade;
mod t04_score_in_prose;
mod t05_total_out_of_range;
mod t06_report_statistics;
mod t07_list_subtotal;
mod u01_funds_unit;
mod u02_unit_conversion;
mod u03_percent_sign;
mod u04_indicator_unit;
mod w01_weight_sum;
mod w02_funds_weight_on_top;
mod w03_group_points;
mod w04_group_scheme;
mod w05_weight_missing;
mod w06_score_in_weight_cell;
mod w07_cost_weight_cap;
mod x01_renderings_differ;
mod x02_cost_against_executed;
mod x03_money_against_funds;
mod x04_two_numbers;
mod x05_target_changed;
mod x06_foreign_indicator;
mod x07_year_mismatch;
mod x08_not_done_yet_scored;
mod x09_payment_rate;
mod x10_counted_in_two_forms;
mod x11_told_done_scored_zero;
mod x12_goal_of_another_year;
mod x20_text_repeated;
mod x21_figures_repeated;

use crate::facts::Facts;
use crate::{Check, Meta};

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
        &f14_carry_over_unlisted::F14,
        &w01_weight_sum::W01,
        &w02_funds_weight_on_top::W02,
        &w03_group_points::W03,
        &w04_group_scheme::W04,
        &w05_weight_missing::W05,
        &w06_score_in_weight_cell::W06,
        &w07_cost_weight_cap::W07,
        &s01_score_above_weight::S01,
        &s02_score_not_number::S02,
        &s03_deduction_unexplained::S03,
        &s04_score_missing::S04,
        &s05_pooled_scores::S05,
        &s06_scores_against_rate::S06,
        &s07_all_full::S07,
        &t01_total_score::T01,
        &t02_subtotal::T02,
        &t03_grade::T03,
        &t04_score_in_prose::T04,
        &t05_total_out_of_range::T05,
        &t06_report_statistics::T06,
        &t07_list_subtotal::T07,
        &i01_unmet_overscored::I01,
        &i02_met_underscored::I02,
        &i03_exceeded_cost_overscored::I03,
        &i04_unmet_underscored::I04,
        &i05_tier_interval::I05,
        &i06_deadline_missed::I06,
        &i07_far_above_target::I07,
        &i08_strict_operator::I08,
        &i09_operator_against_meaning::I09,
        &i10_number_wanted::I10,
        &i11_scored_blank::I11,
        &i12_zero_cost_full_marks::I12,
        &i13_rate_above_100::I13,
        &i14_dimension_mismatch::I14,
        &i15_paid_in_full_for_less::I15,
        &a01_equation::A01,
        &a02_listed_sum::A02,
        &a03_stated_difference::A03,
        &a04_stated_percentage::A04,
        &a05_price_times_quantity::A05,
        &a06_average_times_count::A06,
        &a07_headcount::A07,
        &a08_span_and_share::A08,
        &a09_sub_rows::A09,
        &a10_costs_shared_out::A10,
        &a11_spent_price_times_quantity::A11,
        &u01_funds_unit::U01,
        &u02_unit_conversion::U02,
        &u03_percent_sign::U03,
        &u04_indicator_unit::U04,
        &x01_renderings_differ::X01,
        &x02_cost_against_executed::X02,
        &x03_money_against_funds::X03,
        &x04_two_numbers::X04,
        &x05_target_changed::X05,
        &x06_foreign_indicator::X06,
        &x07_year_mismatch::X07,
        &x08_not_done_yet_scored::X08,
        &x09_payment_rate::X09,
        &x10_counted_in_two_forms::X10,
        &x11_told_done_scored_zero::X11,
        &x12_goal_of_another_year::X12,
        &x20_text_repeated::X20,
        &x21_figures_repeated::X21,
        &d01_label_empty::D01,
        &d02_class_absent::D02,
        &d03_goal_copied::D03,
        &d05_actuals_are_points::D05,
        &d06_repeated_indicator::D06,
        &d07_extraction_damage::D07,
        &d08_wrong_class::D08,
        &d09_bound_copied::D09,
        &d10_satisfaction_unsurveyed::D10,
        &d11_template_words::D11,
        &d12_actuals_are_bounds::D12,
        &p01_grim_percentage::P01,
        &p02_score_grain::P02,
        &p03_prices_fitted::P03,
        &g01_grade_would_change::G01,
    ]
}

/// D05, asked for by every check that compares an actual with its target.
pub(crate) fn actuals_are_points(facts: &Facts<'_>) -> bool {
    d05_actuals_are_points::holds_points(facts)
}

/// D07, whose notes other readings add.
pub(crate) fn extraction_damage() -> &'static Meta {
    d07_extraction_damage::meta()
}

/// Lines of the funds block that only detail another, in one column.
pub(crate) fn funds_details(facts: &Facts<'_>, field: gouji_model::FundsField) -> Vec<usize> {
    f01_funds_total::details(facts, field)
}

/// I12's name of the thing that a row is about: without words of counting, buying and paying.
pub(crate) fn thing(row: &gouji_model::Indicator) -> Option<String> {
    i12_zero_cost_full_marks::bare_name(row)
}
