//! Documents that a page links: the page goes in, a remark for each comes out. They are named, not fetched.

use ego_tree::NodeRef;
use gouji_model::{Bilingual, Place, Remark};
use scraper::Node;

use crate::tree::Tree;

/// How the names of documents end that may hold a form.
const ENDINGS: [&str; 16] =
    ["doc", "docx", "wps", "rtf", "odt", "xls", "xlsx", "xlsm", "xlsb", "et", "ods", "csv", "pdf", "zip", "rar", "7z"];
/// Remarks on one page; a page of more links is a list of documents, which nobody reads here.
const MOST_REMARKS: usize = 20;
/// Characters of a link's text that are told.
const MOST_CHARS: usize = 80;

/// Whether a link leads to a document: by the end of its path, or of a name in what it asks for.
pub(crate) fn names_document(target: &str) -> bool {
    let target = target.split('#').next().unwrap_or_default();
    target.split(['?', '&', '=']).any(|it| {
        let ending = it.rsplit_once('.').map_or("", |it| it.1);
        ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
    })
}

/// A remark for each document that a page links.
pub(crate) fn remarks(tree: &Tree) -> Vec<Remark> {
    let linked = tree.html.tree.root().descendants().filter_map(|it| {
        let target = it.value().as_element().filter(|it| it.name() == "a")?.attr("href")?;
        names_document(target).then(|| (tree.line_of(it.id()), text(it), target.to_owned()))
    });
    linked.take(MOST_REMARKS).map(|(line, text, target)| remark(line, &text, &target)).collect()
}

fn remark(line: Option<u32>, text: &str, target: &str) -> Remark {
    let message = Bilingual {
        zh: format!("页面链接了附件“{text}”({target}),没有读取"),
        en: format!("the page links a document, “{text}” ({target}), which is not read"),
    };
    Remark { place: Place { line, ..Place::default() }, message }
}

/// What stands in a link, in one line.
fn text(link: NodeRef<'_, Node>) -> String {
    let parts = link.descendants().filter_map(|it| it.value().as_text().map(|it| it.trim().to_owned()));
    let whole: String = parts.collect();
    whole.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MOST_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_by_their_names() {
        let check = |target: &str, want: bool| assert_eq!(names_document(target), want, "{target}");
        check("/P020/自评表.XLSX", true);
        check("a.pdf#page=2", true);
        check("/download?id=5&name=a.doc", true);
        check("index.html", false);
        check("/zip/", false);
        check("javascript:void(0)", false);
        check("", false);
    }
}
