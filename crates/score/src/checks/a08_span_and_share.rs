//! A08: days against a span of dates, and a part against the share that it is said to be.

use gouji_model::{IndicatorField, Level, Pointer};
use gouji_quantity::{Period, Quantity};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::prose::Passage;
use crate::{Meta, money, names, show};

check! {
    /// From the 7th to the 13th are seven days; 60% of 20.9 are 12.54 and not 14.
    ///
    /// ```form
    /// 目标: 项目预算14万元,用来支付研修班食宿费的60%
    /// 完成: 研修班已举办,研修班食宿费20.9万元,项目金额14万元
    /// fires /goal/expected suspicion medium
    /// ----
    /// 完成: 5月7日至13日,培训班在外地举办
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训班天数 | 9天        | 9天        | 5    | 5
    /// fires /indicators/0/actual suspicion medium
    /// ----
    /// 目标: 5月7日至13日,为期10天的培训
    /// fires /goal/expected suspicion medium
    /// ```
    /// ```form
    /// 目标: 项目预算14万元,用来支付研修班食宿费的60%
    /// 完成: 5月7日至13日,为期7天,培训费用23.3万元,项目金额14万元
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 培训班天数 | 7天        | 7天        | 5    | 5
    /// quiet
    /// ```
    A08 = Meta {
        code: "A08",
        name: "span-and-share",
        name_zh: "天数或占比不符",
        class: "S2",
        severity: Level::Low,
        summary_zh: "天数应与起止日期相符，所占比例应与金额相符",
        summary_en: "days agree with the span of dates, a part with its share",
        definition_zh: "写明的天数等于起止日期的天数（含首尾，也可少算一天）；写明“某项的百分之几”的，比例×该项总额应等于其部分的金额。",
        definition_en: "Days stated for a span of dates are its days (both ends counted, or one less); where a text states a percentage of something, that share of its total is the part.",
        tolerance: "days: one less than the span; shares: the interval of share x total against L of the part",
        authority: "arithmetic",
        applies_when: "a span of dates and its days, or a share with its part and its total, in the texts",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for (text, field) in
        [(Pointer::GoalExpected, IndicatorField::Target), (Pointer::GoalAchieved, IndicatorField::Actual)]
    {
        let Some(passage) = facts.passage(text) else { continue };
        days(facts, outcomes, text, &passage, field);
        shares(facts, outcomes, text, &passage);
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// Longer spans are the year of the project and not the days of one event.
const LONGEST_SPAN: i64 = 31;

fn days(facts: &Facts<'_>, outcomes: &mut Outcomes, text: Pointer, passage: &Passage<'_>, field: IndicatorField) {
    let spans = || passage.periods.iter().filter_map(|it| Some((it, it.days()?)));
    let mut events = spans().filter(|it| (2..=LONGEST_SPAN).contains(&it.1));
    let Some((period, n_days)) = events.next() else { return };
    for (period, n_days) in spans() {
        if let Some(stated) = said_behind(passage, period) {
            weigh(outcomes, passage, period, n_days, &stated, (text, text), stated.span.of(passage.text));
        }
    }
    let is_only = events.all(|it| it.1 == n_days);
    if !is_only || (field == IndicatorField::Actual && facts.actuals_are_points()) {
        return;
    }
    let mut rows = facts.counted_rows().filter(|(row_idx, row)| {
        let name = facts.form.indicators.get(*row_idx).and_then(|it| it.name.as_ref());
        !row.is_idle && name.is_some_and(|it| it.text.contains("天数"))
    });
    let (Some((row_idx, _)), None) = (rows.next(), rows.next()) else { return };
    let Some(values) = facts.values(row_idx) else { return };
    let (value, field) =
        if field == IndicatorField::Actual { (&values.actual, field) } else { (&values.target, values.target_field) };
    if let Some(stated) = value.quantity().filter(|it| it.unit.is_some_and(|it| it.of.name == "天" && !it.is_rate())) {
        let at = Pointer::Indicator(row_idx, field);
        let printed = format!("{}天", stated.number);
        weigh(outcomes, passage, period, n_days, stated, (at, text), &printed);
    }
}

/// 5月7日至13日，为期7天: the days that follow the span in so many words.
fn said_behind(passage: &Passage<'_>, period: &Period) -> Option<Quantity> {
    /// Words that lead from a span to its days.
    const WORDS: [&str; 6] = ["为期", "历时", "共计", "共", "时长", "计"];
    /// Farther away another thing is spoken of.
    const REACH: usize = 10;
    let next = passage.quantities.iter().find(|it| period.span.end <= it.span.start)?;
    let between = passage.text.get(period.span.end..next.span.start)?;
    let is_near = between.chars().count() <= REACH && WORDS.iter().any(|it| between.contains(it));
    let is_days = next.unit.is_some_and(|it| it.of.name == "天" && !it.is_rate());
    (is_near && is_days && next.approximation.is_none() && next.operator.is_none()).then_some(*next)
}

fn weigh(
    outcomes: &mut Outcomes,
    passage: &Passage<'_>,
    period: &Period,
    n_days: i64,
    stated: &Quantity,
    (at, text): (Pointer, Pointer),
    printed: &str,
) {
    let says = |days: i64| stated.number.value() == days.into();
    if stated.operator.is_some() || stated.approximation.is_some() || says(n_days) {
        return outcomes.exact();
    }
    // The day of arrival need not count.
    if says(n_days - 1) {
        return outcomes.within_rounding();
    }
    // Several events lie in one span: 3月1日至20日共举办4期,每期5天.
    let sentence = passage.sentence(period.span.start).of(passage.text);
    let is_less = stated.number.value() < n_days.into();
    if is_less && ["期", "每", "批", "轮", "次", "分"].iter().any(|it| sentence.replace("为期", "").contains(it))
    {
        return outcomes.not_checkable([at], "起止日期内可能有多次", "the span may hold several events");
    }
    let span = period.span.of(passage.text);
    outcomes.raise(
        Raised::new(&A08::META, Grade::S2)
            .at([at])
            .inputs([text])
            .stated(printed)
            .recomputed(format!("{n_days}天"))
            .message(
                format!("{span} 为 {n_days} 天，印作 {printed}"),
                format!("{span} are {n_days} days, printed is {printed}"),
            ),
    );
}

fn shares(facts: &Facts<'_>, outcomes: &mut Outcomes, text: Pointer, passage: &Passage<'_>) {
    for share in passage.quantities.iter().filter(|it| it.is_percent() && it.operator.is_none()) {
        let Some(thing) = thing_of(passage, share) else { continue };
        let sentence = passage.sentence(share.number_span.start);
        let mut parts = passage.quantities_in(sentence).filter(|it| it.is_amount() && !it.is_aside);
        let (Some(part), None) = (parts.next(), parts.next()) else { continue };
        let Some((total_at, total)) = total_of(facts, thing, part) else { continue };
        let intervals = || {
            let share = share.loose()?.scaled(gouji_quantity::Fraction::new(1, 100)?)?;
            Some((share.times(&total.loose()?)?, part.loose()?))
        };
        let Some((product, loose)) = intervals() else {
            outcomes.not_checkable([text], "数字过大", "a figure is too large");
            continue;
        };
        if product.intersects(&loose) {
            outcomes.within_rounding();
            continue;
        }
        let exact = || share.value()?.times(total.value()?)?.over(gouji_quantity::Fraction::from(100));
        let result = exact().map_or_else(|| product.to_string(), |it| show::in_unit_of(it, Some(&total)));
        let said = money::spread_of(part).map_or_else(String::new, |it| money::shown(&it));
        let equation = format!("{}% * {} = {result}", share.number, total.number);
        outcomes.raise(
            Raised::new(&A08::META, Grade::S2)
                .at([text])
                .inputs([total_at])
                .stated(said.clone())
                .recomputed(result)
                .equation(equation.clone())
                .message(
                    format!("{thing}的{}%：{equation}，部分金额写作 {said}", share.number),
                    format!("{}% of {thing}: {equation}, the part is stated as {said}", share.number),
                ),
        );
    }
}

/// 支付研修班食宿费的60%: the words that the share is of.
fn thing_of<'t>(passage: &Passage<'t>, share: &Quantity) -> Option<&'t str> {
    /// So many characters before the share name the thing.
    const REACH: usize = 10;
    let clause = passage.clause(share.number_span.start);
    let head = passage.text.get(clause.start..share.number_span.start)?.trim_end().strip_suffix('的')?;
    let from = head.char_indices().rev().nth(REACH - 1).map_or(0, |it| it.0);
    head.get(from..)
}

/// The one amount of the texts, not the part itself, whose words are those of the thing.
fn total_of(facts: &Facts<'_>, thing: &str, part: &Quantity) -> Option<(Pointer, Quantity)> {
    /// A run of so many characters names the thing.
    const SHORTEST: usize = 3;
    /// So many characters before an amount say what it is.
    const REACH: usize = 8;
    let mut found: Option<(Pointer, Quantity)> = None;
    for text in [Pointer::GoalExpected, Pointer::GoalAchieved] {
        let Some(passage) = facts.passage(text) else { continue };
        for it in passage.quantities.iter().filter(|it| it.is_amount() && !it.is_aside && it.value() != part.value()) {
            let clause = passage.clause(it.number_span.start);
            let head = passage.text.get(clause.start..it.number_span.start).unwrap_or_default();
            let from = head.char_indices().rev().nth(REACH - 1).map_or(0, |it| it.0);
            let words = head.get(from..).unwrap_or_default();
            if names::shared_run(words, thing).chars().count() < SHORTEST {
                continue;
            }
            match &found {
                Some((_, other)) if other.value() != it.value() => return None,
                _ => found = Some((text, *it)),
            }
        }
    }
    found
}
