//! The aligner: a row's cells against the columns that its block has.
//!
//! In: for each filled cell its column and how badly it fits each role; for each role the column that the header gives
//! it and what leaving it empty costs. Out: the cheapest assignments, cheapest first, with their costs.
//!
//! Cells keep their order. What a reading costs: a cell under a role whose kind it does not fit; a change of the distance
//! between cells and header from one cell to the next (a row that is shifted as a whole pays once, cheaply); a role left
//! empty; a cell dropped as a repeat, or joined to the one before. All costs are integers, in hundredths of
//! [`MOVE`], so that every machine finds the same reading.

/// The unit of cost: moving one cell by one column. Readings that differ by less are of like cost.
pub(crate) const MOVE: i32 = 100;

/// What each further column of a move costs. A tenth of a move: distance tells little once a cell is off its place.
const PER_COLUMN: i32 = 10;

/// What a row pays for standing off its header from its first cell on: whole rows shift more often than single cells.
const WHOLE_ROW_OFF: i32 = 35;

/// Columns beyond which distance costs no more.
const MAX_COLUMNS: i32 = 5;

/// A cell that fits a role worse than this never stands there.
pub(crate) const NEVER: i32 = 400;

/// Readings dearer than the cheapest by more than this are not followed: three moves.
const BEAM: i32 = 3 * MOVE;

/// How many readings are kept for one last role and offset, and in all.
const KEPT: usize = 4;

/// The same for cells that are cut: digits alone can be parted in many ways of like cost.
const KEPT_OF_CUT: usize = 24;

/// A role that a cell may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    /// The column that the header gives it.
    pub(crate) col: i32,
    /// What leaving it empty costs.
    pub(crate) empty: i32,
}

/// A cell to be placed.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its column.
    pub(crate) col: i32,
    /// How badly it fits each role; [`NEVER`] and more: not at all.
    pub(crate) misfit: Vec<i32>,
    /// What dropping it costs, if it may be dropped.
    pub(crate) drop: Option<i32>,
    /// What joining it to the cell before costs, if it may be joined.
    pub(crate) join: Option<i32>,
    /// The role it takes whatever stands around it, and what that costs.
    pub(crate) anywhere: Option<(usize, i32)>,
    /// How it may be cut, if it may hold several cells.
    pub(crate) cut: Option<Cuttable>,
}

/// A cell that may hold several, run together.
#[derive(Clone, Debug)]
pub(crate) struct Cuttable {
    /// What cutting costs at each place where it may be cut, from left to right.
    pub(crate) cost: Vec<i32>,
    /// How badly the part from one place to a later one fits each role: the first index is the place where it begins (0
    /// is the head of the text), the second counts the places it goes on over.
    pub(crate) misfit: Vec<Vec<Vec<i32>>>,
}

/// What of a cell is placed: from one of its places to a later one; 0 is its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) piece: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Where a cell goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// Under this role.
    Role(usize),
    /// To the cell before it, under this role.
    Joined(usize),
    /// Under this role, out of the order of the header.
    OutOfOrder(usize),
    /// Nowhere: it repeats the cell before it.
    Dropped,
}

/// One way to read a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What it costs, in hundredths of a move.
    pub(crate) cost: i32,
    /// Where each cell goes; of a cell that is cut, each of its parts.
    pub(crate) fates: Vec<Fate>,
    /// What each fate is the fate of; empty if no cell is cut.
    pub(crate) parts: Vec<Part>,
}

/// A cell, or a part of one, that has been placed. Small, since a row takes some hundred of them; in the order in which
/// the cheapest is looked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    cost: i32,
    /// The last role taken, counted from 1; 0 is none.
    role: u32,
    /// Distance of the last placed cell from its header; [`NOWHERE`] before the first.
    offset: i32,
    /// The same for the last part of a cell that was cut: what follows stands beside the one or the other.
    far: i32,
    fate: PackedFate,
    /// Of a cell that is cut, where the part begins.
    from: u32,
    /// The step before, in the arena.
    before: u32,
    /// Which cell it is, and where the part of it ends.
    piece: u32,
    to: u32,
}

/// The distance of a cell that is not there.
const NOWHERE: i32 = i32::MIN;

/// A [`Fate`] in four bytes: its kind in the two highest bits, then the role.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PackedFate(u32);

impl PackedFate {
    const KIND: u32 = 30;

    fn new(fate: Fate) -> PackedFate {
        let (kind, role) = match fate {
            Fate::Role(role) => (0, role),
            Fate::Joined(role) => (1, role),
            Fate::OutOfOrder(role) => (2, role),
            Fate::Dropped => (3, 0),
        };
        PackedFate(kind << PackedFate::KIND | small(role))
    }

    fn fate(self) -> Fate {
        let role = (self.0 & ((1 << PackedFate::KIND) - 1)) as usize;
        match self.0 >> PackedFate::KIND {
            0 => Fate::Role(role),
            1 => Fate::Joined(role),
            2 => Fate::OutOfOrder(role),
            _ => Fate::Dropped,
        }
    }

    /// The cell stands under a role, in the order of the header.
    fn is_placed(self) -> bool {
        self.0 >> PackedFate::KIND < 2
    }
}

/// An index of a cell, a role or a step: none of them comes near the end of its range within the limits of a document.
fn small(idx: usize) -> u32 {
    u32::try_from(idx).unwrap_or(u32::MAX).min((1 << PackedFate::KIND) - 1)
}

/// The cheapest readings of a row, cheapest first; at most four. `has_columns` says whether columns were printed.
///
/// Empty if no reading places every cell that may not be dropped.
pub(crate) fn align(pieces: &[Piece], slots: &[Slot], has_columns: bool) -> Vec<Reading> {
    align_below(pieces, slots, has_columns, i32::MAX)
}

/// The same, of the readings that cost no more than `most`.
pub(crate) fn align_below(pieces: &[Piece], slots: &[Slot], has_columns: bool, most: i32) -> Vec<Reading> {
    let mut empty_before = vec![0];
    for slot in slots {
        empty_before.push(empty_before.last().copied().unwrap_or(0) + slot.empty);
    }
    let all_empty = empty_before.last().copied().unwrap_or(0);
    let skipped =
        |from: usize, to: usize| empty_before.get(to).unwrap_or(&all_empty) - empty_before.get(from).unwrap_or(&0);

    let start = Step {
        cost: 0,
        role: 0,
        offset: NOWHERE,
        far: NOWHERE,
        fate: PackedFate::new(Fate::Dropped),
        from: 0,
        before: 0,
        piece: 0,
        to: 1,
    };
    /// What most rows need; more is made room for.
    const USUAL_STEPS: usize = 64;
    let mut arena = Vec::with_capacity(USUAL_STEPS);
    arena.push(start);
    let mut frontier = vec![0u32];
    // Steps that have taken the cell up to each of the places where it may be cut.
    let mut taken: Vec<Taken> = Vec::new();
    let mut kept = Vec::with_capacity(USUAL_STEPS);
    for (at, piece) in pieces.iter().enumerate() {
        let n_parts = piece.cut.as_ref().map_or(1, |it| it.misfit.len());
        taken.resize_with(taken.len().max(n_parts + 1), || Taken::up_to(most));
        // Two cells read out of one place: nobody knows in which columns they stand.
        let one_place = at.checked_sub(1).and_then(|it| pieces.get(it)).is_some_and(|it| it.col == piece.col);
        for from in 0..n_parts {
            if from > 0
                && let Some(taken) = taken.get_mut(from)
            {
                taken.keep(&mut frontier, &mut arena, &mut kept);
            }
            for &before in &frontier {
                let Some(&step) = arena.get(before as usize) else { continue };
                let one_place = one_place && has_columns && step.offset != NOWHERE;
                let fits = |to: usize| match &piece.cut {
                    Some(cut) => cut.misfit.get(from).and_then(|it| it.get(to - from - 1)),
                    None => Some(&piece.misfit),
                };
                let next_step = Step { before, piece: small(at), from: small(from), ..step };
                for to in from + 1..=n_parts {
                    let (Some(misfits), Some(next)) = (fits(to), taken.get_mut(to)) else { continue };
                    for (idx, (slot, misfit)) in slots.iter().zip(misfits).enumerate().skip(step.role as usize) {
                        if *misfit >= NEVER {
                            continue;
                        }
                        let offset = if has_columns { piece.col - slot.col } else { 0 };
                        let mut cost = step.cost + misfit + skipped(step.role as usize, idx);
                        cost += match from.checked_sub(1) {
                            None if one_place => 0,
                            None => moved(&step, offset),
                            // The cell stands under the role of one of its parts.
                            Some(place) => {
                                piece.cut.as_ref().and_then(|it| it.cost.get(place)).copied().unwrap_or(NEVER)
                                    - if to == n_parts && offset == 0 { off_header(&arena, before, from) } else { 0 }
                            }
                        };
                        let (offset, far) =
                            if from > 0 || one_place { (step.offset, offset) } else { (offset, NOWHERE) };
                        let (role, to, fate) = (small(idx + 1), small(to), PackedFate::new(Fate::Role(idx)));
                        next.push(Step { cost, role, offset, far, fate, to, ..next_step });
                    }
                }
                let (true, Some(next)) = (from == 0, taken.get_mut(n_parts)) else { continue };
                let next_step = Step { to: small(n_parts), ..next_step };
                let mut push = |cost: i32, fate: Fate| {
                    next.push(Step { cost: step.cost + cost, fate: PackedFate::new(fate), ..next_step });
                };
                if let Some((idx, cost)) = piece.anywhere {
                    push(cost, Fate::OutOfOrder(idx));
                }
                if let (Some(cost), Some(role)) = (piece.join, step.role.checked_sub(1))
                    && step.fate.is_placed()
                {
                    push(cost, Fate::Joined(role as usize));
                }
                if let Some(cost) = piece.drop {
                    push(cost, Fate::Dropped);
                }
            }
        }
        if let Some(taken) = taken.get_mut(n_parts) {
            taken.keep(&mut frontier, &mut arena, &mut kept);
        }
    }

    let mut ends: Vec<(i32, u32)> = frontier
        .iter()
        .filter_map(|&idx| {
            let step = arena.get(idx as usize)?;
            Some((step.cost + skipped(step.role as usize, slots.len()), idx))
        })
        .filter(|it| it.0 <= most)
        .collect();
    ends.sort();
    ends.truncate(if pieces.iter().any(|it| it.cut.is_some()) { KEPT_OF_CUT } else { 2 * KEPT });
    ends.into_iter().map(|(cost, end)| reading(cost, &arena, end, pieces.len())).collect()
}

/// The reading whose last step this is.
fn reading(cost: i32, arena: &[Step], end: u32, n_pieces: usize) -> Reading {
    let mut steps = Vec::with_capacity(n_pieces);
    let mut at = end;
    while at != 0 {
        let Some(step) = arena.get(at as usize) else { break };
        steps.push(step);
        at = step.before;
    }
    steps.reverse();
    let part = |it: &Step| Part { piece: it.piece as usize, from: it.from as usize, to: it.to as usize };
    let is_cut = steps.iter().any(|it| it.from > 0);
    let parts = if is_cut { steps.iter().map(|it| part(it)).collect() } else { Vec::new() };
    Reading { cost, fates: steps.iter().map(|it| it.fate.fate()).collect(), parts }
}

/// What it costs that a cell stands at this distance from its header, behind the one before.
fn moved(before: &Step, offset: i32) -> i32 {
    let by = |last: i32| if last == offset { 0 } else { MOVE + PER_COLUMN * (offset - last).abs().min(MAX_COLUMNS) };
    match (before.offset, before.far) {
        (NOWHERE, _) if offset == 0 => 0,
        (NOWHERE, _) => WHOLE_ROW_OFF + PER_COLUMN / 2 * offset.abs().min(MAX_COLUMNS),
        (last, NOWHERE) => by(last),
        (last, far) => by(last).min(by(far)),
    }
}

/// What the first part of a cell that was cut up to `from` paid for standing off its header.
fn off_header(arena: &[Step], mut at: u32, from: usize) -> i32 {
    let mut from = small(from);
    while let Some(step) = arena.get(at as usize) {
        if from > 0 && step.from == 0 {
            let offset = if step.offset == NOWHERE { 0 } else { step.offset };
            return arena.get(step.before as usize).map_or(0, |it| moved(it, offset));
        }
        from = step.from;
        at = step.before;
    }
    0
}

/// A last role, and the distances of the last cell and of the last part of a cell that was cut from their header.
type State = (u32, i32, i32);

/// Steps that have taken the same cells.
struct Taken {
    steps: Vec<Step>,
    /// What the cheapest of them costs; nothing is known of an empty list.
    cheapest: Option<i32>,
    /// What a step may cost.
    most: i32,
}

impl Taken {
    fn up_to(most: i32) -> Taken {
        Taken { steps: Vec::new(), cheapest: None, most }
    }

    /// Adds a step. What is dearer than the cheapest so far by more than the beam is dearer than the cheapest of all.
    fn push(&mut self, step: Step) {
        if step.cost <= self.most && self.cheapest.is_none_or(|it| step.cost <= it + BEAM) {
            self.cheapest = Some(self.cheapest.map_or(step.cost, |it| it.min(step.cost)));
            self.steps.push(step);
        }
    }

    /// Puts the cheapest steps to each state into the arena, and makes them the frontier; nothing is left here. `kept`
    /// is room to count in.
    fn keep(&mut self, frontier: &mut Vec<u32>, arena: &mut Vec<Step>, kept: &mut Vec<(State, usize)>) {
        let cheapest = self.cheapest.take().unwrap_or(0);
        self.steps.retain(|it| it.cost <= cheapest + BEAM);
        self.steps.sort_unstable();
        frontier.clear();
        kept.clear();
        for step in self.steps.drain(..) {
            let state = (step.role, step.offset, step.far);
            match kept.iter_mut().find(|it| it.0 == state) {
                Some((_, n)) if *n >= if step.from > 0 { KEPT_OF_CUT } else { KEPT } => continue,
                Some((_, n)) => *n += 1,
                None => kept.push((state, 1)),
            }
            frontier.push(small(arena.len()));
            arena.push(step);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Roles `n` (name) `w` `t` `a` `s` at columns 0 to 4; cells drawn as `n` `9` (a number) `.` (nothing).
    fn check(row: &str, expected: &[(i32, &str)]) {
        let slots: Vec<Slot> =
            [120, 80, 60, 40, 80].into_iter().zip(0..).map(|(empty, col)| Slot { col, empty }).collect();
        let mut last = ' ';
        let mut pieces = Vec::new();
        for (c, col) in row.chars().zip(-2..) {
            let misfit = match c {
                'n' => vec![0, NEVER, 0, 0, NEVER],
                '9' => vec![NEVER, 0, 20, 20, 0],
                _ => continue,
            };
            let drop = (last == c && c == '9').then_some(90);
            pieces.push(Piece { col, misfit, drop, join: None, anywhere: None, cut: None });
            last = c;
        }
        let readings = align(&pieces, &slots, true);
        let drawn: Vec<(i32, String)> = readings
            .iter()
            .take(expected.len())
            .map(|it| {
                let letters = it.fates.iter().map(|fate| match fate {
                    Fate::Role(idx) => ['n', 'w', 't', 'a', 's'][*idx],
                    Fate::Joined(_) | Fate::OutOfOrder(_) => '+',
                    Fate::Dropped => '-',
                });
                (it.cost, letters.collect())
            })
            .collect();
        let expected: Vec<(i32, String)> = expected.iter().map(|it| (it.0, it.1.to_owned())).collect();
        assert_eq!(drawn, expected, "{row}");
    }

    #[test]
    fn a_row_in_place_costs_nothing() {
        check("..n9nn9", &[(0, "nwtas")]);
    }

    #[test]
    fn a_row_shifted_as_a_whole_pays_once() {
        check(".n9nn9", &[(40, "nwtas")]);
        check("...n9nn9", &[(40, "nwtas")]);
    }

    #[test]
    fn a_number_between_two_columns_has_two_readings_of_like_cost() {
        // The number stands under the actual; the score has none.
        let readings = [(100, "nwta"), (150, "nwts")];
        check("..n9n9", &readings);
    }

    #[test]
    fn a_repeated_number_is_dropped() {
        check("..n9nn99", &[(90, "nwtas-")]);
    }
}
