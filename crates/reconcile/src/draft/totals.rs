//! Rows 总分 and 小计.
//!
//! In: a line among the indicators. Out: the row of a total, if it is one, figure and label in one cell included.

use gouji_model::Pointer;

use super::{TotalLine, Walk};
use crate::cuts;
use crate::lexicon::{Column, HeadField, Label, Lexicon};
use crate::text;
use crate::token::{Kind, Line, Token};

impl<'d> Walk<'d, '_> {
    /// The line as a row 总分 or 小计, label and figure in one cell (`总 分 98`) included.
    pub(super) fn total(&mut self, line: &'d Line<'d>) -> Option<TotalLine<'d>> {
        let idx = line.tokens.iter().take(2).position(|it| {
            it.is(Label::Total)
                || it.is(Label::Head(HeadField::Total))
                || is_subtotal(it)
                || fused_total(it, self.lexicon).is_some()
                || is_damaged_total(it, &line.tokens)
                || self.is_unknown_total(it, line)
        })?;
        // A name that happens to be 合计 stands beside a class of indicators.
        if line.tokens.iter().take(idx).any(|it| it.l1().is_none() && !it.is(Label::IndicatorBlock)) {
            return None;
        }
        let token = line.tokens.get(idx)?;
        let is_subtotal = is_subtotal(token);
        let mut tokens: Vec<Token<'d>> = line.tokens.iter().skip(idx).cloned().collect();
        if let Some(figure) = fused_total(token, self.lexicon) {
            self.draft.log.split(token, Some(Pointer::TotalScore));
            let figure = Token {
                number: text::millionths(&figure),
                kind: Kind::Number,
                labels: &[],
                key: figure,
                ..token.clone()
            };
            tokens.insert(1, figure);
        }
        self.part_points(&mut tokens);
        Some(TotalLine {
            tokens,
            has_columns: line.has_columns(),
            header: self.draft.header.clone(),
            n_rows: self.draft.rows.len(),
            is_subtotal,
        })
    }
}

impl<'d> Walk<'d, '_> {
    /// Parts the points of a total and its score where they are printed in one cell: `10098`.
    fn part_points(&mut self, tokens: &mut Vec<Token<'d>>) {
        /// No total has more points: 110 where a form counts its budget twice. Millionths.
        const HIGHEST: i64 = 120_000_000;
        let figures: Vec<usize> =
            (0..tokens.len()).filter(|it| tokens.get(*it).is_some_and(Token::is_figure)).collect();
        let ([only], Some(header)) = (figures.as_slice(), &self.draft.header) else { return };
        let Some(token) = tokens.get(*only).filter(|it| it.number.is_some_and(|it| it > 10 * HIGHEST)) else { return };
        if !header.has(Column::Weight) || !header.has(Column::Score) {
            return;
        }
        let mut ways = cuts::cuts(&token.text, &[], self.lexicon).into_iter().filter_map(|cut| {
            let (weight, score) = token.text.split_at_checked(cut.at)?;
            let part = |text: &str| Some(token.part(text, self.lexicon)).filter(|it| !cuts::is_malformed(&it.key));
            let fits = |it: &Token<'_>| it.number.is_some_and(|it| it <= HIGHEST);
            let (weight, score) = (part(weight)?, part(score)?);
            // A total of so few points is none.
            let is_total = fits(&weight) && fits(&score) && score.number <= weight.number;
            is_total.then_some((weight, score))
        });
        if let (Some((weight, score)), None) = (ways.next(), ways.next()) {
            self.draft.log.total_parted(&token.text);
            tokens.splice(*only..=*only, [weight, score]);
        }
    }
}

impl Walk<'_, '_> {
    /// Whether a line is a row 总分 in unknown words: they begin it, and nothing but points stands beside them.
    fn is_unknown_total(&self, token: &Token<'_>, line: &Line<'_>) -> bool {
        let opens = line.tokens.first().is_some_and(|it| std::ptr::eq(it, token));
        let values = || line.tokens.iter().skip(1);
        opens
            && token.labels.is_empty()
            && self.lexicon.cores.is_total(&token.key)
            && (1..=2).contains(&values().count())
            && values().all(Token::is_figure)
    }

    /// Whether a line says how the form was graded: a label at its head, and a grade as its value.
    pub(super) fn is_grade_line(&self, line: &Line<'_>) -> bool {
        let [label, grade] = line.tokens.as_slice() else { return false };
        let header = self.draft.header.as_ref();
        let first = header.and_then(|it| it.columns.iter().find(|it| it.0 == Column::L1)).map(|it| it.1);
        let opens = || line.has_columns() && first.is_some_and(|it| label.col <= it) && label.labels.is_empty();
        is_grade(&grade.key) && (label.is(Label::Grade) || (opens() && label.key.ends_with(['级', '论', '果'])))
    }
}

/// Whether a cell is the label of a subtotal: 小计, 产出指标小计.
pub(super) fn is_subtotal(token: &Token<'_>) -> bool {
    token.is(Label::Subtotal) || (token.key.ends_with("小计") && token.key.chars().count() <= 12)
}

/// Whether a row is 总分 or 合计 with a character misread: two characters, one of them right, and figures alone beside
/// them.
pub(super) fn is_damaged_total(token: &Token<'_>, tokens: &[Token<'_>]) -> bool {
    let mut chars = token.key.chars();
    let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next()) else { return false };
    let one_right = [('总', '分'), ('合', '计'), ('总', '计')].iter().any(|it| (first == it.0) != (second == it.1));
    one_right && token.labels.is_empty() && tokens.len() > 1 && tokens.iter().skip(1).all(Token::is_figure)
}

/// The figure of a cell that holds the label of a total and its figure: `总 分 98`, `项目总得分99分`.
pub(super) fn fused_total(token: &Token<'_>, lexicon: &Lexicon) -> Option<String> {
    if token.key.chars().count() > 16 {
        return None;
    }
    let start = token.key.find(|c: char| c.is_ascii_digit())?;
    let (label, figure) = token.key.split_at(start);
    let figure = figure.trim_end_matches('分');
    let hit = lexicon.look_up(&text::label_text(label))?;
    (hit.labels.contains(&Label::Total) && text::is_plain_number(figure)).then(|| figure.to_owned())
}

/// Whether a key is a grade word.
pub(crate) fn is_grade(key: &str) -> bool {
    matches!(key, "优" | "良" | "中" | "差" | "优秀" | "良好" | "合格" | "不合格" | "较差")
}
