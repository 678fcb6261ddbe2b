//! X04: one thing with two numbers.

use std::rc::Rc;

use gouji_model::{FormKind, IndicatorField, Level, Pointer};
use gouji_quantity::{Approximation, Quantity, Value};

use crate::balance::Spread;
use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::prose::{Passage, Prose};
use crate::words::WordSet;
use crate::{Meta, names};

check! {
    /// What is planned of one thing is one number, wherever the form says it; so is what was reached.
    ///
    /// ```form
    /// 目标: 数量: 应用软件4套、评估1次; 1. 采购应用软件2套、开展评估一次。
    /// 一级指标 | 二级指标 | 三级指标                | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 二、乡村干部、致富带头人培训5期 | 3期4班 | 1 | 10 | 10
    /// 产出指标 | 成本指标 | 二、乡村干部、致富带头人培训7期 | 63万元 | 1 | 10 | 10
    /// fires /goal/expected suspicion medium
    /// fires /indicators/0/name,/indicators/1/name suspicion medium
    /// ----
    /// 目标: 制作长篇专题片《守望》5集150万，巡回展示片40万，保证75条灌区支渠通水。
    /// 一级指标 | 二级指标 | 三级指标               | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 统计灌区支渠线路       | 76条       | 76条       | 10   | 10
    /// 产出指标 | 成本指标 | 制作长篇专题片《守望》 | 200万元    | 200万元    | 10   | 10
    /// 产出指标 | 成本指标 | 制作巡回展示片         | 40万元     | 40万元     | 10   | 10
    /// fires /goal/expected,/indicators/0/target suspicion medium
    /// fires /goal/expected,/indicators/1/target suspicion high
    /// ----
    /// 一级指标 | 二级指标 | 三级指标                                   | 年度指标值                   | 分值 | 得分
    /// 产出指标 | 数量指标 | 云湖粮站仓储维护                           | 长期供应目录中的5项物资      | 2    | 2
    /// 产出指标 | 时效指标 | 长期供应协议约定的4项物资，维护云湖粮站仓储 | 11月前 | 2    | 2
    /// fires /indicators/0/target,/indicators/1/name suspicion medium
    /// ```
    /// Two words for two, what was planned against what was reached, prices, sums, parts and lists of like things are fine:
    /// ```form
    /// 目标: 制作巡回展示片两部40万元，其中甲片20万元；甲县: 建设乡村道路5公里；乙县: 建设乡村道路3公里，每期培训干部30人。
    /// 完成: 制作巡回展示片1部。
    /// 一级指标 | 二级指标 | 三级指标         | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 制作巡回展示片   | 2部        | 1部        | 10   | 5
    /// 产出指标 | 数量指标 | 建设乡村道路     | 8公里      | 8公里      | 10   | 5
    /// 产出指标 | 数量指标 | 每期培训干部     | 60人       | 60人       | 10   | 5
    /// 产出指标 | 成本指标 | 制作巡回展示片   | 20万元/部  | 20万元/部  | 10   | 5
    /// quiet
    /// ```
    X04 = Meta {
        code: "X04",
        name: "two-numbers",
        name_zh: "同一事项两个数",
        class: "S1/S2",
        severity: Level::Medium,
        summary_zh: "同一事项在表中写有两个不同的数",
        summary_en: "one thing is given two numbers in one form",
        definition_zh: "目标文字、名称、指标值（同为计划）或完成情况、实际值（同为完成）中，紧邻的名词相同、单位相同的两个数应一致；单价、每…、合计、部分、期间不计。名词相同：数字前的短语相同，\
                        或数字旁的文字与某行名称有4字以上相同且别无更近的行，或都是定指（…的N项、上述N项）且在不同类别、另有5字以上相同的两行。",
        definition_en: "Two numbers of one unit beside the same words agree, if both are planned (goal, names, targets) or both reached (completion, \
                        actuals); prices, numbers for each of something, sums, parts and dates apart. The same words: the same phrase before the \
                        number; or a run of four characters or more that the words beside it share with the name of one row and of no nearer \
                        one; or two definite numbers (…的N项, 上述N项) with the same words before and behind, in rows of \
                        different classes that share another run.",
        tolerance: "intervals of both numbers",
        authority: "rule book X04",
        applies_when: "two numbers of one unit beside the same words",
        ..BLANK
    }, run
}

/// Shorter runs are no noun of its own. Characters; rule book X04.
const RUN: usize = 4;

/// Words that make a number one of a part of the year or of the work: it is not the whole's.
static PARTS: WordSet =
    WordSet::new(&["上半年", "下半年", "季度", "月", "第一", "第二", "首批", "一期", "二期", "一批", "二批", "累计"]);

/// How far from its number a noun may stand. Characters; rule book X04.
const REACH: usize = 12;

/// A run of so many characters names a thing beyond doubt. Characters.
const LONG_RUN: usize = 6;

/// A number in words.
struct Mention {
    at: Pointer,
    row: Option<usize>,
    quantity: Quantity,
    /// The words before it, back to a comma or the number before.
    phrase: String,
    /// Up to [`REACH`] characters before it.
    before: String,
    /// Up to [`REACH`] characters behind it, to the end of its clause.
    after: String,
    /// Which sentence of the text it stands in.
    sentence: usize,
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let before = outcomes.total();
    look(facts, outcomes, Pointer::GoalExpected, &[IndicatorField::Name, IndicatorField::Target]);
    if facts.form.kind == FormKind::SelfEvaluation && !is_goal_repeated(facts) {
        let actuals: &[IndicatorField] = if facts.actuals_are_points() { &[] } else { &[IndicatorField::Actual] };
        look(facts, outcomes, Pointer::GoalAchieved, actuals);
    }
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// What was reached is what was planned, word for word: it says nothing more.
fn is_goal_repeated(facts: &Facts<'_>) -> bool {
    let goal = &facts.form.goal;
    goal.achieved.is_some() && goal.achieved.as_ref().map(|it| &it.text) == goal.expected.as_ref().map(|it| &it.text)
}

fn look(facts: &Facts<'_>, outcomes: &mut Outcomes, goal: Pointer, fields: &[IndicatorField]) {
    let mut mentions = Vec::new();
    let funds = crate::money::all_amounts(facts);
    let nothing = Rc::default();
    if let Some(passage) = facts.passage(goal) {
        collect(&passage, &passage.quantities, goal, funds, &mut mentions);
    }
    for (row_idx, row) in facts.counted_rows() {
        if row.is_idle {
            continue;
        }
        for field in fields {
            collect_cell(facts, row_idx, *field, &nothing, funds, &mut mentions);
        }
    }
    let n_before = outcomes.raised.len();
    let mut pairs: Vec<(Pointer, Pointer)> = Vec::new();
    let phrases = same_phrases(&mentions);
    let rows = against_rows(facts, &mentions);
    let frames = same_frames(facts, &mentions);
    for (left, right, run) in phrases.into_iter().chain(rows).chain(frames) {
        let pair = if left.at <= right.at { (left.at, right.at) } else { (right.at, left.at) };
        if !pairs.contains(&pair) {
            pairs.push(pair);
            outcomes.raise(raised(facts, left, right, &run));
        }
    }
    if outcomes.raised.len() == n_before && 1 < mentions.len() {
        outcomes.within_rounding();
    }
}

fn raised(facts: &Facts<'_>, left: &Mention, right: &Mention, run: &str) -> Raised {
    let printed = |it: &Mention| {
        let text = facts.form.cell(it.at).map_or("", |cell| cell.text.as_str());
        it.quantity.span.of(text).to_owned()
    };
    // Within one text two items may be of two things; so may two rows.
    let is_sure = left.row.is_some() != right.row.is_some() && LONG_RUN <= run.chars().count();
    let (first, second) = (printed(left), printed(right));
    let mut at = vec![left.at];
    if right.at != left.at {
        at.push(right.at);
    }
    Raised::new(&X04::META, if is_sure { Grade::S1 } else { Grade::S2 })
        .at(at)
        .stated(first.clone())
        .recomputed(second.clone())
        .message(
            format!("“{run}”一处为 {first}，另一处为 {second}"),
            format!("{run:?} is {first} in one place and {second} in another"),
        )
}

/// The numbers of a cell of a row. Targets and actuals were read before; most names hold no number at all.
fn collect_cell(
    facts: &Facts<'_>,
    row_idx: usize,
    field: IndicatorField,
    nothing: &Rc<Prose>,
    funds: &[(Pointer, Spread)],
    found: &mut Vec<Mention>,
) {
    let Some(cell) = facts.form.indicators.get(row_idx).and_then(|it| it.field(field)) else { return };
    let at = Pointer::Indicator(row_idx, field);
    let text = cell.text.as_str();
    let value = match field {
        IndicatorField::Name => {
            let is_digit = |it: char| {
                it.is_ascii_digit()
                    || ('０'..='９').contains(&it)
                    || matches!(it, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两' | '半')
            };
            if let Some(passage) = text.contains(is_digit).then(|| facts.passage(at)).flatten() {
                collect(&passage, &passage.quantities, at, funds, found);
            }
            return;
        }
        IndicatorField::Actual => facts.values(row_idx).map(|it| &it.actual),
        // An adjusted target is another number of the same thing by right.
        _ => facts.values(row_idx).filter(|it| it.target_field == IndicatorField::Target).map(|it| &it.target),
    };
    if let Some(quantities) = value.map(Value::quantities).filter(|it| !it.is_empty()) {
        collect(&Passage { text, prose: Rc::clone(nothing) }, quantities, at, funds, found);
    }
}

/// The numbers of a cell that can be compared; `quantities` are those of the text.
fn collect(
    passage: &Passage<'_>,
    quantities: &[Quantity],
    at: Pointer,
    funds: &[(Pointer, Spread)],
    found: &mut Vec<Mention>,
) {
    let row = match at {
        Pointer::Indicator(row_idx, _) => Some(row_idx),
        _ => None,
    };
    for quantity in quantities {
        let is_plain = quantity.unit.is_some_and(|it| !it.is_rate()) || is_bare_money(quantity);
        let is_exact = quantity.approximation != Some(Approximation::About) && !quantity.is_range();
        if !is_plain
            || !is_exact
            || quantity.is_aside
            || quantity.is_percent()
            || passage.total_word(quantity).is_some()
        {
            continue;
        }
        let (start, end) = (quantity.span.start, quantity.span.end);
        let tail = passage.tail(start, REACH);
        let is_each =
            tail.chars().rev().take(EACH).any(|it| it == '每') || passage.after(end).starts_with(['/', '*', '×']);
        let is_factor = tail.ends_with(['*', '×', '/', '第']);
        if is_each || is_factor {
            continue;
        }
        let head = passage.before(start);
        let sentence_start = passage.sentence_start(start);
        let sentence = head.get(sentence_start..).unwrap_or_default();
        let head_of_clause = head_of_clause(head);
        let is_part = PARTS.is_in(head_of_clause) || sentence.contains("其中");
        let is_total = head_of_clause.contains(['共', '总']) || is_of_funds(funds, quantity);
        if is_part || is_total {
            continue;
        }
        let clause = head.rfind(|it: char| {
            matches!(it, '，' | ',' | '、' | '；' | ';' | '。' | '\n' | '（' | '(') || it.is_ascii_digit()
        });
        let clause = clause.map_or(head, |it| head.get(it..).unwrap_or_default());
        let is_of_phrase =
            |it: &char| it.is_alphanumeric() && !it.is_ascii_digit() || matches!(*it, '：' | ':' | '《' | '》');
        let mut phrase = String::with_capacity(clause.len());
        phrase.extend(clause.chars().filter(is_of_phrase));
        phrase.drain(..phrase.len() - without_label(&phrase).len());
        let behind = passage.after(end);
        let behind = behind.split(['，', ',', '；', ';', '。', '\n', '、']).next().unwrap_or_default();
        found.push(Mention {
            at,
            row,
            quantity: *quantity,
            phrase,
            before: crate::words::squeezed(tail),
            after: behind.chars().filter(|it| !it.is_whitespace()).take(REACH).collect(),
            sentence: sentence_start,
        });
    }
}

/// The words of the clause that a text ends in.
fn head_of_clause(head: &str) -> &str {
    let start = head.rfind(['，', ',', '、', '；', ';', '。', '\n']);
    start.and_then(|it| head.get(it..)).unwrap_or(head)
}

/// The money of the whole project is not that of one of its things.
fn is_of_funds(funds: &[(Pointer, Spread)], quantity: &Quantity) -> bool {
    let Some(value) = quantity.value().filter(|_| quantity.is_amount() || is_bare_money(quantity)) else {
        return false;
    };
    funds.iter().any(|(_, it)| it.loose.contains(value))
}

/// 每 stands so near before the words of a number that it is for each of something. Characters.
const EACH: usize = 8;

/// 150万 is money where nothing that it counts is named.
fn is_bare_money(quantity: &Quantity) -> bool {
    quantity.unit.is_none() && quantity.number.power() == 4
}

/// 数量指标: is the heading of a list, not a part of the phrase; 甲县: tells of which thing the number is.
fn without_label(phrase: &str) -> &str {
    match phrase.rsplit_once([':', '：']) {
        Some((label, rest))
            if label.contains("指标")
                || label.contains("目标")
                || ["数量", "成本", "质量", "时效"].contains(&label) =>
        {
            rest
        }
        _ => phrase.trim_start_matches(['：', ':']),
    }
}

/// Both count the same measure, and cannot be the same number.
fn is_apart(left: &Mention, right: &Mention) -> bool {
    is_of_one_unit(&left.quantity, &right.quantity)
        && left.quantity.interval().zip(right.quantity.interval()).is_some_and(|(left, right)| !left.intersects(&right))
}

fn is_of_one_unit(left: &Quantity, right: &Quantity) -> bool {
    match (left.unit, right.unit) {
        (Some(left), Some(right)) => {
            left.of.is_like(right.of) || left.of.dimension == right.of.dimension && is_money(left.of.dimension)
        }
        (None, Some(unit)) | (Some(unit), None) => is_money(unit.of.dimension),
        (None, None) => true,
    }
}

fn is_money(dimension: gouji_quantity::Dimension) -> bool {
    dimension == gouji_quantity::Dimension::Money
}

type Pair<'m> = (&'m Mention, &'m Mention, String);

/// The same phrase before two numbers, in two cells or two sentences of one text.
fn same_phrases(mentions: &[Mention]) -> Vec<Pair<'_>> {
    let mut found = Vec::new();
    for (idx, left) in mentions.iter().enumerate() {
        if left.phrase.chars().count() < RUN {
            continue;
        }
        let mut apart = mentions.iter().filter(|it| is_same_phrase(&left.phrase, &it.phrase) && is_apart(left, it));
        let Some(right) = apart.next() else { continue };
        // Three numbers of one phrase are a list of like things.
        let is_list = apart.any(|it| is_apart(it, right));
        let is_after = mentions.iter().position(|it| std::ptr::eq(it, right)).is_some_and(|it| idx < it);
        let is_elsewhere = left.at != right.at || left.sentence != right.sentence;
        let is_in_rows = left.row.is_some() == right.row.is_some();
        let is_named_apart = left.row.is_some() && left.at != right.at && left.phrase.chars().count() < LONG_RUN;
        if is_after && !is_list && is_elsewhere && is_in_rows && !is_named_apart {
            found.push((left, right, left.phrase.clone()));
        }
    }
    found
}

/// Equal, or one has a verb before the same noun.
fn is_same_phrase(left: &str, right: &str) -> bool {
    const VERBS: [&str; 34] = [
        "采购", "购置", "购买", "添置", "添购", "配备", "配置", "安装", "更新", "更换", "维修", "检修", "租用", "租赁",
        "聘请", "委托", "完成", "开展", "举办", "组织", "建设", "新建", "改造", "制作", "编印", "印制", "编制", "开发",
        "提供", "计划", "拟", "共", "增加", "发放",
    ];
    // One ends with the other.
    if left.as_bytes().last() != right.as_bytes().last() {
        return false;
    }
    let is_led = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|it| VERBS.contains(&it)) && RUN <= short.chars().count()
    };
    left == right || is_led(left, right) || is_led(right, left)
}

/// A number of the goal against the target of the row that its words name.
fn against_rows<'m>(facts: &Facts<'_>, mentions: &'m [Mention]) -> Vec<Pair<'m>> {
    let is_value =
        |it: &&Mention| matches!(it.at, Pointer::Indicator(_, IndicatorField::Target | IndicatorField::Actual));
    let named = mentions.iter().filter(is_value).filter_map(|it| Some((it, facts.bare_name(it.row?)?)));
    let named: Vec<(&Mention, &str, Signs)> = named.map(|(it, name)| (it, name, Signs::of(name))).collect();
    let mut matched: Vec<Pair<'_>> = Vec::new();
    for mention in mentions.iter().filter(|it| it.row.is_none()) {
        let runs: Vec<(&Mention, &str)> = named
            .iter()
            .filter(|(row, _, signs)| {
                is_of_one_unit(&row.quantity, &mention.quantity)
                    && (signs.may_share(&mention.before) || signs.may_share(&mention.after))
            })
            .map(|(row, name, _)| (*row, beside(mention, name)))
            .filter(|it| RUN <= it.1.chars().count())
            .collect();
        let Some(best) = runs.iter().map(|it| it.1.chars().count()).max() else { continue };
        let mut nearest = runs.iter().filter(|it| it.1.chars().count() == best);
        if let (Some((row, run)), None) = (nearest.next(), nearest.next()) {
            matched.push((mention, row, (*run).to_owned()));
        }
    }
    // What the rows print anywhere is no other number.
    let is_known = |mention: &Mention| {
        let same = |it: &&Mention| is_of_one_unit(&it.quantity, &mention.quantity) && !is_apart(it, mention);
        mentions.iter().filter(|it| it.row.is_some()).any(|it| same(&it))
    };
    // Several numbers for one row are its parts.
    let is_alone = |pair: &&Pair<'_>| {
        let (mention, row, _) = *pair;
        let mut of_row = matched.iter().filter(|it| std::ptr::eq(it.1, *row));
        // The same phrase again is the same number again, another one another part.
        of_row.all(|it| !is_apart(it.0, mention) && (std::ptr::eq(it.0, *mention) || it.0.phrase == mention.phrase))
    };
    // 2,800元 in the row of what costs 3万元 in all is the price of one.
    let is_price = |pair: &Pair<'_>| {
        let (mention, row, _) = pair;
        let is_less = row.quantity.value() < mention.quantity.value();
        is_less && row.quantity.is_amount() && row.row.is_some_and(|it| crate::money::has_count(facts, it))
    };
    matched
        .iter()
        .filter(is_alone)
        .filter(|it| is_apart(it.0, it.1) && !is_known(it.0) && !is_price(it))
        .map(|it| (it.0, it.1, it.2.clone()))
        .collect()
}

/// The characters of a name, as far as a bit for the hash of each tells.
#[derive(Clone, Copy)]
struct Signs(u128);

impl Signs {
    fn of(name: &str) -> Signs {
        Signs(name.chars().fold(0, |acc, it| acc | Signs::bit(it)))
    }

    fn bit(it: char) -> u128 {
        1 << (u32::from(it) & 127)
    }

    /// The text has so many of these characters in a row that it may share a run of [`RUN`] with the name.
    fn may_share(self, text: &str) -> bool {
        let mut n_in_a_row = 0;
        text.chars().any(|it| {
            n_in_a_row = if self.0 & Signs::bit(it) == 0 { 0 } else { n_in_a_row + 1 };
            n_in_a_row == RUN
        })
    }
}

/// The run of a name that stands beside a number: anywhere in the words before it, or right behind it.
fn beside<'n>(mention: &Mention, name: &'n str) -> &'n str {
    let before = names::shared_run(name, &mention.before);
    let behind = names::shared_run(name, &mention.after);
    let behind = if mention.after.starts_with(behind) { behind } else { "" };
    if before.chars().count() < behind.chars().count() { behind } else { before }
}

/// Two references to one set that stands elsewhere, in rows of one task: the same words before and behind the number, in
/// rows that have more in common. A form lists a task once in each class, so that the rows are of different ones.
fn same_frames<'m>(facts: &Facts<'_>, mentions: &'m [Mention]) -> Vec<Pair<'m>> {
    /// The noun behind the unit. Characters.
    const NOUN: usize = 2;
    let class_of = |row_idx: usize| {
        let l2 = facts.form.indicators.get(row_idx).and_then(|it| it.l2.as_ref());
        l2.map(|it| crate::words::squeezed(&it.text))
    };
    let words_of = |row_idx: usize| -> String {
        let row = facts.form.indicators.get(row_idx);
        let cells = row.map(|it| [&it.name, &it.target]);
        cells.into_iter().flatten().flatten().map(|it| crate::words::squeezed(&it.text)).collect::<Vec<_>>().join("\n")
    };
    let mut found: Vec<Pair<'_>> = Vec::new();
    for (idx, left) in mentions.iter().enumerate() {
        let Some(left_row) = left.row.filter(|_| is_definite(left)) else { continue };
        let noun: String = left.after.chars().take(NOUN).collect();
        if noun.chars().count() < NOUN {
            continue;
        }
        for right in mentions.iter().skip(idx + 1) {
            let Some(right_row) = right.row.filter(|it| *it != left_row) else { continue };
            let is_other_class = class_of(left_row) != class_of(right_row);
            if !is_other_class || !is_definite(right) || !right.after.starts_with(&noun) || !is_apart(left, right) {
                continue;
            }
            let run = names::shared_run(&left.before, &right.before);
            if run.chars().count() < RUN {
                continue;
            }
            let (left_words, right_words) =
                (words_of(left_row).replace(run, "\n"), words_of(right_row).replace(run, "\r"));
            if RUN < names::shared_run(&left_words, &right_words).chars().count() && found.is_empty() {
                found.push((left, right, format!("{run}…{noun}")));
            }
        }
    }
    found
}

/// The words before the number make it that of a known set: behind 的 (方案列明的4项) or a word that points (上述4项) a number
/// tells how many there are, where without them (采购4项) it tells how many are meant.
fn is_definite(mention: &Mention) -> bool {
    const POINTING: [&str; 8] = ["上述", "前述", "下述", "所列", "所附", "该", "这", "此"];
    mention.before.ends_with('的') || POINTING.iter().any(|it| mention.before.ends_with(it)) || mention.phrase == "以上"
}
