//! X08: the form says that something was not done, and scores it as done.

use gouji_model::{FundsField, IndicatorField, Level, Pointer};
use gouji_quantity::Span;

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::{Facts, Row, says_something};
use crate::words::WordSet;
use crate::{Meta, names, show};

check! {
    /// What was given up or put off to a later year can have neither its target reached nor full points.
    ///
    /// ```form
    /// 年度: 2023
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 产出指标 | 数量指标 | 智控平台 | 1项        | 1项        | 3    | 3    | 根据实际不再开展
    /// 产出指标 | 数量指标 | 档案室   | 1项        | 0项        | 3    | 2    | 受场地限制未能开展
    /// 产出指标 | 数量指标 | 功能升级 | 1项        | 0项        | 5    | 5    | 将于下一年度进行改造
    /// 产出指标 | 成本指标 | 智控平台 | 35万元     | 0元        | 4    | 4    | 根据实际不再开展
    /// fires /indicators/0/reason,/indicators/3/reason suspicion high
    /// fires /indicators/2/reason suspicion high
    /// ----
    /// 年度: 2023
    /// 完成: 采购计划发生调整，设备将于2024年购置。
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 3.5        | 0
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 外设数量 | 1台        | 0台        | 12.5 | 12.5
    /// fires /goal/achieved suspicion high
    /// ```
    /// Money that is paid later, a reason with fewer points, and what was done another way prove nothing:
    /// ```form
    /// 年度: 2023
    /// 完成: 设备已安装，尾款将于2024年支付。
    /// 资金         | 全年预算数 | 全年执行数
    /// 年度资金总额 | 3.5        | 3
    ///
    /// 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    /// 产出指标 | 数量指标 | 外设数量 | 1台        | 1台        | 12.5 | 12.5 | 尾款将于2024年支付
    /// 产出指标 | 数量指标 | 档案室   | 1项        | 0项        | 3    | 2    | 不再购置
    /// quiet
    /// ```
    X08 = Meta {
        code: "X08",
        name: "not-done-yet-scored",
        name_zh: "未实施仍得分",
        class: "S1/S2",
        severity: Level::High,
        summary_zh: "文字说明未实施或推迟到以后年度，而实际值等于指标值或得满分",
        summary_en: "the reason or the completion text says that a thing was not done, yet its row is met or full",
        definition_zh: "偏差原因或完成情况写明不再开展、不再购置、未实施、未能开展、暂未支出或推迟到以后年度的，该行实际值不应等于指标值，也不应得满分。完成情况中的说明须与该行为同一事项，或全年执行数为0。",
        definition_en: "Where the reason or the completion text says that a thing was given up, not done, not paid for at all, or put off to a later \
                        year, its row does not print the target as its actual nor score full. A completion text has to name the row's matter, \
                        unless nothing was spent at all.",
        tolerance: "exact; S2 where the text also says that it was done another way, or speaks of money alone",
        authority: "M2",
        applies_when: "a reason, or a completion text, that says a thing was not done, and a scored row of it",
        ..BLANK
    }, run
}

/// What a text says of a thing that was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotDone {
    /// Given up, not carried out, or put off to a later year.
    Plainly,
    /// Only that no money was spent, or it was done another way.
    Perhaps,
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    if !facts.has_scores() {
        return outcomes.not_applicable();
    }
    let before = outcomes.total();
    let year = facts.form.year.as_ref().and_then(|it| it.text.trim().parse::<u16>().ok());
    let mut told: Vec<usize> = Vec::new();
    // Rows that give the same reason speak of one thing.
    let mut found: Vec<(&str, NotDone, Vec<usize>)> = Vec::new();
    for (row_idx, row) in facts.counted_rows() {
        let reason = facts.form.indicators.get(row_idx).and_then(|it| it.reason.as_ref());
        let Some(reason) = reason.filter(|it| says_something(Some(it)) && !row.is_idle) else { continue };
        let Some(not_done) = not_done(&reason.text, year) else { continue };
        told.push(row_idx);
        match is_scored_as_done(facts, row_idx, row) {
            None => outcomes.not_applicable(),
            Some(false) => outcomes.exact(),
            Some(true) => match found.iter_mut().find(|it| it.0 == reason.text) {
                Some((_, _, rows)) => rows.push(row_idx),
                None => found.push((&reason.text, not_done, vec![row_idx])),
            },
        }
    }
    for (text, not_done, rows) in found {
        let at = rows.iter().map(|it| Pointer::Indicator(*it, IndicatorField::Reason)).collect();
        outcomes.raise(raised(facts, at, text, not_done, &rows));
    }
    in_text(facts, outcomes, year, &told);
    if outcomes.total() == before {
        outcomes.not_applicable();
    }
}

/// The completion text, sentence by sentence; rows whose own reason told it are not told again.
fn in_text(facts: &Facts<'_>, outcomes: &mut Outcomes, year: Option<u16>, told: &[usize]) {
    let Some(text) = facts.form.goal.achieved.as_ref().map(|it| it.text.as_str()) else { return };
    let is_nothing_spent = facts.total_line().is_some_and(|(_, line)| {
        line.executed.is_zero() && line.amount(facts.rate_base()).number().is_some_and(|it| !it.is_zero())
    });
    let mut at = 0;
    for sentence in text.split_inclusive(['。', '；', ';', '\n', '！']) {
        let span = Span { start: at, end: at + sentence.len() };
        at = span.end;
        let Some(not_done) = not_done(sentence, year) else { continue };
        let concerned: Vec<usize> = facts
            .counted_rows()
            .filter(|(row_idx, row)| {
                !told.contains(row_idx)
                    && !row.is_idle
                    && is_output(facts, *row_idx)
                    && (is_nothing_spent || is_named(facts, *row_idx, sentence))
            })
            .map(|it| it.0)
            .collect();
        let judged: Vec<(usize, bool)> = concerned
            .into_iter()
            .filter_map(|row_idx| Some((row_idx, is_scored_as_done(facts, row_idx, facts.rows.get(row_idx)?)?)))
            .collect();
        if judged.is_empty() {
            continue;
        }
        let rows: Vec<usize> = judged.iter().filter(|it| it.1).map(|it| it.0).collect();
        if rows.is_empty() {
            outcomes.exact();
        } else {
            outcomes.raise(raised(facts, vec![Pointer::GoalAchieved], sentence, not_done, &rows));
            // One sentence is enough: the others tell the same.
            return;
        }
    }
}

fn raised(facts: &Facts<'_>, at: Vec<Pointer>, text: &str, not_done: NotDone, rows: &[usize]) -> Raised {
    let grade = if not_done == NotDone::Plainly { Grade::S1 } else { Grade::S2 };
    let fields = [IndicatorField::Target, IndicatorField::Actual, IndicatorField::Weight, IndicatorField::Score];
    let inputs = rows.iter().flat_map(|row| fields.map(|field| Pointer::Indicator(*row, field)));
    let total = at.contains(&Pointer::GoalAchieved).then_some(facts.total_line).flatten();
    let names: Vec<String> = rows.iter().take(3).map(|it| show::row_name(facts.form, *it)).collect();
    let names = names.join("、");
    let row = rows.first().and_then(|it| facts.form.indicators.get(*it));
    let printed = |field| show::printed(row.and_then(|it| it.field(field)));
    let (actual, target) = (printed(IndicatorField::Actual), printed(IndicatorField::Target));
    let (score, weight) = (printed(IndicatorField::Score), printed(IndicatorField::Weight));
    let text = text.trim();
    Raised::new(&X08::META, grade)
        .at(at)
        .inputs(inputs.chain(total.map(|it| Pointer::Funds(it, FundsField::Executed))))
        .stated(text)
        .message(
            format!("文字称未实施（“{}”），而{names}指标值 {target}，实际 {actual}，得分 {score}/{weight}", show::shortened(text)),
            format!(
                "the text says that it was not done ({:?}), yet {names}: target {target}, actual {actual}, {score} of {weight} points",
                show::shortened(text)
            ),
        )
}

/// The row prints its target as its actual, or scores full; `None` where neither can be told.
fn is_scored_as_done(facts: &Facts<'_>, row_idx: usize, row: &Row) -> Option<bool> {
    let (score, weight) = (row.score.number()?, row.weight.number().filter(|it| !it.is_zero())?);
    let is_full = weight.value() <= score.value();
    let is_same =
        facts.values(row_idx).is_some_and(|it| it.is_same && !it.target.is_blank()) && !facts.actuals_are_points();
    Some(is_full || is_same && !score.is_zero())
}

fn is_output(facts: &Facts<'_>, row_idx: usize) -> bool {
    let l1 = facts.form.indicators.get(row_idx).and_then(|it| it.l1.as_ref());
    l1.is_some_and(|it| it.text.contains("产出"))
}

/// The sentence names the row's matter: they share a run of characters.
fn is_named(facts: &Facts<'_>, row_idx: usize, sentence: &str) -> bool {
    /// Shorter runs are the name of the unit or its work. Characters.
    const RUN: usize = 6;
    // The subject may stand before the first comma: the whole sentence is looked at.
    facts.bare_name(row_idx).is_some_and(|name| RUN <= names::shared_run(name, sentence).chars().count())
}

/// Whether the text says that the thing was not done.
fn not_done(text: &str, year: Option<u16>) -> Option<NotDone> {
    /// Given up or not carried out. Each names the act, so that 未发生 or 未出现 of a mishap is not among them.
    static PLAIN: WordSet = WordSet::new(&[
        "不再开展",
        "不再购置",
        "不再实施",
        "不再采购",
        "不再建设",
        "不再执行",
        "不再进行",
        "未实施",
        "未能实施",
        "未开展",
        "未能开展",
        "未启动",
        "未能启动",
        "未购置",
        "未能购置",
        "未采购",
        "未能采购",
        "未建设",
        "未举办",
        "未能举办",
        "取消实施",
        "项目取消",
    ]);
    /// Nothing was paid, which may be all that is behind.
    static UNPAID: WordSet = WordSet::new(&["暂未支出", "尚未支出", "未支出", "暂未使用"]);
    /// It was done all the same, in another way or in part.
    const BUT: [&str; 10] = ["已完成", "改为", "改成", "替代", "线上", "部分", "其余", "已全部", "另行", "调整为"];
    // Most texts hold none of the first characters of these words.
    if !text.contains(['未', '不', '将', '推', '延', '取', '项', '顺', '安', '改', '拟']) {
        return None;
    }
    let text = crate::words::squeezed(text);
    let is_plain = PLAIN.is_in(&text) || is_put_off(&text, year);
    if !is_plain && !UNPAID.is_in(&text) {
        return None;
    }
    let is_doubtful = !is_plain || BUT.iter().any(|word| text.contains(word));
    Some(if is_doubtful { NotDone::Perhaps } else { NotDone::Plainly })
}

/// 将于2024年购置, 推迟至下一年度, 延期到明年: put off to a later year than the form's. Money that is paid later is not.
fn is_put_off(text: &str, year: Option<u16>) -> bool {
    const WORDS: &[&str] = &[
        "将于",
        "将在",
        "推迟到",
        "推迟至",
        "延期到",
        "延期至",
        "延后到",
        "延后至",
        "顺延到",
        "顺延至",
        "安排到",
        "安排在",
        "改在",
        "拟于",
    ];
    static ANY: WordSet = WordSet::new(WORDS);
    const NEXT: [&str; 6] = ["下一年", "下年", "明年", "次年", "来年", "下个年度"];
    const MONEY: [&str; 10] = ["尾款", "余款", "剩余", "质保金", "款项", "支付", "结算", "拨付", "付款", "验收"];
    if !ANY.is_in(text) {
        return false;
    }
    text.split(['，', ',', '。', ';', '；']).any(|clause| {
        WORDS.iter().any(|word| {
            let Some((_, after)) = clause.split_once(word) else { return false };
            let is_later_year = || {
                let named = after.get(..4).and_then(|it| it.parse::<u16>().ok());
                named.zip(year).is_some_and(|(named, year)| year < named && named < year + 10)
            };
            let is_next = NEXT.iter().any(|it| after.starts_with(it)) || is_later_year();
            is_next && !MONEY.iter().any(|it| clause.contains(it))
        })
    })
}
