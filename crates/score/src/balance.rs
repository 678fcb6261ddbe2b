//! Whether a printed figure agrees with what its parts come to: the tolerance of rule book section 2, in one place.
//!
//! In: the interval of the printed figure, the interval of the recomputed one, both as printed and with the decimals
//! that the column shows elsewhere. Out: exact, within rounding, only if trailing zeros were printed, or apart.

use gouji_quantity::{Interval, Number};

use crate::check::Grade;

/// How a printed figure stands to the recomputed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Balance {
    /// To the last digit.
    Exact,
    /// Within the rounding of the printed figures.
    Rounded,
    /// Only as long as the missing decimals are not zeros: the column prints more elsewhere.
    Doubtful,
    /// Not at all.
    Apart,
}

impl Balance {
    /// Weighs a printed figure's intervals against the recomputed ones; `loose` from the decimals of each figure,
    /// `tight` from those of its column.
    pub(crate) fn of(stated: Spread, recomputed: Spread) -> Balance {
        if let (Some(stated), Some(recomputed)) = (stated.value, recomputed.value)
            && stated == recomputed
        {
            return Balance::Exact;
        }
        if !stated.loose.intersects(&recomputed.loose) {
            Balance::Apart
        } else if !stated.tight.intersects(&recomputed.tight) {
            Balance::Doubtful
        } else {
            Balance::Rounded
        }
    }

    /// The better of two readings.
    pub(crate) fn or(self, other: Balance) -> Balance {
        if (other as u8) < (self as u8) { other } else { self }
    }

    /// The grade of a finding whose disagreement is of this grade: a doubtful one is a suspicion.
    pub(crate) fn grade(self, apart: Grade) -> Grade {
        match self {
            Balance::Exact | Balance::Rounded | Balance::Apart => apart,
            Balance::Doubtful => step_down(apart),
        }
    }

    /// The figures agree.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Balance::Exact | Balance::Rounded)
    }
}

/// A contradiction or breach becomes a suspicion of medium confidence, a suspicion falls by one step.
fn step_down(grade: Grade) -> Grade {
    match grade {
        Grade::C | Grade::B | Grade::S1 => Grade::S2,
        Grade::S2 | Grade::S3 => Grade::S3,
        Grade::Note => Grade::Note,
    }
}

/// A figure with what it may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    /// The figure itself, where there is one.
    pub value: Option<gouji_quantity::Fraction>,
    /// From its own decimals.
    pub loose: Interval,
    /// From the decimals of its column.
    pub tight: Interval,
}

impl Spread {
    /// A printed number of a column that prints so many decimals.
    pub(crate) fn printed(number: Number, decimals: u32) -> Spread {
        Spread { value: Some(number.value().into()), loose: number.loose(), tight: number.loose_at(decimals) }
    }

    /// A number that is meant exactly.
    pub(crate) fn exact(number: Number) -> Spread {
        let interval = number.exact();
        Spread { value: Some(number.value().into()), loose: interval, tight: interval }
    }

    /// One interval under both tolerances.
    pub(crate) fn interval(interval: Interval) -> Spread {
        Spread { value: interval.only(), loose: interval, tight: interval }
    }

    /// The sum of parts; `None` if it does not fit.
    pub(crate) fn sum(parts: impl IntoIterator<Item = Spread>) -> Option<Spread> {
        let zero = Spread::interval(Interval::point(0));
        parts.into_iter().try_fold(zero, |acc, it| {
            Some(Spread {
                value: acc.value.zip(it.value).and_then(|(left, right)| left.plus(right)),
                loose: acc.loose.plus(&it.loose)?,
                tight: acc.tight.plus(&it.tight)?,
            })
        })
    }

    /// The quotient; `None` unless the divisor is above zero.
    pub(crate) fn over(self, divisor: Spread) -> Option<Spread> {
        Some(Spread {
            value: self.value.zip(divisor.value).and_then(|(left, right)| left.over(right)),
            loose: self.loose.over(&divisor.loose)?,
            tight: self.tight.over(&divisor.tight)?,
        })
    }

    /// Times a factor that is meant exactly.
    pub(crate) fn scaled(self, factor: gouji_quantity::Fraction) -> Option<Spread> {
        Some(Spread {
            value: self.value.and_then(|it| it.times(factor)),
            loose: self.loose.scaled(factor)?,
            tight: self.tight.scaled(factor)?,
        })
    }

    /// No more than `cap`.
    pub(crate) fn capped(self, cap: gouji_quantity::Fraction) -> Spread {
        Spread { value: self.value.map(|it| it.min(cap)), loose: self.loose.capped(cap), tight: self.tight.capped(cap) }
    }

    /// No less than zero.
    pub(crate) fn floored(self) -> Spread {
        let zero = gouji_quantity::Fraction::ZERO;
        Spread {
            value: self.value.map(|it| it.max(zero)),
            loose: self.loose.floored(zero),
            tight: self.tight.floored(zero),
        }
    }
}
