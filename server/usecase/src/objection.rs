//! Why something that was asked for is not done: one variant a rule, so that each can be told in the
//! reader's language and beside the field that it is about. [`std::fmt::Display`] is for logs.

use crate::sign_in::{PASSWORD_LEAST, PASSWORD_MOST};
use domain::scope::Role;
use thiserror::Error;

/// A rule that stands against what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Objection {
    /// A new account's name.
    #[error("a name has 1 to 40 letters, digits, - . or _")]
    AccountName,
    /// A new password is too short or too long: its characters.
    #[error("a password has {PASSWORD_LEAST} to {PASSWORD_MOST} characters, this one has {0}")]
    PasswordLength(usize),
    /// A new password that everybody tries.
    #[error("this password is one of the first that anybody would try")]
    PasswordCommon,
    /// A password could not be hashed.
    #[error("the password could not be checked; try again")]
    PasswordUnchecked,
    /// A unit was named for a role of the whole province.
    #[error("the role {0} is for the whole province: leave out the unit")]
    RoleWithoutUnit(Role),
    /// No unit was named for a role that belongs to one.
    #[error("the role {0} needs a unit")]
    RoleNeedsUnit(Role),
}
