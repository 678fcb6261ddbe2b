//! The funds block: which amount stands under which head, line by line.
//!
//! In: lines of a region, one at a time. Out: the funds lines of the form, with the readings of like cost that were not
//! taken. Lines with one amount a label (target forms) are read as pairs, others are aligned with the header.

use gouji_model::{Bilingual, Cell, ColumnsFrom, FundsField, FundsLine, FundsRole};

use crate::align::{self, Fate, MOVE, NEVER, Piece, Slot};
use crate::funds_fused;
use crate::lexicon::{Label, Lexicon};
use crate::repairs::Log;
use crate::text;
use crate::token::{Kind, Line, Token};

/// The head of a funds block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FundsHeader {
    /// What each column holds, and its column in the grid.
    pub(crate) columns: Vec<(FundsField, i32)>,
    /// The column of the lines' labels.
    pub(crate) label_col: i32,
    /// Whether columns were printed.
    pub(crate) has_columns: bool,
    /// Columns where the head to their left is printed again: a converter prints what spans columns in each of them.
    pub(crate) repeated: Vec<i32>,
}

/// Another reading of a line: the fields that differ, what each would hold, how much dearer it is.
#[derive(Clone, Debug)]
pub(crate) struct OtherReading {
    pub(crate) line_idx: usize,
    pub(crate) fields: Vec<(FundsField, Option<String>)>,
    pub(crate) cost: i32,
    pub(crate) why: Bilingual,
}

/// The funds block of a form in the making.
#[derive(Debug, Default)]
pub(crate) struct FundsDraft<'d> {
    pub(crate) header: Option<FundsHeader>,
    pub(crate) from: ColumnsFrom,
    pub(crate) lines: Vec<FundsLine>,
    pub(crate) others: Vec<OtherReading>,
    /// Lines to be aligned, with the index of their line.
    pending: Vec<(usize, Vec<&'d Token<'d>>)>,
    /// The line whose amounts are overprinted by the words of the header.
    overprinted: Option<usize>,
    groups: Vec<(i32, Cell)>,
    layouts: Vec<Vec<FundsField>>,
    has_columns: bool,
    moved: Vec<usize>,
    /// Cells that no column took: their line, the text, and whether the cell to the left says the same.
    dropped: Vec<(usize, String, bool)>,
    /// How many lines print the label of the block.
    n_labelled: usize,
    /// The column of the label of the line before.
    last_label: Option<i32>,
}

/// Fields that hold money.
pub(crate) const AMOUNTS: [FundsField; 3] = [FundsField::Budget, FundsField::Revised, FundsField::Executed];

impl<'d> FundsDraft<'d> {
    /// Whether nothing of the block was seen.
    pub(crate) fn is_empty(&self) -> bool {
        self.header.is_none() && self.lines.is_empty()
    }

    /// Takes a line if it belongs to the block. `inside` says that the line before did.
    pub(crate) fn take(
        &mut self,
        line: &'d Line<'d>,
        lexicon: &Lexicon,
        sibling: Option<&FundsHeader>,
        inside: bool,
    ) -> bool {
        if self.layouts.is_empty() {
            self.layouts = lexicon.funds_layouts.clone();
        }
        self.n_labelled += usize::from(line.tokens.iter().any(|it| is_block_label(it, line)));
        let heads = line.count(|it| matches!(it, Label::Funds(_)));
        let amounts = line.count(|it| matches!(it, Label::Funds(it) if AMOUNTS.contains(&it)));
        let opens = line.any(|it| it == Label::FundsBlock);
        let is_line = |it: &Token<'_>| it.labels.iter().any(|it| matches!(it, Label::FundsLine(_) | Label::FundsGroup));
        if amounts > 0 && (heads > 1 || opens) {
            self.take_header(line, lexicon, sibling);
            return true;
        }
        if line.tokens.iter().take(4).any(is_line)
            && !line.any(|it| matches!(it, Label::GoalBlock | Label::GoalExpected))
        {
            self.take_line(line, sibling);
            return true;
        }
        // A line in unknown words: they stand in the block, amounts beside them.
        let mut rest = line.tokens.iter().filter(|it| !is_block_label(it, line));
        let label = rest.next().filter(|it| matches!(it.kind, Kind::Words | Kind::Prose) && it.labels.is_empty());
        let is_value = |it: &Token<'_>| matches!(it.kind, Kind::Number | Kind::Dash | Kind::Percent);
        let n_values = rest.clone().count();
        // One without amounts stands where the label of the line above does.
        let is_under = label.is_some_and(|it| inside && line.has_columns() && self.last_label == Some(it.col));
        let goes_on = (inside || opens) && label.is_some() && (n_values > 0 || is_under) && rest.all(is_value);
        if goes_on {
            self.take_line(line, sibling);
        }
        goes_on || opens
    }

    fn take_header(&mut self, line: &'d Line<'d>, lexicon: &Lexicon, sibling: Option<&FundsHeader>) {
        let known = |it: &Token<'_>| it.find(|it| if let Label::Funds(field) = it { Some(field) } else { None });
        let first = line.tokens.iter().find(|it| known(it).is_some()).map_or(i32::MAX, |it| it.col);
        let head = |it: &Token<'_>| {
            let by_core = || is_unknown_head(it).then(|| lexicon.cores.funds(&it.key)).flatten();
            known(it).or_else(|| by_core().filter(|_| it.col > first))
        };
        let mut columns: Vec<(FundsField, i32)> = Vec::new();
        let mut loose: Vec<&'d Token<'d>> = Vec::new();
        let repeated = line.tokens.windows(2).filter(|it| is_again(&it[0], &it[1]) && head(&it[1]).is_some());
        let repeated: Vec<i32> = repeated.map(|it| it[1].col).collect();
        for token in &line.tokens {
            match head(token) {
                Some(field) if !columns.iter().any(|it| it.0 == field) => columns.push((field, token.col)),
                _ if token.is_figure() => loose.push(token),
                _ => {}
            }
        }
        // `预算数: | 100 | 执行数: | 90`: each head is followed by its own amount.
        let paired = !loose.is_empty()
            && line.tokens.windows(2).filter(|it| head(&it[0]).is_some() && it[1].is_figure()).count() == columns.len();
        if paired {
            let mut total = FundsLine { role: FundsRole::Total, ..FundsLine::default() };
            let label = line
                .tokens
                .iter()
                .find(|it| it.labels.iter().any(|it| matches!(it, Label::FundsLine(_) | Label::FundsBlock)));
            total.label = label.map(|it| label_cell(it));
            for pair in line.tokens.windows(2) {
                if let (Some(field), true) = (head(&pair[0]), pair[1].is_figure()) {
                    *total.field_mut(field) = Some(pair[1].cell());
                }
            }
            self.from = ColumnsFrom::Header;
            self.lines.push(total);
            return;
        }
        let is_line = |it: &Token<'_>| it.labels.iter().any(|it| matches!(it, Label::FundsLine(_)));
        let label = line.tokens.iter().find(|it| is_line(it) && !is_block_label(it, line));
        // An amount printed over a head's word: the head is the one that the siblings have there.
        for token in &loose {
            let known = sibling.map(|it| it.columns.iter().map(|it| it.0).collect::<Vec<_>>());
            let order = known.unwrap_or_else(|| AMOUNTS.to_vec());
            if let Some(field) =
                order.into_iter().find(|it| AMOUNTS.contains(it) && !columns.iter().any(|at| at.0 == *it))
            {
                columns.push((field, token.col));
                self.from = ColumnsFrom::Siblings;
            }
        }
        columns.sort_by_key(|it| it.1);
        columns.extend(unknown_heads(line, &columns));
        columns.sort_by_key(|it| it.1);
        if self.header.is_none() {
            if self.from == ColumnsFrom::Absent {
                self.from = ColumnsFrom::Header;
            }
            let label_col = label.map_or(i32::MIN, |it| it.col);
            self.header = Some(FundsHeader { columns, label_col, has_columns: line.has_columns(), repeated });
        }
        self.has_columns = line.has_columns();
        if let Some(label) = label {
            let idx = self.push_line(label);
            let mut tokens = vec![label];
            tokens.extend(loose);
            if tokens.len() == 1 {
                self.overprinted = Some(idx);
            } else {
                self.pending.push((idx, tokens));
            }
        }
    }

    fn push_line(&mut self, label: &Token<'d>) -> usize {
        let role = label.find(|it| if let Label::FundsLine(role) = it { Some(role) } else { None });
        // The first line is the total of the others, whatever its words, if it is no part of anything.
        let role = role.or((self.lines.is_empty() && !label.key.starts_with("其中")).then_some(FundsRole::Total));
        let group = self.groups.iter().rev().filter(|it| it.0 <= label.col).max_by_key(|it| it.0);
        self.last_label = Some(label.col);
        self.lines.push(FundsLine {
            label: Some(label_cell(label)),
            group: group.map(|it| it.1.clone()),
            role: role.unwrap_or_default(),
            ..FundsLine::default()
        });
        self.lines.len() - 1
    }

    fn take_line(&mut self, line: &'d Line<'d>, sibling: Option<&FundsHeader>) {
        let mut tokens: Vec<&'d Token<'d>> = line.tokens.iter().filter(|it| !is_block_label(it, line)).collect();
        // A converter prints what spans columns in each of them: labels, and amounts where the head says so.
        let known = self.header.as_ref().map(|it| it.repeated.as_slice());
        let mut label_again = false;
        let mut before: Option<&Token<'d>> = None;
        tokens.retain(|token| {
            let again = before.replace(token).is_some_and(|it| is_again(it, token));
            let is_label = !token.is_figure() && !token.labels.is_empty();
            label_again |= again && is_label;
            let dropped = match known {
                _ if is_label => true,
                Some(repeated) => repeated.contains(&token.col),
                None => label_again,
            };
            !(again && dropped)
        });
        let is_label = |it: &Token<'_>| {
            !it.is_figure() && it.labels.iter().any(|it| matches!(it, Label::FundsLine(_) | Label::FundsGroup))
        };
        // The label of the block, in unknown words.
        if let Some(at) = tokens.iter().position(|it| is_label(it)).filter(|at| *at > 0)
            && tokens.iter().take(at).all(|it| it.labels.is_empty() && matches!(it.kind, Kind::Words | Kind::Prose))
        {
            tokens.drain(..at);
        }
        let n_labels = tokens.iter().filter(|it| is_label(it)).count();
        let n_values = tokens.len() - n_labels;
        self.has_columns |= line.has_columns();
        let in_pairs = n_labels > 1 || (self.header.is_none() && sibling.is_none() && n_values <= 1);
        if !in_pairs {
            let Some((label, values)) = tokens.split_first() else { return };
            let idx = self.push_line(label);
            let mut pending = vec![*label];
            pending.extend(values);
            self.pending.push((idx, pending));
            if self.header.is_none()
                && let Some(sibling) = sibling
            {
                self.from = ColumnsFrom::Siblings;
                self.header = Some(sibling.clone());
            }
            return;
        }
        let mut current = None;
        for token in tokens {
            if token.is(Label::FundsGroup) {
                self.groups.retain(|it| it.0 != token.col);
                self.groups.push((token.col, label_cell(token)));
                current = None;
            } else if is_label(token) || (n_labels == 0 && current.is_none() && token.kind == Kind::Words) {
                current = Some(self.push_line(token));
            } else if let Some(line) = current.and_then(|it| self.lines.get_mut(it)) {
                let slot = &mut line.budget;
                let is_value = matches!(token.kind, Kind::Number | Kind::Quantity | Kind::Dash | Kind::Percent);
                if slot.is_none() && is_value {
                    *slot = Some(token.cell());
                }
            }
        }
    }

    /// Aligns the lines with the header, once all of the block is known.
    pub(crate) fn finish(&mut self, log: &mut Log, lexicon: &'d Lexicon) {
        let mut pending = std::mem::take(&mut self.pending);
        if self.header.is_none() && is_one_amount(&pending, self.n_labelled > 1) {
            for (idx, tokens) in std::mem::take(&mut pending) {
                if let (Some(line), Some(amount)) = (self.lines.get_mut(idx), tokens.get(1)) {
                    line.budget = Some(amount.cell());
                    log.funds_repeat(idx, &amount.key);
                }
            }
        }
        if self.header.is_none() && !pending.is_empty() {
            self.header = self.best_layout(&pending);
            if self.header.is_some() {
                self.from = ColumnsFrom::Content;
            }
        }
        let Some(mut header) = self.header.clone() else { return };
        if header.label_col == i32::MIN {
            // Where most labels stand: a line may be shifted, the first one, too.
            let cols: Vec<i32> = pending.iter().filter_map(|it| it.1.first()).map(|it| it.col).collect();
            let count = |col: &i32| cols.iter().filter(|it| *it == col).count();
            header.label_col = cols.iter().copied().max_by_key(|it| (count(it), -*it)).unwrap_or(0);
            self.header = Some(header.clone());
        }
        for (idx, tokens) in &pending {
            self.align_line(*idx, tokens, &header, lexicon, log);
        }
        self.overprinted_total(&header);
        if self.from != ColumnsFrom::Header {
            log.funds_header(self.from, self.lines.len(), &header);
        }
        for idx in std::mem::take(&mut self.moved) {
            log.funds_line_moved(idx);
        }
        for (idx, text, is_repeat) in std::mem::take(&mut self.dropped) {
            if is_repeat {
                log.funds_repeat(idx, &text);
            } else {
                log.funds_left_out(idx, &text);
            }
        }
    }

    fn best_layout(&self, pending: &[(usize, Vec<&'d Token<'d>>)]) -> Option<FundsHeader> {
        let mut best: Option<(i32, FundsHeader)> = None;
        for order in &self.layouts {
            let header = FundsHeader {
                columns: order.iter().copied().zip(1..).collect(),
                label_col: 0,
                has_columns: false,
                repeated: Vec::new(),
            };
            let cost: Option<i32> = pending.iter().map(|it| read_line(&it.1, &header).first().map(|it| it.cost)).sum();
            if let Some(cost) = cost
                && best.as_ref().is_none_or(|it| cost < it.0)
            {
                best = Some((cost, header));
            }
        }
        best.map(|it| it.1)
    }

    fn align_line(
        &mut self,
        idx: usize,
        tokens: &[&'d Token<'d>],
        header: &FundsHeader,
        lexicon: &'d Lexicon,
        log: &mut Log,
    ) {
        let whole = read_line(tokens, header);
        let cut = funds_fused::read(tokens, header, &whole, lexicon);
        let (readings, parts) = cut.unwrap_or((whole, Vec::new()));
        let Some(best) = readings.first() else { return };
        let Some(line) = self.lines.get_mut(idx) else { return };
        let fields = |reading: &align::Reading| funds_fused::fields(tokens, header, reading, &parts);
        let taken = fields(best);
        let mut offset = None;
        for (field, token) in &taken {
            *line.field_mut(*field) = Some(token.cell());
            let col = header.columns.iter().find(|it| it.0 == *field).map_or(token.col, |it| it.1);
            let shifted = header.has_columns && best.parts.is_empty() && token.col != col;
            offset = offset.or(shifted.then_some(token.col - col));
        }
        for (at, token) in tokens.iter().enumerate() {
            let of_cell = best.parts.iter().zip(&best.fates).filter(|it| it.0.piece == at);
            let cut: Vec<FundsField> = of_cell.filter_map(|it| funds_fused::field_of(header, *it.1)).collect();
            if cut.len() > 1 {
                log.funds_parted(idx, &cut, &token.text);
            }
        }
        if offset.is_some() {
            self.moved.push(idx);
        }
        for (at, (token, fate)) in tokens.iter().zip(&best.fates).enumerate().filter(|_| best.parts.is_empty()) {
            if *fate == Fate::Dropped {
                let before = at.checked_sub(1).and_then(|it| tokens.get(it));
                let is_repeat = before.is_some_and(|it| it.key == token.key);
                let text = if is_repeat { token.key.clone() } else { text::value(&token.text) };
                self.dropped.push((idx, text, is_repeat));
            }
        }
        let text_of = |found: &[(FundsField, Token<'d>)], field: FundsField| {
            found.iter().find(|it| it.0 == field).map(|it| text::value(&it.1.text))
        };
        for reading in readings.iter().skip(1).take_while(|it| it.cost - best.cost < MOVE) {
            let other = fields(reading);
            let differing: Vec<(FundsField, Option<String>)> = FundsField::ALL
                .iter()
                .filter(|it| **it != FundsField::Label && text_of(&taken, **it) != text_of(&other, **it))
                .map(|it| (*it, text_of(&other, *it)))
                .collect();
            if !differing.is_empty() {
                let cost = reading.cost - best.cost;
                self.others.push(OtherReading {
                    line_idx: idx,
                    fields: differing,
                    cost,
                    why: Bilingual::new("金额在两列表头之间", "amounts stand between two heads"),
                });
            }
        }
    }

    /// The total's amounts are overprinted by the header's words: where one source line alone has amounts, the total
    /// most likely printed the same.
    fn overprinted_total(&mut self, header: &FundsHeader) {
        /// Half a move: as likely as not.
        const OVERPRINTED: i32 = MOVE / 2;
        let Some(idx) = self.overprinted else { return };
        let filled: Vec<&FundsLine> =
            self.lines.iter().filter(|it| AMOUNTS.iter().any(|field| it.field(*field).is_some())).collect();
        let [source] = filled.as_slice() else { return };
        let fields: Vec<(FundsField, Option<String>)> =
            header.columns.iter().filter_map(|it| Some((it.0, Some(source.field(it.0)?.text.clone())))).collect();
        let why = Bilingual::new(
            "总额行被表头文字占据，唯一的来源行有这些金额",
            "the words of the header stand in the line of the total; its only source has these amounts",
        );
        self.others.push(OtherReading { line_idx: idx, fields, cost: OVERPRINTED, why });
    }
}

/// Whether a cell is the label of the block: 资金总量 is that in its first line, and a line's label beside amounts.
fn is_block_label(token: &Token<'_>, line: &Line<'_>) -> bool {
    let is_line = |it: &Token<'_>| it.labels.iter().any(|it| matches!(it, Label::FundsLine(_) | Label::FundsGroup));
    let others = || line.tokens.iter().filter(|it| is_line(it) && it.col > token.col);
    let amounts = || line.tokens.iter().any(Token::is_figure);
    token.is(Label::FundsBlock) && (!is_line(token) || token.money_unit.is_some() || others().count() > 0 || !amounts())
}

/// Whether a cell may be the head of a column in words that mean none of the block's own.
fn is_unknown_head(token: &Token<'_>) -> bool {
    let own = |it: &Label| {
        matches!(it, Label::Funds(_) | Label::FundsBlock | Label::FundsLine(_) | Label::FundsGroup | Label::Head(_))
    };
    !token.labels.iter().any(own) && token.number.is_none() && token.kind == Kind::Words
}

/// Whether a cell says what the one to its left says.
fn is_again(before: &Token<'_>, token: &Token<'_>) -> bool {
    before.key == token.key && token.col == before.col + 1
}

/// Whether lines without a head hold one amount each, printed again in every column that it spans. `labels_repeat` says
/// that the label of the block is printed again, too.
fn is_one_amount(lines: &[(usize, Vec<&Token<'_>>)], labels_repeat: bool) -> bool {
    let amount = |line: &(usize, Vec<&Token<'_>>)| line.1.get(1).map(|it| it.key.clone());
    let spans = |tokens: &[&Token<'_>]| {
        tokens.len() > 2 && tokens.windows(2).skip(1).all(|it| is_again(it[0], it[1]) && it[1].is_figure())
    };
    let filled: Vec<&(usize, Vec<&Token<'_>>)> = lines.iter().filter(|it| it.1.len() > 1).collect();
    // Two amounts may be alike by chance.
    let vary = filled.windows(2).any(|it| amount(it[0]) != amount(it[1]));
    !filled.is_empty() && filled.iter().all(|it| spans(&it.1)) && (vary || labels_repeat)
}

/// Heads in unknown words, where as many roles are missing between the known heads beside them as there are words.
fn unknown_heads(line: &Line<'_>, columns: &[(FundsField, i32)]) -> Vec<(FundsField, i32)> {
    const ORDER: [FundsField; 6] = [
        FundsField::Budget,
        FundsField::Revised,
        FundsField::Executed,
        FundsField::Weight,
        FundsField::Rate,
        FundsField::Score,
    ];
    let rank = |field: FundsField| ORDER.iter().position(|it| *it == field);
    let is_unknown = |it: &&Token<'_>| is_unknown_head(it);
    let mut heads = Vec::new();
    // A budget in unknown words stands right before the first known head, behind the label of the block.
    if let Some((FundsField::Executed, col)) = columns.first()
        && let Some(token) = line.tokens.iter().skip(1).rfind(|it| it.col < *col).filter(is_unknown)
    {
        heads.push((FundsField::Budget, token.col));
    }
    for (idx, (field, col)) in columns.iter().enumerate() {
        let next = columns.get(idx + 1);
        let missing = rank(*field).zip(next.map_or(Some(ORDER.len()), |it| rank(it.0)));
        let missing = missing.and_then(|(before, after)| ORDER.get(before + 1..after)).unwrap_or(&[]);
        let is_between = |it: &&Token<'_>| it.col > *col && next.is_none_or(|next| it.col < next.1);
        let unknown: Vec<i32> = line.tokens.iter().filter(is_between).filter(is_unknown).map(|it| it.col).collect();
        if unknown.len() == missing.len() {
            heads.extend(missing.iter().copied().zip(unknown));
        }
    }
    heads
}

/// A label as it stands in the form: without its colon.
fn label_cell(token: &Token<'_>) -> Cell {
    let label = text::value(&token.text);
    token.cell_with(label.trim_end_matches([':', '：', ' ']).to_owned())
}

/// Ways to read a funds line, cheapest first: the first slot is the label, the others the header's columns.
fn read_line(tokens: &[&Token<'_>], header: &FundsHeader) -> Vec<align::Reading> {
    align::align(&pieces(tokens, header), &slots(header), header.has_columns)
}

/// The roles of a line: its label, and the columns.
pub(crate) fn slots(header: &FundsHeader) -> Vec<Slot> {
    let mut slots = vec![Slot { col: header.label_col, empty: 0 }];
    slots.extend(header.columns.iter().map(|it| Slot { col: it.1, empty: empty_cost(it.0) }));
    slots
}

/// The cells of a line, and how well each fits the columns.
pub(crate) fn pieces(tokens: &[&Token<'_>], header: &FundsHeader) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let mut misfit = vec![if at == 0 { 0 } else { NEVER }];
        misfit.extend(header.columns.iter().map(|it| if at == 0 { NEVER } else { misfit_of(token, it.0) }));
        let repeats = at > 1 && tokens.get(at - 1).is_some_and(|it| it.key == token.key && token.is_figure());
        let drop = if repeats {
            Some(REPEAT)
        } else if at > 0 {
            Some(STRAY)
        } else {
            None
        };
        pieces.push(Piece { col: token.col, misfit, drop, join: None, anywhere: None, cut: None });
    }
    pieces
}

/// Cost of taking a cell for a repeat of the one before it: a merged cell printed twice. A little less than a move.
const REPEAT: i32 = 90;
/// Cost of leaving out a cell that fits nowhere.
const STRAY: i32 = 280;

fn empty_cost(field: FundsField) -> i32 {
    match field {
        FundsField::Budget | FundsField::Revised | FundsField::Executed => 20,
        _ => 10,
    }
}

pub(crate) fn misfit_of(token: &Token<'_>, field: FundsField) -> i32 {
    // A misread figure may have any value.
    let hundred = token.number.is_none_or(|it| (0..=100_000_000).contains(&it));
    match (field, token.kind) {
        (FundsField::Label, _) => NEVER,
        (FundsField::Budget | FundsField::Revised | FundsField::Executed, kind) => match kind {
            Kind::Number => 0,
            Kind::Quantity => 10,
            Kind::Dash => 30,
            Kind::Words => 150,
            Kind::Percent => 250,
            _ => NEVER,
        },
        (FundsField::Weight, Kind::Number) => {
            if hundred {
                0
            } else {
                250
            }
        }
        (FundsField::Weight, Kind::Dash) => 0,
        (FundsField::Weight, Kind::Quantity) => 60,
        (FundsField::Rate, Kind::Percent) => 0,
        (FundsField::Rate, Kind::Number) => 20,
        (FundsField::Rate, Kind::Dash) => 0,
        (FundsField::Score, Kind::Number) => {
            if hundred {
                0
            } else {
                250
            }
        }
        (FundsField::Score, Kind::Dash) => 0,
        (FundsField::Score, Kind::Quantity) => 60,
        (FundsField::Score | FundsField::Weight | FundsField::Rate, Kind::Words) => 200,
        _ => 300,
    }
}
