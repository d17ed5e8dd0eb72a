//! Forms on paper: the province draws batches, two people of different houses type each form, and only
//! what both read alike, or what was settled with the paper in hand, goes the way of every answer.

mod batch;
mod desk;
mod record;
mod typing;

pub use batch::{PaperFault, PaperWish, draw_paper, fields_of, void_paper};
pub use desk::{AtDesk, at_desk, desk, next_form};
pub use record::{PAPER, Typed, Typist};
pub use typing::{Opened, Outcome, Stop, Task, open_form, settle_form, type_form};

use crate::error::UsecaseError;
use crate::office::Office;
use domain::id::{SurveyId, Tenant};

/// Forgets what waits of a survey that has ended: nobody can send it any more.
///
/// # Errors
/// Where the database is away.
pub async fn forget_paper(office: &Office, tenant: Tenant, survey: SurveyId) -> Result<(), UsecaseError> {
    let forms = office.store.forget_paper(tenant, survey).await?;
    if forms > 0 {
        office.note(tenant, "calendar", "paper-forgotten", &format!("{forms} forms typed once")).await?;
    }
    Ok(())
}
