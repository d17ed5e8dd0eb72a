//! Chance from a seed.

/// A stream of 64-bit numbers: the counter of Weyl, stirred.
///
/// # Source
///
/// Steele, Lea and Flood 2014, Fast splittable pseudorandom number generators, OOPSLA '14
/// (`SplitMix64`). Good enough for artificial data, never for a secret.
pub(super) struct Chance(u64);

impl Chance {
    /// The stream number `stream` of a seed.
    pub(super) fn of(seed: u64, stream: u64) -> Self {
        Self(stir(seed ^ stir(stream)))
    }

    /// Sixty-four bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        stir(self.0)
    }

    /// A number below `limit`, which is far below 2³².
    pub(super) fn below(&mut self, limit: u32) -> usize {
        (((self.bits() >> 32) * u64::from(limit)) >> 32) as usize
    }
}

fn stir(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// Nearly normal with mean 0 and standard deviation 1 000, from 32 bits: the sum of four bytes,
/// whose own mean is 510 and deviation 147.8.
pub(super) fn bell(bits: u32) -> i32 {
    let sum: i32 = bits.to_le_bytes().into_iter().map(i32::from).sum();
    (sum - 510) * 6_766 / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bell_has_the_moments_it_says() {
        let mut chance = Chance::of(1, 2);
        let drawn: Vec<f64> = (0..100_000).map(|_| f64::from(bell((chance.bits() >> 32) as u32))).collect();
        let mean = drawn.iter().sum::<f64>() / 1e5;
        let spread = (drawn.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / 1e5).sqrt();
        assert!(mean.abs() < 12.0 && (spread - 1000.0).abs() < 10.0, "{mean} {spread}");
    }

    #[test]
    fn numbers_below_a_limit_reach_both_ends_and_no_further() {
        let mut chance = Chance::of(3, 4);
        let drawn: Vec<usize> = (0..1_000).map(|_| chance.below(7)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&0), Some(&6)));
    }
}
