//! Several cells misread at once: points that were lost, letters for digits, a bound read as a digit.
//!
//! In: a form with contradictions or breaches. Out: those that are gone once a few cells are read by one edit each, as
//! suspicions that name the edits (rule book 4.5). An edit is tried in whatever format, since pages of sites and Markdown
//! are made of recognised text, too; so it has to prove itself: every check that uses the cell agrees afterwards, nothing
//! new is found, and it is no chance that they agree (see [`is_proof`]).

use gouji_model::{Bilingual, Finding, Form, FundsField, IndicatorField, Pointer};
use gouji_quantity::{Decimal, Edit};

use crate::check::{Grade, Outcomes, Raised};
use crate::readings::{Desk, Runner, is_same, suspect, touches};
use crate::show;
use crate::vanish::may_vanish;

mod fused;

/// Most cells of a form that are read otherwise. A form that needs more is wrong, or not read at all.
const MOST_EDITS: usize = 8;

/// Most contradictions and breaches of a form whose cells are read otherwise: a form with more is wrong, or not read at
/// all. On drawn forms a higher bound removes no more false ones, and 10 leaves some.
const MOST_HARD: usize = 16;

/// Most readings of a form that are tried. A form with more doubtful cells is left as it stands.
const MOST_TRIED: usize = 400;

/// A value is off by more than its unit or a good year explains if it is so many times the other.
const OTHER_ORDER: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// What is read otherwise.
type Reading = Vec<(Pointer, String)>;

/// What the checks that may contradict say under a reading.
#[derive(Debug)]
pub(crate) struct Said {
    raised: Vec<Finding>,
    n_barred: usize,
    /// The codes of the checks that cannot be made.
    barred: Vec<&'static str>,
}

impl Said {
    /// What they say of the form as printed; `raised` is what all checks found.
    pub(crate) fn of_print(runner: &Runner<'_>, outcomes: &Outcomes, raised: &[Raised]) -> Said {
        let barred = outcomes.not_checkable.iter().map(|it| it.code).filter(|it| runner.may_contradict(it));
        let barred: Vec<&'static str> = barred.collect();
        let raised = raised.iter().map(|it| &it.finding).filter(|it| runner.may_contradict(it.code));
        Said { raised: raised.cloned().collect(), n_barred: barred.len(), barred }
    }

    fn of(outcomes: Outcomes) -> Said {
        let n_barred = outcomes.not_checkable.len();
        let barred = outcomes.not_checkable.iter().map(|it| it.code).collect();
        Said { raised: outcomes.raised.into_iter().map(|it| it.finding).collect(), n_barred, barred }
    }

    fn n_hard(&self) -> usize {
        self.raised.iter().filter(|it| Grade::of(it).is_hard()).count()
    }
}

/// Lowers the findings that a few edits remove. `before` is what the checks say of the form as printed, before anything
/// was lowered.
pub(crate) fn lower(desk: &mut Desk<'_>, raised: &mut [Raised], before: &Said) {
    let n_hard = raised.iter().filter(|it| Grade::of(&it.finding).is_hard()).count();
    if !(1..=MOST_HARD).contains(&n_hard) {
        return;
    }
    let mut n_tried = 0;
    // Letters among digits need no proof: whoever reads the page sees them.
    let letters = letters_for_digits(desk.form);
    let (mut reading, mut now) = (letters.clone(), before.raised.clone());
    // The last reading under which the edited cells are beyond doubt.
    let mut settled: Option<(Reading, Vec<Finding>)> = None;
    if !letters.is_empty() {
        now = said(desk, &letters).raised;
        settled = Some((letters.clone(), now.clone()));
    }
    while reading.len() < MOST_EDITS {
        let Some((next, found)) = better(desk, &reading, &now, before, &mut n_tried) else { break };
        (reading, now) = (next, found);
        let is_open = |it: &&Finding| {
            let mut unsure = reading.iter().filter(|(at, made)| !is_sure(desk.form, *at, made));
            Grade::of(it).is_hard() && unsure.any(|(at, _)| touches(&[*at], it))
        };
        if !now.iter().any(|it| is_open(&it)) {
            settled = Some((reading.clone(), now.clone()));
        }
    }
    let Some((reading, left)) = settled else { return };
    let sure: Reading = reading.iter().filter(|(at, made)| is_sure(desk.form, *at, made)).cloned().collect();
    for it in raised.iter_mut().filter(|it| Grade::of(&it.finding).is_hard()) {
        // Those that use the cell, or follow from one that does.
        let of = |reading: &Reading| -> Reading {
            reading.iter().filter(|(at, _)| touches(&[*at], &it.finding)).cloned().collect()
        };
        if left.iter().any(|other| is_same(other, &it.finding)) {
            // A sum of which a part is misread proves nothing, even if another part is wrong, too.
            let parts = of(&sure);
            if !parts.is_empty() && SUMS.contains(&it.finding.code) {
                tell(&mut it.finding, &parts, desk.form, Outcome::Unknown);
            }
            continue;
        }
        let own = of(&reading);
        let own = if own.is_empty() { reading.clone() } else { own };
        tell(&mut it.finding, &own, desk.form, Outcome::Agrees);
    }
}

/// How a check comes out under a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It holds.
    Agrees,
    /// It still fails, but of the figures that it uses one is misread for sure.
    Unknown,
}

/// Checks that add up so many cells that one of them is hardly ever all that is wrong.
const SUMS: [&str; 7] = ["F01", "T01", "T02", "T05", "W01", "W02", "W03"];

fn tell(finding: &mut Finding, reading: &Reading, form: &Form, outcome: Outcome) {
    let text = reading.iter().map(|(at, made)| show::reading(*at, Some(made))).collect::<Vec<_>>().join("; ");
    let pairs = || reading.iter().map(|(at, made)| (show::printed(form.cell(*at)), made));
    let zh: Vec<String> = pairs().map(|(printed, made)| format!("“{printed}”若读作“{made}”")).collect();
    let en: Vec<String> = pairs().map(|(printed, made)| format!("{printed:?} is read as {made:?}")).collect();
    let at: Vec<Pointer> = reading.iter().map(|it| it.0).collect();
    let (then_zh, then_en) = match outcome {
        Outcome::Agrees => {
            ("涉及此格的各项核对均成立，疑为识别有误", "every check of the cells holds: probably misread")
        }
        Outcome::Unknown => (
            "方在可能的范围之内：合计所用之数识别有误，不足为凭",
            "they are in range: a sum of misread figures proves nothing",
        ),
    };
    suspect(
        finding,
        &text,
        &at,
        Bilingual { zh: format!("{}，{then_zh}", zh.join("、")), en: format!("if {} {then_en}", en.join(" and ")) },
    );
}

/// The reading with one more edit under which least is found, and less than now.
fn better(
    desk: &mut Desk<'_>,
    reading: &Reading,
    now: &[Finding],
    before: &Said,
    n_tried: &mut usize,
) -> Option<(Reading, Vec<Finding>)> {
    let n_now = now.iter().filter(|it| Grade::of(it).is_hard()).count();
    let mut accused: Vec<&str> = now.iter().filter(|it| Grade::of(it).is_hard()).map(|it| it.code).collect();
    accused.dedup();
    let mut best: Option<(usize, Reading, Vec<Finding>)> = None;
    for edit in candidates(desk.form, reading, now) {
        *n_tried += 1;
        if MOST_TRIED < *n_tried {
            return None;
        }
        let mut next = reading.clone();
        next.extend(edit.iter().cloned());
        // A figure out of all range is read otherwise even if no other check tells.
        let sure = edit.first().filter(|(at, made)| edit.len() == 1 && is_sure(desk.form, *at, made));
        let bound = best.as_ref().map_or(n_now + usize::from(sure.is_some()), |it| it.0);
        let own = (sure.is_none()).then(|| accusing(now, &edit));
        if own.as_ref().is_some_and(|own| !own.iter().any(|it| may_be_gone(it, desk.form, reading, &edit))) {
            continue;
        }
        let Some(found) = said_below(desk, &next, own.as_deref(), &accused, bound, before.n_barred) else { continue };
        let n_hard = found.n_hard();
        let gone =
            now.iter().filter(|it| Grade::of(it).is_hard() && !found.raised.iter().any(|other| is_same(other, it)));
        let gone: Vec<&Finding> = gone.collect();
        // Cells that change together are parts of one that was run together, or a row: the page shows that.
        let is_proven = match edit.as_slice() {
            [(at, made)] => is_proof(desk.form, *at, made, &gone),
            _ => true,
        };
        let is_new = |it: &&Finding| {
            Grade::of(it) <= Grade::S2
                && !before.raised.iter().chain(now).any(|other| other.code == it.code && other.at == it.at)
                && (Grade::of(it).is_hard() || next.iter().any(|(at, _)| touches(&[*at], it)))
                // A sum that can be made at last says nothing of the cells that were parted for it.
                && !(1 < edit.len() && before.barred.contains(&it.code) && SUMS.contains(&it.code))
                // What its row says once its points are in range was hidden before.
                && !(family(it.code) == ROW && sure.is_some_and(|(at, _)| touches(&[*at], it)))
        };
        if is_proven && !found.raised.iter().any(|it| is_new(&it)) {
            best = Some((n_hard, next, found.raised));
        }
    }
    best.map(|it| (it.1, it.2))
}

/// The findings that accuse or use a cell that is read otherwise, or its twin.
fn accusing<'f>(now: &'f [Finding], edit: &Reading) -> Vec<&'f Finding> {
    let uses = |it: &Finding| {
        edit.iter()
            .any(|(at, _)| touches(&[*at], it) || it.at.iter().chain(&it.inputs).any(|of| twin(*of) == Some(*at)))
    };
    now.iter().filter(|it| Grade::of(it).is_hard() && uses(it)).collect()
}

/// Whether arithmetic on the edited cells alone lets a finding go, found under a reading that leaves its cells as printed.
fn may_be_gone(finding: &Finding, form: &Form, reading: &Reading, edit: &Reading) -> bool {
    let changes: Vec<(Pointer, Option<&str>)> = edit.iter().map(|(at, made)| (*at, Some(made.as_str()))).collect();
    reading.iter().any(|(at, _)| touches(&[*at], finding)) || may_vanish(finding, form, &changes)
}

/// The edit is no chance: letters stood among the digits; or the figure as printed is out of all range and as edited in
/// it; or a balance holds again to at least three digits; or checks that have nothing to do with each other agree again.
fn is_proof(form: &Form, pointer: Pointer, made: &str, gone: &[&Finding]) -> bool {
    let Some(printed) = form.cell(pointer).map(|it| it.text.as_str()) else { return false };
    if value(printed).is_none() || value(made).is_none() {
        return true;
    }
    if made.starts_with('≥') {
        return true;
    }
    let is_value = matches!(pointer, Pointer::Indicator(_, IndicatorField::Target | IndicatorField::Actual));
    let mut families: Vec<&str> = gone.iter().filter(|it| touches(&[pointer], it)).map(|it| family(it.code)).collect();
    families.sort_unstable();
    families.dedup();
    let is_exact = |it: &&&Finding| {
        let stated = it.stated.as_deref().map_or(0, significant_digits);
        BALANCES.contains(&it.code) && SIGNIFICANT <= significant_digits(printed).max(stated)
    };
    is_value || is_sure(form, pointer, made) || gone.iter().any(|it| is_exact(&it)) || 1 < families.len()
}

/// The figure as printed is out of all range, and as edited in it; or letters stand among its digits.
fn is_sure(form: &Form, pointer: Pointer, made: &str) -> bool {
    let Some(printed) = form.cell(pointer).map(|it| it.text.as_str()) else { return false };
    let Some(after) = value(made) else { return false };
    let Some(before) = value(printed) else { return true };
    let is_far_above =
        |most: Option<Decimal>| most.is_some_and(|most| most.saturating_mul(OTHER_ORDER) <= before && after <= most);
    let figure = |pointer| form.cell(pointer).and_then(|it| value(&it.text));
    match pointer {
        Pointer::Indicator(_, IndicatorField::Weight) => Decimal::ONE_HUNDRED < before && after <= Decimal::ONE_HUNDRED,
        Pointer::Indicator(row_idx, IndicatorField::Score) => {
            is_far_above(figure(Pointer::Indicator(row_idx, IndicatorField::Weight)))
        }
        Pointer::Funds(line_idx, FundsField::Score) => {
            is_far_above(figure(Pointer::Funds(line_idx, FundsField::Weight)))
        }
        // A rate may be above the whole, but not five times.
        Pointer::Funds(_, FundsField::Rate) | Pointer::TotalScore => is_far_above(Some(Decimal::ONE_HUNDRED)),
        _ => false,
    }
}

/// Checks that hold only if figures of several cells go together to the last digit.
const BALANCES: [&str; 8] = ["F01", "F03", "F08", "F12", "T01", "T02", "W01", "W03"];

/// So many digits do not agree by chance: one balance in a hundred would.
const SIGNIFICANT: usize = 3;

/// The checks of one row.
const ROW: &str = "row";

/// Checks that fail for one reason count once.
fn family(code: &str) -> &str {
    match code {
        "T05" | "G01" => "T01",
        "W02" => "W01",
        "F04" | "F05" | "F07" => "F03",
        _ if code.starts_with(['S', 'I']) => ROW,
        _ => code,
    }
}

/// Digits of a figure without zeros at its ends.
fn significant_digits(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// Every figure with letters among its digits, as the number that it was.
fn letters_for_digits(form: &Form) -> Reading {
    let rows = (0..form.indicators.len()).flat_map(|row_idx| {
        use IndicatorField::{Actual, Score, Target, Weight};
        [Target, Actual, Weight, Score].map(|field| Pointer::Indicator(row_idx, field))
    });
    let lines =
        (0..form.funds.len()).flat_map(|line_idx| FundsField::ALL.iter().map(move |it| Pointer::Funds(line_idx, *it)));
    let points = (0..form.points.len()).map(Pointer::PointsScore);
    let totals = [Pointer::TotalWeight, Pointer::TotalScore];
    let cells = rows.chain(lines).chain(points).chain(totals).filter(|it| is_figure(*it));
    let made = cells.filter_map(|at| {
        let text = form.cell(at)?.text.as_str();
        let letters = |it: char| it.is_ascii_alphabetic() || it == '〇' || it == '|';
        let made = text.contains(letters).then(|| crate::readings::substituted(text)).flatten()?;
        is_likely(form, at, text, Edit::Substitute, &made).then_some((at, made))
    });
    made.collect()
}

/// What the checks that may contradict say under a reading.
fn said(desk: &mut Desk<'_>, reading: &Reading) -> Said {
    desk.under(changes(reading), |runner, facts| Said::of(runner.run_contradicting(facts)))
}

/// The same if one of `own` is gone and fewer than `bound` contradictions and breaches are found, and no more than
/// `most_barred` checks cannot be made; most readings are refused by the first check that is made again, or by those of the
/// codes in `accused`, under which something was found.
fn said_below(
    desk: &mut Desk<'_>,
    reading: &Reading,
    own: Option<&[&Finding]>,
    accused: &[&str],
    bound: usize,
    most_barred: usize,
) -> Option<Said> {
    desk.under(changes(reading), |runner, facts| {
        let one_is_gone = |own: &[&Finding]| {
            let mut codes: Vec<&str> = own.iter().map(|it| it.code).collect();
            codes.dedup();
            codes.into_iter().any(|code| {
                let outcomes = runner.run_only(facts, |it| it == code);
                let is_left = |finding: &Finding| outcomes.raised.iter().any(|it| is_same(&it.finding, finding));
                own.iter().any(|it| it.code == code && !is_left(it))
            })
        };
        if own.is_some_and(|own| !one_is_gone(own)) {
            return None;
        }
        let is_below = |outcomes: &Outcomes| {
            let n_hard = outcomes.raised.iter().filter(|it| Grade::of(&it.finding).is_hard()).count();
            n_hard < bound && outcomes.not_checkable.len() <= most_barred
        };
        runner.run_contradicting_while(facts, accused, is_below).map(Said::of)
    })
}

fn changes(reading: &Reading) -> impl Iterator<Item = (Pointer, Option<&str>)> {
    reading.iter().map(|(at, text)| (*at, Some(text.as_str())))
}

/// What one edit makes of the cells that the findings use.
fn candidates(form: &Form, reading: &Reading, now: &[Finding]) -> Vec<Reading> {
    let mut pointers: Vec<Pointer> = Vec::new();
    for finding in now.iter().filter(|it| Grade::of(it).is_hard()) {
        for pointer in finding.at.iter().chain(&finding.inputs) {
            let with_twin = [Some(*pointer), twin(*pointer)];
            pointers.extend(with_twin.into_iter().flatten().filter(|it| is_figure(*it)));
        }
    }
    pointers.sort();
    pointers.dedup();
    let mut found: Vec<Reading> = Vec::new();
    for pointer in pointers.into_iter().filter(|it| reading.iter().all(|(at, _)| at != it)) {
        let text = form.cell(pointer).map_or("", |it| it.text.as_str());
        for (edit, made) in gouji_quantity::edits_of(&[Edit::InsertPoint, Edit::Substitute], text) {
            if is_likely(form, pointer, text, edit, &made) {
                found.push(vec![(pointer, made)]);
            }
        }
        found.extend(bound_for_digit(form, pointer, text).map(|made| vec![(pointer, made)]));
        found.extend(fused::parted(form, pointer, text));
    }
    found
}

/// A score is accused for what the row's values say.
fn twin(pointer: Pointer) -> Option<Pointer> {
    match pointer {
        Pointer::Indicator(row_idx, IndicatorField::Score) => Some(Pointer::Indicator(row_idx, IndicatorField::Weight)),
        _ => None,
    }
}

fn is_figure(pointer: Pointer) -> bool {
    match pointer {
        Pointer::TotalScore | Pointer::TotalWeight | Pointer::PointsScore(_) => true,
        Pointer::Funds(_, field) => field != FundsField::Label,
        Pointer::Indicator(_, field) => {
            use IndicatorField::{Actual, Score, Target, Weight};
            matches!(field, Target | Actual | Weight | Score)
        }
        _ => false,
    }
}

/// The edit undoes what is known to happen, and the cell looks like it.
fn is_likely(form: &Form, pointer: Pointer, printed: &str, edit: Edit, made: &str) -> bool {
    match edit {
        // Letters among digits are seen by everybody.
        Edit::Substitute => value(printed).is_none() && value(made).is_some(),
        Edit::InsertPoint => match pointer {
            Pointer::Indicator(row_idx, field @ (IndicatorField::Target | IndicatorField::Actual)) => {
                is_of_other_order(form, row_idx, field, printed, made)
            }
            _ => value(made).is_some(),
        },
        _ => false,
    }
}

/// The target with its first digit read as the sign ≥ (rule book 4.4): what is left is the number of the actual, or a
/// percentage that was above the whole, or the form's other targets begin with signs.
fn bound_for_digit(form: &Form, pointer: Pointer, printed: &str) -> Option<String> {
    /// One in so many of the other targets begins with a sign.
    const ONE_IN: usize = 3;
    let Pointer::Indicator(row_idx, IndicatorField::Target) = pointer else { return None };
    let rest = printed.trim().strip_prefix('2').filter(|it| it.starts_with(|it: char| ('1'..='9').contains(&it)))?;
    let quantity = |text: &str| gouji_quantity::read_value(text).quantity().copied();
    let left = quantity(rest)?;
    let whole = Decimal::ONE_HUNDRED;
    let is_share = left.is_percent() && left.number.value() <= whole && whole < quantity(printed)?.number.value();
    let actual = form.cell(Pointer::Indicator(row_idx, IndicatorField::Actual)).and_then(|it| quantity(&it.text));
    let is_twin = actual.is_some_and(|it| it.number.value() == left.number.value());
    let others = form.indicators.iter().filter_map(|it| quantity(&it.target.as_ref()?.text));
    let others: Vec<bool> = others.map(|it| it.operator.is_some()).collect();
    let n_signs = others.iter().filter(|it| **it).count();
    (is_share || is_twin || others.len() <= ONE_IN * n_signs).then(|| format!("≥{rest}"))
}

/// Target and actual lie far apart as printed and close together once the point stands.
fn is_of_other_order(form: &Form, row_idx: usize, field: IndicatorField, printed: &str, made: &str) -> bool {
    let other = if field == IndicatorField::Target { IndicatorField::Actual } else { IndicatorField::Target };
    let other = form.cell(Pointer::Indicator(row_idx, other)).and_then(|it| value(&it.text));
    let (Some(other), Some(printed), Some(made)) = (other, value(printed), value(made)) else { return false };
    let is_far = other.checked_mul(OTHER_ORDER).is_some_and(|it| it <= printed);
    // Within a quarter either way.
    let is_near = |one: Decimal, other: Decimal| {
        let quarter = one / OTHER_ORDER.saturating_sub(Decimal::ONE);
        other <= one.saturating_add(quarter)
    };
    is_far && is_near(made, other) && is_near(other, made)
}

/// The number of a cell, whatever its unit.
fn value(text: &str) -> Option<Decimal> {
    let number = gouji_quantity::number(text).map(gouji_quantity::Number::value);
    number.or_else(|| gouji_quantity::read_value(text).quantity().map(|it| it.number.value()))
}
