//! Marks of Markdown into plain text, and lines that are only marks.
//!
//! In: a line or cell of Markdown. Out: its text.
//! Written by hand, as a Markdown parser takes more than it should in these texts: `72人次*4000元*2` is emphasis to it, a
//! `**` that stands for a figure (`指标值为≥**`) is a mark, and a numbered line loses its number.

/// Runs of marks that may be open at once. Emphasis is not nested deeper than three; each closing run looks through the
/// open ones.
const MAX_OPEN_MARKS: usize = 16;

/// What a line of Markdown is besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// A rule or the edge of a code block: nothing is printed but a break.
    Break,
    /// A heading, list element, quotation or paragraph; holds how many bytes of marks it begins with.
    Text(usize),
}

/// What a line is.
pub(crate) fn line_kind(line: &str) -> LineKind {
    let text = line.trim();
    if text.starts_with("```") || text.starts_with("~~~") {
        return LineKind::Break;
    }
    let marks: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    if 3 <= marks.len() && ['-', '*', '_', '='].iter().any(|mark| marks.chars().all(|it| it == *mark)) {
        return LineKind::Break;
    }
    let n_blank = line.len() - line.trim_start().len();
    let n_hashes = text.bytes().take_while(|it| *it == b'#').count();
    let after_hashes = text.get(n_hashes..).unwrap_or_default();
    if (1..=6).contains(&n_hashes) && (after_hashes.starts_with([' ', '\t']) || after_hashes.is_empty()) {
        return LineKind::Text(n_blank + n_hashes);
    }
    let is_element = ["- ", "* ", "+ "].iter().any(|it| text.starts_with(it));
    // `> 95%` is a figure.
    let is_quotation =
        text.strip_prefix("> ").is_some_and(|it| !it.starts_with(|it: char| it.is_numeric() || it == '*' || it == '='));
    if is_element || is_quotation { LineKind::Text(n_blank + 2) } else { LineKind::Text(0) }
}

/// The text without emphasis, code marks, links and escapes, or `None` if there are none.
pub(crate) fn plain(text: &str) -> Option<String> {
    let mut acc = String::with_capacity(text.len());
    // Runs of marks that may still be closed: their mark and length, and where they were written.
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    let mut before = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let n_marks = rest.chars().take_while(|it| *it == first).count();
        let after_run = rest.get(n_marks * first.len_utf8()..).unwrap_or_default();
        match first {
            '\\' if rest.get(1..).is_some_and(|it| it.starts_with(|it: char| it.is_ascii_punctuation())) => {
                let sign = rest.get(1..2).unwrap_or_default();
                acc.push_str(sign);
                before = sign.chars().next();
                rest = rest.get(2..).unwrap_or_default();
                continue;
            }
            '*' | '_' | '~' | '`' => {
                let run = Run { mark: first, len: n_marks, before, after: after_run.chars().next() };
                let is_placeholder = acc.trim_end().ends_with(is_operator);
                let may_close = run.may_close() && !is_placeholder;
                let partner = open.iter().rposition(|it| may_close && it.0 == first && it.1 == n_marks);
                match partner {
                    Some(at) => {
                        let start = open.get(at).map_or(0, |it| it.2);
                        open.truncate(at);
                        acc.replace_range(start..start + n_marks, "");
                    }
                    None => {
                        if run.may_open() && !is_placeholder && open.len() < MAX_OPEN_MARKS {
                            open.push((first, n_marks, acc.len()));
                        }
                        acc.extend(std::iter::repeat_n(first, n_marks));
                    }
                }
            }
            '[' => {
                if let Some((label, used)) = link(rest) {
                    let is_picture = acc.ends_with('!');
                    if is_picture {
                        acc.pop();
                    }
                    acc.push_str(label);
                    before = Some(']');
                    rest = rest.get(used..).unwrap_or_default();
                    continue;
                }
                acc.extend(std::iter::repeat_n(first, n_marks));
            }
            _ => {
                acc.push(first);
                before = Some(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                continue;
            }
        }
        before = Some(first);
        rest = after_run;
    }
    (acc != text).then_some(acc)
}

/// A run of one mark and the characters around it.
struct Run {
    mark: char,
    len: usize,
    before: Option<char>,
    after: Option<char>,
}

impl Run {
    fn may_open(&self) -> bool {
        self.is_mark()
            && !is_blank(self.after)
            && (!is_sign(self.after) || is_edge(self.before))
            && self.stands_free(self.before)
    }

    fn may_close(&self) -> bool {
        self.is_mark()
            && !is_blank(self.before)
            && (!is_sign(self.before) || is_edge(self.after))
            && self.stands_free(self.after)
    }

    /// Whether marks of this number mean something.
    fn is_mark(&self) -> bool {
        match self.mark {
            '~' => self.len == 2,
            '`' => true,
            _ => self.len <= 3,
        }
    }

    /// A single star between characters is a multiplication, a single line under them part of a name.
    fn stands_free(&self, neighbor: Option<char>) -> bool {
        1 < self.len || self.mark == '`' || is_edge(neighbor)
    }
}

fn is_blank(it: Option<char>) -> bool {
    it.is_none_or(char::is_whitespace)
}

fn is_sign(it: Option<char>) -> bool {
    it.is_some_and(|it| !it.is_alphanumeric() && !it.is_whitespace())
}

fn is_edge(it: Option<char>) -> bool {
    is_blank(it) || is_sign(it)
}

/// Signs after which stars stand for a figure: `≥**`.
fn is_operator(it: char) -> bool {
    matches!(it, '<' | '>' | '=' | '≤' | '≥' | '≦' | '≧' | '＜' | '＞' | '＝' | '⩾' | '⩽' | '≮' | '≯')
}

/// The text of the link or picture at the start of `from`, which is `[`, and the bytes that it takes. A picture without
/// a text has the name of its file.
fn link(from: &str) -> Option<(&str, usize)> {
    let label_len = from.get(1..)?.find(['[', ']', '\n'])?;
    let label = from.get(1..1 + label_len)?;
    let address = from.get(1 + label_len..)?.strip_prefix("](")?;
    let address_len = address.find([')', '\n', ' '])?;
    if !address.get(address_len..)?.starts_with(')') {
        return None;
    }
    let name = address.get(..address_len)?.rsplit('/').next().unwrap_or_default();
    Some((if label.is_empty() { name } else { label }, 1 + label_len + 2 + address_len + 1))
}
