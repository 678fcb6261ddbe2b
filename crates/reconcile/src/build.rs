//! Build: a draft into a form.
//!
//! In: the draft of a region. Out: the form, with every leaf in its place, the repairs that put it there and the readings
//! of like cost that were not taken.

use std::collections::BTreeMap;
use std::rc::Rc;

use gouji_model::{
    Alternative, Bilingual, Cell, Columns, ColumnsFrom, Form, FormKind, FundsField, Indicator, IndicatorField,
    NamedText, Pointer, Points, Printed, Total,
};

use crate::columns;
use crate::draft::{self, Draft, RowLine, TotalLine};
use crate::funds::FundsHeader;
use crate::fused::Block;
use crate::header::Header;
use crate::lexicon::{Column, Lexicon};
use crate::placement;
use crate::repairs::Log;
use crate::repeats;
use crate::rows::{self, KnownLooks, Reader, Row};
use crate::sections;
use crate::solve::{self, Solution, Sums};
use crate::text;
use crate::token::{Kind, Origin, Token};

/// Builds the form of a draft; `sibling` is the header of another form of the document, `known` what the rows of those
/// before look like. Nothing if the draft holds no indicator row.
pub(crate) fn build<'d>(
    mut draft: Draft<'d>,
    lexicon: &'d Lexicon,
    sibling: Option<&Rc<Header>>,
    known: &mut KnownLooks,
) -> Option<Form> {
    let mut log = std::mem::take(&mut draft.log);
    if draft.header.is_none()
        && let Some(header) = fallback(&draft.rows, lexicon, sibling, known)
    {
        log.header(header.from, draft.rows.len());
        draft.header = Some(header);
    }
    log.heads_told(columns::complete(&mut draft));
    let header = draft.header.clone()?;
    let (mut rows, flattened) = read_rows(&mut draft, &header, lexicon, known);
    heal(&mut rows, &mut log);
    set_strays_apart(&mut rows, &mut draft.texts, &mut log);
    drop_blocks(&mut rows, flattened, &mut draft.texts, &mut log);
    sections::resolve(&mut rows, lexicon, &mut log);

    let mut form = Form { renderings: 1, ..Form::default() };
    let has = |column: Column| rows.iter().any(|it| it.number(it.chosen, column).is_some());
    let is_unscored = has(Column::Weight) && !has(Column::Score);
    let subtotals = totals(&draft, is_unscored, &mut form);
    if form.total.score.is_none() {
        form.total.score = draft.head_total.clone();
    }
    let solution = choose(&mut rows, &form, &draft, &mut log);
    let kept = keep(&rows, &solution, &form);
    let mut new_idx: BTreeMap<usize, usize> = BTreeMap::new();
    for (idx, row) in rows.iter().enumerate().filter(|it| kept.get(it.0) == Some(&true)) {
        new_idx.insert(idx, form.indicators.len());
        form.indicators.push(indicator(row));
        log.row(idx, row);
    }
    if form.indicators.is_empty() {
        return None;
    }
    alternatives(&rows, &new_idx, &draft, &mut form);
    points(&rows, &new_idx, &draft, subtotals, &mut form);
    head(draft, &header, &mut form);
    form.repairs = log.repairs(&new_idx);
    Some(form)
}

/// The header of rows that have none: a sibling's, else the layout under which the rows fit best.
fn fallback<'d>(
    lines: &[RowLine<'d>],
    lexicon: &Lexicon,
    sibling: Option<&Rc<Header>>,
    known: &mut KnownLooks,
) -> Option<Rc<Header>> {
    if lines.is_empty() {
        return None;
    }
    /// What a row may cost more where its columns count. Less than what one cell in another column costs.
    const STANDS_FAST: i32 = 25;
    let mut cost = |header: &Rc<Header>| -> i32 {
        /// A row that cannot be read at all under a layout.
        const UNREADABLE: i32 = 1_000;
        let mut reader = Reader::new(known);
        let mut cost = |it: &RowLine<'d>| reader.read(it, header).and_then(|it| it.readings.first().map(|it| it.cost));
        lines.iter().map(|it| cost(it).unwrap_or(UNREADABLE)).sum()
    };
    let mut best: Option<(i32, Rc<Header>)> = sibling.map(|it| {
        let header = Rc::new(Header { from: ColumnsFrom::Siblings, ..(**it).clone() });
        (cost(&header), header)
    });
    for order in &lexicon.indicator_layouts {
        let header = Rc::new(Header::of_layout(order, ColumnsFrom::Content));
        let cost = cost(&header);
        if best.as_ref().is_none_or(|it| cost < it.0) {
            best = Some((cost, header));
        }
    }
    // Where the columns of the grid stand fast, they tell more than the order of the cells.
    let n_rows = i32::try_from(lines.len()).unwrap_or(i32::MAX / STANDS_FAST);
    let in_order = lexicon.indicator_layouts.iter().filter_map(|it| columns::in_order(lines, it));
    if let Some((_, header)) = in_order.min_by_key(|it| it.0) {
        let header = Rc::new(columns::in_any_order(lines, header));
        let cost = cost(&header).saturating_sub(STANDS_FAST * n_rows);
        if best.as_ref().is_none_or(|it| cost < it.0) {
            best = Some((cost, header));
        }
    }
    best.map(|it| it.1)
}

/// Reads the row lines; lines that are a whole table run together are handed back apart.
fn read_rows<'d>(
    draft: &mut Draft<'d>,
    header: &Rc<Header>,
    lexicon: &'d Lexicon,
    known: &mut KnownLooks,
) -> (Vec<Row<'d>>, Vec<RowLine<'d>>) {
    let mut rows = Vec::with_capacity(draft.rows.len());
    let mut flattened = Vec::new();
    let mut reader = Reader::cutting(known, Block::of(draft.rows.iter().map(|it| it.tokens), header), lexicon);
    for line in std::mem::take(&mut draft.rows) {
        let header = line.header.as_ref().unwrap_or(header);
        if repeats::is_flattened(line.tokens, header.columns.len()) {
            flattened.push(line);
            continue;
        }
        match reader.read(&line, header) {
            Some(row) => rows.push(row),
            None => {
                let texts = line.tokens.iter().map(|it| NamedText { label: String::new(), text: Some(it.prose()) });
                draft.texts.extend(texts);
            }
        }
    }
    placement::settle(&mut rows, &mut reader);
    (rows, flattened)
}

/// Rows cut by a page break: texts alone on the new page go on where the row above ended.
fn heal(rows: &mut Vec<Row<'_>>, log: &mut Log) {
    let mut idx = 1;
    while idx < rows.len() {
        let (before, row) = (&rows[idx - 1], &rows[idx]);
        let broken = before.stretch != row.stretch;
        let is_text = |it: &Token<'_>| {
            matches!(it.kind, Kind::Words | Kind::Prose | Kind::Method) && text::list_number(&it.text).is_none()
        };
        let texts_only = row.tokens.iter().all(|it| is_text(it) && it.labels.is_empty());
        let weighs = row.header.has(Column::Weight) || row.header.has(Column::Score);
        let before_weighs = before.number(before.chosen, Column::Weight).is_some()
            || before.number(before.chosen, Column::Score).is_some();
        // A name alone, with nothing beside it, is the rest of the name above it, page break or not.
        let name_alone = row.tokens.len() == 1
            && !matches!(row.origin, Origin::Row { .. })
            && row.has(IndicatorField::Name)
            && before.has(IndicatorField::Name)
            && (before.has(IndicatorField::Target) || before_weighs);
        if let Some(rest) = rest_of_name(before, row)
            && (before.has(IndicatorField::Target) || before_weighs)
        {
            log.healed(idx - 1, &[(IndicatorField::Name, rest.clone())]);
            rows[idx - 1].healed.push((IndicatorField::Name, rest));
            rows.remove(idx);
            continue;
        }
        let is_rest = texts_only && (broken || before.origin != row.origin);
        // A text alone among the values is no row, and a word of it no label: `达成预期` goes on with 指标.
        let name = before.token(Column::Name).map(|it| it.col);
        let is_apart = || matches!(row.tokens, [only] if is_text(only) && name.is_some_and(|it| it < only.col));
        if let Some(rest) = rest_of_values(before, row).filter(|_| is_rest || is_apart()) {
            log.healed(idx - 1, &rest);
            rows[idx - 1].healed.extend(rest);
            rows.remove(idx);
            continue;
        }
        if texts_only && ((broken && weighs && before_weighs) || name_alone) {
            let rest: Vec<(IndicatorField, Cell)> = rows::VALUES
                .into_iter()
                .filter(|it| before.cell(before.chosen, *it).is_some())
                .filter_map(|it| Some((it, row.cell(row.chosen, it)?)))
                .collect();
            if rest.len() == row.tokens.len() {
                log.healed(idx - 1, &rest);
                rows[idx - 1].healed.extend(rest);
                rows.remove(idx);
                continue;
            }
        }
        idx += 1;
    }
}

/// Texts that stand alone where the row above has texts of its own, its name apart: what a page break cut off its cells.
fn rest_of_values(before: &Row<'_>, row: &Row<'_>) -> Option<Vec<(IndicatorField, Cell)>> {
    let has_columns = |it: &Row<'_>| it.header.has_columns && matches!(it.origin, Origin::Row { .. });
    if !has_columns(before) || !has_columns(row) {
        return None;
    }
    let fields = [IndicatorField::Target, IndicatorField::Actual, IndicatorField::Method, IndicatorField::Reason];
    let rest_of = |token: &Token<'_>| {
        let goes_on =
            |field: &IndicatorField| before.last_under(*field).is_some_and(|it| it.col == token.col && !it.is_figure());
        Some((fields.into_iter().find(goes_on)?, token.cell()))
    };
    row.tokens.iter().map(rest_of).collect()
}

/// A text alone in its row, left of the names and no label, is no indicator: a line of the page or of the site that holds it.
fn set_strays_apart(rows: &mut Vec<Row<'_>>, texts: &mut Vec<NamedText>, log: &mut Log) {
    rows.retain(|row| {
        let [only] = row.tokens else { return true };
        let name = row.header.columns.iter().find(|it| it.0 == Column::Name);
        let in_grid = row.header.has_columns && matches!(row.origin, Origin::Row { .. });
        let is_text = matches!(only.kind, Kind::Words | Kind::Prose) && only.labels.is_empty() && only.points.is_none();
        let is_stray = in_grid
            && is_text
            && !row.is_parted()
            && row.has(IndicatorField::Name)
            && name.is_some_and(|it| only.col < it.1);
        if is_stray {
            log.stray_line(only);
            texts.push(NamedText { label: String::new(), text: Some(only.prose()) });
        }
        !is_stray
    });
}

/// A cell alone in its row, in the column where the row above has its name: the rest of that name, even if the words of
/// the rest are a label's (率, 成本, 满意度).
fn rest_of_name(before: &Row<'_>, row: &Row<'_>) -> Option<Cell> {
    let [only] = row.tokens else { return None };
    let name = before.token(Column::Name)?;
    let in_grid = |row: &Row<'_>| matches!(row.origin, Origin::Row { .. });
    let is_text = matches!(only.kind, Kind::Words | Kind::Prose) && text::list_number(&only.text).is_none();
    // A word that names a class whole heads the rows below it.
    let heads = (only.l1().is_some() || only.l2().is_some()) && only.key.ends_with("指标") && !only.damaged;
    let fits = in_grid(before) && in_grid(row) && only.col == name.col && only.points.is_none() && !row.is_parted();
    (is_text && fits && !heads).then(|| only.cell())
}

/// Drops blocks that the page prints twice, as rows or run together in one line.
fn drop_blocks<'d>(rows: &mut Vec<Row<'d>>, flattened: Vec<RowLine<'d>>, texts: &mut Vec<NamedText>, log: &mut Log) {
    for line in flattened {
        if repeats::is_contained(line.tokens, rows) {
            log.flattened_repeat(line.tokens);
            continue;
        }
        texts.extend(line.tokens.iter().map(|it| NamedText { label: String::new(), text: Some(it.prose()) }));
    }
    let repeated = repeats::repeated_blocks(rows);
    if repeated.is_empty() {
        return;
    }
    log.repeated_rows(rows, &repeated);
    let mut idx = 0;
    rows.retain(|_| {
        idx += 1;
        repeated.binary_search(&(idx - 1)).is_err()
    });
}

/// Reads the rows 总分 and 小计; the last 总分 is the form's. `is_unscored` says that no row has a score.
fn totals(draft: &Draft<'_>, is_unscored: bool, form: &mut Form) -> Vec<(usize, Points)> {
    let last = draft.totals.iter().rposition(|it| !it.is_subtotal);
    let mut subtotals = Vec::new();
    for (idx, line) in draft.totals.iter().enumerate() {
        let (weight, score) = total(line, line.header.as_ref().or(draft.header.as_ref()), is_unscored);
        if Some(idx) == last {
            form.printed.labels.push(Pointer::TotalScore);
            form.total = Total { weight: weight.map(Token::cell), score: score.map(figure_cell) };
            let grade = line.tokens.iter().find(|it| draft::is_grade(&it.key));
            form.grade = grade.map(Token::cell);
        } else if let Some(label) = line.tokens.first() {
            let points = Points {
                label: label.cell(),
                value: weight.map(Token::cell),
                score: score.map(figure_cell),
                rows: 0..0,
            };
            subtotals.push((line.n_rows, points));
        }
    }
    subtotals
}

/// The figure of a total; in `总 分 98` it shares its cell with the label.
fn figure_cell(token: &Token<'_>) -> Cell {
    if text::key(&token.text) == token.key { token.cell() } else { token.cell_with(token.key.clone()) }
}

/// Which figures of a total row are its weight and its score.
fn total<'t, 'd>(
    line: &'t TotalLine<'d>,
    header: Option<&Rc<Header>>,
    is_unscored: bool,
) -> (Option<&'t Token<'d>>, Option<&'t Token<'d>>) {
    let figures: Vec<&Token<'d>> = line.tokens.iter().skip(1).filter(|it| it.is_figure() || is_points(it)).collect();
    let column = |column: Column| header.and_then(|it| it.columns.iter().find(|it| it.0 == column)).map(|it| it.1);
    let (weight_col, score_col) = (column(Column::Weight), column(Column::Score));
    match figures.as_slice() {
        [] => (None, None),
        [only] => {
            let fused = line.tokens.first().is_some_and(|it| it.place == only.place && it.text == only.text);
            let near = |col: i32| (only.col - col).abs();
            match (weight_col, score_col) {
                (Some(weight), Some(score)) if !fused && line.has_columns && near(weight) < near(score) => {
                    (Some(only), None)
                }
                (Some(_), None) if !fused => (Some(only), None),
                (Some(_), Some(_)) if !fused && !line.has_columns && is_unscored => (Some(only), None),
                _ => (None, Some(only)),
            }
        }
        [first, .., last] if weight_col.is_some() || score_col.is_none() || header.is_none() => {
            // Weight and score keep the order of the header.
            match (weight_col, score_col) {
                (Some(weight), Some(score)) if score < weight => (Some(last), Some(first)),
                _ => (Some(first), figures.get(1).copied().or(Some(last))),
            }
        }
        [.., last] => (None, Some(last)),
    }
}

fn is_points(token: &Token<'_>) -> bool {
    token.kind == Kind::Quantity && token.key.ends_with('分')
}

/// Chooses among the readings of like cost by the printed sums, and says so.
fn choose(rows: &mut [Row<'_>], form: &Form, draft: &Draft<'_>, log: &mut Log) -> Solution {
    let number = |cell: Option<&Cell>| cell.and_then(|it| text::millionths(&text::key(&it.text)));
    let with_funds = |total: Option<i64>, funds: Option<i64>| -> Vec<i64> {
        let Some(total) = total else { return Vec::new() };
        std::iter::once(total).chain(funds.map(|it| total - it)).collect()
    };
    let funds = draft.funds.lines.first();
    let mut sums = Sums {
        scores: with_funds(number(form.total.score.as_ref()), number(funds.and_then(|it| it.field(FundsField::Score)))),
        weights: with_funds(
            number(form.total.weight.as_ref()),
            number(funds.and_then(|it| it.field(FundsField::Weight))),
        ),
        groups: BTreeMap::new(),
    };
    for row in rows.iter() {
        if let (Some(class), Some(points)) = (row.l1_class, number(row.l1_weight.as_ref())) {
            sums.groups.insert(class, points);
        }
    }
    let mut droppable = BTreeMap::new();
    for group in repeats::repeated_rows(rows) {
        /// A copy among rows of another kind was printed beside the wrong label; of two that fit, the first stands.
        const MISPLACED: i32 = 30;
        /// Cheaper than keeping it: the last row of a page is printed again at the head of the next.
        const OVER_BREAK: i32 = -LATER;
        const LATER: i32 = 50;
        const FIRST: i32 = 70;
        let mut first = true;
        for idx in group {
            if repeats::repeats_over_break(rows, idx) {
                droppable.insert(idx, OVER_BREAK);
                continue;
            }
            let cost = match (repeats::fits_its_section(rows, idx), first) {
                (false, _) => MISPLACED,
                (true, true) => FIRST,
                (true, false) => LATER,
            };
            first &= cost == MISPLACED;
            droppable.insert(idx, cost);
        }
    }
    let solution = solve::solve(rows, &sums, &droppable);
    for (row, choice) in rows.iter_mut().zip(&solution.choices) {
        row.chosen = choice.reading.unwrap_or(0);
    }
    log.chosen_by_sum(rows, &solution, form);
    solution
}

/// Which rows become rows of the form: not dropped, more than labels, not cut off by the end of the text.
fn keep(rows: &[Row<'_>], solution: &Solution, form: &Form) -> Vec<bool> {
    let mut kept: Vec<bool> = rows
        .iter()
        .zip(&solution.choices)
        .map(|(row, choice)| choice.reading.is_some() && !row.is_label_only())
        .collect();
    // The text ends in the middle of the last row: a name, and nothing beside it.
    let ends_open = form.printed.labels.iter().all(|it| *it != Pointer::TotalScore);
    if let (true, Some(last), Some(keep)) = (ends_open, rows.last(), kept.last_mut()) {
        let filled = rows::VALUES.into_iter().filter(|it| last.has(*it)).count();
        *keep &= filled > 1 || !last.has(IndicatorField::Name);
    }
    kept
}

fn indicator(row: &Row<'_>) -> Indicator {
    let value = |field| row.cell(row.chosen, field);
    Indicator {
        l1: row.l1.clone(),
        l1_weight: row.l1_weight.clone(),
        l2: row.l2.clone(),
        l2_weight: row.l2_weight.clone(),
        name: value(IndicatorField::Name),
        target: value(IndicatorField::Target),
        adjusted: value(IndicatorField::Adjusted),
        actual: value(IndicatorField::Actual),
        weight: value(IndicatorField::Weight),
        score: value(IndicatorField::Score),
        method: value(IndicatorField::Method),
        reason: value(IndicatorField::Reason),
    }
}

fn alternatives(rows: &[Row<'_>], new_idx: &BTreeMap<usize, usize>, draft: &Draft<'_>, form: &mut Form) {
    for other in &draft.funds.others {
        let at = other.fields.iter().map(|it| Pointer::Funds(other.line_idx, it.0)).collect();
        let values = other.fields.iter().map(|it| it.1.clone()).collect();
        form.alternatives.push(Alternative { at, values, cost_centi: cost(other.cost), why: other.why.clone() });
    }
    for (idx, row) in rows.iter().enumerate() {
        let Some(&row_idx) = new_idx.get(&idx) else { continue };
        let taken = row.readings.get(row.chosen).map_or(0, |it| it.cost);
        for (other, reading) in row.readings.iter().enumerate().filter(|it| it.0 != row.chosen) {
            let differing = row.differing(other);
            form.alternatives.push(Alternative {
                at: differing.iter().map(|it| Pointer::Indicator(row_idx, it.0)).collect(),
                values: differing.into_iter().map(|it| it.1).collect(),
                cost_centi: cost(reading.cost - taken),
                why: why(row, other),
            });
        }
    }
}

/// Why a row has another reading than the chosen one.
fn why(row: &Row<'_>, other: usize) -> Bilingual {
    let cuts = |reading: usize| row.readings.get(reading).is_some_and(|it| !it.parts.is_empty());
    if cuts(row.chosen) || cuts(other) {
        return Bilingual::new(
            "数值连写在一格，可有不同拆法",
            "values run together in one cell can be parted in more than one way",
        );
    }
    Bilingual::new("该行单元格在两列之间", "the row's cells stand between two columns")
}

/// A cost as it stands in the form: a reading that the sums overruled is cheaper, which counts as no cost.
fn cost(centi: i32) -> u32 {
    u32::try_from(centi).unwrap_or(0)
}

/// Points printed beside blocks, and subtotals, with the rows they stand over.
fn points(
    rows: &[Row<'_>],
    new_idx: &BTreeMap<usize, usize>,
    draft: &Draft<'_>,
    subtotals: Vec<(usize, Points)>,
    form: &mut Form,
) {
    let n_rows = form.indicators.len();
    for (label, value, over_rows) in &draft.points {
        let rows = if *over_rows { 0..n_rows } else { 0..0 };
        form.points.push(Points { label: label.clone(), value: Some(value.clone()), score: None, rows });
    }
    // Points beside a label that names no class, and the column of that label.
    let mut open: Vec<(Column, Points)> = Vec::new();
    for (idx, row) in rows.iter().enumerate() {
        let Some(&row_idx) = new_idx.get(&idx) else { continue };
        for column in [Column::Block, Column::L1] {
            for token in row.tokens_of(row.chosen, column) {
                let points = token.points.as_ref().filter(|_| token.l1().is_none());
                let last = open.last_mut().filter(|it| it.1.rows.end == n_rows);
                let is_again = last.as_ref().is_some_and(|it| text::key(&it.1.label.text) == token.key);
                if is_again {
                    continue;
                }
                // Another label of the level ends the block.
                if let Some((_, last)) = last.filter(|it| points.is_some() || (it.0 == column && token.l1().is_some()))
                {
                    last.rows.end = row_idx;
                }
                if let Some(points) = points {
                    let value = Some(token.cell_with(points.clone()));
                    // Points that lost their label are those of the rows below it that stand under one.
                    let is_alone = token.key.starts_with('(');
                    let is_beyond = |it: &(usize, &Row<'_>)| is_alone && it.1.l1_class != row.l1_class;
                    let beyond = rows.iter().enumerate().skip(idx).find(is_beyond).map(|it| it.0);
                    let end = beyond.and_then(|it| new_idx.range(it..).next()).map_or(n_rows, |it| *it.1);
                    open.push((column, Points { label: token.cell(), value, score: None, rows: row_idx..end }));
                }
            }
        }
    }
    form.points.extend(open.into_iter().map(|it| it.1));
    let mut start = 0;
    for (n_before, mut points) in subtotals {
        // Rows are fewer than their lines where a page break had cut some.
        let stands_over = |it: &(&usize, &usize)| rows.get(*it.0).is_some_and(|it| it.nth < n_before);
        let end = new_idx.iter().rev().find(stands_over).map_or(start, |it| it.1 + 1);
        points.rows = start..end.max(start);
        start = points.rows.end;
        form.points.push(points);
    }
}

fn head(draft: Draft<'_>, header: &Header, form: &mut Form) {
    let scored = form.indicators.iter().any(|it| it.score.is_some() || it.actual.is_some());
    form.kind = if draft.title.is_some() {
        draft.kind
    } else if scored || header.has(Column::Score) {
        FormKind::SelfEvaluation
    } else {
        FormKind::Target
    };
    let title_year = draft.title.as_ref().and_then(|title| {
        let key = text::key(&title.text);
        let year = crate::segment::year(&key)?.to_owned();
        Some(Cell { text: year, raw: Some(title.text.clone()), place: title.place.clone() })
    });
    form.title = draft.title;
    form.year = draft.year.or(title_year);
    form.project = draft.project;
    form.department = draft.department;
    form.unit = draft.unit;
    form.funds_unit = draft.funds_unit;
    form.goal.expected = draft.expected.filter(|it| !it.text.is_empty());
    form.goal.achieved = draft.achieved.filter(|it| !it.text.is_empty());
    form.grade = form.grade.take().or(draft.grade);
    form.notes = draft.notes;
    form.texts = draft.texts;
    form.deviation = draft.deviation;
    let mut labels = draft.labels;
    labels.append(&mut form.printed.labels);
    labels.sort();
    labels.dedup();
    let funds = match &draft.funds.header {
        Some(FundsHeader { columns, .. }) => {
            Columns { fields: columns.iter().map(|it| it.0).collect(), from: draft.funds.from }
        }
        None if draft.funds.lines.is_empty() => Columns::default(),
        None => Columns { fields: vec![FundsField::Budget], from: ColumnsFrom::Content },
    };
    let open_tail = !labels.contains(&Pointer::TotalScore);
    // A form that prints title or project and no word of funds has none; where neither stands, all of it may be cut off.
    let names_form = form.title.is_some() || form.project.is_some();
    let open_head = draft.funds.lines.is_empty() && (draft.names_funds || !names_form);
    form.funds = draft.funds.lines;
    form.printed = Printed {
        labels,
        funds,
        indicators: Columns { fields: header.fields(), from: header.from },
        open_head,
        open_tail,
    };
}
