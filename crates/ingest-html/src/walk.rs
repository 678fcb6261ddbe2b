//! A tree of markup into blocks in reading order.
//!
//! In: the tree of a page or fragment. Out: its texts and grids; scripts, styles and what is hidden are left out.
//! The walk keeps its own stack, as a hostile page nests deeper than the program's stack reaches.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use gouji_model::{Block, Limits, Place, ReadError, UnreadCode};
use scraper::Node;
use scraper::node::Element;

use crate::display::{Part, Rules};
use crate::flow::Flow;
use crate::math::superscript;
use crate::table::{Table, TableCell, TableRow};
use crate::tree::Tree;

/// Where the markup stands.
pub(crate) enum Origin<'a> {
    /// It is a whole page: lines are its own, columns are those of its tables.
    Page,
    /// It stands in a text, and begins at this place.
    Text(&'a Place),
}

impl Origin<'_> {
    /// The place of what is in this line of the markup.
    fn place(&self, line: u32) -> Place {
        match self {
            Origin::Page => Place { line: Some(line), ..Place::default() },
            Origin::Text(start) => {
                let line = start.line.map(|it| it.saturating_add(line.saturating_sub(1)));
                Place { line, ..(*start).clone() }
            }
        }
    }
}

/// What an element does to the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing in it is read.
    Hidden,
    Table,
    RowGroup,
    Row,
    Cell,
    Caption,
    /// It starts and ends a paragraph.
    Paragraph,
    LineBreak,
    /// It is part of the line.
    Inline,
}

/// An element that collects what stands in it.
enum Level {
    Flow(NodeId, Flow),
    Cell(NodeId, Flow, TableCell),
    Table(NodeId, Table),
}

impl Level {
    fn id(&self) -> NodeId {
        match self {
            Level::Flow(id, _) | Level::Cell(id, ..) | Level::Table(id, _) => *id,
        }
    }
}

struct Walk<'a> {
    tree: &'a Tree,
    rules: Rules,
    origin: Origin<'a>,
    limits: &'a Limits,
    /// Never empty: the page itself is at the bottom.
    page: Flow,
    levels: Vec<Level>,
    /// The subtree that is being left out.
    hidden: Option<NodeId>,
    /// How many `<pre>` are open.
    n_pre: usize,
    /// How many `<sup>` are open.
    n_sup: usize,
    /// Line of the last element that opened.
    line: u32,
    /// Slots and lines made so far.
    n_used: usize,
}

/// The blocks of a tree.
///
/// # Errors
/// E04 if a cell, a line or the number of cells is over its limit.
pub(crate) fn blocks(tree: &Tree, origin: Origin<'_>, limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let mut walk = Walk {
        tree,
        rules: Rules::of_page(tree.html.tree.root()),
        origin,
        limits,
        page: Flow::default(),
        levels: Vec::new(),
        hidden: None,
        n_pre: 0,
        n_sup: 0,
        line: 1,
        n_used: 0,
    };
    for edge in tree.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                _ if walk.hidden.is_some() => {}
                Node::Element(element) => walk.open(node, element)?,
                Node::Text(text) => walk.push_text(text)?,
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(node, element)?;
                }
            }
        }
    }
    walk.end_paragraph()?;
    Ok(walk.page.blocks)
}

impl Walk<'_> {
    fn open(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Result<(), ReadError> {
        let id = node.id();
        self.line = self.tree.line_of(id).unwrap_or(self.line);
        let place = self.origin.place(self.line);
        match self.role(node, element) {
            Role::Hidden => {
                self.hidden = Some(id);
                return Ok(());
            }
            Role::Table => {
                self.end_paragraph()?;
                self.levels.push(Level::Table(id, Table::default()));
            }
            Role::RowGroup => self.with_table(Table::end_group),
            Role::Row => self.with_table(|it| it.rows.push(TableRow { cells: Vec::new(), place })),
            Role::Cell => {
                let span = |name: &str| element.attr(name).and_then(leading_number);
                let (row_span, col_span) = (span("rowspan").unwrap_or(1), span("colspan").unwrap_or(1));
                let cell = TableCell { content: Vec::new(), place, row_span, col_span };
                self.levels.push(Level::Cell(id, Flow::default(), cell));
            }
            Role::Caption => self.levels.push(Level::Flow(id, Flow::default())),
            Role::Paragraph => self.end_paragraph()?,
            Role::LineBreak => self.end_line()?,
            Role::Inline => {}
        }
        match element.name() {
            "pre" | "textarea" => self.n_pre += 1,
            "sup" => self.n_sup += 1,
            // A system's print page shows its values in input fields.
            "input" => self.push_text(element.attr("value").unwrap_or_default())?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Result<(), ReadError> {
        let id = node.id();
        if let Some(hidden) = self.hidden {
            if hidden == id {
                self.hidden = None;
            }
            return Ok(());
        }
        match element.name() {
            "pre" | "textarea" => self.n_pre = self.n_pre.saturating_sub(1),
            "sup" => self.n_sup = self.n_sup.saturating_sub(1),
            _ => {}
        }
        if self.levels.last().is_some_and(|it| it.id() == id) {
            self.close_level()
        } else if self.role(node, element) == Role::Paragraph {
            self.end_paragraph()
        } else {
            Ok(())
        }
    }

    fn close_level(&mut self) -> Result<(), ReadError> {
        if !matches!(self.levels.last(), Some(Level::Table(..))) {
            self.end_paragraph()?;
        }
        match self.levels.pop() {
            Some(Level::Cell(_, flow, mut cell)) => {
                cell.content = flow.blocks;
                let lens = cell.content.iter().map(|it| if let Block::Text(it) = it { it.text.len() } else { 0 });
                self.check_bytes(lens.sum())?;
                self.with_table(|it| {
                    if let Some(row) = it.rows.last_mut() {
                        row.cells.push(cell);
                    }
                });
            }
            Some(Level::Flow(_, flow)) => self.with_table(|it| it.caption.extend(flow.blocks)),
            Some(Level::Table(_, table)) => {
                let n_left = self.limits.cells.saturating_sub(self.n_used);
                let blocks = table.into_blocks(n_left, self.limits)?;
                // Grids of inner tables were counted when they ended; counting them twice only brings the limit nearer.
                let n_slots = |it: &Block| if let Block::Grid(it) = it { it.rows.len() * it.n_cols } else { 0 };
                self.count(blocks.iter().filter(|it| is_own(it)).map(n_slots).sum())?;
                self.flow().push_blocks(blocks);
            }
            None => {}
        }
        Ok(())
    }

    fn push_text(&mut self, text: &str) -> Result<(), ReadError> {
        let is_pre = 0 < self.n_pre;
        let raised = if 0 < self.n_sup { superscript(text) } else { None };
        let place = self.origin.place(self.line);
        let flow = self.flow();
        flow.push_text(raised.as_deref().unwrap_or(text), is_pre, place);
        let len = flow.line_len();
        self.check_bytes(len)
    }

    fn end_line(&mut self) -> Result<(), ReadError> {
        let n_blocks = usize::from(self.flow().end_line());
        self.count(n_blocks)
    }

    fn end_paragraph(&mut self) -> Result<(), ReadError> {
        let n_blocks = usize::from(self.flow().end_paragraph());
        self.count(n_blocks)
    }

    /// Where text goes: the innermost cell or caption, else the page.
    fn flow(&mut self) -> &mut Flow {
        // Text directly inside a table is moved out by the parser; what still stands there goes to the level around it.
        let innermost = self.levels.iter_mut().rev().find_map(|it| match it {
            Level::Flow(_, flow) | Level::Cell(_, flow, _) => Some(flow),
            Level::Table(..) => None,
        });
        innermost.unwrap_or(&mut self.page)
    }

    fn with_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(Level::Table(_, table)) = self.levels.last_mut() {
            change(table);
        }
    }

    fn count(&mut self, n: usize) -> Result<(), ReadError> {
        self.n_used = self.n_used.saturating_add(n);
        if self.limits.cells < self.n_used {
            return Err(self.over(format!("more than the limit of {} cells and lines", self.limits.cells)));
        }
        Ok(())
    }

    fn check_bytes(&self, n_bytes: usize) -> Result<(), ReadError> {
        let limit = self.limits.cell_bytes;
        if limit < n_bytes {
            return Err(self.over(format!("a cell or line of {n_bytes} bytes is over the limit of {limit} bytes")));
        }
        Ok(())
    }

    fn over(&self, what: String) -> ReadError {
        let line = self.origin.place(self.line).line.unwrap_or(self.line);
        ReadError { code: UnreadCode::OverLimit, reason: format!("line {line}: {what}") }
    }

    fn role(&self, node: NodeRef<'_, Node>, element: &Element) -> Role {
        let in_table = matches!(self.levels.last(), Some(Level::Table(..)));
        let in_row = matches!(self.levels.last(), Some(Level::Table(_, table)) if !table.rows.is_empty());
        if is_hidden(element) {
            return Role::Hidden;
        }
        if !matches!(element.name(), "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" | "br")
            && let Some(role) = self.role_in_table(node, element, in_table, in_row)
        {
            return role;
        }
        match element.name() {
            "table" => Role::Table,
            "thead" | "tbody" | "tfoot" if in_table => Role::RowGroup,
            "tr" if in_table => Role::Row,
            "td" | "th" if in_row => Role::Cell,
            "caption" if in_table => Role::Caption,
            "br" => Role::LineBreak,
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "hr"
            | "pre" | "blockquote" | "section" | "article" | "header" | "footer" | "main" | "nav" | "aside"
            | "address" | "figure" | "figcaption" | "form" | "fieldset" | "legend" | "center" | "body" | "html"
            | "details" | "summary" | "option" | "tr" | "td" | "th" => Role::Paragraph,
            _ => Role::Inline,
        }
    }

    /// The part that an element plays in a table of other elements; `None` if it plays none.
    fn role_in_table(&self, node: NodeRef<'_, Node>, element: &Element, in_table: bool, in_row: bool) -> Option<Role> {
        match self.rules.part(node, element)? {
            Part::Table => Some(Role::Table),
            Part::RowGroup => in_table.then_some(Role::RowGroup),
            Part::Row => in_table.then_some(Role::Row),
            Part::Cell => in_row.then_some(Role::Cell),
            Part::Caption => in_table.then_some(Role::Caption),
        }
    }
}

/// Whether a browser shows nothing of the element.
fn is_hidden(element: &Element) -> bool {
    match element.name() {
        "script" | "style" | "head" | "template" | "noscript" | "svg" | "object" | "iframe" | "col" | "colgroup" => {
            true
        }
        "input" => {
            let kind = element.attr("type").unwrap_or("text");
            !kind.eq_ignore_ascii_case("text") && !kind.eq_ignore_ascii_case("number")
        }
        _ => {
            element.attr("hidden").is_some()
                || element.attr("style").is_some_and(|it| {
                    let style: String = it.chars().filter(|it| !it.is_whitespace()).collect();
                    let style = style.to_ascii_lowercase();
                    style.contains("display:none") || style.contains("visibility:hidden")
                })
        }
    }
}

/// Whether a table's block is the table's own grid, not that of a table inside it.
fn is_own(block: &Block) -> bool {
    matches!(block, Block::Grid(it) if it.nested_in.is_none())
}

/// The number at the start of an attribute, as browsers read it: `"2"`, `" 2 "`, `"2px"`.
fn leading_number(value: &str) -> Option<usize> {
    let digits = value.trim_start().trim_start_matches('+');
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    let digits = digits.get(..len).filter(|it| !it.is_empty())?;
    // More digits than fit mean more than any table has.
    Some(digits.parse().unwrap_or(usize::MAX))
}
