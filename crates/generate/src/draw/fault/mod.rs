//! Faults: figures changed before the form is printed, each with the checks that should find it.
//!
//! In go consistent forms, out come the same with some figures changed so that a reader with a calculator would call
//! it. No fault touches what another one stands on.

mod funds;
mod prose;
mod scores;
mod totals;
mod values;
mod weights;

use std::collections::BTreeSet;

use gouji_model::Pointer;

use super::Faults;
use super::sheet::{Entry, Sheet};
use crate::rng::Rng;
use crate::truth::Fault;

/// What a fault stands on: another fault must not touch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// The block of the funds.
    Funds,
    /// The weights of the indicators, and the points of groups.
    Weights,
    /// An indicator.
    Row(usize),
    /// The printed total and what is said of it.
    Total,
    /// The goals.
    Prose,
    /// Project, department, unit.
    Head,
}

/// A form while faults are planted in it.
pub(super) struct Site<'a> {
    pub rng: &'a mut Rng,
    pub sheet: &'a mut Sheet,
    claimed: BTreeSet<Claim>,
    /// A printed score no longer adds up to the total: no fault of the total can stand beside it.
    is_sum_broken: bool,
}

/// A planted fault, before it knows its form.
pub(super) struct Planted {
    /// Checks one of which should find it.
    pub codes: &'static [&'static str],
    /// Cells one of which should be accused.
    pub at: Vec<Pointer>,
    /// Checks that it rightly sets off, too.
    pub also: &'static [&'static str],
}

/// A way to plant a fault; nothing if the form has no place for it, and then nothing was changed.
type Planter = fn(&mut Site<'_>) -> Option<Planted>;

/// Every kind, with its planter.
const KINDS: [(&str, Planter); 37] = [
    ("execution rate", funds::rate),
    ("executed amount", funds::executed),
    ("executed amount of a source", funds::source_executed),
    ("budget of a source", funds::source_budget),
    ("rate of a source", funds::source_rate),
    ("unit of the funds", funds::unit),
    ("funds score", funds::score),
    ("amount of a target form", funds::target_amount),
    ("funds points on top", funds::on_top),
    ("weight", weights::weight),
    ("weight lost", weights::lost),
    ("points of a group", weights::points),
    ("score above weight", scores::above),
    ("score lost", scores::lost),
    ("score below zero", scores::negative),
    ("deduction without a reason, of words", scores::unexplained_words),
    ("deduction without a reason, of a number", scores::unexplained_number),
    ("actual lost", values::lost),
    ("unmet with full marks", values::unmet),
    ("cost exceeded with full marks", values::exceeded),
    ("deadline missed with full marks", values::late),
    ("not done with full marks", values::undone),
    ("word for a number", values::worded),
    ("actuals copied from scores", values::copied),
    ("rate above 100", values::above_hundred),
    ("unit of an actual", values::unit),
    ("stated difference", values::difference),
    ("year of a deadline", values::year),
    ("repeated indicator", values::repeated),
    ("total", totals::total),
    ("total out of range", totals::out_of_range),
    ("grade", totals::grade),
    ("subtotal", totals::subtotal),
    ("score in prose", totals::quoted),
    ("unit lost", totals::unit_lost),
    ("equation in prose", prose::equation),
    ("total of a list in prose", prose::list),
];

/// The names of the kinds.
pub(super) fn kinds() -> Vec<&'static str> {
    KINDS.iter().map(|it| it.0).collect()
}

/// Plants as many faults as are asked for, and says which; fewer where the forms have no place for more.
pub(super) fn plant(rng: &mut Rng, sheets: &mut [Sheet], faults: Faults) -> Vec<Fault> {
    let wanted = match faults {
        Faults::None => 0,
        Faults::One => 1,
        Faults::Some => 2 + rng.below(3),
    };
    let mut planted = Vec::new();
    let mut claims: Vec<(BTreeSet<Claim>, bool)> = sheets.iter().map(|_| Default::default()).collect();
    /// Kinds tried for each fault; a form has a place for at least every third.
    const TRIES: usize = 60;
    for _ in 0..wanted {
        for _ in 0..TRIES {
            let form = rng.below(sheets.len());
            let (kind, planter) = KINDS.get(rng.below(KINDS.len())).copied().unwrap_or(KINDS[0]);
            let (Some(sheet), Some((claimed, is_sum_broken))) = (sheets.get_mut(form), claims.get_mut(form)) else {
                break;
            };
            let mut site = Site { rng, sheet, claimed: claimed.clone(), is_sum_broken: *is_sum_broken };
            let Some(it) = planter(&mut site) else { continue };
            (*claimed, *is_sum_broken) = (site.claimed, site.is_sum_broken);
            planted.push(Fault { kind, form, codes: it.codes, at: it.at, also: it.also });
            break;
        }
    }
    planted
}

impl Site<'_> {
    /// Claims all of these, or none.
    fn claim(&mut self, claims: &[Claim]) -> Option<()> {
        let is_taken = claims.iter().any(|it| self.claimed.contains(it));
        let is_total_lost = claims.contains(&Claim::Total) && self.is_sum_broken;
        if is_taken || is_total_lost {
            return None;
        }
        self.claimed.extend(claims);
        Some(())
    }

    /// Claims these for a change after which the scores no longer add up to the total.
    fn claim_breaking_sum(&mut self, claims: &[Claim]) -> Option<()> {
        if self.claimed.contains(&Claim::Total) {
            return None;
        }
        self.claim(claims)?;
        self.is_sum_broken = true;
        Some(())
    }

    /// One of the indicators that are free and of this kind.
    fn row(&mut self, is_wanted: impl Fn(&Sheet, &Entry) -> bool) -> Option<usize> {
        let sheet = &*self.sheet;
        let rows = sheet.entries.iter().enumerate().filter(|it| !self.claimed.contains(&Claim::Row(it.0)));
        let rows: Vec<usize> = rows.filter(|it| is_wanted(sheet, it.1)).map(|it| it.0).collect();
        self.rng.pick(&rows).copied()
    }
}
