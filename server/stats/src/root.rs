//! Bisection: slow and sure.

/// Steps after which an interval of any width has shrunk to neighbouring numbers.
const STEPS: usize = 2100;

/// The point between `low` and `high` (both ≥ 0) where `is_below` turns from true to false.
///
/// Halving cannot diverge or leave the bracket, whatever the function does near its ends; that is
/// why it is preferred here to faster iterations.
pub(crate) fn bisect(mut low: f64, mut high: f64, is_below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..STEPS {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        // Far from the answer by orders of magnitude, halve the exponent instead.
        let middle = if low > 0.0 && high / low > 4.0 { (low.sqrt()) * high.sqrt() } else { middle };
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + (high - low) / 2.0
}

#[cfg(test)]
mod tests {
    use super::bisect;

    #[test]
    fn finds_roots_of_any_size() {
        for root in [0.0, 1e-300, 1e-9, 0.3, 1.0, 7.0, 1e12, 1e300] {
            let found = bisect(0.0, f64::MAX, |x| x < root);
            assert!((found - root).abs() <= root * 1e-15 + 5e-324, "{root}: {found}");
        }
    }
}
