//! Markup into a tree, with the line of each element, and with a bound on how deep and how large the tree may grow.
//!
//! In: HTML. Out: the tree that a browser would build, and the line of each element's start tag.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use ego_tree::NodeId;
use gouji_model::{Limits, ReadError, UnreadCode};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, driver, ns};
use scraper::{Html, HtmlTreeSink};

use crate::tags;

/// Elements that may stand inside each other.
/// Pages of government sites stay below 60 and broken ones, whose formatting elements are never closed, below a few
/// hundred; the parser looks through all open elements at most tags, so that time grows with the square of the depth.
const MAX_DEPTH: u32 = 2_000;

/// Bytes given to the parser between two looks at the depth and size of the tree.
const STEP_BYTES: usize = 16 << 10;

/// Nodes that may be made for each cell that the limits allow: the cell and its text.
/// Markup around and inside them counts too, so a page has to be smaller than the limit of cells to be read; a node takes
/// about 150 bytes, and pages of the size limit have far fewer nodes than this.
const NODES_PER_CELL: usize = 2;

/// A parsed page or fragment.
pub(crate) struct Tree {
    pub(crate) html: Html,
    /// Sorted by node.
    notes: Vec<ElementNote>,
}

#[derive(Clone, Copy)]
struct ElementNote {
    id: NodeId,
    line: u32,
    depth: u32,
}

impl Tree {
    /// The line of an element's start tag in what was parsed, from 1.
    pub(crate) fn line_of(&self, id: NodeId) -> Option<u32> {
        find(&self.notes, id).and_then(|at| self.notes.get(at)).map(|it| it.line)
    }
}

/// Parses a whole page.
///
/// # Errors
/// E04 if elements stand too deep inside each other, or there are too many of them or of attributes of one.
pub(crate) fn parse_page(text: &str, limits: &Limits) -> Result<Tree, ReadError> {
    let sink = BoundedSink::new(Html::new_document(), limits);
    feed(driver::parse_document(sink, driver::ParseOpts::default()), text)
}

/// Parses markup as the content of a page's body.
///
/// # Errors
/// As [`parse_page`].
pub(crate) fn parse_fragment(text: &str, limits: &Limits) -> Result<Tree, ReadError> {
    let sink = BoundedSink::new(Html::new_fragment(), limits);
    let body = QualName::new(None, ns!(html), LocalName::from("body"));
    feed(driver::parse_fragment(sink, driver::ParseOpts::default(), body, Vec::new(), false), text)
}

fn feed(mut parser: driver::Parser<BoundedSink>, text: &str) -> Result<Tree, ReadError> {
    tags::check(text)?;
    let mut rest = text;
    while !rest.is_empty() {
        let (step, after) = rest.split_at(rest.floor_char_boundary(STEP_BYTES.min(rest.len())));
        parser.process(StrTendril::from(step));
        parser.tokenizer.sink.sink.check()?;
        rest = after;
    }
    let tree = parser.finish();
    Ok(tree)
}

fn find(notes: &[ElementNote], id: NodeId) -> Option<usize> {
    notes.binary_search_by(|it| it.id.cmp(&id)).ok()
}

/// The tree that `scraper` builds, watched while it grows. Nodes get rising numbers, so `notes` stays sorted.
struct BoundedSink {
    inner: HtmlTreeSink,
    notes: RefCell<Vec<ElementNote>>,
    line: Cell<u32>,
    depth: Cell<u32>,
    n_nodes: Cell<usize>,
    max_nodes: usize,
}

impl BoundedSink {
    fn new(html: Html, limits: &Limits) -> BoundedSink {
        BoundedSink {
            inner: HtmlTreeSink::new(html),
            notes: RefCell::new(Vec::new()),
            line: Cell::new(1),
            depth: Cell::new(0),
            n_nodes: Cell::new(0),
            max_nodes: limits.cells.saturating_mul(NODES_PER_CELL),
        }
    }

    fn check(&self) -> Result<(), ReadError> {
        let over = |what: String| {
            let reason = format!("line {}: {what}", self.line.get());
            Err(ReadError { code: UnreadCode::OverLimit, reason })
        };
        if MAX_DEPTH < self.depth.get() {
            return over(format!("more than the limit of {MAX_DEPTH} elements inside each other"));
        }
        if self.max_nodes < self.n_nodes.get() {
            return over(format!("more than the limit of {} elements and texts", self.max_nodes));
        }
        Ok(())
    }

    fn count_node(&self) {
        self.n_nodes.set(self.n_nodes.get().saturating_add(1));
    }

    fn note_depth(&self, parent: NodeId, child: &NodeOrText<NodeId>) {
        let NodeOrText::AppendNode(child) = child else { return self.count_node() };
        let mut notes = self.notes.borrow_mut();
        let above = find(&notes, parent).and_then(|at| notes.get(at)).map_or(0, |it| it.depth);
        let depth = above.saturating_add(1);
        if let Some(note) = find(&notes, *child).and_then(|at| notes.get_mut(at)) {
            note.depth = depth;
        }
        self.depth.set(self.depth.get().max(depth));
    }
}

impl TreeSink for BoundedSink {
    type Output = Tree;
    type Handle = NodeId;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { html: self.inner.finish(), notes: self.notes.into_inner() }
    }

    fn set_current_line(&self, line_number: u64) {
        self.line.set(u32::try_from(line_number).unwrap_or(u32::MAX));
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.count_node();
        let id = self.inner.create_element(name, attrs, flags);
        self.notes.borrow_mut().push(ElementNote { id, line: self.line.get(), depth: 0 });
        id
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.note_depth(*parent, &child);
        self.inner.append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, new_node: NodeOrText<NodeId>) {
        self.note_depth(*sibling, &new_node);
        self.inner.append_before_sibling(sibling, new_node);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, prev_element: &NodeId, child: NodeOrText<NodeId>) {
        self.note_depth(*prev_element, &child);
        self.inner.append_based_on_parent_node(element, prev_element, child);
    }

    fn parse_error(&self, msg: Cow<'static, str>) {
        self.inner.parse_error(msg);
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        self.inner.same_node(x, y)
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.inner.elem_name(target)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.count_node();
        self.inner.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.count_node();
        self.inner.create_pi(target, data)
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.inner.append_doctype_to_document(name, public_id, system_id);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.inner.reparent_children(node, new_parent);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attrs);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn mark_script_already_started(&self, node: &NodeId) {
        self.inner.mark_script_already_started(node);
    }
}
