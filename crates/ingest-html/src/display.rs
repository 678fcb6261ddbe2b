//! Tables that are not built of `table` elements: an element goes in, the part that it plays in a table comes out.
//!
//! Told from ARIA roles, from `display` in a style attribute or in a rule of the page for one class, and from lists that
//! all have the same number of entries. What only hides or moves text is not looked for in rules: saved pages hide by rule
//! what a script shows.

use std::cell::RefCell;
use std::collections::BTreeMap;

use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use scraper::node::Element;

/// Fewest rows and entries a row for lists or blocks to be a table: menus and links of a footer have fewer that agree.
const LEAST_ROWS: usize = 3;
const LEAST_CELLS: usize = 3;
/// Entries that are blocks without a meaning of their own have to be more, as a page is laid out by such blocks too.
const LEAST_PLAIN: usize = 4;

/// The part that an element plays in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Table,
    RowGroup,
    Row,
    Cell,
    Caption,
}

/// What the rules of a page say of classes, and what the shape of its lists does.
#[derive(Default)]
pub(crate) struct Rules {
    parts: BTreeMap<String, Part>,
    /// Which elements were found to be tables of lists, so that each is looked at once.
    tables: RefCell<BTreeMap<NodeId, bool>>,
}

impl Rules {
    /// The rules in the `style` elements of a page.
    pub(crate) fn of_page(root: NodeRef<'_, Node>) -> Rules {
        let is_style = |it: &NodeRef<'_, Node>| matches!(it.value(), Node::Element(it) if it.name() == "style");
        let mut acc = Rules::default();
        for style in root.descendants().filter(is_style) {
            for text in style.children() {
                if let Node::Text(text) = text.value() {
                    acc.read(text);
                }
            }
        }
        acc
    }

    /// Takes down rules for one class whose `display` is that of a table.
    fn read(&mut self, css: &str) {
        for rule in css.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let Some(part) = of_style(declarations) else { continue };
            // Behind the last end of a comment or the start of a media rule stands the selector.
            let selectors = selectors.rsplit(['{', '/', ';']).next().unwrap_or_default();
            for selector in selectors.split(',') {
                let Some((tag, class)) = selector.trim().split_once('.') else { continue };
                let is_name = |it: &str| it.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '_'));
                if is_name(tag) && is_name(class) {
                    self.parts.insert(class.to_owned(), part);
                }
            }
        }
    }

    /// The part of an element that is no `table` by its name.
    pub(crate) fn part(&self, node: NodeRef<'_, Node>, element: &Element) -> Option<Part> {
        let by_role = element.attr("role").and_then(of_role);
        let by_style = || element.attr("style").and_then(of_style);
        let by_rule = || {
            let is_known = !self.parts.is_empty();
            is_known.then(|| element.classes().find_map(|it| self.parts.get(it).copied())).flatten()
        };
        by_role.or_else(by_style).or_else(by_rule).or_else(|| self.by_shape(node, element))
    }

    /// The part that the shape of lists around an element gives it.
    fn by_shape(&self, node: NodeRef<'_, Node>, element: &Element) -> Option<Part> {
        if !matches!(element.name(), "div" | "section" | "ul" | "ol" | "dl" | "li" | "dt" | "dd" | "p" | "span") {
            return None;
        }
        if self.is_table(node) {
            return Some(Part::Table);
        }
        let parent = node.parent()?;
        if self.is_table(parent) {
            return Some(Part::Row);
        }
        self.is_table(parent.parent()?).then_some(Part::Cell)
    }

    fn is_table(&self, node: NodeRef<'_, Node>) -> bool {
        if !matches!(node.value(), Node::Element(it) if matches!(it.name(), "div" | "section")) {
            return false;
        }
        *self.tables.borrow_mut().entry(node.id()).or_insert_with(|| is_table_of_lists(node))
    }
}

fn of_role(role: &str) -> Option<Part> {
    Some(match role.trim().to_ascii_lowercase().as_str() {
        "table" | "grid" | "treegrid" => Part::Table,
        "rowgroup" => Part::RowGroup,
        "row" => Part::Row,
        "cell" | "gridcell" | "columnheader" | "rowheader" => Part::Cell,
        "caption" => Part::Caption,
        _ => return None,
    })
}

fn of_style(declarations: &str) -> Option<Part> {
    let of_display = |it: &str| {
        let (name, value) = it.split_once(':')?;
        if !name.trim().eq_ignore_ascii_case("display") {
            return None;
        }
        let value = value.split('!').next().unwrap_or_default().trim().to_ascii_lowercase();
        Some(match value.as_str() {
            "table" | "inline-table" => Part::Table,
            "table-row-group" | "table-header-group" | "table-footer-group" => Part::RowGroup,
            "table-row" => Part::Row,
            "table-cell" => Part::Cell,
            "table-caption" => Part::Caption,
            _ => return None,
        })
    };
    declarations.split(';').find_map(of_display)
}

/// Whether all that an element holds is lists (or blocks) of the same number of entries, in which only text stands.
fn is_table_of_lists(node: NodeRef<'_, Node>) -> bool {
    let mut n_cells = None;
    let (mut n_rows, mut is_list) = (0, true);
    for row in children(node) {
        let Some(name) = row.value().as_element().map(Element::name) else { return false };
        let is_own_list = matches!(name, "ul" | "ol" | "dl");
        if !is_own_list && name != "div" {
            return false;
        }
        is_list &= is_own_list;
        let mut n_own = 0;
        for cell in children(row) {
            let is_entry = matches!(cell.value(), Node::Element(it) if is_entry(it.name()));
            if !is_entry || holds_blocks(cell) {
                return false;
            }
            n_own += 1;
        }
        if n_own < LEAST_CELLS || *n_cells.get_or_insert(n_own) != n_own {
            return false;
        }
        n_rows += 1;
    }
    let least = if is_list { LEAST_CELLS } else { LEAST_PLAIN };
    LEAST_ROWS <= n_rows && (is_list || LEAST_PLAIN <= n_rows) && n_cells.is_some_and(|it| least <= it)
}

fn is_entry(name: &str) -> bool {
    matches!(name, "li" | "dt" | "dd" | "div" | "span" | "p")
}

/// What stands directly in an element, but for comments and blanks; text of its own is something, too.
fn children<'t>(node: NodeRef<'t, Node>) -> impl Iterator<Item = NodeRef<'t, Node>> {
    node.children().filter(|it| match it.value() {
        Node::Element(_) => true,
        Node::Text(text) => !text.trim().is_empty(),
        _ => false,
    })
}

fn holds_blocks(cell: NodeRef<'_, Node>) -> bool {
    let is_block = |it: NodeRef<'_, Node>| matches!(it.value(), Node::Element(it) if matches!(it.name(), "div" | "ul" | "ol" | "dl" | "table" | "h1" | "h2" | "h3" | "form" | "section"));
    cell.descendants().skip(1).any(is_block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_one_class_are_taken() {
        let mut rules = Rules::default();
        rules
            .read("/* x */ .a, div.b { color: red; DISPLAY: table-row !important } @media print { .c{display:table} }");
        rules.read(".d .e {display:table-cell} .f:hover{display:table} .g{display:none}");
        assert_eq!(
            Vec::from_iter(&rules.parts),
            [(&"a".to_owned(), &Part::Row), (&"b".to_owned(), &Part::Row), (&"c".to_owned(), &Part::Table)]
        );
    }
}
