//! How many answers a unit needs before it may be called clearly above or below its peers.

use crate::comparison::{Evidence, Side};
use crate::quantile::normal;

/// More answers than this are out of reach.
const MOST: i64 = 1_000_000;

/// What a claim is made against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// The peers.
    pub peers: Side,
    /// Independent yes/no answers that one respondent is worth: 1/deff.
    pub worth: f64,
    /// Differences up to this count as none, a fraction.
    pub margin: f64,
    /// The level at which the claim is made: α over the number of units looked at together.
    pub level: f64,
    /// The probability with which it shall succeed.
    pub power: f64,
}

impl Claim {
    /// The answers that a unit needs so that it is called clearly different with the probability
    /// `power`, if its true share differs from that of the peers by `difference` (negative: below).
    ///
    /// # Formula
    ///
    /// ```text
    /// p = peers + d    p̂ = p ∓ z_power √(p(1−p)/(worth n)), towards the peers
    /// the smallest n with which p̂ is claimed to differ: `Evidence::p` ≤ level, on the side of d
    /// ```
    ///
    /// because a share is farther from the peers than p̂ with that probability, and whatever is farther
    /// is claimed too. By bisection between 2 and a million. `None` where no such number is enough: |d| within the
    /// margin, or p outside 0..1.
    ///
    /// # Source
    ///
    /// Power of [`crate::comparison::Evidence::between`]; Farrington and Manning 1990, Stat Med 9:1447.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::{claim::Claim, comparison::Side};
    /// let peers = Side { share: 0.85, effective: 1e5, df: 1e5 };
    /// let claim = Claim { peers, worth: 1.0, margin: 0.02, level: 0.05 / 64.0, power: 0.8 };
    /// let needed = claim.answers(-0.1).unwrap();
    /// assert!((400..600).contains(&needed), "{needed}");
    /// assert_eq!(claim.answers(0.02), None);
    /// ```
    #[must_use]
    pub fn answers(&self, difference: f64) -> Option<i64> {
        let share = self.peers.share + difference;
        let sound = (0.0..=1.0).contains(&share)
            && difference.abs() > self.margin
            && self.worth > 0.0
            && self.power > 0.0
            && self.power < 1.0;
        if !sound || !self.succeeds(MOST, difference) {
            return None;
        }
        let (mut few, mut enough) = (1, MOST);
        while enough - few > 1 {
            let middle = i64::midpoint(few, enough);
            if self.succeeds(middle, difference) { enough = middle } else { few = middle }
        }
        Some(enough)
    }

    fn succeeds(&self, n: i64, difference: f64) -> bool {
        let share = self.peers.share + difference;
        let effective = n as f64 * self.worth;
        let Some(reach) = normal(self.power) else { return false };
        let back = reach * (share * (1.0 - share) / effective).sqrt();
        let seen = if difference < 0.0 { share + back } else { share - back };
        let unit = Side { share: seen.clamp(0.0, 1.0), effective, df: (n - 1) as f64 };
        Evidence::between(&unit, &self.peers, self.margin)
            .is_some_and(|found| found.p() <= self.level && (found.below < found.above) == (difference < 0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Claim;
    use crate::comparison::{Evidence, Side};
    use crate::random::Random;

    const CLAIM: Claim = Claim {
        peers: Side { share: 0.85, effective: 8_000.0, df: 8_000.0 },
        worth: 1.0,
        margin: 0.02,
        level: 0.05 / 64.0,
        power: 0.8,
    };

    #[test]
    fn that_many_answers_succeed_as_often_as_promised() {
        let needed = CLAIM.answers(-0.1).unwrap();
        let mut random = Random::seeded(11);
        let tries = 4_000;
        let named = (0..tries)
            .filter(|_| {
                let share = random.binomial(needed, 0.75) as f64 / needed as f64;
                let unit = Side { share, effective: needed as f64, df: (needed - 1) as f64 };
                let found = Evidence::between(&unit, &CLAIM.peers, CLAIM.margin).unwrap();
                found.below < found.above && found.p() <= CLAIM.level
            })
            .count() as f64;
        // four standard errors are 2.5 %
        assert!((named / f64::from(tries) - 0.8).abs() < 0.03, "{}", named / f64::from(tries));
    }

    #[test]
    fn a_larger_difference_needs_fewer_answers_and_a_surer_one_more() {
        let needed = |difference: f64| CLAIM.answers(difference).unwrap();
        assert!(needed(-0.15) < needed(-0.1) && needed(-0.1) < needed(-0.05));
        assert!(Claim { power: 0.9, ..CLAIM }.answers(-0.1).unwrap() > needed(-0.1));
        assert!(Claim { worth: 2.0, ..CLAIM }.answers(-0.1).unwrap() < needed(-0.1));
    }

    #[test]
    fn within_the_margin_or_beyond_all_shares_no_number_is_enough() {
        for difference in [0.0, 0.02, -0.02, 0.2, -0.9, f64::NAN] {
            assert_eq!(CLAIM.answers(difference), None, "{difference}");
        }
        assert_eq!(Claim { worth: 0.0, ..CLAIM }.answers(-0.1), None);
        assert_eq!(Claim { power: 1.0, ..CLAIM }.answers(-0.1), None);
    }
}
