//! D06: one indicator twice in a form.

use gouji_model::{Cell, IndicatorField, Level, Pointer};

use crate::check::{BLANK, Grade, Outcomes, Raised, check};
use crate::facts::Facts;
use crate::{Meta, show};

check! {
    /// One thing counted twice earns its points twice.
    ///
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 分值 | 得分
    /// 产出指标 | 成本指标 | 网络安全费 | 20万元     | 5    | 5
    /// 产出指标 | 成本指标 | 专线费     | 7万元      | 5    | 5
    /// 产出指标 | 成本指标 | 网络安全费 | 20万元     | 5    | 5
    /// fires /indicators/0/name,/indicators/2/name suspicion medium
    /// ```
    /// Another class, another target or another number in the list make it another indicator:
    /// ```form
    /// 一级指标 | 二级指标 | 三级指标       | 年度指标值 | 分值 | 得分
    /// 产出指标 | 数量指标 | 网络安全费     | 20万元     | 5    | 5
    /// 产出指标 | 成本指标 | 网络安全费     | 20万元     | 5    | 5
    /// 产出指标 | 成本指标 | 网络安全费     | 22万元     | 5    | 5
    /// 满意度指标 | 满意度 | 2.使用者满意度 | ≥95%       | 5    | 5
    /// 满意度指标 | 满意度 | 3.使用者满意度 | ≥95%       | 5    | 5
    /// 效益指标 | 经济效益 | 0              | 0          | 0    | 0
    /// 效益指标 | 经济效益 | 0              | 0          | 0    | 0
    /// quiet
    /// ```
    D06 = Meta {
        code: "D06",
        name: "repeated-indicator",
        name_zh: "指标重复",
        class: "S2",
        severity: Level::Medium,
        summary_zh: "同一表中有两行相同的指标",
        summary_en: "two rows of one form with the same class, name and target",
        definition_zh: "同一表内两行的二级指标、名称（含序号）和指标值都相同；不适用的行除外。",
        definition_en: "Two rows of one form have the same level-2 label, name (its number in the list included) and target; rows that do not apply \
                        excepted.",
        tolerance: "exact, white space and width of characters apart",
        authority: "M2",
        applies_when: "two rows with a name",
        ..BLANK
    }, run
}

fn run(facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let named: Vec<(usize, [&Cell; 2], Option<&Cell>)> = facts
        .counted_rows()
        .filter(|(_, row)| !row.is_idle)
        .filter_map(|(row_idx, _)| {
            let row = facts.form.indicators.get(row_idx)?;
            Some((row_idx, [row.name.as_ref()?, row.l2.as_ref()?], row.target.as_ref()))
        })
        .collect();
    if named.len() < 2 {
        return outcomes.not_applicable();
    }
    let mut taken = vec![false; named.len()];
    let mut has_repeat = false;
    for (idx, first) in named.iter().enumerate() {
        if taken.get(idx).copied().unwrap_or(true) {
            continue;
        }
        let mut rows = vec![first.0];
        for (other_idx, other) in named.iter().enumerate().skip(idx + 1) {
            if is_same(first.1[0], other.1[0]) && is_same(first.1[1], other.1[1]) && is_same_target(first.2, other.2) {
                rows.push(other.0);
                if let Some(it) = taken.get_mut(other_idx) {
                    *it = true;
                }
            }
        }
        if rows.len() < 2 {
            continue;
        }
        has_repeat = true;
        let name = show::row_name(facts.form, first.0);
        let numbers = rows.iter().map(|it| (it + 1).to_string()).collect::<Vec<_>>().join("、");
        outcomes.raise(
            Raised::new(&D06::META, Grade::S2)
                .at(rows.iter().map(|it| Pointer::Indicator(*it, IndicatorField::Name)))
                .stated(show::printed(Some(first.1[0])))
                .message(
                    format!("第 {numbers} 行指标相同：{name}，指标值 {}", show::printed(first.2)),
                    format!("rows {numbers} are the same indicator: {name}, target {}", show::printed(first.2)),
                ),
        );
    }
    if !has_repeat {
        outcomes.exact();
    }
}

fn is_same(left: &Cell, right: &Cell) -> bool {
    left.text == right.text || crate::words::is_same(&left.text, &right.text)
}

fn is_same_target(left: Option<&Cell>, right: Option<&Cell>) -> bool {
    match (left, right) {
        (None, None) => true,
        (Some(left), Some(right)) => is_same(left, right),
        _ => false,
    }
}
