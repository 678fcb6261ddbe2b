//! A score against the share of its points that the row's figures admit (rule book 2 and 3).
//!
//! In: a row's score and weight and the admissible shares. Out: whether the score lies above, below or within them, and
//! how sure that is: an integer may be the rounded share, and a column may have lost trailing zeros.

use gouji_quantity::{Fraction, Interval, Number};

use crate::check::Grade;
use crate::facts::{Facts, Row};
use crate::met::Comparison;

/// How a score stands to what may be scored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    /// Within.
    Admitted,
    /// Above the highest admissible score.
    Above(Grade),
    /// Below the lowest.
    Below(Grade),
}

/// A row's score, weight and admissible scores.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// 得分.
    pub score: Number,
    /// 分值.
    pub weight: Number,
    /// All that may be scored, from the lowest to the highest.
    pub admitted: Interval,
    /// How the score stands to it.
    pub standing: Standing,
}

/// Judges a row; `None` where it has no score, no weight or no known shares.
pub(crate) fn judge(facts: &Facts<'_>, row: &Row, comparison: &Comparison) -> Option<Judged> {
    let (score, weight) = row.score.number().zip(row.weight.number())?;
    let points = Fraction::from(weight.value());
    let mut admitted = Vec::with_capacity(comparison.shares.len());
    for share in &comparison.shares {
        admitted.push(share.scaled(points)?);
    }
    let hull = admitted.iter().copied().reduce(|acc, it| acc.hull(&it))?;
    let standing = standing(score, &admitted, &hull, facts.score_decimals);
    Some(Judged { score, weight, admitted: hull, standing })
}

fn standing(score: Number, admitted: &[Interval], hull: &Interval, decimals: u32) -> Standing {
    if score.is_integer() {
        return integer_standing(score, admitted, hull);
    }
    let (loose, tight) = (score.loose(), score.loose_at(decimals));
    let meets = |it: &Interval| admitted.iter().any(|share| share.intersects(it));
    let grade = match (meets(&loose), meets(&tight)) {
        (_, true) => return Standing::Admitted,
        (true, false) => Grade::S2,
        (false, false) => Grade::B,
    };
    if tight.is_above(hull) {
        Standing::Above(grade)
    } else if tight.is_below(hull) {
        Standing::Below(grade)
    } else {
        Standing::Admitted
    }
}

/// An integer score may be the share rounded up: that is a suspicion. It may also be a share cut off: only a whole point
/// below it is too little.
fn integer_standing(score: Number, admitted: &[Interval], hull: &Interval) -> Standing {
    let exact = score.exact();
    if admitted.iter().any(|it| it.intersects(&exact)) {
        return Standing::Admitted;
    }
    let value = Fraction::from(score.value());
    if exact.is_above(hull) {
        let rounds = Fraction::new(1, 2).and_then(|half| value.minus(half)).zip(hull.high().value());
        let is_rounded = rounds.is_some_and(|(least, highest)| least <= highest);
        return Standing::Above(if is_rounded { Grade::S2 } else { Grade::B });
    }
    if exact.is_below(hull) {
        let next = value.plus(Fraction::ONE).zip(hull.low().value());
        let is_point_short = next.is_some_and(|(next, lowest)| next <= lowest);
        return if is_point_short { Standing::Below(Grade::B) } else { Standing::Admitted };
    }
    Standing::Admitted
}
