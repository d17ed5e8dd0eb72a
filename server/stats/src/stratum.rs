//! The sums of one stratum.
//!
//! Every respondent is a vector u = (`S_1`..`S_m`, `A_1`..`A_m`) over m atoms: `A` answers given,
//! `S` of them satisfied. A stratum keeps n, Σu and Σuu'. These are integers: they add and
//! subtract exactly and do not depend on the order of the respondents.

use crate::estimate::Unavailable;

/// The sums of one stratum, borrowed from wherever they are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stratum<'a> {
    /// All respondents of the stratum, also those without a usable answer.
    pub n: i64,
    /// Σu, 2m numbers: first the satisfied answers of every atom, then the answers given.
    pub sums: &'a [i64],
    /// Σuu', the lower triangle packed by rows: (0,0), (1,0), (1,1), (2,0), …; m(2m+1) numbers.
    pub products: &'a [i64],
}

/// The same sums, owned, to collect respondents or add strata.
///
/// # Example
///
/// ```
/// use stats::StratumSums;
/// let mut one = StratumSums::new(2);
/// one.add(&[(3, 3), (1, 2)])?; // three of three satisfied, then one of two
/// let mut both = StratumSums::new(2);
/// both.add(&[(0, 3), (0, 0)])?;
/// both.merge(&one)?;
/// assert_eq!(both.as_stratum().n, 2);
/// assert_eq!(both.as_stratum().sums, [3, 1, 6, 2]);
/// both.remove(&one)?;
/// assert_eq!(both.as_stratum().sums, [0, 0, 3, 0]);
/// # Ok::<(), stats::Unavailable>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumSums {
    n: i64,
    sums: Vec<i64>,
    products: Vec<i64>,
}

impl StratumSums {
    /// Nobody yet, over `atoms` atoms.
    #[must_use]
    pub fn new(atoms: usize) -> Self {
        let size = atoms.saturating_mul(2);
        Self { n: 0, sums: vec![0; size], products: vec![0; packed_length(size)] }
    }

    /// Sums that were collected elsewhere: n, Σu and Σuu' in the shapes that [`Stratum`] has.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] if the lengths do not fit, [`Unavailable::Inconsistent`] for
    /// negative numbers, more satisfied answers than answers, or answers of nobody.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::StratumSums;
    /// let mut one = StratumSums::new(1);
    /// one.add(&[(2, 3)])?;
    /// assert_eq!(StratumSums::from_sums(1, vec![2, 3], vec![4, 6, 9])?, one);
    /// assert!(StratumSums::from_sums(1, vec![3, 2], vec![9, 6, 4]).is_err());
    /// # Ok::<(), stats::Unavailable>(())
    /// ```
    pub fn from_sums(n: i64, sums: Vec<i64>, products: Vec<i64>) -> Result<Self, Unavailable> {
        Stratum { n, sums: &sums, products: &products }.check()?;
        Ok(Self { n, sums, products })
    }

    /// A copy of borrowed sums.
    pub(crate) fn of(stratum: &Stratum<'_>) -> Self {
        Self { n: stratum.n, sums: stratum.sums.to_vec(), products: stratum.products.to_vec() }
    }

    /// Adds one respondent: (satisfied, answered) for every atom. Whoever belongs to the stratum
    /// but not to the figure is added with zeros.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] if the number of atoms differs, [`Unavailable::Inconsistent`]
    /// unless 0 ≤ satisfied ≤ answered, [`Unavailable::TooLarge`] if a sum leaves 64 bits.
    /// The sums are then as before.
    pub fn add(&mut self, atoms: &[(i64, i64)]) -> Result<(), Unavailable> {
        if atoms.len().saturating_mul(2) != self.sums.len() {
            return Err(Unavailable::Malformed("one pair for every atom"));
        }
        if atoms.iter().any(|&(satisfied, answered)| satisfied < 0 || satisfied > answered) {
            return Err(Unavailable::Inconsistent("0 <= satisfied <= answered"));
        }
        let satisfied = atoms.iter().map(|atom| atom.0);
        let u: Vec<i64> = satisfied.chain(atoms.iter().map(|atom| atom.1)).collect();
        let mut products = Vec::with_capacity(self.products.len());
        for (row, left) in u.iter().enumerate() {
            for right in u.iter().take(row.saturating_add(1)) {
                products.push(left.checked_mul(*right).ok_or(Unavailable::TooLarge)?);
            }
        }
        self.merge(&Self { n: 1, sums: u, products })
    }

    /// Adds the respondents of `other`.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] if the number of atoms differs, [`Unavailable::TooLarge`] if a
    /// sum leaves 64 bits. The sums are then as before.
    pub fn merge(&mut self, other: &Self) -> Result<(), Unavailable> {
        self.combine(other, i64::checked_add)
    }

    /// Takes the respondents of `other` out again.
    ///
    /// # Errors
    ///
    /// As [`StratumSums::merge`]. That `other` was part of `self` is not checked here; sums that
    /// no respondents can give are found when something is computed from them.
    pub fn remove(&mut self, other: &Self) -> Result<(), Unavailable> {
        self.combine(other, i64::checked_sub)
    }

    /// The sums as the computations take them.
    #[must_use]
    pub fn as_stratum(&self) -> Stratum<'_> {
        Stratum { n: self.n, sums: &self.sums, products: &self.products }
    }

    fn combine(&mut self, other: &Self, with: fn(i64, i64) -> Option<i64>) -> Result<(), Unavailable> {
        if self.sums.len() != other.sums.len() {
            return Err(Unavailable::Malformed("strata of the same atoms"));
        }
        let all = |a: &[i64], b: &[i64]| -> Option<Vec<i64>> {
            a.iter().zip(b).map(|(&a, &b)| with(a, b)).collect()
        };
        let n = with(self.n, other.n).ok_or(Unavailable::TooLarge)?;
        let sums = all(&self.sums, &other.sums).ok_or(Unavailable::TooLarge)?;
        let products = all(&self.products, &other.products).ok_or(Unavailable::TooLarge)?;
        *self = Self { n, sums, products };
        Ok(())
    }
}

impl Stratum<'_> {
    /// The number of atoms, after checking that the sums have their shape and their order.
    pub(crate) fn check(&self) -> Result<usize, Unavailable> {
        let size = self.sums.len();
        let atoms = size / 2;
        if !size.is_multiple_of(2) {
            return Err(Unavailable::Malformed("two sums for every atom"));
        }
        if self.products.len() != packed_length(size) {
            return Err(Unavailable::Malformed("a packed triangle of products"));
        }
        if self.n < 0 || self.sums.iter().chain(self.products).any(|&sum| sum < 0) {
            return Err(Unavailable::Inconsistent("no negative sums"));
        }
        let (satisfied, answered) = self.sums.split_at(atoms);
        if satisfied.iter().zip(answered).any(|(s, a)| s > a) {
            return Err(Unavailable::Inconsistent("satisfied <= answered"));
        }
        if self.n == 0 && self.sums.iter().any(|&sum| sum > 0) {
            return Err(Unavailable::Inconsistent("answers come from respondents"));
        }
        Ok(atoms)
    }

    /// Σ over both lists of the entry of Σuu', so the sum of products of two grouped components.
    pub(crate) fn product(
        &self,
        rows: impl Iterator<Item = usize>,
        columns: &(impl Iterator<Item = usize> + Clone),
    ) -> i128 {
        rows.flat_map(|row| columns.clone().map(move |column| (row.max(column), row.min(column))))
            .filter_map(|(row, column)| self.products.get(packed_length(row) + column))
            .map(|&product| i128::from(product))
            .sum()
    }

    /// Σ over the list of the entry of Σu.
    pub(crate) fn sum(&self, components: impl Iterator<Item = usize>) -> i128 {
        components.filter_map(|at| self.sums.get(at)).map(|&sum| i128::from(sum)).sum()
    }
}

/// Entries of a packed lower triangle with `size` rows; also where row `size` begins.
fn packed_length(size: usize) -> usize {
    size.saturating_mul(size.saturating_add(1)) / 2
}
