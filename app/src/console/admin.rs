//! The administrator's pages: accounts, the audit log, volumes; and the page that leads to them.

mod account;
mod accounts;
mod audit;
mod door;
mod form;
mod index;
mod invite;
mod own;
mod volumes;

pub use account::{AccountPage, render_account};
pub use accounts::{AccountFilter, AccountLine, AccountsPage, InvitationLine, render_accounts};
pub use audit::{AuditLine, AuditPage, ChainState, render_audit};
pub use door::{AcceptPage, render_accept, render_dead_link};
pub(super) use form::told;
pub use form::{AccountDone, UnitChoice};
pub use index::{AdminPage, AdminPlace, render_admin};
pub use invite::{InvitePage, LinkPage, render_invite, render_link};
pub use own::{OwnPage, SessionLine, render_own};
pub use volumes::{
    CellForm, CellLine, EntryLine, FaultLine, FieldChoice, MonthPage, PreviewPage, PreviewState, PreviewSum,
    UploadFault, VolumeDone, VolumeUnit, VolumesPage, render_gone, render_month, render_preview,
    render_volumes,
};
