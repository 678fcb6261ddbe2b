//! Characters: what of a printed text counts when it is compared with a label.
//!
//! In: a printed text. Out: its key (folded, without blanks), the label word at its head and the brackets at its end.
//! Values never pass through here on their way to a form; only comparisons do.

/// Han characters from here on never change when they are folded.
const HAN_FIRST: char = '\u{4000}';

/// The last of them: all of these have three bytes, the first of which is 0xE4 to 0xE9.
const HAN_LAST: char = '\u{9fff}';

/// One folded character, or nothing where the character does not count.
///
/// Full-width forms become half-width, the many signs for ≥ and ≤ one each, zero-width characters and blanks nothing.
pub(crate) fn fold_char(c: char) -> Option<char> {
    match c {
        '\u{21}'..='\u{7e}' => Some(c.to_ascii_lowercase()),
        HAN_FIRST..=HAN_LAST => Some(c),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map(|it| it.to_ascii_lowercase()),
        '≧' | '⩾' => Some('≥'),
        '≦' | '⩽' => Some('≤'),
        '﹦' | '═' => Some('='),
        '﹥' => Some('>'),
        '﹤' => Some('<'),
        '﹪' => Some('%'),
        '﹕' | '∶' => Some(':'),
        '﹙' => Some('('),
        '﹚' => Some(')'),
        '−' | '–' | '‐' | '‑' => Some('-'),
        '✕' | '×' => Some('*'),
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}' => None,
        _ if c.is_whitespace() || c.is_control() => None,
        _ => Some(c),
    }
}

/// The text folded and without blanks, byte rubble of traditional mirrors (`項(xiàng)目`) taken out.
pub(crate) fn key(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut key = String::with_capacity(text.len());
    // Most characters stay what they are: stretches of them are copied at once.
    let (mut kept_from, mut at) = (0, 0);
    let mut may_hold_rubble = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'!'..=b'@' | b'['..=b'~' => at += 1,
            0xE4..=0xE9 => at += 3,
            _ => {
                key.push_str(text.get(kept_from..at).unwrap_or_default());
                let Some(c) = text.get(at..).and_then(|it| it.chars().next()) else { break };
                may_hold_rubble |= is_beyond_ascii(c);
                key.extend(fold_char(c));
                at += c.len_utf8();
                kept_from = at;
            }
        }
    }
    key.push_str(text.get(kept_from..).unwrap_or_default());
    if may_hold_rubble && has_rubble(&key) { without_rubble(&key) } else { key }
}

/// A Latin letter that ASCII does not have.
fn is_beyond_ascii(c: char) -> bool {
    ('\u{c0}'..='\u{24f}').contains(&c)
}

/// Whether a bracket holds a Latin syllable with a letter beyond ASCII, as character-set converters leave it.
pub(crate) fn has_rubble(text: &str) -> bool {
    // Such a letter begins with one of these bytes, and no Han character holds one.
    text.bytes().any(|it| (0xC3..=0xC9).contains(&it))
        && text.chars().any(is_beyond_ascii)
        && without_rubble(text).len() < text.len()
}

/// The text without bracketed syllables such as `(xiàng)`; `(A)`, `(B/A)` and `(20分)` stay.
pub(crate) fn without_rubble(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(['(', '（']) {
        let (before, from_open) = rest.split_at(open);
        kept.push_str(before);
        let mut chars = from_open.char_indices().skip(1);
        let mut beyond_ascii = false;
        let close = loop {
            match chars.next() {
                Some((_, c)) if is_beyond_ascii(c) => beyond_ascii = true,
                Some((_, 'a'..='z')) => {}
                Some((idx, c @ (')' | '）'))) if beyond_ascii => break Some(idx + c.len_utf8()),
                _ => break None,
            }
        };
        let step = close.unwrap_or_else(|| from_open.chars().next().map_or(1, char::len_utf8));
        let (dropped, after) = from_open.split_at(step);
        if close.is_none() {
            kept.push_str(dropped);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// A label's word and what its brackets say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LabelText<'k> {
    /// The key without trailing colons, brackets included.
    pub(crate) whole: &'k str,
    /// The key without `其中:`, trailing colons and trailing brackets.
    pub(crate) word: &'k str,
    /// The digits of a trailing `(40分)`.
    pub(crate) points: Option<&'k str>,
    /// The money unit of a trailing `(万元)`.
    pub(crate) money_unit: Option<&'k str>,
}

/// Takes a key apart: `产出指标(40分)` is the word 产出指标 with 40 points.
pub(crate) fn label_text(key: &str) -> LabelText<'_> {
    let whole = key.trim_end_matches([':', ';', ',', '。']);
    let mut text = LabelText { whole, word: key, ..LabelText::default() };
    loop {
        let word = text.word.trim_end_matches([':', ';', ',', '。']);
        let Some(open) = word.strip_suffix(')').and_then(|it| it.rfind('(')) else {
            text.word = word;
            break;
        };
        let inside = &word[open + 1..word.len() - 1];
        if let Some(points) = inside.strip_suffix('分').filter(|it| is_plain_number(it)) {
            text.points = text.points.or(Some(points));
        } else if matches!(inside, "万元" | "元" | "亿元" | "千元" | "单位:万元" | "单位:元") {
            text.money_unit = Some(inside.trim_start_matches("单位:"));
        }
        if open == 0 {
            text.word = "";
            break;
        }
        text.word = &word[..open];
    }
    text.word = without_heads(without_heads(text.word, "其中:"), "其中");
    text.word = text.word.trim_start_matches(['★', '*', ':', '、']);
    // `三、满意度指标`
    let unnumbered = text.word.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    if unnumbered.len() < text.word.len()
        && let Some(word) = unnumbered.strip_prefix('、')
    {
        text.word = word;
    }
    text
}

/// The text without this word at its head, however often it stands there.
fn without_heads<'t>(mut text: &'t str, word: &str) -> &'t str {
    while let Some(rest) = text.strip_prefix(word) {
        text = rest;
    }
    text
}

/// Digits with at most one point.
pub(crate) fn is_plain_number(text: &str) -> bool {
    let mut points = 0;
    let mut digits = 0;
    for c in text.bytes() {
        match c {
            b'0'..=b'9' => digits += 1,
            b'.' => points += 1,
            _ => return false,
        }
    }
    digits > 0 && points <= 1 && !text.starts_with('.')
}

/// What a key is meant to say whose figure was misread: `1O` and `IO` for 10, `9$` for 9%, `M.8` for 14.8, `2l3人` for
/// 213人. Only the look of a cell is told from it, never its value.
pub(crate) fn misread_figure(key: &str) -> Option<String> {
    /// A longer one is a text. Bytes.
    const LONGEST: usize = 32;
    /// Letters alone are a figure if there are no more of them: `IO`, `lOO`.
    const MOST_LETTERS: usize = 3;
    let is_misread = |it: u8| matches!(it, b'o' | b'l' | b'i' | b'm' | b'$');
    if LONGEST < key.len() || !key.bytes().any(is_misread) {
        return None;
    }
    let bare = key.trim_start_matches(['≥', '≤', '>', '<', '=']);
    // Where 14 stood, an M may.
    let (fourteen, behind) = match bare.strip_prefix('m') {
        Some(behind) if behind.starts_with('.') => ("14", behind),
        _ => ("", bare),
    };
    let is_of_figure = |it: char| it.is_ascii_digit() || matches!(it, 'o' | 'l' | 'i' | '.' | ',');
    let (figure, rest) = behind.split_at(behind.find(|it| !is_of_figure(it)).unwrap_or(behind.len()));
    let digits: String = figure
        .chars()
        .map(|it| {
            if it == 'o' {
                '0'
            } else if matches!(it, 'l' | 'i') {
                '1'
            } else {
                it
            }
        })
        .collect();
    let meant = format!("{fourteen}{digits}");
    let n_misread = figure.bytes().filter(|it| is_misread(*it)).count() + fourteen.len();
    let has_digit = figure.bytes().any(|it| it.is_ascii_digit());
    let is_whole = matches!(rest, "" | "%" | "$");
    // `500L` is an amount and O2O a word.
    let is_volume = n_misread == 1
        && rest.is_empty()
        && figure.ends_with('l')
        && MOST_LETTERS < figure.len()
        && !figure.ends_with(".l");
    let is_word = meant.starts_with('0') && !meant.starts_with("0.") && 1 < meant.len();
    let is_figure = millionths(&meant).is_some()
        && (has_digit || (is_whole && figure.len() <= MOST_LETTERS))
        && (0 < n_misread || rest == "$")
        && !rest.starts_with(|it: char| it.is_ascii_alphabetic())
        && !is_volume
        && !is_word;
    let rest = if rest == "$" { "%" } else { rest };
    let operator = key.get(..key.len() - bare.len()).unwrap_or_default();
    is_figure.then(|| format!("{operator}{meant}{rest}"))
}

/// A plain decimal number in millionths; thousands commas and a sign are understood, nothing else.
pub(crate) fn millionths(key: &str) -> Option<i64> {
    let (negative, digits) = match key.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, key),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut value: i64 = 0;
    let mut group = 0;
    let mut commas = 0;
    if whole.is_empty() {
        return None;
    }
    for c in whole.bytes() {
        match c {
            b'0'..=b'9' => {
                value = value.checked_mul(10)?.checked_add(i64::from(c - b'0'))?;
                group += 1;
            }
            b',' if (1..=3).contains(&group) && (commas == 0 || group == 3) => {
                commas += 1;
                group = 0;
            }
            _ => return None,
        }
    }
    if (commas > 0 && group != 3) || fraction.len() > 6 || (digits.contains('.') && fraction.is_empty()) {
        return None;
    }
    let mut scale: i64 = 1_000_000;
    value = value.checked_mul(scale)?;
    for c in fraction.bytes() {
        if !c.is_ascii_digit() {
            return None;
        }
        scale /= 10;
        value = value.checked_add(i64::from(c - b'0') * scale)?;
    }
    Some(if negative { -value } else { value })
}

/// The number of a list mark at the head of a text: `1.`, `2、`, `(3)`, `指标4:`, `①`.
pub(crate) fn list_number(text: &str) -> Option<u32> {
    let text = text.trim_start();
    if let Some(c) = text.chars().next().filter(|c| ('①'..='⑳').contains(c)) {
        return Some(c as u32 - '①' as u32 + 1);
    }
    let (text, named) = match text.strip_prefix("指标") {
        Some(rest) => (rest.trim_start(), true),
        None => (text.trim_start_matches(['(', '（']), text.starts_with(['(', '（'])),
    };
    let mut number: u32 = 0;
    let mut n_digits = 0;
    for c in text.chars() {
        match fold_char(c) {
            Some(digit @ '0'..='9') if n_digits < 2 => {
                number = number * 10 + (digit as u32 - '0' as u32);
                n_digits += 1;
            }
            Some('.' | '、' | '．') if n_digits > 0 => {
                // `3.5天` is a quantity, not the third item.
                let after = text.chars().nth(n_digits + 1).and_then(fold_char);
                let decimal = c != '、' && after.is_some_and(|it| it.is_ascii_digit());
                return (!decimal || number_with_year(text, n_digits)).then_some(number);
            }
            Some(':' | ')') if n_digits > 0 && named => return Some(number),
            None if n_digits == 0 => {}
            _ => return None,
        }
    }
    None
}

/// `1.2024年…`: a list mark and a year, not a decimal.
fn number_with_year(text: &str, n_digits: usize) -> bool {
    let after: String = text.chars().skip(n_digits + 1).take(5).filter_map(fold_char).collect();
    after.len() >= 4 && after.as_bytes()[..4].iter().all(u8::is_ascii_digit) && after.ends_with('年')
}

/// The value of a cell: line breaks inside it joined (with a blank between Latin letters or digits), byte rubble off.
pub(crate) fn value(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for line in text.split('\n') {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        if line.is_empty() {
            continue;
        }
        append(&mut value, line);
    }
    if has_rubble(&value) { without_rubble(&value) } else { value }
}

/// Joins a text to a value: without a blank, but for Latin letters and digits, which would become another word or number.
pub(crate) fn append(value: &mut String, more: &str) {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || ('０'..='９').contains(&c) || matches!(c, '.' | '．' | ',');
    if value.chars().next_back().is_some_and(is_latin) && more.starts_with(is_latin) {
        value.push(' ');
    }
    value.push_str(more);
}

/// The value of a box of prose: paragraphs stay apart.
pub(crate) fn prose(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(str::trim).filter(|it| !it.is_empty()).collect();
    let prose = lines.join("\n");
    if has_rubble(&prose) { without_rubble(&prose) } else { prose }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold() {
        assert_eq!(key("绩效 指 标　（４０分）"), "绩效指标(40分)");
        assert_eq!(key("項(xiàng)目 (A)"), "項目(a)");
        assert_eq!(key("執(zhí)行率（B/A）"), "執行率(b/a)");
    }

    #[test]
    fn labels_come_apart() {
        let check = |text: &str, word: &str, points: Option<&str>, unit: Option<&str>| {
            let key = key(text);
            let label = label_text(&key);
            assert_eq!((label.word, label.points, label.money_unit), (word, points, unit), "{text}");
        };
        check("产出 指标 (40分)", "产出指标", Some("40"), None);
        check("其中：财政拨款：", "财政拨款", None, None);
        check("项目资金（万元）", "项目资金", None, Some("万元"));
        check("预算执行情况（万元）（20分）", "预算执行情况", Some("20"), Some("万元"));
        check("(50分)", "", Some("50"), None);
        check("执行率(B/A×100%)", "执行率", None, None);
    }

    #[test]
    fn numbers_in_millionths() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(millionths(text), expected, "{text}");
        check("12.5", Some(12_500_000));
        check("1,234.5", Some(1_234_500_000));
        check("-3", Some(-3_000_000));
        check("1,23", None);
        check("", None);
        check("5.", None);
        check("4条", None);
        check("99999999999999999999", None);
    }

    #[test]
    fn list_marks() {
        let check = |text: &str, expected: Option<u32>| assert_eq!(list_number(text), expected, "{text}");
        check("1.防返贫", Some(1));
        check("10.师资费", Some(10));
        check("1.2024年报告", Some(1));
        check("2、乡镇", Some(2));
        check("指标3: 信息", Some(3));
        check("（4）其他", Some(4));
        check("③其他", Some(3));
        check("3.5天", None);
        check("2024年报告", None);
        check("12月底", None);
    }

    #[test]
    fn misread_figures_look_like_what_they_were() {
        let check = |text: &str, want: Option<&str>| assert_eq!(misread_figure(&key(text)).as_deref(), want, "{text}");
        check("1O", Some("10"));
        check("IO", Some("10"));
        check("l2.OO", Some("12.00"));
        check("M.8", Some("14.8"));
        check("2I3人", Some("213人"));
        check("≥9O%", Some("≥90%"));
        check("97.5$", Some("97.5%"));
        check("10O$", Some("100%"));
        // Nothing is misread, or nothing of a figure.
        check("100%", None);
        check("$5", None);
        check("O2O平台", None);
        check("500L", None);
        check("3km", None);
        check("12mm", None);
        check("IOT平台", None);
        check("oil", None);
    }

    #[test]
    fn values_join_lines() {
        assert_eq!(value(" 经济效益\n指标 "), "经济效益指标");
        assert_eq!(value("A4\n12"), "A4 12");
        assert_eq!(prose("一、\n\n 二、"), "一、\n二、");
    }
}
