//! Rules of accounts: names, passwords, which role belongs to a unit; and what is said where one is
//! broken, so that a page can say it beside the field in the reader's language.

use crate::scope::Role;
use thiserror::Error;

/// Most bytes of an account's name.
const NAME_MOST: usize = 40;
/// Fewest characters of a password.
pub const PASSWORD_LEAST: usize = 12;
/// Most characters of a password.
pub const PASSWORD_MOST: usize = 128;
/// Days after which an invitation or a link for a new password has run out.
pub const LINK_DAYS: i64 = 7;

/// What is wrong with what somebody wants of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum AccountFault {
    /// The name cannot be a name.
    #[error("a name has 1 to 40 letters, digits, - . or _ and begins with a letter or a digit")]
    Name,
    /// The name is taken.
    #[error("there is an account of this name already")]
    Taken,
    /// No role was chosen.
    #[error("choose a role")]
    Role,
    /// A role of the whole province was given a unit.
    #[error("this role is for the whole province: leave out the unit")]
    UnitTooMuch,
    /// A role of a unit was given none.
    #[error("this role needs a unit")]
    UnitMissing,
    /// No unit has the code.
    #[error("no unit has this code today")]
    UnitUnknown,
    /// Nobody would be left who can administer the province.
    #[error("this is the last account that administers the province; make another one first")]
    LastAdmin,
    /// The account may not sign in, so a new password would open nothing.
    #[error("this account is disabled; enable it first")]
    Disabled,
    /// Too short or too long.
    #[error("a password has {PASSWORD_LEAST} to {PASSWORD_MOST} characters")]
    PasswordLength,
    /// One of the first that anybody would try.
    #[error("this password is one of the first that anybody would try")]
    PasswordCommon,
    /// It holds the account's name.
    #[error("a password does not hold the name of its account")]
    PasswordName,
    /// The second time something else was typed.
    #[error("the two passwords differ")]
    PasswordsDiffer,
    /// The password in use was not typed as it is.
    #[error("the present password is wrong")]
    PasswordWrong,
    /// The link was used, revoked, replaced, or has run out, or never was.
    #[error("this link is no longer valid; ask for a new one")]
    Link,
}

/// Whether a text can be the name of an account.
///
/// # Errors
/// [`AccountFault::Name`] where it cannot.
pub fn check_name(name: &str) -> Result<(), AccountFault> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    let fits = begins && name.len() <= NAME_MOST && name.chars().all(is_letter);
    if fits { Ok(()) } else { Err(AccountFault::Name) }
}

/// Whether a role goes with a unit, or with none.
///
/// # Errors
/// Where a role of the province has a unit, or a role of a unit none.
pub const fn check_part(role: Role, has_unit: bool) -> Result<(), AccountFault> {
    match (role.is_provincial(), has_unit) {
        (true, true) => Err(AccountFault::UnitTooMuch),
        (false, false) => Err(AccountFault::UnitMissing),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_stand_in_an_address() {
        for good in ["lan", "lan.tran", "31825-truong", "A_b", &"x".repeat(40)] {
            assert_eq!(check_name(good), Ok(()), "{good}");
        }
        for bad in ["", ".", "..", "-x", "lan tran", "lan/..", "lần", "lan@CM", &"x".repeat(41)] {
            assert_eq!(check_name(bad), Err(AccountFault::Name), "{bad}");
        }
    }

    #[test]
    fn a_role_of_a_unit_has_one_and_a_role_of_the_province_has_none() {
        for role in Role::ALL {
            let provincial = role.is_provincial();
            assert_eq!(check_part(*role, !provincial), Ok(()), "{role}");
            assert!(check_part(*role, provincial).is_err(), "{role}");
        }
    }
}
