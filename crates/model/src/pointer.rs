//! Names of the leaves of a form, as JSON pointers.

use std::fmt;
use std::str::FromStr;

macro_rules! fields {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every field, in the order of the contract.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The contract's key.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The field of this key.
            pub fn from_key(key: &str) -> Option<$name> {
                match key { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

fields! {
    /// A column of the funds block.
    FundsField {
        /// The line's label.
        Label = "label",
        /// 年初预算数.
        Budget = "budget",
        /// 全年预算数.
        Revised = "revised",
        /// 全年执行数.
        Executed = "executed",
        /// 分值.
        Weight = "weight",
        /// 执行率.
        Rate = "rate",
        /// 得分.
        Score = "score",
    }
}

fields! {
    /// A column of the indicator block.
    IndicatorField {
        /// 一级指标.
        L1 = "l1",
        /// Points printed beside the 一级指标.
        L1Weight = "l1_weight",
        /// 二级指标.
        L2 = "l2",
        /// Points printed beside the 二级指标.
        L2Weight = "l2_weight",
        /// 三级指标.
        Name = "name",
        /// 年度指标值.
        Target = "target",
        /// 调整后指标值.
        Adjusted = "adjusted",
        /// 实际完成值.
        Actual = "actual",
        /// 分值.
        Weight = "weight",
        /// 得分.
        Score = "score",
        /// 得分计算方法.
        Method = "method",
        /// 偏差原因.
        Reason = "reason",
    }
}

/// The name of a leaf of a form, or of the place where it would stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pointer {
    /// The whole form: `""`.
    Form,
    /// `/title`.
    Title,
    /// `/year`.
    Year,
    /// `/project`.
    Project,
    /// `/department`.
    Department,
    /// `/unit`.
    Unit,
    /// `/funds_unit`.
    FundsUnit,
    /// `/funds/0/rate`.
    Funds(usize, FundsField),
    /// `/goal/expected`.
    GoalExpected,
    /// `/goal/achieved`.
    GoalAchieved,
    /// `/indicators/3/score`.
    Indicator(usize, IndicatorField),
    /// A whole row: `/indicators/3`.
    Row(usize),
    /// A whole column: `/indicators/-/actual`.
    Column(IndicatorField),
    /// `/total/weight`.
    TotalWeight,
    /// `/total/score`.
    TotalScore,
    /// `/grade`.
    Grade,
    /// `/points/0/value`.
    PointsValue(usize),
    /// `/points/0/score`.
    PointsScore(usize),
    /// `/notes/0`.
    Note(usize),
    /// `/texts/0/text`.
    Text(usize),
    /// `/deviation`.
    Deviation,
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pointer::Form => Ok(()),
            Pointer::Title => f.write_str("/title"),
            Pointer::Year => f.write_str("/year"),
            Pointer::Project => f.write_str("/project"),
            Pointer::Department => f.write_str("/department"),
            Pointer::Unit => f.write_str("/unit"),
            Pointer::FundsUnit => f.write_str("/funds_unit"),
            Pointer::Funds(line_idx, field) => write!(f, "/funds/{line_idx}/{}", field.key()),
            Pointer::GoalExpected => f.write_str("/goal/expected"),
            Pointer::GoalAchieved => f.write_str("/goal/achieved"),
            Pointer::Indicator(row_idx, field) => write!(f, "/indicators/{row_idx}/{}", field.key()),
            Pointer::Row(row_idx) => write!(f, "/indicators/{row_idx}"),
            Pointer::Column(field) => write!(f, "/indicators/-/{}", field.key()),
            Pointer::TotalWeight => f.write_str("/total/weight"),
            Pointer::TotalScore => f.write_str("/total/score"),
            Pointer::Grade => f.write_str("/grade"),
            Pointer::PointsValue(idx) => write!(f, "/points/{idx}/value"),
            Pointer::PointsScore(idx) => write!(f, "/points/{idx}/score"),
            Pointer::Note(idx) => write!(f, "/notes/{idx}"),
            Pointer::Text(idx) => write!(f, "/texts/{idx}/text"),
            Pointer::Deviation => f.write_str("/deviation"),
        }
    }
}

/// A text that names no leaf of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPointer(pub String);

impl fmt::Display for NotAPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no leaf of a form is called {:?}", self.0)
    }
}

impl std::error::Error for NotAPointer {}

impl FromStr for Pointer {
    type Err = NotAPointer;

    /// # Errors
    /// [`NotAPointer`] if the text is no pointer that `Display` writes.
    fn from_str(text: &str) -> Result<Pointer, NotAPointer> {
        let parts: Vec<&str> = text.split('/').skip(1).collect();
        let number = |text: &str| text.parse::<usize>().ok();
        let found = match parts.as_slice() {
            [] if text.is_empty() => Some(Pointer::Form),
            ["title"] => Some(Pointer::Title),
            ["year"] => Some(Pointer::Year),
            ["project"] => Some(Pointer::Project),
            ["department"] => Some(Pointer::Department),
            ["unit"] => Some(Pointer::Unit),
            ["funds_unit"] => Some(Pointer::FundsUnit),
            ["funds", idx, key] => number(idx).zip(FundsField::from_key(key)).map(|(i, f)| Pointer::Funds(i, f)),
            ["goal", "expected"] => Some(Pointer::GoalExpected),
            ["goal", "achieved"] => Some(Pointer::GoalAchieved),
            ["indicators", "-", key] => IndicatorField::from_key(key).map(Pointer::Column),
            ["indicators", idx] => number(idx).map(Pointer::Row),
            ["indicators", idx, key] => {
                number(idx).zip(IndicatorField::from_key(key)).map(|(i, f)| Pointer::Indicator(i, f))
            }
            ["total", "weight"] => Some(Pointer::TotalWeight),
            ["total", "score"] => Some(Pointer::TotalScore),
            ["grade"] => Some(Pointer::Grade),
            ["points", idx, "value"] => number(idx).map(Pointer::PointsValue),
            ["points", idx, "score"] => number(idx).map(Pointer::PointsScore),
            ["notes", idx] => number(idx).map(Pointer::Note),
            ["texts", idx, "text"] => number(idx).map(Pointer::Text),
            ["deviation"] => Some(Pointer::Deviation),
            _ => None,
        };
        found.ok_or_else(|| NotAPointer(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pointer_reads_back() {
        let mut pointers = vec![
            Pointer::Form,
            Pointer::Title,
            Pointer::Year,
            Pointer::Project,
            Pointer::Department,
            Pointer::Unit,
            Pointer::FundsUnit,
            Pointer::GoalExpected,
            Pointer::GoalAchieved,
            Pointer::Row(4),
            Pointer::TotalWeight,
            Pointer::TotalScore,
            Pointer::Grade,
            Pointer::PointsValue(1),
            Pointer::PointsScore(2),
            Pointer::Note(0),
            Pointer::Text(7),
            Pointer::Deviation,
        ];
        pointers.extend(FundsField::ALL.iter().map(|it| Pointer::Funds(3, *it)));
        pointers.extend(IndicatorField::ALL.iter().map(|it| Pointer::Indicator(12, *it)));
        pointers.extend(IndicatorField::ALL.iter().map(|it| Pointer::Column(*it)));
        for pointer in pointers {
            assert_eq!(pointer.to_string().parse(), Ok(pointer));
        }
    }

    #[test]
    fn other_texts_are_no_pointers() {
        for text in ["x", "/", "/indicators", "/indicators/x/score", "/funds/0/name", "/total/score/"] {
            assert_eq!(text.parse::<Pointer>(), Err(NotAPointer(text.to_owned())));
        }
    }
}
