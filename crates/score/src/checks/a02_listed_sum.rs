//! A02: a numbered list of amounts against the total that stands before or behind it.

use gouji_model::{Level, Pointer};
use gouji_quantity::{Fraction, Interval, Quantity, Span};

use crate::balance::{Balance, Spread};
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::prose::{List, ListPart, Passage};
use crate::{Meta, show};

check! {
    /// The items of a list add up to the total that the text states.
    ///
    /// ```form
    /// 目标: 保障日常工作,共计:30.5万元。1、会议费8万元。2、差旅费11天*16人*430元/人=7.57万元。3、租车费0.5万元/月*12月=6万元。
    /// fires /goal/expected contradiction
    /// ----
    /// 目标: 合计8万元。1、会议费4万元;2、差旅费6万元
    /// 完成: 合计8万元。1、会议费4万元;2、差旅费6万元
    /// fires /goal/expected,/goal/achieved contradiction
    /// ```
    /// A total that some of the items give may be meant for these alone, and one with a name for another thing:
    /// ```form
    /// 目标: 年初预算共计100.5万元。1、上半年支出40.5万元;2、下半年支出50.5万元
    /// fires /goal/expected suspicion medium
    /// ----
    /// 目标: 合计9.5万元。1、会议费4.5万元;2、差旅费5.0万元;3、租车费2.6万元
    /// fires /goal/expected suspicion medium
    /// ----
    /// 目标: 共计:21.6万元。1、会议费8万元。2、差旅费11天*16人*430元/人=7.57万元。3、租车费0.5万元/月*12月=6万元。
    /// quiet
    /// ----
    /// 目标: 1.总结片1个20万元、汇报片1个20万元,共计:40万元;2.汇编60万元。以上二项共计100万元,10月底前完成。
    /// quiet
    /// ----
    /// 目标: 2.总结片40万元;3.汇编60万元。以上三项共计250万元。
    /// quiet
    /// ----
    /// 目标: 共计30万元,其中:1、会议费4万元;2、差旅费6万元
    /// quiet
    /// ----
    /// 目标: 1、会议费4万元;2、差旅费6万元等共计30万元
    /// quiet
    /// ```
    A02 = Meta {
        code: "A02",
        name: "listed-sum",
        name_zh: "列项合计不符",
        class: "C/S2",
        severity: Level::High,
        summary_zh: "编号列项之和应等于所写的共计",
        summary_en: "the items of a numbered list add up to the stated total",
        definition_zh: "编号连续、每项各印一个金额的列项，其和应等于前面或后面写明的共计、合计、总计。各项中任一部分之和恰为所写数字的只作疑点。编号有缺、带“等”或“其中”的不查。",
        definition_en: "The amounts of a list whose numbers follow one another from 1, one amount an item, add up to the total (共计, 合计, 总计) stated before or behind it. If some of the \
                        items, exactly as printed, give the stated figure, it is a suspicion. Not with a gap in the numbers, 等 or 其中.",
        tolerance: "L of the total against the sum of L of the items",
        authority: "arithmetic",
        applies_when: "a goal text with a total of amounts beside a list",
        ..BLANK
    }, run
}

/// Lists longer than this have so many subsets that one of them fits by chance.
const LONGEST_SEARCHED: usize = 12;

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    for pointer in [Pointer::GoalExpected, Pointer::GoalAchieved] {
        let Some(passage) = facts.passage(pointer) else { continue };
        for total in &passage.quantities {
            if !total.is_amount() {
                continue;
            }
            let Some(word) = passage.total_word(total) else { continue };
            // The words right before a total may be what it adds up, whatever list follows.
            let spoken = words(&passage, total, word);
            match balance(total, &spoken).filter(|it| 2 <= spoken.len() && it.holds()) {
                Some(balance) => outcomes.agrees(balance == Balance::Exact),
                None => match scope(&passage, total, word) {
                    Some(Scope::Parts(parts)) => {
                        let leads =
                            passage.lists.iter().flat_map(|it| &it.items).all(|it| total.span.end <= it.mark_start);
                        let is_doubtful = (leads && !spoken.is_empty()) || !is_bare(&passage, word);
                        compare(&passage, pointer, total, &parts, is_doubtful, outcomes);
                    }
                    Some(Scope::Unclear((zh, en))) => outcomes.not_checkable([pointer], zh, en),
                    None => {}
                },
            }
        }
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// What a total adds up.
enum Scope {
    /// The items of a numbered list.
    Parts(Vec<Quantity>),
    /// A list, but not in full.
    Unclear((&'static str, &'static str)),
}

const GAP: (&str, &str) = ("列项编号不完整", "the numbers of the list have a gap");
const ITEM: (&str, &str) = ("有的列项金额不明确", "the amount of an item is not clear");
const PARTIAL: (&str, &str) = ("合计带“等”或“其中”", "the total says 等 or 其中");

fn scope(passage: &Passage<'_>, total: &Quantity, word: usize) -> Option<Scope> {
    if total.approximation.is_some() || total.is_range() {
        return None;
    }
    let head = passage.before(word).trim_end();
    if let Some(list) = list_before(passage, total) {
        let is_whole = ["以上", "上述"].iter().any(|it| passage.tail(word, 8).contains(it));
        let last = list.items.last()?;
        let own = amounts(passage, Span { start: last.span.start, end: word });
        // The last item may add up its own parts.
        if !is_whole && own.len() != 1 {
            return None;
        }
        if head.ends_with('等') {
            return Some(Scope::Unclear(PARTIAL));
        }
        let end = if is_whole { passage.clause(word).start.max(last.span.start) } else { word };
        return Some(parts(passage, list, end));
    }
    match list_behind(passage, total)? {
        Ok(list) => Some(parts(passage, list, end_of(passage, list))),
        Err(()) => Some(Scope::Unclear(PARTIAL)),
    }
}

/// The total stands for itself or for what is listed: 预算共计 or 支出合计 may be the total of another thing.
fn is_bare(passage: &Passage<'_>, word: usize) -> bool {
    let head = passage.before(word).trim_end();
    let is_punctuated = head
        .chars()
        .next_back()
        .is_none_or(|it| matches!(it, '。' | '.' | '，' | ',' | '；' | ';' | '：' | ':' | '、' | ')' | '）' | '\n'));
    is_punctuated || ["以上", "上述", "各项"].iter().any(|it| passage.tail(word, 8).contains(it))
}

/// The innermost list whose last item a total stands in.
fn list_before<'p>(passage: &'p Passage<'_>, total: &Quantity) -> Option<&'p List> {
    passage.lists.iter().rev().find(|list| {
        list.items.last().is_some_and(|it| it.span.start <= total.span.start && total.span.end <= it.span.end)
    })
}

/// The list that begins right behind a total; an error where the total says that it has other parts, too.
fn list_behind<'p>(passage: &'p Passage<'_>, total: &Quantity) -> Option<Result<&'p List, ()>> {
    /// What may stand between a total and its list.
    const BETWEEN: [&str; 10] = ["包括", "具体", "如下", "分别为", "分别是", "明细", "用于", "主要用于", "内容", "为"];
    let list = passage.lists.iter().find(|it| it.items.first().is_some_and(|it| total.span.end <= it.mark_start))?;
    let between = passage.text.get(total.span.end..list.items.first()?.mark_start)?;
    let is_partial = between.contains("其中");
    let mut rest = between.replace("其中", "");
    for word in BETWEEN {
        rest = rest.replace(word, "");
    }
    let has_amount = |it: &&ListPart| passage.quantities_in(it.span).any(Quantity::is_amount);
    if list.items.iter().filter(has_amount).count() * 2 <= list.items.len() {
        return None;
    }
    let is_direct = rest
        .chars()
        .all(|it| it.is_whitespace() || matches!(it, '。' | '.' | '，' | ',' | '；' | ';' | '：' | ':' | '（' | '('));
    is_direct.then_some(if is_partial { Err(()) } else { Ok(list) })
}

/// The last item of a list ends with the sentence of its first amount.
fn end_of(passage: &Passage<'_>, list: &List) -> usize {
    let Some(last) = list.items.last() else { return 0 };
    let first = amounts(passage, last.span).into_iter().next();
    first.map_or(last.span.end, |it| passage.sentence(it.span.end).end.min(last.span.end))
}

/// One amount for each item.
fn parts(passage: &Passage<'_>, list: &List, end: usize) -> Scope {
    if !list.begins_with_one() {
        return Scope::Unclear(GAP);
    }
    let mut found = Vec::with_capacity(list.items.len());
    for it in &list.items {
        let span = Span { start: it.span.start, end: it.span.end.min(end) };
        match amount_of(passage, span) {
            Some(amount) => found.push(amount),
            None => return Scope::Unclear(ITEM),
        }
    }
    Scope::Parts(found)
}

/// The one amount that an item states: the result of its equation, its own total, or the only one.
fn amount_of(passage: &Passage<'_>, span: Span) -> Option<Quantity> {
    let all = amounts(passage, span);
    let totals: Vec<&Quantity> = all.iter().filter(|it| passage.total_word(it).is_some()).collect();
    let only = match (all.as_slice(), totals.as_slice()) {
        ([only], _) => *only,
        (_, [total]) => **total,
        _ => return None,
    };
    let is_open = passage.after(only.span.end).starts_with('等');
    let is_plain = only.approximation.is_none() && !only.is_range() && only.operator.is_none() && !only.is_aside;
    /// An amount for each of something, or of something else.
    const OTHER: [&str; 7] = ["单价", "每", "标准", "节约", "其中", "人均", "平均"];
    let is_other = OTHER.iter().any(|it| passage.tail(only.number_span.start, 6).contains(it));
    (is_plain && !is_open && !is_other).then_some(only)
}

/// The amounts of a piece of text; of an equation only its last result.
fn amounts(passage: &Passage<'_>, span: Span) -> Vec<Quantity> {
    let inside = |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
    let counts = |it: &&Quantity| {
        let equation = passage.equations.iter().find(|equation| inside(equation.span, it.number_span));
        equation.is_none_or(|equation| equation.steps.last().is_some_and(|step| inside(step.right, it.number_span)))
    };
    passage
        .quantities_in(span)
        .filter(|it| it.is_amount())
        .filter(counts)
        // A sign of equality before the result of an equation is no bound.
        .map(|it| Quantity { operator: it.operator.filter(|it| *it != gouji_quantity::Operator::Equal), ..*it })
        .collect()
}

/// Amounts that stand in the sentence before the total, without numbers.
fn words(passage: &Passage<'_>, total: &Quantity, word: usize) -> Vec<Quantity> {
    let sentence = passage.around_items(word);
    let mut found = amounts(passage, Span { start: sentence, end: word });
    found.retain(|it| it.span.end <= total.span.start);
    found
}

/// How a total stands to its parts.
fn balance(total: &Quantity, parts: &[Quantity]) -> Option<Balance> {
    let spread = |it: &Quantity| {
        let loose = it.loose()?;
        Some(Spread { value: it.value(), loose, tight: loose })
    };
    let parts: Option<Vec<Spread>> = parts.iter().map(spread).collect();
    Some(Balance::of(spread(total)?, Spread::sum(parts?)?))
}

fn compare(
    passage: &Passage<'_>,
    pointer: Pointer,
    total: &Quantity,
    parts: &[Quantity],
    is_doubtful: bool,
    outcomes: &mut Outcomes,
) {
    let values: Option<Vec<Fraction>> = parts.iter().map(Quantity::value).collect();
    let sum = values.as_ref().and_then(|it| it.iter().try_fold(Fraction::ZERO, |acc, it| acc.plus(*it)));
    let (Some(balance), Some(values), Some(sum)) = (balance(total, parts), values, sum) else {
        return outcomes.not_checkable([pointer], "数字过大", "a figure is too large");
    };
    if balance.holds() {
        return outcomes.agrees(balance == Balance::Exact);
    }
    let grade = if is_sum_of_some(total, &values) || is_doubtful { Grade::S2 } else { Grade::C };
    let result = show::in_unit_of(sum, Some(total));
    let terms: Vec<String> = values.iter().map(|it| show::in_unit_of(*it, Some(total))).collect();
    let equation = format!("{} = {result}", terms.join(" + "));
    let stated = Span { start: total.number_span.start, end: total.span.end }.of(passage.text);
    let sum_interval = Interval::sum(parts.iter().filter_map(Quantity::loose));
    outcomes.raise(
        Raised::new(&A02::META, grade)
            .at([pointer])
            .inputs([pointer])
            .stated(stated)
            .recomputed(result.clone())
            .admissible(sum_interval.map_or_else(|| result.clone(), |it| show::admissible_in_unit_of(&it, total)))
            .equation(equation.clone())
            .message(
                format!("合计写作 {stated}，各列项相加 {equation}"),
                format!("the total is stated as {stated}, the items add up to {equation}"),
            )
            .joined(),
    );
}

/// Some of the parts, exactly as printed, give the total, or there are too many to say.
fn is_sum_of_some(total: &Quantity, parts: &[Fraction]) -> bool {
    let Some(wanted) = total.value() else { return true };
    if parts.len() > LONGEST_SEARCHED {
        return true;
    }
    let mut sums = vec![Fraction::ZERO];
    for part in parts {
        for idx in 0..sums.len() {
            match sums.get(idx).and_then(|it| it.plus(*part)) {
                Some(sum) => sums.push(sum),
                None => return true,
            }
        }
    }
    sums.contains(&wanted)
}
