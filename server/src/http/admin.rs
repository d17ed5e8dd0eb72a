//! The administrator's pages: provincial accounts read, the province administrator changes.

mod aggregates;
mod calls;
mod codes;
mod comments;
mod devices;
mod flags;
mod form;
mod hand_over;
mod health;
mod languages;
mod own_posters;
mod own_slip;
mod paper;
mod releases;
mod survey;
mod survey_form;
mod surveys;
mod touchpoint;
mod touchpoints;
mod typing;
mod waiting;

pub use aggregates::aggregates;
pub use calls::{call, call_desk, calls, change_calls, note};
pub use codes::{change_codes, codes};
pub use comments::{comments, moderate};
pub use devices::{change_devices, change_own_devices, devices, own_devices};
pub use flags::{decide_flags, flags};
pub use hand_over::{ask_help, hand_over};
pub use health::health;
pub use languages::{BODY_LIMIT as SOUND_LIMIT, change_languages, languages, sound};
pub use own_posters::{look, own_posters};
pub use own_slip::{own_slip, print_slip};
pub use paper::{change_paper, paper, print_paper};
pub use releases::{comparison, releases};
pub use survey::{change_survey, survey};
pub use survey_form::{ask_survey, open};
pub use surveys::surveys;
pub use touchpoint::{change_touchpoint, touchpoint};
pub(super) use touchpoints::in_order;
pub use touchpoints::{make, touchpoints};
pub use typing::{desk, next, show_form, take_form};
pub use waiting::waiting;

pub mod accounts;
pub mod audit;
pub mod index;
pub mod invitations;
pub mod keys;
pub mod volume_month;
pub mod volumes;

pub mod fields;
pub mod import;
mod kept;
pub mod units;

use crate::failure::Failure;
use crate::http::page::Reader;
use crate::state::AppState;
use axum::response::{IntoResponse, Redirect, Response};
use domain::scope::Role;
use domain::touchpoint::Touchpoint;
use usecase::registry::{Province, RunningSurvey};

/// Whether a reader may change what the whole province uses.
fn may_change(reader: &Reader) -> bool {
    reader.principal.role == Role::ProvinceAdmin
}

/// Whoever may not read the province's pages is told so.
fn let_read(reader: &Reader) -> Result<(), Failure> {
    if reader.scope.covers_the_province() { Ok(()) } else { Err(Failure::Forbidden) }
}

/// Whoever may not change them is told so.
fn let_change(reader: &Reader) -> Result<(), Failure> {
    if may_change(reader) { Ok(()) } else { Err(Failure::Forbidden) }
}

/// A page, or why there is none.
fn answer(state: &AppState, reader: &Reader, result: Result<Response, Failure>) -> Response {
    result.unwrap_or_else(|failure| reader.fail(state, &failure))
}

/// After a deed, its page is asked for anew, so that reloading it does not do it again.
fn go_to(reader: &Reader, path: &str, done: &str) -> Response {
    let to = reader.here.carry(path, &["lang"]);
    let to = if done.is_empty() { to } else { to.with("done", done) };
    Redirect::to(&to.to_string()).into_response()
}

/// Whether a touchpoint belongs to one of a survey's units.
pub(super) fn is_shown_at(running: &RunningSurvey, province: &Province, touchpoint: &Touchpoint) -> bool {
    let committee = province.committee(touchpoint.unit).map(|unit| unit.id);
    running.questions.instrument.is_asked_of_users()
        && (province.is_about(running, touchpoint.unit)
            || committee.is_some_and(|id| province.is_about(running, id)))
}
