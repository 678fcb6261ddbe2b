//! Merged labels that are lost, moved or repeated, and spans whose text is printed in every cell that they cover.

use gouji_model::{IndicatorField, Pointer};

use super::each_form;
use super::ledger::{accept, forget};
use super::letters::points_apart;
use super::places::{self, Block, of_indicator};
use crate::{Cell, Content, Drawing, Field, Item, Rng, Row, RowKind};

/// What the labels of a 二级指标 say of the 一级指标 above it, in the national forms: a word of the upper label, and
/// words of the lower ones.
const TELLS: [(&str, &[&str]); 5] = [
    ("产出", &["数量", "质量", "时效", "成本", "进度"]),
    ("成本", &["成本"]),
    ("效益", &["经济", "社会", "生态", "环境", "可持续", "满意"]),
    ("效果", &["经济", "社会", "生态", "环境", "可持续", "满意"]),
    ("满意", &["满意"]),
];

/// Whether a reader would look for this 二级指标 under this 一级指标.
fn belongs(lower: Option<&str>, upper: Option<&str>) -> bool {
    let (Some(lower), Some(upper)) = (lower, upper) else { return false };
    TELLS.iter().any(|(word, words)| upper.contains(word) && words.iter().any(|it| lower.contains(it)))
}

fn leaf(drawing: &Drawing, form: usize, row_idx: usize, level: IndicatorField) -> Option<&str> {
    drawing.value(of_indicator(form, row_idx, level))
}

/// Whether every row of a block tells by its 二级指标 which 一级指标 it is under.
fn is_told(drawing: &Drawing, form: usize, block: &Block) -> bool {
    let told = |row_idx: &usize| {
        belongs(leaf(drawing, form, *row_idx, IndicatorField::L2), leaf(drawing, form, *row_idx, IndicatorField::L1))
    };
    block.truth.iter().all(told)
}

/// Whether a row of a block might as well stand under the 一级指标 of another.
fn may_be_under(drawing: &Drawing, form: usize, block: &Block, other: &Block) -> bool {
    let upper = other.truth.first().and_then(|it| leaf(drawing, form, *it, IndicatorField::L1));
    block.truth.iter().any(|it| belongs(leaf(drawing, form, *it, IndicatorField::L2), upper))
}

/// Takes the label off a block's first row, and says in which column it stood.
fn take_label(drawing: &mut Drawing, block: &Block, level: IndicatorField) -> Option<(usize, Cell)> {
    let row = drawing.row_mut(*block.rows.first()?)?;
    let column = places::column(row, level)?;
    row.cells.get_mut(column).map(|it| (column, std::mem::replace(it, places::blank())))
}

/// One label of a 一级指标 is lost, or all of them; those of the 二级指标 tell.
pub(super) fn upper_lost(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let Some(blocks) = upper_blocks(drawing, form) else { return false };
        let all: Vec<usize> = (0..blocks.len()).collect();
        let told: Vec<usize> = all.iter().copied().filter(|it| may_lose(drawing, form, &blocks, *it)).collect();
        let lost = if rng.percent(30) { all } else { rng.sample(&told, 1) };
        lost.iter().for_each(|it| lose_upper(drawing, rng, form, &blocks, *it, &lost));
        !lost.is_empty()
    })
}

/// The blocks of the 一级指标, if the 二级指标 stand beside them.
fn upper_blocks(drawing: &Drawing, form: usize) -> Option<Vec<Block>> {
    places::label_column(drawing, form, IndicatorField::L2)?;
    let blocks = places::blocks(drawing, form, IndicatorField::L1);
    (!blocks.is_empty()).then_some(blocks)
}

/// Whether a reader who misses this label would still not take its rows for those of the block before.
fn may_lose(drawing: &Drawing, form: usize, blocks: &[Block], idx: usize) -> bool {
    idx == 0 || blocks.get(idx).is_some_and(|it| is_told(drawing, form, it))
}

/// Loses the label of a block of a 一级指标; now and then its points stay.
fn lose_upper(drawing: &mut Drawing, rng: &mut Rng, form: usize, blocks: &[Block], idx: usize, lost: &[usize]) {
    let Some(block) = blocks.get(idx) else { return };
    let before = (0..idx).rev().find(|it| !lost.contains(it)).and_then(|it| blocks.get(it));
    let before = before.filter(|it| may_be_under(drawing, form, block, it));
    let Some((column, cell)) = take_label(drawing, block, IndicatorField::L1) else { return };
    let points = points_apart(&cell.text).1;
    let stays = Some(points.to_owned()).filter(|it| it.contains('分') && rng.chance(3));
    for row_idx in &block.truth {
        let at = |level| of_indicator(form, *row_idx, level);
        accept(drawing, at(IndicatorField::L1), None);
        if stays.is_none() {
            forget(drawing, at(IndicatorField::L1Weight));
        }
        if let Some(other) = before.and_then(|it| it.truth.first()) {
            for level in [IndicatorField::L1, IndicatorField::L1Weight] {
                let reading = leaf(drawing, form, *other, level).map(str::to_owned);
                accept(drawing, at(level), reading.as_deref());
            }
        }
    }
    let (Some(points), Some(row)) = (stays, block.rows.first().and_then(|it| drawing.row_mut(*it))) else { return };
    if let (Some(place), Some(first)) = (row.cells.get_mut(column), block.truth.first()) {
        *place = Cell::plain(points, Content::Value(of_indicator(form, *first, IndicatorField::L1Weight)));
    }
}

/// One label of a 二级指标 in four is lost; the first one stays.
pub(super) fn lower_lost(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let blocks = places::blocks(drawing, form, IndicatorField::L2);
        let after_first: Vec<usize> = (1..blocks.len()).collect();
        let lost = rng.sample(&after_first, (blocks.len() / 4).max(1));
        lost.iter().for_each(|it| lose_lower(drawing, form, &blocks, *it, &lost));
        !lost.is_empty()
    })
}

/// Loses the label of a block of a 二级指标: nobody says what it was, or it seems to go on.
fn lose_lower(drawing: &mut Drawing, form: usize, blocks: &[Block], idx: usize, lost: &[usize]) {
    let Some(block) = blocks.get(idx) else { return };
    let before = (0..idx).rev().find(|it| !lost.contains(it)).and_then(|it| blocks.get(it)?.truth.first());
    let before = before.and_then(|it| leaf(drawing, form, *it, IndicatorField::L2)).map(str::to_owned);
    take_label(drawing, block, IndicatorField::L2);
    for row_idx in &block.truth {
        let field = of_indicator(form, *row_idx, IndicatorField::L2);
        accept(drawing, field, None);
        if let Some(before) = &before {
            accept(drawing, field, Some(before));
        }
    }
}

/// One label in three is lost, of either level, where the others tell.
pub(super) fn one_in_three_lost(drawing: &mut Drawing, rng: &mut Rng, form: usize) -> bool {
    places::flatten(drawing, form);
    let mut is_lost = false;
    let lower = places::blocks(drawing, form, IndicatorField::L2);
    if let Some(upper) = upper_blocks(drawing, form) {
        let told = (0..upper.len()).filter(|it| may_lose(drawing, form, &upper, *it));
        // A label of the upper level is told by those of the lower: these must stay in its block.
        let lost: Vec<usize> = told.collect::<Vec<_>>().into_iter().filter(|_| rng.chance(3)).collect();
        lost.iter().for_each(|it| lose_upper(drawing, rng, form, &upper, *it, &lost));
        is_lost |= !lost.is_empty();
    }
    let told = |drawing: &Drawing, block: &Block| {
        block.truth.iter().all(|it| {
            let truth = drawing.truth.get(form);
            !truth.is_some_and(|truth| truth.accepted(of_indicator(form, *it, IndicatorField::L1).leaf).contains(&None))
        })
    };
    let lost: Vec<usize> = (1..lower.len())
        .filter(|it| lower.get(*it).is_some_and(|it| told(drawing, it)))
        .filter(|_| rng.chance(3))
        .collect();
    lost.iter().for_each(|it| lose_lower(drawing, form, &lower, *it, &lost));
    is_lost || !lost.is_empty()
}

/// Moves the label of a block to another of its rows.
fn move_label(drawing: &mut Drawing, block: &Block, level: IndicatorField, to: usize) -> bool {
    let Some((column, cell)) = take_label(drawing, block, level) else { return false };
    let Some(place) = drawing.row_mut(to).and_then(|it| it.cells.get_mut(column)) else { return false };
    *place = cell;
    true
}

fn middle(block: &Block) -> Option<usize> {
    block.rows.get(block.rows.len() / 2).copied()
}

/// Labels of the 一级指标 stand in the middle row of their block; those of the 二级指标 are in place and tell.
pub(super) fn upper_late(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, _, form| {
        places::flatten(drawing, form);
        let Some(blocks) = upper_blocks(drawing, form) else { return false };
        center_upper(drawing, form, &blocks)
    })
}

fn center_upper(drawing: &mut Drawing, form: usize, blocks: &[Block]) -> bool {
    let is_tall = |it: &&Block| 2 < it.rows.len();
    let are_apart = blocks.windows(2).all(|it| match it {
        [before, after] => !is_tall(&after) || !may_be_under(drawing, form, after, before),
        _ => true,
    });
    if !are_apart || !blocks.iter().filter(is_tall).all(|it| is_told(drawing, form, it)) {
        return false;
    }
    let tall = blocks.iter().filter(is_tall);
    let moved = tall.filter(|it| middle(it).is_some_and(|to| move_label(drawing, it, IndicatorField::L1, to))).count();
    0 < moved
}

/// All labels stand at half the height of their block: in its middle row, or in a line of their own between the two.
pub(super) fn centered(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, _, form| {
        places::flatten(drawing, form);
        let mut is_centered = false;
        for level in [IndicatorField::L2, IndicatorField::L1] {
            let blocks = places::blocks(drawing, form, level);
            // From the end on: lines that come in move what stands below.
            for block in blocks.iter().rev().filter(|it| 1 < it.rows.len()) {
                is_centered |= center(drawing, form, block, level);
            }
        }
        is_centered
    })
}

fn center(drawing: &mut Drawing, form: usize, block: &Block, level: IndicatorField) -> bool {
    let Some(to) = middle(block) else { return false };
    if block.rows.len() % 2 == 1 {
        return move_label(drawing, block, level, to);
    }
    let Some((column, cell)) = take_label(drawing, block, level) else { return false };
    let mut cells = vec![places::blank(); column];
    cells.push(cell);
    drawing.items.insert(to, Item::Row(Row { form, kind: RowKind::Continuation, cells }));
    true
}

/// The label of a 一级指标 stands one row early, beside the last row of the block before.
pub(super) fn upper_early(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, rng, form| {
        places::flatten(drawing, form);
        let Some(blocks) = upper_blocks(drawing, form) else { return false };
        let may_move = |idx: &usize| match (blocks.get(idx - 1), blocks.get(*idx)) {
            (Some(before), Some(block)) => {
                1 < before.rows.len()
                    && is_told(drawing, form, before)
                    && is_told(drawing, form, block)
                    && !may_be_under(drawing, form, before, block)
            }
            _ => false,
        };
        let moved: Vec<usize> = (1..blocks.len()).filter(may_move).collect();
        let Some(idx) = rng.pick(&moved).copied() else { return false };
        let to = blocks.get(idx - 1).and_then(|it| it.rows.last()).copied();
        let (Some(block), Some(to)) = (blocks.get(idx), to) else { return false };
        may_begin_early(drawing, form, block, to);
        move_label(drawing, block, IndicatorField::L1, to)
    })
}

/// A row that prints the next block's label and no 二级指标 of its own may be taken for the first one of that block.
fn may_begin_early(drawing: &mut Drawing, form: usize, block: &Block, to: usize) {
    let (Some(row_idx), Some(first)) = (places::truth_idx(drawing, to), block.truth.first()) else { return };
    let prints_own =
        |row: &Row| row.cells.iter().any(|it| places::is_of(it, IndicatorField::L2) && !it.text.is_empty());
    if drawing.row(to).is_some_and(prints_own) {
        return;
    }
    for level in [IndicatorField::L1, IndicatorField::L1Weight] {
        let reading = leaf(drawing, form, *first, level).map(str::to_owned);
        accept(drawing, of_indicator(form, row_idx, level), reading.as_deref());
    }
    accept(drawing, of_indicator(form, row_idx, IndicatorField::L2), None);
}

/// Every row prints its labels.
pub(super) fn repeated(drawing: &mut Drawing, rng: &mut Rng) -> bool {
    each_form(drawing, rng, |drawing, _, form| {
        places::flatten(drawing, form);
        let mut is_repeated = false;
        for level in [IndicatorField::L1, IndicatorField::L2] {
            for block in places::blocks(drawing, form, level) {
                is_repeated |= 1 < block.rows.len() && print_in_all(drawing, form, &block, level);
            }
        }
        is_repeated
    })
}

fn print_in_all(drawing: &mut Drawing, form: usize, block: &Block, level: IndicatorField) -> bool {
    let Some(row) = block.rows.first().and_then(|it| drawing.row(*it)) else { return false };
    let Some(column) = places::column(row, level) else { return false };
    let Some(text) = row.cells.get(column).map(|it| it.text.clone()) else { return false };
    for (idx, row_idx) in block.rows.iter().zip(&block.truth) {
        if let Some(cell) = drawing.row_mut(*idx).and_then(|it| it.cells.get_mut(column)) {
            *cell = Cell::plain(text.clone(), Content::Value(of_indicator(form, *row_idx, level)));
        }
    }
    true
}

/// A spanned cell's text in every cell that it covers, as converters print it that know no spans.
pub(super) fn spans_printed(drawing: &mut Drawing, _: &mut Rng) -> bool {
    let rows: Vec<usize> = (0..drawing.items.len()).filter(|it| drawing.row(*it).is_some()).collect();
    let mut copies: Vec<(usize, usize, Cell)> = Vec::new();
    for (nth, idx) in rows.iter().enumerate() {
        let Some(row) = drawing.row(*idx) else { continue };
        for (column, cell) in row.cells.iter().enumerate().filter(|it| !it.1.text.is_empty() && !it.1.is_covered()) {
            for to in rows.iter().skip(nth).take(cell.rows) {
                let to_form = drawing.row(*to).map(|it| it.form);
                let columns = (column..column + cell.columns).filter(|_| to_form == Some(row.form));
                copies.extend(columns.map(|column| (*to, column, cell.clone())));
            }
        }
    }
    let mut is_printed = false;
    for (idx, column, cell) in copies {
        let Some(row) = drawing.row_mut(idx) else { continue };
        let kind = row.kind;
        if let Some(place) = row.cells.get_mut(column).filter(|it| it.is_covered()) {
            *place = Cell { columns: 1, rows: 1, content: of_row(&cell.content, kind), text: cell.text };
            is_printed = true;
        }
    }
    for form in 0..drawing.truth.len() {
        places::flatten(drawing, form);
    }
    is_printed
}

/// The content of a label's copy beside another row of its block.
fn of_row(content: &Content, kind: RowKind) -> Content {
    match (content, kind) {
        (Content::Value(Field { form, leaf: Pointer::Indicator(_, level) }), RowKind::Indicator(row_idx))
            if matches!(level, IndicatorField::L1 | IndicatorField::L2) =>
        {
            Content::Value(of_indicator(*form, row_idx, *level))
        }
        _ => content.clone(),
    }
}
