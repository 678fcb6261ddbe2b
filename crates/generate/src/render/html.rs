//! A drawn document as a page of a government site: tables with spans, between the site's furniture.

use crate::{Drawing, Item, Line, LineRole, Rng, Row, RowKind};

use super::spans::{Written, written};
use super::{broken, pick};

/// What the site and the program that wrote the page do the same way throughout.
struct Habits {
    /// Attributes of a paragraph and a cell.
    style: &'static str,
    /// What stands around the text of a cell.
    wrap: (&'static str, &'static str),
    /// What a blank cell holds.
    blank: &'static str,
    /// Whether the cells of headers are `th`.
    has_th: bool,
    /// Whether headers stand in a `thead` of their own.
    has_groups: bool,
    /// How a long word is broken inside its cell, if it is.
    line_break: Option<&'static str>,
    /// What stands around the tables and texts: a table that only lays them out, or nothing.
    layout: (&'static str, &'static str),
}

/// What word processors put around the text of a cell.
const WRAPS: [(&str, &str); 5] = [
    ("", ""),
    ("<p>", "</p>"),
    ("<p class=\"MsoNormal\" align=\"center\"><span style=\"font-size:12pt;font-family:宋体\">", "</span></p>"),
    ("<div>", "</div>"),
    ("<font size=\"2\">", "</font>"),
];

/// Tables that only lay out; the last one has the site's list of pages beside the text.
const LAYOUTS: [(&str, &str); 3] = [
    ("<table width=\"100%\"><tr><td>\n", "\n</td></tr></table>"),
    ("<table><tbody><tr><td><table class=\"main\"><tr><td>\n", "\n</td></tr></table></td></tr></tbody></table>"),
    (
        "<table width=\"980\"><tr><td valign=\"top\"><ul><li>政策文件</li><li>财政资金</li></ul></td><td>\n",
        "\n</td></tr></table>",
    ),
];

/// The page.
pub fn html(drawing: &Drawing, rng: &mut Rng) -> String {
    let habits = Habits::new(rng);
    let mut body = String::from(habits.layout.0);
    let mut rows: Vec<&Row> = Vec::new();
    for item in &drawing.items {
        match item {
            Item::Row(row) => rows.push(row),
            Item::TableStart | Item::TableEnd => table(&mut body, &mut rows, &habits),
            // A page has no empty lines.
            Item::Line(line) if line.text.is_empty() => {}
            Item::Line(line) => {
                table(&mut body, &mut rows, &habits);
                paragraph(&mut body, line, &habits);
            }
        }
    }
    table(&mut body, &mut rows, &habits);
    body.push_str(habits.layout.1);
    page(&body, rng)
}

impl Habits {
    fn new(rng: &mut Rng) -> Habits {
        Habits {
            style: pick(rng, &["", " style=\"text-align:center\"", " class=\"xl65\""]),
            wrap: WRAPS.get(rng.below(WRAPS.len())).copied().unwrap_or_default(),
            blank: pick(rng, &["", "&nbsp;", "<p><br/></p>"]),
            has_th: rng.chance(4),
            has_groups: rng.chance(5),
            line_break: rng.chance(4).then(|| pick(rng, &["<br>", "<br/>\n"])),
            layout: if rng.chance(4) { rng.pick(&LAYOUTS).copied().unwrap_or_default() } else { ("", "") },
        }
    }
}

fn paragraph(body: &mut String, line: &Line, habits: &Habits) {
    let text = escaped(&line.text).replace('\n', "<br>");
    let style = habits.style;
    match line.role {
        LineRole::Title => body.push_str(&format!("<p{style}><strong>{text}</strong></p>\n")),
        LineRole::Part | LineRole::PageMark | LineRole::Prose => body.push_str(&format!("<p{style}>{text}</p>\n")),
    }
}

/// Writes the rows that stand together, and forgets them.
fn table(body: &mut String, rows: &mut Vec<&Row>, habits: &Habits) {
    if rows.is_empty() {
        return;
    }
    body.push_str("<table border=\"1\" cellspacing=\"0\">");
    let written = written(rows);
    // A header may only stand in a group of its own where no cell reaches over its edge, and only at the top.
    let n_head = rows.iter().take_while(|it| is_header(it)).count();
    let mut is_edge = written.get(n_head).is_some_and(|it| it.iter().any(|it| *it != Written::Covered));
    is_edge &= !written
        .iter()
        .take(n_head)
        .enumerate()
        .any(|(idx, row)| row.iter().any(|it| matches!(it, Written::Cell { rows, .. } if n_head < idx + rows)));
    let has_groups = habits.has_groups && 0 < n_head && is_edge;
    body.push_str(if has_groups { "<thead>\n" } else { "<tbody>\n" });
    for (idx, (row, written)) in rows.iter().zip(&written).enumerate() {
        if has_groups && idx == n_head {
            body.push_str("</thead><tbody>\n");
        }
        body.push_str("<tr>");
        for (cell, written) in row.cells.iter().zip(written) {
            if let Written::Cell { columns, rows } = *written {
                let text = if cell.is_covered() { "" } else { cell.text.as_str() };
                let name = if habits.has_th && is_header(row) { "th" } else { "td" };
                let span = |name: &str, n: usize| if 1 < n { format!(" {name}=\"{n}\"") } else { String::new() };
                let spans = format!("{}{}", span("colspan", columns), span("rowspan", rows));
                let (open, close) = habits.wrap;
                let text = content(text, habits);
                body.push_str(&format!("<{name}{spans}{}>{open}{text}{close}</{name}>", habits.style));
            }
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</tbody></table>\n");
    rows.clear();
}

fn is_header(row: &Row) -> bool {
    match row.kind {
        RowKind::FundsHead | RowKind::IndicatorHead => true,
        RowKind::Head
        | RowKind::Funds(_)
        | RowKind::Goal
        | RowKind::Section
        | RowKind::Indicator(_)
        | RowKind::Continuation
        | RowKind::Subtotal
        | RowKind::Total
        | RowKind::Remark
        | RowKind::Other => false,
    }
}

/// What stands in a cell.
fn content(text: &str, habits: &Habits) -> String {
    match (broken(text), habits.line_break) {
        _ if text.is_empty() => habits.blank.to_owned(),
        (Some((first, second)), Some(line_break)) => format!("{first}{line_break}{second}"),
        _ => escaped(text).replace('\n', "<br>"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The page around it: scripts, the site's menus, where the text comes from, and who keeps the site.
fn page(body: &str, rng: &mut Rng) -> String {
    let head = pick(
        rng,
        &[
            "<meta charset=\"utf-8\"><style>td{border:1px solid #000}</style><script>var a='<table>';</script>",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\
             <meta name=\"SiteName\" content=\"县人民政府\"><!-- <table><tr><td>1</td></tr></table> -->",
            "<meta charset=\"UTF-8\"><link rel=\"stylesheet\" href=\"/css/page.css\">",
        ],
    );
    let menu = pick(
        rng,
        &[
            "<div class=\"nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/xxgk\">信息公开</a></li>\
             <li>财政预决算</li></ul></div>",
            "<div class=\"place\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/xxgk\">信息公开</a> &gt; 财政信息</div>",
            "<div id=\"top\"><a href=\"/\">网站首页</a> | <a href=\"/zwgk\">政务公开</a> | <a href=\"/hd\">互动交流</a></div>",
            "",
        ],
    );
    let origin = pick(
        rng,
        &[
            "<div class=\"info\">来源：财务科 发布时间：2022-04-18 浏览次数：<span>132</span> [打印] [关闭]</div>",
            "<p>索引号：11220000/2022-00417 | 发文日期：2022年4月18日 | 字号：[大] [中] [小]</p>",
            "",
        ],
    );
    let foot = pick(
        rng,
        &[
            "<div class=\"footer\">主办：县人民政府办公室 网站标识码：0000000000</div>",
            "<div>扫一扫在手机打开当前页</div><div class=\"foot\">版权所有 县人民政府 技术支持：信息中心</div>",
            "",
        ],
    );
    format!(
        "<!DOCTYPE html>\n<html><head>{head}<title>信息公开</title></head><body>\n{menu}\n{origin}\n<div id=\"zoom\">\n\
         {body}\n</div>\n{foot}\n</body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cell;

    fn row(kind: RowKind, cells: Vec<Cell>) -> Item {
        Item::Row(Row { form: 0, kind, cells })
    }

    fn pages(items: Vec<Item>) -> Vec<String> {
        let drawing = Drawing { items, ..Drawing::default() };
        (0..300).map(|it| html(&drawing, &mut Rng::new(it))).collect()
    }

    fn check(items: Vec<Item>, want: &str) {
        let pages = pages(items);
        assert!(pages.iter().any(|it| it.contains(want)), "{}", pages[0]);
    }

    #[test]
    fn spans_are_attributes() {
        let tall = Cell { rows: 2, ..Cell::label("产出") };
        let items = vec![
            Item::TableStart,
            row(RowKind::IndicatorHead, vec![Cell::label("指标"), Cell::label("值")]),
            row(RowKind::Indicator(0), vec![tall, Cell::label("≥5 & <b>")]),
            row(RowKind::Indicator(1), vec![Cell::covered(), Cell::default()]),
            Item::TableEnd,
        ];
        check(
            items.clone(),
            "<table border=\"1\" cellspacing=\"0\"><tbody>\n<tr><td>指标</td><td>值</td></tr>\n\
             <tr><td rowspan=\"2\">产出</td><td>≥5 &amp; &lt;b&gt;</td></tr>\n<tr><td></td></tr>\n</tbody></table>\n",
        );
        check(items.clone(), "<tr><th>指标</th><th>值</th></tr>\n");
        check(items, "</tr>\n</thead><tbody>\n<tr>");
    }

    #[test]
    fn a_line_interrupts_the_table() {
        let mark = Line { text: "第1页".to_owned(), role: LineRole::PageMark, field: None };
        let tall = Cell { rows: 2, ..Cell::label("甲") };
        let items = vec![
            row(RowKind::Indicator(0), vec![tall, Cell::label("1")]),
            Item::Line(mark),
            row(RowKind::Indicator(1), vec![Cell::covered(), Cell::label("2")]),
        ];
        check(
            items,
            "<tr><td>甲</td><td>1</td></tr>\n</tbody></table>\n<p>第1页</p>\n\
             <table border=\"1\" cellspacing=\"0\"><tbody>\n<tr><td></td><td>2</td></tr>\n",
        );
    }

    #[test]
    fn every_table_is_closed() {
        for page in pages(vec![row(RowKind::Other, vec![Cell::label("服务对象满意度指标一")])]) {
            let page = page.replace("var a='<table>';", "").replace("<!-- <table><tr><td>1</td></tr></table> -->", "");
            assert_eq!(page.matches("<table").count(), page.matches("</table>").count(), "{page}");
            assert_eq!(page.matches("<td").count(), page.matches("</td>").count(), "{page}");
        }
    }
}
