//! Header: which column of an indicator block holds what.
//!
//! In: the header row of a block, of one or two lines. Out: the columns with their place in the grid, left to right.

use gouji_model::{ColumnsFrom, IndicatorField};

use crate::align::Slot;
use crate::lexicon::{Column, Label, Lexicon};
use crate::segment;
use crate::token::{Line, Token};

/// The columns of an indicator block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// What each column holds, and its column in the grid.
    pub(crate) columns: Vec<(Column, i32)>,
    /// Whether the columns were printed, so that distances count.
    pub(crate) has_columns: bool,
    /// How the columns were found.
    pub(crate) from: ColumnsFrom,
}

impl Header {
    /// The line as a header, if it is one.
    pub(crate) fn read(line: &Line<'_>, lexicon: &Lexicon) -> Option<Header> {
        if !segment::is_indicator_header(line) {
            return None;
        }
        let columns = line.tokens.iter().filter_map(|it| Some((column_of(it, lexicon)?, it.col))).collect();
        Some(Header { columns, has_columns: line.has_columns(), from: ColumnsFrom::Header }.tidy())
    }

    /// A header in this order, with no columns printed.
    pub(crate) fn of_layout(order: &[Column], from: ColumnsFrom) -> Header {
        Header { columns: order.iter().copied().zip(0..).collect(), has_columns: false, from }.tidy()
    }

    /// A header of columns that were told by what they hold.
    pub(crate) fn of_columns(columns: Vec<(Column, i32)>) -> Header {
        Header { columns, has_columns: true, from: ColumnsFrom::Content }.tidy()
    }

    /// The grid's column of the first of them.
    pub(crate) fn first_column(&self) -> i32 {
        self.columns.first().map_or(0, |it| it.1)
    }

    /// Whether the other header has the same columns at the same distances, no matter where in the grid.
    pub(crate) fn is_moved(&self, other: &Header) -> bool {
        let by = other.first_column() - self.first_column();
        self.has_columns == other.has_columns
            && self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(|(a, b)| a.0 == b.0 && a.1 + by == b.1)
    }

    /// Left to right, each column once; with a column for the block's own label, which stands left of the 一级指标 whether
    /// the header names it or not.
    fn tidy(mut self) -> Header {
        let column = |column: Column| self.columns.iter().find(|it| it.0 == column).map(|it| it.1);
        if let (None, Some(l1)) = (column(Column::Block), column(Column::L1)) {
            let gap = column(Column::L2).map_or(1, |it| (it - l1).max(1));
            self.columns.push((Column::Block, l1 - gap));
        }
        self.columns.sort_by_key(|it| it.1);
        let mut seen: Vec<Column> = Vec::new();
        for (column, _) in &mut self.columns {
            if *column != Column::Other && seen.contains(column) {
                *column = Column::Other;
            }
            seen.push(*column);
        }
        self.fill_gaps();
        self
    }

    /// A head in unknown words between two known ones takes the role that alone is missing there.
    fn fill_gaps(&mut self) {
        for idx in 0..self.columns.len() {
            if self.columns.get(idx).is_none_or(|it| it.0 != Column::Other) {
                continue;
            }
            let neighbour = |at: Option<usize>| at.and_then(|it| self.columns.get(it)).map(|it| it.0);
            let before = neighbour(idx.checked_sub(1));
            let after = neighbour(Some(idx + 1));
            let scored = self.has(Column::Score) || self.has(Column::Actual);
            let role = match (before, after) {
                (None | Some(Column::Block), Some(Column::L2)) => Column::L1,
                (Some(Column::L1), Some(Column::Name)) => Column::L2,
                (Some(Column::L2), Some(Column::Target | Column::Weight | Column::Operator)) => Column::Name,
                (Some(Column::Name), Some(Column::Actual)) => Column::Target,
                (Some(Column::Weight), Some(Column::Actual)) => Column::Target,
                (Some(Column::Target), Some(Column::Weight | Column::Score)) if scored => Column::Actual,
                (Some(Column::Weight), Some(Column::Reason | Column::Method) | None) => Column::Score,
                (Some(Column::Actual), Some(Column::Score)) => Column::Weight,
                _ => continue,
            };
            if !self.has(role)
                && let Some(column) = self.columns.get_mut(idx)
            {
                column.0 = role;
            }
        }
    }

    /// Whether the block has this column.
    pub(crate) fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|it| it.0 == column)
    }

    /// Whether the line is the second line of this header: nothing in it but words of a header.
    pub(crate) fn is_second_line(&self, line: &Line<'_>) -> bool {
        let whole = |column: Column| line.any(|it| it == Label::Column(column));
        line.has_columns()
            && !(whole(Column::L1) && whole(Column::L2))
            && line.tokens.iter().all(|it| {
                it.number.is_none() && it.key.chars().count() <= LONGEST_HEAD && it.l1().is_none() && it.l2().is_none()
            })
            && line
                .tokens
                .iter()
                .any(|it| it.labels.iter().any(|label| matches!(label, Label::Column(_))) || it.key == "指标值")
    }

    /// This header with the words of its second line put in: those stand for what they are printed under.
    pub(crate) fn merged(&self, line: &Line<'_>, lexicon: &Lexicon) -> Header {
        let mut columns = self.columns.clone();
        for token in &line.tokens {
            let Some(column) = column_of(token, lexicon).filter(|it| *it != Column::Other) else { continue };
            match columns.iter_mut().find(|it| it.1 == token.col) {
                Some(above) if above.0 == Column::Other || refines(column, above.0) => above.0 = column,
                Some(_) => {}
                None => columns.push((column, token.col)),
            }
        }
        Header { columns, ..self.clone() }.tidy()
    }

    /// This header with the line below it, of which every word says more precisely what one of two heads spans: 绩效指标
    /// over the classes and the name, 年度指标值 over operator, value and unit. Nothing if the lines are not so.
    pub(crate) fn spanning(&self, below: &Header) -> Option<Header> {
        let classes = [Column::L1, Column::L2, Column::Name];
        let results = [Column::Actual, Column::Weight, Column::Score];
        let is_split = |it: &Header, has: &[Column], lacks: &[Column]| {
            has.iter().filter(|column| it.has(**column)).count() > 1 && !lacks.iter().any(|column| it.has(*column))
        };
        if !is_split(self, &results, &classes) || !is_split(below, &classes, &results) {
            return None;
        }
        let names_target = [Column::Operator, Column::Unit, Column::Target].iter().any(|it| below.has(*it));
        let is_spanning =
            |it: Column| it == Column::Block || it == Column::Other || (it == Column::Target && names_target);
        let mut rest: Vec<(Column, i32)> = self.columns.iter().copied().filter(|it| !is_spanning(it.0)).collect();
        let end = below.columns.iter().map(|it| it.1).max()?;
        // Where the cells that a head spans are not printed, the heads behind it stand too far left.
        if rest.iter().any(|it| it.1 <= end) {
            rest.iter_mut().zip(end + 1..).for_each(|(it, col)| it.1 = col);
        }
        let columns = below.columns.iter().copied().chain(rest).collect();
        Some(Header { columns, ..self.clone() }.tidy())
    }

    /// Fills in columns that a repeated header lost, from the header that stood over the block before.
    pub(crate) fn complete_from(&mut self, known: &Header) {
        if self.columns.len() == known.columns.len() {
            for (mine, theirs) in self.columns.iter_mut().zip(&known.columns) {
                if mine.0 == Column::Other {
                    mine.0 = theirs.0;
                }
            }
        }
    }

    /// The roles of a row's cells.
    pub(crate) fn slots(&self) -> Vec<Slot> {
        let weighs = self.has(Column::Weight);
        self.columns.iter().map(|(column, col)| Slot { col: *col, empty: empty_cost(*column, weighs) }).collect()
    }

    /// What each of these columns pays for standing empty.
    pub(crate) fn slots_of(&self, columns: &[Column]) -> Vec<i32> {
        let weighs = self.has(Column::Weight);
        columns.iter().map(|it| empty_cost(*it, weighs)).collect()
    }

    /// The columns as fields of the form, in order.
    pub(crate) fn fields(&self) -> Vec<IndicatorField> {
        let mut fields = Vec::new();
        for (column, _) in &self.columns {
            let Some(field) = column.field() else { continue };
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }
}

/// The second line of a head has no more characters: 及拟采取的改进措施.
const LONGEST_HEAD: usize = 14;

/// What a column pays for standing empty, in hundredths of a move: a row without a name is hardly a row; a score belongs
/// to every weight; labels are merged, remarks are rare.
fn empty_cost(column: Column, weighs: bool) -> i32 {
    match column {
        Column::Name => 120,
        Column::Weight | Column::Score if weighs => 80,
        Column::Score => 60,
        Column::Target => 60,
        Column::Actual => 40,
        Column::Operator | Column::Unit => 15,
        _ => 0,
    }
}

/// Whether a second header line says more precisely what the first says of a column.
fn refines(column: Column, above: Column) -> bool {
    above == Column::Target && matches!(column, Column::Operator | Column::Unit | Column::Target)
}

fn column_of(token: &Token<'_>, lexicon: &Lexicon) -> Option<Column> {
    if token.is(Label::IndicatorBlock) {
        return Some(Column::Block);
    }
    let column = token.find(|it| if let Label::Column(column) = it { Some(column) } else { None });
    let by_core = || Some(token).filter(|it| it.labels.is_empty()).and_then(|it| lexicon.cores.column(&it.key));
    Some(column.or_else(by_core).unwrap_or(Column::Other))
}

#[cfg(test)]
mod tests {
    use crate::Reconciler;
    use crate::repairs::tests::{document, read};

    const ROWS: [&str; 2] = [
        "产出指标 | 数量指标 | 修缮阅览室 | ≥ | 3 | 间 | 3 | 50 | 50 | ",
        "效益指标 | 社会效益指标 | 读者人次 | ≥ | 900 | 人次 | 850 | 40 | 38 | 闭馆两月",
    ];

    #[test]
    fn a_head_over_three_columns_is_those_that_stand_below_it() {
        let wide = [
            "绩效指标 |  |  | 年度指标值 |  |  | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
            "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 |  |  |  | ",
        ];
        // The cells that a head spans need not be printed.
        let narrow = [
            "绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |  |  |  | ",
            "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 |  |  |  | ",
        ];
        for header in [wide, narrow] {
            let page: Vec<&str> =
                ["项目名称 | 修缮 |  |  |  |  |  |  |  | "].iter().chain(&header).chain(&ROWS).copied().collect();
            assert_eq!(
                read(&page).0,
                ["产出指标 数量指标 修缮阅览室 ≥3间 3 50 50", "效益指标 社会效益指标 读者人次 ≥900人次 850 40 38"]
            );
        }
    }

    #[test]
    fn a_form_without_funds_is_not_cut_off() {
        let table = ["一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分 | 原因"];
        let is_open = |above: &[&'static str]| {
            let page: Vec<&str> = above.iter().chain(&table).chain(&ROWS).copied().collect();
            let forms = Reconciler::new().rebuild(&document(&page)).forms;
            forms.first().map(|it| it.printed.open_head)
        };
        assert_eq!(is_open(&["项目名称 | 修缮 |  |  |  |  |  |  |  | "]), Some(false));
        assert_eq!(is_open(&["项目绩效自评表"]), Some(false));
        assert_eq!(is_open(&[]), Some(true));
    }
}
