//! Heads: header lines whose words a converter broke over two lines, or ran together in one cell.
//!
//! In: all lines of a document. Out: the same lines, in which every head of the indicators stands whole, in a cell of its
//! own: 年度 above 指标值 is one word, and 分值得分 over two columns of figures is two.
//!
//! Words of the lexicon decide, and where these leave a doubt the cells below: two heads stand over two columns.

use crate::lexicon::{Column, Label, Lexicon};
use crate::segment;
use crate::text;
use crate::token::{Kind, Line, Token};

/// Lines of a header that are put together at most, the first apart: narrow columns break a word of six characters twice.
const MAX_BELOW: usize = 2;

/// Words that have to be broken in two for two lines to be one: a single one may stand so by chance.
const FEWEST_BROKEN: usize = 2;

/// Rows below a header that are asked in which columns they stand. More tell no more, and a form's first rows are near.
const ROWS_ASKED: usize = 8;

/// Puts the heads of all headers together, and apart.
pub(crate) fn mend<'d>(lines: &mut Vec<Line<'d>>, lexicon: &'d Lexicon) {
    let mut idx = 0;
    while idx < lines.len() {
        if lines.get(idx).is_some_and(is_of_words) {
            for _ in 0..MAX_BELOW {
                let Some(tokens) = joined(lines, idx, lexicon) else { break };
                lines.remove(idx + 1);
                if let Some(line) = lines.get_mut(idx) {
                    line.tokens = tokens;
                    line.mended.joined_heads = true;
                }
            }
            if let Some(tokens) = parted(lines, idx, lexicon)
                && let Some(line) = lines.get_mut(idx)
            {
                line.tokens = tokens;
                line.mended.parted_heads = true;
            }
        }
        idx += 1;
    }
}

/// Whether a line of a grid may be one of a header: words in its cells and no figure, one of them a head.
fn is_of_words(line: &Line<'_>) -> bool {
    line.has_columns()
        && 1 < line.tokens.len()
        && line.tokens.iter().all(|it| it.number.is_none() && it.kind != Kind::Percent)
        && line.tokens.iter().any(is_head)
}

/// Whether a cell holds the head of a column.
fn is_head(token: &Token<'_>) -> bool {
    token.labels.iter().any(|it| heads(*it))
}

fn heads(label: Label) -> bool {
    matches!(label, Label::Column(_) | Label::IndicatorBlock)
}

/// Whether the word heads a column, every character of it right.
fn is_exact_head(key: &str, lexicon: &Lexicon) -> bool {
    lexicon.look_up_exact(&text::label_text(key)).is_some_and(|it| it.iter().any(|it| heads(*it)))
}

/// The heads of a line and of the one below it, if the words of the first go on in the second.
fn joined<'d>(lines: &[Line<'d>], idx: usize, lexicon: &'d Lexicon) -> Option<Vec<Token<'d>>> {
    /// The rest of a head has no more characters: 及拟采取的改进措施.
    const LONGEST_REST: usize = 14;
    let (line, below) = lines.get(idx).zip(lines.get(idx + 1))?;
    let is_rest = |it: &Token<'_>| {
        it.number.is_none() && it.l1().is_none() && it.l2().is_none() && it.key.chars().count() <= LONGEST_REST
    };
    if below.origin != line.origin || !below.tokens.iter().all(is_rest) {
        return None;
    }
    let mut n_broken = 0;
    let mut tokens = line.tokens.clone();
    for rest in &below.tokens {
        let Some(above) = tokens.iter_mut().find(|it| it.col == rest.col) else {
            tokens.push(rest.clone());
            continue;
        };
        let whole = Token::new(format!("{}{}", above.text, rest.text), above.raw, above.place, above.col, lexicon);
        let is_broken = is_exact_head(&whole.key, lexicon);
        // Two heads, one above the other: the lower says more precisely what the upper heads.
        if !is_broken && is_head(above) && is_head(rest) {
            return None;
        }
        n_broken += usize::from(is_broken);
        *above = whole;
    }
    tokens.sort_by_key(|it| it.col);
    (FEWEST_BROKEN <= n_broken && is_header(&tokens, line)).then_some(tokens)
}

/// Whether these heads make the line a header of indicators: what is planned and what was reached heads the goal, too.
fn is_header<'d>(tokens: &[Token<'d>], line: &Line<'d>) -> bool {
    let names =
        |it: &Token<'_>| [Column::L1, Column::L2, Column::Name].iter().any(|column| it.is(Label::Column(*column)));
    tokens.iter().any(names) && segment::is_indicator_header(&Line { tokens: tokens.to_vec(), ..line.clone() })
}

/// The heads of a line with those apart that stand in one cell, if there are any and the line is a header then.
fn parted<'d>(lines: &[Line<'d>], idx: usize, lexicon: &'d Lexicon) -> Option<Vec<Token<'d>>> {
    let line = lines.get(idx)?;
    let mut tokens: Vec<Token<'d>> = Vec::with_capacity(line.tokens.len() + 1);
    let mut by = 0;
    for (at, token) in line.tokens.iter().enumerate() {
        let next = line.tokens.get(at + 1).map(|it| it.col);
        let below = columns_below(lines, idx, token.col, next);
        match words(token, &below, lexicon) {
            Some(words) => {
                // Where no column is free for it the cell was lost, and what follows stands too far left.
                let is_free = |n: i32| next.is_none_or(|it| token.col + n < it);
                for (n, word) in (0i32..).zip(&words) {
                    let mut part = token.part(word, lexicon);
                    let col = usize::try_from(n - 1).ok().and_then(|it| below.get(it)).copied();
                    part.col = col.unwrap_or(token.col + n) + by;
                    tokens.push(part);
                    by += i32::from(!is_free(n) && n > 0 && reaches_beyond(lines, idx));
                }
            }
            None => tokens.push(Token { col: token.col + by, ..token.clone() }),
        }
    }
    (line.tokens.len() < tokens.len() && is_header(&tokens, line)).then_some(tokens)
}

/// The rows below a header.
fn rows_below<'l, 'd>(lines: &'l [Line<'d>], idx: usize) -> impl Iterator<Item = &'l Line<'d>> {
    let origin = lines.get(idx).map(|it| it.origin);
    lines.iter().skip(idx + 1).take(ROWS_ASKED).take_while(move |it| Some(it.origin) == origin)
}

/// The columns between two heads in which rows below have cells, from left to right.
fn columns_below(lines: &[Line<'_>], idx: usize, after: i32, before: Option<i32>) -> Vec<i32> {
    let cells = rows_below(lines, idx).filter(|it| 2 < it.tokens.len()).flat_map(|it| &it.tokens);
    let between = |col: &i32| after < *col && before.is_none_or(|it| *col < it);
    let mut columns: Vec<i32> = cells.map(|it| it.col).filter(between).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Whether rows below have a cell to the right of all heads.
fn reaches_beyond(lines: &[Line<'_>], idx: usize) -> bool {
    let last = |it: &Line<'_>| it.tokens.last().map(|it| it.col);
    let end = lines.get(idx).and_then(last);
    rows_below(lines, idx).any(|it| end < last(it))
}

/// The heads that a cell holds, if they are more than one; `below` are the columns right of it that no head stands over.
fn words<'t>(token: &'t Token<'_>, below: &[i32], lexicon: &Lexicon) -> Option<Vec<&'t str>> {
    /// The shortest pair of heads: 分值得分. Characters.
    const SHORTEST: usize = 4;
    let n_chars = token.key.chars().count();
    let is_whole = is_head(token) && !token.damaged;
    if is_whole || !(SHORTEST..=Lexicon::MAX_LABEL).contains(&n_chars) {
        return None;
    }
    let known = known_words(&token.key, lexicon);
    // A label of another kind may be two heads by chance: 年度目标完成情况.
    if known.is_some() && (token.labels.is_empty() || token.damaged) {
        return known;
    }
    // Beside a known head stands one in unknown words: two columns tell.
    if below.is_empty() || !token.labels.is_empty() {
        return None;
    }
    let is_word = |it: &str| it.chars().count() >= 2;
    let ways = token.key.char_indices().skip(1).map(|(at, _)| token.key.split_at(at));
    let fits = |it: &(&str, &str)| {
        is_word(it.0) && is_word(it.1) && (is_exact_head(it.0, lexicon) || is_exact_head(it.1, lexicon))
    };
    // The longest known word leaves the least to guess.
    let known_len = |it: &(&str, &str)| {
        let len = |word: &str| if is_exact_head(word, lexicon) { word.len() } else { 0 };
        len(it.0).max(len(it.1))
    };
    ways.filter(fits).max_by_key(known_len).map(|it| vec![it.0, it.1])
}

/// The key as heads of the lexicon one behind the other, as few as possible, if it is two or more.
fn known_words<'t>(key: &'t str, lexicon: &Lexicon) -> Option<Vec<&'t str>> {
    // For every place that a word may end at: how many words lead there, and where the last begins.
    let mut ends: Vec<(usize, usize, usize)> = vec![(0, 0, 0)];
    for (at, c) in key.char_indices() {
        let end = at + c.len_utf8();
        let way = ends
            .iter()
            .filter(|it| key.get(it.0..end).is_some_and(|it| is_exact_head(it, lexicon)))
            .map(|it| (end, it.1 + 1, it.0))
            .min_by_key(|it| it.1);
        ends.extend(way);
    }
    let mut last = ends.last().filter(|it| it.0 == key.len() && 1 < it.1)?;
    let mut words = Vec::with_capacity(last.1);
    while last.1 > 0 {
        words.push(key.get(last.2..last.0)?);
        last = ends.iter().find(|it| it.0 == last.2)?;
    }
    words.reverse();
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repairs;

    #[test]
    fn heads_run_together_are_told_apart() {
        let lexicon = Lexicon::embedded();
        let check = |key: &str, want: Option<&[&str]>| {
            assert_eq!(known_words(key, &lexicon).as_deref(), want, "{key}");
        };
        check("分值得分", Some(&["分值", "得分"]));
        check("一级指标二级指标", Some(&["一级指标", "二级指标"]));
        check("三级指标年度指标值实际完成值", Some(&["三级指标", "年度指标值", "实际完成值"]));
        check("绩效指标一级指标", Some(&["绩效指标", "一级指标"]));
        check("年度指标值", None);
        check("佐证材料一览", None);
    }

    /// Rows below damaged heads are read as below whole ones, and the repair is reported.
    fn reads(heads: &[&str], code: &str) {
        const ROWS: [&str; 3] = [
            "产出指标 | 数量指标 | 修缮阅览室 | ≥3间 | 2间 | 20 | 18 | 雨季停工",
            " | 质量指标 | 验收合格率 | ≥95% | 100% | 40 | 40 | ",
            "效益指标 | 社会效益指标 | 读者增加 | 提高 | 提高 | 30 | 30 | ",
        ];
        let want = [
            "产出指标 数量指标 修缮阅览室 ≥3间 2间 20 18",
            "产出指标 质量指标 验收合格率 ≥95% 100% 40 40",
            "效益指标 社会效益指标 读者增加 提高 提高 30 30",
        ];
        let page: Vec<&str> = ["项目绩效自评表"].iter().chain(heads).chain(&ROWS).copied().collect();
        let (rows, codes) = repairs::tests::read(&page);
        assert_eq!(rows, want, "{heads:?}");
        assert!(codes.iter().any(|it| it == code), "{heads:?}: {codes:?}");
    }

    #[test]
    fn two_heads_in_one_cell_stand_over_two_columns() {
        for heads in [
            "一级指标 | 二级指标 | 三级指标 | 年度指标值实际完成值 |  | 分值 | 得分 | 偏差原因分析及改进措施",
            "一级指标二级指标 |  | 三级指标 | 年度指标值 | 实际完成值 | 分值得分 |  | 偏差原因分析及改进措施",
            "一级指标 | 二级指标三级指标年度指标值 |  |  | 实际完成值 | 分值 | 得分原因 | ",
            // The blank beside it was lost, and all heads behind it stand too far left.
            "一级指标 | 二级指标 | 三级指标年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
            // In unknown words beside a known head.
            "一级指标 | 二级指标 | 三级指标考查数额 |  | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
        ] {
            reads(&[heads], "R02");
        }
    }

    #[test]
    fn a_head_over_two_lines_is_one() {
        reads(
            &[
                "一级 | 二级 | 三级指标 | 年度 | 实际完 | 分值 | 得分 | 偏差原因分析",
                "指标 | 指标 |  | 指标值 | 成值 |  |  | 及改进措施",
            ],
            "R03",
        );
        reads(
            &[
                "一级 | 二级 | 三级 | 年度指 | 实际 | 分值 | 得分 | 偏差原因",
                "指标 | 指标 | 指标 | 标值 | 完成值 |  |  | 分析及",
                " |  |  |  |  |  |  | 改进措施",
            ],
            "R03",
        );
    }

    #[test]
    fn heads_of_the_goal_are_none_of_the_indicators() {
        let page = [
            "项目绩效自评表",
            "年度总体目标 | 预期目标 |  | 年度目标完成情况 |  |  | ",
            " | 修缮阅览室,添置书架 |  | 已修缮 |  |  | ",
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
            "产出指标 | 数量指标 | 修缮阅览室 | 3间 | 3间 | 90 | 90",
        ];
        let (rows, codes) = repairs::tests::read(&page);
        assert_eq!(rows, ["产出指标 数量指标 修缮阅览室 3间 3间 90 90"]);
        assert!(!codes.iter().any(|it| it == "R02"), "{codes:?}");
    }

    #[test]
    fn a_head_below_another_stays_its_own() {
        let (rows, codes) = repairs::tests::read(&[
            "项目绩效自评表",
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 |  |  | 实际完成值 | 分值 | 得分",
            " |  |  | 指标性质 | 指标值 | 度量单位 |  |  | ",
            "产出指标 | 数量指标 | 修缮阅览室 | ≥ | 3 | 间 | 3间 | 90 | 90",
        ]);
        assert_eq!(rows, ["产出指标 数量指标 修缮阅览室 ≥3间 3间 90 90"]);
        assert!(!codes.iter().any(|it| it == "R02"), "{codes:?}");
    }
}
