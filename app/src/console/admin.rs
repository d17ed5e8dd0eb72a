//! The administrator's pages: the registry of units, fields and procedures, accounts, the audit log,
//! volumes, surveys, touchpoints, releases; and the page that leads to them.

mod account;
mod accounts;
mod asking;
mod audit;
mod codes;
mod comparison;
mod devices;
mod door;
mod entry;
mod field;
mod fields;
mod flags;
mod form;
mod health;
mod import;
mod index;
mod invite;
mod keys;
mod languages;
mod link;
mod meant;
mod own;
mod own_posters;
mod own_slip;
mod preview;
mod releases;
mod survey;
mod survey_form;
mod survey_preview;
mod touchpoint;
mod touchpoints;
mod unit;
mod units;
mod volumes;
mod waiting;

pub use account::{AccountPage, render_account};
pub use accounts::{AccountFilter, AccountLine, AccountsPage, InvitationLine, render_accounts};
pub(super) use asking::{Asked, done, mistakes};
pub use audit::{AuditLine, AuditPage, ChainState, render_audit};
pub use codes::{
    BalanceLine, BatchLine, CodeCountLine, CodesForm, CodesPage, CodesProblem, TakenAs, render_codes,
};
pub use comparison::{ComparedUnit, ComparisonPage, render_comparison};
pub use devices::{
    DeviceDone, DeviceForm, DeviceLine, DeviceTyped, DevicesPage, PairingPage, render_devices, render_pairing,
};
pub use door::{AcceptPage, render_accept, render_dead_link};
pub use entry::{EntryProblem, WrongEntry};
pub use field::{FieldPage, render_field};
pub use fields::{FieldGroup, FieldLine, Fields, ProcedureLine, render_fields};
pub use flags::{FlagProblem, FlagRow, FlagsPage, render_flags};
pub use form::{AccountDone, UnitChoice};
pub(super) use form::{told, units as unit_options};
pub use health::{HealthPage, PulseLine, SilentLine, render_health};
pub use import::{FileFaultLine, ImportPage, ImportState, ImportSubject, Manner, render_import};
pub use index::{AdminPage, AdminPlace, render_admin};
pub use invite::{InvitePage, LinkPage, render_invite, render_link};
pub use keys::{KeyForm, KeyLine, KeyState, KeysPage, MadeKeyPage, render_keys, render_made_key};
pub use languages::{LanguagesPage, RecordingLine, render_languages};
pub(super) use link::kind_word;
pub use link::{Kin, UnitLink};
pub use meant::{Meant, render_meant};
pub use own::{OwnPage, SessionLine, render_own};
pub use own_posters::{OwnPoster, OwnPosters, render_own_posters};
pub use own_slip::{OwnSlipPage, render_own_slip};
pub use preview::{LineVerdict, Preview, PreviewLine};
pub use releases::{DecidedLine, ReleaseKind, ReleaseLine, ReleasesPage, render_releases};
pub use survey::{SurveyDone, SurveyPage, render_survey};
pub use survey_form::{InstrumentChoice, SurveyForm, render_survey_form};
pub use survey_preview::{SurveyPreview, render_survey_preview};
pub use touchpoint::{Look, TouchpointDone, TouchpointPage, TouchpointProblem, render_touchpoint};
pub use touchpoints::{TouchpointLine, TouchpointsPage, render_touchpoints};
pub use unit::{OfferedField, UnitEntries, UnitPage, UnitPlace, render_unit};
pub use units::{Branch, UnitFound, Units, render_units};
pub use volumes::{
    CellForm, CellLine, EntryLine, FaultLine, FieldChoice, MonthPage, PreviewPage, PreviewState, PreviewSum,
    UploadFault, VolumeDone, VolumeUnit, VolumesPage, render_gone, render_month, render_preview,
    render_volumes,
};
pub use waiting::{WaitingPage, render_waiting};
