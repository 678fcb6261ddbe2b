//! Which checks are wanted: beginnings of codes as a person types them go in, upper-case beginnings that name at least
//! one check come out, or the nearest known one.

use std::fmt;

/// A text that begins no known code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    /// What was given.
    pub given: String,
    /// The known code that is nearest to it.
    pub nearest: Option<String>,
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no code is or begins with {:?}", self.given)?;
        match &self.nearest {
            Some(nearest) => write!(f, ": did you mean {nearest}?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownCode {}

/// The given beginnings of codes in upper case, in the order given.
///
/// # Errors
/// [`UnknownCode`] for one that begins none of `known`.
pub fn selectors(given: &[String], known: &[&str]) -> Result<Vec<String>, UnknownCode> {
    let found = given.iter().map(|it| {
        let selector = it.trim().to_ascii_uppercase();
        let is_known = !selector.is_empty() && known.iter().any(|code| code.starts_with(&selector));
        if is_known { Ok(selector) } else { Err(unknown(it, known)) }
    });
    found.collect()
}

/// The one of `known` that `given` names, in whatever case.
///
/// # Errors
/// [`UnknownCode`] if it names none.
pub fn known_code<'a>(given: &str, known: &[&'a str]) -> Result<&'a str, UnknownCode> {
    known.iter().copied().find(|it| it.eq_ignore_ascii_case(given.trim())).ok_or_else(|| unknown(given, known))
}

/// Edits beyond which a known code is no likely meaning of what was typed: a code has three characters.
const MAX_EDITS: usize = 2;

fn unknown(given: &str, known: &[&str]) -> UnknownCode {
    let typed = given.trim().to_ascii_uppercase();
    let near = known.iter().map(|it| (distance(&typed, it), *it)).filter(|it| it.0 <= MAX_EDITS);
    // The first of the nearest, so that the answer does not depend on anything but the registry.
    let nearest = near.min_by_key(|it| it.0).map(|it| it.1.to_owned());
    UnknownCode { given: given.to_owned(), nearest }
}

/// Insertions, deletions and replacements of a character and exchanges of two neighbors that make one text the other
/// (optimal string alignment).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let at = |row: &[usize], idx: usize| row.get(idx).copied().unwrap_or(usize::MAX / 2);
    for (a_idx, a_char) in a.iter().enumerate() {
        let mut next = vec![a_idx + 1];
        for (b_idx, b_char) in b.iter().enumerate() {
            let replaced = at(&row, b_idx) + usize::from(a_char != b_char);
            let mut best = replaced.min(at(&row, b_idx + 1) + 1).min(at(&next, b_idx) + 1);
            if let (Some(a_prev), Some(b_prev)) = (a_idx.checked_sub(1), b_idx.checked_sub(1))
                && a.get(a_prev) == Some(b_char)
                && b.get(b_prev) == Some(a_char)
            {
                best = best.min(at(&before, b_prev) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    at(&row, b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["F01", "F03", "F13", "T01"];

    fn check(given: &str, expected: Result<&str, &str>) {
        let found = selectors(&[given.to_owned()], KNOWN).map(|it| it.concat()).map_err(|it| it.to_string());
        assert_eq!(found.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn beginnings_of_codes_are_known() {
        check("F", Ok("F"));
        check(" f03", Ok("F03"));
        check("T0", Ok("T0"));
    }

    #[test]
    fn others_name_the_nearest() {
        check("F3", Err("no code is or begins with \"F3\": did you mean F03?"));
        check("TO1", Err("no code is or begins with \"TO1\": did you mean T01?"));
        check("F30", Err("no code is or begins with \"F30\": did you mean F03?"));
        check("Q", Err("no code is or begins with \"Q\""));
        check("", Err("no code is or begins with \"\""));
        let none = selectors(&["F".to_owned()], &[]).unwrap_err();
        assert_eq!(none.to_string(), "no code is or begins with \"F\"");
    }

    #[test]
    fn one_code_is_meant_whole() {
        assert_eq!(known_code("t01", KNOWN), Ok("T01"));
        assert_eq!(known_code("T", KNOWN).unwrap_err().nearest.as_deref(), Some("T01"));
    }

    #[test]
    fn distances_count_edits() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
            ("F03", "F30", 1),
            ("ab", "ba", 1),
            ("abc", "ca", 3),
            ("F3", "F03", 1),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }
}
