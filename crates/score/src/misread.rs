//! Several cells misread at once: points that were lost, letters for digits, a bound read as a digit.
//!
//! In: a form with contradictions or breaches. Out: those that are gone once a few cells are read by one edit each, as
//! suspicions that name the edits (rule book 4.5). An edit is tried in whatever format, since pages of sites and Markdown
//! are made of recognised text, too; so it has to prove itself: every check that uses the cell agrees afterwards, nothing
//! new is found, and it is no chance that they agree (see [`is_proof`]).

use gouji_model::{Bilingual, Finding, Form, FundsField, IndicatorField, Pointer};
use gouji_quantity::{Decimal, Edit};

use crate::check::{Grade, Raised};
use crate::readings::{Desk, is_same, suspect, touches};
use crate::show;

/// Most cells of a form that are read otherwise. A form that needs more is wrong, or not read at all.
const MOST_EDITS: usize = 8;

/// Most readings of a form that are tried. A form with more doubtful cells is left as it stands.
const MOST_TRIED: usize = 1_500;

/// A value is off by more than its unit or a good year explains if it is so many times the other.
const OTHER_ORDER: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// What is read otherwise.
type Reading = Vec<(Pointer, String)>;

/// What the checks say under a reading.
struct Said {
    raised: Vec<Finding>,
    n_barred: usize,
}

impl Said {
    fn n_hard(&self) -> usize {
        self.raised.iter().filter(|it| Grade::of(it).is_hard()).count()
    }
}

/// Lowers the findings that a few edits remove.
pub(crate) fn lower(desk: &mut Desk<'_>, raised: &mut [Raised]) {
    let hard = |raised: &[Raised]| -> Vec<Finding> {
        raised.iter().map(|it| &it.finding).filter(|it| Grade::of(it).is_hard()).cloned().collect()
    };
    if hard(raised).is_empty() {
        return;
    }
    let before = said(desk, &Vec::new());
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
        let Some((next, found)) = better(desk, &reading, &now, &before, &mut n_tried) else { break };
        (reading, now) = (next, found);
        let is_open = |it: &&Finding| Grade::of(it).is_hard() && reading.iter().any(|(at, _)| touches(&[*at], it));
        if !now.iter().any(|it| is_open(&it)) {
            settled = Some((reading.clone(), now.clone()));
        }
    }
    let Some((reading, left)) = settled else { return };
    for it in raised.iter_mut().filter(|it| Grade::of(&it.finding).is_hard()) {
        if left.iter().any(|other| is_same(other, &it.finding)) {
            continue;
        }
        // Those that use the cell, or follow from one that does.
        let own: Reading = reading.iter().filter(|(at, _)| touches(&[*at], &it.finding)).cloned().collect();
        let own = if own.is_empty() { reading.clone() } else { own };
        tell(&mut it.finding, &own, desk.form);
    }
}

fn tell(finding: &mut Finding, reading: &Reading, form: &Form) {
    let text = reading.iter().map(|(at, made)| show::reading(*at, Some(made))).collect::<Vec<_>>().join("; ");
    let pairs = || reading.iter().map(|(at, made)| (show::printed(form.cell(*at)), made));
    let zh: Vec<String> = pairs().map(|(printed, made)| format!("“{printed}”若读作“{made}”")).collect();
    let en: Vec<String> = pairs().map(|(printed, made)| format!("{printed:?} is read as {made:?}")).collect();
    let at: Vec<Pointer> = reading.iter().map(|it| it.0).collect();
    suspect(
        finding,
        &text,
        &at,
        Bilingual {
            zh: format!("{}，涉及此格的各项核对均成立，疑为识别有误", zh.join("、")),
            en: format!("if {} every check of the cells holds: probably misread", en.join(" and ")),
        },
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
    let mut best: Option<(usize, Reading, Vec<Finding>)> = None;
    for (pointer, edit) in candidates(desk.form, reading, now) {
        *n_tried += 1;
        if MOST_TRIED < *n_tried {
            return None;
        }
        let mut next = reading.clone();
        next.push((pointer, edit));
        let found = said(desk, &next);
        let n_hard = found.n_hard();
        if best.as_ref().map_or(n_now, |it| it.0) <= n_hard || before.n_barred < found.n_barred {
            continue;
        }
        let gone =
            now.iter().filter(|it| Grade::of(it).is_hard() && !found.raised.iter().any(|other| is_same(other, it)));
        if !next.last().is_some_and(|(at, made)| is_proof(desk.form, *at, made, &gone.collect::<Vec<_>>())) {
            continue;
        }
        let is_new = |it: &&Finding| {
            Grade::of(it) <= Grade::S2
                && !before.raised.iter().chain(now).any(|other| other.code == it.code && other.at == it.at)
                && (Grade::of(it).is_hard() || next.iter().any(|(at, _)| touches(&[*at], it)))
        };
        if !found.raised.iter().any(|it| is_new(&it)) {
            best = Some((n_hard, next, found.raised));
        }
    }
    best.map(|it| (it.1, it.2))
}

/// The edit is no chance: letters stood among the digits; or the figure as printed is out of all range and as edited in
/// it; or a balance holds again to at least three digits; or checks that have nothing to do with each other agree again.
fn is_proof(form: &Form, pointer: Pointer, made: &str, gone: &[&Finding]) -> bool {
    let Some(printed) = form.cell(pointer).map(|it| it.text.as_str()) else { return false };
    let (Some(before), Some(after)) = (value(printed), value(made)) else { return true };
    if made.starts_with('≥') {
        return true;
    }
    let of_row = |field| match pointer {
        Pointer::Indicator(row_idx, _) => form.cell(Pointer::Indicator(row_idx, field)).and_then(|it| value(&it.text)),
        _ => None,
    };
    let is_out_of_range = match pointer {
        Pointer::Indicator(_, IndicatorField::Target | IndicatorField::Actual) => true,
        Pointer::Indicator(_, IndicatorField::Weight) => Decimal::ONE_HUNDRED < before,
        Pointer::Indicator(_, IndicatorField::Score) => of_row(IndicatorField::Weight)
            .is_some_and(|most| most.saturating_mul(OTHER_ORDER) <= before && after <= most),
        _ => false,
    };
    let mut families: Vec<&str> = gone.iter().filter(|it| touches(&[pointer], it)).map(|it| family(it.code)).collect();
    families.sort_unstable();
    families.dedup();
    let is_balance = families.iter().any(|it| BALANCES.contains(it)) && SIGNIFICANT <= significant_digits(printed);
    is_out_of_range || is_balance || 1 < families.len()
}

/// Checks that hold only if figures of several cells go together to the last digit.
const BALANCES: [&str; 8] = ["F01", "F03", "F08", "F12", "T01", "T02", "W01", "W03"];

/// So many digits do not agree by chance: one balance in a hundred would.
const SIGNIFICANT: usize = 3;

/// Checks that fail for one reason count once.
fn family(code: &str) -> &str {
    match code {
        "T05" | "G01" => "T01",
        "W02" => "W01",
        "F04" | "F05" | "F07" => "F03",
        _ if code.starts_with(['S', 'I']) => "row",
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
    let changes = reading.iter().map(|(at, text)| (*at, Some(text.as_str())));
    desk.under(changes, |runner, facts| {
        let outcomes = runner.run_contradicting(facts);
        let n_barred = outcomes.not_checkable.len();
        Said { raised: outcomes.raised.into_iter().map(|it| it.finding).collect(), n_barred }
    })
}

/// The cells that the findings use, each with what one edit makes of it.
fn candidates(form: &Form, reading: &Reading, now: &[Finding]) -> Vec<(Pointer, String)> {
    let mut pointers: Vec<Pointer> = Vec::new();
    for finding in now.iter().filter(|it| Grade::of(it).is_hard()) {
        for pointer in finding.at.iter().chain(&finding.inputs) {
            let with_twin = [Some(*pointer), twin(*pointer)];
            pointers.extend(with_twin.into_iter().flatten().filter(|it| is_figure(*it)));
        }
    }
    pointers.sort();
    pointers.dedup();
    let mut found = Vec::new();
    for pointer in pointers.into_iter().filter(|it| reading.iter().all(|(at, _)| at != it)) {
        let Some(cell) = form.cell(pointer) else { continue };
        for (edit, made) in gouji_quantity::edits(&cell.text) {
            if is_likely(form, pointer, &cell.text, edit, &made) {
                found.push((pointer, made));
            }
        }
        found.extend(bound_for_digit(form, pointer, &cell.text).map(|made| (pointer, made)));
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

/// The target with its first digit read as the sign ≥ that most targets of the form begin with (rule book 4.4).
fn bound_for_digit(form: &Form, pointer: Pointer, printed: &str) -> Option<String> {
    let Pointer::Indicator(_, IndicatorField::Target) = pointer else { return None };
    let rest = printed.trim().strip_prefix('2').filter(|it| it.starts_with(|it: char| it.is_ascii_digit()))?;
    let others = form.indicators.iter().filter_map(|it| it.target.as_ref()).map(|it| it.text.trim());
    let figures: Vec<&str> = others.filter(|it| it.contains(|it: char| it.is_ascii_digit())).collect();
    let n_bounds = figures.iter().filter(|it| it.starts_with(['≥', '≧', '≤', '≦', '>', '<', '='])).count();
    (!rest.starts_with('0') && figures.len() < n_bounds + n_bounds).then(|| format!("≥{rest}"))
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
