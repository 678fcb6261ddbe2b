//! R16: values that were printed into one cell without a separator are parted.

use super::{At, Log, RepairMeta, beginning, both};
use crate::rows::Row;
use gouji_model::{FundsField, Pointer};

pub(super) const META: RepairMeta = RepairMeta {
    code: "R16",
    name: "values-parted",
    name_zh: "连写数值拆分",
    summary_en: "values run together in one cell are parted, where the row lacks a cell for them",
    summary_zh: "把连写在一格的各列数值拆开（该行缺列时）",
    doc: "A converter that loses the border of two cells prints `1010` for 10 points of 10. Such a cell is cut where the
text itself has a joint (an operator, a percent sign, a unit, a label, the same value twice, what another cell of the row
prints, digits) and only in a row that has no cell for a column that the other rows fill. The characters stay; what else
could be read at like cost, the cell left whole included, is kept as an alternative.

```drawn
项目绩效自评表
项目资金(万元) |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | 年度资金总额 | 20181090.00%9 |  |  |  |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 40 | 40
 |  | 添置书架 | ≥1010组 | 1010组 | 30 | 30
 |  | 购置图书 | 500册500册 |  | 2018 |
 | 质量指标 | 验收合格率≥95% |  | 97% | 10 | 10
总分 |  |  |  |  | 100 | 98
=> /funds/0/revised = 20
=> /funds/0/rate = 90.00%
=> /indicators/1/actual = 1010组
=> /indicators/2/target = 500册
=> /indicators/2/actual = 500册
=> /indicators/2/weight = 20
=> /indicators/2/score = 18
=> /indicators/3/name = 验收合格率
=> /indicators/3/target = ≥95%
=> R16 /funds/0/score
=> R16 /indicators/2/score
=> R16 /indicators/3/target
```",
};

impl Log {
    /// Reports the cells that the chosen reading of a row cuts.
    pub(super) fn cut(&mut self, idx: usize, row: &Row<'_>) {
        let parts = row.readings.get(row.chosen).map_or(&[][..], |it| it.parts.as_slice());
        for (piece, token) in row.tokens.iter().enumerate() {
            let of_cell = row.placed(row.chosen).zip(parts).filter(|it| it.1.piece == piece);
            let at: Vec<At> =
                of_cell.filter_map(|((_, fate), _)| Some(At::Row(idx, row.column_of(fate)?.field()?))).collect();
            if at.len() > 1 {
                self.values_parted(at, &token.text);
            }
        }
    }

    /// Reports a cell of the funds block that was cut.
    pub(crate) fn funds_parted(&mut self, line_idx: usize, fields: &[FundsField], text: &str) {
        let at = fields.iter().map(|it| At::Leaf(Pointer::Funds(line_idx, *it))).collect();
        self.values_parted(at, text);
    }

    /// Reports the cell of a total that was cut.
    pub(crate) fn total_parted(&mut self, text: &str) {
        self.values_parted(vec![At::Leaf(Pointer::TotalWeight), At::Leaf(Pointer::TotalScore)], text);
    }

    fn values_parted(&mut self, at: Vec<At>, text: &str) {
        let (n_parts, text) = (at.len(), beginning(text));
        let what = both(
            format!("“{text}”一格拆为 {n_parts} 个值"),
            format!("a cell holds several values: {text}, parted into {n_parts}"),
        );
        let evidence =
            both("该行缺相应的列，文字本身有分界", "the row lacks a cell for a column, and the text has a joint");
        self.add("R16", at, what, evidence);
    }
}
