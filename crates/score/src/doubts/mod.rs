//! Accusations that rest on a table that was not read safely.
//!
//! In: a form with the findings of its checks. Out: the same, contradictions and breaches lowered to suspicions, or taken
//! back as not checkable, where the form itself shows that its rows, its columns or its labels were lost or displaced.
//! Each mechanism is one file and says which reading, or which loss, explains what was found: printed figures that fail
//! each other one by one are faults, figures that fail all together were misread.

mod funds;
mod groups;
mod rows;
mod sums;

use gouji_model::{Bilingual, Pointer};

use crate::check::{Grade, Outcomes, Raised};
use crate::facts::Facts;
use crate::readings::{Runner, suspect};

/// Why something may have been read wrongly.
#[derive(Clone, Debug)]
pub(super) struct Doubt {
    /// The reading that would remove the finding.
    reading: String,
    /// The cells that show it.
    at: Vec<Pointer>,
    /// What shows it.
    why: Bilingual,
}

impl Doubt {
    fn new(reading: impl Into<String>, at: Vec<Pointer>, zh: impl Into<String>, en: impl Into<String>) -> Doubt {
        Doubt { reading: reading.into(), at, why: Bilingual { zh: zh.into(), en: en.into() } }
    }
}

/// Lowers or takes back what the form's own damage explains.
pub(crate) fn lower(runner: &Runner<'_>, facts: &Facts<'_>, raised: &mut Vec<Raised>, outcomes: &mut Outcomes) {
    if raised.iter().any(is_hard) {
        lower_told(facts, raised);
        rows::lower(facts, raised, outcomes);
    }
    if raised.iter().any(is_hard) {
        funds::lower(facts, raised);
        groups::lower(facts, raised);
    }
    if raised.iter().any(is_hard) {
        sums::lower(runner, facts, raised);
    }
}

/// Lowers all that was found in a table of which the text kept no columns: its blank cells are lost.
fn lower_told(facts: &Facts<'_>, raised: &mut [Raised]) {
    /// The repair that puts such a table together.
    const TABLE_TOLD: &str = "R17";
    if !facts.form.repairs.iter().any(|it| it.code == TABLE_TOLD) {
        return;
    }
    let doubt = Doubt::new(
        "the cells of the table told otherwise",
        Vec::new(),
        "原文没有保留表格的列，空白格已失，还原未必无误",
        "the text keeps no columns and no blank cells of its table: cells may stand under other heads",
    );
    lower_where(raised, &doubt, |_| true);
}

fn is_hard(raised: &Raised) -> bool {
    Grade::of(&raised.finding).is_hard()
}

/// Lowers the contradictions and breaches that are meant.
fn lower_where(raised: &mut [Raised], doubt: &Doubt, is_meant: impl Fn(&Raised) -> bool) {
    for it in raised.iter_mut().filter(|it| is_hard(it) && is_meant(it)) {
        suspect(&mut it.finding, &doubt.reading, &doubt.at, doubt.why.clone());
    }
}
