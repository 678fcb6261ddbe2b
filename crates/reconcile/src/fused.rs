//! Fused cells: rows whose cells hold several values with no separator between.
//!
//! In: a row, its readings with every cell whole, and which columns the block fills. Out: the readings of like cost, those
//! that cut a cell among them, and the parts that these need.
//!
//! A cell is cut only in a row that lacks a cell for a column that the block fills: a number that is whole stays whole.

use std::collections::BTreeSet;

use crate::align::{self, Cuttable, Fate, MOVE, NEVER, Part, Piece, Reading};
use crate::cuts::{self, Cut};
use crate::draft::RowLine;
use crate::fits;
use crate::header::Header;
use crate::lexicon::{Column, Lexicon};
use crate::rows::{self, Row};
use crate::text;
use crate::token::{Kind, Token};

/// A part of a cell, and where in its row it comes from.
#[derive(Clone, Debug)]
pub(crate) struct CutToken<'d> {
    pub(crate) part: Part,
    pub(crate) token: Token<'d>,
}

/// Cost of a part under a column that no other row of the block fills: a form may leave its scores blank.
const COLUMN_UNUSED: i32 = 60;

/// Readings of one row that are followed; a run of digits can be parted in more ways than anybody would consider.
pub(crate) const MAX_READINGS: usize = 8;

/// Cost of a name in the words of a label, behind the label itself.
const NAME_LIKE_LABEL: i32 = 20;

/// Columns that a form may leave blank in all of its rows.
const USED: [Column; 5] = [Column::Target, Column::Adjusted, Column::Actual, Column::Weight, Column::Score];

/// Cost of cutting a number that may stand as it is: 55 is a weight, and it is 5 and 5. Where both parts are points of
/// other rows and the whole is not, it costs nothing.
const FITS_WHOLE: i32 = 90;

/// The same for a number that stands in another column than those of points, and for 100: dearer than any blank.
const FITS_ELSEWHERE: i32 = 150;

/// 100 points are 10 and none for nobody. Millionths.
const HUNDRED: i64 = 100_000_000;

/// Cost of cutting the figure of a quantity.
const IN_QUANTITY: i32 = 90;

/// Cost of a last part that no other row has as its points.
const UNKNOWN_POINTS: i32 = 30;

/// Cost of a score that is higher than the weight it is cut from.
const SCORE_ABOVE_WEIGHT: i32 = 20;

/// What the block holds beside the row in question.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// Columns that some row fills at their own place; all, where no columns are printed.
    filled: BTreeSet<Column>,
    /// Points that stand under their column, in millionths.
    points: BTreeSet<i64>,
    has_columns: bool,
}

impl Block {
    /// What stands in place under the header, in all of its rows.
    pub(crate) fn of<'t, 'd: 't>(rows: impl Iterator<Item = &'t [Token<'d>]>, header: &Header) -> Block {
        let mut block = Block { has_columns: header.has_columns, ..Block::default() };
        for token in rows.flatten() {
            for (column, _) in header.columns.iter().filter(|it| it.1 == token.col) {
                if fits::misfit(token, *column) <= rows::FITS {
                    block.filled.insert(*column);
                    let is_points = matches!(column, Column::Weight | Column::Score);
                    block.points.extend(token.number.filter(|_| is_points));
                }
            }
        }
        block
    }

    fn fills(&self, column: Column) -> bool {
        !self.has_columns || self.filled.contains(&column)
    }
}

impl<'d> Row<'d> {
    /// What a reading places, in printed order: cells, and parts of cells that it cuts.
    pub(crate) fn placed(&self, reading: usize) -> impl Iterator<Item = (&Token<'d>, &Fate)> {
        let reading = self.readings.get(reading);
        let fates = reading.map_or(&[][..], |it| it.fates.as_slice());
        let parts = reading.map_or(&[][..], |it| it.parts.as_slice());
        fates.iter().enumerate().filter_map(move |(at, fate)| {
            let token = match parts.get(at) {
                None => self.tokens.get(at),
                Some(part) => {
                    let cut = self.parts.iter().find(|it| it.part == *part).map(|it| &it.token);
                    cut.or_else(|| self.tokens.get(part.piece))
                }
            };
            token.map(|it| (it, fate))
        })
    }

    /// Whether the reading that stands cuts a cell.
    pub(crate) fn is_parted(&self) -> bool {
        self.readings.get(self.chosen).is_some_and(|it| !it.parts.is_empty())
    }

    /// The column that a fate puts a cell under.
    pub(crate) fn column_of(&self, fate: &Fate) -> Option<Column> {
        match fate {
            Fate::Role(role) | Fate::Joined(role) | Fate::OutOfOrder(role) => {
                self.header.columns.get(*role).map(|it| it.0)
            }
            Fate::Dropped => None,
        }
    }
}

/// What it costs that a digit cut off a figure stands for a reason: of 1000 that was 10.00 the last zero is none. As much as
/// a figure too high for points, so that it stays whole.
const FIGURE_FOR_REASON: i32 = 200;

/// The readings of a row with those that cut a cell; nothing if none of like cost does.
pub(crate) fn read<'d>(
    line: &RowLine<'d>,
    header: &Header,
    whole: &[Reading],
    block: &Block,
    lexicon: &'d Lexicon,
) -> Option<(Vec<Reading>, Vec<CutToken<'d>>)> {
    let tokens = line.tokens;
    let lacks = whole.first().is_none_or(|it| lacks(tokens, header, it));
    let has_joint = || tokens.len() < header.columns.len() && tokens.iter().any(cuts::has_joint);
    if !lacks && !has_joint() {
        return None;
    }
    let in_place = whole.first().is_some_and(|it| it.cost == 0);
    let mut cuts: Vec<Vec<Cut>> = tokens.iter().enumerate().map(|(at, it)| cuts_of(it, at, tokens, lexicon)).collect();
    // Where every cell stands in place and fits there, one that is empty is blank.
    if in_place {
        cuts.iter_mut().filter(|it| !it.iter().any(|it| it.cost <= cuts::SURE)).for_each(Vec::clear);
    }
    if cuts.iter().all(Vec::is_empty) {
        return None;
    }
    let mut parts: Vec<CutToken<'d>> = Vec::new();
    let mut pieces = rows::pieces(tokens, header);
    for (at, ((piece, token), cuts)) in pieces.iter_mut().zip(tokens).zip(&cuts).enumerate() {
        if !cuts.is_empty() {
            let follows_label = tokens.iter().take(at).any(|it| it.l2().is_some());
            make_cuttable(piece, at, (token, cuts), follows_label, header, block, lexicon, &mut parts);
        }
    }
    let mut readings = align::align(&pieces, &header.slots(), rows::has_columns(line, header));
    for reading in &mut readings {
        reading.cost += score_above_weight(reading, &parts, header);
    }
    readings.sort_by_key(|it| it.cost);
    let cheapest_whole = readings.iter().find(|it| it.parts.is_empty()).map(|it| it.cost);
    let best = readings.first()?;
    if best.parts.is_empty() {
        // Cutting is no more than another way to read the row.
        if !lacks {
            return None;
        }
        let (own, cheapest) = (whole.first()?.cost, cheapest_whole?);
        readings.retain(|it| !it.parts.is_empty() && it.cost - cheapest < MOVE);
        readings.iter_mut().for_each(|it| it.cost += own - cheapest);
        if readings.is_empty() {
            return None;
        }
        readings.splice(0..0, whole.iter().cloned());
        readings.sort_by_key(|it| it.cost);
    } else {
        let cheapest = best.cost;
        readings.retain(|it| it.cost - cheapest < MOVE);
    }
    readings.truncate(MAX_READINGS);
    parts.retain(|it| readings.iter().any(|reading| reading.parts.contains(&it.part)));
    Some((readings, parts))
}

/// Whether a reading leaves a column empty that rows have, drops a cell, or has a name that begins with a label.
fn lacks(tokens: &[Token<'_>], header: &Header, reading: &Reading) -> bool {
    let is_filled = |column: Column| {
        reading.fates.iter().any(|it| {
            let (Fate::Role(role) | Fate::Joined(role) | Fate::OutOfOrder(role)) = it else { return false };
            header.columns.get(*role).is_some_and(|it| it.0 == column)
        })
    };
    let wanted = [Column::Name, Column::Target, Column::Actual, Column::Weight, Column::Score];
    let empty = wanted.into_iter().any(|it| header.has(it) && !is_filled(it));
    let dropped = reading.fates.contains(&Fate::Dropped);
    let unlabeled = header.has(Column::L2) && !is_filled(Column::L2);
    let begins_with_label = unlabeled && tokens.iter().any(|it| it.labels.is_empty() && it.key.contains("指标"));
    empty || dropped || reading.cost >= MOVE || begins_with_label
}

fn cuts_of(token: &Token<'_>, at: usize, tokens: &[Token<'_>], lexicon: &Lexicon) -> Vec<Cut> {
    let is_label = !token.labels.is_empty() || token.kind == Kind::Method || token.kind == Kind::Dash;
    if is_label {
        return Vec::new();
    }
    let beside: Vec<&str> = tokens
        .iter()
        .enumerate()
        .filter(|it| it.0 != at && it.1.labels.is_empty())
        .map(|it| it.1.key.as_str())
        .collect();
    cuts::cuts(&token.text, &beside, lexicon)
}

/// Puts into a piece how well its parts fit the columns.
fn make_cuttable<'d>(
    piece: &mut Piece,
    at: usize,
    (token, cuts): (&Token<'d>, &[Cut]),
    follows_label: bool,
    header: &Header,
    block: &Block,
    lexicon: &'d Lexicon,
    parts: &mut Vec<CutToken<'d>>,
) {
    // A number that fits a column of points as it stands.
    let fits_whole = token.is_figure() && fits::misfit(token, Column::Weight) <= rows::FITS;
    let cost = cuts.iter().map(|cut| cut.cost + cost_in_digits(cut, token, fits_whole, header, block)).collect();
    // Where a name stands, a label is one: 服务对象满意度.
    let name_col = header.columns.iter().find(|it| it.0 == Column::Name).map(|it| it.1);
    let in_name = header.has_columns && name_col == Some(token.col);
    let misfit = |part: &Token<'_>| {
        let own = |column: Column| {
            if column == Column::Name && part.l2().is_some() && (in_name || follows_label) {
                return NAME_LIKE_LABEL;
            }
            let unused = if block.fills(column) || !USED.contains(&column) { 0 } else { COLUMN_UNUSED };
            let no_reason = if column == Column::Reason && part.is_figure() { FIGURE_FOR_REASON } else { 0 };
            fits::misfit(part, column) + unused + no_reason
        };
        header.columns.iter().map(|it| own(it.0)).collect()
    };
    let misfit = parts_of((at, token), cuts, &piece.misfit, misfit, lexicon, parts);
    piece.cut = Some(Cuttable { cost, misfit });
}

/// How badly each part of a cell fits each role, as [`Cuttable`] has it; the parts themselves are put into `parts`.
pub(crate) fn parts_of<'d>(
    (at, token): (usize, &Token<'d>),
    cuts: &[Cut],
    misfit_whole: &[i32],
    misfit: impl Fn(&Token<'_>) -> Vec<i32>,
    lexicon: &'d Lexicon,
    parts: &mut Vec<CutToken<'d>>,
) -> Vec<Vec<Vec<i32>>> {
    let mut places = vec![0];
    places.extend(cuts.iter().map(|it| it.at));
    places.push(token.text.len());
    let n_parts = places.len() - 1;
    let mut misfits = vec![Vec::new(); n_parts];
    for (from, of_start) in misfits.iter_mut().enumerate() {
        for to in from + 1..=n_parts {
            let whole: i32 = cuts.get(from..to - 1).unwrap_or(&[]).iter().map(|it| it.whole).sum();
            if (from, to) == (0, n_parts) {
                of_start.push(misfit_whole.iter().map(|it| it + whole).collect());
                continue;
            }
            let text = places.get(from).zip(places.get(to)).and_then(|(from, to)| token.text.get(*from..*to));
            let part = token.part(text.unwrap_or("").trim(), lexicon);
            let malformed = if cuts::is_malformed(&part.key) { NEVER } else { 0 };
            of_start.push(misfit(&part).into_iter().map(|it| it + whole + malformed).collect());
            parts.push(CutToken { part: Part { piece: at, from, to }, token: part });
        }
    }
    misfits
}

/// What a cut inside a run of digits costs beyond its place: digits alone say little.
fn cost_in_digits(cut: &Cut, token: &Token<'_>, fits_whole: bool, header: &Header, block: &Block) -> i32 {
    let is_points = |it: &&(Column, i32)| matches!(it.0, Column::Weight | Column::Score) && it.1 == token.col;
    let in_points = header.columns.iter().find(is_points).is_some() && token.number.is_some_and(|it| it != HUNDRED);
    let known = |text: &str| text::millionths(&text::key(text)).is_some_and(|it| block.points.contains(&it));
    let (left, right) = token.text.split_at_checked(cut.at).unwrap_or_default();
    let ends_in_zero = text::key(right) == "0";
    // `17.55万元` is a quantity, not 1 and 7.55万元.
    let run = right.find(|c: char| text::fold_char(c).is_some_and(|it| !it.is_ascii_digit() && it != '.'));
    match (cut.in_digits, run) {
        (false, _) => 0,
        (true, Some(_)) => IN_QUANTITY,
        (true, None) if fits_whole && (!in_points || ends_in_zero) => FITS_ELSEWHERE,
        (true, None) if fits_whole && (!known(left) || !known(right) || known(&token.text)) => FITS_WHOLE,
        (true, None) if (known(right) && !ends_in_zero) || fits_whole => 0,
        (true, None) => UNKNOWN_POINTS,
    }
}

/// What a reading pays for a score above the weight it was cut from: points are seldom given beyond those there are.
fn score_above_weight(reading: &Reading, parts: &[CutToken<'_>], header: &Header) -> i32 {
    let number = |column: Column| {
        reading.parts.iter().zip(&reading.fates).find_map(|(part, fate)| {
            let Fate::Role(role) = fate else { return None };
            let is_it = header.columns.get(*role).is_some_and(|it| it.0 == column);
            let token = parts.iter().find(|it| is_it && it.part == *part)?;
            Some((part.piece, token.token.number?))
        })
    };
    match (number(Column::Weight), number(Column::Score)) {
        (Some((piece, weight)), Some((other, score))) if piece == other && score > weight => SCORE_ABOVE_WEIGHT,
        _ => 0,
    }
}
