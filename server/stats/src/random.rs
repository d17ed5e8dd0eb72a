//! Random numbers that are the same everywhere and every time.
//!
//! A figure that rests on simulation is published with its seed, and the same seed must give the
//! same figure on another machine in ten years. Therefore the generator is written out here and
//! will not change: xoshiro256++, its state filled by SplitMix64. It is no source of secrets.

/// A stream of random numbers from a seed.
///
/// # Source
///
/// Blackman and Vigna 2021, ACM Trans Math Softw 47(4):36 (xoshiro256++); Steele, Lea and Flood
/// 2014, OOPSLA (SplitMix64).
///
/// # Example
///
/// ```
/// use stats::random::Random;
/// let (mut one, mut other) = (Random::seeded(7), Random::seeded(7));
/// assert_eq!(one.bits(), other.bits());
/// ```
#[derive(Debug, Clone)]
pub struct Random {
    state: [u64; 4],
    spare: Option<f64>,
}

/// How a result was simulated: enough to simulate it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simulation {
    /// Number of draws.
    pub draws: usize,
    /// Seed of the generator.
    pub seed: u64,
}

impl Default for Simulation {
    /// 100 000 draws, with which bounds of ranks stay where they are; the seed is arbitrary.
    fn default() -> Self {
        Self { draws: 100_000, seed: 20_251_124 }
    }
}

impl Random {
    /// The stream of a seed.
    ///
    /// # Source
    ///
    /// The authors of xoshiro256++ recommend SplitMix64 to fill its state.
    ///
    /// # Example
    ///
    /// ```
    /// let mut random = stats::random::Random::seeded(1);
    /// assert_ne!(random.bits(), random.bits());
    /// ```
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let mut at = seed;
        Self { state: std::array::from_fn(|_| split_mix(&mut at)), spare: None }
    }

    /// The next 64 bits.
    ///
    /// # Formula
    ///
    /// rotl(s₀ + s₃, 23) + s₀, then the linear step of the state.
    ///
    /// # Source
    ///
    /// Blackman and Vigna 2021.
    ///
    /// # Example
    ///
    /// ```
    /// let mut random = stats::random::Random::seeded(1);
    /// let dice = random.bits() % 6 + 1;
    /// assert!((1..=6).contains(&dice));
    /// ```
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let out = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        out
    }

    /// A number from 0 to 1, both left out.
    ///
    /// # Formula
    ///
    /// (k + ½)/2⁵², k the upper 52 bits: exact in double precision, and symmetric.
    ///
    /// # Source
    ///
    /// L'Ecuyer 2012, Handbook of Computational Statistics, section 3.2.
    ///
    /// # Example
    ///
    /// ```
    /// let u = stats::random::Random::seeded(1).uniform();
    /// assert!(0.0 < u && u < 1.0);
    /// ```
    pub fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
        ((self.bits() >> 12) as f64 + 0.5) * STEP
    }

    /// A draw from the standard normal distribution.
    ///
    /// # Formula
    ///
    /// Points of the square are tried until one lies in the unit circle at distance² s; each
    /// coordinate times √(−2 ln s/s) is normal. The second one is kept for the next call.
    ///
    /// # Source
    ///
    /// Marsaglia and Bray 1964, SIAM Review 6:260.
    ///
    /// # Example
    ///
    /// ```
    /// let mut random = stats::random::Random::seeded(1);
    /// let mean = (0..1000).map(|_| random.normal()).sum::<f64>() / 1000.0;
    /// assert!(mean.abs() < 0.15);
    /// ```
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                let stretch = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(y * stretch);
                return x * stretch;
            }
        }
    }

    /// The number of successes in `n` independent trials that each succeed with probability `p`
    /// (brought into 0..1; not a number counts as 0). 0 where `n` ≤ 0.
    ///
    /// # Formula
    ///
    /// Inversion from 0 upwards, P(k+1) = P(k) (n−k)/(k+1) p/(1−p), in lots of at most 256 trials,
    /// whose numbers add.
    ///
    /// # Source
    ///
    /// Devroye 1986, Non-Uniform Random Variate Generation, section X.4.
    ///
    /// # Example
    ///
    /// ```
    /// let mut random = stats::random::Random::seeded(1);
    /// assert!((0..=20).contains(&random.binomial(20, 0.9)));
    /// assert_eq!(random.binomial(20, 1.0), 20);
    /// ```
    pub fn binomial(&mut self, n: i64, p: f64) -> i64 {
        if p > 0.5 {
            return n.max(0) - self.rare(n, 1.0 - p.min(1.0));
        }
        self.rare(n, if p > 0.0 { p } else { 0.0 })
    }

    /// Successes of probability ≤ ½.
    fn rare(&mut self, n: i64, p: f64) -> i64 {
        const LOT: i64 = 256;
        let mut left = n.max(0);
        let mut total = 0;
        while left > 0 {
            let lot = left.min(LOT);
            total += self.lot(lot, p);
            left -= lot;
        }
        total
    }

    /// As [`Self::rare`], for so few trials that none of them succeeding is no number near 0.
    fn lot(&mut self, n: i64, p: f64) -> i64 {
        let odds = p / (1.0 - p);
        let mut chance = (n as f64 * (-p).ln_1p()).exp();
        let mut left = self.uniform();
        for k in 0..n {
            if left <= chance {
                return k;
            }
            left -= chance;
            chance *= (n - k) as f64 / (k + 1) as f64 * odds;
        }
        n
    }
}

/// The next number of SplitMix64.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Random, split_mix};

    #[test]
    fn the_stream_is_the_published_one() {
        // The reference implementation in C from the state 1, 2, 3, 4.
        let mut random = Random { state: [1, 2, 3, 4], spare: None };
        let published = [
            41_943_041,
            58_720_359,
            3_588_806_011_781_223,
            3_591_011_842_654_386,
            9_228_616_714_210_784_205,
            9_973_669_472_204_895_162,
            14_011_001_112_246_962_877,
            12_406_186_145_184_390_807,
        ];
        for number in published {
            assert_eq!(random.bits(), number);
        }
    }

    #[test]
    fn the_state_is_filled_as_published() {
        // The reference implementation in C from 1234567.
        let mut state = 1_234_567;
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        for number in published {
            assert_eq!(split_mix(&mut state), number);
        }
    }

    #[test]
    fn normals_have_the_moments_of_the_normal_distribution() {
        let mut random = Random::seeded(3);
        let draws: Vec<f64> = (0..200_000).map(|_| random.normal()).collect();
        let moment = |power: i32| draws.iter().map(|z| z.powi(power)).sum::<f64>() / draws.len() as f64;
        // four standard errors each: the variance of z^k is E z^2k − (E z^k)²
        for (power, value, variance) in [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0_f64)] {
            let within = 4.0 * (variance / draws.len() as f64).sqrt();
            assert!((moment(power) - value).abs() < within, "{power}: {}", moment(power));
        }
        let beyond = draws.iter().filter(|z| z.abs() > 1.959_964).count();
        assert!((9_600..10_400).contains(&beyond), "{beyond}");
    }

    #[test]
    fn binomials_have_their_mean_and_variance_in_lots_of_any_size() {
        for (n, p) in [(1, 0.3), (40, 0.92), (256, 0.5), (257, 0.01), (3_000, 0.85)] {
            let mut random = Random::seeded(5);
            let draws: Vec<f64> = (0..20_000).map(|_| random.binomial(n, p) as f64).collect();
            let mean = draws.iter().sum::<f64>() / 20_000.0;
            let spread = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 20_000.0;
            let variance = n as f64 * p * (1.0 - p);
            assert!((mean - n as f64 * p).abs() < 4.0 * (variance / 20_000.0).sqrt(), "{n} {p}: {mean}");
            assert!((spread / variance - 1.0).abs() < 0.05, "{n} {p}: {spread} {variance}");
        }
    }

    #[test]
    fn trials_that_cannot_fail_or_succeed_do_not() {
        let mut random = Random::seeded(5);
        assert_eq!([random.binomial(9, 0.0), random.binomial(9, -1.0), random.binomial(9, f64::NAN)], [0; 3]);
        assert_eq!([random.binomial(9, 1.0), random.binomial(9, 2.0)], [9; 2]);
        assert_eq!([random.binomial(0, 0.5), random.binomial(-4, 0.9)], [0; 2]);
    }
}
