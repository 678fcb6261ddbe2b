//! Columns by content: what a column holds, told from its cells where the head does not tell.
//!
//! In: the row lines of a block. Out: a header for a block that lost its own, or roles for the columns whose head is in
//! unknown words. No cell decides alone, the whole column does: points are numbers up to a hundred, no score is above its
//! weight, labels stand left of names, names left of what they aim at.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::align::NEVER;
use crate::draft::{Draft, RowLine};
use crate::fits;
use crate::header::Header;
use crate::lexicon::Column;
use crate::token::{Kind, Origin, Token};

/// Rows below this number tell nothing of a column.
const FEWEST_ROWS: usize = 3;

/// Cost of a cell in a column that no role takes: dearer than any bad fit that is borne.
const STRAY: i32 = 280;

/// The cells of each column, with the rows that they stand in.
type Cells<'l, 'd> = BTreeMap<i32, Vec<(usize, &'l Token<'d>)>>;

fn cells<'l, 'd>(lines: &[&'l RowLine<'d>]) -> Cells<'l, 'd> {
    let mut cells: Cells<'l, 'd> = BTreeMap::new();
    for (idx, line) in lines.iter().enumerate() {
        for token in line.tokens {
            cells.entry(token.col).or_default().push((idx, token));
        }
    }
    cells
}

/// The header under which the columns of the grid, as they stand, fit best: the roles of `order` from left to right,
/// roles without a column and columns without a role allowed. With what it costs.
pub(crate) fn in_order(lines: &[RowLine<'_>], order: &[Column]) -> Option<(i32, Header)> {
    let lines: Vec<&RowLine<'_>> = lines.iter().filter(|it| matches!(it.origin, Origin::Row { .. })).collect();
    if lines.len() < FEWEST_ROWS {
        return None;
    }
    let n_rows = i32::try_from(lines.len()).ok()?;
    let cells: Vec<(i32, Vec<(usize, &Token<'_>)>)> = cells(&lines).into_iter().collect();
    let empty: Vec<i32> = Header::of_layout(order, gouji_model::ColumnsFrom::Content)
        .slots_of(order)
        .iter()
        .map(|it| it * n_rows)
        .collect();
    let n_of = |cells: &[(usize, &Token<'_>)]| i32::try_from(cells.len()).unwrap_or(n_rows);
    // Cheapest ways for the first roles and columns, and how the last of them was gone.
    let width = cells.len() + 1;
    let mut best: Vec<(i32, Step)> = vec![(i32::MAX / 2, Step::Skip); (order.len() + 1) * width];
    let at = |role: usize, col: usize| role * width + col;
    for role in 0..=order.len() {
        for col in 0..width {
            let way = |role: Option<usize>, col: Option<usize>| {
                role.zip(col).and_then(|(role, col)| best.get(at(role, col))).map_or(i32::MAX / 2, |it| it.0)
            };
            let (last_role, last_col) = (role.checked_sub(1), col.checked_sub(1));
            let mut ways = vec![if role + col == 0 { (0, Step::Skip) } else { (i32::MAX / 2, Step::Skip) }];
            if let Some(cost) = last_role.and_then(|it| empty.get(it)) {
                ways.push((way(last_role, Some(col)) + cost, Step::Empty));
            }
            if let Some((_, cells)) = last_col.and_then(|it| cells.get(it)) {
                ways.push((way(Some(role), last_col) + STRAY * n_of(cells), Step::Skip));
                if let (Some(column), Some(empty)) =
                    (last_role.and_then(|it| order.get(it)), last_role.and_then(|it| empty.get(it)))
                {
                    let misfits: i32 = cells.iter().map(|it| fits::misfit(it.1, *column).min(NEVER)).sum();
                    let blank = empty / n_rows * (n_rows - n_of(cells)).max(0);
                    ways.push((way(last_role, last_col) + misfits + blank, Step::Take));
                }
            }
            if let (Some(cheapest), Some(slot)) = (ways.into_iter().min_by_key(|it| it.0), best.get_mut(at(role, col)))
            {
                *slot = cheapest;
            }
        }
    }
    let (mut role, mut col) = (order.len(), cells.len());
    let mut columns = Vec::new();
    while role + col > 0 {
        match best.get(at(role, col)).map(|it| it.1) {
            Some(Step::Take) if role > 0 && col > 0 => {
                (role, col) = (role - 1, col - 1);
                columns.extend(order.get(role).copied().zip(cells.get(col).map(|it| it.0)));
            }
            Some(Step::Empty) if role > 0 => role -= 1,
            _ if col > 0 => col -= 1,
            _ => break,
        }
    }
    let has = |column: Column| columns.iter().any(|it| it.0 == column);
    let cost = best.last().map_or(i32::MAX, |it| it.0);
    (has(Column::Name) && columns.len() > 2).then(|| (cost, Header::of_columns(columns)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The role has no column.
    Empty,
    /// The column has no role.
    Skip,
    /// The role takes the column.
    Take,
}

/// The header with the columns right of the names in whatever order fits their cells best. A usual order has a few cells
/// that do not fit; an unusual one has all that it needs to be believed.
pub(crate) fn in_any_order(lines: &[RowLine<'_>], header: Header) -> Header {
    /// More columns are not tried in every order.
    const MOST_COLUMNS: usize = 7;
    let Some(name) = header.columns.iter().find(|it| it.0 == Column::Name).map(|it| it.1) else { return header };
    let keeps = |it: &(Column, i32)| it.1 <= name || matches!(it.0, Column::Operator | Column::Unit | Column::Block);
    let kept: Vec<(Column, i32)> = header.columns.iter().copied().filter(keeps).collect();
    let lines: Vec<&RowLine<'_>> = lines.iter().filter(|it| matches!(it.origin, Origin::Row { .. })).collect();
    let cells: Vec<(i32, Vec<(usize, &Token<'_>)>)> =
        cells(&lines).into_iter().filter(|it| name < it.0 && !kept.iter().any(|kept| kept.1 == it.0)).collect();
    if cells.is_empty() || MOST_COLUMNS < cells.len() {
        return header;
    }
    let orders = Orders::of(&cells, lines.len());
    let own: Vec<Option<usize>> = ANY_ORDER
        .iter()
        .map(|role| {
            let col = header.columns.iter().find(|it| it.0 == *role)?.1;
            cells.iter().position(|it| it.0 == col)
        })
        .collect();
    let mut best = (orders.cost(&own), own);
    let as_found = best.1.clone();
    orders.search(&mut Vec::new(), 0, &mut best);
    if best.1 == as_found {
        return header;
    }
    let taken = ANY_ORDER.iter().zip(&best.1).filter_map(|(role, at)| Some((*role, cells.get((*at)?)?.0)));
    Header::of_columns(kept.into_iter().chain(taken).collect())
}

/// Roles whose columns stand in any order.
const ANY_ORDER: [Column; 5] = [Column::Target, Column::Actual, Column::Weight, Column::Score, Column::Reason];

/// What it costs that each of some columns holds each of the roles, alone and beside the others.
struct Orders {
    /// By column, then by role: how badly all cells fit.
    fit: Vec<[i32; ANY_ORDER.len()]>,
    /// By column: what leaving it without a role costs.
    stray: Vec<i32>,
    /// By column and column: rows in which the second holds a bound and the first does not; points of the second above
    /// those of the first.
    bound: Vec<Vec<i32>>,
    above: Vec<Vec<i32>>,
    n_rows: i32,
}

impl Orders {
    fn of(cells: &[(i32, Vec<(usize, &Token<'_>)>)], n_rows: usize) -> Orders {
        let n_rows = i32::try_from(n_rows).unwrap_or(i32::MAX / NEVER);
        let count = |n: usize| i32::try_from(n).unwrap_or(n_rows);
        let empty = Header::of_layout(&ANY_ORDER, gouji_model::ColumnsFrom::Content).slots_of(&ANY_ORDER);
        let fit = cells.iter().map(|(_, own)| {
            let mut fit = [0; ANY_ORDER.len()];
            for ((cost, role), empty) in fit.iter_mut().zip(ANY_ORDER).zip(&empty) {
                let misfits: i32 = own.iter().map(|it| fits::misfit(it.1, role).min(NEVER)).sum();
                *cost = misfits + empty * (n_rows - count(own.len())).max(0);
            }
            fit
        });
        let pairs = |holds: &dyn Fn(&Token<'_>, Option<&Token<'_>>) -> bool| -> Vec<Vec<i32>> {
            let rows = |first: &[(usize, &Token<'_>)], second: &[(usize, &Token<'_>)]| {
                let beside = |row: usize| first.iter().find(|it| it.0 == row).map(|it| it.1);
                count(second.iter().filter(|it| holds(it.1, beside(it.0))).count())
            };
            cells.iter().map(|first| cells.iter().map(|second| rows(&first.1, &second.1)).collect()).collect()
        };
        let is_bound = |it: &Token<'_>| it.key.starts_with(['≥', '≤', '<', '>', '=']) && it.key.chars().count() > 1;
        Orders {
            fit: fit.collect(),
            stray: cells.iter().map(|it| STRAY * count(it.1.len())).collect(),
            bound: pairs(&|second, first| is_bound(second) && !first.is_some_and(is_bound)),
            above: pairs(&|second, first| {
                second.number.zip(first.and_then(|it| it.number)).is_some_and(|(second, first)| first < second)
            }),
            n_rows,
        }
    }

    /// What it costs that the roles have these columns.
    fn cost(&self, taken: &[Option<usize>]) -> i32 {
        /// A bound is a target: 2 beside ≥2 was reached.
        const BOUND: i32 = 100;
        /// No score is above its weight.
        const ABOVE: i32 = 400;
        /// Actuals left of their targets, scores left of their weights: once for the whole form.
        const ODD: i32 = 150;
        /// Each row of a form with scores and no weights, or with neither target nor actual.
        const LACKING: i32 = 60;
        let at = |role: usize| taken.get(role).copied().flatten();
        let (target, actual, weight, score) = (at(0), at(1), at(2), at(3));
        let fits = taken.iter().enumerate().filter_map(|(role, col)| self.fit.get((*col)?)?.get(role));
        let strays = self.stray.iter().enumerate().filter(|it| !taken.contains(&Some(it.0))).map(|it| it.1);
        let pair = |table: &Vec<Vec<i32>>, first: Option<usize>, second: Option<usize>| {
            let rows = first.zip(second).and_then(|(first, second)| table.get(first)?.get(second));
            rows.copied().unwrap_or(0)
        };
        let is_odd = |first: Option<usize>, second: Option<usize>| {
            ODD * i32::from(first.zip(second).is_some_and(|(first, second)| second < first))
        };
        let lacks = i32::from(weight.is_some() != score.is_some())
            + i32::from(target.is_none())
            + i32::from(actual.is_none() && score.is_some());
        fits.chain(strays).sum::<i32>()
            + BOUND * pair(&self.bound, target, actual)
            + ABOVE * pair(&self.above, weight, score)
            + is_odd(target, actual)
            + is_odd(weight, score)
            + LACKING * lacks * self.n_rows
    }

    /// Tries every way to give the roles columns of their own; `best` is the cheapest so far.
    fn search(&self, taken: &mut Vec<Option<usize>>, spent: i32, best: &mut (i32, Vec<Option<usize>>)) {
        let role = taken.len();
        if role == ANY_ORDER.len() {
            let cost = self.cost(taken);
            if cost < best.0 {
                *best = (cost, taken.clone());
            }
            return;
        }
        for col in (0..self.fit.len()).map(Some).chain([None]) {
            let own = col.and_then(|it| self.fit.get(it)?.get(role)).copied().unwrap_or(0);
            if best.0 <= spent + own || (col.is_some() && taken.contains(&col)) {
                continue;
            }
            taken.push(col);
            self.search(taken, spent + own, best);
            taken.pop();
        }
    }
}

/// Gives the columns whose head is in unknown words the role that their cells tell; how many.
pub(crate) fn complete(draft: &mut Draft<'_>) -> usize {
    let mut headers: Vec<Rc<Header>> = Vec::new();
    for header in draft.rows.iter().filter_map(|it| it.header.as_ref()) {
        if !headers.iter().any(|it| Rc::ptr_eq(it, header)) {
            headers.push(header.clone());
        }
    }
    let mut n_told = 0;
    for header in headers.iter().filter(|it| it.has_columns && it.has(Column::Other)) {
        let is_own = |it: &Option<Rc<Header>>| it.as_ref().is_some_and(|it| Rc::ptr_eq(it, header));
        let lines: Vec<&RowLine<'_>> =
            draft.rows.iter().filter(|it| is_own(&it.header) && matches!(it.origin, Origin::Row { .. })).collect();
        let mut told = (**header).clone();
        let n_own = tell(&mut told, &lines);
        if n_own == 0 {
            continue;
        }
        n_told += n_own;
        let told = Rc::new(told);
        for line in draft.rows.iter_mut().filter(|it| is_own(&it.header)) {
            line.header = Some(told.clone());
        }
        for line in draft.totals.iter_mut().filter(|it| is_own(&it.header)) {
            line.header = Some(told.clone());
        }
        if is_own(&draft.header) {
            draft.header = Some(told);
        }
    }
    n_told
}

/// Names the columns of a header that its words do not tell, from left to right; how many.
fn tell(header: &mut Header, lines: &[&RowLine<'_>]) -> usize {
    if lines.len() < FEWEST_ROWS {
        return 0;
    }
    let cells = cells(lines);
    let mut n_told = 0;
    // 指标分类 heads the 一级指标 on some forms and the 二级指标 on others.
    let of_l2 = |col: &i32| cells.get(col).is_some_and(|it| may_hold(header, Column::L2, it, &cells) && !is_l1(it));
    if !header.has(Column::L2)
        && let Some(at) = header.columns.iter().position(|it| it.0 == Column::L1 && of_l2(&it.1))
        && let Some(column) = header.columns.get_mut(at)
    {
        column.0 = Column::L2;
        n_told += 1;
    }
    for idx in 0..header.columns.len() {
        let Some((Column::Other, col)) = header.columns.get(idx).copied() else { continue };
        let Some(own) = cells.get(&col).filter(|it| 2 * it.len() >= lines.len() || is_labels(it)) else { continue };
        let role =
            [Column::L1, Column::L2, Column::Name, Column::Target, Column::Actual, Column::Weight, Column::Score]
                .into_iter()
                .find(|it| !header.has(*it) && keeps_order(header, idx, *it) && may_hold(header, *it, own, &cells));
        if let (Some(role), Some(column)) = (role, header.columns.get_mut(idx)) {
            column.0 = role;
            n_told += 1;
        }
    }
    n_told
}

/// Labels are merged over many rows: few cells tell.
fn is_labels(cells: &[(usize, &Token<'_>)]) -> bool {
    cells.iter().filter(|it| it.1.l1().is_some() || it.1.l2().is_some()).count() * 2 > cells.len()
}

/// Whether any of them names a class of 一级指标.
fn is_l1(cells: &[(usize, &Token<'_>)]) -> bool {
    cells.iter().any(|it| it.1.l1().is_some() && it.1.l2().is_none())
}

/// Whether a role may stand at this place of the header: labels, names and all else from left to right, a target left of
/// what was reached.
fn keeps_order(header: &Header, idx: usize, role: Column) -> bool {
    let rank = |it: Column| match it {
        Column::Block => 0,
        Column::L1 => 1,
        Column::L2 => 2,
        Column::Name => 3,
        _ => 4,
    };
    let (before, from) = header.columns.split_at(idx.min(header.columns.len()));
    let known = |it: &&(Column, i32)| it.0 != Column::Other;
    let in_order = before.iter().filter(known).all(|it| rank(it.0) <= rank(role))
        && from.iter().skip(1).filter(known).all(|it| rank(it.0) >= rank(role));
    let named = role <= Column::Name || before.iter().any(|it| it.0 == Column::Name);
    let reached_after = match role {
        Column::Target => !before.iter().any(|it| it.0 == Column::Actual),
        Column::Actual => before.iter().any(|it| it.0 == Column::Target),
        _ => true,
    };
    in_order && named && reached_after
}

/// Whether what stands in a column, taken together, is what a role holds.
fn may_hold(header: &Header, role: Column, own: &[(usize, &Token<'_>)], cells: &Cells<'_, '_>) -> bool {
    let share =
        |holds: &dyn Fn(&Token<'_>) -> bool| own.iter().filter(|it| holds(it.1)).count() * 10 / own.len().max(1);
    // Of ten cells.
    const MOST: usize = 8;
    const MANY: usize = 4;
    let column = |column: Column| {
        let col = header.columns.iter().find(|it| it.0 == column)?.1;
        cells.get(&col)
    };
    let points = |it: &Token<'_>| matches!(it.number, Some(0..=100_000_000));
    // Whether no cell of `less` is above that of `more` in its row, where both hold points.
    let within = |less: &[(usize, &Token<'_>)], more: &[(usize, &Token<'_>)]| {
        let mut n_pairs = 0;
        let held = less.iter().all(|(row, token)| {
            let other = more.iter().find(|it| it.0 == *row).and_then(|it| it.1.number);
            n_pairs += usize::from(token.number.is_some() && other.is_some());
            token.number.zip(other).is_none_or(|(less, more)| less <= more)
        });
        held && 2 * n_pairs >= less.len()
    };
    match role {
        Column::L1 => share(&|it| it.l1().is_some()) >= MOST,
        Column::L2 => share(&|it| it.l2().is_some()) >= MOST,
        Column::Name => {
            let keys: std::collections::BTreeSet<&str> = own.iter().map(|it| it.1.key.as_str()).collect();
            share(&|it| matches!(it.kind, Kind::Words | Kind::Prose)) >= MOST && keys.len() * 10 >= own.len() * MOST
        }
        Column::Target | Column::Actual => {
            let measured = |it: &Token<'_>| matches!(it.kind, Kind::Quantity | Kind::Percent);
            // A form without points says nothing of what was reached.
            let scored = header.has(Column::Weight) || header.has(Column::Score);
            (role == Column::Target || scored)
                && share(&|it| fits::misfit(it, role) <= 20) >= MOST
                && share(&measured) >= MANY
        }
        Column::Weight => share(&points) >= MOST && column(Column::Score).is_some_and(|scores| within(scores, own)),
        Column::Score => share(&points) >= MOST && column(Column::Weight).is_some_and(|weights| within(own, weights)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::repairs;

    #[test]
    fn columns_without_heads_stand_in_any_order() {
        let want = [
            "产出指标 数量指标 修缮阅览室 ≥3间 2间 20 18",
            "产出指标 质量指标 验收合格率 ≥95% 100% 40 40",
            "效益指标 社会效益指标 读者增加 提高 提高 30 30",
        ];
        let check = |drawn: [&str; 3], total: &str| {
            let mut page = vec!["项目绩效自评表", "项目名称 | 修缮项目 |  |  |  |  |  | "];
            page.extend(drawn);
            page.push(total);
            assert_eq!(repairs::tests::read(&page).0, want, "{drawn:#?}");
        };
        check(
            [
                "产出指标 | 数量指标 | 修缮阅览室 | 20 | 18 | ≥3间 | 2间 | 雨季停工",
                " | 质量指标 | 验收合格率 | 40 | 40 | ≥95% | 100% | ",
                "效益指标 | 社会效益指标 | 读者增加 | 30 | 30 | 提高 | 提高 | ",
            ],
            "总分 |  |  | 100 | 98 |  |  | ",
        );
        check(
            [
                "产出指标 | 数量指标 | 修缮阅览室 | 18 | 20 | 2间 | ≥3间 | 雨季停工",
                " | 质量指标 | 验收合格率 | 40 | 40 | 100% | ≥95% | ",
                "效益指标 | 社会效益指标 | 读者增加 | 30 | 30 | 提高 | 提高 | ",
            ],
            "总分 |  |  | 98 | 100 |  |  | ",
        );
        check(
            [
                "产出指标 | 数量指标 | 修缮阅览室 | ≥3间 | 2间 | 20 | 18 | 雨季停工",
                " | 质量指标 | 验收合格率 | ≥95% | 100% | 40 | 40 | ",
                "效益指标 | 社会效益指标 | 读者增加 | 提高 | 提高 | 30 | 30 | ",
            ],
            "总分 |  |  |  |  | 100 | 98 | ",
        );
    }

    #[test]
    fn rows_above_the_first_label_are_rows_where_the_head_is_cut_off() {
        let (rows, _) = repairs::tests::read(&[
            "新建书库 | 2间 |  |  | ",
            " |  |  | 修缮阅览室 | 3间",
            " |  | 质量指标 | 验收合格率 | 95%",
            " | 效益指标 | 社会效益指标 | 读者增加 | 提高",
            " | 满意度指标 | 服务对象满意度指标 | 读者满意率 | 90%",
        ]);
        let names: Vec<&str> = rows.iter().filter_map(|it| it.split(' ').nth(2)).collect();
        assert_eq!(names, ["新建书库", "修缮阅览室", "验收合格率", "读者增加", "读者满意率"], "{rows:#?}");
    }
}
