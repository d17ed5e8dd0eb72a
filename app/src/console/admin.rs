//! The administrator's forms and lists: surveys, touchpoints, releases.

mod asking;
mod comparison;
mod flags;
mod own_posters;
mod releases;
mod survey;
mod survey_form;
mod survey_preview;
mod touchpoint;
mod touchpoints;
mod waiting;

pub(super) use asking::{Asked, done};
pub use comparison::{ComparedUnit, ComparisonPage, render_comparison};
pub use flags::{FlagProblem, FlagRow, FlagsPage, render_flags};
pub use own_posters::{OwnPoster, OwnPosters, render_own_posters};
pub use releases::{DecidedLine, ReleaseKind, ReleaseLine, ReleasesPage, render_releases};
pub use survey::{SurveyDone, SurveyPage, render_survey};
pub use survey_form::{InstrumentChoice, SurveyForm, render_survey_form};
pub use survey_preview::{SurveyPreview, render_survey_preview};
pub use touchpoint::{Look, TouchpointDone, TouchpointPage, TouchpointProblem, render_touchpoint};
pub use touchpoints::{TouchpointLine, TouchpointsPage, render_touchpoints};
pub use waiting::{WaitingPage, render_waiting};
