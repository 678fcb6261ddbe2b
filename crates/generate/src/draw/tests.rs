//! Properties of many drawn documents.

use std::collections::BTreeSet;

use gouji_model::{IndicatorField, Pointer};

use super::*;
use crate::drawing::{Content, Item, Row};
use crate::render;

/// Documents of each layout that a property is asked of.
const DOCUMENTS: u64 = 12;

/// Documents of every layout and of each way of planting faults.
fn drawings() -> impl Iterator<Item = Drawing> {
    let faults = [Faults::None, Faults::One, Faults::Some];
    layouts().iter().flat_map(move |name| {
        (0..DOCUMENTS).map(move |seed| {
            let faults = faults.get(usize::try_from(seed % 3).expect("below three")).copied().unwrap_or_default();
            draw(seed, Set::Development, &Ask { layout: Some(name), faults, rows: None })
        })
    })
}

fn rows(drawing: &Drawing) -> impl Iterator<Item = &Row> {
    drawing.items.iter().filter_map(|it| match it {
        Item::Row(row) => Some(row),
        Item::Line(_) | Item::TableStart | Item::TableEnd => None,
    })
}

#[test]
fn the_same_seed_draws_the_same_document() {
    for seed in 0..40 {
        let ask = Ask { faults: Faults::Some, ..Ask::default() };
        let [one, two] = [0, 1].map(|_| draw(seed, Set::Test, &ask));
        assert_eq!((one.items, one.truth, one.faults), (two.items, two.truth, two.faults));
    }
}

#[test]
fn the_sets_do_not_share_a_document() {
    let text = |set| (0..40).map(|seed| render::text(&draw(seed, set, &Ask::default()))).collect::<BTreeSet<String>>();
    assert!(text(Set::Development).is_disjoint(&text(Set::Test)));
}

#[test]
fn only_the_test_set_prints_withheld_labels() {
    let withheld: BTreeSet<&str> = withheld_labels().into_iter().collect();
    let prints = |drawing: &Drawing| {
        let labels = rows(drawing).flat_map(|it| &it.cells).filter(|it| it.content == Content::Label);
        labels.map(|it| it.text.replace('（', "(").replace('）', ")")).any(|it| withheld.contains(it.as_str()))
    };
    assert!(drawings().all(|it| !it.withheld && !prints(&it)), "the development set prints one");
    let tests: Vec<Drawing> = (0..400).map(|seed| draw(seed, Set::Test, &Ask::default())).collect();
    let marked = tests.iter().filter(|it| it.withheld).count();
    assert!(40 < marked, "{marked} documents of 400 print one");
    assert!(tests.iter().filter(|it| prints(it)).all(|it| it.withheld), "one is printed and not told");
}

/// Every cell of the grid is printed or covered by exactly one other.
#[test]
fn spans_tile_the_grid() {
    for drawing in drawings() {
        let mut table: Vec<&Row> = Vec::new();
        for item in &drawing.items {
            match item {
                Item::Row(row) => table.push(row),
                Item::TableEnd => {
                    tiled(&drawing.layout, &table);
                    table.clear();
                }
                Item::TableStart | Item::Line(_) => {}
            }
        }
    }
}

fn tiled(layout: &str, table: &[&Row]) {
    let mut covers = vec![vec![0; table.iter().map(|it| it.cells.len()).max().unwrap_or(0)]; table.len()];
    for (y, row) in table.iter().enumerate() {
        assert_eq!(row.cells.len(), table[0].cells.len(), "{layout}: row {y} is as wide as the first");
        for (x, cell) in row.cells.iter().enumerate() {
            for line in covers.iter_mut().skip(y).take(cell.rows) {
                for covered in line.iter_mut().skip(x).take(cell.columns) {
                    *covered += 1;
                }
            }
        }
    }
    for (y, row) in table.iter().enumerate() {
        for (x, cell) in row.cells.iter().enumerate() {
            assert_eq!(covers[y][x], 1, "{layout}: row {y} column {x} {:?}", cell.text);
        }
    }
}

/// What a cell prints is what the truth says of its field; labels with points and units hold more.
#[test]
fn the_truth_is_what_the_cells_print() {
    for drawing in drawings() {
        let mut seen = BTreeSet::new();
        for cell in rows(&drawing).flat_map(|it| &it.cells) {
            let Some(field) = cell.field() else { continue };
            seen.insert(field);
            let Some(truth) = drawing.truth[field.form].leaf(field.leaf) else {
                let is_read = !matches!(
                    field.leaf,
                    Pointer::GoalExpected
                        | Pointer::GoalAchieved
                        | Pointer::Deviation
                        | Pointer::Grade
                        | Pointer::Indicator(_, IndicatorField::Method)
                );
                assert!(
                    !is_read,
                    "{}: {} prints {:?} and the truth has nothing",
                    drawing.layout, field.leaf, cell.text
                );
                continue;
            };
            assert!(
                cell.text.contains(truth) || truth.contains(&cell.text),
                "{}: {truth} is {:?}",
                field.leaf,
                cell.text
            );
            let holds_more = matches!(
                field.leaf,
                Pointer::FundsUnit
                    | Pointer::TotalScore
                    | Pointer::Funds(_, gouji_model::FundsField::Label)
                    | Pointer::Indicator(_, IndicatorField::L1 | IndicatorField::L2)
            );
            if matches!(cell.content, Content::Value(_)) && !holds_more {
                assert_eq!(cell.text, truth, "{}", field.leaf);
            }
        }
        for (form, truth) in drawing.truth.iter().enumerate() {
            for idx in 0..truth.indicators.len() {
                let field = crate::Field { form, leaf: Pointer::Indicator(idx, IndicatorField::Name) };
                assert!(seen.contains(&field), "{}: row {idx} is printed", drawing.layout);
            }
        }
    }
}

/// A printed figure in ten-thousandths.
fn figure(text: Option<&String>) -> Option<i64> {
    let text = text?.trim_end_matches('%');
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let rest = format!("{rest:0<4}").parse::<i64>().ok()?;
    Some(whole.parse::<i64>().ok()? * ONE + rest)
}

#[test]
fn sums_hold_without_faults() {
    for name in layouts() {
        for seed in 0..DOCUMENTS {
            let drawing = draw(seed, Set::Development, &Ask { layout: Some(name), ..Ask::default() });
            for form in &drawing.truth {
                let sum = |it: &dyn Fn(&crate::TruthIndicator) -> Option<i64>| {
                    form.indicators.iter().filter_map(it).sum::<i64>()
                };
                let (points, scores) = (sum(&|it| figure(it.weight.as_ref())), sum(&|it| figure(it.score.as_ref())));
                let funds = form.funds.first();
                let funds_points = funds.and_then(|it| figure(it.weight.as_ref())).unwrap_or(0);
                let funds_score = funds.and_then(|it| figure(it.score.as_ref())).unwrap_or(0);
                if let Some(total) = figure(form.total_score.as_ref()) {
                    assert_eq!(total, scores + funds_score, "{name} {seed}");
                }
                if let Some(total) = figure(form.total_weight.as_ref()) {
                    assert_eq!((total, points + funds_points), (100 * ONE, 100 * ONE), "{name} {seed}");
                }
                for column in [
                    |it: &crate::TruthFunds| it.budget.clone(),
                    |it: &crate::TruthFunds| it.revised.clone(),
                    |it: &crate::TruthFunds| it.executed.clone(),
                ] {
                    let amounts: Vec<i64> = form.funds.iter().filter_map(|it| figure(column(it).as_ref())).collect();
                    if let [total, sources @ ..] = amounts.as_slice()
                        && sources.iter().any(|it| 0 < *it)
                    {
                        assert_eq!(*total, sources.iter().sum::<i64>(), "{name} {seed}");
                    }
                }
                for row in &form.indicators {
                    if let (Some(weight), Some(score)) = (figure(row.weight.as_ref()), figure(row.score.as_ref())) {
                        assert!(score <= weight, "{name} {seed} {:?}", row.name);
                    }
                }
            }
        }
    }
}

/// A fault changes what is printed, and nothing else of the document.
#[test]
fn a_planted_fault_is_on_the_page() {
    let print = |seed, faults| draw(seed, Set::Development, &Ask { faults, ..Ask::default() });
    for seed in 0..300 {
        let (right, wrong) = (print(seed, Faults::None), print(seed, Faults::One));
        let (one, two) = (render::text(&right), render::text(&wrong));
        assert_eq!(wrong.faults.len(), 1, "seed {seed}");
        assert_eq!(one.lines().count(), two.lines().count(), "seed {seed}");
        let changed = one.lines().zip(two.lines()).filter(|it| it.0 != it.1).count();
        assert!(0 < changed, "seed {seed}: {} changes nothing", wrong.faults[0].kind);
    }
}

/// Every kind of fault finds its place somewhere, and accuses cells of its own form.
#[test]
fn every_kind_of_fault_is_planted() {
    let mut seen = BTreeSet::new();
    for seed in 0..3_000 {
        let drawing = draw(seed, Set::Development, &Ask { faults: Faults::One, ..Ask::default() });
        for fault in drawing.faults {
            assert!(fault.form < drawing.truth.len() && !fault.at.is_empty() && !fault.codes.is_empty());
            let rows = drawing.truth[fault.form].indicators.len();
            for leaf in fault.at {
                if let Pointer::Indicator(idx, _) = leaf {
                    assert!(idx < rows, "{} accuses row {idx} of {rows}", fault.kind);
                }
            }
            seen.insert(fault.kind);
        }
    }
    let all: BTreeSet<&str> = fault_kinds().into_iter().collect();
    assert_eq!(seen, all);
}
