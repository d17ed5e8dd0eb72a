//! Who may see what. A scope is a parameter of every query, never a middleware: a handle that you
//! may not use cannot be obtained.

use crate::id::{AccountId, Tenant, UnitId};

crate::survey::words! {
    /// The part that an account plays.
    Role, "role" {
        /// Runs the province's surveys.
        ProvinceAdmin = "province-admin",
        /// Compares all units.
        ProvinceAnalyst = "province-analyst",
        /// Sees its own unit and what is below it.
        AgencyHead = "agency-head",
        /// The same, for the counter.
        AgencyOfficer = "agency-officer",
        /// Helps people to answer; sees no figures.
        Interviewer = "interviewer",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

impl Role {
    /// Whether the role belongs to the province as a whole rather than to one unit.
    #[must_use]
    pub const fn is_provincial(self) -> bool {
        matches!(self, Self::ProvinceAdmin | Self::ProvinceAnalyst | Self::Auditor)
    }

    /// Whether the role reads figures at all.
    #[must_use]
    pub const fn reads_figures(self) -> bool {
        !matches!(self, Self::Interviewer)
    }
}

/// Somebody who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// The tenant that it belongs to.
    pub tenant: Tenant,
    /// The part that it plays.
    pub role: Role,
    /// The unit that it belongs to; `None` for the province.
    pub unit: Option<UnitId>,
}

/// What may be read: some units of one tenant. It can only be made from a principal, so a query
/// that holds one has been asked by somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    tenant: Tenant,
    units: Reach,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reach {
    Everything,
    Subtree(Vec<UnitId>),
    Nothing,
}

impl Scope {
    /// What a principal may read; `subtree` are its unit and all units below it.
    #[must_use]
    pub fn of(principal: &Principal, subtree: Vec<UnitId>) -> Self {
        let units = match principal.role {
            role if role.is_provincial() => Reach::Everything,
            Role::AgencyHead | Role::AgencyOfficer if principal.unit.is_some() => Reach::Subtree(subtree),
            _ => Reach::Nothing,
        };
        Self { tenant: principal.tenant, units }
    }

    /// The scope of the command line, whose user holds the database anyway, and of the runs of the
    /// calendar.
    #[must_use]
    pub const fn of_the_office(tenant: Tenant) -> Self {
        Self { tenant, units: Reach::Everything }
    }

    /// The tenant.
    #[must_use]
    pub const fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// Whether a unit's figures may be read.
    #[must_use]
    pub fn covers(&self, unit: UnitId) -> bool {
        match &self.units {
            Reach::Everything => true,
            Reach::Subtree(units) => units.contains(&unit),
            Reach::Nothing => false,
        }
    }

    /// Whether the whole province may be read.
    #[must_use]
    pub const fn covers_the_province(&self) -> bool {
        matches!(self.units, Reach::Everything)
    }
}
