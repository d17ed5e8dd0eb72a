//! Response rate and coverage: how much of a population stands behind a figure.

/// Part of a whole, clipped at 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The part, 0 to 1.
    pub rate: f64,
    /// There was more than the whole: it was clipped, and somebody should look why.
    pub exceeds: bool,
}

/// Part of a whole; `None` where the whole is empty or a count is negative.
///
/// # Formula
/// min(1, part ÷ whole); flagged where part > whole.
///
/// # Source
/// statistics.md 4 ("n can exceed N: clip f at 1, flag") and 12.11.
///
/// ```
/// use stats::response::{Part, part_of};
/// assert_eq!(part_of(9, 100), Some(Part { rate: 0.09, exceeds: false }));
/// assert_eq!(part_of(120, 100), Some(Part { rate: 1.0, exceeds: true }));
/// assert_eq!(part_of(0, 0), None);
/// ```
#[must_use]
pub fn part_of(part: i64, whole: i64) -> Option<Part> {
    if part < 0 || whole <= 0 {
        return None;
    }
    let rate = part as f64 / whole as f64;
    Some(Part { rate: rate.min(1.0), exceeds: part > whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_all_is_all_and_one_more_is_flagged() {
        assert_eq!(part_of(7, 7), Some(Part { rate: 1.0, exceeds: false }));
        assert_eq!(part_of(8, 7), Some(Part { rate: 1.0, exceeds: true }));
        assert_eq!((part_of(1, 0), part_of(-1, 5), part_of(1, -5)), (None, None, None));
    }
}
