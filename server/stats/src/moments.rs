//! Sums and sums of products of several variables: what reliability and drivers need of the data.

use crate::estimate::Unavailable;

/// n, Σx and Σxx' of rows that are complete in all variables. The variables are whole numbers
/// (codes 1..5; scores times a common denominator), so that adding, merging and subtracting are
/// exact and the order of the rows never matters.
///
/// # Example
///
/// ```
/// use stats::moments::Moments;
/// let mut all = Moments::new(2);
/// all.add(&[4, 5])?;
/// let one = all.clone();
/// all.add(&[2, 1])?;
/// let covariance = all.covariance()?;
/// assert_eq!((covariance.n(), covariance.mean(0), covariance.at(0, 1)), (2, 3.0, 4.0));
/// all.remove(&one)?;
/// all.remove(&{ let mut two = Moments::new(2); two.add(&[2, 1])?; two })?;
/// assert_eq!(all, Moments::new(2));
/// # Ok::<(), stats::Unavailable>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moments {
    n: i64,
    sums: Vec<i128>,
    /// The lower triangle by rows.
    products: Vec<i128>,
}

/// The same for every pair of variables over the rows that are complete in these two: no row is
/// lost for a blank elsewhere, but the covariances then come from different people.
///
/// # Example
///
/// ```
/// use stats::moments::PairMoments;
/// let mut all = PairMoments::new(2);
/// for row in [[Some(4), None], [Some(2), Some(1)], [Some(3), Some(3)]] {
///     all.add(&row)?;
/// }
/// assert_eq!(all.covariance()?.at(0, 0), 1.0); // of 4, 2, 3
/// assert_eq!(all.covariance()?.at(0, 1), 1.0); // of (2,1), (3,3)
/// # Ok::<(), stats::Unavailable>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairMoments {
    /// n, Σx, Σx² of every variable.
    own: Vec<[i128; 3]>,
    /// n, Σx, Σy, Σxy of the pairs (1,0), (2,0), (2,1), … x being the first named.
    pairs: Vec<[i128; 4]>,
}

/// Means and covariances, divisor n − 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariance {
    n: i64,
    means: Vec<f64>,
    values: Vec<f64>,
}

impl Moments {
    /// Nobody yet, over `width` variables.
    #[must_use]
    pub fn new(width: usize) -> Self {
        let triangle = width.saturating_mul(width.saturating_add(1)) / 2;
        Self { n: 0, sums: vec![0; width], products: vec![0; triangle] }
    }

    /// Sums that were kept elsewhere: n, Σx, and Σxx' as the lower triangle by rows.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] where the lengths do not fit, [`Unavailable::Inconsistent`] where n
    /// is negative.
    pub fn from_sums(n: i64, sums: &[i64], products: &[i64]) -> Result<Self, Unavailable> {
        let empty = Self::new(sums.len());
        if empty.products.len() != products.len() {
            return Err(Unavailable::Malformed("a packed triangle of products"));
        }
        if n < 0 {
            return Err(Unavailable::Inconsistent("no negative sums"));
        }
        let wide = |values: &[i64]| values.iter().map(|value| i128::from(*value)).collect();
        Ok(Self { n, sums: wide(sums), products: wide(products) })
    }

    /// Adds one row.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] if the number of variables differs, [`Unavailable::TooLarge`] if a
    /// sum leaves 128 bits. The sums are then as before.
    pub fn add(&mut self, row: &[i64]) -> Result<(), Unavailable> {
        let row: Vec<i128> = row.iter().map(|x| i128::from(*x)).collect();
        let rows = row.iter().enumerate();
        let products = rows.flat_map(|(at, x)| row.iter().take(at + 1).map(move |y| x * y)).collect();
        self.merge(&Self { n: 1, sums: row, products })
    }

    /// Adds the rows of `other`.
    ///
    /// # Errors
    ///
    /// As [`Moments::add`].
    pub fn merge(&mut self, other: &Self) -> Result<(), Unavailable> {
        self.combine(other, i64::checked_add, i128::checked_add)
    }

    /// Takes the rows of `other` out again.
    ///
    /// # Errors
    ///
    /// As [`Moments::add`]; that `other` was part of `self` is not checked.
    pub fn remove(&mut self, other: &Self) -> Result<(), Unavailable> {
        self.combine(other, i64::checked_sub, i128::checked_sub)
    }

    /// Rows.
    #[must_use]
    pub fn n(&self) -> i64 {
        self.n
    }

    /// Means and covariances.
    ///
    /// # Formula
    ///
    /// (n Σxy − Σx Σy)/(n(n−1)), in whole numbers up to the division.
    ///
    /// # Source
    ///
    /// Cochran 1977, section 2.
    ///
    /// # Errors
    ///
    /// [`Unavailable::NoAnswers`] with fewer than two rows, [`Unavailable::TooLarge`] where a product
    /// leaves 128 bits, [`Unavailable::Inconsistent`] for a negative variance.
    pub fn covariance(&self) -> Result<Covariance, Unavailable> {
        if self.n < 2 {
            return Err(Unavailable::NoAnswers);
        }
        let width = self.sums.len();
        let mut values = vec![0.0; width * width];
        for one in 0..width {
            for other in 0..=one {
                let value = self.pair(one, other)?;
                values[one * width + other] = value;
                values[other * width + one] = value;
            }
            if values[one * width + one] < 0.0 {
                return Err(Unavailable::Inconsistent("no negative sum of squares"));
            }
        }
        let means = self.sums.iter().map(|sum| *sum as f64 / self.n as f64).collect();
        Ok(Covariance { n: self.n, means, values })
    }

    fn pair(&self, one: usize, other: usize) -> Result<f64, Unavailable> {
        let product = self.products[one * (one + 1) / 2 + other];
        centred(i128::from(self.n), self.sums[one], self.sums[other], product)
    }

    fn combine(
        &mut self,
        other: &Self,
        count: fn(i64, i64) -> Option<i64>,
        with: fn(i128, i128) -> Option<i128>,
    ) -> Result<(), Unavailable> {
        if self.sums.len() != other.sums.len() {
            return Err(Unavailable::Malformed("a number for every variable"));
        }
        let all = |a: &[i128], b: &[i128]| -> Option<Vec<i128>> {
            a.iter().zip(b).map(|(a, b)| with(*a, *b)).collect()
        };
        let n = count(self.n, other.n).ok_or(Unavailable::TooLarge)?;
        let sums = all(&self.sums, &other.sums).ok_or(Unavailable::TooLarge)?;
        let products = all(&self.products, &other.products).ok_or(Unavailable::TooLarge)?;
        *self = Self { n, sums, products };
        Ok(())
    }
}

impl PairMoments {
    /// Nobody yet, over `width` variables.
    #[must_use]
    pub fn new(width: usize) -> Self {
        let pairs = width.saturating_mul(width.saturating_sub(1)) / 2;
        Self { own: vec![[0; 3]; width], pairs: vec![[0; 4]; pairs] }
    }

    /// Sums that were kept elsewhere: n, Σx, Σx² of every variable over those who answered it, and n,
    /// Σx, Σy, Σxy of the pairs (1,0), (2,0), (2,1), …, x being the first named.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] unless there is an entry for every pair,
    /// [`Unavailable::Inconsistent`] where an n is negative.
    pub fn from_sums(own: &[[i64; 3]], pairs: &[[i64; 4]]) -> Result<Self, Unavailable> {
        if Self::new(own.len()).pairs.len() != pairs.len() {
            return Err(Unavailable::Malformed("sums of every pair"));
        }
        if own.iter().map(|sums| sums[0]).chain(pairs.iter().map(|sums| sums[0])).any(|n| n < 0) {
            return Err(Unavailable::Inconsistent("no negative sums"));
        }
        let own = own.iter().map(|sums| sums.map(i128::from)).collect();
        Ok(Self { own, pairs: pairs.iter().map(|sums| sums.map(i128::from)).collect() })
    }

    /// Adds one row, whose blanks are `None`.
    ///
    /// # Errors
    ///
    /// As [`Moments::add`].
    pub fn add(&mut self, row: &[Option<i64>]) -> Result<(), Unavailable> {
        let row: Vec<Option<i128>> = row.iter().map(|x| x.map(i128::from)).collect();
        let own = row.iter().map(|x| x.map_or([0; 3], |x| [1, x, x * x])).collect();
        let places = (0..row.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        let pair =
            |(one, other): (usize, usize)| row[one].zip(row[other]).map_or([0; 4], |(x, y)| [1, x, y, x * y]);
        let pairs = places.map(pair).collect();
        self.merge(&Self { own, pairs })
    }

    /// Adds the rows of `other`.
    ///
    /// # Errors
    ///
    /// As [`Moments::add`].
    pub fn merge(&mut self, other: &Self) -> Result<(), Unavailable> {
        self.combine(other, i128::checked_add)
    }

    /// Takes the rows of `other` out again.
    ///
    /// # Errors
    ///
    /// As [`Moments::add`].
    pub fn remove(&mut self, other: &Self) -> Result<(), Unavailable> {
        self.combine(other, i128::checked_sub)
    }

    /// The covariances, each over its own rows; n is the smallest number of rows of a pair. They need
    /// not be the covariances of any set of rows.
    ///
    /// # Formula
    ///
    /// As [`Moments::covariance`], pair by pair; variances over all who answered the variable. R
    /// `cov(use = "pairwise")`.
    ///
    /// # Source
    ///
    /// Little and Rubin 2019, Statistical Analysis with Missing Data, section 3.4.
    ///
    /// # Errors
    ///
    /// As [`Moments::covariance`], for any pair.
    pub fn covariance(&self) -> Result<Covariance, Unavailable> {
        let width = self.own.len();
        let mut values = vec![0.0; width * width];
        for (at, [n, x, square]) in self.own.iter().enumerate() {
            let variance = centred(*n, *x, *x, *square)?;
            if variance < 0.0 {
                return Err(Unavailable::Inconsistent("no negative sum of squares"));
            }
            values[at * width + at] = variance;
        }
        let places = (0..width).flat_map(|one| (0..one).map(move |other| (one, other)));
        for ((one, other), [n, x, y, product]) in places.zip(&self.pairs) {
            let value = centred(*n, *x, *y, *product)?;
            values[one * width + other] = value;
            values[other * width + one] = value;
        }
        let counts = self.own.iter().map(|sums| sums[0]).chain(self.pairs.iter().map(|sums| sums[0]));
        let n = counts.min().ok_or(Unavailable::NoAnswers)?;
        let n = i64::try_from(n).map_err(|_| Unavailable::TooLarge)?;
        let means = self.own.iter().map(|[n, x, _]| *x as f64 / *n as f64).collect();
        Ok(Covariance { n, means, values })
    }

    fn combine(&mut self, other: &Self, with: fn(i128, i128) -> Option<i128>) -> Result<(), Unavailable> {
        if self.own.len() != other.own.len() {
            return Err(Unavailable::Malformed("a number for every variable"));
        }
        let own = combined(&self.own, &other.own, with).ok_or(Unavailable::TooLarge)?;
        let pairs = combined(&self.pairs, &other.pairs, with).ok_or(Unavailable::TooLarge)?;
        *self = Self { own, pairs };
        Ok(())
    }
}

fn combined<const K: usize>(
    one: &[[i128; K]],
    other: &[[i128; K]],
    with: fn(i128, i128) -> Option<i128>,
) -> Option<Vec<[i128; K]>> {
    let mut result = one.to_vec();
    for (sum, more) in result.iter_mut().flatten().zip(other.iter().flatten()) {
        *sum = with(*sum, *more)?;
    }
    Some(result)
}

/// (n Σxy − Σx Σy)/(n(n−1)), in whole numbers up to the division.
fn centred(n: i128, x: i128, y: i128, product: i128) -> Result<f64, Unavailable> {
    if n < 2 {
        return Err(Unavailable::NoAnswers);
    }
    let difference = product.checked_mul(n).zip(x.checked_mul(y)).and_then(|(a, b)| a.checked_sub(b));
    Ok(difference.ok_or(Unavailable::TooLarge)? as f64 / (n as f64 * (n - 1) as f64))
}

impl Covariance {
    /// Of rows of numbers that are not whole.
    ///
    /// # Formula
    ///
    /// Σ(x − x̄)(y − ȳ)/(n−1), in two passes.
    ///
    /// # Source
    ///
    /// Chan, Golub and LeVeque 1983, Am Stat 37:242.
    ///
    /// # Errors
    ///
    /// [`Unavailable::NoAnswers`] with fewer than two rows, [`Unavailable::Malformed`] where they
    /// differ in length or hold what is no number.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::moments::Covariance;
    /// let rows = [vec![0.5, 1.0], vec![1.5, 3.0]];
    /// assert_eq!(Covariance::of_rows(&rows)?.at(0, 1), 1.0);
    /// # Ok::<(), stats::Unavailable>(())
    /// ```
    pub fn of_rows(rows: &[Vec<f64>]) -> Result<Self, Unavailable> {
        let n = i64::try_from(rows.len()).map_err(|_| Unavailable::TooLarge)?;
        let width = rows.first().map_or(0, Vec::len);
        if n < 2 {
            return Err(Unavailable::NoAnswers);
        }
        if rows.iter().any(|row| row.len() != width || row.iter().any(|x| !x.is_finite())) {
            return Err(Unavailable::Malformed("a number for every variable"));
        }
        let mean = |at: usize| rows.iter().map(|row| row[at]).sum::<f64>() / n as f64;
        let means: Vec<f64> = (0..width).map(mean).collect();
        let entry = |place: usize| {
            let (one, other) = (place / width, place % width);
            let product = |row: &Vec<f64>| (row[one] - means[one]) * (row[other] - means[other]);
            rows.iter().map(product).sum::<f64>() / (n - 1) as f64
        };
        let values = (0..width * width).map(entry).collect();
        Ok(Self { n, means, values })
    }

    /// Rows.
    #[must_use]
    pub fn n(&self) -> i64 {
        self.n
    }

    /// Number of variables.
    #[must_use]
    pub fn width(&self) -> usize {
        self.means.len()
    }

    /// The mean of a variable; 0 of one that does not exist.
    #[must_use]
    pub fn mean(&self, at: usize) -> f64 {
        self.means.get(at).copied().unwrap_or(0.0)
    }

    /// The covariance of two variables; 0 where one does not exist.
    #[must_use]
    pub fn at(&self, one: usize, other: usize) -> f64 {
        let place = one * self.width() + other;
        if one.max(other) < self.width() { self.values[place] } else { 0.0 }
    }

    /// The correlation of two variables, −1..1; `None` where one has no variance.
    #[must_use]
    pub fn correlation(&self, one: usize, other: usize) -> Option<f64> {
        let scale = self.at(one, one).sqrt() * self.at(other, other).sqrt();
        (scale > 0.0).then(|| (self.at(one, other) / scale).clamp(-1.0, 1.0))
    }
}
