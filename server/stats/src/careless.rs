//! Signs of carelessness in one questionnaire.
//!
//! None of them proves anything, and with high satisfaction equal answers are natural: they rank
//! questionnaires for a person to look at, beside those of peers. Answers are 1..5, `None` where blank.

/// The shortest time that an answer takes, in seconds: faster than this on average is speeding.
pub const SECONDS_PER_ANSWER: f64 = 2.0;

/// The longest run of equal answers; blanks are skipped and break no run.
///
/// # Formula
///
/// max length of a stretch of equal values among the given answers; 0 if all are blank.
///
/// # Source
///
/// Johnson 2005, J Res Pers 39:103; Meade and Craig 2012, Psychol Methods 17:437.
///
/// # Example
///
/// ```
/// let answers = [Some(4), Some(4), None, Some(4), Some(5)];
/// assert_eq!(stats::careless::longstring(&answers), 3);
/// ```
#[must_use]
pub fn longstring(answers: &[Option<u8>]) -> usize {
    let given: Vec<u8> = answers.iter().copied().flatten().collect();
    given.chunk_by(|one, next| one == next).map(<[u8]>::len).max().unwrap_or(0)
}

/// Intra-individual response variability: how much one person's answers vary.
///
/// # Formula
///
/// √(Σ (x − x̄)²/(k − 1)) over the k given answers; `None` with fewer than two.
///
/// # Source
///
/// Dunn, Heggestad, Shanock and Theilgard 2018, J Bus Psychol 33:105.
///
/// # Example
///
/// ```
/// assert_eq!(stats::careless::variability(&[Some(3), None, Some(5)]), Some(2.0_f64.sqrt()));
/// assert_eq!(stats::careless::variability(&[Some(3), None]), None);
/// ```
#[must_use]
pub fn variability(answers: &[Option<u8>]) -> Option<f64> {
    let given: Vec<f64> = answers.iter().flatten().map(|&answer| f64::from(answer)).collect();
    let size = given.len() as f64;
    let mean = given.iter().sum::<f64>() / size;
    let squares: f64 = given.iter().map(|answer| (answer - mean).powi(2)).sum();
    (given.len() > 1).then(|| (squares / (size - 1.0)).sqrt())
}

/// Whether at least `least` answers were given and all of them are equal.
///
/// # Formula
///
/// k ≥ least, k ≥ 1, min = max.
///
/// # Source
///
/// Meade and Craig 2012 (non-differentiation); the least number is the caller's: half the items.
///
/// # Example
///
/// ```
/// use stats::careless::straightline;
/// assert!(straightline(&[Some(5), Some(5), None], 2));
/// assert!(!straightline(&[Some(5), None, None], 2));
/// ```
#[must_use]
pub fn straightline(answers: &[Option<u8>], least: usize) -> bool {
    let mut given = answers.iter().flatten();
    let count = given.clone().count();
    given.next().is_some_and(|first| count >= least && given.all(|answer| answer == first))
}

/// Whether a questionnaire with `answers` answers was filled in too fast; `None` where the time is
/// missing or no time at all.
///
/// # Formula
///
/// seconds < [`SECONDS_PER_ANSWER`] × answers.
///
/// # Source
///
/// Huang, Curran, Keeney, Poposki and DeShon 2012, J Bus Psychol 27:99 (two seconds an item).
///
/// # Example
///
/// ```
/// use stats::careless::speeding;
/// assert_eq!(speeding(Some(43.0), 22), Some(true));
/// assert_eq!(speeding(Some(44.0), 22), Some(false));
/// assert_eq!(speeding(None, 22), None);
/// ```
#[must_use]
pub fn speeding(seconds: Option<f64>, answers: usize) -> Option<bool> {
    seconds.filter(|time| *time >= 0.0).map(|time| time < SECONDS_PER_ANSWER * answers as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_questionnaires_show_nothing() {
        for blank in [&[][..], &[None, None]] {
            assert_eq!((longstring(blank), variability(blank)), (0, None));
            assert!(!straightline(blank, 0));
        }
        assert_eq!(speeding(Some(0.0), 0), Some(false));
        assert_eq!((speeding(Some(f64::NAN), 3), speeding(Some(-1.0), 3)), (None, None));
    }

    #[test]
    fn a_change_ends_a_run_and_the_longest_counts() {
        let answers: Vec<Option<u8>> = [1, 2, 2, 2, 1, 1].into_iter().map(Some).collect();
        assert_eq!(longstring(&answers), 3);
    }
}
