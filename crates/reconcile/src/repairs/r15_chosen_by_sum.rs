//! R15: between readings of like cost the one stands under which the printed sums hold.

use super::{At, Log, RepairMeta, both};
use crate::rows::Row;
use crate::solve::Solution;
use gouji_model::{Form, IndicatorField};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R15",
    name: "chosen-by-sum",
    name_zh: "按合计选读",
    summary_en: "between readings of like cost the printed sums decide",
    summary_zh: "版面两可之处按表内合计取读法",
    doc: "Where layout alone does not decide, the reading that makes the printed sums hold is taken; the other is kept as an
alternative, and both sums are named. A sum never creates a reading.

```drawn
项目绩效自评表
一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 40 | 3间 | 3间 | 40
 | 时效指标 | 完成时间 | 30 | 6月底前 | 30 |
 | 成本指标 | 修缮费用 | 30 | 5万元 | 28 |
总分 98 |  |  |  |  |  |
=> /indicators/1/score = 30
=> /indicators/2/score = 28
=> R15 /indicators/1/score
```",
};

impl Log {
    /// Reports rows whose reading the printed sums decided.
    pub(crate) fn chosen_by_sum(&mut self, rows: &[Row<'_>], solution: &Solution, form: &Form) {
        if solution.changed.is_empty() {
            return;
        }
        let mut at = Vec::new();
        let mut n_dropped = 0;
        for &idx in &solution.changed {
            let (Some(row), Some(choice)) = (rows.get(idx), solution.choices.get(idx)) else { continue };
            match choice.reading {
                // What layout alone would have read is the first reading.
                Some(_) => at.extend(row.differing(0).into_iter().map(|it| At::Row(idx, it.0))),
                None => n_dropped += 1,
            }
        }
        let total = form.total.score.as_ref().or(form.total.weight.as_ref()).map_or("", |it| it.text.as_str());
        let (before, after) = (solution.before, solution.after);
        let (weights_before, weights) = (decimal(before.0), decimal(after.0));
        let (scores_before, scores) = (decimal(before.1), decimal(after.1));
        let mut what = both(String::new(), String::new());
        if n_dropped > 0 {
            what.zh = format!("{n_dropped} 行重复行不计：计入则分值合计 {weights_before}，不计为 {weights}");
            what.en = format!(
                "repeated rows not counted: {n_dropped}; weights {weights_before} with them, {weights} without"
            );
        }
        if !at.is_empty() {
            let (mark_zh, mark_en) = if n_dropped > 0 { ("；", "; ") } else { ("", "") };
            what.zh += &format!("{mark_zh}版面有两种读法：只看版面得分合计 {scores_before}，所取读法为 {scores}");
            what.en += &format!(
                "{mark_en}layout leaves two readings: scores {scores_before} by layout alone, {scores} as read"
            );
        }
        let evidence = match total {
            "" => both(
                "各组旁印的分值只在此读法下相符",
                "the points printed beside the groups hold under this reading alone",
            ),
            total => both(
                format!("表内合计（总分 {total}）只在此读法下相符"),
                format!("the printed sums (total {total}) hold under this reading alone"),
            ),
        };
        if at.is_empty()
            && let Some(idx) =
                (0..rows.len()).find(|it| solution.choices.get(*it).is_some_and(|it| it.reading.is_some()))
        {
            at.push(At::Row(idx, IndicatorField::Weight));
        }
        self.add("R15", at, what, evidence);
    }
}

/// Millionths as a decimal.
fn decimal(millionths: i64) -> String {
    let (whole, rest) = (millionths / 1_000_000, (millionths % 1_000_000).abs());
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:06}").trim_end_matches('0').to_owned()
}
