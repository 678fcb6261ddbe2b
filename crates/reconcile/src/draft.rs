//! Drafts: what a region holds, block by block, before its rows are read.
//!
//! In: the lines of a region. Out: a [`Draft`]: head fields, lines of the funds block, texts of the goal, the header and
//! the row lines of the indicator block, the row 总分, notes and boxes. Every line ends somewhere; what fits nowhere is
//! kept as a text without a label.

mod goal;
mod head;
mod totals;

use std::rc::Rc;

use gouji_model::{Cell, FormKind, NamedText, Pointer};

use crate::cores::HeadCore;
use crate::funds::{AMOUNTS, FundsDraft, FundsHeader};
use crate::header::Header;
use crate::lexicon::{Column, Label, Lexicon};
use crate::repairs::Log;
use crate::segment::{self, Region};
use crate::text;
use crate::token::{Kind, Line, Origin, Token};

pub(crate) use totals::is_grade;

/// A line of the indicator block.
#[derive(Clone, Debug)]
pub(crate) struct RowLine<'d> {
    /// Its filled cells.
    pub(crate) tokens: &'d [Token<'d>],
    /// Where it came from.
    pub(crate) origin: Origin,
    /// The header that it stands under.
    pub(crate) header: Option<Rc<Header>>,
    /// How many headers, page breaks and other signs of damage stand before it: rows of one number follow each other
    /// undisturbed.
    pub(crate) stretch: usize,
    /// How many row lines stand before it.
    pub(crate) nth: usize,
}

/// The row 总分, or a subtotal.
#[derive(Clone, Debug)]
pub(crate) struct TotalLine<'d> {
    pub(crate) tokens: Vec<Token<'d>>,
    pub(crate) has_columns: bool,
    pub(crate) header: Option<Rc<Header>>,
    /// How many row lines stand before it.
    pub(crate) n_rows: usize,
    /// Whether it is 小计 and not 总分.
    pub(crate) is_subtotal: bool,
}

/// What a region holds.
#[derive(Debug, Default)]
pub(crate) struct Draft<'d> {
    pub(crate) kind: FormKind,
    pub(crate) title: Option<Cell>,
    pub(crate) year: Option<Cell>,
    pub(crate) project: Option<Cell>,
    pub(crate) department: Option<Cell>,
    pub(crate) unit: Option<Cell>,
    /// Fields of the head whose labels are in unknown words.
    pub(crate) unknown_heads: Vec<(HeadCore, Cell)>,
    pub(crate) funds_unit: Option<Cell>,
    pub(crate) labels: Vec<Pointer>,
    pub(crate) funds: FundsDraft<'d>,
    pub(crate) expected: Option<Cell>,
    pub(crate) achieved: Option<Cell>,
    pub(crate) header: Option<Rc<Header>>,
    pub(crate) rows: Vec<RowLine<'d>>,
    pub(crate) totals: Vec<TotalLine<'d>>,
    /// The total score, where the head of the form prints it.
    pub(crate) head_total: Option<Cell>,
    pub(crate) grade: Option<Cell>,
    /// Points printed beside the label of a block: label, points, and whether the block is that of the indicators.
    pub(crate) points: Vec<(Cell, Cell, bool)>,
    pub(crate) notes: Vec<Cell>,
    pub(crate) texts: Vec<NamedText>,
    pub(crate) deviation: Option<Cell>,
    pub(crate) log: Log,
    /// Whether any label of a form was seen.
    pub(crate) has_labels: bool,
    /// Whether words of funds were seen above the indicators.
    pub(crate) names_funds: bool,
}

/// The part of the form that the walk is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Head,
    Funds,
    Goal,
    Indicators,
    Tail,
    Notes,
}

struct Walk<'d, 'a> {
    lexicon: &'d Lexicon,
    draft: Draft<'d>,
    part: Part,
    /// Columns of the goal's two boxes, where a header gave them.
    goal_columns: [Option<i32>; 2],
    /// The number before the label of the goal: `1.年度目标完成情况`; the next number heads another block.
    goal_number: Option<u32>,
    stretch: usize,
    /// Whether the line before was the header of the indicators.
    fresh_header: bool,
    /// Whether an empty line is a page break here: some dumps have one before every row.
    breaks_tell: bool,
    /// Columns of a sibling's funds block, for a form that lost its header.
    sibling: Option<&'a FundsHeader>,
}

/// Reads a region's lines into a draft; `sibling` is the funds header of another form of the document.
pub(crate) fn draft<'d>(
    lines: &'d [Line<'d>],
    region: &Region,
    lexicon: &'d Lexicon,
    sibling: Option<&FundsHeader>,
) -> Draft<'d> {
    let in_grid = |it: &&Line<'_>| it.has_columns();
    let n_breaks = lines.iter().filter(in_grid).filter(|it| it.break_before).count();
    let mut walk = Walk {
        breaks_tell: 2 * n_breaks < lines.iter().filter(in_grid).count(),
        lexicon,
        draft: Draft::default(),
        part: if region.begins_in_rows { Part::Indicators } else { Part::Head },
        goal_columns: [None; 2],
        goal_number: None,
        stretch: 0,
        fresh_header: false,
        sibling,
    };
    for (idx, line) in lines.iter().enumerate() {
        match region.title {
            Some((title_idx, kind)) if title_idx == region.lines.start + idx => walk.title(line, kind),
            _ => walk.line(line),
        }
    }
    walk.draft.log.span_copies(lines.iter().map(|it| it.mended.n_copies).sum());
    walk.settle_heads();
    walk.draft.funds.finish(&mut walk.draft.log, lexicon);
    walk.draft
}

impl<'d> Walk<'d, '_> {
    fn title(&mut self, line: &'d Line<'d>, kind: FormKind) {
        self.draft.kind = kind;
        let Some(first) = line.tokens.first() else { return };
        let joined: String = line.tokens.iter().map(|it| text::value(&it.text)).collect();
        self.draft.title = Some(first.cell_with(joined));
        if line.joined_key().contains("()") || line.joined_key().contains("(年度)") {
            self.draft.labels.push(Pointer::Year);
        }
    }

    fn line(&mut self, line: &'d Line<'d>) {
        let Some(first) = line.tokens.first() else { return };
        if line.break_before && self.breaks_tell {
            self.stretch += 1;
        }
        if line.tokens.len() == 1 && line.origin == Origin::Text && segment::is_page_mark(&first.key) {
            self.draft.log.page_mark(first);
            self.stretch += 1;
            return;
        }
        if segment::is_continuation(line, self.lexicon)
            || (self.part == Part::Indicators && segment::title(line, self.lexicon).is_some())
        {
            self.stretch += 1;
            self.draft.log.continued(first);
            return;
        }
        if (self.part <= Part::Goal || segment::is_year_line(line)) && self.year(line) {
            return;
        }
        if line.origin == Origin::Text && self.text_line(line, first) {
            return;
        }
        let fresh = std::mem::take(&mut self.fresh_header);
        if let Some(header) = self.draft.header.clone().filter(|it| fresh && it.is_second_line(line)) {
            self.draft.header = Some(Rc::new(header.merged(line, self.lexicon)));
            return;
        }
        if let Some(header) = Header::read(line, self.lexicon) {
            let spanned = self.draft.header.as_ref().filter(|_| fresh).and_then(|it| it.spanning(&header));
            match spanned {
                Some(header) => self.draft.header = Some(Rc::new(header)),
                None => self.indicator_header(header, line),
            }
            return;
        }
        match self.part {
            Part::Head | Part::Funds | Part::Goal => self.before_indicators(line),
            Part::Indicators => self.in_indicators(line),
            Part::Tail | Part::Notes => self.after_indicators(line),
        }
    }

    /// Takes a line that holds the form's year and nothing else, or its money unit.
    fn year(&mut self, line: &'d Line<'d>) -> bool {
        /// Longer lines say more. Characters.
        const LONGEST: usize = 12;
        let Some(first) = line.tokens.first() else { return false };
        // A character has four bytes at most.
        if 4 * LONGEST < line.key_bytes() || first.is(Label::GoalBlock) {
            return false;
        }
        let key = line.joined_key();
        if key.chars().count() <= LONGEST {
            if let Some(year) = segment::year(&key).filter(|_| segment::is_year_line(line)) {
                self.draft.labels.push(Pointer::Year);
                let year = first.cell_with(year.to_owned());
                self.draft.year.get_or_insert(year);
                return true;
            }
            if matches!(key.as_ref(), "(年度)" | "年度" | "()年度" | "(年)") {
                self.draft.labels.push(Pointer::Year);
                return true;
            }
            let unit = key.trim_start_matches("金额").trim_start_matches('(').trim_end_matches(')');
            if let Some(unit) = unit.strip_prefix("单位:")
                && matches!(unit, "万元" | "元" | "千元" | "亿元")
            {
                let unit = first.cell_with(unit.to_owned());
                self.draft.funds_unit.get_or_insert(unit);
                return true;
            }
        }
        false
    }

    /// Takes a line of running text, unless it has to be read as a row.
    fn text_line(&mut self, line: &'d Line<'d>, first: &'d Token<'d>) -> bool {
        if self.lexicon.opens_notes(&first.key) && self.part >= Part::Goal {
            self.part = Part::Notes;
            self.note(first, true);
            return true;
        }
        if self.part == Part::Notes {
            self.note(first, false);
            return true;
        }
        if self.part == Part::Head && !first.labels.iter().any(|it| matches!(it, Label::Head(_))) {
            // `项目名称: 某某项目` in running text; other text before the form is not the form's.
            let cut = crate::token::words(line, self.lexicon);
            let fused = cut.tokens.iter().any(|it| self.fused_head(it).is_some());
            if fused || cut.any(|it| matches!(it, Label::Head(_))) {
                self.draft.has_labels = true;
                self.head_fields(&cut);
            } else if self.draft.title.is_some() {
                self.draft.texts.push(NamedText { label: String::new(), text: Some(first.prose()) });
            }
            return true;
        }
        if self.part == Part::Indicators && first.kind == Kind::Method {
            // A method cell cut by a page break; the row that goes on below prints it again.
            self.draft.log.stray_method(first);
            return true;
        }
        if first.labels.is_empty() && matches!(self.part, Part::Indicators | Part::Tail) {
            self.draft.texts.push(NamedText { label: String::new(), text: Some(first.prose()) });
            return true;
        }
        false
    }

    fn note(&mut self, token: &Token<'d>, opens: bool) {
        for line in token.text.split('\n') {
            let line = line.trim();
            let bare = line
                .strip_prefix(['注', '註'])
                .map(|it| it.trim_start().trim_start_matches([':', '：']).trim_start())
                .filter(|it| opens && !it.starts_with(['意', '1']) || text::list_number(it).is_some())
                .unwrap_or(line);
            if !bare.is_empty() {
                self.draft.notes.push(token.cell_with(text::value(bare)));
            }
        }
    }

    fn indicator_header(&mut self, mut header: Header, line: &'d Line<'d>) {
        self.draft.has_labels = true;
        self.draft.log.heads_mended(line);
        if self.part >= Part::Tail {
            self.stretch += 1;
        }
        if let Some(known) = &self.draft.header {
            self.stretch += 1;
            self.draft.log.repeated_header(line, self.draft.rows.len());
            header.complete_from(known);
        }
        for token in line.tokens.iter().filter(|it| it.points.is_some()) {
            self.block_points(token);
        }
        self.draft.header = Some(Rc::new(header));
        self.fresh_header = true;
        self.part = Part::Indicators;
    }

    /// Points printed beside the label of a whole block: `绩效指标 (90分)`.
    fn block_points(&mut self, token: &Token<'d>) {
        if let Some(points) = &token.points {
            let label = token.cell_with(text::value(&token.text));
            let over_rows = !token.is(Label::FundsBlock);
            self.draft.points.push((label, token.cell_with(points.clone()), over_rows));
        }
    }

    fn before_indicators(&mut self, line: &'d Line<'d>) {
        let Some(first) = line.tokens.first() else { return };
        if self.draft.title.is_none() && !self.draft.has_labels && segment::is_cut_row(line) {
            self.part = Part::Indicators;
            self.in_indicators(line);
            return;
        }
        self.draft.has_labels |= line.any(|it| !matches!(it, Label::Text | Label::Grade));
        let is_goal = |it: Label| matches!(it, Label::GoalBlock | Label::GoalExpected | Label::GoalAchieved);
        // 绩效目标 heads the goal on some forms and the indicators on others: before a class of indicators it is these.
        let class_of = |it: Label| matches!(it, Label::L2(_));
        let heads_funds = line.count(|it| matches!(it, Label::Funds(_))) > 1;
        // 预算执行率 is a class of indicators on some forms and the head of a column of the funds on most: beside amounts.
        let heads_amounts = line.count(|it| matches!(it, Label::Funds(it) if AMOUNTS.contains(&it))) > 1;
        let starts_rows =
            !heads_amounts && line.any(class_of) && !line.any(|it| matches!(it, Label::Head(_) | Label::FundsLine(_)));
        self.draft.names_funds |= heads_funds || line.any(|it| matches!(it, Label::FundsBlock | Label::FundsLine(_)));
        let figures = line.tokens.iter().filter(|it| it.is_figure()).count();
        // Alone in a line below the head it heads rows, too: nothing else of the form is called 产出指标.
        let is_alone = line.tokens.len() == 1 && !first.damaged && self.part >= Part::Funds;
        let heads_rows = first.l1().is_some()
            && (figures > 0 || (is_alone && !line.any(is_goal)))
            && !line.any(|it| matches!(it, Label::Head(_)));
        if (starts_rows && (self.part >= Part::Funds || first.l1().is_some() || figures > 0)) || heads_rows {
            self.part = Part::Indicators;
            self.in_indicators(line);
            return;
        }
        let has_head = line.any(|it| matches!(it, Label::Head(_)))
            || line.tokens.iter().any(|it| self.fused_head(it).is_some())
            || self.opens_with_core(line);
        if self.part <= Part::Funds && has_head && !heads_funds && !self.funds_values(line) {
            self.head_fields(line);
            return;
        }
        // The funds stand before the goal on most forms, after it on some.
        let opens_funds = self.part == Part::Goal
            && self.draft.funds.is_empty()
            && line.count(|it| matches!(it, Label::Funds(it) if AMOUNTS.contains(&it))) > 1;
        if self.part <= Part::Funds || opens_funds {
            // The unit stands beside the block's label, whatever words that has.
            let is_line = line.any(|it| matches!(it, Label::FundsLine(_)));
            let heads_block = |it: &&Token<'_>| {
                it.is(Label::FundsBlock) || heads_funds || (is_line && it.labels.is_empty() && it.money_unit.is_some())
            };
            for token in line.tokens.iter().filter(heads_block) {
                if let Some(unit) = token.money_unit {
                    self.draft.funds_unit.get_or_insert(token.cell_with(unit.to_owned()));
                }
                self.block_points(token);
            }
            if self.draft.funds.take(line, self.lexicon, self.sibling, self.part == Part::Funds) {
                self.part = Part::Funds;
                return;
            }
        }
        if self.part == Part::Goal && self.is_next_block(first) {
            self.box_of_text(line);
            return;
        }
        if line.any(is_goal) || self.part == Part::Goal {
            self.part = Part::Goal;
            self.goal(line);
            return;
        }
        if self.lexicon.goal_prefix(&first.key).is_some() && first.kind == Kind::Prose {
            self.part = Part::Goal;
            self.goal(line);
            return;
        }
        if self.part == Part::Funds && first.kind == Kind::Prose && line.tokens.len() <= 2 {
            self.part = Part::Goal;
            self.goal(line);
            return;
        }
        self.unplaced(line);
    }

    /// Whether a line with a head label is still a line of the funds block (`单位资金` is no 单位).
    fn funds_values(&self, line: &'d Line<'d>) -> bool {
        line.any(|it| matches!(it, Label::FundsLine(_))) && line.tokens.iter().any(Token::is_figure)
    }

    fn unplaced(&mut self, line: &'d Line<'d>) {
        for token in &line.tokens {
            if !token.labels.is_empty() && token.kind != Kind::Prose {
                continue;
            }
            self.draft.texts.push(NamedText { label: String::new(), text: Some(token.prose()) });
        }
    }

    fn in_indicators(&mut self, line: &'d Line<'d>) {
        let Some(first) = line.tokens.first() else { return };
        self.draft.has_labels = true;
        if let Some(total) = self.total(line) {
            if !total.is_subtotal {
                self.part = Part::Tail;
            }
            self.draft.totals.push(total);
            return;
        }
        if first.is(Label::Deviation) {
            self.deviation(line);
            return;
        }
        if self.lexicon.opens_notes(&first.key) && first.kind != Kind::Words {
            self.part = Part::Notes;
            self.note(first, true);
            return;
        }
        if self.is_grade_line(line) {
            self.part = Part::Tail;
            self.draft.labels.push(Pointer::Grade);
            let grade = line.tokens.get(1).map(Token::cell);
            self.draft.grade = self.draft.grade.take().or(grade);
            return;
        }
        if first.is(Label::Text) && !first.is(Label::Column(Column::Reason)) {
            self.part = Part::Tail;
            self.box_of_text(line);
            return;
        }
        self.push_row(line);
    }

    fn push_row(&mut self, line: &'d Line<'d>) {
        self.draft.log.mended(line);
        self.draft.rows.push(RowLine {
            tokens: &line.tokens,
            origin: line.origin,
            header: self.draft.header.clone(),
            stretch: self.stretch,
            nth: self.draft.rows.len(),
        });
    }

    fn deviation(&mut self, line: &'d Line<'d>) {
        self.draft.labels.push(Pointer::Deviation);
        if let Some(token) = line.tokens.get(1) {
            self.draft.deviation.get_or_insert(token.prose());
        }
    }

    fn box_of_text(&mut self, line: &'d Line<'d>) {
        let mut label = String::new();
        let mut any = false;
        for token in &line.tokens {
            if token.is(Label::Text) || token.is(Label::Grade) {
                label = text::value(&token.text);
                continue;
            }
            if !any && label.is_empty() {
                label = text::value(&token.text);
                continue;
            }
            any = true;
            self.draft.texts.push(NamedText { label: label.clone(), text: Some(token.prose()) });
        }
        if !any && !label.is_empty() {
            self.draft.texts.push(NamedText { label, text: None });
        }
    }

    fn after_indicators(&mut self, line: &'d Line<'d>) {
        let Some(first) = line.tokens.first() else { return };
        if first.is(Label::Deviation) {
            self.deviation(line);
            return;
        }
        if self.lexicon.opens_notes(&first.key) && line.tokens.len() == 1 {
            self.part = Part::Notes;
            self.note(first, true);
            return;
        }
        if first.is(Label::Grade) {
            self.draft.labels.push(Pointer::Grade);
            if let Some(token) = line.tokens.get(1).filter(|it| is_grade(&it.key)) {
                self.draft.grade.get_or_insert(token.cell());
                return;
            }
        }
        if let [token] = line.tokens.as_slice()
            && is_grade(&token.key)
        {
            self.draft.grade.get_or_insert(token.cell());
            return;
        }
        // Rows go on after a total: it was a subtotal, or the page prints the total first.
        let figures = line.tokens.iter().filter(|it| it.is_figure()).count();
        if (line.any(|it| matches!(it, Label::L2(_))) && line.tokens.len() > 2)
            || (figures >= 2 && line.tokens.len() >= 4)
        {
            self.stretch += 1;
            self.push_row(line);
            return;
        }
        self.box_of_text(line);
    }
}
