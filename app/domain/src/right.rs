//! What a role may do beside reading figures: reading is split from editing. Every page behind the
//! door and every use case that changes something asks here, so an auditor's question "who may do
//! this?" has one answer.

use crate::id::{AccountId, Tenant};
use crate::scope::{Principal, Role};

/// Something that not every account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// See surveys, places, units, volumes.
    ReadOffice,
    /// Change them.
    EditOffice,
    /// See the accounts.
    ReadAccounts,
    /// Invite, change, disable.
    EditAccounts,
    /// See the audit log.
    ReadAudit,
    /// See where a model puts small units. It is no figure of theirs, and meant for those who look
    /// after the survey, not for those who judge units by it.
    ReadModelled,
    /// Make and revoke tablets at counters, within the scope.
    EditDevices,
    /// Type forms that were filled in on paper.
    TypePaper,
    /// Help people to answer, on a tablet or by telephone.
    HelpAnswer,
}

impl Right {
    /// Every one of them.
    pub const ALL: [Self; 9] = [
        Self::ReadOffice,
        Self::EditOffice,
        Self::ReadAccounts,
        Self::EditAccounts,
        Self::ReadAudit,
        Self::ReadModelled,
        Self::EditDevices,
        Self::TypePaper,
        Self::HelpAnswer,
    ];
}

impl Role {
    /// Whether the role may do something. An auditor reads all and changes nothing.
    #[must_use]
    pub const fn may(self, right: Right) -> bool {
        match right {
            Right::ReadOffice => self.is_provincial(),
            Right::ReadAccounts | Right::ReadAudit => matches!(self, Self::ProvinceAdmin | Self::Auditor),
            Right::EditOffice | Right::EditAccounts => matches!(self, Self::ProvinceAdmin),
            Right::ReadModelled => matches!(self, Self::ProvinceAdmin | Self::ProvinceAnalyst),
            Right::EditDevices => matches!(self, Self::ProvinceAdmin | Self::AgencyHead),
            // Not the heads, who are judged by the figures.
            Right::TypePaper => matches!(self, Self::ProvinceAdmin | Self::AgencyOfficer | Self::Interviewer),
            Right::HelpAnswer => matches!(self, Self::AgencyOfficer | Self::Interviewer),
        }
    }
}

/// Whoever does something that goes into the audit log: somebody who has signed in, or the command
/// line, whose user holds the database anyway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The tenant in which it is done.
    pub tenant: Tenant,
    /// As the audit log names them.
    pub name: String,
    /// The account, where there is one.
    pub account: Option<AccountId>,
    role: Option<Role>,
}

impl Actor {
    /// The command line.
    #[must_use]
    pub fn of_the_command_line(tenant: Tenant) -> Self {
        Self { tenant, name: "cli".into(), account: None, role: None }
    }

    /// Whether this may be done by whoever asks.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.role.is_none_or(|role| role.may(right))
    }
}

impl From<&Principal> for Actor {
    fn from(principal: &Principal) -> Self {
        Self {
            tenant: principal.tenant,
            name: principal.name.clone(),
            account: Some(principal.account),
            role: Some(principal.role),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_administrator_changes_anything_and_the_auditor_reads_all() {
        for role in Role::ALL {
            let admin = *role == Role::ProvinceAdmin;
            for right in [Right::EditOffice, Right::EditAccounts] {
                assert_eq!(role.may(right), admin, "{role} {right:?}");
            }
            for right in [Right::ReadOffice, Right::ReadAccounts, Right::ReadAudit] {
                assert!(!admin && *role != Role::Auditor || role.may(right), "{role} {right:?}");
                assert!(role.is_provincial() || !role.may(right), "{role} {right:?}");
            }
        }
    }

    #[test]
    fn tablets_belong_to_the_administrator_and_to_the_head_of_the_unit() {
        let may: Vec<_> = Role::ALL.iter().filter(|role| role.may(Right::EditDevices)).collect();
        assert_eq!(may, [&Role::ProvinceAdmin, &Role::AgencyHead]);
    }

    #[test]
    fn forms_are_typed_and_people_helped_by_those_who_sit_at_counters() {
        let who = |right| Role::ALL.iter().copied().filter(|role| role.may(right)).collect::<Vec<_>>();
        assert_eq!(who(Right::TypePaper), [Role::ProvinceAdmin, Role::AgencyOfficer, Role::Interviewer]);
        assert_eq!(who(Right::HelpAnswer), [Role::AgencyOfficer, Role::Interviewer]);
    }

    #[test]
    fn only_those_who_look_after_the_survey_see_modelled_units() {
        let may: Vec<_> = Role::ALL.iter().filter(|role| role.may(Right::ReadModelled)).collect();
        assert_eq!(may, [&Role::ProvinceAdmin, &Role::ProvinceAnalyst]);
    }
}
