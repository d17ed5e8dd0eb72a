//! Where an imported file is handed to the fold.

use crate::error::UsecaseError;
use crate::import::refuse;
use crate::office::Office;
use crate::record::Kept;
use crate::registry::{Province, RunningSurvey};

/// What the fold did with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoldedImport {
    /// The release that holds the file's figures; none where every group was too small.
    pub release: Option<i64>,
    /// Groups that were folded.
    pub groups: usize,
    /// Answers in them.
    pub moved: usize,
    /// Answers that stay sealed.
    pub withheld: usize,
}

/// Folds a file at once.
///
/// # Errors
/// [`UsecaseError::Refused`]: this program has no fold.
#[expect(clippy::unused_async, reason = "the fold writes to the database")]
pub async fn fold_import(
    _office: &Office,
    _province: &Province,
    survey: &RunningSurvey,
    batch: Vec<Kept>,
) -> Result<FoldedImport, UsecaseError> {
    let answers = batch.into_iter().count();
    refuse(format!("{answers} answers of {} cannot be folded by this program", survey.survey.code))
}
