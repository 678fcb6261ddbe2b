//! Rows: every line of the indicator block read against its header, with the readings of like cost kept.
//!
//! In: row lines of a draft. Out: [`Row`]s, each with its cheapest readings; which of them stands is decided later, when
//! the printed sums are looked at.

use std::collections::HashMap;
use std::rc::Rc;

use gouji_model::{Cell, IndicatorField};

use crate::align::{self, Fate, MOVE, NEVER, Piece, Reading};
use crate::draft::RowLine;
use crate::fits::{HUNDRED, SHORT_UNIT, is_operator, is_percent_sign, is_short_run, misfit};
use crate::fused::{self, Block, CutToken};
use crate::header::Header;
use crate::lexicon::{Column, Label, Lexicon};
use crate::text;
use crate::token::{Kind, Origin, Token};

/// A row of the indicator block in the making.
#[derive(Clone, Debug)]
pub(crate) struct Row<'d> {
    pub(crate) tokens: &'d [Token<'d>],
    pub(crate) header: Rc<Header>,
    pub(crate) origin: Origin,
    /// Rows of one stretch follow each other without a page break or header between.
    pub(crate) stretch: usize,
    /// How many row lines stand before its own.
    pub(crate) nth: usize,
    /// The readings of like cost, cheapest first; never empty.
    pub(crate) readings: Vec<Reading>,
    /// Parts of cells, for readings that cut them.
    pub(crate) parts: Vec<CutToken<'d>>,
    /// The reading that stands.
    pub(crate) chosen: usize,
    /// Texts that a page break cut off this row's cells.
    pub(crate) healed: Vec<(IndicatorField, Cell)>,
    pub(crate) l1: Option<Cell>,
    pub(crate) l1_weight: Option<Cell>,
    pub(crate) l2: Option<Cell>,
    pub(crate) l2_weight: Option<Cell>,
    /// The class of 一级指标 that the row stands in.
    pub(crate) l1_class: Option<u8>,
    /// The class of 二级指标.
    pub(crate) l2_class: Option<u8>,
    /// How many rows, this one included, stand off the header alike.
    pub(crate) n_alike: usize,
}

impl<'d> Row<'d> {
    /// The cells that a reading puts under a column, in printed order.
    pub(crate) fn tokens_of(&self, reading: usize, column: Column) -> impl Iterator<Item = &Token<'d>> {
        self.placed(reading).filter_map(move |(token, fate)| match fate {
            Fate::Role(role) | Fate::Joined(role) | Fate::OutOfOrder(role) => {
                self.header.columns.get(*role).filter(|it| it.0 == column).map(|_| token)
            }
            Fate::Dropped => None,
        })
    }

    /// The first cell that the chosen reading puts under a column.
    pub(crate) fn token(&self, column: Column) -> Option<&Token<'d>> {
        self.tokens_of(self.chosen, column).next()
    }

    /// The plain number that a reading puts under a column, in millionths.
    pub(crate) fn number(&self, reading: usize, column: Column) -> Option<i64> {
        self.tokens_of(reading, column).find_map(|it| it.number)
    }

    /// The cells that a reading puts under a field, in printed order.
    fn tokens_under(&self, reading: usize, field: IndicatorField) -> impl Iterator<Item = &Token<'d>> {
        self.placed(reading).filter_map(move |(token, fate)| match fate {
            Fate::Role(role) | Fate::Joined(role) | Fate::OutOfOrder(role) => {
                let column = self.header.columns.get(*role)?.0;
                columns_of(field).contains(&column).then_some(token)
            }
            Fate::Dropped => None,
        })
    }

    /// The last cell that the chosen reading puts under a field.
    pub(crate) fn last_under(&self, field: IndicatorField) -> Option<&Token<'d>> {
        self.tokens_under(self.chosen, field).last()
    }

    /// Whether the chosen reading puts anything under a field.
    pub(crate) fn has(&self, field: IndicatorField) -> bool {
        self.tokens_under(self.chosen, field).next().is_some()
    }

    /// Whether two readings put the same texts under every field.
    fn reads_alike(&self, a: usize, b: usize) -> bool {
        let keys = |reading: usize, field| self.tokens_under(reading, field).map(|it| it.key.as_str());
        VALUES.into_iter().all(|field| keys(a, field).eq(keys(b, field)))
    }

    /// Readings that give every field the same text are one, the cheapest.
    fn drop_doubles(&mut self) {
        let mut idx = 1;
        while idx < self.readings.len() {
            if (0..idx).any(|before| self.reads_alike(before, idx)) {
                self.readings.remove(idx);
            } else {
                idx += 1;
            }
        }
    }

    /// Puts other readings in the place of those that the row had, cheapest first.
    pub(crate) fn take_readings(&mut self, readings: Vec<Reading>) {
        self.readings = readings;
        self.chosen = 0;
        self.drop_doubles();
    }

    /// What a reading costs whose every cell stands where it should: misfits, and columns left empty.
    pub(crate) fn cost_in_place(&self, reading: &Reading) -> i32 {
        let role = |fate: &Fate| if let Fate::Role(role) = fate { Some(*role) } else { None };
        let misfits = self.tokens.iter().zip(&reading.fates).filter_map(|(token, fate)| {
            let column = self.header.columns.get(role(fate)?)?.0;
            // A label that was taken for the row's name where it stands had good grounds.
            Some(if column == Column::Name && is_class(token) { 0 } else { misfit(token, column) })
        });
        let slots = self.header.slots();
        let is_empty = |at: usize| !reading.fates.iter().any(|it| role(it) == Some(at));
        let empty = slots.iter().enumerate().filter(|it| is_empty(it.0)).map(|it| it.1.empty);
        misfits.chain(empty).sum()
    }

    /// What stands under a field in a reading: cells that make up one value joined in printed order.
    pub(crate) fn cell(&self, reading: usize, field: IndicatorField) -> Option<Cell> {
        let mut cell: Option<Cell> = None;
        for token in self.tokens_under(reading, field) {
            match &mut cell {
                Some(cell) => text::append(&mut cell.text, &text::value(&token.text)),
                None => cell = Some(token.cell()),
            }
        }
        if let Some((_, rest)) = self.healed.iter().find(|it| it.0 == field)
            && let Some(cell) = &mut cell
        {
            text::append(&mut cell.text, &rest.text);
        }
        cell
    }

    /// Fields that differ between the chosen reading and another, with what the other would hold.
    pub(crate) fn differing(&self, other: usize) -> Vec<(IndicatorField, Option<String>)> {
        VALUES
            .into_iter()
            .filter_map(|field| {
                let mine = self.cell(self.chosen, field).map(|it| it.text);
                let theirs = self.cell(other, field).map(|it| it.text);
                (mine != theirs).then_some((field, theirs))
            })
            .collect()
    }

    /// Whether nothing but labels stands in the row.
    pub(crate) fn is_label_only(&self) -> bool {
        !VALUES.into_iter().any(|it| self.has(it))
    }

    /// What the row says, for telling repeats: all of its values.
    pub(crate) fn signature(&self) -> String {
        let mut signature = String::new();
        for field in [
            IndicatorField::Name,
            IndicatorField::Target,
            IndicatorField::Actual,
            IndicatorField::Weight,
            IndicatorField::Score,
        ] {
            for token in self.tokens_under(self.chosen, field) {
                signature.push_str(&token.key);
            }
            signature.push('|');
        }
        signature
    }
}

/// The columns whose cells make up a field.
fn columns_of(field: IndicatorField) -> &'static [Column] {
    match field {
        IndicatorField::Name => &[Column::Name],
        IndicatorField::Target => &[Column::Operator, Column::Target, Column::Unit],
        IndicatorField::Adjusted => &[Column::Adjusted],
        IndicatorField::Actual => &[Column::Actual],
        IndicatorField::Weight => &[Column::Weight],
        IndicatorField::Score => &[Column::Score],
        IndicatorField::Method => &[Column::Method],
        IndicatorField::Reason => &[Column::Reason],
        _ => &[],
    }
}

/// Fields whose value comes from the row's own cells.
pub(crate) const VALUES: [IndicatorField; 8] = [
    IndicatorField::Name,
    IndicatorField::Target,
    IndicatorField::Adjusted,
    IndicatorField::Actual,
    IndicatorField::Weight,
    IndicatorField::Score,
    IndicatorField::Method,
    IndicatorField::Reason,
];

/// Cost of taking a cell for a repeat of the one before it. A little less than a move.
const REPEAT: i32 = 90;
/// Cost of leaving out a cell that fits nowhere: dearer than any shift.
const STRAY: i32 = 280;
/// Cost of taking two cells for one text.
const JOIN: i32 = 110;
/// Cost of a method cell that stands out of the header's order; its words tell it.
const METHOD_ELSEWHERE: i32 = 80;

/// Cost of an empty name in a row of zeros that follow each other: these begin with the name.
const NAME_OF_VOID: i32 = 300;

/// Whether a row does not apply: nothing but labels and, side by side, two zeros or more.
fn is_void(tokens: &[Token<'_>]) -> bool {
    let mut zeros = tokens.iter().skip_while(|it| it.number != Some(0)).peekable();
    let first = zeros.peek().map_or(0, |it| it.col);
    let labels = tokens.iter().take_while(|it| it.l1().is_some() || it.l2().is_some()).count();
    let n_zeros = tokens.len() - labels;
    n_zeros > 1 && zeros.zip(first..).filter(|(it, col)| it.number == Some(0) && it.col == *col).count() == n_zeros
}

/// Whether nothing but labels and zeros stands in a row: it does not apply, and a label is no name of it.
fn is_all_zeros(tokens: &[Token<'_>]) -> bool {
    tokens.iter().all(|it| it.number == Some(0) || is_class(it))
}

/// Which header a row stands under, what its readings may cost, then the place of each of its cells beside that header, and their looks.
type Looks = Vec<(i32, u32)>;

/// Readings by the look of a row: most rows of a document look alike, and the aligner sees nothing but looks.
#[derive(Debug, Default)]
pub(crate) struct KnownLooks {
    readings: HashMap<Looks, Vec<Reading>>,
    /// Headers with other columns than those before, wherever in the grid they stand.
    headers: Vec<Rc<Header>>,
    /// Room for the looks of the row in question.
    looks: Looks,
}

impl KnownLooks {
    /// The readings of like cost, cheapest first; empty if the row cannot be read.
    fn readings(&mut self, line: &RowLine<'_>, header: &Rc<Header>, most: i32) -> Vec<Reading> {
        let known = self.headers.iter().position(|it| Rc::ptr_eq(it, header) || it.is_moved(header));
        let header_idx = known.unwrap_or_else(|| {
            self.headers.push(header.clone());
            self.headers.len() - 1
        });
        let looks = &mut self.looks;
        looks.clear();
        looks.push((i32::try_from(header_idx).unwrap_or(i32::MAX), u32::from(matches!(line.origin, Origin::Words))));
        looks.push((most, 0));
        // Where no columns were printed, cells have their places beside each other alone.
        let first = if header.has_columns { header.first_column() } else { line.tokens.first().map_or(0, |it| it.col) };
        let mut before: Option<&Token<'_>> = None;
        for (at, token) in line.tokens.iter().enumerate() {
            let repeats = u32::from(before.is_some_and(|it| it.key == token.key));
            // What a label costs as a name depends on the words of the other labels, which looks do not tell.
            let as_name = if is_class(token) { label_as_name(line.tokens, at) as u32 } else { 0 };
            looks.push((token.col - first, (look(token) << 1 | repeats) | as_name << 20));
            before = Some(token);
        }
        if let Some(known) = self.readings.get(looks.as_slice()) {
            return known.clone();
        }
        let readings = aligned(line, header, most);
        self.readings.insert(looks.clone(), readings.clone());
        readings
    }
}

/// Reads the rows of a form.
#[derive(Debug)]
pub(crate) struct Reader<'k, 'd> {
    known: &'k mut KnownLooks,
    /// With what to cut cells that hold several values; without it none is cut.
    cutting: Option<(Block, &'d Lexicon)>,
}

impl<'k, 'd> Reader<'k, 'd> {
    /// A reader that leaves every cell whole.
    pub(crate) fn new(known: &'k mut KnownLooks) -> Reader<'k, 'd> {
        Reader { known, cutting: None }
    }

    /// A reader of the rows of a block that cuts cells where a row lacks one.
    pub(crate) fn cutting(known: &'k mut KnownLooks, block: Block, lexicon: &'d Lexicon) -> Reader<'k, 'd> {
        Reader { known, cutting: Some((block, lexicon)) }
    }

    /// The readings of a row if the columns stood where this header has them; those that cost no more than `most`.
    pub(crate) fn readings_at(&mut self, row: &Row<'_>, header: &Rc<Header>, most: i32) -> Vec<Reading> {
        let line = RowLine { tokens: row.tokens, origin: row.origin, header: None, stretch: row.stretch, nth: row.nth };
        let whole = self.whole(&line, header, most);
        if whole.is_empty() { whole } else { self::row(&line, header, whole, Vec::new()).readings }
    }

    /// The readings of a line with every cell whole.
    fn whole(&mut self, line: &RowLine<'_>, header: &Rc<Header>, most: i32) -> Vec<Reading> {
        match in_place(line.tokens, header) {
            Some(reading) => vec![reading],
            None => self.known.readings(line, header, most),
        }
    }

    /// Reads a line against its header.
    pub(crate) fn read(&mut self, line: &RowLine<'d>, header: &Rc<Header>) -> Option<Row<'d>> {
        let whole = self.whole(line, header, i32::MAX);
        let cut = self.cutting.as_ref().and_then(|(block, lexicon)| fused::read(line, header, &whole, block, lexicon));
        let (readings, parts) = cut.unwrap_or((whole, Vec::new()));
        if readings.is_empty() {
            return None;
        }
        Some(row(line, header, readings, parts))
    }
}

/// Everything about a cell that its fit to a column depends on: cells of one look have the same misfits.
fn look(token: &Token<'_>) -> u32 {
    let number = match token.number {
        None => 0,
        Some(0) => 1,
        Some(..0) => 2,
        Some(1..=HUNDRED) => 3,
        Some(_) => 4,
    };
    let flags = [
        token.l1().is_some(),
        token.l2().is_some(),
        token.is(Label::IndicatorBlock),
        token.labels.is_empty(),
        token.points.is_some() && token.key.starts_with('('),
        token.damaged,
        is_operator(Some(token)),
        token.key.chars().count() <= SHORT_UNIT,
        token.key.ends_with('分'),
        is_short_run(token),
        is_percent_sign(token),
    ];
    flags.iter().fold(number * 8 + token.kind as u32, |acc, it| acc * 2 + u32::from(*it))
}

/// Whether the columns of a line count against those of its header.
pub(crate) fn has_columns(line: &RowLine<'_>, header: &Header) -> bool {
    header.has_columns && matches!(line.origin, Origin::Row { .. })
}

/// Reads a line through the aligner.
fn aligned(line: &RowLine<'_>, header: &Rc<Header>, most: i32) -> Vec<Reading> {
    let pieces = pieces(line.tokens, header);
    let mut slots = header.slots();
    if is_void(line.tokens)
        && let Some(name) = header.columns.iter().position(|it| it.0 == Column::Name)
        && let Some(slot) = slots.get_mut(name)
    {
        slot.empty = NAME_OF_VOID;
    }
    let mut readings = align::align_below(&pieces, &slots, has_columns(line, header), most);
    let cheapest = readings.first().map_or(0, |it| it.cost);
    readings.retain(|it| it.cost - cheapest < MOVE);
    readings
}

/// A line and its readings as a row; readings that give every field the same text are one.
fn row<'d>(line: &RowLine<'d>, header: &Rc<Header>, readings: Vec<Reading>, parts: Vec<CutToken<'d>>) -> Row<'d> {
    let mut row = Row {
        tokens: line.tokens,
        header: header.clone(),
        origin: line.origin,
        stretch: line.stretch,
        nth: line.nth,
        readings,
        parts,
        chosen: 0,
        healed: Vec::new(),
        l1: None,
        l1_weight: None,
        l2: None,
        l2_weight: None,
        l1_class: None,
        l2_class: None,
        n_alike: 1,
    };
    row.drop_doubles();
    row
}

/// A misfit of more than this is looked at more closely.
pub(crate) const FITS: i32 = 20;

/// The reading of a row whose every cell stands where the header says and fits there: nothing else is of like cost.
fn in_place(tokens: &[Token<'_>], header: &Header) -> Option<Reading> {
    if !header.has_columns {
        return None;
    }
    let mut fates = Vec::with_capacity(tokens.len());
    let (mut weighs, mut scores, mut has_name, mut has_target) = (false, false, false, false);
    // 服务对象满意度 names a row, too: where a figure stands beside it as its target, nothing is shifted.
    let does_apply = !is_all_zeros(tokens);
    let figure_at = |column: Column| {
        let col = header.columns.iter().find(|it| it.0 == column).map(|it| it.1);
        tokens.iter().any(|it| {
            Some(it.col) == col && matches!(it.kind, Kind::Quantity | Kind::Percent | Kind::Number)
                || is_operator(Some(it))
        })
    };
    for token in tokens {
        let role = header.columns.iter().position(|it| it.1 == token.col)?;
        let column = header.columns.get(role)?.0;
        let names_itself = column == Column::Name && token.l2().is_some() && does_apply && figure_at(Column::Target);
        // A column in unknown words may hold anything.
        if misfit(token, column) > FITS && !names_itself && column != Column::Other {
            return None;
        }
        weighs |= column == Column::Weight;
        scores |= column == Column::Score;
        has_name |= column == Column::Name;
        has_target |= column == Column::Target;
        fates.push(Fate::Role(role));
    }
    let balanced = weighs == scores || !header.has(Column::Weight) || !header.has(Column::Score);
    let filled = has_name && (has_target || !header.has(Column::Target));
    (balanced && filled).then_some(Reading { cost: 0, fates, parts: Vec::new() })
}

pub(crate) fn pieces(tokens: &[Token<'_>], header: &Header) -> Vec<Piece> {
    let method = header.columns.iter().position(|it| it.0 == Column::Method);
    // A line of labels alone heads the rows below it: it has no name.
    let labels_only = tokens.iter().all(|it| it.l1().is_some() || it.l2().is_some() || it.is(Label::IndicatorBlock));
    // A row of zeros does not apply: its first zero stands for the name.
    let zeros_only = is_all_zeros(tokens);
    let misfit = |at: usize, token: &Token<'_>, column: Column| match column {
        Column::Name if zeros_only && token.number == Some(0) => 0,
        column if labels_only && column >= Column::Name => NEVER,
        Column::Name if !zeros_only && is_class(token) => label_as_name(tokens, at),
        column => misfit(token, column),
    };
    tokens
        .iter()
        .enumerate()
        .map(|(at, token)| {
            let before = at.checked_sub(1).and_then(|it| tokens.get(it));
            let figure = matches!(token.kind, Kind::Number | Kind::Dash | Kind::Percent);
            // A merged cell that is printed twice is printed side by side.
            let repeats = figure && before.is_some_and(|it| it.key == token.key && it.col + 1 >= token.col);
            let joins = before.is_some_and(|it| joins(it, token));
            Piece {
                col: token.col,
                misfit: header.columns.iter().map(|it| misfit(at, token, it.0)).collect(),
                drop: Some(if repeats { REPEAT } else { STRAY }),
                join: joins.then_some(if is_operator(before) { 0 } else { JOIN }),
                anywhere: method.filter(|_| token.kind == Kind::Method).map(|it| (it, METHOD_ELSEWHERE)),
                cut: None,
            }
        })
        .collect()
}

/// Whether the word names a class of indicators.
fn is_class(token: &Token<'_>) -> bool {
    token.l1().is_some() || token.l2().is_some()
}

/// How badly a label fits the names of a row. 服务对象满意度 is a 二级指标 on most forms and an indicator on many: it names
/// the row where the same 二级指标 stands before it in other words, or where nothing else could.
fn label_as_name(tokens: &[Token<'_>], at: usize) -> i32 {
    /// After a label of its own the row goes on with a name.
    const AFTER_LABEL: i32 = 40;
    /// A little less than a row without a name.
    const ONLY_NAME: i32 = 110;
    /// A name stands beside it.
    const BESIDE_NAME: i32 = 250;
    let (before, from) = tokens.split_at(at.min(tokens.len()));
    let Some((token, after)) = from.split_first() else { return BESIDE_NAME };
    let is_name =
        |it: &Token<'_>| matches!(it.kind, Kind::Words | Kind::Prose) && it.labels.is_empty() && !is_operator(Some(it));
    if before.iter().any(|it| it.l2().is_some() && it.l2() == token.l2() && it.key != token.key) {
        AFTER_LABEL
    } else if after.first().is_some_and(is_name) {
        BESIDE_NAME
    } else {
        ONLY_NAME
    }
}

/// Whether two neighbouring cells can be one text.
fn joins(before: &Token<'_>, token: &Token<'_>) -> bool {
    let texts = |it: &Token<'_>| matches!(it.kind, Kind::Words | Kind::Prose) && it.labels.is_empty();
    is_operator(Some(before)) || (texts(before) && texts(token))
}
