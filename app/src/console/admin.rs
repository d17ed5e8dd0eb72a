//! The administrator's pages: accounts, the audit log, volumes, surveys, touchpoints, releases; and the
//! page that leads to them.

mod account;
mod accounts;
mod asking;
mod audit;
mod comparison;
mod door;
mod flags;
mod form;
mod index;
mod invite;
mod own;
mod own_posters;
mod releases;
mod survey;
mod survey_form;
mod survey_preview;
mod touchpoint;
mod touchpoints;
mod volumes;
mod waiting;

pub use account::{AccountPage, render_account};
pub use accounts::{AccountFilter, AccountLine, AccountsPage, InvitationLine, render_accounts};
pub use audit::{AuditLine, AuditPage, ChainState, render_audit};
pub use comparison::{ComparedUnit, ComparisonPage, render_comparison};
pub use door::{AcceptPage, render_accept, render_dead_link};
pub use flags::{FlagProblem, FlagRow, FlagsPage, render_flags};
pub(super) use form::told;
pub use form::{AccountDone, UnitChoice};
pub use index::{AdminPage, AdminPlace, render_admin};
pub use invite::{InvitePage, LinkPage, render_invite, render_link};
pub use own::{OwnPage, SessionLine, render_own};
pub use own_posters::{OwnPoster, OwnPosters, render_own_posters};
pub use releases::{DecidedLine, ReleaseKind, ReleaseLine, ReleasesPage, render_releases};
pub use survey::{SurveyDone, SurveyPage, render_survey};
pub use survey_form::{InstrumentChoice, SurveyForm, render_survey_form};
pub use survey_preview::{SurveyPreview, render_survey_preview};
pub use touchpoint::{Look, TouchpointDone, TouchpointPage, TouchpointProblem, render_touchpoint};
pub use touchpoints::{TouchpointLine, TouchpointsPage, render_touchpoints};
pub use volumes::{
    CellForm, CellLine, EntryLine, FaultLine, FieldChoice, MonthPage, PreviewPage, PreviewState, PreviewSum,
    UploadFault, VolumeDone, VolumeUnit, VolumesPage, render_gone, render_month, render_preview,
    render_volumes,
};
pub use waiting::{WaitingPage, render_waiting};
