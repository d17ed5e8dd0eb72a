//! stub
use crate::{error::UsecaseError, office::Office, registry::Province};
use store::lease::Run;
pub struct CutReport {
    pub parts: usize,
}
pub async fn cut_boxes(_: &Office, _: &Province, _: &Run, _: bool) -> Result<CutReport, UsecaseError> {
    Ok(CutReport { parts: 0 })
}
