//! The arithmetic of printed numbers against brute force and against whole-number arithmetic.

use gouji_quantity::{Decimal, End, Fraction, Interval, Number, fold, number, percent, read_value};
use proptest::prelude::*;

/// `mantissa / 10^decimals`.
fn decimal(mantissa: i64, decimals: u32) -> Decimal {
    Decimal::new(mantissa, decimals)
}

/// The whole part towards zero of `mantissa / 10^drop`.
fn truncated(mantissa: i128, drop: u32) -> i128 {
    mantissa / 10_i128.pow(drop)
}

/// Rounded half up (away from zero), by whole numbers alone.
fn rounded(mantissa: i128, drop: u32) -> i128 {
    let unit = 10_i128.pow(drop);
    mantissa.signum() * ((mantissa.abs() + unit / 2) / unit)
}

fn shown(text: &str) -> String {
    number(text).map_or("none".to_owned(), |it| it.loose().to_string())
}

#[test]
fn loose_is_rounded_or_truncated() {
    assert_eq!(shown("77"), "[76.5, 78)");
    assert_eq!(shown("100"), "[99.5, 101)");
    assert_eq!(shown("7.7"), "[7.65, 7.8)");
    assert_eq!(shown("541.60"), "[541.595, 541.61)");
    assert_eq!(shown("-5"), "(-6, -4.5]");
    assert_eq!(shown("0"), "[-0.5, 1)");
    assert_eq!(shown("１，０２０"), "[1019.5, 1021)");
    for text in ["1,02", "12,3456", "1.2.3", "5元", "", "-", "--5", "5.", "1e5", "十"] {
        assert_eq!(shown(text), "none", "{text}");
    }
}

#[test]
fn printed_zeros_narrow_the_interval() {
    let printed = number("196.8").expect("a number");
    assert_eq!(printed.loose_at(2).to_string(), "[196.795, 196.81)");
    assert_eq!(printed.loose_at(0), printed.loose());
    assert_eq!(printed.exact().to_string(), "196.8");
    let weight = number("3.33").expect("a number");
    assert_eq!(weight.as_weight_part().to_string(), "[3.325, 3.335)");
    assert_eq!(number("10.0").expect("a number").as_weight_part().to_string(), "10");
    assert_eq!(printed.as_score_part(number("196.80")).to_string(), "196.8");
    assert_eq!(printed.as_score_part(None), printed.loose());
}

/// The worked examples of rulebook section 2.
#[test]
fn worked_examples_agree() {
    let loose = |text: &str| number(text).expect("a number").loose();
    let sum = Interval::sum([loose("128"), loose("68.81")]).expect("fits");
    assert!(sum.intersects(&loose("196.8")));
    assert!(sum.intersects(&number("196.8").expect("a number").loose_at(2)));
    let rate = loose("541.6").over(&loose("547.98")).and_then(|it| it.scaled(100)).expect("fits");
    assert_eq!(rate.shown_at(2), "[98.82, 98.86)");
    assert!(!rate.intersects(&percent("100%").expect("a rate").number.loose()));
    assert!(rate.scaled(Fraction::new(1, 10).expect("fits")).expect("fits").intersects(&loose("10")));
    let rate = loose("21.855").over(&loose("28.272")).and_then(|it| it.scaled(100)).expect("fits");
    assert!(rate.intersects(&percent("77%").expect("a rate").number.loose()));
    let parts = std::iter::repeat_n(number("3.33").expect("a number").as_weight_part(), 3);
    assert!(Interval::sum(parts).expect("fits").contains(10));
}

#[test]
fn conversion_keeps_the_precision() {
    let printed = read_value("12058元").quantity().expect("a quantity").number.shifted(-4).expect("fits");
    assert_eq!(printed.value(), decimal(12058, 4));
    assert_eq!(printed.step(), Fraction::from(decimal(1, 4)));
    let booked = read_value("53.42万元").quantity().expect("a quantity").loose().expect("fits");
    let paid = read_value("534253.73元").quantity().expect("a quantity").loose().expect("fits");
    assert!(booked.intersects(&paid), "truncated");
    assert_eq!(number("5").and_then(|it| it.shifted(100)), None);
}

#[test]
fn bounds_and_words_are_intervals() {
    let check = |text: &str, expected: &str| {
        let value = read_value(text);
        let quantity = value.quantities().first().expect("a quantity");
        assert_eq!(quantity.interval().map(|it| it.to_string()).as_deref(), Some(expected), "{text}");
    };
    check("30余次", "[31, 39]");
    check("10多个", "[11, 19]");
    check("35余次", "[35, 36)");
    check("30余万元", "[300000, 400000)");
    check("2.5万余人", "[25000, 26000)");
    check("近百人", "[90, 99]");
    check("约400次", "[360, 440]");
    check("十几家", "[11, 19]");
    check("95%以上", "[95, 100]");
    check("≥97%", "[97, 100]");
    check("≥120%", "[120, ∞)");
    check("≤5%", "[0, 5]");
    check("≥5次", "[5, ∞)");
    check("不超过2万元", "[0, 20000]");
    check("15-20万字", "[150000, 200000]");
    check("100%-80%（含）", "[80, 100]");
    check("74条", "74");
    check("23", "[22.5, 24)");
    check("1小时", "[1800, 7200)");
    check("3‰", "[0.25, 0.4)");
    check("60亩", "[39666.666666, 40666.666667)");
}

#[test]
fn intervals_are_shown_outward() {
    let third = Interval::closed(Fraction::new(1, 3).expect("fits"), Fraction::new(2, 3).expect("fits"));
    assert_eq!(third.shown_at(2), "[0.33, 0.67)");
    assert_eq!(third.to_string(), "[0.333333, 0.666667)");
    assert_eq!(Interval::closed(-1, 0).shown_at(2), "[-1.00, 0.00]");
    assert_eq!(Interval::at_least(5).to_string(), "[5, ∞)");
    assert_eq!(Interval::new(End::Open(1.into()), End::Open(1.into())), None);
    assert_eq!(Interval::new(End::Open(1.into()), End::Closed(2.into())).expect("not empty").to_string(), "(1, 2]");
}

proptest! {
    /// On a grid a hundred times finer than the print, L(p) holds exactly what rounds or truncates to p, and for p = 0
    /// what a non-negative value or its half step below gives.
    #[test]
    fn loose_holds_what_prints_as_it(mantissa in -5000_i64..5000, decimals in 0_u32..4, offset in -300_i128..300) {
        prop_assume!(mantissa != 0);
        let printed = Number::new(decimal(mantissa, decimals)).expect("fits");
        let fine = i128::from(mantissa) * 100 + offset;
        // Half a step below is rounded up to p only on the side away from zero, which is the closed end.
        let prints = truncated(fine, 2) == i128::from(mantissa) || rounded(fine, 2) == i128::from(mantissa);
        let value = Decimal::from_i128_with_scale(fine, decimals + 2);
        prop_assert_eq!(printed.loose().contains(value), prints);
    }

    /// Lt(p) is L(p) of the same number printed with more zeros, and lies within L(p).
    #[test]
    fn finer_loose_is_that_of_printed_zeros(mantissa in -100_000_i64..100_000, decimals in 0_u32..4, more in 0_u32..4) {
        let short = Number::new(decimal(mantissa, decimals)).expect("fits");
        let long = Number::new(decimal(mantissa * 10_i64.pow(more), decimals + more)).expect("fits");
        prop_assert_eq!(short.loose_at(decimals + more), long.loose());
        prop_assert_eq!(short.loose().hull(&long.loose()), short.loose());
    }

    /// A sum holds a value if some choice of the parts gives it: checked at the ends, where it is decided.
    #[test]
    fn sums_are_exact(parts in prop::collection::vec((-9999_i64..9999, 0_u32..4), 0..6)) {
        let numbers: Vec<Number> =
            parts.iter().map(|(it, decimals)| Number::new(decimal(*it, *decimals)).expect("fits")).collect();
        let sum = Interval::sum(numbers.iter().map(|it| it.exact())).expect("fits");
        // In units of 10^-4.
        let expected: i128 = parts.iter().map(|(it, decimals)| i128::from(*it) * 10_i128.pow(4 - decimals)).sum();
        prop_assert_eq!(sum.only(), Fraction::new(expected, 10_000));
        let loose = Interval::sum(numbers.iter().map(|it| it.loose())).expect("fits");
        let low: i128 = parts.iter().map(|(it, decimals)| ends(*it, *decimals).0).sum();
        let high: i128 = parts.iter().map(|(it, decimals)| ends(*it, *decimals).1).sum();
        prop_assert_eq!(loose.low().value(), Fraction::new(low, 20_000));
        prop_assert_eq!(loose.high().value(), Fraction::new(high, 20_000));
    }

    /// Products and ratios against cross-multiplied whole numbers.
    #[test]
    fn products_and_ratios_are_exact(
        (a, b, c, d) in (-500_i64..500, 0_i64..500, -500_i64..500, 1_i64..500),
        (p, q) in (-300_000_i128..300_000, 1_i128..1000),
    ) {
        let left = Interval::closed(a, a + b);
        let right = Interval::closed(c, c + d);
        let corners = [a * c, a * (c + d), (a + b) * c, (a + b) * (c + d)].map(i128::from);
        let product = left.times(&right).expect("fits");
        prop_assert_eq!(product.low().value(), Fraction::new(*corners.iter().min().expect("four"), 1));
        prop_assert_eq!(product.high().value(), Fraction::new(*corners.iter().max().expect("four"), 1));
        let divisor = Interval::closed(d, d + b);
        let ratio = left.over(&divisor).expect("fits");
        // p/q lies in [a, a+b] / [d, d+b] if p·y meets q·[a, a+b] for some y between d and d+b.
        let (low, high) = (p * i128::from(d), p * i128::from(d + b));
        let meets = low.min(high) <= q * i128::from(a + b) && low.max(high) >= q * i128::from(a);
        prop_assert_eq!(ratio.contains(Fraction::new(p, q).expect("fits")), meets);
        prop_assert!(left.over(&Interval::closed(0, d)).is_none());
    }

    /// Order and arithmetic of fractions agree with 128-bit cross-multiplication.
    #[test]
    fn fractions_follow_whole_numbers(a in -1_000_000_i64..1_000_000, b in 1_i64..1_000_000, c in -1_000_000_i64..1_000_000, d in 1_i64..1_000_000) {
        let [a, b, c, d] = [a, b, c, d].map(i128::from);
        let (x, y) = (Fraction::new(a, b).expect("fits"), Fraction::new(c, d).expect("fits"));
        prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
        prop_assert_eq!(x.plus(y), Fraction::new(a * d + c * b, b * d));
        prop_assert_eq!(x.times(y), Fraction::new(a * c, b * d));
        if c != 0 {
            prop_assert_eq!(x.over(y), Fraction::new(a * d, b * c));
        }
        let floor = x.floor_at(3).expect("fits");
        prop_assert!(Fraction::from(floor) <= x && x < Fraction::from(floor + decimal(1, 3)));
        let ceil = x.ceil_at(3).expect("fits");
        prop_assert!(Fraction::from(ceil) >= x && x > Fraction::from(ceil - decimal(1, 3)));
    }

    /// Large fractions compare rightly where cross-multiplication would not fit.
    #[test]
    fn large_fractions_compare(a in 1_i128..1_000_000, big in (1_i128 << 100)..(1 << 110)) {
        let (x, y) = (Fraction::new(big, big - a).expect("fits"), Fraction::new(big + 1, big - a + 1).expect("fits"));
        // (n+1)/(m+1) lies nearer to one than n/m.
        prop_assert!(y < x && x > Fraction::ONE);
        prop_assert_eq!(x.cmp(&x), std::cmp::Ordering::Equal);
    }

    /// What is printed is read back as it was, with its decimals.
    #[test]
    fn numbers_survive_printing(mantissa in -999_999_999_999_i64..999_999_999_999, decimals in 0_u32..9) {
        let printed = Number::new(decimal(mantissa, decimals)).expect("fits");
        prop_assert_eq!(number(&printed.to_string()), Some(printed));
    }

    /// Thousands marks and full-width signs change nothing.
    #[test]
    fn full_width_is_half_width(mantissa in 0_i64..999_999_999, decimals in 0_u32..3, unit in "(|%|元|万元|人次|条|元/人/天)", operator in "(|>=|<=|=|<|>)") {
        let text = format!("{operator}{}{unit}", decimal(mantissa, decimals));
        let wide: String = text.chars().map(widened).collect();
        let (narrow, wide_value) = (read_value(&text), read_value(&wide));
        let stripped = |value: &gouji_quantity::Value| value.quantity().map(|it| (it.operator, it.number, it.unit));
        prop_assert_eq!(stripped(&narrow), stripped(&wide_value));
        prop_assert!(stripped(&narrow).is_some());
        prop_assert_eq!(fold(&wide).into_owned(), fold(&text).into_owned());
    }

    /// A unit converts there and back without a loss.
    #[test]
    fn shifting_is_undone(mantissa in -999_999_999_i64..999_999_999, decimals in 0_u32..5, power in -8_i32..9) {
        let printed = Number::new(decimal(mantissa, decimals)).expect("fits");
        let there = printed.shifted(power).expect("fits");
        prop_assert_eq!(there.shifted(-power), Some(printed));
        prop_assert_eq!(there.loose().low().value(), printed.loose().scaled(ten_to(power)).and_then(|it| it.low().value()));
    }
}

fn ten_to(power: i32) -> Fraction {
    let factor = 10_i128.pow(power.unsigned_abs());
    if power < 0 { Fraction::new(1, factor).expect("fits") } else { Fraction::new(factor, 1).expect("fits") }
}

/// Both ends of L(p) in units of 10^-4 / 2.
fn ends(mantissa: i64, decimals: u32) -> (i128, i128) {
    let unit = 10_i128.pow(4 - decimals);
    let middle = 2 * i128::from(mantissa) * unit;
    if mantissa < 0 { (middle - 2 * unit, middle + unit) } else { (middle - unit, middle + 2 * unit) }
}

fn widened(it: char) -> char {
    match it {
        '!'..='~' => char::from_u32(it as u32 + 0xFEE0).expect("a full-width form"),
        _ => it,
    }
}
