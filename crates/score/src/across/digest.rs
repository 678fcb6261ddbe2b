//! What is kept of a document for findings over documents: a digest a form.
//!
//! In: the facts of a form. Out: who it is about, the cells that another printing may hold otherwise, and hashes of what
//! may have been copied: its long names, its completion text, its telling figures.

use gouji_model::{Cell, Form, FormKind, FundsField, IndicatorField};
use gouji_quantity::{Kind, Number, read_value};
use sha2::{Digest as _, Sha256};

use crate::across::cells::{Cells, Packer};
use crate::at_home::{self, Words};
use crate::facts::{Facts, Row, block_power, is_empty};
use crate::words::squeezed;
use crate::{names, twins};

/// Shorter texts are alike by chance. Characters, as in D03.
const SHORTEST_TEXT: usize = 60;

/// Figures with fewer digits are alike by chance: 97% is printed on half of all forms. Digits.
const TELLING_DIGITS: usize = 3;

/// So many digits together are not alike by chance: among the five thousand million pairs of 100,000 forms, one in 200
/// runs would hold such a pair. Digits.
const TELLING_SUM: usize = 12;

/// Longer names are cut: what stands behind tells nothing more. Characters.
const LONGEST_NAME: usize = 60;

/// What a document leaves for findings over documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentDigest {
    /// First half of the SHA-256 of the bytes: the same bytes are one document.
    pub(crate) identity: u128,
    pub(crate) forms: Vec<FormDigest>,
}

/// What a form leaves for findings over documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormDigest {
    pub(crate) ordinal: u32,
    pub(crate) marks: Marks,
    /// Four digits; 0 if none is printed.
    pub(crate) year: u16,
    pub(crate) project: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) page: u32,
    pub(crate) line: u32,
    /// Cells that another printing may hold otherwise; empty if nobody can know the form again.
    pub(crate) cells: Cells,
    pub(crate) names: Vec<LongName>,
    /// Hash of a long completion text.
    pub(crate) text: Option<u64>,
    /// Hash of the telling figures.
    pub(crate) figures: Option<u64>,
}

/// What else is to be known of a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) is_target: bool,
    pub(crate) is_ocr: bool,
    /// The form tells that targets were adjusted.
    pub(crate) is_adjusted: bool,
    /// The completion text is the goal again.
    pub(crate) is_goal: bool,
    /// The completion text holds a figure besides years.
    pub(crate) has_figure: bool,
}

/// A row with a long name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LongName {
    /// Hash of name, class and target.
    pub(crate) key: u64,
    pub(crate) row: u16,
    pub(crate) line: u32,
    /// How many of a hundred pairs of its characters occur elsewhere in the form.
    pub(crate) share: u8,
}

/// Which digests are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) cells: bool,
    pub(crate) names: bool,
    pub(crate) text: bool,
    pub(crate) figures: bool,
}

impl Wanted {
    /// Something is.
    pub(crate) fn is_any(self) -> bool {
        self != Wanted::default()
    }
}

impl DocumentDigest {
    /// A digest without forms.
    pub(crate) fn new(digest: &str) -> DocumentDigest {
        let half = digest.get(..32).and_then(|it| u128::from_str_radix(it, 16).ok());
        // What is no SHA-256 in hex is hashed itself.
        let identity = half.unwrap_or_else(|| u128::from(hash([digest])));
        DocumentDigest { identity, forms: Vec::new() }
    }
}

/// The digest of a form.
pub(crate) fn digest(facts: &Facts<'_>, wanted: Wanted) -> FormDigest {
    let form = facts.form;
    let text = |cell: &Option<Cell>| cell.as_ref().filter(|it| !is_empty(Some(it))).map(|it| cut(squeezed(&it.text)));
    let year = form.year.as_ref().and_then(|it| squeezed(&it.text).parse().ok()).unwrap_or(0);
    let first = [&form.title, &form.year, &form.project].into_iter().flatten().next();
    let first = first.or_else(|| form.indicators.first()?.name.as_ref());
    let place = first.map(|it| (it.place.page.unwrap_or(0), it.place.line.unwrap_or(0)));
    let mut digest = FormDigest {
        ordinal: u32::try_from(form.ordinal).unwrap_or(u32::MAX),
        marks: Marks {
            is_target: form.kind == FormKind::Target,
            is_ocr: facts.is_ocr,
            is_adjusted: twins::tells_of_adjustment(form),
            ..Marks::default()
        },
        year,
        project: project(form, year),
        unit: text(&form.unit),
        department: text(&form.department),
        page: place.map_or(0, |it| it.0),
        line: place.map_or(0, |it| it.1),
        cells: Cells::default(),
        names: Vec::new(),
        text: None,
        figures: None,
    };
    let has_owner = digest.unit.is_some() || digest.department.is_some();
    if wanted.cells && digest.project.is_some() && year != 0 && has_owner {
        digest.cells = cells(facts);
    }
    if wanted.names {
        digest.names = long_names(facts);
    }
    if wanted.text
        && let Some(achieved) = form.goal.achieved.as_ref().and_then(text_key)
    {
        digest.text = Some(achieved.hash);
        digest.marks.has_figure = achieved.has_figure;
        digest.marks.is_goal =
            form.goal.expected.as_ref().and_then(text_key).is_some_and(|it| it.hash == achieved.hash);
    }
    if wanted.figures && facts.is_self_evaluation() && !facts.actuals_are_points() {
        digest.figures = telling_figures(facts);
    }
    digest
}

/// The first 64 bits of the SHA-256 of the parts.
pub(crate) fn hash<'t>(parts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        // It stands in no printed text.
        hasher.update([0x1F]);
    }
    hasher.finalize().iter().take(8).fold(0, |acc, byte| acc << 8 | u64::from(*byte))
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => text.get(..end).unwrap_or(&text).to_owned(),
        None => text,
    }
}

/// The project without the form's own year, which is compared apart: 2022年道路养护 is 道路养护 of 2022.
fn project(form: &Form, year: u16) -> Option<String> {
    let printed = form.project.as_ref().filter(|it| !is_empty(Some(it)))?;
    let mut name = names::bare(&printed.text);
    if year != 0 {
        for dated in [format!("{year}年度"), format!("{year}年"), year.to_string()] {
            if let Some(rest) = name.strip_prefix(&dated).filter(|it| 1 < it.chars().count()) {
                name = rest.to_owned();
                break;
            }
        }
    }
    (!name.is_empty()).then(|| cut(name))
}

/// The cells that another document may print otherwise.
fn cells(facts: &Facts<'_>) -> Cells {
    let form = facts.form;
    let mut packer = Packer::default();
    if let Some((line_idx, line)) = facts.total_line() {
        let power = block_power(form);
        for field in [FundsField::Budget, FundsField::Revised, FundsField::Executed] {
            let amount = line.amount(field).number().and_then(|it| with_unit(it, power));
            let printed = form.funds.get(line_idx).and_then(|it| it.field(field));
            if let Some((amount, printed)) = amount.zip(printed) {
                packer.funds(line_idx, field, printed.place.line, &amount);
            }
        }
    }
    if let Some(score) = &form.total.score {
        packer.total(score.place.line, &score.text);
    }
    let keys: Vec<Option<u64>> = form.indicators.iter().map(row_key).collect();
    for (row_idx, row) in facts.counted_rows() {
        let (Some(indicator), Some(Some(key))) = (form.indicators.get(row_idx), keys.get(row_idx)) else { continue };
        // Two rows of one name cannot be told apart.
        let is_unique = keys.iter().filter(|it| **it == Some(*key)).count() == 1;
        if row.is_idle || !is_unique {
            continue;
        }
        let line = indicator.name.as_ref().and_then(|it| it.place.line);
        packer.row(*key, row_idx, line, row_cells(indicator));
    }
    packer.finish()
}

/// An amount with its unit, so that forms in 元 and in 万元 can be compared.
fn with_unit(amount: Number, block_power: i32) -> Option<String> {
    let unit = match amount.power().checked_add(block_power)? {
        0 => "元",
        3 => "千元",
        4 => "万元",
        6 => "百万元",
        8 => "亿元",
        _ => return None,
    };
    Some(format!("{amount}{unit}"))
}

fn row_key(row: &gouji_model::Indicator) -> Option<u64> {
    let (class, name) = twins::class_and_name(row)?;
    Some(hash([class.as_deref().unwrap_or_default(), &name]))
}

fn row_cells(row: &gouji_model::Indicator) -> impl Iterator<Item = (IndicatorField, &str)> {
    // A target beside an adjusted one is not what the row was judged by.
    let is_adjusted = !is_empty(row.adjusted.as_ref());
    [IndicatorField::Target, IndicatorField::Actual, IndicatorField::Score]
        .into_iter()
        .filter(move |it| *it != IndicatorField::Target || !is_adjusted)
        .filter_map(|it| Some((it, row.field(it)?.text.as_str())))
}

/// The rows with names that speak of one project's work.
fn long_names(facts: &Facts<'_>) -> Vec<LongName> {
    let mut words = None;
    let mut found = Vec::new();
    for (row_idx, row) in facts.counted_rows() {
        if row.is_idle {
            continue;
        }
        let Some(indicator) = facts.form.indicators.get(row_idx) else { continue };
        let Some(printed) = at_home::telling_name(indicator) else { continue };
        let name = names::bare(printed);
        let Some(row) = u16::try_from(row_idx).ok().filter(|_| at_home::SHORTEST <= name.chars().count()) else {
            continue;
        };
        let share = words.get_or_insert_with(|| Words::of(facts.form)).share(&name, row_idx);
        let text = |cell: &Option<Cell>| cell.as_ref().map(|it| squeezed(&it.text)).unwrap_or_default();
        let key = hash([name.as_str(), &text(&indicator.l2), &text(&indicator.target)]);
        let line = indicator.name.as_ref().and_then(|it| it.place.line).unwrap_or(0);
        found.push(LongName { key, row, line, share: u8::try_from(share).unwrap_or(100) });
    }
    found
}

struct TextKey {
    hash: u64,
    has_figure: bool,
}

/// A text by its words and figures, without marks and years: a text of last year with the year put right is last year's.
fn text_key(cell: &Cell) -> Option<TextKey> {
    // Three bytes a character at most of what counts.
    if cell.text.len() < SHORTEST_TEXT {
        return None;
    }
    let folded = squeezed(&cell.text);
    let mut kept = String::with_capacity(folded.len());
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        if let Some(after) = past_year(rest) {
            rest = after;
            continue;
        }
        if first.is_alphanumeric() || first == '.' || first == '%' {
            kept.push(first);
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    if kept.chars().count() < SHORTEST_TEXT {
        return None;
    }
    let has_figure = kept.contains(|it: char| it.is_ascii_digit());
    Some(TextKey { hash: hash([kept.as_str()]), has_figure })
}

/// What follows a year: `2022年`.
fn past_year(text: &str) -> Option<&str> {
    let digits = text.get(..4).filter(|it| it.starts_with("20") && it.bytes().all(|it| it.is_ascii_digit()))?;
    text.get(digits.len()..)?.strip_prefix('年')
}

/// The figures of a form that are nobody's target and no round number: hashed in printed order, if they are enough to
/// tell forms apart.
fn telling_figures(facts: &Facts<'_>) -> Option<u64> {
    let mut figures: Vec<Number> = Vec::new();
    if let Some((_, line)) = facts.total_line() {
        let planned = [line.budget, line.revised].map(|it| it.number().map(Number::value));
        let executed = line.executed.number().filter(|it| !planned.contains(&Some(it.value())));
        figures.extend(executed.and_then(|it| it.shifted(block_power(facts.form))));
    }
    for (row_idx, row) in facts.counted_rows() {
        figures.extend(measured(facts, row_idx, row));
    }
    figures.retain(|it| TELLING_DIGITS <= n_digits(*it));
    let n_all: usize = figures.iter().map(|it| n_digits(*it)).sum();
    if n_all < TELLING_SUM {
        return None;
    }
    let shown: Vec<String> = figures.iter().map(|it| it.value().normalize().to_string()).collect();
    Some(hash(shown.iter().map(String::as_str)))
}

/// The number of an actual that is not its target's.
fn measured(facts: &Facts<'_>, row_idx: usize, row: &Row) -> Option<Number> {
    if row.is_idle {
        return None;
    }
    let indicator = facts.form.indicators.get(row_idx)?;
    let number = |cell: &Option<Cell>| match read_value(&cell.as_ref()?.text).kind {
        Kind::Quantity(it) => Some(it.number),
        _ => None,
    };
    let actual = number(&indicator.actual)?;
    let target = number(&indicator.target).map(Number::value);
    (target != Some(actual.value())).then_some(actual)
}

/// Digits of a number, leading and trailing zeros apart: three of 97.3 and of 1050.
fn n_digits(number: Number) -> usize {
    let digits: String = number.value().to_string().chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}
