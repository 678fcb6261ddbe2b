//! Sums of the table that fail so that lost or repeated rows explain it, and no single wrong figure does.
//!
//! In: how the sums of the points and of the scores came out. Out: findings of those sums lowered, with what explains
//! them. A form whose sums fail one by one has faults. One of which every sum fails, or fails by more than any one figure
//! could do, was not read as it is printed; so was one that lacks points and scores that go together.

use gouji_model::{ColumnsFrom, FundsField, IndicatorField, Pointer};
use gouji_quantity::{Decimal, Number};

use super::{Doubt, lower_where};
use crate::check::Raised;
use crate::facts::{Facts, Figure};
use crate::readings::Runner;
use crate::show;

/// The checks that add up the table.
const SUMS: [&str; 4] = ["W01", "T01", "T02", "W03"];

/// What follows from a sum of the points that is not known.
const OF_POINTS: [&str; 3] = ["W01", "W02", "T05"];

/// What follows from a sum of the scores that is not known.
const OF_SCORES: [&str; 2] = ["T01", "T05"];

/// Points that many schemes give to the funds, whether they print them or not (rule book 1.2).
const FUNDS_POINTS: Decimal = Decimal::TEN;

/// Half of the full marks: so much is missing only if rows are.
const HALF: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// Lowers what the sums accuse where they explain themselves.
pub(super) fn lower(runner: &Runner<'_>, facts: &Facts<'_>, raised: &mut [Raised]) {
    let has = |raised: &[Raised], codes: &[&str]| {
        raised.iter().any(|it| super::is_hard(it) && codes.contains(&it.finding.code))
    };
    if !has(raised, &["W01", "T01", "W02", "T05"]) {
        return;
    }
    let points = Column::of(facts, IndicatorField::Weight);
    let scores = Column::of(facts, IndicatorField::Score);
    if let Some(doubt) = exchanged(facts, &points, &scores) {
        lower_where(raised, &doubt, |it| it.finding.code.starts_with(['S', 'T', 'W']));
    }
    if let Some(doubt) = all_failing(runner, facts, raised) {
        lower_where(raised, &doubt, |it| SUMS.contains(&it.finding.code) || matches!(it.finding.code, "W02" | "T05"));
    }
    let missing = missing_rows(facts, &points, &scores).filter(|_| has(raised, &["W01", "T01"]));
    if let Some(doubt) = missing {
        lower_where(raised, &doubt, |it| is_short(it) || it.finding.code == "T05");
    }
    if has(raised, &["W01"])
        && let Some(doubt) = points.beyond_one_cell().or_else(|| score_for_points(facts, &points))
    {
        lower_where(raised, &doubt, |it| OF_POINTS.contains(&it.finding.code));
    }
    // Where the points are all there, the total alone may be wrong.
    if has(raised, &["T01"])
        && !points.comes_to(Decimal::ONE_HUNDRED)
        && let Some(doubt) = scores.beyond_one_cell()
    {
        lower_where(raised, &doubt, |it| OF_SCORES.contains(&it.finding.code));
    }
    if let Some(doubt) = unread_funds(facts, &points, &scores) {
        lower_where(raised, &doubt, |it| matches!(it.finding.code, "W01" | "T01" | "T05"));
    }
}

/// A sum that comes to less than is printed.
fn is_short(raised: &Raised) -> bool {
    let figure = |text: &Option<String>| text.as_deref().and_then(gouji_quantity::number).map(Number::value);
    let (stated, recomputed) = (figure(&raised.finding.stated), figure(&raised.finding.recomputed));
    SUMS.contains(&raised.finding.code) && stated.zip(recomputed).is_some_and(|(stated, sum)| sum < stated)
}

/// A column of points, its total and the part of the funds.
struct Column {
    field: IndicatorField,
    sum: Decimal,
    /// The largest figure.
    most: Decimal,
    funds: Option<Decimal>,
    /// What is printed as the total; for points the whole where none is printed.
    total: Option<Decimal>,
}

impl Column {
    fn of(facts: &Facts<'_>, field: IndicatorField) -> Column {
        let is_points = field == IndicatorField::Weight;
        let values =
            facts.counted_rows().filter_map(|(_, row)| if is_points { row.weight } else { row.score }.number());
        let values: Vec<Decimal> = values.map(Number::value).collect();
        let total = if is_points { facts.total_weight } else { facts.total_score };
        let total = total.number().map(Number::value);
        Column {
            field,
            sum: values.iter().fold(Decimal::ZERO, |acc, it| acc.checked_add(*it).unwrap_or(acc)),
            most: values.iter().copied().max().unwrap_or(Decimal::ZERO),
            funds: if is_points { facts.funds_weight() } else { facts.funds_score().map(|it| it.0) }.map(Number::value),
            total: if is_points { total.or(Some(Decimal::ONE_HUNDRED)) } else { total },
        }
    }

    /// The sum is this, with the funds or without.
    fn comes_to(&self, total: Decimal) -> bool {
        self.sum == total || self.funds.is_some_and(|it| self.sum + it == total)
    }

    /// What the total lacks, with the funds or without.
    fn gaps(&self) -> Vec<Decimal> {
        let Some(total) = self.total else { return Vec::new() };
        let alone = total - self.sum;
        std::iter::once(alone).chain(self.funds.map(|it| alone - it)).collect()
    }

    /// The sum is so far above the total that no one figure can be the wrong one, or it is not even half of it.
    fn beyond_one_cell(&self) -> Option<Doubt> {
        let total = self.total?;
        // Another total may be the one wrong figure, unless it is the whole.
        let is_whole = self.total == Some(Decimal::ONE_HUNDRED) || !self.comes_to(Decimal::ONE_HUNDRED);
        let is_above = self.most < self.sum - total && is_whole;
        let is_below = HALF < total - self.sum;
        let (sum, printed) = (show::plain(self.sum), show::plain(total));
        (is_above || is_below).then(|| {
            Doubt::new(
                "the table read with all its rows, each once",
                vec![Pointer::Column(self.field)],
                format!("该栏合计 {sum}，应为 {printed}，非改一格所能相符：有行未读到、重复或合并"),
                format!(
                    "the column comes to {sum} where {printed} is printed, which no single figure explains: rows were lost, repeated or run together"
                ),
            )
        })
    }
}

/// Without its header the columns of points and scores are told by what they hold; the scores come to the whole and the
/// points do not.
fn exchanged(facts: &Facts<'_>, points: &Column, scores: &Column) -> Option<Doubt> {
    let whole = Decimal::ONE_HUNDRED;
    let is_told = facts.form.printed.indicators.from == ColumnsFrom::Header;
    (!is_told && scores.comes_to(whole) && !points.comes_to(whole)).then(|| {
        Doubt::new(
            "the columns of points and scores exchanged",
            vec![Pointer::Column(points.field), Pointer::Column(scores.field)],
            "表头未读到；得分栏合计100而分值栏不然，两栏疑互换",
            "the header was not read; the scores come to 100 and the points do not: the columns may be exchanged",
        )
    })
}

/// Several sums of the table fail and none holds.
fn all_failing(runner: &Runner<'_>, facts: &Facts<'_>, raised: &[Raised]) -> Option<Doubt> {
    let failing: Vec<&str> = SUMS
        .into_iter()
        .filter(|code| raised.iter().any(|it| super::is_hard(it) && it.finding.code == *code))
        .collect();
    if failing.len() < 2 {
        return None;
    }
    let said = runner.run_only(facts, |code| SUMS.contains(&code));
    if 0 < said.exact + said.within_rounding {
        return None;
    }
    let names = failing.join(", ");
    Some(Doubt::new(
        "the table read with its rows and columns in place",
        Vec::new(),
        format!("表中各项合计（{names}）无一相符：行列未能读准的可能大于处处填错"),
        format!("no sum of the table holds ({names}): it is more likely misread than wrong throughout"),
    ))
}

/// Points and scores are missing that go together: rows of the table were not read.
fn missing_rows(facts: &Facts<'_>, points: &Column, scores: &Column) -> Option<Doubt> {
    // Points with the funds and scores without them would go together by chance.
    let pairs: Vec<(Decimal, Decimal)> = points.gaps().into_iter().zip(scores.gaps()).collect();
    // A row that scores less than half is rare, and one that scores next to nothing is no explanation.
    let is_part = |(points, scores): &&(Decimal, Decimal)| *scores <= *points && *points <= *scores + *scores;
    let (lost, lost_scores) = pairs.iter().filter(is_part).filter(|it| Decimal::ZERO < it.1).min()?;
    // The points of a form that holds as it stands are all there.
    if points.gaps().contains(&Decimal::ZERO) || scores.gaps().contains(&Decimal::ZERO) {
        return None;
    }
    let (lost, lost_scores) = (show::plain(*lost), show::plain(*lost_scores));
    let at = Pointer::Indicator(facts.rows.len(), IndicatorField::Name);
    Some(Doubt::new(
        format!("further rows with {lost} points, of which {lost_scores} are scored"),
        vec![at],
        format!("若尚有分值共 {lost}、得分共 {lost_scores} 的行未读到，各项合计均相符"),
        format!("if rows with {lost} points and a score of {lost_scores} were not read, the sums hold"),
    ))
}

/// The total of the points is printed where the total of the scores should stand, and the points come to the whole.
fn score_for_points(facts: &Facts<'_>, points: &Column) -> Option<Doubt> {
    let printed = facts.total_weight.number()?;
    let whole = Decimal::ONE_HUNDRED;
    (points.comes_to(whole) && facts.total_score == Figure::Blank && printed.value() < whole).then(|| {
        let value = show::plain(printed.value());
        Doubt::new(
            show::reading(Pointer::TotalScore, Some(&value)),
            vec![Pointer::TotalWeight],
            format!("{value} 若为总得分，各行分值合计100，相符"),
            format!("if {value} is the total of the scores, the points come to 100 as they should"),
        )
    })
}

/// The points or the score of the funds are not among what was read, and are just what is missing.
fn unread_funds(facts: &Facts<'_>, points: &Column, scores: &Column) -> Option<Doubt> {
    if facts.form.funds.is_empty() && facts.form.points.is_empty() {
        return None;
    }
    let short = |column: &Column| column.total.map(|it| it - column.sum);
    let lacks_points = points.funds.is_none() && short(points) == Some(FUNDS_POINTS);
    let is_full = lacks_points || points.funds.is_some() && points.gaps().contains(&Decimal::ZERO);
    let most = points.funds.unwrap_or(FUNDS_POINTS);
    let lacks_score =
        scores.funds.is_none() && is_full && short(scores).is_some_and(|it| Decimal::ZERO < it && it <= most);
    (lacks_points || lacks_score).then(|| {
        let line_idx = facts.total_line.unwrap_or(0);
        let at = if lacks_points { FundsField::Weight } else { FundsField::Score };
        Doubt::new(
            format!("the points of the funds among the {}", show::plain(Decimal::ONE_HUNDRED)),
            vec![Pointer::Funds(line_idx, at)],
            "资金的分值或得分未读到，所缺之数正合资金应占的分",
            "the points or the score of the funds were not read, and what is missing is just theirs",
        )
    })
}
