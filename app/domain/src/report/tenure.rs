//! The life of a unit: when it ended, who came before and after.

use super::{TrustLine, UnitName};
use time::Date;

/// Where a unit stands in the line of reorganisations. The code of a unit named here is that of its
/// address, with a day where the code alone means another unit today.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tenure {
    /// Its last day, where it has ended.
    pub ended_on: Option<Date>,
    /// Who took over, the main successor first: one took all of it, several took parts.
    pub followed_by: Vec<UnitName>,
    /// The units that went into it whole.
    pub whole_from: Vec<UnitName>,
    /// The units of which it has a part; their figures cannot be divided.
    pub part_from: Vec<UnitName>,
    /// The headline together with the units that went into it whole, where these have figures in the
    /// period.
    pub together: Option<TrustLine>,
}
