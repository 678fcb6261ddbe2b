//! Numbers that look random and are the same on every machine and in every run.
//!
//! In goes a seed, out come numbers by SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
//! generators", 2014). Good enough to vary documents, and four lines instead of a dependency.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The stream of this seed.
    pub fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.draw() % n).expect("below a usize")
    }

    /// True once in `n` times.
    pub fn chance(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// True `percent` times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A number from `low` up to and with `high`.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low).saturating_add(1))
    }

    /// One of these; nothing if there are none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// `count` different ones of these, or all if there are fewer, in their order.
    pub fn sample<T: Clone>(&mut self, of: &[T], count: usize) -> Vec<T> {
        let mut left = count.min(of.len());
        let mut taken = Vec::with_capacity(left);
        for (idx, it) in of.iter().enumerate() {
            if self.below(of.len() - idx) < left {
                taken.push(it.clone());
                left -= 1;
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of seed 1234567, from the reference implementation of SplitMix64.
    #[test]
    fn the_stream_is_that_of_the_reference() {
        let mut rng = Rng::new(1_234_567);
        let got: Vec<u64> = (0..3).map(|_| rng.draw()).collect();
        assert_eq!(got, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn a_sample_keeps_the_order_and_its_size() {
        let mut rng = Rng::new(5);
        for count in 0..8 {
            let taken = rng.sample(&[1, 2, 3, 4, 5], count);
            assert_eq!(taken.len(), count.min(5));
            assert!(taken.is_sorted());
        }
    }

    #[test]
    fn both_ends_are_drawn() {
        let mut rng = Rng::new(5);
        let drawn: std::collections::BTreeSet<usize> = (0..60).map(|_| rng.between(2, 4)).collect();
        assert_eq!(drawn, [2, 3, 4].into());
        assert_eq!(rng.pick::<u8>(&[]), None);
    }
}
