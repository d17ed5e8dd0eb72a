//! An alarm for a unit whose share has fallen below what it declared.
//!
//! Figures are looked at after every release. An interval of fixed n, looked at again and again,
//! errs far more often than it says; a cumulative sum is made for being looked at always.

use crate::estimate::Unavailable;
use crate::random::Random;

/// What the alarm watches for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// The declared share, a fraction: no alarm is due there.
    pub target: f64,
    /// The share, below it, at which the alarm is to come soonest.
    pub fallen: f64,
}

/// A province whose units are watched together.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// The shift.
    pub shift: Shift,
    /// Answers a release of every unit.
    pub answers: Vec<i64>,
    /// Releases a year.
    pub releases: usize,
}

/// How long the tuning simulates, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// Years of the province.
    pub years: usize,
    /// Seed of the generator.
    pub seed: u64,
}

/// A tuned alarm: it goes off where the sum of a unit exceeds the threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alarm {
    /// The shift.
    pub shift: Shift,
    /// The threshold.
    pub threshold: f64,
    /// False alarms a province and year in the simulation, all units being at their target.
    pub rate: f64,
    /// How it was tuned.
    pub tuning: Tuning,
}

/// Sums above this are refused: no unit would be heard.
const DEAF: f64 = 1e4;

impl Shift {
    /// The sum after one more release. Begin with 0, and after an alarm again.
    ///
    /// # Formula
    ///
    /// max(0, S + x ln(p₁/p₀) + (n−x) ln((1−p₁)/(1−p₀))), p₀ target, p₁ fallen. `None` unless
    /// 0 < p₁ < p₀ < 1 and 0 ≤ x ≤ n.
    ///
    /// # Source
    ///
    /// Page 1954, Biometrika 41:100; binomial counts: Reynolds and Stoumbos 1999, J Qual Technol
    /// 31:87.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::alarm::Shift;
    /// let shift = Shift { target: 0.9, fallen: 0.8 };
    /// let sum = shift.step(0.0, 70, 100).unwrap();
    /// assert!((sum - (70.0 * (8.0_f64 / 9.0).ln() + 30.0 * 2.0_f64.ln())).abs() < 1e-12);
    /// assert_eq!(shift.step(sum, 200, 200), Some(0.0)); // a good release brings it back
    /// ```
    #[must_use]
    pub fn step(&self, sum: f64, satisfied: i64, answered: i64) -> Option<f64> {
        let [yes, no] = self.weights()?;
        let counts = 0 <= satisfied && satisfied <= answered && sum >= 0.0;
        counts.then(|| (sum + satisfied as f64 * yes + (answered - satisfied) as f64 * no).max(0.0))
    }

    /// What one satisfied and one other answer add.
    fn weights(&self) -> Option<[f64; 2]> {
        let Self { target, fallen } = *self;
        let sound = 0.0 < fallen && fallen < target && target < 1.0;
        sound.then(|| [(fallen / target).ln(), ((1.0 - fallen) / (1.0 - target)).ln()])
    }
}

impl Watch {
    /// Finds the lowest threshold that gives at most one false alarm a province and year.
    ///
    /// # Formula
    ///
    /// All units answer at their target for `years` years, their sums starting at 0 and again after
    /// every alarm; the count R of alarms a year is the same function of the threshold in every
    /// trial. The threshold is the smallest, to 0.001, whose R + 1.645 √(R/years) is at most 1: not
    /// only the simulated rate but its upper limit.
    ///
    /// # Source
    ///
    /// Hawkins and Olwell 1998, Cumulative Sum Charts, ch. 3.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] unless 0 < fallen < target < 1, there are units, releases, years and
    /// answers; [`Unavailable::TooLarge`] above 10⁸ simulated counts, or where no threshold is quiet.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::alarm::{Shift, Tuning, Watch};
    /// let shift = Shift { target: 0.9, fallen: 0.8 };
    /// let watch = Watch { shift, answers: vec![40; 5], releases: 12 };
    /// let alarm = watch.tune(Tuning { years: 500, seed: 1 })?;
    /// assert!(alarm.rate <= 1.0 && alarm.threshold > 0.0);
    /// # Ok::<(), stats::Unavailable>(())
    /// ```
    pub fn tune(&self, tuning: Tuning) -> Result<Alarm, Unavailable> {
        let counts = self.simulate(self.shift.target, tuning)?;
        let years = tuning.years as f64;
        let rate = |threshold: f64| self.alarms(&counts, threshold) as f64 / years;
        let is_loud = |threshold: f64| {
            let rate = rate(threshold);
            rate + 1.645 * (rate / years).sqrt() > 1.0
        };
        let mut high = 1.0;
        while is_loud(high) {
            high *= 2.0;
            if high > DEAF {
                return Err(Unavailable::TooLarge);
            }
        }
        let mut low = 0.0;
        while high - low > 1e-3 {
            let middle = 0.5 * (low + high);
            if is_loud(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Ok(Alarm { shift: self.shift, threshold: high, rate: rate(high), tuning })
    }

    /// Alarms a province and year at a threshold, all units having a given true share.
    ///
    /// # Formula
    ///
    /// As [`Watch::tune`], with another share.
    ///
    /// # Source
    ///
    /// As [`Watch::tune`].
    ///
    /// # Errors
    ///
    /// As [`Watch::tune`]; also where the share is no fraction.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::alarm::{Shift, Tuning, Watch};
    /// let watch = Watch { shift: Shift { target: 0.9, fallen: 0.8 }, answers: vec![40; 5], releases: 12 };
    /// let rate = watch.rate(8.0, 0.75, Tuning { years: 50, seed: 1 })?;
    /// assert!(rate > 5.0); // each of five units is noticed within the year
    /// # Ok::<(), stats::Unavailable>(())
    /// ```
    pub fn rate(&self, threshold: f64, share: f64, tuning: Tuning) -> Result<f64, Unavailable> {
        let counts = self.simulate(share, tuning)?;
        Ok(self.alarms(&counts, threshold) as f64 / tuning.years as f64)
    }

    /// Satisfied answers of every unit, one release after the other.
    fn simulate(&self, share: f64, tuning: Tuning) -> Result<Vec<i32>, Unavailable> {
        const MOST: usize = 100_000_000;
        let asked = !self.answers.is_empty() && self.answers.iter().all(|n| *n > 0);
        if !asked || self.shift.weights().is_none() || !(0.0..=1.0).contains(&share) {
            return Err(Unavailable::Malformed("answers of units and 0 < fallen < target < 1"));
        }
        let steps = tuning.years.checked_mul(self.releases);
        let size = steps.and_then(|steps| steps.checked_mul(self.answers.len()));
        let size = size.filter(|size| *size <= MOST).ok_or(Unavailable::TooLarge)?;
        if size == 0 || self.answers.iter().any(|n| *n > i64::from(i32::MAX)) {
            return Err(Unavailable::Malformed("years, releases and answers that can be counted"));
        }
        let mut random = Random::seeded(tuning.seed);
        let mut counts = Vec::with_capacity(size);
        for _ in 0..size / self.answers.len() {
            let drawn = self.answers.iter().map(|n| random.binomial(*n, share));
            counts.extend(drawn.map(|count| i32::try_from(count).unwrap_or(i32::MAX)));
        }
        Ok(counts)
    }

    fn alarms(&self, counts: &[i32], threshold: f64) -> usize {
        let Some([yes, no]) = self.shift.weights() else { return 0 };
        let mut sums = vec![0.0_f64; self.answers.len()];
        let mut alarms = 0;
        for release in counts.chunks_exact(self.answers.len()) {
            for ((sum, count), answered) in sums.iter_mut().zip(release).zip(&self.answers) {
                let satisfied = f64::from(*count);
                *sum = (*sum + satisfied * yes + (*answered as f64 - satisfied) * no).max(0.0);
                if *sum > threshold {
                    alarms += 1;
                    *sum = 0.0;
                }
            }
        }
        alarms
    }
}

#[cfg(test)]
mod tests {
    use super::{Shift, Tuning, Watch};

    const SHIFT: Shift = Shift { target: 0.9, fallen: 0.8 };

    #[test]
    fn what_cannot_be_watched_is_refused() {
        let watch = |shift, answers: &[i64], releases| Watch { shift, answers: answers.to_vec(), releases };
        let turned = Shift { target: 0.8, fallen: 0.9 };
        let certain = Shift { target: 1.0, fallen: 0.9 };
        let few = Tuning { years: 10, seed: 1 };
        for (shift, answers, releases, tuning) in [
            (turned, &[40][..], 12, few),
            (certain, &[40], 12, few),
            (SHIFT, &[], 12, few),
            (SHIFT, &[0], 12, few),
            (SHIFT, &[40], 0, few),
            (SHIFT, &[40], 12, Tuning { years: 0, seed: 1 }),
            (SHIFT, &[40], 12, Tuning { years: usize::MAX, seed: 1 }),
            (SHIFT, &[i64::MAX], 12, few),
        ] {
            assert!(watch(shift, answers, releases).tune(tuning).is_err(), "{answers:?} {releases}");
        }
        assert_eq!(turned.step(0.0, 1, 2), None);
        assert_eq!(SHIFT.step(0.0, 3, 2), None);
        assert_eq!(SHIFT.step(f64::NAN, 1, 2), None);
    }

    #[test]
    fn after_an_alarm_the_sum_begins_anew() {
        // ten of ten dissatisfied add 10 ln 2 = 6.93: above 10 at every second release
        let watch = Watch { shift: SHIFT, answers: vec![10, 10], releases: 12 };
        assert_eq!(watch.alarms(&[0, 10].repeat(10), 10.0), 5);
        assert_eq!(watch.alarms(&[0, 0].repeat(10), 10.0), 10);
        assert_eq!(watch.alarms(&[0, 10].repeat(10), 6.0), 10);
        assert_eq!(watch.alarms(&[9, 9].repeat(10), 1.0), 0);
    }

    #[test]
    fn more_units_and_more_releases_need_a_higher_threshold() {
        let threshold = |units: usize, releases: usize| {
            let watch = Watch { shift: SHIFT, answers: vec![20; units], releases };
            watch.tune(Tuning { years: 400, seed: 1 }).unwrap().threshold
        };
        assert!(threshold(3, 12) < threshold(12, 12));
        assert!(threshold(12, 12) < threshold(12, 26));
    }
}
