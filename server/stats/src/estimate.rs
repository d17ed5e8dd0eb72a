//! What a computation returns: an [`Estimate`], or the reason there is none.

use std::error::Error;
use std::fmt;

/// A figure with its precision.
///
/// The unit of `est` and `se` is that of the figure: a fraction 0..1 for shares and composites,
/// −1..1 for their differences, points 0..100 for mean scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure itself.
    pub est: f64,
    /// Its standard error, the square root of the linearised variance. `None` where a single
    /// respondent is all there is: one observation carries no information on its spread.
    ///
    /// 0 is a possible value (everybody alike) and does *not* mean certainty; the intervals of
    /// this crate treat it accordingly.
    pub se: Option<f64>,
    /// Degrees of freedom: respondents minus strata, counted only over those that hold a usable
    /// answer (Korn and Graubard 1999, section 5.2). 0 is possible, and then no t interval exists.
    pub df: i64,
    /// Respondents with a usable answer.
    pub n: i64,
    /// Usable answers.
    pub answers: i64,
    /// Strata that hold one respondent only, and that one with a usable answer. Their share of
    /// the variance is by the rule "adjust" (centred at the mean of all, which is 0), which is
    /// conservative; whoever shows the figure may want to say so, or use
    /// [`Estimate::without_lonely`].
    pub lonely: i64,
}

impl Estimate {
    /// The variance, `se²`, in squared units of the figure.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::Estimate;
    /// let share = Estimate { est: 0.8, se: Some(0.02), df: 98, n: 99, answers: 99, lonely: 0 };
    /// assert!((share.variance().unwrap() - 0.0004).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        self.se.map(|se| se * se)
    }

    /// The strict rule for lonely strata: no standard error as soon as one stratum has a single
    /// respondent. This is what R's `survey` does unless told otherwise.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::Estimate;
    /// let share = Estimate { est: 0.8, se: Some(0.02), df: 97, n: 99, answers: 99, lonely: 1 };
    /// assert_eq!(share.without_lonely().se, None);
    /// ```
    #[must_use]
    pub fn without_lonely(self) -> Self {
        let se = self.se.filter(|_| self.lonely == 0);
        Self { se, ..self }
    }

    /// The design effect: the variance relative to that of a simple random sample of the same
    /// number of respondents.
    ///
    /// `element_variance` is the variance of single respondents about the mean, in squared units
    /// of the figure: [`binary_variance`] or [`crate::score::element_variance`].
    ///
    /// # Formula
    ///
    /// deff = v / (s²/n)
    ///
    /// # Source
    ///
    /// Kish 1965, Survey Sampling, section 8.2.
    ///
    /// `None` without a standard error or where `element_variance` is not positive.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::Estimate;
    /// let share = Estimate { est: 0.5, se: Some(0.1), df: 49, n: 50, answers: 50, lonely: 0 };
    /// assert!((share.design_effect(0.25).unwrap() - 2.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn design_effect(&self, element_variance: f64) -> Option<f64> {
        let deff = self.variance()? * self.n as f64 / element_variance;
        (element_variance > 0.0 && deff.is_finite()).then_some(deff)
    }

    /// The difference `self − other` of two estimates from **different respondents**.
    ///
    /// # Formula
    ///
    /// v = v₁ + v₂; df, n, answers and lonely strata add, because the strata are disjoint and
    /// df = respondents − strata holds for their union.
    ///
    /// # Source
    ///
    /// Korn and Graubard 1999, Analysis of Health Surveys, section 5. For figures of the same
    /// respondents use [`crate::share::difference`], which knows their covariance.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::Estimate;
    /// let now = Estimate { est: 0.9, se: Some(0.03), df: 99, n: 100, answers: 100, lonely: 0 };
    /// let then = Estimate { est: 0.8, se: Some(0.04), df: 79, n: 80, answers: 80, lonely: 0 };
    /// let change = now.minus_independent(&then);
    /// assert!((change.se.unwrap() - 0.05).abs() < 1e-15);
    /// assert_eq!(change.df, 178);
    /// ```
    #[must_use]
    pub fn minus_independent(&self, other: &Self) -> Self {
        Self {
            est: self.est - other.est,
            se: self.se.zip(other.se).map(|(a, b)| a.hypot(b)),
            df: self.df.saturating_add(other.df),
            n: self.n.saturating_add(other.n),
            answers: self.answers.saturating_add(other.answers),
            lonely: self.lonely.saturating_add(other.lonely),
        }
    }
}

/// The variance of a yes/no answer among `n` respondents of whom the share `p` said yes.
///
/// # Formula
///
/// s² = n/(n−1) · p(1−p). `None` for n < 2 or p outside 0..1.
///
/// # Source
///
/// Cochran 1977, Sampling Techniques, section 3.2.
///
/// # Example
///
/// ```
/// assert_eq!(stats::estimate::binary_variance(0.5, 2), Some(0.5));
/// assert_eq!(stats::estimate::binary_variance(0.5, 1), None);
/// ```
#[must_use]
pub fn binary_variance(p: f64, n: i64) -> Option<f64> {
    let size = n as f64;
    (n > 1 && (0.0..=1.0).contains(&p)).then(|| size / (size - 1.0) * p * (1.0 - p))
}

/// Why there is no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// Nobody gave a usable answer.
    NoAnswers,
    /// Nobody answered any item of this factor (its place in the list given), so that the
    /// composite is not defined. Weights are never spread over the remaining factors.
    FactorWithoutAnswers(usize),
    /// The input has the wrong shape: lengths that do not fit, an atom that does not exist, a
    /// weight that is not a positive number. The text names the rule broken.
    Malformed(&'static str),
    /// The sums cannot come from any set of respondents: negative counts, more satisfied answers
    /// than answers, products that contradict the sums. The text names the rule broken.
    Inconsistent(&'static str),
    /// The exact integer arithmetic would leave 128 bits; hundreds of millions of respondents
    /// in one stratum are needed for that.
    TooLarge,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswers => write!(f, "nobody gave a usable answer"),
            Self::FactorWithoutAnswers(at) => write!(f, "nobody answered any item of factor {at}"),
            Self::Malformed(rule) => write!(f, "malformed input: {rule}"),
            Self::Inconsistent(rule) => write!(f, "sums that no respondents can give: {rule}"),
            Self::TooLarge => write!(f, "sums too large for exact arithmetic"),
        }
    }
}

impl Error for Unavailable {}
