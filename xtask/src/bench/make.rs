//! Documents by the thousand, no two alike: real layouts and damage, with other figures, names and blanks.
//!
//! In go the documents that are there and a seed, out comes a document of the same shape. Labels, units and the words
//! that a figure hangs on stay, so that the program has as much to do as with the original; everything else changes.

use crate::variations::labels::is_han;
use crate::variations::words::substitution;
use gouji_generate::Rng;

/// The document with figures, names and blanks drawn from `rng`.
pub fn varied(text: &str, rng: &mut Rng) -> String {
    let digits = digits(rng);
    let names = substitution(text, rng);
    let year = rng.below(10);
    let chars: Vec<char> = text.chars().collect();
    let mut acc = String::with_capacity(text.len() + text.len() / 8);
    for (at, c) in chars.iter().enumerate() {
        match c {
            '0'..='9' => acc.push(varied_digit(&chars, at, &digits, year)),
            ' ' => vary_blank(&chars, at, rng, &mut acc),
            c => acc.push(*names.get(c).unwrap_or(c)),
        }
    }
    acc
}

/// A digit for each of 1 to 9; 0 stays, so that no figure gains or loses places.
fn digits(rng: &mut Rng) -> [char; 10] {
    let mut digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    for last in (2..10).rev() {
        digits.swap(last, 1 + rng.below(last));
    }
    digits
}

/// A year stays one: only its last digit changes.
fn varied_digit(chars: &[char], at: usize, digits: &[char; 10], year: usize) -> char {
    let value = chars[at].to_digit(10).map_or(0, |it| it as usize);
    let start = at - chars[..at].iter().rev().take_while(|it| it.is_ascii_digit()).count();
    let is_year = chars.get(start..start + 2) == Some(&['2', '0'])
        && chars.get(start..start + 4).is_some_and(|it| it.iter().all(char::is_ascii_digit))
        && !chars.get(start + 4).is_some_and(|it| it.is_ascii_digit() || *it == '.');
    match (is_year, at - start) {
        (true, 3) => digits.iter().copied().nth((value + year) % 10).unwrap_or('0'),
        (true, _) => chars[at],
        (false, _) => digits[value],
    }
}

/// A blank between two Chinese characters goes or stays or doubles; elsewhere it may keep two figures apart.
fn vary_blank(chars: &[char], at: usize, rng: &mut Rng, acc: &mut String) {
    let is_inside = |it: Option<&char>| it.copied().is_some_and(is_han);
    let between = is_inside(at.checked_sub(1).and_then(|it| chars.get(it))) && is_inside(chars.get(at + 1));
    let n = match rng.below(4) {
        0 if between => 0,
        1 => 2,
        _ => 1,
    };
    acc.extend(std::iter::repeat_n(' ', n));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const TEXT: &str = "某县绩效自评表\n(2022年度)\n项目名称\t葡萄栽培 推广\n产出指标 (40分)\t数量指标\t≥12.50万元\t12.50万元\t10\t10\n";

    #[test]
    fn one_seed_makes_one_document() {
        assert_eq!(varied(TEXT, &mut Rng::new(7)), varied(TEXT, &mut Rng::new(7)));
        let made: BTreeSet<String> = (0..100).map(|it| varied(TEXT, &mut Rng::new(it))).collect();
        assert_eq!(made.len(), 100);
    }

    #[test]
    fn the_shape_stays() {
        for seed in 0..100 {
            let made = varied(TEXT, &mut Rng::new(seed));
            let labels = ["绩效自评表", "(20", "年度)", "项目名称\t", "产出指标", "0分)\t数量指标\t≥", "0万元\t"];
            for label in labels {
                assert!(made.contains(label), "{label} in {made}");
            }
            let shape = |text: &str| {
                let mark = |c: char| match c {
                    '0'..='9' => '1',
                    c if is_han(c) => '字',
                    c => c,
                };
                text.replace(' ', "").chars().map(mark).collect::<String>()
            };
            assert_eq!(shape(&made), shape(TEXT));
        }
    }

    #[test]
    fn equal_figures_stay_equal() {
        let made = varied(TEXT, &mut Rng::new(3));
        let cells: Vec<&str> = made.lines().last().unwrap_or("").split('\t').collect();
        assert_eq!(cells[2].trim_start_matches('≥'), cells[3]);
        assert_eq!(cells[4], cells[5]);
    }
}
