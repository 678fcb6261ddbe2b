//! The draughtsman: forms drawn from layouts, words and a seed, with or without planted faults.
//!
//! In go a seed and what is asked for, out comes a [`Drawing`] with its truth. Every form is consistent unless a fault
//! was planted: what it prints was computed before it was printed.

mod fault;
mod figures;
mod funds;
mod indicators;
mod layout;
mod print;
mod prose;
mod sheet;
mod style;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::sync::OnceLock;

use crate::drawing::Drawing;
use crate::rng::Rng;
use figures::{ONE, between, pick, word};
use layout::{FundsColumn, FundsLayout, Kind, Layout};
use sheet::Sheet;
use style::Style;
use values::Around;
use words::words;

/// Which seeds: nothing is tuned on the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// To look at and to tune on.
    Development,
    /// To measure on; it alone prints the withheld labels.
    Test,
}

/// How many faults are planted in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Faults {
    /// None: every figure agrees with every other.
    #[default]
    None,
    /// One.
    One,
    /// Two to four, at different places.
    Some,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    /// A name of [`layouts`]; any of them if none is named.
    pub layout: Option<&'a str>,
    /// How many faults.
    pub faults: Faults,
    /// Most rows of indicators; as the layout says if none.
    pub rows: Option<usize>,
}

/// The names of the layouts.
pub fn layouts() -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| words().layouts.iter().map(|it| it.name.as_str()).collect())
}

/// The kinds of faults that can be planted.
pub fn fault_kinds() -> Vec<&'static str> {
    fault::kinds()
}

/// The labels that only the test set prints, sorted.
pub fn withheld_labels() -> Vec<&'static str> {
    words().labels.withheld()
}

/// Draws a document. Same seed, set and question, same document; an unknown layout is any layout.
pub fn draw(seed: u64, set: Set, ask: &Ask<'_>) -> Drawing {
    // Even numbers for one set, odd ones for the other; then once through the generator, so that neighbors differ.
    let parity = u64::from(set == Set::Test);
    let mut rng = Rng::new(Rng::new(seed.wrapping_mul(2).wrapping_add(parity)).draw());
    let named = words().layouts.iter().find(|it| Some(it.name.as_str()) == ask.layout);
    let drawn = pick(&mut rng, &words().layouts);
    let layout = named.unwrap_or(drawn);
    let funds = layout.funds.as_ref().and_then(|name| words().funds.iter().find(|it| it.name == *name));
    let style = Style::draw(&mut rng, set, layout, funds);
    let year = between(&mut rng, 2019, 2024);
    let (least, most) = layout.forms;
    let mut sheets: Vec<Sheet> = Vec::new();
    let most_rows = ask.rows.unwrap_or(usize::MAX);
    for _ in 0..between(&mut rng, least, most) {
        let sheet = sheet(&mut rng, &style, layout, funds, year, most_rows);
        if sheets.iter().all(|it| it.project != sheet.project) {
            sheets.push(sheet);
        }
    }
    // A stream of its own: the form is the same with and without faults.
    let mut other = Rng::new(rng.draw());
    let faults = fault::plant(&mut other, &mut sheets, ask.faults);
    let mut drawing = print::document(&mut rng, &style, layout, &sheets);
    drawing.faults = faults;
    drawing
}

/// A consistent form.
fn sheet(
    rng: &mut Rng,
    style: &Style,
    layout: &'static Layout,
    funds: Option<&FundsLayout>,
    year: i64,
    most_rows: usize,
) -> Sheet {
    let phrases = &words().phrases;
    let funds = funds.map(|it| funds::draw(rng, style, layout, it));
    let is_evaluation = layout.kind == Kind::Evaluation;
    let has_reasons = layout.has(layout::Column::Reason) || layout.r#box;
    let around = Around {
        style,
        year,
        money: funds.as_ref().map(|it| {
            let text = |amount: i64| funds::amount_text(style, amount, it.decimals);
            (text(it.revised), text(it.executed), it.unit)
        }),
        rate: funds
            .as_ref()
            .filter(|it| is_evaluation && it.has(FundsColumn::Rate))
            .map(|it| (funds::rate_text(style, it.rate), it.rate)),
        may_miss: is_evaluation && has_reasons,
        has_adjusted: layout.has(layout::Column::Adjusted),
        misses: *pick(rng, &[4, 8, 8, 15, 1_000]),
    };
    let drawn = indicators::draw(rng, style, layout, funds.as_ref(), &around, most_rows);
    let office = |rng: &mut Rng, city: &str| format!("{city}{}", word(rng, &phrases.offices));
    let city = pick(rng, &phrases.cities);
    let mut department = office(rng, city);
    let unit = if rng.percent(40) { department.clone() } else { format!("{city}{}", word(rng, &phrases.units)) };
    let mut project = pick(rng, &phrases.projects).clone();
    if rng.percent(30) {
        project = format!("{}{project}", word(rng, &phrases.places));
    }
    if rng.percent(20) && !layout.no_title {
        project = format!("{year}年{project}");
    }
    if rng.percent(6) {
        project.push_str(word(rng, &phrases.suffixes));
    }
    if layout.code {
        project = format!("51000021R{}-{project}", between(rng, 1_000_000_000, 9_999_999_999));
        department = format!("{}-{department}", between(rng, 100, 399));
    } else if rng.percent(5) {
        department = format!("[{}]{department}", between(rng, 100, 199));
    }
    let titles = if layout.titles.is_empty() { &phrases.titles } else { &layout.titles };
    let grade = if style.grade_printed && is_evaluation { "优".to_owned() } else { String::new() };
    let mut sheet = Sheet {
        layout,
        style: style.clone(),
        title: pick(rng, titles).clone(),
        year,
        project,
        department,
        unit,
        funds,
        prints_goal: layout.goals.is_empty() || rng.percent(50),
        expected: String::new(),
        achieved: String::new(),
        goals: drawn.goals,
        groups: drawn.groups,
        entries: drawn.entries,
        total_weight: String::new(),
        total_score: String::new(),
        grade,
        quoted_score: String::new(),
        boxed: String::new(),
    };
    prose::draw(rng, &mut sheet);
    sheet.settle();
    debug_assert!(sheet.sums().0 == 100 * ONE, "the points of {} add up to 100", layout.name);
    sheet
}
