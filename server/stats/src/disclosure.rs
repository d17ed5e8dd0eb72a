//! What published counts give away, as far as it follows by looking and by adding and subtracting.
//!
//! A *cell* is a count of people nobody publishes as such; a *released sum* is a set of cells whose total
//! is published. What follows by inequalities (no count is negative) needs a search by linear
//! programming, which is no part of this crate.

mod elimination;

pub use elimination::{Determined, TooLarge, determined};

/// The counts that may not be published: 1 to k − 1, and 0 as well unless zeros are safe. As places, in
/// order.
///
/// # Source
///
/// Minimum frequency rule: Hundepool et al. 2012, Statistical Disclosure Control, section 5.2.
///
/// # Example
///
/// ```
/// assert_eq!(stats::disclosure::primary(&[0, 3, 5, 4], 5, true), [1, 3]);
/// assert_eq!(stats::disclosure::primary(&[0, 3, 5, 4], 5, false), [0, 1, 3]);
/// ```
#[must_use]
pub fn primary(counts: &[i64], k: i64, zeros_are_safe: bool) -> Vec<usize> {
    let least = i64::from(zeros_are_safe);
    (0..counts.len()).filter(|&at| (least..k).contains(&counts[at])).collect()
}

/// The range that published numbers leave for a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The smallest possible count.
    pub low: i64,
    /// The largest.
    pub high: i64,
}

impl Range {
    /// Whether the count is known.
    ///
    /// # Example
    ///
    /// ```
    /// assert!(stats::disclosure::Range { low: 7, high: 7 }.is_exact());
    /// ```
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low >= self.high
    }

    /// Whether the range hides a small count well enough: it is not known exactly, and k or more people
    /// are possible. A range within 1..k−1 would tell that somebody is there and that they are few; one
    /// from 0 that ends below k tells as much.
    ///
    /// # Source
    ///
    /// Hundepool et al. 2012, section 4.3.1 (sliding protection), with protection up to k.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::disclosure::Range;
    /// assert!(Range { low: 0, high: 5 }.hides(5));
    /// assert!(!Range { low: 1, high: 4 }.hides(5));
    /// assert!(!Range { low: 6, high: 6 }.hides(5));
    /// ```
    #[must_use]
    pub fn hides(&self, k: i64) -> bool {
        !self.is_exact() && self.high >= k
    }
}

/// Two released sums of which one holds the other, and a small rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnsafePair {
    /// The place of the larger sum.
    pub larger: usize,
    /// The place of the one inside it.
    pub smaller: usize,
    /// People in the first and not in the second: 1 to k − 1.
    pub difference: i64,
}

/// The pairs of released sums (lists of cells, no cell twice in a list) whose difference is a group of 1
/// to k − 1 people. Lists of cells that are not one inside the other make no difference of counts.
///
/// # Source
///
/// Differencing: Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, section 1.4.
///
/// # Example
///
/// ```
/// use stats::disclosure::{UnsafePair, unsafe_pairs};
/// let pairs = unsafe_pairs(&[8, 4, 9], &[vec![0, 1], vec![0], vec![1, 2]], 5);
/// assert_eq!(pairs, [UnsafePair { larger: 0, smaller: 1, difference: 4 }]);
/// ```
#[must_use]
pub fn unsafe_pairs(counts: &[i64], sums: &[Vec<usize>], k: i64) -> Vec<UnsafePair> {
    let sets: Vec<Vec<usize>> = sums.iter().map(|cells| ordered(cells)).collect();
    let total = |cells: &[usize]| cells.iter().filter_map(|&at| counts.get(at)).sum::<i64>();
    let mut found = Vec::new();
    for (larger, all) in sets.iter().enumerate() {
        for (smaller, part) in sets.iter().enumerate() {
            let difference = total(all) - total(part);
            let small = larger != smaller && (1..k).contains(&difference);
            if small && part.iter().all(|cell| all.binary_search(cell).is_ok()) {
                found.push(UnsafePair { larger, smaller, difference });
            }
        }
    }
    found
}

fn ordered(cells: &[usize]) -> Vec<usize> {
    let mut cells = cells.to_vec();
    cells.sort_unstable();
    cells.dedup();
    cells
}
