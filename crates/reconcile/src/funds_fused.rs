//! Fused cells of the funds block: amounts, points and the rate run together in one cell.
//!
//! In: a line, its readings with every cell whole, the header. Out: the readings of like cost, those that cut a cell among
//! them. A cell is cut where a percent sign or a unit stands inside it, or where the rate that the line prints holds
//! between the amounts that a cut leaves; of the cuts that are left, the printed rate chooses. A plain number is cut only
//! if that rate does not hold without, and one of its parts is printed beside it or the rate holds between the two.

use gouji_model::FundsField;

use crate::align::{self, Cuttable, Fate, MOVE, Reading};
use crate::cuts::{self, Cut};
use crate::funds::{self, FundsHeader};
use crate::fused::{self, CutToken};
use crate::lexicon::Lexicon;
use crate::text;
use crate::token::{Kind, Token};

/// What a reading gains under which the printed rate holds. Less than a move: it chooses, it does not make.
const RATE_HOLDS: i32 = 60;

/// Cost of a cut inside a run of digits. Less than a column of amounts that stands empty: a line whose cells are run
/// together has one for every column.
const IN_AMOUNTS: i32 = 15;

/// Cost of a rate beyond what is ever printed: twice the budget.
const RATE_TOO_HIGH: i32 = 150;

/// 200 percent, in millionths of a percent.
const HIGHEST_RATE: i64 = 200_000_000;

/// The readings of a line with those that cut a cell, cheapest first; nothing if none of like cost does.
pub(crate) fn read<'d>(
    tokens: &[&Token<'d>],
    header: &FundsHeader,
    whole: &[Reading],
    lexicon: &'d Lexicon,
) -> Option<(Vec<Reading>, Vec<CutToken<'d>>)> {
    // The label is one of the cells.
    if tokens.len() > header.columns.len() {
        return None;
    }
    let mut parts = Vec::new();
    let mut pieces = funds::pieces(tokens, header);
    let mut is_sure = false;
    let whole_holds = whole.first().is_some_and(|it| rate_holds(&fields(tokens, header, it, &[])));
    for (at, (piece, token)) in pieces.iter_mut().zip(tokens).enumerate().skip(1) {
        let cuts = match token.kind {
            Kind::Quantity => {
                let cuts = cuts::cuts(&token.text, &[], lexicon);
                // Amounts in 元 run together are longer than any number.
                if cuts.is_empty() { cuts_by_rate(at, tokens) } else { cuts }
            }
            Kind::Number if !whole_holds => cuts_of_number(at, tokens, lexicon),
            _ => continue,
        };
        if cuts.is_empty() {
            continue;
        }
        is_sure |= token.kind != Kind::Number && cuts.iter().any(|it| it.cost <= cuts::SURE);
        let misfit = |part: &Token<'_>| {
            let mut misfits = vec![align::NEVER];
            misfits.extend(header.columns.iter().map(|it| funds::misfit_of(part, it.0) + too_high(part, it.0)));
            misfits
        };
        let misfit = fused::parts_of((at, *token), &cuts, &piece.misfit, misfit, lexicon, &mut parts);
        let cost = |it: &Cut| if it.in_digits { IN_AMOUNTS } else { it.cost };
        piece.cut = Some(Cuttable { cost: cuts.iter().map(cost).collect(), misfit });
    }
    if pieces.iter().all(|it| it.cut.is_none()) {
        return None;
    }
    let mut readings = align::align(&pieces, &funds::slots(header), header.has_columns);
    readings.retain_mut(|reading| {
        let holds = !reading.parts.is_empty() && rate_holds(&fields(tokens, header, reading, &parts));
        reading.cost -= if holds { RATE_HOLDS } else { 0 };
        let is_number = |it: &&CutToken<'d>| tokens.get(it.part.piece).is_some_and(|it| it.kind == Kind::Number);
        let cuts_number = || parts.iter().filter(is_number).any(|it| reading.parts.contains(&it.part));
        holds || (is_sure && !cuts_number()) || reading.parts.is_empty()
    });
    readings.sort_by_key(|it| it.cost);
    let best = readings.first()?;
    if best.parts.is_empty() && whole.first().is_some_and(|it| it.cost <= best.cost) && !is_sure {
        return None;
    }
    let cheapest = best.cost;
    readings.retain(|it| it.cost - cheapest < MOVE);
    readings.truncate(fused::MAX_READINGS);
    readings.iter().any(|it| !it.parts.is_empty()).then_some((readings, parts))
}

/// Where a plain number may be cut: where one part is an amount that the line prints beside it, both are the same, or the
/// printed rate holds between them.
fn cuts_of_number(at: usize, tokens: &[&Token<'_>], lexicon: &Lexicon) -> Vec<Cut> {
    let Some(token) = tokens.get(at) else { return Vec::new() };
    let printed = |part: &str| {
        let key = text::key(part);
        tokens.iter().enumerate().any(|(idx, it)| idx != at && it.number.is_some() && it.key == key)
    };
    let mut cuts = cuts::cuts(&token.text, &[], lexicon);
    cuts.retain(|it| {
        let (left, right) = token.text.split_at_checked(it.at).unwrap_or_default();
        !it.in_digits || printed(left) || printed(right)
    });
    for cut in cuts_by_rate(at, tokens) {
        if !cuts.iter().any(|it| it.at == cut.at) {
            cuts.push(cut);
        }
    }
    cuts.sort_by_key(|it| it.at);
    cuts
}

/// Where a number parts into a budget and what of it was spent at a rate that the line prints as a percentage.
fn cuts_by_rate(at: usize, tokens: &[&Token<'_>]) -> Vec<Cut> {
    let Some(token) = tokens.get(at).filter(|it| it.text.is_ascii()) else { return Vec::new() };
    let rates: Vec<&str> =
        tokens.iter().skip(at + 1).filter(|it| it.kind == Kind::Percent).map(|it| it.key.as_str()).collect();
    if rates.is_empty() {
        return Vec::new();
    }
    let is_cut = |at: &usize| {
        let (left, right) = token.text.split_at(*at);
        let is_figure = |it: &str| !cuts::is_malformed(it) && !it.ends_with('.');
        let amounts = money(left).zip(money(right)).filter(|_| is_figure(left) && is_figure(right));
        amounts.is_some_and(|(budget, executed)| rates.iter().any(|it| is_rate(executed, budget, it)))
    };
    let whole = Cut { at: 0, cost: IN_AMOUNTS, whole: 0, in_digits: true, is_weak: false };
    (1..token.text.len()).filter(is_cut).map(|at| Cut { at, ..whole }).collect()
}

fn too_high(part: &Token<'_>, field: FundsField) -> i32 {
    let rate = text::millionths(part.key.trim_end_matches('%'));
    let is_high = field == FundsField::Rate && rate.is_some_and(|it| it > HIGHEST_RATE);
    if is_high { RATE_TOO_HIGH } else { 0 }
}

/// What a reading puts under the columns.
pub(crate) fn fields<'d>(
    tokens: &[&'d Token<'d>],
    header: &FundsHeader,
    reading: &Reading,
    parts: &[CutToken<'d>],
) -> Vec<(FundsField, Token<'d>)> {
    let placed = reading.fates.iter().enumerate().filter_map(|(at, fate)| {
        let field = field_of(header, *fate)?;
        let part = reading.parts.get(at);
        let cut = part.and_then(|part| parts.iter().find(|it| it.part == *part)).map(|it| &it.token);
        let token = cut.or_else(|| tokens.get(part.map_or(at, |it| it.piece)).copied())?;
        Some((field, token.clone()))
    });
    placed.collect()
}

/// The column that a fate puts a cell under; the first role is the label.
pub(crate) fn field_of(header: &FundsHeader, fate: Fate) -> Option<FundsField> {
    let Fate::Role(role) = fate else { return None };
    header.columns.get(role.checked_sub(1)?).map(|it| it.0)
}

/// Whether the printed rate is what was executed of the budget, as closely as it is printed.
fn rate_holds(fields: &[(FundsField, Token<'_>)]) -> bool {
    let key = |field: FundsField| fields.iter().find(|it| it.0 == field).map(|it| it.1.key.as_str());
    let Some(executed) = key(FundsField::Executed).and_then(money) else { return false };
    let Some(rate) = key(FundsField::Rate) else { return false };
    let mut budgets = [FundsField::Revised, FundsField::Budget].into_iter().filter_map(key).filter_map(money);
    budgets.any(|budget| is_rate(executed, budget, rate))
}

/// An amount of money, in millionths of its unit.
fn money(key: &str) -> Option<i128> {
    text::millionths(key.trim_end_matches("万元").trim_end_matches('元')).map(i128::from)
}

/// Whether this rate is printed for what was executed of a budget, as closely as it is printed.
fn is_rate(executed: i128, budget: i128, rate: &str) -> bool {
    let figure = rate.trim_end_matches('%');
    // Without its sign, a rate is one of a hundred or of one.
    let bases: &[i128] = if figure == rate { &[100, 1] } else { &[100] };
    let Some(value) = text::millionths(figure).map(i128::from) else { return false };
    let decimals = figure.split_once('.').map_or(0, |it| it.1.len());
    // One unit of the last decimal, in millionths.
    let Some(unit) = u32::try_from(decimals).ok().and_then(|it| 10i128.checked_pow(6u32.saturating_sub(it))) else {
        return false;
    };
    let holds = |base: &i128| (executed * base * 1_000_000 - value * budget).abs() <= budget * unit;
    budget > 0 && value > 0 && bases.iter().any(holds)
}
