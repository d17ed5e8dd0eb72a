//! The administrator's forms and lists: surveys, touchpoints, releases.

mod asking;
mod survey;
mod survey_form;
mod survey_preview;
mod waiting;

pub use survey::{SurveyDone, SurveyPage, render_survey};
pub use survey_form::{InstrumentChoice, SurveyForm, render_survey_form};
pub use survey_preview::{SurveyPreview, render_survey_preview};
pub use waiting::{WaitingPage, render_waiting};
