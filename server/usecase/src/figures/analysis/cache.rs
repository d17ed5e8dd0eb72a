//! What was simulated before, by everything that it depends on.

use super::super::kept::Kept;
use super::super::table::Level;
use super::alarms::Heard;
use super::modelled::Placed;
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::Period;
use stats::pool::Reach;
use stats::ranks::RankSets;

/// Units that were compared: tenant, survey, period, release, level, and who they are.
pub(super) type Compared = (Tenant, SurveyId, Period, i64, Level, Vec<UnitId>);
/// Units that were watched: tenant, survey, release, level, and the target in thousandths.
pub(super) type Watched = (Tenant, SurveyId, i64, Level, u32);

/// See the module.
#[derive(Debug, Default)]
pub struct AnalysisCache {
    pub(super) reaches: Kept<Compared, Reach>,
    pub(super) ranks: Kept<Compared, RankSets>,
    pub(super) heard: Kept<Watched, Heard>,
    /// With the head of the volumes, and the margin, which can be set anew.
    pub(super) placed: Kept<(Compared, i64, u64), Placed>,
}
