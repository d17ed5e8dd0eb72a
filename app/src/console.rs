//! The console's pages. Each is one function from a view-model and a [`Frame`] to a document:
//! nothing here asks a question, computes a figure or knows a request.
//!
//! To add a page: 1. its phrases in `i18n/console`; 2. its view-model and `render_…` here below;
//! 3. a line in `examples/console_pages.rs`, so that it can be looked at.

pub mod admin;
mod agency;
mod assist;
mod breakdown;
mod changed;
mod choices;
mod comments;
mod crumbs;
mod demonstration;
mod failure;
mod find;
mod frame;
mod home;
mod joined;
mod method;
mod office;
mod paper;
mod planner;
mod poster;
mod province;
mod response;
mod setup;
mod sign_in;
mod slip;
mod stamp;
mod told;

pub use admin::{
    AcceptPage, AccountDone, AccountFilter, AccountLine, AccountPage, AccountsPage, AdminPage, AdminPlace,
    AuditLine, AuditPage, BalanceLine, BatchLine, CellForm, CellLine, ChainState, CodeCountLine, CodesForm,
    CodesPage, CodesProblem, ComparedUnit, ComparisonPage, DecidedLine, DeviceDone, DeviceForm, DeviceLine,
    DeviceTyped, DevicesPage, EntryLine, FaultLine, FieldChoice, FlagProblem, FlagRow, FlagsPage, HealthPage,
    InstrumentChoice, InvitationLine, InvitePage, KeyForm, KeyLine, KeyState, KeysPage, LanguagesPage,
    LinkPage, Look, MadeKeyPage, MonthPage, OwnPage, OwnPoster, OwnPosters, OwnSlipPage, PairingPage,
    PreviewPage, PreviewState, PreviewSum, PulseLine, RecordingLine, ReleaseKind, ReleaseLine, ReleasesPage,
    SessionLine, SilentLine, SurveyDone, SurveyForm, SurveyPage, SurveyPreview, TakenAs, TouchpointDone,
    TouchpointLine, TouchpointPage, TouchpointProblem, TouchpointsPage, UnitChoice, UploadFault, VolumeDone,
    VolumeUnit, VolumesPage, WaitingPage, render_accept, render_account, render_accounts, render_admin,
    render_audit, render_codes, render_comparison, render_dead_link, render_devices, render_flags,
    render_gone, render_health, render_invite, render_keys, render_languages, render_link, render_made_key,
    render_month, render_own, render_own_posters, render_own_slip, render_pairing, render_preview,
    render_releases, render_survey, render_survey_form, render_survey_preview, render_touchpoint,
    render_touchpoints, render_volumes, render_waiting,
};
pub use agency::render_agency;
pub use assist::{
    AssistPage, AssistProblem, CallDesk, CallDeskLine, CallLine, CallPage, CallProblem, CallsForm, CallsPage,
    HelperLine, render_assist, render_call, render_call_desk, render_calls,
};
pub use breakdown::render_breakdown;
pub use comments::{CommentLine, CommentsPage, MOODS, render_comments};
pub use demonstration::{Demonstration, DemonstrationResult, render_demonstration};
pub use failure::{BadAddress, Failure, render_failure};
pub use find::{FindPage, FoundUnit, render_find};
pub use frame::{Area, Assets, Frame, Viewer};
pub use home::{Home, NextStep, render_home};
pub use method::{Method, Weight, render_method};
pub use office::{
    PosterPlace, PosterPlaces, SurveyLine, SurveyState, Surveys, render_poster_places, render_surveys,
};
pub use paper::{
    DeskLine, EntryPage, FORMS_A_PAGE, PaperBatchLine, PaperDesk, PaperForm, PaperPage, PaperProblem,
    PaperSaid, PrintPage, SettlePage, StopPage, StopReason, Turn, is_printable, render_desk, render_entry,
    render_paper, render_print, render_settle, render_stop,
};
pub use planner::{SHARINGS, render_planner, sharing_word};
pub use poster::{Poster, SheetSize, poster_svg, render_poster, render_posters};
pub use province::{ORDERS, order_word, render_analysis, render_province};
pub use setup::{AccountAsked, Setup, SetupProblem, SetupStep, UnitsAsked, render_setup, render_setup_over};
pub use sign_in::{SignIn, SignInProblem, render_sign_in};
pub use slip::{Occasion, Slip, SlipPaper, render_slips};
