//! Sums whose rounding does not grow with their length.

/// A compensated sum: the bits lost by each addition are kept and added at the end.
///
/// # Source
///
/// Neumaier 1974, ZAMM 54:39.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, term: f64) {
        let next = self.total + term;
        let (large, small) =
            if self.total.abs() >= term.abs() { (self.total, term) } else { (term, self.total) };
        self.lost += (large - next) + small;
        self.total = next;
    }

    pub(crate) fn value(self) -> f64 {
        self.total + self.lost
    }
}

/// The compensated sum of some terms.
pub(crate) fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    let mut total = Sum::default();
    terms.into_iter().for_each(|term| total.add(term));
    total.value()
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn small_terms_survive_large_ones() {
        assert!((sum([1e16, 1.0, -1e16, 1.0]) - 2.0).abs() < 1e-300);
        assert!((sum(std::iter::repeat_n(0.1, 10)) - 1.0).abs() < 1e-300);
    }
}
