//! What one respondent's codes 1..5 amount to, at any node of a tree: a node is the list of the
//! codes of all items below it, blank where there was no answer.

/// How many answers are 4 or 5, and how many there are.
///
/// # Formula
///
/// S = #(code ≥ 4), A = #(answered). `None` if nothing was answered.
///
/// # Source
///
/// Pooled share: S and A are the numerator and denominator of [`crate::linearised::pooled`].
///
/// # Example
///
/// ```
/// use stats::respondent::satisfied;
/// assert_eq!(satisfied([Some(5), None, Some(3)]), Some((1, 2)));
/// assert_eq!(satisfied([None]), None);
/// ```
#[must_use]
pub fn satisfied(codes: impl IntoIterator<Item = Option<u8>>) -> Option<(u32, u32)> {
    let (mut yes, mut all) = (0_u32, 0_u32);
    for code in codes.into_iter().flatten() {
        all += 1;
        yes += u32::from(code >= 4);
    }
    (all > 0).then_some((yes, all))
}

/// The score 0..100 under the half rule.
///
/// # Formula
///
/// 25 (mean of the answered − 1); `None` if fewer than half of the items were answered.
///
/// # Source
///
/// Huisman 2000, Qual Quant 34:331; Sijtsma and van der Ark 2003, Multivar Behav Res 38:505.
///
/// # Example
///
/// ```
/// use stats::respondent::score;
/// assert_eq!(score([Some(5), Some(4), None]), Some(87.5));
/// assert_eq!(score([Some(5), None, None]), None);
/// ```
#[must_use]
pub fn score(codes: impl IntoIterator<Item = Option<u8>>) -> Option<f64> {
    let (mut asked, mut answered, mut total) = (0_u32, 0_u32, 0_u32);
    for code in codes {
        asked += 1;
        answered += u32::from(code.is_some());
        total += u32::from(code.unwrap_or(0));
    }
    let enough = answered > 0 && 2 * answered >= asked;
    enough.then(|| 25.0 * (f64::from(total) / f64::from(answered) - 1.0))
}

/// 1 for 4 and 5, 0 for 1 to 3; `None` if blank.
///
/// # Example
///
/// ```
/// assert_eq!(stats::respondent::is_satisfied(Some(4)), Some(1.0));
/// ```
#[must_use]
pub fn is_satisfied(code: Option<u8>) -> Option<f64> {
    code.map(|code| f64::from(u8::from(code >= 4)))
}

/// 1 if every answer given is 4 or 5, else 0; `None` if nothing was answered.
///
/// # Formula
///
/// 1(S = A), A > 0: "comprehensive satisfaction".
///
/// # Source
///
/// Definition `all-satisfied` of the instruments.
///
/// # Example
///
/// ```
/// use stats::respondent::all_satisfied;
/// assert_eq!(all_satisfied([Some(5), None, Some(4)]), Some(1.0));
/// assert_eq!(all_satisfied([Some(5), Some(3)]), Some(0.0));
/// ```
#[must_use]
pub fn all_satisfied(codes: impl IntoIterator<Item = Option<u8>>) -> Option<f64> {
    satisfied(codes).map(|(yes, all)| if yes < all { 0.0 } else { 1.0 })
}

/// The points of the criteria 0, 1, 2 of one dossier at a one-stop counter: their sum.
///
/// The points of an office are the sum over criteria of the mean over dossiers; with no blanks
/// that is the mean of this. `None` if a criterion is blank or above 2.
///
/// # Formula
///
/// Σ points over the criteria of the node.
///
/// # Source
///
/// Instrument `one-stop`: "points of a criterion = total points of the dossiers ÷ number of
/// dossiers; total = sum of the nine". For dossiers with blanks take the mean of every criterion
/// ([`crate::linearised::mean`]) and add ([`crate::linearised::combination`]).
///
/// # Example
///
/// ```
/// use stats::respondent::points;
/// assert_eq!(points([Some(2), Some(1), Some(0)]), Some(3.0));
/// assert_eq!(points([Some(2), None]), None);
/// ```
#[must_use]
pub fn points(criteria: impl IntoIterator<Item = Option<u8>>) -> Option<f64> {
    let sum: Option<f64> =
        criteria.into_iter().map(|code| code.filter(|code| *code <= 2).map(f64::from)).sum();
    sum.filter(|sum| sum.is_finite())
}
