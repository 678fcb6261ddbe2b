//! Faults of targets and actuals.

use gouji_model::{IndicatorField, Pointer};

use super::{Claim, Planted, Site};
use crate::draw::figures::{ONE, between, share, trimmed};
use crate::draw::layout::Column;
use crate::draw::sheet::{Better, Entry, Measure, Sheet};
use crate::draw::values::with_figure;

/// Decimals of the rows that repeat the funds' amounts: they are left to the funds.
const OF_FUNDS: usize = 4;

fn is_judged(sheet: &Sheet, entry: &Entry) -> bool {
    let has = [Column::Actual, Column::Score, Column::Weight].iter().all(|it| sheet.layout.has(*it));
    has && sheet.is_evaluation() && entry.is_full() && 2 * ONE <= entry.points
}

fn places(idx: usize) -> Vec<Pointer> {
    [IndicatorField::Score, IndicatorField::Actual].map(|it| Pointer::Indicator(idx, it)).to_vec()
}

/// The number of an entry: target, actual, decimals, unit.
fn number(entry: &Entry, wanted: Better) -> Option<(i64, i64, usize, &str)> {
    match &entry.measure {
        Measure::Number { target, actual, decimals, unit, better, .. }
            if *better == wanted && *decimals != OF_FUNDS =>
        {
            Some((*target, *actual, *decimals, unit))
        }
        _ => None,
    }
}

fn is_count(entry: &Entry) -> bool {
    matches!(entry.measure, Measure::Number { is_count: true, .. })
}

/// The actual is missing in a row that scores.
pub(super) fn lost(site: &mut Site<'_>) -> Option<Planted> {
    let idx =
        site.row(|sheet, it| is_judged(sheet, it) && !matches!(it.measure, Measure::Execution | Measure::Nothing))?;
    site.claim(&[Claim::Row(idx)])?;
    site.sheet.entries.get_mut(idx)?.actual.clear();
    Some(Planted { codes: &["I11", "I10"], at: places(idx), also: &["X02", "X03"] })
}

/// Half of the target was reached, and the row has all its points.
pub(super) fn unmet(site: &mut Site<'_>) -> Option<Planted> {
    let is_wanted = |sheet: &Sheet, it: &Entry| {
        // Without a class and a sign nobody can tell whether more is better.
        let is_told = sheet.layout.has(Column::L2) || !it.operator.is_empty();
        is_judged(sheet, it) && is_told && number(it, Better::More).is_some_and(|it| 4 * ONE <= it.0)
    };
    let idx = site.row(is_wanted)?;
    site.claim(&[Claim::Row(idx), Claim::Prose])?;
    let (target, _, decimals, _) = number(site.sheet.entries.get(idx)?, Better::More)?;
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.actual = with_figure(&entry.actual, share(target, 50, decimals), decimals);
    Some(Planted { codes: &["I01"], at: places(idx), also: &["X04", "A07"] })
}

/// The cost is far above its bound, and the row has all its points.
pub(super) fn exceeded(site: &mut Site<'_>) -> Option<Planted> {
    let is_wanted =
        |sheet: &Sheet, it: &Entry| is_judged(sheet, it) && it.unit != "%" && number(it, Better::Less).is_some();
    let idx = site.row(is_wanted)?;
    site.claim(&[Claim::Row(idx)])?;
    let (target, _, decimals, _) = number(site.sheet.entries.get(idx)?, Better::Less)?;
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.actual = with_figure(&entry.actual, share(target, 170, decimals), decimals);
    Some(Planted { codes: &["I03", "I01"], at: places(idx), also: &["X04", "A05"] })
}

/// The date is after the deadline, and the row has all its points.
pub(super) fn late(site: &mut Site<'_>) -> Option<Planted> {
    let is_wanted = |sheet: &Sheet, it: &Entry| {
        is_judged(sheet, it) && matches!(it.measure, Measure::Date { month, .. } if month < 11)
    };
    let idx = site.row(is_wanted)?;
    site.claim(&[Claim::Row(idx)])?;
    let year = site.sheet.year;
    let entry = site.sheet.entries.get_mut(idx)?;
    let Measure::Date { month, .. } = entry.measure else { return None };
    entry.actual = format!("{year}年{}月{}日", between(site.rng, month + 1, 12), between(site.rng, 1, 28));
    Some(Planted { codes: &["I06"], at: places(idx), also: &["I01", "I05"] })
}

/// Nothing was done, and the row has all its points.
pub(super) fn undone(site: &mut Site<'_>) -> Option<Planted> {
    let idx = site.row(|sheet, it| is_judged(sheet, it) && it.measure == Measure::Words)?;
    site.claim(&[Claim::Row(idx)])?;
    let word = *site.rng.pick(&["未开展", "未完成", "尚未实施"])?;
    site.sheet.entries.get_mut(idx)?.actual = word.to_owned();
    let mut at = places(idx);
    at.push(Pointer::Indicator(idx, IndicatorField::Reason));
    Some(Planted { codes: &["I05", "X08", "I06"], at, also: &["I01", "X08"] })
}

/// Words stand where the target wants a number.
pub(super) fn worded(site: &mut Site<'_>) -> Option<Planted> {
    let idx = site.row(|sheet, it| is_judged(sheet, it) && is_count(it))?;
    site.claim(&[Claim::Row(idx), Claim::Prose])?;
    let word = *site.rng.pick(&["良好", "较好", "符合要求"])?;
    site.sheet.entries.get_mut(idx)?.actual = word.to_owned();
    Some(Planted { codes: &["I10"], at: places(idx), also: &[] })
}

/// The column of the actuals repeats the scores.
pub(super) fn copied(site: &mut Site<'_>) -> Option<Planted> {
    let has = [Column::Actual, Column::Score].iter().all(|it| site.sheet.layout.has(*it));
    let figures = site
        .sheet
        .entries
        .iter()
        .filter(|it| !it.value.is_empty() && it.value != it.score && it.measure != Measure::Nothing);
    if !has || !site.sheet.is_evaluation() || figures.count() < 5 {
        return None;
    }
    let rows: Vec<Claim> = (0..site.sheet.entries.len()).map(Claim::Row).collect();
    site.claim(&rows)?;
    site.claim(&[Claim::Prose])?;
    for entry in &mut site.sheet.entries {
        entry.actual.clone_from(&entry.score);
    }
    let also: &[&str] = &["X02", "X03", "X04", "X09", "I11", "I10", "F04", "S03"];
    Some(Planted { codes: &["D05"], at: vec![Pointer::Column(IndicatorField::Actual)], also })
}

/// Names of rates that cannot exceed 100.
const CAPPED: [&str; 6] = ["满意", "合格率", "覆盖率", "准确率", "及时率", "入学率"];

/// A rate that cannot exceed 100 does.
pub(super) fn above_hundred(site: &mut Site<'_>) -> Option<Planted> {
    let is_wanted = |sheet: &Sheet, it: &Entry| {
        is_judged(sheet, it) && it.unit == "%" && CAPPED.iter().any(|name| it.name.contains(name))
    };
    let idx = site.row(is_wanted)?;
    site.claim(&[Claim::Row(idx)])?;
    let figure = between(site.rng, 108, 178) * ONE;
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.actual = with_figure(&entry.actual, figure, 0);
    Some(Planted { codes: &["I13"], at: places(idx), also: &["I07", "X04"] })
}

/// The actual is of another dimension than the target.
pub(super) fn unit(site: &mut Site<'_>) -> Option<Planted> {
    let is_wanted = |sheet: &Sheet, it: &Entry| {
        let prints_unit = matches!(&it.measure, Measure::Number { unit, .. } if !unit.is_empty());
        let is_thing = ["人", "个", "台", "次", "套", "座", "场", "份", "册"].contains(&it.unit.as_str());
        is_judged(sheet, it) && is_count(it) && prints_unit && is_thing
    };
    let idx = site.row(is_wanted)?;
    site.claim(&[Claim::Row(idx), Claim::Prose])?;
    let other = *site.rng.pick(&["公里", "元", "平方米"])?;
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.actual = entry.actual.replace(entry.unit.as_str(), other);
    Some(Planted { codes: &["I14"], at: places(idx), also: &["I10", "X04"] })
}

/// What is said to be above the target is not the difference.
pub(super) fn difference(site: &mut Site<'_>) -> Option<Planted> {
    let is_wanted = |sheet: &Sheet, it: &Entry| {
        is_judged(sheet, it)
            && is_count(it)
            && it.adjusted.is_empty()
            && number(it, Better::More).is_some_and(|it| 20 * ONE <= it.0)
    };
    let idx = site.row(is_wanted)?;
    site.claim(&[Claim::Row(idx), Claim::Prose])?;
    let entry = site.sheet.entries.get_mut(idx)?;
    let (target, _, _, _) = number(entry, Better::More)?;
    let actual = share(target, 115, 0);
    let stated = actual - target + share(target, 20, 0).max(2 * ONE);
    entry.actual = format!("{}{},超额完成{}{}", trimmed(actual), entry.unit, trimmed(stated), entry.unit);
    let at = vec![Pointer::Indicator(idx, IndicatorField::Actual), Pointer::Indicator(idx, IndicatorField::Score)];
    Some(Planted { codes: &["A03"], at, also: &["A04", "I07", "X04"] })
}

/// The deadline is in the year before the form's.
pub(super) fn year(site: &mut Site<'_>) -> Option<Planted> {
    let year = format!("{}年", site.sheet.year);
    let is_wanted = |sheet: &Sheet, it: &Entry| {
        is_judged(sheet, it) && matches!(it.measure, Measure::Date { .. }) && it.value.starts_with(&year)
    };
    let idx = site.row(is_wanted).filter(|_| !site.sheet.layout.no_title)?;
    site.claim(&[Claim::Row(idx)])?;
    let before = format!("{}年", site.sheet.year - 1);
    let entry = site.sheet.entries.get_mut(idx)?;
    entry.value = entry.value.replace(&year, &before);
    entry.actual.clone_from(&entry.value);
    let at = [IndicatorField::Target, IndicatorField::Actual].map(|it| Pointer::Indicator(idx, it)).to_vec();
    Some(Planted { codes: &["X07"], at, also: &[] })
}

/// Two rows of one class say the same.
pub(super) fn repeated(site: &mut Site<'_>) -> Option<Planted> {
    let entries = &site.sheet.entries;
    let pairs = entries.windows(2).enumerate().filter(|(_, it)| match it {
        [one, two] => (one.group, &one.l2) == (two.group, &two.l2) && one.is_full() && two.is_full() && is_count(one),
        _ => false,
    });
    let pairs: Vec<usize> = pairs.map(|it| it.0).collect();
    let idx = *site.rng.pick(&pairs)?;
    site.claim(&[Claim::Row(idx), Claim::Row(idx + 1), Claim::Prose])?;
    let one = site.sheet.entries.get(idx)?.clone();
    let two = site.sheet.entries.get_mut(idx + 1)?;
    two.name = one.name;
    (two.operator, two.value, two.unit) = (one.operator, one.value, one.unit);
    (two.adjusted, two.actual, two.measure) = (one.adjusted, one.actual, one.measure);
    let at = [idx, idx + 1].map(|it| Pointer::Indicator(it, IndicatorField::Name)).to_vec();
    Some(Planted { codes: &["D06"], at, also: &["X04", "D07"] })
}
