//! LaTeX that a converter left in a text into the characters that it stands for.
//!
//! In: a text such as `指标值为 $\geq 90\%$`. Out: `指标值为 ≥ 90%`, or nothing if there is no LaTeX in it.
//! Only what can be written as plain characters is touched: commands of the table below, and the dollar signs around
//! formulas that hold nothing else.

/// Commands and the characters that they stand for; sorted by name, for binary search.
/// From the LaTeX that formula recognition of OCR engines writes for the signs printed in forms.
const COMMANDS: &[(&str, &str)] = &[
    ("approx", "≈"),
    ("ast", "*"),
    ("bullet", "•"),
    ("cdot", "·"),
    ("cdots", "…"),
    ("circ", "°"),
    ("div", "÷"),
    ("dots", "…"),
    ("equiv", "≡"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("geqq", "≧"),
    ("geqslant", "≥"),
    ("gt", ">"),
    ("infty", "∞"),
    ("ldots", "…"),
    ("le", "≤"),
    ("left", ""),
    ("leq", "≤"),
    ("leqq", "≦"),
    ("leqslant", "≤"),
    ("lt", "<"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("ngtr", "≯"),
    ("nless", "≮"),
    ("percent", "%"),
    ("permil", "‰"),
    ("pm", "±"),
    ("qquad", " "),
    ("quad", " "),
    ("right", ""),
    ("rightarrow", "→"),
    ("sim", "~"),
    ("simeq", "≈"),
    ("sum", "∑"),
    ("times", "×"),
    ("to", "→"),
];

/// Commands whose braced argument is plain text in another font; sorted.
const FONTS: &[&str] =
    &["mathbf", "mathit", "mathrm", "mathsf", "mbox", "operatorname", "rm", "text", "textbf", "textrm"];

/// Bytes that a formula may have to be looked at: a formula of a form is short, and a dollar sign without a partner must
/// not make the reader search the rest of a document again and again.
const MAX_FORMULA_BYTES: usize = 400;

/// The text with LaTeX written out, or `None` if it has none.
pub fn plain(text: &str) -> Option<String> {
    if !text.bytes().any(|it| it == b'\\' || it == b'$') {
        return None;
    }
    let mut acc = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '$']) {
        let (before, from) = rest.split_at(at);
        acc.push_str(before);
        let used =
            if from.starts_with('$') { push_formula(&mut acc, from) } else { push_command(&mut acc, from, false) };
        if used == 0 {
            let (sign, after) = from.split_at(1);
            acc.push_str(sign);
            rest = after;
        } else {
            rest = from.get(used..).unwrap_or_default();
        }
    }
    acc.push_str(rest);
    (acc != text).then_some(acc)
}

/// Writes the formula at the start of `from`, which is a dollar sign; returns how many bytes it took, 0 if it is none.
fn push_formula(acc: &mut String, from: &str) -> usize {
    let mark = if from.starts_with("$$") { "$$" } else { "$" };
    let inner_and_rest = from.get(mark.len()..).unwrap_or_default();
    let window = inner_and_rest.get(..inner_and_rest.floor_char_boundary(MAX_FORMULA_BYTES)).unwrap_or_default();
    let Some(len) = window.find(mark) else { return 0 };
    let inner = window.get(..len).unwrap_or_default();
    let after = inner_and_rest.get(len + mark.len()..).unwrap_or_default();
    let Some(formula) = plain_formula(inner) else { return 0 };
    // Two prices in a sentence, `$5 and $6`, are no formula: LaTeX allows no blank inside the signs and no digit after.
    let is_set_tight =
        !inner.starts_with(' ') && !inner.ends_with(' ') && !after.starts_with(|it: char| it.is_ascii_digit());
    if inner.trim().is_empty() || (!inner.contains('\\') && !is_set_tight) {
        return 0;
    }
    acc.push_str(formula.trim());
    mark.len() + len + mark.len()
}

/// Writes the formula whose sign `\(` ends where `from` begins; returns how many bytes it took with both signs, 0 if it
/// is none: brackets that are only escaped hold no command.
fn push_bracketed(acc: &mut String, after_slash: &str) -> usize {
    let window = after_slash.get(1..after_slash.floor_char_boundary(MAX_FORMULA_BYTES)).unwrap_or_default();
    let Some(len) = window.find("\\)") else { return 0 };
    let inner = window.get(..len).unwrap_or_default();
    let Some(formula) = plain_formula(inner).filter(|_| inner.contains('\\')) else { return 0 };
    acc.push_str(formula.trim());
    // Two signs of two bytes each.
    len + 4
}

/// A formula as plain characters, if it can be written so.
fn plain_formula(inner: &str) -> Option<String> {
    let mut acc = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(first) = rest.chars().next() {
        let used = match first {
            '\\' => push_command(&mut acc, rest, true),
            '^' => push_superscript(&mut acc, rest),
            '{' | '}' => 1,
            '$' => 0,
            _ => {
                acc.push(first);
                first.len_utf8()
            }
        };
        if used == 0 {
            return None;
        }
        rest = rest.get(used..)?;
    }
    Some(acc)
}

/// Writes the command at the start of `from`, which is a backslash; returns how many bytes it took, 0 if it is unknown.
fn push_command(acc: &mut String, from: &str, in_formula: bool) -> usize {
    let after = from.get(1..).unwrap_or_default();
    let name_len = after.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = after.get(..name_len).unwrap_or_default();
    if name.is_empty() {
        let Some(sign) = after.chars().next() else { return 0 };
        match sign {
            '%' => acc.push('%'),
            '(' if !in_formula => return push_bracketed(acc, after),
            '#' | '&' | '_' | '$' | '{' | '}' if in_formula => acc.push(sign),
            ',' | ';' | ':' | '!' | ' ' if in_formula => acc.push(' '),
            _ => return 0,
        }
        return 1 + sign.len_utf8();
    }
    if let Ok(at) = COMMANDS.binary_search_by(|it| it.0.cmp(name)) {
        // `\left` and `\to` outside a formula are more likely parts of a path than LaTeX.
        let Some((_, sign)) = COMMANDS.get(at).filter(|it| in_formula || !matches!(it.0, "left" | "right" | "to"))
        else {
            return 0;
        };
        acc.push_str(sign);
        return 1 + name_len;
    }
    if in_formula && FONTS.binary_search(&name).is_ok() {
        return 1 + name_len;
    }
    if in_formula && name.ends_with("frac") {
        return push_fraction(acc, from, 1 + name_len);
    }
    0
}

/// Writes `\frac{a}{b}` as `a/b`.
fn push_fraction(acc: &mut String, from: &str, start: usize) -> usize {
    let Some((above, used_above)) = braced(from.get(start..).unwrap_or_default()) else { return 0 };
    let Some((below, used_below)) = braced(from.get(start + used_above..).unwrap_or_default()) else { return 0 };
    if above.contains(['\\', '{']) || below.contains(['\\', '{']) {
        return 0;
    }
    acc.push_str(above.trim());
    acc.push('/');
    acc.push_str(below.trim());
    start + used_above + used_below
}

/// What stands in the braces at the start, and how many bytes it takes with them.
fn braced(from: &str) -> Option<(&str, usize)> {
    let inner = from.trim_start().strip_prefix('{')?;
    let len = inner.find('}')?;
    let n_blank = from.len() - from.trim_start().len();
    Some((inner.get(..len)?, n_blank + len + 2))
}

/// Writes `^2` and `^{2}` as `²`, `^\circ` as `°`.
fn push_superscript(acc: &mut String, from: &str) -> usize {
    let after = from.get(1..).unwrap_or_default();
    if let Some(rest) = after.trim_start_matches(['{', ' ']).strip_prefix("\\circ") {
        acc.push('°');
        let rest = rest.trim_start_matches(['}', ' ']);
        return from.len() - rest.len();
    }
    let (inner, used) = match braced(after) {
        Some((inner, used)) => (inner, used),
        None => (after.get(..after.chars().next().map_or(0, char::len_utf8)).unwrap_or_default(), 1),
    };
    let Some(raised) = superscript(inner) else { return 0 };
    acc.push_str(&raised);
    1 + used
}

/// Digits and signs as raised characters, if there is one for each of them.
pub(crate) fn superscript(text: &str) -> Option<String> {
    let raised: Option<String> = text
        .trim()
        .chars()
        .map(|it| match it {
            '0' => Some('⁰'),
            '1' => Some('¹'),
            '2' => Some('²'),
            '3' => Some('³'),
            '4' => Some('⁴'),
            '5' => Some('⁵'),
            '6' => Some('⁶'),
            '7' => Some('⁷'),
            '8' => Some('⁸'),
            '9' => Some('⁹'),
            '+' => Some('⁺'),
            '-' => Some('⁻'),
            'n' => Some('ⁿ'),
            _ => None,
        })
        .collect();
    raised.filter(|it| !it.is_empty())
}
