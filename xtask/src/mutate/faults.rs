//! Faults that can be planted in a form: what changes, and what the checks should say of it.

use gouji_model::{Cell, Form, FormKind, FundsField, FundsRole, IndicatorField, Pointer};

use super::figure::Figure;

/// One fault.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// What is wrong.
    pub kind: &'static str,
    /// The leaves that change, with what they hold then; no text: the cell is empty.
    pub changes: Vec<(Pointer, String)>,
    /// Checks one of which should find it.
    pub codes: &'static [&'static str],
    /// Cells one of which should be accused.
    pub at: Vec<Pointer>,
}

/// An equation that does not hold, and one that does, as prose prints them.
pub(super) const EQUATIONS: [&str; 2] = ["另购置设备120元×35台=4300元。", "另购置设备120元×35台=4200元。"];

/// Lists whose totals do not hold, and lists whose totals do; the total stands before or behind.
pub(super) const LISTS: [[&str; 2]; 2] = [
    [
        "另开支共计8.1万元。1、设备购置3.5万元。2、场地租赁4.0万元。",
        "1、设备购置3.5万元；2、场地租赁4.0万元。以上两项共计8.1万元。",
    ],
    [
        "另开支共计7.5万元。1、设备购置3.5万元。2、场地租赁4.0万元。",
        "1、设备购置3.5万元；2、场地租赁4.0万元。以上两项共计7.5万元。",
    ],
];

/// Every kind, in the order of the table.
pub(super) const KINDS: [&str; 20] = [
    "execution rate, 7 points off",
    "execution rate, 30 points off",
    "executed amount halved",
    "funds score, 1 point off",
    "funds score, 2 points off",
    "amount of a source halved",
    "unit of the funds",
    "weight",
    "points of a group",
    "score above weight",
    "score lost",
    "actual lost",
    "unmet with full marks",
    "actuals copied from scores",
    "total",
    "total out of range",
    "grade",
    "equation in prose",
    "total before a list in prose",
    "total behind a list in prose",
];

/// Every fault of every kind that the form has a place for.
pub(super) fn faults(form: &Form) -> Vec<Fault> {
    let mut acc = Vec::new();
    funds(form, &mut acc);
    weights(form, &mut acc);
    scores(form, &mut acc);
    totals(form, &mut acc);
    prose(form, &mut acc);
    acc
}

fn push(
    acc: &mut Vec<Fault>,
    kind: &'static str,
    changes: Vec<(Pointer, String)>,
    codes: &'static [&'static str],
    at: Vec<Pointer>,
) {
    if !changes.is_empty() {
        acc.push(Fault { kind, changes, codes, at });
    }
}

fn text(cell: Option<&Cell>) -> Option<&str> {
    cell.map(|it| it.text.as_str())
}

fn figure(cell: Option<&Cell>) -> Option<(Figure, &str)> {
    let text = text(cell)?;
    Some((Figure::only(text)?, text))
}

/// The cell with its number raised.
fn raised(form: &Form, pointer: Pointer, by: i128) -> Vec<(Pointer, String)> {
    let res = figure(form.cell(pointer)).map(|(it, text)| (pointer, it.raised(text, by)));
    res.into_iter().collect()
}

fn funds(form: &Form, acc: &mut Vec<Fault>) {
    let Some(line_idx) = form.funds.iter().position(|it| it.role == FundsRole::Total) else { return };
    let at = |field| Pointer::Funds(line_idx, field);
    // Amounts of one or two digits allow a rate some points away: both sizes are planted. A rate of less than what is
    // taken away may be a fraction of one.
    for (kind, by) in [("execution rate, 7 points off", 7), ("execution rate, 30 points off", 30)] {
        if figure(form.cell(at(FundsField::Rate))).is_some_and(|it| it.0.is_at_least(by + 3)) {
            push(acc, kind, raised(form, at(FundsField::Rate), -by), &["F03"], vec![at(FundsField::Rate)]);
        }
    }
    let amounts = [FundsField::Budget, FundsField::Revised, FundsField::Executed];
    let executed = figure(form.cell(at(FundsField::Executed))).filter(|it| it.0.is_at_least(1));
    if let Some((it, text)) = executed {
        let changes = vec![(at(FundsField::Executed), it.with_half_of(text, &it))];
        let accused = [FundsField::Executed, FundsField::Rate, FundsField::Score].map(at).to_vec();
        push(acc, "executed amount halved", changes, &["F01", "F03", "F04"], accused);
    }
    for (source_idx, source) in form.funds.iter().enumerate().filter(|it| it.1.role != FundsRole::Total) {
        let amount = Pointer::Funds(source_idx, FundsField::Executed);
        if let Some((it, text)) = figure(source.executed.as_ref()).filter(|it| it.0.is_at_least(1)) {
            let accused = vec![amount, at(FundsField::Executed), Pointer::Funds(source_idx, FundsField::Rate)];
            let changes = vec![(amount, it.with_half_of(text, &it))];
            push(acc, "amount of a source halved", changes, &["F01", "F08"], accused);
        }
    }
    let score = at(FundsField::Score);
    // A score without decimals may be cut: 9 for 9.88.
    for (kind, by) in [("funds score, 1 point off", 1), ("funds score, 2 points off", 2)] {
        if figure(form.cell(score)).is_some_and(|it| it.0.is_at_least(by)) {
            push(acc, kind, raised(form, score, -by), &["F04"], vec![score]);
        }
    }
    let other = match text(form.funds_unit.as_ref()) {
        Some("万元") => "元",
        Some("元") => "万元",
        _ => return,
    };
    let mut accused = amounts.map(at).to_vec();
    accused.push(Pointer::FundsUnit);
    push(acc, "unit of the funds", vec![(Pointer::FundsUnit, other.to_owned())], &["U01", "A05"], accused);
}

fn weights(form: &Form, acc: &mut Vec<Fault>) {
    let block_begins = |row_idx: usize| {
        let l1 = |idx: usize| form.indicators.get(idx).and_then(|it| text(it.l1.as_ref()));
        (0..=row_idx).rev().take_while(|it| l1(*it) == l1(row_idx)).last().unwrap_or(row_idx)
    };
    for row_idx in 0..form.indicators.len() {
        let begin = block_begins(row_idx);
        let points = Pointer::Indicator(begin, IndicatorField::L1Weight);
        let weight = Pointer::Indicator(row_idx, IndicatorField::Weight);
        let accused = vec![Pointer::TotalWeight, Pointer::Form, points, weight];
        push(acc, "weight", raised(form, weight, 2), &["W01", "W02", "W03"], accused);
        if begin == row_idx {
            // Every row of the block has the points of its label.
            let rows = (row_idx..form.indicators.len()).take_while(|it| block_begins(*it) == begin);
            let changes: Vec<_> =
                rows.flat_map(|it| raised(form, Pointer::Indicator(it, IndicatorField::L1Weight), 5)).collect();
            push(acc, "points of a group", changes, &["W03", "W04"], vec![points]);
        }
    }
}

fn scores(form: &Form, acc: &mut Vec<Fault>) {
    if form.kind == FormKind::Target {
        return;
    }
    let mut copied = Vec::new();
    for (row_idx, row) in form.indicators.iter().enumerate() {
        let score = Pointer::Indicator(row_idx, IndicatorField::Score);
        let actual = Pointer::Indicator(row_idx, IndicatorField::Actual);
        let (Some((printed, printed_text)), Some((weight, weight_text))) =
            (figure(row.score.as_ref()), figure(row.weight.as_ref()))
        else {
            continue;
        };
        if !weight.is_at_least(1) {
            continue; // A row that does not apply.
        }
        let above = weight.raised(weight_text, 1);
        push(acc, "score above weight", vec![(score, above)], &["S01"], vec![score]);
        push(acc, "score lost", vec![(score, String::new())], &["S04"], vec![score]);
        if row.actual.is_some() {
            push(acc, "actual lost", vec![(actual, String::new())], &["I11"], vec![actual, score]);
            copied.push((actual, printed_text.to_owned()));
        }
        let target = figure(row.target.as_ref()).filter(|it| is_bound(it.1) && it.0.is_at_least(1));
        if let (Some((target, _)), Some((done, done_text)), true) =
            (target, figure(row.actual.as_ref()).filter(|it| !is_bound(it.1)), printed.equals(&weight))
        {
            let changes = vec![(actual, done.with_half_of(done_text, &target))];
            push(acc, "unmet with full marks", changes, &["I01"], vec![score]);
        }
    }
    push(acc, "actuals copied from scores", copied, &["D05"], vec![Pointer::Column(IndicatorField::Actual)]);
}

/// Reads as "at least".
fn is_bound(text: &str) -> bool {
    text.contains(['≥', '>', '＞'])
}

fn totals(form: &Form, acc: &mut Vec<Fault>) {
    let total = Pointer::TotalScore;
    push(acc, "total", raised(form, total, -1), &["T01"], vec![total]);
    if let Some((it, text)) = figure(form.cell(total)) {
        push(acc, "total out of range", vec![(total, it.with(text, "108"))], &["T05", "T01"], vec![total]);
    }
    // The lowest grade is wrong for every total of 60 and more, on the older scale too; where none is printed, it is new.
    if figure(form.cell(total)).is_some_and(|it| it.0.is_at_least(60)) {
        push(acc, "grade", vec![(Pointer::Grade, "差".to_owned())], &["T03"], vec![Pointer::Grade]);
    }
}

fn prose(form: &Form, acc: &mut Vec<Fault>) {
    for pointer in [Pointer::GoalExpected, Pointer::GoalAchieved] {
        if let Some(prose) = text(form.cell(pointer)) {
            let changes = vec![(pointer, format!("{prose}{}", EQUATIONS[0]))];
            push(acc, "equation in prose", changes, &["A01"], vec![pointer]);
            for (kind, list) in
                ["total before a list in prose", "total behind a list in prose"].into_iter().zip(LISTS[0])
            {
                let changes = vec![(pointer, format!("{prose}{list}"))];
                push(acc, kind, changes, &["A02"], vec![pointer]);
            }
        }
    }
}

/// The form with the fault in it.
pub(super) fn planted(form: &Form, fault: &Fault) -> Form {
    let mut form = form.clone();
    for (pointer, text) in &fault.changes {
        if let Some(slot) = slot(&mut form, *pointer) {
            let place = slot.as_ref().map(|it| it.place.clone()).unwrap_or_default();
            *slot = (!text.is_empty()).then(|| Cell { text: text.clone(), raw: None, place });
        }
    }
    form
}

fn slot(form: &mut Form, pointer: Pointer) -> Option<&mut Option<Cell>> {
    match pointer {
        Pointer::Funds(line_idx, field) => form.funds.get_mut(line_idx).map(|it| it.field_mut(field)),
        Pointer::Indicator(row_idx, field) => form.indicators.get_mut(row_idx).map(|it| it.field_mut(field)),
        Pointer::FundsUnit => Some(&mut form.funds_unit),
        Pointer::GoalExpected => Some(&mut form.goal.expected),
        Pointer::GoalAchieved => Some(&mut form.goal.achieved),
        Pointer::TotalScore => Some(&mut form.total.score),
        Pointer::TotalWeight => Some(&mut form.total.weight),
        Pointer::Grade => Some(&mut form.grade),
        _ => None,
    }
}
