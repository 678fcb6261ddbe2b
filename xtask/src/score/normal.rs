//! How two printed values are compared: by what they say, not by how they are typed.
//!
//! In goes a value as JSON, out comes the text that stands for it, or nothing. The definition is that of
//! `score_extraction.py` beside the gold, so that both programs give the same figures.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The first circled digit and its last kin: list marks, which NFKC would turn into digits that are none.
const CIRCLED: std::ops::RangeInclusive<char> = '\u{2460}'..='\u{2473}';

/// NFKC, no white space, one spelling of quotes, dashes and comparison signs; `None` for nothing printed.
pub fn normal(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Object(map) => map.get("raw").and_then(normal),
        Value::String(text) => normal_text(text),
        other => normal_text(&other.to_string()),
    }
}

/// [`normal`] of a text.
pub fn normal_text(text: &str) -> Option<String> {
    if text.chars().all(is_plain) {
        return (!text.is_empty()).then(|| text.to_owned());
    }
    let mut marked = String::with_capacity(text.len());
    for c in text.chars() {
        if CIRCLED.contains(&c) {
            marked.push('(');
            marked.push_str(&(u32::from(c) - u32::from(*CIRCLED.start()) + 1).to_string());
            marked.push(')');
        } else {
            marked.push(c);
        }
    }
    let mut acc = String::with_capacity(text.len());
    for c in marked.nfkc().filter(|it| !is_space(*it)) {
        match c {
            '“' | '”' => acc.push('"'),
            '‘' | '’' => acc.push('\''),
            '×' | '*' => acc.push('x'),
            '—' | '–' => acc.push('-'),
            '≥' => acc.push_str(">="),
            '≤' => acc.push_str("<="),
            c => acc.push(c),
        }
    }
    acc.truncate(acc.trim_end_matches(':').len());
    (!acc.is_empty()).then_some(acc)
}

/// Characters that stand for themselves; most texts have no others, and need not go through the tables of Unicode.
fn is_plain(c: char) -> bool {
    (c.is_ascii_graphic() && c != '*' && c != ':') || ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// White space as Python's `\s` sees it: Unicode's, and the four separators of ASCII.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The field `key` of a JSON object, null if it is missing.
pub fn field<'a>(item: &'a Value, key: &str) -> &'a Value {
    item.get(key).unwrap_or(&Value::Null)
}

/// The other admissible readings that the truth lists for `key`.
pub fn accepted<'a>(item: &'a Value, key: &str) -> &'a [Value] {
    item.get("accept").and_then(|it| it.get(key)).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether `got` is the value of the truth or one of its other admissible readings.
pub fn is_same(truth: &Value, got: &Value, accept: &[Value]) -> bool {
    if truth == got {
        return true;
    }
    let got = normal(got);
    got == normal(truth) || accept.iter().any(|it| got == normal(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(value: Value, want: Option<&str>) {
        assert_eq!(normal(&value).as_deref(), want);
    }

    #[test]
    fn spelling_does_not_count() {
        check(json!("≥ 90 %"), Some(">=90%"));
        check(json!("其中：财政拨款："), Some("其中:财政拨款"));
        check(json!("①项"), Some("(1)项"));
        check(json!("５×２"), Some("5x2"));
        check(json!({"raw": "“x”"}), Some("\"x\""));
    }

    #[test]
    fn nothing_printed_is_nothing() {
        check(Value::Null, None);
        check(json!(""), None);
        check(json!(" \u{a0}\u{3000}\u{1f}"), None);
        check(json!({"page": 1}), None);
        check(json!("："), None);
    }

    #[test]
    fn an_accepted_reading_is_right() {
        assert!(is_same(&json!("8"), &Value::Null, &[json!("9"), Value::Null]));
        assert!(!is_same(&json!("8"), &json!("7"), &[json!("9")]));
    }
}
