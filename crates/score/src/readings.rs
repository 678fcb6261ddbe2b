//! Other readings of a form: a finding that one of them removes is only a suspicion that names it.
//!
//! In: a form, the findings of its chosen reading, the reconciler's alternatives of like cost and, for what came through
//! optical character recognition, single edits of a cell. Out: the findings, lowered where another reading removes them,
//! and D07 notes for what a printed sum or a dropped repeat decided (rule book 4.3 to 4.5).

use std::collections::BTreeMap;

use gouji_model::{Alternative, Bilingual, Finding, Form, FundsField, IndicatorField, Note, Pointer, Repair};
use gouji_quantity::{Decimal, Edit, Number};

use crate::check::{Grade, Outcomes, Raised};
use crate::facts::{Facts, Figure, Owned};
use crate::profile::Profile;
use crate::siblings::Sibling;
use crate::thresholds::Thresholds;
use crate::vanish::may_vanish;
use crate::{Check, Meta, leaf, show};

/// Edits of a cell are tried only where so many findings accuse or use it: one alone proves nothing (rule book 4.5).
const FEWEST_FINDINGS: usize = 2;

/// Most cells of a form whose edits are tried. A form with more doubtful cells is wrong, not misread.
const MOST_CELLS: usize = 6;

/// Runs checks over readings of one form.
#[derive(Clone, Copy)]
pub(crate) struct Runner<'a> {
    /// The checks that are asked for.
    pub checks: &'a [&'static dyn Check],
    /// Cells came through optical character recognition.
    pub is_ocr: bool,
    /// The weight schemes.
    pub profiles: &'a [Profile],
    /// Bounds of suspicions.
    pub thresholds: Thresholds,
    /// The forms of the document.
    pub siblings: &'a [Sibling],
    /// Which of them this form is.
    pub sibling_idx: usize,
    /// The forms themselves, as printed.
    pub document: &'a [Form],
}

impl Runner<'_> {
    /// The check of this code may find a contradiction or a breach.
    pub(crate) fn may_contradict(&self, code: &str) -> bool {
        self.checks.iter().any(|it| it.meta().code == code && may_contradict(it.meta()))
    }

    /// The facts of a reading.
    pub(crate) fn facts<'f>(&'f self, form: &'f Form) -> Facts<'f> {
        let mut facts = Facts::new(form, self.is_ocr, self.profiles, self.siblings, self.sibling_idx);
        facts.document = self.document;
        facts.thresholds = self.thresholds;
        facts
    }

    /// Every check over the facts of a reading.
    pub(crate) fn run(&self, facts: &Facts<'_>) -> Outcomes {
        self.run_only(facts, |_| true)
    }

    /// Whether `is_fine` takes the outcomes of all checks: asked after each, with what it raised, so that the first that
    /// it does not take ends it. Checks that may contradict come first.
    fn all_are_fine(&self, facts: &Facts<'_>, is_fine: impl Fn(&Outcomes, &[Raised]) -> bool) -> bool {
        let first = self.checks.iter().filter(|it| may_contradict(it.meta()));
        let rest = self.checks.iter().filter(|it| !may_contradict(it.meta()));
        let mut outcomes = Outcomes::default();
        first.chain(rest).all(|check| {
            let n_before = outcomes.raised.len();
            outcomes.code = check.meta().code;
            check.run(facts, &mut outcomes);
            is_fine(&outcomes, outcomes.raised.get(n_before..).unwrap_or_default())
        })
    }

    /// The checks that may contradict.
    pub(crate) fn run_contradicting(&self, facts: &Facts<'_>) -> Outcomes {
        self.run_those(facts, may_contradict)
    }

    /// The checks that may contradict, one after the other as long as `is_fine` takes what they leave; those of the codes
    /// in `first` before the others.
    pub(crate) fn run_contradicting_while(
        &self,
        facts: &Facts<'_>,
        first: &[&str],
        is_fine: impl Fn(&Outcomes) -> bool,
    ) -> Option<Outcomes> {
        let mut outcomes = Outcomes::default();
        for is_first in [true, false] {
            let is_due = |it: &Meta| may_contradict(it) && first.contains(&it.code) == is_first;
            for check in self.checks.iter().filter(|it| is_due(it.meta())) {
                outcomes.code = check.meta().code;
                check.run(facts, &mut outcomes);
                if !is_fine(&outcomes) {
                    return None;
                }
            }
        }
        Some(outcomes)
    }

    /// The checks whose code is asked for.
    pub(crate) fn run_only(&self, facts: &Facts<'_>, is_wanted: impl Fn(&str) -> bool) -> Outcomes {
        self.run_those(facts, |it| is_wanted(it.code))
    }

    fn run_those(&self, facts: &Facts<'_>, is_wanted: impl Fn(&Meta) -> bool) -> Outcomes {
        let mut outcomes = Outcomes::default();
        for check in self.checks.iter().filter(|it| is_wanted(it.meta())) {
            outcomes.code = check.meta().code;
            check.run(facts, &mut outcomes);
        }
        outcomes
    }
}

/// The check may find a contradiction or a breach.
fn may_contradict(meta: &Meta) -> bool {
    meta.class.contains(['C', 'B'])
}

/// One copy of a form on which readings are tried, one after the other. What the checks read of it is kept from one
/// reading to the next, but for the cells that change.
pub(crate) struct Desk<'a> {
    runner: Runner<'a>,
    /// The form as it is printed.
    pub(crate) form: &'a Form,
    facts: &'a Facts<'a>,
    /// Made for the first reading that is tried.
    other: Option<Form>,
    owned: Option<Owned>,
    stale: Vec<Pointer>,
    /// Whether nothing new is found under an alternative, and all can be judged; by its index, once it was tried.
    is_harmless: BTreeMap<usize, bool>,
}

impl<'a> Desk<'a> {
    /// Nothing tried yet.
    pub(crate) fn new(runner: Runner<'a>, facts: &'a Facts<'a>) -> Desk<'a> {
        Desk {
            runner,
            form: facts.form,
            facts,
            other: None,
            owned: None,
            stale: Vec::new(),
            is_harmless: BTreeMap::new(),
        }
    }

    /// Looks at the form with these values in its cells, and puts the printed ones back.
    pub(crate) fn under<'v, T>(
        &mut self,
        changes: impl Iterator<Item = (Pointer, Option<&'v str>)>,
        look: impl FnOnce(&Runner<'_>, &Facts<'_>) -> T,
    ) -> T {
        let mut other = self.other.take().unwrap_or_else(|| self.form.clone());
        let mut changed: Vec<Pointer> = Vec::new();
        for (pointer, value) in changes {
            leaf::put(&mut other, pointer, value);
            changed.push(pointer);
        }
        // Other labels make other groups, and a row that is gone is not put back cell by cell.
        let is_label = |pointer: &Pointer| match pointer {
            Pointer::Indicator(_, field) => {
                use IndicatorField::{L1, L1Weight, L2, L2Weight};
                matches!(field, L1 | L1Weight | L2 | L2Weight)
            }
            Pointer::Funds(_, FundsField::Label) | Pointer::FundsUnit | Pointer::Row(_) => true,
            _ => false,
        };
        if changed.iter().any(is_label) {
            return look(&self.runner, &self.runner.facts(&other));
        }
        let owned = self.owned.take().unwrap_or_else(|| self.facts.copy_owned());
        let pointers = self.stale.drain(..).chain(changed.iter().copied());
        let facts = self.facts.reread(&other, owned, pointers);
        let res = look(&self.runner, &facts);
        self.owned = Some(facts.into_owned());
        for pointer in &changed {
            leaf::put(&mut other, *pointer, self.form.cell(*pointer).map(|it| it.text.as_str()));
        }
        self.stale = changed;
        self.other = Some(other);
        res
    }
}

/// Lowers every contradiction or breach that another reading of like cost, or one edit of a misread cell, would remove.
pub(crate) fn lower(runner: &Runner<'_>, facts: &Facts<'_>, raised: &mut [Raised], outcomes: &Outcomes) {
    let n_hard = raised.iter().filter(|it| Grade::of(&it.finding).is_hard()).count();
    let may_be_misread = runner.is_ocr && FEWEST_FINDINGS <= n_hard;
    if n_hard == 0 || (facts.form.alternatives.is_empty() && !may_be_misread) {
        return;
    }
    let mut desk = Desk::new(*runner, facts);
    let removed: Vec<Option<&Alternative>> = raised
        .iter()
        .map(|it| {
            let is_hard = Grade::of(&it.finding).is_hard();
            is_hard.then(|| removing_alternative(&mut desk, &it.finding, outcomes, raised)).flatten()
        })
        .collect();
    for (it, alternative) in raised.iter_mut().zip(removed) {
        if let Some(alternative) = alternative {
            lower_to(&mut it.finding, alternative);
        }
    }
    if may_be_misread {
        lower_misread(&mut desk, raised, outcomes.not_checkable.len());
    }
}

/// The reading under which the check is made at the same place and agrees. One that only empties the cell removes
/// nothing: it leaves the check undone, or a row without its score.
fn removing_alternative<'a>(
    desk: &mut Desk<'a>,
    finding: &Finding,
    before: &Outcomes,
    chosen: &[Raised],
) -> Option<&'a Alternative> {
    let reached = |outcomes: &Outcomes| outcomes.exact + outcomes.within_rounding + outcomes.finding;
    let only = |code: &str| code == finding.code;
    let is_new = |it: &Raised| {
        Grade::of(&it.finding).is_hard() && !chosen.iter().any(|other| is_same(&other.finding, &it.finding))
    };
    let mut own = None;
    let form = desk.form;
    // That two copies differ does not depend on which of them is right.
    if finding.code == "X01" {
        return None;
    }
    let is_concerned =
        |it: &&Alternative| touches(&it.at, finding) && may_vanish(finding, form, &changes(it).collect::<Vec<_>>());
    let found = form.alternatives.iter().enumerate().filter(|it| is_concerned(&it.1)).find(|(idx, alternative)| {
        // What it does to the other checks is the same whichever finding asks.
        let known = desk.is_harmless.get(idx).copied();
        if known == Some(false) {
            return false;
        }
        let own = *own.get_or_insert_with(|| reached(&desk.runner.run_only(desk.facts, only)));
        let (removes, is_harmless) = desk.under(changes(alternative), |runner, facts| {
            let outcomes = runner.run_only(facts, only);
            if reached(&outcomes) < own || outcomes.raised.iter().any(|it| is_same(&it.finding, finding)) {
                return (false, known);
            }
            let is_harmless = known.unwrap_or_else(|| {
                runner.all_are_fine(facts, |outcomes, raised| {
                    outcomes.not_checkable.len() <= before.not_checkable.len() && !raised.iter().any(is_new)
                })
            });
            (is_harmless, Some(is_harmless))
        });
        desk.is_harmless.extend(is_harmless.map(|it| (*idx, it)));
        removes
    });
    found.map(|it| it.1)
}

/// What an alternative puts where.
fn changes(alternative: &Alternative) -> impl Iterator<Item = (Pointer, Option<&str>)> {
    alternative.at.iter().copied().zip(alternative.values.iter().map(Option::as_deref))
}

/// The reading changes a cell that the finding accuses or uses.
pub(crate) fn touches(at: &[Pointer], finding: &Finding) -> bool {
    at.iter().any(|it| finding.at.iter().chain(&finding.inputs).any(|other| covers(*other, *it) || covers(*it, *other)))
}

fn covers(wide: Pointer, narrow: Pointer) -> bool {
    match (wide, narrow) {
        (Pointer::Column(column), Pointer::Indicator(_, field)) => column == field,
        (Pointer::Row(row), Pointer::Indicator(row_idx, _)) => row == row_idx,
        _ => wide == narrow,
    }
}

/// A hard finding of the same check at a place that both accuse.
pub(crate) fn is_same(other: &Finding, finding: &Finding) -> bool {
    other.code == finding.code && Grade::of(other).is_hard() && other.at.iter().any(|it| finding.at.contains(it))
}

fn lower_to(finding: &mut Finding, alternative: &Alternative) {
    let readings = alternative.at.iter().zip(&alternative.values);
    let text = readings.map(|(at, value)| show::reading(*at, value.as_deref())).collect::<Vec<_>>().join("; ");
    let why = &alternative.why;
    suspect(
        finding,
        &text,
        &alternative.at,
        Bilingual {
            zh: format!(
                "另一种读法（{}）下此项不成立：{}",
                text.replace(" read as empty", " 读作空白").replace(" read as ", " 读作 "),
                why.zh
            ),
            en: format!("under another reading ({text}) this does not stand: {}", why.en),
        },
    );
}

/// Lowers a finding to a suspicion that names the reading which removes it.
pub(crate) fn suspect(finding: &mut Finding, reading: &str, at: &[Pointer], message: Bilingual) {
    (finding.class, finding.confidence) = Grade::S2.split();
    finding.agrees_if.push(reading.to_owned());
    finding.notes.push(Note { code: "D07", at: at.to_vec(), message });
}

/// One edit that makes every check of a cell pass, two of which did not, lowers them all.
fn lower_misread(desk: &mut Desk<'_>, raised: &mut [Raised], n_barred: usize) {
    for pointer in doubtful_cells(raised) {
        let uses = |finding: &Finding| touches(&[pointer], finding);
        let before: Vec<&'static str> =
            raised.iter().filter(|it| uses(&it.finding)).map(|it| it.finding.code).collect();
        let form = desk.form;
        let Some(cell) = form.cell(pointer) else { continue };
        let is_number: fn(&str) -> bool = match pointer {
            Pointer::Funds(_, FundsField::Rate)
            | Pointer::Indicator(_, IndicatorField::Target | IndicatorField::Actual) => {
                |text| gouji_quantity::percent(text).is_some()
            }
            _ => |text| gouji_quantity::number(text).is_some(),
        };
        let may_settle = |edit: &String| {
            let mut hard = raised.iter().map(|it| &it.finding).filter(|it| uses(it));
            is_number(edit) && hard.all(|it| may_vanish(it, form, &[(pointer, Some(edit))]))
        };
        let edits = gouji_quantity::edits(&cell.text).into_iter().map(|(_, made)| made);
        let tried: Vec<String> = edits.filter(may_settle).collect();
        let n_before = Counts { raised: raised.len(), barred: n_barred };
        let Some(edit) = tried.into_iter().find(|edit| settles(desk, pointer, edit, &before, n_before)) else {
            continue;
        };
        let reading = show::reading(pointer, Some(&edit));
        let printed = cell.text.clone();
        for it in raised.iter_mut().filter(|it| Grade::of(&it.finding).is_hard() && uses(&it.finding)) {
            suspect(
                &mut it.finding,
                &reading,
                &[pointer],
                Bilingual {
                    zh: format!("“{printed}”若读作“{edit}”，涉及此格的各项核对均成立，疑为识别有误"),
                    en: format!("if {printed:?} is read as {edit:?} every check of this cell holds: probably misread"),
                },
            );
        }
    }
}

/// Cells that several hard findings accuse or use, the most used first.
fn doubtful_cells(raised: &[Raised]) -> Vec<Pointer> {
    let mut counts: Vec<(Pointer, usize)> = Vec::new();
    let hard = || raised.iter().map(|it| &it.finding).filter(|it| Grade::of(it).is_hard());
    if hard().count() < FEWEST_FINDINGS {
        return Vec::new();
    }
    for finding in hard() {
        for pointer in finding.at.iter().chain(&finding.inputs) {
            match counts.iter_mut().find(|it| it.0 == *pointer) {
                Some(found) => found.1 += 1,
                None => counts.push((*pointer, 1)),
            }
        }
    }
    counts.retain(|it| FEWEST_FINDINGS <= it.1);
    counts.sort_by_key(|it| std::cmp::Reverse(it.1));
    counts.truncate(MOST_CELLS);
    counts.into_iter().map(|it| it.0).collect()
}

/// Under the edit no check that uses the cell finds anything, and nothing else is newly found.
fn settles(desk: &mut Desk<'_>, pointer: Pointer, edit: &str, before: &[&'static str], n_before: Counts) -> bool {
    let fires = |raised: &[Raised]| {
        raised.iter().any(|it| Grade::of(&it.finding) <= Grade::S2 && touches(&[pointer], &it.finding))
    };
    desk.under(std::iter::once((pointer, Some(edit))), |runner, facts| {
        // Most edits leave a check of the cell failing: those that failed are made first, the rest only if they pass.
        if before.iter().any(|code| fires(&runner.run_only(facts, |it| it == *code).raised)) {
            return false;
        }
        runner.all_are_fine(facts, |outcomes, raised| {
            // A check that can no longer be made has not passed.
            let is_judged = outcomes.not_checkable.len() <= n_before.barred;
            !fires(raised) && outcomes.raised.len() < n_before.raised && is_judged
        })
    })
}

/// How a form came out before an edit.
#[derive(Clone, Copy, Debug)]
struct Counts {
    raised: usize,
    barred: usize,
}

/// The text with every sign that is easily misread replaced, if it holds any.
pub(crate) fn substituted(text: &str) -> Option<String> {
    let edits = gouji_quantity::edits(text);
    edits.into_iter().find(|(edit, _)| *edit == Edit::Substitute).map(|(_, made)| made)
}

/// What the readings that a printed sum ruled out would have said: rule book 4.3, last point.
pub(crate) fn ruled_out(runner: &Runner<'_>, form: &Form, chosen: &[Raised]) -> Vec<Raised> {
    let mut found = Vec::new();
    for repair in form.repairs.iter().filter(|it| it.code == "R15") {
        let mut other = form.clone();
        let mut changed: Vec<Pointer> = Vec::new();
        let mut text: Vec<String> = Vec::new();
        let concerned = |it: &&Alternative| {
            it.at.iter().any(|at| repair.at.iter().any(|other| covers(*other, *at) || covers(*at, *other)))
        };
        for alternative in form.alternatives.iter().filter(concerned) {
            if alternative.at.iter().any(|it| changed.contains(it)) {
                continue;
            }
            for (pointer, value) in alternative.at.iter().zip(&alternative.values) {
                leaf::put(&mut other, *pointer, value.as_deref());
                text.push(show::reading(*pointer, value.as_deref()));
            }
            changed.extend(&alternative.at);
        }
        if changed.is_empty() {
            found.push(told_by_repair(repair));
            continue;
        }
        let outcomes = runner.run(&runner.facts(&other));
        let is_new = |it: &&Raised| {
            Grade::of(&it.finding).is_hard() && !chosen.iter().any(|other| is_same(&it.finding, &other.finding))
        };
        let sums = |code: &str| code.starts_with(['T', 'W']) || code == "F01";
        let text = text.join("; ");
        match outcomes.raised.iter().filter(is_new).find(|it| sums(it.finding.code)) {
            Some(it) => found.push(other_figures(&it.finding, &changed, &text)),
            None => found.extend(other_total(form, &other, &changed, &text)),
        }
    }
    found
}

/// What the repair itself says of both readings, where no alternative holds the other.
fn told_by_repair(repair: &Repair) -> Raised {
    let (what, evidence) = (&repair.what, &repair.evidence);
    Raised::new(crate::checks::extraction_damage(), Grade::Note).at(repair.at.iter().copied()).message(
        format!("按合计选定的读法：{}（{}）", what.zh, evidence.zh),
        format!("the printed sum chose this reading: {} ({})", what.en, evidence.en),
    )
}

/// The sums of the scores under both readings, where the other one leaves rows without a score.
fn other_total(form: &Form, other: &Form, changed: &[Pointer], reading: &str) -> Option<Raised> {
    let sum = |form: &Form| -> Decimal {
        let scores = form.indicators.iter().filter_map(|row| Figure::points(row.score.as_ref()).number());
        scores.map(Number::value).fold(Decimal::ZERO, |acc, it| acc.checked_add(it).unwrap_or(acc))
    };
    let (chosen, ruled_out) = (sum(form), sum(other));
    if chosen == ruled_out {
        return None;
    }
    let stated = form.total.score.as_ref()?.text.trim().to_owned();
    let (chosen, ruled_out) = (show::plain(chosen), show::plain(ruled_out));
    let raised = Raised::new(crate::checks::extraction_damage(), Grade::Note)
        .at([Pointer::TotalScore])
        .inputs(changed.iter().copied())
        .stated(stated.clone())
        .recomputed(ruled_out.clone())
        .agrees_if(reading)
        .message(
            format!("按合计选定的读法：总分印作 {stated}，所取读法各行得分相加 {chosen}，另一读法为 {ruled_out}"),
            format!("the printed sum chose this reading: the total is {stated}, the scores come to {chosen}; under the other reading to {ruled_out}"),
        );
    Some(raised)
}

fn other_figures(finding: &Finding, changed: &[Pointer], reading: &str) -> Raised {
    let stated = finding.stated.clone().unwrap_or_default();
    let recomputed = finding.recomputed.clone().unwrap_or_default();
    let code = finding.code;
    let mut raised = Raised::new(crate::checks::extraction_damage(), Grade::Note)
        .at(finding.at.iter().copied())
        .inputs(changed.iter().copied())
        .message(
            format!("按合计选定的读法：印作 {stated}；若取另一读法则为 {recomputed}（{code}）：{}", finding.message.zh),
            format!(
                "the printed sum chose this reading: {stated} is printed, the other reading comes to {recomputed} ({code}): {}",
                finding.message.en
            ),
        )
        .agrees_if(reading);
    raised.finding.stated = finding.stated.clone();
    raised.finding.recomputed = finding.recomputed.clone();
    raised
}
