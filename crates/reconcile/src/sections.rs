//! Sections: which 一级指标 and 二级指标 every row stands under.
//!
//! In: rows in printed order with the labels that their cells hold. Out: labels resolved: put into their column (R05),
//! filled down (R04), spread over a numbered list whose label was printed beside one of its items.
//!
//! A printed 二级指标 says which 一级指标 it belongs to, so a 一级指标 that was printed a row early, late or in the wrong
//! column does not mislead; the form's own words for it are taken from wherever the form prints them.

use gouji_model::{Cell, ColumnsFrom};

use crate::centred::Lines;
use crate::lexicon::{Column, Label, Lexicon};
use crate::repairs::Log;
use crate::rows::Row;
use crate::text;
use crate::token::{Origin, Token};

/// A printed label: its class and the cell that prints it.
#[derive(Clone, Debug)]
struct Printed {
    class: Option<u8>,
    cell: Cell,
    points: Option<Cell>,
}

/// The labels that one row prints.
#[derive(Clone, Debug, Default)]
struct Labels {
    l1: Option<Printed>,
    l2: Option<Printed>,
    /// Points beside the label of a block, or with no label at all: `绩效指标 (40分)`, `(50分)`.
    block_points: Option<Cell>,
    /// The words of that block.
    block: String,
    moved: bool,
}

/// Resolves the labels of all rows.
pub(crate) fn resolve(rows: &mut [Row<'_>], lexicon: &Lexicon, log: &mut Log) {
    let mut printed: Vec<Labels> = rows.iter().map(|it| labels(it, lexicon)).collect();
    if !to_first_rows(rows, &mut printed, log) {
        numbered_lists(rows, &mut printed, log);
    }

    // 二级指标 fill down until another is printed, or a 一级指标 that it cannot belong to.
    let mut l2: Option<Printed> = None;
    let mut l1: Option<u8> = None;
    let mut l1_own: Option<Printed> = None;
    // The 一级指标 that stands beside the 二级指标, where the form has none of the class that it belongs to elsewhere:
    // 经济成本指标 stands under 产出指标 on forms without a 成本指标.
    let mut beside: Option<u8> = None;
    // The classes that the 二级指标 printed last may belong to.
    let mut under_own: Vec<u8> = Vec::new();
    let prints_known = printed.iter().any(|it| it.l1.as_ref().is_some_and(|it| it.class.is_some()));
    for (idx, (row, labels)) in rows.iter_mut().zip(&printed).enumerate() {
        if let Some(printed) = &labels.l1 {
            if printed.class != l1 || printed.class.is_none() {
                let keeps = l2.as_ref().and_then(|it| it.class).and_then(|it| lexicon.l2.get(usize::from(it)));
                let keeps = keeps.is_some_and(|it| printed.class.is_some_and(|class| it.parents.contains(&class)));
                if !keeps && labels.l2.is_none() {
                    l2 = None;
                }
            }
            l1 = printed.class;
            l1_own = Some(printed.clone());
        }
        if let Some(own) = &labels.l2 {
            l2 = Some(own.clone());
            let parents = own.class.and_then(|it| lexicon.l2.get(usize::from(it))).map(|it| it.parents.as_slice());
            let is_printed =
                |class: u8| printed.iter().any(|it| it.l1.as_ref().is_some_and(|l1| l1.class == Some(class)));
            let is_elsewhere = parents.is_none_or(|it| it.iter().any(|it| is_printed(*it)));
            // Labels at half the height of their block were put beside its first row.
            let stands_here = |it: &&Printed| row.tokens.iter().any(|at| *at.place == it.cell.place);
            let own_l1 = labels.l1.as_ref().filter(stands_here).and_then(|it| it.class);
            beside = own_l1.filter(|_| !is_elsewhere && !labels.moved);
        } else if l2.is_some() {
            log.filled_down(idx);
        }
        if labels.moved {
            log.label_moved(idx);
        }
        row.l2_class = l2.as_ref().and_then(|it| it.class);
        row.l2 = l2.as_ref().map(|it| it.cell.clone());
        row.l2_weight = l2.as_ref().and_then(|it| it.points.clone());
        let parents = row.l2_class.and_then(|it| lexicon.l2.get(usize::from(it))).map(|it| it.parents.as_slice());
        // A 一级指标 in the form's own words holds until a 二级指标 is printed that can belong to no label of those under it.
        let is_printed =
            |class: &u8| printed.iter().any(|it| it.l1.as_ref().is_some_and(|l1| l1.class == Some(*class)));
        if let (Some(parents), Some(_)) = (parents, &labels.l2) {
            let is_another = !under_own.is_empty() && !parents.iter().any(|it| under_own.contains(it));
            if labels.l1.is_none() && (is_another && prints_known || parents.iter().any(is_printed)) {
                l1_own = l1_own.filter(|it| it.class.is_some());
            }
            under_own = parents.to_vec();
        }
        let own = l1_own.as_ref().is_some_and(|it| it.class.is_none());
        row.l1_class = match parents {
            // A 一级指标 in the form's own words is what it is.
            _ if own => None,
            Some(_) if beside.is_some() => beside,
            Some([only]) => Some(*only),
            Some(parents) => l1
                .filter(|it| parents.contains(it))
                .or_else(|| parents.iter().copied().find(|it| is_printed(it)).or(parents.first().copied())),
            None => l1,
        };
        if row.l1_class.is_none() {
            row.l1 = l1_own.as_ref().map(|it| it.cell.clone());
            row.l1_weight = l1_own.as_ref().and_then(|it| it.points.clone());
        }
    }
    settle_by_points(rows, &printed, lexicon, log);
    words_of_l1(rows, &printed, lexicon);
}

/// Rows that may stand under one of two labels stand where the points printed beside these say so: the row beside which a
/// label is printed early, before the first 二级指标 of its block, and rows whose 二级指标 belongs to either.
fn settle_by_points(rows: &mut [Row<'_>], printed: &[Labels], lexicon: &Lexicon, log: &mut Log) {
    let points = |class: u8| {
        let of_class = printed.iter().filter_map(|it| it.l1.as_ref()).filter(|it| it.class == Some(class));
        of_class.filter_map(|it| it.points.as_ref()).find_map(|it| text::millionths(&text::key(&it.text)))
    };
    let classes: Vec<u8> = (0..lexicon.l1.len()).filter_map(|it| u8::try_from(it).ok()).collect();
    for class in classes.into_iter().filter(|it| points(*it).is_some()) {
        let sum = |rows: &[Row<'_>], class: u8| -> i64 {
            let own = rows.iter().filter(|it| it.l1_class == Some(class));
            own.filter_map(|it| it.number(it.chosen, Column::Weight)).sum()
        };
        let surplus = sum(rows, class) - points(class).unwrap_or_default();
        if surplus <= 0 {
            continue;
        }
        let fits = |rows: &[Row<'_>], to: u8| points(to).is_none_or(|it| sum(rows, to) + surplus == it);
        let early = (1..rows.len()).find(|it| begins_early(rows, printed, *it, class));
        if let Some((row, before)) = early.and_then(|it| rows.get(it).zip(rows.get(it - 1)))
            && row.number(row.chosen, Column::Weight) == Some(surplus)
            && before.l1_class.is_some_and(|to| fits(rows, to))
        {
            let before = before.clone();
            if let Some(row) = early.and_then(|it| rows.get_mut(it)) {
                row.l1_class = before.l1_class;
                (row.l2, row.l2_class, row.l2_weight) = (before.l2, before.l2_class, before.l2_weight);
            }
            log.label_moved(early.unwrap_or_default());
            continue;
        }
        // The other label of these rows is lost.
        let is_printed = |class: u8| printed.iter().any(|it| it.l1.as_ref().is_some_and(|l1| l1.class == Some(class)));
        for (l2, of_l2) in lexicon.l2.iter().enumerate() {
            let own = |it: &Row<'_>| it.l1_class == Some(class) && it.l2_class.map(usize::from) == Some(l2);
            let moved: i64 =
                rows.iter().filter(|it| own(it)).filter_map(|it| it.number(it.chosen, Column::Weight)).sum();
            let other = of_l2.parents.iter().copied().find(|it| *it != class && !is_printed(*it));
            if let Some(other) = other.filter(|_| moved == surplus) {
                rows.iter_mut().filter(|it| own(it)).for_each(|it| it.l1_class = Some(other));
                break;
            }
        }
    }
}

/// Whether the label of a 一级指标 may be printed beside the row above its block: the row has no 二级指标 of its own, and
/// the next one has.
fn begins_early(rows: &[Row<'_>], printed: &[Labels], idx: usize, class: u8) -> bool {
    let is_here =
        printed.get(idx).is_some_and(|it| it.l2.is_none() && it.l1.as_ref().is_some_and(|l1| l1.class == Some(class)));
    let next = rows.get(idx + 1).zip(printed.get(idx + 1));
    let before = rows.get(idx - 1).and_then(|it| it.l1_class);
    is_here
        && before != Some(class)
        && next.is_some_and(|(row, labels)| labels.l2.is_some() && row.l1_class == Some(class))
}

/// The form's own words and points for the class that each row stands in.
fn words_of_l1(rows: &mut [Row<'_>], printed: &[Labels], lexicon: &Lexicon) {
    let classes: Vec<Option<u8>> = rows.iter().map(|it| it.l1_class).collect();
    // A lost label is named by the standard word of its class where the form prints others like it, or none at all.
    let standard = |class: u8| lexicon.l1.get(usize::from(class)).map(|it| it.name.as_str());
    let words: Vec<&str> = printed.iter().filter_map(|it| it.l1.as_ref()).map(|it| it.cell.text.as_str()).collect();
    let is_likely = |name: &&str| words.is_empty() || words.iter().any(|it| is_like(it, name));
    for (idx, row) in rows.iter_mut().enumerate() {
        let Some(class) = row.l1_class else { continue };
        let of_class = |it: &&Labels| it.l1.as_ref().is_some_and(|l1| l1.class == Some(class));
        // The nearest above, else the nearest below.
        let above = printed.iter().take(idx + 1).rev().find(of_class);
        let words = above.or_else(|| printed.iter().skip(idx + 1).find(of_class)).and_then(|it| it.l1.as_ref());
        let with_points = printed.iter().filter(of_class).filter_map(|it| it.l1.as_ref()?.points.clone()).next();
        row.l1 = words.map(|it| it.cell.clone());
        row.l1_weight = words.and_then(|it| it.points.clone()).or(with_points);
        if row.l1.is_none() {
            let name = standard(class).filter(is_likely);
            row.l1 = row.tokens.first().zip(name).map(|(token, name)| token.cell_with(name.to_owned()));
        }
    }
    // Points beside the label of a block belong to the 一级指标 of the rows below it, where these are of one.
    for (idx, labels) in printed.iter().enumerate() {
        let Some(points) = &labels.block_points else { continue };
        let Some(class) = classes.get(idx).copied().flatten() else { continue };
        // It stands over the rows down to the next label with points of its own; a converter prints it on each of them.
        let has_points = |it: &Labels| {
            (it.block_points.is_some() && it.block != labels.block)
                || it.l1.as_ref().is_some_and(|l1| l1.points.is_some())
        };
        let is_again = |it: &Labels| it.block_points.is_some() && it.block == labels.block;
        if idx.checked_sub(1).and_then(|it| printed.get(it)).is_some_and(is_again) {
            continue;
        }
        let next = printed.iter().skip(idx + 1).position(has_points).map_or(classes.len(), |it| idx + 1 + it);
        let of_one = classes.get(idx..next).unwrap_or(&[]).iter().all(|it| *it == Some(class));
        // Points that lost their label are those of the rows below, until these stand under another.
        if !of_one && !labels.block.starts_with('(') {
            continue;
        }
        let has_own =
            printed.iter().any(|it| it.l1.as_ref().is_some_and(|l1| l1.class == Some(class) && l1.points.is_some()));
        if has_own {
            continue;
        }
        for row in rows.iter_mut().filter(|it| it.l1_class == Some(class)) {
            row.l1_weight.get_or_insert(points.clone());
        }
    }
}

/// Whether two labels are of one style: 产出指标 and 效益指标, 项目产出 and 项目效益.
fn is_like(a: &str, b: &str) -> bool {
    let ends = |it: &str| {
        let chars: Vec<char> = it.chars().collect();
        (chars.first_chunk::<2>().copied(), chars.last_chunk::<2>().copied())
    };
    let (a, b) = (ends(a), ends(b));
    a.0 == b.0 || a.1 == b.1
}

/// The labels that a row prints, whichever of the label columns they stand in.
fn labels(row: &Row<'_>, lexicon: &Lexicon) -> Labels {
    let mut labels = Labels::default();
    for column in [Column::Block, Column::L1, Column::L2] {
        for token in row.tokens_of(row.chosen, column) {
            let own_points = token.points.as_ref().map(|it| token.cell_with(it.clone()));
            let (l1, l2) = (token.l1(), token.l2());
            // The 二级指标 printed in both columns is no 一级指标.
            let twice =
                column != Column::L2 && l2.is_some() && row.token(Column::L2).is_some_and(|it| it.key == token.key);
            if twice {
                labels.moved = true;
                continue;
            }
            // A label with points, or alone over the rows of a table without that column, heads a section.
            let over_rows = row.is_label_only() && !row.header.has(Column::L1);
            let heads = l1.is_some()
                && ((token.points.is_some() && column != Column::L2) || over_rows || stands_first(token, row));
            let is_l2 =
                !heads && l2.is_some() && (column == Column::L2 || l1.is_none() || belongs_below(token, row, lexicon));
            if is_l2 {
                labels.moved |= column != Column::L2;
                labels.l2 = Some(Printed { class: l2, cell: label_cell(token), points: own_points });
            } else if l1.is_some() {
                labels.moved |= column != Column::L1;
                labels.l1 = Some(Printed { class: l1, cell: label_cell(token), points: own_points });
            } else if token.is(Label::IndicatorBlock) || token.key.starts_with('(') {
                labels.block_points = labels.block_points.or(own_points);
                labels.block.clone_from(&token.key);
            } else if column == Column::L2 {
                labels.l2 = Some(Printed { class: None, cell: label_cell(token), points: own_points });
            } else if column == Column::L1 {
                labels.l1 = Some(Printed { class: None, cell: label_cell(token), points: own_points });
            }
        }
    }
    labels
}

/// Whether a label alone in its line stands where the 一级指标 do. A line of text has its label at the left edge.
fn stands_first(token: &Token<'_>, row: &Row<'_>) -> bool {
    let column = row.header.columns.iter().find(|it| it.0 == Column::L1);
    let is_there = match row.origin {
        Origin::Row { .. } if row.header.has_columns => column.is_some_and(|it| it.1 == token.col),
        Origin::Text => column.is_some(),
        Origin::Row { .. } | Origin::Words => false,
    };
    is_there && row.tokens.len() == 1
}

/// A word that names a class of both levels (成本指标, 满意度指标), printed in the first column: it is a 二级指标 that was
/// shifted there unless the row prints a 二级指标 of its own, or the rows beside it do.
fn belongs_below(token: &Token<'_>, row: &Row<'_>, lexicon: &Lexicon) -> bool {
    if token.points.is_some() || row.token(Column::L2).is_some_and(|it| it.l2().is_some()) {
        return false;
    }
    let class = token.l2().and_then(|it| lexicon.l2.get(usize::from(it)));
    // 满意度指标 heads its own section; 成本指标 more often stands under 产出.
    class.is_some_and(|it| it.id == "output_cost") && row.token(Column::L2).is_none()
}

/// A label without inner blanks and without its points, the form's own words.
fn label_cell(token: &Token<'_>) -> Cell {
    let mut label: String = text::value(&token.text).chars().filter(|c| !c.is_whitespace()).collect();
    if token.points.is_some()
        && let Some(open) = label.rfind(['(', '（'])
    {
        label.truncate(open);
    }
    token.cell_with(label.trim_end_matches([':', '：']).to_owned())
}

/// Puts labels that are printed at half the height of their blocks beside the first row of these; whether any was.
fn to_first_rows(rows: &[Row<'_>], printed: &mut [Labels], log: &mut Log) -> bool {
    let beside = |of: fn(&Labels) -> bool| -> Vec<usize> {
        printed.iter().enumerate().filter(|it| of(it.1)).map(|it| it.0).collect()
    };
    let (l1, l2) = (beside(|it| it.l1.is_some()), beside(|it| it.l2.is_some()));
    let Some((l1_starts, l2_starts)) = first_rows(rows, &l1, &l2) else { return false };
    let moves = |starts: &[usize], at: &[usize]| -> Vec<(usize, usize)> {
        starts.iter().copied().zip(at.iter().copied()).filter(|it| it.0 != it.1).collect()
    };
    let (of_l1, of_l2) = (moves(&l1_starts, &l1), moves(&l2_starts, &l2));
    // All are taken before the first is put: a label may have to stand where another was.
    let taken: Vec<_> = of_l2.iter().map(|it| printed.get_mut(it.1).and_then(|it| it.l2.take())).collect();
    for ((start, _), label) in of_l2.iter().zip(taken) {
        if let Some(labels) = printed.get_mut(*start) {
            labels.l2 = label;
            log.label_moved(*start);
        }
    }
    let taken: Vec<_> =
        of_l1.iter().map(|it| printed.get_mut(it.1).map(|it| (it.l1.take(), it.block_points.take()))).collect();
    for ((start, _), label) in of_l1.iter().zip(taken) {
        if let (Some((l1, points)), Some(labels)) = (label, printed.get_mut(*start)) {
            labels.l1 = l1;
            labels.block_points = points;
        }
    }
    !(of_l1.is_empty() && of_l2.is_empty())
}

/// The first rows of the blocks of both levels, whose labels are printed at half their height; none for a level whose
/// labels stand where they hold, and nothing where no label is centred.
///
/// Where blocks of an even number of rows have their label in a line of its own, between two rows, these lines say that
/// labels are centred. Else that takes more than rows that can be parted so: rows above the first 二级指标, or above the
/// first 一级指标.
fn first_rows(rows: &[Row<'_>], l1: &[usize], l2: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
    let lines = Lines::of(rows.iter().map(Row::is_label_only));
    let l2_starts = lines.starts(l2, |_| true);
    let l1_starts =
        lines.starts(l1, |it| l2_starts.as_ref().is_none_or(|starts| l2.is_empty() || starts.contains(&it)));
    // Below a head that is cut off, the label of the first rows may be cut off, too.
    let has_head = rows.first().is_some_and(|it| it.header.from == ColumnsFrom::Header);
    let begins_late = |at: &[usize]| has_head && lines.begin_late(at);
    if lines.have_own() {
        let is_told = |at: &[usize]| lines.has_own(at) || begins_late(at);
        let l1_starts = l1_starts.filter(|_| is_told(l1));
        // One level tells of the other.
        let l2_starts = l2_starts.filter(|_| is_told(l2) || l1_starts.as_ref().is_some_and(|it| !it.is_empty()));
        return Some((l1_starts.unwrap_or_default(), l2_starts.unwrap_or_default()));
    }
    let l2_starts = l2_starts?;
    let l1_late = l1_starts.is_some() && l1.first() != Some(&0);
    let are_centred =
        begins_late(if l2.is_empty() { l1 } else { l2 }) || (l1_late && is_likelier(rows, l2, &l2_starts));
    are_centred.then(|| (l1_starts.unwrap_or_default(), l2_starts))
}

/// Whether the rows that would change their label look more like the rows that these labels are printed beside: a
/// 质量指标 is measured as the one above it, more often than not. As much is enough where every block has a middle row;
/// a label beside one of two rows may as well be beside the first of three.
fn is_likelier(rows: &[Row<'_>], at: &[usize], starts: &[usize]) -> bool {
    let look = |idx: usize, column: Column| {
        let token = rows.get(idx).and_then(|it| it.token(column));
        token.map(|it| (it.kind, it.key.chars().next_back()))
    };
    let alike = |a: usize, b: usize| {
        let same = |column: Column| look(a, column).is_some() && look(a, column) == look(b, column);
        usize::from(same(Column::Name)) + usize::from(same(Column::Target)) + usize::from(same(Column::Unit))
    };
    let (mut as_centred, mut as_first) = (0, 0);
    for idx in 0..rows.len() {
        let label_of = |from: &[usize]| from.iter().rposition(|it| *it <= idx).and_then(|it| at.get(it)).copied();
        if let (Some(centred), Some(first)) = (label_of(starts), label_of(at))
            && centred != first
        {
            as_centred += alike(idx, centred);
            as_first += alike(idx, first);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([rows.len()]);
    let have_middle = starts.iter().zip(ends).all(|(start, end)| (end - start) % 2 == 1);
    as_centred > as_first || (as_centred == as_first && have_middle)
}

/// A numbered list has one 二级指标: where its label is printed beside a later item (merged cells are centred, and page
/// breaks cut them), it holds from the first item on.
fn numbered_lists(rows: &[Row<'_>], printed: &mut [Labels], log: &mut Log) {
    let numbers: Vec<Option<u32>> =
        rows.iter().map(|it| it.token(Column::Name).and_then(|it| text::list_number(&it.text))).collect();
    let mut start = 0;
    while start < rows.len() {
        let mut end = start + 1;
        while end < rows.len()
            && numbers.get(end).copied().flatten().is_some_and(|it| Some(it) == numbers[end - 1].map(|it| it + 1))
        {
            end += 1;
        }
        let goes_on = numbers[start] == Some(1) && start > 0 && end - start > 1;
        if goes_on && printed[start].l2.is_none() {
            let late = (start + 1..end).find(|it| printed[*it].l2.is_some());
            if let Some(late) = late {
                let label = printed[late].l2.take();
                printed[start].l2 = label;
                log.label_moved(start);
            }
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use crate::repairs;

    /// Draws rows below a header and compares their labels.
    fn check(drawn: &[&str], want: &[&str]) {
        let mut page = vec!["项目绩效自评表", "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分"];
        page.extend(drawn);
        let (rows, _) = repairs::tests::read(&page);
        let labels: Vec<String> = rows.iter().map(|it| it.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(labels, want, "{drawn:#?}");
    }

    #[test]
    fn labels_in_lines_of_their_own_stand_at_half_the_height_of_their_block() {
        check(
            &[
                " |  | 修缮阅览室 | 3间 | 3间 | 10 | 10",
                " | 数量指标 |  |  |  |  | ",
                " |  | 添置书架 | 12组 | 12组 | 10 | 10",
                " |  | 验收合格率 | 100% | 100% | 10 | 10",
                "产出指标 |  |  |  |  |  | ",
                " | 质量指标 | 书架合格率 | 100% | 100% | 10 | 10",
                " |  | 返修率 | 0% | 0% | 10 | 10",
                " | 时效指标 | 完工时间 | 6月 | 6月 | 10 | 10",
                "效益指标 | 社会效益指标 | 读者增加 | 提高 | 提高 | 30 | 30",
            ],
            &[
                "产出指标 数量指标 修缮阅览室",
                "产出指标 数量指标 添置书架",
                "产出指标 质量指标 验收合格率",
                "产出指标 质量指标 书架合格率",
                "产出指标 质量指标 返修率",
                "产出指标 时效指标 完工时间",
                "效益指标 社会效益指标 读者增加",
            ],
        );
    }

    #[test]
    fn a_label_in_a_line_above_its_rows_heads_them() {
        check(
            &[
                "产出指标 |  |  |  |  |  | ",
                " | 数量指标 | 修缮阅览室 | 3间 | 3间 | 10 | 10",
                " |  | 添置书架 | 12组 | 12组 | 10 | 10",
                " | 质量指标 | 验收合格率 | 100% | 100% | 10 | 10",
                "效益指标 |  |  |  |  |  | ",
                " | 社会效益指标 | 读者增加 | 提高 | 提高 | 30 | 30",
            ],
            &[
                "产出指标 数量指标 修缮阅览室",
                "产出指标 数量指标 添置书架",
                "产出指标 质量指标 验收合格率",
                "效益指标 社会效益指标 读者增加",
            ],
        );
    }

    #[test]
    fn a_label_one_row_early_stands_where_its_points_say() {
        check(
            &[
                "产出指标(60分) | 数量指标 | 修缮阅览室 | 3间 | 3间 | 20 | 20",
                " | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30",
                "效益指标(40分) |  | 书架合格率 | 100% | 100% | 10 | 10",
                " | 社会效益指标 | 读者增加 | 提高 | 提高 | 40 | 40",
            ],
            &[
                "产出指标 数量指标 修缮阅览室",
                "产出指标 质量指标 验收合格率",
                "产出指标 质量指标 书架合格率",
                "效益指标 社会效益指标 读者增加",
            ],
        );
    }

    #[test]
    fn rows_of_a_lost_label_are_told_by_the_points_of_the_one_above() {
        let rows = |points: &str| {
            let first = "产出指标(50分) | 数量指标 | 修缮阅览室 | 3间 | 3间 | 50 | 50";
            let second = format!("效益指标({points}分) | 社会效益指标 | 读者增加 | 提高 | 提高 | 40 | 40");
            let last = " | 服务对象满意度指标 | 读者满意率 | 90% | 95% | 10 | 10";
            let header = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分";
            let (rows, _) = repairs::tests::read(&["项目绩效自评表", header, first, &second, last]);
            rows.last().and_then(|it| it.split(' ').next()).map(str::to_owned)
        };
        assert_eq!(rows("40").as_deref(), Some("满意度指标"));
        assert_eq!(rows("50").as_deref(), Some("效益指标"));
    }

    #[test]
    fn a_label_in_own_words_ends_where_another_begins() {
        check(
            &[
                "预算执行 | 预算执行率 | 资金支付进度 | 100% | 100% | 10 | 10",
                " | 数量指标 | 修缮阅览室 | 3间 | 3间 | 30 | 30",
                "产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30",
                " | 时效指标 | 完工时间 | 6月 | 6月 | 30 | 30",
            ],
            &[
                "预算执行 预算执行率 资金支付进度",
                "产出指标 数量指标 修缮阅览室",
                "产出指标 质量指标 验收合格率",
                "产出指标 时效指标 完工时间",
            ],
        );
    }
}
