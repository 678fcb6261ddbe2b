//! A quick hash for tables whose keys ship with the program.
//!
//! In: the bytes of a label, a few dozen. Out: 64 bits. Whoever writes a document chooses what is looked up, not what the
//! table holds: no choice of theirs makes a bucket long, so that a hash with a secret would guard against nothing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table of this hash.
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Folds eight bytes at a time into a product.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quick(u64);

impl Quick {
    /// An odd number with as many ones as zeros, which spreads low bits upwards: 2^64 / π.
    const SPREAD: u64 = 0x517c_c1b7_2722_0a95;

    /// The same for the last step: 2^64 over the golden ratio.
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

    fn fold(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(Quick::SPREAD);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.fold(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.fold(rest.iter().rev().fold(rest.len() as u64, |acc, it| acc << 8 | u64::from(*it)));
        }
    }

    fn write_u8(&mut self, it: u8) {
        self.fold(u64::from(it));
    }

    fn finish(&self) -> u64 {
        // The high bits are the well mixed ones; tables look at the low ones first.
        let mixed = (self.0 ^ self.0 >> 32).wrapping_mul(Quick::MIX);
        mixed ^ mixed >> 29
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::{BuildHasher, BuildHasherDefault};

    use super::Quick;

    #[test]
    fn like_words_differ_in_the_bits_that_tables_look_at() {
        let words: Vec<String> = (0..4000).map(|it| format!("指标{it}")).collect();
        let hash = |it: &String| BuildHasherDefault::<Quick>::default().hash_one(it);
        let low: BTreeSet<u64> = words.iter().map(|it| hash(it) & 0xffff).collect();
        // Thrown at random into 65,536 places, 4,000 words fill about 3,880 of them.
        assert!(3_800 < low.len(), "{}", low.len());
    }
}
