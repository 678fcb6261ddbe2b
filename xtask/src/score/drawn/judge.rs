//! What the findings on a drawn form are worth: which accusations are true, and which planted faults were found.
//!
//! In go the verdict, the faults that were planted in the form, and which of its rows are which of the truth. A form
//! without a planted fault has nothing to be accused of: its figures were drawn to agree.

use gouji_generate::Fault;
use gouji_model::Pointer;

use super::answer::{Found, Verdict};
use crate::score::extraction::FormFigures;

/// How a planted fault was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// As a contradiction or breach, or as a consequence of one.
    Hard,
    /// As a suspicion by its nature.
    Suspected,
    /// As a suspicion, because another reading of like cost removes it.
    Lowered,
    /// Not with one of its codes at one of its places; a figure that was not read is not found either.
    Missed,
}

/// What the verdict on a form is worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Contradictions and breaches that are true.
    pub n_true: usize,
    /// Those that are not: code and sentence.
    pub falses: Vec<(String, String)>,
    /// Each planted fault: what it is and how it was found.
    pub faults: Vec<(&'static str, Sight)>,
}

/// Judges the verdict on a form. `faults` are those of this form that are to be found, `doubtful` those that its damage
/// may have hidden; none for a form that is not in the truth.
pub fn judge(faults: &[&Fault], doubtful: &[&Fault], verdict: &Verdict, form: &FormFigures) -> Judged {
    let sets_off = |it: &&&Fault, code: &str| it.codes.contains(&code) || it.also.contains(&code);
    let is_caused = |code: &str| faults.iter().chain(doubtful).any(|it| sets_off(&it, code));
    let (truths, falses): (Vec<&Found>, Vec<&Found>) =
        verdict.findings.iter().filter(|it| it.is_hard()).partition(|it| is_caused(&it.code));
    let said = |it: &Found| {
        let at: Vec<String> = it.at.iter().map(Pointer::to_string).collect();
        (it.code.clone(), format!("{} at {}: {}", it.class.name(), at.join(" "), it.message))
    };
    Judged {
        n_true: truths.len(),
        falses: falses.into_iter().map(said).collect(),
        faults: faults.iter().map(|it| (it.kind, sight(it, verdict, form))).collect(),
    }
}

/// How a fault was found, in the best way of several.
fn sight(fault: &Fault, verdict: &Verdict, form: &FormFigures) -> Sight {
    let places: Vec<Pointer> = fault.at.iter().filter_map(|it| in_output(*it, form)).collect();
    let is_it = |code: &str, at: &[Pointer]| fault.codes.contains(&code) && at.iter().any(|it| places.contains(it));
    let of = |it: &Found| {
        let is_found = is_it(&it.code, &it.at) || it.notes.iter().any(|(code, at)| is_it(code, at));
        match it.class {
            _ if !is_found => Sight::Missed,
            _ if it.is_hard() => Sight::Hard,
            gouji_model::Class::Suspicion if it.is_lowered() => Sight::Lowered,
            gouji_model::Class::Suspicion => Sight::Suspected,
            _ => Sight::Missed,
        }
    };
    verdict.findings.iter().map(of).min().unwrap_or(Sight::Missed)
}

/// The place in the output of a place in the truth; `None` if its row was not read.
fn in_output(at: Pointer, form: &FormFigures) -> Option<Pointer> {
    let find = |pairs: &[crate::score::align::Pair], idx| pairs.iter().find(|it| it.0 == Some(idx)).and_then(|it| it.1);
    match at {
        Pointer::Funds(idx, field) => find(&form.funds, idx).map(|it| Pointer::Funds(it, field)),
        Pointer::Indicator(idx, field) => find(&form.rows, idx).map(|it| Pointer::Indicator(it, field)),
        Pointer::Row(idx) => find(&form.rows, idx).map(Pointer::Row),
        at => Some(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_model::{Class, IndicatorField};

    const FAULT: Fault = Fault { kind: "score above weight", form: 0, codes: &["S01"], at: Vec::new(), also: &["T01"] };

    fn score(idx: usize) -> Pointer {
        Pointer::Indicator(idx, IndicatorField::Score)
    }

    fn found(code: &str, class: Class, at: Pointer) -> Found {
        Found { code: code.to_owned(), class, at: vec![at], notes: Vec::new(), message: String::new() }
    }

    /// True and false accusations, and how a fault at the third row was found, which is the second in the output.
    fn check(findings: Vec<Found>, want: (usize, usize, Sight)) {
        let fault = Fault { at: vec![score(2)], ..FAULT };
        let rows = vec![(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1))];
        let form = FormFigures { rows, ..FormFigures::default() };
        let verdict = Verdict { findings, ..Verdict::default() };
        let got = judge(&[&fault], &[], &verdict, &form);
        assert_eq!((got.n_true, got.falses.len(), got.faults), (want.0, want.1, vec![(FAULT.kind, want.2)]));
    }

    #[test]
    fn a_fault_is_found_at_its_place() {
        check(vec![found("S01", Class::Breach, score(1))], (1, 0, Sight::Hard));
        check(vec![found("S01", Class::Breach, score(2))], (1, 0, Sight::Missed));
        check(vec![found("S01", Class::Suspicion, score(1))], (0, 0, Sight::Suspected));
        check(vec![], (0, 0, Sight::Missed));
    }

    #[test]
    fn what_another_reading_removes_is_counted_apart() {
        let mut lowered = found("S01", Class::Suspicion, score(1));
        lowered.notes.push(("D07".to_owned(), Vec::new()));
        check(vec![lowered.clone()], (0, 0, Sight::Lowered));
        check(vec![lowered, found("S01", Class::Breach, score(1))], (1, 0, Sight::Hard));
    }

    #[test]
    fn a_consequence_of_a_root_is_found() {
        let mut root = found("T01", Class::Contradiction, Pointer::TotalScore);
        root.notes.push(("S01".to_owned(), vec![score(1)]));
        check(vec![root], (1, 0, Sight::Hard));
    }

    #[test]
    fn other_accusations_are_false() {
        check(vec![found("W01", Class::Contradiction, Pointer::TotalWeight)], (0, 1, Sight::Missed));
        let verdict = Verdict { findings: vec![found("S01", Class::Breach, score(1))], ..Verdict::default() };
        assert_eq!(judge(&[], &[], &verdict, &FormFigures::default()).falses.len(), 1);
        let hidden = judge(&[], &[&FAULT], &verdict, &FormFigures::default());
        assert_eq!((hidden.n_true, hidden.falses.len(), hidden.faults.len()), (1, 0, 0));
    }
}
